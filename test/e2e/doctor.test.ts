/** `npm run doctor` as a process: it always ends with an answer and a code, also beside a bot that is busy. How it is with one that is well, test/e2e/readme.test.ts shows. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { azuriteConnection } from '../../services/store/azureTables.ts';
import { freePair, freePort } from '../support/ports.ts';
import { boundMs, until } from '../support/until.ts';
import { startWorld } from '../support/world.ts';
import { BARE_ENV } from '../support/image.ts';

describe('the doctor, asked', () => {
  async function asked(changes: Record<string, string>): Promise<{ code: number | null; out: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'successor-doctor-'));
    const ports = { PORT: `${await freePort()}`, SANDBOX_PORT: `${await freePort()}`, AZURITE_PORT: `${await freePair()}` };
    const env = { ...BARE_ENV, DATA_DIR: folder, ...ports, ...changes };
    const child = spawn(process.execPath, ['bot/cli/operator.ts', 'doctor'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    rmSync(folder, { recursive: true, force: true });
    return { code, out };
  }

  it('while the bot is down and its storage is not there: says so, what to do, and that the rest was not looked at', async () => {
    const tables = await freePair();
    const { code, out } = await asked({ AZURE_STORAGE_CONNECTION_STRING: azuriteConnection(tables, tables + 1) });
    assert.equal(code, 1, out);
    assert.match(out, /^bot +does not run on this machine\n +-> npm start$/m);
    assert.match(out, /^storage +WRONG: .*ECONNREFUSED.*\n +-> Where AZURE_STORAGE_CONNECTION_STRING is set, start what it names/m);
    assert.match(out, /^the rest +lies in the storage/m);
    assert.match(out, /One thing is wrong; what to do stands after each arrow\.\n$/);
  });
  it('beside a bot that is another one: says what it saw at the port, and not that its own bot answers', async () => {
    const other = createServer((_request, response) => response.end('{"storage":true,"waitsFor":[]}')).listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const tables = await freePair();
    const { port } = other.address() as AddressInfo;
    const { out } = await asked({ PORT: `${port}`, AZURE_STORAGE_CONNECTION_STRING: azuriteConnection(tables, tables + 1) });
    other.close();
    assert.match(out, new RegExp(`^bot +a bot answers on port ${port}, and none runs in the data folder: it is another one$`, 'm'));
    assert.match(out, /^log +.*bot\.log is not there/m);
  });
  it('with settings that are wrong: all of them, and another code', async () => {
    const { code, out } = await asked({ PORT: '99999', FOUR_EYES: 'mostly' });
    assert.equal(code, 2, out);
    assert.match(out, /PORT cannot be '99999'[\s\S]*FOUR_EYES cannot be 'mostly'[\s\S]*nothing else was looked at/);
  });
});

describe('the doctor beside a bot under load', function () {
  this.timeout(600_000);
  const CUSTOMERS = 150;
  const SPEAKERS = 8;

  it('ends with an answer, about everything, while many people write and every customer is looked at; and the bot goes on', async () => {
    const world = await startWorld({ sweepMs: 1_000, fourEyes: { when: 'always' } });
    try {
      await world.sandbox.post('load', { customers: CUSTOMERS, subscriptionsPerCustomer: 2, usersPerCustomer: 1 });
      let over = false;
      let answered = 0;
      let looks = 0;
      const speaking = Array.from({ length: SPEAKERS }, async (_, n) => {
        const chat = world.teams.chat('personal', `a:busy-${n}`, `Speaker ${n}`);
        while (!over) {
          await chat.write(n % 2 === 0 ? 'expiring' : 'status');
          answered += 1;
        }
      });
      const looked = async () => (await world.sandbox.requests()).filter((one) => one.route.includes('subscriptions')).reduce((sum, one) => sum + one.count, 0);
      await until(
        async () => {
          looks = await looked();
          return (looks > 20 && answered > SPEAKERS) || undefined;
        },
        () => 'nothing is under way',
      );
      const before = answered;
      const { port, sandboxPort, dataDir, storage } = world.config;
      const { MODE: _, ...rest } = process.env;
      const env = { ...rest, PORT: `${port}`, SANDBOX_PORT: `${sandboxPort}`, DATA_DIR: dataDir, AZURE_STORAGE_CONNECTION_STRING: storage ?? '' };
      const beganAt = Date.now();
      const child = spawn(process.execPath, ['bot/cli/operator.ts', 'doctor'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
      const code = await new Promise<number | null>((done) => child.once('close', done));
      const tookMs = Date.now() - beganAt;
      over = true;
      await Promise.all(speaking);
      // Its own bound: 45 seconds for all of it, and a Node that must load.
      assert.ok(tookMs < boundMs(60_000), `${tookMs} ms`);
      // Whether a busy bot's lag is a fault is the doctor's to say; that it says something is what is promised.
      assert.ok(code === 0 || code === 1, `${code}: ${out}`);
      for (const what of [
        'mode',
        'bot',
        'storage',
        'clock',
        'Partner Center',
        'customers',
        'who may',
        'price sheets',
        'cards show',
        'events',
        'chats',
        'read-only',
        'log',
      ])
        assert.match(out, new RegExp(`^${what} +\\S`, 'm'), `${what} is missing:\n${out}`);
      assert.match(out, /^bot +(answers on port \d+|WRONG: what listens on port \d+ does not answer within 15 seconds)$/m);
      assert.match(
        out,
        /^who may +everybody may do everything, but not approve what they asked for$/m,
        'the bot’s own settings, which this shell does not have',
      );
      assert.match(out, new RegExp(`^mode .*the settings are those of process ${process.pid}, which uses the data folder$`, 'm'));
      assert.match(out, /(All is well\.|what (may be done|to do) stands after each arrow\.)\n$/);
      assert.ok(answered > before, 'people were answered meanwhile');
      assert.ok((await looked()) > looks, 'customers were looked at meanwhile');
    } finally {
      await world.close();
    }
  });
});
