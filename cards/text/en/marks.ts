/** Marks on a ticket: how they are written, and what is said of them. */

import type { MoveState } from '../../../services/domain/ticket.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Safe } from '../../escape.ts';
import { date, number, stamp } from './format.ts';
import { stateNow } from './states.ts';

/** How a mark is written. */
export const marks: Record<MarkWord, string> = {
  snooze: 'Write **snooze**, a ticket or a customer, for how long, and why if you like: “snooze S-1001 14 holiday”, or “snooze contoso until 10 January”.',
  dismiss: 'Write **dismiss**, a ticket or a customer, and why: “dismiss S-1001 they leave us”.',
  undo: 'Write **undo** and a ticket or a customer: “undo S-1001”.',
  assign: 'Write **assign**, a ticket or a customer, and mention the person: “assign S-1001 @Megan”, or “assign S-1001 me”.',
  'hand-back': 'Write **hand back** and a ticket or a customer: “hand back S-1001”.',
  note: 'Write **note**, a ticket or a customer, and the text: “note S-1001 they call back on Monday”.',
  seen: 'Write **seen** and a ticket or a customer: “seen S-1001”.',
};

export function isMark(of: string): of is MarkWord {
  return Object.hasOwn(marks, of);
}

interface NotNow {
  mark: 'snooze' | 'dismiss';
  ticketId: string;
  state: MoveState;
  who: Safe;
  at: string;
  /** What would end the move that goes on. */
  ends: 'cancel' | 'decline' | null;
}

export const ofMarks = {
  assigned: () => 'You look after it now.',
  undone: () => 'It is open again.',
  nothingToUndo: () => 'It is neither snoozed nor let go, so there is nothing to take back. Nothing has changed.',
  given: (d: { who: Safe }) => `${d.who} looks after it now.`,
  handedBack: () => 'Nobody looks after it now.',
  nobodyHasIt: () => 'Nobody looks after it. Nothing has changed.',
  noted: () => 'Written down.',
  noteTooLong: (d: { max: number }) => `A note has ${number(d.max)} letters at most. Nothing was written down; write it in fewer words.`,
  seen: () => 'Written down that you have seen it. Reminders come as before.',
  dismissed: () => 'Noted. I do not remind you of it again.',
  snoozed: (d: { until: string }) => `Snoozed until ${date(d.until)}.`,
  badDays: (d: { value: Safe }) => `“${d.value}” is not a number of days from 1 to 365. Nothing has changed.`,
  noTarget: (d: { of: MarkWord; what: Safe }) => `I find no ticket and no customer in “${d.what}”. Nothing has changed. ${marks[d.of]}`,
  nothingOpen: () => 'No ticket of it is open.',
  assignWhom: (d: { several: boolean }) =>
    `${d.several ? 'One person looks after a ticket: mention one.' : 'Mention the person, with @ and the name: a name alone could be anybody.'} Nothing has changed. ${marks.assign}`,
  whoIsThat: (d: { who: Safe }) =>
    `Teams does not tell me who ${d.who} is, so I gave it to nobody. Nothing has changed; with “assign S-1001 me” you take it yourself.`,
  cannotLookAfter: (d: { who: Safe }) => `${d.who} may not begin or change a move, so I gave it to nobody. Nothing has changed.`,
  markNotNow: (d: NotNow) =>
    `${d.mark === 'snooze' ? 'It cannot be snoozed' : 'It cannot be let go'} while a move goes on: ${d.who ? `${d.who} began it on ${stamp(d.at)}, and ` : ''}${stateNow[d.state]}. Nothing has changed. ${d.ends === null ? 'That can no longer be called off.' : `To call that off first, write **show ${d.ticketId}**, then ${d.ends === 'decline' ? '“cancel”, or “no” and a reason to decline it' : '“cancel”'}.`}`,
  markClosed: () => 'Its ticket is closed, so nothing is marked on it any more. Nothing has changed; the card says how it stands.',
};
