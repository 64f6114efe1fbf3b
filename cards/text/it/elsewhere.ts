/** Licences that a customer bought from somebody else: what of them is known, what only the customer can do, and what is said otherwise than of our own. */

import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { finished, movedPeople, newPrice } from './finished.ts';
import { aMonth, agree, licences, number } from './format.ts';
import { ended, notice, standing } from './notice.ts';
import { quote } from './purchase.ts';
import { thread } from './thread.ts';

const gone = 'Le licenze che non erano state acquistate tramite noi non sono più nel tenant del cliente.';
const seen = 'Vedo solo quante sono: non quando terminano, né quanto costano, e non posso disdirle.';

export const elsewhere = {
  looking: () => 'Verifico se ha licenze che non ha acquistato tramite noi; la risposta arriva qui.',
  unsure: (d: { customer: Safe; names: readonly Safe[] }) =>
    `Non si è potuto stabilire se ${d.customer} abbia acquistato altrove anche queste: ${d.names.join(', ')}.`,
  none: (d: { customer: Safe }) => `Neppure altrove risultano licenze a pagamento di ${d.customer}, in base al conteggio attuale del Centro per i partner.`,
  unknown: (d: { customer: Safe }) =>
    `Non si è potuto stabilire se ${d.customer} abbia licenze acquistate altrove: non tutti i suoi abbonamenti si sono potuti leggere.`,
  /** For the status. `why`: nothing of it could be read. */
  unread: (d: { customer: Safe; why: Safe | null; names: readonly Safe[] }) =>
    `${d.customer}: se ha licenze che non sono state acquistate tramite noi${d.why ? ` (${d.why})` : d.names.length > 0 ? `, di ${d.names.join(', ')}` : ''}.`,

  many: (seats: number | null) => (seats === null ? 'quante siano non è noto' : licences(seats)),

  state: 'Acquistato altrove',
  lead: (d: { seats: number | null; ours: number }) =>
    `**${d.seats === null ? 'Alcune licenze' : licences(d.seats)} di questo piano non ${agree(d.seats ?? 0, 'è stata acquistata', 'sono state acquistate')} tramite noi**${d.ours > 0 ? `, accanto a ${number(d.ours)} che ${agree(d.ours, 'proviene', 'provengono')} da noi` : ''}.`,
  effect: (d: { retired: boolean }) =>
    `${seen} ${d.retired ? 'Microsoft ritira questo piano. ' : ''}Scegliere un piano a cui migrare: lo acquisto e assegno a ogni persona la nuova licenza; per ultimo, il cliente disdice quelle precedenti dove le ha acquistate. Il momento migliore è poco prima della loro fine: ciò che è stato pagato lì potrebbe non essere rimborsato.`,
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer}: licenze di ${d.plan} che non sono state acquistate tramite noi.`,

  acts: {
    state: 'Tocca al cliente',
    what: (plan: Safe) => `Il cliente disdice ${plan}`,
    effect:
      'Solo il cliente può disdire le licenze precedenti, dove le ha acquistate. Inviare il messaggio qui sotto. Verifico una volta al giorno se sono ancora nel suo tenant; quando non ci sono più, chiudo il ticket.',
    message: 'Messaggio per il cliente, da copiare',
    speak: (customer: Safe) => `${customer}: il cliente disdice le licenze precedenti dove le ha acquistate. Verifico una volta al giorno se ci sono ancora.`,
    there: (seats: number | null) => (seats === null ? 'Non noto' : `${number(seats)}, alla mia ultima verifica`),
    stillThere: 'Ancora presenti',
  },
  /** What to end, where, and why; without a word that only we know. */
  message: (d: { plan: Safe; newPlan: Safe; seats: number | null; everybody: boolean }) =>
    `“${d.everybody ? `Ora le persone della vostra azienda lavorano con il piano ${d.newPlan}, acquistato tramite noi.` : `Ora disponete del piano ${d.newPlan}, acquistato tramite noi.`} Vi chiediamo di disdire il piano precedente, ${d.plan},${d.seats === null ? '' : ` ${licences(d.seats)},`} dove lo avete acquistato: presso l’altro partner, nel vostro contratto multilicenza oppure, se lo avete acquistato da Microsoft, nell’interfaccia di amministrazione di Microsoft 365, in Fatturazione, I tuoi prodotti. Noi non possiamo farlo al vostro posto, e finché non è terminato pagate entrambi. Se non può ancora essere disdetto, disattivatene lì il rinnovo. Vi preghiamo di informarci quando lo avrete fatto.”`,

  /** Stands in the place of the sentences of these names. */
  instead: {
    standing: (how: Standing, d: Parameters<typeof standing>[1]) => (how === 'gone' || how === 'ended' ? gone : standing(how, d)),
    ended: {
      ...ended,
      state: 'Non più presenti',
      lead: gone,
      speak: (customer: Safe) => `${customer}: le licenze che non erano state acquistate tramite noi non sono più nel suo tenant.`,
    },
    notice: {
      ...notice,
      seats: (held: number | null, inUse: number | null) =>
        `${held === null ? 'Quante siano non è noto' : `${number(held)} ${agree(held, 'non acquistata', 'non acquistate')} tramite noi`}${inUse === null ? '' : `, ${number(inUse)} in uso`}`,
      effect: () => seen,
      speak: (d: { customer: Safe; plan: Safe }) => elsewhere.speak(d),
    },
    quote: {
      ...quote,
      periods: (d: Periods) =>
        d.until === null
          ? []
          : [
              `${aMonth(d.monthly)} per quello nuovo. A parte, le licenze acquistate altrove vengono fatturate lì finché non terminano; a quale prezzo non è noto qui.`,
            ],
      bullets: (d: { customer: Safe; both: boolean }) => [
        d.both ? `${d.customer} ha entrambi, e paga altrove le licenze precedenti finché lì non terminano.` : `${d.customer} ha subito il nuovo abbonamento.`,
        ...quote.bullets(d).slice(1),
      ],
      sourceGone: () => gone,
      again: (why: Parameters<typeof quote.again>[0]) =>
        why === 'source'
          ? 'Il numero di licenze acquistate altrove è cambiato dall’approvazione, oppure ora non si può stabilire, quindi serve una nuova approvazione.'
          : quote.again(why),
    },
    finished: {
      ...finished,
      lead: (d: Parameters<typeof finished.lead>[0]) => {
        const begun = `${movedPeople(d.moved)}${d.price ? `${newPrice(d.price)}. ` : ''}`;
        if (d.outcome === 'customerCancels') return `${begun}${gone}`;
        if (d.outcome === 'letExpire') return `${begun}Le licenze acquistate altrove sono state lasciate così come sono; non le cerco più.`;
        return 'La migrazione è stata chiusa qui. Ciò che è stato fatto resta fatto.';
      },
    },
    thread: {
      ...thread,
      changed: { ...thread.changed, gone, left: thread.changed.left ?? '' },
      ended: () => `${gone} Qui non succede altro.`,
      finishedLetExpire: () => 'Migrazione conclusa: le licenze acquistate altrove sono state lasciate così come sono, e non le cerco più.',
    },
  },
};
