/** What can happen to a move, and what comes of it. Plain data. */
import type { FourEyes, WhyNotApprove } from '../approval/approval.ts';
import type {
  AgainWhy,
  Difference,
  Draft,
  EndOffer,
  Move,
  NewsKind,
  OrderSeen,
  PauseReason,
  PeopleCount,
  Plan,
  Quote,
  RefusalReason,
  StuckReason,
  Subscription,
  UnsettledWhy,
  Waiver,
  Walked,
} from '../domain/ticket.ts';
import type { Role } from '../people/roles.ts';

export type MoveEvent =
  | { kind: 'draft'; by: string; draft: Draft }
  | { kind: 'chosen'; by: string; plan: Plan; quantity: number; term: string | null; billing: string | null }
  | { kind: 'priced'; quote: Quote; terms: string[] }
  /** `terms`: that the plan can be had in, where they were read. */
  | { kind: 'refused'; reason: RefusalReason; code: string; terms?: string[] }
  /** `triedAt`: when a checkout was tried without a clear answer, by Partner Center's clock. */
  | { kind: 'unclear'; code: string; retryAt: string | null; triedAt?: string }
  | { kind: 'approve'; by: string; roles: readonly Role[]; hash: string; fourEyes: FourEyes }
  | { kind: 'remind' }
  /** `for`: the ticket of another move that it waits for. */
  | { kind: 'hold'; why: PauseReason; retryAt: string; for?: string }
  /** `at`: when all was looked at, by Partner Center's clock; `requestId`: of the checkout, which is made at once. */
  | { kind: 'checked'; requestId: string; at: string }
  /** `why`: another thing than was approved; null where only the cart is gone. */
  | { kind: 'changed'; why: AgainWhy | null }
  /** The old subscription is no longer as it was when the price was asked for. */
  | { kind: 'oldChanged'; what: string }
  | { kind: 'ask'; order: OrderSeen }
  | { kind: 'settle'; by: string; order: string | null; reason: string }
  | { kind: 'unsettled'; why: UnsettledWhy }
  /** It is certain that the cart was not bought. */
  | { kind: 'notBought' }
  | { kind: 'back'; by: string }
  | { kind: 'decline'; by: string; reason: string }
  | { kind: 'lapse' }
  | { kind: 'cancel'; by: string }
  | { kind: 'placed'; orderId: string; subscriptionId: string | null }
  | { kind: 'differs'; differs: Difference[] }
  | { kind: 'provisioned'; subscriptionId: string; from: string | null; to: string | null; cancellableUntil: string | null }
  | { kind: 'late'; code: string }
  | { kind: 'counted'; people: PeopleCount; walked?: Walked }
  | { kind: 'nothingToMove'; people: PeopleCount; walked?: Walked }
  /** `except`: who is left out, at most as many as a card lists; `retry`: who did not move waits again. */
  | { kind: 'confirmUsers'; by: string; except: string[]; retry?: boolean }
  | { kind: 'moved'; people: PeopleCount }
  | { kind: 'waive'; by: string; reason: string; people: Waiver['people'] }
  | { kind: 'confirmSuspend'; by: string }
  | { kind: 'skip'; by: string; reason: string }
  /** Licences that were not bought through us are in the customer's pool no more. */
  | { kind: 'seatsGone' }
  /** `byOthers`: it was suspended before we asked for it; since when is not known. */
  | { kind: 'verified'; byOthers?: boolean }
  /** The yes to the suspension is too old for one that was never asked for. */
  | { kind: 'waited' }
  /** The suspension was asked for, and is looked at again. */
  | { kind: 'pending'; retryAt: string }
  /** What setting the end means was read. */
  | { kind: 'weighed'; offer: EndOffer }
  /** As the last step of a move. */
  | { kind: 'confirmEnd'; by: string }
  /** Its cancellation is set already; it is looked at until it is over. */
  | { kind: 'letEnd'; by: string; day: string }
  /** Another thing than was approved. */
  | { kind: 'endChanged' }
  /** It was read to end, or to renew, as was asked. `byOthers`: before we asked for it. */
  | { kind: 'endSet'; subscription: Subscription; byOthers?: true }
  /** The cancellation is still there; `warn`: who is still on the plan is told, `loses` where that is known. */
  | { kind: 'endSeen'; day: string; warn: boolean; loses: number | null }
  /** `code`: its status, or `gone`, or `left` where that is the customer. */
  | { kind: 'endOver'; code: string }
  | { kind: 'superseded' }
  | { kind: 'vouch'; by: string; roles: readonly Role[]; fourEyes: FourEyes; reason: string }
  /** `said`: Partner Center's own words. */
  | { kind: 'fail'; reason: StuckReason; code: string; said?: string }
  | { kind: 'check'; by: string }
  | { kind: 'giveUp'; by: string; reason: string };

export type EventKind = MoveEvent['kind'];

export interface Transition {
  next: Move;
  news: NewsKind;
}

export interface Refused {
  refused: 'notNow' | 'alreadyApproved' | 'notWhileUnclear' | WhyNotApprove;
}
