/** A backup and its way back: every row, nothing written over, and the record read afterwards. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedIn, backUp, restore } from '../../../bot/cli/backup.ts';
import type { Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { GENESIS_HASH, ticketTransaction } from '../../../services/auditLog/auditLog.ts';
import { beginDryRun, readSwitch, stopOf } from '../../../services/readOnly.ts';
import { linesIn, linesOut } from '../../../services/store/copy.ts';
import { LISTED, ofCustomer } from '../../../services/store/rows.ts';
import { type Scanned, TABLES } from '../../../services/store/store.ts';
import { settleTickets, takeTickets } from '../../../services/tickets/tickets.ts';
import { type MemoryStore, memoryStore } from '../../support/memory.ts';
import { sampleTicket } from '../../support/samples.ts';

const AT = '2030-06-01T00:00:00.000Z';
const CUSTOMER = 'c0000000';
const ODD = 'A\u2028B\u2029C\n"D" 🎿 \u202e';

/** A customer with a ticket and its record, many rows in one partition, and names of every kind. */
async function filled(): Promise<MemoryStore> {
  const store = memoryStore();
  await store.put(...LISTED, CUSTOMER, { name: ODD });
  const ids = await takeTickets(store, 1, new Date(AT));
  const id = ids[0] as string;
  const ticket: Ticket = {
    ...sampleTicket(),
    id,
    customerId: CUSTOMER,
    subscriptionId: 'x',
    openedAt: AT,
    closed: null,
    move: null,
    audit: { seq: 0, hash: GENESIS_HASH },
  };
  const known = { snapshot: {}, episode: 1, ticket: id, liveMove: null, moves: 0 } as unknown as TrackedSubscription;
  const entries = ['stopped', 'snooze'].map((what) => ({ by: { key: 'pann', tenant: 't' }, what, before: '', after: 'open' }));
  await store.commit(...ofCustomer(CUSTOMER), [...ticketTransaction(null, ticket, entries, [], AT), { op: 'create', key: 'sub_x', value: known }]);
  await settleTickets(store, ids);
  for (let n = 0; n < 250; n++) await store.put('handles', '2030-06-01', `h${n}`, { n, long: 'y'.repeat(n === 7 ? 60_000 : 1) });
  return store;
}

async function all(store: MemoryStore): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const table of TABLES)
    for await (const page of store.scan<unknown>(table, '', '\uFFFD'))
      for (const row of page as Scanned<unknown>[]) rows[`${table} ${row.partition} ${row.key}`] = row.value;
  return rows;
}

describe('what is typed for a backup', () => {
  it('is a folder, and an account where it is not that of the settings', () => {
    assert.deepEqual(askedIn(['backup', 'here']), { what: 'backup', folder: 'here', account: null });
    for (const words of [
      ['restore', 'here', '--account', 'succabc'],
      ['restore', '--account=succabc', 'here'],
    ])
      assert.deepEqual(askedIn(words), { what: 'restore', folder: 'here', account: 'succabc' });
  });
  it('is refused with what is wrong in it', () => {
    for (const words of [[], ['backup'], ['backup', 'here', 'there'], ['erase', 'here'], ['backup', 'here', '--acount', 'succabc']])
      assert.throws(() => askedIn(words), /^Error: Name a folder: .*Nothing was done/, words.join(' '));
    for (const account of ['', 'Big', 'a', 'x.blob.core.windows.net', 'https://x'])
      assert.throws(() => askedIn(['backup', 'here', `--account=${account}`]), /^Error: --account cannot be '.*': .*3 to 24 small letters/, account);
    assert.throws(() => askedIn(['backup', 'here', '--account']), /--account cannot be ''/);
  });
});

describe('a backup', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'successor-backup-')), 'one');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('brings back every row as it was, with the record whole and the bot read-only', async () => {
    const [from, to] = [await filled(), memoryStore()];
    const before = await all(from);
    assert.match((await backUp(from, folder)).join('\n'), /1 tickets, 2 lines: the record is whole/);
    assert.deepEqual(await all(from), before, 'nothing is changed by it');
    const said = (await restore(to, folder, AT)).join('\n');
    assert.match(said, new RegExp(`^${Object.keys(before).length} rows are back\\. The bot is read-only[\\s\\S]*the record is whole`));
    assert.equal((await readSwitch(to))?.on, true);
    const after = await all(to);
    for (const [key, value] of Object.entries(before)) assert.deepEqual(after[key], value, key);
    assert.equal(Object.keys(after).length, Object.keys(before).length + 1, 'and the switch');
  });
  it('of a dry run comes back as one: nothing is bought there either, and it says how it ends', async () => {
    const [from, to] = [await filled(), memoryStore()];
    await beginDryRun(from, AT);
    await backUp(from, folder);
    assert.match((await restore(to, folder, AT)).join('\n'), /The bot is in its dry run[\s\S]*“dry-run off”/);
    assert.equal(stopOf(await readSwitch(to)), 'dryRun');
  });
  it('is for its owner alone, and goes into no folder in which something lies', async () => {
    await backUp(await filled(), folder);
    assert.equal(statSync(join(folder, 'customers.jsonl')).mode & 0o077, 0);
    await assert.rejects(backUp(await filled(), folder), /is not empty/);
  });
  it('goes into no storage in which something lies', async () => {
    await backUp(await filled(), folder);
    const to = memoryStore();
    await to.put(...LISTED, 'other', { name: 'Other' });
    const before = await all(to);
    await assert.rejects(restore(to, folder, AT), /not empty, and nothing was changed/);
    assert.deepEqual(await all(to), before);
  });
  it('of which a line of the record was changed says so', async () => {
    await backUp(await filled(), folder);
    const file = join(folder, 'customers.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"what":"snooze"', '"what":"letGo"'));
    await assert.rejects(restore(memoryStore(), folder, AT), /1 faults|faults\. Run npm run audit:verify/);
  });
  for (const [name, spoil, says] of [
    ['a file is missing', () => rmSync(join(folder, 'names.jsonl')), /no backup: names is missing/],
    ['a file was not finished', () => writeFileSync(join(folder, 'names.jsonl'), ''), /was not finished/],
    ['a line is cut off', () => appendFileSync(join(folder, 'people.jsonl'), '{"partition":"x'), /cut off or changed/],
    ['another Successor wrote it', () => writeFileSync(join(folder, 'open.jsonl'), '{"table":"open","format":99}\n'), /newer Successor \(format 99/],
    ['two tables are exchanged', () => writeFileSync(join(folder, 'open.jsonl'), '{"table":"names","format":3}\n'), /another table/],
  ] as const)
    it(`of which ${name} is refused with a sentence`, async () => {
      await backUp(await filled(), folder);
      spoil();
      await assert.rejects(restore(memoryStore(), folder, AT), says);
    });
  it('a transaction of its way back is within what Azure takes', async () => {
    const [from, to] = [await filled(), memoryStore()];
    for (let n = 0; n < 90; n++) await from.put('handles', '2030-06-02', `big${n}`, { long: 'z'.repeat(60_000) });
    let most = 0;
    to.onCommit = (_table, _partition, changes) => (most = Math.max(most, JSON.stringify(changes).length));
    await linesIn(to, 'handles', linesOut(from, 'handles'));
    assert.ok(most > 1_000_000 && most < 4_000_000, `${most} bytes`);
  });
});
