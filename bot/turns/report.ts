/** The report: out of derived rows alone, so that it takes as long for ten thousand customers as for ten. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { reportCard } from '../../cards/lists/report.ts';
import { addDays, dayOf } from '../../services/clock.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { namesOf } from '../../services/people/people.ts';
import { reportOf } from '../../services/tickets/report.ts';
import { REPORT_MAX, reportRows } from '../../services/tickets/reportList.ts';
import { gapsOf, isWhole } from '../../services/watch/known.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

/** Old ones of a year's term can be there so long after what took their place. */
const CLOSED_DAYS = 400;

export async function report(deps: TurnDeps, { chat }: Turn): Promise<TurnResult> {
  return { say: [await reportFor(deps, chat)] };
}

/** The report as it stands in a chat, whoever or whatever asks for it. */
export async function reportFor(
  { store, clock, chatWords, shows }: Pick<TurnDeps, 'store' | 'clock' | 'chatWords' | 'shows'>,
  chat: Pick<Chat, 'kind'>,
): Promise<RenderedCard> {
  const now = clock.now();
  const today = dayOf(now);
  const [rows, gaps] = await Promise.all([reportRows(store, addDays(today, -CLOSED_DAYS)), gapsOf(store)]);
  const made = reportOf(rows, { today, now: now.toISOString() });
  const names = await namesOf(store, [...made.keepers.map(({ key }) => key), ...made.decided.people.map(({ key }) => key)]);
  return reportCard({ report: made, names, today, whole: isWhole(gaps), more: rows.length >= REPORT_MAX, hides: hiddenIn(shows, chat) }, chatWords);
}
