/** What is set for one chat: its time zone, when it is told what, and what is worth a message. Plain data; what is absent is as it always was. */
import { boundedMap } from '../boundedMap.ts';
import type { Watching } from './watching.ts';

/** How a term ends, as a chat can leave it out: it goes on as an Extended Service Term, is cancelled, or renews. */
export const LEFT_OUT = ['est', 'ends', 'renews'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** One list in place of a message for each: on weekdays, every day, or on one day of the week (1 is Monday), at a full hour. */
export type Digest = { every: 'weekdays' | 'day'; hour: number } | ({ every: 'week' } & Weekly);

/** Full hours of the chat's own day; `to` may lie in the next one. */
export interface QuietHours {
  from: number;
  to: number;
}

/** What is worth a message. What is not known is. */
export interface Worth {
  /** At most so many days before the end of its term. */
  within?: number;
  /** So much a month at least, in whole units of its own currency. */
  least?: number;
  leaveOut?: LeftOut[];
  /** Customers and programmes that are left out. */
  except?: Watching[];
}

/** Once a week, at a full hour (1 is Monday). */
export interface Weekly {
  day: number;
  hour: number;
}

export interface ChatSettings {
  /** Name of the IANA data base; UTC where it is absent. */
  zone?: string;
  /** What is spoken there; absent where nobody chose. */
  language?: string;
  digest?: Digest;
  quiet?: QuietHours;
  worth?: Worth;
  /** When the report comes by itself. */
  report?: Weekly;
}

/** The parts that somebody can change, for the record. */
export const SETTING_PARTS = ['zone', 'language', 'digest', 'quiet', 'reminders', 'worth', 'report'] as const;
export type SettingPart = (typeof SETTING_PARTS)[number];

/** A line of the record: who changed what, by person key. */
export interface SettingsChange {
  by: string;
  at: string;
  what: SettingPart[];
}

/** So many changes are kept. */
export const CHANGES_KEPT = 20;

/** How many days before the end of its term something becomes worth a message: those at which people can be reminded. */
export const WITHIN_DAYS: readonly number[] = [60, 30, 14, 7];

export const UTC = 'UTC';

export function zoneOf({ settings }: { settings?: ChatSettings | undefined }): string {
  return settings?.zone ?? UTC;
}

const REGIONS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Atlantic', 'Pacific', 'Indian', 'Antarctica', 'Arctic'];
const PLACES = new RegExp(`^(?:${REGIONS.join('|')})/`, 'i');
const ZONE_MAX = 60;

/** The time zone that somebody means: a name of the IANA data base, or the city in one, in any case; null where there is none. */
export function zoneCalled(text: string): string | null {
  if (text.length > ZONE_MAX) return null;
  const wanted = text.trim().replace(/\s+/g, '_');
  if (/^(?:utc|gmt|z)$/i.test(wanted)) return UTC;
  if (!/^[a-z][a-z_/+-]*$/i.test(wanted)) return null;
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => PLACES.test(zone));
  const same = (zone: string) => zone.toLowerCase() === wanted.toLowerCase() || zone.toLowerCase().endsWith(`/${wanted.toLowerCase()}`);
  const found = known.find(same);
  if (found) return found;
  // Names of before or after a city was called otherwise: Intl takes them, and does not list them.
  const tried = PLACES.test(wanted) ? [wanted] : REGIONS.map((region) => `${region}/${wanted}`);
  const named = tried.find(isZone);
  return named ? named.replace(/[a-z]+/gi, (word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase()) : null;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A place's calendar and clock at one instant. `weekday`: 1 is Monday. */
interface Local {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const ZONES_KEPT = 100;
const clocks = boundedMap<string, Intl.DateTimeFormat>(ZONES_KEPT);

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', { ...numeric, hourCycle: 'h23', timeZone: zone });
  clocks.set(zone, made);
  return made;
}

function localAt(atMs: number, zone: string): Local {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return parts as unknown as Local;
}

/** How far a place's clock is ahead of UTC. */
function aheadMs(atMs: number, zone: string): number {
  if (zone === UTC) return 0;
  const { year, month, day, hour, minute, second } = localAt(atMs, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When a place's clock shows that: the first time where it shows it twice, and where it leaves it out, when it goes on. `wallMs`: what it shows, as if it were UTC. */
function instantOf(wallMs: number, zone: string): number {
  const tried = [aheadMs(wallMs - DAY_MS, zone), aheadMs(wallMs + DAY_MS, zone)].map((ahead) => wallMs - ahead).sort((a, b) => a - b);
  const [first = wallMs, second = wallMs] = tried;
  const shows = (atMs: number) => atMs + aheadMs(atMs, zone) === wallMs;
  if (shows(first)) return first;
  if (shows(second)) return second;
  // Left out: both sides of the change are an hour or so off; its moment is where the clock jumps over it.
  let [low, high] = [first, second];
  while (high - low > 1_000) {
    const middle = low + Math.floor((high - low) / 2_000) * 1_000;
    if (middle + aheadMs(middle, zone) < wallMs) low = middle;
    else high = middle;
  }
  return high;
}

/** More days than any choice of weekdays leaves out. */
const DAYS_AHEAD = 8;

/** A full hour, on some weekdays; on every day where none is said. */
export interface Hours {
  hour: number;
  days?: readonly number[];
}

/** The first instant after `afterMs` at which it is that full hour there, on one of these weekdays. Pure. */
export function nextHour(afterMs: number, zone: string, { hour, days = EVERY_DAY }: Hours): number {
  const { year, month, day } = localAt(afterMs, zone);
  for (let n = 0; n <= DAYS_AHEAD; n++) {
    const wallMs = Date.UTC(year, month - 1, day + n, hour);
    const atMs = instantOf(wallMs, zone);
    if (days.includes(weekdayOf(wallMs)) && atMs > afterMs) return atMs;
  }
  return afterMs + DAY_MS;
}

/** The last instant up to `untilMs` at which it was that full hour there, on one of these weekdays. Pure. */
export function lastHour(untilMs: number, zone: string, { hour, days = EVERY_DAY }: Hours): number {
  const { year, month, day } = localAt(untilMs, zone);
  for (let n = 0; n <= DAYS_AHEAD; n++) {
    const wallMs = Date.UTC(year, month - 1, day - n, hour);
    const atMs = instantOf(wallMs, zone);
    if (days.includes(weekdayOf(wallMs)) && atMs <= untilMs) return atMs;
  }
  return untilMs - DAY_MS;
}

const FRIDAY = 5;

/** The same hour so many working days later, Monday to Friday by the place's calendar; what lies in a weekend counts from the beginning of Monday. Pure. */
export function workingDaysAfter(sinceMs: number, zone: string, count: number): number {
  const { year, month, day, hour, minute, second } = localAt(sinceMs, zone);
  const weekday = weekdayOf(Date.UTC(year, month - 1, day));
  const toMonday = weekday > FRIDAY ? 8 - weekday : 0;
  const from = toMonday > 0 ? 1 : weekday;
  const weekends = Math.floor((from - 1 + count) / FRIDAY);
  const time = toMonday > 0 ? ([0, 0, 0] as const) : ([hour, minute, second] as const);
  return instantOf(Date.UTC(year, month - 1, day + toMonday + count + 2 * weekends, ...time), zone);
}

function weekdayOf(wallMs: number): number {
  return new Date(wallMs).getUTCDay() || 7;
}

export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** At which hours lists come. */
export function hoursOf(digest: Digest): Hours {
  return { hour: digest.hour, days: digest.every === 'week' ? [digest.day] : digest.every === 'weekdays' ? WEEKDAYS : EVERY_DAY };
}

/** When the next list after an instant comes. */
export function nextDigest(afterMs: number, zone: string, digest: Digest): number {
  return nextHour(afterMs, zone, hoursOf(digest));
}

/** What of a chat says when its next report comes; `reportFrom`: those of an hour after it, ISO text. */
interface Reporting {
  settings?: ChatSettings;
  reportFrom?: string;
}

/** The hour of the report that a chat is still to get by now; of several that were missed the last. Null where there is none. */
export function dueReport({ settings, reportFrom = '' }: Reporting, nowMs: number): number | null {
  if (!settings?.report) return null;
  const { day, hour } = settings.report;
  const atMs = lastHour(nowMs, settings.zone ?? UTC, { hour, days: [day] });
  return new Date(atMs).toISOString() > reportFrom ? atMs : null;
}

/** The hour of the next one; null where none comes. */
export function nextReport({ settings, reportFrom }: Reporting, nowMs: number): number | null {
  if (!settings?.report) return null;
  const { day, hour } = settings.report;
  return nextHour(Math.max(nowMs, reportFrom ? Date.parse(reportFrom) : 0), settings.zone ?? UTC, { hour, days: [day] });
}

const REPORTS_APART_MS = 2 * DAY_MS;

/** From when on reports come after the one of that hour: however the hour and the zone are changed then, not two of one week. */
export function afterReport(atMs: number): string {
  return new Date(atMs + REPORTS_APART_MS).toISOString();
}

/** Until when it is quiet there; null where it is not. */
export function quietUntil(nowMs: number, zone: string, quiet: QuietHours | undefined): number | null {
  if (!quiet || quiet.from === quiet.to) return null;
  const { hour } = localAt(nowMs, zone);
  const isQuiet = quiet.from < quiet.to ? hour >= quiet.from && hour < quiet.to : hour >= quiet.from || hour < quiet.to;
  return isQuiet ? nextHour(nowMs, zone, { hour: quiet.to }) : null;
}

/** The days at which a chat is reminded: those that it chose, and the first on which something is worth a message; undefined where nobody has said. */
export function remindsAt({ remind, settings }: { remind?: number[]; settings?: ChatSettings }, usually: readonly number[]): number[] | undefined {
  const within = settings?.worth?.within;
  if (within === undefined) return remind;
  return [...new Set([...(remind ?? usually), within])].sort((a, b) => b - a);
}
