/** The bot comes into a chat while nobody can say who may do what. */
import assert from 'node:assert/strict';
import type { Spoken } from '../../../bot/teams/aloud.ts';
import { createBot } from '../../../bot/teams/bot.ts';
import type { Activity } from '../../../bot/teams/sdk.ts';
import { chatKey, readChat, updateChat } from '../../../services/chats.ts';
import { DirectoryError, EVERYBODY } from '../../../services/people/people.ts';
import type { Watching } from '../../../services/domain/ticket.ts';
import { memoryStore } from '../../support/memory.ts';
import { chatFor } from '../../support/sweeping.ts';
import type { TurnDeps } from '../../../bot/turns/turn.ts';
import { ENGLISH } from '../../support/speaking.ts';

const INSTALLED = {
  type: 'installationUpdate',
  action: 'add',
  id: 'i1',
  timestamp: new Date(Date.UTC(2027, 0, 20)),
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:9',
  from: { id: '29:ann', aadObjectId: 'ann', name: 'Ann Jansson' },
  recipient: { id: '28:bot' },
  conversation: { id: '19:new@thread', conversationType: 'channel', tenantId: 't' },
  channelData: { tenant: { id: 't' }, channel: { id: '19:new@thread', name: 'Sales' } },
} as unknown as Activity;

const KEY = chatKey('t', '19:new@thread');

/** What is said when the bot is put into a channel, and the channel as it is then known. */
async function install(rolesOf: typeof EVERYBODY.rolesOf, activity = INSTALLED, watching: Watching[] = []) {
  const store = memoryStore();
  if (watching.length > 0) await updateChat(store, KEY, () => ({ ...chatFor(KEY, 'c1'), watching }));
  const said: Spoken[] = [];
  const deps = {
    store,
    // All waiting is over at once but that for the directory.
    clock: { wallMs: () => Date.UTC(2027, 0, 20), now: () => new Date(Date.UTC(2027, 0, 20)), sleep: () => new Promise((resolve) => setImmediate(resolve)) },
    wake: { schedule: async () => {}, now: () => {} },
    programmes: [],
    ...ENGLISH,
    directory: { ...EVERYBODY, rolesOf },
    log: { info: () => {}, warn: () => {} },
    patienceMs: 1_500,
  } as unknown as TurnDeps;
  const bot = createBot(deps, { say: (_activity, messages) => void said.push(...messages), tell: async () => {}, quiet: async () => {} });
  await bot.turn(activity);
  return { said, chat: (await readChat(store, KEY))?.value };
}

describe('the bot comes anew into a channel that watches', () => {
  const watched = [{ what: 'customer', customerId: 'c1', customerName: 'Litware Inc' }] as const;
  it('says what is watched there, and asks nobody to press Watch here', async () => {
    const { said, chat } = await install(async () => ['owner'], INSTALLED, [...watched]);
    const card = JSON.stringify(said[0]?.activity);
    assert.match(card, /Litware Inc/);
    assert.doesNotMatch(card, /Watch here/);
    assert.deepEqual([said.length, chat?.watching], [1, watched]);
  });
  it('tells nobody without a role what it is', async () => {
    const card = JSON.stringify((await install(async () => [], INSTALLED, [...watched])).said[0]?.activity);
    assert.doesNotMatch(card, /Litware/);
    assert.match(card, /Watch here/);
  });
});

describe('the bot is put into a channel', () => {
  for (const [title, rolesOf] of [
    ['and the directory does not answer', () => new Promise<never>(() => {})],
    ['and the directory refuses', () => Promise.reject(new DirectoryError('Microsoft Graph answered 503.'))],
    ['by somebody without a role', async () => []],
  ] as [string, typeof EVERYBODY.rolesOf][])
    it(`${title}: it is greeted without counts, and its name is kept`, async () => {
      const { said, chat } = await install(rolesOf);
      assert.equal(chat?.name, 'Sales');
      assert.equal(said.length, 1);
      const card = JSON.stringify(said[0]?.activity);
      assert.match(card, /Successor/);
      for (const [what, words] of Object.entries({
        'who added it': /Added by Ann Jansson\./,
        'what it does': /tell you when a subscription stops renewing/,
        'what to do first': /Watch here/,
        commands: /“show contoso”/,
        help: /\*\*help\*\* lists all/,
      }))
        assert.match(card, words, what);
    });
  it('by somebody whose name Teams does not say: nobody is named', async () => {
    const { said } = await install(async () => [], { ...INSTALLED, from: { id: '29:ann', aadObjectId: 'ann' } } as unknown as Activity);
    assert.doesNotMatch(JSON.stringify(said[0]?.activity), /Added by/);
  });
});
