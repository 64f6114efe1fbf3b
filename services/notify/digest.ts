/** What stands in one list in place of many cards: a burst, what had stopped before, and what a chat missed while it slept. */
import { dayOf } from '../clock.ts';
import type { Chat, Expiry, NewsKind, Notice } from '../domain/ticket.ts';
import { openExpiries } from '../tickets/openList.ts';
import { expiryKey, noticeKey } from '../auditLog/auditLog.ts';
import type { Row } from '../store/store.ts';
import { hears, saysOf, updateChat } from '../chats.ts';
import { newHandle, noteActivity } from './handles.ts';
import { isMissed, wantsCard } from './rules.ts';
import { noteTaken, sleepOn } from './sleep.ts';
import type { Instead } from './trouble.ts';
import type { Speaking } from './ports.ts';
import { MISSED_KEY, type SayRow, DIGEST_KEY, byMatter, SAYS_AT_ONCE } from './inbox.ts';
import { type Room, attempt } from './attempt.ts';

const MISSED_MAX = 5_000;

/** The digest that was asked for, or that stands for a crowd. */
export async function tellDigest(
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
export async function tellMissed(deps: Speaking, room: Room): Promise<Row<SayRow>[] | 'asleep'> {
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
