import type { Json } from './bodies.ts';
import { offerIn } from './names.ts';
import { type HeldCustomer, type HeldSubscription, type LedgerWrite, now, record, recordAudit, type World } from './state.ts';
import { refundable } from './terms.ts';

export interface Call {
  world: World;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: unknown;
  appOnly: boolean;
}

export interface Answer {
  status: number;
  body: Json | null;
  headers?: Record<string, string>;
}

export function fail(status: number, code: number, description: string, data: unknown[] = []): Answer {
  return { status, body: { code, description, data, source: 'PartnerFD' } };
}

/** The shape that the newer services answer with. */
export function failNewer(status: number, code: string, errorName: string, message: string): Answer {
  return {
    status,
    body: { code, message, description: message, errorName, isRetryable: false, parameters: {}, errorMessageExtended: `InternalErrorCode=${code}` },
  };
}

export function collection(items: unknown[], more: Json = {}): Answer {
  return { status: 200, body: { totalCount: items.length, items, ...more, attributes: { objectType: 'Collection' } } };
}

export function listCustomers(call: Call): Answer {
  const size = Math.min(500, Number(call.query.get('size') ?? '100') || 100);
  const all = [...call.world.customers.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = nameFilter(call.query.get('filter'));
  const matching = wanted ? all.filter((customer) => customer.name.toLowerCase().startsWith(wanted)) : all;
  const token = call.query.get('seekOperation') === 'Next' ? call.headers['ms-continuationtoken'] : undefined;
  const after = token ? Buffer.from(token, 'base64').toString() : '';
  const rest = matching.filter((customer) => customer.id > after);
  if (token && rest.length === 0) return fail(400, 2000, 'The continuation token is not valid.');
  const page = rest.slice(0, size);
  const self = { uri: `/customers?size=${size}`, method: 'GET', headers: [] };
  const next = {
    uri: `/customers?size=${size}&seekOperation=Next`,
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: Buffer.from(page.at(-1)?.id ?? '').toString('base64') }],
  };
  return collection(
    page.map((customer) => brief(customer)),
    { links: rest.length > size ? { self, next } : { self } },
  );
}

function nameFilter(filter: string | null): string | undefined {
  if (!filter) return undefined;
  const parsed = JSON.parse(filter) as { Field?: string; Value?: string };
  return parsed.Field === 'CompanyName' ? parsed.Value?.toLowerCase() : undefined;
}

function brief(customer: HeldCustomer): Json {
  return {
    id: customer.id,
    companyProfile: { tenantId: customer.id, domain: customer.domain, companyName: customer.name },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  };
}

export function getCustomer(customer: HeldCustomer): Answer {
  const billingProfile = { id: customer.id, culture: 'en-IE', language: 'en', companyName: customer.name, defaultAddress: { country: customer.country } };
  return { status: 200, body: { ...brief(customer), billingProfile, allowDelegatedAccess: true } };
}

/** The resource as the wire shows it at a moment; classic ones carry an etag, the others how many seats can still be given back. */
export function shown(held: HeldSubscription, at: Date): Json {
  const classic = !String(held.wire.offerId).includes(':');
  if (!classic) return { ...held.wire, refundableQuantity: refundable(held, at), attributes: { objectType: 'Subscription' } };
  const etag = Buffer.from(JSON.stringify({ id: held.wire.id, version: held.version })).toString('base64');
  return { ...held.wire, attributes: { etag, objectType: 'Subscription' } };
}

export function listSubscriptions(call: Call, customer: HeldCustomer): Answer {
  const order = call.query.get('order_id');
  const listed = customer.subscriptions.filter((held) => !order || held.wire.orderId === order);
  return collection(listed.map((held) => offerIn(call.headers['x-locale'], shown(held, now(call.world)))));
}

export function findSubscription(customer: HeldCustomer, id: string): HeldSubscription | undefined {
  return customer.subscriptions.find((held) => held.wire.id.toLowerCase() === id.toLowerCase());
}

/** What a line of the activity log says was done, and to what. */
interface Recorded {
  operationType: string;
  resourceType: string;
  before: Json;
  after: Json;
}

export function audit(call: Call, customer: HeldCustomer, done: Recorded): void {
  recordChange(call.world, customer, call.appOnly ? '' : 'successor@partner.example', done);
}

/** A line of the ledger: what a call has changed. */
export function recordWrite({ world, method, path, headers, ...call }: Call, kind: LedgerWrite['kind'], status: number, body = call.body): void {
  const [requestId, correlationId] = [headers['ms-requestid'] ?? null, headers['ms-correlationid'] ?? null];
  record(world, { kind, method, path, requestId, correlationId, body, status });
}

/** One line of the activity log; `by` is a sign-in name, or empty for an application. */
export function recordChange(world: World, customer: HeldCustomer, by: string, { operationType, resourceType, before, after }: Recorded): void {
  const at = now(world);
  recordAudit(world, {
    id: `partner_${customer.id}_${operationType}_${at.getTime()}_${world.audit.length}`,
    partnerId: 'partner',
    customerId: customer.id,
    customerName: customer.name,
    userPrincipalName: by,
    applicationId: 'sandbox',
    resourceType,
    resourceOldValue: JSON.stringify(before),
    resourceNewValue: JSON.stringify({ Id: after.id, ...after }),
    operationType,
    operationDate: at.toISOString(),
    operationStatus: 'succeeded',
    customizedData: [],
  });
}

/** Requests may be PascalCase; the server does not mind. */
export function lowerFirst(value: unknown): Json {
  if (!value || typeof value !== 'object') return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), inner]));
}
