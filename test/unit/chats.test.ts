/** What is kept of a chat: one row, changed by one at a time; the list of those that watch is made from it. */
import assert from 'node:assert/strict';
import type { Chat, Watching } from '../../services/domain/ticket.ts';
import { forgetChat, meetChat, readChat, relistAll, updateChat, watchers } from '../../services/chats.ts';
import { identityMark, meet, namesOf, type PersonRow } from '../../services/people/people.ts';
import { applyRetention } from '../../services/privacy/retention.ts';
import type { Store } from '../../services/store/store.ts';
import { chatFor } from '../support/sweeping.ts';
import { memoryStore } from '../support/memory.ts';
import { IDENTITIES, ofChat, PERSONS, WATCHING } from '../../services/store/rows.ts';

const programme = (name: string): Watching => ({ what: 'programme', programme: name });
const also = (name: string) => (chat: Chat | undefined) => chat && { ...chat, watching: [...chat.watching, programme(name)] };
const names = (watching: Watching[]) => watching.map((one) => (one.what === 'programme' ? one.programme : one.what)).sort();

async function watching(...what: string[]): Promise<Store> {
  const store = memoryStore();
  await updateChat(store, 'one', () => ({ ...chatFor('one', 'c'), watching: what.map(programme) }));
  return store;
}

describe('what a chat watches', () => {
  it('is kept whole when two people say "watch" in the same moment', async () => {
    const store = await watching();
    await Promise.all([updateChat(store, 'one', also('A')), updateChat(store, 'one', also('B'))]);
    assert.deepEqual(names((await readChat(store, 'one'))?.value.watching ?? []), ['A', 'B']);
    assert.deepEqual(
      (await watchers(store)).flatMap((one) => names(one.watching)),
      ['A', 'B'],
    );
  });

  it('is kept whole when twelve people do', async () => {
    const store = await watching();
    const letters = [...'ABCDEFGHIJKL'];
    await Promise.all(letters.map((one) => updateChat(store, 'one', also(one))));
    assert.deepEqual(names((await readChat(store, 'one'))?.value.watching ?? []), letters);
    assert.deepEqual(
      (await watchers(store)).flatMap((one) => names(one.watching)),
      letters,
    );
  });

  it('stays when somebody speaks, or the digest is noted, while it is set', async () => {
    const store = await watching();
    const seen = { key: 'one', kind: 'channel' as const, reference: { id: 'moved' }, tenantId: 'tenant' };
    await Promise.all([
      meetChat(store, seen),
      updateChat(store, 'one', also('A')),
      updateChat(store, 'one', (chat) => chat && { ...chat, toldBaseline: true }),
      meetChat(store, seen),
    ]);
    const { value } = (await readChat(store, 'one')) ?? {};
    assert.deepEqual([names(value?.watching ?? []), value?.toldBaseline, value?.reference], [['A'], true, { id: 'moved' }]);
  });

  it('is not lost behind a row that is never left alone: after twenty tries it is said', async () => {
    const store = await watching();
    const busy: Store = { ...store, commit: async () => 'conflict' };
    await assert.rejects(updateChat(busy, 'one', also('A')), /one could not be changed in 20 tries/);
  });

  it('of a chat that nobody knows is not made up', async () => {
    const store = memoryStore();
    assert.equal(await updateChat(store, 'nobody', also('A')), undefined);
    assert.equal(await readChat(store, 'nobody'), undefined);
  });
});

describe('the list of chats that watch', () => {
  it('is brought back by the walk when a line is missing, wrong, or of a chat that is no more', async () => {
    const store = await watching('A');
    await updateChat(store, 'two', () => ({ ...chatFor('two', 'c'), watching: [programme('B')] }));
    await updateChat(store, 'three', () => ({ ...chatFor('three', 'c'), watching: [] }));
    await store.remove(...WATCHING, 'one');
    await store.put(...WATCHING, 'two', { watching: [programme('X')] });
    await store.put(...WATCHING, 'three', { watching: [programme('Y')] });
    await store.put(...WATCHING, 'ghost', { watching: [programme('Z')] });
    assert.deepEqual((await relistAll(store)).sort(), ['one', 'two']);
    assert.deepEqual(
      (await watchers(store)).map((one) => [one.key, names(one.watching)]),
      [
        ['one', ['A']],
        ['two', ['B']],
      ],
    );
  });

  it('says what was said last, in whatever order two writers reach it', async () => {
    const inner = await watching();
    const held: (() => void)[] = [];
    // The first one's line is on its way while the second one is done.
    const slow: Store = {
      ...inner,
      async put(table, partition, key, value) {
        if (partition === 'watching') await new Promise<void>((go) => held.push(go));
        await inner.put(table, partition, key, value);
      },
    };
    const dismissed = async () => {
      while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
      held.pop()?.();
    };
    const first = updateChat(slow, 'one', also('A'));
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await updateChat(inner, 'one', also('B'));
    await dismissed();
    await dismissed();
    await first;
    assert.deepEqual(
      (await watchers(inner)).flatMap((one) => names(one.watching)),
      ['A', 'B'],
    );
  });

  it('holds nothing of a chat that was forgotten', async () => {
    const store = await watching('A');
    await store.put(...ofChat('one'), 'say_1', {});
    await forgetChat(store, 'one');
    assert.deepEqual(await relistAll(store), []);
    assert.equal(await readChat(store, 'one'), undefined);
    assert.equal((await store.range(...ofChat('one'), '-', '~')).length, 0);
  });
});

describe('a person', () => {
  const ann = { objectId: 'a', tenantId: 't', name: 'Ann' };
  const today = '2027-01-20';
  const rows = async (store: Store) => (await store.range<PersonRow>(...PERSONS, 'p', 'q')).map((row) => row.value);

  it('who writes in person and in channels in the same moment keeps the chat of her own', async () => {
    for (let other = 0; other < 6; other++) {
      const store = memoryStore();
      if (other % 2) await meet(store, ann, null, '2026-11-01');
      const met = await Promise.all(
        Array.from({ length: 6 }, (_, n) => meet(store, { ...ann, name: n === 5 ? '' : 'Ann' }, n === other ? 'own' : null, today)),
      );
      assert.equal(new Set(met.map((one) => one.key)).size, 1);
      assert.deepEqual(await rows(store), [{ ...ann, key: met[0]?.key, chat: 'own', seenOn: today }]);
    }
  });

  it('who is forgotten in the same moment leaves no row behind that nothing leads to', async () => {
    const store = memoryStore();
    const { key } = await meet(store, ann, null, '2026-11-01');
    let reads = 0;
    const forgetting: Store = {
      ...store,
      async get<T>(...given: Parameters<Store['get']>) {
        if (given[1] === 'person' && ++reads === 1) {
          await store.remove(...IDENTITIES, identityMark('a'));
          await store.remove(...PERSONS, key);
        }
        return store.get<T>(...given);
      },
    };
    const again = await meet(forgetting, ann, 'own', today);
    assert.notEqual(again.key, key);
    assert.deepEqual(await rows(store), [{ ...ann, key: again.key, chat: 'own', seenOn: today }]);
  });

  it('whose name is forgotten after years, and who is here again in this moment, keeps it', async () => {
    const store = memoryStore();
    const { key } = await meet(store, ann, null, '2024-01-01');
    const racing: Store = {
      ...store,
      async range<T>(...given: Parameters<Store['range']>) {
        const found = await store.range<T>(...given);
        if (given[1] === 'person') await meet(store, ann, null, today);
        return found;
      },
    };
    await applyRetention(racing, new Date('2027-01-20T00:00:00Z'), { nameDays: 400, recordDays: 3650 });
    assert.equal((await namesOf(store, [key]))[key], 'Ann');
  });
});
