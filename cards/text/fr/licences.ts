/** Who gets the new licence. */

import type { BlockedWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { licences, number, people, peopleOf, plural } from './format.ts';

/** Behind a name, or « 1 personne ». */
export const blocked: Record<BlockedWhy, string> = {
  noUsageLocation: 'n’a pas d’emplacement d’utilisation. Définissez-le dans Microsoft Entra, puis vérifiez à nouveau.',
  noSeat: 'ne trouve aucune licence libre. Libérez-en une ou achetez-en une de plus, puis vérifiez à nouveau.',
  conflict: 'a une autre licence qui fait obstacle. Retirez-la, puis vérifiez à nouveau.',
  otherGroup: 'reçoit la licence via un groupe, je n’y touche donc pas. Modifiez le groupe dans Microsoft Entra.',
  refused: 'n’a pas changé de licence, car Microsoft l’a refusé. Vérifiez les licences dans l’Espace partenaires, puis réessayez.',
  unclear: 'attend encore la confirmation de Microsoft. Réessayez ; rien n’est fait deux fois.',
  wrongLocation:
    'est dans un pays où Microsoft ne propose pas cette licence. Contrôlez l’emplacement d’utilisation dans Microsoft Entra, puis vérifiez à nouveau.',
  dependency: 'a d’abord besoin d’une autre licence ou d’un autre service. Attribuez cela, puis vérifiez à nouveau.',
  unread:
    'a un compte que je ne peux pas lire : je ne sais donc pas quelles licences cette personne a. Consultez l’Espace partenaires, puis vérifiez à nouveau.',
  without: 'a perdu l’ancienne licence, et la nouvelle n’est pas arrivée. Réessayez : j’attribue la nouvelle.',
  gone: 'n’existe plus dans l’annuaire de ce client : il n’y a donc rien à migrer.',
};

export const reassignment = {
  state: 'Acheté. Réaffectez les licences',
  counting: 'Acheté. Je cherche qui a l’ancienne licence…',
  countingLead: 'Je lis qui a l’ancienne licence. Personne ne migre avant que vous ne l’ayez confirmé.',
  what: (d: { from: Safe; to: Safe }) => `De ${d.from} vers ${d.to}`,
  to: (to: Safe) => `Vers ${to}`,
  stay: (n: number) => `${people(n)} ${plural(n, 'garde sa licence', 'gardent leur licence')} : un autre abonnement donne la même.`,
  gone: (n: number) => `${people(n)} n’${plural(n, 'existe', 'existent')} plus.`,
  without: (n: number) =>
    `**${people(n)} n’${plural(n, 'a', 'ont')} ni l’ancienne ni la nouvelle licence en ce moment.** La prochaine tentative attribue la nouvelle.`,
  said: (words: Safe) => `Microsoft dit : « ${words} »`,
  lead: (d: { movable: number; total: number; keeps: boolean }) =>
    `**${peopleOf(d.movable, d.total)} ${plural(d.movable, 'peut', 'peuvent')} migrer maintenant.**${d.keeps ? ` ${plural(d.movable, 'Cette personne continue', 'Chacune continue')} à travailler : l’ancienne licence est retirée et la nouvelle attribuée en une seule opération.` : ''}`,
  noneMovable: (total: number) =>
    `**${total < 2 ? 'Personne' : `Aucune des ${people(total)}`} ne peut migrer pour l’instant.** Les raisons figurent ci-dessous.`,
  notCovered: (d: { seats: number; holders: number }) =>
    `**L’ancien et le nouveau plan utilisent la même licence, mais ${licences(d.seats)} ne ${plural(d.seats, 'couvre', 'couvrent')} pas ${people(d.holders)}.** Achetez-en plus, ou retirez-en, puis vérifiez à nouveau.`,
  boxTitle: (n: number) => `${people(n)} ne ${plural(n, 'peut', 'peuvent')} pas encore migrer`,
  more: (n: number) => `et ${number(n)} ${plural(n, 'autre', 'autres')}`,
  line: (name: Safe, why: BlockedWhy) => `${name} ${blocked[why]}`,
  free: (d: { free: number | null; of: number }) =>
    d.free === null
      ? `${number(d.of)} ${plural(d.of, 'achetée', 'achetées')} ; Microsoft ne dit pas combien sont libres`
      : `${number(d.free)} ${plural(d.free, 'libre', 'libres')} sur ${number(d.of)}`,
  plansStay: 'Ceux qui sont désactivés le restent',
  moving: 'Réaffectation des licences…',
  movingLead: (d: { moved: number; total: number }) =>
    `**${peopleOf(d.moved, d.total)} ${plural(d.moved, 'a', 'ont')} migré.** Inutile d’attendre : j’écrirai ici quand ce sera fait.`,
  failed: (n: number) => (n === 1 ? 'Une personne n’a pas migré' : `${people(n)} n’${plural(n, 'a', 'ont')} pas migré`),
  failedLead: (d: { moved: number; total: number }) =>
    `**${peopleOf(d.moved, d.total)} ${plural(d.moved, 'a', 'ont')} migré.** Pas les autres ; les raisons figurent ci-dessous.`,
  kept: (n: number) => `${people(n)} ${plural(n, 'a été laissée', 'ont été laissées')} de côté, comme vous le vouliez.`,
  waivedCount: (n: number) => `${people(n)} ${plural(n, 'reste', 'restent')} de côté, comme un approbateur l’a décidé.`,
  speak: (d: { customer: Safe; movable: number; total: number }) =>
    `${d.customer} : acheté. ${peopleOf(d.movable, d.total)} ${plural(d.movable, 'peut', 'peuvent')} migrer maintenant.`,
  speakMoving: (customer: Safe) => `${customer} : réaffectation des licences.`,
};
