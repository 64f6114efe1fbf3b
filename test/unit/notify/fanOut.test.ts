/** Who hears of a change, compared as data: the change goes in, and what lies in each inbox comes out. */
import assert from 'node:assert/strict';
import { inboxOf } from '../../../services/chats.ts';
import type { News } from '../../../services/domain/ticket.ts';
import { fanOut, fanOutDigest } from '../../../services/notify/fanOut.ts';
import type { InboxRow } from '../../../services/notify/inbox.ts';
import { DIGEST_KEY, keptKey, LISTING, LISTING_KEY, OUTBOX, ofCustomer } from '../../../services/store/rows.ts';
import { withPrefix } from '../../../services/store/store.ts';
import { openNotifying } from '../../support/notifying.ts';

const CHATS = ['all', 'one', 'other', 'asleep'];
const SLEEPING = { since: '2027-01-19T10:00:00.000Z', code: 'BotDisabledByAdmin', nextTryAt: '2027-01-21T10:00:00.000Z' };

async function openChats() {
  const world = openNotifying();
  const { store } = world.deps;
  await world.chat('all');
  await world.chat('one', { watching: [{ what: 'customer', customerId: 'c1', customerName: 'Contoso' }] });
  await world.chat('other', { watching: [{ what: 'customer', customerId: 'c2', customerName: 'Fabrikam' }] });
  await world.chat('asleep', { sleeping: SLEEPING });
  return {
    world,
    store,
    /** Each chat's inbox: keys without their times, and the kinds of news. */
    async inboxes() {
      const found: Record<string, string[]> = {};
      for (const chat of CHATS)
        found[chat] = (await inboxOf<InboxRow>(store, chat, 100)).map((row) => `${row.key.replace(/\d{4}-\d\d-\d\dT.*/, 'time')} ${row.value.news.kind}`);
      return found;
    },
    left: async () => (await withPrefix<News>(store, ...ofCustomer('c1'), OUTBOX)).length,
  };
}

describe('who hears of a change', () => {
  const cases: [situation: string, kind: News['kind'], heard: Record<string, string[]>][] = [
    [
      'it stops renewing',
      'stopped',
      { all: ['say_out_time stopped'], one: ['say_out_time stopped'], other: [], asleep: [`${keptKey('missed', 'S-1')} stopped`] },
    ],
    [
      'it was stopped before',
      'known',
      { all: [`${DIGEST_KEY} known`], one: [`${DIGEST_KEY} known`], other: [], asleep: [`${keptKey('missed', 'S-1')} known`] },
    ],
  ];
  for (const [situation, kind, heard] of cases)
    it(`${situation}: those who watch the customer, each once, and who sleeps when it wakes`, async () => {
      const { world, inboxes, left } = await openChats();
      await world.flip('S-1', { kind });
      assert.equal(await fanOut(world.deps, 'c1'), 'idle');
      assert.deepEqual(await inboxes(), heard);
      assert.equal(await left(), 0, 'the outbox is empty');
      assert.equal(await fanOut(world.deps, 'c1'), 'idle');
      assert.deepEqual(await inboxes(), heard, 'and once more changes nothing');
      world.stop();
    });

  it('somebody asks to see it: that chat alone, whatever it watches', async () => {
    const { world, inboxes } = await openChats();
    await world.flip('S-1');
    await fanOut(world.deps, 'c1');
    const before = await inboxes();
    await world.ask('S-1', 'other');
    await fanOut(world.deps, 'c1');
    assert.deepEqual(await inboxes(), { ...before, other: ['say_out_time show'] });
    world.stop();
  });

  it('of a ticket that is not there nobody hears, and nothing is left in the outbox', async () => {
    const { world, store, inboxes, left } = await openChats();
    const news: News = { kind: 'stopped', ticketId: 'S-9', by: null, at: world.deps.clock.now().toISOString(), data: {} };
    await store.commit(...ofCustomer('c1'), [{ op: 'create', key: `${OUTBOX}${news.at}_000001`, value: news }]);
    await fanOut(world.deps, 'c1');
    assert.deepEqual(await inboxes(), { all: [], one: [], other: [], asleep: [] });
    assert.equal(await left(), 0);
    world.stop();
  });
});

describe('a reminder', () => {
  /** The chats that hear one with so many days left, the first since `above` were; one wants 60 and 14, one none. */
  async function heard(data: { days: number; above: number }, assigned: 'nobody' | 'somebody' = 'nobody') {
    const { world, store, inboxes } = await openChats();
    await world.chat('one', { watching: [{ what: 'all' }], remind: [60, 14] });
    await world.chat('other', { watching: [{ what: 'all' }], remind: [] });
    const person = await world.person('Megan');
    await world.flip('S-1', { kind: 'quoting', ticket: assigned === 'somebody' ? { marks: { assignedTo: person.key } } : {} });
    await fanOut(world.deps, 'c1');
    for (const chat of [...CHATS, person.chat]) for (const row of await inboxOf<InboxRow>(store, chat, 100)) await store.remove('chats', chat, row.key);
    const news: News = { kind: 'reminder', ticketId: 'S-1', by: null, at: world.deps.clock.now().toISOString(), data };
    await store.commit(...ofCustomer('c1'), [{ op: 'create', key: `${OUTBOX}${news.at}_S-1_r`, value: news }]);
    await fanOut(world.deps, 'c1');
    const first = await inboxes();
    await fanOut(world.deps, 'c1');
    assert.deepEqual(await inboxes(), first, 'once each');
    world.stop();
    const inPerson = (await inboxOf<InboxRow>(store, person.chat, 100)).length;
    return { chats: CHATS.filter((chat) => (first[chat] ?? []).length > 0), inPerson };
  }

  for (const [days, above, chats] of [
    [60, 70, ['one']],
    [30, 60, ['all', 'asleep']],
    [14, 30, ['one']],
    [7, 14, ['all', 'asleep']],
    [1, 7, ['all', 'asleep']],
    // Nobody looked for three weeks: each hears one, for the days that it wants.
    [5, 31, ['all', 'one', 'asleep']],
    [-1, 1, CHATS],
  ] as const)
    it(`with ${days} days left, the last was with ${above}: goes to the chats that want one then`, async () => {
      assert.deepEqual((await heard({ days, above })).chats.sort(), [...chats].sort());
    });

  it('goes to whoever looks after the ticket, in person, whatever the channel wants', async () => {
    assert.equal((await heard({ days: 7, above: 14 }, 'somebody')).inPerson, 1);
    assert.equal((await heard({ days: 7, above: 14 })).inPerson, 0);
  });
});

describe('the digest of what had stopped before', () => {
  it('is asked for once everybody was looked at, in chats that were there before and were not told', async () => {
    const { world, store, inboxes } = await openChats();
    assert.equal(await fanOutDigest(world.deps), 'idle');
    assert.deepEqual(await inboxes(), { all: [], one: [], other: [], asleep: [] }, 'not before that');
    await world.chat('one', { watching: [{ what: 'all' }], toldBaseline: true });
    await world.chat('other', { watching: [{ what: 'all' }], toldBaseline: false, watchedAt: '2027-01-20T12:00:00.000Z' });
    await world.chat('all', { toldBaseline: false, watchedAt: '2027-01-20T08:00:00.000Z' });
    await world.chat('asleep', { dead: true });
    await store.commit(...LISTING, [{ op: 'create', key: LISTING_KEY, value: { baselineAt: '2027-01-20T10:00:00.000Z' } }]);
    await fanOutDigest(world.deps);
    assert.deepEqual(await inboxes(), { all: [`${DIGEST_KEY} known`], one: [], other: [], asleep: [] });
    world.stop();
  });
});
