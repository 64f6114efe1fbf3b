/** How fast others let us go: the budget of Partner Center, and Teams' windows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type BudgetRow, sharedBudget, slowness } from '../../services/sharedBudget.ts';
import { burstOf, QUIET, waitFor } from '../../services/notify/rateWindows.ts';
import { clockSkew } from '../../services/store/azureTables.ts';
import { virtualTime } from '../support/time.ts';
import { distantStore, memoryStore } from '../support/memory.ts';
import { BUDGETS } from '../../services/store/rows.ts';

describe('the budget', () => {
  it('lets money go before what can wait', async () => {
    const time = virtualTime();
    const budget = sharedBudget(memoryStore(), time.clock, 'x', 60);
    const order: string[] = [];
    for (let n = 0; n < 10; n++) void budget.lowPriority.take().then(() => order.push('sweep'));
    void time.clock.sleep(2_500).then(() => void budget.take().then(() => order.push('money')));
    await time.run(() => order.length === 11, 60_000);
    assert.ok(order.indexOf('money') <= 4, order.join());
  });

  it('never promises more than its rate to those who can wait, however long it was idle', async () => {
    const time = virtualTime();
    const budget = sharedBudget(memoryStore(), time.clock, 'x', 600);
    const at: number[] = [];
    const from = time.nowMs();
    for (let n = 0; n < 100; n++) void budget.lowPriority.take().then(() => at.push(time.nowMs() - from));
    await time.run(() => at.length === 100, 60_000);
    assert.ok((at[99] as number) >= 9_800 && (at[99] as number) < 10_600, String(at[99]));
  });

  it('loses nothing to a storage that takes its time, by one process and by several, and never goes over', async () => {
    for (const processes of [1, 3]) {
      const time = virtualTime();
      const store = distantStore(time.clock, () => 40);
      const at: number[] = [];
      const from = time.nowMs();
      for (let process = 0; process < processes; process++) {
        const budget = sharedBudget(store, time.clock, 'x', 6_000);
        for (let n = 0; n < 600; n++) void budget.lowPriority.take().then(() => at.push(time.nowMs() - from));
      }
      await time.run(() => at.length === 600 * processes, 60_000);
      const permittedMs = 6_000 * processes;
      assert.ok((at.at(-1) as number) < 1.03 * permittedMs + 100, `${processes}: ${at.at(-1)}`);
      for (const [n, moment] of at.entries()) assert.ok(moment >= 10 * n, `the ${n}th of ${processes} after ${moment} ms`);
    }
  });

  it('a refusal holds for what was being reserved when it came, and for the other processes', async () => {
    for (let heardAt = 100; heardAt < 400; heardAt += 10) {
      const time = virtualTime();
      const store = distantStore(time.clock, () => 30);
      const [one, other] = [sharedBudget(store, time.clock, 'x', 6_000), sharedBudget(store, time.clock, 'x', 6_000)];
      const at: { who: string; ms: number }[] = [];
      const from = time.nowMs();
      for (const [who, budget] of [
        ['one', one],
        ['other', other],
      ] as const)
        for (let n = 0; n < 100; n++) void budget.lowPriority.take().then(() => at.push({ who, ms: time.nowMs() - from }));
      let pausedAt = Number.POSITIVE_INFINITY;
      void time.clock.sleep(heardAt).then(async () => {
        await one.pause(30_000);
        pausedAt = time.nowMs() - from;
      });
      await time.run(() => at.length === 200, 120_000);
      const during = at.filter(({ ms }) => ms > pausedAt && ms < heardAt + 30_000);
      assert.deepEqual(
        during.filter(({ who }) => who === 'one'),
        [],
        `heard after ${heardAt} ms`,
      );
      assert.ok(during.length <= 50, `${during.length} of the other, which hears of it with its next chunk`);
      const slowed = at.filter(({ ms }) => ms >= heardAt + 30_000);
      assert.ok((slowed.at(-1)?.ms ?? 0) - (slowed[0]?.ms ?? 0) > 11 * (slowed.length - 1), 'and then all go more slowly');
    }
  });

  it('a storage that does not answer fails those who wait, and is asked again by the next', async () => {
    const time = virtualTime();
    const store = memoryStore();
    let broken = true;
    const budget = sharedBudget(
      { ...store, commit: (...given) => (broken ? Promise.reject(new Error('gone')) : store.commit(...given)) },
      time.clock,
      'x',
      600,
    );
    await assert.rejects(budget.take(), /gone/);
    broken = false;
    await budget.take();
    let last: unknown = null;
    for (let n = 0; n < 20; n++)
      void budget.lowPriority.take().then(
        () => {},
        (error: unknown) => (last = error),
      );
    broken = true;
    await time.run(() => last !== null, 60_000);
    assert.match(String(last), /gone/);
  });

  it('stops for a long refusal, goes on more slowly, and forgets it', async () => {
    const time = virtualTime();
    const store = memoryStore();
    const budget = sharedBudget(store, time.clock, 'x', 600);
    await budget.pause(30_000);
    let taken = 0;
    void budget.take().then(() => {
      taken = time.nowMs();
    });
    const from = time.nowMs();
    await time.run(() => taken > 0, 60_000);
    assert.ok(taken - from >= 30_000);
    const row = (await store.get<BudgetRow>(...BUDGETS, 'x'))?.value;
    assert.ok(slowness(row, time.nowMs()) > 1.2);
    assert.ok(slowness(row, time.nowMs() + 3_600_000) < 1.01);
    assert.equal(slowness(undefined, 0), 1);
  });

  it('a short refusal concerns the one request', async () => {
    const store = memoryStore();
    await sharedBudget(store, virtualTime().clock, 'x', 600).pause(1_000);
    assert.equal(await store.get(...BUDGETS, 'x'), undefined);
  });
});

describe('the windows of a chat', () => {
  it('hold for any wishes to speak', () => {
    const windows = [
      [7, 1_000],
      [8, 2_000],
      [60, 30_000],
      [1_800, 3_600_000],
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (pauses) => {
        const sent: number[] = [];
        let at = 0;
        for (const pause of pauses) {
          at += pause;
          at += waitFor(sent, 1, at);
          sent.push(at);
        }
        for (const [most, withinMs] of windows) {
          for (const [index, moment] of sent.entries()) {
            const before = sent[index - most];
            assert.ok(before === undefined || moment - before > withinMs, `${most} in ${withinMs} ms`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a burst of one pass comes together, and not more often than every ten minutes', () => {
    const alerts = Array.from({ length: 10 }, (_, n) => 1_000 * n);
    assert.equal(burstOf(QUIET, 10, 3_600_000, 20_000), null);
    assert.deepEqual(burstOf(QUIET, 11, 3_600_000, 2_000_000), { gatherMs: 0 });
    assert.deepEqual(burstOf({ ...QUIET, alerts }, 1, 3_600_000, 2_000_000), { gatherMs: 0 });
    assert.deepEqual(burstOf({ ...QUIET, alerts, digestAt: 1_900_000 }, 1, 3_600_000, 2_000_000), { gatherMs: 500_000 });
    assert.equal(burstOf({ ...QUIET, alerts }, 1, 3_600_000, 4_000_000), null, 'the pass is over');
  });
});

describe('the time of the storage', () => {
  it('is known to within its answers, and anew when a clock is set', () => {
    const ahead = clockSkew();
    assert.equal(ahead.ms(), 0);
    for (let ms = 0; ms < 2_000; ms += 90) ahead.heard(Math.floor((ms + 5_300) / 1_000) * 1_000, ms);
    assert.ok(Math.abs(ahead.ms() - 5_300) < 100, String(ahead.ms()));
    ahead.heard(Number.NaN, 0);
    ahead.heard(0, 60_000);
    assert.ok(Math.abs(ahead.ms() + 60_000) < 1_001);
  });
});
