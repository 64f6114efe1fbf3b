/** What is known of one customer or of all, and what is not: for sentences that say something about everything. */
import type { TrackedSubscription } from '../domain/ticket.ts';
import { IDS, NEW, ofCustomer, SKIPPED, SUBSCRIPTION, TRACKED, WATCH_KEY } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';
import { isWatched } from '../tickets/endOfTerm.ts';
import { standingOf, stopsRenewing } from './flips.ts';
import { type Note, type NotesRow, unreadOf, unreadOfAll } from './notes.ts';
import { type ListingTrouble, readListing, type WatchRow } from './rows.ts';

const COUNTED_MAX = 1_000;

/** What of all customers is not known just now. */
export interface Gaps {
  /** Customers that were never looked at. */
  never: number;
  skipped: { name: string; why: string }[];
  unread: NotesRow[];
  list: ListingTrouble | null;
}

/** What could not be read of all customers, as the derived rows have it. */
export async function gapsOf(store: Store): Promise<Gaps> {
  const [walk, waiting, skipped, unread] = await Promise.all([
    readListing(store),
    store.range(...NEW, ...IDS, COUNTED_MAX),
    store.range<{ name: string; why: string }>(...SKIPPED, ...IDS, COUNTED_MAX),
    unreadOfAll(store),
  ]);
  return { never: waiting.length, skipped: skipped.map((row) => row.value), unread, list: walk?.trouble ?? null };
}

/** Whether all that is watched was read. */
export function isWhole(gaps: Gaps): boolean {
  return gaps.never === 0 && gaps.skipped.length === 0 && gaps.unread.length === 0 && gaps.list === null;
}

/** How one customer's subscriptions stand, as they were last read. */
export interface Stand {
  /** It was looked at at least once. */
  looked: boolean;
  /** Why it could not be looked at the last time. */
  skipped: string | null;
  /** It is no longer our customer. */
  left: boolean;
  notes: Note[];
  renews: number;
  stops: number;
  /** Nobody says whether they renew. */
  unsaid: number;
  suspended: number;
  ended: number;
  trials: number;
  /** Missing from the last list. */
  missing: number;
}

/** How one customer's subscriptions stand. One read of its rows, and one of what could not be read. */
export async function standOf(store: Store, customerId: string): Promise<Stand> {
  const [rows, unread] = await Promise.all([store.range<TrackedSubscription | WatchRow>(...ofCustomer(customerId), ...TRACKED), unreadOf(store, customerId)]);
  const watch = rows.find((row) => row.key === WATCH_KEY)?.value as WatchRow | undefined;
  const stand: Stand = {
    looked: Boolean(watch?.lookedAt),
    skipped: watch?.skipped ?? null,
    left: Boolean(watch?.goneAt),
    notes: unread?.notes ?? [],
    renews: 0,
    stops: 0,
    unsaid: 0,
    suspended: 0,
    ended: 0,
    trials: 0,
    missing: 0,
  };
  for (const { value } of rows.filter((row) => row.key.startsWith(SUBSCRIPTION)) as Row<TrackedSubscription>[]) {
    const kind = kindOf(value);
    if (kind) stand[kind] += 1;
  }
  return stand;
}

type Counted = 'renews' | 'stops' | 'unsaid' | 'suspended' | 'ended' | 'trials' | 'missing';

/** As what one is counted; null for what neither renews nor ends. */
function kindOf({ snapshot: one, goneAt, missingAt, flagLostSince }: TrackedSubscription): Counted | null {
  if (goneAt) return null;
  if (missingAt) return 'missing';
  const standing = standingOf(one.status);
  if (standing) return standing === 'suspended' ? 'suspended' : 'ended';
  if (one.isTrial) return 'trials';
  if (flagLostSince || (isWatched(one) && one.autoRenew === null)) return 'unsaid';
  if (stopsRenewing(one)) return 'stops';
  return isWatched(one) ? 'renews' : null;
}

/** Whether each of its subscriptions was read. */
export function isRead({ looked, skipped, left, notes, unsaid, missing }: Stand): boolean {
  return looked && skipped === null && !left && notes.length === 0 && unsaid === 0 && missing === 0;
}

/** Whether each of its subscriptions was read, and renews. */
export function allRenew(stand: Stand): boolean {
  return isRead(stand) && stand.renews > 0 && stand.stops + stand.suspended + stand.ended + stand.trials === 0;
}
