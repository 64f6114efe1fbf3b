/** The languages that are spoken: a line for each, its sentences and what is typed in it. Pure. */
import { en } from '../cards/text/en/en.ts';
import { fr } from '../cards/text/fr/fr.ts';
import { it } from '../cards/text/it/it.ts';
import { nl } from '../cards/text/nl/nl.ts';
import { sv } from '../cards/text/sv/sv.ts';
import type { Words } from '../cards/text/words.ts';
import { wordsIn } from '../cards/text/zone.ts';
import { english } from '../dialogs/spoken/en.ts';
import { french } from '../dialogs/spoken/fr.ts';
import { italian } from '../dialogs/spoken/it.ts';
import { folded } from '../dialogs/spoken/match.ts';
import { dutch } from '../dialogs/spoken/nl.ts';
import type { Spoken } from '../dialogs/spoken/spoken.ts';
import { swedish } from '../dialogs/spoken/sv.ts';
import { localeIn, nearest, USUAL } from '../services/domain/language.ts';

export interface Language {
  words: Words;
  spoken: Spoken;
  /** As those who speak it call it, and as others do; it is chosen by any of them, or by its tag. */
  names: readonly [own: string, ...others: string[]];
  /** The country, where it is the same language written otherwise. */
  region?: string;
}

/** By the tag of the language, or of a country that writes it otherwise. */
export type Languages = Readonly<Record<string, Language>>;

export const LANGUAGES: Languages = {
  en: { words: en, spoken: english, names: ['English (Ireland)', 'English', 'Irish English', 'anglais', 'inglese', 'Engels', 'engelska', 'en-IE'] },
  'en-GB': { words: en, spoken: english, region: 'en-GB', names: ['English (United Kingdom)', 'British English', 'British', 'English UK'] },
  'en-US': { words: en, spoken: english, region: 'en-US', names: ['English (United States)', 'American English', 'American', 'English US'] },
  fr: { words: fr, spoken: french, names: ['français', 'French', 'francese', 'Frans', 'franska'] },
  it: { words: it, spoken: italian, names: ['italiano', 'Italian', 'italien', 'Italiaans', 'italienska'] },
  nl: { words: nl, spoken: dutch, names: ['Nederlands', 'Dutch', 'néerlandais', 'olandese', 'nederländska', 'Vlaams', 'Flemish', 'flamand', 'fiammingo'] },
  sv: { words: sv, spoken: swedish, names: ['svenska', 'Swedish', 'suédois', 'svedese', 'Zweeds'] },
};

/** The sentences of the language that is nearest to a tag, with moments by the clock of a zone. */
export function wordsOf(languages: Languages, tag: string | undefined, zone: string): Words {
  const { words, region = null } = languageNearest(languages, tag);
  return wordsIn(words, zone, region);
}

/** What is typed is read in these, in their order, and then in English. */
export function spokenIn(languages: Languages, ...tags: (string | undefined)[]): readonly Spoken[] {
  return [...new Set([...tags.map((tag) => languageNearest(languages, tag).spoken), (languages[USUAL] as Language).spoken])];
}

/** The tag that a browser asks for before all others that are spoken (RFC 9110, "Accept-Language"); undefined where it asks for none. */
export function askedFor(languages: Languages, header: string): string | undefined {
  const tags = header
    .slice(0, HEADER_MAX)
    .split(',')
    .flatMap((one) => localeIn(one.split(';')[0]?.trim()) ?? []);
  return tags.find((tag) => nearest(tag, Object.keys(languages)) !== USUAL || /^en\b/i.test(tag));
}

/** Longer ones are nobody's. */
const HEADER_MAX = 300;

/** The tag of the language that is called so, in whichever language; null where there is none. */
export function languageCalled(languages: Languages, text: string): string | null {
  const wanted = plain(text);
  return Object.keys(languages).find((tag) => [tag, ...(languages[tag] as Language).names].some((name) => plain(name) === wanted)) ?? null;
}

function plain(name: string): string {
  return folded(name)
    .replace(/[()\-_ ]+/g, ' ')
    .trim();
}

function languageNearest(languages: Languages, tag: string | undefined): Language {
  return languages[nearest(tag, Object.keys(languages))] as Language;
}
