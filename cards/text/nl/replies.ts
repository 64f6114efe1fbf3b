/** What is said to the one who asked: why it did not happen, that nothing has changed, what to do. */

import type { Money } from '../../../services/domain/money.ts';
import type { Stop } from '../../../services/domain/reasons.ts';
import type { MoveState, SetEnd } from '../../../services/domain/ticket.ts';
import type { Can } from '../../../services/moves/answers.ts';
import type { Right } from '../../../services/people/roles.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { MarkWord } from '../../../services/notify/handles.ts';
import type { Counted } from '../../../services/watch/known.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes } from '../en/ends.ts';
import { asking, hint } from './answers.ts';
import { becoming } from './ends.ts';
import { aMonth, by, date, licences, listed, number, people, stamp } from './format.ts';
import { isMark, marks, ofMarks } from './marks.ts';
import { notice } from './notice.ts';
import { stateNow } from './states.ts';
import { whySkipped } from './status.ts';
import { termEnd } from './termEnd.ts';

type CommandName = 'show' | 'move' | 'history' | 'invite' | 'uninvite' | 'read-only' | 'dry-run';

/** What a command is called here. */
const called: Record<CommandName, string> = {
  show: 'toon',
  move: 'omzetten',
  history: 'geschiedenis',
  invite: 'uitnodigen',
  uninvite: 'uitnodiging intrekken',
  'read-only': 'alleen lezen',
  'dry-run': 'proefdraaien',
};

const rights: Record<Right, string> = {
  see: 'de abonnementen van de klanten niet zien',
  watch: 'niet instellen wat deze chat volgt',
  ask: 'geen omzetting beginnen of wijzigen',
  approve: 'geen aankopen goedkeuren',
  licences: 'geen licenties overzetten',
  suspend: 'geen abonnementen opschorten',
  own: 'niet wijzigen hoe ik werk',
};

interface Named {
  plan: Safe;
  /** That Partner Center shows for it; empty where it shows none. */
  day: string;
  becomes: Becomes | null;
}

/** Some by name, with the day where there is one; in brackets. */
function named(some: readonly Named[], link: string | null): string {
  const each = some.map(({ plan, day }) => (link !== null && day ? `${plan} ${link} ${date(day)}` : plan));
  return each.length > 0 ? ` (${each.join('; ')})` : '';
}

/** `Plan op 30 juni 2027, als 3 licenties`. */
function renewsAs({ plan, day, becomes }: Named): string {
  return `${plan}${day ? ` op ${date(day)}` : ''}, als ${becoming(becomes)}`;
}

/** How many stand so, by what was read; all but those that renew as they are are named. */
const stands: Record<Counted, (n: number, some: readonly Named[]) => string> = {
  renews: (n) => `${number(n)} ${by(n, 'wordt', 'worden')} verlengd`,
  changes: (n, some) => `${number(n)} ${by(n, 'wordt', 'worden')} verlengd als iets anders (${some.map(renewsAs).join('; ')})`,
  ends: (n, some) => `${number(n)} ${by(n, 'eindigt', 'eindigen')} zonder verlenging${named(some, 'op')}`,
  extends: (n, some) => `${number(n)} ${by(n, 'gaat', 'gaan')} van maand tot maand door als betaalde Extended Service Term${named(some, 'vanaf')}`,
  inEst: (n, some) => `${number(n)} ${by(n, 'zit', 'zitten')} in een Extended Service Term, per maand betaald${named(some, null)}`,
  unsure: (n, some) => `van ${number(n)} is niet bekend wat er aan het einde van de looptijd gebeurt${named(some, 'op')}`,
  unsaid: (n, some) => `van ${number(n)} zegt Partnercentrum niet of ${by(n, 'het wordt', 'ze worden')} verlengd${named(some, null)}`,
  stillBilled: (n, some) => `${number(n)} ${by(n, 'is', 'zijn')} opgeschort en ${by(n, 'wordt', 'worden')} nog gefactureerd${named(some, 'tot')}`,
  suspended: (n, some) => `${number(n)} ${by(n, 'is', 'zijn')} opgeschort${named(some, null)}`,
  ended: (n, some) => `${number(n)} ${by(n, 'is', 'zijn')} geëindigd${named(some, null)}`,
  trials: (n, some) => `${number(n)} ${by(n, 'is een proefversie', 'zijn proefversies')}${named(some, 'tot')}`,
  missing: (n, some) => `${number(n)} ${by(n, 'stond', 'stonden')} niet op de laatste lijst${named(some, null)}`,
};

/** What is said to the one who asked. Why it did not happen, that nothing has changed, what to do. */
export const replies = {
  ...ofMarks,
  askingPrice: () => 'Ik vraag de prijs op bij Microsoft.',
  approved: () => 'Goedgekeurd. Ik kijk nog één keer naar de prijs, en koop dan.',
  declined: () => 'Afgewezen. Er is niets gekocht.',
  cancelled: () => 'Geannuleerd. Er is niets gekocht.',
  cancelledOpen: () => 'Geannuleerd: ik doe deze aankoop niet.',
  moving: () => 'Ik zet de licenties nu over.',
  suspending: () => 'Ik schort het oude abonnement nu op.',
  letEnd: () => 'Genoteerd. Ik blijf kijken totdat het voorbij is.',
  weighing: (d: { to: SetEnd }) =>
    d.to === 'renew' ? 'Ik lees waaraan verlengen bindt, en vraag dan om goedkeuring.' : 'Ik lees wie de toegang zou verliezen, en vraag dan om goedkeuring.',
  settingEnd: () => 'Ik stel de opzegging nu in.',
  endApproved: () => 'Goedgekeurd. Ik kijk er nog één keer naar, en stel het dan in.',
  endDeclined: () => 'Afgewezen. Ik stel het niet in.',
  endCancelled: () => 'Ervan afgezien. Ik stel het niet in.',
  endLapsed: () => 'Niemand heeft het op tijd goedgekeurd, dus ik stel het niet in. Er is niets gewijzigd; vraag het opnieuw aan.',
  endOwnRequest: () => 'U hebt dit aangevraagd, dus een andere goedkeurder moet het goedkeuren. Er is niets gewijzigd.',
  endNotShown: () => 'Ik kan hier nog geen opzegging instellen. Stel die in Partnercentrum in; ik kijk of het is gebeurd. Er is niets gewijzigd.',
  endNotPossible: (d: { to: SetEnd }) =>
    `Zoals het er nu staat, kan ik het niet ${d.to === 'renew' ? 'verlengen' : 'per einddatum opzeggen'}. Er is niets gewijzigd.`,
  left: () => 'Genoteerd. Ik laat het oude abonnement zoals het is.',
  looking: () => 'Ik kijk opnieuw.',
  gaveUp: () => 'De omzetting eindigt hier.',
  settling: () => 'Ik kijk of dat zo kan zijn. De kaart zegt wat ik heb gevonden.',
  goesOn: () => 'Genoteerd. Ik ga daarvandaan verder.',
  badOrder: (d: { value: Safe }) => `“${d.value}” is niet het nummer van een order. Kopieer het van de order in Partnercentrum. Er is niets gewijzigd.`,
  back: () => 'Eén stap terug. Er is niets gekocht.',
  waived: () => 'Genoteerd. De laatste stap is nu mogelijk.',
  upToDate: () => 'De kaart is bijgewerkt.',
  whichPlan: (d: { customer: Safe; ticketId: string; plans: readonly Safe[]; terms: boolean }) =>
    `${d.customer}, ${d.ticketId}. Welk plan? ${d.plans.map((plan, index) => `**${index + 1}** ${plan}`).join(' · ')}. Antwoord met een nummer of een naam${d.terms ? '; daarachter kan een looptijd staan, zoals in “1, 1 jaar, jaarlijks betaald”' : ''}.`,
  howMany: (d: { plan: Safe; term: Safe | null; proposed: number | null; inUse: number | null; minimum: number }) =>
    `${d.plan}${d.term === null ? '' : `, ${d.term}`}. Hoeveel licenties? ${d.inUse === null ? '' : `Er ${by(d.inUse, 'is', 'zijn')} er ${number(d.inUse)} in gebruik. `}${d.minimum > 1 ? `Het is te koop vanaf ${number(d.minimum)}. ` : ''}Antwoord met een getal${d.proposed === null ? '' : `, of met **ja** voor ${number(d.proposed)}`}.`,
  noPlan: (d: { value: Safe }) =>
    d.value
      ? `Ik vind in de catalogus van deze klant geen plan met de naam “${d.value}”. Er is niets gewijzigd; typ de naam zoals Partnercentrum die toont.`
      : 'Hier is geen plan vooraf gekozen. Typ de naam van het plan waarnaar moet worden omgezet.',
  planNotSold: (d: { value: Safe }) => `${d.value} wordt niet aan deze klant verkocht. Er is niets gewijzigd; kies een ander plan.`,
  manyPlans: (d: { value: Safe; plans: readonly Safe[] }) =>
    `Met “${d.value}” kan bedoeld zijn: ${d.plans.join(', of ')}. Er is niets gewijzigd; typ de hele naam van het plan dat u bedoelt.`,
  manyTerms: (d: { plan: Safe; terms: readonly Safe[] }) =>
    `Daarmee kan meer dan één looptijd bedoeld zijn: ${notice.soldFor(d.plan, d.terms)} Er is niets gewijzigd; schrijf hoelang, en hoe het wordt betaald.`,
  termNotSold: (d: { plan: Safe; sold: readonly Safe[] }) => `${notice.soldFor(d.plan, d.sold)} Er is niets gewijzigd; kies een van deze looptijden.`,
  termsUnread: (d: { plan: Safe }) =>
    `Ik weet nog niet voor welke looptijden ${d.plan} wordt verkocht. Er is niets gewijzigd; kies het plan zonder looptijd: de prijs noemt de looptijd ervan, en “Wijzigen” biedt daarna de andere aan.`,
  searching: (d: { value: Safe }) => `Ik zoek “${d.value}” in de catalogus van deze klant; het komt hier.`,
  badPosition: (d: { value: Safe; max: number }) =>
    d.max === 1
      ? `Er is één plan om te kiezen, dus schrijf **1** of de naam van een plan, niet “${d.value}”. Er is niets gewijzigd.`
      : `Er is geen plan “${d.value}”: schrijf een nummer van 1 tot en met ${number(d.max)}, of de naam van een plan. Er is niets gewijzigd.`,
  badQuantity: (d: { value: Safe; min: number; max: number }) =>
    `“${d.value}” is geen getal van ${number(d.min)} tot en met ${number(d.max)}. Er is niets gewijzigd; typ het aantal licenties.`,
  reasonMissing: () => 'Geef een reden; de anderen krijgen die te zien. Er is niets gewijzigd.',
  noSuchPeople: (d: { value: Safe }) =>
    d.value
      ? `Niemand met de naam “${d.value}” kan hier worden overgezet. Er is niets gewijzigd; typ namen zoals de kaart ze toont.`
      : 'Er is niemand gekozen. Er is niets gewijzigd; kies ten minste één persoon.',
  samePeople: (d: { value: Safe; same: readonly unknown[] }) =>
    `“${d.value}” kan hier op meerdere personen slaan, dus niemand is overgezet. ${d.same.length > 0 ? 'Kies hieronder.' : 'Schrijf voor- en achternamen, of kies de personen in de chat met mij alleen.'}`,
  already: (d: { state: MoveState; who: Safe; at: string }) =>
    `${d.who ? `${d.who} is deze omzetting begonnen op ${stamp(d.at)}` : 'Deze omzetting is begonnen'}: ${stateNow[d.state]}. Er is niets twee keer gedaan; de kaart is nu bijgewerkt.`,
  alreadyApproved: (d: { who: Safe; at: string }) =>
    `${d.who || 'Iemand'} heeft dit goedgekeurd op ${stamp(d.at)}. Er is niets twee keer gedaan; de kaart is nu bijgewerkt.`,
  lapsed: () => 'De offerte is vervallen: niemand heeft die op tijd goedgekeurd. Er is niets gekocht; vraag de prijs opnieuw op.',
  ownSum: () =>
    'U hebt deze prijs opgevraagd. Met wat u in de laatste 24 uur zelf hebt aangevraagd en goedgekeurd, komt die boven de grens voor één persoon; daarom moet een andere goedkeurder die goedkeuren. Er is niets gekocht.',
  ownRequest: () => 'U hebt deze prijs opgevraagd, dus een andere goedkeurder moet die goedkeuren. Er is niets gekocht.',
  vouched: () => 'Op uw naam genoteerd, met uw reden. Ik schort het oude abonnement nu op.',
  vouchInPerson: () => 'Zeg mij in de chat met mij alleen dat u het hebt nagekeken: schrijf daar **toon** en de naam van de klant. Er is niets gewijzigd.',
  ownVouch: () => 'U hebt deze aankoop aangevraagd, dus een andere goedkeurder moet kijken en bevestigen. Er is niets gewijzigd.',
  approveInPerson: () =>
    'Prijzen worden getoond in de chat met mij alleen, dus keur het daar goed: schrijf **toon** en de naam van de klant. Er is niets gekocht.',
  cardInPerson: () => 'Namen worden gekozen in de chat met mij alleen: ik heb de kaart daar geplaatst. Er is niets gewijzigd.',
  pickInPerson: () =>
    'Wie wordt overgezet, wordt bij naam gekozen; doe dat dus in de chat met mij alleen: schrijf daar **toon** en de naam van de klant. Of schrijf **iedereen behalve** en namen onder deze kaart. Er is niets gewijzigd.',
  onlyInPerson: () =>
    'Wie achterblijft, wordt bij naam gekozen; doe dat dus in de chat met mij alleen: schrijf daar **toon** en de naam van de klant. Er is niets gewijzigd.',
  mayNot: (d: { right: Right; who?: readonly Safe[] }) =>
    `U mag ${rights[d.right]}. ${d.who && d.who.length > 0 ? `Dat ${by(d.who.length, 'mag', 'mogen')} wel: ${d.who.join(', ')}. ` : ''}Er is niets gewijzigd.`,
  readOnly: () =>
    'Ik sta op alleen lezen: er wordt nu niets gekocht, overgezet of opgeschort. Er is niets gewijzigd; een eigenaar kan “alleen lezen uit” schrijven.',
  readOnlyNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} heeft mij op alleen lezen gezet. Er wordt niets gekocht, overgezet of opgeschort totdat een eigenaar “alleen lezen uit” schrijft. Ik volg en meld nog wel.`
      : `${d.who} heeft mij teruggezet. Wat wachtte, gaat binnen een minuut verder.`,
  dryRun: () =>
    'Er wordt proefgedraaid: ik volg, meld en vraag prijzen op, en er wordt niets gekocht, overgezet of opgeschort. Er is niets gewijzigd; een eigenaar kan “proefdraaien uit” schrijven.',
  dryRunNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} is begonnen met proefdraaien. Ik volg, meld en vraag prijzen op; er wordt niets gekocht, overgezet of opgeschort totdat een eigenaar “proefdraaien uit” schrijft.`
      : `${d.who} heeft het proefdraaien beëindigd. Vanaf nu koop ik, zet ik over en schort ik op wat een van u bevestigt; wat wachtte, gaat binnen een minuut verder.`,
  stoppedAlready: (d: { stop: Stop }) =>
    d.stop === 'dryRun'
      ? 'Er wordt proefgedraaid, en dat gaat door: er wordt niets gekocht, overgezet of opgeschort totdat een eigenaar “proefdraaien uit” schrijft. Er is niets gewijzigd.'
      : 'Ik sta op alleen lezen, en blijf zo: er wordt niets gekocht, overgezet of opgeschort totdat een eigenaar “alleen lezen uit” schrijft. Er is niets gewijzigd.',
  readOnlyByOperator: () => 'Ik sta op alleen lezen door een instelling (READ_ONLY=on). Alleen wie mij beheert, kan dat wijzigen.',
  whoMayUnknown: () => 'Ik kan in Microsoft Entra niet lezen wat u mag. Er is niets gewijzigd; probeer het over een minuut opnieuw.',
  slowDown: () => 'Dat was in één minuut meer dan ik van één persoon aanneem. Er is niets gewijzigd; wacht even en probeer het opnieuw.',
  badInput: () => 'Die kaart heeft iets gestuurd dat ik niet aanneem. Er is niets gewijzigd; schrijf “toon” en het ticket voor een nieuwe kaart.',
  consent: (d: { link: Safe; minutes: number }) =>
    `Open deze pagina binnen ${number(d.minutes)} minuten, in uw eigen browser, en meld u aan met het account dat voor mij in Partnercentrum werkt: ${d.link}`,
  consentInPerson: () => 'Schrijf mij dat in onze persoonlijke chat; de koppeling is alleen voor u.',
  consentNotHere: () => 'Hier is niets om toestemming voor te geven: de sandbox vraagt geen aanmelding.',
  mayNotHere: () => 'Hiervoor is een recht nodig dat u niet hebt. Er is niets gewijzigd.',
  nothingMine: () => 'Er wacht niets op u, en u behandelt niets.',
  nothingToApprove: () => 'Er wacht niets op uw goedkeuring.',
  quoteChanged: () => 'De prijs of het plan is sindsdien veranderd. Er is niets gekocht; de kaart toont wat nu geldt.',
  notWhileUnclear: () =>
    'Het is nog niet duidelijk wat Microsoft heeft gedaan, dus de omzetting opgeven is niet veilig. Druk eerst op “Opnieuw kijken”. Er is niets gewijzigd.',
  boughtAlready: () => 'Het is gekocht, dus de omzetting kan niet meer worden geannuleerd. Ga door, of laat het oude abonnement doorlopen.',
  notNow: (d: { state: MoveState | 'none' }) => `Dat past nu niet: ${stateNow[d.state]}. Er is niets gewijzigd; de kaart is nu bijgewerkt.`,
  leftOff: (d: { customer: Safe; ticketId: string }) =>
    `Er is niets begonnen voor ${d.customer}, ${d.ticketId}, en er wordt niets meer gevraagd. Schrijf **uitstellen ${d.ticketId} 14** om er later van te horen, of **laat gaan ${d.ticketId}** en een reden om het te laten gaan; met **omzetten ${d.ticketId}** vraag ik het opnieuw.`,
  waitsForYou: (d: { only: { customer: Safe; ticketId: Safe } | null; n: number }) =>
    d.only
      ? `Op uw goedkeuring wacht ${d.only.customer}, ${d.only.ticketId}: schrijf **toon ${d.only.ticketId}**.`
      : `Op uw goedkeuring wachten ${number(d.n)} andere: schrijf **goedkeuringen**.`,
  closed: (d: { how: 'renewed' | 'moved' | 'ended' | 'left' }) =>
    d.how === 'renewed'
      ? 'Het wordt weer verlengd, dus u hoeft niets te doen. Er is niets gewijzigd.'
      : d.how === 'moved'
        ? 'Deze omzetting is afgerond. Er is niets twee keer gedaan.'
        : d.how === 'left'
          ? 'Dit is niet meer onze klant. Er is niets gewijzigd.'
          : 'Het is geëindigd, of iemand heeft het elders opgeschort; de kaart zegt welke van de twee. Er is niets gewijzigd.',
  instead: (d: { state: MoveState | 'none'; ticketId: string; can: Can }) =>
    [
      `Er is niets gewijzigd. ${hint(d.can) ?? `Op dit moment: ${stateNow[d.state]}.`}`,
      d.can.answers.includes('plan')
        ? `Schrijf **uitstellen ${d.ticketId} 14** om er later van te horen, of **laat gaan ${d.ticketId}** en een reden om het te laten gaan.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  answers: (d: { state: MoveState | 'none'; can: Can }) =>
    `Dat heb ik niet begrepen; er is niets gewijzigd. ${hint(d.can) ?? `Op dit moment: ${stateNow[d.state]}.`}`,
  askApproval: (d: { customer: Safe; plan: Safe; quantity: number; monthly: Money | null; can: Can }) =>
    asking(`${licences(d.quantity)} van ${d.plan} kopen voor ${d.customer}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}?`, d.can),
  askPeople: (d: { customer: Safe; plan: Safe; movable: number; can: Can }) =>
    asking(
      d.movable > 0 ? `${d.customer}: ${people(d.movable)} overzetten naar ${d.plan}?` : `${d.customer}: wat gebeurt er met wie niet is overgezet?`,
      d.can,
    ),
  askSuspend: (d: { customer: Safe; plan: Safe; last: LastStepHere; can: Can }) =>
    asking(
      {
        letEnd: `${d.customer}: ${d.plan} vanzelf laten eindigen, of opschorten?`,
        cancel: `${d.customer}: ${d.plan} eindigt niet vanzelf. Stel in Partnercentrum de opzegging in; ik kijk of die er staat.`,
        setEnd: `${d.customer}: ${d.plan} opzeggen aan het einde van de looptijd?`,
        suspend: `${d.customer}: ${d.plan} opschorten?`,
        customerActs: `${d.customer} beëindigt ${d.plan} daar waar het is gekocht. Op de kaart staat een bericht om te versturen; ik kijk één keer per dag of het weg is.`,
      }[d.last],
      d.can,
    ),
  askEnd: (d: { customer: Safe; plan: Safe; to: SetEnd; day: string; can: Can }) => asking(termEnd.speak(d), d.can),
  askCheck: (d: { customer: Safe; can: Can }) => asking(`${d.customer}: de omzetting is gestopt en er is iemand nodig.`, d.can),
  typedAhead: () =>
    'U schreef dat voordat ik iets had gevraagd, of dat kan ik niet uitmaken; daarom heb ik het niet als antwoord genomen. Er is niets gewijzigd.',
  cardChanged: () => 'Hier wordt intussen iets anders gevraagd dan op de kaart waarop u drukte. Er is niets gewijzigd; de kaart is nu bijgewerkt.',
  plansUnread: () =>
    'Ik kan de catalogus van deze klant nu niet lezen en probeer het zelf opnieuw. Er is niets gewijzigd; antwoord zodra de plannen op de kaart staan.',
  reading: () => 'Ik lees de catalogus van deze klant nog. Er is niets gewijzigd; antwoord wanneer de plannen op de kaart staan.',
  notUnderstood: (d: { text: Safe; didYouMean: Safe | null }) =>
    d.didYouMean ? `Ik ken “${d.text}” niet. Bedoelde u **${d.didYouMean}**?` : `Ik ken “${d.text}” niet. Schrijf **help** om te zien wat ik kan.`,

  reminders: (d: { days: readonly number[] }) =>
    d.days.length === 0
      ? 'Ik herinner deze chat niet voordat een looptijd eindigt. Schrijf **herinner 30 7 1** om dat te wijzigen.'
      : `Ik herinner deze chat ${listed(d.days.map(number))} ${d.days.length === 1 && d.days[0] === 1 ? 'dag' : 'dagen'} voordat een looptijd eindigt waarover niemand een besluit heeft genomen. Schrijf **herinner uit**, of andere dagen uit 60, 30, 14, 7 en 1, om dat te wijzigen.`,
  incomplete: (d: { of: CommandName | 'remind' | 'settings' | 'export' | MarkWord }) => {
    if (isMark(d.of)) return marks[d.of];
    switch (d.of) {
      case 'settings':
        return 'Ik heb niet begrepen wat er moet worden ingesteld, dus er is niets gewijzigd. Schrijf **instellingen** voor de kaart met alles, of bijvoorbeeld “instellingen stil 18-8”, “instellingen tijdzone Amsterdam”, “instellingen lijst werkdagen 9”.';
      case 'remind':
        return 'Ik kan u 60, 30, 14, 7 en 1 dagen voor het einde van een looptijd herinneren: schrijf bijvoorbeeld **herinner 30 7**, of **herinner uit**.';
      case 'export':
        return 'Schrijf **exporteer tickets**, **exporteer besluiten** of **exporteer logboek**, met **csv** of **json** erachter.';
      case 'read-only':
      case 'dry-run':
        return `Schrijf **${called[d.of]} aan** of **${called[d.of]} uit**.`;
      case 'invite':
      case 'uninvite':
        return `Welk bedrijf? Schrijf **${called[d.of]}** en de naam ervan, bijvoorbeeld “${called[d.of]} adatum”.`;
      default:
        return `Waarover gaat het? Schrijf **${called[d.of]}** en een klant of een ticket, bijvoorbeeld “${called[d.of]} contoso”; **verloopt** toont wat er bedoeld kan zijn.`;
    }
  },
  noCustomer: (d: { what: Safe; company: boolean }) =>
    d.company
      ? `Ik ken geen klant met de naam “${d.what}”. Schrijf het begin van de naam; is het nog niet uw klant, schrijf dan **uitnodigen ${d.what}**.`
      : `Ik ken geen klant met de naam “${d.what}”. Schrijf het begin van de naam van een klant; **verloopt** is de lijst.`,
  ofTicket: (d: { customer: Safe; ticketId: string; what: string }) => `${d.customer}, ${d.ticketId}: ${d.what}`,
  noTicket: (d: { what: Safe }) => `Ik ken geen ticket ${d.what}. Schrijf **verloopt** om de open tickets te zien.`,
  takenAs: (d: { wanted: Safe; name: Safe }) => `Ik vat “${d.wanted}” op als ${d.name}.`,
  longText: (d: { max: number }) =>
    `Dat is langer dan ik lees: ik neem hooguit ${number(d.max)} tekens aan. Er is niets gewijzigd; schrijf het in minder woorden.`,
  allRenew: (d: { customer: Safe }) => `Alles van ${d.customer} wordt verlengd. Schrijf **omzetten ${d.customer}** om er toch een om te zetten.`,
  /** How a customer stands of whom not everything was read, or not everything renews. */
  stands: (d: {
    customer: Safe;
    looked: boolean;
    skipped: Safe | null;
    left: boolean;
    of: readonly { kind: Counted; count: number; named: readonly Named[] }[];
    unread: readonly Safe[];
  }) => {
    if (d.left) return `${d.customer} is niet meer onze klant, dus ik kijk er niet meer naar.`;
    const why = d.skipped === null ? '' : whySkipped(d.skipped);
    if (!d.looked)
      return d.skipped ? `Ik kon nog niet naar ${d.customer} kijken: ${why}. Ik blijf het proberen.` : `Ik heb nog niet naar ${d.customer} gekeken.`;
    const counted = d.of.filter((one) => one.count > 0).map((one) => stands[one.kind](one.count, one.named));
    const read =
      counted.length > 0
        ? `Abonnementen van ${d.customer}, zoals ik ze het laatst heb gelezen: ${counted.join(', ')}.`
        : `Ik ken geen abonnement van ${d.customer} dat eindigt of wordt verlengd.`;
    const old = d.skipped ? `De laatste keer kon ik niet naar ${d.customer} kijken: ${why}. Wat volgt, kan oud zijn. ` : '';
    return [`${old}${read}`, d.unread.length > 0 ? `Ik kon niet lezen: ${d.unread.join('; ')}.` : ''].filter(Boolean).join(' ');
  },
  nothingToMove: (d: { customer: Safe }) => `Ik ken geen abonnement van ${d.customer} dat kan worden omgezet.`,
  thanks: () => 'Graag gedaan.',
  nothingAsked: () =>
    'Hier wacht niets op uw ja of nee, en er is niets gewijzigd. Heb ik iets met knoppen gevraagd, druk er dan op een; past er geen, schrijf dan meer van de naam.',
  nothingWaits: () => 'Hier wacht geen omzetting op een antwoord. Schrijf **omzetten** en een klant om er een te beginnen; **verloopt** is de lijst.',
  watchingNow: (d: { who: Safe; what: readonly Safe[] }) => `${d.who}: deze chat volgt nu ${d.what.join(', ')}.`,
  watchingStopped: (d: { who: Safe }) => `${d.who}: deze chat volgt niets meer.`,
  noWatch: (d: { what: Safe }) =>
    `Ik ken geen klant en geen programma met de naam “${d.what}”. Er is niets gewijzigd; schrijf alleen **volg** om alle klanten te volgen.`,
  gone: () => 'Deze kaart is zo oud dat ik die niet meer ken. Er is niets gewijzigd; schrijf **toon** en de naam van de klant om een nieuwe te krijgen.',
  strayCard: () =>
    'Deze kaart wordt niet meer bijgewerkt; de huidige staat elders in deze chat. Er is niets gewijzigd; schrijf **toon** en de naam van de klant om die onderaan te krijgen.',
  otherChat: () => 'Deze kaart hoort bij een andere chat. Er is niets gewijzigd; schrijf hier **toon** en de naam van de klant.',
  unreachable: () => 'Ik kan Partnercentrum niet bereiken. Er is niets gewijzigd; probeer het over een minuut opnieuw.',
  failed: () => 'Er is aan mijn kant iets misgegaan. Er is niets gewijzigd; probeer het over een minuut opnieuw.',
  showing: () => 'Het komt in een nieuw bericht.',
  comes: () => 'Dit duurt even; het komt hier.',
  page: (d: { from: number; to: number; of: number }) => `${number(d.from)} tot en met ${number(d.to)} van ${number(d.of)}.`,
};
