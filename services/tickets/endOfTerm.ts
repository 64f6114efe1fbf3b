/** What happens to a subscription when its term ends, and whether that is ours to watch. Pure. */
import type { EndOfTerm, Subscription, TicketFacts } from '../domain/ticket.ts';
import type { OpenRow } from './openList.ts';

/** Scheduled actions at the term end, as several sources spell them; the documentation does not (probable shape). */
const ACTIONS: Record<string, EndOfTerm> = {
  renewtonewterm: 'renews',
  transition: 'renews',
  cancel: 'cancels',
  renewtoextendedserviceterm: 'extends',
};

export function endOfTerm(subscription: Subscription): EndOfTerm {
  if (subscription.autoRenew) return 'renews';
  if (subscription.autoRenew === null) return 'unread';
  if (subscription.kind === 'classic') return 'cancels';
  return (subscription.atTermEnd && ACTIONS[subscription.atTermEnd]) || 'unknown';
}

/**
 * Whether "Auto renews on" and "Expires on" mean anything for it. Not for Azure and usage (no end), trials, one-time
 * purchases, and what is not active: a suspended new-commerce subscription loses auto-renew by its suspension (docs/partner-center.md §6).
 */
export function isWatched(subscription: Subscription): boolean {
  return subscription.status === 'active' && subscription.lastDay !== null && subscription.kind !== 'other' && !subscription.isTrial && !subscription.isUsage;
}

/** New commerce of which nobody says that it goes on: its end comes without us, and suspending it saves nothing. */
export function endsByItself(facts: Pick<TicketFacts, 'newCommerce' | 'endOfTerm'>): boolean {
  return facts.newCommerce && (facts.endOfTerm === 'cancels' || facts.endOfTerm === 'unknown');
}

/** Whether it was read to stop; one that a move is open for may still renew, and of another nobody may say. Pure. */
export function stops({ end }: OpenRow): boolean {
  return end !== 'renews' && end !== 'unread';
}
