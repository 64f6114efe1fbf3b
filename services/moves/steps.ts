/**
 * The steps that the bot takes by itself for a move, a row each: the call that it writes down before it makes it, whose
 * right it leans on, and how a failure of Partner Center is read. What a step does stands in its own file; when it is taken,
 * in `nextStep.ts`. Pure.
 */
import { later } from '../clock.ts';
import { SIGN_IN_AGAIN } from '../domain/rules.ts';
import type { Call, Move, RefusalReason } from '../domain/ticket.ts';
import type { PartnerCenterError } from '../partnerCenter/port.ts';
import type { Right } from '../people/roles.ts';
import type { MoveEvent } from './events.ts';
import { ownWords } from './refusals.ts';

export type StepName =
  | 'quote'
  | 'checkQuote'
  | 'checkout'
  | 'findOrder'
  | 'settle'
  | 'askProvisioning'
  | 'count'
  | 'reassign'
  | 'suspend'
  | 'weigh'
  | 'setEnd'
  | 'endOld'
  | 'lookAtEnd';

export interface Step {
  /** Written down with its request id before the step is taken; null where there is none. */
  call: Call['name'] | null;
  /** Which right somebody's yes must still have right before it; null where it spends and takes away nothing. */
  right: Right | null;
  /**
   * What a plain no of Partner Center means: `refused`: the price is refused, and a person chooses again; `unclear`: what was
   * done is looked for, for the step judges its own call; `fail`: the move stops for a person.
   */
  failure: 'refused' | 'unclear' | 'fail';
  /** It writes its call down itself, just before it makes it, and tells itself whether that was answered: what fails otherwise is a reading. */
  ownCall?: true;
}

export const STEPS: Readonly<Record<StepName, Step>> = {
  quote: { call: 'cart', right: null, failure: 'refused' },
  checkQuote: { call: null, right: 'approve', failure: 'refused' },
  checkout: { call: 'checkout', right: 'approve', failure: 'unclear' },
  findOrder: { call: null, right: null, failure: 'unclear' },
  settle: { call: null, right: null, failure: 'fail' },
  askProvisioning: { call: null, right: null, failure: 'fail' },
  count: { call: null, right: null, failure: 'fail' },
  reassign: { call: null, right: 'licences', failure: 'fail' },
  suspend: { call: null, right: 'suspend', failure: 'fail', ownCall: true },
  weigh: { call: null, right: null, failure: 'fail' },
  setEnd: { call: null, right: 'approve', failure: 'fail', ownCall: true },
  endOld: { call: null, right: 'suspend', failure: 'fail', ownCall: true },
  lookAtEnd: { call: null, right: null, failure: 'unclear' },
};

/** Whose yes a step leans on: the approver's, or that of the one who confirmed it. */
export function allowedBy(move: Pick<Move, 'approval' | 'confirmedBy'>, right: Right): string | null {
  return right === 'approve' ? (move.approval?.by ?? null) : move.confirmedBy;
}

/** Kinds of failure after which the same is asked once more. */
const PASSING: ReadonlySet<PartnerCenterError['kind']> = new Set(['throttled', 'unclear', 'notReady', 'findOrder', 'conflict']);

/** What a failure of a step means for its move, and whether its call was answered. `now` is ISO text. */
export function readFailure(error: PartnerCenterError, name: StepName, now: string): { event: MoveEvent; answered: boolean } {
  const { failure, ownCall } = STEPS[name];
  const answered = !ownCall && error.answered;
  const unclear: MoveEvent = { kind: 'unclear', code: error.code, retryAt: error.retryAfterMs > 0 ? later(now, error.retryAfterMs) : null };
  if (PASSING.has(error.kind)) return { event: unclear, answered };
  if (failure === 'refused') return { event: { kind: 'refused', reason: refusalFor(error), code: error.code }, answered };
  if (failure === 'unclear') return { event: unclear, answered: false };
  const said = ownWords(error);
  const reason = error.kind === 'forbidden' ? 'forbidden' : 'unread';
  return { event: { kind: 'fail', reason, code: error.code, ...(said ? { said } : {}) }, answered };
}

/** Partner Center's codes for why there is no price (docs/partner-center.md §4). */
const REFUSALS: Readonly<Record<string, RefusalReason>> = {
  13605: 'agreement',
  800073: 'accountReview',
  800074: 'accountReview',
  2002: 'quantity',
  900275: 'quantity',
  400013: 'notSold',
  400018: 'notSold',
  400019: 'notSold',
  500600: 'notSold',
};

function refusalFor(error: PartnerCenterError): RefusalReason {
  if (error.kind === 'forbidden') return SIGN_IN_AGAIN.has(error.code) ? 'signIn' : 'forbidden';
  return REFUSALS[error.code] ?? 'refused';
}
