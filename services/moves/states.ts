/** The state table of a move. Pure and total: every event in every state gives the next move or a refusal. */
import { lapsesAt, remindsAt } from '../approval/approval.ts';
import { later } from '../clock.ts';
import type { BlockedWhy, Move, MoveState, PeopleCount, Way } from '../domain/ticket.ts';
import { countAsked } from './asked.ts';
import {
  answerDue,
  approve,
  asked,
  begun,
  bought,
  changed,
  choose,
  notBought,
  oldChanged,
  priced,
  purchaseRefused,
  remindQuoted,
  settleQuestion,
  settleStuck,
  stillUnclear,
  unclearPurchase,
  waitingForAnswer,
} from './buying.ts';
import {
  approveEnd,
  askEndAgain,
  endIsSet,
  endSeen,
  lapseWeighed,
  lookUnclear,
  notSettable,
  remindWeighed,
  settingUnclear,
  watched,
  weighAgain,
  weighed,
  weighedOldChanged,
  weighingUnclear,
} from './ending.ts';
import type { EventKind, MoveEvent, Refused, Transition } from './events.ts';
import { giveUp, lookAgain, vouch } from './stuck.ts';
import { fail, hold, isElsewhere, LICENCE_TRIES, LOOK_MS, PATIENCE_MS, pending, PROVISIONING_MS, retryLater, stop, to, UNCLEAR_TRIES } from './transitions.ts';

export type { EventKind, MoveEvent, Refused, Transition } from './events.ts';
export { PROVISIONING_MS, UNCLEAR_TRIES } from './transitions.ts';

type Handler<K extends EventKind> = (m: Move, e: Extract<MoveEvent, { kind: K }>, now: string) => Transition | Refused;
type Table = { readonly [S in MoveState]: { readonly [K in EventKind]?: Handler<K> } };

/** The state table, row by row; what does not stand here is refused. */
const TABLE: Table = {
  drafting: {
    draft: (m, e) => to(m, 'drafting', 'drafting', { draft: e.draft }),
    chosen: choose,
    cancel: (m) => to(m, 'cancelled', 'cancelled', {}),
  },
  quoting: {
    priced,
    refused: (m, e) => to(m, 'drafting', 'refused', { refusal: { reason: e.reason, code: e.code }, approval: null, ...(e.terms ? { terms: e.terms } : {}) }),
    unclear: (m, e, now) =>
      m.attempts + 1 < UNCLEAR_TRIES
        ? retryLater(m, e.retryAt, now)
        : to(m, 'drafting', 'refused', { refusal: { reason: 'unreachable', code: e.code }, approval: null }),
    oldChanged,
    cancel: (m) => to(m, 'cancelled', 'cancelled', { approval: null }),
  },
  quoted: {
    approve,
    hold: (m, e, now) => (m.approval ? hold(m, e, now) : { refused: 'notNow' }),
    checked: (m, e, now) => (m.approval && !m.question ? begun(m, e, now) : { refused: 'notNow' }),
    ask: (m, e) => (m.approval ? asked(m, e.order) : { refused: 'notNow' }),
    settle: settleQuestion,
    unsettled: (m, e) => (m.settle ? to(m, 'quoted', 'progress', { ...waitingForAnswer(m), settle: null, unsettled: e.why }) : { refused: 'notNow' }),
    placed: (m, e, now) => (m.settle ? bought(m, e, now) : { refused: 'notNow' }),
    unclear: (m, e, now) =>
      m.attempts + 1 < UNCLEAR_TRIES
        ? retryLater(m, e.retryAt, now)
        : to(m, 'quoted', 'refused', {
            approval: null,
            refusal: { reason: 'unreachable', code: e.code },
            reminded: false,
            nextAt: m.quote && remindsAt(m.quote),
          }),
    refused: (m, e) => to(m, 'drafting', 'refused', { refusal: { reason: e.reason, code: e.code }, approval: null }),
    changed,
    oldChanged,
    back: (m) => (m.approval ? { refused: 'alreadyApproved' } : to(m, 'drafting', 'drafting', { quote: null })),
    decline: (m, e) => (m.approval ? { refused: 'alreadyApproved' } : to(m, 'cancelled', 'declined', { declined: { by: e.by, reason: e.reason } })),
    remind: remindQuoted,
    lapse: (m, _, now) =>
      m.quote && answerDue(m) && lapsesAt(m.quote) <= now ? to(m, 'cancelled', 'lapsed', { approval: null, question: null }) : { refused: 'notNow' },
    // Nothing is sent before `purchasing` stands in the row, so this is safe at every moment.
    cancel: (m) => to(m, 'cancelled', 'cancelled', { approval: null, question: null, settle: null }),
  },
  purchasing: {
    placed: bought,
    refused: purchaseRefused,
    unclear: unclearPurchase,
    notBought,
    hold,
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  provisioning: {
    provisioned: (m, e, now) =>
      to(m, 'purchased', 'bought', {
        order: m.order && { ...m.order, subscriptionId: e.subscriptionId, cancellableUntil: e.cancellableUntil },
        sku: { from: e.from, to: e.to },
        people: null,
        counting: null,
        nextAt: now,
      }),
    differs: (m, e, now) => stop({ ...m, order: m.order && { ...m.order, differs: e.differs } }, 'orderDiffers', '', now),
    unclear: (m, e, now) =>
      m.order && later(m.order.placedAt, PROVISIONING_MS) <= now ? stop(m, 'provisioningLate', e.code, now) : retryLater(m, e.retryAt, now),
    late: (m, e, now) => stop(m, 'provisioningLate', e.code, now),
    fail: (m, e, now) => stop(m, e.reason, e.code, now),
  },
  purchased: {
    counted: (m, e) => to(m, 'purchased', 'counted', { people: e.people, counting: null, walked: e.walked ?? null }),
    nothingToMove: (m, e) => to(m, 'reassigned', 'counted', { people: e.people, counting: null, walked: e.walked ?? null }),
    confirmUsers: (m, e, now) =>
      m.people
        ? to(m, 'reassigning', 'moving', { confirmedBy: e.by, chosen: { except: e.except, retry: e.retry ?? false }, nextAt: now })
        : { refused: 'notNow' },
    waive,
    giveUp: (m) => to(m, 'finished', 'finished', { outcome: 'givenUp' }),
    check: (m, _, now) => to(m, 'purchased', 'resumed', { people: null, counting: null, nextAt: now }),
    unclear: (m, e, now) => (m.attempts + 1 < UNCLEAR_TRIES ? retryLater(m, e.retryAt, now) : stop(m, 'unread', e.code, now)),
    fail,
  },
  reassigning: {
    moved: (m, e) => to(m, nobodyLeft(e.people) ? 'reassigned' : 'purchased', nobodyLeft(e.people) ? 'moved' : 'someFailed', { people: e.people }),
    unclear: (m, e, now) => (mayAskAgain(m, e.retryAt, now) ? retryLater(m, e.retryAt, now) : stop(m, 'unread', e.code, now)),
    hold,
    fail,
  },
  reassigned: {
    confirmSuspend: ofOurs((m, e, now) => to(m, 'suspending', 'suspending', { confirmedBy: e.by, again: null, suspension: null, vouched: null, nextAt: now })),
    skip: (m) => to(m, 'finished', 'finished', { outcome: 'letExpire' }),
    seatsGone: (m) => (isElsewhere(m) ? to(m, 'finished', 'finished', { outcome: 'customerCancels' }) : { refused: 'notNow' }),
    confirmEnd: ofOurs((m, e, now) => to(m, 'setting', 'endSetting', { confirmedBy: e.by, again: null, suspension: null, vouched: null, nextAt: now })),
    letEnd: ofOurs((m, e, now) => watched(m, e.day, { found: true, now })),
  },
  suspending: {
    verified: (m, e, now) => to(m, 'finished', 'finished', { outcome: 'suspended', suspendedAt: e.byOthers ? null : now }),
    // Licences and people were as the yes says; since then much may have happened.
    waited: (m) => to(m, 'reassigned', 'resumed', { confirmedBy: null, again: 'lastStep' }),
    unclear: (m, e, now) => (m.attempts + 1 < UNCLEAR_TRIES ? retryLater(m, e.retryAt, now) : stop(m, m.suspension ? 'suspendUnclear' : 'unread', e.code, now)),
    pending,
    refused: (m, e, now) => stop(m, 'suspendRefused', e.code, now),
    hold,
    fail,
  },
  weighing: {
    weighed,
    endSet: endIsSet,
    refused: notSettable,
    fail: (m, e) => notSettable(m, e),
    unclear: weighingUnclear,
    oldChanged: weighedOldChanged,
    cancel: (m) => to(m, 'cancelled', 'cancelled', { approval: null }),
  },
  weighed: {
    approve: approveEnd,
    decline: (m, e) => to(m, 'cancelled', 'declined', { declined: { by: e.by, reason: e.reason } }),
    remind: remindWeighed,
    lapse: (m, _, now) => lapseWeighed(m, now),
    check: (m, _, now) => weighAgain(m, now),
    oldChanged: weighedOldChanged,
    cancel: (m) => to(m, 'cancelled', 'cancelled', { approval: null }),
  },
  setting: {
    endSet: endIsSet,
    endChanged: askEndAgain,
    waited: askEndAgain,
    unclear: settingUnclear,
    pending,
    hold,
    fail,
  },
  set: {
    endSeen,
    endOver: (m, e) => to(m, 'finished', e.code === 'left' ? 'left' : 'finished', { outcome: 'ended' }),
    superseded: (m) => to(m, 'finished', 'progress', { outcome: 'superseded' }),
    unclear: lookUnclear,
    fail,
  },
  stuck: {
    check: lookAgain,
    vouch: ofOurs(vouch),
    giveUp,
    settle: settleStuck,
    unsettled: (m, e, now) => (m.settle ? to(m, 'stuck', 'progress', { settle: null, unsettled: e.why, nextAt: later(now, LOOK_MS) }) : { refused: 'notNow' }),
    placed: (m, e, now) => (m.stuck?.reason === 'purchaseUnclear' ? bought(m, e, now) : { refused: 'notNow' }),
    notBought: (m, e, now) => (m.stuck?.reason === 'purchaseUnclear' ? notBought(m, e, now) : { refused: 'notNow' }),
    unclear: (m, e, now) => (m.stuck?.reason === 'purchaseUnclear' ? stillUnclear(m, e.retryAt, now) : { refused: 'notNow' }),
  },
  finished: {},
  cancelled: {},
};

/** What would change the old one: never of what is not ours. */
function ofOurs<K extends EventKind>(handler: Handler<K>): Handler<K> {
  return (m, e, now) => (isElsewhere(m) ? { refused: 'notNow' } : handler(m, e, now));
}

/** Who asks for patience is given it, for a day. */
function mayAskAgain(m: Move, retryAt: string | null, now: string): boolean {
  if (retryAt === null) return m.attempts + 1 < LICENCE_TRIES;
  return later(m.since ?? m.startedAt, PATIENCE_MS) > now;
}

/** The next move, or why not. `now` is ISO text. */
export function advance(m: Move, event: MoveEvent, now: string): Transition | Refused {
  const handler = TABLE[m.state][event.kind] as Handler<EventKind> | undefined;
  const result = handler ? handler(m, event as never, now) : { refused: 'notNow' as const };
  if ('refused' in result) return result;
  const next = countAsked(m, result.next);
  return { ...result, next: next.state === m.state ? next : { ...next, since: now } };
}

/** Whether the table has an entry. */
export function isLegal(state: MoveState, kind: EventKind): boolean {
  return TABLE[state][kind] !== undefined;
}

export function isLive(m: Move): boolean {
  return m.state !== 'finished' && m.state !== 'cancelled';
}

/** A move just begun; `asked` is greater than that of any earlier one. */
export function newMove(
  of: { key: string; customerId: string; subscriptionId: string; ticketId: string; by: string; asked: number; way?: Way },
  now: string,
): Move {
  return {
    key: of.key,
    way: of.way ?? 'replace',
    customerId: of.customerId,
    subscriptionId: of.subscriptionId,
    ticketId: of.ticketId,
    state: 'drafting',
    version: 1,
    asked: of.asked,
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
    walked: null,
    suspension: null,
    vouched: null,
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
export function beginCall(m: Move, name: NonNullable<Move['call']>['name'], newId: string): { move: Move; requestId: string } {
  if (m.call && m.call.name === name && !m.call.answered) return { move: m, requestId: m.call.requestId };
  const call = { name, requestId: newId, answered: false };
  return { move: { ...m, call, requestIds: [...m.requestIds, newId].slice(-50) }, requestId: newId };
}

/** Marks the call as answered, well or badly. */
export function markAnswered(m: Move): Move {
  return m.call ? { ...m, call: { ...m.call, answered: true } } : m;
}

export function blockedNames(users: { name: string; why: BlockedWhy | null; said?: string | undefined }[]): PeopleCount['named'] {
  return users.flatMap(({ name, why, said }) => (why ? [{ name, why, ...(said ? { said } : {}) }] : [])).slice(0, 5);
}

/** Whether everybody has moved, was left behind by name, or keeps a seat that other subscriptions hold. Seats that are not known hold nobody. */
export function nobodyLeft(people: PeopleCount): boolean {
  const rest = people.total - people.moved - people.waived;
  return rest <= 0 || (people.without === 0 && rest <= (people.covered ?? 0));
}

/** Leaves named people behind; the last step opens when nobody else is left. */
function waive(m: Move, e: Extract<MoveEvent, { kind: 'waive' }>, now: string): Transition | Refused {
  const before = new Set(m.waived.flatMap((one) => one.people.map((person) => person.id)));
  const named = e.people.filter((person) => !before.has(person.id));
  if (!m.people || named.length === 0) return { refused: 'notNow' };
  const waived = [...m.waived, { by: e.by, at: now, reason: e.reason, people: named }];
  // Whether they are those who have neither licence, only a count tells.
  if (m.people.without > 0) return to(m, 'purchased', 'waived', { people: null, counting: null, waived, nextAt: now });
  const people = { ...m.people, waived: m.people.waived + named.length };
  return to(m, nobodyLeft(people) ? 'reassigned' : 'purchased', 'waived', { people, waived });
}

/** Whether a plan can be chosen now. */
export function mayChoose(move: Move | null): boolean {
  return move === null || move.state === 'drafting' || mayBegin(move);
}

/**
 * Whether another move can be begun: there is none, it is over, or it only looks whether the end that was set holds. One that has bought
 * goes on to its end: what came to nothing in its place would leave a ticket that offers to buy again.
 */
export function mayBegin(move: Move | null): boolean {
  return move === null || !isLive(move) || (move.state === 'set' && move.way !== 'replace');
}
