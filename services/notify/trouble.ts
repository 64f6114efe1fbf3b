/** What is done about a message that Teams does not take: when it is tried again, and what instead. Pure. */
import type { Doing, Verdict } from './refusal.ts';

/** One ticket's refusals in one chat; the others go on. */
export interface Trouble {
  code: string;
  tries: number;
  /** By the clock of the world, milliseconds. */
  sinceMs: number;
  nextMs: number;
  /** The rows of those who had asked to see it when it was last tried: an asking is tried for once, whatever the time. */
  triedFor?: string[];
  instead: Instead | null;
}

/** `anew`: another card in the place of the one that cannot be edited. `plain`: a sentence in the place of the card. `quiet`: no line in the thread. */
export type Instead = 'anew' | 'plain' | 'quiet';

export type Step = { do: 'later'; trouble: Trouble; inPerson?: true } | { do: 'instead'; trouble: Trouble } | { do: 'sleep' };

const MINUTE_MS = 60_000;
/** 1, 5, 30 min, 6 h. */
const PASSING_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 360 * MINUTE_MS];
/** What cannot be edited is taken for deleted sooner than a chat for closed. */
const EDIT_TRIES = 3;
const WRONG_MS = [5_000, 20_000];
const AGAIN_MS = [5_000, 20_000, MINUTE_MS, 5 * MINUTE_MS];
/** So often, within two hours or so, one ticket is tried while others of its chat get through. */
const AGAIN_TRIES = 24;
const LATELY_MS = 10 * MINUTE_MS;
/** So long rests what a chat takes in no form, while it takes the rest; nothing waits longer for its next try. */
export const UNSAID_MS = 360 * MINUTE_MS;
/** A ticket whose card was set aside gets its next card tried once. */
const ASIDE_TRIES = WRONG_MS.length;

export interface Failure {
  doing: Doing;
  is: Exclude<Verdict['is'], 'wait' | 'identity' | 'refused'>;
  code: string;
}

/** What follows from one more refusal. `acceptedMs`: when this chat last took a message; 0 for never. */
export function stepAfter(before: Trouble | null, failed: Failure, acceptedMs: number, nowMs: number): Step {
  const tries = (before?.tries ?? 0) + 1;
  const sinceMs = before?.sinceMs ?? nowMs;
  const aliveSince = acceptedMs >= sinceMs;
  const later = (ms: number): Step => ({ do: 'later', trouble: { code: failed.code, tries, sinceMs, nextMs: nowMs + ms, instead: before?.instead ?? null } });
  const instead = (what: Instead): Step => ({ do: 'instead', trouble: { code: failed.code, tries, sinceMs, nextMs: nowMs, instead: what } });
  const { doing, is } = failed;
  // Not even a sentence is taken: it is the chat, unless it has just taken something else; then people are told, and it is tried again.
  if (before?.instead === 'plain' && is !== 'again')
    return acceptedMs > nowMs - LATELY_MS
      ? { do: 'later', inPerson: true, trouble: { ...setAside(before), code: failed.code, nextMs: nowMs + UNSAID_MS } }
      : { do: 'sleep' };
  if (before?.instead === 'plain') return later(AGAIN_MS.at(-1) as number);
  if (is === 'wrong') return tries <= WRONG_MS.length ? later(WRONG_MS[tries - 1] as number) : instead(doing === 'say' ? 'quiet' : 'plain');
  if (is === 'cardGone') return instead(doing === 'say' ? 'quiet' : 'anew');
  if (is === 'passing') {
    if (doing !== 'post' && tries >= EDIT_TRIES) return instead(doing === 'say' ? 'quiet' : 'anew');
    if (tries <= PASSING_MS.length) return later(PASSING_MS[tries - 1] as number);
    return aliveSince ? instead('plain') : { do: 'sleep' };
  }
  if (tries >= AGAIN_TRIES && aliveSince) return instead(doing === 'say' ? 'quiet' : 'plain');
  return later(AGAIN_MS[Math.min(tries, AGAIN_MS.length) - 1] as number);
}

/** After the sentence went out: the next card of this ticket is tried once, then a sentence again. */
export function setAside(trouble: Trouble): Trouble {
  return { ...trouble, tries: ASIDE_TRIES, nextMs: 0, instead: null };
}

/** Whether a sentence stands in the place of this ticket's card. */
export function isSetAside({ tries, nextMs, instead }: Trouble): boolean {
  return instead === 'plain' || (instead === null && nextMs === 0 && tries >= ASIDE_TRIES);
}
