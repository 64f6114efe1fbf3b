/** The switch that stops every step which spends money or takes something away; one row, read at each such step. */
import { type Activity, type Done, doneBefore, withDone } from './domain/activity.ts';
import { READ_ONLY_KEY, SWITCHES } from './store/rows.ts';
import type { Store } from './store/store.ts';
import { update } from './store/update.ts';

const TRIES = 6;

export interface Switch {
  on: boolean;
  /** Person's key, or `operator` from the command line. */
  by: string;
  /** ISO text. */
  at: string;
  /** What people did to it lately, so that it is done once. */
  done?: Done[];
}

export async function readSwitch(store: Store): Promise<Switch | null> {
  return (await store.get<Switch>(...SWITCHES, READ_ONLY_KEY))?.value ?? null;
}

/** Sets it, and returns it as it then stands; what the same `activity` did before is not done again. Null: from the command line. */
export async function setSwitch(store: Store, value: Omit<Switch, 'done'>, activity: Activity | null): Promise<Switch> {
  const set = await update<Switch>(store, [...SWITCHES, READ_ONLY_KEY], { tries: TRIES, failed: 'The read-only switch could not be set' }, (now) => {
    if (now && activity && doneBefore(now.done, activity)) return now;
    return { ...value, done: activity ? withDone(now?.done, activity, null) : (now?.done ?? []) };
  });
  return set as Switch;
}
