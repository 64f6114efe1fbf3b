/** The Move loop: look at a move, decide its next step, take it, and store what happened. */
import { randomUUID } from 'node:crypto';
import { BOT } from '../auditLog/auditLog.ts';
import type { Move } from '../domain/ticket.ts';
import { PartnerCenterError } from '../partnerCenter/port.ts';
import type { MoveWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { isAbout, span } from '../trace.ts';
import { lookUpFacts } from '../tickets/lookUp.ts';
import { applyEvent, type CallOf, readSubscriptionRows } from './apply.ts';
import { askProvisioning, checkout, findOrder, settle } from './checkout.ts';
import type { MoveDeps, StepContext, StepResult } from './deps.ts';
import { endOld, lookAtEnd, setEnd, weigh } from './ends.ts';
import { LEASE_MS, leaseAt, takeLease } from './lease.ts';
import { nextStep } from './nextStep.ts';
import { count } from './people/count.ts';
import { reassign } from './people/swap.ts';
import { preflight } from './preflight.ts';
import { checkQuote, quote } from './purchase.ts';
import { beginCall } from './states.ts';
import { readFailure, type StepName, STEPS } from './steps.ts';
import { suspend } from './suspend.ts';

const ANEW_MS = 200;

/** One turn. */
export async function handleMove(deps: MoveDeps, wakeUp: MoveWakeUp): Promise<JobResult> {
  if (wakeUp.what === 'facts') {
    isAbout(wakeUp);
    return lookUpFacts(deps, wakeUp);
  }
  const rows = await readSubscriptionRows(deps.store, wakeUp.customerId, wakeUp.subscriptionId);
  if (!rows?.move || !rows.ticket) return 'idle';
  const now = deps.clock.now().toISOString();
  const move = rows.move.value;
  isAbout({ customerId: move.customerId, ticketId: rows.ticket.value.id });
  const next = nextStep(move, now);
  if (next.do === 'nothing') return 'idle';
  if (next.do === 'wait') return { retryInMs: waitMs(next.until, now) };
  const lease = leaseAt(move, Date.parse(now));
  if (lease && lease.by !== deps.workerId) return { retryInMs: waitMs(lease.until, now) };
  if (next.do === 'lapse' || next.do === 'remind') return commitResult(deps, move, { event: { kind: next.do }, answered: false });
  const against = await preflight(deps, move, next.do);
  if (against) return commitResult(deps, move, { event: against, answered: false });
  const { call } = STEPS[next.do];
  const begun = call ? beginCall(move, call, randomUUID()) : { move, requestId: '' };
  const started = await takeLease(deps, rows.move, begun.move);
  if (!started) return { retryInMs: ANEW_MS };
  const context: StepContext = {
    ...{ deps, move: started, ticket: rows.ticket.value, known: rows.known.value, requestId: begun.requestId },
    newId: randomUUID,
    first: false,
    repeated: move.call?.requestId === begun.requestId && begun.requestId !== '',
  };
  const outcome = await runStep(context, next.do);
  if (!outcome) return { retryInMs: LEASE_MS };
  return outcome.event.kind === 'checked' ? buy(context, outcome) : commitResult(deps, context.move, outcome);
}

/** All is as it was approved: the purchase is written down and made in this very turn. */
async function buy(context: StepContext, checked: StepResult): Promise<JobResult> {
  const { deps } = context;
  const applied = await apply(deps, context.move, checked);
  if ('refused' in applied) return { retryInMs: ANEW_MS };
  const { move } = applied;
  const outcome = await runStep({ ...context, move, requestId: move.call?.requestId ?? '', first: true, repeated: false }, 'checkout');
  return outcome ? commitResult(deps, move, outcome) : { retryInMs: ANEW_MS };
}

function waitMs(until: string, now: string): number {
  return Math.max(100, Date.parse(until) - Date.parse(now));
}

/** What each step does. */
const RUNS: Readonly<Record<StepName, (context: StepContext) => Promise<StepResult | null>>> = {
  ...{ quote, checkQuote, checkout, findOrder, settle, askProvisioning, count, reassign, suspend, weigh, setEnd, endOld, lookAtEnd },
};

function runStep(context: StepContext, name: StepName): Promise<StepResult | null> {
  return span('step', { step: name, ticket: context.ticket.id, before: context.move.state }, () => resultOf(context, name));
}

async function resultOf(context: StepContext, name: StepName): Promise<StepResult | null> {
  try {
    return await RUNS[name](context);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    context.deps.log.warn(
      { move: context.move.key, ticket: context.ticket.id, what: name, kind: error.kind, code: error.code },
      'a step of a move did not succeed',
    );
    return readFailure(error, name, context.deps.clock.now().toISOString());
  }
}

function apply(deps: MoveDeps, move: Move, { event, answered, also }: StepResult) {
  const call: CallOf = { key: move.key, version: move.version, requestId: move.call?.requestId ?? null, answered, ...(also ? { also } : {}) };
  return applyEvent(deps, move, event, { by: BOT, call });
}

/** Stores what happened, and says when to look again. */
async function commitResult(deps: MoveDeps, move: Move, outcome: StepResult): Promise<JobResult> {
  const applied = await apply(deps, move, outcome);
  // Dropped: the move went on meanwhile, or is another one. It is looked at anew as it now stands.
  if ('refused' in applied) return applied.refused === 'otherCall' ? { retryInMs: ANEW_MS } : 'idle';
  const now = deps.clock.now().toISOString();
  return applied.move.nextAt ? { retryInMs: waitMs(applied.move.nextAt, now) } : 'idle';
}
