/** The catalogue, carts and orders of the pretend Partner Center. */
import { randomUUID } from 'node:crypto';
import { dayOf, later } from '../../clock.ts';
import type { Json } from './bodies.ts';
import { availabilityId, PLANS, PROMOTIONS, seatPrice, skusOf, termsOf } from './catalogue.ts';
import { type Answer, audit, type Call, collection, fail, failNewer, lowerFirst, recordWrite } from './commerce.ts';
import { nameIn } from './names.ts';
import { type Line, place, unnamed } from './orders.ts';
import { currencyOf, type HeldCart, type HeldCustomer, keepCustomer, now, type World } from './state.ts';

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

export function listSkus(call: Call, customer: HeldCustomer, productId: string): Answer {
  const plan = PLANS.find((one) => one.productId === productId && !customer.notSold.includes(one.title));
  if (!plan) return failNewer(404, '400013', 'ProductNotFound', 'The product was not found.');
  return collection(
    skusOf(plan).map((sku) => ({
      id: sku.id,
      productId,
      title: nameIn(call.headers['x-locale'], sku.title),
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
      defaultCurrency: currencyOf(customer),
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

export function createCart(call: Call, customer: HeldCustomer): Answer {
  const lines = (lowerFirst(call.body).lineItems ?? []) as Json[];
  if (lines.length === 0) return fail(400, 800009, 'The cart holds no items.');
  const at = now(call.world);
  const priced = lines.map((line, index) => pricedLine(call.world, customer, lowerFirst(line) as unknown as Line, index));
  const refused = resellerMissing(call, customer, lines) ?? (priced.find((line) => 'status' in line) as Answer | undefined);
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
  recordWrite(call, 'cart', 201);
  keepCustomer(call.world, customer);
  return { status: 201, body: cart.wire };
}

/** An indirect provider names the reseller of each line, and attests that he is the one. */
function resellerMissing(call: Call, customer: HeldCustomer, lines: Json[]): Answer | undefined {
  if (!customer.reseller) return undefined;
  const attested = lowerFirst(call.body).partnerOnRecordAttestationAccepted === true;
  const named = lines.every((line) => {
    const { participants } = lowerFirst(line) as { participants?: unknown };
    return (Array.isArray(participants) ? participants : [])
      .map(lowerFirst)
      .some((one) => one.key === 'transaction_reseller' && one.value === customer.reseller);
  });
  return attested && named ? undefined : fail(400, 900206, 'The partner on record attestation is missing.');
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
  const promotion = PROMOTIONS.find((one) => one.id === line.promotionId && one.title === plan.title);
  if (line.promotionId && !promotion) return fail(400, 27007, 'The promotion is not valid.');
  const listPrice = cents / 100;
  const seat = Math.round(cents * (1 - (promotion?.percent ?? 0) / 100)) / 100;
  const pricing = { listPrice, discountedPrice: seat, proratedPrice: seat, price: seat, extendedPrice: Math.round(seat * quantity * 100) / 100 };
  return { ...line, id: index, currencyCode: currencyOf(customer).code, provisioningContext: {}, orderGroup: '0', pricing };
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
  const orders = place(customer, cart, now(call.world));
  cart.wire.status = 'Ordered';
  // Until a subscription is provisioned its id is missing here.
  const early = orders.map((order) => ({ ...order, lineItems: order.lineItems.map(unnamed) }));
  cart.checkout = { status: 201, body: { orders: early, orderErrors: [], attributes: { objectType: 'CartCheckoutResult' } } };
  for (const order of orders) audit(call, customer, { operationType: 'create_order', resourceType: 'order', before: {}, after: order });
  recordWrite(call, 'checkout', 201, { lineItems: cart.wire.lineItems });
  keepCustomer(call.world, customer);
  return cart.checkout;
}
