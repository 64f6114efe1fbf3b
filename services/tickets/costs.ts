/** What subscriptions of one outcome cost from their day on. Pure. */
import type { Money } from '../domain/money.ts';
import { EST_OVER_MONTHLY_PERCENT } from '../domain/rules.ts';
import type { EndOfTerm } from '../domain/ticket.ts';

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
}

/**
 * What it costs a month from its day on: `nothing` where it ends; null where that is not known. An Extended Service Term costs so much above
 * the price of a one-month term, which is known of what has that term now (Microsoft's page on them); any other price stands in price sheets.
 */
export function costFrom({ end, byMonth, priceNow }: Pick<EndLine, 'end' | 'byMonth' | 'priceNow'>): Money | 'nothing' | null {
  if (end === 'cancels') return 'nothing';
  if (end !== 'extends' || !byMonth || !priceNow) return null;
  return { ...priceNow, minor: Math.round((priceNow.minor * (100 + EST_OVER_MONTHLY_PERCENT)) / 100) };
}
