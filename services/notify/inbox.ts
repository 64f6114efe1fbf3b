/** What each chat should still hear: its rows, and the note that it waits. */
import type { News } from '../domain/ticket.ts';
import type { Clock } from '../clock.ts';
import type { WakeUps } from '../queue/worker.ts';
import type { Store, Row } from '../store/store.ts';
import { DIGEST_KEY, IDS, MISSED_KEY, ofChat, WAITING } from '../store/rows.ts';

/** Something about another chat, for a person who can do something about it. */
export interface Note {
  what: 'asleep' | 'closed' | 'removed' | 'tenant';
  /** Key of that chat. */
  chat: string;
  code: string;
}

/** What a chat should hear: news of a ticket, or a note. */
export interface InboxRow {
  customerId: string;
  news: News;
  note?: Note;
}

/** A chat to which something is to be said: for whoever asks how it goes. Derived; the rows to be said are the truth. */
export interface WaitingRow {
  since: string;
  /** Why the last try failed. */
  trouble: string | null;
  /** When somebody last spoke there after that: it may take messages again. */
  heardAt?: string;
}

const WAITING_MAX = 1_000;

export async function noteWaiting(deps: { store: Store; clock: Clock }, chat: string): Promise<void> {
  const value: WaitingRow = { since: deps.clock.now().toISOString(), trouble: null };
  await deps.store.commit(...WAITING, [{ op: 'create', key: chat, value }]); // the first one tells since when
}

/** The chat still waits, and why the last try failed. */
export async function noteTrouble(store: Store, chat: string, inbox: Row<InboxRow>[], trouble: string): Promise<void> {
  await store.put(...WAITING, chat, { since: inbox[0]?.value.news.at ?? '', trouble } satisfies WaitingRow);
}

export async function noLongerWaiting(store: Store, chat: string): Promise<void> {
  await store.remove(...WAITING, chat);
}

/** Puts it into the chat's inbox, in the place of what lies there under the same key. */
export async function putInInbox(store: Store, chat: string, key: string, row: InboxRow): Promise<void> {
  await store.put(...ofChat(chat), key, row);
}

/** Somebody speaks in a chat that did not take something: what waits there is tried once more now, and its times stay as they were. */
export async function hearFrom({ store, clock, wake }: { store: Store; clock: Clock; wake: WakeUps }, chat: string): Promise<void> {
  const row = await store.get<WaitingRow>(...WAITING, chat);
  if (!row?.value.trouble) return;
  const value: WaitingRow = { ...row.value, heardAt: clock.now().toISOString() };
  // Whoever was first has changed it, and looks again by itself.
  if ((await store.commit(...WAITING, [{ op: 'replace', key: chat, value, etag: row.etag }])) === 'done') wake.now({ queue: 'notify', what: 'chat', chat });
}

/** When somebody last spoke in a chat after something was not taken there; null where nobody did. */
export async function heardAtOf(store: Store, chat: string): Promise<string | null> {
  return (await store.get<WaitingRow>(...WAITING, chat))?.value.heardAt ?? null;
}

/** Chats that wait to hear something, and since when the oldest does. */
export async function waitingChats(store: Store): Promise<{ chats: number; since: string | null; troubled: number }> {
  const rows = await store.range<WaitingRow>(...WAITING, ...IDS, WAITING_MAX);
  const since = rows.map((row) => row.value.since).sort()[0] ?? null;
  return { chats: rows.length, since, troubled: rows.filter((row) => row.value.trouble !== null).length };
}

export function byTicketId(inbox: Row<InboxRow>[]): Map<string, Row<InboxRow>[]> {
  const byTicket = new Map<string, Row<InboxRow>[]>();
  for (const say of inbox) {
    if (say.key === DIGEST_KEY || say.key === MISSED_KEY || say.value.note) continue;
    byTicket.set(say.value.news.ticketId, [...(byTicket.get(say.value.news.ticketId) ?? []), say]);
  }
  return byTicket;
}

export const INBOX_AT_ONCE = 300;
