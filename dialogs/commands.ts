/** What can be written to the bot, each command once, and text into a command, misreadings included. Pure. */

import { REMIND_DAYS } from '../services/domain/chat.ts';
import type { Exported } from '../services/export/grants.ts';
import type { MarkWord } from '../services/notify/handles.ts';
import type { Right } from '../services/people/roles.ts';
import { beginning, distance } from '../services/text.ts';
import type { Outcome } from '../services/tickets/costs.ts';
import { narrows } from '../services/tickets/arranged.ts';
import { monthIn } from './dates.ts';
import { listWords } from './listWords.ts';
import { parseSettings } from './settings.ts';
import { english } from './spoken/en.ts';
import { after, folded, isWhole, sourceOf, which } from './spoken/match.ts';
import type { CommandWord, Spoken, WordAlone } from './spoken/spoken.ts';
import type { Command } from './types.ts';

interface CommandRow {
  right: Right | null;
  /** Its line in the help card; several may share one, and one may have none. */
  help: string | null;
  /** Whether Teams offers it while somebody writes to the bot: always, in person alone, or among several alone. Ten at most in each place. */
  inMenu: boolean | 'inPerson' | 'amongSeveral';
  /** What follows the word, as a command; null where it is none, and so perhaps an answer. */
  parse: (rest: string, said: Spoken) => Command | null;
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
} as const satisfies Record<CommandWord, CommandRow>;

export const COMMAND_WORDS = Object.keys(COMMANDS) as CommandWord[];

/** English is understood everywhere. */
const ALONE: readonly Spoken[] = [english];

/**
 * Case, accents and spaces do not matter. What is no command may be an answer. `text` is what was written, without markup; it is read in
 * each of the languages in their order, and what is whole in one goes before what lacks something in another.
 */
export function parseCommand(text: string, languages: readonly Spoken[] = ALONE): Command {
  if (text.length > TEXT_MAX) return { command: 'tooLong', max: TEXT_MAX };
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain === '' || plain === '?') return { command: 'help' };
  const found = languages.flatMap((said) => commandIn(plain, said) ?? []);
  return found.find((one) => one.command !== 'incomplete') ?? found[0] ?? answer(plain, languages);
}

function commandIn(plain: string, said: Spoken): Command | null {
  if (isWhole(plain, said.greetings)) return { command: 'help' };
  if (isThanks(plain, said)) return { command: 'thanks' };
  for (const word of COMMAND_WORDS) {
    const rest = after(plain, said.commands[word], BEHIND_WORD);
    const command = rest === null ? null : COMMANDS[word].parse(rest, said);
    if (command) return command;
  }
  return null;
}

/** A word may be called out, or asked. */
const BEHIND_WORD = '[!.?]*(?: |$)';

/** `ok, many thanks again!` */
function isThanks(plain: string, { thanks: { before, words, behind } }: Spoken): boolean {
  const led = `(?:${sourceOf(before)}[,.!]? )?`;
  return new RegExp(`^${led}${sourceOf(words)}(?: ${sourceOf(behind)})?[!. ]*$`).test(folded(plain));
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

function parseWatch(rest: string, { everything }: Spoken): Command {
  return { command: 'watch', what: rest === '' || isWhole(rest, everything) ? null : rest };
}

/** `remind`, `remind off`, `remind 30 7`; days that are none of ours are asked about. */
function parseRemind(rest: string, { none }: Spoken): Command {
  if (rest === '') return { command: 'remind', days: null };
  if (isWhole(rest, none)) return { command: 'remind', days: [] };
  const days = rest.split(/[ ,]+/).map((word) => (/^\d{1,2}$/.test(word) ? Number(word) : 0));
  if (!days.every((day) => REMIND_DAYS.includes(day))) return { command: 'incomplete', of: 'remind' };
  return { command: 'remind', days: REMIND_DAYS.filter((day) => days.includes(day)) };
}

/** `settings`, `settings quiet 18-8`. */
function parseSet(rest: string, said: Spoken): Command {
  const set = rest === '' ? null : parseSettings(rest, said);
  return rest !== '' && set === null ? { command: 'incomplete', of: 'settings' } : { command: 'settings', set };
}

/** `invite adatum`, `invite adatum through relecloud`. */
function parseInvite(rest: string, { through: words }: Spoken): Command {
  const at = [...folded(rest).matchAll(new RegExp(` ${sourceOf(words)} `, 'g'))].at(-1);
  const named = at !== undefined && at.index + at[0].length < rest.length;
  const [company, through] = named ? [rest.slice(0, at.index), rest.slice(at.index + at[0].length)] : [rest, null];
  return company === '' ? { command: 'incomplete', of: 'invite' } : { command: 'invite', what: company, through };
}

function onOff(command: 'read-only' | 'dry-run'): CommandRow['parse'] {
  return (rest, { on, off }) => {
    const isOn = isWhole(rest, on);
    return isOn || isWhole(rest, off) ? { command, on: isOn } : { command: 'incomplete', of: command };
  };
}

/** `export`, `export record`, `export decisions json`, in either order. */
function parseExport(rest: string, { exports: named }: Spoken): Command {
  const words = rest.split(' ').filter(Boolean);
  const formats = FORMATS.filter((format) => words.some((word) => word.toLowerCase() === format));
  const others = words.filter((word) => !FORMATS.some((format) => format === word.toLowerCase()));
  const what = others.length === 0 ? 'tickets' : which<Exported>(others.join(' '), named);
  if (what === null || formats.length > 1 || words.length - others.length > 1) return { command: 'incomplete', of: 'export' };
  return { command: 'export', what, format: formats[0] ?? 'csv' };
}

const FORMATS = ['csv', 'json'] as const;

/**
 * `expiring`, `expiring 30`, `expiring contoso`, `expiring 30 contoso`; a number is one of days where it stands alone: customers are called 3M.
 * `expiring est`, `ends`, `renews`, before or after the days: a key word goes before a name. A month stands in place of the days, before a name or after it.
 * `expiring stuck`, `expiring by money`: see `listWords.ts`.
 */
function parseExpiring(text: string, said: Spoken): Command {
  const { month: first, rest } = monthIn(text, said.time);
  const { outcome, rest: known } = outcomeIn(rest, said);
  const { month, rest: plain } = first ? { month: first, rest: known } : monthIn(known, said.time);
  const span = daysOf(plain, said);
  const whole = span.rest;
  const { how, rest: name } = listWords(whole, said.list);
  // Who asks for what is stuck asks for all of it.
  const usual = narrows(how) ? MOST_DAYS : DEFAULT_DAYS;
  const days = Math.min(MOST_DAYS, Math.max(1, span.days ?? usual));
  const arrange = Object.keys(how).length > 0 ? { arrange: how, ...(name !== '' ? { whole } : {}) } : {};
  return { command: 'expiring', days, customer: name || null, ...(outcome ? { outcome } : {}), ...(month ? { month } : {}), ...arrange };
}

/** What of the outcomes is asked for, in front of a name, or behind the days. */
function outcomeIn(text: string, said: Spoken): { outcome: Outcome | null; rest: string } {
  for (const outcome of OUTCOMES_ASKED) {
    const words = sourceOf(said.list.outcomes[outcome]);
    const match = new RegExp(`^(\\d{1,5}(?: ?${sourceOf(said.time.days)})? )?${words}(?= |$)`).exec(folded(text));
    if (match) return { outcome, rest: `${text.slice(0, match[1]?.length ?? 0)}${text.slice(match[0].length)}`.replace(/ +/g, ' ').trim() };
  }
  return { outcome: null, rest: text };
}

const OUTCOMES_ASKED = ['est', 'ends', 'renews'] as const satisfies readonly Outcome[];

/** Days in front of a name. */
function daysOf(text: string, { time }: Spoken): { days: number | null; rest: string } {
  const match = new RegExp(`^(\\d{1,5})(?: ?${sourceOf(time.days)})?(?= |$)`).exec(folded(text));
  return { days: match ? Number(match[1]) : null, rest: text.slice(match?.[0].length ?? 0).trim() };
}

/** Only English is read for slips of short words: it was tried on what people say by the way. */
const SLIP_LETTERS = 6;

function answer(text: string, languages: readonly Spoken[]): Command {
  const head = beginning(text.split(' ')[0] ?? '', SLIP_MAX);
  const near = languages.flatMap((said) => namesOf(said).map((word) => ({ word, far: distance(folded(head), folded(word)) }))).sort((a, b) => a.far - b.far)[0];
  const close = near !== undefined && near.far > 0 && near.far <= (near.word.length > 4 ? 2 : 1) && head.length > 2;
  return { command: 'answer', text, didYouMean: close ? near.word + text.slice(head.length) : null };
}

/** Commands of one word. */
function namesOf(said: Spoken): string[] {
  const words = COMMAND_WORDS.filter((word) => !said.noSlips.includes(word)).flatMap((word) => said.commands[word][0] ?? []);
  return words.filter((word) => !word.includes(' ') && (said === english || word.length >= SLIP_LETTERS));
}
