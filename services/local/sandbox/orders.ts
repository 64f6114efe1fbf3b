/** Orders of the pretend Partner Center: what a cart becomes, and how an order reads. */
import { randomBytes } from 'node:crypto';
import { later } from '../../clock.ts';
import type { Json } from './bodies.ts';
import { PLANS, type SandboxPlan, skusOf } from './catalogue.ts';
import { bought } from './made.ts';
import { currencyOf, type HeldCart, type HeldCustomer, type HeldSubscription, now, type World } from './state.ts';
import { currentTerm } from './terms.ts';

const PROVISIONING_MS = 2_000;
const ORDER_LISTED_MS = 5_000;

/** A line of a cart, priced. */
export interface Line {
  id: number;
  catalogItemId: string;
  quantity: number;
  billingCycle: string;
  termDuration: string;
  friendlyName?: string;
  promotionId?: string;
  participants?: Json[];
}

type PlacedOrder = HeldCustomer['orders'][number]['wire'];

/** What a cart becomes: an order for each billing cycle in it, and a subscription for each line. Changes `customer`. */
export function place(customer: HeldCustomer, cart: HeldCart, at: Date): PlacedOrder[] {
  const lines = cart.wire.lineItems as unknown as (Line & { pricing: Json })[];
  return [...Map.groupBy(lines, (line) => line.billingCycle.toLowerCase())].map(([billing, own]) => placeOne(customer, own, { billing, at }));
}

function placeOne(customer: HeldCustomer, lines: readonly (Line & { pricing: Json })[], { billing, at }: { billing: string; at: Date }): PlacedOrder {
  const id = randomBytes(6).toString('hex');
  const readyAt = later(at, PROVISIONING_MS);
  const made = lines.map((line) => {
    const [productId = '', skuId = ''] = line.catalogItemId.split(':');
    const plan = PLANS.find((one) => one.productId === productId) as SandboxPlan;
    const title = skusOf(plan).find((sku) => sku.id === skuId)?.title ?? plan.title;
    const unit = Math.round(Number(line.pricing.price) * 100);
    const { quantity, termDuration: term, promotionId, friendlyName } = line;
    const of = { plan, offerId: line.catalogItemId, title, quantity, term, billing, unit, orderId: id, readyAt };
    return bought(
      {
        ...of,
        ...(friendlyName ? { friendlyName } : {}),
        ...(promotionId ? { promotionId } : {}),
        ...(customer.reseller ? { partnerId: customer.reseller } : {}),
      },
      at,
    );
  });
  const order = {
    id,
    referenceCustomerId: customer.id,
    billingCycle: billing,
    currencyCode: currencyOf(customer).code,
    currencySymbol: currencyOf(customer).symbol,
    lineItems: made.map((held, index) => lineOf(held, { index, pricing: lines[index]?.pricing ?? {} })),
    creationDate: at.toISOString(),
    status: 'pending',
    transactionType: 'UserPurchase',
    attributes: { objectType: 'Order' },
  };
  customer.orders.push({ wire: order, listedAt: later(at, ORDER_LISTED_MS), subscription: made[0]?.wire.id ?? '', readyAt });
  customer.subscriptions.push(...made);
  return order;
}

function lineOf({ wire }: HeldSubscription, { index, pricing }: { index: number; pricing: Json }): Json {
  return {
    lineItemNumber: index,
    offerId: wire.offerId,
    subscriptionId: wire.id,
    termDuration: wire.termDuration,
    transactionType: 'New',
    friendlyName: wire.friendlyName,
    quantity: wire.quantity,
    ...(wire.promotionId ? { promotionId: wire.promotionId } : {}),
    pricing,
  };
}

/** A line that does not name its subscription yet. */
export function unnamed(line: Json): Json {
  return { ...line, subscriptionId: undefined };
}

/** An order as it stands now: the ids of its subscriptions appear when they are provisioned, and seats that were added later have lines of their own. */
export function shownOrder(world: World, customer: HeldCustomer, order: HeldCustomer['orders'][number]): Json {
  const ready = now(world).toISOString() >= order.readyAt;
  const lines = order.wire.lineItems;
  if (!ready) return { ...order.wire, status: 'pending', lineItems: lines.map(unnamed) };
  const added = lines.flatMap((line) => {
    const held = customer.subscriptions.find((one) => one.wire.id === line.subscriptionId);
    return held ? addedLines(held) : [];
  });
  return { ...order.wire, status: 'completed', lineItems: numbered([...lines, ...added]) };
}

function numbered(lines: readonly Json[]): Json[] {
  return lines.map((line, index) => ({ ...line, lineItemNumber: index }));
}

/** A line for each lot of seats that came after the first, while the term lasts. */
function addedLines(held: HeldSubscription): Json[] {
  const term = currentTerm(held);
  if (!term) return [];
  return term.seats.slice(1).flatMap((change, index) => {
    const more = change.seats - (term.seats[index]?.seats ?? 0);
    if (more <= 0) return [];
    return [{ ...lineOf(held, { index: 0, pricing: pricingOf(term.unit, more) }), quantity: more, transactionType: 'AddQuantity' }];
  });
}

function pricingOf(cents: number, quantity: number): Json {
  const seat = cents / 100;
  return { listPrice: seat, discountedPrice: seat, proratedPrice: seat, price: seat, extendedPrice: Math.round(cents * quantity) / 100 };
}

/** The order that a seeded subscription came from, with its price. */
export function seededOrder(customer: HeldCustomer, id: string): Json | undefined {
  const held = customer.subscriptions.find((one) => one.wire.orderId === id);
  if (!held) return undefined;
  const term = currentTerm(held);
  const first = { ...held, wire: { ...held.wire, quantity: term?.seats[0]?.seats ?? held.wire.quantity } };
  return {
    id,
    referenceCustomerId: customer.id,
    billingCycle: held.wire.billingCycle,
    currencyCode: currencyOf(customer).code,
    currencySymbol: currencyOf(customer).symbol,
    lineItems: numbered([lineOf(first, { index: 0, pricing: pricingOf(term?.unit ?? held.price, first.wire.quantity) }), ...addedLines(held)]),
    creationDate: held.wire.creationDate,
    status: 'completed',
    transactionType: 'UserPurchase',
    attributes: { objectType: 'Order' },
  };
}
