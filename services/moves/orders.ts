/** What a customer's orders say about a purchase: whether there is one already, whether it went through, and whether it is what was approved. Pure. */
import { later } from '../clock.ts';
import { type Money, monthsOf } from '../domain/money.ts';
import type { CartTry, Difference, Move, OrderSeen, Quote, Ticket } from '../domain/ticket.ts';
import type { Cart, Order, OrderLine, OrderList, PartnerCenter } from '../partnerCenter/port.ts';
import { isUnclear, lastTry } from './buying.ts';

/** An order may show in the list this long after the purchase (docs/partner-center.md §3: up to 15 minutes or so). */
export const SETTLED_MS = 20 * 60_000;
/** Their clock and ours, or two of theirs, may differ by so much. */
const TOLERANCE_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 31;
const CARTS_MAX = 20;
/** Kinds of a line that buy nothing new. */
const NO_PURCHASE: ReadonlySet<string> = new Set(['renew', 'cancel', 'removequantity', 'customercredit']);

/** Product and SKU of `product:sku:availability`; availabilities rotate. A GUID of classic commerce stands for itself. */
export function thingOf(item: string): string {
  return item.split(':').slice(0, 2).join(':').toLowerCase();
}

/** What was to be bought: the item, and the old subscription that it replaces. */
export interface Wanted {
  item: string;
  old: string;
}

export function wantedOf(move: Pick<Move, 'quote' | 'subscriptionId'>): Wanted {
  return { item: move.quote?.item ?? '', old: move.subscriptionId };
}

/** Whether an order may be one of this thing: by any of its lines, and where its lines, or what one of them is, cannot be read. */
function mayBe(order: Order, wanted: Wanted): boolean {
  return order.lines === null || isOfThing(order, wanted) || order.lines.some((line) => line.item === '' && mayReplace(line, wanted));
}

export function isOfThing(order: Order, wanted: Wanted): boolean {
  return order.lines?.some((line) => thingOf(line.item) === thingOf(wanted.item) && mayReplace(line, wanted)) ?? false;
}

/** Seats that came onto the old subscription itself go when it goes: they replace nothing. */
function mayReplace(line: OrderLine, { old }: Wanted): boolean {
  return !NO_PURCHASE.has(line.kind) && line.subscriptionId !== old;
}

/** The line of this thing, among others where there are any; the only one where it is another thing. */
export function lineOf(order: Order | null, { item, old }: Wanted): OrderLine | undefined {
  const lines = (order?.lines ?? []).filter((line) => line.subscriptionId !== old);
  return lines.find((line) => thingOf(line.item) === thingOf(item)) ?? (lines.length === 1 ? lines[0] : undefined);
}

/** Orders by their ids, which come in small and in capital letters. */
export type OrderIds = ReadonlySet<string>;

function isAmong(ids: OrderIds, id: string): boolean {
  return ids.has(id.toLowerCase());
}

/** Orders that are not in question for a move: those of `owners`, of the old subscription, and those that somebody said are not. */
export function notInQuestion(of: { move: Move; others: readonly Move[]; owners: readonly Move[]; oldOrderId: string | null }): OrderIds {
  const own = [of.move, ...of.others.filter((one) => one.subscriptionId === of.move.subscriptionId)];
  const said = own.flatMap((one) => (one.notOurs ?? []).map((not) => not.order));
  const owned = of.owners.flatMap((one) => (one.order ? [one.order.id] : []));
  return new Set([...said, ...owned, ...(of.oldOrderId ? [of.oldOrderId] : [])].map((id) => id.toLowerCase()));
}

/** From when on an order counts: since the subscription was last seen to renew, at least 31 days back. */
export function ordersSince(ticket: Pick<Ticket, 'openedAt' | 'kind'>, now: string): string {
  const back = later(now, -LOOK_BACK_DAYS * DAY_MS);
  // One that had stopped before it was first looked at was last seen to renew at no known time; nor was what is not from us.
  const seen =
    ticket.kind === 'known' || ticket.kind === 'outcome' || ticket.kind === 'elsewhere' ? later(ticket.openedAt, -LOOK_BACK_DAYS * DAY_MS) : ticket.openedAt;
  return later(seen < back ? seen : back, -TOLERANCE_MS);
}

/** What stands against a purchase before its first try. */
export type Gate = { gate: 'open' } | { gate: 'orders' } | { gate: 'like'; ticketId: string } | { gate: 'ask'; order: OrderSeen };

export interface GateFacts {
  move: Move;
  /** Every other move of the customer. */
  others: readonly Move[];
  oldOrderId: string | null;
  since: string;
  orders: OrderList;
  /** Carts of earlier tries, as just read: by id, null where they are gone. */
  carts: ReadonlyMap<string, Cart | null>;
  /** By Partner Center's clock, where `theirs`; `ours`: by ours. */
  now: ReturnType<PartnerCenter['time']>;
}

/** The one gate before any purchase. */
export function gateOf(facts: GateFacts): Gate {
  const { move, others, orders } = facts;
  const wanted = wantedOf(move);
  const { item } = wanted;
  const like = others.find((one) => one.quote && thingOf(one.quote.item) === thingOf(item) && isOpen(one, facts));
  if (like) return { gate: 'like', ticketId: like.ticketId };
  // What an earlier move of the same subscription bought is in question: another purchase would be the second one for it.
  const owners = others.filter((one) => one.subscriptionId !== move.subscriptionId);
  const not = notInQuestion({ move, others, owners, oldOrderId: facts.oldOrderId });
  const match = orders.items
    .filter((order) => order.status !== 'cancelled' && !isAmong(not, order.id) && mayBe(order, wanted))
    .filter((order) => order.createdAt === null || order.createdAt >= facts.since)
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))[0];
  if (match) return { gate: 'ask', order: seen(match, item) };
  // A cart of an earlier try that went through has an order; while it does not show, nothing else is bought.
  const earlier = [...ownCarts(move), ...others.flatMap((one) => oldCarts(one, item))];
  if (!orders.whole || earlier.some((tried) => isBought(facts, tried) && !isAnsweredFor(facts, tried, not))) return { gate: 'orders' };
  return ownCarts(move).some((tried) => tooSoon(tried, facts.now)) ? { gate: 'orders' } : { gate: 'open' };
}

/** Whether an order that came of this cart is in the list and no longer in question: cancelled, of another move, or said to be another one. */
function isAnsweredFor(facts: GateFacts, tried: CartTry, not: OrderIds): boolean {
  const from = later(tried.checkedAt, -TOLERANCE_MS);
  const came = facts.orders.items.filter((order) => isOfThing(order, wantedOf(facts.move)) && order.createdAt !== null && order.createdAt >= from);
  return came.some((order) => order.status === 'cancelled' || isAmong(not, order.id));
}

/** Carts that are read again before another one is bought: those of earlier tries for the same thing. */
export function cartsToRead(move: Move, others: readonly Move[]): string[] {
  const tried = [...ownCarts(move), ...others.flatMap((one) => oldCarts(one, move.quote?.item ?? ''))];
  return tried.map((one) => one.cartId).slice(0, CARTS_MAX);
}

function ownCarts(move: Move): CartTry[] {
  return (move.tried ?? []).filter((one) => one.cartId !== move.quote?.cartId && one.outcome !== 'bought');
}

/** Of a move that bought nothing as far as is known. */
function oldCarts(move: Move, item: string): CartTry[] {
  if (move.order || (move.quote && thingOf(move.quote.item) !== thingOf(item))) return [];
  const last = lastTry(move);
  const all = [...(move.tried ?? []), ...(last ? [last] : [])];
  return [...new Map(all.map((one) => [one.cartId, one])).values()];
}

function isBought(facts: GateFacts, tried: CartTry): boolean {
  return facts.carts.get(tried.cartId)?.status === 'ordered';
}

/** A purchase of another move of which nobody knows yet what comes of it: being made, or a try without an answer not long ago. */
function isOpen(move: Move, facts: GateFacts): boolean {
  if (move.order) return false;
  if (move.state === 'purchasing' || move.stuck?.reason === 'purchaseUnclear') return true;
  return isUnclear(move) && tooSoon(lastTry(move), facts.now);
}

function tooSoon(tried: CartTry | null | undefined, now: GateFacts['now']): boolean {
  if (!tried || (tried.outcome !== 'unclear' && tried.outcome !== 'sent')) return false;
  return !isProof(tried, now);
}

/** Whether an order that is not in the whole list was not placed: by Partner Center's clock, where it tells it, and by ours too. */
function isProof(tried: CartTry, now: GateFacts['now']): boolean {
  const byOurs = !tried.ours || !now.ours || now.ours >= later(tried.ours, SETTLED_MS);
  return byOurs && now.at >= later(tried.lastAt, SETTLED_MS + (now.theirs ? 0 : TOLERANCE_MS));
}

function seen(order: Order, item: string): OrderSeen {
  return { id: order.id, createdAt: order.createdAt, quantity: order.lines?.find((line) => thingOf(line.item) === thingOf(item))?.quantity ?? null };
}

export interface Evidence {
  quote: Quote;
  /** The old subscription. */
  old: string;
  tried: CartTry;
  /** null where it is gone, `unread` where it could not be read. */
  cart: Cart | 'unread' | null;
  orders: OrderList | 'unread';
  not: OrderIds;
  now: GateFacts['now'];
}

export type Verdict =
  | { found: 'placed'; order: Order }
  | { found: 'notBought' }
  | { found: 'unknown'; why: 'ordersUnread' | 'tooSoon' | 'ordered' | 'orderThere' | 'cart' };

/**
 * What came of a cart that was sent to checkout. `byHand`: an approver says that it was not bought, so the cart need not
 * read Active. An order that is missing from the list, and a cart that reads Active, prove nothing for 20 minutes.
 */
export function verdictOn(evidence: Evidence, byHand: boolean): Verdict {
  const { orders, cart, tried, quote, now, not } = evidence;
  const wanted: Wanted = { item: quote.item, old: evidence.old };
  if (orders === 'unread') return { found: 'unknown', why: 'ordersUnread' };
  const from = later(tried.checkedAt, -TOLERANCE_MS);
  const candidates = orders.items.filter((order) => !isAmong(not, order.id) && mayBe(order, wanted) && (order.createdAt === null || order.createdAt >= from));
  const read = cart !== 'unread' && cart !== null ? cart.status : cart;
  if (candidates.length > 0) {
    const [only] = candidates as [Order];
    const exact = isOfThing(only, wanted) && only.createdAt !== null;
    const asMany = only.lines?.some((line) => line.quantity === quote.quantity) ?? false;
    if (candidates.length === 1 && exact && (read === 'ordered' || (read === null && asMany))) return { found: 'placed', order: only };
    return { found: 'unknown', why: 'orderThere' };
  }
  if (read === 'ordered') return { found: 'unknown', why: 'ordered' };
  if (!orders.whole) return { found: 'unknown', why: 'ordersUnread' };
  if (!isProof(tried, now)) return { found: 'unknown', why: 'tooSoon' };
  return read === 'active' || (byHand && read !== 'unread') ? { found: 'notBought' } : { found: 'unknown', why: 'cart' };
}

/** What an order has other than was approved, as far as it says; tax and the first, shorter cycle are not compared. */
export function differencesOf(quote: Quote, order: Order): Difference[] {
  if (!order.lines || order.lines.length === 0) return [];
  const line = order.lines.find((one) => thingOf(one.item) === thingOf(quote.item));
  const found: Difference[] = order.lines.length > 1 ? [{ what: 'lines', asked: 1, came: order.lines.length }] : [];
  if (!line) return [...found, { what: 'plan', asked: quote.planTitle, came: order.lines[0]?.item ?? '' }];
  if (line.quantity !== null && line.quantity !== quote.quantity) found.push({ what: 'seats', asked: quote.quantity, came: line.quantity });
  if (line.term !== '' && !isSameTerm(line.term, quote.term)) found.push({ what: 'term', asked: quote.term, came: line.term });
  if (order.billing !== '' && order.billing !== quote.billing.toLowerCase()) found.push({ what: 'billing', asked: quote.billing, came: order.billing });
  const price = priceDiffers(quote, line);
  return price ? [...found, price] : found;
}

/** `P12M` is a year too. */
export function isSameTerm(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase() || (monthsOf(one) !== null && monthsOf(one) === monthsOf(other));
}

/** By the price of a seat where both say it, else by that of all seats where it is not that of a shorter cycle. */
function priceDiffers(quote: Quote, line: OrderLine): Difference | null {
  const { unit, cycle } = quote;
  const same = (one: Money, other: Money) => one.minor === other.minor && one.currency === other.currency;
  // Where all seats cost what was approved, a list price beside it is none that is paid.
  if (cycle && line.price && line.quantity === quote.quantity && same(cycle, line.price)) return null;
  if (unit && line.unit && !same(unit, line.unit)) return { what: 'price', asked: unit, came: line.unit };
  if (!cycle || !line.price || line.quantity !== quote.quantity) return null;
  const shorter = line.prorated !== null && line.unit !== null && line.prorated.minor < line.unit.minor;
  const rounding = line.price.currency === cycle.currency && Math.abs(line.price.minor - cycle.minor) <= quote.quantity;
  return (shorter && line.price.minor < cycle.minor) || rounding ? null : { what: 'price', asked: cycle, came: line.price };
}
