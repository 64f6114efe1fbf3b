/** The row of a tracked subscription: every transaction that changes one takes the change from here. Pure. */
import type { TrackedSubscription } from '../domain/ticket.ts';
import { subscriptionKey } from '../store/rows.ts';
import type { Change, Row } from '../store/store.ts';
import { written } from '../store/update.ts';

/** The change that stores it over what was read; made where there was none. */
export function subscriptionChange(before: Row<TrackedSubscription> | null | undefined, value: TrackedSubscription): Change {
  return written(before, subscriptionKey(value.snapshot.id), value);
}
