/** The one door to Partner Center: budget, token, timeout, byte-order marks, and failures told apart. */
import { randomUUID } from 'node:crypto';
import { Agent, type Dispatcher, request as requestOverHttp } from 'undici';
import type { Clock } from '../clock.ts';
import { type Retry, withRetry } from '../retry.ts';
import type { Budget } from '../sharedBudget.ts';
import { type Attributes, correlationId, span } from '../trace.ts';
import { TokenError, type TokenKind, type Tokens } from './auth/tokens.ts';
import { type FailureKind, PartnerCenterError } from './port.ts';
import { parseError } from './wire/base.ts';

const READ_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 30_000;
const READ_TRIES = 3;
const LONGEST_WAIT_MS = 90_000;

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Path after the base address, query included. */
  path: string;
  token: TokenKind;
  body?: unknown;
  /** For requests that change something: the id that was written down before. */
  requestId?: string;
  headers?: Record<string, string>;
  /** Is shown the headers of every answer. */
  heard?: (header: (name: string) => string | null) => void;
}

export interface ClientConfig {
  baseUrl: string;
  tokens: Tokens;
  budget: Budget;
  clock: Clock;
  /** Of the locale of texts; en-US is what matching needs. */
  locale: string;
  /** How far Partner Center's clock is ahead of ours, as its last answer told; written here. */
  clockSkewMs?: number;
  /** Is told the code of each refusal, and of what has no answer. */
  refused?: (code: string) => void;
  /** How requests go out; over HTTP where nothing is given. */
  fetch?: (url: string, init: Outgoing) => Promise<Answer>;
  /** Where the requests go; to the network where nothing is given. */
  dispatcher?: Dispatcher;
}

interface Outgoing {
  method: Request['method'];
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

interface Answer {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** One connection pool for all; a redirect is not followed, for the token is for Partner Center alone. */
const pool = new Agent();

async function overHttp(url: string, init: Outgoing, dispatcher: Dispatcher): Promise<Answer> {
  const { statusCode, headers, body } = await requestOverHttp(url, { ...init, dispatcher });
  return {
    ok: statusCode >= 200 && statusCode < 300,
    status: statusCode,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    text: () => body.text(),
  };
}

/**
 * Sends one request and returns its JSON. Reads are repeated while the failure is passing and short; what changes
 * something is sent once, and the caller decides. Throws PartnerCenterError.
 */
export async function request(client: ClientConfig, request: Request): Promise<unknown> {
  const retry: Retry = {
    tries: READ_TRIES,
    async waitMs(error, attempt) {
      const failure = error as PartnerCenterError;
      if (failure.kind === 'throttled') await client.budget.pause(failure.retryAfterMs);
      const passing = failure.kind === 'throttled' || failure.kind === 'unclear' || failure.kind === 'notReady';
      if (request.method !== 'GET' || !passing || failure.retryAfterMs > LONGEST_WAIT_MS) return null;
      return failure.retryAfterMs || 250 * 2 ** attempt;
    },
    sleep: (ms) => client.clock.sleep(ms),
  };
  return withRetry(retry, () => sendOnce(client, request));
}

function sendOnce(client: ClientConfig, request: Request): Promise<unknown> {
  const requestId = request.requestId ?? randomUUID();
  return span('partner center', { method: request.method, route: routeOf(request.path), request: requestId }, async (note) => {
    try {
      return await send(client, request, requestId, note);
    } catch (error) {
      if (error instanceof PartnerCenterError) {
        note({ code: error.code });
        client.refused?.(error.code);
      }
      throw error;
    }
  });
}

/** A path without the ids in it: they say who holds a licence, and there would be as many routes as customers. Pure. */
export function routeOf(path: string): string {
  const parts = (path.split('?')[0] ?? '').split('/');
  return parts.map((part) => (/\d/.test(part) && !/^v\d$/.test(part) ? '*' : part)).join('/');
}

async function send(client: ClientConfig, request: Request, requestId: string, note: (more: Attributes) => void): Promise<unknown> {
  await client.budget.take();
  const headers: Record<string, string> = {
    Authorization: `Bearer ${await token(client, request.token)}`,
    Accept: 'application/json',
    'MS-RequestId': requestId,
    'MS-CorrelationId': correlationId() ?? randomUUID(),
    'MS-Contract-Version': 'v1',
    'X-Locale': client.locale,
    ...request.headers,
  };
  if (request.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Answer;
  let text: string;
  // Taken down with the answer: a signal of its own clock would live on, thousands of them in a sweep.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), request.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS);
  try {
    const out = client.fetch ?? ((url, init) => overHttp(url, init, client.dispatcher ?? pool));
    response = await out(client.baseUrl + request.path, {
      method: request.method,
      headers,
      signal: limit.signal,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    text = await response.text();
  } catch (error) {
    throw new PartnerCenterError('unclear', 'no answer', `Partner Center did not answer ${request.method}: ${String((error as Error).message)}`, {
      answered: false,
    });
  } finally {
    clearTimeout(timer);
  }
  request.heard?.((name) => response.headers.get(name));
  noteTime(client, response.headers.get('Date'));
  note({ status: response.status });
  const json = parse(text);
  if (response.ok && json !== undefined) return json;
  if (response.ok) throw new PartnerCenterError('unclear', String(response.status), 'Partner Center answered with something that is not JSON.');
  const { code, text: description } = parseError(json);
  throw new PartnerCenterError(
    failureKind(response.status, code),
    code || String(response.status),
    // Where it has no code of its own, it gives the status again.
    `Partner Center answered ${[...new Set([String(response.status), code])].join(' ')}`.trim(),
    { retryAfterMs: retryAfter(response, client.clock), said: description },
  );
}

/** A second of theirs is as fine as a header tells it. */
function noteTime(client: ClientConfig, date: string | null): void {
  const at = date === null ? Number.NaN : Date.parse(date);
  if (!Number.isNaN(at)) client.clockSkewMs = at - client.clock.now().getTime();
}

/** How long a whole file may take, and how long one piece of it. */
const FILE_TIMEOUT_MS = 10 * 60_000;
const PIECE_TIMEOUT_MS = 60_000;

/**
 * A file, piece by piece, to whoever takes it, until that one wants no more. True: all of it came; false: it broke off, or nobody wanted
 * the rest. Throws PartnerCenterError where none of it came.
 */
export async function pieces(client: ClientConfig, request: Pick<Request, 'method' | 'path' | 'token'>, take: (piece: string) => boolean): Promise<boolean> {
  await client.budget.take();
  const headers = {
    Authorization: `Bearer ${await token(client, request.token)}`,
    'MS-CorrelationId': correlationId() ?? randomUUID(),
    'Accept-Encoding': 'identity',
  };
  const limits = { headersTimeout: PIECE_TIMEOUT_MS, bodyTimeout: PIECE_TIMEOUT_MS, signal: AbortSignal.timeout(FILE_TIMEOUT_MS) };
  let answer: Dispatcher.ResponseData;
  try {
    answer = await requestOverHttp(client.baseUrl + request.path, { method: request.method, headers, dispatcher: client.dispatcher ?? pool, ...limits });
  } catch (error) {
    throw new PartnerCenterError('unclear', 'no answer', `Partner Center did not answer: ${String((error as Error).message)}`, { answered: false });
  }
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw new PartnerCenterError(failureKind(answer.statusCode, ''), String(answer.statusCode), `Partner Center answered ${answer.statusCode} for a file.`);
  }
  const decoder = new TextDecoder();
  try {
    for await (const piece of answer.body) if (!take(decoder.decode(piece as Buffer, { stream: true }))) return false;
    return take(decoder.decode());
  } catch {
    return false;
  }
}

/** A person signs in again; or the app itself is refused. */
const SIGN_IN = new Set(['noConsent', 'invalid_grant', 'interaction_required', 'consent_required']);
const TOKEN_REFUSED = new Set([...SIGN_IN, 'invalid_client', 'unauthorized_client']);

async function token(client: ClientConfig, kind: TokenKind): Promise<string> {
  try {
    return await client.tokens(kind);
  } catch (error) {
    // Nothing was sent. Only where Entra said no does a person have to act.
    const refused = error instanceof TokenError ? error.code : '';
    throw new PartnerCenterError(
      TOKEN_REFUSED.has(refused) ? 'forbidden' : 'notReady',
      SIGN_IN.has(refused) ? 'signIn' : 'token',
      String((error as Error).message),
    );
  }
}

const FIND_ORDER = new Set(['800060', '800064', '800065']);
const NOT_READY = new Set(['800082', '800014', '900278', '900277']);

/** What a status and code mean for us (docs/partner-center.md §4). */
export function failureKind(status: number, code: string): FailureKind {
  if (FIND_ORDER.has(code)) return 'findOrder';
  if (NOT_READY.has(code)) return 'notReady';
  if (code === '2055' || status === 412) return 'conflict';
  if (status === 429) return 'throttled';
  if (status === 404) return 'notFound';
  if (status === 401 || (status === 403 && (code === '' || ['900329', '900308', '900150', '2032', '900309', '20002', '403'].includes(code))))
    return 'forbidden';
  if (status >= 500 || status === 408) return 'unclear';
  return 'refused';
}

const UNSAID_MS = 60_000;
/** Nobody is silent for longer because of one answer: the watch and every move would be. */
const RETRY_MOST_MS = 3_600_000;

/** Retry-After in seconds or as a date, at most an hour; a minute where a 429 does not say. A header may come doubled: `30,30`. */
function retryAfter(response: { status: number; headers: { get(name: string): string | null } }, clock: Clock): number {
  const value = response.headers.get('Retry-After');
  if (value === null) return response.status === 429 ? UNSAID_MS : 0;
  const [, seconds] = /^\s*(\d{1,15})(?:\.\d+)?\s*(?:,|$)/.exec(value) ?? [];
  const ms =
    seconds === undefined ? Date.parse(value.includes('GMT,') ? `${value.split('GMT,')[0]}GMT` : value) - clock.now().getTime() : Number(seconds) * 1000;
  return Number.isNaN(ms) ? UNSAID_MS : Math.min(RETRY_MOST_MS, Math.max(0, ms));
}

/** JSON after an optional byte-order mark; an empty body is null; undefined when it is neither. */
function parse(text: string): unknown {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(bare);
  } catch {
    return /\S/.test(bare) ? undefined : null;
  }
}
