import type { Command } from '../../dialogs/types.ts';
import { may } from '../../services/people/roles.ts';
import { type About, about } from './tickets.ts';
import { parseCommand, rightOfCommand } from '../../dialogs/commands.ts';
import { approvals, expiring } from './lists.ts';
import { type Mention, plainText } from './plainText.ts';
import { status, helpFor, switchReadOnly, consent } from './aboutBot.ts';
import { said, spoken } from './replies.ts';
import { onTyped } from './answer.ts';
import { unwatch, watch, watchingNow } from './watch.ts';
import type { TurnDeps, Incoming, TurnResult } from './turn.ts';

/** What was typed. Of people without a role not a letter is read. */
export async function onText(deps: TurnDeps, seen: Incoming, text: string, mentions: readonly Mention[] = []): Promise<TurnResult> {
  if (seen.actor.roles.length > 0) return onCommand(deps, seen, parseCommand(plainText(text, mentions)));
  return seen.chat.kind === 'personal' ? { say: [helpFor(deps, seen.actor)] } : said(deps.words.replies.mayNotHere());
}

export async function onCommand(deps: TurnDeps, seen: Incoming, command: Command): Promise<TurnResult> {
  const right = rightOfCommand(command);
  if (right && !may(seen.actor.roles, right)) return spoken(deps, seen, { say: 'mayNot', right });
  return DOES[command.command](deps, seen, command as never);
}

type Does = { [C in Command['command']]: (deps: TurnDeps, seen: Incoming, command: Command & { command: C }) => TurnResult | Promise<TurnResult> };

/** What each command does. */
const DOES = {
  help: (deps, seen) => ({ say: [helpFor(deps, seen.actor)] }),
  expiring: (deps, seen, { days, customer }) => expiring(deps, seen, days, customer),
  show: aboutOne,
  move: aboutOne,
  history: aboutOne,
  watch: (deps, seen, { what }) => watch(deps, seen, what),
  unwatch,
  watching: async (deps, seen) => ({ say: [await watchingNow(deps, seen.chat)] }),
  approvals,
  status,
  cancel: onTyped,
  back: onTyped,
  answer: onTyped,
  'read-only': switchReadOnly,
  consent,
  tooLong: ({ words }, _seen, command) => said(words.replies.longText(command)),
  incomplete: ({ words }, _seen, command) => said(words.replies.incomplete(command)),
} satisfies Does;

function aboutOne(deps: TurnDeps, seen: Incoming, { command, what }: Extract<Command, { command: About }>): Promise<TurnResult> {
  return about(deps, seen, command, what);
}
