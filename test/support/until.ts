/** Waiting for what a test needs, with one generous bound for all: no test measures speed, `npm run bench` does. */
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const WAIT_MS = 60_000;
const LOOK_MS = 40;
/** A machine that has more to do than cores is waited for so many times longer at most. */
const BUSIEST = 6;

/** How long what takes `quietMs` at most on a quiet machine may take, in milliseconds: longer, the busier it has been in the last minute. */
export function boundMs(quietMs = WAIT_MS): number {
  const busy = (loadavg()[0] ?? 0) / availableParallelism();
  return quietMs * Math.min(BUSIEST, Math.max(1, busy));
}

/** Waits until `look` finds something; the failure says what was there instead. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, otherwise: () => string, quietMs = WAIT_MS): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() - startedAt > boundMs(quietMs)) throw new Error(otherwise());
    await pause(LOOK_MS);
  }
}
