/** Reads what a card about a ticket tells beyond the subscription itself. What cannot be read stays unknown. */
import { matchProgramme } from '../catalogue/match.ts';
import type { Programme } from '../catalogue/programmes.ts';
import { type CustomerCatalogue, productsToRead, replacementPlans } from '../catalogue/replacements.ts';
import { type Money, pricesOver } from '../domain/money.ts';
import type { EndPrices, Plan, Subscription, TicketFacts } from '../domain/ticket.ts';
import { type Order, type PartnerCenter, PartnerCenterError, poolOf, type PriceSheets } from '../partnerCenter/port.ts';
import { askedPrices } from './costs.ts';
import { detailsOf, readEnd, shortenedSince, undoUntil } from './endOfTerm.ts';
import { whoChanged } from './switchedOff.ts';

/** Facts that need no further question. */
export function plainFacts(subscription: Subscription, all: Subscription[], { programmes, today }: Pick<FactsDeps, 'programmes' | 'today'>): TicketFacts {
  const programme = matchProgramme(programmes, subscription.offerId, subscription.offerName)?.programme.name ?? null;
  const read = readEnd(subscription, { today, retired: programme !== null });
  const ending = detailsOf(read);
  const [undo, shortened] = [undoUntil(subscription, today), shortenedSince(subscription)];
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
    ...(subscription.elsewhere ? { elsewhere: subscription.elsewhere } : {}),
    quantity: subscription.quantity,
    // A pool that holds licences of ours too does not say who is on which.
    inUse: subscription.elsewhere?.ours === 0 ? subscription.elsewhere.inUse : null,
    priceNow: null,
    term: subscription.term,
    billing: subscription.billing,
    programme,
    addons: all
      .filter((one) => one.parentId === subscription.id && one.status === 'active')
      .map((one) => one.offerName)
      .slice(0, 5),
    changedBy: subscription.autoRenew === true ? 'unchanged' : null,
  };
}

export interface FactsDeps {
  partnerCenter: PartnerCenter;
  priceSheets: PriceSheets;
  programmes: readonly Programme[];
  today: string;
  /** UTC day of the last look before this one; null or absent where there was none. */
  lookedOn?: string | null;
}

/** Full facts and the plans to offer; a catalogue read for one subscription serves the next of the same customer. */
export async function readFacts(
  deps: FactsDeps,
  subscription: Subscription,
  all: Subscription[],
  catalogue: CustomerCatalogue,
): Promise<{ facts: TicketFacts; plans: Plan[] | null }> {
  const { partnerCenter: pc } = deps;
  const plain = plainFacts(subscription, all, deps);
  // Of what is not ours there is no order, no log and no price to read.
  if (subscription.elsewhere) return { facts: plain, plans: await orNull(() => plansFor(deps, subscription, catalogue)) };
  const [inUse, ordered, prices, changedBy, plans] = await Promise.all([
    orNull(() => seatsInUse(pc, subscription)),
    priceToday(pc, subscription),
    readPrices(deps.priceSheets, subscription),
    orNull(() => whoChanged(pc, subscription, deps.today, deps.lookedOn ?? null)),
    orNull(() => plansFor(deps, subscription, catalogue)),
  ]);
  // Its order is that of the term before it.
  const priceNow = plain.endOfTerm === 'inEst' ? (prices?.extended ?? null) : ordered;
  return { facts: { ...plain, inUse, priceNow, ...(prices ? { prices } : {}), ...(changedBy ?? { changedBy: null }) }, plans };
}

/** What was asked, or null when Partner Center would not say. Other errors are ours and are thrown. */
export async function orNull<T>(ask: () => Promise<T | null>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PartnerCenterError) return null;
    throw error;
  }
}

/** Pools are tenant-wide: the number speaks of this subscription only when its pool holds no other seats. */
async function seatsInUse(pc: PartnerCenter, subscription: Subscription): Promise<number | null> {
  const { skuId } = await pc.provisioning(subscription.customerId, subscription.id);
  if (!skuId) return null;
  const pool = poolOf(await pc.seatPools(subscription.customerId), skuId);
  return pool && pool.active === subscription.quantity ? pool.consumed : null;
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
  return orNull(async () => (await pricesOf(pc, subscription))?.monthly ?? null);
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

/** Null where one is not known, or of another currency. */
function sumOf(prices: readonly (Money | null)[]): Money | null {
  const [first] = prices;
  if (!first || prices.some((one) => one?.currency !== first.currency)) return null;
  return { ...first, minor: prices.reduce((sum, one) => sum + (one?.minor ?? 0), 0) };
}

async function plansFor(deps: FactsDeps, subscription: Subscription, catalogue: CustomerCatalogue): Promise<Plan[] | null> {
  const match = matchProgramme(deps.programmes, subscription.offerId, subscription.offerName);
  if (!match) return [];
  if (catalogue.products.length === 0) catalogue.products = await deps.partnerCenter.products(subscription.customerId);
  for (const productId of productsToRead(match, catalogue.products)) {
    if (!catalogue.skus.has(productId)) catalogue.skus.set(productId, await deps.partnerCenter.skus(subscription.customerId, productId));
  }
  return replacementPlans(match, subscription.offerName, catalogue);
}

export function emptyCatalogue(): CustomerCatalogue {
  return { products: [], skus: new Map() };
}
