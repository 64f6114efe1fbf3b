/** What a move waits for, or the bot should do next by itself. Pure. */
import { type Asked, lapsesAt, remindsAt } from '../approval/approval.ts';
import { isAhead } from '../clock.ts';
import type { Move } from '../domain/ticket.ts';
import type { StepName } from './steps.ts';
import { isElsewhere } from './transitions.ts';

/** Nothing is set for later than in a day. */
export const WAIT_MOST_MS = 24 * 3_600_000;

/** What the bot should do next by itself. */
export type NextStep = { do: 'nothing' } | { do: 'wait'; until: string } | { do: StepName | 'remind' | 'lapse' };

/** The old one is read or changed in these: what is not ours never is. */
const CHANGES_OLD: ReadonlySet<Move['state']> = new Set(['suspending', 'weighing', 'setting', 'set']);

/** Looks at the move and the time alone. */
export function nextStep(m: Move, now: string): NextStep {
  if (isElsewhere(m) && CHANGES_OLD.has(m.state)) return { do: 'nothing' };
  if (m.nextAt && isAhead(Date.parse(m.nextAt), Date.parse(now), WAIT_MOST_MS)) return { do: 'wait', until: m.nextAt };
  switch (m.state) {
    case 'quoting':
      return { do: 'quote' };
    case 'quoted':
      return quotedNext(m, now);
    case 'purchasing':
      return { do: 'checkout' };
    case 'provisioning':
      return { do: 'askProvisioning' };
    case 'purchased':
      return { do: m.people ? 'nothing' : 'count' };
    case 'reassigning':
      return { do: 'reassign' };
    case 'suspending':
      return { do: 'suspend' };
    case 'weighing':
      return { do: 'weigh' };
    case 'weighed':
      return answerNext(m.end, m.reminded, now);
    case 'setting':
      return { do: m.way === 'replace' ? 'endOld' : 'setEnd' };
    case 'set':
      return { do: 'lookAtEnd' };
    case 'stuck':
      return stuckNext(m);
    case 'drafting':
    case 'reassigned':
    case 'finished':
    case 'cancelled':
      return { do: 'nothing' };
  }
}

/** A purchase of which nobody knows is looked for by itself; the rest waits for a person, who is reminded by the sweep. */
function stuckNext(m: Move): NextStep {
  if (m.settle) return { do: 'settle' };
  return { do: m.stuck?.reason === 'purchaseUnclear' ? 'findOrder' : 'nothing' };
}

function quotedNext(m: Move, now: string): NextStep {
  if (m.settle) return { do: 'settle' };
  if (m.approval && !m.question) return m.held && !m.reminded && m.quote && remindsAt(m.quote) <= now ? { do: 'remind' } : { do: 'checkQuote' };
  return answerNext(m.quote, m.reminded, now);
}

/** An answer that is waited for lapses, and is asked for once more before. */
function answerNext(asked: Pick<Asked, 'at' | 'until'> | null | undefined, reminded: boolean, now: string): NextStep {
  if (!asked) return { do: 'nothing' };
  if (lapsesAt(asked) <= now) return { do: 'lapse' };
  if (reminded) return { do: 'wait', until: lapsesAt(asked) };
  return remindsAt(asked) <= now ? { do: 'remind' } : { do: 'wait', until: remindsAt(asked) };
}

/** What a move waits for a person in, as one name of the wait; null where it works by itself, or has a reminder of its own. */
export function waitsFor(move: Move): string | null {
  const waits = move.state === 'drafting' || move.state === 'reassigned' || move.state === 'stuck' || (move.state === 'purchased' && move.people !== null);
  return waits ? `${move.key} ${move.state} ${move.since ?? move.startedAt}` : null;
}
