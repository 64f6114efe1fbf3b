/** What can be answered, and which one was meant. */

import type { Answer, Can } from '../../../services/moves/answers.ts';
import type { Safe } from '../../escape.ts';
import { by, number } from './format.ts';

const ABOUT = { customer: 'klant', subscription: 'abonnement', plan: 'plan', term: 'looptijd', watch: 'klant of programma', people: 'personen' };
/** Each whole: some take “het”. */
const ASKED: Readonly<Record<string, { which: string; one: string }>> = {
  [ABOUT.customer]: { which: 'Welke klant bedoelt u?', one: 'Bedoelde u deze klant?' },
  [ABOUT.subscription]: { which: 'Welk abonnement bedoelt u?', one: 'Bedoelde u dit abonnement?' },
  [ABOUT.plan]: { which: 'Welk plan bedoelt u?', one: 'Bedoelde u dit plan?' },
  [ABOUT.term]: { which: 'Welke looptijd bedoelt u?', one: 'Bedoelde u deze looptijd?' },
  [ABOUT.watch]: { which: 'Welke klant of welk programma bedoelt u?', one: 'Bedoelde u deze klant of dit programma?' },
  [ABOUT.people]: { which: 'Wie blijft achter?', one: 'Bedoelde u deze personen?' },
};

/** The card that asks which one was meant. */
export const choice = {
  about: ABOUT,
  which: (about: Safe) => ASKED[about]?.which ?? 'Welke bedoelt u?',
  one: (about: Safe) => ASKED[about]?.one ?? 'Bedoelde u deze?',
  wanted: (what: Safe) => `U schreef “${what}”. Er is niets gewijzigd.`,
  speak: (who: Safe, titles: readonly Safe[]) => `${who} ${titles.join(', of ')}.`,
  take: (title: Safe) => `Kies ${title}`,
  yes: 'Ja, dat bedoel ik',
  id: (id: Safe) => `id ${id}…`,
  allOf: (all: number) => (all === 2 ? 'Beiden' : `Alle ${number(all)}`),
  programme: 'uitfaseringsprogramma',
  foot: (d: { more: number; atLeast: boolean; about: 'customer' | 'subscription' | 'plan' | 'term' | 'watch' | 'people' }) =>
    d.more > 0
      ? `Er ${by(d.more, 'is', 'zijn')} nog ${d.atLeast ? 'ten minste ' : ''}${number(d.more)} andere die ${by(d.more, 'past', 'passen')}; schrijf meer van de naam om ${by(d.more, 'die', 'ze')} te zien.`
      : d.about === 'term'
        ? 'Een andere? Schrijf het plan en de looptijd opnieuw.'
        : 'Iets anders? Schrijf meer van de naam.',
};

const answer: Record<Answer, string> = {
  plan: 'het nummer of de naam van een plan',
  seats: 'het aantal licenties',
  approve: '**ja** om goed te keuren',
  decline: '**nee** en een reden om af te wijzen',
  back: '**terug** om het te wijzigen',
  cancel: '**annuleer** om de omzetting te beëindigen',
  moveAll: '**ja** om iedereen over te zetten',
  allBut: '**iedereen behalve** en namen',
  again: '**opnieuw** om het nog eens te proberen met wie niet is overgezet',
  check: '**controleer** om opnieuw te kijken',
  suspend: '**ja** om het oude abonnement op te schorten',
  leave: '**nee** en een reden om het te laten doorlopen',
  leaveThere: '**nee** en een reden om niet langer te wachten',
  letEnd: '**ja** om het oude vanzelf te laten eindigen',
  suspendNow: '**opschorten** om het nu op te schorten',
  endNow: '**ja** om de opzegging per einddatum in te stellen',
  endCancel: '**opzeggen per einddatum**',
  endRenew: '**weer verlengen**',
};

/** What this person can answer by typing; null where there is nothing. */
export function hint(can: Can): string | null {
  const all = can.answers.map((one) => answer[one]);
  const last = all.pop();
  const another = can.another ? 'Een andere goedkeurder dan u moet het goedkeuren. ' : '';
  if (last === undefined) return can.another ? another.trim() : null;
  return `${another}Antwoord met ${all.length > 0 ? `${all.join(', ')} of ${last}` : last}.`;
}

export const asking = (question: string, can: Can) => [question, hint(can)].filter(Boolean).join(' ');
