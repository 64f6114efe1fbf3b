/** The acts of the purchase: price a cart, see that it still holds, buy exactly it, and wait until its seats are there. */
import { quoteHash } from '../approval/approval.ts';
import { later } from '../clock.ts';
import type { Migration, Money, Quote } from '../domain.ts';
import { type Availability, type Cart, type Order, PartnerCenterError } from '../partnerCenter/port.ts';
import { withPrefix } from '../store/store.ts';
import { monthly } from '../watch/facts.ts';
import { PROVISIONING_MS } from './migration.ts';
import type { Act, Outcome } from './run.ts';

const USUAL = { term: 'P1Y', billing: 'monthly' };
const PROVISIONING_ASK_MS = 1_000;

/** A priced cart for what was chosen. Another cart costs nothing, so this may be done again at any time. */
export async function quote(act: Act): Promise<Outcome> {
  const { partnerCenter: pc, clock } = act.deps;
  const { migration, expiry } = act;
  const plan = expiry.plans?.find((one) => one.id === migration.draft.plan);
  if (!plan?.item || !migration.draft.quantity) return refused('notSold', 'no item');
  const may = await pc.mayBuy(migration.customerId);
  if (may !== 'yes') return refused(may, may);
  const availability = (await pc.availabilities(migration.customerId, plan.item.productId, plan.item.skuId)).find((one) => one.purchasable);
  if (!availability) return refused('notSold', 'no availability');
  const chosen = chooseTerm(availability, migration.draft.term, migration.draft.billing);
  const cart = await pc.createCart(migration.customerId, { item: availability.item, quantity: migration.draft.quantity, ...chosen }, act.requestId);
  if (cart.error || !cart.price) return refused('refused', cart.error ?? 'no price', true);
  const now = clock.now().toISOString();
  const askedBy = migration.draft.by ?? migration.startedBy;
  const priced = priceOf({ ...cart, price: cart.price });
  const bare = {
    item: cart.item,
    planTitle: plan.title,
    quantity: cart.quantity,
    term: cart.term || chosen.term,
    billing: cart.billing || chosen.billing,
    ...priced,
  };
  const made: Quote = { ...bare, cartId: cart.id, at: now, until: cart.until, askedBy, hash: quoteHash(migration.customerId, bare) };
  return { event: { kind: 'priced', quote: made, terms: availability.terms.map((one) => `${one.term}/${one.billing}`).slice(0, 8) }, answered: true };
}

/** What was asked for where the catalogue has it, else the usual, else the first. */
function chooseTerm(availability: Availability, term: string | undefined, billing: string | undefined): { term: string; billing: string } {
  const wanted = availability.terms.find((one) => one.term === term && one.billing === billing);
  return wanted ?? availability.terms.find((one) => one.term === USUAL.term && one.billing === USUAL.billing) ?? availability.terms[0] ?? USUAL;
}

function priceOf(cart: Cart & { price: Money }): { monthly: Money; total: Money } {
  const months: Record<string, number> = { P1M: 1, P1Y: 12, P3Y: 36 };
  const perMonth = monthly(cart.price, cart.billing);
  const cycles: Record<string, number> = { monthly: months[cart.term] ?? 1, annual: (months[cart.term] ?? 12) / 12 };
  return { monthly: perMonth, total: { ...cart.price, minor: Math.round(cart.price.minor * (cycles[cart.billing] ?? 1)) } };
}

/** Everything that could make us ask the person again is looked at before the purchase is begun. */
export async function checkQuote(act: Act): Promise<Outcome> {
  const { partnerCenter: pc, clock } = act.deps;
  const { migration } = act;
  const quoted = migration.quote as Quote;
  const may = await pc.mayBuy(migration.customerId);
  if (may !== 'yes') return refused(may, may);
  const [productId = '', skuId = ''] = quoted.item.split(':');
  const [cart, availabilities] = await Promise.all([cartOrNull(act, quoted.cartId), pc.availabilities(migration.customerId, productId, skuId)]);
  const now = clock.now().toISOString();
  const lives = cart !== null && cart.status === 'active' && cart.until > now;
  const same =
    cart !== null &&
    cart.price !== null &&
    cart.item === quoted.item &&
    cart.quantity === quoted.quantity &&
    priceOf({ ...cart, price: cart.price }).total.minor === quoted.total.minor;
  const sold = availabilities.some((one) => one.purchasable && one.item === quoted.item);
  return { event: { kind: lives && same && sold ? 'checked' : 'changed' }, answered: false };
}

async function cartOrNull(act: Act, id: string): Promise<Cart | null> {
  try {
    return await act.deps.partnerCenter.cart(act.migration.customerId, id);
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return null;
    throw error;
  }
}

/** Checks out the quote's cart and no other; the documented answer to a second checkout of it is the first one. */
export async function checkout(act: Act): Promise<Outcome> {
  const { partnerCenter: pc } = act.deps;
  const quoted = act.migration.quote as Quote;
  try {
    return placed(await pc.checkout(act.migration.customerId, quoted.cartId, act.requestId));
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || UNANSWERED.has(error.kind)) throw error;
    // An earlier try may have gone through without an answer: only the cart tells a refusal from a purchase.
    if ((await cartStatus(act, quoted.cartId)) !== 'ordered') throw error;
    const order = await findOrder(act, quoted);
    if (order) return placed(order);
    throw new PartnerCenterError('findOrder', error.code, 'The cart is ordered, and its order does not show yet.');
  }
}

/** Kinds after which the same question is asked again anyway. */
const UNANSWERED: ReadonlySet<string> = new Set(['unclear', 'throttled', 'notReady']);

/** While the cart cannot be read, nobody knows. */
async function cartStatus(act: Act, id: string): Promise<Cart['status']> {
  try {
    return (await act.deps.partnerCenter.cart(act.migration.customerId, id)).status;
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    throw new PartnerCenterError('unclear', error.code, error.message);
  }
}

/**
 * The order of the quote's cart: same item and seats, not older than the quote, and not that of another move. One
 * missing from the list proves nothing: it may take 15 minutes to show.
 */
async function findOrder(act: Act, quoted: Quote): Promise<Order | undefined> {
  const { customerId, key } = act.migration;
  const moves = await withPrefix<Migration>(act.deps.store, 'customers', customerId, 'mig_');
  const others = new Set(moves.flatMap((row) => (row.value.key !== key && row.value.order ? [row.value.order.id] : [])));
  const orders = await act.deps.partnerCenter.orders(customerId);
  return orders.find((order) => order.item === quoted.item && order.quantity === quoted.quantity && order.createdAt >= quoted.at && !others.has(order.id));
}

function placed(order: Order): Outcome {
  return { event: { kind: 'placed', orderId: order.id, subscriptionId: order.subscriptionId }, answered: true };
}

/** Asks whether the bought seats are there, and which licences old and new are. */
export async function askProvisioning(act: Act): Promise<Outcome> {
  const { partnerCenter: pc, clock } = act.deps;
  const { migration } = act;
  const order = migration.order as NonNullable<typeof migration.order>;
  const now = clock.now().toISOString();
  const subscriptionId = order.subscriptionId ?? (await pc.order(migration.customerId, order.id)).subscriptionId;
  const provisioning = subscriptionId ? await pc.provisioning(migration.customerId, subscriptionId) : null;
  if (!subscriptionId || !provisioning?.ready) {
    if (later(order.placedAt, PROVISIONING_MS) <= now) return { event: { kind: 'late', code: 'a day' }, answered: false };
    // Microsoft refreshes this every 15 minutes or so: at first it is asked often, then less.
    return {
      event: { kind: 'unclear', code: 'pending', retryAt: later(now, Math.min(60_000, PROVISIONING_ASK_MS * (1 + migration.attempts))) },
      answered: false,
    };
  }
  const bought = await pc.subscription(migration.customerId, subscriptionId);
  const from = (await pc.provisioning(migration.customerId, migration.subscriptionId)).skuId;
  return {
    event: { kind: 'provisioned', subscriptionId, from, to: provisioning.skuId, cancellableUntil: bought.subscription.cancellableUntil },
    answered: false,
  };
}

function refused(reason: 'agreement' | 'accountReview' | 'notSold' | 'refused', code: string, answered = false): Outcome {
  return { event: { kind: 'refused', reason, code }, answered };
}
