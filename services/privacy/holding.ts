/** Which rows hold a person, and what is left of each when the person is forgotten. Pure. */
import type { Done } from '../domain/activity.ts';
import type { Notice } from '../domain/ticket.ts';
import type { PersonRow } from '../people/people.ts';
import { BULKS, CHATS, CUSTOMERS, HANDLES, IDENTITIES, INVITED, isChatList, LATE_ANSWER, NOTICE, OUTBOX, OWN_YES, PEOPLE } from '../store/rows.ts';
import type { Scanned, Table } from '../store/store.ts';

/** Stands where a person's key did: of nobody, so it may do nothing, is nobody else's, and has no name. */
export const FORGOTTEN = 'forgotten';

interface Place {
  table: Table;
  row: Scanned<unknown>;
}

/** Whether the row is about the person alone, or about the personal chat: what is forgotten whole. */
export function isOwn({ table, row }: Place, person: PersonRow): boolean {
  const value = asObject(row.value);
  const { key, chat } = person;
  switch (table) {
    case PEOPLE:
      return row.key === key || value.person === key || (row.partition === IDENTITIES[1] && value.key === key);
    case HANDLES:
      return value.by === key || (chat !== null && value.chat === chat);
    case CHATS:
      // What the person typed, on its way to be looked up; in a chat of others too.
      if (row.key.startsWith(LATE_ANSWER) && value.person === key) return true;
      // Whom the person invited, wherever that was.
      if (row.partition === INVITED[1] && (value.person === key || value.chat === chat)) return true;
      if (row.partition === BULKS[1] && chat !== null && value.chat === chat) return true;
      return chat !== null && (row.partition === chat || (isChatList(row.partition) && row.key === chat) || asObject(value.note).chat === chat);
    case OWN_YES[0]:
      return row.partition === OWN_YES[1] && row.key === key;
    case CUSTOMERS:
      if (chat === null) return false;
      return (row.key.startsWith(NOTICE) && (value as unknown as Notice).chat === chat) || (row.key.startsWith(OUTBOX) && asObject(value.data).chat === chat);
    default:
      return false;
  }
}

/** The objects of a row that name the person, without what lies deeper in them: there others stand. */
export interface Holds {
  /** Where it stands in the row, `approval` or `waived.0`; empty for the row itself. */
  at: string;
  value: Record<string, unknown>;
}

/** Where a row names the person, who is given once for each personal chat; nothing where it does not. */
export function holdsOf(value: unknown, people: readonly PersonRow[]): Holds[] {
  const found: Holds[] = [];
  each(value, '', (object, at) => {
    const flat = Object.fromEntries(Object.entries(object).filter(([, value]) => typeof value !== 'object' || value === null));
    const isNamed = (person: PersonRow) =>
      Object.entries(flat).some(([name, value]) => names(value, person) || isChanger(name, value, person)) || repliesOf(flat, person);
    if (people.some(isNamed)) found.push({ at, value: flat });
  });
  return found;
}

/** The row without the person; null where nothing of it is the person's. */
export function without(row: Scanned<unknown>, person: PersonRow): unknown {
  let value = replaced(row.value, person);
  const { done } = asObject(value) as { done?: Done[] };
  // What was answered may call somebody by name.
  if (done?.some((one) => repliesOf(one, person)))
    value = { ...asObject(value), done: done.map((one) => (repliesOf(one, person) ? { ...one, reply: null } : one)) };
  return JSON.stringify(value) === JSON.stringify(row.value) ? null : value;
}

function repliesOf({ reply }: { reply?: unknown }, person: PersonRow): boolean {
  return typeof reply === 'string' && [person.key, nameOf(person)].some((name) => name !== '' && reply.includes(name));
}

function isChanger(name: string, value: unknown, person: PersonRow): boolean {
  return name === 'changedBy' && value !== '' && value === nameOf(person);
}

/** Names stand in few places, and a customer may be called like a person: only who changed a subscription is one. */
function replaced(value: unknown, person: PersonRow): unknown {
  if (value === person.key) return FORGOTTEN;
  if (Array.isArray(value)) return value.map((one) => replaced(one, person));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isChanger(name, one, person) ? null : replaced(one, person)]));
}

function names(value: unknown, person: PersonRow): boolean {
  return value === person.key || (person.chat !== null && value === person.chat) || (person.objectId !== '' && value === person.objectId);
}

/** A name that was never told is nobody's. */
function nameOf({ name }: PersonRow): string {
  return name.length > 1 ? name : '';
}

function each(value: unknown, at: string, told: (object: Record<string, unknown>, at: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  told(asObject(value), at);
  for (const [name, one] of Object.entries(value)) each(one, at === '' ? name : `${at}.${name}`, told);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
