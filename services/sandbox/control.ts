/** The switches of the pretend world: what Microsoft, time and bad luck would do. */
import { addDays, dayOf } from '../clock.ts';
import { type Answer, fail, recordChange } from './commerce.ts';
import { load, seed } from './seed.ts';
import { emptyWorld, type FaultRule, type HeldCustomer, type HeldSubscription, type Json, keepCustomer, keepWorld, now, wipe, type World } from './state.ts';

const LOAD_MAX = 50_000;

export function control(world: World, method: string, action: string, body: Json): Answer {
  switch (`${method} ${action}`) {
    case 'POST flip':
      return flip(world, body, false);
    case 'POST unflip':
      return flip(world, body, true);
    case 'GET clock':
      return ok(clock(world));
    case 'POST clock':
      return advance(world, body);
    case 'POST load':
      return fill(world, body);
    case 'POST reset':
      return reset(world);
    case 'POST faults':
      return faults(world, body);
    case 'POST limits':
      return limits(world, body);
    case 'POST customer':
      return customerSettings(world, body);
    case 'GET ledger':
      return ok({ writes: world.writes, requests: [...world.requests].map(([key, count]) => requestCount(key, count)) });
    case 'GET state':
      return ok({ customers: [...world.customers.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(shownCustomer) });
    default:
      return fail(404, 1000, `The sandbox has no '${action}' for ${method}.`);
  }
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
function flip(world: World, body: Json, renew: boolean): Answer {
  const customer = findCustomer(world, body.customer);
  if (!customer) return fail(404, 60003, `No customer is called '${String(body.customer)}'.`);
  const wanted = body.subscription === undefined ? undefined : String(body.subscription).toLowerCase();
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
    recordChange(world, customer, String(body.by), 'update_subscription', 'subscription', before, held.wire);
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

function advance(world: World, body: Json): Answer {
  const [days, hours] = [Number(body.advanceDays ?? 0), Number(body.advanceHours ?? 0)];
  for (const [name, value] of Object.entries({ advanceDays: days, advanceHours: hours })) {
    if (!Number.isInteger(value) || value < 0 || value > 4000)
      return fail(400, 2000, `${name} must be a whole number from 0 to 4000: it is '${String(body[name])}'.`);
  }
  world.offsetMs += days * 86_400_000 + hours * 3_600_000;
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

function fill(world: World, body: Json): Answer {
  const count = Number(body.customers);
  const each = Number(body.subscriptionsPerCustomer ?? 2);
  const people = Number(body.usersPerCustomer ?? 0);
  if (!(count > 0 && count <= LOAD_MAX && each >= 0 && each <= 200 && people >= 0 && people <= LOAD_MAX))
    return fail(400, 2000, `customers must be 1 to ${LOAD_MAX}, subscriptionsPerCustomer 0 to 200, usersPerCustomer 0 to ${LOAD_MAX}.`);
  for (const customer of load(dayOf(now(world)), world.customers.size, count, each, people)) {
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

function faults(world: World, body: Json): Answer {
  const rules = (body.rules ?? []) as FaultRule[];
  for (const rule of rules) {
    try {
      new RegExp(rule.path);
    } catch {
      return fail(400, 2000, `'${rule.path}' is not a regular expression.`);
    }
  }
  world.faults = rules.map((rule) => ({ ...rule, seen: 0, used: 0 }));
  return ok({ rules: world.faults.length });
}

function limits(world: World, body: Json): Answer {
  const most = Number(body.requestsPerMinute);
  if (!(most > 0)) return fail(400, 2000, `requestsPerMinute must be a number above 0: it is '${String(body.requestsPerMinute)}'.`);
  world.requestsPerMinute = most;
  return ok({ requestsPerMinute: most });
}

/** Sets what a customer's catalogue or standing is: `notSold`, `agreementSigned`, `validation`, `usageLocations` {name: location or null}, `byGroup` [names]. */
function customerSettings(world: World, body: Json): Answer {
  const customer = findCustomer(world, body.customer);
  if (!customer) return fail(404, 60003, `No customer is called '${String(body.customer)}'.`);
  if (Array.isArray(body.notSold)) customer.notSold = body.notSold as string[];
  if (typeof body.agreementSigned === 'boolean') customer.agreementSigned = body.agreementSigned;
  if (typeof body.validation === 'string') customer.validation = body.validation;
  for (const [name, location] of Object.entries((body.usageLocations ?? {}) as Record<string, string | null>)) {
    for (const user of customer.users) if (user.displayName === name) user.usageLocation = location;
  }
  if (Array.isArray(body.byGroup)) for (const user of customer.users) user.byGroup = body.byGroup.includes(user.displayName);
  keepCustomer(world, customer);
  return ok({ customer: customer.id });
}

export function findCustomer(world: World, wanted: unknown): HeldCustomer | undefined {
  const name = String(wanted ?? '').toLowerCase();
  if (name === '') return undefined;
  const all = [...world.customers.values()];
  return all.find((one) => one.id === name || one.name.toLowerCase() === name) ?? all.find((one) => one.name.toLowerCase().startsWith(name));
}

function ok(body: Json): Answer {
  return { status: 200, body };
}
