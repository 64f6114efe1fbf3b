import assert from 'node:assert/strict';
import { parseConfig } from '../../../bot/config/config.ts';

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
  it('tells in one round whatever is wrong: a value, a rule, a file, a folder, a name', () => {
    const wrong = {
      PORT: 'abc',
      CHAT: 'maybe',
      FOUR_EYES: 'sometimes',
      PEOPLE: 'nope.json',
      PROGRAMMES_DIR: '/nowhere',
      PARTNER_CENTER_URL: 'https://x.example',
    };
    const told = faults({ ...wrong, MicrosoftAppId: 'x', READONLY: 'on', OTEL_EXPORTER_OTLP_HEADERS: 'x' });
    for (const name of [...Object.keys(wrong), 'MicrosoftAppId', 'READONLY', 'OTEL_EXPORTER_OTLP_HEADERS'])
      assert.equal(told.filter((one) => one.startsWith(`${name} `) || one.startsWith(`${name}:`)).length, 1, `${name}: ${told.join('\n')}`);
    assert.equal(told.length, Object.keys(wrong).length + 3);
  });
  it('what is wrong in one round is all: each mended, none is left', () => {
    const bad = { PORT: 'x', SHOW_COST: 'x', CLOUD: 'x', KEY_VAULT_URL: 'x', SWEEP_MINUTES: '-1', FOUR_EYES: 'x', ROLES: 'x', ALLOWED_TENANTS: 'x' };
    const told = faults({ MODE: 'azure', ...bad });
    for (const name of Object.keys(bad)) assert.equal(told.filter((one) => one.startsWith(`${name} `)).length, 1, `${name}: ${told.join('\n')}`);
    const named = told.map((one) => one.split(' ')[0] as string);
    const mended = Object.fromEntries(named.flatMap((name) => (name in AZURE ? [[name, AZURE[name as keyof typeof AZURE]]] : [])));
    assert.deepEqual(faults({ MODE: 'azure', ...mended, PARTNER_CLIENT_SECRET: 's3cret' }), []);
  });
  it('a value that cannot be read is judged by nothing else: no default stands in for it', () => {
    assert.deepEqual(faults({ MODE: 'azur', MicrosoftAppId: 'x' }).length, 1, 'which settings a mode wants is not known');
    const { MicrosoftAppPassword: _, ...rest } = AZURE;
    assert.deepEqual(
      faults({ ...rest, MicrosoftAppType: 'MultiTenant' }).map((one) => one.split(' ')[0]),
      ['MicrosoftAppType'],
    );
  });
  it('notices a misspelt name', () => assert.match(faults({ Data_Dir: '/x' })[0] ?? '', /Data_Dir is not a setting: did you mean DATA_DIR/));
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
  it('hides prices and names where it is told to, and shows them where nothing is said', () => {
    const shows = (environment: Record<string, string>) => {
      const parsed = parseConfig(environment);
      return 'config' in parsed ? parsed.config.shows : parsed.faults;
    };
    assert.deepEqual(shows({}), { cost: 'channel', names: 'blocked' });
    assert.deepEqual(shows({ SHOW_COST: 'personal', NAMES_IN_CHANNEL: 'never' }), { cost: 'personal', names: 'never' });
    assert.match(faults({ SHOW_COST: 'nowhere', NAMES_IN_CHANNEL: 'all' }).join('\n'), /SHOW_COST cannot be 'nowhere'[\s\S]*NAMES_IN_CHANNEL cannot be 'all'/);
  });
  it('never repeats a secret', () => assert.doesNotMatch(faults({ MODE: 'local', MicrosoftAppPassword: 's3cret', PORT: 'x' }).join(), /s3cret/));
});

const ID = '11111111-2222-4333-8444-555555555555';
const AZURE = {
  MODE: 'azure',
  MicrosoftAppId: ID,
  MicrosoftAppTenantId: ID,
  MicrosoftAppPassword: 's3cret',
  ALLOWED_TENANTS: `${ID}, ${ID.replace('1', '2')}`,
  ROLES: 'owner=AdminAgents; approver=one,two',
  AZURE_STORAGE_ACCOUNT: 'partnerstore',
  PARTNER_TENANT_ID: ID,
  PARTNER_CLIENT_ID: ID,
  PARTNER_CLIENT_SECRET: 's3cret',
  KEY_VAULT_URL: 'https://v.vault.azure.net',
  PUBLIC_URL: 'https://bot.example',
};
const GUARDED = { MODE: 'guarded', MicrosoftAppId: ID, MicrosoftAppTenantId: 't', BOT_KEYS_URL: 'http://127.0.0.1:1/oidc', ALLOWED_TENANTS: 't' };

describe('parseConfig: no mode opens by mistake', () => {
  const without = (name: string) => Object.fromEntries(Object.entries(AZURE).filter(([key]) => key !== name));

  it('azure takes what it needs', () => {
    const parsed = parseConfig(AZURE);
    assert.ok('config' in parsed, JSON.stringify(parsed));
    const { config } = parsed;
    assert.deepEqual([config.mode, config.chat, config.proxies, config.partnerCenterUrl], ['azure', false, 1, 'https://api.partnercenter.microsoft.com']);
    assert.deepEqual(config.identity?.tenants, [ID, ID.replace('1', '2')]);
    assert.deepEqual(config.roleGroups, { owner: ['AdminAgents'], approver: ['one', 'two'] });
  });
  it('azure tells everything that is missing in one go', () => {
    const told = faults({ MODE: 'azure' }).join('\n');
    for (const name of Object.keys(AZURE).filter((one) => one !== 'MODE')) assert.match(told, new RegExp(name), name);
  });
  for (const name of Object.keys(AZURE).filter((one) => one !== 'MODE'))
    it(`azure does not start without ${name}, and half an environment never ends in local mode`, () => {
      assert.match(faults(without(name)).join(), new RegExp(name));
      const { MODE: _, ...unset } = AZURE;
      assert.match(faults({ [name]: unset[name as keyof typeof unset] }).join(), /MODE is not/);
    });
  const wrong: [string, Record<string, string>, RegExp][] = [
    ['many tenants', { MicrosoftAppType: 'MultiTenant' }, /MicrosoftAppType cannot be 'MultiTenant'/],
    ['keys of a test’s own', { BOT_KEYS_URL: 'https://keys.example' }, /take away BOT_KEYS_URL/],
    ['a file of people', { PEOPLE: 'package.json' }, /take away PEOPLE/],
    ['a fixed bearer', { PARTNER_CENTER_TOKEN: 's3cret' }, /take away PARTNER_CENTER_TOKEN/],
    ['a chat page', { CHAT: 'on' }, /CHAT=on is for local mode/],
    ['Partner Center over http', { PARTNER_CENTER_URL: 'http://api.partnercenter.microsoft.com' }, /must begin with https/],
    ['Graph over http', { GRAPH_URL: 'http://127.0.0.1:1' }, /GRAPH_URL must begin with https/],
    ['the login over http', { LOGIN_URL: 'http://127.0.0.1:1' }, /LOGIN_URL must begin with https/],
    ['a vault over http', { KEY_VAULT_URL: 'http://v' }, /KEY_VAULT_URL must begin with https/],
    ['itself over http', { PUBLIC_URL: 'http://bot.example' }, /PUBLIC_URL must begin with https/],
    ['storage over http', { AZURE_STORAGE_CONNECTION_STRING: 'TableEndpoint=http://x/a' }, /must use https/],
    ['an app id that is none', { MicrosoftAppId: 'bot' }, /it is a GUID/],
    ['a tenant by name', { ALLOWED_TENANTS: 'contoso.com' }, /named by its GUID/],
    ['a role that is none', { ROLES: 'admin=x' }, /ROLES cannot hold 'admin=x'/],
    ['a role without a group', { ROLES: 'owner=' }, /ROLES cannot hold 'owner='/],
    ['a host without its slash', { EVENTS_CERTIFICATES: 'https://x.example' }, /with a slash at the end/],
    ['a certificate over http', { EVENTS_CERTIFICATES: 'http://x.example/' }, /EVENTS_CERTIFICATES cannot hold/],
    ['a certificate that is not there', { PARTNER_CERTIFICATE: '/nowhere.pem' }, /cannot be read/],
    [
      'a key in place of a file',
      { PARTNER_CERTIFICATE: '-----BEGIN PRIVATE KEY-----\nMIIEvQ' },
      /^PARTNER_CERTIFICATE holds the text itself, and should name a file/m,
    ],
    // Its text has all the words of PEM, and no certificate.
    ['a certificate that cannot be read', { PARTNER_CERTIFICATE: 'test/security/cost.test.ts' }, /must hold the certificate and its private key/],
    ['a certificate without its key', { PARTNER_CERTIFICATE: 'package.json' }, /must hold the certificate and its private key/],
  ];
  for (const [name, changes, told] of wrong) it(`azure refuses ${name}`, () => assert.match(faults({ ...AZURE, ...changes }).join('\n'), told));
  for (const MicrosoftAppType of ['UserAssignedMSI', 'UserAssignedMsi']) {
    const given = { ...without('MicrosoftAppPassword'), MicrosoftAppType };
    it(`a managed identity (${MicrosoftAppType}) needs no password, and may have none`, () => {
      assert.deepEqual(faults(given), []);
      assert.match(faults({ ...given, MicrosoftAppPassword: 'x' }).join(), /a managed identity .* has none/);
    });
    it(`a managed identity (${MicrosoftAppType}) is also the one that speaks to storage, unless another is named`, () => {
      const clientId = (more: Record<string, string>) => {
        const parsed = parseConfig({ ...given, ...more });
        return 'config' in parsed ? [parsed.config.identityClientId, parsed.config.identity?.appType] : parsed.faults;
      };
      const other = '99999999-8888-4777-8666-555555555555';
      assert.deepEqual(clientId({}), [AZURE.MicrosoftAppId, 'UserAssignedMSI']);
      assert.deepEqual(clientId({ AZURE_CLIENT_ID: other }), [other, 'UserAssignedMSI']);
    });
  }
  it('runs in two of Microsoft’s clouds, and says why not in the others', () => {
    for (const CLOUD of ['public', 'gcc']) assert.deepEqual(faults({ ...AZURE, CLOUD }), []);
    for (const CLOUD of ['gcchigh', 'dod', 'GCC High'])
      assert.match(faults({ ...AZURE, CLOUD }).join(), new RegExp(`^CLOUD cannot be '${CLOUD}': write public or gcc; GCC High and DoD have another login`));
  });

  it('guarded takes a test’s own keys, and nothing real', () => {
    assert.deepEqual(faults(GUARDED), []);
    for (const [name, value] of Object.entries({
      MicrosoftAppPassword: 's3cret',
      AZURE_STORAGE_ACCOUNT: 'x',
      KEY_VAULT_URL: 'https://v',
      PARTNER_CLIENT_SECRET: 's3cret',
      ROLES: 'owner=x',
      BOT_KEYS_URL: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
      PARTNER_CENTER_URL: 'https://api.partnercenter.microsoft.com',
    }))
      assert.equal(faults({ ...GUARDED, [name]: value }).length, 1, name);
    for (const name of Object.keys(GUARDED).filter((one) => one !== 'MODE'))
      assert.match(faults(Object.fromEntries(Object.entries(GUARDED).filter(([key]) => key !== name))).join(), new RegExp(`${name} is missing`));
  });
  it('no fault says a secret again, also where a key stands in the place of the file that holds it', () => {
    const keys = [
      '-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY----- CANARY',
      `MIIEvQ${'CANARY'.repeat(100)}`,
      '{"key": "CANARY"}',
    ];
    const secrets = ['MicrosoftAppPassword', 'PARTNER_CLIENT_SECRET', 'PARTNER_CENTER_TOKEN', 'AZURE_STORAGE_CONNECTION_STRING', 'AZURE_CLIENT_SECRET'];
    for (const MODE of ['local', 'guarded', 'azure', 'none'])
      for (const key of keys)
        for (const name of [...secrets, 'PARTNER_CERTIFICATE', 'EVENTS_ROOTS', 'PEOPLE'])
          assert.doesNotMatch(faults({ MODE, [name]: key }).join(), /CANARY/, name);
  });
  it('a slip of one letter or two is told, whatever its case', () => {
    for (const [slip, meant] of Object.entries({
      MicrosoftApId: 'MicrosoftAppId',
      MICROSOFT_APP_ID: 'MicrosoftAppId',
      MicrosoftAppPasword: 'MicrosoftAppPassword',
      ALOWED_TENANTS: 'ALLOWED_TENANTS',
      PARTNER_CLIENT_SECERT: 'PARTNER_CLIENT_SECRET',
      KEYVAULT_URL: 'KEY_VAULT_URL',
      Mode: 'MODE',
      READONLY: 'READ_ONLY',
    }))
      assert.match(faults({ [slip]: 'x' }).join(), new RegExp(`${slip} is not a setting: did you mean ${meant}`), slip);
  });
  it('a cloud host is no machine of one’s own', () => {
    for (const name of ['WEBSITE_SITE_NAME', 'CONTAINER_APP_NAME', 'IDENTITY_ENDPOINT']) assert.match(faults({ [name]: 'x' }).join(), /set MODE=azure/);
  });
  it('what an ordinary machine has disturbs nothing', () =>
    assert.deepEqual(
      faults({
        PATH: '/bin',
        HOME: '/root',
        HOST: 'x',
        PWD: '/',
        POST: '1',
        SHELL: 'sh',
        LOGNAME: 'me',
        npm_config_cache: 'x',
        CI: 'true',
        PAGER: 'less',
        AZURE_CONFIG_DIR: '/x',
      }),
      [],
    ));
  it('no secret is ever repeated', () => {
    const told = [
      { ...AZURE, PORT: 'x' },
      { ...AZURE, MODE: 'local' },
      { ...GUARDED, MicrosoftAppPassword: 's3cret' },
      { ...AZURE, PARTNER_CENTER_TOKEN: 's3cret' },
    ]
      .flatMap(faults)
      .join('\n');
    assert.doesNotMatch(told, /s3cret/);
    assert.ok(told.length > 100);
  });
});
