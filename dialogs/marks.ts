/** Marks on a ticket: whose it is, not now, not at all, and back; a note, and that somebody has seen it. Pure. */
import { addDays } from '../services/clock.ts';
import { isLegal, mayBegin } from '../services/moves/states.ts';
import type { MarkWord } from '../services/notify/handles.ts';
import { beginning } from '../services/text.ts';
import type { TicketView } from '../services/ticketView.ts';
import { daysIn } from './dates.ts';
import { lacks } from './rights.ts';
import { english } from './spoken/en.ts';
import type { Spoken } from './spoken/spoken.ts';
import { type Actor, type CardAction, type Decision, decided, type Mark, type Reply } from './types.ts';

const SNOOZE_MAX_DAYS = 365;
const REASON_MAX = 500;
/** So much of a note is shown wherever it stands. */
const NOTE_MAX = 200;

/** What a button does. */
export type MarkAction = { verb: 'ticket.assign' | 'ticket.undo' } | Extract<CardAction, { verb: 'ticket.snooze' } | { verb: 'ticket.dismiss' }>;

/** The same as it is typed, and what has no button. */
export type TypedMark =
  | MarkAction
  | { verb: 'ticket.handBack' | 'ticket.seen' }
  | { verb: 'ticket.note'; text: string }
  | { verb: 'ticket.give'; to: { key: string; name: string } };

/** What was typed behind the ticket, as a mark; null where something is missing. `today` is a UTC day. */
export function markOf(
  of: { mark: MarkWord; words: string; person: { key: string; name: string } | null },
  today: string,
  languages: readonly Spoken[] = [english],
): TypedMark | null {
  const { mark, words, person } = of;
  switch (mark) {
    case 'snooze': {
      const until = daysIn(words, today, languages);
      return until && { verb: 'ticket.snooze', days: until.days, reason: beginning(until.rest, REASON_MAX) };
    }
    case 'dismiss':
      return { verb: 'ticket.dismiss', reason: beginning(words, REASON_MAX) };
    case 'note':
      return words === '' ? null : { verb: 'ticket.note', text: words };
    case 'assign':
      return person && { verb: 'ticket.give', to: person };
    case 'hand-back':
      return { verb: 'ticket.handBack' };
    case 'undo':
    case 'seen':
      return { verb: `ticket.${mark}` };
  }
}

/** What a mark means for the ticket as it stands. */
export function markDialog(view: TicketView, action: TypedMark, actor: Actor, today: string): Decision {
  // All of them need the same.
  const right = lacks(actor.roles, 'ticket.assign');
  if (right) return decided({ say: 'mayNot', right });
  const { closed, marks } = view.ticket;
  if (closed) return decided({ say: 'markClosed' });
  switch (action.verb) {
    case 'ticket.assign':
      return marks.assignedTo === actor.key ? decided({ say: 'assigned' }) : decided({ say: 'assigned' }, marked('assigned'));
    case 'ticket.give': {
      const { key, name } = action.to;
      if (key === actor.key) return markDialog(view, { verb: 'ticket.assign' }, actor, today);
      const reply = { say: 'given', who: name } as const;
      return marks.assignedTo === key ? decided(reply) : decided(reply, { ...marked('assigned'), to: key });
    }
    case 'ticket.handBack':
      return marks.assignedTo ? decided({ say: 'handedBack' }, marked('handedBack')) : decided({ say: 'nobodyHasIt' });
    case 'ticket.undo':
      return marks.snoozed || marks.dismissed ? decided({ say: 'undone' }, marked('undo')) : decided({ say: 'nothingToUndo' });
    case 'ticket.seen':
      return decided({ say: 'seen' }, marked('seen'));
    case 'ticket.note':
      if (action.text.length > NOTE_MAX) return decided({ say: 'noteTooLong', max: NOTE_MAX });
      return decided({ say: 'noted' }, marked('note', action.text));
    case 'ticket.dismiss':
      if (!mayBegin(view.move)) return decided(notNow(view, 'dismiss', actor));
      return action.reason === '' ? decided({ say: 'reasonMissing' }) : decided({ say: 'dismissed' }, marked('dismissed', action.reason));
    case 'ticket.snooze': {
      if (!mayBegin(view.move)) return decided(notNow(view, 'snooze', actor));
      if (!Number.isInteger(action.days) || action.days < 1 || action.days > SNOOZE_MAX_DAYS) return decided({ say: 'badDays', value: String(action.days) });
      const until = addDays(today, action.days);
      return decided({ say: 'snoozed', until }, { ...marked('snoozed', action.reason), until });
    }
  }
}

/** Not while a move goes on; and what would end that first. */
function notNow({ ticket, move, names }: TicketView, mark: 'snooze' | 'dismiss', actor: Actor): Reply {
  if (!move) return { say: 'notNow', state: 'none' };
  const declines = isLegal(move.state, 'decline') && !move.approval && !lacks(actor.roles, 'purchase.decline');
  const ends = declines ? 'decline' : isLegal(move.state, 'cancel') ? 'cancel' : null;
  return { say: 'markNotNow', mark, ticketId: ticket.id, state: move.state, who: names[move.startedBy] ?? '', at: move.startedAt, ends };
}

function marked(mark: Mark, reason = '') {
  return { do: 'mark' as const, mark, reason, until: null };
}
