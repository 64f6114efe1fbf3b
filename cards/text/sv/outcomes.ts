/** What happened to a subscription's end beside auto-renew being switched off: what it is, and what can be done. */
import type { Money } from '../../../services/domain/money.ts';
import type { Happened } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OutcomeSaid } from '../en/outcomes.ts';
import { becoming } from './ends.ts';
import { aMonth, capital, licences, theDay } from './format.ts';
import { notice } from './notice.ts';

const states: Record<Happened, string> = {
  estBegun: 'I Extended Service Term',
  planSet: 'En ändring är planerad',
  planChanged: 'En annan ändring är planerad',
  planLost: 'En planerad ändring är borta',
  stillBilled: 'Inaktiverad, och faktureras fortfarande',
  trial: 'En utvärdering går mot sitt slut',
  softwareEnds: 'Programvaran upphör',
  outlivesBase: 'Ett tillägg löper längre än sin basprenumeration',
  goesOn: 'Den gamla fortsätter',
  dearer: 'Den förnyas till ett högre pris',
  losesPromotion: 'Den förnyas utan sin kampanj',
};

function trial(d: OutcomeSaid): string | null {
  const convert = 'Konvertera den i Partnercenter före den dagen, eller köp en plan här.';
  if (d.end === 'cancels') return `Den här utvärderingen upphör ${theDay(d.day)}: de som använder den förlorar då åtkomsten. ${convert}`;
  if (d.end !== 'renews' && d.end !== 'renewsAs') return null;
  const seats = d.quantity === null ? '' : `, för ${licences(d.quantity)}`;
  return `${capital(theDay(d.day))} övergår den här utvärderingen av sig själv i den betalda planen${seats}; till vilket pris är inte känt här. För att hindra det, stäng av dess automatiska förnyelse i Partnercenter före den dagen.`;
}

/** What happened; null where the reading of its end says all. */
function lead(d: OutcomeSaid): string | null {
  switch (d.happened) {
    case 'estBegun':
      return 'Dess period är slut, och ingen uppsägning verkställdes.';
    case 'planSet':
      return 'En ändring planerades för dess nästa period.';
    case 'planChanged':
      return `Det som är planerat för dess nästa period är nu en annan ändring. Den skulle bli ${becoming(d.was)}.`;
    case 'planLost':
      return `Ändringen som var planerad för dess nästa period är borta: den skulle bli ${becoming(d.was)}. Varje redigering av en prenumeration kan ta bort en sådan planerad ändring. Om den fortfarande behövs, planera den igen i Partnercenter före den dagen.`;
    case 'trial':
      return trial(d);
    case 'softwareEnds':
      return `Den här programvaran upphör ${theDay(d.day)} och fortsätter inte av sig själv efter det. Om den fortfarande behövs, slå på dess automatiska förnyelse igen i Partnercenter före den dagen.`;
    case 'outlivesBase':
      return `${d.base?.plan ?? 'Dess basprenumeration'} upphör ${d.base?.day ? theDay(d.base.day) : 'före den'}. Från och med då har det här tillägget ingen funktion, men det betalas till ${theDay(d.day)}.`;
    case 'goesOn':
      if (d.plan === null) return 'Det som beslutades om den här är gjort, men ändå finns den kvar och betalas.';
      return `Flytten till ${d.plan} är klar, men ändå fortsätter den gamla prenumerationen och betalas vid sidan av den nya.`;
    case 'dearer':
      return 'Dess nästa period kostar mer än den här.';
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
    `Automatisk förnyelse är på: ${theDay(d.day)} förnyas den för ytterligare en period${d.at ? `, till ${aMonth(d.at)}` : ''}. Säg upp den eller stäng av förnyelsen i Partnercenter, eller släpp ärendet med ett skäl.`,
  cancelBeside: 'En uppsägning som läggs in i Partnercenter gör att den upphör.',
  endsBeside: (day: string) => `En uppsägning lades in: den upphör ${theDay(day)}. Jag tittar igen efter den dagen.`,
  speak: (d: { customer: Safe; plan: Safe; state: Safe }) => `${d.customer}: ${d.plan}. ${d.state}.`,
  backFromEst: (day: string) => `Den är tillbaka från Extended Service Term: den förnyas ${theDay(day)}.`,
  rolledOver: (day: string) => `Den har förnyats; dess nya period löper till ${theDay(day)}.`,
  noTrial: (day: string) => `Den är ingen utvärdering längre; den förnyas ${theDay(day)}.`,
  withBase: 'Den löper inte längre vidare utan sin basprenumeration.',
  settled: 'Ordnat',
};
