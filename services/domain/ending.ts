/** A subscription's end that people set: what was offered, and how it was seen since, as types. */
import type { Money } from './money.ts';
import type { NextTerm } from './subscription.ts';

/** `cancel`: it ends with its term. `renew`: it renews as it is, for a whole term. */
export type SetEnd = 'cancel' | 'renew';

/** What a yes to such a change is bound to: the subscription as it was read, and what follows. */
export interface EndOffer {
  to: SetEnd;
  /** The day that Partner Center shows for the end of its term. */
  day: string;
  quantity: number | null;
  term: string;
  billing: string;
  /** A month and over a whole term, at today's price or by the price list of `pricedOn`; null where it is not known, which counts as above any limit. */
  pricedOn?: string;
  monthly: Money | null;
  total: Money | null;
  /** Of a cancellation: how many people would be without a licence then; null where that cannot be told. */
  loses: number | null;
  /** What is planned now and is lost by it: what it was to become, or Microsoft's own word. */
  lost: { next: NextTerm | null; word: string | null } | null;
  at: string;
  askedBy: string;
  hash: string;
}

/** A cancellation that was read to be set, and is looked at until the subscription is no longer billed. */
export interface EndWatch {
  /** When it was first read. */
  at: string;
  /** The last day as it was then. */
  day: string;
  lookedAt: string;
  /** When it was told who is still on the old plan, shortly before the end. */
  warnedAt?: string;
}
