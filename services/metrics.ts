/** What this process has asked of others today, and how it keeps up: one small row a process and day, for the status. */
import { type Clock, dayOf } from './clock.ts';
import type { Queues } from './queue/queue.ts';
import { countsOn, IDS } from './store/rows.ts';
import type { Store } from './store/store.ts';

export interface Counts {
  /** Requests to Partner Center. */
  requests: number;
  /** Storage transactions, of tables and of queues. */
  transactions: number;
  looks: number;
  /** Subscriptions in those looks. */
  subscriptions: number;
  /** When this process last looked at a customer. */
  lookedAt: string | null;
  /** How late the looks of the last minutes came at most. */
  lateMs: number;
  notedAt: number;
}

export type Refusing = 'partner center' | 'teams' | 'door';

export interface Metrics {
  requested(): void;
  transacted(): void;
  looked(subscriptions: number): void;
  late(ms: number): void;
  /** Somebody said no to us, or we to a stranger. */
  refused(by: Refusing, code: string, times?: number): void;
  /** Since this process began. */
  refusals(): { by: Refusing; code: string; count: number }[];
  /** Writes the counts down; the row is this process's own. */
  note(store: Store, workerId: string): Promise<void>;
}

const KEEP_DAYS = 2;
/** Others say what they like: beyond so many codes they are counted as one. */
const CODES_MAX = 200;
const CODE_MAX = 60;
const PROCESSES_MAX = 1_000;
/** A process that has not noted anything for so long is gone; its counts of the day still hold. */
const ALIVE_MS = 180_000;

export function createMetrics(clock: Clock): Metrics {
  let day = dayOf(new Date(clock.wallMs()));
  let counts = none();
  let noted = '';
  const refusals = new Map<string, { by: Refusing; code: string; count: number }>();
  return {
    requested() {
      counts.requests += 1;
    },
    transacted() {
      counts.transactions += 1;
    },
    looked(subscriptions) {
      counts.looks += 1;
      counts.subscriptions += subscriptions;
      counts.lookedAt = clock.now().toISOString();
    },
    late(ms) {
      counts.lateMs = Math.max(counts.lateMs, ms);
    },
    refused(by, said, times = 1) {
      const named = said.slice(0, CODE_MAX) || 'none';
      const code = refusals.size < CODES_MAX || refusals.has(`${by} ${named}`) ? named : 'other';
      const key = `${by} ${code}`;
      refusals.set(key, { by, code, count: (refusals.get(key)?.count ?? 0) + times });
    },
    refusals: () => [...refusals.values()],
    async note(store, workerId) {
      const today = dayOf(new Date(clock.wallMs()));
      if (today !== day) [counts, day] = [none(), today];
      const value: Counts = { ...counts, notedAt: clock.wallMs() };
      counts.lateMs = 0;
      const { transactions: _, notedAt: __, ...work } = value;
      // Writing is a transaction too: nothing is written about nothing.
      if (JSON.stringify(work) === noted) return;
      noted = JSON.stringify(work);
      await store.put(...countsOn(day), workerId, value);
      const old = dayOf(new Date(clock.wallMs() - KEEP_DAYS * 86_400_000));
      await store.remove(...countsOn(old), workerId);
    },
  };
}

function none(): Counts {
  return { requests: 0, transactions: 0, looks: 0, subscriptions: 0, lookedAt: null, lateMs: 0, notedAt: 0 };
}

/** The counts of all processes of this day together; lateness of those that are alive. */
export async function countsToday(store: Store, clock: Clock): Promise<Counts> {
  const rows = await store.range<Counts>(...countsOn(dayOf(new Date(clock.wallMs()))), ...IDS, PROCESSES_MAX);
  const sum = none();
  for (const { value } of rows) {
    sum.requests += value.requests;
    sum.transactions += value.transactions;
    sum.looks += value.looks;
    sum.subscriptions += value.subscriptions;
    if (value.lookedAt && value.lookedAt > (sum.lookedAt ?? '')) sum.lookedAt = value.lookedAt;
    if (clock.wallMs() - value.notedAt < ALIVE_MS) sum.lateMs = Math.max(sum.lateMs, value.lateMs);
  }
  return sum;
}

/** The store, each of whose calls is counted. */
export function meteredStore(store: Store, metrics: Metrics): Store {
  const counted =
    <A extends unknown[], R>(work: (...given: A) => R) =>
    (...given: A) => {
      metrics.transacted();
      return work(...given);
    };
  return {
    get: (table, partition, key) => counted(() => store.get<never>(table, partition, key))(),
    range: (table, partition, from, to, limit) => counted(() => store.range<never>(table, partition, from, to, limit))(),
    scan: (table, from, to) => counted(() => store.scan<never>(table, from, to))(),
    commit: counted(store.commit),
    put: counted(store.put),
    remove: counted(store.remove),
    clockSkewMs: store.clockSkewMs,
  };
}

/** The queues, each of whose calls is counted; a renewal and an end are one each. */
export function meteredQueues(queues: Queues, metrics: Metrics): Queues {
  return {
    send(queue, text, delayMs) {
      metrics.transacted();
      return queues.send(queue, text, delayMs);
    },
    async take(queue, most, hiddenMs) {
      metrics.transacted();
      const messages = await queues.take(queue, most, hiddenMs);
      for (const _ of messages) metrics.transacted();
      return messages;
    },
  };
}
