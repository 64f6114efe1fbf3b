/** What Partner Center left out or said unreadably stays as it was last known. Pure. */
import type { Subscription } from '../domain/ticket.ts';
import type { Unread } from '../partnerCenter/port.ts';

/** Which of our words come from which of Partner Center's fields. What is planned is not among them: what of it is not understood is said so, never taken for what it was before. */
const MADE_OF: Record<string, readonly (keyof Subscription)[]> = {
  autoRenewEnabled: ['autoRenew'],
  quantity: ['quantity'],
  status: ['status'],
  commitmentEndDate: ['lastDay', 'expiresOn'],
  offerId: ['offerId', 'kind'],
  productType: ['kind'],
  billingCycle: ['billing', 'kind'],
  billingType: ['isUsage'],
  isTrial: ['isTrial'],
  termDuration: ['term'],
  offerName: ['offerName'],
  friendlyName: ['offerName'],
  parentSubscriptionId: ['parentId'],
  cancellationAllowedUntilDate: ['cancellableUntil'],
  orderId: ['orderId'],
};

/** The fields of each subscription that were not read, by its id; null where all were. */
export function unreadById(unread: readonly Unread[]): ReadonlyMap<string, string[]> | null {
  if (unread.length === 0) return null;
  const byId = new Map<string, string[]>();
  for (const { id, why } of unread) if (id !== null) byId.set(id, [...(byId.get(id) ?? []), why]);
  return byId;
}

/** The subscription as it reads now, with what was not read as it was last known. */
export function settled(now: Subscription, before: Subscription | undefined, unread: readonly string[] | undefined): Subscription {
  // One that renews is not asked for its day; the day is kept for when it stops.
  if (!unread && before && now.autoRenew && now.lastDay === null && before.lastDay !== null)
    return { ...now, lastDay: before.lastDay, expiresOn: before.expiresOn };
  if (!unread || !before) return now;
  const kept = unread.flatMap((field) => MADE_OF[field] ?? []).map((name) => [name, before[name]]);
  return { ...now, ...Object.fromEntries(kept) };
}
