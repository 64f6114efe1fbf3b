/** Why a move stops, is refused or waits. */

/**
 * `unread`: what must be known before a step could not be read. `skuUnknown`, `seatsUnknown`: it was read, and does not
 * say which licence it is, or who would be left without a seat. `suspendNotDone`: asked for, and it is still active.
 * `suspendOverruled`: somebody changed the subscription after it was asked for. `notActive`: it is neither active nor suspended. The
 * same of how its term ends; `endLost`: a cancellation that was set is there no longer.
 */
export type StuckReason =
  | 'purchaseRefused'
  | 'purchaseUnclear'
  | 'orderDiffers'
  | 'provisioningFailed'
  | 'provisioningLate'
  | 'holders'
  | 'skuUnknown'
  | 'seatsUnknown'
  | 'unread'
  | 'suspendRefused'
  | 'suspendUnclear'
  | 'suspendNotDone'
  | 'suspendOverruled'
  | 'notActive'
  | 'endRefused'
  | 'endUnclear'
  | 'endNotDone'
  | 'endOverruled'
  | 'endLost'
  | 'forbidden'
  | 'rights';
export type RefusalReason =
  | 'oldChanged'
  | 'agreement'
  | 'accountReview'
  | 'notSold'
  | 'termNotSold'
  | 'quantity'
  | 'forbidden'
  | 'signIn'
  | 'refused'
  | 'unreachable'
  | 'rights'
  | 'notBought'
  | 'saidNotBought'
  | 'otherCart'
  | 'unsteady'
  | 'endNotPossible'
  | 'endUnread'
  | 'endOldChanged';
/** How everything that spends money or takes something away is stopped. A dry run is how a new tenant begins. */
export type Stop = 'readOnly' | 'dryRun';
/**
 * Why a step that somebody allowed waits: the bot is switched to read-only or tries things out, nobody can say who may, the customer's orders
 * cannot be read, a like purchase of the customer is not clear yet, or an order is there that may be this purchase. `lock`: Microsoft
 * is renewing or ending the subscription just now.
 */
export type PauseReason = Stop | 'directory' | 'orders' | 'likePurchase' | 'question' | 'lock';
