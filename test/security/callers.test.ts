/** Who calls, how much one caller may hold, and whose pages knock at a door of this machine. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, request as call, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callerKey, callerOf, holding, shareLines } from '../../bot/http/callers.ts';
import { checkActivity, tenantOf, tidied } from '../../bot/http/guard.ts';
import { isHere, stranger } from '../../services/loopback.ts';
import { BARE_ENV, STARTS } from '../support/image.ts';
import { until } from '../support/until.ts';
import { freePair, freePort } from '../support/ports.ts';

describe('a caller', () => {
  it('is one address without its port, and one IPv6 network', () => {
    const cases: [string, string | null][] = [
      ['1.2.3.4', '1.2.3.4'],
      ['1.2.3.4:51234', '1.2.3.4'],
      ['::ffff:1.2.3.4', '1.2.3.4'],
      ['[2001:db8::1]:443', '2001:db8:0:0'],
      ['2001:db8::1', '2001:db8:0:0'],
      ['2001:DB8:0:0:ffff::2', '2001:db8:0:0'],
      ['2001:db8:0:1::1', '2001:db8:0:1'],
      ['fe80::1%eth0', 'fe80:0:0:0'],
      ['::1', '0:0:0:0'],
      ['unknown', null],
      ['', null],
      ['1.2.3', null],
      ['[', null],
      ['1.2.3.4:5:6', null],
    ];
    for (const [address, key] of cases) assert.equal(callerKey(address), key, address);
  });

  it('behind proxies is the one that the outermost of ours noted, whatever a stranger wrote before it', () => {
    const from = (noted: string | undefined, proxies: number) =>
      callerOf(
        { headers: noted === undefined ? {} : { 'x-forwarded-for': noted }, socket: { remoteAddress: '10.0.0.1' } } as unknown as IncomingMessage,
        proxies,
      );
    assert.equal(from('9.9.9.9, 1.2.3.4:5000', 1), '1.2.3.4');
    assert.equal(from('9.9.9.9, 1.2.3.4:5001', 1), '1.2.3.4', 'the same caller from another port');
    assert.equal(from('1.2.3.4, 10.0.0.2', 2), '1.2.3.4');
    assert.equal(from('9.9.9.9', 0), '10.0.0.1', 'without a proxy nobody may say who he is');
    for (const odd of ['', 'x', ',', undefined]) assert.equal(from(odd, 1), '10.0.0.1');
  });

  it('holds a share of the lines, and gives it back', async () => {
    const own = holding();
    let taken = 0;
    while (own.take('a') && taken < 5_000) taken += 1;
    assert.ok(taken < 1_000, `${taken} of 2,000`);
    assert.ok(own.take('b'), 'another caller has his own');
    own.give('a');
    assert.ok(own.take('a'));
    const server = createServer((_request, response) => response.end());
    const refused: string[] = [];
    shareLines(server, 0, (why) => refused.push(why));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const sockets: Socket[] = [];
    for (let n = 0; n < taken + 10; n++) sockets.push(connect(port, '127.0.0.1').on('error', () => {}));
    await until(
      () => refused.length >= 10,
      () => `${refused.length} refused`,
    );
    for (const socket of sockets) socket.destroy();
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          (answer) => answer.ok,
          () => undefined,
        ),
      () => 'the share was not given back',
    );
    server.closeAllConnections();
    server.close();
  });
});

describe('an activity', () => {
  const GUARDED = { appId: 'app', tenants: new Set(['tenant-1', 'tenant-2']), cloud: 'public', loopback: false } as const;
  const CLAIMS = { serviceUrl: 'https://smba.trafficmanager.net/emea/' };
  const activity = (changes: Record<string, unknown>) =>
    tidied({
      type: 'message',
      text: 'x',
      channelId: 'msteams',
      serviceUrl: CLAIMS.serviceUrl,
      from: { id: '29:x', aadObjectId: 'ann' },
      conversation: { id: 'c' },
      channelData: { tenant: { id: 'tenant-1' } },
      ...changes,
    }) as Record<string, unknown>;
  const judged = (changes: Record<string, unknown>) => checkActivity(activity(changes), GUARDED, CLAIMS)?.status ?? 'in';

  it('names its tenant in channelData; where the conversation names one too, it is the same; null is absent', () => {
    const conversation = (tenantId: unknown) => ({ conversation: { id: 'c', tenantId } });
    assert.equal(judged({}), 'in', 'a channel event names it in channelData alone');
    assert.equal(judged(conversation('tenant-1')), 'in');
    assert.equal(judged(conversation('TENANT-1')), 'in', 'ids are compared in lower case');
    assert.equal(judged(conversation(null)), 'in');
    assert.equal(judged(conversation('')), 403);
    assert.equal(judged(conversation('tenant-2')), 403, 'two that differ, each allowed');
    assert.equal(judged(conversation(['tenant-1'])), 403);
    assert.equal(judged({ ...conversation('tenant-1'), channelData: {} }), 403);
    assert.equal(judged({ ...conversation('tenant-1'), channelData: { tenant: { id: null } } }), 403);
    assert.equal(judged({ ...conversation('tenant-1'), channelData: null }), 403);
    assert.equal(tenantOf(activity(conversation(null)) as { channelData: unknown }), 'tenant-1');
  });

  it('comes from Teams of the cloud that the bot is in, and of no other', () => {
    const from = (cloud: 'public' | 'gcc', serviceUrl: string) =>
      checkActivity(activity({ serviceUrl }), { ...GUARDED, cloud }, { serviceUrl })?.status ?? 'in';
    const [world, gcc] = ['https://smba.trafficmanager.net/emea/', 'https://smba.infra.gcc.teams.microsoft.com/teams/'];
    assert.deepEqual([from('public', world), from('public', gcc), from('gcc', gcc), from('gcc', world)], ['in', 403, 'in', 403]);
    for (const odd of [
      'https://smba.infra.gov.teams.microsoft.us/gcch',
      'https://x.smba.infra.gcc.teams.microsoft.com/',
      'http://smba.infra.gcc.teams.microsoft.com/',
    ])
      assert.equal(from('gcc', odd), 403, odd);
  });

  it('takes null for absent wherever Teams may send it', () => {
    for (const name of ['text', 'replyToId', 'name', 'locale', 'entities', 'attachments', 'membersAdded', 'recipient', 'value', 'id'])
      assert.equal(judged({ [name]: null }), 'in', name);
    for (const name of ['type', 'from', 'conversation', 'channelId', 'serviceUrl']) assert.notEqual(judged({ [name]: null }), 'in', name);
    assert.equal(judged({ from: { id: '29:x', aadObjectId: null } }), 403);
    assert.equal(judged({ attachments: [null] }), 400);
  });

  it('whose names and ids are no text, or half a letter, is refused before it fails somewhere deep', () => {
    const conversation = (changes: object) => ({ conversation: { id: 'c', ...changes } });
    for (const odd of [5, {}, [], true, '\ud800', 'x'.repeat(2_000)]) {
      for (const name of ['action', 'textFormat', 'name', 'replyToId']) assert.equal(judged({ [name]: odd }), 400, `${name} ${String(odd).slice(0, 9)}`);
      for (const name of ['id', 'name', 'conversationType']) assert.equal(judged(conversation({ [name]: odd })), 400, `conversation.${name}`);
      for (const name of ['id', 'name']) assert.equal(judged({ from: { id: '29:x', aadObjectId: 'ann', [name]: odd } }), 400, `from.${name}`);
      for (const name of ['id', 'name']) assert.equal(judged({ recipient: { id: '28:bot', [name]: odd } }), 400, `recipient.${name}`);
      for (const place of ['team', 'channel'])
        for (const name of ['id', 'name'])
          assert.equal(judged({ channelData: { tenant: { id: 'tenant-1' }, [place]: { id: '19:x', [name]: odd } } }), 400, `${place}.${name}`);
    }
    for (const place of ['x', 5, [], true]) assert.equal(judged({ channelData: { tenant: { id: 'tenant-1' }, team: place } }), 400);
    for (const place of [null, undefined, {}, { id: null, name: null }])
      assert.equal(judged({ channelData: { tenant: { id: 'tenant-1' }, team: place, channel: place } }), 'in');
    for (const id of ['\ud800', 'x'.repeat(2_000)]) assert.equal(judged({ from: { id: '29:x', aadObjectId: id } }), 400);
    assert.equal(judged({ text: '\ud800' }), 'in', 'words may hold what they will');
    assert.equal(judged({ from: { id: '29:x', aadObjectId: 'ann', name: null } }), 'in');
    const bare = tidied({ type: 'installationUpdate', action: 'add', conversation: { id: 'c' }, serviceUrl: 'http://127.0.0.1:1/' }) as {
      channelData: unknown;
    };
    assert.deepEqual(bare.channelData, {});
  });

  it('brings ids in lower case to everything behind the door', () => {
    const tidy = activity({
      from: { id: '29:X', aadObjectId: 'ANN' },
      conversation: { id: 'C', tenantId: 'Tenant-1' },
      channelData: { tenant: { id: 'TENANT-1' } },
    });
    assert.deepEqual(
      [tidy.from, tidy.conversation, tidy.channelData],
      [{ id: '29:X', aadObjectId: 'ann' }, { id: 'C', tenantId: 'tenant-1' }, { tenant: { id: 'tenant-1' } }],
    );
  });

  it('in local mode is answered on this machine alone', () => {
    const local = (serviceUrl: unknown) => checkActivity(tidied({ type: 'message', conversation: { id: 'c' }, serviceUrl }), null, null)?.status ?? 'in';
    for (const here of ['http://127.0.0.1:56150/_connector', 'http://localhost:1', 'http://[::1]:80/']) assert.equal(local(here), 'in', here);
    for (const elsewhere of [
      'https://smba.trafficmanager.net/',
      'http://10.0.0.1/',
      'http://127.0.0.1.evil.example/',
      'http://127.0.0.1@evil.example/',
      'http://a@127.0.0.1/',
      'file:///x',
      '',
      null,
      undefined,
    ])
      assert.equal(local(elsewhere), 403, String(elsewhere));
  });
});

/** What a browser of this machine says of a page that is not this machine's. */
const PAGES: [string, Record<string, string>][] = [
  ['another origin', { Origin: 'https://evil.example' }],
  ['an origin that looks like ours', { Origin: 'http://127.0.0.1.evil.example' }],
  ['a page in a sandbox', { Origin: 'null' }],
  ['a name bound anew to this machine', { Host: 'evil.example' }],
  ['such a name with our port', { Host: 'evil.example:3978' }],
  ['a fetch without an origin', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
];

describe('a page in a browser of this machine', () => {
  let child: ChildProcess;
  let folder: string;
  let doors: Record<string, number>;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'successor-pages-'));
    const [bot, chat, sandbox, azurite] = [await freePort(), await freePort(), await freePort(), await freePair()];
    doors = { bot, chat, sandbox, tables: azurite, queues: azurite + 1 };
    let out = '';
    child = spawn(process.execPath, STARTS, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...BARE_ENV,
        DATA_DIR: folder,
        PORT: String(bot),
        CHAT_PORT: String(chat),
        SANDBOX_PORT: String(sandbox),
        AZURITE_PORT: String(azurite),
      },
    });
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
    });
    await until(
      () => out.includes('ready'),
      () => `no ready line: ${out}`,
    );
  });
  after(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  function knock(port: number, method: string, path: string, headers: Record<string, string>, body = ''): Promise<number> {
    return new Promise((resolve) => {
      const going = call({ port, host: '127.0.0.1', method, path, headers }, (response) =>
        response.resume().once('end', () => resolve(response.statusCode ?? 0)),
      );
      going.on('error', () => resolve(0));
      going.end(body);
    });
  }

  it('from elsewhere is answered by none of the five doors', async () => {
    for (const [client, port] of Object.entries(doors))
      for (const [name, headers] of PAGES)
        assert.equal(await knock(port, 'POST', '/sandbox/reset', { ...headers, 'Content-Type': 'text/plain' }, '{}'), 403, `${name} at ${client}`);
  });

  it('of this machine, its programs, and a followed link are answered; a foreign service address is not kept', async () => {
    const { bot, chat, sandbox } = doors as { bot: number; chat: number; sandbox: number };
    assert.equal(
      await knock(sandbox, 'POST', '/sandbox/flip', { 'Content-Type': 'application/x-www-form-urlencoded' }, '{"customer":"Contoso"}'),
      200,
      'README’s curl',
    );
    assert.equal(await knock(sandbox, 'GET', '/sandbox/clock', { Origin: `http://localhost:${chat}`, Host: 'localhost' }), 200);
    assert.equal(await knock(chat, 'GET', '/', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }), 200);
    const say = (serviceUrl: string) =>
      knock(
        bot,
        'POST',
        '/api/messages',
        { 'Content-Type': 'application/json' },
        JSON.stringify({
          type: 'message',
          text: 'help',
          channelId: 'msteams',
          serviceUrl,
          from: { id: 'u' },
          recipient: { id: 'b' },
          conversation: { id: 'c' },
        }),
      );
    assert.equal(await say('https://evil.example/'), 403);
    assert.equal(await say(`http://127.0.0.1:${chat}/_connector`), 200);
  });

  it('is told by Host, Origin and Sec-Fetch-Site', () => {
    assert.equal(stranger('POST', { host: '127.0.0.1:4010' }), null);
    assert.equal(stranger('GET', {}), 'another Host');
    assert.equal(stranger('GET', { host: 'localhost', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }), null);
    assert.notEqual(stranger('POST', { host: 'localhost', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }), null, 'a form that posts itself');
    assert.ok(isHere('http://127.0.0.1:1/') && !isHere('http://127.0.0.2/') && !isHere('https://127.0.0.1/') && !isHere('x'));
  });
});
