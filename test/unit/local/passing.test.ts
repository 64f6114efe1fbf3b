/** What the pretend Partner Center lets a subscription become: data in, data out. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextOf, pass } from '../../../services/local/sandbox/passing.ts';
import { customer } from '../../../services/local/sandbox/seed.ts';
import { noteIdle } from '../../../services/local/sandbox/planned.ts';
import type { HeldSubscription, TermRules } from '../../../services/local/sandbox/state.ts';
import { addMonths, refundable, seatsFrom } from '../../../services/local/sandbox/terms.ts';

const RULES: TermRules = { backfillHours: 18, backfillRenews: false, lockHours: 4 };
const TODAY = '2026-11-26';
const NOON = `${TODAY}T12:00:00.000Z`;

/** A year of Office 365 E3 for five, of which ten days are left: until the end of 2026-12-06. */
function held(wire: Partial<HeldSubscription['wire']> = {}, more: Partial<HeldSubscription> = {}): HeldSubscription {
  const [one] = customer('Tryout', TODAY, 0, [
    { offer: 'Office 365 E3', sku: '6fd2c87f-b296-42f0-b197-1e91e994b900', seats: 5, days: 10, price: 2300, newCommerce: true },
  ]).subscriptions;
  const made = { ...(one as HeldSubscription), ...more, wire: { ...(one as HeldSubscription).wire, ...wire } };
  noteIdle(made, new Date(NOON));
  return made;
}

function classic(wire: Partial<HeldSubscription['wire']> = {}): HeldSubscription {
  const [one] = customer('Tryout', TODAY, 0, [{ offer: 'Office 365 Enterprise E4', sku: 'e4', seats: 5, days: 10, price: 2200 }]).subscriptions;
  return { ...(one as HeldSubscription), wire: { ...(one as HeldSubscription).wire, ...wire } };
}

function lived(one: HeldSubscription, until: string, rules = RULES) {
  const { held: after, happened } = pass([one], until, rules);
  return {
    wire: (after[0] as HeldSubscription).wire,
    held: after[0] as HeldSubscription,
    happened: happened.map(({ at, what }) => `${at.slice(0, 16)} ${what}`),
  };
}

const ends = (actionType: unknown) => ({ scheduledActions: [{ scheduleType: 'TermEnd', actionType }] });

describe('the end of a term in the pretend Partner Center', () => {
  const rows: [string, Partial<HeldSubscription['wire']>, string][] = [
    ['auto-renew on', {}, 'renewed'],
    ['auto-renew off', { autoRenewEnabled: false }, 'extended'],
    ['Cancel', { autoRenewEnabled: false, ...ends('Cancel') }, 'disabled'],
    ['Cancel, though auto-renew is on', ends('Cancel'), 'disabled'],
    ['an Extended Service Term, though auto-renew is on', ends('RenewToExtendedServiceTerm'), 'extended'],
    ['a new term, though auto-renew is off', { autoRenewEnabled: false, ...ends('RenewToNewTerm') }, 'renewed'],
    ['a change, which needs auto-renew', { autoRenewEnabled: false, ...ends('Transition') }, 'extended'],
    ['an odd word, auto-renew off', { autoRenewEnabled: false, ...ends('renew_to_new_term') }, 'extended'],
    ['a number, auto-renew on', ends(3), 'renewed'],
    ['other seats next', { scheduledNextTermInstructions: { quantity: 3 } }, 'renewedAs'],
    ['a trial', { isTrial: true }, 'becamePaid'],
    ['a trial that was stopped', { isTrial: true, autoRenewEnabled: false }, 'disabled'],
    ['suspended', { status: 'suspended', autoRenewEnabled: false }, 'disabled'],
  ];
  for (const [name, wire, what] of rows)
    it(`${name}: ${what}`, () => assert.equal(lived(held(wire), '2026-12-08T00:00:00Z').happened.at(-1)?.split(' ')[1], what));

  it('a plan at the end of its sale cannot be extended: people lose it', () =>
    assert.deepEqual(lived(held({ autoRenewEnabled: false }, { endOfSale: true }), '2026-12-08T00:00:00Z').happened, ['2026-12-07T00:00 disabled']));

  it('a term from before Extended Service Terms cannot either', () => {
    const old = held({ autoRenewEnabled: false, termDuration: 'P3Y', effectiveStartDate: '2023-12-07T00:00:00Z' });
    assert.deepEqual(lived(old, '2026-12-08T00:00:00Z').happened, ['2026-12-07T00:00 disabled']);
  });

  it('off: Microsoft plans an Extended Service Term within a day, begins it after the lock, and goes on month by month', () => {
    const { wire, held: after, happened } = lived(held({ autoRenewEnabled: false }), '2027-02-08T00:00:00Z');
    assert.deepEqual(happened, ['2026-11-27T06:00 extensionPlanned', '2026-12-07T04:00 extended', '2027-01-07T04:00 extended', '2027-02-07T04:00 extended']);
    assert.deepEqual(
      [wire.termDuration, wire.commitmentEndDate, wire.cancellationAllowedUntilDate, wire.autoRenewEnabled, wire.scheduledActions],
      ['P1M', '2027-03-06T00:00:00Z', '2027-03-06T23:59:59Z', true, undefined],
    );
    assert.match(wire.offerId, /^CFQ7\w+:00E1:/, 'a SKU of its own, under the same id');
    // 23.00 a month in a year that is paid monthly: 26.29 for one month alone, and 3 % on top.
    assert.equal(after.terms?.at(-1)?.unit, 2_708);
  });

  it('where the backfill switches auto-renew on, it reads on from then', () => {
    const { wire } = lived(held({ autoRenewEnabled: false }), '2026-11-28T00:00:00Z', { ...RULES, backfillRenews: true });
    assert.deepEqual([wire.autoRenewEnabled, (wire.scheduledActions as { actionType: string }[])[0]?.actionType], [true, 'RenewToExtendedServiceTerm']);
  });

  it('one in an Extended Service Term goes back to a year where a new term is planned, and ends where Cancel is', () => {
    const extended = lived(held({ autoRenewEnabled: false }), '2026-12-08T00:00:00Z').held;
    const back = lived({ ...extended, wire: { ...extended.wire, ...ends('RenewToNewTerm') } }, '2027-01-08T00:00:00Z');
    assert.deepEqual([back.wire.termDuration, back.wire.commitmentEndDate, back.wire.offerId.split(':')[1]], ['P1Y', '2028-01-06T00:00:00Z', '0001']);
    assert.equal(lived({ ...extended, wire: { ...extended.wire, ...ends('Cancel') } }, '2027-01-08T00:00:00Z').wire.status, 'disabled');
  });

  it('becomes what was planned for the next term: plan, licences, term and payment', () => {
    const product = { productId: 'CFQ7TTC0LH18', skuId: '0001', termDuration: 'P1M', billingCycle: 'monthly' };
    const { wire, held: after } = lived(held({ scheduledNextTermInstructions: { product, quantity: 3 } }), '2026-12-08T00:00:00Z');
    assert.deepEqual(
      [wire.offerName, wire.quantity, wire.termDuration, wire.commitmentEndDate, wire.scheduledNextTermInstructions, after.terms?.at(-1)?.unit],
      ['Microsoft 365 Business Basic', 3, 'P1M', '2027-01-06T00:00:00Z', undefined, 686],
    );
  });

  it('a promotion that nobody asked for again ends with its term', () => {
    assert.equal(lived(held({ promotionId: 'p1' }), '2026-12-08T00:00:00Z').wire.promotionId, undefined);
    const kept = held({ promotionId: 'p1', scheduledNextTermInstructions: { product: { promotionId: 'p1' } } });
    assert.equal(lived(kept, '2026-12-08T00:00:00Z').wire.promotionId, 'p1');
  });

  it('new commerce that ended keeps its data 90 days, a suspended one 30 more; what is due on a day of its own comes then', () => {
    const until = '2027-12-01T00:00:00Z';
    assert.deepEqual(lived(held({ autoRenewEnabled: false, ...ends('Cancel') }), until).happened, ['2026-12-07T00:00 disabled', '2027-03-07T00:00 deleted']);
    assert.deepEqual(lived(held({ status: 'suspended' }), until).happened, ['2026-12-07T00:00 disabled', '2027-04-06T00:00 deleted']);
    const early = { scheduledActions: [{ scheduleType: 'CustomDate', actionType: 'Cancel', effectiveDate: '2026-12-01T00:00:00Z' }] };
    assert.deepEqual(lived(held(early), '2026-12-08T00:00:00Z').happened, ['2026-12-01T00:00 disabled']);
  });

  it('classic: ends before its day, works 30 days on, and is deleted 90 later; a suspended one is deleted at its end or 120 days later, whichever is first', () => {
    const until = '2028-12-01T00:00:00Z';
    assert.deepEqual(lived(classic({ autoRenewEnabled: false }), until).happened, [
      '2026-12-06T00:00 ended',
      '2027-01-05T00:00 disabled',
      '2027-04-05T00:00 deleted',
    ]);
    assert.deepEqual(lived(classic({ status: 'suspended', suspendedAt: NOON }), until).happened, ['2026-12-06T00:00 deleted']);
    const long = classic({ status: 'suspended', suspendedAt: NOON, commitmentEndDate: '2027-11-01T00:00:00Z' });
    assert.deepEqual(lived(long, until).happened, ['2027-03-26T12:00 deleted']);
    assert.deepEqual(lived(classic(), '2027-12-06T00:00:00Z').happened, ['2026-12-06T00:00 renewed', '2027-12-06T00:00 renewed']);
  });

  it('several subscriptions: each thing at its own moment, in order; a classic add-on ends with its base', () => {
    const { subscriptions } = customer('Tryout', TODAY, 0, [
      { offer: 'Office 365 Enterprise E4', sku: 'e4', seats: 5, days: 10, price: 2200, renews: false },
      { offer: 'Storage', sku: 'storage', seats: 1, days: 10, price: 900, addonOf: 0 },
      { offer: 'Office 365 E5', sku: 'c7df2760-2c81-4ef7-b578-5b5392b571df', seats: 2, days: 3, price: 3800, newCommerce: true },
    ]);
    const { held: after, happened } = pass(subscriptions, '2026-12-31T00:00:00Z', RULES);
    assert.deepEqual(
      happened.map(({ at, what }) => `${at.slice(0, 10)} ${what}`),
      ['2026-11-30 renewed', '2026-12-06 ended'],
    );
    assert.deepEqual(
      after.map(({ wire }) => wire.status),
      ['expired', 'expired', 'active'],
    );
  });

  it('in one step or in many: it becomes the same', () => {
    const made = fc.record({
      autoRenewEnabled: fc.boolean(),
      status: fc.constantFrom('active', 'suspended'),
      isTrial: fc.boolean(),
      action: fc.constantFrom(undefined, 'Cancel', 'RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition', 'odd'),
    });
    fc.assert(
      fc.property(made, fc.array(fc.integer({ min: 1, max: 60 * 24 }), { maxLength: 8 }), ({ action, ...wire }, hours) => {
        const one = held({ ...wire, ...(action ? ends(action) : {}) });
        let [stepwise, at] = [[one], Date.parse(NOON)];
        for (const some of hours) {
          at += some * 3_600_000;
          stepwise = pass(stepwise, new Date(at).toISOString(), RULES).held;
        }
        const once = pass([one], new Date(at).toISOString(), RULES);
        assert.deepEqual(stepwise, once.held);
        assert.deepEqual(
          once.happened,
          [...once.happened].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
        );
        const next = nextOf(once.held[0] as HeldSubscription, RULES);
        assert.ok(next === null || next.at > new Date(at).toISOString());
      }),
    );
  });

  it('nothing ever happens to what has no end', () => {
    assert.equal(nextOf(classic({ commitmentEndDate: '9999-09-09T00:00:00Z' }), RULES), null);
    assert.equal(nextOf(classic({ billingType: 'usage', productType: { id: 'Azure' } }), RULES), null);
  });

  it('months are those of the calendar', () => {
    assert.deepEqual(
      ['2027-01-31 1', '2028-01-31 1', '2027-12-15 1', '2024-02-29 12', '2027-03-01 36'].map((one) => addMonths(one.slice(0, 10), Number(one.slice(11)))),
      ['2027-02-28', '2028-02-29', '2028-01-15', '2025-02-28', '2030-03-01'],
    );
  });

  it('seats can be given back for 168 hours, each lot by itself, the newest first', () => {
    const one = held({ effectiveStartDate: '2026-11-26T09:00:00Z', commitmentEndDate: '2027-11-25T00:00:00Z', quantity: 5 });
    seatsFrom(one, '2026-11-28T10:00:00.000Z', 8);
    seatsFrom(one, '2026-11-29T10:00:00.000Z', 7);
    const at = (instant: string) => refundable(one, new Date(instant));
    assert.deepEqual(
      at('2026-11-30T00:00:00Z').details.map((lot) => `${lot.quantity} until ${lot.allowedUntilDateTime}`),
      ['5 until 2026-12-03T00:00:00.000Z', '2 until 2026-12-05T10:00:00.000Z'],
    );
    assert.deepEqual([at('2026-12-04T00:00:00Z').totalQuantity, at('2026-12-05T11:00:00Z').totalQuantity], [2, 0]);
  });
});
