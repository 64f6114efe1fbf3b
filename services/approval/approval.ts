/** Who may let a purchase happen, for how long, and what exactly was allowed. Pure, and the only place that knows. */
import { createHash } from 'node:crypto';
import { later } from '../clock.ts';
import { minorDigits, type Money, sumOf } from '../domain/money.ts';
import type { EndOffer, Quote, Subscription } from '../domain/ticket.ts';
import { may, type Role } from '../people/roles.ts';

/** The wait for an approval holds a day: prices and people change. */
export const APPROVAL_MS = 24 * 3_600_000;
/** So long an approval is good for a purchase that has not begun: what waits longer is asked about again. */
export const FRESH_MS = 15 * 60_000;
const REMIND_BEFORE_MS = 4 * 3_600_000;

/** When somebody else than the one who asked must approve; an amount is that of the whole term. */
export type FourEyes = { when: 'off' } | { when: 'always' } | ({ when: 'aboveAmount' } & Money) | { when: 'aboveSeats'; seats: number };

/** `role`: not an approver. `ownRequest`: another one must. */
export type WhyNotApprove = 'role' | 'ownRequest' | 'quoteChanged' | 'lapsed';

/** What is asked about: a price, or the end of a term. What of it is not known counts as above any limit. */
export interface Asked {
  total: Money | null;
  quantity: number | null;
  askedBy: string;
  hash: string;
  at: string;
  until?: string | null;
}

/** Why this person may not approve what has this hash now; null when nothing stands against it. `now` is ISO text. */
export function whyNotApprove(
  quote: Asked | null,
  approver: { key: string; roles: readonly Role[] },
  hash: string,
  fourEyes: FourEyes,
  now: string,
): WhyNotApprove | null {
  if (!may(approver.roles, 'approve')) return 'role';
  if (!quote || quote.hash !== hash) return 'quoteChanged';
  if (lapsesAt(quote) <= now) return 'lapsed';
  return needsAnother(quote, fourEyes) && approver.key === quote.askedBy ? 'ownRequest' : null;
}

/** Whether the one who asked may not approve it too. An amount in another currency cannot be compared, so it counts as above. */
export function needsAnother(quote: Pick<Asked, 'total' | 'quantity'>, fourEyes: FourEyes): boolean {
  switch (fourEyes.when) {
    case 'off':
      return false;
    case 'aboveAmount':
      return quote.total === null || quote.total.currency !== fourEyes.currency || quote.total.minor > fourEyes.minor;
    case 'aboveSeats':
      return quote.quantity === null || quote.quantity > fourEyes.seats;
    case 'always':
      return true;
  }
}

/** What somebody said yes to, of what that person had asked for. */
export interface OwnYes {
  /** Of which move: a later yes to the same one takes the place of the earlier. */
  move: string;
  total: Money | null;
  quantity: number | null;
  /** ISO text. */
  at: string;
}

/**
 * Whether another one must approve all of this, judged by the sum: of what is asked at once, and of what the same person asked for and
 * approved in the 24 hours before. So a purchase that is split up, over cards or over days that meet at midnight, is judged as the whole.
 */
export function needAnother(asked: readonly OwnYes[], before: readonly OwnYes[], fourEyes: FourEyes, now: string): boolean {
  if (asked.length === 0) return false;
  const moves = new Set(asked.map((one) => one.move));
  const all = [...asked, ...lately(before, now).filter((one) => !moves.has(one.move))];
  const total = sumOf(all.map((one) => one.total));
  const quantity = all.some((one) => one.quantity === null) ? null : all.reduce((sum, one) => sum + (one.quantity ?? 0), 0);
  return needsAnother({ total, quantity }, fourEyes);
}

/** Those of the last 24 hours; a moment of a clock that is ahead counts. */
export function lately(all: readonly OwnYes[], now: string): OwnYes[] {
  return all.filter((one) => later(one.at, APPROVAL_MS) > now);
}

/** `off`, `always`, `above 5000 EUR`, `above 25 seats`; null when it is none of them. */
export function parseFourEyes(text: string): FourEyes | null {
  const plain = text.trim();
  if (plain === 'off' || plain === 'always') return { when: plain };
  const match = /^above (\d{1,9}(?:\.\d{1,3})?) (seats|[A-Z]{3})$/.exec(plain);
  if (!match) return null;
  const [amount, of] = [Number(match[1]), match[2] as string];
  if (of === 'seats') return Number.isInteger(amount) ? { when: 'aboveSeats', seats: amount } : null;
  return { when: 'aboveAmount', minor: Math.round(amount * 10 ** minorDigits(of)), currency: of };
}

/**
 * What an approval is bound to: all that the cart, read again, says, and how the old subscription stood. The availability's
 * rotating id is left out: it names no other thing for sale.
 */
export function quoteHash(customerId: string, quote: Omit<Quote, 'hash' | 'cartId' | 'at' | 'until' | 'askedBy'>): string {
  const [product, sku] = quote.item.split(':');
  const bound = [
    customerId,
    product,
    sku,
    quote.quantity,
    quote.term,
    quote.billing,
    quote.monthly.minor,
    quote.monthly.currency,
    quote.total.minor,
    quote.total.currency,
    quote.cycle ?? null,
    quote.unit ?? null,
    quote.source ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(bound)).digest('hex');
}

/** The same of an end that is set: which way, what it costs and takes away, and how the subscription stood. */
export function endHash(offer: Omit<EndOffer, 'hash' | 'at' | 'askedBy' | 'pricedOn'>, of: Subscription): string {
  const { to, day, quantity, term, billing, total, loses } = offer;
  const stood = [of.customerId, of.id, of.offerId, of.status, of.autoRenew, of.atTermEnd, of.next ?? null, of.otherDay ?? null];
  const bound = [to, day, quantity, term, billing, total && [total.minor, total.currency], loses, stood];
  return createHash('sha256').update(JSON.stringify(bound)).digest('hex');
}

/** When a quote stops waiting: after a day, or with its cart. */
export function lapsesAt(quote: Pick<Asked, 'at' | 'until'>): string {
  const day = later(quote.at, APPROVAL_MS);
  // A cart that was over when it was just made is one of another clock, not one that is over.
  return quote.until && quote.until > quote.at && quote.until < day ? quote.until : day;
}

/** When a quote that nobody answered is brought up again: four hours before it lapses, or halfway where it lapses sooner. */
export function remindsAt(quote: Pick<Asked, 'at' | 'until'>): string {
  const spanMs = Date.parse(lapsesAt(quote)) - Date.parse(quote.at);
  return later(quote.at, spanMs - Math.min(REMIND_BEFORE_MS, spanMs / 2));
}
