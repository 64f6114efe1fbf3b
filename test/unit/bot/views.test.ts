/** What Teams asks for by itself when somebody looks at a card: answered from storage, within a budget of its own, and granting nothing. */
import assert from 'node:assert/strict';
import { admission } from '../../../bot/http/server.ts';
import { createBot } from '../../../bot/teams/bot.ts';
import type { Activity } from '../../../bot/teams/sdk.ts';
import type { TurnDeps } from '../../../bot/turns/turn.ts';
import { en } from '../../../cards/text/en/en.ts';
import { chatKey, readChat } from '../../../services/chats.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Move, Notice } from '../../../services/domain/ticket.ts';
import { newHandle } from '../../../services/notify/handles.ts';
import { DirectoryError, directoryOf, meet } from '../../../services/people/people.ts';
import type { Role } from '../../../services/people/roles.ts';
import { noticeKey, ofCustomer, ticketKey } from '../../../services/store/rows.ts';
import { ENGLISH } from '../../support/speaking.ts';
import { memoryStore } from '../../support/memory.ts';
import { plain } from '../../support/teams.ts';
import { SHOWS, sampleMove, sampleTicket } from '../../support/samples.ts';

const NOW = Date.parse('2027-01-20T10:05:00.000Z');
const CHANNEL = '19:renewals@thread';
const KEY = chatKey('t', CHANNEL);
const STAFF: [string, Role[]][] = [
  ['ann', ['requester', 'approver']],
  ['bo', ['approver']],
  ['vi', ['viewer']],
];

interface Answer {
  type: string;
  value: unknown;
}

/** A quote of Ann's waits for approval in a channel. */
async function office(changes: Partial<TurnDeps> = {}) {
  const store = memoryStore();
  const ticket = sampleTicket();
  const at = ofCustomer(ticket.customerId);
  const people = new Map<string, string>();
  for (const [name] of STAFF)
    people.set(name, (await meet(store, { objectId: name, tenantId: 't', name: name === 'bo' ? 'Bo Ek' : name }, null, '2027-01-20')).key);
  const quote = { ...(sampleMove().quote as NonNullable<Move['quote']>), askedBy: people.get('ann') as string };
  const move = sampleMove({ key: 'mov_1', state: 'quoted', quote, startedBy: quote.askedBy });
  await store.put(...at, ticketKey(ticket.id), ticket);
  await store.put(...at, move.key, move);
  const ref = { customerId: ticket.customerId, subscriptionId: ticket.subscriptionId, ticketId: ticket.id };
  const handle = await newHandle(store, { kind: 'ticket', chat: KEY, ticketRef: ref }, new Date(NOW));
  const stray = await newHandle(store, { kind: 'ticket', chat: KEY, ticketRef: ref }, new Date(NOW));
  const notice: Notice = { chat: KEY, activityId: 'm1', thread: CHANNEL, shownHash: '', asked: move.asked, askedAt: '2027-01-20T10:03:00.000Z', handle };
  await store.put(...at, noticeKey(ticket.id, KEY), notice);
  const deps = {
    ...{ store, clock: { ...systemClock(), wallMs: () => NOW, now: () => new Date(NOW) }, wake: { schedule: async () => {}, now: () => {} } },
    ...{ programmes: [], ...ENGLISH, fourEyes: { when: 'always' }, shows: SHOWS, isReadOnly: async () => false, patienceMs: 600, views: true },
    directory: directoryOf(STAFF.map(([objectId, roles]) => ({ objectId, name: objectId, roles }))),
    log: { info: () => {}, warn: () => {} },
    ...changes,
  } as unknown as TurnDeps;
  const bot = createBot(deps, { say: () => {}, tell: async () => {}, quiet: async () => {} });
  const press = async (who: string, verb: string, data: object, conversation = CHANNEL) =>
    ((await bot.turn(pressed(who, verb, data, conversation)))?.body ?? {}) as Answer;
  const view = (who: string, id: unknown = handle, conversation = CHANNEL) => press(who, 'ticket.view', { id }, conversation);
  // Everybody has been here; from then on only reading is left to be done.
  await press('ann', 'help', { id: handle });
  return { deps, bot, store, handle, stray, move, at, press, view, people };
}

function pressed(who: string, verb: string, data: object, conversation = CHANNEL): Activity {
  return {
    ...{ type: 'invoke', name: 'adaptiveCard/action', id: `${who}-${verb}`, timestamp: new Date(NOW), channelId: 'msteams', serviceUrl: 'http://127.0.0.1:9' },
    ...{ from: { id: `29:${who}`, aadObjectId: who, name: who }, recipient: { id: '28:bot' } },
    conversation: { id: conversation, conversationType: conversation.startsWith('a:') ? 'personal' : 'channel', tenantId: 't' },
    channelData: { tenant: { id: 't' } },
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'automatic' },
  } as unknown as Activity;
}

const STANDS = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: en.replies.upToDate() };
const isCard = ({ type }: Answer) => type === 'application/vnd.microsoft.card.adaptive';

describe('a view that Teams asks for', () => {
  it('is the reader’s own: the approver approves, who asked waits for the approver, others read', async () => {
    const { view, handle, move } = await office();
    const bo = await view('bo');
    assert.ok(isCard(bo));
    assert.match(plain(bo.value), /Approve and buy/);
    assert.match(JSON.stringify(bo.value), new RegExp(`"data":{"id":"${handle}","v":${move.asked}}`));
    assert.deepEqual((bo.value as { refresh: { userIds: string[] } }).refresh.userIds, ['29:bo'], 'and it is asked for again');
    assert.match(plain((await view('ann')).value), /another approver must say yes to it\. It waits for Bo Ek\. .*Cancel the move/);
    assert.doesNotMatch(plain((await view('ann')).value), /Approve and buy/);
    assert.match(plain((await view('vi')).value), /It waits for Bo Ek\./);
    assert.doesNotMatch(JSON.stringify((await view('vi')).value), /"verb":"(?!ticket\.view)/);
  });

  it('is not there for a stranger, of another chat’s card, of one that is kept up to date no more, of none, in person, or while nobody can say who may: the card stands', async () => {
    const { view, stray, handle } = await office();
    assert.deepEqual(await view('eve'), STANDS);
    assert.deepEqual(await view('bo', handle, '19:other@thread'), STANDS);
    assert.deepEqual(await view('bo', stray), STANDS);
    for (const id of ['nothing', '', 7, null, { id: handle }, '__proto__']) assert.deepEqual(await view('bo', id), STANDS, String(id));
    assert.deepEqual(await view('bo', handle, 'a:bo'), STANDS);
    const silent = await office({ directory: { ...directoryOf([]), rolesOf: () => Promise.reject(new DirectoryError('no answer')) } });
    assert.deepEqual(await silent.view('bo'), STANDS);
    const slow = await office({ directory: { ...directoryOf([]), rolesOf: () => new Promise(() => {}) } }).catch(() => null);
    if (slow) assert.deepEqual(await slow.view('bo'), STANDS);
  });

  it('notes nothing, and asks nobody but storage: sixty who look at once are drawn from one reading', async () => {
    const sixty = Array.from({ length: 60 }, (_, n) => `p${n}`);
    const everybody = directoryOf(
      [...STAFF, ...sixty.map((name): [string, Role[]] => [name, ['viewer']])].map(([objectId, roles]) => ({ objectId, name: objectId, roles })),
    );
    const { view, store } = await office({
      directory: everybody,
      partnerCenter: new Proxy({} as never, { get: () => assert.fail('Partner Center is asked') }),
    });
    const counts = { get: 0, range: 0, commit: 0, put: 0 };
    for (const name of ['get', 'range', 'commit', 'put'] as const) {
      const done = store[name].bind(store) as (...given: unknown[]) => unknown;
      Object.assign(store, {
        [name]: (...given: unknown[]) => {
          counts[name] += 1;
          return done(...given);
        },
      });
    }
    const answers = await Promise.all(sixty.map((who) => view(who)));
    assert.ok(answers.every(isCard));
    assert.deepEqual([counts.commit, counts.put], [0, 0]);
    assert.ok(counts.get <= 60 * 6 + 20, `${counts.get} rows`);
    assert.ok(counts.range <= 3, `${counts.range} ranges`);
  });

  it('is drawn anew as soon as a row is another one, and a press on the old one is as stale as any', async () => {
    const { view, press, store, at, move } = await office();
    const old = (await view('bo')).value;
    const { data } = (old as { actions: { verb: string; data: object }[] }).actions.find((one) => one.verb === 'purchase.approve') as { data: object };
    const quote = { ...(move.quote as NonNullable<Move['quote']>), hash: 'another', monthly: { minor: 47_000, currency: 'EUR' } };
    await store.put(...at, move.key, { ...move, asked: move.asked + 1, quote });
    assert.equal((await press('bo', 'purchase.approve', data)).value, en.replies.quoteChanged());
    assert.match(plain((await view('bo')).value), /470/);
    assert.equal((await store.get<Move>(...at, move.key))?.value.approval, null);
  });

  it('of a card that hides prices, and of one that names nobody, hides and names what the card does', async () => {
    const { view } = await office({ shows: { cost: 'personal', names: 'never' } });
    const text = plain((await view('bo')).value);
    assert.doesNotMatch(text, /€|Approve and buy/);
    assert.match(text, /The price stands in the chat with me alone/);
  });

  it('of people who speak or press there with a role the chat keeps some, of others nobody', async () => {
    const { press, store, handle, people } = await office();
    for (const who of ['vi', 'bo', 'eve', 'vi']) await press(who, 'help', { id: handle });
    assert.deepEqual(
      (await readChat(store, KEY))?.value.people,
      ['ann', 'vi', 'bo'].map((name) => people.get(name)),
    );
  });
});

describe('the budget of views', () => {
  const admits = (nowMs = 0) => admission({ guarded: { appId: 'a', tenants: new Set(['t']), cloud: 'public', loopback: true } }, () => nowMs);
  const asks = (who: string, thread = 1) => pressed(who, 'ticket.view', { id: 'x' }, `${CHANNEL};messageid=${thread}`);

  it('is their own: whoever has used it up presses as before, and the card stands', async () => {
    const door = admits();
    const given = Array.from({ length: 200 }, (_, n) => door(asks('bo', n) as never, 1)).filter(Boolean).length;
    assert.equal(given, 60, 'for one person');
    for (let n = 0; n < 120; n++) assert.ok(door(pressed('bo', 'purchase.approve', {}) as never, 1), `press ${n}`);
    const { bot } = await office();
    assert.deepEqual(bot.slowDown(asks('bo')), { status: 200, body: STANDS });
    assert.match(JSON.stringify(bot.slowDown(pressed('bo', 'help', {}))), /more in a minute than I take/);
  });

  it('is bounded for a chat, all its threads together, and takes nothing of the company’s', () => {
    const door = admits();
    const given = Array.from({ length: 1_000 }, (_, n) => door(asks(`p${n}`, n) as never, 1)).filter(Boolean).length;
    assert.equal(given, 600);
    assert.ok(door(pressed('p1', 'help', {}) as never, 1));
    assert.ok(door(pressed('p999', 'ticket.view', {}, '19:other@thread') as never, 1), 'another chat has its own');
  });

  it('lets a channel of sixty people with a screen of cards open in the morning', () => {
    const door = admits();
    for (let card = 0; card < 8; card++) for (let n = 0; n < 60; n++) assert.ok(door(asks(`p${n}`, card) as never, 1), `${n} ${card}`);
  });
});
