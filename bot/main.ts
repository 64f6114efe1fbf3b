/** Puts the program together. `node bot/main.ts` starts it; tests call `start`. */
import { join } from 'node:path';
import { StartError } from '../services/startError.ts';
import type { Log } from '../services/log.ts';
import { type Running, start } from './app.ts';
import { type Config, parseConfig } from './config/config.ts';
import { fileLog, streamLog } from './log.ts';

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
  let stop: () => Promise<void> = async () => {};
  const end = once(async () => {
    await stop();
    process.exit(0);
  });
  // Also while it waits: the first process of a container is ended by no signal that it does not hear.
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  const { log, tell, ready, failed } = config.mode === 'azure' ? inAzure() : onThisMachine(config);
  try {
    const running = await start(config, log, tell);
    stop = running.stop;
    running.onDeath((name) => {
      tell(`${name} has ended by itself; its last words are in ${join(config.dataDir, `${name}.log`)}. Successor ends too; start it again.`);
      void running.stop().then(() => process.exit(1));
    });
    ready(running);
  } catch (error) {
    failed(error instanceof StartError ? error.message : `Successor could not start: ${String((error as Error).message)}`);
    process.exit(1);
  }
}

/** Where the program writes, and what it says to whoever started it. */
interface Voice {
  log: Log;
  tell(text: string): void;
  ready(running: Running): void;
  failed(why: string): void;
}

/** All that is said is the log, line by line: nobody looks at the console. */
function inAzure(): Voice {
  const log = streamLog(process.stdout);
  return {
    log,
    tell: () => {},
    ready: ({ bot }) => log.info({ bot }, 'ready'),
    failed: (why) => log.warn({ why }, 'the start failed'),
  };
}

function onThisMachine({ dataDir }: Config): Voice {
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  return {
    log: fileLog(join(dataDir, 'bot.log'), tell),
    tell,
    ready: ({ chat, bot, sandbox }) => console.log(`ready  ${chat ? `chat ${chat}  ` : ''}bot ${bot}${sandbox ? `  sandbox ${sandbox}` : ''}`),
    failed: tell,
  };
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
