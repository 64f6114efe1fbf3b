/** What can be answered, and which one was meant. */

import type { Answer, Can } from '../../../services/moves/answers.ts';
import type { Safe } from '../../escape.ts';
import { number, oneOf } from './format.ts';

const about = { customer: 'kund', subscription: 'prenumeration', plan: 'plan', term: 'period', watch: 'kund eller program', people: 'personer' };

/** By what it is about: the question, and what one is called that is the only one. */
const asked: Record<string, { which: string; one: string }> = {
  [about.customer]: { which: 'Vilken kund menar du?', one: 'den här kunden' },
  [about.subscription]: { which: 'Vilken prenumeration menar du?', one: 'den här prenumerationen' },
  [about.plan]: { which: 'Vilken plan menar du?', one: 'den här planen' },
  [about.term]: { which: 'Vilken period menar du?', one: 'den här perioden' },
  [about.watch]: { which: 'Vilken kund eller vilket program menar du?', one: 'den här kunden eller det här programmet' },
  [about.people]: { which: 'Vem stannar kvar?', one: 'de här personerna' },
};

/** The card that asks which one was meant. */
export const choice = {
  about,
  which: (of: Safe) => asked[of]?.which ?? 'Vad menar du?',
  one: (of: Safe) => `Menade du ${asked[of]?.one ?? 'detta'}?`,
  wanted: (what: Safe) => `Du skrev ”${what}”. Inget har ändrats.`,
  speak: (who: Safe, titles: readonly Safe[]) => `${who} ${oneOf(titles)}.`,
  take: (title: Safe) => `Välj ${title}`,
  yes: 'Ja, just den',
  id: (id: Safe) => `id ${id}…`,
  allOf: (all: number) => (all === 2 ? 'Båda två' : `Alla ${number(all)}`),
  programme: 'program för återkallade erbjudanden',
  foot: (d: { more: number; atLeast: boolean; about: 'customer' | 'subscription' | 'plan' | 'term' | 'watch' | 'people' }) =>
    d.more > 0
      ? `${d.atLeast ? 'Minst ' : ''}${number(d.more)} till stämmer; skriv mer av namnet för att se ${d.more === 1 ? 'den' : 'dem'}.`
      : d.about === 'term'
        ? 'En annan? Skriv planen och perioden på nytt.'
        : 'Något annat? Skriv mer av namnet.',
};

const answer: Record<Answer, string> = {
  plan: 'planens nummer eller namn',
  seats: 'antalet licenser',
  approve: '**ja** för att godkänna',
  decline: '**nej** och ett skäl för att avslå',
  back: '**tillbaka** för att ändra',
  cancel: '**avbryt** för att avsluta flytten',
  moveAll: '**ja** för att flytta alla',
  allBut: '**alla utom** och namn',
  again: '**igen** för att försöka på nytt med dem som inte flyttades',
  check: '**kontrollera** för att jag ska titta igen',
  suspend: '**ja** för att inaktivera den gamla prenumerationen',
  leave: '**nej** och ett skäl för att låta den löpa vidare',
  leaveThere: '**nej** och ett skäl för att inte vänta längre',
  letEnd: '**ja** för att låta den gamla upphöra av sig själv',
  suspendNow: '**inaktivera** för att inaktivera den nu',
  endNow: '**ja** för att säga upp den till periodens slut',
  endCancel: '**säg upp till periodslut**',
  endRenew: '**förnya igen**',
};

/** What this person can answer by typing; null where there is nothing. */
export function hint(can: Can): string | null {
  const all = can.answers.map((one) => answer[one]);
  const last = all.pop();
  const another = can.another ? 'En annan godkännare än du måste säga ja till det. ' : '';
  if (last === undefined) return can.another ? another.trim() : null;
  return `${another}Svara med ${all.length > 0 ? `${all.join(', ')} eller ${last}` : last}.`;
}

export const asking = (question: string, can: Can) => [question, hint(can)].filter(Boolean).join(' ');
