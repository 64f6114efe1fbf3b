/** The store's port in memory, with the etags and limits of Azure Tables. */
import { CHANGES_MAX, type Change, type Row, type Store, type Table } from '../../services/store/store.ts';

export function memoryStore(): Store {
  const tables = new Map<string, Map<string, { etag: string; json: string }>>();
  let etags = 0;
  const partition = (table: Table, name: string) => {
    const key = `${table} ${name}`;
    const rows = tables.get(key) ?? new Map<string, { etag: string; json: string }>();
    tables.set(key, rows);
    return rows;
  };
  const row = <T>(key: string, held: { etag: string; json: string }): Row<T> => ({ key, etag: held.etag, value: JSON.parse(held.json) as T });
  const write = (rows: Map<string, { etag: string; json: string }>, key: string, value: unknown) =>
    void rows.set(key, { etag: String(++etags), json: JSON.stringify(value) });

  function fits(rows: Map<string, { etag: string; json: string }>, change: Change): boolean {
    const held = rows.get(change.key);
    return change.op === 'create' ? held === undefined : held?.etag === change.etag;
  }
  return {
    async get<T>(table: Table, name: string, key: string) {
      const held = partition(table, name).get(key);
      return held && row<T>(key, held);
    },
    async range<T>(table: Table, name: string, from: string, to: string, limit = 5000) {
      const keys = [...partition(table, name).keys()].filter((key) => key >= from && key < to).sort();
      return keys.slice(0, limit).map((key) => row<T>(key, partition(table, name).get(key) as { etag: string; json: string }));
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
      return 'done';
    },
    put: async (table, name, key, value) => write(partition(table, name), key, value),
    remove: async (table, name, key) => void partition(table, name).delete(key),
  };
}
