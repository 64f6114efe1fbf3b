/** A ticket with its move, as they are stored: the one reading that dialogs, cards and the loops begin with. */
import type { Move, Ticket } from '../domain/ticket.ts';
import { ofCustomer, ticketKey } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';

export interface TicketRows {
  ticket: Row<Ticket>;
  /** The latest of the ticket; null where nobody has begun one. */
  move: Row<Move> | null;
}

/** Which ticket of which customer. */
export interface TicketRef {
  customerId: string;
  ticketId: string;
}

/** Null where there is no such ticket. */
export async function readTicket(store: Store, { customerId, ticketId }: TicketRef): Promise<TicketRows | null> {
  const ticket = await store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId));
  return ticket ? { ticket, move: await readMoveOf(store, ticket.value) } : null;
}

export async function readMoveOf(store: Store, { customerId, move }: Pick<Ticket, 'customerId' | 'move'>): Promise<Row<Move> | null> {
  return move ? ((await store.get<Move>(...ofCustomer(customerId), move)) ?? null) : null;
}
