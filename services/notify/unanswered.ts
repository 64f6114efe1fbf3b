/** What waits for somebody and saw no reaction for two working days: a chat hears of it once, of several in one line. */
import { hears, readChat, updateChat } from '../chats.ts';
import { dayOf } from '../clock.ts';
import { hoursOf, lastHour, WEEKDAYS, workingDaysAfter, zoneOf } from '../domain/settings.ts';
import { hiddenIn } from '../domain/shows.ts';
import type { Chat } from '../domain/ticket.ts';
import type { PersonRow } from '../people/people.ts';
import { ofChat, PERSONS, UNANSWERED_KEY } from '../store/rows.ts';
import { type OpenRow, openTickets } from '../tickets/openList.ts';
import { readTicket, type TicketRows } from '../tickets/read.ts';
import { waitsSince } from '../tickets/rowState.ts';
import { approversOf, mentionable } from '../ticketView.ts';
import { attempt, type Room } from './attempt.ts';
import type { NotifyDeps, UnansweredView } from './ports.ts';
import { worthIn } from './settle.ts';

const WORKING_DAYS = 2;
/** Where a chat has chosen no hour for its lists: at nine, so that what has come up over the day before comes together. */
const USUALLY = { hour: 9, days: WEEKDAYS };
const NAMED_MAX = 5;

type Waiting = OpenRow & { waits: string };

/** Of the open tickets those that a chat is to hear of by now. Pure. */
export function unansweredIn(chat: Pick<Chat, 'settings' | 'watching' | 'watchedAt' | 'unansweredTo'>, open: readonly OpenRow[], nowMs: number): Waiting[] {
  const zone = zoneOf(chat);
  const { digest } = chat.settings ?? {};
  const hourMs = lastHour(nowMs, zone, digest ? hoursOf(digest) : USUALLY);
  const { watching, unansweredTo = '', watchedAt } = chat;
  const isDue = (row: OpenRow): row is Waiting =>
    row.waits !== undefined &&
    row.waits > unansweredTo &&
    // What was put before the chat watched was not put to it.
    row.waits >= (watchedAt ?? '') &&
    hears(watching, row) &&
    workingDaysAfter(Date.parse(row.waits), zone, WORKING_DAYS) <= hourMs;
  return open.filter(isDue);
}

/** Under the chat's lease: says what there is now, and remembers up to where, in one commit; a reaction since counts. */
export async function tellUnanswered(deps: NotifyDeps, room: Room): Promise<void> {
  const { key } = room.chat;
  // As it is since nobody else speaks there.
  const chat = (await readChat(deps.store, key))?.value;
  if (!chat || room.keeping.isLost()) return;
  const now = deps.clock.now();
  const due = unansweredIn(chat, await openTickets(deps.store), now.getTime());
  const rows = await worthIn(deps, chat, due, dayOf(now));
  await attempt(deps, room, UNANSWERED_KEY, async (instead) => {
    const view = instead ? null : await viewOf(deps, chat, rows);
    if (view) await deps.deliver.say(chat, null, deps.renderer.unanswered(view, chat), view.mentions);
    const to = due.reduce((last, row) => later(last, row.waits), '');
    if (to !== '') await updateChat(deps.store, key, (at) => at && { ...at, unansweredTo: later(at.unansweredTo ?? '', to) });
    await deps.store.remove(...ofChat(key), UNANSWERED_KEY);
  });
}

/** Each that is named is looked at as it is: the list may lag. Null where nothing is left. */
async function viewOf(deps: NotifyDeps, chat: Chat, rows: readonly OpenRow[]): Promise<UnansweredView | null> {
  const named: { row: OpenRow; read: TicketRows }[] = [];
  let gone = 0;
  for (const row of rows) {
    if (named.length === NAMED_MAX) break;
    const read = await readTicket(deps.store, row);
    if (read && waitsSince(read.ticket.value, read.move?.value ?? null) === row.waits) named.push({ row, read });
    else gone += 1;
  }
  if (named.length === 0) return null;
  const mentions = chat.kind === 'personal' ? [] : await mentionsOf(deps, chat, named);
  return { rows: named.map(({ row }) => row), more: rows.length - named.length - gone, mentions };
}

/** Who looks after one of them, and who is to approve one and is not reached in person. */
async function mentionsOf(deps: NotifyDeps, chat: Chat, named: readonly { row: OpenRow; read: TicketRows }[]): Promise<UnansweredView['mentions']> {
  const found = new Map<string, UnansweredView['mentions'][number]>();
  const { names } = hiddenIn(deps.shows, chat);
  for (const { row, read } of named) {
    const keeper = row.keeper && !names ? (await deps.store.get<PersonRow>(...PERSONS, row.keeper))?.value : undefined;
    if (keeper?.name) found.set(keeper.objectId, { objectId: keeper.objectId, name: mentionable(keeper.name) });
    const approvers = row.state === 'waits' ? await approversOf(deps, read.move?.value ?? null) : [];
    for (const { objectId, name, reached } of approvers) if (!reached) found.set(objectId, { objectId, name });
  }
  return [...found.values()].slice(0, NAMED_MAX);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
