/** Whom a switch means: a customer and one of its subscriptions. */
import type { Json } from './bodies.ts';
import { type Answer, fail } from './commerce.ts';
import type { HeldCustomer, HeldSubscription, World } from './state.ts';

/** By id, by name, or by the beginning of one name alone; else the sentence that says so. */
export function theCustomer(world: World, wanted: string): HeldCustomer | Answer {
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

export function ok(body: Json): Answer {
  return { status: 200, body };
}

/** By id or by its offer's name; where none is named, the first that `fits`. Else the sentence that says so. */
export function theSubscription(customer: HeldCustomer, named: string | undefined, fits: (held: HeldSubscription) => boolean): HeldSubscription | Answer {
  const wanted = named?.toLowerCase();
  const held = customer.subscriptions.find((one) => (wanted ? one.wire.id === wanted || one.wire.offerName.toLowerCase() === wanted : fits(one)));
  return held ?? fail(404, 20002, `${customer.name} has no subscription to change${wanted ? ` called '${wanted}'` : ''}.`);
}
