/** The seam under the library that speaks with Teams: all that the bot asks of it, in plain data. Only `botbuilder.ts` knows one. */
import type { Answered } from '../../services/notify/refusal.ts';
import type { TurnAnswer } from '../http/server.ts';

/** What comes in, as far as it is read (Bot Framework protocol, "Activity"); the door has looked at its shape. */
export interface Activity {
  type: string;
  id?: string | undefined;
  timestamp?: Date | string | undefined;
  name?: string | undefined;
  action?: string | undefined;
  text?: string | undefined;
  value?: unknown;
  channelId?: string | undefined;
  channelData?: unknown;
  serviceUrl?: string | undefined;
  locale?: string | undefined;
  conversation: Place;
  from?: Account | undefined;
  recipient?: Account | undefined;
  membersAdded?: Account[] | undefined;
  membersRemoved?: Account[] | undefined;
  entities?: object[] | undefined;
}

interface Place {
  id: string;
  name?: string | undefined;
  conversationType?: string | undefined;
  isGroup?: boolean | undefined;
  tenantId?: string | undefined;
}

interface Account {
  id: string;
  name?: string | undefined;
  aadObjectId?: string | undefined;
}

/** Where to speak (Bot Framework protocol, "Conversation reference"). */
export interface Reference {
  activityId?: string | undefined;
  user?: Account | undefined;
  bot?: Account | undefined;
  conversation: Place;
  channelId?: string | undefined;
  locale?: string | undefined;
  serviceUrl?: string | undefined;
}

/** What goes out. */
export type Said = { type: string; text?: string; textFormat?: string; summary?: string; attachments?: object[]; entities?: object[] };

/** What answers an invoke; anything else is answered by nothing. */
export interface InvokeAnswer {
  status: number;
  body?: unknown;
}

/** A way out in one conversation. Each throws what `answered` can read. */
export interface Out {
  /** The id that Teams gave it; empty where it gave none. */
  send(said: Said): Promise<string>;
  replace(id: string, said: Said): Promise<void>;
  /** Who has this id of Teams in a conversation or team; null where that is no account of Entra. */
  member(place: string, id: string): Promise<MemberSeen | null>;
  /** A new thread in a channel; its `id` is where replies go. */
  begin(thread: { channelId: string; tenantId: string; said: Said }): Promise<{ id: string; activityId: string }>;
}

/** Of a member of a chat or team: Entra's id, and the name where there is one. */
export interface MemberSeen {
  objectId: string;
  name: string;
}

/** What Teams tells of a member; null where it names no account of Entra. */
export function memberIn(told: object): MemberSeen | null {
  const { aadObjectId, objectId, name } = told as { aadObjectId?: unknown; objectId?: unknown; name?: unknown };
  const id = aadObjectId || objectId;
  return typeof id === 'string' ? { objectId: id, name: typeof name === 'string' ? name : '' } : null;
}

export interface Sdk {
  /** Looks who sends, then runs what was sent once; refuses by a status. Throws nothing. */
  take(headers: object, body: unknown, run: (activity: Activity) => Promise<InvokeAnswer | null>): Promise<TurnAnswer>;
  /** Speaks where `reference` is, each message tried once and given up after half a minute; `heard` is told the Date of each answer. Throws what `work` throws. */
  there<T>(reference: Reference, work: (out: Out) => Promise<T>, heard?: (date: string | undefined) => void): Promise<T>;
  /** A failure of a message as an answer: status, code and Retry-After. */
  answered(error: unknown): Answered;
}

/** A response as the libraries write it, and what stands in it afterwards. */
export function blankResponse(): { answer: TurnAnswer; response: object } {
  const answer: TurnAnswer = { ran: false, status: 200, body: undefined };
  const response = {
    writableEnded: false,
    headersSent: false,
    status: (code: number) => {
      answer.status = code;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    header: () => {},
    setHeader: () => {},
    end: () => {},
  };
  return { answer, response };
}

/** The outcome of `work` inside a conversation that `continued` opens: the libraries would answer a failure with a message of their own. */
export async function outcomeOf<C, T>(continued: (inside: (context: C) => Promise<void>) => Promise<void>, work: (context: C) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  let failure: unknown;
  await continued(async (context) => {
    try {
      result = { value: await work(context) };
    } catch (error) {
      failure = error;
    }
  });
  if (!result) throw failure ?? new Error('The conversation was not continued.');
  return result.value;
}

/** Teams may take this long for an answer; what it has not answered then, it may still have done. */
export const ANSWER_MS = 30_000;

/** Where somebody has just spoken. */
export function referenceOf({ id, from, recipient, conversation, channelId, locale, serviceUrl }: Activity): Reference {
  return { activityId: id, user: from, bot: recipient, conversation, channelId, locale, serviceUrl };
}

/** A card as an attachment (Teams documentation, "Cards"). */
export function adaptiveCard(content: object) {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}
