/** What the bot does next by itself, and what a move waits for a person in: by the move and the time alone. */
import assert from 'node:assert/strict';
import type { Move, MoveState } from '../../../services/domain/ticket.ts';
import { type NextStep, nextStep, WAIT_MOST_MS, waitsFor } from '../../../services/moves/nextStep.ts';
import { later } from '../../../services/clock.ts';
import { sampleEnd, sampleMove } from '../../support/samples.ts';

const NOW = '2027-01-20T10:05:00.000Z';
/** Of the sample's quote and end. */
const REMIND_AT = '2027-01-21T06:02:00.000Z';
const LAPSES_AT = '2027-01-21T10:02:00.000Z';
const PEOPLE = { total: 7, movable: 7, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 7, named: [] };
const APPROVAL = { by: 'bo', at: NOW, hash: 'h' };
const QUESTION = { id: 'o-1', createdAt: NOW, quantity: 7 };
const SETTLE = { by: 'bo', at: NOW, order: 'o-1', reason: 'r' };
const ELSEWHERE = 'elsewhere-1392051d-0cb9-4b7a-88d5-621fee5e8711';

const next = (changes: Partial<Move>, now = NOW) => nextStep(sampleMove({ nextAt: null, ...changes }), now);
const stuck = (reason: 'purchaseUnclear' | 'holders') => ({ state: 'stuck' as const, stuck: { from: 'purchasing' as const, reason, code: '', at: NOW } });

describe('what the bot does next', () => {
  const cases: [string, Partial<Move>, NextStep['do']][] = [
    ['nobody has chosen a plan', { state: 'drafting' }, 'nothing'],
    ['a plan was chosen', { state: 'quoting' }, 'quote'],
    ['a yes was given', { state: 'quoted', approval: APPROVAL }, 'checkQuote'],
    ['a yes was given, and an order may be this purchase', { state: 'quoted', approval: APPROVAL, question: QUESTION }, 'wait'],
    ['somebody said which order it is', { state: 'quoted', approval: APPROVAL, question: QUESTION, settle: SETTLE }, 'settle'],
    ['a price that is no longer there', { state: 'quoted', quote: null }, 'nothing'],
    ['a purchase was begun', { state: 'purchasing' }, 'checkout'],
    ['it is bought', { state: 'provisioning' }, 'askProvisioning'],
    ['it is ready', { state: 'purchased', people: null }, 'count'],
    ['people were counted', { state: 'purchased', people: PEOPLE }, 'nothing'],
    ['licences are to be moved', { state: 'reassigning' }, 'reassign'],
    ['everybody has moved', { state: 'reassigned' }, 'nothing'],
    ['the old one is to be suspended', { state: 'suspending' }, 'suspend'],
    ['an end is to be set', { state: 'weighing', way: 'cancel' }, 'weigh'],
    ['an end that was never read', { state: 'weighed', way: 'cancel', end: null }, 'nothing'],
    ['a yes was given to an end', { state: 'setting', way: 'cancel' }, 'setEnd'],
    ['the old one is to end, as the last step', { state: 'setting', way: 'replace' }, 'endOld'],
    ['an end is set', { state: 'set', way: 'cancel' }, 'lookAtEnd'],
    ['nobody knows whether it was bought', stuck('purchaseUnclear'), 'findOrder'],
    ['somebody said what came of it', { ...stuck('purchaseUnclear'), settle: SETTLE }, 'settle'],
    ['it has stopped for another reason', stuck('holders'), 'nothing'],
    ['it has stopped, and nothing says why', { state: 'stuck', stuck: null }, 'nothing'],
    ['it is done', { state: 'finished' }, 'nothing'],
    ['it was cancelled', { state: 'cancelled' }, 'nothing'],
  ];
  for (const [name, changes, does] of cases) it(`${name}: ${does}`, () => assert.equal(next(changes).do, does));

  it('what was not bought through us is neither read nor changed; its people move all the same', () => {
    const of = (state: MoveState) => next({ state, subscriptionId: ELSEWHERE, way: 'replace' }).do;
    for (const state of ['suspending', 'weighing', 'setting', 'set'] as const) assert.equal(of(state), 'nothing', state);
    assert.deepEqual([of('quoting'), of('reassigning')], ['quote', 'reassign']);
  });

  it('waits for its time; one further away than anything is set for is not believed', () => {
    const at = (nextAt: string) => next({ state: 'purchasing', nextAt });
    assert.deepEqual(at('2027-01-20T11:00:00.000Z'), { do: 'wait', until: '2027-01-20T11:00:00.000Z' });
    assert.deepEqual([at(NOW).do, at('2027-01-20T09:00:00.000Z').do], ['checkout', 'checkout']);
    assert.equal(at(later(NOW, WAIT_MOST_MS)).do, 'wait');
    assert.equal(at(later(NOW, WAIT_MOST_MS + 3_600_001)).do, 'checkout', 'clocks differ by less than an hour');
  });

  it('an answer that nobody gives is asked for once more four hours before it lapses; to a price, to an order, to an end', () => {
    const waiting: [string, Partial<Move>][] = [
      ['price', { state: 'quoted' }],
      ['order', { state: 'quoted', approval: APPROVAL, question: QUESTION }],
      ['end', { state: 'weighed', way: 'cancel', quote: null, end: sampleEnd() }],
    ];
    for (const [name, changes] of waiting) {
      const early = later(REMIND_AT, -1);
      assert.deepEqual(next(changes, early), { do: 'wait', until: REMIND_AT }, name);
      assert.deepEqual(next(changes, REMIND_AT), { do: 'remind' }, name);
      for (const now of [early, REMIND_AT, later(LAPSES_AT, -1)])
        assert.deepEqual(next({ ...changes, reminded: true }, now), { do: 'wait', until: LAPSES_AT }, `${name} ${now}`);
      for (const reminded of [false, true]) assert.deepEqual(next({ ...changes, reminded }, LAPSES_AT), { do: 'lapse' }, name);
    }
  });

  it('an approved purchase that is kept waiting is brought up once, by then; else it is only tried again', () => {
    const approved = (changes: Partial<Move>, now: string) => next({ state: 'quoted', approval: APPROVAL, ...changes }, now).do;
    assert.equal(approved({ held: 'orders' }, REMIND_AT), 'remind');
    assert.equal(approved({ held: 'orders' }, LAPSES_AT), 'remind');
    assert.equal(approved({ held: 'orders' }, later(REMIND_AT, -1)), 'checkQuote');
    assert.equal(approved({ held: 'orders', reminded: true }, REMIND_AT), 'checkQuote');
    assert.equal(approved({ held: null }, REMIND_AT), 'checkQuote');
    assert.equal(approved({ held: 'orders', quote: null }, REMIND_AT), 'checkQuote');
  });
});

describe('what a move waits for a person in', () => {
  const since = '2027-01-20T11:00:00.000Z';
  const WAITS: readonly [MoveState, Partial<Move>][] = [
    ['drafting', {}],
    ['reassigned', {}],
    ['stuck', {}],
    ['purchased', { people: PEOPLE }],
  ];

  it('has one name as long as it is the same wait', () => {
    for (const [state, changes] of WAITS) assert.equal(waitsFor(sampleMove({ state, since, ...changes })), `mov_1 ${state} ${since}`);
    const { startedAt } = sampleMove();
    assert.equal(waitsFor(sampleMove({ state: 'drafting' })), `mov_1 drafting ${startedAt}`);
  });

  it('is nothing where it works by itself, has a reminder of its own, or is over', () => {
    const works = ['quoting', 'quoted', 'purchasing', 'provisioning', 'reassigning', 'suspending', 'weighing', 'weighed', 'setting', 'set'] as const;
    for (const state of [...works, 'finished', 'cancelled'] as const) assert.equal(waitsFor(sampleMove({ state, since, people: PEOPLE })), null, state);
    assert.equal(waitsFor(sampleMove({ state: 'purchased', since, people: null })), null, 'people are being counted');
  });
});
