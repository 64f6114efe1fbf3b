/** The switch that stops every step which spends money or takes something away; one row, read at each such step. */
import { type Activity, type Done, doneBefore, withDone } from './domain/activity.ts';
import type { Stop } from './domain/reasons.ts';
import { READ_ONLY_KEY, SWITCHES } from './store/rows.ts';
import type { Store } from './store/store.ts';
import { update } from './store/update.ts';

const PATIENCE = { tries: 6, failed: 'The read-only switch could not be set' };

export interface Switch {
  on: boolean;
  /** It is a dry run that is on. A version that does not know the field is read-only then. */
  dryRun?: true;
  /** Person's key, `operator` from the command line, or `start` where a new tenant begins with it. */
  by: string;
  /** ISO text. */
  at: string;
  /** What people did to it lately, so that it is done once. */
  done?: Done[];
}

/** What is switched on or off, by whom and when. */
export interface Switching {
  what: Stop;
  on: boolean;
  by: string;
  at: string;
}

export async function readSwitch(store: Store): Promise<Switch | null> {
  return (await store.get<Switch>(...SWITCHES, READ_ONLY_KEY))?.value ?? null;
}

/** How everything that spends is stopped; false where it is not. Pure. */
export function stopOf(value: Pick<Switch, 'on' | 'dryRun'> | null | undefined): Stop | false {
  if (!value?.on) return false;
  return value.dryRun ? 'dryRun' : 'readOnly';
}

/**
 * Sets it, and returns it as it then stands; what the same `activity` did before is not done again. Null: from the command line. While
 * one of the two is on, the word for the other changes nothing: what was stopped goes on by its own word alone.
 */
export async function setSwitch(store: Store, { what, on, by, at }: Switching, activity: Activity | null): Promise<Switch> {
  const set = await update<Switch>(store, [...SWITCHES, READ_ONLY_KEY], PATIENCE, (now) => {
    if (now && activity && doneBefore(now.done, activity)) return now;
    const stands = stopOf(now);
    if (now && stands && stands !== what) return now;
    const done = activity ? withDone(now?.done, activity, null) : (now?.done ?? []);
    return { on, ...(on && what === 'dryRun' ? { dryRun: true as const } : {}), by, at, done };
  });
  return set as Switch;
}

/** A new tenant begins with a dry run; where the row is there already it stays as it is. */
export async function beginDryRun(store: Store, at: string): Promise<void> {
  await update<Switch>(store, [...SWITCHES, READ_ONLY_KEY], PATIENCE, (now) => now ?? { on: true, dryRun: true, by: 'start', at });
}
