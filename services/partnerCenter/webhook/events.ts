/** Partner Center's events: checked as signed mail, and then believed for one thing alone, that a customer or the list of them is worth a look. */
import { createHash, verify } from 'node:crypto';
import { z } from 'zod';
import { boundedMap } from '../../boundedMap.ts';
import type { Clock } from '../../clock.ts';
import type { Certificates } from './certificate.ts';

/** Documented to come up to 48 hours late; what is older, or from tomorrow, is not looked at. */
const OLD_MS = 7 * 86_400_000;
const EARLY_MS = 15 * 60_000;
const SEEN_MAX = 5_000;
const SIGNATURE_MAX = 2_000;

const event = z.object({ EventName: z.string().max(100), ResourceUri: z.string().max(2_000), ResourceChangeUtcDate: z.string().max(60) });
const SUBSCRIPTION_EVENTS = new Set(['subscription-updated', 'subscription-active']);
const JOINED = 'reseller-relationship-accepted-by-customer';
const CUSTOMER = /\/customers\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?=\/|$)/i;

export interface Events {
  certificates: Certificates;
  clock: Clock;
  /** The customer is worth a look before its turn. */
  lookSoon(customerId: string): Promise<void>;
  /** The list of customers is worth reading before its time: somebody may have become one. */
  listSoon(): Promise<void>;
}

type Headers = Record<string, string | string[] | undefined>;

/** Takes one event: 200 when it was signed and is understood, 400, 401 or 403 otherwise. Both forms of the signature's header count (docs/partner-center.md §10). */
export function takeEvents(deps: Events): (headers: Headers, body: Buffer, caller: string) => Promise<200 | 400 | 401 | 403> {
  const seen = boundedMap<string, true>(SEEN_MAX);
  return async (headers, body, caller) => {
    const signature = signatureOf(headers);
    const address = headers['x-ms-certificate-url'];
    const algorithm = String(headers['x-ms-signature-algorithm'] ?? '').toLowerCase();
    if (!signature || typeof address !== 'string' || algorithm !== 'rsa-sha256') return 401;
    const signer = await deps.certificates.signerAt(address, caller);
    if ('refused' in signer) return 403;
    if (!verify('RSA-SHA256', body, signer.publicKey, signature)) return 401;
    const parsed = event.safeParse(json(body));
    if (!parsed.success) return 400;
    const mark = createHash('sha256').update(body).digest('base64');
    if (seen.has(mark)) return 200;
    seen.set(mark, true);
    const age = deps.clock.now().getTime() - Date.parse(parsed.data.ResourceChangeUtcDate);
    const customer = CUSTOMER.exec(parsed.data.ResourceUri)?.[1];
    if (!customer || !(age < OLD_MS && age > -EARLY_MS)) return 200;
    if (parsed.data.EventName === JOINED) await deps.listSoon();
    if (SUBSCRIPTION_EVENTS.has(parsed.data.EventName)) await deps.lookSoon(customer.toLowerCase());
    return 200;
  };
}

/** `Authorization: Signature <base64>`, or `x-ms-signature` where it was registered so. */
function signatureOf(headers: Headers): Buffer | null {
  const given = headers['x-ms-signature'] ?? /^Signature (\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  if (typeof given !== 'string' || given.length > SIGNATURE_MAX || !/^[A-Za-z0-9+/]+=*$/.test(given)) return null;
  return Buffer.from(given, 'base64');
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
