/** Carts and orders, as Partner Center writes them. */
import { type Money, parseMoney } from '../../domain/money.ts';
import type { Cart, CartItem, Order, OrderLine } from '../port.ts';
import { continuation, itemsOf, type Read } from './page.ts';

const NEVER_AT = Date.UTC(9000, 0, 1);
const FIRST_AT = Date.UTC(2000, 0, 1); // nothing was sold before; year 1 is a date that nobody filled in

type Fields = Record<string, unknown>;

/** A cart as it stands, with all its lines. Throws where it has no id. */
export function parseCart(json: unknown): Cart {
  const one = fields(json);
  const id = text(one.id);
  if (!id || !ORDER_ID.test(id)) throw new Error('The cart has no id.');
  return { id, status: cartStatus(one.status), until: instant(one.expirationtimestamp), lines: (list(one.lineitems) ?? []).map(cartItem) };
}

function cartStatus(value: unknown): Cart['status'] {
  const status = word(value);
  if (status === 'active' || status === 'ordered') return status;
  return status === '' ? 'unknown' : 'other';
}

function cartItem(json: unknown): CartItem {
  const line = fields(json);
  const { price, unit } = pricesOf(line.pricing, text(line.currencycode) ?? undefined);
  return {
    item: text(line.catalogitemid) ?? '',
    quantity: count(line.quantity),
    term: (text(line.termduration) ?? '').toUpperCase(),
    billing: saidWord(line.billingcycle),
    ...{ price, unit },
    error: lineError(line.error),
  };
}

/** An error that says nothing at all is none; one with words and no code is one (code 0 is "unknown"). */
function lineError(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const error = fields(value);
  const code = word(error.errorcode);
  if (code !== '' && code !== '0') return code;
  return text(error.errordescription) ?? (code === '0' ? null : 'unknown');
}

/** `price`: of one billing cycle for all seats. `unit`: of one seat, and of one seat for the rest of a cycle. */
function pricesOf(value: unknown, currency: string | undefined): Pick<OrderLine, 'price' | 'unit' | 'prorated'> {
  const pricing = fields(value);
  const money = (amount: unknown): Money | null => parseMoney(typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined, currency);
  return { price: money(pricing.extendedprice), unit: money(pricing.discountedprice) ?? money(pricing.listprice), prorated: money(pricing.proratedprice) };
}

/** Order numbers are letters and digits (docs/partner-center.md §7); they go into paths and onto buttons, so another one is not taken. */
const ORDER_ID = /^[\w.-]{1,64}$/;

/** An order with all its lines. Throws where it has no id. */
export function parseOrder(json: unknown): Order {
  const one = fields(json);
  const id = text(one.id);
  if (!id || !ORDER_ID.test(id)) throw new Error('The order has no id.');
  const currency = text(one.currencycode) ?? undefined;
  return {
    id,
    customerId: text(one.referencecustomerid)?.toLowerCase() ?? null,
    createdAt: instant(one.creationdate),
    status: orderStatus(one.status),
    billing: saidWord(one.billingcycle),
    lines: linesOf(one.lineitems, currency),
  };
}

/** The documented states; written with other signs between their words, or in American, they are the same. */
const ORDER_STATES = [
  'completed',
  'pending',
  'cancelled',
  'suspended',
  'failed',
  'pending review',
  'pending po upload',
  'po upload complete',
  'po review rejected',
];

function orderStatus(value: unknown): string {
  const said = word(value);
  const letters = (text: string) => text.replace(/[^a-z]/g, '').replace('canceled', 'cancelled');
  return ORDER_STATES.find((one) => letters(one) === letters(said)) ?? said;
}

/** An order without lines says nothing of what it holds. */
function linesOf(value: unknown, currency: string | undefined): OrderLine[] | null {
  const lines = list(value);
  return lines && lines.length > 0 ? lines.map((line) => orderLine(line, currency)) : null;
}

function orderLine(json: unknown, currency: string | undefined): OrderLine {
  const line = fields(json);
  return {
    item: text(line.offerid) ?? '',
    quantity: count(line.quantity),
    term: (text(line.termduration) ?? '').toUpperCase(),
    kind: word(line.transactiontype),
    subscriptionId: text(line.subscriptionid)?.toLowerCase() ?? null,
    ...pricesOf(line.pricing, text(line.currencycode) ?? currency),
  };
}

/** The order list goes on by a token or by an offset in the next link. */
export const BY_OFFSET = 'offset=';
const OFFSET = /[?&]offset=(\d{1,9})/i;
const SIZE = /[?&]size=(\d{1,6})/i;

/** One page of orders; one that cannot be read could be any, so the list is not whole. */
export function parseOrders(json: unknown): Read<Order> {
  const items: Order[] = [];
  const all = itemsOf(json);
  const { next, lost } = continuation(json);
  const offset = next === null && lost ? offsetOf(fields(json).links) : null;
  let whole = !lost || offset !== null;
  for (const item of all) {
    try {
      items.push(parseOrder(item));
    } catch {
      whole = false;
    }
  }
  return { items, unread: whole ? [] : [{ id: null, why: 'record' }], next: next ?? offset, whole };
}

function offsetOf(links: unknown): string | null {
  const next = fields(links).next;
  const address = typeof next === 'string' ? next : text(fields(next).uri);
  const offset = address && OFFSET.exec(address)?.[1];
  if (!address || !offset) return null;
  const size = SIZE.exec(address)?.[1];
  return `${BY_OFFSET}${offset}${size ? `&size=${size}` : ''}`;
}

/** The order of a checkout, with the lines of all that came of it; or the code of what was refused although the answer was 201. */
export function parseCheckout(json: unknown): { order: Order } | { refused: string } {
  const result = fields(json);
  const [errors, placed] = [list(result.ordererrors), list(result.orders)];
  const orders = placed ? placed.map(parseOrder) : isOrder(result) ? [parseOrder(json)] : [];
  const [first] = orders;
  if (first) return { order: orders.length === 1 ? first : { ...first, lines: orders.flatMap((one) => one.lines ?? []) } };
  if (!errors?.length) throw new Error('Neither an order nor an error.');
  return { refused: word(fields(errors[0]).code) || 'unknown' };
}

/** Whether a bare answer is an order: a cart has an id too, and so may an error. */
function isOrder(one: Fields): boolean {
  const lines = list(one.lineitems) ?? [];
  return text(one.creationdate) !== null || text(one.referencecustomerid) !== null || lines.some((line) => text(fields(line).offerid) !== null);
}

/** Fields by their names in lower case; none where it is no object. */
function fields(json: unknown): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {};
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
}

function list(value: unknown): unknown[] | null {
  return Array.isArray(value) ? value : null;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function word(value: unknown): string {
  return (text(value) ?? '').toLowerCase();
}

/** A word in lower case; empty where it says nothing, or that it is not known. */
function saidWord(value: unknown): string {
  const said = word(value);
  return said === 'unknown' ? '' : said;
}

/** A whole number from 0, also as text. */
function count(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null;
}

/** An instant as ISO text; without a zone it is UTC. null where it is missing, unreadable or a placeholder. */
function instant(value: unknown): string | null {
  const bare = text(value)?.replaceAll(' ', '');
  if (!bare) return null;
  const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(bare) || !/t/i.test(bare) ? bare : `${bare}Z`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) || at < FIRST_AT || at > NEVER_AT ? null : new Date(at).toISOString();
}
