/** People are picked from a channel's card too: the choice opens in person, and words below the card count. */
import assert from 'node:assert/strict';
import { onText } from '../../../bot/turns/command.ts';
import { onAction } from '../../../bot/turns/press.ts';
import type { Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import { en } from '../../../cards/text/en/en.ts';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { updateChat } from '../../../services/chats.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Chat, Move, News, Notice, UserMove } from '../../../services/domain/ticket.ts';
import { newHandle } from '../../../services/notify/handles.ts';
import { noteThread } from '../../../services/notify/threads.ts';
import { directoryOf, meet } from '../../../services/people/people.ts';
import { keysWith, noticeKey, ofCustomer, OUTBOX, subscriptionKey, ticketKey, userKey } from '../../../services/store/rows.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { ENGLISH } from '../../support/speaking.ts';
import { memoryStore } from '../../support/memory.ts';
import { findAction, plain } from '../../support/teams.ts';
import { SHOWS, sampleMove, sampleSubscription, sampleTicket, ticketSamples } from '../../support/samples.ts';
import { chatFor } from '../../support/sweeping.ts';

const NOW = Date.parse('2027-01-20T10:05:00.000Z');
const THREAD = '19:renewals@thread;messageid=m1';
const PEOPLE = ['Adele Vance', 'Alex Wilber', 'Dana Roy'];

/** Three people wait for their licences, below a card in a channel; Lu, who moves licences, has a personal chat, Max has none. */
async function office() {
  const store = memoryStore();
  const ticket = sampleTicket({ audit: { seq: 0, hash: '0'.repeat(64) } });
  const at = ofCustomer(ticket.customerId);
  const people = { total: 3, movable: 3, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 3, named: [] };
  const move = sampleMove({ state: 'purchased', people, sku: { from: 'a', to: 'b' } });
  await store.put(...at, ticketKey(ticket.id), ticket);
  await store.put(...at, move.key, move);
  const snapshot = sampleSubscription({ id: ticket.subscriptionId, customerId: ticket.customerId });
  await store.put(...at, subscriptionKey(snapshot.id), { snapshot, episode: 1, ticket: ticket.id, liveMove: move.key, moves: 1 });
  for (const [n, name] of PEOPLE.entries())
    await store.put(...at, userKey(move.key, `u${n}`), {
      ...{ userId: `u${n}`, name, state: 'waiting', why: null, hasNew: false, round: 'r', disabledPlans: [], requestIds: [] },
    } satisfies UserMove);
  const handle = await newHandle(
    store,
    { kind: 'ticket', chat: 'room', ticketRef: { customerId: ticket.customerId, subscriptionId: ticket.subscriptionId, ticketId: ticket.id } },
    new Date(NOW),
  );
  const notice: Notice = { chat: 'room', activityId: 'm1', thread: THREAD, shownHash: '', asked: move.asked, askedAt: '2027-01-20T10:03:00.000Z', handle };
  await store.put(...at, noticeKey(ticket.id, 'room'), notice);
  const room = await updateChat(store, 'room', () => ({ ...chatFor('room', 'none'), kind: 'channel' }) as Chat);
  await updateChat(store, 'home', () => ({ ...chatFor('home', 'none'), kind: 'personal' }) as Chat);
  await noteThread(store, room, THREAD, { customerId: ticket.customerId, ticketId: ticket.id });
  const keys = {
    lu: (await meet(store, { objectId: 'lu', tenantId: 't', name: 'Lu' }, 'home', '2027-01-20')).key,
    max: (await meet(store, { objectId: 'max', tenantId: 't', name: 'Max' }, null, '2027-01-20')).key,
  };
  const deps = {
    ...{
      store,
      clock: { ...systemClock(), wallMs: () => NOW, now: () => new Date(NOW), sleep: async () => {} },
      wake: { schedule: async () => {}, now: () => {} },
    },
    ...{ programmes: [], ...ENGLISH, fourEyes: { when: 'off' }, shows: SHOWS, isReadOnly: async () => false, log: { info: () => {}, warn: () => {} } },
    directory: directoryOf(['lu', 'max'].map((name) => ({ objectId: name, name, roles: ['licenceAdmin' as const] }))),
  } as unknown as TurnDeps;
  let n = 0;
  const turn = (who: 'lu' | 'max', thread = THREAD): Turn =>
    ({
      ...{ chat: room, thread, below: thread.includes(';'), quoted: null, actor: { key: keys[who], tenant: 't', name: who, roles: ['licenceAdmin'] } },
      ...{ activity: { marks: [`m${++n}`], sentAtMs: NOW } },
    }) as unknown as Turn;
  const press = async (who: 'lu' | 'max', v: unknown = move.asked, verb = 'reassignment.pick') =>
    (await onAction(deps, Promise.resolve(turn(who)), verb, { id: handle, v, ...(verb.endsWith('waive') ? { users: 'u1', reason: 'r' } : {}) })).privately;
  return {
    press,
    write: async (who: 'lu' | 'max', text: string, thread = THREAD) => String((await onText(deps, turn(who, thread), text)).say[0] ?? ''),
    moveNow: async () => (await store.get<Move>(...at, move.key))?.value as Move,
    shows: async () => (await store.range<News>(...at, ...keysWith(OUTBOX), 100)).flatMap((row) => (row.value.kind === 'show' ? [row.value.data.chat] : [])),
    notNoted: () => store.remove(...at, noticeKey(ticket.id, 'room')),
    elsewhere: () => store.put(...at, noticeKey(ticket.id, 'room'), { ...notice, thread: '19:renewals@thread;messageid=m9' }),
  };
}

describe('who moves, asked from a channel', () => {
  it('opens in the presser’s personal chat, with the card of the same ticket, and nothing has moved', async () => {
    const { press, shows, moveNow } = await office();
    assert.equal(await press('lu'), en.replies.cardInPerson());
    assert.deepEqual(await shows(), ['home']);
    assert.equal((await moveNow()).state, 'purchased');
  });

  it('says how, where the presser has no chat with the bot', async () => {
    const { press, shows } = await office();
    assert.equal(await press('max'), en.replies.pickInPerson());
    assert.equal(await press('max', 4, 'reassignment.waive'), en.replies.mayNot({ right: 'approve', who: [] }));
    assert.deepEqual(await shows(), []);
  });

  it('from a card that asked something else it opens nothing', async () => {
    const { press, shows } = await office();
    assert.equal(await press('lu', 3), en.replies.cardChanged());
    assert.deepEqual(await shows(), []);
  });

  it('is answered by words below the card, also of somebody who has done nothing there yet', async () => {
    const { write, moveNow } = await office();
    assert.equal(await write('max', 'all but Dana'), en.replies.moving());
    const { state, chosen } = await moveNow();
    assert.deepEqual([state, chosen?.except], ['reassigning', ['u2']]);
  });

  it('is not by the same words elsewhere in the channel, below another thread, or below a card that has moved down', async () => {
    const { write, moveNow, elsewhere } = await office();
    for (const thread of ['19:renewals@thread', '19:renewals@thread;messageid=m7']) assert.match(await write('max', 'all but Dana', thread), /I do not know/);
    await elsewhere();
    assert.match(await write('max', 'all but Dana'), /I do not know/);
    assert.equal((await moveNow()).state, 'purchased');
  });
});

describe('the card in a channel', () => {
  const samples = ticketSamples();
  const licences = samples['d1-licences'] as Shown;

  it('offers the choice without a name, and where there are more than can be listed it does not', () => {
    const { card } = ticketCard(licences, en);
    const button = findAction(card, 'Pick people') as { verb: string };
    assert.equal(button.verb, 'reassignment.pick');
    assert.doesNotMatch(plain(card), /Adele Vance/);
    const move = licences.move as Move;
    const many = { ...licences, move: { ...move, people: { ...(move.people as NonNullable<Move['people']>), total: 51, movable: 50 } } };
    assert.equal(findAction(ticketCard(many, en).card, 'Pick people'), undefined);
  });

  it('says that somebody is left out as soon as that is chosen', () => {
    const move = { ...(licences.move as Move), state: 'reassigning' as const, chosen: { except: ['u2'], retry: false } };
    assert.match(plain(ticketCard({ ...licences, move }, en).card), /0 of 7 people moved\. You can leave.*1 person was left out, as you wished\./);
  });
});
