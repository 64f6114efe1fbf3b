/** What a chat should show about a ticket, as data; and which news are worth a card or a line. Pure. */
import type { News, NewsKind } from '../domain/ticket.ts';
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

/** Approvers whom the app does not reach in person are mentioned where others read along. */
export function mentioned(news: Pick<News, 'kind'>, shown: Shown): Approver[] {
  return ASKING.has(news.kind) && shown.chat.kind !== 'personal' ? shown.approvers.filter((one) => !one.reached) : [];
}
