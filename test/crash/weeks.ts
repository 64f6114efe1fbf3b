/**
 * What comes to chats by the clock, over two weeks: tickets that people react to or do not, chats in several zones with quiet hours, lists and
 * reports, with crashes, lost answers of Teams, and wake-ups that come late, twice or not at all.
 */
import { rendererIn } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import { BOT, ticketTransaction } from '../../services/auditLog/auditLog.ts';
import { relistAll, updateChat } from '../../services/chats.ts';
import type { ChatSettings } from '../../services/domain/settings.ts';
import type { Chat, News, Ticket } from '../../services/domain/ticket.ts';
import { handleNotify } from '../../services/notify/handler.ts';
import { noLeasesSeen } from '../../services/notify/lease.ts';
import type { NotifyDeps } from '../../services/notify/ports.ts';
import { refusalOf } from '../../services/notify/refusal.ts';
import { EVERYBODY } from '../../services/people/people.ts';
import type { WakeUp } from '../../services/queue/messages.ts';
import type { JobResult } from '../../services/queue/worker.ts';
import { CHAT_KEY, ofCustomer, OUTBOX, ticketKey, UNANSWERED_KEY } from '../../services/store/rows.ts';
import type { Store } from '../../services/store/store.ts';
import { listTicket, type OpenRow } from '../../services/tickets/openList.ts';
import { changeTicket } from '../../services/tickets/tickets.ts';
import { SHOWS, sampleTicket } from '../support/samples.ts';
import { chatFor } from '../support/sweeping.ts';
import type { Invariant } from './judge.ts';
import { changing } from './mutants.ts';
import type { Result } from './run.ts';
import { randomFrom } from './simulation.ts';
import { Crash, openSmall, openWakes, type Small, type SmallBugs, type Wakes } from './small.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STARTS = Date.parse('2027-03-15T00:00:00Z');
/** A change of the clock in Europe falls into it. */
const ENDS = STARTS + 16 * DAY;
const CUSTOMER = 'c1';
const TICKETS_MAX = 4;
const ZONES = ['UTC', 'Europe/Stockholm', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata'];
/** Beyond the moment from which it may be said: a weekend, a night, a list of the next week. */
const LATE_MS = 5 * DAY;
const LATE_WITH_LIST_MS = 9 * DAY;
const REPORT_LATE_MS = 12 * HOUR;

/** Something that a chat was told; `sure`: the bot lived on, and Teams' answer came. */
interface Told {
  chat: string;
  atMs: number;
  /** Of a line: its tickets; null for a report. */
  rows: OpenRow[] | null;
  sure: boolean;
}

/** From the last thing that was done to a ticket, or told of it, to the next. */
interface Wait {
  ticketId: string;
  fromMs: number;
  untilMs: number;
}

interface One extends Small {
  wakes: Wakes;
  told: Told[];
  waits: Wait[];
  chats: Chat[];
  /** Lines of each ticket's record that counted so far. */
  seen: Map<string, string>;
}

/** One run by its seed; what it broke, by invariant. */
export async function runWeeks(seed: number, bugs: SmallBugs | null = null): Promise<Result> {
  const random = randomFrom(seed * 71 + 5);
  const one = await open(random, bugs);
  while (one.nowMs() < ENDS) {
    await play(one);
    if (random() < 0.2) for (const key of await relistAll(one.memory)) one.wakes.wake.now({ queue: 'notify', what: 'chat', chat: key });
    for (let minutes = 0; minutes < 60; minutes += 10) {
      one.wakes.wake.now({ queue: 'notify', what: 'hours' });
      await one.wakes.turn();
      one.pass(10 * MINUTE);
    }
  }
  const broken: Result['broken'] = [];
  judge(one, (seen) => void (broken.length === 0 && broken.push(['I22', seen])));
  return { broken, calls: [], kinds: [], faults: one.faults() };
}

async function open(random: () => number, bugs: SmallBugs | null): Promise<One> {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const small = openSmall(random, { startsAt: new Date(STARTS).toISOString(), rate: pick([0, 0.01, 0.04]), customers: [], bugs });
  const loses = pick([0, 0.1, 0.3]);
  const chats = Array.from({ length: 3 }, (_, n): Chat => {
    const settings: ChatSettings = {
      zone: pick(ZONES),
      ...(random() < 0.4
        ? {
            quiet: pick([
              { from: 18, to: 8 },
              { from: 20, to: 11 },
              { from: 0, to: 6 },
            ] as const),
          }
        : {}),
      ...(random() < 0.3
        ? {
            digest: pick([
              { every: 'day', hour: 7 },
              { every: 'week', day: 3, hour: 16 },
            ] as const),
          }
        : {}),
      ...(random() < 0.7 ? { report: { day: 1 + Math.floor(random() * 7), hour: Math.floor(random() * 24) } } : {}),
    };
    const at = new Date(STARTS).toISOString();
    return { ...chatFor(`chat${n}`, CUSTOMER), kind: 'channel', watching: [{ what: 'all' }], watchedAt: at, reportFrom: at, settings };
  });
  for (const chat of chats) await updateChat(small.memory, chat.key, () => chat);
  const one: One = { ...small, chats, told: [], waits: [], seen: new Map(), wakes: null as never };
  const seenLeases = [noLeasesSeen(), noLeasesSeen()];
  let calls = 0;
  const handle = async (wakeUp: WakeUp): Promise<JobResult> => {
    const told: Told[] = [];
    const bot = calls++ % 2;
    try {
      const deps = { ...depsOf(one, told, () => random() < loses), workerId: `bot${bot}`, seenLeases: seenLeases[bot] } as NotifyDeps;
      const found = wakeUp.queue === 'notify' ? await handleNotify(deps, wakeUp) : 'idle';
      one.told.push(...told);
      return found;
    } catch (error) {
      one.told.push(...told.map((each) => ({ ...each, sure: false })));
      throw error;
    }
  };
  one.wakes = openWakes(one, handle, { lost: 0.2, twice: 0.2 });
  return one;
}

/** What one bot works with in one turn. Nobody waits within it: a lease that is not renewed meanwhile is as good. */
function depsOf(one: One, told: Told[], loses: () => boolean): Omit<NotifyDeps, 'workerId' | 'seenLeases'> {
  const english = rendererIn(en);
  let rows: OpenRow[] = [];
  const take = (chat: Chat, of: OpenRow[] | null) => {
    const lost = loses();
    told.push({ chat: chat.key, atMs: one.nowMs(), rows: of, sure: !lost });
    if (lost) throw refusalOf('say', { status: 502, code: '', retryAfter: null }, one.nowMs());
  };
  return {
    ...{ store: one.store, clock: { ...one.clock, sleep: () => new Promise<void>(() => {}) }, wake: one.wakes.wake, directory: EVERYBODY },
    ...{ fourEyes: { when: 'off' }, shows: SHOWS, log: { info: () => {}, warn: () => {} }, passMs: HOUR },
    answersGoTo: async () => null,
    tenantBudget: () => ({ take: async () => {}, pause: async () => {} }),
    report: async () => ({ card: {}, summary: 'report', claims: [], handle: '' }),
    renderer: {
      ...english,
      unanswered(view, chat) {
        rows = view.rows as OpenRow[];
        return english.unanswered(view, chat);
      },
    },
    deliver: {
      async post(chat) {
        take(chat, null);
        return { activityId: 'm', thread: chat.key };
      },
      edit: async () => 'done',
      say: async (chat) => take(chat, rows),
    },
  };
}

/** A ticket comes, somebody reacts to one, the bot says something once more, or one is closed; by a process that may be killed over it. */
async function play(one: One): Promise<void> {
  const at = one.clock.now().toISOString();
  const id = `S-${1 + Math.floor(one.random() * TICKETS_MAX)}`;
  const row = await one.memory.get<Ticket>(...ofCustomer(CUSTOMER), ticketKey(id));
  const roll = one.random();
  try {
    if (!row && roll < 0.03) await write(one, id, at, null);
    else if (row && !row.value.closed && roll < 0.012) {
      const doing = { store: one.store, clock: one.clock, wake: one.wakes.wake, programmes: [] };
      await changeTicket(doing, row, { key: 'p1', tenant: 't' }, (ticket) => ({ ticket, what: 'seen', data: { mark: 'seen' }, news: 'marked' }));
    } else if (row && !row.value.closed && roll < 0.03) await write(one, id, at, row.value);
    else if (row && !row.value.closed && roll < 0.031) await close(one, row.value, at);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    one.restart();
  }
  await notice(one);
}

/** A new one, or a reminder of one that is there. */
async function write(one: One, id: string, at: string, before: Ticket | null): Promise<void> {
  const ticket =
    before ?? sampleTicket({ id, customerId: CUSTOMER, subscriptionId: id, move: null, openedAt: at }, { lastDay: '2027-12-31', expiresOn: '2027-12-31' });
  const row = before ? await one.memory.get<Ticket>(...ofCustomer(CUSTOMER), ticketKey(id)) : null;
  const news: News = { kind: before ? 'reminder' : 'stopped', ticketId: id, by: null, at, data: {} };
  const changes = ticketTransaction(row ?? null, ticket, [{ by: BOT, what: before ? 'reminded' : 'stopped', before: 'open', after: 'open' }], [news], at);
  try {
    // Cards are another matter.
    await one.store.commit(
      ...ofCustomer(CUSTOMER),
      changes.filter((change) => !change.key.startsWith(OUTBOX)),
    );
  } finally {
    // As its news would have seen to, whoever was killed.
    const stored = await one.memory.get<Ticket>(...ofCustomer(CUSTOMER), ticketKey(id));
    if (stored) await listTicket(one.memory, stored.value, null);
  }
}

async function close(one: One, ticket: Ticket, at: string): Promise<void> {
  const closed: Ticket = { ...ticket, closed: { how: 'renewed', at } };
  await one.memory.put(...ofCustomer(CUSTOMER), ticketKey(ticket.id), closed);
  await listTicket(one.memory, closed, null);
}

/** What was done by now, by the record: a line of a person, or the first one, begins a wait. */
async function notice(one: One): Promise<void> {
  for (let n = 1; n <= TICKETS_MAX; n++) {
    const row = await one.memory.get<Ticket>(...ofCustomer(CUSTOMER), ticketKey(`S-${n}`));
    if (!row) continue;
    const { id, done: _, closed, audit } = row.value;
    const last = await one.memory.range<{ by: string; at: string }>(...ofCustomer(CUSTOMER), `aud_${id}_`, `aud_${id}_~`);
    const counted = last.filter(({ value }, index) => index === 0 || value.by !== BOT.key).at(-1)?.value.at;
    const mark = closed ? 'closed' : (counted ?? '');
    if (mark === one.seen.get(id) || audit.seq === 0) continue;
    one.seen.set(id, mark);
    const open = one.waits.find((wait) => wait.ticketId === id && wait.untilMs === Number.POSITIVE_INFINITY);
    if (open) open.untilMs = closed ? one.nowMs() : Date.parse(mark);
    if (!closed) one.waits.push({ ticketId: id, fromMs: Date.parse(mark), untilMs: Number.POSITIVE_INFINITY });
  }
}

/** A place's weekday and hour. */
function placeAt(zone: string, atMs: number): { weekday: number; hour: number } {
  const parts = clockOf(zone).formatToParts(atMs);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { weekday: ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')), hour: Number(of('hour')) };
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(zone: string): Intl.DateTimeFormat {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: 'numeric', hourCycle: 'h23', timeZone: zone });
  clocks.set(zone, clock);
  return clock;
}

/** When 48 hours of working days have gone by, counted by the quarter. */
function overAt(zone: string, fromMs: number): number {
  let left = 2 * DAY;
  let atMs = fromMs;
  for (; left > 0; atMs += 15 * MINUTE) if (placeAt(zone, atMs).weekday <= 5) left -= 15 * MINUTE;
  return atMs;
}

function judge(one: One, note: (seen: string) => void): void {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  for (const { key, settings = {} } of one.chats) {
    const { zone = 'UTC', quiet, digest, report } = settings;
    const told = one.told.filter(({ chat }) => chat === key);
    for (const { atMs, rows } of told) {
      const { hour } = placeAt(zone, atMs);
      const isQuiet = quiet && (quiet.from < quiet.to ? hour >= quiet.from && hour < quiet.to : hour >= quiet.from || hour < quiet.to);
      if (rows && isQuiet) note(`${key} (${zone}) was told at ${iso(atMs)}, in its quiet hours`);
    }
    for (const wait of one.waits) {
      const said = told.filter(({ rows, atMs }) => atMs >= wait.fromMs && atMs < wait.untilMs && rows?.some(({ ticketId }) => ticketId === wait.ticketId));
      const of = `${key} (${zone}) of ${wait.ticketId}, which waits since ${iso(wait.fromMs)}`;
      const overMs = overAt(zone, wait.fromMs);
      if (said.filter(({ sure }) => sure).length > 1) note(`${of}, was told ${said.map(({ atMs }) => iso(atMs)).join(', ')}`);
      const early = said.find(({ atMs }) => atMs < overMs - HOUR);
      if (early) note(`${of}, was told at ${iso(early.atMs)}, before two working days were over`);
      const mustMs = overMs + (digest ? LATE_WITH_LIST_MS : LATE_MS);
      if (said.length === 0 && mustMs < Math.min(wait.untilMs, one.nowMs())) note(`${of}, was never told`);
    }
    const reports = told.filter(({ rows }) => rows === null);
    for (let atMs = STARTS + HOUR; report && atMs + REPORT_LATE_MS < one.nowMs(); atMs += HOUR / 2) {
      const [now, before] = [placeAt(zone, atMs), placeAt(zone, atMs - HOUR / 2)];
      if (now.weekday !== report.day || now.hour !== report.hour || before.hour === report.hour) continue;
      const there = reports.filter((each) => each.atMs >= atMs - MINUTE && each.atMs < atMs + 7 * DAY - HOUR);
      if (!there.some((each) => each.atMs < atMs + REPORT_LATE_MS)) note(`${key} (${zone}) had no report at ${iso(atMs)}`);
      if (there.filter(({ sure }) => sure).length > 1) note(`${key} (${zone}) had ${there.length} reports from ${iso(atMs)} on`);
    }
    if (!report && reports.length > 0) note(`${key} has a report that nobody has asked for`);
  }
}

/** Changes a chat as it is stored. */
function chats(store: Store, change: (chat: Chat) => Chat): Store {
  return changing(store, (changes) => changes.map((one) => (one.op !== 'delete' && one.key === CHAT_KEY ? { ...one, value: change(one.value as Chat) } : one)));
}

/** Name -> the invariant that must catch it, and where it is put. */
export const WEEK_MUTANTS: Record<string, { caughtBy: Invariant; bugs: SmallBugs }> = {
  'what nobody reacts to is forgotten to have been said': {
    caughtBy: 'I22',
    bugs: { store: (store) => chats(store, ({ unansweredTo: _, ...chat }) => chat) },
  },
  'a report is forgotten to have come': {
    caughtBy: 'I22',
    bugs: { store: (store) => chats(store, (chat) => ({ ...chat, reportFrom: new Date(STARTS).toISOString() })) },
  },
  'a reaction counts for nothing': { caughtBy: 'I22', bugs: { store: untouched } },
  'what nobody reacts to is noted as said before it is': { caughtBy: 'I22', bugs: { store: tooSoon } },
};

function untouched(store: Store): Store {
  const first = new Map<string, string>();
  return changing(store, (changes) =>
    changes.map((one) => {
      if (one.op === 'delete' || !one.key.startsWith(ticketKey(''))) return one;
      const ticket = one.value as Ticket;
      const at = first.get(ticket.id) ?? ticket.touched?.at;
      if (!ticket.touched || !at) return one;
      first.set(ticket.id, at);
      return { ...one, value: { ...ticket, touched: { ...ticket.touched, at } } };
    }),
  );
}

function tooSoon(store: Store): Store {
  return {
    ...store,
    async put(table, partition, key, value) {
      await store.put(table, partition, key, value);
      if (key === UNANSWERED_KEY) await updateChat(store, partition, (chat) => chat && { ...chat, unansweredTo: '2100-01-01T00:00:00.000Z' });
    },
  };
}
