/** The rows of the state table that set a term's end and look at it until it has come. Pure. */
import { lapsesAt, remindsAt, whyNotApprove } from '../approval/approval.ts';
import { addDays, later } from '../clock.ts';
import type { EndWatch, Move } from '../domain/ticket.ts';
import type { MoveEvent, Refused, Transition } from './events.ts';
import { retryLater, stop, to, UNCLEAR_TRIES } from './transitions.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Microsoft fills in an Extended Service Term within 24 hours: only after that is it known whether a cancellation holds. */
const FILLED_IN_MS = 25 * HOUR_MS;
/** Whoever is still on the plan is told so many days before its last one. */
export const WARN_DAYS = 7;
/** Between the looks that matter it is looked at all the same; a wait of more than a day would not be believed. */
const MOST_MS = 23 * HOUR_MS;

/** The first moment after the last day; what is set so late that it cannot be looked at after 25 hours may not hold. */
function endOf(day: string): number {
  return Date.parse(`${addDays(day, 1)}T00:00:00Z`);
}

/** Whether the term ends before it can be known that the cancellation holds. `at`: when it was set, ISO text. */
export function mayNotHold({ at, day }: Pick<EndWatch, 'at' | 'day'>): boolean {
  return day !== '' && endOf(day) - Date.parse(at) < FILLED_IN_MS;
}

/**
 * When a cancellation is looked at next: after 25 hours, after 7 days, when people are warned, 48 and 24 hours before the end and the day
 * after it, every hour where the end is nearer than 25 hours or has come, and once a day between. ISO text.
 */
export function nextLookAt(watch: EndWatch, now: string): string {
  const nowMs = Date.parse(now);
  if (watch.day === '') return later(now, MOST_MS);
  const [setMs, endMs] = [Date.parse(watch.at), endOf(watch.day)];
  if (mayNotHold(watch) || nowMs >= endMs) return later(now, HOUR_MS);
  const moments = [setMs + FILLED_IN_MS, setMs + 7 * DAY_MS, endMs - (WARN_DAYS + 1) * DAY_MS, endMs - 2 * DAY_MS, endMs - DAY_MS, endMs];
  const next = Math.min(...moments.filter((ms) => ms > nowMs), nowMs + MOST_MS);
  return new Date(next).toISOString();
}

/** Whether it is time to tell who is still on the plan, and it was not told. */
export function warnsNow({ day, warnedAt }: EndWatch, now: string): boolean {
  return day !== '' && warnedAt === undefined && Date.parse(now) >= endOf(day) - (WARN_DAYS + 1) * DAY_MS && Date.parse(now) < endOf(day);
}

export function weighed(m: Move, e: Extract<MoveEvent, { kind: 'weighed' }>): Transition {
  return to(m, 'weighed', 'endAsked', { end: e.offer, approval: null, reminded: false, nextAt: remindsAt(e.offer) });
}

/** Nothing was set, and it is said why. */
export function notSettable(m: Move, e: { reason?: string; code: string }): Transition {
  const reason = e.reason === 'endNotPossible' || e.reason === 'endOldChanged' ? e.reason : 'endUnread';
  return to(m, 'cancelled', 'refused', { refusal: { reason, code: e.code }, approval: null });
}

export function weighingUnclear(m: Move, e: Extract<MoveEvent, { kind: 'unclear' }>, now: string): Transition {
  return m.attempts + 1 < UNCLEAR_TRIES ? retryLater(m, e.retryAt, now) : notSettable(m, e);
}

/** That it renews by now, or no more, is weighed anew; one that is over has no end to set. */
export function weighedOldChanged(m: Move, e: Extract<MoveEvent, { kind: 'oldChanged' }>, now: string): Transition {
  if (e.what !== 'renews') return notSettable(m, { reason: 'endOldChanged', code: e.what });
  return weighAgain(m, now);
}

export function weighAgain(m: Move, now: string): Transition {
  return to(m, 'weighing', 'progress', { approval: null, again: m.approval ? 'source' : (m.again ?? null), suspension: null, nextAt: now });
}

export function approveEnd(m: Move, e: Extract<MoveEvent, { kind: 'approve' }>, now: string): Transition | Refused {
  const whyNot = whyNotApprove(m.end ?? null, { key: e.by, roles: e.roles }, e.hash, e.fourEyes, now);
  if (whyNot) return { refused: whyNot };
  return to(m, 'setting', 'endSetting', { approval: { by: e.by, at: now, hash: e.hash }, again: null, suspension: null, nextAt: now });
}

export function remindWeighed(m: Move): Transition | Refused {
  if (!m.end || m.reminded) return { refused: 'notNow' };
  return to(m, 'weighed', 'endAsked', { reminded: true, nextAt: lapsesAt(m.end) });
}

export function lapseWeighed(m: Move, now: string): Transition | Refused {
  return m.end && lapsesAt(m.end) <= now ? to(m, 'cancelled', 'lapsed', {}) : { refused: 'notNow' };
}

/** A yes that waited, or was to something else: asked once more, where it was given. */
export function askEndAgain(m: Move, e: { kind: 'waited' | 'endChanged' }, now: string): Transition {
  if (m.way === 'replace') return to(m, 'reassigned', 'resumed', { confirmedBy: null, again: e.kind === 'waited' ? 'lastStep' : 'source', suspension: null });
  const again = weighAgain(m, now);
  return e.kind === 'waited' ? { ...again, next: { ...again.next, again: 'lastStep' } } : again;
}

export function endIsSet(m: Move, e: Extract<MoveEvent, { kind: 'endSet' }>, now: string): Transition {
  const found = e.byOthers ?? false;
  if (m.end?.to === 'renew') return to(m, 'finished', 'finished', { outcome: 'renewedAgain', endFound: found, suspension: null });
  return watched(m, e.subscription.expiresOn ?? '', { found, now });
}

/** From here on it is looked at until it is over. `found`: it was set already, nobody knows since when. */
export function watched(m: Move, day: string, { found, now }: { found: boolean; now: string }): Transition {
  const endSet: EndWatch = { at: now, day, lookedAt: now };
  return to(m, 'set', 'endSet', { endSet, endFound: found, suspension: null, nextAt: nextLookAt(endSet, now) });
}

/** It is still there. The day may be another one by now. */
export function endSeen(m: Move, e: Extract<MoveEvent, { kind: 'endSeen' }>, now: string): Transition | Refused {
  if (!m.endSet) return { refused: 'notNow' };
  const endSet: EndWatch = { ...m.endSet, day: e.day || m.endSet.day, lookedAt: now, ...(e.warn ? { warnedAt: now } : {}) };
  const nextAt = nextLookAt(endSet, now);
  if (e.warn) return to(m, 'set', 'endWarned', { endSet, nextAt });
  return { next: { ...m, endSet, nextAt, attempts: 0, lease: null, held: null }, news: 'progress' };
}

/** So long a cancellation may stay unread before a person must look. */
const UNREAD_MS = 3 * DAY_MS;

/** What could not be read is looked at again in an hour; for days, a person must know. */
export function lookUnclear(m: Move, e: Extract<MoveEvent, { kind: 'unclear' }>, now: string): Transition {
  if (m.endSet && later(m.endSet.lookedAt, UNREAD_MS) < now) return stop(m, 'unread', e.code, now);
  return { next: { ...m, nextAt: e.retryAt ?? later(now, HOUR_MS), lease: null }, news: 'progress' };
}

export function settingUnclear(m: Move, e: Extract<MoveEvent, { kind: 'unclear' }>, now: string): Transition {
  return m.attempts + 1 < UNCLEAR_TRIES ? retryLater(m, e.retryAt, now) : stop(m, m.suspension ? 'endUnclear' : 'unread', e.code, now);
}
