/** The store's port: rows under a partition and a key, changed in transactions under their etags. */

export type Table = 'customers' | 'chats' | 'open' | 'names' | 'handles' | 'people' | 'budget' | 'sweep';
export const TABLES: readonly Table[] = ['customers', 'chats', 'open', 'names', 'handles', 'people', 'budget', 'sweep'];

export interface Row<T> {
  key: string;
  etag: string;
  value: T;
}

/** A row, and where it lies. */
export interface Scanned<T> extends Row<T> {
  partition: string;
}

/** An update or delete without an etag does not exist: the library would overwrite silently. */
export type Change =
  | { op: 'create'; key: string; value: unknown }
  | { op: 'replace'; key: string; value: unknown; etag: string }
  | { op: 'delete'; key: string; etag: string };

/** Most operations that one transaction may hold (Azure Tables' limit). */
export const CHANGES_MAX = 100;

export interface Store {
  get<T>(table: Table, partition: string, key: string): Promise<Row<T> | undefined>;
  /** Rows with `from` <= key < `to`, in order, at most `limit`. */
  range<T>(table: Table, partition: string, from: string, to: string, limit?: number): Promise<Row<T>[]>;
  /** Rows of all partitions with `from` <= key < `to`, page by page: what no list of ours can hide. */
  scan<T>(table: Table, from: string, to: string): AsyncIterable<Scanned<T>[]>;
  /** All or nothing. `conflict`: a row was there, gone, or changed since it was read. */
  commit(table: Table, partition: string, changes: Change[]): Promise<'done' | 'conflict'>;
  /**
   * For derived rows only, which may be overwritten: the last writer wins. They are the inboxes of chats (of an outbox), the
   * lists (chats, waiting, open tickets, approvals, names, customers and what is wrong with them), counts, what signals said and
   * when a daily job is next; and what is written once under a name of its own: handles, a consent's secrets, an anchor's
   * pieces, and what somebody spoke of last.
   */
  put(table: Table, partition: string, key: string, value: unknown): Promise<void>;
  remove(table: Table, partition: string, key: string): Promise<void>;
  /** How far the storage's clock is ahead of this machine's, as its answers tell: what several machines agree on. */
  clockSkewMs(): number;
}

/** Rows whose keys begin with `prefix`. */
export function withPrefix<T>(store: Store, table: Table, partition: string, prefix: string, limit?: number) {
  return store.range<T>(table, partition, prefix, `${prefix}~`, limit);
}
