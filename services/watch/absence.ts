/** When one that is missing from a list means something. Pure. */

/** Two looks that miss it lie at least so far apart, and at least a period. */
const APART_MS = 15 * 60_000;
/** More than so many that vanish at once say more about the list than about them. */
const AT_ONCE_MAX = 5;
/** So long such a list is doubted; then each of them is asked about. */
const DOUBT_MS = 3 * 86_400_000;

export interface Missing {
  id: string;
  /** The first look that missed it; null where that is this one. */
  since: string | null;
}

export interface Absence {
  /** Missed for the first time: to be noted. */
  first: string[];
  /** To be asked about, each by itself. */
  ask: string[];
  /** So much has vanished at once that the list is not taken for whole. */
  doubted: boolean;
}

/** What a list of `expected` ones that lacks some of them allows to conclude: never more than whom to ask about. */
export function decideAbsence(
  seen: { expected: number; missing: readonly Missing[]; doubtedSince: string | null },
  { at, periodMs }: { at: string; periodMs: number },
): Absence {
  const fresh = seen.missing.filter((one) => one.since === null);
  const everything = seen.expected > 1 && seen.missing.length === seen.expected;
  if (fresh.length > AT_ONCE_MAX || (everything && fresh.length > 0)) {
    const longDoubted = seen.doubtedSince !== null && age(seen.doubtedSince, at) >= DOUBT_MS;
    return { first: [], ask: longDoubted ? seen.missing.map((one) => one.id) : [], doubted: true };
  }
  const again = seen.missing.filter((one) => one.since !== null && age(one.since, at) >= Math.max(APART_MS, periodMs));
  return { first: fresh.map((one) => one.id), ask: again.map((one) => one.id), doubted: false };
}

function age(since: string, at: string): number {
  return Date.parse(at) - Date.parse(since);
}
