/** A Teams that says no: what a chat, the other chats and the people hear then, in virtual time. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { directoryOf } from '../../../services/people/people.ts';
import { meetChat, watchers } from '../../../services/chats.ts';
import { fallAsleep, teamsHealth } from '../../../services/notify/sleep.ts';
import { type Answer, DAY_MS, HOUR_MS, MINUTE_MS, openNotifying, PERIOD_MS, type NotifyingWorld } from '../../support/notifying.ts';
import { hearFrom, waitingChats } from '../../../services/notify/inbox.ts';

const FORBIDDEN: Answer = { status: 403, code: 'BotDisabledByAdmin' };
const word = (key: string) => ({ key, kind: 'channel' as const, reference: {}, tenantId: 'tenant' });

describe('a chat that Teams refuses', () => {
  let world: NotifyingWorld;
  beforeEach(() => {
    world = openNotifying();
  });
  afterEach(() => world.stop());
  const wake = async (key: string) =>
    meetChat(world.deps.store, word(key), async (woken) => {
      await world.deps.wake.schedule({ queue: 'notify', what: 'chat', chat: woken });
      world.deps.wake.now({ queue: 'notify', what: 'chat', chat: woken });
    });

  for (const answer of [
    FORBIDDEN,
    { status: 403, code: 'ConversationBlockedByUser' },
    { status: 403, code: 'MessageWritesBlocked' },
    { status: 403, code: 'BotNotInConversationRoster' },
    { status: 403 },
    { status: 404, code: 'NeverHeardOf' },
    { status: 410 },
  ])
    it(`by ${answer?.status} ${answer?.code ?? ''} for a day hears then, in one list, what it missed and is still open; another chat hears all at once`, async () => {
      await world.chat('one');
      await world.chat('two');
      world.answer((_doing, chat) => (chat === 'one' ? answer : null));
      await world.flip('S-1');
      await world.forMs(MINUTE_MS);
      assert.deepEqual(world.to('two'), ['post S-1']);
      assert.equal((await world.row('one')).sleeping?.code, answer?.code ?? String(answer?.status));
      assert.deepEqual((await world.row('one')).watching, [{ what: 'all' }], 'it keeps what it watches');
      await world.flip('S-2');
      await world.flip('S-3');
      await world.forMs(HOUR_MS);
      await world.flip('S-3', { kind: 'renewed', closed: true });
      await world.forMs(HOUR_MS);
      assert.deepEqual(world.to('two'), ['post S-1', 'post S-2', 'post S-3', 'edit S-3', 'say It renews again. Nothing to do.']);
      assert.equal(world.tried.filter((one) => one.chat === 'one').length, 1, 'it is left in peace');
      world.answer(() => null);
      await world.forMs(DAY_MS);
      assert.deepEqual(world.to('one'), ['post list of S-1 S-2']);
      assert.equal((await world.row('one')).sleeping, null);
      await world.flip('S-4');
      await world.forMs(MINUTE_MS);
      assert.deepEqual(world.to('one').slice(1), ['post S-4']);
    });

  it('wakes at once when anybody there speaks', async () => {
    await world.chat('one');
    world.answer(() => FORBIDDEN);
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    await world.flip('S-2');
    await world.forMs(HOUR_MS);
    world.answer(() => null);
    await wake('one');
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one'), ['post list of S-1 S-2']);
    assert.equal((await watchers(world.deps.store))[0]?.asleep, false);
  });

  it('is tried a day later where no more than a card has changed, and its card is brought up to date', async () => {
    await world.chat('one');
    await world.flip('S-1', { lastDay: '2027-06-10' });
    await world.forMs(MINUTE_MS);
    world.answer((doing) => (doing === 'edit' ? { status: 403, code: 'BotDisabledByAdmin' } : null));
    await world.flip('S-1', { kind: 'changed', lastDay: '2027-06-12' });
    await world.forMs(MINUTE_MS);
    assert.equal((await world.row('one')).sleeping?.code, 'BotDisabledByAdmin');
    world.answer(() => null);
    await world.forMs(DAY_MS + 2 * PERIOD_MS);
    assert.equal((await world.row('one')).sleeping ?? null, null);
    assert.ok(world.sent.some((one) => one.chat === 'one' && one.what.split(' ').includes('S-1') && one.card.includes('12')));
  });

  it('and falls asleep again where it is refused again, its day counted from its first sleep', async () => {
    await world.chat('one');
    world.answer(() => FORBIDDEN);
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    const since = (await world.row('one')).sleeping?.since;
    await world.forMs(3 * DAY_MS + 2 * HOUR_MS);
    assert.equal((await world.row('one')).sleeping?.since, since);
    assert.equal(world.tried.filter((one) => one.chat === 'one').length, 4, 'once a day');
    await wake('one');
    await world.forMs(MINUTE_MS);
    assert.equal((await world.row('one')).sleeping?.code, 'BotDisabledByAdmin');
    world.answer(() => null);
    await world.forMs(DAY_MS + PERIOD_MS);
    assert.deepEqual(world.to('one'), ['post list of S-1'], 'nothing is lost by a word in between');
  });

  it('hears when it wakes also of the burst that came in one look, which awake it would have heard in one list', async () => {
    await world.chat('one');
    world.answer(() => FORBIDDEN);
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    for (let n = 2; n < 14; n++) await world.flip(`S-${n}`, { kind: 'known' });
    await world.forMs(HOUR_MS);
    world.answer(() => null);
    await wake('one');
    await world.forMs(MINUTE_MS);
    assert.deepEqual(
      world.to('one').map((one) => one.split(' ').filter((word) => word.startsWith('S-')).length),
      [13],
    );
  });

  it('and in whose place people hear what is urgent: a burst too, in one list', async () => {
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key });
    world.answer((_doing, chat) => (chat === 'one' ? FORBIDDEN : null));
    await world.flip('S-1', { lastDay: '2027-01-30' });
    await world.forMs(MINUTE_MS);
    for (let n = 2; n < 14; n++) await world.flip(`S-${n}`, { kind: 'known', lastDay: '2027-01-30' });
    await world.forMs(HOUR_MS);
    const heard = world.to(ann.chat).join(' ');
    for (let n = 1; n < 14; n++) assert.ok(heard.split(' ').includes(`S-${n}`), `S-${n} in ${heard}`);
    assert.ok(world.sent.filter((one) => one.chat === ann.chat).length < 6, heard);
  });

  it('is not asked again and again within a moment where its list is answered with a failure', async () => {
    await world.chat('one');
    world.answer(() => FORBIDDEN);
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    world.answer(() => ({ status: 502 }));
    const { store } = world.deps;
    const commit = store.commit;
    let leases = 0;
    store.commit = (table, partition, changes) => {
      if (changes.some((change) => change.key === 'lease')) leases += 1;
      return commit(table, partition, changes);
    };
    await wake('one');
    await world.forMs(10 * MINUTE_MS);
    store.commit = commit;
    assert.ok(leases < 100, `${leases} takings of the lease in ten minutes`);
    world.answer(() => null);
    await world.forMs(HOUR_MS);
    assert.deepEqual(world.to('one'), ['post list of S-1']);
  });

  it('while storage is slow and a turn of each chat runs meanwhile, stays asleep, and whoever put the bot there is told', async () => {
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key });
    const { store, clock } = world.deps;
    // After every write somebody looks what is to be said: in the chat, and to whoever put the bot there.
    async function looked<T>(work: Promise<T>): Promise<T> {
      const done = await work;
      for (const chat of ['one', ann.chat]) world.deps.wake.now({ queue: 'notify', what: 'chat', chat });
      await clock.sleep(3_000);
      return done;
    }
    const slow = { ...store, commit: (...all: Parameters<typeof store.commit>) => looked(store.commit(...all)) };
    slow.put = (...all) => looked(store.put(...all));
    const falling = fallAsleep({ ...world.deps, store: slow }, await world.row('one'), 'archived');
    await world.forMs(10 * MINUTE_MS);
    await falling;
    assert.equal((await world.row('one')).sleeping?.code, 'archived');
    assert.equal(world.to(ann.chat).filter((one) => one.includes('the team is archived')).length, 1, world.to(ann.chat).join(' / '));
    assert.deepEqual(world.to('one'), []);
  });

  it('tells whoever put the bot there although the process died in between, after each of the writes that this takes', async () => {
    const ann = await world.person('ann');
    for (let dies = 1; dies <= 12; dies++) {
      const chat = `one-${dies}`;
      await world.chat(chat, { installedBy: ann.key, watching: [] });
      const { store } = world.deps;
      const { commit, put } = store;
      let writes = 0;
      const dying =
        <A extends unknown[], T>(work: (...all: A) => Promise<T>) =>
        async (...all: A): Promise<T> => {
          if (writes++ >= dies) throw new Error('dead');
          return work.apply(store, all);
        };
      store.commit = dying(commit);
      store.put = dying(put);
      await fallAsleep(world.deps, await world.row(chat), 'deleted').catch(() => {});
      Object.assign(store, { commit, put });
      await world.forMs(2 * PERIOD_MS);
      if ((await world.row(chat)).sleeping) assert.ok(world.to(ann.chat).length >= dies, `after ${dies} writes nobody is told`);
      assert.equal((await world.row(chat)).sleeping?.untold, undefined);
    }
  });

  it('is not tried where there is nothing to say, and hears the next news', async () => {
    await world.chat('one');
    world.answer(() => FORBIDDEN);
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    await world.flip('S-1', { kind: 'ended', closed: true });
    await world.forMs(2 * DAY_MS);
    assert.equal(world.tried.filter((one) => one.chat === 'one').length, 1);
    world.answer(() => null);
    await world.flip('S-2');
    await world.forMs(DAY_MS + PERIOD_MS);
    assert.deepEqual(world.to('one'), ['post list of S-2']);
  });

  it('has its standing cards brought up to date when it wakes, without the lines of weeks', async () => {
    await world.chat('one');
    await world.flip('S-1');
    await world.flip('S-2');
    await world.forMs(MINUTE_MS);
    world.answer(() => FORBIDDEN);
    for (const days of [30, 20, 10]) {
      await world.flip('S-1', { kind: 'changed', lastDay: `2027-05-${days}` });
      await world.forMs(MINUTE_MS);
    }
    await world.flip('S-2', { kind: 'renewed', closed: true });
    await world.flip('S-3');
    await world.forMs(HOUR_MS);
    world.answer(() => null);
    await world.forMs(DAY_MS + PERIOD_MS);
    assert.deepEqual(world.to('one').slice(2, 3), ['post list of S-3']);
    const edits = world.sent.filter((one) => one.chat === 'one' && one.doing === 'edit');
    assert.deepEqual(edits.map((one) => one.what).sort(), ['S-1', 'S-2']);
    assert.match(edits.find((one) => one.what === 'S-1')?.card ?? '', /10\u00a0May/);
  });

  it('is closed after 90 days with a line to whoever put the bot there, and is offered what it watched when it is back', async () => {
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key, name: 'Sales' });
    world.answer((_doing, chat) => (chat === 'one' ? FORBIDDEN : null));
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    assert.equal(world.to(ann.chat).length, 1);
    assert.match(world.to(ann.chat)[0] ?? '', /Teams does not let me write to “Sales”: an administrator has switched the app off/);
    await world.forMs(89 * DAY_MS);
    assert.equal((await world.row('one')).dead, false);
    await world.forMs(2 * DAY_MS);
    assert.match(world.to(ann.chat)[1] ?? '', /For 90.days Teams has not let me write to “Sales”/);
    const row = await world.row('one');
    assert.deepEqual([row.dead, row.watching, row.formerly], [true, [], [{ what: 'all' }]]);
    assert.deepEqual(await watchers(world.deps.store), []);
    const back = await wake('one');
    assert.deepEqual([back.dead, back.watching], [false, []], 'it is offered, not resumed');
  });
});

describe('what is urgent', () => {
  const owners = directoryOf([{ objectId: 'bo', name: 'Bo', roles: ['owner'] }]);

  it('and is heard in no chat that is awake goes at once to whoever put the bot there and to the owners; what is not urgent waits', async () => {
    const world = openNotifying(owners);
    const [ann, bo] = [await world.person('ann'), await world.person('bo')];
    await world.chat('one', { installedBy: ann.key });
    await world.flip('S-1', { lastDay: '2027-02-10' });
    await world.flip('S-2', { lastDay: '2027-06-30' });
    await world.forMs(MINUTE_MS);
    world.answer((_doing, chat) => (chat === 'one' ? FORBIDDEN : null));
    await world.flip('S-3', { lastDay: '2027-07-30' });
    await world.forMs(MINUTE_MS);
    for (const one of [ann, bo])
      assert.deepEqual(
        world.to(one.chat).filter((line) => line.startsWith('post')),
        ['post S-1'],
        'what was known before',
      );
    await world.flip('S-4', { lastDay: '2027-02-12' });
    await world.flip('S-5', { lastDay: '2027-08-12' });
    await world.forMs(MINUTE_MS);
    for (const one of [ann, bo])
      assert.deepEqual(
        world.to(one.chat).filter((line) => line.startsWith('post')),
        ['post S-1', 'post S-4'],
      );
    world.stop();
  });

  it('stays where another chat that is awake hears it', async () => {
    const world = openNotifying(owners);
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key });
    await world.chat('two', { watching: [{ what: 'customer', customerId: 'c1', customerName: 'Contoso' }] });
    world.answer((_doing, chat) => (chat === 'one' ? FORBIDDEN : null));
    await world.flip('S-1', { lastDay: '2027-02-10' });
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('two'), ['post S-1']);
    assert.deepEqual(
      world.to(ann.chat).filter((line) => line.startsWith('post')),
      [],
    );
    world.stop();
  });

  it('of a burst comes in person as one list', async () => {
    const world = openNotifying();
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key });
    world.answer((_doing, chat) => (chat === 'one' ? FORBIDDEN : null));
    for (let n = 1; n <= 14; n++) await world.flip(`S-${n}`, { lastDay: '2027-02-10' });
    await world.forMs(20 * MINUTE_MS);
    const posts = world.to(ann.chat).filter((line) => line.startsWith('post'));
    assert.ok(posts.length <= 3, posts.join(' / '));
    assert.equal(new Set(posts.join(' ').match(/S-\d+/g)).size, 14, 'none is missing');
    world.stop();
  });
});

describe('a card that Teams does not take', () => {
  let world: NotifyingWorld;
  beforeEach(async () => {
    world = openNotifying();
    await world.chat('one');
  });
  afterEach(() => world.stop());

  it('because it was deleted is posted anew, once, and edited from then on', async () => {
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
    const [first] = world.sent;
    let gone = true;
    world.answer((doing) => {
      if (doing !== 'edit' || !gone) return null;
      gone = false;
      return { status: 404, code: 'ActivityNotFoundInConversation' };
    });
    await world.flip('S-1', { kind: 'changed', lastDay: '2027-05-30' });
    await world.forMs(MINUTE_MS);
    await world.flip('S-1', { kind: 'changed', lastDay: '2027-05-29' });
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one'), ['post S-1', 'post S-1', 'edit S-1']);
    assert.notEqual(world.sent[1]?.id, first?.id);
    assert.equal((await world.row('one')).sleeping ?? null, null);
  });

  it('as 403 ServiceError, which is how Teams tells of a deleted one, is posted anew within the period, and holds up no other', async () => {
    await world.flip('S-1');
    await world.flip('S-2');
    await world.forMs(MINUTE_MS);
    world.answer((doing, _chat, what) => (doing === 'edit' && what === 'S-1' ? { status: 403, code: 'ServiceError' } : null));
    const at = world.nowMs();
    await world.flip('S-1', { kind: 'changed', lastDay: '2027-05-30' });
    await world.flip('S-2', { kind: 'changed', lastDay: '2027-05-30' });
    await world.flip('S-3');
    await world.forMs(PERIOD_MS);
    const [two, three, one] = ['edit S-2', 'post S-3', 'post S-1'].map((line) => world.sent.findLast((sent) => `${sent.doing} ${sent.what}` === line));
    assert.ok((two?.atMs ?? 0) - at < MINUTE_MS && (three?.atMs ?? 0) - at < MINUTE_MS);
    assert.ok((one?.atMs ?? 0) > at, 'posted anew');
    assert.equal(world.to('one').filter((line) => line === 'post S-1').length, 2);
  });

  it('and is always gone again is not posted without an end', async () => {
    await world.flip('S-1');
    world.answer((doing) => (doing === 'edit' ? { status: 404, code: 'ActivityNotFoundInConversation' } : null));
    for (let n = 0; n < 60; n++) {
      await world.flip('S-1', { kind: 'changed', lastDay: `2027-0${1 + (n % 8)}-15` });
      await world.forMs(MINUTE_MS);
    }
    const posts = world.to('one').filter((line) => line === 'post S-1').length;
    assert.ok(posts >= 2 && posts <= 12, String(posts));
  });

  for (const answer of [
    { status: 400, code: 'BadArgument' },
    { status: 413, code: 'MessageSizeTooBig' },
  ])
    it(`one of ten, by ${answer.code}, is said in a sentence after three tries; the other nine stand at once`, async () => {
      world.answer((doing, _chat, what) => (doing === 'post' && what === 'S-5' ? answer : null));
      const at = world.nowMs();
      for (let n = 1; n <= 10; n++) await world.flip(`S-${n}`);
      await world.forMs(2 * MINUTE_MS);
      const posts = world.sent.filter((one) => one.doing === 'post');
      assert.equal(posts.length, 9);
      assert.ok(posts.every((one) => one.atMs - at < MINUTE_MS));
      assert.equal(world.tried.filter((one) => one.what === 'S-5').length, 3);
      const said = world.to('one').filter((line) => line.startsWith('say'));
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /Contoso Ltd.*Teams does not take my card about it\. Write \*\*show S-5\*\*/);
      assert.deepEqual(await waitingChats(world.deps.store), { chats: 0, since: null, troubled: 0, troubledAt: null });
      world.answer(() => null);
      await world.flip('S-5', { kind: 'reminder' });
      await world.forMs(MINUTE_MS);
      assert.ok(world.to('one').includes('post S-5'), 'its next card is tried again');
    });

  it('nor the sentence, is told to whoever put the bot there', async () => {
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key });
    world.answer((_doing, chat, what) => (chat === 'one' && (what === 'S-5' || what.includes('show S-5')) ? { status: 400, code: 'BadArgument' } : null));
    for (let n = 1; n <= 9; n++) await world.flip(`S-${n}`);
    await world.forMs(2 * MINUTE_MS);
    assert.equal(world.to('one').length, 8);
    assert.deepEqual(world.to(ann.chat), ['post S-5']);
  });

  it('nor anything else, makes the chat sleep', async () => {
    world.answer(() => ({ status: 400, code: 'BadSyntax' }));
    await world.flip('S-1');
    await world.forMs(10 * MINUTE_MS);
    assert.equal((await world.row('one')).sleeping?.code, 'BadSyntax');
  });

  it('and about which people go on and on, hides no other from the chat', async () => {
    const ann = await world.person('ann');
    await world.chat('one', { installedBy: ann.key });
    world.answer((_doing, chat, what) => (chat === 'one' && (what === 'S-5' || what.includes('show S-5')) ? { status: 400, code: 'BadArgument' } : null));
    for (const ticketId of ['S-4', 'S-5']) await world.flip(ticketId);
    await world.forMs(10 * MINUTE_MS);
    for (let n = 0; n < 400; n++) await world.flip('S-5', { kind: 'progress' });
    await world.forMs(10 * MINUTE_MS);
    await world.flip('S-6');
    await world.forMs(2 * MINUTE_MS);
    assert.ok(world.to('one').includes('post S-6'), world.to('one').join());
  });

  it('the list that a digest is, becomes a sentence, and the cards that follow stand', async () => {
    world.answer((_doing, _chat, what) => (_doing === 'post' && what.startsWith('list') ? { status: 400, code: 'BadArgument' } : null));
    for (let n = 1; n <= 11; n++) await world.flip(`S-${n}`);
    await world.forMs(15 * MINUTE_MS);
    assert.equal(world.to('one').filter((line) => /say list of .*S-11.*Write \*\*expiring\*\*/.test(line)).length, 1);
    await world.forMs(2 * PERIOD_MS);
    await world.flip('S-20');
    await world.forMs(MINUTE_MS);
    assert.equal(world.to('one').at(-1), 'post S-20');
  });
});

describe('what passes', () => {
  let world: NotifyingWorld;
  beforeEach(async () => {
    world = openNotifying();
    await world.chat('one');
  });
  afterEach(() => world.stop());

  it('a conversation that is not found once is found a minute later', async () => {
    let once = true;
    world.answer(() => {
      const answer = once ? { status: 404, code: 'ConversationNotFound' } : null;
      once = false;
      return answer;
    });
    await world.flip('S-1');
    await world.flip('S-2');
    await world.forMs(2 * MINUTE_MS);
    assert.deepEqual(world.to('one').sort(), ['post S-1', 'post S-2']);
  });

  it('one that is not found is tried at once for somebody who asks there to see a card, and no sooner than before for nobody', async () => {
    world.answer(() => ({ status: 404, code: 'ConversationNotFound' }));
    await world.flip('S-1');
    await world.forMs(10 * MINUTE_MS);
    const tries = world.tried.length;
    await world.ask('S-1', 'one');
    await world.forMs(MINUTE_MS);
    assert.equal(world.tried.length, tries + 1, 'once for each who asks');
    assert.equal((await world.row('one')).sleeping ?? null, null);
    world.answer(() => null);
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one'), []);
    await world.ask('S-1', 'one');
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one'), ['post S-1']);
  });

  it('one that is not found is tried once more when anybody there speaks, whatever is said, and its times stay', async () => {
    world.answer(() => ({ status: 404, code: 'ConversationNotFound' }));
    await world.flip('S-1');
    await world.flip('S-2');
    await world.forMs(10 * MINUTE_MS);
    const tries = world.tried.length;
    await hearFrom(world.deps, 'one');
    await world.forMs(10 * MINUTE_MS);
    assert.equal(world.tried.length, tries + 2, 'once for each ticket');
    assert.equal((await world.row('one')).sleeping ?? null, null);
    world.answer(() => null);
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one'), []);
    await hearFrom(world.deps, 'one');
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one').sort(), ['post S-1', 'post S-2']);
    await hearFrom(world.deps, 'one');
    await world.forMs(MINUTE_MS);
    assert.equal(world.to('one').length, 2);
  });

  it('what somebody says there while a message is on its way is heard, although that one is refused too', async () => {
    world.answer(() => ({ status: 404, code: 'ConversationNotFound' }));
    await world.flip('S-1');
    await world.forMs(10 * MINUTE_MS);
    const tries = world.tried.filter((one) => one.what === 'S-1').length;
    world.slowMs = 10_000;
    await world.flip('S-2');
    await world.forMs(5_000);
    assert.equal(world.tried.at(-1)?.what, 'S-2', 'on its way');
    world.answer((_doing, _chat, what) => (what === 'S-1' ? null : { status: 404, code: 'ConversationNotFound' }));
    await hearFrom(world.deps, 'one');
    await world.forMs(MINUTE_MS);
    assert.equal(world.tried.filter((one) => one.what === 'S-1').length, tries + 1);
    assert.deepEqual(world.to('one'), ['post S-1']);
  });

  it('one that takes again what somebody asks for takes the rest at once, whatever the clocks say', async () => {
    world.answer(() => ({ status: 404, code: 'ConversationNotFound' }));
    await world.flip('S-1');
    await world.flip('S-2');
    await world.forMs(10 * MINUTE_MS);
    world.answer(() => null);
    await world.ask('S-2', 'one', -20 * MINUTE_MS);
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one').sort(), ['post S-1', 'post S-2']);
  });

  it('a later asking is tried for too, although an earlier one came by a clock that is ahead', async () => {
    world.answer(() => ({ status: 404, code: 'ConversationNotFound' }));
    await world.flip('S-1');
    await world.forMs(10 * MINUTE_MS);
    await world.ask('S-1', 'one', 9 * MINUTE_MS);
    await world.forMs(MINUTE_MS);
    world.answer(() => null);
    await world.ask('S-1', 'one', -2 * MINUTE_MS);
    await world.forMs(MINUTE_MS);
    assert.deepEqual(world.to('one'), ['post S-1']);
  });

  it('one that is not found for good is tried for six hours, then it sleeps', async () => {
    world.answer(() => ({ status: 404, code: 'ConversationNotFound' }));
    await world.flip('S-1');
    await world.forMs(6 * HOUR_MS);
    assert.equal((await world.row('one')).sleeping ?? null, null);
    await world.forMs(2 * HOUR_MS);
    assert.equal((await world.row('one')).sleeping?.code, 'ConversationNotFound');
    assert.equal(world.tried.length, 5);
  });

  for (const [name, retryAfter, beforeMs, afterMs] of [
    ['seconds', '30', 30_000, 60_000],
    ['nothing', undefined, 5_000, 40_000],
  ] as const)
    it(`429 with ${name} is waited for, and nothing is lost or doubled`, async () => {
      let times = 2;
      world.answer(() => (times-- > 0 ? { status: 429, ...(retryAfter ? { retryAfter } : {}) } : null));
      const at = world.nowMs();
      await world.flip('S-1');
      await world.forMs(10 * MINUTE_MS);
      assert.deepEqual(world.to('one'), ['post S-1']);
      assert.ok((world.sent[0]?.atMs ?? 0) - at >= beforeMs && (world.sent[0]?.atMs ?? 0) - at <= 2 * afterMs, String((world.sent[0]?.atMs ?? 0) - at));
    });

  it('an answer that takes 20 seconds is waited for: two processes post one card', async () => {
    world.stop();
    world = openNotifying(undefined, 2);
    await world.chat('one');
    world.slowMs = 20_000;
    await world.flip('S-1');
    await world.flip('S-2');
    await world.forMs(5 * MINUTE_MS);
    assert.deepEqual(world.to('one').sort(), ['post S-1', 'post S-2']);
  });

  it('one card that is never answered holds up no other for more than a minute', async () => {
    world.answer((_doing, _chat, what) => (what === 'S-1' ? { status: 502 } : null));
    const at = world.nowMs();
    for (let n = 1; n <= 6; n++) await world.flip(`S-${n}`);
    await world.forMs(MINUTE_MS);
    assert.equal(world.sent.length, 5);
    assert.ok(world.sent.every((one) => one.atMs - at < MINUTE_MS));
    world.answer(() => null);
    await world.forMs(6 * MINUTE_MS);
    assert.equal(world.sent.length, 6);
  });
});

describe('when Teams refuses everything', () => {
  it('a whole tenant: the owner of the bot is told once, readiness says so, and all hear when it is over', async () => {
    const world = openNotifying();
    for (const key of ['one', 'two', 'three']) await world.chat(key);
    assert.equal((await teamsHealth(world.deps.store, new Date(world.nowMs()))).allAsleep, false);
    world.answer(() => FORBIDDEN);
    await world.flip('S-1');
    await world.forMs(3 * DAY_MS);
    assert.equal(world.log.filter((line) => line.startsWith('Teams refuses the bot in all chats of a tenant')).length, 1);
    assert.deepEqual(await teamsHealth(world.deps.store, new Date(world.nowMs())), { asleep: 3, allAsleep: true, unknownSince: null });
    assert.equal((await waitingChats(world.deps.store)).chats, 0, 'nobody waits in vain');
    world.answer(() => null);
    await world.forMs(DAY_MS + PERIOD_MS);
    for (const key of ['one', 'two', 'three']) assert.deepEqual(world.to(key), ['post list of S-1']);
    assert.equal((await teamsHealth(world.deps.store, new Date(world.nowMs()))).asleep, 0);
    world.stop();
  });

  it('because it does not know the bot (401): nothing sleeps, nothing is dropped, readiness says since when', async () => {
    const world = openNotifying();
    for (const key of ['one', 'two']) await world.chat(key);
    world.answer(() => ({ status: 401, code: 'BotNotRegistered' }));
    const since = new Date(world.nowMs()).toISOString().slice(0, 16);
    await world.flip('S-1');
    await world.forMs(2 * HOUR_MS);
    const health = await teamsHealth(world.deps.store, new Date(world.nowMs()));
    assert.deepEqual([health.asleep, health.unknownSince?.slice(0, 16)], [0, since]);
    assert.equal(world.log.filter((line) => line.startsWith('Teams does not know the bot')).length, 1);
    world.answer(() => null);
    await world.forMs(2 * MINUTE_MS);
    for (const key of ['one', 'two']) assert.deepEqual(world.to(key), ['post S-1']);
    await world.forMs(5 * MINUTE_MS);
    assert.equal((await teamsHealth(world.deps.store, new Date(world.nowMs()))).unknownSince, null);
    world.stop();
  });
});

describe('whatever Teams refused before', () => {
  const NO: Answer[] = [
    FORBIDDEN,
    { status: 403, code: 'MessageWritesBlocked' },
    { status: 403, code: 'ServiceError' },
    { status: 404, code: 'ConversationNotFound' },
    { status: 404, code: 'ActivityNotFoundInConversation' },
    { status: 404 },
    { status: 400, code: 'BadArgument' },
    { status: 401 },
    { status: 413, code: 'MessageSizeTooBig' },
    { status: 429, retryAfter: '20' },
    { status: 502 },
    { status: 0 },
  ];
  const trouble = fc.record({
    chat: fc.constantFrom('one', 'two', 'three'),
    doing: fc.constantFrom('post', 'edit', 'say', 'any'),
    only: fc.constantFrom(null, 'S-1', 'S-2', 'S-3'),
    no: fc.constantFrom(...NO),
    fromMs: fc.integer({ min: 0, max: 3 * HOUR_MS }),
    forMs: fc.integer({ min: 1_000, max: 6 * HOUR_MS }),
  });
  const happening = fc.record({
    ticketId: fc.constantFrom('S-1', 'S-2', 'S-3', 'S-4'),
    kind: fc.constantFrom('stopped' as const, 'changed' as const, 'reminder' as const),
    afterMs: fc.integer({ min: 1_000, max: HOUR_MS }),
  });
  const word = fc.record({ chat: fc.constantFrom('one', 'two', 'three'), atMs: fc.integer({ min: 0, max: 6 * HOUR_MS }) });

  it('every change that stands is seen in every chat that watches, a day after it takes messages again; who is not refused hears within a minute', async function () {
    this.timeout(300_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { maxLength: 5 }),
        fc.array(happening, { minLength: 1, maxLength: 6 }),
        fc.array(word, { maxLength: 3 }),
        async (troubles, all, words) => {
          const world = openNotifying();
          const startMs = world.nowMs();
          for (const key of ['one', 'two', 'three', 'calm']) await world.chat(key);
          world.answer((doing, chat, what) => {
            const at = world.nowMs() - startMs;
            const fits = (one: (typeof troubles)[number]) =>
              one.chat === chat && (one.doing === 'any' || one.doing === doing) && (one.only === null || what.includes(one.only));
            return troubles.find((one) => fits(one) && at >= one.fromMs && at < one.fromMs + one.forMs)?.no ?? null;
          });
          for (const { chat, atMs } of words)
            void world.deps.clock
              .sleep(atMs)
              .then(() =>
                meetChat(world.deps.store, { key: chat, kind: 'channel', reference: {}, tenantId: 'tenant' }, async (key) =>
                  world.deps.wake.now({ queue: 'notify', what: 'chat', chat: key }),
                ),
              );
          const toldAt: [string, number][] = [];
          const days = new Map<string, string>();
          for (const [n, one] of all.entries()) {
            await world.forMs(one.afterMs);
            const kind = days.has(one.ticketId) ? one.kind : 'stopped';
            days.set(one.ticketId, `2027-06-${String(10 + n)}`);
            toldAt.push([one.ticketId, world.nowMs()]);
            await world.flip(one.ticketId, { kind, lastDay: days.get(one.ticketId) as string });
          }
          for (const [ticketId, at] of toldAt) {
            if (world.nowMs() - at < MINUTE_MS) await world.forMs(MINUTE_MS);
            assert.ok(
              world.sent.some((one) => one.chat === 'calm' && one.what === ticketId && one.atMs >= at && one.atMs - at <= MINUTE_MS),
              `${ticketId} waited in a chat that is not refused`,
            );
          }
          await world.forMs(9 * HOUR_MS + DAY_MS + 2 * PERIOD_MS);
          for (const chat of ['one', 'two', 'three', 'calm'])
            for (const [ticketId, day] of days) {
              const shown = world.sent.filter(
                (one) => one.chat === chat && (one.doing === 'say' ? one.what.includes(ticketId) : one.what.split(' ').includes(ticketId)),
              );
              assert.ok(shown.length > 0, `${chat} never heard of ${ticketId}`);
              const card = shown.findLast((one) => one.card !== '' && !one.what.startsWith('list'));
              const told = shown.some((one) => one.doing === 'say' || one.what.startsWith('list'));
              assert.ok(told || card?.card.includes(String(Number(day.slice(8)))), `${chat} shows an old ${ticketId}`);
            }
          assert.deepEqual(await waitingChats(world.deps.store), { chats: 0, since: null, troubled: 0, troubledAt: null });
          world.stop();
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  });
});
