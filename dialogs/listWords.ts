/** Words that narrow a list of what ends, or put it in another order, out of what was typed behind `expiring`. Pure. */
import { type Arrange, type Sort, SORTS } from '../services/tickets/arranged.ts';
import { distance, foldedWords } from '../services/text.ts';
import type { RowState } from '../services/tickets/rowState.ts';
import { before, folded, sourceOf, which } from './spoken/match.ts';
import type { Spoken } from './spoken/spoken.ts';

/** `keeper`: as it was written; `me` and `nobody` mean what they say. */
export interface ListWords {
  how: Omit<Arrange, 'programme'>;
  /** What is left: a customer's or programme's name, perhaps. */
  rest: string;
}

const STATE_WORDS_MAX = 6;

/** Key words stand before or behind a name, in any case; what is none of them stays. */
export function listWords(text: string, said: Spoken['list']): ListWords {
  const how: ListWords['how'] = {};
  const sorted = sortIn(text.trim(), said);
  if (sorted.sort) how.sort = sorted.sort;
  let { rest } = sorted;
  const kept = new RegExp(`(?:^| )${sourceOf(said.keptBy)} `).exec(folded(rest));
  const keeper = kept ? rest.slice(kept.index + kept[0].length).trim() : '';
  const [mine, nobodys] = [before(rest, said.mine), before(rest, said.nobody)];
  if (mine !== null) [how.keeper, rest] = ['me', mine];
  else if (nobodys !== null) [how.keeper, rest] = ['nobody', nobodys];
  else if (keeper) [how.keeper, rest] = [keeper, rest.slice(0, kept?.index)];
  const state = stateIn(rest.trim().split(' '), said);
  return state ? { how: { ...how, state: state.state }, rest: state.rest } : { how, rest: rest.trim() };
}

/** An order, at the end. */
function sortIn(text: string, { sortedBy, sorts }: Spoken['list']): { sort?: Sort; rest: string } {
  for (const sort of SORTS) {
    const match = new RegExp(`(?:^| )${sourceOf(sortedBy)} ${sourceOf(sorts[sort])}$`).exec(folded(text));
    if (match) return { sort, rest: text.slice(0, match.index) };
  }
  return { rest: text };
}

/** The longest state at the beginning, or at the end. */
function stateIn(words: readonly string[], { states }: Spoken['list']): { state: RowState; rest: string } | null {
  for (let n = Math.min(STATE_WORDS_MAX, words.length); n > 0; n--) {
    for (const from of [0, words.length - n]) {
      const state = which(words.slice(from, from + n).join(' '), states);
      if (state) return { state, rest: words.toSpliced(from, n).join(' ') };
    }
  }
  return null;
}

/** Shorter words are near many names of customers. */
const NEAR_LETTERS = 5;
/** From so many letters on two slips are still the same word. */
const LONG_WORD = 8;

/** The month or word of a list that was mistyped; null where none is near, or it is too short to tell. */
export function listWordNear(written: string, { time, list }: Pick<Spoken, 'time' | 'list'>): string | null {
  const [word, ...more] = foldedWords(written);
  if (word === undefined || more.length > 0 || word.length < NEAR_LETTERS) return null;
  const known = [...time.months, ...[list.outcomes, list.states].flatMap((words) => Object.values(words).flat())];
  const slips = (one: string) => distance(word, folded(one));
  const near = known.filter((one) => /^\p{L}{5,}$/u.test(one) && slips(one) <= (one.length < LONG_WORD ? 1 : 2));
  return near.sort((a, b) => slips(a) - slips(b))[0] ?? null;
}
