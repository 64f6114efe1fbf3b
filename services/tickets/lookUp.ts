/** Reads late what a ticket’s card still lacks. */
import { dayOf } from '../clock.ts';
import type { Expiry, KnownSubscription } from '../domain/ticket.ts';
import { BOT, expiryKey, subscriptionKey } from '../auditLog/auditLog.ts';
import type { Turn } from '../queue/worker.ts';
import { emptyCatalogue, readFacts } from './facts.ts';
import type { PartnerCenter } from '../partnerCenter/port.ts';
import { type Applying, changeExpiry } from './tickets.ts';

/** What was looked up, beside what the watch alone tells: how it stands, how it ends, and what could not be read this time. */
function completed(now: Expiry['facts'], read: Expiry['facts']): Expiry['facts'] {
  const { endOfTerm, lastDay, expiresOn, quantity } = now;
  return { ...now, ...read, endOfTerm, lastDay: read.lastDay || lastDay, expiresOn: read.expiresOn || expiresOn, quantity: read.quantity ?? quantity };
}

/** Reads what a card still lacks: plans, seats in use, the price. */
export async function lookUpFacts(deps: Applying & { partnerCenter: PartnerCenter }, customerId: string, ticket: string): Promise<Turn> {
  const row = await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket));
  if (!row || row.value.closed || row.value.plans) return 'rest';
  const known = await deps.store.get<KnownSubscription>('customers', customerId, subscriptionKey(row.value.subscriptionId));
  if (!known) return 'rest';
  const { items: all } = await deps.partnerCenter.subscriptions(customerId);
  const subscription = all.find((one) => one.id === row.value.subscriptionId) ?? known.value.snapshot;
  const read = await readFacts(
    { partnerCenter: deps.partnerCenter, programmes: deps.programmes, today: dayOf(deps.clock.now()) },
    subscription,
    all,
    emptyCatalogue(),
  );
  await changeExpiry(deps, row, BOT, (now) =>
    now.plans || !read.plans
      ? null
      : { expiry: { ...now, facts: completed(now.facts, read.facts), plans: read.plans }, what: 'lookedUp', data: {}, news: 'changed' },
  );
  return read.plans ? 'rest' : { againMs: 30_000 };
}
