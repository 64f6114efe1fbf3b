/**
 * The daily anchor: how the record stood, in a few words that lie outside the storage account. Who may write to the
 * tables can change lines and hashes together; what the anchor says he cannot change.
 */
import { createHash } from 'node:crypto';
import { addDays, type Clock, dayOf } from '../clock.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Log } from '../log.ts';
import type { JobResult } from '../queue/worker.ts';
import {
  ANCHORING,
  ANCHORING_KEY,
  anchorList,
  auditKey,
  auditPrefix,
  COUNTERS,
  CUSTOMERS,
  keysWith,
  ofCustomer,
  pieceKey,
  TICKET,
  TICKET_COUNTER_KEY,
  ticketKey,
} from '../store/rows.ts';
import { type Change, type Store, withPrefix } from '../store/store.ts';
import { written } from '../store/update.ts';
import { type AuditEntry, FIRST_TICKET } from './auditLog.ts';

/** What lies outside. `digest` covers ticket, last line, hash and end of all tickets, as the list in the tables has them. */
export interface Anchor {
  at: string;
  tickets: number;
  /** The next number to be given out. */
  next: number;
  digest: string;
}

/** One ticket as the anchor has it. */
export interface Anchored {
  seq: number;
  hash: string;
  closedAt: string | null;
  /** Missing in anchors of an older version. */
  customer?: string | undefined;
}

/** Where anchors lie. */
export interface Anchors {
  last(): Promise<Anchor | null>;
  keep(anchor: Anchor): Promise<void>;
}

export interface Anchoring {
  store: Store;
  clock: Clock;
  log: Log;
  anchors: Anchors;
}

const DAY_MS = 86_400_000;
const CHUNK = 500;
const CHUNKS_MAX = 100_000;
const FAULTS_TOLD = 20;

type Line = [ticketId: string, seq: number, hash: string, closedAt: string | null, customer?: string];

/** The list that an anchor was made of. Throws a sentence where the tables do not have it as it was: then nothing can be compared. */
export async function readAnchored(store: Store, anchor: Anchor): Promise<Map<string, Anchored>> {
  const hash = createHash('sha256');
  const tickets = new Map<string, Anchored>();
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk++) {
    const row = await store.get<Line[]>(...anchorList(anchor.at), pieceKey(chunk));
    if (!row) break;
    hash.update(JSON.stringify(row.value));
    for (const [ticketId, seq, last, closedAt, customer] of row.value) tickets.set(ticketId, { seq, hash: last, closedAt, customer });
  }
  if (tickets.size !== anchor.tickets || hash.digest('hex') !== anchor.digest)
    throw new Error(`The list that the anchor of ${anchor.at} was made of is not as it was: ${tickets.size} tickets where it had ${anchor.tickets}.`);
  return tickets;
}

/** Makes an anchor of what stands now, and keeps it outside. The list goes into the tables in pieces; it is believed only as far as the anchor vouches for it. */
export async function makeAnchor(deps: Anchoring): Promise<Anchor> {
  const at = deps.clock.now().toISOString();
  const hash = createHash('sha256');
  let tickets = 0;
  let chunks = 0;
  let lines: Line[] = [];
  const flush = async () => {
    if (lines.length === 0) return;
    hash.update(JSON.stringify(lines));
    await deps.store.put(...anchorList(at), pieceKey(chunks++), lines);
    lines = [];
  };
  for await (const page of deps.store.scan<Ticket>(CUSTOMERS, ...keysWith(TICKET))) {
    for (const { key, value, partition } of page) {
      // What only looks like a ticket is named by `walkRecord`, and is none here.
      if (key !== ticketKey(value.id)) continue;
      lines.push([value.id, value.audit.seq, value.audit.hash, value.closed?.at ?? null, partition]);
      tickets += 1;
      if (lines.length === CHUNK) await flush();
    }
  }
  await flush();
  // Read last: what was given out meanwhile is not less.
  const next = (await deps.store.get<{ next: number }>(...COUNTERS, TICKET_COUNTER_KEY))?.value.next ?? FIRST_TICKET;
  const anchor: Anchor = { at, tickets, next, digest: hash.digest('hex') };
  const before = await deps.anchors.last();
  await deps.anchors.keep(anchor);
  deps.log.info({ anchor }, 'the record was anchored');
  if (before && before.at !== at) await forgetList(deps.store, before);
  return anchor;
}

async function forgetList(store: Store, anchor: Anchor): Promise<void> {
  for (let chunk = 0; chunk * CHUNK < anchor.tickets; chunk++) await store.remove(...anchorList(anchor.at), pieceKey(chunk));
}

/** What of the last anchor is not so any more; at most twenty sentences. Reads heads, and one line of each ticket that went on since. */
export async function compareAnchor(store: Store, anchor: Anchor): Promise<string[]> {
  const tickets = await readAnchored(store, anchor);
  const faults: string[] = [];
  for await (const page of store.scan<Ticket>(CUSTOMERS, ...keysWith(TICKET))) {
    for (const { key, value, partition } of page) {
      const then = tickets.get(value.id);
      if (!then || key !== ticketKey(value.id) || (then.customer ?? partition) !== partition) continue;
      tickets.delete(value.id);
      const same = value.audit.seq === then.seq ? value.audit.hash === then.hash : await stood(store, partition, value.id, then);
      if (!same || value.audit.seq < then.seq) faults.push(`${value.id} is not as it was at ${anchor.at}: line ${then.seq} is another one or gone`);
      if (faults.length === FAULTS_TOLD) return faults;
    }
  }
  for (const ticketId of [...tickets.keys()].slice(0, FAULTS_TOLD)) faults.push(`${ticketId} is gone: it stood at ${anchor.at}`);
  return faults;
}

async function stood(store: Store, customer: string, ticketId: string, then: Anchored): Promise<boolean> {
  const row = await store.get<AuditEntry>(...ofCustomer(customer), auditKey(ticketId, then.seq));
  if (row) return row.value.hash === then.hash;
  // Retention may have cut it since.
  const [first] = await withPrefix<AuditEntry>(store, ...ofCustomer(customer), auditPrefix(ticketId), 1);
  return first !== undefined && first.value.seq >= then.seq;
}

interface AnchorRow {
  nextAt: number;
}

/** Once a day, by one process: what the last anchor says is looked at first, so that a new one never covers what was done. */
export async function anchorTurn(deps: Anchoring): Promise<JobResult> {
  const row = await deps.store.get<AnchorRow>(...ANCHORING, ANCHORING_KEY);
  const at = deps.clock.wallMs();
  // Whoever can write the row cannot put off the next one for longer than a day.
  if (row && row.value.nextAt > at && row.value.nextAt <= at + DAY_MS) return 'idle';
  const value: AnchorRow = { nextAt: at + DAY_MS };
  const change: Change = written(row, ANCHORING_KEY, value);
  if ((await deps.store.commit(...ANCHORING, [change])) === 'conflict') return 'idle';
  try {
    const last = await deps.anchors.last();
    const faults = last ? await compareAnchor(deps.store, last).catch((error: Error) => [error.message]) : [];
    if (faults.length === 0) await makeAnchor(deps);
    else deps.log.warn({ faults, anchor: last }, 'the record is not as its anchor says: no new anchor is made; run npm run audit:verify');
  } catch (error) {
    // Tried again in an hour: the day is not lost for a vault that does not answer.
    await deps.store.put(...ANCHORING, ANCHORING_KEY, { nextAt: at + DAY_MS / 24 } satisfies AnchorRow);
    deps.log.warn({ error: String(error) }, 'the record could not be anchored');
  }
  return 'idle';
}

/** The last UTC day before which a closed ticket may have been cut. */
export function cutBefore(now: Date, recordDays: number): string {
  return addDays(dayOf(now), -recordDays);
}
