/** Names in another language: the only requests whose X-Locale is not English, so that nothing that is matched comes in one. */
import { z } from 'zod';
import { reading } from './client.ts';
import type { LocalNames } from './port.ts';
import { type ClientConfig, request } from './request.ts';
import { collection, id, optional } from './wire/base.ts';

const offer = z.object({ id, offerName: optional(z.string()) });
const sku = z.object({ id: z.string(), title: optional(z.string()) });

/** By Partner Center's tag of a language. Of a list its first page: what stands on another keeps its English name. */
export function httpNames(client: ClientConfig): (locale: string) => LocalNames {
  return (locale) => {
    const ask = (customerId: string, path: string, read: (json: unknown) => ReadonlyMap<string, string | undefined>) =>
      request({ ...client, locale }, { method: 'GET', path: `/v1/customers/${encodeURIComponent(customerId)}/${path}`, token: 'app' }).then(reading(read));
    return {
      offers: (customerId) => ask(customerId, 'subscriptions', (json) => new Map(readable(json, offer).map((one) => [one.id, one.offerName]))),
      skus: (customerId, productId) => ask(customerId, `products/${productId}/skus`, (json) => new Map(readable(json, sku).map((one) => [one.id, one.title]))),
    };
  };
}

/** The records that can be read. */
function readable<T extends z.ZodType>(json: unknown, shape: T): z.infer<T>[] {
  return collection(z.unknown())
    .parse(json)
    .items.flatMap((item) => {
      const { success, data } = shape.safeParse(item);
      return success ? [data] : [];
    });
}
