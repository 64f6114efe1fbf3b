/** One thing a person does: what it may use, who does it where, and what goes back. */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import type { Words } from '../../cards/text/words.ts';
import type { Spoken } from '../../dialogs/spoken/spoken.ts';
import type { Actor } from '../../dialogs/types.ts';
import type { Activity } from '../../services/domain/activity.ts';
import { languageOf } from '../../services/domain/language.ts';
import { UTC, zoneOf } from '../../services/domain/settings.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import type { Log } from '../../services/log.ts';
import { type Directory, rolesOfKey } from '../../services/people/people.ts';
import { type Languages, spokenIn, wordsOf } from '../languages.ts';
import type { Exports } from './exportFile.ts';
import type { Mention } from './plainText.ts';
import type { ResolveDeps } from './resolve.ts';

/** In which words somebody is spoken to, and understood. */
export interface Speaking {
  languages: Languages;
  /** Of a reply: those of whoever asked. */
  words: Words;
  /** Of a card: those of its chat. */
  chatWords: Words;
  /** What is typed is read in these, in their order. */
  spoken: readonly Spoken[];
}

export interface TurnDeps extends ResolveDeps, Speaking {
  log: Log;
  directory: Directory;
  /** READ_ONLY=on: no switch opens it. */
  readOnlySetting: boolean;
  /** How long Teams waits for an answer at most, in milliseconds. */
  patienceMs: number;
  /** How far Teams' clock is ahead of ours, in milliseconds, as its last answer told. */
  clockSkewMs?(): number;
  /** Writes down what this process has done today. */
  noteCounts(): Promise<void>;
  exports: Exports;
  /** Cards where several read along have a view for each of some readers. */
  views?: boolean;
  /** A one-time link to the page where the account for Partner Center signs in; null where none is needed. */
  consentLink: ((by: string) => Promise<{ link: string; minutes: number }>) | null;
}

/** Who says or presses what, and where. */
export interface Turn {
  chat: Chat;
  /** The conversation as it came, the thread of a channel included. */
  thread: string;
  /** It was written below an earlier message of a channel. */
  below: boolean;
  /** The message that it quotes. */
  quoted: string | null;
  actor: Actor;
  activity: Activity;
  /** The people whom it mentions, and who one of them is; null where Teams does not say. */
  mentioned?: readonly Mention[];
  memberOf?: (mention: Mention) => Promise<Member | null>;
}

/** A member of the chat, by Entra's id. */
export interface Member {
  objectId: string;
  name: string;
}

/** What goes back: messages for all, a line for the presser alone, or a new face of the pressed card. */
export interface TurnResult {
  say: (string | RenderedCard)[];
  privately?: string;
  edit?: RenderedCard;
  /** Where the edited card stands, as Teams said when it was sent. */
  editAt?: string;
  /** What is said asks which one was meant, so that nothing has been done. */
  which?: true;
  /** A file that is offered to the one person who is here. */
  offer?: { name: string; description: string; sizeInBytes: number; token: string };
  /** A file that lies in that person's OneDrive now. */
  given?: { contentUrl: string; uniqueId: string; fileType: string; name: string };
  /** What stands in place of a message that offered a file. */
  over?: { id: string; text: string };
  /** What is asked by what is said: once that stands in the chat, an answer is to it. */
  asks?: { thread: string; person: string; ticketRef: { customerId: string; ticketId: string }; asked: number };
}

/** Of nobody yet: English. */
export function speakingOf(languages: Languages): Speaking {
  const words = wordsOf(languages, undefined, UTC);
  return { languages, words, chatWords: words, spoken: spokenIn(languages) };
}

/** The same, with words that tell the time by the chat's clock: cards in the chat's language, replies in that of whoever asked. */
export function heardIn<D extends Speaking>(deps: D, chat: Pick<Chat, 'kind' | 'settings' | 'locale'>, asker: Pick<Actor, 'speaks' | 'menus'> = {}): D {
  const { languages } = deps;
  const [zone, there] = [zoneOf(chat), languageOf(chat)];
  const own = chat.kind === 'personal' ? there : (asker.speaks ?? there);
  const words = {
    words: wordsOf(languages, own, zone),
    chatWords: wordsOf(languages, there, zone),
    spoken: spokenIn(languages, own, there, ...(asker.menus ? [asker.menus] : [])),
  };
  return { ...deps, ...words };
}

/** The actor with the roles of this moment, for what spends or takes away. */
export async function freshActor(deps: Pick<TurnDeps, 'store' | 'directory'>, actor: Actor): Promise<Actor> {
  return { ...actor, roles: await rolesOfKey(deps.store, deps.directory, actor.key) };
}
