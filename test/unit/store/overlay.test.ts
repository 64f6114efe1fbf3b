/** A store over another one: what is written here is read here, and stands nowhere else. */
import assert from 'node:assert/strict';
import { overlayOn } from '../../../services/store/overlay.ts';
import { memoryStore } from '../../support/memory.ts';

describe('a store over another one', () => {
  it('reads what was written here, in order, and leaves the other as it was', async () => {
    const below = memoryStore();
    await below.put('open', 'p', 'a', 1);
    await below.put('open', 'p', 'c', 3);
    const { store, unwritten } = overlayOn(below);
    const a = await store.get<number>('open', 'p', 'a');
    assert.equal(await store.commit('open', 'p', [{ op: 'replace', key: 'a', value: 10, etag: a?.etag as string }]), 'done');
    await store.put('open', 'p', 'b', 2);
    await store.remove('open', 'p', 'c');
    assert.deepEqual(
      (await store.range<number>('open', 'p', 'a', 'z')).map((row) => [row.key, row.value]),
      [
        ['a', 10],
        ['b', 2],
      ],
    );
    assert.deepEqual((await store.range('open', 'p', 'a', 'z', 1)).length, 1);
    assert.equal(await store.get('open', 'p', 'c'), undefined);
    assert.deepEqual(
      (await below.range<number>('open', 'p', 'a', 'z')).map((row) => [row.key, row.value]),
      [
        ['a', 1],
        ['c', 3],
      ],
    );
    assert.deepEqual(
      unwritten().map(({ key, value }) => [key, value]),
      [
        ['a', 10],
        ['b', 2],
        ['c', null],
      ],
    );
  });

  it('reads as many rows of the other as it is asked for, those that are gone here left out', async () => {
    const below = memoryStore();
    const key = (n: number) => `k${String(n).padStart(5, '0')}`;
    for (let n = 0; n < 5_100; n++) await below.put('open', 'p', key(n), n);
    const { store } = overlayOn(below);
    await store.remove('open', 'p', key(1));
    await store.put('open', 'p', key(9_999), 9_999);
    assert.equal((await store.range('open', 'p', 'k', 'l', 20_000)).length, 5_100);
    assert.deepEqual(
      (await store.range('open', 'p', 'k', 'l', 2)).map((row) => row.key),
      [key(0), key(2)],
    );
  });

  it('says conflict where the real one would: made twice, changed since, gone', async () => {
    const { store } = overlayOn(memoryStore());
    assert.equal(await store.commit('open', 'p', [{ op: 'create', key: 'a', value: 1 }]), 'done');
    assert.equal(await store.commit('open', 'p', [{ op: 'create', key: 'a', value: 1 }]), 'conflict');
    const row = await store.get('open', 'p', 'a');
    await store.put('open', 'p', 'a', 2);
    assert.equal(await store.commit('open', 'p', [{ op: 'delete', key: 'a', etag: row?.etag as string }]), 'conflict');
    assert.equal(
      await store.commit('open', 'p', [
        { op: 'create', key: 'b', value: 1 },
        { op: 'delete', key: 'none', etag: 'x' },
      ]),
      'conflict',
    );
    assert.equal(await store.get('open', 'p', 'b'), undefined, 'all or nothing');
  });
});
