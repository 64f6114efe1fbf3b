/** Reads the written record of all tickets as the tables hold it, partition by partition, and tells what is wrong. */
import type { Move, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import {
  AUDIT,
  auditKey,
  auditPrefix,
  COUNTERS,
  CUSTOMERS,
  ELSEWHERE,
  MOVE,
  NOTICE,
  ofCustomer,
  SUBSCRIPTION,
  TAKEN,
  TICKET,
  TICKET_COUNTER_KEY,
  ticketIdIn,
  ticketKey,
  VERIFIED,
} from '../store/rows.ts';
import { type Row, type Scanned, type Store, withPrefix } from '../store/store.ts';
import type { Anchor, Anchored } from './anchor.ts';
import { type AuditEntry, CHECKPOINT, endOfRecord, FIRST_TICKET, type Read, readLine, RECORD_MAX, type Taken, unread } from './auditLog.ts';

export interface Verified {
  tickets: number;
  lines: number;
  /** At most so many are told; where there are more, the last says so. */
  faults: string[];
  /** Gaps that are accounted for: numbers that were taken and came to nothing. */
  gaps: string[];
}

export interface Verifying {
  /** Tickets closed before this UTC day may have been cut. */
  cutBefore: string;
  /** What stood when the last anchor was made, and the tickets that it holds; null where none was made. */
  anchor: { made: Anchor; tickets: Map<string, Anchored> } | null;
}

const FAULTS_MAX = 200;
/** Of numbers that are missing so many are named, and the rest counted. */
const NAMED_MAX = 50;
const TAKEN_MAX = 100_000;
/** So many are counted: a counter may be set very far ahead. */
const MISSING_MAX = 1_000_000;
const TICKET_ID = /^S-[1-9]\d{0,8}$/;
const WHEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
/** Tickets are opened in the order of their numbers, give or take a look at a customer. */
const ORDER_MS = 24 * 3_600_000;

interface Place {
  customer: string;
  reads: Map<string, Read>;
  tickets: Map<string, Ticket>;
  moves: Map<string, Move>;
  /** Tickets that other rows speak of, and who does. */
  named: Map<string, string>;
}

interface Walk {
  store: Store;
  how: Verifying;
  found: Verified;
  /** Names of all tickets that stand, and of no row that only looks like one. */
  stands: Set<string>;
  /** The same by number; when each was opened, and by when a cut one says that it was closed. */
  opened: Map<number, number>;
  cut: Map<number, number>;
}

/** Every line of every ticket; memory grows with the number of tickets, by some bytes each, and not with the lines. */
export async function walkRecord(store: Store, how: Verifying): Promise<Verified> {
  const walk: Walk = { store, how, found: { tickets: 0, lines: 0, faults: [], gaps: [] }, stands: new Set(), opened: new Map(), cut: new Map() };
  let place = emptyPlace('');
  for await (const page of store.scan<unknown>(CUSTOMERS, ...VERIFIED)) {
    for (const row of page) {
      if (row.partition !== place.customer) {
        await closePlace(walk, place);
        place = emptyPlace(row.partition);
      }
      readRow(walk, place, row);
    }
  }
  await closePlace(walk, place);
  await account(walk);
  const more = walk.found.faults.length - FAULTS_MAX;
  if (more > 0) walk.found.faults.splice(FAULTS_MAX, more, `and ${more} more`);
  return walk.found;
}

/** A row that is none is named, and hides no other. */
function readRow(walk: Walk, place: Place, row: Scanned<unknown>): void {
  try {
    take(walk, place, row);
  } catch {
    walk.found.faults.push(`The row ${row.key} of customer ${place.customer} cannot be read`);
  }
}

function emptyPlace(customer: string): Place {
  return { customer, reads: new Map(), tickets: new Map(), moves: new Map(), named: new Map() };
}

function take(walk: Walk, place: Place, row: Scanned<unknown>): void {
  const ticketId = ticketIdIn(row.key);
  if (row.key.startsWith(AUDIT)) {
    const read = place.reads.get(ticketId) ?? unread({ id: ticketId, customerId: place.customer });
    place.reads.set(ticketId, read);
    const line = row.value as AuditEntry;
    const at = line.what === CHECKPOINT ? 0 : line.seq;
    if (row.key !== auditKey(ticketId, at)) read.faults.push(`${ticketId} line ${line.seq} lies where another should: ${row.key}`);
    readLine(read, ticketId, line);
    met(walk, read, ticketId, line);
  } else if (row.key.startsWith(TICKET)) {
    const ticket = row.value as Ticket;
    if (TICKET_ID.test(ticketId) && row.key === ticketKey(ticketId) && ticket.id === ticketId) place.tickets.set(ticketId, ticket);
    else walk.found.faults.push(`The row ${row.key} of customer ${place.customer} is no ticket of its name: it says that it is ${ticket.id}`);
  } else if (row.key.startsWith(MOVE)) {
    const move = row.value as Move;
    place.moves.set(row.key, move);
    place.named.set(move.ticketId, 'a move');
  } else if (row.key.startsWith(NOTICE)) place.named.set(ticketId, 'a card');
  else if (row.key.startsWith(SUBSCRIPTION) || row.key.startsWith(ELSEWHERE)) {
    const { ticket } = row.value as TrackedSubscription;
    if (ticket) place.named.set(ticket, 'its subscription');
  }
}

/** The line that stood last when the anchor was made is the same one still. */
function met(walk: Walk, read: Read, ticketId: string, line: AuditEntry): void {
  const anchored = walk.how.anchor?.tickets.get(ticketId);
  if (!anchored || read.faults.length > 0 || line.seq !== anchored.seq) return;
  const hash = line.what === CHECKPOINT ? line.previous : line.hash;
  if (hash !== anchored.hash) read.faults.push(`${ticketId} line ${line.seq} is not the one that stood there when the anchor was made`);
}

async function closePlace(walk: Walk, place: Place): Promise<void> {
  for (const [ticketId, ticket] of place.tickets)
    await closeTicket(walk, place, ticket).catch((error: Error) => {
      if (!(error instanceof TypeError)) throw error;
      walk.found.faults.push(`${ticketId} of customer ${place.customer} cannot be read`);
    });
  for (const ticketId of place.reads.keys()) if (!place.tickets.has(ticketId)) await gone(walk, place, ticketId, 'lines of its record');
  for (const [ticketId, by] of place.named) if (!place.tickets.has(ticketId) && !place.reads.has(ticketId)) await gone(walk, place, ticketId, by);
}

async function closeTicket(walk: Walk, place: Place, ticket: Ticket): Promise<void> {
  const ticketId = ticket.id;
  const read = place.reads.get(ticketId) ?? unread({ id: ticketId, customerId: place.customer });
  const name = `${ticket.customerName}: `;
  walk.found.tickets += 1;
  walk.found.lines += read.lines;
  // What grew while it was read, or seems wrong, is read once more by itself.
  const faults = faultsOf(walk, place, ticket, read).length > 0 ? await again(walk, place, ticketId) : [];
  walk.found.faults.push(...faults.map((fault) => name + fault));
  const number = Number(ticketId.slice(2));
  if (walk.stands.has(ticketId)) walk.found.faults.push(`${name}${ticketId} stands under another customer too`);
  walk.stands.add(ticketId);
  walk.opened.set(number, Date.parse(ticket.openedAt));
  if (read.cut) walk.cut.set(number, Date.parse(ticket.closed?.at ?? ''));
}

async function gone(walk: Walk, place: Place, ticketId: string, by: string): Promise<void> {
  if (await walk.store.get(...ofCustomer(place.customer), ticketKey(ticketId))) return;
  walk.found.faults.push(`${ticketId} is gone: ${by} of customer ${place.customer} still names it`);
}

function faultsOf(walk: Walk, place: Place, ticket: Ticket, read: Read): string[] {
  const { id: ticketId, audit, closed, customerId } = ticket;
  const faults = endOfRecord(read, ticketId, audit, { cutBefore: walk.how.cutBefore, closedAt: closed?.at ?? null });
  if (faults.length > 0) return faults;
  if (customerId !== place.customer) return [`${ticketId} lies under another customer than it names`];
  if (read.lines === 0) return [`${ticketId} has no lines: each has one at least, of when it was opened`];
  const oddDate = [ticket.openedAt, ...(closed ? [closed.at] : [])].find((at) => !WHEN.test(at) || Number.isNaN(Date.parse(at)));
  if (oddDate !== undefined) return [`${ticketId} has a date that is none: '${oddDate}'`];
  const move = ticket.move ? place.moves.get(ticket.move) : undefined;
  if (ticket.move && !move) return [`${ticketId} names a move that is gone`];
  if (move && move.ticketId !== ticketId) return [`${ticketId} names a move of ${move.ticketId}`];
  if (!move && read.after !== null) return [`${ticketId} ends with ${read.after}, and names no move`];
  if (move && read.after !== null && read.after !== move.state) return [`${ticketId} ends with ${read.after}, and its move stands at ${move.state}`];
  const anchored = walk.how.anchor?.tickets.get(ticketId);
  if (anchored?.customer && anchored.customer !== customerId) return [`${ticketId} was of customer ${anchored.customer} when the anchor was made`];
  if (anchored && audit.seq < anchored.seq) return [`${ticketId} ends with line ${audit.seq}, and had line ${anchored.seq} when the anchor was made`];
  // The old one of a finished move went on: then a line says that its ticket was opened again.
  const again = anchored !== undefined && audit.seq > anchored.seq && ticket.closedBefore?.includes(anchored.closedAt ?? '');
  if (anchored?.closedAt && anchored.closedAt !== closed?.at && !again)
    return [`${ticketId} was closed at ${anchored.closedAt} when the anchor was made, and is not now`];
  const madeOn = walk.how.anchor?.made.at ?? '';
  if (anchored && !anchored.closedAt && closed && closed.at < madeOn.slice(0, 10))
    return [`${ticketId} says that it was closed before the anchor was made, and it was open then`];
  return [];
}

async function again(walk: Walk, place: Place, ticketId: string): Promise<string[]> {
  const { store } = walk;
  let faults: string[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = await store.get<Ticket>(...ofCustomer(place.customer), ticketKey(ticketId));
    const rows: Row<AuditEntry>[] = await withPrefix<AuditEntry>(store, ...ofCustomer(place.customer), auditPrefix(ticketId), RECORD_MAX);
    const move = before?.value.move ? await store.get<Move>(...ofCustomer(place.customer), before.value.move) : undefined;
    const now = await store.get<Ticket>(...ofCustomer(place.customer), ticketKey(ticketId));
    if (!before || !now) return [`${ticketId} is gone`];
    const fresh = emptyPlace(place.customer);
    if (move) fresh.moves.set(move.key, move.value);
    for (const row of rows) take(walk, fresh, { ...row, partition: place.customer });
    faults = faultsOf(walk, fresh, now.value, fresh.reads.get(ticketId) ?? unread(now.value));
    if (faults.length === 0 || before.etag === now.etag) return faults;
  }
  return faults;
}

/** Every number that was taken stands, or is noted as one that came to nothing; and nothing that an anchor holds is missing. */
async function account(walk: Walk): Promise<void> {
  const { store, how, found, opened } = walk;
  const next = (await store.get<{ next: number }>(...COUNTERS, TICKET_COUNTER_KEY))?.value.next ?? FIRST_TICKET;
  if (!Number.isSafeInteger(next)) found.faults.push(`The counter of tickets is no number: '${next}'`);
  const taken = await withPrefix<Taken>(store, ...COUNTERS, TAKEN, TAKEN_MAX);
  const noted = new Map<number, string>();
  for (const { value } of taken) for (let n = 0; n < Math.min(value.count, TAKEN_MAX); n++) noted.set(value.first + n, value.at);
  for (const ticketId of how.anchor?.tickets.keys() ?? [])
    if (!walk.stands.has(ticketId)) found.faults.push(`${ticketId} is gone: it stood when the anchor was made`);
  let missing = 0;
  for (let number = FIRST_TICKET; number < next && missing < MISSING_MAX; number++) {
    const ticketId = `S-${number}`;
    if (opened.has(number) || how.anchor?.tickets.has(ticketId)) continue;
    const at = noted.get(number);
    if (at !== undefined) found.gaps.push(`${ticketId} was taken at ${at} and came to nothing`);
    else if (++missing <= NAMED_MAX) found.faults.push(`${ticketId} is gone: its number was given out, and nobody noted that it came to nothing`);
  }
  if (missing > NAMED_MAX) found.faults.push(`${missing === MISSING_MAX ? 'More than ' : ''}${missing} numbers that were given out are missing`);
  for (const number of opened.keys()) if (number >= next) found.faults.push(`S-${number} has a number that was not given out yet: the next one is S-${next}`);
  if (how.anchor && next < how.anchor.made.next)
    found.faults.push(`The next ticket is S-${next}, and it was S-${how.anchor.made.next} when the anchor was made`);
  orderOfCuts(walk);
}

/** A ticket cannot have been closed for years when one of a lower number was opened lately. */
function orderOfCuts({ cut, opened, found }: Walk): void {
  let latest = Number.NEGATIVE_INFINITY;
  for (const number of [...opened.keys()].sort((a, b) => a - b)) {
    const closedAt = cut.get(number);
    if (closedAt !== undefined && closedAt + ORDER_MS < latest)
      found.faults.push(`S-${number} was cut as one that was closed long ago, and tickets of lower numbers were opened after that`);
    latest = Math.max(latest, opened.get(number) as number);
  }
}
