/** Which faults are planted where: all single ones, pairs by a seed, and those that must show a planted bug. */
import { type Mutant, MUTANTS } from './mutants.ts';
import { type Bench, FAULTS, type Fault, type Plan, runMove } from './run.ts';

/** Every fault that means something, at every call of an undisturbed run. */
export function singlePlans(names: string[], faults: readonly Fault[] = FAULTS): Plan[] {
  return names.flatMap((name, call) => faults.filter((fault) => means(fault, name)).map((fault): Plan => new Map([[call, fault]])));
}

function means(fault: Fault, name: string): boolean {
  if (fault === 'crashBefore' || fault === 'crashAfter') return true;
  return fault === 'conflict' ? name === 'store.commit' : name.startsWith('pc.');
}

/** Pairs of faults, the same for the same seed; the second may fall into what the first made necessary. */
export function pairPlans(names: string[], count: number, seed: number): Plan[] {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const calls = [Math.floor(next() * names.length), Math.floor(next() * (names.length + 40))].sort((a, b) => a - b);
    return new Map(calls.map((call) => [call, FAULTS[Math.floor(next() * FAULTS.length)] as Fault]));
  });
}

/** Small, seeded, the same everywhere. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Whether the bug is caught by the invariant that is named for it, undisturbed or with one lost answer to a write. */
export async function isCaught(bench: Bench, mutant: Mutant, names: string[]): Promise<boolean> {
  const writes = names.flatMap((name, call) => (/^pc\.(createCart|checkout|swapLicence|suspend)$/.test(name) ? [call] : []));
  const plans: Plan[] = [
    new Map(),
    ...writes.map((call): Plan => new Map([[call, 'lostReply']])),
    ...writes.map((call): Plan => new Map([[call, 'crashAfter']])),
  ];
  for (const plan of plans) {
    const { violations } = await runMove(bench, plan, mutant);
    if (violations.some((violation) => violation.startsWith(`${MUTANTS[mutant]} `))) return true;
  }
  return false;
}
