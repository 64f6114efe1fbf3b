/** The act of the suspension: last of all, on a fresh read, and read again to see that nothing else changed. */
import { PartnerCenterError, type WholeSubscription } from '../partnerCenter/port.ts';
import type { Act, Outcome } from './run.ts';
import { waivedIds } from './reassign.ts';

/** Suspends the old subscription, unless somebody would lose the service by it. */
export async function suspend(act: Act): Promise<Outcome> {
  const { partnerCenter: pc } = act.deps;
  const { customerId, subscriptionId } = act.migration;
  const before = await pc.subscription(customerId, subscriptionId);
  if (before.subscription.status === 'suspended') return { event: { kind: 'verified' }, answered: true };
  if (before.subscription.status !== 'active') return { event: { kind: 'refused', reason: 'refused', code: before.subscription.status }, answered: true };
  const waiting = await wouldLose(act);
  if (waiting > 0) return { event: { kind: 'fail', reason: 'holders', code: String(waiting) }, answered: false };
  await pc.suspend(before, act.requestId);
  const after = await pc.subscription(customerId, subscriptionId);
  if (after.subscription.status !== 'suspended') throw new PartnerCenterError('unclear', 'not yet suspended', 'The subscription does not read suspended yet.');
  const harmed = otherChanges(before, after);
  if (harmed.length > 0) act.deps.log.warn({ move: act.migration.key, fields: harmed }, 'the suspension changed other fields too');
  return { event: { kind: 'verified' }, answered: true };
}

/**
 * How many holders of the old licence would be without a seat once these are gone. Only a person who was left behind by
 * name, and still holds it, is not counted.
 */
async function wouldLose(act: Act): Promise<number> {
  const { partnerCenter: pc } = act.deps;
  const { customerId } = act.migration;
  const { from, to } = act.migration.sku ?? { from: null, to: null };
  if (!from) return 0;
  const pool = (await pc.seatPools(customerId)).find((one) => one.skuId === from);
  const left = Math.max(0, (pool?.active ?? 0) - (act.known.snapshot.quantity ?? Number.POSITIVE_INFINITY));
  let waived = 0;
  for (const id of from === to ? [] : waivedIds(act.migration)) {
    if ((await pc.licences(customerId, id)).some((one) => one.skuId === from)) waived += 1;
  }
  return Math.max(0, (pool?.consumed ?? 0) - left - waived);
}

const EXPECTED = new Set(['status', 'suspensionReasons', 'attributes', 'actions', 'suspendedAt', 'links']);

/** Fields that changed although only the status should have; new commerce also loses its renewal by a suspension. Pure. */
export function otherChanges(before: WholeSubscription, after: WholeSubscription): string[] {
  const expected =
    before.subscription.kind === 'newCommerce' ? new Set([...EXPECTED, 'autoRenewEnabled', 'scheduledNextTermInstructions', 'scheduledActions']) : EXPECTED;
  const names = new Set([...Object.keys(before.resource), ...Object.keys(after.resource)]);
  return [...names].filter((name) => !expected.has(name) && JSON.stringify(before.resource[name]) !== JSON.stringify(after.resource[name]));
}
