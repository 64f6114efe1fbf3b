/** What only Partner Center can tell is no turn's to wait for: it is written down, and a loop answers it, whatever crashes in between. */
import assert from 'node:assert/strict';
import { onText } from '../../../bot/turns/command.ts';
import { en } from '../../../cards/text/en/en.ts';
import { nameText, reasonText } from '../../../cards/escape.ts';
import type { Chat } from '../../../services/domain/ticket.ts';
import type { Handle } from '../../../services/notify/handles.ts';
import { nameCustomer } from '../../../services/search.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { withPrefix } from '../../../services/store/store.ts';
import { openTicketsOf } from '../../../services/tickets/openList.ts';
import { SHOWS, sampleSubscription, sampleTicket } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import type { TurnResult, Turn } from '../../../bot/turns/turn.ts';
import { pointAt } from '../../../bot/turns/pointer.ts';
import { beginMove } from '../../../bot/turns/tickets.ts';
import { type LateAnswerDeps, errandTurn } from '../../../bot/turns/lateAnswer.ts';
import type { LateAnswerWakeUp } from '../../../services/queue/messages.ts';
import { CHAT_KEY, LATE_ANSWER, ofChat, ofCustomer, PERSONS, subscriptionKey, ticketKey } from '../../../services/store/rows.ts';
import { ENGLISH } from '../../support/speaking.ts';

const CHAT = { key: 'chat-1', kind: 'personal', dead: false, watching: [], reference: {} } as unknown as Chat;
const never = () => new Promise<never>(() => {});

async function world() {
  const store = memoryStore();
  const ticket = sampleTicket();
  await store.put(...ofCustomer(ticket.customerId), ticketKey(ticket.id), ticket);
  await store.put(...ofChat(CHAT.key), CHAT_KEY, CHAT);
  let nowMs = Date.parse('2027-01-20T10:05:00.000Z');
  const hinted: LateAnswerWakeUp[] = [];
  const told: TurnResult[] = [];
  const pc = {
    products: never as () => Promise<unknown>,
    skus: async () => [{ id: '1', title: '', minimum: 1, maximum: 10 }],
    availabilities: async () => [
      {
        item: 'P5:1:A',
        purchasable: true,
        terms: [
          { term: 'P1Y', billing: 'monthly' },
          { term: 'P1M', billing: 'monthly' },
        ],
      },
    ],
  };
  const deps = {
    ...{ store, ...ENGLISH, programmes: [], partnerCenter: pc, fourEyes: { when: 'off' }, shows: SHOWS, log: { info() {}, warn() {} } },
    clock: { now: () => new Date(nowMs), wallMs: () => nowMs, sleep: async () => {} },
    wake: { schedule: async (wakeUp: LateAnswerWakeUp) => void hinted.push(wakeUp), now() {} },
    ...{ isReadOnly: async () => false, directory: { rolesOf: async () => ['owner'], rolesNow: async () => ['owner'], holders: async () => [] } },
    tell: async (_chat: Chat, _thread: string, back: TurnResult) => void told.push(back),
  } as unknown as LateAnswerDeps;
  await pointAt(deps, { thread: 'thread', person: 'ann' }, { customerId: ticket.customerId, ticketId: ticket.id });
  const turn = (mark: string) =>
    ({
      ...{ chat: CHAT, thread: 'thread', below: false, quoted: null },
      ...{ actor: { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] }, activity: { marks: [mark], sentAtMs: nowMs } },
    }) as Turn;
  const rows = async () => (await withPrefix(store, ...ofChat(CHAT.key), LATE_ANSWER)).length;
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { deps, pc, turn, rows, told, hinted, pass };
}

const NOTHING: LateAnswerWakeUp = { queue: 'move', what: 'lateAnswer', chat: '', key: '' };
const PRODUCTS = [{ id: 'P5', title: 'Office 365 E5 for everybody' }];

describe('what a turn cannot know from storage', () => {
  it('a typed plan is answered at once while Partner Center says nothing, and once however often it is delivered', async () => {
    const { deps, turn, rows, hinted } = await world();
    for (let n = 0; n < 3; n++)
      assert.deepEqual((await onText(deps, turn('m'), 'office 365 e5')).say, [en.replies.searching({ value: reasonText('office 365 e5') })]);
    assert.deepEqual([await rows(), hinted], [1, [{ queue: 'move', what: 'lateAnswer', chat: 'chat-1', key: 'ask_m' }]]);
  });

  it('an answer after 20 s comes into the chat; after a crash in between another process brings it, and nobody brings it twice', async () => {
    const { deps, pc, turn, rows, told, hinted, pass } = await world();
    await onText(deps, turn('m'), 'office 365 e5');
    const [hint = NOTHING] = hinted;
    void errandTurn(deps, hint); // this process never comes back
    await new Promise((resolve) => setImmediate(resolve));
    pass(20_000);
    pc.products = async () => PRODUCTS;
    assert.deepEqual([typeof (await errandTurn(deps, hint)), told.length], ['object', 0], 'somebody is at it');
    pass(41_000);
    assert.equal(await errandTurn(deps, hint), 'idle');
    assert.equal(told.length, 1);
    assert.match(JSON.stringify(told[0]?.say), /Did you mean this plan\?.*Office 365 E5 for everybody/);
    assert.equal(await errandTurn(deps, hint), 'idle');
    assert.deepEqual([told.length, await rows()], [1, 0]);
  });

  it('a plan of the catalogue with a term behind it: asked for by its button, and its term is not forgotten', async () => {
    const { deps, pc, turn, told, hinted } = await world();
    pc.products = async () => PRODUCTS;
    const handles: Handle[] = [];
    const put = deps.store.put.bind(deps.store);
    deps.store.put = async (...given) => {
      if (typeof given[3] === 'object' && given[3] !== null && 'choices' in given[3]) handles.push(given[3] as Handle);
      return put(...given);
    };
    await onText(deps, turn('m'), 'office 365 e5, 1 month');
    assert.equal(await errandTurn(deps, hinted[0] ?? NOTHING), 'idle');
    assert.match(JSON.stringify(told[0]?.say), /Did you mean this plan\?.*Office 365 E5 for everybody/);
    const [choice] = handles[0]?.choices ?? [];
    assert.ok(choice?.to === 'plan');
    assert.deepEqual([choice.plan.terms, choice.term], [['P1Y/monthly', 'P1M/monthly'], '1 month']);
  });

  it('a Partner Center that refuses is asked again, with pauses, and after a quarter of an hour that is said', async () => {
    const { deps, pc, turn, rows, told, hinted, pass } = await world();
    pc.products = async () => Promise.reject(new PartnerCenterError('unclear', 'no answer', 'no answer'));
    await onText(deps, turn('m'), 'office 365 e5');
    let turns = 0;
    for (
      let outcome = await errandTurn(deps, hinted[0] ?? NOTHING);
      typeof outcome === 'object' && turns < 100;
      outcome = await errandTurn(deps, hinted[0] ?? NOTHING)
    ) {
      turns += 1;
      pass(outcome.retryInMs);
    }
    assert.ok(turns > 5 && turns < 40, `${turns} turns`);
    assert.deepEqual([told.map((one) => one.say), await rows()], [[[en.replies.unreachable()]], 0]);
  });

  it('a name that nobody has is answered at once, with what makes a company a customer', async () => {
    const { deps, turn } = await world();
    const { say } = await onText(deps, turn('n'), 'show nobody');
    assert.deepEqual(say, [en.replies.noCustomer({ what: nameText('nobody'), company: true })]);
    assert.match(String(say[0]), /\*\*invite nobody\*\*/);
  });

  it('`move` of a customer with nothing of ours looks for licences from elsewhere, and opens their ticket; a refusal is no "none"', async () => {
    const { deps, pc, turn, told, hinted } = await world();
    await deps.store.put(...PERSONS, 'ann', { key: 'ann', objectId: 'oid-ann', name: 'Ann' });
    await nameCustomer(deps.store, { id: 'adatum', name: 'Adatum' });
    const { say } = await onText(deps, turn('m'), 'move adatum');
    assert.match(String(say[0]), /I know no subscription of Adatum that can be moved.*I look whether it has licences that it did not buy through us/);
    Object.assign(pc, { subscriptions: async () => Promise.reject(new PartnerCenterError('unclear', 'no answer', 'no answer')) });
    assert.equal(typeof (await errandTurn(deps, hinted[0] ?? NOTHING)), 'object', 'it is tried again');
    const pools = [
      { skuId: 'e3', active: 20, consumed: 7, name: 'Office 365 E3', part: 'ENTERPRISEPACK' },
      { skuId: 'x', active: null, consumed: null, name: 'Visio', part: 'VISIO' },
      { skuId: 'f', active: 10_000, consumed: 3, name: 'Power Automate Free', part: 'FLOW_FREE' },
    ];
    Object.assign(pc, { subscriptions: async () => ({ items: [], unread: [], whole: true }), seatPools: async () => pools });
    assert.equal(await errandTurn(deps, hinted[0] ?? NOTHING), 'idle');
    assert.match(String(told[0]?.say[0]), /could not be told: Visio/);
    const [found] = await openTicketsOf(deps.store, 'adatum');
    assert.deepEqual([found?.subscriptionId, found?.quantity, found?.offerName], ['elsewhere-e3', 20, 'Office 365 E3']);
    assert.equal((await openTicketsOf(deps.store, 'adatum')).length, 1, 'a free plan is none');
  });

  it('`move` of a customer who has several plans from elsewhere asks which, and of one with ours is asked for it by a word', async () => {
    const { deps, pc, turn, told, hinted } = await world();
    await deps.store.put(...PERSONS, 'ann', { key: 'ann', objectId: 'oid-ann', name: 'Ann' });
    await nameCustomer(deps.store, { id: 'adatum', name: 'Adatum' });
    const snapshot = sampleSubscription({ id: 'own', customerId: 'adatum' });
    await deps.store.put(...ofCustomer('adatum'), subscriptionKey('own'), { snapshot, episode: 0, ticket: null, liveMove: null, moves: 0 });
    const pools = ['e3', 'e5'].map((skuId) => ({ skuId, active: 20, consumed: 7, name: `Office 365 ${skuId}`, part: skuId }));
    Object.assign(pc, {
      subscriptions: async () => ({ items: [], unread: [], whole: true }),
      seatPools: async () => pools,
    });
    await onText(deps, turn('m'), 'move adatum elsewhere');
    assert.equal(await errandTurn(deps, hinted[0] ?? NOTHING), 'idle');
    assert.match(JSON.stringify(told[0]?.say[0]), /Which subscription do you mean\?.*Office 365 e3.*Office 365 e5/);
    assert.deepEqual(await openTicketsOf(deps.store, 'adatum'), [], 'nothing is begun before somebody chose');
    await beginMove(deps, turn('n'), { id: 'adatum', name: 'Adatum' }, 'elsewhere-e5');
    assert.equal(await errandTurn(deps, hinted.at(-1) ?? NOTHING), 'idle');
    assert.deepEqual(
      (await openTicketsOf(deps.store, 'adatum')).map((one) => one.offerName),
      ['Office 365 e5'],
    );
  });

  it('one chat does not ask for more than a few things at once', async () => {
    const { deps, turn, rows } = await world();
    const said = [];
    for (const name of ['aaa', 'bbb', 'ccc', 'ddd']) said.push((await onText(deps, turn(name), name)).say[0]);
    assert.deepEqual([await rows(), said.at(-1)], [3, en.replies.slowDown()]);
  });
});
