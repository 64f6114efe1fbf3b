/** The words of the trade as types. Plain data: it is stored, compared and shown as it is. */
import type { Done } from './activity.ts';
import type { EndOffer, EndWatch, SetEnd } from './ending.ts';
import type { Money } from './money.ts';
import type { Names } from './language.ts';
import type { Touched } from './news.ts';
import type { AgainWhy, CartTry, Difference, OrderSeen, Quote, UnsettledWhy } from './order.ts';
import type { PeopleCount, Waiver, Walked } from './people.ts';
import type { PauseReason, RefusalReason, StuckReason } from './reasons.ts';
import type { Beside, BoughtElsewhere, EndDetails, EndOfTerm, EndPrices, Happened, NextTerm, Standing, Subscription, SwitchedOff } from './subscription.ts';

export type { EndOffer, EndWatch, SetEnd } from './ending.ts';
export type { AgainWhy, CartTry, Difference, OrderSeen, Quote, UnsettledWhy } from './order.ts';
export type { BlockedWhy, PeopleCount, Person, UserMove, Waiver, Walked } from './people.ts';
export type { Chat, Notice, Watching } from './chat.ts';
export type {
  Beside,
  CommerceKind,
  Either,
  EndDetails,
  EndOfTerm,
  EndPrices,
  GiveBack,
  Happened,
  NextTerm,
  Standing,
  Subscription,
  TermEnd,
} from './subscription.ts';
export type { News, NewsKind } from './news.ts';
export type { PauseReason, RefusalReason, StuckReason } from './reasons.ts';

export interface Customer {
  id: string;
  name: string;
  domain: string;
}

export type Segment = 'commercial' | 'faculty' | 'students' | 'government';

/** A replacement as this customer's catalogue has it. */
export interface Plan {
  /** Our own name of the plan, unique in the list. */
  id: string;
  title: string;
  /** A key of the words for reasons, or a partner's own sentence. */
  reason: string;
  minimum: number;
  maximum: number;
  /** Set when it can be bought: where to find it in the catalogue. */
  item: { productId: string; skuId: string } | null;
  /** Set when it cannot be bought. */
  whyNot: 'notSold' | 'unread' | null;
  /** In which it is sold, `P1Y/monthly`; absent where that was not read. */
  terms?: string[];
}

/** What the card about a ticket tells; refreshed by the sweep while the ticket is open. */
export interface TicketFacts {
  offerName: string;
  offerId: string;
  newCommerce: boolean;
  lastDay: string;
  expiresOn: string;
  endOfTerm: EndOfTerm;
  /** What belongs to it; absent where the word says all. */
  ending?: EndDetails | null;
  /** Of `extends`: nothing is planned yet; Microsoft does that within about a day. */
  nothingPlanned?: true;
  /** Until when it can be cancelled for the days that are left, of new commerce within the days after its purchase or renewal; ISO text. */
  undoUntil?: string;
  /** The day on which it began, where its first term was made shorter than its terms are. */
  shortenedSince?: string;
  beside?: Beside;
  /** What brought it up, where that was no flip. */
  happened?: Happened;
  /** What its next term was planned to be before that. */
  was?: NextTerm;
  /** Its last change in the log by then, where what is planned for it was changed; `changedBy` as below. */
  edited?: { at: string; changedBy: string | null; app?: string };
  /** Of an add-on that outlives it. */
  base?: { plan: string; day: string };
  /** It was not bought through us: how it ends is not seen, and nothing of it can be changed by us. */
  elsewhere?: BoughtElsewhere;
  /** null where it could not be read. */
  quantity: number | null;
  /** How many people hold its licence; null where that cannot be told. */
  inUse: number | null;
  /** What it costs now a month; null where unknown. */
  priceNow: Money | null;
  /** What it costs from its end on, by the price sheets; absent where nobody lets us read them, or they could not be read yet. */
  prices?: EndPrices;
  term: string;
  billing: string;
  programme: string | null;
  /** Names of the add-ons that go with it. */
  addons: string[];
  /** What they cost now a month, all together; absent where that is not known. */
  addonsNow?: Money;
  /** Where other subscriptions give the same licence: how many of it they have, and how many people hold one. */
  shared?: { others: number; used: number };
  /** The plan that it is planned to become is not in this customer's catalogue. */
  nextNotSold?: true;
  /** How it reads now where it is no longer active although its ticket is open; absent while it is. */
  standing?: Standing | null;
  /** Partner Center's word for how it ended, where it was read to have: `expired`, `disabled`, `deleted`. */
  endedAs?: string;
  /** Who switched auto-renew off, where the activity log tells: a name, `application`, `nobody` (no record), `unchanged` (it is not off), or null (not asked). */
  changedBy: string | null;
  /** What the log says beside that; absent where it was not read. */
  switched?: SwitchedOff;
  /** When the term was last read to be so; where it is missing, when the ticket was opened. */
  readAt?: string;
}

/** `day`: when its term ended before it renewed again, where it had been read to end. */
export interface Closed {
  how: 'renewed' | 'moved' | 'ended' | 'left';
  at: string;
  day?: string;
  /** What it was in until then: an Extended Service Term, or a term that is over. */
  from?: 'inEst' | 'term';
}

export interface Marks {
  assignedTo?: string;
  snoozed?: { until: string; reason: string; by: string; at: string };
  dismissed?: { reason: string; by: string; at: string };
}

/** One episode of a subscription not renewing. People call it by its id. */
export interface Ticket {
  /** `S-1042`. */
  id: string;
  customerId: string;
  customerName: string;
  subscriptionId: string;
  /**
   * `known`: it had already stopped renewing when we first saw it. `asked`: opened by `move` while it still renews. `unread`: Partner
   * Center did not say for a day whether it renews. `outcome`: something else happened to its end; `facts.happened` says what.
   * `elsewhere`: licences that were not bought through us.
   */
  kind: 'flip' | 'known' | 'asked' | 'unread' | 'outcome' | 'elsewhere';
  episode: number;
  openedAt: string;
  facts: TicketFacts;
  /** null until the catalogue was read; `plansUnread`: it could not be when that was last tried. */
  plans: Plan[] | null;
  /** Of its offers and plans in other languages; absent until they were read. */
  names?: Names;
  plansUnread?: true;
  marks: Marks;
  closed: Closed | null;
  /** When it had been closed before it was opened again. */
  closedBefore?: string[];
  /** Row key of its latest move. */
  move: string | null;
  /** A purchase was begun in it, by whichever of its moves and whatever came of it. */
  begun?: true;
  /** The smallest number of days left for which a reminder was written. */
  remindedAt: number | null;
  /** The wait of its move that was last reminded of, and how many such reminders there were. */
  nudged?: { of: string; count: number };
  touched?: Touched;
  audit: { seq: number; hash: string };
  /** What people did to it lately, so that it is done once. */
  done?: Done[];
}

/** What the store knows of a subscription between two sweeps. */
export interface TrackedSubscription {
  snapshot: Subscription;
  episode: number;
  /** Its open ticket; null where there is none. */
  ticket: string | null;
  /** Row key of the live move; set and cleared under this row's etag, so there is never a second one. */
  liveMove: string | null;
  moves: number;
  /** When it was read to be there no longer. */
  goneAt?: string | null;
  /** The first look at a whole list that missed it. */
  missingAt?: string | null;
  /** Since when Partner Center does not say whether it renews. */
  flagLostSince?: string | null;
  /** It stops with its base, and the base's card names it. */
  withBase?: boolean;
  /** It is an add-on that runs on after its base. */
  outlives?: boolean;
  /** The last day of the term of whose next one it was asked what it costs. */
  askedAhead?: string;
  /** The day of the first look at it, of a trial. */
  firstSeenOn?: string;
  /** The first look that found it, of licences from elsewhere that nobody was told of yet, or of another number of them. */
  seenAt?: string;
  /** The ticket of its last finished move: opened again where it goes on all the same. */
  movedBy?: string;
  /** The ticket that was closed because it renews, when, and what had brought it up: opened again where that comes once more within a day. */
  renewed?: { ticket: string; at: string; what: Happened | null };
  /** When a move read that it is suspended, or how its term ends since; the snapshot says so too. */
  suspendedAt?: string;
  endSetAt?: string;
}

export const MOVE_STATES = [
  'drafting',
  'quoting',
  'quoted',
  'purchasing',
  'provisioning',
  'purchased',
  'reassigning',
  'reassigned',
  'suspending',
  'weighing',
  'weighed',
  'setting',
  'set',
  'stuck',
  'finished',
  'cancelled',
] as const;
export type MoveState = (typeof MOVE_STATES)[number];

export interface Draft {
  /** Who chose it last: that person asks for the approval. */
  by?: string;
  plan?: string;
  quantity?: number;
  term?: string;
  billing?: string;
}

/** One call that changes something, written down before it is made. */
export interface Call {
  name: 'cart' | 'checkout' | 'suspend' | 'end';
  requestId: string;
  answered: boolean;
}

/** Ways out of a subscription: `replace`: another one is bought, the people move to it, and the old one ends; else only its end is set. */
export type Way = 'replace' | SetEnd;

/** The durable record of one move. At most one per subscription is live. */
export interface Move {
  key: string;
  /** Which way out of the old subscription it is. */
  way: Way;
  customerId: string;
  subscriptionId: string;
  ticketId: string;
  state: MoveState;
  /** Grows with every change. */
  version: number;
  /** Grows only when something else is asked; buttons carry it, so that an answer is to what its giver saw. */
  asked: number;
  startedBy: string;
  startedAt: string;
  /** Since when it is in its state. */
  since?: string;
  draft: Draft;
  /** Terms the catalogue offers for the chosen plan, `P1Y/monthly`. */
  terms: string[];
  refusal: { reason: RefusalReason; code: string } | null;
  quote: Quote | null;
  /** What the previous quote cost, when a changed price made it void. */
  formerly: Money | null;
  approval: { by: string; at: string; hash: string } | null;
  declined: { by: string; reason: string } | null;
  order: {
    id: string;
    subscriptionId: string | null;
    placedAt: string;
    cancellableUntil: string | null;
    /** What it has other than was approved, and who takes it so. */
    differs?: Difference[];
    accepted?: { by: string; at: string; reason: string };
  } | null;
  /** Carts that were sent to checkout; the last is the quote's. */
  tried?: CartTry[];
  /** How often the cart was found changed or gone since somebody last chose or approved. */
  rounds?: number;
  /** Why it is asked once more. */
  again?: AgainWhy | null;
  /** The ticket whose move it waits for. */
  heldFor?: string | null;
  /** An order that may be this purchase, and orders of which somebody said that they are not. */
  question?: OrderSeen | null;
  notOurs?: { order: string; by: string; at: string; reason: string }[];
  /** What somebody said came of an unclear purchase, and why it could not be taken; `again`: that none of the orders which are there is this one. */
  settle?: { by: string; at: string; order: string | null; reason: string; again?: true } | null;
  unsettled?: UnsettledWhy | null;
  sku: { from: string | null; to: string | null } | null;
  people: PeopleCount | null;
  waived: Waiver[];
  /** How far the count of the old licence's holders has come, and how often it was tried before; null before and after. */
  counting: { round: string; after: string | null; skip: number; users: number; tries?: number } | null;
  /** Whom a person left out, and whether those who did not move shall be tried again: carried out before the first of them moves. */
  chosen?: { except: string[]; retry: boolean } | null;
  /** What the last whole reading of people found; null before the first. */
  walked: Walked | null;
  /** What setting the term's end means, as it is asked about. */
  end?: EndOffer | null;
  /** The cancellation that was read to be set. */
  endSet?: EndWatch | null;
  /** Its end was read to be so without a call of ours: since when, and by whom, is not known. */
  endFound?: boolean;
  /** The suspension, or the end, as it was last asked for; null while it was not, or where it is certain that nothing was done. */
  suspension: Suspension | null;
  /** Who looked, where the bot could not, whether anybody would lose access. */
  vouched: { by: string; at: string; reason: string } | null;
  /** Who let the licences move, or the old subscription be suspended: asked again whether that person still may. */
  confirmedBy: string | null;
  held: PauseReason | null;
  /** Since when Microsoft lets nothing be changed while it renews or ends the term; of the state that it is in where that began in it. */
  lockedAt?: string;
  /** Its approvers were reminded. */
  reminded: boolean;
  call: Call | null;
  requestIds: string[];
  attempts: number;
  /** When the bot next does something by itself; null when it waits for a person. */
  nextAt: string | null;
  lease: { by: string; until: string } | null;
  /** `said`: Partner Center's own words. */
  stuck: { from: MoveState; reason: StuckReason; code: string; at: string; said?: string } | null;
  outcome: Outcome | null;
  suspendedAt: string | null;
  /** When Partner Center last said something that stands here. */
  readAt?: string;
}

/** `ended`: its cancellation held. `renewedAgain`: it was set to renew. `superseded`: another move took the place of one whose end was set. */
export type Outcome = 'suspended' | 'letExpire' | 'customerCancels' | 'givenUp' | 'ended' | 'renewedAgain' | 'superseded';

/** A change of the subscription that was asked for. `print`: of the subscription as it was then, so that a later change by somebody else is seen. */
export interface Suspension {
  sends: number;
  sentAt: string;
  /** Partner Center said that it will be done. */
  accepted: boolean;
  print: string;
}
