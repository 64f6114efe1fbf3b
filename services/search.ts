/** Customers and tickets by what people call them. */
import { nameKey, namesUnder, TICKET_NAMES, wordsFrom } from './store/rows.ts';
import type { Store } from './store/store.ts';
import { distance, foldedWords, letters } from './text.ts';

export interface NamedCustomer {
  id: string;
  name: string;
  /** Tells apart those of one name; empty or absent where it is not known. */
  domain?: string;
}

export const LIST_MAX = 5000;
export const WORDS_MAX = 6;
/** Of a single word no more are looked at: so many, or more, may fit. */
export const FOUND_MAX = 100;

export async function findTicket(store: Store, ticketId: string): Promise<{ customerId: string; subscriptionId: string } | undefined> {
  return (await store.get<{ customerId: string; subscriptionId: string }>(...TICKET_NAMES, ticketId))?.value;
}

/** Lets a customer be found by the beginning of any of the first words of its name. */
export async function nameCustomer(store: Store, customer: NamedCustomer): Promise<void> {
  for (const word of indexWords(customer.name)) {
    const { id, name, domain } = customer;
    await store.put(...namesUnder(letters(word, 2)), nameKey(word, id), { id, name, ...(domain ? { domain } : {}) } satisfies NamedCustomer);
  }
}

/** Lets a customer be found by its new name alone: the old one is free again. `before` null: it had none. */
export async function renameCustomer(store: Store, customer: NamedCustomer, before: string | null): Promise<void> {
  await nameCustomer(store, customer);
  const now = new Set(indexWords(customer.name));
  for (const word of indexWords(before ?? '')) if (!now.has(word)) await store.remove(...namesUnder(letters(word, 2)), nameKey(word, customer.id));
}

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

/** Whether `wanted` is how somebody says this name: all its words, or its first ones. Words from elsewhere in it, or parts of some, are only near. Pure. */
export function saysName(wanted: string, name: string): boolean {
  const own = foldedWords(name);
  const words = foldedWords(wanted);
  return words.length > 0 && words.every((word, index) => own[index] === word);
}

/** From so many letters on a word may be a slip of another one: a shorter one may be anything. */
const SLIP_LETTERS = 3;
/** From so many on also of the beginning of one, or with its slip in the first two letters. */
const LONG_LETTERS = 4;
/** From so many on with two slips in it. */
const TWO_SLIPS_LETTERS = 6;
/** Of each beginning that is tried instead of the first letters no more are looked at. */
const INSTEAD_MAX = 20;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Customers whose names begin, or hold a word, nearly as `wanted` does, nearest first; and what of it is no part of their names. */
export async function nearCustomers(store: Store, wanted: string): Promise<{ customers: NamedCustomer[]; words: string }> {
  const typed = wanted.trim().split(/\s+/);
  const folded = typed.map((word) => foldedWords(word).join(''));
  const [first = ''] = folded;
  if (first.length < SLIP_LETTERS) return { customers: [], words: '' };
  const usual = nearestOf(await namesBeginning(store, beginningsOf(first), LIST_MAX), folded);
  const found = usual.length > 0 || first.length < LONG_LETTERS ? usual : nearestOf(await namesBeginning(store, insteadOf(first), INSTEAD_MAX), folded);
  return { customers: found.slice(0, FOUND_MAX).map((one) => one.customer), words: typed.slice(found[0]?.words ?? 0).join(' ') };
}

/** Those with most of the first words in their names, or nearly. Pure. */
function nearestOf(customers: readonly NamedCustomer[], typed: readonly string[]) {
  const known = new Map(customers.map((one) => [one.id, one]));
  const each = [...known.values()].map((customer) => ({ customer, ...nearness(typed, customer.name) })).filter((one) => one.words > 0);
  const most = Math.max(...each.map((one) => one.words));
  return each.filter((one) => one.words === most).sort((a, b) => a.far - b.far || (a.customer.name < b.customer.name ? -1 : 1));
}

/** How many of the first words a name holds, or nearly, and with how many slips. Two words may be written as one. */
function nearness(typed: readonly string[], name: string): { words: number; far: number } {
  const own = foldedWords(name).slice(0, WORDS_MAX);
  let far = 0;
  for (const [words, word] of typed.slice(0, WORDS_MAX).entries()) {
    const slips = [...own, own.join('')].flatMap((one) => slipsIn(word, one) ?? []);
    if (slips.length === 0) return { words, far };
    far += Math.min(...slips);
  }
  return { words: Math.min(typed.length, WORDS_MAX), far };
}

/** How many slips make the one out of the other, or out of its beginning; null where they are too many to be slips. Pure. */
export function slipsIn(typed: string, word: string): number | null {
  if (typed === '') return null;
  if (word.startsWith(typed)) return 0;
  if (typed.length < SLIP_LETTERS) return null;
  const most = typed.length < TWO_SLIPS_LETTERS ? 1 : 2;
  const whole = Math.abs(typed.length - word.length) <= most ? distance(typed, word) : Number.POSITIVE_INFINITY;
  if (whole <= most) return whole;
  const beginnings = typed.length < LONG_LETTERS ? [] : [-1, 0, 1].map((more) => word.slice(0, typed.length + more));
  return beginnings.some((one) => distance(typed, one) <= 1) ? 1 : null;
}

/** Names of which a word has these first letters, and after them whatever. */
async function namesBeginning(store: Store, beginnings: readonly string[], most: number): Promise<NamedCustomer[]> {
  const found = await Promise.all([...new Set(beginnings)].filter((one) => one.length > 1).map((one) => namesWith(store, one, most)));
  return found.flat();
}

/** The first two letters, as they are; swapped; or without one that was written too much. */
function beginningsOf(word: string): string[] {
  const [a = '', b = '', c = ''] = word;
  return [a + b, b + a, b + c, a + c];
}

/** With another letter in place of one of the first two, or with one that was left out: by the letters that stand behind it, so that little is read. */
function insteadOf(word: string): string[] {
  const [a = '', b = '', c = '', d = ''] = word;
  return [...ALPHABET].flatMap((x) => [x + b + c + d, x + a + b + c, a + x + c + d, a + x + b + c]);
}

function indexWords(name: string): string[] {
  return foldedWords(name).slice(0, WORDS_MAX);
}

async function namesWith(store: Store, word: string, most: number): Promise<NamedCustomer[]> {
  return (await store.range<NamedCustomer>(...namesUnder(letters(word, 2)), ...wordsFrom(word), most)).map((row) => row.value);
}

function containsWords(name: string, words: string[]): boolean {
  const own = foldedWords(name);
  return words.every((word) => own.some((one) => one.startsWith(word)));
}
