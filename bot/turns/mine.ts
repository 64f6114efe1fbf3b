/** What waits for the one who asks: approvals, questions, and what that person looks after. Knows nothing of botbuilder. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { nameBare } from '../../cards/escape.ts';
import { mineCard, type MineRow } from '../../cards/lists/mine.ts';
import { mineOf } from '../../dialogs/mine.ts';
import type { Actor } from '../../dialogs/types.ts';
import { lapsesAt } from '../../services/approval/approval.ts';
import { inChunks } from '../../services/chunks.ts';
import { dayOf } from '../../services/clock.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { type Handle, newHandle, noteMine } from '../../services/notify/handles.ts';
import type { PersonRow } from '../../services/people/people.ts';
import { PERSONS } from '../../services/store/rows.ts';
import { turned } from '../../services/tickets/arranged.ts';
import { type OpenRow, openTickets } from '../../services/tickets/openList.ts';
import { readTicket } from '../../services/tickets/read.ts';
import type { RowState } from '../../services/tickets/rowState.ts';
import { waitingFor } from './lists.ts';
import { said } from './replies.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

const AT_ONCE = 20;

/** As a list, the most urgent first: what lapses today, what has stopped, what waits for an answer, then what ends soonest. */
export async function mine(deps: TurnDeps, { chat, actor }: Turn): Promise<TurnResult> {
  const rows = await rowsOf(deps, chat, actor);
  if (rows.length === 0) return said(deps.words.replies.nothingMine());
  const id = await newHandle(deps.store, { kind: 'list', chat: chat.key, mine: actor.key }, deps.clock.now());
  return { say: [{ ...(await draw(deps, { rows, actor }, { id, from: 0, seen: undefined })), handle: id }] };
}

/** Another page of it, in place of the one that stands there: for whom it is, whoever turns it. */
export async function turnMine(deps: TurnDeps, { chat, actor: presser }: Turn, { handle, id, from }: PageAt): Promise<TurnResult> {
  const actor = presser.key === handle.mine ? presser : await personOf(deps, handle.mine);
  if (!actor) return { say: [], privately: deps.words.replies.gone() };
  const card = await draw(deps, { rows: await rowsOf(deps, chat, actor), actor }, { id, from, seen: handle.seen });
  return { say: [], edit: card, privately: card.summary };
}

interface PageAt {
  handle: Handle & { mine: string };
  id: string;
  from: number;
}

/** What stands on it is noted, so that the next page says what changed since. */
async function draw(
  deps: TurnDeps,
  { rows, actor }: { rows: readonly MineRow[]; actor: Actor },
  { id, from, seen }: { id: string; from: number; seen: string[] | undefined },
): Promise<RenderedCard> {
  const marks = rows.map(({ ticket }) => ticket.id);
  const turn = turned(seen, marks, from);
  await noteMine(deps.store, id, marks);
  const view = { rows, who: nameBare(actor.name), handle: id, today: dayOf(deps.clock.now()), from: turn.from, turned: seen ? turn : null };
  return mineCard(view, deps.chatWords);
}

async function personOf({ store, directory }: Pick<TurnDeps, 'store' | 'directory'>, key: string): Promise<Actor | null> {
  const person = (await store.get<PersonRow>(...PERSONS, key))?.value;
  return person ? { key, tenant: person.tenantId, name: person.name, roles: await directory.rolesOf(person.objectId) } : null;
}

async function rowsOf(deps: TurnDeps, chat: Pick<Chat, 'kind'>, actor: Actor): Promise<MineRow[]> {
  const approvals = (await waitingFor(deps, { actor })).map(({ ticket, quote }): MineRow => ({ ticket, is: 'approval', until: lapsesAt(quote) }));
  const known = new Set(approvals.map((one) => one.ticket.id));
  const others: MineRow[] = [];
  const open = (await openTickets(deps.store)).filter((row) => !known.has(row.ticketId) && mayBe(row, actor.key));
  await inChunks(open, AT_ONCE, async (row) => {
    const rows = await readTicket(deps.store, row);
    if (!rows) return;
    const ticket = rows.ticket.value;
    const now = deps.clock.now().toISOString();
    const is = mineOf({ ticket, move: rows.move?.value ?? null, fourEyes: deps.fourEyes, hides: hiddenIn(deps.shows, chat), now }, actor);
    if (is) others.push({ ticket, is, until: ticket.facts.expiresOn });
  });
  return [...approvals, ...others].sort(byUrgency);
}

/** Where a move goes on, or a line of an older release does not say so, the ticket is asked. */
function mayBe({ keeper, state }: OpenRow, person: string): boolean {
  return keeper === person || state === undefined || !RESTS.has(state);
}

/** No move goes on. */
const RESTS: ReadonlySet<RowState> = new Set(['open', 'snoozed', 'letGo']);

const ORDER: readonly MineRow['is'][] = ['approval', 'stuck', 'asked', 'lookedAfter'];

function byUrgency(a: MineRow, b: MineRow): number {
  return ORDER.indexOf(a.is) - ORDER.indexOf(b.is) || (a.until < b.until ? -1 : a.until > b.until ? 1 : a.ticket.id < b.ticket.id ? -1 : 1);
}
