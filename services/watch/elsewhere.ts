/** What becomes of licences that a customer did not buy through us: told once, moved as ours are, and closed when they are read to be gone. Pure. */
import type { Move, Subscription, Ticket, TrackedSubscription } from '../domain/ticket.ts';
import { nudgeDue, type Verdict } from './flips.ts';

const HOUR_MS = 3_600_000;
/** The same must be read at two looks so far apart: a pool may lag behind what was bought or suspended here. */
export const APART_MS = HOUR_MS;
/** A pool that is not listed at all may only be late. */
const ABSENT_APART_MS = 24 * HOUR_MS;

/**
 * How the pool of its SKU reads: as so many that are not ours; `none` beyond ours; `absent` from a list that holds others; null where nobody
 * looked, or it cannot be told.
 */
export type SeatsNow = Subscription | 'none' | 'absent' | null;

export interface SeatsObserved {
  known: TrackedSubscription | null;
  /** Its open ticket. */
  ticket: Ticket | null;
  /** The live move. */
  move: Move | null;
  now: SeatsNow;
  /** The customer is called otherwise than on the card. */
  renamed: boolean;
  /** ISO text. */
  at: string;
}

/** `first`: it, or its number, is seen for the first time; it is told when that is seen again. `finish`: its move has waited for this. */
export type SeatsVerdict = Verdict | { kind: 'first' } | { kind: 'finish' };

const SAME: SeatsVerdict = { kind: 'same' };
const QUIET: SeatsVerdict = { kind: 'quiet' };

export function detectSeats(observed: SeatsObserved): SeatsVerdict {
  const { known, ticket, now } = observed;
  if (isGone(observed)) return gone(observed);
  if (now === 'none' || now === 'absent') return known && !known.missingAt ? QUIET : waiting(observed);
  if (now === null) return waiting(observed);
  if (ticket) {
    if (ticket.facts.standing) return { kind: 'changed', what: 'seats' };
    if (now.quantity !== ticket.facts.quantity) return recounted(known, now, observed.at);
    return known?.missingAt || known?.goneAt || known?.seenAt ? QUIET : waiting(observed);
  }
  // What went and came back is new.
  if (!known || known.goneAt) return { kind: 'first' };
  if (known.seenAt && isOlder(known.seenAt, observed.at, APART_MS))
    return known.snapshot.quantity === now.quantity ? { kind: 'open', as: 'elsewhere' } : { kind: 'first' };
  return known.missingAt || known.snapshot.quantity !== now.quantity ? QUIET : SAME;
}

/** Another number is told when it was read twice: the pool may lag behind what of ours was just suspended. */
function recounted(known: TrackedSubscription | null, now: Subscription, at: string): SeatsVerdict {
  if (!known?.seenAt || known.snapshot.quantity !== now.quantity) return { kind: 'first' };
  return isOlder(known.seenAt, at, APART_MS) ? { kind: 'changed', what: 'seats' } : SAME;
}

/** Whether it was read to be gone: at two looks, or before. */
export function isGone({ known, now, at }: Pick<SeatsObserved, 'known' | 'now' | 'at'>): boolean {
  if (!known || (now !== null && typeof now === 'object')) return false;
  if (known.goneAt) return true;
  if (now === null || !known.missingAt) return false;
  return isOlder(known.missingAt, at, now === 'none' ? APART_MS : ABSENT_APART_MS);
}

/** What waited for that has come to its end; a move that is still under way is told. */
function gone({ known, ticket, move, at }: SeatsObserved): SeatsVerdict {
  if (ticket && move) {
    if (move.state === 'reassigned') return { kind: 'finish' };
    if (ticket.facts.standing !== 'gone') return { kind: 'changed', what: 'gone' };
    return nudgeDue(move, ticket, at) ?? SAME;
  }
  if (ticket) return { kind: 'close', how: 'ended' };
  return known?.goneAt ? SAME : QUIET;
}

/** Nothing has changed about it: perhaps somebody is waited for, or a name or a day has. */
function waiting({ ticket, move, renamed, at }: SeatsObserved): SeatsVerdict {
  if (!ticket) return SAME;
  if (renamed) return { kind: 'changed', what: 'name' };
  if (move) return nudgeDue(move, ticket, at) ?? SAME;
  const { snoozed } = ticket.marks;
  return snoozed && snoozed.until <= at.slice(0, 10) ? { kind: 'changed', what: 'snoozeOver' } : SAME;
}

function isOlder(since: string, at: string, ms: number): boolean {
  return Date.parse(at) - Date.parse(since) >= ms;
}
