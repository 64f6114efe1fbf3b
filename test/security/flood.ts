/**
 * Hostile requests from a process of their own against a guarded bot, while good people go on writing and pressing.
 * `npm run flood` sends 200,000, and 20,000 fuzzed heads through raw sockets, and prints what became of the bot's memory and of the good turns; `-- --requests 5000` fewer.
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { STARTS } from '../support/image.ts';
import { until } from '../support/until.ts';
import { progress } from '../support/progress.ts';
import { startTeams } from '../support/teams.ts';
import { addressIn, freePair, freePort } from '../support/ports.ts';
import { ENDINGS, fuzzedHead, knockRaw } from './heads.ts';
import { APP_ID, guardedEnvironment, startKeys, tokenFor } from './keys.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** A heap as in a small container: unasked, V8 lets garbage lie while the machine has room, and nothing could be said of leaks. */
const HEAP_MB = 128;
const AT_ONCE = 24;
/** One fuzzed head for so many requests, so many sockets at a time. */
const HEAD_EVERY = 10;
const SOCKETS_AT_ONCE = 8;
const GOOD_EVERY_MS = 60;
const WARM = 0.2;
/** Flat: what it holds at the end against what it held when it had seen a fifth of them. */
const GROWTH_MAX_MB = 30;
const P99_MAX_MS = 1_000;

export interface Flooded {
  requests: number;
  /** Fuzzed heads through sockets of their own. */
  heads: number;
  seconds: number;
  statuses: Record<string, number>;
  rssMb: { warm: number; end: number };
  good: { turns: number; failed: number; p50Ms: number; p99Ms: number; maxMs: number };
  pass: boolean;
}

/** Starts its own bot, floods it, and tells. */
export async function flood(requests: number): Promise<Flooded> {
  const keys = await startKeys();
  const folder = mkdtempSync(join(tmpdir(), 'successor-flood-'));
  const bot = await startBot(folder, keys.url);
  // As the Connector does, one token for many activities.
  let token: string | undefined;
  const teams = await startTeams(
    () => bot.url,
    (serviceUrl) => {
      token ??= tokenFor(serviceUrl);
      return token;
    },
  );
  try {
    await until(
      async () => ((await (await fetch(`${bot.url}/readyz`)).json()) as { knowsAll: boolean }).knowsAll || undefined,
      () => 'the first sweep did not end',
    );
    const told = { sent: 0, heads: 0, statuses: {} as Record<string, number>, done: false };
    const hostile = fork(import.meta.filename, [], { env: { ...process.env, FLOOD: JSON.stringify({ url: bot.url, requests, serviceUrl: teams.url }) } });
    const startedAt = Date.now();
    hostile.on('message', (message) => Object.assign(told, message));
    const gone = new Promise<void>((done) => hostile.once('exit', () => done()));
    const rss: { sent: number; mb: number }[] = [];
    const times: number[] = [];
    let failed = 0;
    const far = progress('flood', () => `${told.sent} of ${requests} requests, ${times.length} good turns, ${failed} failed, ${rss.at(-1)?.mb ?? 0} MB`);
    for (let n = 0; hostile.exitCode === null && hostile.signalCode === null; n++) {
      const chat = teams.chat('personal', `a:good-${n % 20}`, `Person ${n % 20}`);
      const turnAt = performance.now();
      await chat.write('watching').catch(() => {
        failed += 1;
      });
      times.push(performance.now() - turnAt);
      if (n % 10 === 0) rss.push({ sent: told.sent, mb: rssOf(bot.child) });
      await pause(GOOD_EVERY_MS);
    }
    far.end();
    await gone;
    await pause(1_000);
    const end = rssOf(bot.child);
    const warm = Math.max(...rss.filter((one) => one.sent <= requests * WARM).map((one) => one.mb));
    times.sort((a, b) => a - b);
    const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
    const good = { turns: times.length, failed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
    const served = Object.keys(told.statuses).some((status) => status.startsWith('2') || status.startsWith('5'));
    const alive = bot.child.exitCode === null && bot.child.signalCode === null;
    const pass =
      alive && told.sent >= requests && told.heads >= requests / HEAD_EVERY && !served && failed === 0 && good.p99Ms < P99_MAX_MS && end - warm < GROWTH_MAX_MB;
    return {
      requests: told.sent,
      heads: told.heads,
      seconds: Math.round((Date.now() - startedAt) / 1000),
      statuses: told.statuses,
      rssMb: { warm, end },
      good,
      pass,
    };
  } finally {
    await end(bot.child);
    await teams.close();
    await keys.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startBot(folder: string, keysUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const [azurite, sandbox, port] = [await freePair(), await freePort(), await freePort()];
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, ...STARTS], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...guardedEnvironment({ keysUrl, folder, port, sandbox, azurite }),
      SWEEP_MINUTES: '10',
    },
  });
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += String(chunk);
  });
  const url = await until(
    () => addressIn(out),
    () => `the bot did not become ready: ${out}`,
  );
  return { child, url };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await Promise.race([gone, pause(15_000)]);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

function rssOf(child: ChildProcess): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024);
}

/** The hostile process: everything that strangers send, mixed. */
async function attack(of: { url: string; requests: number; serviceUrl: string }): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses: Record<string, number> = {};
  const good = tokenFor(of.serviceUrl);
  const broken = tokenFor(of.serviceUrl, { signed: 'broken' });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const fresh = (claims: object) =>
    `${part({ alg: 'RS256', kid: 'good' })}.${part({ iss: 'https://api.botframework.com', aud: APP_ID, serviceurl: of.serviceUrl, exp: Math.floor(Date.now() / 1000) + 900, ...claims })}.${randomBytes(256).toString('base64url')}`;
  const activity = JSON.stringify({ type: 'message', text: 'x', channelId: 'msteams', serviceUrl: of.serviceUrl, conversation: { id: 'c' } });
  const kinds: ((n: number) => { path?: string; token?: string; body?: string | Buffer; headers?: Record<string, string>; method?: string })[] = [
    () => ({ body: activity }),
    () => ({ token: broken, body: activity }),
    (n) => ({ token: fresh({ jti: n }), body: activity }),
    (n) => ({ token: fresh({ iss: `https://sts.windows.net/${n}/`, tid: String(n) }), body: activity }),
    (n) => ({ token: fresh({ kidding: n, aud: 'other' }), body: activity }),
    () => ({ token: randomBytes(300).toString('base64url'), body: activity }),
    () => ({ token: good, body: '{"type":' }),
    () => ({ token: good, body: `{"type":"message","conversation":{"id":"c"},"value":${'['.repeat(3_000)}${']'.repeat(3_000)}}` }),
    () => ({ token: good, body: activity.replace('msteams', 'emulator') }),
    () => ({ token: good, body: activity }),
    () => ({ body: Buffer.alloc(200_000, 97) }),
    () => ({
      path: '/api/partner-center/events',
      headers: { Authorization: 'Signature AAAA', 'x-ms-certificate-url': 'http://169.254.169.254/', 'x-ms-signature-algorithm': 'rsa-sha256' },
      body: '{}',
    }),
    (n) => ({ path: `/x/${n}`, method: 'GET' }),
    (n) => ({ path: `/consent?ticket=${n}`, method: 'GET' }),
    (n) => ({ path: `/consent/callback?state=${n}&code=${n}`, method: 'GET' }),
    () => ({ headers: { 'Content-Type': 'text/xml' }, token: good, body: '<x/>' }),
  ];
  let next = 0;
  let sent = 0;
  async function one(n: number): Promise<void> {
    const { path = '/api/messages', token, body = '', headers = {}, method = 'POST' } = (kinds[n % kinds.length] as (typeof kinds)[number])(n);
    const status = await new Promise<string>((done) => {
      const all = {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      };
      const call = request(of.url + path, { method, agent, headers: all }, (response) => {
        response.resume().on('end', () => done(String(response.statusCode)));
        response.on('error', () => done('cut'));
      });
      call.on('error', () => done('cut'));
      call.setTimeout(20_000, () => call.destroy());
      call.end(body);
    });
    statuses[status] = (statuses[status] ?? 0) + 1;
    sent += 1;
    if (sent % 500 === 0) process.send?.({ sent, statuses });
  }
  let heads = 0;
  let seed = 0;
  const port = Number(new URL(of.url).port);
  async function head(n: number): Promise<void> {
    await knockRaw(port, fuzzedHead(n), ENDINGS[n % ENDINGS.length] as (typeof ENDINGS)[number], n % 20);
    heads += 1;
  }
  await Promise.all([
    ...Array.from({ length: AT_ONCE }, async () => {
      while (next < of.requests) await one(next++);
    }),
    ...Array.from({ length: SOCKETS_AT_ONCE }, async () => {
      while (seed < of.requests / HEAD_EVERY) await head(seed++);
    }),
  ]);
  await new Promise((done) => process.send?.({ sent, heads, statuses, done: true }, done));
  process.exit(0);
}

if (process.env.FLOOD) void attack(JSON.parse(process.env.FLOOD));
else if (import.meta.main) {
  const { values } = parseArgs({ options: { requests: { type: 'string', default: '200000' } } });
  void flood(Number(values.requests)).then((flooded) => {
    console.log(JSON.stringify(flooded, null, 1));
    process.exit(flooded.pass ? 0 : 1);
  });
}
