/** What of a ticket waits for one person, beside an approval. Pure. */
import { answersTo, type Asked } from '../services/moves/answers.ts';
import type { MoveState, Ticket } from '../services/domain/ticket.ts';
import type { Actor } from './types.ts';

/** `stuck`: a move of this person's has stopped; `asked`: it waits for an answer that this person can give; `lookedAfter`: nothing waits, and it is theirs. */
export type Mine = 'stuck' | 'asked' | 'lookedAfter';

/** A price that waits is the approver's to answer. */
const WAITS: ReadonlySet<MoveState> = new Set(['drafting', 'purchased', 'reassigned']);

/** Null where nothing of it is theirs: they neither look after it nor began its move. */
export function mineOf(of: Omit<Asked, 'ticket'> & { ticket: Pick<Ticket, 'closed' | 'plans' | 'facts' | 'marks'> }, actor: Actor): Mine | null {
  const { ticket, move } = of;
  const { assignedTo, snoozed, dismissed } = ticket.marks;
  if (ticket.closed) return null;
  if (move && (assignedTo === actor.key || move.startedBy === actor.key) && answersTo(of, actor).answers.length > 0) {
    if (move.state === 'stuck') return 'stuck';
    if (WAITS.has(move.state)) return 'asked';
  }
  // What is put off waits for nobody yet.
  return assignedTo === actor.key && !snoozed && !dismissed ? 'lookedAfter' : null;
}
