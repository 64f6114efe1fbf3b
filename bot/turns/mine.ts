/** What waits for the one who asks: approvals, questions, and what that person looks after. Knows nothing of botbuilder. */
import { mineCard, type MineRow } from '../../cards/lists/mine.ts';
import { nameBare } from '../../cards/escape.ts';
import { mineOf } from '../../dialogs/mine.ts';
import { lapsesAt } from '../../services/approval/approval.ts';
import { inChunks } from '../../services/chunks.ts';
import { dayOf } from '../../services/clock.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import { newHandle } from '../../services/notify/handles.ts';
import { type OpenRow, openTickets } from '../../services/tickets/openList.ts';
import { readTicket } from '../../services/tickets/read.ts';
import type { RowState } from '../../services/tickets/rowState.ts';
import { waitingFor } from './lists.ts';
import { said } from './replies.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

const AT_ONCE = 20;

/** As a list, the most urgent first: what lapses today, what has stopped, what waits for an answer, then what ends soonest. */
export async function mine(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  const approvals = (await waitingFor(deps, turn)).map(({ ticket, quote }): MineRow => ({ ticket, is: 'approval', until: lapsesAt(quote) }));
  const known = new Set(approvals.map((one) => one.ticket.id));
  const others: MineRow[] = [];
  const open = (await openTickets(deps.store)).filter((row) => !known.has(row.ticketId) && mayBe(row, turn.actor.key));
  await inChunks(open, AT_ONCE, async (row) => {
    const rows = await readTicket(deps.store, row);
    if (!rows) return;
    const ticket = rows.ticket.value;
    const now = deps.clock.now().toISOString();
    const is = mineOf({ ticket, move: rows.move?.value ?? null, fourEyes: deps.fourEyes, hides: hiddenIn(deps.shows, turn.chat), now }, turn.actor);
    if (is) others.push({ ticket, is, until: ticket.facts.expiresOn });
  });
  const all = [...approvals, ...others].sort(byUrgency);
  if (all.length === 0) return said(deps.words.replies.nothingMine());
  const handle = await newHandle(deps.store, { kind: 'list', chat: turn.chat.key }, deps.clock.now());
  const view = { rows: all, who: nameBare(turn.actor.name), handle, today: dayOf(deps.clock.now()) };
  return { say: [{ ...mineCard(view, deps.chatWords), handle }] };
}

/** Where a move goes on, or a line of an older release does not say so, the ticket is asked. */
function mayBe({ keeper, state }: OpenRow, person: string): boolean {
  return keeper === person || state === undefined || !RESTS.has(state);
}

/** No move goes on. */
const RESTS: ReadonlySet<RowState> = new Set(['open', 'snoozed', 'letGo']);

const ORDER: readonly MineRow['is'][] = ['approval', 'stuck', 'asked', 'lookedAfter'];

function byUrgency(a: MineRow, b: MineRow): number {
  return ORDER.indexOf(a.is) - ORDER.indexOf(b.is) || (a.until < b.until ? -1 : a.until > b.until ? 1 : 0);
}
