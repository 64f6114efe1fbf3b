/** Licences that a customer bought from somebody else: what of them is known, what only the customer can do, and what is said otherwise than of our own. */

import type { Standing } from '../../../services/domain/ticket.ts';
import type { Safe } from '../../escape.ts';
import type { Periods } from '../en/purchase.ts';
import { aMonth, count, licences, number, people, plural } from './format.ts';
import { finished, newPrice } from './finished.ts';
import { ended, notice, standing } from './notice.ts';
import { quote } from './purchase.ts';
import { thread } from './thread.ts';

const gone = 'Les licences qui n’ont pas été achetées chez nous ont disparu du tenant du client.';
const seen = 'Je vois seulement combien il y en a : ni quand elles se terminent, ni ce qu’elles coûtent, et je ne peux pas y mettre fin.';

export const elsewhere = {
  looking: () => 'Je vérifie s’il a des licences qu’il n’a pas achetées chez nous ; le résultat arrive ici.',
  unsure: (d: { customer: Safe; names: readonly Safe[] }) =>
    `Impossible de savoir si ${d.customer} a aussi acheté ailleurs ces licences : ${d.names.join(', ')}.`,
  none: (d: { customer: Safe }) => `${d.customer} n’a pas non plus de licences payantes achetées ailleurs, selon le compte actuel de l’Espace partenaires.`,
  unknown: (d: { customer: Safe }) => `Impossible de savoir si ${d.customer} a des licences achetées ailleurs : ses abonnements n’ont pas tous pu être lus.`,
  /** For the status. `why`: nothing of it could be read. */
  unread: (d: { customer: Safe; why: Safe | null; names: readonly Safe[] }) =>
    `${d.customer} : la présence ou non de licences qui n’ont pas été achetées chez nous${d.why ? ` (${d.why})` : d.names.length > 0 ? `, pour ${d.names.join(', ')}` : ''}.`,

  many: (seats: number | null) => (seats === null ? 'nombre inconnu' : licences(seats)),

  state: 'Acheté ailleurs',
  lead: (d: { seats: number | null; ours: number }) => {
    const not = plural(d.seats ?? 2, 'n’a pas été achetée', 'n’ont pas été achetées');
    const ours = d.ours > 0 ? `, en plus de ${count(d.ours, 'licence achetée', 'licences achetées')} chez nous` : '';
    return `**${d.seats === null ? 'Des licences' : licences(d.seats)} de ce plan ${not} chez nous**${ours}.`;
  },
  effect: (d: { retired: boolean }) =>
    `${seen} ${d.retired ? 'Microsoft retire ce plan. ' : ''}Choisissez un plan vers lequel migrer : je l’achète et j’attribue à chaque personne la nouvelle licence ; enfin, le client met fin aux anciennes là où il les a achetées. Le meilleur moment est peu avant la fin de celles-ci : ce qui a été payé là-bas peut ne pas être remboursé.`,
  speak: (d: { customer: Safe; plan: Safe }) => `${d.customer} : licences ${d.plan} qui n’ont pas été achetées chez nous.`,

  acts: {
    state: 'Étape du client',
    what: (plan: Safe) => `Le client met fin à ${plan}`,
    effect:
      'Seul le client peut mettre fin aux anciennes licences, là où il les a achetées. Envoyez le message ci-dessous. Je vérifie une fois par jour si elles ont disparu de son tenant, et je ferme alors ce ticket.',
    message: 'Message au client, à copier',
    speak: (customer: Safe) =>
      `${customer} : le client met fin aux anciennes licences là où il les a achetées. Je vérifie une fois par jour si elles ont disparu.`,
    there: (seats: number | null) => (seats === null ? 'Nombre inconnu' : `${number(seats)}, à ma dernière lecture`),
    stillThere: 'Encore présentes',
  },
  /** What to end, where, and why; without a word that only we know. */
  message: (d: { plan: Safe; newPlan: Safe; seats: number | null; everybody: boolean }) =>
    `« ${d.everybody ? `Vos collaborateurs travaillent maintenant avec ${d.newPlan}, que nous vous fournissons.` : `Nous vous fournissons maintenant ${d.newPlan}.`} Merci de mettre fin à l’ancien plan ${d.plan}${d.seats === null ? '' : ` (${licences(d.seats)})`} là où vous l’avez acheté : chez l’autre partenaire, dans votre contrat de licence en volume ou, si vous l’avez acheté directement à Microsoft, dans le centre d’administration Microsoft 365, sous Facturation, Vos produits. Nous ne pouvons pas le faire à votre place, et vous payez les deux tant que ce n’est pas fait. S’il n’est pas encore possible d’y mettre fin, désactivez-y le renouvellement. Merci de nous prévenir quand c’est fait. »`,

  /** Stands in the place of the sentences of these names. */
  instead: {
    standing: (how: Standing, d: Parameters<typeof standing>[1]) => (how === 'gone' || how === 'ended' ? gone : standing(how, d)),
    ended: {
      ...ended,
      state: 'Licences disparues',
      lead: gone,
      speak: (customer: Safe) => `${customer} : les licences qui n’ont pas été achetées chez nous ont disparu de son tenant.`,
    },
    notice: {
      ...notice,
      seats: (held: number | null, inUse: number | null) =>
        `${held === null ? 'Nombre inconnu' : `${number(held)} non ${plural(held, 'achetée', 'achetées')} chez nous`}${inUse === null ? '' : `, ${number(inUse)} ${plural(inUse, 'utilisée', 'utilisées')}`}`,
      effect: () => seen,
      speak: (d: { customer: Safe; plan: Safe }) => elsewhere.speak(d),
    },
    quote: {
      ...quote,
      periods: (d: Periods) =>
        d.until === null
          ? []
          : [
              `${aMonth(d.monthly)} pour le nouveau. Les licences achetées ailleurs sont facturées là-bas en plus, jusqu’à ce que le client y mette fin ; leur prix n’est pas connu ici.`,
            ],
      bullets: (d: { customer: Safe; both: boolean }) => [
        d.both
          ? `${d.customer} a les anciennes et les nouvelles licences, et paie les anciennes ailleurs tant qu’il n’y a pas mis fin.`
          : `${d.customer} a aussitôt le nouvel abonnement.`,
        ...quote.bullets(d).slice(1),
      ],
      sourceGone: () => gone,
      again: (why: Parameters<typeof quote.again>[0]) =>
        why === 'source'
          ? 'Le nombre de licences achetées ailleurs a changé depuis l’approbation, ou ne peut pas être connu maintenant : il faut donc approuver à nouveau.'
          : quote.again(why),
    },
    finished: {
      ...finished,
      lead: (d: Parameters<typeof finished.lead>[0]) => {
        const begun = `${d.moved > 0 ? `${people(d.moved)} ${plural(d.moved, 'a', 'ont')} migré. ` : ''}${d.price ? `${newPrice(d.price)}. ` : ''}`;
        if (d.outcome === 'customerCancels') return `${begun}${gone}`;
        if (d.outcome === 'letExpire') return `${begun}Les licences achetées ailleurs ont été laissées telles quelles ; je ne les recherche plus.`;
        return 'Il a été mis fin ici à la migration. Ce qui a été fait n’est pas annulé.';
      },
    },
    thread: {
      ...thread,
      changed: { ...thread.changed, gone, left: thread.changed.left ?? '' },
      ended: () => `${gone} Il ne se passe plus rien ici.`,
      finishedLetExpire: () => 'Terminé : les licences achetées ailleurs ont été laissées telles quelles, et je ne les recherche plus.',
    },
  },
};
