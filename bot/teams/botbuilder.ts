/** The seam over botbuilder 4.23.3; its token check is real wherever somebody is asked who they are. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory, type TurnContext } from 'botbuilder';
import {
  AuthenticationConfiguration,
  AuthenticationError,
  type BotFrameworkAuthentication,
  type Claim,
  type ConnectorClient,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { type Answered, codeOf } from '../../services/notify/refusal.ts';
import type { BotIdentity } from '../config/config.ts';
import { ISSUER } from '../http/guard.ts';
import { type Activity, ANSWER_MS, memberIn, type Out, outcomeOf, type Sdk, blankResponse } from './sdk.ts';

/** `identity` null: local mode, where nobody is asked; `failed` is told what a turn threw. Throws nothing; what a token lacks is told at each request. */
export function botbuilderSdk(identity: BotIdentity | null, failed: (error: Error) => void): Sdk {
  const adapter = adapterFor(identity);
  adapter.onTurnError = async (_context, error) => failed(error);
  return sdkOver(adapter, identity?.appId ?? '');
}

export function adapterFor(identity: BotIdentity | null): CloudAdapter {
  return new CloudAdapter(tokenCheck(identity));
}

/** The library's token check, set up for each mode. */
export function tokenCheck(identity: BotIdentity | null): BotFrameworkAuthentication {
  if (!identity) return new ConfigurationBotFrameworkAuthentication({});
  const checks = new AuthenticationConfiguration(['msteams'], async (claims: Claim[]) => {
    const claimOf = (type: string) => claims.find((claim) => claim.type === type)?.value;
    // Proactive work brings no issuer of a request; it has no caller to check.
    if (claimOf('iss') !== undefined && (claimOf('iss') !== ISSUER || claimOf('aud') !== identity.appId))
      throw new AuthenticationError('Not for this bot.', 401);
  });
  const { keysUrl } = identity;
  if (keysUrl) return new ConfigurationBotFrameworkAuthentication(testSettings(identity.appId, keysUrl), noToken(identity.appId), checks);
  const settings = {
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: identity.appType,
    MicrosoftAppTenantId: identity.tenantId,
    ...(identity.password ? { MicrosoftAppPassword: identity.password } : {}),
  };
  return new ConfigurationBotFrameworkAuthentication(settings, new ConfigurationServiceClientCredentialFactory(settings), checks);
}

/** As soon as one of these is given, botbuilder takes all as they are: so all are given. */
function testSettings(appId: string, keysUrl: string) {
  return {
    MicrosoftAppId: appId,
    ToBotFromChannelOpenIdMetadataUrl: keysUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: keysUrl,
    ToBotFromChannelTokenIssuer: ISSUER,
    ToChannelFromBotLoginUrl: keysUrl,
    ToChannelFromBotOAuthScope: ISSUER,
    OAuthUrl: keysUrl,
    CallerId: 'urn:botframework:azure',
  };
}

/** Answers to this machine carry no token. */
function noToken(appId: string): ServiceClientCredentialsFactory {
  const credentials = { signRequest: async (request: unknown) => request };
  return {
    isValidAppId: async (id: string) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => credentials,
  } as unknown as ServiceClientCredentialsFactory;
}

/** The seam over an adapter that is there; `appId` is empty in local mode. Only here our plain objects meet its types. */
export function sdkOver(adapter: CloudAdapter, appId: string): Sdk {
  return {
    answered: answerOf,
    async take(headers, body, run) {
      const { answer, response } = blankResponse();
      try {
        await adapter.process({ method: 'POST', headers, body } as never, response as never, async (context: TurnContext) => {
          answer.ran = true;
          const value = await run(context.activity as unknown as Activity);
          if (value) await context.sendActivity({ type: 'invokeResponse', value });
        });
      } catch {
        answer.status = 400;
        answer.body = undefined;
      }
      return answer;
    },
    there: (reference, work, heard) =>
      outcomeOf(
        (inside: (context: TurnContext) => Promise<void>) => adapter.continueConversationAsync(appId, reference as never, inside),
        (context) => work(outOf(context, clientOf(context, adapter, heard))),
      ),
  };
}

function outOf(context: TurnContext, client: ConnectorClient): Out {
  return {
    async send(said) {
      const sent = await context.sendActivity(said as never);
      return sent?.id ?? '';
    },
    async replace(id, said) {
      await context.updateActivity({ ...said, id } as never);
    },
    async member(place, id) {
      return memberIn(await client.conversations.getConversationMember(place, id));
    },
    async begin({ channelId, tenantId, said }) {
      const bot = context.activity.recipient;
      const parameters = { isGroup: true, bot, channelData: { channel: { id: channelId } }, activity: said, tenantId };
      const answer = await client.conversations.createConversation(parameters as never);
      return { id: answer.id, activityId: answer.activityId ?? '' };
    },
  };
}

/** The library resends a POST up to four times by itself, and waits for ever; retries are ours, where we know what they mean. */
function clientOf(context: TurnContext, adapter: CloudAdapter, heard: (date: string | undefined) => void = () => {}): ConnectorClient {
  const client = context.turnState.get(adapter.ConnectorClientKey);
  const { pipeline } = (client as unknown as Pipelined).client;
  for (const name of ['defaultRetryPolicy', 'oneAnswer']) pipeline.removePolicy({ name });
  pipeline.addPolicy({
    name: 'oneAnswer',
    async sendRequest(request, next) {
      request.timeout = ANSWER_MS;
      const response = (await next(request)) as { headers?: { get(name: string): string | undefined } };
      heard(response.headers?.get('date'));
      return response;
    },
  });
  return client as ConnectorClient;
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

/** Where Entra gives the bot no token, Teams was not asked: it is our own identity. */
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
