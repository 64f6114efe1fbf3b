/** What lies on the disk: a full one ends nothing, its owner alone may read it, and another Successor's store is told at the start. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { start } from '../../bot/start.ts';
import { StartError } from '../../services/startError.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { BARE_ENV, STARTS } from '../support/image.ts';
import { freePair, freePort } from '../support/ports.ts';
import { ownStorage } from '../support/storage.ts';
import { testConfig } from '../support/world.ts';
import { until } from '../support/until.ts';
import { ofCustomer } from '../../services/store/rows.ts';

describe('what lies on the disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'successor-disk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  async function run(azurite: number) {
    const [port, sandbox] = [await freePort(), await freePort()];
    const env = {
      ...BARE_ENV,
      CHAT: 'off',
      DATA_DIR: folder,
      PORT: String(port),
      SANDBOX_PORT: String(sandbox),
      AZURITE_PORT: String(azurite),
    };
    const child = spawn(process.execPath, STARTS, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        out += String(chunk);
      });
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, out: () => out, gone, port, sandbox };
  }

  it('logs that cannot be written end neither the bot nor a child of it', async () => {
    for (const name of ['bot', 'sandbox', 'azurite-table', 'azurite-queue']) symlinkSync('/dev/full', join(folder, `${name}.log`));
    const { child, out, gone, port, sandbox } = await run(await freePair());
    await until(
      () => out().includes('ready') || child.exitCode !== null,
      () => out(),
    );
    /** A busy machine may close a connection before it is used. */
    const reached = (url: string, init?: RequestInit) =>
      until(
        () => fetch(url, init).catch(() => undefined),
        () => `${url} does not answer: ${out()}`,
      );
    // Something that is logged: a button that nobody knows, pressed by a client that cannot execute.
    for (let n = 0; n < 3; n++) {
      const body = {
        type: 'message',
        value: { verb: 'help' },
        channelId: 'msteams',
        serviceUrl: 'http://127.0.0.1:9/',
        from: { id: 'u' },
        recipient: { id: 'b' },
        conversation: { id: `c${n}` },
      };
      await reached(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    }
    await until(
      () => out().includes('cannot be written (ENOSPC)'),
      () => `nothing was logged: ${out()}`,
    );
    assert.equal((await reached(`http://127.0.0.1:${port}/healthz`)).status, 200);
    assert.equal((await reached(`http://127.0.0.1:${sandbox}/sandbox/clock`)).status, 200);
    child.kill('SIGTERM');
    assert.equal(await gone, 0, out());
    assert.equal(out().match(/cannot be written/g)?.length, 1, 'it is said once');
  });

  it('the folder of the state, made before or by us, is its owner’s alone', async () => {
    chmodSync(folder, 0o755);
    const { child, out, gone } = await run(await freePair());
    await until(
      () => out().includes('ready'),
      () => out(),
    );
    child.kill('SIGTERM');
    await gone;
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const one of readdirSync(folder, { recursive: true, encoding: 'utf8' })) assert.equal(statSync(join(folder, one)).mode & 0o077, 0, one);
  });

  it('a store of the release before is read, and written so that it can take over again, until it is upgraded', async () => {
    const connectionString = await ownStorage();
    const table = TableClient.fromConnectionString(connectionString, 'customers', { allowInsecureConnection: true });
    await table.createTable();
    await table.upsertEntity({ partitionKey: 'c', rowKey: 'a', v: 2, w: 'w', j0: '{"n":1}' }, 'Replace');
    const formatIn = async (rowKey: string) => (await table.getEntity<{ v: number }>('c', rowKey)).v;
    const store = await openTables({ connectionString });
    await store.put(...ofCustomer('c'), 'b', { n: 2 });
    assert.deepEqual([store.format(), await formatIn('a'), await formatIn('b')], [2, 2, 2]);
    assert.equal(await store.upgrade(), 2);
    assert.deepEqual([store.format(), await formatIn('a'), await formatIn('b')], [3, 3, 3]);
    assert.equal((await openTables({ connectionString })).format(), 3);
    assert.deepEqual(
      (await store.range(...ofCustomer('c'), 'a', 'z')).map((row) => row.value),
      [{ n: 1 }, { n: 2 }],
    );
    assert.equal((await openTables({ connectionString: await ownStorage() })).format(), 3, 'a new one needs no upgrade');
  });

  for (const [of, format] of [
    ['an older Successor', 1],
    ['an older Successor', undefined],
    ['a newer Successor', 4],
  ] as const)
    it(`a store of ${of} (format ${format}) is refused with a sentence at the start; a single row of it where it is read`, async () => {
      const connectionString = await ownStorage();
      const odd = { partitionKey: 'c', rowKey: 'b', ...(format === undefined ? {} : { v: format }), w: 'w', j0: '{}' };
      const store = await openTables({ connectionString });
      await store.put(...ofCustomer('c'), 'a', { n: 1 });
      await TableClient.fromConnectionString(connectionString, 'customers', { allowInsecureConnection: true }).upsertEntity(odd, 'Replace');
      assert.deepEqual((await store.get(...ofCustomer('c'), 'a'))?.value, { n: 1 });
      await assert.rejects(store.get(...ofCustomer('c'), 'b'), new RegExp(`The row c/b of the store was written by ${of}`));
      await assert.rejects(store.range(...ofCustomer('c'), 'a', 'z'), /The row c\/b/);
      await store.remove(...ofCustomer('c'), 'a');
      const quiet = { info() {}, warn() {} };
      await assert.rejects(start(await testConfig({ storage: connectionString, dataDir: folder }), quiet), (error) => {
        assert.ok(error instanceof StartError);
        const words = `The store was written by ${of} (format ${format ?? 'unknown'}; this one reads 2 and 3). Nothing was changed. Start the Successor that wrote it`;
        assert.ok(error.message.startsWith(words), error.message);
        return true;
      });
    });
});
