/** What a change of the watch is made from, and what a card tells after it. Pure. */
import { dayOf } from '../clock.ts';
import type { Happened, Move, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { Change, Row } from '../store/store.ts';
import { readEnd } from '../tickets/endOfTerm.ts';
import { plainFacts, type readFacts } from '../tickets/facts.ts';
import type { SweepDeps } from './deps.ts';
import { type Changed, standingOf, type Verdict } from './flips.ts';
import type { Priced } from './prices.ts';

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
  /** It is an add-on that runs on after its base. */
  outlives?: boolean;
  priced?: Priced | null;
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

/** One that a ticket is opened for. */
export type Opens = SubscriptionChange & { now: Subscription; verdict: Verdict & { kind: 'open' } };

/** What the record calls the beginning of a ticket. */
export function lineOf(as: (Verdict & { kind: 'open' })['as']): string {
  return as === 'flip' ? 'stopped' : as;
}

/** What brought it up, with what it was before that. */
export function broughtUp({ all, at }: Look, { now, what, rows }: SubscriptionChange & { now: Subscription; what: Happened }): Partial<Ticket['facts']> {
  const before = rows.known?.value.snapshot;
  const was = before && (what === 'planLost' || what === 'planChanged') ? readEnd(before, { today: dayOf(at) }).next : undefined;
  const base = what === 'outlivesBase' ? all.find((one) => one.id === now.parentId) : undefined;
  return {
    happened: what,
    ...(was ? { was } : {}),
    ...(base ? { base: { plan: base.offerName, day: base.expiresOn ?? '' } } : {}),
    ...(what === 'stillBilled' ? { standing: 'suspended' as const } : {}),
  };
}

/** How one stands that is no longer active, and Partner Center's word for it where it is over. */
export function standsAs({ status }: Subscription): Pick<Ticket['facts'], 'standing' | 'endedAs'> {
  const standing = standingOf(status);
  return { standing, ...(standing === 'ended' ? { endedAs: status } : {}) };
}

/** The card's facts as they are now. */
export function factsNow({ all, programmes, at }: Look, { now, gone, what, priced }: SubscriptionChange & { what: Changed }, before: Ticket): Ticket['facts'] {
  if (!now) return { ...before.facts, standing: gone, readAt: at };
  const standing = standingOf(now.status);
  if (standing !== null && standing === what) return { ...before.facts, ...standsAs(now), readAt: at };
  if (standing !== null && what === 'name') return before.facts;
  const plain = plainFacts(now, all, { programmes, today: dayOf(at) });
  // What was read of the price was one of other seats, or of a term that is over.
  const sameSeats = plain.quantity === null || plain.quantity === before.facts.quantity;
  const isOver = before.facts.endOfTerm !== 'inEst' && plain.endOfTerm === 'inEst';
  const { nothingPlanned: _, undoUntil: __, shortenedSince: ___, beside: ____, endedAs: _____, nextNotSold, prices: known, ...kept } = before.facts;
  // What was read of its next term was one of this plan for it.
  const sameNext = JSON.stringify(plain.ending?.next ?? null) === JSON.stringify(before.facts.ending?.next ?? null);
  const prices = priced?.prices ?? (sameSeats && !isOver && sameNext ? known : undefined);
  const priceNow = plain.endOfTerm === 'inEst' ? (prices?.extended ?? null) : sameSeats && !isOver ? before.facts.priceNow : null;
  const { nothingPlanned, undoUntil, shortenedSince, beside } = plain;
  return {
    ...kept,
    ...(nothingPlanned ? { nothingPlanned } : {}),
    ...(undoUntil ? { undoUntil } : {}),
    ...(shortenedSince ? { shortenedSince } : {}),
    ...(beside ? { beside } : {}),
    ...(nextNotSold && sameNext ? { nextNotSold } : {}),
    ...(prices ? { prices } : {}),
    priceNow,
    readAt: at,
    standing: null,
    lastDay: plain.lastDay || before.facts.lastDay,
    expiresOn: plain.expiresOn || before.facts.expiresOn,
    quantity: plain.quantity ?? before.facts.quantity,
    // It was switched off since, and nobody has asked the log who did it.
    ...(now.autoRenew === false && before.facts.changedBy === 'unchanged' ? { changedBy: null } : {}),
    ...(plain.endOfTerm === 'unread' && what !== 'unread' ? {} : { endOfTerm: plain.endOfTerm, ending: plain.ending ?? null }),
  };
}

/** Whether the price that an open ticket told is not known any more: it was one of other seats, or of a term that is over. */
export function losesPrice({ before, ticket }: Pick<Stored, 'before' | 'ticket'>): boolean {
  return ticket !== null && !ticket.closed && ticket.facts.priceNow === null && (before?.facts.priceNow ?? null) !== null;
}
