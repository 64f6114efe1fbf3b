/** What one look at a subscription makes of it, situation by situation: what is told, in which ticket, and what is only noted. */
import assert from 'node:assert/strict';
import { addDays, later } from '../../../services/clock.ts';
import type { Happened, Move, NextTerm, Subscription, Ticket, TicketFacts, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { newMove } from '../../../services/moves/states.ts';
import { endOfTerm } from '../../../services/tickets/endOfTerm.ts';
import {
  aWorkingDayAfter,
  type Changed,
  detect,
  FLAG_LOST_MS,
  nudgeDue,
  type Observed,
  standingOf,
  stopsRenewing,
  type Verdict,
} from '../../../services/watch/flips.ts';
import { sampleSubscription, sampleTicket } from '../../support/samples.ts';

const DAY = '2027-01-20';
const AT = `${DAY}T10:00:00.000Z`;
const MINUTE_MS = 60_000;
const LAG_MS = 15 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ago = (ms: number) => later(AT, -ms);

const RENEWS = sampleSubscription({ kind: 'newCommerce', lastDay: '2027-03-03', expiresOn: '2027-03-03' });
const STOPPED = { ...RENEWS, autoRenew: false };
const CANCELLED = { ...STOPPED, atTermEnd: 'Cancel' };
const EST = { ...RENEWS, term: 'P1M', lastDay: '2027-04-03', expiresOn: '2027-04-03', cancellableUntil: '2027-04-03T23:59:59Z' };
const RENEWED = { ...RENEWS, lastDay: '2028-03-03', expiresOn: '2028-03-03' };
const TRIAL = { ...RENEWS, isTrial: true };
const planned = (quantity: number): NextTerm => ({ offer: null, quantity, term: null, billing: null });
const PLANNED = { ...RENEWS, next: planned(5) };

const tracked = (snapshot: Subscription, more: Partial<TrackedSubscription> = {}): TrackedSubscription => ({
  ...{ snapshot, episode: 0, ticket: null, liveMove: null, moves: 0 },
  ...more,
});
const moving = (changes: Partial<Move> = {}): Move => ({
  ...newMove({ key: 'm', customerId: 'c', subscriptionId: 's', ticketId: 'S-1', by: 'p', asked: 1 }, AT),
  ...changes,
});
/** The card that tells what is true of one that has stopped. */
const card = (facts: Partial<TicketFacts> = {}, changes: Partial<Ticket> = {}): Ticket =>
  sampleTicket(
    { openedAt: AT, ...changes },
    { newCommerce: true, lastDay: STOPPED.lastDay as string, expiresOn: '2027-03-03', quantity: 10, endOfTerm: 'extends', ...facts },
  );

function seen(changes: Partial<Observed>): Verdict {
  const now = changes.now === undefined ? STOPPED : changes.now;
  return detect({
    ...{ known: tracked(STOPPED), ticket: null, move: null, now, stored: now, flagLostSince: null },
    ...{ gone: null, goesWithBase: false, renamed: false, at: AT },
    ...changes,
  });
}
/** With its open ticket, and with a live move beside it. */
const shown = (ticket: Ticket, changes: Partial<Observed> = {}) => seen({ known: tracked(changes.now ?? STOPPED, { ticket: 'S-1' }), ticket, ...changes });
const moved = (move: Move, changes: Partial<Observed> = {}) =>
  seen({ known: tracked(changes.now ?? STOPPED, { ticket: 'S-1', liveMove: 'm' }), ticket: card(), move, ...changes });

const SAME: Verdict = { kind: 'same' };
const QUIET: Verdict = { kind: 'quiet' };
const changed = (what: Changed): Verdict => ({ kind: 'changed', what });

describe('a list that may be older than what was read of the one', () => {
  const suspended = { ...STOPPED, status: 'suspended' };

  it('says nothing for a quarter of an hour after a suspension, and is believed then', () => {
    const look = (ms: number) => seen({ known: tracked(suspended, { suspendedAt: ago(ms) }), now: STOPPED });
    assert.deepEqual([look(LAG_MS - 1), look(LAG_MS)], [SAME, { kind: 'open', as: 'known' }]);
  });

  it('is believed at once where it shows the suspension', () => {
    const look = (quantity: number) => seen({ known: tracked(suspended, { suspendedAt: ago(MINUTE_MS) }), now: { ...suspended, quantity } });
    assert.deepEqual([look(10), look(3)], [SAME, QUIET]);
  });

  it('says nothing for a quarter of an hour after an end was set, and is believed then', () => {
    const look = (ms: number) => seen({ known: tracked(RENEWS, { endSetAt: ago(ms) }), now: STOPPED });
    assert.deepEqual([look(LAG_MS - 1), look(LAG_MS)], [SAME, { kind: 'open', as: 'flip' }]);
  });
});

describe('one trouble has one card', () => {
  const renewed = (ms: number, what: Happened | null = null) => ({ renewed: { ticket: 'S-7', at: ago(ms), what } });

  it('what stops again within a day of its renewal is told in the ticket that was closed by that', () => {
    const look = (more: Partial<TrackedSubscription>) => seen({ known: tracked(RENEWS, more) });
    assert.deepEqual(look(renewed(DAY_MS - 1)), { kind: 'open', as: 'flip', again: 'S-7' });
    assert.deepEqual(look(renewed(DAY_MS)), { kind: 'open', as: 'flip' });
    assert.deepEqual(look(renewed(1, 'planSet')), { kind: 'open', as: 'flip' }, 'that ticket told of something else');
    assert.deepEqual(look({ movedBy: 'S-8' }), { kind: 'open', as: 'flip' }, 'a move that had ended is no reason');
    assert.deepEqual(seen({ known: tracked({ ...RENEWS, autoRenew: null }, renewed(1)) }), { kind: 'open', as: 'known', again: 'S-7' });
    assert.deepEqual(look({ goneAt: ago(1), ...renewed(1) }), { kind: 'open', as: 'flip', again: 'S-7' });
    const lost = { ...RENEWS, autoRenew: null };
    assert.deepEqual(seen({ known: tracked(lost, renewed(1)), now: lost, flagLostSince: ago(FLAG_LOST_MS) }), { kind: 'open', as: 'unread', again: 'S-7' });
  });

  it('what happens again within a day is told where it was told', () => {
    const look = (more: Partial<TrackedSubscription>) => seen({ known: tracked(RENEWS, more), now: PLANNED });
    assert.deepEqual(look({}), { kind: 'open', as: 'outcome', what: 'planSet' });
    assert.deepEqual(look(renewed(1, 'planSet')), { kind: 'open', as: 'outcome', what: 'planSet', again: 'S-7' });
    assert.deepEqual(look(renewed(1, null)), { kind: 'open', as: 'outcome', what: 'planSet' });
  });

  it('that the old one of a move goes on, or is billed all the same, is told in the ticket of the move', () => {
    assert.deepEqual(seen({ known: tracked(STOPPED, { movedBy: 'S-8' }), now: RENEWS }), { kind: 'open', as: 'outcome', what: 'goesOn', again: 'S-8' });
    const suspended = { ...STOPPED, status: 'suspended' };
    assert.deepEqual(seen({ known: tracked(RENEWS, { movedBy: 'S-8' }), now: suspended }), { kind: 'open', as: 'outcome', what: 'stillBilled', again: 'S-8' });
    assert.deepEqual(seen({ known: tracked(RENEWS), now: suspended }), { kind: 'open', as: 'outcome', what: 'stillBilled' });
    const outlives = seen({ known: tracked(RENEWS, { movedBy: 'S-8' }), now: RENEWS, outlives: true });
    assert.deepEqual(outlives, { kind: 'open', as: 'outcome', what: 'outlivesBase' }, 'anything else has a card of its own');
  });
});

describe('an add-on', () => {
  it('that goes with its base has no card of its own, whatever happens to it', () => {
    assert.deepEqual(seen({ known: tracked(RENEWS), now: STOPPED, goesWithBase: true }), QUIET);
    assert.deepEqual(seen({ known: tracked(RENEWS), now: PLANNED, goesWithBase: true }), QUIET);
  });

  it('that outlives its base is told of', () => {
    for (const goesWithBase of [true, false])
      assert.deepEqual(seen({ known: tracked(RENEWS), now: RENEWS, goesWithBase, outlives: true }), { kind: 'open', as: 'outcome', what: 'outlivesBase' });
    assert.deepEqual(seen({ known: tracked(RENEWS, { outlives: true }), now: RENEWS, outlives: true }), SAME, 'once');
  });

  it('whose base is there no longer, or goes on, is told of when it stays stopped', () => {
    assert.deepEqual(seen({ known: tracked(STOPPED, { withBase: true }) }), { kind: 'open', as: 'known' });
    assert.deepEqual(seen({ known: tracked(STOPPED) }), SAME, 'one whose ticket was closed is not');
  });
});

describe('while a move goes on whose ticket is closed', () => {
  it('nothing is opened', () => {
    for (const now of [STOPPED, PLANNED]) assert.deepEqual(seen({ known: tracked(RENEWS, { liveMove: 'm' }), now }), QUIET);
  });
});

describe('a renewal that will be dearer', () => {
  const priced = (ahead: 'dearer' | 'losesPromotion' | null) => ({ prices: null, ahead });

  it('is told where that was asked and is so', () => {
    assert.deepEqual(seen({ known: tracked(RENEWS), now: RENEWS, priced: priced('dearer') }), { kind: 'open', as: 'outcome', what: 'dearer' });
    assert.deepEqual(seen({ known: tracked(RENEWS), now: RENEWS, priced: priced(null) }), QUIET, 'that it was asked is noted');
    assert.deepEqual(seen({ known: tracked(RENEWS), now: RENEWS, priced: { prices: null } }), SAME);
  });
});

describe('a plan that is known to be retired', () => {
  it('may not go on as an Extended Service Term, and the card says so', () => {
    assert.deepEqual(shown(card(), { retired: true }), changed('end'));
    assert.deepEqual(shown(card({ endOfTerm: 'unknown', ending: { either: 'endsOrExtends' } }), { retired: true }), SAME);
  });
});

describe('whether it renews is not said', () => {
  const lost = { ...RENEWS, autoRenew: null };

  it('is told after a whole day, to whom it is new and to whom it is not', () => {
    const look = (known: TrackedSubscription | null, since: string | null) => seen({ known, now: lost, flagLostSince: since });
    const lostSince = (since: string | null) => tracked(lost, { flagLostSince: since });
    for (const known of [null, lostSince(ago(FLAG_LOST_MS))]) assert.deepEqual(look(known, ago(FLAG_LOST_MS)), { kind: 'open', as: 'unread' });
    assert.deepEqual(look(lostSince(ago(FLAG_LOST_MS - 1)), ago(FLAG_LOST_MS - 1)), SAME);
    assert.deepEqual(look(lostSince(null), null), SAME, 'since when is not known');
    assert.deepEqual(look(lostSince(null), ago(1)), QUIET, 'since when is noted');
  });

  it('and it is planned to end: once its ticket is closed, no other look opens it again', () => {
    const ends = { ...CANCELLED, autoRenew: null };
    assert.deepEqual(seen({ known: tracked(ends), now: ends }), SAME);
    assert.deepEqual(seen({ known: tracked(lost), now: ends }), { kind: 'open', as: 'known' }, 'planned since the last look');
    assert.deepEqual(seen({ known: null, now: ends }), { kind: 'open', as: 'known' });
  });

  it('changes no card before that', () => {
    const ticket = card({ endOfTerm: 'renews' }, { kind: 'asked' });
    const look = (flagLostSince: string | null) => shown(ticket, { now: lost, flagLostSince, known: tracked(lost, { ticket: 'S-1', flagLostSince }) });
    assert.deepEqual([look(null), look(ago(FLAG_LOST_MS - 1)), look(ago(FLAG_LOST_MS))], [SAME, SAME, changed('unread')]);
  });
});

describe('not in the list', () => {
  const look = (known: Partial<TrackedSubscription> | null, more: Partial<Observed> = {}) =>
    seen({ now: null, known: known && tracked(STOPPED, known), ...more });
  const goneAt = ago(DAY_MS);
  const gone = card({ standing: 'gone' });
  const left = card({ standing: 'left' });
  const cases: [string, Verdict, Verdict][] = [
    ['never seen', look(null, { gone: 'gone' }), SAME],
    ['for the first time', look({}), QUIET],
    ['again', look({ missingAt: goneAt }), SAME],
    ['known as gone, and not asked about', look({ goneAt }), SAME],
    ['read to be gone', look({}, { gone: 'gone' }), QUIET],
    ['read to be gone, again', look({ goneAt }, { gone: 'gone' }), SAME],
    ['with a ticket, not asked about', look({}, { ticket: card() }), QUIET],
    ['with a ticket, gone', look({}, { ticket: card(), gone: 'gone' }), { kind: 'close', how: 'ended' }],
    ['with a ticket, its customer left', look({}, { ticket: card(), gone: 'left' }), { kind: 'close', how: 'left' }],
    ['gone before its move ended', look({ goneAt }, { ticket: gone }), { kind: 'close', how: 'ended' }],
    ['left before its move ended', look({ goneAt }, { ticket: left }), { kind: 'close', how: 'left' }],
    ['with a move, gone', look({}, { ticket: card(), move: moving(), gone: 'gone' }), changed('gone')],
    ['with a move, and that was told', look({}, { ticket: gone, move: moving(), gone: 'gone' }), QUIET],
    ['with a move, and that was told and noted', look({ goneAt }, { ticket: gone, move: moving(), gone: 'gone' }), SAME],
    ['with a move, gone; then its customer left', look({ goneAt }, { ticket: gone, move: moving(), gone: 'left' }), changed('left')],
    ['with a move that has just begun to wait', look({ goneAt }, { ticket: gone, move: moving() }), SAME],
    [
      'with a move that waits',
      look({ goneAt }, { ticket: gone, move: moving({ since: ago(2 * DAY_MS) }) }),
      { kind: 'nudge', of: `m drafting ${ago(2 * DAY_MS)}` },
    ],
    ['with a move that waits, and not known as gone', look({ missingAt: goneAt }, { ticket: card(), move: moving({ since: ago(2 * DAY_MS) }) }), SAME],
    ['with a move whose ticket is closed', look({ goneAt }, { move: moving({ since: ago(2 * DAY_MS) }) }), SAME],
  ];
  for (const [name, verdict, wanted] of cases) it(name, () => assert.deepEqual(verdict, wanted));
});

describe('what our own call does', () => {
  const sent = { sends: 1, sentAt: AT, accepted: true, print: '' };
  const unclear = (at: string, from: Move['state'] = 'setting', reason: 'endUnclear' | 'forbidden' = 'endUnclear', suspension: Move['suspension'] = sent) =>
    moving({ way: 'cancel', state: 'stuck', since: AT, suspension, stuck: { from, reason, code: '', at } });

  it('is no news for a quarter of an hour after the end was read to be set', () => {
    const set = (ms: number) => moving({ way: 'cancel', state: 'set', endSet: { at: ago(ms), day: '2027-03-03', lookedAt: AT } });
    const look = (move: Move) => moved(move, { now: CANCELLED });
    assert.deepEqual([look(set(LAG_MS - 1)), look(set(LAG_MS))], [SAME, changed('end')]);
    assert.deepEqual(look(moving({ way: 'cancel', state: 'set', endSet: null })), changed('end'));
    assert.deepEqual(look(moving({ state: 'quoted', endSet: { at: AT, day: '2027-03-03', lookedAt: AT } })), changed('end'));
  });

  it('is no news for a day while nobody knows what came of it', () => {
    const look = (move: Move) => moved(move, { now: CANCELLED });
    assert.deepEqual([look(unclear(ago(DAY_MS - 1))), look(unclear(ago(DAY_MS)))], [SAME, changed('end')]);
    assert.deepEqual(look(unclear(AT, 'setting', 'endUnclear', null)), changed('end'), 'nothing was sent');
    assert.deepEqual(look(unclear(AT, 'purchasing')), changed('end'), 'a purchase changes no end');
    assert.deepEqual(look(moving({ state: 'stuck', stuck: null })), changed('end'));
  });

  it('may move the day, in an Extended Service Term or out of it', () => {
    const setting = moving({ way: 'cancel', state: 'setting', since: AT });
    const inEst = { ticket: card({ endOfTerm: 'inEst' }) };
    assert.deepEqual(moved(setting, { ...inEst, now: EST }), changed('estMonth'));
    assert.deepEqual(moved(setting, { ...inEst, now: { ...EST, autoRenew: false, atTermEnd: 'Cancel' } }), changed('end'));
    assert.deepEqual(moved(setting, { now: EST }), changed('end'));
  });

  it('is a suspension and no more: what else happened meanwhile is told', () => {
    const suspending = moving({ state: 'suspending', since: AT });
    assert.deepEqual(moved(suspending, { now: { ...CANCELLED, status: 'suspended' } }), SAME);
    assert.deepEqual(moved(suspending, { now: { ...STOPPED, status: 'suspended', quantity: 3 } }), changed('seats'));
    assert.deepEqual(moved(suspending, { now: { ...STOPPED, status: 'expired' } }), changed('ended'));
    assert.deepEqual(moved(suspending, { now: CANCELLED }), SAME, 'the flag and what is planned go with it');
    assert.deepEqual(moved(suspending, { now: STOPPED, at: '2027-02-24T10:00:00.000Z' }), SAME, 'nobody is reminded meanwhile');
  });
});

describe('while a move is live', () => {
  const quoting = moving({ state: 'quoting', since: AT });
  const suspended = { ...STOPPED, status: 'suspended' };

  it('how it stands is told once', () => {
    assert.deepEqual(moved(quoting, { now: suspended }), changed('suspended'));
    assert.deepEqual(moved(quoting, { now: suspended, ticket: card({ standing: 'suspended' }) }), SAME);
    assert.deepEqual(moved(quoting, { now: { ...STOPPED, status: 'expired' }, ticket: card({ standing: 'suspended' }) }), changed('ended'));
    for (const standing of [null, undefined]) assert.deepEqual(moved(quoting, { ticket: card(standing === null ? { standing } : {}) }), SAME);
  });

  it('what is over has no seats and no end any more, but its customer has a name', () => {
    const over = { now: { ...suspended, quantity: 3, lastDay: '2027-02-02' }, ticket: card({ standing: 'suspended' as const }) };
    assert.deepEqual([moved(quoting, over), moved(quoting, { ...over, renamed: true })], [SAME, changed('name')]);
  });

  it('what is active again is told', () => {
    const ticket = card({ standing: 'suspended' });
    assert.deepEqual(moved(quoting, { ticket }), changed('stops'));
    assert.deepEqual(moved(quoting, { ticket, now: RENEWS }), changed('renews'));
    assert.deepEqual(moved(quoting, { ticket, now: { ...STOPPED, status: 'pending' } }), SAME, 'a word that says nothing');
  });

  it('people are reminded of its end, unless it is over or that end is what was set', () => {
    const on = { at: '2027-02-24T10:00:00.000Z' };
    const ticket = card({}, { openedAt: '2027-01-01T10:00:00.000Z', remindedAt: 14 });
    const busy = (state: Move['state'], more: Partial<Move> = {}) => moving({ state, since: on.at, ...more });
    assert.deepEqual(moved(busy('quoting'), { ...on, ticket }), { kind: 'remind', daysLeft: 7 });
    const set = busy('set', { way: 'cancel', endSet: { at: AT, day: '2027-03-03', lookedAt: on.at } });
    assert.deepEqual(moved(set, { ...on, ticket }), SAME);
    const over = { ...ticket, facts: { ...ticket.facts, standing: 'suspended' as const } };
    assert.deepEqual(moved(busy('quoting'), { ...on, ticket: over, now: suspended }), SAME);
  });

  it('one that waits for a person is brought up after a working day, and each wait once', () => {
    const since = '2027-01-19T10:00:00.000Z';
    const waits = moving({ since });
    const of = `m drafting ${since}`;
    const due = (move: Move, ticket: Ticket, at = AT) => nudgeDue(move, ticket, at);
    assert.deepEqual(due(waits, card()), { kind: 'nudge', of });
    assert.equal(due(waits, card(), ago(1)), null);
    assert.equal(due(waits, card({}, { nudged: { of, count: 1 } })), null);
    assert.deepEqual(due(waits, card({}, { nudged: { of: `m stuck ${since}`, count: 1 } })), { kind: 'nudge', of });
    assert.equal(due(moving({ state: 'quoting', since }), card()), null);
    assert.deepEqual(due(moving({ startedAt: since }), card()), { kind: 'nudge', of }, 'since it began, where nothing says since when');
  });
});

describe('a working day later', () => {
  it('is the next day, or Monday', () => {
    const after = (day: string) => aWorkingDayAfter(`${day}T15:00:00.000Z`).slice(0, 10);
    assert.deepEqual(
      ['2027-01-18', '2027-01-21', '2027-01-22', '2027-01-23', '2027-01-24'].map(after),
      ['2027-01-19', '2027-01-22', '2027-01-25', '2027-01-25', '2027-01-25'],
      'from a Monday, a Thursday, a Friday, a Saturday, a Sunday',
    );
  });
});

describe('an open ticket', () => {
  it('closes when its subscription is over, by each word for that, and by no other', () => {
    for (const status of ['suspended', 'deleted', 'expired', 'disabled'])
      assert.deepEqual(shown(card(), { now: { ...STOPPED, status } }), { kind: 'close', how: 'ended' }, status);
    for (const status of ['pending', 'none', '']) assert.deepEqual(shown(card(), { now: { ...RENEWS, status } }), SAME, status);
    assert.deepEqual(['active', 'pending', 'suspended', 'deleted', 'expired', 'disabled'].map(standingOf), [
      null,
      null,
      'suspended',
      'ended',
      'ended',
      'ended',
    ]);
  });

  it('that says that a suspended one is billed stays until it is billed no longer', () => {
    const suspended = { ...STOPPED, status: 'suspended' };
    const billed = card({ happened: 'stillBilled', standing: 'suspended' });
    assert.deepEqual(shown(billed, { now: suspended }), SAME);
    assert.deepEqual(shown(billed, { now: { ...suspended, quantity: 3 } }), SAME, 'nothing else is told of it');
    assert.deepEqual(shown(billed, { now: suspended, at: '2027-03-04T10:00:00.000Z' }), { kind: 'close', how: 'ended' });
    assert.deepEqual(shown(billed, { now: { ...suspended, status: 'deleted' } }), { kind: 'close', how: 'ended' });
    assert.deepEqual(shown(card({ happened: 'planSet' }), { now: suspended }), { kind: 'close', how: 'ended' }, 'one that tells of something else');
    assert.deepEqual(shown(card({ standing: 'suspended' }), { now: suspended }), { kind: 'close', how: 'ended' });
  });

  const cases: [string, Happened | null, Partial<TicketFacts>, Subscription, boolean, Partial<Observed>?][] = [
    ['it renews again', null, {}, RENEWS, true],
    ['it renews as something else', null, {}, PLANNED, true],
    ['it goes on in an Extended Service Term', null, {}, EST, false],
    ['it is suspended, whatever its flag says', null, { standing: 'suspended' }, { ...RENEWS, status: 'pending' }, false],
    ['the old one of a move renews', 'goesOn', {}, RENEWS, false],
    ['the add-on goes on, and so does its base', 'outlivesBase', {}, RENEWS, true, { outlives: false }],
    ['the add-on goes on without its base', 'outlivesBase', {}, RENEWS, false, { outlives: true }],
    ['the add-on stops', 'outlivesBase', {}, STOPPED, false, { outlives: false }],
    ['the add-on is in an Extended Service Term', 'outlivesBase', {}, EST, true],
    ['the trial was bought', 'trial', {}, RENEWS, true],
    ['the trial goes on', 'trial', {}, TRIAL, false],
    ['the trial was bought and stops', 'trial', {}, STOPPED, false],
    ['the trial was bought and is in an Extended Service Term', 'trial', {}, EST, true],
    ...(['planSet', 'planChanged', 'planLost'] as const).flatMap((what): (typeof cases)[number][] => [
      [`${what}, and the next term has come`, what, { endOfTerm: 'renewsAs' }, RENEWED, true],
      [`${what}, and it still renews in this one`, what, { endOfTerm: 'renewsAs' }, RENEWS, false],
      [`${what}, it had stopped since, and renews again`, what, { endOfTerm: 'extends' }, RENEWS, true],
      [`${what}, and it stops`, what, { endOfTerm: 'renews' }, STOPPED, false],
      [`${what}, the next term has come, and it stops`, what, { endOfTerm: 'renews' }, { ...RENEWED, autoRenew: false }, false],
      [`${what}, and its end cannot be read`, what, { endOfTerm: 'renews' }, { ...RENEWS, expiresOn: null }, false],
    ]),
    ...(['dearer', 'losesPromotion'] as const).flatMap((what): (typeof cases)[number][] => [
      [`${what}, and the next term has come`, what, { endOfTerm: 'renews' }, RENEWED, true],
      [`${what}, and it has not`, what, { endOfTerm: 'renews' }, RENEWS, false],
      [`${what}, it has come, and it stops`, what, { endOfTerm: 'renews' }, { ...RENEWED, autoRenew: false }, false],
      [`${what}, and its end cannot be read`, what, { endOfTerm: 'renews' }, { ...RENEWS, expiresOn: null }, false],
    ]),
    ['it is active again, and renews', 'stillBilled', { standing: 'suspended' }, RENEWS, true],
    ['it is active again, and stops', 'stillBilled', { standing: 'suspended' }, STOPPED, false],
    ['its Extended Service Term is over', 'estBegun', { endOfTerm: 'inEst' }, RENEWED, true],
    ['its Extended Service Term goes on', 'estBegun', { endOfTerm: 'inEst' }, EST, false],
  ];
  for (const [name, happened, facts, now, closes, more = {}] of cases)
    it(`${closes ? 'closes' : 'stays'}: ${name}`, () => {
      const verdict = shown(card({ ...facts, ...(happened ? { happened } : {}) }), { now, ...more });
      assert.equal(verdict.kind === 'close', closes, JSON.stringify(verdict));
      if (closes) assert.deepEqual(verdict, { kind: 'close', how: 'renewed' });
    });

  it('that somebody asked for stays while it renews, and says nothing of what is not watched', () => {
    assert.deepEqual(shown(card({ endOfTerm: 'renews' }, { kind: 'asked' }), { now: RENEWS }), SAME);
    const other = { ...STOPPED, kind: 'other' as const, quantity: 3 };
    assert.deepEqual(shown(card(), { now: other }), SAME);
    assert.deepEqual(shown(card({ happened: 'softwareEnds' }), { now: other }), changed('end'), 'unless it tells what happened to just that');
  });

  it('that sleeps wakes on its day', () => {
    const sleeping = card({}, { marks: { snoozed: { until: DAY, reason: 'r', by: 'a', at: AT } } });
    assert.deepEqual(shown(sleeping), changed('snoozeOver'));
    assert.deepEqual(shown(sleeping, { at: '2027-01-19T23:59:59.999Z' }), SAME);
  });
});

describe('what the card says is no longer so', () => {
  const ends: [string, Partial<TicketFacts>, Subscription, Changed | null, Partial<Observed>?][] = [
    ['it renews, and did not', {}, RENEWS, 'renews'],
    ['it stops, and renewed', { endOfTerm: 'renews' }, STOPPED, 'stops'],
    ['it stops, and was to renew as something else', { endOfTerm: 'renewsAs', ending: { next: planned(5) } }, STOPPED, 'stops'],
    ['it ends, and was to extend', {}, CANCELLED, 'end'],
    ['it extends, and was to end', { endOfTerm: 'cancels' }, STOPPED, 'end'],
    ['auto-renew and what is planned disagree', {}, { ...CANCELLED, autoRenew: true }, 'disagree'],
    ['they disagree, and it renewed', { endOfTerm: 'renews' }, { ...CANCELLED, autoRenew: true }, 'stops'],
    ['they disagree otherwise', { endOfTerm: 'contradictory', ending: { planned: 'renews' } }, { ...CANCELLED, autoRenew: true }, 'end'],
    ['they disagree as before', { endOfTerm: 'contradictory', ending: { planned: 'cancels' } }, { ...CANCELLED, autoRenew: true }, null],
    ['a change was planned', { endOfTerm: 'renews' }, PLANNED, 'planSet'],
    ['another change was planned', { endOfTerm: 'renewsAs', ending: { next: planned(6) } }, PLANNED, 'planChanged'],
    ['it renews with a change, and had stopped', { endOfTerm: 'cancels' }, PLANNED, 'end'],
    ['the same change as before', { endOfTerm: 'renewsAs', ending: { next: planned(5) } }, PLANNED, null],
    ['the change is planned no longer', { endOfTerm: 'renewsAs', ending: { next: planned(5) } }, RENEWS, 'planLost'],
    [
      'they disagreed about a change, and it simply renews',
      { endOfTerm: 'contradictory', ending: { planned: 'renewsAs', next: planned(5) } },
      RENEWS,
      'renews',
    ],
    ['the trial is one no longer', { endOfTerm: 'renewsAs', ending: null }, RENEWS, 'renews'],
    ['an Extended Service Term has begun', {}, EST, 'estBegun'],
    ['another month of it', { endOfTerm: 'inEst' }, EST, 'estMonth'],
    ['it is in one, with something beside that', { endOfTerm: 'inEst', ending: { word: 'x' } }, EST, 'end'],
    ['nothing was planned, and an Extended Service Term is', { nothingPlanned: true }, { ...STOPPED, atTermEnd: 'RenewToExtendedServiceTerm' }, 'estPlanned'],
    ['nothing is planned still', { nothingPlanned: true }, STOPPED, null],
    ['an Extended Service Term is planned as before', {}, { ...STOPPED, atTermEnd: 'RenewToExtendedServiceTerm' }, null],
    ['another day', { lastDay: '2027-03-02' }, STOPPED, 'end'],
    ['another day, of one that is in an Extended Service Term by now', { lastDay: '2027-03-02', endOfTerm: 'extends' }, STOPPED, 'end'],
    ['seats', { quantity: 9 }, STOPPED, 'seats'],
    ['a day before seats', { lastDay: '2027-03-02', quantity: 9 }, STOPPED, 'end'],
    ['seats that cannot be read', {}, { ...STOPPED, quantity: null }, null],
    ['a customer of another name', {}, STOPPED, 'name', { renamed: true }],
    ['seats before a name', { quantity: 9 }, STOPPED, 'seats', { renamed: true }],
  ];
  // One that a move is open for, so that nothing closes it.
  for (const [name, facts, now, what, more = {}] of ends)
    it(`${name}: ${what ?? 'nothing is told'}`, () => {
      const verdict = moved(moving({ state: 'quoting', since: AT }), { ticket: card({ expiresOn: now.expiresOn as string, ...facts }), now, ...more });
      assert.deepEqual(verdict, what ? changed(what) : SAME);
    });

  it('a day that can no longer be read changes nothing', () => {
    const ticket = card({ endOfTerm: 'unknown', ending: { either: 'endsOrExtends' } });
    const now = { ...STOPPED, lastDay: null, expiresOn: null };
    assert.deepEqual(moved(moving({ state: 'quoting', since: AT }), { ticket, now }), SAME);
  });

  it('prices, of what is active', () => {
    const prices = (minor: number) => ({ on: DAY, renewal: { minor, currency: 'EUR' }, oneMonth: null, extended: null });
    const look = (before: TicketFacts['prices'], now: Subscription, of: ReturnType<typeof prices> | null = prices(2)) =>
      moved(moving({ state: 'suspending', since: AT }), { ticket: card(before ? { prices: before } : {}), now, priced: { prices: of } });
    assert.deepEqual(look(prices(1), STOPPED), changed('prices'));
    assert.deepEqual(look(undefined, STOPPED), changed('prices'));
    assert.deepEqual(look({ ...prices(2), on: '2027-01-01' }, STOPPED), SAME, 'the same on another day');
    assert.deepEqual(look(prices(1), { ...STOPPED, status: 'suspended' }), SAME);
    assert.deepEqual(look(prices(1), STOPPED, null), SAME, 'not read');
  });
});

describe('a reminder of the last day', () => {
  const early = '2026-11-01T09:00:00.000Z';
  const on = (day: string, changes: Partial<Ticket> = {}, now: Subscription = STOPPED, facts: Partial<TicketFacts> = {}) =>
    shown(card(facts, { openedAt: early, ...changes }), { now, at: `${day}T10:00:00.000Z` });
  const left = (days: number) => addDays('2027-03-03', -days);

  it('is one for each of sixty, thirty, fourteen, seven days and one, and one when the day has passed', () => {
    for (const [days, before] of [
      [60, null],
      [30, 60],
      [14, 30],
      [7, 14],
      [1, 7],
      [-1, 1],
    ] as const) {
      assert.deepEqual(on(left(days), { remindedAt: before }), { kind: 'remind', daysLeft: days });
      if (before !== null) assert.deepEqual(on(left(days + 1), { remindedAt: before }), SAME, `${days + 1} days left`);
      assert.deepEqual(on(left(days), { remindedAt: days }), SAME, `told with ${days} days left`);
    }
    assert.deepEqual(on(left(61)), SAME);
    assert.deepEqual(on(left(0), { remindedAt: null }), SAME, 'on the day itself it is too late, and not over');
    assert.deepEqual(on(left(-3), { remindedAt: -1 }), SAME);
  });

  it('is not of a day that was as near when the ticket was opened', () => {
    const opened = (day: string) => ({ openedAt: `${day}T09:00:00.000Z` });
    assert.deepEqual([on(left(6), opened(left(7))), on(left(6), opened(left(8)))], [SAME, { kind: 'remind', daysLeft: 6 }]);
    assert.deepEqual([on(left(-2), opened(left(-1))), on(left(-2), opened(left(0)))], [SAME, { kind: 'remind', daysLeft: -2 }]);
  });

  it('is not of what goes on, was let go or sleeps; of a trial it is, whatever it becomes', () => {
    const sleeps = (until: string) => ({ marks: { snoozed: { until, reason: 'r', by: 'a', at: AT } } });
    assert.deepEqual(on(left(7), { kind: 'asked' }, RENEWS, { endOfTerm: 'renews' }), SAME);
    assert.deepEqual(on(left(7), { marks: { dismissed: { reason: 'r', by: 'a', at: AT } } }), SAME);
    assert.deepEqual([on(left(7), sleeps(left(6))), on(left(7), sleeps(left(7)))], [SAME, { kind: 'remind', daysLeft: 7 }]);
    assert.equal(endOfTerm(TRIAL, { today: DAY }), 'renewsAs');
    assert.deepEqual(on(left(7), {}, TRIAL, { endOfTerm: 'renewsAs', happened: 'trial' }), { kind: 'remind', daysLeft: 7 });
  });
});

describe('whether it stops renewing', () => {
  it('is so of what is watched and was read not to go on', () => {
    const stops = [STOPPED, CANCELLED, { ...CANCELLED, autoRenew: true }].map((one) => stopsRenewing(one, DAY));
    assert.deepEqual(stops, [true, true, true]);
    const not = [RENEWS, PLANNED, EST, { ...RENEWS, autoRenew: null }, { ...STOPPED, status: 'suspended' }, { ...STOPPED, isUsage: true }];
    for (const one of not) assert.equal(stopsRenewing(one, DAY), false, JSON.stringify(one));
  });

  it('is not known while something is planned for a day before its last one, and is so again after that day', () => {
    const one = { ...RENEWS, otherDay: { word: 'Cancel', on: '2027-02-01' } };
    assert.deepEqual([stopsRenewing(one, '2027-02-01'), stopsRenewing(one, '2027-02-02')], [true, false]);
  });
});

describe('what is known of one, and nobody is told', () => {
  const quiet = (known: Partial<TrackedSubscription>, more: Partial<Observed> = {}) => seen({ known: tracked(RENEWS, known), now: RENEWS, ...more });

  it('is noted when anything of it is new', () => {
    assert.deepEqual(quiet({}), SAME);
    const cases: [string, Verdict][] = [
      ['back from where it was missing', quiet({ missingAt: AT })],
      ['back from where it was gone', quiet({ goneAt: AT })],
      ['its flag is said again', quiet({ flagLostSince: AT })],
      ['its base goes on', quiet({ withBase: true })],
      ['its base stops', quiet({}, { goesWithBase: true })],
      ['it does not outlive its base any more', quiet({ outlives: true })],
      ['nothing can be stored of it', quiet({}, { stored: null })],
      ['seen for the first time', seen({ known: null, now: RENEWS })],
    ];
    for (const [name, verdict] of cases) assert.deepEqual(verdict, QUIET, name);
    assert.deepEqual(quiet({ withBase: true }, { goesWithBase: true }), SAME);
    assert.deepEqual(quiet({ withBase: false, outlives: false, flagLostSince: null }), SAME);
  });

  it('is the same where each field is, whatever is in it', () => {
    const look = (was: Partial<Subscription>, is: Partial<Subscription>) => seen({ known: tracked({ ...RENEWS, ...was }), now: { ...RENEWS, ...is } });
    assert.deepEqual(look({ next: planned(10) }, { next: planned(10) }), SAME);
    assert.deepEqual(look({ next: planned(10) }, { next: { ...planned(10), promotion: 'p' } }), QUIET);
    assert.deepEqual(look({ startedOn: '2026-03-04' }, {}), QUIET, 'a field is gone');
    assert.deepEqual(look({}, { startedOn: '2026-03-04' }), QUIET, 'a field is new');
    assert.deepEqual(look({ startedOn: '2026-03-04' }, { startedOn: '2026-03-05' }), QUIET);
    assert.deepEqual(look({ orderId: null }, { orderId: 'o' }), QUIET);
    assert.deepEqual(look({ reseller: 'x' }, { startedOn: '2026-03-04' }), QUIET, 'one for another');
  });
});
