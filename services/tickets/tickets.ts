/** Opens and changes tickets, each in one transaction with its record and its news. */
import { type Activity, doneBefore, withDone } from '../domain/activity.ts';
import type { Clock } from '../clock.ts';
import type { Expiry, KnownSubscription, News, NewsKind, Subscription } from '../domain/ticket.ts';
import { listExpiry } from './openList.ts';
import { type Actor, expiryKey, FIRST_HASH, recorded, subscriptionKey, FIRST_TICKET, type Taken } from '../auditLog/auditLog.ts';
import type { Change, Row, Store } from '../store/store.ts';
import type { Hints } from '../queue/worker.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { plainFacts } from './facts.ts';

export interface Applying {
  store: Store;
  clock: Clock;
  hints: Hints;
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
}

export const TRIES = 6;

/** The ticket with the marks of what was done to it. */
export function marked(deps: Pick<Applying, 'doing'>, expiry: Expiry): Expiry {
  return deps.doing ? { ...expiry, done: withDone(expiry.done, deps.doing.activity, deps.doing.reply) } : expiry;
}

/** Opens an expiry of kind `asked` for a subscription that still renews, so that it can be moved at any time. */
export async function askExpiry(deps: Applying, customerName: string, subscription: Subscription, all: Subscription[], by: Actor): Promise<Expiry | undefined> {
  const tickets = await takeTickets(deps.store, 1, deps.clock.now());
  const [ticket] = tickets;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const row = await deps.store.get<KnownSubscription>('customers', subscription.customerId, subscriptionKey(subscription.id));
    if (row?.value.expiry) return (await deps.store.get<Expiry>('customers', subscription.customerId, expiryKey(row.value.expiry)))?.value;
    const at = deps.clock.now().toISOString();
    const known: KnownSubscription = { episode: 0, liveMigration: null, migrations: 0, ...row?.value, snapshot: subscription, expiry: ticket as string };
    known.episode += 1;
    const expiry: Expiry = {
      id: ticket as string,
      customerId: subscription.customerId,
      customerName,
      subscriptionId: subscription.id,
      kind: 'asked',
      episode: known.episode,
      openedAt: at,
      facts: plainFacts(subscription, all, deps.programmes),
      plans: null,
      marks: {},
      closed: null,
      migration: null,
      remindedAt: null,
      audit: { seq: 0, hash: FIRST_HASH },
    };
    const change: Change = row
      ? { op: 'replace', key: row.key, value: known, etag: row.etag }
      : { op: 'create', key: subscriptionKey(subscription.id), value: known };
    if (
      (await deps.store.commit('customers', subscription.customerId, [
        change,
        ...recorded(null, expiry, [{ by, what: 'asked', before: '', after: 'open' }], [], at),
      ])) === 'conflict'
    )
      continue;
    await settleTickets(deps.store, tickets);
    await listExpiry(deps.store, expiry, null);
    return expiry;
  }
  throw new Error(`The matter of ${subscription.id} could not be opened in ${TRIES} tries.`);
}

/**
 * Changes an open expiry's own row, with its record and its news; `seen` is the row as it was read, and it is read anew
 * where it has changed since. `change` returns null when there is nothing to do.
 */
export async function changeExpiry(
  deps: Applying,
  seen: Row<Expiry>,
  by: Actor,
  change: (expiry: Expiry) => { expiry: Expiry; what: string; data: Record<string, string | number>; news: NewsKind } | null,
): Promise<void> {
  const { customerId, id: ticket } = seen.value;
  let row: Row<Expiry> | undefined = seen;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const changed = row && change(row.value);
    if (!row || !changed || (deps.doing && doneBefore(row.value.done, deps.doing.activity))) return;
    await deps.hints.before('speak', `spread ${customerId}`);
    const at = deps.clock.now().toISOString();
    const news: News = { kind: changed.news, expiryId: ticket, by: by.key, at, data: changed.data };
    const changes = recorded(row, marked(deps, changed.expiry), [{ by, what: changed.what, before: 'open', after: 'open', data: changed.data }], [news], at);
    if ((await deps.store.commit('customers', customerId, changes)) === 'done') return deps.hints.nudge('speak', `spread ${customerId}`);
    row = await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket));
  }
  throw new Error(`${ticket} changed ${TRIES} times while a change was being stored.`);
}

const COUNTER_TRIES = 50;

const takenKey = (ticket: string) => `taken_${ticket}`;

/**
 * The next `count` tickets, `S-1001` on. A crash leaves gaps, never doubles; that they were taken is noted in the same
 * transaction, and stays noted until `settleTickets` says that all of them stand.
 */
export async function takeTickets(store: Store, count: number, now: Date): Promise<string[]> {
  for (let attempt = 0; attempt < COUNTER_TRIES; attempt++) {
    const row = await store.get<{ next: number }>('budget', 'counter', 'ticket');
    const first = row?.value.next ?? FIRST_TICKET;
    const value = { next: first + count };
    const change: Change = row ? { op: 'replace', key: 'ticket', value, etag: row.etag } : { op: 'create', key: 'ticket', value };
    const note: Change = { op: 'create', key: takenKey(`S-${first}`), value: { first, count, at: now.toISOString() } satisfies Taken };
    if ((await store.commit('budget', 'counter', [change, note])) === 'done') return Array.from({ length: count }, (_, index) => `S-${first + index}`);
  }
  throw new Error(`No ticket could be taken in ${COUNTER_TRIES} tries.`);
}

/** All tickets that were taken together stand now: what was noted of them goes. */
export async function settleTickets(store: Store, tickets: readonly string[]): Promise<void> {
  if (tickets[0]) await store.remove('budget', 'counter', takenKey(tickets[0]));
}
