/** 2,000 alerts to 200 chats of one tenant through a connector that holds Teams' windows, against the two loops that everybody writes first. In virtual time. */
import { rendererIn } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import type { Clock } from '../../services/clock.ts';
import { sharedBudget } from '../../services/sharedBudget.ts';
import { EVERYBODY } from '../../services/people/people.ts';
import { updateChat } from '../../services/chats.ts';
import { TENANT_PER_MINUTE } from '../../services/notify/rateWindows.ts';
import { handleNotify } from '../../services/notify/handler.ts';
import { createWorker } from '../../services/queue/worker.ts';
import { SHOWS, sampleTicket } from '../support/samples.ts';
import { memoryQueues, memoryStore } from '../support/memory.ts';
import { tell, tellBound } from './report.ts';
import { chance } from './service.ts';
import { chatFor } from '../support/sweeping.ts';
import { type VirtualTime, virtualTime } from '../support/time.ts';
import type { Deliver, NotifyDeps } from '../../services/notify/ports.ts';
import { ofCustomer, ticketKey } from '../../services/store/rows.ts';

const CHATS = 200;
const EACH = 10;
const PER_SECOND = 50;
const ROUNDS = 7;
const FOR_MS = 4 * 3_600_000;
const WINDOWS: [most: number, ms: number][] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];

interface Connector {
  /** Takes a message, or refuses it with 429 and the seconds to wait. */
  post(chat: string, what: string): Promise<{ retryAfterMs: number } | null>;
  taken: Map<string, number>;
  refused: number;
}

/** Teams' windows for each chat, and 50 a second for the app in its tenant, by the moment in which a message arrives. */
function connector(clock: Clock, seed: number): Connector {
  const random = chance(seed);
  const arrivals = new Map<string, number[]>();
  const all: number[] = [];
  const self: Connector = {
    taken: new Map(),
    refused: 0,
    async post(chat, what) {
      await clock.sleep(20 + random() * 30);
      const at = clock.wallMs();
      const here = arrivals.get(chat) ?? [];
      arrivals.set(chat, here);
      const full = WINDOWS.some(([most, ms]) => here.length >= most && (here[here.length - most] as number) > at - ms);
      const crowded = all.length >= PER_SECOND && (all[all.length - PER_SECOND] as number) > at - 1_000;
      if (!full && !crowded) {
        here.push(at);
        all.push(at);
        self.taken.set(what, (self.taken.get(what) ?? 0) + 1);
      } else self.refused += 1;
      await clock.sleep(50 + random() * 150);
      return full || crowded ? { retryAfterMs: 1_000 } : null;
    },
  };
  return self;
}

/** The product's Speak with everything that it reads and writes, each a few milliseconds away. */
async function ours(time: VirtualTime, teams: Connector): Promise<number> {
  const { clock } = time;
  const inner = memoryStore();
  const queues = memoryQueues(clock.wallMs);
  const far =
    <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A) => {
      await clock.sleep(3);
      return work(...given);
    };
  const store = {
    ...inner,
    get: far(inner.get) as typeof inner.get,
    range: far(inner.range) as typeof inner.range,
    commit: far(inner.commit),
    put: far(inner.put),
    remove: far(inner.remove),
  };
  const refuse = (seconds: number) => Object.assign(new Error('429'), { statusCode: 429, retryAfterMs: seconds });
  const deliver: Deliver = {
    async post(chat, message) {
      const no = await teams.post(chat.key, `${chat.key} ${message.summary}`);
      if (no) throw refuse(no.retryAfterMs);
      return { activityId: message.summary, thread: chat.key };
    },
    edit: async () => 'done',
    say: async () => {},
  };
  const renderer = rendererIn(en);
  const budget = sharedBudget(store, clock, 'teams', TENANT_PER_MINUTE).lowPriority;
  const log = { info: () => {}, warn: () => {} };
  const worker = createWorker({ queues, clock, log, concurrency: { sweep: 8, notify: 16, move: 8 }, jobs: [] }, () => ({
    sweep: async () => 'drop',
    notify: (wakeUp) => handleNotify(notifying, wakeUp),
    move: async () => 'drop',
  }));
  const notifying: NotifyDeps = {
    store,
    clock,
    workerId: 'one',
    seenLeases: new Map(),
    wake: worker.wake,
    directory: EVERYBODY,
    fourEyes: { when: 'off' },
    shows: SHOWS,
    log,
    deliver,
    report: async () => ({ card: {}, summary: '', claims: [], handle: '' }),
    renderer: { ...renderer, ticket: (shown) => ({ card: { ticketId: shown.ticket.id }, summary: shown.ticket.id, claims: [] }) },
    passMs: 3_600_000,
    answersGoTo: async () => null,
    tenantBudget: () => budget,
  };
  for (let n = 0; n < CHATS; n++) await flipsFor(inner, n);
  worker.start();
  for (let n = 0; n < CHATS; n++) worker.wake.now({ queue: 'notify', what: 'fanOut', customerId: `c${n}` });
  await time.run(() => teams.taken.size === CHATS * EACH, FOR_MS);
  const ended = time.nowMs();
  // What would be doubled comes a moment later.
  await time.run(() => time.nowMs() > ended + 30_000, FOR_MS);
  void worker.stop();
  return ended;
}

async function flipsFor(store: ReturnType<typeof memoryStore>, n: number): Promise<void> {
  const customerId = `c${n}`;
  await updateChat(store, `chat${n}`, () => chatFor(`chat${n}`, customerId));
  for (let each = 0; each < EACH; each++) {
    const id = `S-${1000 + n * EACH + each}`;
    const ticket = { ...sampleTicket(), id, customerId, subscriptionId: `${customerId}-${each}` };
    await store.put(...ofCustomer(customerId), ticketKey(id), ticket);
    await store.put(...ofCustomer(customerId), `out_2027-01-20T00:00:00.000Z_${id}`, {
      kind: 'stopped',
      ticketId: id,
      by: null,
      at: '2027-01-20T00:00:00.000Z',
      data: {},
    });
  }
}

const alerts = Array.from({ length: CHATS * EACH }, (_, n) => ({ chat: `chat${n % CHATS}`, what: `a${n}` }));

/** One after the other, a refusal waited for. */
async function inALoop(clock: Clock, teams: Connector): Promise<void> {
  for (const { chat, what } of alerts) await until(clock, teams, chat, what);
}

/** All at once, as `Promise.all` does it, each trying four times as Teams' samples do. */
async function allAtOnce(clock: Clock, teams: Connector): Promise<void> {
  await Promise.all(
    alerts.map(async ({ chat, what }) => {
      for (let attempt = 0; attempt < 4; attempt++) {
        const no = await teams.post(chat, what);
        if (!no) return;
        await clock.sleep(no.retryAfterMs * 2 ** attempt);
      }
    }),
  );
}

async function until(clock: Clock, teams: Connector, chat: string, what: string): Promise<void> {
  for (;;) {
    const no = await teams.post(chat, what);
    if (!no) return;
    await clock.sleep(no.retryAfterMs);
  }
}

async function timed(work: (time: VirtualTime, teams: Connector) => Promise<number>, seed: number): Promise<{ seconds: number; teams: Connector }> {
  const time = virtualTime();
  const teams = connector(time.clock, seed);
  const from = time.nowMs();
  const ended = await work(time, teams);
  return { seconds: (ended - from) / 1_000, teams };
}

const rival = (work: (clock: Clock, teams: Connector) => Promise<void>) => async (time: VirtualTime, teams: Connector) => {
  let done = false;
  void work(time.clock, teams).then(() => {
    done = true;
  });
  await time.run(() => done, FOR_MS);
  return time.nowMs();
};

const rates: [number, number][] = [];
const loops: [number, number][] = [];
const lost: number[] = [];
const doubled: number[] = [];
const refused: number[] = [];
let lostAtOnce = 0;
for (let round = 0; round < ROUNDS; round++) {
  const own = await timed(ours, round);
  const loop = await timed(rival(inALoop), round);
  const once = await timed(rival(allAtOnce), round);
  rates.push([alerts.length / own.seconds, PER_SECOND]);
  loops.push([own.seconds, loop.seconds]);
  lost.push(alerts.length - own.teams.taken.size);
  doubled.push([...own.teams.taken.values()].filter((times) => times > 1).length);
  refused.push(own.teams.refused);
  lostAtOnce = Math.max(lostAtOnce, alerts.length - once.teams.taken.size);
}
tell('notify', `${alerts.length} alerts to ${CHATS} chats, messages a second of the permitted 50`, '/s', rates, { least: 0.95 });
tellBound('notify', `lost (all at once: ${lostAtOnce})`, 'alerts', lost, { most: 0 });
tellBound('notify', 'doubled', 'alerts', doubled, { most: 0 });
tellBound('notify', 'refused by the connector', 'messages', refused, { most: 20 });
tell('notify', 'against await in a loop', 's', loops, { most: 1 });
process.exit(0);
