/** Numbers beyond which somebody is to be woken. They are said in the log, in fixed words that an alarm reads. Pure. */
import type { Gauge } from './gauges.ts';

interface Limit {
  gauge: string;
  above: number;
  says: string;
}

const MINUTE_S = 60;
const DAY_S = 86_400;

/** Only what somebody can do something about, and what no line of its own says: docs/operations.md has a paragraph for each. */
export const LIMITS: readonly Limit[] = [
  { gauge: 'successor_sweep_lag_seconds', above: 15 * MINUTE_S, says: 'the looks at customers come late' },
  { gauge: 'successor_oldest_refused_seconds', above: 60 * MINUTE_S, says: 'a chat has taken nothing of what is to be said there for an hour' },
  { gauge: 'successor_sign_in_age_seconds', above: 60 * DAY_S, says: 'the sign-in for Partner Center has not renewed itself for 60 days' },
  { gauge: 'successor_certificate_ends', above: 0, says: 'the certificate of the app for Partner Center ends within 30 days, or has ended' },
];

/** So often they are looked at, and said again while it lasts: within the hour that the alarms look back. */
export const LIMITS_EVERY_MS = 45 * 60_000;

/** Those that are beyond now. */
export function beyond(gauges: readonly Gauge[]): (Limit & { value: number })[] {
  return LIMITS.flatMap((limit) => {
    const value = gauges.find(({ name }) => name === limit.gauge)?.values[0]?.value ?? 0;
    return value > limit.above ? [{ ...limit, value }] : [];
  });
}
