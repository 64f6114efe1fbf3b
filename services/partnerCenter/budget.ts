/** How many requests a minute may go out, shared by all processes through one row. */
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

export interface Budget {
  /** Waits for its turn. */
  take(): Promise<void>;
  /** Nobody sends for `ms`: the other side said so. */
  pause(ms: number): Promise<void>;
}

const CHUNK_MS = 250; // reserved at once, so that the row is not asked for each request
const BURST_MS = 12_000; // of unused budget that may be caught up
const TRIES = 50;

/**
 * One row holds the time up to which requests are promised, by the machines' own clocks: a moved sandbox clock must not
 * stop the flow.
 */
export function sharedBudget(store: Store, clock: Clock, name: string, perMinute: number): Budget {
  const eachMs = 60_000 / perMinute;
  const chunk = Math.max(1, Math.floor(CHUNK_MS / eachMs));
  let tickets: number[] = [];
  let reserving: Promise<void> | undefined;

  async function reserve(): Promise<void> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const at = clock.wallMs();
      const row = await store.get<{ promisedUntil: number }>('budget', 'budget', name);
      const from = Math.max(row?.value.promisedUntil ?? 0, at - BURST_MS);
      const value = { promisedUntil: from + chunk * eachMs };
      const change = row ? ({ op: 'replace', key: name, value, etag: row.etag } as const) : ({ op: 'create', key: name, value } as const);
      if ((await store.commit('budget', 'budget', [change])) === 'conflict') continue;
      tickets = Array.from({ length: chunk }, (_, index) => from + index * eachMs);
      return;
    }
    throw new Error(`The request budget '${name}' could not be reserved in ${TRIES} tries.`);
  }

  return {
    async take() {
      for (;;) {
        const ticket = tickets.shift();
        if (ticket !== undefined) {
          const wait = ticket - clock.wallMs();
          if (wait > 0) await clock.sleep(wait);
          return;
        }
        reserving ??= reserve().finally(() => {
          reserving = undefined;
        });
        await reserving;
      }
    },
    async pause(ms) {
      tickets = [];
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const row = await store.get<{ promisedUntil: number }>('budget', 'budget', name);
        const until = clock.wallMs() + ms;
        if (row && row.value.promisedUntil >= until) return;
        const value = { promisedUntil: until };
        const change = row ? ({ op: 'replace', key: name, value, etag: row.etag } as const) : ({ op: 'create', key: name, value } as const);
        if ((await store.commit('budget', 'budget', [change])) === 'done') return;
      }
    },
  };
}
