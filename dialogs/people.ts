/** Which of some people are named in what was typed: whole names, or a first or last name that only one of them has. Pure. */
import { foldedWords } from '../services/text.ts';

export interface Named {
  id: string;
  name: string;
}

export type Meant =
  /** `unclear`: names that several people have; `whole` where it is all of their names. */
  { ids: string[]; unclear: { name: string; people: Named[]; whole: boolean }[] } | { unknown: string };

/** So many parts of a text may be one name: "Lee, Sam". */
const PARTS_MAX = 3;

export function whoIsNamed(people: readonly Named[], text: string): Meant {
  const parts = text
    .split(/[,;&]|\band\b/i)
    .map((part) => part.trim())
    .filter(Boolean);
  const known = byWords(people);
  const ids: string[] = [];
  const unclear: { name: string; people: Named[]; whole: boolean }[] = [];
  for (let at = 0; at < parts.length; ) {
    const found = longest(known, parts.slice(at, at + PARTS_MAX));
    if (!found) return { unknown: parts[at] as string };
    if (found.people.length === 1) ids.push((found.people[0] as Named).id);
    else unclear.push({ name: parts.slice(at, at + found.parts).join(', '), people: found.people, whole: found.whole });
    at += found.parts;
  }
  return parts.length === 0 ? { unknown: text } : { ids, unclear };
}

interface ByWords {
  whole: Map<string, Named[]>;
  /** By first and by last name. */
  ends: Map<string, Named[]>;
}

/** Each name is taken apart once, however many are typed. */
function byWords(people: readonly Named[]): ByWords {
  const known: ByWords = { whole: new Map(), ends: new Map() };
  const add = (to: Map<string, Named[]>, key: string, person: Named) => {
    const same = to.get(key);
    if (same) same.push(person);
    else to.set(key, [person]);
  };
  for (const person of people) {
    const words = foldedWords(person.name);
    add(known.whole, words.join(' '), person);
    for (const end of new Set([words[0], words.at(-1)])) if (end !== undefined) add(known.ends, end, person);
  }
  return known;
}

function longest(known: ByWords, parts: readonly string[]): { people: Named[]; parts: number; whole: boolean } | null {
  for (let count = parts.length; count > 0; count--) {
    const wanted = foldedWords(parts.slice(0, count).join(' ')).join(' ');
    const whole = wanted === '' ? undefined : known.whole.get(wanted);
    if (whole) return { people: whole, parts: count, whole: true };
  }
  const words = foldedWords(parts[0] ?? '');
  const some = words.length === 1 ? known.ends.get(words[0] as string) : undefined;
  return some ? { people: some, parts: 1, whole: false } : null;
}
