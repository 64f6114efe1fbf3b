/** What a language is typed with: words alone, by what they mean. Case and accents do not matter, and a word in brackets may be left out. */
import type { LeftOut } from '../../services/domain/settings.ts';
import type { Exported } from '../../services/export/grants.ts';
import type { MarkWord } from '../../services/notify/handles.ts';
import type { Sort } from '../../services/tickets/arranged.ts';
import type { RowState } from '../../services/tickets/rowState.ts';
import type { Phrases } from './match.ts';

/** A command that is one word and nothing else. */
export type WordAlone = 'help' | 'unwatch' | 'watching' | 'approvals' | 'mine' | 'report' | 'status' | 'cancel' | 'back' | 'consent';

/** Every command, as it is called in English. */
export type CommandWord =
  | WordAlone
  | MarkWord
  | 'expiring'
  | 'show'
  | 'watch'
  | 'remind'
  | 'settings'
  | 'move'
  | 'history'
  | 'invite'
  | 'uninvite'
  | 'export'
  | 'read-only'
  | 'dry-run';

export type SettingWord = 'zone' | 'language' | 'quiet' | 'digest' | 'report' | 'within' | 'least' | 'except';

export interface Spoken {
  /** Each command: the first is what the texts of the language call it. */
  commands: Readonly<Record<CommandWord, Phrases>>;
  /** Commands that are too like what people say by the way to be a slip of it. */
  noSlips: readonly CommandWord[];
  /** What people begin with, alone. */
  greetings: Phrases;
  /** And end with: alone, between what may stand before and behind it. */
  thanks: { before: Phrases; words: Phrases; behind: Phrases };
  /** What is answered. A yes spends: nothing that people say to anything is one. */
  answers: {
    yes: Phrases;
    no: Phrases;
    /** What begins with a no and is none: "no problem", a no for now, or one on a condition. */
    noRefusal: Phrases;
    /** What people say by the way: it answers nothing, and no plan is called so. */
    byTheWay: Phrases;
    all: Phrases;
    allBut: Phrases;
    again: Phrases;
    check: Phrases;
    suspend: Phrases;
    leave: Phrases;
    cancelAtEnd: Phrases;
    renewAgain: Phrases;
  };
  /** Between names. */
  and: Phrases;
  /** The ticket of which was spoken last, and who speaks. */
  it: Phrases;
  me: Phrases;
  /** Of what was not bought through us. */
  elsewhere: Phrases;
  /** All that there is to watch. */
  everything: Phrases;
  on: Phrases;
  off: Phrases;
  /** In place of what can be set. */
  none: Phrases;
  /** Before the name of a reseller. */
  through: Phrases;
  exports: Readonly<Record<Exported, Phrases>>;
  /** Days and months. */
  time: {
    days: Phrases;
    weeks: Phrases;
    /** Before a day or a span. */
    until: Phrases;
    /** Before a month. */
    during: Phrases;
    thisMonth: Phrases;
    nextMonth: Phrases;
    /** The twelve, from January on; each also by a beginning that no other has, of three letters at least. */
    months: readonly string[];
    /** Beginnings that are written otherwise, by the number of the month. */
    shortMonths: Readonly<Record<string, number>>;
    /** What a day's number may end in, and what may stand before or behind it: `1st`, `den 1`. */
    ordinals: Phrases;
    before: Phrases;
  };
  /** Behind a plan: how long, and how it is paid. */
  terms: {
    /** For so many months is paid at a time. */
    cycles: Readonly<Record<1 | 12 | 24 | 36, Phrases>>;
    /** Before or behind how often. */
    paid: Phrases;
    atOnce: Phrases;
    /** Before a number of months or years. */
    every: Phrases;
    numbers: Readonly<Record<1 | 2 | 3, Phrases>>;
    months: Phrases;
    years: Phrases;
    /** Stand between a plan, a term and how it is paid, or behind a term, and say nothing. */
    between: Phrases;
  };
  /** Behind `expiring`. */
  list: {
    outcomes: Readonly<Record<LeftOut, Phrases>>;
    states: Readonly<Record<RowState, Phrases>>;
    sorts: Readonly<Record<Sort, Phrases>>;
    sortedBy: Phrases;
    keptBy: Phrases;
    mine: Phrases;
    nobody: Phrases;
  };
  /** Behind `settings`. */
  settings: {
    parts: Readonly<Record<SettingWord, Phrases>>;
    /** Before the first of two hours, and between them. */
    from: Phrases;
    to: Phrases;
    weekdays: Phrases;
    daily: Phrases;
    weekly: Phrases;
    /** From Monday on. */
    days: readonly Phrases[];
    /** Before an hour or a day. */
    at: Phrases;
    /** As Teams has it, in place of a language. */
    asTeams: Phrases;
  };
}
