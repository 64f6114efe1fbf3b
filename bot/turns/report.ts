/** The report: out of derived rows alone, so that it takes as long for ten thousand customers as for ten. */
import { reportCard } from '../../cards/lists/report.ts';
import { addDays, dayOf } from '../../services/clock.ts';
import { hiddenIn } from '../../services/domain/shows.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { newHandle } from '../../services/notify/handles.ts';
import type { NotifyDeps } from '../../services/notify/ports.ts';
import { namesOf } from '../../services/people/people.ts';
import { openedIn, reportOf } from '../../services/tickets/report.ts';
import { REPORT_MAX, reportRows } from '../../services/tickets/reportList.ts';
import { gapsOf, isWhole } from '../../services/watch/known.ts';
import { heardIn, type Speaking, type Turn, type TurnDeps, type TurnResult } from './turn.ts';

/** Old ones of a year's term can be there so long after what took their place. */
const CLOSED_DAYS = 400;

type ReportDeps = Pick<TurnDeps, 'store' | 'clock' | 'shows' | keyof Speaking>;

export async function report(deps: TurnDeps, { chat }: Turn): Promise<TurnResult> {
  return { say: [await reportFor(deps, chat)] };
}

/** The same by itself, by the chat's own clock. */
export function reportIn(deps: ReportDeps): NotifyDeps['report'] {
  return (chat) => reportFor(heardIn(deps, chat), chat);
}

async function reportFor({ store, clock, chatWords, shows }: Omit<ReportDeps, 'words' | 'spoken' | 'languages'>, chat: Pick<Chat, 'key' | 'kind'>) {
  const now = clock.now();
  const today = dayOf(now);
  const [rows, gaps] = await Promise.all([reportRows(store, addDays(today, -CLOSED_DAYS)), gapsOf(store)]);
  const made = reportOf(rows, { today, now: now.toISOString() });
  const names = await namesOf(store, [...made.keepers.map(({ key }) => key), ...made.decided.people.map(({ key }) => key)]);
  const opened = openedIn(made, today);
  const has = opened.map(({ command }) => command);
  const handle = await newHandle(store, { kind: 'choice', chat: chat.key, choices: has.map((text) => ({ to: 'command', text, lang: 'en' })) }, now);
  const view = {
    report: made,
    names,
    today,
    whole: isWhole(gaps),
    more: rows.length >= REPORT_MAX,
    hides: hiddenIn(shows, chat),
    opened: opened.map(({ what }) => what),
    handle,
  };
  return { ...reportCard(view, chatWords), claims: [], handle, has };
}
