/** `npm run fresh`: takes away what local mode has kept, and starts anew. What it does not know it leaves alone. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isFree, lockHolder } from '../../services/local/processes.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { asksHow, howTo } from './help.ts';

/** What lies in the data folder by our own doing. */
const OURS = /^(azurite|sandbox|chat|vault|lock|anchors\.jsonl|(bot|chat|sandbox|azurite-table|azurite-queue)\.log(\.\d+)?)$/;

/** The names that go, or a sentence why none does. `running` is the process that uses the folder. Pure. */
export function whatGoes(names: readonly string[], config: Pick<Config, 'mode' | 'dataDir'>, running: number | null): string[] | string {
  if (config.mode !== 'local') return `npm run fresh is for local mode alone, and MODE is ${config.mode}: nothing was taken away.`;
  if (running !== null) return `Successor is running as process ${running}: end it with Ctrl-C first, then begin anew. Nothing was taken away.`;
  return names.filter((name) => OURS.test(name));
}

async function main(): Promise<void> {
  const [word] = process.argv.slice(2);
  if (asksHow(process.argv.slice(2))) return console.log(howTo('fresh'));
  if (word !== undefined) {
    console.error(`npm run fresh takes no words, and '${word}' is one: nothing was taken away.`);
    process.exit(2);
  }
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
  console.log(goes.length === 0 ? `Nothing lies in ${dataDir}: this start is the first.` : `What happened is taken away from ${dataDir}.`);
  begin();
}

/** As `npm start` does; the terminal's signals reach it too, and it ends by them in its own order. */
function begin(): void {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { scripts: { start: string } };
  const started = spawn(process.execPath, scripts.start.split(' ').slice(1), { stdio: 'inherit' });
  process.on('SIGINT', () => {}).on('SIGTERM', () => started.kill('SIGTERM'));
  started.once('exit', (code) => process.exit(code ?? 1));
}

if (import.meta.main) await main();
