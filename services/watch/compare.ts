/** Compares what was read of one customer with what was known; stores what changed. */
import { matchProgramme } from '../catalogue/match.ts';
import { chunksOf } from '../chunks.ts';
import { dayOf, isAhead, later } from '../clock.ts';
import { NOT_OURS } from '../domain/rules.ts';
import type { Move, News, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { leaseAt } from '../moves/lease.ts';
import { WAIT_MOST_MS } from '../moves/nextStep.ts';
import { PartnerCenterError, type SubscriptionList, type Unread } from '../partnerCenter/port.ts';
import { ofCustomer, OUTBOX, SUBSCRIPTION, ticketKey } from '../store/rows.ts';
import { CHANGES_MAX, type Row } from '../store/store.ts';
import { isWatched } from '../tickets/endOfTerm.ts';
import { listEnds } from '../tickets/endList.ts';
import { emptyCatalogue, readFacts } from '../tickets/facts.ts';
import { lookUpLater } from '../tickets/lookUp.ts';
import { listApproval, listTicket } from '../tickets/openList.ts';
import { settleTickets, takeTickets } from '../tickets/tickets.ts';
import { decideAbsence } from './absence.ts';
import { changesOf } from './changes.ts';
import type { SweepDeps } from './deps.ts';
import { detect, FLAG_LOST_MS, stopsRenewing } from './flips.ts';
import { type Note, notesOf } from './notes.ts';
import { runsOnAfter } from './outcomes.ts';
import { type Priced, priced } from './prices.ts';
import { readListing } from './rows.ts';
import { settled, unreadById } from './settle.ts';
import { losesPrice, type Stored, type SubscriptionChange } from './told.ts';

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
  /** When it was last looked at, as it was noted; absent where that does not matter. */
  lookedAt?: string | null;
  /** All lines of ends are written, not those alone that change. */
  listEnds?: boolean;
}

export interface Compared {
  /** How many tickets are open. */
  open: number;
  /** What could not be read. */
  notes: Note[];
  doubted: boolean;
}

/** What is known of a customer, by its rows. */
interface Known {
  subscriptions: Map<string, Row<TrackedSubscription>>;
  tickets: Map<string, Row<Ticket>>;
  moves: Map<string, Row<Move>>;
}

type Rows = Row<TrackedSubscription | News>[];

/** Compares one customer's list with what was known, and stores what changed. */
export async function compare(deps: SweepDeps, customer: Customer, list: SubscriptionList, rows: Rows, how: How): Promise<Compared> {
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
    list.whole && missing.length > 0 ? decideAbsence({ expected, missing, doubtedSince: how.doubtedSince }, { at, periodMs: deps.periodMs }) : null;
  const asked = await askAbout(deps, customer.id, absence?.ask ?? []);
  for (const one of asked.there) current.set(one.id, one);
  const unread = asked.there.length > 0 ? [...list.unread, ...asked.there.flatMap(leftOut)] : list.unread;
  // At the first look there is nothing to compare with.
  const prices = how.baseline ? NO_PRICES : await priced(deps, current.values(), (id) => standingIn(known, id));
  const found = detectAll(deps, customer, known, { current, unread, prices, first: absence?.first ?? [], gone: asked.gone }, at);
  const all = asked.there.length > 0 ? [...current.values()] : list.items;
  const open = await storeAll(deps, customer, found, all, known, how);
  const notes = notesOf({ list, current, missing: asked.there, vanished: absence?.doubted ? missing.length : 0 });
  return { open, notes, doubted: absence ? absence.doubted : !list.whole && how.doubtedSince !== null };
}

/** A customer who is no longer ours: all that was known of it has left with it. */
export async function closeCustomer(deps: SweepDeps, customer: Customer, rows: Rows): Promise<void> {
  const known = await readKnown(deps, customer.id, rows);
  const gone = new Map([...known.subscriptions.keys()].map((id) => [id, 'left' as const]));
  const found = detectAll(deps, customer, known, { current: new Map(), unread: [], prices: NO_PRICES, first: [], gone }, deps.clock.now().toISOString());
  await storeAll(deps, customer, found, [], known, { baseline: false, relist: false, doubtedSince: null });
}

async function readKnown(deps: SweepDeps, customerId: string, rows: Rows): Promise<Known> {
  const subscriptions = new Map<string, Row<TrackedSubscription>>();
  const ticketIds: string[] = [];
  const moving: string[] = [];
  let unsaid = false;
  for (const row of rows) {
    if (row.key.startsWith(SUBSCRIPTION)) {
      const { value } = row as Row<TrackedSubscription>;
      subscriptions.set(value.snapshot.id, row as Row<TrackedSubscription>);
      if (value.ticket) ticketIds.push(value.ticket);
      if (value.liveMove) moving.push(value.liveMove);
    } else if (row.key.startsWith(OUTBOX)) unsaid ||= later((row.value as News).at, STALE_MS) < deps.clock.now().toISOString();
  }
  if (unsaid) deps.wake.now({ queue: 'notify', what: 'fanOut', customerId }); // its wake-up was lost
  const [tickets, moves] = await Promise.all([
    Promise.all(ticketIds.map((ticketId) => deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId)))),
    Promise.all(moving.map((key) => deps.store.get<Move>(...ofCustomer(customerId), key))),
  ]);
  return {
    subscriptions,
    tickets: new Map(tickets.flatMap((row) => (row ? [[row.value.id, row] as const] : []))),
    moves: new Map(moves.flatMap((row) => (row ? [[row.key, row] as const] : []))),
  };
}

interface Asked {
  there: Subscription[];
  gone: Map<string, 'gone' | 'left'>;
}

/** Asks about each that is missing, by itself. What is not answered concludes nothing. */
async function askAbout(deps: SweepDeps, customerId: string, ids: readonly string[]): Promise<Asked> {
  const asked: Asked = { there: [], gone: new Map() };
  // Where they are many, each look takes the next ones.
  const from = ids.length > ASK_MAX ? (Math.floor(deps.clock.wallMs() / deps.periodMs) * ASK_MAX) % ids.length : 0;
  for (const id of [...ids, ...ids].slice(from, from + Math.min(ASK_MAX, ids.length))) {
    try {
      asked.there.push((await deps.lowPriority.subscription(customerId, id)).subscription);
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

const NO_PRICES: ReadonlyMap<string, Priced> = new Map();

function standingIn({ subscriptions, tickets }: Known, id: string) {
  const known = subscriptions.get(id)?.value ?? null;
  return { known, ticket: known?.ticket ? (tickets.get(known.ticket)?.value ?? null) : null };
}

interface Look {
  prices: ReadonlyMap<string, Priced>;
  current: ReadonlyMap<string, Subscription>;
  unread: SubscriptionList['unread'];
  first: readonly string[];
  gone: ReadonlyMap<string, 'gone' | 'left'>;
}

function detectAll(deps: SweepDeps, customer: Customer, known: Known, look: Look, at: string): SubscriptionChange[] {
  const unread = unreadById(look.unread);
  const found: SubscriptionChange[] = [];
  const detectOne = (id: string, one: Subscription | null) => {
    const row = known.subscriptions.get(id) ?? null;
    const ticket = row?.value.ticket ? (known.tickets.get(row.value.ticket) ?? null) : null;
    const move = row?.value.liveMove ? (known.moves.get(row.value.liveMove) ?? null) : null;
    const gone = look.gone.get(id) ?? null;
    const fields = unread?.get(id);
    const stored = one && settled(one, row?.value.snapshot, fields);
    const lost = one !== null && one.autoRenew === null && stored !== null && isWatched(stored);
    const flagLostSince = lost ? (row?.value.flagLostSince ?? at) : null;
    const longLost = flagLostSince !== null && Date.parse(at) - Date.parse(flagLostSince) >= FLAG_LOST_MS;
    const now = stored && longLost ? { ...stored, autoRenew: null } : stored;
    const base = now?.parentId ? baseOf(now.parentId, known, look, unread) : null;
    const goesWithBase =
      now !== null && base !== null && endsWith(now, base, dayOf(at)) && matchProgramme(deps.programmes, now.offerId, now.offerName) === null;
    const outlives = now !== null && base !== null && runsOnAfter(now, base, dayOf(at));
    const renamed = ticket !== null && ticket.value.customerName !== customer.name;
    const prices = look.prices.get(id) ?? null;
    const verdict = detect({
      known: row?.value ?? null,
      ticket: ticket?.value ?? null,
      move: move?.value ?? null,
      now,
      stored,
      flagLostSince,
      gone,
      goesWithBase,
      outlives,
      retired: now !== null && wouldExtend(now) && matchProgramme(deps.programmes, now.offerId, now.offerName) !== null,
      renamed,
      priced: prices,
      at,
    });
    if (verdict.kind !== 'same')
      found.push({ id, now, stored, flagLostSince, gone, goesWithBase, outlives, priced: prices, rows: { known: row, ticket, move }, verdict });
  };
  for (const [id, one] of look.current) detectOne(id, one);
  for (const id of look.first) detectOne(id, null);
  for (const id of look.gone.keys()) detectOne(id, null);
  // A ticket whose move ended after its subscription had gone.
  for (const [id, { value }] of known.subscriptions) if (value.goneAt && value.ticket && !look.current.has(id) && !look.gone.has(id)) detectOne(id, null);
  return found;
}

/** The base of an add-on: as it reads now, and what could not be read, or is missing from one look, as it was last known; null where it is not known. */
function baseOf(id: string, known: Known, { current, gone }: Look, unread: ReturnType<typeof unreadById>): Subscription | null {
  const one = current.get(id);
  const before = known.subscriptions.get(id)?.value;
  if (one) return settled(one, before?.snapshot, unread?.get(id));
  return before && !before.goneAt && !gone.has(id) ? before.snapshot : null;
}

/** Only of these it matters whether their plan is retired; to look that up for each at each look would cost. */
function wouldExtend({ kind, autoRenew, atTermEnd }: Subscription): boolean {
  return kind === 'newCommerce' && autoRenew === false && atTermEnd === null;
}

/** Whether an add-on ends with its base, and not before it: then the base's card tells of both. A base that is an add-on itself has no such card. */
function endsWith(addon: Subscription, base: Subscription, today: string): boolean {
  return base.parentId === null && stopsRenewing(base, today) && (addon.lastDay ?? '') >= (base.lastDay ?? '');
}

/** The closed tickets that are opened again; one whose ticket is not there, or was opened meanwhile, gets a new one. */
async function reopen(deps: SweepDeps, customerId: string, found: SubscriptionChange[]): Promise<void> {
  for (const one of found) {
    if (one.verdict.kind !== 'open' || one.verdict.again === undefined) continue;
    const row = await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(one.verdict.again));
    if (row?.value.closed) one.rows = { ...one.rows, ticket: row };
  }
}

/** What a new ticket tells is read, and of one that is told as new in its old one. */
function readsFacts({ verdict, rows }: SubscriptionChange): boolean {
  return verdict.kind === 'open' && (rows.ticket === null || rows.ticket.value.closed?.how === 'renewed');
}

/** Whether a new ticket is taken for it. */
function takesTicket({ verdict, rows }: SubscriptionChange): boolean {
  return verdict.kind === 'open' && rows.ticket === null;
}

/** Stores what was judged. Returns how many tickets are open. */
async function storeAll(deps: SweepDeps, customer: Customer, found: SubscriptionChange[], all: Subscription[], known: Known, how: How): Promise<number> {
  await resumeStale(deps, customer.id, known, how.relist);
  // Before anything is changed: what closes now must not be listed again as it was.
  if (how.relist) for (const row of known.tickets.values()) await listTicket(deps.store, row.value, null);
  // A release that knew no such list has not written them.
  if (how.listEnds)
    for (const some of chunksOf([...known.subscriptions.values()], CHANGES_MAX))
      await listEnds(
        deps,
        some.map(({ value }) => ({ before: null, now: value })),
        deps.clock.now().toISOString(),
      );
  await reopen(deps, customer.id, found);
  const opening = found.filter(takesTicket);
  const ticketIds = opening.length > 0 ? await takeTickets(deps.store, opening.length, deps.clock.now()) : [];
  const silent = how.baseline && !(await readListing(deps.store))?.baselineAt;
  const catalogue = emptyCatalogue();
  const { partnerCenter, priceSheets, programmes } = deps;
  const factsDeps = { partnerCenter, priceSheets, programmes, today: dayOf(deps.clock.now()), lookedOn: how.lookedAt?.slice(0, 10) ?? null };
  const burst = how.baseline || opening.length > ENRICH_MAX;
  if (burst) await lookUpLater(deps, customer.id, ticketIds, silent);
  let [speaks, whole] = [false, true];
  for (const some of chunksOf(found, PACK)) {
    const pack: Stored[] = [];
    for (const one of some) {
      const ticketId = takesTicket(one) ? ticketIds[opening.indexOf(one)] : undefined;
      const read = readsFacts(one) && !burst && one.now ? await readFacts({ ...factsDeps, replanned: isReplanned(one) }, one.now, all, catalogue) : undefined;
      const stored = changesOf({ customer, all, programmes: deps.programmes, at: deps.clock.now().toISOString() }, one, { ticketId, silent, read, burst });
      // What its card lacks follows by itself.
      const about = read?.lacks || losesPrice(stored) ? (ticketId ?? one.rows.ticket?.value.id) : null;
      if (about) await deps.wake.schedule({ queue: 'move', what: 'facts', customerId: customer.id, ticketId: about, tries: 0 });
      pack.push(stored);
    }
    const tracked = pack.map(trackedIn);
    const ends = some.flatMap((one, n) => (tracked[n] ? [{ before: one.rows.known?.value ?? null, now: tracked[n] }] : []));
    await listEnds(deps, ends, deps.clock.now().toISOString());
    whole = (await storePack(deps, customer.id, pack)) && whole;
    speaks ||= pack.some((one) => one.news);
  }
  // A ticket that somebody else's change has kept from standing stays noted as taken.
  if (whole) await settleTickets(deps.store, ticketIds);
  // All at once: a digest that went out in between would lack the rest.
  if (speaks) deps.wake.now({ queue: 'notify', what: 'fanOut', customerId: customer.id });
  return known.tickets.size + opening.length;
}

/** Whether what is planned for its next term was changed by somebody. */
function isReplanned({ verdict }: SubscriptionChange): boolean {
  return verdict.kind === 'open' && verdict.as === 'outcome' && verdict.what.startsWith('plan');
}

/** What is stored of the subscription. */
function trackedIn({ changes }: Stored): TrackedSubscription | null {
  const change = changes.find((one) => one.key.startsWith(SUBSCRIPTION));
  return change && change.op !== 'delete' ? (change.value as TrackedSubscription) : null;
}

/** A move whose time has passed long ago lost its wake-up; it gets a new one. One that waits for an approval is listed again. */
async function resumeStale(deps: SweepDeps, customerId: string, known: Known, relist: boolean): Promise<void> {
  for (const { value } of known.moves.values()) {
    const { nextAt, ticketId, state, subscriptionId } = value;
    const now = deps.clock.now().getTime();
    const stale = nextAt !== null && !isAhead(Date.parse(nextAt) + STALE_MS, now, WAIT_MOST_MS + STALE_MS);
    if (stale && !leaseAt(value, now)) deps.wake.now({ queue: 'move', what: 'move', customerId, subscriptionId });
    const ticket = known.tickets.get(ticketId);
    if (relist && ticket && (state === 'quoted' || state === 'weighed')) await listApproval(deps.store, ticket.value, value);
  }
}

/** Whether all of it was stored. A conflict means that somebody moved meanwhile; the next sweep looks again at the truth. */
async function storePack(deps: SweepDeps, customerId: string, pack: Stored[]): Promise<boolean> {
  const changes = pack.flatMap((one) => one.changes);
  if (pack.some((one) => one.news)) await deps.wake.schedule({ queue: 'notify', what: 'fanOut', customerId });
  const result = await deps.store.commit(...ofCustomer(customerId), changes);
  if (result === 'conflict' && pack.length > 1) {
    let whole = true;
    for (const one of pack) whole = (await storePack(deps, customerId, [one])) && whole;
    return whole;
  }
  if (result === 'conflict') return false;
  for (const one of pack) {
    if (one.ticket) await listTicket(deps.store, one.ticket, one.before);
    if (one.ticket && one.move) await listApproval(deps.store, one.ticket, one.move);
  }
  return true;
}
