/** What comes to chats by the clock: looked for once in each quarter of an hour, by whichever process is first. */
import { readChat, reportingChats, watchers } from '../chats.ts';
import { dueReport, quietUntil, zoneOf } from '../domain/settings.ts';
import type { Chat } from '../domain/ticket.ts';
import type { JobResult, PeriodicJob } from '../queue/worker.ts';
import { HOURS, HOURS_KEY, REPORT_KEY, UNANSWERED_KEY } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/update.ts';
import { type OpenRow, openTickets } from '../tickets/openList.ts';
import { plainRow, putAndWake } from './inbox.ts';
import type { NotifyDeps } from './ports.ts';
import { unansweredIn } from './unanswered.ts';

/** Every hour of every place begins with one. */
const QUARTER_MS = 15 * 60_000;

/** Each process looks whether it is time. */
export const HOURLY: PeriodicJob = { wakeUp: { queue: 'notify', what: 'hours' }, everyMs: 60_000 };

/** Notes in the inboxes of chats that there is something to be said; what that is, is looked at when it is said. */
export async function lookAtHours(deps: Pick<NotifyDeps, 'store' | 'clock' | 'wake'>): Promise<JobResult> {
  const now = deps.clock.now();
  if (!(await takeTurn(deps.store, now))) return 'idle';
  const open = await openTickets(deps.store);
  for (const key of new Set([...(await watchers(deps.store)).map((one) => one.key), ...(await reportingChats(deps.store))])) {
    const chat = (await readChat(deps.store, key))?.value;
    // One that sleeps is looked at again when it is awake.
    if (!chat || chat.dead || chat.sleeping) continue;
    if (dueReport(chat, now.getTime()) !== null) await putAndWake(deps, key, REPORT_KEY, plainRow(now));
    if (isUnanswered(chat, open, now.getTime())) await putAndWake(deps, key, UNANSWERED_KEY, plainRow(now));
  }
  return 'idle';
}

interface HoursRow {
  quarter: number;
}

/** Whoever is killed over it has missed it for all; the next quarter finds the same. */
async function takeTurn(store: Store, now: Date): Promise<boolean> {
  const row = await store.get<HoursRow>(...HOURS, HOURS_KEY);
  const value: HoursRow = { quarter: Math.floor(now.getTime() / QUARTER_MS) };
  if (row?.value.quarter === value.quarter) return false;
  return (await store.commit(...HOURS, [written(row, HOURS_KEY, value)])) === 'done';
}

function isUnanswered(chat: Chat, open: readonly OpenRow[], nowMs: number): boolean {
  return quietUntil(nowMs, zoneOf(chat), chat.settings?.quiet) === null && unansweredIn(chat, open, nowMs).length > 0;
}
