/** Unknown JSON from Partner Center into our words: only the fields we use, unknown values survive as themselves. */
import { z } from 'zod';
import type { Availability, Product, Provisioning, Sku } from '../port.ts';
import { collection, id, optional, word } from './base.ts';

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

export function parseProvisioning(json: unknown): Provisioning {
  const one = z.object({ skuId: optional(id), status: optional(word) }).parse(json);
  return { skuId: one.skuId ?? null, ready: one.status === 'success', status: one.status ?? '' };
}

export function parseProducts(json: unknown): Product[] {
  return collection(product)
    .parse(json)
    .items.map((one) => ({ id: one.id, title: one.title ?? '' }));
}

export function parseSkus(json: unknown): Sku[] {
  const items = collection(sku)
    .parse(json)
    .items.filter((one) => one.isTrial !== true);
  return items.map((one) => ({ id: one.id, title: one.title ?? '', minimum: one.minimumQuantity ?? 1, maximum: one.maximumQuantity ?? 10_000 }));
}

export function parseAvailabilities(json: unknown): Availability[] {
  return collection(availability)
    .parse(json)
    .items.map((one) => ({
      item: one.catalogItemId,
      purchasable: one.isPurchasable ?? true,
      terms: (one.terms ?? []).flatMap((term) => (term.duration && term.billingCycle ? [{ term: term.duration, billing: term.billingCycle }] : [])),
    }));
}

export function parseAgreements(json: unknown): number {
  return collection(z.object({ type: optional(z.string()) })).parse(json).items.length;
}

export function parseSigned(json: unknown): boolean {
  return z.object({ isSigned: optional(z.boolean()) }).parse(json).isSigned === true;
}

export function parseValidation(json: unknown): string {
  return z.object({ status: optional(word) }).parse(json).status ?? 'unknown';
}
