/** Compares what was read of one customer with what was known; stores what changed. */
import { matchProgramme } from '../catalogue/match.ts';
import { dayOf, isAhead, later } from '../clock.ts';
import type { Expiry, KnownSubscription, Migration, News, Subscription } from '../domain/ticket.ts';
import { listApproval, listExpiry } from '../tickets/openList.ts';
import { LEASE_MS } from '../moves/lease.ts';
import { WAIT_MOST_MS } from '../moves/nextStep.ts';
import { PartnerCenterError, type SubscriptionList, type Unread } from '../partnerCenter/port.ts';
import { expiryKey } from '../auditLog/auditLog.ts';
import type { Row } from '../store/store.ts';
import { judgeAbsence } from './absence.ts';
import { type Case, changesOf, type Stored } from './changes.ts';
import { isWatched } from '../tickets/endOfTerm.ts';
import { emptyCatalogue, readFacts } from '../tickets/facts.ts';
import { FLAG_LOST_MS, judge, stopsRenewing } from './flips.ts';
import { type Note, notesOf } from './notes.ts';
import { settled, unreadById } from './settle.ts';
import { settleTickets, takeTickets } from '../tickets/tickets.ts';
import { type Sweeping, walkRow } from './deps.ts';

const PACK = 16; // subscriptions in one transaction; each takes at most six of its hundred operations
const ENRICH_MAX = 10; // flips of one customer at once that are looked into; more become one digest
const ASK_MAX = 20; // missing ones that are asked about at one look
const STALE_MS = 10_000;

export interface Customer {
  id: string;
  name: string;
}

export interface How {
  /** The customer's first look. */
  baseline: boolean;
  relist: boolean;
  doubtedSince: string | null;
}

export interface Compared {
  /** How many matters are open. */
  open: number;
  /** What could not be read. */
  notes: Note[];
  doubted: boolean;
}

/** What is known of a customer, by its rows. */
interface Known {
  subscriptions: Map<string, Row<KnownSubscription>>;
  expiries: Map<string, Row<Expiry>>;
  moves: Map<string, Row<Migration>>;
}

type Rows = Row<KnownSubscription | News>[];

/** Compares one customer's list with what was known, and stores what changed. */
export async function compare(deps: Sweeping, customer: Customer, list: SubscriptionList, rows: Rows, how: How): Promise<Compared> {
  const known = await readKnown(deps, customer.id, rows);
  const missing: { id: string; since: string | null }[] = [];
  const current = new Map<string, Subscription>();
  for (const one of list.items) current.set(one.id, one);
  let expected = 0;
  for (const [id, { value }] of known.subscriptions) {
    if (value.goneAt) continue;
    expected += 1;
    if (!current.has(id)) missing.push({ id, since: value.missingAt ?? null });
  }
  const at = deps.clock.now().toISOString();
  const absence =
    list.whole && missing.length > 0 ? judgeAbsence({ expected, missing, doubtedSince: how.doubtedSince }, { at, periodMs: deps.periodMs }) : null;
  const asked = await askAbout(deps, customer.id, absence?.ask ?? []);
  for (const one of asked.there) current.set(one.id, one);
  const unread = asked.there.length > 0 ? [...list.unread, ...asked.there.flatMap(leftOut)] : list.unread;
  const cases = judgeAll(deps, customer, known, { current, unread, first: absence?.first ?? [], gone: asked.gone }, at);
  const all = asked.there.length > 0 ? [...current.values()] : list.items;
  const open = await storeAll(deps, customer, cases, all, known, how);
  const notes = notesOf({ list, current, missing: asked.there, vanished: absence?.doubted ? missing.length : 0 });
  return { open, notes, doubted: absence ? absence.doubted : !list.whole && how.doubtedSince !== null };
}

/** A customer who is no longer ours: all that was known of it has left with it. */
export async function letAllGo(deps: Sweeping, customer: Customer, rows: Rows): Promise<void> {
  const known = await readKnown(deps, customer.id, rows);
  const gone = new Map([...known.subscriptions.keys()].map((id) => [id, 'left' as const]));
  const cases = judgeAll(deps, customer, known, { current: new Map(), unread: [], first: [], gone }, deps.clock.now().toISOString());
  await storeAll(deps, customer, cases, [], known, { baseline: false, relist: false, doubtedSince: null });
}

async function readKnown(deps: Sweeping, customerId: string, rows: Rows): Promise<Known> {
  const subscriptions = new Map<string, Row<KnownSubscription>>();
  const tickets: string[] = [];
  const moving: string[] = [];
  let unsaid = false;
  for (const row of rows) {
    if (row.key.startsWith('sub_')) {
      const { value } = row as Row<KnownSubscription>;
      subscriptions.set(value.snapshot.id, row as Row<KnownSubscription>);
      if (value.expiry) tickets.push(value.expiry);
      if (value.liveMigration) moving.push(value.liveMigration);
    } else if (row.key.startsWith('out_')) unsaid ||= later((row.value as News).at, STALE_MS) < deps.clock.now().toISOString();
  }
  if (unsaid) deps.hints.nudge('speak', `spread ${customerId}`); // its hint was lost
  const [expiries, moves] = await Promise.all([
    Promise.all(tickets.map((ticket) => deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))),
    Promise.all(moving.map((key) => deps.store.get<Migration>('customers', customerId, key))),
  ]);
  return {
    subscriptions,
    expiries: new Map(expiries.flatMap((row) => (row ? [[row.value.id, row] as const] : []))),
    moves: new Map(moves.flatMap((row) => (row ? [[row.key, row] as const] : []))),
  };
}

interface Asked {
  there: Subscription[];
  gone: Map<string, 'gone' | 'left'>;
}

/** Asks about each that is missing, by itself. What is not answered concludes nothing. */
async function askAbout(deps: Sweeping, customerId: string, ids: readonly string[]): Promise<Asked> {
  const asked: Asked = { there: [], gone: new Map() };
  // Where they are many, each look takes the next ones.
  const from = ids.length > ASK_MAX ? (Math.floor(deps.clock.wallMs() / deps.periodMs) * ASK_MAX) % ids.length : 0;
  for (const id of [...ids, ...ids].slice(from, from + Math.min(ASK_MAX, ids.length))) {
    try {
      asked.there.push((await deps.patient.subscription(customerId, id)).subscription);
    } catch (error) {
      if (!(error instanceof PartnerCenterError)) throw error;
      const gone = whatWent(error);
      if (gone) asked.gone.set(id, gone);
    }
  }
  return asked;
}

/** What one that was read by itself does not say either. */
function leftOut(one: Subscription): Unread[] {
  const fields = { autoRenewEnabled: one.autoRenew, quantity: one.quantity, commitmentEndDate: one.autoRenew ? '' : one.lastDay };
  return Object.entries(fields).flatMap(([why, value]) => (value === null ? [{ id: one.id, why }] : []));
}

/** What a refusal says about one that was asked for; null where it says nothing. */
export function whatWent(error: PartnerCenterError): 'gone' | 'left' | null {
  if (error.kind === 'notFound') return 'gone';
  return error.code === NOT_OURS ? 'left' : null;
}

/** "The customer is not associated with the partner", docs/partner-center.md §4. */
export const NOT_OURS = '20002';

interface Look {
  current: ReadonlyMap<string, Subscription>;
  unread: SubscriptionList['unread'];
  first: readonly string[];
  gone: ReadonlyMap<string, 'gone' | 'left'>;
}

function judgeAll(deps: Sweeping, customer: Customer, known: Known, look: Look, at: string): Case[] {
  const unread = unreadById(look.unread);
  const cases: Case[] = [];
  const judgeOne = (id: string, one: Subscription | null) => {
    const row = known.subscriptions.get(id) ?? null;
    const expiry = row?.value.expiry ? (known.expiries.get(row.value.expiry) ?? null) : null;
    const move = row?.value.liveMigration ? (known.moves.get(row.value.liveMigration) ?? null) : null;
    const gone = look.gone.get(id) ?? null;
    const fields = unread?.get(id);
    const stored = one && settled(one, row?.value.snapshot, fields);
    const lost = one !== null && one.autoRenew === null && stored !== null && isWatched(stored);
    const flagLostSince = lost ? (row?.value.flagLostSince ?? at) : null;
    const longLost = flagLostSince !== null && Date.parse(at) - Date.parse(flagLostSince) >= FLAG_LOST_MS;
    const now = stored && longLost ? { ...stored, autoRenew: null } : stored;
    const base = now?.parentId ? baseOf(now.parentId, known, look, unread) : null;
    const goesWithBase = now !== null && base !== null && endsWith(now, base) && matchProgramme(deps.programmes, now.offerId, now.offerName) === null;
    const renamed = expiry !== null && expiry.value.customerName !== customer.name;
    const verdict = judge({
      known: row?.value ?? null,
      expiry: expiry?.value ?? null,
      move: move?.value ?? null,
      now,
      stored,
      flagLostSince,
      gone,
      goesWithBase,
      renamed,
      at,
    });
    if (verdict.kind !== 'same') cases.push({ id, now, stored, flagLostSince, gone, goesWithBase, held: { known: row, expiry, move }, verdict });
  };
  for (const [id, one] of look.current) judgeOne(id, one);
  for (const id of look.first) judgeOne(id, null);
  for (const id of look.gone.keys()) judgeOne(id, null);
  // A matter whose move ended after its subscription had gone.
  for (const [id, { value }] of known.subscriptions) if (value.goneAt && value.expiry && !look.current.has(id) && !look.gone.has(id)) judgeOne(id, null);
  return cases;
}

/** The base of an add-on: as it reads now, and what could not be read, or is missing from one look, as it was last known; null where it is not known. */
function baseOf(id: string, known: Known, { current, gone }: Look, unread: ReturnType<typeof unreadById>): Subscription | null {
  const one = current.get(id);
  const before = known.subscriptions.get(id)?.value;
  if (one) return settled(one, before?.snapshot, unread?.get(id));
  return before && !before.goneAt && !gone.has(id) ? before.snapshot : null;
}

/** Whether an add-on ends with its base, and not before it: then the base's card tells of both. A base that is an add-on itself has no such card. */
function endsWith(addon: Subscription, base: Subscription): boolean {
  return base.parentId === null && stopsRenewing(base) && (addon.lastDay ?? '') >= (base.lastDay ?? '');
}

/** Stores what was judged. Returns how many matters are open. */
async function storeAll(deps: Sweeping, customer: Customer, cases: Case[], all: Subscription[], known: Known, how: How): Promise<number> {
  const { store } = deps;
  await resumeStale(deps, customer.id, known, how.relist);
  // Before anything is changed: what closes now must not be listed again as it was.
  if (how.relist) for (const row of known.expiries.values()) await listExpiry(store, row.value, null);
  const opening = cases.filter((one) => one.verdict.kind === 'open');
  const tickets = opening.length > 0 ? await takeTickets(store, opening.length, deps.clock.now()) : [];
  const silent = how.baseline && !(await walkRow(store))?.baselineAt;
  const catalogue = emptyCatalogue();
  const looker = { partnerCenter: deps.partnerCenter, programmes: deps.programmes, today: dayOf(deps.clock.now()) };
  const crowd = how.baseline || opening.length > ENRICH_MAX;
  let [speaks, whole] = [false, true];
  for (let from = 0; from < cases.length; from += PACK) {
    const pack = [];
    for (const one of cases.slice(from, from + PACK)) {
      const ticket = one.verdict.kind === 'open' ? tickets[opening.indexOf(one)] : undefined;
      const read = ticket !== undefined && !crowd && one.now ? await readFacts(looker, one.now, all, catalogue) : undefined;
      pack.push(changesOf(deps, customer, one, all, { ticket, silent, read, crowd }));
    }
    whole = (await storePack(deps, customer.id, pack)) && whole;
    speaks ||= pack.some((one) => one.news);
  }
  // A ticket that somebody else's change has kept from standing stays noted as taken.
  if (whole) await settleTickets(store, tickets);
  // All at once: a digest that went out in between would lack the rest.
  if (speaks) deps.hints.nudge('speak', `spread ${customer.id}`);
  return known.expiries.size + opening.length;
}

/** A migration whose time has passed long ago lost its hint; it gets a new one. One that waits for an approval is listed again. */
async function resumeStale(deps: Sweeping, customerId: string, known: Known, relist: boolean): Promise<void> {
  for (const { value } of known.moves.values()) {
    const { nextAt, lease, expiryId, state, subscriptionId } = value;
    const now = deps.clock.now().getTime();
    const held = lease !== null && isAhead(Date.parse(lease.until), now, LEASE_MS);
    const stale = nextAt !== null && !isAhead(Date.parse(nextAt) + STALE_MS, now, WAIT_MOST_MS + STALE_MS);
    if (stale && !held) deps.hints.nudge('move', `${customerId} ${subscriptionId}`);
    const expiry = known.expiries.get(expiryId);
    if (relist && expiry && state === 'quoted') await listApproval(deps.store, expiry.value, value);
  }
}

/** Whether all of it was stored. A conflict means that somebody moved meanwhile; the next sweep looks again at the truth. */
async function storePack(deps: Sweeping, customerId: string, pack: Stored[]): Promise<boolean> {
  const changes = pack.flatMap((one) => one.changes);
  if (pack.some((one) => one.news)) await deps.hints.before('speak', `spread ${customerId}`);
  const result = await deps.store.commit('customers', customerId, changes);
  if (result === 'conflict' && pack.length > 1) {
    let whole = true;
    for (const one of pack) whole = (await storePack(deps, customerId, [one])) && whole;
    return whole;
  }
  if (result === 'conflict') return false;
  for (const one of pack) {
    if (one.expiry) await listExpiry(deps.store, one.expiry, one.before);
    if (one.expiry && one.move) await listApproval(deps.store, one.expiry, one.move);
  }
  return true;
}
