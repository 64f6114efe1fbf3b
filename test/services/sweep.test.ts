/** The sweep over storage in memory: its rest, its one read, who is new, renamed or gone, and what brings a turn forward. */
import assert from 'node:assert/strict';
import { systemClock } from '../../services/clock.ts';
import type { Expiry, KnownSubscription, Subscription } from '../../services/domain.ts';
import { countedStore, countsToday, gaugesOf } from '../../services/gauges.ts';
import { openExpiries } from '../../services/lists.ts';
import type { ActivityRecord, Page, Stopping } from '../../services/partnerCenter/port.ts';
import { bringForward, readActivity, readStopping } from '../../services/watch/accelerate.ts';
import { restOf, type Sweeping, sweepTurn, WATCH_KEY, type WatchRow } from '../../services/watch/sweep.ts';
import { noteBaseline, walk, walkRow } from '../../services/watch/walk.ts';
import { sampleSubscription } from '../cards/samples.ts';
import { memoryQueues, memoryStore } from '../crash/memory.ts';

const HOUR_MS = 3_600_000;
const ID = 'c0000000-0000-4000-8000-000000000001';
const SECOND = 'c0000000-0000-4000-8000-000000000002';

function subscription(changes: Partial<Subscription> = {}): Subscription {
  return sampleSubscription({ id: 'a', customerId: ID, offerName: 'Office 365 E3', lastDay: '2027-06-30', expiresOn: '2027-07-01', ...changes });
}

/** A partner with customers whose lists the test sets, and a clock that it moves. */
function partner() {
  let wall = Date.UTC(2027, 0, 20, 12);
  const clock = { ...systemClock(), wallMs: () => wall, now: () => new Date(wall), sleep: async () => {} };
  const inner = memoryStore();
  const gauges = gaugesOf(clock);
  const store = countedStore(inner, gauges);
  const queues = memoryQueues(() => wall);
  const nudged: string[] = [];
  const lists = new Map<string, Subscription[]>([[ID, [subscription()]]]);
  const names = new Map([[ID, 'Contoso']]);
  const records: ActivityRecord[] = [];
  const hits: Stopping[] = [];
  let cut = false;
  const patient: Sweeping['patient'] = {
    customers: async () => ({ items: [...names].map(([id, name]) => ({ id, name, domain: '' })), next: cut ? 'more' : null, unread: [], whole: true }),
    subscriptions: async (id) => ({ items: structuredClone(lists.get(id) ?? []), unread: [], whole: true }),
    activities: async (): Promise<Page<ActivityRecord>> => ({ items: [...records], next: null }),
    stopping: async () => [...hits],
  };
  const deps: Sweeping = {
    store,
    queues,
    patient,
    partnerCenter: {} as Sweeping['partnerCenter'],
    programmes: [],
    clock,
    hints: { before: async (queue, text) => queues.send(queue, text, 4_000), nudge: (_queue, text) => void nudged.push(text) },
    log: { info: () => {}, warn: () => {} },
    gauges,
    periodMs: HOUR_MS,
  };
  return {
    deps,
    gauges,
    lists,
    names,
    records,
    hits,
    nudged,
    queues,
    store: inner,
    wait: (ms: number) => {
      wall += ms;
    },
    cutTheList: () => {
      cut = true;
    },
    row: async (id = ID) => (await inner.get<WatchRow>('customers', id, WATCH_KEY))?.value,
    turn: async (id = ID) => sweepTurn(deps, `c ${id} ${(await inner.get<WatchRow>('customers', id, WATCH_KEY))?.value.token} ${wall}`),
  };
}

/** The same, after everybody was looked at once. */
async function known() {
  const one = partner();
  await walk(one.deps);
  await one.turn();
  await noteBaseline(one.deps);
  assert.ok((await walkRow(one.store))?.baselineAt);
  one.nudged.length = 0;
  return one;
}

describe('how long a customer rests', () => {
  const stops = (lastDay: string) => [subscription({ autoRenew: false, lastDay }), subscription({ id: 'b' })];
  it('is shorter the sooner something ends, and never longer than the period', () => {
    const rests = ['2027-01-21', '2027-01-23', '2027-01-24', '2027-02-03', '2027-02-04'].map((day) => restOf(1_000, stops(day), '2027-01-20'));
    assert.deepEqual(rests, [225, 225, 450, 450, 900]);
    assert.equal(restOf(1_000, [], '2027-01-20'), 900);
    assert.equal(restOf(1_000, [subscription({ lastDay: '2027-01-21' })], '2027-01-20'), 900, 'what renews does not hurry');
  });
});

describe('a look at a customer', () => {
  it('costs one storage call where nothing has changed, and renews its own message', async () => {
    const one = await known();
    one.wait(HOUR_MS);
    let calls = 0;
    const counted = { ...one.deps, store: countedStore(one.store, { ...one.gauges, transacted: () => void calls++ }) };
    const before = await one.row();
    const turn = await sweepTurn(counted, `c ${ID} ${before?.token} 0`);
    assert.equal(calls, 1);
    assert.ok(typeof turn === 'object' && turn.againMs === 0.9 * HOUR_MS && turn.text?.startsWith(`c ${ID} ${before?.token} `));
    assert.deepEqual(await one.row(), before);
  });

  it('is written down once in a day or so, with a new message in the place of the old', async () => {
    const one = await known();
    const before = await one.row();
    one.wait(25 * HOUR_MS);
    assert.equal(await one.turn(), 'gone');
    const after = await one.row();
    assert.notEqual(after?.token, before?.token);
    assert.equal(await sweepTurn(one.deps, `c ${ID} ${before?.token} 0`), 'rest', 'a doubled message is an old one');
    assert.ok(one.queues.held.sweep.some((message) => message.text.startsWith(`c ${ID} ${after?.token}`)));
  });

  it('a customer whose message was lost gets a new one from the walk', async () => {
    const one = await known();
    one.queues.held.sweep.length = 0;
    one.wait(HOUR_MS);
    await walk(one.deps);
    assert.equal(one.queues.held.sweep.length, 0);
    one.wait(27 * HOUR_MS);
    await walk(one.deps);
    assert.equal(one.queues.held.sweep.length, 1);
  });
});

describe('who is no longer there', () => {
  it('a subscription that has vanished is noted once, its matter ends, and it is not offered for a move', async () => {
    const one = await known();
    one.lists.set(ID, []);
    await one.turn();
    const gone = (await one.store.get<KnownSubscription>('customers', ID, 'sub_a'))?.value;
    assert.ok(gone?.goneAt);
    one.lists.set(ID, [subscription()]);
    await one.turn();
    assert.equal((await one.store.get<KnownSubscription>('customers', ID, 'sub_a'))?.value.goneAt, null);
  });

  it('a customer who is in none of all the pages is let go, and comes back as the same', async () => {
    const one = partner();
    one.names.set(SECOND, 'Fabrikam');
    one.lists.set(SECOND, [subscription({ customerId: SECOND, autoRenew: false })]);
    await walk(one.deps);
    await one.turn();
    await one.turn(SECOND);
    assert.equal((await openExpiries(one.store)).length, 1);
    one.names.delete(SECOND);
    one.wait(HOUR_MS);
    await walk(one.deps);
    assert.ok((await one.row(SECOND))?.goneAt);
    assert.equal((await openExpiries(one.store)).length, 0);
    const expiries = await one.store.range<Expiry>('customers', SECOND, 'exp_', 'exp_~');
    assert.equal(expiries[0]?.value.closed?.how, 'ended');
    assert.equal(await one.turn(SECOND), 'gone');
    one.names.set(SECOND, 'Fabrikam');
    one.wait(HOUR_MS);
    await walk(one.deps);
    assert.equal((await one.row(SECOND))?.goneAt, null);
  });

  it('half a list lets nobody go', async () => {
    const one = await known();
    one.names.clear();
    one.cutTheList();
    one.wait(HOUR_MS);
    await assert.rejects(walk(one.deps), /did not end/);
    assert.equal((await one.row())?.goneAt, null);
  });
});

describe('what brings a turn forward', () => {
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
    assert.match(one.nudged[0] ?? '', new RegExp(`^e ${ID}`));
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
    for (let n = 0; n < 10; n++) await bringForward(one.deps, ID);
    assert.equal(one.nudged.length, 1);
    one.wait(60_000);
    await bringForward(one.deps, ID);
    assert.equal(one.nudged.length, 2);
    assert.equal(await sweepTurn(one.deps, one.nudged[1] as string), 'gone', 'its message does not renew itself');
    await bringForward(one.deps, SECOND);
    assert.equal(one.nudged.length, 2);
  });
});

describe('what it costs', () => {
  it('is counted by each process and added up', async () => {
    const one = await known();
    one.wait(HOUR_MS);
    await one.turn();
    one.gauges.requested();
    await one.gauges.note(one.store, 'one');
    await one.gauges.note(one.store, 'two');
    const counts = await countsToday(one.store, one.deps.clock);
    assert.deepEqual([counts.requests, counts.looks, counts.subscriptions], [1, 2, 2]);
    assert.ok(counts.transactions > 0);
  });
});
