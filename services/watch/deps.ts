/** What the watch is given, and the rows that its parts share. */
import { randomUUID } from 'node:crypto';
import type { Programme } from '../catalogue/programmes.ts';
import type { Clock } from '../clock.ts';
import type { Metrics } from '../metrics.ts';
import type { PartnerCenter } from '../partnerCenter/port.ts';
import type { Store } from '../store/store.ts';
import type { WakeUps } from '../queue/worker.ts';
import type { Log } from '../log.ts';
import { LISTING, LISTING_KEY } from '../store/rows.ts';

export interface SweepDeps {
  store: Store;
  /** For what an alert tells. */
  partnerCenter: PartnerCenter;
  /** The same, behind everything that a person waits for. */
  patient: Pick<PartnerCenter, 'customers' | 'subscriptions' | 'subscription' | 'activities' | 'stopping'>;
  programmes: readonly Programme[];
  clock: Clock;
  wake: WakeUps;
  log: Log;
  metrics: Metrics;
  /** Within this time every customer is looked at once. */
  periodMs: number;
}

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
  /** What could not be read at the last look, as one text to compare; absent where all was. */
  unread?: string | null;
  /** Since when so much is missing from its list that the list is not believed. */
  doubtedSince?: string | null;
  /** It is no longer in the partner's list. */
  goneAt: string | null;
}

/** An unchanged customer's row is written at one look in so many. */
export const NOTED_LOOKS = 24;

/** A customer as the list of customers has it; derived. */
export interface ListedRow {
  name: string;
  notedAt: number;
  goneAt: string | null;
}

export function newGeneration(): string {
  return randomUUID().slice(0, 8);
}

/** How far the watch has come; one row. */
export interface ListingRow {
  nextAt: number;
  walkedAt: string | null;
  customers: number;
  /** When every customer had been looked at once; until then nothing is a flip. */
  baselineAt: string | null;
  /** What of the list could not be read, or not be believed; null or absent where all was. */
  trouble?: ListingTrouble | null;
  /** Since when so many are missing that the list is not believed. */
  doubtedSince?: string | null;
}

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

export async function readListing(store: Store): Promise<ListingRow | undefined> {
  return (await store.get<ListingRow>(...LISTING, LISTING_KEY))?.value;
}
