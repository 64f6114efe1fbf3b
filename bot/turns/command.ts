import type { Command } from '../../dialogs/types.ts';
import { may } from '../../services/people/roles.ts';
import { about } from './tickets.ts';
import { parseCommand } from '../../dialogs/commands.ts';
import { approvals, expiring } from './lists.ts';
import { type Mention, plainText } from './plainText.ts';
import { status, helpFor, switchReadOnly, consent } from './aboutBot.ts';
import { said, spoken } from './replies.ts';
import { onTyped } from './answer.ts';
import { unwatch, watch, watchingNow } from './watch.ts';
import type { TurnDeps, Incoming, TurnResult } from './turn.ts';
import { RIGHT_OF_COMMAND } from '../../dialogs/rights.ts';

/** What was typed. Of people without a role not a letter is read. */
export async function onText(deps: TurnDeps, seen: Incoming, text: string, mentions: readonly Mention[] = []): Promise<TurnResult> {
  if (seen.actor.roles.length > 0) return onCommand(deps, seen, parseCommand(plainText(text, mentions)));
  return seen.chat.kind === 'personal' ? { say: [helpFor(deps, seen.actor)] } : said(deps.words.replies.mayNotHere());
}

export async function onCommand(deps: TurnDeps, seen: Incoming, command: Command): Promise<TurnResult> {
  const right = RIGHT_OF_COMMAND[command.command];
  if (right && !may(seen.actor.roles, right)) return spoken(deps, seen, { say: 'mayNot', right });
  switch (command.command) {
    case 'help':
      return { say: [helpFor(deps, seen.actor)] };
    case 'expiring':
      return expiring(deps, seen, command.days, command.customer);
    case 'watch':
      return watch(deps, seen, command.what);
    case 'unwatch':
      return unwatch(deps, seen);
    case 'watching':
      return { say: [await watchingNow(deps, seen.chat)] };
    case 'approvals':
      return approvals(deps, seen);
    case 'status':
      return status(deps, seen);
    case 'readOnly':
      return switchReadOnly(deps, seen, command.on);
    case 'consent':
      return consent(deps, seen);
    case 'tooLong':
      return said(deps.words.replies.longText(command));
    case 'incomplete':
      return said(deps.words.replies.incomplete(command));
    case 'show':
    case 'move':
    case 'history':
      return about(deps, seen, command.command, command.what);
    case 'cancel':
    case 'back':
    case 'answer':
      return onTyped(deps, seen, command as Parameters<typeof onTyped>[2]);
  }
}
