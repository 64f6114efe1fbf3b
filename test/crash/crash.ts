/**
 * `npm run crash`: every single fault at every call, and pairs of them by a seed, one line an invariant.
 * `-- --seed n --pairs n` for others, `-- --replay "12:crashAfter,40:lostReply"` for one, `-- --mutants` for the planted bugs.
 */
import { parseArgs } from 'node:util';
import { MUTANTS, type Mutant } from './mutants.ts';
import { isCaught, pairPlans, singlePlans } from './plans.ts';
import { type Fault, INVARIANTS, openBench, type Plan, runMove } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '300' },
    replay: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
});
const bench = await openBench();
const failed = values.mutants ? await tryMutants() : await tryPlans();
await bench.close();
process.exit(failed ? 1 : 0);

async function tryMutants(): Promise<boolean> {
  const { names } = await runMove(bench, new Map());
  let missed = 0;
  for (const [mutant, invariant] of Object.entries(MUTANTS)) {
    const caught = await isCaught(bench, mutant as Mutant, names);
    if (!caught) missed += 1;
    console.log(`${caught ? 'caught' : 'MISSED'} by ${invariant}: ${mutant}`);
  }
  return missed > 0;
}

async function tryPlans(): Promise<boolean> {
  const plans = values.replay === undefined ? await allPlans() : [parsePlan(values.replay)];
  const counts = new Map<string, number>();
  for (const plan of plans) {
    for (const violation of (await runMove(bench, plan)).violations) {
      counts.set(violation, (counts.get(violation) ?? 0) + 1);
      console.error(`${violation}: npm run crash -- --replay "${[...plan].map(([call, fault]) => `${call}:${fault}`).join(',')}"`);
    }
  }
  for (const name of INVARIANTS) console.log(`${name}: ${plans.length} runs, ${counts.get(name) ?? 0} violations`);
  return counts.size > 0;
}

async function allPlans(): Promise<Plan[]> {
  const { names } = await runMove(bench, new Map());
  return [...singlePlans(names), ...pairPlans(names, Number(values.pairs), Number(values.seed))];
}

function parsePlan(text: string): Plan {
  return new Map(text.split(',').map((one) => [Number(one.split(':')[0]), one.split(':')[1] as Fault]));
}
