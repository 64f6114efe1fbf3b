/** Dates, money and counts in French. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import { UTC } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { formatsOf, NB } from '../format.ts';

const FRENCH = 'fr-FR';
const UNKNOWN_DAY = `jour${NB}inconnu`;

/** Cities that French calls otherwise than the list of time zones does, or with an article. */
const OF_CITY: Readonly<Record<string, string>> = {
  Algiers: 'd’Alger',
  Andorra: 'd’Andorre',
  Athens: 'd’Athènes',
  Beirut: 'de Beyrouth',
  Brussels: 'de Bruxelles',
  Bucharest: 'de Bucarest',
  Cairo: 'du Caire',
  Copenhagen: 'de Copenhague',
  Dubai: 'de Dubaï',
  Guadeloupe: 'de la Guadeloupe',
  Lisbon: 'de Lisbonne',
  London: 'de Londres',
  Malta: 'de Malte',
  Martinique: 'de la Martinique',
  Mauritius: 'de Maurice',
  [`Mexico${NB}City`]: 'de Mexico',
  Montreal: 'de Montréal',
  Moscow: 'de Moscou',
  Nicosia: 'de Nicosie',
  Noumea: 'de Nouméa',
  Reunion: 'de La Réunion',
  Seoul: 'de Séoul',
  Singapore: 'de Singapour',
  Vienna: 'de Vienne',
  Warsaw: 'de Varsovie',
};

/** `heure de Stockholm`, `heure d’Oslo`: the city says it to more people than letters do. */
function zoneName(zone: string): string {
  if (zone === UTC) return 'UTC';
  const city = zone.split('/').at(-1)?.replaceAll('_', NB) ?? zone;
  const of = OF_CITY[city] ?? (/^[aeiou]/i.test(city.normalize('NFD')) ? `d’${city}` : `de${NB}${city}`);
  return `heure${NB}${of.replaceAll(' ', NB)}`;
}

const formats = formatsOf({ dates: FRENCH, numbers: FRENCH, zoneName, unknownDay: UNKNOWN_DAY });

export const { month, time, zone, hour, localDay, number, money } = formats;

/** The first of a month is an ordinal: `1er mars 2027`. */
const ordinal = (written: string) => (written.startsWith(`1${NB}`) ? `1er${written.slice(1)}` : written);

export const date = (day: string) => ordinal(formats.date(day));
export const shortDate = (day: string) => ordinal(formats.shortDate(day));
export const shortDateYear = (day: string) => ordinal(formats.shortDateYear(day));
export const dayMonth = (day: string) => ordinal(formats.dayMonth(day));

/** `3 mars 2027 à 10:05 UTC`, `3 mars 2027 à 10:05 (heure de Stockholm)`. */
export function stamp(at: string): string {
  const clock = zone();
  return `${date(at)} à${NB}${time(at)}${clock === 'UTC' ? `${NB}UTC` : ` (${clock})`}`;
}

const isKnown = (day: string) => date(day) !== UNKNOWN_DAY;

/** `le 3 mars 2027`; also behind « avant », « après » and « pour ». */
export const onDay = (day: string) => (isKnown(day) ? `le${NB}${date(day)}` : `un${NB}${UNKNOWN_DAY}`);

/** `du 3 mars 2027`. */
export const ofDay = (day: string) => (isKnown(day) ? `du${NB}${date(day)}` : `d’un${NB}${UNKNOWN_DAY}`);

/** `à partir du 3 mars 2027`. */
export const fromDay = (day: string) => `à partir ${ofDay(day)}`;

/** `jusqu’au 3 mars 2027`. */
export const untilDay = (day: string) => (isKnown(day) ? `jusqu’au${NB}${date(day)}` : `jusqu’à un${NB}${UNKNOWN_DAY}`);

export function count(n: number, one: string, other: string): string {
  return formats.count(n, { one, other });
}

const rules = new Intl.PluralRules(FRENCH);

/** The form that goes with a number: none and one are singular. */
export const plural = (n: number, one: string, other: string) => (rules.select(n) === 'one' ? one : other);

const together = new Intl.ListFormat(FRENCH, { type: 'conjunction' });
const either = new Intl.ListFormat(FRENCH, { type: 'disjunction' });

/** `30, 7 et 1`. */
export const listed = (some: readonly string[]) => together.format(some);

/** `30, 7 ou 1`. */
export const listedOr = (some: readonly string[]) => either.format(some);

/** Where a sentence begins with it. */
export const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

export const licences = (n: number) => count(n, 'licence', 'licences');
export const people = (n: number) => count(n, 'personne', 'personnes');

/** `6 personnes sur 7`. */
export const peopleOf = (n: number, total: number) => `${people(n)} sur${NB}${number(total)}`;

/** `2 ans`, `18 mois`; a length that is not understood as it stands. */
export function termLength(term: Safe): string {
  const months = monthsOf(term);
  if (months === null) return term;
  const [n, one, many] = months % 12 === 0 ? ([months / 12, 'an', 'ans'] as const) : ([months, 'mois', 'mois'] as const);
  return count(n, one, many).replace(NB, ' ');
}

export const termName = (term: Safe, billing: Safe) => {
  const paid: Record<string, string> = {
    monthly: 'paiement mensuel',
    annual: 'paiement annuel',
    biennial: 'paiement tous les deux ans',
    triennial: 'paiement en une fois',
  };
  return [termLength(term), paid[billing] ?? billing].filter(Boolean).join(', ');
};

export const aMonth = (amount: Money) => `${money(amount)} par${NB}mois`;

/** Of a term that ends: under its day. */
export const daysLeft = (n: number) => (Number.isNaN(n) ? 'inconnue' : n < 0 ? 'passée' : n === 0 ? 'aujourd’hui' : count(n, 'jour', 'jours'));
