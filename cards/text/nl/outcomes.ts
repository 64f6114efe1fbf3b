/** What happened to a subscription's end beside auto-renew being switched off: what it is, and what can be done. */
import type { Money } from '../../../services/domain/money.ts';
import type { Happened } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OutcomeSaid } from '../en/outcomes.ts';
import { becoming } from './ends.ts';
import { aMonth, date, licences } from './format.ts';
import { notice } from './notice.ts';

const states: Record<Happened, string> = {
  estBegun: 'In een Extended Service Term',
  planSet: 'Er is een wijziging gepland',
  planChanged: 'Er is een andere wijziging gepland',
  planLost: 'Een geplande wijziging is vervallen',
  stillBilled: 'Opgeschort, en wordt nog gefactureerd',
  trial: 'Een proefversie nadert de laatste dag',
  softwareEnds: 'Deze software eindigt',
  outlivesBase: 'Een add-on loopt langer dan het basisabonnement',
  goesOn: 'Het oude loopt door',
  dearer: 'Het wordt tegen een hogere prijs verlengd',
  losesPromotion: 'Het wordt zonder de promotie verlengd',
};

function trial(d: OutcomeSaid): string | null {
  const convert = 'Converteer de proefversie vóór die dag in Partnercentrum, of koop hier een plan.';
  if (d.end === 'cancels') return `Deze proefversie eindigt op ${date(d.day)}: de mensen die ermee werken, verliezen dan de toegang. ${convert}`;
  if (d.end !== 'renews' && d.end !== 'renewsAs') return null;
  const seats = d.quantity === null ? '' : `, voor ${licences(d.quantity)}`;
  return `Op ${date(d.day)} wordt deze proefversie vanzelf het betaalde plan${seats}; tegen welke prijs, is hier niet bekend. Zet, om dat tegen te houden, vóór die dag de automatische verlenging ervan uit in Partnercentrum.`;
}

/** What happened; null where the reading of its end says all. */
function lead(d: OutcomeSaid): string | null {
  switch (d.happened) {
    case 'estBegun':
      return 'De looptijd is voorbij, en er is geen opzegging uitgevoerd.';
    case 'planSet':
      return 'Voor de volgende looptijd is een wijziging gepland.';
    case 'planChanged':
      return `Voor de volgende looptijd is nu een andere wijziging gepland. Eerder was gepland: ${becoming(d.was)}.`;
    case 'planLost':
      return `De wijziging die voor de volgende looptijd was gepland, is vervallen. Gepland was: ${becoming(d.was)}. Elke bewerking van een abonnement kan zo’n wijziging doen vervallen. Is die nog gewenst, plan die dan vóór die dag opnieuw in Partnercentrum.`;
    case 'trial':
      return trial(d);
    case 'softwareEnds':
      return `Deze software eindigt op ${date(d.day)} en gaat daarna niet vanzelf door. Is die nog gewenst, zet dan vóór die dag de automatische verlenging ervan weer aan in Partnercentrum.`;
    case 'outlivesBase':
      return `${d.base?.plan ?? 'Het basisabonnement'} eindigt${d.base?.day ? ` op ${date(d.base.day)}` : ' eerder'}. Vanaf dan doet deze add-on niets, en toch wordt er tot ${date(d.day)} voor betaald.`;
    case 'goesOn':
      if (d.plan === null) return 'Wat hierover is besloten, is uitgevoerd, maar het abonnement is er nog en er wordt voor betaald.';
      return `De omzetting naar ${d.plan} is afgerond, maar het oude abonnement loopt door en wordt naast het nieuwe betaald.`;
    case 'dearer':
      return 'De volgende looptijd kost meer dan deze.';
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
    `Automatische verlenging staat aan: op ${date(d.day)} wordt het voor nog een looptijd verlengd${d.at ? `, voor ${aMonth(d.at)}` : ''}. Zeg het op of zet de verlenging uit in Partnercentrum, of laat het met een reden gaan.`,
  cancelBeside: 'Stelt iemand in Partnercentrum een opzegging in, dan eindigt het.',
  endsBeside: (day: string) => `Er is een opzegging ingesteld: het eindigt op ${date(day)}. Na die dag kijk ik opnieuw.`,
  speak: (d: { customer: Safe; plan: Safe; state: Safe }) => `${d.customer}: ${d.plan}. ${d.state}.`,
  backFromEst: (day: string) => `Het is terug uit de Extended Service Term: het wordt verlengd op ${date(day)}.`,
  rolledOver: (day: string) => `Het is verlengd; de nieuwe looptijd loopt tot ${date(day)}.`,
  noTrial: (day: string) => `Het is geen proefversie meer; het wordt verlengd op ${date(day)}.`,
  withBase: 'De add-on en het basisabonnement lopen niet meer uiteen.',
  settled: 'Opgelost',
};
