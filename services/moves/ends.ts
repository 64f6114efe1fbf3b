/** The steps that set how a term ends: what it would mean, setting it once, and looking whether it holds. */
import { endHash } from '../approval/approval.ts';
import { dayOf } from '../clock.ts';
import { NOT_OURS } from '../domain/rules.ts';
import { type Money, monthsOf } from '../domain/money.ts';
import type { EndOffer, SetEnd, Subscription } from '../domain/ticket.ts';
import { PartnerCenterError, poolOf } from '../partnerCenter/port.ts';
import { detailsOf, readEnd } from '../tickets/endOfTerm.ts';
import { pricesOf, readPrices } from '../tickets/facts.ts';
import { readShape } from '../tickets/shown.ts';
import { settable } from '../tickets/ways.ts';
import { type Change, changeOnce, of, PASSING } from './changeOnce.ts';
import type { StepContext, StepResult } from './deps.ts';
import { warnsNow } from './ending.ts';
import { seatsWithout } from './people/seats.ts';
import { whoStandsAgainst } from './suspend.ts';

/** Reads what the end would mean: for whom, at what price, and which planned change is lost. */
export async function weigh(context: StepContext): Promise<StepResult> {
  const { move, deps } = context;
  const to: SetEnd = move.way === 'renew' ? 'renew' : 'cancel';
  const { subscription } = await deps.partnerCenter.subscription(move.customerId, move.subscriptionId);
  // Our call of before has come to its effect late.
  if (move.call?.name === 'end' && isSet(subscription, to)) return of({ kind: 'endSet', subscription: asKnown(subscription, context) });
  const whyNot = await whyNotSettable(context, subscription, to);
  if (whyNot) return of({ kind: 'refused', reason: 'endNotPossible', code: whyNot });
  return of({ kind: 'weighed', offer: await offerOf(context, subscription, to) });
}

/** Why this end cannot be set, in a word; null where it can. A cancellation is written only in a shape that was seen. */
async function whyNotSettable({ deps, ticket }: StepContext, one: Subscription, to: SetEnd): Promise<string | null> {
  const { programme } = ticket.facts;
  const read = readEnd(one, { today: dayOf(deps.clock.now()), retired: programme !== null });
  const { term, offerId, kind, status } = one;
  if (status !== 'active') return status;
  const known = { newCommerce: kind !== 'classic', endOfTerm: read.end, ending: detailsOf(read), standing: null, programme, term, offerId };
  if (!settable(known).includes(to) || (to === 'cancel' && kind !== 'newCommerce')) return read.end;
  return to === 'cancel' && !(await readShape(deps.store)) ? 'shape' : null;
}

/** Words of a plan that nobody need mind losing: they only say that it goes on. */
const NO_PLAN: ReadonlySet<string> = new Set(['Cancel', 'RenewToNewTerm', 'RenewToExtendedServiceTerm']);

async function offerOf({ deps, move }: StepContext, one: Subscription, to: SetEnd): Promise<EndOffer> {
  const { partnerCenter: pc, clock } = deps;
  const listed = to === 'renew' ? await renewalPrice(deps, one) : null;
  const prices = listed ?? (await unlessRefused(() => pricesOf(pc, one)));
  const word = one.atTermEnd !== null && !NO_PLAN.has(one.atTermEnd) ? one.atTermEnd : null;
  const offer = {
    ...{ to, day: one.expiresOn ?? '', quantity: one.quantity, term: one.term, billing: one.billing },
    ...{ monthly: prices?.monthly ?? null, total: prices?.total ?? null, ...(listed ? { pricedOn: listed.on } : {}) },
    loses: to === 'cancel' ? await whoWouldBeWithout(deps, one) : null,
    lost: one.next || word !== null ? { next: one.next ?? null, word } : null,
  };
  return { ...offer, hash: endHash(offer, one), at: clock.now().toISOString(), askedBy: move.draft.by ?? move.startedBy };
}

/** What a whole term more of the same costs by the price list of a day; null where that is not known. */
async function renewalPrice({ priceSheets }: StepContext['deps'], one: Subscription): Promise<{ on: string; monthly: Money; total: Money } | null> {
  const months = monthsOf(one.term);
  // What is planned instead is lost by it, and so is its price.
  const { next: _, ...asNow } = one;
  const prices = await readPrices(priceSheets, asNow);
  const monthly = prices?.renewal ?? null;
  return prices && monthly && months !== null ? { on: prices.on, monthly, total: { ...monthly, minor: monthly.minor * months } } : null;
}

type Reading = Pick<StepContext['deps'], 'partnerCenter'>;

/** People on seats that are gone with this subscription, by the tenant's own counts; null where they do not tell. */
async function whoWouldBeWithout({ partnerCenter: pc }: Reading, { customerId, id, quantity }: Subscription): Promise<number | null> {
  const pool = await unlessRefused(async () => {
    const { skuId } = await pc.provisioning(customerId, id);
    return skuId === null ? null : (poolOf(await pc.seatPools(customerId), skuId) ?? null);
  });
  const seats = seatsWithout(pool ?? undefined, quantity, null);
  return seats.known ? Math.max(0, seats.holders - seats.left) : null;
}

/** Null where Partner Center will not say; what may pass is thrown, and asked again. */
async function unlessRefused<T>(ask: () => Promise<T | null>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PartnerCenterError && (error.kind === 'forbidden' || error.kind === 'refused' || error.kind === 'notFound')) return null;
    throw error;
  }
}

const EXPECTED: ReadonlySet<string> = new Set(['autoRenewEnabled', 'scheduledActions', 'scheduledNextTermInstructions', 'attributes', 'actions', 'links']);

/** Sets the end that an approver said yes to. */
export function setEnd(context: StepContext): Promise<StepResult | null> {
  return changeOnce(context, endChange(context, 'setEnd', endChanged));
}

/** The same as the last step of a move, where everybody has moved. */
export function endOld(context: StepContext): Promise<StepResult | null> {
  return changeOnce(
    context,
    endChange(context, 'endOld', async (now, before) => {
      const whyNot = await whyNotSettable(now, before, 'cancel');
      if (whyNot) return of({ kind: 'fail', reason: 'endRefused', code: whyNot });
      return whoStandsAgainst(now, before.quantity);
    }),
  );
}

/** The subscription with what this one reading lacks as it was last known. */
function asKnown(one: Subscription, { known: { snapshot } }: StepContext): Subscription {
  const { lastDay, expiresOn, quantity } = snapshot;
  return { ...one, lastDay: one.lastDay ?? lastDay, expiresOn: one.expiresOn ?? expiresOn, quantity: one.quantity ?? quantity };
}

function endChange(
  context: StepContext,
  step: 'setEnd' | 'endOld',
  against: (context: StepContext, before: Subscription) => ReturnType<Change['against']>,
): Change {
  const to: SetEnd = context.move.way === 'renew' ? 'renew' : 'cancel';
  return {
    ...{ step, call: 'end', acceptedOnce: true },
    reasons: { overruled: 'endOverruled', notDone: 'endNotDone', refused: 'endRefused' },
    isDone: (now) => isSet(now, to),
    isPart: (now) => now.autoRenew === (to === 'renew'),
    done: ({ subscription }, sent) => ({ kind: 'endSet', subscription: asKnown(subscription, context), ...(sent ? {} : { byOthers: true }) }),
    against: (now, { subscription }) => against(now, subscription),
    send: async ({ deps }, fresh, requestId) => {
      const planned = fresh.subscription.kind === 'newCommerce' && (await readShape(deps.store)) !== undefined;
      await deps.partnerCenter.setEnd(fresh, to, { planned }, requestId);
    },
    changes: () => EXPECTED,
  };
}

/** Whether it reads as was asked, in both places that say so; one that is not active comes to another end. */
function isSet({ status, autoRenew, atTermEnd, next }: Subscription, to: SetEnd): boolean {
  if (status !== 'active') return false;
  if (to === 'cancel') return autoRenew === false && atTermEnd === 'Cancel';
  return autoRenew === true && (atTermEnd === null || atTermEnd === 'RenewToNewTerm') && !next;
}

/** Another thing than was said yes to is asked about anew: who would lose, the price, the day, what is planned. */
async function endChanged(context: StepContext, before: Subscription): Promise<StepResult | null> {
  const to: SetEnd = context.move.way === 'renew' ? 'renew' : 'cancel';
  const { hash } = await offerOf(context, before, to);
  return hash === context.move.approval?.hash && (await whyNotSettable(context, before, to)) === null ? null : of({ kind: 'endChanged' });
}

/** Its term is over, and it is not billed any more. */
const OVER: ReadonlySet<string> = new Set(['deleted', 'expired', 'disabled']);

/** Looks whether a cancellation that was set is still there. */
export async function lookAtEnd({ deps, move, ticket }: StepContext): Promise<StepResult> {
  const watch = move.endSet;
  if (!watch) return of({ kind: 'unclear', code: '', retryAt: null });
  let one: Subscription;
  try {
    one = (await deps.partnerCenter.subscription(move.customerId, move.subscriptionId)).subscription;
  } catch (error) {
    // One that is not found may only be late; the watch asks twice before it says so on the ticket.
    if (!(error instanceof PartnerCenterError) || (error.kind !== 'notFound' && error.code !== NOT_OURS)) throw error;
    const { standing } = ticket.facts;
    const went = standing === 'gone' || standing === 'left';
    return of(went ? { kind: 'endOver', code: standing } : { kind: 'unclear', code: error.code, retryAt: null });
  }
  if (OVER.has(one.status)) return of({ kind: 'endOver', code: one.status });
  // Neither says that it is gone.
  if (PASSING.has(one.status) || (one.atTermEnd === null && one.autoRenew === null)) return of({ kind: 'unclear', code: one.status, retryAt: null });
  if (one.atTermEnd !== 'Cancel' || one.autoRenew === true) return of({ kind: 'fail', reason: 'endLost', code: one.atTermEnd ?? one.status });
  const now = deps.clock.now().toISOString();
  const due = warnsNow(watch, now);
  const loses = due ? await whoWouldBeWithout(deps, one) : null;
  return of({ kind: 'endSeen', day: one.expiresOn ?? '', warn: due && loses !== 0, loses });
}
