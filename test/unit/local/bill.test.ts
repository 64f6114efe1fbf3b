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
