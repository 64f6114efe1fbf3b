/** What the image holds, in an empty folder: production packages alone, and the files that `.dockerignore` lets through. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPILES, makeImage, STARTS } from '../support/image.ts';
import { freePair, freePort } from '../support/ports.ts';
import { ownStorage } from '../support/storage.ts';
import { startTeams, type Teams } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { guardedEnvironment, type Keys, startKeys, tokenFor } from '../security/keys.ts';

const MODULES_MAX_MB = 230;
const GUID = '11111111-2222-4333-8444-555555555555';

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, one) => sum + (one.isFile() ? statSync(join(one.parentPath, one.name)).size : 0),
    0,
  );
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('node_modules'))
    .sort();

describe('production', function () {
  this.timeout(180_000);
  let folder: string;
  let keys: Keys;
  let before_: string[];
  const children: ChildProcess[] = [];
  before(async () => {
    folder = makeImage();
    before_ = filesIn(folder);
    keys = await startKeys();
  });
  after(async () => {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    await keys.close();
    rmSync(folder, { recursive: true });
  });

  /** As the image starts it. */
  function run(env: Record<string, string>) {
    const child = spawn(process.execPath, STARTS, { cwd: folder, env: { NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    return { child, ended, out: () => out, err: () => err };
  }

  it(`its packages are less than ${MODULES_MAX_MB} MB, and none of them is for development`, () => {
    const megabytes = bytesIn(join(folder, 'node_modules')) / 1024 / 1024;
    assert.ok(megabytes > 50 && megabytes < MODULES_MAX_MB, `${Math.round(megabytes)} MB`);
    for (const name of ['azurite', 'mocha', 'typescript', 'playwright-core']) assert.ok(!existsSync(join(folder, 'node_modules', name)), name);
  });

  it('has its text compiled when it is built, for the flags of its start, which then compiles nothing', () => {
    const kept = mkdtempSync(join(tmpdir(), 'successor-compiled-'));
    const env = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: kept };
    const node = (words: string[], more: Record<string, string> = {}) =>
      spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', env: { ...env, ...more } });
    try {
      const built = node(COMPILES);
      assert.equal(built.status, 0, built.stderr);
      const made = filesIn(kept);
      assert.ok(made.length > 300, `${made.length} files`);
      // The start as it is, ended by a setting that it refuses after all was loaded; Node tells of each file what it took.
      const words = STARTS.map((word) => (word === 'bot/main.ts' ? '-e' : word));
      const started = node([...words, "Promise.all([import('./bot/start.ts'), import('./bot/app.ts')]).then(() => process.exit(0))"], {
        NODE_DEBUG_NATIVE: 'COMPILE_CACHE',
      });
      const told = started.stderr.split('\n');
      assert.ok(told.filter((line) => line.includes('was accepted')).length > 300, started.stderr.slice(-2_000));
      assert.equal(told.filter((line) => line.includes('was rejected')).length, 0);
      assert.deepEqual(filesIn(kept), made);
      assert.deepEqual(filesIn(folder), before_);
    } finally {
      rmSync(kept, { recursive: true });
    }
  });

  it('answers a signed turn, refuses an unsigned one, and ends when it is told to', async () => {
    const port = await freePort();
    const storage = await ownStorage();
    const data = mkdtempSync(join(tmpdir(), 'successor-production-'));
    const env = guardedEnvironment({ keysUrl: keys.url, folder: data, port, sandbox: await freePort(), azurite: await freePair() });
    const { child, ended, out, err } = run({ ...env, CHAT: 'off', AZURE_STORAGE_CONNECTION_STRING: storage });
    const teams: Teams = await startTeams(() => `http://127.0.0.1:${port}`, tokenFor);
    try {
      await until(
        () => (out().includes('ready') ? true : undefined),
        () => `it does not start: ${out()}${err()}`,
      );
      const me = teams.chat('personal', 'a:me');
      await me.write('help');
      await me.card('What I can do');
      const unsigned = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
      assert.equal(unsigned.status, 401);
      child.kill('SIGTERM');
      assert.equal(await ended, 0);
      assert.deepEqual(filesIn(folder), before_, 'nothing is written beside the program');
    } finally {
      await teams.close();
      rmSync(data, { recursive: true, force: true });
    }
  });

  it('in azure mode says what it waits for as lines of JSON, writes nothing anywhere, and hears the signal to end', async () => {
    const port = await freePort();
    const nowhere = `https://127.0.0.1:${await freePort()}/x`;
    const { child, ended, out, err } = run({
      PATH: process.env.PATH ?? '',
      MODE: 'azure',
      PORT: String(port),
      MicrosoftAppId: GUID,
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppTenantId: GUID,
      ALLOWED_TENANTS: GUID,
      ROLES: `owner=${GUID}`,
      PARTNER_TENANT_ID: GUID,
      PARTNER_CLIENT_ID: GUID,
      PARTNER_CLIENT_SECRET: 'x',
      KEY_VAULT_URL: 'https://127.0.0.1',
      PUBLIC_URL: 'https://127.0.0.1',
      AZURE_STORAGE_CONNECTION_STRING: `AccountName=x;AccountKey=eA==;TableEndpoint=${nowhere};QueueEndpoint=${nowhere}`,
    });
    const lines = () =>
      out()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    await until(
      () => (lines().length > 0 ? true : undefined),
      () => `it says nothing: ${out()}${err()}`,
    );
    const [first] = lines();
    assert.deepEqual([first?.level, first?.msg, first?.what], ['warn', 'something is waited for', 'storage']);
    assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    assert.deepEqual([ready.status, ((await ready.json()) as { waitsFor: string[] }).waitsFor], [503, ['storage']]);
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
    assert.equal(err(), '');
    assert.deepEqual(filesIn(folder), before_);
  });
});
