/** One taker at a time speaks to a chat. */
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

const LEASE_MS = 15_000;
export const RENEW_MS = 5_000;
const SEEN_MAX = 2000;

/** Leases of others as this process saw them: their etag, and since when it has not changed. */
export type SeenLeases = Map<string, { etag: string; sinceMs: number }>;

export interface Leasing {
  store: Store;
  clock: Clock;
  me: string;
  seenLeases: SeenLeases;
}

/**
 * Takes or renews the chat's lease: `ours`, or how long to wait. Another's lease is over when it was not renewed for a
 * while by this machine's clock alone, so that clocks which differ cannot make two takers.
 */
export async function takeLease(deps: Leasing, chat: string): Promise<'ours' | number> {
  const row = await deps.store.get<{ by: string }>('chats', chat, 'lease');
  if (row && row.value.by !== deps.me) {
    const seen = deps.seenLeases.get(chat);
    const at = deps.clock.wallMs();
    if (seen?.etag !== row.etag) note(deps.seenLeases, chat, { etag: row.etag, sinceMs: at });
    const leftMs = LEASE_MS - (at - (seen?.etag === row.etag ? seen.sinceMs : at));
    if (leftMs > 0) return Math.max(200, Math.min(1_000, leftMs));
  }
  // A number of its own for each renewal: an equal row would keep nobody waiting longer.
  const value = { by: deps.me, at: deps.clock.wallMs() };
  const change = row ? ({ op: 'replace', key: 'lease', value, etag: row.etag } as const) : ({ op: 'create', key: 'lease', value } as const);
  return (await deps.store.commit('chats', chat, [change])) === 'done' ? 'ours' : 500;
}

function note(leases: SeenLeases, chat: string, seen: { etag: string; sinceMs: number }): void {
  leases.delete(chat);
  leases.set(chat, seen);
  if (leases.size > SEEN_MAX) leases.delete(leases.keys().next().value as string);
}

/** Gives the lease back, if it is still ours. */
export async function giveLease(deps: Leasing, chat: string): Promise<void> {
  const row = await deps.store.get<{ by: string }>('chats', chat, 'lease');
  if (row?.value.by === deps.me) await deps.store.commit('chats', chat, [{ op: 'delete', key: 'lease', etag: row.etag }]);
}
