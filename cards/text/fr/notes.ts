/** To people, about a chat that is not reached. */
import type { Safe } from '../../escape.ts';
import { NB } from '../format.ts';
import { count } from './format.ts';

/** Why Teams does not let the bot write somewhere, by its code. */
const refusedWhy: Record<string, string> = {
  BotDisabledByAdmin: 'un administrateur a désactivé l’application',
  ConversationBlockedByUser: 'j’y suis bloqué',
  MessageWritesBlocked: 'j’y suis bloqué, ou l’application a été retirée',
  BotNotInConversationRoster: 'je n’en suis pas membre',
  archived: 'l’équipe est archivée',
  deleted: 'le canal, ou son équipe, a été supprimé',
};

const chatName = (chat: Safe | null) => (chat ? `« ${chat} »` : 'une conversation où vous m’avez ajouté');

export const notes = {
  why: (code: Safe) => refusedWhy[code] ?? `Teams répond « ${code} »`,
  asleep: (d: { chat: Safe | null; code: Safe }) =>
    `Teams ne me laisse pas écrire dans ${chatName(d.chat)} : ${notes.why(d.code)}. Je garde ce que je devrais y dire, je réessaie une fois par jour, et aussitôt quand quelqu’un m’y écrit. Jusque-là, personne n’y apprend ce qui cesse de se renouveler ; ce qui est urgent, je vous le dis ici.`,
  closed: (d: { chat: Safe | null; code: Safe }) =>
    `Depuis 90${NB}jours, Teams ne me laisse pas écrire dans ${chatName(d.chat)} : ${notes.why(d.code)}. Je n’essaie plus, et personne n’y apprend ce qui cesse de se renouveler. Ajoutez-moi à nouveau à cette conversation, ou écrivez **suivre** dans une autre conversation.`,
  removed: (d: { chat: Safe | null }) =>
    `J’ai été retiré de la conversation suivante : ${d.chat ? `« ${d.chat} »` : 'l’une de celles où vous m’aviez ajouté'}. Personne n’y apprend ce qui cesse de se renouveler. Ajoutez-moi à nouveau et choisissez ce qu’elle suivait, ou écrivez **suivre** dans une autre conversation.`,
  tenant: (d: { code: Safe }) =>
    `Teams ne me laisse écrire dans aucune conversation qui suit quelque chose : ${notes.why(d.code)}. Personne n’apprend ce qui cesse de se renouveler tant que ce n’est pas rétabli ; vérifiez l’application dans le centre d’administration Teams.`,
  /** Of tickets that have waited for two working days. */
  unanswered: (d: { rows: readonly { ticketId: string; customer: Safe; plan: Safe; state: Safe }[]; more: number }) =>
    `Depuis deux jours ouvrés, personne n’a réagi à ${d.rows.map((one) => `${one.ticketId}, ${one.customer}, ${one.plan} (${one.state})`).join(' ; ')}${d.more > 0 ? ` ; ni à ${count(d.more, 'autre ticket', 'autres tickets')}` : ''}. Écrivez **montrer ${d.rows[0]?.ticketId ?? ''}** pour sa carte${d.rows.length + d.more > 1 ? ', **échéances** pour la liste' : ''}.`,
  plain: (d: { summary: string; ticketId: string | null }) =>
    `${d.summary} Teams n’accepte pas ma carte à ce sujet. Écrivez **${d.ticketId ? `montrer ${d.ticketId}` : 'échéances'}** pour la voir.`,
};
