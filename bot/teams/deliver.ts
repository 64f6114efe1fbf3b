/** Posts or edits one message in Teams; the way out. */
import { ActivityTypes, CardFactory, type CloudAdapter, type ConversationReference, type TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { start } from '../../cards/fit.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import type { Deliver, Message } from '../../services/notify/ports.ts';
import { type Answered, codeOf, type Doing, Refused, readRefusal, refusalOf } from '../../services/notify/refusal.ts';
import { span } from '../../services/trace.ts';
import { type Retry, withRetry } from '../../services/retry.ts';

const TRIES = 4;

/** Deliveries with `adapter`; `appId` is empty in local mode. `nowMs`: this machine's time, to which a date in an answer is compared; `refused` is told each code with which Teams says no. */
export function deliverWith(adapter: CloudAdapter, appId: string, nowMs: () => number, refused: (code: string) => void = () => {}): Deliver {
  let clockSkewMs = 0;
  async function inChat<T>(chat: Chat, thread: string | null, work: (context: TurnContext, client: ConnectorClient) => Promise<T>): Promise<T> {
    const reference = chat.reference as ConversationReference;
    const at = thread === null ? reference : { ...reference, conversation: { ...reference.conversation, id: thread } };
    return again(nowMs, async () => {
      let result: { value: T } | undefined;
      let failure: unknown;
      await adapter.continueConversationAsync(appId, at, async (context) => {
        try {
          const client = singleTry(context, adapter);
          hearDates(client, (date) => {
            clockSkewMs = aheadOf(date, nowMs());
          });
          result = { value: await work(context, client) };
        } catch (error) {
          failure = error; // the adapter would answer it with a message of its own
        }
      });
      if (!result) throw failure ?? new Error('The conversation was not continued.');
      return result.value;
    });
  }
  /** What Teams answers, read by its code. */
  function inTeams<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
    return span('teams', { doing }, async (note) => {
      try {
        return await work();
      } catch (error) {
        const refusal = refusalOf(doing, answerOf(error), nowMs());
        note({ refused: refusal.code });
        refused(refusal.code);
        throw Object.assign(refusal, { cause: error });
      }
    });
  }
  return {
    clockSkewMs: () => clockSkewMs,
    post: (chat, message) =>
      inTeams('post', () =>
        inChat(chat, null, (context, client) => (chat.kind === 'channel' ? postThread(chat, client, message) : postHere(context, message))),
      ),
    async edit(chat, notice, message) {
      try {
        await inTeams('edit', () =>
          inChat(chat, notice.thread, async (context) => void (await context.updateActivity({ ...toActivity(message), id: notice.activityId }))),
        );
        return 'done';
      } catch (error) {
        if (error instanceof Refused && error.verdict.is === 'cardGone') return 'gone';
        throw error;
      }
    },
    say: (chat, thread, text, mentions) =>
      inTeams('say', () =>
        inChat(
          chat,
          thread,
          async (context) => void (await context.sendActivity({ type: ActivityTypes.Message, text, textFormat: 'markdown', entities: mentions.map(mention) })),
        ),
      ),
  };
}

/** Teams finds a person by the object id too. */
function mention(of: { objectId: string; name: string }) {
  return { type: 'mention', text: `<at>${of.name}</at>`, mentioned: { id: of.objectId, name: of.name } };
}

const SUMMARY_LETTERS_MAX = 200;

/** A card as a message; every card that goes out goes through here, and its sentence is cut as the card was when it was drawn. */
export function toActivity(message: Omit<Message, 'claims'>) {
  return { type: ActivityTypes.Message, summary: start(message.summary, SUMMARY_LETTERS_MAX), attachments: [CardFactory.adaptiveCard(message.card)] };
}

/** Teams may take this long for an answer; what it has not answered then, it may still have done. */
const ANSWER_MS = 30_000;

/** The library resends a POST up to four times by itself, and waits for ever; retries are ours, where we know what they mean. */
export function singleTry(context: TurnContext, adapter: CloudAdapter): ConnectorClient {
  const client = context.turnState.get(adapter.ConnectorClientKey);
  const { pipeline } = (client as unknown as Pipelined).client;
  for (const name of ['defaultRetryPolicy', 'answerInTime']) pipeline.removePolicy({ name });
  pipeline.addPolicy({
    name: 'answerInTime',
    sendRequest(request, next) {
      request.timeout = ANSWER_MS;
      return next(request);
    },
  });
  return client as ConnectorClient;
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

/** Tells the Date of each answer that this client gets. */
function hearDates(client: ConnectorClient, heard: (date: string | undefined) => void): void {
  const { pipeline } = (client as unknown as Pipelined).client;
  pipeline.removePolicy({ name: 'dates' });
  pipeline.addPolicy({
    name: 'dates',
    async sendRequest(request, next) {
      const response = (await next(request)) as { headers?: { get(name: string): string | undefined } };
      heard(response.headers?.get('date'));
      return response;
    },
  });
}

/** The library's inside that holds its retries (botframework-connector 4.23.3). */
interface Pipelined {
  client: {
    pipeline: {
      removePolicy(policy: { name: string }): void;
      addPolicy(policy: { name: string; sendRequest(request: { timeout: number }, next: (request: unknown) => Promise<unknown>): Promise<unknown> }): void;
    };
  };
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

function again<T>(nowMs: () => number, work: () => Promise<T>): Promise<T> {
  const retry: Retry = {
    tries: TRIES,
    waitMs(error, attempt) {
      const answered = answerOf(error);
      const verdict = readRefusal('post', answered, nowMs());
      const askedMs = verdict.is === 'wait' ? verdict.ms : 0;
      if (!REPEATED.has(answered.status) || askedMs > LONGEST_MS) return null;
      return Math.max(askedMs, 500 * 2 ** attempt * (0.5 + Math.random()));
    },
    // The program's own timers, so that whoever holds its time holds this wait too.
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  return withRetry(retry, work);
}

/** The library's failure as an answer: status, code and Retry-After. Where Entra gives the bot no token, Teams was not asked: it is our own identity. */
export function answerOf(error: unknown): Answered {
  const { statusCode, response, message, body } = error as RestFailure;
  const text = String(message ?? '');
  if (/AADSTS\d+|invalid_client|unauthorized_client/.test(text)) return { status: 401, code: /AADSTS\d+/.exec(text)?.[0] ?? 'no token', retryAfter: null };
  return { status: statusCode ?? 0, code: codeOf(response?.bodyAsText ?? body ?? ''), retryAfter: response?.headers?.get?.('retry-after') ?? null };
}

/** The parts of the library's failure that are read (botframework-connector 4.23.3 over @azure/core-rest-pipeline). */
interface RestFailure {
  statusCode?: number;
  message?: unknown;
  body?: unknown;
  response?: { bodyAsText?: string | null; headers?: { get?(name: string): string | undefined } };
}
