/** Which ends can be set for a subscription, as it was read (docs/term-end.tsv, ways R and C). Pure. */
import { monthsOf } from '../domain/money.ts';
import type { SetEnd, TicketFacts } from '../domain/ticket.ts';

type Known = Pick<TicketFacts, 'newCommerce' | 'endOfTerm' | 'ending' | 'standing' | 'programme' | 'term' | 'offerId'>;

/** What can be set, but for what it does already. */
export function settable(facts: Known): readonly SetEnd[] {
  // What is no longer active can only change its status; what is planned for another day decides first.
  if (facts.standing || facts.ending?.on) return [];
  return [...(mayCancel(facts) ? (['cancel'] as const) : []), ...(mayRenew(facts) ? (['renew'] as const) : [])];
}

/** A classic one ends with auto-renew off; of new commerce only a cancellation ends it. */
function mayCancel({ newCommerce, endOfTerm }: Known): boolean {
  return newCommerce && endOfTerm !== 'cancels' && endOfTerm !== 'unread';
}

function mayRenew({ endOfTerm, ending, programme, term, offerId }: Known): boolean {
  switch (endOfTerm) {
    case 'renews':
    case 'inEst':
    case 'unread':
      return false;
    case 'renewsAs':
      // To stay on the plan where only seats or the term would change; a planned move to another plan is somebody's choice.
      return ending?.next?.offer == null || offerId.toLowerCase().startsWith(ending.next.offer.toLowerCase());
    case 'unknown':
      // By the month it may be an Extended Service Term already, which renews by itself.
      return programme === null && !(ending?.either === 'endsOrExtends' && monthsOf(term) === 1);
    case 'contradictory':
      return true;
    case 'extends':
    case 'cancels':
      // Microsoft refuses to switch a retired plan on again (800093).
      return programme === null;
  }
}
