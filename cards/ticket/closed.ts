/** A ticket that is closed without a move, and a card that is no longer kept up to date. */
import { dayOf } from '../../services/clock.ts';
import type { Happened, Ticket } from '../../services/domain/ticket.ts';
import type { Shown } from '../../services/ticketView.ts';
import { openUrl } from '../buttons.ts';
import { claimsClosed, claimsEndedOnce, claimsNothingBought } from '../claims.ts';
import { joined, planText, type Safe } from '../escape.ts';
import type { Words } from '../text/words.ts';
import { endSaid } from './ends.ts';
import { standingSaid } from './notice.ts';
import { names, opening, type TicketCard } from './regions.ts';

/** It renews again, or it ended without us: the ticket keeps its card and loses its buttons. */
export function closedCard(shown: Shown, closed: NonNullable<Ticket['closed']>, words: Words): TicketCard {
  const { ticket } = shown;
  const { foot } = words[closed.how === 'moved' ? 'ended' : closed.how];
  // A move that was given up may have bought.
  const begun = ticket.begun || shown.move?.order;
  const { lead, ...said } = howClosed(shown, closed, words);
  return {
    ...opening(shown, words),
    ...said,
    claims: [
      ...(closed.how === 'left' ? [] : [claimsClosed(shown, closed)]),
      ...(closed.day ? [claimsEndedOnce(shown, closed.day)] : []),
      ...(begun ? [] : [claimsNothingBought(shown, closed.at)]),
    ],
    what: names(shown).plan,
    lead: joined([lead, setHere(shown, closed, words) ?? (begun ? words.begunBefore : words.nothingHere)]),
    foot: foot(closed.at),
    actions: [openUrl(words.buttons.partnerCenter, ticket.customerId, 'subscriptions')],
  };
}

/** That this end was set here; null where it was not, or its ticket was opened again since. */
function setHere({ move, ticket }: Shown, closed: NonNullable<Ticket['closed']>, words: Words): Safe | null {
  if (move?.since && ticket.closedBefore?.includes(move.since)) return null;
  if (move?.endFound) return move.outcome === 'renewedAgain' || move.outcome === 'ended' ? words.termEnd.setElsewhere : null;
  if (move?.outcome === 'renewedAgain') return words.termEnd.renewedHere;
  // What went before its day did not go by the cancellation.
  const held = closed.how === 'ended' && dayOf(closed.at) > ticket.facts.expiresOn;
  return move?.outcome === 'ended' ? words.termEnd.here({ held }) : null;
}

/** What truly happened: that it renews, and as what; that it is suspended, and what that costs; that it is over. */
function howClosed(shown: Shown, closed: NonNullable<Ticket['closed']>, words: Words): Pick<TicketCard, 'speak' | 'state' | 'flip'> & { lead: Safe } {
  const { ticket } = shown;
  const { customerBare } = names(shown);
  const { expiresOn: day, newCommerce, endOfTerm, standing } = ticket.facts;
  if (closed.how === 'ended' && standing === 'suspended') {
    const say = words.suspendedElsewhere;
    const of = { newCommerce, day, addons: ticket.facts.addons.map(planText) };
    return { speak: say.speak({ customer: customerBare, newCommerce, day }), state: say.state(newCommerce), lead: say.lead(of) };
  }
  const said = words[closed.how === 'moved' ? 'ended' : closed.how];
  const own = { speak: said.speak(customerBare), state: said.state };
  if (closed.how === 'ended' && (standing === 'ended' || standing === 'gone')) return { ...own, lead: standingSaid(ticket, standing, words) };
  if (closed.how !== 'renewed') return { ...own, lead: said.lead };
  const settled = howSettled(ticket, closed, words);
  if (settled) return { ...own, ...(ticket.facts.happened === 'outlivesBase' ? { state: words.outcomes.settled } : {}), lead: settled };
  const lead = endOfTerm === 'renewsAs' ? words.notice.effect(endSaid(ticket)) : ticket.kind === 'unread' ? words.readAgain : said.lead;
  if (!closed.day) return { ...own, lead };
  const flip = { was: words.notice.was, before: words.notice.expires(closed.day), now: words.notice.now, after: words.notice.autoRenews(day) };
  return { ...own, flip, lead };
}

/** How what was no flip came to its end; null where it renews again, as others do. */
export function howSettled({ facts }: Ticket, closed: NonNullable<Ticket['closed']>, words: Words): Safe | null {
  if (closed.how !== 'renewed') return null;
  if (closed.from === 'inEst') return words.outcomes.backFromEst(facts.expiresOn);
  if (facts.happened === 'trial') return words.outcomes.noTrial(facts.expiresOn);
  if (facts.happened === 'outlivesBase') return words.outcomes.withBase;
  return closed.from === 'term' && isOfPlan(facts.happened) && facts.endOfTerm === 'renews' ? words.outcomes.rolledOver(facts.expiresOn) : null;
}

/** A new term answers it. */
function isOfPlan(happened: Happened | undefined): boolean {
  return happened === 'dearer' || happened === 'losesPromotion' || (happened?.startsWith('plan') ?? false);
}

/** What stays of a card that is no longer kept up to date, because another one about the same stands in this chat. */
export function stubCard(shown: Pick<Shown, 'ticket'>, words: Words): TicketCard {
  return {
    ...opening(shown, words),
    speak: words.movedDown.lead,
    state: words.movedDown.state,
    what: names(shown).plan,
    lead: words.movedDown.lead,
    actions: [],
  };
}
