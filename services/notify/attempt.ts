/** One thing to be said in one chat: at its time, in its way, and what follows where Teams does not take it. */
import { isAhead } from '../clock.ts';
import type { Chat } from '../domain/ticket.ts';
import type { Keeping } from './lease.ts';
import type { NotifyDeps } from './ports.ts';
import type { RateWindows } from './rateWindows.ts';
import { Refused } from './refusal.ts';
import { type Instead, setAside, stepAfter, UNSAID_MS } from './trouble.ts';

const INSTEADS_MAX = 4;

/** One chat while somebody speaks there. */
export interface Room {
  chat: Chat;
  pace: RateWindows;
  keeping: Keeping;
  /** The storage's time, for Teams' windows. */
  now(): number;
  refusals: number;
  taken: number;
  /** Who asked there to see something. */
  asked: Map<string, string[]>;
  /** When somebody last spoke there after something was not taken. */
  heardAt: string | null;
  /** When what waits here may be tried next, from now. */
  waits: number[];
}

/**
 * One thing to be said, at its time and in its way; what is refused is noted, and the next thing has its turn. `unsaid`: the
 * chat takes it in no form. Throws where it is the chat or the bot that is refused.
 */
export async function attempt(
  deps: NotifyDeps,
  room: Room,
  id: string,
  work: (instead: Instead | null) => Promise<void>,
): Promise<'done' | 'later' | 'unsaid'> {
  const { troubles } = room.pace;
  const nowMs = () => deps.clock.now().getTime();
  const nextMs = troubles[id]?.nextMs ?? 0;
  const waitMs = isAhead(nextMs, nowMs(), UNSAID_MS) ? nextMs - nowMs() : 0;
  // Whoever asks to see something, or speaks there, is there: it is tried once more for that, and its times stay as they were.
  const asked = [...(room.asked.get(id) ?? []), ...(room.heardAt === null ? [] : [room.heardAt])];
  const extra = waitMs > 0 && asked.some((key) => !troubles[id]?.triedFor?.includes(key));
  if (waitMs > 0 && !extra) {
    room.waits.push(waitMs);
    return 'later';
  }
  for (let ways = 0; ways < INSTEADS_MAX; ways++) {
    const before = troubles[id] ?? null;
    try {
      await work(before?.instead ?? null);
      if (before?.instead === 'plain') troubles[id] = setAside(before);
      else delete troubles[id];
      room.taken += 1;
      // What took one that it had refused may take the others too.
      if (before?.instead === null) for (const other of Object.values(troubles)) other.nextMs = Math.min(other.nextMs, nowMs());
      if (before?.instead === null && room.waits.length > 0) room.waits.push(0);
      return 'done';
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { is } = error.verdict;
      if (is === 'refused' || is === 'wait' || is === 'identity') throw error;
      const step = stepAfter(before, { doing: error.doing, is, code: error.code }, room.pace.acceptedMs, nowMs());
      if (extra && before && step.do !== 'instead') {
        troubles[id] = { ...before, triedFor: asked };
        room.waits.push(waitMs);
        return 'later';
      }
      if (step.do === 'sleep') throw new Refused('post', { is: 'refused' }, error.code);
      troubles[id] = { ...step.trouble, triedFor: asked };
      if (step.do === 'later') {
        deps.log.warn({ chat: room.chat.key, what: id, code: error.code, tries: step.trouble.tries }, 'Teams did not take a message; it is tried again');
        room.refusals += 1;
        room.waits.push(step.trouble.nextMs - nowMs());
        return step.inPerson ? 'unsaid' : 'later';
      }
      deps.log.warn({ chat: room.chat.key, what: id, code: error.code, instead: step.trouble.instead }, 'Teams does not take a message; it is said otherwise');
    }
  }
  return 'later';
}
