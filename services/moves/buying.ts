/** The rows of the state table that choose, price, approve and buy. Pure. */
import { lapsesAt, remindsAt, whyNotApprove } from '../approval/approval.ts';
import { later } from '../clock.ts';
import type { CartTry, Draft, Move, OrderSeen } from '../domain/ticket.ts';
import type { MoveEvent, Refused, Transition } from './events.ts';
import { LOOK_MOST_MS, LOOK_MS, retryLater, ROUNDS_MAX, stop, to, UNCLEAR_TRIES } from './transitions.ts';

/** Carts and orders that a row remembers. */
const TRIED_MAX = 20;
const NOTHING_ASKED = { question: null, settle: null, unsettled: null, heldFor: null } as const;

export function choose(m: Move, e: Extract<MoveEvent, { kind: 'chosen' }>, now: string): Transition {
  const draft: Draft = { by: e.by, plan: e.plan.id, quantity: e.quantity, ...(e.term ? { term: e.term } : {}), ...(e.billing ? { billing: e.billing } : {}) };
  return to(m, 'quoting', 'quoting', { draft, refusal: null, formerly: null, again: null, rounds: 0, reminded: false, ...NOTHING_ASKED, nextAt: now });
}

/** An approval given before survives a new cart only when every bound thing is the same. */
export function priced(m: Move, e: Extract<MoveEvent, { kind: 'priced' }>, now: string): Transition {
  if (m.approval && m.approval.hash === e.quote.hash) return to(m, 'quoted', 'progress', { quote: e.quote, terms: e.terms, nextAt: now });
  const before = m.approval || m.again ? (m.quote?.monthly ?? null) : null;
  const formerly = before && (before.minor !== e.quote.monthly.minor || before.currency !== e.quote.monthly.currency) ? before : null;
  return to(m, 'quoted', formerly ? 'repriced' : 'asked', {
    quote: e.quote,
    terms: e.terms,
    approval: null,
    formerly,
    reminded: false,
    nextAt: remindsAt(e.quote),
  });
}

/** What was offered, and allowed, was for another old subscription than is there now: whoever still wants it asks anew. */
export function oldChanged(m: Move, e: Extract<MoveEvent, { kind: 'oldChanged' }>): Transition {
  return to(m, 'drafting', 'refused', { refusal: { reason: 'oldChanged', code: e.what }, approval: null, quote: null, ...NOTHING_ASKED });
}

export function approve(m: Move, e: Extract<MoveEvent, { kind: 'approve' }>, now: string): Transition | Refused {
  if (m.approval) return { refused: 'alreadyApproved' };
  const whyNot = whyNotApprove(m.quote, { key: e.by, roles: e.roles }, e.hash, e.fourEyes, now);
  if (whyNot) return { refused: whyNot };
  return to(m, 'quoted', 'approved', { approval: { by: e.by, at: now, hash: e.hash }, refusal: null, rounds: 0, nextAt: now });
}

/** The purchase begins: the cart, its first request id and the moment are written down, and it is sent at once. */
export function begun(m: Move, e: Extract<MoveEvent, { kind: 'checked' }>, now: string): Transition {
  const cart: CartTry = { cartId: m.quote?.cartId ?? '', outcome: 'sent', checkedAt: e.at, lastAt: e.at, ours: now };
  return to(m, 'purchasing', 'progress', {
    nextAt: now,
    lease: m.lease, // the same turn sends it
    call: { name: 'checkout', requestId: e.requestId, answered: false },
    requestIds: [...m.requestIds, e.requestId].slice(-50),
    tried: [...(m.tried ?? []).filter((one) => one.cartId !== cart.cartId), cart].slice(-TRIED_MAX),
  });
}

/** What is known of the quote's cart, once it was sent. Rows of an earlier edition noted only that they ask. */
export function lastTry(m: Move): CartTry | null {
  const noted = m.tried?.find((one) => one.cartId === m.quote?.cartId);
  if (noted || !m.quote || m.call?.name !== 'checkout' || m.order) return noted ?? null;
  const at = m.stuck?.at ?? m.approval?.at ?? m.quote.at;
  return { cartId: m.quote.cartId, outcome: m.stuck?.reason === 'purchaseRefused' ? 'refused' : 'unclear', checkedAt: at, lastAt: at };
}

/** Whether a checkout of this move ended without an answer, and nothing has told since what came of it. */
export function isUnclear(m: Move): boolean {
  return lastTry(m)?.outcome === 'unclear' || (m.tried ?? []).some((one) => one.outcome === 'unclear');
}

/** Whether it is certain that the cart was not bought: it was never sent, or refused and not sent again. */
export function isRefused(m: Move): boolean {
  const last = lastTry(m);
  return !m.order && !isUnclear(m) && (last === null || (last.outcome === 'refused' && m.call?.answered === true));
}

function tryEnds(m: Move, outcome: CartTry['outcome'], sent?: Pick<CartTry, 'lastAt' | 'ours'>): Move {
  const last = lastTry(m);
  if (!last) return m;
  return { ...m, tried: [...(m.tried ?? []).filter((one) => one.cartId !== last.cartId), { ...last, outcome, ...sent }] };
}

export function bought(m: Move, e: Extract<MoveEvent, { kind: 'placed' }>, now: string): Transition {
  const news = m.state === 'purchasing' ? 'progress' : 'orderFound';
  const order = { id: e.orderId, subscriptionId: e.subscriptionId, placedAt: now, cancellableUntil: null };
  const done = { order, stuck: null, ...NOTHING_ASKED, nextAt: now };
  return to(tryEnds(m, 'bought'), 'provisioning', news, done);
}

/** A no is final only where no earlier try is open. */
export function purchaseRefused(m: Move, e: Extract<MoveEvent, { kind: 'refused' }>, now: string): Transition {
  return isUnclear(m) ? unclearPurchase(m, { code: e.code, retryAt: null }, now) : stop(tryEnds(m, 'refused'), 'purchaseRefused', e.code, now);
}

/** Asks again; a refusal after this proves nothing. Only a try that was certainly not taken (throttled) leaves it as it is. */
export function unclearPurchase(m: Move, e: { code: string; retryAt: string | null; triedAt?: string }, now: string): Transition {
  const noted = e.triedAt ? tryEnds(m, 'unclear', { lastAt: e.triedAt, ours: now }) : m;
  return m.attempts + 1 < UNCLEAR_TRIES ? retryLater(noted, e.retryAt, now) : stop(noted, 'purchaseUnclear', e.code, now);
}

/** Looks again by itself, less and less often. */
export function stillUnclear(m: Move, retryAt: string | null, now: string): Transition {
  const pauseMs = Math.min(LOOK_MOST_MS, LOOK_MS * 2 ** Math.min(10, m.attempts));
  const at = retryAt ?? later(now, pauseMs);
  return { next: { ...m, attempts: m.attempts + 1, nextAt: at, lease: null, held: null }, news: 'progress' };
}

/** Back to choosing: it is certain that nothing was bought, or an approver says that none of the orders is this purchase. */
export function notBought(m: Move, _: unknown, __: string): Transition {
  // Of orders that are there only a person's word says that they are not this purchase.
  const reason = m.settle?.again ? 'saidNotBought' : 'notBought';
  const done = { approval: null, quote: null, stuck: null, settle: null, unsettled: null, refusal: { reason, code: '' } } as const;
  return to(tryEnds(m, 'notBought'), 'drafting', 'refused', done);
}

/** Another price, line or old subscription than was approved needs another yes; a cart that is only gone does not, a few times. */
export function changed(m: Move, e: Extract<MoveEvent, { kind: 'changed' }>, now: string): Transition {
  const rounds = (m.rounds ?? 0) + 1;
  if (rounds > ROUNDS_MAX) return to(m, 'drafting', 'refused', { refusal: { reason: 'unsteady', code: String(ROUNDS_MAX) }, approval: null, rounds: 0 });
  const pauseMs = rounds === 1 ? 0 : 1000 * 4 ** (rounds - 1);
  return to(m, 'quoting', 'quoting', { rounds, nextAt: later(now, pauseMs), again: e.why, ...NOTHING_ASKED, ...(e.why ? { approval: null } : {}) });
}

/** Whether a person's answer is due: an approval, or to the question about an order. */
export function answerDue(m: Move): boolean {
  return m.approval === null || (m.question ?? null) !== null;
}

export function asked(m: Move, order: OrderSeen): Transition {
  return to(m, 'quoted', 'orderAsked', { ...waitingForAnswer({ ...m, question: order }), reminded: false, unsettled: null });
}

export function waitingForAnswer(m: Move): Partial<Move> {
  return { question: m.question ?? null, held: 'question', nextAt: m.quote && remindsAt(m.quote) };
}

/** An order is this purchase (the bot reads it first), or it is not: then it goes on, and is not asked about again. */
export function settleQuestion(m: Move, e: Extract<MoveEvent, { kind: 'settle' }>, now: string): Transition | Refused {
  if (!m.question || (e.order === null && e.reason === '')) return { refused: 'notNow' };
  const settle = { by: e.by, at: now, order: e.order, reason: e.reason };
  if (e.order !== null) return to(m, 'quoted', 'progress', { settle, held: 'question', nextAt: now });
  const notOurs = [...(m.notOurs ?? []), { order: m.question.id, by: e.by, at: now, reason: e.reason }].slice(-TRIED_MAX);
  return to(m, 'quoted', 'resumed', { notOurs, question: null, unsettled: null, nextAt: now });
}

/** What came of an unclear purchase, as an approver says: the bot looks whether that can be. An order that differs is taken as it is. */
export function settleStuck(m: Move, e: Extract<MoveEvent, { kind: 'settle' }>, now: string): Transition | Refused {
  if (e.reason === '') return { refused: 'notNow' };
  if (m.stuck?.reason === 'purchaseUnclear') {
    const again = e.order === null && m.unsettled === 'orderThere';
    const settle = { by: e.by, at: now, order: e.order, reason: e.reason, ...(again ? { again } : {}) };
    return to(m, 'stuck', 'progress', { settle, unsettled: null, nextAt: now });
  }
  if (m.stuck?.reason !== 'orderDiffers' || !m.order || e.order !== m.order.id) return { refused: 'notNow' };
  // From here on the cards tell of the seats that came.
  const seats = m.order.differs?.find((one) => one.what === 'seats')?.came;
  const quote = m.quote && typeof seats === 'number' ? { ...m.quote, quantity: seats } : m.quote;
  return to(m, 'provisioning', 'resumed', { stuck: null, quote, order: { ...m.order, accepted: { by: e.by, at: now, reason: e.reason } }, nextAt: now });
}

/** Once: an approval, an answer about an order, or whatever keeps an approved purchase waiting. */
export function remindQuoted(m: Move, _: unknown, now: string): Transition | Refused {
  if (!m.quote || m.reminded || (!answerDue(m) && !m.held)) return { refused: 'notNow' };
  if (!answerDue(m)) return to(m, 'quoted', 'waits', { held: m.held, reminded: true, nextAt: now });
  return to(m, 'quoted', m.question ? 'orderAsked' : 'approvalDue', { held: m.question ? 'question' : null, reminded: true, nextAt: lapsesAt(m.quote) });
}
