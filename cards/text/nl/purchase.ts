/** Price, approval and purchase. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import type { AgainWhy, RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { aMonth, by, count, date, either, licences, money, number, people, stamp, termName } from './format.ts';

export const refusals: Record<RefusalReason, string> = {
  oldChanged: 'Ik heb het niet gekocht: het oude abonnement is gewijzigd sinds de prijs is opgevraagd. Kijk ernaar, en vraag dan opnieuw een prijs op.',
  agreement:
    'Nog geen prijs: de klant heeft de Microsoft-klantovereenkomst niet geaccepteerd, en alleen de klant kan dat. Een globale beheerder van de klant meldt zich aan op admin.microsoft.com en accepteert die daar, of via een koppeling die u maakt; vraag daarna opnieuw. Een overeenkomst die vóór april 2023 is geaccepteerd, moet opnieuw worden geaccepteerd.',
  accountReview: 'Nog geen prijs: Microsoft beoordeelt het account van deze klant. Vraag opnieuw wanneer de beoordeling voorbij is.',
  notSold: 'Geen prijs: dit plan wordt niet aan deze klant verkocht. Kies een ander.',
  termNotSold: 'Geen prijs: dit plan wordt niet meer verkocht voor de looptijd die is gekozen. Kies een andere looptijd, of een ander plan.',
  quantity: 'Geen prijs: het aantal licenties valt buiten wat dit plan toestaat. Wijzig het en vraag opnieuw.',
  forbidden: 'Geen prijs: Partnercentrum laat mij niet voor deze klant kopen. Vraag een beheeragent om mijn toegang te controleren.',
  signIn:
    'Geen prijs: Partnercentrum wil een nieuwe aanmelding van het account waarmee ik werk. Een eigenaar schrijft mij **toestemming** in de chat met mij alleen; vraag daarna opnieuw.',
  refused: 'Geen prijs: Microsoft heeft deze order geweigerd. Kies een ander plan, of kijk in Partnercentrum.',
  unreachable: 'Geen prijs: Partnercentrum heeft niet geantwoord. Er is niets gekocht; vraag over een minuut opnieuw.',
  rights: 'Ik heb het niet gekocht: wie het heeft goedgekeurd, mag geen aankopen meer goedkeuren. Kies het plan opnieuw; iemand anders moet het goedkeuren.',
  notBought:
    'Er is niets gekocht: Microsoft heeft de aankoop niet geaccepteerd, en twintig minuten later staat er geen bij de orders. Kies het plan opnieuw om het te kopen.',
  saidNotBought:
    'Een goedkeurder zegt dat geen van de orders die er staan deze aankoop is. Kies het plan opnieuw om het te kopen; voordat ik dat doe, vraag ik naar die orders.',
  otherCart:
    'Geen prijs: de winkelwagen die Partnercentrum heeft gemaakt, noemt geen prijs, of is niet wat is aangevraagd; daarom bied ik die niet aan. Er is niets gekocht; vraag opnieuw, of koop het in Partnercentrum.',
  endNotPossible: 'Ik heb niets ingesteld: zoals het er nu staat, kan ik dit einde niet instellen. Kijk ernaar in Partnercentrum.',
  endUnread: 'Ik heb niets ingesteld: ik kon niet lezen wat het zou betekenen. Vraag over een minuut opnieuw.',
  endOldChanged: 'Ik heb niets ingesteld: het abonnement is gewijzigd sinds ernaar is gevraagd. Kijk ernaar, en vraag dan opnieuw.',
  unsteady:
    'Ik heb het niet gekocht: keer op keer was de winkelwagen vlak voor de aankoop gewijzigd of weg. Vraag de prijs later opnieuw op, of koop het in Partnercentrum.',
};

export const quoting = {
  state: 'De prijs opvragen …',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} van ${d.plan}`,
  lead: 'Microsoft berekent de prijs. Daarmee wordt niets gekocht.',
  speak: (customer: Safe) => `${customer}: de prijs wordt bij Microsoft opgevraagd.`,
};

export const question = {
  state: 'Wacht op een antwoord',
  lead: (order: Safe) =>
    `**Is order ${order} deze aankoop?** Die is voor hetzelfde plan en dezelfde klant. Ik koop niets totdat een goedkeurder zegt of het zo is.`,
  ifYes: 'Is dat zo, dan wordt er niets meer gekocht; ik ga met die order verder.',
  ifNo: 'Is het een andere, dan ga ik verder met de aankoop. De reden blijft in het logboek.',
  speak: (customer: Safe) => `${customer}: is er hiervoor al een order? Er wordt niets gekocht totdat iemand het zegt.`,
  when: (at: string | null) => (at === null ? 'Niet bekend' : stamp(at)),
};

/** `, € 20,40 meer dan nu`; nothing where the two cannot be compared. */
function compared({ monthly, old, sameCurrency }: Periods): string {
  if (!sameCurrency || !old) return '';
  const change = monthly.minor - old.minor;
  if (change === 0) return ', evenveel als nu';
  return `, ${money({ minor: Math.abs(change), currency: monthly.currency })} ${change > 0 ? 'meer' : 'minder'} dan nu`;
}

/** Both prices, and their sum where there is one. */
function bothPrices({ monthly, old, sameCurrency }: Periods): string {
  if (!old) return `${aMonth(monthly)} voor het nieuwe, en de prijs van het oude, die niet bekend is`;
  if (!sameCurrency) return `${aMonth(old)} voor het oude en ${aMonth(monthly)} voor het nieuwe`;
  return `**${aMonth({ ...old, minor: old.minor + monthly.minor })}** voor beide, ${money(old)} voor het oude en ${money(monthly)} voor het nieuwe`;
}

export const quote = {
  state: 'Wacht op goedkeuring',
  notYours: {
    ownRequest: 'U hebt dit aangevraagd, dus een andere goedkeurder moet het goedkeuren.',
    noApprover: 'Een goedkeurder moet het goedkeuren.',
  },
  waitsFor: (d: { names: readonly Safe[]; more: boolean }) => `Het wacht op ${either([...d.names, ...(d.more ? ['een andere goedkeurder'] : [])])}.`,
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} van ${d.plan} kopen`,
  /** What is paid month by month: for both while both are paid, then for what is left. */
  periods: (d: Periods) => {
    const { monthly, until, later } = d;
    if (until === null) return [];
    const each = bothPrices(d);
    const alone = `Daarna ${aMonth(monthly)}${compared(d)}.`;
    if (until.what === 'suspended') return [`Totdat het oude is opgeschort${until.atLatest ? `, uiterlijk tot ${date(until.atLatest)}` : ''}: ${each}.`, alone];
    const sum = later?.currency === monthly.currency ? `**${aMonth({ ...monthly, minor: monthly.minor + later.minor })}** voor beide: ` : '';
    const at = later ? ` tegen ${aMonth(later)}` : '';
    const then = {
      ends: alone,
      extends: `Daarna ${sum}${aMonth(monthly)} voor het nieuwe, en een betaalde Extended Service Term voor het oude${at}, totdat iemand de opzegging ervan instelt.`,
      inEst: `Daarna ${sum}${aMonth(monthly)} voor het nieuwe, en nog een maand van de Extended Service Term van het oude${at}, totdat iemand de opzegging ervan instelt.`,
      renews: `Daarna ${sum}${aMonth(monthly)} voor het nieuwe, en het oude wordt${at} verlengd, tenzij iemand de opzegging ervan instelt.`,
      termEnds: `Daarna ${aMonth(monthly)} voor het nieuwe. Of het oude dan doorgaat en geld kost, is niet bekend.`,
    }[until.how];
    return [`Tot ${date(until.day)}, wat er ook wordt opgeschort: ${each}.`, then];
  },
  /** Of the whole term, and whose prices these are. */
  total: (d: { total: Money; term: string }) =>
    `${d.term === 'P1M' ? 'Het kan elke maand worden geannuleerd of gewijzigd.' : `${money(d.total)} voor ${count(monthsOf(d.term) ?? 0, 'maand', 'maanden')}.`} Prijzen zijn wat u als partner betaalt, exclusief belasting.`,
  /** Licences and people that do not fit each other. */
  unfit: (d: { quantity: number; inUse: number; monthly: Money | null }) => {
    const empty = d.quantity - d.inUse;
    if (empty < 0)
      return `**${number(-empty)} van de ${people(d.inUse)} die de oude licentie ${by(d.inUse, 'heeft', 'hebben')}, ${by(-empty, 'krijgt', 'krijgen')} geen van deze licenties.**`;
    if (empty === 0) return null;
    const stay = `${licences(empty)} ${by(empty, 'blijft', 'blijven')} voorlopig ongebruikt`;
    if (!d.monthly) return `${stay}.`;
    const minor = (d.monthly.minor * empty) / d.quantity;
    const cost = `${Number.isInteger(minor) ? '' : 'ongeveer '}${aMonth({ ...d.monthly, minor: Math.round(minor) })}`;
    return `${stay} en ${by(empty, 'kost', 'kosten')} ${cost}.`;
  },
  again: (why: AgainWhy) =>
    ({
      waited: 'Het heeft na de goedkeuring meer dan 15 minuten gewacht, dus het moet opnieuw worden goedgekeurd.',
      cart: 'De winkelwagen was niet meer zoals die is goedgekeurd, dus het moet opnieuw worden goedgekeurd.',
      source: 'Het oude abonnement is sinds de goedkeuring gewijzigd, dus het moet opnieuw worden goedgekeurd.',
      lastStep: 'De bevestiging van de laatste stap moest meer dan een uur wachten, dus ik vraag die nog een keer.',
    })[why],
  sourceGone: (status: Safe) =>
    status === 'gone' ? 'Het oude abonnement is er niet meer.' : `Het oude abonnement is nu niet actief; Microsoft noemt het “${status}”.`,
  formerly: (d: { before: Money; after: Money } | null) =>
    `De prijs is veranderd${d ? ` van **${money(d.before)}** naar **${money(d.after)}** per maand` : ''}, dus het moet opnieuw worden goedgekeurd.`,
  seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
    `${number(d.quantity)} (${d.held === null ? 'hoeveel nu is niet bekend' : `${number(d.held)} nu`}, ${d.inUse === null ? 'hoeveel in gebruik is niet bekend' : `${number(d.inUse)} in gebruik`})`,
  term: (term: Safe, billing: Safe) => `${termName(term, billing)}, wordt automatisch verlengd`,
  atOnce: 'Meteen',
  reseller: (id: Safe) => `${id}; door goed te keuren bevestigt u dat dit de geregistreerde partner is`,
  approvers: (all: { name: Safe; reached: boolean }[]) =>
    all.map((one) => (one.reached ? `${one.name}, persoonlijk ingelicht` : `${one.name}, niet persoonlijk bereikt`)).join('; '),
  when: 'Als u goedkeurt',
  bullets: (d: { customer: Safe; both: boolean }) => [
    d.both ? `${d.customer} heeft beide abonnementen, en voor beide wordt betaald.` : `${d.customer} heeft het nieuwe abonnement meteen.`,
    'Het kan binnen 7 dagen worden geannuleerd, later niet.',
    'Daarna kiest u wie de nieuwe licenties krijgt.',
  ],
  foot: (d: { who: Safe; at: string; until: string }) => `Aangevraagd door ${d.who}, ${stamp(d.at)}. De prijs geldt tot ${stamp(d.until)}.`,
  speak: (d: { customer: Safe; quantity: number; plan: Safe; monthly: Money | null }) =>
    `${d.customer}: ${licences(d.quantity)} van ${d.plan} goedkeuren${d.monthly ? ` voor ${aMonth(d.monthly)}` : ''}?`,
  hidden: {
    personal: 'De prijs staat in de chat met mij alleen. Een goedkeurder ziet die daar en keurt daar goed: schrijf mij **toon** en de naam van de klant.',
    never: 'Wie mij beheert, heeft het tonen van prijzen uitgeschakeld, dus hier staat er geen. Wat u goedkeurt, wordt gekocht tegen de prijs van Microsoft.',
  },
};

export const buying = {
  state: 'Kopen …',
  lead: 'Microsoft bereidt het abonnement voor. Dat duurt een of twee minuten; u hoeft niet te wachten, ik schrijf hier wanneer het er is.',
  asking: 'Ik vraag Microsoft opnieuw of de aankoop is doorgegaan. Er wordt niet twee keer gekocht.',
  foot: (d: { who: Safe; at: string; monthly: Money | null }) => `Goedgekeurd door ${d.who}, ${stamp(d.at)}${d.monthly ? `: ${aMonth(d.monthly)}` : ''}.`,
  speak: (customer: Safe) => `${customer}: er wordt nu gekocht.`,
};
