/** Dates, money and counts in Swedish. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import { UTC } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { formatsOf, NB } from '../format.ts';

/** Clocks that go by a country. */
const near: Record<string, string> = {
  [UTC]: 'UTC',
  'Europe/Stockholm': `svensk${NB}tid`,
  'Europe/Copenhagen': `dansk${NB}tid`,
  'Europe/Oslo': `norsk${NB}tid`,
  'Europe/Helsinki': `finsk${NB}tid`,
};

/** `svensk tid`, `Buenos Aires-tid`: a name in front takes a hyphen. */
function zoneName(zone: string): string {
  return near[zone] ?? `${zone.split('/').at(-1)?.replaceAll('_', NB)}-tid`;
}

const unknownDay = `en${NB}okänd${NB}dag`;
const formats = formatsOf({ dates: 'sv-SE', numbers: 'sv-SE', zoneName, unknownDay });

export const { date, shortDate, shortDateYear, dayMonth, month, time, zone, hour, localDay, number, money } = formats;

/** `3 mars 2027 kl. 14:30 UTC`. */
export const stamp = (at: string) => `${date(at)} kl.${NB}${time(at)}${NB}${zone()}`;

export function count(n: number, one: string, other: string): string {
  return formats.count(n, { one, other });
}

/** `den 3 mars 2027`, as a day stands within a sentence. */
export function theDay(day: string): string {
  const said = date(day);
  return said === unknownDay ? said : `den${NB}${said}`;
}

/** `den 3 mars 2027 kl. 14:30 UTC`. */
export const theMoment = (at: string) => `den${NB}${stamp(at)}`;

/** A sentence out of one that stood behind others. */
export const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

const together = new Intl.ListFormat('sv-SE', { type: 'conjunction' });
const apart = new Intl.ListFormat('sv-SE', { type: 'disjunction' });

/** `30, 7 och 1`. */
export const listed = (some: readonly string[]) => together.format(some);

/** `Contoso, Adatum eller Fabrikam`. */
export const oneOf = (some: readonly string[]) => apart.format(some);

export const licences = (n: number) => count(n, 'licens', 'licenser');
export const people = (n: number) => count(n, 'person', 'personer');
export const days = (n: number) => count(n, 'dag', 'dagar');
export const bought = (n: number) => count(n, 'köpt', 'köpta');

/** `2 år`, `18 månader`; a length that is not understood as it stands. */
export function termLength(term: Safe): string {
  const months = monthsOf(term);
  if (months === null) return term;
  const [n, one, many] = months % 12 === 0 ? ([months / 12, 'år', 'år'] as const) : ([months, 'månad', 'månader'] as const);
  return count(n, one, many).replace(NB, ' ');
}

export const termName = (term: Safe, billing: Safe) => {
  const paid: Record<string, string> = {
    monthly: 'betalas månadsvis',
    annual: 'betalas årsvis',
    biennial: 'betalas vartannat år',
    triennial: 'betalas på en gång',
  };
  return [termLength(term), paid[billing] ?? billing].filter(Boolean).join(', ');
};

export const aMonth = (amount: Money) => `${money(amount)}${NB}per${NB}månad`;

export const daysLeft = (n: number) => (Number.isNaN(n) ? 'okänt' : n < 0 ? 'dagen har passerat' : n === 0 ? 'i dag' : days(n));
