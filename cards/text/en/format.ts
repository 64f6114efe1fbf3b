/** Dates, money and counts in English. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import { UTC } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { formatsOf, NB } from '../format.ts';

/** `Stockholm time`, `Buenos Aires time`: the city says it to more people than letters do. */
function zoneName(zone: string): string {
  const city = zone.split('/').at(-1)?.replaceAll('_', NB);
  return zone === UTC ? 'UTC' : `${city}${NB}time`;
}

const formats = formatsOf({
  dates: 'en-GB',
  numbers: 'en-IE',
  zoneName,
  unknownDay: `a${NB}day${NB}not${NB}known`,
  regions: { 'en-GB': { dates: 'en-GB', numbers: 'en-GB' }, 'en-US': { dates: 'en-US', numbers: 'en-US' } },
});

export const { date, shortDate, shortDateYear, dayMonth, month, time, zone, hour, stamp, localDay, number, money } = formats;

export function count(n: number, one: string, other: string): string {
  return formats.count(n, { one, other });
}

const together = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `30, 7 and 1`. */
export const listed = (some: readonly string[]) => together.format(some);

const apart = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `Bo, Cia or Dan`. */
export const either = (some: readonly string[]) => apart.format(some);

export const licences = (n: number) => count(n, 'licence', 'licences');
export const people = (n: number) => count(n, 'person', 'people');

/** `2 years`, `18 months`; a length that is not understood as it stands. */
export function termLength(term: Safe): string {
  const months = monthsOf(term);
  if (months === null) return term;
  const [n, one, many] = months % 12 === 0 ? ([months / 12, 'year', 'years'] as const) : ([months, 'month', 'months'] as const);
  return count(n, one, many).replace(NB, ' ');
}

export const termName = (term: Safe, billing: Safe) => {
  const paid: Record<string, string> = { monthly: 'paid monthly', annual: 'paid yearly', biennial: 'paid every two years', triennial: 'paid at once' };
  return [termLength(term), paid[billing] ?? billing].filter(Boolean).join(', ');
};

export const aMonth = (amount: Money) => `${money(amount)}${NB}a${NB}month`;

export const daysLeft = (n: number) => (Number.isNaN(n) ? 'not known' : n < 0 ? 'over' : n === 0 ? 'today' : count(n, 'day', 'days'));
