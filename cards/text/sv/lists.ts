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
  capital,
  count,
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
  theDay,
  theMoment,
} from './format.ts';

/** How far one on a list has come. */
const states: Record<RowState, string> = {
  stuck: 'Stannat: någon måste ingripa',
  waits: 'Väntar på godkännande',
  lastStep: 'Sista steget väntar',
  licences: 'Köpt; nu licenserna',
  open: 'Öppet',
  choosing: 'Plan väljs',
  asked: 'Frågar Microsoft',
  buying: 'Köps',
  ending: 'Avslutas',
  watched: 'Bevakas tills den är borta',
  snoozed: 'Uppskjutet',
  letGo: 'Släppt',
};

/** Before how many days are left. */
const atItsEnd: Partial<Record<EndOfTerm, string>> = {
  cancels: 'upphör',
  extends: 'fortsätter månadsvis',
  inEst: 'betalas månadsvis, nästa',
  renews: 'förnyas',
  renewsAs: 'förnyas ändrad',
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
  stillBilled: 'inaktiverad, faktureras fortfarande',
  suspended: 'inaktiverad',
  ended: 'har upphört',
  trials: 'utvärdering',
  missing: 'inte på den senaste listan',
};

const sorted: Record<Sort, string> = {
  days: 'tidigast först',
  customer: 'efter kund',
  money: 'dyrast först',
  state: 'efter läge',
  programme: 'efter program',
  person: 'efter ansvarig',
};

/** Said in place of a name, where none may stand or none is known. */
const KEPT = 'har ansvarig';
const keptBy = (who: Safe) => (who === KEPT ? who : `ansvarig: ${who}`);

const subscriptions = (n: number) => count(n, 'prenumeration', 'prenumerationer');
const periods = (n: number) => count(n, 'period', 'perioder');
const notSet = (n: number) => `${subscriptions(n)} är inte ${n === 1 ? 'inställd' : 'inställda'} på förnyelse`;

function whoWithin(n: number, within: number): string {
  if (n === 0)
    return within > 3000
      ? 'Jag känner inte till någon prenumeration som slutar förnyas'
      : `Jag känner inte till någon prenumeration vars period slutar inom ${days(within)} utan att förnyas`;
  return within > 3000 ? notSet(n) : `${periods(n)} slutar inom ${days(within)} utan inställd förnyelse`;
}

export const list = {
  who: (n: number, within: number, month: string | null) => {
    if (month === null) return whoWithin(n, within);
    const when = `i ${monthName(`${month}-01`)}`;
    return n === 0
      ? `Jag känner inte till någon prenumeration vars period slutar ${when} utan att förnyas`
      : `${periods(n)} slutar ${when} utan inställd förnyelse`;
  },
  what: (d: { week: number; ahead: number; passed: number; licences: number; unread: number }) =>
    [
      d.ahead === 0 ? '' : d.week === 0 ? 'Ingen av dem inom en vecka.' : `${number(d.week)} av dem inom en vecka.`,
      d.passed === 0 ? '' : `För ${number(d.passed)} på listan har den sista dagen passerat.`,
      `${licences(d.licences)} totalt${d.unread > 0 ? `, utöver ${subscriptions(d.unread)} vars antal inte kunde läsas` : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
  foot: (d: { from: number; to: number; of: number; sort?: Sort | undefined }) =>
    `${number(d.from)} till ${number(d.to)} av ${number(d.of)}, ${sorted[d.sort ?? 'days']}.`,
  /** What went and what came since the page that stood here before. */
  turned: (d: { gone: number; come: number }) =>
    `Sedan förra sidan har ${listed([...(d.gone > 0 ? [`${number(d.gone)} lämnat listan`] : []), ...(d.come > 0 ? [`${number(d.come)} tillkommit`] : [])])}.`,
  state: (state: RowState, until: string | null) => (state === 'snoozed' && until ? `Uppskjutet till ${shortDate(until)}` : states[state]),
  /** What happens, and in how many days; `urgent`: people lose access, and nobody has decided. */
  left: (d: { end: EndOfTerm; days: number; urgent: boolean }) => {
    const what = atItsEnd[d.end];
    if (d.days < 0 || Number.isNaN(d.days)) return daysLeft(d.days);
    const left = d.days === 0 ? 'i dag' : `om ${daysLeft(d.days)}`;
    return `${d.urgent ? 'Brådskande: ' : ''}${what ? `${what} ${left}` : `${left}, därefter okänt`}`;
  },
  /** Of all that a customer has. */
  kind: (d: { kind: Counted; days: number }) => {
    const end = AS_END[d.kind];
    return end ? list.left({ end, days: d.days, urgent: false }) : (besides[d.kind] as string);
  },
  speakAll: (d: { customer: Safe; n: number }) => `${d.customer}: ${subscriptions(d.n)}.`,
  you: 'du',
  keptBy: KEPT,
  /** Of a list that was narrowed. */
  some: (n: number) => `${subscriptions(n)} ur listan`,
  noneFits: 'Inget på listan motsvarar urvalet',
  only: (d: { state: RowState | null; programme: Safe | null; keeper: Safe | null; nobody: boolean }) =>
    `Endast: ${[d.state ? states[d.state] : '', d.programme ?? '', d.keeper ? keptBy(d.keeper) : '', d.nobody ? 'ingen ansvarig' : ''].filter(Boolean).join(', ')}.`,
  all: (n: number) => `Alla ${number(n)}`,
  offer: (d: { what: Safe; n: number }) => `${d.what} (${number(d.n)})`,
  keeper: (who: Safe) => capital(keptBy(who)),
  nobody: 'Ingen ansvarig',
  noKeeper: (who: Safe) =>
    `Jag känner inte till någon som heter ”${who}” och ansvarar för något, eller så finns det flera. Skriv **upphör efter person** för att se vem som gör det.`,
  sorts: { days: 'Tidigast först', customer: 'Kund', money: 'Dyrast först', state: 'Läge', programme: 'Program', person: 'Ansvarig' },
  show: (customer: Safe) => `Visa ${customer}`,
  open: (name: Safe) => `Öppna ${name} i Partnercenter`,
  inEst: (n: number) => `${number(n)} på listan är i en betald Extended Service Term.`,
  renewing: (n: number) => `${number(n)} på listan förnyas, och någon har begärt att ${n === 1 ? 'den' : 'de'} ska flyttas.`,
  elsewhere: (n: number) => `${number(n)} på listan köptes inte genom oss; ${n === 1 ? 'dess sista dag syns' : 'deras sista dagar syns'} inte.`,
  unsaid: (n: number) => `För ${number(n)} på listan säger Partnercenter inte om ${n === 1 ? 'den' : 'de'} förnyas.`,
  /** The first that comes after the days that were asked about. */
  next: (d: { customer: Safe; plan: Safe; day: string; left: number }) => `Nästa är ${d.plan} hos ${d.customer}, ${theDay(d.day)}, om ${days(d.left)}.`,
  empty: 'Inget av det som jag har läst slutar förnyas. Utvärderingar och det som är inaktiverat finns inte på den här listan.',
  emptyWithin: 'Utvärderingar och det som är inaktiverat finns inte på den här listan.',
  gaps: 'Det gick inte att läsa allt; skriv **status** för att se vad som saknas.',
  monthOf: 'Månadens dagar räknas i UTC.',
};

/** Sums of what is known, and of how many nothing is. */
interface Sums {
  sums: readonly Money[];
  unknown: number;
}

function summed({ sums }: Sums): string {
  return `${sums.map(money).join(' och ')} per månad`;
}

/** `De kostar 310,00 € och 50,00 US$ per månad nu; för 2 är priset inte känt.` */
function costNow(now: Sums, n: number): string {
  if (now.sums.length === 0) return n === 1 ? 'Vad den kostar nu är inte känt.' : 'Vad de kostar nu är inte känt.';
  return `${n === 1 ? 'Den' : 'De'} kostar ${summed(now)} nu${now.unknown > 0 ? `; för ${number(now.unknown)} är priset inte känt` : ''}.`;
}

function costThen(outcome: Outcome, after: Sums, n: number): string {
  const [from, cost] = n === 1 ? ['Efter den dagen', 'kostar den'] : ['Efter respektive dag', 'kostar de'];
  if (outcome === 'ends') return `${from} ${cost} ingenting.`;
  if (outcome === 'renews' && after.sums.length === 0) return `${from} ${cost} vad den dagens prislista säger, och den har jag inte läst.`;
  if (after.sums.length + after.unknown === 0) return '';
  if (after.unknown === 0) return `${from} ${cost} ${summed(after)}.`;
  const known = after.sums.length > 0 ? `${from} är ${summed(after)} känt. ` : '';
  if (outcome === 'renews') return `${known}För ${number(after.unknown)} är priset inte känt.`;
  return `${known}För ${number(after.unknown)} är priset för en Extended Service Term inte känt: det är ${extendedPrice(false)}.`;
}

/** Lists by what happens at the end of the term. */
export const outcomeList = {
  passed: (n: number) =>
    `För ${n} har dagen passerat sedan jag senast tittade; vad det har blivit av ${n === 1 ? 'den' : 'dem'} kommer när jag tittar nästa gång.`,
  who: (d: { outcome: Outcome; n: number; until: string; month: string | null; more: boolean }) => {
    const by = d.month ? `i ${monthName(`${d.month}-01`)}` : `senast ${theDay(d.until)}`;
    if (d.n === 0)
      return {
        est: `Jag känner inte till någon prenumeration vars period slutar ${by} och som fortsätter som Extended Service Term`,
        ends: `Jag känner inte till någon prenumeration som upphör ${by}`,
        renews: `Jag känner inte till någon prenumeration som förnyas ${by}`,
      }[d.outcome];
    const atLeast = d.more ? 'Minst ' : '';
    if (d.outcome === 'est') {
      const whose = count(d.n, 'prenumeration vars period slutar', 'prenumerationer vars perioder slutar');
      return `${atLeast}${whose} ${by} fortsätter som Extended Service Term`;
    }
    return `${atLeast}${subscriptions(d.n)} ${{ ends: 'upphör', renews: 'förnyas' }[d.outcome]} ${by}`;
  },
  what: (d: { outcome: Outcome; now: Sums; after: Sums; n: number }) => `${costNow(d.now, d.n)} ${costThen(d.outcome, d.after, d.n)}`.trim(),
  row: (d: { now: Money | null; after: Money | 'nothing' | null }) =>
    `nu ${d.now ? aMonth(d.now) : 'okänt'}, sedan ${d.after === 'nothing' ? 'ingenting' : d.after ? aMonth(d.after) : 'okänt'}`,
  none: 'Detta gäller det som jag har läst; **upphör** listar allt som inte är inställt på förnyelse.',
  more: 'Det finns fler; bara dessa är räknade.',
};

export const approvals = {
  who: (d: { count: number; ends: boolean }) =>
    `${d.ends ? count(d.count, 'begäran väntar', 'begäranden väntar') : count(d.count, 'köp väntar', 'köp väntar')} på ditt godkännande`,
  what: 'Tryck på en kunds namn för att få dess kort.',
  plan: (d: { quantity: number; plan: Safe; who: Safe }) => `${licences(d.quantity)} för ${d.plan}, begärt av ${d.who}`,
  end: (d: { to: SetEnd; plan: Safe; who: Safe }) => `${d.to === 'renew' ? 'Förnya' : 'Säg upp till periodens slut'}: ${d.plan}, begärt av ${d.who}`,
  notKnown: 'Okänt',
};

/** What waits for one person. */
export const mine = {
  who: (d: { count: number; who: Safe }) => `${d.who}: ${count(d.count, 'ärende', 'ärenden')} för dig`,
  is: {
    approval: 'Väntar på ditt godkännande',
    stuck: 'Din flytt har stannat',
    asked: 'Väntar på ditt svar',
    lookedAfter: 'Du är ansvarig',
  },
};

export const held = {
  who: (n: number) => `Vilka som hade den gamla licensen: ${people(n)}`,
  what: (d: { ticketId: string; from: Safe; to: Safe }) => `${d.ticketId}: från ${d.from} till ${d.to}`,
  off: (n: number) => `(${count(n, 'tjänstplan var avstängd', 'tjänstplaner var avstängda')})`,
  outcome: (state: UserMove['state'] | 'waived'): string =>
    ({
      waiting: 'har inte flyttats än',
      blocked: 'kan inte flyttas än',
      kept: 'utelämnad',
      stays: 'behåller en plats i en annan prenumeration',
      gone: 'finns inte längre i användarkatalogen',
      started: 'håller på att flyttas',
      moved: 'har den nya licensen',
      failed: 'flyttades inte',
      waived: 'lämnad kvar',
    })[state],
};

export const digest = {
  state: (day: string) => dayMonth(day),
  who: notSet,
  what: 'Så var det när jag först tittade, eller så ändrades alla på en gång. Från och med nu får varje ny ett eget meddelande.',
  regular: (n: number) => `Det finns nyheter om ${n === 1 ? 'en' : number(n)} av dem sedan förra listan.`,
  missed: (since: string) => `Teams har inte låtit mig skriva här sedan ${theMoment(since)}. Detta missades och är fortfarande öppet.`,
  speak: (n: number) => `${notSet(n)}.`,
  others: (n: number) => `${subscriptions(n)} att se över`,
  speakOthers: (n: number) => `${subscriptions(n)} att se över.`,
};
