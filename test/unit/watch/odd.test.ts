/** Lists as the world really gives them: odd fields, odd records, half lists, and what they must not hide or end. */
import assert from 'node:assert/strict';
import type { Ticket, Move, News } from '../../../services/domain/ticket.ts';
import { openTickets } from '../../../services/tickets/openList.ts';
import { parseCustomers, parseSubscriptions } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { applyEvent } from '../../../services/moves/apply.ts';
import { BOT } from '../../../services/auditLog/auditLog.ts';
import { walkRecord } from '../../../services/auditLog/verify.ts';
import { updateChat, watchers } from '../../../services/chats.ts';
import { sampleMove } from '../../support/samples.ts';
import { unreadOf } from '../../../services/watch/notes.ts';
import { listCustomers } from '../../../services/watch/customers.ts';
import { beginning, foldedWords, inParts } from '../../../services/text.ts';
import { HOUR_MS, ID, SECOND as OTHER, partner, subscription, wired } from '../../support/partner.ts';
import { openMove } from '../../../services/moves/open.ts';
import { readListing } from '../../../services/watch/rows.ts';
import { findCustomers } from '../../../services/search.ts';
import { keysWith, ofCustomer, OUTBOX, TICKET } from '../../../services/store/rows.ts';

const DAY_MS = 24 * HOUR_MS;
const NCE = {
  id: '00000000-5555-4000-8000-000000000001',
  offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01',
  offerName: 'Plan A',
  friendlyName: 'Plan A',
  productType: { id: 'OnlineServicesNCE' },
  quantity: 5,
  unitType: 'Licenses',
  status: 'active',
  autoRenewEnabled: false as boolean | null,
  commitmentEndDate: '2027-06-30T00:00:00Z',
  billingType: 'license',
  billingCycle: 'monthly',
  termDuration: 'P1Y',
  isTrial: false,
};
const SECOND = { ...NCE, id: '00000000-5555-4000-8000-000000000002', offerName: 'Plan B' };
const renewing = (one: object) => ({ ...one, autoRenewEnabled: true });

/** A partner with one customer who was looked at once while all of it renewed. */
async function renewingOnce(...items: object[]) {
  const one = await wired({ [ID]: items.map(renewing) });
  assert.equal((await openTickets(one.store)).length, 0);
  return one;
}

async function plans(one: Awaited<ReturnType<typeof wired>>): Promise<string[]> {
  return (await openTickets(one.store)).map((row) => row.offerName).sort();
}

describe('one odd field of a subscription', () => {
  for (const [title, odd, field] of [
    ['S1-quantity-null: a number of licences that is missing', { quantity: null }, 'quantity'],
    ['S1h-producttype-empty: a product type without an id', { productType: {} }, 'productType'],
    ['a number of licences in words', { quantity: 'five' }, 'quantity'],
    ['half a licence', { quantity: 2.5 }, 'quantity'],
    ['a name that is an object', { offerName: { en: 'Plan B' }, friendlyName: 'Plan B' }, 'offerName'],
    ['scheduled actions that are no list', { scheduledActions: { cancel: true } }, 'scheduledActions'],
    ['a term that is a number', { termDuration: 12 }, 'termDuration'],
    ['S3-offerid-null: no offer', { offerId: null }, 'offerId'],
    ['no offer and no product type', { offerId: null, productType: null }, 'offerId'],
  ] as const) {
    it(`${title}: both are told, and it is named`, async () => {
      const one = await renewingOnce(NCE, SECOND);
      await one.look(ID, [NCE, { ...SECOND, ...odd }]);
      assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
      const notes = (await unreadOf(one.store, ID))?.notes ?? [];
      assert.deepEqual(
        notes.map((note) => [note.plan, note.field]),
        [['Plan B', field]],
      );
      await one.look(ID, [NCE, SECOND]);
      assert.equal(await unreadOf(one.store, ID), null, 'when it is read again nothing is named');
    });
  }

  for (const [title, odd, word] of [
    ['that are no list', { cancel: true }, '{"cancel":true}'],
    ['that are a word', 'Cancel', '"Cancel"'],
    ['that hold a word', ['Cancel'], '"Cancel"'],
    ['for no day', [{ actionType: 'Cancel' }], '?: Cancel'],
    ['that name nothing', [{ scheduleType: 'TermEnd' }], '{"scheduleType":"TermEnd"}'],
    ['one of which is none', [7], '7'],
    ['in other letters', [{ scheduleType: 'TermEnd', actionType: 'cancel' }], 'cancel'],
    ['with a number for a word', [{ scheduleType: 'TermEnd', actionType: 3 }], '3'],
    ['with an object for a word', [{ scheduleType: 'TermEnd', actionType: { value: 'Cancel' } }], '{"value":"Cancel"}'],
    ['with a new word', [{ scheduleType: 'TermEnd', actionType: 'Freeze' }], 'Freeze'],
    ['of another kind', [{ scheduleType: 'term_end', actionType: 'Cancel' }], 'term_end: Cancel'],
    ['spelled otherwise altogether', [{ schedule_type: 'TermEnd', action_type: 'Cancel' }], '{"schedule_type":"TermEnd","action_type":"Cancel"}'],
    ['two of them', ['Cancel', 'RenewToNewTerm'].map((actionType) => ({ scheduleType: 'TermEnd', actionType })), 'Cancel, RenewToNewTerm'],
  ] as const)
    it(`scheduled actions ${title}: what happens at its end is not known, and Microsoft’s own word is kept, whatever was known before`, async () => {
      const one = await renewingOnce(NCE, SECOND);
      await one.look(ID, [NCE, { ...SECOND, scheduledActions: odd }]);
      const rows = await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET));
      const ends = Object.fromEntries(rows.map(({ value }) => [value.facts.offerName, [value.facts.endOfTerm, value.facts.ending?.word]]));
      assert.deepEqual(ends, { 'Plan A': ['extends', undefined], 'Plan B': ['unknown', word] });
    });

  it('instructions for the next term that cannot be read: the same', async () => {
    for (const odd of ['Cancel', [], { quantity: 'five' }, { product: 'CFQ' }, { product: { productId: 7 } }, { quantity: -1 }]) {
      const one = await wired({ [ID]: [renewing(NCE)] });
      await one.look(ID, [{ ...renewing(NCE), scheduledNextTermInstructions: odd }]);
      const [row] = await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET));
      assert.equal(row?.value.facts.endOfTerm, 'unknown', JSON.stringify(odd));
      assert.ok((await unreadOf(one.store, ID))?.notes.some((note) => note.field === 'scheduledNextTermInstructions'));
    }
  });

  it('a record without an id, or that is none: the readable one is told, and nothing is concluded from the list', async () => {
    for (const bad of [null, 7, [], { ...SECOND, id: null }, {}]) {
      const one = await renewingOnce(NCE, SECOND);
      await one.look(ID, [NCE, bad]);
      assert.deepEqual(await plans(one), ['Plan A'], JSON.stringify(bad));
      assert.ok((await unreadOf(one.store, ID))?.notes.some((note) => note.what === 'list'));
    }
  });

  it('numbers and a yes that came as text say the same', () => {
    const [one] = parseSubscriptions('c', { items: [{ ...NCE, quantity: '5', autoRenewEnabled: 'False', isTrial: 'false', status: 1 }] }).items;
    assert.deepEqual([one?.quantity, one?.autoRenew, one?.isTrial, one?.status], [5, false, false, 'active']);
  });
});

describe('whether it renews is not said', () => {
  it('S2-flag-absent: seen for the first time it is no alarm, and is named at once', async () => {
    for (const autoRenewEnabled of [null, undefined, 'perhaps']) {
      const one = await wired({ [ID]: [{ ...NCE, autoRenewEnabled }] });
      assert.deepEqual(await plans(one), []);
      assert.deepEqual(
        (await unreadOf(one.store, ID))?.notes.map((note) => note.field),
        ['autoRenewEnabled'],
      );
    }
  });

  it('what is known to renew, and what is known to have stopped, stays so', async () => {
    const one = await renewingOnce(NCE, SECOND);
    await one.look(ID, [NCE, renewing(SECOND)]);
    const lost = [NCE, SECOND].map((item) => ({ ...item, autoRenewEnabled: null }));
    await one.look(ID, lost);
    assert.deepEqual(await plans(one), ['Plan A']);
    assert.equal((await openTickets(one.store))[0]?.lastDay, '2027-06-30');
  });

  it('after a day the chat that watches is told that it is not known, and told again when it is', async () => {
    const one = await renewingOnce(NCE);
    const lost = { ...NCE, autoRenewEnabled: null };
    await one.look(ID, [lost]);
    one.wait(DAY_MS);
    await one.look(ID, [lost]);
    const [ticketId] = await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET));
    assert.deepEqual([ticketId?.value.kind, ticketId?.value.facts.endOfTerm, ticketId?.value.closed], ['unread', 'unread', null]);
    await one.look(ID, [NCE]);
    assert.equal((await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET)))[0]?.value.facts.endOfTerm, 'extends', 'read at last: it has stopped');
    await one.look(ID, [renewing(NCE)]);
    assert.deepEqual(await plans(one), []);
  });
});

describe('dates', () => {
  const end = (commitmentEndDate: unknown) => parseSubscriptions('c', { items: [{ ...NCE, commitmentEndDate }] });
  it('Z1-zoneless-midnight-east: without a zone they are UTC, wherever this runs', () => {
    const zone = process.env.TZ;
    for (const TZ of ['Europe/Oslo', 'Pacific/Kiritimati', 'America/Los_Angeles']) {
      process.env.TZ = TZ;
      // Each end is worked out once; another second of the same day is worked out here.
      const at = `2027-01-09T00:00:${TZ.length % 60}`;
      assert.equal(end(at).items[0]?.lastDay, '2027-01-09', TZ);
      assert.equal(end(`2027-01-09T00:00:${TZ.length % 60}.0000000`).items[0]?.expiresOn, '2027-01-09', TZ);
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('S4-date-0001: placeholders and impossible ones are no end that is known, and are named', () => {
    for (const at of ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00', '1900-01-01', '2027-02-30T00:00:00Z', '2027-13-01', '', 'soon', null, 1_800_000_000])
      assert.deepEqual([end(at).items[0]?.lastDay, end(at).unread.map((one) => one.why)], [null, ['commitmentEndDate']], String(at));
  });

  it('year 9999 in any spelling is no end, and nothing is unread', () => {
    for (const at of ['9999-12-31T23:59:59.9999999', '9999-09-09T00:00:00Z', '9999-12-31T23:59:59+01:00'])
      assert.deepEqual([end(at).items[0]?.lastDay, end(at).unread], [null, []], at);
  });

  it('an end that can no longer be read stays as it was known, and the ticket stays open', async () => {
    const one = await renewingOnce(NCE);
    await one.look(ID, [NCE]);
    await one.look(ID, [{ ...NCE, commitmentEndDate: '0001-01-01T00:00:00Z' }]);
    assert.equal((await openTickets(one.store))[0]?.lastDay, '2027-06-30');
  });
});

describe('missing once', () => {
  it('V1-missing-once: it is not ended, and when it is back it is open as before', async () => {
    const one = await renewingOnce(NCE, SECOND);
    await one.look(ID, [NCE, SECOND]);
    await one.look(ID, [SECOND]);
    one.wait(2 * HOUR_MS);
    await one.look(ID, [NCE, SECOND]);
    assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
    const ticketIds = await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET));
    assert.equal(ticketIds.length, 2, 'and it is the same ticket');
  });

  it('missing for long although a read of it finds it: still open, and the list is named as lacking it', async () => {
    const one = await renewingOnce(NCE, SECOND);
    await one.look(ID, [NCE, SECOND]);
    one.alone.set(NCE.id, NCE);
    for (let n = 0; n < 5; n++) {
      await one.look(ID, [SECOND]);
      one.wait(HOUR_MS);
    }
    assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
    one.alone.set(NCE.id, renewing(NCE));
    for (let n = 0; n < 3; n++) {
      await one.look(ID, [SECOND]);
      one.wait(HOUR_MS);
    }
    assert.deepEqual(await plans(one), ['Plan B'], 'what it reads by itself is believed');
  });

  it('missing, and the read of it fails: nothing is concluded', async () => {
    const one = await renewingOnce(NCE, SECOND);
    await one.look(ID, [NCE, SECOND]);
    one.alone.set(NCE.id, 'unclear');
    for (let n = 0; n < 40; n++) {
      await one.look(ID, [SECOND]);
      one.wait(6 * HOUR_MS);
    }
    assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
  });

  it('all of several at once: the list is doubted for three days, then each is asked about', async () => {
    const one = await renewingOnce(NCE, SECOND);
    await one.look(ID, [NCE, SECOND]);
    for (let n = 0; n < 70; n++) {
      await one.look(ID, []);
      one.wait(HOUR_MS);
    }
    assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
    assert.deepEqual(
      (await unreadOf(one.store, ID))?.notes.map((note) => [note.what, note.count]),
      [['vanished', 2]],
    );
    one.wait(3 * HOUR_MS);
    await one.look(ID, []);
    assert.deepEqual(await plans(one), []);
  });

  it('seven of ten at once, back after a day: nothing was concluded, and nothing is named any more', async () => {
    const items = Array.from({ length: 10 }, (_, n) => ({ ...NCE, id: `${NCE.id}${n}`, offerName: `Plan ${n}` }));
    const one = await renewingOnce(...items);
    await one.look(ID, items);
    for (let n = 0; n < 24; n++) {
      await one.look(ID, items.slice(0, 3));
      one.wait(HOUR_MS);
    }
    assert.equal((await plans(one)).length, 10);
    await one.look(ID, items);
    assert.equal((await plans(one)).length, 10);
    assert.equal(await unreadOf(one.store, ID), null);
  });

  it('a list of subscriptions that goes on and does not say where ends nothing, however long', async () => {
    const one = await renewingOnce(NCE, SECOND);
    await one.look(ID, [NCE, SECOND]);
    for (let n = 0; n < 100; n++) {
      await one.look(ID, [SECOND], { next: { uri: '/subscriptions?size=1', method: 'GET' } });
      one.wait(HOUR_MS);
    }
    assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
  });

  it('ended ones are listed with their state: that is what ends a ticket', async () => {
    for (const status of ['expired', 'Suspended', 'deleted', 'disabled', 4]) {
      const one = await renewingOnce(NCE);
      await one.look(ID, [NCE]);
      await one.look(ID, [{ ...NCE, status }]);
      assert.deepEqual(await plans(one), [], String(status));
    }
    for (const status of ['pending', 'none', null, 'hibernating', {}]) {
      const one = await renewingOnce(NCE);
      await one.look(ID, [NCE]);
      await one.look(ID, [{ ...NCE, status }]);
      assert.deepEqual(await plans(one), ['Plan A'], String(status));
    }
  });
});

describe('the list of customers', () => {
  const named = (n: number, companyProfile: unknown = { companyName: `Customer ${n}`, domain: `c${n}.example` }) => ({
    id: `c0000000-0000-4000-8000-00000000010${n}`,
    companyProfile,
  });
  const six = [1, 2, 3, 4, 5, 6].map((n) => named(n));

  /** Six customers, each with one subscription that does not renew, all looked at. */
  async function sixCustomers() {
    const one = await wired(Object.fromEntries(six.map(({ id }) => [id, [{ ...NCE, id: `s${id}` }]])));
    one.setCustomers({ items: six });
    one.wait(HOUR_MS);
    await listCustomers(one.deps);
    for (const { id } of six) await one.turn(id);
    assert.equal((await openTickets(one.store)).length, 6);
    return one;
  }

  for (const [title, body] of [
    ['P1-empty-nothing-ended: empty', { totalCount: 0, items: [] }],
    [
      'P1-noToken-nothing-ended: half, with a next page and no token',
      { totalCount: 3, items: six.slice(0, 3), links: { next: { uri: '/customers?size=500&seekOperation=Next', method: 'GET', headers: [] } } },
    ],
    [
      'P1-uriToken-nothing-ended: half, with the token in the address, and the page never comes',
      { items: six.slice(0, 3), links: { next: { uri: '/customers?size=500&seekOperation=Next&continuationToken=abc' } } },
    ],
    ['half, the next page named as text', { items: six.slice(0, 3), links: { next: '/customers?offset=3' } }],
    ['half, with an empty next', { items: six.slice(0, 3), Links: { Next: {} } }],
    ['half, with a record without an id', { items: [...six.slice(0, 3), { companyProfile: { companyName: 'Nobody' } }] }],
  ] as const) {
    it(`${title}: nobody is let go, all stays open, and it is as before when the list is whole again`, async () => {
      const one = await sixCustomers();
      one.setCustomers(body);
      for (let n = 0; n < 30; n++) {
        one.wait(HOUR_MS);
        await listCustomers(one.deps);
      }
      assert.equal((await openTickets(one.store)).length, 6);
      assert.ok((await readListing(one.store))?.trouble, 'status can name it');
      one.setCustomers({ items: six });
      one.wait(HOUR_MS);
      await listCustomers(one.deps);
      assert.equal((await openTickets(one.store)).length, 6);
      assert.equal((await readListing(one.store))?.trouble, null);
    });
  }

  it('all six gone for three days: each is asked about, who is read to have left is let go, and who is still there stays', async () => {
    const one = await sixCustomers();
    one.setCustomers({ items: [] });
    for (const { id } of six.slice(0, 3)) one.answerOf(id, 'notOurs');
    one.answerOf(six[3]?.id ?? '', 'unclear');
    for (let n = 0; n < 72; n++) {
      one.wait(HOUR_MS);
      await listCustomers(one.deps);
    }
    assert.equal((await openTickets(one.store)).length, 6, 'for three days nothing is concluded');
    one.wait(2 * HOUR_MS);
    await listCustomers(one.deps);
    assert.deepEqual(
      (await openTickets(one.store)).map((row) => row.customerId).sort(),
      six.slice(3).map(({ id }) => id),
    );
    const [left] = await one.store.range<Ticket>(...ofCustomer(six[0]?.id ?? ''), ...keysWith(TICKET));
    assert.equal(left?.value.closed?.how, 'left');
  });

  it('one leaves while a move of it goes on: the move is told, and the ticket closes when the move has ended', async () => {
    const one = await sixCustomers();
    const id = six[0]?.id ?? '';
    await openMove({ ...one.deps, store: one.store }, id, `s${id}`, BOT);
    one.setCustomers({ items: six.slice(1) });
    one.answerOf(id, 'gone');
    const walks = async (n: number) => {
      for (let i = 0; i < n; i++) {
        one.wait(2 * HOUR_MS);
        await listCustomers(one.deps);
      }
    };
    const ticketId = async () => (await one.store.range<Ticket>(...ofCustomer(id), ...keysWith(TICKET)))[0]?.value;
    await walks(3);
    assert.deepEqual([(await ticketId())?.closed, (await ticketId())?.facts.standing], [null, 'left']);
    await applyEvent({ ...one.deps, store: one.store }, { customerId: id, subscriptionId: `s${id}` }, { kind: 'cancel', by: 'bot' }, { by: BOT });
    await walks(2);
    assert.equal((await ticketId())?.closed?.how, 'left');
    assert.ok((await one.row(id))?.goneAt);
  });

  it('a token in a header of another case, in the body, or in the address is followed', () => {
    const token = (json: object) => parseCustomers({ items: [], ...json }).next;
    assert.equal(token({ links: { next: { headers: [{ key: 'ms-continuationtoken', value: 'a' }] } } }), 'a');
    assert.equal(token({ Links: { Next: { Headers: [{ Key: 'MS-ContinuationToken', Value: 'a' }] } } }), 'a');
    assert.equal(token({ links: { next: { headers: { 'MS-ContinuationToken': 'a' } } } }), 'a');
    assert.equal(token({ continuationToken: 'a' }), 'a');
    assert.equal(token({ links: { next: { uri: '/customers?seekOperation=Next&ContinuationToken=a%2Bb' } } }), '?a%2Bb');
    assert.equal(token({ links: { next: null } }), null);
  });

  it('W1-one-profile-null: the good ones are watched, the new one too, and the odd one under its id', async () => {
    const one = await wired(Object.fromEntries([...six, named(7), named(8)].map(({ id }) => [id, [{ ...NCE, id: `s${id}` }]])));
    one.setCustomers({ items: [...six, named(7, null), named(8)] });
    one.wait(HOUR_MS);
    await listCustomers(one.deps);
    assert.deepEqual(
      (await findCustomers(one.store, 'customer 8')).map((found) => found.name),
      ['Customer 8'],
    );
    assert.deepEqual((await readListing(one.store))?.trouble?.unnamed, [named(7).id]);
    await one.turn(named(7).id);
    assert.ok((await openTickets(one.store)).some((row) => row.customerId === named(7).id));
  });

  it('a name that can no longer be read stays as it was known', async () => {
    const one = await sixCustomers();
    one.setCustomers({ items: [named(1, { companyName: null }), ...six.slice(1)] });
    one.wait(HOUR_MS);
    await listCustomers(one.deps);
    assert.deepEqual(
      (await findCustomers(one.store, 'customer 1')).map((found) => found.name),
      ['Customer 1'],
    );
  });

  it('a list that cannot be read at all is named with its code', async () => {
    const one = await sixCustomers();
    one.setCustomers({ totalCount: 1 });
    one.wait(HOUR_MS);
    await listCustomers(one.deps);
    assert.equal((await readListing(one.store))?.trouble?.unreadable, 'shape');
    assert.equal((await openTickets(one.store)).length, 6);
  });
});

describe('a renamed customer', () => {
  it('R1-open-card-new-name, R1h-old-name-is-free: open tickets, lists and watching chats carry the new name, and the old one finds another', async () => {
    const one = partner();
    one.names.set(ID, 'Oldname Trading');
    one.lists.set(ID, [subscription({ autoRenew: false })]);
    await listCustomers(one.deps);
    await one.turn();
    await updateChat(one.store, 'chat', () => ({
      key: 'chat',
      kind: 'personal',
      reference: {},
      tenantId: 't',
      watching: [{ what: 'customer', customerId: ID, customerName: 'Oldname Trading' }],
      watchedBy: null,
      watchedAt: null,
      toldBaseline: true,
      dead: false,
    }));
    one.names.set(ID, 'Newname Holding').set(OTHER, 'Oldname Trading');
    one.lists.set(OTHER, []);
    await one.walkAfter(HOUR_MS);
    await one.turn();
    assert.deepEqual(
      (await openTickets(one.store)).map((row) => row.customerName),
      ['Newname Holding'],
    );
    const [ticketId] = await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET));
    assert.equal(ticketId?.value.customerName, 'Newname Holding');
    assert.deepEqual(
      (await findCustomers(one.store, 'newname')).map((found) => found.id),
      [ID],
    );
    assert.deepEqual(
      (await findCustomers(one.store, 'oldname trading')).map((found) => found.id),
      [OTHER],
    );
    assert.deepEqual((await watchers(one.store))[0]?.watching, [{ what: 'customer', customerId: ID, customerName: 'Newname Holding' }]);
  });

  it('a name of which one word stays is found by that word, once', async () => {
    const one = partner();
    one.names.set(ID, 'Wingtip Toys');
    await listCustomers(one.deps);
    one.names.set(ID, 'Wingtip Games');
    await one.walkAfter(HOUR_MS);
    assert.deepEqual(
      (await findCustomers(one.store, 'wingtip')).map((found) => found.name),
      ['Wingtip Games'],
    );
    assert.deepEqual(await findCustomers(one.store, 'toys'), []);
  });

  it('two customers of one name are both found, and a third whose name only begins so is not among them', async () => {
    const one = partner();
    one.names.set(ID, 'Twin Corp').set(OTHER, 'twin  corp.').set('c0000000-0000-4000-8000-000000000003', 'Twin Corp North');
    await listCustomers(one.deps);
    assert.deepEqual((await findCustomers(one.store, 'Twin Corp')).map((found) => found.id).sort(), [ID, OTHER]);
  });

  it('one that cannot be stored is named, and the others are met', async () => {
    const one = partner();
    one.names.set('a/b', 'Slash').set(OTHER, 'Good');
    const { put } = one.deps.store;
    one.deps.store.put = async (table, partition, key, value) => {
      if (key.includes('/')) throw new Error('OutOfRangeInput');
      return put(table, partition, key, value);
    };
    await listCustomers(one.deps);
    assert.equal((await findCustomers(one.store, 'good')).length, 1);
    assert.deepEqual((await readListing(one.store))?.trouble?.unnamed, ['a/b']);
  });
});

describe('while a move is live', () => {
  /** A subscription that does not renew, with a move at a stage. */
  async function moving(changes: Partial<Move>) {
    const one = partner();
    one.lists.set(ID, [subscription({ autoRenew: false })]);
    await listCustomers(one.deps);
    await one.turn();
    const opened = await openMove({ ...one.deps, store: one.store }, ID, 'a', BOT);
    assert.ok('opened' in opened && opened.move);
    const { key } = opened.move;
    const row = await one.store.get<Move>(...ofCustomer(ID), key);
    assert.ok(row);
    await one.store.put(...ofCustomer(ID), key, { ...row.value, ...changes });
    const move = async () => (await one.store.get<Move>(...ofCustomer(ID), key))?.value;
    const ticketId = async () => (await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET)))[0]?.value;
    const news = async () => (await one.store.range<News>(...ofCustomer(ID), ...keysWith(OUTBOX))).map((one) => one.value);
    return { ...one, move, ticketId, news };
  }
  const approved = { by: 'bo', at: '2027-01-20T10:00:00.000Z', hash: 'h' };
  const { quote } = sampleMove();

  it('seats that change take back a yes that was given before, and say why', async () => {
    const one = await moving({ state: 'quoted', quote, approval: approved });
    one.lists.set(ID, [subscription({ autoRenew: false, quantity: 4 })]);
    await one.turn();
    const move = await one.move();
    assert.deepEqual([move?.state, move?.approval, move?.refusal?.reason], ['drafting', null, 'oldChanged']);
    assert.equal((await one.ticketId())?.facts.quantity, 4);
    assert.deepEqual(
      (await one.news())
        .slice(-2)
        .map((news) => news.kind)
        .sort(),
      ['changed', 'refused'],
    );
  });

  it('suspended by somebody else: a quote that nobody has approved goes back too', async () => {
    const one = await moving({ state: 'quoted', quote });
    one.lists.set(ID, [subscription({ autoRenew: false, status: 'suspended' })]);
    await one.turn();
    assert.equal((await one.move())?.state, 'drafting');
    assert.deepEqual([(await one.ticketId())?.facts.standing, (await one.ticketId())?.closed], ['suspended', null]);
  });

  it('after the purchase nothing goes back: it is told, and the ticket stays open', async () => {
    const one = await moving({ state: 'purchased', quote, approval: approved });
    one.lists.set(ID, [subscription({ autoRenew: false, status: 'expired' })]);
    await one.turn();
    assert.equal((await one.move())?.state, 'purchased');
    assert.equal((await one.ticketId())?.facts.standing, 'ended');
    assert.equal((await one.news()).at(-1)?.data.what, 'ended');
    await one.turn();
    assert.equal((await one.news()).filter((news) => news.data.what === 'ended').length, 1, 'once');
  });

  it('our own suspension is silent', async () => {
    const one = await moving({ state: 'suspending', quote, approval: approved });
    const before = (await one.news()).length;
    one.lists.set(ID, [subscription({ autoRenew: false, status: 'suspended' })]);
    await one.turn();
    assert.equal((await one.news()).length, before);
  });

  it('a forgotten draft is brought up after a working day, once, with its count', async () => {
    const one = await moving({});
    one.wait(DAY_MS + HOUR_MS);
    await one.turn();
    await one.turn();
    assert.deepEqual(
      (await one.news()).filter((news) => news.kind === 'waits').map((news) => news.data),
      [{ count: 1, state: 'drafting' }],
    );
  });

  it('it vanishes for good while a draft is open: told, and when the draft is cancelled the ticket ends', async () => {
    const one = await moving({});
    one.lists.set(ID, []);
    for (let n = 0; n < 2; n++) {
      await one.turn();
      one.wait(2 * HOUR_MS);
    }
    assert.equal((await one.ticketId())?.facts.standing, 'gone');
    await applyEvent({ ...one.deps, store: one.store }, { customerId: ID, subscriptionId: 'a' }, { kind: 'cancel', by: 'bot' }, { by: BOT });
    await one.turn();
    assert.equal((await one.ticketId())?.closed?.how, 'ended');
  });
});

describe('a ticket that somebody else’s change kept from standing', () => {
  it('is opened at the next look, under a number of its own, and no number is missed in the record', async () => {
    const one = await renewingOnce(NCE, SECOND);
    const { commit } = one.deps.store;
    one.deps.store.commit = async (table, partition, changes) =>
      table === 'customers' && changes.some((change) => change.key.startsWith(TICKET)) ? 'conflict' : commit(table, partition, changes);
    await one.look(ID, [NCE, SECOND]);
    one.deps.store.commit = commit;
    assert.deepEqual(await plans(one), []);
    await one.look(ID, [NCE, SECOND]);
    assert.deepEqual(await plans(one), ['Plan A', 'Plan B']);
    const { faults, gaps } = await walkRecord(one.store, { anchor: null, cutBefore: '2020-01-01' });
    assert.deepEqual(faults, []);
    assert.equal(gaps.length, 2);
  });
});

describe('names', () => {
  it('a letter of two halves is never cut: 東𠮷商事 and a word of forty such letters are found, and end no walk', async () => {
    const one = partner();
    const long = '𠮷'.repeat(60);
    one.names.set(ID, '東𠮷商事').set('c0000000-0000-4000-8000-000000000002', long).set('c0000000-0000-4000-8000-000000000003', 'Москва Торг');
    await listCustomers(one.deps);
    for (const wanted of ['東𠮷商事', '東𠮷', long, 'моск', 'торг москва']) assert.equal((await findCustomers(one.store, wanted)).length, 1, wanted);
    for (const most of [1, 2, 3, 7]) {
      const parts = inParts(`a${long}b`, most + 1);
      assert.equal(parts.join(''), `a${long}b`);
      assert.ok(parts.every((part) => part.isWellFormed() && part.length <= most + 1));
      assert.ok(beginning(long, most).isWellFormed());
    }
    for (const word of foldedWords(`${long} a👍b ${'e\u0301'.repeat(50)}`)) assert.ok(word.isWellFormed());
  });
});
