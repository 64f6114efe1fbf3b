/** The end of a move, and its written record. */

import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { aMonth, agree, capital, count, date, dayMonth, fromThe, licences, money, onThe, people, toName, toThe } from './format.ts';
import { outOf } from './licences.ts';
import { leftSo } from './suspension.ts';

/** What of the old one has changed, as the record says it. */
const CHANGED: Readonly<Record<string, string>> = {
  suspended: 'Abbonamento precedente sospeso, e non da me',
  ended: 'Abbonamento precedente terminato',
  gone: 'Abbonamento precedente non più noto al Centro per i partner',
  left: 'Non è più un nostro cliente',
  renews: 'L’abbonamento precedente torna a rinnovarsi',
  stops: 'Abbonamento precedente non più impostato per il rinnovo',
  end: 'La sua fine è cambiata',
  disagree: 'Rinnovo automatico e pianificazione in contrasto',
  estPlanned: 'Extended Service Term pianificato da Microsoft',
  estBegun: 'Extended Service Term iniziato',
  estMonth: 'Un altro mese del suo Extended Service Term',
  planSet: 'Modifica pianificata per il prossimo periodo',
  planChanged: 'Altra modifica pianificata per il prossimo periodo',
  planLost: 'Modifica pianificata per il prossimo periodo andata persa',
  goesOn: 'Prosegue sebbene la migrazione sia conclusa',
  stillBilled: 'Sospeso da qualcuno, e fatturato fino all’ultimo giorno',
  seats: 'Numero di licenze precedenti cambiato',
  prices: 'Listino prezzi letto',
  unread: 'Non è noto se si rinnova',
  name: 'Cliente rinominato',
  snoozeOver: 'Rinvio finito',
};

/** `455,00 € al mese dal 20 gennaio 2027` */
export const newPrice = ({ monthly, since }: { monthly: Money; since: string }) => `${aMonth(monthly)} ${fromThe(date(since))}`;

/** `7 persone spostate. `; nothing where nobody was. */
export const movedPeople = (n: number) => (n > 0 ? `${people(n)} ${agree(n, 'spostata', 'spostate')}. ` : '');

export const finished = {
  state: 'Conclusa',
  what: (plan: Safe) => `Migrazione al piano ${plan}`,
  lead: (d: {
    moved: number;
    /** What the new one costs, and since which day. */
    price: { monthly: Money; since: string } | null;
    old: Money | null;
    outcome: string;
    day: string;
    how: OldOne;
    stillBilled: boolean;
  }) => {
    const moved = movedPeople(d.moved);
    const price = d.price ? newPrice(d.price) : '';
    const old = d.old
      ? `; l’abbonamento precedente (${money(d.old)}) ${d.stillBilled ? `viene fatturato fino ${toThe(date(d.day))}` : 'non viene più fatturato'}`
      : '';
    if (d.outcome === 'suspended') return `${moved}${price ? `${price}${old}.` : ''}`;
    if (d.outcome === 'letExpire') return `${moved}${price ? `${price}. ` : ''}${capital(leftSo(d))}`;
    if (d.outcome === 'ended') return `${moved}${price ? `${price}. ` : ''}L’abbonamento precedente è terminato, in base all’annullamento impostato.`;
    if (d.outcome === 'customerCancels') return `${moved}L’amministratore del cliente deve disdire l’abbonamento precedente dove è stato acquistato.`;
    return `${moved}La migrazione è stata chiusa qui. Ciò che è stato fatto resta fatto${d.how === 'unsaid' ? '.' : `; ${leftSo(d)}`}`;
  },
  suspendedBefore: () => 'L’abbonamento precedente era stato sospeso prima che lo chiedessi; il Centro per i partner mostra da quando.',
  dates: (n: number) => (n === 1 ? 'Una data da ricordare' : 'Due date da ricordare'),
  cancelUntil: (day: string) => `**${date(day)}** – ultimo giorno per annullare il nuovo abbonamento`,
  deletedFrom: (day: string) => `**${capital(fromThe(date(day)))} circa** – Microsoft elimina quello precedente e i suoi dati`,
  billedUntil: (day: string) => `**${date(day)}** – quello precedente è sospeso, e fatturato fino ad allora`,
  endsOn: (day: string) => `**${date(day)}** – l’abbonamento precedente termina`,
  extendsFrom: (day: string) =>
    `**${date(day)}** – dopo quel giorno quello precedente prosegue come Extended Service Term a pagamento, se nessuno imposta un annullamento`,
  inEstUntil: (day: string) =>
    `**${date(day)}** – dopo inizia un altro mese dell’Extended Service Term di quello precedente, se nessuno imposta un annullamento`,
  termEndsOn: (day: string) =>
    `**${date(day)}** – il periodo precedente termina; Microsoft potrebbe farlo proseguire di mese in mese, se nessuno imposta un annullamento`,
  renewsOn: (day: string) => `**${date(day)}** – l’abbonamento precedente si rinnova`,
  happenedOn: (d: { day: string; today: string }) => `Che cosa è successo ${onThe(d.day.slice(0, 4) === d.today.slice(0, 4) ? dayMonth(d.day) : date(d.day))}`,
  earlier: (n: number) => `(${count(n, 'riga precedente è', 'righe precedenti sono')} nella cronologia)`,
  happened: 'Che cosa è successo',
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer}: migrazione al piano ${d.plan} conclusa.`,
};

const because = (what: string, reason: Safe | null) => (reason ? `${what}: “${reason}”` : what);

const whyRefused: Record<RefusalReason, string> = {
  oldChanged: 'l’abbonamento precedente era cambiato',
  agreement: 'il cliente non ha accettato il contratto',
  accountReview: 'l’account è in esame',
  notSold: 'non in vendita per questo cliente',
  termNotSold: 'non più in vendita per questo periodo',
  quantity: 'il numero di licenze non è consentito',
  forbidden: 'il Centro per i partner non me lo ha consentito',
  signIn: 'è stato richiesto un nuovo accesso',
  refused: 'Microsoft ha rifiutato',
  unreachable: 'il Centro per i partner non ha risposto',
  rights: 'chi ha approvato non può più farlo',
  notBought: 'gli ordini di Microsoft non ne mostrano alcuno',
  saidNotBought: 'nessuno degli ordini era questo',
  otherCart: 'il carrello non era ciò che era stato chiesto',
  unsteady: 'il carrello è cambiato più volte',
  endNotPossible: 'questa fine non poteva essere impostata',
  endUnread: 'non si è potuto leggere che cosa comporterebbe',
  endOldChanged: 'l’abbonamento era cambiato',
};

/** Lines of the record; a price is null where none is said. */
export const record = {
  stopped: () => 'Ha smesso di rinnovarsi',
  known: () => 'Trovato senza rinnovo',
  unread: () => 'Non è noto se si rinnova',
  asked: () => 'Richiesta di migrazione',
  outcome: () => 'La sua fine è cambiata',
  elsewhere: () => 'Trovate licenze acquistate altrove',
  seatsGone: () => 'Licenze acquistate altrove scomparse',
  reopened: () => 'Quello precedente è proseguito',
  superseded: () => 'Un’altra migrazione ha preso il posto di quella il cui annullamento è impostato',
  chosen: (d: { quantity: number; plan: Safe | null; term: Safe | null }) =>
    `Scelto ${d.plan ?? 'un piano'}, ${licences(d.quantity)}${d.term === null ? '' : `, ${d.term}`}`,
  priced: (d: { monthly: Money | null }) => (d.monthly ? `Prezzo: ${aMonth(d.monthly)}` : 'Prezzo ricevuto'),
  refused: (d: { reason: RefusalReason; code: Safe | null }) =>
    `Nessun acquisto: ${whyRefused[d.reason] ?? 'rifiutato'}${d.code && /\d/.test(d.code) ? ` (${d.code})` : ''}`,
  approve: (d: { monthly: Money | null }) => (d.monthly ? `Approvato: ${aMonth(d.monthly)}` : 'Approvato'),
  placed: () => 'Acquistato',
  order: (id: Safe) => `Ordine ${id}`,
  provisioned: () => 'Il nuovo abbonamento è pronto',
  ask: (order: Safe) => `Chiesto se l’ordine ${order} è questo acquisto`,
  settle: (d: { order: Safe | null; reason: Safe | null }) =>
    because(d.order ? `Dichiarato che era l’ordine ${d.order}` : 'Dichiarato che non è stato acquistato', d.reason),
  planAdded: (plan: Safe) => `${plan}: aggiunto ai piani`,
  confirmUsers: () => 'Licenze confermate',
  confirmSuspend: () => 'Sospensione confermata',
  moved: (d: { moved: number; total: number }) => `${outOf(d.moved, d.total)} ${agree(d.moved, 'spostata', 'spostate')}`,
  nothingToMove: () => 'Non occorreva spostare nessuno',
  waive: (reason: Safe | null) => because('Qualcuno lasciato indietro, indicato per nome', reason),
  vouch: (reason: Safe | null) => because('Verificato dove il bot non poteva', reason),
  remind: () => 'Promemoria agli approvatori',
  weighed: () => 'Richiesto di impostare la fine del periodo',
  approveEnd: (d: { to: string }) => (d.to === 'renew' ? 'Rinnovo approvato' : 'Annullamento a fine periodo approvato'),
  confirmEnd: () => 'Annullamento a fine periodo confermato',
  letEnd: () => 'Lasciato terminare, perché il suo annullamento è impostato',
  endSet: () => 'Fine del periodo impostata, e verificata',
  endFound: () => 'La fine del periodo era già impostata',
  endOver: () => 'Il periodo è finito',
  verified: () => 'Abbonamento precedente sospeso, e verificato',
  skip: (reason: Safe | null) => because('Lasciato com’era', reason),
  giveUp: (reason: Safe | null) => because('La migrazione è stata chiusa', reason),
  renewed: () => 'Torna a rinnovarsi',
  ended: () => 'Terminato',
  left: () => 'Non è più un nostro cliente',
  again: (why: string) =>
    ({
      waited: 'Attesa troppo lunga dopo il sì: chiesto di nuovo',
      cart: 'Carrello diverso da quello approvato: chiesto di nuovo',
      source: 'Abbonamento precedente diverso da quello approvato: chiesto di nuovo',
    })[why] ?? 'Carrello scomparso: chiesto di nuovo',
  changed: (what: string) => CHANGED[what] ?? 'Qualcosa dell’abbonamento precedente è cambiato',
  decline: (reason: Safe | null) => because('Rifiutato', reason),
  cancel: () => 'Annullato',
  back: () => 'Ritorno al passaggio precedente',
  check: () => 'Verificato di nuovo',
  snoozed: (d: { until: string | null; reason: Safe | null }) => because(d.until ? `Rinviato fino ${toThe(date(d.until))}` : 'Rinviato', d.reason),
  dismissed: (reason: Safe | null) => because('Lasciato andare', reason),
  undo: () => 'Riaperto: revocato il rinvio, o la scelta di lasciarlo andare',
  assigned: () => 'Preso in carico',
  given: (whom: Safe) => `Affidato ${toName(whom)}`,
  handedBack: () => 'Restituito',
  note: (text: Safe) => `Nota: “${text}”`,
  seen: () => 'Visto',
  fail: () => 'Fermo: serve un intervento',
  lapse: () => 'Il preventivo è decaduto',
  checkpoint: (n: number) => `${count(n, 'riga meno recente eliminata', 'righe meno recenti eliminate')} dopo il tempo impostato`,
  bot: 'Successor',
};

export const history = {
  who: (d: { customer: Safe }) => d.customer,
  what: (d: { ticketId: string; plan: Safe }) => `${d.ticketId}: ${d.plan}`,
  none: 'Non è ancora successo nulla.',
  older: (n: number) => `Qui ${count(n, 'riga meno recente non è riportata', 'righe meno recenti non sono riportate')}.`,
};
