/** To people, about a chat that is not reached. */
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { count } from './format.ts';

/** Why Teams does not let the bot write somewhere, by its code. */
const refusedWhy: Record<string, string> = {
  BotDisabledByAdmin: 'an administrator has switched the app off',
  ConversationBlockedByUser: 'I am blocked there',
  MessageWritesBlocked: 'I am blocked there, or the app was taken away',
  BotNotInConversationRoster: 'I am no member there',
  archived: 'the team is archived',
  deleted: 'the channel or its team was deleted',
};

const inChat = (chat: Safe | null) => (chat ? `“${chat}”` : 'a chat that you put me into');

export const notes = {
  why: (code: Safe) => refusedWhy[code] ?? `Teams answers “${code}”`,
  asleep: (d: { chat: Safe | null; code: Safe }) =>
    `Teams does not let me write to ${inChat(d.chat)}: ${notes.why(d.code)}. I keep what I should say there, try again once a day, and at once when somebody writes to me there. Until then nobody hears there what stops renewing; what is urgent I tell you here.`,
  closed: (d: { chat: Safe | null; code: Safe }) =>
    `For 90${NB}days Teams has not let me write to ${inChat(d.chat)}: ${notes.why(d.code)}. I do not try any more, and nobody hears there what stops renewing. Put me back there, or write **watch** in another chat.`,
  removed: (d: { chat: Safe | null }) =>
    `I was taken out of ${inChat(d.chat)}. Nobody hears there what stops renewing. Put me back and choose what it watched, or write **watch** in another chat.`,
  tenant: (d: { code: Safe }) =>
    `Teams does not let me write to any chat that watches: ${notes.why(d.code)}. Nobody hears what stops renewing until that is mended; look at the app in the Teams admin centre.`,
  /** Of tickets that have waited for two working days. */
  unanswered: (d: { rows: readonly { ticketId: string; customer: Safe; plan: Safe; state: Safe }[]; more: number }) =>
    `For two working days nobody has reacted to ${d.rows.map((one) => `${one.ticketId}, ${one.plan} of ${one.customer} (${one.state})`).join('; ')}${d.more > 0 ? `; and to ${count(d.more, 'more', 'more')}` : ''}. Write **show ${d.rows[0]?.ticketId ?? ''}** for its card${d.rows.length + d.more > 1 ? ', **expiring** for the list' : ''}.`,
  plain: (d: { summary: string; ticketId: string | null }) =>
    `${d.summary} Teams does not take my card about it. Write **${d.ticketId ? `show ${d.ticketId}` : 'expiring'}** to see it.`,
};
