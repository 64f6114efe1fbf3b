/** Stage two: what one chat should hear, in order, by one taker at a time. What Teams does not take holds up nothing else. */
import { inboxOf, readChat } from '../chats.ts';
import { isAhead } from '../clock.ts';
import type { Chat, Notice, Ticket } from '../domain/ticket.ts';
import { namesOf } from '../people/people.ts';
import type { JobResult } from '../queue/worker.ts';
import { DIGEST_KEY, MISSED_KEY, noticeKey, ofChat, ofCustomer, REPORT_KEY, ticketKey, UNANSWERED_KEY } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import { attempt, type Room } from './attempt.ts';
import { MISSED_MAX, tellDigest, tellMissed } from './digest.ts';
import { heardBy } from './hearing.ts';
import { byTicketId, dueOf, heardAtOf, INBOX_AT_ONCE, type InboxRow, noLongerWaiting, noteTrouble, rewriteLater } from './inbox.ts';
import { giveLease, keepLease, takeLease } from './lease.ts';
import { rateLimited, RateLimited } from './pacedDeliver.ts';
import { drawTicket, placeCard } from './placeCard.ts';
import type { NotifyDeps } from './ports.ts';
import { burstOf, waitFor } from './rateWindows.ts';
import { Refused } from './refusal.ts';
import { mentioned, wantsCard } from './rules.ts';
import { isLeftAlone, settle } from './settle.ts';
import { fallAsleep, noteIdentity, relayOne, TRY_EACH_MS } from './sleep.ts';
import type { Instead } from './trouble.ts';
import { tellUnanswered } from './unanswered.ts';
import { tellReport } from './weekly.ts';
import { nextOf } from './turns.ts';

const THROTTLED_MS = 10_000;
const IDENTITY_AGAIN_MS = 60_000;
const WHO_MAY_AGAIN_MS = 60_000;
const ASKED_MAX = 20;
const ASLEEP_MS = 60_000;
const LEASE_LOST_MS = 1_000;
const TELLING_MS = 60_000;
/** So many tickets refused one after the other, and none taken: the rest would be too. */
const REFUSALS_A_TURN = 3;
const REFUSED_MS = 60_000;

/** Says what waits in one chat. */
export async function notifyChat(deps: NotifyDeps, key: string): Promise<JobResult> {
  const [first, row] = await Promise.all([inboxOf<InboxRow>(deps.store, key, INBOX_AT_ONCE), readChat(deps.store, key)]);
  const chat = row?.value;
  // What is held lies there too, and a list says all of its kind at once.
  const atOnce = chat?.settings ? MISSED_MAX : INBOX_AT_ONCE;
  const all = chat?.settings ? await inboxOf<InboxRow>(deps.store, key, atOnce) : first;
  const waiting = dueOf(deps, all);
  if (waiting.length === 0 && !chat?.sleeping?.untold) {
    if (all.length > 0) await noLongerWaiting(deps.store, key);
    return 'idle';
  }
  if (!chat || chat.dead) {
    for (const row of waiting) await deps.store.remove(...ofChat(key), row.key);
    await noLongerWaiting(deps.store, key);
    return waiting.length < atOnce ? 'idle' : { retryInMs: 0 };
  }
  if (chat.sleeping && isAhead(Date.parse(chat.sleeping.nextTryAt), deps.clock.now().getTime(), TRY_EACH_MS)) {
    // Who began to tell it is dead by now.
    if (chat.sleeping.untold && deps.clock.now().getTime() - Date.parse(chat.sleeping.since) > TELLING_MS) await fallAsleep(deps, chat, chat.sleeping.code);
    // Nothing waits for it here: the sweep wakes it again and again.
    await noLongerWaiting(deps.store, key);
    return 'idle';
  }
  if (isLeftAlone(chat, deps.clock.now()) && !waiting.some((row) => row.value.news.kind === 'show')) return 'idle';
  const inbox = await heardBy(deps, chat, waiting);
  if (inbox === null) {
    await noteTrouble(deps, key, waiting, 'who may is not known');
    return { retryInMs: WHO_MAY_AGAIN_MS };
  }
  const lease = await takeLease(deps, key);
  if (typeof lease === 'number') return { retryInMs: lease };
  const { pace, lapsed } = lease;
  const now = () => deps.clock.wallMs() + deps.store.clockSkewMs();
  const keeping = keepLease(deps, key, pace);
  const room: Room = { chat, pace, now, keeping, refusals: 0, taken: 0, asked: askersOf(inbox), heardAt: null, waits: [] };
  try {
    if (lapsed) await rewriteAll(deps, key, inbox);
    if (Object.keys(pace.troubles).length > 0) room.heardAt = await heardAtOf(deps.store, key);
    const waitMs = await notifyAll({ ...deps, deliver: rateLimited(deps, pace, now) }, room, inbox);
    if (waitMs === 'held') {
      // What is held for whoever watches nothing is in no other list that is looked through.
      if (chat.watching.length > 0 || (await inboxOf(deps.store, key, 1)).length === 0) await noLongerWaiting(deps.store, key);
      else await noteTrouble(deps, key, inbox, null);
      return 'idle';
    }
    const [trouble] = Object.values(pace.troubles).filter((one) => one.nextMs > deps.clock.now().getTime());
    if (trouble) await noteTrouble(deps, key, inbox, trouble.code);
    else if (waitMs === 0 && waiting.length < atOnce) await noLongerWaiting(deps.store, key);
    return { retryInMs: waitMs };
  } catch (error) {
    if (error instanceof RateLimited) return { retryInMs: error.waitMs };
    if (error instanceof Refused) return await refused(deps, chat, inbox, error);
    await noteTrouble(deps, key, inbox, 'no answer');
    throw error;
  } finally {
    await room.keeping.stop();
    await giveLease(deps, key, pace);
  }
}

/** Whoever spoke there before was cut off: one of these cards may have been on its way. */
async function rewriteAll(deps: NotifyDeps, chat: string, inbox: Row<InboxRow>[]): Promise<void> {
  const tickets = [...byTicketId(inbox)].flatMap(([id, [row]]) => (row ? [{ id, customerId: row.value.customerId }] : []));
  await rewriteLater(deps, chat, tickets);
}

/** It is not one card that Teams refuses. */
async function refused(deps: NotifyDeps, chat: Chat, inbox: Row<InboxRow>[], error: Refused): Promise<JobResult> {
  const { verdict, code } = error;
  if (verdict.is === 'refused') {
    await fallAsleep(deps, chat, code);
    return 'idle';
  }
  await noteTrouble(deps, chat.key, inbox, code);
  if (verdict.is === 'wait') return { retryInMs: verdict.ms || THROTTLED_MS };
  if (verdict.is !== 'identity') throw error;
  await noteIdentity(deps, code);
  return { retryInMs: IDENTITY_AGAIN_MS };
}

/** Says what the windows leave room for; how long to wait before the rest, or `held` where all that is there has its time. */
async function notifyAll(deps: NotifyDeps, room: Room, all: Row<InboxRow>[]): Promise<number | 'held'> {
  const due = all.some((one) => one.key === MISSED_KEY) ? await tellMissed(deps, room) : all;
  // A chat that goes on sleeping is not tried again at once.
  if (due === 'asleep') return soonest(room.waits, 0) || ASLEEP_MS;
  const { inbox, listed } = await settle(deps, room.chat, due);
  if (inbox.length === 0 && due.length > 0) return 'held';
  for (const row of inbox.filter((one) => one.value.note))
    await attempt(deps, room, row.key, async (instead) => {
      const text = instead ? null : await textOfNote(deps, room.chat, row.value);
      if (text) await deps.deliver.say(room.chat, null, text, []);
      await deps.store.remove(...ofChat(room.chat.key), row.key);
    });
  if (inbox.some((one) => one.key === REPORT_KEY)) await tellReport(deps, room);
  if (inbox.some((one) => one.key === UNANSWERED_KEY)) await tellUnanswered(deps, room);
  const byTicket = byTicketId(inbox);
  const fresh = await freshOf(deps, room.chat, byTicket);
  const burst = burstOf(room.pace, fresh.size, deps.passMs, room.now());
  const asked = inbox.find((one) => one.key === DIGEST_KEY);
  const laterMs = burst && !asked ? burst.gatherMs : 0;
  const together = new Set([...listed, ...(burst && laterMs === 0 ? fresh : [])]);
  if (asked || together.size > 0) await tellDigest(deps, room, { asked, byTicket, burst: together, regular: listed.size > 0 });
  // What a chat has not heard of at all goes before what goes on: no ticket waits for the lines of another.
  for (const [ticketId, rows] of [...byTicket].sort(([a], [b]) => Number(fresh.has(b)) - Number(fresh.has(a)))) {
    if ((burst && fresh.has(ticketId)) || listed.has(ticketId)) continue;
    if (room.refusals >= REFUSALS_A_TURN && room.taken === 0) return REFUSED_MS;
    const roomMs = waitFor(room.pace.sent, 1 + rows.length, room.now());
    if (roomMs > 0) return roomMs;
    if (room.keeping.isLost()) return LEASE_LOST_MS;
    const done = await attempt(deps, room, ticketId, (instead) => notifyTicket(deps, room.chat, rows, instead));
    if (done === 'unsaid') await relayOne(deps, room.chat, { ticketId, customerId: rows[0]?.value.customerId ?? '' });
    if (done !== 'done') await fold(deps, room.chat, rows);
    if (done === 'done' && fresh.has(ticketId)) room.pace.alerts.push(room.now());
  }
  return soonest(room.waits, laterMs);
}

/** What waits for long keeps the newest row of each kind: what goes on meanwhile must not fill the chat's inbox and hide what comes after. */
async function fold(deps: NotifyDeps, chat: Chat, rows: Row<InboxRow>[]): Promise<void> {
  const newest = new Map(rows.map((row) => [row.value.news.kind, row.key]));
  for (const row of rows) if (newest.get(row.value.news.kind) !== row.key) await deps.store.remove(...ofChat(chat.key), row.key);
}

/** Refused ones are tried at their time; a burst is gathered. */
function soonest(waits: number[], laterMs: number): number {
  const all = laterMs > 0 ? [...waits, laterMs] : waits;
  return all.length > 0 ? Math.max(1_000, Math.min(...all)) : 0;
}

/** Tickets that the chat has no card about and hears of for the first time. */
async function freshOf(deps: NotifyDeps, chat: Chat, byTicket: Map<string, Row<InboxRow>[]>): Promise<Set<string>> {
  const fresh = new Set<string>();
  for (const [ticketId, rows] of byTicket) {
    if (!rows.every((row) => row.value.news.kind === 'stopped')) continue;
    if (!(await deps.store.get<Notice>(...ofCustomer(rows[0]?.value.customerId as string), noticeKey(ticketId, chat.key)))) fresh.add(ticketId);
  }
  return fresh;
}

/** By ticket, the rows of those who asked in the chat to see it: in no order of time, for clocks differ. */
function askersOf(inbox: Row<InboxRow>[]): Map<string, string[]> {
  const asked = new Map<string, string[]>();
  for (const { key, value } of inbox)
    if (value.news.kind === 'show') asked.set(value.news.ticketId, [...(asked.get(value.news.ticketId) ?? []), key].slice(-ASKED_MAX));
  return asked;
}

async function textOfNote(deps: NotifyDeps, reader: Chat, { note }: InboxRow): Promise<string | null> {
  const chat = note && (await readChat(deps.store, note.chat))?.value;
  // It may have woken meanwhile.
  if (!chat || ((note.what === 'asleep' || note.what === 'tenant') && !chat.sleeping)) return null;
  return deps.renderer.note(note, chat, reader);
}

async function notifyTicket(deps: NotifyDeps, chat: Chat, rows: Row<InboxRow>[], instead: Instead | null): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { customerId, news } = first.value;
  const ticketId = news.ticketId;
  const ticket = (await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId)))?.value;
  if (ticket && instead === 'plain') {
    const message = await drawTicket(deps, chat, ticket);
    await deps.deliver.say(chat, null, deps.renderer.plain(message.summary, ticketId, chat), []);
  } else if (ticket) await showTicketCard(deps, chat, ticket, rows, instead);
  for (const row of rows) await deps.store.remove(...ofChat(chat.key), row.key);
}

/** The card, and a line for each piece of news. */
async function showTicketCard(deps: NotifyDeps, chat: Chat, ticket: Ticket, rows: Row<InboxRow>[], instead: Instead | null): Promise<void> {
  const kinds = rows.map((row) => row.value.news.kind);
  const placed = await placeCard(deps, chat, ticket, {
    anew: kinds.includes('show'),
    wanted: kinds.some(wantsCard),
    again: rows.some((row) => row.value.news.data.again === 1),
    replace: instead === 'anew',
  });
  if (placed?.posted) await freshenPosted(deps, chat, ticket);
  if (!placed || instead === 'quiet') return;
  // Who did it may stand nowhere on the ticket: whoever took something back, or wrote a note.
  const doers = await namesOf(
    deps.store,
    rows.flatMap(({ value: { news } }) => [news.by, news.data.person === undefined ? null : String(news.data.person)]),
  );
  const asks = chat.kind === 'personal' && (await deps.answersGoTo(chat, placed.notice.thread)) === ticket.id;
  const shown = { ...placed.shown, names: { ...placed.shown.names, ...doers }, asks };
  for (const row of rows) {
    const told = { ...shown, next: await nextOf(deps, row.value.news, shown) };
    const line = deps.renderer.line(row.value.news, told);
    if (!line || (placed.posted && row.value.news.kind === 'stopped')) continue;
    await deps.deliver.say(chat, placed.notice.thread, line.text, mentioned(row.value.news, told));
    // So that a line which is refused does not repeat those before it.
    await deps.store.remove(...ofChat(chat.key), row.key);
  }
}

/** What happened while the card was on its way found no card to edit: look once more. */
async function freshenPosted(deps: NotifyDeps, chat: Chat, { customerId, id }: Ticket): Promise<void> {
  const ticket = (await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(id)))?.value;
  if (ticket) await placeCard(deps, chat, ticket, { anew: false, wanted: false, again: false, replace: false });
}
