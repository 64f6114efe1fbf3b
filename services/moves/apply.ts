/** Opens moves and applies events to them, each in one transaction with its record and its news. */
import { type Done, doneBefore } from '../domain/activity.ts';
import type { Expiry, KnownSubscription, Migration, News, NewsKind } from '../domain/ticket.ts';
import { listApproval, listExpiry } from '../tickets/openList.ts';
import { type Actor, expiryKey, recorded, subscriptionKey } from '../auditLog/auditLog.ts';
import type { Change, Row, Store } from '../store/store.ts';
import { askedOf, isOpenQuestion } from './asked.ts';
import { advance, answered, isLive, type MoveEvent, type Refused } from './states.ts';
import type { Money } from '../domain/money.ts';
import { type Applying, type Doing, TRIES, marked } from '../tickets/tickets.ts';

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
export function whyNotNow(
  doing: Doing | undefined,
  expiry: Expiry,
  migration: Migration | null,
): Extract<Applied, { refused: 'doneBefore' | 'askedAnew' }> | null {
  if (!doing) return null;
  const done = doneBefore(expiry.done, doing.activity);
  if (done) return { refused: 'doneBefore', done };
  return doing.asked !== null && doing.asked !== askedOf(expiry, migration) ? { refused: 'askedAnew' } : null;
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
