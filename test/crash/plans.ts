/** Which faults are planted where: all single ones, all ordered pairs of crashes, a crash with every other fault, and seeds. */
import { BULK_MUTANTS, runBulk } from './bulks.ts';
import { END_MUTANTS, runEnds } from './ends.ts';
import { INVITE_MUTANTS, runInvite } from './invites.ts';
import type { Invariant } from './judge.ts';
import { asIs, type Bugs, MUTANTS } from './mutants.ts';
import { runReleases } from './releases.ts';
import { type Plan, type Result, runMany, runPlan, runSeed } from './run.ts';
import { runSeats, SEAT_MUTANTS } from './seats.ts';
import { type Fault, FAULTS, randomFrom } from './simulation.ts';
import { runWeeks, WEEK_MUTANTS } from './weeks.ts';
import { WIRE_MUTANTS } from './wireMutants.ts';
import { calmBut, runSockets, runWire } from './wireRun.ts';

export type Job = { plan: [number, Fault][]; instances?: number } | { seed: number; wire?: true; sockets?: boolean } | { users: number } | PlayJob;

/** A play over the pretend Partner Center's own time, by its seed. */
export type PlayJob = { ends: number } | { bulk: number } | { invite: number } | { seats: number } | { weeks: number } | { releases: number };

const CRASHES: readonly Fault[] = ['crashBefore', 'crashAfter'];

/** Each fault at each counted call of the undisturbed run. */
export function singleJobs(calls: number): Job[] {
  return Array.from({ length: calls }, (_, call) => FAULTS.map((fault): Job => ({ plan: [[call, fault]] }))).flat();
}

/**
 * Every ordered pair of crashes; the second may fall into what the first made necessary. One after a call is one before
 * the next, for nothing happens between them. Every other pair is run with two instances.
 */
export function crashPairJobs(calls: number): Job[] {
  const jobs: Job[] = [];
  for (let first = 0; first < calls; first++)
    for (let second = first + 1; second < calls + AFTER; second++) jobs.push(pair([first, 'crashAfter'], [second, 'crashAfter']));
  return jobs;
}

/** A crash and any other fault, before it or after it. */
export function mixedPairJobs(calls: number): Job[] {
  const others = FAULTS.filter((fault) => !CRASHES.includes(fault));
  const jobs: Job[] = [];
  for (let crash = 0; crash < calls; crash++)
    for (let other = 0; other < calls + AFTER; other++) if (other !== crash) for (const fault of others) jobs.push(pair([crash, 'crashAfter'], [other, fault]));
  return jobs;
}

function pair(one: [number, Fault], two: [number, Fault]): Job {
  return { plan: [one, two], instances: 1 + (two[0] % 2) };
}

const AFTER = 30;

export function seedJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ seed: from + n }));
}

/** In the unkind world. */
export function wireJobs(from: number, count: number, sockets: boolean): Job[] {
  return Array.from({ length: count }, (_, n) => ({ seed: from + n, wire: true, sockets }));
}

/** Ends that people set, to the day after the last one. */
export function endJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ ends: from + n }));
}

/** Two releases over one storage, and an upgrade that is killed. */
export function releaseJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ releases: from + n }));
}

/** Several customers at once, to the last closed ticket. */
export function bulkJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ bulk: from + n }));
}

/** Companies that are invited, until what was wanted of them. */
export function inviteJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ invite: from + n }));
}

/** Licences from another channel, until they are gone. */
export function seatJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ seats: from + n }));
}

/** What comes by the clock, over two weeks. */
export function weekJobs(from: number, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({ weeks: from + n }));
}

/** `count` of them, the same for the same seed. */
export function sample(jobs: Job[], count: number, seed: number): Job[] {
  const random = randomFrom(seed);
  return Array.from({ length: Math.min(count, jobs.length) }, () => jobs[Math.floor(random() * jobs.length)] as Job);
}

export function jobText(job: Job): string {
  if ('users' in job) return `--users ${job.users}`;
  if ('ends' in job) return `--ends --seed ${job.ends}`;
  if ('releases' in job) return `--releases --seed ${job.releases}`;
  if ('bulk' in job) return `--bulk --seed ${job.bulk}`;
  if ('invite' in job) return `--invite --seed ${job.invite}`;
  if ('seats' in job) return `--seats --seed ${job.seats}`;
  if ('weeks' in job) return `--weeks --seed ${job.weeks}`;
  return 'seed' in job
    ? `${job.wire ? '--wire ' : ''}${job.sockets ? '--sockets ' : ''}--seed ${job.seed}`
    : `--replay "${job.plan.map(([call, fault]) => `${call}:${fault}`).join(',')}"${job.instances === 2 ? ' --instances 2' : ''}`;
}

export function runJob(job: Job, expected: string[], bugs?: Bugs): Promise<Result> {
  if ('users' in job) return runMany(job.users);
  if ('ends' in job) return runEnds(job.ends);
  if ('releases' in job) return runReleases(job.releases);
  if ('bulk' in job) return runBulk(job.bulk);
  if ('invite' in job) return runInvite(job.invite);
  if ('seats' in job) return runSeats(job.seats);
  if ('weeks' in job) return runWeeks(job.weeks);
  if ('seed' in job && job.sockets) return runSockets(job.seed);
  if ('seed' in job && job.wire) return runWire(job.seed, bugs ?? null);
  if ('seed' in job) return runSeed(job.seed, bugs ?? null);
  const plan: Plan = new Map(job.plan);
  return runPlan(plan, { ...(bugs ? { bugs } : {}), expected, instances: job.instances ?? 1 });
}

const MUTANT_SEEDS = 200;

const WIRE_TRIES = 40;

/** The same for the unkind world; and that the same run without the bug holds, else the world is at fault. */
export async function whereCaughtAtTheWire(name: string): Promise<{ job: Job; seen: string } | { missed: string }> {
  const mutant = WIRE_MUTANTS[name];
  if (!mutant) throw new Error(`There is no planted bug called '${name}'.`);
  const drawn = calmBut(mutant.drawn);
  let also = 0;
  for (let seed = 1; seed <= WIRE_TRIES; seed++) {
    const { broken } = await runWire(seed, { ...asIs, ...mutant.bugs }, drawn);
    const caught = broken.find(([invariant]) => invariant === mutant.caughtBy);
    if (!caught) continue;
    const without = await runWire(seed, null, drawn);
    if (!without.broken.some(([invariant]) => invariant === mutant.caughtBy)) return { job: { seed, wire: true }, seen: caught[1] };
    also += 1;
  }
  return { missed: also > 0 ? `${also} runs break it without the bug too` : `nothing in ${WIRE_TRIES} runs` };
}

const PLAY_TRIES = 20;

/** The planted bugs of plays. */
export const PLAY_MUTANTS: Record<string, { caughtBy: Invariant }> = { ...END_MUTANTS, ...BULK_MUTANTS, ...INVITE_MUTANTS, ...SEAT_MUTANTS, ...WEEK_MUTANTS };

function runMutant(name: string, seed: number): Promise<Result> {
  if (Object.hasOwn(BULK_MUTANTS, name)) return runBulk(seed, BULK_MUTANTS[name]?.bugs);
  if (Object.hasOwn(INVITE_MUTANTS, name)) return runInvite(seed, INVITE_MUTANTS[name]?.bugs);
  if (Object.hasOwn(SEAT_MUTANTS, name)) return runSeats(seed, SEAT_MUTANTS[name]?.bugs);
  if (Object.hasOwn(WEEK_MUTANTS, name)) return runWeeks(seed, WEEK_MUTANTS[name]?.bugs);
  return runEnds(seed, END_MUTANTS[name]?.bugs);
}

function playJob(name: string, seed: number): Job {
  if (Object.hasOwn(BULK_MUTANTS, name)) return { bulk: seed };
  if (Object.hasOwn(SEAT_MUTANTS, name)) return { seats: seed };
  if (Object.hasOwn(WEEK_MUTANTS, name)) return { weeks: seed };
  return Object.hasOwn(INVITE_MUTANTS, name) ? { invite: seed } : { ends: seed };
}

/** The same for a play; it is the bug that breaks it, for without it the same invariant holds. */
export async function whereCaughtInPlay(name: string): Promise<{ job: Job; seen: string } | null> {
  const mutant = PLAY_MUTANTS[name];
  if (!mutant) throw new Error(`There is no planted bug called '${name}'.`);
  for (let seed = 1; seed <= PLAY_TRIES; seed++) {
    const { broken } = await runMutant(name, seed);
    const caught = broken.find(([invariant]) => invariant === mutant.caughtBy);
    if (caught) return { job: playJob(name, seed), seen: caught[1] };
  }
  return null;
}

/** The first run in which the bug is caught by the invariant named for it; null when none of those tried does. */
export async function whereCaught(name: string, calls: string[], expected: string[]): Promise<{ job: Job; seen: string } | null> {
  const mutant = MUTANTS[name];
  if (!mutant) throw new Error(`There is no planted bug called '${name}'.`);
  const bugs = { ...asIs, ...mutant.bugs };
  const writes = calls.flatMap((call, at) => (/^pc (POST|PATCH)|teams.post|store.commit customers mov_/.test(call) ? [at] : []));
  const jobs: Job[] = [
    { plan: [] },
    ...writes.flatMap((at) => (['lostReply', 'status500', 'crashAfter'] as const).map((fault): Job => ({ plan: [[at, fault]] }))),
    ...seedJobs(1, MUTANT_SEEDS),
  ];
  for (const job of jobs) {
    const { broken } = await runJob(job, expected, bugs);
    const caught = broken.find(([invariant]) => invariant === mutant.caughtBy);
    if (caught) return { job, seen: caught[1] };
  }
  return null;
}
