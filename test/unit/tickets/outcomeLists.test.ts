/** Lists by what happens at the end of the term: all that is known, with or without a ticket, and what it costs. */
import assert from 'node:assert/strict';
import { drawList } from '../../../bot/turns/expiring.ts';
import { en } from '../../../cards/text/en/en.ts';
import { type Money, sumsOf } from '../../../services/domain/money.ts';
import type { Chat, EndOfTerm, Ticket } from '../../../services/domain/ticket.ts';
import { costFrom, type Outcome } from '../../../services/tickets/costs.ts';
import type { AskedPrices } from '../../../services/partnerCenter/port.ts';
import { keysWith, ofCustomer, TICKET } from '../../../services/store/rows.ts';
import { listTicket } from '../../../services/tickets/openList.ts';
import { HOUR_MS, ID, SECOND, wired } from '../../support/partner.ts';
import { textsOf } from '../cards/sentences.ts';
import { SHOWS } from '../../support/samples.ts';

const NCE = {
  ...{ offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', productType: { id: 'OnlineServicesNCE' }, quantity: 10, status: 'active', autoRenewEnabled: true },
  ...{ commitmentEndDate: '2027-03-03T00:00:00Z', billingType: 'license', billingCycle: 'monthly', termDuration: 'P1Y', isTrial: false },
};
const one = (n: number, name: string, changes: object) => ({
  ...NCE,
  id: `00000000-5555-4000-8000-00000000000${n}`,
  offerName: name,
  friendlyName: name,
  ...changes,
});
const CANCEL = { autoRenewEnabled: false, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] };
const IN_EST = { termDuration: 'P1M', commitmentEndDate: '2027-02-03T00:00:00Z', cancellationAllowedUntilDate: '2027-02-03T23:59:59Z' };
const WORLD = [
  one(1, 'Renewing', {}),
  one(2, 'Ending', CANCEL),
  one(3, 'Extending', { autoRenewEnabled: false }),
  one(4, 'Extended', IN_EST),
  one(5, 'Monthly', { autoRenewEnabled: false, termDuration: 'P1M' }),
  one(6, 'Far', { commitmentEndDate: '2027-09-03T00:00:00Z' }),
  one(7, 'Suspended', { autoRenewEnabled: false, status: 'suspended' }),
  one(8, 'Changing', { scheduledNextTermInstructions: { quantity: 5 } }),
];

type World = Awaited<ReturnType<typeof wired>>;

async function listed(world: World, outcome: Outcome, customerId: string | null = null): Promise<string> {
  const handle = { kind: 'list' as const, chat: 'c', list: { days: 90, customerId, outcome } };
  const { card } = await drawList({ ...world.deps, shows: SHOWS, chatWords: en }, { watching: [] } as unknown as Chat, {
    handle,
    id: 'abcdefghijklmnopqrstuv',
    from: 0,
  });
  return textsOf(card).join('\n').replaceAll('\u00a0', ' ');
}

const plansIn = (text: string) => [...text.matchAll(/^(\w+) · /gm)].map((match) => match[1]).sort();

async function price(world: World, plan: string, minor: number, currency: string): Promise<void> {
  for (const row of await world.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET)))
    if (row.value.facts.offerName === plan)
      await world.store.put(...ofCustomer(ID), row.key, { ...row.value, facts: { ...row.value.facts, priceNow: { minor, currency } } });
}

describe('a list by outcome', () => {
  it('holds each that has that outcome within the days, whether or not it has a ticket, of all customers or of one', async () => {
    const world = await wired({ [ID]: WORLD, [SECOND]: [one(9, 'Other', {})] });
    assert.deepEqual(plansIn(await listed(world, 'est')), ['Extended', 'Extending', 'Monthly']);
    assert.deepEqual(plansIn(await listed(world, 'ends')), ['Ending']);
    assert.deepEqual(plansIn(await listed(world, 'renews')), ['Changing', 'Other', 'Renewing']);
    assert.deepEqual(plansIn(await listed(world, 'renews', SECOND)), ['Other']);
    assert.match(await listed(world, 'ends', SECOND), /I know of none that ends by 20 April 2027/);
  });

  it('follows what changes, and forgets what is gone', async () => {
    const world = await wired({ [ID]: WORLD });
    await world.look(ID, [one(1, 'Renewing', CANCEL), one(3, 'Extending', { commitmentEndDate: '2028-03-03T00:00:00Z' }), ...WORLD.slice(3)]);
    assert.deepEqual(plansIn(await listed(world, 'ends')), ['Renewing']);
    assert.deepEqual(plansIn(await listed(world, 'est')), ['Extended', 'Monthly']);
    world.wait(2 * HOUR_MS);
    await world.look(ID, [one(1, 'Renewing', CANCEL), one(3, 'Extending', { commitmentEndDate: '2028-03-03T00:00:00Z' }), ...WORLD.slice(3)]);
    assert.deepEqual(plansIn(await listed(world, 'ends')), ['Renewing'], 'what was asked about and is gone is not in it');
  });

  it('says of how many the day has gone by since they were read, and takes none of them for ended', async () => {
    const world = await wired({ [ID]: WORLD, [SECOND]: [one(9, 'Other', {})] });
    world.wait(20 * 24 * HOUR_MS);
    assert.deepEqual(plansIn(await listed(world, 'est')), ['Extending', 'Monthly']);
    for (const whose of [null, ID]) assert.match(await listed(world, 'est', whose), /Of 1 the day has gone by since I looked last; what became of it comes/);
    assert.doesNotMatch(await listed(world, 'ends', SECOND), /has gone by/);
    world.wait(40 * 24 * HOUR_MS);
    assert.match(await listed(world, 'est'), /I know of none[\s\S]*Of 3 the day has gone by since I looked last; what became of them/);
  });

  it('says what each costs from its day where that is known, and sums each currency by itself', async () => {
    const world = await wired({ [ID]: WORLD });
    await price(world, 'Extending', 31_000, 'EUR');
    await price(world, 'Monthly', 10_000, 'USD');
    const est = await listed(world, 'est');
    assert.match(est, /Extending · now €310\.00 a month, then not known/);
    assert.match(est, /Monthly · now US?\$100\.00 a month, then US?\$103\.00 a month/);
    assert.match(
      est,
      /They cost €310\.00 and US?\$100\.00 a month now; of 1 the price is not known\. After their day US?\$103\.00 a month is known\. Of 2 the price of an Extended/,
    );
    await price(world, 'Ending', 5_000, 'EUR');
    assert.match(
      await listed(world, 'ends'),
      /It costs €50\.00 a month now\. After that day it costs nothing\.[\s\S]*Ending · now €50\.00 a month, then nothing/,
    );
    assert.match(await listed(world, 'renews'), /What they cost now is not known\. After their day they cost what the price list of that day says/);
  });

  it('reads the price sheets: names and sums what is known, asked for all at once, of what they become', async () => {
    const world = await wired({ [ID]: WORLD });
    const asked: AskedPrices[] = [];
    const seat = { renewal: 2_300, oneMonth: 2_629, extended: 2_708 };
    world.deps.priceSheets = {
      prices: async (of) => {
        asked.push(of);
        const all = Object.fromEntries(
          Object.entries(seat).map(([name, minor]) => [name, { minor: minor * (of.next?.quantity ?? of.quantity), currency: 'EUR' }]),
        );
        return { known: true, on: '2027-01-20', ...(all as Record<keyof typeof seat, Money>) };
      },
    };
    const est = await listed(world, 'est');
    assert.match(est, /After their day they cost €812\.40 a month\.[\s\S]*Extended · now not known, then €270\.80 a month/);
    assert.match(await listed(world, 'renews'), /After their day they cost €345\.00 a month\.[\s\S]*Renewing · now not known, then €230\.00 a month/);
    assert.match(await listed(world, 'renews'), /Changing · now not known, then €115\.00 a month/);
    assert.equal(asked.length, 7, 'one question a line, and no cart');
  });

  it('never adds two currencies, and takes no price for another', () => {
    const eur = { minor: 100, currency: 'EUR' };
    assert.deepEqual(sumsOf([eur, { minor: 5, currency: 'JPY' }, { minor: 23, currency: 'EUR' }]), [
      { minor: 123, currency: 'EUR' },
      { minor: 5, currency: 'JPY' },
    ]);
    const prices = { on: '2027-01-20', renewal: { minor: 120, currency: 'EUR' }, oneMonth: null, extended: { minor: 130, currency: 'EUR' } };
    const read = (end: EndOfTerm) => costFrom({ end, byMonth: false, priceNow: null, prices });
    assert.deepEqual([read('extends'), read('inEst'), read('renews'), read('renewsAs')], [prices.extended, prices.extended, prices.renewal, prices.renewal]);
    assert.deepEqual([read('cancels'), read('unknown'), read('contradictory')], ['nothing', null, null]);
    assert.equal(costFrom({ end: 'extends', byMonth: false, priceNow: eur, prices: null }), null);
    assert.equal(costFrom({ end: 'inEst', byMonth: true, priceNow: eur, prices: null }), null);
    assert.equal(costFrom({ end: 'extends', byMonth: true, priceNow: null, prices: null }), null);
    assert.equal(costFrom({ end: 'renews', byMonth: true, priceNow: eur, prices: null }), null);
    assert.deepEqual(costFrom({ end: 'extends', byMonth: true, priceNow: eur, prices: null }), { minor: 103, currency: 'EUR' });
    assert.equal(costFrom({ end: 'cancels', byMonth: false, priceNow: null, prices: null }), 'nothing');
  });

  it('offers to choose several where its tickets are of one programme, whatever has none', async () => {
    const world = await wired({ [ID]: WORLD });
    const offers = async (outcome: Outcome) => {
      const handle = { kind: 'list' as const, chat: 'c', list: { days: 90, customerId: null, outcome } };
      const at = { handle, id: 'abcdefghijklmnopqrstuv', from: 0 };
      const { card } = await drawList({ ...world.deps, shows: SHOWS, chatWords: en }, { watching: [] } as unknown as Chat, at);
      return JSON.stringify(card).includes('list.choose');
    };
    const ofProgramme = async (programme: string | null, ...plans: string[]) => {
      for (const { value } of await world.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET)))
        if (plans.includes(value.facts.offerName)) await listTicket(world.store, { ...value, facts: { ...value.facts, programme } }, null);
    };
    assert.equal(await offers('est'), false);
    await ofProgramme('Dynamics AX', 'Extending', 'Monthly');
    assert.deepEqual([await offers('est'), await offers('ends'), await offers('renews')], [true, false, false]);
    await ofProgramme('Dynamics CRM Online', 'Monthly');
    assert.equal(await offers('est'), false);
  });

  it('of rows that an older program stored: the table is filled at the next look', async () => {
    const world = await wired({ [ID]: WORLD });
    for (const row of await world.store.range('open', 'ends', '0', '~')) await world.store.remove('open', 'ends', row.key);
    const watch = await world.store.get<object>(...ofCustomer(ID), 'swp');
    await world.store.put(...ofCustomer(ID), 'swp', { ...watch?.value, listsEnds: false });
    await world.look(ID, WORLD);
    assert.deepEqual(plansIn(await listed(world, 'renews')), ['Changing', 'Renewing']);
  });
});
