/** The end of a move, and its written record. */

import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { aMonth, capital, count, date, dayMonth, licences, money, number, people, theDay } from './format.ts';
import { leftSo } from './suspension.ts';

/** What of the old one has changed, as the record says it. */
const CHANGED: Readonly<Record<string, string>> = {
  suspended: 'Den gamla prenumerationen inaktiverades, och inte av mig',
  ended: 'Den gamla prenumerationen upphörde',
  gone: 'Den gamla prenumerationen är inte längre känd',
  left: 'Inte längre vår kund',
  renews: 'Den gamla prenumerationen förnyas igen',
  stops: 'Den gamla prenumerationen är inte längre inställd på förnyelse',
  end: 'Vad som sker vid periodens slut har ändrats',
  disagree: 'Automatisk förnyelse och det planerade stämmer inte överens',
  estPlanned: 'Extended Service Term planerad av Microsoft',
  estBegun: 'Extended Service Term har börjat',
  estMonth: 'Ännu en månad av dess Extended Service Term',
  planSet: 'En ändring planerad för dess nästa period',
  planChanged: 'En annan ändring planerad för dess nästa period',
  planLost: 'Ändringen som var planerad för dess nästa period är borta',
  goesOn: 'Fortsätter trots att flytten är klar',
  stillBilled: 'Inaktiverad av någon, och faktureras till sin sista dag',
  seats: 'Antalet gamla licenser ändrades',
  prices: 'Prislistan lästes',
  unread: 'Oklart om den förnyas',
  name: 'Kunden bytte namn',
  snoozeOver: 'Uppskovet är slut',
};

/** `455,00 € per månad från den 20 januari 2027` */
export const newPrice = ({ monthly, since }: { monthly: Money; since: string }) => `${aMonth(monthly)} från ${theDay(since)}`;

export const finished = {
  state: 'Klart',
  what: (plan: Safe) => `Flyttad till ${plan}`,
  lead: (d: {
    moved: number;
    /** What the new one costs, and since which day. */
    price: { monthly: Money; since: string } | null;
    old: Money | null;
    outcome: string;
    day: string;
    how: OldOne;
    stillBilled: boolean;
  }) => {
    const moved = d.moved > 0 ? `${people(d.moved)} har flyttats. ` : '';
    const price = d.price ? newPrice(d.price) : '';
    const old = d.old ? `; den gamla kostnaden på ${money(d.old)} ${d.stillBilled ? `faktureras till ${theDay(d.day)}` : 'har upphört'}` : '';
    if (d.outcome === 'suspended') return `${moved}${price ? `${price}${old}.` : ''}`;
    if (d.outcome === 'letExpire') return `${moved}${price ? `${price}. ` : ''}${capital(leftSo(d))}`;
    if (d.outcome === 'ended') return `${moved}${price ? `${price}. ` : ''}Den gamla prenumerationen har upphört, eftersom den sades upp.`;
    if (d.outcome === 'customerCancels') return `${moved}Kundens administratör måste säga upp den gamla prenumerationen där den köptes.`;
    return `${moved}Flytten avslutades här. Det som redan är gjort ändras inte${d.how === 'unsaid' ? '.' : `; ${leftSo(d)}`}`;
  },
  suspendedBefore: () => 'Den gamla prenumerationen hade inaktiverats innan jag bad om det; Partnercenter visar sedan när.',
  dates: (n: number) => (n === 1 ? 'Ett datum att komma ihåg' : 'Två datum att komma ihåg'),
  cancelUntil: (day: string) => `**${date(day)}** – sista dagen att säga upp den nya prenumerationen`,
  deletedFrom: (day: string) => `**Från ungefär ${date(day)}** – Microsoft raderar den gamla och dess data`,
  billedUntil: (day: string) => `**${date(day)}** – den gamla är inaktiverad, och faktureras till dess`,
  endsOn: (day: string) => `**${date(day)}** – den gamla prenumerationen upphör`,
  extendsFrom: (day: string) => `**${date(day)}** – den gamla fortsätter efter den dagen som betald Extended Service Term, om ingen lägger in en uppsägning`,
  inEstUntil: (day: string) => `**${date(day)}** – därefter börjar ännu en månad av den gamlas Extended Service Term, om ingen lägger in en uppsägning`,
  termEndsOn: (day: string) =>
    `**${date(day)}** – den gamla perioden slutar; Microsoft kan låta den fortsätta månad för månad, om ingen lägger in en uppsägning`,
  renewsOn: (day: string) => `**${date(day)}** – den gamla prenumerationen förnyas`,
  happenedOn: (d: { day: string; today: string }) => `Vad som hände den ${d.day.slice(0, 4) === d.today.slice(0, 4) ? dayMonth(d.day) : date(d.day)}`,
  earlier: (n: number) => `(${count(n, 'tidigare rad', 'tidigare rader')} finns i historiken)`,
  happened: 'Vad som hände',
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer} har flyttats till ${d.plan}.`,
};

const because = (what: string, reason: Safe | null) => (reason ? `${what}: ”${reason}”` : what);

const whyRefused: Record<RefusalReason, string> = {
  oldChanged: 'den gamla prenumerationen hade ändrats',
  agreement: 'kunden har inte godkänt avtalet',
  accountReview: 'kontot granskas',
  notSold: 'säljs inte till den här kunden',
  termNotSold: 'säljs inte längre med den här perioden',
  quantity: 'antalet licenser är inte tillåtet',
  forbidden: 'Partnercenter lät mig inte göra det',
  signIn: 'en ny inloggning krävdes',
  refused: 'Microsoft nekade det',
  unreachable: 'Partnercenter svarade inte',
  rights: 'den som godkände får inte längre göra det',
  notBought: 'det finns inte bland Microsofts ordrar',
  saidNotBought: 'ingen av ordrarna var den',
  otherCart: 'varukorgen var inte det som begärdes',
  unsteady: 'varukorgen ändrades gång på gång',
  endNotPossible: 'detta kunde inte läggas in för periodens slut',
  endUnread: 'vad det skulle innebära kunde inte läsas',
  endOldChanged: 'prenumerationen hade ändrats',
};

/** Lines of the record; a price is null where none is said. */
export const record = {
  stopped: () => 'Slutade förnyas',
  known: () => 'Hittades utan förnyelse',
  unread: () => 'Oklart om den förnyas',
  asked: () => 'Begärde en flytt',
  outcome: () => 'Vad som sker vid periodens slut ändrades',
  elsewhere: () => 'Licenser från annat håll hittades',
  seatsGone: () => 'Licenser från annat håll är borta',
  reopened: () => 'Den gamla fortsatte',
  superseded: () => 'En annan flytt ersatte den vars uppsägning är inlagd',
  chosen: (d: { quantity: number; plan: Safe | null; term: Safe | null }) =>
    `${d.plan ?? 'Plan'} valdes, ${licences(d.quantity)}${d.term === null ? '' : `, ${d.term}`}`,
  priced: (d: { monthly: Money | null }) => (d.monthly ? `Pris: ${aMonth(d.monthly)}` : 'Prissatt'),
  refused: (d: { reason: RefusalReason; code: Safe | null }) =>
    `Inget köp: ${whyRefused[d.reason] ?? 'nekat'}${d.code && /\d/.test(d.code) ? ` (${d.code})` : ''}`,
  approve: (d: { monthly: Money | null }) => (d.monthly ? `${aMonth(d.monthly)} godkändes` : 'Godkändes'),
  placed: () => 'Köptes',
  order: (id: Safe) => `Order ${id}`,
  provisioned: () => 'Den nya prenumerationen är klar',
  ask: (order: Safe) => `Frågade om order ${order} är den`,
  settle: (d: { order: Safe | null; reason: Safe | null }) => because(d.order ? `Sade att det var order ${d.order}` : 'Sade att den inte köptes', d.reason),
  planAdded: (plan: Safe) => `${plan} lades till bland planerna`,
  confirmUsers: () => 'Licenserna bekräftades',
  confirmSuspend: () => 'Inaktiveringen bekräftades',
  moved: (d: { moved: number; total: number }) => `${number(d.moved)} av ${people(d.total)} flyttades`,
  nothingToMove: () => 'Ingen behövde flyttas',
  waive: (reason: Safe | null) => because('Lämnade kvar en eller flera namngivna personer', reason),
  vouch: (reason: Safe | null) => because('Kontrollerade det som boten inte kunde läsa', reason),
  remind: () => 'Godkännarna påmindes',
  weighed: () => 'Begärde en ändring av vad som sker vid periodens slut',
  approveEnd: (d: { to: string }) => (d.to === 'renew' ? 'Förnyelsen godkändes' : 'Uppsägningen till periodens slut godkändes'),
  confirmEnd: () => 'Uppsägningen till periodens slut bekräftades',
  letEnd: () => 'Fick upphöra av sig själv, eftersom dess uppsägning är inlagd',
  endSet: () => 'Vad som sker vid periodens slut lades in, och kontrollerades',
  endFound: () => 'Vad som sker vid periodens slut var redan inlagt',
  endOver: () => 'Dess period är slut',
  verified: () => 'Den gamla prenumerationen inaktiverades, och kontrollerades',
  skip: (reason: Safe | null) => because('Lämnades som den var', reason),
  giveUp: (reason: Safe | null) => because('Flytten avslutades', reason),
  renewed: () => 'Förnyas igen',
  ended: () => 'Upphörde',
  left: () => 'Inte längre vår kund',
  again: (why: string) =>
    ({
      waited: 'Väntade för länge efter ja-svaret: frågade igen',
      cart: 'Varukorgen inte så som den godkändes: frågade igen',
      source: 'Den gamla prenumerationen inte så som den godkändes: frågade igen',
    })[why] ?? 'Varukorgen borta: frågade igen',
  changed: (what: string) => CHANGED[what] ?? 'Något hos den gamla prenumerationen ändrades',
  decline: (reason: Safe | null) => because('Avslogs', reason),
  cancel: () => 'Avbröts',
  back: () => 'Ett steg tillbaka',
  check: () => 'Tittade igen',
  snoozed: (d: { until: string | null; reason: Safe | null }) => because(d.until ? `Sköts upp till ${theDay(d.until)}` : 'Sköts upp', d.reason),
  dismissed: (reason: Safe | null) => because('Släpptes', reason),
  undo: () => 'Öppnades igen: uppskovet, eller att det släpptes, togs tillbaka',
  assigned: () => 'Tog på sig ärendet',
  given: (whom: Safe) => `Gav ansvaret till ${whom}`,
  handedBack: () => 'Lämnade tillbaka ärendet',
  note: (text: Safe) => `Anteckning: ”${text}”`,
  seen: () => 'Sett',
  fail: () => 'Stannade: någon måste ingripa',
  lapse: () => 'Offerten gick ut',
  checkpoint: (n: number) => `${count(n, 'äldre rad', 'äldre rader')} togs bort efter den tid som är inställd`,
  bot: 'Successor',
};

export const history = {
  who: (d: { customer: Safe }) => d.customer,
  what: (d: { ticketId: string; plan: Safe }) => `${d.ticketId}: ${d.plan}`,
  none: 'Inget har hänt än.',
  older: (n: number) => `${count(n, 'äldre rad', 'äldre rader')} är utelämnade här.`,
};
