/** Storage in memory: tables with the etags and limits of Azure's, queues whose messages hide and come back. */
import type { Clock } from '../../services/clock.ts';
import type { Message, QueueName, Queues } from '../../services/queue/queue.ts';
import { CHANGES_MAX, type Change, type Row, type Store, type Table } from '../../services/store/store.ts';

type Held = { etag: string; json: string };

export interface MemoryStore extends Store {
  /** Everything that is stored, as text; for finding what must not be there. */
  texts(): string[];
  /** Is told after each transaction. */
  onCommit: (table: Table, partition: string, changes: Change[]) => void;
}

export function memoryStore(): MemoryStore {
  const tables = new Map<string, Map<string, Held>>();
  let etags = 0;
  function partition(table: Table, name: string): Map<string, Held> {
    const key = `${table} ${name}`;
    const rows = tables.get(key) ?? new Map<string, Held>();
    tables.set(key, rows);
    return rows;
  }
  const row = <T>(key: string, held: Held): Row<T> => ({ key, etag: held.etag, value: JSON.parse(held.json) as T });
  const write = (rows: Map<string, Held>, key: string, value: unknown) => void rows.set(key, { etag: String(++etags), json: JSON.stringify(value) });
  function fits(rows: Map<string, Held>, change: Change): boolean {
    const held = rows.get(change.key);
    return change.op === 'create' ? held === undefined : held?.etag === change.etag;
  }
  const store: MemoryStore = {
    onCommit: () => {},
    texts: () => [...tables.values()].flatMap((rows) => [...rows.values()].map((held) => held.json)),
    async get<T>(table: Table, name: string, key: string) {
      const held = partition(table, name).get(key);
      return held && row<T>(key, held);
    },
    async range<T>(table: Table, name: string, from: string, to: string, limit = 5000) {
      const rows = partition(table, name);
      const keys = [...rows.keys()].filter((key) => key >= from && key < to).sort();
      return keys.slice(0, limit).map((key) => row<T>(key, rows.get(key) as Held));
    },
    async *scan<T>(table: Table, from: string, to: string) {
      for (const name of [...tables.keys()].filter((key) => key.startsWith(`${table} `)).sort()) {
        const at = name.slice(table.length + 1);
        const rows = partition(table, at);
        const keys = [...rows.keys()].filter((key) => key >= from && key < to).sort();
        if (keys.length > 0) yield keys.map((key) => ({ ...row<T>(key, rows.get(key) as Held), partition: at }));
      }
    },
    async commit(table, name, changes) {
      if (changes.length > CHANGES_MAX) throw new Error(`A transaction holds at most ${CHANGES_MAX} changes.`);
      if (new Set(changes.map((change) => change.key)).size !== changes.length) throw new Error('The same row stands twice in a transaction.');
      const rows = partition(table, name);
      if (!changes.every((change) => fits(rows, change))) return 'conflict';
      for (const change of changes) {
        if (change.op === 'delete') rows.delete(change.key);
        else write(rows, change.key, change.value);
      }
      store.onCommit(table, name, changes);
      return 'done';
    },
    put: async (table, name, key, value) => write(partition(table, name), key, value),
    remove: async (table, name, key) => void partition(table, name).delete(key),
    clockSkewMs: () => 0,
  };
  return store;
}

/** A store in memory that is as far away as the network: one row's reading and writing take so long. */
export function distantStore(clock: Clock, awayMs: () => number): MemoryStore {
  const store = memoryStore();
  return {
    ...store,
    async get(table, partition, key) {
      await clock.sleep(awayMs());
      return store.get<never>(table, partition, key);
    },
    async commit(table, partition, changes) {
      await clock.sleep(awayMs());
      return store.commit(table, partition, changes);
    },
  };
}

interface Queued {
  text: string;
  visibleAt: number;
  taken: number;
  receipt: number;
}

export interface MemoryQueues extends Queues {
  held: Record<QueueName, Queued[]>;
  sent: string[];
}

export function memoryQueues(nowMs: () => number): MemoryQueues {
  const held: MemoryQueues['held'] = { sweep: [], notify: [], move: [] };
  const sent: string[] = [];
  let receipts = 0;
  function message(queue: QueueName, one: Queued): Message {
    const receipt = one.receipt;
    return {
      text: one.text,
      taken: one.taken,
      async postpone(ms, text) {
        if (one.receipt !== receipt) return;
        one.text = text ?? one.text;
        one.receipt = ++receipts;
        one.visibleAt = nowMs() + ms;
      },
      async done() {
        const at = held[queue].indexOf(one);
        if (one.receipt === receipt && at >= 0) held[queue].splice(at, 1);
      },
    };
  }
  return {
    held,
    sent,
    async send(queue, text, delayMs) {
      sent.push(text);
      held[queue].push({ text, visibleAt: nowMs() + delayMs, taken: 0, receipt: ++receipts });
    },
    async take(queue, most, hiddenMs) {
      const found = held[queue].filter((one) => one.visibleAt <= nowMs()).slice(0, most);
      for (const one of found) Object.assign(one, { taken: one.taken + 1, receipt: ++receipts, visibleAt: nowMs() + hiddenMs });
      return found.map((one) => message(queue, one));
    },
  };
}

/** The same queues, and how often which of their calls was made; a look that finds nothing is no call of a wake-up. */
export function countedQueues(queues: Queues): { counted: Queues; calls: Record<'send' | 'take' | 'postpone' | 'done', number> } {
  const calls = { send: 0, take: 0, postpone: 0, done: 0 };
  const counted: Queues = {
    async send(queue, text, delayMs) {
      calls.send += 1;
      await queues.send(queue, text, delayMs);
    },
    async take(queue, most, hiddenMs) {
      const found = await queues.take(queue, most, hiddenMs);
      calls.take += Math.sign(found.length);
      return found.map((message) => ({
        ...message,
        postpone(ms, text) {
          calls.postpone += 1;
          return message.postpone(ms, text);
        },
        done() {
          calls.done += 1;
          return message.done();
        },
      }));
    },
  };
  return { counted, calls };
}
