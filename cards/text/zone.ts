/** A language at a place: the same sentences, with moments by the clock that hangs there. */
import { boundedMap } from '../../services/boundedMap.ts';
import { UTC } from '../../services/domain/settings.ts';
import { byClockOf } from './clock.ts';
import type { Words } from './words.ts';

const ZONES_KEPT = 50;
const AT_MOST_DEEP = 6;

/** Which language words at a place are. */
const languages = new WeakMap<Words, Words>();
const kept = new WeakMap<Words, ReturnType<typeof boundedMap<string, Words>>>();

/** The language of `at` with every moment in it by the clock of `place`, a name of the IANA data base. Days without an hour stay as they are. */
export function wordsIn(at: Words, place: string): Words {
  const words = languages.get(at) ?? at;
  if (place === UTC) return words;
  const places = kept.get(words) ?? boundedMap<string, Words>(ZONES_KEPT);
  kept.set(words, places);
  const known = places.get(place);
  if (known) return known;
  const made = placed(words, place, AT_MOST_DEEP) as Words;
  places.set(place, made);
  languages.set(made, words);
  return made;
}

function placed(value: unknown, place: string, deep: number): unknown {
  if (typeof value === 'function') return (...given: unknown[]) => byClockOf(place, () => (value as (...given: unknown[]) => unknown)(...given));
  if (deep === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, placed(inner, place, deep - 1)]));
}
