/** What is bounded stays so: a map's entries, and what is done at once. */
import assert from 'node:assert/strict';
import { boundedMap } from '../../services/boundedMap.ts';
import { chunksOf, inChunks } from '../../services/chunks.ts';

describe('a bounded map', () => {
  it('lets go what was set longest ago', () => {
    const map = boundedMap<string, number>(2);
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const)
      map.set(key, value);
    assert.deepEqual([map.size, map.get('a'), map.get('b'), map.get('c'), map.has('b')], [2, 3, undefined, 4, false]);
  });

  it('never holds more, whatever comes', () => {
    const map = boundedMap<number, true>(100);
    for (let n = 0; n < 10_000; n++) map.set(n % 777, true);
    assert.equal(map.size, 100);
  });

  it('has room again for what was taken away', () => {
    const map = boundedMap<string, number>(1);
    map.set('a', 1);
    assert.deepEqual([map.delete('a'), map.delete('a'), map.size], [true, false, 0]);
  });
});

describe('a list in pieces', () => {
  it('holds everything once, in its order', () => {
    assert.deepEqual(chunksOf([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
    assert.deepEqual(chunksOf([1, 2], 2), [[1, 2]]);
    assert.deepEqual(chunksOf([], 2), []);
  });

  it('is worked on so many at once', async () => {
    let [now, most] = [0, 0];
    const done: number[] = [];
    await inChunks([1, 2, 3, 4, 5, 6, 7], 3, async (one) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      done.push(one);
    });
    assert.deepEqual([most, done], [3, [1, 2, 3, 4, 5, 6, 7]]);
  });

  it('ends with the first failure, and begins nothing after it', async () => {
    const begun: number[] = [];
    const work = async (one: number) => {
      begun.push(one);
      if (one === 2) throw new Error('no');
    };
    await assert.rejects(inChunks([1, 2, 3, 4], 2, work), /no/);
    assert.deepEqual(begun, [1, 2]);
  });
});
