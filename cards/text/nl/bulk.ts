/** A move of several customers at once: choosing them, their prices, and the one yes to all of them. */
import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { NotDeclined, NotWritten, OutWhy } from '../../../services/moves/bulk.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, by, count, licences, listed, money, number, outOf, stamp, subscriptions, termName } from './format.ts';

const prices = (n: number) => count(n, 'prijs', 'prijzen');

const refused: Record<RefusalReason, string> = {
  oldChanged: 'het oude abonnement is sindsdien gewijzigd',
  agreement: 'de klant heeft de klantovereenkomst niet geaccepteerd',
  accountReview: 'Microsoft beoordeelt het account van deze klant',
  notSold: 'dit plan wordt niet aan deze klant verkocht',
  termNotSold: 'het plan wordt niet voor deze looptijd verkocht',
  quantity: 'het aantal licenties valt buiten wat het plan toestaat',
  forbidden: 'Partnercentrum laat mij niet voor deze klant kopen',
  signIn: 'Partnercentrum wil een nieuwe aanmelding van het account waarmee ik werk',
  refused: 'Microsoft heeft het geweigerd',
  unreachable: 'Partnercentrum heeft niet geantwoord',
  rights: 'wie het heeft goedgekeurd, mag dat niet meer',
  notBought: 'Microsoft heeft de aankoop niet geaccepteerd',
  saidNotBought: 'een goedkeurder zegt dat het niet is gekocht',
  otherCart: 'de winkelwagen noemt geen prijs, of is niet wat is aangevraagd',
  unsteady: 'de winkelwagen is keer op keer veranderd',
  endNotPossible: 'het kan niet worden aangevraagd',
  endUnread: 'het kon niet worden gelezen',
  endOldChanged: 'het oude abonnement is sindsdien gewijzigd',
};

const out: Record<OutWhy, string> = {
  closed: 'het ticket is gesloten',
  busy: 'iemand zet het al om',
  plan: 'dit plan wordt er niet voor aangeboden',
  seats: 'het plan staat dit aantal licenties niet toe',
  rights: 'wie het heeft aangevraagd, mag geen prijzen meer opvragen',
  unread: 'de plannen konden niet op tijd worden gelezen',
  other: 'iemand is er een andere omzetting van begonnen',
};

const notWritten: Record<NotWritten, string> = {
  changed: 'de prijs of het plan is gewijzigd sinds de kaart is gemaakt',
  lapsed: 'de goedkeuring, of de prijs, was te oud',
  another: 'een andere goedkeurder moet het goedkeuren',
  rights: 'wie heeft goedgekeurd, mag dat niet meer',
  gone: 'het ticket is gesloten',
};

const notDeclined: Record<NotDeclined, string> = {
  changed: 'de prijs of het plan is gewijzigd sinds de kaart is gemaakt',
  approved: 'het was eerder al goedgekeurd',
  rights: 'wie heeft afgewezen, mag dat niet meer',
  gone: 'het ticket is gesloten',
};

export const bulk = {
  none: (d: { programme: Safe }) => `Ik ken geen open ticket van ${d.programme}. Er is niets gewijzigd; **verloopt** toont alles wat niet op verlengen staat.`,
  notOne: 'Van geen enkel uitfaseringsprogramma staan er nog meerdere abonnementen op deze lijst. Er is niets gewijzigd.',
  severalHere: 'deze lijst',
  whichProgramme: 'Van welk programma?',
  whichProgrammeFor: 'Op deze lijst staan er meerdere. Eén besluit geldt voor één programma; er is niets gewijzigd.',
  whichProgrammeFoot: 'De abonnementen van de andere programma’s blijven zoals ze zijn.',
  onList: (n: number) => `${number(n)} op deze lijst`,
  choose: (d: { n: number; programme: Safe }) => `${subscriptions(d.n)} van ${d.programme}`,
  choosing: (d: { chosen: number; n: number }) =>
    `${d.chosen === 0 ? 'Er is niets gekozen, en dat betekent: allemaal.' : `${outOf(d.chosen, d.n, number(d.n))} ${by(d.chosen, 'is', 'zijn')} gekozen.`} Druk op een naam om die te kiezen, of juist niet meer. Elk abonnement krijgt zoveel licenties als er in gebruik zijn als dat bekend is, en anders zoveel als het er heeft. Een prijs opvragen kost niets.`,
  chosen: (name: Safe) => `✓ ${name}`,
  toggle: (d: { name: Safe; on: boolean }) => (d.on ? `${d.name} kiezen` : `${d.name} niet kiezen`),
  getPrices: (d: { chosen: number; n: number }) =>
    d.chosen > 0
      ? `${d.chosen} ${by(d.chosen, 'prijs', 'prijzen')} opvragen`
      : d.n === 2
        ? 'Beide prijzen opvragen'
        : by(d.n, 'De prijs opvragen', `Alle ${d.n} prijzen opvragen`),
  rest: (d: { n: number; most: number }) => `Ik neem er ${number(d.most)} tegelijk; nog ${number(d.n)} ${by(d.n, 'wacht', 'wachten')} tot u opnieuw begint.`,
  whichPlan: 'Naar welk plan?',
  whichPlanFor: (d: { programme: Safe; n: number }) => `${subscriptions(d.n)} van ${d.programme}. Er is niets gewijzigd.`,
  whichPlanFoot: 'Een abonnement waarvoor het eigen programma het plan niet aanbiedt, wordt weggelaten, met naam.',
  asking: (d: { n: number; plan: Safe }) =>
    `Ik vraag ${prices(d.n)} van ${d.plan} op. Ze komen hier bij elkaar; er wordt niets gekocht voordat iemand goedkeurt.`,
  already: 'De prijzen zijn al opgevraagd. Er is niets gewijzigd; de kaart is nu bijgewerkt.',
  approved: (d: { n: number }) =>
    `U hebt ${subscriptions(d.n)} goedgekeurd. Ik leg de goedkeuring van elk abonnement vast, en vertel hier wat ervan is geworden.`,
  declined: (d: { n: number }) =>
    `U hebt ${prices(d.n)} afgewezen. Ik beëindig elke omzetting, met uw reden in het logboek ervan, en vertel hier wat ervan is geworden. Er wordt niets gekocht.`,
  ownSum: () =>
    'U hebt deze prijzen opgevraagd. Samen, en met wat u in de laatste 24 uur zelf hebt aangevraagd en goedgekeurd, komen ze boven de grens voor één persoon; daarom moet een andere goedkeurder ze goedkeuren. Er is niets gekocht.',
  /** The card's heading. */
  who: (d: { state: 'asking' | 'asked' | 'approving' | 'declining'; quoted: number; approved: number; declined: number; n: number; plan: Safe }) => {
    if (d.state === 'asking') return `${prices(d.n)} van ${d.plan} ${by(d.n, 'wordt', 'worden')} opgevraagd`;
    if (d.state === 'approving') return `${subscriptions(d.n)} naar ${d.plan}: de goedkeuringen worden vastgelegd`;
    if (d.state === 'declining') return `${subscriptions(d.n)} naar ${d.plan}: de omzettingen worden beëindigd`;
    if (d.quoted > 0) return `${outOf(d.quoted, d.n, prices(d.n))} van ${d.plan} ${by(d.quoted, 'wacht', 'wachten')} op goedkeuring`;
    if (d.approved === 0 && d.declined > 0) return `${outOf(d.declined, d.n, prices(d.n))} van ${d.plan} ${by(d.declined, 'is', 'zijn')} afgewezen`;
    return `${outOf(d.approved, d.n, subscriptions(d.n))} naar ${d.plan} ${by(d.approved, 'is', 'zijn')} goedgekeurd`;
  },
  /** What the yes costs, of those that are quoted. */
  sums: (d: { monthly: readonly Money[]; total: readonly Money[]; seats: number }) =>
    `Samen ${listed(d.monthly.map(aMonth))} voor ${licences(d.seats)}, ${listed(d.total.map(money))} voor de volledige looptijden.`,
  hidden: { personal: 'Prijzen worden getoond in de chat met mij alleen; keur elke prijs daar goed.', never: 'Prijzen worden niet getoond.' },
  yesMeans: (n: number) =>
    n === 0
      ? ''
      : n === 1
        ? 'Na goedkeuring wordt het gekocht.'
        : `Met één goedkeuring keurt u ${n === 2 ? 'beide' : `alle ${number(n)}`} goed, elk tegen de eigen prijs: verandert er een prijs, dan wordt dat abonnement niet gekocht, en dat houdt de andere niet op.`,
  another: (d: { who: Safe }) => `${d.who} heeft ze opgevraagd; samen komen ze boven de grens, dus een andere goedkeurder moet ze goedkeuren.`,
  askedBy: (d: { who: Safe }) => `Aangevraagd door ${d.who}.`,
  lookedAt: (at: string) => `Zoals het stond op ${stamp(at)}.`,
  approve: (n: number) => (n === 1 ? 'Goedkeuren en kopen' : `${n} goedkeuren en kopen`),
  decline: (n: number) => (n === 1 ? 'Afwijzen' : n === 2 ? 'Beide afwijzen' : `Alle ${n} afwijzen`),
  foot: (d: { from: number; to: number; of: number }) => `${number(d.from)} tot en met ${number(d.to)} van ${number(d.of)}.`,
  whole: (total: Money) => `${money(total)} in totaal`,
  state: {
    reading: 'de plannen worden gelezen',
    toAsk: 'de prijs wordt opgevraagd',
    asking: 'de prijs wordt opgevraagd',
    approved: 'goedgekeurd; de eigen kaart zegt hoe het verdergaat',
    declined: 'afgewezen; er is niets gekocht',
    cancelled: 'de omzetting is beëindigd',
    lapsed: 'de prijs is vervallen',
    quoted: (d: { term: Safe; billing: Safe; until: string }) => `${termName(d.term, d.billing)}; de prijs wacht tot ${stamp(d.until)}`,
    refused: (reason: RefusalReason) => `geen prijs: ${refused[reason]}`,
    out: (why: OutWhy) => `weggelaten: ${out[why]}`,
    notDeclined: (why: NotDeclined) => `niet afgewezen: ${notDeclined[why]}`,
    notWritten: (why: NotWritten) => `niet goedgekeurd: ${notWritten[why]}`,
  },
};
