/** One thing a person did, from text or button to what is said back. Knows nothing of botbuilder. */
import { type Drawn, helpCard } from '../cards/chat.ts';
import { nameText } from '../cards/harmless.ts';
import type { Words } from '../cards/text/en.ts';
import { type Actor, type Command, type Reply, RIGHT_OF_COMMAND } from '../dialogs/dialogs.ts';
import type { Activity } from '../services/activity.ts';
import type { Chat } from '../services/domain.ts';
import { type Directory, namesOf, rolesOfKey } from '../services/people/people.ts';
import { may } from '../services/people/roles.ts';
import { setSwitch } from '../services/readOnly.ts';
import type { Log } from '../services/worker.ts';
import { about } from './about.ts';
import { parseCommand } from './commands.ts';
import type { Looking } from './look.ts';
import { approvals, expiring } from './lists.ts';
import { type Mention, plainText } from './plainText.ts';
import { status } from './status.ts';
import { replyText } from './replies.ts';
import { onTyped } from './typed.ts';
import { unwatch, watch, watchingNow } from './watching.ts';

export interface Turning extends Looking {
  words: Words;
  log: Log;
  directory: Directory;
  /** READ_ONLY=on: no switch opens it. */
  readOnlySetting: boolean;
  /** How long Teams waits for an answer at most, in milliseconds. */
  patienceMs: number;
  /** How far Teams' clock is ahead of ours, in milliseconds, as its last answer told. */
  aheadMs?(): number;
  /** Writes down what this process has done today. */
  noteCounts(): Promise<void>;
  /** A one-time link to the page where the account for Partner Center signs in; null where none is needed. */
  consentLink: ((by: string) => Promise<{ link: string; minutes: number }>) | null;
}

export interface Seen {
  chat: Chat;
  /** The conversation as it came, the thread of a channel included. */
  thread: string;
  /** It was written below an earlier message of a channel. */
  below: boolean;
  /** The message that it quotes. */
  quoted: string | null;
  actor: Actor;
  activity: Activity;
}

/** What goes back: messages for all, a line for the presser alone, or a new face of the pressed card. */
export interface Back {
  say: (string | Drawn)[];
  privately?: string;
  edit?: Drawn;
  /** Where the edited card stands, as Teams said when it was sent. */
  editAt?: string;
  /** What is asked by what is said: once that stands in the chat, an answer is to it. */
  /** What is said asks which one was meant, so that nothing has been done. */
  which?: true;
  asks?: { thread: string; person: string; matter: { customerId: string; ticket: string }; asked: number };
}

/** What was typed. Of people without a role not a letter is read. */
export async function onText(deps: Turning, seen: Seen, text: string, mentions: readonly Mention[] = []): Promise<Back> {
  if (seen.actor.roles.length > 0) return onCommand(deps, seen, parseCommand(plainText(text, mentions)));
  return seen.chat.kind === 'personal' ? { say: [helpFor(deps, seen.actor)] } : said(deps.words.replies.mayNotHere());
}

export async function onCommand(deps: Turning, seen: Seen, command: Command): Promise<Back> {
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

/** The actor with the roles of this moment, for what spends or takes away. */
export async function freshActor(deps: Turning, actor: Actor): Promise<Actor> {
  return { ...actor, roles: await rolesOfKey(deps.store, deps.directory, actor.key) };
}

/** Only what this person may do. */
export function helpFor(deps: Turning, actor: Actor): Drawn {
  const kinds = Object.entries(RIGHT_OF_COMMAND);
  const can = (command: string) => {
    const right = kinds.find(([kind]) => kind.toLowerCase() === command.replace('-', ''))?.[1];
    return !right || may(actor.roles, right);
  };
  return helpCard(can, deps.words);
}

async function switchReadOnly(deps: Turning, seen: Seen, on: boolean): Promise<Back> {
  if (deps.readOnlySetting) return said(deps.words.replies.readOnlyByOperator());
  const actor = await freshActor(deps, seen.actor);
  if (!may(actor.roles, 'own')) return spoken(deps, seen, { say: 'mayNot', right: 'own' });
  const at = deps.clock.now().toISOString();
  const stands = await setSwitch(deps.store, { on, by: actor.key, at }, seen.activity);
  if (stands.at === at) deps.log.warn({ on, by: actor.key }, 'the read-only switch was set');
  const names = await namesOf(deps.store, [stands.by]);
  return said(deps.words.replies.readOnlyNow({ who: nameText(names[stands.by] ?? actor.name), on: stands.on }));
}

/** The link is for one person alone. */
async function consent(deps: Turning, seen: Seen): Promise<Back> {
  if (!deps.consentLink) return said(deps.words.replies.consentNotHere());
  if (seen.chat.kind !== 'personal') return said(deps.words.replies.consentInPerson());
  const actor = await freshActor(deps, seen.actor);
  if (!may(actor.roles, 'own')) return spoken(deps, seen, { say: 'mayNot', right: 'own' });
  return said(deps.words.replies.consent(await deps.consentLink(actor.key)));
}

export function said(text: string): Back {
  return { say: [text] };
}

/** What the thread's lines tell everybody anyway. */
const TOLD: ReadonlySet<Reply['say']> = new Set(['approved', 'declined', 'cancelled', 'cancelledOpen', 'left', 'waived', 'gaveUp']);

/** What the thread does not tell is answered; a refusal that concerns one person alone is neutral where others read along. */
export function spoken(deps: Turning, seen: Seen, reply: Reply | null): Back {
  if (reply === null || TOLD.has(reply.say)) return { say: [] };
  const personal = reply.say === 'mayNot' || reply.say === 'ownRequest';
  return said(personal && seen.chat.kind !== 'personal' ? deps.words.replies.mayNotHere() : replyText(deps.words, reply));
}
