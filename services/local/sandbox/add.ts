/** A subscription of new commerce that a customer has had for a while: of any term, on trial, with a promotion, at the end of its sale. */
import { addDays, dayOf } from '../../clock.ts';
import { monthsOf } from '../../domain/money.ts';
import type { BodyOf } from './bodies.ts';
import { availabilityId, guid, PLANS, PROMOTIONS, RETIRED_SKUS, seatPrice } from './catalogue.ts';
import { type Answer, fail } from './commerce.ts';
import { bought } from './made.ts';
import { customer } from './seed.ts';
import { keepCustomer, now, type World } from './state.ts';
import { addMonths } from './terms.ts';
import { ok, theCustomer } from './whom.ts';

const TRIAL_TERM = 'P1M';

/** Gives it to the customer. Its last day lies so many days ahead; it began a whole term before. */
export function addSubscription(world: World, body: BodyOf<'subscription'>): Answer {
  const customer = theCustomer(world, body.customer);
  if ('status' in customer) return customer;
  const plan = PLANS.find((one) => one.title.toLowerCase() === body.plan.toLowerCase());
  if (!plan) return fail(404, 400013, `The sandbox sells no plan called '${body.plan}'. Nothing has changed.`);
  const term = body.trial ? TRIAL_TERM : body.term.toUpperCase();
  const [months, cents] = [monthsOf(term), body.trial ? 0 : seatPrice(plan, term, body.billing)];
  if (months === null || cents === undefined)
    return fail(400, 800021, `${plan.title} is not sold for '${body.term}' with '${body.billing}' payment. Nothing has changed.`);
  const promotion = body.promotion ? PROMOTIONS.find((one) => one.title === plan.title) : undefined;
  if (body.promotion && !promotion) return fail(400, 27007, `${plan.title} has no promotion. Nothing has changed.`);
  const at = now(world);
  const from = body.endsInDays === undefined ? dayOf(at) : addMonths(addDays(dayOf(at), body.endsInDays + 1), -months);
  if (from > dayOf(at)) return fail(400, 2000, `A term of ${term} that ends in ${body.endsInDays} days has not begun yet. Nothing has changed.`);
  const id = guid(`added ${customer.id} ${customer.subscriptions.length}`);
  const held = bought(
    {
      plan,
      offerId: `${plan.productId}:0001:${availabilityId(plan.productId, '0001', from)}`,
      title: plan.title,
      quantity: body.seats,
      term,
      billing: body.billing,
      unit: Math.round(cents * (1 - (promotion?.percent ?? 0) / 100)),
      orderId: guid(`order ${id}`),
      readyAt: at.toISOString(),
      trial: body.trial,
      ...(promotion ? { promotionId: promotion.id } : {}),
      ...(customer.reseller ? { partnerId: customer.reseller } : {}),
    },
    new Date(from === dayOf(at) ? at : `${from}T00:00:00Z`),
  );
  customer.subscriptions.push(body.endOfSale ? { ...held, endOfSale: true } : held);
  keepCustomer(world, customer);
  return ok({ customer: customer.id, subscription: held.wire.id });
}

/** A company opens the link and accepts: a customer without any subscription of ours, whose people hold what it bought elsewhere. */
export function acceptRelationship(world: World, body: BodyOf<'accept'>): Answer {
  const same = [...world.customers.values()].find((one) => one.name.toLowerCase() === body.customer.toLowerCase());
  if (same) return fail(409, 2000, `${same.name} is a customer already. Nothing has changed.`);
  const seats = Object.entries(body.foreignSeats).map(([plan, count]) => ({ plan, count, skuId: skuCalled(plan) }));
  const unsold = seats.find((one) => one.skuId === undefined);
  if (unsold) return fail(404, 400013, `The sandbox sells no plan called '${unsold.plan}'. Nothing has changed.`);
  const foreignSeats = Object.fromEntries(seats.map(({ skuId, count }) => [skuId as string, count]));
  const joined = customer(body.customer, dayOf(now(world)), body.people, [], { foreignSeats });
  for (const { skuId, count } of seats) for (const user of joined.users.slice(0, count)) user.licences[skuId as string] = [];
  world.customers.set(joined.id, joined);
  keepCustomer(world, joined);
  return ok({ customer: joined.id });
}

/** The licence SKU of a plan, sold or retired, by its title or itself. */
export function skuCalled(named: string): string | undefined {
  const wanted = named.toLowerCase();
  return [...PLANS, ...Object.values(RETIRED_SKUS)].find((one) => one.title?.toLowerCase() === wanted || one.skuId === wanted)?.skuId;
}
