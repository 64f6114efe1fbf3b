/** What `status` shows. */
import { statusCard } from '../cards/chat.ts';
import { nameText } from '../cards/harmless.ts';
import { countsToday } from '../services/gauges.ts';
import { COUNTED_MAX, openExpiries } from '../services/lists.ts';
import { namesOf } from '../services/people/people.ts';
import { readSwitch } from '../services/readOnly.ts';
import { teamsHealth, waitingChats } from '../services/speak/sleep.ts';
import { gapsOf } from '../services/watch/known.ts';
import { walkRow } from '../services/watch/walk.ts';
import { notRead } from './stands.ts';
import type { Back, Seen, Turning } from './turn.ts';

const NAMES_MAX = 8;

/** Looks that come so late are no worry: a message may have had to wait for another process to end. */
const LATE_MS = 180_000;

/** How the bot is: what it reaches, what it could not read, and what it costs. */
export async function status(deps: Turning, seen: Seen): Promise<Back> {
  const walk = await walkRow(deps.store);
  const gaps = await gapsOf(deps.store);
  const { skipped } = gaps;
  let counts = await countsToday(deps.store, deps.clock);
  if (counts.lookedAt === null) {
    // Just started: what this process has done is not written down yet.
    await deps.noteCounts();
    counts = await countsToday(deps.store, deps.clock);
  }
  const switched = await readSwitch(deps.store);
  const names = await namesOf(deps.store, [switched?.by]);
  const since = switched?.on ? { who: nameText(names[switched.by] ?? deps.words.record.bot), at: switched.at } : null;
  const customers = walk?.customers ?? 0;
  const reachable = customers === 0 ? Boolean(walk?.walkedAt) : skipped.length < Math.min(customers, COUNTED_MAX);
  return {
    say: [
      statusCard(
        {
          customers,
          lookedAt: counts.lookedAt,
          open: (await openExpiries(deps.store, null, COUNTED_MAX)).length,
          skipped: { count: skipped.length, names: skipped.slice(0, NAMES_MAX).map((one) => one.name) },
          notRead: notRead(gaps, deps.words),
          waiting: await waitingChats(deps.store),
          teams: await teamsHealth(deps.store, deps.clock.now()),
          cost: counts,
          lateMinutes: Math.floor(Math.max(0, counts.lateMs - LATE_MS) / 60_000),
          watching: seen.chat.watching,
          now: deps.clock.now().toISOString(),
          reachable,
          readOnly: deps.readOnlySetting ? { since: null } : since && { since },
        },
        deps.words,
      ),
    ],
  };
}
