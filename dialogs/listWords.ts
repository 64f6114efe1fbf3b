/** Words that narrow a list of what ends, or put it in another order, out of what was typed behind `expiring`. Pure. */
import type { Arrange, Sort } from '../services/tickets/arranged.ts';
import type { RowState } from '../services/tickets/rowState.ts';

/** `keeper`: as it was written; `me` and `nobody` mean what they say. */
export interface ListWords {
  how: Omit<Arrange, 'programme'>;
  /** What is left: a customer's or programme's name, perhaps. */
  rest: string;
}

const STATES: readonly (readonly [RegExp, RowState])[] = [
  [/^(?:stuck|stopped)$/, 'stuck'],
  [/^(?:waits|waiting)(?: for (?:an )?approval)?$|^approvals?$/, 'waits'],
  [/^last ?step$/, 'lastStep'],
  [/^licen[cs]es?$/, 'licences'],
  [/^(?:open|undecided)$/, 'open'],
  [/^choosing$/, 'choosing'],
  [/^(?:asked|asking)$/, 'asked'],
  [/^buying$/, 'buying'],
  [/^ending$/, 'ending'],
  [/^watched(?: until gone)?$/, 'watched'],
  [/^snoozed$/, 'snoozed'],
  [/^(?:dismissed|let ?go)$/, 'letGo'],
];
const STATE_WORDS_MAX = 4;

const SORTED: Readonly<Record<string, Sort>> = {
  ...{ day: 'days', days: 'days', date: 'days', customer: 'customer', customers: 'customer', name: 'customer' },
  ...{ money: 'money', price: 'money', cost: 'money', state: 'state', status: 'state', step: 'state' },
  ...{ programme: 'programme', program: 'programme', person: 'person', people: 'person', who: 'person' },
};
const SORT = /(?:^| )(?:sort(?:ed)? )?by ([a-z]+)$/i;
const KEPT = /(?:^| )(?:looked after by|assigned to) /i;
const MINE = /(?:^| )(?:mine|for me)$/i;
const NOBODYS = /(?:^| )(?:unassigned|(?:looked after by |assigned to )?nobody)$/i;

/** Key words stand before or behind a name, in any case; what is none of them stays. */
export function listWords(text: string): ListWords {
  const how: ListWords['how'] = {};
  let rest = text.trim();
  const sort = SORTED[SORT.exec(rest)?.[1]?.toLowerCase() ?? ''];
  if (sort) {
    how.sort = sort;
    rest = rest.replace(SORT, '');
  }
  const kept = KEPT.exec(rest);
  const keeper = kept ? rest.slice(kept.index + kept[0].length).trim() : '';
  if (MINE.test(rest)) how.keeper = 'me';
  else if (NOBODYS.test(rest)) how.keeper = 'nobody';
  else if (keeper) how.keeper = keeper;
  if (how.keeper) rest = (keeper ? rest.slice(0, kept?.index) : rest).replace(MINE, '').replace(NOBODYS, '');
  const state = stateIn(rest.trim().split(' '));
  return state ? { how: { ...how, state: state.state }, rest: state.rest } : { how, rest: rest.trim() };
}

/** The longest state at the beginning, or at the end. */
function stateIn(words: readonly string[]): { state: RowState; rest: string } | null {
  for (let n = Math.min(STATE_WORDS_MAX, words.length); n > 0; n--) {
    for (const from of [0, words.length - n]) {
      const said = words
        .slice(from, from + n)
        .join(' ')
        .toLowerCase();
      const found = STATES.find(([form]) => form.test(said));
      if (found) return { state: found[1], rest: words.toSpliced(from, n).join(' ') };
    }
  }
  return null;
}
