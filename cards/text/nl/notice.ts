/** A subscription that stops renewing, and what people mark on it. */

import { addDays } from '../../../services/clock.ts';
import type { Money } from '../../../services/domain/money.ts';
import { CANCEL_WINDOW_DAYS, CLASSIC_DELETED_AFTER_DAYS, DATA_KEPT_DAYS, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Over, StoodStill } from '../en/notice.ts';
import { NB } from '../format.ts';
import { effectOf } from './ends.ts';
import { aMonth, by, date, dayMonth, days, licences, number, stamp, termName } from './format.ts';

const reasons: Record<string, string> = {
  closest: 'past het best',
  service: 'voor wie klanten helpt',
  everything: 'verkoop, service en meer in één',
  light: 'lezen en licht gebruik',
  sales: 'voor wie verkoopt',
  smaller: 'zonder telefonie',
};

export const reason = (key: Safe) => reasons[key] ?? key;

export const notice = {
  /** `ends`: that it ends was read; of any other only its term does. */
  state: (left: number, ends: boolean) => {
    if (Number.isNaN(left)) return 'De laatste dag is niet bekend';
    if (left < 0) return 'De laatste dag is voorbij';
    const what = `${ends ? 'Verloopt' : 'De looptijd eindigt'} ${left === 0 ? 'vandaag' : `over ${days(left)}`}`;
    return left <= 7 ? `Dringend: ${what[0]?.toLowerCase()}${what.slice(1)}` : what;
  },
  inEst: 'In een Extended Service Term',
  contradictory: 'Automatische verlenging en planning spreken elkaar tegen',
  asked: 'Omzetten naar een ander plan',
  unread: 'Niet bekend of het wordt verlengd',
  unreadLead: (day: string) => `Partnercentrum zegt niet of het wordt verlengd. Kijk daar vóór ${date(day)}; ik schrijf opnieuw zodra het daar staat.`,
  speakUnread: (d: { customer: Safe; plan: Safe }) => `${d.customer}: Partnercentrum zegt niet of ${d.plan} wordt verlengd.`,
  was: 'Was  ',
  now: 'Nu  ',
  autoRenews: (day: string) => `Wordt automatisch verlengd op ${date(day)}`,
  expires: (day: string) => `Verloopt op ${date(day)}`,
  termEnds: (day: string) => `De looptijd eindigt op ${date(day)}`,
  effect: effectOf,
  /** Of one that reads active although that day is over. */
  passed: (day: string) =>
    `De looptijd zou eindigen op ${date(day)}. Partnercentrum toont het nog als actief, en wat ervan is geworden, is nog niet bekend; ik kijk opnieuw.`,
  undo: (until: string) => `Tot ${stamp(until)} kan het in Partnercentrum worden geannuleerd; de resterende dagen worden dan terugbetaald.`,
  /** Some of its seats, each with its own last moment. */
  giveBack: (d: { of: number | null; parts: readonly { quantity: number; until: string | null }[] }) => {
    const said = d.parts.map(({ quantity, until }) => `${number(quantity)}${until ? ` tot ${stamp(until)}` : ''}`).join(', ');
    return `Van de ${d.of === null ? 'licenties' : licences(d.of)} kan een deel in Partnercentrum worden teruggegeven: ${said}. De resterende dagen daarvan worden dan terugbetaald.`;
  },
  withoutPromotion:
    'De promotie die nu geldt, is voor de volgende looptijd niet gepland; zonder die promotie wordt dan de prijs van de prijslijst in rekening gebracht.',
  addonTo: (base: Safe) => `Het is een add-on: het basisabonnement, ${base}, gaat zonder deze add-on door.`,
  addons: (names: readonly Safe[], now: Money | null) =>
    `${names.length === 1 ? 'Eén add-on gaat' : `${names.length} add-ons gaan`} mee: ${names.join(', ')}${now ? `, ${aMonth(now)}` : ''}.`,
  addonsAndPlan: (names: readonly Safe[]) =>
    `${by(names.length, 'De add-on', 'De add-ons')} bij dit abonnement, ${names.join(', ')}, ${by(names.length, 'kan', 'kunnen')} deel zijn van het andere plan, of Microsoft kan de wijziging weigeren zolang ${by(names.length, 'die er is', 'die er zijn')}; kijk vóór die dag in Partnercentrum.`,
  /** Of a classic one whose last day has passed. */
  dataDeleted: (day: string) => dataDeleted(day),
  reseller: (mpnId: Safe) => `${mpnId}, blijft de geregistreerde reseller voor wat hier als vervanging wordt gekocht`,
  shortened: (d: { since: string; term: Safe; billing: Safe }) =>
    `Deze looptijd is verkort en begon op ${date(d.since)}; wordt het verlengd, dan is de volgende weer een volledige: ${termName(d.term, d.billing)}.`,
  seats: (held: number | null, inUse: number | null) =>
    `${held === null ? 'Partnercentrum zegt niet hoeveel' : `${number(held)} gekocht`}${inUse === null ? '' : `, ${number(inUse)} in gebruik`}`,
  choice: (title: Safe, reason: Safe) => `${title} · ${reason}`,
  notSold: (titles: readonly Safe[]) => `Voor deze klant niet te koop: ${titles.join(', ')}.`,
  minimum: (title: Safe, n: number) => `${title} is te koop vanaf ${licences(n)}.`,
  soldFor: (title: Safe, terms: readonly Safe[]) => `${title} wordt verkocht voor ${terms.join('; ')}.`,
  usualTerm: 'Zoals gebruikelijk voor het plan',
  noneSold: 'Van de plannen die Microsoft hiervoor noemt, wordt er geen aan deze klant verkocht. Typ de naam van een ander plan.',
  noProgramme: 'Geen uitfaseringsprogramma noemt hiervoor een plan. Typ de naam van een plan dat u verkoopt.',
  reading: 'Ik lees de catalogus van deze klant; de plannen volgen.',
  plansUnread: 'Ik kan de catalogus van deze klant nu niet lezen, dus ik ken de plannen niet. Ik probeer het zelf opnieuw; ze volgen.',
  planExample: 'Office 365 E3',
  kind: (d: { newCommerce: boolean; term: Safe; billing: Safe }) =>
    `${d.newCommerce ? 'New commerce' : 'Klassiek'}${d.term ? `, ${termName(d.term, d.billing)}` : ''}`,
  /** `who`: null where the log could not be read. */
  changedBy: (d: { who: Safe | 'nobody' | 'application' | null; since: string | null; at: string | null; app: Safe | null }) => {
    if (d.who === null) return 'Niet bekend';
    if (d.who === 'nobody') return d.since ? `Niets vastgelegd sinds ${date(d.since)}` : 'Niets vastgelegd';
    const who = d.who === 'application' ? `Een toepassing${d.app ? `, ${d.app}` : ''}` : d.who;
    return d.at ? `${who}, ${stamp(d.at)}` : who;
  },
  /** A change that left auto-renew out switches it off, and few who make one know. */
  droppedBy: (d: { byApp: boolean; at: string; day: string }) =>
    `${d.byApp ? 'Een toepassing' : 'Iemand'} heeft op ${date(d.at)} het aantal licenties gewijzigd, en daarmee ging de automatische verlenging uit. Was dat niet de bedoeling, zet die dan vóór ${date(d.day)} weer aan in Partnercentrum.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} heeft de aankoop afgewezen: “${d.reason}”`,
  endDeclined: (d: { who: Safe; reason: Safe }) => `${d.who} heeft het instellen van het einde van de looptijd afgewezen: “${d.reason}”`,
  lookedAfter: (who: Safe) => `${who} behandelt het.`,
  speak: (d: { customer: Safe; plan: Safe; day: string; left: number; ends: boolean }) =>
    `${d.customer}: ${d.plan}. ${d.ends ? 'Verloopt' : 'De looptijd eindigt'} op ${date(d.day)}${d.left > 0 ? `, over ${days(d.left)}` : d.left === 0 ? ', vandaag' : ''}.`,
  speakAsked: (d: { customer: Safe; plan: Safe }) => `${d.customer}: ${d.plan} omzetten naar een ander plan.`,
};

export const snoozed = {
  state: (day: string) => `Uitgesteld tot ${dayMonth(day)}`,
  lead: (d: { who: Safe; reason: Safe | null }) => (d.reason ? `${d.who}: “${d.reason}”` : `${d.who} heeft het uitgesteld.`),
  foot: (d: { at: string; day: string }) => `${stamp(d.at)}. Ik schrijf opnieuw op ${date(d.day)}, of eerder als er iets verandert.`,
};

export const dismissed = {
  state: 'Losgelaten',
  lead: (d: { who: Safe; reason: Safe }) => `${d.who}: “${d.reason}”`,
  foot: (d: { at: string }) => `${stamp(d.at)}. Ik herinner u er niet meer aan.`,
};

export const renewed = {
  state: 'Wordt weer verlengd',
  lead: 'Partnercentrum zegt dat het weer wordt verlengd.',
  foot: (at: string) => `Gezien op ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: het wordt weer verlengd. U hoeft niets te doen.`,
};

export const ended = {
  state: 'Geëindigd',
  lead: 'Het is geëindigd, of iemand heeft het elders opgeschort.',
  foot: (at: string) => `Gezien op ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: het abonnement is geëindigd.`,
};

/** A suspended one of new commerce goes on costing; a classic one does not, and is deleted. */
export const suspendedElsewhere = {
  state: (stillBilled: boolean) => (stillBilled ? 'Opgeschort, en wordt nog gefactureerd' : 'Opgeschort'),
  lead: (d: StoodStill) => `Het is door iemand anders opgeschort, niet door mij. ${stillCosts(d)}`,
  speak: (d: { customer: Safe } & StoodStill) => `${d.customer}: het abonnement is elders opgeschort. ${stillCosts(d)}`,
};

function dataDeleted(day: string): string {
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Ongeveer ${number(least)} tot ${number(most)}${NB}dagen na ${date(day)} verwijdert Microsoft de gegevens ervan.`;
}

/** What can be had of one that is over, and until when: only where its word and its days tell. */
function ofItsData({ newCommerce, day, as, seenOn = '', inEst }: Over): string {
  if (!as || day === '' || seenOn === '') return '';
  const atItsEnd = seenOn >= day;
  if (!newCommerce) return as !== 'deleted' && atItsEnd ? ` ${dataDeleted(day)}` : '';
  const kept = addDays(day, DATA_KEPT_DAYS);
  if (as === 'deleted')
    return atItsEnd || inEst
      ? ''
      : ` Het is vóór het einde van de looptijd geannuleerd: de gegevens kunnen er daarna nog ${number(CANCEL_WINDOW_DAYS)}${NB}dagen uit worden gehaald, uiterlijk tot ${date(addDays(seenOn, CANCEL_WINDOW_DAYS))}.`;
  if (!atItsEnd || seenOn > kept) return '';
  if (as === 'disabled') return ` Alleen de beheerders van de klant kunnen nu nog bij de gegevens, tot ongeveer ${date(kept)}.`;
  const grace = addDays(day, GRACE_DAYS);
  return ` Het kan niet meer worden verlengd. ${seenOn > grace ? '' : `Of mensen er tot ${date(grace)} kosteloos mee kunnen blijven werken, is niet bekend. `}De gegevens worden bewaard tot ongeveer ${date(kept)}: koop vóór die tijd een nieuw abonnement.`;
}

/** What a suspended subscription costs, until when it can come back, and what becomes of it. */
export function stillCosts(d: StoodStill): string {
  const day = date(d.day);
  if (d.newCommerce)
    return `Het wordt desondanks gefactureerd tot het einde van de looptijd, ${day}. Tot dan kan het weer worden ingeschakeld, daarna niet. Of het daarna als betaalde Extended Service Term kan doorgaan, is niet bekend.`;
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Het wordt niet meer gefactureerd. Microsoft verwijdert het, met de gegevens, aan het einde van de looptijd, ${day}, of, als dat eerder is, ongeveer ${number(least)} tot ${number(most)}${NB}dagen nadat het is opgeschort; tot dan kan het weer worden ingeschakeld.${addonsOff(d.addons ?? [])}`;
}

/** Partner Center refuses to switch on an add-on whose base is off (409, 27009). */
function addonsOff(names: readonly Safe[]): string {
  if (names.length === 0) return '';
  const n = names.length;
  return ` ${by(n, 'De add-on', 'De add-ons')} erbij, ${names.join(', ')}, ${by(n, 'kan', 'kunnen')} niet eerder dan het abonnement zelf worden ingeschakeld.`;
}

export const left = {
  state: 'Niet meer onze klant',
  lead: 'Partnercentrum zegt dat deze klant niet meer van ons is. Ik zie de abonnementen van deze klant niet meer, dus ik kan niet zeggen hoe het met dit abonnement verdergaat.',
  foot: (at: string) => `Gezien op ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer}: niet meer onze klant.`,
};

export const nothingHere = 'Hier is niets gekocht of gewijzigd.';

export const begunBefore = 'Hier is eerder een aankoop begonnen; de geschiedenis vertelt wat ervan is geworden.';

export const readAgain = 'Partnercentrum zegt weer dat het wordt verlengd.';

export const standing = (how: Standing, d: Over) =>
  ({
    suspended: `Het oude abonnement is opgeschort; dat heeft iemand anders gedaan. ${stillCosts(d)}`,
    ended: `Het oude abonnement is geëindigd.${ofItsData(d)}`,
    gone: 'Partnercentrum kent het oude abonnement niet meer.',
    left: 'Partnercentrum zegt dat deze klant niet meer van ons is.',
  })[how];

export const movedDown = {
  state: 'Verder op een andere kaart',
  lead: 'In deze chat staat een andere kaart over dit abonnement; deze wordt niet meer bijgewerkt.',
};
