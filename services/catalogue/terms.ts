/** In which terms plans are sold to a customer, out of the catalogue. */
import { termsIn } from '../domain/terms.ts';
import type { Plan } from '../domain/ticket.ts';
import { type PartnerCenter, PartnerCenterError } from '../partnerCenter/port.ts';

/** Each plan with the terms in which this customer can have it; without them where the catalogue does not say, which `note` is told. `known`: what was read before, by product and SKU. */
export function withTerms(
  { availabilities }: Pick<PartnerCenter, 'availabilities'>,
  customerId: string,
  plans: readonly Plan[],
  { known = new Map(), note = () => {} }: { known?: Map<string, string[]>; note?: (error: PartnerCenterError) => void } = {},
): Promise<Plan[]> {
  async function read({ productId, skuId }: NonNullable<Plan['item']>): Promise<string[]> {
    const id = `${productId}:${skuId}`;
    const sold = known.has(id) ? undefined : (await availabilities(customerId, productId, skuId)).find((one) => one.purchasable);
    const terms = known.get(id) ?? (sold ? termsIn(sold) : []);
    known.set(id, terms);
    return terms;
  }
  return Promise.all(
    plans.map(async (plan) => {
      try {
        const terms = plan.item ? await read(plan.item) : [];
        return terms.length > 0 ? { ...plan, terms } : plan;
      } catch (error) {
        if (!(error instanceof PartnerCenterError)) throw error;
        note(error);
        return plan;
      }
    }),
  );
}
