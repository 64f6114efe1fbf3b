/** `npm run explain`: what the bot makes of a customer, told without doing it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operate, withResources } from '../../bot/cli/operator.ts';
import { ofCustomer } from '../../services/store/rows.ts';
import { openTables } from '../../services/store/azureTables.ts';
import type { Store } from '../../services/store/store.ts';
import { storageOf } from '../support/storage.ts';
import { startWorld, type World } from '../support/world.ts';

describe('explaining a customer', () => {
  let world: World;
  let store: Store;
  before(async () => {
    // Everybody is looked at once, and then nobody but by who asks.
    world = await startWorld({ sweepMs: 24 * 3_600_000 });
    await world.knowsAll();
    store = await openTables(storageOf(world.config));
  });
  after(() => world.close());
  const explain = async (words: string) =>
    (await withResources(world.config, (resources) => operate(resources, world.config, ['explain', ...words.split(' ')]))).join('\n');
  const part = (text: string, title: string) => (text.split(`${title}:\n`)[1] ?? '').split('\n\n')[0] ?? '';
  async function kept(customer: string): Promise<string> {
    const id = (await world.sandbox.state()).customers.find((one) => one.name.startsWith(customer))?.id as string;
    return JSON.stringify(await store.range(...ofCustomer(id), '', '\uffff'));
  }

  it('of whom nothing has changed finds nothing to store and nothing to say', async () => {
    const text = await explain('Northwind');
    assert.match(text, /^Northwind Traders \([0-9a-f-]{36}\), looked at now/);
    for (const title of ['Decided', 'Would be stored', 'Would be said']) assert.equal(part(text, title).trim(), 'nothing', title);
    assert.match(part(text, 'Partner Center says'), /auto-renews/);
  });

  it('tells of a flip what would be decided, stored and said, and does none of it', async () => {
    await world.sandbox.post('flip', { customer: 'Contoso' });
    const [before, writes] = [await kept('Contoso'), (await world.sandbox.writes()).length];
    const text = await explain('contoso');
    assert.match(part(text, 'Partner Center says'), /auto-renew off .*at the end of its term: cancels/);
    assert.match(part(text, 'Decided'), /S-\d+: stopped, nothing -> open/);
    assert.match(part(text, 'Would be stored'), /write customers [0-9a-f-]{36} tkt_S-\d+/);
    assert.match(part(text, 'Would be said'), /S-\d+ \(stopped\), in 0 chats that watch: Contoso/);
    assert.equal(await kept('Contoso'), before);
    assert.equal((await world.sandbox.writes()).length, writes);
    const ticket = (one: string) => /(S-\d+): stopped/.exec(part(one, 'Decided'))?.[1];
    assert.equal(ticket(await explain('contoso')), ticket(text), 'not even a number is used up');
  });

  it('records the same as a folder of data, without a token in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'successor-case-'));
    const told = await withResources(world.config, (resources) => operate(resources, world.config, ['record', folder, 'contoso']));
    assert.match(told.join('\n'), /holds what was read of Contoso.*: 1 decisions, \d+ changes/);
    assert.deepEqual(readdirSync(folder).sort(), ['changes.json', 'decision.json', 'look.json']);
    const text = readFileSync(join(folder, 'look.json'), 'utf8');
    assert.ok(Object.keys((JSON.parse(text) as { answers: object }).answers).length > 0);
    assert.doesNotMatch(text, /bearer|authorization/i);
    rmSync(folder, { recursive: true });
  });

  it('says who may be meant where that is not clear, and who is not known', async () => {
    await assert.rejects(explain('Nobody at all'), /No customer and no ticket is called 'Nobody at all'/);
    await assert.rejects(explain('S-999999'), /No customer and no ticket is called 'S-999999'/);
    await assert.rejects(
      withResources(world.config, (resources) => operate(resources, world.config, ['explain'])),
      /Name a customer or a ticket/,
    );
  });
});
