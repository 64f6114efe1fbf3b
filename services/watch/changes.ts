/** What one verdict of the watch changes in the store: snapshot, ticket, move, record and news together. Pure but for random ids. */
import { BOT, ticketTransaction } from '../auditLog/auditLog.ts';
import { dayOf, daysBetween } from '../clock.ts';
import type { Move, News, NewsKind, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { moveChange } from '../moves/rows.ts';
import { advance, type Transition } from '../moves/states.ts';
import type { Row } from '../store/store.ts';
import { renews } from '../tickets/endOfTerm.ts';
import { plainFacts } from '../tickets/facts.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { newTicket } from '../tickets/tickets.ts';
import { openedAgain } from './again.ts';
import type { Changed } from './flips.ts';
import { broughtUp, factsNow, lineOf, standsAs, type Look, type Opening, type Opens, type Stored, type StoredRows, type SubscriptionChange } from './told.ts';

/** The changes that one verdict asks for. Pure but for random ids. */
export function changesOf(look: Look, one: SubscriptionChange, how: Opening): Stored {
  const { at } = look;
  const { rows, verdict, now } = one;
  const subscription = asKnown(one, at);
  const before = rows.ticket?.value ?? null;
  if (verdict.kind === 'open' && now && how.ticketId) return opened(look, { ...one, now, verdict }, subscription, how);
  if (before && rows.ticket) {
    switch (verdict.kind) {
      case 'open':
        return now ? openedAgain(look, { ...one, now, verdict }, subscription, how) : quiet(rows, subscription);
      case 'close': {
        const end = now && verdict.how === 'renewed' ? renewsNow(look, now, before) : now ? standsAs(now) : { standing: one.gone };
        const day = verdict.how === 'renewed' && before.facts.endOfTerm === 'cancels' ? { day: before.facts.expiresOn } : {};
        const from = verdict.how === 'renewed' && now ? cameFrom(before, now) : {};
        const ticket: Ticket = { ...before, closed: { how: verdict.how, at, ...day, ...from }, facts: { ...before.facts, ...end } };
        const renewed = verdict.how === 'renewed' ? { renewed: { ticket: before.id, at, what: before.facts.happened ?? null } } : {};
        return stored(rows, { ...subscription, ...renewed, ticket: null }, ticket, { what: verdict.how, news: verdict.how, data: {} }, at);
      }
      case 'changed':
        return changed(look, { ...one, what: verdict.what }, subscription);
      case 'remind': {
        const ticket: Ticket = { ...before, remindedAt: verdict.daysLeft };
        return stored(rows, subscription, ticket, { what: 'reminded', news: 'reminder', data: { days: verdict.daysLeft, above: leftBefore(before) } }, at);
      }
      case 'nudge': {
        const nudged = { of: verdict.of, count: (before.nudged?.count ?? 0) + 1 };
        const data = { count: nudged.count, state: rows.move?.value.state ?? '' };
        return stored(rows, subscription, { ...before, nudged }, { what: 'reminded', news: 'waits', data }, at);
      }
      default:
    }
  }
  return quiet(rows, subscription);
}

/** What it was in before it renewed, where that is over. */
function cameFrom({ facts }: Ticket, now: Subscription): Pick<NonNullable<Ticket['closed']>, 'from'> {
  if (facts.endOfTerm === 'inEst') return { from: 'inEst' };
  return (now.expiresOn ?? '') > facts.expiresOn ? { from: 'term' } : {};
}

/** How many days were left when it was last brought up. */
function leftBefore({ remindedAt, openedAt, facts }: Ticket): number {
  return remindedAt ?? daysBetween(dayOf(openedAt), facts.expiresOn);
}

/** Only what is kept until the next look. */
function quiet(rows: StoredRows, known: TrackedSubscription): Stored {
  return { changes: [subscriptionChange(rows.known, known)], ticket: null, before: null, move: null, news: false };
}

/** What is kept of it until the next look. */
function asKnown({ rows, stored, gone, flagLostSince, goesWithBase, outlives, priced }: SubscriptionChange, at: string): TrackedSubscription {
  const known = rows.known?.value;
  return {
    episode: 0,
    ticket: null,
    liveMove: null,
    moves: 0,
    ...known,
    snapshot: stored ?? (known?.snapshot as Subscription),
    goneAt: stored ? null : gone ? at : (known?.goneAt ?? null),
    missingAt: stored || gone ? null : (known?.missingAt ?? at),
    ...(flagLostSince || known?.flagLostSince ? { flagLostSince } : {}),
    ...(goesWithBase || known?.withBase ? { withBase: goesWithBase } : {}),
    ...(outlives || known?.outlives ? { outlives: outlives ?? false } : {}),
    ...(priced?.ahead !== undefined && stored?.expiresOn ? { askedAhead: stored.expiresOn } : {}),
    ...(stored?.isTrial && !known ? { firstSeenOn: dayOf(at) } : {}),
  };
}

interface Said {
  what: string;
  news: NewsKind;
  data: Record<string, string | number>;
}

function stored(rows: StoredRows, known: TrackedSubscription, ticket: Ticket, said: Said, at: string): Stored {
  const before = rows.ticket as Row<Ticket>;
  const entry = { by: BOT, what: said.what, before: 'open', after: ticket.closed ? 'closed' : 'open', data: said.data };
  const news: News = { kind: said.news, ticketId: ticket.id, by: null, at, data: said.data };
  return {
    changes: [subscriptionChange(rows.known, known), ...ticketTransaction(before, ticket, [entry], [news], at)],
    ticket,
    before: before.value,
    move: null,
    news: true,
  };
}

function opened(look: Look, one: Opens, tracked: TrackedSubscription, how: Opening): Stored {
  const { customer, all, programmes, at } = look;
  // A later episode is not that of the move, nor of the ticket before.
  const { movedBy: _, renewed: __, ...known } = tracked;
  const { as } = one.verdict;
  const { facts, plans } = how.read ?? { facts: plainFacts(one.now, all, { programmes, today: dayOf(at) }), plans: null };
  const more = one.verdict.as === 'outcome' ? broughtUp(look, { ...one, what: one.verdict.what }) : {};
  const ticket = newTicket(
    { id: how.ticketId as string, customerId: customer.id, customerName: customer.name, subscriptionId: one.id, kind: as, episode: known.episode + 1 },
    { facts: { ...facts, ...(one.priced?.prices ? { prices: one.priced.prices } : {}), ...more }, plans },
    at,
  );
  const entry = { by: BOT, what: lineOf(as), before: '', after: 'open', data: { expiresOn: ticket.facts.expiresOn } };
  const news: News[] = how.silent ? [] : [{ kind: how.burst ? 'known' : 'stopped', ticketId: ticket.id, by: null, at, data: {} }];
  return {
    changes: [
      subscriptionChange(one.rows.known, { ...known, episode: ticket.episode, ticket: ticket.id }),
      ...ticketTransaction(null, ticket, [entry], news, at),
    ],
    ticket,
    before: null,
    move: null,
    news: news.length > 0,
  };
}

/** How it renews, and what it costs and until when now. */
function renewsNow({ all, programmes, at }: Look, now: Subscription, { facts }: Ticket): Partial<Ticket['facts']> {
  const { endOfTerm, ending, lastDay, expiresOn } = plainFacts(now, all, { programmes, today: dayOf(at) });
  return { endOfTerm, ending: ending ?? null, standing: null, lastDay: lastDay || facts.lastDay, expiresOn: expiresOn || facts.expiresOn };
}

/** The card's facts as they are now; a change of the old subscription takes back a yes that was given before it. */
function changed(look: Look, one: SubscriptionChange & { what: Changed }, known: TrackedSubscription): Stored {
  const { customer, at } = look;
  const { rows, now, what } = one;
  const before = (rows.ticket as Row<Ticket>).value;
  const later = Boolean(now?.expiresOn && now.expiresOn > before.facts.expiresOn);
  const facts = { ...factsNow(look, one, before), ...planNow(before, what) };
  const ticket: Ticket = {
    ...before,
    customerName: customer.name,
    marks: marksNow(before, facts, at),
    facts,
    remindedAt: later ? null : before.remindedAt,
  };
  const data = { what, ...(what === 'seats' ? { from: before.facts.quantity ?? -1, to: ticket.facts.quantity ?? -1 } : {}) };
  // It was opened while it renewed: until now only the chats that show its card know of it.
  const kind = renews(before.facts.endOfTerm) && (what === 'stops' || what === 'unread') ? 'stopped' : 'changed';
  const result = stored(rows, known, ticket, { what: 'changed', news: kind, data }, at);
  const step = voided(rows.move?.value ?? null, what, at);
  if (!step || !rows.move) return result;
  const move = step.next;
  const { value } = rows.move;
  const entry = { by: BOT, what: 'oldChanged', before: value.state, after: move.state, data };
  const news: News[] = [
    { kind, ticketId: ticket.id, by: null, at, data },
    { kind: step.news, ticketId: ticket.id, by: null, at, data: {} },
  ];
  return {
    ...result,
    changes: [subscriptionChange(rows.known, known), moveChange(rows.move, move), ...ticketTransaction(rows.ticket, ticket, [entry], news, at)],
    move,
  };
}

/** "Not now" ends at its day; it and "not at all" were said about another outcome than there is now. */
function marksNow({ marks, facts: before }: Ticket, facts: Ticket['facts'], at: string): Ticket['marks'] {
  const { snoozed, dismissed, ...kept } = marks;
  if (facts.endOfTerm !== before.endOfTerm || JSON.stringify(facts.ending ?? null) !== JSON.stringify(before.ending ?? null)) return kept;
  return { ...kept, ...(dismissed ? { dismissed } : {}), ...(snoozed && snoozed.until > dayOf(at) ? { snoozed } : {}) };
}

/** What is told of its planned change, where that is why its ticket is open. */
function planNow({ facts }: Ticket, what: Changed): Partial<Ticket['facts']> {
  const isPlan = what === 'planSet' || what === 'planChanged' || what === 'planLost';
  if (!isPlan || !facts.happened?.startsWith('plan')) return {};
  return { happened: what, ...(what !== 'planSet' && facts.ending?.next ? { was: facts.ending.next } : {}) };
}

/** What takes the ground from under a quote, whether or not somebody said yes to it. */
const GRAVE: ReadonlySet<Changed> = new Set(['suspended', 'ended', 'gone', 'left', 'renews']);

/** Nothing of the end is another one by these. */
const QUIET: ReadonlySet<Changed> = new Set(['name', 'snoozeOver', 'estPlanned', 'estMonth', 'prices']);

/** Before a purchase nothing goes on that was allowed for another old subscription than is there now. */
function voided(move: Move | null, what: Changed, at: string): Transition | null {
  if (!move || QUIET.has(what) || (!move.approval && !GRAVE.has(what))) return null;
  const step = advance(move, { kind: 'oldChanged', what }, at);
  return 'refused' in step ? null : step;
}
