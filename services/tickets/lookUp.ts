/** The late look-up: what a ticket’s card still lacks. */
import { BOT } from '../auditLog/auditLog.ts';
import { dayOf } from '../clock.ts';
import type { Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { PartnerCenter, PriceSheets } from '../partnerCenter/port.ts';
import type { MoveWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { ofCustomer, subscriptionKey, ticketKey } from '../store/rows.ts';
import { emptyCatalogue, readFacts } from './facts.ts';
import { changeTicket, type TicketDeps } from './tickets.ts';

const MINUTE_MS = 60_000;
/** After so long it is read again; a catalogue that may not be read is asked for four times a day at last. */
const AGAIN_MS = [MINUTE_MS / 2, 2 * MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, 360 * MINUTE_MS];

/** Reads what a card still lacks: plans, seats in use, the price. */
export async function lookUpFacts(
  deps: TicketDeps & { partnerCenter: PartnerCenter; priceSheets: PriceSheets },
  wakeUp: Extract<MoveWakeUp, { what: 'facts' }>,
): Promise<JobResult> {
  const { customerId, ticketId, tries } = wakeUp;
  const row = await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId));
  if (!row || row.value.closed || row.value.plans) return 'idle';
  const known = await deps.store.get<TrackedSubscription>(...ofCustomer(customerId), subscriptionKey(row.value.subscriptionId));
  if (!known) return 'idle';
  const { items: all } = await deps.partnerCenter.subscriptions(customerId);
  const subscription = all.find((one) => one.id === row.value.subscriptionId) ?? known.value.snapshot;
  const read = await readFacts(
    { partnerCenter: deps.partnerCenter, priceSheets: deps.priceSheets, programmes: deps.programmes, today: dayOf(deps.clock.now()) },
    subscription,
    all,
    emptyCatalogue(),
  );
  await changeTicket(deps, row, BOT, (now) =>
    now.plans || !read.plans
      ? null
      : { ticket: { ...now, facts: completed(now.facts, read.facts), plans: read.plans }, what: 'lookedUp', data: {}, news: 'changed' },
  );
  const next = Math.min(tries + 1, AGAIN_MS.length - 1);
  return read.plans ? 'idle' : { retryInMs: AGAIN_MS[Math.min(tries, next)] as number, as: { ...wakeUp, tries: next } };
}

/** What was looked up, beside what the watch alone tells: how it stands, how it ends, and what could not be read this time. */
function completed(now: Ticket['facts'], read: Ticket['facts']): Ticket['facts'] {
  const { endOfTerm, ending, lastDay, expiresOn, quantity } = now;
  return {
    ...now,
    ...read,
    endOfTerm,
    ending: ending ?? null,
    lastDay: read.lastDay || lastDay,
    expiresOn: read.expiresOn || expiresOn,
    quantity: read.quantity ?? quantity,
  };
}
