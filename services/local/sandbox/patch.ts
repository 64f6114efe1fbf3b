/** The PATCH of a subscription, with the traps of the real one. */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from './bodies.ts';
import { type Answer, audit, type Call, fail, failNewer, findSubscription, lowerFirst, recordWrite, shown } from './commerce.ts';
import { isLocked } from './passing.ts';
import { ACTIONS, type Action, actionsOf, atEnd, noteIdle, canExtend, dropPlans, kindOf, plan } from './planned.ts';
import { type HeldCustomer, type HeldSubscription, keepCustomer, now } from './state.ts';
import { billAgain, refundable, seatsFrom, stopBilling } from './terms.ts';

/** What a body asks for, all of it spelled out. */
interface Asked {
  status: string;
  quantity: number;
  friendlyName: unknown;
  autoRenew: boolean;
  actions: Action[];
  instructions: unknown;
  nextCharge: unknown;
}

/** A property left out of the body is not kept: auto-renew falls to off, and what was planned is dropped. */
function askedOf(body: Json, wire: HeldSubscription['wire']): Asked {
  return {
    status: String(body.status ?? wire.status).toLowerCase(),
    quantity: Number(body.quantity ?? wire.quantity),
    friendlyName: body.friendlyName ?? wire.friendlyName,
    autoRenew: body.autoRenewEnabled === true,
    actions: (Array.isArray(body.scheduledActions) ? body.scheduledActions : []).map((one) => lowerFirst(one) as Action),
    instructions: body.scheduledNextTermInstructions,
    nextCharge: body.nextChargeInstructions,
  };
}

/** Why it will not be done; undefined where it will. `parent`: the base of an add-on. */
function refusal(held: HeldSubscription, asked: Asked, at: Date, parent: HeldSubscription | undefined): Answer | undefined {
  const { wire } = held;
  const kind = kindOf(held);
  if (['deleted', 'expired', 'disabled'].includes(wire.status)) return fail(400, 2011, 'The subscription is deleted.');
  if (isLocked(held, at.toISOString())) return fail(409, 900278, 'An operation is pending for this subscription. Try again later.');
  if (wire.status === 'suspended' && asked.status === 'suspended' && asked.quantity !== wire.quantity)
    return fail(400, 800091, 'A suspended subscription cannot be updated.');
  if (wire.status === 'suspended' && asked.status === 'suspended' && kind === 'newCommerce' && asked.autoRenew)
    return fail(400, 800091, 'A suspended subscription cannot be updated.');
  if (asked.autoRenew && !wire.autoRenewEnabled && held.retired)
    return failNewer(400, '800093', 'AutoRenewNotAllowed', 'The subscription cannot be renewed automatically.');
  if (kind === 'newCommerce' && asked.quantity !== wire.quantity && held.before) return fail(400, 2006, 'The licences of an extended term cannot be changed.');
  if (kind === 'newCommerce' && asked.quantity < wire.quantity - refundable(held, at).totalQuantity)
    return failNewer(400, '800090', 'QuantityDecreaseNotAllowed', 'The number of licences cannot be reduced.');
  if (asked.status === 'active' && wire.status === 'suspended' && parent && parent.wire.status !== 'active')
    return fail(409, 27009, 'The add-on cannot be enabled while its base is not active.');
  if (asked.status === 'deleted' && !(kind === 'newCommerce' && String(wire.cancellationAllowedUntilDate ?? '') > at.toISOString()))
    return fail(400, 900117, 'The subscription can no longer be cancelled.');
  return refusedPlan(held, asked);
}

function refusedPlan(held: HeldSubscription, { actions }: Asked): Answer | undefined {
  if (actions.length > 0 && kindOf(held) !== 'newCommerce') return fail(403, 900263, 'This is not possible for a legacy subscription.');
  const before = actionsOf(held.wire);
  for (const action of actions) {
    // What came with the reading may go back as it came, whatever it is.
    if (before.some((one) => isDeepStrictEqual(one, action))) continue;
    if (action.scheduleType !== 'TermEnd' || !ACTIONS.some((word) => word === action.actionType)) return fail(400, 2000, 'The scheduled action is not valid.');
    if (action.actionType === 'RenewToExtendedServiceTerm' && !canExtend(held)) return fail(400, 2006, 'The subscription cannot be extended.');
  }
  return undefined;
}

/** Carries it out. Changes `held`. */
function change(held: HeldSubscription, asked: Asked, at: Date): void {
  const { wire } = held;
  const before = { ...wire, actions: actionsOf(wire) };
  const kind = kindOf(held);
  const [seats, renewalOff] = [asked.quantity !== wire.quantity, Boolean(before.autoRenewEnabled) && !asked.autoRenew];
  const suspends = asked.status === 'suspended' && before.status !== 'suspended';
  if (seats) seatsFrom(held, at.toISOString(), asked.quantity);
  if ((suspends && kind === 'classic') || asked.status === 'deleted') stopBilling(held, at.toISOString());
  Object.assign(wire, { quantity: asked.quantity, friendlyName: asked.friendlyName, autoRenewEnabled: asked.autoRenew });
  set(wire, 'scheduledNextTermInstructions', asked.instructions);
  set(wire, 'nextChargeInstructions', asked.nextCharge);
  plan(wire, asked.actions);
  if (kind === 'newCommerce') {
    const fresh = asked.actions.filter((one) => !before.actions.some((was) => isDeepStrictEqual(was, one)));
    if (seats) dropPlans(wire, 'seats');
    if (renewalOff) dropPlans(wire, 'renewalOff');
    // What this very body plans for the end stands.
    if (fresh.length > 0 && atEnd(wire) === undefined) plan(wire, [...actionsOf(wire), ...fresh]);
  }
  wire.status = asked.status;
  if (asked.status === 'active' && before.status === 'suspended') billAgain(held, at.toISOString());
  if (asked.status === 'active') wire.suspensionReasons = [];
  if (suspends) Object.assign(wire, { suspensionReasons: ['CustomerCancellation'], suspendedAt: at.toISOString() });
  if (suspends && kind !== 'classic') {
    wire.autoRenewEnabled = false;
    dropPlans(wire, 'suspension');
  }
  noteIdle(held, at);
  held.version += 1;
}

function set(wire: Json, name: string, value: unknown): void {
  if (value) wire[name] = value;
  else delete wire[name];
}

/** PATCH of a subscription; what a body must hold is told above. */
export function patchSubscription(call: Call, customer: HeldCustomer, held: HeldSubscription): Answer {
  const { world, headers } = call;
  const at = now(world);
  const etag = headers['if-match'];
  const own = (shown(held, at).attributes as Json).etag as string | undefined;
  if (etag && own && etag.replaceAll('"', '') !== own) return fail(400, 2055, 'The etag is out of date.');
  const asked = askedOf(lowerFirst(call.body), held.wire);
  const parent = held.wire.parentSubscriptionId ? findSubscription(customer, String(held.wire.parentSubscriptionId)) : undefined;
  const refused = refusal(held, asked, at, parent);
  if (refused) return refused;
  const before = structuredClone(held.wire);
  change(held, asked, at);
  if (held.wire.status === 'suspended') suspendChildren(customer, held, at);
  audit(call, customer, { operationType: 'update_subscription', resourceType: 'subscription', before, after: held.wire });
  recordWrite(call, 'subscriptionPatch', 200, changed(before, held.wire));
  keepCustomer(world, customer);
  // A slow change is answered before it can be shown; which ones are slow cannot be foreseen.
  if (held.version % 2 === 1) return { status: 202, body: null, headers: { Location: `/customers/${customer.id}/subscriptions/${held.wire.id}` } };
  return { status: 200, body: shown(held, at) };
}

function suspendChildren(customer: HeldCustomer, held: HeldSubscription, at: Date): void {
  for (const child of customer.subscriptions) {
    if (child.wire.parentSubscriptionId !== held.wire.id || child.wire.status !== 'active') continue;
    stopBilling(child, at.toISOString());
    Object.assign(child.wire, { status: 'suspended', suspensionReasons: ['CustomerCancellation'] });
    child.version += 1;
  }
}

function changed(before: Json, after: Json): Json {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const fields: Json = {};
  for (const name of names) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) fields[name] = after[name] ?? null;
  }
  return fields;
}
