/** A slice of `npm run crash`: a crash at every call, some pairs, and proof that the harness bites. */
import assert from 'node:assert/strict';
import { MUTANTS, type Mutant } from './mutants.ts';
import { isCaught, pairPlans, singlePlans } from './plans.ts';
import { type Bench, openBench, type Plan, runMove } from './run.ts';

describe('a move that is cut or disturbed', function () {
  this.timeout(120_000);
  let bench: Bench;
  let names: string[];
  before(async () => {
    bench = await openBench();
    names = (await runMove(bench, new Map())).names;
  });
  after(() => bench.close());

  async function holds(plans: Plan[]): Promise<void> {
    for (const plan of plans)
      assert.deepEqual(
        (await runMove(bench, plan)).violations,
        [],
        `npm run crash -- --replay "${[...plan].map(([call, fault]) => `${call}:${fault}`).join(',')}"`,
      );
  }

  it('holds every invariant undisturbed', () => holds([new Map()]));
  it('holds them with a crash before and after each of its calls', async () => {
    assert.ok(names.length > 100, `${names.length} calls`);
    await holds(singlePlans(names, ['crashBefore', 'crashAfter']));
  });
  it('holds them with a lost answer, a 429, a 500 or a conflict at each call', () =>
    holds(singlePlans(names, ['lostReply', 'throttled', 'error500', 'conflict'])));
  it('holds them with a hundred pairs of faults', () => holds(pairPlans(names, 100, 1)));

  for (const mutant of Object.keys(MUTANTS) as Mutant[]) {
    it(`a planted bug is caught by ${MUTANTS[mutant]}: ${mutant}`, async () => assert.ok(await isCaught(bench, mutant, names)));
  }
});
