/** Lists that people ask for, beside that of what ends: what waits for an approval, what happened, who held what. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { bare, nameText } from '../../cards/escape.ts';
import { approvalsCard, type Waiting } from '../../cards/lists/approvals.ts';
import { historyCard, holdersCard } from '../../cards/lists/history.ts';
import { recordLine, withConfirmers, withTerms } from '../../cards/ticket/finished.ts';
import { mayBeCompany } from '../../dialogs/invite.ts';
import { needsAnother } from '../../services/approval/approval.ts';
import { chunksOf } from '../../services/chunks.ts';
import { dayOf } from '../../services/clock.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import { lineIn, nameIn, ticketIn } from '../../services/domain/names.ts';
import type { Move, Ticket } from '../../services/domain/ticket.ts';
import { readUserMoves } from '../../services/moves/people/rows.ts';
import { waivedIds } from '../../services/moves/people/tally.ts';
import { newHandle } from '../../services/notify/handles.ts';
import { namesOf } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import { ofCustomer, ticketKey } from '../../services/store/rows.ts';
import { waitingApprovals } from '../../services/tickets/openList.ts';
import { listsPeople, readRecord } from '../../services/ticketView.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

/** As many as one card takes, and so many cards at most. */
const RECORD_ROWS = 24;
const RECORD_CARDS = 4;

/** A sentence about words that name no customer, or no ticket. */
export function unmeant({ words, spoken }: Pick<TurnDeps, 'words' | 'spoken'>, { kind }: { kind: 'noCustomer' | 'noTicket' | 'ticket' }, what: string): string {
  const { replies } = words;
  return kind === 'noCustomer' ? replies.noCustomer({ what: bare(what, 80), company: mayBeCompany(what, spoken) }) : replies.noTicket({ what: bare(what, 80) });
}

/** The quotes that wait for this person's yes; the list may lag, so each is looked at as it is. */
export async function waitingFor(deps: Pick<TurnDeps, 'store' | 'fourEyes'>, turn: Pick<Turn, 'actor'>): Promise<Waiting[]> {
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

/** The one of them that was asked for last. */
export async function newestWaiting(deps: Pick<TurnDeps, 'store' | 'fourEyes'>, turn: Pick<Turn, 'actor'>): Promise<Waiting | undefined> {
  const waiting = await waitingFor(deps, turn);
  return waiting.sort((a, b) => (a.quote.at < b.quote.at ? 1 : -1))[0];
}

export async function approvals(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  const waiting = await waitingFor(deps, turn);
  if (waiting.length === 0) return { say: [deps.words.replies.nothingToApprove()] };
  const names = await namesOf(
    deps.store,
    waiting.map((one) => one.quote.askedBy),
  );
  const handle = await newHandle(deps.store, { kind: 'list', chat: turn.chat.key }, deps.clock.now());
  return {
    say: [
      { ...approvalsCard({ waiting, names, handle, hides: hiddenIn(deps.shows, turn.chat), now: deps.clock.now().toISOString() }, deps.chatWords), handle },
    ],
  };
}

/** The written record of a ticket; in person, for those who may, also who held which licence before. */
export async function history(deps: TurnDeps, turn: Turn, ticket: Ticket): Promise<RenderedCard[]> {
  const { lang } = deps.chatWords;
  const record = withConfirmers(withTerms(await readRecord(deps.store, ticket))).map((line) => lineIn(line, ticket.names, lang));
  const names = await namesOf(
    deps.store,
    record.flatMap((row) => [row.by, ...(row.data.person ? [String(row.data.person)] : [])]),
  );
  const rows = record.flatMap((row) => {
    const what = recordLine(row, deps.chatWords, hiddenIn(deps.shows, turn.chat), names);
    const who = names[row.by];
    return what ? [{ at: row.at, what, ...(who ? { by: nameText(who) } : {}) }] : [];
  });
  const shown = rows.slice(-RECORD_ROWS * RECORD_CARDS);
  const of = {
    customer: ticket.customerName,
    ticketId: ticket.id,
    plan: nameIn(ticket.names, lang, ticket.facts.offerName),
    today: dayOf(deps.clock.now()),
    total: shown.length,
  };
  const pages = shown.length > 0 ? chunksOf(shown, RECORD_ROWS) : [[]];
  const told = pages.map((page, n) =>
    historyCard({ ...of, rows: page, from: n * RECORD_ROWS, older: n === 0 ? rows.length - shown.length : 0 }, deps.chatWords),
  );
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
  const { lang } = deps.chatWords;
  const newPlan = nameIn(ticket.names, lang, move.quote?.planTitle ?? '');
  return holdersCard({ ticket: ticketIn(ticket, lang), userMoves, waived: waivedIds(move), newPlan, ...page }, deps.chatWords);
}
