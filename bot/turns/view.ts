/**
 * A card where several read along, drawn for one of them: Teams asks for it by itself when that reader looks at it. It reads storage and who
 * may do what, notes nothing, and asks Partner Center nothing. Knows nothing of botbuilder.
 */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { viewCard } from '../../cards/ticket/views.ts';
import { lacks, RIGHT_OF } from '../../dialogs/rights.ts';
import type { CardAction } from '../../dialogs/types.ts';
import type { BoundedMap } from '../../services/boundedMap.ts';
import { readChat } from '../../services/chats.ts';
import type { Notice } from '../../services/domain/ticket.ts';
import { readHandle } from '../../services/notify/handles.ts';
import { keyOf } from '../../services/people/people.ts';
import { may, type Role } from '../../services/people/roles.ts';
import { noticeKey, ofCustomer } from '../../services/store/rows.ts';
import { readTicket } from '../../services/tickets/read.ts';
import { cardViewOf, type Shown } from '../../services/ticketView.ts';
import { heardIn, type TurnDeps } from './turn.ts';

/** Who looks, as Entra and as Teams have it, and at a card of which chat. */
export interface Looker {
  objectId: string;
  teamsId: string;
  chat: string;
}

/** What cards were drawn from a moment ago, by their rows as they were: many look at one card at once. */
export type LatelyDrawn = BoundedMap<string, { shown: Promise<Shown>; atMs: number }>;

/** Beside the rows there are names and switches in it, whose change edits no card. */
const LATELY_MS = 30_000;

/** null where the card is to stand as it is: it is not the one that is kept up to date, or the reader has no role. */
export async function viewOf(deps: TurnDeps, lately: LatelyDrawn, { objectId, teamsId, chat: key }: Looker, id: unknown): Promise<RenderedCard | null> {
  const { store, directory } = deps;
  const handle = typeof id === 'string' ? await readHandle(store, id) : undefined;
  const ref = handle?.ticketRef;
  if (typeof id !== 'string' || handle?.kind !== 'ticket' || !ref || handle.chat !== key) return null;
  const [roles, chat, notice, rows, person] = await Promise.all([
    directory.rolesOf(objectId),
    readChat(store, key),
    store.get<Notice>(...ofCustomer(ref.customerId), noticeKey(ref.ticketId, key)),
    readTicket(store, ref),
    keyOf(store, objectId),
  ]);
  if (!may(roles, 'see') || !chat || chat.value.kind === 'personal' || !rows) return null;
  // A post whose answer was lost was made again: of the two cards only the one that is noted is kept up to date.
  if (notice && notice.value.handle !== id) return null;
  const shown = await sharedBy(deps, lately, [id, rows.ticket.etag, rows.move?.etag].join(' '), () => cardViewOf(deps, chat.value, rows.ticket.value, id));
  const own: Shown = { ...shown, reader: { key: person ?? '', roles }, readers: [teamsId] };
  return viewCard(own, (verb) => lacksFor(roles, verb), heardIn(deps, chat.value).chatWords);
}

/** Drawn once for all who look at it. */
function sharedBy({ clock }: Pick<TurnDeps, 'clock'>, lately: LatelyDrawn, rows: string, draw: () => Promise<Shown>): Promise<Shown> {
  const known = lately.get(rows);
  if (known && clock.wallMs() - known.atMs < LATELY_MS) return known.shown;
  const shown = draw();
  lately.set(rows, { shown, atMs: clock.wallMs() });
  shown.catch(() => lately.delete(rows));
  return shown;
}

function lacksFor(roles: readonly Role[], verb: string): boolean {
  return !Object.hasOwn(RIGHT_OF, verb) || lacks(roles, verb as CardAction['verb']) !== null;
}
