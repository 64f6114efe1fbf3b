/**
 * Time and order of a pretend world in one process: every call to the outside waits at a gate, and a seed decides which
 * goes next, whether it is disturbed, and whose process dies. The same seed gives the same run.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Clock } from '../../services/clock.ts';

/**
 * What happens at a call. `crash…`: the process dies before or after it. `lostReply`: done, but nobody hears it.
 * `late…`: it takes effect that much later, long after whoever asked has given up.
 */
export const FAULTS = ['crashBefore', 'crashAfter', 'lostReply', 'status429', 'status500', 'status409', 'status412', 'late60s', 'late20min'] as const;
export type Fault = (typeof FAULTS)[number];

/** A process of the bot; what it waits for is forgotten when it dies. */
export interface Owner {
  name: string;
  dead: boolean;
  skewMs: number;
}

/** How one kind of call is disturbed: the error that its caller sees. `null`: this fault means nothing here. */
export type Disturbance = (fault: Fault) => Error | { answer: unknown } | null;

interface Pending {
  owner: Owner;
  name: string;
  /** Only calls that change something outside are counted: between two of them a crash is the same crash. */
  counts: boolean;
  disturb: Disturbance;
  work(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface Timer {
  atMs: number;
  n: number;
  owner: Owner | null;
  run(): void;
}

export interface Simulation {
  random(): number;
  nowMs(): number;
  clockOf(owner: Owner): Clock;
  /** Waits for its turn, is perhaps disturbed, and answers. */
  call<T>(owner: Owner, name: string, counts: boolean, disturb: Disturbance, work: () => Promise<T>): Promise<T>;
  after(ms: number, owner: Owner | null, run: () => void): Timer;
  cancel(timer: Timer): void;
  /** Turns until `done`, or until nothing is left, or `maxMs` of its time have gone. */
  drive(done: () => boolean, maxMs: number): Promise<void>;
  onCrash: (owner: Owner) => void;
  /** Something real is under way that time must wait for. */
  busy: () => boolean;
  /** Names of the counted calls, in order. */
  calls: string[];
  faultsUsed: number;
}

export type FaultAt = (call: number, name: string, random: () => number) => Fault | null;

const EPOCH_MS = Date.UTC(2027, 0, 20, 9, 0, 0);
const PATIENCE_MS = 30_000;
const STEPS_MAX = 2_000_000;
const SETTLED_AFTER = 10;
const immediate = setImmediate;

/** Small, seeded, the same everywhere (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Gives the whole process the simulation's time and its ids. Only for a process that does nothing else. */
export function takeOver(): (of: Pick<Simulation, 'nowMs' | 'random' | 'after' | 'cancel'>) => void {
  let current: { nowMs(): number; random(): number } = { nowMs: () => EPOCH_MS, random: randomFrom(1) };
  Date.now = () => current.nowMs();
  const hex = (bytes: number) => Array.from({ length: bytes * 2 }, () => Math.floor(current.random() * 16).toString(16)).join('');
  Math.random = () => current.random();
  const mutable = crypto as unknown as { randomUUID(): string; randomBytes(size: number): Buffer };
  mutable.randomUUID = () => {
    const text = hex(16);
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}`;
  };
  mutable.randomBytes = (size) => Buffer.from(hex(size), 'hex');
  syncBuiltinESMExports();
  return (of) => {
    current = of;
    const { after, cancel } = of;
    // Limits of time pass by the simulation's clock; a cleared one leaves nothing behind.
    const later = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
      Object.assign(
        after(ms, null, () => run(...given)),
        { unref: () => {} },
      );
    // A turn of the event loop costs more than all that happens in it.
    const soon = (run: (...given: unknown[]) => void, ...given: unknown[]) => process.nextTick(run, ...given);
    Object.assign(globalThis, { setImmediate: soon, setTimeout: later, clearTimeout: (timer: Timer | undefined) => timer && cancel(timer) });
  };
}

/** `shuffled`: the seed chooses who goes next; otherwise first come, first served. */
export function simulate(seed: number, shuffled: boolean, faultAt: FaultAt): Simulation {
  const random = randomFrom(seed);
  const ready: Pending[] = [];
  const timers: Timer[] = [];
  let nowMs = EPOCH_MS;
  let timerNumber = 0;

  function after(ms: number, owner: Owner | null, run: () => void): Timer {
    const timer = { atMs: nowMs + Math.max(0, ms), n: ++timerNumber, owner, run };
    let at = timers.length;
    while (at > 0 && comesAfter(timers[at - 1] as Timer, timer)) at -= 1;
    timers.splice(at, 0, timer);
    return timer;
  }

  function cancel(timer: Timer): void {
    const at = timers.indexOf(timer);
    if (at >= 0) timers.splice(at, 1);
  }

  function serve(pending: Pending): void {
    const { owner, resolve, reject } = pending;
    const number = pending.counts ? simulation.calls.push(pending.name) - 1 : -1;
    const fault = number < 0 ? null : faultAt(number, pending.name, random);
    const effect = fault ? pending.disturb(fault) : null;
    if (fault === null || (effect === null && !fault.startsWith('crash'))) return void pending.work().then(resolve, reject);
    simulation.faultsUsed += 1;
    switch (fault) {
      case 'crashBefore':
        die(owner);
        return;
      case 'crashAfter':
        return void pending
          .work()
          .catch(() => {})
          .then(() => die(owner));
      case 'lostReply':
        return void pending
          .work()
          .catch(() => {})
          .then(() => reject(effect));
      case 'late60s':
      case 'late20min':
        after(fault === 'late60s' ? 60_000 : 1_200_000, null, () => void pending.work().catch(() => {}));
        after(PATIENCE_MS, owner, () => reject(effect));
        return;
      default:
        if (effect && 'answer' in effect) resolve(effect.answer);
        else reject(effect);
    }
  }

  function die(owner: Owner): void {
    owner.dead = true;
    simulation.onCrash(owner);
  }

  const simulation: Simulation = {
    random,
    nowMs: () => nowMs,
    calls: [],
    faultsUsed: 0,
    onCrash: () => {},
    busy: () => false,
    after,
    cancel,
    clockOf: (owner) => ({
      now: () => new Date(nowMs + owner.skewMs),
      wallMs: () => nowMs + owner.skewMs,
      sleep: (ms) => new Promise((resolve) => after(ms, owner, () => resolve())),
    }),
    call: (owner, name, counts, disturb, work) =>
      new Promise((resolve, reject) => {
        if (!owner.dead) ready.push({ owner, name, counts, disturb, work, resolve: resolve as (value: unknown) => void, reject });
      }),
    async drive(done, maxMs) {
      const end = nowMs + maxMs;
      for (let step = 0; step < STEPS_MAX; step++) {
        await settle();
        while (simulation.busy()) await breathe();
        if (done()) return;
        if (ready.length > 0) {
          const [pending] = ready.splice(shuffled ? Math.floor(random() * ready.length) : 0, 1);
          if (pending && !pending.owner.dead) serve(pending);
          continue;
        }
        const timer = timers[0];
        if (!timer || timer.atMs > end) {
          nowMs = end;
          return;
        }
        timers.shift();
        nowMs = timer.atMs;
        if (!timer.owner?.dead) timer.run();
      }
      throw new Error(`The run did not end in ${STEPS_MAX} steps.`);
    },
  };
  return simulation;
}

function comesAfter(a: Timer, b: Timer): boolean {
  return a.atMs > b.atMs || (a.atMs === b.atMs && a.n > b.n);
}

/** Lets everything run that waits for nothing outside: more rounds changed nothing in any run. */
async function settle(): Promise<void> {
  for (let n = 0; n < SETTLED_AFTER; n++) await new Promise<void>((resolve) => process.nextTick(resolve));
}

/** Lets what is really outside come in. */
function breathe(): Promise<void> {
  return new Promise((resolve) => immediate(resolve));
}
