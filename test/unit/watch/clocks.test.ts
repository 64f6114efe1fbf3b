/** A clock that was wrong for a while, by months: what it wrote down keeps nobody silent when it is right again. */
import assert from 'node:assert/strict';
import { isAhead } from '../../../services/clock.ts';
import type { Move } from '../../../services/domain/ticket.ts';
import { pollSoon, readActivity } from '../../../services/watch/signals.ts';
import { nextStep } from '../../../services/moves/nextStep.ts';
import { sampleMove } from '../../support/samples.ts';
import { HOUR_MS, ID, partner, SECOND, subscription } from '../../support/partner.ts';
import { listSoon, noteBaseline } from '../../../services/watch/customers.ts';
import { openShop, walkMove } from '../../support/shop.ts';
import { ofCustomer } from '../../../services/store/rows.ts';

const DAY_MS = 24 * HOUR_MS;
const MONTHS_MS = 90 * DAY_MS;

async function looked() {
  const one = partner();
  await one.walkAfter(0);
  await one.turn();
  await noteBaseline(one.deps);
  return one;
}

describe('a clock that was months ahead for a minute', () => {
  it('does not keep a new customer from being met', async () => {
    const one = await looked();
    await one.walkAfter(MONTHS_MS);
    one.names.set(SECOND, 'Fabrikam');
    one.lists.set(SECOND, [subscription({ customerId: SECOND })]);
    await one.walkAfter(2 * HOUR_MS - MONTHS_MS);
    assert.equal((await one.row(SECOND))?.name, 'Fabrikam');
  });

  it('nor an event from having the list of customers read', async () => {
    const one = await looked();
    one.wait(MONTHS_MS);
    await listSoon(one.deps);
    await one.walkAfter(0);
    one.wait(60_001 - MONTHS_MS);
    await one.walkAfter(0);
    one.names.set(SECOND, 'Fabrikam');
    await listSoon(one.deps);
    await one.walkAfter(0);
    assert.equal((await one.row(SECOND))?.name, 'Fabrikam');
  });

  it('nor the activity log from being read, nor an event from bringing a customer forward', async () => {
    const one = await looked();
    await readActivity(one.deps);
    one.wait(MONTHS_MS);
    await readActivity(one.deps);
    await pollSoon(one.deps, ID);
    one.wait(HOUR_MS - MONTHS_MS);
    one.nudged.length = 0;
    await pollSoon(one.deps, ID);
    assert.equal(one.nudged.length, 1, 'an event');
    one.records.push({ at: 'x', customerId: ID, operation: 'update_subscription', subscriptionId: 'a', by: '' });
    one.wait(HOUR_MS);
    one.nudged.length = 0;
    await readActivity(one.deps);
    assert.equal(one.nudged.length, 1, 'the log');
  });

  it('nor an approved purchase from being made: neither its next time nor a lease of another process holds it', async () => {
    const shop = openShop();
    const walk = await walkMove(shop);
    await walk.quote();
    await walk.approve();
    const move = await walk.move();
    const far = new Date(shop.nowMs() + MONTHS_MS).toISOString();
    await walk.deps.store.put(...ofCustomer('c'), move.key, { ...move, nextAt: far, lease: { by: 'another', until: far } } satisfies Move);
    await walk.run(120_000);
    assert.deepEqual([(await walk.move()).state, shop.orders.length], ['reassigned', 1]);
  });

  it('while what is set for soon, by a clock that is minutes ahead, is waited for', async () => {
    const now = Date.UTC(2027, 0, 20);
    assert.deepEqual(
      [1, DAY_MS, DAY_MS + HOUR_MS / 2, 2 * DAY_MS, 0, -1].map((ms) => isAhead(now + ms, now, DAY_MS)),
      [true, true, true, false, false, false],
    );
    const nextAt = new Date(now + 10 * 60_000).toISOString();
    assert.deepEqual(nextStep(sampleMove({ state: 'provisioning', nextAt }), new Date(now).toISOString()), { do: 'wait', until: nextAt });
  });
});
