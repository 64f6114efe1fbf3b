/** The bot as it stands on the internet: real HTTP, botbuilder's real token check, tokens of a test's own key server. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { until } from '../support/until.ts';
import type { Chatter } from '../support/teams.ts';
import type { World } from '../support/world.ts';
import { APP_ID, guardedWorld, type Keys, startKeys, TENANT, type TokenChanges, tokenFor } from './keys.ts';

const ELSEWHERE = 'http://127.0.0.1:9/elsewhere';

interface Bad {
  name: string;
  token?: TokenChanges | string | null;
  activity?: Record<string, unknown>;
  /** Sent in place of the activity. */
  body?: string;
  headers?: Record<string, string>;
  method?: string;
  path?: string;
  status: number;
}

/** What the bot notes by itself, however few or many knock. */
const OWN_LINES = new Set(['requests were refused in the last minute', 'the record was anchored', 'the record has a new line']);

const press = (action: unknown) => ({ type: 'invoke', name: 'adaptiveCard/action', value: { action } });
const search = (...parameters: object[]) => ({ type: 'invoke', name: 'composeExtension/query', value: { commandId: 'find', parameters } });
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const bare = (name: string, token: NonNullable<Bad['token']> | null, status = 401): Bad => ({ name, token, status });

const BAD: Bad[] = [
  // The table of measured behaviour, row by row.
  bare('no token', null),
  bare('another audience', { claims: { aud: randomUUID() } }),
  bare('another issuer', { claims: { iss: 'https://api.botframework.us' } }),
  bare('over for more than five minutes', { times: { exp: -400 } }),
  bare('a key that nobody published', { header: { kid: 'nobody' } }),
  { name: 'another service address in the token', token: { claims: { serviceurl: 'http://127.0.0.1:1/' } }, status: 401 },
  bare('a key that is not endorsed for Teams', { by: 'bare' }),
  bare('a forged signature', { signed: 'broken' }),
  bare('signed by a stranger under a good key’s name', { by: 'strange' }),
  bare('no algorithm', { signed: 'none' }),
  bare('HS256 with the public key', { signed: 'hmac' }),
  { name: 'an activity without a service address', activity: { serviceUrl: undefined }, status: 401 },
  ...[
    'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
    'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0',
    `https://sts.windows.net/${randomUUID()}/`,
  ].map(
    (iss): Bad => ({
      name: `an emulator’s token of ${iss.slice(8, 40)}`,
      token: { claims: { iss, aud: APP_ID, appid: APP_ID, azp: APP_ID, ver: '1.0', tid: randomUUID() } },
      activity: { serviceUrl: ELSEWHERE },
      status: 401,
    }),
  ),
  // Tokens.
  bare('an empty bearer', ''),
  bare('a bearer of one part', 'abc'),
  bare('a bearer of two parts', 'abc.def'),
  bare('a bearer of four parts', 'a.b.c.d'),
  bare('a bearer that is no JSON', `${'x'.repeat(20)}.${'y'.repeat(20)}.${'z'.repeat(20)}`),
  bare(
    'a bearer that is a list',
    [[1], [2]]
      .map((one) => Buffer.from(JSON.stringify(one)).toString('base64url'))
      .join('.')
      .concat('.x'),
  ),
  bare('a token without an issuer', { claims: { iss: undefined } }),
  bare('an issuer as a list', { claims: { iss: ['https://api.botframework.com'] } }),
  bare('an issuer with a slash more', { claims: { iss: 'https://api.botframework.com/' } }),
  bare('a token without an audience', { claims: { aud: undefined } }),
  bare('an audience as a list', { claims: { aud: [APP_ID] } }),
  bare('an audience in other letters', { claims: { aud: `${APP_ID} ` } }),
  bare('a token without an end', { claims: { exp: undefined } }),
  bare('an end as text', { claims: { exp: '99999999999' } }),
  bare('not yet valid', { times: { nbf: 900 } }),
  bare('no service address in the token', { claims: { serviceurl: undefined } }),
  bare('an empty service address in the token', { claims: { serviceurl: '' } }),
  bare('RS512 in the header', { header: { alg: 'RS512' } }),
  bare('lower-case rs256', { header: { alg: 'rs256' } }),
  bare('no key id', { header: { kid: undefined } }),
  bare('a key id that is a path', { header: { kid: '../../etc/passwd' } }),
  bare('a key in the header', { header: { kid: 'mine', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } } }),
  bare('a key’s address in the header', { header: { kid: 'mine', jku: 'http://127.0.0.1:9/keys' } }),
  bare('critical extensions', { header: { crit: ['exp'] } }),
  { name: 'a huge token', headers: { Authorization: `Bearer ${'a'.repeat(9_000)}.b.c` }, status: 401 },
  { name: 'another scheme', headers: { Authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }, status: 401 },
  // Where it comes from.
  { name: 'another channel', activity: { channelId: 'webchat' }, status: 403 },
  { name: 'the emulator’s channel', activity: { channelId: 'emulator' }, status: 403 },
  { name: 'the channel that has a path of its own', activity: { channelId: 'AseChannel' }, status: 403 },
  { name: 'no channel', activity: { channelId: undefined }, status: 403 },
  {
    name: 'a service address that is not Teams’, in token and body',
    token: { claims: { serviceurl: 'https://evil.example/' } },
    activity: { serviceUrl: 'https://evil.example/' },
    status: 403,
  },
  {
    name: 'a service address with a user',
    token: { claims: { serviceurl: 'http://a@127.0.0.1/' } },
    activity: { serviceUrl: 'http://a@127.0.0.1/' },
    status: 403,
  },
  {
    name: 'a service address that begins like Teams’',
    token: { claims: { serviceurl: 'https://smba.trafficmanager.net.evil.example/' } },
    activity: { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' },
    status: 403,
  },
  { name: 'another service address in the body', activity: { serviceUrl: ELSEWHERE }, status: 401 },
  {
    name: 'an unknown tenant',
    activity: { conversation: { id: 'c', conversationType: 'personal', tenantId: 'tenant-9' }, channelData: { tenant: { id: 'tenant-9' } } },
    status: 403,
  },
  { name: 'two tenants that differ', activity: { channelData: { tenant: { id: 'tenant-2' } } }, status: 403 },
  { name: 'a tenant in one place alone', activity: { channelData: {} }, status: 403 },
  { name: 'no tenant', activity: { conversation: { id: 'c', conversationType: 'personal' }, channelData: {} }, status: 403 },
  { name: 'a tenant that is an object', activity: { channelData: { tenant: { id: { toString: 'tenant-1' } } } }, status: 403 },
  { name: 'nobody', activity: { from: { id: '29:x', name: 'X' } }, status: 403 },
  { name: 'somebody whose id is a list', activity: { from: { id: '29:x', aadObjectId: ['ann-jansson'] } }, status: 403 },
  // What it is.
  { name: 'another content type', headers: { 'Content-Type': 'text/plain' }, status: 415 },
  { name: 'a form', headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, status: 415 },
  { name: 'a packed body', headers: { 'Content-Encoding': 'gzip' }, status: 415 },
  { name: 'ten megabytes', body: JSON.stringify({ type: 'message', text: 'x'.repeat(10_000_000) }), status: 413 },
  { name: 'no JSON', body: '{"type":', status: 400 },
  { name: 'nothing', body: '', status: 400 },
  { name: 'a list', body: '[]', status: 400 },
  { name: 'null', body: 'null', status: 400 },
  { name: 'too deep', body: `{"type":"message","conversation":{"id":"c"},"value":${deep(200)}}`, status: 400 },
  { name: 'ten thousand fields', activity: { value: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, n])) }, status: 400 },
  { name: 'the key that changes what an object is', body: '{"type":"message","conversation":{"id":"c"},"__proto__":{"admin":true}}', status: 400 },
  { name: 'no type', activity: { type: undefined }, status: 400 },
  { name: 'a type that is a number', activity: { type: 5 }, status: 400 },
  { name: 'no conversation', activity: { conversation: undefined }, status: 400 },
  { name: 'a conversation that is text', activity: { conversation: 'c' }, status: 400 },
  { name: 'a sender that is a list', activity: { from: ['x'] }, status: 400 },
  { name: 'text that is an object', activity: { text: { length: 5 } }, status: 400 },
  { name: 'entities that are text', activity: { entities: 'x' }, status: 400 },
  { name: 'attachments that are numbers', activity: { attachments: [1] }, status: 400 },
  { name: 'a press without an action', activity: { type: 'invoke', name: 'adaptiveCard/action', value: {} }, status: 400 },
  { name: 'a press without a value', activity: { type: 'invoke', name: 'adaptiveCard/action' }, status: 400 },
  { name: 'a press of another kind', activity: press({ type: 'Action.Submit', verb: 'help', data: {} }), status: 400 },
  { name: 'a press without a verb', activity: press({ type: 'Action.Execute', data: {} }), status: 400 },
  { name: 'a verb that is an object', activity: press({ type: 'Action.Execute', verb: { a: 1 }, data: {} }), status: 400 },
  { name: 'a press whose data is a list', activity: press({ type: 'Action.Execute', verb: 'help', data: [] }), status: 400 },
  { name: 'a search whose parameters are text', activity: { type: 'invoke', name: 'composeExtension/query', value: { parameters: 'x' } }, status: 400 },
  { name: 'a search for an object', activity: search({ name: 'what', value: { length: 1 } }), status: 400 },
  { name: 'a search for a megabyte’s share', activity: search({ name: 'what', value: 'x'.repeat(2_000) }), status: 400 },
  { name: 'an id of a megabyte’s share', activity: { id: 'x'.repeat(2_000) }, status: 400 },
  // Doors that are none.
  { name: 'a GET', method: 'GET', status: 405 },
  { name: 'a PUT', method: 'PUT', status: 405 },
  { name: 'another path', path: '/api/message', status: 404 },
  { name: 'a way up', path: '/api/../../etc/passwd', status: 404 },
];

describe('the front door @seam', () => {
  let keys: Keys;
  let world: World;
  let ann: Chatter;
  const noise: string[] = [];
  const printed = { error: console.error, warn: console.warn };
  before(async () => {
    console.error = console.warn = (...words: unknown[]) => void noise.push(words.join(' '));
    keys = await startKeys();
    world = await guardedWorld(keys);
    ann = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
  });
  after(async () => {
    Object.assign(console, printed);
    await world.close();
    await keys.close();
  });

  function good(): Record<string, unknown> {
    return {
      type: 'message',
      id: 'u1',
      text: 'status',
      channelId: 'msteams',
      serviceUrl: world.teams.url,
      from: { id: '29:eve', name: 'Eve', aadObjectId: 'eve' },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:eve', conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
    };
  }

  async function knock(bad: Omit<Bad, 'name' | 'status'>): Promise<Response> {
    const token = bad.token === null ? null : typeof bad.token === 'string' ? bad.token : tokenFor(world.teams.url, bad.token);
    const method = bad.method ?? 'POST';
    return fetch(`${world.bot.bot}${bad.path ?? '/api/messages'}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...bad.headers },
      ...(method === 'GET' ? {} : { body: bad.body ?? JSON.stringify({ ...good(), ...bad.activity }) }),
    });
  }

  it('serves the good: a message, a press, one that ended four minutes ago, the same token twice', async () => {
    await ann.write('help');
    await ann.card('What I can do');
    await ann.install();
    await ann.press('Watch here', ['Watch here']).catch(() => assert.fail('no button'));
    assert.equal((await knock({ token: { times: { exp: -240 } } })).status, 200);
    const twice = tokenFor(world.teams.url);
    for (let n = 0; n < 2; n++) assert.equal((await knock({ token: twice })).status, 200);
    await until(
      () => world.teams.messages.filter((one) => one.conversation === 'a:eve').length >= 3,
      () => 'three were not answered',
    );
  });

  it(`refuses ${BAD.length} bad requests, each with its bare status, and no turn runs`, async () => {
    const turns = () => world.teams.messages.filter((one) => one.conversation === 'a:eve' || one.conversation === 'c').length;
    const before = turns();
    for (const bad of BAD) {
      let response: Response;
      try {
        response = await knock(bad);
      } catch (error) {
        // The server may hang up on a body that it does not read.
        assert.equal(bad.status, 413, `${bad.name}: ${String(error)}`);
        continue;
      }
      assert.equal(response.status, bad.status, bad.name);
      assert.equal(await response.text(), '', `${bad.name}: a refusal says nothing`);
      assert.equal(response.headers.get('server'), null, 'no banner');
    }
    assert.ok(BAD.length >= 60);
    assert.equal(turns(), before, 'a turn ran');
    const written = world.log.filter((line) => !OWN_LINES.has(line.message));
    assert.deepEqual(written, [], 'strangers write nothing into the log');
    assert.deepEqual(noise, [], 'nor onto the console');
    await ann.write('watching');
    await ann.card('All 14 customers');
  });

  it('keeps nothing of unsigned tokens: the library’s list of issuers does not grow', async () => {
    const { EmulatorValidation, ToBotFromBotOrEmulatorTokenValidationParameters: parameters } = await import('botframework-connector');
    const size = () => (parameters.issuer as string[]).length;
    const unsigned = (): TokenChanges => ({ claims: { iss: `https://sts.windows.net/${randomUUID()}/`, appid: APP_ID, tid: randomUUID() } });
    const before = size();
    EmulatorValidation.isTokenFromEmulator(`Bearer ${tokenFor(world.teams.url, unsigned())}`);
    const grown = size();
    assert.ok(grown > before, 'left to itself, the library keeps what an unsigned token says');
    for (let n = 0; n < 50; n++) await knock({ token: unsigned() });
    assert.equal(size(), grown);
    assert.ok(keys.asked() <= 3, 'strangers do not make it ask for keys');
  });

  it('answers 413 to what is too large, chunked or with its length, before the line is closed', async () => {
    const { hostname, port } = new URL(world.bot.bot);
    for (const length of [{ 'Transfer-Encoding': 'chunked' }, { 'Content-Length': '700000' }] as Record<string, string>[]) {
      const status = await new Promise<number | string>((resolve) => {
        const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${tokenFor(world.teams.url)}`, ...length };
        const going = request({ host: hostname, port, method: 'POST', path: '/api/messages', headers }, (response) => resolve(response.statusCode ?? 0));
        going.on('error', (error) => resolve(String(error)));
        for (let n = 0; n < 70; n++) going.write(Buffer.alloc(10_000, 32));
        going.end();
      });
      assert.equal(status, 413, JSON.stringify(length));
    }
  });

  it('looks no closer at an address that was refused too often, but at those who were let in before', async () => {
    const known = tokenFor(world.teams.url);
    assert.equal((await knock({ token: known })).status, 200);
    let slowed = 0;
    const broken = tokenFor(world.teams.url, { signed: 'broken' });
    for (let n = 0; n < 600 && slowed < 20; n++) {
      const answers = await Promise.all(Array.from({ length: 32 }, () => knock({ token: broken })));
      slowed += answers.filter((answer) => answer.status === 429).length;
    }
    assert.ok(slowed >= 20, `${slowed} were slowed down`);
    assert.equal((await knock({ token: known })).status, 200);
  });

  it('readiness and the pages of the consent are asked for so often by one address, and no oftener', async () => {
    const statuses = async (path: string, times: number) => {
      const told: number[] = [];
      for (let n = 0; n < times; n += 30) told.push(...(await Promise.all(Array.from({ length: 30 }, async () => (await fetch(world.bot.bot + path)).status))));
      return told;
    };
    assert.ok((await statuses('/consent?ticket=x', 60)).filter((status) => status === 429).length >= 25);
    const renderer = await statuses('/readyz', 300);
    assert.ok(
      renderer.every((status) => status === 200),
      'many looks cost one',
    );
  });

  it('hangs up on headers and bodies that trickle', async () => {
    const { hostname, port } = new URL(world.bot.bot);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\n'));
      socket.resume().on('close', () => resolve());
    });
  });
});
