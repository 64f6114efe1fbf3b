/**
 * `npm run backup -- <folder>` copies all tables into a new folder, `npm run restore -- <folder>` back into an empty storage. Each reads
 * the written record afterwards and says whether it is whole. The bot should not run meanwhile; the vault is not in it. With
 * `--account <name>` it is that storage account, reached as whoever is signed in on this machine; no other setting of the bot's is read.
 */
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { DefaultAzureCredential } from '@azure/identity';
import { type Clock, systemClock } from '../../services/clock.ts';
import { setSwitch, stopOf } from '../../services/readOnly.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { isEmpty, linesIn, linesOut } from '../../services/store/copy.ts';
import { type Store, TABLES } from '../../services/store/store.ts';
import { parseConfig } from '../config/config.ts';
import { verifyAll } from './audit.ts';
import { storageFault } from '../resources.ts';
import { asksHow, howTo } from './help.ts';
import { withResources } from './operator.ts';

const OWNER_ALONE = 0o600;

/** Copies all tables into `folder`, which must not be there yet or be empty; says what was copied. Throws with a sentence. */
export async function backUp(store: Store, folder: string): Promise<string[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty: name a new folder. Nothing was copied.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let rows = 0;
  for (const table of TABLES) {
    async function* text() {
      for await (const line of linesOut(store, table)) {
        rows += 1;
        yield `${line}\n`;
      }
    }
    await pipeline(text, createWriteStream(fileOf(folder, table), { mode: OWNER_ALONE, flags: 'wx' }));
  }
  return [
    `${rows - TABLES.length} rows of ${TABLES.length} tables are copied into ${folder}. It holds names and who did what: keep it as you keep the storage.`,
    ...(await recordOf(store)),
  ];
}

/** Puts a backup into an empty storage, and leaves the bot read-only: what happened since is not known there. Throws with a sentence. */
export async function restore(store: Store, folder: string, at: string): Promise<string[]> {
  const missing = TABLES.filter((table) => !existsSync(fileOf(folder, table)));
  if (missing.length > 0) throw new Error(`${folder} is no backup: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Nothing was changed.`);
  if (!(await isEmpty(store)))
    throw new Error('The storage is not empty, and nothing was changed: a backup goes into a new one (npm run fresh empties that of local mode).');
  let rows = 0;
  for (const table of TABLES) rows += await linesIn(store, table, createInterface({ input: createReadStream(fileOf(folder, table)) }));
  const stands = await setSwitch(store, { what: 'readOnly', on: true, by: 'operator', at }, null);
  const [how, ends] = stopOf(stands) === 'dryRun' ? ['in its dry run', 'an owner writes “dry-run off”'] : ['read-only', 'npm run read-only -- off'];
  return [
    `${rows} rows are back. The bot is ${how}, because what happened after the backup is not in it: look in Partner Center at the moves that were under way, then ${ends}.`,
    ...(await recordOf(store)),
  ];
}

function fileOf(folder: string, table: string): string {
  return join(folder, `${table}.jsonl`);
}

async function recordOf(store: Store): Promise<string[]> {
  const { tickets, lines, faults } = await verifyAll(store);
  if (faults.length > 0) throw new Error([...faults, `${tickets} tickets, ${lines} lines: ${faults.length} faults. Run npm run audit:verify.`].join('\n'));
  return [`${tickets} tickets, ${lines} lines: the record is whole.`];
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (asksHow(words)) return console.log(howTo('backup', 'restore'));
  const { what, folder, account } = askedIn(words);
  const work = ({ store, clock }: { store: Store; clock: Clock }) =>
    what === 'backup' ? backUp(store, folder) : restore(store, folder, clock.now().toISOString());
  for (const line of await (account === null ? onSettings(work) : onAccount(account, work))) console.log(line);
}

/** `backup` or `restore`, the folder, and the storage account where one is named. Throws with a sentence. */
export function askedIn([what, ...words]: readonly string[]): { what: 'backup' | 'restore'; folder: string; account: string | null } {
  const { values, positionals } = parseArgs({ args: [...words], options: { account: { type: 'string' } }, allowPositionals: true, strict: false });
  const [folder, ...more] = positionals;
  const { account = null, ...unknown } = values;
  if ((what !== 'backup' && what !== 'restore') || !folder || more.length > 0 || Object.keys(unknown).length > 0)
    throw new Error(
      `Name a folder: npm run ${what === 'restore' ? what : 'backup'} -- <folder>, and where it is not that of the settings, --account <name>. Nothing was done.`,
    );
  if (account !== null && !(typeof account === 'string' && /^[a-z0-9]{3,24}$/.test(account)))
    throw new Error(
      `--account cannot be '${account === true ? '' : account}': a storage account is named by 3 to 24 small letters and digits. Nothing was done.`,
    );
  return { what, folder, account: account as string | null };
}

const SIGNED_IN = 'whoever is signed in with az login on this machine needs the role Storage Table Data Contributor';

type Copying = (of: { store: Store; clock: Clock }) => Promise<string[]>;

async function onSettings(work: Copying): Promise<string[]> {
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
  return withResources(parsed.config, work);
}

async function onAccount(account: string, work: Copying): Promise<string[]> {
  const at = { url: `https://${account}.table.core.windows.net`, credential: new DefaultAzureCredential() };
  return work({
    store: await openTables(at).catch((error: Error) => Promise.reject(new Error(storageFault(account, error, SIGNED_IN)))),
    clock: systemClock(),
  });
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  process.exit();
}
