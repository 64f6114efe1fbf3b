/** A key server of the test's own, and tokens signed with its keys: what the Bot Connector's tokens are made of. */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { startWorld, type World } from '../support/world.ts';
import { BARE_ENV } from '../support/image.ts';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT = 'tenant-1';
export const ISSUER = 'https://api.botframework.com';
const [GOOD, BARE, STRANGE] = [pair(), pair(), pair()];

function pair() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export interface Keys {
  /** The OpenID metadata document. */
  url: string;
  /** How often keys were asked for. */
  asked(): number;
  close(): Promise<void>;
}

/** `kid` good: endorsed for Teams; bare: for another channel only. */
export async function startKeys(): Promise<Keys> {
  let asked = 0;
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/oidc')
      return void response.end(JSON.stringify({ issuer: ISSUER, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] }));
    asked += 1;
    response.end(JSON.stringify({ keys: [jwk('good', GOOD.publicKey, ['msteams']), jwk('bare', BARE.publicKey, ['webchat'])] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url: `${url}/oidc`,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function jwk(kid: string, key: KeyObject, endorsements: string[]): object {
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', endorsements };
}

export interface TokenChanges {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** In seconds from the moment in which it is made. */
  times?: Record<string, number>;
  /** Which key signs: the endorsed one, one endorsed for something else, or one that nobody published. */
  by?: 'good' | 'bare' | 'strange';
  /** `none`: no signature; `hmac`: HS256 with the public key as its secret; `broken`: one letter of it changed. */
  signed?: 'well' | 'none' | 'hmac' | 'broken';
}

/** A good token for `serviceUrl`, but for the changes. */
export function tokenFor(serviceUrl: string, changes: TokenChanges = {}): string {
  const nowS = Math.floor(Date.now() / 1000);
  const soon = Object.fromEntries(Object.entries(changes.times ?? {}).map(([name, seconds]) => [name, nowS + seconds]));
  const by = changes.by ?? 'good';
  const signed = changes.signed ?? 'well';
  const header = {
    typ: 'JWT',
    alg: signed === 'none' ? 'none' : signed === 'hmac' ? 'HS256' : 'RS256',
    kid: by === 'bare' ? 'bare' : 'good',
    ...changes.header,
  };
  const claims = { iss: ISSUER, aud: APP_ID, serviceurl: serviceUrl, nbf: nowS - 60, exp: nowS + 3_600, ...soon, ...changes.claims };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const key = { good: GOOD, bare: BARE, strange: STRANGE }[by];
  if (signed === 'none') return `${text}.`;
  if (signed === 'hmac')
    return `${text}.${createHmac('sha256', GOOD.publicKey.export({ format: 'pem', type: 'spki' }))
      .update(text)
      .digest('base64url')}`;
  const signature = createSign('RSA-SHA256').update(text).sign(key.privateKey, 'base64url');
  return `${text}.${signed === 'broken' ? (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1) : signature}`;
}

/** A guarded bot; `identity` as the settings would give it. */
export async function guardedWorld(keys: Keys, changes: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const identity = { appId: APP_ID, appType: 'SingleTenant' as const, tenantId: TENANT, password: null, keysUrl: keys.url, tenants: [TENANT, 'tenant-2'] };
  return startWorld({ mode: 'guarded', identity, ...changes }, (serviceUrl) => tokenFor(serviceUrl));
}

/** The settings of a guarded bot that is a process of its own. */
export function guardedEnvironment(of: { keysUrl: string; folder: string; port: number; sandbox: number; azurite: number }): Record<string, string> {
  return {
    ...BARE_ENV,
    MODE: 'guarded',
    MicrosoftAppId: APP_ID,
    MicrosoftAppTenantId: TENANT,
    ALLOWED_TENANTS: TENANT,
    BOT_KEYS_URL: of.keysUrl,
    DATA_DIR: of.folder,
    PORT: String(of.port),
    SANDBOX_PORT: String(of.sandbox),
    AZURITE_PORT: String(of.azurite),
  };
}
