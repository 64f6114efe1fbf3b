/** A move that stopped and needs a person: looking again, looking in the bot's place, giving up. Pure. */
import { type FourEyes, needsAnother, remindsAt } from '../approval/approval.ts';
import { later } from '../clock.ts';
import type { Move, MoveState, StuckReason } from '../domain/ticket.ts';
import { may } from '../people/roles.ts';
import { isRefused, isUnclear } from './buying.ts';
import type { MoveEvent, Refused, Transition } from './events.ts';
import { isElsewhere, to, YES_MS } from './transitions.ts';

/** Back to where it stopped; where somebody would have lost access, to the count of who that is. */
export function lookAgain(m: Move, _: unknown, now: string): Transition | Refused {
  if (!m.stuck) return { refused: 'notNow' };
  if (m.stuck.reason === 'rights') return askAnew(m, now);
  const anew = { stuck: null, suspension: null, vouched: null, counting: null };
  const { from } = m.stuck;
  // Ends are weighed and asked about anew; what was set and is lost is nobody's yes any more.
  if (from === 'set' && m.stuck.reason !== 'endLost') return to(m, 'set', 'resumed', { stuck: null, nextAt: now });
  if (m.way !== 'replace' && (from === 'setting' || from === 'set')) return endAgain(m, now);
  if (from === 'set') return to(m, 'reassigned', 'resumed', anew);
  if (COUNT_AGAIN.has(m.stuck.reason)) return to(m, 'purchased', 'resumed', { ...anew, people: null, nextAt: now });
  // It is certain that nothing of ours is under way: whether to suspend is asked anew.
  if (KNOWN_NOT_DONE.has(m.stuck.reason)) return to(m, 'reassigned', 'resumed', anew);
  // Nothing was asked for, and the yes to it is old: looking again is none.
  const isOld = (from === 'suspending' || from === 'setting') && m.suspension === null && later(m.stuck.at, YES_MS) < now;
  if (isOld) return to(m, 'reassigned', 'resumed', { ...anew, confirmedBy: null, again: 'lastStep' });
  // A reading that stopped halfway begins anew: where it stood may be no place any more.
  return to(m, m.stuck.from, 'resumed', { stuck: null, vouched: null, counting: null, nextAt: now });
}

/** Nothing of ours is under way: so it reads, or nobody knows what came of it and it is read before anything is asked. */
export const KNOWN_NOT_DONE: ReadonlySet<StuckReason> = new Set(['suspendNotDone', 'suspendOverruled', 'endNotDone', 'endOverruled', 'endRefused']);

/** One whose call is unclear is read once more under the same yes; anything else is asked about as it reads now. */
function endAgain(m: Move, now: string): Transition {
  const unclear = m.stuck?.from === 'setting' && m.suspension !== null && !KNOWN_NOT_DONE.has(m.stuck.reason);
  if (unclear) return to(m, 'setting', 'resumed', { stuck: null, nextAt: now });
  return to(m, 'weighing', 'resumed', { stuck: null, approval: null, suspension: null, endSet: null, nextAt: now });
}

/**
 * The one who let the step happen may not any more. Looking again lets nothing happen: back to where it is asked for, so that
 * who says yes has the right for it, fresh roles, and four eyes where they apply.
 */
function askAnew(m: Move, now: string): Transition {
  const anew = { stuck: null, vouched: null, confirmedBy: null, suspension: null };
  if (m.stuck?.from === 'setting' && m.way !== 'replace') return endAgain({ ...m, suspension: null }, now);
  if (m.stuck?.from === 'suspending' || m.stuck?.from === 'setting') return to(m, 'reassigned', 'resumed', anew);
  if (m.stuck?.from !== 'purchasing') return to(m, 'purchased', 'resumed', { ...anew, people: null, counting: null, nextAt: now });
  // What may be bought is asked about, whoever let it happen.
  if (!isRefused(m)) return to(m, 'purchasing', 'resumed', { stuck: null, nextAt: now });
  return to(m, 'quoted', 'resumed', { stuck: null, approval: null, reminded: false, nextAt: m.quote && remindsAt(m.quote) });
}

/** After these, who holds what is found out anew. */
const COUNT_AGAIN: ReadonlySet<StuckReason> = new Set(['holders', 'skuUnknown', 'seatsUnknown']);

/** What a person may have looked at where the bot could not. */
const VOUCHABLE: ReadonlySet<StuckReason> = new Set(['forbidden', 'unread', 'skuUnknown', 'seatsUnknown']);
const VOUCHABLE_FROM: ReadonlySet<MoveState> = new Set(['provisioning', 'purchased', 'reassigning', 'suspending']);

/** Whether a person may say in the bot's place that nobody loses access. */
export function isVouchable(m: Pick<Move, 'stuck' | 'order' | 'suspension' | 'subscriptionId'>): boolean {
  if (isElsewhere(m)) return false;
  return m.stuck !== null && m.order !== null && m.suspension === null && VOUCHABLE.has(m.stuck.reason) && VOUCHABLE_FROM.has(m.stuck.from);
}

/** An approver looked where the bot could not. It lets the suspension happen, in that person's name. */
export function vouch(m: Move, e: Extract<MoveEvent, { kind: 'vouch' }>, now: string): Transition | Refused {
  if (!isVouchable(m)) return { refused: 'notNow' };
  if (!may(e.roles, 'approve')) return { refused: 'role' };
  if (isOwnRequest(m, e.by, e.fourEyes)) return { refused: 'ownRequest' };
  return to(m, 'suspending', 'vouched', { stuck: null, confirmedBy: e.by, vouched: { by: e.by, at: now, reason: e.reason }, nextAt: now });
}

/** Whether the one who asked for the purchase is the one who says yes, where another one must. */
export function isOwnRequest(m: Pick<Move, 'quote'>, by: string, fourEyes: FourEyes): boolean {
  return m.quote !== null && needsAnother(m.quote, fourEyes) && m.quote.askedBy === by;
}

/** Nobody knows what was done. */
const UNCLEAR: ReadonlySet<StuckReason> = new Set(['purchaseUnclear', 'suspendUnclear', 'endUnclear']);

/** These stop it whatever came of the call that was sent before. */
const SILENT: ReadonlySet<StuckReason> = new Set(['forbidden', 'unread']);

/** As what it has stopped: a change that was sent, and could not be read since, is as unclear as one that was not answered. */
export function stoppedAs({ stuck, suspension }: Pick<Move, 'stuck' | 'suspension'>): StuckReason | null {
  if (!stuck || suspension === null || !SILENT.has(stuck.reason)) return stuck?.reason ?? null;
  if (stuck.from === 'suspending') return 'suspendUnclear';
  return stuck.from === 'setting' ? 'endUnclear' : stuck.reason;
}

/** Whether nobody knows what was done. */
export function isOpenOutcome(m: Pick<Move, 'stuck' | 'suspension'>): boolean {
  const reason = stoppedAs(m);
  return reason !== null && UNCLEAR.has(reason);
}

/** Giving up is safe only where it is certain what happened. */
export function giveUp(m: Move): Transition | Refused {
  if (!m.stuck || isOpenOutcome(m) || isUnclear(m)) return { refused: 'notWhileUnclear' };
  if (m.stuck.from === 'purchasing') return to(m, 'cancelled', 'cancelled', { approval: null });
  // Nothing was bought by setting an end: the ticket is as it was before.
  if (m.way !== 'replace') return to(m, 'cancelled', 'cancelled', { approval: null });
  return to(m, 'finished', 'finished', { outcome: 'givenUp' });
}
