/** The late look-up: what a ticket’s card still lacks. */
import { BOT } from '../auditLog/auditLog.ts';
import { dayOf } from '../clock.ts';
import type { Plan, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import type { PartnerCenter, PriceSheets } from '../partnerCenter/port.ts';
import type { MoveWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { ofCustomer, subscriptionKey, ticketKey } from '../store/rows.ts';
import { emptyCatalogue, type FactsRead, orNull, readFacts } from './facts.ts';
import { changeTicket, type TicketDeps, ticketsGiven } from './tickets.ts';

type LookUpDeps = TicketDeps & { partnerCenter: PartnerCenter; priceSheets: PriceSheets };

const MINUTE_MS = 60_000;
/** After so long it is read again; a catalogue that may not be read is asked for four times a day at last. */
const AGAIN_MS = [MINUTE_MS / 2, 2 * MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, 360 * MINUTE_MS];

/** Tickets that come together are looked up so far apart that most of the requests are left to others. */
const APART_MS = 6_000;
const LATEST_MS = 6 * 24 * 60 * MINUTE_MS;

/**
 * Has the facts of tickets that came together looked up one after the other, so that lists and the report know what they cost before
 * anybody has opened their cards. `first`: those of the first look at all customers, which follow each other.
 */
export async function lookUpLater(
  { store, wake }: Pick<TicketDeps, 'store' | 'wake'>,
  customerId: string,
  ticketIds: readonly string[],
  first: boolean,
): Promise<void> {
  const before = first && ticketIds.length > 0 ? (await ticketsGiven(store)) - ticketIds.length : 0;
  for (const [place, ticketId] of ticketIds.entries())
    await wake.schedule({ queue: 'move', what: 'facts', customerId, ticketId, tries: 0 }, Math.min(LATEST_MS, (before + place + 1) * APART_MS));
}

/** Reads what a card still lacks: plans, seats in use, the price. */
export async function lookUpFacts(deps: LookUpDeps, wakeUp: Extract<MoveWakeUp, { what: 'facts' }>): Promise<JobResult> {
  const { customerId, ticketId, tries } = wakeUp;
  const row = await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId));
  if (!row || row.value.closed) return 'idle';
  const known = await deps.store.get<TrackedSubscription>(...ofCustomer(customerId), subscriptionKey(row.value.subscriptionId));
  if (!known) return 'idle';
  const read = await readNow(deps, known.value.snapshot);
  await changeTicket(deps, row, BOT, (now) => {
    const next = lookedUp(now, read);
    const isNew = JSON.stringify(next) !== JSON.stringify(now);
    return isNew ? { ticket: next, what: 'lookedUp', data: {}, news: 'changed' } : null;
  });
  if (read && !read.lacks) return 'idle';
  const next = Math.min(tries + 1, AGAIN_MS.length - 1);
  return { retryInMs: AGAIN_MS[Math.min(tries, next)] as number, as: { ...wakeUp, tries: next } };
}

/** The ticket with what was read; without its plans it says that they could not be. */
function lookedUp({ plansUnread, ...now }: Ticket, read: FactsRead | null): Ticket {
  const plans = now.plans && read?.plans ? termed(now.plans, read.plans) : (now.plans ?? read?.plans ?? null);
  const facts = read === null ? now.facts : now.plans === null && read.plans ? completed(now.facts, read.facts) : filled(now.facts, read.facts);
  return { ...now, facts, plans, ...(plans === null ? { plansUnread: true } : {}) };
}

/** Null where Partner Center does not say what the customer has. */
async function readNow(deps: LookUpDeps, known: Subscription): Promise<FactsRead | null> {
  const { partnerCenter, priceSheets, programmes } = deps;
  const list = await orNull(() => partnerCenter.subscriptions(known.customerId));
  if (!list) return null;
  const subscription = list.items.find((one) => one.id === known.id) ?? known;
  return readFacts({ partnerCenter, priceSheets, programmes, today: dayOf(deps.clock.now()) }, subscription, list.items, emptyCatalogue());
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

/** The plans as they were offered, with terms that could not be read then. */
function termed(now: readonly Plan[], read: readonly Plan[]): Plan[] {
  return now.map((plan) => {
    const { terms } = plan.terms ? plan : (read.find((one) => one.id === plan.id && one.item?.skuId === plan.item?.skuId) ?? plan);
    return terms ? { ...plan, terms } : plan;
  });
}

/** What is known stays; only what was not is taken from what was read, and of its seats and price only while both are of the same ones. */
function filled(now: Ticket['facts'], read: Ticket['facts']): Ticket['facts'] {
  const { changedBy, switched, shared, addonsNow } = read;
  const isSame = read.quantity === now.quantity && read.endOfTerm === now.endOfTerm;
  return {
    ...now,
    ...(isSame ? { inUse: now.inUse ?? read.inUse, priceNow: now.priceNow ?? read.priceNow } : {}),
    ...(isSame && shared && !now.shared && now.inUse === null ? { shared } : {}),
    ...(now.changedBy === null && changedBy !== null ? { changedBy, ...(switched ? { switched } : {}) } : {}),
    ...(addonsNow && !now.addonsNow ? { addonsNow } : {}),
  };
}
