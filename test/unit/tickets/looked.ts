/** A row of the table that one resource does not show: looks one after another over Partner Center's own JSON, and what else it answers. */
import assert from 'node:assert/strict';
import type { Programme } from '../../../services/catalogue/programmes.ts';
import type { Subscription, Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { type PartnerCenter, PartnerCenterError, type PriceSheets } from '../../../services/partnerCenter/port.ts';
import { parseActivityLog } from '../../../services/partnerCenter/wire/activity.ts';
import { parseOrder } from '../../../services/partnerCenter/wire/orders.ts';
import { keysWith, ofCustomer, subscriptionKey, TICKET, ticketKey } from '../../../services/store/rows.ts';
import { emptyCatalogue, readFacts } from '../../../services/tickets/facts.ts';
import { HOUR_MS, ID, type partner, wired } from '../../support/partner.ts';
import { NO_SHEETS } from '../../support/samples.ts';
import type { Reads } from './termEnds.ts';

const SKU = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';

/** A Partner Center that answers what the row says, and nothing else. */
export function pretend({ order, log, pool, endOfSale }: Reads): PartnerCenter {
  const answers: Partial<PartnerCenter> = {
    ...(order ? { order: async () => parseOrder(order) } : {}),
    ...(log ? { activity: async () => parseActivityLog({ items: log }).items } : {}),
    ...(endOfSale ? { availabilities: async () => [{ item: 'P:S:A', purchasable: false, terms: [] }] } : {}),
    ...(pool
      ? {
          provisioning: async () => ({ skuId: SKU, ready: true, status: 'success' }),
          seatPools: async () => [{ skuId: SKU, name: 'Plan', available: pool.active - pool.consumed, servicePlans: [], ...pool }],
          subscriptions: async () => ({ items: [], unread: [], whole: true }),
        }
      : {}),
  };
  return new Proxy(answers as PartnerCenter, {
    get: (known, name) =>
      known[name as keyof PartnerCenter] ??
      (async () => {
        throw new PartnerCenterError('forbidden', '403', 'not in this row');
      }),
  });
}

/** What a card tells of one subscription, read as for any ticket. */
export async function factsRead(subscription: Subscription, reads: Reads, of: { programmes: Programme[]; today: string; priceSheets?: PriceSheets }) {
  const deps = { partnerCenter: pretend(reads), priceSheets: NO_SHEETS, ...of };
  return (await readFacts(deps, subscription, [subscription], emptyCatalogue())).facts;
}

/** Looks an hour apart. The ticket that they brought about, and the subscription as it was last read. */
export async function looked(looks: readonly (readonly object[])[], how: { reads: Reads; toldBy: string | null; snoozed: boolean; programmes: Programme[] }) {
  const [first = [], ...rest] = looks;
  const one = await wired({ [ID]: [...first] });
  one.deps.partnerCenter = pretend(how.reads);
  one.deps.programmes = how.programmes;
  const about = (looks.at(-1) as { id: string }[])[0]?.id ?? '';
  const teller = how.toldBy ?? about;
  for (const look of rest) {
    if (how.snoozed && look === rest.at(-1)) await snooze(one, teller);
    one.wait(HOUR_MS);
    await one.look(ID, look);
  }
  const row = async (id: string) => (await one.store.get<TrackedSubscription>(...ofCustomer(ID), subscriptionKey(id)))?.value;
  const tickets = (await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET), 10)).map(({ value }) => value);
  const ticket = tickets.find((found) => found.subscriptionId === teller);
  assert.ok(ticket, 'a ticket');
  // One card tells of both: what is told by another has none of its own.
  if (teller !== about)
    assert.deepEqual(
      tickets.map((found) => found.subscriptionId),
      [teller],
    );
  return { ticket, subscription: (await row(about))?.snapshot as Subscription };
}

/** Until a day that is not reached. */
async function snooze(one: ReturnType<typeof partner>, subscriptionId: string): Promise<void> {
  const tracked = await one.store.get<TrackedSubscription>(...ofCustomer(ID), subscriptionKey(subscriptionId));
  const key = ticketKey(tracked?.value.ticket as string);
  const row = await one.store.get<Ticket>(...ofCustomer(ID), key);
  assert.ok(row);
  const marks = { snoozed: { until: '2027-02-20', reason: 'r', by: 'a', at: '2027-01-20T12:00:00.000Z' } };
  assert.equal(await one.store.commit(...ofCustomer(ID), [{ op: 'replace', key, value: { ...row.value, marks }, etag: row.etag }]), 'done');
}
