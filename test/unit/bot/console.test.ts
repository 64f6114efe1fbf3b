/** What a start says to people: a part that ends by itself, and a program that breaks. */
import assert from 'node:assert/strict';
import { brokenLine, diedLine, PARTS, partLine, readyLines } from '../../../bot/console.ts';

const PORTS = { port: 1, azuritePort: 2, sandboxPort: 4, chatPort: 5 };

describe('what is said on the console', () => {
  it('has a line for each part, whose names stand in one column', () => {
    const lines = PARTS.map((part) => partLine(part, PORTS));
    assert.equal(new Set(lines.map((line) => line.slice(0, 14))).size, PARTS.length);
    for (const line of lines) assert.match(line, /^ {2}[a-z ]{12}[hA]/);
  });
  for (const part of PARTS)
    for (const went of [
      { code: 1, signal: null },
      { code: null, signal: 'SIGSEGV' },
    ])
      it(`${part} ends by itself ${went.signal ?? `with ${went.code}`}: which, why, where more is, and what to do`, () => {
        const said = diedLine(part, went, 'ENOSPC: no space left', '.local');
        for (const wanted of [went.signal ?? 'with code 1', 'ENOSPC: no space left', `.local/${part}.log`, 'npm start', 'nothing is lost'])
          assert.ok(said.includes(wanted), `${wanted}: ${said}`);
      });
  it('a part that said nothing is not said to have said something', () => {
    assert.doesNotMatch(diedLine('chat', { code: 1, signal: null }, '', '.local'), /last words/);
  });
  it('a program that breaks says why in one line', () => {
    assert.equal(brokenLine(new Error('first\nsecond'), '.local').split('\n').length, 1);
  });
  it('what only local mode has is not offered elsewhere', () => {
    const said = readyLines({ chat: null, bot: 'http://127.0.0.1:1', sandbox: null }, { mode: 'guarded', dataDir: 'x' }).join('\n');
    assert.doesNotMatch(said, /npm run (play|fresh)|Renewals/);
    assert.match(said, /^ready {2}The bot answers on http:\/\/127\.0\.0\.1:1\.\n/);
  });
});
