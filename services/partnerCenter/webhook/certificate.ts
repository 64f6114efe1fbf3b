/** The one door to the certificate with which Partner Center signs its events; what signs is fetched only from where it may lie. */
import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { boundedMap } from '../../boundedMap.ts';
import type { Clock } from '../../clock.ts';

const SIZE_MAX = 16 * 1024;
const TIMEOUT_MS = 5_000;
const LINKS_MAX = 4;
const CACHED_MS = 3_600_000;
const CACHED_MAX = 20;
/** A certificate that could not be had is not asked for again at once: an attacker chooses the address's path. */
const FAILED_MS = 60_000;
const FAILED_MAX = 200;
/** Looks at addresses that were never good: of all strangers, and of one. Those that were good once have their own. */
const STRANGE_A_MINUTE = 20;
const ONE_A_MINUTE = 4;
const GOOD_A_MINUTE = 20;

/** Where certificates of issuers may be fetched, by the names of Microsoft's and DigiCert's own services; what comes is believed only by its chain. */
const ISSUER_HOSTS = new Set(['www.microsoft.com', 'crl.microsoft.com', 'caissuers.microsoft.com', 'cacerts.digicert.com']);
/** The roots that Microsoft's services chain to, as Node brings them. */
const ROOT_NAMES = [
  /^CN=Microsoft RSA Root Certificate Authority 2017$/m,
  /^CN=Microsoft ECC Root Certificate Authority 2017$/m,
  /^CN=DigiCert Global Root (CA|G2|G3)$/m,
];
const ORGANISATION = /^O=Microsoft Corporation$/m;

export interface Certificates {
  /** The public key's certificate from a signed event's address, or why it is not believed. `caller`: whoever sent the event. */
  signerAt(address: string, caller: string): Promise<X509Certificate | { refused: string }>;
  /** Whether a good signer was found at the address before. */
  isKnown(address: string): boolean;
}

export interface CertificateSettings {
  /** Beginnings of addresses from which a signer's certificate may come, each with its slash. */
  allowed: readonly string[];
  /** Roots as PEM instead of the pinned ones: a test's own, or new ones of Microsoft's. */
  roots: string | null;
  clock: Clock;
}

export function certificates(settings: CertificateSettings): Certificates {
  const roots = settings.roots === null ? pinned() : split(settings.roots);
  // Apart, so that no number of bad addresses takes the place of a good one, or its turn.
  const good = boundedMap<string, { value: X509Certificate; untilMs: number }>(CACHED_MAX);
  const failed = boundedMap<string, { refused: string; untilMs: number }>(FAILED_MAX);
  const asking = new Map<string, Promise<X509Certificate | { refused: string }>>();
  let minute = { at: 0, good: 0, strange: 0, of: new Map<string, number>() };

  function mayFetch(isGood: boolean, caller: string): boolean {
    const at = Math.floor(settings.clock.wallMs() / 60_000);
    if (minute.at !== at) minute = { at, good: 0, strange: 0, of: new Map() };
    if (isGood) return ++minute.good <= GOOD_A_MINUTE;
    const own = minute.of.get(caller) ?? 0;
    if (own >= ONE_A_MINUTE || minute.strange >= STRANGE_A_MINUTE) return false;
    minute.of.set(caller, own + 1);
    minute.strange += 1;
    return true;
  }

  async function look(address: string): Promise<X509Certificate | { refused: string }> {
    try {
      const signer = new X509Certificate(await fetched(address));
      return await judgeSigner(signer, roots, settings.clock.now(), issuerAt);
    } catch (error) {
      return { refused: `could not be had (${(error as Error).name})` };
    }
  }

  async function issuerAt(address: string): Promise<X509Certificate | null> {
    const url = URL.canParse(address) ? new URL(address) : null;
    const allowed = url && (ISSUER_HOSTS.has(url.host) || settings.allowed.some((start) => address.startsWith(start)));
    return allowed ? new X509Certificate(await fetched(address)) : null;
  }

  return {
    isKnown: (address) => good.has(address),
    async signerAt(address, caller) {
      if (!isAllowed(address, settings.allowed)) return { refused: 'an address that is not allowed' };
      const now = settings.clock.wallMs();
      const held = good.get(address);
      if (held && held.untilMs > now) return held.value;
      const failure = failed.get(address);
      if (failure && failure.untilMs > now) return { refused: failure.refused };
      const underWay = asking.get(address);
      if (underWay) return underWay;
      if (!mayFetch(held !== undefined, caller)) return { refused: 'too many certificates asked for' };
      const answer = look(address).finally(() => asking.delete(address));
      asking.set(address, answer);
      const value = await answer;
      if ('refused' in value) failed.set(address, { ...value, untilMs: now + FAILED_MS });
      else good.set(address, { value, untilMs: now + CACHED_MS });
      return value;
    },
  };
}

/** Written as it is compared: no user, no port, no way up, no query. */
function isAllowed(address: string, allowed: readonly string[]): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return (
    url !== null && url.href === address && url.username === '' && url.search === '' && url.hash === '' && allowed.some((start) => address.startsWith(start))
  );
}

function pinned(): X509Certificate[] {
  return rootCertificates.map((pem) => new X509Certificate(pem)).filter((one) => ROOT_NAMES.some((name) => name.test(one.subject)));
}

function split(pem: string): X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => new X509Certificate(one));
}

/** Microsoft's own, valid now, and link by link up to a pinned root. */
async function judgeSigner(
  signer: X509Certificate,
  roots: readonly X509Certificate[],
  now: Date,
  issuerAt: (address: string) => Promise<X509Certificate | null>,
): Promise<X509Certificate | { refused: string }> {
  if (!ORGANISATION.test(signer.subject)) return { refused: 'not of Microsoft Corporation' };
  if (signer.ca) return { refused: 'an authority’s own certificate' };
  if (signer.publicKey.asymmetricKeyType !== 'rsa') return { refused: 'not an RSA key' };
  let link = signer;
  for (let depth = 0; depth <= LINKS_MAX; depth++) {
    if (!isValidAt(link, now)) return { refused: 'a certificate that is over or not yet valid' };
    const root = roots.find((one) => isIssuedBy(link, one));
    if (root) return isValidAt(root, now) ? signer : { refused: 'a root that is over' };
    const address = /CA Issuers - URI:(\S+)/.exec(link.infoAccess ?? '')?.[1];
    const issuer = address ? await issuerAt(address) : null;
    if (!issuer?.ca || !isIssuedBy(link, issuer)) return { refused: 'no chain to a pinned root' };
    link = issuer;
  }
  return { refused: 'a chain that is too long' };
}

function isIssuedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return one.checkIssued(issuer) && one.verify(issuer.publicKey);
}

function isValidAt(one: X509Certificate, at: Date): boolean {
  return new Date(one.validFrom) <= at && at <= new Date(one.validTo);
}

async function fetched(address: string): Promise<Buffer> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok || !response.body) throw new Error('no certificate');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > SIZE_MAX) throw new Error('too large for a certificate');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
