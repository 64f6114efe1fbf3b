/** Which request is answered by what. */

import type { Json } from './bodies.ts';
import { guid, PROMOTIONS } from './catalogue.ts';
import { type Answer, type Call, collection, fail, findSubscription, getCustomer, listCustomers, listSubscriptions, recordWrite, shown } from './commerce.ts';
import { patchSubscription } from './patch.ts';
import { offerIn } from './names.ts';
import { listLicences, listPools, listUsers, patchUser, updateLicences } from './licences.ts';
import { seededOrder, shownOrder } from './orders.ts';
import { checkout, createCart, listAvailabilities, listProducts, listSkus } from './purchase.ts';
import { type HeldCustomer, now } from './state.ts';

/** The answer to one request that was let in. */
export function route(call: Call): Answer {
  const parts = call.path
    .replace(/^\/v1\//, '')
    .split('/')
    .filter(Boolean);
  const [root, customerId, ...rest] = parts;
  if (call.path === '/v1/customers' && call.method === 'GET') return listCustomers(call);
  if (call.path === '/v1/customers/relationshiprequests') return relationshipRequest();
  if (call.path === '/v1/relationships') return resellers(call);
  if (call.path === '/webhooks/v1/registration') return registration(call);
  if (root === 'auditrecords') return auditRecords(call);
  if (call.path === '/partner/v1/analytics/subscriptions') return analytics(call);
  if (root === 'agreements')
    return collection([
      {
        templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
        agreementType: 'MicrosoftCustomerAgreement',
        agreementLink: 'https://aka.ms/customeragreement',
        versionRank: 0,
      },
    ]);
  if (root === 'productpromotions')
    return collection(
      PROMOTIONS.map(({ id, percent, title }) => ({
        id,
        name: `${title}: ${percent} % less`,
        startDate: '2026-01-01T00:00:00Z',
        endDate: '2027-12-31T00:00:00Z',
      })),
    );
  if (root === 'attestations' && parts[1] === 'enhanced') return agreementLink(call);
  if (root === 'offers') return collection([]);
  if (root !== 'customers' || !customerId) return fail(404, 1000, 'Not found.');
  const customer = call.world.customers.get(customerId.toLowerCase());
  if (!customer) return fail(404, 60003, 'The customer was not found.');
  return routeCustomer(call, customer, rest);
}

/** One registration a partner: the last that was written (docs/partner-center.md §10). */
function registration(call: Call): Answer {
  const held = call.world.writes.findLast((write) => write.kind === 'registration')?.body as Json | undefined;
  if (call.method === 'GET') return held ? { status: 200, body: held } : fail(404, 404, 'There is no registration.');
  if (call.method === 'POST' && held) return fail(409, 409, 'There is a registration already.');
  if (call.method === 'PUT' && !held) return fail(404, 404, 'There is no registration.');
  const body = { ...(call.body as Json), SubscriberId: 'e82cac64-dc67-4cd3-849b-78b6127dd57d' };
  recordWrite(call, 'registration', 200, body);
  return { status: 200, body };
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
      return listSkus(call, customer, id as string);
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
      return fail(403, 2000, 'Only the customer can accept the agreement.');
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
    if (verb === 'GET subscriptions/x') return { status: 200, body: offerIn(call.headers['x-locale'], shown(held, now(call.world))) };
    if (verb === 'PATCH subscriptions/x') return { ...patchSubscription(call, customer, held) };
    if (verb === 'GET subscriptions/x/addons')
      return collection(customer.subscriptions.filter((one) => one.wire.parentSubscriptionId === held.wire.id).map((one) => shown(one, now(call.world))));
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
    const body = order ? shownOrder(call.world, customer, order) : seededOrder(customer, id);
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
  return collection(customer.orders.filter((order) => order.listedAt <= at).map((order) => shownOrder(call.world, customer, order)));
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

/** The link by which a customer accepts the agreement himself; how its answer looks was not seen anywhere. */
function agreementLink(call: Call): Answer {
  if (call.method !== 'POST') return fail(404, 1000, 'Not found.');
  if (!call.appOnly) return fail(403, 900329, 'This resource takes app-only tokens alone.');
  return { status: 201, body: { url: `https://admin.microsoft.com/adminportal/agreement/${guid(JSON.stringify(call.body))}` } };
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

/** Of an indirect provider: each reseller of record that a customer has. */
function resellers(call: Call): Answer {
  if (call.query.get('relationship_type') !== 'IsIndirectCloudSolutionProviderOf') return collection([]);
  const numbers = [...new Set([...call.world.customers.values()].flatMap((one) => one.reseller ?? []))].sort();
  return collection(
    numbers.map((mpnId) => ({
      id: guid(`reseller ${mpnId}`),
      name: `Reseller ${mpnId}`,
      relationshipType: 'is_indirect_cloud_solution_provider_of',
      state: 'Active',
      mpnId,
      location: 'IE',
      attributes: { objectType: 'PartnerRelationship' },
    })),
  );
}

function auditRecords(call: Call): Answer {
  const from = Date.parse(call.query.get('startDate') ?? '') || 0;
  const filter = call.query.get('filter');
  const wanted = filter ? (JSON.parse(filter) as { Field: string; Value: string }) : undefined;
  const matching = call.world.audit.filter(
    (one) => Date.parse(String(one.operationDate)) >= from && (wanted?.Field !== 'CustomerId' || one.customerId === wanted.Value),
  );
  const token = call.query.get('seekOperation') === 'Next' ? call.headers['ms-continuationtoken'] : undefined;
  const skip = token ? Number(Buffer.from(token, 'base64').toString()) : 0;
  const page = matching.reverse().slice(skip, skip + AUDIT_PAGE);
  const self = { uri: '/auditrecords', method: 'GET', headers: [] };
  const next = {
    uri: '/auditrecords?seekOperation=Next',
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: Buffer.from(String(skip + AUDIT_PAGE)).toString('base64') }],
  };
  return collection(page, { links: matching.length > skip + AUDIT_PAGE ? { self, next } : { self } });
}

const AUDIT_PAGE = 500;
const ANALYTICS_PAGE = 10_000;

/** All customers' subscriptions at once (docs/partner-center.md §5); of the filters it knows that of auto-renew and of the status. */
function analytics(call: Call): Answer {
  const filter = call.query.get('filter') ?? '';
  const renews = /autoRenewEnabled eq (true|false)/.exec(filter)?.[1];
  const status = /status eq '([A-Z]+)'/.exec(filter)?.[1];
  const [top, skip] = [Number(call.query.get('top') ?? ANALYTICS_PAGE), Number(call.query.get('skip') ?? 0)];
  const hits = [];
  for (const customer of call.world.customers.values()) {
    for (const { wire } of customer.subscriptions) {
      if (renews !== undefined && String(wire.autoRenewEnabled) !== renews) continue;
      if (status !== undefined && wire.status.toUpperCase() !== status) continue;
      hits.push({
        customerTenantId: customer.id.toUpperCase(),
        customerName: customer.name,
        id: wire.id.toUpperCase(),
        status: wire.status.toUpperCase(),
        productName: wire.offerName,
        autoRenewEnabled: wire.autoRenewEnabled,
        commitmentEndDate: wire.commitmentEndDate,
        licenseCount: wire.quantity,
      });
    }
  }
  return collection(hits.slice(skip, skip + Math.min(top, ANALYTICS_PAGE)));
}
