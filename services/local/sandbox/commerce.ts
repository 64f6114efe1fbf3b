import type { Json } from './bodies.ts';
import { type HeldCustomer, type HeldSubscription, keepCustomer, now, record, recordAudit, type World } from './state.ts';

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

/** The resource as the wire shows it; classic ones carry an etag. */
export function shown(held: HeldSubscription): Json {
  const classic = !String(held.wire.offerId).includes(':');
  const etag = Buffer.from(JSON.stringify({ id: held.wire.id, version: held.version })).toString('base64');
  return { ...held.wire, attributes: classic ? { etag, objectType: 'Subscription' } : { objectType: 'Subscription' } };
}

export function listSubscriptions(call: Call, customer: HeldCustomer): Answer {
  const order = call.query.get('order_id');
  const listed = customer.subscriptions.filter((held) => !order || held.wire.orderId === order);
  return collection(listed.map(shown));
}

export function findSubscription(customer: HeldCustomer, id: string): HeldSubscription | undefined {
  return customer.subscriptions.find((held) => held.wire.id.toLowerCase() === id.toLowerCase());
}

/**
 * PATCH of a subscription, with the trap of the real one: a property left out of the body is not kept.
 * Auto-renew falls to off, scheduled instructions are dropped.
 */
export function patchSubscription(call: Call, customer: HeldCustomer, held: HeldSubscription): Answer {
  const body = lowerFirst(call.body);
  const etag = call.headers['if-match'];
  const own = (shown(held).attributes as Json).etag as string | undefined;
  if (etag && own && etag.replaceAll('"', '') !== own) return fail(400, 2055, 'The etag is out of date.');
  const before = { ...held.wire };
  const classic = own !== undefined;
  const status = String(body.status ?? before.status).toLowerCase();
  if (before.status === 'suspended' && status === 'suspended' && Number(body.quantity ?? before.quantity) !== before.quantity)
    return fail(400, 800091, 'A suspended subscription cannot be updated.');
  if (before.status === 'deleted' || before.status === 'expired') return fail(400, 2011, 'The subscription is deleted.');
  const autoRenew = body.autoRenewEnabled === true;
  if (autoRenew && !before.autoRenewEnabled && held.retired)
    return failNewer(400, '800093', 'AutoRenewNotAllowed', 'The subscription cannot be renewed automatically.');
  if (!classic && Number(body.quantity ?? before.quantity) < before.quantity)
    return failNewer(400, '800090', 'QuantityDecreaseNotAllowed', 'The number of licences cannot be reduced.');
  const parent = before.parentSubscriptionId ? findSubscription(customer, String(before.parentSubscriptionId)) : undefined;
  if (status === 'active' && before.status === 'suspended' && parent && parent.wire.status !== 'active')
    return fail(409, 27009, 'The add-on cannot be enabled while its base is not active.');
  Object.assign(held.wire, {
    status,
    quantity: Number(body.quantity ?? before.quantity),
    friendlyName: body.friendlyName ?? before.friendlyName,
    autoRenewEnabled: autoRenew,
  });
  for (const name of ['scheduledNextTermInstructions', 'nextChargeInstructions']) {
    if (body[name]) held.wire[name] = body[name];
    else delete held.wire[name];
  }
  if (status === 'suspended') suspend(call.world, customer, held, classic);
  if (status === 'active') held.wire.suspensionReasons = [];
  held.version += 1;
  audit(call, customer, { operationType: 'update_subscription', resourceType: 'subscription', before, after: held.wire });
  record(call.world, {
    kind: 'subscriptionPatch',
    method: 'PATCH',
    path: call.path,
    requestId: call.headers['ms-requestid'] ?? null,
    body: changed(before, held.wire),
    status: 200,
  });
  keepCustomer(call.world, customer);
  // A slow change is answered before it can be shown; which ones are slow cannot be foreseen.
  if (held.version % 2 === 1) return { status: 202, body: null, headers: { Location: `/customers/${customer.id}/subscriptions/${held.wire.id}` } };
  return { status: 200, body: shown(held) };
}

function suspend(world: World, customer: HeldCustomer, held: HeldSubscription, classic: boolean): void {
  held.wire.suspensionReasons = ['CustomerCancellation'];
  held.wire.suspendedAt = now(world).toISOString();
  if (!classic) {
    held.wire.autoRenewEnabled = false;
    delete held.wire.scheduledNextTermInstructions;
  }
  for (const child of customer.subscriptions) {
    if (child.wire.parentSubscriptionId !== held.wire.id || child.wire.status !== 'active') continue;
    Object.assign(child.wire, { status: 'suspended', suspensionReasons: ['CustomerCancellation'] });
    child.version += 1;
  }
}

function changed(before: Json, after: Json): Json {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const fields: Json = {};
  for (const name of names) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) fields[name] = after[name] ?? null;
  }
  return fields;
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
