/** How a move stands, and why it waits. */
import type { MoveState, PauseReason } from '../../../services/domain/ticket.ts';

export const stateNow: Record<MoveState | 'none', string> = {
  none: 'nog niemand heeft een prijs opgevraagd',
  drafting: 'er wordt een plan gekozen',
  quoting: 'de prijs wordt opgevraagd',
  quoted: 'het wacht op goedkeuring',
  purchasing: 'het wordt gekocht',
  provisioning: 'het wordt gekocht',
  purchased: 'het is gekocht en de licenties wachten',
  reassigning: 'de licenties worden overgezet',
  reassigned: 'de laatste stap wacht',
  suspending: 'het oude abonnement wordt opgeschort',
  weighing: 'ik lees wat het zou betekenen',
  weighed: 'het wacht op goedkeuring',
  setting: 'het einde van de looptijd wordt ingesteld',
  set: 'de opzegging is ingesteld',
  stuck: 'het is gestopt en er is iemand nodig',
  finished: 'de omzetting is afgerond',
  cancelled: 'de omzetting is geannuleerd',
};

/** On a card that asks for a yes. True whenever it is read: the card is not drawn anew when the dry run ends. */
export const inDryRun = {
  price:
    '**Opgevraagd tijdens het proefdraaien.** De prijs is die van Partnercentrum zelf: die komt uit een winkelwagen daar, en een winkelwagen is geen aankoop. Het kan worden gekocht zodra een eigenaar het proefdraaien heeft beëindigd met “proefdraaien uit”.',
  step: '**Tijdens het proefdraaien wordt niets gekocht, overgezet of opgeschort**, waarop hier ook wordt gedrukt. Een eigenaar beëindigt het met “proefdraaien uit”.',
};

export const pauses: Record<PauseReason, string> = {
  readOnly:
    '**Dit wacht: ik sta op alleen lezen.** Er wordt niets gekocht, overgezet of opgeschort totdat een eigenaar mij terugzet; dan gaat het vanzelf verder.',
  dryRun:
    '**Dit wacht: er wordt proefgedraaid.** Er wordt niets gekocht, overgezet of opgeschort totdat een eigenaar “proefdraaien uit” schrijft; dan gaat het vanzelf verder.',
  directory: '**Dit wacht: ik kan in Microsoft Entra niet lezen wie het mag doen.** Er gebeurt niets totdat ik dat kan; dan gaat het vanzelf verder.',
  orders:
    '**Dit wacht: ik kan niet alle orders van deze klant zien.** Voordat ik koop, kijk ik of het al is gekocht. Ik probeer het zelf opnieuw; u kunt de omzetting annuleren.',
  likePurchase:
    '**Dit wacht: een aankoop van hetzelfde plan voor deze klant is niet afgerond.** Zodra duidelijk is wat daarvan is geworden, gaat dit vanzelf verder; u kunt de omzetting annuleren.',
  lock: '**Dit wacht: Microsoft is het op dit moment aan het verlengen of beëindigen**, en neemt maximaal een dag lang geen wijzigingen aan. Ik probeer het zelf opnieuw en ga dan vanzelf verder.',
  question: '**Er is een order die deze aankoop kan zijn.** Ik koop niets totdat een goedkeurder zegt of het zo is.',
};
