/** The store and the queues against Azurite, and against the storage of the benchmark of size, which must do the same. */
import { childEnvironment } from '../../bot/config/config.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildren } from '../../services/local/processes.ts';
import { type Clock, systemClock } from '../../services/clock.ts';
import { sharedBudget } from '../../services/sharedBudget.ts';
import { meet, namesOf } from '../../services/people/people.ts';
import { openQueues } from '../../services/queue/azureQueues.ts';
import type { Store } from '../../services/store/store.ts';
import { openTables, azuriteConnection } from '../../services/store/azureTables.ts';
import { startStorage } from '../bench/storage.ts';
import { freePair } from '../support/ports.ts';
import { takeTickets } from '../../services/tickets/tickets.ts';
import { findCustomers, nameCustomer } from '../../services/search.ts';
import { ALL_KEYS, INBOX, keysWith, ofChat, ofCustomer, TICKET } from '../../services/store/rows.ts';

interface Opened {
  connectionString: string;
  close(): Promise<void>;
}

async function openAzurite(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'successor-store-'));
  const port = await freePair();
  const children = await startChildren({
    dataDir: folder,
    environment: childEnvironment(process.env),
    storage: { tablePort: port, queuePort: port + 1 },
    sandboxPort: null,
    chat: null,
  });
  return {
    connectionString: azuriteConnection(port, port + 1),
    async close() {
      await children.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

for (const [title, open] of [
  ['the store', openAzurite],
  ['the store over the storage of the benchmark of size', startStorage],
] as const)
  describe(title, () => keepsTo(open));

function keepsTo(open: () => Promise<Opened>): void {
  let connection: Opened;
  let store: Store;
  before(async () => {
    connection = await open();
    store = await openTables(connection);
  });
  after(() => connection.close());

  it('creates once, replaces under its etag, and does all of a transaction or nothing', async () => {
    assert.equal(await store.commit(...ofCustomer('c'), [{ op: 'create', key: 'a', value: { n: 1 } }]), 'done');
    assert.equal(await store.commit(...ofCustomer('c'), [{ op: 'create', key: 'a', value: { n: 2 } }]), 'conflict');
    const row = await store.get<{ n: number }>(...ofCustomer('c'), 'a');
    assert.equal(row?.value.n, 1);
    assert.equal(await store.commit(...ofCustomer('c'), [{ op: 'replace', key: 'a', value: { n: 3 }, etag: row?.etag as string }]), 'done');
    assert.equal(
      await store.commit(...ofCustomer('c'), [
        { op: 'create', key: 'b', value: {} },
        { op: 'replace', key: 'a', value: { n: 4 }, etag: row?.etag as string },
      ]),
      'conflict',
    );
    assert.equal(await store.get(...ofCustomer('c'), 'b'), undefined);
    assert.equal(await store.commit(...ofCustomer('c'), [{ op: 'replace', key: 'never', value: {}, etag: row?.etag as string }]), 'conflict');
  });

  it('deletes only what is as it was read, alone and with others, over several rows', async () => {
    const place = ofCustomer('d');
    for (const key of ['a', 'b', "it's"]) await store.put(...place, key, { n: 1 });
    const etags = new Map((await store.range(...place, ...ALL_KEYS)).map((row) => [row.key, row.etag]));
    const gone = (key: string) => ({ op: 'delete' as const, key, etag: etags.get(key) as string });
    await store.put(...place, 'b', { n: 2 });
    assert.equal(await store.commit(...place, [gone('b')]), 'conflict');
    assert.equal(await store.commit(...place, [gone('a'), { op: 'create', key: 'c', value: {} }, gone('b')]), 'conflict');
    assert.deepEqual(
      (await store.range(...place, ...ALL_KEYS)).map((row) => row.key),
      ['a', 'b', "it's"],
    );
    assert.equal(
      await store.commit(...place, [gone('a'), { op: 'create', key: 'c', value: { text: 'DELETE b HTTP/1.1\r\nif-match: *' } }, gone("it's")]),
      'done',
    );
    assert.equal(await store.commit(...place, [gone('a')]), 'conflict');
    assert.deepEqual(
      (await store.range<{ text?: string }>(...place, ...ALL_KEYS)).map((row) => [row.key, row.value.text]),
      [
        ['b', undefined],
        ['c', 'DELETE b HTTP/1.1\r\nif-match: *'],
      ],
    );
  });

  it('one of fifty racers wins', async () => {
    await store.put(...ofCustomer('r'), 'x', { n: 0 });
    const row = await store.get(...ofCustomer('r'), 'x');
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store.commit(...ofCustomer('r'), [{ op: 'replace', key: 'x', value: { n }, etag: row?.etag as string }])),
    );
    assert.equal(results.filter((one) => one === 'done').length, 1);
  });

  it('reads a named range in order, and no more than asked', async () => {
    for (const key of ['say_3', 'say_1', 'zzz', 'say_2', 'aaa']) await store.put(...ofChat('k'), key, { key });
    assert.deepEqual(
      (await store.range(...ofChat('k'), ...keysWith(INBOX))).map((row) => row.key),
      ['say_1', 'say_2', 'say_3'],
    );
    assert.equal((await store.range(...ofChat('k'), ...keysWith(INBOX), 2)).length, 2);
  });

  it('reads a range of more rows than a page holds, each once and in order', async () => {
    const keys = Array.from({ length: 1_150 }, (_, n) => `p${String(n).padStart(4, '0')}`);
    for (let from = 0; from < keys.length; from += 100)
      await store.commit(
        ...ofCustomer('pages'),
        keys.slice(from, from + 100).map((key) => ({ op: 'create' as const, key, value: { key } })),
      );
    const rows = await store.range<{ key: string }>(...ofCustomer('pages'), 'p', 'q');
    assert.deepEqual(
      rows.map((row) => row.value.key),
      keys,
    );
  });

  it('keeps what is larger than one property letter by letter, and refuses what Azure would', async () => {
    const big = { text: 'ü'.repeat(70_000) };
    await store.put(...ofChat('big'), 'x', big);
    const read = (await store.get<{ text: string }>(...ofChat('big'), 'x'))?.value.text ?? '';
    assert.equal(read.length, 70_000);
    assert.ok(read === big.text);
    await assert.rejects(store.put(...ofChat('big'), 'y', { text: 'x'.repeat(500_000) }), /too large to store/);
    await assert.rejects(
      store.commit(
        'chats',
        'big',
        Array.from({ length: 101 }, (_, n) => ({ op: 'create' as const, key: `k${n}`, value: {} })),
      ),
      /at most 100 changes/,
    );
  });

  it('scans a table over all partitions: partition after partition, each in order, more than a page of them', async () => {
    const partitions = ['scan-b', 'scan-a', 'scan-c'];
    for (const partition of partitions)
      for (let from = 0; from < 500; from += 100)
        await store.commit(
          'open',
          partition,
          Array.from({ length: 100 }, (_, n) => ({ op: 'create' as const, key: `tkt_${String(from + n).padStart(4, '0')}`, value: { n: from + n } })),
        );
    await store.put('open', 'scan-a', 'zzz', {});
    const found: string[] = [];
    let pages = 0;
    for await (const page of store.scan<{ n: number }>('open', ...keysWith(TICKET))) {
      pages += 1;
      for (const row of page) found.push(`${row.partition} ${row.key}`);
    }
    assert.equal(found.length, 1_500);
    assert.deepEqual(found, [...found].sort());
    assert.ok(pages > 1);
  });

  it('takes tickets without doubles from many hands', async () => {
    const taken = (await Promise.all(Array.from({ length: 20 }, (_, n) => takeTickets(store, (n % 3) + 1, new Date())))).flat();
    assert.equal(new Set(taken).size, taken.length);
    assert.match(taken[0] as string, /^S-\d{4}$/);
  });

  it('finds customers by the beginning of any word, without accents', async () => {
    for (const [id, name] of [
      ['1', 'Contoso Ltd'],
      ['2', 'Contoso Electronics'],
      ['3', 'Café de l’Été'],
      ['4', '株式会社 テスト'],
    ] as const)
      await nameCustomer(store, { id, name });
    assert.deepEqual(
      (await findCustomers(store, 'contoso')).map((one) => one.name),
      ['Contoso Electronics', 'Contoso Ltd'],
    );
    assert.deepEqual(
      (await findCustomers(store, 'CONTOSO ltd')).map((one) => one.id),
      ['1'],
    );
    assert.deepEqual(
      (await findCustomers(store, 'ete')).map((one) => one.id),
      ['3'],
    );
    assert.deepEqual(
      (await findCustomers(store, 'テスト')).map((one) => one.id),
      ['4'],
    );
    assert.deepEqual(await findCustomers(store, '!!'), []);
  });

  it('meets a person once, under a key that tells nothing', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => meet(store, { objectId: 'o1', tenantId: 't', name: 'Ann' }, null, '2027-01-20')));
    assert.equal(new Set(people.map((one) => one.key)).size, 1);
    assert.equal((await meet(store, { objectId: 'O1', tenantId: 'other', name: 'Ann' }, null, '2027-01-20')).key, people[0]?.key, 'in each of our tenants');
    await meet(store, { objectId: 'o1', tenantId: 't', name: 'Ann Jansson' }, null, '2027-01-20');
    assert.deepEqual(Object.values(await namesOf(store, [people[0]?.key, 'bot', null])), ['Ann Jansson']);
  });

  it('a budget shared by four takers keeps to its rate', async () => {
    // Who waits has waited at once: time goes by as far as that, and nobody waits for real.
    const startedAt = systemClock().wallMs();
    let nowMs = startedAt;
    const clock: Clock = {
      now: () => new Date(nowMs),
      wallMs: () => nowMs,
      async sleep(ms) {
        const untilMs = nowMs + ms;
        await new Promise(setImmediate);
        nowMs = Math.max(nowMs, untilMs);
      },
    };
    const budgets = Array.from({ length: 4 }, () => sharedBudget(store, clock, 'test', 6_000));
    await Promise.all(
      budgets.map(async (budget) => {
        for (let n = 0; n < 400; n++) await budget.take();
      }),
    );
    // 1,600 at 100 a second, of which 12 seconds' worth may come at once: never sooner.
    const took = nowMs - startedAt;
    assert.ok(took >= 3_000, `${took} ms`);
  });

  it('a queue message hides, comes back, and remembers how often it was taken', async () => {
    const queues = await openQueues(connection);
    await queues.send('move', 'hello', 0);
    const [first] = await queues.take('move', 10, 1_000);
    assert.deepEqual([first?.text, first?.taken], ['hello', 1]);
    assert.deepEqual(await queues.take('move', 10, 1_000), []);
    await first?.postpone(0);
    const [second] = await queues.take('move', 10, 5_000);
    assert.equal(second?.taken, 2);
    await first?.done(); // an old receipt is no longer ours: nothing happens
    await second?.done();
    assert.deepEqual(await queues.take('move', 10, 1_000), []);
  });
}
