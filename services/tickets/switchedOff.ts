/** Who switched auto-renew off, out of the activity log. */
import { addDays } from '../clock.ts';
import type { SwitchedOff } from '../domain/subscription.ts';
import type { Subscription, TicketFacts } from '../domain/ticket.ts';
import type { ActivityRecord, PartnerCenter } from '../partnerCenter/port.ts';

/** The log goes back no further (docs/partner-center.md §9). */
const LOG_DAYS = 90;

export type Changed = Pick<TicketFacts, 'changedBy' | 'switched'>;

/**
 * Who switched it off: a sign-in name, `application`, `nobody` where the log was read and has no such record, `unchanged` where it was not
 * switched off. `since`: the UTC day of the last look before, null where there was none.
 */
export async function whoChanged(pc: PartnerCenter, subscription: Subscription, today: string, since: string | null): Promise<Changed> {
  if (subscription.autoRenew !== false) return { changedBy: 'unchanged' };
  const from = readFrom(today, since);
  const found = turned(await pc.activity(subscription.customerId, from), subscription.id);
  if (!found) return { changedBy: 'nobody', switched: { since: from } };
  const { at, by, app, seats } = found;
  const switched: SwitchedOff = { since: from, at, ...(by === '' && app ? { app } : {}), ...(seats ? { withSeats: true as const } : {}) };
  return { changedBy: by || 'application', switched };
}

/** The day before too: the log is written with some delay, and it knows whole days. */
function readFrom(today: string, since: string | null): string {
  const furthest = addDays(today, -LOG_DAYS);
  return since !== null && addDays(since, -1) > furthest ? addDays(since, -1) : furthest;
}

/** The last change of it since the last look: what took a planned change away, or planned it; null where the log has none. */
export async function lastEdit(
  pc: PartnerCenter,
  { customerId, id }: Subscription,
  today: string,
  since: string | null,
): Promise<NonNullable<TicketFacts['edited']> | null> {
  const last = ownOf(await pc.activity(customerId, readFrom(today, since)), id).at(-1);
  return last ? { at: last.at, changedBy: last.by || 'application', ...(last.by === '' && last.app ? { app: last.app } : {}) } : null;
}

/** Its own records, the oldest first. */
function ownOf(records: readonly ActivityRecord[], subscriptionId: string): ActivityRecord[] {
  return records
    .filter((one) => one.subscriptionId === subscriptionId && one.operation.includes('subscription') && !one.failed)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The last record in which auto-renew went from on to off, by what it was before and after; null where there is none, or one later has it on again. Pure. */
export function turned(records: readonly ActivityRecord[], subscriptionId: string): ActivityRecord | null {
  let [on, found]: [boolean | null, ActivityRecord | null] = [null, null];
  for (const one of ownOf(records, subscriptionId)) {
    const before = one.autoRenewBefore ?? on;
    if (before === true && one.autoRenew === false) found = one;
    if (one.autoRenew === true) found = null;
    on = one.autoRenew ?? on;
  }
  return found;
}
