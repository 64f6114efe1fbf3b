/** Nothing that a socket sends ends the process: raw bytes against the bot and the sandbox as processes of their own. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { STARTS } from '../support/image.ts';
import { boundMs, until } from '../support/until.ts';
import { freePair, freePort } from '../support/ports.ts';
import { ENDINGS, fuzzedHead, knockRaw, malformedHeads, pipelines, trickle } from './heads.ts';
import { guardedEnvironment, type Keys, startKeys } from './keys.ts';

const AT_ONCE = 16;
const FUZZED = 600; // twenty thousand in `npm run flood`

describe('sockets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'successor-sockets-'));
  let keys: Keys;
  let child: ChildProcess;
  let out = '';
  let started = '';
  const doors: { name: string; port: number; alive: string }[] = [];
  before(async () => {
    keys = await startKeys();
    const [port, sandbox, azurite] = [await freePort(), await freePort(), await freePair()];
    child = spawn(process.execPath, STARTS, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...guardedEnvironment({ keysUrl: keys.url, folder, port, sandbox, azurite }), SWEEP_MINUTES: '60' },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        out += String(chunk);
      });
    await until(
      () => /ready[\s\S]*Ctrl-C/.test(out) || undefined,
      () => `no ready line: ${out}`,
    );
    started = out;
    doors.push({ name: 'the bot', port, alive: '/healthz' }, { name: 'the sandbox', port: sandbox, alive: '/sandbox/clock' });
  });
  after(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await gone;
    }
    await keys.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function stillServes(after: string): Promise<void> {
    assert.equal(child.exitCode ?? child.signalCode, null, `${after} ended the process: ${out}`);
    for (const client of doors) {
      const response = await fetch(`http://127.0.0.1:${client.port}${client.alive}`).catch((error: Error) =>
        assert.fail(`${after}: ${client.name} is gone: ${String(error.cause)} ${out}`),
      );
      assert.equal(response.status, 200, `${after}: ${client.name}`);
      await response.text();
    }
    assert.equal(out.trim(), started.trim(), `${after}: something was printed`);
  }

  async function all(of: { name: string; run(): Promise<unknown> }[]): Promise<void> {
    for (let at = 0; at < of.length; at += AT_ONCE) {
      const some = of.slice(at, at + AT_ONCE);
      await Promise.all(some.map((one) => one.run()));
      await stillServes(some.map((one) => one.name).join(' | '));
    }
  }

  it('are answered or hung up on, whatever the head: four that ended the process', async () => {
    for (const text of [
      'GET /healthz HTTP/1.1\r\nHost: bot.example:99999\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: [\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n',
      'GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ]) {
      const answer = await knockRaw((doors[0] as { port: number }).port, text, 'hold', boundMs(5_000));
      assert.match(answer, /^HTTP\/1\.1 400 /, text);
      assert.equal(answer.split('\r\n\r\n')[1], '', 'a refusal says nothing');
      await stillServes(text);
    }
  });

  it('an upgrade that is reset, and one whose body never comes, end nothing', async () => {
    const head =
      'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n';
    for (const client of doors) {
      await Promise.all(Array.from({ length: 20 }, (_, n) => knockRaw(client.port, head.replace('POST', n % 2 ? 'GET' : 'POST'), 'reset', n)));
      await knockRaw(client.port, head, 'hold', 200);
    }
    const held = doors.map((client) => knockRaw(client.port, head, 'hold', 1_500));
    await Promise.all(held);
    await stillServes('an upgrade');
  });

  for (const ending of ENDINGS)
    it(`${malformedHeads().length} malformed heads, then ${ending}`, async () => {
      assert.ok(malformedHeads().length >= 200);
      await all(
        doors.flatMap((client) =>
          malformedHeads().map(({ name, text }, n) => ({ name: `${name} at ${client.name}`, run: () => knockRaw(client.port, text, ending, n % 40) })),
        ),
      );
    });

  it('pipelines and trickles, each with every ending', async () => {
    await all(
      doors.flatMap((client) =>
        ENDINGS.flatMap((ending) =>
          pipelines().map(({ name, text }) => ({ name: `${name} (${ending}) at ${client.name}`, run: () => knockRaw(client.port, text, ending) })),
        ),
      ),
    );
    const slow = 'POST /api/messages HTTP/1.1\r\nHost: [\r\nContent-Length: 500\r\n\r\n{"type":';
    await Promise.all(doors.map((client) => trickle(client.port, slow, 3)));
    await pause(50);
    await stillServes('a trickle');
  });

  it(`${FUZZED} fuzzed heads`, async () => {
    await all(
      Array.from({ length: FUZZED }, (_, seed) => ({
        name: `seed ${seed}`,
        run: () =>
          knockRaw((doors[seed % 2] as { port: number }).port, fuzzedHead(seed), ENDINGS[seed % ENDINGS.length] as (typeof ENDINGS)[number], seed % 20),
      })),
    );
  });
});
