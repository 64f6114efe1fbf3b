/**
 * What brings a customer's turn forward: an event, the activity log, the analytics. Each is a wake-up where to look, and
 * is never believed; with all of them silent the sweep finds the same, only later.
 */
import { createHash } from 'node:crypto';
import { type Clock, dayOf, isAhead } from '../clock.ts';
import { PartnerCenterError } from '../partnerCenter/port.ts';
import type { JobResult, PeriodicJob, WakeUps } from '../queue/worker.ts';
import { SIGNALS } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';
import { written } from '../store/update.ts';
import type { SweepDeps } from './deps.ts';
import { readListing, readWatch, storeWatch } from './rows.ts';

/** At most one such look a minute at one customer, whatever comes. */
const LOOK_MS = 60_000;
const ACTIVITY_MS = 180_000;
const STOPPING_MS = 6 * 3_600_000;
/** The log is written with some delay, and not in order. */
const OVERLAP_MS = 30 * 60_000;
const PAGES_MAX = 20;
const MARKS_MAX = 12_000;
const POLLED_SOON_MAX = 500;
/** Of the 32 bytes of a hash: enough to tell some ten thousand apart. */
const MARK_CHARS = 9;

/** The customer's next look comes at once; one that is not ours costs one read. */
export async function pollSoon(deps: { store: Store; clock: Clock; wake: WakeUps }, customerId: string): Promise<void> {
  const row = await readWatch(deps.store, customerId);
  if (!row || row.value.goneAt !== null) return;
  const at = deps.clock.wallMs();
  if (isAhead(row.value.expeditedAt + LOOK_MS, at, LOOK_MS)) return;
  const wakeUp = { queue: 'sweep', what: 'event', customerId, generation: row.value.generation } as const;
  await deps.wake.schedule(wakeUp);
  if ((await storeWatch(deps.store, customerId, row, { ...row.value, expeditedAt: at })) === 'done') deps.wake.now(wakeUp);
}

/** Each process looks whether it is time to ask; one of them does. */
export function signalJobs(periodMs: number): PeriodicJob[] {
  const everyMs = Math.min(periodMs / 2, 30_000);
  return [
    { wakeUp: { queue: 'sweep', what: 'activity' }, everyMs },
    { wakeUp: { queue: 'sweep', what: 'stopping' }, everyMs },
  ];
}

interface AskedRow {
  nextAt: number;
  /** What was in the last answer, as short marks; what is not among them is new. null before the first answer. */
  marks: string[] | null;
}

/** Takes the turn to ask, at most once in `everyMs` over all processes; null when it is not time. */
async function takeTurn(deps: SweepDeps, key: string, everyMs: number): Promise<AskedRow | null> {
  // Before everybody was looked at once, there is nothing to bring forward.
  if (!(await readListing(deps.store))?.baselineAt) return null;
  const row = await deps.store.get<AskedRow>(...SIGNALS, key);
  const at = deps.clock.wallMs();
  if (row && isAhead(row.value.nextAt, at, everyMs)) return null;
  const value: AskedRow = { marks: null, ...row?.value, nextAt: at + everyMs };
  const change: Change = written(row, key, value);
  return (await deps.store.commit(...SIGNALS, [change])) === 'done' ? value : null;
}

/** Reads the activity log of the day: whose subscriptions were changed is looked at. */
export async function readActivity(deps: SweepDeps): Promise<JobResult> {
  const asked = await takeTurn(deps, 'activity', Math.min(ACTIVITY_MS, deps.periodMs / 2));
  if (!asked) return 'idle';
  // Around midnight the day before is read too: the log knows whole days.
  const since = dayOf(new Date(deps.clock.now().getTime() - OVERLAP_MS));
  return answered(deps, async () => {
    const marks = new Set(asked.marks);
    const customers = new Set<string>();
    const kept: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < PAGES_MAX; page++) {
      const answer = await deps.lowPriority.activities(since, after);
      for (const one of answer.items) {
        const mark = markOf(`${one.at} ${one.customerId} ${one.operation} ${one.subscriptionId}`);
        kept.push(mark);
        if (asked.marks && !marks.has(mark) && one.customerId !== '' && one.operation.includes('subscription')) customers.add(one.customerId);
      }
      after = answer.next;
      if (!after) break;
    }
    await pollAllSoon(deps, customers);
    await deps.store.put(...SIGNALS, 'activity', { nextAt: asked.nextAt, marks: kept.slice(0, MARKS_MAX) } satisfies AskedRow);
  });
}

/** Asks the analytics, where a user's consent allows it: who has a subscription that newly does not renew is looked at. */
export async function readStopping(deps: SweepDeps): Promise<JobResult> {
  const asked = await takeTurn(deps, 'stopping', STOPPING_MS);
  if (!asked) return 'idle';
  return answered(deps, async () => {
    const marks = new Set(asked.marks);
    const hits = await deps.lowPriority.stopping();
    const fresh = hits.filter((one) => !marks.has(markOf(one.subscriptionId)));
    if (asked.marks) await pollAllSoon(deps, new Set(fresh.map((one) => one.customerId)));
    const kept = hits.map((one) => markOf(one.subscriptionId)).slice(0, MARKS_MAX);
    await deps.store.put(...SIGNALS, 'stopping', { nextAt: asked.nextAt, marks: kept } satisfies AskedRow);
  });
}

async function pollAllSoon(deps: SweepDeps, customers: Set<string>): Promise<void> {
  for (const customer of [...customers].slice(0, POLLED_SOON_MAX)) await pollSoon(deps, customer);
}

/** A signal that does not answer is missed by nobody; it is asked again at its next time. */
async function answered(deps: SweepDeps, ask: () => Promise<void>): Promise<JobResult> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    deps.log.warn({ kind: error.kind, code: error.code }, 'a signal did not answer; the sweep finds the same');
  }
  return 'idle';
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, MARK_CHARS);
}
