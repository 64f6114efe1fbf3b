/** What of a chat's inbox is said now, by what is set for the chat; what is said later stays there, under a key of its own. */
import { inChunks } from '../chunks.ts';
import { quietUntil, zoneOf } from '../domain/settings.ts';
import type { Chat, Notice, Ticket } from '../domain/ticket.ts';
import { heldKey, isHeld, MISSED_KEY, noticeKey, ofChat, ofCustomer, REPORT_KEY, ticketKey } from '../store/rows.ts';
import type { Row } from '../store/store.ts';
import type { OpenRow } from '../tickets/openList.ts';
import { byTicketId, type InboxRow, noteWaiting, putInInbox } from './inbox.ts';
import type { NotifyDeps } from './ports.ts';
import { isStillHeld, isWorth, type Told, type Weighed, whenTold } from './whenTold.ts';

const TICKETS_AT_ONCE = 10;
/** A wake-up is not hidden for longer: what is further away is looked for again by the sweep. */
const WAKE_MOST_MS = 6 * 86_400_000;

/** `listed`: tickets of which one list is due. */
export interface Settled {
  inbox: Row<InboxRow>[];
  listed: ReadonlySet<string>;
}

type SettleDeps = Pick<NotifyDeps, 'store' | 'clock' | 'wake'>;

/** Under the chat's lease: each row is said, held, or dropped, once. A chat for which nothing is set is told all of it. */
export async function settle(deps: SettleDeps, chat: Chat, all: Row<InboxRow>[]): Promise<Settled> {
  const { settings } = chat;
  if (!settings) return { inbox: all, listed: new Set() };
  const now = deps.clock.now();
  const quietMs = quietUntil(now.getTime(), zoneOf(chat), settings.quiet);
  const said = new Map<string, Row<InboxRow> | null>();
  const listed = new Set<string>();
  const waits: number[] = [];
  await inChunks([...byTicketId(all)], TICKETS_AT_ONCE, async ([ticketId, rows]) => {
    if (rows.every((row) => isHeld(row.key) && isStillHeld(settings, row.value.news.at, now))) {
      for (const row of rows) said.set(row.key, null);
      return;
    }
    for (const { row, told, hasCard } of await weighed(deps, chat, ticketId, rows)) {
      const isLater = (told.when === 'later' || told.when === 'list') && told.atMs > now.getTime();
      if (told.when === 'list' && !isLater) listed.add(ticketId);
      if (isLater && !isHeld(row.key)) waits.push(told.atMs);
      said.set(row.key, isLater ? await held(deps, chat, row, hasCard) : told.when === 'not' ? await dropped(deps, chat, row) : row);
    }
  });
  // What is about no ticket waits for the morning too; but the chat that somebody has just woken hears what it missed, and the report has an hour of its own.
  for (const row of all)
    if (!said.has(row.key) && quietMs !== null && row.key !== MISSED_KEY && row.key !== REPORT_KEY) {
      said.set(row.key, null);
      waits.push(quietMs);
    }
  if (waits.length > 0) await wakeAt(deps, chat, Math.min(...waits));
  return { inbox: all.flatMap((row) => (said.has(row.key) ? (said.get(row.key) ?? []) : [row])), listed };
}

/** Whether nothing is tried in the chat now: it sleeps, and it is quiet there. */
export function isLeftAlone(chat: Chat, now: Date): boolean {
  return Boolean(chat.sleeping) && quietUntil(now.getTime(), zoneOf(chat), chat.settings?.quiet) !== null;
}

async function weighed(deps: SettleDeps, chat: Chat, ticketId: string, rows: Row<InboxRow>[]): Promise<{ row: Row<InboxRow>; told: Told; hasCard: boolean }[]> {
  const customerId = rows[0]?.value.customerId ?? '';
  const [ticket, notice] = await Promise.all([
    deps.store.get<Ticket>(...ofCustomer(customerId), ticketKey(ticketId)),
    deps.store.get<Notice>(...ofCustomer(customerId), noticeKey(ticketId, chat.key)),
  ]);
  // Whoever asks to see it gets all of it.
  const isAsked = rows.some((row) => row.value.news.kind === 'show');
  return rows.map((row) => {
    const { kind, at } = row.value.news;
    const happened = ticket && { kind, at, ticket: weighedOf(ticket.value), hasCard: notice !== undefined, personal: chat.kind === 'personal' };
    const told: Told = happened && !isAsked ? whenTold(chat.settings, happened, deps.clock.now()) : { when: 'now' };
    return { row, told, hasCard: notice !== undefined };
  });
}

function weighedOf({ customerId, facts }: Ticket): Weighed {
  return { customerId, programme: facts.programme, lastDay: facts.lastDay, end: facts.endOfTerm, priceNow: facts.priceNow };
}

/** Kept for its time. What came just now still brings the card up to date, where one stands: that disturbs nobody. */
async function held(deps: SettleDeps, chat: Chat, row: Row<InboxRow>, hasCard: boolean): Promise<Row<InboxRow> | null> {
  if (isHeld(row.key)) return null;
  await putInInbox(deps.store, chat.key, heldKey(row.value.news.ticketId, row.key), row.value);
  if (hasCard) return { ...row, value: { ...row.value, news: { ...row.value.news, kind: 'progress' } } };
  await deps.store.remove(...ofChat(chat.key), row.key);
  return null;
}

async function dropped(deps: SettleDeps, chat: Chat, row: Row<InboxRow>): Promise<null> {
  await deps.store.remove(...ofChat(chat.key), row.key);
  return null;
}

async function wakeAt(deps: SettleDeps, chat: Chat, atMs: number): Promise<void> {
  const inMs = Math.max(0, atMs - deps.clock.now().getTime());
  await deps.wake.schedule({ queue: 'notify', what: 'chat', chat: chat.key }, Math.min(inMs, WAKE_MOST_MS));
  if (chat.watching.length === 0) await noteWaiting(deps, chat.key);
}

/** Of open tickets those that are worth a message in the chat. */
export async function worthIn(deps: Pick<NotifyDeps, 'store'>, chat: Pick<Chat, 'settings'>, rows: OpenRow[], today: string): Promise<OpenRow[]> {
  const worth = chat.settings?.worth;
  if (!worth) return rows;
  const likely = rows.filter((row) => isWorth(worth, { ...row, priceNow: null }, today));
  if (worth.least === undefined) return likely;
  const left = new Set<string>();
  await inChunks(likely, TICKETS_AT_ONCE, async (row) => {
    const ticket = await deps.store.get<Ticket>(...ofCustomer(row.customerId), ticketKey(row.ticketId));
    if (ticket && !isWorth(worth, weighedOf(ticket.value), today)) left.add(row.ticketId);
  });
  return likely.filter((row) => !left.has(row.ticketId));
}
