/** A move that has stopped. */

import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Difference, StuckReason, UnsettledWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { licences, money, number, termLength, theDay } from './format.ts';

const vouchHow = 'Om jag aldrig kan få reda på det kontrollerar en godkännare i Partnercenter och bekräftar det i den personliga chatten med mig.';

/** What the end of a term can be read as, instead of a cancellation that was set: what is planned by a word that is known, or, with nothing planned, its state. */
const LOST: ReadonlySet<string> = new Set(['RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition', 'active', 'suspended']);

function notCancelling(code: Safe): string {
  if (LOST.has(code)) return `**Uppsägningen som lades in finns inte kvar.** Partnercenter säger ”${code}”. Jag lägger inte in den igen av mig själv.`;
  if (code === 'Cancel')
    return '**Automatisk förnyelse är på vid sidan av uppsägningen som lades in**, så det är inte säkert att den fortfarande är uppsagd. Jag ändrar ingenting av mig själv.';
  return `**Det är inte säkert att den fortfarande är uppsagd:** Partnercenter säger ”${code}”, som jag inte känner till. Jag ändrar ingenting av mig själv.`;
}

export const stuck = {
  state: 'Stannat: någon måste ingripa',
  safe: 'Vad som är säkert',
  canDo: 'Vad du kan göra',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} för ${d.plan}`,
  said: (words: Safe) => `Microsoft säger: ”${words}”`,
  vouchHow,
  lead: (reason: StuckReason, d: { time: Safe; left: Safe; differs: Safe; code: Safe }): string =>
    ({
      skuUnknown: `**Microsoft anger inte licensen för ${d.code === 'new' ? 'den nya prenumerationen' : d.code === 'both' ? 'någon av prenumerationerna' : 'den gamla prenumerationen'}**, så jag kan inte säga vem som skulle förlora åtkomsten. Inget inaktiverades.`,
      seatsUnknown: `**${
        d.code === 'pool'
          ? 'Microsoft listar inte platserna för den gamla licensen'
          : d.code === 'counts'
            ? 'Microsoft säger inte hur många platser för den gamla licensen som används'
            : 'Microsofts antal platser för den gamla licensen stämmer inte med vad jag läste'
      }**, så jag vet inte om någon skulle förlora åtkomsten. Inget inaktiverades.`,
      unread: '**Partnercenter ger mig inte det som nästa steg behöver.** Inget inaktiverades.',
      suspendNotDone:
        '**Jag bad två gånger om att den gamla prenumerationen skulle inaktiveras, och den är fortfarande aktiv.** Jag ber inte igen av mig själv.',
      suspendOverruled:
        '**Den gamla prenumerationen har ändrats sedan någon sade ja till att inaktivera den, och den är aktiv.** Jag kör inte över den ändringen genom att inaktivera den.',
      notActive: `**Den gamla prenumerationen är inte längre aktiv.** Partnercenter kallar den ”${d.code}”. Jag inaktiverade den inte.`,
      purchaseRefused: '**Microsoft nekade köpet.** Inget köptes.',
      orderDiffers: `**Den är köpt, men ordern är inte det som godkändes: ${d.differs}.** Jag går inte vidare av mig själv.`,
      provisioningFailed: `**Den beställdes, men Microsoft kallar den ”${d.code}”, så inget kan användas.**`,
      purchaseUnclear: `**Microsoft har inte sagt om köpet gick igenom.** Jag har frågat fram till den ${d.time} och köper inte igen.`,
      provisioningLate: '**Den är köpt, men Microsoft har inte gjort den klar inom ett dygn.**',
      holders: `**${d.left} skulle förlora åtkomsten**, eftersom ny licens saknas. Inget inaktiverades.`,
      suspendRefused: '**Microsoft nekade att inaktivera den gamla prenumerationen.** Inget har ändrats.',
      suspendUnclear: `**Microsoft har inte sagt om den gamla prenumerationen är inaktiverad.** Jag har frågat fram till den ${d.time}.`,
      endRefused: '**Microsoft nekade att lägga in vad som ska ske vid periodens slut.** Inget har ändrats.',
      endUnclear: `**Microsoft har inte sagt om det som ska ske vid periodens slut är inlagt.** Jag har frågat fram till den ${d.time}.`,
      endNotDone:
        '**Jag bad Microsoft att lägga in vad som ska ske vid periodens slut, och det finns inte där.** Jag ber inte igen av mig själv: lägg in det i Partnercenter, eller säg ja en gång till.',
      endOverruled: '**Prenumerationen har ändrats sedan någon sade ja till vad som ska ske vid periodens slut.** Jag kör inte över den ändringen.',
      endLost: notCancelling(d.code),
      forbidden: SIGN_IN_AGAIN.has(d.code)
        ? '**Partnercenter vill ha en ny inloggning med kontot som jag arbetar med**, så jag kan inte läsa eller ändra licenser.'
        : '**Partnercenter låter mig inte läsa eller ändra den här kundens licenser.**',
      rights: '**Den som lät det här steget ske får inte längre göra det.** Jag har stannat.',
    })[reason],
  /** `alone`: only an end was to be set, and nothing bought. */
  safeBullets: (reason: StuckReason, d: { day: string; how: OldOne; alone: boolean }): string[] => {
    // Until then it works whatever comes after; where its end could not be set, what comes after is said instead.
    const isSaid = reason.startsWith('end') && (d.how === 'extends' || d.how === 'inEst' || d.how === 'termEnds');
    const works = d.how === 'unsaid' || isSaid ? [] : [`Den gamla prenumerationen fungerar till ${theDay(d.day)}.`];
    const inEst = d.how === 'inEst' && !isSaid ? ['Den gamla prenumerationen fortsätter, månad för månad.'] : works;
    const goesOn = d.how === 'renews' ? [`Den gamla prenumerationen fortsätter, och förnyas ${theDay(d.day)}.`] : inEst;
    if (d.alone || reason.startsWith('end'))
      return reason === 'endUnclear' ? ['Det är inlagt eller inte; jag ändrade inget annat.'] : ['Jag ändrade inget annat.', ...goesOn];
    if (reason === 'purchaseUnclear') return ['Det finns en order eller ingen, aldrig två.', [...goesOn, 'Ingen licens har ändrats.'].join(' ')];
    if (reason === 'purchaseRefused') return [[...goesOn, 'Ingen licens har ändrats.'].join(' ')];
    if (reason === 'rights') return ['Det som redan är gjort ändras inte, och inget mer händer.', ...goesOn];
    if (reason === 'suspendUnclear') return ['Den är inaktiverad eller fortfarande aktiv; jag ändrade inget annat.'];
    if (reason === 'notActive') return ['Den är köpt en gång.'];
    return [reason === 'provisioningFailed' ? 'Den beställdes en gång.' : 'Den är köpt en gång.', ...goesOn];
  },
  lookBullets: (): string[] => ['Kontrollera i Partnercenter om uppsägningen fortfarande finns där.', 'Tryck på ”Titta igen”: jag läser det en gång till.'],
  doBullets: (reason: StuckReason, d: { quantity: number; code: string; alone: boolean; vouch: boolean }): string[] => {
    // Only where it can be said is it offered.
    const vouch = d.vouch ? [vouchHow] : [];
    const again = 'Tryck sedan på ”Titta igen”; jag fortsätter därifrån.';
    if (d.alone || reason.startsWith('end'))
      return ['Titta på prenumerationen i Partnercenter.', 'Tryck på ”Titta igen”: då frågar jag dig en gång till, om hur den ser ut nu.'];
    if (reason === 'purchaseUnclear')
      return [
        'Jag fortsätter att titta av mig själv. Om ingen order finns där tjugo minuter efter det sista försöket köptes den inte.',
        `Eller leta i Partnercenter efter en order på ${licences(d.quantity)}; en godkännare trycker sedan på ”Säg vad som hände”.`,
      ];
    if (reason === 'orderDiffers')
      return [
        'Titta på ordern i Partnercenter. Det som går att lämna tillbaka kan lämnas tillbaka inom 7 dagar från köpet.',
        'En godkännare trycker på ”Fortsätt med ordern” för att ta den som den är; ”Titta igen” läser ordern en gång till.',
      ];
    if (reason === 'provisioningFailed') return ['Fråga Microsofts support om ordern; dess nummer finns under ”För support”.', again];
    if (reason === 'purchaseRefused')
      return [
        'Leta efter orsaken i Partnercenter; koden finns under ”För support”.',
        'Tryck på ”Titta igen” för att försöka med samma varukorg en gång till, eller ”Ge upp”.',
      ];
    if (reason === 'provisioningLate') return ['Fråga Microsofts support om ordern; dess nummer finns under ”För support”.', again];
    if (reason === 'skuUnknown' || reason === 'seatsUnknown') return [`Vänta några minuter: Microsoft kan ligga efter. ${again}`, ...vouch];
    if (reason === 'unread') return [`Vänta några minuter. ${again}`, ...vouch];
    if (reason === 'suspendNotDone' || reason === 'suspendOverruled')
      return ['Titta på prenumerationen i Partnercenter.', 'Tryck på ”Titta igen”: då frågar jag dig om den ska inaktiveras nu.'];
    if (reason === 'notActive')
      return ['Titta på prenumerationen i Partnercenter.', 'Tryck på ”Titta igen” om den är aktiv igen, eller ”Ge upp” för att avsluta flytten här.'];
    if (reason === 'holders') return ['Ge dem den nya licensen i Partnercenter, eller ta bort den gamla.', again];
    if (reason === 'forbidden' && SIGN_IN_AGAIN.has(d.code))
      return ['En ägare skriver **medgivande** till mig i den personliga chatten med mig, och loggar in.', again, ...vouch];
    if (reason === 'forbidden') return ['Be en administratörsagent kontrollera åtkomsten till den här kunden (GDAP: License Administrator).', again, ...vouch];
    if (reason === 'rights')
      return ['Tryck på ”Titta igen”. Det sätter inget i gång: sedan ber jag om ett nytt ja till det här steget, av någon som får ge det.'];
    return ['Titta på prenumerationen i Partnercenter.', again];
  },
  /** `prices`: whether they may be said here. */
  differs: (all: readonly Difference<Safe>[], d: { prices: boolean }): string =>
    all
      .map((one) => {
        if (one.what === 'price' && !d.prices) return 'ett annat pris';
        if (one.what === 'price') return `${money(one.came)} i stället för ${money(one.asked)}`;
        if (one.what === 'seats') return `${licences(one.came)} i stället för ${number(one.asked)}`;
        if (one.what === 'lines') return `${number(one.came)} rader i stället för en`;
        if (one.what === 'term') return `${termLength(one.came)} i stället för ${termLength(one.asked)}`;
        return `${one.came} i stället för ${one.asked}`;
      })
      .join('; '),
  unsettled: (why: UnsettledWhy): string =>
    ({
      noSuchOrder: '**Jag kan inte hitta den ordern hos den här kunden.** Titta efter dess nummer i Partnercenter.',
      otherProduct: '**Den ordern gäller inte den här planen.** Inget har ändrats.',
      otherMove: '**Den ordern hör till en annan flytt.** Inget har ändrats.',
      tooSoon: '**Det är för tidigt att säga att den inte köptes.** Ordrar kan dröja tjugo minuter innan de syns; jag fortsätter att titta.',
      ordered: '**Enligt varukorgen är den köpt, så det är inte säkert att det inte finns någon order.** Jag fortsätter att leta efter den.',
      orderThere:
        '**Det finns en order sedan dess som kan vara den.** Säg vilken order det är, med dess nummer; eller säg en gång till att den inte köptes, om den är ingen av dem.',
      ordersUnread: '**Jag kan inte se alla ordrar för den här kunden nu.** Inget har ändrats; försök igen senare.',
    })[why],
  stepName: {
    purchasing: 'Köp',
    provisioning: 'Köp',
    purchased: 'Licenser',
    reassigning: 'Licenser',
    suspending: 'Inaktivering',
    setting: 'Periodens slut',
    set: 'Periodens slut',
  } as Record<string, string>,
  speak: (customer: Safe) => `${customer}: flytten har stannat och någon måste ingripa. Inget görs två gånger.`,
};
