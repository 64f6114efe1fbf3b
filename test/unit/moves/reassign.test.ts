/** The count of the old licence's holders and their move, where it takes long. */
import assert from 'node:assert/strict';
import type { Move, UserMove } from '../../../services/domain/ticket.ts';
import { count } from '../../../services/moves/people/count.ts';
import { reassign } from '../../../services/moves/people/swap.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { virtualTime } from '../../support/time.ts';
import { sampleTicket, sampleMove } from '../../support/samples.ts';
import { memoryStore } from '../../support/memory.ts';
import { refusal } from '../../support/tenant.ts';
import type { StepContext, StepResult } from '../../../services/moves/deps.ts';
import { keysWith, ofCustomer, USER } from '../../../services/store/rows.ts';

/** A count of two people by the process `one`, whose questions take so long each; `takeOver`: another process takes the move meanwhile. */
async function counted(readMs: number, takeOver: boolean): Promise<{ ended: boolean; rows: number }> {
  const time = virtualTime();
  const store = memoryStore();
  const move = sampleMove({ state: 'purchased', sku: { from: 'old', to: 'new' }, lease: { by: 'one', until: '2027-01-21T00:00:00Z' } });
  const { customerId, key } = move;
  await store.put(...ofCustomer(customerId), key, move);
  const partnerCenter = {
    users: async () => ({ items: ['u1', 'u2'].map((id) => ({ id, name: id, hasUsageLocation: true })), next: null }),
    licences: async () => {
      await time.clock.sleep(readMs);
      return [{ skuId: 'old', disabledPlans: [] }];
    },
    seatPools: async () => ['old', 'new'].map((skuId) => ({ skuId, active: 7, consumed: 2, available: 7, servicePlans: [] })),
    subscription: async () => ({ subscription: { quantity: 7 } }),
  };
  const deps = { store, clock: time.clock, workerId: 'one', wake: { now: () => {} }, partnerCenter };
  const act = { deps, move, ticket: sampleTicket(), known: { snapshot: { quantity: 2 } }, requestId: '' } as unknown as StepContext;
  let outcome: unknown;
  void count(act).then((found) => {
    outcome = found ?? 'ended';
  });
  if (takeOver)
    void time.clock
      .sleep(readMs / 2)
      .then(() => store.put(...ofCustomer(customerId), key, { ...move, lease: { by: 'two', until: '2027-01-21T00:00:00Z' } } satisfies Move));
  await time.run(() => outcome !== undefined, 600_000);
  return { ended: outcome === 'ended', rows: (await store.range(...ofCustomer(customerId), ...keysWith(USER))).length };
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

/** Twenty people are moved; the calls for some of them take a minute, and those for one end without an answer, or the other side throttles. */
async function moved(slow: string[], unanswered: string | null, throttled: string | null = null) {
  const time = virtualTime();
  const store = memoryStore();
  const move = sampleMove({ state: 'reassigning', sku: { from: 'old', to: 'new' }, lease: { by: 'one', until: '2027-01-21T00:00:00Z' } });
  const { customerId, key } = move;
  const held = new Map(Array.from({ length: 20 }, (_, n) => [`u${String(n).padStart(2, '0')}`, 'old']));
  await store.put(...ofCustomer(customerId), key, move);
  for (const userId of held.keys()) {
    const row: UserMove = { userId, name: userId, state: 'waiting', why: null, hasNew: false, disabledPlans: [], requestIds: [], round: 'r' };
    await store.put(...ofCustomer(customerId), `usr_${key}_${userId}`, row);
  }
  const doneAfterMs = new Map<string, number>();
  const beganMs = time.clock.wallMs();
  const partnerCenter = {
    seatPools: async () => [],
    subscription: async () => ({ subscription: { quantity: 20 } }),
    licences: async (_: string, userId: string) => [{ skuId: held.get(userId), disabledPlans: [] }],
    swapLicence: async (_: string, userId: string) => {
      await time.clock.sleep(slow.includes(userId) ? 60_000 : userId === unanswered ? 50 : 100);
      if (userId === unanswered) throw new PartnerCenterError('unclear', 'no answer', 'nobody answered', { answered: false });
      if (userId === throttled) throw Object.assign(refusal(429, '429', 'Too many.', 'throttled'), { retryAfterMs: 60_000 });
      held.set(userId, 'new');
      doneAfterMs.set(userId, time.clock.wallMs() - beganMs);
    },
  };
  const deps = { store, clock: time.clock, workerId: 'one', wake: { now: () => {} }, partnerCenter };
  let end: { trouble: unknown; afterMs: number; event: StepResult['event'] | null } | null = null;
  const act = { deps, move, ticket: sampleTicket(), known: { snapshot: { quantity: 20 } }, requestId: '' } as unknown as StepContext;
  const ended = (trouble: unknown, event: StepResult['event'] | null) => {
    end = { trouble, afterMs: time.clock.wallMs() - beganMs, event };
  };
  void reassign(act).then(
    (outcome) => ended(null, outcome?.event ?? null),
    (error: unknown) => ended(error, null),
  );
  await time.run(() => end !== null, 600_000);
  return { doneAfterMs, end: end as unknown as { trouble: unknown; afterMs: number; event: StepResult['event'] | null } };
}

describe('the move of many people', () => {
  it('goes on while some wait long for an answer', async () => {
    const { doneAfterMs, end } = await moved(['u00', 'u05'], null);
    assert.equal(doneAfterMs.size, 20);
    assert.equal(end.trouble, null);
    const others = [...doneAfterMs].filter(([id]) => id !== 'u00' && id !== 'u05').map(([, ms]) => ms);
    assert.ok(Math.max(...others) < 1_000, `the others had to wait ${Math.max(...others)} ms`);
  });

  it('goes on past somebody whose call was not answered, and asks about that one again later', async () => {
    const { doneAfterMs, end } = await moved([], 'u00');
    assert.equal(doneAfterMs.size, 19);
    assert.equal(end.trouble, null);
    assert.equal(end.event?.kind === 'unclear' && end.event.code, 'no answer');
  });

  it('tells a trouble of all only when no call is under way any more, and begins none after it', async () => {
    const { doneAfterMs, end } = await moved(['u01'], null, 'u00');
    assert.equal((end.trouble as PartnerCenterError).code, '429');
    assert.ok(end.afterMs >= 60_000, `told after ${end.afterMs} ms`);
    assert.equal(doneAfterMs.size, 7, 'the seven that were under way with it');
  });
});
