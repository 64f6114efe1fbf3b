/** Formats of rows: the last two are read, ours is written once the storage says so, and an upgrade that is cut off anywhere loses nothing. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAll } from '../../../bot/cli/audit.ts';
import { restore } from '../../../bot/cli/backup.ts';
import { FORMAT, FORMER, StoreFormatError, upgraded } from '../../../services/store/format.ts';
import { formatOf, formatted, type Kept } from '../../../services/store/formats.ts';
import { isEmpty } from '../../../services/store/copy.ts';
import { FORMAT_KEY, FORMAT_MARK, LISTED, LISTING, LISTING_KEY, ofCustomer, OPEN, WATCH_KEY } from '../../../services/store/rows.ts';
import { type Scanned, type Store, type Table, TABLES } from '../../../services/store/store.ts';
import { findCustomers } from '../../../services/search.ts';
import { openTickets, waitingApprovals } from '../../../services/tickets/openList.ts';
import { readListing, readWatch } from '../../../services/watch/rows.ts';
import { type MemoryStore, memoryStore } from '../../support/memory.ts';
import { RELEASES, writtenBy } from '../../support/release.ts';

const CUSTOMER = 'c0000000';

async function keptIn(kept: Store): Promise<(Scanned<Kept> & { table: Table })[]> {
  const all: (Scanned<Kept> & { table: Table })[] = [];
  for (const table of TABLES) for await (const page of kept.scan<Kept>(table, '', '\uffff')) for (const row of page) all.push({ ...row, table });
  return all;
}

/** By place, as they are read. */
async function readAll(store: Store): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const table of TABLES)
    for await (const page of store.scan<unknown>(table, '', '\uffff')) for (const row of page) rows[`${table} ${row.partition} ${row.key}`] = row.value;
  return rows;
}

/** The store dies at its n-th call, before it or after it; what was asked for after that never happens. */
function dyingAt(store: Store, n: number, after: boolean): Store {
  let calls = 0;
  const gate = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls > n || (calls === n && !after)) throw new Error('killed');
    const done = await work();
    if (calls === n) throw new Error('killed');
    return done;
  };
  return { ...store, get: (...given) => gate(() => store.get<never>(...given)), commit: (...given) => gate(() => store.commit(...given)) };
}

async function formerStore(): Promise<MemoryStore> {
  const kept = memoryStore();
  const former = formatted(kept, FORMER);
  await former.put(...LISTED, CUSTOMER, { name: 'Contoso' });
  await former.put(...ofCustomer(CUSTOMER), WATCH_KEY, {
    name: 'Contoso',
    generation: 'g',
    lookedAt: null,
    notedAt: 1,
    expeditedAt: 0,
    skipped: null,
    goneAt: null,
  });
  await former.put(...LISTING, LISTING_KEY, { nextAt: 5, walkedAt: null, customers: 1, baselineAt: null });
  await former.put(...OPEN, '2030-01-01_S-1001', { ticketId: 'S-1001' });
  for (let n = 0; n < 230; n++) await former.put('handles', 'd20300101', `h${n}`, { n });
  return kept;
}

describe('the format of rows', () => {
  it('of what the watch knows and of the list of tickets: what was left out is there, what was there stays', async () => {
    const store = formatted(await formerStore(), FORMER);
    const watch = await readWatch(store, CUSTOMER);
    assert.deepEqual([watch?.value.unread, watch?.value.doubtedSince, watch?.value.listsEnds, watch?.value.notedAt], [null, null, false, 1]);
    const listing = await readListing(store);
    assert.deepEqual([listing?.expeditedAt, listing?.trouble, listing?.doubtedSince, listing?.nextAt], [0, null, null, 5]);
    assert.equal((await openTickets(store))[0]?.end, 'unknown');
    const at = { table: 'customers', partition: CUSTOMER, key: WATCH_KEY } as const;
    const whole = { unread: 'x', doubtedSince: '2030-01-01', listsEnds: true };
    assert.deepEqual(upgraded(at, whole), whole);
    assert.deepEqual(upgraded(at, upgraded(at, {})), upgraded(at, {}), 'twice is as once');
    assert.deepEqual(upgraded({ ...at, key: 'sub_x' }, { a: 1 }), { a: 1 }, 'other rows are as they were');
  });
  it('of a new storage is ours from the first row on; of one in use that before, until it is upgraded', async () => {
    const fresh = memoryStore();
    assert.equal(await formatOf(fresh, true), FORMAT);
    assert.equal(await formatOf(fresh, false), FORMAT, 'and is known from then on');
    const kept = await formerStore();
    const store = formatted(kept, await formatOf(kept, false));
    await store.put(...LISTED, 'c1', { name: 'New' });
    assert.deepEqual(new Set((await keptIn(kept)).map((row) => row.value.format)), new Set([FORMER]));
    await store.upgrade();
    await store.put(...LISTED, 'c2', { name: 'Newer' });
    assert.deepEqual(new Set((await keptIn(kept)).map((row) => row.value.format)), new Set([FORMAT]));
  });
  it('that another process has brought in is learnt by reading, without a start', async () => {
    const kept = await formerStore();
    const [one, other] = [formatted(kept, FORMER), formatted(kept, FORMER)];
    await one.upgrade();
    assert.equal(other.format(), FORMER);
    await readWatch(other, CUSTOMER);
    assert.equal(other.format(), FORMAT);
  });
  for (const format of [1, 4, undefined, '3', null])
    it(`is refused where it is ${JSON.stringify(format)}: at the mark, in a row, in a scan and by the upgrade, and nothing is changed`, async () => {
      const odd: Kept = { format, json: '{"not":"read"' };
      const kept = await formerStore();
      await kept.put(...LISTED, 'c9', odd);
      const before = await keptIn(kept);
      const store = formatted(kept, FORMER);
      const refused = (error: Error) => error instanceof StoreFormatError && /this one reads 2 and 3\). Nothing was changed/.test(error.message);
      await assert.rejects(store.get(...LISTED, 'c9'), refused);
      await assert.rejects(store.range(...LISTED, 'a', 'z'), refused);
      await assert.rejects(readAll(store), refused);
      await assert.rejects(store.upgrade(), refused);
      assert.ok(JSON.stringify(await keptIn(kept)) === JSON.stringify(before));
      await kept.put(...FORMAT_MARK, FORMAT_KEY, odd);
      await assert.rejects(formatOf(kept, false), refused);
      await kept.remove(...LISTED, 'c9');
      await assert.rejects(store.upgrade(), refused);
    });
});

describe('an upgrade', () => {
  it('that is killed at any of its calls, before or after it, and begun again loses nothing and is done once', async () => {
    const before = await readAll(formatted(await formerStore(), FORMER));
    let calls = 0;
    for (let n = 1; calls === 0; n++)
      for (const after of [false, true]) {
        const kept = await formerStore();
        const ended = await formatted(dyingAt(kept, n, after), FORMER)
          .upgrade()
          .catch(() => null);
        if (ended !== null) calls = n;
        assert.deepEqual(await readAll(formatted(kept, FORMER)), before, 'a release that reads both sees the same in between');
        await formatted(kept, FORMER).upgrade();
        assert.deepEqual(await readAll(formatted(kept, FORMAT)), before);
        assert.ok((await keptIn(kept)).every((row) => row.value.format === FORMAT));
        assert.equal(await formatted(kept, FORMAT).upgrade(), 0, 'there is nothing left to do');
      }
    assert.ok(calls > 6, `${calls} calls`);
  });
  it('begins with the mark, which lies first in its table: a release that knows nothing of it is refused at its start', async () => {
    const kept = await formerStore();
    await kept.put('budget', 'anchor_2030', '000000', { format: FORMER, json: '{}' } satisfies Kept);
    await formatted(dyingAt(kept, 2, true), FORMER)
      .upgrade()
      .catch(() => {});
    const [first] = (await keptIn(kept)).filter((row) => row.table === 'budget');
    assert.deepEqual([first?.partition, first?.value.format], [FORMAT_MARK[1], FORMAT]);
  });
  it('writes over nothing that a bot writes meanwhile', async () => {
    const kept = await formerStore();
    const bot = formatted(kept, FORMER);
    let once = true;
    const slow: Store = {
      ...kept,
      async commit(...given) {
        if (once && given[0] === 'sweep') {
          once = false;
          await bot.put(...LISTED, CUSTOMER, { name: 'Renamed' });
        }
        return kept.commit(...given);
      },
    };
    await formatted(slow, FORMER).upgrade();
    assert.deepEqual((await bot.get<object>(...LISTED, CUSTOMER))?.value, { name: 'Renamed' });
    assert.ok((await keptIn(kept)).every((row) => row.value.format === FORMAT));
  });
  it('ends with a sentence where a bot of the release before goes on writing', async () => {
    const kept = await formerStore();
    const stubborn: Store = {
      ...kept,
      async commit(...given) {
        const done = await kept.commit(...given);
        await kept.put(...LISTED, 'c1', { format: FORMER, json: '{}' } satisfies Kept);
        return done;
      },
    };
    await assert.rejects(formatted(stubborn, FORMER).upgrade(), /something still writes in format 2\. End every Successor of the release before/);
  });
});

describe('what a release wrote', () => {
  const releases = readdirSync(RELEASES).filter((name) => name.startsWith('store-'));
  it('is kept for the last two formats', () => assert.deepEqual(releases, [`store-${FORMER}`, `store-${FORMAT}`]));
  for (const release of releases) {
    it(`${release} is read: the record is whole, tickets, names and what waits for a yes are found`, async () => {
      const kept = await writtenBy(release);
      const store = formatted(kept, await formatOf(kept, false));
      const { tickets, lines, faults } = await verifyAll(store);
      assert.deepEqual(faults, []);
      assert.ok(tickets >= 3 && lines > 20, `${tickets} tickets, ${lines} lines`);
      const open = await openTickets(store);
      assert.ok(open.some((row) => row.customerName.startsWith('Proseware')));
      assert.ok(open.every((row) => typeof row.end === 'string'));
      assert.deepEqual(
        (await waitingApprovals(store)).map((row) => row.customerName),
        ['Northwind Traders'],
      );
      const [contoso] = await findCustomers(store, 'contoso ltd');
      assert.equal(typeof (await readWatch(store, contoso?.id as string))?.value.listsEnds, 'boolean');
    });
    it(`${release} is upgraded, with the record whole`, async () => {
      const kept = await writtenBy(release);
      const store = formatted(kept, await formatOf(kept, false));
      const before = await readAll(store);
      await store.upgrade();
      assert.deepEqual(await readAll(formatted(kept, FORMAT)), before);
      assert.deepEqual((await verifyAll(store)).faults, []);
    });
    it(`${release} goes back into an empty storage as a backup`, async () => {
      const kept = memoryStore();
      const store = formatted(kept, await formatOf(kept, true));
      assert.equal(await isEmpty(store), true, 'the mark is no row of ours');
      const said = await restore(store, join(RELEASES, release), '2030-06-01T00:00:00.000Z');
      assert.match(said.join('\n'), /the record is whole/);
      assert.ok((await keptIn(kept)).every((row) => row.value.format === FORMAT));
    });
  }
});
