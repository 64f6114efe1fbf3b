/** The invoices of the pretend Partner Center, against sums made by hand. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chargesOf, invoice } from '../../../services/local/sandbox/bill.ts';
import { PLANS, extendedPrice, seatPrice, termsOf as soldIn } from '../../../services/local/sandbox/catalogue.ts';
import { pass } from '../../../services/local/sandbox/passing.ts';
import { customer } from '../../../services/local/sandbox/seed.ts';
import type { HeldSubscription, Term } from '../../../services/local/sandbox/state.ts';
import { beginTerm, billAgain, seatsFrom, stopBilling } from '../../../services/local/sandbox/terms.ts';

const RULES = { backfillHours: 18, backfillRenews: false, lockHours: 4 };
const NEVER = '2199-01-01T00:00:00Z';
const E3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';

/** Five of Office 365 E3 for a year that is paid monthly (23.00 a seat), from 2026-01-15 to 2027-01-14. */
function five(wire: Partial<HeldSubscription['wire']> = {}): HeldSubscription {
  const [one] = customer('Tryout', '2026-11-26', 0, [{ offer: 'Office 365 E3', sku: E3, seats: 5, days: 49, price: 2300, newCommerce: true }]).subscriptions;
  return { ...(one as HeldSubscription), wire: { ...(one as HeldSubscription).wire, ...wire } };
}

const of = (held: HeldSubscription, month: string, at = NEVER) =>
  invoice([held], month, at).lines.map(({ on, to, what, seats, amount }) => `${on} to ${to}: ${what} ${seats} = ${amount}`);

describe('what the pretend Partner Center bills', () => {
  it('a suspended one of new commerce is billed to its last day, and never after', () => {
    const suspended = five({ status: 'suspended', autoRenewEnabled: false, suspendedAt: '2026-11-26T12:00:00Z' });
    const { held } = pass([suspended], '2027-03-01T00:00:00Z', RULES);
    // 5 x 23.00 = 115.00, for the last time on 15 December.
    assert.deepEqual(of(held[0] as HeldSubscription, '2026-12'), ['2026-12-15 to 2027-01-14: term 5 = 11500']);
    assert.equal(invoice(held, '2027-01', NEVER).total, 0);
  });

  it('an Extended Service Term: 3 % above the one-month price, which is 20 % above the yearly one', () => {
    const { held } = pass([five({ autoRenewEnabled: false })], '2027-03-01T00:00:00Z', RULES);
    // Yearly 23.00 / 1.05 = 21.9048 a month; one month alone x 1.2 = 26.29; x 1.03 = 27.08; x 5 seats = 135.40: 17.7 % above what was paid monthly.
    assert.deepEqual(of(held[0] as HeldSubscription, '2027-01'), ['2027-01-15 to 2027-02-14: extended 5 = 13540']);
    assert.deepEqual(of(held[0] as HeldSubscription, '2027-02'), ['2027-02-15 to 2027-03-14: extended 5 = 13540']);
    assert.deepEqual(of(held[0] as HeldSubscription, '2027-03', '2027-03-01T00:00:00Z'), [], 'what is not due yet is not billed');
  });

  it('where a plan has no one-month term, 23 % above a twelfth of the yearly price', () => {
    const yearly = PLANS.find((one) => one.title === 'Dynamics 365 Plan');
    assert.ok(yearly);
    // 200.00 paid monthly; 200 x 12 / 1.05 = 2285.71 a year; / 12 x 1.23 = 234.29.
    assert.deepEqual([seatPrice(yearly, 'P1M', 'monthly'), seatPrice(yearly, 'P1Y', 'annual'), extendedPrice(yearly)], [undefined, 228_571, 23_429]);
  });

  it('a year that is paid monthly costs 5 % more than one that is paid at once', () => {
    for (const plan of PLANS) {
      const [monthly, yearly] = [seatPrice(plan, 'P1Y', 'monthly') ?? 0, seatPrice(plan, 'P1Y', 'annual') ?? 0];
      assert.ok(Math.abs((monthly * 12) / yearly - 1.05) < 0.000_5, plan.title);
      assert.equal(monthly, plan.price);
    }
    assert.deepEqual(
      PLANS.filter((plan) => soldIn(plan).some((one) => one.duration === 'P3Y')).map((plan) => plan.title),
      ['Office 365 E3', 'Office 365 E5', 'Microsoft 365 F1'],
    );
  });

  it('seats that come in mid-cycle pay for the days that are left, and what is given back within 168 hours only for the days it was there', () => {
    const held = five({ effectiveStartDate: '2026-01-15T09:00:00Z' });
    seatsFrom(held, '2026-01-20T10:00:00.000Z', 8);
    seatsFrom(held, '2026-01-22T10:00:00.000Z', 6);
    // The cycle has 31 days. 3 seats from the 20th: 26 days, 3 x 23.00 x 26/31 = 57.87. 2 back on the 22nd: 23 days are left, 2 x 23.00 x 23/31 = 34.13.
    assert.deepEqual(of(held, '2026-01'), [
      '2026-01-15 to 2026-02-14: term 5 = 11500',
      '2026-01-20 to 2026-02-14: added 3 = 5787',
      '2026-01-22 to 2026-02-14: returned -2 = -3413',
    ]);
    assert.deepEqual(of(held, '2026-02'), ['2026-02-15 to 2026-03-14: term 6 = 13800']);
  });

  it('all given back within 168 hours: only the days used are paid', () => {
    const held = five();
    beginTerm(held, '2027-01-15', { kind: 'term', term: 'P1Y', billing: 'annual', quantity: 5, unit: 26_286 });
    stopBilling(held, '2027-01-18T12:00:00.000Z');
    // 5 x 262.86 = 1314.30; of 365 days 4 were used.
    assert.deepEqual(of(held, '2027-01'), ['2027-01-15 to 2028-01-14: term 5 = 131430', '2027-01-18 to 2028-01-14: stopped -5 = -129990']);
    assert.equal(invoice([held], '2027-02', NEVER).total, 0);
  });

  it('classic: a suspension stops the bill, and switching on again begins it', () => {
    const [made] = customer('Tryout', '2026-11-26', 0, [{ offer: 'Office 365 Enterprise E4', sku: 'e4', seats: 2, days: 50, price: 3100 }]).subscriptions;
    const held = made as HeldSubscription;
    stopBilling(held, '2026-11-24T12:00:00.000Z');
    // From the 15th, 30 days; 10 were used: 2 x 31.00 x 20/30 = 41.33 back.
    assert.deepEqual(of(held, '2026-11'), ['2026-11-15 to 2026-12-14: term 2 = 6200', '2026-11-24 to 2026-12-14: stopped -2 = -4133']);
    assert.deepEqual(of(held, '2026-12'), []);
    billAgain(held, '2026-12-20T00:00:00.000Z');
    assert.deepEqual(of(held, '2026-12').length, 1);
  });

  it('an Extended Service Term that is cancelled on some day is paid for until that day', () => {
    const { held } = pass([five({ autoRenewEnabled: false })], '2027-02-01T00:00:00Z', RULES);
    const extended = held[0] as HeldSubscription;
    stopBilling(extended, '2027-02-03T09:00:00.000Z');
    // 31 days from 15 January; 20 were used: 135.40 x 11/31 = 48.05 back.
    assert.deepEqual(of(extended, '2027-02'), ['2027-02-03 to 2027-02-14: stopped -5 = -4805']);
  });

  describe('from 90 days before the last day to 130 days after it', () => {
    const off = { autoRenewEnabled: false };
    const ends = (actionType: string) => ({ scheduledActions: [{ scheduleType: 'TermEnd', actionType }] });
    const classic = (wire: Partial<HeldSubscription['wire']> = {}) => {
      // Until 2027-01-14, exclusive: two at 31.00, on the 14th of each month.
      const [one] = customer('Tryout', '2026-11-26', 0, [{ offer: 'Office 365 Enterprise E4', sku: 'e4', seats: 2, days: 49, price: 3100 }]).subscriptions;
      return { ...(one as HeldSubscription), wire: { ...(one as HeldSubscription).wire, ...wire } };
    };
    const suspended = { status: 'suspended', suspendedAt: '2026-10-16T12:00:00.000Z', autoRenewEnabled: false };
    /** What it is, what it has become in the end, and what was due in between, in cents. */
    const rows: [string, HeldSubscription, string, number][] = [
      ['renews: 115.00 seven times', five(), 'active P1Y', 7 * 11_500],
      ['cancelled: 115.00 twice, its data gone after 90 days', five({ ...off, ...ends('Cancel') }), 'deleted P1Y', 2 * 11_500],
      ['nothing planned: 115.00 twice, then 135.40 five times', five(off), 'active P1M', 2 * 11_500 + 5 * 13_540],
      ['suspended: billed to its last day', five(suspended), 'deleted P1Y', 2 * 11_500],
      ['paid at once: 262.86 a seat when it renews', five({ billingCycle: 'annual' }), 'active P1Y', 5 * 26_286],
      ['paid at once and cancelled: nothing more', five({ billingCycle: 'annual', ...off, ...ends('Cancel') }), 'deleted P1Y', 0],
      ['paid at once, nothing planned: 135.40 five times', five({ billingCycle: 'annual', ...off }), 'active P1M', 5 * 13_540],
      [
        'three years, begun before April 2025: ends',
        five({ ...off, termDuration: 'P3Y', effectiveStartDate: '2024-01-15T00:00:00Z' }),
        'deleted P3Y',
        2 * 11_500,
      ],
      ['at the end of its sale: ends', { ...five(off), endOfSale: true }, 'deleted P1Y', 2 * 11_500],
      ['a trial becomes paid', five({ isTrial: true, termDuration: 'P1M' }), 'active P1Y', 5 * 11_500],
      ['a trial that was stopped', five({ isTrial: true, termDuration: 'P1M', ...off }), 'deleted P1M', 0],
      ['by the month: dearer, and again each month', five({ termDuration: 'P1M', effectiveStartDate: '2026-12-15T00:00:00Z' }), 'active P1M', 6 * 5 * 2_629],
      // Business Basic: 6.00 a seat.
      [
        'becomes another plan with three seats',
        five({ scheduledNextTermInstructions: { product: { productId: 'CFQ7TTC0LH18', skuId: '0001' }, quantity: 3 } }),
        'active P1Y',
        2 * 11_500 + 5 * 1_800,
      ],
      ['becomes three seats', five({ scheduledNextTermInstructions: { quantity: 3 } }), 'active P1Y', 2 * 11_500 + 5 * 6_900],
      ['classic, renews: 62.00 seven times', classic(), 'active P1Y', 7 * 6_200],
      ['classic, off: 62.00 twice', classic(off), 'deleted P1Y', 2 * 6_200],
      // 31 days from 14 October, of which 3 were used: 62.00 x 28/31 = 56.00 back; deleted at its end, which comes before 120 days are over.
      ['classic, suspended: money back', classic({ ...suspended, autoRenewEnabled: true }), 'deleted P1Y', -5_600],
    ];
    for (const [name, before, becomes, due] of rows) {
      it(name, () => {
        const { held } = pass([before], '2027-05-24T12:00:00Z', RULES);
        const { wire } = held[0] as HeldSubscription;
        const months = ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05'];
        const lines = months.flatMap((month) => invoice(held, month, '2027-05-24T12:00:00Z').lines).filter((line) => line.on >= '2026-10-16');
        assert.deepEqual([`${wire.status} ${wire.termDuration}`, lines.reduce((sum, line) => sum + line.amount, 0)], [becomes, due]);
      });
    }
  });

  it('trials, Azure and what was never sold by the seat cost nothing', () => {
    assert.deepEqual(of(five({ isTrial: true }), '2026-12'), []);
    assert.deepEqual(of(five({ billingType: 'usage' }), '2026-12'), []);
  });

  it('whatever happens in a term, all of it together never costs more than its most seats throughout, nor less than nothing', () => {
    const change = fc.record({ day: fc.integer({ min: 0, max: 364 }), seats: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.option(fc.integer({ min: 0, max: 364 })), fc.constantFrom(1, 12), (changes, stop, cycle) => {
        const at = (day: number) => new Date(Date.UTC(2027, 0, 15 + day, 12)).toISOString();
        const seats = [
          { at: '2027-01-15T00:00:00Z', seats: 5 },
          ...changes.sort((a, b) => a.day - b.day).map((one) => ({ at: at(one.day), seats: one.seats })),
        ];
        const term: Term = { kind: 'term', from: '2027-01-15', to: '2028-01-15', unit: 2_300, cycle, seats, ...(stop === null ? {} : { stoppedAt: at(stop) }) };
        const total = chargesOf([term]).reduce((sum, one) => sum + one.amount, 0);
        const most = Math.max(...seats.map((one) => one.seats));
        assert.ok(total >= -20 && total <= most * 2_300 * (12 / cycle) + 20, String(total));
      }),
    );
  });
});
