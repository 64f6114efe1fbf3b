/** The bot's own routes. What strangers send is refused with a bare status, and counted, not printed. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import restify from 'restify';
import { boundedMap } from '../../services/boundedMap.ts';
import { stranger } from '../../services/loopback.ts';
import type { TeamsHealth } from '../../services/notify/sleep.ts';
import { atOnce, bare, bodyOf } from './bodies.ts';
import { callerOf, shareLines } from './callers.ts';
import { type Download, sendFile } from './download.ts';
import { type Claims, asksForView, checkActivity, checkToken, type Guarded, limiter, parsed, type Refusal, tenantOf, tidied, weightOf } from './guard.ts';
import { harden, type Wrapped } from './sockets.ts';

const HEADERS_MS = 10_000;
const REQUEST_MS = 15_000;
/** Refusals that one address may cause; beyond them it is not looked at any closer, unless its token passed before. */
const REFUSALS_A_MINUTE = 3_000;
const ADDRESSES_MAX = 10_000;
/** Pages of the consent, and looks at the readiness, for one address; how long such a look is believed. */
const CONSENTS_A_MINUTE = 30;
const LOOKS_A_MINUTE = 1_800;
const LOOK_MS = 500;
/** The numbers cost some hundred reads of storage. */
const METRICS_MS = 10_000;
const PASSED_MAX = 1_000;
/** An event is short. */
const EVENT_MAX = 16 * 1024;
/** Of people and companies whose token is good: more than hands can do. */
const PERSON_A_MINUTE = 120;
const TENANT_A_MINUTE = 3_000;
/** Views that Teams asks for when somebody looks at cards: they take nothing of what people press. Whoever gets none sees the card that is for all. */
const VIEWS_A_MINUTE = { person: 60, chat: 600 };

export interface Ready {
  storage: boolean;
  partnerCenter: boolean;
  lookedAt: string | null;
  /** Every customer was looked at once. */
  knowsAll: boolean;
  /** What Teams does not take; null where the storage does not tell. */
  teams: TeamsHealth | null;
}

/** A page or answer of another part of the house: status, body, headers. */
export interface Answer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** Of an activity, whose it is. */
export type Sender = Parameters<typeof tenantOf>[0] &
  Parameters<typeof asksForView>[0] & { from?: { aadObjectId?: string | undefined } | undefined; conversation?: { id?: string } | undefined };

/** What came of an activity; `ran`: the library let it run. */
export interface TurnAnswer {
  ran: boolean;
  status: number;
  body: unknown;
}

export interface Routes {
  /** Lets an activity run; `admits`: whether it is not more than hands can do. */
  turn(headers: object, activity: unknown, admits: (sender: Sender) => boolean): Promise<TurnAnswer>;
  ready(): Promise<Ready>;
  /** null in local mode. */
  guarded: Guarded | null;
  /** Partner Center's events: raw body and headers to a status. */
  events(headers: IncomingMessage['headers'], body: Buffer, caller: string): Promise<200 | 400 | 401 | 403>;
  /** Whether an event names a signer that was good before: it is looked at whatever else its address sent. */
  knowsSigner(address: string): boolean;
  consent(path: 'begin' | 'callback', request: { query: URLSearchParams; cookies: string; languages: string }): Promise<Answer>;
  /** Where somebody takes a file: the page of a link, and the file. */
  exports: { page(ticket: string, languages: string): Promise<Answer>; take(ticket: string, languages: string): Promise<Answer | Download> };
  /** Numbers for machines; `token` opens them to others than this machine itself. */
  metrics: { text(): Promise<string>; token: string | null };
  /** The page about the bot: what it is, privacy, terms. */
  about(languages: string): Promise<Answer>;
}

export interface Listening {
  port: number;
  /** How often requests were refused since the last time it was asked, by reason. */
  refusals(): Record<string, number>;
  /** One more of that kind. */
  count(why: string): void;
  /** From now on everything is answered. */
  open(routes: Routes): void;
  close(): Promise<void>;
}

/** Where it listens, and how. */
export interface Place {
  port: number;
  host: string;
  /** Proxies in front that add to X-Forwarded-For. */
  proxies: number;
  /** Bound to this machine: so its browsers' pages can knock. */
  loopback: boolean;
  nowMs(): number;
}

/** What all the doors share. */
interface Desk {
  server: restify.Server;
  at: Place;
  /** Refusals that each address caused. */
  addresses: ReturnType<typeof limiter>;
  refuse(request: restify.Request, response: restify.Response, refusal: Refusal, bytes?: number): void;
  /** Whether a caller asks for a page no more often than people do. */
  mayRead(request: restify.Request): boolean;
}

/**
 * Listens at once; until `open` is called it says that it is alive and what it waits for, and everything else is answered with a
 * bare 503. Throws when the port is taken.
 */
export async function listen(at: Place, waitsFor: () => readonly string[]): Promise<Listening> {
  const server = restify.createServer({ name: '', ignoreTrailingSlash: true });
  const refused = new Map<string, number>();
  let opened: (() => Promise<Ready>) | null = null;
  const addresses = limiter(REFUSALS_A_MINUTE, REFUSALS_A_MINUTE, ADDRESSES_MAX);
  const pages = limiter(CONSENTS_A_MINUTE, CONSENTS_A_MINUTE, ADDRESSES_MAX);
  const looks = limiter(LOOKS_A_MINUTE, LOOKS_A_MINUTE, ADDRESSES_MAX);
  const count = (why: string) => void refused.set(why, (refused.get(why) ?? 0) + 1);
  guardLines(server as unknown as Wrapped, at, count);

  /** `bytes`: of a body that was read all the same. */
  function refuse(request: restify.Request, response: restify.Response, refusal: Refusal, bytes = 0): void {
    count(refusal.why);
    addresses.take(callerOf(request, at.proxies), at.nowMs(), weightOf(bytes));
    bare(request, response, refusal.status);
  }

  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { alive: true });
  });
  server.get('/readyz', async (request: restify.Request, response: restify.Response) => {
    if (!looks.take(callerOf(request, at.proxies), at.nowMs())) return refuse(request, response, { status: 429, why: 'too many looks' });
    const state = opened ? await opened() : { storage: false };
    response.send(state.storage ? 200 : 503, { ...state, waitsFor: waitsFor() });
  });
  server.on('restifyError', (_request: restify.Request, response: restify.Response, error: { statusCode?: number }, done: () => void) =>
    bareFailure(response, opened ? (error.statusCode ?? 500) : 503, done),
  );
  Object.assign(server.server, { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeadersCount: 60 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  const mayRead = (request: restify.Request) => pages.take(callerOf(request, at.proxies), at.nowMs());
  return {
    port: server.address().port,
    count,
    open(routes) {
      const desk = { server, at, addresses, refuse, mayRead };
      answerTurns(desk, routes);
      answerEvents(desk, routes);
      answerPages(desk, routes);
      answerExports(desk, routes.exports);
      answerMetrics(desk, routes.metrics);
      opened = memoize(routes.ready, at.nowMs);
    },
    refusals() {
      const counts = Object.fromEntries(refused);
      refused.clear();
      return counts;
    },
    close: () =>
      new Promise((resolve) => {
        (server.server as { closeAllConnections?(): void }).closeAllConnections?.();
        server.close(() => resolve());
      }),
  };
}

function answerTurns({ server, at, addresses, refuse }: Desk, routes: Routes): void {
  const passed = boundedMap<string, true>(PASSED_MAX);
  const admits = admission(routes, at.nowMs);
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const token = createHash('sha256')
      .update(String(request.headers.authorization ?? ''))
      .digest('base64');
    let claims: Claims | null = null;
    if (routes.guarded) {
      const judged = checkToken(request.headers, routes.guarded, at.nowMs());
      if ('status' in judged) return refuse(request, response, judged);
      if (!passed.has(token) && addresses.isOver(callerOf(request, at.proxies), at.nowMs()))
        return refuse(request, response, { status: 429, why: 'too many from one address' });
      claims = judged;
    }
    const body = await bodyOf(request);
    if ('status' in body) return refuse(request, response, body);
    const activity = tidied(parsed(body.bytes.toString('utf8')));
    const refusal = checkActivity(activity, routes.guarded, claims);
    if (refusal) return refuse(request, response, refusal, body.bytes.length);
    const weight = weightOf(body.bytes.length);
    const done = await routes.turn(request.headers, activity, (sender) => admits(sender, weight));
    if (!done.ran && done.status >= 400)
      return refuse(request, response, { status: routes.guarded ? 401 : 400, why: 'the library refused it' }, body.bytes.length);
    if (routes.guarded) passed.set(token, true);
    if (done.body === undefined || done.status >= 500) return bare(request, response, done.status);
    response.send(done.status, done.body);
  });
}

function answerEvents({ server, at, addresses, refuse }: Desk, routes: Routes): void {
  server.post('/api/partner-center/events', async (request: restify.Request, response: restify.Response) => {
    const address = callerOf(request, at.proxies);
    const known = routes.knowsSigner(String(request.headers['x-ms-certificate-url'])) && Number(request.headers['content-length'] ?? Infinity) <= EVENT_MAX;
    if (!known && addresses.isOver(`events ${address}`, at.nowMs())) return refuse(request, response, { status: 429, why: 'too many events from one address' });
    const body = await bodyOf(request);
    if ('status' in body) return refuse(request, response, body);
    const status = await routes.events(request.headers, body.bytes, address);
    if (status === 200) return bare(request, response, status);
    addresses.take(`events ${address}`, at.nowMs(), weightOf(body.bytes.length));
    refuse(request, response, { status, why: 'an event' }, body.bytes.length);
  });
}

function answerPages({ server, refuse, mayRead }: Desk, routes: Routes): void {
  const tooMany: Refusal = { status: 429, why: 'too many pages' };
  for (const [path, part] of [
    ['/consent', 'begin'],
    ['/consent/callback', 'callback'],
  ] as const)
    server.get(path, async (request: restify.Request, response: restify.Response) => {
      if (!mayRead(request)) return refuse(request, response, tooMany);
      const query = new URL(request.url ?? '/', 'http://bot').searchParams;
      page(response, await routes.consent(part, { query, cookies: String(request.headers.cookie ?? ''), languages: languagesOf(request) }));
    });
  server.get('/about', async (request: restify.Request, response: restify.Response) => {
    if (!mayRead(request)) return refuse(request, response, tooMany);
    page(response, await routes.about(languagesOf(request)));
  });
}

/** What the browser says that its reader understands. */
function languagesOf({ headers }: restify.Request): string {
  return String(headers['accept-language'] ?? '');
}

/** A link is looked at as often as a page may be; the file is taken by its button. */
function answerExports({ server, refuse, mayRead }: Desk, exports: Routes['exports']): void {
  const ticketOf = (request: restify.Request) => new URL(request.url ?? '/', 'http://bot').searchParams.get('ticket') ?? '';
  const tooMany: Refusal = { status: 429, why: 'too many pages' };
  server.get('/export', async (request: restify.Request, response: restify.Response) => {
    if (!mayRead(request)) return refuse(request, response, tooMany);
    page(response, await exports.page(ticketOf(request), languagesOf(request)));
  });
  server.post('/export', async (request: restify.Request, response: restify.Response) => {
    if (!mayRead(request)) return refuse(request, response, tooMany);
    const taken = await exports.take(ticketOf(request), languagesOf(request));
    if ('pieces' in taken) return sendFile(response, taken);
    page(response, taken);
  });
}

/** Whoever may not is told what a page that is not there would say. */
function answerMetrics({ server, at, refuse, mayRead }: Desk, metrics: Routes['metrics']): void {
  const text = memoize(metrics.text, at.nowMs, METRICS_MS);
  server.get('/metrics', async (request: restify.Request, response: restify.Response) => {
    if (!isHere(request) && !bears(request, metrics.token)) return refuse(request, response, { status: 404, why: 'the numbers' });
    if (!mayRead(request)) return refuse(request, response, { status: 429, why: 'too many pages' });
    const body = await text();
    response.status(200);
    response.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.end(body);
  });
}

/** Asked on this machine itself, and by no proxy on it for another. */
function isHere({ socket, headers }: restify.Request): boolean {
  const from = socket.remoteAddress ?? '';
  return /^(::ffff:)?127\.|^::1$/.test(from) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
}

function bears({ headers }: restify.Request, token: string | null): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return token !== null && timingSafeEqual(hash(headers.authorization ?? ''), hash(`Bearer ${token}`));
}

/** What is asked of a line before anything else: whose page it is, where pages can reach us, and how much of the house its caller holds. */
function guardLines(wrapped: Wrapped, { proxies, loopback }: Place, count: (why: string) => void): void {
  const mayHold = shareLines(wrapped.server, proxies, count);
  harden(wrapped, count, (request, response) => {
    const why = loopback ? stranger(request.method, request.headers) : null;
    if (why) return { status: 403, why };
    return mayHold(request, response) ? null : { status: 429, why: 'too many requests of one address at once' };
  });
}

/** No such page, no such method, or a failure of ours: a status, and no word of the library's. */
function bareFailure(response: restify.Response, status: number, done: () => void): void {
  if (!response.headersSent) atOnce(response, status);
  // Without this mark the library answers too, and dies of it.
  Object.assign(response, { _sent: true });
  done();
}

function page(response: restify.Response, answer: Answer): void {
  response.status(answer.status);
  if (answer.body !== undefined) response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.end(answer.body ?? '');
}

/** What was found, for a while more: however often somebody asks, storage is asked so often. */
function memoize<T>(look: () => Promise<T>, nowMs: () => number, forMs = LOOK_MS): () => Promise<T> {
  let last: { found: Promise<T>; atMs: number } | undefined;
  return () => {
    if (!last || Math.abs(nowMs() - last.atMs) > forMs) last = { found: look(), atMs: nowMs() };
    return last.found;
  };
}

/** Only good tokens count: nobody can use up another's turns. Bytes count as turns do. */
export function admission(routes: Pick<Routes, 'guarded'>, nowMs: () => number): (sender: Sender, weight: number) => boolean {
  const people = limiter(PERSON_A_MINUTE, PERSON_A_MINUTE, ADDRESSES_MAX);
  const tenants = limiter(TENANT_A_MINUTE, TENANT_A_MINUTE, ADDRESSES_MAX);
  const lookers = limiter(VIEWS_A_MINUTE.person, VIEWS_A_MINUTE.person, ADDRESSES_MAX);
  const chats = limiter(VIEWS_A_MINUTE.chat, VIEWS_A_MINUTE.chat, ADDRESSES_MAX);
  return (sender, weight) => {
    if (!routes.guarded) return true;
    const tenant = tenantOf(sender);
    const person = `${tenant} ${sender.from?.aadObjectId ?? ''}`;
    if (asksForView(sender)) return lookers.take(person, nowMs(), weight) && chats.take(`${tenant} ${homeOf(sender)}`, nowMs(), weight);
    return people.take(person, nowMs(), weight) && tenants.take(tenant, nowMs(), weight);
  };
}

/** All threads of a channel are one chat. */
function homeOf({ conversation }: Sender): string {
  return conversation?.id?.split(';messageid=')[0] ?? '';
}
