/** What a chat should show about a ticket, as data; and which news are worth a card or a line. Pure. */
import type { MoveState, News, NewsKind } from '../domain/ticket.ts';
import type { Right } from '../people/roles.ts';
import type { Approver, Shown } from '../ticketView.ts';

/** News that ask for an approval, or for what only an approver can settle: approvers hear them in person, or are mentioned. */
export const ASKING: ReadonlySet<NewsKind> = new Set(['asked', 'repriced', 'approvalDue', 'orderAsked', 'endAsked']);

/** News that only freshen a card which stands already. */
const QUIET: ReadonlySet<NewsKind> = new Set([
  'changed',
  'progress',
  'known',
  'counted',
  'marked',
  'ended',
  'left',
  'renewed',
  'quoting',
  'moving',
  'suspending',
  'endSetting',
  'resumed',
  'drafting',
]);

/** Whether a chat without a card about the ticket gets one for this. */
export function wantsCard(kind: NewsKind): boolean {
  return !QUIET.has(kind);
}

/** Whether a chat that takes no messages must hear of it when it does again: what it gets a card or a digest for. */
export function isMissed(kind: NewsKind): boolean {
  return kind === 'known' || wantsCard(kind);
}

/** News after which it is somebody's turn; what is asked of approvers is not among them. */
const HANDS_ON: ReadonlySet<NewsKind> = new Set(['counted', 'someFailed', 'moved', 'waived', 'stuck', 'waits', 'reminder', 'declined', 'lapsed', 'refused']);

/** What one must be allowed to do for the next step, by how far the move has come. */
const STEP: { readonly [S in MoveState]?: Right } = { drafting: 'ask', cancelled: 'ask', purchased: 'licences', reassigned: 'suspend', stuck: 'ask' };

/** The right that the next step after this piece of news needs; null where it is nobody's turn, or another step is waited for by now. */
export function turnAfter({ kind }: Pick<News, 'kind'>, { ticket, move, chat }: Pick<Shown, 'ticket' | 'move' | 'chat'>): Right | null {
  if (!HANDS_ON.has(kind) || ticket.closed || chat.kind === 'personal') return null;
  const state = move?.state ?? 'cancelled';
  if (state === 'purchased' && !move?.people) return null;
  // What came of a purchase, only an approver can say.
  if (state === 'stuck' && (move?.stuck?.reason === 'purchaseUnclear' || move?.stuck?.reason === 'orderDiffers')) return 'approve';
  return STEP[state] ?? null;
}

/** Those whose turn it may be, the likeliest first: who looks after it, who asked, who began it, who approved it. Where nobody has begun anything, only the first. */
export function candidatesFor({ ticket, move }: Pick<Shown, 'ticket' | 'move'>): string[] {
  const all = [ticket.marks.assignedTo, move?.quote?.askedBy, move?.startedBy, move?.approval?.by];
  return [...new Set(all.filter((key): key is string => Boolean(key)))];
}

/** Who is mentioned where others read along: approvers whom the app does not reach in person, or whose turn it is. */
export function mentioned(news: Pick<News, 'kind'>, shown: Shown): Pick<Approver, 'objectId' | 'name'>[] {
  if (shown.chat.kind === 'personal') return [];
  if (ASKING.has(news.kind)) return shown.approvers.filter((one) => !one.reached);
  return shown.next ? [shown.next] : [];
}
