/** The chats: where they are, what they watch, and the handles on their cards. */
import { createHash, randomBytes } from 'node:crypto';
import type { Chat, Expiry, Watching } from '../domain.ts';
import { type Change, type Row, type Store, withPrefix } from '../store/store.ts';

const CHATS_MAX = 5000;

/** A chat's key: safe in any row key, whatever its id holds; the same id in another company is another chat. */
export function chatKey(tenantId: string, conversationId: string): string {
  return createHash('sha256').update(`${tenantId.toLowerCase()} ${conversationId}`).digest('base64url');
}

export async function readChat(store: Store, key: string): Promise<Row<Chat> | undefined> {
  return store.get<Chat>('chats', key, 'chat');
}

/** Two people at once are usual, a dozen are not. */
const CHANGE_TRIES = 20;

/**
 * Changes a chat's row under its etag, again where somebody else was first; returns it as it then stands. `change` is given
 * undefined for a chat that is not known, and leaves the row alone by giving back what it got. Throws after twenty conflicts.
 */
export async function updateChat<T extends Chat | undefined>(store: Store, key: string, change: (chat: Chat | undefined) => T): Promise<T> {
  for (let attempt = 1; attempt <= CHANGE_TRIES; attempt++) {
    const row = await readChat(store, key);
    const value = change(row?.value);
    if (value === undefined || (row && JSON.stringify(row.value) === JSON.stringify(value))) return value;
    // The index is there before the chat, so that no chat is without it.
    if (!row) await store.put('chats', 'all', key, {});
    const written: Change = row ? { op: 'replace', key: 'chat', value, etag: row.etag } : { op: 'create', key: 'chat', value };
    if ((await store.commit('chats', key, [written])) === 'conflict') continue;
    if (JSON.stringify(listed(row?.value)) !== JSON.stringify(listed(value))) await relist(store, key);
    return value;
  }
  throw new Error(`The chat ${key} could not be changed in ${CHANGE_TRIES} tries: others change it all the time.`);
}

/** Notes where the chat is; a chat that speaks to us lives. Returns it as it now stands. */
export async function meetChat(store: Store, seen: Pick<Chat, 'key' | 'kind' | 'reference' | 'tenantId'>): Promise<Chat> {
  return updateChat(store, seen.key, (chat) => ({ watching: [], watchedBy: null, watchedAt: null, toldBaseline: false, ...chat, ...seen, dead: false }));
}

/** What the list of watchers holds of a chat; null for one that hears nothing. Pure. */
function listed(chat: Chat | undefined): { watching: Watching[] } | null {
  return chat && chat.watching.length > 0 && !chat.dead ? { watching: chat.watching } : null;
}

/** Brings the chat's line in the list of watchers to what its row says, and looks whether the row stayed: of two who write at once the later one is right. */
async function relist(store: Store, key: string): Promise<void> {
  for (let attempt = 1; attempt <= CHANGE_TRIES; attempt++) {
    const row = await readChat(store, key);
    const line = listed(row?.value);
    if (line) await store.put('chats', 'watching', key, line);
    else await store.remove('chats', 'watching', key);
    if ((await readChat(store, key))?.etag === row?.etag) return;
  }
}

/** Rebuilds the list of watchers where it lacks a chat or says something else than the chat's row; returns the keys of those that watch. */
export async function relistAll(store: Store): Promise<string[]> {
  const lines = new Map((await watchers(store)).map((one) => [one.key, { watching: one.watching }]));
  const all = await store.range('chats', 'all', '-', '~', CHATS_MAX);
  const heard: string[] = [];
  for (const key of new Set([...all.map((row) => row.key), ...lines.keys()])) {
    const line = listed((await readChat(store, key))?.value);
    if (line) heard.push(key);
    if (JSON.stringify(line) !== JSON.stringify(lines.get(key) ?? null)) await relist(store, key);
  }
  return heard;
}

/** Keys of all chats that watch, with what they watch. */
export async function watchers(store: Store): Promise<{ key: string; watching: Watching[] }[]> {
  const rows = await store.range<{ watching: Watching[] }>('chats', 'watching', '-', '~', CHATS_MAX);
  return rows.map((row) => ({ key: row.key, watching: row.value.watching }));
}

/** Whether a chat that watches `watching` hears of the expiry. Pure. */
export function hears(watching: Watching[], expiry: Pick<Expiry, 'customerId'> & { programme: string | null }): boolean {
  return watching.some((one) => one.what === 'all' || (one.what === 'customer' ? one.customerId === expiry.customerId : one.programme === expiry.programme));
}

/** What stands behind a card's button: never in the card itself. */
export interface Handle {
  chat: string;
  /** Of a matter card. */
  matter?: { customerId: string; subscriptionId: string; ticket: string };
  /** Of a list: what it shows. */
  list?: { days: number; customerId: string | null; watched?: boolean };
}

export async function newHandle(store: Store, handle: Handle): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  await store.put('handles', id, 'handle', handle);
  return id;
}

export async function readHandle(store: Store, id: string): Promise<Handle | undefined> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(id)) return undefined;
  return (await store.get<Handle>('handles', id, 'handle'))?.value;
}

/** What a chat should still hear. */
export async function saysOf<T>(store: Store, chat: string, limit: number): Promise<Row<T>[]> {
  return withPrefix<T>(store, 'chats', chat, 'say_', limit);
}

/** Takes away all that is kept of a chat. */
export async function forgetChat(store: Store, key: string): Promise<void> {
  for (const say of await saysOf(store, key, CHATS_MAX)) await store.remove('chats', key, say.key);
  for (const list of ['watching', 'waiting', 'all']) await store.remove('chats', list, key);
  for (const row of ['lease', 'chat']) await store.remove('chats', key, row);
}
