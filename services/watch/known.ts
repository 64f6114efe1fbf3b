/** What is known of one customer or of all, and what is not: for sentences that say something about everything. */
import type { EndOfTerm, NextTerm, TrackedSubscription } from '../domain/ticket.ts';
import { IDS, NEW, ofCustomer, SKIPPED, SUBSCRIPTION, TRACKED, WATCH_KEY } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';
import { isWatched } from '../tickets/endOfTerm.ts';
import { type FactsDeps, plainFacts } from '../tickets/facts.ts';
import { standingOf } from './flips.ts';
import { type Note, type NotesRow, unreadOf, unreadOfAll } from './notes.ts';
import { type ListingTrouble, readListing, type WatchRow } from './rows.ts';
import { type SeatsUnread, seatsUnread } from './seats.ts';

const COUNTED_MAX = 1_000;

/** What of all customers is not known just now. */
export interface Gaps {
  /** Customers that were never looked at. */
  never: number;
  skipped: { name: string; why: string }[];
  unread: NotesRow[];
  list: ListingTrouble | null;
  /** Customers of whom nobody can tell whether they have licences from elsewhere; that hides nothing of ours. */
  seats: SeatsUnread[];
}

/** What could not be read of all customers, as the derived rows have it. */
export async function gapsOf(store: Store): Promise<Gaps> {
  const [walk, waiting, skipped, unread, seats] = await Promise.all([
    readListing(store),
    store.range(...NEW, ...IDS, COUNTED_MAX),
    store.range<{ name: string; why: string }>(...SKIPPED, ...IDS, COUNTED_MAX),
    unreadOfAll(store),
    seatsUnread(store),
  ]);
  return { never: waiting.length, skipped: skipped.map((row) => row.value), unread, list: walk?.trouble ?? null, seats };
}

/** Whether all that is watched was read. */
export function isWhole(gaps: Gaps): boolean {
  return gaps.never === 0 && gaps.skipped.length === 0 && gaps.unread.length === 0 && gaps.list === null;
}

/** As what a subscription is counted. `stillBilled`: suspended, of new commerce, which is billed to the end of its term all the same. */
export const COUNTED = ['renews', 'changes', 'ends', 'extends', 'inEst', 'unsure', 'unsaid', 'stillBilled', 'suspended', 'ended', 'trials', 'missing'] as const;
export type Counted = (typeof COUNTED)[number];

/** How many are so, and some of them by plan, the day that is shown for it, and what it is planned to become. */
export interface Some {
  count: number;
  named: { plan: string; day: string; next: NextTerm | null }[];
}

/** How one customer's subscriptions stand, as they were last read. */
export interface Stand {
  /** As its row calls it; empty where it was never listed. */
  name: string;
  /** When it was last looked at; null where it never was. */
  lookedAt: string | null;
  /** Why it could not be looked at the last time. */
  skipped: string | null;
  /** It is no longer our customer. */
  left: boolean;
  notes: Note[];
  of: Record<Counted, Some>;
  /** All that is counted. */
  each?: { kind: Counted; tracked: TrackedSubscription }[];
}

/** So many of a kind are named. */
const NAMED_MAX = 3;

type Reading = Pick<FactsDeps, 'programmes' | 'today'>;

/** How one customer's subscriptions stand. One read of its rows, and one of what could not be read. */
export async function standOf(store: Store, customerId: string, reading: Reading): Promise<Stand> {
  const [rows, unread] = await Promise.all([store.range<TrackedSubscription | WatchRow>(...ofCustomer(customerId), ...TRACKED), unreadOf(store, customerId)]);
  const watch = rows.find((row) => row.key === WATCH_KEY)?.value as WatchRow | undefined;
  const of = Object.fromEntries(COUNTED.map((kind) => [kind, { count: 0, named: [] }])) as unknown as Stand['of'];
  const each = (rows.filter((row) => row.key.startsWith(SUBSCRIPTION)) as Row<TrackedSubscription>[]).flatMap(({ value: tracked }) => {
    const kind = kindOf(tracked, reading);
    return kind ? [{ kind, tracked }] : [];
  });
  for (const { kind, tracked } of each) {
    of[kind].count += 1;
    const { offerName: plan, expiresOn: day, next } = tracked.snapshot;
    if (of[kind].named.length < NAMED_MAX) of[kind].named.push({ plan, day: day ?? '', next: next ?? null });
  }
  return {
    name: watch?.name ?? '',
    lookedAt: watch?.lookedAt ?? null,
    skipped: watch?.skipped ?? null,
    left: Boolean(watch?.goneAt),
    notes: unread?.notes ?? [],
    of,
    each,
  };
}

const AS: Readonly<Record<EndOfTerm, Counted>> = {
  renews: 'renews',
  renewsAs: 'changes',
  cancels: 'ends',
  extends: 'extends',
  inEst: 'inEst',
  contradictory: 'unsure',
  unknown: 'unsure',
  unread: 'unsaid',
};

/** As what one is counted; null for what neither renews nor ends. */
function kindOf({ snapshot: one, goneAt, missingAt, flagLostSince }: TrackedSubscription, reading: Reading): Counted | null {
  if (goneAt) return null;
  if (missingAt) return 'missing';
  const standing = standingOf(one.status);
  if (standing === 'suspended') return one.kind === 'newCommerce' ? 'stillBilled' : 'suspended';
  if (standing) return 'ended';
  if (one.isTrial) return 'trials';
  // What is sold beside licences ends too; of it a card tells of software alone.
  if (one.kind === 'other') return one.status === 'active' && one.lastDay !== null && !one.isUsage && one.autoRenew === false ? 'ends' : null;
  // Pending, or in a state that is not known.
  if (one.status !== 'active') return 'unsure';
  if (!isWatched(one)) return null;
  return flagLostSince ? 'unsaid' : AS[plainFacts(one, [], reading).endOfTerm];
}

/** Whether each of its subscriptions was read. */
export function isRead({ lookedAt, skipped, left, notes, of }: Stand): boolean {
  return lookedAt !== null && skipped === null && !left && notes.length === 0 && of.unsaid.count === 0 && of.missing.count === 0;
}

/** Whether each of its subscriptions was read, and renews as it is. */
export function allRenew(stand: Stand): boolean {
  return isRead(stand) && stand.of.renews.count > 0 && COUNTED.every((kind) => kind === 'renews' || stand.of[kind].count === 0);
}
