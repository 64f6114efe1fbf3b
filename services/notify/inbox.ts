/** What each chat should still hear: its rows, and the note that it waits. */
import { type Clock, isAhead } from '../clock.ts';
import type { News, Ticket } from '../domain/ticket.ts';
import type { WakeUps } from '../queue/worker.ts';
import { DIGEST_KEY, IDS, keptKey, MISSED_KEY, ofChat, REPORT_KEY, UNANSWERED_KEY, WAITING } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';
import { update } from '../store/update.ts';

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
  /** Not looked at before, by the storage's clock, in milliseconds. */
  notBeforeMs?: number;
}

/** A chat to which something is to be said, for the status. Derived; the inbox is the truth. */
export interface WaitingRow {
  since: string;
  /** Why the last try failed, and since when none has succeeded. */
  trouble: string | null;
  troubledAt?: string;
  /** When somebody last spoke there after that: it may take messages again. */
  heardAt?: string;
}

/** Rows of an inbox that one turn reads. */
export const INBOX_AT_ONCE = 300;
const WAITING_MAX = 1_000;
/** Who speaks to the chat writes its line, and who speaks in it. */
const WAITING_TRIES = 5;

/** What of an inbox may be looked at by now. */
export function dueOf(deps: { store: Store; clock: Clock }, inbox: Row<InboxRow>[]): Row<InboxRow>[] {
  const nowMs = storageMs(deps);
  return inbox.filter(({ value }) => !isAhead(value.notBeforeMs ?? 0, nowMs, REWRITE_MS));
}

/** Processes whose clocks differ agree on it. */
function storageMs({ store, clock }: { store: Store; clock: Clock }): number {
  return clock.wallMs() + store.clockSkewMs();
}

/** Longer than anything has been seen to take effect after a call without an answer. */
const REWRITE_MS = 30 * 60_000;
const MARGIN_MS = 5_000;

/**
 * An edit without an answer may still be carried out, over every newer one: when none can come any more, the cards of these
 * tickets in the chat are written once more, whatever they should show by then.
 */
export async function rewriteLater(
  deps: { store: Store; clock: Clock; wake: WakeUps },
  chat: string,
  tickets: readonly Pick<Ticket, 'customerId' | 'id'>[],
): Promise<void> {
  if (tickets.length === 0) return;
  const at = deps.clock.now().toISOString();
  await deps.wake.schedule({ queue: 'notify', what: 'chat', chat }, REWRITE_MS + MARGIN_MS);
  for (const { customerId, id: ticketId } of tickets) {
    const news: News = { kind: 'progress', ticketId, by: null, at, data: { again: 1 } };
    await putInInbox(deps.store, chat, keptKey('rewrite', ticketId), { customerId, news, notBeforeMs: storageMs(deps) + REWRITE_MS });
  }
}

/** Notes that something is to be said in the chat. */
export async function noteWaiting(deps: { store: Store; clock: Clock }, chat: string): Promise<void> {
  const value: WaitingRow = { since: deps.clock.now().toISOString(), trouble: null };
  await deps.store.commit(...WAITING, [{ op: 'create', key: chat, value }]); // the first one tells since when
}

/** Notes that the chat still waits, and why the last try failed, null where none did. What somebody said there meanwhile stays noted: it is still to be tried for. */
export async function noteTrouble(deps: { store: Store; clock: Clock }, chat: string, inbox: Row<InboxRow>[], trouble: string | null): Promise<void> {
  const since = inbox[0]?.value.news.at ?? '';
  const at = deps.clock.now().toISOString();
  const patience = { tries: WAITING_TRIES, failed: `Why the chat ${chat} waits could not be noted` };
  await update<WaitingRow>(deps.store, [...WAITING, chat], patience, (now) => {
    if (now?.since === since && now.trouble === trouble) return now;
    const { troubledAt = at, ...kept } = now?.trouble ? now : { ...now };
    return { ...kept, since, trouble, ...(trouble === null ? {} : { troubledAt }) };
  });
}

/** All was said. */
export async function noLongerWaiting(store: Store, chat: string): Promise<void> {
  await store.remove(...WAITING, chat);
}

/** Puts it into the chat's inbox, in the place of what lies there under the same key. */
export async function putInInbox(store: Store, chat: string, key: string, row: InboxRow): Promise<void> {
  await store.put(...ofChat(chat), key, row);
}

/** The same by itself: the chat's wake-up and its mark go out before anything is put there. */
export async function putAndWake(deps: { store: Store; clock: Clock; wake: WakeUps }, chat: string, key: string, row: InboxRow): Promise<void> {
  const wakeUp = { queue: 'notify', what: 'chat', chat } as const;
  await deps.wake.schedule(wakeUp);
  await noteWaiting(deps, chat);
  await putInInbox(deps.store, chat, key, row);
  deps.wake.now(wakeUp);
}

/** Somebody speaks in a chat that did not take a message: what waits there is tried once more now, and its times stay as they were. */
export async function hearFrom({ store, clock, wake }: { store: Store; clock: Clock; wake: WakeUps }, chat: string): Promise<void> {
  const heardAt = clock.now().toISOString();
  const patience = { tries: WAITING_TRIES, failed: `That somebody speaks in the chat ${chat} could not be noted` };
  const waiting = await update<WaitingRow>(store, [...WAITING, chat], patience, (now) => (now?.trouble ? { ...now, heardAt } : null));
  if (waiting?.heardAt === heardAt) wake.now({ queue: 'notify', what: 'chat', chat });
}

/** When somebody last spoke in a chat after something was not taken there; null where nobody did. */
export async function heardAtOf(store: Store, chat: string): Promise<string | null> {
  return (await store.get<WaitingRow>(...WAITING, chat))?.value.heardAt ?? null;
}

/** Chats that wait to hear something, and since when the oldest does; those where it was tried and failed, and since when the longest. */
export async function waitingChats(store: Store): Promise<{ chats: number; since: string | null; troubled: number; troubledAt: string | null }> {
  const rows = await store.range<WaitingRow>(...WAITING, ...IDS, WAITING_MAX);
  const since = rows.map((row) => row.value.since).sort()[0] ?? null;
  const troubled = rows.filter((row) => row.value.trouble !== null);
  const troubledAt = troubled.flatMap((row) => row.value.troubledAt ?? []).sort()[0] ?? null;
  return { chats: rows.length, since, troubled: troubled.length, troubledAt };
}

/** A row that is about no ticket. */
export function plainRow(at: Date): InboxRow {
  return { customerId: '', news: { kind: 'known', ticketId: '', by: null, at: at.toISOString(), data: {} } };
}

const OF_NO_TICKET: ReadonlySet<string> = new Set([DIGEST_KEY, MISSED_KEY, UNANSWERED_KEY, REPORT_KEY]);

/** The news of each ticket, without notes and lists. */
export function byTicketId(inbox: Row<InboxRow>[]): Map<string, Row<InboxRow>[]> {
  const news = inbox.filter((row) => !OF_NO_TICKET.has(row.key) && !row.value.note);
  return Map.groupBy(news, (row) => row.value.news.ticketId);
}
