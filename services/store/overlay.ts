/** A store over another one whose writes stay in memory, to be looked at and thrown away. */
import { type Change, type Row, type Scanned, type Store, type Table, TABLES } from './store.ts';

/** One write that did not happen: a row as it would stand, or null where it would be gone. */
export interface Unwritten {
  table: Table;
  partition: string;
  key: string;
  value: unknown;
}

interface Overlay {
  store: Store;
  /** All writes in their order, the last one of each row alone. */
  unwritten(): Unwritten[];
}

/** Reads see what was written here before. `conflict` as the real one would say, as far as this process can see. */
export function overlayOn(below: Store): Overlay {
  const rows = new Map<string, Unwritten>();
  const at = (table: Table, partition: string, key: string) => JSON.stringify([table, partition, key]);
  const rowOf = ({ key, value }: Unwritten): Row<unknown> => ({ key, etag: JSON.stringify(value), value });
  function write(table: Table, partition: string, key: string, value: unknown): void {
    rows.delete(at(table, partition, key));
    rows.set(at(table, partition, key), { table, partition, key, value });
  }
  const get: Store['get'] = async <T>(table: Table, partition: string, key: string) => {
    const own = rows.get(at(table, partition, key));
    if (!own) return below.get<T>(table, partition, key);
    return own.value === null ? undefined : (rowOf(own) as Row<T>);
  };
  const holds = async (table: Table, partition: string, change: Change) => {
    const row = await get(table, partition, change.key);
    return change.op === 'create' ? row === undefined : row?.etag === change.etag;
  };
  const store: Store = {
    get,
    range: async <T>(table: Table, partition: string, from: string, to: string, limit?: number) => {
      const own = [...rows.values()].filter((one) => one.table === table && one.partition === partition && one.key >= from && one.key < to);
      // As many more as may be gone here.
      const beneath = await below.range<T>(table, partition, from, to, limit === undefined ? undefined : limit + own.length);
      const found = new Map(beneath.map((row) => [row.key, row]));
      for (const one of own) {
        if (one.value === null) found.delete(one.key);
        else found.set(one.key, rowOf(one) as Row<T>);
      }
      return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit);
    },
    scan: <T>(table: Table, from: string, to: string): AsyncIterable<Scanned<T>[]> => below.scan<T>(table, from, to),
    commit: async (table, partition, changes) => {
      for (const change of changes) if (!(await holds(table, partition, change))) return 'conflict';
      for (const change of changes) write(table, partition, change.key, change.op === 'delete' ? null : structuredClone(change.value));
      return 'done';
    },
    put: async (table, partition, key, value) => write(table, partition, key, structuredClone(value)),
    remove: async (table, partition, key) => write(table, partition, key, null),
    clockSkewMs: below.clockSkewMs,
  };
  return { store, unwritten: () => [...rows.values()].sort((a, b) => TABLES.indexOf(a.table) - TABLES.indexOf(b.table)) };
}
