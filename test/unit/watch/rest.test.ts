/** How long a customer rests between two looks, and how the requests that are permitted are shared out. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays } from '../../../services/clock.ts';
import { LISTED, LISTING, LISTING_KEY } from '../../../services/store/rows.ts';
import { listCustomers } from '../../../services/watch/customers.ts';
import { type EndsCount, nextEnd, openPace, restOf, spread, stretchOf } from '../../../services/watch/rest.ts';
import { lagMs, type ListedRow, type ListingRow, readListing } from '../../../services/watch/rows.ts';
import { HOUR_MS, ID, partner, SECOND, subscription } from '../../support/partner.ts';

const TODAY = '2027-01-20';
const MINUTE_MS = 60_000;
const inDays = (days: number) => addDays(TODAY, days);

describe('how long a customer rests', () => {
  const minutes = (days: number, stretch = 1) => Math.round(restOf(inDays(days), TODAY, { periodMs: 10 * HOUR_MS, stretch }) / MINUTE_MS);

  it('is half as long with each twelve days that the next term’s end comes nearer, from two months on', () => {
    assert.deepEqual(
      [365, 60, 48, 36, 24, 12, 0].map((days) => minutes(days)),
      [540, 540, 270, 135, 68, 34, 17],
    );
    assert.equal(minutes(-3), 17, 'on whose last day has passed, and who has not been brought up to date, the look is as soon');
    assert.equal(restOf(null, TODAY, { periodMs: 10 * HOUR_MS, stretch: 1 }), 9 * HOUR_MS, 'where nothing ends, as where it ends far off');
  });

  it('is longer by the same factor where the requests do not suffice, but within two periods', () => {
    assert.deepEqual(
      [365, 60, 48, 12].map((days) => minutes(days, 3)),
      [1_140, 1_140, 810, 101],
    );
  });

  it('holds its bounds for any end, period and stretch, and is no shorter for who has more time', () => {
    const [days, periodMs, stretch] = [
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: 1_000, max: 48 * HOUR_MS }),
      fc.double({ min: 1, max: 70, noNaN: true }),
    ];
    fc.assert(
      fc.property(days, days, periodMs, stretch, (one, other, period, stretched) => {
        const rest = (left: number) => restOf(inDays(left), TODAY, { periodMs: period, stretch: stretched });
        assert.ok(rest(one) <= 1.9 * period + 1 && rest(one) >= Math.min(0.9 * period, 5 * MINUTE_MS) - 1);
        assert.ok(one > other || rest(one) <= rest(other));
        if (stretched === 1) assert.ok(rest(one) <= 0.9 * period + 1, 'within the period, where the requests suffice');
      }),
    );
  });

  it('goes by what ends next: what is renewed too, but nothing that never ends, or ended long ago', () => {
    const far = subscription({ lastDay: inDays(200) });
    const next = (...more: Parameters<typeof subscription>[0][]) => nextEnd([far, ...more.map((one) => subscription(one))], TODAY);
    assert.equal(next(), inDays(200));
    assert.equal(next({ lastDay: inDays(9), autoRenew: true }), inDays(9));
    assert.equal(next({ lastDay: inDays(9), isTrial: true }), inDays(9), 'a trial');
    assert.equal(next({ lastDay: inDays(-2) }), inDays(-2), 'yesterday’s, of which nobody has said yet what became');
    for (const no of [
      { lastDay: null },
      { lastDay: inDays(-30) },
      { lastDay: inDays(1), status: 'suspended' },
      { lastDay: inDays(1), isUsage: true },
      { lastDay: inDays(1), kind: 'other' as const },
    ])
      assert.equal(next(no), inDays(200), JSON.stringify(no));
    assert.equal(nextEnd([], TODAY), null);
  });
});

describe('the stretch', () => {
  const periodMs = 3 * HOUR_MS;
  const looks = (ends: EndsCount, stretch: number) =>
    [...ends].reduce((sum, [end, count]) => sum + (count * MINUTE_MS) / restOf(end || null, TODAY, { periodMs, stretch }), 0);

  it('is none where the requests suffice, and otherwise as little as fits them', () => {
    const year: EndsCount = new Map(Array.from({ length: 365 }, (_, day) => [inDays(day), 137]));
    assert.equal(stretchOf(year, TODAY, { periodMs, perMinute: 3_000 }), 1);
    assert.equal(stretchOf(new Map(), TODAY, { periodMs, perMinute: 1 }), 1, 'nobody');
    const stretch = stretchOf(year, TODAY, { periodMs, perMinute: 300 });
    assert.ok(looks(year, stretch) <= 285 && looks(year, stretch) > 282, String(looks(year, stretch)));
    assert.ok(restOf(inDays(7), TODAY, { periodMs, stretch }) < 30 * MINUTE_MS && stretch > 2, String(stretch));
  });

  it('ends where all rest for nearly two periods: then nobody comes before anybody', () => {
    for (const ends of [
      new Map([['', 500_000]]),
      new Map([
        [inDays(3), 300_000],
        ['', 1],
      ]),
    ]) {
      const stretch = stretchOf(ends, TODAY, { periodMs, perMinute: 300 });
      for (const days of [0, 20, 400]) assert.equal(restOf(inDays(days), TODAY, { periodMs, stretch }), Math.round(1.9 * periodMs));
    }
  });
});

describe('the watch', () => {
  it('notes when the next term ends, anew when that has changed, and shares the requests out by it', async () => {
    const one = partner();
    one.names.set(SECOND, 'Fabrikam');
    one.lists.set(SECOND, []);
    await listCustomers(one.deps);
    await one.turn();
    await one.turn(SECOND);
    const listed = async (id: string) => (await one.store.get<ListedRow>(...LISTED, id))?.value.endsOn;
    assert.deepEqual([await listed(ID), await listed(SECOND)], ['2027-06-30', null]);
    one.lists.set(ID, [subscription({ lastDay: '2027-01-25' })]);
    await one.turn();
    assert.deepEqual([await listed(ID), (await one.row())?.endsOn], ['2027-01-25', '2027-01-25']);
    one.deps.pace = openPace(0.02);
    await one.walkAfter(HOUR_MS);
    const listing = await readListing(one.store);
    const stretch = listing?.stretch ?? 0;
    assert.equal(lagMs(listing, { lateMs: 0 }), Math.round(0.9 * HOUR_MS), 'and how far it is behind what is set');
    assert.equal(lagMs(listing, { lateMs: 2 * HOUR_MS }), 2 * HOUR_MS);
    const expected = stretchOf(
      new Map([
        ['2027-01-25', 1],
        ['', 1],
      ]),
      TODAY,
      { periodMs: HOUR_MS, perMinute: 0.02 },
    );
    assert.ok(expected > 1 && stretch === expected, `${stretch}`);
    const turn = await one.turn();
    assert.ok(typeof turn === 'object' && turn.retryInMs === restOf('2027-01-25', TODAY, { periodMs: HOUR_MS, stretch }));
  });

  it('of another process learns from the list’s row how fast to go, before it is time to read the list', async () => {
    const one = partner();
    await listCustomers(one.deps);
    const row = await one.store.get<ListingRow>(...LISTING, LISTING_KEY);
    await one.store.put(...LISTING, LISTING_KEY, { ...row?.value, stretch: 1.7 });
    one.deps.pace = openPace(300);
    await one.walkAfter(60_000);
    assert.equal(one.deps.pace.stretch, 1.7);
  });

  it('comes back to each new customer at a time of its own within the rest, so that not all come together again', async () => {
    const one = partner();
    await listCustomers(one.deps);
    await one.turn();
    const message = one.queues.held.sweep.at(-1);
    const inMs = (message?.visibleAt ?? 0) - one.deps.clock.wallMs();
    assert.equal(inMs, spread(ID, 0.9 * HOUR_MS));
    const parts = Array.from({ length: 100 }, (_, n) => spread(`c${n}`, 100));
    assert.ok(new Set(parts).size > 50 && Math.max(...parts) < 100);
  });
});
