/** Marks on a ticket that nobody moves: whose it is, not now, not at all, and back. Pure. */
import { addDays } from '../services/clock.ts';
import { may } from '../services/people/roles.ts';
import { type Actor, type CardAction, type Decision, decided } from './types.ts';
import type { MatterFacts } from '../services/ticketView.ts';

const SNOOZE_MAX_DAYS = 365;

export type MarkAction = { verb: 'expiry.assign' | 'expiry.undo' } | Extract<CardAction, { verb: 'expiry.snooze' } | { verb: 'expiry.letGo' }>;

/** Marks on a matter that nobody moves: whose it is, not now, not at all, and back. */
export function markDialog(facts: MatterFacts, action: MarkAction, actor: Actor, today: string): Decision {
  if (!may(actor.roles, 'ask')) return decided({ say: 'mayNot', right: 'ask' });
  if (facts.expiry.closed) return decided({ say: 'closed', how: facts.expiry.closed.how });
  switch (action.verb) {
    case 'expiry.assign':
      if (facts.expiry.marks.assignedTo === actor.key) return decided({ say: 'assigned' });
      return decided({ say: 'assigned' }, { do: 'mark', mark: 'assigned', reason: '', until: null });
    case 'expiry.undo':
      if (!facts.expiry.marks.snoozed && !facts.expiry.marks.letGo) return decided({ say: 'upToDate' });
      return decided({ say: 'undone' }, { do: 'mark', mark: 'undo', reason: '', until: null });
    case 'expiry.letGo':
      return action.reason === ''
        ? decided({ say: 'reasonMissing' })
        : decided({ say: 'letGo' }, { do: 'mark', mark: 'letGo', reason: action.reason, until: null });
    case 'expiry.snooze': {
      if (action.reason === '') return decided({ say: 'reasonMissing' });
      if (!Number.isInteger(action.days) || action.days < 1 || action.days > SNOOZE_MAX_DAYS) return decided({ say: 'badDays', value: String(action.days) });
      const until = addDays(today, action.days);
      return decided({ say: 'snoozed', until }, { do: 'mark', mark: 'snoozed', reason: action.reason, until });
    }
  }
}
