/** Price, approval and purchase. */

import { type Money, monthsOf } from '../../../services/domain/money.ts';
import type { AgainWhy, RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { aMonth, capital, count, licences, listedOr, money, number, people, plural, stamp, termName, untilDay } from './format.ts';

export const refusals: Record<RefusalReason, string> = {
  oldChanged: 'Je n’ai rien acheté : l’ancien abonnement a changé depuis la demande de prix. Vérifiez-le, puis demandez à nouveau un prix.',
  agreement:
    'Pas encore de prix : le client n’a pas accepté le Contrat client Microsoft, et lui seul le peut. L’un de ses administrateurs généraux se connecte à admin.microsoft.com et l’y accepte, ou l’accepte par un lien que vous créez pour lui ; demandez ensuite à nouveau. Un contrat accepté avant avril 2023 doit l’être à nouveau.',
  accountReview: 'Pas encore de prix : Microsoft examine le compte de ce client. Demandez à nouveau quand l’examen sera terminé.',
  notSold: 'Pas de prix : ce plan n’est pas vendu à ce client. Choisissez-en un autre.',
  termNotSold: 'Pas de prix : ce plan n’est plus vendu pour la durée choisie. Choisissez une autre durée, ou un autre plan.',
  quantity: 'Pas de prix : ce plan ne permet pas ce nombre de licences. Modifiez-le et demandez à nouveau.',
  forbidden: 'Pas de prix : l’Espace partenaires ne me laisse pas acheter pour ce client. Demandez à un agent d’administration de vérifier mon accès.',
  signIn:
    'Pas de prix : l’Espace partenaires demande une nouvelle connexion du compte avec lequel je travaille. Un propriétaire m’écrit **consentement** en conversation privée ; demandez ensuite à nouveau.',
  refused: 'Pas de prix : Microsoft a refusé cette commande. Choisissez un autre plan, ou consultez l’Espace partenaires.',
  unreachable: 'Pas de prix : l’Espace partenaires n’a pas répondu. Rien n’a été acheté ; demandez à nouveau dans une minute.',
  rights:
    'Je n’ai rien acheté : la personne qui a approuvé l’achat n’a plus le droit d’approuver des achats. Choisissez à nouveau le plan ; quelqu’un d’autre approuvera.',
  notBought:
    'Rien n’a été acheté : Microsoft n’a pas enregistré l’achat, et vingt minutes plus tard il n’apparaît pas dans ses commandes. Choisissez à nouveau le plan pour l’acheter.',
  saidNotBought:
    'Un approbateur dit qu’aucune des commandes présentes n’est cet achat. Choisissez à nouveau le plan pour l’acheter ; avant de le faire, je demande ce qu’il en est de ces commandes.',
  otherCart:
    'Pas de prix : le panier créé par l’Espace partenaires n’indique aucun prix, ou n’est pas ce qui était demandé ; je ne le propose donc pas. Rien n’a été acheté ; demandez à nouveau, ou achetez dans l’Espace partenaires.',
  endNotPossible: 'Je n’ai rien programmé : en l’état actuel, je ne peux pas programmer cette fin. Vérifiez-la dans l’Espace partenaires.',
  endUnread: 'Je n’ai rien programmé : je n’ai pas pu lire ce que cela signifierait. Demandez à nouveau dans une minute.',
  endOldChanged: 'Je n’ai rien programmé : l’abonnement a changé depuis la demande. Vérifiez-le, puis demandez à nouveau.',
  unsteady:
    'Je n’ai rien acheté : à plusieurs reprises, le panier avait changé ou disparu juste avant l’achat. Demandez à nouveau le prix plus tard, ou achetez dans l’Espace partenaires.',
};

export const quoting = {
  state: 'Demande du prix…',
  what: (d: { quantity: number; plan: Safe }) => `${licences(d.quantity)} ${d.plan}`,
  lead: 'Microsoft calcule le prix. Rien n’est acheté à ce stade.',
  speak: (customer: Safe) => `${customer} : demande du prix à Microsoft.`,
};

export const question = {
  state: 'En attente d’une réponse',
  lead: (order: Safe) =>
    `**La commande ${order} est-elle cet achat ?** Elle porte sur le même plan pour ce client. Je n’achète rien avant qu’un approbateur ne dise si c’est le cas.`,
  ifYes: 'Si c’est elle, rien de plus n’est acheté ; je continue avec cette commande.',
  ifNo: 'Si c’est une autre, je continue l’achat. Le motif reste dans le journal.',
  speak: (customer: Safe) => `${customer} : y a-t-il déjà une commande pour cela ? Rien n’est acheté avant que quelqu’un ne le dise.`,
  when: (at: string | null) => (at === null ? 'Inconnue' : stamp(at)),
};

/** `, 20,40 € de plus que maintenant` */
function compared({ monthly, old, sameCurrency }: Periods): string {
  if (!sameCurrency || !old) return '';
  const change = monthly.minor - old.minor;
  if (change === 0) return ', autant que maintenant';
  return `, ${money({ minor: Math.abs(change), currency: monthly.currency })} de ${change > 0 ? 'plus' : 'moins'} que maintenant`;
}

/** What is paid while both are. */
function bothPaid({ monthly, old, sameCurrency }: Periods): string {
  if (!old) return `${aMonth(monthly)} pour le nouveau, et le prix de l’ancien, qui n’est pas connu`;
  if (!sameCurrency) return `${aMonth(old)} pour l’ancien et ${aMonth(monthly)} pour le nouveau`;
  return `**${aMonth({ ...old, minor: old.minor + monthly.minor })}** pour les deux, ${money(old)} pour l’ancien et ${money(monthly)} pour le nouveau`;
}

export const quote = {
  state: 'En attente d’approbation',
  notYours: {
    ownRequest: 'Vous avez fait cette demande : un autre approbateur doit donc donner son accord.',
    noApprover: 'Un approbateur doit donner son accord.',
  },
  waitsFor: (d: { names: readonly Safe[]; more: boolean }) => `En attente de : ${listedOr([...d.names, ...(d.more ? ['un autre approbateur'] : [])])}.`,
  what: (d: { quantity: number; plan: Safe }) => `Acheter ${licences(d.quantity)} ${d.plan}`,
  /** What is paid month by month: for both while both are paid, then for what is left. */
  periods: (d: Periods) => {
    const { monthly, until, later } = d;
    if (until === null) return [];
    const each = bothPaid(d);
    const alone = `Ensuite ${aMonth(monthly)}${compared(d)}.`;
    if (until.what === 'suspended')
      return [`Jusqu’à la suspension de l’ancien${until.atLatest ? `, au plus tard ${untilDay(until.atLatest)}` : ''} : ${each}.`, alone];
    const sum = later?.currency === monthly.currency ? `**${aMonth({ ...monthly, minor: monthly.minor + later.minor })}** pour les deux : ` : '';
    const at = later ? ` à ${aMonth(later)}` : '';
    const then = {
      ends: alone,
      extends: `Ensuite ${sum}${aMonth(monthly)} pour le nouveau, et une Extended Service Term (EST) payante pour l’ancien${at} jusqu’à ce que quelqu’un programme son annulation.`,
      inEst: `Ensuite ${sum}${aMonth(monthly)} pour le nouveau, et un mois de plus de l’Extended Service Term (EST) de l’ancien${at}, jusqu’à ce que quelqu’un programme son annulation.`,
      renews: `Ensuite ${sum}${aMonth(monthly)} pour le nouveau, et l’ancien se renouvelle${at}, sauf si quelqu’un programme son annulation.`,
      termEnds: `Ensuite ${aMonth(monthly)} pour le nouveau. On ne sait pas si l’ancien continuera alors, ni s’il sera facturé.`,
    }[until.how];
    return [`${capital(untilDay(until.day))}, même si l’ancien est suspendu : ${each}.`, then];
  },
  /** Of the whole term, and whose prices these are. */
  total: (d: { total: Money; term: string }) =>
    `${d.term === 'P1M' ? 'Le nouvel abonnement peut être annulé ou modifié chaque mois.' : `${money(d.total)} sur ${count(monthsOf(d.term) ?? 0, 'mois', 'mois')}.`} Les prix sont ce que vous payez en tant que partenaire, hors taxes.`,
  /** Licences and people that do not fit each other. */
  unfit: (d: { quantity: number; inUse: number; monthly: Money | null }) => {
    const empty = d.quantity - d.inUse;
    if (empty < 0 && d.inUse === 1) return '**La seule personne qui a l’ancienne licence ne reçoit pas la nouvelle.**';
    if (empty < 0)
      return `**Sur les ${people(d.inUse)} qui ont l’ancienne licence, ${number(-empty)} ne ${plural(-empty, 'reçoit', 'reçoivent')} pas la nouvelle.**`;
    if (empty === 0) return null;
    const stays = `${licences(empty)} ${plural(empty, 'reste inutilisée', 'restent inutilisées')} pour l’instant`;
    if (!d.monthly) return `${stays}.`;
    const minor = (d.monthly.minor * empty) / d.quantity;
    const cost = `${Number.isInteger(minor) ? '' : 'environ '}${aMonth({ ...d.monthly, minor: Math.round(minor) })}`;
    return `${stays} et ${plural(empty, 'coûte', 'coûtent')} ${cost}.`;
  },
  again: (why: AgainWhy) =>
    ({
      waited: 'Plus de 15 minutes se sont écoulées depuis l’approbation : il faut donc approuver à nouveau.',
      cart: 'Le panier n’était plus tel qu’il avait été approuvé : il faut donc approuver à nouveau.',
      source: 'L’ancien abonnement a changé depuis l’approbation : il faut donc approuver à nouveau.',
      lastStep: 'Le oui à la dernière étape a dû attendre plus d’une heure : je le demande donc à nouveau.',
    })[why],
  sourceGone: (status: Safe) =>
    status === 'gone' ? 'L’ancien abonnement n’est plus là.' : `L’ancien abonnement n’est pas actif en ce moment ; Microsoft indique l’état « ${status} ».`,
  formerly: (d: { before: Money; after: Money } | null) =>
    `${d ? `Le prix est passé de **${money(d.before)}** à **${money(d.after)}** par mois` : 'Le prix a changé'} : il faut donc approuver à nouveau.`,
  seats: (d: { quantity: number; held: number | null; inUse: number | null }) =>
    `${number(d.quantity)} (${d.held === null ? 'nombre actuel inconnu' : `${number(d.held)} maintenant`}, ${d.inUse === null ? 'nombre utilisé inconnu' : `${number(d.inUse)} ${plural(d.inUse, 'utilisée', 'utilisées')}`})`,
  term: (term: Safe, billing: Safe) => `${termName(term, billing)}, se renouvelle automatiquement`,
  atOnce: 'Immédiatement',
  reseller: (number: Safe) => `${number} ; en approuvant, vous confirmez que c’est le partenaire de référence`,
  approvers: (all: { name: Safe; reached: boolean }[]) =>
    all.map((one) => (one.reached ? `${one.name}, message personnel remis` : `${one.name}, message personnel non remis`)).join(' ; '),
  when: 'Quand vous approuvez',
  bullets: (d: { customer: Safe; both: boolean }) => [
    d.both ? `${d.customer} a les deux abonnements, et les deux sont payés.` : `${d.customer} a immédiatement le nouvel abonnement.`,
    'Le nouvel abonnement peut être annulé dans les 7 jours, pas après.',
    'Vous choisissez ensuite qui reçoit les nouvelles licences.',
  ],
  foot: (d: { who: Safe; at: string; until: string }) => `Demande faite par ${d.who}, le ${stamp(d.at)}. Le prix est valable jusqu’au ${stamp(d.until)}.`,
  speak: (d: { customer: Safe; quantity: number; plan: Safe; monthly: Money | null }) =>
    `${d.customer} : approuver ${licences(d.quantity)} ${d.plan}${d.monthly ? ` pour ${aMonth(d.monthly)}` : ''} ?`,
  hidden: {
    personal:
      'Le prix s’affiche uniquement en conversation privée avec moi. Un approbateur l’y lit et y approuve : écrivez-moi **montrer** et le nom du client.',
    never: 'L’exploitant du bot a désactivé les prix : aucun n’est donc affiché. Ce que vous approuvez est acheté au prix de Microsoft.',
  },
};

export const buying = {
  state: 'Achat en cours…',
  lead: 'Microsoft prépare l’abonnement. Cela prend une minute ou deux ; inutile d’attendre : j’écrirai ici quand il sera prêt.',
  asking: 'Je demande à nouveau à Microsoft si l’achat a abouti. Il n’est pas fait deux fois.',
  foot: (d: { who: Safe; at: string; monthly: Money | null }) => `Approuvé par ${d.who}, le ${stamp(d.at)}${d.monthly ? ` : ${aMonth(d.monthly)}` : ''}.`,
  speak: (customer: Safe) => `${customer} : achat en cours.`,
};
