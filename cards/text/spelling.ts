/** Words that a country spells otherwise, changed in our own sentences and never in what stands in them from outside. Pure. */

/** Ours, and that country's; in any case, and within longer words. */
export type Spelling = Readonly<Record<string, string>>;

export const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'en-US': { licence: 'license', programme: 'program', catalogue: 'catalog', cancelled: 'canceled', centre: 'center' },
};

/** Stands in no text: what is marked with it came from outside. */
const MARK = '\ufdd0';

/** What is looked up by these is one of our own names, and is no text. */
const KEYS: ReadonlySet<string> = new Set(['state', 'right', 'sort']);

/** A sentence, or what holds sentences, as that country spells it. */
export function spelled(value: unknown, spelling: Spelling): unknown {
  return mapped(value, '', (text) => respelled(text, spelling));
}

/** What is given to a sentence, with what came from outside marked. */
export function marked(given: unknown, spelling: Spelling): unknown {
  const pattern = patternOf(spelling);
  return mapped(given, '', (text, key) => (KEYS.has(key) ? text : text.replace(pattern, (word) => `${word[0]}${MARK}${word.slice(1)}`)));
}

function respelled(text: string, spelling: Spelling): string {
  const ours = text.replace(patternOf(spelling), (word) => likeCase(word, spelling[word.toLowerCase()] ?? word));
  return ours.replace(patternOf(spelling, MARK), (word) => word.replace(MARK, ''));
}

/** Our words, or with `mark` those from outside. */
function patternOf(spelling: Spelling, mark = ''): RegExp {
  const words = Object.keys(spelling).map((word) => `${word[0]}${mark}${word.slice(1)}`);
  return new RegExp(words.join('|'), 'gi');
}

function likeCase(word: string, other: string): string {
  return word[0] === word[0]?.toUpperCase() ? `${other[0]?.toUpperCase()}${other.slice(1)}` : other;
}

function mapped(value: unknown, key: string, change: (text: string, key: string) => string): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map((one) => mapped(one, key, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapped(inner, name, change)]));
}
