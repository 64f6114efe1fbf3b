/** The sweep over storage in memory: its rest, its one read, who is new, renamed or gone, and what brings a turn forward. */
import assert from 'node:assert/strict';
import type { Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { meteredStore, countsToday } from '../../../services/metrics.ts';
import { openTickets } from '../../../services/tickets/openList.ts';
import { pollSoon, readActivity, readStopping } from '../../../services/watch/signals.ts';
import { handleSweep } from '../../../services/watch/handler.ts';
import { noteBaseline, listCustomers, listSoon } from '../../../services/watch/customers.ts';
import { HOUR_MS, ID, partner, SECOND, subscription } from '../../support/partner.ts';
import { readListing } from '../../../services/watch/rows.ts';
import type { SweepWakeUp, WakeUp } from '../../../services/queue/messages.ts';
import { keysWith, ofCustomer, TICKET } from '../../../services/store/rows.ts';

/** The same, after everybody was looked at once. */
async function known() {
  const one = partner();
  await listCustomers(one.deps);
  await one.turn();
  await noteBaseline(one.deps);
  assert.ok((await readListing(one.store))?.baselineAt);
  one.nudged.length = 0;
  return one;
}

/** A small one beside it, whose subscription does not renew. */
async function twoCustomers() {
  const one = partner();
  one.names.set(SECOND, 'Fabrikam');
  one.lists.set(SECOND, [subscription({ customerId: SECOND, autoRenew: false })]);
  await listCustomers(one.deps);
  await one.turn();
  await one.turn(SECOND);
  await noteBaseline(one.deps);
  assert.equal((await openTickets(one.store)).length, 1);
  return one;
}

function pollOf(row: { generation: string } | undefined): SweepWakeUp {
  return { queue: 'sweep', what: 'poll', customerId: ID, generation: row?.generation ?? '', dueAtMs: 0 };
}

describe('the first look at all customers', () => {
  it('has what does not renew looked up one after the other, so that lists tell what it costs before a card was opened', async () => {
    const one = partner();
    const sent: [string, number][] = [];
    const wake = {
      ...one.deps.wake,
      schedule: async (wakeUp: WakeUp, delayMs = 0) => {
        if (wakeUp.what === 'facts') sent.push([`${wakeUp.customerId} ${wakeUp.ticketId}`, delayMs]);
      },
    };
    one.lists.set(ID, [subscription({ autoRenew: false }), subscription({ id: 'second', autoRenew: false }), subscription({ id: 'third' })]);
    one.names.set(SECOND, 'Fabrikam');
    one.lists.set(SECOND, [subscription({ customerId: SECOND, id: 'fourth', autoRenew: false })]);
    await listCustomers(one.deps);
    for (const customerId of [ID, SECOND])
      await handleSweep(
        { ...one.deps, wake },
        { queue: 'sweep', what: 'poll', customerId, generation: (await one.row(customerId))?.generation ?? '', dueAtMs: 0 },
      );
    assert.deepEqual(sent, [
      [`${ID} S-1001`, 6_000],
      [`${ID} S-1002`, 12_000],
      [`${SECOND} S-1003`, 18_000],
    ]);
  });
});

describe('a look at a customer', () => {
  it('costs one storage call where nothing has changed, and renews its own message', async () => {
    const one = await known();
    one.wait(HOUR_MS);
    let calls = 0;
    const counted = { ...one.deps, store: meteredStore(one.store, { ...one.metrics, transacted: () => void calls++ }) };
    const before = await one.row();
    const turn = await handleSweep(counted, pollOf(before));
    assert.equal(calls, 1);
    assert.ok(typeof turn === 'object' && turn.retryInMs === 0.9 * HOUR_MS && turn.as?.what === 'poll' && turn.as.generation === before?.generation);
    assert.deepEqual(await one.row(), before);
  });

  it('is written down once in a day or so, with a new message in the place of the old', async () => {
    const one = await known();
    const before = await one.row();
    one.wait(25 * HOUR_MS);
    assert.equal(await one.turn(), 'drop');
    const after = await one.row();
    assert.notEqual(after?.generation, before?.generation);
    assert.equal(await handleSweep(one.deps, pollOf(before)), 'idle', 'a doubled message is an old one');
    assert.ok(one.queues.held.sweep.some((message) => message.text.startsWith(`poll ${ID} ${after?.generation}`)));
  });

  it('a customer whose message was lost gets a new one from the walk', async () => {
    const one = await known();
    one.queues.held.sweep.length = 0;
    one.wait(HOUR_MS);
    await listCustomers(one.deps);
    assert.equal(one.queues.held.sweep.length, 0);
    one.wait(27 * HOUR_MS);
    await listCustomers(one.deps);
    assert.equal(one.queues.held.sweep.length, 1);
  });
});

describe('who is no longer there', () => {
  it('a customer of one subscription that is really gone: missed twice, asked about, and its ticket ends', async () => {
    const one = await known();
    one.lists.set(ID, [subscription({ autoRenew: false })]);
    await one.turn();
    one.lists.set(ID, []);
    await one.turn();
    const missing = (await one.store.get<TrackedSubscription>(...ofCustomer(ID), 'sub_a'))?.value;
    assert.ok(missing?.missingAt && !missing.goneAt, 'missed once is not gone');
    assert.equal((await openTickets(one.store)).length, 1);
    one.wait(30 * 60_000);
    await one.turn();
    assert.equal((await openTickets(one.store)).length, 1, 'two looks lie a period apart');
    one.wait(31 * 60_000);
    await one.turn();
    assert.ok((await one.store.get<TrackedSubscription>(...ofCustomer(ID), 'sub_a'))?.value.goneAt);
    assert.equal((await openTickets(one.store)).length, 0);
    one.lists.set(ID, [subscription({ autoRenew: false })]);
    await one.turn();
    assert.equal((await one.store.get<TrackedSubscription>(...ofCustomer(ID), 'sub_a'))?.value.goneAt, null);
    assert.equal((await openTickets(one.store)).length, 1, 'what returns is a new episode');
  });

  it('a customer who is in none of all the pages is asked about, let go, and comes back as the same', async () => {
    const one = await twoCustomers();
    one.names.delete(SECOND);
    one.lists.delete(SECOND);
    await one.walkAfter(HOUR_MS);
    assert.equal((await one.row(SECOND))?.goneAt, null, 'missed once');
    await one.walkAfter(HOUR_MS);
    assert.ok((await one.row(SECOND))?.goneAt);
    assert.equal((await openTickets(one.store)).length, 0);
    const tickets = await one.store.range<Ticket>(...ofCustomer(SECOND), ...keysWith(TICKET));
    assert.equal(tickets[0]?.value.closed?.how, 'left');
    assert.equal(await one.turn(SECOND), 'drop');
    one.names.set(SECOND, 'Fabrikam');
    one.lists.set(SECOND, [subscription({ customerId: SECOND, autoRenew: false })]);
    await one.walkAfter(HOUR_MS);
    assert.equal((await one.row(SECOND))?.goneAt, null);
    await one.turn(SECOND);
    assert.equal((await openTickets(one.store)).length, 1, 'and what is open there is open again');
  });
});

describe('what brings a turn forward', () => {
  it('somebody who became a customer: the list is read at once, and for a storm of such events once more a minute later', async () => {
    const one = await known();
    let lists = 0;
    const { customers } = one.deps.lowPriority;
    one.deps.lowPriority.customers = async (after) => {
      lists += 1;
      return customers(after);
    };
    one.names.set(SECOND, 'Fabrikam');
    one.wait(1_000);
    for (let n = 0; n < 30; n++) {
      await listSoon(one.deps);
      await listCustomers(one.deps);
    }
    assert.deepEqual([lists, (await one.row(SECOND))?.name], [1, 'Fabrikam']);
    await one.walkAfter(60_001);
    await one.walkAfter(60_001);
    assert.equal(lists, 2);
  });

  it('the activity log: a change that is new in it, once, and not what stood there before', async () => {
    const one = await known();
    const change = (at: string) => ({ at, customerId: ID, operation: 'update_subscription', subscriptionId: 'a', by: 'ann@partner.example' });
    one.records.push(change('2027-01-20T10:00:00Z'));
    await readActivity(one.deps);
    assert.deepEqual(one.nudged, [], 'the first answer is what was already looked at');
    one.records.push({ ...change('2027-01-20T12:00:30Z'), operation: 'update_customer_user_licenses' }, change('2027-01-20T12:01:00Z'));
    await readActivity(one.deps);
    assert.deepEqual(one.nudged, [], 'it is asked every few minutes only');
    one.wait(180_000);
    await readActivity(one.deps);
    assert.equal(one.nudged.length, 1);
    assert.deepEqual(one.nudged[0], { queue: 'sweep', what: 'event', customerId: ID, generation: (await one.row())?.generation });
    one.wait(180_000);
    await readActivity(one.deps);
    assert.equal(one.nudged.length, 1);
  });

  it('the analytics: a subscription that newly does not renew', async () => {
    const one = await known();
    one.hits.push({ customerId: ID, subscriptionId: 'x' });
    await readStopping(one.deps);
    one.hits.push({ customerId: ID, subscriptionId: 'y' });
    one.wait(6 * HOUR_MS);
    await readStopping(one.deps);
    assert.equal(one.nudged.length, 1);
  });

  it('at most one look a minute, and none at a customer who has left', async () => {
    const one = await known();
    for (let n = 0; n < 10; n++) await pollSoon(one.deps, ID);
    assert.equal(one.nudged.length, 1);
    one.wait(60_000);
    await pollSoon(one.deps, ID);
    assert.equal(one.nudged.length, 2);
    assert.equal(await handleSweep(one.deps, one.nudged[1] as SweepWakeUp), 'drop', 'its message does not renew itself');
    await pollSoon(one.deps, SECOND);
    assert.equal(one.nudged.length, 2);
  });
});

describe('what it costs', () => {
  it('is counted by each process and added up', async () => {
    const one = await known();
    one.wait(HOUR_MS);
    await one.turn();
    one.metrics.requested();
    await one.metrics.note(one.store, 'one');
    await one.metrics.note(one.store, 'two');
    const counts = await countsToday(one.store, one.deps.clock);
    assert.deepEqual([counts.requests, counts.looks, counts.subscriptions], [1, 2, 2]);
    assert.ok(counts.transactions > 0);
  });
});
