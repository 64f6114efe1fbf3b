/**
 * 50,000 customers, the sweep alone, 300 requests a minute: from a change to its card, by how soon the term ends, against a sweep
 * that takes one customer after the other with as many looks. In virtual time.
 */
import type { Message, QueueName, Queues } from '../../services/queue/queue.ts';
import { textOf } from '../../services/queue/messages.ts';
import { parseSubscriptions } from '../../services/partnerCenter/wire/subscriptions.ts';
import { LISTED, LISTING, LISTING_KEY, ofCustomer, subscriptionKey, WATCH_KEY } from '../../services/store/rows.ts';
import { addDays, type Clock, dayOf } from '../../services/clock.ts';
import type { TrackedSubscription } from '../../services/domain/ticket.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';
import type { Store } from '../../services/store/store.ts';
import { updateChat } from '../../services/chats.ts';
import { type EndsCount, nextEnd, restOf, stretchOf } from '../../services/watch/rest.ts';
import { type ListedRow, type ListingRow, NEVER_LISTED, NEVER_LOOKED_AT, NOTED_LOOKS, type WatchRow } from '../../services/watch/rows.ts';
import { memoryStore } from '../support/memory.ts';
import { cardsFrom, chatFor, openSweep } from '../support/sweeping.ts';
import { virtualTime } from '../support/time.ts';
import { quantile, tell, tellBound } from './report.ts';
import { chance, idOf, wireSubscription } from './service.ts';

const CUSTOMERS = 50_000;
const PER_MINUTE = 300;
const PERIOD_MS = 180 * 60_000;
const PAGE = 500;
const ROUNDS = 3;
const YEAR_DAYS = 365;
/** Of the customers, who have a second subscription that ends on another day. */
const SECOND_END = 0.1;
/** A change weighs half as much with each week that its term ends later. */
const HALF_DAYS = 7;
const SOON_DAYS = 14;
/** Changes drawn by their weight, of what ends soon, and of all alike. */
const FIRST_DAY = '2027-01-20';
/** Until it goes its own pace; then changes come for so long, and the last of them is waited for. */
const WARM_MS = PERIOD_MS;
const OVER_MS = 2 * PERIOD_MS;
const AFTER_MS = 2 * PERIOD_MS;
const DAY_MS = 86_400_000;
const DRAWN = { weighted: 200, soon: 150, any: 50 };
type Drawn = keyof typeof DRAWN;

interface Customer {
  id: string;
  /** Days from the first one to the end of each subscription. */
  ends: number[];
  flipped: number | null;
  lookedAt: number[];
}

function customers(random: () => number): Customer[] {
  const day = () => 1 + Math.floor(random() * YEAR_DAYS);
  return Array.from({ length: CUSTOMERS }, (_, n) => ({ id: idOf(n), ends: random() < SECOND_END ? [day(), day()] : [day()], flipped: null, lookedAt: [] }));
}

/** The customer's list as the wire shows it on that day; what has passed goes on for another year. */
function listOf(customer: Customer, n: number, today: string): object {
  const items = customer.ends.map((end, each) => {
    const on = addDays(FIRST_DAY, end);
    return {
      ...wireSubscription(n, each, customer.flipped !== each),
      commitmentEndDate: `${on < today ? addDays(on, YEAR_DAYS) : on}T00:00:00Z`,
    };
  });
  return { totalCount: items.length, items };
}

/** Messages in the order in which they show themselves, as Azure's queues hand them out: kept by the minute, so that many can be held. */
function queuesInOrder(nowMs: () => number): Queues {
  interface Held {
    text: string;
    at: number;
    taken: number;
  }
  const minuteOf = (at: number) => Math.floor(at / 60_000);
  const held = { sweep: new Map<number, Held[]>(), notify: new Map<number, Held[]>(), move: new Map<number, Held[]>() };
  const first = { sweep: minuteOf(nowMs()), notify: minuteOf(nowMs()), move: minuteOf(nowMs()) };
  function put(queue: QueueName, one: Held): void {
    const minute = Math.max(first[queue], minuteOf(one.at));
    const others = held[queue].get(minute) ?? [];
    let place = others.length;
    while (place > 0 && (others[place - 1] as Held).at > one.at) place -= 1;
    others.splice(place, 0, one);
    held[queue].set(minute, others);
  }
  function out(queue: QueueName, one: Held): boolean {
    const others = held[queue].get(Math.max(first[queue], minuteOf(one.at))) ?? [];
    const place = others.indexOf(one);
    if (place >= 0) others.splice(place, 1);
    return place >= 0;
  }
  function taken(queue: QueueName, most: number): Held[] {
    const [now, found]: [number, Held[]] = [nowMs(), []];
    for (; found.length < most && first[queue] <= minuteOf(now); first[queue]++) {
      const others = held[queue].get(first[queue]) ?? [];
      while (found.length < most && others[0] && others[0].at <= now) found.push(others.shift() as Held);
      if (others.length > 0 || first[queue] === minuteOf(now)) break;
      held[queue].delete(first[queue]);
    }
    return found;
  }
  return {
    async send(queue, text, delayMs) {
      put(queue, { text, at: nowMs() + delayMs, taken: 0 });
    },
    async take(queue, most, hiddenMs) {
      return taken(queue, most).map((one): Message => {
        const again = { text: one.text, at: nowMs() + hiddenMs, taken: one.taken + 1 };
        put(queue, again);
        return {
          text: one.text,
          taken: again.taken,
          async postpone(ms, text) {
            if (out(queue, again)) put(queue, { text: text ?? one.text, at: nowMs() + ms, taken: again.taken });
          },
          async done() {
            out(queue, again);
          },
        };
      });
    },
  };
}

/** Every customer's rows and message, as after some days of watching; each somewhere in its rest. */
async function fillStore(
  store: Store,
  queues: ReturnType<typeof queuesInOrder>,
  all: Customer[],
  { clock, random }: { clock: Clock; random: () => number },
): Promise<void> {
  const [at, now] = [clock.wallMs(), clock.now().toISOString()];
  const today = dayOf(now);
  const ends: EndsCount = new Map();
  for (const customer of all) {
    const endsOn = addDays(today, Math.min(...customer.ends));
    ends.set(endsOn, (ends.get(endsOn) ?? 0) + 1);
  }
  const stretch = stretchOf(ends, today, { periodMs: PERIOD_MS, perMinute: PER_MINUTE });
  for (const [n, customer] of all.entries()) {
    const snapshots = parseSubscriptions(customer.id, listOf(customer, n, today)).items;
    const line = { name: `Company ${n}`, notedAt: at - random() * NOTED_LOOKS * PERIOD_MS, goneAt: null, endsOn: nextEnd(snapshots, today) };
    const watch: WatchRow = { ...NEVER_LOOKED_AT, ...line, generation: 'g', listsEnds: true, lookedAt: now, seats: { nextAt: at + DAY_MS, unread: null } };
    await store.put(...LISTED, customer.id, line satisfies ListedRow);
    await store.put(...ofCustomer(customer.id), WATCH_KEY, watch);
    for (const snapshot of snapshots) {
      const tracked: TrackedSubscription = { snapshot, episode: 0, ticket: null, liveMove: null, moves: 0, goneAt: null };
      await store.put(...ofCustomer(customer.id), subscriptionKey(snapshot.id), tracked);
    }
    const dueInMs = random() * restOf(line.endsOn, today, { periodMs: PERIOD_MS, stretch });
    const wakeUp = { queue: 'sweep', what: 'poll', customerId: customer.id, generation: 'g', dueAtMs: at + dueInMs } as const;
    await queues.send('sweep', textOf(wakeUp), dueInMs);
  }
  await store.put(...LISTING, LISTING_KEY, { ...NEVER_LISTED, walkedAt: now, baselineAt: now, customers: CUSTOMERS, nextAt: 0 } satisfies ListingRow);
}

/** Partner Center: pages of customers, and each one's list, some time later. Each look is noted. */
function serviceOf(all: Customer[], clock: Clock, random: () => number) {
  const byId = new Map(all.map((customer, n) => [customer.id, { customer, n }]));
  return {
    async fetch(address: string, init?: { headers?: Record<string, string> }): Promise<PlainResponse> {
      await clock.sleep(50 + random() * 250);
      const id = /customers\/([0-9a-f-]+)\/subscriptions$/.exec(new URL(address).pathname)?.[1];
      const known = id ? byId.get(id) : undefined;
      known?.customer.lookedAt.push(clock.wallMs());
      return plain(known ? listOf(known.customer, known.n, dayOf(clock.now())) : pageOf(Number(init?.headers?.['MS-ContinuationToken'] ?? 0)));
    },
  };
}

function pageOf(from: number): object {
  const to = Math.min(from + PAGE, CUSTOMERS);
  const items = Array.from({ length: to - from }, (_, n) => ({ id: idOf(from + n), companyProfile: { companyName: `Company ${from + n}` } }));
  return { items, links: to < CUSTOMERS ? { next: { headers: [{ key: 'MS-ContinuationToken', value: String(to) }] } } : {} };
}

function plain(body: object): PlainResponse {
  const text = JSON.stringify(body);
  return { ok: true, status: 200, headers: { get: () => null }, text: async () => text };
}

interface Change {
  as: Drawn;
  customer: Customer;
  n: number;
  /** Which of its subscriptions. */
  each: number;
  at: number;
}

/** Changes of different customers, each drawn as its kind says. */
function draw(all: Customer[], random: () => number, from: number): Change[] {
  const chances: Record<Drawn, (left: number) => number> = {
    weighted: (left) => 0.5 ** (left / HALF_DAYS),
    soon: (left) => (left <= SOON_DAYS ? 1 : 0),
    any: () => 1,
  };
  const drawn = new Map<number, Change>();
  for (const as of ['weighted', 'soon', 'any'] as const) {
    for (let count = 0; count < DRAWN[as]; ) {
      const n = Math.floor(random() * CUSTOMERS);
      const customer = all[n] as Customer;
      const each = Math.floor(random() * customer.ends.length);
      if (drawn.has(n) || random() >= chances[as](customer.ends[each] as number)) continue;
      drawn.set(n, { as, customer, n, each, at: from + random() * OVER_MS });
      count += 1;
    }
  }
  return [...drawn.values()];
}

interface Seen {
  /** Minutes from a change to its card, and as a sweep of one after the other would have had it. */
  delays: Record<Drawn, [ours: number, even: number][]>;
  /** The longest between two looks at one customer, in periods. */
  longest: number;
  looksAMinute: number;
  missed: number;
}

async function watchFor(seed: number): Promise<Seen> {
  const time = virtualTime();
  const { clock } = time;
  const random = chance(seed);
  const all = customers(random);
  const [store, queues] = [memoryStore(), queuesInOrder(time.nowMs)];
  await fillStore(store, queues, all, { clock, random });
  const { posted, notify } = cardsFrom(store, clock, random);
  const { worker } = openSweep(clock, serviceOf(all, clock, random), PER_MINUTE, store, { notify, queues, periodMs: PERIOD_MS });
  worker.start();
  const begun = time.nowMs();
  const [from, to] = [begun + WARM_MS, begun + WARM_MS + OVER_MS + AFTER_MS];
  const changes = draw(all, random, from);
  for (const { customer, each, at } of changes) {
    await updateChat(store, customer.id, () => chatFor(customer.id, customer.id));
    void clock.sleep(at - time.nowMs()).then(() => {
      customer.flipped = each;
    });
  }
  await time.run(() => time.nowMs() >= to, to);
  void worker.stop();
  // From one look to the next, and from the last to the end.
  const longest = Math.max(...all.map(({ lookedAt }) => Math.max(...lookedAt.map((at, n) => (lookedAt[n + 1] ?? to) - at))));
  const looksAMinute = (60_000 * all.reduce((sum, { lookedAt }) => sum + lookedAt.length, 0)) / (to - begun);
  // A round takes as long as so many looks: each customer has its place in it.
  const roundMs = (60_000 * CUSTOMERS) / looksAMinute;
  const seen: Seen = { delays: { weighted: [], soon: [], any: [] }, longest: longest / PERIOD_MS, looksAMinute, missed: 0 };
  for (const { as, customer, n, at } of changes) {
    const card = posted.get(customer.id)?.[0];
    if (card === undefined) seen.missed += 1;
    else seen.delays[as].push([(card - at) / 60_000, (((((n / CUSTOMERS) * roundMs - at) % roundMs) + roundMs) % roundMs) / 60_000]);
  }
  return seen;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const ours = (pairs: [number, number][]) => pairs.map(([own]) => own);
const even = (pairs: [number, number][]) => pairs.map(([, other]) => other);

const rounds: Seen[] = [];
for (let seed = 1; seed <= ROUNDS; seed++) rounds.push(await watchFor(seed));
const all = rounds.flatMap(({ delays }) => delays.any);
tell(
  'urgency',
  `an even sweep with as many looks against ours, from a change to its card; a change weighs half with each week that its term ends later (weighed alike: ${mean(even(all)).toFixed(0)} and ${mean(ours(all)).toFixed(0)} min)`,
  'min',
  rounds.map(({ delays }) => [mean(even(delays.weighted)), mean(ours(delays.weighted))]),
  { least: 4 },
);
tellBound(
  'urgency',
  `95 of 100 changes of what ends within ${SOON_DAYS} days on their card (even: ${quantile(
    rounds.flatMap(({ delays }) => even(delays.soon)),
    0.95,
  ).toFixed(0)} min)`,
  'min',
  rounds.map(({ delays }) => quantile(ours(delays.soon), 0.95)),
  { most: 30 },
);
tellBound(
  'urgency',
  `from one look at a customer to the next at most, ${mean(rounds.map((one) => one.looksAMinute)).toFixed(0)} looks a minute`,
  'periods',
  rounds.map(({ longest }) => longest),
  { most: 2 },
);
tellBound(
  'urgency',
  'changes without a card',
  'changes',
  rounds.map(({ missed }) => missed),
  { most: 0 },
);
process.exit(0);
