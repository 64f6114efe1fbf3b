/** Where bearer tokens for Partner Center come from. */
/** Some endpoints refuse app-only tokens (contract 1.3). */
export type TokenKind = 'app' | 'appAndUser';
export type Tokens = (kind: TokenKind) => Promise<string>;

/** The tokens that the sandbox knows. */
export const sandboxTokens: Tokens = async (kind) => (kind === 'app' ? 'sandbox-app-only' : 'sandbox-app-and-user');

/** One fixed bearer for both kinds. */
export function fixedToken(token: string): Tokens {
  return async () => token;
}
