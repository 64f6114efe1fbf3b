/** How often the queue is asked in the life of a wake-up whose work is done when it shows itself, one at a time and many at once. In virtual time. */
import { createWorker, type Handlers } from '../../services/queue/worker.ts';
import { countedQueues, memoryQueues } from '../support/memory.ts';
import { virtualTime } from '../support/time.ts';
import { tellBound } from './report.ts';
import { chance } from './service.ts';

const WAKE_UPS = 1_000;
const MINUTE_MS = 60_000;
const ROUNDS = 7;
const CALLS_MAX = 4;

/** Calls for each wake-up; all of them come within so many minutes. */
async function callsEach(overMinutes: number, seed: number): Promise<number> {
  const time = virtualTime();
  const random = chance(seed);
  const queues = memoryQueues(time.nowMs);
  const { counted, calls } = countedQueues(queues);
  const all: Handlers = { sweep: async () => 'idle', notify: async () => 'idle', move: async () => 'idle' };
  const deps = { queues: counted, clock: time.clock, log: { info: () => {}, warn: () => {} }, concurrency: { sweep: 8, notify: 16, move: 8 }, jobs: [] };
  const worker = createWorker(deps, () => all);
  worker.start();
  for (let n = 0; n < WAKE_UPS; n++) {
    const wakeUp = { queue: 'notify', what: 'fanOut', customerId: `c${n}` } as const;
    void time.clock.sleep(random() * overMinutes * MINUTE_MS).then(async () => {
      await worker.wake.schedule(wakeUp);
      worker.wake.now(wakeUp);
    });
  }
  await time.run(() => queues.sent.length === WAKE_UPS && queues.held.notify.length === 0, (overMinutes + 10) * MINUTE_MS);
  void worker.stop();
  return Object.values(calls).reduce((sum, one) => sum + one, 0) / WAKE_UPS;
}

for (const [what, overMinutes] of [
  ['one at a time', WAKE_UPS],
  ['a thousand in a minute', 1],
] as const) {
  const rounds: number[] = [];
  for (let seed = 1; seed <= ROUNDS; seed++) rounds.push(await callsEach(overMinutes, seed));
  tellBound('wake-ups', `queue calls in the life of a wake-up, ${what}`, 'calls', rounds, { most: CALLS_MAX });
}
process.exit(0);
