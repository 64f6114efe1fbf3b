/** What the readers of Partner Center’s answers share. */
import { z } from 'zod';
import { beginning } from '../../text.ts';
import type { Reseller } from '../port.ts';

export const id = z.string().transform((text) => text.toLowerCase());

export const word = z.union([z.string(), z.number()]).transform((value) => String(value).toLowerCase());

export const optional = <T extends z.ZodType>(inner: T) => inner.nullish().transform((value) => value ?? undefined);

/** The items of a collection; a page that says it is broken throws. */
export function collection<T extends z.ZodType>(item: T) {
  return z.looseObject({ items: z.array(item) });
}

export function parseLink(json: unknown): string {
  return z.object({ url: z.string() }).parse(json).url;
}

/** The two letters of a customer's country, in capitals; empty where it does not say. */
export function parseCountry(json: unknown): string {
  const shape = z.object({ billingProfile: z.object({ defaultAddress: z.object({ country: z.string() }) }) });
  const country = shape.safeParse(json).data?.billingProfile.defaultAddress.country.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(country) ? country : '';
}

/** Resellers that can be named in an order; one without a number, or whose relationship is over, cannot. */
export function parseResellers(json: unknown): Reseller[] {
  const shape = z.object({ name: optional(z.string()).catch(undefined), mpnId: z.union([z.string(), z.number()]).transform(String), state: optional(word) });
  return collection(z.unknown())
    .parse(json)
    .items.flatMap((item) => {
      const one = shape.safeParse(item).data;
      return one?.mpnId && (one.state ?? 'active') === 'active' ? [{ name: one.name || one.mpnId, mpnId: one.mpnId }] : [];
    });
}

/** A code is short; what is longer is none, and is kept and shown no longer than so. */
const CODE_MAX = 100;

/** Code and text of any of the three error shapes. */
export function parseError(json: unknown): { code: string; text: string } {
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
