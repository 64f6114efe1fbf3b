/** Where bearer tokens for Partner Center come from. */
import { DefaultAzureCredential } from '@azure/identity';

/** Some endpoints refuse app-only tokens (contract 1.3). */
export type TokenKind = 'app' | 'appAndUser';
export type Tokens = (kind: TokenKind) => Promise<string>;

/** The tokens that the sandbox knows. */
export const sandboxTokens: Tokens = async (kind) => (kind === 'app' ? 'sandbox-app-only' : 'sandbox-app-and-user');

/** One fixed bearer for both kinds. */
export function fixedToken(token: string): Tokens {
  return async () => token;
}

/** App-only tokens of the process's own identity; `audience` is the address of Partner Center. */
export function appTokens(audience: string): Tokens {
  const credential = new DefaultAzureCredential();
  return async (kind) => {
    if (kind === 'appAndUser') throw new Error('No user has consented yet, so licences and provisioning cannot be read.');
    return (await credential.getToken(`${audience}/.default`)).token;
  };
}
