/** Words from outside, bounded before anything looks at them. Pure. */

/** No name of anything that we meet is longer; what is longer is nobody's to read. */
const NAME_LETTERS_MAX = 1_000;
/** Of marks above and below one letter: no language needs more, and sorting them costs the square of their number. */
const MARKS = /(\p{M}{8})\p{M}+/gu;

/** The beginning of a text, in one form of Unicode, with no letter under a heap of marks. The cost grows with `most` at most. */
export function bounded(text: string, form: 'NFC' | 'NFKC' | 'NFKD', most = NAME_LETTERS_MAX): string {
  const start = text.length > most ? text.slice(0, most) : text;
  return start.toWellFormed().replace(MARKS, '$1').normalize(form);
}
