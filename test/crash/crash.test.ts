/** A minute of `npm run crash`, in a process of its own for it takes over the clock; and proof that it bites. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { INVARIANTS } from './judge.ts';
import { MUTANTS } from './mutants.ts';

function crash(...given: string[]): Promise<{ ok: boolean; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['test/crash/crash.ts', ...given], (error, out, errors) => resolve({ ok: error === null, out: out + errors }));
  });
}

describe('a move that is cut and disturbed', function () {
  this.timeout(1_800_000);

  it('holds all invariants in a slice of the simulated runs', async () => {
    const { ok, out } = await crash('--slice');
    assert.ok(ok, out);
    for (const name of Object.keys(INVARIANTS)) assert.match(out, new RegExp(`^${name} +\\d+ runs, 0 violations`, 'm'));
  });

  it('is judged by a harness that bites: every planted bug is caught by name', async () => {
    const { ok, out } = await crash('--mutants');
    assert.ok(ok, out);
    assert.ok(Object.keys(MUTANTS).length >= 14);
    for (const [name, { caughtBy }] of Object.entries(MUTANTS)) assert.ok(out.includes(`caught by ${caughtBy}: ${name} `), `${name}: ${out}`);
  });

  it('is the same run for the same seed', async () => {
    const [one, two] = await Promise.all([crash('--seed', '42'), crash('--seed', '42')]);
    assert.ok(one.ok, one.out);
    assert.equal(one.out, two.out);
  });
});
