/** Dates, money, counts and plurals as a place writes them: what the sentences of a language are built with. */
import { type Money, minorDigits } from '../../services/domain/money.ts';
import { boundedMap } from '../../services/boundedMap.ts';
import { UTC } from '../../services/domain/settings.ts';
import { memoize } from '../memoize.ts';
import { regionNow, zoneNow } from './clock.ts';

/** Never broken at the end of a line. */
export const NB = '\u00a0';

export interface Place {
  dates: string;
  numbers: string;
  /** How a time zone is called; UTC is `UTC`. */
  zoneName(zone: string): string;
  /** Said in place of a day that was never read. */
  unknownDay: string;
  /** Countries that write them otherwise. */
  regions?: Readonly<Record<string, Pick<Place, 'dates' | 'numbers'>>>;
}

/** A word for each plural that the language has; English has `one` and `other`. */
export type Plurals = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

export interface Formats {
  /** `3 March 2027`. */
  date(day: string): string;
  shortDate(day: string): string;
  shortDateYear(day: string): string;
  dayMonth(day: string): string;
  /** `March 2027`. */
  month(day: string): string;
  /** By the clock of the place in which it is read (`clock.ts`): a day is one of Partner Center’s and the same everywhere, a moment is not. */
  time(at: string): string;
  /** Which clock that is. */
  zone(): string;
  /** A full hour of any clock, `09:00`. */
  hour(hour: number): string;
  /** Day, time, and which clock. */
  stamp(at: string): string;
  /** The day there, `2027-03-03`. */
  localDay(at: string): string;
  number(n: number): string;
  money(amount: Money): string;
  /** A number and what it counts. */
  count(n: number, words: Plurals): string;
}

/** As the place has it, or where one of its regions is read, as that one. */
export function formatsOf({ regions, ...place }: Place): Formats {
  const usual = formatsIn(place);
  if (!regions) return usual;
  const others = new Map(Object.entries(regions).map(([region, written]) => [region, formatsIn({ ...place, ...written })]));
  const now = () => others.get(regionNow() ?? '') ?? usual;
  return Object.fromEntries(
    (Object.keys(usual) as (keyof Formats)[]).map((name) => [name, (...given: never[]) => (now()[name] as (...given: never[]) => string)(...given)]),
  ) as unknown as Formats;
}

function formatsIn({ dates, numbers, zoneName, unknownDay }: Omit<Place, 'regions'>): Formats {
  const dayAs = (options: Intl.DateTimeFormatOptions) => {
    const inZone = perZone((timeZone) => {
      const format = new Intl.DateTimeFormat(dates, { ...options, timeZone });
      const inWords = (day: string) => (Number.isNaN(asDate(day).getTime()) ? unknownDay : format.format(asDate(day)).replaceAll(' ', NB));
      return memoize(inWords, KEPT_IN_ZONE);
    });
    // A day without an hour is the same wherever it is read.
    return (day: string) => inZone(day.length === DAY_LENGTH ? UTC : zoneNow())(day);
  };
  const date = dayAs({ day: 'numeric', month: 'long', year: 'numeric' });
  const twelve = new Intl.DateTimeFormat(dates, { hour: 'numeric' }).resolvedOptions().hour12 === true;
  const clock = { hour: twelve ? 'numeric' : '2-digit', minute: '2-digit' } as const;
  const times = perZone((timeZone) => {
    const format = new Intl.DateTimeFormat(dates, { ...clock, timeZone });
    return memoize((at) => format.format(asDate(at)).replace(/\s/g, NB), KEPT_IN_ZONE);
  });
  const time = (at: string) => times(zoneNow())(at);
  const zone = () => zoneName(zoneNow());
  const days = perZone((timeZone) => {
    const format = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
    return memoize((at) => format.format(asDate(at)), KEPT_IN_ZONE);
  });
  const digits = new Intl.NumberFormat(numbers);
  const number = (n: number) => (Number.isInteger(n) && n >= 0 && n < 1_000 ? String(n) : digits.format(n));
  const plurals = new Intl.PluralRules(numbers);
  return {
    date,
    shortDate: dayAs({ day: 'numeric', month: 'short' }),
    shortDateYear: dayAs({ day: 'numeric', month: 'short', year: 'numeric' }),
    dayMonth: dayAs({ day: 'numeric', month: 'long' }),
    month: dayAs({ month: 'long', year: 'numeric' }),
    time,
    zone,
    hour: (hour) => times(UTC)(new Date(Date.UTC(2000, 0, 1, hour)).toISOString()),
    // A line may end between the day and the time: with a long month and the name of a city both are wider than a column.
    stamp: (at) => `${date(at)} ${time(at)}${NB}${zone()}`,
    localDay: (at) => days(zoneNow())(at),
    number,
    money: moneyIn(numbers),
    count: (n, words) => `${number(n)}${NB}${words[plurals.select(n)] ?? words.other}`,
  };
}

const ZONES_KEPT = 50;
/** Days and moments of one format in one zone: many zones, languages and formats are kept side by side. */
const KEPT_IN_ZONE = 300;
const DAY_LENGTH = 10;

/** Formats are costly to make: one for each zone in use. */
function perZone<T>(make: (zone: string) => T): (zone: string) => T {
  const made = boundedMap<string, T>(ZONES_KEPT);
  return (zone) => {
    const format = made.get(zone) ?? make(zone);
    if (!made.has(zone)) made.set(zone, format);
    return format;
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

/** Behind a person's words in quotation marks, where a sentence follows: a full stop, unless the words end in one of their own. */
export function stopAfter(words: string): string {
  return /[.!?…]$/.test(words) ? '' : '.';
}
