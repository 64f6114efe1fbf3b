/** A term and how it is paid, as people write them behind a plan: `2 monthly`, `Business Premium, 1 year, paid yearly`. Pure. */
import { partsOf } from '../services/domain/terms.ts';
import { cycleMonths, monthsOf } from '../services/domain/money.ts';

/** For so many months is paid at a time; without “paid” it may as well be how long it lasts. */
const CYCLES: Readonly<Record<string, number>> = {
  ...{ monthly: 1, yearly: 12, annual: 12, annually: 12 },
  ...{ biennial: 24, biennially: 24, triennial: 36, triennially: 36 },
};
const SAYS_PAID: ReadonlySet<string> = new Set(['paid', 'billed', 'paying']);
const NUMBERS: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3 };
const UNITS: Readonly<Record<string, number>> = { month: 1, months: 1, year: 12, years: 12 };
/** Stand between a plan, a term and how it is paid, or behind a term, and say nothing. */
const BETWEEN: ReadonlySet<string> = new Set([...SAYS_PAID, 'for', 'and', 'with', 'on', 'term', 'commitment']);
const NUMBER = /^\d{1,2}$/;
const LENGTH = /^(\d{1,2}|one|two|three)-(months?|years?)$/;
/** As the catalogue has it: what a button that asks which one carries. */
const WHOLE = /^p\d{1,3}[a-z]\/[a-z_]{1,20}$/;
const PIECES_MAX = 16;

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

interface Piece {
  count: number;
  fits(is: Is): boolean;
}

/** Null where no term is named at the end. */
export function termBehind(text: string): PlanAndTerm | null {
  const pieces = text.split(/[\s,;]+/).filter(Boolean);
  const folded = pieces.map((one) => one.toLowerCase().replace(/[.!]$/, ''));
  const found: Piece[] = [];
  let end = pieces.length;
  for (let n = 0; n < PIECES_MAX && end > 0; n++) {
    const piece = readBack(folded.slice(Math.max(0, end - 3), end));
    if (!piece && !BETWEEN.has(folded[end - 1] as string)) break;
    if (piece) found.push(piece);
    end -= piece?.count ?? 1;
  }
  if (found.length === 0) return null;
  return {
    plan: pieces.slice(0, end).join(' '),
    term: pieces.slice(end).join(' '),
    fits(term) {
      const of = partsOf(term);
      const is = { months: monthsOf(of.term), cycle: cycleMonths(of.term, of.billing), whole: term.toLowerCase() };
      return found.every((one) => one.fits(is));
    },
  };
}

/** What the last word says, with those before it that belong to it. */
function readBack(words: readonly string[]): Piece | null {
  const [last = '', before = '', first = ''] = words.toReversed();
  if (WHOLE.test(last)) return { count: 1, fits: (is) => is.whole === last };
  const cycle = Object.hasOwn(CYCLES, last) ? CYCLES[last] : undefined;
  if (cycle && SAYS_PAID.has(before)) return { count: 2, fits: (is) => is.cycle === cycle };
  if (cycle) return { count: 1, fits: (is) => is.cycle === cycle || is.months === cycle };
  if (last === 'once' && before === 'at') return { count: 2, fits: (is) => is.cycle === is.months };
  const joined = LENGTH.exec(last);
  if (joined) return lasts(1, monthsIn(joined[1] as string, joined[2] as string));
  const months = monthsIn(before, last);
  if (months !== null && first === 'every') return { count: 3, fits: (is) => is.cycle === months };
  return lasts(2, months);
}

function lasts(count: number, months: number | null): Piece | null {
  return months === null ? null : { count, fits: (is) => is.months === months };
}

function monthsIn(count: string, unit: string): number | null {
  if (!Object.hasOwn(UNITS, unit) || !(NUMBER.test(count) || Object.hasOwn(NUMBERS, count))) return null;
  return (NUMBERS[count] ?? Number(count)) * (UNITS[unit] as number);
}
