import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays } from '../../../services/clock.ts';
import type { Change, Row } from '../../../services/store/store.ts';
import { changesOf } from '../../../services/watch/changes.ts';
import type { Move, StuckReason, Subscription, Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { newMove } from '../../../services/moves/states.ts';
import { endOfTerm, isWatched, readEnd } from '../../../services/tickets/endOfTerm.ts';
import { aWorkingDayAfter, detect, type Observed } from '../../../services/watch/flips.ts';
import { sampleTicket, sampleSubscription } from '../../support/samples.ts';
import { subscriptionKey, TICKET } from '../../../services/store/rows.ts';

const SUBSCRIPTION = sampleSubscription();
const off = { ...SUBSCRIPTION, autoRenew: false };
const known = (snapshot: Subscription, more: Partial<TrackedSubscription> = {}): TrackedSubscription => ({
  snapshot,
  episode: 0,
  ticket: null,
  liveMove: null,
  moves: 0,
  ...more,
});
const look = ({ today = '2027-01-20', ...changes }: Partial<Observed> & { today?: string }): Observed => {
  const now = changes.now === undefined ? SUBSCRIPTION : changes.now;
  return {
    known: known(SUBSCRIPTION),
    ticket: null,
    move: null,
    now,
    stored: now,
    flagLostSince: null,
    gone: null,
    goesWithBase: false,
    renamed: false,
    at: `${today}T10:00:00.000Z`,
    ...changes,
  };
};
const NOW = '2027-01-20T10:00:00.000Z';
const move = (changes: Partial<Move> = {}): Move => ({
  ...newMove({ key: 'm', customerId: 'c', subscriptionId: 's', ticketId: 'S-1', by: 'p', asked: 1 }, NOW),
  ...changes,
});
const open = sampleTicket({}, { lastDay: '2027-03-02', expiresOn: '2027-03-03', quantity: 10, endOfTerm: 'cancels' });

/** Fewer while mutations are tried one by one. */
const RUNS = Number(process.env.MODEL_RUNS ?? 10_000);

describe('an end that our own call sets', () => {
  const nce = { ...SUBSCRIPTION, kind: 'newCommerce' as const, autoRenew: false };
  const cancelled = { ...nce, atTermEnd: 'Cancel' };
  const ticket = sampleTicket({}, { newCommerce: true, lastDay: '2027-03-02', expiresOn: '2027-03-03', quantity: 10, endOfTerm: 'cancels' });
  const set = (at: string) => move({ way: 'cancel', state: 'set', endSet: { at, day: '2027-03-03', lookedAt: at } });
  const seen = (now: Subscription, one: Move) =>
    detect(look({ known: known(now, { ticket: 'S-1', liveMove: 'm' }), ticket, move: one, now, at: `${NOW.slice(0, 14)}05:00.000Z` }));

  it('is no news while it is being set, nor while a list lags behind what was read of it', () => {
    assert.equal(seen(nce, move({ way: 'cancel', state: 'setting' })).kind, 'same');
    assert.equal(seen(nce, set(NOW)).kind, 'same');
    const renewed = known({ ...SUBSCRIPTION, kind: 'newCommerce' }, { endSetAt: NOW });
    assert.deepEqual(
      detect(look({ known: renewed, now: cancelled, at: `${NOW.slice(0, 14)}05:00.000Z` })),
      { kind: 'same' },
      'renewed again, and its ticket closed',
    );
  });

  it('that is there no longer is told, and nobody is reminded of what was decided', () => {
    const est = { ...nce, atTermEnd: 'RenewToExtendedServiceTerm' };
    assert.deepEqual(seen(est, set('2027-01-19T10:00:00.000Z')), { kind: 'changed', what: 'end' });
    assert.equal(seen(cancelled, set('2027-01-01T10:00:00.000Z')).kind, 'same');
  });
});

describe('a last step that has stopped', () => {
  const nce = { ...SUBSCRIPTION, kind: 'newCommerce' as const, autoRenew: false };
  const ticket = sampleTicket(
    { openedAt: '2026-12-01T10:00:00.000Z' },
    { newCommerce: true, lastDay: '2027-03-02', expiresOn: '2027-03-03', quantity: 10, endOfTerm: 'extends' },
  );
  const sent = { sends: 1, sentAt: NOW, accepted: true, print: '' };
  const stopped = (from: 'setting' | 'suspending', reason: StuckReason, suspension: Move['suspension']) =>
    move({ way: from === 'setting' ? 'cancel' : 'replace', state: 'stuck', since: NOW, suspension, stuck: { from, reason, code: '', at: NOW } });
  const seen = (now: Subscription | null, one: Move, more: Partial<Observed> = {}) =>
    detect(look({ known: known(nce, { ticket: 'S-1', liveMove: 'm' }), ticket, move: one, now, at: '2027-01-20T11:00:00.000Z', ...more }));
  const EST = { ...nce, autoRenew: true, term: 'P1M', lastDay: '2027-04-02', expiresOn: '2027-04-03', cancellableUntil: '2027-04-03T23:59:59Z' };

  it('silences nothing once it is certain that nothing was done', () => {
    for (const one of [
      stopped('setting', 'endRefused', null),
      stopped('setting', 'endNotDone', sent),
      stopped('setting', 'rights', null),
      stopped('suspending', 'holders', null),
      stopped('suspending', 'suspendNotDone', sent),
    ]) {
      const { from, reason } = one.stuck as NonNullable<Move['stuck']>;
      assert.deepEqual(seen({ ...nce, atTermEnd: 'Cancel' }, one), { kind: 'changed', what: 'end' }, `${from} ${reason}`);
      assert.deepEqual(seen(EST, one, { at: '2027-03-04T10:00:00.000Z' }), { kind: 'changed', what: 'estBegun' }, `${from} ${reason}`);
      assert.equal(seen(nce, one, { at: '2027-02-23T10:00:00.000Z' }).kind, 'remind', `${from} ${reason}`);
    }
  });

  it('is told no change by each month of an Extended Service Term, only by what comes after it', () => {
    const inEst = { ...ticket, facts: { ...ticket.facts, endOfTerm: 'inEst' as const, lastDay: '2027-04-02', expiresOn: '2027-04-03' } };
    const next = { ...EST, lastDay: '2027-05-02', expiresOn: '2027-05-03', cancellableUntil: '2027-05-03T23:59:59Z' };
    const of = (now: Subscription) => seen(now, stopped('setting', 'endRefused', null), { ticket: inEst, at: '2027-04-04T10:00:00.000Z' });
    assert.deepEqual(of(next), { kind: 'changed', what: 'estMonth' });
    assert.deepEqual(of({ ...next, atTermEnd: 'Cancel', autoRenew: false }), { kind: 'changed', what: 'end' });
  });

  it('silences what its call may have done for a day, and not for ever', () => {
    const unclear = stopped('setting', 'endUnclear', sent);
    assert.equal(seen({ ...nce, atTermEnd: 'Cancel' }, unclear).kind, 'quiet');
    assert.deepEqual(seen(EST, unclear, { at: '2027-03-04T10:00:00.000Z' }), { kind: 'changed', what: 'estBegun' });
  });

  it('and one whose subscription went away is told, and is reminded of', () => {
    for (const one of [stopped('setting', 'endUnclear', sent), move({ way: 'cancel', state: 'set', endSet: { at: NOW, day: '2027-03-03', lookedAt: NOW } })])
      assert.deepEqual(seen(null, one, { gone: 'gone', at: '2027-01-20T10:05:00.000Z' }), { kind: 'changed', what: 'gone' });
    const gone = {
      known: known(nce, { ticket: 'S-1', liveMove: 'm', goneAt: NOW }),
      ticket: { ...ticket, facts: { ...ticket.facts, standing: 'gone' as const } },
    };
    assert.equal(seen(null, stopped('setting', 'endUnclear', sent), { ...gone, at: '2027-01-21T12:00:00.000Z' }).kind, 'nudge');
  });
});

describe('judge', () => {
  const cases: [string, Parameters<typeof look>[0], ReturnType<typeof detect>][] = [
    ['nothing changed', {}, { kind: 'same' }],
    ['auto-renew went off', { now: off }, { kind: 'open', as: 'flip' }],
    ['seen for the first time, already off', { known: null, now: off }, { kind: 'open', as: 'known' }],
    ['seen for the first time, renewing', { known: null }, { kind: 'quiet' }],
    ['seats changed while renewing', { now: { ...SUBSCRIPTION, quantity: 11 } }, { kind: 'quiet' }],
    ['off again after the ticket was closed by a move that lets it end', { known: known(off), now: off }, { kind: 'same' }],
    ['switched back on', { known: known(off, { ticket: 'S-1' }), ticket: open }, { kind: 'close', how: 'renewed' }],
    ['still off', { known: known(off, { ticket: 'S-1' }), ticket: open, now: off }, { kind: 'same' }],
    ['seats changed while off', { known: known(off, { ticket: 'S-1' }), ticket: open, now: { ...off, quantity: 9 } }, { kind: 'changed', what: 'seats' }],
    [
      'suspended by somebody else',
      { known: known(off, { ticket: 'S-1' }), ticket: open, now: { ...off, status: 'suspended' } },
      { kind: 'close', how: 'ended' },
    ],
    ['missing from a list, not yet asked about', { known: known(off, { ticket: 'S-1' }), ticket: open, now: null }, { kind: 'quiet' }],
    ['missing again, the first time is noted', { known: known(off, { ticket: 'S-1', missingAt: NOW }), ticket: open, now: null }, { kind: 'same' }],
    ['back after it was missing', { known: known(off, { ticket: 'S-1', missingAt: NOW }), ticket: open, now: off }, { kind: 'quiet' }],
    ['asked about, and gone', { known: known(off, { ticket: 'S-1' }), ticket: open, now: null, gone: 'gone' }, { kind: 'close', how: 'ended' }],
    [
      'asked about, and its customer is no longer ours',
      { known: known(off, { ticket: 'S-1' }), ticket: open, now: null, gone: 'left' },
      { kind: 'close', how: 'left' },
    ],
    ['gone without a ticket', { now: null, gone: 'gone' }, { kind: 'quiet' }],
    ['back after it was closed as gone, still stopped', { known: known(off, { goneAt: NOW }), now: off }, { kind: 'open', as: 'known' }],
    [
      'a state that is not known ends nothing',
      { known: known(off, { ticket: 'S-1' }), ticket: open, now: { ...off, status: 'hibernating' } },
      { kind: 'quiet' },
    ],
    [
      'its last day has passed and it is still active',
      { known: known(off, { ticket: 'S-1' }), ticket: { ...open, remindedAt: 1 }, now: off, today: '2027-03-05' },
      { kind: 'remind', daysLeft: -2 },
    ],
    ['that was told', { known: known(off, { ticket: 'S-1' }), ticket: { ...open, remindedAt: -2 }, now: off, today: '2027-03-09' }, { kind: 'same' }],
    ['renamed', { known: known(off, { ticket: 'S-1' }), ticket: open, now: off, renamed: true }, { kind: 'changed', what: 'name' }],
    [
      'whether it renews has not been said since this morning',
      { known: null, now: { ...SUBSCRIPTION, autoRenew: null }, flagLostSince: NOW },
      { kind: 'quiet' },
    ],
    [
      'whether it renews has not been said for a day',
      {
        known: known({ ...SUBSCRIPTION, autoRenew: null }, { flagLostSince: '2027-01-19T09:00:00.000Z' }),
        now: { ...SUBSCRIPTION, autoRenew: null },
        flagLostSince: '2027-01-19T09:00:00.000Z',
      },
      { kind: 'open', as: 'unread' },
    ],
    ['it is said at last, for the first time: it had stopped', { known: known({ ...SUBSCRIPTION, autoRenew: null }), now: off }, { kind: 'open', as: 'known' }],
    [
      'somebody suspends it while licences move',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move({ state: 'reassigning' }), now: { ...off, status: 'suspended' } },
      { kind: 'changed', what: 'suspended' },
    ],
    [
      'it renews again while a draft is open',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move(), now: SUBSCRIPTION },
      { kind: 'changed', what: 'renews' },
    ],
    [
      'and stops a second time',
      {
        known: known(SUBSCRIPTION, { ticket: 'S-1', liveMove: 'm' }),
        ticket: { ...open, facts: { ...open.facts, endOfTerm: 'renews' } },
        move: move(),
        now: off,
      },
      { kind: 'changed', what: 'stops' },
    ],
    [
      'seven days left while the licences wait',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move({ state: 'purchased' }), now: off, today: '2027-02-24' },
      { kind: 'remind', daysLeft: 7 },
    ],
    [
      'its own suspension, new commerce: the flag goes too',
      {
        known: known(off, { ticket: 'S-1', liveMove: 'm' }),
        ticket: { ...open, facts: { ...open.facts, endOfTerm: 'renews' } },
        move: move({ state: 'suspending' }),
        now: { ...off, status: 'suspended' },
      },
      { kind: 'quiet' },
    ],
    [
      'deleted by somebody while our suspension is asked for',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move({ state: 'suspending' }), now: { ...off, status: 'deleted' } },
      { kind: 'changed', what: 'ended' },
    ],
    [
      'gone while a move is live',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move(), now: null, gone: 'gone' },
      { kind: 'changed', what: 'gone' },
    ],
    ['the move has ended after it went', { known: known(off, { ticket: 'S-1', goneAt: NOW }), ticket: open, now: null }, { kind: 'close', how: 'ended' }],
    ['gone, and known as gone', { known: known(SUBSCRIPTION, { goneAt: '2027-01-19T00:00:00Z' }), now: null }, { kind: 'same' }],
    ['back after it was gone', { known: known(SUBSCRIPTION, { goneAt: '2027-01-19T00:00:00Z' }) }, { kind: 'quiet' }],
    ['back, and stopped while it was gone', { known: known(SUBSCRIPTION, { goneAt: '2027-01-19T00:00:00Z' }), now: off }, { kind: 'open', as: 'flip' }],
    [
      'asked for, still renewing',
      { known: known(SUBSCRIPTION, { ticket: 'S-1' }), ticket: { ...open, kind: 'asked', facts: { ...open.facts, endOfTerm: 'renews' } } },
      { kind: 'same' },
    ],
    [
      'our own suspension while a move is live',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move({ state: 'suspending' }), now: { ...off, status: 'suspended' } },
      { kind: 'quiet' },
    ],
    [
      'seats changed while a move is live',
      { known: known(off, { ticket: 'S-1', liveMove: 'm' }), ticket: open, move: move(), now: { ...off, quantity: 9 } },
      { kind: 'changed', what: 'seats' },
    ],
    ['an add-on that stops with its base', { now: off, goesWithBase: true }, { kind: 'quiet' }],
    ['seven days left', { known: known(off, { ticket: 'S-1' }), ticket: open, now: off, today: '2027-02-24' }, { kind: 'remind', daysLeft: 7 }],
    ['reminded already', { known: known(off, { ticket: 'S-1' }), ticket: { ...open, remindedAt: 7 }, now: off, today: '2027-02-25' }, { kind: 'same' }],
    [
      'one day left',
      { known: known(off, { ticket: 'S-1' }), ticket: { ...open, remindedAt: 7 }, now: off, today: '2027-03-02' },
      { kind: 'remind', daysLeft: 1 },
    ],
    [
      'snoozed is not reminded',
      {
        known: known(off, { ticket: 'S-1' }),
        ticket: { ...open, marks: { snoozed: { until: '2027-02-28', reason: 'r', by: 'a', at: '' } } },
        now: off,
        today: '2027-02-24',
      },
      { kind: 'same' },
    ],
    [
      'snooze is over',
      { known: known(off, { ticket: 'S-1' }), ticket: { ...open, marks: { snoozed: { until: '2027-01-20', reason: 'r', by: 'a', at: '' } } }, now: off },
      { kind: 'changed', what: 'snoozeOver' },
    ],
  ];
  for (const [name, changes, verdict] of cases) it(name, () => assert.deepEqual(detect(look(changes)), verdict));
});

describe('false positives', () => {
  const cases: [string, Partial<Subscription>][] = [
    ['Azure, without an end', { lastDay: null, expiresOn: null }],
    ['usage', { isUsage: true }],
    ['a trial', { isTrial: true }],
    ['suspended', { status: 'suspended' }],
    ['one-time or software', { kind: 'other' }],
    ['deleted', { status: 'deleted' }],
    ['a status that is not known', { status: 'hibernating' }],
  ];
  for (const [name, changes] of cases) {
    it(`${name} is not watched`, () => {
      const now = { ...off, ...changes };
      assert.equal(isWatched(now), false);
      assert.notEqual(detect(look({ now })).kind, 'open');
    });
  }
});

describe('the end of the term', () => {
  const nce: Subscription = { ...off, kind: 'newCommerce' };
  const end = (one: Subscription) => readEnd(one, { today: '2027-01-20' });
  const next = { offer: null, quantity: 7, term: null, billing: null };

  it('is by the flag where nothing is planned', () => {
    assert.deepEqual(end(SUBSCRIPTION), { end: 'renews' });
    assert.deepEqual(end(off), { end: 'cancels' });
    assert.deepEqual(end(nce), { end: 'extends' });
    assert.deepEqual(end({ ...nce, autoRenew: null }), { end: 'unread' });
    assert.deepEqual(end({ ...nce, autoRenew: true, next }), { end: 'renewsAs', next });
    assert.deepEqual(end({ ...nce, autoRenew: true, next: { ...next, quantity: 10 } }), { end: 'renews' });
  });

  it('is what is planned before the flag; where both cannot be so, that is said', () => {
    for (const [autoRenew, atTermEnd, wanted] of [
      [false, 'Cancel', { end: 'cancels' }],
      [true, 'Cancel', { end: 'contradictory', planned: 'cancels' }],
      [false, 'RenewToExtendedServiceTerm', { end: 'extends' }],
      [true, 'RenewToExtendedServiceTerm', { end: 'extends', despiteFlag: true }],
      [true, 'RenewToNewTerm', { end: 'renews' }],
      [false, 'RenewToNewTerm', { end: 'contradictory', planned: 'renews' }],
      [true, 'Transition', { end: 'renewsAs' }],
      [false, 'Transition', { end: 'contradictory', planned: 'renewsAs' }],
    ] as const)
      assert.deepEqual(end({ ...nce, autoRenew, atTermEnd }), wanted, `${autoRenew} ${atTermEnd}`);
  });

  it('is not known where the word is none that we know, and that word is kept as it came', () => {
    for (const word of ['cancel', 'renew_to_new_term', 'CANCEL', '3', '{"action":"Cancel"}', 'Freeze', 'constructor', 'Cancel, RenewToNewTerm'])
      for (const autoRenew of [true, false, null]) assert.deepEqual(end({ ...nce, autoRenew, atTermEnd: word }), { end: 'unknown', word }, word);
  });

  it('is an Extended Service Term by itself only where one can be; else both outcomes are kept', () => {
    const dates = (term: string, expiresOn: string, more: Partial<Subscription> = {}) => end({ ...nce, term, expiresOn, lastDay: expiresOn, ...more });
    assert.deepEqual(dates('P1Y', '2026-05-04'), { end: 'extends' });
    assert.deepEqual(dates('P1Y', '2026-05-03'), { end: 'unknown', either: 'endsOrWorksOn' });
    assert.deepEqual(dates('P3Y', '2028-03-30'), { end: 'unknown', either: 'endsOrWorksOn' });
    assert.deepEqual(dates('P3Y', '2028-03-31'), { end: 'extends' }, 'begun on 1 April 2025');
    assert.deepEqual(dates('P3Y', '2027-06-30', { startedOn: '2025-05-01' }), { end: 'extends' }, 'a first term that was shortened');
    assert.deepEqual(dates('', '2027-06-30'), { end: 'unknown', either: 'endsOrExtends' });
    assert.deepEqual(dates('P1Y', '2027-06-30', { isTrial: true }), { end: 'cancels' });
    assert.deepEqual(readEnd({ ...nce, expiresOn: '2027-06-30' }, { today: '2027-01-20', retired: true }), { end: 'unknown', either: 'endsOrExtends' });
    assert.deepEqual(end({ ...nce, kind: 'unknown' }), { end: 'unknown', either: 'endsOrExtends' });
  });

  it('is an Extended Service Term already where it can be cancelled on any day of its month', () => {
    const est: Subscription = {
      ...nce,
      autoRenew: true,
      term: 'P1M',
      expiresOn: '2027-02-03',
      lastDay: '2027-02-03',
      cancellableUntil: '2027-02-03T23:59:59Z',
    };
    assert.deepEqual(end(est), { end: 'inEst' });
    assert.deepEqual(end({ ...est, cancellableUntil: '2027-01-10T23:59:59Z' }), { end: 'renews' }, 'any other month');
    assert.deepEqual(end({ ...est, cancellableUntil: null }), { end: 'renews' });
    assert.deepEqual(end({ ...est, startedOn: '2027-01-30' }), { end: 'unknown', either: 'renewsOrInEst' }, 'a first month of four days');
    assert.deepEqual(end({ ...est, autoRenew: false }), { end: 'unknown', either: 'endsOrExtends' });
    assert.deepEqual(end({ ...est, atTermEnd: 'RenewToExtendedServiceTerm' }), { end: 'inEst' });
    assert.deepEqual(end({ ...est, autoRenew: false, atTermEnd: 'Cancel' }), { end: 'cancels' });
  });

  it('waits for what is planned on another day before it', () => {
    const planned = (on: string | null) => end({ ...nce, otherDay: { word: 'Cancel', on } });
    assert.deepEqual(planned('2027-02-01'), { end: 'unknown', word: 'Cancel', on: '2027-02-01' });
    assert.deepEqual(planned(null), { end: 'unknown', word: 'Cancel' });
    for (const past of ['2027-01-19', '2027-03-03', '2027-09-09']) assert.deepEqual(planned(past), { end: 'extends' }, past);
  });

  it('a change of what is planned is told, and undoes what was decided about another end', () => {
    const facts = { ...open.facts, newCommerce: true, endOfTerm: 'contradictory' as const, ending: { planned: 'cancels' as const } };
    const ticket = { ...open, facts, marks: { dismissed: { reason: 'r', by: 'a', at: NOW } } };
    const now: Subscription = { ...nce, lastDay: '2027-03-02', autoRenew: true, atTermEnd: 'Cancel' };
    const seen = (more: Partial<Subscription>) => detect(look({ known: known(now, { ticket: 'S-1' }), ticket, now: { ...now, ...more } }));
    assert.equal(seen({}).kind, 'same');
    assert.deepEqual(seen({ autoRenew: false, atTermEnd: 'RenewToNewTerm' }), { kind: 'changed', what: 'end' });
  });
});

const PEOPLE = { total: 1, movable: 1, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 1, named: [] };

describe('judge, at its edges', () => {
  const moving = known(off, { ticket: 'S-1', liveMove: 'mov_1' });
  const held = (facts: Partial<Ticket['facts']>, changes: Partial<Ticket> = {}) =>
    sampleTicket(changes, { lastDay: '2027-03-02', expiresOn: '2027-03-03', quantity: 10, endOfTerm: 'cancels', ...facts });
  const kind = (changes: Parameters<typeof look>[0]) => detect(look({ known: known(off, { ticket: 'S-1' }), now: off, ...changes })).kind;
  const onDay = (today: string, changes: Partial<Ticket> = {}) =>
    detect(look({ known: known(off, { ticket: 'S-1' }), now: off, ticket: held({}, changes), today }));

  it('each thing that the card tells makes it say something else; nothing more does', () => {
    assert.equal(kind({ ticket: held({}) }), 'same');
    for (const facts of [{ lastDay: '2027-03-05' }, { quantity: 9 }, { endOfTerm: 'extends' as const }])
      assert.equal(kind({ ticket: held(facts) }), 'changed', JSON.stringify(facts));
    assert.equal(kind({ ticket: held({}), now: { ...off, offerName: 'Renamed' } }), 'quiet');
  });

  it('while a move is live the card’s facts follow, and nothing closes it', () => {
    const live = move({ state: 'purchased' });
    assert.equal(kind({ known: moving, move: live, ticket: held({ quantity: 9 }) }), 'changed');
    assert.equal(
      kind({ known: moving, move: live, ticket: held({}, { facts: { ...held({}).facts, standing: 'suspended' } }), now: { ...off, status: 'suspended' } }),
      'quiet',
    );
    assert.equal(kind({ known: moving, move: live, ticket: null, now: { ...off, quantity: 3 } }), 'quiet');
    assert.equal(kind({ known: moving, move: live, ticket: held({}) }), 'same');
    assert.equal(kind({ known: moving, move: live, ticket: held({}), now: null }), 'quiet');
    assert.deepEqual(detect(look({ known: null, ticket: null, now: null })), { kind: 'same' });
  });

  it('a move that waits for somebody is brought up after a working day, once for each wait', () => {
    const since = '2027-01-20T10:00:00.000Z'; // a Wednesday
    for (const waits of [
      move({ since }),
      move({ since, state: 'reassigned' }),
      move({ since, state: 'stuck' }),
      move({ since, state: 'purchased', people: PEOPLE }),
    ]) {
      const of = `m ${waits.state} ${since}`;
      const on = (today: string, changes: Partial<Ticket> = {}) => detect(look({ known: moving, move: waits, ticket: held({}, changes), now: off, today }));
      assert.equal(on('2027-01-20').kind, 'same');
      assert.deepEqual(on('2027-01-21'), { kind: 'nudge', of });
      assert.equal(on('2027-01-25', { nudged: { of, count: 1 } }).kind, 'same');
    }
    for (const state of ['quoting', 'quoted', 'purchasing', 'provisioning', 'reassigning', 'suspending'] as const)
      assert.equal(
        detect(look({ known: moving, move: move({ since, state }), ticket: held({}, { remindedAt: 30 }), now: off, today: '2027-02-10' })).kind,
        'same',
        state,
      );
    assert.equal(aWorkingDayAfter('2027-01-22T15:00:00.000Z'), '2027-01-25T15:00:00.000Z', 'from a Friday to Monday');
    assert.equal(aWorkingDayAfter('2027-01-23T15:00:00.000Z'), '2027-01-25T15:00:00.000Z', 'from a Saturday too');
  });

  it('what had stopped and was closed stays quiet until it renews and stops again', () => {
    assert.equal(kind({ known: known(off), ticket: null }), 'same');
    assert.equal(kind({ known: known(off), ticket: null, now: { ...off, quantity: 3 } }), 'quiet');
  });

  it('switched on again after a move suspended it, before any look saw that: a new ticket, once the list cannot be the one of before', () => {
    const moved = known({ ...off, status: 'suspended' }, { episode: 1, suspendedAt: '2027-01-20T09:50:00.000Z' });
    assert.deepEqual(detect(look({ known: moved, now: off })), { kind: 'same' });
    assert.deepEqual(detect(look({ known: moved, now: { ...off, status: 'suspended' } })), { kind: 'same' });
    const later = { ...moved, suspendedAt: '2027-01-20T09:44:00.000Z' };
    assert.deepEqual(detect(look({ known: later, now: off })), { kind: 'open', as: 'known' }, 'nobody saw it renew meanwhile');
    assert.deepEqual(detect(look({ known: later, now: { ...off, autoRenew: true } })), { kind: 'quiet' });
  });

  it('reminds seven days and one day before, once each, and not for what came late or is over', () => {
    const told = { remindedAt: 14 };
    assert.deepEqual(onDay('2027-02-24', told), { kind: 'remind', daysLeft: 7 });
    assert.equal(onDay('2027-02-23', told).kind, 'same');
    assert.deepEqual(onDay('2027-02-26', told), { kind: 'remind', daysLeft: 5 });
    assert.equal(onDay('2027-02-26', { remindedAt: 7 }).kind, 'same');
    assert.deepEqual(onDay('2027-03-02', { remindedAt: 7 }), { kind: 'remind', daysLeft: 1 });
    assert.equal(onDay('2027-03-02', { remindedAt: 1 }).kind, 'same');
    assert.equal(onDay('2027-03-03').kind, 'same', 'today is too late for a reminder');
    assert.deepEqual(onDay('2027-03-09'), { kind: 'remind', daysLeft: -6 }, 'its last day has passed');
    assert.equal(onDay('2027-02-26', { openedAt: '2027-02-24T09:00:00.000Z' }).kind, 'same', 'seen with seven days left');
    assert.equal(onDay('2027-02-26', { openedAt: '2027-02-23T09:00:00.000Z' }).kind, 'remind', 'seen with eight days left');
  });

  it('reminds sixty, thirty and fourteen days before too, once each; what was missed is one reminder', () => {
    const early = { openedAt: '2026-11-01T09:00:00.000Z' };
    assert.equal(onDay('2027-01-01', early).kind, 'same');
    assert.deepEqual(onDay('2027-01-02', early), { kind: 'remind', daysLeft: 60 });
    assert.equal(onDay('2027-01-03', { ...early, remindedAt: 60 }).kind, 'same');
    assert.deepEqual(onDay('2027-02-01', { ...early, remindedAt: 60 }), { kind: 'remind', daysLeft: 30 });
    assert.deepEqual(onDay('2027-02-17', { ...early, remindedAt: 30 }), { kind: 'remind', daysLeft: 14 });
    assert.deepEqual(onDay('2027-02-20', early), { kind: 'remind', daysLeft: 11 });
    assert.equal(onDay('2027-02-21', { ...early, remindedAt: 11 }).kind, 'same');
  });

  it('does not remind of what was let go or sleeps, and wakes what has slept', () => {
    const slept = (until: string) => ({ marks: { snoozed: { until, reason: 'r', by: 'a', at: '' } } });
    assert.equal(onDay('2027-02-26', { marks: { dismissed: { reason: 'r', by: 'a', at: '' } } }).kind, 'same');
    assert.equal(onDay('2027-02-26', slept('2027-02-27')).kind, 'same');
    assert.equal(onDay('2027-02-26', slept('2027-02-26')).kind, 'remind');
    assert.equal(onDay('2027-02-01', { ...slept('2027-02-01'), remindedAt: 30 }).kind, 'changed');
    assert.equal(onDay('2027-02-01', slept('2027-02-02')).kind, 'same');
    const asked = held({ endOfTerm: 'renews' }, { kind: 'asked' });
    assert.equal(
      detect(look({ known: known(SUBSCRIPTION, { ticket: 'S-1' }), ticket: asked, today: '2027-02-26' })).kind,
      'same',
      'what renews needs no reminder',
    );
  });
});

describe('the watch over time', () => {
  const events = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant('look' as const) },
      { weight: 5, arbitrary: fc.constantFrom('off' as const, 'on' as const) },
      { weight: 2, arbitrary: fc.constantFrom('seats' as const, 'suspended' as const, 'active' as const, 'vanish' as const, 'appear' as const) },
      { weight: 2, arbitrary: fc.constantFrom('begin' as const, 'finish' as const, 'dismissed' as const, 'week' as const) },
    ),
    { minLength: 5, maxLength: 60, size: 'max' },
  );

  it('one ticket for each time it stops, none for looking again, closed only by what ends it (10,000 runs)', () => {
    let opened = 0;
    let closed = 0;
    fc.assert(
      fc.property(events, (happenings) => {
        let world: Subscription | null = SUBSCRIPTION;
        let held: Rows = { known: null, ticket: null };
        let today = '2027-01-20';
        const episodes: number[] = [];
        // The same told in other words: what a person who looks at the same moments would expect.
        let lastSeenRenewing: boolean | null = null;
        let openNow = false;
        let moving = false;
        for (const happening of happenings) {
          if (world === null && happening !== 'appear' && happening !== 'look') continue;
          switch (happening) {
            case 'off':
            case 'on':
              world = { ...(world as Subscription), autoRenew: happening === 'on' };
              break;
            case 'seats':
              world = { ...(world as Subscription), quantity: (((world as Subscription).quantity ?? 0) % 90) + 1 };
              break;
            case 'suspended':
            case 'active':
              world = { ...(world as Subscription), status: happening };
              break;
            case 'vanish':
              world = null;
              break;
            case 'appear':
              world ??= SUBSCRIPTION;
              break;
            case 'week':
              today = addDays(today, 7);
              break;
            case 'dismissed':
              if (held.ticket)
                held = { ...held, ticket: { ...held.ticket, value: { ...held.ticket.value, marks: { dismissed: { reason: 'r', by: 'a', at: NOW } } } } };
              break;
            case 'begin':
              if (held.known && held.ticket && !moving) {
                moving = true;
                held = { ...held, known: { ...held.known, value: { ...held.known.value, liveMove: 'mov_1' } } };
              }
              break;
            case 'finish':
              if (held.known && moving) {
                moving = false;
                openNow = false;
                held = { known: { ...held.known, value: { ...held.known.value, liveMove: null, ticket: null } }, ticket: null };
              }
              break;
            case 'look': {
              const seen = lookAt(held, world, moving, today);
              const verdict = detect(seen);
              const renewing: boolean = world !== null && endOfTerm(world, { today }) === 'renews';
              const watched: boolean = world !== null && isWatched(world);
              const stops: boolean = watched && !renewing;
              if (verdict.kind === 'open') {
                opened += 1;
                assert.ok(stops && !openNow && !moving, 'opened for nothing');
                assert.ok(lastSeenRenewing !== false, 'opened again although it had never come back');
                openNow = true;
              } else if (verdict.kind === 'close') {
                closed += 1;
                assert.ok(openNow && !moving && (!watched || renewing), 'closed although it still ends');
                openNow = false;
              } else {
                assert.ok(!(stops && !openNow && !moving && lastSeenRenewing !== false), `missed: ${verdict.kind}`);
                assert.ok(!(openNow && !moving && (world === null || !watched || renewing)), `left open: ${verdict.kind}`);
              }
              held = apply(held, seen, verdict);
              if (verdict.kind === 'open') episodes.push(held.ticket?.value.episode as number);
              // What was gone and is back is new.
              lastSeenRenewing = world === null ? null : !stops;
              const again = detect(lookAt(held, world, moving, today));
              // One look tells one thing: a reminder that is due may follow a change.
              assert.ok(again.kind === 'same' || (verdict.kind === 'changed' && again.kind === 'remind'), `looking again found ${again.kind}`);
            }
          }
        }
        assert.deepEqual(
          episodes,
          episodes.map((_, index) => index + 1),
          'each ticket is an episode of its own',
        );
      }),
      { numRuns: RUNS },
    );
    assert.ok(opened > RUNS * 0.2 && closed > RUNS * 0.05, `${opened} opened, ${closed} closed`);
  });

  interface Rows {
    known: Row<TrackedSubscription> | null;
    ticket: Row<Ticket> | null;
  }

  /** What is not in the world was asked about, and is gone. */
  function lookAt(held: Rows, world: Subscription | null, moving: boolean, today: string): Observed {
    return look({
      known: held.known?.value ?? null,
      ticket: held.ticket?.value ?? null,
      move: moving ? move({ state: 'quoting' }) : null,
      now: world,
      gone: world === null ? 'gone' : null,
      today,
    });
  }

  /** Stores what the verdict asks for, as the sweep does. */
  function apply(held: Rows, seen: Observed, verdict: ReturnType<typeof detect>): Rows {
    if (verdict.kind === 'same') return held;
    const { now } = seen;
    const stored = changesOf(
      { customer: { id: 'c', name: held.ticket?.value.customerName ?? 'C' }, all: now ? [now] : [], programmes: [], at: seen.at },
      { ...seen, id: 's', rows: { ...held, move: null }, verdict },
      { ticketId: 'S-1', silent: false, burst: false, read: undefined },
    );
    const known = stored.changes.find((change) => change.key.startsWith(subscriptionKey('')));
    const ticket = stored.changes.find((change) => change.key.startsWith(TICKET));
    const row = <T>(change: Change | undefined): Row<T> | null =>
      change && change.op !== 'delete' ? { key: change.key, etag: '', value: change.value as T } : null;
    const next = row<Ticket>(ticket) ?? held.ticket;
    return { known: row<TrackedSubscription>(known) ?? held.known, ticket: next?.value.closed ? null : next };
  }
});
