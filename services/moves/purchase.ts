/** The steps before a purchase: price a cart, and right before it is bought see that everything is still as it was approved. */
import { FRESH_MS, quoteHash } from '../approval/approval.ts';
import { later } from '../clock.ts';
import { elsewhereSku } from '../domain/elsewhere.ts';
import { draftedTerm, partsOf, termsIn, USUAL, usualOf } from '../domain/terms.ts';
import { type Money, pricesOver } from '../domain/money.ts';
import type { AgainWhy, Move, Quote } from '../domain/ticket.ts';
import { type Cart, type CartLine, PartnerCenterError } from '../partnerCenter/port.ts';
import { gateKey, MOVE, ofCustomer } from '../store/rows.ts';
import { type Change, withPrefix } from '../store/store.ts';
import { written } from '../store/update.ts';
import type { StepContext, StepResult } from './deps.ts';
import { oldQuantity } from './old.ts';
import { cartsToRead, type Gate, gateOf, isSameTerm, ordersSince, thingOf } from './orders.ts';

const GATE_AGAIN_MS = 30_000;
const MOVES_MAX = 5_000;

/** A priced cart for what was chosen. Another cart costs nothing, so this may be done again at any time. */
export async function quote(context: StepContext): Promise<StepResult> {
  const { partnerCenter: pc, clock } = context.deps;
  const { move, ticket } = context;
  const plan = ticket.plans?.find((one) => one.id === move.draft.plan);
  if (!plan?.item || !move.draft.quantity) return refused('notSold', 'no item');
  const may = await pc.mayBuy(move.customerId);
  if (may !== 'yes') return refused(may, may);
  const source = await oldOne(context);
  const availability = (await pc.availabilities(move.customerId, plan.item.productId, plan.item.skuId)).find((one) => one.purchasable);
  if (!availability) return refused('notSold', 'no availability');
  const terms = termsIn(availability);
  const wanted = draftedTerm(move);
  // Another one than was chosen is never offered in its place.
  if (wanted !== null && !terms.includes(wanted)) return refused('termNotSold', 'no such term', { terms });
  const term = wanted ?? usualOf(terms);
  const chosen = term ? partsOf(term) : (availability.terms[0] ?? partsOf(USUAL));
  const line: CartLine = { item: availability.item, quantity: move.draft.quantity, ...chosen, ...(source.reseller ? { reseller: source.reseller } : {}) };
  const cart = await pc.createCart(move.customerId, line, context.requestId);
  const read = bareQuote(cart, { planTitle: plan.title, ...chosen, source, item: availability.item, quantity: move.draft.quantity });
  if ('whyNot' in read) return refused(read.refused ? 'refused' : 'otherCart', read.whyNot, { answered: true });
  const askedBy = move.draft.by ?? move.startedBy;
  const made: Quote = { ...read, cartId: cart.id, at: clock.now().toISOString(), until: cart.until, askedBy, hash: quoteHash(move.customerId, read) };
  return { event: { kind: 'priced', quote: made, terms }, answered: true };
}

type Bare = Omit<Quote, 'hash' | 'cartId' | 'at' | 'until' | 'askedBy'>;

/**
 * What a cart as it was read comes to, whole; or why it cannot be offered. `known`: what was asked for; of it the cart may
 * leave its term and billing unsaid. `refused`: Partner Center says so itself. Pure.
 */
export function bareQuote(
  cart: Cart,
  known: Pick<Bare, 'planTitle' | 'term' | 'billing' | 'source' | 'item' | 'quantity'>,
): Bare | { whyNot: string; refused?: true } {
  const [line, ...more] = cart.lines;
  if (!line) return { whyNot: 'no line' };
  if (more.length > 0) return { whyNot: `${cart.lines.length} lines` };
  if (line.error) return { whyNot: line.error, refused: true };
  // The card says the plan's name, so the cart must hold that plan.
  if (thingOf(line.item) !== thingOf(known.item)) return { whyNot: `item ${line.item || 'not named'}` };
  if (line.quantity !== known.quantity) return { whyNot: `${line.quantity ?? 'unknown'} licences` };
  if (!line.price || !isPrice(line.price, line.unit)) return { whyNot: 'no price' };
  const [term, billing] = [line.term || known.term, line.billing || known.billing];
  const prices = pricesOver(line.price, term, billing);
  const asAsked = isSameTerm(term, known.term) && billing.toLowerCase() === known.billing.toLowerCase();
  if (!prices || !asAsked) return { whyNot: `${term} ${billing}` };
  const { planTitle, quantity, source } = known;
  const item = line.item.toLowerCase() === known.item.toLowerCase() ? known.item : line.item;
  return { item, planTitle, quantity, term, billing, ...prices, cycle: line.price, unit: line.unit, ...(source ? { source } : {}) };
}

/** A number that nobody filled in reads as nothing, although a seat costs something. */
function isPrice(all: Money, unit: Money | null): boolean {
  return all.minor > 0 || (all.minor === 0 && (unit === null || unit.minor === 0));
}

/** The old subscription as it stands now: what is bought replaces it, so its state and seats belong to the question. */
async function oldOne(context: StepContext): Promise<NonNullable<Quote['source']>> {
  const { subscriptionId } = context.move;
  if (elsewhereSku(subscriptionId) !== null) {
    const quantity = await oldQuantity(context);
    return { status: quantity === 0 ? 'gone' : 'active', quantity };
  }
  try {
    const { subscription } = await context.deps.partnerCenter.subscription(context.move.customerId, context.move.subscriptionId);
    const { status, quantity, reseller } = subscription;
    return { status, quantity, ...(reseller ? { reseller } : {}) };
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return { status: 'gone', quantity: null };
    throw error;
  }
}

/** Everything that could make us ask the person again is looked at right before the purchase, in the same turn. */
export async function checkQuote(context: StepContext): Promise<StepResult> {
  const { partnerCenter: pc, clock } = context.deps;
  const { move } = context;
  const quoted = move.quote as Quote;
  const may = await pc.mayBuy(move.customerId);
  if (may !== 'yes') return refused(may, may);
  const source = await oldOne(context);
  const same = (['status', 'quantity', 'reseller'] as const).every((name) => source[name] === quoted.source?.[name]);
  if (!same) return isChanged('source');
  const [productId = '', skuId = ''] = quoted.item.split(':');
  const availabilities = await pc.availabilities(move.customerId, productId, skuId);
  const gate = await readGate(context);
  if (gate.gate !== 'open') return stands(context, gate);
  const now = clock.now().toISOString();
  if (later(move.approval?.at ?? quoted.at, FRESH_MS) < now) return isChanged('waited');
  const cart = await cartOrNull(context, quoted.cartId);
  // Bought, and not by this row as far as it knows: its order will show, and is asked about.
  if (cart?.status === 'ordered') return stands(context, { gate: 'orders' });
  // One that is gone before its time may have been bought too: a person says yes once more before another is.
  if (!cart || cart.status === 'other') return isChanged(quoted.until && quoted.until > now ? 'cart' : null);
  // Rebuilt from the whole cart as it is now; what was approved is bound to nothing less.
  const read = bareQuote(cart, quoted);
  if ('whyNot' in read || quoteHash(move.customerId, read) !== quoted.hash || move.approval?.hash !== quoted.hash) return isChanged('cart');
  if (!availabilities.some((one) => one.purchasable && one.item.toLowerCase() === quoted.item.toLowerCase())) return isChanged(null);
  const { at } = pc.time();
  return { event: { kind: 'checked', requestId: context.newId(), at }, answered: false, also: gate.turnstile };
}

function isChanged(why: AgainWhy | null): StepResult {
  return { event: { kind: 'changed', why }, answered: false };
}

function stands(context: StepContext, gate: Exclude<Gate, { gate: 'open' }>): StepResult {
  const retryAt = later(context.deps.clock.now(), GATE_AGAIN_MS);
  if (gate.gate === 'ask') return { event: { kind: 'ask', order: gate.order }, answered: false };
  if (gate.gate === 'like') return { event: { kind: 'hold', why: 'likePurchase', retryAt, for: gate.ticketId }, answered: false };
  return { event: { kind: 'hold', why: 'orders', retryAt }, answered: false };
}

/** Every other move of the customer, those that ended too. */
export async function otherMoves(context: StepContext): Promise<Move[]> {
  const { customerId, key } = context.move;
  return (await withPrefix<Move>(context.deps.store, ...ofCustomer(customerId), MOVE, MOVES_MAX)).flatMap((row) => (row.value.key === key ? [] : [row.value]));
}

/**
 * The one gate before any purchase, whatever could cause a second one. Who passes turns the customer's turnstile for this
 * plan in the same transaction, so of two that look at the same moment only one goes on.
 */
async function readGate(context: StepContext): Promise<Exclude<Gate, { gate: 'open' }> | { gate: 'open'; turnstile: Change }> {
  const { partnerCenter: pc, store, clock } = context.deps;
  const { move, ticket } = context;
  const key = gateKey(thingOf(move.quote?.item ?? ''));
  const row = await store.get<{ last: string }>(...ofCustomer(move.customerId), key);
  const others = await otherMoves(context);
  try {
    const carts = new Map<string, Cart | null>();
    for (const id of cartsToRead(move, others)) carts.set(id, await cartOrNull(context, id));
    const orders = await pc.orders(move.customerId);
    const since = ordersSince(ticket, clock.now().toISOString());
    const gate = gateOf({ move, others, oldOrderId: context.known.snapshot.orderId, since, orders, carts, now: pc.time() });
    if (gate.gate !== 'open') return gate;
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    context.deps.log.warn({ move: move.key, kind: error.kind, code: error.code }, 'a purchase waits: the orders cannot be read');
    return { gate: 'orders' };
  }
  const value = { last: move.key };
  return { gate: 'open', turnstile: written(row, key, value) };
}

/** A cart, or null where it is gone. */
export async function cartOrNull(context: StepContext, id: string): Promise<Cart | null> {
  try {
    return await context.deps.partnerCenter.cart(context.move.customerId, id);
  } catch (error) {
    if (error instanceof PartnerCenterError && error.kind === 'notFound') return null;
    throw error;
  }
}

function refused(
  reason: 'agreement' | 'accountReview' | 'notSold' | 'termNotSold' | 'refused' | 'otherCart',
  code: string,
  { answered = false, ...more }: { answered?: boolean; terms?: string[] } = {},
): StepResult {
  return { event: { kind: 'refused', reason, code, ...more }, answered };
}
