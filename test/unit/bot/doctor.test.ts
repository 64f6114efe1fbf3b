/** What the doctor finds: misconfigurations and troubles that are planted, each of which must be named with its cure. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { diagnose, type Facts, linesOf } from '../../../bot/cli/diagnosis.ts';
import { warningsIn, within } from '../../../bot/cli/doctor.ts';
import { parseConfig } from '../../../bot/config/config.ts';

const OURS = 'https://bot.partner.se/api/partner-center/events';
const WELL: Facts = {
  mode: 'azure',
  at: '2027-01-20T10:00:00Z',
  node: '26.10.0',
  bot: { seen: { waitsFor: [] } },
  port: 3978,
  holder: null,
  storage: { seen: true },
  skewMs: 300,
  watch: { seen: { customers: 14, walkedAt: '2027-01-20T09:59:00Z', lateMs: 0, never: 0, skipped: [], list: null } },
  partnerCenter: { seen: 14 },
  others: ['Key Vault', 'Microsoft Graph', 'the login of Microsoft Entra'].map((what) => ({ what, looked: { seen: null } })),
  certificateEndsAt: '2027-06-30T12:00:00.000Z',
  consent: { seen: { storedAt: '2027-01-19T10:00:00Z', consentedAt: '2026-12-01T10:00:00Z' } },
  people: { seen: { approvers: 2, owners: 1 } },
  priceSheets: { seen: null },
  shows: { cost: 'channel', names: 'blocked' },
  fourEyes: { when: 'always' },
  events: { seen: { url: OURS, missing: [] } },
  ours: OURS,
  planned: { seen: { fields: 'actionType', seenAt: '2027-01-02T00:00:00Z' } },
  chats: { seen: { watching: 2, asleep: 0, unknownSince: null } },
  readOnly: { seen: null },
  log: null,
};
const watch = (changes: object): Partial<Facts> => ({ watch: { seen: { ...(WELL.watch as { seen: object }).seen, ...changes } as never } });
const other = (what: string, looked: Facts['others'][number]['looked']): Partial<Facts> => ({
  others: WELL.others.map((one) => (one.what === what ? { what, looked } : one)),
});

function said(changes: Partial<Facts>): { lines: string; bad: number } {
  const findings = diagnose({ ...WELL, ...changes });
  return { lines: linesOf(findings).join('\n'), bad: findings.filter((one) => one.is === 'bad').length };
}

/** What is planted, where it must be named, in which words, and which cure. */
const TROUBLES: [string, Partial<Facts>, string, RegExp, RegExp][] = [
  [
    'storage that refuses',
    { storage: { failed: 'AuthorizationPermissionMismatch' } },
    'storage',
    /AuthorizationPermissionMismatch/,
    /Storage Table Data Contributor/,
  ],
  ['storage that never answers', { storage: { late: 60 } }, 'storage', /no answer within 60 seconds/, /AZURE_STORAGE_ACCOUNT/],
  ['storage on this machine that is not there', { mode: 'local', storage: { failed: 'ECONNREFUSED' } }, 'storage', /ECONNREFUSED/, /AZURITE_PORT/],
  ['a clock that is late', { skewMs: 420_000 }, 'clock', /420 seconds behind/, /NTP/],
  ['a clock that is early', { skewMs: -900_000 }, 'clock', /900 seconds ahead/, /NTP/],
  ['a bot that waits', { bot: { seen: { waitsFor: ['Key Vault'] } } }, 'bot', /waits for Key Vault/, /below/],
  ['a bot that hangs', { bot: { late: 15 } }, 'bot', /does not answer within 15/, /start it again/],
  ['another program at its port', { bot: { failed: 'what answers on port 3978 is not the bot' } }, 'bot', /not the bot/, /PORT/],
  ['Partner Center that refuses', { partnerCenter: { failed: 'Partner Center answered 401' } }, 'Partner Center', /401/, /PARTNER_CLIENT_ID/],
  ['a sandbox that is not there', { mode: 'local', partnerCenter: { failed: 'ECONNREFUSED' } }, 'Partner Center', /ECONNREFUSED/, /npm start/],
  ['a vault behind a firewall', other('Key Vault', { failed: 'Forbidden' }), 'Key Vault', /Forbidden/, /firewall.*Key Vault Secrets Officer/],
  ['Graph without its permission', other('Microsoft Graph', { failed: '403' }), 'Microsoft Graph', /403/, /GroupMember\.Read\.All.*consent/],
  [
    'a secret that has run out',
    other('the login of Microsoft Entra', { failed: 'AADSTS7000222' }),
    'the login of Microsoft Entra',
    /7000222/,
    /has not run out/,
  ],
  ['a certificate that ends soon', { certificateEndsAt: '2027-02-19T12:00:00.000Z' }, 'certificate', /ends 2027-02-19, in 30 days/, /Secrets that end/],
  ['a certificate that ended this morning', { certificateEndsAt: '2027-01-20T08:00:00.000Z' }, 'certificate', /ended 2027-01-20: nothing/, /new version/],
  ['a certificate that has ended', { certificateEndsAt: '2027-01-19T12:00:00.000Z' }, 'certificate', /ended 2027-01-19: nothing/, /new version/],
  ['a sign-in that is missing', { consent: { seen: null } }, 'sign-in', /MISSING/, /writes “consent”/],
  [
    'a sign-in that is over',
    { consent: { seen: { storedAt: '2026-10-22T10:00:00Z', consentedAt: '2026-10-01T00:00:00Z' } } },
    'sign-in',
    /90 days ago.*OVER/,
    /“consent”/,
  ],
  [
    'a sign-in that nobody uses',
    { consent: { seen: { storedAt: '2026-11-15T10:00:00Z', consentedAt: '2026-10-01T00:00:00Z' } } },
    'sign-in',
    /dies in 24 days/,
    /consent again/,
  ],
  ['a group of approvers without members', { people: { seen: { approvers: 0, owners: 1 } } }, 'who may', /no purchase can be approved/, /as approver/],
  ['four eyes with two of them', { people: { seen: { approvers: 1, owners: 1 } } }, 'who may', /FOUR_EYES/, /second approver/],
  ['nobody who owns the bot', { people: { seen: { approvers: 2, owners: 0 } } }, 'who may', /nobody can consent/, /as owner/],
  ['groups that cannot be read', { people: { failed: 'ROLES names the group ‘Sales’, and 2 groups are called so' } }, 'who may', /2 groups/, /ROLES/],
  [
    'events that go elsewhere',
    { events: { seen: { url: 'https://old.example/x', missing: [] } } },
    'events',
    /old\.example.*not to/,
    /--replace https:\/\/old\.example\/x/,
  ],
  [
    'events of which some are missing',
    { events: { seen: { url: OURS, missing: ['subscription-updated'] } } },
    'events',
    /without subscription-updated/,
    /events -- register/,
  ],
  [
    'chats that Teams refuses',
    { chats: { seen: { watching: 2, asleep: 1, unknownSince: null } } },
    'asleep',
    /1 chats?, which Teams refuses/,
    /back into the team/,
  ],
  [
    'a password of the bot that has run out',
    { chats: { seen: { watching: 2, asleep: 0, unknownSince: '2027-01-20' } } },
    'identity',
    /does not know the bot/,
    /MicrosoftAppPassword/,
  ],
  ['customers without GDAP', watch({ skipped: [{ name: 'Contoso', why: 'forbidden 403' }] }), 'not read', /Contoso \(forbidden 403\)/, /GDAP/],
  ['a list that is not whole', watch({ list: '500' }), 'their list', /not read whole: 500/, /Partner Center/],
  ['too many customers for the requests', watch({ lateMs: 3_600_000 }), 'lag', /60 minutes late/, /PARTNER_CENTER_REQUESTS_PER_MINUTE/],
];

const GUID = '11111111-2222-3333-4444-555555555555';
const AZURE = {
  MODE: 'azure',
  MicrosoftAppId: GUID,
  MicrosoftAppTenantId: GUID,
  MicrosoftAppType: 'UserAssignedMSI',
  ALLOWED_TENANTS: GUID,
  ROLES: 'owner=AdminAgents',
  PARTNER_TENANT_ID: GUID,
  PARTNER_CLIENT_ID: GUID,
  PARTNER_CLIENT_SECRET: 'hush',
  KEY_VAULT_URL: 'https://v.vault.azure.net',
  PUBLIC_URL: 'https://bot.partner.se',
  AZURE_STORAGE_ACCOUNT: 'state',
};
/** A setting that is wrong, and the sentence that says so and what to do. */
const SETTINGS: [string, Record<string, string>, RegExp][] = [
  ['no vault', { ...AZURE, KEY_VAULT_URL: '' }, /KEY_VAULT_URL is missing: azure mode needs it/],
  [
    'a slip of the pen',
    { ...AZURE, MICROSOFT_APP_PASSWORD: 'x', MicrosoftAppType: 'SingleTenant' },
    /MICROSOFT_APP_PASSWORD is not a setting: did you mean MicrosoftAppPassword\?/,
  ],
  ['a tenant by name', { ...AZURE, ALLOWED_TENANTS: 'partner.onmicrosoft.com' }, /a tenant is named by its GUID/],
  ['a plain address', { ...AZURE, PUBLIC_URL: 'http://bot.partner.se' }, /PUBLIC_URL must begin with https/],
  ['a secret for an identity that has none', { ...AZURE, MicrosoftAppPassword: 'x' }, /take it away/],
  ['real credentials at home', { MicrosoftAppId: GUID }, /set MODE, or take them away/],
  ['a port that is none', { PORT: '99999' }, /PORT cannot be '99999'/],
  ['four eyes in words of one’s own', { FOUR_EYES: 'mostly' }, /write off, always, above 5000 EUR/],
  ['a list of people that is not there', { PEOPLE: '/nowhere.json' }, /PEOPLE: \/nowhere\.json cannot be read \(ENOENT\)/],
];

describe('the doctor', () => {
  it('says of what is well that it is', () => {
    const found = diagnose(WELL);
    assert.deepEqual(
      found.filter((one) => one.is !== 'well'),
      [],
    );
    assert.equal(linesOf(found).at(-1), 'All is well.');
  });
  for (const [name, planted, what, says, cure] of TROUBLES)
    it(`${name}: named, with its cure`, () => {
      const bad = diagnose({ ...WELL, ...planted }).filter((one) => one.is === 'bad');
      assert.deepEqual(
        bad.map((one) => one.what),
        [what],
        'this, and nothing else',
      );
      assert.match(bad[0]?.says ?? '', says);
      assert.match(bad[0]?.cure ?? '', cure);
    });
  for (const [name, environment, fault] of SETTINGS)
    it(`${name}: named, with its cure, and with nothing else`, () => {
      const parsed = parseConfig(environment);
      assert.ok('faults' in parsed);
      assert.ok(
        parsed.faults.some((one) => fault.test(one)),
        parsed.faults.join('\n'),
      );
    });
  it('what is worth knowing is no fault', () => {
    const quiet: Facts = {
      ...WELL,
      mode: 'local',
      bot: { seen: null },
      events: { seen: null },
      readOnly: { seen: { stop: 'dryRun', since: '2027-01-19' } },
      people: { seen: null },
      ...watch({ walkedAt: null }),
    };
    const lines = linesOf(diagnose(quiet));
    assert.match(lines.join('\n'), /^cards show +prices in every chat \(SHOW_COST=channel\), people .*\(NAMES_IN_CHANNEL=blocked\)$/m);
    assert.match(lines.at(-1) ?? '', /^Nothing is wrong/);
    assert.match(lines.join('\n'), /^dry run +since 2027-01-19: .*buys and changes nothing\n +-> An owner ends it .*“dry-run off”/m);
    assert.match(linesOf(diagnose({ ...WELL, readOnly: { seen: { stop: 'readOnly', since: '2027-01-19' } } })).join('\n'), /^read-only +on since/m);
  });
  it('price sheets that nobody lets it read, and prices that nobody sees, are noted with what to do', () => {
    const { lines, bad } = said({ priceSheets: { seen: { why: 'consent_required' } }, shows: { cost: 'never', names: 'never' } });
    assert.match(
      lines,
      /^price sheets +may not be read \(consent_required\): cards give percentages.*\n +-> Give the app of PARTNER_CLIENT_ID .*api\.partner\.microsoft\.com with admin consent/m,
    );
    assert.match(lines, /^cards show +prices nowhere .*never by name.*\n +-> .*SHOW_COST=personal/m);
    assert.equal(bad, 0);
    assert.match(said({ priceSheets: { late: 15 } }).lines, /^price sheets +WRONG: no answer within 15 seconds/m);
  });
  it('a look that never ends is late, also where nothing else keeps the program alive', () => {
    const script = "const { within } = await import('./bot/cli/doctor.ts'); console.log(JSON.stringify(await within(0.2, () => new Promise(() => {}))));";
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.deepEqual([status, stdout.trim()], [0, '{"late":0.2}']);
  });
  it('a look that throws, at once or later, has failed', async () => {
    const boom = () => {
      throw new Error('first\nsecond');
    };
    assert.deepEqual(await within(1, boom), { failed: 'first' });
    assert.deepEqual(await within(1, async () => boom()), { failed: 'first' });
  });
  const line = (what: string, facts: Facts) => linesOf(diagnose(facts)).find((one) => one.startsWith(`${what} `)) ?? '';
  it('whose bot it is says the data folder alone: of a port it says what was seen there', () => {
    const LOCAL: Facts = { ...WELL, mode: 'local' };
    const at = (facts: Partial<Facts>) => line('bot', { ...LOCAL, ...facts });
    assert.match(at({ holder: 7 }), /^bot +answers on port 3978$/);
    assert.match(at({}), /a bot answers on port 3978, and none runs in the data folder: it is another one$/);
    assert.match(at({ mode: 'azure' }), /a bot answers on port 3978; whether it has these settings is not known$/);
    assert.match(at({ mode: 'azure', bot: { seen: { waitsFor: ['storage'] } } }), /what is on port 3978 waits for storage/);
    assert.match(at({ holder: 7, bot: { seen: null } }), /process 7 uses the data folder, and nothing answers on port 3978/);
    assert.match(line('mode', { ...LOCAL, holder: 7 }), /the settings are those of process 7/);
  });
  it('a log that is not there has no warnings, and is not said to have none', () => {
    const says = (warnings: number | null) => line('log', { ...WELL, log: { file: '.local/bot.log', warnings } });
    assert.match(says(null), /is not there, or cannot be read$/);
    assert.match(says(0), /no warning in the last hour$/);
    assert.match(says(68), /68 warnings/);
  });
  it('counts the warnings of the last hour', () => {
    const line = (level: string, time: string) => `{"level":"${level}","time":"${time}","msg":"x"}`;
    const text = [line('warn', '2027-01-20T08:59:59Z'), line('warn', '2027-01-20T09:00:01Z'), line('info', '2027-01-20T09:30:00Z'), 'cut off {"lev'].join('\n');
    assert.equal(warningsIn(text, '2027-01-20T09:00:00Z'), 1);
  });
});
