/** A report for whoever leads: counts, and money in each currency by itself. */
import type { EndOfTerm } from '../../../services/domain/ticket.ts';
import { PERIOD_DAYS } from '../../../services/tickets/report.ts';
import type { Safe } from '../../escape.ts';
import { count, days, number, theDay } from './format.ts';

const subscriptions = (n: number) => count(n, 'prenumeration', 'prenumerationer');

const ends: Record<EndOfTerm, string> = {
  renews: 'Förnyas',
  renewsAs: 'Förnyas som något annat',
  cancels: 'Upphör',
  extends: 'Extended Service Term efter den sista dagen',
  inEst: 'I Extended Service Term',
  contradictory: 'Automatisk förnyelse och det planerade stämmer inte överens',
  unknown: 'Okänt',
  unread: 'Inte läst',
};

export const report = {
  who: (n: number) => (n === 0 ? 'Jag känner inte till något som står på spel' : `Står på spel: ${subscriptions(n)}`),
  stake: (money: Safe | null) => (money ? `${money}.` : ''),
  open: 'Öppna ärenden för det som inte utan vidare förnyas.',
  byPrice: 'Öppna ärenden för det som inte utan vidare förnyas, räknat på vad var och en kostar nu; valutor läggs aldrig ihop.',
  byMonth: 'Efter den månad då perioden slutar',
  byMonthMoney: 'Belopp efter månad',
  month: 'Månad',
  subscriptions: 'Prenumerationer',
  passed: 'Dagen har passerat',
  later: 'Senare',
  byProgramme: 'Efter program',
  noProgramme: 'Inget program',
  byOutcome: 'Efter vad som är planerat',
  byKeeper: 'Efter ansvarig',
  nobody: 'Ingen',
  somebody: 'Någon vars namn inte sparas',
  /** Where no names stand. */
  colleague: 'En kollega',
  unread: (n: number) => `För ${count(n, 'öppet ärende', 'öppna ärenden')} till kunde jag inte läsa vad som är planerat.`,
  byState: 'Efter läge',
  rest: (n: number) => `${number(n)} till`,
  ends,
  waiting: 'Ingen har börjat',
  untouched: (d: { week: number; month: number; older: number; oldestDays: number }) =>
    d.oldestDays <= 0
      ? `${number(d.week)}, alla sedan i dag.`
      : `Upp till 7 dagar: ${number(d.week)}; 8 till 30: ${number(d.month)}; längre: ${number(d.older)}. Den äldsta har väntat i ${days(d.oldestDays)}.`,
  decided: `Beslutat de senaste ${PERIOD_DAYS} dagarna, enligt varje ärendes senaste flytt`,
  decidedBy: (d: { who: Safe; approved: number; declined: number; letGo: number }) =>
    `${d.who}: ${[d.approved > 0 ? count(d.approved, 'godkänd', 'godkända') : '', d.declined > 0 ? count(d.declined, 'avslagen', 'avslagna') : '', d.letGo > 0 ? count(d.letGo, 'släppt', 'släppta') : ''].filter(Boolean).join(', ')}`,
  others: (n: number) => `och ${count(n, 'person till', 'personer till')}`,
  bought: 'Köpt',
  saved: (d: { n: number; less: Safe | null; more: Safe | null; unknown: number }) =>
    `De senaste ${PERIOD_DAYS} dagarna: ${number(d.n)}${d.less ? `; ${d.less} per månad mindre än de gamla` : ''}${d.more ? `; ${d.more} per månad mer` : ''}${d.unknown > 0 ? `; för ${number(d.unknown)} är skillnaden inte känd` : ''}.`,
  cancellable: (d: { n: number; next: string }) => `Kan fortfarande sägas upp: ${number(d.n)}, nästa senast ${theDay(d.next)}.`,
  still: (n: number) => `Den gamla är inte borta än: ${number(n)}`,
  ests: 'Extended Service Term',
  running: (n: number) => `Pågår nu: ${number(n)}`,
  soFar: (d: { sums: Safe | null; unknown: number; today: string }) =>
    `${d.sums ? `Till dagens pris, sedan jag såg var och en börja: ungefär ${d.sums}.` : ''}${d.unknown > 0 ? `${d.sums ? ' ' : ''}För ${number(d.unknown)} är början eller priset inte känt.` : ''}`,
  opens: { approvals: 'Godkännanden', export: 'Exportera' },
  money: (d: { sums: Safe | null; unknown: number; n: number }) =>
    d.sums
      ? `${d.sums} per månad${d.unknown > 0 ? `; priset för ${number(d.unknown)} okänt` : ''}`
      : d.n === 1
        ? 'priset okänt'
        : `priset för ${d.n === 2 ? 'båda' : `alla ${number(d.n)}`} okänt`,
  moreCurrencies: (n: number) => count(n, 'valuta till', 'valutor till'),
  more: 'Det finns fler än jag räknar på en gång; det som står ovan är en del.',
  costInPerson: 'Priser står i den personliga chatten med mig: skriv **rapport** där.',
  costNever: 'Priser visas inte här.',
  foot: (today: string) => `Per ${theDay(today)}, enligt det som jag senast läste. **exportera** ger alltihop som en fil.`,
};
