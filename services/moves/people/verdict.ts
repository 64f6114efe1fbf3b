/** Who would lose the service if the old subscription were suspended now: read, or not known. */
import type { UserMove } from '../../domain/ticket.ts';
import { PartnerCenterError, poolOf } from '../../partnerCenter/port.ts';
import type { StepContext } from '../deps.ts';
import { renewLease } from '../lease.ts';
import { readUserMoves } from './rows.ts';
import { type Found, foundIn, hasMoved, type Seats, seatsWithout } from './seats.ts';
import { waivedIds } from './tally.ts';
import { walkPeople, withPool } from './walk.ts';

/** `unknown`: what it is that is not known. */
export type Verdict = { loses: number } | { unknown: 'sku' | 'pool' | 'counts' | 'late' | 'unread' };

/** So few people are read again in any case: it costs seconds, and a pool may lag. */
const FEW = 50;

/**
 * How many holders of the old licence would be without a seat once these `quantity` are gone. Only a person who was left
 * behind by name is not counted. What somebody vouched for may stay unread. Null when the move is no longer ours.
 */
export async function whoWouldLose(context: StepContext, quantity: number | null, vouched: boolean): Promise<Verdict | null> {
  const { from, to } = context.move.sku ?? { from: null, to: null };
  if (!from || !to) return { unknown: 'sku' };
  try {
    return from === to ? await ofSameSku(context, from, quantity) : await ofHolders(context, { from, to }, quantity);
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || !vouched || error.kind === 'throttled') throw error;
    return { unknown: 'unread' };
  }
}

async function ofSameSku(context: StepContext, sku: string, quantity: number | null): Promise<Verdict> {
  const pools = await context.deps.partnerCenter.seatPools(context.move.customerId);
  return judged(seatsWithout(poolOf(pools, sku), quantity, null, context.move.quote?.quantity ?? 0), 0);
}

function judged(seats: Seats, left: number): Verdict {
  return seats.known ? { loses: Math.max(0, seats.holders - seats.left - left) } : { unknown: seats.what };
}

async function ofHolders(context: StepContext, sku: { from: string; to: string }, quantity: number | null): Promise<Verdict | null> {
  const read = () => context.deps.partnerCenter.seatPools(context.move.customerId);
  let pool = poolOf(await read(), sku.from);
  let rows = await readRows(context);
  const { walked } = context.move;
  if (!walked || walked.users <= FEW || hasMoved(pool, walked, rows)) {
    if ((await walkPeople(context, sku.from, sku.to)) === null) return null;
    pool = poolOf(await read(), sku.from);
    rows = await readRows(context);
    if (context.move.walked && !(await renewLease(context, { walked: withPool(context.move.walked, pool) }))) return null;
  }
  const found = foundIn(rows, context.move.walked?.round ?? '');
  return judged(seatsWithout(pool, quantity, found), await leftBehind(context, sku.from, found, pool?.consumed ?? 0));
}

async function readRows(context: StepContext): Promise<UserMove[]> {
  return (await readUserMoves(context.deps.store, context.move)).map((row) => row.value);
}

/** How many of those who were left behind by name still hold the old licence: only they are let lose it. */
async function leftBehind(context: StepContext, from: string, found: Found, consumed: number): Promise<number> {
  let holding = 0;
  let unread = 0;
  for (const id of waivedIds(context.move)) {
    try {
      if ((await context.deps.partnerCenter.licences(context.move.customerId, id)).some((one) => one.skuId === from)) holding += 1;
    } catch (error) {
      if (!(error instanceof PartnerCenterError) || error.kind === 'throttled' || error.kind === 'unclear') throw error;
      if (error.kind !== 'notFound') unread += 1;
    }
  }
  return holding + Math.min(unread, Math.max(0, consumed - found.sure));
}
