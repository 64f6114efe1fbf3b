/** Certificates of a test's own authority, and events signed with them as Partner Center signs its. */
import { createSign, type KeyObject, KeyObject as Key } from 'node:crypto';
import { createServer } from 'node:http';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const YEAR_MS = 365 * 86_400_000;

export interface Signer {
  /** Beginning of the addresses where the certificates lie. */
  base: string;
  /** The pinned root, as PEM. */
  root: string;
  /** Addresses by what is wrong with the certificate there. */
  at: Record<'good' | 'otherCompany' | 'otherRoot' | 'over' | 'early' | 'authority' | 'huge' | 'noise' | 'moved', string>;
  fetches(): number;
  headers(body: Buffer | string, changes?: Partial<Signing>): Record<string, string>;
  close(): Promise<void>;
}

interface Signing {
  address: string;
  algorithm: string;
  /** The header of its own, in place of Authorization. */
  ownHeader: boolean;
  key: 'good' | 'other';
}

async function keys() {
  return crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
}

interface Made {
  pem: string;
  der: Buffer;
  key: KeyObject;
}

export async function startSigner(): Promise<Signer> {
  x509.cryptoProvider.set(crypto);
  const files = new Map<string, Buffer>();
  let fetches = 0;
  const server = createServer((request, response) => {
    fetches += 1;
    if (request.url === '/moved.cer') response.setHeader('Location', 'http://127.0.0.1:9/x').statusCode = 302;
    const file = files.get(request.url ?? '');
    if (!file && request.url !== '/moved.cer') response.statusCode = 404;
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  const [rootKeys, otherRootKeys, middleKeys, leafKeys, otherKeys] = await Promise.all([keys(), keys(), keys(), keys(), keys()]);
  const now = Date.now();
  const make = async (of: {
    subject: string;
    issuer: string;
    keys: CryptoKeyPair;
    by: CryptoKeyPair;
    from?: number;
    to?: number;
    ca?: boolean;
    issuerAt?: string;
  }): Promise<Made> => {
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: Math.floor(Math.random() * 1e12)
        .toString(16)
        .padStart(12, '0'),
      subject: of.subject,
      issuer: of.issuer,
      notBefore: new Date(of.from ?? now - YEAR_MS),
      notAfter: new Date(of.to ?? now + YEAR_MS),
      signingAlgorithm: RSA,
      publicKey: of.keys.publicKey,
      signingKey: of.by.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(of.ca ?? false, undefined, true),
        await x509.SubjectKeyIdentifierExtension.create(of.keys.publicKey),
        ...(of.issuerAt ? [new x509.AuthorityInfoAccessExtension({ caIssuers: of.issuerAt })] : []),
      ],
    });
    return { pem: certificate.toString('pem'), der: Buffer.from(certificate.rawData), key: Key.from(of.keys.privateKey) };
  };
  const ROOT = 'CN=Test Root, O=Test';
  const MIDDLE = 'CN=Test Issuer, O=Test';
  const LEAF = 'CN=pcnotifications.test, O=Microsoft Corporation';
  const root = await make({ subject: ROOT, issuer: ROOT, keys: rootKeys, by: rootKeys, ca: true });
  const middle = await make({ subject: MIDDLE, issuer: ROOT, keys: middleKeys, by: rootKeys, ca: true });
  const otherMiddle = await make({ subject: MIDDLE, issuer: ROOT, keys: otherRootKeys, by: otherRootKeys, ca: true });
  const leafFrom = { subject: LEAF, issuer: MIDDLE, keys: leafKeys, by: middleKeys, issuerAt: `${base}middle.cer` };
  const good = await make(leafFrom);
  const otherKey = Key.from(otherKeys.privateKey);
  const put = (name: string, file: Buffer) => {
    files.set(`/${name}.cer`, file);
    return `${base}${name}.cer`;
  };
  put('middle', middle.der);
  put('otherMiddle', otherMiddle.der);
  const at = {
    good: put('good', good.der),
    otherCompany: put('otherCompany', (await make({ ...leafFrom, subject: 'CN=pcnotifications.test, O=Evil Corporation' })).der),
    otherRoot: put('otherRoot', (await make({ ...leafFrom, by: otherRootKeys, issuerAt: `${base}otherMiddle.cer` })).der),
    over: put('over', (await make({ ...leafFrom, from: now - 2 * YEAR_MS, to: now - YEAR_MS })).der),
    early: put('early', (await make({ ...leafFrom, from: now + YEAR_MS / 2 })).der),
    authority: put('authority', (await make({ ...leafFrom, ca: true })).der),
    huge: put('huge', Buffer.alloc(1_000_000, 65)),
    noise: put('noise', Buffer.from('not a certificate')),
    moved: `${base}moved.cer`,
  };
  return {
    base,
    root: root.pem,
    at,
    fetches: () => fetches,
    headers(body, changes = {}) {
      const signature = createSign('RSA-SHA256')
        .update(body)
        .sign(changes.key === 'other' ? otherKey : good.key, 'base64');
      return {
        'Content-Type': 'application/json',
        ...(changes.ownHeader ? { 'x-ms-signature': signature } : { Authorization: `Signature ${signature}` }),
        'X-MS-Certificate-Url': changes.address ?? at.good,
        'X-MS-Signature-Algorithm': changes.algorithm ?? 'rsa-sha256',
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A certificate for this machine's own address, with its key: of a server that speaks TLS. Whoever trusts it alone can ask there. */
export async function serverCertificate(): Promise<{ cert: string; key: string }> {
  x509.cryptoProvider.set(crypto);
  const own = await keys();
  const extensions = [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=127.0.0.1', keys: own, signingAlgorithm: RSA, extensions });
  return { cert: certificate.toString('pem'), key: String(Key.from(own.privateKey).export({ format: 'pem', type: 'pkcs8' })) };
}

/** A certificate of an app's own, with its private key: what PARTNER_CERTIFICATE names. */
export async function appCertificate(notAfter?: Date): Promise<string> {
  x509.cryptoProvider.set(crypto);
  const own = await keys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Successor',
    keys: own,
    signingAlgorithm: RSA,
    ...(notAfter ? { notAfter } : {}),
  });
  return `${certificate.toString('pem')}\n${String(Key.from(own.privateKey).export({ format: 'pem', type: 'pkcs8' }))}`;
}
