/** What a turn says aloud: sent beside the answer to Teams, which never waits for it; in order within a conversation. */
import { type Activity, type CloudAdapter, type ConversationReference, TurnContext } from 'botbuilder';
import { singleTry } from './deliver.ts';

/** One message, and what is to be done when Teams has given it an id. */
export interface Spoken {
  activity: Partial<Activity>;
  sent?: (id: string) => Promise<unknown>;
}

/** Says messages where `reference` is, or puts one in place of the message `id`. */
export interface Aloud {
  say(activity: Activity, messages: Spoken[], afterwards?: () => Promise<unknown>): void;
  /** The same without anybody having spoken just now; throws where Teams does not take it. */
  tell(reference: Partial<ConversationReference>, messages: Spoken[]): Promise<void>;
  /** Resolves when all that was begun is said or given up. */
  quiet(): Promise<void>;
}

/** More than so many conversations with something unsaid are not kept: Teams does not answer, and people write again. */
const CONVERSATIONS_MAX = 500;
const WAITING_MAX = 20;

export function aloudWith(adapter: CloudAdapter, appId: string, failed: (error: unknown) => void): Aloud {
  const last = new Map<string, { done: Promise<void>; waiting: number }>();

  async function send(reference: Partial<ConversationReference>, messages: Spoken[]): Promise<void> {
    let failure: unknown;
    await adapter.continueConversationAsync(appId, reference, async (context) => {
      singleTry(context, adapter);
      try {
        for (const { activity, sent } of messages) {
          const answer = await (activity.id ? context.updateActivity(activity) : context.sendActivity(activity));
          if (answer?.id) await sent?.(answer.id);
        }
      } catch (error) {
        failure = error; // the adapter would answer it with a message of its own
      }
    });
    if (failure) throw failure;
  }

  return {
    say(activity, messages, afterwards) {
      if (messages.length === 0) return;
      const reference = TurnContext.getConversationReference(activity);
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
