/** Real processes to try the promises on: bots, Azurite behind wires that can lose answers, a pretend Partner Center and a pretend Teams; and a crew that presses moves through. */
import { childEnvironment } from '../../bot/config/config.ts';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyAll } from '../../bot/cli/audit.ts';
import { startChildren } from '../../services/local/processes.ts';
import type { TrackedSubscription, Move } from '../../services/domain/ticket.ts';
import type { LedgerWrite } from '../../services/local/sandbox/state.ts';
import type { Store } from '../../services/store/store.ts';
import { openTables, azuriteConnection } from '../../services/store/azureTables.ts';
import { until } from '../support/until.ts';
import { type Chatter, plain, startTeams, type Teams } from '../support/teams.ts';
import { addressIn, freePair, freePort } from '../support/ports.ts';
import { type Sandbox, sandboxAt } from '../support/world.ts';
import { startAzurite } from './azurite.ts';
import type { Invariant, Report } from './judge.ts';
import { buttonsOf } from './people.ts';
import { type LossyWire, lossyWire } from './proxy.ts';
import { keysWith, MOVE, ofCustomer, OUTBOX, SUBSCRIPTION } from '../../services/store/rows.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
export const USERS = 3;
const AT_ONCE = 14;
const FIRST_SWEEP_MS = 300_000;
/** A crew gives up on a move after this; a busy machine takes seconds to start a killed bot anew. */
const MOVE_MS = 300_000;
/** How soon after the last fault everything must be finished or wait for a person. */
const SOON_MS = 60_000;

export interface Bot {
  child: ChildProcess;
  url: string;
  ready: boolean;
}

export interface Ground {
  teams: Teams;
  sandbox: Sandbox;
  store: Store;
  tables: LossyWire;
  queues: LossyWire;
  bots: Bot[];
  /** Where the storage is, without the wires. */
  storage: string;
  start(at: number): Promise<void>;
  kill(at: number): Promise<void>;
  close(): Promise<void>;
}

/** `settings` are those of the bots, as the environment has them. */
export interface Wish {
  customers: number;
  subscriptionsEach?: number;
  usersEach?: number;
  bots?: number;
  settings?: Record<string, string>;
  /** The bots reach their storage without the wires that can lose answers. */
  direct?: boolean;
  /** For more customers than Azurite by itself can hold a queue of. */
  inMemory?: boolean;
  firstSweepMs?: number;
}

export async function openGround(wish: Wish): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'successor-real-'));
  const [azurite, sandboxPort] = [await freePair(), await freePort()];
  const inMemory = wish.inMemory ? await startAzurite(azurite, azurite + 1) : null;
  const children = await startChildren({
    dataDir: folder,
    environment: childEnvironment(process.env),
    storage: wish.inMemory ? null : { tablePort: azurite, queuePort: azurite + 1 },
    sandboxPort,
    chat: null,
  });
  const sandbox = sandboxAt(`http://127.0.0.1:${sandboxPort}`);
  await sandbox.post('limits', { requestsPerMinute: 1_000_000 });
  await sandbox.post('load', { customers: wish.customers, subscriptionsPerCustomer: wish.subscriptionsEach ?? 1, usersPerCustomer: wish.usersEach ?? USERS });
  const [tables, queues] = [await lossyWire(azurite), await lossyWire(azurite + 1)];
  let turn = 0;
  const ground: Ground = {
    sandbox,
    tables,
    queues,
    bots: [],
    storage: azuriteConnection(azurite, azurite + 1),
    store: await openTables({ connectionString: azuriteConnection(azurite, azurite + 1) }),
    teams: await startTeams(() => {
      const ready = ground.bots.filter((bot) => bot.ready);
      return ready[turn++ % Math.max(1, ready.length)]?.url ?? 'http://127.0.0.1:9';
    }),
    async start(at) {
      ground.bots[at] = await startBot(
        join(folder, `bot${at}`),
        wish.direct ? ground.storage : azuriteConnection(tables.port, queues.port),
        sandboxPort,
        wish.settings ?? {},
      );
    },
    async kill(at) {
      const bot = ground.bots[at] as Bot;
      bot.ready = false;
      const gone = new Promise((done) => bot.child.once('exit', done));
      bot.child.kill('SIGKILL');
      await gone;
    },
    async close() {
      for (const bot of ground.bots) bot.child.kill('SIGKILL');
      await Promise.all([tables.close(), queues.close(), ground.teams.close()]);
      await children.end();
      inMemory?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // However this process ends, its bots end with it.
  process.on('exit', () => {
    for (const bot of ground.bots) bot.child.kill('SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  await Promise.all(Array.from({ length: wish.bots ?? 2 }, (_, at) => ground.start(at)));
  await until(
    async () => ((await (await fetch(`${ground.bots[0]?.url}/readyz`)).json()) as { knowsAll: boolean }).knowsAll || undefined,
    () => 'the first sweep did not end',
    wish.firstSweepMs ?? FIRST_SWEEP_MS,
  );
  return ground;
}

async function startBot(folder: string, storage: string, sandboxPort: number, settings: Record<string, string>): Promise<Bot> {
  const { MODE: _, ...environment } = process.env;
  const [, ...command] = manifest.scripts.start.split(' ');
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...environment,
      CHAT: 'off',
      DATA_DIR: folder,
      PORT: '0',
      AZURE_STORAGE_CONNECTION_STRING: storage,
      PARTNER_CENTER_URL: `http://127.0.0.1:${sandboxPort}`,
      PARTNER_CENTER_REQUESTS_PER_MINUTE: '60000',
      LICENCE_REQUESTS_PER_MINUTE: '60000',
      SWEEP_MINUTES: '0.4',
      ...settings,
    },
  });
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += String(chunk);
  });
  const url = await until(
    () => addressIn(out),
    () => `a bot did not become ready: ${out}`,
  );
  return { child, url, ready: true };
}

export interface WatchedCustomer {
  name: string;
  customerId: string;
  chat: Chatter;
}

/** A channel for each customer that watches just it, and auto-renew switched off there. */
export async function beginTickets(ground: Ground, from: number, count: number): Promise<WatchedCustomer[]> {
  const watched = await watchCustomers(ground, from, count);
  for (const customer of watched) await ground.sandbox.post('flip', { customer: customer.name });
  return watched;
}

export async function watchCustomers(ground: Ground, from: number, count: number): Promise<WatchedCustomer[]> {
  const state = await ground.sandbox.state();
  const customers = state.customers.filter((one) => one.name.startsWith('Load ')).sort((a, b) => (a.name < b.name ? -1 : 1));
  const watched = customers.slice(from, from + count).map((one): WatchedCustomer => {
    return { name: one.name, customerId: one.id, chat: ground.teams.chat('channel', `19:${one.name.replace(' ', '-')}@thread`, 'Ann Jansson') };
  });
  for (const customer of watched) await patiently(() => customer.chat.write(`watch ${customer.name}`));
  return watched;
}

/** A bot that was just killed does not answer: a person tries again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 200) throw error;
      await pause(100);
    }
  }
}

const STEPS = ['purchase.approve', 'reassignment.confirm', 'reassignment.retry', 'suspension.confirm', 'move.check', 'purchase.quote'];
const AGAIN_MS = 2_500;

/** Presses a ticket through to its end, or to just before `stopAt`. Returns when it is there. */
export async function pressThrough(customer: WatchedCustomer, stopAt: string | null = null): Promise<void> {
  const pressed = new Map<string, number>();
  await until(
    async () => {
      const newest = customer.chat.cards().findLast((one) => buttonsOf(one.card).some((button) => button.verb.includes('.')));
      if (!newest) return undefined;
      if (plain(newest.card).includes('Finished')) return true;
      const buttons = buttonsOf(newest.card);
      const verb = STEPS.find((step) => buttons.some((button) => button.verb === step));
      if (verb === undefined) return undefined;
      if (verb === stopAt) return true;
      const button = buttons.find((one) => one.verb === verb);
      const key = `${verb} ${button?.data.v}`;
      if (Date.now() - (pressed.get(key) ?? 0) < AGAIN_MS) return undefined;
      pressed.set(key, Date.now());
      await pressVerb(customer.chat, newest, verb).catch(() => {});
      return undefined;
    },
    () => `${customer.name} did not end: ${plain(customer.chat.cards().at(-1)?.card).slice(0, 200)}`,
    MOVE_MS,
  );
}

function pressVerb(chat: Chatter, posted: ReturnType<Chatter['cards']>[number], verb: string): Promise<string> {
  const title = titleOf(posted.card, verb);
  return chat.press(title, []);
}

function titleOf(card: unknown, verb: string): string {
  const text = JSON.stringify(card);
  const at = text.indexOf(`"verb":"${verb}"`);
  return /"title":"([^"]+)"[^{}]*$/.exec(text.slice(0, at))?.[1] ?? '';
}

export interface Failure<T> {
  one: T;
  seen: string;
}

/** Some at once, each until it is done. */
export async function inParallel<T>(all: T[], work: (one: T) => Promise<void>): Promise<Failure<T>[]> {
  const failures: Failure<T>[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < all.length) {
        const one = all[next++] as T;
        await work(one).catch((error: unknown) => void failures.push({ one, seen: String((error as Error).message) }));
      }
    }),
  );
  return failures;
}

/** How far a ticket was brought: only one that came to its end must have everything. */
export type Reached = 'end' | 'purchase' | 'nowhere';

/** What the ledger holds of one customer: one checkout of the approved line, one update a person, one PATCH of the status alone. */
function judgeLedger(writes: LedgerWrite[], customer: WatchedCustomer, reached: Reached): [Invariant, string][] {
  const own = writes.filter((write) => write.path.includes(customer.customerId) && write.kind !== 'cart');
  const kinds = own.map((write) => write.kind).join();
  const broken: [Invariant, string][] = [];
  const checkouts = own.filter((write) => write.kind === 'checkout').length;
  if (checkouts > 1 || (checkouts === 0 && reached !== 'nowhere')) broken.push(['I1', `${customer.name}: ${kinds}`]);
  if (reached === 'nowhere') return broken;
  const line = (own.find((write) => write.kind === 'checkout')?.body as { lineItems: { quantity: number }[] } | undefined)?.lineItems[0];
  if (line?.quantity !== USERS) broken.push(['I1', `${customer.name}: bought ${line?.quantity}`]);
  if (reached !== 'end') return broken;
  if (kinds !== ['checkout', ...Array.from({ length: USERS }, () => 'licenceUpdate'), 'subscriptionPatch'].join())
    broken.push(['I11', `${customer.name}: ${kinds}`]);
  const fields = Object.keys((own.at(-1)?.body ?? {}) as object);
  if (!fields.every((field) => ['status', 'suspendedAt', 'suspensionReasons'].includes(field))) broken.push(['I13', `${customer.name}: ${fields.join()}`]);
  return broken;
}

/** Moves that are neither finished nor wait for a person. */
export async function unfinished(store: Store, watched: WatchedCustomer[]): Promise<string[]> {
  const found: string[] = [];
  for (const customer of watched) {
    for (const row of await store.range<TrackedSubscription>(...ofCustomer(customer.customerId), ...keysWith(SUBSCRIPTION))) {
      const key = row.value.liveMove;
      const move = key ? (await store.get<Move>(...ofCustomer(customer.customerId), key))?.value : undefined;
      if (move?.nextAt && move.state !== 'quoted') found.push(`${customer.name} ${move.state}`);
    }
    if ((await store.range(...ofCustomer(customer.customerId), ...keysWith(OUTBOX))).length > 0) found.push(`${customer.name} has unsaid news`);
  }
  return found;
}

export async function judgeAll(
  ground: Ground,
  watched: WatchedCustomer[],
  reached: (customer: WatchedCustomer) => Reached,
  where: string,
  findings: Report['findings'],
): Promise<void> {
  const writes = await ground.sandbox.writes();
  for (const customer of watched) {
    for (const [invariant, seen] of judgeLedger(writes, customer, reached(customer))) findings.push({ invariant, where, seen });
    const moves = await ground.store.range<Move>(...ofCustomer(customer.customerId), ...keysWith(MOVE));
    if (moves.length > 1 || (moves.length === 0 && reached(customer) !== 'nowhere'))
      findings.push({ invariant: 'I16', where, seen: `${customer.name} had ${moves.length} moves` });
  }
  const { faults } = await verifyAll(ground.store);
  for (const seen of faults) findings.push({ invariant: 'I8', where, seen });
}

export async function settled(ground: Ground, watched: WatchedCustomer[], lastFault: number, where: string, findings: Report['findings']): Promise<void> {
  let left: string[] = [];
  while (Date.now() - lastFault < SOON_MS) {
    left = await unfinished(ground.store, watched);
    if (left.length === 0) return;
    await pause(500);
  }
  findings.push({ invariant: 'I9', where, seen: `a minute after the last fault: ${left.join('; ')}` });
}
