/** The plans that replace an offer, found in one customer's catalogue. Pure; `productsToRead` tells what must be read first. */
import type { Plan, Segment } from '../domain/ticket.ts';
import type { Product, Sku } from '../partnerCenter/port.ts';
import { type Match, plainName, segmentOf } from './match.ts';
import type { PlannedPlan } from './programmes.ts';

const WORDS_MAX = 20;

/** A customer's catalogue as far as it was read: products, SKUs of those that are offered, and the terms of those by product and SKU. */
export interface CustomerCatalogue {
  products: Product[];
  skus: Map<string, Sku[]>;
  terms: Map<string, string[]>;
}

/** Products whose SKUs must be read to offer the replacements of `match`. */
export function productsToRead(match: Match, products: Product[]): string[] {
  const found = match.offer.replacements.flatMap((one) => productOf(planOf(match, one.plan), products)?.id ?? []);
  return [...new Set(found)];
}

/**
 * Every replacement of the programme, in its order, those of the source's own segment where the catalogue has them.
 * One that is not sold to this customer stays in the list and says so; without a catalogue all say `unread`.
 */
export function replacementPlans(match: Match, offerName: string, catalogue: Omit<CustomerCatalogue, 'terms'> | null): Plan[] {
  const segment = segmentOf(offerName);
  return match.offer.replacements.map((one) => {
    const planned = planOf(match, one.plan);
    const product = catalogue ? productOf(planned, catalogue.products) : undefined;
    const sku = product && skuOf(planned, catalogue?.skus.get(product.id) ?? [], product.id, segment);
    const minimum = Math.max(planned.minimum ?? 1, sku?.minimum ?? 1);
    const title = sku?.title || planned.title;
    if (!product || !sku) return { id: one.plan, title, reason: one.reason, minimum, maximum: 10_000, item: null, whyNot: catalogue ? 'notSold' : 'unread' };
    return { id: one.plan, title, reason: one.reason, minimum, maximum: sku.maximum, item: { productId: product.id, skuId: sku.id }, whyNot: null };
  });
}

/** Plans of the catalogue whose titles hold all words of `wanted`; for subscriptions that no programme knows. At most `most`. */
export function searchCatalogue(products: Product[], wanted: string, most: number): Product[] {
  const words = [...new Set(plainName(wanted).split(' '))].filter(Boolean).slice(0, WORDS_MAX);
  const holdsAll = (title: string) => words.every((word) => title.includes(word));
  return products.filter((product) => holdsAll(plainName(product.title))).slice(0, most);
}

function planOf(match: Match, id: string): PlannedPlan {
  return match.programme.plans[id] as PlannedPlan;
}

function productOf(planned: PlannedPlan, products: Product[]): Product | undefined {
  const byId = products.find((product) => planned.items.some((item) => item.split(':')[0] === product.id));
  if (byId) return byId;
  const names = new Set([planned.title, ...planned.aliases].map(plainName));
  return products.find((product) => names.has(plainName(product.title)));
}

/** The SKU of the source's segment, else the commercial one, else the first. */
function skuOf(planned: PlannedPlan, skus: Sku[], productId: string, segment: Segment): Sku | undefined {
  const byId = skus.find((sku) => planned.items.includes(`${productId}:${sku.id}`));
  return byId ?? skus.find((sku) => segmentOf(sku.title) === segment) ?? skus.find((sku) => segmentOf(sku.title) === 'commercial') ?? skus[0];
}

/** How many licences to propose: those in use where known, else those held, never under the plan's minimum; null where neither is known. */
export function proposedSeats(plan: Plan, inUse: number | null, held: number | null): number | null {
  const needed = inUse || held;
  return needed === null ? null : Math.min(plan.maximum, Math.max(plan.minimum, needed));
}
