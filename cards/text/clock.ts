/** Where a sentence is read: by which clock moments are written, and as which country spells and counts. */
import { UTC } from '../../services/domain/settings.ts';

export interface Here {
  /** A name of the IANA data base. */
  zone: string;
  /** Of a language that several countries write differently, such as `en-US`; null as the language has it by itself. */
  region: string | null;
}

/** Sentences are made at once, so nobody else's place comes between. */
let here: Here = { zone: UTC, region: null };

export function zoneNow(): string {
  return here.zone;
}

export function regionNow(): string | null {
  return here.region;
}

/** What `work` makes, as it is read in a place. */
export function readAt<T>(place: Here, work: () => T): T {
  const before = here;
  here = place;
  try {
    return work();
  } finally {
    here = before;
  }
}
