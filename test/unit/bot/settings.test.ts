/** What is set for a chat, from words and from the form: once, by whom, and over what was shown alone. */
import assert from 'node:assert/strict';
import { onAction } from '../../../bot/turns/press.ts';
import { onText } from '../../../bot/turns/command.ts';
import type { Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import type { RenderedCard } from '../../../cards/chat/chat.ts';
import { parseAction } from '../../../dialogs/actions.ts';
import { readChat, reportingChats, updateChat, watchers } from '../../../services/chats.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Chat } from '../../../services/domain/ticket.ts';
import { newHandle, noteActivity } from '../../../services/notify/handles.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { memoryStore } from '../../support/memory.ts';
import { SHOWS } from '../../support/samples.ts';
import { chatFor } from '../../support/sweeping.ts';
import { ENGLISH } from '../../support/speaking.ts';

const NOW = new Date('2027-01-20T12:00:00Z');
const FORM = {
  zone: 'stockholm',
  digest: 'weekdays',
  hour: '9',
  quietFrom: '18',
  quietTo: '8',
  remind: '14,1',
  within: '30',
  least: '100',
  leaveOut: 'ends',
  except: 'crm basic',
};

async function world(roles: string[] = ['owner']) {
  const store = memoryStore();
  await updateChat(store, 'c', () => ({ ...chatFor('c', 'x'), watching: [{ what: 'all' }] }));
  let wakes = 0;
  const programmes = [{ id: 'crm-basic', name: 'CRM Basic', offers: [] }];
  const deps = {
    store,
    clock: { ...systemClock(), now: () => NOW, wallMs: () => NOW.getTime() },
    wake: { schedule: async () => {}, now: () => wakes++ },
    programmes,
    ...ENGLISH,
    directory: { ...EVERYBODY, holders: async () => [] },
    shows: SHOWS,
    log: { info: () => {}, warn: () => {} },
  } as unknown as TurnDeps;
  const row = async () => (await readChat(store, 'c'))?.value as Chat;
  let n = 0;
  const turn = async (marks: string[] = [`m${n++}`]): Promise<Turn> =>
    ({
      chat: await row(),
      thread: 'c',
      below: false,
      quoted: null,
      actor: { key: 'p1', tenant: 't', name: 'Megan', roles },
      activity: { marks, sentAtMs: null },
    }) as unknown as Turn;
  return {
    row,
    store,
    wakes: () => wakes,
    async write(text: string) {
      const { say } = await onText(deps, await turn(), text);
      return typeof say[0] === 'string' ? say[0] : String((say[0] as RenderedCard).summary);
    },
    async save(fields: Record<string, string>, v = 0, marks?: string[]) {
      const id = await newHandle(store, { kind: 'chat', chat: 'c' }, NOW);
      await noteActivity(store, id, 'm1');
      return onAction(deps, turn(marks), 'settings.save', { id, v, ...fields });
    },
  };
}

describe('the settings of a chat', () => {
  it('are saved by one press, with who changed what, and say what will come', async () => {
    const { save, row, wakes, store } = await world();
    const { privately, edit } = await save(FORM);
    assert.equal(
      edit?.summary,
      'On weekdays at 09:00, Stockholm\u00a0time, one list of everything that ends within 30\u00a0days and costs 100 a month or more in its own currency, except CRM Basic and what somebody has set to be cancelled; nothing where there is no news.',
    );
    assert.equal(privately, 'Megan changed the time zone, when messages come, the quiet hours, what is worth a message and the reminders.');
    const { settings, remind, settingsBy, settingsVersion, watching } = await row();
    assert.deepEqual(settings, {
      zone: 'Europe/Stockholm',
      digest: { every: 'weekdays', hour: 9 },
      quiet: { from: 18, to: 8 },
      worth: { within: 30, least: 100, leaveOut: ['ends'], except: [{ what: 'programme', programme: 'CRM Basic' }] },
    });
    assert.deepEqual([remind, settingsVersion, watching.length], [[14, 1], 1, 1]);
    assert.deepEqual(settingsBy, [{ by: 'p1', at: NOW.toISOString(), what: ['zone', 'digest', 'quiet', 'worth', 'reminders'] }]);
    assert.equal(wakes(), 1, 'what is held is looked at anew');
    assert.deepEqual((await watchers(store))[0]?.remind, [30, 14, 1], 'what comes near enough is brought up');
  });
  it('are not saved over what somebody has changed meanwhile', async () => {
    const { save, row } = await world();
    await save({ ...FORM, quietTo: '7' });
    const { privately, edit } = await save(FORM, 0);
    assert.match(privately ?? '', /nothing was saved/);
    assert.ok(edit, 'the card shows them as they are');
    assert.equal((await row()).settings?.quiet?.to, 7);
    assert.equal((await row()).settingsBy?.length, 1);
  });
  it('are changed once by a press that Teams delivers twice', async () => {
    const { save, row } = await world();
    const first = await save(FORM, 0, ['same']);
    const again = await save(FORM, 0, ['same']);
    assert.equal((await row()).settingsVersion, 1);
    assert.equal(again.privately, first.privately);
  });
  it('are as at first, and have no row of their own, where all is taken back', async () => {
    const { save, row } = await world();
    await save(FORM);
    await save({ zone: 'UTC', digest: 'off', hour: '9', quietFrom: 'off', quietTo: 'off', remind: '30,7,1', within: 'off' }, 1);
    assert.equal((await row()).settings, undefined);
    assert.deepEqual((await row()).remind, [30, 7, 1]);
    const { privately } = await save({ zone: 'UTC', remind: '30,7,1' }, 2);
    assert.match(privately ?? '', /nothing has changed/);
  });
  it('are left alone by a zone or a name that is not known', async () => {
    const { save, row, write } = await world();
    assert.match((await save({ ...FORM, zone: 'Atlantis' })).privately ?? '', /no time zone called “Atlantis”, so nothing was saved/);
    assert.match((await save({ ...FORM, except: 'nobody known' })).privately ?? '', /“nobody known”, so nothing was saved/);
    assert.match(await write('settings zone mars'), /nothing was saved/);
    assert.match(await write('settings quiet at night'), /nothing has changed/);
    assert.equal((await row()).settings, undefined);
  });
  it('are set by words too, one by one, beside what is set', async () => {
    const { write, row } = await world();
    await write('settings zone new york');
    await write('settings quiet 18-8');
    assert.match(await write('settings except crm basic'), /except CRM Basic/);
    await write('settings within 30');
    await write('settings within off');
    assert.deepEqual((await row()).settings, {
      zone: 'America/New_York',
      quiet: { from: 18, to: 8 },
      worth: { except: [{ what: 'programme', programme: 'CRM Basic' }] },
    });
    await write('remind off');
    assert.deepEqual(
      (await row()).settingsBy?.map((one) => one.what.join()),
      ['zone', 'quiet', 'worth', 'worth', 'worth', 'reminders'],
    );
  });
  it('say when the report comes by itself, from its next hour on, and leave it alone where a card of before has no such field', async () => {
    const { write, save, row, store } = await world();
    const said = (await save({ ...FORM, report: '1', reportHour: '7' })).edit?.card;
    assert.match(
      JSON.stringify(said).replaceAll('\u00a0', ' '),
      /Every Monday at 07:00, Stockholm time, the report, quiet or not; next on 25 January 2027 07:00 Stockholm time\./,
    );
    assert.deepEqual([(await row()).settings?.report, (await row()).reportFrom], [{ day: 1, hour: 7 }, NOW.toISOString()]);
    await save(FORM, 1);
    assert.deepEqual((await row()).settings?.report, { day: 1, hour: 7 });
    assert.deepEqual(await reportingChats(store), ['c']);
    await write('settings report friday 16');
    assert.deepEqual((await row()).settings?.report, { day: 5, hour: 16 });
    assert.deepEqual((await row()).settingsBy?.at(-1)?.what, ['report']);
    await write('settings report off');
    assert.equal((await row()).settings?.report, undefined);
    assert.deepEqual(await reportingChats(store), []);
    const form = JSON.stringify((await save({ ...FORM, report: 'off', reportHour: '9' }, 3)).edit?.card);
    assert.doesNotMatch(form, /the report, quiet or not/);
  });
  it('are for those who may say what a chat hears', async () => {
    const { save, row, write } = await world(['viewer']);
    assert.match((await save(FORM)).privately ?? '', /may not|cannot|not allowed|need/i);
    assert.doesNotMatch(await write('settings quiet 18-8'), /quiet/);
    assert.equal((await row()).settings, undefined);
  });
  it('take nothing that the form does not offer', () => {
    for (const wrong of [
      { digest: '8' },
      { digest: 'hourly' },
      { hour: '25' },
      { report: '8' },
      { report: 'weekdays' },
      { report: '1', reportHour: '25' },
      { remind: '5' },
      { within: '31' },
      { least: '1.5' },
      { least: '-3' },
      { leaveOut: 'all' },
      { zone: 7e8, days: [] },
    ])
      assert.equal(parseAction('settings.save', { id: 'h', v: 0, ...FORM, ...wrong } as never), 'bad', JSON.stringify(wrong));
  });
});
