/**
 * A pretend Partner Center over real HTTP, unkind where the real one is: byte-order marks, carriage returns, doubled
 * headers, expiring availabilities, error answers repeated to a repeated request id, and a minimal PATCH that harms.
 * It runs as a process of its own: `node services/local/sandbox/server.ts --port 4010 --data .local/sandbox`.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { every } from '../../clock.ts';
import { stranger } from '../../loopback.ts';
import { readJson } from './bodies.ts';
import { type Answer, type Call, fail } from './commerce.ts';
import { control, fillSeed } from './control.ts';
import { noteIdle } from './planned.ts';
import { route } from './routes.ts';
import { type Asked, askedSheet, priceSheet } from './sheets.ts';
import { settle } from './time.ts';
import { emptyWorld, type FaultRule, keepReplay, now, readWorld, type World } from './state.ts';

const BODY_MAX = 1_000_000;
const DRAINED_MAX = 20_000_000;
const SHEET_PIECE = 1_013;
const SETTLE_MS = 60_000;
const BOM = '\uFEFF';

/** Paths that refuse app-only tokens (docs/partner-center.md §1). */
const USER_ONLY = [
  /\/users(\/|$)/,
  /\/subscribedskus$/,
  /\/provisioningstatus$/,
  /\/relationshiprequests$/,
  /^\/v1\/relationships$/,
  /\/agreements$/,
  /\/validationStatus$/,
  /\/directSignedMicrosoftCustomerAgreementStatus$/,
  /^\/partner\/v1\/analytics\//,
];
const DOUBLED = [/\/products/, /\/agreements/, /\/offers/];
/** Paths counted by the request limit (docs/partner-center.md §5). */
const COUNTED = [/^\/v1\/customers/];

interface Bucket {
  startedAt: number;
  count: number;
}

export interface PlainResponse {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The same world without a socket: what `fetch` would bring. */
export function fetchFrom(world: World): (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => Promise<PlainResponse> {
  const bucket: Bucket = { startedAt: 0, count: 0 };
  return async (address, init) => {
    const url = new URL(address);
    const headers = Object.fromEntries(Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const text = init.body ?? '';
    const appOnly = headers.authorization === 'Bearer sandbox-app-only';
    const call = { world, method: init.method, path: url.pathname, query: url.searchParams, headers, body: parse(text), appOnly };
    const answer = answerTo(world, bucket, call, text);
    return {
      ok: answer.status < 400,
      status: answer.status,
      headers: { get: (name) => answer.headers?.[name] ?? (name === 'Date' ? now(world).toUTCString() : null) },
      text: async () => (answer.body === null ? '' : BOM + JSON.stringify(answer.body)),
    };
  };
}

/** Starts the sandbox on 127.0.0.1; resolves when it listens. `port` 0 takes a free one. */
export async function startSandbox(options: { port: number; folder: string }): Promise<{ port: number; world: World; close(): Promise<void> }> {
  const world = readWorld(options.folder) ?? emptyWorld(options.folder);
  if (world.customers.size === 0) fillSeed(world);
  // A world that was kept by an earlier version does not know it.
  for (const customer of world.customers.values()) for (const held of customer.subscriptions) noteIdle(held, now(world));
  const bucket: Bucket = { startedAt: 0, count: 0 };
  const server = createServer((request, response) => {
    serve(world, bucket, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(JSON.stringify({ code: 1, description: String(error) }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  // Time goes on by itself too.
  const stop = every(SETTLE_MS, async () => void settle(world));
  return {
    port: address.port,
    world,
    close: () =>
      new Promise((resolve) => {
        stop();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function serve(world: World, bucket: Bucket, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/';
  if (!URL.canParse(target, 'http://sandbox')) return send(response, fail(400, 2000, 'The address cannot be read.'), {}, false);
  const why = stranger(request.method, request.headers);
  if (why) return send(response, fail(403, 2000, `The sandbox is for programs and pages of this machine: ${why}.`), {}, false);
  const url = new URL(target, 'http://sandbox');
  const method = request.method ?? 'GET';
  const text = await readBody(request);
  if (text === null) return send(response, fail(413, 2000, `The body is too large: at most ${BODY_MAX} bytes.`), { Connection: 'close' }, false);
  if (url.pathname.startsWith('/sandbox/')) {
    // Whatever its content type says: curl calls every -d a form.
    const read = method === 'GET' ? { body: Object.fromEntries(url.searchParams) } : readJson(text);
    const answer = 'fault' in read ? fail(400, 2000, read.fault) : control(world, method, url.pathname.slice('/sandbox/'.length), read.body);
    return send(response, answer, {}, false);
  }
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const body = form ? {} : parse(text);
  if (body === undefined) return send(response, fail(400, 2000, 'The body is not JSON.'), {}, false);
  if (/\/oauth2\/(v2\.0\/)?token$/.test(url.pathname)) return send(response, giveToken(text), {}, false);
  const fault = pickFault(world, method, url.pathname);
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  const headers = request.headers as Record<string, string | undefined>;
  const requestId = headers['ms-requestid'] ?? randomUUID();
  const sheet = askedSheet(url.pathname);
  if (sheet && !fault?.status) {
    const future = url.searchParams.get('timeline') === 'future';
    return count(world, method, url.pathname, sendSheet(response, sheet, { authorization: headers.authorization, future }));
  }
  const answer = fault?.status
    ? faulty(fault.status, fault.code)
    : answerTo(
        world,
        bucket,
        { world, method, path: url.pathname, query: url.searchParams, headers, body, appOnly: headers.authorization === 'Bearer sandbox-app-only' },
        text,
      );
  count(world, method, url.pathname, answer.status);
  if (fault?.dropReply) return void request.socket.destroy();
  const doubled = DOUBLED.some((pattern) => pattern.test(url.pathname));
  const twice = (value: string) => (doubled ? `${value},${value}` : value);
  send(
    response,
    answer,
    {
      'MS-RequestId': twice(requestId),
      'MS-CorrelationId': headers['ms-correlationid'] ?? randomUUID(),
      'MS-CV': 'sandbox.0',
      // Its own clock, which may have been moved.
      Date: now(world).toUTCString(),
      'MS-ServerId': '0000112E',
      'X-Locale': twice(headers['x-locale'] ?? 'en-US'),
      'Request-Context': 'appId=cid-v1:sandbox',
    },
    true,
  );
}

/** On a host and for an audience of its own, as a file; app-only tokens are answered 400. Tells its status. */
function sendSheet(response: ServerResponse, asked: Asked, { authorization, future }: { authorization: string | undefined; future: boolean }): number {
  const refused = refuseSheet(authorization);
  const text = refused || future ? undefined : priceSheet(asked);
  if (text === undefined) {
    const answer = refused ?? fail(404, 404, 'There is no such price sheet.');
    send(response, answer, {}, false);
    return answer.status;
  }
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment; filename=sheets.csv' });
  const bytes = Buffer.from(text);
  // In pieces that end wherever they end, also within a letter.
  for (let from = 0; from < bytes.length; from += SHEET_PIECE) response.write(bytes.subarray(from, from + SHEET_PIECE));
  response.end();
  return 200;
}

function refuseSheet(authorization: string | undefined): Answer | undefined {
  if (authorization === 'Bearer sandbox-app-only') return fail(400, 2000, 'This resource does not take app-only tokens.');
  return authorization === 'Bearer sandbox-price-sheets' ? undefined : fail(401, 900420, 'The audience of the token is not accepted.');
}

/** The token endpoints, both versions: what the bearer may do depends on the grant, and on the audience that was asked for. */
function giveToken(form: string): Answer {
  const asked = new URLSearchParams(form);
  const audience = asked.get('resource') ?? asked.get('scope') ?? '';
  if (!['client_credentials', 'refresh_token', 'authorization_code'].includes(asked.get('grant_type') ?? '')) {
    return {
      status: 400,
      body: { error: 'unsupported_grant_type', error_description: `The grant '${asked.get('grant_type')}' is not known.`, error_codes: [70003] },
    };
  }
  const kind = asked.get('grant_type') === 'client_credentials' ? 'sandbox-app-only' : 'sandbox-app-and-user';
  const sheets = kind !== 'sandbox-app-only' && audience.includes('//api.partner.microsoft.com');
  const token = audience.includes('graph.windows.net') ? 'sandbox-wrong-audience' : sheets ? 'sandbox-price-sheets' : kind;
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: '3599',
      resource: audience,
      access_token: token,
      ...(kind === 'sandbox-app-only' ? {} : { refresh_token: 'sandbox-refresh' }),
    },
  };
}

/** Bearers that are refused: none, one for another audience, one that is over. */
function refuseToken(authorization: string | undefined): Answer | undefined {
  if (authorization === 'Bearer sandbox-wrong-audience' || authorization === 'Bearer sandbox-price-sheets')
    return fail(401, 900420, 'The audience of the token is not accepted.');
  if (authorization === 'Bearer sandbox-expired' || !authorization?.startsWith('Bearer ')) return fail(401, 800001, 'The token is missing or has expired.');
  return undefined;
}

/** One request: limit, token, then the same answer for the same request id, then the work. */
function answerTo(world: World, bucket: Bucket, call: Call, text: string): Answer {
  const limited = COUNTED.some((pattern) => pattern.test(call.path)) ? throttle(bucket, world.requestsPerMinute) : undefined;
  if (limited) return limited;
  const refused = refuseToken(call.headers.authorization);
  if (refused) return refused;
  if (call.appOnly && USER_ONLY.some((pattern) => pattern.test(call.path))) return fail(403, 900329, 'This resource does not take app-only tokens.');
  const id = call.headers['ms-requestid'];
  const key = call.method === 'GET' || !id ? undefined : `${id} ${call.method} ${call.path} ${text}`;
  const earlier = key ? world.replays.get(key) : undefined;
  if (earlier) return earlier;
  const answer = route(call);
  if (key) keepReplay(world, key, { status: answer.status, body: answer.body });
  return answer;
}

function throttle(bucket: Bucket, most: number): Answer | undefined {
  const at = now({ offsetMs: 0 }).getTime();
  if (at - bucket.startedAt >= 60_000) Object.assign(bucket, { startedAt: at, count: 0 });
  bucket.count += 1;
  if (bucket.count <= most) return undefined;
  const seconds = Math.ceil((bucket.startedAt + 60_000 - at) / 1000);
  return {
    status: 429,
    body: { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
    headers: { 'Retry-After': String(seconds) },
  };
}

function pickFault(world: World, method: string, path: string): FaultRule | undefined {
  for (const rule of world.faults) {
    if (rule.method && rule.method !== method) continue;
    if (!new RegExp(rule.path).test(path)) continue;
    rule.seen += 1;
    if (rule.times !== undefined && rule.used >= rule.times) continue;
    if (rule.nth !== undefined && rule.seen !== rule.nth) continue;
    if (rule.rate !== undefined && Math.random() >= rule.rate) continue;
    rule.used += 1;
    return rule;
  }
  return undefined;
}

function faulty(status: number, code = status): Answer {
  if (status === 429) return { status, body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 1 seconds.' }, headers: { 'Retry-After': '1' } };
  return fail(status, code, 'A planted fault.');
}

function count(world: World, method: string, path: string, status: number): void {
  const route = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ':id').replace(/CFQ7[A-Z0-9]+/g, ':id');
  const key = `${method} ${route} ${status}`;
  world.requests.set(key, (world.requests.get(key) ?? 0) + 1);
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string>, unkind: boolean): void {
  const json = answer.body === null ? '' : JSON.stringify(answer.body, null, 2);
  const text = unkind && answer.body !== null ? BOM + json.replaceAll('\n', '\r\n') : json;
  response.writeHead(answer.status, { 'Content-Type': 'application/json; charset=utf-8', ...headers, ...answer.headers });
  response.end(text);
}

/** null for a body that is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // The rest is let fall: a line closed at once would take the answer with it.
    if (size <= BODY_MAX) chunks.push(chunk as Buffer);
    else if (size > DRAINED_MAX) break;
  }
  if (size > BODY_MAX) return null;
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text.replace(BOM, ''));
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' }, data: { type: 'string', default: '.local/sandbox' } } });
  const sandbox = await startSandbox({ port: Number(values.port), folder: values.data });
  process.send?.({ port: sandbox.port });
  const end = () => void sandbox.close().then(() => process.exit(0));
  process.on('SIGTERM', end).on('SIGINT', end).on('disconnect', end);
}
