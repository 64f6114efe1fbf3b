import assert from 'node:assert/strict';
import { parseConfig } from '../../bot/config.ts';

function faults(environment: Record<string, string>): string[] {
  const parsed = parseConfig(environment);
  return 'faults' in parsed ? parsed.faults : [];
}

describe('parseConfig', () => {
  it('needs nothing in local mode', () => assert.deepEqual(faults({}), []));
  it('does not open the door when a real setting is there and MODE is not', () =>
    assert.match(faults({ MicrosoftAppId: 'x', KEY_VAULT_URL: 'https://k' })[0] ?? '', /^MicrosoftAppId, KEY_VAULT_URL are set, but MODE is not/));
  it('refuses real credentials in local mode', () =>
    assert.match(faults({ MODE: 'local', MicrosoftAppPassword: 's3cret' })[0] ?? '', /refuses real credentials: take away MicrosoftAppPassword/));
  it('names the value that does not fit, and tells all faults together', () => {
    assert.match(faults({ PORT: 'abc', CHAT: 'maybe' }).join('\n'), /PORT cannot be 'abc'[\s\S]*CHAT cannot be 'maybe'/);
  });
  it('notices a misspelt name', () => assert.match(faults({ Data_Dir: '/x' })[0] ?? '', /Data_Dir is not a setting: did you mean DATA_DIR/));
  it('does not say what it cannot do', () => assert.match(faults({ MODE: 'azure' })[0] ?? '', /is not ready in this version/));
  it('takes only storage and a sandbox on this machine', () => {
    assert.equal(faults({ AZURE_STORAGE_CONNECTION_STRING: 'TableEndpoint=https://x.table.core.windows.net;' }).length, 1);
    assert.equal(faults({ PARTNER_CENTER_URL: 'https://api.partnercenter.microsoft.com' }).length, 1);
    assert.deepEqual(
      faults({
        PARTNER_CENTER_URL: 'http://127.0.0.1:4010',
        AZURE_STORAGE_CONNECTION_STRING: 'TableEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a',
      }),
      [],
    );
  });
  it('never repeats a secret', () => assert.doesNotMatch(faults({ MODE: 'local', MicrosoftAppPassword: 's3cret', PORT: 'x' }).join(), /s3cret/));
});
