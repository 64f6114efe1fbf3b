/** What is decided and what is said about it, as the changes of one transaction; every one in the written record. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { isPut, touchedAtOf } from '../domain/news.ts';
import { MOVE_STATES, type News, type Ticket } from '../domain/ticket.ts';
import { auditKey, outboxKey, ticketKey } from '../store/rows.ts';
import type { Change, Row } from '../store/store.ts';
import { written } from '../store/update.ts';

/** One line of the written record, chained by hash within its ticket. */
export interface AuditEntry {
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
export const GENESIS_HASH = '0'.repeat(64);

/** What the first line of a ticket follows: so the lines of one ticket cannot lie under another, or under another customer. */
function firstHash({ customerId, id }: Ticketed): string {
  return createHash('sha256')
    .update(JSON.stringify([customerId, id]))
    .digest('hex');
}

/** Which ticket of which customer. */
export type Ticketed = Pick<Ticket, 'id' | 'customerId'>;

/** What the line is called that stands for those which retention cut. */
export const CHECKPOINT = 'checkpoint';

export interface NewEntry {
  by: Actor;
  what: string;
  before: string;
  after: string;
  data?: Record<string, string | number>;
  /** The MS-RequestId of the call whose answer led here; a new id where there was none. */
  correlationId?: string | undefined;
}

/** Most lines of one ticket that are read. */
export const RECORD_MAX = 100_000;

/** The ticket's row, its lines of the record, and the news, as changes. */
export function ticketTransaction(before: Row<Ticket> | null, ticket: Ticket, entries: NewEntry[], news: News[], at: string): Change[] {
  const changes: Change[] = [];
  let head = ticket.audit.seq === 0 ? { seq: 0, hash: firstHash(ticket) } : ticket.audit;
  for (const entry of entries) {
    const row = chained(head, entry, at);
    head = { seq: row.seq, hash: row.hash };
    changes.push({ op: 'create', key: auditKey(ticket.id, row.seq), value: row });
  }
  const touchedAt = entries.some(({ by }) => by.key !== BOT.key) || news.some(isPut) ? at : touchedAtOf(ticket);
  const value: Ticket = { ...ticket, ...(touchedAt ? { touched: { at: touchedAt, seq: head.seq } } : {}), audit: head };
  const key = ticketKey(ticket.id);
  changes.unshift(written(before, key, value));
  return [...changes, ...news.map(newsChange)];
}

export function newsChange(news: News): Change {
  return { op: 'create', key: outboxKey(news, randomBytes(4).toString('hex')), value: news };
}

function chained(head: Ticket['audit'], entry: NewEntry, at: string): AuditEntry {
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
export function hashOf(row: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([row.seq, row.at, row.by, row.tenant, row.what, row.before, row.after, row.data, row.correlationId, row.previous]))
    .digest('hex');
}

/** The first ticket there is. */
export const FIRST_TICKET = 1001;

/** Tickets that were taken and are not yet known to stand: the note of a gap, should a crash leave one. */
export interface Taken {
  first: number;
  count: number;
  at: string;
}

/** What a line of a move may tell as its state; lines of the ticket itself tell something else. */
const STATES: ReadonlySet<string> = new Set(MOVE_STATES);

/** How far a chain was read: the last line's number and hash. */
export interface Read {
  seq: number;
  hash: string;
  lines: number;
  /** Retention's line, where the oldest were cut. */
  cut: AuditEntry | null;
  /** The state of its move after the last line that tells one. */
  after: string | null;
  /** Whether somebody said yes since it was last drafted; null where that may stand in what was cut. */
  approved: boolean | null;
  faults: string[];
}

export function unread(of: Ticketed): Read {
  return { seq: 0, hash: firstHash(of), lines: 0, cut: null, after: null, approved: false, faults: [] };
}

/** One more line of a chain; after the first fault nothing more is proved, and nothing more is said. Pure but for `read`. */
export function readLine(read: Read, ticketId: string, row: AuditEntry): void {
  read.lines += 1;
  if (read.faults.length > 0) return;
  const line = `${ticketId} line ${row.seq} (${row.what}, ${row.at})`;
  if (hashOf(row) !== row.hash) return void read.faults.push(`${line} was changed`);
  if (row.what === CHECKPOINT && read.lines === 1) {
    // Retention cut the lines up to here: it keeps the number and the hash of the last that went.
    Object.assign(read, { seq: row.seq, hash: row.previous, cut: row, approved: null });
    return;
  }
  const expected = read.seq + 1;
  // Older chains begin with noughts.
  const begins = read.lines === 1 && row.previous === GENESIS_HASH;
  if (row.seq > expected) read.faults.push(`${ticketId} line ${expected} is missing before ${line}`);
  else if (row.seq < expected) read.faults.push(`${line} stands where line ${expected} should`);
  else if (row.previous !== read.hash && !begins) read.faults.push(`${line} does not follow the line before it`);
  else if (row.what === CHECKPOINT) read.faults.push(`${line} stands in the middle`);
  else if (STATES.has(row.after)) readStep(read, line, row);
  Object.assign(read, { seq: row.seq, hash: row.hash });
}

/** A step goes on where the one before it ended, and nothing is bought without a yes: a row that was changed by hand shows in what is done next. */
function readStep(read: Read, line: string, row: AuditEntry): void {
  const from = row.before === '' ? read.after : row.before;
  if (read.after !== null && from !== read.after) read.faults.push(`${line} goes on from ${row.before}, and the line before it ended with ${read.after}`);
  if (row.what === 'approve') read.approved = true;
  if (row.after === 'drafting') read.approved = false;
  if (row.before === 'quoted' && row.after === 'purchasing' && read.approved === false) read.faults.push(`${line} buys, and no line says who approved it`);
  read.after = row.after;
}

/** What is wrong with a chain that was read to its end. `closedAt` null: the ticket is open. Pure. */
export function endOfRecord(read: Read, ticketId: string, head: Ticket['audit'], may: { cutBefore: string; closedAt: string | null }): string[] {
  if (read.faults.length > 0) return read.faults;
  if (read.cut && (may.closedAt === null || may.closedAt >= may.cutBefore))
    return [`${ticketId} was cut up to line ${read.cut.seq}, and it is not closed for so long that it may be`];
  if (head.seq !== read.seq || (head.hash !== read.hash && read.lines > 0))
    return [`${ticketId} is cut off: it should end with line ${head.seq}, and ends with line ${read.seq}`];
  return [];
}

/** What is wrong with one ticket's written record, each fault naming its line; nothing when the chain holds up to its head. Pure. */
export function verifyRecord(of: Ticketed, rows: AuditEntry[], head: Ticket['audit'], may = { cutBefore: '', closedAt: null as string | null }): string[] {
  const read = unread(of);
  for (const row of rows) readLine(read, of.id, row);
  return endOfRecord(read, of.id, head, may);
}

/** Retention's line in the place of those up to `last`: it says when and how many, and hashes all that it holds. Pure. */
export function checkpointFor(last: AuditEntry, before: AuditEntry | null, lines: number, at: string): AuditEntry {
  const cut = Number(before?.data.lines ?? 0) + lines;
  const row = {
    seq: last.seq,
    at,
    by: BOT.key,
    tenant: '',
    what: CHECKPOINT,
    before: '',
    after: '',
    data: { lines: cut },
    correlationId: last.correlationId,
    previous: last.hash,
  };
  return { ...row, hash: hashOf(row) };
}
