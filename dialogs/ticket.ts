/** What a button or an answer means for a ticket as it stands: one decision for both. Pure. */

import { isOpenOutcome } from '../services/moves/stuck.ts';
import type { TicketView } from '../services/ticketView.ts';
import { approveDialog, backDialog, cancelDialog, declineDialog, ifState, quoteDialog, settleDialog } from './purchase.ts';
import { confirmDialog, pickDialog, retryDialog, waiveDialog } from './reassignment.ts';
import { lacks, SPENDS } from './rights.ts';
import { skipDialog, suspendDialog, vouchDialog } from './suspension.ts';
import { approveEndDialog, endDialog, SETS } from './termEnd.ts';
import { type Actor, type Decision, decided, type TicketAction } from './types.ts';

export function ticketDialog(view: TicketView, action: TicketAction, actor: Actor): Decision {
  const right = lacks(actor.roles, action.verb);
  if (right) return decided({ say: 'mayNot', right });
  if (view.ticket.closed && view.move?.state !== 'stuck') return decided({ say: 'closed', how: view.ticket.closed.how });
  if (view.readOnly && SPENDS.has(action.verb)) return decided({ say: view.readOnly });
  switch (action.verb) {
    case 'purchase.quote':
      return quoteDialog(view, action, actor);
    case 'purchase.approve':
      return view.move?.end ? approveEndDialog(view, actor) : approveDialog(view, actor);
    case 'purchase.decline':
      return declineDialog(view, action, actor);
    case 'dialog.back':
      return backDialog(view, actor);
    case 'move.cancel':
      return cancelDialog(view, actor);
    case 'reassignment.confirm':
      return confirmDialog(view, action, actor);
    case 'reassignment.retry':
      return retryDialog(view, actor);
    case 'reassignment.pick':
      return pickDialog(view);
    case 'reassignment.waive':
      return waiveDialog(view, action, actor);
    case 'suspension.confirm':
      return suspendDialog(view, actor);
    case 'suspension.skip':
      return skipDialog(view, action, actor);
    case 'end.cancel':
    case 'end.renew':
      return endDialog(view, SETS[action.verb], actor);
    case 'suspension.vouch':
      return vouchDialog(view, action, actor);
    case 'move.check':
      return ifState(view, ['stuck', 'purchased', 'weighed'], 'looking', { do: 'event', event: { kind: 'check', by: actor.key } });
    case 'move.settle':
      return settleDialog(view, action, actor);
    case 'move.giveUp':
      return giveUpDialog(view, action.reason, actor);
  }
}

function giveUpDialog(view: TicketView, reason: string, actor: Actor): Decision {
  // Where nobody has moved yet it loses nothing: the ticket stays open, and another move asks about what was bought.
  if (reason === '' && view.move?.state !== 'purchased') return decided({ say: 'reasonMissing' });
  if (view.move && isOpenOutcome(view.move)) return decided({ say: 'notWhileUnclear' });
  return ifState(view, ['stuck', 'purchased'], 'gaveUp', { do: 'event', event: { kind: 'giveUp', by: actor.key, reason } });
}
