/** A storage as a release left it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CopiedRow } from '../../services/store/copy.ts';
import type { Kept } from '../../services/store/formats.ts';
import { TABLES } from '../../services/store/store.ts';
import { type MemoryStore, memoryStore } from './memory.ts';

export const RELEASES = resolve(import.meta.dirname, '../fixtures');

/** What a release wrote, as it lies in the storage. */
export async function writtenBy(release: string): Promise<MemoryStore> {
  const kept = memoryStore();
  for (const table of TABLES) {
    const [head, ...rows] = readFileSync(join(RELEASES, release, `${table}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const { partition, key, value } of rows as CopiedRow[])
      await kept.put(table, partition, key, { format: head.format, json: JSON.stringify(value) } satisfies Kept);
  }
  return kept;
}
