/** What is kept of a chat: one row, changed by one at a time; the list of those that watch is made from it. */
import assert from 'node:assert/strict';
import type { Chat, Watching } from '../../services/domain.ts';
import { forgetChat, meetChat, readChat, relistAll, updateChat, watchers } from '../../services/speak/chats.ts';
import type { Store } from '../../services/store/store.ts';
import { chatFor } from '../bench/sweeping.ts';
import { memoryStore } from '../crash/memory.ts';

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
    await store.remove('chats', 'watching', 'one');
    await store.put('chats', 'watching', 'two', { watching: [programme('X')] });
    await store.put('chats', 'watching', 'three', { watching: [programme('Y')] });
    await store.put('chats', 'watching', 'ghost', { watching: [programme('Z')] });
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
    const letGo = async () => {
      while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
      held.pop()?.();
    };
    const first = updateChat(slow, 'one', also('A'));
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await updateChat(inner, 'one', also('B'));
    await letGo();
    await letGo();
    await first;
    assert.deepEqual(
      (await watchers(inner)).flatMap((one) => names(one.watching)),
      ['A', 'B'],
    );
  });

  it('holds nothing of a chat that was forgotten', async () => {
    const store = await watching('A');
    await store.put('chats', 'one', 'say_1', {});
    await forgetChat(store, 'one');
    assert.deepEqual(await relistAll(store), []);
    assert.equal(await readChat(store, 'one'), undefined);
    assert.equal((await store.range('chats', 'one', '-', '~')).length, 0);
  });
});
