/** What reading a text costs, counted and not timed: the steps of a pattern, and the letters and items that a parser looks at. */
import { stepsOf } from './steps.ts';

export const SHORT = 4_000;
export const LONG = 40_000;
/** Ten times the letters; half as much again is left to what grows a little. */
const MOST_TIMES = 15;
/** A pattern that takes no more steps for a letter is cheap; what takes more may, where a longer text does not make it more. */
const FEW_STEPS = 60;
const FEW_LETTERS = 400;
const MORE_LETTERS = 1_600;
const GROWS = 1.5;
const STEPS_MAX = 12_000_000;

/** Whether a pattern takes more steps for each letter, the more letters there are. */
export function isDearPattern(pattern: RegExp, text: (letters: number) => string): boolean {
  function aLetter(letters: number): number {
    const steps = stepsOf(pattern, text(letters), STEPS_MAX);
    return steps > STEPS_MAX ? Number.POSITIVE_INFINITY : steps / letters;
  }
  const few = aLetter(FEW_LETTERS);
  return few > FEW_STEPS && (few === Number.POSITIVE_INFINITY || aLetter(MORE_LETTERS) > GROWS * few);
}

/** How many times as much a parser looks at when the text is ten times as long. */
export function timesAsMuch(run: (letters: number) => unknown): number {
  return (
    lookedAt(() => run(LONG)) /
    Math.max(
      SHORT,
      lookedAt(() => run(SHORT)),
    )
  );
}

export function isDear(times: number): boolean {
  return times > MOST_TIMES;
}

type Built = Record<PropertyKey, (...given: never[]) => unknown>;
type Method = (this: { length: number }, ...given: unknown[]) => unknown;

const WHOLE_TEXT = [
  'normalize',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
  'split',
  'replaceAll',
  'concat',
  'padEnd',
  'localeCompare',
] as const;
const UP_TO_FOUND = ['indexOf', 'includes', 'lastIndexOf'] as const;
const LISTS = [
  'map',
  'filter',
  'flatMap',
  'forEach',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'includes',
  'indexOf',
  'join',
  'reduce',
  'slice',
  'sort',
  'reverse',
  'concat',
] as const;

/** The letters and items that `work` looks at: all that text, lists and patterns do is counted by how far they look. */
export function lookedAt(work: () => unknown): number {
  let count = 0;
  const back: (() => void)[] = [];
  function watch(on: object, name: PropertyKey, cost: (self: { length: number }, given: unknown[], result: unknown) => number): void {
    const built = on as Built;
    const original = built[name] as unknown as Method;
    back.push(() => Object.defineProperty(on, name, { value: original, writable: true, configurable: true, enumerable: false }));
    function counted(this: { length: number }, ...given: unknown[]): unknown {
      const result = original.apply(this, given);
      count += cost(this, given, result);
      return result;
    }
    Object.defineProperty(on, name, { value: counted, writable: true, configurable: true, enumerable: false });
  }
  for (const name of WHOLE_TEXT) watch(String.prototype, name, (self) => self.length);
  for (const name of UP_TO_FOUND) watch(String.prototype, name, (self, _, found) => (typeof found === 'number' && found >= 0 ? found + 1 : self.length));
  watch(String.prototype, Symbol.iterator, (self) => self.length);
  for (const name of LISTS) watch(Array.prototype, name, (self) => self.length);
  watch(Array, 'from', (_, __, made) => (made as unknown[]).length);
  watch(JSON, 'parse', (_, [text]) => String(text).length);
  watch(JSON, 'stringify', (_, __, text) => String(text).length);
  // The other ways to use a pattern come down to this one, as soon as it is not the built-in one.
  const exec = RegExp.prototype.exec;
  back.push(() => Object.defineProperty(RegExp.prototype, 'exec', { value: exec, writable: true, configurable: true, enumerable: false }));
  Object.defineProperty(RegExp.prototype, 'exec', {
    writable: true,
    configurable: true,
    value: function counted(this: RegExp, text: string): RegExpExecArray | null {
      const from = this.global || this.sticky ? this.lastIndex : 0;
      const found = exec.call(this, text);
      count += 1 + (found ? found.index + found[0].length : this.sticky ? from : String(text).length) - from;
      return found;
    },
  });
  try {
    work();
  } catch {
    // A parser may refuse; that costs too.
  } finally {
    for (const one of back.toReversed()) one();
  }
  return count;
}

/** Texts of `letters` letters that are made of one literal, alone, behind another one, and before something that fits nothing. */
export function pumped(literals: readonly string[]): { name: string; text: (letters: number) => string }[] {
  const units = [...new Set([...literals, ...literals.flatMap((one) => [...one]), ' ', '\n', 'a', '1'])].filter(Boolean);
  const fill = (unit: string, letters: number) => unit.repeat(Math.ceil(letters / unit.length)).slice(0, letters);
  return units.flatMap((unit) => [
    { name: `${JSON.stringify(unit)}…`, text: (letters: number) => fill(unit, letters) },
    { name: `${JSON.stringify(unit)}… and an end that fits nothing`, text: (letters: number) => `${fill(unit, letters)}\u0001\n\u0001` },
    ...literals.slice(0, 12).map((start) => ({
      name: `${JSON.stringify(start)} ${JSON.stringify(unit)}…`,
      text: (letters: number) => `${start}${fill(unit, letters)}\u0001\n\u0001`,
    })),
  ]);
}
