/** Which of some people are named in what was typed: whole names, or a first or last name that only one of them has. Pure. */
import { foldedWords } from '../services/text.ts';
import { folded, type Phrases, sourceOf } from './spoken/match.ts';

export interface Named {
  id: string;
  name: string;
}

export type Meant =
  /** `unclear`: names that several people have; `whole` where it is all of their names. */
  { ids: string[]; unclear: { name: string; people: Named[]; whole: boolean }[] } | { unknown: string };

/** So many parts of a text may be one name: "Lee, Sam". */
const PARTS_MAX = 3;

/** `and`: the words that stand between names. */
export function whoIsNamed(people: readonly Named[], text: string, and: Phrases): Meant {
  const parts = partsOf(text, and);
  const known = byWords(people, and);
  const ids: string[] = [];
  const unclear: { name: string; people: Named[]; whole: boolean }[] = [];
  for (let at = 0; at < parts.length; ) {
    const found = longest(known, parts.slice(at, at + PARTS_MAX), and);
    if (!found) return { unknown: parts[at] as string };
    if (found.people.length === 1) ids.push((found.people[0] as Named).id);
    else unclear.push({ name: parts.slice(at, at + found.parts).join(', '), people: found.people, whole: found.whole });
    at += found.parts;
  }
  return parts.length === 0 ? { unknown: text } : { ids, unclear };
}

function partsOf(text: string, and: Phrases): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: sign, index } of folded(text).matchAll(new RegExp(`[,;&]|(?<=^|[ ,;&])${sourceOf(and)}(?=$|[ ,;&])`, 'g'))) {
    parts.push(text.slice(from, index));
    from = index + sign.length;
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter(Boolean);
}

interface ByWords {
  whole: Map<string, Named[]>;
  /** By first and by last name. */
  ends: Map<string, Named[]>;
}

/** Each name is taken apart once, however many are typed. */
function byWords(people: readonly Named[], and: Phrases): ByWords {
  const known: ByWords = { whole: new Map(), ends: new Map() };
  const add = (to: Map<string, Named[]>, key: string, person: Named) => {
    const same = to.get(key);
    if (same) same.push(person);
    else to.set(key, [person]);
  };
  for (const person of people) {
    const words = foldedWords(person.name);
    add(known.whole, nameOf(words, and), person);
    for (const end of new Set([words[0], words.at(-1)])) if (end !== undefined) add(known.ends, end, person);
  }
  return known;
}

function longest(known: ByWords, parts: readonly string[], and: Phrases): { people: Named[]; parts: number; whole: boolean } | null {
  for (let count = parts.length; count > 0; count--) {
    const wanted = nameOf(foldedWords(parts.slice(0, count).join(' ')), and);
    const whole = wanted === '' ? undefined : known.whole.get(wanted);
    if (!whole) continue;
    // Each part is a name of somebody else too: it may be one "Sales and Support", or Sales, and Support.
    const others = count > 1 ? parts.slice(0, count).map((part) => called(known, part).filter((person) => !whole.includes(person))) : [[]];
    if (others.some((some) => some.length === 0)) return { people: whole, parts: count, whole: true };
    return { people: [...new Set([...whole, ...others.flat()])], parts: count, whole: false };
  }
  const some = called(known, parts[0] ?? '');
  return some.length > 0 ? { people: some, parts: 1, whole: false } : null;
}

/** Who is called by one word, first or last. */
function called(known: ByWords, part: string): Named[] {
  const [word, ...more] = foldedWords(part);
  return word === undefined || more.length > 0 ? [] : (known.ends.get(word) ?? []);
}

/** A name, but for the word that stands between names too. */
function nameOf(words: readonly string[], and: Phrases): string {
  return words.filter((word) => !and.includes(word)).join(' ');
}
