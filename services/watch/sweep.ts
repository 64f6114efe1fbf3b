/** Looks at one customer's subscriptions: look, decide, store with its news. */
import { randomUUID } from 'node:crypto';
import { matchProgramme } from '../catalogue/match.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { type Clock, dayOf, daysBetween, later } from '../clock.ts';
import type { Expiry, KnownSubscription, Migration, News, Subscription } from '../domain.ts';
import type { Gauges } from '../gauges.ts';
import { listApproval, listExpiry } from '../lists.ts';
import { type PartnerCenter, PartnerCenterError, type SubscriptionList } from '../partnerCenter/port.ts';
import type { Queues } from '../queue/queue.ts';
import { expiryKey, takeTickets } from '../record.ts';
import type { Row, Store } from '../store/store.ts';
import type { Hints, Log, Turn } from '../worker.ts';
import { readActivity, readStopping } from './accelerate.ts';
import { changesOf, type Stored } from './changes.ts';
import { emptyCatalogue, readFacts } from './facts.ts';
import { judge, stopsRenewing } from './flips.ts';
import { noteBaseline, walk, walkRow } from './walk.ts';

export interface Sweeping {
  store: Store;
  queues: Queues;
  /** For what an alert tells. */
  partnerCenter: PartnerCenter;
  /** The same, behind everything that a person waits for. */
  patient: Pick<PartnerCenter, 'customers' | 'subscriptions' | 'activities' | 'stopping'>;
  programmes: readonly Programme[];
  clock: Clock;
  hints: Hints;
  log: Log;
  gauges: Gauges;
  /** Within this time every customer is looked at once. */
  periodMs: number;
}

/** What the watch knows of a customer, beside its subscriptions: one read brings all. */
export interface WatchRow {
  name: string;
  /** Of the message that is the customer's turn; another message is an old one. */
  token: string;
  /** The last look that was noted; an unchanged customer is noted rarely. null before the first. */
  lookedAt: string | null;
  notedAt: number;
  /** When an event last brought its turn forward. */
  hurriedAt: number;
  /** Why it could not be looked at the last time. */
  skipped: string | null;
  /** It is no longer in the partner's list. */
  goneAt: string | null;
}

/** After every subscription key, before every user's: a look reads both with one range. */
export const WATCH_KEY = 'swp';
const PACK = 20; // subscriptions in one transaction; each takes four of its hundred operations
const ENRICH_MAX = 10; // flips of one customer at once that are looked into; more become one digest
const RELIST_MS = 600_000;
const STALE_MS = 10_000;
const ROWS_MAX = 20_000;
/** An unchanged customer's row is written at one look in so many. */
export const NOTED_LOOKS = 24;
/** Of a period that a customer rests, so that its next look still falls into it. */
const REST = 0.9;
/** Days to the last day, and the share of the rest that is left then. */
const SOONER: [days: number, share: number][] = [
  [3, 0.25],
  [14, 0.5],
];

/** How long a customer rests: the sooner one of its subscriptions ends without renewing, the shorter. Pure. */
export function restOf(periodMs: number, subscriptions: readonly Subscription[], today: string): number {
  const soonest = subscriptions
    .filter(stopsRenewing)
    .reduce((least, one) => Math.min(least, daysBetween(today, one.lastDay as string)), Number.POSITIVE_INFINITY);
  return Math.round(periodMs * REST * (SOONER.find(([days]) => soonest <= days)?.[1] ?? 1));
}

/**
 * One turn: the text is `walk`, `baseline`, `activity`, `stopping`, `c <customer> <token> <due>`, or `e <customer> <token>` for a look that
 * an event asked for, whose message does not renew itself.
 */
export async function sweepTurn(deps: Sweeping, text: string): Promise<Turn> {
  if (text === 'walk') return walk(deps);
  if (text === 'baseline') return noteBaseline(deps);
  if (text === 'activity') return readActivity(deps);
  if (text === 'stopping') return readStopping(deps);
  const [kind, customerId, token, due] = text.split(' ');
  if (!customerId || !token) return 'gone';
  const at = deps.clock.wallMs();
  const rows = await readCustomer(deps.store, customerId);
  const row = rows.find((one) => one.key === WATCH_KEY) as Row<WatchRow> | undefined;
  // The commit that goes with this message may still come.
  if (row?.value.token !== token) return 'rest';
  if (row.value.goneAt !== null) return 'gone';
  const restMs = await sweepCustomer(deps, customerId, row, rows as Row<KnownSubscription | News>[]);
  if (kind === 'e') return 'gone';
  if (due) deps.gauges.late(at - Number(due));
  if (restMs === 'renewed') return 'gone';
  return { againMs: restMs, text: `c ${customerId} ${token} ${deps.clock.wallMs() + restMs}` };
}

/** News not yet spread, subscriptions, and what the watch knows: neighbours in the order of keys. */
function readCustomer(store: Store, customerId: string): Promise<Row<KnownSubscription | News | WatchRow>[]> {
  return store.range('customers', customerId, 'out_', `${WATCH_KEY}~`, ROWS_MAX);
}

/** How long the customer rests now; `renewed`: a new message has taken the place of this one. */
async function sweepCustomer(deps: Sweeping, customerId: string, row: Row<WatchRow>, rows: Row<KnownSubscription | News>[]): Promise<number | 'renewed'> {
  const at = deps.clock.wallMs();
  const baseline = row.value.lookedAt === null;
  let skipped: string | null = null;
  let open = 0;
  let restMs = deps.periodMs / 4;
  try {
    const list = await deps.patient.subscriptions(customerId);
    const relist = at - row.value.notedAt > RELIST_MS;
    open = await applySweep(deps, { id: customerId, name: row.value.name }, list, rows, { baseline, relist });
    restMs = restOf(deps.periodMs, list.items, dayOf(deps.clock.now()));
    deps.gauges.looked(list.items.length);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    skipped = `${error.kind} ${error.code}`;
    deps.log.warn({ customer: customerId, kind: error.kind, code: error.code }, 'a customer was skipped in this sweep');
  }
  const noteAfterMs = open > 0 ? RELIST_MS : NOTED_LOOKS * deps.periodMs;
  if (!baseline && skipped === row.value.skipped && at - row.value.notedAt < noteAfterMs) return restMs;
  if (skipped !== row.value.skipped) await noteSkipped(deps, customerId, row.value.name, skipped);
  return note(deps, customerId, row, { skipped, lookedAt: skipped ? row.value.lookedAt : deps.clock.now().toISOString() }, restMs);
}

/** Writes the look down; a message with a new token takes the place of this one, so that a doubled one dies. */
async function note(
  deps: Sweeping,
  customerId: string,
  row: Row<WatchRow>,
  seen: Pick<WatchRow, 'skipped' | 'lookedAt'>,
  restMs: number,
): Promise<number | 'renewed'> {
  const first = row.value.lookedAt === null && row.value.skipped === null;
  const value: WatchRow = { ...row.value, ...seen, token: newToken(), notedAt: deps.clock.wallMs() };
  await deps.queues.send('sweep', `c ${customerId} ${value.token} ${value.notedAt + restMs}`, restMs);
  // Somebody else wrote meanwhile, perhaps an event: this message is still the customer's, or dies at its next turn.
  if ((await deps.store.commit('customers', customerId, [{ op: 'replace', key: WATCH_KEY, value, etag: row.etag }])) === 'conflict') return restMs;
  await deps.store.put('sweep', 'c', customerId, { name: value.name, notedAt: value.notedAt, goneAt: null } satisfies ListedRow);
  if (first) {
    await deps.store.remove('sweep', 'new', customerId);
    deps.hints.nudge('sweep', 'baseline');
  }
  return 'renewed';
}

/** A customer as the list of customers has it; derived. */
export interface ListedRow {
  name: string;
  notedAt: number;
  goneAt: string | null;
}

/** The customers that could not be looked at, for whoever asks how it goes. */
async function noteSkipped(deps: Sweeping, customerId: string, name: string, why: string | null): Promise<void> {
  if (why === null) return deps.store.remove('sweep', 'skipped', customerId);
  await deps.store.put('sweep', 'skipped', customerId, { name, why });
}

export function newToken(): string {
  return randomUUID().slice(0, 8);
}

/** Compares one customer's complete list with what was known; stores what changed. Returns how many matters are open. */
export async function applySweep(
  deps: Sweeping,
  customer: { id: string; name: string },
  list: SubscriptionList,
  rows: Row<KnownSubscription | News>[],
  how: { baseline: boolean; relist: boolean },
): Promise<number> {
  const { store } = deps;
  const { items: subscriptions, whole } = list;
  const known = new Map<string, Row<KnownSubscription>>();
  let unsaid = false;
  for (const row of rows) {
    if (row.key.startsWith('sub_')) known.set((row as Row<KnownSubscription>).value.snapshot.id, row as Row<KnownSubscription>);
    else if (row.key.startsWith('out_')) unsaid ||= later((row.value as News).at, STALE_MS) < deps.clock.now().toISOString();
  }
  if (unsaid) deps.hints.nudge('speak', `spread ${customer.id}`); // its hint was lost
  const expiries = new Map(
    (
      await Promise.all(
        [...known.values()].flatMap((row) => (row.value.expiry ? [store.get<Expiry>('customers', customer.id, expiryKey(row.value.expiry))] : [])),
      )
    ).flatMap((row) => (row ? [[row.value.id, row] as const] : [])),
  );
  const today = dayOf(deps.clock.now());
  // What vanished stays null.
  const current = new Map<string, Subscription | null>();
  if (whole) for (const id of known.keys()) current.set(id, null);
  for (const one of subscriptions) current.set(one.id, one);
  const changed = [];
  for (const [id, now] of current) {
    const row = known.get(id) ?? null;
    const expiry = row?.value.expiry ? (expiries.get(row.value.expiry) ?? null) : null;
    const base = now?.parentId ? current.get(now.parentId) : null;
    const goesWithBase = now !== null && Boolean(base && stopsRenewing(base)) && matchProgramme(deps.programmes, now.offerId, now.offerName) === null;
    const verdict = judge({ known: row?.value ?? null, expiry: expiry?.value ?? null, now, goesWithBase, today });
    if (verdict.kind !== 'same') changed.push({ id, now, held: { known: row, expiry }, verdict });
  }
  await resumeStale(deps, customer.id, [...known.values()], expiries, how.relist);
  const opening = changed.filter((one) => one.verdict.kind === 'open');
  const tickets = opening.length > 0 ? await takeTickets(store, opening.length) : [];
  const silent = how.baseline && !(await walkRow(store))?.baselineAt;
  const catalogue = emptyCatalogue();
  let speaks = false;
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
    speaks ||= pack.some((one) => one.news);
  }
  // All at once: a digest that went out in between would lack the rest.
  if (speaks) deps.hints.nudge('speak', `spread ${customer.id}`);
  if (how.relist) {
    for (const row of expiries.values()) await listExpiry(store, row.value, null);
  }
  return expiries.size + opening.length;
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
  if (pack.some((one) => one.news)) await deps.hints.before('speak', `spread ${customerId}`);
  const result = await deps.store.commit('customers', customerId, changes);
  if (result === 'conflict' && pack.length > 1) {
    for (const one of pack) await storePack(deps, customerId, [one]);
    return;
  }
  if (result === 'conflict') return;
  for (const one of pack) if (one.expiry) await listExpiry(deps.store, one.expiry, one.before);
}
