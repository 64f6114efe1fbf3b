/** What a person can answer by typing, as a ticket stands and as far as that person may. Pure. */
import { type FourEyes, lapsesAt, needsAnother } from '../approval/approval.ts';
import type { Hides } from '../domain/shows.ts';
import type { Move, SetEnd, Ticket } from '../domain/ticket.ts';
import { may, type Role } from '../people/roles.ts';
import { lastStepHere } from '../tickets/endOfTerm.ts';
import { settable } from '../tickets/ways.ts';
import { mayBegin } from './states.ts';

export type Answer =
  | 'plan'
  | 'seats'
  | 'approve'
  | 'decline'
  | 'back'
  | 'cancel'
  | 'moveAll'
  | 'allBut'
  | 'again'
  | 'check'
  | 'suspend'
  | 'leave'
  | 'leaveThere'
  | 'letEnd'
  | 'suspendNow'
  | 'endNow'
  | 'endCancel'
  | 'endRenew';

/** `another`: it waits for somebody else's yes, because this one asked or may not approve. */
export interface Can {
  answers: Answer[];
  another: boolean;
}

/** `now` is ISO text. */
export interface Asked {
  ticket: Pick<Ticket, 'closed' | 'plans' | 'facts'>;
  move: Move | null;
  fourEyes: FourEyes;
  hides: Hides;
  /** A cancellation for the end of the term can be written here. */
  plannable?: boolean;
  now: string;
}

/** What the last step takes for an answer. */
const LAST = {
  letEnd: ['letEnd', 'suspendNow'],
  setEnd: ['endNow', 'leave', 'suspendNow'],
  cancel: ['leave', 'suspendNow'],
  suspend: ['suspend', 'leave'],
  customerActs: ['leaveThere'],
} as const;

/** Which ends can be set by a word here. */
function ends({ ticket, move, plannable }: Pick<Asked, 'ticket' | 'move' | 'plannable'>): Answer[] {
  const word: Record<SetEnd, Answer> = { cancel: 'endCancel', renew: 'endRenew' };
  return mayBegin(move) ? settable(ticket.facts).flatMap((to) => (to === 'renew' || plannable ? [word[to]] : [])) : [];
}

export function answersTo(asked: Asked, person: { key: string; roles: readonly Role[] }): Can {
  const { ticket, move, fourEyes, hides, plannable, now } = asked;
  const is = (right: Parameters<typeof may>[1], ...answers: Answer[]) => (may(person.roles, right) ? answers : []);
  const can = (...answers: Answer[][]): Can => ({ answers: answers.flat(), another: false });
  if (ticket.closed) return can();
  // One that was set to renew, and stopped again: its ticket is as it was before.
  switch (move && move.outcome !== 'renewedAgain' ? move.state : 'none') {
    case 'none':
    case 'cancelled':
      return can(ticket.plans === null ? [] : is('ask', 'plan'), is('ask', ...ends(asked)));
    case 'drafting':
      return can(is('ask', ...(move?.draft.plan === undefined ? (['plan', 'cancel'] as const) : (['seats', 'back', 'cancel'] as const))));
    case 'quoted':
      return move ? quoted(move, { fourEyes, now, hides }, person) : can();
    case 'weighed':
      return move ? weighed(move, { fourEyes, now, hides }, person) : can();
    case 'set':
      return can(is('ask', ...ends(asked)));
    case 'purchased':
      return move?.people ? can(people(move, is), is('ask', 'check')) : can();
    case 'reassigned':
      return can(is('suspend', ...LAST[lastStepHere(ticket.facts, plannable)]));
    case 'stuck':
      return can(is('ask', 'check'));
    default:
      return can();
  }
}

function weighed(
  { end, approval }: Move,
  { fourEyes, hides, now }: Pick<Asked, 'fourEyes' | 'hides' | 'now'>,
  person: { key: string; roles: readonly Role[] },
): Can {
  if (approval || !end || lapsesAt(end) <= now) return { answers: [], another: false };
  const own = end.askedBy === person.key && needsAnother(end, fourEyes);
  const approver = may(person.roles, 'approve');
  const approves: Answer[] = approver ? (own || (end.to === 'renew' && hides.cost === 'personal') ? ['decline'] : ['approve', 'decline']) : [];
  return { answers: [...approves, ...(may(person.roles, 'ask') ? (['cancel'] as const) : [])], another: own || !approver };
}

function quoted(move: Move, { fourEyes, hides, now }: Pick<Asked, 'fourEyes' | 'hides' | 'now'>, person: { key: string; roles: readonly Role[] }): Can {
  if (move.approval || !move.quote || lapsesAt(move.quote) <= now) return { answers: [], another: false };
  const own = move.quote.askedBy === person.key && needsAnother(move.quote, fourEyes);
  const approver = may(person.roles, 'approve');
  const approves: Answer[] = approver ? (own || hides.cost === 'personal' ? ['decline'] : ['approve', 'decline']) : [];
  return { answers: [...approves, ...(may(person.roles, 'ask') ? (['back', 'cancel'] as const) : [])], another: own || !approver };
}

/** Yes moves those who can; where nobody can any more, those who did not move can be tried again. */
function people(move: Move, is: (right: 'licences', ...answers: Answer[]) => Answer[]): Answer[] {
  const sameSku = move.sku !== null && move.sku.from === move.sku.to;
  if (!move.people || sameSku) return [];
  if (move.people.movable > 0) return is('licences', 'moveAll', 'allBut');
  return move.people.moved > 0 ? is('licences', 'again') : [];
}
