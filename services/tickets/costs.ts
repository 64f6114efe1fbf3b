/** What subscriptions of one outcome cost from their day on. Pure. */
import type { Money } from '../domain/money.ts';
import { EST_OVER_MONTHLY_PERCENT } from '../domain/rules.ts';
import type { EndOfTerm, EndPrices, Subscription } from '../domain/ticket.ts';
import type { AskedPrices } from '../partnerCenter/port.ts';
import { renews } from './endOfTerm.ts';

/** What happens at the end, as people ask for it. */
export const OUTCOMES = {
  est: ['extends', 'inEst'],
  ends: ['cancels'],
  renews: ['renews', 'renewsAs'],
} as const satisfies Record<string, readonly EndOfTerm[]>;
export type Outcome = keyof typeof OUTCOMES;

/** One of such a list, as it was last read. */
export interface EndLine {
  customerId: string;
  subscriptionId: string;
  customerName: string;
  offerName: string;
  expiresOn: string;
  quantity: number | null;
  end: EndOfTerm;
  /** By the month already. */
  byMonth: boolean;
  ticketId: string | null;
  /** What it costs now a month; null where that is not known. */
  priceNow: Money | null;
  /** What it costs from its day on, by the price sheets; null where they are not known. */
  prices: EndPrices | null;
}

/**
 * What it costs a month from its day on: `nothing` where it ends; null where that is not known. Where no price sheet was read, an Extended
 * Service Term costs so much above the price of a one-month term, which is known of what has that term now (Microsoft's page on them).
 */
export function costFrom({ end, byMonth, priceNow, prices }: Pick<EndLine, 'end' | 'byMonth' | 'priceNow' | 'prices'>): Money | 'nothing' | null {
  if (end === 'cancels') return 'nothing';
  if (renews(end)) return prices?.renewal ?? null;
  if (end !== 'extends' && end !== 'inEst') return null;
  if (prices?.extended) return prices.extended;
  if (end !== 'extends' || !byMonth || !priceNow) return null;
  return { ...priceNow, minor: Math.round((priceNow.minor * (100 + EST_OVER_MONTHLY_PERCENT)) / 100) };
}

/** What its prices from the end of its term on are asked by; null where no price sheet tells them: of classic ones, and of trials. */
export function askedPrices({ customerId, offerId, term, billing, quantity, next, kind, status, isTrial }: Subscription): AskedPrices | null {
  if (kind !== 'newCommerce' || status !== 'active' || isTrial || quantity === null) return null;
  return { customerId, offerId, term, billing, quantity, ...(next ? { next } : {}) };
}

/** A promotion goes on only where it is planned for the next term (new-commerce-promotions). */
export function losesPromotion({ promotion, next }: Subscription): boolean {
  return promotion !== undefined && next?.promotion !== promotion;
}

/** Whether both say the same, on whichever day. */
export function samePrices(a: EndPrices | undefined, b: EndPrices): boolean {
  return (
    a !== undefined && (['renewal', 'oneMonth', 'extended'] as const).every((one) => a[one]?.minor === b[one]?.minor && a[one]?.currency === b[one]?.currency)
  );
}
