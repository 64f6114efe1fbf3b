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

/** On a card that asks for a yes. True whenever it is read: the card is not drawn anew when the dry run ends. */
export const inDryRun = {
  price:
    '**Asked for in a dry run.** The price is Partner Center’s own: it comes from a cart there, and a cart is no purchase. It can be bought once an owner has ended the dry run with “dry-run off”.',
  step: '**In the dry run nothing is bought, moved or suspended**, whatever is pressed here. An owner ends it with “dry-run off”.',
};

export const pauses: Record<PauseReason, string> = {
  readOnly: '**This waits: I am switched to read-only.** Nothing is bought, moved or suspended until an owner switches me back; then it goes on by itself.',
  dryRun: '**This waits: it is a dry run.** Nothing is bought, moved or suspended until an owner writes “dry-run off”; then it goes on by itself.',
  directory: '**This waits: I cannot read in Microsoft Entra who may do it.** Nothing happens until I can; then it goes on by itself.',
  orders:
    '**This waits: I cannot see all orders of this customer.** Before I buy I look whether it is bought already. I try again by myself; you can cancel the move.',
  likePurchase:
    '**This waits: a purchase of the same plan for this customer is not finished.** When it is clear what came of that one, this goes on by itself; you can cancel the move.',
  lock: '**This waits: Microsoft is renewing or ending it just now**, and takes no changes for up to a day. I try again by myself, and go on by myself.',
  question: '**There is an order that may be this purchase.** I buy nothing until an approver says whether it is.',
};
