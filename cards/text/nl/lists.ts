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
  by,
  count,
  date,
  dayMonth,
  days,
  daysLeft,
  licences,
  listed,
  money,
  month as monthName,
  number,
  people,
  shortDate,
  stamp,
  subscriptions,
} from './format.ts';

/** How far one on a list has come. */
const states: Record<RowState, string> = {
  stuck: 'Gestopt: er is iemand nodig',
  waits: 'Wacht op goedkeuring',
  lastStep: 'Laatste stap wacht',
  licences: 'Gekocht; nu de licenties',
  open: 'Open',
  choosing: 'Plan wordt gekozen',
  asked: 'Wordt aan Microsoft gevraagd',
  buying: 'Wordt gekocht',
  ending: 'Wordt beëindigd',
  watched: 'Wordt gevolgd tot het weg is',
  snoozed: 'Uitgesteld',
  letGo: 'Losgelaten',
};

/** What happens, around how many days are left. */
const atItsEnd: Partial<Record<EndOfTerm, (left: string) => string>> = {
  cancels: (left) => `eindigt ${left}`,
  extends: (left) => `gaat ${left} maandelijks verder`,
  inEst: (left) => `maandelijks betaald, weer ${left}`,
  renews: (left) => `wordt ${left} verlengd`,
  renewsAs: (left) => `wordt ${left} met wijziging verlengd`,
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
  stillBilled: 'opgeschort, nog gefactureerd',
  suspended: 'opgeschort',
  ended: 'is geëindigd',
  trials: 'proefversie',
  missing: 'niet op de laatste lijst',
};

const sorted: Record<Sort, string> = {
  days: 'vroegste eerst',
  customer: 'op klant',
  money: 'duurste eerst',
  state: 'op status',
  programme: 'op programma',
  person: 'op wie het behandelt',
};

const notSet = (n: number) => `${count(n, 'abonnement staat', 'abonnementen staan')} niet op verlengen`;

/** In place of who looks after it, where no name stands. */
const KEPT = 'in behandeling';
const somebody = (who: Safe) => (String(who) === KEPT ? 'iemand' : who);

/** `Van 3 abonnementen die niet op verlengen staan, eindigt de looptijd in maart 2027`. */
const endsUnset = (n: number, when: string) =>
  `Van ${subscriptions(n)} ${by(n, 'dat niet op verlengen staat', 'die niet op verlengen staan')}, eindigt de looptijd ${when}`;

function whoWithin(n: number, within: number): string {
  const ever = within > 3000;
  if (n > 0) return ever ? notSet(n) : endsUnset(n, `binnen ${days(within)}`);
  return ever
    ? 'Ik ken geen abonnement dat niet meer wordt verlengd'
    : `Ik ken geen abonnement waarvan de looptijd binnen ${days(within)} zonder verlenging eindigt`;
}

export const list = {
  who: (n: number, within: number, month: string | null) => {
    if (month === null) return whoWithin(n, within);
    const when = `in ${monthName(`${month}-01`)}`;
    return n === 0 ? `Ik ken geen abonnement waarvan de looptijd ${when} zonder verlenging eindigt` : endsUnset(n, when);
  },
  what: (d: { week: number; ahead: number; passed: number; licences: number; unread: number }) =>
    [
      d.ahead === 0 ? '' : d.week === 0 ? 'Geen daarvan binnen een week.' : `${number(d.week)} daarvan binnen een week.`,
      d.passed === 0 ? '' : `Van ${number(d.passed)} op de lijst is de laatste dag voorbij.`,
      `${licences(d.licences)} in totaal${d.unread > 0 ? `, exclusief ${subscriptions(d.unread)} waarvan het aantal niet kon worden gelezen` : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
  foot: (d: { from: number; to: number; of: number; sort?: Sort | undefined }) =>
    `${number(d.from)} tot en met ${number(d.to)} van ${number(d.of)}, ${sorted[d.sort ?? 'days']}.`,
  /** What went and what came since the page that stood here before. */
  turned: (d: { gone: number; come: number }) =>
    `Sinds de vorige pagina: ${listed([...(d.gone > 0 ? [`${number(d.gone)} van de lijst verdwenen`] : []), ...(d.come > 0 ? [`${number(d.come)} bijgekomen`] : [])])}.`,
  state: (state: RowState, until: string | null) => (state === 'snoozed' && until ? `Uitgesteld tot ${shortDate(until)}` : states[state]),
  /** What happens, and in how many days; `urgent`: people lose access, and nobody has decided. */
  left: (d: { end: EndOfTerm; days: number; urgent: boolean }) => {
    if (d.days < 0 || Number.isNaN(d.days)) return daysLeft(d.days);
    const left = d.days === 0 ? 'vandaag' : `over ${days(d.days)}`;
    return `${d.urgent ? 'Dringend: ' : ''}${atItsEnd[d.end]?.(left) ?? `${left}, daarna niet bekend`}`;
  },
  /** Of all that a customer has. */
  kind: (d: { kind: Counted; days: number }) => {
    const end = AS_END[d.kind];
    return end ? list.left({ end, days: d.days, urgent: false }) : (besides[d.kind] as string);
  },
  speakAll: (d: { customer: Safe; n: number }) => `${d.customer}: ${subscriptions(d.n)}.`,
  you: 'u',
  keptBy: KEPT,
  /** Of a list that was narrowed. */
  some: (n: number) => `${subscriptions(n)} van de lijst`,
  noneFits: 'Niets op de lijst voldoet hieraan',
  only: (d: { state: RowState | null; programme: Safe | null; keeper: Safe | null; nobody: boolean }) =>
    `Alleen: ${[d.state ? states[d.state] : '', d.programme ?? '', d.keeper ? `in behandeling bij ${somebody(d.keeper)}` : '', d.nobody ? 'bij niemand in behandeling' : ''].filter(Boolean).join(', ')}.`,
  all: (n: number) => `Alle ${number(n)}`,
  offer: (d: { what: Safe; n: number }) => `${d.what} (${number(d.n)})`,
  keeper: (who: Safe) => `In behandeling bij ${somebody(who)}`,
  nobody: 'Bij niemand in behandeling',
  noKeeper: (who: Safe) =>
    `Ik ken niemand met de naam “${who}” die iets behandelt, of meer dan één. Schrijf **verloopt op persoon** om te zien wie iets behandelt.`,
  sorts: { days: 'Vroegste eerst', customer: 'Klant', money: 'Duurste eerst', state: 'Status', programme: 'Programma', person: 'Wie het behandelt' },
  show: (customer: Safe) => `${customer} tonen`,
  open: (name: Safe) => `${name} openen in Partnercentrum`,
  inEst: (n: number) => `${number(n)} op de lijst ${by(n, 'zit', 'zitten')} in een betaalde Extended Service Term.`,
  renewing: (n: number) => `${number(n)} op de lijst ${by(n, 'wordt', 'worden')} verlengd, en iemand heeft gevraagd ${by(n, 'het', 'ze')} om te zetten.`,
  elsewhere: (n: number) => `${number(n)} op de lijst ${by(n, 'is', 'zijn')} niet via ons gekocht; de laatste dag daarvan is niet te zien.`,
  unsaid: (n: number) => `Van ${number(n)} op de lijst zegt Partnercentrum niet of ${by(n, 'het wordt', 'ze worden')} verlengd.`,
  /** The first that comes after the days that were asked about. */
  next: (d: { customer: Safe; plan: Safe; day: string; left: number }) =>
    `Het eerstvolgende is ${d.plan} van ${d.customer}, op ${date(d.day)}, over ${days(d.left)}.`,
  empty: 'In wat ik heb gelezen, is er niets dat niet meer wordt verlengd. Proefversies en opgeschorte abonnementen staan niet in deze lijst.',
  emptyWithin: 'Proefversies en opgeschorte abonnementen staan niet in deze lijst.',
  gaps: 'Niet alles kon worden gelezen; schrijf **status** om te zien wat niet.',
  monthOf: 'De dagen van een maand zijn die van UTC.',
};

/** Sums of what is known, and of how many nothing is. */
interface Sums {
  sums: readonly Money[];
  unknown: number;
}

function summed({ sums }: Sums): string {
  return `${sums.map(money).join(' en ')} per maand`;
}

/** `Ze kosten nu € 310,00 en US$ 50,00 per maand; van 2 is de prijs niet bekend.` */
function costNow(now: Sums, n: number): string {
  if (now.sums.length === 0) return by(n, 'Wat het nu kost, is niet bekend.', 'Wat ze nu kosten, is niet bekend.');
  return `${by(n, 'Het kost', 'Ze kosten')} nu ${summed(now)}${now.unknown > 0 ? `; van ${number(now.unknown)} is de prijs niet bekend` : ''}.`;
}

function costThen(outcome: Outcome, after: Sums, n: number): string {
  const then = by(n, 'Na afloop van de looptijd kost het', 'Na afloop van hun looptijd kosten ze');
  if (outcome === 'ends') return `${then} niets.`;
  if (outcome === 'renews' && after.sums.length === 0) return `${then} wat de prijslijst van die dag zegt, en die heb ik niet gelezen.`;
  if (after.sums.length === 0 && after.unknown === 0) return '';
  if (after.unknown === 0) return `${then} ${summed(after)}.`;
  const known = after.sums.length > 0 ? `Bekend is ${summed(after)} na afloop van ${by(n, 'de', 'hun')} looptijd. ` : '';
  if (outcome === 'renews') return `${known}Van ${number(after.unknown)} is de prijs niet bekend.`;
  return `${known}Van ${number(after.unknown)} is de prijs van een Extended Service Term niet bekend: die is ${extendedPrice(false)}.`;
}

/** Lists by what happens at the end of the term. */
export const outcomeList = {
  passed: (n: number) => `Van ${n} is de dag voorbijgegaan sinds ik het laatst keek; wat ervan is geworden, komt wanneer ik weer kijk.`,
  who: (d: { outcome: Outcome; n: number; until: string; month: string | null; more: boolean }) => {
    const until = d.month ? `in ${monthName(`${d.month}-01`)}` : `uiterlijk op ${date(d.until)}`;
    const atLeast = d.more ? 'Ten minste ' : '';
    if (d.outcome === 'est') {
      const whose = `waarvan de looptijd ${until} eindigt`;
      return d.n === 0
        ? `Ik ken geen abonnement ${whose} en dat doorgaat als Extended Service Term`
        : `${atLeast}${subscriptions(d.n)} ${whose}, ${by(d.n, 'gaat', 'gaan')} door als Extended Service Term`;
    }
    if (d.outcome === 'ends')
      return d.n === 0 ? `Ik ken geen abonnement dat ${until} eindigt` : `${atLeast}${count(d.n, 'abonnement eindigt', 'abonnementen eindigen')} ${until}`;
    return d.n === 0
      ? `Ik ken geen abonnement dat ${until} wordt verlengd`
      : `${atLeast}${count(d.n, 'abonnement wordt', 'abonnementen worden')} ${until} verlengd`;
  },
  what: (d: { outcome: Outcome; now: Sums; after: Sums; n: number }) => `${costNow(d.now, d.n)} ${costThen(d.outcome, d.after, d.n)}`.trim(),
  row: (d: { now: Money | null; after: Money | 'nothing' | null }) =>
    `nu ${d.now ? aMonth(d.now) : 'niet bekend'}, daarna ${d.after === 'nothing' ? 'niets' : d.after ? aMonth(d.after) : 'niet bekend'}`,
  none: 'Dit gaat over wat ik heb gelezen; **verloopt** toont alles wat niet op verlengen staat.',
  more: 'Er zijn er meer; alleen deze zijn geteld.',
};

export const approvals = {
  who: (d: { count: number; ends: boolean }) =>
    `${d.ends ? count(d.count, 'verzoek wacht', 'verzoeken wachten') : count(d.count, 'aankoop wacht', 'aankopen wachten')} op uw goedkeuring`,
  what: 'Druk op de naam van een klant voor de kaart ervan.',
  plan: (d: { quantity: number; plan: Safe; who: Safe }) => `${licences(d.quantity)} van ${d.plan}, aangevraagd door ${d.who}`,
  end: (d: { to: SetEnd; plan: Safe; who: Safe }) => `${d.to === 'renew' ? 'Verlengen' : 'Opzeggen per einddatum'}: ${d.plan}, aangevraagd door ${d.who}`,
  notKnown: 'Niet bekend',
};

/** What waits for one person. */
export const mine = {
  who: (d: { count: number; who: Safe }) => `${d.who}: ${count(d.count, 'ticket', 'tickets')} voor u`,
  is: {
    approval: 'Wacht op uw goedkeuring',
    stuck: 'Uw omzetting is gestopt',
    asked: 'Wacht op uw antwoord',
    lookedAfter: 'U behandelt het',
  },
};

export const held = {
  who: (n: number) => `Wie de oude licentie had: ${people(n)}`,
  what: (d: { ticketId: string; from: Safe; to: Safe }) => `${d.ticketId}: van ${d.from} naar ${d.to}`,
  off: (n: number) => `(${count(n, 'serviceplan was', 'serviceplannen waren')} uitgeschakeld)`,
  outcome: (state: UserMove['state'] | 'waived'): string =>
    ({
      waiting: 'is nog niet overgezet',
      blocked: 'kan nog niet worden overgezet',
      kept: 'overgeslagen',
      stays: 'behoudt een licentie van een ander abonnement',
      gone: 'bestaat niet meer',
      started: 'wordt overgezet',
      moved: 'heeft de nieuwe licentie',
      failed: 'is niet overgezet',
      waived: 'achtergelaten',
    })[state],
};

export const digest = {
  state: (day: string) => dayMonth(day),
  who: notSet,
  what: 'Zo stonden ze toen ik voor het eerst keek, of ze zijn allemaal tegelijk veranderd. Vanaf nu krijgt elk nieuw abonnement een eigen bericht.',
  regular: (n: number) => `Over ${n === 1 ? 'één' : number(n)} daarvan is er nieuws sinds de vorige lijst.`,
  missed: (since: string) => `Teams liet mij hier vanaf ${stamp(since)} niet schrijven. Dit is wat u hebt gemist en nog open is.`,
  speak: (n: number) => `${notSet(n)}.`,
  others: (n: number) => `${subscriptions(n)} om naar te kijken`,
  speakOthers: (n: number) => `${subscriptions(n)} om naar te kijken.`,
};
