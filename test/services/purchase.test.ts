/** The purchase against a Partner Center that is late, loses answers, changes its mind and contradicts itself. */
import assert from 'node:assert/strict';
import { moveTurn } from '../../services/migration/run.ts';
import { openShop, PLAN, walkMove } from './shop.ts';

const MINUTE = 60_000;

describe('a purchase in an unkind world', () => {
  it('goes well in a kind one', async () => {
    const shop = openShop();
    const walk = await walkMove(shop);
    await walk.quote();
    await walk.approve();
    await walk.run(2 * MINUTE);
    const move = await walk.move();
    assert.deepEqual([move.state, shop.orders.length, shop.count('POST', /checkout/)], ['reassigned', 1, 1]);
  });

  describe('an outcome belongs to the call that caused it', () => {
    it('the price of a cancelled move that comes late is not stored in the next one', async () => {
      const shop = openShop();
      const walk = await walkMove(shop);
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 70, term: null, billing: null });
      let answer: () => void = () => {};
      shop.on('POST', /carts$/, () => new Promise((resolve) => (answer = () => resolve({ status: 500 }))), 1);
      const late = moveTurn(walk.deps, 'c sub-old');
      for (let n = 0; n < 50; n++) await Promise.resolve();
      await new Promise(setImmediate);
      await walk.apply({ kind: 'cancel', by: 'ann' });
      await walk.begin();
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term: null, billing: null });
      answer();
      await late;
      const move = await walk.move();
      assert.deepEqual([move.key, move.state, move.attempts, move.quote], ['mig_sub-old_2', 'quoting', 0, null]);
    });

    it('nor is one of the same move that was chosen anew meanwhile, nor one of another request id', async () => {
      const shop = openShop();
      const walk = await walkMove(shop);
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 70, term: null, billing: null });
      const early = await walk.move();
      await walk.run(2_000);
      await walk.apply({ kind: 'back', by: 'ann' });
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term: null, billing: null });
      const now = await walk.move();
      const { applyEvent } = await import('../../services/migration/apply.ts');
      const refuse = { kind: 'refused', reason: 'notSold', code: 'x' } as const;
      const of = { key: now.key, version: now.version, requestId: now.call?.requestId ?? null, answered: true };
      for (const call of [
        { ...of, version: early.version },
        { ...of, requestId: 'another' },
        { ...of, key: 'mig_sub-old_9' },
      ])
        assert.deepEqual(await applyEvent(walk.deps, 'c', 'sub-old', refuse, { key: 'bot', tenant: '' }, call), { refused: 'otherCall' });
      assert.equal((await walk.move()).state, 'quoting');
      const applied = await applyEvent(walk.deps, 'c', 'sub-old', refuse, { key: 'bot', tenant: '' }, of);
      assert.ok('migration' in applied && applied.migration?.state === 'drafting');
    });
  });
});
