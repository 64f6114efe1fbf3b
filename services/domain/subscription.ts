/** What Partner Center says about a subscription, and how it ends, as types. */

/** `other`: Azure, software, reservations; never watched. `unknown`: nothing says what it is; watched. */
export type CommerceKind = 'classic' | 'newCommerce' | 'other' | 'unknown';

/** What Partner Center says about a subscription, reduced to what we use. Ids are lower-case. */
export interface Subscription {
  id: string;
  customerId: string;
  offerId: string;
  /** In en-US, for matching. */
  offerName: string;
  kind: CommerceKind;
  status: string;
  /** null where Partner Center does not say. */
  autoRenew: boolean | null;
  /** The last UTC day on which it works; null when it has no real end (Azure says year 9999). */
  lastDay: string | null;
  /** The day that Partner Center shows after "Expires on" or "Auto renews on". */
  expiresOn: string | null;
  /** null where it could not be read. */
  quantity: number | null;
  term: string;
  billing: string;
  isTrial: boolean;
  isUsage: boolean;
  parentId: string | null;
  /** What Partner Center has scheduled for the term end, in its own words; null when nothing. */
  atTermEnd: string | null;
  cancellableUntil: string | null;
  orderId: string | null;
}

/** `unknown`: auto-renew is off and nothing is scheduled; extended service terms are likely. `unread`: nobody says whether it renews. */
export type EndOfTerm = 'renews' | 'cancels' | 'extends' | 'unknown' | 'unread';

/** `gone`: Partner Center no longer knows it. `left`: its customer is no longer ours. */
export type Standing = 'suspended' | 'ended' | 'gone' | 'left';
