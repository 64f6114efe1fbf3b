/** Stage two: what one chat should hear, in order, by one taker at a time. What Teams does not take holds up nothing else. */
import { isAhead } from '../clock.ts';
import type { Chat, Expiry, Notice } from '../domain/ticket.ts';
import { expiryKey, noticeKey } from '../auditLog/auditLog.ts';
import type { Row } from '../store/store.ts';
import type { Turn } from '../queue/worker.ts';
import { drawMatter, placeCard } from './placeCard.ts';
import { readChat, saysOf } from '../chats.ts';
import { heardBy } from './hearing.ts';
import { giveLease, keepLease, takeLease } from './lease.ts';
import { crowdOf, waitFor } from './rateWindows.ts';
import { Refused } from './refusal.ts';
import { mentioned, wantsCard } from './rules.ts';
import { fallAsleep, noteIdentity, relayOne, TRY_EACH_MS } from './sleep.ts';
import type { Instead } from './trouble.ts';
import type { Speaking } from './ports.ts';
import { paced, TooFast } from './pacedDeliver.ts';
import { MISSED_KEY, heardAtOf, type SayRow, type WaitingRow, DIGEST_KEY, byMatter, SAYS_AT_ONCE } from './inbox.ts';
import { type Room, attempt } from './attempt.ts';
import { tellDigest, tellMissed } from './digest.ts';

const THROTTLED_MS = 10_000;
const IDENTITY_AGAIN_MS = 60_000;
const WHO_MAY_AGAIN_MS = 60_000;
const ASKED_MAX = 20;
const ASLEEP_MS = 60_000;
const LEASE_LOST_MS = 1_000;
/** So many matters refused one after the other, and none taken: the rest would be too. */
const REFUSALS_A_TURN = 3;
const REFUSED_MS = 60_000;

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

async function noteText(deps: Speaking, { note }: SayRow): Promise<string | null> {
  const chat = note && (await readChat(deps.store, note.chat))?.value;
  // It may have woken meanwhile.
  if (!chat || ((note.what === 'asleep' || note.what === 'tenant') && !chat.sleeping)) return null;
  return deps.looks.note(note, chat);
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
