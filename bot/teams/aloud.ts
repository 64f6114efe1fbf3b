/** What a turn says aloud: sent beside the answer to Teams, which never waits for it; in order within a conversation. */
import { type Activity, type Reference, referenceOf, type Said, type Sdk } from './sdk.ts';

/** One message, and what is to be done when Teams has given it an id. */
export interface Spoken {
  activity: Said & { id?: string };
  sent?: (id: string) => Promise<unknown>;
}

/** Says messages where `reference` is, or puts one in place of the message `id`. */
export interface Aloud {
  say(activity: Activity, messages: Spoken[], afterwards?: () => Promise<unknown>): void;
  /** The same without anybody having spoken just now; throws where Teams does not take it. */
  tell(reference: Reference, messages: Spoken[]): Promise<void>;
  /** Resolves when all that was begun is said or given up. */
  quiet(): Promise<void>;
}

/** More than so many conversations with something unsaid are not kept: Teams does not answer, and people write again. */
const CONVERSATIONS_MAX = 500;
const WAITING_MAX = 20;

export function aloudWith(sdk: Sdk, failed: (error: unknown) => void): Aloud {
  const last = new Map<string, { done: Promise<void>; waiting: number }>();

  function send(reference: Reference, messages: Spoken[]): Promise<void> {
    return sdk.there(reference, async (out) => {
      for (const { activity, sent } of messages) {
        const { id, ...said } = activity;
        if (id) await out.replace(id, said);
        const at = id ?? (await out.send(said));
        if (at) await sent?.(at);
      }
    });
  }

  return {
    say(activity, messages, afterwards) {
      if (messages.length === 0) return;
      const reference = referenceOf(activity);
      const conversation = activity.conversation.id;
      const before = last.get(conversation);
      if ((before?.waiting ?? 0) >= WAITING_MAX || (!before && last.size >= CONVERSATIONS_MAX)) return failed(new Error('Too much is unsaid.'));
      const next = { done: Promise.resolve(), waiting: (before?.waiting ?? 0) + 1 };
      next.done = (before?.done ?? Promise.resolve())
        .then(() => send(reference, messages))
        .then(() => afterwards?.())
        .catch(failed)
        .then(() => {
          next.waiting -= 1;
          if (last.get(conversation) === next) last.delete(conversation);
        });
      last.set(conversation, next);
    },
    tell: send,
    async quiet() {
      while (last.size > 0) await Promise.all([...last.values()].map((one) => one.done));
    },
  };
}
