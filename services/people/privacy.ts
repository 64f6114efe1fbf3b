/** What is kept of a person, told and taken away; and what is too old to be kept of anybody. */
import { addDays, dayOf } from '../clock.ts';
import type { Chat, Expiry, Migration, UserMove } from '../domain.ts';
import { type AuditRow, auditPrefix, CHECKPOINT, checkpointFor, expiryKey } from '../record.ts';
import { forgetChat } from '../speak/chats.ts';
import { type Change, CHANGES_MAX, type Row, type Store, withPrefix } from '../store/store.ts';
import { identityMark, type PersonRow } from './people.ts';

const PEOPLE_MAX = 100_000;
const CUSTOMERS_MAX = 1_000_000;
const LINES_AT_ONCE = CHANGES_MAX - 2;

export interface Kept {
  person: PersonRow;
  chat: Chat | null;
  /** Lines of the record that bear the person's key. */
  lines: { customer: string; ticket: string; at: string; what: string; data: AuditRow['data'] }[];
}

/** Everybody who is called so: by object id, which another company may have too, by key, or by the whole name. */
export async function findPeople(store: Store, who: string): Promise<PersonRow[]> {
  const rows = await store.range<PersonRow>('people', 'person', 'p', 'q', PEOPLE_MAX);
  return rows.map((row) => row.value).filter((one) => [one.objectId, one.key, one.name].some((name) => name.toLowerCase() === who.toLowerCase()));
}

/** Everything that is kept of the person. */
export async function exportPerson(store: Store, person: PersonRow): Promise<Kept> {
  const lines: Kept['lines'] = [];
  for (const customer of await customers(store)) {
    for (const row of await withPrefix<Expiry>(store, 'customers', customer, 'exp_')) {
      const record = await withPrefix<AuditRow>(store, 'customers', customer, auditPrefix(row.value.id));
      for (const { value } of record)
        if (value.by === person.key) lines.push({ customer: row.value.customerName, ticket: row.value.id, at: value.at, what: value.what, data: value.data });
    }
  }
  const chat = person.chat ? ((await store.get<Chat>('chats', person.chat, 'chat'))?.value ?? null) : null;
  return { person, chat, lines };
}

/** Takes away who is behind the key, and the personal chat. The record stays whole: it bears the key alone. */
export async function erasePerson(store: Store, person: PersonRow): Promise<void> {
  if (person.chat) await forgetChat(store, person.chat);
  await store.remove('people', 'identity', identityMark(person.tenantId, person.objectId));
  await store.remove('people', 'person', person.key);
}

async function customers(store: Store): Promise<string[]> {
  return (await store.range('sweep', 'c', '0', '~', CUSTOMERS_MAX)).map((row) => row.key);
}

export interface Retention {
  /** Names of people who were not here for so long are forgotten. */
  nameDays: number;
  /** Lines of matters that closed so long ago are cut, and the names of licence holders with them. */
  recordDays: number;
}

export interface Forgotten {
  names: number;
  lines: number;
}

/** Forgets what is older than it may be. May be cut off anywhere and begun again. */
export async function forgetOld(store: Store, now: Date, retention: Retention): Promise<Forgotten> {
  const forgotten: Forgotten = { names: 0, lines: 0 };
  const seenBefore = addDays(dayOf(now), -retention.nameDays);
  for (const row of await store.range<PersonRow>('people', 'person', 'p', 'q', PEOPLE_MAX)) {
    if (row.value.name === '' || row.value.seenOn >= seenBefore) continue;
    await store.put('people', 'person', row.key, { ...row.value, name: '' });
    forgotten.names += 1;
  }
  const closedBefore = addDays(dayOf(now), -retention.recordDays);
  for (const customer of await customers(store)) {
    for (const row of await withPrefix<Expiry>(store, 'customers', customer, 'exp_')) {
      const { closed, id, migration } = row.value;
      if (closed === null || dayOf(closed.at) >= closedBefore) continue;
      forgotten.lines += await cutRecord(store, row.value, now);
      if (migration) await forgetHolders(store, customer, id, migration);
    }
  }
  return forgotten;
}

/** All lines but a first one that keeps the number and hash of the last that went; in pieces that one transaction holds. */
async function cutRecord(store: Store, expiry: Expiry, now: Date): Promise<number> {
  const { customerId, id } = expiry;
  const key = `${auditPrefix(id)}000000`;
  let cut = 0;
  for (;;) {
    const rows = await withPrefix<AuditRow>(store, 'customers', customerId, auditPrefix(id), LINES_AT_ONCE);
    const before = rows.find((row) => row.value.what === CHECKPOINT);
    const lines = rows.filter((row) => row !== before);
    const last = lines.at(-1);
    if (!last) return cut;
    const value = checkpointFor(last.value, before?.value ?? null, lines.length, now.toISOString());
    const mark: Change = before ? { op: 'replace', key, value, etag: before.etag } : { op: 'create', key, value };
    const changes: Change[] = [mark, ...lines.map((row): Change => ({ op: 'delete', key: row.key, etag: row.etag }))];
    if ((await store.commit('customers', customerId, changes)) === 'conflict') return cut; // somebody writes there: it is not so old after all
    cut += lines.length;
  }
}

/** Who held which licence, by name. */
async function forgetHolders(store: Store, customerId: string, ticket: string, key: string): Promise<void> {
  for (;;) {
    const rows = await withPrefix<UserMove>(store, 'customers', customerId, `usr_${key}_`, LINES_AT_ONCE);
    if (rows.length === 0) break;
    const changes = rows.map((row): Change => ({ op: 'delete', key: row.key, etag: row.etag }));
    if ((await store.commit('customers', customerId, changes)) === 'conflict') return;
  }
  const migration: Row<Migration> | undefined = await store.get<Migration>('customers', customerId, key);
  const expiry = await store.get<Expiry>('customers', customerId, expiryKey(ticket));
  if (!migration || !expiry?.value.closed || migration.value.waived.every((one) => one.people.every((person) => person.name === ''))) return;
  const waived = migration.value.waived.map((one) => ({ ...one, people: one.people.map((person) => ({ ...person, name: '' })) }));
  const people = migration.value.people && { ...migration.value.people, named: [] };
  await store.commit('customers', customerId, [{ op: 'replace', key, value: { ...migration.value, waived, people }, etag: migration.etag }]);
}
