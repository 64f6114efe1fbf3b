/** The end of a move, and its written record. */

import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { aMonth, capital, count, date, dayMonth, licences, money, outOf, people } from './format.ts';
import { leftSo } from './suspension.ts';

/** What of the old one has changed, as the record says it. */
const CHANGED: Readonly<Record<string, string>> = {
  suspended: 'Oud abonnement opgeschort, niet door mij',
  ended: 'Oud abonnement geëindigd',
  gone: 'Oud abonnement niet meer bekend',
  left: 'Niet meer onze klant',
  renews: 'Oud abonnement wordt weer verlengd',
  stops: 'Oud abonnement staat niet meer op verlengen',
  end: 'Het einde ervan is veranderd',
  disagree: 'Automatische verlenging en planning spreken elkaar tegen',
  estPlanned: 'Extended Service Term gepland door Microsoft',
  estBegun: 'Extended Service Term begonnen',
  estMonth: 'Nog een maand van de Extended Service Term',
  planSet: 'Een wijziging gepland voor de volgende looptijd',
  planChanged: 'Een andere wijziging gepland voor de volgende looptijd',
  planLost: 'De geplande wijziging voor de volgende looptijd is vervallen',
  goesOn: 'Loopt door hoewel de omzetting is afgerond',
  stillBilled: 'Opgeschort door iemand, en gefactureerd tot de laatste dag',
  seats: 'Aantal oude licenties veranderd',
  prices: 'Prijslijst gelezen',
  unread: 'Niet bekend of het wordt verlengd',
  name: 'Klant heeft een andere naam',
  snoozeOver: 'Uitstel voorbij',
};

/** `€ 455,00 per maand vanaf 20 januari 2027` */
export const newPrice = ({ monthly, since }: { monthly: Money; since: string }) => `${aMonth(monthly)} vanaf ${date(since)}`;

export const finished = {
  state: 'Afgerond',
  what: (plan: Safe) => `Omgezet naar ${plan}`,
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
    const moved = d.moved > 0 ? `${people(d.moved)} overgezet. ` : '';
    const price = d.price ? newPrice(d.price) : '';
    const old = d.old ? `; het oude (${money(d.old)}) ${d.stillBilled ? `wordt gefactureerd tot ${date(d.day)}` : 'wordt niet meer gefactureerd'}` : '';
    if (d.outcome === 'suspended') return `${moved}${price ? `${price}${old}.` : ''}`;
    if (d.outcome === 'letExpire') return `${moved}${price ? `${price}. ` : ''}${capital(leftSo(d))}`;
    if (d.outcome === 'ended') return `${moved}${price ? `${price}. ` : ''}Het oude abonnement is geëindigd, zoals was opgezegd.`;
    if (d.outcome === 'customerCancels') return `${moved}De beheerder van de klant moet het oude abonnement opzeggen waar het is gekocht.`;
    return `${moved}De omzetting is hier beëindigd. Wat is gedaan, blijft gedaan${d.how === 'unsaid' ? '.' : `; ${leftSo(d)}`}`;
  },
  suspendedBefore: () => 'Het oude abonnement was al opgeschort voordat ik erom vroeg; Partnercentrum toont sinds wanneer.',
  dates: (n: number) => (n === 1 ? 'Eén datum om te onthouden' : 'Twee datums om te onthouden'),
  cancelUntil: (day: string) => `**${date(day)}** – laatste dag om het nieuwe abonnement te annuleren`,
  deletedFrom: (day: string) => `**Vanaf ongeveer ${date(day)}** – Microsoft verwijdert het oude, met de gegevens`,
  billedUntil: (day: string) => `**${date(day)}** – het oude is opgeschort, en wordt tot dan gefactureerd`,
  endsOn: (day: string) => `**${date(day)}** – het oude abonnement eindigt`,
  extendsFrom: (day: string) => `**${date(day)}** – het oude gaat daarna door als betaalde Extended Service Term, tenzij iemand een opzegging instelt`,
  inEstUntil: (day: string) => `**${date(day)}** – daarna begint nog een maand van de Extended Service Term van het oude, tenzij iemand een opzegging instelt`,
  termEndsOn: (day: string) =>
    `**${date(day)}** – de oude looptijd eindigt; Microsoft kan het oude van maand tot maand laten doorlopen, tenzij iemand een opzegging instelt`,
  renewsOn: (day: string) => `**${date(day)}** – het oude abonnement wordt verlengd`,
  happenedOn: (d: { day: string; today: string }) => `Wat er gebeurde op ${d.day.slice(0, 4) === d.today.slice(0, 4) ? dayMonth(d.day) : date(d.day)}`,
  earlier: (n: number) => `(${count(n, 'eerdere regel staat', 'eerdere regels staan')} in de geschiedenis)`,
  happened: 'Wat er gebeurde',
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer} is omgezet naar ${d.plan}.`,
};

const because = (what: string, reason: Safe | null) => (reason ? `${what}: “${reason}”` : what);

const whyRefused: Record<RefusalReason, string> = {
  oldChanged: 'het oude abonnement was gewijzigd',
  agreement: 'de klant heeft de overeenkomst niet geaccepteerd',
  accountReview: 'het account wordt beoordeeld',
  notSold: 'wordt niet aan deze klant verkocht',
  termNotSold: 'wordt niet meer voor deze looptijd verkocht',
  quantity: 'het aantal licenties is niet toegestaan',
  forbidden: 'Partnercentrum liet mij niet toe',
  signIn: 'er was een nieuwe aanmelding nodig',
  refused: 'Microsoft heeft het geweigerd',
  unreachable: 'Partnercentrum heeft niet geantwoord',
  rights: 'wie het heeft goedgekeurd, mag dat niet meer',
  notBought: 'bij de orders van Microsoft staat er geen',
  saidNotBought: 'geen van de orders was het',
  otherCart: 'de winkelwagen was niet wat is aangevraagd',
  unsteady: 'de winkelwagen is keer op keer veranderd',
  endNotPossible: 'dit einde kon niet worden ingesteld',
  endUnread: 'wat het zou betekenen, kon niet worden gelezen',
  endOldChanged: 'het abonnement was gewijzigd',
};

/** Lines of the record; a price is null where none is said. */
export const record = {
  stopped: () => 'Wordt niet meer verlengd',
  known: () => 'Aangetroffen zonder verlenging',
  unread: () => 'Niet bekend of het wordt verlengd',
  asked: () => 'Gevraagd het om te zetten',
  outcome: () => 'Het einde ervan is veranderd',
  elsewhere: () => 'Licenties van elders gevonden',
  seatsGone: () => 'Licenties van elders zijn weg',
  reopened: () => 'Het oude liep door',
  superseded: () => 'Een andere omzetting kwam in de plaats van die waarvan de opzegging is ingesteld',
  chosen: (d: { quantity: number; plan: Safe | null; term: Safe | null }) =>
    `${d.plan ?? 'Plan'} gekozen, ${licences(d.quantity)}${d.term === null ? '' : `, ${d.term}`}`,
  priced: (d: { monthly: Money | null }) => (d.monthly ? `Prijs: ${aMonth(d.monthly)}` : 'Prijs ontvangen'),
  refused: (d: { reason: RefusalReason; code: Safe | null }) =>
    `Geen aankoop: ${whyRefused[d.reason] ?? 'geweigerd'}${d.code && /\d/.test(d.code) ? ` (${d.code})` : ''}`,
  approve: (d: { monthly: Money | null }) => (d.monthly ? `${aMonth(d.monthly)} goedgekeurd` : 'Goedgekeurd'),
  placed: () => 'Gekocht',
  order: (id: Safe) => `Order ${id}`,
  provisioned: () => 'Het nieuwe abonnement is klaar',
  ask: (order: Safe) => `Gevraagd of order ${order} het is`,
  settle: (d: { order: Safe | null; reason: Safe | null }) =>
    because(d.order ? `Gezegd dat order ${d.order} het was` : 'Gezegd dat het niet is gekocht', d.reason),
  planAdded: (plan: Safe) => `${plan} toegevoegd aan de plannen`,
  confirmUsers: () => 'Licenties bevestigd',
  confirmSuspend: () => 'Opschorting bevestigd',
  moved: (d: { moved: number; total: number }) => `${outOf(d.moved, d.total, people(d.total))} overgezet`,
  nothingToMove: () => 'Niemand hoefde te worden overgezet',
  waive: (reason: Safe | null) => because('Iemand achtergelaten, bij naam', reason),
  vouch: (reason: Safe | null) => because('Gekeken waar de bot dat niet kon', reason),
  remind: () => 'Goedkeurders herinnerd',
  weighed: () => 'Gevraagd het einde van de looptijd in te stellen',
  approveEnd: (d: { to: string }) => (d.to === 'renew' ? 'Verlenging goedgekeurd' : 'Opzegging per einddatum goedgekeurd'),
  confirmEnd: () => 'Opzegging per einddatum bevestigd',
  letEnd: () => 'Laten eindigen, omdat de opzegging is ingesteld',
  endSet: () => 'Einde van de looptijd ingesteld, en gecontroleerd',
  endFound: () => 'Einde van de looptijd was al ingesteld',
  endOver: () => 'De looptijd is voorbij',
  verified: () => 'Oud abonnement opgeschort, en gecontroleerd',
  skip: (reason: Safe | null) => because('Gelaten zoals het was', reason),
  giveUp: (reason: Safe | null) => because('De omzetting is beëindigd', reason),
  renewed: () => 'Wordt weer verlengd',
  ended: () => 'Geëindigd',
  left: () => 'Niet meer onze klant',
  again: (why: string) =>
    ({
      waited: 'Te lang gewacht na de goedkeuring: opnieuw gevraagd',
      cart: 'Winkelwagen niet zoals goedgekeurd: opnieuw gevraagd',
      source: 'Oud abonnement niet zoals goedgekeurd: opnieuw gevraagd',
    })[why] ?? 'Winkelwagen weg: opnieuw gevraagd',
  changed: (what: string) => CHANGED[what] ?? 'Er is iets aan het oude abonnement veranderd',
  decline: (reason: Safe | null) => because('Afgewezen', reason),
  cancel: () => 'Geannuleerd',
  back: () => 'Eén stap terug',
  check: () => 'Opnieuw gekeken',
  snoozed: (d: { until: string | null; reason: Safe | null }) => because(d.until ? `Uitgesteld tot ${date(d.until)}` : 'Uitgesteld', d.reason),
  dismissed: (reason: Safe | null) => because('Losgelaten', reason),
  undo: () => 'Weer geopend: het uitstel, of het loslaten, teruggedraaid',
  assigned: () => 'Op zich genomen',
  given: (whom: Safe) => `Toegewezen aan ${whom}`,
  handedBack: () => 'Teruggegeven',
  note: (text: Safe) => `Notitie: “${text}”`,
  seen: () => 'Gezien',
  fail: () => 'Gestopt: er is iemand nodig',
  lapse: () => 'De offerte is vervallen',
  checkpoint: (n: number) => `${count(n, 'oudere regel', 'oudere regels')} verwijderd na de ingestelde tijd`,
  bot: 'Successor',
};

export const history = {
  who: (d: { customer: Safe }) => d.customer,
  what: (d: { ticketId: string; plan: Safe }) => `${d.ticketId}: ${d.plan}`,
  none: 'Er is nog niets gebeurd.',
  older: (n: number) => `${count(n, 'oudere regel is', 'oudere regels zijn')} hier weggelaten.`,
};
