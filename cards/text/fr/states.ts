/** How a move stands, and why it waits. */
import type { MoveState, PauseReason } from '../../../services/domain/ticket.ts';

export const stateNow: Record<MoveState | 'none', string> = {
  none: 'personne n’a encore demandé de prix',
  drafting: 'un plan est en cours de choix',
  quoting: 'le prix est en cours de demande',
  quoted: 'une approbation est attendue',
  purchasing: 'l’achat est en cours',
  provisioning: 'l’achat est en cours',
  purchased: 'l’achat est fait et les licences attendent',
  reassigning: 'les licences sont en cours de réaffectation',
  reassigned: 'la dernière étape attend',
  suspending: 'l’ancien abonnement est en cours de suspension',
  weighing: 'je lis ce que cela signifierait',
  weighed: 'une approbation est attendue',
  setting: 'la fin de la période est en cours de programmation',
  set: 'son annulation est programmée',
  stuck: 'la migration est arrêtée et demande l’intervention d’une personne',
  finished: 'la migration est terminée',
  cancelled: 'la migration a été annulée',
};

/** On a card that asks for a yes. True whenever it is read: the card is not drawn anew when the dry run ends. */
export const inDryRun = {
  price:
    '**Demandé pendant une simulation.** Le prix est bien celui de l’Espace partenaires : il vient d’un panier créé là, et un panier n’est pas un achat. L’achat est possible une fois qu’un propriétaire a mis fin à la simulation avec « simulation non ».',
  step: '**Pendant la simulation, rien n’est acheté, migré ni suspendu**, quel que soit le bouton choisi ici. Un propriétaire y met fin avec « simulation non ».',
};

export const pauses: Record<PauseReason, string> = {
  readOnly:
    '**En attente : je suis en lecture seule.** Rien n’est acheté, migré ni suspendu avant qu’un propriétaire ne m’en sorte ; cela reprend alors de soi-même.',
  dryRun:
    '**En attente : c’est une simulation.** Rien n’est acheté, migré ni suspendu avant qu’un propriétaire n’écrive « simulation non » ; cela reprend alors de soi-même.',
  directory:
    '**En attente : je ne peux pas lire dans Microsoft Entra qui a le droit de le faire.** Rien ne se passe tant que je ne le peux pas ; cela reprend ensuite de soi-même.',
  orders:
    '**En attente : je ne vois pas toutes les commandes de ce client.** Avant d’acheter, je vérifie si l’achat n’est pas déjà fait. Je réessaie de moi-même ; vous pouvez annuler la migration.',
  likePurchase:
    '**En attente : un achat du même plan pour ce client n’est pas terminé.** Quand on saura ce qu’il en est advenu, ceci reprend de soi-même ; vous pouvez annuler la migration.',
  lock: '**En attente : Microsoft est en train de le renouveler ou d’y mettre fin**, et n’accepte aucun changement pendant un jour au plus. Je réessaie de moi-même, et je continue de moi-même.',
  question: '**Il y a une commande qui pourrait être cet achat.** Je n’achète rien avant qu’un approbateur ne dise si c’est elle.',
};
