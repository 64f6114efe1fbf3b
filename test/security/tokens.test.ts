/** The tokens for Partner Center: through MSAL, against a login on this machine; the consent page; two instances and one refresh token. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentPage } from '../../bot/http/consentPages.ts';
import { LANGUAGES } from '../../bot/languages.ts';
import { systemClock } from '../../services/clock.ts';
import { prove } from '../../services/partnerCenter/auth/prove.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import { type ConsentDeps, newLoginTicket, readConsent, redeem, type Vault } from '../../services/partnerCenter/auth/consent.ts';
import { entra as entraAt, entraTokens, fixedToken, PRICE_SHEETS_SCOPE, TokenError } from '../../services/partnerCenter/auth/tokens.ts';
import { httpPriceSheets } from '../../services/partnerCenter/prices.ts';
import type { PartnerCenterError } from '../../services/partnerCenter/port.ts';
import { request } from '../../services/partnerCenter/request.ts';
import { fileVault, keyVault, keyVaultAnchors } from '../../services/partnerCenter/auth/vault.ts';
import { EVERYBODY, meet } from '../../services/people/people.ts';
import type { Store } from '../../services/store/store.ts';
import { memoryStore } from '../support/memory.ts';
import { type Entra, startEntra } from './entra.ts';
import { appCertificate } from './signer.ts';

const SECRET = 'CANARY-client-secret';
const REDIRECT = 'https://bot.example/consent/callback';
const REDEMPTIONS = 1_000;

describe('tokens for Partner Center', () => {
  let login: Entra;
  let folder: string;
  let store: Store;
  let logs: string[];
  beforeEach(async () => {
    login = await startEntra();
    folder = mkdtempSync(join(tmpdir(), 'successor-vault-'));
    store = memoryStore();
    logs = [];
  });
  afterEach(async () => {
    await login.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function consenting(changes: Partial<ConsentDeps> = {}): ConsentDeps {
    const note = (fields: object, message: string) => void logs.push(JSON.stringify(fields) + message);
    return {
      store,
      vault: fileVault(folder),
      entra: entraAt({ tenantId: 'partner-tenant', clientId: 'client', proof: { secret: SECRET }, loginUrl: login.url }),
      clock: systemClock(),
      log: { info: note, warn: note },
      tenantId: 'partner-tenant',
      redirectUri: REDIRECT,
      prove: async () => 'good',
      ...changes,
    };
  }

  const asked = (query: URLSearchParams, cookies = '') => ({ query, cookies, languages: '' });

  /** Walks through the page as a browser does; returns what it ends with. */
  async function signIn(deps: ConsentDeps, changes: { code?: string; state?: string; cookie?: string; directory?: typeof EVERYBODY } = {}) {
    const pages = { consenting: deps, directory: changes.directory ?? EVERYBODY, languages: LANGUAGES, secure: true };
    const owner = await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann' }, null, '2027-01-20');
    const ticketId = await newLoginTicket(deps, owner.key);
    const begun = await consentPage(pages, 'begin', asked(new URLSearchParams({ ticket: ticketId })));
    const to = new URL(begun.headers?.Location ?? 'http://nowhere');
    const cookie = changes.cookie ?? (begun.headers?.['Set-Cookie'] ?? '').split(';')[0] ?? '';
    const query = new URLSearchParams({ code: changes.code ?? 'good', state: changes.state ?? to.searchParams.get('state') ?? '' });
    return { begun, to, query, cookie, pages, ended: await consentPage(pages, 'callback', asked(query, cookie)) };
  }

  it('app-only by the secret, app+user by somebody’s consent, which is stored anew at each redemption', async () => {
    const deps = consenting();
    const tokens = entraTokens(deps.entra, () => redeem(deps), deps.clock);
    assert.equal(await tokens('app'), 'sandbox-app-only');
    await assert.rejects(tokens('appAndUser'), /Nobody has signed in/);
    const { ended, to, begun } = await signIn(deps);
    assert.equal(ended.status, 200, ended.body ?? '');
    assert.equal(to.searchParams.get('code_challenge_method'), 'S256');
    assert.match(to.searchParams.get('scope') ?? '', /user_impersonation offline_access/);
    assert.match(begun.headers?.['Set-Cookie'] ?? '', /HttpOnly; SameSite=Lax; Secure$/);
    const exchange = login.asked.find((one) => one.form.get('grant_type') === 'authorization_code')?.form;
    assert.ok((exchange?.get('code_verifier') ?? '').length >= 43, 'PKCE');
    const first = await readConsent(store);
    assert.equal(await tokens('appAndUser'), 'sandbox-app-and-user');
    const second = await readConsent(store);
    assert.notEqual(second?.version, first?.version, 'stored anew');
    assert.equal(await deps.vault.get(first?.version ?? ''), undefined, 'the one before it is dropped');
    assert.equal(await deps.vault.get(second?.version ?? ''), login.live.at(-1));
    const redeemed = login.given;
    await Promise.all([tokens('appAndUser'), tokens('appAndUser')]);
    assert.equal(login.given, redeemed, 'an access token is used until shortly before its end');
  });

  it('price sheets have an audience of their own, out of the same consent; both redeemed at once, the one that is stored holds', async () => {
    const deps = consenting();
    await signIn(deps);
    const pair = () =>
      [entraTokens(deps.entra, () => redeem(deps), deps.clock), entraTokens(deps.entra, () => redeem(deps, PRICE_SHEETS_SCOPE), deps.clock)] as const;
    for (let round = 0; round < 20; round++) {
      const [tokens, sheets] = pair();
      assert.deepEqual(await Promise.all([tokens('appAndUser'), sheets('appAndUser')]), ['sandbox-app-and-user', 'sandbox-price-sheets']);
    }
    const scopes = new Set(login.asked.filter(({ form }) => form.get('grant_type') === 'refresh_token').map(({ form }) => form.get('scope')?.split(' ')[0]));
    assert.deepEqual([...scopes].sort(), ['https://api.partner.microsoft.com/.default', 'https://api.partnercenter.microsoft.com/user_impersonation']);
    assert.ok(login.live.includes((await deps.vault.get((await readConsent(store))?.version ?? '')) ?? ''), 'what is stored holds');
  });

  it('where nobody let the app read price sheets, prices are not known, no sheet is asked for, and Partner Center goes on as before', async () => {
    const deps = consenting();
    await signIn(deps);
    login.sheetsConsented = false;
    const client = {
      baseUrl: 'http://127.0.0.1:9',
      clock: { ...deps.clock, sleep: async () => {} },
      locale: 'en',
      budget: { take: async () => {}, pause: async () => {} },
    };
    const asked: string[] = [];
    const country = { companyProfile: {}, billingProfile: { defaultAddress: { country: 'IE' } } };
    const partnerCenter: ClientConfig = {
      ...{ ...client, tokens: fixedToken('app') },
      fetch: async (url) => {
        asked.push(url);
        return { ok: true, status: 200, headers: { get: () => null }, text: async () => JSON.stringify(country) };
      },
    };
    const tokens = entraTokens(deps.entra, () => redeem(deps), deps.clock);
    const sheets = httpPriceSheets({ ...client, tokens: entraTokens(deps.entra, () => redeem(deps, PRICE_SHEETS_SCOPE), deps.clock) }, partnerCenter);
    const of = { customerId: 'c', offerId: 'CFQ7:0001:x', term: 'P1Y', billing: 'monthly', quantity: 1 };
    assert.deepEqual(await sheets.prices(of), { known: false, why: 'notConsented' });
    assert.deepEqual(await sheets.prices({ ...of, customerId: 'd' }), { known: false, why: 'notConsented' });
    assert.equal(asked.length, 1, 'for an hour no other customer is asked about either');
    assert.equal(await tokens('appAndUser'), 'sandbox-app-and-user');
    login.sheetsConsented = true;
    const again = httpPriceSheets({ ...client, tokens: entraTokens(deps.entra, () => redeem(deps, PRICE_SHEETS_SCOPE), deps.clock) }, partnerCenter);
    assert.deepEqual(await again.prices(of), { known: false, why: 'unread' }, 'the token is there, and the sheet is not');
  });

  it('by a certificate: the app signs for itself, and no secret goes over the wire', async () => {
    const app = entraAt({ tenantId: 'partner-tenant', clientId: 'client', proof: { certificate: await appCertificate() }, loginUrl: login.url });
    assert.equal(await app.appToken(), 'sandbox-app-only');
    const { form } = login.asked.at(-1) as (typeof login.asked)[number];
    assert.equal(form.get('client_secret'), null);
    assert.match(form.get('client_assertion_type') ?? '', /jwt-bearer$/);
    const [head, claims] = (form.get('client_assertion') ?? '')
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
    assert.ok(head?.['x5t#S256'], JSON.stringify(head));
    assert.equal(claims?.iss, 'client');
  });

  it('the page holds once, for ten minutes, for the browser that began, for an owner, for the partner’s own account with a second proof', async () => {
    const deps = consenting();
    const good = await signIn(deps);
    assert.equal(good.ended.status, 200);
    assert.equal((await consentPage(good.pages, 'callback', asked(good.query, good.cookie))).status, 400, 'a state used twice');
    assert.match((await signIn(deps, { cookie: 'successor-consent=other' })).ended.body ?? '', /another browser/);
    assert.match((await signIn(deps, { cookie: '' })).ended.body ?? '', /another browser/);
    assert.match((await signIn(deps, { state: 'x'.repeat(32) })).ended.body ?? '', /older than ten minutes/);
    assert.equal((await consentPage(good.pages, 'begin', asked(new URLSearchParams({ ticket: '../../x' })))).status, 400);
    const late = { ...deps.clock, now: () => new Date(Date.now() + 11 * 60_000) };
    const ticketId = await newLoginTicket(deps, 'p1');
    assert.equal(
      (await consentPage({ ...good.pages, consenting: { ...deps, clock: late } }, 'begin', asked(new URLSearchParams({ ticket: ticketId })))).status,
      400,
    );
    const nobody = { ...EVERYBODY, rolesNow: async () => ['viewer' as const] };
    assert.equal((await signIn(deps, { directory: nobody })).begun.status, 403);
    login.claims = { tid: 'another', amr: ['mfa'] };
    assert.match((await signIn(deps)).ended.body ?? '', /another company/);
    login.claims = { tid: 'partner-tenant' };
    login.loginFails = 'refused';
    assert.match((await signIn(deps)).ended.body ?? '', /did not give the consent/);
  });

  it('is kept only when Partner Center has taken the token in one read; what an id token says of the proof counts for nothing', async () => {
    const asked: { headers: Record<string, string>; url: string }[] = [];
    const answering = (status: number, body: object, headers: Record<string, string> = {}): ConsentDeps => {
      const client: ClientConfig = {
        baseUrl: 'http://partner',
        tokens: fixedToken('not this one'),
        budget: { take: async () => {}, pause: async () => {} },
        clock: { ...systemClock(), sleep: async () => {} },
        locale: 'en-US',
        fetch: async (url, init) => {
          asked.push({ url, headers: init.headers });
          return { ok: status < 400, status, headers: { get: (name) => headers[name] ?? null }, text: async () => JSON.stringify(body) };
        },
      };
      return consenting({ prove: (token) => prove(client, token) });
    };
    const ends = async (deps: ConsentDeps) => (await signIn(deps)).ended.body ?? '';
    for (const amr of [['pwd', 'mfa'], ['pwd'], undefined]) {
      login.claims = { tid: 'partner-tenant', amr };
      assert.match(await ends(answering(401, { code: 900421, description: 'MFA required' })), /second proof/, String(amr));
      assert.match(await ends(answering(200, { items: [] }, { isMfaCompliant: 'false' })), /second proof/);
    }
    assert.match(await ends(answering(403, { code: 900308 })), /AdminAgents/);
    assert.match(await ends(answering(400, { code: 2000 })), /did not say/);
    assert.match(await ends(answering(503, {})), /did not say/);
    assert.match(await ends(answering(429, {}, { 'Retry-After': '1' })), /did not say/);
    assert.equal(await readConsent(store), null, 'nothing was kept');
    for (const one of asked) assert.deepEqual([one.headers.Authorization, one.headers.ValidateMfa], ['Bearer sandbox-app-and-user', 'true']);
    assert.match(await ends(answering(200, { items: [] }, { isMfaCompliant: 'true' })), /Done/);
    assert.match(await ends(answering(200, { items: [] })), /Done/, 'a Partner Center that took it and says no more');
    assert.ok(await readConsent(store));
  });

  it('where Entra says no a person must act; where it is silent it is tried again, and nothing was sent', async () => {
    const deps = consenting();
    const kindOf = async (failing: Entra['loginFails']) => {
      login.loginFails = failing;
      const app = entraAt({ tenantId: 'p', clientId: 'c', proof: { secret: SECRET }, loginUrl: login.url });
      const client = {
        baseUrl: 'http://127.0.0.1:9',
        tokens: entraTokens(app, () => redeem(deps), deps.clock),
        clock: { ...deps.clock, sleep: async () => {} },
        locale: 'en',
        budget: { take: async () => {}, pause: async () => {} },
      };
      const ask = (token: 'app' | 'appAndUser') =>
        request(client, { method: 'POST', path: '/x', token }).catch((error: PartnerCenterError) => `${error.kind} ${error.code}`);
      return [await ask('app'), await ask('appAndUser')];
    };
    assert.deepEqual(await kindOf('status'), ['notReady token', 'forbidden signIn'], 'nobody has consented');
    login.loginFails = 'no';
    assert.equal((await signIn(deps)).ended.status, 200);
    assert.deepEqual(await kindOf('status'), ['notReady token', 'notReady token']);
    assert.deepEqual(await kindOf('drop'), ['notReady token', 'notReady token']);
    assert.deepEqual(await kindOf('refused'), ['forbidden signIn', 'forbidden signIn']);
  });

  it('10: no token and no secret in an error, a log, a row or a page (C3.10)', async () => {
    const deps = consenting();
    const { ended } = await signIn(deps);
    login.loginFails = 'refused';
    const told = await redeem(deps).then(
      () => '',
      (error: Error) => `${error.name} ${error.message} ${error.stack} ${JSON.stringify(error)}`,
    );
    assert.match(told, /TokenError.*invalid_grant/);
    await assert.rejects(entraAt({ tenantId: 'p', clientId: 'c', proof: { secret: SECRET }, loginUrl: login.url }).appToken(), TokenError);
    const all = [told, ended.body, ...logs, ...(store as ReturnType<typeof memoryStore>).texts()].join('\n');
    assert.doesNotMatch(all, /CANARY|refresh-\d|sandbox-app/);
  });

  it(`two instances redeem one refresh token ${REDEMPTIONS} times under faults: never lost, never older than the last stored`, async () => {
    const dice = seeded(5);
    const plain = fileVault(folder);
    let storedNewest = 0;
    const numberOf = (secret: string | undefined) => Number(/^refresh-(\d+)-/.exec(secret ?? '')?.[1] ?? 0);
    // Everything that can fail does, now and then: before it took effect, or after.
    async function shaky<T>(work: () => Promise<T>): Promise<T> {
      const roll = dice();
      if (roll < 0.08) throw new Error('planted: before');
      const value = await work();
      if (roll < 0.16) throw new Error('planted: after');
      return value;
    }
    const numbers = new Map<string, number>();
    const covered: string[] = [];
    const vault: Vault = {
      put: (secret) =>
        shaky(async () => {
          const version = await plain.put(secret);
          numbers.set(version, numberOf(secret));
          return version;
        }),
      get: plain.get,
      drop: (version) => shaky(() => plain.drop(version)),
    };
    const raw = store;
    const gated: Store = {
      ...raw,
      commit: async (table, partition, changes) => {
        const done = await shaky(async () => {
          const result = await raw.commit(table, partition, changes);
          const version = (changes[0] as { value?: { version?: string } }).value?.version ?? '';
          if (result === 'done') {
            if ((numbers.get(version) ?? 0) <= storedNewest) covered.push(version);
            storedNewest = numbers.get(version) ?? 0;
          }
          return result;
        });
        return dice() < 0.05 ? 'conflict' : done;
      },
    };
    assert.equal((await signIn(consenting())).ended.status, 200);
    login.holds = 2_000;
    let redeemed = 0;
    async function instance(): Promise<void> {
      const deps = consenting({ store: gated, vault });
      while (redeemed < REDEMPTIONS) {
        redeemed += 1;
        const roll = dice();
        login.loginFails = roll < 0.05 ? 'status' : roll < 0.1 ? 'drop' : 'no';
        await redeem(deps).catch((error: Error) => assert.doesNotMatch(error.message, /Nobody has signed in|does not have the refresh token/));
        login.loginFails = 'no';
        const row = await readConsent(raw);
        const secret = await plain.get(row?.version ?? '');
        if (secret === undefined && (await readConsent(raw))?.version !== row?.version) continue; // dropped between the two reads
        assert.ok(secret !== undefined && login.live.includes(secret), `after ${redeemed} redemptions the stored one is lost`);
      }
    }
    await Promise.all([instance(), instance()]);
    assert.deepEqual(covered, [], 'an older one covered a newer one');
    assert.ok(storedNewest > REDEMPTIONS / 4, `${storedNewest} of ${login.given} given were stored in the end`);
    assert.equal((await redeem(consenting())).accessToken, 'sandbox-app-and-user');
  });

  interface Headed {
    has(name: string): boolean;
  }
  /** A Key Vault behind the client's own HTTP: what `answer` says comes back. */
  function pretendVault(calls: string[], answer: (call: string, sent: { value?: string; contentType?: string }) => { status: number; body: object }) {
    const httpClient = {
      sendRequest: async (request: { method: string; url: string; body?: unknown; headers: Headed }) => {
        // It asks first without a token and a body, and is told where tokens come from.
        if (!request.headers.has('authorization')) {
          const headers = new (request.headers.constructor as new (raw: object) => Headed)({
            'www-authenticate': 'Bearer authorization="https://login.example/t", resource="https://vault.azure.net"',
          });
          return { request, status: 401, headers, bodyAsText: '' };
        }
        const call = `${request.method} ${new URL(request.url).pathname.replace(/\/$/, '')}`;
        calls.push(call);
        const { status, body } = answer(call, JSON.parse(String(request.body ?? '{}')) as { value?: string; contentType?: string });
        return { request, status, headers: request.headers, bodyAsText: JSON.stringify(body) };
      },
    };
    return { httpClient: httpClient as never, disableChallengeResourceVerification: true, retryOptions: { maxRetries: 0 } };
  }
  const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 1e6 }) };

  it('Key Vault: versions of one secret, read by version, disabled when dropped', async () => {
    const calls: string[] = [];
    const id = 'https://v.vault.azure.net/secrets/successor-partner-center-refresh/v7';
    const options = pretendVault(calls, (_, { value }) => ({ status: 200, body: { id, value: value ?? 'kept', attributes: { enabled: true } } }));
    const vault = keyVault('https://v.vault.azure.net', credential, systemClock(), options);
    assert.equal(await vault.put('s'), 'v7');
    assert.equal(await vault.get('v7'), 'kept');
    await vault.drop('v7');
    assert.deepEqual(
      calls.filter((call, index) => call !== calls[index - 1]),
      [
        'PUT /secrets/successor-partner-center-refresh',
        'GET /secrets/successor-partner-center-refresh/v7',
        'PATCH /secrets/successor-partner-center-refresh/v7',
      ],
    );
  });

  it('Key Vault: each anchor of the record is a version of one secret, and the last one is read; none is not the same as no answer', async () => {
    const calls: string[] = [];
    const kept: string[] = [];
    let fails = 0;
    const options = pretendVault(calls, (call, { value, contentType }) => {
      if (fails > 0) return { status: fails, body: { error: { code: 'Forbidden', message: 'no' } } };
      if (call.startsWith('PUT')) {
        assert.equal(contentType, 'application/json');
        kept.push(value as string);
      } else if (kept.length === 0) return { status: 404, body: { error: { code: 'SecretNotFound', message: 'none' } } };
      const id = `https://v.vault.azure.net/secrets/successor-record-anchor/v${kept.length}`;
      return { status: 200, body: { id, value: kept.at(-1), attributes: { enabled: true } } };
    });
    const anchors = keyVaultAnchors('https://v.vault.azure.net', credential, options);
    assert.equal(await anchors.last(), null, 'none was made yet');
    const made = [1, 2].map((day) => ({ at: `2027-01-0${day}T00:00:00.000Z`, tickets: day, next: 1001 + day, digest: 'd'.repeat(64) }));
    for (const anchor of made) await anchors.keep(anchor);
    assert.deepEqual(await anchors.last(), made[1]);
    assert.deepEqual(
      kept.map((text) => JSON.parse(text) as object),
      made,
      'the earlier one stays as a version',
    );
    assert.deepEqual(
      new Set(calls),
      new Set(['GET /secrets/successor-record-anchor', 'PUT /secrets/successor-record-anchor']),
      'nothing is dropped or changed',
    );
    for (fails of [403, 500]) {
      await assert.rejects(anchors.last(), 'a vault that does not answer is not one without an anchor: then no new one would be compared');
      await assert.rejects(anchors.keep(made[0] as (typeof made)[number]));
    }
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
