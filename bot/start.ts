/** The door first, then what runs beside, then the bot: it answers, and says what it waits for, while the rest is loaded. */
import { systemClock } from '../services/clock.ts';
import { isFree, lockHolder, startChildren } from '../services/local/processes.ts';
import type { Log } from '../services/log.ts';
import { StartError } from '../services/startError.ts';
import { correlatedLog } from '../services/trace.ts';
import type { Running } from './app.ts';
import type { Config } from './config/config.ts';
import { programmesIn } from './config/programmes.ts';
import { holderOf, notedOf } from './config/running.ts';
import { type Part, runsAlready } from './console.ts';
import { listen } from './http/server.ts';
import { createWaits, type Say } from './waits.ts';

/** Who looks on while it starts: what it waits for, in a sentence, and each part that answers. */
export interface Onlooker {
  waiting(text: string): void;
  /** `port`: the one that the bot has, where any was asked for. */
  came(part: Part, port: number): void;
}

const NOBODY: Onlooker = { waiting: () => {}, came: () => {} };

/**
 * Starts the bot and what it needs; it listens first, and says what it waits for, in the log and to whoever looks on. Throws StartError
 * with one sentence when it cannot.
 */
export async function start(config: Config, plainLog: Log, { waiting: tell, came }: Onlooker = NOBODY): Promise<Running> {
  const log = correlatedLog(plainLog);
  await refuseSecond(config);
  const programmes = programmesIn(config.programmesDir);
  const waits = createWaits(systemClock(), saysWaiting(log, tell), ({ what, seconds }) => {
    log.info({ what, seconds }, 'what was waited for answers');
    tell(`${what} answers after ${seconds} s.`);
  });
  const place = {
    port: config.port,
    host: config.mode === 'azure' ? '0.0.0.0' : '127.0.0.1',
    proxies: config.proxies,
    loopback: config.mode !== 'azure',
    nowMs: systemClock().wallMs,
  };
  const listening = await listenOrSay(config.port, () => listen(place, waits.names));
  const opened: (() => Promise<void>)[] = [listening.close];
  const { port } = listening;
  came('bot', port);
  try {
    const starting = startChildren({
      dataDir: config.dataDir,
      environment: config.childEnvironment,
      storage: config.storage === null && config.storageAccount === null ? { tablePort: config.azuritePort, queuePort: config.azuritePort + 1 } : null,
      sandboxPort: config.partnerCenterUrl === null ? config.sandboxPort : null,
      chat: config.chat ? { port: config.chatPort, botPort: port } : null,
      // In Azure nothing lies in the folder, and it need not be writable.
      shared: config.mode === 'azure',
      came: (name) => came(name as Part, port),
      noted: notedOf({ ...config, port }),
    });
    // Loaded meanwhile: it is most of the program.
    const loading = import('./app.ts');
    loading.catch(() => {});
    const children = await starting;
    opened.push(children.end);
    const { startBot } = await loading;
    return await startBot({ config, log, programmes, children, listening, waits });
  } catch (error) {
    waits.stop();
    for (const close of opened) await close();
    throw error;
  }
}

/** Of two on one data folder the second begins nothing: the folder says more of the first than a port that is taken. Throws StartError. */
async function refuseSecond(config: Config): Promise<void> {
  const holder = holderOf(config, lockHolder(config.dataDir));
  if (!holder?.noted || holder.pid === process.pid || (await isFree(holder.noted.port))) return;
  throw new StartError(runsAlready({ pid: holder.pid, noted: holder.noted }, config));
}

function saysWaiting(log: Log, tell: (text: string) => void): Say {
  return ({ what, why, seconds }) => {
    log.warn({ what, why, seconds }, 'something is waited for');
    tell(`Waiting for ${what} (${seconds} s): ${why}`);
  };
}

async function listenOrSay<T>(port: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') throw new StartError(`Port ${port} for the bot is in use. End what uses it, or set PORT to another one.`);
    if (code === 'EACCES') throw new StartError(`Port ${port} for the bot may not be used by this account. Set PORT to one above 1023.`);
    throw error;
  }
}
