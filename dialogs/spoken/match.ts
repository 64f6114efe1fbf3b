/** What was typed, compared with what a language says for it: case, accents and the form of an apostrophe do not matter. Pure. */

/** Phrases as they are written; a word in brackets may be left out. A space in one is a space or a hyphen. */
export type Phrases = readonly string[];

/** The text letter by letter without case and accents, so that a place in it is the same place in the text. */
export function folded(text: string): string {
  return text.replace(PLAIN, (run) => run.toLowerCase()).replace(OTHER, foldedLetter);
}

const PLAIN = /[ -~]+/g;
const OTHER = /[^ -_a-~]/gu;
const APOSTROPHES = /[’‘ʼ´`]/;

function foldedLetter(letter: string): string {
  if (APOSTROPHES.test(letter)) return "'";
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.length === letter.length ? plain : letter;
}

const sources = new WeakMap<Phrases, string>();

/** The phrases as the source of a pattern over a folded text, the longest first. */
export function sourceOf(phrases: Phrases): string {
  const known = sources.get(phrases);
  if (known !== undefined) return known;
  const longestFirst = [...phrases].sort((a, b) => b.length - a.length);
  const source = `(?:${longestFirst.map(patternOf).join('|') || '(?!)'})`;
  sources.set(phrases, source);
  return source;
}

/** `cancel [it] at end` as `cancel(?:[ -]it)?[ -]at[ -]end`. */
function patternOf(phrase: string): string {
  let [source, begun] = ['', false];
  for (const part of folded(phrase).split(/[ -](?![^[]*\])/)) {
    const optional = part.startsWith('[');
    const words = (optional ? part.slice(1, -1) : part).split(/[ -]/).map(escaped).join('[ -]');
    source += optional ? (begun ? `(?:[ -]${words})?` : `(?:${words}[ -])?`) : `${begun ? '[ -]' : ''}${words}`;
    begun ||= !optional;
  }
  return source;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What somebody says with a sentence's end behind it. */
const END = '[!?. ]*$';

/** No phrase is as long, with what may end it: of a longer text no more is looked at. */
const PHRASE_MAX = 120;

/** Whether the text is one of them and nothing else. */
export function isOne(text: string, phrases: Phrases): boolean {
  return text.length <= PHRASE_MAX && new RegExp(`^${sourceOf(phrases)}${END}`).test(folded(text));
}

/** What follows one of them; null where the text does not begin so. `behind`: what may end it, in place of a space. */
export function after(text: string, phrases: Phrases, behind = '(?: |$)'): string | null {
  const match = new RegExp(`^${sourceOf(phrases)}${behind}`).exec(folded(text.slice(0, PHRASE_MAX)));
  return match && text.slice(match[0].length);
}

/** What stands before one of them; null where the text does not end so. */
export function before(text: string, phrases: Phrases): string | null {
  const from = Math.max(0, text.length - PHRASE_MAX);
  const match = new RegExp(`(?:^| )${sourceOf(phrases)}$`).exec(folded(text.slice(from)));
  return match && text.slice(0, from + match.index);
}

/** Which of several the text is; null where it is none. */
export function which<K extends string>(text: string, table: Readonly<Record<K, Phrases>>): K | null {
  return (Object.keys(table) as K[]).find((key) => isWhole(text, table[key])) ?? null;
}

/** Whether the text is one of them, without an end of a sentence. */
export function isWhole(text: string, phrases: Phrases): boolean {
  return text.length <= PHRASE_MAX && new RegExp(`^${sourceOf(phrases)}$`).test(folded(text));
}
