/** The last question before a step that spends money or takes something away: may it still happen? */
import { later } from '../clock.ts';
import type { Move } from '../domain/ticket.ts';
import { DirectoryError, rolesOfKey } from '../people/people.ts';
import { may } from '../people/roles.ts';
import { isRefused } from './buying.ts';
import type { MoveDeps } from './deps.ts';
import type { MoveEvent } from './states.ts';
import { allowedBy, type StepName, STEPS } from './steps.ts';

export type PreflightDeps = Pick<MoveDeps, 'store' | 'clock' | 'directory' | 'log' | 'isReadOnly'>;

const AGAIN_MS = 15_000;

/**
 * What stands against the step, as an event; null when nothing does. A checkout that was ever made is asked about even so,
 * and a suspension or an end that was asked for is read first: what has happened must be found out. Both ask themselves before they
 * send anything once more.
 */
export async function preflight(deps: PreflightDeps, move: Move, what: StepName): Promise<MoveEvent | null> {
  if ((what === 'suspend' || what === 'setEnd' || what === 'endOld') && move.suspension) return null;
  // An answer may have been an unclear one: to stop there for a role would let somebody give up what may be bought.
  if (what === 'checkout' && move.call?.name === what && !isRefused(move)) return null;
  return checkRight(deps, move, what);
}

/** Whether the bot may do it, and whoever let it happen still may. Roles are read anew; where they cannot be read it waits. */
export async function checkRight(deps: PreflightDeps, move: Move, what: StepName): Promise<MoveEvent | null> {
  const { right } = STEPS[what];
  if (!right) return null;
  const retryAt = later(deps.clock.now(), AGAIN_MS);
  const stopped = await deps.isReadOnly();
  if (stopped) return { kind: 'hold', why: stopped, retryAt };
  const by = allowedBy(move, right);
  try {
    if (by && may(await rolesOfKey(deps.store, deps.directory, by), right)) return null;
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    deps.log.warn({ move: move.key, reason: error.message }, 'a step waits: who may do it cannot be read');
    return { kind: 'hold', why: 'directory', retryAt };
  }
  if (what === 'checkQuote') return { kind: 'refused', reason: 'rights', code: 'rights' };
  return { kind: 'fail', reason: 'rights', code: 'rights' };
}
