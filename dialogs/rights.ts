/** Who needs which right for what a button, or the answer that stands for it, would do; that of a command stands in its row. */

import type { Choice } from '../services/notify/handles.ts';
import { may, type Right, type Role } from '../services/people/roles.ts';
import { COMMANDS, rightOfCommand } from './commands.ts';
import type { CardAction, Command } from './types.ts';

/** What a button needs the presser to be allowed to do; typed answers need the same. */
export const RIGHT_OF: { readonly [V in CardAction['verb']]: Right | null } = {
  help: null,
  'watch.here': 'watch',
  'watch.again': 'watch',
  'watch.stop': 'watch',
  'settings.save': 'watch',
  'list.open': 'see',
  'list.page': 'see',
  'list.arrange': 'see',
  'list.choose': 'ask',
  'history.licences': 'licences',
  'card.refresh': 'see',
  'ticket.show': 'see',
  'bulk.toggle': 'ask',
  'bulk.page': 'see',
  'bulk.show': 'see',
  'bulk.ask': 'ask',
  'bulk.look': 'see',
  'bulk.approve': 'approve',
  'bulk.decline': 'approve',
  /** What it leads to needs its own right. */
  'choice.take': 'see',
  'ticket.history': 'see',
  'ticket.assign': 'ask',
  'ticket.undo': 'ask',
  'ticket.snooze': 'ask',
  'ticket.dismiss': 'ask',
  'purchase.quote': 'ask',
  'dialog.back': 'ask',
  'move.cancel': 'ask',
  'purchase.approve': 'approve',
  'purchase.decline': 'approve',
  'reassignment.confirm': 'licences',
  'reassignment.retry': 'licences',
  'reassignment.pick': 'licences',
  'reassignment.waive': 'approve',
  'suspension.confirm': 'suspend',
  'suspension.skip': 'suspend',
  'suspension.vouch': 'approve',
  /** To ask for it; the yes to it, and that of a last step, need their own. */
  'end.cancel': 'ask',
  'end.renew': 'ask',
  'move.check': 'ask',
  'move.giveUp': 'suspend',
  'move.settle': 'approve',
};

/** The right that somebody lacks for what a button does, or the answer that stands for it; null where nothing is lacking. */
export function lacks(roles: readonly Role[], verb: CardAction['verb']): Right | null {
  return lacking(roles, RIGHT_OF[verb]);
}

/** What a command that a reply named was, as it was written there. */
export type Named = Extract<Choice, { to: 'command' }>;

/** The same for one of several that may have been meant: what it leads to counts. */
export function lacksForChoice(roles: readonly Role[], choice: Choice, read: (named: Named) => Command): Right | null {
  return lacking(roles, rightOfChoice(choice, read));
}

function lacking(roles: readonly Role[], right: Right | null): Right | null {
  return right === null || may(roles, right) ? null : right;
}

function rightOfChoice(choice: Choice, read: (named: Named) => Command): Right | null {
  switch (choice.to) {
    case 'customer':
    case 'ticket':
      return COMMANDS[choice.command].right;
    case 'subscription':
    case 'programme':
    case 'bulkPlan':
      return COMMANDS.move.right;
    case 'mark':
      return COMMANDS[choice.mark].right;
    case 'watch':
      return COMMANDS.watch.right;
    case 'expiring':
      return COMMANDS.expiring.right;
    case 'command':
      return rightOfCommand(read(choice));
    case 'invite':
    case 'invited':
    case 'joined':
      return COMMANDS.invite.right;
    case 'plan':
      return RIGHT_OF['purchase.quote'];
    case 'allBut':
      return RIGHT_OF['reassignment.confirm'];
  }
}

/** What spends money or takes something away: roles are read anew for it, and the read-only switch stops it. */
export const SPENDS: ReadonlySet<CardAction['verb']> = new Set([
  'purchase.approve',
  'bulk.approve',
  'reassignment.confirm',
  'reassignment.retry',
  'reassignment.waive',
  'suspension.confirm',
  'move.settle',
  'suspension.vouch',
  'end.cancel',
  'end.renew',
  // It may lead to one of them.
  'choice.take',
]);
