/** Users, licences and seats, as Partner Center writes them. */
import { z } from 'zod';
import type { Licence, Page, SeatPool, User } from '../port.ts';
import { collection, id, optional, word } from './base.ts';
import { ID, nextPage } from './page.ts';

const servicePlan = z.object({ id, capabilityStatus: optional(word) });

const licence = z.object({ productSku: z.object({ id }), servicePlans: optional(z.array(servicePlan)) });

const seats = z.number().int().nonnegative().nullish().catch(null);

const text = z.string().nullish().catch(null);

const pool = z.object({
  productSku: z.object({ id, name: text, skuPartNumber: text }),
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

export function parseUsers(json: unknown): Page<User> {
  const page = collection(z.unknown()).parse(json);
  return { items: page.items.map(parseUser), next: nextPage(page) };
}

/** A person whose id cannot be read is one nevertheless: nobody is passed over. */
function parseUser(item: unknown, index: number): User {
  const { id, displayName, usageLocation } = user.safeParse(item).data ?? {};
  const hasUsageLocation = Boolean(usageLocation);
  if (!id) return { id: `without-id-${index + 1}`, name: displayName ?? `without an id (${index + 1})`, hasUsageLocation, unnamed: true };
  return { id, name: displayName ?? id, hasUsageLocation };
}

export function parseLicences(json: unknown): Licence[] {
  return collection(licence)
    .parse(json)
    .items.map((one) => ({
      skuId: one.productSku.id,
      disabledPlans: (one.servicePlans ?? []).filter((plan) => plan.capabilityStatus === 'disabled').map((plan) => plan.id),
    }));
}

/** Each pool by itself: one that does not say whose it is, is none; a number that is missing or odd is not known. */
export function parseSeatPools(json: unknown): SeatPool[] {
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
        name: productSku.name ?? null,
        part: productSku.skuPartNumber ?? null,
      },
    ];
  });
}
