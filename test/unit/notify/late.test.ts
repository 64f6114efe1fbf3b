/** An edit that gets no answer and is carried out all the same, minutes later, over the newer ones: what the card says in the end. */
import assert from 'node:assert/strict';
import { Refused } from '../../../services/notify/refusal.ts';
import { inboxOf } from '../../../services/chats.ts';
import { waitingChats } from '../../../services/notify/inbox.ts';
import { troublesOf } from '../../../services/notify/lease.ts';
import { QUIET } from '../../../services/notify/rateWindows.ts';
import { ofChat, CHAT_LEASE_KEY } from '../../../services/store/rows.ts';
import { deliverWith } from '../../../bot/teams/deliver.ts';
import type { Sdk } from '../../../bot/teams/sdk.ts';
import { chatFor } from '../../support/sweeping.ts';
import { type Answer, HOUR_MS, MINUTE_MS, type NotifyingWorld, openNotifying } from '../../support/notifying.ts';

const LATE_MS = 20 * MINUTE_MS;
const UNANSWERED: { status: number }[] = [{ status: 0 }, { status: 408 }, { status: 500 }, { status: 502 }, { status: 503 }, { status: 504 }];

describe('an edit without an answer that is carried out 20 minutes later', () => {
  let world: NotifyingWorld;
  beforeEach(async () => {
    world = openNotifying();
    await world.chat('one');
    await world.flip('S-1');
    await world.forMs(MINUTE_MS);
  });
  afterEach(() => world.stop());

  /** Each with what its card says in a sentence. */
  const edits = () =>
    world.tried
      .filter((one) => one.chat === 'one' && one.doing === 'edit')
      .map((one) => ({ ...one, card: String((JSON.parse(one.card) as { speak?: string }).speak) }));
  /** The card as people see it: what was carried out last. */
  const seen = () =>
    edits()
      .map(({ atMs, card, answer }) => ({ card, at: answer ? atMs + LATE_MS : atMs }))
      .filter(({ at }) => at <= world.nowMs())
      .sort((a, b) => a.at - b.at)
      .at(-1)?.card;
  /** The next edits of the chat's card get `answer`. */
  function answerNext(answer: Answer, count = 1): void {
    let left = count;
    world.answer((doing) => (doing === 'edit' && left-- > 0 ? answer : null));
  }
  async function change(lastDay: string): Promise<void> {
    await world.flip('S-1', { kind: 'changed', lastDay });
    await world.forMs(MINUTE_MS);
  }

  for (const answer of UNANSWERED)
    it(`with status ${answer.status}: the newest card is written once more after half an hour, and then no more`, async () => {
      answerNext(answer);
      await change('2027-05-31');
      await change('2027-04-30');
      const newest = edits().at(-1)?.card;
      assert.match(newest ?? '', /30 Apr|Apr 30|April/);
      await world.forMs(LATE_MS);
      assert.notEqual(seen(), newest, 'the older one came last');
      // The queue of this world is looked at every five minutes.
      await world.forMs(16 * MINUTE_MS);
      assert.equal(seen(), newest);
      const count = edits().length;
      await world.forMs(3 * HOUR_MS);
      assert.equal(edits().length, count);
      assert.deepEqual(await inboxOf(world.deps.store, 'one', 9), []);
    });

  it('several in a row, and those of the writing once more: it ends when one is answered', async () => {
    answerNext({ status: 0 }, 3);
    await change('2027-05-31');
    await change('2027-04-30');
    await world.forMs(15 * MINUTE_MS);
    answerNext({ status: 504 }, 1);
    await world.forMs(25 * MINUTE_MS);
    assert.ok(
      edits().some((one) => one.answer?.status === 504),
      'the writing once more had no answer either',
    );
    assert.equal((await waitingChats(world.deps.store)).troubled, 0, 'nothing is in trouble meanwhile');
    await world.forMs(2 * HOUR_MS);
    assert.equal(seen(), edits().at(-1)?.card);
    assert.equal(edits().at(-1)?.answer, null);
    assert.deepEqual([await inboxOf(world.deps.store, 'one', 9), await troublesOf(world.deps.store, 'one')], [[], []]);
  });

  it('in a chat that watches nothing, without a sweep to bring it up', async () => {
    await world.chat('one', { watching: [] });
    answerNext({ status: 0 });
    await change('2027-05-31');
    await change('2027-04-30');
    await world.forMs(40 * MINUTE_MS);
    assert.equal(seen(), edits().at(-1)?.card);
    assert.match(seen() ?? '', /30 Apr|Apr 30|April/);
  });

  it('of one ticket writes no other card', async () => {
    await world.flip('S-2');
    await world.forMs(MINUTE_MS);
    answerNext({ status: 0 });
    await change('2027-05-31');
    await world.forMs(HOUR_MS);
    assert.deepEqual(new Set(edits().map((one) => one.what)), new Set(['S-1']));
    assert.equal(edits().length, 3);
  });

  it('while it waits, what is new comes at once, and the ticket may be closed', async () => {
    answerNext({ status: 0 });
    await change('2027-05-31');
    await world.flip('S-2');
    await world.flip('S-1', { kind: 'renewed', closed: true });
    await world.forMs(MINUTE_MS);
    assert.ok(world.to('one').includes('post S-2'));
    const newest = edits().at(-1)?.card;
    await world.forMs(HOUR_MS);
    assert.equal(seen(), newest);
  });

  for (const answer of [{ status: 429, retryAfter: '30' }, { status: 403, code: 'ServiceError' }, { status: 400, code: 'BadArgument' }, { status: 401 }])
    it(`one that Teams has refused with ${answer.status} is not carried out: nothing is written twice`, async () => {
      answerNext(answer);
      await change('2027-05-31');
      await world.forMs(2 * HOUR_MS);
      const taken = edits().filter((one) => one.answer === null);
      assert.equal(taken.length, 1);
      assert.deepEqual(await inboxOf(world.deps.store, 'one', 9), []);
    });

  it('by a process that was cut off while it spoke there: the cards that wait are written once more too, for one wake-up', async () => {
    await world.flip('S-2');
    await world.forMs(MINUTE_MS);
    const { schedule } = world.deps.wake;
    const later: number[] = [];
    world.deps.wake.schedule = (wakeUp, delayMs) => {
      if (delayMs !== undefined && delayMs > LATE_MS) later.push(delayMs);
      return schedule(wakeUp, delayMs);
    };
    const lapsed = { ...QUIET, by: 'cut-off', at: world.nowMs() };
    await world.deps.store.put(...ofChat('one'), CHAT_LEASE_KEY, lapsed);
    await world.flip('S-2', { kind: 'changed', lastDay: '2027-05-31' });
    await change('2027-05-31');
    await world.forMs(MINUTE_MS);
    const first = edits();
    assert.deepEqual(first.map((one) => one.what).sort(), ['S-1', 'S-2']);
    await world.forMs(HOUR_MS);
    const said = (all: typeof first) => all.map((one) => `${one.what} ${one.card}`).sort();
    assert.deepEqual(said(edits().slice(2)), said(first));
    assert.equal(later.length, 1);
  });
});

describe('what a gateway in front of Teams answers', () => {
  /** A way out whose first answer is `status`. */
  function answering(status: number): { tries: () => number; sdk: Sdk } {
    let tries = 0;
    const once = async () => {
      tries += 1;
      if (tries === 1) throw { status };
      return 'm1';
    };
    const sdk = {
      there: (_at: unknown, work: (out: unknown) => Promise<unknown>) => work({ replace: once, send: once }),
      answered: (error: { status: number }) => ({ status: error.status, code: '', retryAfter: null }),
    } as unknown as Sdk;
    return { tries: () => tries, sdk };
  }
  const chat = { ...chatFor('one', 'c1'), kind: 'groupChat' as const, reference: { conversation: { id: 'one' } } };
  const notice = { activityId: 'm1', thread: 'one' };
  const message = { card: {}, summary: 'S', claims: [] };

  for (const status of [502, 504]) {
    it(`${status} to an edit: it is known that it may still come`, async () => {
      const { sdk, tries } = answering(status);
      await assert.rejects(deliverWith(sdk, Date.now).edit(chat, notice, message), (error) => error instanceof Refused && error.verdict.is === 'again');
      assert.equal(tries(), 1);
    });
    it(`${status} to a post: it is repeated, as Teams asks`, async () => {
      const { sdk, tries } = answering(status);
      assert.equal((await deliverWith(sdk, Date.now).post(chat, message)).activityId, 'm1');
      assert.equal(tries(), 2);
    });
  }
});
