/** Small derived tables for lists and look-ups. They may lag by seconds and never decide anything. */
import type { EndOfTerm, Expiry, Migration } from '../domain/ticket.ts';
import { type Store, withPrefix } from '../store/store.ts';
import type { Money } from '../domain/money.ts';
import { LIST_MAX } from '../search.ts';

export interface OpenRow {
  ticket: string;
  customerId: string;
  customerName: string;
  subscriptionId: string;
  offerName: string;
  lastDay: string;
  expiresOn: string;
  /** null where it could not be read. */
  quantity: number | null;
  programme: string | null;
  /** What happens at its end; absent in rows of an older format, which all stop. */
  end?: EndOfTerm;
}

function openKey(expiry: Expiry): string {
  return `${expiry.facts.lastDay}_${expiry.id}`;
}

/** Writes or removes an expiry's line in the list of open ones. `before` is what it was, when its last day moved. */
export async function listExpiry(store: Store, expiry: Expiry, before: Expiry | null): Promise<void> {
  if (before && openKey(before) !== openKey(expiry)) await store.remove('open', 'open', openKey(before));
  if (expiry.closed) return store.remove('open', 'open', openKey(expiry));
  await store.put('open', 'open', openKey(expiry), openRow(expiry));
  await store.put('names', 'ticket', expiry.id, { customerId: expiry.customerId, subscriptionId: expiry.subscriptionId });
}

function openRow(expiry: Expiry): OpenRow {
  return {
    ticket: expiry.id,
    customerId: expiry.customerId,
    customerName: expiry.customerName,
    subscriptionId: expiry.subscriptionId,
    offerName: expiry.facts.offerName,
    lastDay: expiry.facts.lastDay,
    expiresOn: expiry.facts.expiresOn,
    quantity: expiry.facts.quantity,
    programme: expiry.facts.programme,
    end: expiry.facts.endOfTerm,
  };
}

/** Open expiries of one customer, soonest last day first, as its own rows have them. */
export async function openExpiriesOf(store: Store, customerId: string): Promise<OpenRow[]> {
  const rows = await withPrefix<Expiry>(store, 'customers', customerId, 'exp_', LIST_MAX);
  const open = rows.flatMap((row) => (row.value.closed ? [] : [openRow(row.value)]));
  return open.sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1));
}

/** Open expiries, soonest last day first; those up to a UTC day where one is given. */
export async function openExpiries(store: Store, until: string | null = null, limit = LIST_MAX): Promise<OpenRow[]> {
  const rows = await store.range<OpenRow>('open', 'open', '0', until === null ? '~' : `${until}~`, limit);
  return rows.map((row) => row.value);
}

/** A quote that waits for somebody's yes. */
export interface ApprovalRow {
  ticket: string;
  customerId: string;
  customerName: string;
  planTitle: string;
  quantity: number;
  monthly: Money;
  askedBy: string;
}

/** Writes or removes a move's line in the list of those that wait for an approval. */
export async function listApproval(store: Store, expiry: Expiry, migration: Migration): Promise<void> {
  const { quote } = migration;
  if (migration.state !== 'quoted' || migration.approval || !quote) return store.remove('open', 'approvals', expiry.id);
  const { customerId, customerName } = expiry;
  const { planTitle, quantity, monthly, askedBy } = quote;
  await store.put('open', 'approvals', expiry.id, { ticket: expiry.id, customerId, customerName, planTitle, quantity, monthly, askedBy } satisfies ApprovalRow);
}

/** Quotes that wait for an approval, by ticket. */
export async function waitingApprovals(store: Store): Promise<ApprovalRow[]> {
  return (await store.range<ApprovalRow>('open', 'approvals', 'S', 'T', LIST_MAX)).map((row) => row.value);
}
