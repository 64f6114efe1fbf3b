/** The reading of a term's end as the sentences want it. */
import { monthsOf } from '../../services/domain/money.ts';
import type { Happened, NextTerm, Ticket } from '../../services/domain/ticket.ts';
import { joined, planBare, planText, type Safe } from '../escape.ts';
import { goesOn, renews } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import type { Becomes, EndSaid } from '../text/en/ends.ts';
import type { OutcomeSaid } from '../text/en/outcomes.ts';
import type { Words } from '../text/words.ts';

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
    shared: facts.shared ?? null,
    // A new-commerce offer is `product:sku:availability`; of what is of no known kind that is not known.
    takenBack: facts.newCommerce && facts.offerId.includes(':'),
    nextNotSold: facts.nextNotSold ?? false,
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

/** What of this term and of what belongs to it is to be known beside its end; null where nothing is. */
export function ofThisTerm({ ticket, now, today }: Shown, words: Words): Safe | null {
  const { notice: say } = words;
  const { standing, undoUntil, shortenedSince, term, billing, endOfTerm, newCommerce, expiresOn, beside = {}, happened } = ticket.facts;
  if (standing) return null;
  const given = beside.giveBack?.filter(({ until }) => until === null || until > now) ?? [];
  const parts = [
    undoUntil && undoUntil > now ? say.undo(undoUntil) : null,
    given.length > 0 ? say.giveBack({ of: ticket.facts.quantity, parts: given }) : null,
    shortenedSince ? say.shortened({ since: shortenedSince, term: planText(term), billing: planText(billing) }) : null,
    beside.losesPromotion && renews(endOfTerm) && happened !== 'losesPromotion' ? say.withoutPromotion : null,
    beside.addonTo && endOfTerm === 'cancels' ? say.addonTo(planText(beside.addonTo)) : null,
    withAddons(ticket, words),
    !newCommerce && endOfTerm === 'cancels' && today > expiresOn && expiresOn !== '' ? say.dataDeleted(expiresOn) : null,
  ].filter((one) => one !== null);
  return parts.length > 0 ? joined(parts) : null;
}

/** Classic add-ons go with their base; of new commerce they have terms of their own, and may stand in the way of another plan. */
function withAddons({ facts }: Ticket, words: Words): Safe | null {
  const { addons, addonsNow, newCommerce, endOfTerm, ending, offerId } = facts;
  if (addons.length === 0) return null;
  const names = addons.map(planText);
  if (!newCommerce) return endOfTerm === 'cancels' ? words.notice.addons(names, addonsNow ?? null) : null;
  const next = endOfTerm === 'renewsAs' ? ending?.next?.offer : null;
  return next && !offerId.toLowerCase().startsWith(next.toLowerCase()) ? words.notice.addonsAndPlan(names) : null;
}
