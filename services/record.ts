/** What is decided and what is said about it, as the changes of one transaction; every one in the written record. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Expiry, News } from './domain.ts';
import type { Change, Row, Store } from './store/store.ts';

/** One line of the written record, chained by hash within its expiry. */
export interface AuditRow {
  seq: number;
  at: string;
  /** Person key, or `bot`. */
  by: string;
  tenant: string;
  what: string;
  before: string;
  after: string;
  data: Record<string, string | number>;
  correlationId: string;
  previous: string;
  hash: string;
}

/** Who did something: a person's key and tenant, or the bot. */
export interface Actor {
  key: string;
  tenant: string;
}

export const BOT: Actor = { key: 'bot', tenant: '' };
export const FIRST_HASH = '0'.repeat(64);
/** What the line is called that stands for those which retention cut. */
export const CHECKPOINT = 'checkpoint';

export interface Entry {
  by: Actor;
  what: string;
  before: string;
  after: string;
  data?: Record<string, string | number>;
  /** The MS-RequestId of the call whose answer led here; a new id where there was none. */
  correlationId?: string | undefined;
}

export function expiryKey(ticket: string): string {
  return `exp_${ticket}`;
}

export function subscriptionKey(id: string): string {
  return `sub_${id}`;
}

export function noticeKey(ticket: string, chat: string): string {
  return `ntc_${ticket}_${chat}`;
}

/** Most lines of one expiry that are read. */
export const RECORD_MAX = 100_000;

/** Audit rows of an expiry, in order. */
export function auditPrefix(ticket: string): string {
  return `aud_${ticket}_`;
}

/** The expiry's row, its lines of the record, and the news, as changes. */
export function recorded(before: Row<Expiry> | null, expiry: Expiry, entries: Entry[], news: News[], at: string): Change[] {
  const changes: Change[] = [];
  let head = expiry.audit;
  for (const entry of entries) {
    const row = chained(head, entry, at);
    head = { seq: row.seq, hash: row.hash };
    changes.push({ op: 'create', key: `${auditPrefix(expiry.id)}${String(row.seq).padStart(6, '0')}`, value: row });
  }
  const value = { ...expiry, audit: head };
  const key = expiryKey(expiry.id);
  changes.unshift(before ? { op: 'replace', key, value, etag: before.etag } : { op: 'create', key, value });
  return [...changes, ...news.map(newsChange)];
}

export function newsChange(news: News): Change {
  return { op: 'create', key: `out_${news.at}_${news.expiryId}_${randomBytes(4).toString('hex')}`, value: news };
}

function chained(head: Expiry['audit'], entry: Entry, at: string): AuditRow {
  const row = {
    seq: head.seq + 1,
    at,
    by: entry.by.key,
    tenant: entry.by.tenant,
    what: entry.what,
    before: entry.before,
    after: entry.after,
    data: entry.data ?? {},
    correlationId: entry.correlationId ?? randomUUID(),
    previous: head.hash,
  };
  return { ...row, hash: hashOf(row) };
}

/** The hash that chains a line to the one before it. */
export function hashOf(row: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([row.seq, row.at, row.by, row.tenant, row.what, row.before, row.after, row.data, row.correlationId, row.previous]))
    .digest('hex');
}

const COUNTER_TRIES = 50;

/** The next `count` tickets, `S-1001` on. A crash leaves gaps, never doubles. */
export async function takeTickets(store: Store, count: number): Promise<string[]> {
  for (let attempt = 0; attempt < COUNTER_TRIES; attempt++) {
    const row = await store.get<{ next: number }>('budget', 'counter', 'ticket');
    const first = row?.value.next ?? 1001;
    const value = { next: first + count };
    const change: Change = row ? { op: 'replace', key: 'ticket', value, etag: row.etag } : { op: 'create', key: 'ticket', value };
    if ((await store.commit('budget', 'counter', [change])) === 'done') return Array.from({ length: count }, (_, index) => `S-${first + index}`);
  }
  throw new Error(`No ticket could be taken in ${COUNTER_TRIES} tries.`);
}

/** What is wrong with one expiry's written record, each fault naming its line; nothing when the chain holds up to its head. Pure. */
export function verifyRecord(ticket: string, rows: AuditRow[], head: Expiry['audit']): string[] {
  const faults: string[] = [];
  // Retention may have cut the oldest lines: its line keeps the number and the hash of the last that went.
  const [first, ...rest] = rows;
  const cut = first?.what === CHECKPOINT ? first : null;
  let { seq: last, hash: previous } = cut ?? { seq: 0, hash: FIRST_HASH };
  for (const row of cut ? rest : rows) {
    const line = `${ticket} line ${row.seq} (${row.what}, ${row.at})`;
    const expected = last + 1;
    if (row.seq > expected) faults.push(`${ticket} line ${expected} is missing before ${line}`);
    else if (row.seq < expected) faults.push(`${line} stands where line ${expected} should`);
    if (hashOf(row) !== row.hash) faults.push(`${line} was changed`);
    else if (row.previous !== previous && row.seq === expected) faults.push(`${line} does not follow the line before it`);
    if (faults.length > 0) return faults; // what comes after one fault proves nothing
    previous = row.hash;
    last = row.seq;
  }
  if (head.seq !== last || head.hash !== previous) faults.push(`${ticket} is cut off: it should end with line ${head.seq}, and ends with line ${last}`);
  return faults;
}
