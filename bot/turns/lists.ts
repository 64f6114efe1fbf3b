/** Lists that people ask for, and their pages: what ends, what waits for an approval, what happened, who held what. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { bare, nameBare, nameText } from '../../cards/escape.ts';
import { approvalsCard, type Waiting } from '../../cards/lists/approvals.ts';
import { historyCard, holdersCard } from '../../cards/lists/history.ts';
import { listCard } from '../../cards/lists/lists.ts';
import { outcomeListCard } from '../../cards/lists/outcomes.ts';
import type { Words } from '../../cards/text/words.ts';
import { recordLine, withConfirmers } from '../../cards/ticket/finished.ts';
import { programmeOf } from '../../dialogs/bulk.ts';
import { needsAnother } from '../../services/approval/approval.ts';
import { hears } from '../../services/chats.ts';
import { chunksOf } from '../../services/chunks.ts';
import { addDays, dayOf, daysBetween, daysOf } from '../../services/clock.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import type { Chat, Move, Ticket } from '../../services/domain/ticket.ts';
import { readUserMoves } from '../../services/moves/people/rows.ts';
import { waivedIds } from '../../services/moves/people/tally.ts';
import { type Handle, newHandle } from '../../services/notify/handles.ts';
import { worthIn } from '../../services/notify/settle.ts';
import { namesOf } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import { FOUND_MAX } from '../../services/search.ts';
import { ofCustomer, ticketKey } from '../../services/store/rows.ts';
import type { EndLine } from '../../services/tickets/costs.ts';
import { endsUntil } from '../../services/tickets/endList.ts';
import { stops } from '../../services/tickets/endOfTerm.ts';
import { type OpenRow, openTickets, openTicketsOf, waitingApprovals } from '../../services/tickets/openList.ts';
import { listsPeople, readRecord } from '../../services/ticketView.ts';
import { gapsOf, isRead, isWhole, standOf } from '../../services/watch/known.ts';
import { beginWith } from './bulk.ts';
import { whatIsMeant } from './resolve.ts';
import { standsText } from './stands.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';
import { askWhich, customerOption } from './which.ts';

export const DAY_MAX = 3650;
/** As many as one card takes, and so many cards at most. */
const RECORD_ROWS = 24;
const RECORD_CARDS = 4;

/** What a list of ends is asked for. */
type Asked = Pick<NonNullable<Handle['list']>, 'days' | 'month' | 'outcome'>;

/** From which day on, null for any that is past too, and up to which. */
function spanOf({ days, month }: Asked, today: string): readonly [from: string | null, until: string] {
  return month ? daysOf(month) : [null, addDays(today, days)];
}

export async function expiring(deps: TurnDeps, turn: Turn, asked: Asked, wanted: string | null): Promise<TurnResult> {
  if (wanted === null) return expiringOf(deps, turn, asked, null);
  const meant = await whatIsMeant(deps.store, wanted);
  if (meant.kind === 'manyCustomers') {
    const { customers } = meant;
    const options = customers.map((one) => ({
      option: customerOption(one, customers, deps.words),
      choice: { to: 'expiring' as const, ...asked, customerId: one.id },
    }));
    return askWhich(deps, turn, { wanted, about: 'customer', options, atLeast: customers.length >= FOUND_MAX });
  }
  if (meant.kind !== 'customer') return { say: [unmeant(deps.words, meant, wanted)] };
  const result = await expiringOf(deps, turn, asked, meant.customer.id);
  if (!meant.near) return result;
  const taken = deps.words.replies.takenAs({ wanted: bare(wanted, 80), name: nameBare(meant.customer.name) });
  return { ...result, say: [taken, ...result.say] };
}

/** What ends within so many days, of one customer where one is named. */
export async function expiringOf(deps: TurnDeps, turn: Turn, asked: Asked, customerId: string | null): Promise<TurnResult> {
  const handle: Handle = { kind: 'list', chat: turn.chat.key, list: { ...asked, customerId } };
  const id = await newHandle(deps.store, handle, deps.clock.now());
  return { say: [{ ...(await drawList(deps, turn.chat, { handle, id, from: 0 })), handle: id }] };
}

export async function drawList(
  deps: Pick<TurnDeps, 'store' | 'clock' | 'words' | 'programmes' | 'priceSheets' | 'shows'>,
  chat: Chat,
  { handle, id, from }: { handle: Handle; id: string; from: number },
): Promise<RenderedCard> {
  const today = dayOf(deps.clock.now());
  const within = handle.list?.days ?? DAY_MAX;
  const heard = (row: OpenRow) => !handle.list?.watched || hears(chat.watching, row);
  const customerId = handle.list?.customerId;
  const outcome = handle.list?.outcome;
  const month = handle.list?.month ?? null;
  const [first, until] = spanOf({ days: within, ...handle.list }, today);
  if (outcome) {
    const { lines, more, passed } = await endsUntil(deps, outcome, { today, ...(first ? { from: first } : {}), until, customerId: customerId ?? null });
    return outcomeListCard(
      {
        several: programmeOf(await ticketsIn(deps, lines)) !== null,
        outcome,
        lines,
        more,
        passed,
        from,
        handle: id,
        today,
        until,
        month,
        whole: await readWhole(deps, customerId ?? null, today),
        hides: hiddenIn(deps.shows, chat),
      },
      deps.words,
    );
  }
  const rows = await ticketsOn(deps, chat, { ...handle.list, days: within, customerId: customerId ?? null });
  const ahead = (row: OpenRow) => heard(row) && stops(row) && row.expiresOn >= today;
  const after = (row: OpenRow) => ahead(row) && row.expiresOn > until;
  const next = rows.some(ahead) ? undefined : (await (customerId ? openTicketsOf(deps.store, customerId) : openTickets(deps.store))).find(after);
  const stand = customerId ? await standOf(deps.store, customerId, { programmes: deps.programmes, today }) : null;
  const stands = rows.length === 0 && stand && customerId ? standsText(deps.words, stand, { id: customerId, name: stand.name }) : null;
  const whole = stand ? isRead(stand) : isWhole(await gapsOf(deps.store));
  return listCard({ rows, from, handle: id, today, within, month, stands, next: next ?? null, whole, several: programmeOf(rows) !== null }, deps.words);
}

/** The tickets of a list of outcomes, where it has several. */
async function ticketsIn({ store }: Pick<TurnDeps, 'store'>, lines: readonly EndLine[]): Promise<OpenRow[]> {
  const ids = new Set(lines.flatMap((line) => line.ticketId ?? []));
  return ids.size > 1 ? (await openTickets(store)).filter((row) => ids.has(row.ticketId)) : [];
}

/** The tickets of a list as it is now, to choose from, where all are of one programme. */
export async function chooseFrom(deps: TurnDeps, turn: Turn, { list }: Handle): Promise<TurnResult> {
  const { words } = deps;
  if (!list) return { say: [], privately: words.replies.gone() };
  const rows = await ticketsOn(deps, turn.chat, list);
  const programme = deps.programmes.find((one) => one.name === programmeOf(rows));
  if (!programme) return { say: [], privately: words.bulk.notOne };
  return {
    ...(await beginWith(
      deps,
      turn,
      programme,
      rows.filter((row) => !row.elsewhere),
    )),
    privately: words.replies.showing(),
  };
}

async function ticketsOn(
  deps: Pick<TurnDeps, 'store' | 'clock' | 'programmes' | 'priceSheets'>,
  chat: Chat,
  list: NonNullable<Handle['list']>,
): Promise<OpenRow[]> {
  const { outcome, customerId } = list;
  const today = dayOf(deps.clock.now());
  const [from, until] = spanOf(list, today);
  if (outcome) return ticketsIn(deps, (await endsUntil(deps, outcome, { today, ...(from ? { from } : {}), until, customerId })).lines);
  const open = customerId ? await openTicketsOf(deps.store, customerId) : await openTickets(deps.store, until);
  const asked = open.filter(
    (row) => (!list.watched || hears(chat.watching, row)) && daysBetween(row.expiresOn, until) >= 0 && (from === null || row.expiresOn >= from),
  );
  // The pages of a list that came by itself are those of that list.
  return list.watched ? worthIn(deps, chat, asked, today) : asked;
}

/** Whether all of one customer, or of all, was read. */
async function readWhole({ store, programmes }: Pick<TurnDeps, 'store' | 'programmes'>, customerId: string | null, today: string): Promise<boolean> {
  return customerId ? isRead(await standOf(store, customerId, { programmes, today })) : isWhole(await gapsOf(store));
}

/** A sentence about words that name no customer, or no ticket. */
export function unmeant(words: Words, meant: { kind: 'noCustomer' | 'noTicket' | 'ticket' }, what: string): string {
  return meant.kind === 'noCustomer' ? words.replies.noCustomer({ what: bare(what, 80) }) : words.replies.noTicket({ what: bare(what, 80) });
}

/** The quotes that wait for this person's yes; the list may lag, so each is looked at as it is. */
export async function waitingFor(deps: TurnDeps, turn: Turn): Promise<Waiting[]> {
  if (!may(turn.actor.roles, 'approve')) return [];
  const waiting: Waiting[] = [];
  for (const row of await waitingApprovals(deps.store)) {
    const ticket = (await deps.store.get<Ticket>(...ofCustomer(row.customerId), ticketKey(row.ticketId)))?.value;
    const move = ticket?.move ? (await deps.store.get<Move>(...ofCustomer(row.customerId), ticket.move))?.value : undefined;
    const { state, approval, quote, end } = move ?? {};
    const asked = state === 'quoted' ? quote : state === 'weighed' ? end : null;
    if (!ticket || !asked || approval) continue;
    if (asked.askedBy === turn.actor.key && needsAnother(asked, deps.fourEyes)) continue;
    waiting.push({ ticket, quote: asked });
  }
  return waiting;
}

export async function approvals(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  const waiting = await waitingFor(deps, turn);
  if (waiting.length === 0) return { say: [deps.words.replies.nothingToApprove()] };
  const names = await namesOf(
    deps.store,
    waiting.map((one) => one.quote.askedBy),
  );
  const handle = await newHandle(deps.store, { kind: 'list', chat: turn.chat.key }, deps.clock.now());
  return { say: [{ ...approvalsCard({ waiting, names, handle, hides: hiddenIn(deps.shows, turn.chat) }, deps.words), handle }] };
}

/** The written record of a ticket; in person, for those who may, also who held which licence before. */
export async function history(deps: TurnDeps, turn: Turn, ticket: Ticket): Promise<RenderedCard[]> {
  const record = withConfirmers(await readRecord(deps.store, ticket));
  const names = await namesOf(
    deps.store,
    record.flatMap((row) => [row.by, ...(row.data.person ? [String(row.data.person)] : [])]),
  );
  const rows = record.flatMap((row) => {
    const what = recordLine(row, deps.words, hiddenIn(deps.shows, turn.chat), names);
    const who = names[row.by];
    return what ? [{ at: row.at, what, ...(who ? { by: nameText(who) } : {}) }] : [];
  });
  const shown = rows.slice(-RECORD_ROWS * RECORD_CARDS);
  const of = { customer: ticket.customerName, ticketId: ticket.id, plan: ticket.facts.offerName, today: dayOf(deps.clock.now()), total: shown.length };
  const pages = shown.length > 0 ? chunksOf(shown, RECORD_ROWS) : [[]];
  const told = pages.map((page, n) => historyCard({ ...of, rows: page, from: n * RECORD_ROWS, older: n === 0 ? rows.length - shown.length : 0 }, deps.words));
  if (!mayReadHolders(turn) || !ticket.move) return told;
  const ticketRef = { customerId: ticket.customerId, subscriptionId: ticket.subscriptionId, ticketId: ticket.id };
  const handle = await newHandle(deps.store, { kind: 'held', chat: turn.chat.key, ticketRef }, deps.clock.now());
  const held = await whoHeldWhat(deps, turn, ticket, { handle, from: 0 });
  return held ? [...told, { ...held, handle }] : told;
}

/** Lists of people are read by those who may, and where nobody else reads along. */
function mayReadHolders(turn: Turn): boolean {
  return listsPeople(turn.chat) && may(turn.actor.roles, 'licences');
}

/** A page of the people of a move, null where it may not be shown: the licence and switched-off service plans of each before it, and how it came out. */
export async function whoHeldWhat(deps: TurnDeps, turn: Turn, ticket: Ticket, page: { handle: string; from: number }): Promise<RenderedCard | null> {
  if (!mayReadHolders(turn)) return null;
  const move = ticket.move ? (await deps.store.get<Move>(...ofCustomer(ticket.customerId), ticket.move))?.value : undefined;
  const userMoves = move ? (await readUserMoves(deps.store, move)).map((row) => row.value) : [];
  if (!move || userMoves.length === 0) return null;
  return holdersCard({ ticket, userMoves, waived: waivedIds(move), newPlan: move.quote?.planTitle ?? '', ...page }, deps.words);
}
