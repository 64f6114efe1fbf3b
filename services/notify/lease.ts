/** One taker at a time speaks to a chat, and knows how much was said there lately. */
import { boundedMap, type BoundedMap } from '../boundedMap.ts';
import type { Clock } from '../clock.ts';
import { CHAT_LEASE_KEY, ofChat } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/update.ts';
import { QUIET, type RateWindows, recent } from './rateWindows.ts';
import type { Trouble } from './trouble.ts';

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
const SEEN_MAX = 2000;

/** Leases of others as this process saw them: their etag, and since when it has not changed. */
export type SeenLeases = BoundedMap<string, { etag: string; sinceMs: number }>;

export function noLeasesSeen(): SeenLeases {
  return boundedMap(SEEN_MAX);
}

export interface LeaseDeps {
  store: Store;
  clock: Clock;
  workerId: string;
  seenLeases: SeenLeases;
}

/** `by`: null between two takers. */
interface LeaseRow extends RateWindows {
  by: string | null;
  at: number;
}

/** `lapsed`: another had it and has not given it back; what that one was sending may still arrive. */
export interface Lease {
  pace: RateWindows;
  lapsed: boolean;
}

/**
 * Takes or renews the chat's lease: it, or how long to wait. Another's lease is over when it was not renewed
 * for a while by this machine's clock alone, so that clocks which differ cannot make two takers.
 */
export async function takeLease(deps: LeaseDeps, chat: string, held: RateWindows | null = null): Promise<Lease | number> {
  const row = await deps.store.get<LeaseRow>(...ofChat(chat), CHAT_LEASE_KEY);
  const lapsed = Boolean(row?.value.by && row.value.by !== deps.workerId);
  if (row && lapsed) {
    const seen = deps.seenLeases.get(chat);
    const at = deps.clock.wallMs();
    if (seen?.etag !== row.etag) deps.seenLeases.set(chat, { etag: row.etag, sinceMs: at });
    const leftMs = LEASE_MS - (at - (seen?.etag === row.etag ? seen.sinceMs : at));
    if (leftMs > 0) return Math.max(200, Math.min(1_000, leftMs));
  }
  const pace = held ?? recent({ ...QUIET, ...row?.value }, deps.clock.wallMs() + deps.store.clockSkewMs());
  // A number of its own for each renewal: an equal row would keep nobody waiting longer.
  const value: LeaseRow = { ...pace, by: deps.workerId, at: deps.clock.wallMs() };
  const change = written(row, CHAT_LEASE_KEY, value);
  return (await deps.store.commit(...ofChat(chat), [change])) === 'done' ? { pace, lapsed } : 500;
}

export interface Keeping {
  /** Another taker has it: nothing more may be said. */
  isLost(): boolean;
  stop(): Promise<void>;
}

/** Renews the lease while one is at work there, however slow Teams answers. */
export function keepLease(deps: LeaseDeps, chat: string, pace: RateWindows): Keeping {
  let stopped = false;
  let lost = false;
  let renewing: Promise<unknown> = Promise.resolve();
  const renew = async () => {
    lost = typeof (await takeLease(deps, chat, pace)) === 'number';
  };
  async function keep() {
    for (;;) {
      await deps.clock.sleep(RENEW_MS);
      if (stopped || lost) return;
      // Where the storage does not answer, the lease runs out and another takes it.
      renewing = renew().catch(() => {
        lost = true;
      });
      await renewing;
    }
  }
  void keep();
  return {
    isLost: () => lost,
    async stop() {
      stopped = true;
      await renewing;
    },
  };
}

/** Gives the lease back, if it is still ours, with what was said meanwhile. */
export async function giveLease(deps: LeaseDeps, chat: string, pace: RateWindows): Promise<void> {
  const row = await deps.store.get<LeaseRow>(...ofChat(chat), CHAT_LEASE_KEY);
  if (row?.value.by !== deps.workerId) return;
  const value: LeaseRow = { ...pace, by: null, at: deps.clock.wallMs() };
  await deps.store.commit(...ofChat(chat), [{ op: 'replace', key: CHAT_LEASE_KEY, value, etag: row.etag }]);
}

/** What Teams does not take in a chat, by ticket. */
export async function troublesOf(store: Store, chat: string): Promise<Trouble[]> {
  return Object.values((await store.get<LeaseRow>(...ofChat(chat), CHAT_LEASE_KEY))?.value.troubles ?? {});
}
