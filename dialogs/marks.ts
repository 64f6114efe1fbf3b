/** Marks on a ticket that nobody moves: whose it is, not now, not at all, and back. Pure. */
import { addDays } from '../services/clock.ts';
import type { TicketView } from '../services/ticketView.ts';
import { lacks } from './rights.ts';
import { type Actor, type CardAction, type Decision, decided } from './types.ts';

const SNOOZE_MAX_DAYS = 365;

export type MarkAction = { verb: 'ticket.assign' | 'ticket.undo' } | Extract<CardAction, { verb: 'ticket.snooze' } | { verb: 'ticket.dismiss' }>;

/** Marks on a ticket that nobody moves: whose it is, not now, not at all, and back. */
export function markDialog(view: TicketView, action: MarkAction, actor: Actor, today: string): Decision {
  const right = lacks(actor.roles, action.verb);
  if (right) return decided({ say: 'mayNot', right });
  if (view.ticket.closed) return decided({ say: 'closed', how: view.ticket.closed.how });
  switch (action.verb) {
    case 'ticket.assign':
      if (view.ticket.marks.assignedTo === actor.key) return decided({ say: 'assigned' });
      return decided({ say: 'assigned' }, { do: 'mark', mark: 'assigned', reason: '', until: null });
    case 'ticket.undo':
      if (!view.ticket.marks.snoozed && !view.ticket.marks.dismissed) return decided({ say: 'upToDate' });
      return decided({ say: 'undone' }, { do: 'mark', mark: 'undo', reason: '', until: null });
    case 'ticket.dismiss':
      return action.reason === ''
        ? decided({ say: 'reasonMissing' })
        : decided({ say: 'dismissed' }, { do: 'mark', mark: 'dismissed', reason: action.reason, until: null });
    case 'ticket.snooze': {
      if (action.reason === '') return decided({ say: 'reasonMissing' });
      if (!Number.isInteger(action.days) || action.days < 1 || action.days > SNOOZE_MAX_DAYS) return decided({ say: 'badDays', value: String(action.days) });
      const until = addDays(today, action.days);
      return decided({ say: 'snoozed', until }, { do: 'mark', mark: 'snoozed', reason: action.reason, until });
    }
  }
}
