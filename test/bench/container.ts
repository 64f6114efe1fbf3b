/**
 * The bot as a container starts it, for 50,000 customers with 500,000 subscriptions, over real sockets: its memory, its CPU, and how soon
 * people are answered, from its start until it has read the whole list of customers and done what is due once a day. Only Linux tells the
 * memory and the CPU of another process.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../services/clock.ts';
import { countsToday } from '../../services/metrics.ts';
import { CUSTOMERS } from '../../services/store/rows.ts';
import { openTables } from '../../services/store/azureTables.ts';
import type { Store } from '../../services/store/store.ts';
import { readListing } from '../../services/watch/rows.ts';
import { guardedEnvironment, startKeys, tokenFor } from '../security/keys.ts';
import { STARTS } from '../support/image.ts';
import { freePair, freePort } from '../support/ports.ts';
import { type Chatter, startTeams } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { CUSTOMERS_OF_PARTNER, makePartner, sheetOf } from './partner.ts';
import { median, tellBound } from './report.ts';
import { idOf } from './service.ts';
import { startStorage } from './storage.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MEMORY_MB = 512;
const ANSWER_MOST_S = 1;

interface Run {
  perMinute: number;
  /** For which they suffice. */
  sweepMinutes: number;
  cpuMost: number;
  /** So many a minute it must make, as it has noted them by then: otherwise it was not at work. Looks wait while the price sheets of the day are read. */
  requestsLeast: number;
  leastS: number;
  mostS: number;
}

/** As many as are set by default, and twenty times as many. */
const RUNS: readonly Run[] = [
  { perMinute: 300, sweepMinutes: 180, cpuMost: 0.5, requestsLeast: 240, leastS: 60, mostS: 300 },
  { perMinute: 6_000, sweepMinutes: 10, cpuMost: 0.8, requestsLeast: 3_000, leastS: 90, mostS: 150 },
];
const ASK_EVERY_MS = 2_000;
const PATIENCE_MS = 30_000;
/** What `/proc` counts CPU in. */
const TICKS_A_SECOND = 100;

interface Setting {
  /** The moment at which it begins. */
  now: number;
  periodMs: number;
  perMinute: number;
}

// ---- The other side: Partner Center, and storage.

async function servePartnerCenter(setting: Setting): Promise<void> {
  const partner = await makePartner(setting.now, setting);
  const server = createServer((asked, answer) => {
    asked.resume();
    const path = decodeURIComponent(new URL(asked.url ?? '/', 'http://partner').pathname);
    const market = /pricesheets\(Market='(\w+)'/.exec(path)?.[1];
    if (market) return void Readable.from(sheetOf(market)).pipe(answer);
    const text = partner.answer(path, Number(asked.headers['ms-continuationtoken'] ?? 0));
    // restify has changed what writeHead returns, in the whole process.
    answer.writeHead(text === null ? 404 : 200, { 'content-type': 'application/json' });
    answer.end(text ?? '{"code":"404","description":"Not found"}');
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as { port: number }).port}`));
}

async function serveStorage(setting: Setting): Promise<void> {
  const partner = await makePartner(setting.now, setting);
  const ids = Array.from({ length: CUSTOMERS_OF_PARTNER }, (_, n) => idOf(n));
  const storage = await startStorage({
    rows: (table, partition, from, to) => (table === CUSTOMERS ? partner.rowsOf(partition, from, to) : []),
    partitions: (table) => (table === CUSTOMERS ? ids : []),
  });
  for (const row of partner.lists()) storage.put(...row);
  for (const [text, visibleAt] of partner.wakeUps()) storage.send('sweep', text, visibleAt);
  process.send?.(storage.connectionString);
}

// ---- The bot.

interface Measured {
  /** The most memory that it ever had, in MB. */
  peakMb: number;
  /** Seconds of CPU a second. */
  cpu: number;
  /** From each message, and from each press, to its answer. */
  seconds: Record<'status' | 'expiring' | 'report' | 'show' | 'press', number[]>;
  /** Requests to Partner Center in a minute. */
  requests: number;
}

/** A process of this file's that plays a part, and where it is reached. */
async function begin(part: string, setting: Setting): Promise<{ child: ChildProcess; at: string }> {
  const child = fork(import.meta.filename, [part, JSON.stringify(setting)]);
  const at = await new Promise<string>((told, failed) => {
    child.once('message', (said) => told(String(said)));
    child.once('exit', (code) => failed(new Error(`${part} ended with ${code}`)));
  });
  return { child, at };
}

/** The most memory that a process ever had, in MB. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** Seconds of CPU that a process has taken. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Seconds from a message to the answer that shows the words. */
async function answered(person: Chatter, text: string, words: string): Promise<number> {
  const before = person.cards().length;
  const from = performance.now();
  await person.deliver({ text });
  const isThere = () =>
    person
      .cards()
      .slice(before)
      .some((one) => JSON.stringify(one.card).includes(words));
  while (!isThere()) {
    if (performance.now() - from > PATIENCE_MS)
      throw new Error(`'${text}' was not answered: ${person.texts().slice(-2).join(' / ')} ${JSON.stringify(person.cards().at(-1)?.card).slice(0, 600)}`);
    await pause(2);
  }
  return (performance.now() - from) / 1_000;
}

async function measure({ perMinute, sweepMinutes, leastS, mostS }: Run): Promise<Measured> {
  const setting: Setting = { now: Date.now(), periodMs: sweepMinutes * 60_000, perMinute };
  const folder = mkdtempSync(join(tmpdir(), 'successor-container-'));
  const [service, storage, keys] = await Promise.all([begin('partnerCenter', setting), begin('storage', setting), startKeys()]);
  const port = await freePort();
  const own = guardedEnvironment({ keysUrl: keys.url, folder, port, sandbox: await freePort(), azurite: await freePair() });
  const env = {
    ...own,
    ...{ NODE_ENV: 'production', CHAT: 'off', AZURE_STORAGE_CONNECTION_STRING: storage.at, PARTNER_CENTER_URL: service.at },
    ...{ SWEEP_MINUTES: String(sweepMinutes), PARTNER_CENTER_REQUESTS_PER_MINUTE: String(perMinute) },
  };
  const bot = spawn(process.execPath, STARTS, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => bot.kill('SIGKILL'));
  const teams = await startTeams(() => `http://127.0.0.1:${port}`, tokenFor);
  let out = '';
  bot.stdout.on('data', (chunk) => (out += String(chunk)));
  try {
    await until(
      () => (out.includes('ready') ? true : undefined),
      () => `it does not start: ${out}`,
    );
    const store = await openTables({ connectionString: storage.at });
    return await watch(
      { pid: bot.pid as number, store, ann: teams.chat('personal', 'a:ann'), channel: teams.chat('channel', '19:renewals@thread') },
      { leastS, mostS },
    );
  } finally {
    const ended = new Promise((done) => bot.once('exit', done));
    bot.kill('SIGTERM');
    await ended;
    for (const { child } of [service, storage]) child.kill('SIGKILL');
    await Promise.all([teams.close(), keys.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** People ask again and again until the list of customers was read. */
async function watch(of: { pid: number; store: Store; ann: Chatter; channel: Chatter }, { leastS, mostS }: Pick<Run, 'leastS' | 'mostS'>): Promise<Measured> {
  const { pid, store, ann, channel } = of;
  const seconds: Measured['seconds'] = { status: [], expiring: [], report: [], show: [], press: [] };
  const walkedAt = async () => (await readListing(store))?.walkedAt;
  const before = await walkedAt();
  const [began, cpuBefore] = [performance.now(), cpuOf(pid)];
  const second = () => (performance.now() - began) / 1_000;
  await channel.install();
  // As it was: the card itself changes.
  const greeting = { ...(await channel.card('Watch here')) };
  await channel.pressOld('Watch here', greeting);
  let isRead = false;
  for (let n = 0; !isRead || second() < leastS; n++) {
    if (second() > mostS) throw new Error(`The list of customers was not read within ${mostS} s.`);
    seconds.status.push(await answered(ann, 'status', 'equests'));
    if (n % 4 === 1) seconds.expiring.push(await answered(ann, 'expiring', 'terms end'));
    if (n % 4 === 2) seconds.report.push(await answered(ann, 'report', 'At stake'));
    if (n % 4 === 3) seconds.show.push(await answered(ann, `show company ${idOf(n).slice(0, 8)}`, 'Company'));
    const from = performance.now();
    await channel.pressOld('Watch here', greeting);
    seconds.press.push((performance.now() - from) / 1_000);
    isRead ||= (await walkedAt()) !== before;
    await pause(ASK_EVERY_MS);
  }
  const { requests } = await countsToday(store, systemClock());
  return { peakMb: peakOf(pid), cpu: (cpuOf(pid) - cpuBefore) / second(), seconds, requests: (requests * 60) / second() };
}

function tellAll({ perMinute, cpuMost, requestsLeast }: Run, { peakMb, cpu, seconds, requests }: Measured): void {
  const at = `at ${perMinute.toLocaleString('en')} requests a minute`;
  tellBound('container', `memory for 500,000 subscriptions, ${at}, at most`, 'MB', [peakMb], { most: MEMORY_MB });
  tellBound('container', `CPU, ${at}`, 's/s', [cpu], { most: cpuMost });
  tellBound('container', `'status' answered, ${at}`, 's', seconds.status, { most: ANSWER_MOST_S });
  tellBound('container', `a press answered, ${at}`, 's', seconds.press, { most: ANSWER_MOST_S });
  tellBound('container', `requests that it made a minute, ${at}`, '', [requests], { least: requestsLeast });
  const others = (['expiring', 'report', 'show'] as const).map(
    (one) => `${one} ${median(seconds[one]).toFixed(2)} to ${Math.max(...seconds[one]).toFixed(2)} s`,
  );
  console.error(`container, ${at}: ${others.join(', ')}`);
}

const [, , part, given] = process.argv;
if (part && given) {
  process.once('disconnect', () => process.exit(0));
  await (part === 'storage' ? serveStorage : servePartnerCenter)(JSON.parse(given) as Setting);
} else {
  // The bot ends with this process, whoever ends it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  for (const run of RUNS) tellAll(run, await measure(run));
  process.exit(0);
}
