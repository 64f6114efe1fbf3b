/** One poll of a customer that stores and says nothing: what was looked at, what is decided, what would change. */
import type { AuditEntry } from '../auditLog/auditLog.ts';
import type { Clock } from '../clock.ts';
import type { News, TrackedSubscription } from '../domain/ticket.ts';
import type { PartnerCenter, PriceSheets, SubscriptionList } from '../partnerCenter/port.ts';
import { overlayOn, type Unwritten } from '../store/overlay.ts';
import { AUDIT, SUBSCRIPTION, WATCH_KEY } from '../store/rows.ts';
import type { Row, Store } from '../store/store.ts';
import { compare } from './compare.ts';
import type { SweepDeps } from './deps.ts';
import type { Note } from './notes.ts';
import { openPace } from './rest.ts';
import { readCustomer, type WatchRow } from './rows.ts';

/** A line that would be added to a ticket's written record. */
export interface Decision extends Pick<AuditEntry, 'what' | 'before' | 'after' | 'data'> {
  ticketId: string;
}

export interface DryRun {
  name: string;
  list: SubscriptionList;
  known: TrackedSubscription[];
  notes: Note[];
  decided: Decision[];
  changes: Unwritten[];
  /** As it would stand then. */
  store: Store;
}

export interface DryRunDeps extends Pick<SweepDeps, 'programmes' | 'metrics' | 'periodMs'> {
  store: Store;
  partnerCenter: PartnerCenter;
  clock: Clock;
}

const nobody = { schedule: async () => {}, now: () => {} };
/** Whole sheets are not read for it. */
const priceSheets: PriceSheets = { prices: async () => ({ known: false, why: 'unread' }) };
const silent = { info: () => {}, warn: () => {} };

/** Throws PartnerCenterError where the customer's subscriptions cannot be read. */
export async function dryRun(deps: DryRunDeps, customerId: string): Promise<DryRun> {
  const { store, unwritten } = overlayOn(deps.store);
  const rows = await readCustomer(store, customerId);
  const watch = rows.find((row) => row.key === WATCH_KEY)?.value as WatchRow | undefined;
  const name = watch?.name ?? customerId;
  const list = await deps.partnerCenter.subscriptions(customerId);
  const how = { baseline: !watch?.lookedAt, relist: false, doubtedSince: watch?.doubtedSince ?? null };
  const polling: SweepDeps = { ...deps, store, priceSheets, lowPriority: deps.partnerCenter, wake: nobody, log: silent, pace: openPace(1) };
  const { notes } = await compare(polling, { id: customerId, name }, list, rows as Row<TrackedSubscription | News>[], how);
  const changes = unwritten();
  const known = rows.flatMap((row) => (row.key.startsWith(SUBSCRIPTION) ? [row.value as TrackedSubscription] : []));
  return { name, list, known, notes, decided: changes.flatMap(decisionOf), changes, store };
}

function decisionOf({ key, value }: Unwritten): Decision[] {
  if (!key.startsWith(AUDIT) || value === null) return [];
  const { what, before, after, data } = value as AuditEntry;
  return [{ ticketId: key.slice(AUDIT.length).split('_')[0] as string, what, before, after, data }];
}
