/** How far each ticket of a list has come, in a word, out of the ticket and its move. Pure. */
import { touchedAtOf } from '../domain/news.ts';
import type { Move, MoveState, Ticket } from '../domain/ticket.ts';
import { renews } from './endOfTerm.ts';

/** `watched`: its end is set, and looked after until it has come. `letGo`: somebody decided, with a reason, to let it be. */
export const ROW_STATES = ['stuck', 'waits', 'lastStep', 'licences', 'open', 'choosing', 'asked', 'buying', 'ending', 'watched', 'snoozed', 'letGo'] as const;
export type RowState = (typeof ROW_STATES)[number];

const OF_MOVE: Readonly<Record<MoveState, RowState | null>> = {
  drafting: 'choosing',
  quoting: 'asked',
  quoted: 'waits',
  purchasing: 'buying',
  provisioning: 'buying',
  purchased: 'licences',
  reassigning: 'licences',
  reassigned: 'lastStep',
  suspending: 'ending',
  weighing: 'asked',
  weighed: 'waits',
  setting: 'ending',
  set: 'watched',
  stuck: 'stuck',
  finished: null,
  cancelled: null,
};

/** What is kept of it in the row of a list; `until`: of what is snoozed, a day. */
export interface HowFar {
  state: RowState;
  until?: string;
}

/** A move that goes on says more than a mark; of the marks the one that was made last stands alone. */
export function howFar({ marks }: Pick<Ticket, 'marks'>, move: Pick<Move, 'state' | 'approval' | 'question' | 'way'> | null): HowFar {
  const state = move && OF_MOVE[move.state];
  if (move && state === 'waits' && move.approval && !move.question) return { state: move.way === 'replace' ? 'buying' : 'ending' };
  if (state) return { state };
  if (marks.dismissed) return { state: 'letGo' };
  return marks.snoozed ? { state: 'snoozed', until: marks.snoozed.until } : { state: 'open' };
}

/** The same on a day: what was snoozed until then is open again. */
export function stateOn({ state, until }: Partial<HowFar>, today: string): RowState | null {
  if (state === 'snoozed' && (until === undefined || until <= today)) return 'open';
  return state ?? null;
}

/** In these somebody is to answer. */
const WAITING: ReadonlySet<RowState> = new Set(['open', 'choosing', 'waits', 'licences', 'lastStep', 'stuck']);

/** Since when a ticket has waited for somebody without a reaction; null where it waits for nobody, or that is not known. What renews as it should waits for nobody. */
export function waitsSince(
  ticket: Pick<Ticket, 'touched' | 'audit' | 'marks' | 'facts' | 'closed'>,
  move: Pick<Move, 'state' | 'approval' | 'question' | 'way' | 'people'> | null,
): string | null {
  const { facts, closed } = ticket;
  const { state } = howFar(ticket, move);
  if (closed || !WAITING.has(state)) return null;
  if (state === 'open' && renews(facts.endOfTerm) && facts.happened !== 'goesOn') return null;
  // They are being counted, or moved.
  if (state === 'licences' && (move?.state !== 'purchased' || move.people === null)) return null;
  return touchedAtOf(ticket);
}
