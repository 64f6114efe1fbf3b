/** Setting how a term ends: what it would mean, that it is being set, and whether it holds. */
import type { Money } from '../../../services/domain/money.ts';
import { DATA_KEPT_DAYS } from '../../../services/domain/rules.ts';
import type { SetEnd } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Becomes } from '../en/ends.ts';
import { becoming } from './ends.ts';
import { aMonth, dayMonth, fromDay, money, number, ofDay, onDay, people, plural, stamp, termLength } from './format.ts';

/** Who is on it on its last day. */
export function whoLosesThen(loses: number | null, day: string): string {
  if (loses === null) return `**On ne sait pas combien de personnes perdent l’accès après ${onDay(day)}.** Vérifiez dans l’Espace partenaires qui l’utilise.`;
  if (loses === 0) return `**Personne ne perd l’accès après ${onDay(day)}** : selon ma lecture des licences, personne n’a besoin de celles-ci.`;
  return `**${people(loses)} ${plural(loses, 'l’utilise et perd', 'l’utilisent et perdent')} l’accès après ${onDay(day)}.**`;
}

export const termEnd = {
  weighing: 'Examen des conséquences…',
  weighingLead: 'Je lis qui l’utilise, ce que cela coûte et ce qui est prévu. Rien n’est programmé à ce stade.',
  weighed: 'En attente d’approbation',
  what: (d: { to: SetEnd; plan: Safe }) => (d.to === 'renew' ? `Renouveler ${d.plan}` : `Annuler ${d.plan} à l’échéance`),
  speak: (d: { customer: Safe; to: SetEnd; plan: Safe; day: string }) =>
    `${d.customer} : ${d.to === 'renew' ? `renouveler ${d.plan} ${fromDay(d.day)}` : `annuler ${d.plan} à la fin de sa période, ${onDay(d.day)}`} ?`,
  cancelLead: (d: { loses: number | null; day: string }) => whoLosesThen(d.loses, d.day),
  renewLead: (d: { term: Safe; day: string; newCommerce: boolean }) =>
    `**Cela ${d.newCommerce ? 'engage le client pour une nouvelle période entière' : 'laisse l’abonnement continuer pour une autre période'}${d.term ? ` (${termLength(d.term)})` : ''}**, à partir de la fin de celle-ci, ${onDay(d.day)}.`,
  priceTitle: (on: string | null) => (on ? `Selon la liste de prix ${ofDay(on)}` : 'Au prix d’aujourd’hui'),
  notKnown: 'Le prix n’est pas connu',
  price: (d: { monthly: Money; total: Money; term: Safe }) =>
    `${aMonth(d.monthly)}, ${money(d.total)} sur ${termLength(d.term)}. Microsoft facturera le prix en vigueur ce jour-là.`,
  noPrice: 'Je n’ai pas pu lire ce que cela coûte. Si une limite exige une seconde personne, cette demande compte comme au-dessus de la limite.',
  when: 'Quand vous approuvez',
  cancelBullets: (d: { soon: boolean }) => [
    'Le renouvellement automatique est désactivé et « annuler à l’échéance » est programmé, en une seule modification de l’abonnement.',
    `Après le dernier jour de l’abonnement, l’accès est perdu aussitôt ; ses données sont conservées ${number(DATA_KEPT_DAYS)} jours, et l’abonnement ne peut pas être rétabli. Jusqu’à ce jour, il peut être renouvelé à nouveau.`,
    d.soon
      ? '**L’annulation peut ne pas tenir :** le dernier jour est dans moins de 25 heures, et Microsoft peut encore prévoir autre chose. Je vérifie toutes les heures.'
      : 'Je vérifie si l’annulation tient : aussitôt, après 25 heures et jusqu’au lendemain du dernier jour ; le ticket reste ouvert jusque-là.',
  ],
  renewBullets: (d: { newCommerce: boolean; planned: boolean }) => [
    `Le renouvellement automatique est activé${d.newCommerce && d.planned ? ' et une nouvelle période est prévue' : ''}, en une seule modification de l’abonnement.`,
    ...(d.newCommerce ? ['Une fois la nouvelle période commencée, elle peut être annulée dans les 7 jours, pas après.'] : []),
  ],
  lostPlan: (as: Becomes) => `**Un changement prévu sera alors perdu** : ${becoming(as)}.`,
  lostWord: (word: Safe) => `**Ce que Microsoft appelle « ${word} » est prévu, et sera alors perdu.**`,
  setting: 'Programmation de la fin…',
  settingLead: {
    cancel: 'Je programme l’annulation et vérifie ensuite si elle y est.',
    renew: 'Je réactive le renouvellement et vérifie ensuite si c’est fait.',
  },
  asked: (at: string) =>
    `Le ${stamp(at)}, j’ai demandé à Microsoft de la programmer, et je vérifie si c’est fait. Je n’écrase pas un changement fait par quelqu’un d’autre.`,
  foot: (d: { who: Safe; at: string; until: string }) => `Demande faite par ${d.who}, le ${stamp(d.at)}. Elle attend jusqu’au ${stamp(d.until)}.`,
  set: (day: string) => (day ? `Annulation le ${dayMonth(day)}` : 'Annulation à l’échéance'),
  lost: 'L’annulation n’est plus là',
  unsure: 'L’annulation n’est plus sûre',
  lostLead: 'Quelqu’un, ou Microsoft, l’a modifiée depuis qu’elle a été programmée.',
  mayNotHold:
    '**L’annulation peut ne pas tenir :** elle a été programmée moins de 25 heures avant le dernier jour, et Microsoft peut encore prévoir autre chose. Je vérifie toutes les heures.',
  lookedAt: (d: { at: string; lookedAt: string }) =>
    `Annulation programmée le ${stamp(d.at)}, constatée le ${stamp(d.lookedAt)}. Je vérifie à nouveau jusqu’à ce que ce soit terminé, et ce ticket reste ouvert jusque-là.`,
  foundAt: (d: { lookedAt: string }) =>
    `Annulation constatée le ${stamp(d.lookedAt)}. Je vérifie à nouveau jusqu’à ce que ce soit terminé, et ce ticket reste ouvert jusque-là.`,
  here: (d: { held: boolean }) => (d.held ? 'Son annulation a été programmée ici, et elle a tenu.' : 'Son annulation a été programmée ici.'),
  setElsewhere: 'C’était programmé avant que je ne le demande à Microsoft : je n’ai donc rien changé.',
  renewedHere: 'Son renouvellement a été programmé ici.',
  setThere: 'Pour que l’abonnement prenne fin, programmez son annulation dans l’Espace partenaires ; je vérifierai si c’est fait.',
  /** As the last step of a move. `left`: who were left behind by name. */
  afterMove: (d: { left: number }) =>
    `Une annulation est programmée : après ce jour, l’abonnement est terminé. ${d.left === 0 ? 'Toutes les personnes qui l’utilisaient ont migré, ou gardent une licence d’un autre abonnement.' : `**${people(d.left)} ${plural(d.left, 'a été laissée de côté nommément et perd', 'ont été laissées de côté nommément et perdent')} alors l’accès** ; toutes les autres ont migré.`} Les données de l’abonnement sont conservées ${number(DATA_KEPT_DAYS)} jours, et il ne peut pas être rétabli.`,
};
