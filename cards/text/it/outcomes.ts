/** What happened to a subscription's end beside auto-renew being switched off: what it is, and what can be done. */
import type { Money } from '../../../services/domain/money.ts';
import type { Happened } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OutcomeSaid } from '../en/outcomes.ts';
import { becoming } from './ends.ts';
import { aMonth, capital, date, licences, onThe, toThe } from './format.ts';
import { notice } from './notice.ts';

const states: Record<Happened, string> = {
  estBegun: 'In un Extended Service Term',
  planSet: 'È pianificata una modifica',
  planChanged: 'È pianificata un’altra modifica',
  planLost: 'Una modifica pianificata è andata persa',
  stillBilled: 'Sospeso, e ancora fatturato',
  trial: 'Una versione di valutazione si avvicina all’ultimo giorno',
  softwareEnds: 'Questo software termina',
  outlivesBase: 'Un componente aggiuntivo dura più del suo abbonamento di base',
  goesOn: 'Quello precedente prosegue',
  dearer: 'Si rinnova a un prezzo più alto',
  losesPromotion: 'Si rinnova senza la sua promozione',
};

function trial(d: OutcomeSaid): string | null {
  const day = onThe(date(d.day));
  const convert = 'Convertirla nel Centro per i partner prima di quel giorno, oppure acquistare qui un piano.';
  if (d.end === 'cancels') return `Questa versione di valutazione termina ${day}: da quel momento le persone che la usano perdono l’accesso. ${convert}`;
  if (d.end !== 'renews' && d.end !== 'renewsAs') return null;
  const seats = d.quantity === null ? '' : `, per ${licences(d.quantity)}`;
  return `${capital(day)} questa versione di valutazione diventa automaticamente il piano a pagamento${seats}; a quale prezzo non è noto qui. Per evitarlo, disattivarne il rinnovo automatico nel Centro per i partner prima di quel giorno.`;
}

/** What happened; null where the reading of its end says all. */
function lead(d: OutcomeSaid): string | null {
  switch (d.happened) {
    case 'estBegun':
      return 'Il periodo è finito, e nessun annullamento è stato eseguito.';
    case 'planSet':
      return 'Per il prossimo periodo è stata pianificata una modifica.';
    case 'planChanged':
      return `Per il prossimo periodo ora è pianificata un’altra modifica. L’abbonamento doveva diventare ${becoming(d.was)}.`;
    case 'planLost':
      return `La modifica pianificata per il prossimo periodo è andata persa: l’abbonamento doveva diventare ${becoming(d.was)}. Qualsiasi modifica di un abbonamento può far perdere una tale pianificazione. Se è ancora voluta, pianificarla di nuovo nel Centro per i partner prima di quel giorno.`;
    case 'trial':
      return trial(d);
    case 'softwareEnds':
      return `Questo software termina ${onThe(date(d.day))} e dopo non prosegue da sé. Se è ancora voluto, riattivarne il rinnovo automatico nel Centro per i partner prima di quel giorno.`;
    case 'outlivesBase':
      return `${d.base?.plan ?? 'Il suo abbonamento di base'} termina${d.base?.day ? ` ${onThe(date(d.base.day))}` : ' prima'}. Da allora questo componente aggiuntivo non serve a nulla, e si paga fino ${toThe(date(d.day))}.`;
    case 'goesOn':
      if (d.plan === null) return 'Ciò che qui è stato deciso in proposito è fatto, eppure l’abbonamento c’è ancora e si paga.';
      return `La migrazione al piano ${d.plan} è conclusa, eppure l’abbonamento precedente prosegue e si paga insieme a quello nuovo.`;
    case 'dearer':
      return 'Il prossimo periodo costa più di questo.';
    case 'losesPromotion':
      return notice.withoutPromotion;
    default:
      return null;
  }
}

export const outcomes = {
  state: (happened: Happened) => states[happened],
  lead,
  /** Of the old one of a finished move. */
  renewsBeside: (d: { day: string; at: Money | null }) =>
    `Il rinnovo automatico è attivo: ${onThe(date(d.day))} si rinnova per un altro periodo${d.at ? `, a ${aMonth(d.at)}` : ''}. Annullarlo o disattivare il rinnovo nel Centro per i partner, oppure lasciarlo andare con un motivo.`,
  cancelBeside: 'Un annullamento impostato nel Centro per i partner lo fa terminare.',
  endsBeside: (day: string) => `È stato impostato un annullamento: termina ${onThe(date(day))}. Verifico di nuovo dopo quel giorno.`,
  speak: (d: { customer: Safe; plan: Safe; state: Safe }) => `${d.customer}: ${d.plan}. ${d.state}.`,
  backFromEst: (day: string) => `È uscito dall’Extended Service Term: si rinnova ${onThe(date(day))}.`,
  rolledOver: (day: string) => `Si è rinnovato; il nuovo periodo dura fino ${toThe(date(day))}.`,
  noTrial: (day: string) => `Non è più una versione di valutazione; si rinnova ${onThe(date(day))}.`,
  withBase: 'Il componente aggiuntivo non resta più senza il suo abbonamento di base.',
  settled: 'Risolto',
};
