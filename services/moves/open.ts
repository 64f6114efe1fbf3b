/** Opens a move. */
import { type Actor, ticketTransaction } from '../auditLog/auditLog.ts';
import type { Move, News, SetEnd, Ticket, TrackedSubscription, Way } from '../domain/ticket.ts';
import { moveKey, ofCustomer } from '../store/rows.ts';
import type { Change } from '../store/store.ts';
import { untilStored } from '../store/update.ts';
import { listStuck } from '../tickets/openList.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { marked, type TicketDeps, TRIES } from '../tickets/tickets.ts';
import { type Applied, readSubscriptionRows, whyNotNow } from './apply.ts';
import { askedAnew } from './asked.ts';
import { moveChange } from './rows.ts';
import { advance, mayBegin, newMove } from './states.ts';
import { isElsewhere } from './transitions.ts';

type NotOpened = Extract<Applied, { refused: 'gone' | 'doneBefore' | 'askedAnew' }>;

export type Opened = { opened: true; move: Move } | { opened: false; move: Move | null };

/**
 * Opens a move for an open ticket. The subscription's row is changed under its etag: that is what makes a second live
 * one impossible.
 */
export async function openMove(deps: TicketDeps, customerId: string, subscriptionId: string, by: Actor): Promise<Opened | NotOpened> {
  return open(deps, { customerId, subscriptionId }, by, 'replace');
}

/** The same for one that sets the end of the term: it begins by reading what that would mean. */
export async function openEnd(deps: TicketDeps, of: Pick<Move, 'customerId' | 'subscriptionId'>, by: Actor, to: SetEnd): Promise<Opened | NotOpened> {
  return open(deps, of, by, to);
}

async function open(deps: TicketDeps, of: Pick<Move, 'customerId' | 'subscriptionId'>, by: Actor, way: Way): Promise<Opened | NotOpened> {
  const { customerId, subscriptionId } = of;
  // The end of what is not ours is not ours to set.
  if (way !== 'replace' && isElsewhere(of)) return { refused: 'gone' };
  return untilStored({ tries: TRIES, failed: `The move of ${subscriptionId} could not be opened` }, async () => {
    const rows = await readSubscriptionRows(deps.store, customerId, subscriptionId);
    if (!rows?.ticket || rows.ticket.value.closed) return { refused: 'gone' };
    const former = rows.known.value.liveMove ? rows.move : null;
    const over = former && mayBegin(former.value) ? advance(former.value, { kind: 'superseded' }, deps.clock.now().toISOString()) : null;
    if (rows.known.value.liveMove && (!over || 'refused' in over)) return { opened: false, move: rows.move?.value ?? null };
    const stale = whyNotNow(deps.doing, rows.ticket.value, rows.move?.value ?? null);
    if (stale) return stale;
    const at = deps.clock.now().toISOString();
    const n = rows.known.value.moves + 1;
    const key = moveKey(subscriptionId, n);
    const asked = askedAnew(rows.ticket.value, rows.move?.value ?? null);
    const fresh = newMove({ key, customerId, subscriptionId, ticketId: rows.ticket.value.id, by: by.key, asked, way }, at);
    const move: Move = way === 'replace' ? fresh : { ...fresh, state: 'weighing', draft: { by: by.key }, nextAt: at };
    const known: TrackedSubscription = { ...rows.known.value, liveMove: key, moves: n };
    const { snoozed: _, dismissed: __, ...marks } = rows.ticket.value.marks;
    const moved: Ticket = { ...rows.ticket.value, move: key, marks };
    // What sets an end needs no further answer, so this activity has had its effect.
    const ticket = way === 'replace' ? moved : marked(deps, moved);
    const wakeUps =
      way === 'replace'
        ? []
        : ([
            { queue: 'move', what: 'move', customerId, subscriptionId },
            { queue: 'notify', what: 'fanOut', customerId },
          ] as const);
    const news: News[] = way === 'replace' ? [] : [{ kind: 'progress', ticketId: ticket.id, by: by.key, at, data: {} }];
    const ended = former && over && 'next' in over ? [{ by, what: 'superseded', before: former.value.state, after: over.next.state }] : [];
    const changes: Change[] = [
      moveChange(null, move),
      subscriptionChange(rows.known, known),
      ...(former && over && 'next' in over ? [moveChange(former, over.next)] : []),
      ...ticketTransaction(
        rows.ticket,
        ticket,
        [...ended, { by, what: 'opened', before: '', after: move.state, data: way === 'replace' ? {} : { way } }],
        news,
        at,
      ),
    ];
    await Promise.all(wakeUps.map((one) => deps.wake.schedule(one)));
    if ((await deps.store.commit(...ofCustomer(customerId), changes)) === 'conflict') return 'conflict';
    for (const one of wakeUps) deps.wake.now(one);
    if (former?.value.state === 'stuck') await listStuck(deps.store, ticket, null);
    return { opened: true, move };
  });
}
