import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { type Move, MOVE_STATES, type MoveState } from '../../../services/domain/ticket.ts';
import {
  advance,
  markAnswered,
  beginCall,
  blockedNames,
  type EventKind,
  isLegal,
  isLive,
  type MoveEvent,
  newMove,
  nobodyLeft,
  PROVISIONING_MS,
  UNCLEAR_TRIES,
} from '../../../services/moves/states.ts';
import { systemClock } from '../../../services/clock.ts';
import { checkRight, preflight } from '../../../services/moves/preflight.ts';
import { nextStep } from '../../../services/moves/nextStep.ts';
import { sampleEnd, sampleMove, sampleSubscription } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import type { MoveDeps } from '../../../services/moves/deps.ts';

const NOW = '2027-01-20T10:05:00.000Z';
const LAPSED = '2027-01-21T10:02:00.000Z';
const PEOPLE = { total: 7, movable: 7, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 7, named: [] };
const PLAN = { id: 'p1', title: 'P', reason: 'closest', minimum: 1, maximum: 10, item: { productId: 'a', skuId: 'b' }, whyNot: null };
const quote = sampleMove().quote as NonNullable<Move['quote']>;

const EVENTS: { [K in EventKind]: Extract<MoveEvent, { kind: K }> } = {
  draft: { kind: 'draft', by: 'ann', draft: { plan: 'p1' } },
  chosen: { kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term: null, billing: null },
  priced: { kind: 'priced', quote, terms: ['P1Y/monthly'] },
  refused: { kind: 'refused', reason: 'notSold', code: '400019' },
  unclear: { kind: 'unclear', code: '500', retryAt: null },
  approve: { kind: 'approve', by: 'bo', roles: ['approver'], hash: quote.hash, fourEyes: { when: 'always' } },
  remind: { kind: 'remind' },
  hold: { kind: 'hold', why: 'readOnly', retryAt: '2027-01-20T10:05:15.000Z' },
  checked: { kind: 'checked', requestId: 'r-checkout', at: NOW },
  changed: { kind: 'changed', why: null },
  oldChanged: { kind: 'oldChanged', what: 'suspended' },
  ask: { kind: 'ask', order: { id: 'o-1', createdAt: NOW, quantity: 7 } },
  settle: { kind: 'settle', by: 'bo', order: 'o-1', reason: 'r' },
  unsettled: { kind: 'unsettled', why: 'tooSoon' },
  notBought: { kind: 'notBought' },
  differs: { kind: 'differs', differs: [{ what: 'seats', asked: 7, came: 5 }] },
  back: { kind: 'back', by: 'ann' },
  decline: { kind: 'decline', by: 'bo', reason: 'no' },
  lapse: { kind: 'lapse' },
  cancel: { kind: 'cancel', by: 'ann' },
  placed: { kind: 'placed', orderId: 'o', subscriptionId: null },
  provisioned: { kind: 'provisioned', subscriptionId: 's', from: 'x', to: 'y', cancellableUntil: null },
  late: { kind: 'late', code: 'a day' },
  counted: { kind: 'counted', people: PEOPLE },
  nothingToMove: { kind: 'nothingToMove', people: PEOPLE },
  confirmUsers: { kind: 'confirmUsers', by: 'ann', except: [] },
  moved: { kind: 'moved', people: { ...PEOPLE, moved: 7, movable: 0 } },
  waive: { kind: 'waive', by: 'bo', reason: 'r', people: [...'1234567'].map((id) => ({ id, name: id })) },
  confirmSuspend: { kind: 'confirmSuspend', by: 'ann' },
  skip: { kind: 'skip', by: 'ann', reason: 'r' },
  seatsGone: { kind: 'seatsGone' },
  verified: { kind: 'verified' },
  waited: { kind: 'waited' },
  pending: { kind: 'pending', retryAt: '2027-01-20T10:05:30.000Z' },
  vouch: { kind: 'vouch', by: 'bo', roles: ['approver'], fourEyes: { when: 'always' }, reason: 'r' },
  fail: { kind: 'fail', reason: 'forbidden', code: '900308' },
  check: { kind: 'check', by: 'ann' },
  giveUp: { kind: 'giveUp', by: 'ann', reason: 'r' },
  weighed: { kind: 'weighed', offer: sampleEnd() },
  confirmEnd: { kind: 'confirmEnd', by: 'bo' },
  letEnd: { kind: 'letEnd', by: 'bo', day: '2027-03-03' },
  endChanged: { kind: 'endChanged' },
  endSet: { kind: 'endSet', subscription: sampleSubscription({ kind: 'newCommerce', autoRenew: false, atTermEnd: 'Cancel' }) },
  endSeen: { kind: 'endSeen', day: '2027-03-03', warn: false, loses: null },
  endOver: { kind: 'endOver', code: 'deleted' },
  superseded: { kind: 'superseded' },
};

/** Events of a move that goes well; a random walk would hardly ever come to its end. */
const FORWARD: EventKind[] = [
  ...(['chosen', 'priced', 'approve', 'checked', 'placed', 'provisioned', 'confirmUsers', 'moved', 'confirmSuspend', 'verified'] as const),
  ...(['weighed', 'confirmEnd', 'endSet', 'endSeen', 'endOver'] as const),
];

/** The table of the house: state -> event -> next state. What is not here is refused. */
const TABLE: { [S in MoveState]: { [K in EventKind]?: MoveState } } = {
  drafting: { draft: 'drafting', chosen: 'quoting', cancel: 'cancelled' },
  quoting: { priced: 'quoted', refused: 'drafting', unclear: 'quoting', oldChanged: 'drafting', cancel: 'cancelled' },
  quoted: {
    approve: 'quoted',
    checked: 'purchasing',
    changed: 'quoting',
    oldChanged: 'drafting',
    ask: 'quoted',
    settle: 'quoted',
    unsettled: 'quoted',
    placed: 'provisioning',
    refused: 'drafting',
    unclear: 'quoted',
    back: 'drafting',
    decline: 'cancelled',
    remind: 'quoted',
    hold: 'quoted',
    lapse: 'cancelled',
    cancel: 'cancelled',
  },
  purchasing: { placed: 'provisioning', refused: 'stuck', unclear: 'purchasing', notBought: 'drafting', hold: 'purchasing', fail: 'stuck' },
  provisioning: { provisioned: 'purchased', unclear: 'provisioning', differs: 'stuck', late: 'stuck', fail: 'stuck' },
  purchased: {
    counted: 'purchased',
    nothingToMove: 'reassigned',
    confirmUsers: 'reassigning',
    waive: 'reassigned',
    check: 'purchased',
    unclear: 'purchased',
    giveUp: 'finished',
    fail: 'stuck',
  },
  reassigning: { moved: 'reassigned', unclear: 'reassigning', hold: 'reassigning', fail: 'stuck' },
  reassigned: { confirmSuspend: 'suspending', skip: 'finished', seatsGone: 'finished', confirmEnd: 'setting', letEnd: 'set' },
  weighing: { weighed: 'weighed', endSet: 'set', refused: 'cancelled', fail: 'cancelled', unclear: 'weighing', oldChanged: 'cancelled', cancel: 'cancelled' },
  weighed: {
    approve: 'setting',
    decline: 'cancelled',
    remind: 'weighed',
    lapse: 'cancelled',
    check: 'weighing',
    oldChanged: 'cancelled',
    cancel: 'cancelled',
  },
  setting: {
    endSet: 'set',
    endChanged: 'weighing',
    waited: 'weighing',
    unclear: 'setting',
    pending: 'setting',
    hold: 'setting',
    fail: 'stuck',
  },
  set: { endSeen: 'set', endOver: 'finished', superseded: 'finished', unclear: 'set', fail: 'stuck' },
  suspending: { verified: 'finished', unclear: 'suspending', pending: 'suspending', refused: 'stuck', hold: 'suspending', waited: 'reassigned', fail: 'stuck' },
  stuck: {
    check: 'purchased',
    vouch: 'suspending',
    giveUp: 'finished',
    settle: 'stuck',
    unsettled: 'stuck',
    placed: 'provisioning',
    notBought: 'drafting',
    unclear: 'stuck',
  },
  finished: {},
  cancelled: {},
};

function at(state: MoveState, event: EventKind): Move {
  const approved = event === 'checked' || event === 'hold' || event === 'ask' ? { by: 'bo', at: NOW, hash: quote.hash } : null;
  const asked = state === 'quoted' && event === 'settle' ? { question: { id: 'o-1', createdAt: NOW, quantity: 7 } } : {};
  const said = (event === 'unsettled' || event === 'placed') && state !== 'purchasing' ? { settle: { by: 'bo', at: NOW, order: 'o-1', reason: 'r' } } : {};
  const unclear = ['settle', 'unsettled', 'placed', 'notBought', 'unclear'].includes(event);
  const stuck: Move['stuck'] = unclear
    ? { from: 'purchasing', reason: 'purchaseUnclear', code: '500', at: NOW }
    : { from: 'suspending', reason: event === 'vouch' ? 'seatsUnknown' : 'holders', code: '2', at: NOW };
  const ends: Partial<Move> = ['weighing', 'weighed', 'setting', 'set'].includes(state)
    ? { way: 'cancel', quote: null, end: sampleEnd(), endSet: state === 'set' ? { at: NOW, day: '2027-03-03', lookedAt: NOW } : null }
    : {};
  return sampleMove({
    state,
    approval: approved,
    people: PEOPLE,
    stuck: state === 'stuck' ? stuck : null,
    order: event === 'vouch' ? { id: 'o', subscriptionId: 's', placedAt: NOW, cancellableUntil: null } : null,
    reminded: state === 'drafting' && event === 'lapse',
    ...(event === 'seatsGone' ? { subscriptionId: 'elsewhere-sku' } : {}),
    ...asked,
    ...said,
    ...ends,
  });
}

/** Fewer while mutations are tried one by one. */
const RUNS = Number(process.env.MODEL_RUNS ?? 10_000);

/** Everything that a step could clear or keep. */
const SET: Partial<Move> = {
  attempts: 3,
  nextAt: '2027-01-20T09:00:00.000Z',
  lease: { by: 'me', until: NOW },
  held: 'directory',
  confirmedBy: 'cy',
  refusal: { reason: 'notSold', code: 'x' },
  formerly: { minor: 1, currency: 'EUR' },
  counting: { round: 'r', after: null, skip: 8, users: 8 },
  reminded: false,
  order: { id: 'before', subscriptionId: null, placedAt: NOW, cancellableUntil: null },
};

describe('right before a step that spends', () => {
  const store = memoryStore();
  const nobody = { rolesOf: async () => [], rolesNow: async () => [], holders: async () => [] };
  const deps = { store, directory: nobody, clock: systemClock(), isReadOnly: async () => false } as unknown as MoveDeps;
  const approval = { by: 'bo', at: NOW, hash: quote.hash };
  const against = async (changes: Partial<Move>, what: 'checkQuote' | 'checkout' | 'reassign' | 'suspend') =>
    (await preflight(deps, sampleMove({ approval, confirmedBy: 'bo', call: null, ...changes }), what))?.kind ?? null;
  const call = (name: 'checkout', answered: boolean) => ({ name, requestId: 'r', answered });

  it('a role that is gone stops what was not begun; a checkout that was ever made is found out about, unclear answers included', async () => {
    assert.equal(await against({ state: 'quoted' }, 'checkQuote'), 'refused');
    assert.equal(await against({ state: 'purchasing' }, 'checkout'), 'fail');
    for (const answered of [false, true]) assert.equal(await against({ state: 'purchasing', call: call('checkout', answered) }, 'checkout'), null);
    assert.equal(await against({ state: 'reassigning' }, 'reassign'), 'fail');
    assert.equal(await against({ state: 'suspending' }, 'suspend'), 'fail');
    const tried = [{ cartId: quote.cartId, outcome: 'refused' as const, checkedAt: NOW, lastAt: NOW }];
    const refused = (answered: boolean) => against({ state: 'purchasing', order: null, tried, call: call('checkout', answered) }, 'checkout');
    assert.deepEqual(
      [await refused(true), await refused(false)],
      ['fail', null],
      'a cart that was refused is not sent again in the name of somebody who may not',
    );
    const suspension = { sends: 1, sentAt: NOW, accepted: false, print: 'p' };
    assert.equal(await against({ state: 'suspending', suspension }, 'suspend'), null, 'what was asked for is read');
    assert.equal((await checkRight(deps, sampleMove({ confirmedBy: 'bo', suspension }), 'suspend'))?.kind, 'fail', 'and not sent again');
  });
});

describe('the state table', () => {
  for (const state of MOVE_STATES) {
    for (const kind of Object.keys(EVENTS) as EventKind[]) {
      const next = TABLE[state][kind];
      it(`${state} x ${kind} -> ${next ?? 'refused'}`, () => {
        const before = at(state, kind);
        const step = advance(before, EVENTS[kind], kind === 'lapse' ? LAPSED : NOW);
        assert.equal(isLegal(state, kind), next !== undefined);
        if (next === undefined) assert.ok('refused' in step);
        else {
          assert.ok('next' in step, JSON.stringify(step));
          assert.equal(step.next.state, next);
        }
        assert.deepEqual(before, at(state, kind), 'the move given is left as it was');
      });
    }
  }

  describe('a move that stopped because the one who let the step happen may not any more', () => {
    const stopped = (from: MoveState, more: Partial<Move> = {}) =>
      sampleMove({ state: 'stuck', confirmedBy: 'cy', stuck: { from, reason: 'rights', code: 'rights', at: NOW }, ...more });
    const looked = (m: Move) => {
      const taken = advance(m, EVENTS.check, NOW);
      assert.ok('next' in taken, JSON.stringify(taken));
      return taken.next;
    };

    it('looking again confirms nothing: each step waits for its own yes', () => {
      const suspending = looked(stopped('suspending', { suspension: { sends: 1, sentAt: NOW, accepted: true, print: 'p' } }));
      assert.deepEqual(
        [suspending.state, suspending.confirmedBy, suspending.suspension, nextStep(suspending, LAPSED).do],
        ['reassigned', null, null, 'nothing'],
      );
      const moving = looked(stopped('reassigning'));
      assert.deepEqual([moving.state, moving.confirmedBy, nextStep(moving, NOW).do], ['purchased', null, 'count'], 'people are only counted');
      const refused = { cartId: sampleMove().quote?.cartId ?? '', outcome: 'refused' as const, checkedAt: NOW, lastAt: NOW };
      const call = { name: 'checkout' as const, requestId: 'r', answered: true };
      const buying = looked(stopped('purchasing', { order: null, tried: [refused], call }));
      assert.deepEqual([buying.state, buying.approval], ['quoted', null]);
      assert.notEqual(nextStep(buying, NOW).do, 'checkQuote');
    });

    it('what may be bought is only asked about, by whomever', () => {
      const tried = { cartId: sampleMove().quote?.cartId ?? '', outcome: 'unclear' as const, checkedAt: NOW, lastAt: NOW };
      for (const answered of [true, false]) {
        const next = looked(stopped('purchasing', { order: null, tried: [tried], call: { name: 'checkout', requestId: 'r', answered } }));
        assert.equal(next.state, 'purchasing');
      }
      const sentAgain = { ...tried, outcome: 'refused' as const };
      assert.equal(
        looked(stopped('purchasing', { order: null, tried: [sentAgain], call: { name: 'checkout', requestId: 'r', answered: false } })).state,
        'purchasing',
      );
    });

    it('a stop for another reason goes on in the name of the one who confirmed', () => {
      const next = looked(stopped('suspending', { stuck: { from: 'suspending', reason: 'suspendRefused', code: '', at: NOW } }));
      assert.deepEqual([next.state, next.confirmedBy], ['suspending', 'cy']);
    });
  });

  it('each step changes exactly this, and tells exactly that (UPDATE=1 writes it anew)', () => {
    const file = new URL('./transitions.json', import.meta.url);
    const seen: Record<string, unknown> = {};
    for (const state of MOVE_STATES) {
      for (const kind of Object.keys(EVENTS) as EventKind[]) {
        // A move on which everything is set, so that what a step clears shows.
        const before: Move = { ...at(state, kind), ...SET };
        const step = advance(before, EVENTS[kind], kind === 'lapse' ? LAPSED : NOW);
        if ('refused' in step) continue;
        const changed = Object.entries(step.next).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Move]));
        seen[`${state} ${kind}`] = { tells: step.news, ...Object.fromEntries(changed) };
      }
    }
    if (process.env.UPDATE) writeFileSync(file, `${JSON.stringify(seen, null, 1)}\n`);
    assert.deepEqual(JSON.parse(JSON.stringify(seen)), JSON.parse(readFileSync(file, 'utf8')));
  });

  it('an unclear answer is asked about later each time, or when the other side said, seven times; then a person is called', () => {
    const stops: [MoveState, MoveState, string][] = [
      ['quoting', 'drafting', 'refused'],
      ['quoted', 'quoted', 'refused'],
      ['purchasing', 'stuck', 'stuck'],
      ['purchased', 'stuck', 'stuck'],
      ['suspending', 'stuck', 'stuck'],
    ];
    for (const [state, next, tells] of stops) {
      const unclear = (attempts: number) => advance({ ...at(state, 'unclear'), attempts, lease: { by: 'me', until: NOW } }, EVENTS.unclear, NOW);
      const sixth = unclear(UNCLEAR_TRIES - 2);
      assert.ok('next' in sixth && sixth.next.state === state && sixth.next.attempts === UNCLEAR_TRIES - 1 && sixth.next.lease === null);
      assert.equal(sixth.news, 'progress');
      const last = unclear(UNCLEAR_TRIES - 1);
      assert.ok('next' in last, state);
      assert.deepEqual([last.next.state, last.news], [next, tells], state);
    }
    const pauses = [0, 1, 2, 3, 4, 5, 6].map((attempts) => {
      const step = advance({ ...at('provisioning', 'unclear'), attempts }, EVENTS.unclear, NOW);
      return 'next' in step && Date.parse(step.next.nextAt ?? '') - Date.parse(NOW);
    });
    assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    for (const state of ['provisioning', 'reassigning'] as const) {
      const patient = advance({ ...at(state, 'unclear'), attempts: 500 }, { kind: 'unclear', code: '429', retryAt: '2027-01-20T10:09:00.000Z' }, NOW);
      assert.ok('next' in patient && patient.next.state === state && patient.next.nextAt === '2027-01-20T10:09:00.000Z', 'waits as long as it takes');
    }
  });

  it('a quote is reminded of once, and not after an approval', () => {
    const remind = (changes: Partial<Move>) => advance(sampleMove({ state: 'quoted', ...changes }), EVENTS.remind, NOW);
    assert.ok('next' in remind({}));
    for (const changes of [{ reminded: true }, { quote: null }, { approval: { by: 'bo', at: NOW, hash: 'h' } }])
      assert.deepEqual(remind(changes), { refused: 'notNow' });
    assert.deepEqual(advance(sampleMove({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: 'h' } }), EVENTS.lapse, LAPSED), { refused: 'notNow' });
    assert.deepEqual(advance(sampleMove({ state: 'quoted', quote: null }), EVENTS.lapse, LAPSED), { refused: 'notNow' });
    assert.deepEqual(advance(sampleMove({ state: 'quoted', quote: null }), EVENTS.approve, NOW), { refused: 'quoteChanged' });
    assert.deepEqual(advance(sampleMove({ state: 'quoted' }), EVENTS.checked, NOW), { refused: 'notNow' });
  });

  it('people are left behind by name, each once; the last step opens when nobody else is left', () => {
    const two = [
      { id: '1', name: 'One' },
      { id: '2', name: 'Two' },
    ];
    const waive = (m: Move, people: typeof two) => advance(m, { kind: 'waive', by: 'bo', reason: 'r', people }, NOW);
    const start = sampleMove({ state: 'purchased', people: { ...PEOPLE, total: 7, moved: 5, movable: 0, blocked: 2 } });
    const first = waive(start, two.slice(0, 1));
    assert.ok('next' in first);
    assert.deepEqual([first.next.state, first.news, first.next.people?.waived], ['purchased', 'waived', 1]);
    assert.deepEqual(first.next.waived, [{ by: 'bo', at: NOW, reason: 'r', people: [two[0]] }]);
    const second = waive(first.next, two);
    assert.ok('next' in second);
    assert.deepEqual([second.next.state, second.next.people?.waived, second.next.waived[1]?.people], ['reassigned', 2, [two[1]]]);
    assert.deepEqual(waive(first.next, two.slice(0, 1)), { refused: 'notNow' });
    assert.deepEqual(waive(sampleMove({ state: 'purchased', people: null }), two), { refused: 'notNow' });
    const counts = (moved: number, waived: number) => nobodyLeft({ ...PEOPLE, total: 7, moved, waived });
    assert.deepEqual([counts(7, 0), counts(5, 2), counts(6, 0), counts(0, 0)], [true, true, false, false]);
    const some = advance(sampleMove({ state: 'reassigning' }), { kind: 'moved', people: { ...PEOPLE, moved: 6, movable: 0, blocked: 1 } }, NOW);
    assert.ok('next' in some);
    assert.deepEqual([some.next.state, some.news], ['purchased', 'someFailed']);
    assert.deepEqual(advance(sampleMove({ state: 'purchased', people: null }), EVENTS.confirmUsers, NOW), { refused: 'notNow' });
  });

  it('looking again goes back to where it stopped; giving up is safe only where it is certain what was done', () => {
    const stuck = (from: MoveState, reason: NonNullable<Move['stuck']>['reason']) =>
      sampleMove({ state: 'stuck', approval: { by: 'bo', at: NOW, hash: 'h' }, stuck: { from, reason, code: 'c', at: NOW } });
    const check = (m: Move) => advance(m, EVENTS.check, NOW);
    for (const from of ['purchasing', 'provisioning', 'reassigning', 'suspending'] as const) {
      const step = check(stuck(from, 'forbidden'));
      assert.ok('next' in step && step.next.state === from && step.next.stuck === null && step.next.nextAt === NOW && step.news === 'resumed');
    }
    const holders = check(stuck('suspending', 'holders'));
    assert.ok(
      'next' in holders && holders.next.state === 'purchased' && holders.next.people === null && holders.next.counting === null && holders.next.nextAt === NOW,
    );
    assert.deepEqual(check(sampleMove({ state: 'stuck', stuck: null })), { refused: 'notNow' });
    const giveUp = (m: Move) => advance(m, EVENTS.giveUp, NOW);
    for (const reason of ['purchaseUnclear', 'suspendUnclear'] as const) assert.deepEqual(giveUp(stuck('purchasing', reason)), { refused: 'notWhileUnclear' });
    assert.deepEqual(giveUp(sampleMove({ state: 'stuck', stuck: null })), { refused: 'notWhileUnclear' });
    const unbought = giveUp(stuck('purchasing', 'purchaseRefused'));
    assert.ok(
      'next' in unbought &&
        unbought.next.state === 'cancelled' &&
        unbought.news === 'cancelled' &&
        unbought.next.approval === null &&
        unbought.next.outcome === null,
    );
    const bought = giveUp(stuck('suspending', 'suspendRefused'));
    assert.ok(
      'next' in bought && bought.next.state === 'finished' && bought.news === 'finished' && bought.next.outcome === 'givenUp' && bought.next.approval !== null,
    );
  });

  it('a move begins with nothing decided', () => {
    const fresh = newMove({ key: 'k', customerId: 'c', subscriptionId: 's', ticketId: 'S-1', by: 'ann', asked: 2 }, NOW);
    assert.deepEqual(fresh, {
      ...{ key: 'k', customerId: 'c', subscriptionId: 's', ticketId: 'S-1', state: 'drafting', version: 1, asked: 2, startedBy: 'ann', startedAt: NOW },
      ...{ draft: {}, terms: [], refusal: null, quote: null, formerly: null, approval: null, declined: null, order: null, sku: null, people: null },
      ...{
        waived: [],
        counting: null,
        confirmedBy: null,
        held: null,
        reminded: false,
        call: null,
        requestIds: [],
        attempts: 0,
        nextAt: null,
        lease: null,
        stuck: null,
      },
      ...{ outcome: null, suspendedAt: null, way: 'replace', walked: null, suspension: null, vouched: null },
    });
    assert.deepEqual(
      [isLive(fresh), isLive({ ...fresh, state: 'stuck' }), isLive({ ...fresh, state: 'finished' }), isLive({ ...fresh, state: 'cancelled' })],
      [true, true, false, false],
    );
  });

  it('remembers the last fifty request ids, names five of the blocked, and marks an answer only where there was a call', () => {
    let m = sampleMove();
    for (let n = 0; n < 60; n++) m = markAnswered(beginCall(m, 'cart', `id-${n}`).move);
    assert.deepEqual([m.requestIds.length, m.requestIds[0], m.requestIds.at(-1)], [50, 'id-10', 'id-59']);
    assert.deepEqual(markAnswered(sampleMove()).call, null);
    const named = blockedNames([{ name: 'free', why: null }, ...Array.from({ length: 9 }, (_, n) => ({ name: String(n), why: 'noSeat' as const }))]);
    assert.deepEqual(
      named,
      Array.from({ length: 5 }, (_, n) => ({ name: String(n), why: 'noSeat' })),
    );
  });

  it('a term and a billing are kept only where they were chosen', () => {
    const chosen = (term: string | null, billing: string | null) => {
      const step = advance(sampleMove({ state: 'drafting' }), { ...EVENTS.chosen, term, billing }, NOW);
      return 'next' in step && step.next.draft;
    };
    assert.deepEqual(chosen(null, null), { by: 'ann', plan: 'p1', quantity: 7 });
    assert.deepEqual(chosen('P1M', 'monthly'), { by: 'ann', plan: 'p1', quantity: 7, term: 'P1M', billing: 'monthly' });
  });

  it('a second approval is refused, and so is one of another quote or too late', () => {
    const approved = sampleMove({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: quote.hash } });
    assert.deepEqual(advance(approved, EVENTS.approve, NOW), { refused: 'alreadyApproved' });
    const quoted = sampleMove({ state: 'quoted' });
    assert.deepEqual(advance(quoted, { ...EVENTS.approve, hash: 'other' }, NOW), { refused: 'quoteChanged' });
    assert.deepEqual(advance(quoted, EVENTS.approve, LAPSED), { refused: 'lapsed' });
    assert.deepEqual(advance(quoted, { ...EVENTS.approve, by: 'ann' }, NOW), { refused: 'ownRequest' });
    assert.deepEqual(advance(quoted, { ...EVENTS.approve, roles: ['requester'] }, NOW), { refused: 'role' });
    assert.deepEqual(advance(quoted, EVENTS.lapse, NOW), { refused: 'notNow' });
  });

  it('after an approval nobody steps back or declines; before it is bought it can be cancelled', () => {
    const approved = sampleMove({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: quote.hash } });
    for (const kind of ['back', 'decline'] as const) assert.deepEqual(advance(approved, EVENTS[kind], NOW), { refused: 'alreadyApproved' });
    // Nothing is sent before the row says `purchasing`, so what only waits can be cancelled.
    const cancelled = advance(approved, EVENTS.cancel, NOW);
    assert.ok('next' in cancelled && cancelled.next.state === 'cancelled' && cancelled.next.approval === null);
  });

  it('a new cart keeps an approval only when every bound thing is the same', () => {
    const approved = sampleMove({ state: 'quoting', approval: { by: 'bo', at: NOW, hash: quote.hash } });
    const same = advance(approved, { kind: 'priced', quote: { ...quote, cartId: 'c2', item: 'CFQp1:0001:CFQB' }, terms: [] }, NOW);
    assert.ok('next' in same && same.next.approval && same.next.quote?.cartId === 'c2');
    const dearer = advance(approved, { kind: 'priced', quote: { ...quote, hash: 'h2', monthly: { minor: 47_000, currency: 'EUR' } }, terms: [] }, NOW);
    assert.ok('next' in dearer && dearer.next.approval === null && dearer.news === 'repriced');
    assert.deepEqual('next' in dearer && dearer.next.formerly, quote.monthly);
  });

  it('an unclear checkout is asked about a bounded number of times, then a person is called, who cannot give up', () => {
    let m = sampleMove({ state: 'purchasing' });
    for (let tries = 1; tries < UNCLEAR_TRIES; tries++) {
      const step = advance(m, EVENTS.unclear, NOW);
      assert.ok('next' in step && step.next.state === 'purchasing' && (step.next.nextAt ?? '') > NOW);
      m = step.next;
    }
    const last = advance(m, EVENTS.unclear, NOW);
    assert.ok('next' in last && last.next.state === 'stuck');
    assert.deepEqual(advance(last.next, EVENTS.giveUp, NOW), { refused: 'notWhileUnclear' });
    const again = advance(last.next, EVENTS.check, NOW);
    assert.ok('next' in again && again.next.state === 'purchasing');
  });

  it('provisioning is not late before a day has gone', () => assert.equal(PROVISIONING_MS, 86_400_000));

  it('a request id is kept while unanswered, and new after any answer', () => {
    const first = beginCall(sampleMove(), 'checkout', 'id-1');
    assert.equal(beginCall(first.move, 'checkout', 'id-2').requestId, 'id-1');
    assert.equal(beginCall(markAnswered(first.move), 'checkout', 'id-2').requestId, 'id-2');
    assert.equal(beginCall(first.move, 'suspend', 'id-3').requestId, 'id-3');
    assert.deepEqual(beginCall(markAnswered(first.move), 'checkout', 'id-2').move.requestIds, ['id-1', 'id-2']);
  });

  it('whatever happens: checkout only after an approval of exactly this quote, no way back from it, suspension only after the licences, final states stay', () => {
    const reached = new Set<MoveState>();
    const choices = fc.array(fc.record({ pick: fc.nat(), from: fc.constantFrom('forward', 'forward', 'forward', 'legal', 'all') }), {
      minLength: 5,
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(choices, fc.constantFrom('replace', 'replace', 'cancel'), (picks, way) => {
        let m = sampleMove({ state: way === 'replace' ? 'drafting' : 'weighing', way, quote: null });
        const passed: MoveState[] = [m.state];
        let vouched = false;
        let proven = false; // that it was not bought, or by which order it was
        for (const { pick, from } of picks) {
          const all = Object.values(EVENTS);
          const legal = all.filter((event) => isLegal(m.state, event.kind));
          const forward = FORWARD.map((kind) => EVENTS[kind]).filter((event) => 'next' in advance(m, event, NOW));
          const offered = { forward, legal, all }[from];
          const events: MoveEvent[] = offered.length > 0 ? offered : all;
          const event = events[pick % events.length] as MoveEvent;
          const step = advance(m, event, NOW);
          if ('refused' in step) continue;
          proven ||= event.kind === 'notBought' || (event.kind === 'placed' && m.state !== 'purchasing');
          assert.ok(isLive(m), 'a final state moved');
          assert.ok(step.next.version >= m.version);
          m = step.next;
          vouched ||= m.vouched !== null;
          passed.push(m.state);
          if (m.state === 'purchasing') assert.equal(m.approval?.hash, m.quote?.hash);
          if (m.state === 'setting' && way !== 'replace') assert.equal(m.approval?.hash, m.end?.hash, 'an end is set by a yes to just that');
        }
        for (const state of passed) reached.add(state);
        const bought = passed.indexOf('purchasing');
        if (bought >= 0)
          assert.ok(proven || !passed.slice(bought).some((state) => state === 'quoted' || state === 'drafting'), 'no way back from the purchase');
        if (passed.includes('provisioning')) assert.ok(bought >= 0 || proven);
        // Only where an approver says that he looked, the licences may be left out.
        for (const last of ['suspending', 'setting'] as const)
          if (passed.includes(last) && way === 'replace') assert.ok((passed.includes('reassigned') && passed.includes('purchased')) || vouched);
      }),
      { numRuns: RUNS },
    );
    assert.deepEqual([...reached].sort(), [...MOVE_STATES].sort(), 'the walks came everywhere');
  });
});
