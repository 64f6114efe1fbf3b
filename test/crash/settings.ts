/** What a chat's own settings promise of a flip: the judges ask for that, and no more. */
import type { Chat, Ticket } from '../../services/domain/ticket.ts';
import { type Told, whenTold } from '../../services/notify/whenTold.ts';

/** When a chat without a card is to hear that the ticket stopped renewing at `atMs`; everything at once where nothing is set. */
function promised(chat: Pick<Chat, 'settings' | 'kind'> | undefined, { customerId, facts }: Pick<Ticket, 'customerId' | 'facts'>, atMs: number): Told {
  const { programme, lastDay, endOfTerm: end, priceNow } = facts;
  const ticket = { customerId, programme, lastDay, end, priceNow };
  const at = new Date(atMs);
  return whenTold(chat?.settings, { kind: 'stopped', at: at.toISOString(), ticket, hasCard: false, personal: chat?.kind === 'personal' }, at);
}

/** From when on a flip of `atMs` must have been told there; null where it need not be by itself. */
export function dueAt(chat: Pick<Chat, 'settings' | 'kind'> | undefined, ticket: Pick<Ticket, 'customerId' | 'facts'>, atMs: number): number | null {
  const told = promised(chat, ticket, atMs);
  if (told.when === 'not') return null;
  return told.when === 'now' ? atMs : Math.max(atMs, told.atMs);
}
