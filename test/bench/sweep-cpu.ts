/** What a look costs in CPU, against the bare requests it consists of: undici, JSON.parse, and the table library's own call. The other side answers at once, from a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { odata, TableClient } from '@azure/data-tables';
import { Agent, request } from 'undici';
import { systemClock } from '../../services/clock.ts';
import type { TrackedSubscription } from '../../services/domain/ticket.ts';
import { meteredStore, createMetrics } from '../../services/metrics.ts';
import { parseSubscriptions } from '../../services/partnerCenter/wire/subscriptions.ts';
import { openTables, azuriteConnection } from '../../services/store/azureTables.ts';
import { FORMAT } from '../../services/store/format.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { tell, tellBound } from './report.ts';
import { idOf, wireSubscription } from './service.ts';
import { openSweep } from '../support/sweeping.ts';
import { nextEnd } from '../../services/watch/rest.ts';
import { NEVER_LOOKED_AT, type WatchRow } from '../../services/watch/rows.ts';
import { FORMAT_KEY, FORMAT_MARK, subscriptionKey, WATCH_KEY } from '../../services/store/rows.ts';

const EACH = 10;
const ROUNDS = 7;
const CUSTOMERS = 20_000;
/** Until its licences from elsewhere are looked for again. */
const HALF_A_DAY_MS = 43_200_000;
/** Each is looked at so often: what the garbage collector takes falls now to one, now to the other. */
const LAPS = 2;
/** The two take turns in slices, so that what else the machine does meets both. */
const SLICES = 16;
const A_SLICE = Math.ceil((LAPS * CUSTOMERS) / ROUNDS / SLICES);
const LOOKS = ROUNDS * SLICES * A_SLICE;
const AT_ONCE = 8;
const PLACE = 'ffffffff';

/** What the service wants with every request. */
const HEADERS = {
  Authorization: 'Bearer sandbox-app-only',
  Accept: 'application/json',
  'MS-RequestId': '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  'MS-CorrelationId': '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  'MS-Contract-Version': 'v1',
  'X-Locale': 'en-US',
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Partner Center's and the table service's answers as text, in which only the customer is put. */
function answers(): { list: string; rows: string } {
  const items = Array.from({ length: EACH }, (_, each) => wireSubscription(Number.parseInt(PLACE, 16), each, true));
  const snapshots = parseSubscriptions(idOf(Number.parseInt(PLACE, 16)), { items }).items;
  const watch: WatchRow = {
    ...NEVER_LOOKED_AT,
    listsEnds: true,
    endsOn: nextEnd(snapshots, '2027-01-20'),
    name: 'Company',
    generation: 't',
    lookedAt: '2027-01-20T00:00:00Z',
    notedAt: Date.now(),
    seats: { nextAt: Date.now() + HALF_A_DAY_MS, unread: null },
    goneAt: null,
  };
  const known = snapshots.map(
    (snapshot) =>
      [subscriptionKey(snapshot.id), { snapshot, episode: 0, ticket: null, liveMove: null, moves: 0, goneAt: null } satisfies TrackedSubscription] as const,
  );
  const value = [...known, [WATCH_KEY, watch] as const].map(([key, one]) => ({
    'odata.etag': `W/"datetime'2027-01-20T00%3A00%3A00.0000000Z'"`,
    PartitionKey: `${PLACE}-0000-4000-8000-000000000000`,
    RowKey: key,
    v: FORMAT,
    w: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
    j0: JSON.stringify(one),
    Timestamp: '2027-01-20T00:00:00.0000000Z',
  }));
  return { list: JSON.stringify({ totalCount: EACH, items }), rows: JSON.stringify({ 'odata.metadata': 'x', value }) };
}

/** The other side: both services on one port. */
function serve(): void {
  const { list, rows } = answers();
  const server = createServer((asked, answer) => {
    const url = decodeURIComponent(asked.url ?? '');
    const customer = /customers\/([0-9a-f]{8})/.exec(url)?.[1] ?? /PartitionKey eq '([0-9a-f]{8})/.exec(url)?.[1];
    asked.resume();
    // When the tables are opened: none holds a row, but it is written in which format they are.
    if (!customer && asked.method === 'GET')
      return void answer
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ value: [], PartitionKey: FORMAT_MARK[1], RowKey: FORMAT_KEY, v: FORMAT, w: '', j0: '{}' }));
    if (!customer) return void answer.writeHead(409, { 'content-type': 'application/json' }).end('{"odata.error":{"code":"TableAlreadyExists"}}');
    answer.writeHead(200, { 'content-type': 'application/json' }).end((url.startsWith('/v1') ? list : rows).replaceAll(PLACE, customer));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
  process.once('disconnect', () => process.exit(0));
}

/** Microseconds of CPU that this process took for a slice of the customers. */
async function costOf(from: number, look: (customerId: string) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  let next = from;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < from + A_SLICE) await look(idOf(next++));
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function measure(child: ChildProcess): Promise<void> {
  const port = await new Promise<number>((told) => child.once('message', (said) => told(said as number)));
  const connectionString = azuriteConnection(port, port);
  const baseUrl = `http://127.0.0.1:${port}`;
  const metrics = createMetrics(systemClock());
  let tableCalls = 0;
  const transacted = () => {
    tableCalls += 1;
  };
  const store = meteredStore(await openTables({ connectionString }), { ...metrics, transacted });
  const { sweeping } = openSweep(systemClock(), { baseUrl }, 6_000_000_000, store);
  const ours = (customerId: string) => handleSweep(sweeping, { queue: 'sweep', what: 'poll', customerId, generation: 't', dueAtMs: Date.now() });

  const table = TableClient.fromConnectionString(connectionString, 'customers', { retryOptions: { maxRetries: 0 }, allowInsecureConnection: true });
  const dispatcher = new Agent();
  async function bare(customerId: string): Promise<number> {
    const answer = await request(`${baseUrl}/v1/customers/${customerId}/subscriptions`, { dispatcher, headers: HEADERS });
    const read = JSON.parse(await answer.body.text()) as { items: object[] };
    const filter = odata`PartitionKey eq ${customerId} and RowKey ge ${'out_'} and RowKey lt ${`${WATCH_KEY}~`}`;
    let rows = 0;
    for await (const page of table.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: 1_000 })) rows += page.length;
    return read.items.length + rows;
  }

  if ((await bare(idOf(1))) !== 2 * EACH + 1) throw new Error('The pretend services do not answer as they should.');
  for (let slice = 0; slice < SLICES; slice++) await costOf(0, slice % 2 ? ours : bare);
  tableCalls = 0;
  const pairs: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    collect();
    let [own, floor] = [0, 0];
    for (let slice = 0; slice < SLICES; slice++) {
      const from = ((round * SLICES + slice) * A_SLICE) % CUSTOMERS;
      const first = slice % 2 === 0;
      if (first) floor += await costOf(from, bare);
      own += await costOf(from, ours);
      if (!first) floor += await costOf(from, bare);
    }
    pairs.push([own / SLICES / A_SLICE, floor / SLICES / A_SLICE]);
  }
  tell('sweep-cpu', `CPU of a look at a customer of ${EACH} subscriptions, ${CUSTOMERS.toLocaleString('en')} customers twice`, 'us', pairs, { most: 1.3 });
  tellBound('sweep-cpu', 'table calls for an unchanged customer', '', [tableCalls / LOOKS], { most: 1 });
}

if (process.send) serve();
else {
  const child = fork(import.meta.filename);
  await measure(child);
  child.disconnect();
  process.exit(0);
}
