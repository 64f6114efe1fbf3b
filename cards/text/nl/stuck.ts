/** A move that has stopped. */

import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Difference, StuckReason, UnsettledWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { date, licences, money, number, termLength } from './format.ts';

const vouchHow = 'Is dit hier nooit te achterhalen, dan kijkt een goedkeurder in Partnercentrum en bevestigt dat in de chat met mij alleen.';

/** What the end of a term can be read as, instead of a cancellation that was set: what is planned by a word that is known, or, with nothing planned, its state. */
const LOST: ReadonlySet<string> = new Set(['RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition', 'active', 'suspended']);

function notCancelling(code: Safe): string {
  if (LOST.has(code)) return `**De ingestelde opzegging is er niet meer.** Partnercentrum zegt “${code}”. Ik stel die niet uit mijzelf opnieuw in.`;
  if (code === 'Cancel')
    return '**Automatische verlenging staat aan naast de ingestelde opzegging**, dus het is niet zeker dat het nog eindigt. Ik wijzig niets uit mijzelf.';
  return `**Het is niet zeker dat het nog eindigt:** Partnercentrum zegt “${code}”, en dat ken ik niet. Ik wijzig niets uit mijzelf.`;
}

export const stuck = {
  state: 'Gestopt: er is iemand nodig',
  safe: 'Wat zeker is',
  canDo: 'Wat u kunt doen',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} van ${d.plan}`,
  said: (words: Safe) => `Microsoft zegt: “${words}”`,
  vouchHow,
  lead: (reason: StuckReason, d: { time: Safe; left: Safe; differs: Safe; code: Safe }): string =>
    ({
      skuUnknown: `**Microsoft noemt de licentie van ${d.code === 'new' ? 'het nieuwe abonnement' : d.code === 'both' ? 'geen van beide abonnementen' : 'het oude abonnement'}${d.code === 'both' ? '' : ' niet'}**, dus ik kan niet zeggen wie de toegang zou verliezen. Er is niets opgeschort.`,
      seatsUnknown: `**${
        d.code === 'pool'
          ? 'Microsoft toont niet hoeveel er van de oude licentie zijn'
          : d.code === 'counts'
            ? 'Microsoft zegt niet hoeveel er van de oude licentie in gebruik zijn'
            : 'Het aantal dat Microsoft van de oude licentie telt, past niet bij wat ik lees'
      }**, dus ik weet niet of iemand de toegang zou verliezen. Er is niets opgeschort.`,
      unread: '**Partnercentrum geeft mij niet wat de volgende stap nodig heeft.** Er is niets opgeschort.',
      suspendNotDone: '**Ik heb twee keer gevraagd het oude abonnement op te schorten, en het is nog steeds actief.** Ik vraag het niet uit mijzelf opnieuw.',
      suspendOverruled:
        '**Het oude abonnement is gewijzigd nadat het opschorten was bevestigd, en het is actief.** Na die wijziging schort ik het niet zomaar op.',
      notActive: `**Het oude abonnement is niet meer actief.** Partnercentrum noemt het “${d.code}”. Ik heb het niet opgeschort.`,
      purchaseRefused: '**Microsoft heeft de aankoop geweigerd.** Er is niets gekocht.',
      orderDiffers: `**Het is gekocht, maar de order is niet wat is goedgekeurd: ${d.differs}.** Ik ga niet uit mijzelf verder.`,
      provisioningFailed: `**Het is besteld, maar Microsoft noemt het “${d.code}”, dus er kan niets worden gebruikt.**`,
      purchaseUnclear: `**Microsoft heeft niet gezegd of de aankoop is doorgegaan.** Ik heb er tot ${d.time} naar gevraagd en koop niet nog eens.`,
      provisioningLate: '**Het is gekocht, maar Microsoft heeft het niet binnen een dag klaargezet.**',
      holders: `**Voor ${d.left} zou de toegang verloren gaan**, omdat een nieuwe licentie ontbreekt. Er is niets opgeschort.`,
      suspendRefused: '**Microsoft heeft geweigerd het oude abonnement op te schorten.** Er is niets gewijzigd.',
      suspendUnclear: `**Microsoft heeft niet gezegd of het oude abonnement is opgeschort.** Ik heb er tot ${d.time} naar gevraagd.`,
      endRefused: '**Microsoft heeft geweigerd het einde van de looptijd in te stellen.** Er is niets gewijzigd.',
      endUnclear: `**Microsoft heeft niet gezegd of het einde van de looptijd is ingesteld.** Ik heb er tot ${d.time} naar gevraagd.`,
      endNotDone:
        '**Ik heb Microsoft gevraagd het einde van de looptijd in te stellen, en het staat er niet.** Ik vraag het niet uit mijzelf opnieuw: stel het in Partnercentrum in, of bevestig het nog een keer.',
      endOverruled: '**Het abonnement is gewijzigd nadat het instellen van het einde was bevestigd.** Na die wijziging stel ik dat niet zomaar in.',
      endLost: notCancelling(d.code),
      forbidden: SIGN_IN_AGAIN.has(d.code)
        ? '**Partnercentrum wil een nieuwe aanmelding van het account waarmee ik werk**, dus ik kan geen licenties lezen of wijzigen.'
        : '**Partnercentrum laat mij de licenties van deze klant niet lezen of wijzigen.**',
      rights: '**Wie deze stap heeft bevestigd, mag dat niet meer.** Ik ben gestopt.',
    })[reason],
  /** `alone`: only an end was to be set, and nothing bought. */
  safeBullets: (reason: StuckReason, d: { day: string; how: OldOne; alone: boolean }): string[] => {
    // Until then it works whatever comes after; where its end could not be set, what comes after is said instead.
    const isSaid = reason.startsWith('end') && (d.how === 'extends' || d.how === 'inEst' || d.how === 'termEnds');
    const works = d.how === 'unsaid' || isSaid ? [] : [`Het oude abonnement werkt tot ${date(d.day)}.`];
    const inEst = d.how === 'inEst' && !isSaid ? ['Het oude abonnement gaat van maand tot maand door.'] : works;
    const goesOn = d.how === 'renews' ? [`Het oude abonnement loopt door, en wordt verlengd op ${date(d.day)}.`] : inEst;
    if (d.alone || reason.startsWith('end'))
      return reason === 'endUnclear' ? ['Het is ingesteld of niet; verder heb ik niets gewijzigd.'] : ['Verder heb ik niets gewijzigd.', ...goesOn];
    const unchanged = [...goesOn, 'Er is geen licentie gewijzigd.'].join(' ');
    if (reason === 'purchaseUnclear') return ['Er is één order of geen, nooit twee.', unchanged];
    if (reason === 'purchaseRefused') return [unchanged];
    if (reason === 'rights') return ['Wat is gedaan, blijft gedaan, en er gebeurt niets meer.', ...goesOn];
    if (reason === 'suspendUnclear') return ['Het is opgeschort of nog actief; verder heb ik niets gewijzigd.'];
    if (reason === 'notActive') return ['Het is één keer gekocht.'];
    return [reason === 'provisioningFailed' ? 'Het is één keer besteld.' : 'Het is één keer gekocht.', ...goesOn];
  },
  lookBullets: (): string[] => ['Kijk in Partnercentrum of de opzegging er nog staat.', 'Druk op “Opnieuw kijken”: ik lees het nog een keer.'],
  doBullets: (reason: StuckReason, d: { quantity: number; code: string; alone: boolean; vouch: boolean }): string[] => {
    // Only where it can be said is it offered.
    const vouch = d.vouch ? [vouchHow] : [];
    const again = 'Druk dan op “Opnieuw kijken”; ik ga daarvandaan verder.';
    const atIt = 'Kijk in Partnercentrum naar het abonnement.';
    const support = ['Vraag de ondersteuning van Microsoft naar de order; het nummer staat onder “Voor ondersteuning”.', again];
    if (d.alone || reason.startsWith('end')) return [atIt, 'Druk op “Opnieuw kijken”: dan vraag ik het u nog een keer, over hoe het er nu staat.'];
    if (reason === 'purchaseUnclear')
      return [
        'Ik blijf zelf kijken. Staat er twintig minuten na de laatste poging geen bij de orders, dan is het niet gekocht.',
        `Of zoek in Partnercentrum naar een order van ${licences(d.quantity)}; een goedkeurder drukt dan op “Melden wat er is gebeurd”.`,
      ];
    if (reason === 'orderDiffers')
      return [
        'Kijk in Partnercentrum naar de order. Voor zover er iets kan worden teruggegeven, kan dat binnen 7 dagen na de aankoop.',
        'Een goedkeurder drukt op “Doorgaan met deze order” om die te nemen zoals die is; “Opnieuw kijken” leest de order nog een keer.',
      ];
    if (reason === 'provisioningFailed' || reason === 'provisioningLate') return support;
    if (reason === 'purchaseRefused')
      return [
        'Kijk in Partnercentrum waarom; de code staat onder “Voor ondersteuning”.',
        'Druk op “Opnieuw kijken” om dezelfde winkelwagen nog een keer te proberen, of op “Omzetting opgeven”.',
      ];
    if (reason === 'skuUnknown' || reason === 'seatsUnknown') return [`Wacht enkele minuten: Microsoft kan achterlopen. ${again}`, ...vouch];
    if (reason === 'unread') return [`Wacht enkele minuten. ${again}`, ...vouch];
    if (reason === 'suspendNotDone' || reason === 'suspendOverruled')
      return [atIt, 'Druk op “Opnieuw kijken”: dan vraag ik u of het nu moet worden opgeschort.'];
    if (reason === 'notActive') return [atIt, 'Druk op “Opnieuw kijken” als het weer actief is, of op “Omzetting opgeven” om die hier te beëindigen.'];
    if (reason === 'holders') return ['Wijs hun in Partnercentrum de nieuwe licentie toe, of trek de oude in.', again];
    if (reason === 'forbidden' && SIGN_IN_AGAIN.has(d.code))
      return ['Een eigenaar schrijft mij **toestemming** in de chat met mij alleen, en meldt zich aan.', again, ...vouch];
    if (reason === 'forbidden') return ['Vraag een beheeragent om de toegang tot deze klant te controleren (GDAP: License Administrator).', again, ...vouch];
    if (reason === 'rights')
      return ['Druk op “Opnieuw kijken”. Daarmee gebeurt er nog niets: ik vraag dan opnieuw om bevestiging van deze stap, door iemand die dat mag.'];
    return [atIt, again];
  },
  /** `prices`: whether they may be said here. */
  differs: (all: readonly Difference<Safe>[], d: { prices: boolean }): string =>
    all
      .map((one) => {
        if (one.what === 'price' && !d.prices) return 'een andere prijs';
        if (one.what === 'price') return `${money(one.came)} in plaats van ${money(one.asked)}`;
        if (one.what === 'seats') return `${licences(one.came)} in plaats van ${number(one.asked)}`;
        if (one.what === 'lines') return `${number(one.came)} regels in plaats van één`;
        if (one.what === 'term') return `${termLength(one.came)} in plaats van ${termLength(one.asked)}`;
        return `${one.came} in plaats van ${one.asked}`;
      })
      .join('; '),
  unsettled: (why: UnsettledWhy): string =>
    ({
      noSuchOrder: '**Ik kan die order van deze klant niet vinden.** Kijk in Partnercentrum naar het nummer ervan.',
      otherProduct: '**Die order is niet van dit plan.** Er is niets gewijzigd.',
      otherMove: '**Die order hoort bij een andere omzetting.** Er is niets gewijzigd.',
      tooSoon: '**Het is te vroeg om te zeggen dat het niet is gekocht.** Het kan twintig minuten duren voordat orders te zien zijn; ik blijf kijken.',
      ordered: '**De winkelwagen staat als gekocht vermeld, dus het is niet zeker dat er geen order is.** Ik blijf ernaar zoeken.',
      orderThere:
        '**Sindsdien is er een order die het kan zijn.** Zeg welke order het is, met het nummer; of zeg nog een keer dat het niet is gekocht, als het geen van die orders is.',
      ordersUnread: '**Ik kan nu niet alle orders van deze klant zien.** Er is niets gewijzigd; probeer het later opnieuw.',
    })[why],
  stepName: {
    purchasing: 'Aankoop',
    provisioning: 'Aankoop',
    purchased: 'Licenties',
    reassigning: 'Licenties',
    suspending: 'Opschorten',
    setting: 'Einde van de looptijd',
    set: 'Einde van de looptijd',
  } as Record<string, string>,
  speak: (customer: Safe) => `${customer}: de omzetting is gestopt en er is iemand nodig. Er gebeurt niets twee keer.`,
};
