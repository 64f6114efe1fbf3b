/** The end of a move, and its written record. */

import type { Money } from '../../../services/domain/money.ts';
import type { RefusalReason } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import { aMonth, capital, count, date, dayMonth, fromDay, licences, onDay, people, peopleOf, plural, untilDay } from './format.ts';
import { leftSo, type OldOne } from './suspension.ts';

/** What of the old one has changed, as the record says it. */
const CHANGED: Readonly<Record<string, string>> = {
  suspended: 'Ancien abonnement suspendu par quelqu’un d’autre que moi',
  ended: 'L’ancien abonnement a pris fin',
  gone: 'L’ancien abonnement n’est plus connu',
  left: 'N’est plus notre client',
  renews: 'L’ancien abonnement se renouvelle à nouveau',
  stops: 'L’ancien abonnement n’a plus de renouvellement prévu',
  end: 'Sa fin a changé',
  disagree: 'Le renouvellement automatique et ce qui est prévu ne concordent pas',
  estPlanned: 'Extended Service Term (EST) prévue par Microsoft',
  estBegun: 'Extended Service Term (EST) commencée',
  estMonth: 'Un mois de plus de son Extended Service Term (EST)',
  planSet: 'Un changement prévu pour sa prochaine période',
  planChanged: 'Un autre changement prévu pour sa prochaine période',
  planLost: 'Le changement prévu pour sa prochaine période est perdu',
  goesOn: 'Continue bien que la migration soit terminée',
  stillBilled: 'Suspendu par quelqu’un, et facturé jusqu’à son dernier jour',
  seats: 'Le nombre d’anciennes licences a changé',
  prices: 'Liste de prix lue',
  unread: 'On ne sait pas s’il se renouvelle',
  name: 'Client renommé',
  snoozeOver: 'Report terminé',
};

/** `455,00 € par mois à partir du 20 janvier 2027` */
export const newPrice = ({ monthly, since }: { monthly: Money; since: string }) => `${aMonth(monthly)} ${fromDay(since)}`;

export const finished = {
  state: 'Terminé',
  what: (plan: Safe) => `Migré vers ${plan}`,
  lead: (d: {
    moved: number;
    /** What the new one costs, and since which day. */
    price: { monthly: Money; since: string } | null;
    old: Money | null;
    outcome: string;
    day: string;
    how: OldOne;
    stillBilled: boolean;
  }) => {
    const moved = d.moved > 0 ? `${people(d.moved)} ${plural(d.moved, 'a', 'ont')} migré. ` : '';
    const price = d.price ? newPrice(d.price) : '';
    const old = d.old ? ` ; l’ancien abonnement (${aMonth(d.old)}) ${d.stillBilled ? `est facturé ${untilDay(d.day)}` : 'n’est plus facturé'}` : '';
    if (d.outcome === 'suspended') return `${moved}${price ? `${price}${old}.` : ''}`;
    if (d.outcome === 'letExpire') return `${moved}${price ? `${price}. ` : ''}${capital(leftSo(d))}`;
    if (d.outcome === 'ended') return `${moved}${price ? `${price}. ` : ''}L’ancien abonnement a pris fin, conformément à son annulation.`;
    if (d.outcome === 'customerCancels') return `${moved}L’administrateur du client doit annuler l’ancien abonnement là où il a été acheté.`;
    return `${moved}Il a été mis fin ici à la migration. Ce qui a été fait n’est pas annulé${d.how === 'unsaid' ? '.' : ` ; ${leftSo(d)}`}`;
  },
  suspendedBefore: () => 'L’ancien abonnement avait été suspendu avant que je ne le demande ; l’Espace partenaires montre depuis quand.',
  dates: (n: number) => (n === 1 ? 'Une date à retenir' : 'Deux dates à retenir'),
  cancelUntil: (day: string) => `**${date(day)}** – dernier jour pour annuler le nouvel abonnement`,
  deletedFrom: (day: string) => `**À partir du ${date(day)} environ** – Microsoft supprime l’ancien abonnement et ses données`,
  billedUntil: (day: string) => `**${date(day)}** – l’ancien abonnement est suspendu, et facturé jusque-là`,
  endsOn: (day: string) => `**${date(day)}** – l’ancien abonnement prend fin`,
  extendsFrom: (day: string) =>
    `**${date(day)}** – après ce jour, l’ancien abonnement continue en Extended Service Term (EST) payante, sauf si quelqu’un programme une annulation`,
  inEstUntil: (day: string) =>
    `**${date(day)}** – après ce jour commence un autre mois de l’Extended Service Term (EST) de l’ancien abonnement, sauf si quelqu’un programme une annulation`,
  termEndsOn: (day: string) =>
    `**${date(day)}** – l’ancienne période se termine ; Microsoft peut la continuer de mois en mois, sauf si quelqu’un programme une annulation`,
  renewsOn: (day: string) => `**${date(day)}** – l’ancien abonnement se renouvelle`,
  happenedOn: (d: { day: string; today: string }) => `Ce qui s’est passé ${d.day.slice(0, 4) === d.today.slice(0, 4) ? `le ${dayMonth(d.day)}` : onDay(d.day)}`,
  earlier: (n: number) => `(${count(n, 'ligne antérieure', 'lignes antérieures')} dans l’historique)`,
  happened: 'Ce qui s’est passé',
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer} a migré vers ${d.plan}.`,
};

const because = (what: string, reason: Safe | null) => (reason ? `${what} : « ${reason} »` : what);

const whyRefused: Record<RefusalReason, string> = {
  oldChanged: 'l’ancien abonnement avait changé',
  agreement: 'le client n’a pas accepté le contrat',
  accountReview: 'le compte est en cours d’examen',
  notSold: 'non vendu à ce client',
  termNotSold: 'plus vendu pour cette durée',
  quantity: 'le nombre de licences n’est pas permis',
  forbidden: 'l’Espace partenaires ne m’a pas laissé faire',
  signIn: 'une nouvelle connexion était demandée',
  refused: 'Microsoft l’a refusé',
  unreachable: 'l’Espace partenaires n’a pas répondu',
  rights: 'la personne qui l’a approuvé n’en a plus le droit',
  notBought: 'il n’apparaît pas dans les commandes de Microsoft',
  saidNotBought: 'aucune des commandes n’était cet achat',
  otherCart: 'le panier n’était pas ce qui avait été demandé',
  unsteady: 'le panier a changé à plusieurs reprises',
  endNotPossible: 'cette fin ne pouvait pas être programmée',
  endUnread: 'ce que cela signifierait n’a pas pu être lu',
  endOldChanged: 'l’abonnement avait changé',
};

/** Lines of the record; a price is null where none is said. */
export const record = {
  stopped: () => 'A cessé de se renouveler',
  known: () => 'Trouvé sans renouvellement',
  unread: () => 'On ne sait pas s’il se renouvelle',
  asked: () => 'Migration demandée',
  outcome: () => 'Sa fin a changé',
  elsewhere: () => 'Licences achetées ailleurs : trouvées',
  seatsGone: () => 'Licences achetées ailleurs : disparues',
  reopened: () => 'L’ancien abonnement a continué',
  superseded: () => 'Une autre migration a pris la place de celle dont l’annulation est programmée',
  chosen: (d: { quantity: number; plan: Safe | null; term: Safe | null }) =>
    `Plan choisi${d.plan ? ` : ${d.plan}` : ''}, ${licences(d.quantity)}${d.term === null ? '' : `, ${d.term}`}`,
  priced: (d: { monthly: Money | null }) => (d.monthly ? `Prix : ${aMonth(d.monthly)}` : 'Prix obtenu'),
  refused: (d: { reason: RefusalReason; code: Safe | null }) =>
    `Pas d’achat : ${whyRefused[d.reason] ?? 'refusé'}${d.code && /\d/.test(d.code) ? ` (${d.code})` : ''}`,
  approve: (d: { monthly: Money | null }) => (d.monthly ? `Approuvé : ${aMonth(d.monthly)}` : 'Approuvé'),
  placed: () => 'Acheté',
  order: (id: Safe) => `Commande ${id}`,
  provisioned: () => 'Le nouvel abonnement est prêt',
  ask: (order: Safe) => `Question posée : est-ce la commande ${order} ?`,
  settle: (d: { order: Safe | null; reason: Safe | null }) =>
    because(d.order ? `Déclaré : c’était la commande ${d.order}` : 'Déclaré : rien n’a été acheté', d.reason),
  planAdded: (plan: Safe) => `Ajouté aux plans : ${plan}`,
  confirmUsers: () => 'Licences confirmées',
  confirmSuspend: () => 'Suspension confirmée',
  moved: (d: { moved: number; total: number }) => `${peopleOf(d.moved, d.total)} ${plural(d.moved, 'a', 'ont')} migré`,
  nothingToMove: () => 'Personne n’avait à migrer',
  waive: (reason: Safe | null) => because('Quelqu’un a été laissé de côté, nommément', reason),
  vouch: (reason: Safe | null) => because('Vérifié là où le bot ne le pouvait pas', reason),
  remind: () => 'Rappel aux approbateurs',
  weighed: () => 'Programmation de la fin de sa période demandée',
  approveEnd: (d: { to: string }) => (d.to === 'renew' ? 'Renouvellement approuvé' : 'Annulation à l’échéance approuvée'),
  confirmEnd: () => 'Annulation à l’échéance confirmée',
  letEnd: () => 'Laissé prendre fin, son annulation étant programmée',
  endSet: () => 'Fin de sa période programmée, et vérifiée',
  endFound: () => 'La fin de sa période était déjà programmée',
  endOver: () => 'Sa période est terminée',
  verified: () => 'Ancien abonnement suspendu, suspension vérifiée',
  skip: (reason: Safe | null) => because('Laissé tel quel', reason),
  giveUp: (reason: Safe | null) => because('Il a été mis fin à la migration', reason),
  renewed: () => 'Se renouvelle à nouveau',
  ended: () => 'A pris fin',
  left: () => 'N’est plus notre client',
  again: (why: string) =>
    ({
      waited: 'Attente trop longue après le oui : demandé à nouveau',
      cart: 'Panier différent de ce qui a été approuvé : demandé à nouveau',
      source: 'Ancien abonnement différent de ce qui a été approuvé : demandé à nouveau',
    })[why] ?? 'Panier disparu : demandé à nouveau',
  changed: (what: string) => CHANGED[what] ?? 'Quelque chose a changé dans l’ancien abonnement',
  decline: (reason: Safe | null) => because('Refusé', reason),
  cancel: () => 'Annulé',
  back: () => 'Une étape en arrière',
  check: () => 'Vérifié à nouveau',
  snoozed: (d: { until: string | null; reason: Safe | null }) => because(d.until ? `Reporté ${untilDay(d.until)}` : 'Reporté', d.reason),
  dismissed: (reason: Safe | null) => because('Laissé sans suite', reason),
  undo: () => 'Rouvert : le report, ou la décision de le laisser sans suite, est annulé',
  assigned: () => 'Pris en charge',
  given: (whom: Safe) => `Confié à ${whom}`,
  handedBack: () => 'Rendu',
  note: (text: Safe) => `Note : « ${text} »`,
  seen: () => 'Vu',
  fail: () => 'Arrêté : intervention requise',
  lapse: () => 'Le devis a expiré',
  checkpoint: (n: number) =>
    `${count(n, 'ligne plus ancienne a été supprimée', 'lignes plus anciennes ont été supprimées')} au terme de la durée de conservation fixée`,
  bot: 'Successor',
};

export const history = {
  who: (d: { customer: Safe }) => d.customer,
  what: (d: { ticketId: string; plan: Safe }) => `${d.ticketId} : ${d.plan}`,
  none: 'Rien ne s’est encore passé.',
  older: (n: number) => `${count(n, 'ligne plus ancienne n’est pas affichée', 'lignes plus anciennes ne sont pas affichées')} ici.`,
};
