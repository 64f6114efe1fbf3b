/**
 * The consent by which the bot works as a user in Partner Center (Secure Application Model): given once in a browser,
 * kept as a refresh token in a vault, redeemed and stored anew each time. The row says which version holds; the vault
 * has the secret.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, later } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { CONSENT, CONSENTS, consentStateKey, loginTicketKey, REFRESH_KEY } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { update } from '../../store/update.ts';
import type { Proof } from './prove.ts';
import { type Entra, type Redeemed, TokenError } from './tokens.ts';

/** Where secrets lie; a version never changes. */
export interface Vault {
  put(secret: string): Promise<string>;
  get(version: string): Promise<string | undefined>;
  /** Nobody needs this version any more. */
  drop(version: string): Promise<void>;
}

/** Which refresh token holds. */
export interface Consent {
  version: string;
  /** When it was stored the last time; it dies after 90 days without a redemption. ISO text. */
  storedAt: string;
  /** When somebody signed in, and whose word it was: a person's key. */
  consentedAt: string;
  by: string;
}

export interface ConsentDeps {
  store: Store;
  vault: Vault;
  entra: Entra;
  clock: Clock;
  log: Log;
  /** Whether Partner Center takes the token of whoever signed in. */
  prove(accessToken: string): Promise<Proof>;
  /** The partner's tenant: no other one's consent is taken. */
  tenantId: string;
  redirectUri: string;
}

const TRIES = 6;
const AGAIN_MS = 100;
const LOGIN_TICKET_MS = 10 * 60_000;
export const LOGIN_MINUTES = LOGIN_TICKET_MS / 60_000;
const VERIFIER_BYTES = 48;

export async function readConsent(store: Store): Promise<Consent | null> {
  return (await store.get<Consent>(...CONSENT, REFRESH_KEY))?.value ?? null;
}

/**
 * An access token for app+user, or for the `scope` of another audience. What the redemption brings is stored under the row's etag: of two that redeem at once
 * one stores, the other's is as good and is dropped; an older one never covers a newer one. Throws TokenError.
 */
export async function redeem(deps: ConsentDeps, scope?: string): Promise<Redeemed> {
  let refused: unknown;
  let tried = '';
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const row = await deps.store.get<Consent>(...CONSENT, REFRESH_KEY);
    if (!row) throw new TokenError('noConsent', 'Nobody has signed in for the bot in Partner Center yet: an owner writes “consent” to it.');
    // Refused although it is still the one that holds: asking again would not change that.
    if (row.value.version === tried) throw refused;
    tried = row.value.version;
    const secret = await deps.vault.get(tried);
    if (secret === undefined) {
      // Another process has stored a newer one and dropped this between our two reads.
      tried = '';
      refused = new TokenError('vault', 'The vault does not have the refresh token that the row names.');
      await deps.clock.sleep(AGAIN_MS);
      continue;
    }
    let answer: Redeemed;
    try {
      answer = await deps.entra.redeemRefresh(secret, scope);
    } catch (error) {
      refused = error;
      continue;
    }
    if (answer.refreshToken && answer.refreshToken !== secret) await storeRefreshToken(deps, row, answer.refreshToken);
    return answer;
  }
  throw refused ?? new TokenError('unsettled', 'The refresh token changed too often.');
}

/** Stores what came in place of what was redeemed. Where that fails the old one stays: it holds until it is 90 days old. */
async function storeRefreshToken(deps: ConsentDeps, row: { etag: string; value: Consent }, secret: string): Promise<void> {
  try {
    const version = await deps.vault.put(secret);
    const value: Consent = { ...row.value, version, storedAt: deps.clock.now().toISOString() };
    const done = await deps.store.commit(...CONSENT, [{ op: 'replace', key: REFRESH_KEY, value, etag: row.etag }]);
    // After a conflict ours stays too: what the row names is never dropped, even if a conflict was none.
    if (done === 'done') await deps.vault.drop(row.value.version);
  } catch (error) {
    deps.log.warn({ error: (error as Error).name }, 'the new refresh token could not be stored; the one before it stays');
  }
}

interface LoginTicket {
  by: string;
  until: string;
}

interface State extends LoginTicket {
  verifier: string;
  /** Hash of the browser's cookie. */
  browser: string;
}

/** A one-time link's secret for the owner `by`, good for ten minutes. */
export async function newLoginTicket(deps: Pick<ConsentDeps, 'store' | 'clock'>, by: string): Promise<string> {
  const id = randomBytes(24).toString('base64url');
  await deps.store.put(...CONSENTS, loginTicketKey(hash(id)), { by, until: later(deps.clock.now(), LOGIN_TICKET_MS) } satisfies LoginTicket);
  return id;
}

const SECRET = /^[A-Za-z0-9_-]{20,80}$/;

/** Where to send the browser of a ticket's holder, with the cookie that it must bring back; null for a ticket that does not hold. */
export async function beginConsent(deps: ConsentDeps, ticket: string): Promise<{ location: string; cookie: string; by: string } | null> {
  const row = SECRET.test(ticket) ? await deps.store.get<LoginTicket>(...CONSENTS, loginTicketKey(hash(ticket))) : undefined;
  if (!row || row.value.until < deps.clock.now().toISOString()) return null;
  const [state, cookie, verifier] = [randomBytes(24), randomBytes(24), randomBytes(VERIFIER_BYTES)].map((bytes) => bytes.toString('base64url')) as [
    string,
    string,
    string,
  ];
  const kept: State = { by: row.value.by, until: later(deps.clock.now(), LOGIN_TICKET_MS), verifier, browser: hash(cookie) };
  await deps.store.put(...CONSENTS, consentStateKey(hash(state)), kept);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return { location: deps.entra.authorizeUrl({ state, challenge, redirectUri: deps.redirectUri }), cookie, by: row.value.by };
}

export type Given = 'stored' | 'stale' | 'otherBrowser' | 'otherTenant' | 'refused' | Exclude<Proof, 'good'>;

/** What came back from Entra. The state holds once, for the browser that began. */
export async function finishConsent(
  deps: ConsentDeps,
  of: { state: string; code: string; cookie: string },
  mayOwn: (by: string) => Promise<boolean>,
): Promise<Given> {
  const row = SECRET.test(of.state) ? await deps.store.get<State>(...CONSENTS, consentStateKey(hash(of.state))) : undefined;
  if (!row || row.value.until < deps.clock.now().toISOString()) return 'stale';
  if ((await deps.store.commit(...CONSENTS, [{ op: 'delete', key: row.key, etag: row.etag }])) === 'conflict') return 'stale';
  if (!timingSafeEqual(Buffer.from(hash(of.cookie)), Buffer.from(row.value.browser))) return 'otherBrowser';
  if (!(await mayOwn(row.value.by))) return 'refused';
  let answer: Redeemed;
  try {
    answer = await deps.entra.redeemCode(of.code, row.value.verifier, deps.redirectUri);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    deps.log.warn({ code: error.code }, 'a consent was refused by Entra');
    return 'refused';
  }
  if (answer.tenantId.toLowerCase() !== deps.tenantId.toLowerCase()) return 'otherTenant';
  if (!answer.refreshToken) return 'refused';
  // How somebody proved who he is stands in no token that we are sure to get; so the one who needs the proof is asked.
  const proof = await deps.prove(answer.accessToken);
  if (proof !== 'good') {
    deps.log.warn({ proof }, 'a consent was not kept: Partner Center does not take the token');
    return proof;
  }
  await storeConsent(deps, answer.refreshToken, row.value.by);
  return 'stored';
}

async function storeConsent(deps: ConsentDeps, secret: string, by: string): Promise<void> {
  const version = await deps.vault.put(secret);
  const at = deps.clock.now().toISOString();
  const value: Consent = { version, storedAt: at, consentedAt: at, by };
  await update<Consent>(deps.store, [...CONSENT, REFRESH_KEY], { tries: TRIES, failed: 'The consent could not be stored' }, () => value);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
