/** Words that are no command and no answer leave everything as it is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { onText } from '../../../bot/turns/command.ts';
import { pointAt } from '../../../bot/turns/pointer.ts';
import type { Turn, TurnDeps } from '../../../bot/turns/turn.ts';
import { en } from '../../../cards/text/en/en.ts';
import { answerDialog } from '../../../dialogs/answers.ts';
import { parseCommand } from '../../../dialogs/commands.ts';
import type { Actor } from '../../../dialogs/types.ts';
import { systemClock } from '../../../services/clock.ts';
import type { Move, Notice, PeopleCount } from '../../../services/domain/ticket.ts';
import { EVERYBODY, meet } from '../../../services/people/people.ts';
import { ALL_KEYS, noticeKey, ofCustomer, subscriptionKey, ticketKey } from '../../../services/store/rows.ts';
import type { TicketView } from '../../../services/ticketView.ts';
import { memoryStore } from '../../support/memory.ts';
import { HIDES, SHOWS, sampleEnd, sampleMove, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { ENGLISH } from '../../support/speaking.ts';

const NOW = Date.parse('2027-01-20T10:05:00.000Z');
const AT = new Date(NOW).toISOString();
const people: PeopleCount = {
  ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] },
};
const STATES: Record<string, Partial<Move> | null> = {
  'which plan': null,
  'which plan, of a move that was begun': { state: 'drafting', quote: null, draft: {} },
  'how many licences': { state: 'drafting', quote: null, draft: { plan: 'p1' } },
  'to buy': { state: 'quoted' },
  'to set an end': { state: 'weighed', way: 'cancel', quote: null, end: sampleEnd() },
  'to move people': { state: 'purchased', people },
  'to suspend': { state: 'reassigned' },
  'what has stopped': { state: 'stuck', stuck: { from: 'suspending', reason: 'holders', code: '', at: AT } },
};

function viewOf(move: Partial<Move> | null, more: Partial<TicketView> = {}): TicketView {
  return {
    ...{ ticket: sampleTicket(), etag: 'e', move: move && sampleMove(move), found: [], movable: [], unmoved: [], names: {} },
    ...{ notice: { handle: 'h' }, shown: [], personal: true, fourEyes: { when: 'off' }, hides: HIDES, readOnly: false, plannable: true, now: AT },
    ...more,
  };
}

const OWNER: Actor = { key: 'p', tenant: 't', name: 'Ann', roles: ['owner'] };
const ASKER: Actor = { ...OWNER, roles: ['requester'] };

/** A ticket in that state, its card in the chat and its question read by Ann, who has pointed at it. */
async function asked(move: Partial<Move> | null) {
  const store = memoryStore();
  const ticket = sampleTicket({ move: move && 'mov_x_1' });
  const { customerId, subscriptionId, id } = ticket;
  const snapshot = sampleSubscription({ id: subscriptionId, customerId });
  const { key } = await meet(store, { objectId: 'ann', tenantId: 't', name: 'Ann' }, 'c', '2027-01-20');
  await store.put(...ofCustomer(customerId), subscriptionKey(subscriptionId), { snapshot, episode: 1, ticket: id, liveMove: null, moves: 1 });
  await store.put(...ofCustomer(customerId), ticketKey(id), ticket);
  const stored = move && { ...sampleMove(move), key: 'mov_x_1', customerId, subscriptionId, ticketId: id };
  if (stored) await store.put(...ofCustomer(customerId), stored.key, stored);
  const question = stored?.asked ?? 1;
  const notice: Notice = {
    chat: 'c',
    activityId: 'm2',
    thread: 'c',
    shownHash: '',
    asked: question,
    askedAt: new Date(NOW - 60_000).toISOString(),
    handle: 'h',
  };
  await store.put(...ofCustomer(customerId), noticeKey(id, 'c'), notice);
  const deps = {
    ...{
      store,
      clock: { ...systemClock(), wallMs: () => NOW, now: () => new Date(NOW), sleep: async () => {} },
      wake: { schedule: async () => {}, now: () => {} },
    },
    ...{ programmes: [], ...ENGLISH, directory: EVERYBODY, fourEyes: { when: 'off' }, shows: SHOWS, isReadOnly: async () => false },
    log: { info: () => {}, warn: () => {} },
  } as unknown as TurnDeps;
  await pointAt(deps, { thread: 'c', person: key, sinceMs: NOW - 5_000 }, { customerId, ticketId: id }, { asked: question, atMs: NOW - 60_000 });
  let n = 0;
  return {
    rows: async () => (await store.range(...ofCustomer(customerId), ...ALL_KEYS, 100)).map((row) => [row.key, row.etag]),
    write: async (text: string) => {
      const turn = { chat: { key: 'c', kind: 'personal' }, thread: 'c', below: false, quoted: null, actor: { ...OWNER, key } };
      const { say } = await onText(deps, { ...turn, activity: { marks: [`m${++n}`], sentAtMs: NOW } } as unknown as Turn, text);
      return say.map((one) => (typeof one === 'string' ? one : one.summary)).join(' ');
    },
  };
}

/** Everything that is taken for an answer somewhere. */
const ANSWERS = /^(?:\d|y$|y[!.]|yes|n$|n[\s,;:.!…–—-]|no(?:pe)?$|no(?:pe)?[\s,;:.!…–—-]|all|again|try again|check|look|suspend|leave|let it|renew|cancel)/i;

describe('a stray word', () => {
  const STRAYS = [
    'ok',
    'OK!',
    'okay',
    'lol',
    '?',
    '???',
    '👍',
    'sure',
    'go',
    'great',
    'yep',
    'hmm',
    'never mind',
    'thanks',
    'no problem',
    'not yet',
    'ý',
    'Ỷ!',
    'ñ',
    'ń, ok',
    'y\u0301',
    'n\u0303, ok',
  ];
  for (const [question, move] of Object.entries(STATES)) {
    it(`decides nothing where it is asked ${question}`, () => {
      for (const text of STRAYS) assert.deepEqual(answerDialog(viewOf(move), text, OWNER).intentions, [], text);
    });
    it(`touches no row where it is asked ${question}, and is answered`, async () => {
      const { rows, write } = await asked(move);
      const before = await rows();
      for (const text of STRAYS) assert.notEqual(await write(text), '', text);
      assert.deepEqual(await rows(), before);
    });
  }

  it('of 500 that are no command none changes a row, whatever is asked', async function () {
    this.timeout(60_000);
    const worlds = await Promise.all(Object.values(STATES).map(asked));
    const before = await Promise.all(worlds.map((one) => one.rows()));
    const words = fc.array(fc.constantFrom('ok', 'the', 'so', 'licences', 'Dana', 'buy', 'not', 'S-1', 'undo it', 'maybe', '7', 'may'), {
      minLength: 1,
      maxLength: 4,
    });
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      words.map((some) => some.join(' ')),
    );
    const stray = text.filter((one) => parseCommand(one.trim()).command === 'answer' && !ANSWERS.test(one.trim()));
    await fc.assert(
      fc.asyncProperty(stray, fc.nat({ max: worlds.length - 1 }), async (one, at) => {
        await worlds[at]?.write(one);
        assert.deepEqual(await worlds[at]?.rows(), before[at], JSON.stringify(one));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a no', () => {
  /** What it does for somebody who may everything, and for one who may only ask. */
  const cases: [question: string, words: string, owner: string, asker: string, does: string | null][] = [
    ['which plan', 'no', 'leftOff', 'leftOff', null],
    ['which plan', 'no thanks', 'leftOff', 'leftOff', null],
    ['which plan, of a move that was begun', 'no', 'instead', 'instead', null],
    ['how many licences', 'no', 'instead', 'instead', null],
    ['to buy', 'no', 'declined', 'instead', 'decline'],
    ['to buy', 'no, too dear', 'declined', 'instead', 'decline'],
    ['to set an end', 'no', 'endDeclined', 'instead', 'decline'],
    ['to move people', 'no', 'instead', 'instead', null],
    ['to suspend', 'no', 'reasonMissing', 'instead', null],
    ['to suspend', 'no, they still export', 'left', 'instead', 'skip'],
    ['what has stopped', 'no', 'instead', 'instead', null],
  ];
  for (const [question, words, owner, asker, does] of cases)
    it(`“${words}” where it is asked ${question}`, () => {
      const answer = (actor: Actor) => answerDialog(viewOf(STATES[question] ?? null), words, actor);
      assert.deepEqual([answer(OWNER).reply?.say, answer(ASKER).reply?.say], [owner, asker]);
      assert.deepEqual(
        answer(OWNER).intentions.map((one) => ('event' in one ? one.event.kind : one.do)),
        does ? [does] : [],
      );
      assert.deepEqual(answer(ASKER).intentions, []);
    });

  it('does not let end what ends by itself: that is what a yes does', () => {
    const view = viewOf({ state: 'reassigned' }, { ticket: sampleTicket({}, { newCommerce: true }) });
    assert.deepEqual([answerDialog(view, 'yes', OWNER).intentions.length, answerDialog(view, 'no', OWNER).intentions.length], [1, 0]);
  });

  it('says what can be done in its place', async () => {
    const said = async (question: string) => (await asked(STATES[question] ?? null)).write('no');
    assert.match(
      await said('which plan'),
      /^Nothing was begun for Contoso Ltd, S-\d+, and nothing is asked any more\..*\*\*snooze S-\d+ 14\*\*.*\*\*dismiss S-\d+\*\* and a reason; \*\*move S-\d+\*\* asks again\.$/,
    );
    assert.match(
      await said('which plan, of a move that was begun'),
      /^Contoso Ltd, S-\d+: Nothing has changed\. Answer a plan’s number or name.*\*\*snooze S-\d+ 14\*\*.*\*\*dismiss S-\d+\*\* and a reason\.$/,
    );
    assert.match(
      await said('how many licences'),
      /^Contoso Ltd, S-\d+: Nothing has changed\. Answer the number of licences, \*\*back\*\* to change it or \*\*cancel\*\*/,
    );
    assert.match(await said('to move people'), /^Contoso Ltd, S-\d+: Nothing has changed\. Answer \*\*yes\*\* to move them all/);
  });

  it('where nothing is asked is answered, and so is a yes', async () => {
    const deps = { ...{ store: memoryStore(), clock: systemClock(), ...ENGLISH, directory: EVERYBODY }, log: { info: () => {} } } as unknown as TurnDeps;
    const turn = { chat: { key: 'x', kind: 'personal' }, thread: 'x', actor: OWNER, activity: { marks: ['a'], sentAtMs: NOW } } as unknown as Turn;
    for (const text of ['no', 'yes', 'No.']) assert.deepEqual((await onText(deps, turn, text)).say, [en.replies.nothingAsked()], text);
    assert.deepEqual((await onText(deps, turn, 'thank you')).say, ['You are welcome.']);
  });
});
