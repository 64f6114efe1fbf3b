/** What a bot must refuse at its door, requirement by requirement; docs/security.md has the table. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { request as call } from 'node:http';
import { directoryOf, identityMark, meet } from '../../services/people/people.ts';
import { memoryStore } from '../support/memory.ts';
import type { World } from '../support/world.ts';
import { ENDINGS, knockRaw, malformedHeads } from './heads.ts';
import { guardedWorld, type Keys, startKeys, TENANT, tokenFor } from './keys.ts';

const DOCUMENT = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');

describe('requirements of a bot with a door', () => {
  let keys: Keys;
  let world: World;
  let port: number;
  before(async () => {
    keys = await startKeys();
    world = await guardedWorld(keys, { proxies: 1, sweepMs: 3_600_000 });
    port = Number(new URL(world.bot.bot).port);
  });
  after(async () => {
    await world.close();
    await keys.close();
  });

  function knock(of: { method?: string; path: string; headers?: Record<string, string>; body?: string }): Promise<number> {
    return new Promise((resolve) => {
      const going = call({ port, host: '127.0.0.1', method: of.method ?? 'GET', path: of.path, headers: of.headers ?? {} }, (response) =>
        response.resume().once('end', () => resolve(response.statusCode ?? 0)),
      );
      going.on('error', () => resolve(0));
      going.end(of.body);
    });
  }
  function say(changes: Record<string, unknown>): Promise<number> {
    const activity = {
      type: 'message',
      text: 'help',
      id: 'x',
      channelId: 'msteams',
      serviceUrl: world.teams.url,
      from: { id: '29:ann', name: 'Ann Jansson', aadObjectId: 'ann-jansson' },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:door', conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      ...changes,
    };
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${tokenFor(world.teams.url)}` };
    return knock({ method: 'POST', path: '/api/messages', headers, body: JSON.stringify(activity) });
  }

  it('D1: whatever a socket sends, good people are answered afterwards', async () => {
    const heads = malformedHeads().filter((_, n) => n % 5 === 0);
    await Promise.all(heads.map(({ text }, n) => knockRaw(port, text, ENDINGS[n % ENDINGS.length] as (typeof ENDINGS)[number])));
    assert.equal(await say({}), 200);
  });

  it('D2: a page from elsewhere, or a name bound anew to this machine, does nothing', async () => {
    for (const headers of [
      { Host: 'evil.example' },
      { Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' },
    ] as Record<string, string>[])
      for (const path of ['/healthz', '/readyz', '/consent?ticket=x', '/api/messages'])
        assert.equal(await knock({ path, headers }), 403, `${JSON.stringify(headers)} ${path}`);
  });

  it('D3: another port, another address of one network and a noted address of one’s own make no other caller', async () => {
    const ask = async (noted: (n: number) => string, times: number) => {
      const statuses: number[] = [];
      for (let n = 0; n < times; n++) statuses.push(await knock({ path: '/consent?ticket=x', headers: { 'X-Forwarded-For': noted(n) } }));
      return statuses;
    };
    assert.equal((await ask((n) => `1.2.3.4:${5_000 + n}`, 40)).at(-1), 429);
    assert.equal((await ask((n) => `10.9.8.${n}, 1.2.3.4:${6_000 + n}`, 3)).at(-1), 429, 'what stands before is the stranger’s own word');
    assert.equal((await ask((n) => `[2001:db8:1:2::${n}]:443`, 40)).at(-1), 429);
    assert.notEqual((await ask(() => '2001:db8:1:3::1', 1))[0], 429, 'another network');
    assert.notEqual((await ask(() => '4.3.2.1', 1))[0], 429, 'another address');
  });

  it('D4: a tenant in channelData alone is one; two that differ, and one that is not allowed, are none', async () => {
    assert.equal(await say({ conversation: { id: '19:door@thread', conversationType: 'channel' } }), 200);
    assert.equal(await say({ conversation: { id: '19:door@thread', conversationType: 'channel', tenantId: null } }), 200);
    assert.equal(await say({ conversation: { id: 'a:door', conversationType: 'personal', tenantId: 'tenant-2' } }), 403);
    assert.equal(await say({ channelData: { tenant: { id: null } } }), 403);
    assert.equal(await say({ channelData: { tenant: { id: 'tenant-9' } }, conversation: { id: 'a:door', conversationType: 'personal' } }), 403);
  });

  it('D5: an id in other letters is the same person, with the same roles', async () => {
    const store = memoryStore();
    const [one, twin] = [
      { objectId: 'ann-jansson', tenantId: TENANT, name: 'Ann' },
      { objectId: 'Ann-JANSSON', tenantId: TENANT.toUpperCase(), name: 'Ann' },
    ];
    assert.equal((await meet(store, one, null, '2027-01-20')).key, (await meet(store, twin, null, '2027-01-20')).key);
    assert.equal(identityMark('A'), identityMark('a'));
    const directory = directoryOf([{ objectId: 'ANN-JANSSON', name: 'Ann', roles: ['viewer'] }]);
    for (const id of ['ann-jansson', 'Ann-Jansson']) assert.deepEqual(await directory.rolesOf(id), ['viewer']);
  });

  it('each requirement of the table names a test that is there', () => {
    const tests = [
      ...readdirSync(new URL('.', import.meta.url)).map((name) => new URL(name, import.meta.url)),
      ...['log', 'config'].map((name) => new URL(`../unit/bot/${name}.test.ts`, import.meta.url)),
      new URL('../unit/store/upgrade.test.ts', import.meta.url),
    ]
      .filter((file) => file.pathname.endsWith('.test.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const rows = [...DOCUMENT.matchAll(/^\| (D\d+) \|.*\| ([^|]+) \|$/gm)];
    assert.ok(rows.length >= 11, `${rows.length} rows`);
    for (const [, name, named] of rows)
      for (const [, title] of (named as string).matchAll(/`([^`]+)`/g))
        assert.ok(tests.includes(`'${title}`), `${name} names the test '${title}', and there is none`);
  });

  it('what docs/security.md says of loaded packages is so', () => {
    const script =
      "await import('./bot/start.ts'); await import('./bot/app.ts'); const { createRequire } = await import('node:module'); console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache))); process.exit();";
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: new URL('../..', import.meta.url) });
    const files = JSON.parse(ran.stdout) as string[];
    const loaded = new Set(files.map((file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]));
    for (const name of [
      'formidable',
      'csv',
      'qs',
      'http-signature',
      'sshpk',
      'jsprim',
      'vasync',
      'ewma',
      'jsonwebtoken',
      'rsa-pem-from-mod-exp',
      'openssl-wrapper',
      'restify-errors',
      'verror',
    ]) {
      assert.ok(DOCUMENT.includes(name), `${name} is not named`);
      assert.ok(loaded.has(name), `${name} is not loaded`);
    }
    const said = Number(/loads some (\d+) packages/.exec(DOCUMENT)?.[1]);
    assert.ok(Math.abs(loaded.size - said) <= 25, `${loaded.size} packages are loaded, and the document says some ${said}`);
  });
});
