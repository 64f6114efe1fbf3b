/** How many requests a minute may go out, shared by all processes through one row. */
import type { Clock } from './clock.ts';
import { BUDGETS } from './store/rows.ts';
import type { Store } from './store/store.ts';
import { update } from './store/update.ts';

export interface Budget {
  /** Waits for its turn. */
  take(): Promise<void>;
  /** The other side wants no request for `ms`: nobody sends so long, and then all go more slowly for a while. */
  pause(ms: number): Promise<void>;
}

export interface SharedBudget extends Budget {
  /** For what can wait: it goes behind everything else, and does not catch up what was not used. */
  lowPriority: Budget;
}

const CHUNK_MS = 250; // reserved at once, so that the row is not asked for each request
const CHUNK_MIN = 8; // or so many, where so many wait
const AHEAD_MS = 125; // before a chunk ends the next is reserved, so that nobody waits for the storage
const BURST_MS = 12_000; // of unused budget that may be caught up
const TRIES = 50;
/** A refusal for less than this concerns the one request; for longer, the limit of all is used up. */
const WINDOW_MS = 5_000;
const SLOWER = 1.25;
const SLOWEST = 4;
const HALF_LIFE_MS = 600_000;

/** The one row of a budget. Times are the storage's own, so that machines whose clocks differ agree. */
export interface BudgetRow {
  /** Up to when requests are promised. */
  promisedUntil: number;
  /** How much slower than set we go since we were told so. */
  slower?: number;
  slowedAt?: number;
}

/** How much slower than set to go: each refusal slows by a quarter, and half of that is forgotten every ten minutes. Pure. */
export function slowness(row: BudgetRow | undefined, at: number): number {
  const age = at - (row?.slowedAt ?? at);
  return 1 + ((row?.slower ?? 1) - 1) * 0.5 ** (Math.max(0, age) / HALF_LIFE_MS);
}

interface Waiter {
  go(): void;
  fail(error: Error): void;
}

/** Moments that are ours, one after the other. */
interface Chunk {
  next: number;
  eachMs: number;
  left: number;
}

/** A budget of `perMinute` requests. `taken` hears of each one. */
export function sharedBudget(store: Store, clock: Clock, name: string, perMinute: number, taken: () => void = () => {}): SharedBudget {
  const waiting: { normal: Waiter[]; lowPriority: Waiter[] } = { normal: [], lowPriority: [] };
  // What is reserved, in order; another list where nothing of it holds any more.
  let chunks: Chunk[] = [];
  let reserving: Promise<void> | null = null;
  let pumping = false;
  const now = () => clock.wallMs() + store.clockSkewMs();
  const wanted = () => waiting.normal.length + waiting.lowPriority.length;

  async function change(turn: (row: BudgetRow | undefined, at: number) => BudgetRow | null): Promise<void> {
    await update<BudgetRow>(store, [...BUDGETS, name], { tries: TRIES, failed: `The request budget '${name}' could not be reserved` }, (row) =>
      turn(row, now()),
    );
  }

  async function reserve(into: Chunk[]): Promise<void> {
    let chunk: Chunk = { next: 0, eachMs: 0, left: 0 };
    await change((row, at) => {
      const eachMs = (60_000 / perMinute) * slowness(row, at);
      const left = Math.max(1, Math.floor(CHUNK_MS / eachMs), Math.min(wanted(), CHUNK_MIN));
      const next = Math.max(row?.promisedUntil ?? 0, waiting.normal.length > 0 ? at - BURST_MS : at);
      chunk = { next, eachMs, left };
      return { ...row, promisedUntil: next + left * eachMs };
    });
    into.push(chunk);
  }

  /** The next chunk, asked for once at a time. */
  function reserveNext(): Promise<void> {
    reserving ??= reserve(chunks).finally(() => {
      reserving = null;
    });
    return reserving;
  }

  /** Gives each slot, when its time has come, to the most urgent waiter. */
  async function pump(): Promise<void> {
    while (wanted() > 0) {
      const from = chunks;
      // Before the last is used up, so that its time is not over when the storage has answered. Where that fails, the next turn tells.
      if (from.reduce((sum, one) => sum + one.left * one.eachMs, 0) <= AHEAD_MS) reserveNext().catch(() => {});
      const [mine] = from;
      if (!mine) await reserveNext();
      else if (mine.left === 0) from.shift();
      else {
        const wait = mine.next - now();
        if (wait > 0) await clock.sleep(wait);
        if (from !== chunks) continue;
        mine.left -= 1;
        mine.next += mine.eachMs;
        (waiting.normal.shift() ?? waiting.lowPriority.shift())?.go();
      }
    }
    // Nothing is awaited since the last look: a waiter that comes now starts the pump again.
    pumping = false;
  }

  async function pumpAll(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      await pump();
    } catch (error) {
      pumping = false;
      for (const waiter of [...waiting.normal.splice(0), ...waiting.lowPriority.splice(0)]) waiter.fail(error as Error);
    }
  }

  async function take(lane: keyof typeof waiting): Promise<void> {
    await new Promise<void>((go, fail) => {
      waiting[lane].push({ go, fail });
      void pumpAll();
    });
    taken();
  }

  async function pause(ms: number): Promise<void> {
    if (ms < WINDOW_MS) return;
    chunks = [];
    await change((row, at) => {
      const until = at + ms;
      // Many hear of the same refusal; it slows us once.
      if (row && row.promisedUntil >= until && at - (row.slowedAt ?? 0) < ms) return null;
      const slower = Math.min(SLOWEST, slowness(row, at) * SLOWER);
      return { promisedUntil: Math.max(until, row?.promisedUntil ?? 0), slower, slowedAt: at };
    });
    // What was reserved while this was written is no longer ours to use.
    chunks = [];
  }

  return { take: () => take('normal'), pause, lowPriority: { take: () => take('lowPriority'), pause } };
}
