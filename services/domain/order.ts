/** A purchase: its price, its tries, and what came of it, as types. */
import type { Money } from './money.ts';

/** A priced cart in Partner Center, not yet bought. */
export interface Quote {
  cartId: string;
  /** `product:sku:availability`, as it stands in the cart. */
  item: string;
  planTitle: string;
  quantity: number;
  term: string;
  billing: string;
  /** Per month. */
  monthly: Money;
  /** Over the whole term. */
  total: Money;
  at: string;
  /** When the cart dies; null (once: empty) where it does not say. */
  until: string | null;
  /** Of one billing cycle and all seats, and of one seat: what the cart and the order are compared with. */
  cycle?: Money;
  unit?: Money | null;
  /** The old subscription as it stood; `gone` where there is none. `reseller`: through whom an indirect provider sells it. */
  source?: { status: string; quantity: number | null; reseller?: string };
  askedBy: string;
  /** What an approval is bound to. */
  hash: string;
}

/** A cart that was sent to checkout. `sent`: nothing says yet what came of it. `unclear`: a try of it ended without an answer, so no refusal is final. */
export interface CartTry {
  cartId: string;
  outcome: 'sent' | 'unclear' | 'bought' | 'refused' | 'notBought';
  /** When everything was looked at, and when it was last sent, by Partner Center's clock. */
  checkedAt: string;
  lastAt: string;
  /** When it was last sent, by our own clock: one answer with an odd date moves the other. */
  ours?: string;
}

/** An order as it is asked about. */
export interface OrderSeen {
  id: string;
  createdAt: string | null;
  quantity: number | null;
}

/** What an order has other than was said yes to; only what it says. */
export type Difference<Text = string> =
  | { what: 'lines' | 'seats'; asked: number; came: number }
  | { what: 'plan' | 'term' | 'billing'; asked: Text; came: Text }
  | { what: 'price'; asked: Money; came: Money };

/** Why a yes is asked for once more: it waited too long, the cart or the old subscription is another one than was approved; `lastStep`: the yes to it waited. */
export type AgainWhy = 'waited' | 'cart' | 'source' | 'lastStep';

/** Why what somebody said about an unclear purchase could not be taken. */
export type UnsettledWhy = 'noSuchOrder' | 'otherProduct' | 'otherMove' | 'tooSoon' | 'ordered' | 'orderThere' | 'ordersUnread';
