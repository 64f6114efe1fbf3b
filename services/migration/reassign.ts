/** The acts of the reassignment: who holds the old licence, and each one's swap for the new. */
import { randomUUID } from 'node:crypto';
import { later } from '../clock.ts';
import type { BlockedWhy, Migration, News, PeopleCount, UserMove } from '../domain.ts';
import { PartnerCenterError, type SeatPool, type User } from '../partnerCenter/port.ts';
import { newsChange } from '../record.ts';
import { type Row, type Store, withPrefix } from '../store/store.ts';
import { blockedNames } from './migration.ts';
import type { Act, Outcome } from './run.ts';

const BATCH = 50;
const AT_ONCE = 4;
const READ_AT_ONCE = 8;
const PAGES_MAX = 400;
const LEASE_MS = 10_000;
const PROGRESS_MS = 5_000;

/** The rows of a move's people. */
function userPrefix(migration: Pick<Migration, 'key'>): string {
  return `usr_${migration.key}_`;
}

export async function readUserMoves(store: Store, migration: Pick<Migration, 'key' | 'customerId'>): Promise<Row<UserMove>[]> {
  return withPrefix<UserMove>(store, 'customers', migration.customerId, userPrefix(migration), 20_000);
}

/** Finds everybody who holds the old licence, and who of them can have the new one. Old rows give way to what is true now. */
export async function count(act: Act): Promise<Outcome> {
  const { from, to } = act.migration.sku ?? { from: null, to: null };
  if (!from || !to) return nothing(0);
  if (from === to) return sameSku(act, from);
  const holders = await readHolders(act, from, to);
  const pools = await act.deps.partnerCenter.seatPools(act.migration.customerId);
  const free = pools.find((pool) => pool.skuId === to)?.available ?? 0;
  const known = new Map((await readUserMoves(act.deps.store, act.migration)).map((row) => [row.value.userId, row]));
  const moves = plan(
    holders,
    free,
    [...known.values()].map((row) => row.value),
  );
  await storeMoves(act, moves, known);
  const people = tally(moves, free);
  if (people.total === people.moved) return nothing(people.moved);
  return { event: { kind: 'counted', people }, answered: false };
}

interface Holder {
  user: User;
  disabledPlans: string[];
  hasNew: boolean;
}

/** Walks all users of the customer; a page that cannot be read stops the count, for half a count is worse than none. */
async function readHolders(act: Act, from: string, to: string): Promise<Holder[]> {
  const { partnerCenter: pc } = act.deps;
  const holders: Holder[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer: Awaited<ReturnType<typeof pc.users>> = await pc.users(act.migration.customerId, after);
    for (let index = 0; index < answer.items.length; index += READ_AT_ONCE) {
      const users = answer.items.slice(index, index + READ_AT_ONCE);
      const licences = await Promise.all(users.map((user) => pc.licences(act.migration.customerId, user.id)));
      for (const [n, user] of users.entries()) {
        const old = licences[n]?.find((one) => one.skuId === from);
        if (old) holders.push({ user, disabledPlans: old.disabledPlans, hasNew: licences[n]?.some((one) => one.skuId === to) ?? false });
      }
    }
    if (!answer.next) return holders;
    after = answer.next;
  }
  throw new Error(`The list of users did not end after ${PAGES_MAX} pages.`);
}

/** Who can move: needs a usage location, and a free seat in the order of the list. People already moved stay counted. Pure. */
export function plan(holders: Holder[], free: number, earlier: UserMove[]): UserMove[] {
  const moved = earlier.filter((move) => move.state === 'moved' && !holders.some((holder) => holder.user.id === move.userId));
  let seats = free;
  const waiting = holders.map((holder): UserMove => {
    const before = earlier.find((move) => move.userId === holder.user.id);
    const why: BlockedWhy | null = !holder.user.hasUsageLocation ? 'noUsageLocation' : !holder.hasNew && seats <= 0 ? 'noSeat' : null;
    if (why === null && !holder.hasNew) seats -= 1;
    return {
      userId: holder.user.id,
      name: holder.user.name,
      state: why ? 'blocked' : 'waiting',
      why,
      disabledPlans: holder.disabledPlans,
      requestIds: before?.requestIds ?? [],
    };
  });
  return [...moved, ...waiting];
}

async function storeMoves(act: Act, moves: UserMove[], known: Map<string, Row<UserMove>>): Promise<void> {
  const { store } = act.deps;
  const partition = act.migration.customerId;
  for (const move of moves) {
    if (JSON.stringify(known.get(move.userId)?.value) !== JSON.stringify(move))
      await store.put('customers', partition, userPrefix(act.migration) + move.userId, move);
  }
  // Somebody who lost the old licence elsewhere is no longer ours to move.
  for (const [userId, row] of known) if (!moves.some((move) => move.userId === userId)) await store.remove('customers', partition, row.key);
}

export function tally(moves: UserMove[], freeSeats: number): PeopleCount {
  const of = (...states: UserMove['state'][]) => moves.filter((move) => states.includes(move.state));
  const stopped = of('blocked', 'failed');
  return {
    total: moves.length,
    movable: of('waiting', 'started').length,
    moved: of('moved').length,
    blocked: stopped.length,
    kept: of('kept').length,
    freeSeats,
    named: blockedNames(stopped),
  };
}

function nothing(moved: number): Outcome {
  return { event: { kind: 'nothingToMove', people: { total: moved, movable: 0, moved, blocked: 0, kept: 0, freeSeats: 0, named: [] } }, answered: false };
}

/** Old and new are one licence: nobody moves, but the seats without the old ones must cover its holders. */
async function sameSku(act: Act, sku: string): Promise<Outcome> {
  const pool = (await act.deps.partnerCenter.seatPools(act.migration.customerId)).find((one) => one.skuId === sku);
  const left = (pool?.active ?? 0) - act.known.snapshot.quantity;
  const holders = pool?.consumed ?? 0;
  if (left >= holders) return nothing(holders);
  const people: PeopleCount = { total: holders, movable: 0, moved: left, blocked: holders - left, kept: 0, freeSeats: left, named: [] };
  return { event: { kind: 'counted', people }, answered: false };
}

/** Moves everybody who waits, a batch at a time, and reads each one again. */
export async function reassign(act: Act): Promise<Outcome> {
  const started = act.deps.clock.wallMs();
  let told = started;
  const rows = await readUserMoves(act.deps.store, act.migration);
  const open = rows.filter((row) => row.value.state === 'waiting' || row.value.state === 'started');
  for (let from = 0; from < open.length; from += BATCH) {
    await keepLease(act);
    const batch = open.slice(from, from + BATCH);
    for (let index = 0; index < batch.length; index += AT_ONCE) {
      await Promise.all(batch.slice(index, index + AT_ONCE).map((row) => moveUser(act, row)));
      if (act.deps.clock.wallMs() - told > PROGRESS_MS) {
        told = act.deps.clock.wallMs();
        await tellProgress(act);
        await keepLease(act);
      }
    }
  }
  const moves = (await readUserMoves(act.deps.store, act.migration)).map((row) => row.value);
  const pools: SeatPool[] = await act.deps.partnerCenter.seatPools(act.migration.customerId);
  return { event: { kind: 'moved', people: tally(moves, pools.find((pool) => pool.skuId === act.migration.sku?.to)?.available ?? 0) }, answered: false };
}

/** One person: written as started, one call that removes and assigns, then a look at what is true. */
async function moveUser(act: Act, row: Row<UserMove>): Promise<void> {
  const { partnerCenter: pc } = act.deps;
  const { customerId, sku } = act.migration;
  const [from, to] = [sku?.from as string, sku?.to as string];
  // A row that says started has a call without an answer: the same request id asks about it.
  const repeated = row.value.state === 'started' ? row.value.requestIds.at(-1) : undefined;
  const requestId = repeated ?? randomUUID();
  const begun: UserMove = {
    ...row.value,
    state: 'started',
    why: null,
    requestIds: repeated ? row.value.requestIds : [...row.value.requestIds, requestId].slice(-10),
  };
  const key = userPrefix(act.migration) + row.value.userId;
  if ((await act.deps.store.commit('customers', customerId, [{ op: 'replace', key, value: begun, etag: row.etag }])) === 'conflict') return;
  let why: BlockedWhy | null = null;
  try {
    await pc.swapLicence(customerId, row.value.userId, { remove: from, assign: to, disabledPlans: await keptPlans(act, row.value, to) }, requestId);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    if (error.kind === 'throttled' || error.code === 'no answer') throw error;
    why = whyNot(error);
  }
  const held = await pc.licences(customerId, row.value.userId);
  const moved = held.some((one) => one.skuId === to) && !held.some((one) => one.skuId === from);
  await act.deps.store.put('customers', customerId, key, {
    ...begun,
    state: moved ? 'moved' : 'failed',
    why: moved ? null : (why ?? 'unclear'),
  } satisfies UserMove);
}

function whyNot(error: PartnerCenterError): BlockedWhy {
  if (error.code === '60012') return 'noSeat';
  if (error.message.includes('usage location')) return 'noUsageLocation';
  return error.kind === 'unclear' ? 'unclear' : 'refused';
}

/** Service plans switched off in the old licence stay off in the new one, where the new one has them. */
async function keptPlans(act: Act, move: UserMove, to: string): Promise<string[]> {
  if (move.disabledPlans.length === 0) return [];
  const pool = (await act.deps.partnerCenter.seatPools(act.migration.customerId)).find((one) => one.skuId === to);
  return move.disabledPlans.filter((plan) => pool?.servicePlans.includes(plan));
}

/** Marks who is left out, before the others move. */
export async function leaveOut(store: Store, migration: Pick<Migration, 'key' | 'customerId'>, except: string[]): Promise<void> {
  if (except.length === 0) return;
  for (const row of await readUserMoves(store, migration)) {
    if (row.value.state === 'waiting' && except.includes(row.value.userId))
      await store.put('customers', migration.customerId, row.key, { ...row.value, state: 'kept' } satisfies UserMove);
  }
}

async function keepLease(act: Act): Promise<void> {
  const row = await act.deps.store.get<Migration>('customers', act.migration.customerId, act.migration.key);
  if (row?.value.state !== 'reassigning') return;
  const until = later(act.deps.clock.now(), LEASE_MS);
  await act.deps.store.commit('customers', act.migration.customerId, [
    { op: 'replace', key: row.key, value: { ...row.value, lease: { by: act.deps.me, until } }, etag: row.etag },
  ]);
}

async function tellProgress(act: Act): Promise<void> {
  const people = tally(
    (await readUserMoves(act.deps.store, act.migration)).map((row) => row.value),
    0,
  );
  const row = await act.deps.store.get<Migration>('customers', act.migration.customerId, act.migration.key);
  if (row?.value.state !== 'reassigning') return;
  const news: News = { kind: 'progress', expiryId: act.expiry.id, by: null, at: act.deps.clock.now().toISOString(), data: {} };
  const done = await act.deps.store.commit('customers', act.migration.customerId, [
    { op: 'replace', key: row.key, value: { ...row.value, people }, etag: row.etag },
    newsChange(news),
  ]);
  if (done === 'done') act.deps.hints.nudge('speak', `spread ${act.migration.customerId}`);
}
