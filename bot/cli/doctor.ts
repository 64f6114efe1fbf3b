/** `npm run doctor`: looks at everything, each for a bounded time, and always ends with an answer. */
import { closeSync, openSync, readSync, fstatSync } from 'node:fs';
import { join } from 'node:path';
import { watchers } from '../../services/chats.ts';
import { type Clock, systemClock } from '../../services/clock.ts';
import { countsToday } from '../../services/metrics.ts';
import { teamsHealth } from '../../services/notify/sleep.ts';
import { readConsent } from '../../services/partnerCenter/auth/consent.ts';
import { TokenError } from '../../services/partnerCenter/auth/tokens.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { EVENTS, readRegistration } from '../../services/partnerCenter/webhook/registration.ts';
import { readSwitch, stopOf } from '../../services/readOnly.ts';
import type { SharedBudget } from '../../services/sharedBudget.ts';
import { gapsOf } from '../../services/watch/known.ts';
import { lagMs, readListing } from '../../services/watch/rows.ts';
import { readShape } from '../../services/tickets/shown.ts';
import type { Config } from '../config/config.ts';
import type { Resources } from '../resources.ts';
import { diagnose, type Facts, type Finding, type Looked } from './diagnosis.ts';

/** Longer than a try of storage or Partner Center, shorter than anybody's patience. */
const LOOK_S = 15;
/** A question or two more do not hurt; the bot's own budget may be used up for minutes. */
const FREE = { take: async () => {}, pause: async () => {} };
const AT_ONCE: SharedBudget = { ...FREE, lowPriority: FREE };
const LOG_BYTES_MAX = 1_000_000;
const HOUR_MS = 3_600_000;

/** Looks with the storage open. `holder`: the process that used the data folder before this one did. */
export async function examine(resources: Resources, config: Config, holder: number | null = null, seconds = LOOK_S): Promise<Finding[]> {
  const look = <T>(work: () => Promise<T>) => within(seconds, work);
  const { store, clock } = resources;
  const client = { ...resources.client, budget: AT_ONCE };
  const licenceClient = { ...resources.licenceClient, budget: AT_ONCE };
  const now = clock.now();
  const [bot, storage, watch, partnerCenter, consent, people, priceSheets, events, planned, chats, readOnly, ...others] = await Promise.all([
    look(() => askBot(config.port)),
    look(async () => Boolean(await readListing(store)) || true),
    look(() => readWatch(resources)),
    look(async () => (await httpPartnerCenter(client, licenceClient).customers(null)).items.length),
    look(() => readConsent(store)),
    look(() => countPeople(resources, config)),
    look(() => askPrices(resources)),
    look(() => readEvents(client)),
    look(async () => (await readShape(store)) ?? null),
    look(async () => {
      const { asleep, unknownSince } = await teamsHealth(store, now);
      return { watching: (await watchers(store)).filter((one) => one.watching.length > 0).length, asleep, unknownSince };
    }),
    look(async () => (config.readOnly ? 'setting' : await switchedSince(resources))),
    ...resources.others.map(({ what, look: one }) => look(one).then((looked) => ({ what, looked }))),
  ]);
  return diagnose({
    ...ofMachine(config, clock),
    holder,
    bot,
    storage: 'seen' in storage ? { seen: true } : storage,
    skewMs: store.clockSkewMs(),
    watch,
    partnerCenter,
    others,
    consent: resources.consenting ? consent : null,
    people,
    priceSheets,
    events,
    planned,
    chats,
    readOnly: readOnly as Facts['readOnly'],
  });
}

/** What can be said where the storage could not be opened, and why it could not. */
export async function examineWithout(config: Config, why: Looked<true>, holder: number | null, seconds = LOOK_S): Promise<Finding[]> {
  const nothing = { failed: '' };
  return diagnose({
    ...ofMachine(config, systemClock()),
    holder,
    bot: await within(seconds, () => askBot(config.port)),
    storage: why,
    skewMs: 0,
    watch: nothing,
    partnerCenter: nothing,
    others: [],
    consent: null,
    people: nothing,
    priceSheets: nothing,
    events: nothing,
    planned: nothing,
    chats: nothing,
    readOnly: nothing,
  });
}

/** The log is written by this machine's own clock, wherever the sandbox's stands. */
function ofMachine(config: Config, clock: Clock): Pick<Facts, 'mode' | 'at' | 'node' | 'port' | 'fourEyes' | 'shows' | 'ours' | 'log' | 'certificateEndsAt'> {
  const file = join(config.dataDir, 'bot.log');
  const text = tailOf(file);
  const since = new Date(clock.wallMs() - HOUR_MS).toISOString();
  return {
    mode: config.mode,
    at: clock.now().toISOString(),
    node: process.versions.node,
    port: config.port,
    fourEyes: config.fourEyes,
    shows: config.shows,
    certificateEndsAt: config.certificateEndsAt,
    ours: `${config.publicUrl}/api/partner-center/events`,
    log: config.mode === 'azure' ? null : { file, warnings: text === null ? null : warningsIn(text, since) },
  };
}

/** What `work` brings within so many seconds. The timer keeps the program alive: what only waits would else end it without a word. */
export async function within<T>(seconds: number, work: () => Promise<T>): Promise<Looked<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Looked<T>>((resolve) => {
    timer = setTimeout(() => resolve({ late: seconds }), seconds * 1000);
  });
  const looked = Promise.resolve()
    .then(work)
    .then(
      (seen): Looked<T> => ({ seen }),
      // Here the operator's own eyes read it; elsewhere such words are in no log.
      (error: Error & { said?: string }): Looked<T> => ({ failed: [error.message.split('\n')[0], error.said].filter(Boolean).join(' ') }),
    );
  try {
    return await Promise.race([looked, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function askBot(port: number): Promise<{ waitsFor: string[] } | null> {
  try {
    const answer = (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as { waitsFor?: unknown };
    return { waitsFor: Array.isArray(answer.waitsFor) ? answer.waitsFor.map(String) : [] };
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED') return null;
    throw new Error(`what answers on port ${port} is not the bot`);
  }
}

async function readWatch({ store, clock }: Resources) {
  const [walk, gaps, counts] = await Promise.all([readListing(store), gapsOf(store), countsToday(store, clock)]);
  const { list, never, skipped } = gaps;
  const trouble = list && (list.unreadable ?? (list.partial ? 'a page could not be read' : 'some are missing or without a name'));
  return { customers: walk?.customers ?? 0, walkedAt: walk?.walkedAt ?? null, lateMs: lagMs(walk, counts), never, skipped, list: trouble };
}

async function countPeople({ directory }: Resources, { roleGroups, people }: Config) {
  if (!roleGroups && !people) return null;
  return { approvers: (await directory.holders('approve')).length, owners: (await directory.holders('own')).length };
}

/** A refusal is an answer; that nobody answers is none. */
async function askPrices({ askPriceSheets }: Resources): Promise<{ why: string } | null> {
  try {
    await askPriceSheets();
    return null;
  } catch (error) {
    if (error instanceof TokenError) return { why: error.code };
    throw error;
  }
}

async function readEvents(client: Resources['client']) {
  const now = await readRegistration(client);
  return now && { url: now.url, missing: EVENTS.filter((event) => !now.events.includes(event)) };
}

async function switchedSince({ store }: Resources) {
  const off = await readSwitch(store);
  const stop = stopOf(off);
  return off && stop ? { stop, since: off.at } : null;
}

/** Lines of the log from `since` on that warn. Pure. */
export function warningsIn(text: string, since: string): number {
  return text.split('\n').filter((line) => line.startsWith('{"level":"warn"') && (/"time":"([^"]+)"/.exec(line)?.[1] ?? '') >= since).length;
}

/** The end of a file; null where it cannot be read. */
function tailOf(file: string): string | null {
  try {
    const fd = openSync(file, 'r');
    try {
      const { size } = fstatSync(fd);
      const bytes = Buffer.alloc(Math.min(size, LOG_BYTES_MAX));
      readSync(fd, bytes, 0, bytes.length, Math.max(0, size - bytes.length));
      return bytes.toString('utf8');
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}
