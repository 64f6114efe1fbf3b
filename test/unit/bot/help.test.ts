import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { helpOf, SENTENCES } from '../../../bot/cli/help.ts';

describe('npm run help', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  it('has a sentence for every script that one may type, and for no other', () => {
    // npm runs those that begin with pre by itself.
    const typed = Object.keys(scripts).filter((name) => !(name.startsWith('pre') && name.slice(3) in scripts));
    assert.deepEqual(Object.keys(SENTENCES).sort(), typed.sort());
  });
  it('is a line each, in two columns', () => {
    const lines = helpOf(SENTENCES);
    assert.equal(lines.length, Object.keys(SENTENCES).length);
    assert.equal(new Set(lines.map((line) => line.lastIndexOf('  ', 30))).size, 1, lines.join('\n'));
  });
});
