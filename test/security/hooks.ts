/** Nothing that any test prints holds a secret that a test has planted. */
import assert from 'node:assert/strict';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRETS } from './canaries.ts';

// Tests start some hundred processes of the same code: each reads what the first has compiled.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'successor-compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

const KEPT_MAX = 200;
const found: string[] = [];

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream) as (...words: unknown[]) => boolean;
  stream.write = ((...words: unknown[]) => {
    const text = String(words[0]);
    if (SECRETS.test(text) && found.length < KEPT_MAX) found.push(text.replace(SECRETS, '<secret>'));
    return write(...words);
  }) as typeof stream.write;
}

export const mochaHooks = {
  afterAll(): void {
    // By itself it is written when the process ends: what starts before the last file is done would compile all of it again.
    flushCompileCache();
    assert.deepEqual(found, [], 'a secret was printed');
  },
};
