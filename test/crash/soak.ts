/**
 * `npm run soak`: half an hour of moves on two bots, with one in a hundred of every fault; `-- --kills --minutes 5
 * --bots 4`: without faults, but one of the bots is killed every few seconds. Nothing may be lost or doubled, the
 * memory and the open files of the bots stay level, and the queues are empty at the end.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { QueueServiceClient } from '@azure/storage-queue';
import { median } from '../bench/report.ts';
import { progress } from '../support/progress.ts';
import { type Ground, judgeAll, type WatchedCustomer, openGround, pressThrough, settled, watchCustomers } from './ground.ts';
import type { Report } from './judge.ts';

const SHARE = 0.01;
/** Two hundred and fifty moves an hour: more than any partner has, and what Azurite's queue keeps up with. */
const EVERY_MS = 14_000;
const KILL_MS = [2_000, 5_000] as const;
const SAMPLE_MS = 5_000;
/** A wake-up that found nothing to do comes back once more after five minutes before it is forgotten. */
const DRAIN_MS = 420_000;
/** A card whose edit got no answer, or whose writer was killed, is written once more after half an hour: its wake-up lies there until then. */
const LATER_MS = 1_805_000;
const SENT_FOR_LATER = /^POST \S*\/notify\/messages\?\S*visibilitytimeout=1805\b/i;
/** What a process may have grown by from the second quarter of its samples to the last. */
const GROWN_MB = 30;
const GROWN_HANDLES = 20;

interface Sample {
  at: number;
  pid: number;
  mb: number;
  handles: number;
}

function faults(ground: Ground, share: number): Promise<unknown> {
  const statuses = [429, 500, 503].map((status) => ({ path: '^/v1/', status, rate: share }));
  const rules = [...statuses, { path: '^/v1/', dropReply: true, rate: share }, { path: '^/v1/', delayMs: 5_000, rate: share }];
  ground.tables.share = share;
  ground.queues.share = share;
  ground.teams.refuse.length = 0;
  const posts = [412, 429, 500, 502, 504].map((status) => ({ path: /^(POST|PUT) .*\/v3\//, status, times: Number.POSITIVE_INFINITY, share }));
  if (share > 0) ground.teams.refuse.push(...posts, { path: /^(POST|PUT) .*\/v3\//, status: 0, drop: true, times: Number.POSITIVE_INFINITY, share });
  return ground.sandbox.post('faults', { rules: share > 0 ? rules : [] });
}

/** Only Linux tells so much of another process. */
function sample(pid: number): Sample | null {
  try {
    const mb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    // One that was just killed has no memory any more.
    return Number.isNaN(mb) ? null : { at: Date.now(), pid, mb, handles: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return null;
  }
}

/** One bot after the other dies hard and is started again. */
async function killing(ground: Ground, working: () => boolean): Promise<number> {
  let kills = 0;
  while (working()) {
    await pause(KILL_MS[0] + Math.random() * (KILL_MS[1] - KILL_MS[0]));
    const at = kills % ground.bots.length;
    await ground.kill(at);
    kills += 1;
    await ground.start(at);
  }
  return kills;
}

/** A new ticket every few seconds, each pressed through by a crew of its own. */
async function moving(
  ground: Ground,
  watched: WatchedCustomer[],
  until: number,
  begins: () => void,
): Promise<{ begun: WatchedCustomer[]; failed: Map<WatchedCustomer, string> }> {
  const begun: WatchedCustomer[] = [];
  const failed = new Map<WatchedCustomer, string>();
  const crews: Promise<void>[] = [];
  for (const customer of watched) {
    if (Date.now() > until) break;
    await ground.sandbox.post('flip', { customer: customer.name });
    begun.push(customer);
    begins();
    crews.push(pressThrough(customer).catch((error: Error) => void failed.set(customer, error.message)));
    await pause(EVERY_MS);
  }
  await Promise.all(crews);
  return { begun, failed };
}

/** Messages of tickets that still wait; the sweep's are the customers themselves. */
async function depth(ground: Ground): Promise<number> {
  const service = QueueServiceClient.fromConnectionString(ground.storage);
  const counts = await Promise.all(['notify', 'move'].map(async (name) => (await service.getQueueClient(name).getProperties()).approximateMessagesCount ?? 0));
  return counts.reduce((sum, one) => sum + one, 0);
}

/** What lies in the queues and is due. */
async function leftOver(): Promise<number> {
  const isLater = (atMs: number) => Date.now() - atMs < LATER_MS + SAMPLE_MS;
  return Math.max(0, (await depth(ground)) - laterMs.filter(isLater).length);
}

function growth(samples: Sample[], what: 'mb' | 'handles'): number {
  const pids = [...new Set(samples.map((one) => one.pid))];
  const each = pids.map((pid) => {
    const own = samples.filter((one) => one.pid === pid).map((one) => one[what]);
    const quarter = Math.floor(own.length / 4);
    return quarter < 3 ? 0 : median(own.slice(-quarter)) - median(own.slice(quarter, 2 * quarter));
  });
  return Math.max(...each, 0);
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, bots: { type: 'string', default: '2' }, kills: { type: 'boolean', default: false } },
});
const forMs = Number(values.minutes) * 60_000;
const bots = Number(values.bots);
const workMs = values.kills ? forMs : Math.max(60_000, forMs - DRAIN_MS);
let now = 'starting';
let begunCount = 0;
const told = progress('soak', () => `${now}, ${begunCount} of ${Math.ceil(workMs / EVERY_MS)} moves begun`);
const ground = await openGround({ customers: Math.ceil(workMs / EVERY_MS), bots });
const laterMs = ground.queues.note(SENT_FOR_LATER);
const watched = await watchCustomers(ground, 0, Math.ceil(workMs / EVERY_MS));
if (!values.kills) await faults(ground, SHARE);
now = 'moves';
const until = Date.now() + workMs;
let working = true;
const samples: Sample[] = [];
const sampling = setInterval(() => samples.push(...ground.bots.flatMap((bot) => sample(bot.child.pid as number) ?? [])), SAMPLE_MS);
const killer = values.kills ? killing(ground, () => working) : Promise.resolve(0);
const { begun, failed } = await moving(ground, watched, until, () => {
  begunCount += 1;
});
working = false;
now = 'settling';
clearInterval(sampling);
const kills = await killer;
await faults(ground, 0);
const findings: Report['findings'] = [...failed].map(([, seen]) => ({ invariant: 'I9', where: 'soak', seen }));
await settled(ground, begun, Date.now(), 'soak', findings);
await judgeAll(ground, begun, (customer) => (failed.has(customer) ? 'nowhere' : 'end'), 'soak', findings);
now = 'emptying the queues';
// What the last wake-ups set off has wake-ups of its own.
const drainBy = Date.now() + 1.5 * DRAIN_MS;
while ((await leftOver()) > 0 && Date.now() < drainBy) await pause(2_000);
const left = await leftOver();
told.end();
if (left > 0) findings.push({ invariant: 'I9', where: 'soak', seen: `${left} messages were left in the queues` });
const [mb, handles] = [growth(samples, 'mb'), growth(samples, 'handles')];
if (mb > GROWN_MB) findings.push({ invariant: 'I9', where: 'soak', seen: `a bot's memory grew by ${mb.toFixed(0)} MB` });
if (handles > GROWN_HANDLES) findings.push({ invariant: 'I9', where: 'soak', seen: `a bot's open files grew by ${handles}` });
const most = Math.max(...samples.map((one) => one.mb));
console.log(`soak: ${begun.length} moves on ${bots} bots, ${kills} kills, ${ground.tables.lost + ground.queues.lost} answers of the storage lost`);
console.log(
  `soak: memory at most ${most.toFixed(0)} MB, grown by ${mb.toFixed(0)} MB; open files grown by ${handles}; ${left} messages left, ${laterMs.length} put off`,
);
for (const { invariant, seen } of findings) console.log(`${invariant}  ${seen}`);
console.log(findings.length === 0 ? 'soak: nothing lost, nothing doubled' : `soak: ${findings.length} findings`);
await ground.close();
process.exit(findings.length === 0 ? 0 : 1);
