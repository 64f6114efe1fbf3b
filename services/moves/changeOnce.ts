/** A change of the old subscription that is asked for once: written down, sent, and then only read. Shared by its suspension and its end. */
import { createHash, randomUUID } from 'node:crypto';
import { later } from '../clock.ts';
import type { Call, StuckReason, Subscription, Suspension } from '../domain/ticket.ts';
import { PartnerCenterError, type WholeSubscription } from '../partnerCenter/port.ts';
import type { StepContext, StepResult } from './deps.ts';
import { renewLease } from './lease.ts';
import { checkRight } from './preflight.ts';
import { ownWords } from './refusals.ts';
import { beginCall } from './states.ts';
import type { StepName } from './steps.ts';
import { yesGoodUntil } from './transitions.ts';

/** After it was asked for, it is only read for so long: Partner Center may take its time. */
const QUIET_MS = 15 * 60_000;
const LOOK_MS = 30_000;
const SENDS_MAX = 2;
/** While Microsoft renews or ends a term its settings are read-only: so long to the next try (docs/partner-center.md §6). */
const LOCKED_MS = 120_000;
const LOCKED: ReadonlySet<string> = new Set(['900278', '900277']);
/** States that pass, or say nothing. */
export const PASSING: ReadonlySet<string> = new Set(['unknown', 'none', 'pending']);

/** What differs between one such change and another. */
export interface Change {
  step: StepName;
  call: Call['name'];
  reasons: Record<'overruled' | 'notDone' | 'refused', StuckReason>;
  isDone(now: Subscription): boolean;
  /** Whether only a part of it was done: what lacks is never sent again. */
  isPart(now: Subscription): boolean;
  /** What was accepted is not sent again, whatever is read. */
  acceptedOnce: boolean;
  /** It was read to be done; `sent`: by us. */
  done(now: WholeSubscription, sent: boolean): StepResult['event'];
  /** What stands against sending it, as a result; null where nothing does, `gone` where the move is no longer ours. */
  against(context: StepContext, before: WholeSubscription): Promise<StepResult | 'gone' | null>;
  send(context: StepContext, fresh: WholeSubscription, requestId: string): Promise<void>;
  /** Fields that may change by it. */
  changes(before: WholeSubscription): ReadonlySet<string>;
}

/** Makes the change, unless it is made, or something stands against it. Null when the move is no longer ours. */
export async function changeOnce(context: StepContext, change: Change): Promise<StepResult | null> {
  const { partnerCenter: pc, clock } = context.deps;
  const { customerId, subscriptionId, suspension: sent } = context.move;
  const before = await pc.subscription(customerId, subscriptionId);
  const { status } = before.subscription;
  if (change.isDone(before.subscription)) return { event: change.done(before, sent !== null), answered: sent !== null };
  if (PASSING.has(status)) return of({ kind: 'unclear', code: status, retryAt: null });
  if (status !== 'active') return of({ kind: 'fail', reason: 'notActive', code: status });
  if (sent) {
    const now = clock.now().toISOString();
    const changed = printOf(before) !== sent.print;
    const part = changed && change.isPart(before.subscription);
    if (changed && !part) return of({ kind: 'fail', reason: change.reasons.overruled, code: status });
    if (now < later(sent.sentAt, QUIET_MS)) return of({ kind: 'pending', retryAt: soon(sent, now) });
    if (part || sent.sends >= SENDS_MAX || (sent.accepted && change.acceptedOnce)) return of({ kind: 'fail', reason: change.reasons.notDone, code: status });
  }
  if (!sent && hasWaited(context)) return of({ kind: 'waited' });
  const against = (await checkRight(context.deps, context.move, change.step)) ?? (await change.against(context, before));
  if (against === 'gone') return null;
  if (against) return 'kind' in against ? of(against) : against;
  const fresh = await pc.subscription(customerId, subscriptionId);
  if (printOf(fresh) !== printOf(before)) return of({ kind: 'fail', reason: change.reasons.overruled, code: fresh.subscription.status });
  return send(context, change, fresh);
}

/** What was only read: a call without an answer stays one. */
export function of(event: StepResult['event']): StepResult {
  return { event, answered: false };
}

/** The next look: often at first. */
function soon(sent: Suspension, now: string): string {
  const sinceMs = Date.parse(now) - Date.parse(sent.sentAt);
  return later(now, Math.max(1_000, Math.min(LOOK_MS, sinceMs)));
}

/** What somebody looked at in the bot's place is good for longer. */
function hasWaited({ deps, move }: StepContext): boolean {
  return move.vouched === null && yesGoodUntil(move) < deps.clock.now().toISOString();
}

/** Written down before it is sent: a killed process leaves behind that it may have been. */
async function send(context: StepContext, change: Change, fresh: WholeSubscription): Promise<StepResult | null> {
  const { partnerCenter: pc, clock, log } = context.deps;
  const { customerId, subscriptionId, suspension: formerly } = context.move;
  const { move, requestId } = beginCall(context.move, change.call, randomUUID());
  const sentAt = clock.now().toISOString();
  const sent: Suspension = { sends: (formerly?.sends ?? 0) + 1, sentAt, accepted: false, print: printOf(fresh) };
  if (!(await renewLease(context, { call: move.call, requestIds: move.requestIds, suspension: sent }))) return null;
  try {
    await change.send(context, fresh, requestId);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    log.warn({ move: context.move.key, what: change.call, kind: error.kind, code: error.code }, 'a change of a subscription was not taken');
    return notTaken(context, change, error, formerly);
  }
  if (!(await renewLease(context, { suspension: { ...sent, accepted: true }, call: move.call && { ...move.call, answered: true } }))) return null;
  const after = await pc.subscription(customerId, subscriptionId);
  if (!change.isDone(after.subscription)) return of({ kind: 'pending', retryAt: soon(sent, clock.now().toISOString()) });
  const harmed = otherChanges(fresh, after, change.changes(fresh));
  if (harmed.length > 0) log.warn({ move: context.move.key, what: change.call, fields: harmed }, 'the change touched other fields too');
  return { event: change.done(after, true), answered: true };
}

/** After a try without an answer no refusal is final: it is read what came of it. Else nothing was done. */
async function notTaken(context: StepContext, change: Change, error: PartnerCenterError, formerly: Suspension | null): Promise<StepResult | null> {
  const { answered } = error;
  const now = context.deps.clock.now();
  const retryAt = later(now, Math.max(error.retryAfterMs, 2_000));
  const locked = LOCKED.has(error.code);
  const passing = locked || error.kind === 'throttled' || error.kind === 'notReady' || error.kind === 'conflict';
  if (error.kind === 'unclear' || (formerly && !passing)) return { event: { kind: 'pending', retryAt }, answered };
  if (!(await renewLease(context, { suspension: formerly }))) return null;
  if (locked) return { event: { kind: 'hold', why: 'lock', retryAt: later(now, Math.max(error.retryAfterMs, LOCKED_MS)) }, answered };
  if (error.kind === 'conflict' && !formerly) {
    const { customerId, subscriptionId } = context.move;
    const after = await context.deps.partnerCenter.subscription(customerId, subscriptionId);
    // Where it is done, what was sent may have come twice on the way; else the change that made the etag stale is somebody else's.
    if (change.isDone(after.subscription)) return { event: change.done(after, false), answered };
    return { event: { kind: 'fail', reason: change.reasons.overruled, code: error.code }, answered };
  }
  if (passing) return { event: { kind: 'unclear', code: error.code, retryAt: error.retryAfterMs > 0 ? retryAt : null }, answered };
  const said = ownWords(error);
  return { event: { kind: 'fail', reason: change.reasons.refused, code: error.code, ...(said ? { said } : {}) }, answered };
}

/** Tells whether a subscription is still as it was: its etag, and every field but its links. */
function printOf(whole: WholeSubscription): string {
  const { links: _, attributes: __, ...fields } = whole.resource;
  return createHash('sha256')
    .update(JSON.stringify([whole.etag, Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('base64url')
    .slice(0, 22);
}

/** Fields that changed although they should not have. Pure. */
function otherChanges(before: WholeSubscription, after: WholeSubscription, expected: ReadonlySet<string>): string[] {
  const names = new Set([...Object.keys(before.resource), ...Object.keys(after.resource)]);
  return [...names].filter((name) => !expected.has(name) && JSON.stringify(before.resource[name]) !== JSON.stringify(after.resource[name]));
}
