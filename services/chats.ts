/** The chats: where they are and what they watch. */
import { createHash } from 'node:crypto';
import { REMIND_USUALLY } from './domain/chat.ts';
import { languageOf } from './domain/language.ts';
import { remindsAt } from './domain/settings.ts';
import type { Chat, Ticket, Watching } from './domain/ticket.ts';
import { noteRead } from './readIn.ts';
import {
  ALL_CHATS,
  ASLEEP,
  BULKS,
  inOneChat,
  CHAT_KEY,
  CHAT_LEASE_KEY,
  IDS,
  INBOX,
  INVITED,
  keysWith,
  LATE_ANSWER,
  ofChat,
  type Place,
  REPORTING,
  WAITING,
  WATCHING,
} from './store/rows.ts';
import { type Row, type Store, withPrefix } from './store/store.ts';
import { untilStored, written } from './store/update.ts';

const CHATS_MAX = 5000;

/** A chat's key: safe in any row key, whatever its id holds; the same id in another company is another chat. */
export function chatKey(tenantId: string, conversationId: string): string {
  return createHash('sha256').update(`${tenantId.toLowerCase()} ${conversationId}`).digest('base64url');
}

export async function readChat(store: Store, key: string): Promise<Row<Chat> | undefined> {
  return store.get<Chat>(...ofChat(key), CHAT_KEY);
}

/** Two people at once are usual, a dozen are not. */
const CHANGE_TRIES = 20;

/**
 * Changes a chat's row under its etag, again where somebody else was first; returns it as it then stands. `change` is given
 * undefined for a chat that is not known, and leaves the row alone by giving back what it got. Throws after twenty conflicts.
 */
export async function updateChat<T extends Chat | undefined>(store: Store, key: string, change: (chat: Chat | undefined) => T): Promise<T> {
  return untilStored({ tries: CHANGE_TRIES, failed: `The chat ${key} could not be changed` }, async () => {
    const row = await readChat(store, key);
    const value = change(row?.value);
    if (value === undefined || (row && JSON.stringify(row.value) === JSON.stringify(value))) return value;
    // The index is there before the chat, so that no chat is without it.
    if (!row) await store.put(...ALL_CHATS, key, {});
    if ((await store.commit(...ofChat(key), [written(row, CHAT_KEY, value)])) === 'conflict') return 'conflict';
    if (JSON.stringify(listed(row?.value)) !== JSON.stringify(listed(value))) await relist(store, key);
    if (languageOf(value) !== languageOf(row?.value ?? {})) await noteRead(store, languageOf(value));
    return value;
  });
}

/**
 * Notes where the chat is; a chat that speaks to us lives and wakes. Returns it as it now stands; `woke` is called when it
 * slept. What it watched before the bot was taken out stays behind.
 */
export async function meetChat(
  store: Store,
  seen: Pick<Chat, 'key' | 'kind' | 'reference' | 'tenantId' | 'teamId' | 'locale'>,
  woke: (key: string) => Promise<void> = async () => {},
): Promise<Chat> {
  let slept = false;
  const met = await updateChat(store, seen.key, (chat) => {
    slept = Boolean(chat?.sleeping);
    // The language of a chat of several is that of whoever came first.
    const locale = seen.kind === 'personal' ? (seen.locale ?? chat?.locale) : (chat?.locale ?? seen.locale);
    const known: Chat = { watching: [], watchedBy: null, watchedAt: null, toldBaseline: false, ...chat, ...seen, ...(locale ? { locale } : {}), dead: false };
    return slept ? { ...known, sleeping: null } : known;
  });
  if (slept) await woke(seen.key);
  return met;
}

/** So many people of a chat are kept: a card can be for no more (Teams). */
const PEOPLE_MAX = 60;

/** Notes that somebody with a role spoke or pressed in a chat of several; returns it as it now stands. */
export async function notePerson(store: Store, chat: Chat, person: string): Promise<Chat> {
  if (chat.kind === 'personal' || chat.people?.includes(person)) return chat;
  const noted = ({ people = [], ...now }: Chat): Chat => ({ ...now, people: [...people.filter((one) => one !== person), person].slice(-PEOPLE_MAX) });
  return (await updateChat(store, chat.key, (now) => now && noted(now))) ?? chat;
}

/** A chat as Notify's lists have it. */
export interface Watcher {
  key: string;
  tenantId: string;
  watching: Watching[];
  asleep: boolean;
  remind?: number[];
}

export interface AsleepRow {
  since: string;
  code: string;
}

/** The lists that a chat's row says all of, in the order of `listed`. */
const LISTS = [WATCHING, ASLEEP, REPORTING] as const;

/** What they hold of a chat; null where it is not on them. Pure. */
function listed(chat: Chat | undefined): [watching: Omit<Watcher, 'key'> | null, asleep: AsleepRow | null, reporting: object | null] {
  if (!chat || chat.dead) return [null, null, null];
  const { watching, tenantId, sleeping, settings } = chat;
  const remind = remindsAt(chat, REMIND_USUALLY);
  return [
    watching.length > 0 ? { watching, tenantId, asleep: Boolean(sleeping), ...(remind ? { remind } : {}) } : null,
    sleeping ? { since: sleeping.since, code: sleeping.code } : null,
    settings?.report ? {} : null,
  ];
}

/** Brings the chat's lines in the lists to what its row says, and looks whether the row stayed: of two who write at once the later one is right. */
async function relist(store: Store, key: string): Promise<void> {
  for (let attempt = 1; attempt <= CHANGE_TRIES; attempt++) {
    const row = await readChat(store, key);
    const lines = listed(row?.value);
    for (const [n, list] of LISTS.entries()) await (lines[n] ? store.put(...list, key, lines[n]) : store.remove(...list, key));
    if ((await readChat(store, key))?.etag === row?.etag) return;
  }
}

/** Rebuilds these lists where they lack a chat or say something else than its row. Returns the keys of those that watch or sleep, and of those to which something is to be said. */
export async function relistAll(store: Store): Promise<string[]> {
  const lists = await Promise.all(LISTS.map((list) => linesOf(store, list)));
  const alive: string[] = [];
  const read = new Set<string | undefined>();
  for (const key of new Set([...(await allChats(store)), ...lists.flatMap((lines) => [...lines.keys()])])) {
    const chat = (await readChat(store, key))?.value;
    const lines = listed(chat);
    if (chat && !chat.dead) read.add(languageOf(chat));
    const [watching, asleep] = lines;
    if (watching || asleep) alive.push(key);
    if (lines.some((line, n) => JSON.stringify(line ?? undefined) !== lists[n]?.get(key))) await relist(store, key);
  }
  await noteRead(store, ...read);
  return [...new Set([...alive, ...(await linesOf(store, WAITING)).keys()])];
}

/** Keys of all chats that were ever met. */
export async function allChats(store: Store): Promise<string[]> {
  return (await store.range(...ALL_CHATS, ...IDS, CHATS_MAX)).map((row) => row.key);
}

async function linesOf(store: Store, list: Place): Promise<Map<string, string>> {
  return new Map((await store.range(...list, ...IDS, CHATS_MAX)).map((row) => [row.key, JSON.stringify(row.value)]));
}

/** All chats that watch, with what they watch, those that sleep included. */
export async function watchers(store: Store): Promise<Watcher[]> {
  const rows = await store.range<Omit<Watcher, 'key'>>(...WATCHING, ...IDS, CHATS_MAX);
  return rows.map((row) => ({ ...row.value, key: row.key }));
}

/** The chats that Teams refuses now, by key. */
export async function asleepChats(store: Store): Promise<Map<string, AsleepRow>> {
  return new Map((await store.range<AsleepRow>(...ASLEEP, ...IDS, CHATS_MAX)).map((row) => [row.key, row.value]));
}

/** Keys of the chats that get the report by itself. */
export async function reportingChats(store: Store): Promise<string[]> {
  return [...(await linesOf(store, REPORTING)).keys()];
}

/** Whether a chat that watches `watching` hears of the ticket. Pure. */
export function hears(watching: Watching[], ticket: Pick<Ticket, 'customerId'> & { programme: string | null }): boolean {
  return watching.some((one) => one.what === 'all' || (one.what === 'customer' ? one.customerId === ticket.customerId : one.programme === ticket.programme));
}

/** What a chat should still hear. */
export async function inboxOf<T>(store: Store, chat: string, limit: number): Promise<Row<T>[]> {
  return withPrefix<T>(store, ...ofChat(chat), INBOX, limit);
}

/** Takes away all that is kept of a chat. */
export async function forgetChat(store: Store, key: string): Promise<void> {
  for (const say of await inboxOf(store, key, CHATS_MAX)) await store.remove(...ofChat(key), say.key);
  for (const asked of await withPrefix(store, ...ofChat(key), LATE_ANSWER, CHATS_MAX)) await store.remove(...ofChat(key), asked.key);
  for (const one of await store.range(...INVITED, ...keysWith(inOneChat(key)), CHATS_MAX)) await store.remove(...INVITED, one.key);
  for (const one of await store.range(...BULKS, ...keysWith(inOneChat(key)), CHATS_MAX)) await store.remove(...BULKS, one.key);
  for (const list of [...LISTS, WAITING, ALL_CHATS]) await store.remove(...list, key);
  for (const row of [CHAT_LEASE_KEY, CHAT_KEY]) await store.remove(...ofChat(key), row);
}
