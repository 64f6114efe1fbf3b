/**
 * A start of what the image holds, with production packages alone: until its door answers, and until it is ready, against a bare Node
 * that only opens a door, and against a bare bot of botbuilder on restify. With the program's text compiled when the image was built, and without.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardedEnvironment, startKeys } from '../security/keys.ts';
import { COMPILES, makeImage, STARTS } from '../support/image.ts';
import { freePair, freePort } from '../support/ports.ts';
import { ownStorage } from '../support/storage.ts';
import { tell, tellBound } from './report.ts';

const ROUNDS = 7;
const LOOK_MS = 5;
const LONGEST_MS = 60_000;
const BARE = `require('node:http').createServer((_, answer) => answer.end('{}')).listen(Number(process.env.PORT), '127.0.0.1');`;
const BARE_BOT = `const restify = require('restify');
const { ConfigurationBotFrameworkAuthentication, CloudAdapter, TeamsActivityHandler } = require('botbuilder');
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new TeamsActivityHandler();
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.get('/healthz', async (_, answer) => answer.send(200, {}));
server.post('/api/messages', async (asked, answer) => adapter.process(asked, answer, (context) => bot.run(context)));
server.listen(Number(process.env.PORT), '127.0.0.1');`;

const folder = makeImage();
const data = mkdtempSync(join(tmpdir(), 'successor-start-'));
const keys = await startKeys();
const storage = await ownStorage();
writeFileSync(join(folder, 'bare.cjs'), BARE);
writeFileSync(join(folder, 'bareBot.cjs'), BARE_BOT);

function answers(port: number): Promise<boolean> {
  return new Promise((told) => {
    const asked = request({ port, host: '127.0.0.1', path: '/healthz' }, (answer) => {
      answer.resume();
      told(answer.statusCode === 200);
    });
    asked.on('error', () => told(false));
    asked.end();
  });
}

/** Milliseconds from the start of Node to the first answer at the door, and until it says that it is ready. */
async function start(words: string[], more: Record<string, string> = {}): Promise<{ door: number; ready: number }> {
  const port = await freePort();
  const own = guardedEnvironment({ keysUrl: keys.url, folder: data, port, sandbox: sandboxPort, azurite: await freePair() });
  const env = { ...own, NODE_ENV: 'production', CHAT: 'off', AZURE_STORAGE_CONNECTION_STRING: storage, ...more };
  const from = performance.now();
  const child = spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let ready = 0;
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    if (ready === 0 && out.includes('ready')) ready = performance.now() - from;
  });
  try {
    while (!(await answers(port))) {
      if (performance.now() - from > LONGEST_MS) throw new Error(`Nobody answers: ${out}`);
      await pause(LOOK_MS);
    }
    const door = performance.now() - from;
    while (words === STARTS && ready === 0) {
      if (performance.now() - from > LONGEST_MS) throw new Error(`It does not become ready: ${out}`);
      await pause(LOOK_MS);
    }
    return { door, ready };
  } finally {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  }
}

const sandboxPort = await freePort();
const compiled = { NODE_COMPILE_CACHE: join(data, 'compiled') };
// The bare ones are compiled alike.
for (const words of [COMPILES, ['-e', `require('restify'); require('botbuilder'); process.exit(0)`]]) {
  const built = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...compiled } });
  if (built.status !== 0) throw new Error(built.stderr);
}
// The first start makes the tables.
await start(STARTS, compiled);
const times: Record<'bare' | 'bot' | 'ours' | 'plain', { door: number; ready: number }>[] = [];
for (let round = 0; round < ROUNDS; round++)
  times.push({
    bare: await start(['bare.cjs'], compiled),
    bot: await start(['bareBot.cjs'], compiled),
    ours: await start(STARTS, compiled),
    plain: await start(STARTS),
  });
tell(
  'start',
  'from nothing to an answer at the door, against a bare Node that only opens one',
  'ms',
  times.map(({ ours, bare }) => [ours.door, bare.door]),
  { most: 20 },
);
tell(
  'start',
  'the same against a bare bot of botbuilder on restify',
  'ms',
  times.map(({ ours, bot }) => [ours.door, bot.door]),
  { most: 3 },
);
tell(
  'start',
  'the same against a start whose text was not compiled when the image was built',
  'ms',
  times.map(({ ours, plain }) => [ours.door, plain.door]),
  { most: 0.8 },
);
tellBound(
  'start',
  'from nothing to ready',
  's',
  times.map(({ ours }) => ours.ready / 1_000),
  { most: 5 },
);
await keys.close();
for (const made of [folder, data]) rmSync(made, { recursive: true, force: true });
process.exit(0);
