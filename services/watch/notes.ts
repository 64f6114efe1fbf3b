/** What could not be read of whom: derived rows for the status. */
import type { Subscription } from '../domain/ticket.ts';
import type { SubscriptionList } from '../partnerCenter/port.ts';
import { UNREAD } from '../store/rows.ts';
import { type Store, withPrefix } from '../store/store.ts';

/** `field`: one of a subscription's fields. `list`: the list goes on, or holds what has no id. `vanished`: much of it at once. `lacks`: one that is there. */
export interface Note {
  what: 'field' | 'list' | 'vanished' | 'lacks';
  /** The plan, where one is meant. */
  plan: string | null;
  /** Partner Center's field. */
  field: string | null;
  count: number;
}

/** Of one customer. */
export interface NotesRow {
  name: string;
  notes: Note[];
  since: string;
}

const NOTES_MAX = 20;
const PLAN_MAX = 100;
const TOLD_MAX = 1_000;

/** What a look could not read. Pure. */
export function notesOf(seen: {
  list: SubscriptionList;
  current: ReadonlyMap<string, Subscription>;
  missing: readonly Subscription[];
  vanished: number;
}): Note[] {
  const { list, current } = seen;
  if (list.whole && list.unread.length === 0 && seen.missing.length === 0 && seen.vanished === 0) return [];
  const planOf = (id: string | null) => {
    const name = id === null ? undefined : current.get(id)?.offerName || id;
    return name ? [...name].slice(0, PLAN_MAX).join('') : null;
  };
  const notes: Note[] = list.unread.map((one) => ({ what: 'field', plan: planOf(one.id), field: one.why, count: 1 }));
  if (!list.whole) notes.push({ what: 'list', plan: null, field: null, count: 1 });
  if (seen.vanished > 0) notes.push({ what: 'vanished', plan: null, field: null, count: seen.vanished });
  for (const one of seen.missing) notes.push({ what: 'lacks', plan: planOf(one.id), field: null, count: 1 });
  return notes.slice(0, NOTES_MAX);
}

/** Writes, or takes away, what could not be read of a customer. */
export async function noteUnread(store: Store, customerId: string, row: NotesRow): Promise<void> {
  if (row.notes.length === 0) return store.remove(...UNREAD, customerId);
  await store.put(...UNREAD, customerId, row);
}

/** What could not be read of one customer. */
export async function unreadOf(store: Store, customerId: string): Promise<NotesRow | null> {
  return (await store.get<NotesRow>(...UNREAD, customerId))?.value ?? null;
}

/** The customers of whom something could not be read. */
export async function unreadOfAll(store: Store): Promise<NotesRow[]> {
  return (await withPrefix<NotesRow>(store, ...UNREAD, '', TOLD_MAX)).map((row) => row.value);
}
