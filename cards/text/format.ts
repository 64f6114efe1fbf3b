/** Dates, money, counts and plurals as a place writes them: what the sentences of a language are built with. */
import { type Money, minorDigits } from '../../services/domain/money.ts';
import { memoize } from '../memoize.ts';

/** Never broken at the end of a line. */
export const NB = '\u00a0';

export interface Place {
  dates: string;
  numbers: string;
  timeZone: string;
  /** Said in place of a day that was never read. */
  unknownDay: string;
}

/** A word for each plural that the language has; English has `one` and `other`. */
export type Plurals = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

export interface Formats {
  /** `3 March 2027`. */
  date(day: string): string;
  shortDate(day: string): string;
  shortDateYear(day: string): string;
  dayMonth(day: string): string;
  /** `March 2027`, of `2027-03`. */
  monthYear(month: string): string;
  time(at: string): string;
  stamp(at: string): string;
  number(n: number): string;
  money(amount: Money): string;
  /** A number and what it counts. */
  count(n: number, words: Plurals): string;
}

export function formatsOf({ dates, numbers, timeZone, unknownDay }: Place): Formats {
  const dayAs = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(dates, { ...options, timeZone });
    return memoize((day) => {
      const at = asDate(day);
      return Number.isNaN(at.getTime()) ? unknownDay : format.format(at).replaceAll(' ', NB);
    });
  };
  const date = dayAs({ day: 'numeric', month: 'long', year: 'numeric' });
  const monthYear = dayAs({ month: 'long', year: 'numeric' });
  const times = new Intl.DateTimeFormat(dates, { hour: '2-digit', minute: '2-digit', timeZone });
  const time = memoize((at) => times.format(asDate(at)));
  const digits = new Intl.NumberFormat(numbers);
  const number = (n: number) => (Number.isInteger(n) && n >= 0 && n < 1_000 ? String(n) : digits.format(n));
  const plurals = new Intl.PluralRules(numbers);
  return {
    date,
    shortDate: dayAs({ day: 'numeric', month: 'short' }),
    shortDateYear: dayAs({ day: 'numeric', month: 'short', year: 'numeric' }),
    dayMonth: dayAs({ day: 'numeric', month: 'long' }),
    monthYear: (month) => monthYear(`${month}-01`),
    time,
    stamp: (at) => `${date(at)}${NB}${time(at)}`,
    number,
    money: moneyIn(numbers),
    count: (n, words) => `${number(n)}${NB}${words[plurals.select(n)] ?? words.other}`,
  };
}

function asDate(day: string): Date {
  return new Date(day.length === 10 ? `${day}T00:00:00Z` : day);
}

/** Formats are costly to make: one for each currency. */
function moneyIn(locale: string): Formats['money'] {
  const made = new Map<string, { format: Intl.NumberFormat; digits: number }>();
  const formatOf = (currency: string) => {
    const digits = minorDigits(currency);
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
    const one = { format, digits };
    made.set(currency, one);
    return one;
  };
  return ({ minor, currency }) => {
    const { format, digits } = made.get(currency) ?? formatOf(currency);
    return format.format(minor / 10 ** digits);
  };
}
