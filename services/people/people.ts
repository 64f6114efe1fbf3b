/** Who is who: rows elsewhere hold a random key; only this table knows the person behind it. */
import { createHash, randomBytes } from 'node:crypto';
import { daysBetween } from '../clock.ts';
import type { Person } from '../domain/ticket.ts';
import { IDENTITIES, PERSON_KEYS, PERSONS } from '../store/rows.ts';
import { noteRead } from '../readIn.ts';
import type { Store } from '../store/store.ts';
import { untilStored, update, written } from '../store/update.ts';
import { type Colleague, may, type Right, type Role, ROLES } from './roles.ts';

export interface Identity {
  objectId: string;
  tenantId: string;
  name: string;
  /** As Teams calls this person towards this bot: what its cards can say for whom they are. */
  teamsId?: string;
  /** The language of that person's Teams, as it was last told; absent where it never was. */
  locale?: string;
}

export interface PersonRow extends Identity {
  key: string;
  /** Chosen in place of that of Teams. */
  language?: string;
  /** The personal chat, where the person can be told something alone. */
  chat: string | null;
  /** UTC day on which the person was last here, to within a month; the name is forgotten some time after it. */
  seenOn: string;
}

/** In which language somebody reads, where that is known; `menus`: that of the menus of Teams, where that person chose another. */
export interface Reads {
  speaks?: string;
  menus?: string;
}

/** Somebody who was met. */
export type Met = Person & Reads;

/** Somebody whose name was never told. */
export const NAMELESS = '–';
const SEEN_DAYS = 30;

const STAFF_MAX = 5000;
const PEOPLE_MAX = 100_000;
const MEET_TRIES = 20;

/**
 * Where the one table finds a person again. An object id is one account's in all of Entra, and roles go by it alone: so in whichever
 * of our tenants somebody writes or presses, it is one person. Ids that differ in case alone are one.
 */
export function identityMark(objectId: string): string {
  return createHash('sha256').update(objectId.toLowerCase()).digest('hex');
}

/** The same as older rows have it, for each tenant one. */
export function olderMark({ tenantId, objectId }: Pick<Identity, 'tenantId' | 'objectId'>): string {
  return createHash('sha256').update(`${tenantId} ${objectId}`.toLowerCase()).digest('hex');
}

/**
 * The person's key, made at the first meeting; a changed name or language and the personal chat are noted; an empty name changes none.
 * `today` is a UTC day. Of two meetings at once neither forgets what the other noted. Throws after twenty conflicts.
 */
export async function meet(store: Store, identity: Identity, personalChat: string | null, today: string): Promise<Met> {
  const mark = identityMark(identity.objectId);
  return untilStored({ tries: MEET_TRIES, failed: 'A person could not be noted' }, async () => {
    const known = await store.get<{ key: string }>(...IDENTITIES, mark);
    const older = known ?? (await store.get<{ key: string }>(...IDENTITIES, olderMark(identity)));
    const key = older?.value.key ?? `p${randomBytes(9).toString('hex')}`;
    if (!known && (await store.commit(...IDENTITIES, [{ op: 'create', key: mark, value: { key } }])) === 'conflict') return 'conflict';
    const row = await store.get<PersonRow>(...PERSONS, key);
    const chat = personalChat ?? row?.value.chat ?? null;
    const stale = row === undefined || daysBetween(row.value.seenOn, today) > SEEN_DAYS;
    const name = identity.name.trim() === '' ? row?.value.name || NAMELESS : identity.name;
    const { language } = row?.value ?? {};
    const locale = identity.locale ?? row?.value.locale;
    const teamsId = identity.teamsId ?? row?.value.teamsId;
    const met: Met = { key, name, ...speaking({ language, locale }) };
    const { value: was } = row ?? {};
    if (!stale && was?.name === name && was.chat === chat && was.locale === locale && was.teamsId === teamsId) return met;
    const told = { ...(teamsId ? { teamsId } : {}), ...(locale ? { locale } : {}), ...(language ? { language } : {}) };
    const value: PersonRow = { ...identity, name, key, chat, seenOn: today, ...told };
    if ((await store.commit(...PERSONS, [written(row, key, value)])) === 'conflict') return 'conflict';
    if (met.speaks !== undefined) await noteRead(store, met.speaks);
    // Who is forgotten in this moment is met anew: a row that no mark leads to could never be forgotten.
    if (row || (await store.get<{ key: string }>(...IDENTITIES, mark))?.value.key === key) return met;
    await store.remove(...PERSONS, key);
    return 'conflict';
  });
}

function speaking({ language, locale }: { language?: string | undefined; locale?: string | undefined }): Reads {
  const speaks = language ?? locale;
  return { ...(speaks ? { speaks } : {}), ...(language && locale && language !== locale ? { menus: locale } : {}) };
}

/** In which language somebody reads, where that is known. */
export async function speaksOf(store: Store, key: string): Promise<Reads> {
  const row = await store.get<PersonRow>(...PERSONS, key);
  return row ? speaking(row.value) : {};
}

/** Notes that somebody chose a language, or takes that of Teams again. */
export async function chooseLanguage(store: Store, key: string, chosen: string | null): Promise<void> {
  await update<PersonRow>(store, [...PERSONS, key], { tries: MEET_TRIES, failed: 'A language could not be noted' }, (now) => {
    if (!now || (now.language ?? null) === chosen) return null;
    const { language: _, ...rest } = now;
    return chosen ? { ...rest, language: chosen } : rest;
  });
  if (chosen) await noteRead(store, chosen);
}

/** Names by person key; a key without a person is left out. */
export async function namesOf(store: Store, keys: Iterable<string | null | undefined>): Promise<Record<string, string>> {
  const wanted = [...new Set([...keys].filter((key): key is string => Boolean(key) && key !== 'bot'))];
  const rows = await Promise.all(wanted.map((key) => store.get<PersonRow>(...PERSONS, key)));
  return Object.fromEntries(rows.flatMap((row) => (row && row.value.name !== '' ? [[row.value.key, row.value.name]] : [])));
}

/** Forgets the names of those who were last here before that UTC day; returns how many. */
export async function forgetNames(store: Store, seenBefore: string): Promise<number> {
  let forgotten = 0;
  for (const row of await store.range<PersonRow>(...PERSONS, ...PERSON_KEYS, PEOPLE_MAX)) {
    if (row.value.name === '' || row.value.seenOn >= seenBefore) continue;
    const nameless = { op: 'replace', key: row.key, value: { ...row.value, name: '' }, etag: row.etag } as const;
    // Who is here again in this moment keeps the name.
    if ((await store.commit(...PERSONS, [nameless])) === 'done') forgotten += 1;
  }
  return forgotten;
}

/** Where a person can be told something alone; null where nobody knows. */
export async function personalChat(store: Store, key: string | null | undefined): Promise<string | null> {
  return key ? ((await store.get<PersonRow>(...PERSONS, key))?.value.chat ?? null) : null;
}

/** As Teams calls these people, by person key; who is not known is left out. */
export async function teamsIdsOf(store: Store, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await Promise.all(keys.map((key) => store.get<PersonRow>(...PERSONS, key)));
  return new Map(rows.flatMap((row) => (row?.value.teamsId ? [[row.value.key, row.value.teamsId] as const] : [])));
}

/** The key of whoever has this object id; null for somebody who was never met. */
export async function keyOf(store: Store, objectId: string): Promise<string | null> {
  return (await store.get<{ key: string }>(...IDENTITIES, identityMark(objectId)))?.value.key ?? null;
}

/** Those of the staff who were met, by object id. */
export async function staffBy(store: Store, objectIds: ReadonlySet<string>): Promise<Map<string, Person & Pick<PersonRow, 'chat' | 'teamsId'>>> {
  const rows = await store.range<PersonRow>(...PERSONS, ...PERSON_KEYS, STAFF_MAX);
  const known = new Map(rows.map((row) => [row.value.objectId.toLowerCase(), row.value] as const));
  return new Map([...objectIds].flatMap((id) => (known.has(id.toLowerCase()) ? [[id, known.get(id.toLowerCase()) as PersonRow] as const] : [])));
}

/** Where roles are looked up. Throws DirectoryError where they cannot be. */
export interface Directory {
  /** Perhaps some minutes old. */
  rolesOf(objectId: string): Promise<readonly Role[]>;
  /** As they are in this moment: for what spends money or takes something away. */
  rolesNow(objectId: string): Promise<readonly Role[]>;
  /** Those who hold the right by name; none where everybody does. */
  holders(right: Right): Promise<Colleague[]>;
}

/** Nobody can say who may do what; so nobody may. */
export class DirectoryError extends Error {
  override name = 'DirectoryError';
}

/** Everybody may do everything: a machine of one's own. */
export const EVERYBODY: Directory = { rolesOf: async () => ROLES, rolesNow: async () => ROLES, holders: async () => [] };

/** Only those on the list may do anything. */
export function directoryOf(colleagues: readonly Colleague[]): Directory {
  const rolesOf = async (objectId: string) => colleagues.find((one) => one.objectId.toLowerCase() === objectId.toLowerCase())?.roles ?? [];
  return { rolesOf, rolesNow: rolesOf, holders: async (right) => colleagues.filter((one) => may(one.roles, right)) };
}

/** A person's roles in this moment, by the key that rows hold; none where the person is no longer known. */
export async function rolesOfKey(store: Store, directory: Directory, key: string): Promise<readonly Role[]> {
  const row = await store.get<PersonRow>(...PERSONS, key);
  return row ? directory.rolesNow(row.value.objectId) : [];
}
