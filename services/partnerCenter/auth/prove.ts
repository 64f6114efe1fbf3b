/** Whether a user's token is one that Partner Center takes: asked of Partner Center itself, before the token is kept. */
import { PartnerCenterError } from '../port.ts';
import { type ClientConfig, request } from '../request.ts';
import { fixedToken } from './tokens.ts';

/** `noMfa`: signed in without a second proof. `noAccess`: the account may not work for the partner. `unproved`: nobody could say. */
export type Proof = 'good' | 'noMfa' | 'noAccess' | 'unproved';

/** What Partner Center answers to a user's token without the MFA claim (docs/partner-center.md §1). */
const NO_MFA = '900421';

/**
 * One read with the token alone. The `amr` of an id token cannot tell: a v2 token does not carry it unless the app asks for it.
 * Asked for with `ValidateMfa`, Partner Center says in `isMfaCompliant` what it thinks; where it enforces, it refuses instead.
 */
export async function prove(client: ClientConfig, accessToken: string): Promise<Proof> {
  let compliant: string | null = null;
  try {
    await request(
      { ...client, tokens: fixedToken(accessToken) },
      {
        method: 'GET',
        path: '/v1/customers?size=1',
        token: 'appAndUser',
        headers: { ValidateMfa: 'true' },
        heard: (header) => {
          compliant = header('isMfaCompliant');
        },
      },
    );
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    if (error.code === NO_MFA) return 'noMfa';
    return error.kind === 'forbidden' ? 'noAccess' : 'unproved';
  }
  return /^\s*false\b/i.test(compliant ?? '') ? 'noMfa' : 'good';
}
