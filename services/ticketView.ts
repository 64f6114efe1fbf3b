/** How a ticket stands now: the one reader, for dialogs, cards and notices. */
import { type FourEyes, needsAnother } from './approval/approval.ts';
import { type AuditEntry, RECORD_MAX } from './auditLog/auditLog.ts';
import { isCalled } from './catalogue/match.ts';
import { readChat } from './chats.ts';
import { type Clock, dayOf } from './clock.ts';
import type { Stop } from './domain/reasons.ts';
import { PICK_MAX } from './domain/people.ts';
import { type Hides, hiddenIn, type Shows } from './domain/shows.ts';
import type { Chat, Move, Notice, Plan, Ticket, UserMove } from './domain/ticket.ts';
import { readUserMoves } from './moves/people/rows.ts';
import { waivedIds } from './moves/people/tally.ts';
import { mayChoose } from './moves/states.ts';
import { type Directory, DirectoryError, namesOf, type PersonRow, staffBy } from './people/people.ts';
import { may, type Role } from './people/roles.ts';
import { readSwitch, stopOf } from './readOnly.ts';
import { auditPrefix, noticeKey, ofCustomer, PERSONS, userPrefix } from './store/rows.ts';
import { type Store, withPrefix } from './store/store.ts';
import { bounded } from './text.ts';
import { readMoveOf, readTicket, type TicketRef } from './tickets/read.ts';
import { readShape } from './tickets/shown.ts';

/** What a ticket is looked at with. */
export interface ViewDeps {
  store: Store;
  clock: Pick<Clock, 'now'>;
  fourEyes: FourEyes;
  /** What may stand where others read along. */
  shows: Shows;
}

/** The same for a card, which says who may answer. */
export interface CardViewDeps extends ViewDeps {
  directory: Directory;
}

/** A person as a card may list one. */
interface NamedUser {
  id: string;
  name: string;
}

/** What a dialog about a ticket looks at. */
export interface TicketView {
  ticket: Ticket;
  /** Of the ticket's row as it was read. */
  etag: string;
  move: Move | null;
  /** Plans of the customer's catalogue that fit a name typed by hand; null where that was not looked up. */
  found: Plan[] | null;
  /** People who hold the old licence and can move. */
  movable: NamedUser[];
  /** People who have not moved and were not left behind: only read for an approver in person. */
  unmoved: NamedUser[];
  /** Of who began the move and who approved it. */
  names: Record<string, string>;
  /** The card in this chat; null where there is none. */
  notice: (Pick<Notice, 'handle'> & Partial<Pick<Notice, 'thread' | 'activityId'>>) | null;
  /** What was asked in this chat, and since when it stands there by Teams' clock: by the card, and in words. */
  shown: { asked: number; atMs: number }[];
  personal: boolean;
  fourEyes: FourEyes;
  /** What is not said in this chat. */
  hides: Hides;
  /** How buying, moving and suspending are stopped now; asked only where one of them could be. */
  readOnly: Stop | false;
  /** A cancellation for the end of a term can be written: its shape was seen. */
  plannable?: boolean;
  /** ISO text. */
  now: string;
}

/**
 * The ticket as one chat may know it; null when it is not there. `text`: what was typed or chosen, perhaps
 * a plan's name; `people`: some are named in it, however many there are; `spends`: only then it is asked whether anything may be spent now.
 */
export async function viewTicket(
  deps: ViewDeps & { isReadOnly(): Promise<Stop | false> },
  chat: Pick<Chat, 'key' | 'kind'>,
  ref: TicketRef,
  { text, spends, people = false }: { text: string | null; spends: boolean; people?: boolean },
): Promise<TicketView | null> {
  const [rows, notice, readOnly] = await Promise.all([
    readTicket(deps.store, ref),
    deps.store.get<Notice>(...ofCustomer(ref.customerId), noticeKey(ref.ticketId, chat.key)),
    spends && deps.isReadOnly(),
  ]);
  if (!rows) return null;
  const { etag, value: ticket } = rows.ticket;
  const plannable = await isPlannable(deps.store, ticket);
  const move = rows.move?.value ?? null;
  const listed = move?.state === 'purchased' && ((move.people?.total ?? 0) <= PICK_MAX || people);
  const userMoves = move && listed ? (await readUserMoves(deps.store, move)).map((row) => row.value) : [];
  const { movable, unmoved } = namedPeople(move, userMoves);
  return {
    ticket,
    etag,
    move,
    movable,
    unmoved: listsPeople(chat) ? unmoved : [],
    found: text !== null && mayChoose(move) && needsCatalogue(ticket, text) ? null : [],
    names: await namesOf(deps.store, [move?.startedBy, move?.approval?.by]),
    notice: notice?.value ?? null,
    shown: notice?.value.askedAt ? [{ asked: notice.value.asked, atMs: Date.parse(notice.value.askedAt) }] : [],
    personal: listsPeople(chat),
    fourEyes: deps.fourEyes,
    hides: hiddenIn(deps.shows, chat),
    readOnly,
    plannable,
    now: deps.clock.now().toISOString(),
  };
}

/** Whether the end of this one's term can be written: only of new commerce is it asked where that was seen. */
async function isPlannable(store: Store, { closed, facts }: Ticket): Promise<boolean> {
  return !closed && facts.newCommerce && (await readShape(store)) !== undefined;
}

/** Who can move, and who has not moved and was not left behind, by name. */
function namedPeople(move: Move | null, userMoves: readonly UserMove[]): { movable: NamedUser[]; unmoved: NamedUser[] } {
  const waived = move ? waivedIds(move) : new Set<string>();
  const named = (some: readonly UserMove[]) => some.map(({ userId, name }) => ({ id: userId, name }));
  return {
    movable: named(userMoves.filter(({ state }) => state === 'waiting')),
    unmoved: named(userMoves.filter(({ state, userId }) => state !== 'moved' && !waived.has(userId))),
  };
}

/** Whether only the customer's catalogue can tell what is called so: it is no number, and none of the known plans. */
function needsCatalogue({ plans, names }: Ticket, wanted: string): boolean {
  return plans !== null && !isKnown(plans, names, wanted) && !/^\d{1,4}$/.test(wanted) && wanted.length >= 3;
}

/** What is called by its id or its whole name needs no look into the catalogue. */
function isKnown(plans: readonly Plan[], names: Ticket['names'], wanted: string): boolean {
  return plans.some((plan) => plan.id === wanted || isCalled(names, plan.title, wanted));
}

/** Everything a card about a ticket is drawn from. */
export interface Shown {
  ticket: Ticket;
  move: Move | null;
  chat: Pick<Chat, 'key' | 'kind' | 'settings' | 'locale'>;
  handle: string;
  /** Display names by person key. */
  names: Record<string, string>;
  /** The written record; read for closed and finished tickets. */
  record: AuditEntry[];
  /** Who can move, and who has not moved, by name: only for the personal chat, and only while it is asked. */
  holders: NamedUser[];
  unmoved: NamedUser[];
  /** Who can approve the quote that waits, and whether the app reaches them in person. */
  approvers: Approver[];
  /** The one it is drawn for, who reads a personal chat or a view of their own; null where it is for all who read along. */
  reader: { key: string; roles: readonly Role[] } | null;
  /** What the reader types next in the chat is an answer to this ticket. */
  asks?: boolean;
  /** Whose turn it is after the piece of news that a line tells; null where nobody knows. */
  next?: Pick<Approver, 'objectId' | 'name'> | null;
  /** Who gets a view of their own of it, as Teams calls them; those first for whom it differs. */
  readers?: readonly string[];
  fourEyes: FourEyes;
  /** What is not said in this chat. */
  hides: Hides;
  /** A cancellation for the end of the term can be written here. */
  plannable?: boolean;
  /** A yes has no effect now, and the card says so. */
  dryRun?: boolean;
  today: string;
  now: string;
}

/** `objectId`: for a mention; `teamsId`: as a card says for whom it is, where the person was met. */
export interface Approver {
  objectId: string;
  teamsId?: string;
  name: string;
  reached: boolean;
}

/** Whether people may be listed by name in a chat: nobody else may read along. The one place that says so. */
export function listsPeople(chat: Pick<Chat, 'kind'>): boolean {
  return chat.kind === 'personal';
}

function usesRecord(ticket: Ticket, move: Move | null): boolean {
  return ticket.closed !== null || move?.state === 'finished';
}

/** Person keys that the card may name. */
function peopleIn(ticket: Ticket, move: Move | null, record: AuditEntry[]): (string | null | undefined)[] {
  return [
    ticket.marks.assignedTo,
    ticket.marks.snoozed?.by,
    ticket.marks.dismissed?.by,
    move?.startedBy,
    move?.quote?.askedBy,
    move?.end?.askedBy,
    move?.approval?.by,
    move?.declined?.by,
    move?.order?.accepted?.by,
    move?.vouched?.by,
    ...(move?.waived.map((one) => one.by) ?? []),
    ...record.flatMap((row) => [row.by, ...(row.data.person ? [String(row.data.person)] : [])]),
  ];
}

/** The same as a card in one chat is drawn from: whoever reads it there, and who is asked. */
export async function cardViewOf(
  deps: CardViewDeps,
  chat: Pick<Chat, 'key' | 'kind' | 'person' | 'settings' | 'locale'>,
  ticket: Ticket,
  handle: string,
): Promise<Shown> {
  const move = (await readMoveOf(deps.store, ticket))?.value ?? null;
  const record = usesRecord(ticket, move) ? await readRecord(deps.store, ticket) : [];
  const names = await namesOf(deps.store, peopleIn(ticket, move, record));
  const reader = await readerOf(deps, chat);
  // In a personal chat its owner reads along, whose role may have been taken away since the card was asked for.
  const lists = listsPeople(chat) && reader !== null && may(reader.roles, 'licences');
  const userMoves = lists && move?.state === 'purchased' ? await listed(deps.store, move) : [];
  const { movable, unmoved } = namedPeople(move, userMoves);
  const now = deps.clock.now();
  return {
    ticket,
    move,
    chat: { key: chat.key, kind: chat.kind, ...(chat.settings ? { settings: chat.settings } : {}), ...(chat.locale ? { locale: chat.locale } : {}) },
    handle,
    names,
    record,
    holders: movable,
    unmoved,
    approvers: (await approversOf(deps, move)).map(({ chat: _, ...approver }) => approver),
    reader,
    fourEyes: deps.fourEyes,
    hides: hiddenIn(deps.shows, chat),
    plannable: await isPlannable(deps.store, ticket),
    dryRun: asksForYes(move) && stopOf(await readSwitch(deps.store)) === 'dryRun',
    today: dayOf(now),
    now: now.toISOString(),
  };
}

/** Whether a press on the card would spend or take away. */
function asksForYes(move: Move | null): boolean {
  return move?.state === 'quoted' || move?.state === 'weighed' || move?.state === 'purchased' || move?.state === 'reassigned';
}

/** Who reads a personal chat, and may do what; null where others read along, or nobody can say. */
async function readerOf(deps: CardViewDeps, chat: Pick<Chat, 'kind' | 'person'>): Promise<Shown['reader']> {
  const row = chat.kind === 'personal' && chat.person ? await deps.store.get<PersonRow>(...PERSONS, chat.person) : undefined;
  if (!row) return null;
  try {
    return { key: row.value.key, roles: await deps.directory.rolesOf(row.value.objectId) };
  } catch (error) {
    if (error instanceof DirectoryError) return null;
    throw error;
  }
}

/** The people of a move, where they are few enough to be listed on a card. */
async function listed(store: Store, move: Move): Promise<UserMove[]> {
  const rows = await withPrefix<UserMove>(store, ...ofCustomer(move.customerId), userPrefix(move.key), PICK_MAX + 1);
  return rows.length > PICK_MAX ? [] : rows.map((row) => row.value);
}

/** The written record of a ticket, oldest first. */
export async function readRecord(store: Store, ticket: Pick<Ticket, 'id' | 'customerId'>): Promise<AuditEntry[]> {
  return (await withPrefix<AuditEntry>(store, ...ofCustomer(ticket.customerId), auditPrefix(ticket.id), RECORD_MAX)).map((row) => row.value);
}

/** Who can approve the quote that waits, with the personal chat of each, where there is one. */
export async function approversOf(deps: CardViewDeps, move: Move | null): Promise<(Approver & { chat: string | null })[]> {
  const asked = move?.state === 'weighed' ? move.end : move?.quote;
  if (!move || !asked || !asksApprover(move)) return [];
  const holders = await deps.directory.holders('approve');
  if (holders.length === 0) return [];
  const staff = await staffBy(deps.store, new Set(holders.map((one) => one.objectId)));
  const found = await Promise.all(
    holders.map(async (holder) => {
      const person = staff.get(holder.objectId);
      if (person && person.key === asked.askedBy && needsAnother(asked, deps.fourEyes)) return [];
      const home = person?.chat ? (await readChat(deps.store, person.chat))?.value : undefined;
      const chat = home && !home.dead ? home.key : null;
      const name = mentionable(person?.name ?? holder.name);
      const teamsId = person?.teamsId ? { teamsId: person.teamsId } : {};
      return [{ objectId: holder.objectId, ...teamsId, name, reached: chat !== null && !home?.sleeping, chat }];
    }),
  );
  return found.flat();
}

const MENTION_LETTERS_MAX = 80;
/** What could end a mention's tag, or begin a link; and letters that nobody sees. */
const NOT_IN_A_MENTION = /[^\p{L}\p{M}\p{N} .,'’-]|\p{Default_Ignorable_Code_Point}/gu;

/** A name as a mention can hold it. */
export function mentionable(name: string): string {
  return bounded(name, 'NFC', MENTION_LETTERS_MAX).replace(NOT_IN_A_MENTION, '');
}

/** Whether an approver is asked something: to approve, about an order, or what came of a purchase. */
function asksApprover(move: Move): boolean {
  if (move.state === 'stuck') return move.stuck?.reason === 'purchaseUnclear' || move.stuck?.reason === 'orderDiffers';
  if (move.state === 'weighed') return true;
  return move.state === 'quoted' && (move.approval === null || Boolean(move.question));
}
