/**
 * `node test/support/played.ts`: plays a small world on this machine and copies its tables into `test/fixtures/store-<format>`. Each release
 * whose rows have a format of their own does it once; the next one must read it (`test/unit/store/upgrade.test.ts`). All names are made up.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { backUp } from '../../bot/cli/backup.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { FORMAT } from '../../services/store/format.ts';
import { pressThrough } from '../e2e/main-job.ts';
import { storageOf } from './storage.ts';
import { startWorld } from './world.ts';

const FOLDER = resolve(import.meta.dirname, `../fixtures/store-${FORMAT}`);

/** One move that is finished, one that waits for a yes, one ticket that is snoozed, one that nobody has touched, and a company that is invited. */
async function play(): Promise<string[]> {
  if (existsSync(FOLDER)) throw new Error(`${FOLDER} is there already: what a release wrote stays as it is.`);
  const world = await startWorld();
  const said = (text: string) => void console.error(text);
  try {
    await world.knowsAll();
    const channel = world.teams.chat('channel', '19:renewals@thread', 'Ann Jansson');
    const alone = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
    await alone.install();
    await channel.write('watch');
    await channel.card('Watching');
    for (const customer of ['Contoso', 'Northwind', 'Proseware']) await world.sandbox.post('flip', { customer });
    await pressThrough(channel, 'Contoso Ltd');
    said('one is moved');
    await channel.press('Get a price', ['Northwind Traders', 'Expires in']);
    await channel.card('Northwind Traders', 'Waiting for approval');
    said('one waits for a yes');
    await channel.write('show proseware');
    await channel.card('Proseware', 'Get a price');
    said('one is open');
    await alone.write('invite adatum');
    await alone.text('uninvite');
    await alone.write('remind 30 7');
    await alone.text('7 days');
    return await backUp(await openTables(storageOf(world.config)), FOLDER);
  } finally {
    await world.close();
  }
}

for (const line of await play()) console.log(line);
process.exit();
