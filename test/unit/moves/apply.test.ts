/** What one answer changes is one transaction: the move, the ticket, the record and the plan that it brings along. */
import assert from 'node:assert/strict';
import { systemClock } from '../../../services/clock.ts';
import type { Move, Plan, Ticket, TrackedSubscription } from '../../../services/domain/ticket.ts';
import { applyEvent } from '../../../services/moves/apply.ts';
import { moveKey, ofCustomer, subscriptionKey, ticketKey } from '../../../services/store/rows.ts';
import { readRecord } from '../../../services/ticketView.ts';
import { memoryStore } from '../../support/memory.ts';
import { sampleMove, sampleSubscription, sampleTicket } from '../../support/samples.ts';

const PLAN: Plan = {
  id: 'x:1',
  title: 'Office 365 E5',
  reason: 'chosen by name',
  minimum: 1,
  maximum: 100,
  item: { productId: 'x', skuId: '1' },
  whyNot: null,
};
const CHOSEN = { kind: 'chosen', by: 'ann', plan: PLAN, quantity: 3, term: null, billing: null } as const;
const ANN = { key: 'ann', tenant: 't' };

async function drafting() {
  const store = memoryStore();
  const key = moveKey('sub', 1);
  const ticket = sampleTicket({ id: 'S-2', subscriptionId: 'sub', move: key, plans: [] });
  const { customerId } = ticket;
  const move = sampleMove({ key, customerId, subscriptionId: 'sub', ticketId: 'S-2', state: 'drafting', asked: 4 });
  const tracked: TrackedSubscription = { snapshot: sampleSubscription({ id: 'sub', customerId }), episode: 1, ticket: 'S-2', liveMove: key, moves: 1 };
  await store.put(...ofCustomer(customerId), ticketKey('S-2'), ticket);
  await store.put(...ofCustomer(customerId), key, move satisfies Move);
  await store.put(...ofCustomer(customerId), subscriptionKey('sub'), tracked);
  const commits: string[][] = [];
  store.onCommit = (_table, _partition, changes) => void commits.push(changes.map((change) => change.key));
  const deps = { store, clock: systemClock(), wake: { schedule: async () => {}, now: () => {} }, programmes: [] };
  const answer = (asked: number, event: Parameters<typeof applyEvent>[2]) => {
    const doing = { activity: { marks: ['m1'], sentAtMs: null }, asked, reply: null, addPlan: PLAN };
    return applyEvent({ ...deps, doing }, { customerId, subscriptionId: 'sub' }, event, { by: ANN });
  };
  const stands = async () => ({
    plans: (await store.get<Ticket>(...ofCustomer(customerId), ticketKey('S-2')))?.value.plans?.map((one) => one.title),
    record: (await readRecord(store, { id: 'S-2', customerId })).map((line) => line.what),
  });
  return { answer, stands, commits };
}

describe('a plan chosen by its name', () => {
  it('is offered from then on, in the transaction of the answer and in its record', async () => {
    const { answer, stands, commits } = await drafting();
    assert.ok(!('refused' in (await answer(4, CHOSEN))));
    assert.deepEqual(await stands(), { plans: ['Office 365 E5'], record: ['planAdded', 'chosen'] });
    assert.equal(commits.filter((keys) => keys.includes(ticketKey('S-2'))).length, 1);
  });

  it('is not offered where the answer is refused: something else is asked by now, or it does not fit', async () => {
    const { answer, stands, commits } = await drafting();
    assert.ok('refused' in (await answer(3, CHOSEN)));
    assert.ok('refused' in (await answer(4, { kind: 'confirmSuspend', by: 'ann' })));
    assert.deepEqual([await stands(), commits], [{ plans: [], record: [] }, []]);
  });
});
