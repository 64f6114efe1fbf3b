/** The state table of a move. Pure and total: every event in every state gives the next migration or a refusal. */
import { type FourEyes, lapsesAt, remindsAt, whyNotApprove, type WhyNotApprove } from '../approval/approval.ts';
import { later } from '../clock.ts';
import type {
  BlockedWhy,
  Draft,
  HeldWhy,
  Migration,
  MigrationState,
  NewsKind,
  PeopleCount,
  Plan,
  Quote,
  RefusalReason,
  StuckReason,
  Waiver,
} from '../domain.ts';
import type { Role } from '../people/roles.ts';

export type MoveEvent =
  | { kind: 'draft'; by: string; draft: Draft }
  | { kind: 'chosen'; by: string; plan: Plan; quantity: number; term: string | null; billing: string | null }
  | { kind: 'priced'; quote: Quote; terms: string[] }
  | { kind: 'refused'; reason: RefusalReason; code: string }
  | { kind: 'unclear'; code: string; retryAt: string | null }
  | { kind: 'approve'; by: string; roles: readonly Role[]; hash: string; fourEyes: FourEyes }
  | { kind: 'remind' }
  | { kind: 'hold'; why: HeldWhy; retryAt: string }
  | { kind: 'checked' }
  | { kind: 'changed' }
  /** The old subscription is no longer as it was when the price was asked for. */
  | { kind: 'oldChanged'; what: string }
  | { kind: 'back'; by: string }
  | { kind: 'decline'; by: string; reason: string }
  | { kind: 'lapse' }
  | { kind: 'cancel'; by: string }
  | { kind: 'placed'; orderId: string; subscriptionId: string | null }
  | { kind: 'provisioned'; subscriptionId: string; from: string | null; to: string | null; cancellableUntil: string | null }
  | { kind: 'late'; code: string }
  | { kind: 'counted'; people: PeopleCount }
  | { kind: 'nothingToMove'; people: PeopleCount }
  | { kind: 'confirmUsers'; by: string; except: string[] }
  | { kind: 'moved'; people: PeopleCount }
  | { kind: 'waive'; by: string; reason: string; people: Waiver['people'] }
  | { kind: 'confirmSuspend'; by: string }
  | { kind: 'skip'; by: string; reason: string }
  | { kind: 'otherChannel' }
  | { kind: 'verified' }
  | { kind: 'fail'; reason: StuckReason; code: string }
  | { kind: 'check'; by: string }
  | { kind: 'giveUp'; by: string; reason: string };

export type EventKind = MoveEvent['kind'];

export interface Step {
  next: Migration;
  news: NewsKind;
}

export interface Refused {
  refused: 'notNow' | 'alreadyApproved' | 'notWhileUnclear' | WhyNotApprove;
}

type Handler<K extends EventKind> = (m: Migration, e: Extract<MoveEvent, { kind: K }>, now: string) => Step | Refused;
type Table = { readonly [S in MigrationState]: { readonly [K in EventKind]?: Handler<K> } };

export const STATES: readonly MigrationState[] = [
  'drafting',
  'quoting',
  'quoted',
  'purchasing',
  'provisioning',
  'purchased',
  'reassigning',
  'reassigned',
  'suspending',
  'stuck',
  'finished',
  'cancelled',
];

/** How long Microsoft may take to prepare a purchase before a person must look. */
export const PROVISIONING_MS = 24 * 3_600_000;
/** How often an unclear answer is asked about before a person must look. */
export const UNCLEAR_TRIES = 8;

/** The table of the house, row by row; what does not stand here is refused. */
const TABLE: Table = {
  drafting: {
    draft: (m, e) => step(m, 'drafting', 'drafting', { draft: e.draft }),
    chosen: choose,
    cancel: (m) => step(m, 'cancelled', 'cancelled', {}),
  },
  quoting: {
    priced,
    refused: (m, e) => step(m, 'drafting', 'refused', { refusal: { reason: e.reason, code: e.code }, approval: null }),
    unclear: (m, e, now) =>
      m.attempts + 1 < UNCLEAR_TRIES
        ? again(m, e.retryAt, now)
        : step(m, 'drafting', 'refused', { refusal: { reason: 'unreachable', code: e.code }, approval: null }),
    oldChanged,
    cancel: (m) => step(m, 'cancelled', 'cancelled', { approval: null }),
  },
  quoted: {
    approve,
    hold: (m, e) => (m.approval ? hold(m, e) : { refused: 'notNow' }),
    checked: (m, _, now) => (m.approval ? step(m, 'purchasing', 'progress', { nextAt: now }) : { refused: 'notNow' }),
    unclear: (m, e, now) =>
      m.attempts + 1 < UNCLEAR_TRIES
        ? again(m, e.retryAt, now)
        : step(m, 'quoted', 'refused', { approval: null, refusal: { reason: 'unreachable', code: e.code } }),
    refused: (m, e) => step(m, 'drafting', 'refused', { refusal: { reason: e.reason, code: e.code }, approval: null }),
    changed: (m, _, now) => step(m, 'quoting', 'quoting', { nextAt: now }),
    oldChanged,
    back: (m) => (m.approval ? { refused: 'alreadyApproved' } : step(m, 'drafting', 'drafting', { quote: null })),
    decline: (m, e) => (m.approval ? { refused: 'alreadyApproved' } : step(m, 'cancelled', 'declined', { declined: { by: e.by, reason: e.reason } })),
    remind: (m) =>
      m.approval || m.reminded || !m.quote ? { refused: 'notNow' } : step(m, 'quoted', 'approvalDue', { reminded: true, nextAt: lapsesAt(m.quote) }),
    lapse: (m, _, now) => (m.quote && !m.approval && lapsesAt(m.quote) <= now ? step(m, 'cancelled', 'lapsed', {}) : { refused: 'notNow' }),
    cancel: (m) => (m.approval ? { refused: 'alreadyApproved' } : step(m, 'cancelled', 'cancelled', {})),
  },
  purchasing: {
    placed: (m, e, now) =>
      step(m, 'provisioning', 'progress', { order: { id: e.orderId, subscriptionId: e.subscriptionId, placedAt: now, cancellableUntil: null }, nextAt: now }),
    refused: (m, e, now) => stop(m, 'purchaseRefused', e.code, now),
    unclear: (m, e, now) => (m.attempts + 1 < UNCLEAR_TRIES ? again(m, e.retryAt, now) : stop(m, 'purchaseUnclear', e.code, now)),
    hold,
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  provisioning: {
    provisioned: (m, e, now) =>
      step(m, 'purchased', 'bought', {
        order: m.order && { ...m.order, subscriptionId: e.subscriptionId, cancellableUntil: e.cancellableUntil },
        sku: { from: e.from, to: e.to },
        people: null,
        counting: null,
        nextAt: now,
      }),
    unclear: (m, e, now) => again(m, e.retryAt, now),
    late: (m, e, now) => stop(m, 'provisioningLate', e.code, now),
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  purchased: {
    counted: (m, e) => step(m, 'purchased', 'counted', { people: e.people, counting: null }),
    nothingToMove: (m, e) => step(m, 'reassigned', 'counted', { people: e.people, counting: null }),
    confirmUsers: (m, e, now) => (m.people ? step(m, 'reassigning', 'moving', { confirmedBy: e.by, nextAt: now }) : { refused: 'notNow' }),
    waive,
    check: (m, _, now) => step(m, 'purchased', 'resumed', { people: null, counting: null, nextAt: now }),
    unclear: (m, e, now) => (m.attempts + 1 < UNCLEAR_TRIES ? again(m, e.retryAt, now) : stop(m, 'forbidden', e.code, now)),
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  reassigning: {
    moved: (m, e) => step(m, nobodyLeft(e.people) ? 'reassigned' : 'purchased', nobodyLeft(e.people) ? 'moved' : 'someFailed', { people: e.people }),
    unclear: (m, e, now) => again(m, e.retryAt, now),
    hold,
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  reassigned: {
    confirmSuspend: (m, e, now) => step(m, 'suspending', 'suspending', { confirmedBy: e.by, nextAt: now }),
    skip: (m) => step(m, 'finished', 'finished', { outcome: 'letExpire' }),
    otherChannel: (m) => step(m, 'finished', 'finished', { outcome: 'customerCancels' }),
  },
  suspending: {
    verified: (m, _, now) => step(m, 'finished', 'finished', { outcome: 'suspended', suspendedAt: now }),
    unclear: (m, e, now) => (m.attempts + 1 < UNCLEAR_TRIES ? again(m, e.retryAt, now) : stop(m, 'suspendUnclear', e.code, now)),
    refused: (m, e, now) => stop(m, 'suspendRefused', e.code, now),
    hold,
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  stuck: {
    check: lookAgain,
    giveUp,
  },
  finished: {},
  cancelled: {},
};

/** The next migration, or why not. `now` is ISO text. */
export function advance(m: Migration, event: MoveEvent, now: string): Step | Refused {
  const handler = TABLE[m.state][event.kind] as Handler<EventKind> | undefined;
  const result = handler ? handler(m, event as never, now) : { refused: 'notNow' as const };
  return 'refused' in result || result.next.state === m.state ? result : { ...result, next: { ...result.next, since: now } };
}

/** Whether the table has an entry; for the picture and the tests. */
export function isLegal(state: MigrationState, kind: EventKind): boolean {
  return TABLE[state][kind] !== undefined;
}

export function isLive(m: Migration): boolean {
  return m.state !== 'finished' && m.state !== 'cancelled';
}

/** A move just begun. */
export function newMigration(of: { key: string; customerId: string; subscriptionId: string; expiryId: string; by: string }, now: string): Migration {
  return {
    key: of.key,
    customerId: of.customerId,
    subscriptionId: of.subscriptionId,
    expiryId: of.expiryId,
    state: 'drafting',
    version: 1,
    startedBy: of.by,
    startedAt: now,
    draft: {},
    terms: [],
    refusal: null,
    quote: null,
    formerly: null,
    approval: null,
    declined: null,
    order: null,
    sku: null,
    people: null,
    waived: [],
    counting: null,
    confirmedBy: null,
    held: null,
    reminded: false,
    call: null,
    requestIds: [],
    attempts: 0,
    nextAt: null,
    lease: null,
    stuck: null,
    outcome: null,
    suspendedAt: null,
  };
}

/** The request id for a call: the same while it is unanswered, a new one after any answer. */
export function begin(m: Migration, name: NonNullable<Migration['call']>['name'], newId: string): { migration: Migration; requestId: string } {
  if (m.call && m.call.name === name && !m.call.answered) return { migration: m, requestId: m.call.requestId };
  const call = { name, requestId: newId, answered: false };
  return { migration: { ...m, call, requestIds: [...m.requestIds, newId].slice(-50) }, requestId: newId };
}

/** Marks the call as answered, well or badly. */
export function answered(m: Migration): Migration {
  return m.call ? { ...m, call: { ...m.call, answered: true } } : m;
}

export function blockedNames(users: { name: string; why: BlockedWhy | null }[]): PeopleCount['named'] {
  return users.flatMap((user) => (user.why ? [{ name: user.name, why: user.why }] : [])).slice(0, 5);
}

function step(m: Migration, state: MigrationState, news: NewsKind, changes: Partial<Migration>): Step {
  return { next: { ...m, attempts: 0, nextAt: null, lease: null, held: null, ...changes, state, version: m.version + 1 }, news };
}

/** Stays, and asks once more: a little later each time, or when the other side said. */
function again(m: Migration, retryAt: string | null, now: string): Step {
  const pauseMs = Math.min(30_000, 1000 * 2 ** m.attempts);
  const version = m.held ? m.version + 1 : m.version; // the card says no longer that it waits
  return { next: { ...m, attempts: m.attempts + 1, nextAt: retryAt ?? later(now, pauseMs), lease: null, held: null, version }, news: 'progress' };
}

/** Waits without an end and without counting tries; told once, when the reason is a new one. */
function hold(m: Migration, e: Extract<MoveEvent, { kind: 'hold' }>): Step {
  return { next: { ...m, held: e.why, nextAt: e.retryAt, lease: null, version: m.held === e.why ? m.version : m.version + 1 }, news: 'progress' };
}

function stop(m: Migration, reason: StuckReason, code: string, now: string): Step {
  return step(m, 'stuck', 'stuck', { stuck: { from: m.state, reason, code, at: now } });
}

function choose(m: Migration, e: Extract<MoveEvent, { kind: 'chosen' }>, now: string): Step {
  const draft: Draft = { by: e.by, plan: e.plan.id, quantity: e.quantity, ...(e.term ? { term: e.term } : {}), ...(e.billing ? { billing: e.billing } : {}) };
  return step(m, 'quoting', 'quoting', { draft, refusal: null, formerly: null, nextAt: now });
}

/** An approval given before survives a new cart only when every bound thing is the same. */
function priced(m: Migration, e: Extract<MoveEvent, { kind: 'priced' }>, now: string): Step {
  if (m.approval && m.approval.hash === e.quote.hash) return step(m, 'quoted', 'progress', { quote: e.quote, terms: e.terms, nextAt: now });
  const formerly = m.approval && m.quote ? m.quote.monthly : null;
  return step(m, 'quoted', formerly ? 'repriced' : 'asked', {
    quote: e.quote,
    terms: e.terms,
    approval: null,
    formerly,
    reminded: false,
    nextAt: remindsAt(e.quote),
  });
}

/** What was offered, and allowed, was for another old subscription than is there now: whoever still wants it asks anew. */
function oldChanged(m: Migration, e: Extract<MoveEvent, { kind: 'oldChanged' }>): Step {
  return step(m, 'drafting', 'refused', { refusal: { reason: 'oldChanged', code: e.what }, approval: null, quote: null });
}

function approve(m: Migration, e: Extract<MoveEvent, { kind: 'approve' }>, now: string): Step | Refused {
  if (m.approval) return { refused: 'alreadyApproved' };
  const whyNot = whyNotApprove(m.quote, { key: e.by, roles: e.roles }, e.hash, e.fourEyes, now);
  if (whyNot) return { refused: whyNot };
  return step(m, 'quoted', 'approved', { approval: { by: e.by, at: now, hash: e.hash }, refusal: null, nextAt: now });
}

/** Whether everybody has moved or was left behind by name. */
export function nobodyLeft(people: PeopleCount): boolean {
  return people.moved + people.waived >= people.total;
}

/** Leaves named people behind; the last step opens when nobody else is left. */
function waive(m: Migration, e: Extract<MoveEvent, { kind: 'waive' }>, now: string): Step | Refused {
  const before = new Set(m.waived.flatMap((one) => one.people.map((person) => person.id)));
  const named = e.people.filter((person) => !before.has(person.id));
  if (!m.people || named.length === 0) return { refused: 'notNow' };
  const people = { ...m.people, waived: m.people.waived + named.length };
  const waived = [...m.waived, { by: e.by, at: now, reason: e.reason, people: named }];
  return step(m, nobodyLeft(people) ? 'reassigned' : 'purchased', 'waived', { people, waived });
}

/** Back to where it stopped; where somebody would have lost access, to the count of who that is. */
function lookAgain(m: Migration, e: { by: string }, now: string): Step | Refused {
  if (!m.stuck) return { refused: 'notNow' };
  if (m.stuck.reason === 'holders') return step(m, 'purchased', 'resumed', { stuck: null, people: null, counting: null, nextAt: now });
  // Where the one who let it happen may not any more, it is the one who looks again who does.
  const confirmedBy = m.stuck.reason === 'rights' ? e.by : m.confirmedBy;
  return step(m, m.stuck.from, 'resumed', { stuck: null, confirmedBy, nextAt: now });
}

/** Giving up is safe only where it is certain what happened. */
function giveUp(m: Migration): Step | Refused {
  if (!m.stuck || m.stuck.reason === 'purchaseUnclear' || m.stuck.reason === 'suspendUnclear') return { refused: 'notWhileUnclear' };
  if (m.stuck.from === 'purchasing') return step(m, 'cancelled', 'cancelled', { approval: null });
  return step(m, 'finished', 'finished', { outcome: 'givenUp' });
}
