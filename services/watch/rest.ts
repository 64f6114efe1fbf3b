/** How long a customer rests between two looks: by how soon one of its terms ends, and by what the requests allow. Pure. */
import { createHash } from 'node:crypto';
import { daysBetween } from '../clock.ts';
import type { Subscription } from '../domain/subscription.ts';

/** Of a period that a customer rests, so that its next look still falls into it. */
const REST = 0.9;
/** From so many days before the end on it rests for less: half as long with each so many days that go by. */
const NEAR_DAYS = 60;
const HALF_DAYS = 12;
/** Nobody is looked at more often, but where the period itself is shorter. */
const LEAST_MS = 300_000;
/** Where the requests do not suffice for that all rest for longer, but none for more of a period: its next look still falls into two. */
const MOST = 1.9;
/** Of the requests, what looks may take: there are alerts, lists and moves beside them. */
const FOR_LOOKS = 0.95;
/** So exact is the stretch; it is found by halving. */
const HALVINGS = 12;

/** How fast the watch goes. In memory: each process learns it with the list of customers. */
export interface Pace {
  /** Requests that are permitted a minute. */
  perMinute: number;
  /** How many times longer than set customers rest, so that the requests suffice; 1 where they do. */
  stretch: number;
}

/** Before the list of customers was read. */
export function openPace(perMinute: number): Pace {
  return { perMinute, stretch: 1 };
}

/** How many customers there are for each day on which their next term ends; the empty text stands for none. */
export type EndsCount = Map<string, number>;

/** The day on which the next of a customer's terms ends; null where none does. One that passed long ago brings nothing new. */
export function nextEnd(subscriptions: readonly Subscription[], today: string): string | null {
  let soonest: string | null = null;
  for (const { status, kind, isUsage, lastDay } of subscriptions) {
    if (status !== 'active' || kind === 'other' || isUsage || lastDay === null) continue;
    if ((soonest === null || lastDay < soonest) && daysBetween(today, lastDay) >= -HALF_DAYS) soonest = lastDay;
  }
  return soonest;
}

/** How long a customer rests whose next term ends on that day. */
export function restOf(endsOn: string | null, today: string, { periodMs, stretch }: { periodMs: number; stretch: number }): number {
  const left = endsOn === null ? NEAR_DAYS : Math.min(NEAR_DAYS, Math.max(0, daysBetween(today, endsOn)));
  const share = 0.5 ** ((NEAR_DAYS - left) / HALF_DAYS);
  const rest = Math.min(MOST, stretch * REST * share) * periodMs;
  return Math.round(Math.max(rest, Math.min(LEAST_MS, REST * periodMs)));
}

/** How many times longer than set all must rest so that the requests suffice; at most so much that all rest for the longest time there is. */
export function stretchOf(ends: EndsCount, today: string, { periodMs, perMinute }: { periodMs: number; perMinute: number }): number {
  const looksAMinute = (stretch: number) => {
    let sum = 0;
    for (const [endsOn, customers] of ends) sum += (customers * 60_000) / restOf(endsOn || null, today, { periodMs, stretch });
    return sum;
  };
  const fits = (stretch: number) => looksAMinute(stretch) <= FOR_LOOKS * perMinute;
  if (fits(1)) return 1;
  let [less, most] = [1, (MOST / REST) * 2 ** (NEAR_DAYS / HALF_DAYS)];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (less + most) / 2;
    if (fits(middle)) most = middle;
    else less = middle;
  }
  return most;
}

/** A part of the time, the same for one customer at all times. */
export function spread(customerId: string, ms: number): number {
  return Math.floor((createHash('sha256').update(customerId).digest().readUInt32BE() / 2 ** 32) * ms);
}
