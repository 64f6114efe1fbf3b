/** What was typed, from the words to what each command does. Knows nothing of botbuilder. */
import { parseCommand, rightOfCommand } from '../../dialogs/commands.ts';
import type { Command } from '../../dialogs/types.ts';
import { may } from '../../services/people/roles.ts';
import { consent, helpFor, status, switchStop } from './aboutBot.ts';
import { onTyped } from './answer.ts';
import { expiring } from './expiring.ts';
import { exporting } from './export.ts';
import { invite, uninvite } from './invite.ts';
import { approvals } from './lists.ts';
import { report } from './report.ts';
import { mark } from './marks.ts';
import { mine } from './mine.ts';
import { type Mention, plainText } from './plainText.ts';
import { said, spoken } from './replies.ts';
import { settings } from './settings.ts';
import { type About, about } from './tickets.ts';
import { heardIn, type Turn, type TurnDeps, type TurnResult } from './turn.ts';
import { remind, unwatch, watch, watchingNow } from './watch.ts';

/** What was typed. Of people without a role not a letter is read. */
export async function onText(of: TurnDeps, turn: Turn, text: string, mentions: readonly Mention[] = []): Promise<TurnResult> {
  const deps = heardIn(of, turn.chat, turn.actor);
  if (turn.actor.roles.length > 0) {
    const command = parseCommand(plainText(text, mentions), deps.spoken);
    // Whom it is given to is the mention; of the words only what names the ticket is left.
    const unnamed = mentions.map((one) => ({ ...one, own: true }));
    const given = command.command === 'assign' ? parseCommand(plainText(text, unnamed), deps.spoken) : command;
    return onCommand(deps, { ...turn, mentioned: mentions.filter((one) => !one.own) }, given);
  }
  return turn.chat.kind === 'personal' ? { say: [await helpFor(deps, turn.actor)] } : said(deps.words.replies.mayNotHere());
}

export async function onCommand(deps: TurnDeps, turn: Turn, command: Command): Promise<TurnResult> {
  const right = rightOfCommand(command);
  if (right && !may(turn.actor.roles, right)) return spoken(deps, turn, { say: 'mayNot', right });
  const does: (deps: TurnDeps, turn: Turn, command: never) => TurnResult | Promise<TurnResult> = DOES[command.command];
  return does(deps, turn, command as never);
}

type Does = { [C in Command['command']]: (deps: TurnDeps, turn: Turn, command: Command & { command: C }) => TurnResult | Promise<TurnResult> };

/** What each command does. */
const DOES = {
  help: async (deps, turn) => ({ say: [await helpFor(deps, turn.actor)] }),
  expiring,
  show: aboutOne,
  move: aboutOne,
  history: aboutOne,
  watch: (deps, turn, { what }) => watch(deps, turn, what),
  unwatch,
  remind: (deps, turn, { days }) => remind(deps, turn, days),
  settings: (deps, turn, { set }) => settings(deps, turn, set),
  watching: async (deps, turn) => ({ say: [await watchingNow(deps, turn.chat)] }),
  invite,
  uninvite,
  mine,
  approvals,
  report,
  export: exporting,
  snooze: mark,
  dismiss: mark,
  undo: mark,
  assign: mark,
  'hand-back': mark,
  note: mark,
  seen: mark,
  status,
  cancel: onTyped,
  back: onTyped,
  answer: onTyped,
  'read-only': (deps, turn, { on }) => switchStop(deps, turn, { what: 'readOnly', on }),
  'dry-run': (deps, turn, { on }) => switchStop(deps, turn, { what: 'dryRun', on }),
  consent,
  thanks: ({ words }) => said(words.replies.thanks()),
  tooLong: ({ words }, _turn, command) => said(words.replies.longText(command)),
  incomplete: ({ words }, _turn, command) => said(words.replies.incomplete(command)),
} satisfies Does;

function aboutOne(deps: TurnDeps, turn: Turn, { command, what }: Extract<Command, { command: About }>): Promise<TurnResult> {
  return about(deps, turn, command, what);
}
