/** Plans by a name that somebody typed. */
import type { Plan, Ticket } from '../domain/ticket.ts';
import type { PartnerCenter, Product } from '../partnerCenter/port.ts';
import { plainName, segmentOf } from './match.ts';
import { searchCatalogue } from './replacements.ts';
import { withTerms } from './terms.ts';

const PLANS_MAX = 8;

/** Plans of the customer's catalogue by the first of these names that it knows, as Partner Center has it; no turn waits for that. */
export async function findPlans(
  { partnerCenter: pc }: { partnerCenter: Pick<PartnerCenter, 'products' | 'skus' | 'availabilities'> },
  ticket: Ticket,
  names: readonly string[],
): Promise<Plan[]> {
  const all = await pc.products(ticket.customerId);
  const plans: Plan[] = [];
  for (const product of called(all, names)) {
    const skus = await pc.skus(ticket.customerId, product.id);
    const sku = skus.find((one) => segmentOf(one.title) === segmentOf(ticket.facts.offerName)) ?? skus[0];
    if (sku)
      plans.push({
        id: `${product.id}:${sku.id}`,
        title: sku.title || product.title,
        reason: 'chosen by name',
        minimum: sku.minimum,
        maximum: sku.maximum,
        item: { productId: product.id, skuId: sku.id },
        whyNot: null,
      });
  }
  return withTerms(pc, ticket.customerId, plans);
}

/** Products called by the first name that any has; those whose whole name it is before those that hold its words. */
function called(all: Product[], names: readonly string[]): Product[] {
  for (const name of names) {
    const products = searchCatalogue(all, name, PLANS_MAX);
    const equal = products.filter((product) => plainName(product.title) === plainName(name));
    if (products.length > 0) return equal.length > 0 ? equal : products;
  }
  return [];
}
