/** A closed ticket that is opened again: of a finished move whose old subscription goes on, or of one that renewed for less than a day. Pure but for random ids. */
import { BOT, ticketTransaction } from '../auditLog/auditLog.ts';
import type { News, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { Row } from '../store/store.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { broughtUp, factsNow, lineOf, type Look, type Opening, type Opens, type Stored } from './told.ts';

const CLOSED_BEFORE_MAX = 20;

/** Its ticket is open again, and what was decided about it is void. */
export function openedAgain(look: Look, one: Opens, tracked: TrackedSubscription, how: Opening): Stored {
  const { at } = look;
  const { verdict } = one;
  const rows = one.rows.ticket as Row<Ticket>;
  const before = rows.value;
  const { renewed: _, ...known } = tracked;
  const { snoozed: __, dismissed: ___, ...marks } = before.marks;
  const closedBefore = [...(before.closedBefore ?? []), before.closed?.at ?? ''].slice(-CLOSED_BEFORE_MAX);
  const isOfMove = before.closed?.how !== 'renewed';
  const facts = isOfMove ? factsOfMove(look, one, before) : factsOnceMore(look, one, how);
  const later = facts.expiresOn > before.facts.expiresOn;
  const ticket: Ticket = {
    ...{ ...before, customerName: look.customer.name, closed: null, closedBefore, marks, facts },
    // Of the same term nothing is brought up twice.
    ...(isOfMove ? { remindedAt: null } : { kind: verdict.as, plans: how.read?.plans ?? before.plans, remindedAt: later ? null : before.remindedAt }),
  };
  const data = { what: verdict.as === 'outcome' ? verdict.what : 'again' };
  const entry = isOfMove
    ? { by: BOT, what: 'reopened', before: 'closed', after: 'open', data }
    : { by: BOT, what: lineOf(verdict.as), before: 'closed', after: 'open', data: { expiresOn: facts.expiresOn, again: 1 } };
  const news: News = { kind: 'stopped', ticketId: ticket.id, by: null, at, data };
  const changes = [subscriptionChange(one.rows.known, { ...known, ticket: ticket.id }), ...ticketTransaction(rows, ticket, [entry], [news], at)];
  return { changes, ticket, before, move: null, news: true };
}

/** Of the old one of a finished move, which goes on. */
function factsOfMove(look: Look, one: Opens, before: Ticket): Ticket['facts'] {
  const facts = {
    ...factsNow(look, { ...one, what: 'end' }, before),
    ...(one.verdict.as === 'outcome' ? broughtUp(look, { ...one, what: one.verdict.what }) : {}),
  };
  // Of a new term nothing is known of its price.
  if (facts.endOfTerm !== 'inEst' && (one.now.expiresOn ?? '') > before.facts.expiresOn) facts.priceNow = null;
  return facts;
}

/** Of one that renewed for less than a day: as of a new ticket. Who did it the first time says nothing of this one. */
function factsOnceMore(look: Look, one: Opens, { read }: Opening): Ticket['facts'] {
  const before = (one.rows.ticket as Row<Ticket>).value;
  const { happened: _, was: __, base: ___, switched: ____, ...kept } = before.facts;
  const facts =
    read?.facts ?? factsNow(look, { ...one, what: one.verdict.as === 'unread' ? 'unread' : 'end' }, { ...before, facts: { ...kept, changedBy: null } });
  return {
    ...facts,
    ...(one.priced?.prices ? { prices: one.priced.prices } : {}),
    ...(one.verdict.as === 'outcome' ? broughtUp(look, { ...one, what: one.verdict.what }) : {}),
  };
}
