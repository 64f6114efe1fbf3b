/** One, two and four processes on one storage, each look 400 ms away: the work is shared, and what is written down is the same. Real processes, Azurite, HTTP. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Ticket } from '../../services/domain/ticket.ts';
import { type Ground, openGround } from '../crash/ground.ts';
import { tell, tellBound } from './report.ts';
import { keysWith, ofCustomer, TICKET } from '../../services/store/rows.ts';

/** More than four processes can look at within the period: there is always more to do. */
const CUSTOMERS = 600;
const LATENCY_MS = 400;
const ROUNDS = 7;
const MEASURED_MS = 4_000;
const SETTLED_MS = 1_000;
const FLIPS = 40;
const FOUND_MS = 90_000;
const AGAIN_MS = 8_000;

async function polls(ground: Ground): Promise<number> {
  const requests = await ground.sandbox.requests();
  return requests.filter((one) => one.method === 'GET' && one.route.endsWith('/customers/:id/subscriptions')).reduce((sum, one) => sum + one.count, 0);
}

/** Looks a second. */
async function rate(ground: Ground): Promise<number> {
  await pause(SETTLED_MS);
  const [from, at] = [await polls(ground), performance.now()];
  await pause(MEASURED_MS);
  return (1_000 * ((await polls(ground)) - from)) / (performance.now() - at);
}

/** How many of so many flips opened not exactly one ticket. */
async function wrongAfter(ground: Ground, names: { id: string; name: string }[]): Promise<number> {
  for (const { name } of names) await ground.sandbox.post('flip', { customer: name });
  const ticketsOf = (id: string) => ground.store.range<Ticket>(...ofCustomer(id), ...keysWith(TICKET));
  for (const until = Date.now() + FOUND_MS; Date.now() < until; await pause(1_000)) {
    const counts = await Promise.all(names.map(async ({ id }) => (await ticketsOf(id)).length));
    if (counts.every((count) => count > 0)) break;
  }
  // What would be doubled comes with the next look.
  await pause(AGAIN_MS);
  return (await Promise.all(names.map(async ({ id }) => (await ticketsOf(id)).length))).filter((count) => count !== 1).length;
}

const settings = { SWEEP_MINUTES: '0.1', PARTNER_CENTER_REQUESTS_PER_MINUTE: '600000' };
const ground = await openGround({ customers: CUSTOMERS, usersEach: 0, bots: 1, settings, direct: true });
await ground.sandbox.post('faults', { rules: [{ method: 'GET', path: '/customers/[^/]+/subscriptions$', delayMs: LATENCY_MS }] });
const rates: [number, number, number][] = [];
const customers = (await ground.sandbox.state()).customers.filter((one) => one.name.startsWith('Load '));
const wrong = [await wrongAfter(ground, customers.slice(0, FLIPS))];
await Promise.all([1, 2, 3].map((at) => ground.start(at)));
wrong.push(await wrongAfter(ground, customers.slice(FLIPS, 2 * FLIPS)));
for (let round = 0; round < ROUNDS; round++) {
  await Promise.all([1, 2, 3].map((at) => ground.kill(at)));
  const one = await rate(ground);
  await ground.start(1);
  const two = await rate(ground);
  await Promise.all([ground.start(2), ground.start(3)]);
  rates.push([one, two, await rate(ground)]);
}

const floor = (8 * 1_000) / LATENCY_MS;
tell(
  'scale-out',
  'looks a second of one process, of what its eight requests in flight allow',
  '/s',
  rates.map(([one]) => [one, floor]),
  { least: 0.8 },
);
tell(
  'scale-out',
  'looks a second of two processes against one',
  '/s',
  rates.map(([one, two]) => [two, one]),
  { least: 1.9 },
);
tell(
  'scale-out',
  'looks a second of four processes against one',
  '/s',
  rates.map(([one, , four]) => [four, one]),
  { least: 3.6 },
);
tellBound('scale-out', `of ${FLIPS} flips each, found by one and by four: without a ticket, or with two`, 'flips', wrong, { most: 0 });
await ground.close();
process.exit(0);
