/** Opens a move. */
import { type Actor, ticketTransaction } from '../auditLog/auditLog.ts';
import type { Move, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { moveKey, ofCustomer } from '../store/rows.ts';
import type { Change } from '../store/store.ts';
import { untilStored } from '../store/update.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { type TicketDeps, TRIES } from '../tickets/tickets.ts';
import { type Applied, readSubscriptionRows, whyNotNow } from './apply.ts';
import { askedAnew } from './asked.ts';
import { moveChange } from './rows.ts';
import { newMove } from './states.ts';

type NotOpened = Extract<Applied, { refused: 'gone' | 'doneBefore' | 'askedAnew' }>;

export type Opened = { opened: true; move: Move } | { opened: false; move: Move | null };

/**
 * Opens a move for an open ticket. The subscription's row is changed under its etag: that is what makes a second live
 * one impossible.
 */
export async function openMove(deps: TicketDeps, customerId: string, subscriptionId: string, by: Actor): Promise<Opened | NotOpened> {
  return untilStored({ tries: TRIES, failed: `The move of ${subscriptionId} could not be opened` }, async () => {
    const rows = await readSubscriptionRows(deps.store, customerId, subscriptionId);
    if (!rows?.ticket || rows.ticket.value.closed) return { refused: 'gone' };
    if (rows.known.value.liveMove) return { opened: false, move: rows.move?.value ?? null };
    const stale = whyNotNow(deps.doing, rows.ticket.value, rows.move?.value ?? null);
    if (stale) return stale;
    const at = deps.clock.now().toISOString();
    const n = rows.known.value.moves + 1;
    const key = moveKey(subscriptionId, n);
    const asked = askedAnew(rows.ticket.value, rows.move?.value ?? null);
    const move = newMove({ key, customerId, subscriptionId, ticketId: rows.ticket.value.id, by: by.key, asked }, at);
    const known: TrackedSubscription = { ...rows.known.value, liveMove: key, moves: n };
    const { snoozed: _, dismissed: __, ...marks } = rows.ticket.value.marks;
    const ticket: Ticket = { ...rows.ticket.value, move: key, marks };
    const changes: Change[] = [
      moveChange(null, move),
      subscriptionChange(rows.known, known),
      ...ticketTransaction(rows.ticket, ticket, [{ by, what: 'opened', before: '', after: 'drafting' }], [], at),
    ];
    if ((await deps.store.commit(...ofCustomer(customerId), changes)) === 'conflict') return 'conflict';
    return { opened: true, move };
  });
}
