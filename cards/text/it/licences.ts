/** Who gets the new licence. */

import type { BlockedWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { agree, licences, number, people, toName } from './format.ts';

/** Behind a name, of whatever gender. */
export const blocked: Record<BlockedWhy, string> = {
  noUsageLocation: 'non ha una località di utilizzo. Impostarla in Microsoft Entra, poi controllare di nuovo.',
  noSeat: 'non può ricevere la licenza, perché nessuna è libera. Liberarne una o acquistarne un’altra, poi controllare di nuovo.',
  conflict: 'ha un’altra licenza incompatibile con quella nuova. Rimuoverla, poi controllare di nuovo.',
  otherGroup: 'riceve la licenza tramite un gruppo, quindi non intervengo. Modificare il gruppo in Microsoft Entra.',
  refused: 'non ha ricevuto la licenza: Microsoft ha rifiutato. Verificare le licenze nel Centro per i partner, poi riprovare.',
  unclear: 'attende ancora una conferma da Microsoft. Riprovare: nulla viene fatto due volte.',
  wrongLocation: 'è in un Paese in cui Microsoft non offre questa licenza. Verificare la località di utilizzo in Microsoft Entra, poi controllare di nuovo.',
  dependency: 'ha bisogno prima di un’altra licenza o di un altro servizio. Procedere con quell’assegnazione, poi controllare di nuovo.',
  unread: 'ha dati che non riesco a leggere, quindi non so quali licenze abbia questa persona. Verificare nel Centro per i partner, poi controllare di nuovo.',
  without: 'ha perso la licenza precedente, e la nuova non è arrivata. Riprovare: assegno quella nuova.',
  gone: 'non esiste più nella directory di questo cliente, quindi non c’è nulla da spostare.',
};

/** `7 persone su 9`. */
export const outOf = (n: number, total: number) => `${people(n)} su ${number(total)}`;

export const reassignment = {
  state: 'Acquistato. Riassegnare le licenze',
  counting: 'Acquistato. Verifico chi ha la licenza precedente…',
  countingLead: 'Sto leggendo chi ha la licenza precedente. Nessuno viene spostato prima di una conferma.',
  what: (d: { from: Safe; to: Safe }) => `Da ${d.from} ${toName(d.to)}`,
  to: (to: Safe) => `Al piano ${to}`,
  stay: (n: number) => `${people(n)} ${agree(n, 'mantiene la propria licenza', 'mantengono la propria licenza')}: un altro abbonamento ha la stessa licenza.`,
  gone: (n: number) => `${people(n)} non ${agree(n, 'esiste', 'esistono')} più.`,
  without: (n: number) => `**${people(n)} ora non ${agree(n, 'ha', 'hanno')} nessuna delle due licenze.** Il prossimo tentativo assegna quella nuova.`,
  said: (words: Safe) => `Microsoft dice: “${words}”`,
  lead: (d: { movable: number; total: number; keeps: boolean }) =>
    `**${outOf(d.movable, d.total)} ${agree(d.movable, 'può', 'possono')} passare ora alla nuova licenza.**${d.keeps ? ` ${d.movable === 1 ? 'Questa persona continua' : 'Ognuna continua'} a lavorare: la nuova arriva nello stesso passaggio in cui viene tolta la precedente.` : ''}`,
  noneMovable: (total: number) =>
    `**Per ora ${total === 1 ? 'l’unica persona non può' : `nessuna delle ${people(total)} può`} passare alla nuova licenza.** Il motivo è indicato sotto.`,
  notCovered: (d: { seats: number; holders: number }) =>
    `**Il piano precedente e quello nuovo usano la stessa licenza, ma ${licences(d.seats)} non ${agree(d.seats, 'basta', 'bastano')} per ${people(d.holders)}.** Acquistarne altre, o toglierne alcune, poi controllare di nuovo.`,
  boxTitle: (n: number) => `${people(n)} non ${agree(n, 'può', 'possono')} ancora passare alla nuova licenza`,
  more: (n: number) => `e ancora ${number(n)}`,
  line: (name: Safe, why: BlockedWhy) => `${name} ${blocked[why]}`,
  free: (d: { free: number | null; of: number }) =>
    d.free === null
      ? `${number(d.of)} ${agree(d.of, 'acquistata', 'acquistate')}; Microsoft non indica quante sono libere`
      : `${number(d.free)} ${agree(d.free, 'libera', 'libere')} su ${number(d.of)}`,
  plansStay: 'Quelli disattivati restano disattivati',
  moving: 'Riassegnazione delle licenze…',
  movingLead: (d: { moved: number; total: number }) =>
    `**${outOf(d.moved, d.total)} ${agree(d.moved, 'spostata', 'spostate')}.** Non occorre restare qui: scrivo quando è tutto fatto.`,
  failed: (n: number) => (n === 1 ? 'Una persona non è stata spostata' : `${people(n)} non sono state spostate`),
  failedLead: (d: { moved: number; total: number }) =>
    `**${outOf(d.moved, d.total)} ${agree(d.moved, 'spostata', 'spostate')}.** Le altre no; il motivo è indicato sotto.`,
  kept: (n: number) => `${people(n)} ${agree(n, 'è stata esclusa', 'sono state escluse')}, come richiesto.`,
  waivedCount: (n: number) => `${people(n)} ${agree(n, 'viene lasciata indietro', 'vengono lasciate indietro')}, come ha deciso un approvatore.`,
  speak: (d: { customer: Safe; movable: number; total: number }) =>
    `${d.customer}: acquistato. ${outOf(d.movable, d.total)} ${agree(d.movable, 'può', 'possono')} passare ora alla nuova licenza.`,
  speakMoving: (customer: Safe) => `${customer}: riassegnazione delle licenze in corso.`,
};
