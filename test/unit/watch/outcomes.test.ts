/** What happened to a subscription's end beside the flip: a table of what was known, what is read now and the day, and what is told of it. */
import assert from 'node:assert/strict';
import { rendererIn } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { walkRecord } from '../../../services/auditLog/verify.ts';
import type { Happened, Move, News, Subscription, Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { keysWith, ofCustomer, OUTBOX, subscriptionKey, TICKET, ticketKey } from '../../../services/store/rows.ts';
import { askTicket } from '../../../services/tickets/tickets.ts';
import { openTickets } from '../../../services/tickets/openList.ts';
import { whatHappened } from '../../../services/watch/outcomes.ts';
import { applyEvent } from '../../../services/moves/apply.ts';
import { BOT } from '../../../services/auditLog/auditLog.ts';
import type { Order, PartnerCenter } from '../../../services/partnerCenter/port.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { openMove } from '../../../services/moves/open.ts';
import { HOUR_MS, ID, wired } from '../../support/partner.ts';
import { HIDES, sampleMove, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { textsOf } from '../cards/sentences.ts';

const TODAY = '2027-01-20';
const NCE = sampleSubscription({ kind: 'newCommerce', offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', lastDay: '2027-03-03', expiresOn: '2027-03-03' });
const EST = { ...NCE, term: 'P1M', lastDay: '2027-04-03', expiresOn: '2027-04-03', cancellableUntil: '2027-04-03T23:59:59Z' };
const next = (quantity: number) => ({ offer: null, quantity, term: null, billing: null });
const off = { ...NCE, autoRenew: false };
const cancelled = { ...off, atTermEnd: 'Cancel' };
const trial = { ...NCE, isTrial: true, lastDay: '2027-02-03', expiresOn: '2027-02-03' };
const software: Subscription = { ...NCE, kind: 'other', isSoftware: true };

describe('what happened to an end', () => {
  type More = { today?: string; outlives?: boolean; known?: Partial<TrackedSubscription> };
  const cases: [string, Subscription, Subscription, Happened | null, More?][] = [
    ['nothing', NCE, NCE, null],
    ['a flip is told by the flip', NCE, off, null],
    ['its Extended Service Term has begun', off, EST, 'estBegun', { today: '2027-03-04' }],
    ['it has, and was planned although auto-renew was on', { ...NCE, atTermEnd: 'RenewToExtendedServiceTerm' }, EST, 'estBegun', { today: '2027-03-04' }],
    ['it goes on in it', EST, { ...EST, lastDay: '2027-05-03', expiresOn: '2027-05-03', cancellableUntil: '2027-05-03T23:59:59Z' }, null],
    ['it is back from it', EST, { ...NCE, lastDay: '2028-03-03', expiresOn: '2028-03-03' }, null],
    ['a change was planned', NCE, { ...NCE, next: next(5) }, 'planSet'],
    ['a change to what it is already is none', NCE, { ...NCE, next: next(10) }, null],
    ['another change is planned', { ...NCE, next: next(5) }, { ...NCE, next: next(6) }, 'planChanged'],
    ['the planned change is lost', { ...NCE, next: next(5) }, NCE, 'planLost'],
    ['it was lost with auto-renew: a flip', { ...NCE, next: next(5) }, off, null],
    ['it was carried out', { ...NCE, next: next(5) }, { ...NCE, quantity: 5, expiresOn: '2028-03-03' }, null, { today: '2027-03-04' }],
    ['classic has no planned changes, and renews', { ...NCE, kind: 'classic' }, { ...NCE, kind: 'classic', quantity: 3 }, null],
    ['suspended, and billed', NCE, { ...off, status: 'suspended' }, 'stillBilled'],
    ['suspended by us', NCE, { ...off, status: 'suspended' }, null, { known: { suspendedAt: `${TODAY}T09:00:00.000Z` } }],
    ['classic is not billed when it is suspended', { ...NCE, kind: 'classic' }, { ...off, kind: 'classic', status: 'suspended' }, null],
    ['suspended after its last day', NCE, { ...off, status: 'suspended' }, null, { today: '2027-03-04' }],
    ['suspended as before', { ...off, status: 'suspended' }, { ...off, status: 'suspended' }, null],
    ['a trial that has time', trial, trial, null, { known: { firstSeenOn: '2027-01-05' }, today: '2027-01-19' }],
    ['a trial of which two weeks are left', trial, trial, 'trial', { known: { firstSeenOn: '2027-01-05' } }],
    ['a trial that ends, the same', trial, { ...trial, autoRenew: false }, 'trial', { known: { firstSeenOn: '2027-01-05' } }],
    ['a trial that was first seen with ten days left', trial, trial, null, { known: { firstSeenOn: '2027-01-24' }, today: '2027-01-24' }],
    ['the same, a week before its end', trial, trial, 'trial', { known: { firstSeenOn: '2027-01-24' }, today: '2027-01-27' }],
    ['a trial that is over', trial, trial, null, { known: { firstSeenOn: '2027-01-05' }, today: '2027-02-04' }],
    ['software that stops', software, { ...software, autoRenew: false }, 'softwareEnds'],
    ['software that had stopped', { ...software, autoRenew: false }, { ...software, autoRenew: false }, null],
    ['Azure that stops', { ...NCE, kind: 'other' }, { ...off, kind: 'other' }, null],
    ['software without an end', { ...software, lastDay: null }, { ...software, lastDay: null, autoRenew: false }, null],
    ['an add-on that outlives its base', NCE, NCE, 'outlivesBase', { outlives: true }],
    ['that was told', NCE, NCE, null, { outlives: true, known: { outlives: true } }],
    ['back after it was gone', { ...NCE, next: next(5) }, NCE, null, { known: { goneAt: `${TODAY}T09:00:00.000Z` } }],
  ];
  const moved: [string, Subscription, Subscription, Happened | null, string?][] = [
    ['it was left to end, and nothing has changed', cancelled, cancelled, null],
    ['its cancellation is gone', cancelled, off, 'goesOn'],
    ['it was left, and a cancellation was set', off, cancelled, null],
    ['auto-renew is on again', off, NCE, 'goesOn'],
    ['it renewed on its day, as it was left', NCE, { ...NCE, lastDay: '2028-03-03', expiresOn: '2028-03-03' }, 'goesOn', '2027-03-04'],
    ['its Extended Service Term began', off, EST, 'goesOn', '2027-03-04'],
    ['the day after its last one Microsoft may still be at it', cancelled, cancelled, null, '2027-03-04'],
    ['two days after, it is still there', cancelled, cancelled, 'goesOn', '2027-03-05'],
    ['we suspended it, and its Extended Service Term began', { ...off, status: 'suspended' }, EST, 'goesOn', '2027-03-04'],
    ['we suspended it, and it is', { ...off, status: 'suspended' }, { ...off, status: 'suspended' }, null],
    ['nobody says whether it renews', cancelled, { ...NCE, autoRenew: null }, null],
  ];
  const said = (was: Subscription, now: Subscription, { today = TODAY, outlives = false, known = {} }: More) =>
    whatHappened({ snapshot: was, episode: 0, ticket: null, liveMove: null, moves: 0, ...known }, { now, outlives, today });
  for (const [name, was, now, wanted, more = {}] of cases) it(name, () => assert.equal(said(was, now, more), wanted));
  for (const [name, was, now, wanted, today = TODAY] of moved)
    it(`the old one of a finished move: ${name}`, () => assert.equal(said(was, now, { today, known: { movedBy: 'S-1' } }), wanted));
});

const RAW = {
  ...{ id: '00000000-5555-4000-8000-000000000001', offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', offerName: 'Plan A', friendlyName: 'Plan A' },
  ...{ productType: { id: 'OnlineServicesNCE' }, quantity: 10, status: 'active', autoRenewEnabled: true, commitmentEndDate: '2027-03-03T00:00:00Z' },
  ...{ billingType: 'license', billingCycle: 'monthly', termDuration: 'P1Y', isTrial: false },
};
const PLAN = { ...RAW, scheduledNextTermInstructions: { quantity: 5 } };
const IN_EST = { ...RAW, termDuration: 'P1M', commitmentEndDate: '2027-04-03T00:00:00Z', cancellationAllowedUntilDate: '2027-04-03T23:59:59Z' };
const DAY_MS = 24 * HOUR_MS;
type World = Awaited<ReturnType<typeof wired>>;

async function ticketsOf(one: World): Promise<Ticket[]> {
  return (await one.store.range<Ticket>(...ofCustomer(ID), ...keysWith(TICKET))).map((row) => row.value);
}

/** News since the last time, and the card that stands. */
async function told(one: World): Promise<{ news: string[]; text: string }> {
  const news: string[] = [];
  for (const row of await one.store.range<News>(...ofCustomer(ID), ...keysWith(OUTBOX))) {
    news.push([row.value.kind, row.value.data.what].filter(Boolean).join(' '));
    await one.store.remove(...ofCustomer(ID), row.key);
  }
  const [ticket] = await ticketsOf(one);
  const move = ticket?.move ? ((await one.store.get<Move>(...ofCustomer(ID), ticket.move))?.value ?? null) : null;
  return { news, text: ticket ? cardText(one, ticket, move) : '' };
}

function cardText(one: World, ticket: Ticket, move: Move | null): string {
  return textsOf(rendererIn(en).ticket(shownNow(one, ticket, move)).card)
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

function shownNow(one: World, ticket: Ticket, move: Move | null): Shown {
  const now = one.deps.clock.now().toISOString();
  return {
    ...{ ticket, move, chat: { key: 'chat', kind: 'channel' as const }, handle: 'abcdefghijklmnopqrstuv', names: {}, record: [], holders: [], unmoved: [] },
    ...{ approvers: [], reader: null, fourEyes: { when: 'off' as const }, hides: HIDES, today: now.slice(0, 10), now },
  };
}

describe('an outcome that changes', () => {
  it('is not told at the first look, whatever it has always been', async () => {
    const ids = [
      RAW,
      PLAN,
      IN_EST,
      { ...RAW, isTrial: true },
      { ...RAW, status: 'suspended' },
      { ...RAW, productType: { id: 'Software' }, autoRenewEnabled: false },
    ];
    const items = ids.map((one, index) => ({ ...one, id: `00000000-5555-4000-8000-00000000000${index + 1}` }));
    const one = await wired({ [ID]: items });
    await one.look(ID, items);
    assert.deepEqual(await ticketsOf(one), []);
  });

  it('a planned change is told when it is set, when it is another one and when it is lost, each once; the term that follows closes it', async () => {
    const one = await wired({ [ID]: [RAW] });
    await one.look(ID, [PLAN]);
    let seen = await told(one);
    assert.deepEqual(seen.news, ['stopped']);
    assert.match(seen.text, /A change is planned[\s\S]*On 3 March 2027 it renews as 5 licences/);
    await one.look(ID, [PLAN]);
    assert.deepEqual((await told(one)).news, []);
    await one.look(ID, [{ ...PLAN, scheduledNextTermInstructions: { quantity: 4 } }]);
    seen = await told(one);
    assert.deepEqual(seen.news, ['changed planChanged']);
    assert.match(seen.text, /It was to become 5 licences/);
    await one.look(ID, [RAW]);
    seen = await told(one);
    assert.deepEqual(seen.news, ['changed planLost']);
    assert.match(seen.text, /A planned change is lost[\s\S]*it was to become 4 licences[\s\S]*plan it again in Partner Center[\s\S]*It renews on 3 March 2027/);
    one.wait(43 * DAY_MS);
    await one.look(ID, [{ ...RAW, commitmentEndDate: '2028-03-03T00:00:00Z' }]);
    seen = await told(one);
    assert.deepEqual(seen.news, ['renewed']);
    assert.match(seen.text, /It has renewed; its new term runs until 3 March 2028/);
    assert.equal((await openTickets(one.store)).length, 0);
    assert.equal((await ticketsOf(one)).length, 1);
  });

  it('an Extended Service Term is told when it is planned, when it has begun, and when it is over, with the new date', async () => {
    const one = await wired({ [ID]: [RAW] });
    const flipped = { ...RAW, autoRenewEnabled: false };
    await one.look(ID, [flipped]);
    assert.match((await told(one)).text, /Nothing is planned for that day yet; within about a day Microsoft plans an Extended Service Term/);
    const planned = { ...flipped, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'RenewToExtendedServiceTerm' }] };
    await one.look(ID, [planned]);
    let seen = await told(one);
    assert.deepEqual(seen.news, ['changed estPlanned']);
    assert.doesNotMatch(seen.text, /Nothing is planned/);
    await one.look(ID, [planned]);
    assert.deepEqual((await told(one)).news, []);
    one.wait(43 * DAY_MS);
    await one.look(ID, [IN_EST]);
    seen = await told(one);
    assert.deepEqual(seen.news, ['changed estBegun']);
    assert.match(seen.text, /It is in a paid Extended Service Term/);
    await one.look(ID, [{ ...RAW, commitmentEndDate: '2028-03-10T00:00:00Z' }]);
    seen = await told(one);
    assert.deepEqual(seen.news, ['renewed']);
    assert.match(seen.text, /It is back from the Extended Service Term: it renews on 10 March 2028/);
  });

  it('one that nobody looked after is told of when its Extended Service Term begins', async () => {
    const one = await wired({ [ID]: [{ ...RAW, commitmentEndDate: '2027-01-21T00:00:00Z' }] });
    one.wait(2 * DAY_MS);
    await one.look(ID, [{ ...IN_EST, commitmentEndDate: '2027-02-21T00:00:00Z', cancellationAllowedUntilDate: '2027-02-21T00:00:00Z' }]);
    const seen = await told(one);
    assert.deepEqual(seen.news, ['stopped']);
    assert.match(seen.text, /Its term is over, and no cancellation was carried out\.[\s\S]*It is in a paid Extended Service Term/);
  });

  it('suspended while it renews: told that it is billed, open until it no longer is', async () => {
    const one = await wired({ [ID]: [RAW] });
    const suspended = { ...RAW, status: 'suspended', autoRenewEnabled: false };
    await one.look(ID, [suspended]);
    const seen = await told(one);
    assert.deepEqual(seen.news, ['stopped']);
    assert.match(seen.text, /Suspended, and still billed[\s\S]*billed until the end of its term, 3 March 2027, all the same/);
    await one.look(ID, [suspended]);
    one.wait(DAY_MS);
    await one.look(ID, [suspended]);
    assert.deepEqual((await told(one)).news, []);
    assert.equal((await openTickets(one.store)).length, 1);
    one.wait(43 * DAY_MS);
    await one.look(ID, [suspended]);
    assert.deepEqual((await told(one)).news, ['ended']);
  });

  it('switched on again, a suspended one that renews is settled', async () => {
    const one = await wired({ [ID]: [RAW] });
    await one.look(ID, [{ ...RAW, status: 'suspended', autoRenewEnabled: false }]);
    await one.look(ID, [RAW]);
    assert.deepEqual((await told(one)).news.sort(), ['renewed', 'stopped']);
  });

  it('a trial is told two weeks before its day: that it ends, or becomes paid', async () => {
    for (const [autoRenewEnabled, wanted] of [
      [true, /On 3 March 2027 this trial becomes the paid plan by itself, for 10 licences; at what price is not known here/],
      [false, /This trial ends on 3 March 2027: the people who use it lose access then\. Convert it/],
    ] as const) {
      const trial = { ...RAW, isTrial: true, autoRenewEnabled };
      const one = await wired({ [ID]: [trial] });
      one.wait(28 * DAY_MS);
      await one.look(ID, [trial]);
      const seen = await told(one);
      assert.deepEqual(seen.news, ['stopped']);
      assert.match(seen.text, wanted);
      await one.look(ID, [{ ...RAW, commitmentEndDate: '2028-03-03T00:00:00Z' }]);
      assert.match((await told(one)).text, /It is no trial any more; it renews on 3 March 2028/);
    }
  });

  it('software that stops is told, without an Extended Service Term', async () => {
    const software = { ...RAW, productType: { id: 'Software' } };
    const one = await wired({ [ID]: [software] });
    await one.look(ID, [{ ...software, autoRenewEnabled: false }]);
    const { text } = await told(one);
    assert.match(text, /This software ends on 3 March 2027 and does not go on by itself/);
    assert.doesNotMatch(text, /Extended Service Term|A cancellation is set/);
  });

  it('an add-on whose base was cancelled before it: told with both days', async () => {
    const addon = { ...RAW, id: '00000000-5555-4000-8000-000000000002', offerName: 'Add-on', friendlyName: 'Add-on', parentSubscriptionId: RAW.id };
    const longer = { ...addon, commitmentEndDate: '2027-09-03T00:00:00Z' };
    const one = await wired({ [ID]: [RAW, longer] });
    const ends = { ...RAW, autoRenewEnabled: false, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] };
    await one.look(ID, [ends, longer]);
    const tickets = await ticketsOf(one);
    const [told] = tickets.filter((ticket) => ticket.facts.happened === 'outlivesBase');
    assert.match(
      cardText(one, told as Ticket, null),
      /Plan A ends on 3 March 2027\. From then on this add-on does nothing, and it is paid for until 3 September 2027/,
    );
    await one.look(ID, [RAW, longer]);
    assert.equal((await openTickets(one.store)).length, 0);
  });

  it('T75: what was snoozed or let go on one outcome is open again on another', async () => {
    const flipped = { ...RAW, autoRenewEnabled: false };
    for (const mark of [{ snoozed: { until: '2027-02-20', reason: 'r', by: 'p', at: TODAY } }, { dismissed: { reason: 'r', by: 'p', at: TODAY } }]) {
      const one = await wired({ [ID]: [RAW] });
      await one.look(ID, [{ ...flipped, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] }]);
      const [ticket] = await ticketsOf(one);
      await one.store.put(...ofCustomer(ID), ticketKey(ticket?.id ?? ''), { ...ticket, marks: mark });
      await told(one);
      await one.look(ID, [flipped]);
      assert.deepEqual((await told(one)).news, ['changed end']);
      assert.deepEqual((await ticketsOf(one))[0]?.marks, {});
    }
  });
});

describe('a reminder', () => {
  const line = (facts: Partial<Ticket['facts']>, marks: Ticket['marks'] = {}) => {
    const ticket = sampleTicket({ marks }, { expiresOn: '2027-03-03', inUse: 7, priceNow: { minor: 31_000, currency: 'EUR' }, ...facts });
    const shown = {
      ticket,
      move: null,
      chat: { key: 'c', kind: 'channel' as const },
      handle: 'h',
      names: { m: 'Megan' },
      record: [],
      holders: [],
      unmoved: [],
    };
    const more = { approvers: [], reader: null, fourEyes: { when: 'off' as const }, hides: HIDES, today: TODAY, now: `${TODAY}T10:00:00.000Z` };
    const said = rendererIn(en).line({ kind: 'reminder', ticketId: 'S-1', by: null, at: TODAY, data: { days: 30, above: 60 } }, { ...shown, ...more });
    return said?.text.replaceAll('\u00a0', ' ');
  };

  it('names what is at stake, as far as it is known', () => {
    const nce = { newCommerce: true, endOfTerm: 'extends' as const };
    for (const [facts, wanted] of [
      [{}, '30 days left. Nobody has decided yet. 7 people lose access then; it costs €310.00 a month now.'],
      [{ priceNow: null, inUse: null }, '30 days left. Nobody has decided yet.'],
      [{ inUse: null }, '30 days left. Nobody has decided yet. It costs €310.00 a month now.'],
      [
        { ...nce, term: 'P1M' },
        '30 days left. Nobody has decided yet. After 3 March 2027 it goes on as a paid Extended Service Term: €319.30 a month, now €310.00.',
      ],
      [
        nce,
        '30 days left. Nobody has decided yet. After 3 March 2027 it goes on as a paid Extended Service Term. It costs €310.00 a month now; what it costs then is not known.',
      ],
      [
        { ...nce, priceNow: null },
        '30 days left. Nobody has decided yet. After 3 March 2027 it goes on as a paid Extended Service Term; at what price is not known.',
      ],
    ] as const)
      assert.equal(line(facts), wanted);
    assert.match(line({}, { assignedTo: 'm' }) ?? '', /^30 days left\. Megan looks after it; nobody has decided yet\. 7 people/);
  });
});

describe('the old subscription of a finished move', () => {
  const ends = { ...RAW, autoRenewEnabled: false, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Cancel' }] };
  const ORDER = { id: 'o', subscriptionId: 'n', placedAt: `${TODAY}T11:00:00.000Z`, cancellableUntil: null };

  /** A partner whose move away from it has finished: it was left to end. */
  async function finished(left: object) {
    const one = await wired({ [ID]: [RAW] });
    await one.look(ID, [left]);
    const deps = { ...one.deps, doing: undefined };
    const known = await one.store.get<TrackedSubscription>(...ofCustomer(ID), subscriptionKey(RAW.id));
    if (!known?.value.ticket) await askTicket(deps, 'Contoso', known?.value.snapshot as Subscription, [], BOT);
    const of = { customerId: ID, subscriptionId: RAW.id };
    const opened = await openMove(deps, ID, RAW.id, BOT);
    const key = 'opened' in opened ? (opened.move?.key ?? '') : '';
    const row = await one.store.get<Move>(...ofCustomer(ID), key);
    const move = { ...sampleMove({ state: 'reassigned', order: ORDER }), key, ...of, ticketId: row?.value.ticketId ?? '' };
    await one.store.put(...ofCustomer(ID), key, move);
    const applied = await applyEvent(deps, of, { kind: 'skip', by: 'p', reason: 'It ends.' }, { by: BOT });
    assert.ok(!('refused' in applied), JSON.stringify(applied));
    assert.equal((await ticketsOf(one))[0]?.closed?.how, 'moved');
    await told(one);
    return one;
  }

  for (const [name, left, then, text] of [
    [
      'its Extended Service Term begins',
      ends,
      IN_EST,
      /yet the old subscription goes on[\s\S]*It is in a paid Extended Service Term[\s\S]*A cancellation set in Partner Center makes it end/,
    ],
    [
      'it renews',
      RAW,
      { ...RAW, commitmentEndDate: '2028-03-03T00:00:00Z' },
      /yet the old subscription goes on[\s\S]*on 3 March 2028 it renews for another term/,
    ],
  ] as const)
    it(`${name}: its ticket is open again the day after its last one, says so once, and closes when it is gone`, async () => {
      const one = await finished(left);
      const [closed] = await ticketsOf(one);
      one.wait(41 * DAY_MS);
      await one.look(ID, [left]);
      assert.deepEqual((await told(one)).news, []);
      one.wait(2 * DAY_MS);
      await one.look(ID, [then]);
      const seen = await told(one);
      assert.deepEqual(seen.news, ['stopped goesOn']);
      assert.match(seen.text, text);
      const tickets = await ticketsOf(one);
      assert.deepEqual([tickets.length, tickets[0]?.closed, tickets[0]?.closedBefore?.length], [1, null, 1]);
      assert.equal((await openTickets(one.store)).length, 1);
      await one.look(ID, [then]);
      assert.deepEqual((await told(one)).news, []);
      await one.look(ID, [{ ...then, status: 'deleted' }]);
      assert.deepEqual((await told(one)).news, ['ended']);
      assert.match((await told(one)).text, /The old subscription has ended/);
      // An anchor of the time when it was closed does not call that a change by hand.
      const then_ = { seq: closed?.audit.seq ?? 0, hash: closed?.audit.hash ?? '', closedAt: closed?.closed?.at ?? null };
      const anchor = { made: { at: one.deps.clock.now().toISOString() }, tickets: new Map([[closed?.id ?? '', then_]]) };
      const { faults } = await walkRecord(one.store, { cutBefore: '', anchor: anchor as never });
      assert.deepEqual(
        faults.filter((fault) => fault.includes('closed') || fault.includes('anchor')),
        [],
      );
      assert.ok(
        faults.every((fault) => fault.includes('goes on from reassigned')),
        String(faults),
      );
    });

  it('its cancellation is taken back before that day: told at once; set again, the card says so and stays', async () => {
    const one = await finished(ends);
    await one.look(ID, [{ ...RAW, autoRenewEnabled: false }]);
    assert.deepEqual((await told(one)).news, ['stopped goesOn']);
    await one.look(ID, [ends]);
    const seen = await told(one);
    assert.deepEqual(seen.news, ['changed end']);
    assert.match(seen.text, /A cancellation was set: it ends on 3 March 2027/);
    assert.equal((await openTickets(one.store)).length, 1);
  });

  it('ends as it was read: nothing is told', async () => {
    const one = await finished(ends);
    one.wait(43 * DAY_MS);
    await one.look(ID, [{ ...ends, status: 'deleted' }]);
    assert.deepEqual((await told(one)).news, []);
    const row = await one.store.get<TrackedSubscription>(...ofCustomer(ID), subscriptionKey(RAW.id));
    assert.equal(row?.value.ticket, null);
  });
});

describe('a renewal that will be dearer', () => {
  const NEAR = { ...RAW, commitmentEndDate: '2027-03-03T00:00:00Z' };
  const euros = (minor: number) => ({ minor, currency: 'EUR' });
  /** Price sheets that say so much for the next term, or nothing; its order says that it costs 310.00 now. */
  function sheets(one: World, renewal: number | null) {
    const asked: string[] = [];
    one.deps.priceSheets = {
      prices: async ({ offerId, next }) => {
        asked.push(offerId);
        return renewal === null
          ? { known: false, why: 'unread' }
          : { known: true, on: TODAY, renewal: next?.promotion ? null : euros(renewal), oneMonth: null, extended: euros(38_200) };
      },
    };
    const order: Order = {
      ...{ id: 'o', customerId: ID, createdAt: null, status: 'completed', billing: 'monthly' },
      lines: [{ item: '', quantity: 10, term: 'P1Y', kind: 'new', subscriptionId: null, price: euros(31_000), unit: euros(3_100), prorated: null }],
    };
    const refuses = one.deps.partnerCenter;
    one.deps.partnerCenter = new Proxy(refuses, { get: (of, name) => (name === 'order' ? async () => order : of[name as keyof PartnerCenter]) });
    return asked;
  }
  const withOrder = { ...NEAR, orderId: 'o' };

  it('is told once, with both prices, sixty days before; the next term closes it', async () => {
    const one = await wired({ [ID]: [withOrder] });
    const asked = sheets(one, 32_550);
    await one.look(ID, [withOrder]);
    const first = await told(one);
    assert.deepEqual(first.news, ['stopped']);
    assert.match(first.text, /It renews at a higher price/);
    assert.match(first.text, /It renews on 3 March 2027, at €325\.50 a month by the price list of 20 January 2027, €15\.50 more than now/);
    await one.look(ID, [withOrder]);
    assert.deepEqual((await told(one)).news, []);
    one.wait(45 * 24 * HOUR_MS);
    await one.look(ID, [{ ...withOrder, commitmentEndDate: '2028-03-02T00:00:00Z' }]);
    const closed = await told(one);
    assert.deepEqual(closed.news, ['renewed']);
    assert.match(closed.text, /It has renewed; its new term runs until 2 March 2028/);
    assert.ok(asked.length > 0);
  });

  it('is asked for once a term where it is not dearer, and again where no sheet could be read', async () => {
    const one = await wired({ [ID]: [withOrder] });
    const unread = sheets(one, null);
    await one.look(ID, [withOrder]);
    await one.look(ID, [withOrder]);
    assert.equal(unread.length, 2);
    const same = sheets(one, 31_000);
    for (let n = 0; n < 3; n++) await one.look(ID, [withOrder]);
    assert.equal(same.length, 1);
    assert.deepEqual(await ticketsOf(one), []);
    const later = sheets(one, 40_000);
    await one.look(ID, [{ ...withOrder, commitmentEndDate: '2027-03-10T00:00:00Z' }]);
    assert.equal(later.length, 2, 'of another term, and once for its card');
    assert.equal((await ticketsOf(one)).length, 1);
  });

  it('is not asked for while more than sixty days are left, nor of what ends, is classic or a trial', async () => {
    const far = { ...withOrder, commitmentEndDate: '2027-03-22T00:00:00Z' };
    const others = [far, { ...withOrder, isTrial: true }, { ...withOrder, offerId: '195416c1-3447-423a-b37b-ee59a99a19c4', productType: null }];
    const items = others.map((one, n) => ({ ...one, id: `00000000-5555-4000-8000-00000000000${n + 1}` }));
    const one = await wired({ [ID]: items });
    const asked = sheets(one, 90_000);
    await one.look(ID, items);
    assert.deepEqual([asked, await ticketsOf(one)], [[], []]);
    one.wait(24 * HOUR_MS);
    await one.look(ID, items);
    assert.equal(asked.length, 2, 'sixty days are left: once asked, and once for its card');
  });

  it('a promotion that is not planned for the next term is told too, whether or not the price is known; one that is planned is not', async () => {
    const promoted = { ...withOrder, promotionId: 'PROMO' };
    const planned = { ...promoted, scheduledNextTermInstructions: { product: { promotionId: 'PROMO', termDuration: 'P1Y' }, quantity: 10 } };
    for (const [resource, renewal, expected] of [
      [promoted, null, /It renews without its promotion[\s\S]*not planned for its next term/],
      [promoted, 32_550, /It renews without its promotion[\s\S]*€325\.50 a month by the price list/],
      [planned, 32_550, null],
    ] as const) {
      const one = await wired({ [ID]: [resource] });
      sheets(one, renewal);
      await one.look(ID, [resource]);
      const { text } = await told(one);
      if (expected) assert.match(text, expected);
      else assert.equal(text, '');
    }
  });

  it('prices come onto a card that stands, without a line, and go where they are of other seats', async () => {
    const stopped = { ...withOrder, autoRenewEnabled: false };
    const one = await wired({ [ID]: [withOrder] });
    await one.look(ID, [stopped]);
    assert.match((await told(one)).text, /3 % above the price of a one-month term/);
    sheets(one, 32_550);
    await one.look(ID, [stopped]);
    const filled = await told(one);
    assert.deepEqual(filled.news, ['changed prices']);
    assert.match(filled.text, /at €382\.00 a month by the price list of 20 January 2027/);
    assert.equal(
      rendererIn(en).line(
        { kind: 'changed', ticketId: 'S', by: null, at: TODAY, data: { what: 'prices' } },
        shownNow(one, (await ticketsOf(one))[0] as Ticket, null),
      ),
      null,
    );
    await one.look(ID, [stopped]);
    assert.deepEqual((await told(one)).news, [], 'the same prices are no news');
    sheets(one, null);
    await one.look(ID, [{ ...stopped, quantity: 20 }]);
    assert.match((await told(one)).text, /3 % above the price of a one-month term/);
  });
});
