/** Price, approval and purchase. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import type { AgainWhy, RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { aMonth, agree, count, date, either, licences, money, number, onThe, people, stamp, termName, toThe } from './format.ts';

export const refusals: Record<RefusalReason, string> = {
  oldChanged: 'Non l’ho acquistato: l’abbonamento precedente è cambiato da quando è stato chiesto il prezzo. Verificarlo, poi chiedere di nuovo il prezzo.',
  agreement:
    'Ancora nessun prezzo: il cliente non ha accettato il Contratto del cliente Microsoft, e solo il cliente può farlo. Uno dei suoi amministratori globali accede ad admin.microsoft.com e lo accetta lì, oppure tramite un collegamento creato per lui dal partner; poi chiedere di nuovo. Un contratto accettato prima di aprile 2023 deve essere accettato di nuovo.',
  accountReview: 'Ancora nessun prezzo: Microsoft sta esaminando l’account di questo cliente. Chiedere di nuovo quando l’esame è concluso.',
  notSold: 'Nessun prezzo: questo piano non è in vendita per questo cliente. Sceglierne un altro.',
  termNotSold: 'Nessun prezzo: questo piano non è più in vendita per il periodo scelto. Scegliere un altro periodo, oppure un altro piano.',
  quantity: 'Nessun prezzo: il numero di licenze non rientra nei limiti di questo piano. Modificarlo e chiedere di nuovo.',
  forbidden:
    'Nessun prezzo: il Centro per i partner non mi consente di acquistare per questo cliente. Chiedere a un agente di amministrazione di verificare il mio accesso.',
  signIn:
    'Nessun prezzo: il Centro per i partner richiede un nuovo accesso con l’account con cui lavoro. Un proprietario mi scrive **consenso** nella chat personale con me; poi chiedere di nuovo.',
  refused: 'Nessun prezzo: Microsoft ha rifiutato questo ordine. Scegliere un altro piano, oppure verificare nel Centro per i partner.',
  unreachable: 'Nessun prezzo: il Centro per i partner non ha risposto. Non è stato acquistato nulla; chiedere di nuovo tra un minuto.',
  rights: 'Non l’ho acquistato: chi lo ha approvato non può più approvare acquisti. Scegliere di nuovo il piano; approverà qualcun altro.',
  notBought:
    'Non è stato acquistato nulla: Microsoft non ha accettato l’acquisto, e venti minuti dopo tra i suoi ordini non ne risulta nessuno. Scegliere di nuovo il piano per acquistarlo.',
  saidNotBought:
    'Un approvatore dice che nessuno degli ordini presenti è questo acquisto. Scegliere di nuovo il piano per acquistarlo; prima di farlo chiedo conferma su quegli ordini.',
  otherCart:
    'Nessun prezzo: il carrello creato dal Centro per i partner non indica un prezzo, o non è ciò che è stato chiesto, quindi non lo propongo. Non è stato acquistato nulla; chiedere di nuovo, oppure acquistarlo nel Centro per i partner.',
  endNotPossible: 'Non ho impostato nulla: allo stato attuale non posso impostare questa fine. Verificare nel Centro per i partner.',
  endUnread: 'Non ho impostato nulla: non sono riuscito a leggere che cosa comporterebbe. Chiedere di nuovo tra un minuto.',
  endOldChanged: 'Non ho impostato nulla: l’abbonamento è cambiato da quando è stata fatta la richiesta. Verificarlo, poi chiedere di nuovo.',
  unsteady:
    'Non l’ho acquistato: più volte, subito prima dell’acquisto, il carrello era cambiato o scomparso. Chiedere di nuovo il prezzo più tardi, oppure acquistarlo nel Centro per i partner.',
};

export const quoting = {
  state: 'Richiesta del prezzo…',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} di ${d.plan}`,
  lead: 'Microsoft sta calcolando il prezzo. Con questo non viene acquistato nulla.',
  speak: (customer: Safe) => `${customer}: sto chiedendo il prezzo a Microsoft.`,
};

export const question = {
  state: 'In attesa di una risposta',
  lead: (order: Safe) =>
    `**L’ordine ${order} è questo acquisto?** Riguarda lo stesso piano per questo cliente. Non acquisto nulla finché un approvatore non dice se lo è.`,
  ifYes: 'Se lo è, non viene acquistato altro; proseguo con quell’ordine.',
  ifNo: 'Se è un altro, proseguo con l’acquisto. Il motivo resta nel registro.',
  speak: (customer: Safe) => `${customer}: esiste già un ordine per questo? Non viene acquistato nulla finché qualcuno non si pronuncia.`,
  when: (at: string | null) => (at === null ? 'Non noto' : stamp(at)),
};

export const quote = {
  state: 'In attesa di approvazione',
  notYours: {
    ownRequest: 'Chi ha fatto la richiesta non può approvarla: serve il sì di un altro approvatore.',
    noApprover: 'Serve il sì di un approvatore.',
  },
  waitsFor: (d: { names: readonly Safe[]; more: boolean }) => `In attesa di ${either([...d.names, ...(d.more ? ['un altro approvatore'] : [])])}.`,
  what: (d: { quantity: number; plan: Safe }) => `Acquisto di ${licences(d.quantity)} di ${d.plan}`,
  /** What is paid month by month: for both while both are paid, then for what is left. */
  periods: (d: Periods) => {
    const { monthly, old, until, later } = d;
    const change = d.sameCurrency && old ? monthly.minor - old.minor : null;
    const compared =
      change === null
        ? ''
        : change === 0
          ? ', come ora'
          : `, ${money({ minor: Math.abs(change), currency: monthly.currency })} in ${change > 0 ? 'più' : 'meno'} rispetto a ora`;
    if (until === null) return [];
    const both = d.sameCurrency && old ? `**${aMonth({ ...old, minor: old.minor + monthly.minor })}** per entrambi, ` : '';
    const each = old
      ? `${both}${both ? money(old) : aMonth(old)} per quello precedente e ${both ? money(monthly) : aMonth(monthly)} per quello nuovo`
      : `${aMonth(monthly)} per quello nuovo, e il prezzo di quello precedente, che non è noto`;
    if (until.what === 'suspended')
      return [
        `Fino alla sospensione di quello precedente${until.atLatest ? `, al più tardi fino ${toThe(date(until.atLatest))}` : ''}: ${each}.`,
        `Dopo, ${aMonth(monthly)}${compared}.`,
      ];
    const sum = later?.currency === monthly.currency ? `**${aMonth({ ...monthly, minor: monthly.minor + later.minor })}** per entrambi: ` : '';
    const at = later ? ` (${aMonth(later)})` : '';
    const then = {
      ends: `Dopo, ${aMonth(monthly)}${compared}.`,
      extends: `Dopo, ${sum}${aMonth(monthly)} per quello nuovo, e per quello precedente un Extended Service Term a pagamento${at}, finché qualcuno non ne imposta l’annullamento.`,
      inEst: `Dopo, ${sum}${aMonth(monthly)} per quello nuovo, e per quello precedente un altro mese di Extended Service Term${at}, finché qualcuno non ne imposta l’annullamento.`,
      renews: `Dopo, ${sum}${aMonth(monthly)} per quello nuovo, e quello precedente si rinnova${at}, se nessuno ne imposta l’annullamento.`,
      termEnds: `Dopo, ${aMonth(monthly)} per quello nuovo. Non è noto se quello precedente poi prosegua e si paghi.`,
    }[until.how];
    return [`Fino ${toThe(date(until.day))}, qualunque cosa venga sospesa: ${each}.`, then];
  },
  /** Of the whole term, and whose prices these are. */
  total: (d: { total: Money; term: string }) =>
    `${d.term === 'P1M' ? 'Può essere annullato o modificato ogni mese.' : `${money(d.total)} in ${count(monthsOf(d.term) ?? 0, 'mese', 'mesi')}.`} I prezzi sono quelli pagati dal partner, senza imposte.`,
  /** Licences and people that do not fit each other. */
  unfit: (d: { quantity: number; inUse: number; monthly: Money | null }) => {
    const empty = d.quantity - d.inUse;
    if (empty < 0)
      return d.inUse === 1
        ? '**L’unica persona che ha la licenza precedente non riceve nessuna di queste.**'
        : `**${number(-empty)} delle ${people(d.inUse)} che hanno la licenza precedente non ${agree(-empty, 'riceve', 'ricevono')} nessuna di queste.**`;
    if (empty === 0) return null;
    const unused = `${licences(empty)} per ora ${agree(empty, 'resta libera', 'restano libere')}`;
    if (!d.monthly) return `${unused}.`;
    const minor = (d.monthly.minor * empty) / d.quantity;
    const cost = `${Number.isInteger(minor) ? '' : 'circa '}${aMonth({ ...d.monthly, minor: Math.round(minor) })}`;
    return `${unused} e ${agree(empty, 'costa', 'costano')} ${cost}.`;
  },
  again: (why: AgainWhy) =>
    ({
      waited: 'Dopo l’approvazione l’attesa ha superato i 15 minuti, quindi serve una nuova approvazione.',
      cart: 'Il carrello non era più quello approvato, quindi serve una nuova approvazione.',
      source: 'L’abbonamento precedente è cambiato dopo l’approvazione, quindi ne serve una nuova.',
      lastStep: 'Il sì all’ultimo passaggio ha dovuto attendere più di un’ora, quindi chiedo ancora una volta.',
    })[why],
  sourceGone: (status: Safe) =>
    status === 'gone' ? 'L’abbonamento precedente non c’è più.' : `L’abbonamento precedente ora non è attivo; Microsoft lo chiama “${status}”.`,
  formerly: (d: { before: Money; after: Money } | null) =>
    `Il prezzo è cambiato${d ? ` da **${money(d.before)}** a **${money(d.after)}** al mese` : ''}, quindi serve una nuova approvazione.`,
  seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
    `${number(d.quantity)} (${d.held === null ? 'quante siano ora non è noto' : `${number(d.held)} ora`}, ${d.inUse === null ? 'quante siano in uso non è noto' : `${number(d.inUse)} in uso`})`,
  term: (term: Safe, billing: Safe) => `${termName(term, billing)}, rinnovo automatico`,
  atOnce: 'Subito',
  reseller: (number: Safe) => `${number}; approvando si conferma che è il partner di riferimento`,
  approvers: (all: { name: Safe; reached: boolean }[]) =>
    all.map((one) => (one.reached ? `${one.name}: avviso inviato in privato` : `${one.name}: avviso in privato non recapitato`)).join('; '),
  when: 'Con l’approvazione',
  bullets: (d: { customer: Safe; both: boolean }) => [
    d.both ? `${d.customer} ha entrambi gli abbonamenti, ed entrambi si pagano.` : `${d.customer} ha subito il nuovo abbonamento.`,
    'Il nuovo abbonamento può essere annullato entro 7 giorni, non oltre.',
    'Poi si sceglie chi riceve le nuove licenze.',
  ],
  foot: (d: { who: Safe; at: string; until: string }) => `Richiesto da ${d.who} ${onThe(stamp(d.at))}. Il prezzo vale fino ${toThe(stamp(d.until))}.`,
  speak: (d: { customer: Safe; quantity: number; plan: Safe; monthly: Money | null }) =>
    `${d.customer}: approvare ${licences(d.quantity)} di ${d.plan}${d.monthly ? ` a ${aMonth(d.monthly)}` : ''}?`,
  hidden: {
    personal: 'Il prezzo si trova nella chat personale con me. Un approvatore lo legge e approva lì: scrivermi **mostra** e il cliente.',
    never: 'Chi mi gestisce ha disattivato i prezzi, quindi non ne viene mostrato alcuno. Ciò che viene approvato è acquistato al prezzo di Microsoft.',
  },
};

export const buying = {
  state: 'Acquisto in corso…',
  lead: 'Microsoft sta preparando l’abbonamento. Ci vogliono uno o due minuti; non occorre restare qui, scrivo quando è pronto.',
  asking: 'Sto chiedendo di nuovo a Microsoft se l’acquisto è andato a buon fine. Non viene acquistato due volte.',
  foot: (d: { who: Safe; at: string; monthly: Money | null }) => `Approvato da ${d.who} ${onThe(stamp(d.at))}${d.monthly ? `: ${aMonth(d.monthly)}` : ''}.`,
  speak: (customer: Safe) => `${customer}: acquisto in corso.`,
};
