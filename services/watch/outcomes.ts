/** What happened to a subscription's end between two looks, beside the flip: each is told once. Pure. */
import { addDays, daysBetween } from '../clock.ts';
import type { Happened, Subscription, TrackedSubscription } from '../domain/ticket.ts';
import { detailsOf, endOfTerm, goesOn, isWatched, type ReadAt, readEnd, renews } from '../tickets/endOfTerm.ts';

/** Days left at which a trial is told of: not again and again, and not what was as near when it was first seen. */
const TRIAL_AT = [14, 7, 1];

/** What is read now, and of its base. `outlives`: its base was read to end before it. */
export interface Now extends ReadAt {
  now: Subscription;
  outlives: boolean;
  /** How its renewal will be dearer. */
  ahead?: 'dearer' | 'losesPromotion' | null;
}

/** What happened since the last look that is to be told, and is no flip; null where nothing did. */
export function whatHappened(before: TrackedSubscription, seen: Now): Happened | null {
  const { now, today } = seen;
  if (before.goneAt) return null;
  const was = before.snapshot;
  if (isStillBilled(now, today)) return was.status === 'active' && isWatched(was) && !before.suspendedAt ? 'stillBilled' : null;
  if (now.status !== 'active' || now.lastDay === null || now.isUsage) return null;
  if (now.isTrial) return isDue(before, now, today) ? 'trial' : null;
  if (now.kind === 'other') return now.isSoftware && was.autoRenew === true && now.autoRenew === false ? 'softwareEnds' : null;
  if (before.movedBy && (was.status === 'active' ? wentOn(was, seen) : goesOn(endOfTerm(now, seen)))) return 'goesOn';
  if (was.status !== 'active' || was.isTrial) return null;
  if (seen.outlives && !before.outlives) return 'outlivesBase';
  return ofItsPlan(was, seen) ?? seen.ahead ?? null;
}

/** Suspended, and of new commerce: billed to its last day all the same. */
export function isStillBilled(now: Subscription, today: string): boolean {
  return now.status === 'suspended' && now.kind === 'newCommerce' && !now.isTrial && now.lastDay !== null && now.lastDay >= today;
}

/** Whether it begins to go on by itself in another way than it did. */
function ofItsPlan(was: Subscription, { now, ...at }: Now): Happened | null {
  if (isAsItWas(was, now)) return null;
  const [before, after] = [readEnd(was, at), readEnd(now, at)];
  // Where both readings are of one moment, a month that both are in tells nothing.
  if (after.end === 'inEst') return before.end === 'inEst' || before.either === 'renewsOrInEst' || was.autoRenew === null ? null : 'estBegun';
  // A new term: what was planned for it has happened.
  if (!renews(before.end) || !renews(after.end) || now.expiresOn !== was.expiresOn) return null;
  if (after.end === 'renewsAs')
    return before.end === 'renews' ? 'planSet' : JSON.stringify(detailsOf(before)) === JSON.stringify(detailsOf(after)) ? null : 'planChanged';
  return before.end === 'renewsAs' && at.today <= (was.expiresOn ?? '') ? 'planLost' : null;
}

/** Nothing that a reading is made of has changed, as with most at most looks: to read both would cost. */
function isAsItWas(was: Subscription, now: Subscription): boolean {
  if (was.next !== undefined || now.next !== undefined) return false;
  return was.autoRenew === now.autoRenew && was.atTermEnd === now.atTermEnd && was.expiresOn === now.expiresOn && was.cancellableUntil === now.cancellableUntil;
}

/** Whether the old one of a finished move goes on although it was left to end, or what was read of its end is not so any more. */
function wentOn(was: Subscription, { now, ...at }: Now): boolean {
  const end = endOfTerm(now, at);
  if (end === 'unread' || was.autoRenew === null) return false;
  if (now.expiresOn !== null && was.expiresOn !== null && now.expiresOn > was.expiresOn) return end !== 'cancels';
  // Microsoft takes up to a day after the last one to renew or end it.
  if (was.expiresOn !== null && at.today > addDays(was.expiresOn, 1)) return true;
  const before = endOfTerm(was, at);
  return !renews(before) && before !== end && end !== 'cancels';
}

function isDue({ firstSeenOn }: TrackedSubscription, now: Subscription, today: string): boolean {
  const left = daysBetween(today, now.expiresOn ?? '');
  const seen = firstSeenOn ? daysBetween(firstSeenOn, now.expiresOn ?? '') : Number.POSITIVE_INFINITY;
  return left >= 0 && TRIAL_AT.some((days) => left <= days && seen > days);
}

/** Whether an add-on goes on by itself after its base, which was read to end. */
export function runsOnAfter(addon: Subscription, base: Subscription, today: string): boolean {
  const ends = base.status === 'active' && isWatched(base) && endOfTerm(base, { today }) === 'cancels';
  return ends && isWatched(addon) && goesOn(endOfTerm(addon, { today })) && (addon.lastDay ?? '') > (base.lastDay ?? '');
}
