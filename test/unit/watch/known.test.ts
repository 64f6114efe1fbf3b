/** What is said about all of a customer, or of all customers, where not all of it was read or renews. */
import assert from 'node:assert/strict';
import { drawList } from '../../../bot/turns/expiring.ts';
import { howItStands, nothingToMove, notRead } from '../../../bot/turns/stands.ts';
import { greetingCard, watchingCard } from '../../../cards/chat/chat.ts';
import { listCard } from '../../../cards/lists/lists.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Chat, Watching } from '../../../services/domain/ticket.ts';
import { gapsOf, isWhole } from '../../../services/watch/known.ts';
import { listCustomers } from '../../../services/watch/customers.ts';
import { HOUR_MS, ID, SECOND, wired } from '../../support/partner.ts';
import { statusCard } from '../../../cards/chat/status.ts';
import { LISTED, SHOWS } from '../../support/samples.ts';

const RENEWS = {
  id: '00000000-5555-4000-8000-000000000001',
  offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01',
  offerName: 'Plan A',
  productType: { id: 'OnlineServicesNCE' },
  quantity: 5,
  status: 'active',
  autoRenewEnabled: true as boolean | null,
  commitmentEndDate: '2027-06-30T00:00:00Z',
  billingType: 'license',
  isTrial: false,
};
const ANOTHER = { ...RENEWS, id: '00000000-5555-4000-8000-000000000002', offerName: 'Plan B' };
const CONTOSO = { id: ID, name: 'Contoso' };

type World = Awaited<ReturnType<typeof wired>>;
const said = async (one: World) => (await howItStands({ ...one.deps, words: en }, CONTOSO)).text;

/** The words of a status card, for a partner whose chats and looks are all in order. */
async function status(one: World): Promise<string> {
  const gaps = await gapsOf(one.store);
  const shown = {
    customers: 1,
    lookedAt: null,
    open: 0,
    skipped: { count: gaps.skipped.length, names: gaps.skipped.map((row) => row.name) },
    notRead: notRead(gaps, en),
    waiting: { chats: 0, since: null, troubled: 0 },
    cost: { requests: 1, looks: 1, transactions: 1, subscriptions: 1 },
    lateMinutes: 0,
    watching: [],
    reachable: gaps.skipped.length === 0,
    readOnly: null,
  };
  return JSON.stringify(statusCard(shown, en).card);
}

describe('everything of a customer renews', () => {
  it('is said when each subscription was read and renews', async () => {
    const one = await wired({ [ID]: [RENEWS, ANOTHER] });
    assert.match(await said(one), /^Everything of Contoso renews\./);
    assert.match(await status(one), /Everything works\./);
    assert.ok(isWhole(await gapsOf(one.store)));
  });

  it('S6-skipped-is-not-renewing: not of one that could not be looked at', async () => {
    const one = await wired({ [ID]: [RENEWS] });
    one.setBody(ID, { totalCount: 1 });
    await one.turn();
    const text = await said(one);
    assert.match(text, /^I could not look at Contoso the last time: Partner Center answered in a way that I do not understand\./);
    assert.doesNotMatch(text, /Everything/);
    assert.match((await nothingToMove({ ...one.deps, words: en }, CONTOSO)).text, /could not look at Contoso/);
    assert.doesNotMatch(await status(one), /Everything works/);
    assert.ok(!isWhole(await gapsOf(one.store)));
  });

  it('nor of one that was never looked at', async () => {
    const one = await wired({ [SECOND]: [RENEWS] });
    assert.equal(await said(one), 'I have not looked at Contoso yet.');
  });

  for (const [title, other, text] of [
    ['one is suspended', { status: 'suspended' }, /1 renews, 1 is suspended and still billed \(Plan B until 30\u00a0June\u00a02027\)/],
    [
      'one ends',
      { autoRenewEnabled: false, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] },
      /1 renews, 1 ends without renewing \(Plan B on/,
    ],
    ['one goes on by the month', { autoRenewEnabled: false, termDuration: 'P1Y' }, /1 goes on month by month as a paid Extended Service Term \(Plan B from/],
    [
      'one goes on by the month although its flag is on',
      { scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'RenewToExtendedServiceTerm' }] },
      /1 goes on month by/,
    ],
    [
      'flag and plan of one disagree',
      { scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] },
      /of 1 it is not known what happens at the end of the term/,
    ],
    [
      'what is planned for one is not known here',
      { scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'renew_to_new_term' }] },
      /of 1 it is not known what/,
    ],
    [
      'one renews with fewer licences',
      { scheduledNextTermInstructions: { quantity: 3 } },
      /1 renews as something else \(Plan B on 30\u00a0June\u00a02027, as 3\u00a0licences\)/,
    ],
    ['one is software that ends', { productType: { id: 'Software' }, autoRenewEnabled: false }, /1 ends without renewing/],
    ['one has expired', { status: 'expired' }, /1 has ended/],
    ['one is a trial', { isTrial: true }, /1 is a trial/],
    ['of one it is not said whether it renews', { autoRenewEnabled: null }, /of 1 Partner Center does not say whether it renews/],
    ['one has no licences that can be read', { quantity: 'many' }, /I could not read: the number of licences of Plan B\./],
    ['one has a field that nobody needs, and cannot be read', { orderId: 7 }, /“orderId” of Plan B/],
    ['one has no state', { status: null }, /the state of Plan B/],
  ] as const) {
    it(`nor where ${title}: that is said`, async () => {
      const one = await wired({ [ID]: [RENEWS, { ...ANOTHER, ...other }] });
      assert.match(await said(one), text);
      assert.doesNotMatch(await said(one), /Everything/);
    });
  }

  it('nor where one is missing from the list, or the list goes on', async () => {
    const one = await wired({ [ID]: [RENEWS, ANOTHER, { ...ANOTHER, id: 'third' }] });
    await one.look(ID, [RENEWS, ANOTHER]);
    assert.match(await said(one), /1 was missing from the last list/);
    await one.look(ID, [RENEWS, ANOTHER, { ...ANOTHER, id: 'third' }], { next: '/more' });
    assert.match(await said(one), /the end of its list/);
  });
});

describe('everything works', () => {
  it('is not said while a field is unread; the customer, the plan and the field are named', async () => {
    const one = await wired({ [ID]: [{ ...RENEWS, autoRenewEnabled: null }] });
    const text = await status(one);
    assert.doesNotMatch(text, /Everything works/);
    assert.match(text, /whether it renews: the field autoRenewEnabled of Plan A/);
  });

  it('W1h-status-tells-of-the-failing-list: nor while the list of customers cannot be read, whole or in part', async () => {
    for (const [body, words] of [
      [{ totalCount: 1 }, /The list of customers cannot be read \(shape\)/],
      [{ items: [{ id: ID, companyProfile: null }] }, /Names in the list of customers/],
      [{ items: [{ id: ID, companyProfile: { companyName: 'C' } }, null] }, /1\\?.*record in the list of customers without an id/],
      [{ items: [{ id: ID, companyProfile: { companyName: 'C' } }], links: { next: {} } }, /The list of customers goes on/],
    ] as const) {
      const one = await wired({ [ID]: [RENEWS] });
      one.setCustomers(body);
      one.wait(HOUR_MS);
      await listCustomers(one.deps);
      assert.match(await status(one), words);
      assert.doesNotMatch(await status(one), /Everything works/);
    }
  });
});

describe('lists and greetings', () => {
  const overview = { customers: 3, open: 0, next: null };
  it('say that all renews only of a customer of whom all was read and renews; else how it stands', async () => {
    const listOf = async (one: World, days: number) => {
      const handle = { kind: 'list' as const, chat: 'chat', list: { days, customerId: ID } };
      const { card, claims = [] } = await drawList(
        { ...one.deps, shows: SHOWS, chatWords: en },
        { key: 'chat', watching: [{ what: 'all' }] } as unknown as Chat,
        {
          handle,
          id: 'h',
          from: 0,
        },
      );
      return { text: JSON.stringify(card).replaceAll('\u00a0', ' '), claims: claims.map((claim) => claim.claims) };
    };
    const all = await listOf(await wired({ [ID]: [RENEWS, ANOTHER] }), 30);
    assert.match(all.text, /Everything of Customer [-0-9a-z]+ renews\./);
    assert.deepEqual(all.claims, ['allRenew']);
    const some = await listOf(await wired({ [ID]: [RENEWS, { ...ANOTHER, isTrial: true }] }), 30);
    assert.match(some.text, /1 renews, 1 is a trial until 30 June 2027|1 renews, 1 is a trial \(Plan B until 30 June 2027\)/);
    assert.deepEqual(some.claims, []);
  });

  it('name the next one where none ends within the days that were asked about, whoever’s it is', async () => {
    const one = await wired({ [ID]: [RENEWS], [SECOND]: [{ ...ANOTHER, autoRenewEnabled: true }] });
    await one.look(SECOND, [{ ...ANOTHER, autoRenewEnabled: false }]);
    const draw = async (days: number, watching: Watching[] = [{ what: 'all' }]) => {
      const handle = { kind: 'list' as const, chat: 'chat', list: { days, customerId: null, watched: true } };
      const { card } = await drawList({ ...one.deps, shows: SHOWS, chatWords: en }, { key: 'chat', watching } as unknown as Chat, { handle, id: 'h', from: 0 });
      return JSON.stringify(card).replaceAll('\u00a0', ' ');
    };
    assert.match(
      await draw(3),
      /none whose term ends within 3 days.*The next is Plan B of Customer c0000000-0000-4000-8000-000000000002, on 30 June 2027, in 161 days\. Trials/,
    );
    assert.doesNotMatch(await draw(3_650), /The next is/, 'it is on the list');
    assert.doesNotMatch(await draw(3, [{ what: 'customer', customerId: ID, customerName: 'C' }]), /The next is/, 'not watched here');
  });

  it('say nothing about everything where it was not read', () => {
    const view = { rows: [], from: 0, handle: 'h', today: '2027-01-20', within: 3650 };
    for (const whole of [true, false]) {
      const text = JSON.stringify([
        listCard({ ...LISTED, ...view, whole }, en).card,
        greetingCard('h', { ...overview, whole }, en).card,
        watchingCard('h', { watching: [{ what: 'all' }], by: null, at: null, overview: { ...overview, whole } }, en).card,
      ]);
      assert.doesNotMatch(text, /Everything/);
      assert.equal(/could not be read|could read/.test(text), !whole, String(whole));
    }
  });

  it('a list tells apart what stops, what renews and is being moved, and what nobody says', () => {
    const row = {
      ticketId: 'S-1',
      customerId: ID,
      customerName: 'C',
      subscriptionId: 's',
      offerName: 'P',
      lastDay: '2027-03-02',
      expiresOn: '2027-03-03',
      quantity: 5,
      programme: null,
      end: 'cancels' as const,
    };
    const rows = [row, { ...row, end: 'renews' as const }, { ...row, end: 'unread' as const, quantity: null }];
    const text = JSON.stringify(listCard({ ...LISTED, rows, from: 0, handle: 'h', today: '2027-01-20', within: 3650 }, en).card).replaceAll('\u00a0', ' ');
    assert.match(text, /1 subscription is not set to renew/);
    assert.match(text, /1 on the list renews, and somebody asked to move it\. Of 1 on the list Partner Center does not say whether it renews\./);
  });
});
