/** The rows of the watch: what is known of each customer, the list of all of them, and how far that list was read. */
import { randomUUID } from 'node:crypto';
import type { News, TrackedSubscription } from '../domain/ticket.ts';
import type { Counts } from '../metrics.ts';
import { LISTED, LISTING, LISTING_KEY, ofCustomer, POLLED, WATCH_KEY } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';
import { written } from '../store/update.ts';

/** What the watch knows of a customer, beside its subscriptions: one read brings all. */
export interface WatchRow {
  name: string;
  /** Of the message that is the customer's turn; another message is an old one. */
  generation: string;
  /** The last look that was noted; an unchanged customer is noted rarely. null before the first. */
  lookedAt: string | null;
  notedAt: number;
  /** When an event last brought its turn forward. */
  expeditedAt: number;
  /** Why it could not be looked at the last time. */
  skipped: string | null;
  /** What could not be read at the last look, as one text to compare; null where all was. */
  unread: string | null;
  /** Since when so much is missing from its list that the list is not believed. */
  doubtedSince: string | null;
  /** Its subscriptions stand in the table of ends. */
  listsEnds: boolean;
  /** The day on which the next of its terms ends; null where none does, absent where it was not looked at since this is noted. */
  endsOn?: string | null;
  /** When its licences from elsewhere are looked for next, and what of them could not be read, as one text to compare. */
  seats?: { nextAt: number; unread: string | null };
  /** It is no longer in the partner's list. */
  goneAt: string | null;
}

/** What is known of a customer before the first look. */
export const NEVER_LOOKED_AT = { lookedAt: null, expeditedAt: 0, skipped: null, unread: null, doubtedSince: null, listsEnds: false } as const;

/** An unchanged customer's row is written at one look in so many. */
export const NOTED_LOOKS = 24;

/** A customer as the list of customers has it; derived. */
export interface ListedRow {
  name: string;
  notedAt: number;
  goneAt: string | null;
  endsOn?: string | null;
}

export function newGeneration(): string {
  return randomUUID().slice(0, 8);
}

/** How far the watch has come; one row. */
export interface ListingRow {
  nextAt: number;
  /** When an event last brought it forward. */
  expeditedAt: number;
  walkedAt: string | null;
  customers: number;
  /** When every customer had been looked at once; until then nothing is a flip. */
  baselineAt: string | null;
  /** What of the list could not be read, or not be believed; null where all was. */
  trouble: ListingTrouble | null;
  /** Since when so many are missing that the list is not believed. */
  doubtedSince: string | null;
  /** How many times longer than set customers rest, so that the requests suffice. */
  stretch?: number;
  /** By how much the longest rest is longer than the period then. */
  behindMs?: number;
}

/** Before the list was read for the first time. */
export const NEVER_LISTED = { walkedAt: null, customers: 0, baselineAt: null, expeditedAt: 0, trouble: null, doubtedSince: null } as const;

export interface ListingTrouble {
  since: string;
  /** Partner Center's code, where the list could not be read at all. */
  unreadable: string | null;
  /** It goes on, and could not be read further. */
  partial: boolean;
  /** Records without an id. */
  records: number;
  /** Ids of some whose names could not be read. */
  unnamed: string[];
  /** How many are missing at once. */
  vanished: number;
  /** How many are not in it and are customers all the same. */
  lacks: number;
}

/** How far the watch is behind the time that is set: by looks that come late, or by the longer rest that the requests ask for. */
export function lagMs(listing: ListingRow | undefined, counts: Pick<Counts, 'lateMs'>): number {
  return Math.max(counts.lateMs, listing?.behindMs ?? 0);
}

export async function readListing(store: Store): Promise<ListingRow | undefined> {
  return (await store.get<ListingRow>(...LISTING, LISTING_KEY))?.value;
}

/** Of one customer at one look. */
const ROWS_MAX = 20_000;

/** News not yet fanned out, subscriptions, and what the watch knows: neighbours in the order of keys. */
export function readCustomer(store: Store, customerId: string): Promise<Row<TrackedSubscription | News | WatchRow>[]> {
  return store.range(...ofCustomer(customerId), ...POLLED, ROWS_MAX);
}

/** What the watch knows of the customer. */
export function readWatch(store: Store, customerId: string): Promise<Row<WatchRow> | undefined> {
  return store.get<WatchRow>(...ofCustomer(customerId), WATCH_KEY);
}

/** Stores what the watch knows of a customer over what was read; `conflict` where somebody else was faster. */
export function storeWatch(store: Store, customerId: string, before: Row<WatchRow> | undefined, value: WatchRow): Promise<'done' | 'conflict'> {
  return store.commit(...ofCustomer(customerId), [written(before, WATCH_KEY, value)]);
}

/** Brings the customer's line in the list of all customers to what its row says. */
export async function listCustomer(store: Store, customerId: string, { name, notedAt, goneAt, endsOn }: ListedRow): Promise<void> {
  await store.put(...LISTED, customerId, { name, notedAt, goneAt, ...(endsOn === undefined ? {} : { endsOn }) });
}
