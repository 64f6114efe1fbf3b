/** The thread's line says what is next, and mentions who must do it. */
import assert from 'node:assert/strict';
import type { Move, NewsKind, Ticket } from '../../../services/domain/ticket.ts';
import { type Directory, DirectoryError, directoryOf, meet } from '../../../services/people/people.ts';
import type { Role } from '../../../services/people/roles.ts';
import { ofCustomer } from '../../../services/store/rows.ts';
import { sampleMove } from '../../support/samples.ts';
import { MINUTE_MS, openNotifying } from '../../support/notifying.ts';

const ROLES: Record<string, Role[]> = { ann: ['requester'], bo: ['approver'], lu: ['licenceAdmin'], vi: ['viewer'] };
const STAFF = directoryOf(Object.entries(ROLES).map(([objectId, roles]) => ({ objectId, name: objectId, roles })));
const COUNTED = { total: 7, movable: 6, moved: 0, blocked: 1, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 7, named: [] };
const STUCK = { from: 'suspending' as const, reason: 'holders' as const, code: '1', at: '2027-01-20T10:00:00.000Z' };

interface Case {
  kind: NewsKind;
  data?: Record<string, string | number>;
  move: Partial<Move> | null;
  /** Who looks after it; Ann began it, Bo approved it. */
  assigned?: string;
  chat?: 'channel' | 'groupChat' | 'personal';
  directory?: Directory;
  ticket?: Partial<Ticket>;
  /** The ticket to which what is typed next is an answer. */
  answersGoTo?: string | null;
}

/** What is said in the chat. */
async function said({ kind, data = {}, move, assigned, chat = 'channel', directory = STAFF, ticket = {}, answersGoTo = null }: Case): Promise<string> {
  const world = openNotifying(directory);
  world.deps.answersGoTo = async () => answersGoTo;
  const keys = new Map<string, string>();
  for (const name of [...Object.keys(ROLES), 'old']) {
    const shown = name === 'bo' ? 'Bo <at>Ek' : name === 'old' ? '' : `${name[0]?.toUpperCase()}${name.slice(1)}`;
    keys.set(name, (await meet(world.deps.store, { objectId: name, tenantId: 't', name: shown }, null, '2027-01-20')).key);
  }
  const key = (name: string) => keys.get(name) as string;
  await world.chat('room', { kind: chat, ...(chat === 'personal' ? { person: key('bo') } : {}) });
  if (move) {
    const approval = move.state === 'cancelled' ? null : { by: key('bo'), at: '2027-01-20T10:00:00.000Z', hash: 'h' };
    const quote = { ...sampleMove().quote, askedBy: key('ann') } as NonNullable<Move['quote']>;
    await world.deps.store.put(...ofCustomer('c1'), 'mov_1', sampleMove({ startedBy: key('ann'), quote, approval, ...move }));
  }
  const marks = assigned ? { assignedTo: key(assigned) } : {};
  const about = { move: move ? 'mov_1' : null, marks, ...ticket };
  await world.flip('S-1', { ticket: about });
  await world.forMs(MINUTE_MS);
  await world.flip('S-1', { kind, data, ticket: about });
  await world.forMs(MINUTE_MS);
  world.stop();
  return (world.to('room').findLast((one) => one.startsWith('say ')) ?? '').slice('say '.length).replaceAll('\u00a0', ' ');
}

describe('the line of a thread', () => {
  const order = { id: 'o', subscriptionId: 'new', placedAt: '2027-01-20T10:07:00.000Z', cancellableUntil: null };
  const purchased = { state: 'purchased', people: COUNTED, order } as const;
  const reassigned = { state: 'reassigned', people: { ...COUNTED, movable: 0, moved: 7, blocked: 0 } } as const;
  const cases: [string, Case, string][] = [
    [
      'licences: who asked may not move them, so the one who approved is mentioned',
      { kind: 'counted', data: { movable: 6, total: 7, moved: 0, blocked: 1 }, move: purchased },
      'Bought. 6 of 7 people can move; 1 needs something first. Choose on the card who moves. <at>Bo atEk</at>',
    ],
    [
      'licences: who looks after it comes first',
      { kind: 'counted', data: { movable: 6, total: 7, moved: 0, blocked: 1 }, move: purchased, assigned: 'lu' },
      'Bought. 6 of 7 people can move; 1 needs something first. Choose on the card who moves. <at>Lu</at>',
    ],
    [
      'licences: some are left',
      { kind: 'someFailed', data: { moved: 6, total: 7 }, move: { state: 'purchased', people: { ...COUNTED, movable: 0, moved: 6 } }, assigned: 'lu' },
      '6 of 7 people moved; 1 needs a look. Choose on the card what happens with those who have not moved. <at>Lu</at>',
    ],
    [
      'the last step: who moves licences may not suspend',
      { kind: 'moved', data: { moved: 7, total: 7 }, move: reassigned, assigned: 'lu' },
      'Everybody has moved. One step is left. Suspend it, or leave it with a reason. <at>Bo atEk</at>',
    ],
    [
      'a move that has stopped: who asked for it',
      { kind: 'stuck', data: { reason: 'holders' }, move: { state: 'stuck', stuck: STUCK } },
      'I need a person here: the move has stopped, and the card says why. Choose “Look again” on the card, or look in Partner Center. <at>Ann</at>',
    ],
    [
      'a purchase of which nobody knows what came: only an approver can say',
      { kind: 'stuck', data: { reason: 'purchaseUnclear' }, move: { state: 'stuck', stuck: { ...STUCK, from: 'purchasing', reason: 'purchaseUnclear' } } },
      'I need a person here: it is unclear whether the last step went through. Choose “Look again” on the card, or look in Partner Center. <at>Bo atEk</at>',
    ],
    [
      'a quote that lapsed: who asked for it',
      { kind: 'lapsed', move: { state: 'cancelled' } },
      'Nobody approved it within a day, so the quote has lapsed. Nothing was bought. Choose a plan on the card, or let it go. <at>Ann</at>',
    ],
    [
      'a reminder: who looks after it',
      { kind: 'reminder', data: { days: 7 }, move: null, assigned: 'ann' },
      '7 days left. Ann looks after it; nobody has decided yet. 7 people lose access then; it costs €310.00 a month now. <at>Ann</at>',
    ],
    [
      'a reminder of what nobody looks after mentions nobody',
      { kind: 'reminder', data: { days: 7 }, move: null },
      '7 days left. Nobody has decided yet. 7 people lose access then; it costs €310.00 a month now.',
    ],
    [
      'whoever waits hears the reminder of a move, with a mention',
      { kind: 'waits', data: { count: 1 }, move: reassigned },
      'A reminder: the last step waits: the old subscription still goes on and is paid for. Suspend it, or leave it with a reason. <at>Bo atEk</at>',
    ],
    [
      'that may not do it, or has no name any more, mentions nobody',
      {
        kind: 'stuck',
        data: { reason: 'holders' },
        move: { state: 'stuck', stuck: STUCK, approval: null, quote: null },
        assigned: 'vi',
        directory: directoryOf([]),
      },
      'I need a person here: the move has stopped, and the card says why. Choose “Look again” on the card, or look in Partner Center.',
    ],
    [
      'while nobody can say who may mentions nobody',
      {
        ...{ kind: 'moved', data: { moved: 7, total: 7 }, move: reassigned },
        directory: { ...STAFF, rolesOf: () => Promise.reject(new DirectoryError('no answer')) },
      },
      'Everybody has moved. One step is left. Suspend it, or leave it with a reason.',
    ],
    [
      'told after the step was done says no next step and mentions nobody',
      { kind: 'moved', data: { moved: 7, total: 7 }, move: { ...reassigned, state: 'suspending' } },
      'Everybody has moved. One step is left.',
    ],
  ];
  for (const [title, one, line] of cases) it(title, async () => assert.equal(await said(one), line));

  it('in a group chat, where it stands below no card, names its ticket and mentions whoever it waits for', async () => {
    const line = await said({ kind: 'moved', data: { moved: 7, total: 7 }, move: reassigned, chat: 'groupChat' });
    assert.match(line ?? '', /^Contoso Ltd, S-1: Everybody has moved\. One step is left\. Suspend it, or leave it with a reason\. <at>/);
  });

  it('that the old one has ended is said once: by the line of the move that ended with it', async () => {
    const move: Partial<Move> = { ...reassigned, state: 'finished', outcome: 'ended' };
    assert.equal(await said({ kind: 'changed', data: { what: 'ended' }, move }), '');
    assert.equal(await said({ kind: 'finished', data: {}, move }), 'Finished: the old subscription has ended.');
    assert.equal(await said({ kind: 'changed', data: { what: 'ended' }, move: reassigned }), 'The old subscription has ended.');
  });

  it('in person says what can be answered where an answer is one to this ticket, else how to come to that; it mentions nobody', async () => {
    const one: Case = { kind: 'moved', data: { moved: 7, total: 7 }, move: reassigned, chat: 'personal' };
    for (const answersGoTo of [null, 'S-2'])
      assert.equal(await said({ ...one, answersGoTo }), 'Contoso Ltd, S-1: Everybody has moved. One step is left. Write **show S-1** to answer it.');
    const line = await said({ ...one, answersGoTo: 'S-1' });
    assert.equal(
      line,
      'Contoso Ltd, S-1: Everybody has moved. One step is left. Answer **yes** to suspend the old subscription or **no** and a reason to leave it running.',
    );
  });
});
