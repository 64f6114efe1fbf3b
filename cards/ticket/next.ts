/** What is to be done next, for the line that says it is somebody's turn. */
import type { News } from '../../services/domain/ticket.ts';
import { answersTo } from '../../services/moves/answers.ts';
import { turnAfter } from '../../services/notify/rules.ts';
import { lastStepHere } from '../../services/tickets/endOfTerm.ts';
import type { Shown } from '../../services/ticketView.ts';
import type { Words } from '../text/words.ts';

/** These say it themselves. */
const SAYS_IT: ReadonlySet<News['kind']> = new Set(['waits', 'reminder', 'refused']);

/** How far the move came. */
export function progress({ move, ticket, plannable }: Shown) {
  return {
    state: move?.state ?? 'cancelled',
    people: move?.people ?? null,
    last: lastStepHere(ticket.facts, plannable),
    active: !ticket.facts.standing,
  } as const;
}

/** Whether the one person who reads it may give the yes that it waits for. */
export function waitsForReader(shown: Shown): boolean {
  return shown.reader !== null && answersTo(shown, shown.reader).answers.includes('approve');
}

/** In a sentence; null where it is nobody's turn, or the line says it. */
export function nextStep(news: News, shown: Shown, words: Words): string | null {
  if (SAYS_IT.has(news.kind) || turnAfter(news, shown) === null) return null;
  // No plan belongs to an end that is set alone.
  if (shown.move?.state === 'cancelled' && shown.move.way !== 'replace') return null;
  return words.thread.next(progress(shown));
}
