/** The last step's dialog: suspend, or let it end by itself. Pure. */

import { isOwnRequest, isVouchable } from '../services/moves/stuck.ts';
import { lastStep } from '../services/tickets/endOfTerm.ts';
import type { TicketView } from '../services/ticketView.ts';
import { ifState } from './purchase.ts';
import { type Actor, type Decision, decided } from './types.ts';

export function suspendDialog(view: TicketView, actor: Actor): Decision {
  return ifState(view, ['reassigned'], 'suspending', { do: 'event', event: { kind: 'confirmSuspend', by: actor.key } });
}

/** Leaving one running costs money, so it wants a reason; one whose cancellation was read ends by itself. */
export function skipDialog(view: TicketView, action: { reason: string }, actor: Actor): Decision {
  const { facts } = view.ticket;
  if (lastStep(facts) === 'letEnd')
    return ifState(view, ['reassigned'], 'letEnd', { do: 'event', event: { kind: 'letEnd', by: actor.key, day: facts.expiresOn } });
  if (action.reason === '') return decided({ say: 'reasonMissing' });
  return ifState(view, ['reassigned'], 'left', { do: 'event', event: { kind: 'skip', by: actor.key, reason: action.reason } });
}

/** An approver looked where the bot could not: in person, with a reason, and where four eyes apply not the one who asked for the purchase. */
export function vouchDialog(view: TicketView, action: { reason: string }, actor: Actor): Decision {
  const { move, fourEyes } = view;
  if (!move || !isVouchable(move)) return decided({ say: 'notNow', state: move?.state ?? 'none' });
  if (!view.personal) return decided({ say: 'vouchInPerson' });
  if (action.reason === '') return decided({ say: 'reasonMissing' });
  if (isOwnRequest(move, actor.key, fourEyes)) return decided({ say: 'ownVouch' });
  const event = { kind: 'vouch' as const, by: actor.key, roles: actor.roles, fourEyes, reason: action.reason };
  return ifState(view, ['stuck'], 'vouched', { do: 'event', event });
}
