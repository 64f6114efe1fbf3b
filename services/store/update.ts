/** Read, decide, store; and again with the truth as it then is, where somebody else was faster. */
import type { Place } from './rows.ts';
import type { Change, Row, Store } from './store.ts';

/** How often it is tried, and the beginning of the sentence that is thrown when somebody else was faster each time: `X could not be changed`. */
export interface Patience {
  tries: number;
  failed: string;
}

/** What `work` brings as soon as it is no conflict. `work` reads anew each time: what it decides, it decides on what it commits over. */
export async function untilStored<T>({ tries, failed }: Patience, work: () => Promise<T | 'conflict'>): Promise<T> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const done = await work();
    if (done !== 'conflict') return done;
  }
  throw new Error(`${failed} in ${tries} tries: others change it all the time.`);
}

/**
 * The row's value as it stands afterwards. `change` is given the value, undefined where there is no row, and returns the next
 * one; what it got, or null, leaves the row alone.
 */
export async function update<T extends object>(
  store: Store,
  [table, partition, key]: readonly [...Place, key: string],
  patience: Patience,
  change: (now: T | undefined) => T | null | undefined,
): Promise<T | undefined> {
  return untilStored(patience, async () => {
    const row = await store.get<T>(table, partition, key);
    const value = change(row?.value);
    if (value === null || value === undefined || value === row?.value) return row?.value;
    return (await store.commit(table, partition, [written(row, key, value)])) === 'done' ? value : 'conflict';
  });
}

/** The change that writes a row over what was read: made where there was none. */
export function written(row: Pick<Row<unknown>, 'etag'> | null | undefined, key: string, value: unknown): Change {
  return row ? { op: 'replace', key, value, etag: row.etag } : { op: 'create', key, value };
}
