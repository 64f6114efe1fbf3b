/** To people, about a chat that is not reached. */
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { number } from './format.ts';

/** Why Teams does not let the bot write somewhere, by its code. */
const refusedWhy: Record<string, string> = {
  BotDisabledByAdmin: 'en administratör har stängt av appen',
  ConversationBlockedByUser: 'jag är blockerad där',
  MessageWritesBlocked: 'jag är blockerad där, eller så har appen tagits bort',
  BotNotInConversationRoster: 'jag är inte medlem där',
  archived: 'teamet är arkiverat',
  deleted: 'kanalen eller dess team har tagits bort',
};

const named = (chat: Safe | null) => (chat ? `”${chat}”` : 'en chatt som du lade till mig i');

export const notes = {
  why: (code: Safe) => refusedWhy[code] ?? `Teams svarar ”${code}”`,
  asleep: (d: { chat: Safe | null; code: Safe }) =>
    `Teams låter mig inte skriva i ${named(d.chat)}: ${notes.why(d.code)}. Jag sparar det som jag skulle säga där, försöker igen en gång om dagen, och genast när någon skriver till mig där. Till dess når inga besked dit om vad som slutar förnyas; det som är brådskande säger jag till dig här.`,
  closed: (d: { chat: Safe | null; code: Safe }) =>
    `I 90${NB}dagar har Teams inte låtit mig skriva i ${named(d.chat)}: ${notes.why(d.code)}. Jag försöker inte längre, och inga besked om vad som slutar förnyas når dit. Lägg till mig där igen, eller skriv **bevaka** i en annan chatt.`,
  removed: (d: { chat: Safe | null }) =>
    `Jag togs bort från ${named(d.chat)}. Inga besked om vad som slutar förnyas når dit längre. Lägg till mig igen och välj det som den bevakade, eller skriv **bevaka** i en annan chatt.`,
  tenant: (d: { code: Safe }) =>
    `Teams låter mig inte skriva i någon chatt som bevakar: ${notes.why(d.code)}. Inga besked om vad som slutar förnyas når någon chatt förrän det är åtgärdat; titta på appen i administrationscentret för Teams.`,
  /** Of tickets that have waited for two working days. */
  unanswered: (d: { rows: readonly { ticketId: string; customer: Safe; plan: Safe; state: Safe }[]; more: number }) =>
    `På två arbetsdagar har ingen reagerat på ${d.rows.map((one) => `${one.ticketId}, ${one.plan} hos ${one.customer} (${one.state})`).join('; ')}${d.more > 0 ? `; och på ${number(d.more)}${NB}till` : ''}. Skriv **visa ${d.rows[0]?.ticketId ?? ''}** för dess kort${d.rows.length + d.more > 1 ? ', **upphör** för listan' : ''}.`,
  plain: (d: { summary: string; ticketId: string | null }) =>
    `${d.summary} Teams tar inte emot mitt kort om det. Skriv **${d.ticketId ? `visa ${d.ticketId}` : 'upphör'}** för att se det.`,
};
