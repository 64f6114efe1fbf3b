/** Setting how a term ends: what it would mean, that it is being set, and whether it holds. */
import type { Money } from '../../../services/domain/money.ts';
import { DATA_KEPT_DAYS } from '../../../services/domain/rules.ts';
import type { SetEnd } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes } from '../en/ends.ts';
import { becoming } from './ends.ts';
import { aMonth, agree, date, dayMonth, fromThe, money, number, ofThe, onThe, people, stamp, termLength, the, toThe } from './format.ts';

/** Who is on it on its last day. */
export function whoLosesThen(loses: number | null, day: string): string {
  const after = `dopo ${the(date(day))}`;
  if (loses === null) return `**Non è noto quante persone perdano l’accesso ${after}.** Verificare nel Centro per i partner chi lo usa.`;
  if (loses === 0) return `**Nessuno perde l’accesso ${after}**: da come leggo le licenze, queste non servono a nessuno.`;
  return `**${people(loses)} lo ${agree(loses, 'usa', 'usano')} e ${agree(loses, 'perde', 'perdono')} l’accesso ${after}.**`;
}

export const termEnd = {
  weighing: 'Verifica delle conseguenze…',
  weighingLead: 'Leggo chi lo usa, quanto costa e che cosa è pianificato. Con questo non viene impostato nulla.',
  weighed: 'In attesa di approvazione',
  what: (d: { to: SetEnd; plan: Safe }) => (d.to === 'renew' ? `Rinnovo di ${d.plan}` : `Annullamento di ${d.plan} a fine periodo`),
  speak: (d: { customer: Safe; to: SetEnd; plan: Safe; day: string }) =>
    `${d.customer}: ${d.to === 'renew' ? `rinnovare ${d.plan} ${fromThe(date(d.day))}` : `annullare ${d.plan} alla fine del periodo, ${the(date(d.day))}`}?`,
  cancelLead: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day),
  renewLead: (d: { term: Safe; day: string; newCommerce: boolean }) =>
    `**Questo ${d.newCommerce ? 'impegna il cliente per un intero nuovo periodo' : 'lo fa proseguire per un altro periodo'}${d.term ? ` di ${termLength(d.term)}` : ''}**, dalla fine di quello attuale, ${the(date(d.day))}.`,
  priceTitle: (on: string | null) => (on ? `Secondo il listino prezzi ${ofThe(date(on))}` : 'Al prezzo di oggi'),
  notKnown: 'Il prezzo non è noto',
  price: (d: { monthly: Money; total: Money; term: Safe }) =>
    `${aMonth(d.monthly)}, ${money(d.total)} in ${termLength(d.term)}. Microsoft applica il prezzo di quel giorno.`,
  noPrice: 'Non sono riuscito a leggere quanto costa. Dove un limite richiede una seconda persona, questo conta come superiore al limite.',
  when: 'Con l’approvazione',
  cancelBullets: (d: { soon: boolean }) => [
    'Il rinnovo automatico viene disattivato e viene impostato “annulla a fine periodo”, in un’unica modifica dell’abbonamento.',
    `Dopo l’ultimo giorno le persone lo perdono subito; i dati vengono conservati per ${number(DATA_KEPT_DAYS)} giorni, e l’abbonamento non può essere ripristinato. Fino a quel giorno il rinnovo può essere riattivato.`,
    d.soon
      ? '**Potrebbe non restare valido:** l’ultimo giorno è tra meno di 25 ore, e Microsoft può ancora pianificare qualcos’altro. Verifico ogni ora.'
      : 'Verifico subito, dopo 25 ore e fino al giorno successivo all’ultimo se l’annullamento resta valido; fino ad allora il ticket resta aperto.',
  ],
  renewBullets: (d: { newCommerce: boolean; planned: boolean }) => [
    `Il rinnovo automatico viene attivato${d.newCommerce && d.planned ? ' e viene pianificato un nuovo periodo' : ''}, in un’unica modifica dell’abbonamento.`,
    ...(d.newCommerce ? ['Una volta iniziato il nuovo periodo, l’abbonamento può essere annullato entro 7 giorni, non oltre.'] : []),
  ],
  lostPlan: (as: Becomes) => `**Con questo si perde una modifica pianificata**: in ${becoming(as)}.`,
  lostWord: (word: Safe) => `**È pianificato ciò che Microsoft chiama “${word}”, e con questo si perde.**`,
  setting: 'Impostazione della fine…',
  settingLead: {
    cancel: 'Sto impostando l’annullamento, poi leggo se è presente.',
    renew: 'Sto riattivando il rinnovo automatico, poi leggo se è così.',
  },
  asked: (at: string) =>
    `Ho chiesto a Microsoft di impostare questa fine ${onThe(stamp(at))}, e verifico se è stato fatto. Non invio la richiesta sovrascrivendo una modifica di qualcun altro.`,
  foot: (d: { who: Safe; at: string; until: string }) => `Richiesto da ${d.who} ${onThe(stamp(d.at))}. Attende fino ${toThe(stamp(d.until))}.`,
  set: (day: string) => (day ? `Annullamento ${onThe(dayMonth(day))}` : 'Annullamento a fine periodo'),
  lost: 'L’annullamento non è più presente',
  unsure: 'Annullamento non più certo',
  lostLead: 'Qualcuno, o Microsoft, lo ha modificato dopo che era stato impostato.',
  mayNotHold:
    '**Potrebbe non restare valido:** è stato impostato meno di 25 ore prima dell’ultimo giorno, e Microsoft può ancora pianificare qualcos’altro. Verifico ogni ora.',
  lookedAt: (d: { at: string; lookedAt: string }) =>
    `Impostato ${onThe(stamp(d.at))}, rilevato come presente ${onThe(stamp(d.lookedAt))}. Verifico di nuovo fino alla fine dell’abbonamento, e fino ad allora questo ticket resta aperto.`,
  foundAt: (d: { lookedAt: string }) =>
    `Rilevato come presente ${onThe(stamp(d.lookedAt))}. Verifico di nuovo fino alla fine dell’abbonamento, e fino ad allora questo ticket resta aperto.`,
  here: (d: { held: boolean }) => (d.held ? 'L’annullamento era stato impostato qui, ed è rimasto valido.' : 'L’annullamento era stato impostato qui.'),
  setElsewhere: 'Era già impostato prima che lo chiedessi a Microsoft, quindi non ho modificato nulla.',
  renewedHere: 'Il rinnovo è stato impostato qui.',
  setThere: 'Per farlo terminare, impostare l’annullamento nel Centro per i partner; verifico se è avvenuto.',
  /** As the last step of a move. `left`: who were left behind by name. */
  afterMove: (d: { left: number }) =>
    `È impostato un annullamento: dopo quel giorno l’abbonamento è finito. ${d.left === 0 ? 'Tutte le persone che lo usavano sono state spostate, oppure mantengono una licenza di un altro abbonamento.' : `**${people(d.left)} ${agree(d.left, 'è stata lasciata indietro, indicata per nome,', 'sono state lasciate indietro, indicate per nome,')} e da quel momento ${agree(d.left, 'perde', 'perdono')} l’accesso**; tutte le altre sono state spostate.`} I dati vengono conservati per ${number(DATA_KEPT_DAYS)} giorni, e l’abbonamento non può essere ripristinato.`,
};
