/** Who gets the new licence. */

import type { BlockedWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { by, licences, number, outOf, people } from './format.ts';

export const blocked: Record<BlockedWhy, string> = {
  noUsageLocation: 'heeft geen gebruikslocatie. Stel die in Microsoft Entra in, en controleer dan opnieuw.',
  noSeat: 'krijgt nog geen licentie, want er is er geen vrij. Maak er een vrij of koop er een bij, en controleer dan opnieuw.',
  conflict: 'heeft een andere licentie die in de weg zit. Trek die in, en controleer dan opnieuw.',
  otherGroup: 'krijgt de licentie via een groep, dus ik blijf ervan af. Wijzig de groep in Microsoft Entra.',
  refused: 'kon niet worden overgezet: Microsoft heeft het geweigerd. Kijk naar de licenties in Partnercentrum, en probeer het dan opnieuw.',
  unclear: 'is nog niet door Microsoft bevestigd. Probeer het opnieuw; er gebeurt niets twee keer.',
  wrongLocation: 'is in een land waar Microsoft deze licentie niet aanbiedt. Kijk naar de gebruikslocatie in Microsoft Entra, en controleer dan opnieuw.',
  dependency: 'heeft eerst een andere licentie of dienst nodig. Geef die eerst, en controleer dan opnieuw.',
  unread: 'is niet op te vragen, dus ik weet niet welke licenties deze persoon heeft. Kijk in Partnercentrum, en controleer dan opnieuw.',
  without: 'heeft de oude licentie niet meer, en de nieuwe is er niet gekomen. Probeer het opnieuw: ik geef de nieuwe.',
  gone: 'bestaat niet meer in de directory van deze klant, dus er valt niets over te zetten.',
};

const some = (n: number, total: number) => outOf(n, total, people(total));

export const reassignment = {
  state: 'Gekocht. Zet de licenties over',
  counting: 'Gekocht. Kijken wie de oude licentie heeft …',
  countingLead: 'Ik lees wie de oude licentie heeft. Niemand wordt overgezet voordat u dat zegt.',
  what: (d: { from: Safe; to: Safe }) => `Van ${d.from} naar ${d.to}`,
  to: (to: Safe) => `Naar ${to}`,
  stay: (n: number) => `${people(n)} ${by(n, 'behoudt', 'behouden')} een licentie: een ander abonnement heeft dezelfde licentie.`,
  gone: (n: number) => `${people(n)} ${by(n, 'bestaat', 'bestaan')} niet meer.`,
  without: (n: number) => `**${people(n)} ${by(n, 'heeft', 'hebben')} nu geen van beide licenties.** De volgende poging geeft de nieuwe.`,
  said: (words: Safe) => `Microsoft zegt: “${words}”`,
  lead: (d: { movable: number; total: number; keeps: boolean }) =>
    `**${some(d.movable, d.total)} ${by(d.movable, 'kan', 'kunnen')} nu worden overgezet.**${d.keeps ? ` Wie wordt overgezet, kan gewoon doorwerken: de nieuwe licentie komt in dezelfde stap als waarin de oude gaat.` : ''}`,
  noneMovable: (total: number) =>
    `**${by(total, `${people(1)} kan nog niet`, `Geen van de ${people(total)} kan al`)} worden overgezet.** Hieronder ziet u waarom.`,
  notCovered: (d: { seats: number; holders: number }) =>
    `**Oud en nieuw gebruiken dezelfde licentie, maar ${licences(d.seats)} ${by(d.seats, 'is', 'zijn')} niet genoeg voor ${people(d.holders)}.** Koop er meer, of trek er enkele in, en controleer dan opnieuw.`,
  boxTitle: (n: number) => `${people(n)} ${by(n, 'kan', 'kunnen')} nog niet worden overgezet`,
  more: (n: number) => `en nog ${number(n)}`,
  line: (name: Safe, why: BlockedWhy) => `${name} ${blocked[why]}`,
  free: (d: { free: number | null; of: number }) =>
    d.free === null ? `${number(d.of)} gekocht; Microsoft zegt niet hoeveel er vrij zijn` : `${number(d.free)} vrij van ${number(d.of)}`,
  plansStay: 'Wat is uitgeschakeld, blijft uit',
  moving: 'Licenties overzetten …',
  movingLead: (d: { moved: number; total: number }) =>
    `**${some(d.moved, d.total)} overgezet.** U hoeft niet te wachten; ik schrijf hier wanneer het klaar is.`,
  failed: (n: number) => (n === 1 ? 'Eén persoon is niet overgezet' : `${people(n)} zijn niet overgezet`),
  failedLead: (d: { moved: number; total: number }) => `**${some(d.moved, d.total)} overgezet.** De anderen niet; hieronder ziet u waarom.`,
  kept: (n: number) => `${people(n)} ${by(n, 'is', 'zijn')} overgeslagen, zoals u wenste.`,
  waivedCount: (n: number) => `${people(n)} ${by(n, 'blijft', 'blijven')} achter, zoals een goedkeurder heeft gezegd.`,
  speak: (d: { customer: Safe; movable: number; total: number }) =>
    `${d.customer}: gekocht. ${some(d.movable, d.total)} ${by(d.movable, 'kan', 'kunnen')} nu worden overgezet.`,
  speakMoving: (customer: Safe) => `${customer}: de licenties worden overgezet.`,
};
