import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { helpOf, SENTENCES } from '../../../bot/cli/help.ts';
import { BARE_ENV } from '../../support/image.ts';

describe('npm run help', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  it('has a sentence for every script that one may type, and for no other', () => {
    // npm runs those that begin with pre by itself.
    const typed = Object.keys(scripts).filter((name) => !(name.startsWith('pre') && name.slice(3) in scripts));
    assert.deepEqual(Object.keys(SENTENCES).sort(), typed.sort());
  });
  const FILES = [...new Set(Object.values(scripts).flatMap((line) => /bot\/cli\/\w+\.ts/.exec(line)?.[0] ?? []))].filter((file) => !/\/help\./.test(file));
  it('every script that runs one of ours runs it last, so that words behind it reach it', () => {
    for (const line of Object.values(scripts)) if (line.includes('bot/cli/')) assert.match(line, /bot\/cli\/\w+\.ts( \w[\w-]*)?$/);
  });
  for (const file of FILES)
    it(`${file} --help says how it is used, does nothing else, and is no fault`, () => {
      // A mode that there is not: whatever is more than help would stumble over it.
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, '--help'], { encoding: 'utf8', env: { ...BARE_ENV, MODE: 'none' } });
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /^(Ask one of these:\n|npm run [a-z:]+ )/);
    });
  it('fresh takes nothing away for a word that it does not know', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bot/cli/fresh.ts', 'now'], { encoding: 'utf8', env: { ...BARE_ENV, MODE: 'none' } });
    assert.deepEqual([status, stderr], [2, "npm run fresh takes no words, and 'now' is one: nothing was taken away.\n"]);
  });
  it('counts nothing that is counted elsewhere', () => {
    assert.doesNotMatch(Object.values(SENTENCES).join('\n'), /\binvariants\b|\d/);
  });
  it('is a line each, in two columns', () => {
    const lines = helpOf(SENTENCES);
    assert.equal(lines.length, Object.keys(SENTENCES).length);
    assert.equal(new Set(lines.map((line) => line.lastIndexOf('  ', 30))).size, 1, lines.join('\n'));
  });
});
