/** Known secrets in every setting and token; then everything that the bot says, logs, keeps and sends is searched for them. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import { TableServiceClient, TableClient } from '@azure/data-tables';
import { STARTS } from '../support/image.ts';
import { until } from '../support/until.ts';
import { type Chatter, startTeams, type Teams } from '../support/teams.ts';
import { addressIn, freePair, freePort } from '../support/ports.ts';
import { sandboxAt } from '../support/world.ts';
import { SECRETS } from './canaries.ts';
import { type Entra, startEntra } from './entra.ts';
import { flood } from './flood.ts';
import { guardedEnvironment, type Keys, startKeys, tokenFor } from './keys.ts';
import { azuriteConnection } from '../../services/store/azureTables.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const UPN = /[a-z0-9.]+@[a-z0-9-]+\.onmicrosoft\.com/i;

describe('secrets', () => {
  let keys: Keys;
  let entra: Entra;
  let teams: Teams;
  let child: ChildProcess;
  let folder: string;
  let out = '';
  let url = '';
  let sandbox: ReturnType<typeof sandboxAt>;
  let azurite: number;
  before(async () => {
    [keys, entra, folder, azurite] = [await startKeys(), await startEntra(), mkdtempSync(join(tmpdir(), 'successor-canary-')), await freePair()];
    const sandboxPort = await freePort();
    const port = await freePort();
    entra.names.set('Everybody', ['g']);
    entra.groups.set('g', new Set(['ann-jansson', 'bo-ek']));
    writeFileSync(join(folder, 'readme'), '');
    child = spawn(process.execPath, STARTS, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...guardedEnvironment({ keysUrl: keys.url, folder, port, sandbox: sandboxPort, azurite }),
        ROLES: 'owner=Everybody',
        GRAPH_URL: entra.url,
        LOGIN_URL: entra.url,
        PARTNER_TENANT_ID: 'partner-tenant',
        PARTNER_CLIENT_ID: 'client',
        PARTNER_CLIENT_SECRET: 'CANARY-client-secret',
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        SWEEP_MINUTES: '0.05',
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        out += String(chunk);
      });
    url = await until(
      () => addressIn(out),
      () => `the bot did not become ready: ${out}`,
    );
    sandbox = sandboxAt(`http://127.0.0.1:${sandboxPort}`);
    teams = await startTeams(
      () => url,
      (serviceUrl) => tokenFor(serviceUrl, { claims: { canary: 'CANARY-in-claim' } }),
    );
  });
  after(async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
    await Promise.all([teams.close(), keys.close(), entra.close()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('consent by an owner in the browser, a whole move with its tokens, failures of every neighbour', async () => {
    await until(
      async () => ((await (await fetch(`${url}/readyz`)).json()) as { knowsAll: boolean }).knowsAll || undefined,
      () => 'the first sweep did not end',
    );
    const alone = teams.chat('personal', 'a:ann', 'Ann Jansson');
    const ann: Chatter = teams.chat('channel', '19:canary@thread', 'Ann Jansson');
    await ann.write('watch');
    await ann.card('Watching');
    await alone.write('consent');
    const link = /http:\/\/\S+\/consent\?ticket=\S+/.exec(await alone.text('/consent?ticket='))?.[0] ?? '';
    const begun = await fetch(link, { redirect: 'manual' });
    const to = new URL(begun.headers.get('location') ?? '');
    const back = await fetch(`${url}/consent/callback?code=CANARY-code&state=${to.searchParams.get('state')}`, {
      headers: { Cookie: begun.headers.get('set-cookie')?.split(';')[0] ?? '' },
    });
    assert.match(await back.text(), /I can work in Partner Center now/);
    await sandbox.post('flip', { customer: 'Contoso' });
    await ann.press('Get a price', ['Contoso Ltd', 'Expires in']);
    await ann.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']);
    await ann.press('Move 7 people', ['Contoso Ltd']);
    await ann.press('Suspend subscription', ['Contoso Ltd']);
    await ann.card('Contoso Ltd', 'Finished');
    await ann.write('history contoso');
    await alone.write('history contoso');
    // Now everything fails in turn, with what it knows in its words.
    entra.loginFails = 'refused';
    await sandbox.post('faults', { rules: [{ path: '/v1/', status: 401, times: 20 }] });
    await ann.write('show fabrikam');
    entra.graphFails = 'status';
    await ann.write('status');
    await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${tokenFor(teams.url, { signed: 'broken', claims: { secret: 'CANARY-in-token' } })}`,
      },
      body: '{}',
    });
    // A look at a customer meets the failures too, and says so in the log.
    await until(
      () => existsSync(join(folder, 'bot.log')),
      () => 'nothing was logged',
    );
    entra.graphFails = 'no';
    entra.loginFails = 'no';
    assert.ok(
      entra.asked.some((one) => one.form.get('client_secret') === 'CANARY-client-secret'),
      'the secret was used',
    );
    assert.ok(entra.given >= 2, 'the refresh token was redeemed');
  });

  it('10, 11: none of them is in what it said, logged, kept or sent; nor a user principal name on a card (C3.10, C3.11)', async () => {
    const said = teams.messages
      .map((one) => `${one.text} ${JSON.stringify(one.card)}`)
      .join('\n')
      .replace(/\/consent\?ticket=\S+/g, '');
    assert.doesNotMatch(said, SECRETS, 'in Teams');
    assert.doesNotMatch(said, UPN, 'a user principal name in Teams');
    assert.doesNotMatch(out, SECRETS, 'on the console');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.log') && !name.startsWith('sandbox')))
      assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), SECRETS, file);
    assert.ok(readFileSync(join(folder, 'bot.log'), 'utf8').length > 0, 'something was logged');
    const connection = azuriteConnection(azurite, azurite + 1);
    const tables = TableServiceClient.fromConnectionString(connection, { allowInsecureConnection: true });
    let rows = 0;
    for await (const { name } of tables.listTables()) {
      for await (const row of TableClient.fromConnectionString(connection, name as string, { allowInsecureConnection: true }).listEntities()) {
        rows += 1;
        assert.doesNotMatch(JSON.stringify(row), SECRETS, `a row of ${name}`);
      }
    }
    assert.ok(rows > 100, 'rows were read');
    const queues = QueueServiceClient.fromConnectionString(connection);
    for await (const { name } of queues.listQueues()) {
      const { peekedMessageItems } = await queues.getQueueClient(name).peekMessages({ numberOfMessages: 32 });
      for (const message of peekedMessageItems) assert.doesNotMatch(message.messageText, SECRETS, `a message of ${name}`);
    }
    const vault = join(folder, 'vault');
    // Of one that is being renewed the old one goes when the new one holds.
    await until(
      () => readdirSync(vault).length === 1 || undefined,
      () => `${readdirSync(vault).length} refresh tokens are kept`,
    );
    assert.equal(statSync(join(vault, readdirSync(vault)[0] as string)).mode & 0o077, 0, 'and only this account may read it');
  });

  it('thousands of hostile requests: nobody good is refused (npm run flood sends 200,000)', async () => {
    const flooded = await flood(2_000);
    assert.equal(flooded.good.failed, 0, JSON.stringify(flooded));
    assert.ok(flooded.requests >= 2_000);
    assert.ok(!Object.keys(flooded.statuses).some((status) => /^[25]/.test(status)), JSON.stringify(flooded.statuses));
  });
});
