import assert from 'node:assert/strict';
import { replyText } from '../../../bot/turns/replies.ts';
import { en } from '../../../cards/text/en/en.ts';
import { parseCommand } from '../../../dialogs/commands.ts';
import { markDialog, markOf, type TypedMark } from '../../../dialogs/marks.ts';
import type { Actor, Command } from '../../../dialogs/types.ts';
import type { Move, Ticket } from '../../../services/domain/ticket.ts';
import type { TicketView } from '../../../services/ticketView.ts';
import { HIDES, sampleMove, sampleTicket } from '../../support/samples.ts';

const TODAY = '2027-01-20';
const ANN: Actor = { key: 'ann', tenant: 't', name: 'Ann', roles: ['requester'] };
const MEGAN = { key: 'megan', name: 'Megan' };

describe('a mark as it is typed', () => {
  const cases: [string, Command][] = [
    ['snooze S-1001 14 holiday', { command: 'snooze', what: 'S-1001 14 holiday' }],
    ['Snooze contoso', { command: 'snooze', what: 'contoso' }],
    ['snooze', { command: 'incomplete', of: 'snooze' }],
    ['dismiss S-1001 they leave us', { command: 'dismiss', what: 'S-1001 they leave us' }],
    ['let it go S-1001 they leave us', { command: 'dismiss', what: 'S-1001 they leave us' }],
    ['Let go of contoso, closed', { command: 'dismiss', what: 'contoso, closed' }],
    ['let it end', { command: 'answer', text: 'let it end', didYouMean: null }],
    ['undo', { command: 'undo', what: '' }],
    ['undo that', { command: 'undo', what: 'that' }],
    ['wake it up', { command: 'undo', what: '' }],
    ['assign S-1001 Megan', { command: 'assign', what: 'S-1001 Megan' }],
    ['hand back S-1001', { command: 'hand-back', what: 'S-1001' }],
    ['hand-back', { command: 'hand-back', what: '' }],
    ['note S-1001 Call  them', { command: 'note', what: 'S-1001 Call them' }],
    ['note', { command: 'incomplete', of: 'note' }],
    ['seen contoso', { command: 'seen', what: 'contoso' }],
    ['snoze S-1001 7', { command: 'answer', text: 'snoze S-1001 7', didYouMean: 'snooze S-1001 7' }],
    ['not yet', { command: 'answer', text: 'not yet', didYouMean: null }],
    ['none', { command: 'answer', text: 'none', didYouMean: null }],
  ];
  for (const [text, command] of cases) it(JSON.stringify(text), () => assert.deepEqual(parseCommand(text), command));

  const meanings: [Parameters<typeof markOf>[0], TypedMark | null][] = [
    [
      { mark: 'snooze', words: '14 holiday', person: null },
      { verb: 'ticket.snooze', days: 14, reason: 'holiday' },
    ],
    [
      { mark: 'snooze', words: 'until 2027-02-03', person: null },
      { verb: 'ticket.snooze', days: 14, reason: '' },
    ],
    [{ mark: 'snooze', words: 'holiday', person: null }, null],
    [
      { mark: 'dismiss', words: 'x'.repeat(600), person: null },
      { verb: 'ticket.dismiss', reason: 'x'.repeat(500) },
    ],
    [{ mark: 'note', words: '', person: null }, null],
    [
      { mark: 'note', words: 'Call them', person: null },
      { verb: 'ticket.note', text: 'Call them' },
    ],
    [{ mark: 'assign', words: 'Megan', person: null }, null],
    [
      { mark: 'assign', words: '', person: MEGAN },
      { verb: 'ticket.give', to: MEGAN },
    ],
    [{ mark: 'hand-back', words: '', person: null }, { verb: 'ticket.handBack' }],
    [{ mark: 'undo', words: 'please', person: null }, { verb: 'ticket.undo' }],
    [{ mark: 'seen', words: '', person: null }, { verb: 'ticket.seen' }],
  ];
  for (const [of, meant] of meanings) it(`${of.mark} “${of.words.slice(0, 30)}”`, () => assert.deepEqual(markOf(of, TODAY), meant));
});

describe('what a mark means', () => {
  it('while a move goes on it is said why it cannot be, and what would end that first', () => {
    const saying = (move: Partial<Move>, action: TypedMark, roles: Actor['roles'] = ['approver']) => {
      const { reply } = markDialog({ ...view({}, move), names: { p1: 'Alex' } }, action, { ...ANN, roles }, TODAY);
      return reply && replyText(en, reply).replaceAll('\u00a0', ' ');
    };
    assert.equal(
      saying({ state: 'quoted', startedBy: 'p1', startedAt: '2027-01-19T10:00:00.000Z' }, snooze(7)),
      'It cannot be snoozed while a move goes on: Alex began it on 19 January 2027 10:00 UTC, and it waits for an approval. Nothing has changed. To call that off first, write **show S-1042**, then “cancel”, or “no” and a reason to decline it.',
    );
    assert.match(saying({ state: 'drafting', quote: null }, { verb: 'ticket.dismiss', reason: 'r' }) ?? '', /^It cannot be let go .* then “cancel”\.$/);
    assert.match(saying({ state: 'quoted' }, snooze(7), ['requester']) ?? '', /then “cancel”\.$/);
    assert.match(saying({ state: 'purchasing' }, snooze(7)) ?? '', /can no longer be called off/);
    const closed = markDialog(view({ closed: { how: 'moved', at: '' } }, null), { verb: 'ticket.note', text: 'x' }, ANN, TODAY).reply;
    assert.match(closed ? replyText(en, closed) : '', /nothing is marked on it any more\. Nothing has changed; the card/);
  });

  const view = (ticket: Partial<Ticket>, move: Partial<Move> | null): TicketView => ({
    ...{ ticket: sampleTicket(ticket), etag: 'e', move: move && sampleMove(move), found: [], movable: [], unmoved: [], names: {} },
    ...{ notice: { handle: 'h' }, shown: [], personal: true, fourEyes: { when: 'off' }, hides: HIDES, readOnly: false, now: `${TODAY}T10:00:00.000Z` },
  });
  const snoozed = { marks: { snoozed: { until: '2027-02-01', reason: 'r', by: 'bo', at: '' } } };
  const mark = (name: string, more: object = {}) => [{ do: 'mark', mark: name, reason: '', until: null, ...more }];
  const snooze = (days: number, reason = 'r'): TypedMark => ({ verb: 'ticket.snooze', days, reason });
  const cases: [why: string, Partial<Ticket>, Partial<Move> | null, TypedMark, says: string, does: object[]][] = [
    ['snoozed for two weeks', {}, null, snooze(14), 'snoozed', mark('snoozed', { reason: 'r', until: '2027-02-03' })],
    ['without a reason', {}, null, snooze(1, ''), 'snoozed', mark('snoozed', { until: '2027-01-21' })],
    ['until today', {}, null, snooze(0), 'badDays', []],
    ['until a day that has been', {}, null, snooze(-3), 'badDays', []],
    ['for more than a year', {}, null, snooze(366), 'badDays', []],
    ['until the 31st of February', {}, null, snooze(Number.NaN), 'badDays', []],
    ['snoozed while it waits for an approval', {}, { state: 'quoted' }, snooze(7), 'markNotNow', []],
    ['snoozed when the move was cancelled', {}, { state: 'cancelled' }, snooze(7), 'snoozed', mark('snoozed', { reason: 'r', until: '2027-01-27' })],
    ['let go while licences wait', {}, { state: 'purchased' }, { verb: 'ticket.dismiss', reason: 'r' }, 'markNotNow', []],
    ['let go', {}, null, { verb: 'ticket.dismiss', reason: 'r' }, 'dismissed', mark('dismissed', { reason: 'r' })],
    ['let go without a reason', {}, null, { verb: 'ticket.dismiss', reason: '' }, 'reasonMissing', []],
    ['taken back', snoozed, null, { verb: 'ticket.undo' }, 'undone', mark('undo')],
    ['nothing to take back', {}, null, { verb: 'ticket.undo' }, 'nothingToUndo', []],
    ['given', {}, { state: 'purchased' }, { verb: 'ticket.give', to: MEGAN }, 'given', mark('assigned', { to: 'megan' })],
    ['given to who has it', { marks: { assignedTo: 'megan' } }, null, { verb: 'ticket.give', to: MEGAN }, 'given', []],
    ['given to oneself', {}, null, { verb: 'ticket.give', to: { key: 'ann', name: 'Ann' } }, 'assigned', mark('assigned')],
    ['handed back', { marks: { assignedTo: 'bo' } }, null, { verb: 'ticket.handBack' }, 'handedBack', mark('handedBack')],
    ['handed back by nobody', {}, null, { verb: 'ticket.handBack' }, 'nobodyHasIt', []],
    ['a note while it is bought', {}, { state: 'purchasing' }, { verb: 'ticket.note', text: 'x' }, 'noted', mark('note', { reason: 'x' })],
    ['a note that is too long', {}, null, { verb: 'ticket.note', text: 'x'.repeat(201) }, 'noteTooLong', []],
    ['seen', {}, { state: 'stuck' }, { verb: 'ticket.seen' }, 'seen', mark('seen')],
    ['of one that is closed', { closed: { how: 'renewed', at: '' } }, null, { verb: 'ticket.seen' }, 'markClosed', []],
    ['a note on one that is closed', { closed: { how: 'moved', at: '' } }, { state: 'finished' }, { verb: 'ticket.note', text: 'x' }, 'markClosed', []],
  ];
  for (const [why, ticket, move, action, says, does] of cases)
    it(why, () => {
      const decision = markDialog(view(ticket, move), action, ANN, TODAY);
      assert.deepEqual([decision.reply?.say, decision.intentions], [says, does]);
      for (const roles of [['viewer'], ['licenceAdmin']] as const)
        assert.deepEqual(markDialog(view(ticket, move), action, { ...ANN, roles }, TODAY), { intentions: [], reply: { say: 'mayNot', right: 'ask' } });
    });
});
