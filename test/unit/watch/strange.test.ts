/** Lists, ids and names that nobody thought of: what stops is told, and nobody's oddness is another's trouble. */
import assert from 'node:assert/strict';
import { parseCommand } from '../../../dialogs/commands.ts';
import { readEvent } from '../../../bot/teams/events.ts';
import { whatIsMeant } from '../../../bot/turns/resolve.ts';
import type { Ticket, News } from '../../../services/domain/ticket.ts';
import { openTickets } from '../../../services/tickets/openList.ts';
import { continuation } from '../../../services/partnerCenter/wire/page.ts';
import { parseCustomers, parseSubscriptions } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { BOT } from '../../../services/auditLog/auditLog.ts';
import { wantsCard } from '../../../services/notify/rules.ts';
import { allRenew, gapsOf, isWhole, standOf } from '../../../services/watch/known.ts';
import { unreadOf } from '../../../services/watch/notes.ts';
import { noteBaseline, listCustomers } from '../../../services/watch/customers.ts';
import { memoryStore } from '../../support/memory.ts';
import { HOUR_MS, ID, SECOND as OTHER, partner, subscription, wired } from '../../support/partner.ts';
import { askTicket } from '../../../services/tickets/tickets.ts';
import { readListing } from '../../../services/watch/rows.ts';
import { findCustomers, nameCustomer } from '../../../services/search.ts';
import { keysWith, ofCustomer, OUTBOX, ticketKey } from '../../../services/store/rows.ts';

const NCE = {
  id: '00000000-5555-4000-8000-000000000001',
  offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01',
  offerName: 'Plan A',
  productType: { id: 'OnlineServicesNCE' },
  quantity: 5,
  status: 'active',
  autoRenewEnabled: false,
  commitmentEndDate: '2027-06-30T00:00:00Z',
  billingType: 'license',
  billingCycle: 'monthly',
  termDuration: 'P1Y',
  isTrial: false,
};
const ADDON = { ...NCE, id: '00000000-5555-4000-8000-000000000002', offerName: 'Add-on', parentSubscriptionId: NCE.id };
const renewing = <T extends object>(one: T) => ({ ...one, autoRenewEnabled: true });

async function plans(one: { store: Parameters<typeof openTickets>[0] }): Promise<string[]> {
  return (await openTickets(one.store)).map((row) => row.offerName).sort();
}

describe('a subscription that names another as its base', () => {
  it('itself: it is told like any other', async () => {
    const one = await wired({ [ID]: [renewing({ ...NCE, parentSubscriptionId: NCE.id })] });
    await one.look(ID, [{ ...NCE, parentSubscriptionId: NCE.id.toUpperCase() }]);
    assert.deepEqual(await plans(one), ['Plan A']);
  });

  it('which names it in turn: both are told', async () => {
    const pair = [{ ...NCE, parentSubscriptionId: ADDON.id }, ADDON];
    const one = await wired({ [ID]: pair.map(renewing) });
    await one.look(ID, pair);
    assert.deepEqual(await plans(one), ['Add-on', 'Plan A']);
  });

  it('that ends later: its own end is told', async () => {
    const early = { ...ADDON, commitmentEndDate: '2027-02-28T00:00:00Z' };
    const one = await wired({ [ID]: [renewing(NCE), renewing(early)] });
    await one.look(ID, [NCE, early]);
    assert.deepEqual(await plans(one), ['Add-on', 'Plan A']);
  });

  it('and whose base renews again, when it does not itself: now it is told', async () => {
    const one = await wired({ [ID]: [renewing(NCE), renewing(ADDON)] });
    await one.look(ID, [NCE, ADDON]);
    assert.deepEqual(await plans(one), ['Plan A'], 'it goes with its base');
    await one.look(ID, [renewing(NCE), ADDON]);
    assert.deepEqual(await plans(one), ['Add-on']);
    await one.look(ID, [renewing(NCE), renewing(ADDON)]);
    await one.look(ID, [NCE, ADDON]);
    await one.look(ID, [renewing(NCE), ADDON]);
    assert.deepEqual(await plans(one), ['Add-on'], 'a second time too');
  });

  it('and whose base is moved or gone, when it stays: now it is told', async () => {
    const one = await wired({ [ID]: [renewing(NCE), renewing(ADDON)] });
    await one.look(ID, [NCE, ADDON]);
    await one.look(ID, [{ ...NCE, status: 'suspended' }, ADDON]);
    assert.deepEqual(await plans(one), ['Add-on']);
  });

  it('with an empty name: it is no add-on', () => {
    for (const parentSubscriptionId of ['', '  ', '00000000-0000-0000-0000-000000000000'])
      assert.equal(parseSubscriptions('c', { items: [{ ...NCE, parentSubscriptionId }] }).items[0]?.parentId, null);
  });
});

describe('a state that is no state', () => {
  it('a word that is not documented keeps the last known state, and is named: neither "renews" nor silence', async () => {
    for (const status of ['warning', 'inGracePeriod', 'Aktiv', 'active\u0000', '99', 99, true]) {
      const one = await wired({ [ID]: [renewing(NCE)] });
      await one.look(ID, [{ ...NCE, status }]);
      assert.deepEqual(await plans(one), ['Plan A'], String(status));
      assert.deepEqual(
        (await unreadOf(one.store, ID))?.notes.map((note) => note.field),
        ['status'],
      );
      assert.ok(!allRenew(await standOf(one.store, ID, { programmes: [], today: '2027-01-20' })));
    }
  });

  it('seen first with such a word, the rest of the customer is not said to renew', async () => {
    const one = await wired({ [ID]: [renewing(NCE), { ...ADDON, parentSubscriptionId: null, status: 'pastDue' }] });
    assert.ok(!allRenew(await standOf(one.store, ID, { programmes: [], today: '2027-01-20' })));
  });

  it('with spaces around it is the same word', () => {
    assert.equal(parseSubscriptions('c', { items: [{ ...NCE, status: ' Active ' }] }).items[0]?.status, 'active');
  });
});

describe('it renews again, without a date', () => {
  it('its open ticket does not go on saying that it ends', async () => {
    const one = await wired({ [ID]: [renewing(NCE)] });
    await one.look(ID, [NCE]);
    await one.look(ID, [{ ...renewing(NCE), commitmentEndDate: null }]);
    assert.deepEqual(await plans(one), []);
  });

  it('and when it stops later, still without one, it is told with the last known day', async () => {
    const one = await wired({ [ID]: [renewing(NCE)] });
    await one.look(ID, [{ ...renewing(NCE), commitmentEndDate: null }]);
    await one.look(ID, [{ ...NCE, commitmentEndDate: null }]);
    assert.deepEqual(
      (await openTickets(one.store)).map((row) => row.expiresOn),
      ['2027-06-30'],
    );
  });
});

describe('the same, spelled otherwise', () => {
  const read = (changes: object) => parseSubscriptions('c', { items: [{ ...NCE, ...changes }] });
  it('spaces around a word do not make another product of it, that nobody watches', () => {
    for (const changes of [
      { productType: { id: ' OnlineServicesNCE ' } },
      { offerId: ` ${NCE.offerId}` },
      { offerId: ' 195416C1-3447-423A-B37B-EE59A99A19C4 ' },
    ])
      assert.notEqual(read(changes).items[0]?.kind, 'other', JSON.stringify(changes));
    assert.equal(read({ billingType: 'Usage ' }).items[0]?.isUsage, true);
    assert.deepEqual(
      read({ offerId: ' ' }).unread.map((one) => one.why),
      ['offerId'],
    );
  });

  it('a day and a time with a space between them; more licences than there are people is no number', () => {
    assert.equal(read({ commitmentEndDate: '2027-06-30 00:00:00' }).items[0]?.lastDay, '2027-06-30');
    assert.deepEqual([read({ quantity: 1e308 }).items[0]?.quantity, read({ quantity: 1e308 }).unread.length], [null, 1]);
  });

  it('a list that goes on says so in many forms, and is never taken for whole', () => {
    for (const more of [
      { nextLink: 'https://p/x?continuationToken=q' },
      { '@odata.nextLink': 'https://p/x' },
      { links: [{ rel: 'self' }, { rel: 'next', uri: '/x?continuationToken=q' }] },
      { links: [{ rel: 'next' }] },
    ]) {
      const { next, lost } = continuation({ items: [], ...more });
      assert.ok(next !== null || lost, JSON.stringify(more));
    }
    for (const last of [{}, { links: null }, { links: [] }, { links: { self: {} } }, { nextLink: null }])
      assert.deepEqual(continuation({ items: [], ...last }), { next: null, lost: false }, JSON.stringify(last));
  });

  it('a name that nobody can see is none', () => {
    const names = ['\u200b \u00a0', '\u202e', '\u2060\ufeff', '\u0000'];
    const { items, unread } = parseCustomers({ items: names.map((companyName, n) => ({ id: `c${n}`, companyProfile: { companyName } })) });
    assert.deepEqual([items.map((one) => one.name), unread.length], [['c0', 'c1', 'c2', 'c3'], 4]);
    assert.equal(parseCustomers({ items: [{ id: 'c', companyProfile: { companyName: ' 🎿 ' } }] }).items[0]?.name, '🎿');
  });
});

describe('ids that are no keys', () => {
  const ODD = ['a/b', 'a\\b', 'a#b', 'a?b', 'a b', '../x', 'x'.repeat(1_100), 'a\u0000b', '𠮷', '%2e%2e'];
  it('of a subscription: the others are told, and the list is not whole', async () => {
    for (const id of ODD) {
      const read = parseSubscriptions('c', { items: [{ ...NCE, id }, ADDON] });
      assert.deepEqual([read.items.map((item) => item.id), read.whole], [[ADDON.id], false], id);
    }
  });

  it('of a customer: the others are looked at, the first look at all ends, and the list is said not to be whole', async () => {
    for (const id of ODD) {
      const one = await wired({ [OTHER]: [renewing(NCE)] });
      one.setCustomers({
        items: [
          { id, companyProfile: { companyName: 'Odd' } },
          { id: OTHER, companyProfile: { companyName: 'Even' } },
        ],
      });
      one.wait(HOUR_MS);
      await listCustomers(one.deps);
      assert.equal((await readListing(one.store))?.trouble?.records, 1, id);
      assert.ok(!isWhole(await gapsOf(one.store)));
    }
  });

  it('one customer who cannot be stored does not keep the others from their first digest', async () => {
    const one = partner();
    one.names.set(OTHER, 'Odd');
    const { commit } = one.deps.store;
    one.deps.store.commit = async (table, partition, changes) => {
      if (partition === OTHER) throw new Error('The storage does not take it.');
      return commit(table, partition, changes);
    };
    await listCustomers(one.deps);
    await one.turn();
    for (let turn = 0; turn < 5; turn++) await noteBaseline(one.deps);
    assert.ok((await readListing(one.store))?.baselineAt);
  });

  it('a name of a megabyte is cut, and its customer is watched', async () => {
    const one = await wired({ [ID]: [renewing(NCE)] });
    one.setCustomers({ items: [{ id: ID, companyProfile: { companyName: '𠮷'.repeat(500_000) } }] });
    one.wait(HOUR_MS);
    await listCustomers(one.deps);
    assert.equal((await readListing(one.store))?.trouble ?? null, null);
    await one.look(ID, [{ ...NCE, offerName: 'y'.repeat(1_000_000) }]);
    const [row] = await openTickets(one.store);
    assert.ok(row?.customerName.startsWith('𠮷') && row.customerName.length <= 1_000 && row.offerName.length <= 1_000);
  });
});

describe('a ticket that was opened by `move` while its subscription renewed', () => {
  it('and then stops: every chat that watches is told as of any other', async () => {
    const one = partner();
    one.lists.set(ID, [subscription({ autoRenew: true })]);
    await listCustomers(one.deps);
    await one.turn();
    await noteBaseline(one.deps);
    const asked = await askTicket({ ...one.deps, doing: undefined }, 'Contoso', subscription({ autoRenew: true }), [], BOT);
    assert.ok(asked);
    one.lists.set(ID, [subscription({ autoRenew: false })]);
    await one.turn();
    const news = (await one.store.range<News>(...ofCustomer(ID), ...keysWith(OUTBOX))).map((row) => row.value);
    assert.ok(
      news.some((some) => wantsCard(some.kind)),
      JSON.stringify(news),
    );
    const ticket = (await one.store.get<Ticket>(...ofCustomer(ID), ticketKey(asked.id)))?.value;
    assert.equal(ticket?.facts.endOfTerm, 'cancels');
  });
});

describe('what was typed', () => {
  it('a customer’s name that begins with a number is no number of days', () => {
    assert.deepEqual(parseCommand('expiring 3M'), { command: 'expiring', days: 90, customer: '3M' });
    assert.deepEqual(parseCommand('expiring 7eleven'), { command: 'expiring', days: 90, customer: '7eleven' });
    assert.deepEqual(parseCommand('expiring days inn'), { command: 'expiring', days: 90, customer: 'days inn' });
    assert.deepEqual(parseCommand('expiring 30days contoso'), { command: 'expiring', days: 30, customer: 'contoso' });
    assert.deepEqual(parseCommand('expiring 30 days'), { command: 'expiring', days: 30, customer: null });
    assert.deepEqual(parseCommand('expiring 30 contoso'), { command: 'expiring', days: 30, customer: 'contoso' });
    assert.deepEqual(parseCommand('expiring 1234567'), { command: 'expiring', days: 90, customer: '1234567' });
  });

  it('a long name is found by all of it, and nothing of it is taken for a plan', async () => {
    const store = memoryStore();
    const name = 'Gemeinnützige Gesellschaft zur Förderung der Bildung und Integrationsbegleitung Niederösterreich';
    await nameCustomer(store, { id: ID, name });
    assert.deepEqual(
      (await findCustomers(store, name)).map((one) => one.id),
      [ID],
    );
  });

  it('a customer who is called like a ticket is found, where there is no such ticket', async () => {
    const store = memoryStore();
    await nameCustomer(store, { id: ID, name: 'S7' });
    const meant = await whatIsMeant(store, 's7');
    assert.equal(meant.kind, 'customer');
    assert.equal((await whatIsMeant(store, 'S-8')).kind, 'noTicket');
  });
});

describe('the app is upgraded', () => {
  it('which is no removal: the chats go on watching', () => {
    const event = (action: string) => readEvent({ type: 'installationUpdate', action } as Parameters<typeof readEvent>[0]);
    assert.deepEqual([event('remove-upgrade'), event('remove'), event('add-upgrade')], [null, { what: 'removed' }, { what: 'added' }]);
  });
});
