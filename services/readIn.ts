/** In which languages other than English somebody reads: noted when a chat or a person is first known to, and kept. */
import { LOCALES, nearest, USUAL } from './domain/language.ts';
import { IDS, LANGUAGES_READ } from './store/rows.ts';
import type { Store } from './store/store.ts';

/** Notes those of tags as Teams says them; English needs no note. */
export async function noteRead(store: Store, ...tags: (string | undefined)[]): Promise<void> {
  const languages = new Set(tags.map((tag) => nearest(tag, Object.keys(LOCALES))));
  for (const language of languages) if (language !== USUAL) await store.put(...LANGUAGES_READ, language, {});
}

/** Some at most: as many as are spoken. */
export async function languagesRead(store: Store): Promise<string[]> {
  const rows = await store.range(...LANGUAGES_READ, ...IDS, Object.keys(LOCALES).length);
  return rows.flatMap(({ key }) => (Object.hasOwn(LOCALES, key) ? [key] : []));
}
