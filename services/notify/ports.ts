/** What notifying needs from outside, as types. */
import type { Hides, Shows } from '../domain/shows.ts';
import type { FourEyes } from '../approval/approval.ts';
import type { Chat, News, Notice } from '../domain/ticket.ts';
import type { Log } from '../log.ts';
import type { Directory } from '../people/people.ts';
import type { WakeUps } from '../queue/worker.ts';
import type { Budget } from '../sharedBudget.ts';
import type { OpenRow } from '../tickets/openList.ts';
import type { Approver, Shown } from '../ticketView.ts';
import type { Claim } from './claim.ts';
import type { Note } from './inbox.ts';
import type { LeaseDeps } from './lease.ts';

export interface Message {
  card: Record<string, unknown>;
  /** The same in a sentence, for the notification. */
  summary: string;
  /** What it says about the world. */
  claims: readonly Claim[];
}

/** A line in a thread. */
export interface Line {
  text: string;
  claims: readonly Claim[];
}

/** How messages go out. Each throws Refused where Teams does not take one. */
export interface Deliver {
  /** How far Teams' clock is ahead of ours, as its last answer told, in milliseconds; where it is missing, they agree. */
  clockSkewMs?(): number;
  /** In a channel a new thread. `thread` is where replies go. */
  post(chat: Chat, message: Message): Promise<{ activityId: string; thread: string }>;
  /** `gone`: this message is no more. */
  edit(chat: Chat, notice: Pick<Notice, 'activityId' | 'thread'>, message: Message): Promise<'done' | 'gone'>;
  /** `thread` null: where the chat itself is. `mentions`: people whose `<at>name</at>` stands in the text. */
  say(chat: Chat, thread: string | null, text: string, mentions: readonly Pick<Approver, 'objectId' | 'name'>[]): Promise<void>;
}

/** Why many come in one list: it is the first one or they changed at once, the chat was not told `since`, or the list comes at its hour, with `news` of so many. */
export type DigestWhy = { is: 'first' } | { is: 'missed'; since: string } | { is: 'regular'; news: number };

export interface DigestView {
  rows: OpenRow[];
  handle: string;
  /** UTC day. */
  today: string;
  why: DigestWhy;
  /** Of people, by key. */
  names: Readonly<Record<string, string>>;
  hides: Hides;
  /** The key of who reads alone; null where others read along. */
  reader: string | null;
}

/** What nobody has reacted to: some of it, how much more there is, and who is mentioned. */
export interface UnansweredView {
  rows: Pick<OpenRow, 'ticketId' | 'customerName' | 'offerName' | 'names' | 'state'>[];
  more: number;
  mentions: Pick<Approver, 'objectId' | 'name'>[];
}

/** Words and looks come from outside: the work knows nothing of cards. */
export interface Renderer {
  ticket(shown: Shown): Message;
  movedDown(shown: Shown): Message;
  line(news: News, shown: Shown): Line | null;
  digest(view: DigestView, chat: Chat): Message;
  unanswered(view: UnansweredView, chat: Chat): string;
  /** A card in a sentence, for a chat that does not take the card; `ticket` null for a list. */
  plain(summary: string, ticketId: string | null, chat: Chat): string;
  /** For people who can do something `about` a chat, in the `chat` in which they read it. */
  note(note: Note, about: Chat, chat: Chat): string;
}

export interface NotifyDeps extends LeaseDeps {
  wake: WakeUps;
  /** The ticket to which what is typed next in the chat with one person is an answer; null where it is to none. */
  answersGoTo(chat: Chat, thread: string): Promise<string | null>;
  /** The report as it stands in a chat, with the handle on it. */
  report(chat: Chat): Promise<Message & { handle: string }>;
  directory: Directory;
  fourEyes: FourEyes;
  shows: Shows;
  log: Log;
  deliver: Deliver;
  renderer: Renderer;
  /** Cards where several read along have a view for each of some readers. */
  views?: boolean;
  /** Within this time the sweep looks at everybody once. */
  passMs: number;
  /** What all processes together may send into one tenant. */
  tenantBudget(tenantId: string): Budget;
}
