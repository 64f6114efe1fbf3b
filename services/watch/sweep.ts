/** Walks the customers and looks at each one's subscriptions: look, decide, store with its news. */
import { randomUUID } from 'node:crypto';
import { type Clock, dayOf, later } from '../clock.ts';
import { matchProgramme } from '../catalogue/match.ts';
import type { Programme } from '../catalogue/programmes.ts';
import type { Customer, Expiry, KnownSubscription, Migration, News, Subscription } from '../domain.ts';
import { listApproval, listExpiry, nameCustomer } from '../lists.ts';
import { type PartnerCenter, PartnerCenterError } from '../partnerCenter/port.ts';
import type { Queues } from '../queue/queue.ts';
import { expiryKey, takeTickets } from '../record.ts';
import type { Change, Row, Store } from '../store/store.ts';
import { watchers } from '../speak/chats.ts';
import type { Chore, Hints, Log, Turn } from '../worker.ts';
import { changesOf, type Stored } from './changes.ts';
import { emptyCatalogue, readFacts } from './facts.ts';
import { judge, stopsRenewing } from './flips.ts';

export interface Sweeping {
  store: Store;
  queues: Queues;
  partnerCenter: PartnerCenter;
  programmes: readonly Programme[];
  clock: Clock;
  hints: Hints;
  log: Log;
  /** How long a customer rests between two looks. */
  restMs: number;
}

/** How far the watch has come; one row. */
export interface WalkRow {
  nextAt: number;
  walkedAt: string | null;
  customers: number;
  /** When every customer had been looked at once; until then nothing is a flip. */
  baselineAt: string | null;
}

export interface CustomerRow {
  name: string;
  token: string;
  sweptAt: string | null;
  nextAt: number;
  listedAt: number;
  /** When an event last brought its turn forward. */
  hurriedAt?: number;
  /** Why it could not be looked at the last time. */
  skipped: string | null;
}

const PACK = 20; // subscriptions in one transaction; each takes four of its hundred operations
const ENRICH_MAX = 10; // flips of one customer at once that are looked into; more become one digest
const RELIST_MS = 600_000;
const STALE_MS = 10_000;
const ROWS_MAX = 20_000;
const SEED_AT_ONCE = 16;
const WALK_LOOK_MS = 60_000;

/** The walk is nobody's message: each process looks whether it is time for it. */
export function walking(restMs: number): Chore {
  return { queue: 'sweep', text: 'walk', everyMs: Math.min(restMs / 4, WALK_LOOK_MS) };
}

/** One turn: the text is `walk`, `c <customer> <token>`, or `e` and the same for a look that an event asked for, whose message does not renew itself. */
export async function sweepTurn(deps: Sweeping, text: string): Promise<Turn> {
  if (text === 'walk') return walk(deps);
  const [kind, customerId, token] = text.split(' ');
  if (!customerId || !token) return 'gone';
  const row = await deps.store.get<CustomerRow>('sweep', 'c', customerId);
  if (!row || row.value.token !== token) return 'gone';
  const early = row.value.nextAt - deps.clock.wallMs();
  if (early > 0) return { againMs: early };
  const found = await sweepCustomer(deps, customerId, row);
  return kind === 'e' ? 'gone' : found;
}

/** Lists all customers and gives each a message of its own; one process at a time does it. */
async function walk(deps: Sweeping): Promise<Turn> {
  const row = await deps.store.get<WalkRow>('sweep', 'walk', 'walk');
  const at = deps.clock.wallMs();
  if (row && row.value.nextAt > at) return 'rest';
  const value: WalkRow = { walkedAt: null, customers: 0, baselineAt: null, ...row?.value, nextAt: at + deps.restMs };
  if (
    (await deps.store.commit('sweep', 'walk', [row ? { op: 'replace', key: 'walk', value, etag: row.etag } : { op: 'create', key: 'walk', value }])) ===
    'conflict'
  )
    return 'rest';
  try {
    const customers = await listCustomers(deps.partnerCenter);
    const rows = new Map((await deps.store.range<CustomerRow>('sweep', 'c', '0', '~', 100_000)).map((one) => [one.key, one]));
    for (let from = 0; from < customers.length; from += SEED_AT_ONCE) {
      await Promise.all(customers.slice(from, from + SEED_AT_ONCE).map((customer) => seedCustomer(deps, customer, rows.get(customer.id), at)));
    }
    await deps.store.put('sweep', 'walk', 'walk', {
      ...value,
      walkedAt: deps.clock.now().toISOString(),
      customers: customers.length,
      baselineAt: (await walkRow(deps.store))?.baselineAt ?? null,
    });
    await noteBaseline(deps);
    for (const chat of await watchers(deps.store)) deps.hints.nudge('speak', `chat ${chat.key}`); // a hint may have been lost
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    deps.log.warn({ code: error.code }, 'the customers could not be listed; trying again');
  }
  return 'rest';
}

/** All pages, or a failure: nothing is concluded from half a list. */
async function listCustomers(partnerCenter: PartnerCenter): Promise<Customer[]> {
  const all: Customer[] = [];
  let after: string | null = null;
  const pagesMax = 1000;
  for (let page = 0; page < pagesMax; page++) {
    const answer = await partnerCenter.customers(after);
    all.push(...answer.items);
    if (!answer.next) return all;
    after = answer.next;
  }
  throw new Error(`The list of customers did not end after ${pagesMax} pages.`);
}

/** A customer without a message, or whose message has not shown itself for long, gets a new one. */
async function seedCustomer(deps: Sweeping, customer: Customer, row: Row<CustomerRow> | undefined, at: number): Promise<void> {
  if (row && row.value.nextAt > at - 3 * deps.restMs - 60_000) return;
  const token = randomUUID().slice(0, 8);
  const value: CustomerRow = { name: customer.name, token, sweptAt: row?.value.sweptAt ?? null, nextAt: at, listedAt: 0, skipped: null };
  await nameCustomer(deps.store, customer);
  const text = `c ${customer.id} ${token}`;
  await deps.queues.send('sweep', text, 5_000);
  const change: Change = row ? { op: 'replace', key: customer.id, value, etag: row.etag } : { op: 'create', key: customer.id, value };
  if ((await deps.store.commit('sweep', 'c', [change])) === 'done') deps.hints.nudge('sweep', text);
}

export async function walkRow(store: Store): Promise<WalkRow | undefined> {
  return (await store.get<WalkRow>('sweep', 'walk', 'walk'))?.value;
}

async function sweepCustomer(deps: Sweeping, customerId: string, row: Row<CustomerRow>): Promise<Turn> {
  const relist = deps.clock.wallMs() - row.value.listedAt > RELIST_MS;
  const baseline = row.value.sweptAt === null;
  let skipped: string | null = null;
  try {
    const subscriptions = await deps.partnerCenter.subscriptions(customerId);
    await applySweep(deps, { id: customerId, name: row.value.name }, subscriptions, { baseline, relist });
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    skipped = `${error.kind} ${error.code}`;
    deps.log.warn({ customer: customerId, kind: error.kind, code: error.code }, 'a customer was skipped in this sweep');
  }
  const swept = skipped && baseline ? null : deps.clock.now().toISOString();
  const value: CustomerRow = {
    ...row.value,
    sweptAt: skipped ? row.value.sweptAt : swept,
    skipped,
    nextAt: deps.clock.wallMs() + deps.restMs,
    listedAt: relist && !skipped ? deps.clock.wallMs() : row.value.listedAt,
  };
  await deps.store.commit('sweep', 'c', [{ op: 'replace', key: customerId, value, etag: row.etag }]);
  if (baseline) await noteBaseline(deps);
  return { againMs: deps.restMs };
}

/** When every customer was looked at or skipped once, the chats hear in one digest what had stopped before. */
async function noteBaseline(deps: Sweeping): Promise<void> {
  const row = await deps.store.get<WalkRow>('sweep', 'walk', 'walk');
  if (!row || row.value.baselineAt || !row.value.walkedAt) return;
  const rows = await deps.store.range<CustomerRow>('sweep', 'c', '0', '~', 100_000);
  if (rows.length < row.value.customers || rows.some((one) => one.value.sweptAt === null && one.value.skipped === null)) return;
  const value = { ...row.value, baselineAt: deps.clock.now().toISOString() };
  await deps.hints.before('speak', 'digest');
  if ((await deps.store.commit('sweep', 'walk', [{ op: 'replace', key: 'walk', value, etag: row.etag }])) === 'done') deps.hints.nudge('speak', 'digest');
}

/** Compares one customer's complete list with what was known; stores what changed. */
export async function applySweep(
  deps: Sweeping,
  customer: { id: string; name: string },
  subscriptions: Subscription[],
  how: { baseline: boolean; relist: boolean },
): Promise<void> {
  const { store } = deps;
  // News and subscriptions stand side by side: one read brings both.
  const rows = await store.range<KnownSubscription | News>('customers', customer.id, 'out_', 'sub_~', ROWS_MAX);
  const known = new Map((rows.filter((row) => row.key.startsWith('sub_')) as Row<KnownSubscription>[]).map((row) => [row.value.snapshot.id, row]));
  const unsaid = rows.some((row) => row.key.startsWith('out_') && later((row.value as News).at, STALE_MS) < deps.clock.now().toISOString());
  if (unsaid) deps.hints.nudge('speak', `spread ${customer.id}`); // its hint was lost
  const expiries = new Map(
    (
      await Promise.all(
        [...known.values()].flatMap((row) => (row.value.expiry ? [store.get<Expiry>('customers', customer.id, expiryKey(row.value.expiry))] : [])),
      )
    ).flatMap((row) => (row ? [[row.value.id, row] as const] : [])),
  );
  const today = dayOf(deps.clock.now());
  const walked = (await walkRow(store))?.baselineAt ?? null;
  const cases = [...new Set([...known.keys(), ...subscriptions.map((one) => one.id)])].map((id) => {
    const now = subscriptions.find((one) => one.id === id) ?? null;
    const row = known.get(id) ?? null;
    const expiry = row?.value.expiry ? (expiries.get(row.value.expiry) ?? null) : null;
    const base = now?.parentId ? subscriptions.find((one) => one.id === now.parentId) : undefined;
    const goesWithBase = base !== undefined && stopsRenewing(base) && now !== null && matchProgramme(deps.programmes, now.offerId, now.offerName) === null;
    return { id, now, held: { known: row, expiry }, verdict: judge({ known: row?.value ?? null, expiry: expiry?.value ?? null, now, goesWithBase, today }) };
  });
  await resumeStale(deps, customer.id, [...known.values()], expiries, how.relist);
  const changed = cases.filter((one) => one.verdict.kind !== 'same');
  const opening = changed.filter((one) => one.verdict.kind === 'open');
  const tickets = opening.length > 0 ? await takeTickets(store, opening.length) : [];
  const silent = how.baseline && walked === null;
  const catalogue = emptyCatalogue();
  for (let from = 0; from < changed.length; from += PACK) {
    const pack = [];
    for (const one of changed.slice(from, from + PACK)) {
      const ticket = one.verdict.kind === 'open' ? tickets[opening.indexOf(one)] : undefined;
      const deep = ticket !== undefined && !how.baseline && opening.length <= ENRICH_MAX && one.now !== null;
      const read =
        deep && one.now
          ? await readFacts({ partnerCenter: deps.partnerCenter, programmes: deps.programmes, today }, one.now, subscriptions, catalogue)
          : undefined;
      pack.push(changesOf(deps, customer, one, subscriptions, { ticket, silent, read, crowd: how.baseline || opening.length > ENRICH_MAX }));
    }
    await storePack(deps, customer.id, pack);
  }
  if (how.relist) {
    for (const row of expiries.values()) await listExpiry(store, row.value, null);
  }
}

/** A migration whose time has passed long ago lost its hint; it gets a new one. One that waits for an approval is listed again. */
async function resumeStale(
  deps: Sweeping,
  customerId: string,
  known: Row<KnownSubscription>[],
  expiries: ReadonlyMap<string, Row<Expiry>>,
  relist: boolean,
): Promise<void> {
  for (const row of known) {
    if (!row.value.liveMigration) continue;
    const migration = await deps.store.get<Migration>('customers', customerId, row.value.liveMigration);
    if (!migration) continue;
    const { nextAt, lease, expiryId, state } = migration.value;
    const now = deps.clock.now().toISOString();
    if (nextAt && !(lease && lease.until > now) && later(nextAt, STALE_MS) < now) deps.hints.nudge('move', `${customerId} ${row.value.snapshot.id}`);
    const expiry = expiries.get(expiryId);
    if (relist && expiry && state === 'quoted') await listApproval(deps.store, expiry.value, migration.value);
  }
}

/** A conflict means that somebody moved meanwhile; the next sweep looks again at the truth. */
async function storePack(deps: Sweeping, customerId: string, pack: Stored[]): Promise<void> {
  const changes = pack.flatMap((one) => one.changes);
  const speaks = pack.some((one) => one.news);
  if (speaks) await deps.hints.before('speak', `spread ${customerId}`);
  const result = await deps.store.commit('customers', customerId, changes);
  if (result === 'conflict' && pack.length > 1) {
    for (const one of pack) await storePack(deps, customerId, [one]);
    return;
  }
  if (result === 'conflict') return;
  for (const one of pack) if (one.expiry) await listExpiry(deps.store, one.expiry, one.before);
  if (speaks) deps.hints.nudge('speak', `spread ${customerId}`);
}
