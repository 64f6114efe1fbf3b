/** How a step changes a move's row: onwards, once more, waiting, or stopped. Pure. */
import { later } from '../clock.ts';
import { elsewhereSku } from '../domain/elsewhere.ts';
import type { Move, MoveState, NewsKind, StuckReason } from '../domain/ticket.ts';
import type { MoveEvent, Transition } from './events.ts';

/** How long Microsoft may take to prepare a purchase before a person must look. */
export const PROVISIONING_MS = 24 * 3_600_000;
/** How often an unclear answer is asked about before a person must look. */
export const UNCLEAR_TRIES = 8;
/** The same for licences: they are many, and each answer begins the count anew. */
export const LICENCE_TRIES = 20;
/** So long a yes is good for a suspension that could not be asked for. */
export const YES_MS = 3_600_000;
/** Microsoft renews or ends a term within a day of its last one; what takes longer is asked about anew. */
const LOCK_MOST_MS = 25 * 3_600_000;
/** So long licences wait for a Partner Center that asks for patience again and again. */
export const PATIENCE_MS = 24 * 3_600_000;
/** How often a cart may be found changed or gone after one yes; each time it waits longer. */
export const ROUNDS_MAX = 4;
/** How often the bot looks by itself what came of a purchase that a person was called to; the pause grows up to the second. */
export const LOOK_MS = 60_000;
export const LOOK_MOST_MS = 600_000;

export function to(m: Move, state: MoveState, news: NewsKind, changes: Partial<Move>): Transition {
  return { next: { ...m, attempts: 0, nextAt: null, lease: null, held: null, ...changes, state, version: m.version + 1 }, news };
}

/** Whether the old one was not bought through us: it is the customer's own to end. */
export function isElsewhere({ subscriptionId }: Pick<Move, 'subscriptionId'>): boolean {
  return elsewhereSku(subscriptionId) !== null;
}

/** Stays, and asks once more: a little later each time, or when the other side said. */
export function retryLater(m: Move, retryAt: string | null, now: string): Transition {
  const pauseMs = Math.min(30_000, 1000 * 2 ** m.attempts);
  const version = m.held ? m.version + 1 : m.version; // the card says no longer that it waits
  return { next: { ...m, attempts: m.attempts + 1, nextAt: retryAt ?? later(now, pauseMs), lease: null, held: null, version }, news: 'progress' };
}

/** Waits without an end and without counting tries; told once, when the reason is a new one. */
export function hold(m: Move, e: Extract<MoveEvent, { kind: 'hold' }>, now: string): Transition {
  const heldFor = e.for ?? null;
  const locked = e.why === 'lock' && lockedIn(m) === null ? { lockedAt: now } : {};
  const same = m.held === e.why && (m.heldFor ?? null) === heldFor;
  return { next: { ...m, ...locked, held: e.why, heldFor, nextAt: e.retryAt, lease: null, version: same ? m.version : m.version + 1 }, news: 'progress' };
}

/** Since when Microsoft has locked the subscription while this step waited; null where it has not. */
function lockedIn({ lockedAt, since, startedAt }: Pick<Move, 'lockedAt' | 'since' | 'startedAt'>): string | null {
  return lockedAt !== undefined && lockedAt >= (since ?? startedAt) ? lockedAt : null;
}

/** The last moment for which the yes to a change of the subscription is good. A lock that began in time is waited for. */
export function yesGoodUntil(m: Pick<Move, 'lockedAt' | 'since' | 'startedAt'>): string {
  const until = later(m.since ?? m.startedAt, YES_MS);
  const lockedAt = lockedIn(m);
  return lockedAt !== null && lockedAt <= until ? later(lockedAt, LOCK_MOST_MS) : until;
}

export function stop(m: Move, reason: StuckReason, code: string, now: string): Transition {
  const stuck = { from: m.state, reason, code, at: now };
  return to(m, 'stuck', 'stuck', { stuck, nextAt: reason === 'purchaseUnclear' ? later(now, LOOK_MS) : null });
}

/** It was asked for, and is looked at again: how often is bounded by the time since then. */
export function pending(m: Move, e: Extract<MoveEvent, { kind: 'pending' }>): Transition {
  return { next: { ...m, attempts: 0, nextAt: e.retryAt, lease: null, held: null, version: m.held ? m.version + 1 : m.version }, news: 'progress' };
}

export function fail(m: Move, e: Extract<MoveEvent, { kind: 'fail' }>, now: string): Transition {
  return to(m, 'stuck', 'stuck', { stuck: { from: m.state, reason: e.reason, code: e.code, at: now, ...(e.said ? { said: e.said } : {}) } });
}
