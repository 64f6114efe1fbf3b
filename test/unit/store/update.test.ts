/** One writer after the other: nobody's change is lost, and nobody tries without an end. */
import assert from 'node:assert/strict';
import { READ_ONLY_KEY, SWITCHES } from '../../../services/store/rows.ts';
import type { Store } from '../../../services/store/store.ts';
import { update, untilStored } from '../../../services/store/update.ts';
import { memoryStore } from '../../support/memory.ts';

interface Row {
  n: number;
}

const AT = [...SWITCHES, READ_ONLY_KEY] as const;
const PATIENCE = { tries: 20, failed: 'The number could not be changed' };

/** A store in which somebody else adds one between each of the first reads and its commit. */
function busy(store: Store, times: number): Store {
  let left = times;
  return {
    ...store,
    async commit(...given) {
      if (left-- > 0) {
        const now = await store.get<Row>(...AT);
        const value = { n: (now?.value.n ?? 0) + 1 };
        await store.commit(...SWITCHES, [now ? { op: 'replace', key: AT[2], value, etag: now.etag } : { op: 'create', key: AT[2], value }]);
      }
      return store.commit(...given);
    },
  };
}

describe('a row that is changed', () => {
  it('is made where there was none, and replaced where there is one', async () => {
    const store = memoryStore();
    for (let n = 1; n <= 3; n++) assert.deepEqual(await update<Row>(store, AT, PATIENCE, (now) => ({ n: (now?.n ?? 0) + 1 })), { n });
  });

  it('is left alone by null and by what was given, and told as it stands', async () => {
    const store = memoryStore();
    assert.equal(await update<Row>(store, AT, PATIENCE, () => null), undefined);
    await update<Row>(store, AT, PATIENCE, () => ({ n: 7 }));
    const before = await store.get<Row>(...AT);
    assert.deepEqual(await update<Row>(store, AT, PATIENCE, () => null), { n: 7 });
    assert.deepEqual(await update<Row>(store, AT, PATIENCE, (now) => now), { n: 7 });
    assert.equal((await store.get<Row>(...AT))?.etag, before?.etag);
  });

  it('keeps every one of many changes that come at once', async () => {
    const store = memoryStore();
    await Promise.all(Array.from({ length: 15 }, () => update<Row>(store, AT, PATIENCE, (now) => ({ n: (now?.n ?? 0) + 1 }))));
    assert.equal((await store.get<Row>(...AT))?.value.n, 15);
  });

  it('is decided anew on what somebody else has written meanwhile', async () => {
    const seen: number[] = [];
    const store = memoryStore();
    await update<Row>(busy(store, 3), AT, PATIENCE, (now) => {
      seen.push(now?.n ?? 0);
      return { n: (now?.n ?? 0) + 100 };
    });
    assert.deepEqual([seen, (await store.get<Row>(...AT))?.value.n], [[0, 1, 2, 3], 103]);
  });

  it('is given up with a sentence when others are faster each time', async () => {
    await assert.rejects(
      update<Row>(busy(memoryStore(), 1_000), AT, { ...PATIENCE, tries: 4 }, () => ({ n: 0 })),
      /^Error: The number could not be changed in 4 tries: others change it all the time\.$/,
    );
  });
});

describe('work that ends in a commit', () => {
  it('is done again after a conflict, and no more once it is stored', async () => {
    let turns = 0;
    assert.equal(await untilStored({ tries: 5, failed: 'X' }, async () => (++turns < 3 ? 'conflict' : turns)), 3);
    assert.equal(turns, 3);
  });

  it('ends with the first failure that is no conflict', async () => {
    let turns = 0;
    const work = async () => {
      turns += 1;
      throw new Error('the storage is away');
    };
    await assert.rejects(untilStored({ tries: 5, failed: 'X' }, work), /the storage is away/);
    assert.equal(turns, 1);
  });
});
