/** A ticket as an answer finds it. */
import type { Move } from '../../services/domain/ticket.ts';
import type { TicketView } from '../../services/ticketView.ts';
import { HIDES, sampleMove, sampleTicket } from './samples.ts';

/** With a move that stands so, in a personal chat whose card was read a minute ago. */
export function asked(move: Partial<Move> | null, more: Partial<TicketView> = {}): TicketView {
  return {
    ticket: sampleTicket(),
    etag: 'e',
    move: move && sampleMove(move),
    found: [],
    movable: [
      { id: 'u1', name: 'Adele Vance' },
      { id: 'u2', name: 'Dana Roy' },
    ],
    unmoved: [],
    names: { ann: 'Ann Jansson', bo: 'Bo Ek' },
    notice: { handle: 'h' },
    shown: [{ asked: 4, atMs: Date.parse('2027-01-20T10:04:00.000Z') }],
    personal: true,
    fourEyes: { when: 'off' },
    hides: HIDES,
    readOnly: false,
    now: '2027-01-20T10:05:00.000Z',
    ...more,
  };
}
