/** The switch that stops every step which spends money or takes something away; one row, read at each such step. */
import { type Activity, type Done, doneBefore, withDone } from './domain/activity.ts';
import type { Change, Store } from './store/store.ts';
import { READ_ONLY_KEY, SWITCHES } from './store/rows.ts';

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

const TRIES = 6;

/** Sets it, and returns it as it then stands; what the same `activity` did before is not done again. Null: from the command line. */
export async function setSwitch(store: Store, value: Omit<Switch, 'done'>, activity: Activity | null): Promise<Switch> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const row = await store.get<Switch>(...SWITCHES, READ_ONLY_KEY);
    if (row && activity && doneBefore(row.value.done, activity)) return row.value;
    const next: Switch = { ...value, done: activity ? withDone(row?.value.done, activity, null) : (row?.value.done ?? []) };
    const change: Change = row ? { op: 'replace', key: READ_ONLY_KEY, value: next, etag: row.etag } : { op: 'create', key: READ_ONLY_KEY, value: next };
    if ((await store.commit(...SWITCHES, [change])) === 'done') return next;
  }
  throw new Error(`The read-only switch could not be set in ${TRIES} tries: others set it all the time.`);
}
