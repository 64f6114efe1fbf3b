/** The dialog that sets how a term ends: cancel it, renew it again; alone, or as the last step of a move. Pure. */
import { type WhyNotApprove, whyNotApprove } from '../services/approval/approval.ts';
import type { SetEnd } from '../services/domain/ticket.ts';
import { mayBegin } from '../services/moves/states.ts';
import { lastStepHere } from '../services/tickets/endOfTerm.ts';
import { settable } from '../services/tickets/ways.ts';
import type { TicketView } from '../services/ticketView.ts';
import { already } from './purchase.ts';
import { lacks } from './rights.ts';
import { type Actor, type Decision, decided, type Reply } from './types.ts';

export const SETS: Readonly<Record<'end.cancel' | 'end.renew', SetEnd>> = { 'end.cancel': 'cancel', 'end.renew': 'renew' };

export function endDialog(view: TicketView, to: SetEnd, actor: Actor): Decision {
  const { ticket, move, plannable } = view;
  if (move?.state === 'reassigned' && to === 'cancel') return lastStepDialog(view, actor);
  if (!mayBegin(move)) return decided(already(view));
  if (!settable(ticket.facts).includes(to)) return decided({ say: 'endNotPossible', to });
  if (to === 'cancel' && !plannable) return decided({ say: 'endNotShown' });
  return decided({ say: 'weighing', to }, { do: 'openEnd', to });
}

/** As the last step, by who may suspend too. */
function lastStepDialog({ ticket, plannable }: TicketView, actor: Actor): Decision {
  const right = lacks(actor.roles, 'suspension.confirm');
  if (right) return decided({ say: 'mayNot', right });
  const last = lastStepHere(ticket.facts, plannable);
  if (last === 'cancel') return decided({ say: 'endNotShown' });
  if (last !== 'setEnd') return decided({ say: 'endNotPossible', to: 'cancel' });
  return decided({ say: 'settingEnd' }, { do: 'event', event: { kind: 'confirmEnd', by: actor.key } });
}

/** A yes to the end that was asked about. */
export function approveEndDialog(view: TicketView, actor: Actor): Decision {
  const { move } = view;
  const end = move?.end;
  if (move?.approval) return decided({ say: 'alreadyApproved', who: view.names[move.approval.by] ?? '', at: move.approval.at });
  if (!end || move.state !== 'weighed') return decided(already(view));
  // A yes is to a price that was shown.
  if (end.to === 'renew' && view.hides.cost === 'personal') return decided({ say: 'approveInPerson' });
  const whyNot = whyNotApprove(end, actor, end.hash, view.fourEyes, view.now);
  if (whyNot) return decided(notApproved(whyNot));
  const event = { kind: 'approve' as const, by: actor.key, roles: actor.roles, hash: end.hash, fourEyes: view.fourEyes };
  return decided({ say: 'endApproved' }, { do: 'event', event });
}

/** Why a yes to an end does not count. */
export function notApproved(why: WhyNotApprove): Reply {
  const said = { ownRequest: 'endOwnRequest', quoteChanged: 'cardChanged', lapsed: 'endLapsed' } as const;
  return why === 'role' ? { say: 'mayNot', right: 'approve' } : { say: said[why] };
}
