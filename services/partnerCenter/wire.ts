/** Unknown JSON from Partner Center into our words: only the fields we use, unknown values survive as themselves. */
import { z } from 'zod';
import type { Money } from '../domain.ts';
import { beginning } from '../text.ts';
import type { Availability, Licence, Page, Product, Provisioning, SeatPool, Sku, User } from './port.ts';
import { ID, nextPage } from './wirePage.ts';

export const id = z.string().transform((text) => text.toLowerCase());
export const word = z.union([z.string(), z.number()]).transform((value) => String(value).toLowerCase());
export const optional = <T extends z.ZodType>(inner: T) => inner.nullish().transform((value) => value ?? undefined);
/** The items of a collection; a page that says it is broken throws. */
export function collection<T extends z.ZodType>(item: T) {
  return z.looseObject({ items: z.array(item) });
}

const servicePlan = z.object({ id, capabilityStatus: optional(word) });
const licence = z.object({ productSku: z.object({ id }), servicePlans: optional(z.array(servicePlan)) });
const seats = z.number().int().nonnegative().nullish().catch(null);
const pool = z.object({
  productSku: z.object({ id }),
  activeUnits: seats,
  consumedUnits: seats,
  availableUnits: seats,
  servicePlans: z.array(servicePlan).nullish().catch(null),
});
const user = z.object({
  id: optional(
    z
      .string()
      .regex(ID)
      .transform((text) => text.toLowerCase()),
  ).catch(undefined),
  displayName: optional(z.string()).catch(undefined),
  usageLocation: optional(z.string()).catch(undefined),
});
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

/** Money in minor units of its currency: 2 digits for most, 0 for yen. None where the code is no currency, or the amount no number that holds exactly. */
export function toMoney(amount: number | undefined, currency: string | undefined): Money | null {
  if (amount === undefined || !currency || !/^[a-z]{3}$/i.test(currency)) return null;
  const minor = Math.round(amount * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) ? { minor, currency: currency.toUpperCase() } : null;
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
  return { skuId: one.skuId ?? null, ready: one.status === 'success', status: one.status ?? '' };
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
  const page = collection(z.unknown()).parse(json);
  return { items: page.items.map(toUser), next: nextPage(page) };
}

/** A person whose id cannot be read is one nevertheless: nobody is passed over. */
function toUser(item: unknown, index: number): User {
  const { id, displayName, usageLocation } = user.safeParse(item).data ?? {};
  const hasUsageLocation = Boolean(usageLocation);
  if (!id) return { id: `without-id-${index + 1}`, name: displayName ?? `without an id (${index + 1})`, hasUsageLocation, unnamed: true };
  return { id, name: displayName ?? id, hasUsageLocation };
}

export function toLicences(json: unknown): Licence[] {
  return collection(licence)
    .parse(json)
    .items.map((one) => ({
      skuId: one.productSku.id,
      disabledPlans: (one.servicePlans ?? []).filter((plan) => plan.capabilityStatus === 'disabled').map((plan) => plan.id),
    }));
}

/** Each pool by itself: one that does not say whose it is, is none; a number that is missing or odd is not known. */
export function toSeatPools(json: unknown): SeatPool[] {
  const { items } = collection(z.unknown()).parse(json);
  return items.flatMap((item): SeatPool[] => {
    const one = pool.safeParse(item);
    if (!one.success) return [];
    const { productSku, activeUnits, consumedUnits, availableUnits, servicePlans } = one.data;
    return [
      {
        skuId: productSku.id,
        active: activeUnits ?? null,
        consumed: consumedUnits ?? null,
        available: availableUnits ?? null,
        servicePlans: servicePlans?.map((plan) => plan.id) ?? null,
      },
    ];
  });
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

/** A code is short; what is longer is none, and is kept and shown no longer than so. */
const CODE_MAX = 100;

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
  return { code: beginning(String(parsed.data.code ?? parsed.data.statusCode ?? ''), CODE_MAX), text: parsed.data.description ?? parsed.data.message ?? '' };
}
