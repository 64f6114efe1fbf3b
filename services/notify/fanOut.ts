/** Stage one: what happened goes to the inboxes of the chats that should hear of it. */
import { hears, readChat, type Watcher, watchers } from '../chats.ts';
import { inChunks } from '../chunks.ts';
import { isReminded, REMIND_USUALLY } from '../domain/chat.ts';
import { remindsAt } from '../domain/settings.ts';
import { namesLacking } from '../domain/names.ts';
import type { News, Notice, Ticket } from '../domain/ticket.ts';
import type { PersonRow } from '../people/people.ts';
import type { JobResult } from '../queue/worker.ts';
import { languagesRead } from '../readIn.ts';
import { DIGEST_KEY, inboxKey, keptKey, LISTING, LISTING_KEY, noticePrefix, ofCustomer, OUTBOX, PERSONS, ticketKey } from '../store/rows.ts';
import { type Row, withPrefix } from '../store/store.ts';
import { listTicket } from '../tickets/openList.ts';
import { readMoveOf, type TicketRef } from '../tickets/read.ts';
import { about } from '../trace.ts';
import { approversOf } from '../ticketView.ts';
import { type InboxRow, noteWaiting, plainRow, putAndWake, putInInbox } from './inbox.ts';
import type { NotifyDeps } from './ports.ts';
import { ASKING, isMissed } from './rules.ts';
import { insteadOf } from './sleep.ts';

const OUTBOX_AT_ONCE = 200;
const TICKETS_AT_ONCE = 10;

/** Stage one: news go to the chats that watch or already show the ticket. */
export async function fanOut(deps: NotifyDeps, customerId: string): Promise<JobResult> {
  const rows = await withPrefix<News>(deps.store, ...ofCustomer(customerId), OUTBOX, OUTBOX_AT_ONCE);
  if (rows.length === 0) return 'idle';
  const watching = await watchers(deps.store);
  const byTicket = Map.groupBy(rows, (row) => row.value.ticketId);
  const touched = new Map<string, Promise<void>>();
  // A chat's wake-up and its mark go out once, before anything is put there.
  const touch = (chat: string) => {
    const woken = touched.get(chat) ?? deps.wake.schedule({ queue: 'notify', what: 'chat', chat }).then(() => noteWaiting(deps, chat));
    touched.set(chat, woken);
    return woken;
  };
  await inChunks([...byTicket], TICKETS_AT_ONCE, ([ticketId, rows]) =>
    about({ customerId, ticketId }, 'news', () => fanOutTicket(deps, { customerId, ticketId }, rows, { watching, touch })),
  );
  for (const chat of touched.keys()) deps.wake.now({ queue: 'notify', what: 'chat', chat });
  await askForNames(deps, customerId, [...byTicket.keys()]);
  return rows.length === OUTBOX_AT_ONCE ? { retryInMs: 0 } : 'idle';
}

/** Where somebody reads another language, and a ticket of which there is news lacks the names in it, they follow by themselves. */
async function askForNames({ store, wake }: NotifyDeps, customerId: string, ticketIds: readonly string[]): Promise<void> {
  const languages = await languagesRead(store);
  if (languages.length === 0) return;
  for (const ticketId of ticketIds) {
    const ticket = (await store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId)))?.value;
    if (!ticket || ticket.closed || !languages.some((lang) => namesLacking(ticket, lang).length > 0)) continue;
    const wakeUp = { queue: 'sweep', what: 'names', customerId, tries: 0 } as const;
    await wake.schedule(wakeUp);
    return wake.now(wakeUp);
  }
}

/** The news of one ticket, in their order. */
async function fanOutTicket(
  deps: NotifyDeps,
  { customerId, ticketId }: TicketRef,
  rows: Row<News>[],
  { watching, touch }: { watching: Watcher[]; touch(chat: string): Promise<void> },
): Promise<void> {
  const ticket = (await deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId)))?.value;
  // The lists are written after the commit; whoever comes here makes sure.
  if (ticket) await listTicket(deps.store, ticket, null);
  for (const row of rows) {
    const say: InboxRow = { customerId, news: row.value };
    const { awake, instead, asleep } = ticket ? await chatsFor(deps, watching, ticket, row.value) : { awake: [], instead: [], asleep: [] };
    for (const chat of awake) {
      await touch(chat);
      await putInInbox(deps.store, chat, row.value.kind === 'known' ? DIGEST_KEY : inboxKey(row.key), say);
    }
    // Nothing stands in the digest of a chat that watches nothing.
    const relayed: InboxRow = row.value.kind === 'known' ? { customerId, news: { ...row.value, kind: 'stopped' } } : say;
    for (const chat of instead) {
      await touch(chat);
      await putInInbox(deps.store, chat, inboxKey(row.key), relayed);
    }
    // One line for each ticket, however long a chat sleeps: what is quiet does not take the place of what is not.
    for (const chat of asleep) await putInInbox(deps.store, chat, keptKey(isMissed(row.value.kind) ? 'missed' : 'quiet', ticketId), say);
    await deps.store.remove(...ofCustomer(customerId), row.key);
  }
}

/** Chats that hear a piece of news now, people who hear it `instead`, and chats that sleep and hear it when they wake. */
interface Hearing {
  awake: string[];
  instead: string[];
  asleep: string[];
}

async function chatsFor(deps: NotifyDeps, watching: Watcher[], ticket: Ticket, news: News): Promise<Hearing> {
  if (news.kind === 'show') return { awake: [String(news.data.chat)], instead: [], asleep: [] };
  const showing = (await withPrefix<Notice>(deps.store, ...ofCustomer(ticket.customerId), noticePrefix(ticket.id))).map((row) => row.value.chat);
  const listening = watching.filter((one) => hears(one.watching, { customerId: ticket.customerId, programme: ticket.facts.programme }));
  if (news.kind === 'reminder') return remindedBy(deps, { listening, showing, watching }, ticket, news);
  const inPerson = ASKING.has(news.kind)
    ? (await approversOf(deps, (await readMoveOf(deps.store, ticket))?.value ?? null)).flatMap((one) => one.chat ?? [])
    : [];
  const instead = isMissed(news.kind) ? await insteadOf(deps, listening, ticket, news.kind) : [];
  const all = new Set([...listening.map((one) => one.key), ...showing, ...inPerson]);
  const asleep = new Set(watching.filter((one) => one.asleep && [...all, ...instead].includes(one.key)).map((one) => one.key));
  return { awake: [...all].filter((key) => !asleep.has(key)), instead: instead.filter((key) => !all.has(key) && !asleep.has(key)), asleep: [...asleep] };
}

/** Who hears a reminder: first whoever looks after the ticket, in person; then the chats that want one so long before. */
async function remindedBy(
  deps: NotifyDeps,
  { listening, showing, watching }: { listening: Watcher[]; showing: string[]; watching: Watcher[] },
  ticket: Ticket,
  news: News,
): Promise<Hearing> {
  const due = { days: Number(news.data.days), above: Number(news.data.above ?? Number.POSITIVE_INFINITY) };
  const { assignedTo } = ticket.marks;
  const person = assignedTo ? (await deps.store.get<PersonRow>(...PERSONS, assignedTo))?.value : undefined;
  const chats = new Set([...(person?.chat ? [person.chat] : []), ...listening.map((one) => one.key), ...showing]);
  const wanting: string[] = [];
  for (const key of chats) {
    const listed = watching.find((one) => one.key === key);
    const chat = listed ? undefined : (await readChat(deps.store, key))?.value;
    const remind = listed ? listed.remind : chat && remindsAt(chat, REMIND_USUALLY);
    if ((listed || chat) && isReminded({ remind }, due)) wanting.push(key);
  }
  const instead = await insteadOf(deps, listening, ticket, news.kind);
  const asleep = wanting.filter((key) => watching.some((one) => one.asleep && one.key === key));
  return { awake: wanting.filter((key) => !asleep.includes(key)), instead: instead.filter((key) => !chats.has(key)), asleep };
}

/** Every chat that watches hears once, in one list, of all that had stopped before. */
export async function fanOutDigest(deps: NotifyDeps): Promise<JobResult> {
  const baselineAt = (await deps.store.get<{ baselineAt: string | null }>(...LISTING, LISTING_KEY))?.value.baselineAt;
  if (!baselineAt) return 'idle';
  for (const chat of await watchers(deps.store)) {
    const row = await readChat(deps.store, chat.key);
    // A chat that began to watch later was told on its own card.
    if (!row || row.value.dead || row.value.toldBaseline || (row.value.watchedAt ?? '') > baselineAt) continue;
    await putAndWake(deps, chat.key, DIGEST_KEY, plainRow(deps.clock.now()));
  }
  return 'idle';
}
