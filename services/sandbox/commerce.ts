/** What the pretend Partner Center does with customers, the catalogue, carts, orders and subscriptions. */
import { randomBytes, randomUUID } from 'node:crypto';
import { addDays, dayOf, later } from '../clock.ts';
import { availabilityId, PLANS, skusOf, TERMS } from './catalogue.ts';
import { type HeldCart, type HeldCustomer, type HeldSubscription, type Json, keepCustomer, now, record, recordAudit, type World } from './state.ts';

export interface Call {
  world: World;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: unknown;
  appOnly: boolean;
}

export interface Answer {
  status: number;
  body: Json | null;
  headers?: Record<string, string>;
}

const PROVISIONING_MS = 2_000;
const ORDER_LISTED_MS = 5_000;
const CART_DAYS = 7;

export function fail(status: number, code: number, description: string, data: unknown[] = []): Answer {
  return { status, body: { code, description, data, source: 'PartnerFD' } };
}

/** The shape that the newer services answer with. */
export function failNewer(status: number, code: string, errorName: string, message: string): Answer {
  return {
    status,
    body: { code, message, description: message, errorName, isRetryable: false, parameters: {}, errorMessageExtended: `InternalErrorCode=${code}` },
  };
}

export function collection(items: unknown[], more: Json = {}): Answer {
  return { status: 200, body: { totalCount: items.length, items, ...more, attributes: { objectType: 'Collection' } } };
}

export function listCustomers(call: Call): Answer {
  const size = Math.min(500, Number(call.query.get('size') ?? '100') || 100);
  const all = [...call.world.customers.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = nameFilter(call.query.get('filter'));
  const matching = wanted ? all.filter((customer) => customer.name.toLowerCase().startsWith(wanted)) : all;
  const token = call.query.get('seekOperation') === 'Next' ? call.headers['ms-continuationtoken'] : undefined;
  const after = token ? Buffer.from(token, 'base64').toString() : '';
  const rest = matching.filter((customer) => customer.id > after);
  if (token && rest.length === 0) return fail(400, 2000, 'The continuation token is not valid.');
  const page = rest.slice(0, size);
  const self = { uri: `/customers?size=${size}`, method: 'GET', headers: [] };
  const next = {
    uri: `/customers?size=${size}&seekOperation=Next`,
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: Buffer.from(page.at(-1)?.id ?? '').toString('base64') }],
  };
  return collection(
    page.map((customer) => brief(customer)),
    { links: rest.length > size ? { self, next } : { self } },
  );
}

function nameFilter(filter: string | null): string | undefined {
  if (!filter) return undefined;
  const parsed = JSON.parse(filter) as { Field?: string; Value?: string };
  return parsed.Field === 'CompanyName' ? parsed.Value?.toLowerCase() : undefined;
}

function brief(customer: HeldCustomer): Json {
  return {
    id: customer.id,
    companyProfile: { tenantId: customer.id, domain: customer.domain, companyName: customer.name },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  };
}

export function getCustomer(customer: HeldCustomer): Answer {
  const billingProfile = { id: customer.id, culture: 'en-IE', language: 'en', companyName: customer.name, defaultAddress: { country: customer.country } };
  return { status: 200, body: { ...brief(customer), billingProfile, allowDelegatedAccess: true } };
}

/** The resource as the wire shows it; classic ones carry an etag. */
export function shown(held: HeldSubscription): Json {
  const classic = !String(held.wire.offerId).includes(':');
  const etag = Buffer.from(JSON.stringify({ id: held.wire.id, version: held.version })).toString('base64');
  return { ...held.wire, attributes: classic ? { etag, objectType: 'Subscription' } : { objectType: 'Subscription' } };
}

export function listSubscriptions(call: Call, customer: HeldCustomer): Answer {
  const order = call.query.get('order_id');
  const listed = customer.subscriptions.filter((held) => !order || held.wire.orderId === order);
  return collection(listed.map(shown));
}

export function findSubscription(customer: HeldCustomer, id: string): HeldSubscription | undefined {
  return customer.subscriptions.find((held) => held.wire.id.toLowerCase() === id.toLowerCase());
}

/**
 * PATCH of a subscription, with the trap of the real one: a property left out of the body is not kept.
 * Auto-renew falls to off, scheduled instructions are dropped.
 */
export function patchSubscription(call: Call, customer: HeldCustomer, held: HeldSubscription): Answer {
  const body = lowerFirst(call.body);
  const etag = call.headers['if-match'];
  const own = (shown(held).attributes as Json).etag as string | undefined;
  if (etag && own && etag.replaceAll('"', '') !== own) return fail(400, 2055, 'The etag is out of date.');
  const before = { ...held.wire };
  const classic = own !== undefined;
  const status = String(body.status ?? before.status).toLowerCase();
  if (before.status === 'suspended' && status === 'suspended' && Number(body.quantity ?? before.quantity) !== before.quantity)
    return fail(400, 800091, 'A suspended subscription cannot be updated.');
  if (before.status === 'deleted' || before.status === 'expired') return fail(400, 2011, 'The subscription is deleted.');
  const autoRenew = body.autoRenewEnabled === true;
  if (autoRenew && !before.autoRenewEnabled && held.retired)
    return failNewer(400, '800093', 'AutoRenewNotAllowed', 'The subscription cannot be renewed automatically.');
  if (!classic && Number(body.quantity ?? before.quantity) < before.quantity)
    return failNewer(400, '800090', 'QuantityDecreaseNotAllowed', 'The number of licences cannot be reduced.');
  const parent = before.parentSubscriptionId ? findSubscription(customer, String(before.parentSubscriptionId)) : undefined;
  if (status === 'active' && before.status === 'suspended' && parent && parent.wire.status !== 'active')
    return fail(409, 27009, 'The add-on cannot be enabled while its base is not active.');
  Object.assign(held.wire, {
    status,
    quantity: Number(body.quantity ?? before.quantity),
    friendlyName: body.friendlyName ?? before.friendlyName,
    autoRenewEnabled: autoRenew,
  });
  for (const name of ['scheduledNextTermInstructions', 'nextChargeInstructions']) {
    if (body[name]) held.wire[name] = body[name];
    else delete held.wire[name];
  }
  if (status === 'suspended') suspend(call.world, customer, held, classic);
  if (status === 'active') held.wire.suspensionReasons = [];
  held.version += 1;
  audit(call, customer, 'update_subscription', 'subscription', before, held.wire);
  record(call.world, {
    kind: 'subscriptionPatch',
    method: 'PATCH',
    path: call.path,
    requestId: call.headers['ms-requestid'] ?? null,
    body: changed(before, held.wire),
    status: 200,
  });
  keepCustomer(call.world, customer);
  // A slow change is answered before it can be shown; which ones are slow cannot be foreseen.
  if (held.version % 2 === 1) return { status: 202, body: null, headers: { Location: `/customers/${customer.id}/subscriptions/${held.wire.id}` } };
  return { status: 200, body: shown(held) };
}

function suspend(world: World, customer: HeldCustomer, held: HeldSubscription, classic: boolean): void {
  held.wire.suspensionReasons = ['CustomerCancellation'];
  held.wire.suspendedAt = now(world).toISOString();
  if (!classic) {
    held.wire.autoRenewEnabled = false;
    delete held.wire.scheduledNextTermInstructions;
  }
  for (const child of customer.subscriptions) {
    if (child.wire.parentSubscriptionId !== held.wire.id || child.wire.status !== 'active') continue;
    Object.assign(child.wire, { status: 'suspended', suspensionReasons: ['CustomerCancellation'] });
    child.version += 1;
  }
}

function changed(before: Json, after: Json): Json {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const fields: Json = {};
  for (const name of names) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) fields[name] = after[name] ?? null;
  }
  return fields;
}

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
      terms: TERMS.map((term, index) => ({
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
  const term = TERMS.find((one) => one.duration === line.termDuration && one.billingCycle.toLowerCase() === String(line.billingCycle).toLowerCase());
  if (!term) return fail(400, 800021, 'The term or the billing cycle is not offered.');
  const months = line.billingCycle.toLowerCase() === 'annual' ? 12 : 1;
  const seat = Math.round(plan.price * term.factor * months) / 100;
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
  audit(call, customer, 'create_order', 'order', {}, order);
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

function place(world: World, customer: HeldCustomer, cart: HeldCart, at: Date): Json & { id: string; lineItems: Json[]; creationDate: string } {
  const line = cart.wire.lineItems[0] as unknown as Line & { pricing: Json };
  const [productId = '', skuId = ''] = line.catalogItemId.split(':');
  const plan = PLANS.find((one) => one.productId === productId);
  const title = plan ? (skusOf(plan).find((sku) => sku.id === skuId)?.title ?? plan.title) : line.catalogItemId;
  const id = randomUUID();
  const readyAt = later(at, PROVISIONING_MS);
  const ends = addDays(dayOf(at), line.termDuration === 'P1M' ? 30 : 364);
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

export function audit(call: Call, customer: HeldCustomer, operationType: string, resourceType: string, before: Json, after: Json): void {
  const at = now(call.world);
  recordAudit(call.world, {
    id: `partner_${customer.id}_${operationType}_${at.getTime()}_${call.world.audit.length}`,
    partnerId: 'partner',
    customerId: customer.id,
    customerName: customer.name,
    userPrincipalName: call.appOnly ? '' : 'successor@partner.example',
    applicationId: 'sandbox',
    resourceType,
    resourceOldValue: JSON.stringify(before),
    resourceNewValue: JSON.stringify({ Id: after.id, ...after }),
    operationType,
    operationDate: at.toISOString(),
    operationStatus: 'succeeded',
    customizedData: [],
  });
}

/** Requests may be PascalCase; the server does not mind. */
export function lowerFirst(value: unknown): Json {
  if (!value || typeof value !== 'object') return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), inner]));
}
