/** Puts the program together. `node bot/main.ts` starts it; tests call `start`. */
import { join } from 'node:path';
import type { Log } from '../services/log.ts';
import { StartError } from '../services/startError.ts';
import type { Running } from './app.ts';
import { type Config, parseConfig } from './config/config.ts';
import { brokenLine, diedLine, ENDING, FIRST_WORDS, type Part, partLine, readyLines } from './console.ts';
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
  const { log, tell, came, ready, failed, ending } = config.mode === 'azure' ? inAzure() : onThisMachine(config);
  const end = once(async () => {
    ending();
    await stop();
    process.exit(0);
  });
  // Also while it waits: the first process of a container is ended by no signal that it does not hear.
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  try {
    // Loaded after the first words: it takes longer than anybody likes to look at nothing.
    const { start } = await import('./start.ts');
    const running = await start(config, log, { waiting: tell, came });
    stop = running.stop;
    running.onDeath((name, went, lastWords) => {
      tell(diedLine(name as Part, went, lastWords, config.dataDir));
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
  /** A part answers. */
  came(part: Part, port: number): void;
  ready(running: Running): void;
  failed(why: string): void;
  ending(): void;
}

/** All that is said is the log, line by line: nobody looks at the console. */
function inAzure(): Voice {
  const log = streamLog(process.stdout);
  return {
    log,
    tell: () => {},
    came: () => {},
    ending: () => {},
    ready: ({ bot }) => log.info({ bot }, 'ready'),
    failed: (why) => log.warn({ why }, 'the start failed'),
  };
}

function onThisMachine(config: Config): Voice {
  const { dataDir } = config;
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  console.log(FIRST_WORDS);
  process.on('uncaughtException', (error) => {
    tell(brokenLine(error, dataDir));
    process.exit(1);
  });
  return {
    log: fileLog(join(dataDir, 'bot.log'), tell),
    tell,
    came: (part, port) => console.log(partLine(part, { ...config, port })),
    ready: (running) => console.log(readyLines(running, config).join('\n')),
    failed: tell,
    ending: () => console.log(ENDING),
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
