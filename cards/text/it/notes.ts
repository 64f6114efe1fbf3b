/** To people, about a chat that is not reached. */
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { agree, number } from './format.ts';

/** Why Teams does not let the bot write somewhere, by its code. */
const refusedWhy: Record<string, string> = {
  BotDisabledByAdmin: 'un amministratore ha disattivato l’app',
  ConversationBlockedByUser: 'lì sono bloccato',
  MessageWritesBlocked: 'lì sono bloccato, oppure l’app è stata rimossa',
  BotNotInConversationRoster: 'lì non sono tra i membri',
  archived: 'il team è archiviato',
  deleted: 'il canale o il relativo team è stato eliminato',
};

/** Behind `in` and `da`. */
const inChat = (chat: Safe | null) => (chat ? `“${chat}”` : 'una chat in cui ero stato aggiunto');

export const notes = {
  why: (code: Safe) => refusedWhy[code] ?? `Teams risponde “${code}”`,
  asleep: (d: { chat: Safe | null; code: Safe }) =>
    `Teams non mi consente di scrivere in ${inChat(d.chat)}: ${notes.why(d.code)}. Conservo ciò che dovrei dire lì, riprovo una volta al giorno, e subito quando qualcuno mi scrive lì. Fino ad allora lì nessuno viene a sapere che cosa smette di rinnovarsi; ciò che è urgente lo dico qui.`,
  closed: (d: { chat: Safe | null; code: Safe }) =>
    `Da 90${NB}giorni Teams non mi consente di scrivere in ${inChat(d.chat)}: ${notes.why(d.code)}. Non riprovo più, e lì nessuno viene a sapere che cosa smette di rinnovarsi. Aggiungermi di nuovo lì, oppure scrivere **segui** in un’altra chat.`,
  removed: (d: { chat: Safe | null }) =>
    `Sono stato rimosso da ${inChat(d.chat)}. Lì nessuno viene a sapere che cosa smette di rinnovarsi. Aggiungermi di nuovo e scegliere ciò che la chat seguiva, oppure scrivere **segui** in un’altra chat.`,
  tenant: (d: { code: Safe }) =>
    `Teams non mi consente di scrivere in nessuna delle chat che seguono qualcosa: ${notes.why(d.code)}. Nessuno viene a sapere che cosa smette di rinnovarsi finché il problema non è risolto; controllare l’app nell’interfaccia di amministrazione di Teams.`,
  /** Of tickets that have waited for two working days. */
  unanswered: (d: { rows: readonly { ticketId: string; customer: Safe; plan: Safe; state: Safe }[]; more: number }) =>
    `Da due giorni lavorativi nessuno ha reagito a ${d.rows.map((one) => `${one.ticketId}, ${one.plan} di ${one.customer} (${one.state})`).join('; ')}${d.more > 0 ? `; né ${agree(d.more, 'a un altro ticket', `ad altri ${number(d.more)} ticket`)}` : ''}. Scrivere **mostra ${d.rows[0]?.ticketId ?? ''}** per la sua scheda${d.rows.length + d.more > 1 ? ', **scadenze** per l’elenco' : ''}.`,
  plain: (d: { summary: string; ticketId: string | null }) =>
    `${d.summary} Teams non accetta la mia scheda in proposito. Scrivere **${d.ticketId ? `mostra ${d.ticketId}` : 'scadenze'}** per vederla.`,
};
