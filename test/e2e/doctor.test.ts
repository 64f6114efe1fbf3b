/** `npm run doctor` as a process: it always ends with an answer and a code. How it is with a bot that is well, test/e2e/readme.test.ts shows. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { azuriteConnection } from '../../services/store/azureTables.ts';
import { freePair, freePort } from '../support/ports.ts';

describe('the doctor, asked', () => {
  async function asked(changes: Record<string, string>): Promise<{ code: number | null; out: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'successor-doctor-'));
    const ports = { PORT: `${await freePort()}`, SANDBOX_PORT: `${await freePort()}`, AZURITE_PORT: `${await freePair()}` };
    const env = { PATH: process.env.PATH ?? '', DATA_DIR: folder, ...ports, ...changes };
    const child = spawn(process.execPath, ['bot/cli/operator.ts', 'doctor'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    rmSync(folder, { recursive: true, force: true });
    return { code, out };
  }

  it('while the bot is down and its storage is not there: says so, what to do, and that the rest was not looked at', async () => {
    const tables = await freePair();
    const { code, out } = await asked({ AZURE_STORAGE_CONNECTION_STRING: azuriteConnection(tables, tables + 1) });
    assert.equal(code, 1, out);
    assert.match(out, /^bot +does not run on this machine\n +-> npm start$/m);
    assert.match(out, /^storage +WRONG: .*ECONNREFUSED.*\n +-> Where AZURE_STORAGE_CONNECTION_STRING is set, start what it names/m);
    assert.match(out, /^the rest +lies in the storage/m);
    assert.match(out, /One thing is wrong; what to do stands after each arrow\.\n$/);
  });
  it('with settings that are wrong: all of them, and another code', async () => {
    const { code, out } = await asked({ PORT: '99999', FOUR_EYES: 'mostly' });
    assert.equal(code, 2, out);
    assert.match(out, /PORT cannot be '99999'[\s\S]*nothing else was looked at/);
  });
});
