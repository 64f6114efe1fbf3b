/** Who may take a file, once and within ten minutes; and who took which. Rows hold a hash of what opens it. */
import { createHash, randomBytes } from 'node:crypto';
import { type Clock, later } from '../clock.ts';
import { EXPORT_GRANTS, EXPORTED, exportedKey, exportGrantKey, IDS } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';

/** `decisions`: the lines of the record that a person caused. */
export type Exported = 'tickets' | 'decisions' | 'record';
export type Format = 'csv' | 'json';

export interface AskedExport {
  what: Exported;
  format: Format;
}

/** `by`: a person's key. `how`: by a link, or as a file that Teams takes in the chat. */
export interface Grant extends AskedExport {
  by: string;
  chat: string;
  how: 'link' | 'file';
  until: string;
  /** The message that offers it, as Teams said when it was sent. */
  offeredIn?: string;
}

/** A file that was given to somebody. */
export interface TakenFile extends AskedExport {
  at: string;
  by: string;
  how: 'link' | 'file';
}

const GRANT_MS = 10 * 60_000;
export const GRANT_MINUTES = GRANT_MS / 60_000;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;
const PAGE = 1_000;
/** At a time; the rest goes the next day. */
const FORGOTTEN_MAX = 5_000;

/** 192 bits of chance that open the file once; only their hash is kept. */
export async function grantExport(store: Store, clock: Pick<Clock, 'now'>, grant: Omit<Grant, 'until'>): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await store.put(...EXPORT_GRANTS, exportGrantKey(hashOf(token)), { ...grant, until: later(clock.now(), GRANT_MS) } satisfies Grant);
  return token;
}

/** What it opens, where it still does; it stays open. */
export async function readGrant(store: Store, clock: Pick<Clock, 'now'>, token: string): Promise<Row<Grant> | null> {
  const row = TOKEN.test(token) ? await store.get<Grant>(...EXPORT_GRANTS, exportGrantKey(hashOf(token))) : undefined;
  return row && row.value.until >= clock.now().toISOString() ? row : null;
}

/** Notes where it is offered. */
export async function noteOffered(store: Store, token: string, offeredIn: string): Promise<void> {
  const key = exportGrantKey(hashOf(token));
  const row = await store.get<Grant>(...EXPORT_GRANTS, key);
  // One that was used meanwhile is gone.
  if (row && offeredIn !== '')
    await store.commit(...EXPORT_GRANTS, [{ op: 'replace', key, value: { ...row.value, offeredIn } satisfies Grant, etag: row.etag }]);
}

/** Uses it up, and writes down who takes what; false where somebody was first. */
export async function useGrant(store: Store, clock: Pick<Clock, 'now'>, row: Row<Grant>, as: 'taken' | 'declined' = 'taken'): Promise<boolean> {
  if ((await store.commit(...EXPORT_GRANTS, [{ op: 'delete', key: row.key, etag: row.etag }])) === 'conflict') return false;
  if (as === 'declined') return true;
  const { what, format, by, how } = row.value;
  const at = clock.now().toISOString();
  const value: TakenFile = { at, by, what, format, how };
  await store.commit(...EXPORTED, [{ op: 'create', key: exportedKey(at, randomBytes(4).toString('hex')), value }]);
  return true;
}

/** Every file that was taken, oldest first, some at a time. */
export async function* takenFiles(store: Store): AsyncGenerator<TakenFile[]> {
  let from: string = IDS[0];
  for (;;) {
    const rows = await store.range<TakenFile>(...EXPORTED, from, IDS[1], PAGE);
    if (rows.length > 0) yield rows.map((row) => row.value);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    from = `${last.key}!`;
  }
}

/** Forgets who took what before a UTC day. */
export async function forgetTaken(store: Store, before: string): Promise<void> {
  for (const { key } of await store.range(...EXPORTED, IDS[0], before, FORGOTTEN_MAX)) await store.remove(...EXPORTED, key);
}

/** What the rows call it, and no more than that: also the name under which its errand waits. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
