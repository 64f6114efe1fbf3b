/** The switches of the pretend world: what Microsoft, time and bad luck would do. */
import { dayOf } from '../../clock.ts';
import { acceptRelationship, addSubscription, skuCalled } from './add.ts';
import { invoice } from './bill.ts';
import { type BODIES, type BodyOf, type Json, readBody } from './bodies.ts';
import { type Answer, fail, recordChange } from './commerce.ts';
import { noteIdle, dropPlans, plan } from './planned.ts';
import { load, seed } from './seed.ts';
import { currencyOf, emptyWorld, type HeldCustomer, type HeldSubscription, keepCustomer, keepWorld, now, type World, wipe } from './state.ts';
import { advance, clock, planEnd, termRules } from './time.ts';
import { ok, theCustomer, theSubscription } from './whom.ts';

/** The switches that take a body; each changes the world and tells what it did. */
const SWITCHES: { readonly [A in Exclude<keyof typeof BODIES, 'invoice'>]: (world: World, body: BodyOf<A>) => Answer } = {
  flip: (world, body) => flip(world, body, false),
  clock: advance,
  plan: planEnd,
  accept: acceptRelationship,
  subscription: addSubscription,
  terms: termRules,
  load: fill,
  faults,
  limits,
  customer: customerSettings,
};

/** Does what is asked; a body that cannot be used changes nothing and is answered with a sentence that names the value. */
export function control(world: World, method: string, action: string, body: Json): Answer {
  switch (`${method} ${action}`) {
    case 'POST unflip':
      return taken('flip', body, (flipped) => flip(world, flipped, true));
    case 'GET invoice':
      return taken('invoice', body, (asked) => customerInvoice(world, asked));
    case 'GET clock':
      return ok(clock(world));
    case 'POST reset':
      return reset(world);
    case 'GET ledger':
      return ok({ writes: world.writes, requests: [...world.requests].map(([key, count]) => requestCount(key, count)) });
    case 'GET state':
      return ok({ customers: [...world.customers.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(shownCustomer) });
  }
  if (method === 'POST' && Object.hasOwn(SWITCHES, action)) {
    const known = action as keyof typeof SWITCHES;
    return taken(known, body, (read) => (SWITCHES[known] as (world: World, body: unknown) => Answer)(world, read));
  }
  return fail(404, 1000, `The sandbox has no '${action}' for ${method}.`);
}

function taken<A extends keyof typeof BODIES>(action: A, body: Json, work: (body: BodyOf<A>) => Answer): Answer {
  const read = readBody(action, body);
  if ('fault' in read) return fail(400, 2000, read.fault);
  return work(read.body);
}

function customerInvoice(world: World, { customer: named, month }: BodyOf<'invoice'>): Answer {
  const customer = theCustomer(world, named);
  if ('status' in customer) return customer;
  return ok({ customer: customer.name, ...invoice(customer.subscriptions, month ?? null, now(world).toISOString()), currency: currencyOf(customer).code });
}

function requestCount(key: string, count: number): Json {
  const [method, route, status] = key.split(' ');
  return { method, route, status: Number(status), count };
}

function shownCustomer(customer: HeldCustomer): Json {
  return {
    id: customer.id,
    name: customer.name,
    subscriptions: customer.subscriptions.map((held) => ({ ...held.wire, skuId: held.skuId })),
    users: customer.users.map((user) => ({ id: user.id, name: user.displayName, usageLocation: user.usageLocation, licences: user.licences })),
  };
}

/** Turns auto-renew off as Microsoft does it, without an audit record, or as `by` does it, with one; or on again. Add-ons follow their base. */
function flip(world: World, body: BodyOf<'flip'>, renew: boolean): Answer {
  const customer = theCustomer(world, body.customer);
  if ('status' in customer) return customer;
  const held = theSubscription(
    customer,
    body.subscription,
    ({ wire }) => wire.status === 'active' && wire.autoRenewEnabled !== renew && !wire.parentSubscriptionId,
  );
  if ('body' in held) return held;
  const before = { ...held.wire };
  switchRenewal(world, customer, held, renew);
  keepCustomer(world, customer);
  if (body.by !== undefined) {
    // Somebody's own doing can be undone: no offer was retired.
    held.retired = false;
    recordChange(world, customer, body.by, { operationType: 'update_subscription', resourceType: 'subscription', before, after: held.wire });
  }
  return ok({ customer: customer.id, subscription: held.wire.id, autoRenewEnabled: renew });
}

function switchRenewal(world: World, customer: HeldCustomer, held: HeldSubscription, renew: boolean): void {
  for (const one of [held, ...customer.subscriptions.filter((other) => other.wire.parentSubscriptionId === held.wire.id)]) {
    one.wire.autoRenewEnabled = renew;
    if (renew) plan(one.wire, []);
    else dropPlans(one.wire, 'renewalOff');
    one.retired = !renew && !one.wire.offerId.includes(':');
    noteIdle(one, now(world));
    one.version += 1;
  }
}

function fill(world: World, { customers, subscriptionsPerCustomer, usersPerCustomer }: BodyOf<'load'>): Answer {
  for (const customer of load(dayOf(now(world)), world.customers.size, customers, subscriptionsPerCustomer, usersPerCustomer)) {
    world.customers.set(customer.id, customer);
    keepCustomer(world, customer);
  }
  return ok({ customers: world.customers.size });
}

function reset(world: World): Answer {
  wipe(world.folder);
  Object.assign(world, emptyWorld(world.folder));
  fillSeed(world);
  return ok({ customers: world.customers.size });
}

export function fillSeed(world: World): void {
  for (const customer of seed(dayOf(now(world)))) {
    world.customers.set(customer.id, customer);
    for (const held of customer.subscriptions) noteIdle(held, now(world));
    keepCustomer(world, customer);
  }
  keepWorld(world);
}

/** The rules from now on, in place of those before. */
function faults(world: World, { rules }: BodyOf<'faults'>): Answer {
  world.faults = rules.map((rule) => ({ ...rule, seen: 0, used: 0 }));
  return ok({ rules: world.faults.length });
}

function limits(world: World, { requestsPerMinute }: BodyOf<'limits'>): Answer {
  world.requestsPerMinute = requestsPerMinute;
  return ok({ requestsPerMinute });
}

/** Sets what a customer's catalogue or standing is: `name`, `notSold`, `agreementSigned`, `validation`, `usageLocations` {name: location or null}, `byGroup` [names]. */
function customerSettings(world: World, body: BodyOf<'customer'>): Answer {
  const customer = theCustomer(world, body.customer);
  if ('status' in customer) return customer;
  const named = [...Object.keys(body.usageLocations ?? {}), ...(body.byGroup ?? [])];
  const nobody = named.find((one) => !customer.users.some((user) => user.displayName === one));
  if (nobody !== undefined) return fail(404, 60003, `${customer.name} has no user called '${nobody}'. Nothing has changed.`);
  const foreign = Object.entries(body.foreignSeats ?? {});
  const unsold = foreign.find(([plan]) => skuCalled(plan) === undefined);
  if (unsold) return fail(404, 400013, `The sandbox sells no plan called '${unsold[0]}'. Nothing has changed.`);
  if (body.name !== undefined) customer.name = body.name;
  if (body.notSold) customer.notSold = body.notSold;
  if (body.agreementSigned !== undefined) customer.agreementSigned = body.agreementSigned;
  if (body.validation !== undefined) customer.validation = body.validation;
  if (body.currency !== undefined) customer.currency = body.currency;
  if (body.reseller !== undefined) {
    customer.reseller = body.reseller;
    for (const held of customer.subscriptions) held.wire.partnerId = body.reseller;
  }
  for (const [plan, seats] of foreign) {
    const skuId = skuCalled(plan) as string;
    if (seats > 0) customer.foreignSeats[skuId] = seats;
    else delete customer.foreignSeats[skuId];
  }
  for (const user of customer.users) {
    const location = body.usageLocations?.[user.displayName];
    if (location !== undefined) user.usageLocation = location;
    if (body.byGroup) user.byGroup = body.byGroup.includes(user.displayName);
  }
  keepCustomer(world, customer);
  return ok({ customer: customer.id });
}
