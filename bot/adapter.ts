/** Botbuilder's adapter, set up for each mode; its token check is real wherever somebody is asked who they are. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { AuthenticationConfiguration, AuthenticationError, type Claim, type ServiceClientCredentialsFactory } from 'botframework-connector';
import type { BotIdentity } from './config.ts';
import { ISSUER } from './guard.ts';

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
