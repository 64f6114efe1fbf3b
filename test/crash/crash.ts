/**
 * `npm run crash`: cuts and disturbs the whole bot, first in one process with a seeded order of everything, then with
 * real processes; one line an invariant. `-- --long` for the full counts, `-- --slice` for a minute of it.
 * `-- --wire`: the unkind world, `-- --wire --from 9001 --count 500` for some of its seeds; it tells where to go on. `-- --wire --sockets`: some hundred over real sockets.
 * `-- --releases`: two releases over one storage, and an upgrade that is killed (`--from`, `--count`, `--seed`).
 * `-- --ends`: ends that people set, from the yes to the day after the last one (`--from`, `--count`, `--seed`).
 * `-- --bulk`: several customers at once, from the choice to the last closed ticket; `-- --invite`: companies that are invited, until what was wanted of them; `-- --seats`: licences from another channel, until they are gone (the same).
 * `-- --weeks`: what comes to chats by the clock, over two weeks.
 * `-- --seed 1007` (or `--wire --seed 1007`), `-- --users 10000` or `-- --replay "12:crashAfter,40:lostReply"` for one run alone, `-- --mutants` for the planted bugs and for a seed that is run twice, `-- --mutants --wire` for those of the unkind world, `--only "lease"` for those whose names hold that.
 */
import { execFile, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { progress } from '../support/progress.ts';
import { INVARIANTS, type Report } from './judge.ts';
import { MUTANTS } from './mutants.ts';
import {
  bulkJobs,
  crashPairJobs,
  endJobs,
  inviteJobs,
  type Job,
  jobText,
  mixedPairJobs,
  releaseJobs,
  PLAY_MUTANTS,
  runJob,
  sample,
  seatJobs,
  seedJobs,
  singleJobs,
  whereCaught,
  whereCaughtAtTheWire,
  whereCaughtInPlay,
  weekJobs,
  wireJobs,
} from './plans.ts';
import { runPlan } from './run.ts';
import type { Fault } from './simulation.ts';
import { WIRE_MUTANTS } from './wireMutants.ts';

const COUNTS = {
  slice: { singles: 100, crashPairs: 20, mixedPairs: 20, seeds: 30, ends: 8, releases: 3, plays: 4, users: 500, rounds: 0 },
  short: {
    singles: Number.POSITIVE_INFINITY,
    crashPairs: 3_000,
    mixedPairs: 2_000,
    seeds: 3_000,
    ends: 300,
    releases: 100,
    plays: 100,
    users: 10_000,
    rounds: 1,
  },
  long: {
    singles: Number.POSITIVE_INFINITY,
    crashPairs: Number.POSITIVE_INFINITY,
    mixedPairs: 15_000,
    seeds: 100_000,
    ends: 5_000,
    releases: 1_000,
    plays: 1_000,
    users: 10_000,
    rounds: 10,
  },
} as const;
/** With real processes: each round on fresh storage, for more customers at once only make that the bottleneck. */
const ROUND = { kills: 50, races: 100, lost: 2 };
const FIRST_SEED = 10_001;
const CHUNK = 20;
const WIRE_SEEDS = 20_000;
const WIRE_SLICE = 120;
const SOCKET_SEEDS = 300;
const SHOWN_MAX = 20;
const SAME_SEED = '42';

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    slice: { type: 'boolean', default: false },
    simulated: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    seed: { type: 'string' },
    users: { type: 'string' },
    replay: { type: 'string' },
    instances: { type: 'string', default: '1' },
    wire: { type: 'boolean', default: false },
    ends: { type: 'boolean', default: false },
    releases: { type: 'boolean', default: false },
    bulk: { type: 'boolean', default: false },
    invite: { type: 'boolean', default: false },
    seats: { type: 'boolean', default: false },
    weeks: { type: 'boolean', default: false },
    sockets: { type: 'boolean', default: false },
    from: { type: 'string' },
    count: { type: 'string' },
    only: { type: 'string' },
  },
});
if (process.env.CRASH_WORKER) serveJobs();
else process.exit((await main()) ? 0 : 1);

async function main(): Promise<boolean> {
  if (values.mutants) return (await tryMutants()) && (values.wire || values.only !== undefined || (await isTheSameAgain()));
  const plays = playJobs();
  const most = values.ends ? COUNTS.short.ends : COUNTS.short.plays;
  if (plays && values.seed === undefined) return tell(await inProcesses(plays(Number(values.from ?? 1), Number(values.count ?? most))));
  if (values.seed !== undefined || values.replay !== undefined || values.users !== undefined) return tell(await inProcesses([oneJob()]));
  if (values.wire) return inTheUnkindWorld();
  const size = values.long ? 'long' : values.slice ? 'slice' : 'short';
  const counts = COUNTS[size];
  let report: Report = { runs: 0, faults: 0, findings: [] };
  if (!values.real) {
    const { calls } = await runPlan(new Map());
    const jobs: Job[] = [
      { users: counts.users },
      ...seedJobs(FIRST_SEED, counts.seeds),
      ...endJobs(1, counts.ends),
      ...releaseJobs(1, counts.releases),
      ...bulkJobs(1, counts.plays),
      ...inviteJobs(1, counts.plays),
      ...seatJobs(1, counts.plays),
      ...weekJobs(1, counts.plays),
      ...(counts.singles < 1e9 ? sample(singleJobs(calls.length), counts.singles, 1) : singleJobs(calls.length)),
      ...(counts.crashPairs < 1e9 ? sample(crashPairJobs(calls.length), counts.crashPairs, 2) : crashPairJobs(calls.length)),
      ...sample(mixedPairJobs(calls.length), counts.mixedPairs, 3),
    ];
    console.log(`simulated: ${calls.length} calls in an undisturbed move, ${jobs.length} runs`);
    report = await inProcesses(jobs);
  }
  for (let round = 0; round < counts.rounds && !values.simulated; round++) {
    const real = await withProcesses(ROUND);
    report = { runs: report.runs + real.runs, faults: report.faults + real.faults, findings: [...report.findings, ...real.findings] };
  }
  return tell(report);
}

function playJobs(): typeof endJobs | null {
  if (values.ends) return endJobs;
  if (values.bulk) return bulkJobs;
  if (values.invite) return inviteJobs;
  if (values.seats) return seatJobs;
  if (values.weeks) return weekJobs;
  return values.releases ? releaseJobs : null;
}

/** In a process of its own, whose clock is the machine's. */
async function withProcesses(counts: { kills: number; races: number; lost: number }): Promise<Report> {
  const given = ['--kills', String(counts.kills), '--races', String(counts.races), '--lost', String(counts.lost)];
  const child = fork(new URL('./real.ts', import.meta.url), given);
  const told = progress('crash', () => `${counts.kills} kills, ${counts.races} races, ${counts.lost} rounds of lost answers with real processes`);
  child.once('exit', () => told.end());
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      for (const finding of (message as Report).findings.slice(0, SHOWN_MAX))
        console.error(`${finding.invariant} broken: ${finding.where}\n   ${finding.seen}`);
      resolve(message as Report);
    });
    child.once('exit', (code) => reject(new Error(`The run with real processes ended with ${code}.`)));
  });
}

/** Seeds in their order, so that a run that was stopped goes on where it was. */
async function inTheUnkindWorld(): Promise<boolean> {
  const from = Number(values.from ?? 1);
  const count = Number(values.count ?? (values.slice ? WIRE_SLICE : values.sockets ? SOCKET_SEEDS : WIRE_SEEDS));
  console.log(`wire${values.sockets ? ' over sockets' : ''}: seeds ${from} to ${from + count - 1}`);
  return tell(await inProcesses(wireJobs(from, count, values.sockets)));
}

function oneJob(): Job {
  if (values.seed !== undefined && values.releases) return { releases: Number(values.seed) };
  if (values.seed !== undefined && values.ends) return { ends: Number(values.seed) };
  if (values.seed !== undefined && values.bulk) return { bulk: Number(values.seed) };
  if (values.seed !== undefined && values.invite) return { invite: Number(values.seed) };
  if (values.seed !== undefined && values.seats) return { seats: Number(values.seed) };
  if (values.seed !== undefined && values.weeks) return { weeks: Number(values.seed) };
  if (values.seed !== undefined) return values.wire ? { seed: Number(values.seed), wire: true, sockets: values.sockets } : { seed: Number(values.seed) };
  if (values.users !== undefined) return { users: Number(values.users) };
  const plan = (values.replay ?? '')
    .split(',')
    .filter(Boolean)
    .map((one): [number, Fault] => [Number(one.split(':')[0]), one.split(':')[1] as Fault]);
  return { plan, instances: Number(values.instances) };
}

function tell(report: Report): boolean {
  for (const finding of report.findings.slice(0, SHOWN_MAX))
    console.error(`${finding.invariant} broken: npm run crash -- ${finding.where}\n   ${finding.seen}`);
  for (const [invariant, text] of Object.entries(INVARIANTS)) {
    const violations = report.findings.filter((one) => one.invariant === invariant).length;
    console.log(`${invariant.padEnd(3)} ${report.runs} runs, ${violations} violations: ${text}`);
  }
  console.log(
    `${report.faults} faults were planted. Nothing found in ${report.runs} runs means fewer than ${(300 / report.runs).toFixed(3)} % at 95 % confidence.`,
  );
  return report.findings.length === 0;
}

/** Deals the jobs out to as many processes as there are cores: each takes over its own clock. */
async function inProcesses(jobs: Job[]): Promise<Report> {
  const report: Report = { runs: 0, faults: 0, findings: [] };
  let next = 0;
  const done = new Set<number>();
  let shown = 0;
  const told = progress(
    'crash',
    () => `${report.runs} of ${jobs.length} runs, ${report.findings.length} findings, all before ${jobText(jobs[allBefore(done, jobs.length)] as Job)}`,
  );
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), Math.ceil(jobs.length / CHUNK)) }, async () => {
      const child = fork(import.meta.filename, { env: { ...process.env, CRASH_WORKER: '1' } });
      while (next < jobs.length) {
        const some = jobs.slice(next, next + CHUNK);
        next += some.length;
        const answer = await new Promise<Report>((resolve, reject) => {
          child.once('message', (message) => resolve(message as Report));
          child.once('exit', (code) => reject(new Error(`A worker ended with ${code} at ${jobText(some[0] as Job)}.`)));
          child.send(some);
        });
        child.removeAllListeners('exit');
        report.runs += answer.runs;
        report.faults += answer.faults;
        report.findings.push(...answer.findings);
        for (const finding of answer.findings)
          if (++shown <= SHOWN_MAX) console.error(`${finding.invariant} broken: npm run crash -- ${finding.where}\n   ${finding.seen}`);
        done.add(jobs.indexOf(some[0] as Job));
      }
      child.disconnect();
    }),
  );
  told.end();
  return report;
}

/** The first job of which nobody knows yet. */
function allBefore(done: ReadonlySet<number>, count: number): number {
  let at = 0;
  while (done.has(at) && at + CHUNK < count) at += CHUNK;
  return at;
}

function serveJobs(): void {
  const expected = runPlan(new Map()).then((result) => result.kinds);
  process.on('message', (message) => {
    void (async () => {
      const report: Report = { runs: 0, faults: 0, findings: [] };
      for (const job of message as Job[]) {
        report.runs += 1;
        try {
          const { broken, faults } = await runJob(job, await expected);
          report.faults += faults;
          for (const [invariant, seen] of broken) report.findings.push({ invariant, where: jobText(job), seen });
        } catch (error) {
          report.findings.push({ invariant: 'I9', where: jobText(job), seen: String((error as Error).stack) });
        }
      }
      process.send?.(report);
    })();
  });
}

/** The same seed in two processes at once: all that happens follows from it, or a finding could not be run again. */
async function isTheSameAgain(): Promise<boolean> {
  const run = () =>
    new Promise<{ ok: boolean; out: string }>((resolve) => {
      execFile(process.execPath, [import.meta.filename, '--seed', SAME_SEED], (error, out) => resolve({ ok: error === null, out }));
    });
  const [one, two] = await Promise.all([run(), run()]);
  const same = one.ok && one.out === two.out;
  console.log(same ? `Seed ${SAME_SEED} is the same run twice.` : `Seed ${SAME_SEED} is not the same run twice:\n${one.out}\n${two.out}`);
  return same;
}

async function tryMutants(): Promise<boolean> {
  const { calls, kinds } = await runPlan(new Map());
  let missed = 0;
  let tried = 0;
  const all = Object.keys(values.wire ? WIRE_MUTANTS : { ...MUTANTS, ...PLAY_MUTANTS }).filter((name) => name.includes(values.only ?? '')).length;
  const told = progress('crash', () => `${tried} of ${all} planted bugs, ${missed} missed`);
  for (const [name, { caughtBy }] of Object.entries(values.wire ? {} : { ...MUTANTS, ...PLAY_MUTANTS })) {
    if (values.only !== undefined && !name.includes(values.only)) continue;
    told.step();
    tried += 1;
    const caught = await (Object.hasOwn(PLAY_MUTANTS, name) ? whereCaughtInPlay(name) : whereCaught(name, calls, kinds));
    if (!caught) missed += 1;
    console.log(caught ? `caught by ${caughtBy}: ${name} (${jobText(caught.job)}: ${caught.seen.slice(0, 100)})` : `MISSED by ${caughtBy}: ${name}`);
  }
  for (const [name, { caughtBy }] of Object.entries(values.wire ? WIRE_MUTANTS : {})) {
    if (values.only !== undefined && !name.includes(values.only)) continue;
    told.step();
    tried += 1;
    const caught = await whereCaughtAtTheWire(name);
    if ('missed' in caught) missed += 1;
    console.log(
      'missed' in caught
        ? `MISSED by ${caughtBy}: ${name}: ${caught.missed}`
        : `caught by ${caughtBy}: ${name} (${jobText(caught.job)}: ${caught.seen.slice(0, 100)})`,
    );
  }
  told.end();
  console.log(`${all - missed} of ${all} planted bugs were caught.`);
  return missed === 0;
}
