/** Puts the program together. `node bot/main.ts` starts it; tests call `start`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import pino from 'pino';
import { looksIn } from '../cards/matter.ts';
import { en } from '../cards/text/en.ts';
import { readProgrammes } from '../services/catalogue/programmes.ts';
import { every, systemClock } from '../services/clock.ts';
import { moveTurn } from '../services/migration/run.ts';
import { directoryOf, EVERYBODY } from '../services/people/people.ts';
import { sharedBudget } from '../services/partnerCenter/budget.ts';
import { httpPartnerCenter } from '../services/partnerCenter/http.ts';
import { fixedToken, sandboxTokens } from '../services/partnerCenter/token.ts';
import { openQueues } from '../services/queue/azure.ts';
import { processName, speakTurn } from '../services/speak/speak.ts';
import { openTables } from '../services/store/tables.ts';
import { sweepTurn, walking, walkRow } from '../services/watch/sweep.ts';
import { createWorker, type Handlers, type Log } from '../services/worker.ts';
import { azuriteConnection, type Children, StartError, startChildren } from './children.ts';
import { type Config, parseConfig } from './config.ts';
import { deliverWith } from './deliver.ts';
import { listen } from './http.ts';
import { SuccessorBot } from './teams.ts';

const OFFSET_EVERY_MS = 2_000;
const AT_ONCE = 8;
const OWN_PROGRAMMES = fileURLToPath(new URL('../services/catalogue/programmes/', import.meta.url));

export interface Running {
  /** Addresses that answer; null where the part was not started here. */
  chat: string | null;
  bot: string;
  sandbox: string | null;
  onDeath(tell: (name: string) => void): void;
  stop(): Promise<void>;
}

/** Starts the bot and what it needs. Throws StartError with one sentence when it cannot. */
export async function start(config: Config, log: Log): Promise<Running> {
  const programmes = readProgrammesOrSay(config);
  const children = await startChildren({
    dataDir: config.dataDir,
    storage: config.storage === null ? { tablePort: config.azuritePort, queuePort: config.azuritePort + 1 } : null,
    sandboxPort: config.partnerCenterUrl === null ? config.sandboxPort : null,
    chat: config.chat ? { port: config.chatPort, botPort: config.port } : null,
  });
  try {
    return await startBot(config, log, programmes, children);
  } catch (error) {
    await children.end();
    throw error;
  }
}

function readProgrammesOrSay(config: Config) {
  try {
    return readProgrammes(config.programmesDir === null ? [OWN_PROGRAMMES] : [OWN_PROGRAMMES, config.programmesDir]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new StartError(`PROGRAMMES_DIR is '${config.programmesDir}', which is no folder. Set it to a folder of programme files, or take it away.`);
    throw new StartError((error as Error).message);
  }
}

async function startBot(config: Config, log: Log, programmes: ReturnType<typeof readProgrammes>, children: Children): Promise<Running> {
  const connection = { connectionString: config.storage ?? azuriteConnection(config.azuritePort, config.azuritePort + 1) };
  const [store, queues] = await Promise.all([openTables(connection), openQueues(connection)]);
  const baseUrl = config.partnerCenterUrl ?? `http://127.0.0.1:${config.sandboxPort}`;
  let offsetMs = await readOffset(baseUrl, 0);
  const clock = systemClock(() => offsetMs);
  const tokens = config.partnerCenterToken ? fixedToken(config.partnerCenterToken) : sandboxTokens;
  const door = (name: string, perMinute: number) => ({ baseUrl, tokens, clock, locale: 'en-US', budget: sharedBudget(store, clock, name, perMinute) });
  const partnerCenter = httpPartnerCenter(door('partner-center', config.requestsPerMinute), door('licences', config.licenceRequestsPerMinute));
  const me = processName();
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  adapter.onTurnError = async (_context, error) => log.warn({ error: String(error.stack ?? error) }, 'a turn failed');

  const worker = createWorker({ queues, clock, log, concurrency: AT_ONCE, chores: [walking(config.sweepMs)] }, () => handlers);
  const directory = config.people ? directoryOf(config.people) : EVERYBODY;
  const shared = { store, queues, partnerCenter, programmes, clock, hints: worker.hints, log, me, directory, fourEyes: config.fourEyes };
  const speaking = { ...shared, deliver: deliverWith(adapter, ''), looks: looksIn(en), seenLeases: new Map() };
  const handlers: Handlers = {
    sweep: (text) => sweepTurn({ ...shared, restMs: config.sweepMs }, text),
    speak: (text) => speakTurn(speaking, text),
    move: (text) => moveTurn(shared, text),
  };
  const bot = new SuccessorBot({ ...shared, words: en }, adapter);
  const ready = async () => {
    try {
      const walk = await walkRow(store);
      return {
        storage: true,
        partnerCenter: walk?.walkedAt !== null && walk !== undefined,
        lookedAt: walk?.walkedAt ?? null,
        knowsAll: Boolean(walk?.baselineAt),
      };
    } catch {
      return { storage: false, partnerCenter: false, lookedAt: null, knowsAll: false };
    }
  };
  const listening = await listenOrSay(config.port, () => listen(config.port, adapter, bot, ready));
  worker.start();
  const stopOffset = every(OFFSET_EVERY_MS, async () => {
    offsetMs = await readOffset(baseUrl, offsetMs);
  });
  return {
    chat: config.chat ? `http://127.0.0.1:${config.chatPort}` : null,
    bot: `http://127.0.0.1:${listening.port}`,
    sandbox: config.partnerCenterUrl === null ? baseUrl : null,
    onDeath: children.onDeath,
    async stop() {
      stopOffset();
      await listening.close();
      await worker.stop();
      await children.end();
    },
  };
}

/** The sandbox's clock may have been moved; the bot goes with it. */
async function readOffset(baseUrl: string, before: number): Promise<number> {
  try {
    const answer = (await (await fetch(`${baseUrl}/sandbox/clock`, { signal: AbortSignal.timeout(2_000) })).json()) as { offsetMs?: number };
    return answer.offsetMs ?? before;
  } catch {
    return before;
  }
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

/** The log: fixed messages with fields, in a file beside the state; the console belongs to people. Opened at its first line. */
function fileLog(config: Config): Log {
  let opened: pino.Logger | undefined;
  const logger = () => {
    opened ??= pino(
      { base: null, redact: ['authorization', 'token', '*.authorization', '*.token'] },
      pino.destination({ dest: join(config.dataDir, 'bot.log'), mkdir: true, sync: true }),
    );
    return opened;
  };
  return { info: (fields, message) => logger().info(fields, message), warn: (fields, message) => logger().warn(fields, message) };
}

async function main(): Promise<void> {
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) console.error(fault);
    process.exit(1);
  }
  const { config } = parsed;
  try {
    const running = await start(config, fileLog(config));
    const end = once(async () => {
      await running.stop();
      process.exit(0);
    });
    process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
    running.onDeath((name) => {
      console.error(`${name} has ended by itself; its last words are in ${join(config.dataDir, `${name}.log`)}. Successor ends too; start it again.`);
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
