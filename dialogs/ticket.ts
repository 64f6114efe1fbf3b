/** What a button or an answer means for a ticket as it stands: one decision for both. Pure. */
import { type Actor, type Decision, decided, type TicketAction } from './types.ts';
import { approveDialog, backDialog, cancelDialog, declineDialog, ifState, quoteDialog, settleDialog } from './purchase.ts';
import { skipDialog, suspendDialog, vouchDialog } from './suspension.ts';
import { confirmDialog, retryDialog, waiveDialog } from './reassignment.ts';
import { lacks, SPENDS } from './rights.ts';
import type { TicketView } from '../services/ticketView.ts';

export function ticketDialog(facts: TicketView, action: TicketAction, actor: Actor): Decision {
  const right = lacks(actor.roles, action.verb);
  if (right) return decided({ say: 'mayNot', right });
  if (facts.ticket.closed && facts.move?.state !== 'stuck') return decided({ say: 'closed', how: facts.ticket.closed.how });
  if (facts.readOnly && SPENDS.has(action.verb)) return decided({ say: 'readOnly' });
  switch (action.verb) {
    case 'purchase.quote':
      return quoteDialog(facts, action, actor);
    case 'purchase.approve':
      return approveDialog(facts, actor);
    case 'purchase.decline':
      return declineDialog(facts, action, actor);
    case 'dialog.back':
      return backDialog(facts, actor);
    case 'move.cancel':
      return cancelDialog(facts, actor);
    case 'reassignment.confirm':
      return confirmDialog(facts, action, actor);
    case 'reassignment.retry':
      return retryDialog(facts, actor);
    case 'reassignment.waive':
      return waiveDialog(facts, action, actor);
    case 'suspension.confirm':
      return suspendDialog(facts, actor);
    case 'suspension.skip':
      return skipDialog(facts, action, actor);
    case 'suspension.vouch':
      return vouchDialog(facts, action, actor);
    case 'move.check':
      return ifState(facts, ['stuck', 'purchased'], 'looking', { do: 'event', event: { kind: 'check', by: actor.key } });
    case 'move.settle':
      return settleDialog(facts, action, actor);
    case 'move.giveUp':
      return giveUpDialog(facts, action.reason, actor);
  }
}

function giveUpDialog(facts: TicketView, reason: string, actor: Actor): Decision {
  // Where nobody has moved yet it loses nothing: the ticket stays open, and another move asks about what was bought.
  if (reason === '' && facts.move?.state !== 'purchased') return decided({ say: 'reasonMissing' });
  const stuck = facts.move?.stuck;
  if (stuck?.reason === 'purchaseUnclear' || stuck?.reason === 'suspendUnclear') return decided({ say: 'notWhileUnclear' });
  return ifState(facts, ['stuck', 'purchased'], 'gaveUp', { do: 'event', event: { kind: 'giveUp', by: actor.key, reason } });
}
