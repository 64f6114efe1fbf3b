/** The report that comes by itself: once a week at its hour, in virtual time, from Wednesday 2027-01-20, 00:00 UTC. */
import assert from 'node:assert/strict';
import { settingsChanged } from '../../../dialogs/settings.ts';
import { readChat, relistAll, reportingChats, updateChat } from '../../../services/chats.ts';
import { afterReport, type ChatSettings, dueReport, nextReport } from '../../../services/domain/settings.ts';
import { HOURLY } from '../../../services/notify/hours.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { ofChat, REPORTING } from '../../../services/store/rows.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type NotifyingWorld, openNotifying } from '../../support/notifying.ts';
import { livesOf } from '../../support/lives.ts';
import { plain } from '../../support/teams.ts';

const iso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString().slice(0, 16));
const CHANNEL = 'channel';
const MONDAY = { day: 1, hour: 9 };

describe('when a report is due', () => {
  const STOCKHOLM: ChatSettings = { zone: 'Europe/Stockholm', report: MONDAY };
  const due = (settings: ChatSettings, at: string, reportFrom = '') => iso(dueReport({ settings, reportFrom }, Date.parse(at)));
  it('is its hour by the clock of the chat, and it stays due until it was told', () => {
    assert.equal(due(STOCKHOLM, '2027-01-25T07:59:59Z', '2027-01-20T00:00:00.000Z'), null);
    for (const at of ['2027-01-25T08:00:00Z', '2027-01-25T20:00:00Z', '2027-01-31T23:00:00Z'])
      assert.equal(due(STOCKHOLM, at, '2027-01-20T00:00:00.000Z'), '2027-01-25T08:00');
    assert.equal(due(STOCKHOLM, '2027-01-31T23:00:00Z', afterReport(Date.parse('2027-01-25T08:00:00Z'))), null);
    assert.equal(due({}, '2027-01-25T08:00:00Z'), null, 'nobody has set it');
  });
  it('keeps its hour where the clock goes forward, and back', () => {
    assert.equal(due({ ...STOCKHOLM, report: { day: 7, hour: 9 } }, '2027-03-28T12:00:00Z'), '2027-03-28T07:00');
    assert.equal(due({ ...STOCKHOLM, report: { day: 7, hour: 2 } }, '2027-03-28T12:00:00Z'), '2027-03-28T01:00', 'the hour that is left out');
    assert.equal(due({ ...STOCKHOLM, report: { day: 7, hour: 2 } }, '2027-10-31T12:00:00Z'), '2027-10-31T00:00', 'the first of the two');
  });
  it('is on its own Monday on both sides of the date line', () => {
    assert.equal(due({ zone: 'Pacific/Kiritimati', report: MONDAY }, '2027-01-24T20:00:00Z'), '2027-01-24T19:00');
    assert.equal(due({ zone: 'Pacific/Pago_Pago', report: MONDAY }, '2027-01-25T21:00:00Z'), '2027-01-25T20:00');
  });
  it('of several that were missed the last alone', () => assert.equal(due(STOCKHOLM, '2027-02-17T00:00:00Z', '2027-01-20T00:00:00.000Z'), '2027-02-15T08:00'));
  it('is not in the week of one that was told, however day, hour and zone are changed; the next one is said', () => {
    const told = { key: CHANNEL, settings: STOCKHOLM, reportFrom: afterReport(Date.parse('2027-01-25T08:00:00Z')) } as never;
    for (const set of [{ report: { day: 1, hour: 10 } }, { report: { day: 2, hour: 7 } }, { zone: 'America/New_York' }, { zone: 'Pacific/Pago_Pago' }]) {
      const { chat } = settingsChanged(told, set, { by: 'p1', at: '2027-01-25T08:20:00.000Z' });
      for (let atMs = Date.parse('2027-01-25T08:20:00Z'); atMs < Date.parse('2027-01-27T08:00:00Z'); atMs += HOUR_MS) assert.equal(dueReport(chat, atMs), null);
      const next = nextReport(chat, Date.parse('2027-01-25T08:20:00Z'));
      assert.equal(dueReport(chat, next as number), next);
      assert.ok((next as number) - Date.parse('2027-01-25T08:00:00Z') >= 7 * DAY_MS - HOUR_MS);
    }
  });
  it('is not of an hour that was over when it was set', () => {
    const { chat, what } = settingsChanged({ key: CHANNEL } as never, { report: MONDAY }, { by: 'p1', at: '2027-01-25T09:20:00.000Z' });
    assert.deepEqual(
      [what, iso(dueReport(chat, Date.parse('2027-01-31T00:00:00Z'))), iso(nextReport(chat, Date.parse('2027-01-25T09:20:00Z')))],
      [['report'], null, '2027-02-01T09:00'],
    );
  });
});

describe('a chat that gets the report by itself', () => {
  let world: NotifyingWorld;
  const FROM = '2027-01-20T00:00:00.000Z';
  async function begun(more: object = {}, bots = 1): Promise<void> {
    world = openNotifying(EVERYBODY, bots, [{ ...HOURLY, everyMs: 5 * MINUTE_MS }]);
    await world.chat(CHANNEL, { settings: { report: MONDAY }, reportFrom: FROM, ...more });
  }
  afterEach(() => world.stop());
  const until = (at: string) => world.forMs(Date.parse(at) - world.nowMs());
  const reports = (chat = CHANNEL) => world.sent.filter((one) => one.chat === chat && one.what === 'report');
  const times = (chat = CHANNEL) => reports(chat).map((one) => iso(one.atMs));

  it('gets it once a week at its hour, and remembers which', async () => {
    await begun();
    await until('2027-02-16T00:00:00Z');
    assert.deepEqual(times(), ['2027-01-25T09:00', '2027-02-01T09:00', '2027-02-08T09:00', '2027-02-15T09:00']);
    assert.equal((await world.row(CHANNEL)).reportFrom, '2027-02-17T09:00:00.000Z');
    assert.deepEqual(await world.deps.store.range(...ofChat(CHANNEL), 'say_', 'say_~'), []);
  }).timeout(30_000);
  it('gets it where it watches nothing too, and quiet or not', async () => {
    await begun({ watching: [], settings: { report: MONDAY, quiet: { from: 18, to: 12 } } });
    await until('2027-01-26T00:00:00Z');
    assert.deepEqual(times(), ['2027-01-25T09:00']);
  });
  it('gets none where nobody has set one', async () => {
    await begun({ settings: { quiet: { from: 18, to: 8 } } });
    await until('2027-01-26T00:00:00Z');
    assert.deepEqual(times(), []);
  });
  it('is told plainly where nothing is at stake', async () => {
    await begun();
    await until('2027-01-26T00:00:00Z');
    assert.match(plain(JSON.parse(reports()[0]?.card ?? '{}')), /I know of nothing at stake/);
  });
  it('gets it once where two bots run, and where its wake-ups are doubled', async () => {
    await begun({}, 2);
    await until('2027-01-25T09:00:01Z');
    for (let n = 0; n < 20; n++) {
      for (const what of ['hours', 'chat'] as const) world.deps.wake.now({ queue: 'notify', what, ...(what === 'chat' ? { chat: CHANNEL } : {}) } as never);
      await world.forMs(500);
    }
    await until('2027-01-27T00:00:00Z');
    assert.equal(reports().length, 1);
  });
  it('gets it when Teams takes messages again', async () => {
    await begun();
    world.answer(() => ({ status: 502 }));
    await until('2027-01-25T12:00:00Z');
    world.answer(() => null);
    await until('2027-01-31T00:00:00Z');
    assert.equal(reports().length, 1);
  });
  it('hears in a sentence how many are at stake where Teams does not take the card', async () => {
    await begun();
    world.answer((_doing, _chat, what) => (what === 'report' ? { status: 413, code: 'MessageSizeTooBig' } : null));
    await until('2027-01-26T00:00:00Z');
    assert.deepEqual(world.to(CHANNEL), ['say I know of nothing at stake']);
  });
  it('is one of those that do, from what its row says, and no more where it is taken back', async () => {
    await begun();
    const { store } = world.deps;
    assert.deepEqual(await reportingChats(store), [CHANNEL]);
    await store.remove(...REPORTING, CHANNEL);
    await relistAll(store);
    assert.deepEqual(await reportingChats(store), [CHANNEL], 'a line that was lost comes back');
    await updateChat(store, CHANNEL, (now) => now && settingsChanged(now, { report: null }, { by: 'p1', at: FROM }).chat);
    assert.deepEqual(await reportingChats(store), []);
    await until('2027-01-26T00:00:00Z');
    assert.deepEqual(times(), []);
  });
});

describe('a bot that is killed over a report', () => {
  it('anywhere has posted it once when another goes on, and twice only where it died before it could note that Teams has taken it', async () => {
    await livesOf({
      startsAt: '2027-01-25T09:00:30Z',
      begin: async (world) => world.chat(CHANNEL, { settings: { report: MONDAY }, reportFrom: '2027-01-20T00:00:00.000Z' }),
      chat: CHANNEL,
      isIt: (said) => /nothing at stake/.test(said),
      after: async ({ deps }) => assert.equal((await readChat(deps.store, CHANNEL))?.value.reportFrom, '2027-01-27T09:00:00.000Z'),
    });
  });
});
