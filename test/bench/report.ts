/** A figure, what it is held against, and whether it is good enough. */
export interface Figure {
  bench: string;
  /** What was measured, in a few words. */
  what: string;
  value: number;
  unit: string;
  /** The floor or the rival of the same rounds. */
  floor: number;
  ratio: number;
  /** The ratio that must be reached: at most it, or at least it. */
  limit: string;
  pass: boolean;
  /** Smallest and largest ratio of the rounds. */
  fanOut: [number, number];
  rounds: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}

/** Tells one figure as a JSON line, which `npm run bench` gathers. `pairs` are ours and the floor's, round by round. */
export function tell(bench: string, what: string, unit: string, pairs: [ours: number, floor: number][], limit: { most: number } | { least: number }): void {
  const ratios = pairs.map(([ours, floor]) => (floor === 0 ? (ours === 0 ? 1 : Number.POSITIVE_INFINITY) : ours / floor));
  const ratio = median(ratios);
  const figure: Figure = {
    bench,
    what,
    value: rounded(median(pairs.map(([ours]) => ours))),
    unit,
    floor: rounded(median(pairs.map(([, floor]) => floor))),
    ratio: rounded(ratio),
    limit: 'most' in limit ? `<= ${limit.most}` : `>= ${limit.least}`,
    pass: 'most' in limit ? ratio <= limit.most : ratio >= limit.least,
    fanOut: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    rounds: pairs.length,
  };
  console.log(JSON.stringify(figure));
}

/** Tells a plain bound: no ratio, the value itself must keep to it. */
export function tellBound(bench: string, what: string, unit: string, values: readonly number[], limit: { most: number } | { least: number }): void {
  const value = median(values);
  const bound = 'most' in limit ? limit.most : limit.least;
  console.log(
    JSON.stringify({
      bench,
      what,
      value: rounded(value),
      unit,
      floor: bound,
      ratio: rounded(bound === 0 ? value : value / bound),
      limit: 'most' in limit ? `<= ${bound} ${unit}` : `>= ${bound} ${unit}`,
      pass: 'most' in limit ? value <= bound : value >= bound,
      fanOut: [rounded(Math.min(...values)), rounded(Math.max(...values))],
      rounds: values.length,
    } satisfies Figure),
  );
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
