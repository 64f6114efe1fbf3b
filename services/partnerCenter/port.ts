/** Partner Center in domain words: what the work may ask of it, and how it may fail. */
import type { Money } from '../domain/money.ts';
import type { Customer, EndPrices, NextTerm, SetEnd, Subscription } from '../domain/ticket.ts';

/**
 * `refused`: it said no, and asking again will not help. `throttled`: nothing was done; wait. `notReady`: try later.
 * `conflict`: it changed meanwhile (stale etag). `unclear`: nobody knows whether it was done. `findOrder`: the purchase
 * is done or being done (800060, 800064, 800065). `forbidden`: we may not.
 */
export type FailureKind = 'refused' | 'throttled' | 'notReady' | 'conflict' | 'unclear' | 'findOrder' | 'notFound' | 'forbidden';

/**
 * Why Partner Center did not do something. `code` is its own, for support; `answered`: it said so, whatever it said. `said`: its own
 * words, which may name people: they are no part of the message, for that is logged.
 */
export class PartnerCenterError extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  readonly retryAfterMs: number;
  readonly answered: boolean;
  readonly said: string;
  constructor(kind: FailureKind, code: string, message: string, more: { retryAfterMs?: number; answered?: boolean; said?: string } = {}) {
    super(message);
    this.name = 'PartnerCenterError';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = more.retryAfterMs ?? 0;
    this.answered = more.answered ?? true;
    this.said = more.said ?? '';
  }
}

/** The whole resource as it was read, for changing one thing and sending it back. */
export interface WholeSubscription {
  subscription: Subscription;
  etag: string | null;
  resource: Readonly<Record<string, unknown>>;
}

export interface Product {
  id: string;
  title: string;
}

export interface Sku {
  id: string;
  title: string;
  minimum: number;
  maximum: number;
}

export interface Availability {
  /** `product:sku:availability`; rotates, so read it right before the cart. */
  item: string;
  purchasable: boolean;
  terms: { term: string; billing: string }[];
}

export interface CartLine {
  item: string;
  quantity: number;
  term: string;
  billing: string;
  /** The number of the reseller through whom an indirect provider sells it; by sending it the partner attests that he is the one. */
  reseller?: string;
}

/** A line of a cart as it was read; null or empty what it did not say. */
export interface CartItem {
  item: string;
  quantity: number | null;
  term: string;
  billing: string;
  /** For one billing cycle and all seats; null where Partner Center names no price. */
  price: Money | null;
  /** Of one seat for one billing cycle. */
  unit: Money | null;
  /** Set when the line cannot be bought. */
  error: string | null;
}

export interface Cart {
  id: string;
  /** `unknown`: it does not say. `other`: a word that is not known. */
  status: 'active' | 'ordered' | 'unknown' | 'other';
  /** When it dies; null where that was not said. */
  until: string | null;
  lines: CartItem[];
}

export interface OrderLine {
  item: string;
  quantity: number | null;
  term: string;
  /** `new`, `renew` and so on, in Partner Center's word; empty where it does not say. */
  kind: string;
  /** null until it is provisioned. */
  subscriptionId: string | null;
  /** For one billing cycle and all seats. */
  price: Money | null;
  unit: Money | null;
  /** Of one seat for the rest of a cycle. */
  prorated: Money | null;
}

export interface Order {
  id: string;
  /** null where it does not say whose it is. */
  customerId: string | null;
  createdAt: string | null;
  /** In Partner Center's word, lower-case; empty where it does not say. */
  status: string;
  billing: string;
  /** null where they could not be read. */
  lines: OrderLine[] | null;
}

/** One customer's orders, of all pages. */
export interface OrderList {
  items: Order[];
  /** Only then a missing one means anything. */
  whole: boolean;
}

export interface User {
  id: string;
  name: string;
  hasUsageLocation: boolean;
  /** The list names no id, so nothing can be read of this person. */
  unnamed?: true;
}

/** One licence that a user holds. */
export interface Licence {
  skuId: string;
  disabledPlans: string[];
}

/** Seats of one licence SKU in the whole tenant, those bought elsewhere included. A number that is not told is null. */
export interface SeatPool {
  skuId: string;
  active: number | null;
  consumed: number | null;
  available: number | null;
  servicePlans: string[] | null;
  /** As Microsoft calls it, and its part number; null or absent where it is not told. */
  name?: string | null;
  part?: string | null;
}

export interface Provisioning {
  /** Null where it is not named. */
  skuId: string | null;
  ready: boolean;
  /** In Partner Center's word, lower-case. */
  status: string;
}

export interface Page<T> {
  items: T[];
  /** Token of the next page; null on the last. */
  next: string | null;
}

/** Something in a list that could not be read: a record, or a field of one that stands in the list without it. */
export interface Unread {
  /** null where not even the id could be read. */
  id: string | null;
  /** The field in Partner Center's own word, or `record`. */
  why: string;
}

/** One customer's subscriptions, of all pages. */
export interface SubscriptionList {
  items: Subscription[];
  unread: Unread[];
  /** Only then a missing one means anything. */
  whole: boolean;
  /** The fields of a planned action for a term's end, where one of them has such a thing in a shape that we know. */
  shape?: string;
}

export interface CustomerPage extends Page<Customer> {
  unread: Unread[];
  /** False where the list goes on and does not say where, or holds a record without an id. */
  whole: boolean;
}

export interface ActivityRecord {
  at: string;
  /** Empty where the record concerns no customer. */
  customerId: string;
  operation: string;
  subscriptionId: string | null;
  /** What the change left of auto-renew, and what it was before; null or absent where the log does not say. */
  autoRenew?: boolean | null;
  autoRenewBefore?: boolean | null;
  /** It changed the number of licences too. */
  seats?: true;
  /** It was refused, so it changed nothing. */
  failed?: true;
  /** Who did it: a sign-in name, or empty when an application did. */
  by: string;
  /** The application, by its id, where the log names one. */
  app?: string;
}

/** A hit of the analytics: where to look, never what to believe. */
export interface Stopping {
  customerId: string;
  subscriptionId: string;
}

/** Most hits that one answer holds. */
export const STOPPING_MOST = 10_000;

/** A reseller through whom an indirect provider sells; `mpnId` is what orders name. */
export interface Reseller {
  name: string;
  mpnId: string;
}

/** All methods throw PartnerCenterError. Methods that change something take the request id that was written down before. */
export interface PartnerCenter {
  customers(after: string | null): Promise<CustomerPage>;
  subscriptions(customerId: string): Promise<SubscriptionList>;
  subscription(customerId: string, id: string): Promise<WholeSubscription>;
  suspend(whole: WholeSubscription, requestId: string): Promise<void>;
  /** `planned`: what is planned for the end is written too, where this partner was seen to have such a field; else auto-renew alone is set. */
  setEnd(whole: WholeSubscription, to: SetEnd, how: { planned: boolean }, requestId: string): Promise<void>;
  provisioning(customerId: string, subscriptionId: string): Promise<Provisioning>;
  products(customerId: string): Promise<Product[]>;
  skus(customerId: string, productId: string): Promise<Sku[]>;
  availabilities(customerId: string, productId: string, skuId: string): Promise<Availability[]>;
  mayBuy(customerId: string): Promise<'yes' | 'agreement' | 'accountReview'>;
  createCart(customerId: string, line: CartLine, requestId: string): Promise<Cart>;
  cart(customerId: string, id: string): Promise<Cart>;
  checkout(customerId: string, cartId: string, requestId: string): Promise<Order>;
  order(customerId: string, id: string): Promise<Order>;
  orders(customerId: string): Promise<OrderList>;
  /** The time by Partner Center's own clock, as its last answer told it, by ours where it has told none; and by ours. */
  time(): { at: string; theirs: boolean; ours?: string };
  users(customerId: string, after: string | null): Promise<Page<User>>;
  licences(customerId: string, userId: string): Promise<Licence[]>;
  /** `remove` is null where the old licence is gone already. */
  swapLicence(customerId: string, userId: string, swap: { remove: string | null; assign: string; disabledPlans: string[] }, requestId: string): Promise<void>;
  seatPools(customerId: string): Promise<SeatPool[]>;
  /** Of one customer since that UTC day, of all pages; throws where the log goes on for longer than is read. */
  activity(customerId: string, since: string): Promise<ActivityRecord[]>;
  /** Of all customers since that UTC day: the log knows whole days only. */
  activities(since: string, after: string | null): Promise<Page<ActivityRecord>>;
  /** Subscriptions that do not renew, of all customers; the data lags. For app+user only. */
  stopping(): Promise<Stopping[]>;
  /** The link by which a company becomes a customer. */
  relationshipLink(): Promise<string>;
  /** Through whom we sell; nobody, where we are no indirect provider. */
  resellers(): Promise<Reseller[]>;
}

/** What things are called in one language, by id; undefined where it is not said. For showing alone. */
export interface LocalNames {
  offers(customerId: string): Promise<ReadonlyMap<string, string | undefined>>;
  skus(customerId: string, productId: string): Promise<ReadonlyMap<string, string | undefined>>;
}

/** What the prices of a subscription's next term are asked by. */
export interface AskedPrices {
  customerId: string;
  offerId: string;
  term: string;
  billing: string;
  quantity: number;
  /** What is planned for that term. */
  next?: NextTerm;
}

/** `notConsented`: nobody has let us read price sheets. `unread`: they could not be read today. */
export type PricesRead = ({ known: true } & EndPrices) | { known: false; why: 'notConsented' | 'unread' };

/** Price sheets lie on another host and want a consent of their own. Does not throw where Partner Center fails. */
export interface PriceSheets {
  prices(asked: AskedPrices): Promise<PricesRead>;
}

/** The pool of a SKU; none where the list holds several, for then nobody knows which is true. */
export function poolOf(pools: readonly SeatPool[], skuId: string): SeatPool | undefined {
  const own = pools.filter((pool) => pool.skuId === skuId);
  return own.length === 1 ? own[0] : undefined;
}
