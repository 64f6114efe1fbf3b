/** Licences in a customer's tenant that are not from us: bought direct, in a volume contract, or through another partner. */
import type { Subscription } from '../domain/ticket.ts';
import { type PartnerCenter, PartnerCenterError, type SeatPool } from '../partnerCenter/port.ts';

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

export interface Elsewhere {
  /** Licences that none of ours accounts for. `inUse` is of the whole pool, for nobody says whose seat a person has; null where it is not told. */
  seats: { skuId: string; name: string; seats: number; inUse: number | null; ours: number }[];
  /** Names of pools of which it cannot be told. */
  unsure: string[];
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
    if (beyond === null || lost || own.some((one) => one.seats === null)) found.unsure.push(name);
    else found.seats.push({ skuId, name, seats: beyond, inUse: pool.consumed, ours: known });
  }
  return found;
}

/**
 * Reads it for one customer; null where nobody can tell, because not all of ours could be read. It costs a call for the pools and one for
 * each subscription of ours, of the tighter budget of licences: so it is done where a person asks, and never by the sweep. Throws PartnerCenterError.
 */
export async function readElsewhere(pc: PartnerCenter, customerId: string): Promise<Elsewhere | null> {
  const list = await pc.subscriptions(customerId);
  const active = list.items.filter(fillsPool);
  if (!list.whole || active.length > OURS_MAX) return null;
  const pools = await pc.seatPools(customerId);
  const ours: OurSeats[] = [];
  for (const one of active) ours.push({ skuId: await licenceOf(pc, one), seats: one.quantity });
  return seatsElsewhere(pools, ours);
}

function fillsPool({ status, kind, isUsage }: Subscription): boolean {
  return status === 'active' && kind !== 'other' && !isUsage;
}

/** null where it is not said. */
async function licenceOf(pc: PartnerCenter, { customerId, id }: Subscription): Promise<string | null> {
  try {
    return (await pc.provisioning(customerId, id)).skuId;
  } catch (error) {
    if (error instanceof PartnerCenterError && (error.kind === 'notFound' || error.kind === 'refused')) return null;
    throw error;
  }
}
