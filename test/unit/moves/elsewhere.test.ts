/** A move of licences that were not bought through us: bought and reassigned as ours are, and nothing that is not ours is ever read as a subscription or changed. */
import assert from 'node:assert/strict';
import { MOVE_STATES } from '../../../services/domain/ticket.ts';
import { openEnd } from '../../../services/moves/open.ts';
import { nextStep } from '../../../services/moves/nextStep.ts';
import { advance } from '../../../services/moves/states.ts';
import { isVouchable } from '../../../services/moves/stuck.ts';
import { openShop, walkMove } from '../../support/shop.ts';
import { sampleMove } from '../../support/samples.ts';

const SOURCE = 'elsewhere-sku-x';
const NOW = '2027-01-20T10:05:00.000Z';

/** Twenty seats of a licence that none of ours has, beside those that are bought. */
async function walk() {
  const shop = openShop();
  let seats: number | null = 20;
  const pool = (id: string, active: number | null) => ({
    productSku: { id, name: id },
    activeUnits: active,
    consumedUnits: 0,
    availableUnits: active,
    servicePlans: [],
  });
  shop.on('GET', /\/subscribedskus$/, () => ({ status: 200, body: { items: [pool('sku-x', seats), pool('sku-old', 10), pool('sku-new', 7)] } }));
  const one = await walkMove(shop, { subscription: SOURCE });
  const touched = () => shop.calls.filter((call) => call.path.includes('elsewhere') || (call.method === 'PATCH' && call.path.includes('/subscriptions/')));
  const set = (now: number | null) => {
    seats = now;
  };
  return { ...one, shop, touched, set };
}

describe('a move of licences from elsewhere', () => {
  it('goes through price, approval, purchase and licences; then it waits for the customer', async () => {
    const one = await walk();
    const quoted = await one.quote();
    assert.deepEqual(quoted.quote?.source, { status: 'active', quantity: 20 });
    await one.approve();
    await one.run(60_000);
    const waits = await one.move();
    assert.deepEqual([waits.state, waits.sku, waits.people?.total], ['reassigned', { from: 'sku-x', to: 'sku-new' }, 0]);
    assert.equal(one.shop.count('POST', /checkout$/), 1);
    await one.run(3 * 86_400_000);
    assert.equal((await one.move()).state, 'reassigned', 'nothing happens by itself');
    assert.deepEqual(one.touched(), []);
    for (const event of [
      { kind: 'confirmSuspend', by: 'bo' },
      { kind: 'confirmEnd', by: 'bo' },
      { kind: 'letEnd', by: 'bo', day: '2027-03-03' },
    ] as const)
      await assert.rejects(one.apply(event), /refused: notNow/);
    assert.deepEqual(await openEnd(one.deps, { customerId: 'c', subscriptionId: SOURCE }, { key: 'bo', tenant: 't' }, 'cancel'), { refused: 'gone' });
    await one.apply({ kind: 'seatsGone' });
    assert.deepEqual([(await one.move()).outcome, (await one.ticketId()).closed?.how], ['customerCancels', 'moved']);
    assert.deepEqual(one.touched(), []);
  });

  for (const [when, now] of [
    ['there are fewer of them', 5],
    ['it cannot be told any more how many there are', null],
  ] as const)
    it(`${when} than when it was approved: nothing is bought, and it is asked again`, async () => {
      const one = await walk();
      await one.quote();
      one.set(now);
      await one.approve();
      await one.run(5_000);
      const asked = await one.move();
      assert.deepEqual([asked.state, asked.again, asked.approval, asked.quote?.source?.quantity], ['quoted', 'source', null, now]);
      assert.equal(one.shop.count('POST', /checkout$/), 0);
    });

  it('whoever wants to wait no longer says why, and the ticket is closed', async () => {
    const one = await walk();
    await one.quote();
    await one.approve();
    await one.run(60_000);
    await one.apply({ kind: 'skip', by: 'bo', reason: 'They tell us.' });
    assert.deepEqual([(await one.move()).outcome, (await one.ticketId()).closed?.how], ['letExpire', 'moved']);
  });

  it('in no state does it take a step that changes the old one', () => {
    for (const state of MOVE_STATES)
      for (const way of ['replace', 'cancel', 'renew'] as const) {
        const { do: next } = nextStep(sampleMove({ subscriptionId: SOURCE, state, way, nextAt: null }), NOW);
        assert.ok(!['suspend', 'weigh', 'setEnd', 'endOld', 'lookAtEnd'].includes(next), `${state} ${way}`);
      }
  });

  it('nobody can vouch for suspending it, and of one of ours no seats are said to be gone', () => {
    const stuck = { from: 'suspending' as const, reason: 'seatsUnknown' as const, code: 'pool', at: NOW };
    const order = { id: 'o', subscriptionId: 's', placedAt: NOW, cancellableUntil: null };
    assert.ok(isVouchable(sampleMove({ state: 'stuck', stuck, order })));
    const foreign = sampleMove({ state: 'stuck', stuck, order, subscriptionId: SOURCE });
    assert.ok(!isVouchable(foreign));
    const vouch = { kind: 'vouch', by: 'bo', roles: ['approver'], fourEyes: { when: 'off' }, reason: 'r' } as const;
    assert.ok('refused' in advance(foreign, vouch, NOW));
    assert.ok('refused' in advance(sampleMove({ state: 'reassigned' }), { kind: 'seatsGone' }, NOW));
  });
});
