/** The acts of the reassignment: who holds the old licence, and each one's swap for the new. */
import { randomUUID } from 'node:crypto';
import type { BlockedWhy, Migration, PeopleCount, UserMove } from '../domain.ts';
import { PartnerCenterError, type SeatPool } from '../partnerCenter/port.ts';
import { CHANGES_MAX, type Change, type Row, type Store, withPrefix } from '../store/store.ts';
import { keep } from './lease.ts';
import { blockedNames, nobodyLeft } from './migration.ts';
import type { Act, Outcome } from './run.ts';

const AT_ONCE = 8;
const READ_AT_ONCE = 8;
const PAGES_MAX = 400;
const USERS_MAX = 100_000;
const KEEP_MS = 4_000;
const NOTE_EACH = 80; // users; a multiple of those read at once

/** The rows of a move's people. */
function userPrefix(migration: Pick<Migration, 'key'>): string {
  return `usr_${migration.key}_`;
}

/** One row for each person of a move, moved or not: also who held what before. */
export async function readUserMoves(store: Store, migration: Pick<Migration, 'key' | 'customerId'>, limit = USERS_MAX): Promise<Row<UserMove>[]> {
  return withPrefix<UserMove>(store, 'customers', migration.customerId, userPrefix(migration), limit);
}

/**
 * Finds everybody who holds the old licence, and who of them can have the new one. Old rows give way to what is true
 * now. It notes how far it came and goes on from there; null when another process has taken it over.
 */
export async function count(act: Act): Promise<Outcome | null> {
  const { from, to } = act.migration.sku ?? { from: null, to: null };
  if (!from || !to) return nothing(tally([], 0, new Set()));
  if (from === to) return sameSku(act, from);
  const round = await findHolders(act, from, to);
  if (round === null) return null;
  const pools = await act.deps.partnerCenter.seatPools(act.migration.customerId);
  const free = pools.find((pool) => pool.skuId === to)?.available ?? 0;
  const rows = await readUserMoves(act.deps.store, act.migration);
  const moves = allot(
    rows.map((row) => row.value),
    round,
    free,
  );
  await storeAllotted(act, rows, moves);
  const people = tally(moves, free, waivedIds(act.migration));
  return nobodyLeft(people) ? nothing(people) : { event: { kind: 'counted', people }, answered: false };
}

/** Walks all users of the customer and writes a row for each holder; a page that cannot be read stops the count, for half a count is worse than none. */
async function findHolders(act: Act, from: string, to: string): Promise<string | null> {
  const { partnerCenter: pc, clock } = act.deps;
  const { customerId } = act.migration;
  let at = act.migration.counting ?? { round: randomUUID().slice(0, 8), after: null, skip: 0 };
  let kept = clock.wallMs();
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await pc.users(customerId, at.after);
    for (let index = at.skip; index < answer.items.length; index += READ_AT_ONCE) {
      const users = answer.items.slice(index, index + READ_AT_ONCE);
      const licences = await Promise.all(users.map((user) => pc.licences(customerId, user.id)));
      const holders = users.flatMap((user, n): UserMove[] => {
        const old = licences[n]?.find((one) => one.skuId === from);
        const why: BlockedWhy | null = user.hasUsageLocation ? null : 'noUsageLocation';
        const hasNew = licences[n]?.some((one) => one.skuId === to) ?? false;
        const state = why ? 'blocked' : 'waiting';
        return old ? [{ userId: user.id, name: user.name, state, why, hasNew, disabledPlans: old.disabledPlans, round: at.round, requestIds: [] }] : [];
      });
      // The reads may have taken long: where another process has taken over, what they said is old.
      if (clock.wallMs() - kept > KEEP_MS && !(await keep(act, { counting: at }))) return null;
      await writeHolders(act, holders);
      at = { ...at, skip: index + READ_AT_ONCE };
      if (clock.wallMs() - kept < KEEP_MS && at.skip % NOTE_EACH !== 0) continue;
      kept = clock.wallMs();
      if (!(await keep(act, { counting: at }))) return null;
    }
    if (!answer.next) return at.round;
    at = { ...at, after: answer.next, skip: 0 };
    if (!(await keep(act, { counting: at }))) return null;
  }
  throw new Error(`The list of users did not end after ${PAGES_MAX} pages.`);
}

/** What was found before about a person goes on: the ids of his calls, and that a group gives him the licence. */
async function writeHolders(act: Act, holders: UserMove[]): Promise<void> {
  const { store } = act.deps;
  await Promise.all(
    holders.map((holder) =>
      changeRow(store, act.migration, holder.userId, (before) => {
        const byGroup = before?.why === 'otherGroup';
        return { ...holder, ...(byGroup ? { state: 'blocked', why: 'otherGroup' } : {}), requestIds: before?.requestIds ?? [] };
      }),
    ),
  );
}

const TRIES = 5;

/** Changes one person's row as it is now, and again where somebody else was faster: nobody may be passed over. `change` returns null when there is nothing to do. */
async function changeRow(
  store: Store,
  migration: Pick<Migration, 'key' | 'customerId'>,
  userId: string,
  change: (before: UserMove | null) => UserMove | null,
): Promise<void> {
  const key = userPrefix(migration) + userId;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const row = await store.get<UserMove>('customers', migration.customerId, key);
    const value = change(row?.value ?? null);
    if (!value) return;
    const one: Change = row ? { op: 'replace', key, value, etag: row.etag } : { op: 'create', key, value };
    if ((await store.commit('customers', migration.customerId, [one])) === 'done') return;
  }
  throw new Error(`The row of a person of ${migration.key} changed ${TRIES} times while it was being stored.`);
}

/** Who can move: who is not blocked and finds a free seat. Whoever lost the old licence elsewhere is no longer ours; the moved stay counted. Pure. */
export function allot(moves: UserMove[], round: string, free: number): UserMove[] {
  let seats = free;
  return moves.flatMap((move): UserMove[] => {
    if (move.round !== round) return move.state === 'moved' ? [move] : [];
    if (move.state === 'blocked' || move.hasNew) return [move];
    if (seats <= 0) return [{ ...move, state: 'blocked', why: 'noSeat' }];
    seats -= 1;
    return [move];
  });
}

async function storeAllotted(act: Act, rows: Row<UserMove>[], moves: UserMove[]): Promise<void> {
  const wanted = new Map(moves.map((move) => [move.userId, move]));
  const changes = rows.flatMap((row): Change[] => {
    const move = wanted.get(row.value.userId);
    if (!move) return [{ op: 'delete', key: row.key, etag: row.etag }];
    return move === row.value ? [] : [{ op: 'replace', key: row.key, value: move, etag: row.etag }];
  });
  await commitMany(act.deps.store, act.migration.customerId, changes);
}

/** People's rows in as few transactions as their number allows; one that changed meanwhile keeps what the other wrote. */
async function commitMany(store: Store, partition: string, changes: Change[]): Promise<void> {
  for (let from = 0; from < changes.length; from += CHANGES_MAX) {
    const some = changes.slice(from, from + CHANGES_MAX);
    if ((await store.commit('customers', partition, some)) === 'done') continue;
    for (const change of some) await store.commit('customers', partition, [change]);
  }
}

export function waivedIds(migration: Migration): Set<string> {
  return new Set(migration.waived.flatMap((waiver) => waiver.people.map((person) => person.id)));
}

/** Counts of a move's people. Those left behind by name count as such while they have not moved. */
export function tally(moves: UserMove[], freeSeats: number, waived: ReadonlySet<string>): PeopleCount {
  const of = (...states: UserMove['state'][]) => moves.filter((move) => states.includes(move.state));
  const stopped = of('blocked', 'failed').filter((move) => !waived.has(move.userId));
  return {
    total: moves.length,
    movable: of('waiting', 'started').filter((move) => !waived.has(move.userId)).length,
    moved: of('moved').length,
    blocked: stopped.length,
    kept: of('kept').filter((move) => !waived.has(move.userId)).length,
    waived: moves.filter((move) => move.state !== 'moved' && waived.has(move.userId)).length,
    freeSeats,
    named: blockedNames(stopped),
  };
}

function nothing(people: PeopleCount): Outcome {
  return { event: { kind: 'nothingToMove', people }, answered: false };
}

/** Old and new are one licence: nobody moves, but the seats without the old ones must cover its holders. */
async function sameSku(act: Act, sku: string): Promise<Outcome> {
  const pool = (await act.deps.partnerCenter.seatPools(act.migration.customerId)).find((one) => one.skuId === sku);
  const left = (pool?.active ?? 0) - (act.known.snapshot.quantity ?? Number.POSITIVE_INFINITY);
  const holders = pool?.consumed ?? 0;
  const people = { ...tally([], 0, new Set()), total: holders, moved: Math.max(0, Math.min(left, holders)) };
  if (left >= holders) return nothing(people);
  return { event: { kind: 'counted', people: { ...people, blocked: holders - people.moved, freeSeats: people.moved } }, answered: false };
}

/** Moves everybody who waits, a few at a time, and reads each one again; null when another process has taken it over. Whoever waits long for an answer holds up nobody else. */
export async function reassign(act: Act): Promise<Outcome | null> {
  const { clock, store, partnerCenter: pc } = act.deps;
  const rows = await readUserMoves(store, act.migration);
  const waived = waivedIds(act.migration);
  const open = rows.filter((row) => (row.value.state === 'waiting' || row.value.state === 'started') && !waived.has(row.value.userId));
  const pools: SeatPool[] = open.length > 0 ? await pc.seatPools(act.migration.customerId) : [];
  const plans = pools.find((pool) => pool.skuId === act.migration.sku?.to)?.servicePlans ?? [];
  const before = act.migration.people;
  const movedBefore = rows.filter((row) => row.value.state === 'moved').length;
  const left = [...open];
  let kept = clock.wallMs();
  let ours = true;
  const troubles: unknown[] = [];
  async function moveNext(): Promise<void> {
    while (ours && troubles.length === 0) {
      const row = left.shift();
      if (!row) return;
      await moveUser(act, row, plans).catch((error: unknown) => troubles.push(error));
      if (clock.wallMs() - kept < KEEP_MS) continue;
      kept = clock.wallMs();
      const people = before && { ...before, moved: movedBefore + open.length - left.length, movable: left.length };
      ours = (await keep(act, { people }, 'progress')) && ours;
    }
  }
  // All end before a trouble is told: a call still under way would be made again by the next turn.
  await Promise.all(Array.from({ length: AT_ONCE }, moveNext));
  if (!ours) return null;
  if (troubles.length > 0) throw troubles[0];
  const moves = (await readUserMoves(store, act.migration)).map((row) => row.value);
  const free = (await pc.seatPools(act.migration.customerId)).find((pool) => pool.skuId === act.migration.sku?.to)?.available ?? 0;
  return { event: { kind: 'moved', people: tally(moves, free, waived) }, answered: false };
}

/** One person: written as started, one call that removes and assigns, then a look at what is true. */
async function moveUser(act: Act, row: Row<UserMove>, plans: readonly string[]): Promise<void> {
  const { partnerCenter: pc, store } = act.deps;
  const { customerId, sku } = act.migration;
  const [from, to] = [sku?.from as string, sku?.to as string];
  // A row that says started has a call without an answer: the same request id asks about it.
  const repeated = row.value.state === 'started' ? row.value.requestIds.at(-1) : undefined;
  const requestId = repeated ?? randomUUID();
  const requestIds = repeated ? row.value.requestIds : [...row.value.requestIds, requestId].slice(-10);
  const begun: UserMove = { ...row.value, state: 'started', why: null, requestIds };
  if ((await store.commit('customers', customerId, [{ op: 'replace', key: row.key, value: begun, etag: row.etag }])) === 'conflict') return;
  const disabledPlans = row.value.disabledPlans.filter((plan) => plans.includes(plan));
  const refusal = await swapOnce(act, row.value.userId, { remove: from, assign: to, disabledPlans }, requestId);
  const held = await pc.licences(customerId, row.value.userId);
  const moved = held.some((one) => one.skuId === to) && !held.some((one) => one.skuId === from);
  // Without an answer and without an effect it may still come: the same request asks again later.
  if (!moved && refusal && !refusal.answered) throw refusal;
  const why = refusal && whyNot(refusal);
  await noteMoved(act, row.key, { ...begun, state: moved ? 'moved' : 'failed', why: moved ? null : (why ?? 'unclear') });
}

const THROTTLED_TRIES = 4;
const THROTTLED_MS = 10_000;

/** The one call of a person; null when it was taken, else why not. A throttled one did nothing and is made again, while the wait is short. */
async function swapOnce(act: Act, userId: string, swap: { remove: string; assign: string; disabledPlans: string[] }, requestId: string) {
  const { clock, partnerCenter: pc } = act.deps;
  for (let attempt = 1; ; attempt++) {
    try {
      await pc.swapLicence(act.migration.customerId, userId, swap, requestId);
      return null;
    } catch (error) {
      if (!(error instanceof PartnerCenterError)) throw error;
      if (error.kind !== 'throttled') return error;
      if (attempt === THROTTLED_TRIES || error.retryAfterMs > THROTTLED_MS) throw error;
      await clock.sleep(error.retryAfterMs);
    }
  }
}

/** Stores how a person's call came out, unless a later call of another process has begun meanwhile. */
async function noteMoved(act: Act, key: string, move: UserMove): Promise<void> {
  const row = await act.deps.store.get<UserMove>('customers', act.migration.customerId, key);
  if (row?.value.state !== 'started' || row.value.requestIds.at(-1) !== move.requestIds.at(-1)) return;
  await act.deps.store.commit('customers', act.migration.customerId, [{ op: 'replace', key, value: move, etag: row.etag }]);
}

/** Microsoft Graph words it so when a licence comes from a group: only the group can take it away. */
const FROM_GROUP = /inherited from a group/i;

function whyNot(error: PartnerCenterError): BlockedWhy {
  if (error.code === '60012') return 'noSeat';
  if (FROM_GROUP.test(error.message)) return 'otherGroup';
  if (error.message.includes('usage location')) return 'noUsageLocation';
  return error.kind === 'unclear' ? 'unclear' : 'refused';
}

/** Marks who is left out, before the others move. */
export async function leaveOut(store: Store, migration: Pick<Migration, 'key' | 'customerId'>, except: string[]): Promise<void> {
  if (except.length === 0) return;
  const left = new Set(except);
  await changeRows(store, migration, (move) => (move.state === 'waiting' && left.has(move.userId) ? { ...move, state: 'kept' } : null));
}

/** Those who did not move wait again. */
export async function retryFailed(store: Store, migration: Pick<Migration, 'key' | 'customerId'>): Promise<void> {
  await changeRows(store, migration, (move) => (move.state === 'failed' || move.state === 'blocked' ? { ...move, state: 'waiting', why: null } : null));
}

/** Changes people's rows in as few transactions as their number allows; where one of them changed meanwhile, one by one as they are then. */
async function changeRows(store: Store, migration: Pick<Migration, 'key' | 'customerId'>, change: (move: UserMove) => UserMove | null): Promise<void> {
  const rows = (await readUserMoves(store, migration)).flatMap((row) => {
    const value = change(row.value);
    return value ? [{ userId: value.userId, change: { op: 'replace', key: row.key, value, etag: row.etag } as const }] : [];
  });
  for (let from = 0; from < rows.length; from += CHANGES_MAX) {
    const some = rows.slice(from, from + CHANGES_MAX);
    const changes = some.map((one) => one.change);
    if ((await store.commit('customers', migration.customerId, changes)) === 'done') continue;
    for (const { userId } of some) await changeRow(store, migration, userId, (before) => before && change(before));
  }
}
