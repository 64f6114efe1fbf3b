/** The Partner Center port over HTTP: one line of path and one of reading for each thing we ask. */
import { later } from '../clock.ts';
import type { PartnerCenter, Unread, WholeSubscription } from './port.ts';
import { PartnerCenterError, STOPPING_MOST } from './port.ts';
import { type Door, send } from './send.ts';
import {
  toAgreements,
  toAvailabilities,
  toLicences,
  toLink,
  toProducts,
  toProvisioning,
  toSeatPools,
  toSigned,
  toSkus,
  toUsers,
  toValidation,
} from './wire.ts';
import { toCustomers, toSubscription, toSubscriptions } from './wireSubscription.ts';
import { BY_OFFSET, toCart, toCheckout, toOrder, toOrders } from './wireOrders.ts';
import { IN_ADDRESS, type Read } from './wirePage.ts';
import { toActivities, toActivity, toStopping } from './wireLog.ts';

const CUSTOMERS_A_PAGE = 500;
const USERS_A_PAGE = 500;

type Get = <T>(path: string, read: (json: unknown) => T, headers?: Record<string, string>) => Promise<T>;

/** `door` serves subscriptions and orders; `licenceDoor` users and licences, which have a budget of their own. */
export function httpPartnerCenter(door: Door, licenceDoor: Door): PartnerCenter {
  const of = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}`;
  const get: Get = (path, read, headers = {}) => send(door, { method: 'GET', path, token: 'app', headers }).then(reading(read));
  const getAsUser: Get = (path, read, headers = {}) => send(licenceDoor, { method: 'GET', path, token: 'appAndUser', headers }).then(reading(read));
  return {
    customers: (after) => get(`/v1/customers?size=${CUSTOMERS_A_PAGE}${seek(after)}`, toCustomers, continuing(after)),
    subscriptions: (customerId) =>
      everyPage((after) =>
        get(
          `${of(customerId)}/subscriptions${after === null ? '' : `?${seek(after).slice(1)}`}`,
          (json) => toSubscriptions(customerId, json),
          continuing(after),
        ),
      ),
    subscription: (customerId, id) => get(`${of(customerId)}/subscriptions/${id}`, (json) => toSubscription(customerId, json)),
    suspend: (whole, requestId) => suspend(door, whole, requestId),
    provisioning: (customerId, id) => getAsUser(`${of(customerId)}/subscriptions/${id}/provisioningstatus`, toProvisioning),
    products: (customerId) => get(`${of(customerId)}/products?targetView=OnlineServices`, toProducts),
    skus: (customerId, productId) => get(`${of(customerId)}/products/${productId}/skus`, toSkus),
    availabilities: (customerId, productId, skuId) => get(`${of(customerId)}/products/${productId}/skus/${skuId}/availabilities`, toAvailabilities),
    mayBuy: (customerId) => mayBuy(getAsUser, of(customerId)),
    createCart: (customerId, line, requestId) =>
      send(door, {
        method: 'POST',
        path: `${of(customerId)}/carts`,
        token: 'app',
        requestId,
        body: { lineItems: [{ id: 0, catalogItemId: line.item, quantity: line.quantity, termDuration: line.term, billingCycle: line.billing }] },
      }).then(reading(toCart)),
    cart: (customerId, id) => get(`${of(customerId)}/carts/${id}`, toCart),
    async checkout(customerId, cartId, requestId) {
      const result = reading(toCheckout)(await send(door, { method: 'POST', path: `${of(customerId)}/carts/${cartId}/checkout`, token: 'app', requestId }));
      if ('refused' in result) throw new PartnerCenterError('refused', result.refused, 'Partner Center refused the order.', { said: result.refused });
      return result.order;
    },
    order: (customerId, id) => get(`${of(customerId)}/orders/${id}?include_price=true`, toOrder),
    orders: (customerId) => everyPage((after) => get(`${of(customerId)}/orders${after === null ? '' : `?${pageOf(after)}`}`, toOrders, continuing(after))),
    time: () => timeOf(door),
    users: (customerId, after) => getAsUser(`${of(customerId)}/users?size=${USERS_A_PAGE}${seek(after)}`, toUsers, continuing(after)),
    licences: (customerId, userId) => getAsUser(`${of(customerId)}/users/${userId}/licenses`, toLicences),
    async swapLicence(customerId, userId, swap, requestId) {
      await send(licenceDoor, {
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
    seatPools: (customerId) => getAsUser(`${of(customerId)}/subscribedskus`, toSeatPools),
    activity: (customerId, since) =>
      get(
        `/v1/auditrecords?startDate=${encodeURIComponent(since)}&filter=${encodeURIComponent(JSON.stringify({ Field: 'CustomerId', Value: customerId, Operator: 'equals' }))}`,
        toActivity,
      ),
    activities: (since, after) => get(`/v1/auditrecords?startDate=${encodeURIComponent(since)}${seek(after)}`, toActivities, continuing(after)),
    stopping: () => {
      const filter = encodeURIComponent("autoRenewEnabled eq false and status eq 'ACTIVE'");
      return getAsUser(`/partner/v1/analytics/subscriptions?filter=${filter}&top=${STOPPING_MOST}`, toStopping);
    },
    relationshipLink: () => getAsUser('/v1/customers/relationshiprequests', toLink),
  };
}

/** Status alone changes; the whole resource goes back, because what is left out is reset. A 202 says that it will be done. */
async function suspend(door: Door, whole: WholeSubscription, requestId: string): Promise<void> {
  const headers: Record<string, string> = whole.etag ? { 'If-Match': `"${whole.etag}"` } : {};
  const path = `/v1/customers/${whole.subscription.customerId}/subscriptions/${whole.subscription.id}`;
  await send(door, { method: 'PATCH', path, token: 'app', requestId, headers, body: { ...whole.resource, status: 'suspended' } });
}

/** A purchase needs an accepted agreement and an account that is not under review (docs/partner-center.md §7). */
async function mayBuy(get: Get, base: string): Promise<'yes' | 'agreement' | 'accountReview'> {
  const signed = await get(`${base}/agreements?agreementType=MicrosoftCustomerAgreement`, toAgreements);
  if (signed === 0) {
    const direct = await get(`${base}/directSignedMicrosoftCustomerAgreementStatus`, toSigned);
    if (!direct) return 'agreement';
  }
  try {
    const status = await get(`${base}/validationStatus?type=account`, toValidation);
    return status === 'underreview' || status === 'notallowed' ? 'accountReview' : 'yes';
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return 'yes';
    throw error;
  }
}

/** Turns a body that does not fit into a failure of a known kind. */
function reading<T>(read: (json: unknown) => T): (json: unknown) => T {
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

const PAGES_MAX = 100;

/** A list of all its pages. One that does not come to its end is not whole; only a first page that fails is a failure. */
async function everyPage<T>(read: (after: string | null) => Promise<Read<T>>): Promise<{ items: T[]; unread: Unread[]; whole: boolean }> {
  const { next, ...list } = await read(null);
  const seen = new Set<string>();
  for (let after = next; after !== null; ) {
    if (seen.has(after) || seen.size >= PAGES_MAX) return { ...list, whole: false };
    seen.add(after);
    try {
      const page = await read(after);
      list.items.push(...page.items);
      list.unread.push(...page.unread);
      list.whole &&= page.whole;
      after = page.next;
    } catch (error) {
      if (!(error instanceof PartnerCenterError)) throw error;
      // "Bad input" past the last page is how the real service says that there are no more (docs/partner-center.md §3).
      return { ...list, whole: list.whole && error.code === '2000' };
    }
  }
  return list;
}

function pageOf(after: string): string {
  return after.startsWith(BY_OFFSET) ? after : seek(after).slice(1);
}

function timeOf(door: Door): { at: string; theirs: boolean } {
  const aheadMs = door.aheadMs ?? null;
  return { at: later(door.clock.now(), aheadMs ?? 0), theirs: aheadMs !== null };
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
