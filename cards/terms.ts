/** A term and how it is paid, in words. */
import { partsOf } from '../services/domain/terms.ts';
import { planBare, type Safe } from './escape.ts';
import type { Words } from './text/words.ts';

/** `P1Y/monthly` as people say it. */
export function termText(whole: string, words: Words): Safe {
  const { term, billing } = partsOf(whole);
  return words.termName(planBare(term), planBare(billing));
}
