/** A whole story with a marked person: where the store holds that person, that the export knows each place, and that nothing is left. */
import assert from 'node:assert/strict';
import { verifyAll } from '../../bot/cli/audit.ts';
import { operate, withResources } from '../../bot/cli/operator.ts';
import { systemClock } from '../../services/clock.ts';
import { type ConsentDeps, newLoginTicket } from '../../services/partnerCenter/auth/consent.ts';
import type { Held } from '../../services/privacy/holders.ts';
import { waitingChats } from '../../services/notify/inbox.ts';
import { findPeople, type Kept } from '../../services/privacy/privacy.ts';
import { chatKey } from '../../services/chats.ts';
import { type Scanned, type Store, TABLES, type Table } from '../../services/store/store.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { until } from '../support/until.ts';
import { pressThrough } from './main-job.ts';
import type { Chatter } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';
import { AUDIT, CONSENT, REFRESH_KEY, USER } from '../../services/store/rows.ts';

const NAME = 'Zelda Markson';
const OBJECT_ID = 'zelda-markson';
const HOME = 'a:marked-zelda';

interface Found {
  table: Table;
  row: Scanned<unknown>;
}

/** Every row that holds one of the marks, in its value, its key or the name of its partition. */
async function rowsWith(store: Store, marks: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const table of TABLES)
    for await (const page of store.scan<unknown>(table, '', '\uffff'))
      for (const row of page) {
        const text = `${row.partition} ${row.key} ${JSON.stringify(row.value)}`;
        if (marks.some((mark) => text.includes(mark))) found.push({ table, row });
      }
  return found;
}

const nameOf = ({ table, row }: Found) => `${table}/${row.partition}/${row.key}`;
/** Table, and partition or prefix: what a kind of row is called. */
function kindOf({ table, row }: Found): string {
  if (table === 'customers') return `customers ${row.key.split('_')[0]}`;
  if (table === 'handles') return `handles ${row.partition === 'consent' ? 'consent' : 'a day'}`;
  return `${table} ${row.partition.length > 20 ? `one, ${row.key.split('_')[0]}` : row.partition}`;
}

describe('a person whom the whole store knows', () => {
  let world: World;
  let store: Store;
  let zelda: Chatter;
  let olav: Chatter;
  let marks: string[];
  let key: string;
  before(async () => {
    world = await startWorld();
    await world.knowsAll();
    store = await openTables(storageOf(world.config));
    const home = world.teams.chat('personal', HOME, NAME);
    zelda = world.teams.chat('channel', '19:marks@thread', NAME);
    olav = world.teams.chat('channel', '19:marks@thread', 'Olav Peer');
    await zelda.install();
    await home.install();
    await zelda.write('watch');
    await zelda.card('Watching');
    await home.write('watch');
    await home.card('Watching');
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await zelda.card('Contoso Ltd', 'Expires in');
    await home.card('Contoso Ltd', 'Expires in');
    await zelda.press('Assign to me', ['Contoso Ltd', 'Expires in']);
    await pressThrough(zelda, 'Contoso Ltd');
    // One that is under way, and one that waits for a yes.
    await home.write('move northwind');
    await home.card('Northwind Traders', 'Get a price');
    await home.press('Get a price', ['Northwind Traders']);
    await home.card('Northwind Traders', 'Waiting for approval');
    await olav.write('expiring');
    await home.write('expiring');
    await home.card('90 days');
    for (const words of ['read-only on', 'read-only off', 'history contoso']) await home.write(words);
    await home.text('switched me back');
    const [person] = await findPeople(store, NAME);
    key = person?.key as string;
    await newLoginTicket({ store, clock: systemClock() } as ConsentDeps, key);
    await store.put(...CONSENT, REFRESH_KEY, { version: 'v', storedAt: '2027-01-20T00:00:00Z', consentedAt: '2027-01-20T00:00:00Z', by: key });
    marks = [NAME, OBJECT_ID, HOME, person?.chat as string, key];
    assert.ok(person?.chat && person.chat !== chatKey('', '19:marks@thread'));
    await settled();
  });
  after(() => world.close());

  /** Nothing of the story is still being said. */
  async function settled(): Promise<void> {
    let seen = -1;
    await until(
      async () => {
        const count = world.teams.messages.reduce((sum, one) => sum + 1 + one.edits, 0);
        const same = count === seen;
        seen = count;
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        return (same && (await waitingChats(store)).chats === 0) || undefined;
      },
      () => 'the chats do not come to rest',
    );
  }
  const ask = (...words: string[]) => withResources(world.config, (resources) => operate(resources, world.config, words));

  it('stands in these tables and kinds of rows, and the export knows each of them', async () => {
    const before = await rowsWith(store, marks);
    const kinds = new Set(before.map(kindOf));
    for (const kind of [
      'people identity',
      'people person',
      'people pointer',
      'handles a day',
      'handles consent',
      'chats all',
      'chats watching',
      'chats one, chat',
    ])
      assert.ok(kinds.has(kind), `${kind} is not among ${[...kinds].join(', ')}`);
    for (const kind of ['customers ntc', 'customers mov', 'customers tkt', 'customers aud', 'open approvals', 'budget consent', 'budget switch'])
      assert.ok(kinds.has(kind), `${kind} is not among ${[...kinds].join(', ')}`);
    const kept = JSON.parse((await ask('privacy', 'export', key)).join('\n')) as Kept;
    const told = new Set(kept.rows.map(({ table, partition, key: row }) => `${table}/${partition}/${row}`));
    const isLine = ({ table, row }: Found) => table === 'customers' && row.key.startsWith(AUDIT);
    assert.deepEqual(before.filter((one) => !isLine(one) && !told.has(nameOf(one))).map(nameOf), [], 'what the export does not know');
    assert.equal(kept.lines.length, before.filter((one) => isLine(one) && (one.row.value as { by: string }).by === key).length);
    assert.ok(
      kept.rows.some((row) => row.holds.some(({ at, value }) => at === 'approval' && value.by === key)),
      'with what stands around',
    );
    assert.ok(!JSON.stringify(kept).includes('usageLocation'), 'and nobody else');
  });

  it('who holds a licence is found, told and forgotten too: of a move that has ended nothing is left, the lines of the record apart', async () => {
    const contoso = (await world.sandbox.state()).customers.find((one) => one.name === 'Contoso Ltd');
    const holders = await rowsWith(
      store,
      (contoso?.users ?? []).map((one) => one.id),
    );
    const row = holders.find((one) => one.row.key.startsWith(USER))?.row.value as { userId: string; name: string };
    const held = JSON.parse((await ask('privacy', 'export', row.name)).join('\n')) as Held;
    assert.deepEqual([held.holder.id, held.moves.map((move) => move.licence?.state)], [row.userId, ['moved']]);
    assert.match((await ask('privacy', 'erase', row.name)).join(), /is forgotten\. Lines of the record keep the id/);
    assert.deepEqual((await rowsWith(store, [row.name])).map(nameOf), []);
    assert.deepEqual((await rowsWith(store, [row.userId])).filter((one) => !one.row.key.startsWith(AUDIT)).map(nameOf), []);
    await assert.rejects(ask('privacy', 'erase', row.name), /Nobody is known/);
  });

  it('is forgotten in all of them: nothing is left but the random key in the lines of the record, which is whole', async () => {
    const others = (await rowsWith(store, ['Olav Peer'])).map(nameOf);
    assert.match((await ask('privacy', 'erase', key)).join(), /is forgotten/);
    await settled();
    const left = await rowsWith(store, marks);
    assert.deepEqual(left.filter((one) => !one.row.key.startsWith(AUDIT)).map(nameOf), []);
    assert.ok(left.length > 0);
    for (const { row } of left)
      assert.ok(!JSON.stringify({ ...(row.value as object), by: '' }).includes(key), `${row.key} bears the key as who did it, and nowhere else`);
    assert.deepEqual((await rowsWith(store, [NAME, OBJECT_ID, HOME])).map(nameOf), []);
    assert.deepEqual((await rowsWith(store, ['Olav Peer'])).map(nameOf), others, 'others stay');
    assert.deepEqual((await verifyAll(store)).faults, []);
  });

  it('and what waited for an approval still does, of somebody else', async () => {
    await olav.write('approvals');
    await olav.card('Northwind Traders');
  });
});
