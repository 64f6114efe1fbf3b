/** Price, approval and purchase. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import type { AgainWhy, RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { aMonth, count, licences, money, number, oneOf, people, stamp, termName, theDay, theMoment } from './format.ts';

export const refusals: Record<RefusalReason, string> = {
  oldChanged: 'Jag köpte den inte: den gamla prenumerationen har ändrats sedan priset begärdes. Titta på den och begär sedan ett pris igen.',
  agreement:
    'Inget pris än: kunden har inte godkänt Microsoft-kundavtalet (Microsoft Customer Agreement), och bara kunden kan göra det. En av dess globala administratörer loggar in på admin.microsoft.com och godkänner det där, eller via en länk som du skapar åt kunden; begär sedan priset igen. Ett avtal som godkändes före april 2023 måste godkännas på nytt.',
  accountReview: 'Inget pris än: Microsoft granskar den här kundens konto. Begär priset igen när granskningen är över.',
  notSold: 'Inget pris: den här planen säljs inte till den här kunden. Välj en annan.',
  termNotSold: 'Inget pris: den här planen säljs inte längre med den period som valdes. Välj en annan period, eller en annan plan.',
  quantity: 'Inget pris: antalet licenser ligger utanför vad den här planen tillåter. Ändra det och begär priset igen.',
  forbidden: 'Inget pris: Partnercenter låter mig inte köpa åt den här kunden. Be en administratörsagent kontrollera min åtkomst.',
  signIn:
    'Inget pris: Partnercenter vill ha en ny inloggning med kontot som jag arbetar med. En ägare skriver **medgivande** till mig i den personliga chatten med mig; begär sedan priset igen.',
  refused: 'Inget pris: Microsoft nekade den här ordern. Välj en annan plan, eller titta i Partnercenter.',
  unreachable: 'Inget pris: Partnercenter svarade inte. Inget köptes; begär priset igen om en minut.',
  rights: 'Jag köpte den inte: den som godkände får inte längre godkänna köp. Välj planen igen; någon annan godkänner.',
  notBought: 'Inget köptes: Microsoft tog inte emot köpet, och tjugo minuter senare finns det inte bland Microsofts ordrar. Välj planen igen för att köpa den.',
  saidNotBought:
    'En godkännare säger att ingen av de ordrar som finns är det här köpet. Välj planen igen för att köpa den; jag frågar om de ordrarna innan jag gör det.',
  otherCart:
    'Inget pris: varukorgen som Partnercenter skapade anger inget pris, eller är inte det som begärdes, så jag erbjuder den inte. Inget köptes; begär priset igen, eller köp den i Partnercenter.',
  endNotPossible: 'Jag lade inte in något: så som den ser ut nu kan jag inte lägga in det. Titta på den i Partnercenter.',
  endUnread: 'Jag lade inte in något: jag kunde inte läsa vad det skulle innebära. Begär det igen om en minut.',
  endOldChanged: 'Jag lade inte in något: prenumerationen har ändrats sedan det begärdes. Titta på den och begär det sedan igen.',
  unsteady:
    'Jag köpte den inte: gång på gång hade varukorgen ändrats eller försvunnit precis före köpet. Begär priset igen senare, eller köp den i Partnercenter.',
};

export const quoting = {
  state: 'Hämtar priset …',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} för ${d.plan}`,
  lead: 'Microsoft räknar ut priset. Inget köps genom detta.',
  speak: (customer: Safe) => `${customer}: frågar Microsoft om priset.`,
};

export const question = {
  state: 'Väntar på svar',
  lead: (order: Safe) =>
    `**Är order ${order} det här köpet?** Den gäller samma plan för den här kunden. Jag köper inget förrän en godkännare har sagt om den är det.`,
  ifYes: 'Om den är det köps inget mer; jag fortsätter med den ordern.',
  ifNo: 'Om det är en annan fortsätter jag med köpet. Skälet stannar i loggen.',
  speak: (customer: Safe) => `${customer}: finns det redan en order för detta? Inget köps förrän någon säger det.`,
  when: (at: string | null) => (at === null ? 'Okänt' : stamp(at)),
};

/** `, 20,40 € mer än nu`; nothing where the two cannot be compared. */
function compared({ monthly, old, sameCurrency }: Periods): string {
  if (!sameCurrency || !old) return '';
  const change = monthly.minor - old.minor;
  if (change === 0) return ', samma som nu';
  return `, ${money({ minor: Math.abs(change), currency: monthly.currency })} ${change > 0 ? 'mer' : 'mindre'} än nu`;
}

export const quote = {
  state: 'Väntar på godkännande',
  notYours: {
    ownRequest: 'Du begärde detta, så en annan godkännare måste säga ja till det.',
    noApprover: 'En godkännare måste säga ja till det.',
  },
  waitsFor: (d: { names: readonly Safe[]; more: boolean }) => `Det väntar på ${oneOf([...d.names, ...(d.more ? ['en annan godkännare'] : [])])}.`,
  what: (d: { quantity: number; plan: Safe }) => `Köp ${licences(d.quantity)} för ${d.plan}`,
  /** What is paid month by month: for both while both are paid, then for what is left. */
  periods: (d: Periods) => {
    const { monthly, old, until, later } = d;
    if (until === null) return [];
    const both = d.sameCurrency && old ? `**${aMonth({ ...old, minor: old.minor + monthly.minor })}** för båda, ` : '';
    const each = old
      ? `${both}${both ? money(old) : aMonth(old)} för den gamla och ${both ? money(monthly) : aMonth(monthly)} för den nya`
      : `${aMonth(monthly)} för den nya, och priset för den gamla, som inte är känt`;
    if (until.what === 'suspended')
      return [
        `Tills den gamla inaktiveras${until.atLatest ? `, senast till ${theDay(until.atLatest)}` : ''}: ${each}.`,
        `Därefter ${aMonth(monthly)}${compared(d)}.`,
      ];
    const sum = later?.currency === monthly.currency ? `**${aMonth({ ...monthly, minor: monthly.minor + later.minor })}** för båda: ` : '';
    const at = later ? ` till ${aMonth(later)}` : '';
    const then = {
      ends: `Därefter ${aMonth(monthly)}${compared(d)}.`,
      extends: `Därefter ${sum}${aMonth(monthly)} för den nya, och en betald Extended Service Term för den gamla${at} tills någon lägger in dess uppsägning.`,
      inEst: `Därefter ${sum}${aMonth(monthly)} för den nya, och ännu en månad av den gamlas Extended Service Term${at}, tills någon lägger in dess uppsägning.`,
      renews: `Därefter ${sum}${aMonth(monthly)} för den nya, och den gamla förnyas${at}, om ingen lägger in dess uppsägning.`,
      termEnds: `Därefter ${aMonth(monthly)} för den nya. Om den gamla sedan fortsätter och kostar pengar är inte känt.`,
    }[until.how];
    return [`Fram till ${theDay(until.day)}, oavsett vad som inaktiveras: ${each}.`, then];
  },
  /** Of the whole term, and whose prices these are. */
  total: (d: { total: Money; term: string }) =>
    `${d.term === 'P1M' ? 'Den kan sägas upp eller ändras varje månad.' : `${money(d.total)} över ${count(monthsOf(d.term) ?? 0, 'månad', 'månader')}.`} Priserna är vad ni som partner betalar, exklusive moms och andra skatter.`,
  /** Licences and people that do not fit each other. */
  unfit: (d: { quantity: number; inUse: number; monthly: Money | null }) => {
    const empty = d.quantity - d.inUse;
    if (empty < 0) return `**${number(-empty)} av ${people(d.inUse)} som har den gamla licensen får ingen av dessa.**`;
    if (empty === 0) return null;
    const unused = `${licences(empty)} blir tills vidare ${empty === 1 ? 'oanvänd' : 'oanvända'}`;
    if (!d.monthly) return `${unused}.`;
    const minor = (d.monthly.minor * empty) / d.quantity;
    const cost = `${Number.isInteger(minor) ? '' : 'ungefär '}${aMonth({ ...d.monthly, minor: Math.round(minor) })}`;
    return `${unused} och kostar ${cost}.`;
  },
  again: (why: AgainWhy) =>
    ({
      waited: 'Det väntade i mer än 15 minuter efter att det godkändes, så det måste godkännas igen.',
      cart: 'Varukorgen var inte längre så som den godkändes, så det måste godkännas igen.',
      source: 'Den gamla prenumerationen har ändrats sedan det godkändes, så det måste godkännas igen.',
      lastStep: 'Ja-svaret till det sista steget fick vänta i mer än en timme, så jag frågar en gång till.',
    })[why],
  sourceGone: (status: Safe) =>
    status === 'gone' ? 'Den gamla prenumerationen finns inte kvar.' : `Den gamla prenumerationen är inte aktiv nu; Microsoft kallar den ”${status}”.`,
  formerly: (d: { before: Money; after: Money } | null) =>
    `Priset ändrades${d ? ` från **${money(d.before)}** till **${money(d.after)}** per månad` : ''}, så det måste godkännas igen.`,
  seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
    `${number(d.quantity)} (${d.held === null ? 'okänt hur många nu' : `${number(d.held)} nu`}, ${d.inUse === null ? 'okänt hur många som används' : `${number(d.inUse)} används`})`,
  term: (term: Safe, billing: Safe) => `${termName(term, billing)}, förnyas automatiskt`,
  atOnce: 'Genast',
  reseller: (number: Safe) => `${number}; genom att godkänna bekräftar du att detta är den registrerade partnern`,
  approvers: (all: { name: Safe; reached: boolean }[]) =>
    all.map((one) => (one.reached ? `${one.name}, har fått ett personligt meddelande` : `${one.name}, kunde inte nås personligen`)).join('; '),
  when: 'När du godkänner',
  bullets: (d: { customer: Safe; both: boolean }) => [
    d.both ? `${d.customer} har då båda prenumerationerna, och båda betalas.` : `${d.customer} får den nya prenumerationen genast.`,
    'Den kan sägas upp inom 7 dagar, inte senare.',
    'Sedan väljer du vilka som får de nya licenserna.',
  ],
  foot: (d: { who: Safe; at: string; until: string }) => `Begärdes av ${d.who}, ${stamp(d.at)}. Priset gäller till ${theMoment(d.until)}.`,
  speak: (d: { customer: Safe; quantity: number; plan: Safe; monthly: Money | null }) =>
    `${d.customer}: godkänn ${licences(d.quantity)} för ${d.plan}${d.monthly ? ` till ${aMonth(d.monthly)}` : ''}?`,
  hidden: {
    personal: 'Priset står i den personliga chatten med mig. En godkännare läser det och godkänner där: skriv **visa** och kunden till mig.',
    never: 'Den som driver mig har stängt av visningen av priser, så inget visas. Det som du godkänner köps till Microsofts pris.',
  },
};

export const buying = {
  state: 'Köper …',
  lead: 'Microsoft förbereder prenumerationen. Det tar en minut eller två; du behöver inte vänta kvar, jag skriver här när den finns.',
  asking: 'Jag frågar Microsoft igen om köpet gick igenom. Det köps inte två gånger.',
  foot: (d: { who: Safe; at: string; monthly: Money | null }) => `Godkändes av ${d.who}, ${stamp(d.at)}${d.monthly ? `: ${aMonth(d.monthly)}` : ''}.`,
  speak: (customer: Safe) => `${customer}: köper nu.`,
};
