/** Which subscription stopped or resumed renewing. Pure. */
import { daysBetween } from '../clock.ts';
import type { Expiry, KnownSubscription, Subscription } from '../domain.ts';
import { endOfTerm, isWatched } from './endOfTerm.ts';

export type Verdict =
  | { kind: 'same' }
  /** Only the snapshot changes; nobody is told. */
  | { kind: 'quiet' }
  | { kind: 'open'; as: 'flip' | 'known' }
  | { kind: 'close'; how: 'renewed' | 'ended' }
  /** The card must say something else: date, seats or what happens at the end. */
  | { kind: 'changed' }
  | { kind: 'remind'; daysLeft: number };

export interface Looked {
  known: KnownSubscription | null;
  /** Its open expiry. */
  expiry: Expiry | null;
  /** What Partner Center says now; null when it is no longer in the complete list. */
  now: Subscription | null;
  /** Its base also stops, so the base's card names it. */
  goesWithBase: boolean;
  today: string;
}

/** Days left at which a card that nobody decided is brought up again. */
const REMIND_AT = [7, 1];

export function judge(looked: Looked): Verdict {
  const { known, expiry, now } = looked;
  if (!now) return judgeGone(known, expiry);
  if (known?.liveMigration) return judgeMoving(known, expiry, now);
  if (expiry) return judgeOpen(looked, expiry, now);
  if (!stopsRenewing(now) || looked.goesWithBase) return isKnown(known, now) ? { kind: 'same' } : { kind: 'quiet' };
  if (!known) return { kind: 'open', as: 'known' };
  // It had stopped before and that matter is closed: only a new flip is a new matter.
  if (stopsRenewing(known.snapshot)) return isKnown(known, now) ? { kind: 'same' } : { kind: 'quiet' };
  return { kind: 'open', as: 'flip' };
}

/** No longer in the complete list: what was open has ended, and it is noted as gone; while a move is live, the move finds out. */
function judgeGone(known: KnownSubscription | null, expiry: Expiry | null): Verdict {
  if (known?.liveMigration) return { kind: 'same' };
  if (expiry) return { kind: 'close', how: 'ended' };
  return known && !known.goneAt ? { kind: 'quiet' } : { kind: 'same' };
}

/** While a move is live the card keeps to the truth, but only the move closes the matter: our own suspension is no end. */
function judgeMoving(known: KnownSubscription, expiry: Expiry | null, now: Subscription): Verdict {
  if (expiry && isWatched(now) && differs(expiry, now)) return { kind: 'changed' };
  return isKnown(known, now) ? { kind: 'same' } : { kind: 'quiet' };
}

/** Whether the card tells something else than is true now. */
function differs(expiry: Expiry, now: Subscription): boolean {
  return now.lastDay !== expiry.facts.lastDay || now.quantity !== expiry.facts.quantity || endOfTerm(now) !== expiry.facts.endOfTerm;
}

function judgeOpen({ known, today }: Looked, expiry: Expiry, now: Subscription): Verdict {
  if (!isWatched(now)) return { kind: 'close', how: 'ended' };
  if (endOfTerm(now) === 'renews' && expiry.kind !== 'asked') return { kind: 'close', how: 'renewed' };
  if (differs(expiry, now)) return { kind: 'changed' };
  const left = daysBetween(today, expiry.facts.expiresOn);
  const due = REMIND_AT.find(
    (days) =>
      left <= days &&
      left > 0 &&
      (expiry.remindedAt ?? Number.POSITIVE_INFINITY) > days &&
      daysBetween(expiry.openedAt.slice(0, 10), expiry.facts.expiresOn) > days,
  );
  if (due !== undefined && endOfTerm(now) !== 'renews' && !expiry.marks.letGo && !(expiry.marks.snoozed && expiry.marks.snoozed.until > today))
    return { kind: 'remind', daysLeft: left };
  if (expiry.marks.snoozed && expiry.marks.snoozed.until <= today) return { kind: 'changed' };
  return isKnown(known, now) ? { kind: 'same' } : { kind: 'quiet' };
}

/** Active, watched, and read to be not renewing at the end of its term. */
export function stopsRenewing(subscription: Subscription): boolean {
  const end = endOfTerm(subscription);
  return isWatched(subscription) && end !== 'renews' && end !== 'unread';
}

function isKnown(known: KnownSubscription | null, now: Subscription): boolean {
  return known !== null && !known.goneAt && sameSnapshot(known.snapshot, now);
}

function sameSnapshot(a: Subscription, b: Subscription): boolean {
  let more = 0;
  for (const name in b) {
    if (a[name as keyof Subscription] !== b[name as keyof Subscription]) return false;
    more += 1;
  }
  for (const _ in a) more -= 1;
  return more === 0;
}
