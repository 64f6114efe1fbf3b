/** Months and days as people write them; days are those of UTC, `2027-03-03`, and months `2027-03`. Pure. */
import { addDays, daysBetween, monthAfter } from '../services/clock.ts';
import { after, folded, sourceOf } from './spoken/match.ts';
import type { Spoken } from './spoken/spoken.ts';

type Time = Spoken['time'];

/** A month as it was written: `month` from 1, `year` null where none was. */
export type MonthSaid = 'this' | 'next' | { month: number; year: number | null };

/** The month that a text begins or ends with, and the text without it. A name is whole: customers are called Marchetti and Janet. */
export function monthIn(text: string, time: Time): { month: MonthSaid | null; rest: string } {
  const plain = text.replace(/(?<![?!.])[?!.]+$/, '');
  const names = time.months.map((name) => `(${sourceOf([name])})`).join('|');
  const month = `(?:${sourceOf(time.during)} )?(?:(${sourceOf(time.thisMonth)})|(${sourceOf(time.nextMonth)})|(?:${names})(?: (20\\d\\d))?)`;
  const match = new RegExp(`^${month}(?= |$)`).exec(folded(plain)) ?? new RegExp(`(?:^| )${month}$`).exec(folded(plain));
  if (!match) return { month: null, rest: text };
  const [whole, isThis, isNext, ...named] = match;
  const year = named.pop();
  const said: MonthSaid = isThis ? 'this' : isNext ? 'next' : { month: named.findIndex((one) => one !== undefined) + 1, year: year ? Number(year) : null };
  return { month: said, rest: (plain.slice(0, match.index) + plain.slice(match.index + whole.length)).trim() };
}

/** The month that is meant: without a year the next one that is called so, this one included. */
export function monthMeant(said: MonthSaid, today: string): string {
  const now = today.slice(0, 7);
  if (said === 'this') return now;
  if (said === 'next') return monthAfter(now);
  const year = said.year ?? Number(now.slice(0, 4)) + (said.month < Number(now.slice(5)) ? 1 : 0);
  return `${year}-${padded(said.month)}`;
}

/**
 * In how many days a text begins by saying, `14`, `2 weeks`, `until 2027-02-10`, `10 February`, and the rest of it; null where it
 * says nothing of the kind. NaN for a day that no calendar has. Of several languages the one counts that understands most of it.
 */
export function daysIn(text: string, today: string, languages: readonly Pick<Spoken, 'time'>[]): { days: number; rest: string } | null {
  const found = languages.flatMap(({ time }) => {
    const plain = after(text, time.until) ?? text;
    const read = dayIn(plain, today, time) ?? spanIn(plain, time);
    return read ? [{ days: read.days, rest: plain.slice(read.length).replace(/^[\s,;:.–—-]+/, '') }] : [];
  });
  return found.reduce<(typeof found)[0] | null>((best, one) => (best === null || one.rest.length < best.rest.length ? one : best), null);
}

function spanIn(text: string, { days, weeks }: Time): { days: number; length: number } | null {
  const match = new RegExp(`^(\\d{1,5})(?: ?(?:${sourceOf(days)}|(${sourceOf(weeks)})))?(?=[ ,;:]|$)`).exec(folded(text));
  return match && { days: Number(match[1]) * (match[2] ? 7 : 1), length: match[0].length };
}

const ISO = /^(20\d\d-\d\d-\d\d)(?= |$)/;

/** `10 February`, `10 feb 2027`, `February 10, 2027`: the month by its name, or by a beginning that no other has. */
function dayIn(text: string, today: string, time: Time): { days: number; length: number } | null {
  const iso = ISO.exec(text);
  if (iso) return { days: daysTo(today, iso[1] as string), length: iso[0].length };
  const day = `(?:${sourceOf(time.before)} )?(\\d{1,2})(?:${sourceOf(time.ordinals)})?`;
  const name = '(\\p{L}{3,})\\.?';
  const first = new RegExp(`^${day}[. ] ?${name}(?: (20\\d\\d))?(?= |,|$)`, 'u').exec(folded(text));
  const last = first ? null : new RegExp(`^${name} ${day}(?:,? (20\\d\\d))?(?= |,|$)`, 'u').exec(folded(text));
  const match = first ?? last;
  if (!match) return null;
  const [number, called] = first ? [match[1], match[2]] : [match[2], match[1]];
  const month = monthCalled(called ?? '', time);
  if (month === null) return null;
  const monthDay = `${padded(month)}-${padded(Number(number))}`;
  const year = match[3] ? Number(match[3]) : Number(today.slice(0, 4)) + (monthDay < today.slice(5) ? 1 : 0);
  return { days: daysTo(today, `${year}-${monthDay}`), length: match[0].length };
}

/** From 1; null where no month, or more than one, begins so. */
function monthCalled(name: string, { months, shortMonths }: Time): number | null {
  const fit = months.flatMap((one, index) => (folded(one).startsWith(name) ? [index + 1] : []));
  const [only] = fit;
  return shortMonths[name] ?? (only !== undefined && fit.length === 1 ? only : null);
}

/** NaN where no calendar has the day: it would be read as one of the month after. */
function daysTo(today: string, day: string): number {
  return Number.isNaN(Date.parse(day)) || addDays(day, 0) !== day ? Number.NaN : daysBetween(today, day);
}

function padded(n: number): string {
  return String(n).padStart(2, '0');
}
