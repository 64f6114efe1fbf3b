/** How a move stands, and why it waits. */
import type { MoveState, PauseReason } from '../../../services/domain/ticket.ts';

export const stateNow: Record<MoveState | 'none', string> = {
  none: 'nobody has asked for a price yet',
  drafting: 'a plan is being chosen',
  quoting: 'the price is being asked for',
  quoted: 'it waits for an approval',
  purchasing: 'it is being bought',
  provisioning: 'it is being bought',
  purchased: 'it is bought and the licences wait',
  reassigning: 'the licences are being moved',
  reassigned: 'the last step waits',
  suspending: 'the old subscription is being suspended',
  weighing: 'I am reading what it would mean',
  weighed: 'it waits for an approval',
  setting: 'the end of its term is being set',
  set: 'its cancellation is set',
  stuck: 'it has stopped and needs a person',
  finished: 'the move is finished',
  cancelled: 'the move was cancelled',
};

export const pauses: Record<PauseReason, string> = {
  readOnly: '**This waits: I am switched to read-only.** Nothing is bought, moved or suspended until an owner switches me back; then it goes on by itself.',
  directory: '**This waits: I cannot read in Microsoft Entra who may do it.** Nothing happens until I can; then it goes on by itself.',
  orders:
    '**This waits: I cannot see all orders of this customer.** Before I buy I look whether it is bought already. I try again by myself; you can cancel the move.',
  likePurchase:
    '**This waits: a purchase of the same plan for this customer is not finished.** When it is clear what came of that one, this goes on by itself; you can cancel the move.',
  lock: '**This waits: Microsoft is renewing or ending it just now**, and takes no changes for up to a day. I try again by myself, and go on by myself.',
  question: '**There is an order that may be this purchase.** I buy nothing until an approver says whether it is.',
};
