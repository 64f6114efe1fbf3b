/** What can be answered, and which one was meant. */

import type { Answer, Can } from '../../../services/moves/answers.ts';
import type { Safe } from '../../escape.ts';
import { number, plural } from './format.ts';

/** What a question can be about. */
const about = { customer: 'client', subscription: 'abonnement', plan: 'plan', term: 'durée', watch: 'client ou programme', people: 'personnes' };

function oneOf(what: Safe): string {
  if (what === about.people) return 'S’agit-il de ces personnes ?';
  const these = what === about.term ? 'cette' : what === about.subscription ? 'cet' : 'ce';
  return `S’agit-il de ${these} ${what} ?`;
}

/** The card that asks which one was meant. */
export const choice = {
  about,
  which: (what: Safe) => (what === about.people ? 'Qui ne doit pas migrer ?' : `De ${what === about.term ? 'quelle' : 'quel'} ${what} s’agit-il ?`),
  one: oneOf,
  wanted: (what: Safe) => `Vous avez écrit « ${what} ». Rien n’a changé.`,
  speak: (who: Safe, titles: readonly Safe[]) => `${who} ${titles.join(', ou ')}.`,
  take: (title: Safe) => `Choisir ${title}`,
  yes: 'Oui, c’est cela',
  id: (id: Safe) => `ID ${id}…`,
  allOf: (all: number) => (all === 2 ? 'Les deux' : `Les ${number(all)} personnes`),
  programme: 'programme de retrait',
  foot: (d: { more: number; atLeast: boolean; about: 'customer' | 'subscription' | 'plan' | 'term' | 'watch' | 'people' }) =>
    d.more > 0
      ? `${d.atLeast ? 'Au moins ' : ''}${number(d.more)} ${plural(d.more, 'autre correspond', 'autres correspondent')} ; écrivez une plus grande partie du nom pour ${plural(d.more, 'le', 'les')} voir.`
      : d.about === 'term'
        ? 'Une autre ? Écrivez à nouveau le plan et la durée.'
        : 'Autre chose ? Écrivez une plus grande partie du nom.',
};

/** Each follows « Répondez par ». */
const answer: Record<Answer, string> = {
  plan: 'le numéro ou le nom d’un plan',
  seats: 'le nombre de licences',
  approve: '**oui** pour approuver',
  decline: '**non** et un motif pour refuser',
  back: '**retour** pour modifier',
  cancel: '**annuler** pour mettre fin à la migration',
  moveAll: '**oui** pour migrer tout le monde',
  allBut: '**tous sauf** et des noms',
  again: '**réessayer** pour les personnes qui n’ont pas migré',
  check: '**vérifier** pour vérifier à nouveau',
  suspend: '**oui** pour suspendre l’ancien abonnement',
  leave: '**non** et un motif pour laisser l’ancien abonnement actif',
  leaveThere: '**non** et un motif pour ne plus attendre',
  letEnd: '**oui** pour laisser l’ancien prendre fin de lui-même',
  suspendNow: '**suspendre** pour suspendre l’ancien maintenant',
  endNow: '**oui** pour programmer son annulation à l’échéance',
  endCancel: '**annuler à l’échéance**',
  endRenew: '**renouveler à nouveau**',
};

/** What this person can answer by typing; null where there is nothing. */
export function hint(can: Can): string | null {
  const all = can.answers.map((one) => answer[one]);
  const last = all.pop();
  const another = can.another ? 'Un approbateur autre que vous doit donner son accord. ' : '';
  if (last === undefined) return can.another ? another.trim() : null;
  return `${another}Répondez par ${all.length > 0 ? `${all.join(', ')} ou ${last}` : last}.`;
}

export const asking = (question: string, can: Can) => [question, hint(can)].filter(Boolean).join(' ');
