/** What a bot notes of itself beside the lock of its data folder, and who goes by it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, parseConfig } from '../../../bot/config/config.ts';
import { asItRuns, holderOf, notedOf } from '../../../bot/config/running.ts';
import { runsAlready } from '../../../bot/console.ts';
import { lockHolder } from '../../../services/local/processes.ts';

function given(environment: Record<string, string>): Config {
  const parsed = parseConfig(environment);
  assert.ok('config' in parsed, JSON.stringify(parsed));
  return parsed.config;
}

describe('the bot that runs in a data folder', () => {
  let DATA_DIR: string;
  beforeEach(() => {
    DATA_DIR = mkdtempSync(join(tmpdir(), 'successor-running-'));
  });
  afterEach(() => rmSync(DATA_DIR, { recursive: true }));
  const locks = (held: unknown) => writeFileSync(join(DATA_DIR, 'lock'), typeof held === 'string' ? held : JSON.stringify(held));

  it('is asked after with its own settings, whatever those of the shell are', () => {
    const bot = given({ DATA_DIR, PORT: '4001', AZURITE_PORT: '4002', PEOPLE: 'docs/people.json', FOUR_EYES: 'always', READ_ONLY: 'on', CHAT_PORT: '4005' });
    locks({ pid: process.pid, noted: notedOf(bot) });
    const { people, fourEyes, port, azuritePort, readOnly, chatPort, publicUrl } = asItRuns(given({ DATA_DIR }), lockHolder(DATA_DIR));
    assert.deepEqual(
      { people, fourEyes, port, azuritePort, readOnly, chatPort, publicUrl },
      {
        ...{ people: bot.people, fourEyes: { when: 'always' }, port: 4001, azuritePort: 4002, readOnly: true, chatPort: 4005 },
        publicUrl: 'http://127.0.0.1:4001',
      },
    );
  });
  it('is not meant where none runs, where it is of another mode, and where the folder says nothing that can be read', () => {
    const own = given({ DATA_DIR });
    const noted = notedOf(given({ DATA_DIR, PORT: '4001' }));
    assert.equal(asItRuns(own, lockHolder(DATA_DIR)).port, 3978, 'no lock');
    for (const held of ['', 'x', { pid: 0, noted }, { pid: 2 ** 30, noted }]) {
      locks(held);
      assert.equal(holderOf(own, lockHolder(DATA_DIR)), null, JSON.stringify(held));
    }
    locks({ pid: process.pid, noted: { ...noted, mode: 'guarded' } });
    assert.equal(asItRuns(own, lockHolder(DATA_DIR)).port, 3978);
    locks(String(process.pid));
    assert.deepEqual(holderOf(own, lockHolder(DATA_DIR)), { pid: process.pid, noted: null }, 'a release before wrote the process alone');
    locks({ pid: process.pid, noted });
    assert.equal(holderOf({ mode: 'azure' }, lockHolder(DATA_DIR)), null);
  });
  it('notes no secret', () => {
    const secrets = { PARTNER_CENTER_TOKEN: 'CANARY', METRICS_TOKEN: 'CANARY-CANARY-CANARY', OTEL_EXPORTER_OTLP_HEADERS: 'key=CANARY' };
    const storage = 'TableEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;AccountKey=CANARY';
    const noted = notedOf(given({ DATA_DIR, ...secrets, AZURE_STORAGE_CONNECTION_STRING: storage, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }));
    assert.doesNotMatch(JSON.stringify(noted), /CANARY/);
  });
  it('is named to a second start, with its page, and with what a second one beside it needs: ports and a folder of its own', () => {
    const own = given({ DATA_DIR: '.local' });
    const said = runsAlready({ pid: 7, noted: notedOf(own) }, own);
    assert.match(said, /^Successor is running already, as process 7: open http:\/\/127\.0\.0\.1:56150\. A second one beside it/);
    const [, words = ''] = /own: (.*) npm start$/.exec(said) ?? [];
    const second = given(Object.fromEntries(words.split(' ').map((word) => word.split('=') as [string, string])));
    const portsOf = ({ port, chatPort, sandboxPort, azuritePort }: Config) => [port, chatPort, sandboxPort, azuritePort, azuritePort + 1];
    assert.equal(new Set([...portsOf(own), ...portsOf(second)]).size, 10, said);
    assert.notEqual(second.dataDir, own.dataDir);
    assert.match(runsAlready({ pid: 7, noted: notedOf(own) }, given({ PORT: '5000' })), /PORT=5000 CHAT_PORT=56151/, 'a port that is another already stays');
    assert.match(runsAlready({ pid: 7, noted: notedOf(given({ CHAT: 'off' })) }, own), /it answers on http:\/\/127\.0\.0\.1:3978/);
    assert.ok(readFileSync('README.md', 'utf8').includes(`${words} npm start`), 'README has the same line');
  });
});
