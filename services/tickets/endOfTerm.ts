/** What happens to a subscription when its term ends, and whether that is ours to watch. Pure. */
import { addDays, dayOf, daysBetween } from '../clock.ts';
import { monthsOf } from '../domain/money.ts';
import { CANCEL_WINDOW_DAYS, CLASSIC_DELETED_AFTER_DAYS, EST_BEGUN_FROM, EST_ENDS_FROM } from '../domain/rules.ts';
import type { Either, EndDetails, EndOfTerm, NextTerm, Subscription, TermEnd, TicketFacts } from '../domain/ticket.ts';

/** When it is read, and what the resource does not say. */
export interface ReadAt {
  /** UTC day. */
  today: string;
  /** Its plan is known to be retired, so that nobody knows whether it can go on as an Extended Service Term. */
  retired?: boolean;
}

/** A term that is shorter by more than what months differ in. */
const SHORTENED_DAYS = 5;

/** What may be planned for the term's end, letter for letter as three sources spell it; Microsoft's own page was not seen, so another spelling is not guessed at. */
const PLANNED: ReadonlyMap<string, 'renews' | 'renewsAs' | 'cancels' | 'extends'> = new Map([
  ['RenewToNewTerm', 'renews'],
  ['Transition', 'renewsAs'],
  ['Cancel', 'cancels'],
  ['RenewToExtendedServiceTerm', 'extends'],
]);

/** The one reading of a term's end. What is planned goes before auto-renew; where the two cannot both be so, that is said. */
export function readEnd(subscription: Subscription, at: ReadAt): TermEnd {
  const { status, kind, otherDay, expiresOn } = subscription;
  if (status === 'suspended') return kind === 'classic' || subscription.atTermEnd === 'Cancel' ? { end: 'cancels' } : unknown('endsOrExtends');
  if (OVER.has(status)) return { end: 'cancels' };
  if (status !== 'active') return { end: 'unknown', word: status };
  if (otherDay && (otherDay.on === null || (otherDay.on >= at.today && otherDay.on < (expiresOn ?? '9999'))))
    return { end: 'unknown', word: otherDay.word, ...(otherDay.on ? { on: otherDay.on } : {}) };
  return subscription.atTermEnd === null ? byFlag(subscription, at) : asPlanned(subscription, subscription.atTermEnd);
}

/** Its term has ended, whatever the flag still says. */
const OVER: ReadonlySet<string> = new Set(['deleted', 'expired', 'disabled']);

function unknown(either: Either): TermEnd {
  return { end: 'unknown', either };
}

function asPlanned(subscription: Subscription, word: string): TermEnd {
  const { autoRenew } = subscription;
  const planned = PLANNED.get(word);
  if (!planned) return { end: 'unknown', word };
  if (planned === 'extends') {
    if (runsExtended(subscription)) return { end: 'inEst' };
    return { end: 'extends', ...(autoRenew ? { despiteFlag: true as const } : {}) };
  }
  if (planned === 'cancels') return autoRenew === true ? { end: 'contradictory', planned } : { end: 'cancels' };
  const next = otherThanNow(subscription);
  const as: EndDetails = next ? { next } : {};
  const end = next ? 'renewsAs' : planned;
  return autoRenew === false ? { end: 'contradictory', planned: end, ...as } : { end, ...as };
}

/** Nothing is planned for its end. */
function byFlag(subscription: Subscription, at: ReadAt): TermEnd {
  const { autoRenew, kind, isTrial } = subscription;
  const next = otherThanNow(subscription);
  if (autoRenew === null) return { end: 'unread' };
  const extended = runsExtended(subscription);
  if (autoRenew) {
    if (extended === null) return unknown('renewsOrInEst');
    if (extended) return { end: 'inEst' };
    if (next) return { end: 'renewsAs', next };
    // A new-commerce trial becomes the paid plan.
    return { end: isTrial && kind === 'newCommerce' ? 'renewsAs' : 'renews' };
  }
  // What is planned for a next term needs auto-renew (create-a-new-subscription).
  if (next) return { end: 'contradictory', planned: 'renewsAs', next };
  if (kind === 'classic' || kind === 'other') return { end: 'cancels' };
  return kind === 'newCommerce' ? withoutPlan(subscription, { ...at, extended }) : unknown('endsOrExtends');
}

/** Licences of new commerce with auto-renew off and nothing planned: within a day Microsoft plans an Extended Service Term, where one can be. */
function withoutPlan(subscription: Subscription, { retired, extended }: ReadAt & { extended: boolean | null }): TermEnd {
  // Whether one that is in such a term ends by the flag is nowhere said.
  if (extended !== false) return unknown('endsOrExtends');
  if (subscription.isTrial) return { end: 'cancels' };
  const began = termBegan(subscription);
  if (began === null || subscription.expiresOn === null) return unknown('endsOrExtends');
  if (began < EST_BEGUN_FROM || subscription.expiresOn < EST_ENDS_FROM) return unknown('endsOrWorksOn');
  return retired ? unknown('endsOrExtends') : { end: 'extends' };
}

/** The first day of this term: its length before its last day, or the day on which the subscription began where that is later; null where neither can be told. */
function termBegan({ term, expiresOn, startedOn }: Pick<Subscription, 'term' | 'expiresOn' | 'startedOn'>): string | null {
  const months = monthsOf(term);
  if (months === null || expiresOn === null) return null;
  const at = new Date(`${expiresOn}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  at.setUTCMonth(at.getUTCMonth() - months);
  const counted = dayOf(at);
  return startedOn && startedOn > counted && startedOn <= expiresOn ? startedOn : counted;
}

/**
 * Whether it is in an Extended Service Term: by the month, and to be cancelled on any day of it, where any other term can be for seven
 * days alone. Null where it began so lately that both look the same.
 */
function runsExtended({ kind, isTrial, term, expiresOn, cancellableUntil, startedOn }: Subscription): boolean | null {
  if (kind !== 'newCommerce' || isTrial || monthsOf(term) !== 1 || expiresOn === null || !cancellableUntil) return false;
  if (!(dayOf(cancellableUntil) >= expiresOn)) return false;
  return startedOn && daysBetween(startedOn, expiresOn) <= CANCEL_WINDOW_DAYS ? null : true;
}

/** What is planned for its next term, where that is something else than it is; null otherwise. */
function otherThanNow({ next, offerId, quantity, term, billing }: Subscription): NextTerm | null {
  if (!next) return null;
  const offer = next.offer !== null && next.offer.toLowerCase() !== offerId.split(':').slice(0, 2).join(':').toLowerCase();
  const other = [
    [next.quantity, quantity],
    [next.term && lengthOf(next.term), lengthOf(term)],
    [next.billing, billing],
  ].some(([will, is]) => will !== null && will !== is);
  return offer || other ? next : null;
}

/** `P1Y` and `P12M` are one length. */
function lengthOf(term: string): string {
  const months = monthsOf(term);
  return months === null ? term : `P${months}M`;
}

/** The same as one word. */
export function endOfTerm(subscription: Subscription, at: ReadAt): EndOfTerm {
  return readEnd(subscription, at).end;
}

/** What belongs to the reading, to be kept beside its word; null where the word says all. */
export function detailsOf({ end: _, ...details }: TermEnd): EndDetails | null {
  return Object.keys(details).length > 0 ? details : null;
}

/**
 * Whether "Auto renews on" and "Expires on" mean anything for it. Not for Azure and usage (no end), trials, one-time
 * purchases, and what is not active: a suspended new-commerce subscription loses auto-renew by its suspension (docs/partner-center.md §6).
 */
export function isWatched(subscription: Subscription): boolean {
  return subscription.status === 'active' && subscription.lastDay !== null && subscription.kind !== 'other' && !subscription.isTrial && !subscription.isUsage;
}

/** It goes on by itself, and nobody need decide about its end. */
const GOES_ON: ReadonlySet<EndOfTerm> = new Set(['renews', 'renewsAs', 'inEst']);

/** Until when it can still be cancelled for the days that are left; null where it cannot, or on any day, as an Extended Service Term can. */
export function undoUntil({ kind, status, isTrial, expiresOn, cancellableUntil }: Subscription, today: string): string | null {
  if (kind !== 'newCommerce' || status !== 'active' || isTrial || !cancellableUntil || Number.isNaN(Date.parse(cancellableUntil))) return null;
  const day = dayOf(cancellableUntil);
  return day >= today && day < (expiresOn ?? '') ? cancellableUntil : null;
}

/** The day on which it began, where its first term was made shorter than its terms are; null else. */
export function shortenedSince({ kind, term, expiresOn, startedOn }: Subscription): string | null {
  if (kind !== 'newCommerce' || !startedOn || expiresOn === null) return null;
  const began = termBegan({ term, expiresOn });
  return began !== null && daysBetween(began, startedOn) > SHORTENED_DAYS && startedOn < expiresOn ? startedOn : null;
}

/** Whether it was read to go on by itself, in whatever form. */
export function goesOn(end: EndOfTerm): boolean {
  return GOES_ON.has(end);
}

/** Whether it renews: as it is, or as something else. */
export function renews(end: EndOfTerm): boolean {
  return end === 'renews' || end === 'renewsAs';
}

/**
 * What the last step of a move asks: to let the old one end, where its cancellation was read; to have that set, where new commerce goes
 * on and costs money after its term, which a suspension does not change; else to suspend it. `customerActs`: only the customer can end it.
 */
export type LastStep = 'letEnd' | 'cancel' | 'suspend' | 'customerActs';
type Ending = Pick<TicketFacts, 'newCommerce' | 'endOfTerm' | 'standing' | 'elsewhere'>;
/** `setEnd`: its cancellation can be set here; `cancel`: only in Partner Center. */
export type LastStepHere = LastStep | 'setEnd';

export function lastStep(facts: Ending): LastStep {
  if (facts.elsewhere) return 'customerActs';
  if (!facts.newCommerce || facts.standing) return 'suspend';
  return facts.endOfTerm === 'cancels' ? 'letEnd' : 'cancel';
}

/** The same, and whether the bot itself can set the cancellation. */
export function lastStepHere(facts: Ending, plannable: boolean | undefined): LastStepHere {
  const last = lastStep(facts);
  return last === 'cancel' && plannable ? 'setEnd' : last;
}

/** A classic subscription that was suspended on a day is deleted at the end of its term, or about 90 days later (one page) or 120 (another): the first day that this can be. */
export function deletedFrom(suspendedOn: string, termEndsOn: string): string {
  const counted = addDays(suspendedOn, CLASSIC_DELETED_AFTER_DAYS.least);
  return termEndsOn !== '' && termEndsOn < counted ? termEndsOn : counted;
}

/** Whether it was read not to go on as it does; one that a move is open for may still renew, and of another nobody may say. Pure. */
export function stops({ end }: { end: EndOfTerm }): boolean {
  return !(goesOn(end) || end === 'unread');
}
