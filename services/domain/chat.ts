/** A chat, what it watches, and where a card stands in it. Plain data. */
import type { Done } from './activity.ts';
import type { ChatSettings, SettingsChange } from './settings.ts';
import type { Watching } from './watching.ts';

export type { Watching } from './watching.ts';

export interface Chat {
  key: string;
  kind: 'personal' | 'groupChat' | 'channel';
  /** The stored conversation reference; opaque here. */
  reference: unknown;
  tenantId: string;
  /** As Teams called the channel or team when the bot came into it. */
  name?: string;
  /** The team of a channel, by Teams' id. */
  teamId?: string;
  /** The language of Teams of its owner, or of whoever put the bot into it or spoke there first. */
  locale?: string;
  /** Who put the bot into it, by person key. */
  installedBy?: string;
  watching: Watching[];
  watchedBy: string | null;
  watchedAt: string | null;
  /** At how many days before the end of a term it is reminded; empty for never, absent where nobody has said. */
  remind?: number[];
  /** What else is set for it; absent where nobody has set anything. */
  settings?: ChatSettings;
  /** Who changed what is set, the newest last. */
  settingsBy?: SettingsChange[];
  /** How often that was: a form is saved over what it showed alone. */
  settingsVersion?: number;
  /** It has had the one digest of what had stopped before. */
  toldBaseline: boolean;
  /** The bot was taken out, or slept there too long: nothing is said there. */
  dead: boolean;
  /** Teams refuses the bot here since then, by this code; it keeps what it watches and what it should hear. `untold`: nobody was told of it yet. */
  sleeping?: { since: string; code: string; nextTryAt: string; untold?: boolean } | null;
  /** The reports that come by themselves are those of an hour after this. ISO text. */
  reportFrom?: string;
  /** What has waited without a reaction since then, or longer, was said here. ISO text. */
  unansweredTo?: string;
  /** What it watched before the bot was taken out: offered when the bot is back. */
  formerly?: Watching[];
  /** Who spoke or pressed in it with a role, where several read it: by person key, the newest last, some at most. */
  people?: string[];
  /** Whose it is, by person key, where it is personal. */
  person?: string;
  /** What people did to it lately, so that it is done once. */
  done?: Done[];
}

/** Days before the end of a term at which people can be reminded, and those at which a chat is that has not said. */
export const REMIND_DAYS: readonly number[] = [60, 30, 14, 7, 1];
export const REMIND_USUALLY: readonly number[] = [30, 7, 1];

/** Whether a reminder with so many days left, the first since `above` were, is one that a chat wants. */
export function isReminded({ remind = REMIND_USUALLY }: { remind?: readonly number[] | undefined }, { days, above }: { days: number; above: number }): boolean {
  // That the last day has passed is no reminder before it; an older one does not say how many days were left.
  return !(days >= 0) || remind.some((wanted) => days <= wanted && wanted < above);
}

/** Where the card about a ticket stands in one chat. */
export interface Notice {
  chat: string;
  activityId: string;
  /** Where replies go: the thread in a channel, else the conversation. */
  thread: string;
  shownHash: string;
  /** Which question this chat was shown last, and since when it stands there: when Teams had acknowledged it, by Teams' clock, ISO text. */
  asked: number;
  askedAt: string;
  handle: string;
  /** When it last went out as it is now. */
  shownAt?: string;
  /** It stands in the place of one that was gone; not set after the first edit. */
  anew?: boolean;
}

/** More than so many are not counted while somebody waits. */
export const COUNTED_MAX = 1_000;
