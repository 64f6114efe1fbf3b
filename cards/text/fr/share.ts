/** What is found from the compose box, and the card that is shared from there. */
import type { Safe } from '../../escape.ts';
import { stamp } from './format.ts';

export const share = {
  what: 'Tapez le nom d’un client, ou un ticket comme S-1001.',
  tooLong: 'C’est trop long pour un nom. Tapez le nom d’un client, ou un ticket comme S-1001.',
  nothing: (d: { wanted: Safe }) => `Je ne connais ni client ni ticket du nom de « ${d.wanted} ».`,
  mayNot: 'Vous n’avez aucun rôle dans Successor : rien ne vous est donc montré. La personne qui l’a installé dans votre entreprise peut vous en donner un.',
  gone: 'Ce n’est plus là. Recherchez-le à nouveau.',
  other: 'Cette carte a été partagée dans une autre conversation. Recherchez-la à nouveau ici.',
  slow: 'Cela prend plus de temps que d’habitude. Réessayez dans un instant.',
  underWay: 'En cours',
  allRenew: (d: { customer: Safe }) => `Tous les abonnements du client ${d.customer} se renouvellent.`,
  nothingOpen: 'Aucun ticket ouvert',
  /** `at`: when it was last read; null where nobody knows. */
  foot: (at: string | null) => `${at ? `État lu le ${stamp(at)}. ` : ''}Cette carte ne se met pas à jour d’elle-même, et aucune action n’y est possible.`,
  refresh: 'Actualiser',
  open: 'Ouvrir sa carte',
};
