/** How subscriptions are made: those of the seeded world, and those that are bought. Pure. */
import { randomUUID } from 'node:crypto';
import { addDays, dayOf, later } from '../../clock.ts';
import { monthsOf } from '../../domain/money.ts';
import { availabilityId, guid, PLANS, type SandboxPlan } from './catalogue.ts';
import type { HeldSubscription } from './state.ts';
import { addMonths, cycleOf } from './terms.ts';

/** What a subscription of the seeded world is to be. */
export interface Wanted {
  offer: string;
  sku: string | null;
  seats: number;
  /** How many of the customer's users hold it, from the first on. */
  assigned?: number;
  days: number;
  price: number;
  renews?: boolean;
  offerId?: string;
  newCommerce?: boolean;
  trial?: boolean;
  azure?: boolean;
  software?: boolean;
  suspended?: boolean;
  /** Index of its base in the same list. */
  addonOf?: number;
}

/** Whose it is, on which day it is made, the how many-th, and the id of its base. */
export interface Place {
  owner: string;
  today: string;
  index: number;
  parent: string | undefined;
}

/** A subscription of the seeded world. */
export function subscription(want: Wanted, { owner, today, index, parent }: Place): HeldSubscription {
  const id = guid(`subscription ${owner} ${index} ${want.offer}`);
  const ends = want.azure ? '9999-09-09T00:00:00Z' : `${addDays(today, want.days)}T00:00:00Z`;
  const starts = `${addDays(today, want.days - 365)}T00:00:00Z`;
  const product = PLANS.find((one) => one.skuId === want.sku);
  const offerId =
    want.offerId ??
    (want.newCommerce && product
      ? `${product.productId}:0001:${availabilityId(product.productId, '0001', dayOf(starts))}`
      : guid(`offer ${want.offer}`).toUpperCase());
  return {
    wire: {
      id,
      offerId,
      offerName: want.offer,
      friendlyName: want.offer,
      quantity: want.seats,
      unitType: want.azure ? 'Usage-based' : 'Licenses',
      ...(parent ? { parentSubscriptionId: parent } : {}),
      ...(want.newCommerce
        ? {
            productType: { id: 'OnlineServicesNCE', displayName: 'Online Services' },
            refundOptions: [],
            commitmentEndDateTime: `${ends.slice(0, 10)}T23:59:59Z`,
          }
        : { entitlementId: guid(`entitlement ${id}`) }),
      ...(want.software ? { productType: { id: 'Software', displayName: 'Software' } } : {}),
      creationDate: starts,
      effectiveStartDate: starts,
      commitmentEndDate: ends,
      status: want.suspended ? 'suspended' : 'active',
      autoRenewEnabled: want.renews ?? true,
      isTrial: want.trial ?? false,
      isMicrosoftProduct: true,
      billingType: want.azure ? 'usage' : 'license',
      billingCycle: want.software ? 'one_time' : 'monthly',
      termDuration: want.azure ? '' : 'P1Y',
      contractType: 'subscription',
      actions: ['Edit', 'Cancel'],
      suspensionReasons: want.suspended ? ['CustomerCancellation'] : [],
      attentionNeeded: false,
      actionTaken: false,
      orderId: guid(`order ${id}`),
      links: { self: { uri: `/customers/${guid(`customer ${owner}`)}/subscriptions/${id}`, method: 'GET', headers: [] } },
    },
    version: 1,
    skuId: want.sku,
    price: want.price,
    readyAt: starts,
    retired: want.renews === false && !want.newCommerce,
  };
}

/** A new-commerce subscription that somebody buys, or has bought. */
export interface Bought {
  plan: SandboxPlan;
  /** `product:sku:availability`. */
  offerId: string;
  title: string;
  friendlyName?: string;
  quantity: number;
  term: string;
  billing: string;
  /** A seat for one cycle, in cents. */
  unit: number;
  orderId: string;
  /** When it is provisioned. */
  readyAt: string;
  trial?: boolean;
  promotionId?: string;
  partnerId?: string;
}

/** Bought at a moment, for a whole term from that day on. */
export function bought(of: Bought, at: Date): HeldSubscription {
  const from = dayOf(at);
  const to = addMonths(from, monthsOf(of.term) ?? 12);
  const last = addDays(to, -1);
  const until = later(at, 7 * 86_400_000);
  return {
    wire: {
      id: randomUUID(),
      offerId: of.offerId,
      offerName: of.title,
      friendlyName: of.friendlyName ?? of.title,
      quantity: of.quantity,
      unitType: 'Licenses',
      productType: { id: 'OnlineServicesNCE', displayName: 'Online Services' },
      creationDate: at.toISOString(),
      effectiveStartDate: at.toISOString(),
      commitmentEndDate: `${last}T00:00:00Z`,
      commitmentEndDateTime: `${last}T23:59:59Z`,
      cancellationAllowedUntilDate: until,
      status: 'active',
      autoRenewEnabled: true,
      isTrial: of.trial ?? false,
      isMicrosoftProduct: true,
      billingType: 'license',
      billingCycle: of.billing.toLowerCase(),
      termDuration: of.term,
      refundOptions: [{ type: 'Full', expiresAt: until }],
      contractType: 'subscription',
      orderId: of.orderId,
      ...(of.promotionId ? { promotionId: of.promotionId } : {}),
      ...(of.partnerId ? { partnerId: of.partnerId } : {}),
    },
    version: 1,
    skuId: of.plan.skuId,
    retired: false,
    price: of.plan.price,
    readyAt: of.readyAt,
    terms: [{ kind: of.trial ? 'trial' : 'term', from, to, unit: of.unit, cycle: cycleOf(of.billing), seats: [{ at: at.toISOString(), seats: of.quantity }] }],
  };
}
