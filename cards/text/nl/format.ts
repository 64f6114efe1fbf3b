/** Dates, money and counts in Dutch. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import { UTC } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { formatsOf, NB } from '../format.ts';

/** `Amsterdam-tijd`, `Buenos Aires-tijd`: as Unicode’s own Dutch calls them. */
function zoneName(zone: string): string {
  const city = zone.split('/').at(-1)?.replaceAll('_', NB);
  return zone === UTC ? 'UTC' : `${city}-tijd`;
}

const formats = formatsOf({ dates: 'nl-NL', numbers: 'nl-NL', zoneName, unknownDay: `een${NB}onbekende${NB}dag` });

export const { date, shortDate, shortDateYear, dayMonth, month, time, zone, hour, stamp, localDay, number, money } = formats;

export function count(n: number, one: string, other: string): string {
  return formats.count(n, { one, other });
}

/** A verb or another word that goes with how many there are. */
export const by = (n: number, one: string, other: string) => (n === 1 ? one : other);

const together = new Intl.ListFormat('nl-NL', { type: 'conjunction' });

/** `30, 7 en 1`. */
export const listed = (some: readonly string[]) => together.format(some);

const apart = new Intl.ListFormat('nl-NL', { type: 'disjunction' });

/** `Bo, Cia of Dan`. */
export const either = (some: readonly string[]) => apart.format(some);

/** At the beginning of a sentence. */
export const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

/** `3 van de 7 personen`, `1 van 1 persoon`. */
export const outOf = (n: number, total: number, all: string) => `${number(n)} van ${by(total, '', 'de ')}${all}`;

export const licences = (n: number) => count(n, 'licentie', 'licenties');
export const people = (n: number) => count(n, 'persoon', 'personen');
export const days = (n: number) => count(n, 'dag', 'dagen');
export const subscriptions = (n: number) => count(n, 'abonnement', 'abonnementen');

/** `2 jaar`, `18 maanden`; a length that is not understood as it stands. */
export function termLength(term: Safe): string {
  const months = monthsOf(term);
  if (months === null) return term;
  const [n, one, many] = months % 12 === 0 ? ([months / 12, 'jaar', 'jaar'] as const) : ([months, 'maand', 'maanden'] as const);
  return count(n, one, many).replace(NB, ' ');
}

export const termName = (term: Safe, billing: Safe) => {
  const paid: Record<string, string> = {
    monthly: 'maandelijks betaald',
    annual: 'jaarlijks betaald',
    biennial: 'om de twee jaar betaald',
    triennial: 'in één keer betaald',
  };
  return [termLength(term), paid[billing] ?? billing].filter(Boolean).join(', ');
};

export const aMonth = (amount: Money) => `${money(amount)}${NB}per${NB}maand`;

export const daysLeft = (n: number) => (Number.isNaN(n) ? 'onbekend' : n < 0 ? 'voorbij' : n === 0 ? 'vandaag' : days(n));
