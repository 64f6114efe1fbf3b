/** From a flip to its card: found by the sweep alone, with the activity log, with events in time, and with events that come two days late, twice, or not at all. In virtual time. */
import { control } from '../../services/local/sandbox/control.ts';
import { load } from '../../services/local/sandbox/seed.ts';
import { fetchFrom } from '../../services/local/sandbox/server.ts';
import { emptyWorld } from '../../services/local/sandbox/state.ts';
import { updateChat } from '../../services/chats.ts';
import { signalJobs, pollSoon } from '../../services/watch/signals.ts';
import { memoryStore } from '../support/memory.ts';
import { median, quantile, tellBound } from './report.ts';
import { chance } from './service.ts';
import { cardsFrom, chatFor, openSweep, PERIOD_MS } from '../support/sweeping.ts';
import { virtualTime } from '../support/time.ts';
import { readListing } from '../../services/watch/rows.ts';

const CUSTOMERS = 300;
const FLIPS = 60;
const PER_MINUTE = 300;
const ROUNDS = 7;
const HOUR_MS = 3_600_000;
const FOR_MS = 60 * HOUR_MS;
/** Flips come over so long a time. */
const OVER_MS = 3 * HOUR_MS;

/** When an event about a flip comes, after so long; none, one or several. `log`: the activity log knows it. */
interface Scenario {
  name: string;
  eventsMs: number[];
  log: boolean;
  /** The 95th of a hundred flips is on its card within so long. */
  mostS: number;
}

const SCENARIOS: Scenario[] = [
  { name: 'the sweep alone', eventsMs: [], log: false, mostS: PERIOD_MS / 1_000 },
  { name: 'with the activity log', eventsMs: [], log: true, mostS: 240 },
  { name: 'with an event in time', eventsMs: [1_000], log: false, mostS: 10 },
  { name: 'with an event in time, twice', eventsMs: [1_000, 1_500], log: false, mostS: 10 },
  { name: 'with events 48 hours late, twice', eventsMs: [48 * HOUR_MS, 48 * HOUR_MS + 500], log: false, mostS: PERIOD_MS / 1_000 },
];

interface Seen {
  /** Seconds from a flip to its card. */
  delays: number[];
  missed: number;
  doubled: number;
}

async function flipsSeen(scenario: Scenario, seed: number): Promise<Seen> {
  const time = virtualTime();
  const { clock } = time;
  const random = chance(seed);
  const store = memoryStore();
  const world = emptyWorld(null);
  world.requestsPerMinute = 1_000_000;
  const day = clock.now().toISOString().slice(0, 10);
  for (const customer of load(day, 0, CUSTOMERS, 2)) world.customers.set(customer.id, customer);
  const inside = fetchFrom(world);
  const service = {
    async fetch(url: string, init?: object) {
      await clock.sleep(50 + random() * 250);
      world.offsetMs = time.nowMs() - Date.now(); // the pretend world keeps to the same time
      return inside(url, init as { method: string; headers: Record<string, string> });
    },
  };
  const { posted, notify } = cardsFrom(store, clock, random);
  const { worker } = openSweep(clock, service, PER_MINUTE, store, {
    jobs: scenario.log ? signalJobs(PERIOD_MS) : [],
    notify,
  });
  worker.start();
  let knowsAll = false;
  void (async () => {
    while (!(await readListing(store))?.baselineAt) await clock.sleep(1_000);
    knowsAll = true;
  })();
  await time.run(() => knowsAll, FOR_MS);
  const flipped = new Map<string, number>();
  for (const { id, name } of [...world.customers.values()].slice(0, FLIPS)) {
    await updateChat(store, id, () => chatFor(id, id));
    void clock.sleep(10 * 60_000 + random() * OVER_MS).then(async () => {
      world.offsetMs = time.nowMs() - Date.now();
      control(world, 'POST', 'flip', { customer: name, ...(scenario.log ? { by: 'ann@partner.example' } : {}) });
      flipped.set(id, time.nowMs());
      for (const ms of scenario.eventsMs) void clock.sleep(ms).then(() => pollSoon({ store, clock, wake: worker.wake }, id));
    });
  }
  const from = time.nowMs();
  const longest = Math.max(PERIOD_MS * 2, ...scenario.eventsMs);
  await time.run(() => time.nowMs() > from + OVER_MS + longest, FOR_MS);
  void worker.stop();
  return {
    delays: [...flipped].flatMap(([id, at]) => (posted.get(id) ?? []).slice(0, 1).map((then) => (then - at) / 1_000)),
    missed: [...flipped.keys()].filter((id) => !posted.has(id)).length,
    doubled: [...posted.values()].filter((times) => times.length > 1).length,
  };
}

const wrong: number[] = Array.from({ length: ROUNDS }, () => 0);
for (const scenario of SCENARIOS) {
  const rounds: Seen[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const seen = await flipsSeen(scenario, round + 1);
    wrong[round] = (wrong[round] as number) + seen.missed + seen.doubled;
    rounds.push(seen);
  }
  const [p50, most] = [median(rounds.map((one) => quantile(one.delays, 0.5))), Math.max(...rounds.flatMap((one) => one.delays))];
  const what = `${scenario.name}: 95 of 100 flips on their card (half within ${p50.toFixed(0)} s, all within ${most.toFixed(0)} s)`;
  tellBound(
    'delay',
    what,
    's',
    rounds.map((one) => quantile(one.delays, 0.95)),
    { most: scenario.mostS },
  );
}
tellBound('delay', 'flips without a card, or with two', 'flips', wrong, { most: 0 });
process.exit(0);
