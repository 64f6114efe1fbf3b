/** What the steps of a move are given, and what they give back. */
import type { Stop } from '../domain/reasons.ts';
import type { Move, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { Log } from '../log.ts';
import type { PartnerCenter, PriceSheets } from '../partnerCenter/port.ts';
import type { Directory } from '../people/people.ts';
import type { Change } from '../store/store.ts';
import type { TicketDeps } from '../tickets/tickets.ts';
import type { MoveEvent } from './states.ts';

export interface MoveDeps extends TicketDeps {
  partnerCenter: PartnerCenter;
  priceSheets: PriceSheets;
  log: Log;
  workerId: string;
  directory: Directory;
  /** How every step that spends or takes away is stopped; false where none is. */
  isReadOnly(): Promise<Stop | false>;
}

/** What a step found out. `answered`: the call that changes something got an answer. */
export interface StepResult {
  event: MoveEvent;
  answered: boolean;
  /** Stored in the same transaction, or nothing is. */
  also?: Change;
}

/** What a step may use: the rows as read and as it kept them, and the request id that was written down for its call. */
export interface StepContext {
  deps: MoveDeps;
  move: Move;
  ticket: Ticket;
  known: TrackedSubscription;
  requestId: string;
  /** A new request id, for a call that begins with the outcome of this step. */
  newId(): string;
  /** The first try of a call, in the turn in which everything was looked at. */
  first: boolean;
  /** An earlier try of the same call has no answer. */
  repeated: boolean;
}
