/** Words from outside, bounded before anything looks at them. Pure. */

/** No name of anything that we meet is longer; what is longer is nobody's to read. */
const NAME_LETTERS_MAX = 1_000;
/** Of marks above and below one letter: no language needs more, and sorting them costs the square of their number. */
const MARKS = /(\p{M}{4})\p{M}+/gu;

/** The beginning of a text, in one form of Unicode, with no letter under a heap of marks. The cost grows with `most` at most. */
export function bounded(text: string, form: 'NFC' | 'NFKC' | 'NFKD', most = NAME_LETTERS_MAX): string {
  const start = text.length > most ? text.slice(0, most) : text;
  return start.toWellFormed().replace(MARKS, '$1').normalize(form);
}

/** The beginning of a text, at most so many units of it, and never half a letter: half a one is no text, and the storage keeps something else. */
export function beginning(text: string, most: number): string {
  return text.slice(0, endBefore(text, most));
}

/** A text in parts of at most so many units, no letter between two of them. */
export function inParts(text: string, most: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = from + endBefore(text.slice(from, from + most + 1), most);
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

/** Where a text of at most `most` units ends without its last letter being cut. */
function endBefore(text: string, most: number): number {
  if (text.length <= most) return text.length;
  const last = text.charCodeAt(most - 1);
  return last >= 0xd800 && last < 0xdc00 ? most - 1 : most;
}

/** Lower-case words without accents; safe as keys. */
export function foldedWords(name: string): string[] {
  return bounded(name, 'NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => letters(word, 40));
}

/** The first letters of a word; never half a letter, which is no text and no key. */
export function letters(word: string, most: number): string {
  return word.length <= most ? word : [...word].slice(0, most).join('');
}

/** How many letters must be added, taken, changed or swapped with their neighbour. */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : change;
      (rows[i] as number[])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swapped);
    }
  }
  return at(a.length, b.length);
}
