/**
 * `npm run backup -- <folder>` copies all tables into a new folder, `npm run restore -- <folder>` back into an empty storage. Each reads
 * the written record afterwards and says whether it is whole. The bot should not run meanwhile; the vault is not in it.
 */
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { setSwitch, stopOf } from '../../services/readOnly.ts';
import { isEmpty, linesIn, linesOut } from '../../services/store/copy.ts';
import { type Store, TABLES } from '../../services/store/store.ts';
import { parseConfig } from '../config/config.ts';
import { verifyAll } from './audit.ts';
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
  const [what, folder, ...more] = process.argv.slice(2);
  if (asksHow(process.argv.slice(2))) return console.log(howTo('backup', 'restore'));
  if ((what !== 'backup' && what !== 'restore') || !folder || more.length > 0)
    throw new Error(`Name a folder: npm run ${what ?? 'backup'} -- <folder>. Nothing was done.`);
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
  const said = await withResources(parsed.config, ({ store, clock }) =>
    what === 'backup' ? backUp(store, folder) : restore(store, folder, clock.now().toISOString()),
  );
  for (const line of said) console.log(line);
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  process.exit();
}
