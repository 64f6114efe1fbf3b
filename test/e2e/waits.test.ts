/** A start while others are away: it listens and says so at once, and goes on by itself when they come. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { childEnvironment } from '../../bot/config/config.ts';
import { type Children, startChildren } from '../../services/local/processes.ts';
import { azuriteConnection } from '../../services/store/azureTables.ts';
import { STARTS } from '../support/image.ts';
import { freePair, freePort } from '../support/ports.ts';
import { until } from '../support/until.ts';
import { startEntra } from '../security/entra.ts';
import { serverCertificate } from '../security/signer.ts';
import { startWorld } from '../support/world.ts';

const GUID = '11111111-2222-4333-8444-555555555555';

describe('a start while others are away', function () {
  this.timeout(120_000);
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function run(changes: Record<string, string>) {
    const port = await freePort();
    const { MODE: _, ...rest } = process.env;
    const env = {
      ...rest,
      MODE: 'guarded',
      MicrosoftAppId: GUID,
      MicrosoftAppTenantId: GUID,
      ALLOWED_TENANTS: GUID,
      BOT_KEYS_URL: 'http://127.0.0.1:9/keys',
      DATA_DIR: mkdtempSync(join(tmpdir(), 'successor-waits-')),
      PORT: String(port),
      SANDBOX_PORT: String(await freePort()),
      AZURITE_PORT: String(await freePair()),
      ...changes,
    };
    const child: ChildProcess = spawn(process.execPath, STARTS, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (out += String(chunk)));
    ends.push(() => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      return new Promise((resolve) => child.once('exit', resolve));
    });
    const get = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as { waitsFor?: string[]; alive?: boolean }) };
    };
    await until(
      () =>
        get('/healthz').then(
          (answer) => answer,
          () => undefined,
        ),
      () => `it does not listen: ${out}`,
    );
    const waitsFor = (expected: string[]) =>
      until(
        async () => {
          const { waitsFor } = (await get('/readyz')).body;
          return JSON.stringify(waitsFor) === JSON.stringify(expected) || undefined;
        },
        () => `it does not wait for ${expected.join()}: ${out}`,
      );
    return { child, env, get, waitsFor, out: () => out, log: () => readFileSync(join(env.DATA_DIR, 'bot.log'), 'utf8') };
  }

  it('storage: it listens, says what it waits for, and is ready when it comes', async () => {
    const tables = await freePair();
    const { get, waitsFor, out, log, child } = await run({ AZURE_STORAGE_CONNECTION_STRING: azuriteConnection(tables, tables + 1) });
    await waitsFor(['storage']);
    assert.deepEqual(await get('/healthz'), { status: 200, body: { alive: true } });
    assert.equal((await get('/readyz')).status, 503);
    assert.equal((await get('/api/messages', { method: 'POST', body: '{}' })).status, 503, 'Teams is to come again');
    await until(
      () => /Waiting for storage \(\d+ s\): The storage cannot be used: .*ECONNREFUSED/.test(out()) || undefined,
      () => `nobody is told: ${out()}`,
    );
    assert.match(log(), /"level":"warn".*"what":"storage".*"msg":"something is waited for"/);
    assert.equal(child.exitCode, null);
    const storage: Children = await startChildren({
      dataDir: mkdtempSync(join(tmpdir(), 'successor-storage-')),
      environment: childEnvironment(process.env),
      storage: { tablePort: tables, queuePort: tables + 1 },
      sandboxPort: null,
      chat: null,
    });
    ends.unshift(() => storage.end());
    await until(
      async () => (await get('/readyz')).status === 200 || undefined,
      () => `it is not ready: ${out()}`,
    );
    assert.equal((await get('/api/messages', { method: 'POST', body: '{}' })).status, 401, 'the front door stands');
    assert.match(out(), /storage answers after \d+ s\./);
  });

  it('it ends at once when it is told to while it waits', async () => {
    const tables = await freePair();
    const { child, waitsFor } = await run({ AZURE_STORAGE_CONNECTION_STRING: azuriteConnection(tables, tables + 1) });
    await waitsFor(['storage']);
    child.kill('SIGTERM');
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 0);
  });

  it('Graph and the login: it is ready without, says that it waits for each, and stops saying so when it comes', async () => {
    const entra = await startEntra();
    ends.push(() => entra.close());
    Object.assign(entra, { graphFails: 'silence', loginFails: 'drop' });
    const partner = { PARTNER_TENANT_ID: GUID, PARTNER_CLIENT_ID: GUID, PARTNER_CLIENT_SECRET: 'x', LOGIN_URL: entra.url };
    const { get, waitsFor, out } = await run({ ROLES: `owner=${GUID}`, GRAPH_URL: entra.url, ...partner });
    await until(
      async () => (await get('/readyz')).status === 200 || undefined,
      () => `it is not ready: ${out()}`,
    );
    await waitsFor(['Microsoft Graph', 'the login of Microsoft Entra']);
    for (const what of ['Microsoft Graph', 'the login of Microsoft Entra'])
      await until(
        () => out().includes(`Waiting for ${what} (`) || undefined,
        () => `nobody is told of ${what}: ${out()}`,
      );
    entra.graphFails = 'no';
    await waitsFor(['the login of Microsoft Entra']);
    entra.loginFails = 'no';
    await waitsFor([]);
    await until(
      () => /Microsoft Graph answers after \d+ s\.[\s\S]*the login of Microsoft Entra answers after \d+ s\./.test(out()) || undefined,
      () => out(),
    );
  });
});

describe('a start while Key Vault is away', function () {
  this.timeout(120_000);
  const trusted = tls.getCACertificates('default');
  let own: { cert: string; key: string };
  let vault: Server;
  let hangs = false;
  let port = 0;
  before(async () => {
    own = await serverCertificate();
    tls.setDefaultCACertificates([...trusted, own.cert]);
    port = await freePort();
  });
  after(() => tls.setDefaultCACertificates(trusted));
  afterEach(() => {
    vault.closeAllConnections();
    vault.close();
  });

  /** One in which no anchor lies yet. */
  async function openVault(): Promise<void> {
    vault = createServer(own, (_request, response) => {
      if (hangs) return;
      response.writeHead(404, { 'Content-Type': 'application/json' });
      response.end('{"error":{"code":"SecretNotFound","message":"not there"}}');
    });
    await new Promise<void>((resolve) => vault.listen(port, '127.0.0.1', resolve));
  }

  for (const how of ['refuses', 'hangs'] as const)
    it(`that ${how}: it listens and works, says so in seconds, and stops saying so well within ten seconds after it is back`, async () => {
      hangs = how === 'hangs';
      if (hangs) await openVault();
      const world = await startWorld({ keyVaultUrl: `https://127.0.0.1:${port}` });
      try {
        const ready = async () => {
          const answer = await fetch(`${world.bot.bot}/readyz`);
          return { status: answer.status, ...((await answer.json()) as { waitsFor: string[] }) };
        };
        await until(
          () => world.log.some(({ fields, message }) => message === 'something is waited for' && JSON.stringify(fields).includes('Key Vault')) || undefined,
          () => 'nobody is told',
        );
        const meanwhile = await ready();
        assert.deepEqual([meanwhile.status, meanwhile.waitsFor], [200, ['Key Vault']], 'it works without');
        // Long enough for tries that grow ever longer.
        await new Promise((resolve) => setTimeout(resolve, 20_000));
        if (how === 'refuses') await openVault();
        hangs = false;
        const backAt = Date.now();
        await until(
          async () => (await ready()).waitsFor.length === 0 || undefined,
          () => 'it still waits',
        );
        const tookMs = Date.now() - backAt;
        assert.ok(tookMs < 10_000, `${tookMs} ms`);
        assert.ok(world.log.some(({ message }) => message === 'what was waited for answers'));
      } finally {
        await world.close();
      }
    });
});
