/** A report for whoever leads: counts, and money in each currency by itself. */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import { PERIOD_DAYS } from '../../../services/tickets/report.ts';
import type { Safe } from '../../escape.ts';
import { count, date, days, number, subscriptions } from './format.ts';

const ends: Record<EndOfTerm, string> = {
  renews: 'Wordt verlengd',
  renewsAs: 'Wordt verlengd als iets anders',
  cancels: 'Eindigt',
  extends: 'Extended Service Term na de laatste dag',
  inEst: 'In een Extended Service Term',
  contradictory: 'Planning en automatische verlenging spreken elkaar tegen',
  unknown: 'Niet bekend',
  unread: 'Niet gelezen',
};

export const report = {
  who: (n: number) => (n === 0 ? 'Ik weet van niets dat op het spel staat' : `Op het spel: ${subscriptions(n)}`),
  stake: (money: Safe | null) => (money ? `${money}.` : ''),
  open: 'Open tickets van wat niet gewoon wordt verlengd.',
  byPrice: 'Open tickets van wat niet gewoon wordt verlengd, voor wat elk nu kost; valuta’s worden nooit bij elkaar opgeteld.',
  byMonth: 'Per maand waarin de looptijd eindigt',
  byMonthMoney: 'Bedragen per eindmaand',
  month: 'Maand',
  subscriptions: 'Abonnementen',
  passed: 'De dag is voorbij',
  later: 'Later',
  byProgramme: 'Per programma',
  noProgramme: 'Geen programma',
  byOutcome: 'Naar wat er is gepland',
  byKeeper: 'Naar wie het behandelt',
  nobody: 'Niemand',
  somebody: 'Iemand van wie de naam niet wordt bewaard',
  /** Where no names stand. */
  colleague: 'Een collega',
  unread: (n: number) => `Van nog ${count(n, 'open ticket', 'open tickets')} kon ik niet lezen wat er is gepland.`,
  byState: 'Per status',
  rest: (n: number) => `Nog ${number(n)}`,
  ends,
  waiting: 'Nog niemand begonnen',
  untouched: (d: { week: number; month: number; older: number; oldestDays: number }) =>
    d.oldestDays <= 0
      ? `${number(d.week)}, ${d.week === 1 ? 'sinds vandaag' : 'allemaal sinds vandaag'}.`
      : `Tot en met 7 dagen: ${number(d.week)}; 8 tot en met 30: ${number(d.month)}; langer: ${number(d.older)}. Het oudste wacht al ${days(d.oldestDays)}.`,
  decided: `Besloten in de laatste ${PERIOD_DAYS} dagen, naar de laatste omzetting van elk ticket`,
  decidedBy: (d: { who: Safe; approved: number; declined: number; letGo: number }) =>
    `${d.who}: ${[d.approved > 0 ? `${number(d.approved)} goedgekeurd` : '', d.declined > 0 ? `${number(d.declined)} afgewezen` : '', d.letGo > 0 ? `${number(d.letGo)} losgelaten` : ''].filter(Boolean).join(', ')}`,
  others: (n: number) => `en nog ${count(n, 'persoon', 'personen')}`,
  bought: 'Gekocht',
  saved: (d: { n: number; less: Safe | null; more: Safe | null; unknown: number }) =>
    `In de laatste ${PERIOD_DAYS} dagen: ${number(d.n)}${d.less ? `; ${d.less} per maand minder dan de oude` : ''}${d.more ? `; ${d.more} per maand meer` : ''}${d.unknown > 0 ? `; van ${number(d.unknown)} is het verschil niet bekend` : ''}.`,
  cancellable: (d: { n: number; next: string }) => `Kan nog worden geannuleerd: ${number(d.n)}, het eerstvolgende tot ${date(d.next)}.`,
  still: (n: number) => `Het oude is nog niet weg: ${number(n)}`,
  ests: 'Extended Service Terms',
  running: (n: number) => `Nu lopend: ${number(n)}`,
  soFar: (d: { sums: Safe | null; unknown: number; today: string }) =>
    `${d.sums ? `Tegen de prijs van vandaag, sinds ik elk zag beginnen: ongeveer ${d.sums}.` : ''}${d.unknown > 0 ? `${d.sums ? ' ' : ''}Van ${number(d.unknown)} is het begin of de prijs niet bekend.` : ''}`,
  opens: { approvals: 'Goedkeuringen', export: 'Exporteren' },
  money: (d: { sums: Safe | null; unknown: number; n: number }) =>
    d.sums
      ? `${d.sums} per maand${d.unknown > 0 ? `; prijs van ${number(d.unknown)} niet bekend` : ''}`
      : d.n === 1
        ? 'prijs niet bekend'
        : `prijs van alle ${number(d.n)} niet bekend`,
  moreCurrencies: (n: number) => `nog ${count(n, 'valuta', 'valuta’s')}`,
  more: 'Er zijn er meer dan ik in één keer tel; wat hierboven staat, is een deel.',
  costInPerson: 'Prijzen staan in de chat met mij alleen: schrijf daar **rapport**.',
  costNever: 'Prijzen worden hier niet getoond.',
  foot: (today: string) => `Stand van ${date(today)}, naar wat ik het laatst heb gelezen. **exporteer** geeft alles als bestand.`,
};
