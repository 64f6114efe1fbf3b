/** What a card says of money, licences and the end of the old subscription, where that is not known, or not so. */
import assert from 'node:assert/strict';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { cancelDialog } from '../../../dialogs/purchase.ts';
import type { Ticket, Move } from '../../../services/domain/ticket.ts';
import type { Shown } from '../../../services/ticketView.ts';
import { HIDES, sampleTicket, sampleMove } from '../../support/samples.ts';

function said(facts: Partial<Ticket['facts']>, changes: Partial<Move> | null): string {
  return JSON.stringify(ticketCard(shownOf(sampleTicket({}, facts), changes), en).card).replaceAll('\u00a0', ' ');
}

function shownOf(ticket: Ticket, changes: Partial<Move> | null): Shown {
  return {
    ticket,
    move: changes && sampleMove(changes),
    chat: { key: 'chat', kind: 'channel' as const },
    handle: 'h',
    names: {},
    record: [],
    holders: [],
    unmoved: [],
    approvers: [],
    reader: null,
    fourEyes: { when: 'off' as const },
    hides: HIDES,
    today: '2027-01-20',
    now: '2027-01-20T10:00:00.000Z',
  };
}

const order = { id: 'o', subscriptionId: 'n', placedAt: '2027-01-20T10:00:00.000Z', cancellableUntil: null };
const people = { total: 2, movable: 0, moved: 2, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: 0, freeSeats: 1, named: [] };
const at = '2027-01-20T10:00:00.000Z';
const done = { state: 'finished' as const, order, people };

describe('a card about an old subscription', () => {
  it('does not say that new commerce has stopped costing money by its suspension', () => {
    const card = said({ newCommerce: true }, { ...done, outcome: 'suspended', suspendedAt: at });
    assert.doesNotMatch(card, /has stopped/);
    assert.match(card, /is billed until/);
  });

  it('does not say that one ends by itself which goes on month by month, or may', () => {
    for (const endOfTerm of ['extends', 'unknown'] as const) {
      const card = said({ newCommerce: true, endOfTerm }, { ...done, outcome: 'letExpire' });
      assert.doesNotMatch(card, /ends by itself|– the old subscription ends/, endOfTerm);
      assert.match(card, /month by month/);
    }
  });

  it('says what one goes on as where its end could not be set, and no longer until when it works', () => {
    const stuck = { from: 'setting' as const, code: '800093', at };
    for (const way of ['replace', 'cancel'] as const)
      for (const reason of ['endRefused', 'endNotDone', 'endOverruled', 'endLost'] as const)
        for (const [endOfTerm, wanted] of [
          ['extends', /after 3 March 2027 it goes on month by month as a paid Extended Service Term/],
          ['inEst', /It is in a paid Extended Service Term and goes on month by month/],
          ['unknown', /It is not known what happens then/],
        ] as const) {
          const ending = endOfTerm === 'unknown' ? { ending: { either: 'endsOrExtends' as const } } : {};
          const card = said({ newCommerce: true, endOfTerm, ...ending }, { state: 'stuck', way, order, people, stuck: { ...stuck, reason } });
          assert.match(card, wanted, `${way} ${reason} ${endOfTerm}`);
          assert.doesNotMatch(card, /works until/, `${way} ${reason} ${endOfTerm}`);
        }
    const ends = { state: 'stuck' as const, order, people, stuck: { ...stuck, reason: 'endRefused' as const } };
    assert.match(said({ newCommerce: true, endOfTerm: 'cancels' }, ends), /The old subscription works until 3 March 2027\./);
  });

  it('of one that reads active after its day says that alone, and promises nothing for a day that is over', () => {
    const over = { expiresOn: '2027-01-19', lastDay: '2027-01-18' };
    for (const endOfTerm of ['cancels', 'extends', 'contradictory', 'renews', 'unknown'] as const)
      for (const newCommerce of [true, false]) {
        const set = { state: 'set' as const, way: 'cancel' as const, people: null, quote: null, endSet: { at, lookedAt: at, day: '2027-01-19' } as never };
        for (const move of [null, set]) {
          const card = said({ ...over, newCommerce, endOfTerm }, move);
          assert.doesNotMatch(
            card,
            /loses? access|On that day|after that day|from 19 January|It renews on|You can move it before/,
            `${endOfTerm} ${newCommerce}`,
          );
          assert.match(card, /was to end on 19 January 2027\. Partner Center still shows it as active/, `${endOfTerm} ${newCommerce}`);
        }
      }
    assert.match(said({ ...over, newCommerce: true, endOfTerm: 'inEst' }, null), /goes on month by month/);
    assert.match(said({ expiresOn: '2027-01-20', newCommerce: true, endOfTerm: 'cancels' }, null), /after that day the 7 people who use it lose access/);
  });

  it('names the day from which the new one is paid, and no price of an order that is another than was approved', () => {
    const later = { ...done, outcome: 'ended' as const, order: { ...order, placedAt: '2026-12-02T10:00:00.000Z' } };
    assert.match(said({ newCommerce: true }, later), /€455\.00 a month from 2 December 2026\./);
    const other = { ...later, order: { ...later.order, differs: [{ what: 'seats' as const, came: 9, approved: 7 } as never] } };
    assert.doesNotMatch(said({ newCommerce: true, priceNow: null }, other), /€455\.00/);
  });

  it('does not say that those lose access who have moved, when its cancellation is set as the last step', () => {
    const facts = { newCommerce: true, endOfTerm: 'cancels' as const, inUse: 7 };
    const set = { state: 'set' as const, order, endSet: { at, lookedAt: at, day: '2027-03-03' } as never };
    const card = said(facts, { ...set, people });
    assert.match(card, /after that day it is over\. Everybody who used it has been moved/);
    assert.doesNotMatch(card, /loses? access/);
    assert.match(said(facts, { ...set, people: { ...people, waived: 1 } }), /1 person was left behind by name and loses access then/);
    assert.match(said(facts, { ...set, way: 'cancel', people: null, quote: null }), /the 7 people who use it lose access/);
  });

  it('offers to let one end only where its cancellation was read; else it says that this must be set, and where', () => {
    for (const endOfTerm of ['extends', 'inEst', 'contradictory', 'unknown', 'unread'] as const) {
      const card = said({ newCommerce: true, endOfTerm }, { state: 'reassigned', order, people });
      assert.doesNotMatch(card, /(?<!not )end by itself/, endOfTerm);
      assert.match(card, /I do not set that cancellation: set it in Partner Center/, endOfTerm);
      assert.match(card, /"title":"Set the cancellation"/, endOfTerm);
    }
    assert.match(said({ newCommerce: true, endOfTerm: 'cancels' }, { state: 'reassigned', order, people }), /Let it end by itself/);
  });

  it('says that suspended new commerce is billed to its last day, and names no day of deletion', () => {
    const card = said({ newCommerce: true }, { ...done, outcome: 'suspended', suspendedAt: at });
    assert.match(card, /3 March 2027\*\* – the old one is suspended, and billed until then/);
    assert.doesNotMatch(card, /delete/);
  });

  it('says of a suspended classic one that it is deleted at its end or after 90 to 120 days, whichever is first', () => {
    const days = (expiresOn: string) => said({ expiresOn }, { ...done, outcome: 'suspended', suspendedAt: at });
    assert.match(days('2027-03-03'), /From about 3 March 2027\*\* – Microsoft deletes/);
    assert.match(days('2027-12-01'), /From about 20 April 2027\*\* – Microsoft deletes/, '90 days after 20 January');
    const step = (expiresOn: string) => said({ expiresOn }, { state: 'reassigned', order, people });
    assert.match(step('2027-03-03'), /deletes it and its data when its term ends, on \*\*3 March 2027\*\*\./);
    assert.match(
      step('2027-12-01'),
      /about 90 to 120 days from now, from about \*\*20 April 2027\*\* on, or when its term ends, on 1 December 2027, whichever is first\./,
    );
  });

  it('does not call ended what somebody suspended', () => {
    for (const [newCommerce, costs] of [
      [true, /Suspended, and still billed.*billed until the end of its term, 3 March 2027/],
      [false, /"Suspended".*not billed any more/],
    ] as const) {
      const ticket = sampleTicket({ closed: { how: 'ended', at } }, { newCommerce, standing: 'suspended' });
      const card = JSON.stringify(ticketCard(shownOf(ticket, null), en).card).replaceAll('\u00a0', ' ');
      assert.match(card, costs);
      assert.doesNotMatch(card, /has ended|"Ended"/);
    }
  });

  it('says that a retired plan cannot be switched on again only where the activity log names nobody who switched it off', () => {
    for (const [changedBy, is] of [
      ['nobody', true],
      ['megan@partner.example', false],
      ['application', false],
      [null, false],
    ] as const)
      assert.equal(/cannot be switched back on/.test(said({ changedBy }, null)), is, String(changedBy));
  });

  it('says what was only where that was seen', () => {
    for (const kind of ['known', 'asked', 'unread'] as const)
      assert.doesNotMatch(JSON.stringify(ticketCard(shownOf(sampleTicket({ kind }), null), en).card), /Auto renews on|"Was/, kind);
    assert.match(said({}, null), /Was {2}.*Auto renews on/);
  });

  it('says nothing of its end where it is suspended or gone already, or nobody says', () => {
    const stuck = { from: 'provisioning' as const, reason: 'provisioningFailed' as const, code: 'cancelled', at };
    for (const facts of [{ standing: 'suspended' }, { standing: 'gone' }, { endOfTerm: 'unread' }, { expiresOn: '' }] as const)
      for (const changes of [
        { state: 'stuck' as const, order, stuck },
        { ...done, outcome: 'givenUp' as const },
        { ...done, outcome: 'letExpire' as const },
      ])
        assert.doesNotMatch(said(facts, changes), /works until|goes on until|ends by itself|subscription ends/, JSON.stringify([facts, changes.state]));
  });

  it('says that it renews where it does, not that it works until then', () => {
    const stuck = { from: 'purchased' as const, reason: 'unread' as const, code: '500', at };
    assert.match(said({ endOfTerm: 'renews' }, { state: 'stuck', order, stuck }), /goes on, and renews on/);
    assert.match(said({ endOfTerm: 'renews' }, { ...done, outcome: 'givenUp' }), /goes on and renews on/);
  });

  it('names no day of deletion for one that somebody else had suspended', () => {
    const card = said({}, { ...done, outcome: 'suspended', suspendedAt: null });
    assert.doesNotMatch(card, /deletes/);
    assert.match(card, /had been suspended before/);
  });

  it('does not call bought and safe what Microsoft cancelled', () => {
    const stuck = { from: 'provisioning' as const, reason: 'provisioningFailed' as const, code: 'cancelled', at };
    assert.doesNotMatch(said({}, { state: 'stuck', order, stuck }), /It is bought/);
  });

  it('can be drawn in every state where its last day was never read, and says no nonsense', () => {
    const stuck = { from: 'suspending' as const, reason: 'unread' as const, code: '500', at };
    const states = ['drafting', 'quoting', 'quoted', 'purchasing', 'provisioning', 'purchased', 'reassigning', 'reassigned', 'suspending', 'stuck'] as const;
    for (const facts of [
      { expiresOn: '', lastDay: '' },
      { expiresOn: '', lastDay: '', endOfTerm: 'renews' as const },
    ])
      for (const newCommerce of [true, false]) {
        for (const state of states)
          assert.deepEqual(
            said({ ...facts, newCommerce }, { state, order, people, stuck: state === 'stuck' ? stuck : null }).match(/.{40}(NaN|Invalid|undefined).{20}/g),
            null,
            state,
          );
        assert.doesNotMatch(said({ ...facts, newCommerce }, null), /NaN|Invalid|undefined/, 'none');
      }
  });
});

describe('who cancels while it is not known whether it is bought already', () => {
  it('is not told in the answer either that nothing was bought', () => {
    const ticket = sampleTicket();
    const facts = { ticket, move: sampleMove({ state: 'quoted', held: 'orders' }) } as Parameters<typeof cancelDialog>[0];
    const decision = cancelDialog(facts, { key: 'ann', tenant: 't', name: 'Ann', roles: ['requester'] });
    assert.equal(decision.reply?.say, 'cancelledOpen');
    assert.doesNotMatch(en.replies.cancelledOpen(), /Nothing was bought/);
  });
});
