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
import { aMonth, licences, listed, number, oneOf, people, theDay, theMoment } from './format.ts';
import { isMark, marks, ofMarks } from './marks.ts';
import { notice } from './notice.ts';
import { stateNow } from './states.ts';
import { whySkipped } from './status.ts';
import { termEnd } from './termEnd.ts';

/** Commands that were not whole, in Swedish. */
const commands = {
  show: 'visa',
  move: 'flytta',
  history: 'historik',
  invite: 'bjud in',
  uninvite: 'dra tillbaka inbjudan',
  'read-only': 'skrivskydd',
  'dry-run': 'provkörning',
} as const;

const rights: Record<Right, string> = {
  see: 'se kundernas prenumerationer',
  watch: 'bestämma vad den här chatten bevakar',
  ask: 'påbörja eller ändra en flytt',
  approve: 'godkänna köp',
  licences: 'flytta licenser',
  suspend: 'inaktivera prenumerationer',
  own: 'ändra hur jag arbetar',
};

interface Named {
  plan: Safe;
  /** That Partner Center shows for it; empty where it shows none. */
  day: string;
  becomes: Becomes | null;
}

/** Some by name, with the day where there is one, and the word before it; in brackets. */
function named(some: readonly Named[], link: string | null): string {
  const each = some.map(({ plan, day }) => (link !== null && day ? `${plan} ${link}${theDay(day)}` : plan));
  return each.length > 0 ? ` (${each.join('; ')})` : '';
}

/** `Plan den 30 juni 2027, som 3 licenser`. */
function renewsAs({ plan, day, becomes }: Named): string {
  return `${plan}${day ? ` ${theDay(day)}` : ''}, som ${becoming(becomes)}`;
}

/** How many stand so, by what was read; all but those that renew as they are are named. */
const stands: Record<Counted, (n: number, some: readonly Named[]) => string> = {
  renews: (n) => `${number(n)} förnyas`,
  changes: (n, some) => `${number(n)} förnyas som något annat (${some.map(renewsAs).join('; ')})`,
  ends: (n, some) => `${number(n)} upphör utan att förnyas${named(some, '')}`,
  extends: (n, some) => `${number(n)} fortsätter månad för månad som betald Extended Service Term${named(some, 'från ')}`,
  inEst: (n, some) => `${number(n)} är i en Extended Service Term, betald per månad${named(some, null)}`,
  unsure: (n, some) => `för ${number(n)} är det inte känt vad som händer vid periodens slut${named(some, '')}`,
  unsaid: (n, some) => `för ${number(n)} säger Partnercenter inte om ${n === 1 ? 'den' : 'de'} förnyas${named(some, null)}`,
  stillBilled: (n, some) => `${number(n)} är ${n === 1 ? 'inaktiverad' : 'inaktiverade'} och faktureras fortfarande${named(some, 'till ')}`,
  suspended: (n, some) => `${number(n)} är ${n === 1 ? 'inaktiverad' : 'inaktiverade'}${named(some, null)}`,
  ended: (n, some) => `${number(n)} har upphört${named(some, null)}`,
  trials: (n, some) => `${number(n)} är ${n === 1 ? 'en utvärdering' : 'utvärderingar'}${named(some, 'till ')}`,
  missing: (n, some) => `${number(n)} saknades på den senaste listan${named(some, null)}`,
};

/** What is said to the one who asked. Why it did not happen, that nothing has changed, what to do. */
export const replies = {
  ...ofMarks,
  askingPrice: () => 'Frågar Microsoft om priset.',
  approved: () => 'Godkänt. Jag tittar på priset en gång till och köper sedan.',
  declined: () => 'Avslaget. Inget köptes.',
  cancelled: () => 'Avbrutet. Inget köptes.',
  cancelledOpen: () => 'Avbrutet: jag gör inte det här köpet.',
  moving: () => 'Flyttar licenserna nu.',
  suspending: () => 'Inaktiverar den gamla prenumerationen nu.',
  letEnd: () => 'Noterat. Jag håller koll tills den är slut.',
  weighing: (d: { to: SetEnd }) =>
    d.to === 'renew'
      ? 'Jag tar reda på vad en förnyelse binder kunden till, och ber om ett ja.'
      : 'Jag tar reda på vilka som skulle förlora åtkomsten, och ber om ett ja.',
  settingEnd: () => 'Lägger in uppsägningen nu.',
  endApproved: () => 'Godkänt. Jag tittar en gång till och lägger sedan in det.',
  endDeclined: () => 'Avslaget. Jag lägger inte in det.',
  endCancelled: () => 'Återkallat. Jag lägger inte in det.',
  endLapsed: () => 'Ingen godkände det i tid, så jag lägger inte in det. Inget har ändrats; begär det igen.',
  endOwnRequest: () => 'Du begärde detta, så en annan godkännare måste säga ja till det. Inget har ändrats.',
  endNotShown: () => 'Jag kan inte lägga in en uppsägning här än. Lägg in den i Partnercenter; jag tittar efter om det har skett. Inget har ändrats.',
  endNotPossible: (d: { to: SetEnd }) =>
    d.to === 'renew'
      ? 'Så som den ser ut nu kan jag inte förnya den. Inget har ändrats.'
      : 'Så som den ser ut nu kan jag inte säga upp den till periodens slut. Inget har ändrats.',
  left: () => 'Noterat. Jag lämnar den gamla prenumerationen som den är.',
  looking: () => 'Tittar igen.',
  gaveUp: () => 'Flytten slutar här.',
  settling: () => 'Jag tittar efter om det kan stämma. Kortet säger vad jag fann.',
  goesOn: () => 'Noterat. Jag fortsätter därifrån.',
  badOrder: (d: { value: Safe }) => `”${d.value}” är inte ett ordernummer. Kopiera det från ordern i Partnercenter. Inget har ändrats.`,
  back: () => 'Ett steg tillbaka. Inget köptes.',
  waived: () => 'Noterat. Det sista steget är öppet.',
  upToDate: () => 'Kortet är aktuellt.',
  whichPlan: (d: { customer: Safe; ticketId: string; plans: readonly Safe[]; terms: boolean }) =>
    `${d.customer}, ${d.ticketId}. Vilken plan? ${d.plans.map((plan, index) => `**${index + 1}** ${plan}`).join(' · ')}. Svara med ett nummer eller ett namn${d.terms ? '; därefter kan en period följa, som i ”1, 1 år, betalas årsvis”' : ''}.`,
  howMany: (d: { plan: Safe; term: Safe | null; proposed: number | null; inUse: number | null; minimum: number }) =>
    `${d.plan}${d.term === null ? '' : `, ${d.term}`}. Hur många licenser? ${d.inUse === null ? '' : `${number(d.inUse)} används. `}${d.minimum > 1 ? `Den kräver minst ${number(d.minimum)}. ` : ''}Svara med ett antal${d.proposed === null ? '' : `, eller **ja** för ${number(d.proposed)}`}.`,
  noPlan: (d: { value: Safe }) =>
    d.value
      ? `Jag hittar ingen plan som heter ”${d.value}” i den här kundens katalog. Inget har ändrats; skriv namnet så som Partnercenter visar det.`
      : 'Ingen plan är förvald här. Skriv namnet på planen att flytta till.',
  planNotSold: (d: { value: Safe }) => `${d.value} säljs inte till den här kunden. Inget har ändrats; välj en annan plan.`,
  manyPlans: (d: { value: Safe; plans: readonly Safe[] }) => `”${d.value}” kan betyda ${oneOf(d.plans)}. Inget har ändrats; skriv hela namnet på den du menar.`,
  manyTerms: (d: { plan: Safe; terms: readonly Safe[] }) =>
    `Det kan betyda mer än en period: ${notice.soldFor(d.plan, d.terms)} Inget har ändrats; skriv hur länge, och hur det betalas.`,
  termNotSold: (d: { plan: Safe; sold: readonly Safe[] }) => `${notice.soldFor(d.plan, d.sold)} Inget har ändrats; välj en av dessa perioder.`,
  termsUnread: (d: { plan: Safe }) =>
    `Jag vet inte än med vilka perioder ${d.plan} säljs. Inget har ändrats; välj planen utan period: priset anger vilken period det gäller, och ”Ändra” erbjuder sedan de andra.`,
  searching: (d: { value: Safe }) => `Jag letar efter ”${d.value}” i den här kundens katalog; svaret kommer hit.`,
  badPosition: (d: { value: Safe; max: number }) =>
    d.max === 1
      ? `Det finns en plan att välja, så skriv **1** eller planens namn, inte ”${d.value}”. Inget har ändrats.`
      : `Det finns ingen plan ”${d.value}”: skriv ett nummer från 1 till ${number(d.max)}, eller namnet på en plan. Inget har ändrats.`,
  badQuantity: (d: { value: Safe; min: number; max: number }) =>
    `”${d.value}” är inte ett tal från ${number(d.min)} till ${number(d.max)}. Inget har ändrats; skriv antalet licenser.`,
  reasonMissing: () => 'Ange ett skäl; de andra får se det. Inget har ändrats.',
  noSuchPeople: (d: { value: Safe }) =>
    d.value
      ? `Ingen som heter ”${d.value}” kan flyttas här. Inget har ändrats; skriv namn så som kortet visar dem.`
      : 'Ingen är vald. Inget har ändrats; välj minst en person.',
  samePeople: (d: { value: Safe; same: readonly unknown[] }) =>
    `”${d.value}” kan vara flera av personerna här, så ingen flyttades. ${d.same.length > 0 ? 'Välj nedan.' : 'Skriv för- och efternamn, eller välj personerna i den personliga chatten med mig.'}`,
  already: (d: { state: MoveState; who: Safe; at: string }) =>
    `${d.who ? `${d.who} påbörjade den här flytten ${theMoment(d.at)}` : 'Den här flytten har påbörjats'}: ${stateNow[d.state]}. Inget gjordes två gånger; kortet är aktuellt nu.`,
  alreadyApproved: (d: { who: Safe; at: string }) => `${d.who || 'Någon'} godkände detta ${theMoment(d.at)}. Inget gjordes två gånger; kortet är aktuellt nu.`,
  lapsed: () => 'Offerten har gått ut: ingen godkände den i tid. Inget köptes; begär priset igen.',
  ownSum: () =>
    'Du begärde det här priset. Med det som du själv har begärt och godkänt de senaste 24 timmarna ligger det över gränsen för en person, så en annan godkännare måste säga ja till det. Inget köptes.',
  ownRequest: () => 'Du begärde det här priset, så en annan godkännare måste säga ja till det. Inget köptes.',
  vouched: () => 'Noterat i ditt namn, med ditt skäl. Jag inaktiverar den gamla prenumerationen nu.',
  vouchInPerson: () => 'Säg i den personliga chatten med mig att du har kontrollerat: skriv **visa** och kunden där. Inget har ändrats.',
  ownVouch: () => 'Du begärde det här köpet, så en annan godkännare måste titta och bekräfta. Inget har ändrats.',
  approveInPerson: () => 'Priser visas i den personliga chatten med mig, så godkänn det där: skriv **visa** och kunden. Inget köptes.',
  cardInPerson: () => 'Namn väljs i den personliga chatten med mig: jag har lagt kortet där. Inget har ändrats.',
  pickInPerson: () =>
    'Vilka som flyttas väljs vid namn, så gör det i den personliga chatten med mig: skriv **visa** och kunden där. Eller skriv **alla utom** och namn under det här kortet. Inget har ändrats.',
  onlyInPerson: () => 'Vilka som lämnas kvar väljs vid namn, så gör det i den personliga chatten med mig: skriv **visa** och kunden där. Inget har ändrats.',
  mayNot: (d: { right: Right; who?: readonly Safe[] }) =>
    `Du får inte ${rights[d.right]}. ${d.who && d.who.length > 0 ? `Det får ${listed(d.who)}. ` : ''}Inget har ändrats.`,
  readOnly: () => 'Jag är skrivskyddad: inget köps, flyttas eller inaktiveras nu. Inget har ändrats; en ägare kan skriva ”skrivskydd av”.',
  readOnlyNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} slog på mitt skrivskydd. Inget köps, flyttas eller inaktiveras förrän en ägare skriver ”skrivskydd av”. Jag bevakar och säger till som förut.`
      : `${d.who} slog av mitt skrivskydd. Det som väntade går vidare inom en minut.`,
  dryRun: () =>
    'Detta är en provkörning: jag bevakar, säger till och hämtar priser, och inget köps, flyttas eller inaktiveras. Inget har ändrats; en ägare kan skriva ”provkörning av”.',
  dryRunNow: (d: { who: Safe; on: boolean }) =>
    d.on
      ? `${d.who} startade en provkörning. Jag bevakar, säger till och hämtar priser; inget köps, flyttas eller inaktiveras förrän en ägare skriver ”provkörning av”.`
      : `${d.who} avslutade provkörningen. Från och med nu köper, flyttar och inaktiverar jag det som någon av er bekräftar; det som väntade går vidare inom en minut.`,
  stoppedAlready: (d: { stop: Stop }) =>
    d.stop === 'dryRun'
      ? 'Detta är en provkörning, och den fortsätter: inget köps, flyttas eller inaktiveras förrän en ägare skriver ”provkörning av”. Inget har ändrats.'
      : 'Jag är skrivskyddad, och förblir det: inget köps, flyttas eller inaktiveras förrän en ägare skriver ”skrivskydd av”. Inget har ändrats.',
  readOnlyByOperator: () => 'Jag är skrivskyddad genom en inställning (READ_ONLY=on). Bara den som driver mig kan ändra det.',
  whoMayUnknown: () => 'Jag kan inte läsa i Microsoft Entra vad du får göra. Inget har ändrats; försök igen om en minut.',
  slowDown: () => 'Det var mer på en minut än jag tar emot från en person. Inget har ändrats; vänta ett ögonblick och försök igen.',
  badInput: () => 'Det kortet skickade något som jag inte tar emot. Inget har ändrats; skriv ”visa” och ärendet för att få ett nytt kort.',
  consent: (d: { link: Safe; minutes: number }) =>
    `Öppna den här sidan inom ${number(d.minutes)} minuter, i din egen webbläsare, och logga in med kontot som arbetar för mig i Partnercenter: ${d.link}`,
  consentInPerson: () => 'Skriv det till mig i vår personliga chatt; länken är bara för dig.',
  consentNotHere: () => 'Inget att ge medgivande till: sandlådan behöver ingen inloggning.',
  mayNotHere: () => 'Detta kräver en behörighet som du inte har. Inget har ändrats.',
  nothingMine: () => 'Inget väntar på dig, och du ansvarar inte för något.',
  nothingToApprove: () => 'Inget väntar på ditt godkännande.',
  quoteChanged: () => 'Priset eller planen har ändrats sedan dess. Inget köptes; kortet visar det nya.',
  notWhileUnclear: () => 'Det är ännu inte klart vad Microsoft gjorde, så det är inte riskfritt att ge upp. Tryck först på ”Titta igen”. Inget har ändrats.',
  boughtAlready: () => 'Den är köpt, så flytten kan inte längre avbrytas. Fortsätt, eller låt den gamla prenumerationen löpa vidare.',
  notNow: (d: { state: MoveState | 'none' }) => `Det passar inte nu: ${stateNow[d.state]}. Inget har ändrats; kortet är aktuellt nu.`,
  leftOff: (d: { customer: Safe; ticketId: string }) =>
    `Inget har påbörjats för ${d.customer}, ${d.ticketId}, och inget frågas längre. För att höra om det senare, skriv **skjut upp ${d.ticketId} 14**; för att släppa det, **släpp ${d.ticketId}** och ett skäl; **flytta ${d.ticketId}** ställer frågan igen.`,
  waitsForYou: (d: { only: { customer: Safe; ticketId: Safe } | null; n: number }) =>
    d.only
      ? `Det som väntar på ditt ja är ${d.only.customer}, ${d.only.ticketId}: skriv **visa ${d.only.ticketId}**.`
      : `${number(d.n)} andra väntar på ditt ja: skriv **godkännanden**.`,
  closed: (d: { how: 'renewed' | 'moved' | 'ended' | 'left' }) =>
    d.how === 'renewed'
      ? 'Den förnyas igen, så inget behöver göras. Inget har ändrats.'
      : d.how === 'moved'
        ? 'Den här flytten är klar. Inget gjordes två gånger.'
        : d.how === 'left'
          ? 'Kunden är inte längre vår. Inget har ändrats.'
          : 'Den har upphört, eller så har någon inaktiverat den på annat håll; kortet säger vilket. Inget har ändrats.',
  instead: (d: { state: MoveState | 'none'; ticketId: string; can: Can }) =>
    [
      `Inget har ändrats. ${hint(d.can) ?? `Just nu: ${stateNow[d.state]}.`}`,
      d.can.answers.includes('plan')
        ? `För att höra om det senare, skriv **skjut upp ${d.ticketId} 14**; för att släppa det, **släpp ${d.ticketId}** och ett skäl.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  answers: (d: { state: MoveState | 'none'; can: Can }) => `Det förstod jag inte; inget har ändrats. ${hint(d.can) ?? `Just nu: ${stateNow[d.state]}.`}`,
  askApproval: (d: { customer: Safe; plan: Safe; quantity: number; monthly: Money | null; can: Can }) =>
    asking(`Köpa ${licences(d.quantity)} för ${d.plan} åt ${d.customer}${d.monthly ? `, ${aMonth(d.monthly)}` : ''}?`, d.can),
  askPeople: (d: { customer: Safe; plan: Safe; movable: number; can: Can }) =>
    asking(d.movable > 0 ? `${d.customer}: flytta ${people(d.movable)} till ${d.plan}?` : `${d.customer}: vad ska hända med dem som inte har flyttats?`, d.can),
  askSuspend: (d: { customer: Safe; plan: Safe; last: LastStepHere; can: Can }) =>
    asking(
      {
        letEnd: `${d.customer}: låta ${d.plan} upphöra av sig själv, eller inaktivera den?`,
        cancel: `${d.customer}: ${d.plan} upphör inte av sig själv. Lägg in dess uppsägning i Partnercenter; jag tittar efter om den finns där.`,
        setEnd: `${d.customer}: säga upp ${d.plan} till periodens slut?`,
        suspend: `${d.customer}: inaktivera ${d.plan}?`,
        customerActs: `${d.customer} avslutar ${d.plan} där den köptes. Kortet har ett meddelande att skicka; jag kontrollerar en gång om dagen om den är borta.`,
      }[d.last],
      d.can,
    ),
  askEnd: (d: { customer: Safe; plan: Safe; to: SetEnd; day: string; can: Can }) => asking(termEnd.speak(d), d.can),
  askCheck: (d: { customer: Safe; can: Can }) => asking(`${d.customer}: flytten har stannat och någon måste ingripa.`, d.can),
  typedAhead: () => 'Du skrev det innan jag hade frågat, eller så kan jag inte avgöra det, så jag tog det inte som ett svar; inget har ändrats.',
  cardChanged: () => 'Frågan här är nu en annan än på kortet som du tryckte på. Inget har ändrats; kortet är aktuellt nu.',
  plansUnread: () => 'Jag kan inte läsa den här kundens katalog just nu, och försöker igen av mig själv. Inget har ändrats; svara när planerna står på kortet.',
  reading: () => 'Jag läser fortfarande den här kundens katalog. Inget har ändrats; svara när planerna finns på kortet.',
  notUnderstood: (d: { text: Safe; didYouMean: Safe | null }) =>
    d.didYouMean
      ? `Jag känner inte till ”${d.text}”. Menade du **${d.didYouMean}**?`
      : `Jag känner inte till ”${d.text}”. Skriv **hjälp** för att se vad jag kan göra.`,

  reminders: (d: { days: readonly number[] }) =>
    d.days.length === 0
      ? 'Jag påminner inte den här chatten innan en period slutar. Skriv **påminn 30 7 1** för att ändra det.'
      : `Jag påminner den här chatten ${listed(d.days.map(number))} ${d.days.length === 1 && d.days[0] === 1 ? 'dag' : 'dagar'} innan en period slutar, om ingen har beslutat. Skriv **påminn av**, eller andra dagar av 60, 30, 14, 7 och 1, för att ändra det.`,
  incomplete: (d: { of: keyof typeof commands | 'remind' | 'settings' | 'export' | MarkWord }) => incomplete(d.of),
  noCustomer: (d: { what: Safe; company: boolean }) =>
    d.company
      ? `Jag känner inte till någon kund som heter ”${d.what}”. Skriv början av namnet; om det inte är er kund än, skriv **bjud in ${d.what}**.`
      : `Jag känner inte till någon kund som heter ”${d.what}”. Skriv början av en kunds namn; **upphör** är listan.`,
  ofTicket: (d: { customer: Safe; ticketId: string; what: string }) => `${d.customer}, ${d.ticketId}: ${d.what}`,
  noTicket: (d: { what: Safe }) => `Jag känner inte till något ärende ${d.what}. Skriv **upphör** för att se de öppna.`,
  takenAs: (d: { wanted: Safe; name: Safe }) => `Jag tolkar ”${d.wanted}” som ${d.name}.`,
  longText: (d: { max: number }) => `Det är längre än jag läser: jag tar emot högst ${number(d.max)} tecken. Inget har ändrats; skriv det med färre ord.`,
  allRenew: (d: { customer: Safe }) => `Allt hos ${d.customer} förnyas. Skriv **flytta ${d.customer}** för att ändå flytta en.`,
  /** How a customer stands of whom not everything was read, or not everything renews. */
  stands: (d: {
    customer: Safe;
    looked: boolean;
    skipped: Safe | null;
    left: boolean;
    of: readonly { kind: Counted; count: number; named: readonly Named[] }[];
    unread: readonly Safe[];
  }) => {
    if (d.left) return `${d.customer} är inte längre vår kund, så jag kontrollerar den inte längre.`;
    const why = d.skipped === null ? '' : whySkipped(d.skipped);
    if (!d.looked)
      return d.skipped
        ? `Jag har inte kunnat kontrollera ${d.customer} än: ${why}. Jag fortsätter att försöka.`
        : `Jag har inte kontrollerat ${d.customer} än.`;
    const counted = d.of.filter((one) => one.count > 0).map((one) => stands[one.kind](one.count, one.named));
    const read =
      counted.length > 0
        ? `Prenumerationer hos ${d.customer}, så som jag senast läste dem: ${counted.join(', ')}.`
        : `Jag känner inte till någon prenumeration hos ${d.customer} som upphör eller förnyas.`;
    const old = d.skipped ? `Jag kunde inte kontrollera ${d.customer} senaste gången: ${why}. Det som följer kan vara gammalt. ` : '';
    return [`${old}${read}`, d.unread.length > 0 ? `Jag kunde inte läsa: ${d.unread.join('; ')}.` : ''].filter(Boolean).join(' ');
  },
  nothingToMove: (d: { customer: Safe }) => `Jag känner inte till någon prenumeration hos ${d.customer} som kan flyttas.`,
  thanks: () => 'Varsågod.',
  nothingAsked: () =>
    'Inget väntar på ditt ja eller nej här, och inget har ändrats. Där jag frågade med knappar, tryck på en; där ingen av dem passar, skriv mer av namnet.',
  nothingWaits: () => 'Ingen flytt väntar på svar här. Skriv **flytta** och en kund för att påbörja en; **upphör** är listan.',
  watchingNow: (d: { who: Safe; what: readonly Safe[] }) => `${d.who}: den här chatten bevakar nu ${d.what.join(', ')}.`,
  watchingStopped: (d: { who: Safe }) => `${d.who}: den här chatten bevakar ingenting längre.`,
  noWatch: (d: { what: Safe }) =>
    `Jag känner varken till någon kund eller något program som heter ”${d.what}”. Inget har ändrats; skriv bara **bevaka** för alla kunder.`,
  gone: () => 'Det här kortet är för gammalt för att jag ska känna igen det. Inget har ändrats; skriv **visa** och kunden för att få ett nytt.',
  strayCard: () =>
    'Det här kortet uppdateras inte längre; det aktuella finns på ett annat ställe i den här chatten. Inget har ändrats; skriv **visa** och kunden för att få det längst ned.',
  otherChat: () => 'Det här kortet hör till en annan chatt. Inget har ändrats; skriv **visa** och kunden här.',
  unreachable: () => 'Jag kan inte nå Partnercenter. Inget har ändrats; försök igen om en minut.',
  failed: () => 'Något gick fel hos mig. Inget har ändrats; försök igen om en minut.',
  showing: () => 'Det kommer i ett nytt meddelande.',
  comes: () => 'Det här tar en stund; det kommer hit.',
  page: (d: { from: number; to: number; of: number }) => `${number(d.from)} till ${number(d.to)} av ${number(d.of)}.`,
};

/** How a command is written of which only the beginning came. */
function incomplete(of: keyof typeof commands | 'remind' | 'settings' | 'export' | MarkWord): string {
  if (isMark(of)) return marks[of];
  switch (of) {
    case 'settings':
      return 'Jag förstod inte vad som ska ställas in, så inget har ändrats. Skriv **inställningar** för kortet med allt, eller till exempel ”inställningar tyst 18-8”, ”inställningar tidszon Stockholm”, ”inställningar lista vardagar 9”.';
    case 'remind':
      return 'Jag kan påminna dig 60, 30, 14, 7 och 1 dagar innan en period slutar: skriv till exempel **påminn 30 7**, eller **påminn av**.';
    case 'export':
      return 'Skriv **exportera ärenden**, **exportera beslut** eller **exportera logg**, med **csv** eller **json** efter.';
    case 'read-only':
    case 'dry-run':
      return `Skriv **${commands[of]} på** eller **${commands[of]} av**.`;
    case 'invite':
    case 'uninvite':
      return `Vilket företag? Skriv **${commands[of]}** och företagets namn, till exempel ”${commands[of]} adatum”.`;
    default:
      return `Vilken? Skriv **${commands[of]}** och en kund eller ett ärende, till exempel ”${commands[of]} contoso”; **upphör** listar vad som kan avses.`;
  }
}
