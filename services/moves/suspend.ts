/** The step of the suspension: last of all, on a fresh read, asked for once, and then only read. */
import { later } from '../clock.ts';
import { type Change, changeOnce, of } from './changeOnce.ts';
import type { StepContext, StepResult } from './deps.ts';
import { whoWouldLose } from './people/verdict.ts';

/** A pool that is late is waited for: about ten minutes, then a person must look. */
const LATE_TRIES = 6;
const LATE_MS = 15_000;
const LATE_MOST_MS = 180_000;
/** So long it holds that somebody looked. */
const VOUCHED_MS = 24 * 3_600_000;

const EXPECTED = ['status', 'suspensionReasons', 'attributes', 'actions', 'suspendedAt', 'links'];
/** New commerce also loses its renewal by a suspension. */
const RENEWAL = ['autoRenewEnabled', 'scheduledNextTermInstructions', 'scheduledActions'];

const SUSPENSION: Change = {
  step: 'suspend',
  call: 'suspend',
  reasons: { overruled: 'suspendOverruled', notDone: 'suspendNotDone', refused: 'suspendRefused' },
  isDone: ({ status }) => status === 'suspended',
  isPart: () => false,
  acceptedOnce: false,
  done: (_, sent) => ({ kind: 'verified', ...(sent ? {} : { byOthers: true }) }),
  against: (context, before) => whoStandsAgainst(context, before.subscription.quantity),
  send: ({ deps }, fresh, requestId) => deps.partnerCenter.suspend(fresh, requestId),
  changes: ({ subscription }) => new Set(subscription.kind === 'newCommerce' ? [...EXPECTED, ...RENEWAL] : EXPECTED),
};

/** Suspends the old subscription, unless somebody would lose the service by it, or nobody knows. Null when the move is no longer ours. */
export function suspend(context: StepContext): Promise<StepResult | null> {
  return changeOnce(context, SUSPENSION);
}

/** That somebody would be without a licence once these seats are gone, or that nobody knows; null where nobody would. */
export async function whoStandsAgainst(context: StepContext, quantity: number | null): Promise<StepResult | 'gone' | null> {
  const verdict = await whoWouldLose(context, quantity, isVouched(context));
  if (verdict === null) return 'gone';
  if ('loses' in verdict && verdict.loses > 0) return of({ kind: 'fail', reason: 'holders', code: String(verdict.loses) });
  return 'unknown' in verdict && !isVouched(context) ? unknown(context, verdict.unknown) : null;
}

function isVouched({ deps, move }: StepContext): boolean {
  return move.vouched !== null && deps.clock.now().toISOString() < later(move.vouched.at, VOUCHED_MS);
}

/** What is late may come; what is not named may not. */
function unknown(context: StepContext, what: string): StepResult {
  const { attempts } = context.move;
  if (what === 'sku') return of({ kind: 'fail', reason: 'skuUnknown', code: 'old' });
  if (attempts >= LATE_TRIES) return of({ kind: 'fail', reason: 'seatsUnknown', code: what });
  return of({ kind: 'unclear', code: what, retryAt: later(context.deps.clock.now(), Math.min(LATE_MOST_MS, LATE_MS * 2 ** attempts)) });
}
