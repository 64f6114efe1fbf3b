/** The only door to time. `now` is what the world says; in local mode the sandbox may have moved it. */
export interface Clock {
  now(): Date;
  /** This machine's own milliseconds, for pauses and budgets that a moved clock must not touch. */
  wallMs(): number;
  sleep(ms: number): Promise<void>;
}

/** A clock that runs `offsetMs()` ahead of this machine's. */
export function systemClock(offsetMs: () => number = () => 0): Clock {
  return {
    now: () => new Date(Date.now() + offsetMs()),
    wallMs: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
  };
}

/** Runs `work` every `everyMs` until the returned function is called; turns never overlap. */
export function every(everyMs: number, work: () => Promise<void>): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  async function turn() {
    await work();
    if (!stopped) timer = setTimeout(turn, everyMs);
  }
  timer = setTimeout(turn, 0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The UTC calendar day of an instant, `2027-03-03`. */
export function dayOf(at: Date | string): string {
  return (typeof at === 'string' ? at : at.toISOString()).slice(0, 10);
}

/** Whole days from one UTC day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The UTC day `days` after `day`. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}

/** The month after one, `2027-03`. */
export function monthAfter(month: string): string {
  return addDays(`${month}-01`, 31).slice(0, 7);
}

/** The first and the last UTC day of a month. */
export function daysOf(month: string): [first: string, last: string] {
  return [`${month}-01`, addDays(`${monthAfter(month)}-01`, -1)];
}

/** An instant `ms` after `at`, as ISO text. */
export function later(at: Date | string, ms: number): string {
  return new Date(new Date(at).getTime() + ms).toISOString();
}

/** Clocks of two machines differ by less. */
const SKEW_MS = 3_600_000;

/**
 * Whether a moment that is set at most `mostMs` before it comes is still to come. One further away was set by a clock that
 * was wrong, and nobody waits for it: it would be months of silence.
 */
export function isAhead(untilMs: number, nowMs: number, mostMs: number): boolean {
  return untilMs > nowMs && untilMs <= nowMs + mostMs + SKEW_MS;
}
