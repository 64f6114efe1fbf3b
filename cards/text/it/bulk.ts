/** A move of several customers at once: choosing them, their prices, and the one yes to all of them. */
import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { NotDeclined, NotWritten, OutWhy } from '../../../services/moves/bulk.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, agree, count, licences, listed, money, number, stamp, subscriptions, termName, toThe } from './format.ts';

const prices = (n: number) => count(n, 'prezzo', 'prezzi');

const refused: Record<RefusalReason, string> = {
  oldChanged: 'l’abbonamento precedente nel frattempo è cambiato',
  agreement: 'il cliente non ha accettato il contratto del cliente',
  accountReview: 'Microsoft sta esaminando l’account di questo cliente',
  notSold: 'questo piano non è in vendita per questo cliente',
  termNotSold: 'il piano non è in vendita per questo periodo',
  quantity: 'il numero di licenze non rientra nei limiti del piano',
  forbidden: 'il Centro per i partner non mi consente di acquistare per questo cliente',
  signIn: 'il Centro per i partner richiede un nuovo accesso con l’account con cui lavoro',
  refused: 'Microsoft ha rifiutato',
  unreachable: 'il Centro per i partner non ha risposto',
  rights: 'chi ha approvato non può più farlo',
  notBought: 'Microsoft non ha accettato l’acquisto',
  saidNotBought: 'un approvatore dice che non è stato acquistato',
  otherCart: 'il carrello non indica un prezzo, o non è ciò che è stato chiesto',
  unsteady: 'il carrello è cambiato più volte',
  endNotPossible: 'non si può chiedere',
  endUnread: 'non si è potuto leggere',
  endOldChanged: 'l’abbonamento precedente nel frattempo è cambiato',
};

const out: Record<OutWhy, string> = {
  closed: 'il suo ticket è chiuso',
  busy: 'qualcuno lo sta già migrando',
  plan: 'questo piano non gli viene offerto',
  seats: 'il piano non consente il suo numero di licenze',
  rights: 'chi ha chiesto non può più chiedere prezzi',
  unread: 'i suoi piani non si sono potuti leggere in tempo',
  other: 'qualcuno ne ha avviato un’altra migrazione',
};

const notWritten: Record<NotWritten, string> = {
  changed: 'il suo prezzo o piano è cambiato da quando è stata creata la scheda',
  lapsed: 'il sì, o il suo prezzo, era decaduto',
  another: 'serve il sì di un altro approvatore',
  rights: 'chi ha approvato non può più farlo',
  gone: 'il suo ticket è chiuso',
};

const notDeclined: Record<NotDeclined, string> = {
  changed: 'il suo prezzo o piano è cambiato da quando è stata creata la scheda',
  approved: 'era già stato approvato',
  rights: 'chi ha rifiutato non può più farlo',
  gone: 'il suo ticket è chiuso',
};

export const bulk = {
  none: (d: { programme: Safe }) =>
    `Non mi risulta alcun ticket aperto di ${d.programme}. Non è cambiato nulla; **scadenze** elenca tutto ciò che non è impostato per il rinnovo.`,
  notOne: 'In questo elenco nessun programma di ritiro ha ormai più di un abbonamento. Non è cambiato nulla.',
  severalHere: 'questo elenco',
  whichProgramme: 'Di quale programma?',
  whichProgrammeFor: 'Questo elenco ne contiene diversi. Ogni decisione vale per uno solo; non è cambiato nulla.',
  whichProgrammeFoot: 'Gli abbonamenti degli altri restano come sono.',
  onList: (n: number) => `${number(n)} in questo elenco`,
  choose: (d: { n: number; programme: Safe }) => `${subscriptions(d.n)} di ${d.programme}`,
  choosing: (d: { chosen: number; n: number }) =>
    `${d.chosen === 0 ? 'Nessuno selezionato: valgono tutti.' : `${number(d.chosen)} su ${number(d.n)} ${agree(d.chosen, 'selezionato', 'selezionati')}.`} Premere un nome per selezionarlo o deselezionarlo. Ciascuno riceve tante licenze quante sono in uso, dove è noto, altrimenti quante ne ha. Chiedere un prezzo non costa nulla.`,
  chosen: (name: Safe) => `✓ ${name}`,
  toggle: (d: { name: Safe; on: boolean }) => (d.on ? `Seleziona ${d.name}` : `Deseleziona ${d.name}`),
  getPrices: (d: { chosen: number; n: number }) =>
    d.chosen > 0 ? `Chiedi ${d.chosen} ${agree(d.chosen, 'prezzo', 'prezzi')}` : d.n === 1 ? 'Chiedi il prezzo' : `Chiedi i prezzi (${d.n})`,
  rest: (d: { n: number; most: number }) =>
    `Ne elaboro ${number(d.most)} alla volta; per ${agree(d.n, 'un altro', `altri ${number(d.n)}`)} occorre iniziare di nuovo.`,
  whichPlan: 'A quale piano?',
  whichPlanFor: (d: { programme: Safe; n: number }) => `${subscriptions(d.n)} di ${d.programme}. Non è cambiato nulla.`,
  whichPlanFoot: 'Se il programma di un abbonamento non offre il piano scelto, l’abbonamento resta escluso e viene indicato per nome.',
  asking: (d: { n: number; plan: Safe }) =>
    `Chiedo ${prices(d.n)} di ${d.plan}. ${agree(d.n, 'Arriva qui', 'Arrivano qui insieme')}; non viene acquistato nulla prima che qualcuno approvi.`,
  already: 'I prezzi sono già stati chiesti. Non è cambiato nulla; ora la scheda è aggiornata.',
  approved: (d: { n: number }) => `Approvazione ricevuta per ${subscriptions(d.n)}. Registro l’approvazione di ciascuno e comunico qui l’esito.`,
  declined: (d: { n: number }) =>
    `Rifiuto ricevuto per ${prices(d.n)}. Chiudo la migrazione di ciascuno, con il motivo nel rispettivo registro, e comunico qui l’esito. Non viene acquistato nulla.`,
  ownSum: () =>
    'Chi approva ha chiesto anche questi prezzi. Insieme, e con ciò che ha chiesto e approvato da sé nelle ultime 24 ore, superano il limite per una persona, quindi serve il sì di un altro approvatore. Non è stato acquistato nulla.',
  /** The card's heading. */
  who: (d: { state: 'asking' | 'asked' | 'approving' | 'declining'; quoted: number; approved: number; declined: number; n: number; plan: Safe }) => {
    if (d.state === 'asking') return `Richiesta di ${prices(d.n)} di ${d.plan}`;
    if (d.state === 'approving') return `${subscriptions(d.n)} al piano ${d.plan}: si stanno registrando le approvazioni`;
    if (d.state === 'declining') return `${subscriptions(d.n)} al piano ${d.plan}: si stanno chiudendo le migrazioni`;
    if (d.quoted > 0) return `${ofPrices(d.quoted, d)} ${agree(d.quoted, 'attende', 'attendono')} l’approvazione`;
    if (d.approved === 0 && d.declined > 0) return `${ofPrices(d.declined, d)} ${agree(d.declined, 'è stato rifiutato', 'sono stati rifiutati')}`;
    return `${subscriptions(d.approved)} su ${number(d.n)} al piano ${d.plan} ${agree(d.approved, 'è approvato', 'sono approvati')}`;
  },
  /** What the yes costs, of those that are quoted. */
  sums: (d: { monthly: readonly Money[]; total: readonly Money[]; seats: number }) =>
    `In totale ${listed(d.monthly.map(aMonth))} per ${licences(d.seats)}, ${listed(d.total.map(money))} per l’intera durata dei periodi.`,
  hidden: { personal: 'I prezzi vengono mostrati nella chat personale con me; approvare lì ciascuno.', never: 'I prezzi non vengono mostrati.' },
  yesMeans: (n: number) =>
    n === 0
      ? ''
      : n === 1
        ? 'Con un sì viene acquistato.'
        : `Un solo sì li approva tutti e ${number(n)}, ciascuno al proprio prezzo: se il prezzo di uno cambia, quello non viene acquistato e non blocca gli altri.`,
  another: (d: { who: Safe }) => `Richiesti da ${d.who}; insieme superano il limite, quindi serve il sì di un altro approvatore.`,
  askedBy: (d: { who: Safe }) => `Richiesti da ${d.who}.`,
  lookedAt: (at: string) => `Situazione ${toThe(stamp(at))}.`,
  approve: (n: number) => (n === 1 ? 'Approva e acquista' : `Approva e acquista ${n}`),
  decline: (n: number) => (n === 1 ? 'Rifiuta' : `Rifiuta tutti e ${n}`),
  foot: (d: { from: number; to: number; of: number }) => `Da ${number(d.from)} a ${number(d.to)} di ${number(d.of)}.`,
  whole: (total: Money) => `${money(total)} in tutto`,
  state: {
    reading: 'si stanno leggendo i suoi piani',
    toAsk: 'si sta chiedendo il suo prezzo',
    asking: 'si sta chiedendo il suo prezzo',
    approved: 'approvato; la sua scheda dice come prosegue',
    declined: 'rifiutato; non è stato acquistato nulla',
    cancelled: 'la sua migrazione è stata chiusa',
    lapsed: 'il suo prezzo è decaduto',
    quoted: (d: { term: Safe; billing: Safe; until: string }) => `${termName(d.term, d.billing)}; il prezzo resta in attesa fino ${toThe(stamp(d.until))}`,
    refused: (reason: RefusalReason) => `nessun prezzo, perché ${refused[reason]}`,
    out: (why: OutWhy) => `escluso, perché ${out[why]}`,
    notDeclined: (why: NotDeclined) => `non rifiutato, perché ${notDeclined[why]}`,
    notWritten: (why: NotWritten) => `non approvato, perché ${notWritten[why]}`,
  },
};

function ofPrices(some: number, d: { n: number; plan: Safe }): string {
  return `${prices(some)} su ${number(d.n)} di ${d.plan}`;
}
