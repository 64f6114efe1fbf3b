/** Licences that a customer did not buy through us: known by their SKU alone, for Partner Center names no subscription of another channel. Pure. */

/** No id of Microsoft's begins so. */
const PREFIX = 'elsewhere-';

/** Signs that any row's key may hold. */
const KEYABLE = /^[\w-]{1,64}$/;

/** What stands for a subscription's id; null where the SKU's own id can stand in no key. */
export function elsewhereId(skuId: string): string | null {
  return KEYABLE.test(skuId) ? `${PREFIX}${skuId.toLowerCase()}` : null;
}

/** The SKU of such an id; null where a subscription of ours is meant. */
export function elsewhereSku(subscriptionId: string): string | null {
  return subscriptionId.startsWith(PREFIX) ? subscriptionId.slice(PREFIX.length) : null;
}
