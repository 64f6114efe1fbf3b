/** The last step, and what becomes of the old subscription. */

import type { Money } from '../../../services/domain/money.ts';
import { CLASSIC_DELETED_AFTER_DAYS } from '../../../services/domain/rules.ts';
import type { LastStepHere } from '../../../services/tickets/endOfTerm.ts';
import type { Safe } from '../../escape.ts';
import type { OldOne } from '../en/suspension.ts';
import { NB } from '../format.ts';
import { aMonth, capital, date, number, onDay, people, plural, stamp, untilDay } from './format.ts';

export type { OldOne } from '../en/suspension.ts';

/** What becomes of it when it is left; `where` a cancellation can be set. */
function goesOn({ day, how }: { day: string; how: OldOne }, where: string): string {
  return {
    renews: `l’ancien abonnement continue et se renouvelle ${onDay(day)}.`,
    ends: `l’ancien abonnement prend fin de lui-même ${onDay(day)}.`,
    extends: `après ${onDay(day)}, l’ancien abonnement continue de mois en mois en Extended Service Term (EST) payante, jusqu’à ce que quelqu’un programme une annulation${where}.`,
    inEst: `l’ancien abonnement continue de mois en mois dans son Extended Service Term (EST) payante, jusqu’à ce que quelqu’un programme une annulation${where}.`,
    termEnds: `la période de l’ancien abonnement se termine ${onDay(day)} ; Microsoft peut le continuer de mois en mois, et le facturer, sauf si quelqu’un programme une annulation${where}.`,
    unsaid: 'l’ancien abonnement a été laissé tel quel.',
  }[how];
}

export const leftSo = (d: { day: string; how: OldOne }) => goesOn(d, ' dans l’Espace partenaires');

export const suspension = {
  state: 'Prêt pour la dernière étape',
  suspend: (plan: Safe) => `Suspendre ${plan}`,
  end: (plan: Safe) => `Mettre fin à ${plan}`,
  decide: (plan: Safe) => `Décision à prendre : ${plan}`,
  everybody: (n: number) =>
    n === 1
      ? 'La seule personne concernée a la nouvelle licence. Personne ne perd l’accès.'
      : `Les ${people(n)} ont la nouvelle licence. Personne ne perd l’accès.`,
  sameSku: (n: number) =>
    `L’ancien et le nouveau plan utilisent la même licence : personne n’a donc eu à migrer. Les nouvelles licences couvrent ${n === 1 ? 'la seule personne qui l’utilise' : `les ${people(n)} qui l’utilisent`}.`,
  nobody: 'Personne n’avait l’ancienne licence : personne ne perd donc l’accès.',
  notKnown: 'Je ne sais pas qui avait l’ancienne licence. Je vérifie avant de suspendre quoi que ce soit.',
  some: (d: { moved: number; stay: number }) =>
    `${people(d.moved)} ${plural(d.moved, 'a', 'ont')} la nouvelle licence. ${people(d.stay)} ${plural(d.stay, 'garde', 'gardent')} l’ancienne : un autre abonnement a des licences pour ${plural(d.stay, 'cette personne', 'elles')}. Personne ne perd l’accès.`,
  waived: (d: { who: Safe; reason: Safe; left: number }) =>
    `**${people(d.left)} ${plural(d.left, 'perd', 'perdent')} l’accès**, faute de nouvelle licence. ${d.who} l’a décidé : « ${d.reason} »`,
  when: 'Quand vous le suspendez',
  whenAnyway: 'Si vous le suspendez quand même',
  billingStops: (now: Money | null) => `**La facturation s’arrête aujourd’hui.**${now ? ` Cela fait économiser ${aMonth(now)}.` : ''}`,
  deleted: (d: { from: string; end: string }) =>
    d.from === d.end
      ? `Microsoft le supprime avec ses données quand sa période se termine, le **${date(d.end)}**.`
      : `Microsoft le supprime avec ses données environ ${number(CLASSIC_DELETED_AFTER_DAYS.least)} à ${number(CLASSIC_DELETED_AFTER_DAYS.most)}${NB}jours à compter de maintenant, à partir du **${date(d.from)}** environ${d.end ? `, ou quand sa période se termine, le **${date(d.end)}**, à la première de ces deux dates` : ''}.`,
  backOn: 'Tant qu’il n’est pas supprimé, il peut être réactivé dans l’Espace partenaires.',
  savesNothing: 'Suspendre maintenant ne fait rien économiser',
  paidUntil: (d: { day: string; now: Money | null }) =>
    `Il est payé ${untilDay(d.day)}${d.now ? `, ${aMonth(d.now)}` : ''}. Microsoft le facture jusque-là, suspendu ou non.`,
  stopsAtOnce: 'Ses services s’arrêtent aussitôt, et ses modules complémentaires aussi.',
  noWayBack: (day: string) => `Il ne peut pas être rétabli après ${onDay(day)}. Récupérez les données avant.`,
  changesLost: 'Le renouvellement automatique est désactivé et les changements prévus sont perdus.',
  /** It may go on and cost money: the end has to be set, and this step does not set it. */
  setCancellation: (d: { how: OldOne; day: string }) =>
    `${capital(leftSo(d))} Je ne programme pas cette annulation : programmez-la dans l’Espace partenaires, comme « annuler à la fin de la période ». Je vérifie si elle y est.`,
  setHere: (d: { how: OldOne; day: string }) =>
    `${capital(goesOn(d, ''))} Avec « Annuler à l’échéance », je programme l’annulation et je vérifie si elle tient.`,
  setItFirst: 'On ne sait pas si un abonnement suspendu peut continuer en Extended Service Term (EST) : programmez donc d’abord l’annulation.',
  keepsRenewing: (d: { day: string; at: Money | null }) =>
    `Il se renouvelle toujours de lui-même : ${onDay(d.day)}, il continue pour une autre période${d.at ? `, à ${aMonth(d.at)} en plus du nouveau` : ''}, sauf si vous le suspendez ou désactivez le renouvellement automatique.`,
  suspending: 'Suspension en cours…',
  suspendingLead: 'Je suspends l’ancien abonnement et vérifie ensuite que rien d’autre n’a changé.',
  speak: (d: { customer: Safe; last: LastStepHere }) =>
    `${d.customer} : il reste une étape. ${
      {
        letEnd: 'Laisser l’ancien abonnement prendre fin de lui-même, ou le suspendre ?',
        cancel: 'L’ancien abonnement ne prend pas fin de lui-même : programmez son annulation dans l’Espace partenaires.',
        setEnd: 'L’ancien abonnement continue si sa fin n’est pas programmée : l’annuler à l’échéance ?',
        suspend: 'Suspendre l’ancien abonnement ?',
        customerActs: 'Le client met fin aux anciennes licences là où il les a achetées.',
      }[d.last]
    }`,
  asked: (at: string) =>
    `Le ${stamp(at)}, j’ai demandé à Microsoft de suspendre l’ancien abonnement, et je vérifie si c’est fait. D’ici là, je ne renvoie pas la demande.`,
  vouched: (d: { who: Safe; reason: Safe }) => `${d.who} a vérifié là où je ne le pouvais pas : « ${d.reason} »`,
  speakNow: (customer: Safe) => `${customer} : suspension de l’ancien abonnement.`,
};
