/** The switch that stops what spends: off, read-only, dry run; each is ended by its own word alone. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginDryRun, readSwitch, setSwitch, stopOf } from '../../services/readOnly.ts';
import { memoryStore } from '../support/memory.ts';

const AT = '2027-01-20T10:00:00.000Z';
const by = { by: 'olga', at: AT };

describe('the switch', () => {
  it('of a new tenant stands at the dry run, once: what somebody set since stays', async () => {
    const store = memoryStore();
    assert.equal(stopOf(await readSwitch(store)), false);
    await beginDryRun(store, AT);
    assert.equal(stopOf(await readSwitch(store)), 'dryRun');
    await setSwitch(store, { what: 'dryRun', on: false, ...by }, null);
    await beginDryRun(store, AT);
    assert.equal(stopOf(await readSwitch(store)), false);
  });
  it('is ended by the word of what stands, and by no other', async () => {
    for (const [stands, other] of [
      ['dryRun', 'readOnly'],
      ['readOnly', 'dryRun'],
    ] as const) {
      const store = memoryStore();
      await setSwitch(store, { what: stands, on: true, ...by }, null);
      // In a hurry somebody writes the other word, and takes it back: the first one still holds.
      for (const on of [true, false]) assert.equal(stopOf(await setSwitch(store, { what: other, on, ...by }, null)), stands);
      assert.equal(stopOf(await setSwitch(store, { what: stands, on: false, ...by }, null)), false);
    }
  });
  it('stops a version that knows no dry run: it reads a switch that is on', async () => {
    const store = memoryStore();
    await beginDryRun(store, AT);
    assert.equal((await readSwitch(store))?.on, true);
  });
  it('whatever is written in whatever order: what stops is stopped until its own word comes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.record({ what: fc.constantFrom('readOnly' as const, 'dryRun' as const), on: fc.boolean() })), async (words) => {
        const store = memoryStore();
        let stands: 'readOnly' | 'dryRun' | false = false;
        for (const word of words) {
          const now = stopOf(await setSwitch(store, { ...word, ...by }, null));
          if (stands && now !== stands) assert.deepEqual([word.what, word.on, now], [stands, false, false]);
          stands = now;
        }
      }),
      { numRuns: 60 },
    ));
});
