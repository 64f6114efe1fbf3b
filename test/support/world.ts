/** The whole program on this machine: Azurite, the sandbox, a pretend Teams and the bot, wired by `start`. */
import { childEnvironment } from '../../bot/config/config.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../bot/config/config.ts';
import type { TrackedSubscription } from '../../services/domain/ticket.ts';
import type { LedgerWrite } from '../../services/local/sandbox/state.ts';
import { openQueues } from '../../services/queue/azureQueues.ts';
import { textOf } from '../../services/queue/messages.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { freePair, freePort } from './ports.ts';
import { ownStorage, storageOf } from './storage.ts';
import { until } from './until.ts';
import { startTeams, type Teams } from './teams.ts';
import type { Running } from '../../bot/app.ts';
import { start } from '../../bot/start.ts';
import { ofCustomer, subscriptionKey } from '../../services/store/rows.ts';
import { readWatch } from '../../services/watch/rows.ts';

export interface SandboxState {
  customers: {
    id: string;
    name: string;
    subscriptions: {
      id: string;
      offerName: string;
      status: string;
      autoRenewEnabled: boolean;
      quantity: number;
      skuId: string | null;
      [more: string]: unknown;
    }[];
    users: { id: string; name: string; usageLocation: string | null; licences: Record<string, string[]> }[];
  }[];
}

export interface Sandbox {
  url: string;
  post(action: string, body?: unknown): Promise<Record<string, unknown>>;
  writes(): Promise<LedgerWrite[]>;
  requests(): Promise<{ method: string; route: string; status: number; count: number }[]>;
  state(): Promise<SandboxState>;
}

export function sandboxAt(url: string): Sandbox {
  const get = async (path: string) => (await fetch(`${url}/sandbox/${path}`)).json();
  return {
    url,
    async post(action, body = {}) {
      const response = await fetch(`${url}/sandbox/${action}`, { method: 'POST', body: JSON.stringify(body) });
      const answer = (await response.json()) as Record<string, unknown>;
      if (!response.ok) throw new Error(`The sandbox answered ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
    writes: async () => ((await get('ledger')) as { writes: LedgerWrite[] }).writes,
    requests: async () => ((await get('ledger')) as { requests: { method: string; route: string; status: number; count: number }[] }).requests,
    state: async () => (await get('state')) as SandboxState,
  };
}

export interface World {
  teams: Teams;
  sandbox: Sandbox;
  bot: Running;
  config: Config;
  log: { fields: object; message: string }[];
  /** Ready when every customer was looked at once: what stops before is told in one digest. */
  knowsAll(): Promise<void>;
  /** The same, as a chat is told it. */
  swept(): Promise<void>;
  /** Ready when the bot has seen that these subscriptions of a customer renew. */
  sawRenewing(customer: string, subscriptions: string[]): Promise<void>;
  /** Ready when the bot has seen that one goes on beyond this day. */
  sawGoOn(of: { customer: string; subscription: string }, day: string): Promise<void>;
  close(): Promise<void>;
}

export async function testConfig(changes: Partial<Config> = {}): Promise<Config> {
  return {
    mode: 'local',
    sdk: process.env.SDK === 'agents' ? 'agents' : 'botbuilder',
    roleGroups: null,
    readOnly: false,
    triesFirst: false,
    retention: { nameDays: 400, recordDays: 3_650 },
    identity: null,
    cloud: 'public',
    identityClientId: null,
    storageAccount: null,
    partnerApp: null,
    certificateEndsAt: null,
    graphUrl: 'http://127.0.0.1:9',
    loginUrl: 'http://127.0.0.1:9',
    keyVaultUrl: null,
    publicUrl: 'http://127.0.0.1:9',
    proxies: 0,
    events: { certificates: [], roots: null },
    metricsToken: null,
    collector: null,
    port: await freePort(),
    chatPort: await freePort(),
    sandboxPort: await freePort(),
    azuritePort: await freePair(),
    chat: false,
    dataDir: mkdtempSync(join(tmpdir(), 'successor-')),
    childEnvironment: childEnvironment(process.env),
    programmesDir: null,
    people: null,
    fourEyes: { when: 'off' },
    shows: { cost: 'channel', names: 'blocked' },
    // The chat page puts a warning below a card that has them.
    views: changes.chat !== true,
    storage: null,
    partnerCenterUrl: null,
    partnerCenterToken: null,
    // What is changed in the sandbox is looked at by itself; beside that, seldom.
    sweepMs: 15_000,
    requestsPerMinute: 30_000,
    licenceRequestsPerMinute: 30_000,
    // What a press is answered is what tests ask about, however busy the machine.
    patienceMs: 600_000,
    ...changes,
  };
}

/** A world that looks no oftener than this is to see nothing by itself. */
const STILL_MS = 3_600_000;

/** By then the bot has read that the sandbox's day is another one. */
const CLOCK_READ_MS = 3_000;

/** A change in the sandbox is followed by what an event of Partner Center's brings: a look at that customer; another day, by one at each of them. */
function signalling(sandbox: Sandbox, config: Config): Sandbox {
  const storage = storageOf(config);
  const opening = { store: openTables(storage), queues: openQueues(storage) };
  return {
    ...sandbox,
    async post(action, body) {
      const answer = await sandbox.post(action, body);
      if (typeof answer.customer === 'string') await lookAt(answer.customer, 0);
      if (action === 'clock') for (const { id } of (await sandbox.state()).customers) await lookAt(id, CLOCK_READ_MS);
      return answer;
    },
  };

  async function lookAt(customerId: string, delayMs: number): Promise<void> {
    const watched = await readWatch(await opening.store, customerId);
    if (!watched) return;
    const look = { queue: 'sweep', what: 'event', customerId, generation: watched.value.generation } as const;
    await (await opening.queues).send('sweep', textOf(look), delayMs);
  }
}

export async function startWorld(changes: Partial<Config> = {}, token: ((serviceUrl: string) => string) | null = null): Promise<World> {
  const config = await testConfig({ storage: await ownStorage(), ...changes });
  const log: World['log'] = [];
  const note = (fields: object, message: string) => {
    log.push({ fields, message });
    if (process.env.SHOW_LOG) console.error(message, fields);
  };
  const bot = await start(config, { info: note, warn: note });
  const teams = await startTeams(() => bot.bot, token);
  const plain = sandboxAt(bot.sandbox ?? (config.partnerCenterUrl as string));
  const sandbox = config.sweepMs < STILL_MS ? signalling(plain, config) : plain;
  await sandbox.post('limits', { requestsPerMinute: 100_000 });
  const store = openTables(storageOf(config));
  const tracked = async (customer: string, subscription: string) =>
    (await (await store).get<TrackedSubscription>(...ofCustomer(customer), subscriptionKey(subscription)))?.value;
  return {
    teams,
    sandbox,
    bot,
    config,
    log,
    async knowsAll() {
      await until(
        async () => ((await (await fetch(`${bot.bot}/readyz`)).json()) as { knowsAll: boolean }).knowsAll || undefined,
        () => 'the first sweep did not end',
      );
    },
    async swept() {
      const chatter = teams.chat('personal', 'swept-probe');
      await until(
        async () => {
          await chatter.write('watching');
          await chatter.write('watch');
          const card = await chatter.card('Watching');
          await chatter.write('unwatch');
          return JSON.stringify(card.card).includes('still looking') ? undefined : true;
        },
        () => 'the first sweep did not end',
      );
    },
    async sawRenewing(customer, subscriptions) {
      for (const id of subscriptions) {
        await until(
          async () => (await tracked(customer, id))?.snapshot.autoRenew || undefined,
          () => `the bot has not seen that ${id} renews`,
        );
      }
    },
    async sawGoOn({ customer, subscription }, day) {
      await until(
        async () => ((await tracked(customer, subscription))?.snapshot.expiresOn ?? '') > day || undefined,
        () => `the bot has not seen that ${subscription} goes on beyond ${day}`,
      );
    },
    async close() {
      await teams.close();
      await bot.stop();
      if (changes.dataDir === undefined) rmSync(config.dataDir, { recursive: true, force: true });
    },
  };
}
