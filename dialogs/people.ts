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
  const ids: string[] = [];
  const unclear: { name: string; people: Named[]; whole: boolean }[] = [];
  for (let at = 0; at < parts.length; ) {
    const found = longest(people, parts.slice(at, at + PARTS_MAX));
    if (!found) return { unknown: parts[at] as string };
    if (found.people.length === 1) ids.push((found.people[0] as Named).id);
    else unclear.push({ name: parts.slice(at, at + found.parts).join(', '), people: found.people, whole: found.whole });
    at += found.parts;
  }
  return parts.length === 0 ? { unknown: text } : { ids, unclear };
}

function longest(people: readonly Named[], parts: readonly string[]): { people: Named[]; parts: number; whole: boolean } | null {
  for (let count = parts.length; count > 0; count--) {
    const wanted = foldedWords(parts.slice(0, count).join(' ')).join(' ');
    const whole = wanted === '' ? [] : people.filter((person) => foldedWords(person.name).join(' ') === wanted);
    if (whole.length > 0) return { people: whole, parts: count, whole: true };
  }
  const words = foldedWords(parts[0] ?? '');
  const some = words.length === 1 ? people.filter((person) => isFirstOrLast(foldedWords(person.name), words[0] as string)) : [];
  return some.length > 0 ? { people: some, parts: 1, whole: false } : null;
}

function isFirstOrLast(name: readonly string[], word: string): boolean {
  return name[0] === word || name.at(-1) === word;
}
