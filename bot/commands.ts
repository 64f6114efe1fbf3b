/** Text into a command, misreadings included. Pure. */
import { beginning } from '../services/text.ts';
import type { Command } from '../dialogs/dialogs.ts';

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

/** Case and spaces do not matter. What is no command may be an answer. `text` is what was written, without markup. */
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

/** How many letters must be added, taken, changed or swapped with their neighbour. */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : change;
      (rows[i] as number[])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swapped);
    }
  }
  return at(a.length, b.length);
}
