/** What goes on by the clock beside the loops: what was refused, the numbers, their limits, and the sandbox's day. */
import { every } from '../services/clock.ts';
import type { Log } from '../services/log.ts';
import type { Config } from './config/config.ts';
import type { Gauge } from './gauges.ts';
import type { Listening } from './http/server.ts';
import { beyond, LIMITS_EVERY_MS } from './limits.ts';
import { readOffset, type Resources } from './resources.ts';

const REFUSALS_EVERY_MS = 60_000;
const GAUGES_EVERY_MS = 10_000;
const OFFSET_EVERY_MS = 2_000;

/** What goes on beside the loops; returns what stops it. */
export function beginTimers(
  of: { config: Config; log: Log; listening: Listening; gauges(): Promise<Gauge[]> },
  resources: Resources,
  workerId: string,
): () => void {
  const { config, log, listening } = of;
  const { store, metrics, offset, baseUrl } = resources;
  const stops = [
    every(REFUSALS_EVERY_MS, async () => {
      const refusals = listening.refusals();
      for (const [why, times] of Object.entries(refusals)) metrics.refused('door', why, times);
      if (Object.keys(refusals).length > 0) log.warn({ refusals }, 'requests were refused in the last minute');
    }),
    every(GAUGES_EVERY_MS, () =>
      metrics.note(store, workerId).catch((error: Error) => log.warn({ error: String(error) }, 'what was done today could not be noted')),
    ),
    every(LIMITS_EVERY_MS, async () => {
      const gauges = await of.gauges().catch(() => []);
      for (const { says, gauge, value, above } of beyond(gauges)) log.warn({ gauge, value, above }, says);
    }),
    every(OFFSET_EVERY_MS, async () => {
      if (config.mode !== 'azure') offset.ms = await readOffset(baseUrl, offset.ms);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
