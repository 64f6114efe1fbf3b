/** The Sweep loop: polls one customer at its time, and lists all of them. */
import { dayOf } from '../clock.ts';
import type { News, TrackedSubscription } from '../domain/ticket.ts';
import { PartnerCenterError } from '../partnerCenter/port.ts';
import type { SweepWakeUp } from '../queue/messages.ts';
import type { JobResult } from '../queue/worker.ts';
import { NEW, SKIPPED, WATCH_KEY } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import { noteShape } from '../tickets/shown.ts';
import { compare } from './compare.ts';
import { listCustomers, noteBaseline } from './customers.ts';
import type { SweepDeps } from './deps.ts';
import { type Note, noteUnread } from './notes.ts';
import { nextEnd, restOf, spread } from './rest.ts';
import { readCustomer, listCustomer, newGeneration, NOTED_LOOKS, storeWatch, type WatchRow } from './rows.ts';
import { lookAtSeats } from './seats.ts';
import { readActivity, readStopping } from './signals.ts';

const RELIST_MS = 600_000;
/** One turn. */
export async function handleSweep(deps: SweepDeps, wakeUp: SweepWakeUp): Promise<JobResult> {
  switch (wakeUp.what) {
    case 'listCustomers':
      return listCustomers(deps);
    case 'baseline':
      return noteBaseline(deps);
    case 'activity':
      return readActivity(deps);
    case 'stopping':
      return readStopping(deps);
    default:
      return poll(deps, wakeUp);
  }
}

/** A look at one customer, by its own message or because an event asked for it. */
async function poll(deps: SweepDeps, wakeUp: Extract<SweepWakeUp, { customerId: string }>): Promise<JobResult> {
  const { customerId, generation } = wakeUp;
  const at = deps.clock.wallMs();
  const rows = await readCustomer(deps.store, customerId);
  const row = rows.find((one) => one.key === WATCH_KEY) as Row<WatchRow> | undefined;
  // The commit that goes with this message may still come.
  if (row?.value.generation !== generation) return 'idle';
  if (row.value.goneAt !== null) return 'drop';
  const restMs = await sweepCustomer(deps, customerId, row, rows as Row<TrackedSubscription | News>[]);
  if (wakeUp.what === 'event') return 'drop';
  deps.metrics.late(at - wakeUp.dueAtMs);
  if (restMs === 'renewed') return 'drop';
  return { retryInMs: restMs, as: { ...wakeUp, dueAtMs: deps.clock.wallMs() + restMs } };
}

/** How long the customer rests now; `renewed`: a new message has taken the place of this one. */
async function sweepCustomer(deps: SweepDeps, customerId: string, row: Row<WatchRow>, rows: Row<TrackedSubscription | News>[]): Promise<number | 'renewed'> {
  const at = deps.clock.wallMs();
  const { name, lookedAt, notedAt, skipped, unread, doubtedSince, listsEnds } = row.value;
  const baseline = lookedAt === null;
  const { seats, endsOn } = row.value;
  const seen: Seen = { skipped: null, lookedAt, unread, doubtedSince, listsEnds, ...(seats ? { seats } : {}), ...(endsOn === undefined ? {} : { endsOn }) };
  let notes: Note[] | null = null;
  let open = 0;
  let restMs = deps.periodMs / 4;
  try {
    const list = await deps.lowPriority.subscriptions(customerId);
    if (list.shape) await noteShape(deps.store, list.shape, deps.clock.now().toISOString());
    const compared = await compare(deps, { id: customerId, name }, list, rows, {
      baseline,
      relist: at - notedAt > RELIST_MS,
      doubtedSince,
      lookedAt,
      listEnds: !baseline && !listsEnds,
    });
    seen.listsEnds = true;
    open = compared.open;
    notes = compared.notes;
    seen.unread = notes.length > 0 ? JSON.stringify(notes) : null;
    seen.doubtedSince = compared.doubted ? (doubtedSince ?? deps.clock.now().toISOString()) : null;
    seen.lookedAt = deps.clock.now().toISOString();
    const today = dayOf(deps.clock.now());
    seen.endsOn = nextEnd(list.items, today);
    restMs = restOf(seen.endsOn, today, { periodMs: deps.periodMs, stretch: deps.pace.stretch });
    // Whoever was looked at for the first time together does not come together again.
    if (baseline) restMs = spread(customerId, restMs);
    deps.metrics.looked(list.items.length);
    seen.seats = await lookAtSeats(deps, { id: customerId, name }, { list, rows, watch: row.value });
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    seen.skipped = `${error.kind} ${error.code}`;
    deps.log.warn({ customer: customerId, kind: error.kind, code: error.code }, 'a customer was skipped in this sweep');
  }
  const noteAfterMs = open > 0 ? RELIST_MS : NOTED_LOOKS * deps.periodMs;
  const asBefore =
    seen.skipped === skipped &&
    seen.unread === unread &&
    seen.doubtedSince === doubtedSince &&
    seen.listsEnds === listsEnds &&
    seen.endsOn === endsOn &&
    seen.seats?.nextAt === seats?.nextAt;
  if (!baseline && asBefore && at - notedAt < noteAfterMs) return restMs;
  if (seen.skipped !== skipped) await noteSkipped(deps, customerId, name, seen.skipped);
  if (notes && seen.unread !== unread) await noteUnread(deps.store, customerId, { name, notes, since: deps.clock.now().toISOString() });
  return storePoll(deps, customerId, row, seen, restMs);
}

type Seen = Pick<WatchRow, 'skipped' | 'lookedAt' | 'unread' | 'doubtedSince' | 'listsEnds' | 'endsOn' | 'seats'>;

/** Writes the look down; a message of a new generation takes the place of this one, so that a doubled one dies. */
async function storePoll(deps: SweepDeps, customerId: string, row: Row<WatchRow>, seen: Seen, restMs: number): Promise<number | 'renewed'> {
  const first = row.value.lookedAt === null && row.value.skipped === null;
  const value: WatchRow = { ...row.value, ...seen, generation: newGeneration(), notedAt: deps.clock.wallMs() };
  await deps.wake.schedule({ queue: 'sweep', what: 'poll', customerId, generation: value.generation, dueAtMs: value.notedAt + restMs }, restMs);
  // Somebody else wrote meanwhile, perhaps an event: this message is still the customer's, or dies at its next turn.
  if ((await storeWatch(deps.store, customerId, row, value)) === 'conflict') return restMs;
  await listCustomer(deps.store, customerId, value);
  if (first) {
    await deps.store.remove(...NEW, customerId);
    deps.wake.now({ queue: 'sweep', what: 'baseline' });
  }
  return 'renewed';
}

/** Lists a customer that could not be looked at, for the status. */
async function noteSkipped(deps: SweepDeps, customerId: string, name: string, why: string | null): Promise<void> {
  if (why === null) return deps.store.remove(...SKIPPED, customerId);
  await deps.store.put(...SKIPPED, customerId, { name, why });
}
