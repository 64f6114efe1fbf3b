/** What can be written to the bot, each command once, and text into a command, misreadings included. Pure. */

import { REMIND_DAYS } from '../services/domain/chat.ts';
import type { MarkWord } from '../services/notify/handles.ts';
import type { Right } from '../services/people/roles.ts';
import type { Outcome } from '../services/tickets/costs.ts';
import { beginning, distance } from '../services/text.ts';
import { narrows } from '../services/tickets/arranged.ts';
import { listWords } from './listWords.ts';
import { parseSettings } from './settings.ts';
import { monthIn } from './dates.ts';
import type { Command, WordAlone } from './types.ts';

interface CommandRow {
  right: Right | null;
  /** Its line in the help card; several may share one, and one may have none. */
  help: string | null;
  /** Whether Teams offers it while somebody writes to the bot: always, in person alone, or among several alone. Ten at most in each place. */
  inMenu: boolean | 'inPerson' | 'amongSeveral';
  /** What follows the word, as a command; null where it is none, and so perhaps an answer. */
  parse: (rest: string) => Command | null;
}

const DEFAULT_DAYS = 90;
const MOST_DAYS = 3650;
/** Twenty names of people and more. */
const TEXT_MAX = 1_000;
const SLIP_MAX = 40;

/** Every command, by its word, in the order of the help card. What it does stands in `bot/turns/command.ts`. */
export const COMMANDS = {
  help: { right: null, help: null, inMenu: true, parse: alone('help') },
  expiring: { right: 'see', help: 'expiring', inMenu: true, parse: parseExpiring },
  show: { right: 'see', help: 'show', inMenu: true, parse: about('show') },
  watch: { right: 'watch', help: 'watch', inMenu: true, parse: parseWatch },
  unwatch: { right: 'watch', help: 'unwatch', inMenu: 'amongSeveral', parse: alone('unwatch') },
  watching: { right: 'see', help: 'watching', inMenu: 'amongSeveral', parse: alone('watching') },
  remind: { right: 'watch', help: 'remind', inMenu: false, parse: parseRemind },
  settings: { right: 'watch', help: 'settings', inMenu: false, parse: parseSet },
  move: { right: 'ask', help: 'move', inMenu: true, parse: about('move') },
  history: { right: 'see', help: 'history', inMenu: true, parse: about('history') },
  invite: { right: 'ask', help: 'invite', inMenu: false, parse: parseInvite },
  uninvite: {
    right: 'ask',
    help: 'invite',
    inMenu: false,
    parse: (rest) => (rest === '' ? { command: 'incomplete', of: 'uninvite' } : { command: 'uninvite', what: rest }),
  },
  mine: { right: 'see', help: 'mine', inMenu: 'inPerson', parse: alone('mine') },
  approvals: { right: 'see', help: 'approvals', inMenu: true, parse: alone('approvals') },
  report: { right: 'see', help: 'report', inMenu: false, parse: alone('report') },
  export: { right: 'see', help: 'export', inMenu: false, parse: parseExport },
  snooze: { right: 'ask', help: 'snooze', inMenu: false, parse: marking('snooze') },
  dismiss: { right: 'ask', help: 'dismiss', inMenu: false, parse: marking('dismiss') },
  undo: { right: 'ask', help: 'dismiss', inMenu: false, parse: marking('undo') },
  assign: { right: 'ask', help: 'assign', inMenu: false, parse: marking('assign') },
  'hand-back': { right: 'ask', help: 'assign', inMenu: false, parse: marking('hand-back') },
  note: { right: 'ask', help: 'note', inMenu: false, parse: marking('note') },
  seen: { right: 'ask', help: 'note', inMenu: false, parse: marking('seen') },
  status: { right: 'see', help: 'status', inMenu: true, parse: alone('status') },
  cancel: { right: 'ask', help: 'cancelBack', inMenu: false, parse: alone('cancel') },
  back: { right: 'ask', help: 'cancelBack', inMenu: false, parse: alone('back') },
  'read-only': { right: 'own', help: 'readOnly', inMenu: false, parse: onOff('read-only') },
  'dry-run': { right: 'own', help: 'dryRun', inMenu: false, parse: onOff('dry-run') },
  consent: { right: 'own', help: 'consent', inMenu: 'inPerson', parse: alone('consent') },
} as const satisfies Record<string, CommandRow>;

export type CommandWord = keyof typeof COMMANDS;
export const COMMAND_WORDS = Object.keys(COMMANDS) as CommandWord[];

/** What people begin with. */
const GREETINGS = new Set(['hi', 'hello', 'hey', '?']);
/** And end with. */
const THANKS = /^(?:(?:ok(?:ay)?|great|perfect)[,.!]? )?(?:many )?(?:thanks?|thank you|thx|cheers)(?: (?:a lot|so much|very much|again))?[!. ]*$/i;

/** Case and spaces do not matter. What is no command may be an answer. `text` is what was written, without markup. */
export function parseCommand(text: string): Command {
  if (text.length > TEXT_MAX) return { command: 'tooLong', max: TEXT_MAX };
  const plain = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^read[ -]?only\b/i, 'read-only') // needed in a hurry
    .replace(/^dry[ -]?run\b/i, 'dry-run')
    .replace(/^hand(?:ed)?[ -]?back\b/i, 'hand-back')
    // As the card's buttons call it.
    .replace(/^let (?:it )?go(?: of)?\b/i, 'dismiss')
    .replace(/^wake (?:it )?up\b/i, 'undo')
    .replace(/^(?:what(?:[’']?s| is| are)? (?:ending|expiring)|what (?:ends|expires)|list)\b[?!.]*/i, 'expiring');
  if (plain === '' || GREETINGS.has(plain.toLowerCase())) return { command: 'help' };
  if (THANKS.test(plain)) return { command: 'thanks' };
  const [head = '', ...tail] = plain.split(' ');
  const word = head.toLowerCase().replace(/(?<![!.?])[!.?]+$/, '');
  return (isWord(word) && COMMANDS[word].parse(tail.join(' '))) || answer(plain);
}

/** What somebody must be allowed to do to write it; what is no command is judged by what it leads to. */
export function rightOfCommand({ command }: Command): Right | null {
  return isWord(command) ? COMMANDS[command].right : null;
}

function isWord(word: string): word is CommandWord {
  return Object.hasOwn(COMMANDS, word);
}

/** A word that stands alone; with more behind it it is an answer. */
function alone(command: WordAlone): CommandRow['parse'] {
  return (rest) => (rest === '' ? { command } : null);
}

/** What can be said of the ticket that its writer was shown last. */
const OF_THE_LAST: ReadonlySet<MarkWord> = new Set(['undo', 'hand-back', 'seen']);

/** Of a customer or a ticket, and what belongs to it. */
function marking(command: MarkWord): CommandRow['parse'] {
  return (rest) => (rest === '' && !OF_THE_LAST.has(command) ? { command: 'incomplete', of: command } : { command, what: rest });
}

/** Of a customer or a ticket. */
function about(command: 'show' | 'move' | 'history'): CommandRow['parse'] {
  return (rest) => (rest === '' ? { command: 'incomplete', of: command } : { command, what: rest });
}

function parseWatch(rest: string): Command {
  return { command: 'watch', what: rest === '' || /^(all|everything|here)$/i.test(rest) ? null : rest };
}

/** `remind`, `remind off`, `remind 30 7`; days that are none of ours are asked about. */
function parseRemind(rest: string): Command {
  if (rest === '') return { command: 'remind', days: null };
  if (/^(off|never|none)$/i.test(rest)) return { command: 'remind', days: [] };
  const days = rest.split(/[ ,]+/).map((word) => (/^\d{1,2}$/.test(word) ? Number(word) : 0));
  if (!days.every((day) => REMIND_DAYS.includes(day))) return { command: 'incomplete', of: 'remind' };
  return { command: 'remind', days: REMIND_DAYS.filter((day) => days.includes(day)) };
}

/** `settings`, `settings quiet 18-8`. */
function parseSet(rest: string): Command {
  const set = rest === '' ? null : parseSettings(rest);
  return rest !== '' && set === null ? { command: 'incomplete', of: 'settings' } : { command: 'settings', set };
}

const THROUGH = ' through '.length;

/** `invite adatum`, `invite adatum through relecloud`. */
function parseInvite(rest: string): Command {
  const at = [...rest.matchAll(/ through /gi)].at(-1)?.index ?? 0;
  const named = at > 0 && at + THROUGH < rest.length;
  const [company, through] = named ? [rest.slice(0, at), rest.slice(at + THROUGH)] : [rest, null];
  return company === '' ? { command: 'incomplete', of: 'invite' } : { command: 'invite', what: company, through };
}

function onOff(command: 'read-only' | 'dry-run'): (rest: string) => Command {
  return (rest) => (/^(on|off)$/i.test(rest) ? { command, on: rest.toLowerCase() === 'on' } : { command: 'incomplete', of: command });
}

/** `export`, `export record`, `export decisions json`, in either order. */
function parseExport(rest: string): Command {
  const words = rest.toLowerCase().split(' ').filter(Boolean);
  const isOf = <T extends string>(all: readonly T[]) => words.filter((word): word is T => all.includes(word as T));
  const [whats, formats] = [isOf(EXPORTABLE), isOf(FORMATS)];
  if (whats.length + formats.length < words.length || whats.length > 1 || formats.length > 1) return { command: 'incomplete', of: 'export' };
  return { command: 'export', what: whats[0] ?? 'tickets', format: formats[0] ?? 'csv' };
}

const EXPORTABLE = ['tickets', 'decisions', 'record'] as const;
const FORMATS = ['csv', 'json'] as const;

/**
 * `expiring`, `expiring 30`, `expiring contoso`, `expiring 30 contoso`; a number is one of days where it stands alone: customers are called 3M.
 * `expiring est`, `ends`, `renews`, before or after the days: a key word goes before a name. A month stands in place of the days, before a name or after it.
 * `expiring stuck`, `expiring by money`: see `listWords.ts`.
 */
function parseExpiring(text: string): Command {
  const { month: said, rest } = monthIn(text);
  const words = rest.split(' ');
  const at = [0, 1, 2].find((n) => OUTCOME_WORDS.has((words[n] ?? '').toLowerCase()) && DAYS_ALONE.test(words.slice(0, n).join(' ')));
  const outcome = at === undefined ? null : ((words[at] ?? '').toLowerCase() as Outcome);
  const known = at === undefined ? rest : words.toSpliced(at, 1).join(' ');
  const { month, rest: plain } = said ? { month: said, rest: known } : monthIn(known);
  const match = DAYS.exec(plain);
  const whole = plain.slice(match?.[0].length ?? 0).trim();
  const { how, rest: name } = listWords(whole);
  // Who asks for what is stuck asks for all of it.
  const usual = narrows(how) ? MOST_DAYS : DEFAULT_DAYS;
  const days = Math.min(MOST_DAYS, Math.max(1, match ? Number(match[1]) : usual));
  const arrange = Object.keys(how).length > 0 ? { arrange: how, ...(name !== '' ? { whole } : {}) } : {};
  return { command: 'expiring', days, customer: name || null, ...(outcome ? { outcome } : {}), ...(month ? { month } : {}), ...arrange };
}

const DAYS = /^(\d{1,5})(?: ?days?)?(?= |$)/i;
const DAYS_ALONE = /^(?:\d{1,5}(?: ?days?)?)?$/i;
const OUTCOME_WORDS: ReadonlySet<string> = new Set(['est', 'ends', 'renews'] satisfies Outcome[]);

/** Too like what people say by the way: “fine”, “not”, “been”. */
const NO_SLIPS: ReadonlySet<string> = new Set(['mine', 'note', 'seen', 'undo'] satisfies CommandWord[]);

function answer(text: string): Command {
  const head = beginning(text.split(' ')[0] ?? '', SLIP_MAX).toLowerCase();
  const near = COMMAND_WORDS.filter((word) => !NO_SLIPS.has(word))
    .map((word) => ({ word, far: distance(head, word) }))
    .sort((a, b) => a.far - b.far)[0];
  const close = near !== undefined && near.far > 0 && near.far <= (near.word.length > 4 ? 2 : 1) && head.length > 2;
  return { command: 'answer', text, didYouMean: close ? near.word + text.slice(head.length) : null };
}
