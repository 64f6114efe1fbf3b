/** Customers and subscriptions out of unknown JSON: each record and each field by itself, and what cannot be read is named. */
import { z } from 'zod';
import { boundedMap } from '../../boundedMap.ts';
import { dayOf } from '../../clock.ts';
import type { CommerceKind, Customer, GiveBack, Subscription } from '../../domain/ticket.ts';
import { beginning } from '../../text.ts';
import type { CustomerPage, Unread } from '../port.ts';
import { continuation, ID, itemsOf, type Read } from './page.ts';
import { parsePlanned, shapeOf } from './planned.ts';

const NEVER_AT = Date.UTC(9000, 0, 1); // Azure's "never" is year 9999
const FIRST_AT = Date.UTC(2000, 0, 1); // nothing was sold before; year 1 is a date that nobody filled in
const DAY_MS = 86_400_000;

/** Longer than any word or name in a record; what is longer is not read, for a row must hold them all. */
const TEXT_MAX = 1_000;
const NAME_MAX = 300;
const SEATS_MAX = 1_000_000_000;
const text = z.string().max(TEXT_MAX);

/** Read at every look: without transforms and unions it costs a fifth; a word is what `lower` makes of it. */
const subscription = z.object({
  id: z.string().regex(ID),
  offerId: text.nullish(),
  offerName: text.nullish(),
  friendlyName: text.nullish(),
  quantity: z.number().nullish(),
  status: z.unknown().optional(),
  autoRenewEnabled: z.boolean().nullish(),
  commitmentEndDate: text.nullish(),
  isTrial: z.boolean().nullish(),
  billingType: z.unknown().optional(),
  billingCycle: z.unknown().optional(),
  termDuration: text.nullish(),
  productType: z.object({ id: text }).nullish(),
  parentSubscriptionId: text.nullish(),
  cancellationAllowedUntilDate: text.nullish(),
  orderId: text.nullish(),
  scheduledActions: z.unknown().optional(),
  scheduledNextTermInstructions: z.unknown().optional(),
  effectiveStartDate: z.unknown().optional(),
  promotionId: z.unknown().optional(),
  refundableQuantity: z.unknown().optional(),
  partnerId: z.unknown().optional(),
  attributes: z.object({ etag: text.nullish() }).nullish(),
});
type Wire = z.infer<typeof subscription>;
const subscriptions = z.array(subscription);

const customer = z.object({ id: z.string().regex(ID), companyProfile: z.unknown().optional() });
const profile = z.object({ companyName: z.string().nullish(), domain: z.string().nullish() });

/** A page of customers. One whose name cannot be read stands in it under its id, and among what was not read. */
export function parseCustomers(json: unknown): CustomerPage {
  const items: Customer[] = [];
  const unread: Unread[] = [];
  const { next, lost } = continuation(json);
  let whole = !lost;
  for (const item of itemsOf(json)) {
    const one = customer.safeParse(item);
    if (!one.success) {
      unread.push({ id: null, why: 'id' });
      whole = false;
      continue;
    }
    const id = one.data.id.toLowerCase();
    const { companyName, domain } = profile.safeParse(one.data.companyProfile).data ?? {};
    const name = beginning(seen(companyName) || seen(domain), NAME_MAX);
    if (!name) unread.push({ id, why: 'companyProfile' });
    items.push({ id, name: name || id, domain: beginning(domain ?? '', NAME_MAX) });
  }
  return { items, unread, next, whole };
}

/** A name without spaces around it; empty where nobody can see a letter of it. */
function seen(name: string | null | undefined): string {
  return name && /[^\s\p{C}\p{Default_Ignorable_Code_Point}]/u.test(name) ? name.trim() : '';
}

/** A page of one customer's subscriptions. A record stands in it with what could be read of it; a field that could not is named in `unread`. */
export function parseSubscriptions(customerId: string, json: unknown): Read<Subscription> {
  const raw = itemsOf(json);
  const { next, lost } = continuation(json);
  const owner = customerId.toLowerCase();
  const unread: Unread[] = [];
  const parsed = subscriptions.safeParse(raw);
  if (parsed.success) {
    let shape: string | null = null;
    for (const one of parsed.data) if (one.scheduledActions) shape ??= shapeOf(one.scheduledActions);
    return { items: parsed.data.map((one) => toOne(owner, one, unread)), unread, next, whole: !lost, ...(shape ? { shape } : {}) };
  }
  const items: Subscription[] = [];
  let whole = !lost;
  let shape: string | null = null;
  for (const item of raw) {
    const { one, odd } = repaired(item);
    shape ??= one?.scheduledActions ? shapeOf(one.scheduledActions) : null;
    if (one) items.push(toOne(owner, one, unread, odd));
    else unread.push({ id: null, why: odd[0] ?? 'record' });
    whole &&= one !== null;
  }
  return { items, unread, next, whole, ...(shape ? { shape } : {}) };
}

/** One subscription. Throws where not even its id can be read. */
export function parseSubscription(customerId: string, json: unknown): { subscription: Subscription; etag: string | null; resource: Record<string, unknown> } {
  const { one, odd } = repaired(json);
  if (!one) throw new Error('The subscription has no id.');
  return { subscription: toOne(customerId.toLowerCase(), one, [], odd), etag: one.attributes?.etag ?? null, resource: json as Record<string, unknown> };
}

/** A record without the fields that are of another shape than known; null where not even its id can be read. */
function repaired(item: unknown): { one: Wire | null; odd: string[] } {
  const first = subscription.safeParse(item);
  if (first.success) return { one: first.data, odd: [] };
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return { one: null, odd: ['record'] };
  const record = { ...(item as Record<string, unknown>) };
  const odd: string[] = [];
  for (const name of new Set(first.error.issues.map((issue) => String(issue.path[0])))) {
    const plain = spelledOut(name, record[name]);
    if (plain === undefined) odd.push(name);
    record[name] = plain;
  }
  const second = subscription.safeParse(record);
  return second.success ? { one: second.data, odd } : { one: null, odd: ['id'] };
}

/** A number or a yes that came as text says the same; anything else that is of another shape is not known. */
function spelledOut(name: string, value: unknown): unknown {
  if (name === 'quantity' && typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) return Number(value);
  if ((name === 'autoRenewEnabled' || name === 'isTrial') && typeof value === 'string') return { true: true, false: false }[value.trim().toLowerCase()];
  if (name === 'id' && typeof value === 'number') return String(value);
  return undefined;
}

const NONE: readonly string[] = [];

/** In our words; what is missing although the watch needs it goes to `unread`, with the `odd` ones. */
function toOne(customerId: string, one: Wire, unread: Unread[], odd: readonly string[] = NONE): Subscription {
  const kind = kindOf(one);
  const id = one.id.toLowerCase();
  const offerId = one.offerId?.trim() ?? '';
  const isUsage = lower(one.billingType) === 'usage';
  const days = one.commitmentEndDate ? daysOf(one.commitmentEndDate) : null;
  const status = statusOf(one.status);
  const quantity = typeof one.quantity === 'number' && Number.isInteger(one.quantity) && one.quantity >= 0 && one.quantity <= SEATS_MAX ? one.quantity : null;
  const autoRenew = one.autoRenewEnabled ?? null;
  const isState = STATUS_NUMBERS.indexOf(status) > 0;
  const known = isState && (status !== 'active' || (offerId !== '' && autoRenew !== null && quantity !== null && (days !== null || autoRenew)));
  if (!known && kind !== 'other' && !isUsage) {
    const missing = { status: !isState, offerId: offerId === '', autoRenewEnabled: autoRenew === null, quantity: quantity === null };
    const fields = Object.entries({ ...missing, commitmentEndDate: days === null && autoRenew !== true });
    for (const [why, is] of fields) if (is && !odd.includes(why)) unread.push({ id, why });
  }
  const { planned, odd: oddPlans } = parsePlanned(one.scheduledActions, one.scheduledNextTermInstructions);
  for (const why of odd) unread.push({ id, why });
  for (const why of oddPlans) unread.push({ id, why });
  const began = kind === 'newCommerce' ? beginningOf(one.effectiveStartDate) : null;
  const refundable = kind === 'newCommerce' && one.refundableQuantity ? givenBack(one.refundableQuantity) : [];
  const reseller = one.partnerId ? resellerOf(one.partnerId) : null;
  return {
    id,
    customerId,
    offerId: offerId.includes(':') ? offerId : offerId.toLowerCase(),
    offerName: one.offerName || one.friendlyName || offerId,
    kind,
    status,
    autoRenew,
    lastDay: (kind === 'classic' ? days?.before : days?.on) || null,
    expiresOn: days?.on || null,
    quantity,
    term: one.termDuration ?? '',
    billing: lower(one.billingCycle),
    isTrial: one.isTrial ?? false,
    isUsage,
    ...(kind === 'other' && lower(one.productType?.id) === 'software' ? { isSoftware: true as const } : {}),
    parentId: parentOf(one.parentSubscriptionId, id),
    ...planned,
    ...(began ? { startedOn: began } : {}),
    cancellableUntil: one.cancellationAllowedUntilDate ?? null,
    orderId: one.orderId ?? null,
    ...(typeof one.promotionId === 'string' && one.promotionId !== '' ? { promotion: beginning(one.promotionId, NAME_MAX) } : {}),
    ...(refundable.length > 0 ? { refundable } : {}),
    ...(reseller ? { reseller } : {}),
  };
}

const GIVEN_BACK_MAX = 20;

/** `{totalQuantity, details: [{quantity, allowedUntilDateTime}]}`: in parts where it tells them, else in all. */
function givenBack(value: unknown): GiveBack[] {
  const { totalQuantity, details } = value as { totalQuantity?: unknown; details?: unknown };
  const parts = Array.isArray(details) ? details.slice(0, GIVEN_BACK_MAX) : [];
  const told = parts.flatMap((part: { quantity?: unknown; allowedUntilDateTime?: unknown } | null) =>
    isSeats(part?.quantity) ? [{ quantity: part.quantity, until: instantIn(part.allowedUntilDateTime) }] : [],
  );
  if (told.length > 0) return told;
  return isSeats(totalQuantity) ? [{ quantity: totalQuantity, until: null }] : [];
}

function instantIn(value: unknown): string | null {
  return typeof value === 'string' && value.length <= INSTANT_LETTERS_MAX && !Number.isNaN(Date.parse(value)) ? value : null;
}

function isSeats(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= SEATS_MAX;
}

/** The reseller's number, as a subscription of an indirect provider names it; null where it names none. */
function resellerOf(partnerId: unknown): string | null {
  return typeof partnerId === 'string' && /^\d{1,20}$/.test(partnerId.trim()) ? partnerId.trim() : null;
}

/** The UTC day on which it began, as far as it says one; they differ from one subscription to the next, so none is kept in mind. */
function beginningOf(instant: unknown): string | null {
  return typeof instant === 'string' && /^20\d\d-\d\d-\d\dT/.test(instant) ? instant.slice(0, 10) : null;
}

/** The base of an add-on; null where it names none, or itself. */
function parentOf(named: string | null | undefined, id: string): string | null {
  const parent = named?.trim().toLowerCase() ?? '';
  return parent === '' || parent === id || NOBODY.test(parent) ? null : parent;
}

const NOBODY = /^[0-]+$/;

/** The documented states, by their numbers. */
const STATUS_NUMBERS = ['unknown', 'active', 'suspended', 'deleted', 'expired', 'pending', 'disabled'];

/** A status in lower case; `unknown` where none is given. Another word than the documented ones survives, and counts as not read. */
function statusOf(status: unknown): string {
  const word = lower(status);
  if (word === '' || word === 'none') return 'unknown';
  return STATUS_NUMBERS[Number(word)] ?? word;
}

function lower(word: unknown): string {
  return typeof word === 'string' || typeof word === 'number' ? String(word).trim().toLowerCase() : '';
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const AZURE = /^MS-AZR-/i;

/**
 * Classic: the offer id is a GUID. New commerce: licence-based product type, or `product:sku:availability` without one.
 * Where neither is given, or the offer of a licence is none of these, it is `unknown`, and watched.
 */
function kindOf(one: Wire): CommerceKind {
  const offerId = one.offerId?.trim() ?? '';
  const type = lower(one.productType?.id);
  if (GUID.test(offerId)) return 'classic';
  if (lower(one.billingCycle) === 'one_time') return 'other';
  if (type !== '') return type === 'onlineservicesnce' ? 'newCommerce' : 'other';
  if (offerId.includes(':')) return 'newCommerce';
  return offerId === '' || (lower(one.billingType) === 'license' && !AZURE.test(offerId)) ? 'unknown' : 'other';
}

const ENDS_MAX = 10_000;
const INSTANT_LETTERS_MAX = 60;
interface Days {
  /** The day that Partner Center shows; empty where the subscription never ends. */
  on: string;
  /** The last day on which it works, were the end exclusive: a classic end at midnight is, a new-commerce end day is inclusive. */
  before: string;
}

const ends = boundedMap<string, Days | null>(ENDS_MAX);

/** The days of an end; null where it is no date, or one that nobody filled in. Many subscriptions end on few days: each is worked out once. */
function daysOf(instant: string): Days | null {
  if (instant.length > INSTANT_LETTERS_MAX) return null;
  const known = ends.get(instant);
  if (known !== undefined) return known;
  const days = workOut(instant);
  ends.set(instant, days);
  return days;
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+)?(Z|[+-]\d\d:?\d\d)?$/i;

function workOut(instant: string): Days | null {
  // The published samples hold dates with stray spaces, "2015-11-25T06: 41: 12Z"; one without a zone is UTC, wherever this runs.
  const text = instant
    .trim()
    .replace(/^([\d-]{10}) (?=\d)/, '$1T')
    .replaceAll(' ', '');
  const [, year, month, day, zone] = INSTANT.exec(text) ?? [];
  if (!year) return null;
  const at = Date.parse(zone || !text.includes('T') ? text : `${text}Z`);
  // 30 February would be read as a day in March.
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day) && Number(month) <= 12;
  if (Number.isNaN(at) || at < FIRST_AT || !real) return null;
  if (at >= NEVER_AT) return { on: '', before: '' };
  const on = dayOf(new Date(at));
  return { on, before: at % DAY_MS < 1_000 ? dayOf(new Date(at - DAY_MS)) : on };
}
