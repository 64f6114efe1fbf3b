/** The count of the old licence's holders, where it takes long. */
import assert from 'node:assert/strict';
import type { Migration } from '../../services/domain.ts';
import { count } from '../../services/migration/reassign.ts';
import type { Act } from '../../services/migration/run.ts';
import { virtualTime } from '../bench/time.ts';
import { sampleExpiry, sampleMigration } from '../cards/samples.ts';
import { memoryStore } from '../crash/memory.ts';

/** A count of two people by the process `one`, whose questions take so long each; `takeOver`: another process takes the move meanwhile. */
async function counted(readMs: number, takeOver: boolean): Promise<{ ended: boolean; rows: number }> {
  const time = virtualTime();
  const store = memoryStore();
  const migration = sampleMigration({ state: 'purchased', sku: { from: 'old', to: 'new' }, lease: { by: 'one', until: '2027-01-21T00:00:00Z' } });
  const { customerId, key } = migration;
  await store.put('customers', customerId, key, migration);
  const partnerCenter = {
    users: async () => ({ items: ['u1', 'u2'].map((id) => ({ id, name: id, hasUsageLocation: true })), next: null }),
    licences: async () => {
      await time.clock.sleep(readMs);
      return [{ skuId: 'old', disabledPlans: [] }];
    },
    seatPools: async () => [],
  };
  const deps = { store, clock: time.clock, me: 'one', hints: { nudge: () => {} }, partnerCenter };
  const act = { deps, migration, expiry: sampleExpiry(), known: { snapshot: { quantity: 2 } }, requestId: '' } as unknown as Act;
  let outcome: unknown;
  void count(act).then((found) => {
    outcome = found ?? 'ended';
  });
  if (takeOver)
    void time.clock
      .sleep(readMs / 2)
      .then(() => store.put('customers', customerId, key, { ...migration, lease: { by: 'two', until: '2027-01-21T00:00:00Z' } } satisfies Migration));
  await time.run(() => outcome !== undefined, 600_000);
  return { ended: outcome === 'ended', rows: (await store.range('customers', customerId, 'usr_', 'usr_~')).length };
}

describe('a count of holders', () => {
  it('writes what it read, also when the reading took long', async () => {
    assert.deepEqual(await counted(100, false), { ended: false, rows: 2 });
    assert.deepEqual(await counted(30_000, false), { ended: false, rows: 2 });
  });

  it('writes nothing that is old: another process has gone on meanwhile', async () => {
    assert.deepEqual(await counted(30_000, true), { ended: true, rows: 0 });
  });
});
