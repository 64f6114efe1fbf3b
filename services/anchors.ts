/** Where anchors lie: a secret of Key Vault, whose versions stay, or a file beside the data for a machine of one's own. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { SecretClient, type SecretClientOptions } from '@azure/keyvault-secrets';
import type { Anchor, Anchors } from './anchor.ts';

const NAME = 'successor-record-anchor';

export function keyVaultAnchors(url: string, credential: TokenCredential, options: SecretClientOptions = {}): Anchors {
  const client = new SecretClient(url, credential, options);
  return {
    async last() {
      try {
        const { value } = await client.getSecret(NAME);
        return value ? (JSON.parse(value) as Anchor) : null;
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return null;
        throw error;
      }
    },
    keep: async (anchor) => void (await client.setSecret(NAME, JSON.stringify(anchor), { contentType: 'application/json' })),
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
