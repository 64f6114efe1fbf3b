/** Posts or edits one message in Teams; the way out. */
import { start } from '../../cards/fit.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import type { Deliver, Message } from '../../services/notify/ports.ts';
import { type Doing, Refused, readRefusal, refusalOf } from '../../services/notify/refusal.ts';
import { type Retry, withRetry } from '../../services/retry.ts';
import { span } from '../../services/trace.ts';
import { adaptiveCard, type Out, type Reference, type Said, type Sdk } from './sdk.ts';

const TRIES = 4;

/** Deliveries through `sdk`. `nowMs`: this machine's time, to which a date in an answer is compared; `refused` is told each code with which Teams says no. */
export function deliverWith(sdk: Sdk, nowMs: () => number, refused: (code: string) => void = () => {}): Deliver {
  let clockSkewMs = 0;
  function inChat<T>(chat: Chat, thread: string | null, work: (out: Out) => Promise<T>, repeated = REPEATED): Promise<T> {
    const reference = chat.reference as Reference;
    const at = thread === null ? reference : { ...reference, conversation: { ...reference.conversation, id: thread } };
    const heard = (date: string | undefined) => {
      clockSkewMs = aheadOf(date, nowMs());
    };
    return again(sdk, nowMs, repeated, () => sdk.there(at, work, heard));
  }
  /** What Teams answers, read by its code. */
  function inTeams<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
    return span('teams', { doing }, async (note) => {
      try {
        return await work();
      } catch (error) {
        const refusal = refusalOf(doing, sdk.answered(error), nowMs());
        note({ refused: refusal.code });
        refused(refusal.code);
        throw Object.assign(refusal, { cause: error });
      }
    });
  }
  return {
    clockSkewMs: () => clockSkewMs,
    post: (chat, message) => inTeams('post', () => inChat(chat, null, (out) => postIn(chat, out, toActivity(message)))),
    async edit(chat, notice, message) {
      try {
        await inTeams('edit', () => inChat(chat, notice.thread, (out) => out.replace(notice.activityId, toActivity(message)), EDITS_REPEATED));
        return 'done';
      } catch (error) {
        if (error instanceof Refused && error.verdict.is === 'cardGone') return 'gone';
        throw error;
      }
    },
    say: (chat, thread, text, mentions) =>
      inTeams('say', () =>
        inChat(chat, thread, async (out) => void (await out.send({ type: 'message', text, textFormat: 'markdown', entities: mentions.map(mention) }))),
      ),
  };
}

/** In a channel a new thread; its id is where replies go. */
async function postIn(chat: Chat, out: Out, said: Said): Promise<{ activityId: string; thread: string }> {
  const { conversation } = chat.reference as Reference;
  if (chat.kind !== 'channel') return { activityId: await out.send(said), thread: conversation.id };
  const { id, activityId } = await out.begin({ channelId: conversation.id, tenantId: chat.tenantId, said });
  return { activityId, thread: id };
}

/** Teams finds a person by the object id too. */
function mention(of: { objectId: string; name: string }) {
  return { type: 'mention', text: `<at>${of.name}</at>`, mentioned: { id: of.objectId, name: of.name } };
}

const SUMMARY_LETTERS_MAX = 200;

/** A card as a message; every card that goes out goes through here, and its sentence is cut as the card was when it was drawn. */
export function toActivity(message: Omit<Message, 'claims'>): Said {
  return { type: 'message', summary: start(message.summary, SUMMARY_LETTERS_MAX), attachments: [adaptiveCard(message.card)] };
}

/** Within this a clock counts as equal to ours: the Date of an answer has whole seconds, and the answer takes a while. */
const EQUAL_MS = 2_000;

/** How far another's clock is ahead of ours, by the Date of its answer that came at `atMs`; 0 where it says nothing or they agree within two seconds. */
function aheadOf(date: string | undefined, atMs: number): number {
  const dateMs = Date.parse(date ?? '');
  if (Number.isNaN(dateMs)) return 0;
  const behindMs = atMs - dateMs; // its second has begun, at most one second ago
  return behindMs >= 0 && behindMs < EQUAL_MS ? 0 : 500 - behindMs;
}

/** What Teams asks to be repeated, after a pause with chance in it (its documentation of rate limits). */
const REPEATED: ReadonlySet<number> = new Set([412, 429, 502, 504]);
/** What a gateway could not tell of an edit, the caller must know: it may still be carried out. */
const EDITS_REPEATED: ReadonlySet<number> = new Set([412, 429]);
/** Waits longer than this are the caller's: others are spoken to meanwhile. */
const LONGEST_MS = 5_000;

function again<T>(sdk: Sdk, nowMs: () => number, repeated: ReadonlySet<number>, work: () => Promise<T>): Promise<T> {
  const retry: Retry = {
    tries: TRIES,
    waitMs(error, attempt) {
      const answered = sdk.answered(error);
      const verdict = readRefusal('post', answered, nowMs());
      const askedMs = verdict.is === 'wait' ? verdict.ms : 0;
      if (!repeated.has(answered.status) || askedMs > LONGEST_MS) return null;
      return Math.max(askedMs, 500 * 2 ** attempt * (0.5 + Math.random()));
    },
    // The program's own timers, so that whoever holds its time holds this wait too.
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  return withRetry(retry, work);
}
