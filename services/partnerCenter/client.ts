/** The Partner Center port over HTTP: one line of path and one of reading for each thing we ask. */
import { later } from '../clock.ts';
import type { ActivityRecord, CartLine, Page, PartnerCenter, Unread, WholeSubscription } from './port.ts';
import { PartnerCenterError, STOPPING_MOST } from './port.ts';
import { type ClientConfig, request } from './request.ts';
import { parseActivities, parseActivityLog, parseStopping } from './wire/activity.ts';
import { parseLink, parseResellers } from './wire/base.ts';
import { parseAgreements, parseAvailabilities, parseProducts, parseProvisioning, parseSigned, parseSkus, parseValidation } from './wire/catalogue.ts';
import { parseLicences, parseSeatPools, parseUsers } from './wire/licences.ts';
import { BY_OFFSET, parseCart, parseCheckout, parseOrder, parseOrders } from './wire/orders.ts';
import { IN_ADDRESS, lacksSome, type Read, type Size, sizeOf } from './wire/page.ts';
import { withEnd } from './wire/planned.ts';
import { parseCustomers, parseSubscription, parseSubscriptions } from './wire/subscriptions.ts';

const CUSTOMERS_A_PAGE = 500;
const USERS_A_PAGE = 500;
const ACTIVITY_PAGES_MAX = 10;
const STOPS = "autoRenewEnabled eq false and status eq 'ACTIVE'";

type Get = <T>(path: string, read: (json: unknown) => T, headers?: Record<string, string>) => Promise<T>;

/** `client` serves subscriptions and orders; `licenceClient` users and licences, which have a budget of their own. */
export function httpPartnerCenter(client: ClientConfig, licenceClient: ClientConfig): PartnerCenter {
  const of = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}`;
  const get: Get = (path, read, headers = {}) => request(client, { method: 'GET', path, token: 'app', headers }).then(reading(read));
  const getAsUser: Get = (path, read, headers = {}) => request(licenceClient, { method: 'GET', path, token: 'appAndUser', headers }).then(reading(read));
  return {
    customers: (after) =>
      get(
        `/v1/customers?size=${CUSTOMERS_A_PAGE}${seek(after)}`,
        (json) => {
          const page = parseCustomers(json);
          return after === null && page.next === null && lacksSome(json) ? { ...page, whole: false } : page;
        },
        continuing(after),
      ),
    subscriptions: (customerId) =>
      everyPage((after) =>
        get(
          `${of(customerId)}/subscriptions${after === null ? '' : `?${seek(after).slice(1)}`}`,
          sized((json) => parseSubscriptions(customerId, json)),
          continuing(after),
        ),
      ),
    subscription: (customerId, id) =>
      get(`${of(customerId)}/subscriptions/${id}`, (json) => {
        const whole = parseSubscription(customerId, json);
        sameAsAsked(id, whole.subscription.id);
        return whole;
      }),
    suspend: (whole, requestId) => change(client, whole, { ...whole.resource, status: 'suspended' }, requestId),
    setEnd: (whole, to, how, requestId) => change(client, whole, withEnd(whole.resource, to, how), requestId),
    provisioning: (customerId, id) => getAsUser(`${of(customerId)}/subscriptions/${id}/provisioningstatus`, parseProvisioning),
    products: (customerId) => get(`${of(customerId)}/products?targetView=OnlineServices`, parseProducts),
    skus: (customerId, productId) => get(`${of(customerId)}/products/${productId}/skus`, parseSkus),
    availabilities: (customerId, productId, skuId) => get(`${of(customerId)}/products/${productId}/skus/${skuId}/availabilities`, parseAvailabilities),
    mayBuy: (customerId) => mayBuy(getAsUser, of(customerId)),
    createCart: (customerId, line, requestId) =>
      request(client, {
        method: 'POST',
        path: `${of(customerId)}/carts`,
        token: 'app',
        requestId,
        body: cartOf(line),
      }).then(reading(parseCart)),
    cart: (customerId, id) => get(`${of(customerId)}/carts/${id}`, (json) => asAsked(id, parseCart(json))),
    checkout: (customerId, cartId, requestId) => checkout(client, `${of(customerId)}/carts/${cartId}/checkout`, requestId),
    order: (customerId, id) => get(`${of(customerId)}/orders/${id}?include_price=true`, (json) => asAsked(id, parseOrder(json))),
    orders: (customerId) =>
      everyPage((after) => get(`${of(customerId)}/orders${after === null ? '' : `?${pageOf(after)}`}`, sized(parseOrders), continuing(after))),
    time: () => timeOf(client),
    users: (customerId, after) =>
      getAsUser(
        `${of(customerId)}/users?size=${USERS_A_PAGE}${seek(after)}`,
        (json) => {
          const page = parseUsers(json);
          if (after === null && page.next === null && lacksSome(json)) throw new Error('The list holds fewer people than it says.');
          return page;
        },
        continuing(after),
      ),
    licences: (customerId, userId) => getAsUser(`${of(customerId)}/users/${userId}/licenses`, parseLicences),
    async swapLicence(customerId, userId, swap, requestId) {
      await request(licenceClient, {
        method: 'POST',
        path: `${of(customerId)}/users/${userId}/licenseupdates`,
        token: 'appAndUser',
        requestId,
        body: {
          licensesToAssign: [{ skuId: swap.assign, excludedPlans: swap.disabledPlans.length > 0 ? swap.disabledPlans : null }],
          licensesToRemove: swap.remove === null ? null : [swap.remove],
          licenseWarnings: [],
        },
      });
    },
    seatPools: (customerId) => getAsUser(`${of(customerId)}/subscribedskus`, parseSeatPools),
    activity: (customerId, since) => activityOf(get, customerId, since),
    activities: (since, after) => get(`/v1/auditrecords?startDate=${encodeURIComponent(since)}${seek(after)}`, parseActivities, continuing(after)),
    stopping: () => getAsUser(`/partner/v1/analytics/subscriptions?filter=${encodeURIComponent(STOPS)}&top=${STOPPING_MOST}`, parseStopping),
    relationshipLink: () => getAsUser('/v1/customers/relationshiprequests', parseLink),
    resellers: () => getAsUser('/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf', parseResellers),
  };
}

/** The activity log of one customer, of all pages. */
async function activityOf(get: Get, customerId: string, since: string): Promise<ActivityRecord[]> {
  const filter = encodeURIComponent(JSON.stringify({ Field: 'CustomerId', Value: customerId, Operator: 'equals' }));
  const path = `/v1/auditrecords?startDate=${encodeURIComponent(since)}&filter=${filter}`;
  const found: ActivityRecord[] = [];
  let after: string | null = null;
  for (let page = 0; page < ACTIVITY_PAGES_MAX; page++) {
    const read: Page<ActivityRecord> = await get(`${path}${seek(after)}`, parseActivityLog, continuing(after));
    found.push(...read.items);
    after = read.next;
    if (after === null) return found;
  }
  throw new PartnerCenterError('unclear', 'long', 'The activity log goes on for longer than is read.');
}

/** An indirect provider's cart names the reseller of its line, and attests that he is the partner on record (900206 without). */
function cartOf({ item, quantity, term, billing, reseller }: CartLine): object {
  const line = { id: 0, catalogItemId: item, quantity, termDuration: term, billingCycle: billing };
  if (!reseller) return { lineItems: [line] };
  return { lineItems: [{ ...line, participants: [{ key: 'transaction_reseller', value: reseller }] }], partnerOnRecordAttestationAccepted: true };
}

/** An order, or a refusal that comes as a good answer. */
async function checkout(client: ClientConfig, path: string, requestId: string): ReturnType<PartnerCenter['checkout']> {
  const result = reading(parseCheckout)(await request(client, { method: 'POST', path, token: 'app', requestId }));
  if ('refused' in result) throw new PartnerCenterError('refused', result.refused, 'Partner Center refused the order.', { said: result.refused });
  return result.order;
}

/** The whole resource goes back with what changes, because what is left out is reset. A 202 says that it will be done. */
async function change(client: ClientConfig, whole: WholeSubscription, body: Record<string, unknown>, requestId: string): Promise<void> {
  const headers: Record<string, string> = whole.etag ? { 'If-Match': `"${whole.etag}"` } : {};
  const path = `/v1/customers/${whole.subscription.customerId}/subscriptions/${whole.subscription.id}`;
  await request(client, { method: 'PATCH', path, token: 'app', requestId, headers, body });
}

/** A purchase needs an accepted agreement and an account that is not under review (docs/partner-center.md §7). */
async function mayBuy(get: Get, base: string): Promise<'yes' | 'agreement' | 'accountReview'> {
  const signed = await get(`${base}/agreements?agreementType=MicrosoftCustomerAgreement`, parseAgreements);
  if (signed === 0) {
    const direct = await get(`${base}/directSignedMicrosoftCustomerAgreementStatus`, parseSigned);
    if (!direct) return 'agreement';
  }
  try {
    const status = await get(`${base}/validationStatus?type=account`, parseValidation);
    const letters = status.replace(/[^a-z]/g, '');
    return letters === 'underreview' || letters === 'notallowed' ? 'accountReview' : 'yes';
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return 'yes';
    throw error;
  }
}

/** Turns a body that does not fit into a failure of a known kind. */
export function reading<T>(read: (json: unknown) => T): (json: unknown) => T {
  return (json) => {
    try {
      return read(json);
    } catch (error) {
      throw new PartnerCenterError(
        'unclear',
        'shape',
        `Partner Center answered in a shape that is not known: ${String((error as Error).message).slice(0, 300)}`,
      );
    }
  };
}

function sized<T>(read: (json: unknown) => Read<T>): (json: unknown) => Read<T> & Size {
  return (json) => ({ ...read(json), ...sizeOf(json) });
}

/** What was read, where it is what was asked for: what is said of another one is said of nobody. Throws otherwise. */
function asAsked<T extends { id: string }>(id: string, read: T): T {
  sameAsAsked(id, read.id);
  return read;
}

function sameAsAsked(asked: string, came: string): void {
  if (came.toLowerCase() !== asked.toLowerCase()) throw new Error('The answer is about another one than was asked for.');
}

const PAGES_MAX = 100;

/**
 * A list of all its pages, each record once. One that does not come to its end, or holds fewer than it says, is not whole;
 * only a first page that fails is a failure.
 */
async function everyPage<T extends { id: string }>(
  read: (after: string | null) => Promise<Read<T> & Size>,
): Promise<{ items: T[]; unread: Unread[]; whole: boolean; shape?: string }> {
  const pages = [await read(null)];
  const seen = new Set<string>();
  let ended = true;
  for (let after = pages[0]?.next ?? null; after !== null; ) {
    if (seen.has(after) || seen.size >= PAGES_MAX) {
      ended = false;
      break;
    }
    seen.add(after);
    try {
      const page = await read(after);
      pages.push(page);
      after = page.next;
    } catch (error) {
      if (!(error instanceof PartnerCenterError)) throw error;
      // "Bad input" past the last page is how the real service says that there are no more (docs/partner-center.md §3).
      ended = error.code === '2000';
      break;
    }
  }
  const size = pages.reduce((sum, page) => sum + page.size, 0);
  const whole = ended && pages.every((page) => page.whole && size >= (page.total ?? 0));
  // A list that grows while it is read shows the last of one page again on the next.
  const items = new Map<string, T>();
  for (const page of pages) for (const one of page.items) items.set(one.id.toLowerCase(), one);
  const shape = pages.find((page) => page.shape)?.shape;
  return { items: [...items.values()], unread: pages.flatMap((page) => page.unread), whole, ...(shape ? { shape } : {}) };
}

function pageOf(after: string): string {
  return after.startsWith(BY_OFFSET) ? after : seek(after).slice(1);
}

function timeOf(client: ClientConfig): ReturnType<PartnerCenter['time']> {
  const clockSkewMs = client.clockSkewMs ?? null;
  const now = client.clock.now();
  return { at: later(now, clockSkewMs ?? 0), theirs: clockSkewMs !== null, ours: now.toISOString() };
}

/** A token goes back the way it came: in an address where it stood in one, and always as a header. */
function seek(after: string | null): string {
  if (after === null) return '';
  return `&seekOperation=Next${after.startsWith(IN_ADDRESS) ? `&continuationToken=${after.slice(IN_ADDRESS.length)}` : ''}`;
}

function continuing(after: string | null): Record<string, string> {
  if (after === null || after.startsWith(BY_OFFSET)) return {};
  return { 'MS-ContinuationToken': after.startsWith(IN_ADDRESS) ? plainToken(after.slice(IN_ADDRESS.length)) : after };
}

function plainToken(inside: string): string {
  try {
    return decodeURIComponent(inside);
  } catch {
    return inside;
  }
}
