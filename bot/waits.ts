/** What the program waits for while others are not there yet: each is tried until it answers, and said at growing intervals. */
import type { Clock } from '../services/clock.ts';
import { StartError } from '../services/startError.ts';

export interface Waits {
  /** What does not answer yet, by name. */
  names(): string[];
  /** What `work` brings, tried until it does; a StartError is final. `stop` ends the trying with the last failure. */
  until<T>(what: string, work: () => Promise<T>): Promise<T>;
  stop(): void;
}

/** Of one that still waits: what, for how long, and what the last try said. */
export type Say = (of: { what: string; why: string; seconds: number }) => void;

const FIRST_WORD_MS = 3_000;
const WORD_MAX_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const PAUSE_MAX_MS = 4_000;
/** A try that hangs is given up, the later the longer it may take: a slow line is not a dead one. */
const FIRST_TRY_MS = 5_000;
const TRY_MAX_MS = 120_000;

/** `say` is called while something waits, `came` once when it answers after that. */
export function createWaits(clock: Clock, say: Say, came: Say): Waits {
  const waiting = new Map<string, { why: string; sinceMs: number; said: boolean }>();
  let stopped = false;
  const told = (what: string, { why, sinceMs }: { why: string; sinceMs: number }) => ({
    what,
    why,
    seconds: Math.round((clock.wallMs() - sinceMs) / 1000),
  });

  async function sayAgain(what: string): Promise<void> {
    const mine = waiting.get(what);
    for (let pauseMs = FIRST_WORD_MS; ; pauseMs = Math.min(pauseMs * 2, WORD_MAX_MS)) {
      await clock.sleep(pauseMs);
      if (!mine || stopped || waiting.get(what) !== mine) return;
      mine.said = true;
      say(told(what, mine));
    }
  }

  return {
    names: () => [...waiting.keys()],
    stop() {
      stopped = true;
    },
    async until(what, work) {
      const mine = { why: 'it has not answered yet', sinceMs: clock.wallMs(), said: false };
      waiting.set(what, mine);
      void sayAgain(what);
      try {
        for (let tries = 0; ; tries++) {
          try {
            const brought = await within(clock, Math.min(FIRST_TRY_MS * 2 ** tries, TRY_MAX_MS), work());
            if (mine.said) came(told(what, mine));
            return brought;
          } catch (error) {
            if (error instanceof StartError || stopped) throw error;
            mine.why = (error as Error).message.split('\n')[0] ?? '';
            await clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** tries, PAUSE_MAX_MS));
          }
        }
      } finally {
        waiting.delete(what);
      }
    },
  };
}

async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  const late = clock.sleep(ms).then(() => {
    throw new Error(`no answer within ${Math.round(ms / 1000)} seconds`);
  });
  late.catch(() => {}); // it comes after the work, mostly, and nobody hears it then
  return Promise.race([work, late]);
}
