/** The chats: where they are, what they watch, and the handles on their cards. */
import { createHash, randomBytes } from 'node:crypto';
import type { Chat, Expiry, Watching } from '../domain.ts';
import { type Row, type Store, withPrefix } from '../store/store.ts';

const CHATS_MAX = 5000;

/** A chat's key: safe in any row key, whatever its id holds; the same id in another company is another chat. */
export function chatKey(tenantId: string, conversationId: string): string {
  return createHash('sha256').update(`${tenantId.toLowerCase()} ${conversationId}`).digest('base64url');
}

export async function readChat(store: Store, key: string): Promise<Row<Chat> | undefined> {
  return store.get<Chat>('chats', key, 'chat');
}

/** Notes where the chat is; a chat that speaks to us lives. Returns it as it now stands. */
export async function meetChat(store: Store, seen: Pick<Chat, 'key' | 'kind' | 'reference' | 'tenantId'>): Promise<Chat> {
  const row = await readChat(store, seen.key);
  const chat: Chat = { watching: [], watchedBy: null, watchedAt: null, toldBaseline: false, ...row?.value, ...seen, dead: false };
  if (!row || JSON.stringify(row.value) !== JSON.stringify(chat)) await store.put('chats', seen.key, 'chat', chat);
  return chat;
}

/** Stores what the chat watches; the second row is the list that Speak reads. */
export async function setWatching(store: Store, chat: Chat): Promise<void> {
  await store.put('chats', chat.key, 'chat', chat);
  if (chat.watching.length > 0 && !chat.dead) await store.put('chats', 'watching', chat.key, { watching: chat.watching });
  else await store.remove('chats', 'watching', chat.key);
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
