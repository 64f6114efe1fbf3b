/** The step of the count: who holds the old licence, and who of them can have the new one. */
import type { PeopleCount, UserMove } from '../../domain/ticket.ts';
import { PartnerCenterError, poolOf, type SeatPool } from '../../partnerCenter/port.ts';
import type { StepContext, StepResult } from '../deps.ts';
import { renewLease } from '../lease.ts';
import { oldQuantity } from '../old.ts';
import { nobodyLeft } from '../states.ts';
import { readUserMoves, storeAllocated } from './rows.ts';
import { foundIn, type Seats, seatsWithout } from './seats.ts';
import { allocateSeats, countPeople, waivedIds } from './tally.ts';
import { isListed, walkPeople, withPool } from './walk.ts';

/** How often a licence that is not named is asked for before a person must look. */
const SKU_TRIES = 4;
/** A pool that is late is read again after 1, 2 and 4 seconds; who looks then presses again. */
const POOL_TRIES = 4;

/**
 * Finds everybody who holds the old licence, and who of them can have the new one. Old rows give way to what is true
 * now. It notes how far it came and goes on from there; null when another process has taken it over.
 */
export async function count(context: StepContext): Promise<StepResult | null> {
  const sku = await namedSkus(context);
  if (sku === null) return null;
  const { from, to } = sku;
  if (!from || !to) {
    const code = from ? 'new' : to ? 'old' : 'both';
    const last = context.move.attempts + 1 >= SKU_TRIES;
    return outcome(last ? { kind: 'fail', reason: 'skuUnknown', code } : { kind: 'unclear', code: 'no SKU', retryAt: null });
  }
  return from === to ? countSame(context, from) : countHolders(context, from, to);
}

function outcome(event: StepResult['event']): StepResult {
  return { event, answered: false };
}

/** Which licences the old and the new subscription are; read again where one was not named. Null when the move is no longer ours. */
async function namedSkus(context: StepContext): Promise<NonNullable<StepContext['move']['sku']> | null> {
  const before = context.move.sku ?? { from: null, to: null };
  if (before.from && before.to) return before;
  const { partnerCenter: pc } = context.deps;
  const { customerId, subscriptionId, order } = context.move;
  const read = async (id: string | null | undefined) => (id ? (await pc.provisioning(customerId, id)).skuId : null);
  const sku = { from: before.from ?? (await read(subscriptionId)), to: before.to ?? (await read(order?.subscriptionId)) };
  // Kept only where something was learnt: a step that goes on counts its tries anew.
  if (sku.from === before.from && sku.to === before.to) return sku;
  return (await renewLease(context, { sku })) ? sku : null;
}

async function countHolders(context: StepContext, from: string, to: string): Promise<StepResult | null> {
  const { store } = context.deps;
  const round = await walkPeople(context, from, to);
  if (round === null) return null;
  const found = await readUserMoves(store, context.move);
  const held = foundIn(
    found.map((row) => row.value),
    round,
  );
  const quantity = await oldQuantity(context);
  const bought = context.move.quote?.quantity ?? 0;
  const pools = await settledPools(context, (all) => {
    const [old, fresh] = [seatsWithout(poolOf(all, from), quantity, held), poolOf(all, to)];
    return (old.known || old.what === 'counts') && fresh !== undefined && (fresh.active === null || fresh.active >= bought);
  });
  if (pools === null) return null;
  const old = seatsWithout(poolOf(pools, from), quantity, held);
  const seats = { covered: old.known ? old.left : null, freeSeats: poolOf(pools, to)?.available ?? null };
  const rows = await healed(context, found, to, round);
  const userMoves = allocateSeats(
    rows.map((row) => row.value),
    round,
    // Seats that the pool does not tell of: those that were bought are there.
    seats.freeSeats ?? bought,
    seats.covered ?? 0,
  );
  await storeAllocated(store, context.move, found, userMoves);
  const people = countPeople(userMoves, seats, waivedIds(context.move));
  const walked = withPool(context.move.walked ?? { round, users: 0, active: null, consumed: null }, poolOf(pools, from));
  if (!nobodyLeft(people)) return outcome({ kind: 'counted', people, walked });
  // That nobody holds it must be read twice: one by one, and in the pool.
  if (people.moved + people.waived === 0 && !old.known) return outcome({ kind: 'fail', reason: 'seatsUnknown', code: old.what });
  return outcome({ kind: 'nothingToMove', people, walked });
}

/** People who were left without either licence, and were not found with the old one: read again, for nobody forgets them. */
async function healed(context: StepContext, rows: Awaited<ReturnType<typeof readUserMoves>>, to: string, round: string) {
  const healedRows = [];
  for (const row of rows) {
    if (!row.value.without || row.value.round === round) {
      healedRows.push(row);
      continue;
    }
    healedRows.push({ ...row, value: await healedOne(context, row.value, to, round) });
  }
  return healedRows;
}

async function healedOne(context: StepContext, userMove: UserMove, to: string, round: string): Promise<UserMove> {
  try {
    const held = await context.deps.partnerCenter.licences(context.move.customerId, userMove.userId);
    const { without: _, ...healthy } = userMove;
    if (held.some((one) => one.skuId === to)) return { ...healthy, state: 'moved', why: null };
    return { ...userMove, state: 'waiting', why: null, round };
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || error.kind !== 'notFound') throw error;
    return (await isListed(context, userMove.userId)) ? { ...userMove, round } : { ...userMove, state: 'gone', why: 'gone', round };
  }
}

/** The pools, read again a few times while they are late; then as they are. Null when the move is no longer ours. */
async function settledPools(context: StepContext, isSettled: (pools: SeatPool[]) => boolean): Promise<SeatPool[] | null> {
  for (let attempt = 1; ; attempt++) {
    const pools = await context.deps.partnerCenter.seatPools(context.move.customerId);
    if (attempt === POOL_TRIES || isSettled(pools)) return pools;
    await context.deps.clock.sleep(500 * 2 ** attempt);
    if (!(await renewLease(context, {}))) return null;
  }
}

/** Old and new are one licence: nobody moves, but the seats without the old ones must cover its holders. */
async function countSame(context: StepContext, sku: string): Promise<StepResult | null> {
  const { quote } = context.move;
  const quantity = await oldQuantity(context);
  const of = (pools: SeatPool[]) => seatsWithout(poolOf(pools, sku), quantity, null, quote?.quantity ?? 0);
  const pools = await settledPools(context, (all) => of(all).known);
  if (pools === null) return null;
  const seats = of(pools);
  if (!seats.known) return outcome({ kind: 'fail', reason: 'seatsUnknown', code: seats.what });
  const people = countedSame(seats);
  return outcome({ kind: nobodyLeft(people) ? 'nothingToMove' : 'counted', people });
}

function countedSame(seats: Extract<Seats, { known: true }>): PeopleCount {
  const covered = Math.min(seats.left, seats.holders);
  const none = countPeople([], { covered: null, freeSeats: seats.left }, new Set());
  return { ...none, total: seats.holders, moved: covered, blocked: seats.holders - covered };
}
