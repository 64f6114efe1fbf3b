/**
 * Licences from another channel, from the first look that finds them to the closed ticket: beside seats of ours that are bought and suspended,
 * in pools that lag, are not told or not listed for a while, under lost answers and kills; ended by the customer, and come back.
 */
import { updateChat } from '../../services/chats.ts';
import { addDays } from '../../services/clock.ts';
import { elsewhereId } from '../../services/domain/elsewhere.ts';
import type { Chat, Move, Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import { seed as seedWorld } from '../../services/local/sandbox/seed.ts';
import { skuCalled } from '../../services/local/sandbox/add.ts';
import type { HeldCustomer } from '../../services/local/sandbox/state.ts';
import { createMetrics } from '../../services/metrics.ts';
import { openMove } from '../../services/moves/open.ts';
import type { PartnerCenter, SeatPool } from '../../services/partnerCenter/port.ts';
import type { WakeUp } from '../../services/queue/messages.ts';
import type { JobResult } from '../../services/queue/worker.ts';
import { ELSEWHERE, keysWith, MOVE, ofCustomer, SUBSCRIPTION, TICKET, WATCH_KEY } from '../../services/store/rows.ts';
import type { Row, Store } from '../../services/store/store.ts';
import type { SweepDeps } from '../../services/watch/deps.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { openPace } from '../../services/watch/rest.ts';
import type { WatchRow } from '../../services/watch/rows.ts';
import { NO_SHEETS } from '../support/samples.ts';
import type { Invariant } from './judge.ts';
import type { Result } from './run.ts';
import { randomFrom } from './simulation.ts';
import { openSmall, openWakes, PROGRAMMES, type Small, type SmallBugs, type Wakes } from './small.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_DAY = '2027-01-20';
const PLAN = 'Office 365 Enterprise E4';
const E4 = skuCalled('Office 365 E4') as string;
const SOURCE = elsewhereId(E4) as string;
/** Longer than a pool may lag, a look a day and the second one after it need. */
const SETTLED = 3 * DAY;
const DAYS = 24;
const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** Where a bug can be put. */
export interface SeatBugs extends SmallBugs {
  /** Runs that the bug needs. */
  drawn?: Partial<Drawn>;
}

interface Drawn {
  /** How often a call goes wrong. */
  rate: number;
  /** What the customer holds elsewhere, from which day on. */
  foreign: [day: number, seats: number][];
  /** Seats of the same plan that are ours; 0 where none is. */
  ours: number;
  /** On that day ours is suspended. */
  suspendedOn: number | null;
  /** A pool is told so much later. */
  lagMs: number;
  /** In these days the pools cannot be read, or the list holds others alone. */
  unread: { from: number; days: number; how: 'refused' | 'unlisted' } | null;
  /** Somebody moves them. */
  moved: boolean;
}

/** A pool that is not listed for more than a day is taken to be gone, which nobody could tell from that it is. */
const AWAY = [2, 8, 10].flatMap((from) => [
  ...[0.1, 0.8, 2].map((days) => ({ from, days, how: 'refused' as const })),
  ...[0.1, 0.8].map((days) => ({ from, days, how: 'unlisted' as const })),
]);

function draw(random: () => number): Drawn {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const ends: [number, number][] = random() < 0.7 ? [[9, 0]] : [];
  return {
    rate: pick([0, 0.01, 0.04]),
    foreign: [[1, 5], ...(random() < 0.5 ? [[5, 3] as [number, number]] : []), ...ends, ...(random() < 0.3 ? [[15, 4] as [number, number]] : [])],
    ours: pick([0, 8]),
    suspendedOn: random() < 0.4 ? pick([2, 6, 12]) : null,
    lagMs: pick([0, 10 * 60_000, 45 * 60_000]),
    unread: random() < 0.4 ? pick(AWAY) : null,
    moved: random() < 0.5,
  };
}

interface One extends Small {
  deps: SweepDeps;
  wakes: Wakes;
  drawn: Drawn;
  customer: HeldCustomer;
  startMs: number;
  /** How many there truly are, and since when. */
  truth: { seats: number; sinceMs: number }[];
  /** The pool before it last changed. */
  before: { atMs: number; active: number } | null;
  done: Set<string>;
}

/** One run by its seed; what it broke, by invariant. */
export async function runSeats(seed: number, bugs: SeatBugs | null = null): Promise<Result> {
  const random = randomFrom(seed * 67 + 19);
  const drawn = { ...draw(random), ...bugs?.drawn };
  const one = await open(random, drawn, bugs);
  const broken: Result['broken'] = [];
  const note = (invariant: Invariant, seen: string) => {
    if (!broken.some(([known]) => known === invariant)) broken.push([invariant, `${seen} (${JSON.stringify(drawn)})`]);
  };
  const end = one.startMs + DAYS * DAY;
  while (one.nowMs() < end) {
    if (one.nowMs() > end - 4 * DAY) one.calm();
    await play(one);
    await one.wakes.turn();
    await judge(one, note);
    one.pass(Math.max(1_000, Math.min(one.wakes.nextAt() - one.nowMs(), HOUR)));
  }
  return { broken, calls: [], kinds: one.world.writes.map((line) => line.kind), faults: one.faults() };
}

const dayNow = (one: One) => (one.nowMs() - one.startMs) / DAY;

/** What the customer and others do. */
async function play(one: One): Promise<void> {
  const { drawn, customer, truth } = one;
  const once = (what: string) => !one.done.has(what) && Boolean(one.done.add(what));
  const [ours] = customer.subscriptions;
  const change = () => {
    const own = drawn.ours > 0 && ours?.wire.status === 'active' ? drawn.ours : 0;
    one.before = { atMs: one.nowMs(), active: own + (customer.foreignSeats[E4] ?? 0) };
  };
  for (const [day, seats] of drawn.foreign) {
    if (dayNow(one) < day || !once(`foreign ${day}`)) continue;
    change();
    if (seats > 0) customer.foreignSeats[E4] = seats;
    else delete customer.foreignSeats[E4];
    truth.push({ seats, sinceMs: one.nowMs() });
  }
  // Just before a look, which finds the pool as it was.
  const due = (await one.memory.get<WatchRow>(...ofCustomer(customer.id), WATCH_KEY))?.value.seats?.nextAt ?? Number.POSITIVE_INFINITY;
  if (ours && drawn.suspendedOn !== null && dayNow(one) >= drawn.suspendedOn && due <= one.nowMs() && once('suspended')) {
    change();
    ours.wire.status = 'suspended';
  }
  if (drawn.moved && (await standing(one)).tickets.some((ticket) => !ticket.closed) && once('moved')) await moveOn(one);
}

/** Everybody has moved; now it is the customer's turn. */
async function moveOn(one: One): Promise<void> {
  const opened = await openMove({ ...one.deps, store: one.memory } as never, one.customer.id, SOURCE, { key: 'ann', tenant: 't' });
  if (!('opened' in opened) || !opened.move) return;
  const place = ofCustomer(one.customer.id);
  await one.memory.put(...place, opened.move.key, { ...opened.move, state: 'reassigned', since: new Date(one.nowMs()).toISOString() });
}

async function standing(one: One): Promise<{ tickets: Ticket[]; moves: Move[]; known: TrackedSubscription | undefined }> {
  const place = ofCustomer(one.customer.id);
  const of = <T>(prefix: string) => one.memory.range<T>(...place, ...keysWith(prefix)).then((rows) => rows.map((row) => row.value));
  const tickets = (await of<Ticket>(TICKET)).filter((ticket) => ticket.kind === 'elsewhere');
  const known = (await of<TrackedSubscription>(SUBSCRIPTION)).find((row) => row.snapshot.id === SOURCE);
  return { tickets, moves: await of<Move>(MOVE), known };
}

/** How many there truly are; a ticket must say it, or have had no time to. */
async function judge(one: One, note: (invariant: Invariant, seen: string) => void): Promise<void> {
  const { tickets } = await standing(one);
  const now = one.truth.at(-1) ?? { seats: 0, sinceMs: one.startMs };
  const episodes = one.truth.filter(({ seats }, n) => seats > 0 && !((one.truth[n - 1]?.seats ?? 0) > 0)).length;
  if (tickets.length > episodes) note('I7', `${tickets.length} tickets tell of licences that came ${episodes} times`);
  const open = tickets.filter((ticket) => !ticket.closed);
  const had = new Set(one.truth.map(({ seats }) => seats));
  for (const { id, facts } of open) {
    if (!had.has(facts.quantity ?? 0)) note('I17', `${id} tells of ${facts.quantity} licences from elsewhere, and the customer never had so many`);
  }
  for (const { id, closed } of tickets) {
    if (!closed) continue;
    // What was closed while they were there, however late the pool told of it.
    const atMs = Date.parse(closed.at);
    const then = one.truth.filter(({ sinceMs }) => sinceMs <= atMs).at(-1);
    const before = one.truth.filter(({ sinceMs }) => sinceMs <= atMs - one.drawn.lagMs).at(-1);
    if ((then?.seats ?? 0) > 0 && (before?.seats ?? 0) > 0) note('I21', `${id} was closed at ${closed.at}, and ${then?.seats} licences are still there`);
  }
  if (one.nowMs() - now.sinceMs < SETTLED || isDisturbed(one)) return;
  if (now.seats > 0 && open.length === 0)
    note('I5', `${now.seats} licences are there since ${new Date(now.sinceMs).toISOString()}, and no ticket tells of them`);
  if (now.seats > 0 && open.some(({ facts }) => facts.quantity !== now.seats))
    note('I17', `${now.seats} are there, and the card tells of ${open[0]?.facts.quantity}`);
  if (now.seats === 0 && open.length > 0) note('I9', `they are gone since ${new Date(now.sinceMs).toISOString()}, and ${open[0]?.id} is open`);
}

/** Something else has happened lately that keeps a look from being believed. */
function isDisturbed(one: One): boolean {
  const { unread, suspendedOn } = one.drawn;
  const day = dayNow(one);
  const lately = (from: number, days: number) => day >= from && day < from + days + SETTLED / DAY;
  return (unread !== null && lately(unread.from, unread.days)) || (suspendedOn !== null && lately(suspendedOn, 2));
}

async function open(random: () => number, drawn: Drawn, bugs: SeatBugs | null): Promise<One> {
  const customer = structuredClone(seedWorld(FIRST_DAY).find((one) => one.subscriptions.some(({ wire }) => wire.offerName === PLAN))) as HeldCustomer;
  customer.subscriptions = drawn.ours > 0 ? customer.subscriptions.filter(({ wire }) => wire.offerName === PLAN) : customer.subscriptions.slice(-1);
  customer.foreignSeats = {};
  for (const { wire } of customer.subscriptions)
    Object.assign(wire, { status: 'active', autoRenewEnabled: true, commitmentEndDate: `${addDays(FIRST_DAY, 300)}T00:00:00Z` });
  if (drawn.ours > 0) Object.assign(customer.subscriptions[0]?.wire ?? {}, { quantity: drawn.ours });
  const at = { startsAt: `${FIRST_DAY}T08:00:00Z`, rate: drawn.rate, customers: [customer] };
  const small = openSmall(random, { ...at, bugs: bugs?.store ? { store: bugs.store } : null });
  const { store, clock, memory } = small;
  const one: One = {
    ...{ ...small, drawn, customer, startMs: small.nowMs(), truth: [], before: null, done: new Set() },
    ...{ deps: null as never, wakes: null as never },
  };
  const lagging = late(one, small.partnerCenter);
  const partnerCenter = bugs?.partnerCenter?.(lagging) ?? lagging;
  const handle = async (wakeUp: WakeUp): Promise<JobResult> => {
    if (wakeUp.queue !== 'sweep' || wakeUp.what === 'anchor' || wakeUp.what === 'retention' || wakeUp.what === 'names') return 'idle';
    const next = await handleSweep(one.deps, wakeUp);
    return wakeUp.what === 'listCustomers' ? { retryInMs: HOUR } : next;
  };
  one.wakes = openWakes(one, handle, { lost: 0.2, twice: 0.1 });
  one.deps = {
    ...{ store, clock, partnerCenter, lowPriority: partnerCenter, wake: one.wakes.wake, programmes: PROGRAMMES, priceSheets: NO_SHEETS },
    ...{ log: { info() {}, warn() {} }, metrics: createMetrics(clock), periodMs: HOUR, pace: openPace(60_000) },
  };
  const chat = { key: 'chat', kind: 'channel', reference: {}, tenantId: 't', watchedBy: null, watchedAt: null, toldBaseline: true, dead: false } as const;
  await updateChat(memory, 'chat', () => ({ ...chat, watching: [{ what: 'all' }] }) as unknown as Chat);
  await one.wakes.wake.schedule({ queue: 'sweep', what: 'listCustomers' }, 0);
  return one;
}

/** Pools are told as they were a while ago, or not at all. */
function late(one: Pick<One, 'before' | 'drawn' | 'startMs' | 'nowMs'>, pc: PartnerCenter): PartnerCenter {
  const away = () => {
    const day = (one.nowMs() - one.startMs) / DAY;
    const { unread } = one.drawn;
    return unread !== null && day >= unread.from && day < unread.from + unread.days ? unread.how : null;
  };
  const asBefore = (pool: SeatPool): SeatPool => {
    if (pool.skuId !== E4 || one.before === null || one.nowMs() - one.before.atMs >= one.drawn.lagMs) return pool;
    return { ...pool, active: one.before.active };
  };
  return {
    ...pc,
    async seatPools(customerId) {
      const pools = (await pc.seatPools(customerId)).map(asBefore);
      if (away() === 'refused') return pools.map((pool) => ({ ...pool, active: null }));
      return away() === 'unlisted' ? [...pools.filter((pool) => pool.skuId !== E4), OTHER] : pools;
    },
  };
}

const OTHER: SeatPool = { skuId: 'other', active: 1, consumed: 0, available: null, servicePlans: null, name: 'Visio', part: 'VISIO' };

/** Changes what is known of them as it is read. */
function reading(store: Store, change: (known: TrackedSubscription) => TrackedSubscription): Store {
  const changed = <T>(row: Row<T>) => (row.key.startsWith(ELSEWHERE) ? ({ ...row, value: change(row.value as TrackedSubscription) } as Row<T>) : row);
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      return row && changed(row);
    },
    range: async <T>(...given: Parameters<Store['range']>) => (await store.range<T>(...given)).map(changed),
  };
}

/** Name -> the invariant that must catch it, and where it is put. */
export const SEAT_MUTANTS: Record<string, { caughtBy: Invariant; bugs: SeatBugs }> = {
  'licences from elsewhere are taken for gone when their pool is not listed for some hours': {
    caughtBy: 'I21',
    bugs: {
      store: (store) => reading(store, (known) => (known.missingAt ? { ...known, missingAt: LONG_AGO } : known)),
      drawn: { foreign: [[1, 5]], unread: { from: 8, days: 0.8, how: 'unlisted' } },
    },
  },
  'licences from elsewhere that were told are told again': {
    caughtBy: 'I7',
    bugs: { store: (store) => reading(store, forgotten), drawn: { foreign: [[1, 5]], unread: null, moved: false } },
  },
  'seats of ours are counted as from elsewhere': {
    caughtBy: 'I17',
    bugs: {
      partnerCenter: (pc) => ({ ...pc, provisioning: async (...given) => ({ ...(await pc.provisioning(...given)), skuId: 'another' }) }),
      drawn: { ours: 8, suspendedOn: null },
    },
  },
  'that licences from elsewhere are missing is forgotten before the next look': {
    caughtBy: 'I9',
    bugs: {
      store: (store) => reading(store, (known) => ({ ...known, missingAt: null })),
      drawn: {
        foreign: [
          [1, 5],
          [9, 0],
        ],
      },
    },
  },
};

/** Gone since long, and without a ticket; but what waits to be seen twice. */
function forgotten(known: TrackedSubscription): TrackedSubscription {
  return known.seenAt ? { ...known, ticket: null } : { ...known, ticket: null, goneAt: LONG_AGO };
}
