/** The switches of time: how far the clock goes, what is planned for a term's end, and what Microsoft does around it. */
import type { BodyOf, Json } from './bodies.ts';
import { PLANS } from './catalogue.ts';
import { type Answer, fail, recordChange } from './commerce.ts';
import { type Happening, isLocked, pass } from './passing.ts';
import { type Action, actionsOf, noteIdle, canExtend, kindOf, plan } from './planned.ts';
import { type HeldSubscription, keepCustomer, keepWorld, now, type World } from './state.ts';
import { ok, theCustomer, theSubscription } from './whom.ts';

export function clock(world: World): Json {
  return { now: now(world).toISOString(), offsetMs: world.offsetMs };
}

/** Beyond it no date is written as it is compared. */
const LATEST_MS = Date.UTC(2201, 0, 1);
const TOLD_MAX = 1_000;

/** Moves the clock. Everything on the way happens at its own moment, in order; the first thousand of it are told. */
export function advance(world: World, { advanceWeeks, advanceDays, advanceHours }: BodyOf<'clock'>): Answer {
  const offsetMs = world.offsetMs + ((advanceWeeks * 7 + advanceDays) * 24 + advanceHours) * 3_600_000;
  if (now({ offsetMs }).getTime() > LATEST_MS)
    return fail(400, 2000, 'The clock would stand behind the year 2200. Nothing has changed; POST /sandbox/reset begins anew.');
  world.offsetMs = offsetMs;
  const happened = settle(world);
  keepWorld(world);
  return ok({ ...clock(world), happened: happened.slice(0, TOLD_MAX) });
}

/** Lets happen what is due by now, and tells it in order. */
export function settle(world: World): (Happening & { customer: string })[] {
  const at = now(world).toISOString();
  const all: (Happening & { customer: string })[] = [];
  for (const customer of world.customers.values()) {
    const { held, happened } = pass(customer.subscriptions, at, world.termRules);
    if (happened.length === 0) continue;
    customer.subscriptions = held;
    keepCustomer(world, customer);
    for (const one of happened) all.push({ ...one, customer: customer.name });
  }
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const WORDS: Readonly<Record<string, string>> = { renew: 'RenewToNewTerm', cancel: 'Cancel', extend: 'RenewToExtendedServiceTerm' };

/** Plans a subscription's end, as Microsoft or somebody `by` name does; an unknown word, number or object stands as it is. */
export function planEnd(world: World, body: BodyOf<'plan'>): Answer {
  const customer = theCustomer(world, body.customer);
  if ('status' in customer) return customer;
  const held = theSubscription(customer, body.subscription, (one) => kindOf(one) === 'newCommerce' && one.wire.status === 'active');
  if ('body' in held) return held;
  const at = now(world);
  const { wire } = held;
  if (kindOf(held) !== 'newCommerce' || wire.status !== 'active' || isLocked(held, at.toISOString()))
    return fail(
      400,
      2006,
      `Nothing can be planned for ${wire.offerName}: it is ${wire.status}, and must be an active one of new commerce. Nothing has changed.`,
    );
  if (body.plan === 'extend' && !canExtend(held))
    return fail(
      400,
      2006,
      `${wire.offerName} cannot go on as an Extended Service Term: a trial, a plan at the end of its sale, or an old term. Nothing has changed.`,
    );
  const before = structuredClone(wire);
  const fault = setPlan(held, body);
  if (fault) return fault;
  noteIdle(held, at);
  held.version += 1;
  if (body.by !== undefined)
    recordChange(world, customer, body.by, { operationType: 'update_subscription', resourceType: 'subscription', before, after: wire });
  keepCustomer(world, customer);
  return ok({ customer: customer.id, subscription: wire.id, autoRenewEnabled: wire.autoRenewEnabled, scheduledActions: wire.scheduledActions ?? [] });
}

/** Auto-renew goes with the plan, unless the body says otherwise: off for what ends or is extended. */
function setPlan({ wire }: HeldSubscription, body: BodyOf<'plan'>): Answer | undefined {
  const { plan: wanted, as, on } = body;
  const renews = wanted === 'renew' || wanted === 'renewAs';
  if (as) {
    const sold = as.plan === undefined ? undefined : PLANS.find((one) => one.title.toLowerCase() === as.plan?.toLowerCase());
    if (as.plan !== undefined && !sold) return fail(404, 400013, `The sandbox sells no plan called '${as.plan}'. Nothing has changed.`);
    const [productId, skuId] = sold ? [sold.productId, '0001'] : wire.offerId.split(':');
    const product = {
      productId,
      skuId,
      termDuration: as.term ?? wire.termDuration,
      billingCycle: as.billing ?? wire.billingCycle,
      ...(as.promotion ? { promotionId: as.promotion } : {}),
    };
    wire.scheduledNextTermInstructions = { product, quantity: as.seats ?? wire.quantity };
    plan(wire, []);
  } else {
    if (on === undefined) delete wire.scheduledNextTermInstructions;
    const word = typeof wanted === 'string' ? (WORDS[wanted] ?? wanted) : wanted;
    const action: Action =
      on === undefined ? { scheduleType: 'TermEnd', actionType: word } : { scheduleType: 'CustomDate', actionType: word, effectiveDate: `${on}T00:00:00Z` };
    const others = on === undefined ? [] : actionsOf(wire).filter((one) => one.scheduleType !== 'CustomDate');
    plan(wire, wanted === 'none' ? [] : [...others, action]);
  }
  wire.autoRenewEnabled =
    body.autoRenew ?? (renews || (wanted === 'cancel' || wanted === 'extend' ? on !== undefined && wire.autoRenewEnabled : wire.autoRenewEnabled));
  return undefined;
}

/** Where Microsoft's sources differ, or name no hour, the test says how it is. */
export function termRules(world: World, body: BodyOf<'terms'>): Answer {
  for (const [name, value] of Object.entries(body)) if (value !== undefined) Object.assign(world.termRules, { [name]: value });
  keepWorld(world);
  return ok({ ...world.termRules });
}
