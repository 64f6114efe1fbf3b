/** A term and how it is paid, as people write them behind a plan: `2 monthly`, `Business Premium, 1 year, paid yearly`. Pure. */
import { partsOf } from '../services/domain/terms.ts';
import { cycleMonths, monthsOf } from '../services/domain/money.ts';
import { english } from './spoken/en.ts';
import { folded, type Phrases, sourceOf } from './spoken/match.ts';
import type { Spoken } from './spoken/spoken.ts';

type Terms = Spoken['terms'];

/** As the catalogue has it: what a button that asks which one carries. */
const WHOLE = 'p\\d{1,3}[a-z]/[a-z_]{1,20}';
const PIECES_MAX = 16;
/** What is longer names no plan and no term. */
const TEXT_MAX = 300;

export interface PlanAndTerm {
  /** What is left of the words. */
  plan: string;
  /** What was written of the term. */
  term: string;
  /** Whether that may mean this one of the catalogue’s. */
  fits(term: string): boolean;
}

/** Of a term: how long it lasts, for how long is paid at a time, and the catalogue’s own word. */
interface Is {
  months: number | null;
  cycle: number | null;
  whole: string;
}

type Fits = (is: Is) => boolean;

/** Null where no term is named at the end. Of several languages the one counts that understands most of it. */
export function termBehind(text: string, languages: readonly Pick<Spoken, 'terms'>[] = [english]): PlanAndTerm | null {
  const words = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .join(' ');
  if (words.length > TEXT_MAX) return null;
  const found = languages.flatMap(({ terms }) => behindIn(words, terms) ?? []);
  return found.reduce<PlanAndTerm | null>((best, one) => (best === null || one.plan.length < best.plan.length ? one : best), null);
}

function behindIn(words: string, terms: Terms): PlanAndTerm | null {
  const read = readerOf(terms);
  const found: Fits[] = [];
  let end = words.length;
  for (let n = 0; n < PIECES_MAX && end > 0; n++) {
    const piece = read(folded(words.slice(0, end)));
    if (!piece) break;
    if (piece.fits) found.push(piece.fits);
    end = Math.max(0, piece.from);
  }
  if (found.length === 0) return null;
  const plan = words.slice(0, end).trim();
  return {
    plan,
    term: words.slice(end).trim(),
    fits(term) {
      const of = partsOf(term);
      const is = { months: monthsOf(of.term), cycle: cycleMonths(of.term, of.billing), whole: term.toLowerCase() };
      return found.every((fits) => fits(is));
    },
  };
}

/** What a text ends with, and where that begins; without `fits` it says nothing. */
type Reader = (text: string) => { from: number; fits: Fits | null } | null;

const readers = new WeakMap<Terms, Reader>();

function readerOf(terms: Terms): Reader {
  const known = readers.get(terms);
  if (known) return known;
  const made = makeReader(terms);
  readers.set(terms, made);
  return made;
}

/** The first that fits counts: what says more stands before what says less. */
function makeReader({ cycles, paid, atOnce, every, numbers, months, years, between }: Terms): Reader {
  const count = `(\\d{1,2}|${[1, 2, 3].map((n) => sourceOf(numbers[n as 1])).join('|')})`;
  const length = `${count}[ -](?:(${sourceOf(months)})|${sourceOf(years)})`;
  const [said, cycle] = [
    sourceOf(paid),
    `(?:${Object.values(cycles)
      .map((one) => `(${sourceOf(one)})`)
      .join('|')})`,
  ];
  const monthsIn = ([number, isMonths]: readonly (string | undefined)[]) => countOf(number as string, numbers) * (isMonths === undefined ? 12 : 1);
  const cycleIn = (parts: readonly (string | undefined)[]) => Number(Object.keys(cycles)[parts.findIndex((one) => one !== undefined)]);
  const ways: [string, (parts: readonly (string | undefined)[]) => Fits | null][] = [
    [
      `(${WHOLE})`,
      ([whole]) =>
        (is) =>
          is.whole === whole,
    ],
    [
      `${said} ${cycle}`,
      (parts) =>
        ({ cycle: one }) =>
          one === cycleIn(parts),
    ],
    [
      `${cycle} ${said}`,
      (parts) =>
        ({ cycle: one }) =>
          one === cycleIn(parts),
    ],
    [sourceOf(atOnce), () => (is) => is.cycle === is.months],
    [
      `${sourceOf(every)} ${length}`,
      (parts) =>
        ({ cycle: one }) =>
          one === monthsIn(parts),
    ],
    // Without a word for paying it may as well be how long it lasts.
    [cycle, (parts) => (is) => is.cycle === cycleIn(parts) || is.months === cycleIn(parts)],
    [length, (parts) => (is) => is.months === monthsIn(parts)],
    [`(?:${said}|${sourceOf(between)})`, () => null],
  ];
  const patterns = ways.map(([source, means]) => [new RegExp(`(?:^| )${source}[.!]?$`), means] as const);
  return (text) => {
    for (const [pattern, means] of patterns) {
      const match = pattern.exec(text);
      if (match) return { from: match.index, fits: means(match.slice(1)) };
    }
    return null;
  };
}

function countOf(number: string, numbers: Terms['numbers']): number {
  const called = ([1, 2, 3] as const).find((n) => isCalled(number, numbers[n]));
  return called ?? Number(number);
}

function isCalled(number: string, phrases: Phrases): boolean {
  return new RegExp(`^${sourceOf(phrases)}$`).test(number);
}
