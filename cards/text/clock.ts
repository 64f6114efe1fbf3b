/** The clock by which moments are written. */
import { UTC } from '../../services/domain/settings.ts';

/** By which clock moments are written while a sentence is made; sentences are made at once, so nobody else's comes between. */
let zone = UTC;

export function zoneNow(): string {
  return zone;
}

/** What `work` makes, by the clock of a place. */
export function byClockOf<T>(place: string, work: () => T): T {
  const before = zone;
  zone = place;
  try {
    return work();
  } finally {
    zone = before;
  }
}
