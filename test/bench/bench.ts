/** `npm run bench [name …]`: runs the benchmarks, each in a process of its own, and prints a JSON line for each figure as it comes, and a table. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { progress } from '../support/progress.ts';
import type { Figure } from './report.ts';

const BENCHES = [
  'start',
  'sweep',
  'budget',
  'sweep-cpu',
  'turn',
  'card',
  'notify',
  'delay',
  'urgency',
  'wake-ups',
  'growth',
  'licences',
  'scale-out',
  'container',
];
const LONGEST_MS = 480_000;

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !BENCHES.includes(name));
if (unknown !== undefined) {
  console.error(`There is no benchmark '${unknown}'. There are ${BENCHES.join(', ')}.`);
  process.exit(1);
}

const figures: Figure[] = [];
const broken: string[] = [];
const chosen = BENCHES.filter((one) => wanted.length === 0 || wanted.includes(one));
for (const [at, name] of chosen.entries()) {
  const far = progress('bench', () => `${name}, ${at + 1} of ${chosen.length}, ${figures.length} figures`);
  try {
    const told = await run(name);
    for (const figure of told) console.log(JSON.stringify(figure));
    figures.push(...told);
  } catch (error) {
    // The others are measured all the same.
    broken.push(name);
    console.error(`${name} did not come to its end: ${String((error as Error).message)}`);
  }
  far.end();
}
const lines = figures.map((one) => [
  one.pass ? 'pass' : 'FAIL',
  one.bench,
  one.what,
  `${one.value} ${one.unit}`,
  `x ${one.ratio}`,
  one.limit,
  `${one.fanOut[0]} to ${one.fanOut[1]}, ${one.rounds} rounds`,
]);
for (const cells of lines)
  console.log(
    cells
      .map((cell, at) => cell.padEnd(Math.max(...lines.map((line) => (line[at] as string).length))))
      .join('  ')
      .trimEnd(),
  );
for (const name of broken) console.log(`FAIL  ${name} did not come to its end`);
process.exit(broken.length === 0 && figures.every((one) => one.pass) ? 0 : 1);

/** The figures of one benchmark; what it says besides goes to the terminal. */
function run(name: string): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { timeout: LONGEST_MS, maxBuffer: 1e7 }, (error, out, errors) => {
      process.stderr.write(errors);
      if (error) return reject(error);
      resolve(out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Figure] : [])));
    });
  });
}
