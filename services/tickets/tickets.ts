/** Opens and changes tickets, each in one transaction with its record and its news. */
import { type Actor, FIRST_TICKET, GENESIS_HASH, type Taken, ticketTransaction } from '../auditLog/auditLog.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { type Clock, dayOf } from '../clock.ts';
import { type Activity, doneBefore, withDone } from '../domain/activity.ts';
import type { News, NewsKind, Plan, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { WakeUps } from '../queue/worker.ts';
import { COUNTERS, ofCustomer, subscriptionKey, takenKey, TICKET_COUNTER_KEY, ticketKey } from '../store/rows.ts';
import type { Change, Row, Store } from '../store/store.ts';
import { untilStored, written } from '../store/update.ts';
import { plainFacts } from './facts.ts';
import { listTicket } from './openList.ts';
import { subscriptionChange } from './subscriptions.ts';

export interface TicketDeps {
  store: Store;
  clock: Clock;
  wake: WakeUps;
  programmes: readonly Programme[];
  /** What a person does here; the bot's own work has none. */
  doing?: Doing | undefined;
}

/** A person's doing: its marks are stored with its effect. */
export interface Doing {
  activity: Activity;
  /** What was asked where it was decided; null for what answers no question. */
  asked: number | null;
  /** What is answered, kept for whoever delivers it again. */
  reply: unknown;
  /** A plan of the customer's catalogue that is chosen by this: the ticket offers it from then on. */
  addPlan?: Plan | null;
}

export const TRIES = 6;
const COUNTER_TRIES = 50;

/** The ticket with the marks of what was done to it. */
export function marked(deps: Pick<TicketDeps, 'doing'>, ticket: Ticket): Ticket {
  return deps.doing ? { ...ticket, done: withDone(ticket.done, deps.doing.activity, deps.doing.reply) } : ticket;
}

/** A ticket that was just opened. Pure. */
export function newTicket(
  of: Pick<Ticket, 'id' | 'customerId' | 'customerName' | 'subscriptionId' | 'kind' | 'episode'>,
  { facts, plans }: Pick<Ticket, 'facts' | 'plans'>,
  at: string,
): Ticket {
  return { ...of, openedAt: at, facts, plans, marks: {}, closed: null, move: null, remindedAt: null, audit: { seq: 0, hash: GENESIS_HASH } };
}

/** Opens a ticket for a subscription that still renews, so that it can be moved at any time, or for licences from elsewhere that somebody asked for. */
export async function askTicket(
  deps: TicketDeps,
  customerName: string,
  subscription: Subscription,
  all: Subscription[],
  by: Actor,
): Promise<Ticket | undefined> {
  const { customerId } = subscription;
  const ticketIds = await takeTickets(deps.store, 1, deps.clock.now());
  const [ticketId] = ticketIds;
  return untilStored({ tries: TRIES, failed: `The ticket of ${subscription.id} could not be opened` }, async () => {
    const row = await deps.store.get<TrackedSubscription>(...ofCustomer(customerId), subscriptionKey(subscription.id));
    if (row?.value.ticket) return (await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(row.value.ticket)))?.value;
    const at = deps.clock.now().toISOString();
    const known: TrackedSubscription = { episode: 0, liveMove: null, moves: 0, ...row?.value, snapshot: subscription, ticket: ticketId as string };
    known.episode += 1;
    delete known.seenAt;
    // That one is no longer the last.
    delete known.renewed;
    const ticket = newTicket(
      {
        id: ticketId as string,
        customerId,
        customerName,
        subscriptionId: subscription.id,
        kind: subscription.elsewhere ? 'elsewhere' : 'asked',
        episode: known.episode,
      },
      { facts: plainFacts(subscription, all, { programmes: deps.programmes, today: dayOf(at) }), plans: null },
      at,
    );
    const changes = [subscriptionChange(row, known), ...ticketTransaction(null, ticket, [{ by, what: 'asked', before: '', after: 'open' }], [], at)];
    if ((await deps.store.commit(...ofCustomer(customerId), changes)) === 'conflict') return 'conflict';
    await settleTickets(deps.store, ticketIds);
    await listTicket(deps.store, ticket, null);
    return ticket;
  });
}

/**
 * Changes an open ticket's own row, with its record and its news; `seen` is the row as it was read, and it is read anew
 * where it has changed since. `change` returns null when there is nothing to do.
 */
export async function changeTicket(
  deps: TicketDeps,
  seen: Row<Ticket>,
  by: Actor,
  change: (ticket: Ticket) => { ticket: Ticket; what: string; data: Record<string, string | number>; news: NewsKind } | null,
): Promise<void> {
  const { customerId, id: ticketId } = seen.value;
  let row: Row<Ticket> | undefined = seen;
  await untilStored({ tries: TRIES, failed: `${ticketId} could not be changed` }, async () => {
    const changed = row && change(row.value);
    if (!row || !changed || (deps.doing && doneBefore(row.value.done, deps.doing.activity))) return;
    await deps.wake.schedule({ queue: 'notify', what: 'fanOut', customerId });
    const at = deps.clock.now().toISOString();
    const news: News = { kind: changed.news, ticketId, by: by.key, at, data: changed.data };
    const changes = ticketTransaction(
      row,
      marked(deps, changed.ticket),
      [{ by, what: changed.what, before: 'open', after: 'open', data: changed.data }],
      [news],
      at,
    );
    if ((await deps.store.commit(...ofCustomer(customerId), changes)) === 'done') return deps.wake.now({ queue: 'notify', what: 'fanOut', customerId });
    row = await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId));
    return 'conflict';
  });
}

/** Asks for the ticket's card to be posted anew in a chat. The ticket as it was; null where this very activity has asked for it before. */
export async function askForCard(deps: TicketDeps & { doing: Doing }, seen: Row<Ticket>, chat: string): Promise<Ticket | null> {
  let row: Row<Ticket> | undefined = seen;
  const { customerId, id: ticketId } = seen.value;
  const wakeUp = { queue: 'notify', what: 'fanOut', customerId } as const;
  return untilStored({ tries: TRIES, failed: `The card of ${ticketId} could not be asked for` }, async () => {
    if (!row || doneBefore(row.value.done, deps.doing.activity)) return null;
    const ticket = row.value;
    const at = deps.clock.now().toISOString();
    const news: News = { kind: 'show', ticketId, by: null, at, data: { chat } };
    await deps.wake.schedule(wakeUp);
    if ((await deps.store.commit(...ofCustomer(customerId), ticketTransaction(row, marked(deps, ticket), [], [news], at))) === 'done') {
      deps.wake.now(wakeUp);
      return ticket;
    }
    row = await deps.store.get<Ticket>(...ofCustomer(customerId), row.key);
    return 'conflict';
  });
}

/**
 * The next `count` tickets, `S-1001` on. A crash leaves gaps, never doubles; that they were taken is noted in the same
 * transaction, and stays noted until `settleTickets` says that all of them stand.
 */
export async function takeTickets(store: Store, count: number, now: Date): Promise<string[]> {
  return untilStored({ tries: COUNTER_TRIES, failed: 'No ticket could be taken' }, async () => {
    const row = await store.get<{ next: number }>(...COUNTERS, TICKET_COUNTER_KEY);
    const first = row?.value.next ?? FIRST_TICKET;
    const value = { next: first + count };
    const note: Change = { op: 'create', key: takenKey(`S-${first}`), value: { first, count, at: now.toISOString() } satisfies Taken };
    if ((await store.commit(...COUNTERS, [written(row, TICKET_COUNTER_KEY, value), note])) === 'conflict') return 'conflict';
    return Array.from({ length: count }, (_, index) => `S-${first + index}`);
  });
}

/** How many tickets were given out by now. */
export async function ticketsGiven(store: Store): Promise<number> {
  return ((await store.get<{ next: number }>(...COUNTERS, TICKET_COUNTER_KEY))?.value.next ?? FIRST_TICKET) - FIRST_TICKET;
}

/** All tickets that were taken together stand now: what was noted of them goes. */
export async function settleTickets(store: Store, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds[0]) await store.remove(...COUNTERS, takenKey(ticketIds[0]));
}
