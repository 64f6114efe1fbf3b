/** A language at a place: the same sentences, with moments by the clock that hangs there, and spelled as a country of that language does. */
import { boundedMap } from '../../services/boundedMap.ts';
import { UTC } from '../../services/domain/settings.ts';
import { type Here, readAt } from './clock.ts';
import { marked, spelled, SPELLINGS, type Spelling } from './spelling.ts';
import type { Words } from './words.ts';

const PLACES_KEPT = 100;
const AT_MOST_DEEP = 6;
/** The only sentence that is given the name of a state by itself. */
const BY_STATE = 'list.state';

/** Which language words at a place are. */
const languages = new WeakMap<Words, Words>();
const kept = new WeakMap<Words, ReturnType<typeof boundedMap<string, Words>>>();

/**
 * The language of `at` with every moment in it by the clock of `zone`, a name of the IANA data base, as `region` writes it. Days without
 * an hour stay as they are.
 */
export function wordsIn(at: Words, zone: string, region: string | null = null): Words {
  const words = languages.get(at) ?? at;
  if (zone === UTC && region === null) return words;
  const places = kept.get(words) ?? boundedMap<string, Words>(PLACES_KEPT);
  kept.set(words, places);
  const place = `${zone} ${region ?? ''}`;
  const known = places.get(place);
  if (known) return known;
  const here = { zone, region };
  const placedWords = placed(words, '', { here, spelling: SPELLINGS[region ?? ''] ?? null }) as Words;
  const made = region === null ? placedWords : { ...placedWords, lang: region as Words['lang'] };
  places.set(place, made);
  languages.set(made, words);
  return made;
}

function placed(value: unknown, path: string, of: { here: Here; spelling: Spelling | null }): unknown {
  const { here, spelling } = of;
  if (typeof value === 'function') {
    const say = value as (...given: unknown[]) => unknown;
    if (!spelling) return (...given: unknown[]) => readAt(here, () => say(...given));
    return (...given: unknown[]) =>
      spelled(
        readAt(here, () => say(...(path === BY_STATE ? given : (marked(given, spelling) as unknown[])))),
        spelling,
      );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.split('.').length > AT_MOST_DEEP)
    return spelling ? spelled(value, spelling) : value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, placed(inner, path === '' ? name : `${path}.${name}`, of)]));
}
