/** Botbuilder's adapter, set up for each mode; its token check is real wherever somebody is asked who they are. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory, type TurnContext } from 'botbuilder';
import { AuthenticationConfiguration, AuthenticationError, type Claim, type ServiceClientCredentialsFactory } from 'botframework-connector';
import type { BotIdentity } from '../config/config.ts';
import { ISSUER } from '../http/guard.ts';
import type { Sender, TurnAnswer } from '../http/server.ts';
import type { SuccessorBot } from './bot.ts';

/** `null`: local mode, where nobody is asked. Throws nothing; what a token lacks is told at each request. */
export function adapterFor(identity: BotIdentity | null): CloudAdapter {
  if (!identity) return new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const checks = new AuthenticationConfiguration(['msteams'], async (claims: Claim[]) => {
    const claimOf = (type: string) => claims.find((claim) => claim.type === type)?.value;
    // Proactive work brings no issuer of a request; it has no caller to check.
    if (claimOf('iss') !== undefined && (claimOf('iss') !== ISSUER || claimOf('aud') !== identity.appId))
      throw new AuthenticationError('Not for this bot.', 401);
  });
  const { keysUrl } = identity;
  if (keysUrl) return new CloudAdapter(new ConfigurationBotFrameworkAuthentication(testSettings(identity.appId, keysUrl), noToken(identity.appId), checks));
  const settings = {
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: identity.appType,
    MicrosoftAppTenantId: identity.tenantId,
    ...(identity.password ? { MicrosoftAppPassword: identity.password } : {}),
  };
  return new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, new ConfigurationServiceClientCredentialFactory(settings), checks));
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

/** How activities run: one turn of the adapter each, whose answer is looked at before anything of it goes out. */
export function turnsOf(adapter: CloudAdapter, bot: Pick<SuccessorBot, 'run' | 'slowDown'>) {
  return async (headers: object, activity: unknown, admits: (sender: Sender) => boolean): Promise<TurnAnswer> => {
    const answer: TurnAnswer = { ran: false, status: 200, body: undefined };
    const response = {
      status: (code: number) => {
        answer.status = code;
      },
      send: (body: unknown) => {
        answer.body = body;
      },
      header: () => {},
      end: () => {},
    };
    try {
      // Only here our plain objects meet the adapter's types.
      await adapter.process({ method: 'POST', headers, body: activity } as never, response as never, async (context: TurnContext) => {
        answer.ran = true;
        await (admits(context.activity) ? bot.run(context) : bot.slowDown(context));
      });
    } catch {
      answer.status = 400;
      answer.body = undefined;
    }
    return answer;
  };
}
