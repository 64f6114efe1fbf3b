/** Plans by a name that somebody typed. */
import type { Plan, Ticket } from '../domain/ticket.ts';
import type { PartnerCenter } from '../partnerCenter/port.ts';
import { plainName, segmentOf } from './match.ts';
import { searchCatalogue } from './replacements.ts';

const PLANS_MAX = 8;

/** Plans of the customer's catalogue by a typed name, as Partner Center has it; no turn waits for that. */
export async function findPlans(deps: { partnerCenter: Pick<PartnerCenter, 'products' | 'skus'> }, ticket: Ticket, planName: string): Promise<Plan[]> {
  const products = searchCatalogue(await deps.partnerCenter.products(ticket.customerId), planName, PLANS_MAX);
  const equal = products.filter((product) => plainName(product.title) === plainName(planName));
  const plans: Plan[] = [];
  for (const product of equal.length > 0 ? equal : products) {
    const skus = await deps.partnerCenter.skus(ticket.customerId, product.id);
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
  return plans;
}
