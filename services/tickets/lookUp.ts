/** The late look-up: what a ticket’s card still lacks. */
import { BOT } from '../auditLog/auditLog.ts';
import { dayOf } from '../clock.ts';
import type { Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { PartnerCenter, PriceSheets } from '../partnerCenter/port.ts';
import type { JobResult } from '../queue/worker.ts';
import { ofCustomer, subscriptionKey, ticketKey } from '../store/rows.ts';
import { emptyCatalogue, readFacts } from './facts.ts';
import { changeTicket, type TicketDeps } from './tickets.ts';

/** Reads what a card still lacks: plans, seats in use, the price. */
export async function lookUpFacts(
  deps: TicketDeps & { partnerCenter: PartnerCenter; priceSheets: PriceSheets },
  customerId: string,
  ticketId: string,
): Promise<JobResult> {
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
  return read.plans ? 'idle' : { retryInMs: 30_000 };
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
