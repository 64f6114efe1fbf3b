/** Dates, money and counts in Italian, and the small words that change with what follows them. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import { UTC } from '../../../services/domain/settings.ts';
import type { Safe } from '../../escape.ts';
import { formatsOf, NB } from '../format.ts';

/** Cities that Italian calls otherwise than the IANA data base does. */
const CITIES: Readonly<Record<string, string>> = {
  ...{ Athens: 'Atene', Belgrade: 'Belgrado', Berlin: 'Berlino', Brussels: 'Bruxelles', Bucharest: 'Bucarest', Copenhagen: 'Copenaghen' },
  ...{ Dublin: 'Dublino', Lisbon: 'Lisbona', Ljubljana: 'Lubiana', London: 'Londra', Luxembourg: 'Lussemburgo', Moscow: 'Mosca', Paris: 'Parigi' },
  ...{ Prague: 'Praga', Rome: 'Roma', Stockholm: 'Stoccolma', Vatican: 'Città del Vaticano', Warsaw: 'Varsavia', Zagreb: 'Zagabria', Zurich: 'Zurigo' },
};

/** `ora di Stoccolma`: the city says it to more people than letters do. */
function zoneName(zone: string): string {
  const city = zone.split('/').at(-1) ?? zone;
  return zone === UTC ? 'UTC' : `ora${NB}di${NB}${(CITIES[city] ?? city).replaceAll('_', NB)}`;
}

const UNKNOWN_DAY = `un${NB}giorno${NB}non${NB}noto`;

const formats = formatsOf({ dates: 'it-IT', numbers: 'it-IT', zoneName, unknownDay: UNKNOWN_DAY });

export const { date, shortDate, shortDateYear, dayMonth, month, time, zone, hour, localDay } = formats;

/** `5.460`: Intl leaves four digits together, as no Italian invoice does. */
const grouped = (said: string) => said.replace(/(?<!\d)(\d)(\d{3})(?!\d)/, '$1.$2');

export const number = (n: number) => grouped(formats.number(n));
export const money = (amount: Money) => grouped(formats.money(amount));

/** `3 marzo 2027 alle 09:00 UTC`. */
export const stamp = (at: string) => `${date(at)} alle${NB}${time(at)}${NB}${zone()}`;

/** What becomes of a preposition before `8` and `11`, which begin with a vowel, and before a day that was never read. */
const BEFORE = {
  the: { usual: 'il', elided: 'l’', unknown: '' },
  on: { usual: 'il', elided: 'l’', unknown: 'in' },
  to: { usual: 'al', elided: 'all’', unknown: 'a' },
  from: { usual: 'dal', elided: 'dall’', unknown: 'da' },
  of: { usual: 'del', elided: 'dell’', unknown: 'di' },
} as const;

function before(how: keyof typeof BEFORE, said: string): string {
  const { usual, elided, unknown } = BEFORE[how];
  if (said.startsWith(UNKNOWN_DAY)) return unknown === '' ? said : `${unknown}${NB}${said}`;
  return /^(?:8|11)\D/.test(said) ? `${elided}${said}` : `${usual}${NB}${said}`;
}

/** A day or moment as it is written, behind its article: `il 3 marzo`, `l’8 marzo`. */
export const the = (said: string) => before('the', said);
/** The same as an answer to “when”. */
export const onThe = (said: string) => before('on', said);
/** `al 3 marzo`, `all’8 marzo`. */
export const toThe = (said: string) => before('to', said);
/** `dal 3 marzo`, `dall’8 marzo`. */
export const fromThe = (said: string) => before('from', said);
/** `del 3 marzo`, `dell’8 marzo`. */
export const ofThe = (said: string) => before('of', said);

/** `a Megan`, `ad Anna`. */
export const toName = (name: string) => `${/^[aàáâãäå]/i.test(name) ? 'ad' : 'a'} ${name}`;

/** A number and what it counts; whole millions are `di` something. */
export function count(n: number, one: string, other: string): string {
  return grouped(formats.count(n, { one, many: `di${NB}${other}`, other }));
}

/** The form that agrees with a number which stands elsewhere: `è`, `sono`. */
export const agree = (n: number, one: string, other: string) => (n === 1 ? one : other);

const together = new Intl.ListFormat('it-IT', { type: 'conjunction' });
const apart = new Intl.ListFormat('it-IT', { type: 'disjunction' });

/** `30, 7 e 1`. */
export const listed = (some: readonly string[]) => together.format(some);

/** `30, 7 o 1`. */
export const either = (some: readonly string[]) => apart.format(some);

/** With a capital first letter, for a sentence that begins so. */
export const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

export const licences = (n: number) => count(n, 'licenza', 'licenze');
export const people = (n: number) => count(n, 'persona', 'persone');
export const subscriptions = (n: number) => count(n, 'abbonamento', 'abbonamenti');

/** `2 anni`, `18 mesi`; a length that is not understood as it stands. */
export function termLength(term: Safe): string {
  const months = monthsOf(term);
  if (months === null) return term;
  const [n, one, many] = months % 12 === 0 ? ([months / 12, 'anno', 'anni'] as const) : ([months, 'mese', 'mesi'] as const);
  return count(n, one, many).replace(NB, ' ');
}

export const termName = (term: Safe, billing: Safe) => {
  const paid: Record<string, string> = {
    monthly: 'pagamento mensile',
    annual: 'pagamento annuale',
    biennial: 'pagamento ogni due anni',
    triennial: 'pagamento in un’unica soluzione',
  };
  return [termLength(term), paid[billing] ?? billing].filter(Boolean).join(', ');
};

export const aMonth = (amount: Money) => `${money(amount)}${NB}al${NB}mese`;

export const daysLeft = (n: number) => (Number.isNaN(n) ? 'non noto' : n < 0 ? 'passato' : n === 0 ? 'oggi' : count(n, 'giorno', 'giorni'));
