import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../services/clock.ts';
import { createWorker, type Handlers } from '../../../services/queue/worker.ts';
import { until } from '../../support/until.ts';
import { countedQueues, memoryQueues } from '../../support/memory.ts';
import { virtualTime } from '../../support/time.ts';

const log = { info: () => {}, warn: () => {} };

async function works(
  handlers: Partial<Handlers>,
  jobs: Parameters<typeof createWorker>[0]['jobs'],
  done: () => Promise<unknown>,
): Promise<ReturnType<typeof memoryQueues>> {
  const queues = memoryQueues(() => Date.now());
  const all: Handlers = { sweep: async () => 'idle', notify: async () => 'idle', move: async () => 'idle', ...handlers };
  const worker = createWorker({ queues, clock: systemClock(), log, concurrency: { sweep: 4, notify: 4, move: 4 }, jobs, idleMs: [20] }, () => all);
  worker.start();
  await done();
  await worker.stop();
  return queues;
}

describe('the worker', () => {
  it('looks at a job again and again, whatever its turns answer and although some fail', async () => {
    let turns = 0;
    const sweep = async () => {
      turns += 1;
      if (turns % 2 === 1) throw new Error('the storage was away');
      return { retryInMs: 3_600_000 };
    };
    await works({ sweep }, [{ wakeUp: { queue: 'sweep', what: 'listCustomers' }, everyMs: 30 }], () =>
      until(
        () => turns >= 5,
        () => `${turns} turns`,
      ),
    );
  });

  it('waits once for a wake-up that is asked for again and again meanwhile, and at the earliest time', async () => {
    const slept: { ms: number; wake(): void }[] = [];
    const clock = { ...systemClock(), wallMs: () => 0, sleep: (ms: number) => new Promise<void>((wake) => void slept.push({ ms, wake })) };
    const queues = memoryQueues(() => 0);
    let turns = 0;
    const notify = async () => ({ retryInMs: ++turns === 30 ? 500 : 1_000 });
    const all: Handlers = { sweep: async () => 'idle', notify, move: async () => 'idle' };
    const worker = createWorker({ queues, clock, log, concurrency: { sweep: 1, notify: 1, move: 1 }, jobs: [], idleMs: [20] }, () => all);
    const waits = () => slept.flatMap(({ ms }) => (ms >= 500 ? [ms] : []));
    for (let n = 1; n <= 40; n++) {
      worker.wake.now({ queue: 'notify', what: 'chat', chat: 'one' });
      await until(
        () => turns === n,
        () => `${turns} turns`,
      );
    }
    assert.deepEqual(waits(), [1_000, 500]);
    for (const { wake } of slept) wake();
    await until(
      () => turns === 41,
      () => `${turns} turns`,
    );
    await pause(50);
    assert.equal(turns, 41);
    assert.deepEqual(waits(), [1_000, 500, 1_000]);
    await worker.stop();
  });

  it('turns once more for all that it was nudged while it turned, and then rests', async () => {
    let turns = 0;
    const queues = memoryQueues(() => Date.now());
    const move = async () => {
      turns += 1;
      await pause(60);
      return 'idle' as const;
    };
    const all: Handlers = { sweep: async () => 'idle', notify: async () => 'idle', move };
    const worker = createWorker({ queues, clock: systemClock(), log, concurrency: { sweep: 4, notify: 4, move: 4 }, jobs: [] }, () => all);
    const wakeUp = { queue: 'move', what: 'invitations' } as const;
    for (let n = 0; n < 3; n++) {
      worker.wake.now(wakeUp);
      await pause(10);
    }
    await pause(600);
    await worker.stop();
    assert.equal(turns, 2);
  });

  it('asks the queue four times in the life of a wake-up: to keep it, twice to take it, and to forget it', async () => {
    const time = virtualTime();
    const queues = memoryQueues(time.nowMs);
    const turns: number[] = [];
    const move = async () => {
      turns.push(time.nowMs());
      return 'idle' as const;
    };
    const { counted, calls } = countedQueues(queues);
    const all: Handlers = { sweep: async () => 'idle', notify: async () => 'idle', move };
    const worker = createWorker({ queues: counted, clock: time.clock, log, concurrency: { sweep: 1, notify: 1, move: 1 }, jobs: [] }, () => all);
    const begun = time.nowMs();
    const wakeUp = { queue: 'move', what: 'invitations' } as const;
    await worker.wake.schedule(wakeUp);
    worker.wake.now(wakeUp);
    worker.start();
    await time.run(() => queues.held.move.length === 0, 3_600_000);
    void worker.stop();
    assert.deepEqual(calls, { send: 1, take: 2, postpone: 0, done: 1 });
    // At once, when it shows itself, and once more: its change may have been written late.
    assert.deepEqual(
      turns.map((at) => Math.floor((at - begun) / 10_000)),
      [0, 0, 2],
    );
  });

  it('looks once more at what showed itself before its change was written', async () => {
    const time = virtualTime();
    const queues = memoryQueues(time.nowMs);
    let [there, done] = [false, false];
    const move = async () => {
      done = there;
      return 'idle' as const;
    };
    const all: Handlers = { sweep: async () => 'idle', notify: async () => 'idle', move };
    const worker = createWorker({ queues, clock: time.clock, log, concurrency: { sweep: 1, notify: 1, move: 1 }, jobs: [] }, () => all);
    await worker.wake.schedule({ queue: 'move', what: 'invitations' });
    void time.clock.sleep(20_000).then(() => {
      there = true;
    });
    worker.start();
    await time.run(() => done, 60_000);
    void worker.stop();
    assert.ok(done);
  });

  it('ends with nothing left to do when it is stopped', async () => {
    let turns = 0;
    const move = async () => {
      turns += 1;
      return 'idle' as const;
    };
    await works({ move }, [{ wakeUp: { queue: 'move', what: 'move', customerId: 'c', subscriptionId: 's' }, everyMs: 20 }], () =>
      until(
        () => turns > 0,
        () => 'no turn',
      ),
    );
    const before = turns;
    await pause(100);
    assert.equal(turns, before);
  });
});
