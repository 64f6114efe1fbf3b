/** Every wake-up: where to look, never what is true. Its text in a queue is written and read here alone. Pure. */
import type { QueueName } from './queue.ts';

export type SweepWakeUp =
  | { queue: 'sweep'; what: 'listCustomers' }
  /** Whether every customer has been polled once. */
  | { queue: 'sweep'; what: 'baseline' }
  /** The activity log. */
  | { queue: 'sweep'; what: 'activity' }
  /** The analytics of what stops renewing. */
  | { queue: 'sweep'; what: 'stopping' }
  /** A customer's own message, which renews itself; `generation` says which one is the customer's, `dueAtMs` when it was to be looked at. */
  | { queue: 'sweep'; what: 'poll'; customerId: string; generation: string; dueAtMs: number }
  /** A poll that an event asked for; it does not renew itself. */
  | { queue: 'sweep'; what: 'event'; customerId: string; generation: string };

/** What a customer's offers and plans are called in other languages; `tries`: how often some could not be read by now. */
export type NamesWakeUp = { queue: 'sweep'; what: 'names'; customerId: string; tries: number };

/** What is done once a day beside the watch. */
export type DailyWakeUp = { queue: 'sweep'; what: 'anchor' } | { queue: 'sweep'; what: 'retention' };

export type NotifyWakeUp =
  /** A customer's outbox goes to the inboxes of chats. */
  | { queue: 'notify'; what: 'fanOut'; customerId: string }
  /** A chat's inbox is said. */
  | { queue: 'notify'; what: 'chat'; chat: string }
  /** The first list of all that had stopped before. */
  | { queue: 'notify'; what: 'digest' }
  /** What comes to chats by the clock. */
  | { queue: 'notify'; what: 'hours' };

export type MoveWakeUp =
  | { queue: 'move'; what: 'move'; customerId: string; subscriptionId: string }
  /** What a ticket's card still lacks; `tries`: how often it could not be read by now. */
  | { queue: 'move'; what: 'facts'; customerId: string; ticketId: string; tries: number };

/** What a turn could not know from storage; `key` is its row in the chat. */
export type LateAnswerWakeUp = { queue: 'move'; what: 'lateAnswer'; chat: string; key: string };

/** What is to be asked or said about companies that were invited. */
export type InvitationsWakeUp = { queue: 'move'; what: 'invitations' };

/** A move of several customers at once; `key` is its row. */
export type BulkWakeUp = { queue: 'move'; what: 'bulk'; key: string };

export type WakeUp = SweepWakeUp | NamesWakeUp | DailyWakeUp | NotifyWakeUp | MoveWakeUp | LateAnswerWakeUp | InvitationsWakeUp | BulkWakeUp;
export type WakeUpOf<Q extends QueueName> = Extract<WakeUp, { queue: Q }>;

/** The words of a wake-up's text: its kind, then its fields. */
export function textOf(wakeUp: WakeUp): string {
  switch (wakeUp.what) {
    case 'poll':
      return joined(wakeUp.what, wakeUp.customerId, wakeUp.generation, String(Math.round(wakeUp.dueAtMs)));
    case 'event':
      return joined(wakeUp.what, wakeUp.customerId, wakeUp.generation);
    case 'names':
      return joined(wakeUp.what, wakeUp.customerId, String(wakeUp.tries));
    case 'fanOut':
      return joined(wakeUp.what, wakeUp.customerId);
    case 'chat':
      return joined(wakeUp.what, wakeUp.chat);
    case 'move':
      return joined(wakeUp.what, wakeUp.customerId, wakeUp.subscriptionId);
    case 'facts':
      return joined(wakeUp.what, wakeUp.customerId, wakeUp.ticketId, String(wakeUp.tries));
    case 'lateAnswer':
      return joined(wakeUp.what, wakeUp.chat, wakeUp.key);
    case 'bulk':
      return joined(wakeUp.what, wakeUp.key);
    default:
      return wakeUp.what;
  }
}

/** The wake-up of a text; null for one without a meaning. */
export function readWakeUp(queue: QueueName, text: string): WakeUp | null {
  const [what = '', ...fields] = text.split(' ');
  const wakeUp = readFields(what, fields);
  // Only what is written exactly so was written here.
  return wakeUp?.queue === queue && textOf(wakeUp) === text && fields.every((field) => field !== '') ? wakeUp : null;
}

function readFields(what: string, [first = '', second = '', third = '']: string[]): WakeUp | null {
  switch (what) {
    case 'listCustomers':
    case 'baseline':
    case 'activity':
    case 'stopping':
    case 'anchor':
    case 'retention':
      return { queue: 'sweep', what };
    case 'poll':
      return /^\d{1,15}$/.test(third) ? { queue: 'sweep', what, customerId: first, generation: second, dueAtMs: Number(third) } : null;
    case 'event':
      return { queue: 'sweep', what, customerId: first, generation: second };
    case 'names':
      return /^\d{1,2}$/.test(second) ? { queue: 'sweep', what, customerId: first, tries: Number(second) } : null;
    case 'fanOut':
      return { queue: 'notify', what, customerId: first };
    case 'chat':
      return { queue: 'notify', what, chat: first };
    case 'digest':
    case 'hours':
      return { queue: 'notify', what };
    case 'invitations':
      return { queue: 'move', what };
    case 'move':
      return { queue: 'move', what, customerId: first, subscriptionId: second };
    case 'facts':
      return /^\d{1,2}$/.test(third) ? { queue: 'move', what, customerId: first, ticketId: second, tries: Number(third) } : null;
    case 'lateAnswer':
      return { queue: 'move', what, chat: first, key: second };
    case 'bulk':
      return { queue: 'move', what, key: first };
    default:
      return null;
  }
}

function joined(...words: string[]): string {
  return words.join(' ');
}
