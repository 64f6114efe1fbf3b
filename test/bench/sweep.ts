/** The whole sweep of 2,000 customers against what the limit allows, and against the two loops that everybody writes first. In virtual time. */
import { type Clock, systemClock } from '../../services/clock.ts';
import { type Answerer, pretendService } from './service.ts';
import { openSweep } from '../support/sweeping.ts';
import { tell, tellBound } from './report.ts';
import { virtualTime } from '../support/time.ts';

const CUSTOMERS = 2_000;
const PER_SECOND = 20;
const ROUNDS = 7;
const FOR_MS = 4 * 3_600_000;
const REAL_CUSTOMERS = 200;

/** Seconds until every customer was looked at, and the share of refusals. */
async function ours(clock: Clock, service: Answerer, run: (done: () => boolean) => Promise<void>): Promise<void> {
  const sweep = openSweep(clock, service, PER_SECOND * 60);
  sweep.worker.start();
  await run(() => service.looked() === service.customers);
  void sweep.worker.stop();
}

/** One by one; a refusal is waited for and repeated. */
async function oneByOne(clock: Clock, service: Answerer): Promise<void> {
  for (const id of service.ids) await ask(clock, service, id);
}

/** Thirty-two at once, without a thought for the limit. */
async function allAtOnce(clock: Clock, service: Answerer): Promise<void> {
  const left = [...service.ids];
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) await ask(clock, service, id);
    }),
  );
}

async function ask(clock: Clock, service: Answerer, id: string): Promise<void> {
  for (;;) {
    const answer = await service.fetch(`http://pretend/v1/customers/${id}/subscriptions`);
    if (answer.ok) return;
    await clock.sleep(1_000 * Number(answer.headers.get('Retry-After')));
  }
}

const pairs: [number, number][] = [];
const single: [number, number][] = [];
const burst: [number, number][] = [];
const refused: number[] = [];
const refusedCrowd: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const took = [];
  for (const rival of [null, oneByOne, allAtOnce]) {
    const time = virtualTime();
    const service = pretendService(time.clock, { customers: CUSTOMERS, subscriptions: 3, perSecond: PER_SECOND, latencyMs: [50, 300], seed: round });
    const from = time.nowMs();
    if (rival) {
      let done = false;
      void rival(time.clock, service).then(() => {
        done = true;
      });
      await time.run(() => done, FOR_MS);
    } else await ours(time.clock, service, (done) => time.run(done, FOR_MS));
    took.push((time.nowMs() - from) / 1_000);
    if (rival === null) refused.push((100 * service.refused()) / service.asked());
    if (rival === allAtOnce) refusedCrowd.push((100 * service.refused()) / service.asked());
  }
  const [own, one, many] = took as [number, number, number];
  pairs.push([own, CUSTOMERS / PER_SECOND]);
  single.push([own, one]);
  burst.push([own, many]);
}
tell('sweep', `all ${CUSTOMERS} customers looked at, virtual time`, 's', pairs, { most: 1.05 });
tellBound('sweep', `refusals of all calls (32 at once: ${Math.round(Math.max(...refusedCrowd))} %)`, '%', refused, { most: 0.5 });
tell('sweep', 'against one by one', 's', single, { most: 1 });
tell('sweep', 'against 32 at once without a limiter', 's', burst, { most: 1 });

const clock = systemClock();
const service = pretendService(clock, { customers: REAL_CUSTOMERS, subscriptions: 3, perSecond: PER_SECOND, latencyMs: [50, 300], seed: 99 });
const from = performance.now();
await ours(clock, service, async (done) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
});
tell('sweep', `${REAL_CUSTOMERS} customers by the real clock`, 's', [[(performance.now() - from) / 1_000, REAL_CUSTOMERS / PER_SECOND]], { most: 1.15 });
process.exit(0);
