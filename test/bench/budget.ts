/** How much of the budget of 6,000 requests a minute gets used, by one bot and by four on one row, and never more than that. By the real clock, and in virtual time with storage that stalls. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, systemClock } from '../../services/clock.ts';
import { type SharedBudget, sharedBudget } from '../../services/sharedBudget.ts';
import type { Store } from '../../services/store/store.ts';
import { distantStore } from '../support/memory.ts';
import { virtualTime } from '../support/time.ts';
import { tell, tellBound } from './report.ts';
import { chance } from './service.ts';

const PER_MINUTE = 6_000;
const EACH_MS = 60_000 / PER_MINUTE;
const ROUNDS = 7;
const MEASURED_MS = 5_000;
/** Requests of one bot in flight, as the watch has them, and how long each takes. */
const IN_FLIGHT = 8;
const ANSWER_MS = [10, 50] as const;
/** What a call of the storage takes; in virtual time one in fifty stalls. */
const STORED_MS = [10, 30] as const;
const STALLED_MS = 150;
const STALLS = 0.02;
const SETTLED_MS = 500;
const MINUTES = 5;

/** What so many bots let through, as the moments at which they did. */
function takenBy(budgets: SharedBudget[], clock: Clock, random: () => number): { at: number[]; stop(): void } {
  const at: number[] = [];
  let stopped = false;
  for (const budget of budgets)
    for (let n = 0; n < IN_FLIGHT; n++)
      void (async () => {
        while (!stopped) {
          await budget.lowPriority.take();
          at.push(clock.wallMs());
          await clock.sleep(between(ANSWER_MS, random));
        }
      })();
  return {
    at,
    stop() {
      stopped = true;
    },
  };
}

function open(bots: number, clock: Clock, store: Store): SharedBudget[] {
  return Array.from({ length: bots }, () => sharedBudget(store, clock, 'x', PER_MINUTE));
}

/** The most that came together: more of them, between any two moments, than that time permits. Pure. */
function mostTogether(at: readonly number[]): number {
  // With what is permitted since the first taken off, it is the highest climb.
  let [lowest, most] = [Number.POSITIVE_INFINITY, 0];
  for (const [n, moment] of at.entries()) {
    const above = n - (moment - (at[0] as number)) / EACH_MS;
    lowest = Math.min(lowest, above);
    most = Math.max(most, above - lowest);
  }
  return most;
}

const between = ([least, most]: readonly [number, number], random: () => number) => least + random() * (most - least);

async function byTheClock(bots: number, round: number): Promise<[ours: number, permitted: number]> {
  const clock = systemClock();
  const random = chance(round);
  const store = distantStore(clock, () => between(STORED_MS, random));
  const taken = takenBy(open(bots, clock, store), clock, random);
  await pause(SETTLED_MS);
  const [from, before] = [performance.now(), taken.at.length];
  await pause(MEASURED_MS);
  taken.stop();
  return [taken.at.length - before, (performance.now() - from) / EACH_MS];
}

async function withStalls(bots: number, round: number): Promise<{ taken: number; over: number; together: number }> {
  const time = virtualTime();
  const random = chance(round);
  const store = distantStore(time.clock, () => (random() < STALLS ? STALLED_MS : between(STORED_MS, random)));
  const from = time.nowMs();
  const { at, stop } = takenBy(open(bots, time.clock, store), time.clock, random);
  await time.run(() => time.nowMs() - from >= MINUTES * 60_000, 2 * MINUTES * 60_000);
  stop();
  // The first may go out at once.
  const over = Math.max(...at.map((moment, n) => n - (moment - from) / EACH_MS));
  return { taken: at.length, over: Math.max(0, over), together: mostTogether(at) };
}

for (const bots of [1, 4]) {
  const who = bots === 1 ? 'one bot' : `${bots} bots`;
  const pairs: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) pairs.push(await byTheClock(bots, round));
  tell('budget', `let through by ${who} of what ${PER_MINUTE} a minute permit, by the real clock`, '', pairs, { least: 0.97 });
  const stalled = [];
  for (let round = 0; round < ROUNDS; round++) stalled.push(await withStalls(bots, round));
  const permitted = MINUTES * PER_MINUTE;
  tell(
    'budget',
    `the same in ${MINUTES} minutes with a storage that stalls ${STALLED_MS} ms at one call in fifty, virtual time`,
    '',
    stalled.map(({ taken }) => [taken, permitted]),
    { least: 0.97 },
  );
  tellBound(
    'budget',
    `above what was permitted since the beginning, at any moment (at most ${Math.ceil(Math.max(...stalled.map((one) => one.together)))} together)`,
    '',
    stalled.map(({ over }) => over),
    { most: 0 },
  );
}
process.exit(0);
