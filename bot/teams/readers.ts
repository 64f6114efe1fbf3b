/** In which language whoever speaks reads, before anything of that person is read: by what was seen of them lately, or as Teams says. */
import type { Words } from '../../cards/text/words.ts';
import { boundedMap } from '../../services/boundedMap.ts';
import { localeIn } from '../../services/domain/language.ts';
import { UTC } from '../../services/domain/settings.ts';
import { type Languages, wordsOf } from '../languages.ts';
import { objectIdOf, sharerOf } from './compose.ts';
import type { Sharer } from '../turns/share.ts';
import type { Activity } from './sdk.ts';

const KEPT_MAX = 1_000;

export interface Readers {
  /** As Teams says. */
  localeOf(activity: Activity): { locale?: string };
  wordsFor(activity: Activity): Words;
  sharerOf(activity: Activity): Sharer;
  /** Notes which language somebody reads. */
  note(objectId: string, speaks: string | undefined): void;
}

/** `unsaid`: the language that is told of everybody, whoever it is, and so is believed of nobody; null where there is none. */
export function createReaders(languages: Languages, unsaid: string | null): Readers {
  const seen = boundedMap<string, string>(KEPT_MAX);
  function localeOf({ locale }: Activity): { locale?: string } {
    const said = localeIn(locale);
    return said === undefined || said === unsaid ? {} : { locale: said };
  }
  const speaksOf = (activity: Activity) => seen.get(objectIdOf(activity)) ?? localeOf(activity).locale;
  return {
    localeOf,
    wordsFor: (activity) => wordsOf(languages, speaksOf(activity), UTC),
    sharerOf(activity) {
      const speaks = speaksOf(activity);
      return { ...sharerOf(activity), ...(speaks ? { speaks } : {}) };
    },
    note(objectId, speaks) {
      if (speaks && seen.get(objectId) !== speaks) seen.set(objectId, speaks);
    },
  };
}
