/** Ways out of a question in words, words after a card that was merely shown, and words for what is done with while something else waits. */
import assert from 'node:assert/strict';
import { noteAsked } from '../../../bot/turns/answer.ts';
import { onText } from '../../../bot/turns/command.ts';
import type { Errand } from '../../../bot/turns/errand.ts';
import { errandTurn, type LateAnswerDeps } from '../../../bot/turns/lateAnswer.ts';
import type { Turn, TurnDeps, TurnResult } from '../../../bot/turns/turn.ts';
import { en } from '../../../cards/text/en/en.ts';
import { updateChat } from '../../../services/chats.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Chat, Move, Notice, Ticket } from '../../../services/domain/ticket.ts';
import { noteThread } from '../../../services/notify/threads.ts';
import { EVERYBODY } from '../../../services/people/people.ts';
import { ALL_KEYS, APPROVALS, LATE_ANSWER, noticeKey, ofChat, ofCustomer, subscriptionKey, TICKET_NAMES, ticketKey } from '../../../services/store/rows.ts';
import { withPrefix } from '../../../services/store/store.ts';
import { memoryStore } from '../../support/memory.ts';
import { SHOWS, sampleMove, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { ENGLISH } from '../../support/speaking.ts';
import { chatFor } from '../../support/sweeping.ts';

const START = Date.UTC(2027, 0, 20, 12);
const THREAD = 'c;messageid=m2';

/** A ticket with plans, its card in a chat a minute ago. `below`: in a channel, and all is written below that card. */
async function world({ move = null, below = false, closed = null }: { move?: Partial<Move> | null; below?: boolean; closed?: Ticket['closed'] } = {}) {
  const store = memoryStore();
  const ticket = sampleTicket({ id: 'S-2', closed, move: move && 'mov_x_1', audit: { seq: 0, hash: '0'.repeat(64) } });
  const { customerId, subscriptionId } = ticket;
  const at = ofCustomer(customerId);
  const snapshot = sampleSubscription({ id: subscriptionId, customerId });
  const thread = below ? THREAD : 'c';
  await store.put(...at, subscriptionKey(subscriptionId), { snapshot, episode: 1, ticket: 'S-2', liveMove: move && 'mov_x_1', moves: 1 });
  await store.put(...at, ticketKey('S-2'), ticket);
  if (move) await store.put(...at, 'mov_x_1', { ...sampleMove(move), key: 'mov_x_1', customerId, subscriptionId, ticketId: 'S-2' });
  await store.put(...TICKET_NAMES, 'S-2', { customerId, subscriptionId });
  const asked = move ? sampleMove(move).asked : 1;
  const notice: Notice = { chat: 'c', activityId: 'm2', thread, shownHash: '', asked, askedAt: new Date(START - 60_000).toISOString(), handle: 'h' };
  await store.put(...at, noticeKey('S-2', 'c'), notice);
  const chat = await updateChat(store, 'c', () => ({ ...chatFor('c', 'none'), kind: below ? 'channel' : 'personal' }) as Chat);
  if (below) await noteThread(store, chat, THREAD, { customerId, ticketId: 'S-2' });
  let now = START;
  const deps = {
    ...{ store, clock: { ...systemClock(), wallMs: () => now, now: () => new Date(now), sleep: async () => {} } },
    ...{ wake: { schedule: async () => {}, now: () => {} }, programmes: [], ...ENGLISH, directory: EVERYBODY, fourEyes: { when: 'off' } },
    ...{ shows: SHOWS, isReadOnly: async () => false, noteCounts: async () => {}, log: { info: () => {}, warn: () => {} } },
  } as unknown as TurnDeps;
  const actor = { key: 'p', tenant: 't', name: 'Ann', roles: ['owner'] };
  const turnOf = (mark: string, sentAtMs: number) => ({ chat, thread, below, quoted: null, actor, activity: { marks: [mark], sentAtMs } }) as unknown as Turn;
  const send = async (text: string, mark: string, sentAtMs: number) => {
    const result: TurnResult = await onText(deps, turnOf(mark, sentAtMs), text);
    now += 1_000;
    if (result.asks) await noteAsked(deps, result.asks, `said ${mark}`);
    return result.say.map((one) => (typeof one === 'string' ? one : one.summary)).join(' ');
  };
  return {
    ...{ deps, send, customerId, at: () => now },
    write: async (text: string) => {
      now += 5_000;
      return send(text, text + now, now);
    },
    rows: async () =>
      (await store.range(...at, ...ALL_KEYS, 100))
        .filter((row) => !row.key.startsWith('out_') && !row.key.startsWith('ntc_'))
        .map((row) => [row.key, row.etag]),
    begun: async () => (await store.range(...at, 'mov_', 'mov_~', 10)).length > 0,
    /** Another ticket's quote waits for a yes, asked for by `by`. */
    waits: async (id: string, customerName: string, by = 'q') => {
      const other = sampleTicket({ id, customerId: id, customerName, move: `mov_${id}` });
      await store.put(...ofCustomer(id), ticketKey(id), other);
      const quoted = sampleMove({ state: 'quoted', approval: null });
      await store.put(...ofCustomer(id), `mov_${id}`, { ...quoted, ticketId: id, quote: quoted.quote && { ...quoted.quote, askedBy: by } });
      await store.put(...APPROVALS, id, { ticketId: id, customerId: id, customerName, planTitle: 'x' });
    },
    errands: async () => (await withPrefix(store, ...ofChat('c'), LATE_ANSWER)).length,
  };
}

describe('a way out in words', () => {
  for (const below of [false, true])
    for (const word of ['cancel', 'no', 'No.', 'no thanks'])
      it(`\`${word}\` right after \`move\`${below ? ', below the card of a channel,' : ''} says that nothing was begun and nothing is asked; a yes, a number or a plan after that does nothing`, async () => {
        const { write, begun, errands } = await world({ below });
        assert.match(await write('move s-2'), /Which plan\?/);
        assert.equal(await write(word), en.replies.leftOff({ customer: 'Contoso Ltd' as never, ticketId: 'S-2' }));
        for (const after of ['yes', '1', 'Dynamics 365 Sales Professional', 'no'])
          assert.match(await write(after), /Nothing waits for your yes or no|I do not know “/, after);
        assert.match(await write('cancel'), /No move waits for an answer here/);
        assert.deepEqual([await begun(), await errands()], [false, 0]);
      });

  it('which one it was is still known, and it can be begun anew', async () => {
    const { write, begun } = await world();
    await write('move s-2');
    await write('cancel');
    assert.match(await write('seen'), /^$|Written down/);
    assert.match(await write('move s-2'), /Which plan\?/);
    assert.match(await write('1'), /How many licences\?/);
    assert.ok(await begun());
  });

  it('a `cancel` that is delivered once more, after the move was asked for anew, ends nothing', async () => {
    const { write, send, at } = await world();
    await write('move s-2');
    const sent = at() + 10;
    await send('cancel', 'late', sent);
    await write('move s-2');
    assert.equal(await send('cancel', 'late', sent), en.replies.typedAhead());
    assert.match(await write('1'), /How many licences\?/);
  });

  it('what had begun is cancelled as before, and a no to the number of licences says what would end it', async () => {
    const { write } = await world();
    await write('move s-2');
    await write('1');
    assert.match(await write('no'), /\*\*cancel\*\* to end the move/);
    assert.equal(await write('cancel'), '');
    assert.match(await write('cancel'), /Nothing was begun/);
  });
});

describe('a word after a card that was merely shown', () => {
  const WORDS = ['bonjour', 'what can you do', 'Office 365 E5', 'ok'];
  for (const [title, move] of [
    ['nothing has begun', null],
    ['a plan is being chosen', { state: 'drafting', quote: null, draft: {} }],
    ['the licences are being counted out', { state: 'drafting', quote: null, draft: { plan: 'plan' } }],
  ] as const)
    it(`is answered as everywhere, and looked up in no catalogue, where ${title}`, async () => {
      const plan = sampleTicket().plans?.[0]?.id as string;
      const { write, errands, rows } = await world({ move: move && { ...move, draft: 'plan' in move.draft ? { plan } : {} } });
      await write('show s-2');
      const before = await rows();
      for (const text of WORDS) {
        if (text === 'ok' && move && 'plan' in move.draft) continue;
        assert.equal(await write(text), en.replies.notUnderstood({ text: text as never, didYouMean: null }), text);
      }
      assert.deepEqual([await errands(), await rows()], [0, before]);
    });

  it('is an answer where it is what the card asks for: a plan’s number, its whole name, a yes', async () => {
    for (const text of ['1', sampleTicket().plans?.[0]?.title as string, 'yes']) {
      const { write } = await world();
      await write('show s-2');
      assert.match(await write(text), /How many licences\?/, text);
      assert.match(await write('many'), /“many” is not a number/, text);
    }
  });

  it('is looked up where a question was asked: after `move`, or below the card of a channel', async () => {
    const asked = await world();
    await asked.write('show s-2');
    await asked.write('move s-2');
    assert.match(await asked.write('Office 365 E5'), /I look for “Office 365 E5”/);
    const below = await world({ below: true });
    assert.match(await below.write('Office 365 E5'), /I look for “Office 365 E5”/);
    assert.deepEqual([await asked.errands(), await below.errands()], [1, 1]);
  });

  it('what is looked up for somebody who then wants no more of it is not brought', async () => {
    const { write, deps, begun } = await world();
    await write('move s-2');
    await write('Office 365 E5');
    await write('cancel');
    const told: TurnResult[] = [];
    const [errand] = await withPrefix<Errand>(deps.store, ...ofChat('c'), LATE_ANSWER);
    const products = async () => [{ id: 'e5', title: 'Office 365 E5' }];
    const all = { ...deps, partnerCenter: { products }, tell: async (_chat: Chat, _thread: string, result: TurnResult) => void told.push(result) };
    assert.equal(await errandTurn(all as unknown as LateAnswerDeps, { queue: 'move', what: 'lateAnswer', chat: 'c', key: errand?.key as string }), 'idle');
    assert.deepEqual([told.length, await begun()], [0, false]);
  });
});

describe('words for what is done with', () => {
  const DONE = { how: 'moved', at: '2027-01-19T10:00:00.000Z' } as const;
  const WORDS = ['no too dear', 'yes', 'approve northwind', 'cancel', 'back'];

  for (const text of WORDS)
    it(`\`${text}\` names whose move is finished, and what waits for this person's yes`, async () => {
      const { write, waits } = await world({ closed: DONE });
      await write('show s-2');
      assert.equal(await write(text), 'Contoso Ltd, S-2: This move is finished. Nothing was done twice.');
      await waits('S-9', 'Northwind Traders');
      assert.equal(
        await write(text),
        'Contoso Ltd, S-2: This move is finished. Nothing was done twice. What waits for your yes is Northwind Traders, S-9: write **show S-9**.',
      );
      await waits('S-8', 'Fabrikam');
      assert.match(await write(text), /Nothing was done twice\. 2 others wait for your yes: write \*\*approvals\*\*\.$/);
    });

  it('what this person may not approve is not said to wait for it', async () => {
    const { write, waits, deps } = await world({ closed: DONE });
    deps.fourEyes = { when: 'always' };
    await waits('S-9', 'Northwind Traders', 'p');
    await write('show s-2');
    assert.match(await write('yes'), /Nothing was done twice\.$/);
  });

  it('a yes where nothing is asked tells what waits for one', async () => {
    const { write, waits } = await world();
    await waits('S-9', 'Northwind Traders');
    assert.match(await write('yes'), /^Nothing waits for your yes or no here.* Northwind Traders, S-9: write \*\*show S-9\*\*/);
  });

  it('whatever else says how a move stands names its customer and ticket', async () => {
    const bought = await world({ move: { state: 'purchasing' } });
    await bought.write('show s-2');
    assert.match(await bought.write('cancel'), /^Contoso Ltd, S-2: /);
    assert.match(await bought.write('yes'), /^Contoso Ltd, S-2: /);
    const quoted = await world({ move: { state: 'quoted' } });
    await quoted.write('show s-2');
    assert.match(await quoted.write('maybe'), /^Contoso Ltd, S-2: I did not understand that/);
  });
});
