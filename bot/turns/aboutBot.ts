/** What is said about the bot itself: how it is, what it can do, the read-only switch, the consent. */
import { COUNTED_MAX } from '../../services/domain/chat.ts';
import { helpCard, type RenderedCard } from '../../cards/chat/chat.ts';
import { statusCard } from '../../cards/chat/status.ts';
import { linkText, nameText } from '../../cards/escape.ts';
import { COMMAND_WORDS, COMMANDS, parseCommand } from '../../dialogs/commands.ts';
import type { Actor } from '../../dialogs/types.ts';
import { countsToday } from '../../services/metrics.ts';
import { waitingChats } from '../../services/notify/inbox.ts';
import { teamsHealth } from '../../services/notify/sleep.ts';
import { namesOf } from '../../services/people/people.ts';
import { may } from '../../services/people/roles.ts';
import { readSwitch, setSwitch, stopOf, type Switching } from '../../services/readOnly.ts';
import { stops } from '../../services/tickets/endOfTerm.ts';
import { openTickets } from '../../services/tickets/openList.ts';
import { gapsOf } from '../../services/watch/known.ts';
import { lagMs, readListing } from '../../services/watch/rows.ts';
import { spokenIn } from '../languages.ts';
import { said, spoken } from './replies.ts';
import { notRead } from './stands.ts';
import { freshActor, type Turn, type TurnDeps, type TurnResult } from './turn.ts';

const NAMES_MAX = 8;

/** Looks that come so late are no worry: a message may have had to wait for another process to end. */
const LATE_MS = 180_000;

/** How the bot is: what it reaches, what it could not read, and what it costs. */
export async function status(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  const walk = await readListing(deps.store);
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
  const since = switched?.on ? { who: nameText(names[switched.by] ?? deps.chatWords.record.bot), at: switched.at } : null;
  const customers = walk?.customers ?? 0;
  const reachable = customers === 0 ? Boolean(walk?.walkedAt) : skipped.length < Math.min(customers, COUNTED_MAX);
  return {
    say: [
      statusCard(
        {
          customers,
          lookedAt: counts.lookedAt,
          open: (await openTickets(deps.store, null, COUNTED_MAX)).filter(stops).length,
          skipped: { count: skipped.length, names: skipped.slice(0, NAMES_MAX).map((one) => one.name) },
          notRead: notRead(gaps, deps.chatWords),
          waiting: await waitingChats(deps.store),
          teams: await teamsHealth(deps.store, deps.clock.now()),
          cost: counts,
          lateMinutes: Math.floor(Math.max(0, lagMs(walk, counts) - LATE_MS) / 60_000),
          watching: turn.chat.watching,
          now: deps.clock.now().toISOString(),
          reachable,
          readOnly: deps.readOnlySetting ? { since: null } : since && { since, dryRun: stopOf(switched) === 'dryRun' },
        },
        deps.chatWords,
      ),
    ],
  };
}

/** Whether a dry run is on: nothing is bought or changed. A setting that says read-only goes before it. */
export async function isDryRun({ store, readOnlySetting }: Pick<TurnDeps, 'store' | 'readOnlySetting'>): Promise<boolean> {
  return !readOnlySetting && stopOf(await readSwitch(store)) === 'dryRun';
}

/** Only what this person may do. */
export async function helpFor(deps: Pick<TurnDeps, 'chatWords' | 'languages' | 'store' | 'readOnlySetting'>, actor: Actor): Promise<RenderedCard> {
  const { chatWords, languages } = deps;
  const allowed = COMMAND_WORDS.map((word) => COMMANDS[word]).filter(({ right }) => right === null || may(actor.roles, right));
  const lines = new Set(allowed.flatMap(({ help }) => (help === null ? [] : [help])));
  // Those that need no more than their word have a button.
  const [said] = spokenIn(languages, chatWords.lang);
  const alone = COMMAND_WORDS.filter((word) => COMMANDS[word].right === 'see' && may(actor.roles, 'see')).flatMap((word) => said?.commands[word][0] ?? []);
  const names = alone.filter((name) => said && parseCommand(name, [said]).command !== 'incomplete');
  return { ...helpCard([...lines], chatWords, await isDryRun(deps)), names };
}

/** Stops all that spends, or lets it go on; while the other of the two stops it, nothing changes. */
export async function switchStop(deps: TurnDeps, turn: Turn, { what, on }: Pick<Switching, 'what' | 'on'>): Promise<TurnResult> {
  if (deps.readOnlySetting) return said(deps.words.replies.readOnlyByOperator());
  const actor = await freshActor(deps, turn.actor);
  if (!may(actor.roles, 'own')) return spoken(deps, turn, { say: 'mayNot', right: 'own' });
  const at = deps.clock.now().toISOString();
  const stands = await setSwitch(deps.store, { what, on, by: actor.key, at }, turn.activity);
  if (stands.at === at) deps.log.warn({ what, on, by: actor.key }, 'the read-only switch was set');
  const names = await namesOf(deps.store, [stands.by]);
  const who = nameText(names[stands.by] ?? actor.name);
  const stop = stopOf(stands);
  if (stop && stop !== what) return said(deps.words.replies.stoppedAlready({ stop }));
  return said(what === 'dryRun' ? deps.words.replies.dryRunNow({ who, on: stands.on }) : deps.words.replies.readOnlyNow({ who, on: stands.on }));
}

/** The link is for one person alone. */
export async function consent(deps: TurnDeps, turn: Turn): Promise<TurnResult> {
  if (!deps.consentLink) return said(deps.words.replies.consentNotHere());
  if (turn.chat.kind !== 'personal') return said(deps.words.replies.consentInPerson());
  const actor = await freshActor(deps, turn.actor);
  if (!may(actor.roles, 'own')) return spoken(deps, turn, { say: 'mayNot', right: 'own' });
  const { link, minutes } = await deps.consentLink(actor.key);
  return said(deps.words.replies.consent({ minutes, link: linkText(link) }));
}
