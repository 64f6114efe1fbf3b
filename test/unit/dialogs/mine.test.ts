import assert from 'node:assert/strict';
import { type Mine, mineOf } from '../../../dialogs/mine.ts';
import type { Actor } from '../../../dialogs/types.ts';
import type { Marks, Move, PeopleCount } from '../../../services/domain/ticket.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';

const NOW = '2027-01-20T10:05:00.000Z';
const ANN: Actor = { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] };
const people: PeopleCount = {
  ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] },
};
const stuck = { from: 'suspending', reason: 'holders', code: '', at: NOW } as const;
const snoozed = { until: '2027-02-01', reason: '', by: 'ann', at: NOW };

describe('what of a ticket is mine', () => {
  const cases: [why: string, Marks, Partial<Move> | null, Mine | null, Partial<Actor>?][] = [
    ['nobody’s', {}, null, null],
    ['I look after it', { assignedTo: 'ann' }, null, 'lookedAfter'],
    ['Bo looks after it', { assignedTo: 'bo' }, null, null],
    ['I look after it, and it is snoozed', { assignedTo: 'ann', snoozed }, null, null],
    ['I look after it, and it is let go', { assignedTo: 'ann', dismissed: snoozed }, null, null],
    ['my move asks who moves', {}, { state: 'purchased', people, startedBy: 'ann' }, 'asked'],
    ['Bo’s move asks who moves', {}, { state: 'purchased', people, startedBy: 'bo' }, null],
    ['Bo’s move asks who moves, and I look after it', { assignedTo: 'ann' }, { state: 'purchased', people, startedBy: 'bo' }, 'asked'],
    ['my move asks whom only others may answer', {}, { state: 'reassigned', startedBy: 'ann' }, null, { roles: ['requester'] }],
    ['my draft waits for a plan', {}, { state: 'drafting', quote: null, draft: {}, startedBy: 'ann' }, 'asked'],
    ['my price waits for an approver', {}, { state: 'quoted', startedBy: 'ann' }, null],
    ['my move has stopped', {}, { state: 'stuck', stuck, startedBy: 'ann' }, 'stuck'],
    ['my licences are being moved', { assignedTo: 'ann' }, { state: 'reassigning', startedBy: 'ann' }, 'lookedAfter'],
  ];
  for (const [why, marks, move, is, actor = {}] of cases)
    it(`${why}: ${is ?? 'no'}`, () => {
      const of = { ticket: sampleTicket({ marks }), move: move && sampleMove(move), fourEyes: { when: 'off' } as const, hides: HIDES, now: NOW };
      assert.equal(mineOf(of, { ...ANN, ...actor }), is);
      assert.equal(mineOf({ ...of, ticket: sampleTicket({ marks, closed: { how: 'renewed', at: NOW } }) }, { ...ANN, ...actor }), null);
    });
});
