/** Which licences of a tenant are not from us: beyond our own seats, never a free one, and never on a guess. */
import assert from 'node:assert/strict';
import { PartnerCenterError, type PartnerCenter, type SeatPool } from '../../../services/partnerCenter/port.ts';
import { type Elsewhere, type OurSeats, readElsewhere, seatsElsewhere } from '../../../services/tickets/elsewhere.ts';
import { subscription } from '../../support/partner.ts';

function pool(active: number | null, changes: Partial<SeatPool> = {}): SeatPool {
  return { skuId: 'e3', active, consumed: 7, available: null, servicePlans: null, name: 'Office 365 E3', part: 'ENTERPRISEPACK', ...changes };
}
const ours = (seats: number | null, skuId: string | null = 'e3'): OurSeats => ({ skuId, seats });
const some = (seats: number, own = 0, inUse: number | null = 7): Elsewhere => ({
  seats: [{ skuId: 'e3', name: 'Office 365 E3', seats, inUse, ours: own }],
  unsure: [],
});
const none: Elsewhere = { seats: [], unsure: [] };
const unsure: Elsewhere = { seats: [], unsure: [{ skuId: 'e3', name: 'Office 365 E3' }] };

const CASES: [string, SeatPool[], OurSeats[], Elsewhere][] = [
  ['no pool at all', [], [], none],
  ['a pool and nothing of ours', [pool(20)], [], some(20)],
  ['all of it is ours', [pool(20)], [ours(20)], none],
  ['two of ours fill it', [pool(20)], [ours(12), ours(8)], none],
  ['some of it is ours', [pool(20)], [ours(15)], some(5, 15)],
  ['the pool lags behind what we sold', [pool(20)], [ours(25)], none],
  ['ours is of another licence', [pool(20)], [ours(20, 'e5')], some(20)],
  ['an empty pool', [pool(0)], [], none],
  ['nobody says how many seats it has', [pool(null)], [], unsure],
  ['nobody says how many are in use', [pool(20, { consumed: null })], [], some(20, 0, null)],
  ['nobody says how many of them are ours', [pool(20)], [ours(null)], unsure],
  ['one of ours may be of any licence', [pool(20)], [ours(5, null)], unsure],
  ['one of ours may be of any licence, and this pool is ours anyway', [pool(20)], [ours(20), ours(5, null)], none],
  ['two pools of one licence that contradict each other', [pool(20), pool(30)], [], unsure],
  ['a free plan that people take by themselves', [pool(10_000, { part: 'FLOW_FREE' })], [], none],
  ['a viral one', [pool(10_000, { part: 'POWERAPPS_VIRAL' })], [], none],
  ['one for trying out', [pool(25, { part: 'TEAMS_EXPLORATORY' })], [], none],
  ['the free Power BI', [pool(1_000_000, { part: 'POWER_BI_STANDARD' })], [], none],
  ['a paid one whose name only holds such a word', [pool(3, { part: 'FREEDOM_PLAN' })], [], some(3)],
  ['a pool without a name', [pool(3, { name: null })], [], { seats: [{ skuId: 'e3', name: 'ENTERPRISEPACK', seats: 3, inUse: 7, ours: 0 }], unsure: [] }],
];

describe('licences that were bought elsewhere', () => {
  for (const [when, pools, own, wanted] of CASES) it(when, () => assert.deepEqual(seatsElsewhere(pools, own), wanted));

  const partner = (changes: Partial<PartnerCenter>) =>
    ({
      subscriptions: async () => ({ items: [subscription({ quantity: 12 }), subscription({ id: 'b', status: 'suspended' })], unread: [], whole: true }),
      provisioning: async () => ({ skuId: 'e3', ready: true, status: 'success' }),
      seatPools: async () => [pool(20)],
      ...changes,
    }) as unknown as PartnerCenter;

  it('are read once for each of ours that works, and ours that cannot be told leave it open', async () => {
    assert.deepEqual(await readElsewhere(partner({}), 'c'), { ...some(8, 12), listed: ['e3'] });
    const gone = async () => Promise.reject(new PartnerCenterError('notFound', '404', 'not there'));
    assert.deepEqual(await readElsewhere(partner({ provisioning: gone }), 'c'), { ...unsure, listed: ['e3'] });
    const half = async () => ({ items: [], unread: [], whole: false });
    assert.equal(await readElsewhere(partner({ subscriptions: half }), 'c'), null);
    const many = async () => ({ items: Array.from({ length: 51 }, (_, n) => subscription({ id: `s${n}` })), unread: [], whole: true });
    assert.equal(await readElsewhere(partner({ subscriptions: many }), 'c'), null);
    await assert.rejects(readElsewhere(partner({ provisioning: async () => Promise.reject(new PartnerCenterError('throttled', '429', 'slowly')) }), 'c'));
  });
});
