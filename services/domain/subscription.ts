/** What Partner Center says about a subscription, and how it ends, as types. */
import type { Money } from './money.ts';

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
  /** Software by the term: it ends with it. */
  isSoftware?: true;
  parentId: string | null;
  /** What Partner Center has planned for the term end, in its own word, letter for letter; null when nothing. What is of another shape stands here as its text. */
  atTermEnd: string | null;
  /** What it becomes with its next term, where something is planned for that. */
  next?: NextTerm;
  /** Something that is planned for another day than the term's end. */
  otherDay?: { word: string; on: string | null };
  /** The day on which it began, of new commerce and where it was told; a term may have begun later. */
  startedOn?: string;
  cancellableUntil: string | null;
  orderId: string | null;
  /** The promotion that it was bought with, by its id. */
  promotion?: string;
  /** Licences that can still be given back. */
  refundable?: readonly GiveBack[];
  /** The number of the reseller through whom an indirect provider sells it. */
  reseller?: string;
  /** It is none of ours, but licences of one SKU that were bought elsewhere. */
  elsewhere?: BoughtElsewhere;
}

/** So many licences can be given back for the days that are left, until then (ISO text); null where that is not said. */
export interface GiveBack {
  quantity: number;
  until: string | null;
}

/** What else was read beside its end; a part is there where it says something. */
export interface Beside {
  /** Licences of it that can be given back, where it cannot be cancelled as a whole. */
  giveBack?: readonly GiveBack[];
  reseller?: string;
  /** Of an add-on that does not go on: its base, which was read to. */
  addonTo?: string;
  /** It renews, and the promotion that it has is not planned for that. */
  losesPromotion?: true;
}

/** `ours`: how many licences of the same SKU are from us. `inUse`: of the whole pool, for nobody says whose licence a person has; null where it is not told. */
export interface BoughtElsewhere {
  ours: number;
  inUse: number | null;
}

/** What a subscription is planned to become with its next term; null what was not told. */
export interface NextTerm {
  /** `product:sku`. */
  offer: string | null;
  quantity: number | null;
  term: string | null;
  billing: string | null;
  /** The promotion that goes with it, by its id; absent where none does. */
  promotion?: string;
}

/** What all seats cost a month from the end of the term on, by the price sheets of the UTC day `on`; null what they do not tell. */
export interface EndPrices {
  on: string;
  /** In its next term: as long as this one, as many seats and paid alike, but for what is planned. */
  renewal: Money | null;
  /** In terms of one month each. */
  oneMonth: Money | null;
  /** In an Extended Service Term. */
  extended: Money | null;
}

/**
 * What happens at the end of a term. `renewsAs`: as another plan, number of licences or term. `extends`: it goes on month by month as a
 * paid Extended Service Term; `inEst`: it is in one. `contradictory`: what is planned and auto-renew cannot both be so. `unknown`: what was
 * read does not tell; `unread`: nobody says whether it renews.
 */
export type EndOfTerm = 'renews' | 'renewsAs' | 'cancels' | 'extends' | 'inEst' | 'contradictory' | 'unknown' | 'unread';

/** Between which outcomes nobody can tell. `endsOrWorksOn`: that it ends, or that people work on for some days, unpaid. */
export type Either = 'endsOrExtends' | 'endsOrWorksOn' | 'renewsOrInEst';

/** What belongs to the reading of a term's end; a part is there where it says something. */
export interface EndDetails {
  /** Of `renewsAs`, and of a contradiction where that was planned. */
  next?: NextTerm;
  /** Microsoft's own word, where it is none that we know. */
  word?: string;
  /** The day of what is planned before the term ends. */
  on?: string;
  either?: Either;
  /** Of `extends`: auto-renew reads on all the same. */
  despiteFlag?: true;
  /** Of a contradiction: what is planned; auto-renew says the other. */
  planned?: 'cancels' | 'renews' | 'renewsAs';
}

export type TermEnd = { end: EndOfTerm } & EndDetails;

/**
 * What happened to a subscription beside auto-renew being switched off, so that people are told of it. `plan…`: of what is planned for its next
 * term. `stillBilled`: new commerce was suspended. `trial`: it ends soon, or becomes paid. `softwareEnds`: software by the term. `outlivesBase`:
 * an add-on whose base ends before it. `goesOn`: the old one of a finished move. `dearer`, `losesPromotion`: its renewal comes near, at a higher price.
 */
export type Happened =
  | 'estBegun'
  | 'planSet'
  | 'planChanged'
  | 'planLost'
  | 'stillBilled'
  | 'trial'
  | 'softwareEnds'
  | 'outlivesBase'
  | 'goesOn'
  | 'dearer'
  | 'losesPromotion';

/** `gone`: Partner Center no longer knows it. `left`: its customer is no longer ours. */
export type Standing = 'suspended' | 'ended' | 'gone' | 'left';

/** What the activity log says of auto-renew being switched off. `since`: the UTC day from which it was read; `at`, `app`, `withSeats`: of the record, where there is one. */
export interface SwitchedOff {
  since: string;
  at?: string;
  /** The application's id, where nobody signed in. */
  app?: string;
  /** The number of licences was changed by the same call: what it left out was switched off. */
  withSeats?: true;
}
