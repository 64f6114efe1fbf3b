/** Small derived tables for lists and look-ups. They may lag by seconds and never decide anything. */
import type { Names } from '../domain/language.ts';
import type { Money } from '../domain/money.ts';
import { namesOnly } from '../domain/names.ts';
import type { EndOfTerm, Move, SetEnd, StuckReason, Ticket } from '../domain/ticket.ts';
import { inChunks } from '../chunks.ts';
import { LIST_MAX } from '../search.ts';
import { APPROVALS, ofCustomer, OPEN, openKey, openUntil, STUCK, TICKET, TICKET_IDS, TICKET_NAMES } from '../store/rows.ts';
import { reportTicket } from './reportList.ts';
import { type Store, withPrefix } from '../store/store.ts';
import { readMoveOf } from './read.ts';
import { type HowFar, howFar, waitsSince } from './rowState.ts';

/** How far it has come, who looks after it (a person key) and what it costs a month are absent where the row was written by a release that did not know them. */
export interface OpenRow extends Partial<HowFar> {
  ticketId: string;
  customerId: string;
  customerName: string;
  subscriptionId: string;
  offerName: string;
  /** The same in other languages, where it has a name of its own there. */
  names?: Names;
  lastDay: string;
  expiresOn: string;
  /** null where it could not be read. */
  quantity: number | null;
  programme: string | null;
  /** What happens at its end. */
  end: EndOfTerm;
  /** It was not bought through us. */
  elsewhere?: true;
  keeper?: string;
  monthly?: Money;
  /** Since when it has waited for somebody without a reaction; absent where it waits for nobody. */
  waits?: string;
}

const AT_ONCE = 20;

function lineOf(ticket: Ticket): string {
  return openKey(ticket.facts.lastDay, ticket.id);
}

/** Writes or removes a ticket's line in the list of open ones. `before` is what it was, when its last day moved. */
export async function listTicket(store: Store, ticket: Ticket, before: Ticket | null): Promise<void> {
  const move = (await readMoveOf(store, ticket))?.value ?? null;
  await reportTicket(store, ticket, move);
  if (before && lineOf(before) !== lineOf(ticket)) await store.remove(...OPEN, lineOf(before));
  if (ticket.closed) return store.remove(...OPEN, lineOf(ticket));
  await store.put(...OPEN, lineOf(ticket), openRow(ticket, move));
  await store.put(...TICKET_NAMES, ticket.id, { customerId: ticket.customerId, subscriptionId: ticket.subscriptionId });
}

function openRow(ticket: Ticket, latest: Move | null): OpenRow {
  const { assignedTo } = ticket.marks;
  const move = latest?.ticketId === ticket.id ? latest : null;
  const waits = waitsSince(ticket, move);
  return {
    ticketId: ticket.id,
    customerId: ticket.customerId,
    customerName: ticket.customerName,
    subscriptionId: ticket.subscriptionId,
    offerName: ticket.facts.offerName,
    ...namesOnly(ticket.names, ticket.facts.offerName),
    lastDay: ticket.facts.lastDay,
    expiresOn: ticket.facts.expiresOn,
    quantity: ticket.facts.quantity,
    programme: ticket.facts.programme,
    end: ticket.facts.endOfTerm,
    ...(ticket.facts.elsewhere ? { elsewhere: true as const } : {}),
    ...howFar(ticket, move),
    ...(assignedTo ? { keeper: assignedTo } : {}),
    ...(ticket.facts.priceNow ? { monthly: ticket.facts.priceNow } : {}),
    ...(waits ? { waits } : {}),
  };
}

/** Open tickets of one customer, soonest last day first, as its own rows have them. */
export async function openTicketsOf(store: Store, customerId: string): Promise<OpenRow[]> {
  const rows = await withPrefix<Ticket>(store, ...ofCustomer(customerId), TICKET, LIST_MAX);
  const open: OpenRow[] = [];
  await inChunks(
    rows.filter((row) => !row.value.closed),
    AT_ONCE,
    async ({ value }) => void open.push(openRow(value, (await readMoveOf(store, value))?.value ?? null)),
  );
  return open.sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1));
}

/** Open tickets, soonest last day first; those up to a UTC day where one is given. */
export async function openTickets(store: Store, until: string | null = null, limit = LIST_MAX): Promise<OpenRow[]> {
  const rows = await store.range<OpenRow>(...OPEN, ...openUntil(until), limit);
  return rows.map((row) => row.value);
}

/** A quote that waits for somebody's yes. */
export interface ApprovalRow {
  ticketId: string;
  customerId: string;
  customerName: string;
  planTitle: string;
  /** null where it is not known: only of an end that is set. */
  quantity: number | null;
  monthly: Money | null;
  askedBy: string;
  /** Set where it is no purchase. */
  end?: SetEnd;
}

/** Writes or removes a move's line in the list of those that wait for an approval. */
export async function listApproval(store: Store, ticket: Ticket, move: Move): Promise<void> {
  const { quote, end } = move;
  const { customerId, customerName } = ticket;
  if (move.state === 'weighed' && end && !move.approval) {
    const { quantity, monthly, askedBy, to } = end;
    const row: ApprovalRow = { ticketId: ticket.id, customerId, customerName, planTitle: ticket.facts.offerName, quantity, monthly, askedBy, end: to };
    return store.put(...APPROVALS, ticket.id, row);
  }
  if (move.state !== 'quoted' || move.approval || !quote) return store.remove(...APPROVALS, ticket.id);
  const { planTitle, quantity, monthly, askedBy } = quote;
  await store.put(...APPROVALS, ticket.id, {
    ticketId: ticket.id,
    customerId,
    customerName,
    planTitle,
    quantity,
    monthly,
    askedBy,
  } satisfies ApprovalRow);
}

/** Quotes that wait for an approval, by ticket. */
export async function waitingApprovals(store: Store): Promise<ApprovalRow[]> {
  return (await store.range<ApprovalRow>(...APPROVALS, ...TICKET_IDS, LIST_MAX)).map((row) => row.value);
}

/** A move that has stopped and needs a person. */
export interface StuckRow {
  customerId: string;
  reason: StuckReason;
}

/** Writes or removes a ticket's line in the list of moves that are stuck; `stuck` null: its move is not. */
export async function listStuck(store: Store, ticket: Pick<Ticket, 'id' | 'customerId'>, stuck: Move['stuck']): Promise<void> {
  if (!stuck) return store.remove(...STUCK, ticket.id);
  await store.put(...STUCK, ticket.id, { customerId: ticket.customerId, reason: stuck.reason } satisfies StuckRow);
}

/** Moves that are stuck, by ticket. */
export async function stuckMoves(store: Store): Promise<StuckRow[]> {
  return (await store.range<StuckRow>(...STUCK, ...TICKET_IDS, LIST_MAX)).map((row) => row.value);
}
