/** What a report tells of each ticket, a row each: derived, written whenever a ticket is listed. It may lag by seconds and never decides anything. */
import { dayOf } from '../clock.ts';
import type { Money } from '../domain/money.ts';
import type { Closed, EndOfTerm, Move, Ticket } from '../domain/ticket.ts';
import { endsBetween, openKey, REPORT } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { type HowFar, howFar } from './rowState.ts';

export interface Decided {
  what: 'approved' | 'declined' | 'letGo';
  /** A person's key. */
  by: string;
  at: string;
}

/** What was bought in the place of the old one. */
export interface Bought {
  at: string;
  monthly: Money | null;
  /** Until when it may be cancelled; null where that is not said. */
  until: string | null;
  /** The last day of the old one where that is known, `open` where its last step is still to come; null where it is gone. */
  old: string | null;
}

export interface ReportRow extends HowFar {
  ticketId: string;
  customerId: string;
  programme: string | null;
  end: EndOfTerm;
  /** The day that Partner Center shows for the end of its term. */
  day: string;
  openedAt: string;
  /** What it costs now a month; null where that is not known. */
  monthly: Money | null;
  /** Who looks after it, by key. */
  keeper: string | null;
  closed: Closed['how'] | null;
  decided: Decided[];
  bought: Bought | null;
  /** Since when it was seen in an Extended Service Term; null where that is not known. */
  estSince: string | null;
}

/** Open ones lie behind every day on which one was closed. */
const OPEN_DAY = '9999-12-31';
/** About five times what ten thousand customers have in a year. */
export const REPORT_MAX = 50_000;

/** Writes a ticket's row: an open one's, or that of the day on which it was closed. `latest`: its latest move. */
export async function reportTicket(store: Store, ticket: Ticket, latest: Move | null): Promise<void> {
  const { id, closed, closedBefore = [] } = ticket;
  const key = openKey(closed ? dayOf(closed.at) : OPEN_DAY, id);
  const others = new Set([OPEN_DAY, ...closedBefore.map(dayOf)].map((day) => openKey(day, id)));
  await store.put(...REPORT, key, reportRow(ticket, latest));
  // Of one that is new and open there was no other.
  if (closed || closedBefore.length > 0) for (const other of others) if (other !== key) await store.remove(...REPORT, other);
}

/** Open tickets, and those that were closed on that UTC day or later. */
export async function reportRows(store: Store, closedFrom: string, limit = REPORT_MAX): Promise<ReportRow[]> {
  return (await store.range<ReportRow>(...REPORT, ...endsBetween(closedFrom, OPEN_DAY), limit)).map((row) => row.value);
}

/** Pure. */
export function reportRow(ticket: Ticket, latest: Move | null): ReportRow {
  const { facts, marks, closed } = ticket;
  const move = latest?.ticketId === ticket.id ? latest : null;
  return {
    ...{ ticketId: ticket.id, customerId: ticket.customerId, programme: facts.programme },
    ...{ end: facts.endOfTerm, day: facts.expiresOn, openedAt: ticket.openedAt, monthly: facts.priceNow },
    keeper: marks.assignedTo ?? null,
    ...howFar(ticket, move),
    closed: closed?.how ?? null,
    decided: decidedIn(ticket, move),
    bought: move?.way === 'replace' && move.order ? boughtBy(ticket, { ...move, order: move.order }) : null,
    // Only of one that was opened because of it is it known since when.
    estSince: facts.endOfTerm === 'inEst' && ticket.kind === 'outcome' && facts.happened === 'estBegun' ? ticket.openedAt : null,
  };
}

function decidedIn({ marks }: Ticket, move: Move | null): Decided[] {
  const decided: Decided[] = [];
  if (move?.approval) decided.push({ what: 'approved', by: move.approval.by, at: move.approval.at });
  if (move?.declined) decided.push({ what: 'declined', by: move.declined.by, at: move.since ?? move.startedAt });
  if (marks.dismissed) decided.push({ what: 'letGo', by: marks.dismissed.by, at: marks.dismissed.at });
  return decided;
}

function boughtBy({ facts, closed }: Ticket, { order, quote, outcome }: Move & { order: NonNullable<Move['order']> }): Bought {
  // Suspended classic ones cost no more; others are there until their last day.
  const isOver = closed !== null && outcome === 'suspended' && !facts.newCommerce;
  return {
    at: order.placedAt,
    monthly: quote?.monthly ?? null,
    until: order.cancellableUntil,
    old: closed === null ? 'open' : isOver ? null : facts.lastDay,
  };
}
