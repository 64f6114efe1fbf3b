/** What is harmless to repeat is repeated as often as it may be, and no failure that stays is asked twice. */
import assert from 'node:assert/strict';
import { withRetry } from '../../services/retry.ts';

async function run(failures: number, waitMs: (error: unknown, attempt: number) => number | null, tries = 4) {
  const slept: number[] = [];
  let calls = 0;
  const work = async () => {
    calls += 1;
    if (calls <= failures) throw new Error(`failure ${calls}`);
    return 'done';
  };
  const sleep = async (ms: number) => void slept.push(ms);
  const ended = await withRetry({ tries, waitMs, sleep }, work).catch((error: Error) => error.message);
  return { ended, calls, slept };
}

describe('what is repeated', () => {
  it('waits between its tries, and ends with the first that succeeds', async () =>
    assert.deepEqual(await run(2, (_, attempt) => 100 * 2 ** attempt), { ended: 'done', calls: 3, slept: [200, 400] }));
  it('throws its last failure, and does not wait after it', async () =>
    assert.deepEqual(await run(9, () => 5, 3), { ended: 'failure 3', calls: 3, slept: [5, 5] }));
  it('throws at once what stays', async () => assert.deepEqual(await run(9, () => null), { ended: 'failure 1', calls: 1, slept: [] }));
});
