/** A minute of `npm run crash`, in a process of its own for it takes over the clock. That it bites is shown by `npm run crash -- --mutants`. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { INVARIANTS } from './judge.ts';

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
});
