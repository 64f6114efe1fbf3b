/** To people, about a chat that is not reached. */
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { count } from './format.ts';

/** Why Teams does not let the bot write somewhere, by its code. */
const refusedWhy: Record<string, string> = {
  BotDisabledByAdmin: 'een beheerder heeft de app uitgeschakeld',
  ConversationBlockedByUser: 'ik ben daar geblokkeerd',
  MessageWritesBlocked: 'ik ben daar geblokkeerd, of de app is weggehaald',
  BotNotInConversationRoster: 'ik ben daar geen lid',
  archived: 'het team is gearchiveerd',
  deleted: 'het kanaal, of het team ervan, is verwijderd',
};

const inChat = (chat: Safe | null) => (chat ? `“${chat}”` : 'een chat waaraan u mij hebt toegevoegd');

export const notes = {
  why: (code: Safe) => refusedWhy[code] ?? `Teams antwoordt “${code}”`,
  asleep: (d: { chat: Safe | null; code: Safe }) =>
    `Teams laat mij niet schrijven in ${inChat(d.chat)}: ${notes.why(d.code)}. Ik bewaar wat ik daar te zeggen heb en probeer het één keer per dag opnieuw, en meteen zodra iemand mij daar schrijft. Tot dan hoort niemand daar wat niet meer wordt verlengd; wat dringend is, vertel ik u hier.`,
  closed: (d: { chat: Safe | null; code: Safe }) =>
    `Al 90${NB}dagen laat Teams mij niet schrijven in ${inChat(d.chat)}: ${notes.why(d.code)}. Ik probeer het niet meer, en niemand hoort daar wat niet meer wordt verlengd. Voeg mij daar weer toe, of schrijf **volg** in een andere chat.`,
  removed: (d: { chat: Safe | null }) =>
    `Ik ben verwijderd uit ${inChat(d.chat)}. Niemand hoort daar wat niet meer wordt verlengd. Voeg mij weer toe en kies wat daar werd gevolgd, of schrijf **volg** in een andere chat.`,
  tenant: (d: { code: Safe }) =>
    `Teams laat mij in geen enkele chat schrijven die iets volgt: ${notes.why(d.code)}. Niemand hoort wat niet meer wordt verlengd totdat dat is verholpen; kijk naar de app in het Teams-beheercentrum.`,
  /** Of tickets that have waited for two working days. */
  unanswered: (d: { rows: readonly { ticketId: string; customer: Safe; plan: Safe; state: Safe }[]; more: number }) =>
    `Al twee werkdagen heeft niemand gereageerd op ${d.rows.map((one) => `${one.ticketId}, ${one.plan} van ${one.customer} (${one.state})`).join('; ')}${d.more > 0 ? `; en op nog ${count(d.more, 'ander', 'andere')}` : ''}. Schrijf **toon ${d.rows[0]?.ticketId ?? ''}** voor de kaart ervan${d.rows.length + d.more > 1 ? ', **verloopt** voor de lijst' : ''}.`,
  plain: (d: { summary: string; ticketId: string | null }) =>
    `${d.summary} Teams neemt mijn kaart hierover niet aan. Schrijf **${d.ticketId ? `toon ${d.ticketId}` : 'verloopt'}** om die te zien.`,
};
