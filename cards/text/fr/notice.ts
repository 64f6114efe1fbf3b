/** A subscription that stops renewing, and what people mark on it. */

import { addDays } from '../../../services/clock.ts';
import type { Money } from '../../../services/domain/money.ts';
import { CANCEL_WINDOW_DAYS, CLASSIC_DELETED_AFTER_DAYS, DATA_KEPT_DAYS, GRACE_DAYS } from '../../../services/domain/rules.ts';
import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Over, StoodStill } from '../en/notice.ts';
import { NB } from '../format.ts';
import { effectOf } from './ends.ts';
import { aMonth, capital, count, dayMonth, licences, number, onDay, plural, stamp, termName, untilDay } from './format.ts';

const reasons: Record<string, string> = {
  closest: 'le plus proche',
  service: 'pour les équipes du service client',
  everything: 'ventes, service et plus, tout en un',
  light: 'lecture et usage léger',
  sales: 'pour les équipes de vente',
  smaller: 'sans téléphonie',
};

export const reason = (key: Safe) => reasons[key] ?? key;

const inDays = (left: number) => (left === 0 ? 'aujourd’hui' : `dans ${count(left, 'jour', 'jours')}`);

export const notice = {
  /** `ends`: that it ends was read; of any other only its term does. */
  state: (left: number, ends: boolean) => {
    if (Number.isNaN(left)) return 'Son dernier jour n’est pas connu';
    if (left < 0) return 'Son dernier jour est passé';
    const what = `${ends ? 'expire' : 'sa période se termine'} ${inDays(left)}`;
    return left <= 7 ? `Urgent : ${what}` : capital(what);
  },
  inEst: 'En Extended Service Term (EST)',
  contradictory: 'Le renouvellement automatique et ce qui est prévu ne concordent pas',
  asked: 'Migrer vers un autre plan',
  unread: 'On ne sait pas s’il se renouvelle',
  unreadLead: (day: string) =>
    `L’Espace partenaires ne dit pas si l’abonnement se renouvelle. Consultez-le avant ${onDay(day)} ; j’écrirai à nouveau quand il le dira.`,
  speakUnread: (d: { customer: Safe; plan: Safe }) => `${d.customer} : l’Espace partenaires ne dit pas si ${d.plan} se renouvelle.`,
  was: 'Avant  ',
  now: 'Maintenant  ',
  autoRenews: (day: string) => `Renouvellement automatique ${onDay(day)}`,
  expires: (day: string) => `Expire ${onDay(day)}`,
  termEnds: (day: string) => `Sa période se termine ${onDay(day)}`,
  effect: effectOf,
  /** Of one that reads active although that day is over. */
  passed: (day: string) =>
    `La période devait se terminer ${onDay(day)}. L’Espace partenaires affiche encore l’abonnement comme actif, et ce qu’il en est advenu n’est pas encore connu ; je vérifie à nouveau.`,
  undo: (until: string) => `Jusqu’au ${stamp(until)}, l’abonnement peut être annulé dans l’Espace partenaires, et les jours restants sont remboursés.`,
  /** Some of its seats, each with its own last moment. */
  giveBack: (d: { of: number | null; parts: readonly { quantity: number; until: string | null }[] }) => {
    const said = d.parts.map(({ quantity, until }) => `${number(quantity)}${until ? ` jusqu’au ${stamp(until)}` : ''}`).join(', ');
    const held = d.of === null ? '' : ` (qui en compte ${number(d.of)})`;
    return `Des licences de cet abonnement${held} peuvent être rendues dans l’Espace partenaires : ${said}. Les jours restants sont remboursés.`;
  },
  withoutPromotion:
    'La promotion actuelle de l’abonnement n’est pas prévue pour sa prochaine période ; sans elle, c’est alors le prix catalogue qui est facturé.',
  addonTo: (base: Safe) => `C’est un module complémentaire : sa base, ${base}, continue sans lui.`,
  addons: (names: readonly Safe[], now: Money | null) =>
    `${names.length === 1 ? 'Un module complémentaire s’en va' : `${names.length} modules complémentaires s’en vont`} avec l’abonnement : ${names.join(', ')}${now ? `, ${aMonth(now)}` : ''}.`,
  addonsAndPlan: (names: readonly Safe[]) =>
    names.length === 1
      ? `Son module complémentaire, ${names.join(', ')}, peut faire partie de l’autre plan, ou Microsoft peut refuser le changement tant qu’il est là ; consultez l’Espace partenaires avant ce jour.`
      : `Ses modules complémentaires, ${names.join(', ')}, peuvent faire partie de l’autre plan, ou Microsoft peut refuser le changement tant qu’ils sont là ; consultez l’Espace partenaires avant ce jour.`,
  /** Of a classic one whose last day has passed. */
  dataDeleted: (day: string) => dataDeleted(day),
  reseller: (mpnId: Safe) => `${mpnId}, conservé comme revendeur de référence de ce qui est acheté ici pour cet abonnement`,
  shortened: (d: { since: string; term: Safe; billing: Safe }) =>
    `Cette période, commencée ${onDay(d.since)}, est raccourcie ; si l’abonnement se renouvelle, la suivante sera entière : ${termName(d.term, d.billing)}.`,
  seats: (held: number | null, inUse: number | null) =>
    `${held === null ? 'L’Espace partenaires ne dit pas combien' : `${number(held)} ${plural(held, 'achetée', 'achetées')}`}${inUse === null ? '' : `, ${number(inUse)} ${plural(inUse, 'utilisée', 'utilisées')}`}`,
  choice: (title: Safe, reason: Safe) => `${title} · ${reason}`,
  notSold: (titles: readonly Safe[]) => `Pas vendu à ce client : ${titles.join(', ')}.`,
  minimum: (title: Safe, n: number) => `${title} commence à ${licences(n)}.`,
  soldFor: (title: Safe, terms: readonly Safe[]) => `${title} est vendu pour ${terms.join(' ; ')}.`,
  usualTerm: 'Comme d’habitude pour le plan',
  noneSold: 'Aucun des plans que Microsoft indique pour cet abonnement n’est vendu à ce client. Tapez le nom de n’importe quel autre plan.',
  noProgramme: 'Aucun programme de retrait n’indique de plan pour cet abonnement. Tapez le nom de n’importe quel plan que vous vendez.',
  reading: 'Je lis le catalogue de ce client ; les plans suivent.',
  plansUnread: 'Je ne peux pas lire le catalogue de ce client pour l’instant : je ne connais donc pas ses plans. Je réessaie automatiquement ; ils suivent.',
  planExample: 'Office 365 E3',
  kind: (d: { newCommerce: boolean; term: Safe; billing: Safe }) =>
    `${d.newCommerce ? 'Nouvelle expérience commerciale (NCE)' : 'Classique'}${d.term ? `, ${termName(d.term, d.billing)}` : ''}`,
  /** `who`: null where the log could not be read. */
  changedBy: (d: { who: Safe | 'nobody' | 'application' | null; since: string | null; at: string | null; app: Safe | null }) => {
    if (d.who === null) return 'Inconnu';
    if (d.who === 'nobody') return d.since ? `Aucune trace depuis ${onDay(d.since)}` : 'Aucune trace';
    const who = d.who === 'application' ? `Une application${d.app ? `, ${d.app}` : ''}` : d.who;
    return d.at ? `${who}, ${stamp(d.at)}` : who;
  },
  /** A change that left auto-renew out switches it off, and few who make one know. */
  droppedBy: (d: { byApp: boolean; at: string; day: string }) =>
    `${d.byApp ? 'Une application' : 'Quelqu’un'} a modifié le nombre de licences ${onDay(d.at)}, et le renouvellement automatique a été désactivé en même temps. Si ce n’était pas voulu, réactivez-le dans l’Espace partenaires avant ${onDay(d.day)}.`,
  declined: (d: { who: Safe; reason: Safe }) => `${d.who} a refusé l’achat : « ${d.reason} »`,
  endDeclined: (d: { who: Safe; reason: Safe }) => `${d.who} a refusé de programmer la fin de sa période : « ${d.reason} »`,
  lookedAfter: (who: Safe) => `${who} s’en occupe.`,
  speak: (d: { customer: Safe; plan: Safe; day: string; left: number; ends: boolean }) =>
    `${d.customer} : ${d.plan}. ${d.ends ? 'Expire' : 'Sa période se termine'} ${onDay(d.day)}${d.left >= 0 ? `, ${inDays(d.left)}` : ''}.`,
  speakAsked: (d: { customer: Safe; plan: Safe }) => `${d.customer} : migrer ${d.plan} vers un autre plan.`,
};

export const snoozed = {
  state: (day: string) => `Reporté jusqu’au ${dayMonth(day)}`,
  lead: (d: { who: Safe; reason: Safe | null }) => (d.reason ? `${d.who} : « ${d.reason} »` : `${d.who} l’a reporté.`),
  foot: (d: { at: string; day: string }) => `${stamp(d.at)}. J’écrirai à nouveau ${onDay(d.day)}, ou plus tôt si quelque chose change.`,
};

export const dismissed = {
  state: 'Laissé sans suite',
  lead: (d: { who: Safe; reason: Safe }) => `${d.who} : « ${d.reason} »`,
  foot: (d: { at: string }) => `${stamp(d.at)}. Je ne vous le rappellerai plus.`,
};

export const renewed = {
  state: 'Se renouvelle à nouveau',
  lead: 'L’Espace partenaires dit que l’abonnement se renouvelle à nouveau.',
  foot: (at: string) => `Vu le ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer} : l’abonnement se renouvelle à nouveau. Rien à faire.`,
};

export const ended = {
  state: 'A pris fin',
  lead: 'L’abonnement a pris fin, ou quelqu’un l’a suspendu ailleurs.',
  foot: (at: string) => `Vu le ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer} : l’abonnement a pris fin.`,
};

/** A suspended one of new commerce goes on costing; a classic one does not, and is deleted. */
export const suspendedElsewhere = {
  state: (stillBilled: boolean) => (stillBilled ? 'Suspendu, et encore facturé' : 'Suspendu'),
  lead: (d: StoodStill) => `Quelqu’un d’autre que moi l’a suspendu. ${stillCosts(d)}`,
  speak: (d: { customer: Safe } & StoodStill) => `${d.customer} : l’abonnement a été suspendu ailleurs. ${stillCosts(d)}`,
};

function dataDeleted(day: string): string {
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Environ ${number(least)} à ${number(most)}${NB}jours après ${onDay(day)}, Microsoft supprime les données de l’abonnement.`;
}

/** What can be had of one that is over, and until when: only where its word and its days tell. */
function ofItsData({ newCommerce, day, as, seenOn = '', inEst }: Over): string {
  if (!as || day === '' || seenOn === '') return '';
  const atItsEnd = seenOn >= day;
  if (!newCommerce) return as !== 'deleted' && atItsEnd ? ` ${dataDeleted(day)}` : '';
  const kept = addDays(day, DATA_KEPT_DAYS);
  if (as === 'deleted')
    return atItsEnd || inEst
      ? ''
      : ` Il a été annulé avant la fin de sa période : ses données peuvent être récupérées pendant ${number(CANCEL_WINDOW_DAYS)}${NB}jours après cela, au plus tard ${untilDay(addDays(seenOn, CANCEL_WINDOW_DAYS))}.`;
  if (!atItsEnd || seenOn > kept) return '';
  if (as === 'disabled') return ` Seuls les administrateurs du client ont maintenant accès à ses données, ${untilDay(kept)} environ.`;
  const grace = addDays(day, GRACE_DAYS);
  return ` Il ne peut plus être renouvelé. ${seenOn > grace ? '' : `On ne sait pas s’il peut encore être utilisé ${untilDay(grace)}, sans paiement. `}Ses données sont conservées ${untilDay(kept)} environ : achetez un nouvel abonnement avant cette date.`;
}

/** What a suspended subscription costs, until when it can come back, and what becomes of it. */
export function stillCosts(d: StoodStill): string {
  if (d.newCommerce)
    return `Il est tout de même facturé jusqu’à la fin de sa période, ${onDay(d.day)}. Il peut être réactivé jusque-là, pas après. On ne sait pas s’il peut continuer après cela en Extended Service Term (EST) payante.`;
  const { least, most } = CLASSIC_DELETED_AFTER_DAYS;
  return `Il n’est plus facturé. Microsoft le supprime avec ses données à la fin de sa période, ${onDay(d.day)}, ou environ ${number(least)} à ${number(most)}${NB}jours après sa suspension, à la première de ces deux dates ; jusque-là, il peut être réactivé.${addonsOff(d.addons ?? [])}`;
}

/** Partner Center refuses to switch on an add-on whose base is off (409, 27009). */
function addonsOff(names: readonly Safe[]): string {
  if (names.length === 0) return '';
  return names.length === 1
    ? ` Son module complémentaire, ${names.join(', ')}, ne peut pas être réactivé avant lui.`
    : ` Ses modules complémentaires, ${names.join(', ')}, ne peuvent pas être réactivés avant lui.`;
}

export const left = {
  state: 'N’est plus notre client',
  lead: 'L’Espace partenaires dit que ce client n’est plus le nôtre. Je ne vois plus ses abonnements : je ne peux donc pas dire ce que devient celui-ci.',
  foot: (at: string) => `Vu le ${stamp(at)}.`,
  speak: (customer: Safe) => `${customer} n’est plus notre client.`,
};

export const nothingHere = 'Rien n’a été acheté ni modifié ici.';

export const begunBefore = 'Un achat a été commencé ici auparavant ; l’historique dit ce qu’il en est advenu.';

export const readAgain = 'L’Espace partenaires dit à nouveau que l’abonnement se renouvelle.';

export const standing = (how: Standing, d: Over) =>
  ({
    suspended: `L’ancien abonnement a été suspendu par quelqu’un d’autre que moi. ${stillCosts(d)}`,
    ended: `L’ancien abonnement a pris fin.${ofItsData(d)}`,
    gone: 'L’Espace partenaires ne connaît plus l’ancien abonnement.',
    left: 'L’Espace partenaires dit que ce client n’est plus le nôtre.',
  })[how];

export const movedDown = {
  state: 'La suite est sur une autre carte',
  lead: 'Une autre carte sur cet abonnement se trouve dans cette conversation ; celle-ci n’est plus tenue à jour.',
};
