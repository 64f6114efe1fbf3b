/** Stage two: what one chat should hear, in order, by one taker at a time. What Teams does not take holds up nothing else. */
import { dayOf, isAhead } from '../clock.ts';
import type { Chat, Expiry, NewsKind, Notice } from '../domain.ts';
import { openExpiries } from '../lists.ts';
import { expiryKey, noticeKey } from '../record.ts';
import type { Row } from '../store/store.ts';
import type { Turn } from '../worker.ts';
import { drawMatter, placeCard } from './card.ts';
import { hears, readChat, saysOf, updateChat } from './chats.ts';
import { newHandle, noteActivity } from './handles.ts';
import { heardBy } from './hearing.ts';
import { giveLease, type Keeping, keepLease, takeLease } from './lease.ts';
import { crowdOf, type Pace, paced, TooFast, waitFor } from './pace.ts';
import { Refused } from './refusal.ts';
import { isMissed, mentioned, wantsCard } from './show.ts';
import { fallAsleep, MISSED_KEY, noteIdentity, noteTaken, heardAtOf, relayOne, type SayRow, sleepOn, TRY_EACH_MS, type WaitingRow } from './sleep.ts';
import type { Speaking } from './speak.ts';
import { type Instead, setAside, stepAfter, UNSAID_MS } from './trouble.ts';

const SAYS_AT_ONCE = 300;
const MISSED_MAX = 5_000;
export const DIGEST_KEY = 'say_0';
const THROTTLED_MS = 10_000;
const IDENTITY_AGAIN_MS = 60_000;
const WHO_MAY_AGAIN_MS = 60_000;
const ASKED_MAX = 20;
const ASLEEP_MS = 60_000;
const LEASE_LOST_MS = 1_000;
/** So many matters refused one after the other, and none taken: the rest would be too. */
const REFUSALS_A_TURN = 3;
const REFUSED_MS = 60_000;
const INSTEADS_MAX = 4;

/** One chat while somebody speaks there. */
interface Room {
  chat: Chat;
  pace: Pace;
  keeping: Keeping;
  /** The storage's time, for Teams' windows. */
  now(): number;
  refusals: number;
  taken: number;
  /** Who asked there to see something. */
  asked: Map<string, string[]>;
  /** When somebody last spoke there after something was not taken. */
  heardAt: string | null;
  /** When what waits here may be tried next, from now. */
  waits: number[];
}

export async function speakTo(deps: Speaking, key: string): Promise<Turn> {
  const waiting = await saysOf<SayRow>(deps.store, key, SAYS_AT_ONCE);
  if (waiting.length === 0) return 'rest';
  const chat = (await readChat(deps.store, key))?.value;
  if (!chat || chat.dead) {
    for (const say of waiting) await deps.store.remove('chats', key, say.key);
    await deps.store.remove('chats', 'waiting', key);
    return waiting.length < SAYS_AT_ONCE ? 'rest' : { againMs: 0 };
  }
  if (chat.sleeping && isAhead(Date.parse(chat.sleeping.nextTryAt), deps.clock.now().getTime(), TRY_EACH_MS)) {
    // It is not waited for here: the walk comes by again and again.
    await deps.store.remove('chats', 'waiting', key);
    return 'rest';
  }
  const says = await heardBy(deps, chat, waiting);
  if (says === null) {
    await noteTrouble(deps, key, waiting, 'who may is not known');
    return { againMs: WHO_MAY_AGAIN_MS };
  }
  const pace = await takeLease(deps, key);
  if (typeof pace === 'number') return { againMs: pace };
  const now = () => deps.clock.wallMs() + deps.store.aheadMs();
  const keeping = keepLease(deps, key, pace);
  const room: Room = { chat, pace, now, keeping, refusals: 0, taken: 0, asked: askedOf(says), heardAt: null, waits: [] };
  try {
    if (Object.keys(pace.troubles).length > 0) room.heardAt = await heardAtOf(deps.store, key);
    const waitMs = await speakAll({ ...deps, deliver: paced(deps, pace, now) }, room, says);
    const [trouble] = Object.values(pace.troubles).filter((one) => one.nextMs > deps.clock.now().getTime());
    if (trouble) await noteTrouble(deps, key, says, trouble.code);
    else if (waitMs === 0 && waiting.length < SAYS_AT_ONCE) await deps.store.remove('chats', 'waiting', key);
    return { againMs: waitMs };
  } catch (error) {
    if (error instanceof TooFast) return { againMs: error.waitMs };
    if (error instanceof Refused) return await refused(deps, chat, says, error);
    await noteTrouble(deps, key, says, 'no answer');
    throw error;
  } finally {
    await room.keeping.stop();
    await giveLease(deps, key, pace);
  }
}

/** It is not one card that Teams refuses. */
async function refused(deps: Speaking, chat: Chat, says: Row<SayRow>[], error: Refused): Promise<Turn> {
  const { verdict, code } = error;
  if (verdict.is === 'refused') {
    await fallAsleep(deps, chat, code);
    return 'rest';
  }
  await noteTrouble(deps, chat.key, says, code);
  if (verdict.is === 'wait') return { againMs: verdict.ms || THROTTLED_MS };
  if (verdict.is !== 'identity') throw error;
  await noteIdentity(deps, code);
  return { againMs: IDENTITY_AGAIN_MS };
}

async function noteTrouble(deps: Speaking, key: string, says: Row<SayRow>[], trouble: string): Promise<void> {
  await deps.store.put('chats', 'waiting', key, { since: says[0]?.value.news.at ?? '', trouble } satisfies WaitingRow);
}

/** Says what the windows leave room for; how long to wait before the rest. */
async function speakAll(deps: Speaking, room: Room, all: Row<SayRow>[]): Promise<number> {
  const says = all.some((one) => one.key === MISSED_KEY) ? await tellMissed(deps, room) : all;
  // Who goes on sleeping is not looked at again at once.
  if (says === 'asleep') return soonest(room.waits, 0) || ASLEEP_MS;
  for (const row of says.filter((one) => one.value.note))
    await attempt(deps, room, row.key, async (instead) => {
      const text = instead ? null : await noteText(deps, row.value);
      if (text) await deps.deliver.say(room.chat, null, text, []);
      await deps.store.remove('chats', room.chat.key, row.key);
    });
  const matters = byMatter(says);
  const fresh = await freshOf(deps, room.chat, matters);
  const crowd = crowdOf(room.pace, fresh.size, deps.passMs, room.now());
  const asked = says.find((one) => one.key === DIGEST_KEY);
  const laterMs = crowd && !asked ? crowd.gatherMs : 0;
  if (asked || (crowd && laterMs === 0)) await tellDigest(deps, room, { asked, matters, crowd: crowd ? fresh : new Set() });
  // What a chat has not heard of at all goes before what goes on: no matter waits for the lines of another.
  for (const [ticket, rows] of [...matters].sort(([a], [b]) => Number(fresh.has(b)) - Number(fresh.has(a)))) {
    if (crowd && fresh.has(ticket)) continue;
    if (room.refusals >= REFUSALS_A_TURN && room.taken === 0) return REFUSED_MS;
    const roomMs = waitFor(room.pace.sent, 1 + rows.length, room.now());
    if (roomMs > 0) return roomMs;
    if (room.keeping.isLost()) return LEASE_LOST_MS;
    const done = await attempt(deps, room, ticket, (instead) => speakMatter(deps, room.chat, rows, instead));
    if (done === 'unsaid') await relayOne(deps, room.chat, { ticket, customerId: rows[0]?.value.customerId ?? '' });
    if (done !== 'done') await fold(deps, room.chat, rows);
    if (done === 'done' && fresh.has(ticket)) room.pace.alerts.push(room.now());
  }
  return soonest(room.waits, laterMs);
}

/** What waits for long keeps the newest row of each kind: what goes on meanwhile must not fill the chat's inbox and hide what comes after. */
async function fold(deps: Speaking, chat: Chat, rows: Row<SayRow>[]): Promise<void> {
  const newest = new Map(rows.map((row) => [row.value.news.kind, row.key]));
  for (const row of rows) if (newest.get(row.value.news.kind) !== row.key) await deps.store.remove('chats', chat.key, row.key);
}

/** Refused ones are tried at their time; a crowd is gathered. */
function soonest(waits: number[], laterMs: number): number {
  const all = laterMs > 0 ? [...waits, laterMs] : waits;
  return all.length > 0 ? Math.max(1_000, Math.min(...all)) : 0;
}

function byMatter(says: Row<SayRow>[]): Map<string, Row<SayRow>[]> {
  const matters = new Map<string, Row<SayRow>[]>();
  for (const say of says) {
    if (say.key === DIGEST_KEY || say.key === MISSED_KEY || say.value.note) continue;
    matters.set(say.value.news.expiryId, [...(matters.get(say.value.news.expiryId) ?? []), say]);
  }
  return matters;
}

/** Matters that the chat has no card about and hears of for the first time. */
async function freshOf(deps: Speaking, chat: Chat, matters: Map<string, Row<SayRow>[]>): Promise<Set<string>> {
  const fresh = new Set<string>();
  for (const [ticket, rows] of matters) {
    if (!rows.every((row) => row.value.news.kind === 'stopped')) continue;
    if (!(await deps.store.get<Notice>('customers', rows[0]?.value.customerId as string, noticeKey(ticket, chat.key)))) fresh.add(ticket);
  }
  return fresh;
}

/** By ticket, the rows of those who asked in the chat to see it: in no order of time, for clocks differ. */
function askedOf(says: Row<SayRow>[]): Map<string, string[]> {
  const asked = new Map<string, string[]>();
  for (const { key, value } of says)
    if (value.news.kind === 'show') asked.set(value.news.expiryId, [...(asked.get(value.news.expiryId) ?? []), key].slice(-ASKED_MAX));
  return asked;
}

/**
 * One thing to be said, at its time and in its way; what is refused is noted, and the next thing has its turn. `unsaid`: the
 * chat takes it in no form. Throws where it is the chat or the bot that is refused.
 */
async function attempt(deps: Speaking, room: Room, id: string, work: (instead: Instead | null) => Promise<void>): Promise<'done' | 'later' | 'unsaid'> {
  const { troubles } = room.pace;
  const nowMs = () => deps.clock.now().getTime();
  const nextMs = troubles[id]?.nextMs ?? 0;
  const waitMs = isAhead(nextMs, nowMs(), UNSAID_MS) ? nextMs - nowMs() : 0;
  // Whoever asks to see something, or speaks there, is there: it is tried once more for that, and its times stay as they were.
  const asked = [...(room.asked.get(id) ?? []), ...(room.heardAt === null ? [] : [room.heardAt])];
  const extra = waitMs > 0 && asked.some((key) => !troubles[id]?.triedFor?.includes(key));
  if (waitMs > 0 && !extra) {
    room.waits.push(waitMs);
    return 'later';
  }
  for (let ways = 0; ways < INSTEADS_MAX; ways++) {
    const before = troubles[id] ?? null;
    try {
      await work(before?.instead ?? null);
      if (before?.instead === 'plain') troubles[id] = setAside(before);
      else delete troubles[id];
      room.taken += 1;
      // What took one that it had refused may take the others too.
      if (before?.instead === null) for (const other of Object.values(troubles)) other.nextMs = Math.min(other.nextMs, nowMs());
      if (before?.instead === null && room.waits.length > 0) room.waits.push(0);
      return 'done';
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { is } = error.verdict;
      if (is === 'refused' || is === 'wait' || is === 'identity') throw error;
      const step = stepAfter(before, { doing: error.doing, is, code: error.code }, room.pace.acceptedMs, nowMs());
      if (extra && before && step.do !== 'instead') {
        troubles[id] = { ...before, triedFor: asked };
        room.waits.push(waitMs);
        return 'later';
      }
      if (step.do === 'sleep') throw new Refused('post', { is: 'refused' }, error.code);
      troubles[id] = { ...step.trouble, triedFor: asked };
      if (step.do === 'later') {
        deps.log.warn({ chat: room.chat.key, what: id, code: error.code, tries: step.trouble.tries }, 'Teams did not take a message; it is tried again');
        room.refusals += 1;
        room.waits.push(step.trouble.nextMs - nowMs());
        return step.inPerson ? 'unsaid' : 'later';
      }
      deps.log.warn({ chat: room.chat.key, what: id, code: error.code, instead: step.trouble.instead }, 'Teams does not take a message; it is said otherwise');
    }
  }
  return 'later';
}

async function noteText(deps: Speaking, { note }: SayRow): Promise<string | null> {
  const chat = note && (await readChat(deps.store, note.chat))?.value;
  // It may have woken meanwhile.
  if (!chat || ((note.what === 'asleep' || note.what === 'tenant') && !chat.sleeping)) return null;
  return deps.looks.note(note, chat);
}

/** The digest that was asked for, or that stands for a crowd. */
async function tellDigest(
  deps: Speaking,
  room: Room,
  { asked, matters, crowd }: { asked: Row<SayRow> | undefined; matters: Map<string, Row<SayRow>[]>; crowd: ReadonlySet<string> },
): Promise<void> {
  const { chat, pace } = room;
  await attempt(deps, room, DIGEST_KEY, async (instead) => {
    await postDigest(deps, chat, { tickets: crowd, missedSince: null }, instead);
    pace.digestAt = room.now();
    for (const ticket of crowd) for (const row of matters.get(ticket) ?? []) await deps.store.remove('chats', chat.key, row.key);
    if (!asked) return;
    await updateChat(deps.store, chat.key, (now) => now && { ...now, toldBaseline: true });
    // What was asked for while the digest was on its way may not be in it: then it is still asked for.
    await deps.store.commit('chats', chat.key, [{ op: 'delete', key: DIGEST_KEY, etag: asked.etag }]);
  });
}

/** What is open of what the chat hears, and of `tickets`; `missedSince`: only those tickets. */
async function postDigest(
  deps: Speaking,
  chat: Chat,
  of: { tickets: ReadonlySet<string>; missedSince: string | null },
  instead: Instead | null,
): Promise<void> {
  const rows = (await openExpiries(deps.store)).filter((row) => of.tickets.has(row.ticket) || (of.missedSince === null && hears(chat.watching, row)));
  if (rows.length === 0 || instead === 'quiet') return;
  const list = { days: 3650, customerId: null, watched: chat.watching.length > 0 };
  const handle = await newHandle(deps.store, { kind: 'list', chat: chat.key, list }, deps.clock.now());
  const message = deps.looks.digest(rows, handle, dayOf(deps.clock.now()), of.missedSince);
  if (instead === 'plain') await deps.deliver.say(chat, null, deps.looks.plain(message.summary, null), []);
  else await noteActivity(deps.store, handle, (await deps.deliver.post(chat, message)).activityId);
}

/** News that the list of what was missed tells well enough. */
const LISTED: ReadonlySet<NewsKind> = new Set(['stopped', 'reminder', 'known']);

/** A chat that slept hears first, in one list, what it missed and is still open. What is left to be said; `asleep` where it goes on sleeping. */
async function tellMissed(deps: Speaking, room: Room): Promise<Row<SayRow>[] | 'asleep'> {
  const { chat } = room;
  const says = await saysOf<SayRow>(deps.store, chat.key, MISSED_MAX);
  const matters = byMatter(says);
  const missed = new Set([...matters].flatMap(([ticket, rows]) => (rows.some((row) => isMissed(row.value.news.kind)) ? [ticket] : [])));
  const all = (await openExpiries(deps.store)).filter((row) => matters.has(row.ticket));
  // Where no more than a card has changed, the try that may wake the chat is the list of those.
  const tickets = chat.sleeping && !all.some((row) => missed.has(row.ticket)) ? new Set(matters.keys()) : missed;
  const open = all.filter((row) => tickets.has(row.ticket));
  if (chat.sleeping && open.length === 0 && !says.some((one) => one.value.note)) {
    await sleepOn(deps, chat);
    return 'asleep';
  }
  const since = says.find((one) => one.key === MISSED_KEY)?.value.news.at ?? '';
  const told = await attempt(deps, room, MISSED_KEY, (instead) => postDigest(deps, chat, { tickets, missedSince: since }, instead));
  if (told !== 'done') return 'asleep';
  await updateChat(deps.store, chat.key, (now) => now && (now.sleeping ? { ...now, sleeping: null } : now));
  for (const rows of matters.values()) if (await isTold(deps, chat, rows)) for (const row of rows) await deps.store.remove('chats', chat.key, row.key);
  await deps.store.remove('chats', chat.key, MISSED_KEY);
  await noteTaken(deps, chat);
  // What was refused before is tried afresh.
  room.pace.troubles = {};
  return saysOf<SayRow>(deps.store, chat.key, SAYS_AT_ONCE);
}

/** Whether the list says all of a matter: no card stands that must be true, and nothing of what is open asks for more. */
async function isTold(deps: Speaking, chat: Chat, rows: Row<SayRow>[]): Promise<boolean> {
  const { customerId, news } = rows[0]?.value ?? {};
  if (!customerId || !news) return true;
  const [notice, expiry] = await Promise.all([
    deps.store.get<Notice>('customers', customerId, noticeKey(news.expiryId, chat.key)),
    deps.store.get<Expiry>('customers', customerId, expiryKey(news.expiryId)),
  ]);
  if (notice) return false;
  return !expiry || expiry.value.closed !== null || !rows.some((row) => wantsCard(row.value.news.kind) && !LISTED.has(row.value.news.kind));
}

async function speakMatter(deps: Speaking, chat: Chat, rows: Row<SayRow>[], instead: Instead | null): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { customerId, news } = first.value;
  const ticket = news.expiryId;
  const expiry = (await deps.store.get<Expiry>('customers', customerId, expiryKey(ticket)))?.value;
  if (expiry && instead === 'plain') {
    const message = await drawMatter(deps, chat, expiry);
    await deps.deliver.say(chat, null, deps.looks.plain(message.summary, ticket), []);
  } else if (expiry) await showMatter(deps, chat, expiry, rows, instead);
  for (const row of rows) await deps.store.remove('chats', chat.key, row.key);
}

/** The card, and a line for each piece of news. */
async function showMatter(deps: Speaking, chat: Chat, expiry: Expiry, rows: Row<SayRow>[], instead: Instead | null): Promise<void> {
  const kinds = rows.map((row) => row.value.news.kind);
  const placed = await placeCard(deps, chat, expiry, {
    anew: kinds.includes('show'),
    wanted: kinds.some(wantsCard),
    again: rows.some((row) => row.value.news.data.again === 1),
    replace: instead === 'anew',
  });
  if (placed?.posted) await freshenPosted(deps, chat, expiry);
  if (!placed || instead === 'quiet') return;
  for (const row of rows) {
    const line = deps.looks.line(row.value.news, placed.shown);
    if (!line || (placed.posted && row.value.news.kind === 'stopped')) continue;
    await deps.deliver.say(chat, placed.notice.thread, line.text, mentioned(row.value.news, placed.shown));
    // So that a line which is refused does not repeat those before it.
    await deps.store.remove('chats', chat.key, row.key);
  }
}

/** What happened while the card was on its way found no card to edit: look once more. */
async function freshenPosted(deps: Speaking, chat: Chat, { customerId, id }: Expiry): Promise<void> {
  const expiry = (await deps.store.get<Expiry>('customers', customerId, expiryKey(id)))?.value;
  if (expiry) await placeCard(deps, chat, expiry, { anew: false, wanted: false, again: false, replace: false });
}
