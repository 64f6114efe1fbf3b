/** What people can ask for, what a dialog knows, and what it decides. Plain data. */

import type { Money } from '../services/domain/money.ts';
import type { Move, Plan, SetEnd } from '../services/domain/ticket.ts';
import type { Can } from '../services/moves/answers.ts';
import type { MoveEvent } from '../services/moves/states.ts';
import type { HandleKind, MarkWord } from '../services/notify/handles.ts';
import type { AskedExport } from '../services/export/grants.ts';
import type { Right, Role } from '../services/people/roles.ts';
import type { Outcome } from '../services/tickets/costs.ts';
import type { LastStepHere } from '../services/tickets/endOfTerm.ts';
import type { MonthSaid } from './dates.ts';
import type { ListWords } from './listWords.ts';
import type { SettingsWish } from './settings.ts';
import type { WordAlone } from './spoken/spoken.ts';

/** What was typed, as the parser understood it. */
export type Command =
  | { command: WordAlone }
  /** `month` in place of the days; `arrange`: key words; `whole`: what was written with them, where a name is left without them: perhaps all of it is a name. */
  | { command: 'expiring'; days: number; customer: string | null; outcome?: Outcome; month?: MonthSaid; arrange?: ListWords['how']; whole?: string }
  | { command: 'show' | 'move' | 'history'; what: string }
  | { command: 'watch'; what: string | null }
  /** null asks how it is. */
  | { command: 'remind'; days: number[] | null }
  /** null asks how it is. */
  | { command: 'settings'; set: SettingsWish | null }
  /** A company that is to become a customer, and through which reseller, where one was named. */
  | { command: 'invite'; what: string; through: string | null }
  | { command: 'uninvite'; what: string }
  | { command: 'read-only' | 'dry-run'; on: boolean }
  | ({ command: 'export' } & AskedExport)
  | { command: 'thanks' }
  /** A mark on a ticket: `what` is which one, and all that belongs to it. */
  | { command: MarkWord; what: string }
  /** Of what is too long nothing is done: its end may be what matters. */
  | { command: 'tooLong'; max: number }
  /** A command without what it needs. */
  | { command: 'incomplete'; of: 'show' | 'move' | 'history' | 'remind' | 'settings' | 'invite' | 'uninvite' | 'export' | 'read-only' | 'dry-run' | MarkWord }
  /** Not a command: perhaps an answer, perhaps a slip. */
  | { command: 'answer'; text: string; didYouMean: string | null };

/** What a button sends, its inputs parsed. */
export type CardAction =
  | { verb: 'watch.here'; filter: string | null }
  | { verb: 'watch.again' | 'watch.stop' | 'help' | 'list.open' | 'list.choose' }
  | { verb: 'settings.save'; set: SettingsWish }
  | { verb: 'history.licences'; from: number }
  | { verb: 'list.page'; from: number }
  /** What its form chose: one of what the list offers, or all; and an order. */
  | { verb: 'list.arrange'; filter: string | null; sort: string | null }
  | { verb: 'ticket.show'; ticketId: string }
  | { verb: 'choice.take'; choice: number }
  | { verb: 'ticket.assign' | 'ticket.undo' | 'ticket.history' | 'card.refresh' }
  | { verb: 'ticket.snooze'; days: number; reason: string }
  | { verb: 'ticket.dismiss'; reason: string }
  | BulkAction
  | TicketAction;

/** Of several customers at once; `from` is where its page begins. */
export type BulkAction =
  | { verb: 'bulk.toggle'; ticketId: string; on: boolean; from: number }
  | { verb: 'bulk.page'; from: number }
  | { verb: 'bulk.show'; ticketId: string }
  | { verb: 'bulk.decline'; reason: string }
  | { verb: 'bulk.ask' | 'bulk.look' | 'bulk.approve' };

/** What moves a ticket on; typed answers are turned into the same. */
export type TicketAction =
  | { verb: 'purchase.quote'; plan: string | null; quantity: string | null; term: string | null }
  | { verb: 'purchase.approve' }
  | { verb: 'purchase.decline'; reason: string }
  | { verb: 'reassignment.confirm'; users: string[] | null }
  | { verb: 'reassignment.retry' | 'reassignment.pick' }
  | { verb: 'reassignment.waive'; users: string[]; reason: string }
  | { verb: 'suspension.confirm' }
  | { verb: 'end.cancel' | 'end.renew' }
  | { verb: 'suspension.skip' | 'suspension.vouch'; reason: string }
  | { verb: 'move.cancel' | 'move.check' | 'dialog.back' }
  | { verb: 'move.giveUp'; reason: string }
  /** `order`: null says that it was not bought, or that the order which was asked about is another one. */
  | { verb: 'move.settle'; order: string | null; reason: string };

export interface Actor {
  key: string;
  tenant: string;
  name: string;
  roles: readonly Role[];
  /** In which language this person reads, as Teams or that person says; absent where nobody did. */
  speaks?: string;
  /** That of the menus of Teams, where this person chose another: its commands are written for this person by Teams. */
  menus?: string;
}

/** Which card each button stands on: a handle of another one does not serve it. */
export const STANDS_ON: { readonly [V in CardAction['verb']]: HandleKind } = {
  help: 'chat',
  'watch.here': 'chat',
  'watch.again': 'chat',
  'watch.stop': 'chat',
  'settings.save': 'chat',
  'list.open': 'chat',
  'list.page': 'list',
  'list.arrange': 'list',
  'list.choose': 'list',
  'ticket.show': 'list',
  'choice.take': 'choice',
  'history.licences': 'held',
  'bulk.toggle': 'bulk',
  'bulk.page': 'bulk',
  'bulk.show': 'bulk',
  'bulk.ask': 'bulk',
  'bulk.look': 'bulk',
  'bulk.approve': 'bulk',
  'bulk.decline': 'bulk',
  'card.refresh': 'shared',
  'ticket.history': 'ticket',
  'ticket.assign': 'ticket',
  'ticket.undo': 'ticket',
  'ticket.snooze': 'ticket',
  'ticket.dismiss': 'ticket',
  'purchase.quote': 'ticket',
  'dialog.back': 'ticket',
  'move.cancel': 'ticket',
  'purchase.approve': 'ticket',
  'purchase.decline': 'ticket',
  'reassignment.confirm': 'ticket',
  'reassignment.retry': 'ticket',
  'reassignment.pick': 'ticket',
  'reassignment.waive': 'ticket',
  'suspension.confirm': 'ticket',
  'suspension.skip': 'ticket',
  'suspension.vouch': 'ticket',
  'end.cancel': 'ticket',
  'end.renew': 'ticket',
  'move.check': 'ticket',
  'move.giveUp': 'ticket',
  'move.settle': 'ticket',
};
/** What is to be done; the work does it, at once where it only stores something. */
export type Intention =
  | { do: 'open'; event: MoveEvent; addPlan: Plan | null }
  | { do: 'openEnd'; to: SetEnd }
  | { do: 'event'; event: MoveEvent; addPlan?: Plan | null }
  /** The card goes where that person reads alone; what is said where that is nowhere. */
  | { do: 'inPerson'; otherwise: Reply }
  | { do: 'mark'; mark: Mark; reason: string; until: string | null; to?: string };

/** `assigned`: to whom `to` says, by person key, else to the one who marks it. `note` and `seen` are written down and change nothing. */
export type Mark = 'assigned' | 'handedBack' | 'snoozed' | 'dismissed' | 'undo' | 'note' | 'seen';

/** A sentence for the one who asked; its words are chosen elsewhere. */
export type Reply =
  | {
      say:
        | 'askingPrice'
        | 'approved'
        | 'declined'
        | 'cancelled'
        | 'cancelledOpen'
        | 'moving'
        | 'suspending'
        | 'left'
        | 'letEnd'
        | 'looking'
        | 'gaveUp'
        | 'settling'
        | 'goesOn'
        | 'back'
        | 'assigned'
        | 'undone'
        | 'dismissed'
        | 'waived'
        | 'vouched'
        | 'vouchInPerson'
        | 'ownVouch'
        | 'endApproved'
        | 'endDeclined'
        | 'endCancelled'
        | 'endLapsed'
        | 'endOwnRequest'
        | 'endNotShown'
        | 'cardInPerson'
        | 'pickInPerson'
        | 'settingEnd'
        | 'upToDate'
        | 'nothingAsked'
        | 'handedBack'
        | 'nobodyHasIt'
        | 'nothingToUndo'
        | 'markClosed'
        | 'noted'
        | 'seen';
    }
  | { say: 'weighing' | 'endNotPossible'; to: SetEnd }
  | { say: 'snoozed'; until: string }
  | { say: 'given'; who: string }
  | { say: 'noteTooLong'; max: number }
  /** `terms`: there are several to choose from. */
  | { say: 'whichPlan'; customer: string; ticketId: string; plans: string[]; terms: boolean }
  /** `term`: null is the usual one. */
  | { say: 'howMany'; plan: string; term: string | null; proposed: number | null; inUse: number | null; minimum: number }
  | { say: 'noPlan'; value: string }
  | { say: 'planNotSold'; value: string }
  /** Which of them was meant is asked with a button for each; `term`: what was written of a term behind them. */
  | { say: 'manyPlans'; value: string; plans: Plan[]; term?: string }
  | { say: 'manyTerms'; value: string; plan: Plan; terms: string[] }
  /** `sold`: the terms that it can be had in. */
  | { say: 'termNotSold'; plan: string; sold: readonly string[] }
  | { say: 'termsUnread'; plan: string }
  /** Only the customer's catalogue can tell. */
  | { say: 'searching'; value: string }
  | { say: 'badPosition'; value: string; max: number }
  | { say: 'badQuantity'; value: string; min: number; max: number }
  | { say: 'badDays'; value: string }
  | { say: 'reasonMissing' }
  | { say: 'badOrder'; value: string }
  | { say: 'noSuchPeople'; value: string }
  /** `people` are all who are meant otherwise too, and those of one name. */
  | { say: 'samePeople'; value: string; same: { id: string; name: string }[]; others: string[] }
  | { say: 'already'; state: Move['state']; who: string; at: string }
  /** `ends`: what would end the move that goes on, so that it can be marked. */
  | { say: 'markNotNow'; mark: 'snooze' | 'dismiss'; ticketId: string; state: Move['state']; who: string; at: string; ends: 'cancel' | 'decline' | null }
  | { say: 'alreadyApproved'; who: string; at: string }
  | { say: 'quoteChanged' | 'lapsed' | 'ownRequest' | 'ownSum' | 'onlyInPerson' | 'approveInPerson' | 'readOnly' | 'dryRun' }
  | { say: 'mayNot'; right: Right }
  | { say: 'notWhileUnclear' }
  | { say: 'boughtAlready' }
  | { say: 'notNow'; state: Move['state'] | 'none' }
  /** Nothing had begun, and nothing is asked any more. */
  | { say: 'leftOff'; customer: string; ticketId: string }
  | { say: 'closed'; how: 'renewed' | 'moved' | 'ended' | 'left' }
  | { say: 'answers'; state: Move['state'] | 'none'; can: Can }
  /** After a no to what only a yes answers. */
  | { say: 'instead'; state: Move['state'] | 'none'; ticketId: string; can: Can }
  | { say: 'askApproval'; customer: string; plan: string; quantity: number; monthly: Money | null; can: Can }
  | { say: 'askPeople'; customer: string; plan: string; movable: number; can: Can }
  | { say: 'askSuspend'; customer: string; plan: string; last: LastStepHere; can: Can }
  | { say: 'askEnd'; customer: string; plan: string; to: SetEnd; day: string; can: Can }
  | { say: 'askCheck'; customer: string; can: Can }
  | { say: 'typedAhead' | 'cardChanged' }
  | { say: 'reading' | 'plansUnread' }
  | { say: 'notUnderstood'; text: string; didYouMean: string | null };

export interface Decision {
  intentions: Intention[];
  reply: Reply | null;
}

export function decided(reply: Reply | null, ...intentions: Intention[]): Decision {
  return { intentions, reply };
}
