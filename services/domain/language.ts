/** Which language somebody reads: a tag as Teams says it (`fr-CA`), and which of those that are spoken here is nearest to it. Pure. */

/** Spoken where nothing else is. */
export const USUAL = 'en';

/** The other languages, each as Partner Center calls it: names are asked for in those. */
export const LOCALES: Readonly<Record<string, string>> = { fr: 'fr-FR', it: 'it-IT', nl: 'nl-NL', sv: 'sv-SE' };

/** Names by language, then by the English name. What has no other name stands there under its own: it was asked for. */
export type Names = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a form holds where no language is chosen. */
export const AS_TEAMS = 'teams';

const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i;

/** The tag in what came from outside; undefined where there is none. */
export function localeIn(value: unknown): string | undefined {
  return typeof value === 'string' && TAG.test(value) ? value : undefined;
}

/** The nearest of `known`: the same tag, else the same language without its country, else English. */
export function nearest(locale: string | undefined, known: readonly string[]): string {
  const wanted = (locale ?? '').toLowerCase();
  const [base = ''] = wanted.split('-');
  return known.find((one) => one.toLowerCase() === wanted) ?? known.find((one) => one.toLowerCase() === base) ?? USUAL;
}

/** What a chat speaks: what is set for it, else the language of its owner, or of whoever brought the bot there or spoke there first. */
export function languageOf({ settings, locale }: { settings?: { language?: string } | undefined; locale?: string | undefined }): string | undefined {
  return settings?.language ?? locale;
}
