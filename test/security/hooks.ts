/** Nothing that any test prints holds a secret that a test has planted. */
import assert from 'node:assert/strict';
import { SECRETS } from './canaries.ts';

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
    assert.deepEqual(found, [], 'a secret was printed');
  },
};
