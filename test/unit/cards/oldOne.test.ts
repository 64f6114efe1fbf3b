/** What a card says of money, licences and the end of the old subscription, where that is not known, or not so. */
import assert from 'node:assert/strict';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import { cancelDialog } from '../../../dialogs/purchase.ts';
import type { Ticket, Move } from '../../../services/domain/ticket.ts';
import { sampleTicket, sampleMove } from '../../support/samples.ts';

function said(facts: Partial<Ticket['facts']>, changes: Partial<Move> | null): string {
  const ticket = sampleTicket();
  const shown = {
    ticket: { ...ticket, facts: { ...ticket.facts, ...facts } },
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
  };
  return JSON.stringify(ticketCard({ ...shown, today: '2027-01-20', now: '2027-01-20T10:00:00.000Z' }, en).card).replaceAll('\u00a0', ' ');
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

  it('does not offer to let one end of which it was read that it goes on, or nobody says whether it renews', () => {
    for (const endOfTerm of ['extends', 'unread'] as const)
      assert.doesNotMatch(said({ newCommerce: true, endOfTerm }, { state: 'reassigned', order, people }), /Let it end by itself/, endOfTerm);
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
