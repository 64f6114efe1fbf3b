/** In which terms a plan can be had: how long, and how it is paid, as one word: `P1Y/monthly`. Pure. */
import { pricesOver } from './money.ts';
import type { Move, Plan } from './ticket.ts';

/** A year that is paid monthly. */
export const USUAL = 'P1Y/monthly';
const TERMS_MAX = 8;

/** Chosen in place of a term where plans that are offered together do not have the same usual one. */
export const AS_USUAL = 'usual';

/** Length and billing of a term. */
export function partsOf(term: string): { term: string; billing: string } {
  const [length = '', billing = ''] = term.split('/');
  return { term: length, billing };
}

/** Terms of what is sold, each once; what costs how much in one that is not understood cannot be told, so such a one is not offered. */
export function termsIn({ terms }: { terms: readonly { term: string; billing: string }[] }): string[] {
  const told = terms.filter((one) => pricesOver({ minor: 1, currency: '' }, one.term, one.billing));
  return [...new Set(told.map((one) => `${one.term}/${one.billing}`))].slice(0, TERMS_MAX);
}

/** The terms that a plan can be had in: as the catalogue named them with its last price, else with the plans; none where neither was read. */
export function termsOf(plan: Plan, move: Pick<Move, 'draft' | 'terms'> | null): readonly string[] {
  return move && move.draft.plan === plan.id && move.terms.length > 0 ? move.terms : (plan.terms ?? []);
}

/** The term that was chosen with the plan; null where the usual one is to be taken. */
export function draftedTerm({ draft }: Pick<Move, 'draft'>): string | null {
  return draft.term ? `${draft.term}/${draft.billing ?? ''}` : null;
}

/** What is taken where nobody says another: `USUAL`, else the first. */
export function usualOf(terms: readonly string[]): string | undefined {
  return terms.includes(USUAL) ? USUAL : terms[0];
}
