/** The door to Key Vault: where the refresh token and the record's anchors lie, or in files that only this account can read. */
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { SecretClient, type SecretClientOptions } from '@azure/keyvault-secrets';
import type { Anchor, Anchors } from '../../auditLog/anchor.ts';
import type { Clock } from '../../clock.ts';
import type { Vault } from './consent.ts';

const NAME = 'successor-partner-center-refresh';
const LIVES_MS = 90 * 86_400_000;

/** Each secret is a version of one name. The vault keeps what was dropped, but gives it to nobody. */
export function keyVault(url: string, credential: TokenCredential, clock: Clock, options: SecretClientOptions = {}): Vault {
  const client = new SecretClient(url, credential, options);
  return {
    async put(secret) {
      const stored = await client.setSecret(NAME, secret, { expiresOn: new Date(clock.now().getTime() + LIVES_MS) });
      return stored.properties.version as string;
    },
    async get(version) {
      try {
        return (await client.getSecret(NAME, { version })).value;
      } catch (error) {
        // 403: it is there and disabled.
        if ([403, 404].includes((error as { statusCode?: number }).statusCode ?? 0)) return undefined;
        throw error;
      }
    },
    drop: async (version) => void (await client.updateSecretProperties(NAME, version, { enabled: false })),
  };
}

/** For a machine of one's own: each version a file. */
export function fileVault(folder: string): Vault {
  return {
    async put(secret) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const version = randomBytes(16).toString('hex');
      await writeFile(join(folder, version), secret, { mode: 0o600, flag: 'wx' });
      return version;
    },
    async get(version) {
      try {
        return /^[0-9a-f]{32}$/.test(version) ? await readFile(join(folder, version), 'utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    drop: (version) => rm(join(folder, version), { force: true }),
  };
}

const ANCHOR_NAME = 'successor-record-anchor';

/** Anchors of the record as versions of one secret, which stay. */
export function keyVaultAnchors(url: string, credential: TokenCredential, options: SecretClientOptions = {}): Anchors {
  const client = new SecretClient(url, credential, options);
  return {
    async last() {
      try {
        const { value } = await client.getSecret(ANCHOR_NAME);
        return value ? (JSON.parse(value) as Anchor) : null;
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return null;
        throw error;
      }
    },
    keep: async (anchor) => void (await client.setSecret(ANCHOR_NAME, JSON.stringify(anchor), { contentType: 'application/json' })),
  };
}

/** One line an anchor, the newest last. */
export function fileAnchors(folder: string): Anchors {
  const file = join(folder, 'anchors.jsonl');
  return {
    async last() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const line = text.trimEnd().split('\n').at(-1);
      return line ? (JSON.parse(line) as Anchor) : null;
    },
    async keep(anchor) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(file, `${JSON.stringify(anchor)}\n`, { mode: 0o600 });
    },
  };
}
