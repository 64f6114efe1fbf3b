/** A move of several customers at once: choosing them, their prices, and the one yes to all of them. */
import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { NotDeclined, NotWritten, OutWhy } from '../../../services/moves/bulk.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, count, licences, listed, money, number, termName, theMoment } from './format.ts';

const subscriptions = (n: number) => count(n, 'prenumeration', 'prenumerationer');
const prices = (n: number) => count(n, 'pris', 'priser');

const refused: Record<RefusalReason, string> = {
  oldChanged: 'den gamla prenumerationen har ändrats sedan dess',
  agreement: 'kunden har inte godkänt kundavtalet',
  accountReview: 'Microsoft granskar kundens konto',
  notSold: 'planen säljs inte till den här kunden',
  termNotSold: 'planen säljs inte med den här perioden',
  quantity: 'antalet licenser ligger utanför vad planen tillåter',
  forbidden: 'Partnercenter låter mig inte köpa åt den här kunden',
  signIn: 'Partnercenter vill ha en ny inloggning med kontot som jag arbetar med',
  refused: 'Microsoft nekade det',
  unreachable: 'Partnercenter svarade inte',
  rights: 'den som godkände får inte längre göra det',
  notBought: 'Microsoft tog inte emot köpet',
  saidNotBought: 'en godkännare säger att det inte köptes',
  otherCart: 'varukorgen anger inget pris, eller är inte det som begärdes',
  unsteady: 'varukorgen ändrades gång på gång',
  endNotPossible: 'det går inte att begära',
  endUnread: 'det kunde inte läsas',
  endOldChanged: 'den gamla prenumerationen har ändrats sedan dess',
};

const out: Record<OutWhy, string> = {
  closed: 'dess ärende är stängt',
  busy: 'någon flyttar den redan',
  plan: 'den här planen erbjuds inte för den',
  seats: 'planen tillåter inte dess antal licenser',
  rights: 'den som frågade får inte längre begära priser',
  unread: 'dess planer kunde inte läsas i tid',
  other: 'någon påbörjade en annan flytt av den',
};

const notWritten: Record<NotWritten, string> = {
  changed: 'dess pris eller plan har ändrats sedan kortet skapades',
  lapsed: 'ja-svaret, eller priset, var för gammalt',
  another: 'en annan godkännare måste säga ja till den',
  rights: 'den som godkände får inte längre göra det',
  gone: 'dess ärende är stängt',
};

const notDeclined: Record<NotDeclined, string> = {
  changed: 'dess pris eller plan har ändrats sedan kortet skapades',
  approved: 'den hade godkänts tidigare',
  rights: 'den som avslog får inte längre göra det',
  gone: 'dess ärende är stängt',
};

export const bulk = {
  none: (d: { programme: Safe }) =>
    `Jag känner inte till något öppet ärende för ${d.programme}. Inget har ändrats; **upphör** listar allt som inte är inställt på förnyelse.`,
  notOne: 'På den här listan finns inte längre flera prenumerationer inom samma program för återkallade erbjudanden. Inget har ändrats.',
  severalHere: 'den här listan',
  whichProgramme: 'Vilket program?',
  whichProgrammeFor: 'Den här listan har flera. Ett beslut gäller ett av dem; inget har ändrats.',
  whichProgrammeFoot: 'De andra programmens prenumerationer förblir som de är.',
  onList: (n: number) => `${number(n)} på den här listan`,
  choose: (d: { n: number; programme: Safe }) => `${subscriptions(d.n)} inom ${d.programme}`,
  choosing: (d: { chosen: number; n: number }) =>
    `${d.chosen === 0 ? 'Ingen är vald; då gäller det alla.' : `${number(d.chosen)} av ${number(d.n)} är ${d.chosen === 1 ? 'vald' : 'valda'}.`} Tryck på ett namn för att välja det eller välja bort det. Var och en får så många licenser som används, där det är känt, annars så många som den har. Det kostar ingenting att hämta priser.`,
  chosen: (name: Safe) => `✓ ${name}`,
  toggle: (d: { name: Safe; on: boolean }) => (d.on ? `Välj ${d.name}` : `Välj bort ${d.name}`),
  getPrices: (d: { chosen: number; n: number }) => {
    if (d.chosen > 0) return d.chosen === 1 ? 'Hämta 1 pris' : `Hämta ${d.chosen} priser`;
    return d.n === 1 ? 'Hämta priset' : d.n === 2 ? 'Hämta båda priserna' : `Hämta alla ${d.n} priser`;
  },
  rest: (d: { n: number; most: number }) => `Jag tar ${number(d.most)} åt gången; ${number(d.n)} till väntar tills du börjar om.`,
  whichPlan: 'Till vilken plan?',
  whichPlanFor: (d: { programme: Safe; n: number }) => `${subscriptions(d.n)} inom ${d.programme}. Inget har ändrats.`,
  whichPlanFoot: 'En prenumeration vars eget program inte erbjuder planen utelämnas, och nämns vid namn.',
  asking: (d: { n: number; plan: Safe }) => `Jag begär ${prices(d.n)} för ${d.plan}. De kommer hit tillsammans; inget köps innan någon godkänner.`,
  already: 'Priserna har redan begärts. Inget har ändrats; kortet är aktuellt nu.',
  approved: (d: { n: number }) => `Du har godkänt ${subscriptions(d.n)}. Jag registrerar godkännandet av var och en och berättar här vad det blev av det.`,
  declined: (d: { n: number }) =>
    `Du har avslagit ${prices(d.n)}. Jag avslutar flytten för vart och ett, med ditt skäl i loggen, och berättar här vad det blev av det. Inget köps.`,
  ownSum: () =>
    'Du begärde de här priserna. Tillsammans, och med det som du själv har begärt och godkänt de senaste 24 timmarna, ligger de över gränsen för en person, så en annan godkännare måste säga ja. Inget köptes.',
  /** The card's heading. */
  who: (d: { state: 'asking' | 'asked' | 'approving' | 'declining'; quoted: number; approved: number; declined: number; n: number; plan: Safe }) => {
    if (d.state === 'asking') return `Begär ${prices(d.n)} för ${d.plan}`;
    if (d.state === 'approving') return `${subscriptions(d.n)} till ${d.plan}: godkännandena registreras`;
    if (d.state === 'declining') return `${subscriptions(d.n)} till ${d.plan}: flyttarna avslutas`;
    if (d.quoted > 0) return `${number(d.quoted)} av ${prices(d.n)} för ${d.plan} väntar på godkännande`;
    if (d.approved === 0 && d.declined > 0) return `${number(d.declined)} av ${prices(d.n)} för ${d.plan} avslogs`;
    return `${number(d.approved)} av ${subscriptions(d.n)} till ${d.plan} är ${d.approved === 1 ? 'godkänd' : 'godkända'}`;
  },
  /** What the yes costs, of those that are quoted. */
  sums: (d: { monthly: readonly Money[]; total: readonly Money[]; seats: number }) =>
    `Tillsammans ${listed(d.monthly.map(aMonth))} för ${licences(d.seats)}, ${listed(d.total.map(money))} över hela perioderna.`,
  hidden: { personal: 'Priser visas bara i den personliga chatten med mig; godkänn var och en där.', never: 'Priser visas inte.' },
  yesMeans: (n: number) =>
    n === 0
      ? ''
      : n === 1
        ? 'Ett ja innebär att den köps.'
        : `Ett enda ja godkänner ${n === 2 ? 'båda' : `alla ${number(n)}`}, var och en till sitt eget pris: en vars pris ändras köps inte och hindrar ingen annan.`,
  another: (d: { who: Safe }) => `${d.who} begärde dem; tillsammans ligger de över gränsen, så en annan godkännare måste säga ja.`,
  askedBy: (d: { who: Safe }) => `Begärdes av ${d.who}.`,
  lookedAt: (at: string) => `Så som det var ${theMoment(at)}.`,
  approve: (n: number) => (n === 1 ? 'Godkänn och köp' : `Godkänn och köp ${n}`),
  decline: (n: number) => (n === 1 ? 'Avslå' : n === 2 ? 'Avslå båda' : `Avslå alla ${n}`),
  foot: (d: { from: number; to: number; of: number }) => `${number(d.from)} till ${number(d.to)} av ${number(d.of)}.`,
  whole: (total: Money) => `${money(total)} totalt`,
  state: {
    reading: 'dess planer läses',
    toAsk: 'dess pris begärs',
    asking: 'dess pris begärs',
    approved: 'godkänd; dess eget kort säger hur det går vidare',
    declined: 'avslagen; inget köptes',
    cancelled: 'dess flytt avslutades',
    lapsed: 'dess pris har gått ut',
    quoted: (d: { term: Safe; billing: Safe; until: string }) => `${termName(d.term, d.billing)}; priset gäller till ${theMoment(d.until)}`,
    refused: (reason: RefusalReason) => `inget pris: ${refused[reason]}`,
    out: (why: OutWhy) => `utelämnad: ${out[why]}`,
    notDeclined: (why: NotDeclined) => `inte avslagen: ${notDeclined[why]}`,
    notWritten: (why: NotWritten) => `inte godkänd: ${notWritten[why]}`,
  },
};
