/** A chat that Teams refuses sleeps: it keeps what it watches and what it should hear, and people hear in its place what is urgent. */
import { asleepChats, chatKey, hears, readChat, updateChat, type Watcher, watchers } from '../chats.ts';
import { addDays, dayOf, later } from '../clock.ts';
import type { Chat, News, Ticket } from '../domain/ticket.ts';
import { DirectoryError, personalChat, staffBy } from '../people/people.ts';
import { IDENTITY_KEY, MISSED_KEY, noteKey, refusalKey, REFUSALS, relayKey } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';
import { written } from '../store/update.ts';
import { type OpenRow, openTickets, waitingApprovals } from '../tickets/openList.ts';
import { type InboxRow, noLongerWaiting, type Note, plainRow, putAndWake, putInInbox } from './inbox.ts';
import type { NotifyDeps } from './ports.ts';
import { ASKING } from './rules.ts';
import { isWorth } from './whenTold.ts';

const DAY_MS = 86_400_000;
/** A chat that sleeps is tried once in so long. */
export const TRY_EACH_MS = DAY_MS;
/** Asleep for so long, a chat is closed. */
const CLOSED_MS = 90 * DAY_MS;
/** What ends within so many days does not wait for a chat to wake. */
const URGENT_DAYS = 30;
const URGENT_MAX = 200;
/** Refused so lately, Teams does not know us now. */
const IDENTITY_MS = 300_000;
const IDENTITY_EVERY_MS = 30_000;

/** What it takes to let a chat sleep, and to tell people. */
export type SleepDeps = Pick<NotifyDeps, 'store' | 'clock' | 'wake' | 'directory' | 'log'>;

/**
 * Teams refuses to let the bot speak there. First the chat is noted as asleep, and that nobody was told yet: a crash cannot lose that, and
 * what people are told, and what a turn of the chat looks at meanwhile, is true. Then whoever can do something about it is told.
 */
export async function fallAsleep(deps: SleepDeps, chat: Chat, code: string): Promise<void> {
  const now = deps.clock.now();
  const since = chat.sleeping?.since ?? now.toISOString();
  if (now.getTime() - Date.parse(since) >= CLOSED_MS) return close(deps, chat, code);
  const nextTryAt = later(now, TRY_EACH_MS);
  const fallen = await updateChat(deps.store, chat.key, (at) => {
    if (!at || at.dead) return at;
    const untold = !at.sleeping || at.sleeping.untold;
    return { ...at, sleeping: { since: at.sleeping?.since ?? since, code, nextTryAt, ...(untold ? { untold } : {}) } };
  });
  if (fallen?.sleeping?.untold) await tellAsleep(deps, fallen, code);
  await noLongerWaiting(deps.store, chat.key);
  await noteTenant(deps, chat, code);
}

async function tellAsleep(deps: SleepDeps, chat: Chat, code: string): Promise<void> {
  await putInInbox(deps.store, chat.key, MISSED_KEY, plainRow(deps.clock.now()));
  await tellInPerson(deps, chat, { what: 'asleep', chat: chat.key, code });
  await relayUrgent(deps, chat);
  await updateChat(deps.store, chat.key, (at) => {
    if (!at?.sleeping?.untold) return at;
    const { untold: _, ...told } = at.sleeping;
    return { ...at, sleeping: told };
  });
  deps.log.warn({ chat: chat.key, code }, 'a chat takes no messages; it sleeps and keeps what it should hear');
}

/** The next try is in a day: there was nothing to say. */
export async function sleepOn(deps: SleepDeps, chat: Chat): Promise<void> {
  const { sleeping } = chat;
  if (sleeping) return fallAsleep(deps, chat, sleeping.code);
}

async function close(deps: SleepDeps, chat: Chat, code: string): Promise<void> {
  await tellInPerson(deps, chat, { what: 'closed', chat: chat.key, code });
  await updateChat(deps.store, chat.key, (at) => at && takenOut(at));
  deps.log.warn({ chat: chat.key, code }, 'a chat slept for 90 days and is closed');
}

/** The chat without the bot; what it watched is kept, to be offered when the bot is back. Pure. */
export function takenOut(chat: Chat): Chat {
  const { formerly = [], ...rest } = chat;
  // Teams tells of one removal twice.
  return { ...rest, watching: [], dead: true, sleeping: null, formerly: chat.dead ? formerly : chat.watching };
}

/** A note to whoever put the bot into the chat; to the owners too, but of a chat that somebody left on purpose. */
export async function tellInPerson(deps: SleepDeps, chat: Chat, note: Note): Promise<void> {
  const people = await peopleOf(deps, [chat], note.what !== 'removed');
  const news = plainRow(deps.clock.now());
  for (const person of people) if (person !== chat.key) await putAndWake(deps, person, noteKey(note.what, chat.key), { ...news, note });
}

/** Personal chats of those who put the bot into these chats, and of its owners. */
async function peopleOf(deps: SleepDeps, chats: Chat[], owners: boolean): Promise<Set<string>> {
  const keys = new Set(chats.map((chat) => chat.installedBy ?? chat.watchedBy));
  const found = await Promise.all([...keys].map((key) => personalChat(deps.store, key)));
  return new Set([...found.flatMap((one) => one ?? []), ...(owners ? await ownersChats(deps) : [])]);
}

async function ownersChats(deps: SleepDeps): Promise<string[]> {
  try {
    const owners = await deps.directory.holders('own');
    if (owners.length === 0) return [];
    return [...(await staffBy(deps.store, new Set(owners.map((one) => one.objectId)))).values()].flatMap((one) => one.chat ?? []);
  } catch (error) {
    if (error instanceof DirectoryError) return [];
    throw error;
  }
}

/** What ends soon or waits for a yes, and is heard in no other chat that is awake, goes to people at once. */
async function relayUrgent(deps: SleepDeps, chat: Chat): Promise<void> {
  const awake = (await watchers(deps.store)).filter((one) => !one.asleep && one.key !== chat.key);
  const asked = new Set((await waitingApprovals(deps.store)).map((row) => row.ticketId));
  const until = addDays(dayOf(deps.clock.now()), URGENT_DAYS);
  const urgent = (await openTickets(deps.store))
    .filter((row) => (row.lastDay <= until || asked.has(row.ticketId)) && hears(chat.watching, row) && !awake.some((one) => hears(one.watching, row)))
    .filter((row) => isWorth(chat.settings?.worth, { ...row, priceNow: null }, dayOf(deps.clock.now())))
    .slice(0, URGENT_MAX);
  if (urgent.length === 0) return;
  const people = await peopleOf(deps, [chat], true);
  for (const person of people)
    if (person !== chat.key) for (const row of urgent) await putAndWake(deps, person, relayKey(row.ticketId), relayed(row, deps.clock.now()));
}

function relayed(row: Pick<OpenRow, 'ticketId' | 'customerId'>, at: Date): InboxRow {
  return { customerId: row.customerId, news: { kind: 'stopped', ticketId: row.ticketId, by: null, at: at.toISOString(), data: {} } };
}

/** Where news of a ticket go instead, when all that should hear them sleep: none, unless they are urgent. */
export async function insteadOf(deps: SleepDeps, listening: Watcher[], ticket: Ticket, kind: News['kind']): Promise<string[]> {
  const urgent = ASKING.has(kind) || kind === 'stuck' || ticket.facts.lastDay <= addDays(dayOf(deps.clock.now()), URGENT_DAYS);
  if (!urgent || listening.length === 0 || listening.some((one) => !one.asleep)) return [];
  const chats = (await Promise.all(listening.map((one) => readChat(deps.store, one.key)))).flatMap((row) => row?.value ?? []);
  return [...(await peopleOf(deps, chats, true))];
}

/** A chat that refuses its only other way out too: one ticket goes to people. */
export async function relayOne(deps: SleepDeps, chat: Chat, row: Pick<OpenRow, 'ticketId' | 'customerId'>): Promise<void> {
  for (const person of await peopleOf(deps, [chat], true))
    if (person !== chat.key) await putAndWake(deps, person, relayKey(row.ticketId), relayed(row, deps.clock.now()));
}

/** When the last chat of a tenant has fallen asleep, whoever runs the bot hears of it, once until a message is taken again. */
async function noteTenant(deps: SleepDeps, chat: Chat, code: string): Promise<void> {
  const there = (await watchers(deps.store)).filter((one) => one.tenantId === chat.tenantId && one.key !== chat.key);
  if (there.some((one) => !one.asleep) || (there.length === 0 && code !== 'BotDisabledByAdmin')) return;
  const value = { at: deps.clock.now().toISOString(), code };
  if ((await deps.store.commit(...REFUSALS, [{ op: 'create', key: refusalKey(chatKey(chat.tenantId, '')), value }])) === 'conflict') return;
  deps.log.warn({ code, chats: there.length + 1 }, 'Teams refuses the bot in all chats of a tenant');
  for (const owner of new Set(await ownersChats(deps))) {
    const news = plainRow(deps.clock.now());
    await putAndWake(deps, owner, noteKey('tenant', chat.key), { ...news, note: { what: 'tenant', chat: chat.key, code } });
  }
}

/** Teams takes messages in this tenant again. */
export async function noteTaken(deps: Pick<SleepDeps, 'store'>, chat: Chat): Promise<void> {
  await deps.store.remove(...REFUSALS, refusalKey(chatKey(chat.tenantId, '')));
}

/** Whether Teams refuses the bot everywhere, for readiness and status. */
export interface TeamsHealth {
  /** Chats that sleep. */
  asleep: number;
  /** Of chats that watch, whether all sleep. */
  allAsleep: boolean;
  /** Since when Teams does not know who the bot is; null where it does. */
  unknownSince: string | null;
}

export async function teamsHealth(store: Store, now: Date): Promise<TeamsHealth> {
  const [asleep, watching, identity] = await Promise.all([asleepChats(store), watchers(store), store.get<IdentityRow>(...REFUSALS, IDENTITY_KEY)]);
  const lately = identity !== undefined && now.getTime() - Date.parse(identity.value.at) < IDENTITY_MS;
  return { asleep: asleep.size, allAsleep: watching.length > 0 && watching.every((one) => one.asleep), unknownSince: lately ? identity.value.since : null };
}

interface IdentityRow {
  since: string;
  at: string;
}

/** Teams does not know who we are: nothing is dropped, everything is tried again, and readiness says so. */
export async function noteIdentity(deps: SleepDeps, code: string): Promise<void> {
  const now = deps.clock.now();
  const row = await deps.store.get<IdentityRow>(...REFUSALS, IDENTITY_KEY);
  const agoMs = row ? now.getTime() - Date.parse(row.value.at) : Number.POSITIVE_INFINITY;
  if (agoMs >= 0 && agoMs < IDENTITY_EVERY_MS) return;
  const lasts = row && agoMs >= 0 && agoMs < IDENTITY_MS;
  const value: IdentityRow = { since: lasts ? row.value.since : now.toISOString(), at: now.toISOString() };
  const change: Change = written(row, IDENTITY_KEY, value);
  if ((await deps.store.commit(...REFUSALS, [change])) === 'conflict' || lasts) return;
  deps.log.warn({ code }, 'Teams does not know the bot (401): look at its registration and its secret; nothing is dropped');
}
