/** Opens moves and applies events to them, each in one transaction with its record and its news. */
import { type Activity, type Done, doneBefore, withDone } from '../activity.ts';
import type { Clock } from '../clock.ts';
import type { Expiry, KnownSubscription, Migration, Money, News, NewsKind, Subscription } from '../domain.ts';
import { listApproval, listExpiry } from '../lists.ts';
import { type Actor, expiryKey, FIRST_HASH, recorded, settleTickets, subscriptionKey, takeTickets } from '../record.ts';
import type { Change, Row, Store } from '../store/store.ts';
import type { Hints } from '../worker.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { plainFacts } from '../watch/facts.ts';
import { askedAnew, askedOf, isOpenQuestion } from './asked.ts';
import { advance, answered, isLive, type MoveEvent, newMigration, type Refused } from './migration.ts';

export interface Applying {
  store: Store;
  clock: Clock;
  hints: Hints;
  programmes: readonly Programme[];
  /** What a person does here; the bot's own work has none. */
  doing?: Doing | undefined;
}

/** A person's doing: its marks are stored with its effect. */
export interface Doing {
  activity: Activity;
  /** What was asked where it was decided; null for what answers no question. */
  asked: number | null;
  /** What is answered, kept for whoever delivers it again. */
  reply: unknown;
}

export interface Matter {
  known: Row<KnownSubscription>;
  expiry: Row<Expiry> | null;
  /** The live migration, else the latest of this expiry. */
  migration: Row<Migration> | null;
}

export type Applied =
  | { migration: Migration; expiry: Expiry; news: NewsKind }
  | (Refused & { migration: Migration | null; expiry: Expiry | null })
  | { refused: 'gone' }
  | { refused: 'otherCall' }
  /** This very activity has had its effect before. */
  | { refused: 'doneBefore'; done: Done }
  /** Something else is asked by now. */
  | { refused: 'askedAnew' };

/** The call that an outcome belongs to: of which move, at which version, under which request id. */
export interface CallOf {
  key: string;
  version: number;
  requestId: string | null;
  /** The call got an answer, so the next one needs a new request id. */
  answered: boolean;
  /** A change that must go with it; where it cannot, the outcome is dropped. */
  also?: Change;
}

const TRIES = 6;

/** A subscription's rows as they are now. */
export async function readMatter(store: Store, customerId: string, subscriptionId: string): Promise<Matter | undefined> {
  const known = await store.get<KnownSubscription>('customers', customerId, subscriptionKey(subscriptionId));
  if (!known) return undefined;
  const expiry = known.value.expiry ? ((await store.get<Expiry>('customers', customerId, expiryKey(known.value.expiry))) ?? null) : null;
  const key = known.value.liveMigration ?? expiry?.value.migration;
  const migration = key ? ((await store.get<Migration>('customers', customerId, key)) ?? null) : null;
  return { known, expiry, migration };
}

/**
 * Applies one event by `by`. `call`: the bot's own call that led here; where the move is another one by now, or has gone
 * on, its outcome is dropped (`otherCall`). A conflict with another writer is looked at anew, with the truth as it then is.
 */
export async function applyEvent(
  deps: Applying,
  customerId: string,
  subscriptionId: string,
  event: MoveEvent,
  by: Actor,
  call: CallOf | null = null,
): Promise<Applied> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const matter = await readMatter(deps.store, customerId, subscriptionId);
    if (!matter?.expiry || !matter.migration) return { refused: 'gone' };
    const at = deps.clock.now().toISOString();
    const before = matter.migration.value;
    if (call && !belongs(call, before)) return { refused: 'otherCall' };
    const stale = whyNotNow(deps.doing, matter.expiry.value, before);
    if (stale) return stale;
    const step = advance(before, event, at);
    if ('refused' in step) return { ...step, migration: before, expiry: matter.expiry.value };
    const next = readNow(call?.answered ? answered(step.next) : step.next, event, at);
    const correlationId = call?.answered ? next.call?.requestId : undefined;
    const done = await commitStep(deps, matter, next, { event, kind: step.news, by, at, correlationId, also: call?.also });
    if (done) return { migration: next, expiry: done, news: step.news };
    if (call?.also) return { refused: 'otherCall' };
  }
  throw new Error(`The move of ${subscriptionId} changed ${TRIES} times while '${event.kind}' was being stored.`);
}

/** Events that tell what Partner Center was read to say. */
const READS: ReadonlySet<MoveEvent['kind']> = new Set(['placed', 'provisioned', 'counted', 'nothingToMove', 'moved', 'verified']);

/** What a card says rests on the latest of these reads. */
function readNow(migration: Migration, event: MoveEvent, at: string): Migration {
  return READS.has(event.kind) ? { ...migration, readAt: at } : migration;
}

/** Why a person's doing has no effect as the rows now stand: it has had it, or was to another question. */
function whyNotNow(doing: Doing | undefined, expiry: Expiry, migration: Migration | null): Extract<Applied, { refused: 'doneBefore' | 'askedAnew' }> | null {
  if (!doing) return null;
  const done = doneBefore(expiry.done, doing.activity);
  if (done) return { refused: 'doneBefore', done };
  return doing.asked !== null && doing.asked !== askedOf(expiry, migration) ? { refused: 'askedAnew' } : null;
}

/** The ticket with the marks of what was done to it. */
function marked(deps: Pick<Applying, 'doing'>, expiry: Expiry): Expiry {
  return deps.doing ? { ...expiry, done: withDone(expiry.done, deps.doing.activity, deps.doing.reply) } : expiry;
}

function belongs(call: CallOf, migration: Migration): boolean {
  return migration.key === call.key && migration.version === call.version && (migration.call?.requestId ?? null) === call.requestId;
}

/** Ends after which nothing more is bought. */
const OPEN_ENDS: ReadonlySet<MoveEvent['kind']> = new Set(['cancel', 'lapse']);

interface Stepping {
  event: MoveEvent;
  kind: NewsKind;
  by: Actor;
  at: string;
  correlationId: string | undefined;
  also: Change | undefined;
}

/** Stores a step; undefined when somebody else was faster. */
async function commitStep(deps: Applying, matter: Matter, next: Migration, step: Stepping): Promise<Expiry | undefined> {
  const { event, kind, by, at, correlationId, also } = step;
  const { store, hints } = deps;
  const before = matter.migration as Row<Migration>;
  const expiryRow = matter.expiry as Row<Expiry>;
  const replaced: Change = { op: 'replace', key: next.key, value: next, etag: before.etag };
  const hint = `${next.customerId} ${next.subscriptionId}`;
  if (next.version === before.value.version) {
    if ((await store.commit('customers', next.customerId, [replaced])) === 'conflict') return undefined;
    return expiryRow.value;
  }
  const closes = next.state === 'finished' && next.outcome !== 'givenUp';
  const begun = next.state === 'purchasing' || next.order ? { begun: true as const } : {};
  const expiry: Expiry = marked(deps, { ...expiryRow.value, ...begun, migration: next.key, closed: closes ? { how: 'moved', at } : expiryRow.value.closed });
  const data = { ...eventData(event, next), ...(OPEN_ENDS.has(event.kind) && isOpenQuestion(before.value) ? { open: 1 } : {}) };
  // The next move may have begun by the time that it is told.
  const news: News = { kind, expiryId: expiry.id, by: by.key, at, data: kind === 'finished' && next.outcome ? { ...data, outcome: next.outcome } : data };
  const changes = [
    replaced,
    ...(also ? [also] : []),
    ...recorded(expiryRow, expiry, [{ by, what: event.kind, before: before.value.state, after: next.state, data, correlationId }], [news], at),
  ];
  if (!isLive(next)) {
    const { snapshot } = matter.known.value;
    // Who switches it on again before the next look brings news too.
    const read = event.kind === 'verified' ? { snapshot: { ...snapshot, status: 'suspended' }, suspendedAt: at } : {};
    const known: KnownSubscription = { ...matter.known.value, ...read, liveMigration: null, expiry: closes ? null : matter.known.value.expiry };
    changes.push({ op: 'replace', key: matter.known.key, value: known, etag: matter.known.etag });
  }
  await Promise.all([next.nextAt && hints.before('move', hint), hints.before('speak', `spread ${next.customerId}`)]);
  if ((await store.commit('customers', next.customerId, changes)) === 'conflict') return undefined;
  if (next.nextAt) hints.nudge('move', hint);
  hints.nudge('speak', `spread ${next.customerId}`);
  if (closes) await listExpiry(store, expiry, null);
  if (next.state === 'quoted' || before.value.state === 'quoted') await listApproval(store, expiry, next);
  return expiry;
}

/** What the record keeps of an event: numbers and short words, no names. */
function eventData(event: MoveEvent, next: Migration): Record<string, string | number> {
  switch (event.kind) {
    case 'chosen':
      return { plan: event.plan.title, quantity: event.quantity };
    case 'priced':
      return {
        plan: event.quote.planTitle,
        quantity: event.quote.quantity,
        monthly: event.quote.monthly.minor,
        currency: event.quote.monthly.currency,
        cart: event.quote.cartId,
      };
    case 'approve':
      return next.quote ? { monthly: next.quote.monthly.minor, currency: next.quote.monthly.currency, hash: event.hash } : {};
    case 'placed':
      return { order: event.orderId };
    case 'ask':
      return { order: event.order.id };
    case 'settle':
      return { order: event.order ?? '', reason: event.reason };
    case 'unsettled':
      return { why: event.why };
    case 'changed':
      return event.why ? { why: event.why } : {};
    case 'differs':
      return { reason: 'orderDiffers', ...Object.fromEntries(event.differs.map((one) => [one.what, `${plain(one.asked)} -> ${plain(one.came)}`])) };
    case 'remind':
      return next.question ? { order: next.question.id } : {};
    case 'provisioned':
      return { subscription: event.subscriptionId };
    case 'counted':
    case 'nothingToMove':
    case 'moved':
      return { moved: event.people.moved, total: event.people.total, movable: event.people.movable, blocked: event.people.blocked, kept: event.people.kept };
    case 'refused':
      return { reason: event.reason, code: event.code };
    case 'fail':
      return { reason: event.reason, code: event.code };
    case 'unclear':
    case 'late':
      return { code: event.code, ...(next.state === 'stuck' && next.stuck ? { reason: next.stuck.reason } : {}) };
    case 'confirmUsers':
      return event.except.length > 0 ? { except: event.except.join(' ') } : {};
    case 'decline':
    case 'skip':
    case 'vouch':
    case 'giveUp':
      return { reason: event.reason };
    case 'waive':
      return { reason: event.reason, people: event.people.map((person) => person.id).join(' ') };
    default:
      return {};
  }
}

function plain(value: string | number | Money): string {
  return typeof value === 'object' ? `${value.minor} ${value.currency}` : String(value);
}

type NotOpened = Extract<Applied, { refused: 'gone' | 'doneBefore' | 'askedAnew' }>;
export type Opened = { opened: true; migration: Migration } | { opened: false; migration: Migration | null };

/**
 * Opens a move for an open expiry. The subscription's row is changed under its etag: that is what makes a second live
 * one impossible.
 */
export async function openMigration(deps: Applying, customerId: string, subscriptionId: string, by: Actor): Promise<Opened | NotOpened> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const matter = await readMatter(deps.store, customerId, subscriptionId);
    if (!matter?.expiry || matter.expiry.value.closed) return { refused: 'gone' };
    if (matter.known.value.liveMigration) return { opened: false, migration: matter.migration?.value ?? null };
    const stale = whyNotNow(deps.doing, matter.expiry.value, matter.migration?.value ?? null);
    if (stale) return stale;
    const at = deps.clock.now().toISOString();
    const n = matter.known.value.migrations + 1;
    const key = `mig_${subscriptionId}_${n}`;
    const asked = askedAnew(matter.expiry.value, matter.migration?.value ?? null);
    const migration = newMigration({ key, customerId, subscriptionId, expiryId: matter.expiry.value.id, by: by.key, asked }, at);
    const known: KnownSubscription = { ...matter.known.value, liveMigration: key, migrations: n };
    const { snoozed: _, letGo: __, ...marks } = matter.expiry.value.marks;
    const expiry: Expiry = { ...matter.expiry.value, migration: key, marks };
    const changes: Change[] = [
      { op: 'create', key, value: migration },
      { op: 'replace', key: matter.known.key, value: known, etag: matter.known.etag },
      ...recorded(matter.expiry, expiry, [{ by, what: 'opened', before: '', after: 'drafting' }], [], at),
    ];
    if ((await deps.store.commit('customers', customerId, changes)) === 'done') return { opened: true, migration };
  }
  throw new Error(`The move of ${subscriptionId} could not be opened in ${TRIES} tries.`);
}

/** Opens an expiry of kind `asked` for a subscription that still renews, so that it can be moved at any time. */
export async function askExpiry(deps: Applying, customerName: string, subscription: Subscription, all: Subscription[], by: Actor): Promise<Expiry | undefined> {
  const tickets = await takeTickets(deps.store, 1, deps.clock.now());
  const [ticket] = tickets;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const row = await deps.store.get<KnownSubscription>('customers', subscription.customerId, subscriptionKey(subscription.id));
    if (row?.value.expiry) return (await deps.store.get<Expiry>('customers', subscription.customerId, expiryKey(row.value.expiry)))?.value;
    const at = deps.clock.now().toISOString();
    const known: KnownSubscription = { episode: 0, liveMigration: null, migrations: 0, ...row?.value, snapshot: subscription, expiry: ticket as string };
    known.episode += 1;
    const expiry: Expiry = {
      id: ticket as string,
      customerId: subscription.customerId,
      customerName,
      subscriptionId: subscription.id,
      kind: 'asked',
      episode: known.episode,
      openedAt: at,
      facts: plainFacts(subscription, all, deps.programmes),
      plans: null,
      marks: {},
      closed: null,
      migration: null,
      remindedAt: null,
      audit: { seq: 0, hash: FIRST_HASH },
    };
    const change: Change = row
      ? { op: 'replace', key: row.key, value: known, etag: row.etag }
      : { op: 'create', key: subscriptionKey(subscription.id), value: known };
    if (
      (await deps.store.commit('customers', subscription.customerId, [
        change,
        ...recorded(null, expiry, [{ by, what: 'asked', before: '', after: 'open' }], [], at),
      ])) === 'conflict'
    )
      continue;
    await settleTickets(deps.store, tickets);
    await listExpiry(deps.store, expiry, null);
    return expiry;
  }
  throw new Error(`The matter of ${subscription.id} could not be opened in ${TRIES} tries.`);
}

/**
 * Changes an open expiry's own row, with its record and its news; `seen` is the row as it was read, and it is read anew
 * where it has changed since. `change` returns null when there is nothing to do.
 */
export async function changeExpiry(
  deps: Applying,
  seen: Row<Expiry>,
  by: Actor,
  change: (expiry: Expiry) => { expiry: Expiry; what: string; data: Record<string, string | number>; news: NewsKind } | null,
): Promise<void> {
  const { customerId, id: ticket } = seen.value;
  let row: Row<Expiry> | undefined = seen;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const changed = row && change(row.value);
    if (!row || !changed || (deps.doing && doneBefore(row.value.done, deps.doing.activity))) return;
    await deps.hints.before('speak', `spread ${customerId}`);
    const at = deps.clock.now().toISOString();
    const news: News = { kind: changed.news, expiryId: ticket, by: by.key, at, data: changed.data };
    const changes = recorded(row, marked(deps, changed.expiry), [{ by, what: changed.what, before: 'open', after: 'open', data: changed.data }], [news], at);
    if ((await deps.store.commit('customers', customerId, changes)) === 'done') return deps.hints.nudge('speak', `spread ${customerId}`);
    row = await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket));
  }
  throw new Error(`${ticket} changed ${TRIES} times while a change was being stored.`);
}
