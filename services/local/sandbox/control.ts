/** The switches of the pretend world: what Microsoft, time and bad luck would do. */
import { addDays, dayOf } from '../../clock.ts';
import { type BODIES, type BodyOf, type Json, readBody } from './bodies.ts';
import { type Answer, fail, recordChange } from './commerce.ts';
import { load, seed } from './seed.ts';
import { emptyWorld, type HeldCustomer, type HeldSubscription, keepCustomer, keepWorld, now, type World, wipe } from './state.ts';

/** The switches that take a body; each changes the world and tells what it did. */
const SWITCHES: { readonly [A in keyof typeof BODIES]: (world: World, body: BodyOf<A>) => Answer } = {
  flip: (world, body) => flip(world, body, false),
  clock: advance,
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
  const wanted = body.subscription?.toLowerCase();
  const candidates = customer.subscriptions.filter((held) => {
    if (wanted) return held.wire.id === wanted || held.wire.offerName.toLowerCase() === wanted;
    return held.wire.status === 'active' && held.wire.autoRenewEnabled !== renew && !held.wire.parentSubscriptionId;
  });
  const held = candidates[0];
  if (!held) return fail(404, 20002, `${customer.name} has no subscription to change${wanted ? ` called '${wanted}'` : ''}.`);
  const before = { ...held.wire };
  switchRenewal(customer, held, renew);
  keepCustomer(world, customer);
  if (body.by !== undefined) {
    // Somebody's own doing can be undone: no offer was retired.
    held.retired = false;
    recordChange(world, customer, body.by, { operationType: 'update_subscription', resourceType: 'subscription', before, after: held.wire });
  }
  return ok({ customer: customer.id, subscription: held.wire.id, autoRenewEnabled: renew });
}

function switchRenewal(customer: HeldCustomer, held: HeldSubscription, renew: boolean): void {
  for (const one of [held, ...customer.subscriptions.filter((other) => other.wire.parentSubscriptionId === held.wire.id)]) {
    one.wire.autoRenewEnabled = renew;
    one.retired = !renew && !one.wire.offerId.includes(':');
    one.version += 1;
  }
}

function clock(world: World): Json {
  return { now: now(world).toISOString(), offsetMs: world.offsetMs };
}

/** Beyond it no date is written as it is compared. */
const LATEST_MS = Date.UTC(2201, 0, 1);

function advance(world: World, { advanceDays, advanceHours }: BodyOf<'clock'>): Answer {
  const offsetMs = world.offsetMs + advanceDays * 86_400_000 + advanceHours * 3_600_000;
  if (now({ offsetMs }).getTime() > LATEST_MS)
    return fail(400, 2000, 'The clock would stand behind the year 2200. Nothing has changed; POST /sandbox/reset begins anew.');
  world.offsetMs = offsetMs;
  const today = dayOf(now(world));
  for (const customer of world.customers.values()) {
    for (const held of customer.subscriptions) endTerm(held, today);
    keepCustomer(world, customer);
  }
  keepWorld(world);
  return ok(clock(world));
}

/** What the passing of a term end does: renew, expire, or delete what was suspended. */
function endTerm(held: HeldSubscription, today: string): void {
  const suspendedAt = held.wire.suspendedAt as string | undefined;
  if (held.wire.status === 'suspended' && suspendedAt && addDays(dayOf(suspendedAt), 120) <= today) held.wire.status = 'deleted';
  if (held.wire.status !== 'active' || held.wire.billingType === 'usage') return;
  while (dayOf(held.wire.commitmentEndDate) < today && held.wire.autoRenewEnabled) {
    const ends = addDays(dayOf(held.wire.commitmentEndDate), held.wire.termDuration === 'P1M' ? 30 : 365);
    held.wire.commitmentEndDate = `${ends}T00:00:00Z`;
    if (held.wire.commitmentEndDateTime) held.wire.commitmentEndDateTime = `${ends}T23:59:59Z`;
  }
  if (dayOf(held.wire.commitmentEndDate) < today) held.wire.status = 'expired';
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
  if (body.name !== undefined) customer.name = body.name;
  if (body.notSold) customer.notSold = body.notSold;
  if (body.agreementSigned !== undefined) customer.agreementSigned = body.agreementSigned;
  if (body.validation !== undefined) customer.validation = body.validation;
  for (const user of customer.users) {
    const location = body.usageLocations?.[user.displayName];
    if (location !== undefined) user.usageLocation = location;
    if (body.byGroup) user.byGroup = body.byGroup.includes(user.displayName);
  }
  keepCustomer(world, customer);
  return ok({ customer: customer.id });
}

/** By id, by name, or by the beginning of one name alone; else the sentence that says so. */
function theCustomer(world: World, wanted: string): HeldCustomer | Answer {
  const [found, ...others] = findCustomers(world, wanted);
  if (!found) return fail(404, 60003, `No customer is called '${wanted}'. GET /sandbox/state lists them.`);
  if (others.length === 0) return found;
  const names = [found, ...others].slice(0, 5).map((one) => `${one.name} (${one.id})`);
  return fail(400, 2000, `'${wanted}' fits ${others.length + 1} customers: ${names.join(', ')}. Give one name in full, or the id. Nothing has changed.`);
}

function findCustomers(world: World, wanted: string): HeldCustomer[] {
  const name = wanted.toLowerCase();
  const all = [...world.customers.values()];
  const equal = all.filter((one) => one.id === name || one.name.toLowerCase() === name);
  return equal.length > 0 ? equal : all.filter((one) => one.name.toLowerCase().startsWith(name));
}

function ok(body: Json): Answer {
  return { status: 200, body };
}
