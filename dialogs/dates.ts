/** Months and days as people write them; days are those of UTC, `2027-03-03`, and months `2027-03`. Pure. */
import { addDays, daysBetween, monthAfter } from '../services/clock.ts';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** A month as it was written: `month` from 1, `year` null where none was. */
export type MonthSaid = 'this' | 'next' | { month: number; year: number | null };

const MONTH = `(?:in |for )?(?:(this|next) month|(${MONTHS.join('|')})(?: (20\\d\\d))?)`;
const MONTH_FIRST = new RegExp(`^${MONTH}(?= |$)`, 'i');
const MONTH_LAST = new RegExp(`(?:^| )${MONTH}$`, 'i');

/** The month that a text begins or ends with, and the text without it. A name is whole: customers are called Marchetti and Janet. */
export function monthIn(text: string): { month: MonthSaid | null; rest: string } {
  const plain = text.replace(/(?<![?!.])[?!.]+$/, '');
  const match = MONTH_FIRST.exec(plain) ?? MONTH_LAST.exec(plain);
  if (!match) return { month: null, rest: text };
  const [whole, relative, name, year] = match;
  const month: MonthSaid = relative
    ? (relative.toLowerCase() as 'this' | 'next')
    : { month: MONTHS.indexOf((name ?? '').toLowerCase()) + 1, year: year ? Number(year) : null };
  return { month, rest: (plain.slice(0, match.index) + plain.slice(match.index + whole.length)).trim() };
}

/** The month that is meant: without a year the next one that is called so, this one included. */
export function monthMeant(said: MonthSaid, today: string): string {
  const now = today.slice(0, 7);
  if (said === 'this') return now;
  if (said === 'next') return monthAfter(now);
  const year = said.year ?? Number(now.slice(0, 4)) + (said.month < Number(now.slice(5)) ? 1 : 0);
  return `${year}-${padded(said.month)}`;
}

const SHORT = MONTHS.map((name) => name.slice(0, 3)).join('|');
const NAME = `(${SHORT})[a-z]*`;
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const ISO = /^(20\d\d-\d\d-\d\d)(?= |$)/;
const DAY_NAME = new RegExp(`^${DAY} ${NAME}(?: (20\\d\\d))?(?= |,|$)`, 'i');
const NAME_DAY = new RegExp(`^${NAME} ${DAY}(?:,? (20\\d\\d))?(?= |,|$)`, 'i');
const SPAN = /^(\d{1,5})(?: ?(days?|weeks?))?(?=[ ,;:]|$)/i;

/**
 * In how many days a text begins by saying, `14`, `2 weeks`, `until 2027-02-10`, `10 February`, and the rest of it; null where it
 * says nothing of the kind. NaN for a day that no calendar has.
 */
export function daysIn(text: string, today: string): { days: number; rest: string } | null {
  const plain = text.replace(/^(?:until|till|for|to) /i, '');
  const read = dayIn(plain, today) ?? spanIn(plain);
  return read && { days: read.days, rest: plain.slice(read.length).replace(/^[\s,;:.–—-]+/, '') };
}

function spanIn(text: string): { days: number; length: number } | null {
  const match = SPAN.exec(text);
  return match && { days: Number(match[1]) * (/^w/i.test(match[2] ?? '') ? 7 : 1), length: match[0].length };
}

function dayIn(text: string, today: string): { days: number; length: number } | null {
  const iso = ISO.exec(text);
  if (iso) return { days: daysTo(today, iso[1] as string), length: iso[0].length };
  const first = DAY_NAME.exec(text);
  const last = NAME_DAY.exec(text);
  const match = first ?? last;
  if (!match) return null;
  const [day, name] = first ? [first[1], first[2]] : [match[2], match[1]];
  const monthDay = `${padded(SHORT.split('|').indexOf((name ?? '').toLowerCase()) + 1)}-${padded(Number(day))}`;
  const year = match[3] ? Number(match[3]) : Number(today.slice(0, 4)) + (monthDay < today.slice(5) ? 1 : 0);
  return { days: daysTo(today, `${year}-${monthDay}`), length: match[0].length };
}

/** NaN where no calendar has the day: it would be read as one of the month after. */
function daysTo(today: string, day: string): number {
  return Number.isNaN(Date.parse(day)) || addDays(day, 0) !== day ? Number.NaN : daysBetween(today, day);
}

function padded(n: number): string {
  return String(n).padStart(2, '0');
}
