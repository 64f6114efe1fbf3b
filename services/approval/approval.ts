/** Who may let a purchase happen, and what exactly was allowed. Pure. */
import { createHash } from 'node:crypto';
import { later } from '../clock.ts';
import type { Quote } from '../domain.ts';

/** An approval, and the wait for one, holds a day: prices and people change. */
export const APPROVAL_MS = 24 * 3_600_000;

/** What an approval is bound to. The availability's rotating id is left out: it names no other thing for sale. */
export function quoteHash(customerId: string, quote: Omit<Quote, 'hash' | 'cartId' | 'at' | 'until' | 'askedBy'>): string {
  const [product, sku] = quote.item.split(':');
  const bound = [customerId, product, sku, quote.quantity, quote.term, quote.billing, quote.monthly.minor, quote.total.minor, quote.total.currency];
  return createHash('sha256').update(JSON.stringify(bound)).digest('hex');
}

/** When a quote stops waiting: after a day, or with its cart. */
export function lapsesAt(quote: Quote): string {
  const day = later(quote.at, APPROVAL_MS);
  return quote.until !== '' && quote.until < day ? quote.until : day;
}
