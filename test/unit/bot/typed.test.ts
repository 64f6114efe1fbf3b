/** Which ticket a typed answer is to, where several cards stand in one chat. */
import assert from 'node:assert/strict';
import { quotedIn } from '../../../bot/turns/plainText.ts';
import { onTyped } from '../../../bot/turns/answer.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Ticket, TrackedSubscription, Notice } from '../../../services/domain/ticket.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { SHOWS, sampleTicket, sampleSubscription } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import type { Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import { carryOut, consider, type Wish } from '../../../bot/turns/pipeline.ts';
import { pointAt, readPointer } from '../../../bot/turns/pointer.ts';
import { answerDialog } from '../../../dialogs/answers.ts';
import { decided } from '../../../dialogs/types.ts';
import { noticeKey, ofCustomer, subscriptionKey, ticketKey } from '../../../services/store/rows.ts';
import { ENGLISH } from '../../support/speaking.ts';

const NOW = Date.UTC(2027, 0, 20, 12);
const HERE = '19:sales@thread';
const CARD = `${HERE};messageid=m2`;

/** One ticket that waits for this person, its card `m2` shown a minute ago in a channel of which the person pointed at it. */
async function world() {
  const store = memoryStore();
  const ticket = sampleTicket({ id: 'S-2', move: null });
  const { customerId, subscriptionId } = ticket;
  const snapshot = sampleSubscription({ id: subscriptionId, customerId });
  await store.put(...ofCustomer(customerId), subscriptionKey(subscriptionId), {
    snapshot,
    episode: 1,
    ticket: 'S-2',
    liveMove: null,
    moves: 0,
  } satisfies TrackedSubscription);
  await store.put(...ofCustomer(customerId), ticketKey('S-2'), ticket satisfies Ticket);
  const notice: Notice = { chat: 'c', activityId: 'm2', thread: CARD, shownHash: '', asked: 1, askedAt: new Date(NOW - 60_000).toISOString(), handle: 'h' };
  await store.put(...ofCustomer(customerId), noticeKey('S-2', 'c'), notice);
  const deps = {
    store,
    clock: { ...systemClock(), wallMs: () => NOW, now: () => new Date(NOW), sleep: async () => {} },
    wake: { schedule: async () => {}, now: () => {} },
    programmes: [],
    ...ENGLISH,
    directory: EVERYBODY,
    fourEyes: { when: 'off' },
    shows: SHOWS,
    isReadOnly: async () => false,
    log: { info: () => {}, warn: () => {} },
  } as unknown as TurnDeps;
  await pointAt(deps, { thread: 'c', person: 'p', sinceMs: NOW - 5_000 }, { customerId, ticketId: 'S-2' }, { asked: 1, atMs: NOW - 60_000, message: 'm3' });
  return { deps, store, customerId };
}

const ANN = {
  chat: { key: 'c', kind: 'channel' },
  thread: HERE,
  below: false,
  quoted: null,
  actor: { key: 'p', tenant: 't', name: 'Ann', roles: ['owner'] },
};

async function waiting() {
  const { deps, store, customerId } = await world();
  return async (changes: Partial<Turn>) => {
    const turn = {
      ...ANN,
      activity: { marks: [JSON.stringify(changes)], sentAtMs: NOW },
      ...changes,
    } as Turn;
    const back = await onTyped(deps, turn, { command: 'answer', text: '1', didYouMean: null });
    const row = (await store.get<Ticket>(...ofCustomer(customerId), ticketKey('S-2')))?.value;
    return { said: String(back.say[0]), begun: row?.move !== null };
  };
}

describe('an answer in a chat with several cards', () => {
  for (const [title, changes, begins] of [
    ['written at the top of the channel', {}, true],
    ['below the card that waits', { thread: CARD, below: true }, true],
    ['below another card', { thread: `${HERE};messageid=m1`, below: true }, false],
    ['as a message of its own with a thread of its own', { thread: `${HERE};messageid=m9`, below: false }, true],
    ['with the card that waits quoted', { quoted: 'm2' }, true],
    ['with the question that was asked in words quoted', { quoted: 'm3' }, true],
    ['with another card quoted', { quoted: 'm1' }, false],
    ['with a message of somebody else quoted', { quoted: '1737374400000' }, false],
    ['sent after its writer began with this one here', { activity: { marks: ['a'], sentAtMs: NOW - 4_000 } }, true],
    ['sent to another one that its writer had begun with before, and delivered once more', { activity: { marks: ['b'], sentAtMs: NOW - 6_000 } }, false],
  ] as const)
    it(`${title}: ${begins ? 'is taken' : 'begins nothing, and says so'}`, async () => {
      const { said, begun } = await (await waiting())(changes);
      assert.equal(begun, begins, said);
      assert.match(said, begins ? /How many licences\?/ : /nothing has changed|Nothing has changed|I did not understand|“1”/);
    });

  for (const [title, v, decision, begins] of [
    ['has no effect and asks', 1, decided({ say: 'noPlan', value: '' }), false],
    ['stands on a card that asked something else', 0, null, false],
    ['begins a move', 1, null, true],
  ] as const)
    it(`a press that ${title} ${begins ? 'asks aloud, and the next answer is to it' : 'is answered to the presser alone, and leaves alone what the next answer is to'}`, async () => {
      const { deps, customerId } = await world();
      const turn = { ...ANN, activity: { marks: [title], sentAtMs: NOW } } as unknown as Turn;
      const wish: Wish = {
        ticketRef: { customerId, ticketId: 'S-2' },
        look: { text: null, spends: false },
        decide: (view, actor) => decision ?? answerDialog({ ...view, found: [] }, '1', actor),
        meantFor: { by: 'card', v },
      };
      const considered = await consider(deps, turn, wish);
      assert.ok(considered);
      const { say, asks } = await carryOut(deps, turn, wish, considered);
      assert.deepEqual([say.length, asks !== undefined], begins ? [1, true] : [0, false]);
      assert.equal((await readPointer(deps, HERE, 'p'))?.sinceMs, begins ? NOW : undefined);
      assert.equal((await readPointer(deps, 'c', 'p'))?.sinceMs, NOW - 5_000);
    });

  it('quotes what Teams says that it quotes', () => {
    assert.equal(quotedIn('<quoted messageId="17"/>yes'), '17');
    assert.equal(quotedIn('<at>x</at> <quoted itemscope messageId="17">text</quoted> yes'), '17');
    for (const text of [undefined, '', 'yes', '<quoted/>yes', '<quotedx messageId="1"/>', `<quoted ${'x'.repeat(9_000)} messageId="1">`])
      assert.equal(quotedIn(text), null);
  });
});
