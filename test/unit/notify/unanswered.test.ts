/** What waits for somebody and saw no reaction for two working days: the chat hears of it once. In virtual time, from Wednesday 2027-01-20, 00:00 UTC. */
import assert from 'node:assert/strict';
import { BOT, ticketTransaction } from '../../../services/auditLog/auditLog.ts';
import { lastHour, workingDaysAfter } from '../../../services/domain/settings.ts';
import type { Chat, Move, News, NewsKind, PeopleCount, Ticket } from '../../../services/domain/ticket.ts';
import { HOURLY } from '../../../services/notify/hours.ts';
import { unansweredIn } from '../../../services/notify/unanswered.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { ofChat, ofCustomer, ticketKey } from '../../../services/store/rows.ts';
import { listTicket, type OpenRow } from '../../../services/tickets/openList.ts';
import { waitsSince } from '../../../services/tickets/rowState.ts';
import { changeTicket } from '../../../services/tickets/tickets.ts';
import { livesOf } from '../../support/lives.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type NotifyingWorld, openNotifying } from '../../support/notifying.ts';
import { sampleMove, sampleTicket } from '../../support/samples.ts';

const iso = (atMs: number) => new Date(atMs).toISOString();
const CHANNEL = 'channel';
const ANN = { key: 'p1', tenant: 't' };

describe('two working days', () => {
  const after = (zone: string, at: string) => iso(workingDaysAfter(Date.parse(at), zone, 2)).slice(0, 16);
  for (const [why, zone, at, ends] of [
    ['from Monday are over on Wednesday', 'UTC', '2027-01-18T10:30:00Z', '2027-01-20T10:30'],
    ['from Wednesday on Friday', 'UTC', '2027-01-20T10:30:00Z', '2027-01-22T10:30'],
    ['from Thursday on Monday', 'UTC', '2027-01-21T10:30:00Z', '2027-01-25T10:30'],
    ['from Friday on Tuesday', 'UTC', '2027-01-22T16:00:00Z', '2027-01-26T16:00'],
    ['from Saturday begin on Monday', 'UTC', '2027-01-23T10:00:00Z', '2027-01-27T00:00'],
    ['from Sunday too', 'UTC', '2027-01-24T23:59:00Z', '2027-01-27T00:00'],
    ['keep the hour of the place where its clock goes forward', 'Europe/Stockholm', '2027-03-26T15:00:00Z', '2027-03-30T14:00'],
    ['and where it goes back', 'Europe/Stockholm', '2027-10-29T14:00:00Z', '2027-11-02T15:00'],
    ['the same on the other side of the sea', 'America/New_York', '2027-03-12T20:00:00Z', '2027-03-16T19:00'],
    ['east of the date line it is Saturday already', 'Pacific/Kiritimati', '2027-01-23T05:00:00Z', '2027-01-26T10:00'],
    ['west of it still Friday', 'Pacific/Pago_Pago', '2027-01-23T05:00:00Z', '2027-01-27T05:00'],
  ] as const)
    it(`${why} (${zone})`, () => assert.equal(after(zone, at), ends));
  it('of what was put later are never over sooner, in any zone', () => {
    for (const zone of Intl.supportedValuesOf('timeZone').filter((_, n) => n % 25 === 0))
      for (let [hour, before] = [0, 0]; hour < 24 * 21; hour += 5) {
        const ends = workingDaysAfter(Date.UTC(2027, 2, 8, hour), zone, 2);
        assert.ok(ends >= before && ends - Date.UTC(2027, 2, 8, hour) >= 47 * HOUR_MS, `${zone} ${hour}`);
        before = ends;
      }
  });
  it('the last hour of a place is found on the day before too, and over a weekend', () => {
    const last = (zone: string, at: string, days?: number[]) => iso(lastHour(Date.parse(at), zone, { hour: 9, ...(days ? { days } : {}) })).slice(0, 16);
    assert.equal(last('UTC', '2027-01-20T09:00:00Z'), '2027-01-20T09:00');
    assert.equal(last('UTC', '2027-01-20T08:59:59Z'), '2027-01-19T09:00');
    assert.equal(last('America/New_York', '2027-01-25T13:00:00Z', [1, 2, 3, 4, 5]), '2027-01-22T14:00');
    assert.equal(last('Europe/Stockholm', '2027-03-29T06:00:00Z', [7]), '2027-03-28T07:00');
  });
});

describe('what waits for somebody', () => {
  const at = '2027-01-20T10:00:00.000Z';
  const people: PeopleCount = {
    ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] },
  };
  const cases: [why: string, waits: boolean, ticket: Partial<Ticket>, move?: Partial<Move> | null, facts?: Partial<Ticket['facts']>][] = [
    ['a notice that nobody touched', true, {}],
    ['a notice of what renews', false, {}, null, { endOfTerm: 'renewsAs' }],
    ['what goes on beside what took its place', true, {}, null, { endOfTerm: 'renews', happened: 'goesOn' }],
    ['what is snoozed', false, { marks: { snoozed: { until: '2027-02-01', reason: '', by: 'ann', at } } }],
    ['what somebody let go', false, { marks: { dismissed: { reason: '', by: 'ann', at } } }],
    ['a plan that is to be chosen', true, {}, { state: 'drafting' }],
    ['a price that is asked for', false, {}, { state: 'quoting' }],
    ['an approval', true, {}, { state: 'quoted', approval: null }],
    ['what was approved and waits for its turn', false, {}, { state: 'quoted', approval: { by: 'bo', at, hash: 'h' } }],
    ['the approval of an end', true, {}, { state: 'weighed', way: 'cancel', approval: null }],
    ['people who are being counted', false, {}, { state: 'purchased', people: null }],
    ['licences that somebody is to confirm', true, {}, { state: 'purchased', people }],
    ['licences that are being moved', false, {}, { state: 'reassigning', people }],
    ['the last step', true, {}, { state: 'reassigned', people }],
    ['a move that has stopped', true, {}, { state: 'stuck', stuck: { from: 'suspending', reason: 'holders', code: '', at } }],
    ['an end that is set', false, {}, { state: 'set' }],
    ['a closed ticket', false, { closed: { how: 'ended', at } }],
    ['one of which nobody has noted since when', false, { touched: undefined as never }],
    ['one in which a release that does not know of it has written since', false, { audit: { seq: 3, hash: '0' } }],
  ];
  for (const [why, waits, ticket, move = null, facts = {}] of cases)
    it(`${why}: ${waits ? 'yes' : 'no'}`, () => {
      const of = sampleTicket({ touched: { at, seq: 0 }, ...ticket }, facts);
      assert.equal(waitsSince(of, move && sampleMove(move)), waits ? at : null);
    });

  const row = (by: string | null, kind: NewsKind | null, what?: string) => {
    const before = { key: ticketKey('S-1042'), etag: '1', value: sampleTicket({ touched: { at: '2027-01-01T00:00:00.000Z', seq: 0 } }) };
    const news: News[] = kind ? [{ kind, ticketId: 'S-1042', by, at, data: what ? { what } : {} }] : [];
    const entries = by ? [{ by: by === BOT.key ? BOT : ANN, what: 'x', before: 'open', after: 'open' }] : [];
    const [change] = ticketTransaction(before, before.value, entries, news, at);
    const { touched, audit } = (change as { value: Ticket }).value;
    assert.equal(touched?.seq, audit.seq);
    return touched?.at === at;
  };
  for (const [why, counts, by, kind, what] of [
    ['a note, a snooze, a mark that it was seen', true, 'p1', 'marked'],
    ['somebody who begins a move', true, 'p1', null],
    ['somebody who asks to see it', true, null, 'show'],
    ['people who were counted', true, BOT.key, 'counted'],
    ['what is told for the first time', true, BOT.key, 'stopped'],
    ['a snooze that is over', true, BOT.key, 'changed', 'snoozeOver'],
    ['another price', false, BOT.key, 'changed', 'prices'],
    ['what was looked up for the card', false, BOT.key, 'changed'],
    ['a reminder', false, BOT.key, 'reminder'],
    ['a reminder of its move', false, BOT.key, 'waits'],
    ['a reminder of an approval', false, BOT.key, 'approvalDue'],
    ['an approval that nobody gave', false, BOT.key, 'lapsed'],
  ] as const)
    it(`${why} ${counts ? 'counts anew' : 'does not'}`, () => assert.equal(row(by, kind, what), counts));
});

describe('a chat hears once of what nobody reacts to', () => {
  let world: NotifyingWorld;
  async function begun(chat: Partial<Chat> = {}, bots = 1): Promise<void> {
    world = openNotifying(EVERYBODY, bots, [{ ...HOURLY, everyMs: 5 * MINUTE_MS }]);
    await world.chat(CHANNEL, { watchedAt: '2027-01-19T00:00:00.000Z', ...chat });
  }
  afterEach(() => world.stop());
  const lines = (chat = CHANNEL) =>
    world.sent.filter((one) => one.chat === chat && /two working days/.test(one.what)).map((one) => `${iso(one.atMs).slice(5, 16)} ${one.what}`);
  const times = () => lines().map((one) => one.slice(0, 11));
  const until = (at: string) => world.forMs(Date.parse(at) - world.nowMs());
  async function mark(ticketId: string, mark: string, marks: Partial<Ticket['marks']> = {}): Promise<void> {
    const row = await world.deps.store.get<Ticket>(...ofCustomer('c1'), ticketKey(ticketId));
    assert.ok(row);
    await changeTicket({ ...world.deps, programmes: [] }, row, ANN, (ticket) => {
      const next = { ...ticket, marks: { ...ticket.marks, ...marks } };
      return { ticket: next, what: mark, data: { mark }, news: 'marked' };
    });
  }

  it('in one line at nine on the working day after which two are over, and not again', async () => {
    await begun();
    await until('2027-01-20T12:00:00Z');
    await world.flip('S-1');
    await until('2027-01-25T08:59:00Z');
    assert.deepEqual(lines(), []);
    await world.forMs(10 * DAY_MS);
    assert.deepEqual(times(), ['01-25T09:00']);
    assert.match(
      (lines()[0] ?? '').replaceAll('\u00a0', ' '),
      /For two working days nobody has reacted to S-1, .* of Contoso Ltd \(Open\)\. Write \*\*show S-1\*\* for its card\.$/,
    );
    assert.equal((await world.row(CHANNEL)).unansweredTo, '2027-01-20T12:00:00.000Z', 'and that is remembered');
  });
  it('where two are over before nine on the same day', async () => {
    await begun();
    await until('2027-01-20T08:30:00Z');
    await world.flip('S-1');
    await until('2027-01-23T00:00:00Z');
    assert.deepEqual(times(), ['01-22T09:00']);
  });
  it('of several in one line, with how many more', async () => {
    await begun();
    for (let n = 1; n <= 8; n++) {
      await world.flip(`S-${n}`, { lastDay: `2027-06-0${n}` });
      await world.forMs(HOUR_MS);
    }
    await until('2027-01-30T00:00:00Z');
    assert.equal(lines().length, 1);
    assert.match(lines()[0] ?? '', /reacted to S-1, .*; S-5, .*; and to 3\s+more\. Write \*\*show S-1\*\* for its card, \*\*expiring\*\* for the list\.$/);
  });
  it('of what came later at the next time, without what it heard of before', async () => {
    await begun();
    await world.flip('S-1');
    await until('2027-01-21T12:00:00Z');
    await world.flip('S-2');
    await until('2027-01-30T00:00:00Z');
    assert.deepEqual(times(), ['01-22T09:00', '01-26T09:00']);
    assert.match(lines()[1] ?? '', /reacted to S-2, [^;]*$/);
  });
  for (const [what, marks] of [
    ['note', {}],
    ['seen', {}],
    ['assigned', { assignedTo: 'p1' }],
  ] as const)
    it(`two working days after a reaction (${what}), not after it was put`, async () => {
      await begun();
      await until('2027-01-20T12:00:00Z');
      await world.flip('S-1');
      await until('2027-01-22T10:00:00Z');
      await mark('S-1', what, marks);
      await until('2027-01-27T08:59:00Z');
      assert.deepEqual(lines(), []);
      await until('2027-02-10T00:00:00Z');
      assert.deepEqual(times(), ['01-27T09:00']);
    });
  it('nothing while it is snoozed, let go or closed', async () => {
    await begun();
    for (const ticketId of ['S-1', 'S-2', 'S-3']) await world.flip(ticketId);
    await world.forMs(HOUR_MS);
    await mark('S-1', 'snoozed', { snoozed: { until: '2027-06-01', reason: '', by: 'p1', at: iso(world.nowMs()) } });
    await mark('S-2', 'dismissed', { dismissed: { reason: '', by: 'p1', at: iso(world.nowMs()) } });
    await world.flip('S-3', { kind: 'renewed', closed: true });
    await until('2027-02-10T00:00:00Z');
    assert.deepEqual(lines(), []);
  });
  it('and once more where somebody reacted after it was said, and then nobody', async () => {
    await begun();
    await world.flip('S-1');
    await until('2027-01-25T12:00:00Z');
    await mark('S-1', 'seen');
    await until('2027-02-10T00:00:00Z');
    assert.deepEqual(times(), ['01-22T09:00', '01-28T09:00']);
  });
  it('nothing of what somebody reacted to while it was on its way', async () => {
    await begun();
    await world.flip('S-1');
    await world.flip('S-2');
    await until('2027-01-22T08:59:30Z');
    // The list of open ones lags.
    const row = await world.deps.store.get<Ticket>(...ofCustomer('c1'), ticketKey('S-1'));
    await world.deps.store.put(...ofCustomer('c1'), ticketKey('S-1'), { ...row?.value, touched: { at: '2027-01-22T08:59:29.000Z', seq: 0 } });
    await until('2027-01-24T00:00:00Z');
    assert.equal(lines().length, 1);
    assert.doesNotMatch(lines()[0] ?? '', /S-1\b/);
  });
  it('by its own calendar, over a weekend, on both sides of the date line', async () => {
    await begun({ settings: { zone: 'Europe/Stockholm' } });
    await world.chat('east', { settings: { zone: 'Pacific/Kiritimati' }, watchedAt: '2027-01-19T00:00:00.000Z' });
    await world.chat('west', { settings: { zone: 'Pacific/Pago_Pago' }, watchedAt: '2027-01-19T00:00:00.000Z' });
    const said = (chat: string) => lines(chat).map((one) => one.slice(0, 11));
    await until('2027-01-23T05:00:00Z');
    await world.flip('S-1');
    await until('2027-02-10T00:00:00Z');
    // Saturday in Stockholm and on Kiritimati: Monday and Tuesday pass. Friday in Pago Pago: until Tuesday 18:00.
    assert.deepEqual([said(CHANNEL), said('east'), said('west')], [['01-27T08:00'], ['01-26T19:00'], ['01-27T20:00']]);
  });
  it('after its quiet hours', async () => {
    await begun({ settings: { quiet: { from: 18, to: 11 } } });
    await world.flip('S-1');
    await until('2027-01-30T00:00:00Z');
    assert.deepEqual(times(), ['01-22T11:00']);
  });
  it('with its list, where it gets one', async () => {
    await begun({ settings: { digest: { every: 'week', day: 1, hour: 8 } } });
    await world.flip('S-1');
    await until('2027-02-10T00:00:00Z');
    assert.deepEqual(times(), ['01-25T08:00']);
  });
  it('nothing of what it watches not, is not worth a message there, or was put before it watched', async () => {
    await begun({ watching: [{ what: 'customer', customerId: 'c2', customerName: 'Other' }] });
    await world.chat('worth', { settings: { worth: { within: 30 } }, watchedAt: '2027-01-19T00:00:00.000Z' });
    await world.flip('S-1');
    await world.forMs(HOUR_MS);
    await world.chat('later', { watchedAt: iso(world.nowMs()) });
    await until('2027-02-10T00:00:00Z');
    for (const chat of [CHANNEL, 'worth', 'later']) assert.deepEqual(lines(chat), [], chat);
  });
  it('with a mention of whoever looks after it, and without one where one is alone or no names stand', async () => {
    await begun();
    const { key } = await world.person('Megan');
    await world.chat('alone', { kind: 'personal', person: key, watchedAt: '2027-01-19T00:00:00.000Z' });
    await world.flip('S-1', { ticket: { marks: { assignedTo: key } } });
    await until('2027-01-23T00:00:00Z');
    assert.match(lines()[0] ?? '', /<at>Megan<\/at>$/);
    assert.doesNotMatch(lines('alone')[0] ?? '', /<at>/);
  });
  it('where two bots run, and each looks', async () => {
    await begun({}, 2);
    await world.flip('S-1');
    await until('2027-01-30T00:00:00Z');
    assert.equal(lines().length, 1);
  });
  it('when Teams takes messages again, where it took none', async () => {
    await begun();
    await world.flip('S-1');
    await until('2027-01-22T08:00:00Z');
    world.answer((doing) => (doing === 'say' ? { status: 500 } : null));
    await world.forMs(5 * HOUR_MS);
    assert.deepEqual(lines(), []);
    world.answer(() => null);
    await world.forMs(10 * DAY_MS);
    assert.equal(lines().length, 1);
  });
  it('and keeps nothing in its inbox', async () => {
    await begun();
    await world.flip('S-1');
    await until('2027-01-30T00:00:00Z');
    assert.deepEqual(await world.deps.store.range(...ofChat(CHANNEL), 'say_', 'say_~'), []);
  });
  it('nothing more where its zone is changed', async () => {
    await begun({ settings: { zone: 'Pacific/Kiritimati' } });
    await world.flip('S-1');
    await until('2027-01-25T00:00:00Z');
    assert.equal(lines().length, 1);
    for (const zone of ['Pacific/Pago_Pago', 'Europe/Stockholm', 'UTC']) {
      await world.chat(CHANNEL, { ...(await world.row(CHANNEL)), settings: { zone } });
      await world.forMs(3 * DAY_MS);
    }
    assert.equal(lines().length, 1);
  });
});

describe('the moment at which a chat is to hear', () => {
  for (const [why, zone, put, heard] of [
    ['is nine of the place', 'UTC', '2027-01-20T00:00:00.000Z', '2027-01-22T09:00:00Z'],
    ['after the night in which the clock went forward too', 'Europe/Stockholm', '2027-03-26T07:30:00.000Z', '2027-03-30T07:00:00Z'],
    ['after the one in which it went back', 'Europe/Stockholm', '2027-10-29T06:30:00.000Z', '2027-11-02T08:00:00Z'],
    ['after a weekend in New York with such a night', 'America/New_York', '2027-11-05T13:30:00.000Z', '2027-11-10T14:00:00Z'],
  ] as const)
    it(`${why} (${zone})`, () => {
      const rows = [{ waits: put, customerId: 'c1', programme: null }] as OpenRow[];
      const heardBy = (atMs: number) => unansweredIn({ watching: [{ what: 'all' }], watchedAt: null, settings: { zone } }, rows, atMs).length;
      assert.deepEqual([heardBy(Date.parse(heard) - 1), heardBy(Date.parse(heard))], [0, 1]);
    });
});

describe('a bot that is killed', () => {
  it('anywhere has said it once when another goes on, and twice only where it died before it could note that Teams has taken it', async () => {
    await livesOf({
      startsAt: '2027-01-22T09:00:30Z',
      async begin(world) {
        await world.chat(CHANNEL, { watchedAt: '2027-01-19T00:00:00.000Z' });
        for (const id of ['S-1', 'S-2']) {
          const touched = { at: '2027-01-20T00:00:00.000Z', seq: 0 };
          const ticket = sampleTicket({ id, customerId: 'c1', subscriptionId: id, move: null, touched }, { lastDay: '2027-06-30' });
          await world.deps.store.put(...ofCustomer('c1'), ticketKey(id), ticket);
          await listTicket(world.deps.store, ticket, null);
        }
      },
      chat: CHANNEL,
      isIt: (said) => /two working days/.test(said),
      after: async (world) => assert.equal((await world.row(CHANNEL)).unansweredTo, '2027-01-20T00:00:00.000Z'),
    });
  });
});
