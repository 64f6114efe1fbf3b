/** Puts the program together. `node bot/main.ts` starts it; tests call `start`. */
import { join } from 'node:path';
import { StartError } from '../services/startError.ts';
import { start } from './app.ts';
import { parseConfig } from './config/config.ts';
import { fileLog } from './log.ts';

async function main(): Promise<void> {
  // What is kept is for its owner alone; and nobody reading, or a full disk behind the console, ends nothing.
  process.umask(0o077);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) console.error(fault);
    process.exit(1);
  }
  const { config } = parsed;
  try {
    const running = await start(
      config,
      fileLog(join(config.dataDir, 'bot.log'), (text) => process.stderr.write(`${text}\n`)),
    );
    const end = once(async () => {
      await running.stop();
      process.exit(0);
    });
    process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
    running.onDeath((name) => {
      process.stderr.write(`${name} has ended by itself; its last words are in ${join(config.dataDir, `${name}.log`)}. Successor ends too; start it again.\n`);
      void running.stop().then(() => process.exit(1));
    });
    console.log(`ready  ${running.chat ? `chat ${running.chat}  ` : ''}bot ${running.bot}${running.sandbox ? `  sandbox ${running.sandbox}` : ''}`);
  } catch (error) {
    console.error(error instanceof StartError ? error.message : `Successor could not start: ${String((error as Error).message)}`);
    process.exit(1);
  }
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    void work();
  };
}

if (import.meta.main) await main();
