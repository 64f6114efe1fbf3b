/** What one verdict of the watch changes in the store: snapshot, ticket, move, record and news together. Pure but for random ids. */
import { BOT, ticketTransaction } from '../auditLog/auditLog.ts';
import { dayOf } from '../clock.ts';
import type { Move, News, NewsKind, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { moveChange } from '../moves/rows.ts';
import { advance, type Transition } from '../moves/states.ts';
import type { Change, Row } from '../store/store.ts';
import { renews } from '../tickets/endOfTerm.ts';
import { plainFacts, type readFacts } from '../tickets/facts.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { newTicket } from '../tickets/tickets.ts';
import type { SweepDeps } from './deps.ts';
import { type Changed, standingOf, type Verdict } from './flips.ts';

export interface StoredRows {
  known: Row<TrackedSubscription> | null;
  ticket: Row<Ticket> | null;
  /** Its live move. */
  move: Row<Move> | null;
}

export interface SubscriptionChange {
  id: string;
  /** As it is to be told. */
  now: Subscription | null;
  /** As it is to be stored. */
  stored: Subscription | null;
  flagLostSince: string | null;
  gone: 'gone' | 'left' | null;
  /** Its base's card tells of it. */
  goesWithBase: boolean;
  rows: StoredRows;
  verdict: Verdict;
}

export interface Stored {
  changes: Change[];
  ticket: Ticket | null;
  before: Ticket | null;
  /** Its move, where that was changed too. */
  move: Move | null;
  news: boolean;
}

export interface Opening {
  ticketId: string | undefined;
  silent: boolean;
  burst: boolean;
  read: Awaited<ReturnType<typeof readFacts>> | undefined;
}

/** The look at one customer that a change comes from. */
export interface Look {
  customer: { id: string; name: string };
  /** All its subscriptions as they read now. */
  all: Subscription[];
  programmes: SweepDeps['programmes'];
  /** ISO text. */
  at: string;
}

/** The changes that one verdict asks for. Pure but for random ids. */
export function changesOf(look: Look, one: SubscriptionChange, how: Opening): Stored {
  const { at } = look;
  const { rows, verdict, now } = one;
  const subscription = asKnown(one, at);
  const before = rows.ticket?.value ?? null;
  if (verdict.kind === 'open' && now && how.ticketId) return opened(look, { ...one, now, as: verdict.as }, subscription, how);
  if (before && rows.ticket) {
    switch (verdict.kind) {
      case 'close': {
        const end = now && verdict.how === 'renewed' ? renewsNow(look, now, before) : { standing: now ? standingOf(now.status) : one.gone };
        const day = verdict.how === 'renewed' && before.facts.endOfTerm === 'cancels' ? { day: before.facts.expiresOn } : {};
        const ticket: Ticket = { ...before, closed: { how: verdict.how, at, ...day }, facts: { ...before.facts, ...end } };
        return stored(rows, { ...subscription, ticket: null }, ticket, { what: verdict.how, news: verdict.how, data: {} }, at);
      }
      case 'changed':
        return changed(look, { ...one, what: verdict.what }, subscription);
      case 'remind': {
        const ticket: Ticket = { ...before, remindedAt: verdict.daysLeft };
        return stored(rows, subscription, ticket, { what: 'reminded', news: 'reminder', data: { days: verdict.daysLeft } }, at);
      }
      case 'nudge': {
        const nudged = { of: verdict.of, count: (before.nudged?.count ?? 0) + 1 };
        const data = { count: nudged.count, state: rows.move?.value.state ?? '' };
        return stored(rows, subscription, { ...before, nudged }, { what: 'reminded', news: 'waits', data }, at);
      }
      default:
    }
  }
  return { changes: [subscriptionChange(rows.known, subscription)], ticket: null, before: null, move: null, news: false };
}

/** What is kept of it until the next look. */
function asKnown({ rows, stored, gone, flagLostSince, goesWithBase }: SubscriptionChange, at: string): TrackedSubscription {
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

function opened(look: Look, one: SubscriptionChange & { now: Subscription; as: Ticket['kind'] }, known: TrackedSubscription, how: Opening): Stored {
  const { customer, all, programmes, at } = look;
  const ticket = newTicket(
    { id: how.ticketId as string, customerId: customer.id, customerName: customer.name, subscriptionId: one.id, kind: one.as, episode: known.episode + 1 },
    how.read ?? { facts: plainFacts(one.now, all, { programmes, today: dayOf(at) }), plans: null },
    at,
  );
  const what = one.as === 'flip' ? 'stopped' : one.as;
  const entry = { by: BOT, what, before: '', after: 'open', data: { expiresOn: ticket.facts.expiresOn } };
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
  const facts = factsNow(look, one, before);
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

function factsNow({ all, programmes, at }: Look, { now, gone, what }: SubscriptionChange & { what: Changed }, before: Ticket): Ticket['facts'] {
  if (!now) return { ...before.facts, standing: gone, readAt: at };
  const standing = standingOf(now.status);
  if (standing !== null && standing === what) return { ...before.facts, standing, readAt: at };
  if (standing !== null && what === 'name') return before.facts;
  const plain = plainFacts(now, all, { programmes, today: dayOf(at) });
  // What was read of the price was one of other seats.
  const priceNow = plain.quantity === null || plain.quantity === before.facts.quantity ? before.facts.priceNow : null;
  return {
    ...before.facts,
    priceNow,
    readAt: at,
    standing: null,
    lastDay: plain.lastDay || before.facts.lastDay,
    expiresOn: plain.expiresOn || before.facts.expiresOn,
    quantity: plain.quantity ?? before.facts.quantity,
    ...(plain.undoUntil ? { undoUntil: plain.undoUntil } : {}),
    ...(plain.endOfTerm === 'unread' && what !== 'unread' ? {} : { endOfTerm: plain.endOfTerm, ending: plain.ending ?? null }),
  };
}

/** What takes the ground from under a quote, whether or not somebody said yes to it. */
const GRAVE: ReadonlySet<Changed> = new Set(['suspended', 'ended', 'gone', 'left', 'renews']);

/** Before a purchase nothing goes on that was allowed for another old subscription than is there now. */
function voided(move: Move | null, what: Changed, at: string): Transition | null {
  if (!move || what === 'name' || what === 'snoozeOver' || (!move.approval && !GRAVE.has(what))) return null;
  const step = advance(move, { kind: 'oldChanged', what }, at);
  return 'refused' in step ? null : step;
}
