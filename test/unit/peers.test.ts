/**
 * Situations in which other tools of this kind fail, each in plain words; the number is only a name to call it by. The rest of the 24, what comes
 * twice or not at all, is pressed and told, is in `peersTold.test.ts`.
 */
import assert from 'node:assert/strict';
import { ticketCard, rendererIn } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import { BOT } from '../../services/auditLog/auditLog.ts';
import { daysBetween } from '../../services/clock.ts';
import type { Move, News, PeopleCount, Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import { openEnd, openMove } from '../../services/moves/open.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import { parseSubscription } from '../../services/partnerCenter/wire/subscriptions.ts';
import { AUDIT, keysWith, LISTED, ofCustomer, OUTBOX, SUBSCRIPTION, subscriptionKey, TICKET, ticketKey } from '../../services/store/rows.ts';
import { openTickets } from '../../services/tickets/openList.ts';
import type { Shown } from '../../services/ticketView.ts';
import { listCustomers } from '../../services/watch/customers.ts';
import { standOf } from '../../services/watch/known.ts';
import { HOUR_MS, ID, partner, wired } from '../support/partner.ts';
import { HIDES, sampleEnd, sampleMove, sampleTicket } from '../support/samples.ts';
import { openShop, walkMove } from '../support/shop.ts';
import { openTenant, refusal, type Tenant } from '../support/tenant.ts';
import { HOUR, openTerm, planned } from '../support/term.ts';
import { textsOf } from './cards/sentences.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;
const RAW = {
  ...{ id: '00000000-5555-4000-8000-000000000001', offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', offerName: 'Plan A', friendlyName: 'Plan A' },
  ...{ productType: { id: 'OnlineServicesNCE' }, quantity: 10, status: 'active', autoRenewEnabled: true, commitmentEndDate: '2027-03-03T00:00:00Z' },
  ...{ billingType: 'license', billingCycle: 'monthly', termDuration: 'P1Y', isTrial: false },
};
const OFF = { ...RAW, autoRenewEnabled: false };
const CLASSIC = { ...RAW, offerId: '195416c1-3447-423a-b37b-ee59a99a19c4', productType: null };
type World = Awaited<ReturnType<typeof wired>>;

async function rows<T>(one: Pick<World, 'store'>, prefix: string): Promise<T[]> {
  return (await one.store.range<T>(...ofCustomer(ID), ...keysWith(prefix))).map((row) => row.value);
}

/** What was told since the last time. */
async function news(one: World): Promise<string[]> {
  const told: string[] = [];
  for (const { key, value } of await one.store.range<News>(...ofCustomer(ID), ...keysWith(OUTBOX))) {
    told.push([value.kind, value.data.what ?? value.data.days].filter((part) => part !== undefined).join(' '));
    await one.store.remove(...ofCustomer(ID), key);
  }
  return told;
}

function shownOf(ticket: Ticket, move: Move | null, now: string): Shown {
  const chat = { key: 'chat', kind: 'channel' as const };
  return {
    ...{ ticket, move, chat, handle: 'abcdefghijklmnopqrstuv', names: {}, record: [], holders: [], unmoved: [] },
    ...{ approvers: [], reader: null, fourEyes: { when: 'off' as const }, hides: HIDES, today: now.slice(0, 10), now },
  };
}

function textOf(ticket: Ticket, move: Move | null, now: string): string {
  return textsOf(ticketCard(shownOf(ticket, move, now), en).card)
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

async function card(one: World): Promise<string> {
  const ticket = (await rows<Ticket>(one, TICKET)).at(-1) as Ticket;
  const move = ticket.move ? ((await one.store.get<Move>(...ofCustomer(ID), ticket.move))?.value ?? null) : null;
  return textOf(ticket, move, one.deps.clock.now().toISOString());
}

describe('situations in which other tools of this kind fail: what is watched', () => {
  it('P5: switched off, on again and off once more within a day: one card that is open again, three lines in the record, one chain of reminders', async () => {
    const one = await wired({ [ID]: [RAW] });
    for (const now of [OFF, RAW, OFF]) {
      await one.look(ID, [now]);
      one.wait(HOUR_MS);
      await one.look(ID, [now]);
    }
    assert.deepEqual(await news(one), ['stopped', 'renewed', 'stopped again']);
    const tickets = await rows<Ticket>(one, TICKET);
    assert.deepEqual(
      tickets.map(({ id, episode, closed, closedBefore }) => [id, episode, closed, closedBefore?.length]),
      [['S-1001', 1, null, 1]],
    );
    assert.deepEqual(
      (await openTickets(one.store)).map((row) => row.ticketId),
      ['S-1001'],
    );
    assert.deepEqual(
      (await rows<AuditEntry>(one, AUDIT)).map((row) => [row.what, row.before, row.after]),
      [
        ['stopped', '', 'open'],
        ['renewed', 'open', 'closed'],
        ['stopped', 'closed', 'open'],
      ],
    );
    const again = { kind: 'stopped' as const, ticketId: 'S-1001', by: null, at: one.deps.clock.now().toISOString(), data: { what: 'again' } };
    assert.match(rendererIn(en).line(again, shownOf(tickets[0] as Ticket, null, again.at))?.text ?? '', /once again\. This is the same ticket, open again/);
    const reminders: string[] = [];
    for (let day = 0; day < 41; day++) {
      one.wait(DAY_MS);
      await one.look(ID, [OFF]);
      await one.look(ID, [OFF]);
      reminders.push(...(await news(one)));
    }
    assert.deepEqual(reminders, ['reminder 30', 'reminder 14', 'reminder 7', 'reminder 1']);
  });

  it('P5: off once more after more than a day is another ticket; after the term has changed it is reminded of anew; not what was decided about the first', async () => {
    const later = await wired({ [ID]: [RAW] });
    for (const now of [OFF, RAW]) await later.look(ID, [now]);
    later.wait(DAY_MS);
    await later.look(ID, [OFF]);
    assert.deepEqual(
      (await rows<Ticket>(later, TICKET)).map((ticket) => [ticket.id, ticket.closed?.how ?? 'open']),
      [
        ['S-1001', 'renewed'],
        ['S-1002', 'open'],
      ],
    );
    const one = await wired({ [ID]: [RAW] });
    await one.look(ID, [OFF]);
    const [ticket] = await rows<Ticket>(one, TICKET);
    const marks = { assignedTo: 'ann', dismissed: { reason: 'Not ours.', by: 'ann', at: '2027-01-20T12:00:00.000Z' } };
    await one.store.put(...ofCustomer(ID), ticketKey('S-1001'), {
      ...(ticket as Ticket),
      marks,
      remindedAt: 30,
      facts: { ...ticket?.facts, changedBy: 'Eve' },
    });
    await one.look(ID, [RAW]);
    one.wait(DAY_MS - 1);
    await one.look(ID, [{ ...OFF, quantity: 8 }]);
    const [again] = await rows<Ticket>(one, TICKET);
    assert.deepEqual(
      [again?.closed, again?.marks, again?.remindedAt, again?.facts.quantity, again?.facts.changedBy],
      [null, { assignedTo: 'ann' }, 30, 8, null],
    );
    await one.look(ID, [RAW]);
    await one.look(ID, [{ ...OFF, commitmentEndDate: '2028-03-03T00:00:00Z' }]);
    assert.deepEqual(
      (await rows<Ticket>(one, TICKET)).map((row) => [row.id, row.remindedAt, row.closedBefore?.length]),
      [['S-1001', null, 2]],
    );
  });

  it('P5: the same where it was set to renew here, and where an Extended Service Term is read, is not, and is again', async () => {
    const set = await wired({ [ID]: [RAW] });
    await set.look(ID, [OFF]);
    const of = { customerId: ID, subscriptionId: RAW.id };
    const opened = await openEnd(set.deps, of, BOT, 'renew');
    assert.ok('opened' in opened && opened.move);
    const subscription = parseSubscription(ID, RAW).subscription;
    await set.store.put(...ofCustomer(ID), opened.move.key, { ...opened.move, state: 'setting', end: sampleEnd({ to: 'renew' }) });
    const applied = await applyEvent({ ...set.deps, doing: undefined }, of, { kind: 'endSet', subscription }, { by: BOT });
    assert.ok(!('refused' in applied) && applied.ticket.closed?.how === 'renewed', JSON.stringify(applied));
    await news(set);
    set.wait(HOUR_MS);
    await set.look(ID, [OFF]);
    assert.deepEqual(await news(set), ['stopped again']);
    assert.equal((await rows<Ticket>(set, TICKET)).length, 1);
    assert.match(await card(set), /Its term ends in 42 days/);
    set.wait(HOUR_MS);
    await set.look(ID, [RAW]);
    assert.doesNotMatch(await card(set), /It was set to renew here/);
    const inEst = { ...RAW, termDuration: 'P1M', commitmentEndDate: '2027-04-03T00:00:00Z', cancellationAllowedUntilDate: '2027-04-03T23:59:59Z' };
    const one = await wired({ [ID]: [RAW] });
    for (const now of [inEst, RAW, inEst]) {
      await one.look(ID, [now]);
      one.wait(HOUR_MS);
    }
    assert.deepEqual(await news(one), ['stopped', 'renewed', 'stopped estBegun']);
    assert.equal((await rows<Ticket>(one, TICKET)).length, 1);
    for (const now of [RAW, OFF]) await one.look(ID, [now]);
    assert.equal((await rows<Ticket>(one, TICKET)).length, 2, 'another trouble has a card of its own');
  });

  it('P6: the bot suspends the old subscription itself: no alert, neither at once, nor when the list lags, nor a month later', async () => {
    for (const renewing of [CLASSIC, RAW]) {
      const off = { ...renewing, autoRenewEnabled: false };
      const suspended = { ...off, status: 'suspended' };
      const one = await wired({ [ID]: [renewing] });
      await one.look(ID, [off]);
      const of = { customerId: ID, subscriptionId: RAW.id };
      const opened = await openMove(one.deps, ID, RAW.id, BOT);
      const begun = 'opened' in opened ? opened.move : null;
      const move = { ...sampleMove({ state: 'suspending' }), key: begun?.key ?? '', ...of, ticketId: begun?.ticketId ?? '' };
      await one.store.put(...ofCustomer(ID), move.key, move);
      await news(one);
      await one.look(ID, [suspended]);
      assert.deepEqual(await news(one), []);
      const suspension = { kind: 'verified', at: one.deps.clock.now().toISOString() } as const;
      const applied = await applyEvent({ ...one.deps, doing: undefined }, of, suspension, { by: BOT });
      assert.ok(!('refused' in applied), JSON.stringify(applied));
      await news(one);
      await one.look(ID, [off]);
      for (const afterMs of [MINUTE_MS, HOUR_MS, 30 * DAY_MS]) {
        one.wait(afterMs);
        await one.look(ID, [suspended]);
        assert.deepEqual(await news(one), []);
      }
      assert.equal((await openTickets(one.store)).length, 0);
    }
  });

  it('P7: somebody said “not now” to a cancellation, and an Extended Service Term takes its place: the ticket is open again, and says so', async () => {
    const one = await wired({ [ID]: [RAW] });
    await one.look(ID, [{ ...OFF, ...planned('Cancel') }]);
    const [ticket] = await rows<Ticket>(one, TICKET);
    const snoozed = { until: '2027-02-20', reason: 'Waiting.', by: 'p', at: '2027-01-20T12:00:00.000Z' };
    await one.store.put(...ofCustomer(ID), ticketKey(ticket?.id ?? ''), { ...ticket, marks: { snoozed } });
    assert.match(await card(one), /Not now|Waiting\./);
    await news(one);
    await one.look(ID, [{ ...OFF, ...planned('RenewToExtendedServiceTerm') }]);
    assert.deepEqual(await news(one), ['changed end']);
    assert.deepEqual((await rows<Ticket>(one, TICKET))[0]?.marks, {});
    assert.match(await card(one), /after 3 March 2027 it goes on month by month as a paid Extended Service Term/);
  });

  it('P8: auto-renew is off and nothing is planned: an Extended Service Term is to come, with its price and what that is above', async () => {
    const one = await wired({ [ID]: [{ ...RAW, termDuration: 'P1M' }] });
    await one.look(ID, [{ ...OFF, termDuration: 'P1M' }]);
    const said = await card(one);
    assert.match(said, /Nothing is planned for that day yet; within about a day Microsoft plans an Extended Service Term\./);
    assert.match(said, /3 % above the price of a one-month term, which is the term it has now/);
    const [found] = await rows<Ticket>(one, TICKET);
    const ticket = { ...(found as Ticket), facts: { ...(found as Ticket).facts, priceNow: { minor: 31_000, currency: 'EUR' } } };
    const now = one.deps.clock.now().toISOString();
    const chat = { key: 'c', kind: 'channel' as const };
    const line = rendererIn(en).line(
      { kind: 'reminder', ticketId: ticket.id, by: null, at: now, data: { days: 30, above: 60 } },
      {
        ...{ ticket, move: null, chat, handle: 'h', names: {}, record: [], holders: [], unmoved: [], approvers: [], reader: null },
        ...{ fourEyes: { when: 'off' as const }, hides: HIDES, today: now.slice(0, 10), now },
      },
    );
    assert.match(line?.text.replaceAll('\u00a0', ' ') ?? '', /€319\.30 a month, now €310\.00/);
  });

  it('P9: a status that nobody knows, “frozen”: it is listed as one of which nothing is known, and the others are watched', async () => {
    const other = { ...RAW, id: '00000000-5555-4000-8000-000000000002', offerName: 'Plan B', friendlyName: 'Plan B' };
    const frozen = { ...RAW, status: 'frozen' };
    const one = await wired({ [ID]: [frozen, other] });
    const { of } = await standOf(one.store, ID, { programmes: [], today: '2027-01-20' });
    assert.deepEqual([of.unsure.count, of.unsure.named[0]?.plan, of.renews.count], [1, 'Plan A', 1]);
    await one.look(ID, [frozen, { ...other, autoRenewEnabled: false }]);
    assert.deepEqual(
      (await rows<Ticket>(one, TICKET)).map((ticket) => ticket.facts.offerName),
      ['Plan B'],
    );
  });

  it('P10: the 501st customer and the 1,001st subscription are on a later page: both are there', async () => {
    const one = partner();
    const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const customers = Array.from({ length: 501 }, (_, n) => ({ id: id(n + 1), companyProfile: { companyName: `Customer ${n + 1}` } }));
    const subscriptions = Array.from({ length: 1_001 }, (_, n) => ({ ...RAW, id: id(n + 1), offerName: `Plan ${n + 1}` }));
    const client: ClientConfig = {
      ...{ baseUrl: 'http://pretend', tokens: async () => 'token', clock: one.deps.clock, locale: 'en-US' },
      budget: { take: async () => {}, pause: async () => {} } as unknown as ClientConfig['budget'],
      fetch: async (url, init) => {
        const all = url.includes('/subscriptions') ? subscriptions : customers;
        const from = Number(init.headers['MS-ContinuationToken'] ?? 0);
        const next = { uri: '/next', method: 'GET', headers: [{ key: 'MS-ContinuationToken', value: `${from + 500}` }] };
        const body = { totalCount: all.length, items: all.slice(from, from + 500), links: from + 500 < all.length ? { next } : {} };
        return { ok: true, status: 200, headers: { get: () => null }, text: async () => JSON.stringify(body) };
      },
    };
    one.deps.lowPriority = httpPartnerCenter(client, client);
    await listCustomers(one.deps);
    assert.equal((await one.store.range(...LISTED, 'c', 'd')).length, 501);
    assert.equal((await one.row(id(501)))?.name, 'Customer 501');
    await one.turn(id(501));
    const known = await one.store.range<TrackedSubscription>(...ofCustomer(id(501)), ...keysWith(SUBSCRIPTION));
    assert.equal(known.length, 1_001);
    assert.ok(await one.store.get(...ofCustomer(id(501)), subscriptionKey(id(1_001))));
  });

  it('P13: a term that ends at 23:59:59 UTC, on a leap day or where the clocks change has one last day and one count of days in every time zone', () => {
    const before = process.env.TZ;
    try {
      for (const [end, day, written] of [
        ['2028-02-29T23:59:59Z', '2028-02-29', '29 February 2028'],
        ['2027-03-28T23:59:59Z', '2027-03-28', '28 March 2027'],
        ['2027-10-31T23:59:59.9999999Z', '2027-10-31', '31 October 2027'],
        ['2028-01-01T00:30:00+01:00', '2027-12-31', '31 December 2027'],
      ] as const)
        for (const zone of ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Stockholm', 'Australia/Lord_Howe']) {
          process.env.TZ = zone;
          const { subscription } = parseSubscription('c', { ...RAW, commitmentEndDate: end });
          const { lastDay, expiresOn } = subscription;
          assert.deepEqual([lastDay, expiresOn], [day, day], `${end} in ${zone}`);
          assert.equal(daysBetween('2027-01-20', lastDay ?? ''), Math.round((Date.parse(day) - Date.parse('2027-01-20')) / DAY_MS));
          const facts = { ...sampleTicket().facts, lastDay: day, expiresOn: day, newCommerce: true, endOfTerm: 'extends' as const };
          assert.ok(textOf({ ...sampleTicket({ move: null }), facts }, null, '2027-01-20T23:30:00.000Z').includes(written), `${written} in ${zone}`);
        }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe('situations in which other tools of this kind fail: what is bought, moved and set', () => {
  it('P14: the price moves between the yes and the purchase: nothing is bought, and it is asked again with both prices', async () => {
    const shop = openShop();
    const walk = await walkMove(shop);
    await walk.quote();
    await walk.approve();
    for (const [method, path] of [
      ['GET', /\/carts\/[^/]+$/],
      ['POST', /\/carts$/],
    ] as const)
      shop.edit(method, path, (body) => ({
        ...body,
        lineItems: (body.lineItems as object[]).map((line) => ({ ...line, pricing: { listPrice: 20, extendedPrice: 140 } })),
      }));
    await walk.run(MINUTE_MS);
    const { state, approval } = await walk.move();
    assert.deepEqual([state, approval, shop.count('POST', /checkout$/)], ['quoted', null, 0]);
    const said = textOf(await walk.ticketId(), await walk.move(), new Date(shop.nowMs()).toISOString());
    assert.match(said, /The price changed from \*\*€70\.00\*\* to \*\*€140\.00\*\* a month, so it must be approved again\./);
    await walk.run(HOUR);
    assert.equal(shop.count('POST', /checkout$/), 0);
    await walk.approve();
    await walk.run(MINUTE_MS);
    assert.equal(shop.count('POST', /checkout$/), 1);
  });

  const people = async (tenant: Tenant) => (await tenant.move()).people as PeopleCount;
  const told = async (tenant: Tenant) => textOf(sampleTicket(), await tenant.move(), tenant.now());

  it('P15: one seat too few: all but one move, that one is named and keeps the old licence, and nothing is suspended', async () => {
    const tenant = await openTenant({ users: 7, bought: 6 });
    await tenant.work();
    const { movable, blocked, named } = await people(tenant);
    assert.deepEqual([movable, blocked, named.map((one) => one.why)], [6, 1, ['noSeat']]);
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    assert.equal((await people(tenant)).moved, 6);
    assert.deepEqual([...tenant.users.values()].map((licences) => [...licences.keys()].join()).sort(), ['new', 'new', 'new', 'new', 'new', 'new', 'old']);
    assert.ok(named[0] && (await told(tenant)).includes(named[0].name), await told(tenant));
    assert.ok(!tenant.calls.includes('patch'));
  });

  it('P16: plans that are switched off, no usage location, a licence by a group: the first stay off, the other two are named with the reason', async () => {
    const tenant = await openTenant({ users: 4 });
    tenant.users.set('u0', new Map([['old', ['plan-b', 'plan-of-the-old-one-alone']]]));
    const { users, swapLicence } = tenant.pc;
    tenant.pc.users = async (...given) => {
      const page = await users(...given);
      return { ...page, items: page.items.map((user) => ({ ...user, hasUsageLocation: user.id !== 'u1' })) };
    };
    tenant.pc.swapLicence = async (customer, user, ...rest) => {
      if (user === 'u2') throw refusal(400, '2000', 'User license is inherited from a group membership and it cannot be removed directly from the user.');
      return swapLicence(customer, user, ...rest);
    };
    await tenant.work();
    await tenant.apply({ kind: 'confirmUsers', by: 'bo', except: [] });
    await tenant.work();
    const { moved, named } = await people(tenant);
    assert.equal(moved, 2);
    assert.deepEqual(named.map((one) => [one.name, one.why]).sort(), [
      ['Person u1', 'noUsageLocation'],
      ['Person u2', 'otherGroup'],
    ]);
    assert.deepEqual(tenant.users.get('u0')?.get('new'), ['plan-b']);
    for (const user of ['u1', 'u2']) assert.deepEqual([...(tenant.users.get(user)?.keys() ?? [])], ['old'], 'works on as before');
    const said = await told(tenant);
    assert.match(said, /Person u1 has no usage location/);
    assert.match(said, /Person u2[^\n]*group/);
  });

  it('P22: the term ends and Microsoft locks the subscription: it waits, says so and for how long at most, and goes on by itself', async () => {
    const term = await openTerm();
    await term.open('cancel');
    term.takes = Array.from({ length: 20 }, () => ({ status: 400, code: 900277 }));
    await term.approve();
    await term.run(30 * MINUTE_MS);
    const move = await term.move();
    assert.deepEqual([move.state, move.held], ['setting', 'lock']);
    const said = textOf(await term.ticket(), move, new Date(term.nowMs()).toISOString());
    assert.match(said, /This waits: Microsoft is renewing or ending it just now\*\*, and takes no changes for up to a day\. I try again by myself/);
    term.takes = [];
    await term.run(6 * HOUR);
    assert.equal((await term.move()).state, 'set');
  });

  it('P23: a change is planned for the next term, and our change would lose it: the card names it before anybody says yes', async () => {
    const next = { scheduledNextTermInstructions: { product: { productId: 'P', skuId: 'K' }, quantity: 5 } };
    for (const [to, autoRenewEnabled] of [
      ['cancel', true],
      ['renew', false],
    ] as const) {
      const term = await openTerm({ autoRenewEnabled, ...next });
      await term.open(to);
      assert.deepEqual(term.patches, []);
      const said = textOf(await term.ticket(), await term.move(), new Date(term.nowMs()).toISOString());
      assert.match(said, /A planned change is lost by this\*{0,2}: to P:K, 5 licences/, to);
    }
  });
});
