/** The step of the reassignment: each person's swap of the old licence for the new. */
import { randomUUID } from 'node:crypto';
import { later } from '../../clock.ts';
import { SIGN_IN_AGAIN } from '../../domain/rules.ts';
import type { BlockedWhy, UserMove } from '../../domain/ticket.ts';
import { type Licence, PartnerCenterError, poolOf } from '../../partnerCenter/port.ts';
import { withRetry } from '../../retry.ts';
import { ofCustomer, userKey } from '../../store/rows.ts';
import type { Row } from '../../store/store.ts';
import type { StepContext, StepResult } from '../deps.ts';
import { renewLease } from '../lease.ts';
import { oldQuantity } from '../old.ts';
import { whyNot } from '../refusals.ts';
import { leaveOut, readUserMoves, retryFailed, storeUserMove } from './rows.ts';
import { foundIn, seatsWithout } from './seats.ts';
import { countPeople, type SeatsThere, waivedIds } from './tally.ts';
import { isListed } from './walk.ts';

const AT_ONCE = 8;
const KEEP_MS = 4_000;
const THROTTLED_TRIES = 4;
const THROTTLED_MS = 10_000;
/** Calls for one person that may end without an answer, before a person must look. */
const UNANSWERED_TRIES = 4;
const UNANSWERED_PAUSE_MS = 5_000;

/**
 * Moves everybody who waits, a few at a time, and reads each one again; null when another process has taken it over.
 * Whoever waits long for an answer holds up nobody else: who got none is asked about again later, a few times.
 */
export async function reassign(context: StepContext): Promise<StepResult | null> {
  const { clock, store } = context.deps;
  if (context.move.chosen && !(await carryOutChoice(context, context.move.chosen))) return null;
  const rows = await readUserMoves(store, context.move);
  const waived = waivedIds(context.move);
  const open = rows.filter((row) => (row.value.state === 'waiting' || row.value.state === 'started') && !waived.has(row.value.userId));
  const plans = open.length > 0 ? await plansOfNew(context, open) : [];
  const before = context.move.people;
  const movedBefore = rows.filter((row) => row.value.state === 'moved').length;
  const left = [...open];
  let kept = clock.wallMs();
  let ours = true;
  let moved = 0;
  const troubles: unknown[] = [];
  async function moveNext(): Promise<void> {
    while (ours && troubles.length === 0) {
      const row = left.shift();
      if (!row) return;
      const state = await moveUser(context, row, plans).catch((error: unknown) => void troubles.push(error));
      if (state === 'moved') moved += 1;
      if (clock.wallMs() - kept < KEEP_MS) continue;
      kept = clock.wallMs();
      const people = before && { ...before, moved: movedBefore + moved, movable: left.length };
      ours = (await renewLease(context, { people }, 'progress')) && ours;
    }
  }
  // All end before a trouble is told: a call still under way would be made again by the next turn.
  await Promise.all(Array.from({ length: AT_ONCE }, moveNext));
  if (!ours) return null;
  if (troubles.length > 0) throw troubles[0];
  const userMoves = (await readUserMoves(store, context.move)).map((row) => row.value);
  const waits = userMoves.filter((userMove) => userMove.state === 'started' && !waived.has(userMove.userId));
  if (waits.length > 0) return askAgain(context, waits);
  return { event: { kind: 'moved', people: countPeople(userMoves, await seatsNow(context, userMoves), waived) }, answered: false };
}

/** What a person chose becomes the rows' state, once and before anybody moves: the choice itself was stored with its event. */
async function carryOutChoice(context: StepContext, chosen: { except: string[]; retry: boolean }): Promise<boolean> {
  if (chosen.retry) await retryFailed(context.deps.store, context.move);
  await leaveOut(context.deps.store, context.move, chosen.except);
  return renewLease(context, { chosen: null });
}

/** Some have no answer yet: later, and later each time. */
function askAgain(context: StepContext, waits: UserMove[]): StepResult {
  const most = Math.max(...waits.map((userMove) => userMove.unanswered ?? 0));
  const retryAt = later(context.deps.clock.now(), UNANSWERED_PAUSE_MS * 2 ** most);
  return { event: { kind: 'unclear', code: 'no answer', retryAt }, answered: false };
}

/** Service plans of the new licence. Where they are not known and somebody has one switched off, it waits: a plan would come on. */
async function plansOfNew(context: StepContext, open: Row<UserMove>[]): Promise<readonly string[]> {
  const pools = await context.deps.partnerCenter.seatPools(context.move.customerId);
  const plans = poolOf(pools, context.move.sku?.to ?? '')?.servicePlans;
  if (!plans && open.some((row) => row.value.disabledPlans.length > 0))
    throw new PartnerCenterError('notReady', 'no pool', 'The service plans of the new licence are not named yet.');
  return plans ?? [];
}

/** Seats as they are after the move; what is not told stays unknown. */
async function seatsNow(context: StepContext, userMoves: UserMove[]): Promise<SeatsThere> {
  const { customerId, sku, walked } = context.move;
  const pools = await context.deps.partnerCenter.seatPools(customerId);
  const quantity = await oldQuantity(context);
  const old = seatsWithout(poolOf(pools, sku?.from ?? ''), quantity, foundIn(userMoves, walked?.round ?? ''));
  // Just after the move the pool may still show who has moved: the seats themselves are as they were counted.
  const covered = old.known ? old.left : old.what === 'late' ? (context.move.people?.covered ?? null) : null;
  return { covered, freeSeats: poolOf(pools, sku?.to ?? '')?.available ?? null };
}

type State = UserMove['state'];

/** One person: written as started, one call that removes and assigns, then a look at what is true. */
async function moveUser(context: StepContext, row: Row<UserMove>, plans: readonly string[]): Promise<State> {
  // A row that says started has a call without an answer: what came of it is read before anything is asked for again.
  if (row.value.state === 'started') {
    const read = await readLicences(context, row.value);
    if (!('held' in read)) return read.ended ? note(context, row.value, read.ended) : 'started';
    if (hasMovedNow(context, read.held)) return note(context, row.value, { state: 'moved', why: null, without: false });
    if (hasNeither(context, read.held)) row.value.without = true;
  }
  const repeated = row.value.state === 'started' ? row.value.requestIds.at(-1) : undefined;
  const requestId = repeated ?? randomUUID();
  const requestIds = repeated ? row.value.requestIds : [...row.value.requestIds, requestId].slice(-10);
  const begun: UserMove = { ...row.value, state: 'started', why: null, requestIds };
  if (!(await storeUserMove(context.deps.store, context.move, row, begun))) return 'started';
  return swapAndLook(context, begun, plans, begun.without === true);
}

/** The call and the look after it; where it took and did not give, the new licence alone is given once more. */
async function swapAndLook(context: StepContext, begun: UserMove, plans: readonly string[], giveOnly: boolean): Promise<State> {
  const { from, to } = skusOf(context);
  const swap = { remove: giveOnly ? null : from, assign: to, disabledPlans: begun.disabledPlans.filter((plan) => plans.includes(plan)) };
  const refusal = await swapOnce(context, begun.userId, swap, begun.requestIds.at(-1) as string);
  const read = await readLicences(context, begun);
  if (!('held' in read)) return read.ended ? note(context, begun, read.ended) : 'started';
  if (hasMovedNow(context, read.held)) return note(context, begun, { state: 'moved', why: null, without: false });
  // Without an answer and without an effect it may still come: the same request asks again later, a few times.
  if (refusal && !refusal.answered) return unanswered(context, begun, hasNeither(context, read.held));
  if (hasNeither(context, read.held) && !giveOnly) {
    const again: UserMove = { ...begun, without: true, requestIds: [...begun.requestIds, randomUUID()].slice(-10) };
    if (!(await replace(context, begun, again))) return 'started';
    return swapAndLook(context, again, plans, true);
  }
  const without = hasNeither(context, read.held);
  const told = refusal ? whyNot(refusal) : { why: 'unclear' as BlockedWhy };
  return note(context, begun, { state: 'failed', ...(without ? { ...told, why: 'without' as const } : told), without });
}

function skusOf(context: StepContext): { from: string; to: string } {
  return { from: context.move.sku?.from as string, to: context.move.sku?.to as string };
}

function hasMovedNow(context: StepContext, held: Licence[]): boolean {
  const { from, to } = skusOf(context);
  return held.some((one) => one.skuId === to) && !held.some((one) => one.skuId === from);
}

function hasNeither(context: StepContext, held: Licence[]): boolean {
  const { from, to } = skusOf(context);
  return !held.some((one) => one.skuId === from || one.skuId === to);
}

type Ended = Pick<UserMove, 'state' | 'why'> & { said?: string; without?: boolean };

/** A person's licences as they are, or how it ends for this person where they cannot be read; neither where it is asked again later. */
async function readLicences(context: StepContext, userMove: UserMove): Promise<{ held: Licence[] } | { ended: Ended | null }> {
  try {
    return { held: await context.deps.partnerCenter.licences(context.move.customerId, userMove.userId) };
  } catch (error) {
    // Who must sign in is asked once, and not counted against each of the people.
    if (!(error instanceof PartnerCenterError) || error.kind === 'throttled' || SIGN_IN_AGAIN.has(error.code)) throw error;
    if (error.kind === 'notFound' && !(await isListed(context, userMove.userId))) return { ended: { state: 'gone', why: 'gone' } };
    if (error.kind === 'refused' || error.kind === 'forbidden') return { ended: { ...whyNot(error), state: 'failed', why: 'unread' } };
    return { ended: (await unanswered(context, userMove, userMove.without === true)) === 'failed' ? { state: 'failed', why: 'unclear' } : null };
  }
}

/** Counts one more call without an answer; after a few a person must look. */
async function unanswered(context: StepContext, userMove: UserMove, without: boolean): Promise<State> {
  const times = (userMove.unanswered ?? 0) + 1;
  if (times >= UNANSWERED_TRIES) return note(context, userMove, { state: 'failed', why: without ? 'without' : 'unclear', without });
  await replace(context, userMove, { ...userMove, unanswered: times, ...(without ? { without } : {}) });
  return 'started';
}

type Swap = { remove: string | null; assign: string; disabledPlans: string[] };

/** The one call of a person; null when it was taken, else why not. A throttled one did nothing and is made again, while the wait is short. */
async function swapOnce(context: StepContext, userId: string, swap: Swap, requestId: string): Promise<PartnerCenterError | null> {
  const { clock, partnerCenter: pc } = context.deps;
  const isThrottled = (error: unknown) => error instanceof PartnerCenterError && error.kind === 'throttled';
  const waitMs = (error: unknown) =>
    error instanceof PartnerCenterError && isThrottled(error) && error.retryAfterMs <= THROTTLED_MS ? error.retryAfterMs : null;
  try {
    await withRetry({ tries: THROTTLED_TRIES, waitMs, sleep: (ms) => clock.sleep(ms) }, () => pc.swapLicence(context.move.customerId, userId, swap, requestId));
    return null;
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || isThrottled(error)) throw error;
    return error;
  }
}

/** Stores how a person's call came out, unless a later call of another process has begun meanwhile. */
async function note(context: StepContext, userMove: UserMove, ended: Ended): Promise<State> {
  const { said: _, unanswered: __, without: ___, ...bare } = userMove;
  const value: UserMove = {
    ...bare,
    state: ended.state,
    why: ended.why,
    ...(ended.said ? { said: ended.said } : {}),
    ...(ended.without ? { without: true } : {}),
  };
  return (await replace(context, userMove, value)) ? ended.state : 'started';
}

/** Replaces a started row by its next state, where it is still this call's. */
async function replace(context: StepContext, before: UserMove, value: UserMove): Promise<boolean> {
  const { customerId, key } = context.move;
  const row = await context.deps.store.get<UserMove>(...ofCustomer(customerId), userKey(key, before.userId));
  if (row?.value.state !== 'started' || row.value.requestIds.at(-1) !== before.requestIds.at(-1)) return false;
  return storeUserMove(context.deps.store, context.move, row, value);
}
