/** What time does to a subscription: what it becomes at a moment is a function of it, the moment and Microsoft's rules. Pure. */
import { later } from '../../clock.ts';
import { CLASSIC_DELETED_AFTER_DAYS, DATA_KEPT_DAYS, GRACE_DAYS } from '../../domain/rules.ts';
import type { Json } from './bodies.ts';
import { availabilityId, EXTENDED_SKU, extendedPrice, planOf, PLANS } from './catalogue.ts';
import { actionsOf, atEnd, noteIdle, canExtend, kindOf, plan } from './planned.ts';
import type { HeldSubscription, TermRules } from './state.ts';
import { beginTerm, dayAfter, listPrice } from './terms.ts';

/** `extensionPlanned`: by Microsoft's backfill. `ended`: works on unpaid for a while; `disabled`: only its data is kept. */
export type What = 'extensionPlanned' | 'renewed' | 'renewedAs' | 'becamePaid' | 'extended' | 'ended' | 'disabled' | 'deleted';

export interface Happening {
  at: string;
  subscription: string;
  what: What;
}

const NEVER_FROM = '9000';

/** What comes next for it, and when; null where nothing ever does. */
export function nextOf(held: HeldSubscription, rules: TermRules): Happening | null {
  const { wire, idleSince, overUntil } = held;
  const what = (at: string, one: What): Happening => ({ at, subscription: wire.id, what: one });
  const kind = kindOf(held);
  if (wire.billingType === 'usage' || wire.commitmentEndDate >= NEVER_FROM || wire.status === 'deleted') return null;
  if (wire.status === 'expired') return overUntil ? what(overUntil, 'disabled') : null;
  if (wire.status === 'disabled') return overUntil ? what(overUntil, 'deleted') : null;
  const over = `${dayAfter(held)}T00:00:00.000Z`;
  const cancelled = actionsOf(wire).find((one) => one.scheduleType === 'CustomDate' && one.actionType === 'Cancel')?.effectiveDate;
  if (typeof cancelled === 'string' && cancelled < over && wire.status === 'active') return what(cancelled, 'disabled');
  if (wire.status === 'suspended') return kind === 'newCommerce' ? what(over, 'disabled') : what(deletedAt(wire, over), 'deleted');
  const end = atTermEnd(held);
  const backfillAt = idleSince && later(idleSince, rules.backfillHours * 3_600_000);
  if (backfillAt && end === 'extended' && backfillAt < over) return what(backfillAt, 'extensionPlanned');
  const renewing = kind === 'newCommerce' && end !== 'disabled' && end !== 'ended';
  return what(renewing ? later(over, rules.lockHours * 3_600_000) : over, end);
}

function deletedAt({ suspendedAt }: Json, over: string): string {
  if (typeof suspendedAt !== 'string') return over;
  const counted = later(suspendedAt, CLASSIC_DELETED_AFTER_DAYS.most * 86_400_000);
  return counted < over ? counted : over;
}

/** What the end of its term brings. A planned action goes before auto-renew; a word that is none leaves it to auto-renew. */
function atTermEnd(held: HeldSubscription): What {
  const { wire } = held;
  if (kindOf(held) !== 'newCommerce') return wire.autoRenewEnabled ? 'renewed' : 'ended';
  const planned = atEnd(wire);
  const goesOn = held.before || canExtend(held) ? 'extended' : 'disabled';
  if (planned === 'Cancel') return 'disabled';
  if (planned === 'RenewToExtendedServiceTerm') return goesOn;
  if (planned === 'RenewToNewTerm') return wire.scheduledNextTermInstructions ? 'renewedAs' : 'renewed';
  if (planned === 'Transition' && wire.autoRenewEnabled) return 'renewedAs';
  // One that is in an Extended Service Term goes on so by itself.
  if (held.before) return 'extended';
  if (!wire.autoRenewEnabled) return goesOn;
  if (wire.scheduledNextTermInstructions) return 'renewedAs';
  return wire.isTrial === true ? 'becamePaid' : 'renewed';
}

/** The subscription after one such thing. */
function after(held: HeldSubscription, { at, what }: Happening, rules: TermRules): HeldSubscription {
  const next = structuredClone(held);
  next.version += 1;
  const { wire } = next;
  switch (what) {
    case 'extensionPlanned':
      plan(wire, [{ scheduleType: 'TermEnd', actionType: 'RenewToExtendedServiceTerm' }]);
      wire.autoRenewEnabled = rules.backfillRenews;
      delete next.idleSince;
      return next;
    case 'ended':
      wire.status = 'expired';
      next.overUntil = later(at, GRACE_DAYS * 86_400_000);
      return next;
    case 'disabled':
      // A suspended one was to be reached for the 30 days of an expired one too.
      next.overUntil = later(at, (DATA_KEPT_DAYS + (wire.status === 'suspended' ? GRACE_DAYS : 0)) * 86_400_000);
      wire.status = 'disabled';
      return next;
    case 'deleted':
      wire.status = 'deleted';
      delete next.overUntil;
      return next;
    case 'extended':
      extend(next);
      break;
    default:
      renew(next);
  }
  noteIdle(next, new Date(at));
  return next;
}

function extend(held: HeldSubscription): void {
  const { wire } = held;
  const from = dayAfter(held);
  const before = held.before ?? { offerId: wire.offerId, term: String(wire.termDuration), billing: String(wire.billingCycle) };
  const sold = planOf(before.offerId);
  forget(held);
  beginTerm(held, from, { kind: 'extended', term: 'P1M', billing: 'monthly', quantity: wire.quantity, unit: sold ? extendedPrice(sold) : held.price });
  held.before = before;
  const [productId = '', , availability = ''] = before.offerId.split(':');
  Object.assign(wire, { offerId: `${productId}:${EXTENDED_SKU}:${availability}`, autoRenewEnabled: true });
}

/** What is planned or promised for one term alone. */
function forget({ wire }: HeldSubscription): void {
  for (const name of ['scheduledActions', 'scheduledNextTermInstructions', 'customTermEndDate']) delete wire[name];
}

/** Into a whole new term: as it is, or as its instructions say. */
function renew(held: HeldSubscription): void {
  const { wire } = held;
  const from = dayAfter(held);
  const action = ((wire.scheduledActions ?? []) as Json[]).find((one) => one.scheduleType === 'TermEnd' && one.instructions);
  const asked = (wire.scheduledNextTermInstructions ?? action?.instructions ?? {}) as { product?: Record<string, string>; quantity?: number };
  const { productId, skuId, termDuration, billingCycle, promotionId } = asked.product ?? {};
  const own = held.before ?? { offerId: wire.offerId, term: wire.isTrial === true ? 'P1Y' : String(wire.termDuration), billing: String(wire.billingCycle) };
  const sold = PLANS.find((one) => one.productId === productId);
  delete held.before;
  wire.offerId = own.offerId;
  if (sold && productId !== own.offerId.split(':')[0]) {
    const sku = skuId ?? '0001';
    Object.assign(wire, { offerId: `${sold.productId}:${sku}:${availabilityId(sold.productId, sku, from)}`, offerName: sold.title });
    Object.assign(held, { skuId: sold.skuId, price: sold.price });
  }
  const [term, billing] = [termDuration ?? own.term, (billingCycle ?? own.billing).toLowerCase()];
  // A promotion that nobody asked for again is over.
  if (promotionId === undefined || promotionId !== wire.promotionId) delete wire.promotionId;
  forget(held);
  // Whoever planned a new term meant that it renews.
  Object.assign(wire, { isTrial: false, autoRenewEnabled: true });
  const unit = wire.productType ? listPrice(held, term, billing) : held.price;
  beginTerm(held, from, { kind: 'term', term, billing, quantity: asked.quantity ?? wire.quantity, unit });
}

/** So many things happen to one customer in one move of the clock, at most. */
const MOST = 100_000;

/**
 * A customer's subscriptions at a moment, and what happened on the way, in order: each thing at its own moment, and what ends a base
 * ends its classic add-ons.
 */
export function pass(held: readonly HeldSubscription[], until: string, rules: TermRules): { held: HeldSubscription[]; happened: Happening[] } {
  const all = [...held];
  const happened: Happening[] = [];
  for (let n = 0; n < MOST; n++) {
    const next = all.map((one) => nextOf(one, rules)).reduce((first, one) => (one && (!first || one.at < first.at) ? one : first), null);
    if (!next || next.at > until) break;
    const index = all.findIndex((one) => one.wire.id === next.subscription);
    all[index] = after(all[index] as HeldSubscription, next, rules);
    happened.push(next);
    if (!['ended', 'disabled', 'deleted'].includes(next.what)) continue;
    for (const [at, child] of all.entries()) {
      if (child.wire.parentSubscriptionId !== next.subscription || nextOf(child, rules) === null) continue;
      if (child.wire.status !== all[index]?.wire.status) all[at] = after(child, next, rules);
    }
  }
  return { held: all, happened };
}

/** Whether a renewal is under way: nothing but reading is possible. */
export function isLocked(held: HeldSubscription, at: string): boolean {
  return kindOf(held) === 'newCommerce' && held.wire.status === 'active' && at >= `${dayAfter(held)}T00:00:00`;
}
