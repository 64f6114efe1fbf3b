/** Posts or edits one message in Teams; the way out. */
import { ActivityTypes, CardFactory, type CloudAdapter, type ConversationReference, type TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Chat } from '../services/domain.ts';
import type { Deliver, Message } from '../services/speak/speak.ts';

const TRIES = 4;

/** Deliveries with `adapter`; `appId` is empty in local mode. */
export function deliverWith(adapter: CloudAdapter, appId: string): Deliver {
  async function inChat<T>(chat: Chat, thread: string | null, work: (context: TurnContext, client: ConnectorClient) => Promise<T>): Promise<T> {
    const reference = chat.reference as ConversationReference;
    const at = thread === null ? reference : { ...reference, conversation: { ...reference.conversation, id: thread } };
    return again(async () => {
      let result: { value: T } | undefined;
      let failure: unknown;
      await adapter.continueConversationAsync(appId, at, async (context) => {
        try {
          result = { value: await work(context, singleTry(context, adapter)) };
        } catch (error) {
          failure = error; // the adapter would answer it with a message of its own
        }
      });
      if (!result) throw failure ?? new Error('The conversation was not continued.');
      return result.value;
    });
  }
  return {
    async post(chat, message) {
      try {
        return await inChat(chat, null, (context, client) => (chat.kind === 'channel' ? postThread(chat, client, message) : postHere(context, message)));
      } catch (error) {
        if (isGone(error)) return 'chatGone';
        throw error;
      }
    },
    async edit(chat, notice, message) {
      try {
        await inChat(chat, notice.thread, async (context) => void (await context.updateActivity({ ...toActivity(message), id: notice.activityId })));
        return 'done';
      } catch (error) {
        if (statusOf(error) === 404) return 'gone';
        if (isGone(error)) return 'chatGone';
        throw error;
      }
    },
    async say(chat, thread, text, mentions) {
      try {
        await inChat(
          chat,
          thread,
          async (context) => void (await context.sendActivity({ type: ActivityTypes.Message, text, textFormat: 'markdown', entities: mentions.map(mention) })),
        );
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

/** Teams finds a person by the object id too. */
function mention(of: { objectId: string; name: string }) {
  return { type: 'mention', text: `<at>${of.name}</at>`, mentioned: { id: of.objectId, name: of.name } };
}

export function toActivity(message: Omit<Message, 'claims'>) {
  return { type: ActivityTypes.Message, summary: message.summary, attachments: [CardFactory.adaptiveCard(message.card)] };
}

/** The library resends a POST up to four times by itself; retries are ours, where we know what they mean. */
export function singleTry(context: TurnContext, adapter: CloudAdapter): ConnectorClient {
  const client = context.turnState.get(adapter.ConnectorClientKey);
  (client as unknown as Pipelined).client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return client as ConnectorClient;
}

/** The library's inside that holds its retries (botframework-connector 4.23.3). */
interface Pipelined {
  client: { pipeline: { removePolicy(policy: { name: string }): void } };
}

async function postHere(context: TurnContext, message: Message): Promise<{ activityId: string; thread: string }> {
  const sent = await context.sendActivity(toActivity(message));
  return { activityId: sent?.id ?? '', thread: context.activity.conversation.id };
}

/** A new thread in a channel; its id is where replies go. */
async function postThread(chat: Chat, client: ConnectorClient, message: Message): Promise<{ activityId: string; thread: string }> {
  const reference = chat.reference as ConversationReference;
  const answer = await client.conversations.createConversation({
    isGroup: true,
    bot: reference.bot,
    channelData: { channel: { id: reference.conversation.id } },
    activity: toActivity(message),
    tenantId: chat.tenantId,
  } as never);
  return { activityId: answer.activityId ?? '', thread: answer.id };
}

/** What Teams asks to be repeated, after a pause with chance in it (its documentation of rate limits). */
const REPEATED: ReadonlySet<number> = new Set([412, 429, 502, 504]);
/** Waits longer than this are the caller's: others are spoken to meanwhile. */
const LONGEST_MS = 5_000;

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const askedMs = retryAfterMs(error);
      if (attempt === TRIES || !REPEATED.has(statusOf(error)) || askedMs > LONGEST_MS) throw Object.assign(error as Error, { retryAfterMs: askedMs });
      await new Promise((resolve) => setTimeout(resolve, Math.max(askedMs, 500 * 2 ** attempt * (0.5 + Math.random()))));
    }
  }
}

/** What the refusal itself asks for; 0 where it says nothing. */
function retryAfterMs(error: unknown): number {
  const { headers } = (error as { response?: { headers?: { get?(name: string): string | undefined } } }).response ?? {};
  return 1_000 * (Number(headers?.get?.('retry-after')) || 0);
}

function statusOf(error: unknown): number {
  return (error as { statusCode?: number }).statusCode ?? 0;
}

/** The bot was removed, or the conversation is no more. */
function isGone(error: unknown): boolean {
  return [403, 404, 410].includes(statusOf(error));
}
