/** What the image holds, in an empty folder: production packages alone, and the files that `.dockerignore` lets through. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { freePair, freePort } from '../support/ports.ts';
import { ownStorage } from '../support/storage.ts';
import { startTeams, type Teams } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { guardedEnvironment, type Keys, startKeys, tokenFor } from '../security/keys.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MODULES_MAX_MB = 230;
const GUID = '11111111-2222-4333-8444-555555555555';

/** Makes the image's folder; packages are those that the lock file has for production. */
function image(): string {
  // On the same disk as the packages, so that these are linked and not copied.
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.tmp', 'production-'));
  const kept = readFileSync(join(ROOT, '.dockerignore'), 'utf8').match(/(?<=^!).+$/gm) ?? [];
  for (const name of kept) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> };
  const production = Object.entries(lock.packages).flatMap(([path, one]) => (path !== '' && !one.dev && !one.devOptional ? [path] : []));
  const inside = new Set(production);
  for (const path of production) {
    if (!existsSync(join(ROOT, path))) continue; // for another machine
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    const { status, stderr } = spawnSync('cp', ['-RLl', join(ROOT, path), join(folder, path)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    // What lies within a package is taken by its own line of the lock file, or is for development.
    for (const nested of nestedIn(join(folder, path)))
      if (!inside.has(`${path}/node_modules/${nested}`)) rmSync(join(folder, path, 'node_modules', nested), { recursive: true });
  }
  return folder;
}

function nestedIn(folder: string): string[] {
  const within = join(folder, 'node_modules');
  if (!existsSync(within)) return [];
  return readdirSync(within).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(within, name)).map((one) => `${name}/${one}`) : name === '.bin' ? [] : [name],
  );
}

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
    folder = image();
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
    const [, command = ''] = /^CMD (.+)$/m.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')) ?? [];
    const [, ...words] = JSON.parse(command) as string[];
    const child = spawn(process.execPath, words, { cwd: folder, env: { NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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
