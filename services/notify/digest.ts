/** What stands in one list in place of many cards: a burst, what had stopped before, and what a chat missed while it slept. */
import { hears, inboxOf, updateChat } from '../chats.ts';
import { dayOf } from '../clock.ts';
import { hiddenIn, readerIn } from '../domain/shows.ts';
import type { Chat, NewsKind, Notice, Ticket } from '../domain/ticket.ts';
import { namesOf } from '../people/people.ts';
import { DIGEST_KEY, MISSED_KEY, noticeKey, ofChat, ofCustomer, ticketKey } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import { keepersOf } from '../tickets/arranged.ts';
import { openTickets } from '../tickets/openList.ts';
import { attempt, type Room } from './attempt.ts';
import { newHandle, noteActivity, noted } from './handles.ts';
import { byTicketId, dueOf, INBOX_AT_ONCE, type InboxRow } from './inbox.ts';
import type { DigestWhy, NotifyDeps } from './ports.ts';
import { isMissed, wantsCard } from './rules.ts';
import { worthIn } from './settle.ts';
import { noteTaken, sleepOn } from './sleep.ts';
import type { Instead } from './trouble.ts';

export const MISSED_MAX = 5_000;

/** The digest that was asked for, that stands for a burst, or that comes at its hour. */
export async function tellDigest(
  deps: NotifyDeps,
  room: Room,
  of: { asked: Row<InboxRow> | undefined; byTicket: Map<string, Row<InboxRow>[]>; burst: ReadonlySet<string>; regular: boolean },
): Promise<void> {
  const { chat, pace } = room;
  const { asked, byTicket, burst } = of;
  const why: DigestWhy = of.regular && !asked ? { is: 'regular', news: burst.size } : { is: 'first' };
  await attempt(deps, room, DIGEST_KEY, async (instead) => {
    await postDigest(deps, chat, { ticketIds: burst, why }, instead);
    pace.digestAt = room.now();
    for (const ticketId of burst) for (const row of byTicket.get(ticketId) ?? []) await deps.store.remove(...ofChat(chat.key), row.key);
    if (!asked) return;
    await updateChat(deps.store, chat.key, (now) => now && { ...now, toldBaseline: true });
    // What was asked for while the digest was on its way may not be in it: then it is still asked for.
    await deps.store.commit(...ofChat(chat.key), [{ op: 'delete', key: DIGEST_KEY, etag: asked.etag }]);
  });
}

/** What is open of what the chat hears, and of `ticketIds`; of what it missed, only those tickets. */
async function postDigest(deps: NotifyDeps, chat: Chat, of: { ticketIds: ReadonlySet<string>; why: DigestWhy }, instead: Instead | null): Promise<void> {
  const today = dayOf(deps.clock.now());
  const open = (await openTickets(deps.store)).filter((row) => of.ticketIds.has(row.ticketId) || (of.why.is !== 'missed' && hears(chat.watching, row)));
  const rows = await worthIn(deps, chat, open, today);
  const news = rows.filter((row) => of.ticketIds.has(row.ticketId)).length;
  // What came up and was settled before its list stands in the record.
  if (of.why.is === 'regular' && news === 0) return;
  if (rows.length === 0 || instead === 'quiet') return;
  const list = { days: 3650, customerId: null, watched: chat.watching.length > 0 };
  const seen = noted({ list, seen: rows.map((row) => row.subscriptionId), offers: [] });
  const handle = await newHandle(deps.store, { kind: 'list', chat: chat.key, ...seen }, deps.clock.now());
  const place = { handle, today, names: await namesOf(deps.store, keepersOf(rows)), hides: hiddenIn(deps.shows, chat), reader: readerIn(chat) };
  const message = deps.renderer.digest({ ...place, rows, why: of.why.is === 'regular' ? { ...of.why, news } : of.why }, chat);
  if (instead === 'plain') await deps.deliver.say(chat, null, deps.renderer.plain(message.summary, null, chat), []);
  else await noteActivity(deps.store, handle, (await deps.deliver.post(chat, message)).activityId);
}

/** News that the list of what was missed tells well enough. */
const LISTED: ReadonlySet<NewsKind> = new Set(['stopped', 'reminder', 'known']);

/** A chat that slept hears first, in one list, what it missed and is still open. What is left to be said; `asleep` where it goes on sleeping. */
export async function tellMissed(deps: NotifyDeps, room: Room): Promise<Row<InboxRow>[] | 'asleep'> {
  const { chat } = room;
  const inbox = dueOf(deps, await inboxOf<InboxRow>(deps.store, chat.key, MISSED_MAX));
  const byTicket = byTicketId(inbox);
  const missed = new Set([...byTicket].flatMap(([ticketId, rows]) => (rows.some((row) => isMissed(row.value.news.kind)) ? [ticketId] : [])));
  const all = (await openTickets(deps.store)).filter((row) => byTicket.has(row.ticketId));
  // Where no more than a card has changed, the try that may wake the chat is the list of those.
  const ticketIds = chat.sleeping && !all.some((row) => missed.has(row.ticketId)) ? new Set(byTicket.keys()) : missed;
  const open = await worthIn(
    deps,
    chat,
    all.filter((row) => ticketIds.has(row.ticketId)),
    dayOf(deps.clock.now()),
  );
  if (chat.sleeping && open.length === 0 && !inbox.some((one) => one.value.note)) {
    await sleepOn(deps, chat);
    return 'asleep';
  }
  const since = inbox.find((one) => one.key === MISSED_KEY)?.value.news.at ?? '';
  const told = await attempt(deps, room, MISSED_KEY, (instead) => postDigest(deps, chat, { ticketIds, why: { is: 'missed', since } }, instead));
  if (told !== 'done') return 'asleep';
  // Only the sleep that this turn began in is over; one that began meanwhile is not.
  await updateChat(deps.store, chat.key, (now) => (now?.sleeping && now.sleeping.since === chat.sleeping?.since ? { ...now, sleeping: null } : now));
  for (const rows of byTicket.values()) if (await isTold(deps, chat, rows)) for (const row of rows) await deps.store.remove(...ofChat(chat.key), row.key);
  await deps.store.remove(...ofChat(chat.key), MISSED_KEY);
  await noteTaken(deps, chat);
  // What was refused before is tried afresh.
  room.pace.troubles = {};
  return dueOf(deps, await inboxOf<InboxRow>(deps.store, chat.key, INBOX_AT_ONCE));
}

/** Whether the list says all of a ticket: no card stands that must be true, and nothing of what is open asks for more. */
async function isTold(deps: NotifyDeps, chat: Chat, rows: Row<InboxRow>[]): Promise<boolean> {
  const { customerId, news } = rows[0]?.value ?? {};
  if (!customerId || !news) return true;
  const [notice, ticket] = await Promise.all([
    deps.store.get<Notice>(...ofCustomer(customerId), noticeKey(news.ticketId, chat.key)),
    deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(news.ticketId)),
  ]);
  if (notice) return false;
  return !ticket || ticket.value.closed !== null || !rows.some((row) => wantsCard(row.value.news.kind) && !LISTED.has(row.value.news.kind));
}
