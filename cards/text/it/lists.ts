/** Lists that people ask for. */

import type { SetEnd, UserMove } from '../../../services/domain/ticket.ts';
import type { Money } from '../../../services/domain/money.ts';
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import type { Sort } from '../../../services/tickets/arranged.ts';
import type { Outcome } from '../../../services/tickets/costs.ts';
import type { RowState } from '../../../services/tickets/rowState.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import { extendedPrice } from './ends.ts';
import {
  aMonth,
  agree,
  capital,
  count,
  date,
  dayMonth,
  daysLeft,
  fromThe,
  licences,
  listed,
  money,
  month as monthName,
  number,
  onThe,
  people,
  shortDate,
  stamp,
  subscriptions,
  the,
  toName,
  toThe,
} from './format.ts';

/** How far one on a list has come. */
const states: Record<RowState, string> = {
  stuck: 'Fermo, serve un intervento',
  waits: 'In attesa di approvazione',
  lastStep: 'Ultimo passaggio in attesa',
  licences: 'Acquistato; ora le licenze',
  open: 'Aperto',
  choosing: 'Scelta del piano',
  asked: 'Richiesta a Microsoft',
  buying: 'Acquisto in corso',
  ending: 'Chiusura in corso',
  watched: 'Seguito fino alla fine',
  snoozed: 'Rinviato',
  letGo: 'Lasciato andare',
};

/** Before how many days are left. */
const atItsEnd: Partial<Record<EndOfTerm, string>> = {
  cancels: 'termina',
  extends: 'prosegue di mese in mese',
  inEst: 'pagamento mensile, il prossimo',
  renews: 'si rinnova',
  renewsAs: 'si rinnova, modificato,',
};

const AS_END: Partial<Record<Counted, EndOfTerm>> = {
  renews: 'renews',
  changes: 'renewsAs',
  ends: 'cancels',
  extends: 'extends',
  inEst: 'inEst',
  unsure: 'unknown',
  unsaid: 'unread',
};

/** What neither renews nor ends at a term's end. */
const besides: Partial<Record<Counted, string>> = {
  stillBilled: 'sospeso, ancora fatturato',
  suspended: 'sospeso',
  ended: 'terminato',
  trials: 'versione di valutazione',
  missing: 'non presente nell’ultimo elenco',
};

const sorted: Record<Sort, string> = {
  days: 'i più vicini per primi',
  customer: 'per cliente',
  money: 'i più costosi per primi',
  state: 'per stato',
  programme: 'per programma',
  person: 'per chi li ha in carico',
};

const notSet = (n: number) => `${subscriptions(n)} non ${agree(n, 'è impostato', 'sono impostati')} per il rinnovo`;
const termsEnd = (n: number) => count(n, 'periodo termina', 'periodi terminano');
const inMonth = (month: string) => `nel mese di ${monthName(`${month}-01`)}`;

function whoWithin(n: number, within: number): string {
  if (n === 0)
    return within > 3000
      ? 'Non mi risulta alcun abbonamento che smetta di rinnovarsi'
      : `Non mi risulta alcun abbonamento il cui periodo termini entro ${count(within, 'giorno', 'giorni')} senza rinnovo`;
  return within > 3000
    ? notSet(n)
    : `${termsEnd(n)} entro ${count(within, 'giorno', 'giorni')} e non ${agree(n, 'è impostato', 'sono impostati')} per il rinnovo`;
}

const KEPT = 'in carico';

/** Of a name, of the reader, or where no name stands. */
const keptBy = (who: Safe) => ((who as string) === KEPT ? KEPT : `${KEPT} ${toName(who)}`);

export const list = {
  who: (n: number, within: number, month: string | null) =>
    month !== null
      ? n === 0
        ? `Non mi risulta alcun abbonamento il cui periodo termini ${inMonth(month)} senza rinnovo`
        : `${termsEnd(n)} ${inMonth(month)} e non ${agree(n, 'è impostato', 'sono impostati')} per il rinnovo`
      : whoWithin(n, within),
  what: (d: { week: number; ahead: number; passed: number; licences: number; unread: number }) =>
    [
      d.ahead === 0 ? '' : d.week === 0 ? 'Nessuno entro una settimana.' : `${number(d.week)} entro una settimana.`,
      d.passed === 0 ? '' : `Per ${number(d.passed)} nell’elenco l’ultimo giorno è passato.`,
      `${licences(d.licences)} in tutto${d.unread > 0 ? `, ${agree(d.unread, 'escluso', 'esclusi')} ${subscriptions(d.unread)} di cui non si è potuto leggere il numero` : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
  foot: (d: { from: number; to: number; of: number; sort?: Sort | undefined }) =>
    `Da ${number(d.from)} a ${number(d.to)} di ${number(d.of)}, ${sorted[d.sort ?? 'days']}.`,
  /** What went and what came since the page that stood here before. */
  turned: (d: { gone: number; come: number }) => {
    const gone = d.gone > 0 ? [`${number(d.gone)} ${agree(d.gone, 'è uscito', 'sono usciti')} dall’elenco`] : [];
    const come = d.come > 0 ? [`${number(d.come)} ${agree(d.come, 'è entrato', 'sono entrati')}`] : [];
    return `Rispetto alla pagina precedente ${listed([...gone, ...come])}.`;
  },
  state: (state: RowState, until: string | null) => (state === 'snoozed' && until ? `Rinviato fino ${toThe(shortDate(until))}` : states[state]),
  /** What happens, and in how many days; `urgent`: people lose access, and nobody has decided. */
  left: (d: { end: EndOfTerm; days: number; urgent: boolean }) => {
    const what = atItsEnd[d.end];
    if (d.days < 0 || Number.isNaN(d.days)) return daysLeft(d.days);
    const left = d.days === 0 ? 'oggi' : `tra ${daysLeft(d.days)}`;
    return `${d.urgent ? 'Urgente: ' : ''}${what ? `${what} ${left}` : `${left}, poi non noto`}`;
  },
  /** Of all that a customer has. */
  kind: (d: { kind: Counted; days: number }) => {
    const end = AS_END[d.kind];
    return end ? list.left({ end, days: d.days, urgent: false }) : (besides[d.kind] as string);
  },
  speakAll: (d: { customer: Safe; n: number }) => `${d.customer}: ${subscriptions(d.n)}.`,
  you: 'me',
  keptBy: KEPT,
  /** Of a list that was narrowed. */
  some: (n: number) => `${subscriptions(n)} dell’elenco`,
  noneFits: 'Nessuno nell’elenco corrisponde',
  only: (d: { state: RowState | null; programme: Safe | null; keeper: Safe | null; nobody: boolean }) =>
    `Solo: ${[d.state ? states[d.state] : '', d.programme ?? '', d.keeper ? keptBy(d.keeper) : '', d.nobody ? 'in carico a nessuno' : ''].filter(Boolean).join(', ')}.`,
  all: (n: number) => `Tutti (${number(n)})`,
  offer: (d: { what: Safe; n: number }) => `${d.what} (${number(d.n)})`,
  keeper: (who: Safe) => capital(keptBy(who)),
  nobody: 'In carico a nessuno',
  noKeeper: (who: Safe) =>
    `Non conosco nessuno chiamato “${who}” che abbia qualcosa in carico, oppure ce n’è più di uno. Scrivere **scadenze per persona** per vedere chi ha qualcosa in carico.`,
  sorts: {
    days: 'I più vicini per primi',
    customer: 'Cliente',
    money: 'I più costosi per primi',
    state: 'Stato',
    programme: 'Programma',
    person: 'Chi li ha in carico',
  },
  show: (customer: Safe) => `Mostra ${customer}`,
  open: (name: Safe) => `Apri ${name} nel Centro per i partner`,
  inEst: (n: number) => `${number(n)} nell’elenco ${agree(n, 'è', 'sono')} in un Extended Service Term a pagamento.`,
  renewing: (n: number) =>
    `${number(n)} nell’elenco ${agree(n, 'si rinnova, e qualcuno ha chiesto di migrarlo', 'si rinnovano, e qualcuno ha chiesto di migrarli')}.`,
  elsewhere: (n: number) =>
    `${number(n)} nell’elenco ${agree(n, 'non è stato acquistato tramite noi; il suo ultimo giorno non è visibile', 'non sono stati acquistati tramite noi; i loro ultimi giorni non sono visibili')}.`,
  unsaid: (n: number) => `Per ${number(n)} nell’elenco il Centro per i partner non indica se ${agree(n, 'si rinnova', 'si rinnovano')}.`,
  /** The first that comes after the days that were asked about. */
  next: (d: { customer: Safe; plan: Safe; day: string; left: number }) =>
    `Il prossimo è ${d.plan} di ${d.customer}, ${onThe(date(d.day))}, tra ${count(d.left, 'giorno', 'giorni')}.`,
  empty: 'In ciò che ho letto nulla smette di rinnovarsi. Le versioni di valutazione e ciò che è sospeso non sono in questo elenco.',
  emptyWithin: 'Le versioni di valutazione e ciò che è sospeso non sono in questo elenco.',
  gaps: 'Non si è potuto leggere tutto; scrivere **stato** per sapere che cosa.',
  monthOf: 'I giorni di un mese sono quelli in UTC.',
};

/** Sums of what is known, and of how many nothing is. */
interface Sums {
  sums: readonly Money[];
  unknown: number;
}

function summed({ sums }: Sums): string {
  return `${sums.map(money).join(' e ')} al mese`;
}

/** `Costo attuale: 310,00 € e 50,00 USD al mese; di 2 il prezzo non è noto.` */
function costNow(now: Sums): string {
  if (now.sums.length === 0) return 'Il costo attuale non è noto.';
  return `Costo attuale: ${summed(now)}${now.unknown > 0 ? `; di ${number(now.unknown)} il prezzo non è noto` : ''}.`;
}

function costThen(outcome: Outcome, after: Sums): string {
  if (outcome === 'ends') return 'Dopo la fine del periodo: nessun costo.';
  if (outcome === 'renews' && after.sums.length === 0) return 'Dal rinnovo vale il listino prezzi di quel giorno, che non ho letto.';
  if (after.sums.length === 0 && after.unknown === 0) return '';
  if (after.unknown === 0) return `Costo dopo la fine del periodo: ${summed(after)}.`;
  const known = after.sums.length > 0 ? `Costo noto dopo la fine del periodo: ${summed(after)}. ` : '';
  if (outcome === 'renews') return `${known}Di ${number(after.unknown)} il prezzo non è noto.`;
  return `${known}Di ${number(after.unknown)} il prezzo di un Extended Service Term non è noto: è ${extendedPrice(false)}.`;
}

/** Lists by what happens at the end of the term. */
export const outcomeList = {
  passed: (n: number) => `Per ${number(n)} il giorno è trascorso dopo la mia ultima verifica; che cosa ne sia stato si saprà con la prossima.`,
  who: (d: { outcome: Outcome; n: number; until: string; month: string | null; more: boolean }) => {
    const by = d.month ? inMonth(d.month) : `entro ${the(date(d.until))}`;
    if (d.n === 0)
      return {
        est: `Non mi risulta alcun abbonamento il cui periodo termini ${by} e che prosegua come Extended Service Term`,
        ends: `Non mi risulta alcun abbonamento che termini ${by}`,
        renews: `Non mi risulta alcun abbonamento che si rinnovi ${by}`,
      }[d.outcome];
    const least = d.more ? 'Almeno ' : '';
    if (d.outcome === 'est') {
      const whose = count(d.n, 'abbonamento il cui periodo termina', 'abbonamenti il cui periodo termina');
      return `${least}${whose} ${by} ${agree(d.n, 'prosegue', 'proseguono')} come Extended Service Term`;
    }
    const what = d.outcome === 'ends' ? agree(d.n, 'termina', 'terminano') : agree(d.n, 'si rinnova', 'si rinnovano');
    return `${least}${subscriptions(d.n)} ${what} ${by}`;
  },
  what: (d: { outcome: Outcome; now: Sums; after: Sums; n: number }) => `${costNow(d.now)} ${costThen(d.outcome, d.after)}`.trim(),
  row: (d: { now: Money | null; after: Money | 'nothing' | null }) =>
    `ora ${d.now ? aMonth(d.now) : 'non noto'}, poi ${d.after === 'nothing' ? 'nulla' : d.after ? aMonth(d.after) : 'non noto'}`,
  none: 'Questo vale per ciò che ho letto; **scadenze** elenca tutto ciò che non è impostato per il rinnovo.',
  more: 'Ce ne sono altri; solo questi sono contati.',
};

export const approvals = {
  who: (d: { count: number; ends: boolean }) =>
    d.ends ? `${count(d.count, 'richiesta', 'richieste')} da approvare` : `${count(d.count, 'acquisto', 'acquisti')} da approvare`,
  what: 'Premere il nome di un cliente per ottenerne la scheda.',
  plan: (d: { quantity: number; plan: Safe; who: Safe }) => `${licences(d.quantity)} di ${d.plan}, su richiesta di ${d.who}`,
  end: (d: { to: SetEnd; plan: Safe; who: Safe }) => `${d.to === 'renew' ? 'Rinnovo' : 'Annullamento a fine periodo'}: ${d.plan}, su richiesta di ${d.who}`,
  notKnown: 'Non noto',
};

/** What waits for one person. */
export const mine = {
  who: (d: { count: number; who: Safe }) => `${d.who}: ${count(d.count, 'ticket', 'ticket')} da gestire`,
  is: {
    approval: 'Da approvare',
    stuck: 'Migrazione ferma',
    asked: 'In attesa di una risposta',
    lookedAfter: 'Preso in carico',
  },
};

export const held = {
  who: (n: number) => `Chi aveva la licenza precedente: ${people(n)}`,
  what: (d: { ticketId: string; from: Safe; to: Safe }) => `${d.ticketId}: da ${d.from} ${toName(d.to)}`,
  off: (n: number) => `(${count(n, 'piano di servizio era disattivato', 'piani di servizio erano disattivati')})`,
  outcome: (state: UserMove['state'] | 'waived'): string =>
    ({
      waiting: 'ancora da spostare',
      blocked: 'non può ancora passare alla nuova licenza',
      kept: 'esclusione richiesta',
      stays: 'mantiene una licenza di un altro abbonamento',
      gone: 'non esiste più',
      started: 'spostamento in corso',
      moved: 'ha la nuova licenza',
      failed: 'spostamento non riuscito',
      waived: 'resta indietro',
    })[state],
};

export const digest = {
  state: (day: string) => dayMonth(day),
  who: notSet,
  what: 'Era già così alla mia prima verifica, oppure tutto è cambiato insieme. D’ora in poi ogni nuovo caso ha un messaggio proprio.',
  regular: (n: number) => `Dall’elenco precedente ci sono novità per ${n === 1 ? 'uno' : number(n)} di essi.`,
  missed: (since: string) => `${capital(fromThe(stamp(since)))} Teams non mi ha consentito di scrivere qui. Ecco ciò che non è arrivato ed è ancora aperto.`,
  speak: (n: number) => `${notSet(n)}.`,
  others: (n: number) => `${subscriptions(n)} da verificare`,
  speakOthers: (n: number) => `${subscriptions(n)} da verificare.`,
};
