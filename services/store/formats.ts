/** The store over rows that carry their format: which are read, which is written, and `npm run upgrade`. */
import { FORMAT, FORMER, mustBeRead, type RowAt, upgraded } from './format.ts';
import { ALL_KEYS, FORMAT_KEY, FORMAT_MARK } from './rows.ts';
import { type Change, CHANGES_MAX, type Row, type Scanned, type Store, type Table, TABLES } from './store.ts';

/** A row as it lies in the storage. `format` is whatever stands there. */
export interface Kept {
  format: unknown;
  json: string;
}

/** A store whose values are all `Kept`. */
export type KeptStore = Store;

export interface FormattedStore extends Store {
  /** In which new rows are written, as far as this process has seen. */
  format(): number;
  /** Has all rows written in our format, so that the release before can no longer use the storage. Goes on where it was cut off. */
  upgrade(): Promise<number>;
}

/** Characters of one transaction; Azure Tables takes 4 MB. */
const SIZE_MAX = 1_000_000;
/** Looks over all rows: a bot that works meanwhile may write some as before until it has read one of the new ones. */
const PASSES_MAX = 10;

/** In which format new rows are written. A storage that is new says so itself: nobody has been there before. Throws StoreFormatError. */
export async function formatOf(kept: KeptStore, isNew: boolean): Promise<number> {
  const mark = await kept.get<Kept>(...FORMAT_MARK, FORMAT_KEY);
  if (mark) {
    mustBeRead(mark.value.format, 'The store');
    return mark.value.format;
  }
  if (!isNew) return FORMER;
  await kept.commit(...FORMAT_MARK, [{ op: 'create', key: FORMAT_KEY, value: MARKED }]);
  return FORMAT;
}

const MARKED: Kept = { format: FORMAT, json: '{}' };

/** The rows of `kept` as their values, brought to our format. `format`: in which new ones are written, until one of ours is read. */
export function formatted(kept: KeptStore, format: number): FormattedStore {
  let writes = format;
  function readOut(at: RowAt, value: Kept): unknown {
    mustBeRead(value.format, nameOf(at));
    const read: unknown = JSON.parse(value.json);
    if (value.format === FORMER) return upgraded(at, read);
    // Somebody has upgraded the storage: it is as good as marked.
    writes = FORMAT;
    return read;
  }
  const rowOf = <T>(table: Table, partition: string, { key, etag, value }: Row<Kept>): Row<T> => ({
    key,
    etag,
    value: readOut({ table, partition, key }, value) as T,
  });
  const keep = (value: unknown): Kept => ({ format: writes, json: JSON.stringify(value) });
  return {
    async get<T>(table: Table, partition: string, key: string) {
      const row = await kept.get<Kept>(table, partition, key);
      return row && rowOf<T>(table, partition, row);
    },
    async range<T>(table: Table, partition: string, ...keys: [from: string, to: string, limit?: number]) {
      return (await kept.range<Kept>(table, partition, ...keys)).map((row) => rowOf<T>(table, partition, row));
    },
    async *scan<T>(table: Table, from: string, to: string) {
      for await (const page of kept.scan<Kept>(table, from, to))
        yield page.filter(isNoMark(table)).map((row): Scanned<T> => ({ ...rowOf<T>(table, row.partition, row), partition: row.partition }));
    },
    commit: (table, partition, changes) =>
      kept.commit(
        table,
        partition,
        changes.map((change) => (change.op === 'delete' ? change : { ...change, value: keep(change.value) })),
      ),
    put: (table, partition, key, value) => kept.put(table, partition, key, keep(value)),
    remove: kept.remove,
    clockSkewMs: kept.clockSkewMs,
    format: () => writes,
    async upgrade() {
      await mustAllBeRead(kept);
      // From here on the release before is refused at its start.
      const mark = await kept.get<Kept>(...FORMAT_MARK, FORMAT_KEY);
      if (!mark) await kept.commit(...FORMAT_MARK, [{ op: 'create', key: FORMAT_KEY, value: MARKED }]);
      else if (mark.value.format !== FORMAT) await kept.commit(...FORMAT_MARK, [{ op: 'replace', key: FORMAT_KEY, value: MARKED, etag: mark.etag }]);
      writes = FORMAT;
      return upgradeRows(kept, readOut);
    },
  };
}

function isNoMark(table: Table): (row: { partition: string }) => boolean {
  return ({ partition }) => table !== FORMAT_MARK[0] || partition !== FORMAT_MARK[1];
}

/** Before anything is changed: what cannot be read is told while that is still so. */
async function mustAllBeRead(kept: KeptStore): Promise<void> {
  for (const table of TABLES)
    for await (const page of kept.scan<Kept>(table, ...ALL_KEYS))
      for (const { partition, key, value } of page) mustBeRead(value.format, nameOf({ table, partition, key }));
}

function nameOf({ partition, key }: RowAt): string {
  return `The row ${partition}/${key} of the store`;
}

/** How many rows were written anew. Throws where after many passes there are still some as before. */
async function upgradeRows(kept: KeptStore, readOut: (at: RowAt, value: Kept) => unknown): Promise<number> {
  let count = 0;
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    let met = 0;
    for (const table of TABLES)
      for await (const page of kept.scan<Kept>(table, ...ALL_KEYS)) {
        const former = page.filter(({ value }) => value.format !== FORMAT);
        met += former.length;
        for (const [partition, rows] of Map.groupBy(former, (row) => row.partition))
          for (const some of packed(rows)) {
            const changes = some.map(({ key, etag, value }): Change => {
              const json = JSON.stringify(readOut({ table, partition, key }, value));
              return { op: 'replace', key, etag, value: { format: FORMAT, json } satisfies Kept };
            });
            count += await storeAll(kept, [table, partition], changes);
          }
      }
    if (met === 0) return count;
  }
  throw new Error(
    `${count} rows are in format ${FORMAT} now, but something still writes in format ${FORMER}. End every Successor of the release before, and run npm run upgrade again.`,
  );
}

/** All at once, or each by itself where somebody else has changed one of them: that one is met again. */
async function storeAll(kept: KeptStore, [table, partition]: readonly [Table, string], changes: Change[]): Promise<number> {
  if ((await kept.commit(table, partition, changes)) === 'done') return changes.length;
  let count = 0;
  for (const change of changes) if ((await kept.commit(table, partition, [change])) === 'done') count += 1;
  return count;
}

/** As many as one transaction may hold, in their order. */
function packed(rows: readonly Scanned<Kept>[]): Scanned<Kept>[][] {
  const packs: Scanned<Kept>[][] = [];
  let size = 0;
  for (const row of rows) {
    const last = packs.at(-1);
    size += row.value.json.length;
    if (last && last.length < CHANGES_MAX && size <= SIZE_MAX) last.push(row);
    else {
      packs.push([row]);
      size = row.value.json.length;
    }
  }
  return packs;
}
