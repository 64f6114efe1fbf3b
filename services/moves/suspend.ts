/** The step of the suspension: last of all, on a fresh read, asked for once, and then only read. */
import { createHash, randomUUID } from 'node:crypto';
import { later } from '../clock.ts';
import type { Suspension } from '../domain/ticket.ts';
import { PartnerCenterError, type WholeSubscription } from '../partnerCenter/port.ts';
import type { StepContext, StepResult } from './deps.ts';
import { renewLease } from './lease.ts';
import { whoWouldLose } from './people/verdict.ts';
import { checkRight } from './preflight.ts';
import { ownWords } from './refusals.ts';
import { beginCall } from './states.ts';
import { YES_MS } from './transitions.ts';

/** After it was asked for, it is only read for so long: Partner Center may take its time. */
const QUIET_MS = 15 * 60_000;
const LOOK_MS = 30_000;
const SENDS_MAX = 2;
/** A pool that is late is waited for: about ten minutes, then a person must look. */
const LATE_TRIES = 6;
const LATE_MS = 15_000;
const LATE_MOST_MS = 180_000;
/** So long it holds that somebody looked. */
const VOUCHED_MS = 24 * 3_600_000;

/** Suspends the old subscription, unless somebody would lose the service by it, or nobody knows. Null when the move is no longer ours. */
export async function suspend(context: StepContext): Promise<StepResult | null> {
  const { partnerCenter: pc, clock } = context.deps;
  const { customerId, subscriptionId, suspension: sent } = context.move;
  const before = await pc.subscription(customerId, subscriptionId);
  const { status } = before.subscription;
  if (status === 'suspended') return { event: { kind: 'verified', ...(sent ? {} : { byOthers: true }) }, answered: sent !== null };
  if (PASSING.has(status)) return of({ kind: 'unclear', code: status, retryAt: null });
  if (status !== 'active') return of({ kind: 'fail', reason: 'notActive', code: status });
  if (sent) {
    const now = clock.now().toISOString();
    if (printOf(before) !== sent.print) return of({ kind: 'fail', reason: 'suspendOverruled', code: status });
    if (now < later(sent.sentAt, QUIET_MS)) return of({ kind: 'pending', retryAt: soon(sent, now) });
    if (sent.sends >= SENDS_MAX) return of({ kind: 'fail', reason: 'suspendNotDone', code: status });
  }
  if (!sent && hasWaited(context)) return of({ kind: 'waited' });
  const against = await checkRight(context.deps, context.move, 'suspend');
  if (against) return of(against);
  const verdict = await whoWouldLose(context, before.subscription.quantity, isVouched(context));
  if (verdict === null) return null;
  if ('loses' in verdict && verdict.loses > 0) return of({ kind: 'fail', reason: 'holders', code: String(verdict.loses) });
  if ('unknown' in verdict && !isVouched(context)) return unknown(context, verdict.unknown);
  const fresh = await pc.subscription(customerId, subscriptionId);
  if (printOf(fresh) !== printOf(before)) return of({ kind: 'fail', reason: 'suspendOverruled', code: fresh.subscription.status });
  return send(context, fresh);
}

const PASSING = new Set(['unknown', 'none', 'pending']);

/** What was only read: a call without an answer stays one. */
function of(event: StepResult['event']): StepResult {
  return { event, answered: false };
}

/** The next look: often at first. */
function soon(sent: Suspension, now: string): string {
  const sinceMs = Date.parse(now) - Date.parse(sent.sentAt);
  return later(now, Math.max(1_000, Math.min(LOOK_MS, sinceMs)));
}

function isVouched({ deps, move }: StepContext): boolean {
  return move.vouched !== null && deps.clock.now().toISOString() < later(move.vouched.at, VOUCHED_MS);
}

/** What somebody looked at in the bot's place is good for longer. */
function hasWaited({ deps, move }: StepContext): boolean {
  const since = move.since ?? move.startedAt;
  return move.vouched === null && later(since, YES_MS) < deps.clock.now().toISOString();
}

/** What is late may come; what is not named may not. */
function unknown(context: StepContext, what: string): StepResult {
  const { attempts } = context.move;
  if (what === 'sku') return of({ kind: 'fail', reason: 'skuUnknown', code: 'old' });
  if (attempts >= LATE_TRIES) return of({ kind: 'fail', reason: 'seatsUnknown', code: what });
  return of({ kind: 'unclear', code: what, retryAt: later(context.deps.clock.now(), Math.min(LATE_MOST_MS, LATE_MS * 2 ** attempts)) });
}

/** Written down before it is sent: a killed process leaves behind that it may have been. */
async function send(context: StepContext, fresh: WholeSubscription): Promise<StepResult | null> {
  const { partnerCenter: pc, clock, log } = context.deps;
  const { customerId, subscriptionId, suspension: formerly } = context.move;
  const { move, requestId } = beginCall(context.move, 'suspend', randomUUID());
  const sentAt = clock.now().toISOString();
  const sent: Suspension = { sends: (formerly?.sends ?? 0) + 1, sentAt, accepted: false, print: printOf(fresh) };
  if (!(await renewLease(context, { call: move.call, requestIds: move.requestIds, suspension: sent }))) return null;
  try {
    await pc.suspend(fresh, requestId);
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    log.warn({ move: context.move.key, kind: error.kind, code: error.code }, 'a suspension was not taken');
    return notTaken(context, error, formerly);
  }
  if (!(await renewLease(context, { suspension: { ...sent, accepted: true }, call: move.call && { ...move.call, answered: true } }))) return null;
  const after = await pc.subscription(customerId, subscriptionId);
  if (after.subscription.status !== 'suspended') return of({ kind: 'pending', retryAt: soon(sent, clock.now().toISOString()) });
  const harmed = otherChanges(fresh, after);
  if (harmed.length > 0) log.warn({ move: context.move.key, fields: harmed }, 'the suspension changed other fields too');
  return { event: { kind: 'verified' }, answered: true };
}

/** After a try without an answer no refusal is final: it is read what came of it. Else nothing was done. */
async function notTaken(context: StepContext, error: PartnerCenterError, formerly: Suspension | null): Promise<StepResult | null> {
  const { answered } = error;
  const retryAt = later(context.deps.clock.now(), Math.max(error.retryAfterMs, 2_000));
  const passing = error.kind === 'throttled' || error.kind === 'notReady' || error.kind === 'conflict';
  if (error.kind === 'unclear' || (formerly && !passing)) return { event: { kind: 'pending', retryAt }, answered };
  if (!(await renewLease(context, { suspension: formerly }))) return null;
  // Nothing was sent before: the change that made the etag stale is somebody else's.
  if (error.kind === 'conflict' && !formerly) return { event: { kind: 'fail', reason: 'suspendOverruled', code: error.code }, answered };
  if (passing) return { event: { kind: 'unclear', code: error.code, retryAt: error.retryAfterMs > 0 ? retryAt : null }, answered };
  const said = ownWords(error);
  return { event: { kind: 'fail', reason: 'suspendRefused', code: error.code, ...(said ? { said } : {}) }, answered };
}

/** Tells whether a subscription is still as it was: its etag, and every field but its links. */
function printOf(whole: WholeSubscription): string {
  const { links: _, attributes: __, ...fields } = whole.resource;
  return createHash('sha256')
    .update(JSON.stringify([whole.etag, Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('base64url')
    .slice(0, 22);
}

const EXPECTED = new Set(['status', 'suspensionReasons', 'attributes', 'actions', 'suspendedAt', 'links']);

/** Fields that changed although only the status should have; new commerce also loses its renewal by a suspension. Pure. */
function otherChanges(before: WholeSubscription, after: WholeSubscription): string[] {
  const expected =
    before.subscription.kind === 'newCommerce' ? new Set([...EXPECTED, 'autoRenewEnabled', 'scheduledNextTermInstructions', 'scheduledActions']) : EXPECTED;
  const names = new Set([...Object.keys(before.resource), ...Object.keys(after.resource)]);
  return [...names].filter((name) => !expected.has(name) && JSON.stringify(before.resource[name]) !== JSON.stringify(after.resource[name]));
}
