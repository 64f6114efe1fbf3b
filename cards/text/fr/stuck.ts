/** A move that has stopped. */

import { SIGN_IN_AGAIN } from '../../../services/domain/rules.ts';
import type { Difference, StuckReason, UnsettledWhy } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { licences, money, number, onDay, plural, termLength, untilDay } from './format.ts';
import type { OldOne } from './suspension.ts';

const vouchHow = 'Si cela ne peut jamais se savoir ici, un approbateur consulte l’Espace partenaires et me le confirme en conversation privée.';

/** What the end of a term can be read as, instead of a cancellation that was set: what is planned by a word that is known, or, with nothing planned, its state. */
const LOST: ReadonlySet<string> = new Set(['RenewToNewTerm', 'RenewToExtendedServiceTerm', 'Transition', 'active', 'suspended']);

function notCancelling(code: Safe): string {
  if (LOST.has(code))
    return `**L’annulation qui était programmée n’est plus là.** L’Espace partenaires dit « ${code} ». Je ne la programme pas à nouveau de moi-même.`;
  if (code === 'Cancel')
    return '**Le renouvellement automatique est activé en plus de l’annulation qui était programmée** : il n’est donc pas sûr qu’elle ait encore lieu. Je ne change rien de moi-même.';
  return `**Il n’est pas sûr que l’annulation ait encore lieu :** l’Espace partenaires dit « ${code} », que je ne connais pas. Je ne change rien de moi-même.`;
}

const look = 'Vérifiez l’abonnement dans l’Espace partenaires.';

export const stuck = {
  state: 'Arrêté : intervention requise',
  safe: 'Ce qui est sûr',
  canDo: 'Ce que vous pouvez faire',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} ${d.plan}`,
  said: (words: Safe) => `Microsoft dit : « ${words} »`,
  vouchHow,
  lead: (reason: StuckReason, d: { time: Safe; left: Safe; differs: Safe; code: Safe }): string =>
    ({
      skuUnknown: `**Microsoft ${d.code === 'both' ? 'n’indique la licence d’aucun des deux abonnements' : `n’indique pas la licence ${d.code === 'new' ? 'du nouvel abonnement' : 'de l’ancien abonnement'}`}** : je ne peux donc pas dire qui perdrait l’accès. Rien n’a été suspendu.`,
      seatsUnknown: `**${
        d.code === 'pool'
          ? 'Microsoft ne donne pas la liste des anciennes licences'
          : d.code === 'counts'
            ? 'Microsoft ne dit pas combien d’anciennes licences sont utilisées'
            : 'Le nombre d’anciennes licences selon Microsoft ne concorde pas avec ce que j’ai lu'
      }** : je ne sais donc pas si quelqu’un perdrait l’accès. Rien n’a été suspendu.`,
      unread: '**L’Espace partenaires ne me donne pas ce qu’il faut pour l’étape suivante.** Rien n’a été suspendu.',
      suspendNotDone: '**J’ai demandé deux fois la suspension de l’ancien abonnement, et il est encore actif.** Je ne la demande pas à nouveau de moi-même.',
      suspendOverruled: '**L’ancien abonnement a changé depuis le oui à sa suspension, et il est actif.** Dans ces conditions, je ne le suspends pas.',
      notActive: `**L’ancien abonnement n’est plus actif.** L’Espace partenaires indique l’état « ${d.code} ». Je ne l’ai pas suspendu.`,
      purchaseRefused: '**Microsoft a refusé l’achat.** Rien n’a été acheté.',
      orderDiffers: `**L’achat est fait, mais la commande n’est pas ce qui a été approuvé : ${d.differs}.** Je ne continue pas de moi-même.`,
      provisioningFailed: `**La commande est passée, mais Microsoft indique l’état « ${d.code} » : rien ne peut donc être utilisé.**`,
      purchaseUnclear: `**Microsoft n’a pas dit si l’achat a abouti.** J’ai posé la question jusqu’au ${d.time} et je n’achèterai pas à nouveau.`,
      provisioningLate: '**L’achat est fait, mais Microsoft n’a pas préparé l’abonnement en un jour.**',
      holders: `**L’accès serait perdu pour ${d.left}**, faute de nouvelle licence. Rien n’a été suspendu.`,
      suspendRefused: '**Microsoft a refusé de suspendre l’ancien abonnement.** Rien n’a changé.',
      suspendUnclear: `**Microsoft n’a pas dit si l’ancien abonnement est suspendu.** J’ai posé la question jusqu’au ${d.time}.`,
      endRefused: '**Microsoft a refusé de programmer la fin de la période.** Rien n’a changé.',
      endUnclear: `**Microsoft n’a pas dit si la fin de la période est programmée.** J’ai posé la question jusqu’au ${d.time}.`,
      endNotDone:
        '**J’ai demandé à Microsoft de programmer la fin de la période, et elle n’y est pas.** Je ne le demande pas à nouveau de moi-même : programmez-la dans l’Espace partenaires, ou dites oui encore une fois.',
      endOverruled: '**L’abonnement a changé depuis le oui à la programmation de sa fin.** Dans ces conditions, je ne la programme pas.',
      endLost: notCancelling(d.code),
      forbidden: SIGN_IN_AGAIN.has(d.code)
        ? '**L’Espace partenaires demande une nouvelle connexion du compte avec lequel je travaille** : je ne peux donc ni lire ni modifier les licences.'
        : '**L’Espace partenaires ne me laisse ni lire ni modifier les licences de ce client.**',
      rights: '**La personne qui a permis cette étape n’en a plus le droit.** Je me suis arrêté.',
    })[reason],
  /** `alone`: only an end was to be set, and nothing bought. */
  safeBullets: (reason: StuckReason, d: { day: string; how: OldOne; alone: boolean }): string[] => {
    // Until then it works whatever comes after; where its end could not be set, what comes after is said instead.
    const isSaid = reason.startsWith('end') && (d.how === 'extends' || d.how === 'inEst' || d.how === 'termEnds');
    const works = d.how === 'unsaid' || isSaid ? [] : [`L’ancien abonnement fonctionne ${untilDay(d.day)}.`];
    const inEst = d.how === 'inEst' && !isSaid ? ['L’ancien abonnement continue, de mois en mois.'] : works;
    const goesOn = d.how === 'renews' ? [`L’ancien abonnement continue, et se renouvelle ${onDay(d.day)}.`] : inEst;
    if (d.alone || reason.startsWith('end'))
      return reason === 'endUnclear' ? ['La fin est programmée ou non ; je n’ai rien changé d’autre.'] : ['Je n’ai rien changé d’autre.', ...goesOn];
    if (reason === 'purchaseUnclear') return ['Il y a une commande ou aucune, jamais deux.', [...goesOn, 'Aucune licence n’a changé.'].join(' ')];
    if (reason === 'purchaseRefused') return [[...goesOn, 'Aucune licence n’a changé.'].join(' ')];
    if (reason === 'rights') return ['Ce qui a été fait n’est pas annulé, et il ne se passe plus rien.', ...goesOn];
    if (reason === 'suspendUnclear') return ['Il est suspendu ou encore actif ; je n’ai rien changé d’autre.'];
    if (reason === 'notActive') return ['L’achat a été fait une seule fois.'];
    return [reason === 'provisioningFailed' ? 'La commande a été passée une seule fois.' : 'L’achat a été fait une seule fois.', ...goesOn];
  },
  lookBullets: (): string[] => ['Vérifiez dans l’Espace partenaires si l’annulation est encore là.', 'Appuyez sur « Vérifier à nouveau » : je la relis.'],
  doBullets: (reason: StuckReason, d: { quantity: number; code: string; alone: boolean; vouch: boolean }): string[] => {
    // Only where it can be said is it offered.
    const vouch = d.vouch ? [vouchHow] : [];
    const again = 'Appuyez ensuite sur « Vérifier à nouveau » ; je continue à partir de là.';
    if (d.alone || reason.startsWith('end'))
      return [look, 'Appuyez sur « Vérifier à nouveau » : je vous demande alors à nouveau votre accord, d’après l’état du moment.'];
    if (reason === 'purchaseUnclear')
      return [
        'Je continue de vérifier automatiquement. Si l’achat n’apparaît pas dans les commandes vingt minutes après le dernier essai, il n’a pas eu lieu.',
        `Ou cherchez dans l’Espace partenaires une commande de ${licences(d.quantity)} ; un approbateur appuie ensuite sur « Dire ce qui s’est passé ».`,
      ];
    if (reason === 'orderDiffers')
      return [
        'Vérifiez la commande dans l’Espace partenaires. Ce qui peut être rendu peut l’être dans les 7 jours qui suivent l’achat.',
        'Un approbateur appuie sur « Garder cette commande » pour la prendre telle quelle ; « Vérifier à nouveau » relit la commande.',
      ];
    if (reason === 'provisioningFailed' || reason === 'provisioningLate')
      return ['Interrogez le support Microsoft sur la commande ; son numéro est sous « Pour le support ».', again];
    if (reason === 'purchaseRefused')
      return [
        'Cherchez-en la raison dans l’Espace partenaires ; le code est sous « Pour le support ».',
        'Appuyez sur « Vérifier à nouveau » pour essayer encore une fois le même panier, ou sur « Abandonner ».',
      ];
    if (reason === 'skuUnknown' || reason === 'seatsUnknown') return [`Attendez quelques minutes : Microsoft est peut-être en retard. ${again}`, ...vouch];
    if (reason === 'unread') return [`Attendez quelques minutes. ${again}`, ...vouch];
    if (reason === 'suspendNotDone' || reason === 'suspendOverruled')
      return [look, 'Appuyez sur « Vérifier à nouveau » : je vous demande alors s’il faut le suspendre maintenant.'];
    if (reason === 'notActive')
      return [look, 'Appuyez sur « Vérifier à nouveau » s’il est à nouveau actif, ou sur « Abandonner » pour mettre fin ici à la migration.'];
    if (reason === 'holders') return ['Attribuez la nouvelle licence dans l’Espace partenaires, ou retirez l’ancienne.', again];
    if (reason === 'forbidden' && SIGN_IN_AGAIN.has(d.code))
      return ['Un propriétaire m’écrit **consentement** en conversation privée, et se connecte.', again, ...vouch];
    if (reason === 'forbidden')
      return [
        'Demandez à un agent d’administration de vérifier l’accès à ce client (GDAP : Administrateur de licences, License Administrator).',
        again,
        ...vouch,
      ];
    if (reason === 'rights')
      return [
        'Appuyez sur « Vérifier à nouveau ». Cela n’exécute rien : je demande alors à nouveau un oui pour cette étape, à quelqu’un qui a le droit de le donner.',
      ];
    return [look, again];
  },
  /** `prices`: whether they may be said here. */
  differs: (all: readonly Difference<Safe>[], d: { prices: boolean }): string =>
    all
      .map((one) => {
        if (one.what === 'price' && !d.prices) return 'un autre prix';
        if (one.what === 'price') return `${money(one.came)} au lieu de ${money(one.asked)}`;
        if (one.what === 'seats') return `${licences(one.came)} au lieu de ${number(one.asked)}`;
        if (one.what === 'lines') return `${number(one.came)} ${plural(one.came, 'ligne', 'lignes')} au lieu d’une`;
        if (one.what === 'term') return `« ${termLength(one.came)} » au lieu de « ${termLength(one.asked)} »`;
        return `« ${one.came} » au lieu de « ${one.asked} »`;
      })
      .join(' ; '),
  unsettled: (why: UnsettledWhy): string =>
    ({
      noSuchOrder: '**Je ne trouve pas cette commande chez ce client.** Vérifiez son numéro dans l’Espace partenaires.',
      otherProduct: '**Cette commande ne porte pas sur ce plan.** Rien n’a changé.',
      otherMove: '**Cette commande appartient à une autre migration.** Rien n’a changé.',
      tooSoon: '**Il est trop tôt pour dire que rien n’a été acheté.** Les commandes peuvent mettre vingt minutes à apparaître ; je continue de vérifier.',
      ordered: '**Le panier est indiqué comme acheté : il n’est donc pas certain qu’il n’y ait pas de commande.** Je continue de la chercher.',
      orderThere:
        '**Il y a une commande faite depuis, qui pourrait être celle-là.** Dites par son numéro quelle commande c’est ; ou dites encore une fois que rien n’a été acheté, si ce n’en est aucune.',
      ordersUnread: '**Je ne vois pas toutes les commandes de ce client en ce moment.** Rien n’a changé ; réessayez plus tard.',
    })[why],
  stepName: {
    purchasing: 'Achat',
    provisioning: 'Achat',
    purchased: 'Licences',
    reassigning: 'Licences',
    suspending: 'Suspension',
    setting: 'Fin de période',
    set: 'Fin de période',
  } as Record<string, string>,
  speak: (customer: Safe) => `${customer} : la migration est arrêtée et demande l’intervention d’une personne. Rien n’est fait deux fois.`,
};
