/** Steps of a move in situations that the plain table (`moves.test.ts`) does not show: what each changes, or that it is refused. */
import assert from 'node:assert/strict';
import type { Move, MoveState, PeopleCount } from '../../../services/domain/ticket.ts';
import {
  advance,
  beginCall,
  blockedNames,
  isLive,
  markAnswered,
  mayBegin,
  mayChoose,
  type MoveEvent,
  newMove,
  nobodyLeft,
  UNCLEAR_TRIES,
} from '../../../services/moves/states.ts';
import { later } from '../../../services/clock.ts';
import { LICENCE_TRIES, PATIENCE_MS, PROVISIONING_MS } from '../../../services/moves/transitions.ts';
import { sampleEnd, sampleMove } from '../../support/samples.ts';

const NOW = '2027-01-20T10:05:00.000Z';
const SOON = '2027-01-20T10:06:00.000Z';
/** When the sample's quote is brought up again, and when it lapses. */
const REMIND_AT = '2027-01-21T06:02:00.000Z';
const LAPSES_AT = '2027-01-21T10:02:00.000Z';
const PEOPLE = { total: 7, movable: 7, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 7, named: [] };
const WALKED = { round: 'r', users: 9, active: 10, consumed: 7 };
const APPROVAL = { by: 'bo', at: NOW, hash: 'h' };
const QUESTION = { id: 'o-1', createdAt: NOW, quantity: 7 };
const SETTLE = { by: 'bo', at: NOW, order: 'o-1', reason: 'r' };
const ORDER = { id: 'o', subscriptionId: null, placedAt: NOW, cancellableUntil: null };
const SENT = { sends: 1, sentAt: NOW, accepted: false, print: 'p' };
const ELSEWHERE = 'elsewhere-1392051d-0cb9-4b7a-88d5-621fee5e8711';
const LAST_TRY = UNCLEAR_TRIES - 1;
const UNCLEAR: MoveEvent = { kind: 'unclear', code: '500', retryAt: null };
const PATIENT: MoveEvent = { kind: 'unclear', code: '429', retryAt: SOON };
const stuck = (from: MoveState, reason: NonNullable<Move['stuck']>['reason'], code = '500') => ({ from, reason, code, at: NOW });

/** What an event changes in a move, beside its counters; or why it is refused. */
function changed(before: Partial<Move>, event: MoveEvent, now = NOW): Record<string, unknown> {
  const m = sampleMove({ since: NOW, nextAt: null, ...before });
  const step = advance(m, event, now);
  if ('refused' in step) return { refused: step.refused };
  const { version: _, asked: __, since: ___, ...next } = step.next;
  const other = Object.entries(next).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(m[name as keyof Move]));
  return { tells: step.news, ...Object.fromEntries(other) };
}

describe('a step of a move', () => {
  const unreachable = { reason: 'unreachable', code: '500' };
  const cases: [string, Partial<Move>, MoveEvent, Record<string, unknown>, string?][] = [
    [
      'a plan is not sold in the term that was chosen: the terms that it has are kept',
      { state: 'quoting', approval: APPROVAL },
      { kind: 'refused', reason: 'notSold', code: 'x', terms: ['P1M/monthly'] },
      { tells: 'refused', state: 'drafting', refusal: { reason: 'notSold', code: 'x' }, approval: null, terms: ['P1M/monthly'] },
    ],
    [
      'a price cannot be had although it was asked for again and again',
      { state: 'quoting', approval: APPROVAL, attempts: LAST_TRY },
      UNCLEAR,
      { tells: 'refused', state: 'drafting', refusal: unreachable, approval: null, attempts: 0 },
    ],
    [
      'a cancelled price keeps no yes',
      { state: 'quoting', approval: APPROVAL },
      { kind: 'cancel', by: 'ann' },
      { tells: 'cancelled', state: 'cancelled', approval: null },
    ],

    ['nothing is kept waiting that nobody said yes to', { state: 'quoted' }, { kind: 'hold', why: 'readOnly', retryAt: SOON }, { refused: 'notNow' }],
    [
      'an approved purchase waits while the bot only reads',
      { state: 'quoted', approval: APPROVAL },
      { kind: 'hold', why: 'readOnly', retryAt: SOON },
      { tells: 'progress', held: 'readOnly', heldFor: null, nextAt: SOON },
    ],
    [
      'nothing is bought while an order may be this purchase',
      { state: 'quoted', approval: APPROVAL, question: QUESTION },
      { kind: 'checked', requestId: 'r', at: NOW },
      { refused: 'notNow' },
    ],
    ['no order is asked about before a yes', { state: 'quoted' }, { kind: 'ask', order: QUESTION }, { refused: 'notNow' }],
    [
      'an order is asked about after it',
      { state: 'quoted', approval: APPROVAL, reminded: true },
      { kind: 'ask', order: QUESTION },
      { tells: 'orderAsked', question: QUESTION, held: 'question', nextAt: REMIND_AT, reminded: false, unsettled: null },
    ],
    ['nobody said which order it is', { state: 'quoted', approval: APPROVAL }, { kind: 'unsettled', why: 'tooSoon' }, { refused: 'notNow' }],
    ['nobody said that it is bought', { state: 'quoted', approval: APPROVAL }, { kind: 'placed', orderId: 'o', subscriptionId: null }, { refused: 'notNow' }],
    [
      'the order that somebody named cannot be it: the question stands',
      { state: 'quoted', approval: APPROVAL, question: QUESTION, settle: SETTLE },
      { kind: 'unsettled', why: 'otherProduct' },
      { tells: 'progress', held: 'question', nextAt: REMIND_AT, settle: null, unsettled: 'otherProduct' },
    ],
    [
      'a cart cannot be read after the yes, again and again: the yes is gone, the price is asked about',
      { state: 'quoted', approval: APPROVAL, attempts: LAST_TRY, reminded: true },
      UNCLEAR,
      { tells: 'refused', approval: null, refusal: unreachable, reminded: false, nextAt: REMIND_AT, attempts: 0 },
    ],
    [
      'the same without a price',
      { state: 'quoted', quote: null, approval: APPROVAL, attempts: LAST_TRY },
      UNCLEAR,
      { tells: 'refused', approval: null, refusal: unreachable, attempts: 0 },
    ],
    [
      'a cart is refused after the yes',
      { state: 'quoted', approval: APPROVAL },
      { kind: 'refused', reason: 'notSold', code: 'x' },
      { tells: 'refused', state: 'drafting', refusal: { reason: 'notSold', code: 'x' }, approval: null },
    ],
    ['back to choosing', { state: 'quoted' }, { kind: 'back', by: 'ann' }, { tells: 'drafting', state: 'drafting', quote: null }],
    [
      'a price that nobody answered lapses at its time',
      { state: 'quoted' },
      { kind: 'lapse' },
      { tells: 'lapsed', state: 'cancelled', question: null },
      LAPSES_AT,
    ],
    ['and not before', { state: 'quoted' }, { kind: 'lapse' }, { refused: 'notNow' }, later(LAPSES_AT, -1)],
    ['what was said yes to does not lapse', { state: 'quoted', approval: APPROVAL }, { kind: 'lapse' }, { refused: 'notNow' }, LAPSES_AT],
    [
      'unless a question about an order stays without an answer',
      { state: 'quoted', approval: APPROVAL, question: QUESTION },
      { kind: 'lapse' },
      { tells: 'lapsed', state: 'cancelled', approval: null, question: null },
      LAPSES_AT,
    ],
    [
      'a purchase that nothing was sent of is cancelled with its yes, its question and the answer to that',
      { state: 'quoted', approval: APPROVAL, question: QUESTION, settle: SETTLE },
      { kind: 'cancel', by: 'ann' },
      { tells: 'cancelled', state: 'cancelled', approval: null, question: null, settle: null },
    ],

    [
      'who said yes may not any more',
      { state: 'purchasing' },
      { kind: 'fail', reason: 'rights', code: 'x' },
      { tells: 'stuck', state: 'stuck', stuck: stuck('purchasing', 'rights', 'x') },
    ],
    [
      'the purchase is ready',
      { state: 'provisioning', order: ORDER, people: PEOPLE, counting: { round: 'r', after: null, skip: 0, users: 0 } },
      { kind: 'provisioned', subscriptionId: 's', from: 'x', to: 'y', cancellableUntil: SOON },
      {
        ...{ tells: 'bought', state: 'purchased', order: { ...ORDER, subscriptionId: 's', cancellableUntil: SOON } },
        ...{ sku: { from: 'x', to: 'y' }, people: null, counting: null, nextAt: NOW },
      },
    ],
    [
      'a row without its order is ready too',
      { state: 'provisioning', order: null },
      { kind: 'provisioned', subscriptionId: 's', from: 'x', to: 'y', cancellableUntil: null },
      { tells: 'bought', state: 'purchased', sku: { from: 'x', to: 'y' }, nextAt: NOW },
    ],
    [
      'another thing came than was ordered',
      { state: 'provisioning', order: ORDER },
      { kind: 'differs', differs: [{ what: 'seats', asked: 7, came: 5 }] },
      {
        tells: 'stuck',
        state: 'stuck',
        order: { ...ORDER, differs: [{ what: 'seats', asked: 7, came: 5 }] },
        stuck: stuck('provisioning', 'orderDiffers', ''),
      },
    ],
    [
      'another thing came, in a row without its order',
      { state: 'provisioning', order: null },
      { kind: 'differs', differs: [] },
      { tells: 'stuck', state: 'stuck', stuck: stuck('provisioning', 'orderDiffers', '') },
    ],
    [
      'a purchase that cannot be read a day after it is late',
      { state: 'provisioning', order: { ...ORDER, placedAt: later(NOW, -PROVISIONING_MS) } },
      UNCLEAR,
      { tells: 'stuck', state: 'stuck', stuck: stuck('provisioning', 'provisioningLate') },
    ],
    [
      'a moment before it is only looked at again',
      { state: 'provisioning', order: { ...ORDER, placedAt: later(NOW, 1 - PROVISIONING_MS) } },
      UNCLEAR,
      { tells: 'progress', attempts: 1, nextAt: later(NOW, 1_000) },
    ],
    ['and so is one of which no order is known', { state: 'provisioning', order: null }, PATIENT, { tells: 'progress', attempts: 1, nextAt: SOON }],
    [
      'a purchase that came to nothing',
      { state: 'provisioning', order: ORDER },
      { kind: 'fail', reason: 'provisioningFailed', code: 'cancelled' },
      { tells: 'stuck', state: 'stuck', stuck: stuck('provisioning', 'provisioningFailed', 'cancelled') },
    ],

    [
      'people were counted',
      { state: 'purchased', counting: { round: 'r', after: 'x', skip: 8, users: 8 } },
      { kind: 'counted', people: PEOPLE, walked: WALKED },
      { tells: 'counted', people: PEOPLE, counting: null, walked: WALKED },
    ],
    [
      'and the reading before is no longer the last',
      { state: 'purchased', walked: WALKED },
      { kind: 'counted', people: PEOPLE },
      { tells: 'counted', people: PEOPLE, walked: null },
    ],
    [
      'nobody has a licence to be moved',
      { state: 'purchased', counting: { round: 'r', after: 'x', skip: 8, users: 8 } },
      { kind: 'nothingToMove', people: { ...PEOPLE, total: 0 }, walked: WALKED },
      { tells: 'counted', state: 'reassigned', people: { ...PEOPLE, total: 0 }, counting: null, walked: WALKED },
    ],
    [
      'nobody has, and the reading before is no longer the last',
      { state: 'purchased', walked: WALKED },
      { kind: 'nothingToMove', people: PEOPLE },
      { tells: 'counted', state: 'reassigned', people: PEOPLE, walked: null },
    ],
    [
      'those who did not move wait again, without the ones that are left out',
      { state: 'purchased', people: PEOPLE },
      { kind: 'confirmUsers', by: 'ann', except: ['u1'], retry: true },
      { tells: 'moving', state: 'reassigning', confirmedBy: 'ann', chosen: { except: ['u1'], retry: true }, nextAt: NOW },
    ],
    [
      'licences move',
      { state: 'purchased', people: PEOPLE },
      { kind: 'confirmUsers', by: 'ann', except: [] },
      { tells: 'moving', state: 'reassigning', confirmedBy: 'ann', chosen: { except: [], retry: false }, nextAt: NOW },
    ],
    ['people are counted anew', { state: 'purchased', people: PEOPLE }, { kind: 'check', by: 'ann' }, { tells: 'resumed', people: null, nextAt: NOW }],
    [
      'people cannot be counted, again and again',
      { state: 'purchased', attempts: LAST_TRY },
      UNCLEAR,
      { tells: 'stuck', state: 'stuck', attempts: 0, stuck: stuck('purchased', 'unread') },
    ],
    [
      'nothing is moved any more',
      { state: 'purchased' },
      { kind: 'giveUp', by: 'ann', reason: 'r' },
      { tells: 'finished', state: 'finished', outcome: 'givenUp' },
    ],
    [
      'licences cannot be moved, twenty times',
      { state: 'reassigning', attempts: LICENCE_TRIES - 1 },
      UNCLEAR,
      { tells: 'stuck', state: 'stuck', attempts: 0, stuck: stuck('reassigning', 'unread') },
    ],
    [
      'nineteen times: once more',
      { state: 'reassigning', attempts: LICENCE_TRIES - 2 },
      UNCLEAR,
      { tells: 'progress', attempts: LICENCE_TRIES - 1, nextAt: later(NOW, 30_000) },
    ],
    [
      'asked for patience, for a day',
      { state: 'reassigning', attempts: 500, since: later(NOW, 1 - PATIENCE_MS), startedAt: later(NOW, -9 * PATIENCE_MS) },
      PATIENT,
      { tells: 'progress', attempts: 501, nextAt: SOON },
    ],
    [
      'and not for longer',
      { state: 'reassigning', attempts: 1, since: later(NOW, -PATIENCE_MS), startedAt: later(NOW, -9 * PATIENCE_MS) },
      PATIENT,
      { tells: 'stuck', state: 'stuck', attempts: 0, stuck: stuck('reassigning', 'unread', '429') },
    ],

    [
      'the old one is to be suspended',
      { state: 'reassigned', again: 'lastStep', suspension: SENT, vouched: { by: 'x', at: NOW, reason: 'r' } },
      { kind: 'confirmSuspend', by: 'bo' },
      { tells: 'suspending', state: 'suspending', confirmedBy: 'bo', again: null, suspension: null, vouched: null, nextAt: NOW },
    ],
    [
      'or its end is to be set',
      { state: 'reassigned', again: 'lastStep', suspension: SENT, vouched: { by: 'x', at: NOW, reason: 'r' } },
      { kind: 'confirmEnd', by: 'bo' },
      { tells: 'endSetting', state: 'setting', confirmedBy: 'bo', again: null, suspension: null, vouched: null, nextAt: NOW },
    ],
    [
      'or it ends by itself, as was read',
      { state: 'reassigned', suspension: SENT },
      { kind: 'letEnd', by: 'bo', day: '2027-03-03' },
      {
        ...{ tells: 'endSet', state: 'set', endSet: { at: NOW, day: '2027-03-03', lookedAt: NOW }, endFound: true, suspension: null },
        ...{ nextAt: '2027-01-21T09:05:00.000Z' },
      },
    ],
    [
      'or it is left as it is',
      { state: 'reassigned' },
      { kind: 'skip', by: 'ann', reason: 'r' },
      { tells: 'finished', state: 'finished', outcome: 'letExpire' },
    ],
    ['what is not ours is not suspended', { state: 'reassigned', subscriptionId: ELSEWHERE }, { kind: 'confirmSuspend', by: 'bo' }, { refused: 'notNow' }],
    ['nor is its end set', { state: 'reassigned', subscriptionId: ELSEWHERE }, { kind: 'confirmEnd', by: 'bo' }, { refused: 'notNow' }],
    ['nor is it said to end', { state: 'reassigned', subscriptionId: ELSEWHERE }, { kind: 'letEnd', by: 'bo', day: '2027-03-03' }, { refused: 'notNow' }],
    [
      'the customer cancelled it',
      { state: 'reassigned', subscriptionId: ELSEWHERE },
      { kind: 'seatsGone' },
      { tells: 'finished', state: 'finished', outcome: 'customerCancels' },
    ],
    ['no customer cancels ours', { state: 'reassigned' }, { kind: 'seatsGone' }, { refused: 'notNow' }],

    ['suspended, as asked', { state: 'suspending' }, { kind: 'verified' }, { tells: 'finished', state: 'finished', outcome: 'suspended', suspendedAt: NOW }],
    [
      'suspended before we asked: nobody knows since when',
      { state: 'suspending' },
      { kind: 'verified', byOthers: true },
      { tells: 'finished', state: 'finished', outcome: 'suspended' },
    ],
    [
      'the yes to it is too old',
      { state: 'suspending', confirmedBy: 'bo' },
      { kind: 'waited' },
      { tells: 'resumed', state: 'reassigned', confirmedBy: null, again: 'lastStep' },
    ],
    [
      'a suspension that was sent cannot be read',
      { state: 'suspending', suspension: SENT, attempts: LAST_TRY },
      UNCLEAR,
      { tells: 'stuck', state: 'stuck', attempts: 0, stuck: stuck('suspending', 'suspendUnclear') },
    ],
    [
      'nothing was sent, and nothing can be read',
      { state: 'suspending', attempts: LAST_TRY },
      UNCLEAR,
      { tells: 'stuck', state: 'stuck', attempts: 0, stuck: stuck('suspending', 'unread') },
    ],
    [
      'a suspension is refused',
      { state: 'suspending' },
      { kind: 'refused', reason: 'notSold', code: 'x' },
      { tells: 'stuck', state: 'stuck', stuck: stuck('suspending', 'suspendRefused', 'x') },
    ],

    [
      'an end is not set',
      { state: 'weighed', way: 'cancel' },
      { kind: 'decline', by: 'bo', reason: 'no' },
      { tells: 'declined', state: 'cancelled', declined: { by: 'bo', reason: 'no' } },
    ],
    [
      'an end that nobody answered lapses at its time',
      { state: 'weighed', way: 'cancel', end: sampleEnd() },
      { kind: 'lapse' },
      { tells: 'lapsed', state: 'cancelled' },
      LAPSES_AT,
    ],
    ['and not before', { state: 'weighed', way: 'cancel', end: sampleEnd() }, { kind: 'lapse' }, { refused: 'notNow' }, later(LAPSES_AT, -1)],
    ...(['weighing', 'weighed'] as const).map((state): (typeof cases)[number] => [
      `one that is ${state} is cancelled, and keeps no yes`,
      { state, way: 'cancel', approval: APPROVAL },
      { kind: 'cancel', by: 'ann' },
      { tells: 'cancelled', state: 'cancelled', approval: null },
    ]),
    [
      'the subscription ended as was set',
      { state: 'set', way: 'cancel' },
      { kind: 'endOver', code: 'deleted' },
      { tells: 'finished', state: 'finished', outcome: 'ended' },
    ],
    [
      'its customer is no longer ours',
      { state: 'set', way: 'cancel' },
      { kind: 'endOver', code: 'left' },
      { tells: 'left', state: 'finished', outcome: 'ended' },
    ],
    [
      'another move begins in its place',
      { state: 'set', way: 'cancel' },
      { kind: 'superseded' },
      { tells: 'progress', state: 'finished', outcome: 'superseded' },
    ],

    [
      'nobody vouches for what is not ours',
      { state: 'stuck', subscriptionId: ELSEWHERE, order: ORDER, stuck: stuck('purchased', 'seatsUnknown') },
      { kind: 'vouch', by: 'bo', roles: ['approver'], fourEyes: { when: 'off' }, reason: 'r' },
      { refused: 'notNow' },
    ],
    [
      'nobody said what came of it',
      { state: 'stuck', stuck: stuck('purchasing', 'purchaseUnclear') },
      { kind: 'unsettled', why: 'tooSoon' },
      { refused: 'notNow' },
    ],
    [
      'what somebody said cannot be: it is looked at again in a minute',
      { state: 'stuck', stuck: stuck('purchasing', 'purchaseUnclear'), settle: SETTLE },
      { kind: 'unsettled', why: 'tooSoon' },
      { tells: 'progress', settle: null, unsettled: 'tooSoon', nextAt: SOON },
    ],
    ...(['holders', 'purchaseRefused'] as const).flatMap((reason): (typeof cases)[number][] => [
      [
        `no order is found for what stopped by ${reason}`,
        { state: 'stuck', stuck: stuck('purchasing', reason) },
        { kind: 'placed', orderId: 'o', subscriptionId: null },
        { refused: 'notNow' },
      ],
      [
        `nor is it certain that nothing was bought (${reason})`,
        { state: 'stuck', stuck: stuck('purchasing', reason) },
        { kind: 'notBought' },
        { refused: 'notNow' },
      ],
      [`nor is it looked for (${reason})`, { state: 'stuck', stuck: stuck('purchasing', reason) }, UNCLEAR, { refused: 'notNow' }],
    ]),
    ...([{ kind: 'placed', orderId: 'o', subscriptionId: null }, { kind: 'notBought' }, UNCLEAR, { kind: 'check', by: 'ann' }] as MoveEvent[]).map(
      (event): (typeof cases)[number] => [
        `${event.kind}, where nothing says why it has stopped`,
        { state: 'stuck', stuck: null },
        event,
        { refused: 'notNow' },
      ],
    ),
    ['a purchase is over', { state: 'finished' }, { kind: 'cancel', by: 'ann' }, { refused: 'notNow' }],
  ];
  for (const [name, before, event, expected, now] of cases) it(name, () => assert.deepEqual(changed(before, event, now), expected));

  it('tells since when it is in its state, and counts what is asked', () => {
    const stands = (m: Move, event: MoveEvent) => {
      const step = advance(m, event, SOON);
      assert.ok('next' in step);
      return [step.next.since, step.next.asked];
    };
    const m = sampleMove({ state: 'reassigned', since: NOW });
    assert.deepEqual(stands(m, { kind: 'confirmSuspend', by: 'bo' }), [SOON, 5]);
    assert.deepEqual(stands({ ...m, state: 'suspending' }, { kind: 'pending', retryAt: LAPSES_AT }), [NOW, 4]);
  });

  it('asks for patience since the move began, where nothing says since when it moves licences', () => {
    const moving = ({ since: _, ...m }: Move) => advance(m, PATIENT, NOW);
    const began = (ms: number) => moving(sampleMove({ state: 'reassigning', startedAt: later(NOW, ms) }));
    assert.ok('next' in began(1 - PATIENCE_MS) && 'next' in began(-PATIENCE_MS));
    const states = [1 - PATIENCE_MS, -PATIENCE_MS].map((ms) => {
      const step = began(ms);
      return 'next' in step && step.next.state;
    });
    assert.deepEqual(states, ['reassigning', 'stuck']);
  });
});

describe('who is left', () => {
  const left = (people: Partial<PeopleCount>) => !nobodyLeft({ ...PEOPLE, ...people });

  it('is nobody who moved, was left behind by name, or keeps a seat that other subscriptions hold', () => {
    assert.deepEqual([left({ moved: 4, waived: 2 }), left({ moved: 4, waived: 3 }), left({ moved: 4, waived: 4 })], [true, false, false]);
    assert.deepEqual([left({ moved: 4, covered: 2 }), left({ moved: 4, covered: 3 }), left({ moved: 4, covered: 9 })], [true, false, false]);
  });

  it('is everybody where it is not known who holds the seats, or where somebody has none at all', () => {
    assert.equal(left({ moved: 6, covered: null }), true);
    assert.equal(left({ moved: 6, covered: 1, without: 1 }), true);
    assert.equal(left({ moved: 7, without: 1 }), false, 'all have moved');
  });

  it('is named with the reason, up to five, in Microsoft’s own words where there are some', () => {
    const named = blockedNames([
      { name: 'Ann', why: 'noSeat' },
      { name: 'Bo', why: null },
      { name: 'Cy', why: 'refused', said: 'No.' },
      { name: 'Di', why: 'unread', said: '' },
      ...['E', 'F', 'G'].map((name) => ({ name, why: 'gone' as const })),
    ]);
    assert.deepEqual(named, [
      { name: 'Ann', why: 'noSeat' },
      { name: 'Cy', why: 'refused', said: 'No.' },
      { name: 'Di', why: 'unread' },
      { name: 'E', why: 'gone' },
      { name: 'F', why: 'gone' },
    ]);
  });
});

describe('a move that is just begun', () => {
  const of = { key: 'k', customerId: 'c', subscriptionId: 's', ticketId: 't', by: 'ann', asked: 3 };

  it('knows who began it, of what and when, and nothing else', () => {
    const {
      key,
      customerId,
      subscriptionId,
      ticketId,
      startedBy,
      startedAt,
      asked,
      version,
      way,
      state,
      draft,
      terms,
      waived,
      requestIds,
      attempts,
      reminded,
      ...rest
    } = newMove(of, NOW);
    assert.deepEqual([key, customerId, subscriptionId, ticketId, startedBy, startedAt, asked, version], ['k', 'c', 's', 't', 'ann', NOW, 3, 1]);
    assert.deepEqual([way, state, draft, terms, waived, requestIds, attempts, reminded], ['replace', 'drafting', {}, [], [], [], 0, false]);
    for (const [name, value] of Object.entries(rest)) assert.equal(value, null, name);
    assert.equal(newMove({ ...of, way: 'cancel' }, NOW).way, 'cancel');
  });

  it('can be begun where there is none, where it is over, and where an end that is set is only looked at', () => {
    const may = (state: MoveState, way: Move['way'] = 'replace') => mayBegin(sampleMove({ state, way }));
    assert.deepEqual([mayBegin(null), may('finished'), may('cancelled')], [true, true, true]);
    assert.deepEqual([may('set', 'cancel'), may('set', 'renew'), may('set', 'replace')], [true, true, false]);
    for (const state of ['drafting', 'quoted', 'purchasing', 'reassigned', 'suspending', 'stuck'] as const) assert.equal(may(state), false, state);
    assert.equal(may('weighed', 'cancel'), false);
  });

  it('a plan can be chosen in one that is a draft, too', () => {
    const may = (state: MoveState, way: Move['way'] = 'replace') => mayChoose(sampleMove({ state, way }));
    assert.deepEqual([mayChoose(null), may('drafting'), may('finished'), may('set', 'cancel')], [true, true, true, true]);
    assert.deepEqual([may('quoting'), may('quoted'), may('stuck'), may('set')], [false, false, false, false]);
  });

  it('is live until it is finished or cancelled', () => {
    const live = (['drafting', 'set', 'stuck', 'finished', 'cancelled'] as const).map((state) => isLive(sampleMove({ state })));
    assert.deepEqual(live, [true, true, true, false, false]);
  });
});

describe('a call', () => {
  it('that was never made is not answered', () => {
    const m = sampleMove({ call: null });
    assert.deepEqual(markAnswered(m), m);
    const made = beginCall(m, 'checkout', 'id-1').move;
    assert.deepEqual(made.call, { name: 'checkout', requestId: 'id-1', answered: false });
    assert.deepEqual(markAnswered(made), { ...made, call: { name: 'checkout', requestId: 'id-1', answered: true } });
  });

  it('is written down with the fifty latest', () => {
    const ids = Array.from({ length: 50 }, (_, n) => `id-${n}`);
    const { move, requestId } = beginCall(sampleMove({ call: null, requestIds: ids }), 'suspend', 'new');
    assert.equal(requestId, 'new');
    assert.deepEqual(move.requestIds, [...ids.slice(1), 'new']);
  });
});
