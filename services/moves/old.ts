/** The old one of a move as it stands now, whether it is a subscription of ours or licences that were bought elsewhere. */
import { elsewhereSku } from '../domain/elsewhere.ts';
import { readElsewhere, seatsOf } from '../tickets/elsewhere.ts';
import type { StepContext } from './deps.ts';

/** How many licences go with it; null where that is not known. Throws PartnerCenterError. */
export async function oldQuantity({ deps, move }: StepContext): Promise<number | null> {
  const skuId = elsewhereSku(move.subscriptionId);
  if (skuId === null) return (await deps.partnerCenter.subscription(move.customerId, move.subscriptionId)).subscription.quantity;
  return seatsOf(await readElsewhere(deps.partnerCenter, move.customerId, { only: (pool) => pool.skuId === skuId }), skuId);
}
