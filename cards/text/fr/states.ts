/** How a move stands, and why it waits. */
import type { MoveState, PauseReason } from '../../../services/domain/ticket.ts';

export const stateNow: Record<MoveState | 'none', string> = {
  none: 'personne n’a encore demandé de prix',
  drafting: 'le choix du plan est en cours',
  quoting: 'la demande de prix est en cours',
  quoted: 'une approbation est attendue',
  purchasing: 'l’achat est en cours',
  provisioning: 'l’achat est en cours',
  purchased: 'l’achat est fait et les licences attendent',
  reassigning: 'la réaffectation des licences est en cours',
  reassigned: 'la dernière étape attend',
  suspending: 'la suspension de l’ancien abonnement est en cours',
  weighing: 'je lis ce que cela signifierait',
  weighed: 'une approbation est attendue',
  setting: 'la programmation de la fin de la période est en cours',
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
    '**En attente : je suis en lecture seule.** Rien n’est acheté, migré ni suspendu avant qu’un propriétaire ne la désactive ; tout reprend ensuite automatiquement.',
  dryRun:
    '**En attente : c’est une simulation.** Rien n’est acheté, migré ni suspendu avant qu’un propriétaire n’écrive « simulation non » ; tout reprend ensuite automatiquement.',
  directory:
    '**En attente : je ne peux pas lire dans Microsoft Entra qui a le droit de le faire.** Rien ne se passe tant que je ne le peux pas ; tout reprend ensuite automatiquement.',
  orders:
    '**En attente : je ne vois pas toutes les commandes de ce client.** Avant d’acheter, je vérifie que l’achat n’est pas déjà fait. Je réessaie automatiquement ; vous pouvez annuler la migration.',
  likePurchase:
    '**En attente : un achat du même plan pour ce client n’est pas terminé.** Quand on saura ce qu’il en est advenu, cet achat-ci reprendra automatiquement ; vous pouvez annuler la migration.',
  lock: '**En attente : Microsoft est en train de renouveler l’abonnement ou d’y mettre fin**, et n’accepte aucun changement pendant un jour au plus. Je réessaie, et tout reprendra automatiquement.',
  question: '**Il y a une commande qui pourrait être cet achat.** Je n’achète rien avant qu’un approbateur ne dise si c’est elle.',
};
