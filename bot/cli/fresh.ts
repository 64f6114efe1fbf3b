/** `npm run fresh`: takes away what local mode has kept, so that the next start is the first. What it does not know it leaves alone. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isFree, lockHolder } from '../../services/local/processes.ts';
import { type Config, parseConfig } from '../config/config.ts';

/** What lies in the data folder by our own doing. */
const OURS = /^(azurite|sandbox|chat|vault|lock|anchors\.jsonl|(bot|chat|sandbox|azurite-table|azurite-queue)\.log(\.\d+)?)$/;

/** The names that go, or a sentence why none does. `running` is the process that uses the folder. Pure. */
export function whatGoes(names: readonly string[], config: Pick<Config, 'mode' | 'dataDir'>, running: number | null): string[] | string {
  if (config.mode !== 'local') return `npm run fresh is for local mode alone, and MODE is ${config.mode}: nothing was taken away.`;
  if (running !== null) return `Successor is running as process ${running}: end it with Ctrl-C first, then begin anew. Nothing was taken away.`;
  return names.filter((name) => OURS.test(name));
}

async function main(): Promise<void> {
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) console.error(fault);
    process.exit(2);
  }
  const { dataDir, mode, port } = parsed.config;
  const goes = whatGoes(existsSync(dataDir) ? readdirSync(dataDir) : [], { mode, dataDir }, lockHolder(dataDir)?.pid ?? null);
  if (typeof goes === 'string') {
    console.error(goes);
    process.exit(1);
  }
  if (!(await isFree(port))) {
    console.error(`Something answers on port ${port}, which may be Successor: end it first. Nothing was taken away.`);
    process.exit(1);
  }
  for (const name of goes) rmSync(join(dataDir, name), { recursive: true, force: true });
  console.log(goes.length === 0 ? `Nothing lies in ${dataDir}: the next start is the first.` : `What happened is taken away from ${dataDir}.`);
}

if (import.meta.main) await main();
