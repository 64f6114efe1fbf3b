/** All rows of a store, out into plain lines and back into an empty one: what a backup is made of. */
import { FORMAT, FORMER, mustBeRead, upgraded } from './format.ts';
import { CHANGES_MAX, type Change, type Scanned, type Store, type Table, TABLES } from './store.ts';

/** A row as a line of JSON; the table is the file's. */
export interface CopiedRow {
  partition: string;
  key: string;
  value: unknown;
}

/** What stands first in each file. */
export interface CopyHead {
  table: Table;
  format: number;
}

/** Of one transaction; Azure Tables takes 4 MB (Understanding the Table service data model). */
const BYTES_MAX = 2_000_000;
/** Before the first key, and behind the last. */
const ALL = ['', '\uFFFD'] as const;

/** The lines of one table: its head, then its rows. */
export async function* linesOut(store: Store, table: Table): AsyncGenerator<string> {
  yield JSON.stringify({ table, format: FORMAT } satisfies CopyHead);
  for await (const page of store.scan<unknown>(table, ...ALL)) for (const { partition, key, value } of page) yield oneLine({ partition, key, value });
}

/** Names may hold what readers of lines take for the end of one. */
function oneLine(row: CopiedRow): string {
  return JSON.stringify(row).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Whether no table holds a row. */
export async function isEmpty(store: Store): Promise<boolean> {
  for (const table of TABLES) for await (const page of store.scan<unknown>(table, ...ALL)) if ((page as Scanned<unknown>[]).length > 0) return false;
  return true;
}

/**
 * Puts the lines of one table into the store, in their order; returns how many rows. Nothing that is there is written over: throws where a
 * row exists, where a line cannot be read, and StoreFormatError where another Successor wrote them.
 */
export async function linesIn(store: Store, table: Table, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  let headed = false;
  let format: number = FORMAT;
  let partition = '';
  let changes: Change[] = [];
  let bytes = 0;
  async function flush(): Promise<void> {
    if (changes.length > 0 && (await store.commit(table, partition, changes)) === 'conflict')
      throw new Error(`A row of ${table} is there already: a backup goes into an empty store alone.`);
    count += changes.length;
    changes = [];
    bytes = 0;
  }
  for await (const line of lines) {
    if (line === '') continue;
    const read = parsed(line, table);
    if (!headed) {
      if ((read as CopyHead).table !== table) throw new Error(`The first line of ${table} says that it is another table.`);
      mustBeRead((read as CopyHead).format, 'The backup');
      format = (read as CopyHead).format;
      headed = true;
      continue;
    }
    const row = read as CopiedRow;
    if (row.partition !== partition || changes.length === CHANGES_MAX || bytes + line.length > BYTES_MAX) await flush();
    bytes += line.length;
    partition = row.partition;
    const { key, value } = row;
    changes.push({ op: 'create', key, value: format === FORMER ? upgraded({ table, partition, key }, value) : value });
  }
  await flush();
  if (!headed) throw new Error(`The backup of ${table} is empty: it was not finished.`);
  return count;
}

function parsed(line: string, table: Table): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`A line of ${table} cannot be read: the backup was cut off or changed.`);
  }
}
