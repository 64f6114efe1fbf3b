/** What a chat is told when, by its settings, in virtual time. */
import assert from 'node:assert/strict';
import { type ChatSettings, nextHour, quietUntil, zoneCalled } from '../../../services/domain/settings.ts';
import type { NewsKind } from '../../../services/domain/ticket.ts';
import { type Happened, isWorth, whenTold, type Weighed } from '../../../services/notify/whenTold.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { DAY_MS, HOUR_MS, type NotifyingWorld, openNotifying, PERIOD_MS } from '../../support/notifying.ts';

const iso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());
const CHANNEL = 'channel';

describe('the clock of a place', () => {
  for (const [said, zone] of [
    ['stockholm', 'Europe/Stockholm'],
    ['New York', 'America/New_York'],
    ['america/new_york', 'America/New_York'],
    ['Kolkata', 'Asia/Kolkata'],
    ['pago pago', 'Pacific/Pago_Pago'],
    ['Kiritimati', 'Pacific/Kiritimati'],
    ['gmt', 'UTC'],
    ['buenos aires', 'America/Buenos_Aires'],
    ['Atlantis', null],
    ['EST5EDT', null],
    ['+02:00', null],
    ['', null],
    ['x'.repeat(4_000), null],
  ] as const)
    it(`knows '${said.slice(0, 20)}' as ${zone}`, () => assert.equal(zoneCalled(said), zone));

  const quiet = (zone: string, at: string, from: number, to: number) => iso(quietUntil(Date.parse(at), zone, { from, to }));
  it('keeps quiet hours over the night in which the clock goes forward', () => {
    assert.equal(quiet('Europe/Stockholm', '2027-03-27T18:00:00Z', 18, 8), '2027-03-28T06:00:00.000Z');
    assert.equal(quiet('America/New_York', '2027-03-14T04:00:00Z', 22, 7), '2027-03-14T11:00:00.000Z');
    // 02:00 is left out: the night is over when the clock goes on at 03:00.
    assert.equal(quiet('Europe/Stockholm', '2027-03-28T00:30:00Z', 22, 2), '2027-03-28T01:00:00.000Z');
    assert.equal(quiet('Europe/Stockholm', '2027-03-28T01:00:00Z', 22, 2), null);
  });
  it('keeps quiet hours over the night in which it goes back', () => {
    assert.equal(quiet('Europe/Paris', '2027-10-30T20:00:00Z', 22, 7), '2027-10-31T06:00:00.000Z');
    assert.equal(quiet('America/New_York', '2027-11-07T04:00:00Z', 22, 7), '2027-11-07T12:00:00.000Z');
    // 02:00 comes twice: the first one ends it.
    assert.equal(quiet('Europe/Stockholm', '2027-10-30T22:00:00Z', 22, 2), '2027-10-31T00:00:00.000Z');
    assert.equal(quiet('Europe/Stockholm', '2027-10-31T00:00:00Z', 22, 2), null);
  });
  it('keeps them on both sides of the date line', () => {
    // The same moment is Friday evening in Pago Pago and Saturday evening on Kiritimati.
    assert.equal(quiet('Pacific/Kiritimati', '2027-01-23T05:00:00Z', 18, 8), '2027-01-23T18:00:00.000Z');
    assert.equal(quiet('Pacific/Pago_Pago', '2027-01-23T05:00:00Z', 18, 8), '2027-01-23T19:00:00.000Z');
  });
  it('finds an hour on a weekday of the place, not of UTC', () => {
    const monday = (zone: string) => iso(nextHour(Date.parse('2027-01-23T12:00:00Z'), zone, { hour: 9, days: [1] }));
    assert.equal(monday('Pacific/Kiritimati'), '2027-01-24T19:00:00.000Z');
    assert.equal(monday('Pacific/Pago_Pago'), '2027-01-25T20:00:00.000Z');
    assert.equal(monday('UTC'), '2027-01-25T09:00:00.000Z');
  });
  it('finds the next hour within a week and a day, always ahead, for every zone and hour of a year', () => {
    for (const zone of Intl.supportedValuesOf('timeZone').filter((_, n) => n % 10 === 0))
      for (let day = 0; day < 366; day += 9)
        for (const hour of [0, 2, 3, 23]) {
          const from = Date.UTC(2027, 0, 1, 13, 20) + day * DAY_MS;
          const at = nextHour(from, zone, { hour });
          assert.ok(at > from && at - from <= 26 * HOUR_MS, `${zone} ${hour} after ${iso(from)} is ${iso(at)}`);
        }
  });
});

describe('when something is told', () => {
  const ticket: Weighed = { customerId: 'c1', programme: 'Basic', lastDay: '2027-06-30', end: 'extends', priceNow: { minor: 5_000, currency: 'EUR' } };
  const told = (settings: ChatSettings, changes: Partial<Happened> & { of?: Partial<Weighed> } = {}, at = '2027-01-20T20:00:00Z') =>
    whenTold(settings, { kind: 'stopped', at, hasCard: false, personal: false, ...changes, ticket: { ...ticket, ...changes.of } }, new Date(at));
  const quiet: ChatSettings = { quiet: { from: 18, to: 8 } };
  const weekly: ChatSettings = { digest: { every: 'week', day: 1, hour: 9 } };
  it('is at once where nothing is set, whatever it is', () => {
    for (const kind of ['stopped', 'reminder', 'changed', 'known', 'bought'] as NewsKind[]) assert.deepEqual(told({}, { kind }), { when: 'now' });
  });
  it('waits for the end of the quiet hours, but for what is urgent, what somebody asked for, and what people do', () => {
    const later = { when: 'later', atMs: Date.parse('2027-01-21T08:00:00Z') };
    for (const kind of ['stopped', 'reminder', 'changed', 'renewed', 'ended', 'left', 'known', 'waits'] as NewsKind[])
      assert.deepEqual(told(quiet, { kind }), later, kind);
    for (const kind of ['show', 'asked', 'bought', 'stuck', 'approvalDue', 'endWarned'] as NewsKind[])
      assert.deepEqual(told(quiet, { kind }), { when: 'now' }, kind);
    assert.deepEqual(told(quiet, { of: { lastDay: '2027-01-23' } }), { when: 'now' }, 'two days would be left');
    assert.deepEqual(told(quiet, { of: { lastDay: '2027-01-24' } }), later);
    assert.deepEqual(told(quiet, { kind: 'reminder', of: { lastDay: '2027-01-22' } }), later, 'it was known before');
    assert.deepEqual(told(quiet, { kind: 'reminder', of: { lastDay: '2027-01-21' } }), { when: 'now' }, 'it would be the last day');
  });
  it('waits for the list, but for what would be over or nearly so by then', () => {
    const atMs = Date.parse('2027-01-25T09:00:00Z');
    assert.deepEqual(told(weekly), { when: 'list', atMs });
    assert.deepEqual(told(weekly, { hasCard: true }), { when: 'later', atMs }, 'its card is told of by its own line');
    assert.deepEqual(told(weekly, { of: { lastDay: '2027-01-27' } }), { when: 'now' });
    assert.deepEqual(told({ ...weekly, ...quiet }, { of: { lastDay: '2027-01-27' } }), { when: 'later', atMs: Date.parse('2027-01-21T08:00:00Z') });
    assert.deepEqual(told({ ...weekly, ...quiet }, { of: { lastDay: '2027-01-22' } }), { when: 'now' });
  });
  it('is not told where it is not worth it, but for a card that stands there, what was asked for, and approvers in person', () => {
    const worth: ChatSettings = { worth: { within: 30, least: 100, leaveOut: ['ends'], except: [{ what: 'programme', programme: 'Basic' }] } };
    assert.deepEqual(told(worth), { when: 'not' });
    assert.deepEqual(told(worth, { hasCard: true }), { when: 'now' });
    assert.deepEqual(told(worth, { kind: 'show' }), { when: 'now' });
    assert.deepEqual(told(worth, { kind: 'asked', personal: true }), { when: 'now' });
    assert.deepEqual(told(worth, { kind: 'asked' }), { when: 'not' });
  });
  it('counts what is not known as worth it', () => {
    assert.equal(isWorth({ least: 1_000 }, { ...ticket, priceNow: null }, '2027-01-20'), true);
    assert.equal(isWorth({ least: 51 }, ticket, '2027-01-20'), false);
    assert.equal(isWorth({ least: 50 }, ticket, '2027-01-20'), true);
    assert.equal(isWorth({ least: 50 }, { ...ticket, priceNow: { minor: 60, currency: 'JPY' } }, '2027-01-20'), true, 'a currency without cents');
    assert.equal(isWorth({ leaveOut: ['est', 'ends', 'renews'] }, { ...ticket, end: 'unread' }, '2027-01-20'), true);
    assert.equal(isWorth({ within: 30 }, { ...ticket, lastDay: '' }, '2027-01-20'), true, 'a day that was never read');
  });
});

describe('a chat with settings', () => {
  let world: NotifyingWorld;
  async function begun(settings: ChatSettings, more: object = {}): Promise<void> {
    world = openNotifying();
    await world.chat(CHANNEL, { settings, ...more });
  }
  afterEach(() => world.stop());
  const hours = () => world.sent.map((one) => iso(one.atMs)?.slice(5, 16));

  it('hears after the quiet hours what came in them, once, however often it is looked at', async () => {
    await begun({ zone: 'Europe/Stockholm', quiet: { from: 18, to: 8 } });
    await world.flip('S-1');
    await world.forMs(6 * HOUR_MS);
    assert.deepEqual(world.to(CHANNEL), []);
    await world.forMs(2 * HOUR_MS);
    assert.deepEqual(world.to(CHANNEL), ['post S-1']);
    assert.deepEqual(hours(), ['01-20T07:00']);
    await world.forMs(3 * DAY_MS);
    assert.equal(world.sent.length, 1);
  });
  it('hears in them what is urgent', async () => {
    await begun({ quiet: { from: 18, to: 8 } });
    await world.flip('S-1', { lastDay: '2027-01-21' });
    await world.flip('S-2');
    await world.forMs(HOUR_MS);
    assert.deepEqual(world.to(CHANNEL), ['post S-1']);
    await world.ask('S-2', CHANNEL);
    await world.forMs(HOUR_MS);
    assert.ok(world.to(CHANNEL).includes('post S-2'), 'and what somebody there asks for');
  });
  it('has a card that is true at once, and the line about it in the morning', async () => {
    await begun({ quiet: { from: 18, to: 8 } });
    await world.forMs(10 * HOUR_MS);
    await world.flip('S-1');
    await world.forMs(10 * HOUR_MS);
    await world.flip('S-1', { kind: 'renewed', closed: true });
    await world.forMs(HOUR_MS);
    assert.deepEqual(world.to(CHANNEL), ['post S-1', 'edit S-1']);
    await world.forMs(12 * HOUR_MS);
    assert.equal(world.to(CHANNEL).length, 3);
    assert.match(world.to(CHANNEL)[2] ?? '', /^say .*renews again/i);
    assert.equal(hours()[2], '01-21T08:00');
  });
  it('hears of a flip, back and a flip in one night on one card, with a line for each that the card was not posted for', async () => {
    await begun({ quiet: { from: 18, to: 8 } });
    await world.flip('S-1');
    await world.forMs(HOUR_MS);
    await world.flip('S-1', { kind: 'renewed', closed: true });
    await world.forMs(HOUR_MS);
    await world.flip('S-1');
    await world.forMs(DAY_MS);
    const said = world.to(CHANNEL);
    assert.equal(said.filter((one) => one.startsWith('post')).length, 1);
    assert.ok(said.length <= 3, said.join(', '));
  });
  it('gets one list a week of what is open, at its hour and by its clock, and nothing where there is no news', async () => {
    await begun({ zone: 'America/New_York', digest: { every: 'week', day: 1, hour: 9 } });
    await world.flip('S-1');
    await world.forMs(DAY_MS);
    await world.flip('S-2');
    await world.forMs(3 * DAY_MS);
    assert.deepEqual(world.to(CHANNEL), []);
    await world.forMs(2 * DAY_MS);
    assert.deepEqual(world.to(CHANNEL), ['post list of S-1 S-2']);
    assert.deepEqual(hours(), ['01-25T14:00']);
    await world.forMs(8 * DAY_MS);
    assert.equal(world.sent.length, 1, 'no news');
    await world.flip('S-3');
    await world.forMs(7 * DAY_MS);
    assert.deepEqual(world.to(CHANNEL).slice(1), ['post list of S-1 S-2 S-3']);
  });
  it('gets what cannot wait for the list by itself', async () => {
    await begun({ digest: { every: 'week', day: 1, hour: 9 } });
    await world.flip('S-1', { lastDay: '2027-01-26' });
    await world.forMs(HOUR_MS);
    assert.deepEqual(world.to(CHANNEL), ['post S-1']);
  });
  it('gets one list of many more than one turn reads', async () => {
    await begun({ digest: { every: 'day', hour: 9 } });
    for (let n = 0; n < 400; n++) await world.flip(`S-${n}`);
    await world.forMs(12 * HOUR_MS);
    assert.equal(world.sent.length, 1);
    await world.forMs(2 * DAY_MS);
    assert.equal(world.sent.length, 1);
  });
  it('hears of nothing that is not worth it, and of the same in the lists where it is', async () => {
    await begun({ digest: { every: 'day', hour: 9 }, worth: { within: 60 } });
    await world.flip('S-1');
    await world.flip('S-2', { lastDay: '2027-02-20' });
    await world.forMs(DAY_MS);
    assert.deepEqual(world.to(CHANNEL), ['post list of S-2']);
  });
  it('hears at once what was held where somebody sets it back', async () => {
    await begun({ quiet: { from: 18, to: 8 } });
    await world.flip('S-1');
    await world.forMs(HOUR_MS);
    await world.chat(CHANNEL);
    await world.forMs(PERIOD_MS + HOUR_MS);
    assert.deepEqual(world.to(CHANNEL), ['post S-1']);
  });
  it('leaves a chat that sleeps alone in its quiet hours', async () => {
    await begun({ quiet: { from: 18, to: 8 } });
    await world.forMs(10 * HOUR_MS);
    world.answer((_doing, chat) => (chat === CHANNEL ? { status: 403, code: 'BotNotInConversationRoster' } : null));
    await world.flip('S-1');
    await world.forMs(HOUR_MS);
    world.answer(() => null);
    await world.forMs(40 * HOUR_MS);
    for (const one of world.sent.filter((one) => one.chat === CHANNEL))
      assert.ok(new Date(one.atMs).getUTCHours() >= 8 && new Date(one.atMs).getUTCHours() < 18, iso(one.atMs) ?? '');
    assert.ok(world.sent.some((one) => one.chat === CHANNEL));
  });
  it('tells nothing of it to somebody who has no role any more, however much there is', async () => {
    world = openNotifying({ ...EVERYBODY, rolesOf: async () => [] });
    const { key, chat } = await world.person('Ann');
    await world.chat(chat, { kind: 'personal', person: key, settings: { worth: { within: 3_650 } } });
    for (let n = 0; n < 400; n++) await world.flip(`S-${n}`);
    await world.forMs(HOUR_MS);
    assert.deepEqual(world.to(chat), []);
  });
  it('keeps nothing in its inbox when all was told', async () => {
    await begun({ quiet: { from: 18, to: 8 }, worth: { within: 200 } });
    await world.flip('S-1');
    await world.flip('S-2', { lastDay: '2028-06-30' });
    await world.forMs(DAY_MS);
    assert.deepEqual(await world.deps.store.range('chats', CHANNEL, 'say_', 'say_~'), []);
  });
});
