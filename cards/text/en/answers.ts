/** What can be answered, and which one was meant. */

import type { Answer, Can } from '../../../services/moves/answers.ts';
import type { Safe } from '../../escape.ts';
import { number } from './format.ts';

/** The card that asks which one was meant. */
export const choice = {
  about: { customer: 'customer', subscription: 'subscription', plan: 'plan', term: 'term', watch: 'customer or programme', people: 'people' },
  which: (about: Safe) => (about === 'people' ? 'Who stays behind?' : `Which ${about} do you mean?`),
  one: (about: Safe) => (about === 'people' ? 'Did you mean these people?' : `Did you mean this ${about}?`),
  wanted: (what: Safe) => `You wrote “${what}”. Nothing has changed.`,
  speak: (who: Safe, titles: readonly Safe[]) => `${who} ${titles.join(', or ')}.`,
  take: (title: Safe) => `Choose ${title}`,
  yes: 'Yes, this one',
  id: (id: Safe) => `id ${id}…`,
  allOf: (all: number) => (all === 2 ? 'Both of them' : `All ${number(all)} of them`),
  programme: 'retirement programme',
  foot: (d: { more: number; atLeast: boolean; about: 'customer' | 'subscription' | 'plan' | 'term' | 'watch' | 'people' }) =>
    d.more > 0
      ? `${d.atLeast ? 'At least ' : ''}${number(d.more)} more fit; write more of the name to see ${d.more === 1 ? 'it' : 'them'}.`
      : d.about === 'term'
        ? 'Another one? Write the plan and the term anew.'
        : 'Something else? Write more of the name.',
};

const answer: Record<Answer, string> = {
  plan: 'a plan’s number or name',
  seats: 'the number of licences',
  approve: '**yes** to approve',
  decline: '**no** and a reason to decline',
  back: '**back** to change it',
  cancel: '**cancel** to end the move',
  moveAll: '**yes** to move them all',
  allBut: '**all but** and names',
  again: '**again** to try those once more who did not move',
  check: '**check** to look again',
  suspend: '**yes** to suspend the old subscription',
  leave: '**no** and a reason to leave it running',
  leaveThere: '**no** and a reason to wait no longer',
  letEnd: '**yes** to let the old one end by itself',
  suspendNow: '**suspend** to suspend it now',
  endNow: '**yes** to set its cancellation at term end',
  endCancel: '**cancel at term end**',
  endRenew: '**renew again**',
};

/** What this person can answer by typing; null where there is nothing. */
export function hint(can: Can): string | null {
  const all = can.answers.map((one) => answer[one]);
  const last = all.pop();
  const another = can.another ? 'An approver other than you must say yes to it. ' : '';
  if (last === undefined) return can.another ? another.trim() : null;
  return `${another}Answer ${all.length > 0 ? `${all.join(', ')} or ${last}` : last}.`;
}

export const asking = (question: string, can: Can) => [question, hint(can)].filter(Boolean).join(' ');
