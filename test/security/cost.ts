/** What a parser costs, measured so that a busy machine does not change the answer: the least of many tries, the two lengths in turn. */

export const SHORT = 4_000;
export const LONG = 40_000;
/** Ten times the letters; half as much again is left to caches and the collector. */
const MOST_TIMES = 15;
const TRIES = 40;
/** What is near the limit is measured longer: a parser that grows with the square is six times above it. */
const TRIES_NEAR = 400;
const NEAR_TIMES = 40;
/** Below this the collector and the caches decide; a parser that grows too fast is a hundred times above it. */
const FLOOR_MS = 0.3;
/** No chance makes what costs more than this six times cheap. */
const HOPELESS_MS = 400;
const HOPELESS_SHORT_MS = 40;

/** How many times as much the long text costs, as soon as it is no more than allowed; what was measured best, where it never is. */
export function timesAsMuch(work: (letters: number) => unknown): number {
  let short = Number.POSITIVE_INFINITY;
  let long = Number.POSITIVE_INFINITY;
  for (let n = 0; n < TRIES || (n < TRIES_NEAR && long < NEAR_TIMES * Math.max(FLOOR_MS, short)); n++) {
    short = Math.min(
      short,
      cost(() => work(SHORT)),
    );
    if (short > HOPELESS_SHORT_MS) {
      if (n >= 5) return Number.POSITIVE_INFINITY; // the long text might take hours
      continue;
    }
    long = Math.min(
      long,
      cost(() => work(LONG)),
    );
    if (long <= MOST_TIMES * Math.max(FLOOR_MS, short)) return long / Math.max(FLOOR_MS, short);
    if (n >= 5 && long > HOPELESS_MS) break;
  }
  return long / Math.max(FLOOR_MS, short);
}

export function isDear(times: number): boolean {
  return times > MOST_TIMES;
}

function cost(work: () => unknown): number {
  const startedAt = performance.now();
  try {
    work();
  } catch {
    // A parser may refuse; that costs too.
  }
  return performance.now() - startedAt;
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
