/** Which subscription stopped or resumed renewing, and what of it is to be told. Pure. */
import { daysBetween } from '../clock.ts';
import { REMIND_DAYS } from '../domain/chat.ts';
import type { Happened, Move, Standing, Subscription, TermEnd, Ticket, TicketFacts, TrackedSubscription } from '../domain/ticket.ts';
import { waitsFor } from '../moves/nextStep.ts';
import { KNOWN_NOT_DONE } from '../moves/stuck.ts';
import { detailsOf, endOfTerm, goesOn, isWatched, readEnd, renews, stops } from '../tickets/endOfTerm.ts';
import { samePrices } from '../tickets/costs.ts';
import { isStillBilled, whatHappened } from './outcomes.ts';
import type { Priced } from './prices.ts';

/** What has changed about an old subscription that a card tells of; the gravest first. */
export type Changed = Standing | Turned | 'stops' | 'seats' | 'prices' | 'name' | 'snoozeOver';

/** How its end turned. `disagree`: what is planned and auto-renew; `estPlanned`: until now nothing was; `estMonth`: another month of it. */
type Turned = 'renews' | 'end' | 'unread' | 'disagree' | 'estPlanned' | 'estBegun' | 'estMonth' | 'planSet' | 'planChanged' | 'planLost';

export type Verdict =
  | { kind: 'same' }
  /** Only the snapshot changes; nobody is told. */
  | { kind: 'quiet' }
  /** `again`: the closed ticket in which it is told, which is opened again. */
  | { kind: 'open'; as: 'flip' | 'known' | 'unread' | 'elsewhere'; again?: string }
  | { kind: 'open'; as: 'outcome'; what: Happened; again?: string }
  | { kind: 'close'; how: 'renewed' | 'ended' | 'left' }
  /** The card must say something else. */
  | { kind: 'changed'; what: Changed }
  | { kind: 'remind'; daysLeft: number }
  /** A move has waited for somebody for a working day. */
  | { kind: 'nudge'; of: string };

export interface Observed {
  known: TrackedSubscription | null;
  /** Its open ticket. */
  ticket: Ticket | null;
  /** The live move; what our own call changes is not told. */
  move: Move | null;
  /** What Partner Center says now; null when it was not in the list. */
  now: Subscription | null;
  /** What is stored of it: as `now`, with a flag that is long missing as it was last known. */
  stored: Subscription | null;
  /** Since when Partner Center does not say whether it renews. */
  flagLostSince: string | null;
  /** What was read about one that is not in the list; null while nothing is concluded. */
  gone: 'gone' | 'left' | null;
  /** Its base also stops, so the base's card names it. */
  goesWithBase: boolean;
  /** Its base was read to end before it, and it goes on. */
  outlives?: boolean;
  /** Its plan is known to be retired. */
  retired?: boolean;
  /** The customer is called otherwise than on the card. */
  renamed: boolean;
  /** What its next term costs, where that was asked and is known; null or absent where not. */
  priced?: Priced | null;
  /** ISO text. */
  at: string;
}

/** A card that nobody decided is brought up once more when its last day has passed. */
const PASSED = -1;
export const FLAG_LOST_MS = 86_400_000;
/** So long a list may still show what was before a suspension. */
const LIST_LAG_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** Only then a subscription that is listed has ended; another state, or none, says nothing. */
const ENDED: ReadonlySet<string> = new Set(['suspended', 'deleted', 'expired', 'disabled']);

const SAME: Verdict = { kind: 'same' };
const QUIET: Verdict = { kind: 'quiet' };

export function detect(observed: Observed): Verdict {
  const { known, ticket, now, move } = observed;
  if (!now) return detectGone(observed);
  if (ticket && move) return detectWithMove(observed, ticket, now, move);
  if (ticket) return detectOpen(observed, ticket, now);
  // A list may lag behind what was read of the one: what it says of the time before is no news.
  if (known?.suspendedAt && now.status === 'active' && age(known.suspendedAt, observed.at) < LIST_LAG_MS) return SAME;
  if (known?.endSetAt && age(known.endSetAt, observed.at) < LIST_LAG_MS) return SAME;
  const end = endOfTerm(now, asOf(observed));
  // An add-on that outlives its base does not go with it.
  const apart = !observed.goesWithBase || observed.outlives === true;
  const what =
    known && !known.liveMove && apart
      ? whatHappened(known, { ...asOf(observed), now, outlives: observed.outlives ?? false, ahead: observed.priced?.ahead ?? null })
      : null;
  if (known && what) return { kind: 'open', as: 'outcome', what, ...toldIn(known, what, observed.at) };
  if (known?.liveMove || !isWatched(now) || observed.goesWithBase || goesOn(end)) return unchanged(observed);
  const again = known ? toldIn(known, null, observed.at) : {};
  if (end === 'unread') return flagLost(observed) ? { kind: 'open', as: 'unread', ...again } : unchanged(observed);
  // That it renewed is told of it only where it was seen.
  const as = known?.snapshot.autoRenew ? 'flip' : 'known';
  // What was gone and is back is judged as new: a ticket that was closed meanwhile does not hide it.
  if (!known || known.goneAt) return { kind: 'open', as, ...again };
  // It had stopped before and that ticket is closed: only a new flip is a new ticket. What went with its base had none.
  if (stopsRenewing(known.snapshot, dayOf(observed)) && !known.withBase) return unchanged(observed);
  return { kind: 'open', as, ...again };
}

/** The closed ticket that it belongs to: that of its finished move, or one of the same that closed within a day because it renewed. One trouble has one card. */
function toldIn({ movedBy, renewed }: TrackedSubscription, what: Happened | null, at: string): { again?: string } {
  if (movedBy && (what === 'goesOn' || what === 'stillBilled')) return { again: movedBy };
  return renewed && renewed.what === what && age(renewed.at, at) < DAY_MS ? { again: renewed.ticket } : {};
}

/** Not in the list. Only what was read about it, when it was asked about by itself, ends anything. */
function detectGone({ known, ticket, move, gone, at }: Observed): Verdict {
  if (!known) return SAME;
  // A move that was still going on when it went has ended since.
  if (known.goneAt && ticket && !move) return { kind: 'close', how: ticket.facts.standing === 'left' ? 'left' : 'ended' };
  if (gone === null) return (known.goneAt && ticket && move && nudgeDue(move, ticket, at)) || (known.missingAt || known.goneAt ? SAME : QUIET);
  // No call of ours takes one away.
  if (ticket && move) return ticket.facts.standing === gone ? (known.goneAt ? SAME : QUIET) : { kind: 'changed', what: gone };
  if (ticket) return { kind: 'close', how: gone === 'left' ? 'left' : 'ended' };
  return known.goneAt ? SAME : QUIET;
}

/** Whether our own call is changing, or has changed, its state, its flag or what is planned; a list may lag behind what was read of the one. */
function ours(move: Move, at: string): boolean {
  const { state, stuck, endSet, suspension } = move;
  if (state === 'set' && endSet) return age(endSet.at, at) < LIST_LAG_MS;
  if (stuck === null) return OURS.has(state);
  // One that has stopped silences only what its call may yet do, and not for ever.
  return OURS.has(stuck.from) && suspension !== null && !KNOWN_NOT_DONE.has(stuck.reason) && age(stuck.at, at) < DAY_MS;
}

const OURS: ReadonlySet<Move['state']> = new Set(['suspending', 'setting']);

/** While a move is live only the move closes the ticket; all that it does not do itself is told. */
function detectWithMove(observed: Observed, ticket: Ticket, now: Subscription, move: Move): Verdict {
  const standing = standingOf(now.status);
  const own = ours(move, observed.at) && (standing === null || standing === 'suspended');
  if (!own && standing !== null && standing !== ticket.facts.standing) return { kind: 'changed', what: standing };
  // What is over has no seats and no end any more.
  const what = standing === null || own ? difference(observed, ticket, now, own) : observed.renamed ? 'name' : null;
  if (what) return { kind: 'changed', what };
  // Whose end is set is looked at by its move, which warns in its own time.
  if (!own && standing === null && move.state !== 'set') {
    const daysLeft = reminderDue(observed, ticket, now);
    if (daysLeft !== null) return { kind: 'remind', daysLeft };
  }
  return nudgeDue(move, ticket, observed.at) ?? unchanged(observed);
}

/** That a move has waited for somebody for a working day; null where it has not, or that was said. */
export function nudgeDue(move: Move, { nudged }: Ticket, at: string): Verdict | null {
  const of = waitsFor(move);
  return of && nudged?.of !== of && at >= aWorkingDayAfter(move.since ?? move.startedAt) ? { kind: 'nudge', of } : null;
}

function detectOpen(observed: Observed, ticket: Ticket, now: Subscription): Verdict {
  const { happened } = ticket.facts;
  const billed = happened !== undefined && ticket.facts.standing === 'suspended' && isStillBilled(now, dayOf(observed));
  if (ENDED.has(now.status) && !billed) return { kind: 'close', how: 'ended' };
  if (isSettled(observed, ticket, now)) return { kind: 'close', how: 'renewed' };
  if (billed || (!isWatched(now) && !happened)) return unchanged(observed);
  const what = difference(observed, ticket, now, false);
  if (what) return { kind: 'changed', what };
  const daysLeft = reminderDue(observed, ticket, now);
  if (daysLeft !== null) return { kind: 'remind', daysLeft };
  const { snoozed } = ticket.marks;
  if (snoozed && snoozed.until <= dayOf(observed)) return { kind: 'changed', what: 'snoozeOver' };
  return unchanged(observed);
}

/** Whether what brought it up is over, because it goes on as it should, which only one that is active is read to do. */
function isSettled(observed: Observed, { kind, facts }: Ticket, now: Subscription): boolean {
  const end = endOfTerm(now, asOf(observed));
  switch (facts.happened) {
    case undefined:
      return renews(end) && kind !== 'asked';
    case 'goesOn':
      return false;
    case 'outlivesBase':
      return goesOn(end) && !observed.outlives;
    case 'trial':
      return !now.isTrial && goesOn(end);
    case 'planSet':
    case 'planChanged':
    case 'planLost':
      return renews(end) && (!renews(facts.endOfTerm) || (now.expiresOn ?? '') > facts.expiresOn);
    case 'dearer':
    case 'losesPromotion':
      return renews(end) && (now.expiresOn ?? '') > facts.expiresOn;
    default:
      return renews(end);
  }
}

/** How it stands when it is no longer active; null while it is, or where nothing says so. */
export function standingOf(status: string): Standing | null {
  if (!ENDED.has(status)) return null;
  return status === 'suspended' ? 'suspended' : 'ended';
}

/** What the card tells otherwise than is true now; null when it is all true. `own`: what follows from our own suspension is not told. */
function difference(observed: Observed, ticket: Ticket, now: Subscription, own: boolean): Changed | null {
  const { facts } = ticket;
  const read = readEnd(now, asOf(observed));
  const { end } = read;
  if (facts.standing && now.status === 'active') return renews(end) ? 'renews' : 'stops';
  // A flag that is missing for less than a day changes nothing.
  const told = end !== 'unread' || flagLost(observed);
  if (!own && told && now.status === 'active') {
    if (end !== facts.endOfTerm || JSON.stringify(detailsOf(read)) !== JSON.stringify(facts.ending ?? null)) return turned(facts, read);
    if (facts.nothingPlanned && now.atTermEnd !== null) return 'estPlanned';
  }
  if (now.lastDay !== null && now.lastDay !== facts.lastDay) return end === 'inEst' && facts.endOfTerm === 'inEst' ? 'estMonth' : 'end';
  if (now.quantity !== null && now.quantity !== facts.quantity) return 'seats';
  const prices = observed.priced?.prices;
  if (prices && now.status === 'active' && !samePrices(facts.prices, prices)) return 'prices';
  return observed.renamed ? 'name' : null;
}

/** What is told of an end that is another one now. */
function turned(facts: TicketFacts, { end }: TermEnd): Turned | 'stops' {
  const before = facts.endOfTerm;
  switch (end) {
    case 'renews':
      return before === 'renewsAs' && facts.ending?.next ? 'planLost' : 'renews';
    case 'renewsAs':
      return before === 'renewsAs' ? 'planChanged' : before === 'renews' ? 'planSet' : 'end';
    case 'inEst':
      return before === 'inEst' ? 'end' : 'estBegun';
    case 'unread':
      return end;
    default:
      if (renews(before)) return 'stops';
      return end === 'contradictory' && before !== 'contradictory' ? 'disagree' : 'end';
  }
}

/** The days that are left where a reminder is due; null otherwise. */
function reminderDue(observed: Observed, ticket: Ticket, now: Subscription): number | null {
  const { facts, marks, openedAt } = ticket;
  if ((goesOn(endOfTerm(now, asOf(observed))) && !now.isTrial) || marks.dismissed || (marks.snoozed && marks.snoozed.until > dayOf(observed))) return null;
  const left = daysBetween(dayOf(observed), facts.expiresOn);
  const reminded = ticket.remindedAt ?? Number.POSITIVE_INFINITY;
  const held = daysBetween(openedAt.slice(0, 10), facts.expiresOn);
  const due = left > 0 ? REMIND_DAYS.some((days) => left <= days && reminded > days && held > days) : left <= PASSED && reminded > PASSED && held >= 0;
  return due ? left : null;
}

/** A day later; from a Friday or a weekend, on Monday. ISO texts. */
export function aWorkingDayAfter(since: string): string {
  const at = new Date(Date.parse(since) + DAY_MS);
  const weekend = { 6: 2, 0: 1 }[at.getUTCDay()] ?? 0;
  return new Date(at.getTime() + weekend * DAY_MS).toISOString();
}

/** Active, watched, and read not to go on as it is at the end of its term. `today`: UTC day. */
export function stopsRenewing(subscription: Subscription, today: string): boolean {
  return isWatched(subscription) && stops(readEnd(subscription, { today }));
}

function asOf(observed: Observed): { today: string; retired: boolean } {
  return { today: dayOf(observed), retired: observed.retired ?? false };
}

function flagLost({ flagLostSince, at }: Observed): boolean {
  return age(flagLostSince ?? at, at) >= FLAG_LOST_MS;
}

function age(since: string, at: string): number {
  return Date.parse(at) - Date.parse(since);
}

function dayOf({ at }: Observed): string {
  return at.slice(0, 10);
}

function unchanged({ known, stored, flagLostSince, goesWithBase, outlives, priced }: Observed): Verdict {
  const isKnown =
    known !== null &&
    stored !== null &&
    !known.goneAt &&
    !known.missingAt &&
    (known.flagLostSince ?? null) === flagLostSince &&
    (known.withBase ?? false) === goesWithBase &&
    (known.outlives ?? false) === (outlives ?? false) &&
    priced?.ahead === undefined &&
    sameSnapshot(known.snapshot, stored);
  return isKnown ? SAME : QUIET;
}

function sameSnapshot(a: Subscription, b: Subscription): boolean {
  let more = 0;
  for (const name in b) {
    const [one, other] = [a[name as keyof Subscription], b[name as keyof Subscription]];
    if (one !== other && JSON.stringify(one) !== JSON.stringify(other)) return false;
    more += 1;
  }
  for (const _ in a) more -= 1;
  return more === 0;
}
