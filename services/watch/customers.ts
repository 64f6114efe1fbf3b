/** The list of customers: read once a period, so that each customer has a wake-up of its own, and those who left are closed. */
import { relistAll } from '../chats.ts';
import { inChunks } from '../chunks.ts';
import { dayOf, isAhead } from '../clock.ts';
import type { Customer, TrackedSubscription } from '../domain/ticket.ts';
import { invitations, noteNewcomer } from '../invitations.ts';
import { type CustomerPage, PartnerCenterError } from '../partnerCenter/port.ts';
import type { WakeUp } from '../queue/messages.ts';
import type { JobResult, PeriodicJob } from '../queue/worker.ts';
import {
  ELSEWHERE,
  IDS,
  LISTED,
  LISTING,
  LISTING_KEY,
  MISSING,
  NEW,
  ofCustomer,
  POLLED,
  SEATS_UNREAD,
  SKIPPED,
  SUBSCRIPTION,
  UNREAD,
  WATCH_KEY,
} from '../store/rows.ts';
import { type Row, type Store, withPrefix } from '../store/store.ts';
import { update, written } from '../store/update.ts';
import { decideAbsence } from './absence.ts';
import { closeCustomer, whatWent } from './compare.ts';
import type { SweepDeps } from './deps.ts';
import { rename } from './rename.ts';
import { type EndsCount, restOf, stretchOf } from './rest.ts';
import {
  listCustomer,
  type ListedRow,
  type ListingRow,
  type ListingTrouble,
  NEVER_LISTED,
  NEVER_LOOKED_AT,
  newGeneration,
  NOTED_LOOKS,
  readWatch,
  storeWatch,
  type WatchRow,
} from './rows.ts';
import { closeSeats } from './seats.ts';

const AT_ONCE = 16;
const AT_ONCE_HERE = 64;
const LISTING_LOOK_MS = 60_000;
const CUSTOMERS_MAX = 1_000_000;
const MANY = 10_000;
const PAGES_MAX = 2_000;
const ASK_MAX = 100; // missing ones that are asked about in one listing
const UNNAMED_MAX = 5;
const FAILED_MAX = 10;
const LISTING_TRIES = 20;
const PAST_THE_END = '2000';
const SEED_MS = 1_000;

/** Listing the customers is nobody's message: each process looks whether it is time for it. */
export function listingJob(periodMs: number): PeriodicJob {
  return { wakeUp: { queue: 'sweep', what: 'listCustomers' }, everyMs: Math.min(periodMs / 4, LISTING_LOOK_MS) };
}

/** The list is read at once, at most one such time a minute, whatever comes. */
export async function listSoon(deps: Pick<SweepDeps, 'store' | 'clock' | 'wake'>): Promise<void> {
  const at = deps.clock.wallMs();
  const patience = { tries: LISTING_TRIES, failed: 'The list of customers could not be brought forward' };
  await update<ListingRow>(deps.store, [...LISTING, LISTING_KEY], patience, (now) => {
    if (!now) return null;
    const again = now.expeditedAt + LISTING_LOOK_MS;
    const nextAt = isAhead(again, at, 2 * LISTING_LOOK_MS) ? again : at;
    return nextAt < now.nextAt ? { ...now, nextAt, expeditedAt: nextAt } : null;
  });
  deps.wake.now({ queue: 'sweep', what: 'listCustomers' });
}

/** Lists all customers and gives each a message of its own; one process at a time does it. */
export async function listCustomers(deps: SweepDeps): Promise<JobResult> {
  const row = await deps.store.get<ListingRow>(...LISTING, LISTING_KEY);
  const at = deps.clock.wallMs();
  deps.pace.stretch = row?.value.stretch ?? 1;
  if (row && isAhead(row.value.nextAt, at, deps.periodMs)) return 'idle';
  const value: ListingRow = { ...NEVER_LISTED, ...row?.value, nextAt: at + deps.periodMs };
  if ((await deps.store.commit(...LISTING, [written(row, LISTING_KEY, value)])) === 'conflict') return 'idle';
  for (const chat of await relistAll(deps.store)) deps.wake.now({ queue: 'notify', what: 'chat', chat }); // a wake-up may have been lost
  try {
    const { listed, ends } = await readListed(deps, value.customers, at);
    const today = dayOf(deps.clock.now());
    const stretch = stretchOf(ends, today, { periodMs: deps.periodMs, perMinute: deps.pace.perMinute });
    deps.pace.stretch = stretch;
    const behindMs = Math.max(0, restOf(null, today, { periodMs: deps.periodMs, stretch }) - deps.periodMs);
    const expected = listed.size;
    // Whoever is met in the pages is taken out; who is left over was not in the list.
    const read = await meetAll(deps, listed, { at, first: value.baselineAt === null, again: value.walkedAt !== null });
    const left = await lookForMissing(deps, { expected, unseen: [...listed.keys()], whole: read.whole, doubtedSince: value.doubtedSince });
    const now = deps.clock.now().toISOString();
    const { partial, records, unnamed } = read;
    const odd = partial || records > 0 || unnamed.length > 0 || left.vanished > 0 || left.lacks > 0;
    const trouble: ListingTrouble | null = odd
      ? { since: value.trouble?.since ?? now, unreadable: null, partial, records, unnamed, vanished: left.vanished, lacks: left.lacks }
      : null;
    const customers = read.met + listed.size - left.gone;
    const doubtedSince = left.vanished > 0 ? (value.doubtedSince ?? now) : null;
    await noteListing(deps.store, value, { walkedAt: now, customers, trouble, doubtedSince, stretch, behindMs });
    deps.wake.now({ queue: 'sweep', what: 'baseline' });
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    deps.log.warn({ code: error.code }, 'the customers could not be listed; trying again');
    const since = value.trouble?.since ?? deps.clock.now().toISOString();
    const trouble: ListingTrouble = { since, unreadable: error.code, partial: false, records: 0, unnamed: [], vanished: 0, lacks: 0 };
    await noteListing(deps.store, value, { trouble });
  }
  return 'idle';
}

/** Notes how the list was read, beside what others have noted meanwhile. */
async function noteListing(store: Store, begun: ListingRow, changes: Partial<ListingRow>): Promise<void> {
  const patience = { tries: LISTING_TRIES, failed: 'How far the customers were listed could not be noted' };
  await update<ListingRow>(store, [...LISTING, LISTING_KEY], patience, (now) => ({ ...begun, ...now, ...changes }));
}

interface ReadList {
  met: number;
  whole: boolean;
  /** The list goes on, and could not be read further. */
  partial: boolean;
  /** Records without an id. */
  records: number;
  /** Ids of some whose names could not be read. */
  unnamed: string[];
}

interface Listing {
  at: number;
  /** Not every customer has been looked at once. */
  first: boolean;
  /** The list was read before, so that whoever is new in it has come since. */
  again: boolean;
}

/** Gives each customer of all pages its message. What was met is taken out of `listed`. */
async function meetAll(deps: SweepDeps, listed: Map<string, string | null>, { at, first, again }: Listing): Promise<ReadList> {
  const read: ReadList = { met: 0, whole: true, partial: false, records: 0, unnamed: [] };
  let seeded = 0;
  let failed = 0;
  for await (const page of pagesOfCustomers(deps)) {
    if (page === 'lost') {
      read.whole = false;
      read.partial = true;
      break;
    }
    const unnamed = new Set(page.unread.flatMap((one) => one.id ?? []));
    const records = page.unread.length - unnamed.size;
    read.met += page.items.length;
    read.records += records;
    read.unnamed = [...read.unnamed, ...unnamed].slice(0, UNNAMED_MAX);
    // Read after the page: whoever was invited before the page shows him is waited for by then.
    const invited = again && (await invitations(deps.store)).length > 0;
    if (!page.whole) read.whole = false;
    if (!page.whole && records === 0) read.partial = true;
    await inChunks(page.items, AT_ONCE, async (customer) => {
      const known = listed.get(customer.id);
      const settled = known !== undefined && known !== null && (known === customer.name || unnamed.has(customer.id));
      listed.delete(customer.id);
      if (settled) return;
      const wakeUp = await seedCustomer(deps, { ...customer, named: !unnamed.has(customer.id) }, { at, first, invited }).catch(async (error: unknown) => {
        // One that cannot be stored is its own trouble; where they are many, it is the storage's.
        failed += 1;
        if (failed > FAILED_MAX || error instanceof PartnerCenterError) throw error;
        deps.log.warn({ customer: customer.id, error: String((error as Error).message) }, 'a customer could not be noted');
        read.unnamed = [...read.unnamed, customer.id].slice(0, UNNAMED_MAX);
        await deps.store.remove(...NEW, customer.id); // nobody waits for its first look
        return null;
      });
      // The first few are looked at here and now: a small partner need not wait for the queue.
      if (wakeUp && ++seeded <= AT_ONCE_HERE) deps.wake.now(wakeUp);
    });
  }
  return read;
}

interface Left {
  gone: number;
  vanished: number;
  lacks: number;
}

/** Who is missing from a whole list twice is asked about; only who is read to have left is removed. */
async function lookForMissing(deps: SweepDeps, seen: { expected: number; unseen: string[]; whole: boolean; doubtedSince: string | null }): Promise<Left> {
  const left: Left = { gone: 0, vanished: 0, lacks: 0 };
  if (!seen.whole) return left;
  const noted = new Map((await withPrefix<{ since: string }>(deps.store, ...MISSING, '', CUSTOMERS_MAX)).map((row) => [row.key, row.value.since]));
  const unseen = new Set(seen.unseen);
  for (const id of noted.keys()) if (!unseen.has(id)) await deps.store.remove(...MISSING, id);
  if (seen.unseen.length === 0) return left;
  const at = deps.clock.now().toISOString();
  const missing = seen.unseen.map((id) => ({ id, since: noted.get(id) ?? null }));
  const absence = decideAbsence({ ...seen, missing }, { at, periodMs: deps.periodMs });
  left.vanished = absence.doubted ? missing.length : 0;
  await inChunks(absence.first, AT_ONCE, (id) => deps.store.put(...MISSING, id, { since: at }));
  const from = absence.ask.length > ASK_MAX ? (Math.floor(deps.clock.wallMs() / deps.periodMs) * ASK_MAX) % absence.ask.length : 0;
  for (const id of [...absence.ask, ...absence.ask].slice(from, from + Math.min(ASK_MAX, absence.ask.length))) {
    const answer = await isOurs(deps, id);
    if (answer === 'no') {
      if (await removeCustomer(deps, id)) left.gone += 1;
    } else if (answer === 'yes') {
      left.lacks += 1;
      if (!absence.doubted) await deps.store.put(...MISSING, id, { since: at });
    }
  }
  return left;
}

/** Whether somebody who is not in the list is our customer, as its own subscriptions tell. */
async function isOurs(deps: SweepDeps, customerId: string): Promise<'yes' | 'no' | 'unknown'> {
  try {
    await deps.lowPriority.subscriptions(customerId);
    return 'yes';
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    return whatWent(error) ? 'no' : 'unknown';
  }
}

/** The names of the customers of the last listing, null for one whose message was lost, and when their terms end. Read in parts, for only what is kept may take memory. */
async function readListed(deps: SweepDeps, about: number, at: number): Promise<{ listed: Map<string, string | null>; ends: EndsCount }> {
  const lostAfterMs = (NOTED_LOOKS + 3) * deps.periodMs + 60_000;
  const listed = new Map<string, string | null>();
  const ends: EndsCount = new Map();
  const digits = about > MANY ? 2 : 1;
  for (let part = 0; part < 16 ** digits; part++) {
    const prefix = part.toString(16).padStart(digits, '0');
    for (const { key, value } of await withPrefix<ListedRow>(deps.store, ...LISTED, prefix, CUSTOMERS_MAX)) {
      if (value.goneAt !== null) continue;
      listed.set(key, value.notedAt > at - lostAfterMs ? value.name : null);
      ends.set(value.endsOn ?? '', (ends.get(value.endsOn ?? '') ?? 0) + 1);
    }
  }
  return { listed, ends };
}

/** The pages as they come; `lost` where the list goes on and cannot be read further. Throws when its first page cannot be read. */
async function* pagesOfCustomers(deps: SweepDeps): AsyncGenerator<CustomerPage | 'lost'> {
  const tokens = new Set<string>();
  let after: string | null = null;
  for (let n = 0; n < PAGES_MAX; n++) {
    let page: CustomerPage;
    try {
      page = await deps.lowPriority.customers(after);
    } catch (error) {
      if (!(error instanceof PartnerCenterError) || after === null) throw error;
      // "Bad input" past the last page is how the real service says that there are no more (docs/partner-center.md §3).
      if (error.code !== PAST_THE_END) yield 'lost';
      return;
    }
    yield page;
    if (page.next === null) return;
    if (tokens.has(page.next)) break;
    tokens.add(page.next);
    after = page.next;
  }
  yield 'lost';
}

/** A customer who is new, renamed or back, or whose message has not shown itself for long, gets a new message; it is returned, or null where there is none. */
async function seedCustomer(
  deps: SweepDeps,
  customer: Customer & { named: boolean },
  { at, first, invited }: { at: number; first: boolean; invited: boolean },
): Promise<WakeUp | null> {
  const row = await readWatch(deps.store, customer.id);
  const before = row?.value.name ?? null;
  const name = customer.named || before === null ? customer.name : before;
  const value: WatchRow = {
    ...NEVER_LOOKED_AT,
    ...row?.value,
    name,
    generation: newGeneration(),
    notedAt: at,
    goneAt: null,
  };
  if (before !== name) await rename(deps.store, { id: customer.id, name, domain: customer.domain }, before);
  if (invited && (!row || row.value.goneAt !== null)) {
    await noteNewcomer(deps.store, { id: customer.id, name, domain: customer.domain });
    deps.wake.now({ queue: 'move', what: 'invitations' });
  }
  if (first && value.lookedAt === null) await deps.store.put(...NEW, customer.id, {});
  const wakeUp = { queue: 'sweep', what: 'poll', customerId: customer.id, generation: value.generation, dueAtMs: at } as const;
  await deps.wake.schedule(wakeUp, SEED_MS);
  if ((await storeWatch(deps.store, customer.id, row, value)) === 'conflict') return null;
  await listCustomer(deps.store, customer.id, value);
  return wakeUp;
}

/** Closes what is open of a customer who was read to have left, and ends its polls, unless a move still goes on. Returns whether the customer is removed. */
async function removeCustomer(deps: SweepDeps, customerId: string): Promise<boolean> {
  const rows = await deps.store.range<TrackedSubscription>(...ofCustomer(customerId), ...POLLED);
  const row = rows.find((one) => one.key === WATCH_KEY) as Row<unknown> as Row<WatchRow> | undefined;
  if (!row) return false;
  const customer = { id: customerId, name: row.value.name };
  await closeCustomer(deps, customer, rows);
  await closeSeats(deps, customer, rows);
  if (rows.some((one) => (one.key.startsWith(SUBSCRIPTION) || one.key.startsWith(ELSEWHERE)) && one.value.liveMove)) return false;
  const value: WatchRow = { ...row.value, goneAt: deps.clock.now().toISOString() };
  if ((await storeWatch(deps.store, customerId, row, value)) === 'conflict') return false;
  await listCustomer(deps.store, customerId, value);
  await deps.store.remove(...NEW, customerId);
  await deps.store.remove(...SKIPPED, customerId);
  await deps.store.remove(...UNREAD, customerId);
  await deps.store.remove(...SEATS_UNREAD, customerId);
  await deps.store.remove(...MISSING, customerId);
  deps.log.info({ customer: customerId }, 'a customer is no longer ours and was removed');
  return true;
}

/** When every customer was looked at or skipped once, the chats hear in one digest what had stopped before. */
export async function noteBaseline(deps: SweepDeps): Promise<JobResult> {
  const row = await deps.store.get<ListingRow>(...LISTING, LISTING_KEY);
  if (!row || row.value.baselineAt || !row.value.walkedAt) return 'idle';
  const [waiting] = await deps.store.range(...NEW, ...IDS, 1);
  if (waiting) {
    // A look that ended between its two writes has left its mark here.
    const seen = (await readWatch(deps.store, waiting.key))?.value;
    if (!seen || (seen.lookedAt === null && seen.skipped === null)) return 'idle';
    await deps.store.remove(...NEW, waiting.key);
    return { retryInMs: 0 };
  }
  const value = { ...row.value, baselineAt: deps.clock.now().toISOString() };
  await deps.wake.schedule({ queue: 'notify', what: 'digest' });
  if ((await deps.store.commit(...LISTING, [{ op: 'replace', key: LISTING_KEY, value, etag: row.etag }])) === 'done')
    deps.wake.now({ queue: 'notify', what: 'digest' });
  return 'idle';
}
