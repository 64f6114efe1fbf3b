/** The licences' dialog: all, all but some, again, or on without. Pure. */

import type { TicketView } from '../services/ticketView.ts';
import { ifState } from './purchase.ts';
import { type Actor, type Decision, decided, type TicketAction } from './types.ts';

/** Without a list everybody moves; with one, those who are not on it are left out. */
export function confirmDialog(view: TicketView, action: Extract<TicketAction, { verb: 'reassignment.confirm' }>, actor: Actor): Decision {
  const { move } = view;
  const chosen = action.users === null ? null : new Set(action.users);
  const except = chosen === null ? [] : view.movable.filter((person) => !chosen.has(person.id)).map((person) => person.id);
  if (chosen !== null && view.movable.length > 0 && except.length === view.movable.length) return decided({ say: 'noSuchPeople', value: '' });
  if (move?.state === 'purchased' && (move.people?.movable ?? 0) === 0) return decided({ say: 'notNow', state: move.state });
  return ifState(view, ['purchased'], 'moving', { do: 'event', event: { kind: 'confirmUsers', by: actor.key, except } });
}

export function retryDialog(view: TicketView, actor: Actor): Decision {
  return ifState(view, ['purchased'], 'moving', { do: 'event', event: { kind: 'confirmUsers', by: actor.key, except: [], retry: true } });
}

/** Names are chosen from a list only where nobody else reads along. */
export function pickDialog(view: TicketView): Decision {
  if (view.move?.state === 'purchased' && (view.move.people?.movable ?? 0) === 0) return decided({ say: 'notNow', state: view.move.state });
  return ifState(view, ['purchased'], 'cardInPerson', { do: 'inPerson', otherwise: { say: 'pickInPerson' } });
}

/** Only in person, where names may be listed, and only people by name. */
export function waiveDialog(view: TicketView, action: Extract<TicketAction, { verb: 'reassignment.waive' }>, actor: Actor): Decision {
  if (!view.personal) return ifState(view, ['purchased'], 'cardInPerson', { do: 'inPerson', otherwise: { say: 'onlyInPerson' } });
  if (action.reason === '') return decided({ say: 'reasonMissing' });
  const people = view.unmoved.filter((person) => action.users.includes(person.id));
  if (view.move?.state === 'purchased' && people.length === 0) return decided({ say: 'noSuchPeople', value: '' });
  return ifState(view, ['purchased'], 'waived', { do: 'event', event: { kind: 'waive', by: actor.key, reason: action.reason, people } });
}
