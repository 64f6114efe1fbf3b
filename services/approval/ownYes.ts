/** What people said yes to of what they had asked for themselves: kept for a day, so that the four-eyes limit is judged by the sum. */
import { OWN_YES } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';
import { type FourEyes, lately, needAnother, type OwnYes } from './approval.ts';

/** Who has said yes so often within a day needs another one. */
const KEPT_MAX = 500;
const TRIES = 20;

interface OwnYesRow {
  person: string;
  yes: OwnYes[];
}

/**
 * Counts what this person is about to approve of what that person asked for, all or nothing, before any of it is approved: of two
 * presses in one moment the second is judged with the first. What is counted stays counted whatever becomes of it. False: another one must approve.
 */
export async function countOwnYes(
  store: Store,
  person: string,
  asked: readonly OwnYes[],
  { fourEyes, now }: { fourEyes: FourEyes; now: string },
): Promise<boolean> {
  if (asked.length === 0 || fourEyes.when === 'off') return true;
  const moves = new Set(asked.map((one) => one.move));
  let may = false;
  await update<OwnYesRow>(store, [...OWN_YES, person], { tries: TRIES, failed: 'A yes could not be counted' }, (row) => {
    const before = lately(row?.yes ?? [], now);
    const yes = [...before.filter((one) => !moves.has(one.move)), ...asked];
    may = yes.length <= KEPT_MAX && !needAnother(asked, before, fourEyes, now);
    return may ? { person, yes } : null;
  });
  return may;
}
