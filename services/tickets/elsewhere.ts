/** Licences in a customer's tenant that are not from us: bought direct, in a volume contract, or through another partner. */
import { matchProgramme } from '../catalogue/match.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { elsewhereId } from '../domain/elsewhere.ts';
import type { Subscription } from '../domain/ticket.ts';
import { type PartnerCenter, PartnerCenterError, type SeatPool, type SubscriptionList } from '../partnerCenter/port.ts';

/** Each is a question of its own; a customer with more of ours is not looked through. */
const OURS_MAX = 50;

/** What people take by themselves and nobody pays for, by Microsoft's part number: self-service, trials, and what comes with something else. */
const FREE =
  /(^|_)(VIRAL|FREE|VTRIAL|TRIAL|EXPLORATORY|DEV|IW|ADHOC|PREVIEW)(_|$)|^(POWER_BI_STANDARD|STREAM|WINDOWS_STORE|FORMS_PRO|SMB_APPS|PHONESYSTEM_VIRTUALUSER|MICROSOFT_BUSINESS_CENTER|DYN365_ENTERPRISE_P1_IW)$/i;

/** A subscription of ours as far as it fills a pool; null what is not known of it. */
export interface OurSeats {
  skuId: string | null;
  seats: number | null;
}

/** Licences of one SKU that none of ours accounts for. `inUse` is of the whole pool, for nobody says whose seat a person has; null where it is not told. */
export interface SeatsElsewhere {
  skuId: string;
  name: string;
  seats: number;
  inUse: number | null;
  ours: number;
}

export interface Elsewhere {
  seats: SeatsElsewhere[];
  /** Pools of which it cannot be told. */
  unsure: { skuId: string; name: string }[];
}

/** What of the tenant's pools is not ours. A pool counts the whole tenant: what is beyond our own seats was bought elsewhere. Pure. */
export function seatsElsewhere(pools: readonly SeatPool[], ours: readonly OurSeats[]): Elsewhere {
  const found: Elsewhere = { seats: [], unsure: [] };
  // One of ours whose licence is not known may fill any pool.
  const lost = ours.some((one) => one.skuId === null);
  for (const [skuId, some] of Map.groupBy(pools, (pool) => pool.skuId)) {
    const [pool] = some;
    if (!pool || some.some((one) => FREE.test(one.part ?? ''))) continue;
    const name = pool.name ?? pool.part ?? skuId;
    const own = ours.filter((one) => one.skuId === skuId);
    const known = own.reduce((sum, one) => sum + (one.seats ?? 0), 0);
    const beyond = pool.active === null || some.length > 1 ? null : pool.active - known;
    if (beyond !== null && beyond <= 0) continue;
    if (beyond === null || lost || own.some((one) => one.seats === null)) found.unsure.push({ skuId, name });
    else found.seats.push({ skuId, name, seats: beyond, inUse: pool.consumed, ours: known });
  }
  return found;
}

/** As it was read. `listed`: SKUs of all pools that were there: one that is not may only be late. */
export interface ElsewhereRead extends Elsewhere {
  listed: string[];
}

/** How many licences of a SKU are from elsewhere; null where that is not known. Pure. */
export function seatsOf(found: ElsewhereRead | null, skuId: string): number | null {
  if (!found?.listed.includes(skuId) || found.unsure.some((one) => one.skuId === skuId)) return null;
  return found.seats.find((one) => one.skuId === skuId)?.seats ?? 0;
}

/** Whether a pool's licence belongs to what a programme retires: by its SKU, else by its name. Pure. */
export function isRetiredPool(programmes: readonly Programme[], { skuId, name, part }: Pick<SeatPool, 'skuId' | 'name' | 'part'>): boolean {
  return matchProgramme(programmes, skuId, name ?? part ?? '') !== null;
}

/** What was bought elsewhere in the shape of a subscription, so that it is tracked and moved as one: nothing is known of its end. Null where its SKU can stand in no key. Pure. */
export function asSubscription(customerId: string, { skuId, name, seats, inUse, ours }: SeatsElsewhere): Subscription | null {
  const id = elsewhereId(skuId);
  if (id === null) return null;
  return {
    ...{ id, customerId, offerId: skuId, offerName: name, kind: 'other', status: 'active', autoRenew: null, lastDay: null, expiresOn: null, quantity: seats },
    ...{ term: '', billing: '', isTrial: false, isUsage: false, parentId: null, atTermEnd: null, cancellableUntil: null, orderId: null },
    elsewhere: { ours, inUse },
  };
}

/** `list`: of ours, where it was just read. `only`: which pools matter; where none does, ours are not asked about. */
interface Asked {
  list?: SubscriptionList;
  only?: (pool: SeatPool) => boolean;
}

/**
 * Reads it for one customer; null where nobody can tell, because not all of ours could be read. It costs a call for the pools and, where one of
 * them matters, one for each subscription of ours, of the tighter budget of licences. Throws PartnerCenterError.
 */
export async function readElsewhere(
  pc: Pick<PartnerCenter, 'subscriptions' | 'seatPools' | 'provisioning'>,
  customerId: string,
  asked: Asked = {},
): Promise<ElsewhereRead | null> {
  const list = asked.list ?? (await pc.subscriptions(customerId));
  const active = list.items.filter(fillsPool);
  if (!list.whole || active.length > OURS_MAX) return null;
  const all = await pc.seatPools(customerId);
  const listed = all.map((pool) => pool.skuId);
  const pools = all.filter(asked.only ?? (() => true));
  if (pools.length === 0) return { seats: [], unsure: [], listed };
  const ours: OurSeats[] = [];
  for (const one of active) ours.push({ skuId: await licenceOf(pc, one), seats: one.quantity });
  return { ...seatsElsewhere(pools, ours), listed };
}

function fillsPool({ status, kind, isUsage }: Subscription): boolean {
  return status === 'active' && kind !== 'other' && !isUsage;
}

/** null where it is not said. */
async function licenceOf(pc: Pick<PartnerCenter, 'provisioning'>, { customerId, id }: Subscription): Promise<string | null> {
  try {
    return (await pc.provisioning(customerId, id)).skuId;
  } catch (error) {
    if (error instanceof PartnerCenterError && (error.kind === 'notFound' || error.kind === 'refused')) return null;
    throw error;
  }
}
