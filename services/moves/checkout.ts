/** The steps of the purchase itself: send exactly the approved cart, find out what came of it, and wait until its seats are there. */
import { FRESH_MS, quoteHash } from '../approval/approval.ts';
import { later } from '../clock.ts';
import { elsewhereSku } from '../domain/elsewhere.ts';
import type { CartTry, Difference, Quote, UnsettledWhy } from '../domain/ticket.ts';
import { type Cart, type Order, type OrderList, PartnerCenterError } from '../partnerCenter/port.ts';
import { lastTry } from './buying.ts';
import type { StepContext, StepResult } from './deps.ts';
import { differencesOf, isOfThing, lineOf, notInQuestion, SETTLED_MS, type Verdict, verdictOn, wantedOf } from './orders.ts';
import { checkRight } from './preflight.ts';
import { bareQuote, cartOrNull, otherMoves } from './purchase.ts';
import { isLive } from './states.ts';
import { PROVISIONING_MS } from './transitions.ts';

const PROVISIONING_ASK_MS = 1_000;
const PROVISIONING_ASK_MOST_MS = 60_000;
/** Nothing was done, and Partner Center says so. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['throttled', 'notReady']);

/**
 * Sends the quote's cart, and no other. After a try without an answer it first looks what came of it: only while
 * everything is as it was looked at, and for 15 minutes, the same cart is sent again.
 */
export async function checkout(context: StepContext): Promise<StepResult> {
  const tried = lastTry(context.move);
  if (context.first || !tried) return send(context);
  const { verdict, cart } = await lookAtCart(context, tried, 'alone');
  if (verdict.found !== 'unknown') return told(context, verdict);
  const fresh = context.deps.partnerCenter.time().at <= later(tried.checkedAt, FRESH_MS);
  const quoted = context.move.quote as Quote;
  const stands = cart !== null && cart !== 'unread' && (cart.status === 'ordered' || isApproved(context, cart, quoted));
  // It may not have been sent at all: to send it once more needs what the first time needed.
  if (fresh && stands && (await checkRight(context.deps, context.move, 'checkout')) === null) return send(context);
  return { event: { kind: 'unclear', code: verdict.why, retryAt: null }, answered: false };
}

/** Whether the cart is still just what was approved. */
function isApproved(context: StepContext, cart: Cart, quoted: Quote): boolean {
  if (cart.status === 'other') return false;
  const read = bareQuote(cart, quoted);
  return !('whyNot' in read) && quoteHash(context.move.customerId, read) === quoted.hash;
}

async function send(context: StepContext): Promise<StepResult> {
  const { partnerCenter: pc } = context.deps;
  const quoted = context.move.quote as Quote;
  try {
    return placed(context, await pc.checkout(context.move.customerId, quoted.cartId, context.requestId));
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    const retryAt = error.retryAfterMs > 0 ? later(context.deps.clock.now(), error.retryAfterMs) : null;
    const again = { kind: 'unclear', code: error.code, retryAt } as const;
    if (NOT_TAKEN.has(error.kind)) return { event: again, answered: error.answered };
    const triedAt = pc.time().at;
    const tried: CartTry = { ...(lastTry(context.move) as CartTry), lastAt: triedAt };
    // No refusal is final after a try without an answer; and a first one is only where the cart was certainly not taken.
    const final = !context.repeated && error.answered && isFinal(error) && tried.outcome === 'sent';
    if (final && STANDS.has((await statusOf(context, quoted.cartId)) ?? ''))
      return { event: { kind: 'refused', reason: 'refused', code: error.code }, answered: true };
    const { verdict } = await lookAtCart(context, tried, 'alone');
    return verdict.found === 'placed' ? told(context, verdict) : { event: { ...again, triedAt }, answered: error.answered };
  }
}

/** Of a cart that can still be bought. */
const STANDS: ReadonlySet<string> = new Set(['active', 'unknown']);

async function statusOf(context: StepContext, id: string): Promise<Cart['status'] | null> {
  const cart = await cartOrUnread(context, id);
  return cart === 'unread' ? null : (cart?.status ?? null);
}

/** Codes of a documented no to a purchase (docs/partner-center.md §4); another one, and any 409, may come while an earlier try still works. */
const FINAL: ReadonlySet<string> = new Set(
  (
    '13605 900123 900124 800039 900149 800073 800074 800075 800022 800023 800024 800025 800026 800062 800069 900121 2002 900275 2085 2091 800020 800028 ' +
    '800070 2030 400013 400018 400019 500600 400041 800017 800018 800066 800067 800088 800089 800086 900206 900203 27006 27007 900329 900308 900150 2032 20002 900309'
  ).split(' '),
);

function isFinal(error: PartnerCenterError): boolean {
  return FINAL.has(error.code) && error.kind !== 'unclear' && error.kind !== 'findOrder' && error.kind !== 'conflict';
}

async function cartOrUnread(context: StepContext, id: string): Promise<Cart | 'unread' | null> {
  try {
    return await cartOrNull(context, id);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    return 'unread';
  }
}

async function ordersOrUnread(context: StepContext): Promise<OrderList | 'unread'> {
  try {
    return await context.deps.partnerCenter.orders(context.move.customerId);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    return 'unread';
  }
}

/** `byHand`: an approver says that it was not bought; `despiteOrders`: once more, after he was told of the orders that are there. */
async function lookAtCart(
  context: StepContext,
  tried: CartTry,
  how: 'alone' | 'byHand' | 'despiteOrders',
): Promise<{ verdict: Verdict; cart: Cart | 'unread' | null }> {
  const { move } = context;
  const cart = await cartOrUnread(context, tried.cartId);
  const orders = await ordersOrUnread(context);
  const others = await otherMoves(context);
  // Before the next purchase they are asked about one by one all the same.
  const told = how === 'despiteOrders' && orders !== 'unread' ? orders.items.map((one) => one.id.toLowerCase()) : null;
  const not = told ? new Set(told) : notInQuestion({ move: move, others, owners: others, oldOrderId: context.known.snapshot.orderId });
  const verdict = verdictOn(
    { quote: move.quote as Quote, old: move.subscriptionId, tried, cart, orders, not, now: context.deps.partnerCenter.time() },
    how !== 'alone',
  );
  return { verdict, cart };
}

/** Looks what came of an unclear purchase, without trying it again. */
export async function findOrder(context: StepContext): Promise<StepResult> {
  const tried = lastTry(context.move);
  if (!tried) return { event: { kind: 'unclear', code: 'no cart', retryAt: null }, answered: false };
  const { verdict } = await lookAtCart(context, tried, 'alone');
  return verdict.found === 'unknown' ? { event: { kind: 'unclear', code: verdict.why, retryAt: null }, answered: false } : told(context, verdict);
}

function told(context: StepContext, verdict: Exclude<Verdict, { found: 'unknown' }>): StepResult {
  return verdict.found === 'placed' ? placed(context, verdict.order) : { event: { kind: 'notBought' }, answered: true };
}

function placed(context: StepContext, order: Order): StepResult {
  const subscriptionId = lineOf(order, wantedOf(context.move))?.subscriptionId ?? null;
  return { event: { kind: 'placed', orderId: order.id, subscriptionId }, answered: true };
}

/** What an approver said came of an unclear purchase, as far as Partner Center bears it out. */
export async function settle(context: StepContext): Promise<StepResult> {
  const said = context.move.settle?.order ?? null;
  const found = said === null ? await settleNone(context) : await settleOrder(context, said);
  return typeof found === 'string' ? { event: { kind: 'unsettled', why: found }, answered: false } : found;
}

async function settleNone(context: StepContext): Promise<StepResult | UnsettledWhy> {
  const tried = lastTry(context.move);
  if (!tried) return 'tooSoon';
  const { verdict } = await lookAtCart(context, tried, context.move.settle?.again ? 'despiteOrders' : 'byHand');
  if (verdict.found !== 'unknown') return told(context, verdict);
  return verdict.why === 'cart' ? 'ordersUnread' : verdict.why;
}

/** The order must be there, of this customer, of this product and SKU, and of no other move but one of the same subscription that has ended. */
async function settleOrder(context: StepContext, id: string): Promise<StepResult | UnsettledWhy> {
  const { customerId, subscriptionId } = context.move;
  const owners = (await otherMoves(context)).filter((one) => one.order?.id.toLowerCase() === id.toLowerCase());
  if (owners.some((one) => isLive(one) || one.subscriptionId !== subscriptionId)) return 'otherMove';
  try {
    const order = await context.deps.partnerCenter.order(customerId, id);
    if (order.customerId !== null && order.customerId !== customerId.toLowerCase()) return 'noSuchOrder';
    return isOfThing(order, wantedOf(context.move)) ? placed(context, order) : 'otherProduct';
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    return error.kind === 'notFound' || error.kind === 'refused' ? 'noSuchOrder' : 'ordersUnread';
  }
}

/** States of an order and of a subscription after which nothing more comes. */
const ORDER_ENDED: ReadonlySet<string> = new Set(['cancelled', 'suspended', 'po review rejected', 'failed']);
const SUBSCRIPTION_ENDED: ReadonlySet<string> = new Set(['suspended', 'deleted', 'disabled', 'expired', 'cancelled']);

/**
 * Asks whether the bought seats are there and are what was approved, and which licences old and new are. What is not
 * found yet is late, not refused: order, subscription and its state show up to 15 minutes after the purchase, and later.
 */
export async function askProvisioning(context: StepContext): Promise<StepResult> {
  const { partnerCenter: pc, clock } = context.deps;
  const { move } = context;
  const bought = move.order as NonNullable<typeof move.order>;
  const now = clock.now().toISOString();
  const order = await orLate(pc.order(move.customerId, bought.id));
  if (order && ORDER_ENDED.has(order.status)) return failed(order.status);
  const differs = order && move.quote && !bought.accepted ? differencesOf(move.quote, order) : [];
  if (differs.length > 0) return { event: { kind: 'differs', differs }, answered: false };
  const subscriptionId = bought.subscriptionId ?? lineOf(order, wantedOf(move))?.subscriptionId ?? null;
  const provisioning = subscriptionId ? await orLate(pc.provisioning(move.customerId, subscriptionId)) : null;
  if (provisioning?.status === 'failed') return failed(provisioning.status);
  const fresh = subscriptionId ? await orLate(pc.subscription(move.customerId, subscriptionId)) : null;
  if (fresh && SUBSCRIPTION_ENDED.has(fresh.subscription.status)) return failed(fresh.subscription.status);
  // Until the order shows, what came is not taken for what was approved; where it does not show, its seats tell.
  const compared = order !== null || bought.accepted !== undefined || later(bought.placedAt, SETTLED_MS) <= now;
  if (subscriptionId && provisioning?.ready && fresh && compared) {
    const seats = order?.lines || bought.accepted ? [] : seatsDiffer(move.quote, fresh.subscription.quantity);
    if (seats.length > 0) return { event: { kind: 'differs', differs: seats }, answered: false };
    // Where the old one is gone its licence is not known, which is not the same as none.
    const from = elsewhereSku(move.subscriptionId) ?? (await orLate(pc.provisioning(move.customerId, move.subscriptionId)))?.skuId ?? null;
    const { cancellableUntil } = fresh.subscription;
    return { event: { kind: 'provisioned', subscriptionId, from, to: provisioning.skuId, cancellableUntil }, answered: false };
  }
  if (later(bought.placedAt, PROVISIONING_MS) <= now) return { event: { kind: 'late', code: 'a day' }, answered: false };
  // Microsoft refreshes this every 15 minutes or so: at first it is asked often, then less.
  const pauseMs = Math.min(PROVISIONING_ASK_MOST_MS, PROVISIONING_ASK_MS * (1 + move.attempts));
  return { event: { kind: 'unclear', code: 'pending', retryAt: later(now, pauseMs) }, answered: false };
}

function seatsDiffer(quote: Quote | null, came: number | null): Difference[] {
  return quote === null || came === null || came === quote.quantity ? [] : [{ what: 'seats', asked: quote.quantity, came }];
}

/** An answer, or null while it is not there yet. */
async function orLate<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return null;
    throw error;
  }
}

function failed(status: string): StepResult {
  return { event: { kind: 'fail', reason: 'provisioningFailed', code: status }, answered: false };
}
