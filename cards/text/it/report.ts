/** A report for whoever leads: counts, and money in each currency by itself. */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import { PERIOD_DAYS } from '../../../services/tickets/report.ts';
import type { Safe } from '../../escape.ts';
import { agree, count, date, number, subscriptions, toThe } from './format.ts';

const ends: Record<EndOfTerm, string> = {
  renews: 'Si rinnovano',
  renewsAs: 'Si rinnovano come qualcos’altro',
  cancels: 'Terminano',
  extends: 'Extended Service Term dopo l’ultimo giorno',
  inEst: 'In un Extended Service Term',
  contradictory: 'Pianificazione e rinnovo automatico in contrasto',
  unknown: 'Non noto',
  unread: 'Non letto',
};

export const report = {
  who: (n: number) => (n === 0 ? 'Non mi risulta nulla in gioco' : `In gioco: ${subscriptions(n)}`),
  stake: (money: Safe | null) => (money ? `${money}.` : ''),
  open: 'Ticket aperti di ciò per cui non è previsto un semplice rinnovo.',
  byPrice: 'Ticket aperti di ciò per cui non è previsto un semplice rinnovo, in base a quanto costa ciascuno ora; valute diverse non vengono mai sommate.',
  byMonth: 'Per mese della fine del periodo',
  byMonthMoney: 'Importi per mese',
  month: 'Mese',
  subscriptions: 'Abbonamenti',
  passed: 'Giorno passato',
  later: 'Più avanti',
  byProgramme: 'Per programma',
  noProgramme: 'Nessun programma',
  byOutcome: 'Per ciò che è pianificato',
  byKeeper: 'Per chi li ha in carico',
  nobody: 'Nessuno',
  somebody: 'Qualcuno il cui nome non è conservato',
  /** Where no names stand. */
  colleague: 'Una persona del team',
  unread: (n: number) => `Per ${agree(n, 'un altro ticket aperto', `altri ${number(n)} ticket aperti`)} non ho potuto leggere che cosa è pianificato.`,
  byState: 'Per stato',
  rest: (n: number) => `e ancora ${number(n)}`,
  ends,
  waiting: 'Nessuno ha iniziato',
  untouched: (d: { week: number; month: number; older: number; oldestDays: number }) =>
    d.oldestDays <= 0
      ? `${number(d.week)}, tutti da oggi.`
      : `Fino a 7 giorni: ${number(d.week)}; da 8 a 30: ${number(d.month)}; oltre: ${number(d.older)}. Il meno recente attende da ${count(d.oldestDays, 'giorno', 'giorni')}.`,
  decided: `Deciso negli ultimi ${PERIOD_DAYS} giorni, secondo l’ultima migrazione di ogni ticket`,
  decidedBy: (d: { who: Safe; approved: number; declined: number; letGo: number }) =>
    `${d.who}: ${[
      d.approved > 0 ? count(d.approved, 'approvato', 'approvati') : '',
      d.declined > 0 ? count(d.declined, 'rifiutato', 'rifiutati') : '',
      d.letGo > 0 ? count(d.letGo, 'lasciato andare', 'lasciati andare') : '',
    ]
      .filter(Boolean)
      .join(', ')}`,
  others: (n: number) => `e ${count(n, 'altra persona', 'altre persone')}`,
  bought: 'Acquistati',
  saved: (d: { n: number; less: Safe | null; more: Safe | null; unknown: number }) =>
    `Negli ultimi ${PERIOD_DAYS} giorni: ${number(d.n)}${d.less ? `; ${d.less} al mese in meno dei precedenti` : ''}${d.more ? `; ${d.more} al mese in più` : ''}${d.unknown > 0 ? `; di ${number(d.unknown)} la differenza non è nota` : ''}.`,
  cancellable: (d: { n: number; next: string }) => `Possono ancora essere annullati: ${number(d.n)}, il primo fino ${toThe(date(d.next))}.`,
  still: (n: number) => `Con quello precedente non ancora cessato: ${number(n)}`,
  ests: 'Extended Service Term',
  running: (n: number) => `In corso ora: ${number(n)}`,
  soFar: (d: { sums: Safe | null; unknown: number; today: string }) =>
    `${d.sums ? `Al prezzo di oggi, da quando ho visto iniziare ciascuno: circa ${d.sums}.` : ''}${d.unknown > 0 ? `${d.sums ? ' ' : ''}Di ${number(d.unknown)} l’inizio o il prezzo non è noto.` : ''}`,
  opens: { approvals: 'Approvazioni', export: 'Esporta' },
  money: (d: { sums: Safe | null; unknown: number; n: number }) =>
    d.sums
      ? `${d.sums} al mese${d.unknown > 0 ? `; di ${number(d.unknown)} il prezzo non è noto` : ''}`
      : d.n === 1
        ? 'prezzo non noto'
        : `prezzo non noto per tutti e ${number(d.n)}`,
  moreCurrencies: (n: number) => count(n, 'altra valuta', 'altre valute'),
  more: 'Ce ne sono più di quanti ne conto in una volta; quanto sopra è una parte.',
  costInPerson: 'I prezzi si trovano nella chat personale con me: scrivere lì **rapporto**.',
  costNever: 'Qui non vengono mostrati prezzi.',
  foot: (today: string) => `Situazione ${toThe(date(today))}, secondo la mia ultima lettura. **esporta** dà tutto in un file.`,
};
