/** The one door to tokens for Partner Center. A token is never logged, thrown, stored in a row or sent in a message. */
import { createHash, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions } from '@azure/msal-node';
import type { Clock } from '../../clock.ts';
import { certificateIn } from './appCertificate.ts';

/** Some endpoints refuse app-only tokens (docs/partner-center.md §1). */
export type TokenKind = 'app' | 'appAndUser';
export type Tokens = (kind: TokenKind) => Promise<string>;

/** The tokens that the sandbox knows. */
export const sandboxTokens: Tokens = async (kind) => (kind === 'app' ? 'sandbox-app-only' : 'sandbox-app-and-user');

/** The one for the sandbox's price sheets. */
export const sandboxPriceTokens: Tokens = async () => 'sandbox-price-sheets';

/** One fixed bearer for both kinds. */
export function fixedToken(token: string): Tokens {
  return async () => token;
}

/** A token could not be had. `code` is Entra's short one; its text may hold what must not be seen, so it is left out. */
export class TokenError extends Error {
  override name = 'TokenError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface AppSettings {
  tenantId: string;
  clientId: string;
  proof: { secret: string } | { certificate: string };
  /** `https://login.microsoftonline.com`, or a test's own on this machine. */
  loginUrl: string;
}

export interface Redeemed {
  accessToken: string;
  expiresAtMs: number;
  /** The one to be kept from now on; null where none came. */
  refreshToken: string | null;
  /** Whose consent it is; empty where Entra does not say. */
  tenantId: string;
}

/** What Entra does for us, through MSAL. */
export interface Entra {
  appToken(): Promise<string>;
  /** For Partner Center, or for the scope of another audience, which somebody must have consented to. */
  redeemRefresh(refreshToken: string, scope?: string): Promise<Redeemed>;
  redeemCode(code: string, verifier: string, redirectUri: string): Promise<Redeemed>;
  authorizeUrl(of: { state: string; challenge: string; redirectUri: string }): string;
}

const AUTHORITY = 'https://login.microsoftonline.com';
export const RESOURCE = 'https://api.partnercenter.microsoft.com';
/** Price sheets lie on another host, for another audience (docs/partner-center.md §11). */
export const PRICE_SHEETS = 'https://api.partner.microsoft.com';
export const PRICE_SHEETS_SCOPE = `${PRICE_SHEETS}/.default`;
const USER_SCOPE = `${RESOURCE}/user_impersonation`;
const TIMEOUT_MS = 15_000;

/** Entra for one app. Throws TokenError. */
export function entra(settings: AppSettings): Entra {
  const newApp = () =>
    new ConfidentialClientApplication({
      auth: { clientId: settings.clientId, authority: `${AUTHORITY}/${settings.tenantId}`, ...proofOf(settings.proof) },
      system: { networkClient: networkTo(settings.loginUrl), disableInternalRetries: true },
    });
  const app = newApp();
  return {
    async appToken() {
      const answer = await named(() => app.acquireTokenByClientCredential({ scopes: [`${RESOURCE}/.default`] }));
      // To a failure without a reason MSAL answers with nothing in it.
      if (!answer?.accessToken) throw new TokenError('empty', 'Microsoft Entra gave no token to the app.');
      return answer.accessToken;
    },
    // An app of its own each time: MSAL keeps the new refresh token in its cache alone, and there it must be the only one.
    redeemRefresh: (refreshToken, scope = USER_SCOPE) =>
      redeemed(newApp(), (one) => one.acquireTokenByRefreshToken({ refreshToken, scopes: [scope], forceCache: true })),
    redeemCode: (code, codeVerifier, redirectUri) =>
      redeemed(newApp(), (one) => one.acquireTokenByCode({ code, codeVerifier, redirectUri, scopes: [USER_SCOPE] })),
    authorizeUrl({ state, challenge, redirectUri }) {
      const query = new URLSearchParams({
        client_id: settings.clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: `${USER_SCOPE} offline_access openid`,
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        prompt: 'select_account',
      });
      return `${settings.loginUrl}/${settings.tenantId}/oauth2/v2.0/authorize?${query}`;
    },
  };
}

type Asking = (app: ConfidentialClientApplication) => ReturnType<ConfidentialClientApplication['acquireTokenByRefreshToken']>;

async function redeemed(app: ConfidentialClientApplication, asking: Asking): Promise<Redeemed> {
  const answer = await named(() => asking(app));
  if (!answer?.accessToken) throw new TokenError('empty', 'Microsoft Entra gave no token.');
  const cache = JSON.parse(app.getTokenCache().serialize()) as { RefreshToken?: Record<string, { secret: string }> };
  const claims = (answer.idTokenClaims ?? {}) as { tid?: string };
  return {
    accessToken: answer.accessToken,
    expiresAtMs: answer.expiresOn?.getTime() ?? 0,
    refreshToken: Object.values(cache.RefreshToken ?? {})[0]?.secret ?? null,
    tenantId: claims.tid ?? '',
  };
}

/** Entra's failures by their short code alone. */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { errorCode, name } = error as { errorCode?: string; name?: string };
    const code = /^[a-z_]{1,60}$/i.test(errorCode ?? '') ? (errorCode as string) : (name ?? 'unknown');
    throw new TokenError(code, `Microsoft Entra gave no token: ${code}.`);
  }
}

function proofOf(proof: AppSettings['proof']) {
  if ('secret' in proof) return { clientSecret: proof.secret };
  const pem = certificateIn(proof.certificate);
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/.exec(proof.certificate)?.[0] ?? '';
  const thumbprintSha256 = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
  return { clientCertificate: { thumbprintSha256, privateKey: key, x5c: pem } };
}

/** MSAL speaks to Microsoft's own address alone; a test's is put in its place here. */
function networkTo(loginUrl: string): INetworkModule {
  async function go<T>(method: 'GET' | 'POST', address: string, options?: NetworkRequestOptions) {
    if (!address.startsWith(`${AUTHORITY}/`)) throw new Error('MSAL asked for a foreign address.');
    const response = await fetch(loginUrl + address.slice(AUTHORITY.length), {
      method,
      headers: options?.headers ?? {},
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.json()) as T };
  }
  return { sendGetRequestAsync: (url, options) => go('GET', url, options), sendPostRequestAsync: (url, options) => go('POST', url, options) };
}

const EARLY_MS = 5 * 60_000;

/** Both kinds: app-only from MSAL's own cache, app+user from the refresh token that somebody's consent left. */
export function entraTokens(of: Entra, userToken: () => Promise<Redeemed>, clock: Clock): Tokens {
  let current: Redeemed | undefined;
  let asking: Promise<Redeemed> | undefined;
  return async (kind) => {
    if (kind === 'app') return of.appToken();
    if (current && current.expiresAtMs - EARLY_MS > clock.wallMs()) return current.accessToken;
    asking ??= userToken().finally(() => {
      asking = undefined;
    });
    current = await asking;
    return current.accessToken;
  };
}
