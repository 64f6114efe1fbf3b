/** What is read beside the end of a term: what can be given back, through whom it is sold, add-ons, shared licences, what is not sold any more. */
import assert from 'node:assert/strict';
import type { Subscription } from '../../../services/domain/ticket.ts';
import { type PartnerCenter, PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { parseSubscriptions } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { emptyCatalogue, plainFacts, readFacts } from '../../../services/tickets/facts.ts';
import { NO_SHEETS } from '../../support/samples.ts';

const NCE = {
  ...{ id: '00000000-5555-4000-8000-000000000001', offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', offerName: 'Plan', quantity: 10, status: 'active' },
  ...{
    productType: { id: 'OnlineServicesNCE' },
    autoRenewEnabled: true,
    commitmentEndDate: '2027-03-03T00:00:00Z',
    termDuration: 'P1Y',
    billingCycle: 'monthly',
  },
};
const read = (...wire: object[]) => parseSubscriptions('c', { items: wire.map((one) => ({ ...NCE, ...one })) }).items as Subscription[];
const beside = (...wire: object[]) => {
  const all = read(...wire);
  return plainFacts(all[0] as Subscription, all, { programmes: [], today: '2027-01-20' }).beside;
};

describe('what is read beside the end of a term', () => {
  it('seats that can be given back: in parts where those are told, whatever else stands there', () => {
    const until = '2027-01-22T10:00:00Z';
    for (const [refundableQuantity, parts] of [
      [
        { totalQuantity: 3, details: [{ quantity: 2, allowedUntilDateTime: until }, { quantity: 1 }] },
        [
          { quantity: 2, until },
          { quantity: 1, until: null },
        ],
      ],
      [{ totalQuantity: 3 }, [{ quantity: 3, until: null }]],
      [{ totalQuantity: 3, details: ['odd', null, { quantity: -1 }] }, [{ quantity: 3, until: null }]],
      [{ totalQuantity: 2, details: [{ quantity: 2, allowedUntilDateTime: 'soon' }] }, [{ quantity: 2, until: null }]],
      [{ totalQuantity: 0, details: [] }, undefined],
      [{ totalQuantity: '3' }, undefined],
      ['three', undefined],
      [null, undefined],
    ] as const)
      assert.deepEqual(beside({ refundableQuantity })?.giveBack, parts, JSON.stringify(refundableQuantity));
  });

  it('none of them where it can be cancelled as a whole, is in an Extended Service Term, is suspended or is classic', () => {
    const refundableQuantity = { totalQuantity: 3 };
    for (const one of [
      { cancellationAllowedUntilDate: '2027-01-22T10:00:00Z' },
      { termDuration: 'P1M', cancellationAllowedUntilDate: '2027-03-03T23:59:59Z' },
      { status: 'suspended' },
      { offerId: '195416c1-3447-423a-b37b-ee59a99a19c4' },
    ])
      assert.equal(beside({ refundableQuantity, ...one }), undefined, JSON.stringify(one));
  });

  it('a reseller only by a number', () => {
    for (const [partnerId, reseller] of [
      ['1234567', '1234567'],
      [' 1234567 ', '1234567'],
      ['partner', undefined],
      [1_234_567, undefined],
      ['', undefined],
    ] as const)
      assert.equal(beside({ partnerId })?.reseller, reseller, String(partnerId));
  });

  it('the base of an add-on only where the base goes on and the add-on does not', () => {
    const base = { id: '00000000-5555-4000-8000-000000000002', offerName: 'Base plan', offerId: '195416c1-3447-423a-b37b-ee59a99a19c4' };
    const addon = { parentSubscriptionId: base.id, offerId: base.offerId, autoRenewEnabled: false };
    assert.equal(beside(addon, base)?.addonTo, 'Base plan');
    assert.equal(beside({ ...addon, autoRenewEnabled: true }, base), undefined);
    assert.equal(beside(addon, { ...base, autoRenewEnabled: false }), undefined);
    assert.equal(beside(addon, { ...base, status: 'suspended' }), undefined);
    assert.equal(beside(addon), undefined);
  });

  it('a promotion that is planned for the next term, or of what does not renew, is none that is lost', () => {
    const promotionId = '39NFJQT1PFPJ:000H:39NFJQT1Q5DK';
    assert.equal(beside({ promotionId })?.losesPromotion, true);
    assert.equal(beside({ promotionId, autoRenewEnabled: false }), undefined);
    const kept = { scheduledNextTermInstructions: { product: { termDuration: 'P3Y', promotionId } } };
    assert.equal(beside({ promotionId, ...kept }), undefined);
    assert.equal(beside({ promotionId, scheduledNextTermInstructions: { product: { termDuration: 'P3Y', promotionId: 'other' } } })?.losesPromotion, true);
  });
});

async function factsOf(wire: object[], pc: Partial<PartnerCenter>) {
  const all = read(...wire);
  const refuse = async () => {
    throw new PartnerCenterError('unclear', '500', 'no answer');
  };
  const partnerCenter = new Proxy(pc as PartnerCenter, { get: (known, name) => known[name as keyof PartnerCenter] ?? refuse });
  return (await readFacts({ partnerCenter, priceSheets: NO_SHEETS, programmes: [], today: '2027-01-20' }, all[0] as Subscription, all, emptyCatalogue())).facts;
}

describe('what is asked of Partner Center beside the end of a term', () => {
  const pool = (active: number | null, consumed: number | null): Partial<PartnerCenter> => ({
    provisioning: async () => ({ skuId: 's', ready: true, status: 'success' }),
    seatPools: async () => [{ skuId: 's', active, consumed, available: null, servicePlans: null }],
  });

  it('licences of others of the same kind: only where both numbers were told', async () => {
    for (const [active, consumed, inUse, shared] of [
      [10, 7, 7, undefined],
      [30, 12, null, { others: 20, used: 12 }],
      [30, null, null, undefined],
      [null, 12, null, undefined],
      [8, 7, null, undefined],
    ] as const) {
      const facts = await factsOf([{}], pool(active, consumed));
      assert.deepEqual([facts.inUse, facts.shared], [inUse, shared], `${active} ${consumed}`);
    }
  });

  it('none of a suspended one, whose own seats are not among those', async () => {
    assert.equal((await factsOf([{ status: 'suspended', autoRenewEnabled: false }], pool(30, 12))).shared, undefined);
  });

  it('what its add-ons cost: all of them or nothing', async () => {
    const addon = (n: number, more: object = {}) => ({
      id: `00000000-5555-4000-8000-00000000001${n}`,
      parentSubscriptionId: NCE.id,
      orderId: `o${n}`,
      ...more,
    });
    const order: PartnerCenter['order'] = async (_, id) => {
      if (id === 'o3') throw new PartnerCenterError('unclear', '500', 'no answer');
      const price = { minor: 600, currency: id === 'o4' ? 'USD' : 'EUR' };
      const line = { item: 'i', quantity: 10, term: 'P1Y', kind: 'new', subscriptionId: null, price, unit: null, prorated: null };
      return { id, customerId: 'c', createdAt: null, status: 'completed', billing: 'monthly', lines: [line] };
    };
    const cost = async (...addons: object[]) => (await factsOf([{}, ...addons], { order })).addonsNow;
    assert.deepEqual(await cost(addon(1), addon(2)), { minor: 1_200, currency: 'EUR' });
    assert.equal(await cost(addon(1), addon(3)), undefined);
    assert.equal(await cost(addon(1), addon(4)), undefined);
    assert.equal(await cost(), undefined);
    assert.deepEqual(await cost(addon(1), addon(2, { status: 'suspended' })), { minor: 600, currency: 'EUR' });
  });

  it('that a planned plan is not sold: where Partner Center says so, and not where it does not answer', async () => {
    const planned = { scheduledNextTermInstructions: { product: { productId: 'P', skuId: 'S' } } };
    const sold = async (availabilities: PartnerCenter['availabilities']) => (await factsOf([planned], { availabilities })).nextNotSold;
    assert.equal(await sold(async () => [{ item: 'P:S:A', purchasable: true, terms: [] }]), undefined);
    assert.equal(await sold(async () => [{ item: 'P:S:A', purchasable: false, terms: [] }]), true);
    assert.equal(await sold(async () => []), true);
    for (const [kind, not] of [
      ['notFound', true],
      ['unclear', undefined],
      ['throttled', undefined],
      ['forbidden', undefined],
    ] as const)
      assert.equal(
        await sold(async () => {
          throw new PartnerCenterError(kind, '400013', 'no');
        }),
        not,
        kind,
      );
    assert.equal((await factsOf([{}], { availabilities: async () => [] })).nextNotSold, undefined);
  });
});
