/** Small derived tables for lists and look-ups. They may lag by seconds and never decide anything. */
import type { EndOfTerm, Expiry, Migration, Money } from './domain.ts';
import { type Store, withPrefix } from './store/store.ts';
import { foldedWords, letters } from './text.ts';

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

export interface NamedCustomer {
  id: string;
  name: string;
  /** Tells apart those of one name; empty or absent where it is not known. */
  domain?: string;
}

const LIST_MAX = 5000;
/** More than so many are not counted while somebody waits. */
export const COUNTED_MAX = 1_000;
/** Of a single word no more are looked at: so many, or more, may fit. */
export const FOUND_MAX = 100;
const WORDS_MAX = 6;

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

/** Whether it was read to stop; one that a move is open for may still renew, and of another nobody may say. Pure. */
export function stops({ end }: OpenRow): boolean {
  return end !== 'renews' && end !== 'unread';
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

export async function findTicket(store: Store, ticket: string): Promise<{ customerId: string; subscriptionId: string } | undefined> {
  return (await store.get<{ customerId: string; subscriptionId: string }>('names', 'ticket', ticket))?.value;
}

/** Lets a customer be found by the beginning of any of the first words of its name. */
export async function nameCustomer(store: Store, customer: NamedCustomer): Promise<void> {
  for (const word of indexWords(customer.name)) {
    const { id, name, domain } = customer;
    await store.put('names', partitionOf(word), `${word}_${id}`, { id, name, ...(domain ? { domain } : {}) } satisfies NamedCustomer);
  }
}

/** Lets a customer be found by its new name alone: the old one is free again. `before` null: it had none. */
export async function renameCustomer(store: Store, customer: NamedCustomer, before: string | null): Promise<void> {
  await nameCustomer(store, customer);
  const now = new Set(indexWords(customer.name));
  for (const word of indexWords(before ?? '')) if (!now.has(word)) await store.remove('names', partitionOf(word), `${word}_${customer.id}`);
}

function indexWords(name: string): string[] {
  return foldedWords(name).slice(0, WORDS_MAX);
}

function partitionOf(word: string): string {
  return `n_${letters(word, 2)}`;
}

/** After every letter in the order of keys. */
const AFTER_LETTERS = '\uffdc';

/** What was read of the names, by the word that they begin with: of one text several beginnings are looked up, and nothing is read twice. */
export type NamesRead = Map<string, readonly NamedCustomer[]>;

/** Customers whose names hold all words of `wanted`; those whose name is equal come alone, and all of them. */
export async function findCustomers(store: Store, wanted: string, read: NamesRead = new Map()): Promise<NamedCustomer[]> {
  const words = foldedWords(wanted);
  // Of a name only the first words can be looked up.
  const longest = words.slice(0, WORDS_MAX).sort((a, b) => b.length - a.length)[0];
  if (!longest) return [];
  const most = words.length === 1 ? FOUND_MAX : LIST_MAX;
  const known = read.get(`${longest} ${most}`) ?? (await namesWith(store, longest, most));
  read.set(`${longest} ${most}`, known);
  const found = new Map(known.filter((one) => containsWords(one.name, words)).map((one) => [one.id, one]));
  const equal = [...found.values()].filter((one) => foldedWords(one.name).join(' ') === words.join(' '));
  return (equal.length > 0 ? equal : [...found.values()]).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function namesWith(store: Store, word: string, most: number): Promise<NamedCustomer[]> {
  return (await store.range<NamedCustomer>('names', partitionOf(word), word, `${word}${AFTER_LETTERS}`, most)).map((row) => row.value);
}

/** Whether `wanted` is how somebody says this name: all its words, or its first ones. Words from elsewhere in it, or parts of some, are only near. Pure. */
export function saysName(wanted: string, name: string): boolean {
  const own = foldedWords(name);
  const words = foldedWords(wanted);
  return words.length > 0 && words.every((word, index) => own[index] === word);
}

function containsWords(name: string, words: string[]): boolean {
  const own = foldedWords(name);
  return words.every((word) => own.some((one) => one.startsWith(word)));
}
