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
/** So long a try is waited for before the next begins; whoever is back may answer that one alone. */
const TRY_MS = 5_000;
/** One that hangs stays so long beside them: a slow line is not a dead one. */
const SLOW_MS = 120_000;

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
    async until<T>(what: string, work: () => Promise<T>): Promise<T> {
      const mine = { why: 'it has not answered yet', sinceMs: clock.wallMs(), said: false };
      waiting.set(what, mine);
      void sayAgain(what);
      try {
        const slow = slowly<T>(clock);
        for (let tries = 0; ; tries++) {
          const one = outcomeOf(work());
          const ended = await Promise.race([one, slow.brings(), clock.sleep(TRY_MS)]);
          if (!ended) slow.take(one);
          if (ended && 'brought' in ended) {
            if (mine.said) came(told(what, mine));
            return ended.brought;
          }
          const error = ended ? ended.error : new Error(`no answer within ${TRY_MS / 1000} seconds`);
          if (error instanceof StartError || stopped) throw error;
          mine.why = (error as Error).message.split('\n')[0] ?? '';
          await Promise.race([slow.brings(), clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** tries, PAUSE_MAX_MS))]);
        }
      } finally {
        waiting.delete(what);
      }
    },
  };
}

type Outcome<T> = { brought: T } | { error: unknown };

function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  return work.then(
    (brought) => ({ brought }),
    (error: unknown) => ({ error }),
  );
}

/** The one try that hangs and is still waited for, beside the others; the next one that hangs takes its place when its time is over, or it failed. */
function slowly<T>(clock: Clock): { take(one: Promise<Outcome<T>>): void; brings(): Promise<Outcome<T>> } {
  const never = new Promise<Outcome<T>>(() => {});
  let held: { good: Promise<Outcome<T>>; untilMs: number } | null = null;
  return {
    take(one) {
      if (held && clock.wallMs() < held.untilMs) return;
      const mine = { good: one.then((ended) => ('brought' in ended ? ended : never)), untilMs: clock.wallMs() + SLOW_MS };
      held = mine;
      void one.then((ended) => {
        if ('error' in ended && held === mine) held = null;
      });
    },
    brings: () => held?.good ?? never,
  };
}
