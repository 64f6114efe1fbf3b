/** Teams' limits in one chat: when it takes the next message, and when alerts become a digest. Pure. */
import type { Trouble } from './trouble.ts';

/** Messages in one chat within so many milliseconds (Teams documentation, rate limits of bots, per thread). */
const WINDOWS: readonly [most: number, withinMs: number][] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];
/** Teams counts when a message arrives, we when it leaves. */
const MARGIN_MS = 100;
/** Requests a second of one app in one tenant are 50; three in a hundred are left for what people ask. */
export const TENANT_PER_MINUTE = 48.5 * 60;
/** The next flips of a burst are gathered so long at most. */
const GATHER_MS = 600_000;
/** How many alerts a chat may get in one pass of the sweep, before the next ones come together in one digest. */
export const CARDS_A_PASS = 10;
const TROUBLES_MAX = 100;
const HOUR_MS = 3_600_000;

/** What was said in a chat lately, in the storage's time. */
export interface RateWindows {
  /** Messages of the last hour, oldest first. */
  sent: number[];
  /** Alerts of the last hour that had a card of their own. */
  alerts: number[];
  /** When the last digest went out. */
  digestAt: number;
  /** When the chat last took a message, by the clock of the world. */
  acceptedMs: number;
  /** What Teams does not take here, by ticket. */
  troubles: Record<string, Trouble>;
}

export const QUIET: RateWindows = { sent: [], alerts: [], digestAt: 0, acceptedMs: 0, troubles: {} };
/** How long until `more` messages may go out, by all windows. Pure. */
export function waitFor(sent: readonly number[], more: number, at: number): number {
  let wait = 0;
  for (const [most, withinMs] of WINDOWS) {
    const oldest = sent[sent.length + Math.min(more, most) - 1 - most];
    if (oldest !== undefined) wait = Math.max(wait, oldest + withinMs + MARGIN_MS - at);
  }
  return wait;
}

/** The chat's pace without what no window remembers. */
export function recent(pace: RateWindows, at: number): RateWindows {
  const lately = (one: number) => at - one < HOUR_MS;
  const troubles = Object.entries(pace.troubles).slice(-TROUBLES_MAX);
  return { ...pace, sent: pace.sent.filter(lately), alerts: pace.alerts.filter(lately), troubles: Object.fromEntries(troubles) };
}

/**
 * Whether so many more alerts are a burst, given those of this pass; and how long it is gathered before its digest goes
 * out. Pure.
 */
export function burstOf(pace: RateWindows, more: number, passMs: number, at: number): { gatherMs: number } | null {
  const lately = pace.alerts.filter((one) => at - one < passMs).length;
  if (more === 0 || more + lately <= CARDS_A_PASS) return null;
  return { gatherMs: Math.max(0, pace.digestAt + Math.min(passMs, GATHER_MS) - at) };
}
