/** Reads what a card about a ticket tells beyond the subscription itself. What cannot be read stays unknown. */
import { matchProgramme } from '../catalogue/match.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { type CustomerCatalogue, productsToRead, replacementPlans } from '../catalogue/replacements.ts';
import { withTerms } from '../catalogue/terms.ts';
import { type Money, pricesOver, sumOf } from '../domain/money.ts';
import type { Beside, EndOfTerm, EndPrices, NextTerm, Plan, Subscription, TicketFacts } from '../domain/ticket.ts';
import { type Order, type PartnerCenter, PartnerCenterError, poolOf, type PriceSheets } from '../partnerCenter/port.ts';
import { askedPrices, losesPromotion } from './costs.ts';
import { detailsOf, endOfTerm, goesOn, isWatched, readEnd, renews, shortenedSince, undoUntil } from './endOfTerm.ts';
import { lastEdit, whoChanged } from './switchedOff.ts';

/** Facts that need no further question. */
export function plainFacts(subscription: Subscription, all: Subscription[], { programmes, today }: Pick<FactsDeps, 'programmes' | 'today'>): TicketFacts {
  const programme = matchProgramme(programmes, subscription.offerId, subscription.offerName)?.programme.name ?? null;
  const read = readEnd(subscription, { today, retired: programme !== null });
  const ending = detailsOf(read);
  const [undo, shortened] = [undoUntil(subscription, today), shortenedSince(subscription)];
  const beside = besideOf(subscription, all, { today, end: read.end, undo });
  return {
    offerName: subscription.offerName,
    offerId: subscription.offerId,
    newCommerce: subscription.kind !== 'classic' && !subscription.elsewhere,
    lastDay: subscription.lastDay ?? '',
    expiresOn: subscription.expiresOn ?? '',
    endOfTerm: read.end,
    ...(ending ? { ending } : {}),
    ...(read.end === 'extends' && subscription.atTermEnd === null ? { nothingPlanned: true as const } : {}),
    ...(undo ? { undoUntil: undo } : {}),
    ...(shortened ? { shortenedSince: shortened } : {}),
    ...(beside ? { beside } : {}),
    ...(subscription.elsewhere ? { elsewhere: subscription.elsewhere } : {}),
    quantity: subscription.quantity,
    // A pool that holds licences of ours too does not say who is on which.
    inUse: subscription.elsewhere?.ours === 0 ? subscription.elsewhere.inUse : null,
    priceNow: null,
    term: subscription.term,
    billing: subscription.billing,
    programme,
    addons: addonsOf(subscription, all)
      .map((one) => one.offerName)
      .slice(0, ADDONS_NAMED),
    changedBy: subscription.autoRenew === true ? 'unchanged' : null,
  };
}

const ADDONS_NAMED = 5;

function addonsOf({ id }: Subscription, all: readonly Subscription[]): Subscription[] {
  return all.filter((one) => one.parentId === id && one.status === 'active');
}

/** What else the resource says, and what those beside it do; null where that is nothing. */
function besideOf(
  subscription: Subscription,
  all: readonly Subscription[],
  { today, end, undo }: { today: string; end: EndOfTerm; undo: string | null },
): Beside | null {
  const { status, parentId, refundable, reseller } = subscription;
  const base = parentId !== null && !goesOn(end) ? all.find((one) => one.id === parentId) : undefined;
  const beside: Beside = {
    // Where it can be cancelled as a whole that is said; in an Extended Service Term there are no fewer seats to be had.
    ...(refundable && status === 'active' && !undo && end !== 'inEst' ? { giveBack: refundable } : {}),
    ...(reseller ? { reseller } : {}),
    ...(base && isWatched(base) && goesOn(endOfTerm(base, { today })) ? { addonTo: base.offerName } : {}),
    ...(renews(end) && losesPromotion(subscription) ? { losesPromotion: true as const } : {}),
  };
  return Object.keys(beside).length > 0 ? beside : null;
}

export interface FactsDeps {
  partnerCenter: PartnerCenter;
  priceSheets: PriceSheets;
  programmes: readonly Programme[];
  today: string;
  /** UTC day of the last look before this one; null or absent where there was none. */
  lookedOn?: string | null;
  /** What is planned for it was changed: the log is asked by whom. */
  replanned?: boolean;
}

/** `lacks`: something could not be read that may be read later. */
export interface FactsRead {
  facts: TicketFacts;
  plans: Plan[] | null;
  lacks: boolean;
}

/** What passes: asking again may help. */
export const PASSING: ReadonlySet<PartnerCenterError['kind']> = new Set(['throttled', 'unclear', 'notReady']);

/** Full facts and the plans to offer; a catalogue read for one subscription serves the next of the same customer. */
export async function readFacts(deps: FactsDeps, subscription: Subscription, all: Subscription[], catalogue: CustomerCatalogue): Promise<FactsRead> {
  const { partnerCenter: pc } = deps;
  const plain = plainFacts(subscription, all, deps);
  let passing = false;
  const note = (error: PartnerCenterError) => {
    passing ||= PASSING.has(error.kind);
  };
  const orLater = <T>(ask: () => Promise<T | null>): Promise<T | null> => orNull(ask, note);
  const readPlans = orLater(() => plansFor(deps, subscription, catalogue, note));
  // Of what is not ours there is no order, no log and no price to read.
  if (subscription.elsewhere) {
    const plans = await readPlans;
    return { facts: plain, plans, lacks: passing || plans === null };
  }
  const [plans, seats, ordered, prices, changedBy, addonsNow, sold, edited] = await Promise.all([
    readPlans,
    orLater(() => seatsInUse(pc, subscription)),
    orLater(() => monthlyOf(pc, subscription)),
    readPrices(deps.priceSheets, subscription),
    orLater(() => whoChanged(pc, subscription, deps.today, deps.lookedOn ?? null)),
    priceOfAddons(pc, addonsOf(subscription, all)),
    orLater(() => isNextSold(pc, subscription.customerId, plain.ending?.next)),
    deps.replanned ? orLater(() => lastEdit(pc, subscription, deps.today, deps.lookedOn ?? null)) : null,
  ]);
  // Its order is that of the term before it.
  const priceNow = plain.endOfTerm === 'inEst' ? (prices?.extended ?? null) : ordered;
  const more = {
    ...(seats ?? {}),
    ...(addonsNow ? { addonsNow } : {}),
    ...(sold === false ? { nextNotSold: true as const } : {}),
    ...(prices ? { prices } : {}),
    ...(edited ? { edited } : {}),
    ...(changedBy ?? { changedBy: null }),
  };
  return { facts: { ...plain, priceNow, ...more }, plans, lacks: passing || plans === null };
}

/** What was asked, or null when Partner Center would not say. Other errors are ours and are thrown. */
export async function orNull<T>(ask: () => Promise<T | null>, note: (error: PartnerCenterError) => void = () => {}): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    note(error);
    return null;
  }
}

/** Pools are tenant-wide: the number speaks of this subscription only when its pool holds no other seats; else it is told how many others there are. */
async function seatsInUse(pc: PartnerCenter, { customerId, id, quantity, status }: Subscription): Promise<Pick<TicketFacts, 'inUse' | 'shared'>> {
  const { skuId } = await pc.provisioning(customerId, id);
  const pool = skuId ? poolOf(await pc.seatPools(customerId), skuId) : null;
  if (!pool || pool.active === null || quantity === null) return { inUse: null };
  if (pool.active === quantity) return { inUse: pool.consumed };
  // The seats of a suspended one are not among them.
  const isShared = status === 'active' && pool.active > quantity;
  return { inUse: null, ...(isShared && pool.consumed !== null ? { shared: { others: pool.active - quantity, used: pool.consumed } } : {}) };
}

/** What its add-ons cost now a month, all together; null where there are none, or one's price is not known. Each is a read of its order. */
async function priceOfAddons(pc: PartnerCenter, addons: readonly Subscription[]): Promise<Money | null> {
  if (addons.length === 0 || addons.length > ADDONS_NAMED) return null;
  return sumOf(await Promise.all(addons.map((one) => priceToday(pc, one))));
}

/** Whether the plan that it is planned to become can be bought by this customer now; null where none is planned. */
async function isNextSold(pc: PartnerCenter, customerId: string, next: NextTerm | undefined): Promise<boolean | null> {
  const [productId, skuId] = next?.offer?.split(':') ?? [];
  if (!productId || !skuId) return null;
  try {
    return (await pc.availabilities(customerId, productId, skuId)).some((one) => one.purchasable);
  } catch (error) {
    // Of what is not sold any more there is nothing to be read (docs/partner-center.md §4).
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return false;
    throw error;
  }
}

/** What it costs from its end on; null where that is not known today. */
export async function readPrices(sheets: PriceSheets, subscription: Subscription): Promise<EndPrices | null> {
  const asked = askedPrices(subscription);
  const read = asked && (await sheets.prices(asked));
  if (!read?.known) return null;
  const { on, renewal, oneMonth, extended } = read;
  return renewal || oneMonth || extended ? { on, renewal, oneMonth, extended } : null;
}

/** What all its seats cost now a month; null where that is not told. */
export function priceToday(pc: Pick<PartnerCenter, 'order'>, subscription: Subscription): Promise<Money | null> {
  return orNull(() => monthlyOf(pc, subscription));
}

async function monthlyOf(pc: Pick<PartnerCenter, 'order'>, subscription: Subscription): Promise<Money | null> {
  return (await pricesOf(pc, subscription))?.monthly ?? null;
}

/** What it costs now a month and over a whole term, by its own order line; null where the order does not tell. */
export async function pricesOf(pc: Pick<PartnerCenter, 'order'>, subscription: Subscription): Promise<{ monthly: Money; total: Money } | null> {
  if (!subscription.orderId) return null;
  const order = await pc.order(subscription.customerId, subscription.orderId);
  const price = priceNow(subscription, order);
  return price && pricesOver(price, subscription.term, order.billing || subscription.billing);
}

/** What all its seats cost in one cycle: its own lines, for the seats that it has now; null where the order does not tell. Pure. */
function priceNow({ id, quantity }: Subscription, { lines }: Order): Money | null {
  // An order may hold other subscriptions, and one line that names another is that one's.
  const own = lines?.filter((line) => line.subscriptionId === id) ?? [];
  const all = own.length > 0 ? own : lines?.length === 1 ? lines.filter((line) => line.subscriptionId === null) : [];
  const [first] = all;
  if (!first || quantity === null) return null;
  // Seats that were added later can have a line, and a price, of their own.
  if (all.reduce((sum, line) => sum + (line.quantity ?? Number.NaN), 0) === quantity) return sumOf(all.map((line) => line.price));
  const { unit } = first;
  const same = unit && all.every((line) => line.unit?.minor === unit.minor && line.unit.currency === unit.currency);
  return same ? { ...unit, minor: unit.minor * quantity } : null;
}

/** `note` is told why the terms of one of them could not be read. */
async function plansFor(
  deps: FactsDeps,
  subscription: Subscription,
  catalogue: CustomerCatalogue,
  note: (error: PartnerCenterError) => void,
): Promise<Plan[] | null> {
  const match = matchProgramme(deps.programmes, subscription.offerId, subscription.offerName);
  if (!match) return [];
  if (catalogue.products.length === 0) catalogue.products = await deps.partnerCenter.products(subscription.customerId);
  for (const productId of productsToRead(match, catalogue.products)) {
    if (!catalogue.skus.has(productId)) catalogue.skus.set(productId, await deps.partnerCenter.skus(subscription.customerId, productId));
  }
  return withTerms(deps.partnerCenter, subscription.customerId, replacementPlans(match, subscription.offerName, catalogue), { known: catalogue.terms, note });
}

export function emptyCatalogue(): CustomerCatalogue {
  return { products: [], skus: new Map(), terms: new Map() };
}
