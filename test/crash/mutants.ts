/** Planted bugs, outside the product: each must be caught, or the harness proves nothing. */
import { randomUUID } from 'node:crypto';
import type { Cart, PartnerCenter } from '../../services/partnerCenter/port.ts';
import type { Change, Store } from '../../services/store/store.ts';

/** Name -> the invariant that must catch it. */
export const MUTANTS = {
  'another cart at each checkout': 'I1',
  'a new request id at each licence update': 'I16',
  'a minimal PATCH': 'I13',
  'a line of the record is not written': 'I8',
  'a line of the record is not what was hashed': 'I8',
  'users are taken for having no licence': 'I3',
  'the swap only assigns': 'I4',
  'a second expiry for the same flip': 'I7',
} as const;
export type Mutant = keyof typeof MUTANTS;

interface World {
  store: Store;
  partnerCenter: PartnerCenter;
  url: string;
}

/** The ports with one bug in them; as they are without one. */
export function plant(mutant: Mutant | null, world: World): World {
  const { partnerCenter: pc, store } = world;
  switch (mutant) {
    case 'another cart at each checkout':
      return {
        ...world,
        partnerCenter: {
          ...pc,
          checkout: async (customerId, cartId, requestId) =>
            pc.checkout(customerId, (await copyCart(pc, customerId, await pc.cart(customerId, cartId))).id, requestId),
        },
      };
    case 'a new request id at each licence update':
      return { ...world, partnerCenter: { ...pc, swapLicence: (customerId, userId, swap) => pc.swapLicence(customerId, userId, swap, randomUUID()) } };
    case 'a minimal PATCH':
      return { ...world, partnerCenter: { ...pc, suspend: (whole, requestId) => pc.suspend({ ...whole, resource: { quantity: 3 } }, requestId) } };
    case 'a line of the record is not written':
      return { ...world, store: changing(store, (changes) => changes.filter((change) => !(change.key.startsWith('aud_') && change.key.endsWith('000003')))) };
    case 'a line of the record is not what was hashed':
      return {
        ...world,
        store: changing(store, (changes) =>
          changes.map((change) =>
            change.op === 'create' && change.key.startsWith('aud_') ? { ...change, value: { ...(change.value as object), by: 'nobody' } } : change,
          ),
        ),
      };
    case 'users are taken for having no licence':
      return { ...world, partnerCenter: { ...pc, licences: async () => [], seatPools: blind(pc) } };
    case 'the swap only assigns':
      return {
        ...world,
        partnerCenter: {
          ...pc,
          swapLicence: (customerId, userId, swap, requestId) => pc.swapLicence(customerId, userId, { ...swap, remove: swap.assign }, requestId),
          licences: async (customerId, userId) => (await pc.licences(customerId, userId)).slice(-1),
          seatPools: blind(pc),
        },
      };
    case 'a second expiry for the same flip':
      return {
        ...world,
        store: changing(store, (changes) =>
          changes.flatMap((change) => (change.op === 'create' && change.key.startsWith('exp_') ? [change, { ...change, key: `${change.key}0` }] : [change])),
        ),
      };
    case null:
      return world;
  }
}

/** Pools in which nobody seems to hold a seat. */
function blind(pc: PartnerCenter): PartnerCenter['seatPools'] {
  return async (customerId) => (await pc.seatPools(customerId)).map((pool) => ({ ...pool, consumed: 0 }));
}

function copyCart(pc: PartnerCenter, customerId: string, cart: Cart): Promise<Cart> {
  return pc.createCart(customerId, { item: cart.item, quantity: cart.quantity, term: cart.term, billing: cart.billing }, randomUUID());
}

function changing(store: Store, change: (changes: Change[]) => Change[]): Store {
  return { ...store, commit: (table, partition, changes) => store.commit(table, partition, change(changes)) };
}
