/**
 * A pretend Partner Center over real HTTP, unkind where the real one is: byte-order marks, carriage returns, doubled
 * headers, expiring availabilities, error answers repeated to a repeated request id, and a minimal PATCH that harms.
 * It runs as a process of its own: `node services/sandbox/server.ts --port 4010 --data .local/sandbox`.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import {
  type Answer,
  type Call,
  checkout,
  collection,
  createCart,
  fail,
  findSubscription,
  getCustomer,
  listAvailabilities,
  listCustomers,
  listProducts,
  listSkus,
  listSubscriptions,
  patchSubscription,
  seededOrder,
  shown,
  shownOrder,
} from './commerce.ts';
import { control, fillSeed } from './control.ts';
import { listLicences, listPools, listUsers, patchUser, updateLicences } from './licences.ts';
import { emptyWorld, type FaultRule, type HeldCustomer, type Json, keepReplay, now, readWorld, record, type World } from './state.ts';

const BODY_MAX = 1_000_000;
const BOM = '\uFEFF';

/** Paths that refuse app-only tokens (contract 1.3). */
const USER_ONLY = [
  /\/users(\/|$)/,
  /\/subscribedskus$/,
  /\/provisioningstatus$/,
  /\/relationshiprequests$/,
  /\/agreements$/,
  /\/validationStatus$/,
  /\/directSignedMicrosoftCustomerAgreementStatus$/,
];
const DOUBLED = [/\/products/, /\/agreements/, /\/offers/];
/** Paths counted by the request limit (contract 1.9). */
const COUNTED = [/^\/v1\/customers/];

interface Bucket {
  startedAt: number;
  count: number;
}

/** Starts the sandbox on 127.0.0.1; resolves when it listens. `port` 0 takes a free one. */
export async function startSandbox(options: { port: number; folder: string }): Promise<{ port: number; close(): Promise<void> }> {
  const world = readWorld(options.folder) ?? emptyWorld(options.folder);
  if (world.customers.size === 0) fillSeed(world);
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
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function serve(world: World, bucket: Bucket, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const method = request.method ?? 'GET';
  const text = await readBody(request);
  const body = parse(text);
  if (body === undefined) return send(response, fail(400, 2000, 'The body is not JSON.'), {}, false);
  if (url.pathname.startsWith('/sandbox/')) {
    return send(response, control(world, method, url.pathname.slice('/sandbox/'.length), body as Json), {}, false);
  }
  const fault = pickFault(world, method, url.pathname);
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  const headers = request.headers as Record<string, string | undefined>;
  const requestId = headers['ms-requestid'] ?? randomUUID();
  const answer = fault?.status
    ? faulty(fault.status)
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
      'MS-ServerId': '0000112E',
      'X-Locale': twice(headers['x-locale'] ?? 'en-US'),
      'Request-Context': 'appId=cid-v1:sandbox',
    },
    true,
  );
}

/** One request: limit, token, then the same answer for the same request id, then the work. */
function answerTo(world: World, bucket: Bucket, call: Call, text: string): Answer {
  const limited = COUNTED.some((pattern) => pattern.test(call.path)) ? throttle(bucket, world.requestsPerMinute) : undefined;
  if (limited) return limited;
  if (!call.headers.authorization?.startsWith('Bearer '))
    return { status: 401, body: { code: 800001, description: 'The token is missing.', data: [], source: 'PartnerFD' } };
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
  const at = Date.now();
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

function route(call: Call): Answer {
  const parts = call.path
    .replace(/^\/v1\//, '')
    .split('/')
    .filter(Boolean);
  const [root, customerId, ...rest] = parts;
  if (call.path === '/v1/customers' && call.method === 'GET') return listCustomers(call);
  if (call.path === '/v1/customers/relationshiprequests') return relationshipRequest();
  if (root === 'auditrecords') return auditRecords(call);
  if (root === 'agreements')
    return collection([
      {
        templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
        agreementType: 'MicrosoftCustomerAgreement',
        agreementLink: 'https://aka.ms/customeragreement',
        versionRank: 0,
      },
    ]);
  if (root === 'offers') return collection([]);
  if (root !== 'customers' || !customerId) return fail(404, 1000, 'Not found.');
  const customer = call.world.customers.get(customerId.toLowerCase());
  if (!customer) return fail(404, 60003, 'The customer was not found.');
  return routeCustomer(call, customer, rest);
}

function routeCustomer(call: Call, customer: HeldCustomer, rest: string[]): Answer {
  const [what, id, then, sub, last] = rest;
  const verb = `${call.method} ${what ?? ''}${id ? '/x' : ''}${then ? `/${then}` : ''}${sub ? '/x' : ''}${last ? `/${last}` : ''}`;
  switch (verb) {
    case 'GET ':
      return getCustomer(customer);
    case 'GET subscriptions':
      return listSubscriptions(call, customer);
    case 'GET products':
      return listProducts(customer);
    case 'GET products/x/skus':
      return listSkus(customer, id as string);
    case 'GET products/x/skus/x/availabilities':
      return listAvailabilities(call, customer, id as string, sub as string);
    case 'GET users':
      return listUsers(call, customer);
    case 'GET subscribedskus':
      return listPools(call, customer);
    case 'GET agreements':
      return collection(
        customer.agreementSigned
          ? [{ templateId: '117a77b0-9360-443b-8795-c6dedc750cf9', type: 'MicrosoftCustomerAgreement', dateAgreed: '2024-01-01T00:00:00Z' }]
          : [],
      );
    case 'POST agreements':
      return signAgreement(call, customer);
    case 'GET directSignedMicrosoftCustomerAgreementStatus':
      return { status: 200, body: { isSigned: false } };
    case 'GET validationStatus':
      return { status: 200, body: { type: 'account', status: customer.validation, lastUpdateDateTime: now(call.world).toISOString() } };
    case 'POST carts':
      return createCart(call, customer);
    case 'POST orders':
      return failNewerLegacy();
    case 'GET orders':
      return listOrders(call, customer);
    default:
      return routeOne(call, customer, verb, id as string);
  }
}

function routeOne(call: Call, customer: HeldCustomer, verb: string, id: string): Answer {
  if (verb.includes('subscriptions/x')) {
    const held = findSubscription(customer, id);
    if (!held) return fail(404, 20003, 'The subscription was not found.');
    if (verb === 'GET subscriptions/x') return { status: 200, body: shown(held) };
    if (verb === 'PATCH subscriptions/x') return { ...patchSubscription(call, customer, held) };
    if (verb === 'GET subscriptions/x/addons')
      return collection(customer.subscriptions.filter((one) => one.wire.parentSubscriptionId === held.wire.id).map(shown));
    if (verb === 'GET subscriptions/x/provisioningstatus') return provisioning(call, held.skuId, held.readyAt, held.wire);
  }
  if (verb.includes('carts/x')) {
    const cart = customer.carts.find((one) => one.wire.id === id);
    if (!cart) return fail(404, 800008, 'The cart was not found.');
    if (verb === 'GET carts/x') return { status: 200, body: cart.wire };
    if (verb === 'POST carts/x/checkout') return checkout(call, customer, cart);
  }
  if (verb.includes('orders/x')) {
    const order = customer.orders.find((one) => one.wire.id === id);
    const body = order ? shownOrder(call.world, order) : seededOrder(customer, id);
    if (body && verb === 'GET orders/x') return { status: 200, body };
    return fail(404, 20000, 'The order was not found.');
  }
  if (verb.includes('users/x')) {
    const user = customer.users.find((one) => one.id === id.toLowerCase());
    if (!user) return fail(404, 60002, 'The user was not found.');
    if (verb === 'GET users/x/licenses') return listLicences(user);
    if (verb === 'POST users/x/licenseupdates') return updateLicences(call, customer, user);
    if (verb === 'PATCH users/x') return patchUser(call, customer, user);
  }
  return fail(404, 1000, 'Not found.');
}

function failNewerLegacy(): Answer {
  return {
    status: 400,
    body: {
      code: '500600',
      message: 'Classic offers can no longer be bought.',
      description: 'Classic offers can no longer be bought.',
      errorName: 'LegacyOfferNotEligibleForPurchase',
      isRetryable: false,
      parameters: {},
    },
  };
}

function listOrders(call: Call, customer: HeldCustomer): Answer {
  const at = now(call.world).toISOString();
  return collection(customer.orders.filter((order) => order.listedAt <= at).map((order) => shownOrder(call.world, order)));
}

function provisioning(call: Call, skuId: string | null, readyAt: string, wire: Json): Answer {
  const ready = now(call.world).toISOString() >= readyAt;
  const status = ready ? 'success' : 'pending';
  return {
    status: 200,
    body: {
      ...(skuId ? { skuId: skuId.toUpperCase() } : {}),
      status,
      quantity: wire.quantity,
      endDate: wire.commitmentEndDate,
      attributes: { objectType: 'SubscriptionProvisioningStatus' },
    },
  };
}

function signAgreement(call: Call, customer: HeldCustomer): Answer {
  customer.agreementSigned = true;
  record(call.world, { kind: 'agreement', method: 'POST', path: call.path, requestId: call.headers['ms-requestid'] ?? null, body: call.body, status: 201 });
  return { status: 201, body: call.body as Json };
}

function relationshipRequest(): Answer {
  return {
    status: 200,
    body: {
      url: 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=sandbox&msppId=0&DAP=false#/BillingAccounts/partner-invitation',
      attributes: { objectType: 'RelationshipRequest' },
    },
  };
}

function auditRecords(call: Call): Answer {
  const from = Date.parse(call.query.get('startDate') ?? '') || 0;
  const filter = call.query.get('filter');
  const wanted = filter ? (JSON.parse(filter) as { Field: string; Value: string }) : undefined;
  const matching = call.world.audit.filter(
    (one) => Date.parse(String(one.operationDate)) >= from && (wanted?.Field !== 'CustomerId' || one.customerId === wanted.Value),
  );
  return collection(matching.slice(-500).reverse());
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

function faulty(status: number): Answer {
  if (status === 429) return { status, body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 1 seconds.' }, headers: { 'Retry-After': '1' } };
  return fail(status, status, 'A planted fault.');
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

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > BODY_MAX) throw new Error('The body is too large.');
  }
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
