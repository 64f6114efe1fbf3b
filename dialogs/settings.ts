/** What is to be set for a chat, from words or from the form: nothing that is not one of the choices. Pure. */
import { REMIND_DAYS, REMIND_USUALLY } from '../services/domain/chat.ts';
import { AS_TEAMS } from '../services/domain/language.ts';
import {
  CHANGES_KEPT,
  type ChatSettings,
  type Digest,
  LEFT_OUT,
  type LeftOut,
  type QuietHours,
  type SettingPart,
  type Weekly,
  WITHIN_DAYS,
  type Worth,
  UTC,
} from '../services/domain/settings.ts';
import type { Chat, Watching } from '../services/domain/ticket.ts';
import { after, before, folded, isWhole, sourceOf } from './spoken/match.ts';
import type { SettingWord, Spoken } from './spoken/spoken.ts';

/** What somebody wants to be set, names as they were written; null takes it away, absent leaves it. */
export interface SettingsWish {
  zone?: string;
  /** As it was written; null takes that of Teams. */
  language?: string | null;
  digest?: Digest | null;
  report?: Weekly | null;
  quiet?: QuietHours | null;
  remind?: number[];
  within?: number | null;
  least?: number | null;
  leaveOut?: LeftOut[];
  except?: string[];
}

/** The same where its names were looked up. */
export type SettingsSet = Omit<SettingsWish, 'except'> & { except?: Watching[] };

const NAMES_MAX = 20;
const LEAST_MAX = 1_000_000;

/** `quiet 18-8`, `zone stockholm`, `digest weekdays 9`: what follows the word `settings`; null where it is not understood. */
export function parseSettings(rest: string, said: Spoken): SettingsWish | null {
  const { parts } = said.settings;
  const part = (Object.keys(parts) as SettingWord[]).find((one) => after(rest, parts[one]) !== null);
  const text = part ? (after(rest, parts[part]) ?? '').trim() : '';
  if (!part || text === '') return null;
  const isOff = isWhole(text, said.none);
  switch (part) {
    case 'zone':
      return { zone: isOff ? UTC : text };
    case 'language':
      return { language: isOff || isWhole(text, said.settings.asTeams) ? null : text };
    case 'quiet':
      return isOff ? { quiet: null } : quietWish(text, said);
    case 'digest':
      return isOff ? { digest: null } : digestWish(text, said.settings);
    case 'report':
      return isOff ? { report: null } : reportWish(text, said.settings);
    case 'within': {
      const days = new RegExp(` ?${sourceOf(said.time.days)}$`).exec(folded(text));
      return isOff ? { within: null } : oneOf(WITHIN_DAYS, text.slice(0, days?.index), (within) => ({ within }));
    }
    case 'least':
      return isOff ? { least: null } : leastOf(text);
    case 'except':
      return { except: isOff ? [] : namesIn(text) };
  }
}

/** `18-8`, `18:00 to 8:00`, `18h à 8h`. */
function quietWish(text: string, { settings: { from: begins, to: words } }: Spoken): SettingsWish | null {
  const hour = '(\\d{1,2})(?:[:.]00| ?h| ?uur)?';
  const [, from, to] = new RegExp(`^(?:${sourceOf(begins)} )?${hour} ?(?:-|–|${sourceOf(words)}) ?${hour}$`).exec(folded(text)) ?? [];
  const quiet = { from: hourOf(from), to: hourOf(to) };
  return Number.isNaN(quiet.from + quiet.to) || quiet.from === quiet.to ? null : { quiet };
}

/** `weekdays 9`, `daily at 7:00`, `weekly 9`, `on friday 16`. */
function digestWish(text: string, { at, weekdays, daily, weekly, days }: Spoken['settings']): SettingsWish | null {
  const [, said = '', number] = /^(.*?) ?(\d{1,2})(?:[:.]00| ?h| ?uur)?$/.exec(text) ?? [];
  const hour = hourOf(number);
  if (Number.isNaN(hour)) return null;
  const plain = before(said, at) ?? said;
  const every = after(plain, at) ?? plain;
  if (isWhole(every, weekdays)) return { digest: { every: 'weekdays', hour } };
  if (isWhole(every, daily)) return { digest: { every: 'day', hour } };
  const on = after(every, weekly);
  const day = on === '' ? 1 : days.findIndex((names) => isWhole(after(on ?? every, at) ?? on ?? every, names)) + 1;
  return day > 0 ? { digest: { every: 'week', day, hour } } : null;
}

/** It comes once a week, on the day that a list would. */
function reportWish(text: string, words: Spoken['settings']): SettingsWish | null {
  const digest = digestWish(text, words)?.digest;
  return digest?.every === 'week' ? { report: { day: digest.day, hour: digest.hour } } : null;
}

/** A full hour of the day; NaN where it is none. 24 is midnight. */
function hourOf(text: string | undefined): number {
  const hour = /^\d{1,2}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return hour <= 24 ? hour % 24 : Number.NaN;
}

function oneOf(all: readonly number[], text: string, wish: (n: number) => SettingsWish): SettingsWish | null {
  return all.includes(Number(text)) ? wish(Number(text)) : null;
}

function leastOf(text: string): SettingsWish | null {
  const least = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(least <= LEAST_MAX)) return null;
  return { least: least === 0 ? null : least };
}

/** Names are parted by semicolons: companies have commas in theirs. */
function namesIn(text: string): string[] {
  return text
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .slice(0, NAMES_MAX);
}

/** Everything that the form holds, as a wish; null where it holds what it does not offer. An emptied field comes as nothing. */
export function settingsIn(field: (name: string) => string | null): SettingsWish | null {
  const text = (name: string) => field(name) ?? '';
  const list = (name: string) => text(name).split(',').filter(Boolean);
  const [every, hour] = [text('digest') || 'off', hourOf(text('hour') || '9')];
  const day = Number(every);
  const digest: Digest | null | undefined = Number.isNaN(hour)
    ? undefined
    : every === 'off'
      ? null
      : every === 'weekdays' || every === 'day'
        ? { every, hour }
        : day >= 1 && day <= 7
          ? { every: 'week', day, hour }
          : undefined;
  const [from, to] = [hourOf(text('quietFrom')), hourOf(text('quietTo'))];
  const report = reportIn(text('report'), hourOf(text('reportHour') || '9'));
  const remind = list('remind').map(Number);
  const within = text('within') || 'off';
  const least = leastOf(text('least') || '0');
  const leaveOut = list('leaveOut');
  const known =
    digest !== undefined &&
    report !== 'none' &&
    least !== null &&
    remind.every((days) => REMIND_DAYS.includes(days)) &&
    (within === 'off' || WITHIN_DAYS.includes(Number(within))) &&
    leaveOut.every((one): one is LeftOut => LEFT_OUT.includes(one as LeftOut));
  if (!known) return null;
  return {
    zone: text('zone') || UTC,
    // A form of before has none.
    ...(field('language') === null ? {} : { language: text('language') === AS_TEAMS ? null : text('language') }),
    digest,
    // A card of before there were any has no such field.
    ...(report === undefined ? {} : { report }),
    quiet: Number.isNaN(from + to) || from === to ? null : { from, to },
    remind: REMIND_DAYS.filter((days) => remind.includes(days)),
    within: within === 'off' ? null : Number(within),
    ...least,
    leaveOut,
    except: namesIn(text('except')),
  };
}

/** `none` is none of the choices. */
function reportIn(every: string, hour: number): Weekly | null | undefined | 'none' {
  if (every === '') return undefined;
  if (every === 'off') return null;
  return /^[1-7]$/.test(every) && !Number.isNaN(hour) ? { day: Number(every), hour } : 'none';
}

/** The chat with that set, a line of the record more, and what of it is new; the same chat where nothing is. */
export function settingsChanged(chat: Chat, set: SettingsSet, { by, at }: { by: string; at: string }): { chat: Chat; what: SettingPart[] } {
  const before = chat.settings ?? {};
  const { within, least, leaveOut, except } = set;
  const worth: Worth = clean({
    ...before.worth,
    ...(within === undefined ? {} : { within }),
    ...(least === undefined ? {} : { least }),
    ...(leaveOut ? { leaveOut: leaveOut.length > 0 ? leaveOut : null } : {}),
    ...(except ? { except: except.length > 0 ? except : null } : {}),
  });
  const settings: ChatSettings = clean({
    ...before,
    ...(set.zone ? { zone: set.zone === UTC ? null : set.zone } : {}),
    ...(set.language === undefined ? {} : { language: set.language }),
    ...(set.digest === undefined ? {} : { digest: set.digest }),
    ...(set.quiet === undefined ? {} : { quiet: set.quiet }),
    ...(set.report === undefined ? {} : { report: set.report }),
    worth: Object.keys(worth).length > 0 ? worth : null,
  });
  const remind = set.remind ?? chat.remind;
  const what = (['zone', 'language', 'digest', 'quiet', 'worth', 'report'] as const).filter((part) => !same(before[part], settings[part])) as SettingPart[];
  if (!same(remind ?? REMIND_USUALLY, chat.remind ?? REMIND_USUALLY)) what.push('reminders');
  if (what.length === 0) return { chat, what };
  const { settings: _, ...rest } = chat;
  // No report of an hour that was over by then.
  const reportsAnew = settings.report && (what.includes('report') || what.includes('zone')) && at > (chat.reportFrom ?? '');
  return {
    chat: {
      ...rest,
      ...(remind && what.includes('reminders') ? { remind } : {}),
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
      ...(reportsAnew ? { reportFrom: at } : {}),
      settingsBy: [...(chat.settingsBy ?? []), { by, at, what }].slice(-CHANGES_KEPT),
      settingsVersion: (chat.settingsVersion ?? 0) + 1,
    },
    what,
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Without what is taken away. */
function clean<T extends object>(value: { [K in keyof T]?: T[K] | null }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined)) as T;
}
