/** Setting how a term ends: what it would mean, that it is being set, and whether it holds. */
import type { Money } from '../../../services/domain/money.ts';
import { DATA_KEPT_DAYS } from '../../../services/domain/rules.ts';
import type { SetEnd } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes } from '../en/ends.ts';
import { becoming } from './ends.ts';
import { aMonth, by, date, dayMonth, money, number, people, stamp, termLength } from './format.ts';

/** Who is on it on its last day. */
export function whoLosesThen(loses: number | null, day: string): string {
  if (loses === null) return `**Hoeveel mensen na ${date(day)} de toegang verliezen, is niet bekend.** Kijk in Partnercentrum wie het gebruikt.`;
  if (loses === 0) return `**Niemand verliest na ${date(day)} de toegang**: zoals ik de licenties lees, heeft niemand deze nodig.`;
  return `**${people(loses)} ${by(loses, 'gebruikt het en verliest', 'gebruiken het en verliezen')} na ${date(day)} de toegang.**`;
}

export const termEnd = {
  weighing: 'Kijken wat het zou betekenen …',
  weighingLead: 'Ik lees wie het gebruikt, wat het kost en wat er is gepland. Daarmee wordt niets ingesteld.',
  weighed: 'Wacht op goedkeuring',
  what: (d: { to: SetEnd; plan: Safe }) => (d.to === 'renew' ? `${d.plan} verlengen` : `${d.plan} opzeggen per einddatum`),
  speak: (d: { customer: Safe; to: SetEnd; plan: Safe; day: string }) =>
    `${d.customer}: ${d.to === 'renew' ? `${d.plan} verlengen vanaf ${date(d.day)}` : `${d.plan} opzeggen aan het einde van de looptijd, ${date(d.day)}`}?`,
  cancelLead: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day),
  renewLead: (d: { term: Safe; day: string; newCommerce: boolean }) => {
    const term = `looptijd${d.term ? ` van ${termLength(d.term)}` : ''}`;
    return `**Dit ${d.newCommerce ? `bindt de klant aan een hele nieuwe ${term}` : `laat het nog een ${term} doorgaan`}**, vanaf het einde van deze, ${date(d.day)}.`;
  },
  priceTitle: (on: string | null) => (on ? `Volgens de prijslijst van ${date(on)}` : 'Tegen de prijs van vandaag'),
  notKnown: 'De prijs is niet bekend',
  price: (d: { monthly: Money; total: Money; term: Safe }) =>
    `${aMonth(d.monthly)}, ${money(d.total)} voor ${termLength(d.term)}. Microsoft rekent de prijs van die dag.`,
  noPrice: 'Ik kon niet lezen wat het kost. Is boven een grens een tweede persoon nodig, dan geldt dit als boven die grens.',
  when: 'Als u goedkeurt',
  cancelBullets: (d: { soon: boolean }) => [
    'Automatische verlenging gaat uit en “opzeggen aan het einde van de looptijd” wordt ingesteld, in één wijziging van het abonnement.',
    `Na de laatste dag zijn mensen het meteen kwijt; de gegevens worden ${number(DATA_KEPT_DAYS)} dagen bewaard, maar het abonnement kan niet worden hersteld. Tot die dag kan het weer worden verlengd.`,
    d.soon
      ? '**De opzegging blijft misschien niet staan:** het duurt minder dan 25 uur tot de laatste dag, en Microsoft kan nog iets anders plannen. Ik kijk elk uur.'
      : 'Ik kijk meteen, na 25 uur en tot en met de dag na de laatste of de opzegging blijft staan; het ticket blijft tot dan open.',
  ],
  renewBullets: (d: { newCommerce: boolean; planned: boolean }) => [
    `Automatische verlenging gaat aan${d.newCommerce && d.planned ? ' en er wordt een nieuwe looptijd gepland' : ''}, in één wijziging van het abonnement.`,
    ...(d.newCommerce ? ['Zodra de nieuwe looptijd is begonnen, kan die binnen 7 dagen worden teruggegeven, later niet.'] : []),
  ],
  lostPlan: (as: Becomes) => `**Een geplande wijziging vervalt hierdoor**: naar ${becoming(as)}.`,
  lostWord: (word: Safe) => `**Wat Microsoft “${word}” noemt, is gepland en vervalt hierdoor.**`,
  setting: 'Het einde instellen …',
  settingLead: {
    cancel: 'Ik stel de opzegging in en controleer daarna of die er staat.',
    renew: 'Ik zet de verlenging weer aan en controleer daarna of die aanstaat.',
  },
  asked: (at: string) =>
    `Ik heb Microsoft op ${stamp(at)} gevraagd het in te stellen, en kijk of het is gebeurd. Een wijziging van iemand anders overschrijf ik daarmee niet.`,
  foot: (d: { who: Safe; at: string; until: string }) => `Aangevraagd door ${d.who}, ${stamp(d.at)}. Het wacht tot ${stamp(d.until)}.`,
  set: (day: string) => (day ? `Opgezegd per ${dayMonth(day)}` : 'Opgezegd per einddatum'),
  lost: 'De opzegging is er niet meer',
  unsure: 'Niet meer zeker dat het eindigt',
  lostLead: 'Iemand, of Microsoft, heeft het gewijzigd nadat het was ingesteld.',
  mayNotHold:
    '**De opzegging blijft misschien niet staan:** die is minder dan 25 uur voor de laatste dag ingesteld, en Microsoft kan nog iets anders plannen. Ik kijk elk uur.',
  lookedAt: (d: { at: string; lookedAt: string }) =>
    `Ingesteld op ${stamp(d.at)}; op ${stamp(d.lookedAt)} heb ik gezien dat de opzegging er staat. Ik blijf kijken totdat het voorbij is, en dit ticket blijft tot dan open.`,
  foundAt: (d: { lookedAt: string }) =>
    `Op ${stamp(d.lookedAt)} heb ik gezien dat de opzegging er staat. Ik blijf kijken totdat het voorbij is, en dit ticket blijft tot dan open.`,
  here: (d: { held: boolean }) => (d.held ? 'De opzegging is hier ingesteld, en is blijven staan.' : 'De opzegging is hier ingesteld.'),
  setElsewhere: 'Dat was ingesteld voordat ik Microsoft erom vroeg, dus ik heb niets gewijzigd.',
  renewedHere: 'De verlenging is hier ingesteld.',
  setThere: 'Stel in Partnercentrum de opzegging in om het te laten eindigen; ik kijk of het is gebeurd.',
  /** As the last step of a move. `left`: who were left behind by name. */
  afterMove: (d: { left: number }) =>
    `Er is een opzegging ingesteld: na die dag is het voorbij. ${d.left === 0 ? 'Iedereen die het gebruikte, is overgezet, of behoudt een licentie van een ander abonnement.' : `**${people(d.left)} ${by(d.left, 'is bij naam achtergelaten en verliest', 'zijn bij naam achtergelaten en verliezen')} dan de toegang**; alle anderen zijn overgezet.`} De gegevens worden ${number(DATA_KEPT_DAYS)} dagen bewaard, maar het abonnement kan niet worden hersteld.`,
};
