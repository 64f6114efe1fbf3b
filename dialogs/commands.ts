/** Text into a command, misreadings included. Pure. */
import { beginning, distance } from '../services/text.ts';
import type { Command } from './types.ts';

/** First words of all commands. */
export const VERBS = [
  'help',
  'expiring',
  'show',
  'watch',
  'unwatch',
  'watching',
  'move',
  'history',
  'approvals',
  'status',
  'cancel',
  'back',
  'read-only',
  'consent',
] as const;
type Verb = (typeof VERBS)[number];

const DEFAULT_DAYS = 90;
const MOST_DAYS = 3650;
/** Twenty names of people and more. */
const TEXT_MAX = 1_000;
const SLIP_MAX = 40;

/** Case and spaces do not ticket. What is no command may be an answer. `text` is what was written, without markup. */
export function parseCommand(text: string): Command {
  if (text.length > TEXT_MAX) return { command: 'tooLong', max: TEXT_MAX };
  const plain = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^read[ -]?only\b/i, 'read-only'); // needed in a hurry
  if (plain === '') return { command: 'help' };
  const [head = '', ...tail] = plain.split(' ');
  const rest = tail.join(' ');
  const verb = head.toLowerCase().replace(/(?<![!.?])[!.?]+$/, '');
  switch (verb as Verb) {
    case 'help':
    case 'unwatch':
    case 'watching':
    case 'approvals':
    case 'status':
    case 'consent':
      return rest === '' ? { command: verb as 'help' } : answer(plain);
    case 'cancel':
    case 'back':
      return rest === '' ? { command: verb as 'cancel' } : answer(plain);
    case 'read-only':
      return /^(on|off)$/i.test(rest) ? { command: 'readOnly', on: rest.toLowerCase() === 'on' } : { command: 'incomplete', of: 'read-only' };
    case 'expiring':
      return parseExpiring(rest);
    case 'watch':
      return { command: 'watch', what: rest === '' || /^(all|everything|here)$/i.test(rest) ? null : rest };
    case 'show':
    case 'move':
    case 'history':
      return rest === '' ? { command: 'incomplete', of: verb as 'show' } : { command: verb as 'show', what: rest };
    default:
      return ['hi', 'hello', 'hey', '?'].includes(plain.toLowerCase()) ? { command: 'help' } : answer(plain);
  }
}

/** `expiring`, `expiring 30`, `expiring contoso`, `expiring 30 contoso`; a number is one of days where it stands alone: customers are called 3M. */
function parseExpiring(rest: string): Command {
  const match = /^(\d{1,5})(?: ?days?)?(?= |$)/i.exec(rest);
  const days = match ? Number(match[1]) : DEFAULT_DAYS;
  return { command: 'expiring', days: Math.min(MOST_DAYS, Math.max(1, days)), customer: rest.slice(match?.[0].length ?? 0).trim() || null };
}

function answer(text: string): Command {
  const head = beginning(text.split(' ')[0] ?? '', SLIP_MAX).toLowerCase();
  const near = VERBS.map((verb) => ({ verb, far: distance(head, verb) })).sort((a, b) => a.far - b.far)[0];
  const close = near !== undefined && near.far > 0 && near.far <= (near.verb.length > 4 ? 2 : 1) && head.length > 2;
  return { command: 'answer', text, didYouMean: close ? near.verb + text.slice(head.length) : null };
}
