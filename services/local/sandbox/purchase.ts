/** The catalogue, carts and orders of the pretend Partner Center. */
import { randomBytes, randomUUID } from 'node:crypto';
import { addDays, dayOf, later } from '../../clock.ts';
import { monthsOf } from '../../domain/money.ts';
import type { Json } from './bodies.ts';
import { availabilityId, PLANS, seatPrice, skusOf, termsOf } from './catalogue.ts';
import { type Answer, audit, type Call, collection, fail, failNewer, lowerFirst } from './commerce.ts';
import { type HeldCart, type HeldCustomer, keepCustomer, now, record, type World } from './state.ts';
import { addMonths } from './terms.ts';

const PROVISIONING_MS = 2_000;
const ORDER_LISTED_MS = 5_000;
const CART_DAYS = 7;

export function listProducts(customer: HeldCustomer): Answer {
  const sold = PLANS.filter((plan) => !customer.notSold.includes(plan.title));
  return collection(
    sold.map((plan) => ({
      id: plan.productId,
      title: plan.title,
      description: plan.title,
      productType: { id: 'OnlineServicesNCE', displayName: 'Online Services' },
      isMicrosoftProduct: true,
      publisherName: 'Microsoft Corporation',
      links: { skus: { uri: `/products/${plan.productId}/skus?country=${customer.country}`, method: 'GET', headers: [] } },
    })),
  );
}

export function listSkus(customer: HeldCustomer, productId: string): Answer {
  const plan = PLANS.find((one) => one.productId === productId && !customer.notSold.includes(one.title));
  if (!plan) return failNewer(404, '400013', 'ProductNotFound', 'The product was not found.');
  return collection(
    skusOf(plan).map((sku) => ({
      id: sku.id,
      productId,
      title: sku.title,
      description: sku.title,
      minimumQuantity: plan.minimum,
      maximumQuantity: 10_000,
      isTrial: false,
      supportedBillingCycles: ['monthly', 'annual'],
      purchasePrerequisites: ['MicrosoftCustomerAgreement'],
      actions: ['Refund'],
      dynamicAttributes: { isMicrosoftProduct: true, isAddon: false, prerequisiteSkus: [], provisioningId: plan.skuId },
    })),
  );
}

export function listAvailabilities(call: Call, customer: HeldCustomer, productId: string, skuId: string): Answer {
  const plan = PLANS.find((one) => one.productId === productId && !customer.notSold.includes(one.title));
  const sku = plan && skusOf(plan).find((one) => one.id === skuId);
  if (!plan || !sku) return failNewer(404, '400018', 'SkuNotFound', 'The SKU was not found.');
  const id = availabilityId(productId, skuId, dayOf(now(call.world)));
  return collection([
    {
      id,
      productId,
      skuId,
      catalogItemId: `${productId}:${skuId}:${id}`,
      defaultCurrency: { code: 'EUR', symbol: '€' },
      segment: sku.segment,
      country: customer.country,
      isPurchasable: true,
      isRenewable: true,
      renewalInstructions: [{ applicableTermIds: [], renewalOptions: [{ renewToId: `${productId}:${skuId}`, isAutoRenewable: true }] }],
      terms: termsOf(plan).map((term, index) => ({
        id: `t${index}`,
        duration: term.duration,
        description: term.description,
        billingCycle: term.billingCycle,
        cancellationPolicies: [{ refundOptions: [{ sequenceId: 0, type: 'Full', expiresAfter: 'P7D' }] }],
      })),
    },
  ]);
}

interface Line {
  id: number;
  catalogItemId: string;
  quantity: number;
  billingCycle: string;
  termDuration: string;
  friendlyName?: string;
}

export function createCart(call: Call, customer: HeldCustomer): Answer {
  const lines = (lowerFirst(call.body).lineItems ?? []) as Json[];
  if (lines.length === 0) return fail(400, 800009, 'The cart holds no items.');
  const at = now(call.world);
  const priced = lines.map((line, index) => pricedLine(call.world, customer, lowerFirst(line) as unknown as Line, index));
  const refused = priced.find((line) => 'status' in line) as Answer | undefined;
  if (refused) return refused;
  const cart: HeldCart = {
    wire: {
      id: randomUUID(),
      creationTimestamp: at.toISOString(),
      lastModifiedTimestamp: at.toISOString(),
      expirationTimestamp: later(at, CART_DAYS * 86_400_000),
      lastModifiedUser: 'sandbox',
      status: 'Active',
      lineItems: priced as Json[],
      attributes: { objectType: 'Cart' },
    },
    checkout: null,
  };
  customer.carts.push(cart);
  record(call.world, { kind: 'cart', method: 'POST', path: call.path, requestId: call.headers['ms-requestid'] ?? null, body: call.body, status: 201 });
  keepCustomer(call.world, customer);
  return { status: 201, body: cart.wire };
}

function pricedLine(world: World, customer: HeldCustomer, line: Line, index: number): Json | Answer {
  const [productId = '', skuId = '', availability] = String(line.catalogItemId).split(':');
  if (availability === undefined) return failNewer(400, '500600', 'LegacyOfferNotEligibleForPurchase', 'Classic offers can no longer be bought.');
  const plan = PLANS.find((one) => one.productId === productId && !customer.notSold.includes(one.title));
  if (!plan || availability !== availabilityId(productId, skuId, dayOf(now(world))))
    return failNewer(404, '400019', 'AvailabilityNotFound', 'The availability was not found.');
  const quantity = Number(line.quantity);
  if (!(quantity >= plan.minimum && quantity <= 10_000)) return fail(400, 2002, `The quantity must lie between ${plan.minimum} and 10000.`);
  const cents = seatPrice(plan, line.termDuration, String(line.billingCycle));
  if (cents === undefined) return fail(400, 800021, 'The term or the billing cycle is not offered.');
  const seat = cents / 100;
  const pricing = { listPrice: seat, discountedPrice: seat, proratedPrice: seat, price: seat, extendedPrice: Math.round(seat * quantity * 100) / 100 };
  return { ...line, id: index, currencyCode: 'EUR', provisioningContext: {}, orderGroup: '0', pricing };
}

/** Idempotent per cart: after a success it repeats its first answer. */
export function checkout(call: Call, customer: HeldCustomer, cart: HeldCart): Answer {
  if (cart.checkout) return cart.checkout;
  if (!customer.agreementSigned) return fail(403, 13605, 'The customer has not accepted the Microsoft Customer Agreement.');
  if (customer.validation !== 'Allowed') return fail(403, 800073, 'The customer account is under review.');
  if (Date.parse(cart.wire.expirationTimestamp) < now(call.world).getTime()) return fail(404, 800008, 'The cart was not found.');
  for (const line of cart.wire.lineItems as unknown as Line[]) {
    const again = pricedLine(call.world, customer, line, line.id);
    if ('status' in again) return again as Answer;
  }
  const at = now(call.world);
  const order = place(call.world, customer, cart, at);
  const line = order.lineItems[0] as Json;
  cart.wire.status = 'Ordered';
  // Until the subscription is provisioned its id is missing here.
  const early = { ...order, lineItems: [{ ...line, subscriptionId: undefined }] };
  cart.checkout = { status: 201, body: { orders: [early], orderErrors: [], attributes: { objectType: 'CartCheckoutResult' } } };
  audit(call, customer, { operationType: 'create_order', resourceType: 'order', before: {}, after: order });
  record(call.world, {
    kind: 'checkout',
    method: 'POST',
    path: call.path,
    requestId: call.headers['ms-requestid'] ?? null,
    body: { lineItems: cart.wire.lineItems },
    status: 201,
  });
  keepCustomer(call.world, customer);
  return cart.checkout;
}

function place(_world: World, customer: HeldCustomer, cart: HeldCart, at: Date): Json & { id: string; lineItems: Json[]; creationDate: string } {
  const line = cart.wire.lineItems[0] as unknown as Line & { pricing: Json };
  const [productId = '', skuId = ''] = line.catalogItemId.split(':');
  const plan = PLANS.find((one) => one.productId === productId);
  const title = plan ? (skusOf(plan).find((sku) => sku.id === skuId)?.title ?? plan.title) : line.catalogItemId;
  const id = randomUUID();
  const readyAt = later(at, PROVISIONING_MS);
  const ends = addDays(addMonths(dayOf(at), monthsOf(line.termDuration) ?? 12), -1);
  const order = {
    id: randomBytes(6).toString('hex'),
    referenceCustomerId: customer.id,
    billingCycle: line.billingCycle.toLowerCase(),
    currencyCode: 'EUR',
    currencySymbol: '€',
    lineItems: [
      {
        lineItemNumber: 0,
        offerId: line.catalogItemId,
        subscriptionId: id,
        termDuration: line.termDuration,
        transactionType: 'New',
        friendlyName: line.friendlyName ?? title,
        quantity: line.quantity,
        pricing: line.pricing,
      },
    ],
    creationDate: at.toISOString(),
    status: 'pending',
    transactionType: 'UserPurchase',
    attributes: { objectType: 'Order' },
  };
  customer.orders.push({ wire: order, listedAt: later(at, ORDER_LISTED_MS), subscription: id, readyAt });
  customer.subscriptions.push({
    wire: {
      id,
      offerId: line.catalogItemId,
      offerName: title,
      friendlyName: line.friendlyName ?? title,
      quantity: line.quantity,
      unitType: 'Licenses',
      productType: { id: 'OnlineServicesNCE', displayName: 'Online Services' },
      creationDate: at.toISOString(),
      effectiveStartDate: at.toISOString(),
      commitmentEndDate: `${ends}T00:00:00Z`,
      commitmentEndDateTime: `${ends}T23:59:59Z`,
      cancellationAllowedUntilDate: later(at, 7 * 86_400_000),
      status: 'active',
      autoRenewEnabled: true,
      isTrial: false,
      isMicrosoftProduct: true,
      billingType: 'license',
      billingCycle: line.billingCycle.toLowerCase(),
      termDuration: line.termDuration,
      refundOptions: [{ type: 'Full', expiresAt: later(at, 7 * 86_400_000) }],
      contractType: 'subscription',
      orderId: order.id,
    },
    version: 1,
    skuId: plan?.skuId ?? null,
    retired: false,
    price: plan?.price ?? 0,
    readyAt,
  });
  return order;
}

/** An order as it stands now: the subscription's id appears when it is provisioned. */
export function shownOrder(world: World, order: HeldCustomer['orders'][number]): Json {
  const ready = now(world).toISOString() >= order.readyAt;
  const line = order.wire.lineItems[0] as Json;
  return {
    ...order.wire,
    status: ready ? 'completed' : 'pending',
    lineItems: [ready ? { ...line, subscriptionId: order.subscription } : { ...line, subscriptionId: undefined }],
  };
}

/** The order that a seeded subscription came from, with its price. */
export function seededOrder(customer: HeldCustomer, id: string): Json | undefined {
  const held = customer.subscriptions.find((one) => one.wire.orderId === id);
  if (!held) return undefined;
  const seat = held.price / 100;
  const pricing = {
    listPrice: seat,
    discountedPrice: seat,
    proratedPrice: seat,
    price: seat,
    extendedPrice: Math.round(seat * held.wire.quantity * 100) / 100,
  };
  const line = {
    lineItemNumber: 0,
    offerId: held.wire.offerId,
    subscriptionId: held.wire.id,
    termDuration: held.wire.termDuration,
    transactionType: 'New',
    friendlyName: held.wire.friendlyName,
    quantity: held.wire.quantity,
    pricing,
  };
  return {
    id,
    referenceCustomerId: customer.id,
    billingCycle: held.wire.billingCycle,
    currencyCode: 'EUR',
    currencySymbol: '€',
    lineItems: [line],
    creationDate: held.wire.creationDate,
    status: 'completed',
    transactionType: 'UserPurchase',
    attributes: { objectType: 'Order' },
  };
}
