/** What is kept of a person, told and taken away. */
import type { AuditEntry } from '../auditLog/auditLog.ts';
import { forgetChat } from '../chats.ts';
import type { Chat, Ticket } from '../domain/ticket.ts';
import { identityMark, olderMark, type PersonRow } from '../people/people.ts';
import {
  ALL_KEYS,
  AUDIT_LINES,
  CHAT_KEY,
  CHATS,
  CUSTOMERS,
  IDENTITIES,
  keysWith,
  ofChat,
  ofCustomer,
  PEOPLE,
  PERSON_KEYS,
  PERSONS,
  ticketIdIn,
  ticketKey,
} from '../store/rows.ts';
import { type Scanned, type Store, type Table, TABLES } from '../store/store.ts';
import { untilStored } from '../store/update.ts';
import { type Holds, holdsOf, isOwn, without } from './holding.ts';

const PEOPLE_MAX = 100_000;
const CHANGE_TRIES = 20;

export interface Kept {
  person: PersonRow;
  chat: Chat | null;
  /** Lines of the record that bear the person's key. */
  lines: { customer: string; ticketId: string; at: string; what: string; data: AuditEntry['data'] }[];
  /** All other rows that are of the person, or name the person, with what stands around the name. */
  rows: { table: Table; partition: string; key: string; holds: Holds[] }[];
}

/** Everybody who is called so: by object id, by key, or by the whole name. */
export async function findPeople(store: Store, who: string): Promise<PersonRow[]> {
  if (who.trim() === '') return [];
  const rows = await store.range<PersonRow>(...PERSONS, ...PERSON_KEYS, PEOPLE_MAX);
  return rows.map((row) => row.value).filter((one) => [one.objectId, one.key, one.name].some((name) => name.toLowerCase() === who.toLowerCase()));
}

/** The person, once for each personal chat: one tenant's may be another than the other's, and the bot's before it came back another than now. */
async function withChats(store: Store, person: PersonRow): Promise<PersonRow[]> {
  const chats = new Set<string | null>([person.chat]);
  for await (const page of store.scan<Chat>(CHATS, ...keysWith(CHAT_KEY)))
    for (const { partition, key, value } of page) if (key === CHAT_KEY && value.person === person.key) chats.add(partition);
  return [...chats].map((chat) => ({ ...person, chat }));
}

/** Everything that is kept of the person. Reads every row there is. */
export async function exportPerson(store: Store, person: PersonRow): Promise<Kept> {
  const kept: Kept = { person, chat: null, lines: [], rows: [] };
  if (person.chat) kept.chat = (await store.get<Chat>(...ofChat(person.chat), CHAT_KEY))?.value ?? null;
  const people = await withChats(store, person);
  for await (const page of store.scan<AuditEntry>(CUSTOMERS, ...AUDIT_LINES)) {
    for (const { partition, key, value } of page) {
      if (value.by !== person.key) continue;
      const ticketId = ticketIdIn(key);
      const ticket = await store.get<Ticket>(...ofCustomer(partition), ticketKey(ticketId));
      kept.lines.push({ customer: ticket?.value.customerName ?? partition, ticketId, at: value.at, what: value.what, data: value.data });
    }
  }
  for await (const { table, row } of allRows(store)) {
    const holds = holdsOf(row.value, people);
    if (holds.length > 0 || people.some((one) => isOwn({ table, row }, one))) kept.rows.push({ table, partition: row.partition, key: row.key, holds });
  }
  return kept;
}

/**
 * Takes away who is behind the key, the personal chat, and the key wherever it stands. The record stays whole: its lines bear
 * the key alone. Cut off anywhere, it can be begun again: the person's own row goes last.
 */
export async function erasePerson(store: Store, person: PersonRow): Promise<void> {
  for (const mark of [identityMark(person.objectId), olderMark(person)]) await store.remove(...IDENTITIES, mark);
  const people = await withChats(store, person);
  for (const { chat } of people) if (chat) await forgetChat(store, chat);
  for await (const { table, row } of allRows(store)) {
    if (table === PEOPLE && row.key === person.key) continue;
    if (people.some((one) => isOwn({ table, row }, one))) await store.remove(table, row.partition, row.key);
    else await change(store, { table, row }, (now) => without(now, person));
  }
  await store.remove(...PERSONS, person.key);
}

/** Every row of every table. The lines of the record are left as they are: they bear the key alone, and hash each other. */
async function* allRows(store: Store): AsyncGenerator<{ table: Table; row: Scanned<unknown> }> {
  for (const table of TABLES) {
    const ranges =
      table === CUSTOMERS
        ? ([
            [ALL_KEYS[0], AUDIT_LINES[0]],
            [AUDIT_LINES[1], ALL_KEYS[1]],
          ] as const)
        : ([ALL_KEYS] as const);
    for (const [from, to] of ranges) for await (const page of store.scan<unknown>(table, from, to)) for (const row of page) yield { table, row };
  }
}

/** Changes a row under its etag, read again where somebody else was first; null leaves it. */
export async function change(store: Store, at: { table: Table; row: Scanned<unknown> }, to: (row: Scanned<unknown>) => unknown): Promise<void> {
  const { table } = at;
  const { partition, key } = at.row;
  let row: Scanned<unknown> | undefined = at.row;
  await untilStored({ tries: CHANGE_TRIES, failed: `A person could not be taken out of the row ${table}/${partition}/${key}` }, async () => {
    const value = row && to(row);
    if (!row || value === null) return;
    const stored = await store.commit(table, partition, [{ op: 'replace', key, value, etag: row.etag }]);
    const now = stored === 'conflict' ? await store.get<unknown>(table, partition, key) : undefined;
    row = now && { ...now, partition };
    return stored;
  });
}
