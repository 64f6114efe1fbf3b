/** The reading of a term's end as the sentences want it. */
import { monthsOf } from '../../services/domain/money.ts';
import type { Happened, NextTerm, Ticket } from '../../services/domain/ticket.ts';
import { planBare, planText, type Safe } from '../escape.ts';
import { goesOn } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import type { Becomes, EndSaid } from '../text/en/ends.ts';
import type { OutcomeSaid } from '../text/en/outcomes.ts';

/** `nobody` is what the activity log says where it was read and names none. */
const NOBODY = 'nobody';

export function endSaid({ facts, plans }: Pick<Ticket, 'facts' | 'plans'>): EndSaid {
  const { ending } = facts;
  return {
    end: facts.endOfTerm,
    newCommerce: facts.newCommerce,
    day: facts.expiresOn,
    byMonth: monthsOf(facts.term) === 1,
    inUse: facts.inUse,
    retired: facts.programme !== null && facts.changedBy === NOBODY,
    ofProgramme: facts.programme !== null,
    nothingPlanned: facts.nothingPlanned ?? false,
    despiteFlag: ending?.despiteFlag ?? false,
    becomes: ending?.next ? becomes(ending.next, plans) : null,
    word: ending?.word === undefined ? null : planText(ending.word),
    on: ending?.on ?? null,
    either: ending?.either ?? null,
    planned: ending?.planned ?? null,
    cost: facts.prices ? { on: facts.prices.on, renewal: facts.prices.renewal, extended: facts.prices.extended, now: facts.priceNow } : null,
  };
}

/** Whether what brought it up is still how it stands. */
function stillFits({ endOfTerm: end, standing }: Ticket['facts'], happened: Happened): boolean {
  switch (happened) {
    case 'planSet':
    case 'planChanged':
      return !standing && end === 'renewsAs';
    case 'planLost':
      return !standing && end === 'renews';
    case 'estBegun':
      return !standing && (end === 'inEst' || end === 'cancels');
    case 'stillBilled':
      return standing === 'suspended';
    case 'softwareEnds':
      return !standing && end === 'cancels';
    case 'dearer':
    case 'losesPromotion':
      return !standing && end === 'renews';
    case 'outlivesBase':
      return !standing && goesOn(end);
    case 'trial':
      return !standing && (goesOn(end) || end === 'cancels');
    default:
      return true;
  }
}

/** What brought a ticket up, as the sentences want it; null where that was a flip, or is so no more. */
export function outcomeSaid({ ticket, move }: Pick<Shown, 'ticket' | 'move'>): OutcomeSaid | null {
  const { facts, plans } = ticket;
  if (!facts.happened || !stillFits(facts, facts.happened)) return null;
  return {
    happened: facts.happened,
    end: facts.endOfTerm,
    day: facts.expiresOn,
    quantity: facts.quantity,
    was: facts.was ? becomes(facts.was, plans) : null,
    base: facts.base ? { plan: planText(facts.base.plan), day: facts.base.day } : null,
    plan: facts.happened === 'goesOn' && move?.quote ? planText(move.quote.planTitle) : null,
  };
}

/** By its title where the ticket's plans have it; else by its ids, which Partner Center shows too. */
export function becomes(next: NextTerm, plans: Ticket['plans']): Becomes {
  const known = plans?.find(({ item }) => item && `${item.productId}:${item.skuId}`.toLowerCase() === next.offer?.toLowerCase());
  const text = (one: string | null): Safe | null => (one === null ? null : planBare(one));
  return {
    plan: known ? planText(known.title) : next.offer === null ? null : planText(next.offer),
    quantity: next.quantity,
    term: text(next.term),
    billing: text(next.billing),
  };
}
