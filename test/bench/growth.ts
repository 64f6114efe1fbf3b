/** One pass of the sweep, its walk included, over 10,000 to 1,000,000 subscriptions: what time and memory grow by. Each size in a process of its own. */
import { execFileSync } from 'node:child_process';
import { systemClock } from '../../services/clock.ts';
import type { TrackedSubscription } from '../../services/domain/ticket.ts';
import { parseSubscriptions } from '../../services/partnerCenter/wire/subscriptions.ts';
import type { Row, Store } from '../../services/store/store.ts';
import type { SweepWakeUp } from '../../services/queue/messages.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { tell, tellBound } from './report.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';
import { idOf, wireSubscription } from './service.ts';
import { openSweep } from '../support/sweeping.ts';
import { nextEnd } from '../../services/watch/rest.ts';
import { type ListedRow, type ListingRow, NEVER_LISTED, NEVER_LOOKED_AT, type WatchRow } from '../../services/watch/rows.ts';
import { subscriptionKey, WATCH_KEY } from '../../services/store/rows.ts';

const EACH = 10;
const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 7;
const AT_ONCE = 8;
const PAGE = 500;
const SAMPLE_EVERY = 500;
const WARM_LOOKS = 5_000;
/** Until licences from elsewhere are looked for again. */
const HALF_A_DAY_MS = 43_200_000;
/** What the heap may grow to: the runtime takes what it is given before it tidies up. */
const HEAP_MB = 80;

interface Pass {
  seconds: number;
  /** Above what the process held before the pass. */
  grownMb: number;
}

const watchRow = (name: string, now: number) =>
  JSON.stringify({
    ...NEVER_LOOKED_AT,
    listsEnds: true,
    endsOn: ENDS_ON,
    name,
    generation: 't',
    lookedAt: '2027-01-20T00:00:00Z',
    notedAt: now,
    seats: { nextAt: now + HALF_A_DAY_MS, unread: null },
    goneAt: null,
  } satisfies WatchRow);
const knownRow = (snapshot: TrackedSubscription['snapshot']) =>
  JSON.stringify({ snapshot, episode: 0, ticket: null, liveMove: null, moves: 0, goneAt: null } satisfies TrackedSubscription);

// One customer's list and rows as text, in which only the customer's number is put.
const PLACE = 'ffffffff';
const ITEMS = Array.from({ length: EACH }, (_, each) => wireSubscription(Number.parseInt(PLACE, 16), each, true));
const LIST = JSON.stringify({ totalCount: EACH, items: ITEMS });
const SNAPSHOTS = parseSubscriptions(idOf(Number.parseInt(PLACE, 16)), { items: ITEMS }).items;
const ENDS_ON = nextEnd(SNAPSHOTS, '2027-01-20');
const KNOWN = SNAPSHOTS.map((snapshot) => [subscriptionKey(snapshot.id), knownRow(snapshot)] as const);

/** Rows made when they are asked for, as JSON, so that the store itself takes no memory. */
function madeStore(customers: number): Store {
  // A key is a string of its own, as one from the wire is.
  const row = <T>(key: string, json: string): Row<T> => ({ key: JSON.parse(`"${key}"`) as string, etag: '1', value: JSON.parse(json) as T });
  const now = Date.now();
  const walked: ListingRow = { ...NEVER_LISTED, nextAt: 0, walkedAt: '2027-01-20T00:00:00Z', customers, baselineAt: '2027-01-20T00:00:00Z' };
  return {
    get: async (_table, _partition, key) => row(key, key === 'walk' ? JSON.stringify(walked) : watchRow('Company', now)),
    range: async <T>(table: string, partition: string, from: string, _to: string, limit?: number) => {
      if (table === 'sweep' && partition === 'c') return listedFrom(customers, from, now).map(([key, json]) => row<T>(key, json));
      if (table !== 'customers' || from !== 'out_' || limit === undefined) return [];
      const id = partition.slice(0, 8);
      return [...KNOWN.map(([key, json]) => row<T>(key.replace(PLACE, id), json.replaceAll(PLACE, id))), row<T>(WATCH_KEY, watchRow(id, now))];
    },
    async *scan() {},
    commit: async () => 'done',
    put: async () => {},
    remove: async () => {},
    clockSkewMs: () => 0,
  };
}

/** The rows of the list that begin with these digits: an id is its number with the digits turned round. */
function listedFrom(customers: number, digits: string, now: number): [string, string][] {
  const found: [string, string][] = [];
  for (let n = Number.parseInt([...digits].reverse().join(''), 16); n < customers; n += 16 ** digits.length)
    found.push([idOf(n), JSON.stringify({ name: `Company ${n}`, notedAt: now, goneAt: null, endsOn: ENDS_ON } satisfies ListedRow)]);
  return found;
}

/** Pages of customers, and each one's list, made when they are asked for. */
function madeService(customers: number): { fetch(url: string, init?: { headers?: Record<string, string> }): Promise<PlainResponse> } {
  return {
    async fetch(address, init) {
      const customer = /customers\/([0-9a-f-]+)\/subscriptions$/.exec(new URL(address).pathname)?.[1];
      if (customer) {
        return plain(LIST.replaceAll(PLACE, customer.slice(0, 8)));
      }
      const from = Number(init?.headers?.['MS-ContinuationToken'] ?? 0);
      const items = Array.from({ length: Math.min(PAGE, customers - from) }, (_, n) => ({
        id: idOf(from + n),
        companyProfile: { companyName: `Company ${from + n}` },
      }));
      const next = from + PAGE < customers ? { next: { headers: [{ key: 'MS-ContinuationToken', value: String(from + PAGE) }] } } : {};
      return plain(JSON.stringify({ items, links: next }));
    },
  };
}

function plain(text: string): PlainResponse {
  return { ok: true, status: 200, headers: { get: () => null }, text: async () => text };
}

function pollOf(n: number, dueAtMs: number): SweepWakeUp {
  return { queue: 'sweep', what: 'poll', customerId: idOf(n), generation: 't', dueAtMs };
}

async function pass(customers: number): Promise<Pass> {
  const { sweeping } = openSweep(systemClock(), madeService(customers), 6_000_000_000, madeStore(customers));
  // What is compiled and loaded once is no growth.
  for (let n = 0; n < WARM_LOOKS; n++) await handleSweep(sweeping, pollOf(n, 0));
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const from = performance.now();
  await handleSweep(sweeping, { queue: 'sweep', what: 'listCustomers' });
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < customers) {
        const n = next++;
        await handleSweep(sweeping, pollOf(n, Date.now()));
        if (n % SAMPLE_EVERY === 0) most = Math.max(most, process.memoryUsage.rss());
      }
    }),
  );
  return { seconds: (performance.now() - from) / 1_000, grownMb: (most - before) / 2 ** 20 };
}

const given = process.argv[2];
if (given) {
  console.log(JSON.stringify(await pass(Number(given))));
  process.exit(0);
}

const passes: Pass[][] = [];
for (let round = 0; round < ROUNDS; round++) {
  passes.push(
    SIZES.map(
      (size) =>
        JSON.parse(
          execFileSync(process.execPath, ['--expose-gc', '--max-semi-space-size=4', `--max-old-space-size=${HEAP_MB}`, import.meta.filename, String(size)], {
            encoding: 'utf8',
          }),
        ) as Pass,
    ),
  );
}

const exponents = passes.map(
  ([small, , large]) => Math.log((large as Pass).seconds / (small as Pass).seconds) / Math.log((SIZES[2] as number) / (SIZES[0] as number)),
);
tellBound('growth', 'exponent of the time from 10,000 to 1,000,000 subscriptions', '', exponents, { most: 1.05 });
tell(
  'growth',
  'seconds for 1,000,000 subscriptions against a hundred times those for 10,000',
  's',
  passes.map(([small, , large]) => [(large as Pass).seconds, 100 * (small as Pass).seconds]),
  { most: 1.25 },
);
for (const [index, size] of SIZES.entries())
  tellBound(
    'growth',
    `memory above the start at ${(size * EACH).toLocaleString('en')} subscriptions`,
    'MB',
    passes.map((one) => (one[index] as Pass).grownMb),
    { most: 50 },
  );
