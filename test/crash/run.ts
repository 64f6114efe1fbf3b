/** One run of the simulated world from a flip to the end, and what was broken in it. */
import { later } from '../../services/clock.ts';
import type { Move, TrackedSubscription } from '../../services/domain/ticket.ts';
import { type Invariant, judge, kinds } from './judge.ts';
import type { Bugs } from './mutants.ts';
import { allQuiet, burst, help } from './people.ts';
import { type Fault, type FaultAt, FAULTS, randomFrom, simulate, takeOver } from './simulation.ts';
import { openWorld, type SimulatedWorld } from './world.ts';
import { keysWith, MOVE, ofCustomer, SUBSCRIPTION, TICKET } from '../../services/store/rows.ts';

/** Counted call to fault. */
export type Plan = ReadonlyMap<number, Fault>;

export interface Result {
  broken: [Invariant, string][];
  /** Names of the counted calls. */
  calls: string[];
  /** Kinds of what took effect. */
  kinds: string[];
  faults: number;
}

export const become = takeOver();
const LONG_MS = 3 * 3_600_000;
/** A planned run must end within this, late answers included. */
const SOON_MS = 50 * 60_000;
const STEP_MS = 5_000;
const CALM_MS = 12_000;
const FLIP_MS = 45_000;

/** One instance, calls in the order in which they come, faults where the plan says; a helpful crew presses. */
export async function runPlan(plan: Plan, options: { bugs?: Bugs; expected?: string[]; instances?: number } = {}): Promise<Result> {
  const how = { ...PLANNED, instances: options.instances ?? 1, bugs: options.bugs ?? null, expected: options.expected ?? null };
  return run(7, false, (call) => plan.get(call) ?? null, how);
}

const PLANNED = {
  skewMs: [0, 0, 0],
  customers: 1,
  channels: 1,
  holders: 2,
  fourEyes: { when: 'always' as const },
  crowdMs: 0,
  slowTeamsMs: 0,
  flipsBefore: [],
  dayBetween: false,
};

/** Many people at one customer: two instances, one of them dies now and then, answers are lost; nobody is moved twice. */
export async function runMany(users: number): Promise<Result> {
  const every = Math.max(50, Math.floor(users / 2));
  const fault: FaultAt = (call) => (call > 0 && call % every === 0 ? (['crashAfter', 'lostReply', 'status429'][(call / every) % 3] as Fault) : null);
  const many = {
    ...PLANNED,
    instances: 2,
    holders: users,
    bugs: null,
    expected: ['checkout', ...Array.from({ length: users }, () => 'licenceUpdate'), 'subscriptionPatch'],
  };
  return run(11, false, fault, many);
}

/** Two or three instances, calls in any order, a burst that presses anything, faults anywhere; all by the seed. */
export async function runSeed(seed: number, bugs: Bugs | null = null): Promise<Result> {
  const random = randomFrom(seed * 31 + 7);
  const rate = [0, 0.005, 0.02, 0.05][Math.floor(random() * 4)] as number;
  const instances = 1 + Math.floor(random() * 3);
  const skewed = random() < 0.4;
  const skewMs = [0, 1, 2].map(() => (skewed ? Math.round((random() * 2 - 1) * 600_000) : 0));
  const fault: FaultAt = (_call, _name, dice) => (dice() < rate ? (FAULTS[Math.floor(dice() * FAULTS.length)] as Fault) : null);
  return run(seed, true, fault, {
    instances,
    skewMs,
    customers: random() < 0.1 ? 2 : 1,
    channels: random() < 0.6 ? 1 : 2,
    holders: 2,
    fourEyes: { when: 'always' },
    slowTeamsMs: random() < 0.25 ? 9_000 : 0,
    flipsBefore: random() < 0.2 ? [true, false] : [],
    dayBetween: seed % 2 === 0,
    crowdMs: 6_000 + random() * 16_000,
    bugs,
    expected: null,
  });
}

interface Run {
  instances: number;
  skewMs: number[];
  customers: number;
  channels: number;
  holders: number;
  fourEyes: { when: 'always' };
  /** How long the burst presses, and faults are planted; 0: faults all the time, and no burst. */
  crowdMs: number;
  slowTeamsMs: number;
  /** Auto-renew switched off and on before the flip that stays. */
  flipsBefore: boolean[];
  /** It was back on for more than a day before the flip that stays. */
  dayBetween: boolean;
  bugs: Bugs | null;
  expected: string[] | null;
}

async function run(seed: number, shuffled: boolean, faultAt: FaultAt, how: Run): Promise<Result> {
  const armed = { on: false };
  let offset = 0;
  const sim = simulate(seed, shuffled, (call, name, random) => (armed.on ? faultAt(call - offset, name, random) : null));
  become(sim);
  const world = await openWorld(sim, armed, how);
  offset = sim.calls.length;
  for (const off of how.flipsBefore) {
    for (const customer of world.sandbox.customers.keys()) world.flip(customer, off);
    await sim.drive(() => false, FLIP_MS);
  }
  const apart = how.dayBetween && how.flipsBefore.length > 0;
  if (apart) await aDayPasses(world);
  for (const customer of world.sandbox.customers.keys()) world.flip(customer, true);
  if (how.crowdMs > 0) {
    burst(world, how.crowdMs);
    await sim.drive(() => false, how.crowdMs);
    armed.on = false;
  }
  const finished = await untilQuiet(world, how.crowdMs > 0 ? LONG_MS : SOON_MS);
  await sim.drive(() => false, CALM_MS);
  const writesBefore = kinds(world).length;
  const statesBefore = await states(world);
  if (finished && (how.crowdMs === 0 || seed % 3 === 0)) {
    armed.on = false;
    for (const press of world.pressed.slice(-LATE_PRESSES)) world.press(press, true);
    await sim.drive(() => false, CALM_MS);
  }
  const broken = await judge(world, {
    finished,
    skewed: how.skewMs.some((ms) => ms !== 0),
    channels: how.channels,
    undisturbed: sim.faultsUsed === 0,
    troubles: apart ? 2 : 1,
    expected: how.expected,
    writesBefore,
    statesBefore,
    statesAfter: await states(world),
  });
  return { broken, calls: sim.calls.slice(offset), kinds: kinds(world), faults: sim.faultsUsed };
}

const LATE_PRESSES = 4;

/** As if it were a day later, which would take too long to wait for: what renewed did so yesterday. */
async function aDayPasses(world: SimulatedWorld): Promise<void> {
  for (const customer of world.sandbox.customers.keys())
    for (const { key, value } of await world.store.range<TrackedSubscription>(...ofCustomer(customer), ...keysWith(SUBSCRIPTION)))
      if (value.renewed)
        await world.store.put(...ofCustomer(customer), key, { ...value, renewed: { ...value.renewed, at: later(value.renewed.at, -DAY_MS - SKEW_MS) } });
}

const DAY_MS = 24 * 3_600_000;
/** More than clocks differ. */
const SKEW_MS = 3_600_000;

/** The crew works until nothing is left to do. */
async function untilQuiet(world: SimulatedWorld, withinMs: number): Promise<boolean> {
  let quiet = false;
  help(world, () => quiet);
  const end = world.sim.nowMs() + withinMs;
  while (world.sim.nowMs() < end) {
    await world.sim.drive(() => false, STEP_MS);
    // Once the flip is seen, only wake-ups bring a planned run on: a row whose wake-up was lost would stay.
    if (withinMs === SOON_MS && (await isOpen(world))) world.sweepsRest = true;
    if (await allQuiet(world)) {
      quiet = true;
      return true;
    }
  }
  quiet = true;
  return false;
}

async function isOpen(world: SimulatedWorld): Promise<boolean> {
  for (const customer of world.sandbox.customers.keys())
    if ((await world.store.range(...ofCustomer(customer), ...keysWith(TICKET), 1)).length === 0) return false;
  return true;
}

async function states(world: SimulatedWorld): Promise<string> {
  const all: string[] = [];
  for (const customer of world.sandbox.customers.keys())
    for (const row of await world.store.range<Move>(...ofCustomer(customer), ...keysWith(MOVE))) all.push(`${row.key}:${row.value.state}:${row.value.version}`);
  return all.join(' ');
}
