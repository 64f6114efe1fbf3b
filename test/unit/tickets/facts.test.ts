/** What a card tells of a subscription beyond itself: only what was read of this very one. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { listCard } from '../../../cards/lists/lists.ts';
import { en } from '../../../cards/text/en/en.ts';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { readProgrammes } from '../../../services/catalogue/programmes.ts';
import { systemClock } from '../../../services/clock.ts';
import { httpPartnerCenter } from '../../../services/partnerCenter/client.ts';
import type { ClientConfig } from '../../../services/partnerCenter/request.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { nameText } from '../../../cards/escape.ts';
import type { EndOfTerm, Ticket } from '../../../services/domain/ticket.ts';
import { openTickets } from '../../../services/tickets/openList.ts';
import type { ActivityRecord, PartnerCenter } from '../../../services/partnerCenter/port.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { parseActivityLog } from '../../../services/partnerCenter/wire/activity.ts';
import { parseOrder } from '../../../services/partnerCenter/wire/orders.ts';
import { lookUpFacts } from '../../../services/tickets/lookUp.ts';
import { readWakeUp } from '../../../services/queue/messages.ts';
import { emptyCatalogue, readFacts } from '../../../services/tickets/facts.ts';
import { NO_SHEETS, HIDES, LISTED, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { ID, wired } from '../../support/partner.ts';
import { keysWith, ofCustomer, TICKET, ticketKey } from '../../../services/store/rows.ts';

const NCE = {
  id: '00000000-5555-4000-8000-000000000001',
  offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01',
  ...{ offerName: 'Plan A', productType: { id: 'OnlineServicesNCE' }, quantity: 5, status: 'active', autoRenewEnabled: false },
  ...{ commitmentEndDate: '2027-06-30T00:00:00Z', billingType: 'license', billingCycle: 'monthly', termDuration: 'P1Y', isTrial: false },
};
const ONE = sampleSubscription({ id: 'sub-1', quantity: 10, term: 'P1Y', billing: 'monthly', orderId: 'o' });

function shownOf(facts: Partial<Ticket['facts']>): Shown {
  return {
    ...{ ticket: sampleTicket({}, facts), move: null, chat: { key: 'chat', kind: 'channel' }, handle: 'h', names: {}, record: [], holders: [], unmoved: [] },
    ...{ approvers: [], reader: null, fourEyes: { when: 'off' }, hides: HIDES, today: '2027-01-20', now: '2027-01-20T10:00:00.000Z' },
  };
}

async function factsWith(changes: { order?: object; records?: ActivityRecord[] | 'goes on'; autoRenew?: boolean | null; lookedOn?: string | null }) {
  const nothing = async () => {
    throw new PartnerCenterError('notFound', '404', 'not there');
  };
  const pc = {
    provisioning: nothing,
    order: async () => parseOrder({ id: 'o', currencyCode: 'EUR', ...changes.order }),
    activity: async () => (changes.records === 'goes on' ? nothing() : (changes.records ?? [])),
    products: nothing,
  } as unknown as PartnerCenter;
  const one = { ...ONE, ...('autoRenew' in changes ? { autoRenew: changes.autoRenew ?? null } : {}) };
  const deps = { partnerCenter: pc, priceSheets: NO_SHEETS, programmes: [], today: '2027-01-20', lookedOn: changes.lookedOn ?? null };
  return (await readFacts(deps, one, [one], emptyCatalogue())).facts;
}

describe('plans that could not be read', () => {
  it('when the ticket was opened are read again by themselves, at growing pauses, until they are there', async () => {
    const retired = { ...NCE, offerName: 'Dynamics 365 for Sales Enterprise Edition CRMOL Basic (Qualified Offer)' };
    const world = await wired({ [ID]: [{ ...retired, autoRenewEnabled: true }] });
    world.deps.programmes = readProgrammes([resolve(import.meta.dirname, '../../../services/catalogue/programmes')]);
    await world.look(ID, [retired]);
    const [sent] = world.queues.held.move.map((one) => readWakeUp('move', one.text));
    assert.ok(sent?.what === 'facts' && sent.tries === 0, JSON.stringify(world.queues.held.move));
    const ticketOf = async () => (await world.store.get<Ticket>(...ofCustomer(ID), ticketKey(sent.ticketId)))?.value;
    assert.equal((await ticketOf())?.plans, null);
    const saysUnread = async () => (await ticketOf())?.plansUnread === true;
    assert.equal(await saysUnread(), false, 'nobody has tried yet');
    const pauses: number[] = [];
    let next = sent;
    for (let n = 0; n < 6; n++) {
      const found = await lookUpFacts(world.deps, next);
      assert.ok(typeof found === 'object' && found.as?.what === 'facts', String(found));
      pauses.push(found.retryInMs / 60_000);
      next = found.as;
    }
    assert.deepEqual(pauses, [0.5, 2, 10, 60, 360, 360]);
    assert.ok(await saysUnread(), 'the card says that they cannot be read now');
    const catalogue = { products: async () => [], skus: async () => [], availabilities: async () => [] };
    const partnerCenter = new Proxy(world.deps.partnerCenter, {
      get: (refusing, name) => Reflect.get(name in catalogue ? catalogue : name === 'subscriptions' ? world.deps.lowPriority : refusing, name),
    });
    assert.equal(await lookUpFacts({ ...world.deps, partnerCenter }, next), 'idle');
    assert.ok((await ticketOf())?.plans);
    assert.equal(await saysUnread(), false);
    assert.equal(await lookUpFacts({ ...world.deps, partnerCenter }, next), 'idle');
  });

  it('plans whose terms could not be read for a moment are offered at once, and their terms with them a little later', async () => {
    const retired = { ...NCE, offerName: 'Dynamics 365 for Sales Enterprise Edition CRMOL Basic (Qualified Offer)' };
    const world = await wired({ [ID]: [{ ...retired, autoRenewEnabled: true }] });
    world.deps.programmes = readProgrammes([resolve(import.meta.dirname, '../../../services/catalogue/programmes')]);
    let refused = true;
    const catalogue = {
      products: async () => [{ id: 'P', title: 'Dynamics 365 Sales Professional' }],
      skus: async () => [{ id: 'S', title: 'Dynamics 365 Sales Professional', minimum: 1, maximum: 300 }],
      async availabilities() {
        if (refused) throw new PartnerCenterError('throttled', '429', 'not now');
        return [{ item: 'P:S:A', purchasable: true, terms: [{ term: 'P1M', billing: 'monthly' }] }];
      },
    };
    const partnerCenter = new Proxy(world.deps.partnerCenter, {
      get: (refusing, name) => Reflect.get(name in catalogue ? catalogue : name === 'subscriptions' ? world.deps.lowPriority : refusing, name),
    });
    world.deps.partnerCenter = partnerCenter;
    await world.look(ID, [retired]);
    const [sent] = world.queues.held.move.map((one) => readWakeUp('move', one.text));
    assert.ok(sent?.what === 'facts', JSON.stringify(world.queues.held.move));
    const sold = async () => (await world.store.get<Ticket>(...ofCustomer(ID), ticketKey(sent.ticketId)))?.value.plans?.find((one) => one.item);
    assert.deepEqual([(await sold())?.title, (await sold())?.terms], ['Dynamics 365 Sales Professional', undefined]);
    assert.equal(typeof (await lookUpFacts(world.deps, sent)), 'object', 'it is asked for again');
    refused = false;
    assert.equal(await lookUpFacts(world.deps, sent), 'idle');
    assert.deepEqual((await sold())?.terms, ['P1M/monthly']);
  });

  it('nor does the price stay unknown where only its order could not be read for a moment; what may not be read is not asked for again', async () => {
    const one = { ...NCE, orderId: 'o1' };
    const order = (quantity: number) => {
      const line = { subscriptionId: NCE.id, quantity, pricing: { extendedPrice: 10 * quantity } };
      return { id: 'o1', currencyCode: 'EUR', billingCycle: 'monthly', lineItems: [line] };
    };
    for (const [kind, again] of [
      ['unclear', true],
      ['throttled', true],
      ['forbidden', false],
    ] as const) {
      const world = await wired({ [ID]: [{ ...one, autoRenewEnabled: true }] });
      let [refused, seats] = [true, 5];
      world.deps.partnerCenter = {
        subscriptions: (id: string) => world.deps.lowPriority.subscriptions(id),
        provisioning: async () => ({ skuId: null }),
        activity: async () => [],
        order: async () => {
          if (refused) throw new PartnerCenterError(kind, '503', 'not now');
          return parseOrder(order(seats));
        },
      } as unknown as PartnerCenter;
      await world.look(ID, [one]);
      const [sent] = world.queues.held.move.map((held) => readWakeUp('move', held.text));
      assert.equal(sent?.what, again ? 'facts' : undefined, kind);
      if (sent?.what !== 'facts') continue;
      const ticketOf = async () => (await world.store.get<Ticket>(...ofCustomer(ID), ticketKey(sent.ticketId)))?.value;
      const before = await ticketOf();
      assert.deepEqual([before?.plans, before?.facts.priceNow], [[], null]);
      assert.equal(typeof (await lookUpFacts(world.deps, sent)), 'object', 'it is still not there');
      assert.deepEqual(await ticketOf(), before, 'nothing is written where nothing is new');
      refused = false;
      // Its price is that of the seats that it has now: the card of other seats does not get it.
      seats = 4;
      world.setBody(ID, { items: [{ ...one, quantity: 4 }] });
      await lookUpFacts(world.deps, sent);
      assert.deepEqual((await ticketOf())?.facts, before?.facts);
      seats = 5;
      world.setBody(ID, { items: [one] });
      assert.equal(await lookUpFacts(world.deps, sent), 'idle');
      assert.deepEqual((await ticketOf())?.facts, { ...before?.facts, priceNow: { minor: 5_000, currency: 'EUR' } });
    }
  });
});

describe('a price that is told', () => {
  it('is read again by itself when the seats change, and is not said in between', async () => {
    let seats = 5;
    const line = () => ({ subscriptionId: NCE.id, quantity: seats, pricing: { extendedPrice: 10 * seats } });
    const one = () => ({ ...NCE, orderId: 'o1', quantity: seats });
    const world = await wired({ [ID]: [{ ...one(), autoRenewEnabled: true }] });
    world.deps.partnerCenter = {
      subscriptions: (id: string) => world.deps.lowPriority.subscriptions(id),
      provisioning: async () => ({ skuId: null }),
      activity: async () => [],
      order: async () => parseOrder({ id: 'o1', currencyCode: 'EUR', billingCycle: 'monthly', lineItems: [line()] }),
    } as unknown as PartnerCenter;
    await world.look(ID, [one()]);
    const tickets = async () => (await world.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET))).map((row) => row.value.facts.priceNow?.minor ?? null);
    assert.deepEqual([await tickets(), world.queues.held.move.length], [[5_000], 0]);
    seats = 4;
    await world.look(ID, [one()]);
    const [sent] = world.queues.held.move.map((held) => readWakeUp('move', held.text));
    assert.deepEqual([await tickets(), sent?.what], [[null], 'facts']);
    if (sent?.what === 'facts') assert.equal(await lookUpFacts(world.deps, sent), 'idle');
    assert.deepEqual(await tickets(), [4_000]);
  });
});

describe('what it costs now', () => {
  const line = (changes: object = {}) => ({ subscriptionId: 'sub-1', quantity: 10, pricing: { listPrice: 5, extendedPrice: 50 }, ...changes });
  const worlds: [string, object, number | null][] = [
    ['its own line, paid monthly', { billingCycle: 'monthly', lineItems: [line()] }, 5_000],
    ['paid once a year', { billingCycle: 'annual', lineItems: [line({ pricing: { listPrice: 60, extendedPrice: 600 } })] }, 5_000],
    ['paid at once for its whole term', { billingCycle: 'one_time', lineItems: [line({ pricing: { listPrice: 60, extendedPrice: 600 } })] }, 5_000],
    ['an order that leaves the cycle to the subscription', { billingCycle: 'unknown', lineItems: [line()] }, 5_000],
    ['a cycle that nobody knows', { billingCycle: 'fortnightly', lineItems: [line()] }, null],
    ['fewer seats at the order than now', { billingCycle: 'monthly', lineItems: [line({ quantity: 4, pricing: { listPrice: 5, extendedPrice: 20 } })] }, 5_000],
    ['other seats, and no price of one', { billingCycle: 'monthly', lineItems: [line({ quantity: 4, pricing: { extendedPrice: 20 } })] }, null],
    ['the only line is another subscription’s', { billingCycle: 'monthly', lineItems: [line({ subscriptionId: 'sub-2' })] }, null],
    [
      'not the first line, which is another one’s',
      { billingCycle: 'monthly', lineItems: [line({ subscriptionId: 'sub-2', pricing: { extendedPrice: 25_000 } }), line()] },
      5_000,
    ],
    [
      'seats that were added later, at a price of their own',
      {
        billingCycle: 'monthly',
        lineItems: [line({ quantity: 4, pricing: { listPrice: 5, extendedPrice: 20 } }), line({ quantity: 6, pricing: { listPrice: 6, extendedPrice: 36 } })],
      },
      5_600,
    ],
    [
      'two prices, and seats that fit neither',
      {
        billingCycle: 'monthly',
        lineItems: [line({ quantity: 4, pricing: { listPrice: 5, extendedPrice: 20 } }), line({ quantity: 5, pricing: { listPrice: 6, extendedPrice: 30 } })],
      },
      null,
    ],
    ['the only line names none', { billingCycle: 'monthly', lineItems: [line({ subscriptionId: null })] }, 5_000],
  ];
  for (const [name, order, minor] of worlds) {
    it(`${name}: ${minor === null ? 'not known' : 'told'}`, async () => assert.equal((await factsWith({ order })).priceNow?.minor ?? null, minor));
  }
});

describe('who switched auto-renew off', () => {
  const record = (changes: Partial<ActivityRecord>): ActivityRecord => ({
    ...{ at: '2027-01-19T10:00:00Z', customerId: 'c', operation: 'update_subscription', subscriptionId: 'sub-1', by: 'dana' },
    ...{ autoRenewBefore: true, autoRenew: false, ...changes },
  });
  const rename = (changes: Partial<ActivityRecord>) => record({ by: 'megan', autoRenewBefore: false, ...changes });
  const worlds: [string, ActivityRecord[] | 'goes on', string | null][] = [
    ['the one in whose record the flag turned, not who renamed it after', [record({}), rename({ at: '2027-01-19T12:00:00Z' })], 'dana'],
    ['in whatever order they come, with dates of another form', [rename({ at: '2027-01-19T12:00:00.5000000Z' }), record({})], 'dana'],
    ['the last of several', [record({ at: '2027-01-18T10:00:00Z', by: 'early' }), rename({ autoRenew: true, at: '2027-01-18T11:00:00Z' }), record({})], 'dana'],
    [
      'by the record before, where one does not say what was',
      [record({ at: '2027-01-18T10:00:00Z', autoRenewBefore: null, autoRenew: true }), record({ autoRenewBefore: null })],
      'dana',
    ],
    ['nobody, where no record says that it was on before', [record({ autoRenewBefore: null })], 'nobody'],
    ['nobody, where it was on again after that', [record({}), rename({ at: '2027-01-19T12:00:00Z', autoRenew: true })], 'nobody'],
    ['nobody, where it was only renamed', [rename({})], 'nobody'],
    ['nobody, where that was refused', [record({ failed: true })], 'nobody'],
    ['nobody, where only others changed something', [record({ subscriptionId: 'sub-2' })], 'nobody'],
    ['an application, where nobody signed in', [record({ by: '', app: 'a-1' })], 'application'],
    ['not known, where the log goes on', 'goes on', null],
  ];
  for (const [name, records, who] of worlds) it(name, async () => assert.equal((await factsWith({ records, autoRenew: false })).changedBy, who));

  it('is asked of nobody where it is on, and the card has no such line', async () => {
    for (const autoRenew of [true, null]) {
      const facts = await factsWith({ records: [record({})], autoRenew });
      assert.deepEqual([facts.changedBy, facts.switched], ['unchanged', undefined]);
    }
    const text = (changedBy: string | null) => JSON.stringify(ticketCard(shownOf({ changedBy }), en).card);
    assert.doesNotMatch(text('unchanged'), /Changed by/);
    assert.match(text(null), /"Changed by","value":"Not known"/);
  });

  it('is looked for from the last look on, at most 90 days back', async () => {
    const since = async (lookedOn: string | null) => (await factsWith({ records: [], autoRenew: false, lookedOn })).switched?.since;
    assert.equal(await since('2027-01-18'), '2027-01-17');
    assert.equal(await since(null), '2026-10-22');
    assert.equal(await since('2026-01-01'), '2026-10-22');
  });

  it('is told as it was found: the record’s day, the application by its id, from when on there is none; never another tool', () => {
    const said = (facts: Partial<Ticket['facts']>) => JSON.stringify(ticketCard(shownOf(facts), en).card).replaceAll('\u00a0', ' ');
    const at = '2027-01-19T10:00:00.000Z';
    assert.match(said({ changedBy: 'nobody', switched: { since: '2027-01-17' } }), /"No record since 17 January 2027"/);
    assert.match(said({ changedBy: 'nobody' }), /"No record"/);
    assert.match(said({ changedBy: 'application', switched: { since: '2027-01-17', at, app: 'a-1' } }), /"An application, a-1, 19 January 2027 10:00 UTC"/);
    const dropped = said({ changedBy: 'dana@partner.example', switched: { since: '2027-01-17', at, withSeats: true } });
    assert.match(
      dropped,
      /Somebody changed the number of licences on 19 January 2027, and auto-renew went off with it\. If nobody meant that, switch it on again/,
    );
    assert.doesNotMatch(dropped, /another tool/);
  });

  it('is read out of the log whatever stands before the id, its old value beside the new one', () => {
    const read = (after: string, before?: string) =>
      parseActivityLog({
        items: [
          {
            operationDate: '2027-01-19T10:00:00Z',
            operationType: 'update_subscription',
            resourceNewValue: after,
            ...(before ? { resourceOldValue: before } : {}),
          },
        ],
      }).items.map((one) => [one.subscriptionId, one.autoRenewBefore, one.autoRenew, one.seats ?? false]);
    assert.deepEqual(read('{"ProductType":{"Id":"OnlineServicesNCE"},"Id":"SUB-1","AutoRenewEnabled":false}'), [['sub-1', null, false, false]]);
    assert.deepEqual(read('{ "Id": "SUB-1", "AutoRenewEnabled": true'), [['sub-1', null, true, false]]);
    assert.deepEqual(read('{"Id":"SUB-1","Quantity":6,"AutoRenewEnabled":false}', '{"Id":"SUB-1","Quantity":5,"AutoRenewEnabled":true}'), [
      ['sub-1', true, false, true],
    ]);
    assert.deepEqual(read('[]'), [[null, null, null, false]]);
    assert.throws(() => parseActivityLog({ items: [], links: { next: { uri: '/auditrecords?x=1' } } }));
  });

  it('is looked for on every page of the log, and not known where there are too many', async () => {
    const asked: string[] = [];
    const client = (pages: number) => ({
      ...{
        baseUrl: 'http://pretend',
        tokens: async () => 'token',
        budget: { take: async () => {}, pause: async () => {} },
        clock: systemClock(),
        locale: 'en-US',
      },
      async fetch(url: string, { headers }: { headers: Record<string, string> }) {
        asked.push(url);
        const page = Number(headers['MS-ContinuationToken'] ?? 0);
        const next = { uri: '/auditrecords?seekOperation=Next', headers: [{ key: 'MS-ContinuationToken', value: String(page + 1) }] };
        const body = { items: [{ operationDate: '2027-01-19T10:00:00Z', operationType: `p${page}` }], links: page + 1 < pages ? { next } : {} };
        return { ok: true, status: 200, headers: { get: () => null }, text: async () => JSON.stringify(body) };
      },
    });
    const of = (pages: number) => httpPartnerCenter(client(pages) as unknown as ClientConfig, client(1) as unknown as ClientConfig);
    assert.deepEqual(
      (await of(3).activity('c', '2027-01-01')).map((one) => one.operation),
      ['p0', 'p1', 'p2'],
    );
    assert.ok(asked.every((url) => url.includes('startDate=2027-01-01') && url.includes('filter=')));
    await assert.rejects(of(11).activity('c', '2027-01-01'), PartnerCenterError);
  });
});

describe('a list', () => {
  const row = (ticketId: string, expiresOn: string, end: EndOfTerm = 'cancels') => ({
    ...{
      ticketId,
      customerId: 'c',
      customerName: 'C',
      subscriptionId: ticketId,
      offerName: 'Plan',
      lastDay: expiresOn,
      expiresOn,
      quantity: 2,
      programme: null,
      end,
    },
  });
  const said = (rows: ReturnType<typeof row>[], within = 90) => {
    const text = JSON.stringify(listCard({ ...LISTED, rows, from: 0, handle: 'h', today: '2027-01-20', within }, en).card);
    return text.replaceAll('\u00a0', ' ');
  };

  it('does not count what is over among what ends soon', () => {
    const text = said([row('S-1', '2027-01-02'), row('S-2', '2027-01-20'), row('S-3', '2027-03-01')]);
    assert.match(text, /2 terms end within 90 days and are not set to renew/);
    assert.match(text, /1 of them within a week\. Of 1 on the list the last day has passed\./);
  });

  it('of what is over alone says that none ends', () => {
    assert.match(said([row('S-1', '2027-01-02')]), /I know of none whose term ends within 90 days without renewing.*Of 1 on the list the last day has passed/);
    assert.match(said([row('S-1', '2027-01-02')], 3_650), /1 subscription is not set to renew/);
  });

  it('does not say of what renews that it is being moved, for nobody may be at it', () => {
    assert.match(said([row('S-1', '2027-03-01', 'renews')]), /1 on the list renews, and somebody asked to move it/);
  });
});

describe('when somebody did it', () => {
  it('is a day and a time of a named zone: it may have been last week', () => {
    const d = { state: 'quoted' as const, who: nameText('Ann'), at: '2026-12-31T23:05:00Z' };
    for (const text of [en.replies.already(d), en.replies.alreadyApproved(d)]) assert.match(text.replaceAll('\u00a0', ' '), /31 December 2026 23:05 UTC/);
  });
});

describe('a subscription whose seats change while its ticket is open', () => {
  it('costs something else: the old price is not told beside the new seats', async () => {
    const one = await wired({ [ID]: [{ ...NCE, autoRenewEnabled: true }] });
    await one.look(ID, [NCE]);
    const [open] = await openTickets(one.store);
    const key = ticketKey(open?.ticketId ?? '');
    const row = await one.store.get<Ticket>(...ofCustomer(ID), key);
    const ticket = row?.value as Ticket;
    await one.store.put(...ofCustomer(ID), key, { ...ticket, facts: { ...ticket.facts, priceNow: { minor: 5_000, currency: 'EUR' } } });
    await one.look(ID, [{ ...NCE, commitmentEndDate: '2027-07-30T00:00:00Z' }]);
    assert.equal((await one.store.get<Ticket>(...ofCustomer(ID), key))?.value.facts.priceNow?.minor, 5_000, 'the seats are as they were');
    await one.look(ID, [{ ...NCE, commitmentEndDate: '2027-07-30T00:00:00Z', quantity: 40 }]);
    const after = (await one.store.get<Ticket>(...ofCustomer(ID), key))?.value.facts;
    assert.deepEqual([after?.quantity, after?.priceNow], [40, null]);
  });
});

describe('an offer of a form that nobody knows', () => {
  const worlds: [string, object, boolean][] = [
    ['new commerce by its product type', { offerId: 'CFQ7TTC0LH01' }, true],
    ['a licence without a product type', { offerId: 'cfq7ttc0lh01/0001', productType: null }, true],
    ['Azure, which has no end', { offerId: 'MS-AZR-0145P', productType: null }, false],
    ['of which nobody says that it is a licence', { offerId: 'something', productType: null, billingType: 'none' }, false],
  ];
  for (const [name, changes, told] of worlds) {
    it(`${name}: ${told ? 'it is told that it stops' : 'it is not watched'}`, async () => {
      const one = await wired({ [ID]: [{ ...NCE, ...changes, autoRenewEnabled: true }] });
      await one.look(ID, [{ ...NCE, ...changes }]);
      assert.equal((await openTickets(one.store)).length, told ? 1 : 0);
    });
  }
});
