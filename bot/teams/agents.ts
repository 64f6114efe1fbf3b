/**
 * The same seam over @microsoft/agents-hosting 1.8.1, which follows botbuilder: for local and guarded mode, so that what the
 * change brings is known before it comes (`docs/bot-sdk.md`). A development dependency, loaded where `SDK=agents`.
 */
import { Activity as Sent } from '@microsoft/agents-activity';
import { CloudAdapter, type ConnectorClient, type TurnContext } from '@microsoft/agents-hosting';
import { type Answered, codeOf } from '../../services/notify/refusal.ts';
import type { BotIdentity } from '../config/config.ts';
import { tokenCheck } from './botbuilder.ts';
import { type Activity, ANSWER_MS, memberIn, type Out, outcomeOf, type Reference, type Said, type Sdk, blankResponse } from './sdk.ts';

/** What goes out to this machine carries no token. */
const NOBODY = {} as never;
/** `identity` null: local mode, where nobody is asked; `failed` is told what a turn threw. Its own token check has a fixed key address, so the check is the one of `botbuilder.ts`. */
export function agentsSdk(identity: BotIdentity | null, failed: (error: Error) => void): Sdk {
  const adapter = new CloudAdapter();
  adapter.onTurnError = async (_context, error) => failed(error);
  const check = tokenCheck(identity);
  return {
    answered: answerOf,
    async take(headers, body, run) {
      const { answer, response } = blankResponse();
      const { authorization = '' } = headers as { authorization?: string };
      if (identity && !(await check.authenticateRequest(body as never, authorization).catch(() => null))) return { ...answer, status: 401 };
      try {
        await adapter.process({ method: 'POST', headers, body } as never, response as never, async (context: TurnContext) => {
          answer.ran = true;
          const value = await run(context.activity as unknown as Activity);
          if (value) await context.sendActivity(Sent.fromObject({ type: 'invokeResponse', value }));
        });
      } catch {
        answer.status = 400;
        answer.body = undefined;
      }
      return answer;
    },
    there(reference, work, heard = () => {}) {
      const { bot: agent, ...rest } = reference;
      return outcomeOf(
        (inside: (context: TurnContext) => Promise<void>) => adapter.continueConversation(NOBODY, { ...rest, agent } as never, inside),
        (context) => work(outOf(context.turnState.get(adapter.ConnectorClientKey), reference, heard)),
      );
    },
  };
}

/** Straight through the client: a turn that nobody began would be answered below an id that the library makes up. */
function outOf(client: ConnectorClient, reference: Reference, heard: (date: string | undefined) => void): Out {
  const { httpClient } = client;
  const request = httpClient.request.bind(httpClient) as typeof httpClient.request;
  httpClient.request = async <T>(config: Parameters<typeof request>[0]) => {
    const response = await request<T>({ ...config, timeout: ANSWER_MS });
    heard(response.headers.get('date') ?? undefined);
    return response;
  };
  const { activityId, bot, user, conversation, channelId, locale, serviceUrl } = reference;
  const filled = (said: Said) => Sent.fromObject({ ...said, channelId, locale, serviceUrl, conversation, from: bot, recipient: user });
  return {
    async send(said) {
      const activity = filled(said);
      const sent = activityId ? client.replyToActivity(conversation.id, activityId, activity) : client.sendToConversation(conversation.id, activity);
      return (await sent).id ?? '';
    },
    async replace(id, said) {
      await client.updateActivity(conversation.id, id, filled({ ...said, id } as Said));
    },
    async member(place, userId) {
      return memberIn(await client.getConversationMember(userId, place));
    },
    async begin({ channelId: id, tenantId, said }) {
      const answer = await client.createConversation({ isGroup: true, agent: bot, channelData: { channel: { id } }, activity: said, tenantId } as never);
      return { id: answer.id, activityId: answer.activityId ?? '' };
    },
  };
}

/** The library wraps what its client throws; the answer is where `status` is. */
export function answerOf(error: unknown): Answered {
  for (let at = error, n = 0; at && n < 5; at = (at as { cause?: unknown }).cause, n++) {
    const { status, response } = at as { status?: unknown; response?: { data?: unknown; headers?: Headers } };
    if (typeof status !== 'number') continue;
    return { status, code: codeOf(response?.data ?? ''), retryAfter: response?.headers?.get('retry-after') ?? null };
  }
  return { status: 0, code: '', retryAfter: null };
}
