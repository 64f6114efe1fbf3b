/** The last step, and what becomes of the old subscription. */

import type { Money } from '../../../services/domain/money.ts';
import { CLASSIC_DELETED_AFTER_DAYS } from '../../../services/domain/rules.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { NB } from '../format.ts';
import { aMonth, by, capital, date, number, people, stamp } from './format.ts';

/** What becomes of it when it is left. */
export const leftSo = (d: { day: string; how: OldOne }) =>
  ({
    renews: `het oude abonnement loopt door en wordt verlengd op ${date(d.day)}.`,
    ends: `het oude abonnement eindigt vanzelf op ${date(d.day)}.`,
    extends: `het oude abonnement gaat na ${date(d.day)} van maand tot maand door als betaalde Extended Service Term, totdat iemand in Partnercentrum een opzegging instelt.`,
    inEst: 'het oude abonnement gaat van maand tot maand door in de betaalde Extended Service Term, totdat iemand in Partnercentrum een opzegging instelt.',
    termEnds: `de looptijd van het oude abonnement eindigt op ${date(d.day)}; Microsoft kan het van maand tot maand laten doorlopen en factureren, tenzij iemand in Partnercentrum een opzegging instelt.`,
    unsaid: 'het oude abonnement is gelaten zoals het is.',
  })[d.how];

export const suspension = {
  state: 'Klaar voor de laatste stap',
  suspend: (plan: Safe) => `${plan} opschorten`,
  end: (plan: Safe) => `${plan} beëindigen`,
  decide: (plan: Safe) => `Beslissen over ${plan}`,
  everybody: (n: number) =>
    n === 1
      ? 'De enige persoon heeft de nieuwe licentie. Niemand verliest de toegang.'
      : `Alle ${people(n)} hebben de nieuwe licentie. Niemand verliest de toegang.`,
  sameSku: (n: number) =>
    `Oud en nieuw gebruiken dezelfde licentie, dus niemand hoefde te worden overgezet. De nieuwe licenties zijn genoeg voor ${by(n, 'de enige persoon die ze gebruikt', `de ${people(n)} die ze gebruiken`)}.`,
  nobody: 'Niemand had de oude licentie, dus niemand verliest de toegang.',
  notKnown: 'Ik weet niet wie de oude licentie had. Ik kijk voordat ik iets opschort.',
  some: (d: { moved: number; stay: number }) =>
    `${people(d.moved)} ${by(d.moved, 'heeft', 'hebben')} de nieuwe licentie. ${people(d.stay)} ${by(d.stay, 'behoudt', 'behouden')} de oude: een ander abonnement heeft licenties voor ${by(d.stay, 'die persoon', 'hen')}. Niemand verliest de toegang.`,
  waived: (d: { who: Safe; reason: Safe; left: number }) =>
    `**${people(d.left)} ${by(d.left, 'verliest', 'verliezen')} de toegang**, omdat ${by(d.left, 'die persoon geen nieuwe licentie heeft', 'zij geen nieuwe licentie hebben')}. ${d.who} heeft dat zo besloten: “${d.reason}”`,
  when: 'Als u het opschort',
  whenAnyway: 'Als u het toch opschort',
  billingStops: (now: Money | null) => `**De facturering stopt vandaag.**${now ? ` Dat bespaart ${aMonth(now)}.` : ''}`,
  deleted: (d: { from: string; end: string }) =>
    d.from === d.end
      ? `Microsoft verwijdert het, met de gegevens, aan het einde van de looptijd, op **${date(d.end)}**.`
      : `Microsoft verwijdert het, met de gegevens, ongeveer ${number(CLASSIC_DELETED_AFTER_DAYS.least)} tot ${number(CLASSIC_DELETED_AFTER_DAYS.most)}${NB}dagen na vandaag, vanaf ongeveer **${date(d.from)}**${d.end ? `, of, als dat eerder is, aan het einde van de looptijd, op ${date(d.end)}` : ''}.`,
  backOn: 'Totdat het is verwijderd, kan het in Partnercentrum weer worden ingeschakeld.',
  savesNothing: 'Nu opschorten bespaart niets',
  paidUntil: (d: { day: string; now: Money | null }) =>
    `Er wordt tot ${date(d.day)} voor betaald${d.now ? `, ${aMonth(d.now)}` : ''}. Microsoft factureert het tot dan, opgeschort of niet.`,
  stopsAtOnce: 'De diensten ervan stoppen meteen, en de add-ons ook.',
  noWayBack: (day: string) => `Na ${date(day)} kan het niet weer worden ingeschakeld. Haal de gegevens er vóór die tijd uit.`,
  changesLost: 'Automatische verlenging gaat uit en geplande wijzigingen vervallen.',
  /** It may go on and cost money: the end has to be set, and this step does not set it. */
  setCancellation: (d: { how: OldOne; day: string }) =>
    `${capital(leftSo(d))} Ik stel de opzegging niet in: doe dat in Partnercentrum, met “opzeggen aan het einde van de looptijd”. Ik kijk of die er staat.`,
  setHere: (d: { how: OldOne; day: string }) =>
    `${capital(leftSo(d)).replace(' in Partnercentrum', '')} Met “Opzeggen per einddatum” stel ik de opzegging in, en kijk ik of die blijft staan.`,
  setItFirst: 'Of een opgeschort abonnement als Extended Service Term kan doorgaan, is niet bekend; stel dus eerst de opzegging in.',
  keepsRenewing: (d: { day: string; at: Money | null }) =>
    `Het wordt nog automatisch verlengd: op ${date(d.day)} gaat het voor nog een looptijd door${d.at ? `, voor ${aMonth(d.at)} naast het nieuwe` : ''}, tenzij u het opschort of automatische verlenging uitzet.`,
  suspending: 'Opschorten …',
  suspendingLead: 'Ik schort het oude abonnement op en kijk daarna of alleen dat is veranderd.',
  speak: (d: { customer: Safe; last: LastStepHere }) =>
    `${d.customer}: er blijft één stap over. ${
      {
        letEnd: 'Het oude abonnement vanzelf laten eindigen, of opschorten?',
        cancel: 'Het oude abonnement eindigt niet vanzelf: stel in Partnercentrum de opzegging in.',
        setEnd: 'Het oude abonnement loopt door tenzij het einde wordt ingesteld: opzeggen per einddatum?',
        suspend: 'Het oude abonnement opschorten?',
        customerActs: 'De klant beëindigt de oude licenties daar waar die zijn gekocht.',
      }[d.last]
    }`,
  asked: (at: string) =>
    `Ik heb Microsoft op ${stamp(at)} gevraagd het oude abonnement op te schorten, en kijk of het is gebeurd. Intussen stuur ik het niet opnieuw.`,
  vouched: (d: { who: Safe; reason: Safe }) => `${d.who} heeft gekeken waar ik dat niet kon: “${d.reason}”`,
  speakNow: (customer: Safe) => `${customer}: het oude abonnement wordt opgeschort.`,
};
