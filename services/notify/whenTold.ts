/** When a chat is told of what happened, by what is set for it. Pure. */
import { daysBetween, dayOf } from '../clock.ts';
import { type Money, minorDigits } from '../domain/money.ts';
import { type ChatSettings, type LeftOut, nextDigest, quietUntil, UTC, type Worth } from '../domain/settings.ts';
import type { EndOfTerm, NewsKind, Watching } from '../domain/ticket.ts';
import { OUTCOMES } from '../tickets/costs.ts';
import { ASKING } from './rules.ts';

/** `list`: in the next list. `later`: by itself, but not before `atMs`. `not`: it is not worth a message there; lists and the record have it all the same. */
export type Told = { when: 'now' } | { when: 'later' | 'list'; atMs: number } | { when: 'not' };

/** What of a ticket decides. */
export interface Weighed {
  customerId: string;
  programme: string | null;
  lastDay: string;
  end: EndOfTerm;
  /** What it costs now a month; null where that is not known. */
  priceNow: Money | null;
}

export interface Happened {
  kind: NewsKind;
  at: string;
  ticket: Weighed;
  /** The ticket's card stands in the chat: whatever happens to it is told there. */
  hasCard: boolean;
  personal: boolean;
}

/** What the watch brings by itself. All else somebody in a chat does, or waits for: that comes at once. */
const BY_ITSELF: ReadonlySet<NewsKind> = new Set(['stopped', 'changed', 'reminder', 'renewed', 'ended', 'left', 'known', 'waits']);

/** With fewer days left when it would be told otherwise, it is urgent; of a reminder, which says it again, with none. */
const URGENT_DAYS = 3;
const REMINDED_DAYS = 1;

/** When a chat hears of it, with its settings as they are at `now`. */
export function whenTold(settings: ChatSettings | undefined, happened: Happened, now: Date): Told {
  const { kind, ticket, hasCard, personal } = happened;
  if (!settings || kind === 'show' || (personal && ASKING.has(kind))) return { when: 'now' };
  if (!hasCard && !isWorth(settings.worth, ticket, dayOf(now))) return { when: 'not' };
  if (!BY_ITSELF.has(kind)) return { when: 'now' };
  const zone = settings.zone ?? UTC;
  const nowMs = now.getTime();
  if (settings.digest) {
    const atMs = nextDigest(Date.parse(happened.at), zone, settings.digest);
    // At the hour that somebody chose for it a list comes, quiet or not.
    if (atMs <= nowMs) return hasCard ? { when: 'now' } : { when: 'list', atMs };
    if (!isUrgent(happened, atMs)) return { when: hasCard ? 'later' : 'list', atMs };
  }
  const quietMs = quietUntil(nowMs, zone, settings.quiet);
  return quietMs !== null && !isUrgent(happened, quietMs) ? { when: 'later', atMs: quietMs } : { when: 'now' };
}

/** Whether what came `at` and is held already still is: what would make it urgent since brings news of its own. */
export function isStillHeld(settings: ChatSettings, at: string, now: Date): boolean {
  const zone = settings.zone ?? UTC;
  if (settings.digest) return nextDigest(Date.parse(at), zone, settings.digest) > now.getTime();
  return quietUntil(now.getTime(), zone, settings.quiet) !== null;
}

/** Whether too few days would be left where it is told at `atMs`. */
function isUrgent({ kind, ticket }: Happened, atMs: number): boolean {
  const left = daysBetween(dayOf(new Date(atMs)), ticket.lastDay);
  if (kind === 'reminder') return left < REMINDED_DAYS;
  return (kind === 'stopped' || kind === 'changed') && left < URGENT_DAYS;
}

/** Whether it is worth a message by `worth`; what is not known counts as if it were. `today`: the UTC day. */
export function isWorth(worth: Worth | undefined, ticket: Weighed, today: string): boolean {
  if (!worth) return true;
  const { within, least, leaveOut = [], except = [] } = worth;
  if (except.some((one) => isOf(one, ticket))) return false;
  if (within !== undefined && daysBetween(today, ticket.lastDay) > within) return false;
  if (least !== undefined && ticket.priceNow && ticket.priceNow.minor < least * 10 ** minorDigits(ticket.priceNow.currency)) return false;
  return !leaveOut.some((outcome: LeftOut) => (OUTCOMES[outcome] as readonly EndOfTerm[]).includes(ticket.end));
}

function isOf(one: Watching, { customerId, programme }: Pick<Weighed, 'customerId' | 'programme'>): boolean {
  return one.what === 'all' || (one.what === 'customer' ? one.customerId === customerId : one.programme === programme);
}
