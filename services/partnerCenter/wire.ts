/** Unknown JSON from Partner Center into our words: only the fields we use, unknown values survive as themselves. */
import { z } from 'zod';
import type { CommerceKind, Customer, Money, Subscription } from '../domain.ts';
import { dayOf } from '../clock.ts';
import type { Availability, Cart, Licence, Order, Page, Product, Provisioning, SeatPool, Sku, User } from './port.ts';

const FAR_AT = Date.UTC(9000, 0, 1); // Azure's "never" is year 9999
const DAY_MS = 86_400_000;

export const id = z.string().transform((text) => text.toLowerCase());
export const word = z.union([z.string(), z.number()]).transform((value) => String(value).toLowerCase());
export const optional = <T extends z.ZodType>(inner: T) => inner.nullish().transform((value) => value ?? undefined);
const header = z.object({ key: z.string(), value: z.string() });

/** The items of a collection; a page that says it is broken throws. */
export function collection<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), links: optional(z.object({ next: optional(z.object({ headers: optional(z.array(header)) })) })) });
}

const customer = z.object({ id, companyProfile: z.object({ companyName: optional(z.string()), domain: optional(z.string()) }) });

/** Read at every look: without transforms and unions it costs a fifth; a word is what `lower` makes of it. */
const subscription = z.object({
  id: z.string(),
  offerId: z.string().nullish(),
  offerName: z.string().nullish(),
  friendlyName: z.string().nullish(),
  quantity: z.number(),
  status: z.unknown().optional(),
  autoRenewEnabled: z.boolean().nullish(),
  commitmentEndDate: z.string().nullish(),
  isTrial: z.boolean().nullish(),
  billingType: z.unknown().optional(),
  billingCycle: z.unknown().optional(),
  termDuration: z.string().nullish(),
  productType: z.object({ id: z.string() }).nullish(),
  parentSubscriptionId: z.string().nullish(),
  cancellationAllowedUntilDate: z.string().nullish(),
  orderId: z.string().nullish(),
  scheduledActions: z.array(z.object({ scheduleType: z.string().nullish(), actionType: z.string().nullish() })).nullish(),
  attributes: z.object({ etag: z.string().nullish() }).nullish(),
});

const price = optional(z.object({ extendedPrice: optional(z.number()), listPrice: optional(z.number()) }));

const cart = z.object({
  id: z.string(),
  status: optional(word),
  expirationTimestamp: optional(z.string()),
  lineItems: z.array(
    z.object({
      catalogItemId: z.string(),
      quantity: z.number(),
      billingCycle: optional(word),
      termDuration: optional(z.string()),
      currencyCode: optional(z.string()),
      pricing: price,
      error: optional(z.object({ errorCode: optional(z.union([z.string(), z.number()])) })),
    }),
  ),
});

const order = z.object({
  id: z.string(),
  creationDate: optional(z.string()),
  billingCycle: optional(word),
  currencyCode: optional(z.string()),
  lineItems: optional(z.array(z.object({ offerId: z.string(), quantity: z.number(), subscriptionId: optional(id), pricing: price }))),
});

const checkoutResult = z.union([
  z
    .object({
      orders: optional(z.array(order)),
      orderErrors: optional(z.array(z.object({ code: optional(z.union([z.string(), z.number()])), description: optional(z.string()) }))),
    })
    .refine((result) => result.orders || result.orderErrors),
  order.transform((one) => ({ orders: [one], orderErrors: [] })),
]);

const servicePlan = z.object({ id, capabilityStatus: optional(word) });
const licence = z.object({ productSku: z.object({ id }), servicePlans: optional(z.array(servicePlan)) });
const pool = z.object({
  productSku: z.object({ id }),
  activeUnits: optional(z.number()),
  consumedUnits: optional(z.number()),
  availableUnits: optional(z.number()),
  servicePlans: optional(z.array(servicePlan)),
});
const user = z.object({ id, displayName: optional(z.string()), userPrincipalName: optional(z.string()), usageLocation: optional(z.string()) });
const product = z.object({ id: z.string(), title: optional(z.string()) });
const sku = z.object({
  id: z.string(),
  title: optional(z.string()),
  minimumQuantity: optional(z.number()),
  maximumQuantity: optional(z.number()),
  isTrial: optional(z.boolean()),
});
const availability = z.object({
  catalogItemId: z.string(),
  isPurchasable: optional(z.boolean()),
  terms: optional(z.array(z.object({ duration: optional(z.string()), billingCycle: optional(word) }))),
});
const customers = collection(customer);
const subscriptions = collection(subscription);

export function toCustomers(json: unknown): Page<Customer> {
  const page = customers.parse(json);
  const items = page.items.map((one) => ({
    id: one.id,
    name: one.companyProfile.companyName ?? one.companyProfile.domain ?? one.id,
    domain: one.companyProfile.domain ?? '',
  }));
  return { items, next: continuation(page.links) };
}

export function toSubscriptions(customerId: string, json: unknown): Subscription[] {
  return subscriptions.parse(json).items.map((one) => toOne(customerId, one));
}

export function toSubscription(customerId: string, json: unknown): { subscription: Subscription; etag: string | null; resource: Record<string, unknown> } {
  const one = subscription.parse(json);
  return { subscription: toOne(customerId, one), etag: one.attributes?.etag ?? null, resource: json as Record<string, unknown> };
}

function toOne(customerId: string, one: z.infer<typeof subscription>): Subscription {
  const kind = kindOf(one);
  const offerId = one.offerId ?? '';
  return {
    id: one.id.toLowerCase(),
    customerId: customerId.toLowerCase(),
    offerId: offerId.includes(':') ? offerId : offerId.toLowerCase(),
    offerName: one.offerName ?? one.friendlyName ?? offerId,
    kind,
    status: lower(one.status) || 'unknown',
    autoRenew: one.autoRenewEnabled ?? false,
    ...lastDay(kind, one.commitmentEndDate),
    quantity: one.quantity,
    term: one.termDuration ?? '',
    billing: lower(one.billingCycle),
    isTrial: one.isTrial ?? false,
    isUsage: lower(one.billingType) === 'usage',
    parentId: one.parentSubscriptionId?.toLowerCase() ?? null,
    atTermEnd: one.scheduledActions?.find((action) => action.scheduleType?.toLowerCase() === 'termend')?.actionType?.toLowerCase() ?? null,
    cancellableUntil: one.cancellationAllowedUntilDate ?? null,
    orderId: one.orderId ?? null,
  };
}

function lower(word: unknown): string {
  return typeof word === 'string' || typeof word === 'number' ? String(word).toLowerCase() : '';
}

/** Classic: the offer id is a GUID. New commerce: licence-based product type, or `product:sku:availability` without one. */
function kindOf(one: z.infer<typeof subscription>): CommerceKind {
  const offerId = one.offerId ?? '';
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(offerId)) return 'classic';
  if (!offerId.includes(':') || lower(one.billingCycle) === 'one_time') return 'other';
  return !one.productType || one.productType.id === 'OnlineServicesNCE' ? 'newCommerce' : 'other';
}

/**
 * The last UTC day on which it works, and the day that Partner Center shows. A classic end at midnight is exclusive, a
 * new-commerce end day is inclusive.
 */
function lastDay(kind: CommerceKind, instant: string | null | undefined): { lastDay: string | null; expiresOn: string | null } {
  // The published samples hold dates with stray spaces, "2015-11-25T06: 41: 12Z".
  const days = instant ? daysOf(instant) : null;
  return { lastDay: kind === 'classic' ? (days?.before ?? null) : (days?.on ?? null), expiresOn: days?.on ?? null };
}

const ENDS_MAX = 10_000;
const ends = new Map<string, { on: string; before: string } | null>();

/** The day of an instant, and the last one before it; null when it has none. Many subscriptions end on few days: each is worked out once. */
function daysOf(instant: string): { on: string; before: string } | null {
  const known = ends.get(instant);
  if (known !== undefined) return known;
  const at = Date.parse(instant.replaceAll(' ', ''));
  const real = !Number.isNaN(at) && at < FAR_AT;
  const on = real ? dayOf(new Date(at)) : '';
  const days = real ? { on, before: at % DAY_MS < 1_000 ? dayOf(new Date(at - DAY_MS)) : on } : null;
  if (ends.size >= ENDS_MAX) ends.clear();
  ends.set(instant, days);
  return days;
}

export function toCart(json: unknown): Cart {
  const one = cart.parse(json);
  const line = one.lineItems[0];
  if (!line) throw new Error(`Cart ${one.id} holds no line.`);
  const status = one.status === 'ordered' ? 'ordered' : one.status === 'active' || one.status === undefined ? 'active' : 'other';
  const error = line.error?.errorCode === undefined || String(line.error.errorCode) === '0' ? null : String(line.error.errorCode);
  return {
    id: one.id,
    status,
    until: one.expirationTimestamp ?? '',
    item: line.catalogItemId,
    quantity: line.quantity,
    term: line.termDuration ?? '',
    billing: line.billingCycle ?? '',
    price: toMoney(line.pricing?.extendedPrice, line.currencyCode),
    error,
  };
}

export function toOrder(json: unknown): Order {
  return orderOf(order.parse(json));
}

export function toOrders(json: unknown): Order[] {
  return collection(order).parse(json).items.map(orderOf);
}

/** The order of a checkout, or the code of what was refused although the answer was 201. */
export function toCheckout(json: unknown): { order: Order } | { refused: string } {
  const result = checkoutResult.parse(json);
  const placed = result.orders?.[0];
  if (placed) return { order: orderOf(placed) };
  return { refused: String(result.orderErrors?.[0]?.code ?? 'unknown') };
}

function orderOf(one: z.infer<typeof order>): Order {
  const line = one.lineItems?.[0];
  return {
    id: one.id,
    createdAt: one.creationDate ? new Date(one.creationDate).toISOString() : '',
    item: line?.offerId ?? '',
    quantity: line?.quantity ?? 0,
    subscriptionId: line?.subscriptionId ?? null,
    price: toMoney(line?.pricing?.extendedPrice, one.currencyCode),
    billing: one.billingCycle ?? '',
  };
}

/** Money in minor units of its currency: 2 digits for most, 0 for yen. */
export function toMoney(amount: number | undefined, currency: string | undefined): Money | null {
  if (amount === undefined || !currency) return null;
  return { minor: Math.round(amount * 10 ** minorDigits(currency)), currency: currency.toUpperCase() };
}

export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export function toProvisioning(json: unknown): Provisioning {
  const one = z.object({ skuId: optional(id), status: optional(word) }).parse(json);
  return { skuId: one.skuId ?? null, ready: one.status === 'success' };
}

export function toProducts(json: unknown): Product[] {
  return collection(product)
    .parse(json)
    .items.map((one) => ({ id: one.id, title: one.title ?? '' }));
}

export function toSkus(json: unknown): Sku[] {
  const items = collection(sku)
    .parse(json)
    .items.filter((one) => one.isTrial !== true);
  return items.map((one) => ({ id: one.id, title: one.title ?? '', minimum: one.minimumQuantity ?? 1, maximum: one.maximumQuantity ?? 10_000 }));
}

export function toAvailabilities(json: unknown): Availability[] {
  return collection(availability)
    .parse(json)
    .items.map((one) => ({
      item: one.catalogItemId,
      purchasable: one.isPurchasable ?? true,
      terms: (one.terms ?? []).flatMap((term) => (term.duration && term.billingCycle ? [{ term: term.duration, billing: term.billingCycle }] : [])),
    }));
}

export function toUsers(json: unknown): Page<User> {
  const page = collection(user).parse(json);
  return {
    items: page.items.map((one) => ({ id: one.id, name: one.displayName ?? one.id, hasUsageLocation: Boolean(one.usageLocation) })),
    next: continuation(page.links),
  };
}

export function toLicences(json: unknown): Licence[] {
  return collection(licence)
    .parse(json)
    .items.map((one) => ({
      skuId: one.productSku.id,
      disabledPlans: (one.servicePlans ?? []).filter((plan) => plan.capabilityStatus === 'disabled').map((plan) => plan.id),
    }));
}

export function toSeatPools(json: unknown): SeatPool[] {
  return collection(pool)
    .parse(json)
    .items.map((one) => ({
      skuId: one.productSku.id,
      active: one.activeUnits ?? 0,
      consumed: one.consumedUnits ?? 0,
      available: one.availableUnits ?? 0,
      servicePlans: (one.servicePlans ?? []).map((plan) => plan.id),
    }));
}

export function toAgreements(json: unknown): number {
  return collection(z.object({ type: optional(z.string()) })).parse(json).items.length;
}

export function toSigned(json: unknown): boolean {
  return z.object({ isSigned: optional(z.boolean()) }).parse(json).isSigned === true;
}

export function toValidation(json: unknown): string {
  return z.object({ status: optional(word) }).parse(json).status ?? 'unknown';
}

export function toLink(json: unknown): string {
  return z.object({ url: z.string() }).parse(json).url;
}

/** Code and text of any of the three error shapes. */
export function toError(json: unknown): { code: string; text: string } {
  const shape = z.object({
    code: optional(z.union([z.string(), z.number()])),
    statusCode: optional(z.number()),
    description: optional(z.string()),
    message: optional(z.string()),
  });
  const parsed = shape.safeParse(json);
  if (!parsed.success) return { code: '', text: '' };
  return { code: String(parsed.data.code ?? parsed.data.statusCode ?? ''), text: parsed.data.description ?? parsed.data.message ?? '' };
}

export function continuation(links: { next: { headers: { key: string; value: string }[] | undefined } | undefined } | undefined): string | null {
  return links?.next?.headers?.find((one) => one.key.toLowerCase() === 'ms-continuationtoken')?.value ?? null;
}
