/** The look at licences that a customer did not buy through us: once a day, where somebody would be told; what it finds is stored as tickets. */
import { BOT, ticketTransaction } from '../auditLog/auditLog.ts';
import { watchers } from '../chats.ts';
import { isAhead } from '../clock.ts';
import { elsewhereId, elsewhereSku } from '../domain/elsewhere.ts';
import type { Move, News, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { moveChange } from '../moves/rows.ts';
import { advance } from '../moves/states.ts';
import { PartnerCenterError, type SeatPool, type SubscriptionList } from '../partnerCenter/port.ts';
import { ELSEWHERE, ofCustomer, SEATS_UNREAD, ticketKey } from '../store/rows.ts';
import { type Row, type Store, withPrefix } from '../store/store.ts';
import { asSubscription, type ElsewhereRead, isRetiredPool, readElsewhere } from '../tickets/elsewhere.ts';
import { emptyCatalogue, readFacts } from '../tickets/facts.ts';
import { listTicket } from '../tickets/openList.ts';
import { subscriptionChange } from '../tickets/subscriptions.ts';
import { settleTickets, takeTickets } from '../tickets/tickets.ts';
import { changesOf } from './changes.ts';
import type { Stored, StoredRows } from './told.ts';
import type { Customer } from './compare.ts';
import type { SweepDeps } from './deps.ts';
import { APART_MS, detectSeats, isGone, type SeatsNow, type SeatsVerdict } from './elsewhere.ts';
import { spread } from './rest.ts';
import type { WatchRow } from './rows.ts';

const DAY_MS = 86_400_000;
/** The first looks at many customers are spread over so many of a customer's own. */
const SPREAD_LOOKS = 24;
const STALE_MS = 10_000;
const TOLD_MAX = 1_000;
/** What passes is tried again sooner. */
const PASSING: ReadonlySet<PartnerCenterError['kind']> = new Set(['throttled', 'unclear', 'notReady']);

/** Of one customer whose licences from elsewhere could not be told: why none of them, or the names of those. */
export interface SeatsUnread {
  name: string;
  why: string | null;
  names: string[];
}

interface Seen {
  list: SubscriptionList;
  rows: readonly Row<unknown>[];
  watch: WatchRow;
}

/** Looks where it is time, stores what has become of each, and returns when to look next; what cannot be read concludes nothing and is listed. */
export async function lookAtSeats(deps: SweepDeps, customer: Customer, { list, rows, watch }: Seen): Promise<NonNullable<WatchRow['seats']>> {
  const known = rows.filter((row) => row.key.startsWith(ELSEWHERE)) as Row<TrackedSubscription>[];
  const at = deps.clock.now().getTime();
  const { seats } = watch;
  if (!seats) return { nextAt: at + spread(customer.id, Math.min(DAY_MS, SPREAD_LOOKS * deps.periodMs)), unread: null };
  if (!list.whole || isAhead(seats.nextAt, at, DAY_MS)) {
    await actOn(deps, customer, known, null);
    return seats;
  }
  if (known.length === 0 && !(await isWatched(deps, customer.id))) return { ...seats, nextAt: at + DAY_MS };
  const { found, why } = await read(deps, customer.id, list, known);
  const unread = await listUnread(deps.store, customer, seats.unread, { why: why && `${why.kind} ${why.code}`, found });
  const again = await actOn(deps, customer, known, found);
  // What was seen, or missed, for the first time is looked at once more.
  const soon = again || (why !== null && PASSING.has(why.kind));
  return { nextAt: at + (soon ? APART_MS : DAY_MS), unread };
}

/** Whether any chat would be told. */
async function isWatched({ store, programmes }: Pick<SweepDeps, 'store' | 'programmes'>, customerId: string): Promise<boolean> {
  if (programmes.length === 0) return false;
  return (await watchers(store)).some(({ watching }) => watching.some((one) => one.what !== 'customer' || one.customerId === customerId));
}

async function read(
  { lowPriority, programmes, log }: SweepDeps,
  customerId: string,
  list: SubscriptionList,
  known: readonly Row<TrackedSubscription>[],
): Promise<{ found: ElsewhereRead | null; why: PartnerCenterError | null }> {
  const ids = new Set(known.map((row) => row.value.snapshot.id));
  try {
    const only = (pool: SeatPool) => isRetiredPool(programmes, pool) || ids.has(elsewhereId(pool.skuId) ?? '');
    return { found: await readElsewhere(lowPriority, customerId, { list, only }), why: null };
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    log.warn({ customer: customerId, kind: error.kind, code: error.code }, 'licences from elsewhere could not be looked for');
    return { found: null, why: error };
  }
}

/** Lists the customer for the status, or takes it off; returns what is listed, as one text to compare. */
async function listUnread(
  store: Store,
  { id, name }: Customer,
  before: string | null,
  { why, found }: { why: string | null; found: ElsewhereRead | null },
): Promise<string | null> {
  const names = (found?.unsure ?? []).map((one) => one.name);
  const row: SeatsUnread | null = found && names.length === 0 ? null : { name, why, names };
  const unread = row && JSON.stringify(row);
  if (unread === before) return unread;
  if (row) await store.put(...SEATS_UNREAD, id, row);
  else await store.remove(...SEATS_UNREAD, id);
  return unread;
}

/** The customers of whom it could not be told. */
export async function seatsUnread(store: Store): Promise<SeatsUnread[]> {
  return (await withPrefix<SeatsUnread>(store, ...SEATS_UNREAD, '', TOLD_MAX)).map((row) => row.value);
}

/** Decides about each that is known or was found, and stores it. Returns whether one waits to be seen, or missed, once more. */
async function actOn(deps: SweepDeps, customer: Customer, known: readonly Row<TrackedSubscription>[], found: ElsewhereRead | null): Promise<boolean> {
  const byId = new Map(known.map((row) => [row.value.snapshot.id, row]));
  const there = new Map((found?.seats ?? []).flatMap((one) => asSubscription(customer.id, one) ?? []).map((one) => [one.id, one]));
  let soon = false;
  for (const id of new Set([...byId.keys(), ...there.keys()])) {
    const now = there.get(id) ?? seatsNow(found, elsewhereSku(id) ?? '');
    soon = (await actOnOne(deps, customer, { id, row: byId.get(id) ?? null, now })) || soon;
  }
  return soon;
}

function seatsNow(found: ElsewhereRead | null, skuId: string): SeatsNow {
  if (!found || found.listed.length === 0 || found.unsure.some((one) => one.skuId === skuId)) return null;
  return found.listed.includes(skuId) ? 'none' : 'absent';
}

interface One {
  id: string;
  row: Row<TrackedSubscription> | null;
  now: SeatsNow;
}

async function actOnOne(deps: SweepDeps, customer: Customer, { id, row, now }: One): Promise<boolean> {
  const at = deps.clock.now().toISOString();
  const known = row?.value ?? null;
  const [ticket, move] = await Promise.all([
    known?.ticket ? deps.store.get<Ticket>(...ofCustomer(customer.id), ticketKey(known.ticket)) : undefined,
    known?.liveMove ? deps.store.get<Move>(...ofCustomer(customer.id), known.liveMove) : undefined,
  ]);
  resumeStale(deps, move?.value);
  const rows: StoredRows = { known: row, ticket: ticket ?? null, move: move ?? null };
  const renamed = ticket !== undefined && ticket.value.customerName !== customer.name;
  const observed = { known, ticket: ticket?.value ?? null, move: move?.value ?? null, now, renamed, at };
  const verdict = detectSeats(observed);
  const isMissing = now === 'none' || now === 'absent';
  const pending = verdict.kind === 'first' || (isMissing && !isGone(observed)) || Boolean(known?.seenAt && verdict.kind !== 'open' && now !== null);
  if (verdict.kind === 'same') return pending;
  const read = now !== null && typeof now === 'object' ? now : null;
  const deciding = { id, rows, verdict, now: read ?? asLastKnown(known, isMissing), gone: isGone(observed) ? ('gone' as const) : null, at };
  return !(await storeOne(deps, customer, deciding)) || pending;
}

/** Where nobody looked it is as it was. */
function asLastKnown(known: TrackedSubscription | null, isMissing: boolean): Subscription | null {
  return known && !isMissing && !known.missingAt && !known.goneAt ? known.snapshot : null;
}

/** A move whose time has passed long ago lost its wake-up. */
function resumeStale({ clock, wake }: SweepDeps, move: Move | undefined): void {
  if (!move?.nextAt || Date.parse(move.nextAt) + STALE_MS > clock.now().getTime()) return;
  wake.now({ queue: 'move', what: 'move', customerId: move.customerId, subscriptionId: move.subscriptionId });
}

interface Deciding {
  id: string;
  rows: StoredRows;
  verdict: SeatsVerdict;
  now: Subscription | null;
  gone: 'gone' | 'left' | null;
  at: string;
}

/** False where somebody else was faster: a next look finds the truth as it then is. */
async function storeOne(deps: SweepDeps, customer: Customer, one: Deciding): Promise<boolean> {
  const ticketIds = one.verdict.kind === 'open' ? await takeTickets(deps.store, 1, deps.clock.now()) : [];
  const stored = await changesFor(deps, customer, one, ticketIds[0]);
  if (!stored) return false;
  const fanOut = { queue: 'notify', what: 'fanOut', customerId: customer.id } as const;
  if (stored.news) await deps.wake.schedule(fanOut);
  if ((await deps.store.commit(...ofCustomer(customer.id), stored.changes)) === 'conflict') return false;
  await settleTickets(deps.store, ticketIds);
  if (stored.ticket) await listTicket(deps.store, stored.ticket, stored.before);
  if (stored.news) deps.wake.now(fanOut);
  return true;
}

async function changesFor(deps: SweepDeps, customer: Customer, one: Deciding, ticketId: string | undefined): Promise<Stored | null> {
  const { rows, verdict, now, at } = one;
  if (verdict.kind === 'finish') return finished(rows, at);
  if (verdict.kind === 'first') return now && firstSeen(rows.known, now, at);
  const look = { customer, all: [], programmes: deps.programmes, at };
  const facts = { partnerCenter: deps.partnerCenter, priceSheets: deps.priceSheets, programmes: deps.programmes, today: at.slice(0, 10) };
  const opens = verdict.kind === 'open' && now !== null;
  const read = opens ? await readFacts(facts, now, [], emptyCatalogue()) : undefined;
  // What its card lacks follows by itself.
  if (ticketId && read?.lacks) await deps.wake.schedule({ queue: 'move', what: 'facts', customerId: customer.id, ticketId, tries: 0 });
  const change = { id: one.id, now, stored: now, flagLostSince: null, gone: one.gone, goesWithBase: false, rows: asToldNow(rows, now, opens), verdict };
  return changesOf(look, change, { ticketId, silent: false, burst: false, read });
}

/** What was seen and told waits no more; how many are in use, and how many ours, is as it reads now. */
function asToldNow(rows: StoredRows, now: Subscription | null, opens: boolean): StoredRows {
  const { known, ticket } = rows;
  const { seenAt, ...told } = known?.value ?? ({} as TrackedSubscription);
  const elsewhere = now?.elsewhere;
  // Of an open ticket it waited for its number, which is told now, or is the old one again.
  const waits = seenAt !== undefined && !opens && !ticket;
  const inUse = elsewhere?.ours === 0 ? elsewhere.inUse : null;
  return {
    ...rows,
    known: known && { ...known, value: waits ? { ...told, seenAt } : told },
    ticket: ticket && elsewhere ? { ...ticket, value: { ...ticket.value, facts: { ...ticket.value.facts, elsewhere, inUse } } } : ticket,
  };
}

function firstSeen(row: Row<TrackedSubscription> | null, snapshot: Subscription, seenAt: string): Stored {
  const none: TrackedSubscription = { snapshot, episode: 0, ticket: null, liveMove: null, moves: 0 };
  const known: TrackedSubscription = { ...none, ...row?.value, snapshot, goneAt: null, missingAt: null, seenAt };
  return { changes: [subscriptionChange(row, known)], ticket: null, before: null, move: null, news: false };
}

/** The customer has ended them: the move that waited for it is over. Null where it cannot be. */
function finished({ known, ticket, move }: StoredRows, at: string): Stored | null {
  const step = move && advance(move.value, { kind: 'seatsGone' }, at);
  if (!known || !ticket || !step || 'refused' in step) return null;
  const closed: Ticket = { ...ticket.value, closed: { how: 'moved', at }, facts: { ...ticket.value.facts, standing: 'gone', readAt: at } };
  const data = { outcome: step.next.outcome ?? '' };
  const entry = { by: BOT, what: 'seatsGone', before: move.value.state, after: step.next.state, data };
  const news: News = { kind: step.news, ticketId: closed.id, by: null, at, data };
  const value: TrackedSubscription = { ...known.value, ticket: null, liveMove: null, goneAt: at, missingAt: null };
  const changes = [moveChange(move, step.next), subscriptionChange(known, value), ...ticketTransaction(ticket, closed, [entry], [news], at)];
  return { changes, ticket: closed, before: ticket.value, move: step.next, news: true };
}

/** What is open of a customer who is no longer ours has left with it; one whose move still goes on is told. */
export async function closeSeats(deps: SweepDeps, customer: Customer, rows: readonly Row<unknown>[]): Promise<void> {
  const at = deps.clock.now().toISOString();
  for (const row of rows.filter((one) => one.key.startsWith(ELSEWHERE)) as Row<TrackedSubscription>[]) {
    const { ticket: ticketId, liveMove, snapshot } = row.value;
    const ticket = ticketId ? await deps.store.get<Ticket>(...ofCustomer(customer.id), ticketKey(ticketId)) : undefined;
    const move = liveMove ? await deps.store.get<Move>(...ofCustomer(customer.id), liveMove) : undefined;
    if (!ticket || ticket.value.facts.standing === 'left') continue;
    const verdict: SeatsVerdict = move ? { kind: 'changed', what: 'left' } : { kind: 'close', how: 'left' };
    await storeOne(deps, customer, { id: snapshot.id, rows: { known: row, ticket, move: move ?? null }, verdict, now: null, gone: 'left', at });
  }
}
