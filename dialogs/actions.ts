/** What a card sent, into an action; a card's data is held by the client, so nothing in it is believed. Pure. */
import { beginning } from '../services/text.ts';
import { settingsIn } from './settings.ts';
import type { CardAction } from './types.ts';

const REASON_MAX = 500;
const USERS_MAX = 60;

const TEXT_MAX = 4_000;
const NUMBER_MAX = 1_000_000_000;
/** Everything that any of our cards sends; a button brings the inputs of its whole card. */
const SETTINGS = ['zone', 'language', 'digest', 'hour', 'report', 'reportHour', 'quietFrom', 'quietTo', 'remind', 'within', 'least', 'leaveOut', 'except'];
const INPUTS = new Set([
  ...SETTINGS,
  'id',
  'v',
  'verb',
  'filter',
  'from',
  'ticketId',
  'days',
  'reason',
  'plan',
  'quantity',
  'term',
  'users',
  'order',
  'choice',
  'sort',
  'msteams',
]);

/** The action; null when the verb is not ours; `bad` when no card of ours sends such data. Missing inputs become null: an emptied number field is absent. */
export function parseAction(verb: string, data: Record<string, unknown>): CardAction | 'bad' | null {
  if (!Object.entries(data).every(([name, value]) => INPUTS.has(name) && (name === 'msteams' || isInput(value)))) return 'bad';
  if (!isCount(data.v ?? 0) || !isCount(data.from ?? 0) || !isCount(data.choice ?? 0)) return 'bad';
  const reason = beginning(text(data.reason) ?? '', REASON_MAX);
  switch (verb) {
    case 'watch.here':
      return { verb, filter: text(data.filter) };
    case 'settings.save': {
      const set = settingsIn((name) => text(data[name]));
      return set ? { verb, set } : 'bad';
    }
    case 'list.page':
    case 'history.licences':
      return { verb, from: Number(data.from ?? 0) };
    case 'list.arrange':
      return { verb, filter: text(data.filter), sort: text(data.sort) };
    case 'choice.take':
      return { verb, choice: Number(data.choice ?? 0) };
    case 'bulk.page':
      return { verb, from: Number(data.from ?? 0) };
    case 'bulk.toggle':
      return { verb, ticketId: text(data.ticketId) ?? '', on: data.choice === 1, from: Number(data.from ?? 0) };
    case 'ticket.show':
    case 'bulk.show':
      return { verb, ticketId: text(data.ticketId) ?? '' };
    case 'ticket.snooze':
      return { verb, days: Number(text(data.days) ?? 7), reason };
    case 'purchase.quote':
      return { verb, plan: text(data.plan), quantity: text(data.quantity), term: text(data.term) };
    case 'reassignment.waive':
      return { verb, users: text(data.users)?.split(',').slice(0, USERS_MAX) ?? [], reason };
    case 'reassignment.confirm':
      return { verb, users: text(data.users)?.split(',').slice(0, USERS_MAX) ?? null };
    case 'move.settle':
      return { verb, order: text(data.order), reason };
    case 'ticket.dismiss':
    case 'purchase.decline':
    case 'bulk.decline':
    case 'suspension.skip':
    case 'suspension.vouch':
    case 'move.giveUp':
      return { verb, reason };
    case 'watch.again':
    case 'watch.stop':
    case 'help':
    case 'list.open':
    case 'list.choose':
    case 'bulk.ask':
    case 'bulk.look':
    case 'bulk.approve':
    case 'ticket.assign':
    case 'ticket.undo':
    case 'ticket.history':
    case 'card.refresh':
    case 'purchase.approve':
    case 'reassignment.retry':
    case 'reassignment.pick':
    case 'suspension.confirm':
    case 'end.cancel':
    case 'end.renew':
    case 'move.cancel':
    case 'move.check':
    case 'dialog.back':
      return { verb };
    default:
      return null;
  }
}

/** Text or a number, of a length and size that a form can hold. */
function isInput(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.length <= TEXT_MAX;
  return typeof value === 'number' && Math.abs(value) <= NUMBER_MAX;
}

/** A position or a version: a whole number from 0. */
function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}
