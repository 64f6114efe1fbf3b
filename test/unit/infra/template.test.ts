/** The files of the deployment against each other, against the settings that the bot reads, and against what the documents say. */
import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from '../../../bot/cli/package.ts';
import { parseConfig } from '../../../bot/config/config.ts';
import { SETTING_NAMES } from '../../../bot/config/settings.ts';
import { LIMITS, LIMITS_EVERY_MS } from '../../../bot/limits.ts';
import { appCertificate } from '../../security/signer.ts';
import { readTemplate, secretsIn, settingsIn, unbalanced } from './bicep.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');
const main = readTemplate('main.bicep');
const modules = readdirSync(new URL('infra/modules/', ROOT)).map((name) => readTemplate(`modules/${name}`));
const app = readTemplate('modules/app.bicep');
const settings = settingsIn(app);
const secrets = secretsIn(app);
const parameters = (JSON.parse(read('infra/main.parameters.json')) as { parameters: Record<string, { value: string }> }).parameters;
const connect = read('infra/connect.sh');

const GUID = '11111111-2222-4333-8444-555555555555';
/** What Azure would give for each expression of the template. */
const GIVEN: Record<string, string> = {
  identityClientId: GUID,
  'tenant().tenantId': GUID,
  allowedTenants: GUID,
  roles: `owner=${GUID}; approver=${GUID},${GUID}`,
  partnerTenantId: GUID,
  partnerClientId: GUID,
  vaultUrl: 'https://succ-abc.vault.azure.net/',
  storageAccount: 'succabc',
  publicUrl: 'https://bot-abc.westeurope.azurecontainerapps.io',
  cloud: 'public',
  fourEyes: 'always',
  showCost: 'personal',
  namesInChannel: 'never',
  readOnly: 'off',
  // What nobody has chosen is not given.
  ...Object.fromEntries(
    ['sweepMinutes', 'partnerCenterRequestsPerMinute', 'licenceRequestsPerMinute', 'namesDays', 'recordDays', 'proxies', 'collectorEndpoint'].map((name) => [
      name,
      '',
    ]),
  ),
};
/** Of a machine of one's own, of tests, or of another way to prove the same; EVENTS_* only if Microsoft changes whom it signs with. */
const NOT_IN_AZURE = [
  ...['CHAT_PORT', 'SANDBOX_PORT', 'AZURITE_PORT', 'CHAT', 'DATA_DIR', 'PROGRAMMES_DIR', 'PEOPLE', 'AZURE_STORAGE_CONNECTION_STRING', 'PARTNER_CENTER_URL'],
  ...['PARTNER_CENTER_TOKEN', 'MicrosoftAppPassword', 'BOT_KEYS_URL', 'GRAPH_URL', 'LOGIN_URL', 'PARTNER_CLIENT_SECRET', 'EVENTS_CERTIFICATES', 'EVENTS_ROOTS'],
];

describe('the template', () => {
  for (const one of [main, ...modules])
    it(`${one.file} is closed where it was opened, and uses each of its parameters`, () => {
      assert.equal(unbalanced(one.text), '');
      for (const { name } of one.params) assert.ok((one.text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1, name);
    });
  it('a bracket too few or too many would be seen', () => {
    for (const planted of ['a: {', 'a: [b)', "a: 'b", 'x)', "'${f(a)}' }"]) assert.notEqual(unbalanced(planted), '', planted);
  });
  it('gives each module the parameters that it has, and reads only outputs that there are', () => {
    assert.deepEqual(main.modules.map((one) => one.path).sort(), modules.map((one) => one.file).sort());
    for (const { name, path, params } of main.modules) {
      const module = readTemplate(path);
      assert.deepEqual(
        Object.keys(params),
        module.params.map((one) => one.name),
        name,
      );
      for (const [, output = ''] of main.text.matchAll(new RegExp(`\\b${name}!?\\.outputs\\.(\\w+)`, 'g')))
        assert.ok(module.outputs.includes(output), `${name}.${output}`);
    }
  });
  it('is given its parameters by the file of parameters, each of them', () => {
    assert.deepEqual(Object.keys(parameters).sort(), main.params.map((one) => one.name).sort());
    for (const { name, optional } of main.params)
      if (!optional && name !== 'environmentName' && name !== 'roles') assert.fail(`${name} has no value of its own`);
  });
  it('sets nothing above its resource group, uses no key, and hands out no secret', () => {
    assert.match(main.text, /^targetScope = 'resourceGroup'$/m);
    for (const { file, text } of [main, ...modules])
      assert.doesNotMatch(text, /listKeys|listSecrets|scope: subscription|sharedKey|adminUserEnabled: true/, file);
    const state = readTemplate('modules/state.bicep').text;
    for (const line of ['allowSharedKeyAccess: false', 'allowBlobPublicAccess: false', 'enableRbacAuthorization: true', 'enablePurgeProtection: true'])
      assert.ok(state.includes(line), line);
  });
});

describe('the settings that the template gives', () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'successor-template-'));
    writeFileSync(join(folder, 'certificate.pem'), await appCertificate(new Date('2037-03-03T10:00:00Z')));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The environment of the container, as Azure would make it. */
  function environment(changes: Record<string, string> = {}): Record<string, string> {
    const values = Object.entries(settings).map(([name, one]) => {
      const value = 'literal' in one ? one.literal : GIVEN[one.expression];
      assert.ok(value !== undefined, `${name} is given by ${'expression' in one ? one.expression : ''}`);
      return [name, name === 'PARTNER_CERTIFICATE' ? join(folder, 'certificate.pem') : value] as const;
    });
    return { ...Object.fromEntries(values), ...changes };
  }

  it('are names that the bot reads, and all that it needs', () => {
    assert.ok(Object.keys(settings).length > 12);
    for (const name of Object.keys(settings)) assert.ok(SETTING_NAMES.includes(name), name);
    const parsed = parseConfig(environment());
    assert.deepEqual('faults' in parsed ? parsed.faults : [], []);
  });
  it('mean what they are to mean', () => {
    const parsed = parseConfig(environment());
    if ('faults' in parsed) return assert.fail(parsed.faults.join());
    const { config } = parsed;
    assert.deepEqual(
      [config.mode, config.identity?.appType, config.identityClientId, config.storageAccount, config.keyVaultUrl, config.readOnly, config.proxies],
      ['azure', 'UserAssignedMSI', GUID, 'succabc', 'https://succ-abc.vault.azure.net', false, 1],
    );
    assert.equal(config.certificateEndsAt, '2037-03-03T10:00:00.000Z');
    assert.equal(config.triesFirst, true, 'a new tenant begins with a dry run');
    assert.deepEqual(config.shows, { cost: 'personal', names: 'never' });
  });
  for (const name of [
    'MicrosoftAppId',
    'MicrosoftAppType',
    'ALLOWED_TENANTS',
    'ROLES',
    'PARTNER_CLIENT_ID',
    'PARTNER_CERTIFICATE',
    'KEY_VAULT_URL',
    'AZURE_STORAGE_ACCOUNT',
    'PUBLIC_URL',
  ])
    it(`the bot does not start without ${name}, so the template may not forget it`, () => {
      const { [name]: _, ...rest } = environment();
      assert.ok('faults' in parseConfig(rest));
    });
  it('allow what the bot allows', () => {
    for (const [param, setting, values] of [
      ['cloud', 'CLOUD', ['public', 'gcc']],
      ['showCost', 'SHOW_COST', ['channel', 'personal', 'never']],
      ['namesInChannel', 'NAMES_IN_CHANNEL', ['blocked', 'never']],
      ['readOnly', 'READ_ONLY', ['on', 'off']],
    ] as const) {
      const allowed = new RegExp(`@allowed\\(\\[(.+)\\]\\)\\n(?:@description\\('.+'\\)\\n)?param ${param} `).exec(main.text)?.[1]?.match(/\w+/g) ?? [];
      for (const value of allowed) assert.ok('config' in parseConfig(environment({ [setting]: value })), value);
      assert.deepEqual(allowed, values, param);
    }
  });
  it('listen where the host knocks, and read the certificate where it is laid', () => {
    const port = 'literal' in (settings.PORT ?? {}) ? (settings.PORT as { literal: string }).literal : '';
    assert.match(app.text, new RegExp(`targetPort: ${port}\\n`));
    for (const [, probed] of app.text.matchAll(/port: (\d+)/g)) assert.equal(probed, port);
    assert.match(read('Dockerfile'), new RegExp(`^EXPOSE ${port}$`, 'm'));
    const [, folderOf = ''] = /mountPath: '([^']+)'/.exec(app.text) ?? [];
    const [, fileOf = ''] = /path: '(\w+\.pem)'/.exec(app.text) ?? [];
    assert.deepEqual(settings.PARTNER_CERTIFICATE, { literal: `${folderOf}/${fileOf}` });
    const [, secret] = /secrets\/([\w-]+)'/.exec(app.text) ?? [];
    assert.match(connect, new RegExp(`^CERTIFICATE=${secret}$`, 'm'));
  });
  it('are no secrets where they stand in the open: what is one comes as a file out of the vault, or is kept as a secret', () => {
    for (const name of Object.keys(settings)) assert.doesNotMatch(name, /PASSWORD|SECRET|TOKEN|CONNECTION_STRING|Password|HEADERS/);
    assert.deepEqual(Object.keys(secrets).sort(), ['METRICS_TOKEN', 'OTEL_EXPORTER_OTLP_HEADERS']);
    for (const { text, file } of [main, app])
      assert.deepEqual([...text.matchAll(/^@secure\(\)\nparam (\w+) string/gm)].map(([, name]) => name).sort(), Object.values(secrets).sort(), file);
  });
  it('are all that README names and a bot in Azure may have, each with a parameter of its own', () => {
    assert.deepEqual([...Object.keys(settings), ...Object.keys(secrets), ...NOT_IN_AZURE].sort(), [...SETTING_NAMES].sort());
    const azd = Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, /^\$\{(\w+)/.exec(value)?.[1]]));
    for (const [name, param] of Object.entries(secrets)) assert.equal(azd[param], name);
    for (const [name, given] of Object.entries(settings)) if ('expression' in given && azd[given.expression]) assert.equal(azd[given.expression], name);
  });
  it('may be chosen: what is chosen counts', () => {
    const chosen = { SWEEP_MINUTES: '120', PARTNER_CENTER_REQUESTS_PER_MINUTE: '400', NAMES_DAYS: '90', PROXIES: '2', METRICS_TOKEN: 'a'.repeat(16) };
    const parsed = parseConfig(environment(chosen));
    if ('faults' in parsed) return assert.fail(parsed.faults.join());
    const { sweepMs, requestsPerMinute, retention, proxies, metricsToken } = parsed.config;
    assert.deepEqual([sweepMs, requestsPerMinute, retention.nameDays, proxies, metricsToken], [120 * 60_000, 400, 90, 2, 'a'.repeat(16)]);
  });
  it('stand in docs/operations.md where it names them, and there is a way to set each', () => {
    const named = new Set(
      read('docs/operations.md')
        .match(/\b[A-Z][A-Z]+(?:_[A-Z]+)+\b|\b(?:ROLES|PROXIES)\b/g)
        ?.filter((name) => SETTING_NAMES.includes(name)),
    );
    assert.ok(named.size > 8);
    for (const name of named) assert.ok(name in settings || name in secrets, name);
  });
});

describe('the alarms', () => {
  const alarms = readTemplate('modules/alarms.bicep').text;
  const names = [...alarms.matchAll(/name: '([a-z]+(?:-[a-z]+)*)'/g)].map(([, name = '']) => name).filter((name) => name !== 'successor' && name !== 'owner');
  const source = globSync(['bot/**/*.ts', 'services/**/*.ts'], { cwd: ROOT.pathname }).map(read).join('\n');
  it('listen for words that the bot says', () => {
    const messages = [...alarms.matchAll(/messages: \[([\s\S]*?)\]/g)].flatMap(([, list = '']) => [...list.matchAll(/'([^']+)'/g)].map(([, one = '']) => one));
    assert.ok(messages.length > 10);
    for (const message of messages) assert.ok(source.includes(`'${message}'`), message);
  });
  it('look at fields that its lines have', () => {
    const only = [...alarms.matchAll(/only: '([^']+)'/g)].map(([, one = '']) => one).join(' ');
    assert.match(only, /event\./);
    for (const [, field = ''] of only.matchAll(/event\.(\w+)/g)) assert.match(source, new RegExp(`\\b${field}\\b`), field);
  });
  it('listen for each number beyond which somebody is woken, which is said again before they look away, and whose limit stands in docs/operations.md', () => {
    const docs = read('docs/operations.md');
    for (const { gauge, above, says } of LIMITS) {
      const [, name, minutes] = new RegExp(`name: '([\\w-]+)'\\s+severity: \\d\\s+minutes: (\\d+)\\s+above: 0\\s+messages: \\['${says}'\\]`).exec(alarms) ?? [];
      assert.ok(name, says);
      assert.ok(Number(minutes) * 60_000 > LIMITS_EVERY_MS, `${name} looks back over less than the time between two lines`);
      const row = docs.split('\n').find((line) => line.startsWith(`| \`${gauge}\``)) ?? '';
      assert.ok(row.includes(String(above)) && row.includes(`\`${name}\``), `${gauge}: ${row}`);
    }
  });
  it('have a paragraph each in docs/operations.md, which has no others', () => {
    const section = read('docs/operations.md').split('## Alarms')[1]?.split('\n## ')[0] ?? '';
    assert.deepEqual([...section.matchAll(/^### ([\w-]+)$/gm)].map(([, name]) => name).sort(), [...names].sort());
  });
});

describe('the workbook', () => {
  interface Item {
    type: number;
    content: { query?: string; title?: string };
  }
  const { items } = JSON.parse(read('infra/workbook.json')) as { items: Item[] };
  const queries = items.flatMap(({ type, content }) => (type === 3 ? [content] : []));
  const source = globSync(['bot/**/*.ts', 'services/**/*.ts'], { cwd: ROOT.pathname }).map(read).join('\n');
  it('is laid into Azure as it is, and reads the log where the alarms read it', () => {
    assert.match(readTemplate('modules/workbook.bicep').text, /loadTextContent\('\.\.\/workbook\.json'\)/);
    assert.ok(queries.length > 6);
    for (const { query = '', title = '' } of queries) assert.match(query, /^ContainerAppConsoleLogs\n\| extend event = parse_json\(Log\)/, title);
  });
  it('asks for words that the bot says, and for fields that its lines have', () => {
    const all = queries.map(({ query = '' }) => query).join('\n');
    const messages = [...all.matchAll(/\bmsg (?:==|in) (?:'([^']+)'|\(([^)]+)\))/g)].flatMap(([, one, several]) =>
      one ? [one] : [...(several ?? '').matchAll(/'([^']+)'/g)].map(([, each = '']) => each),
    );
    assert.ok(messages.length > 12);
    for (const message of messages) assert.ok(source.includes(`'${message}'`), message);
    for (const [, field = ''] of all.matchAll(/event\.(\w+)/g)) assert.match(source, new RegExp(`\\b${field}\\b`), field);
    assert.match(all, /tostring\(event\.correlation\) == '\{Correlation\}'/);
  });
});

describe('who is given what', () => {
  const roles = modules.flatMap((one) => one.roles);
  it('stands in docs/install.md, each right and no other', () => {
    const table = [...read('docs/install.md').matchAll(/^\| (.+?) \| (.+?) \| (.+?) \| `([0-9a-f-]{36})` \| .+ \|$/gm)].map(([, who, where, role, id]) =>
      [who, where, role, id].join(' | '),
    );
    const SCOPES: Record<string, string> = { storage: 'the storage account', vault: 'the Key Vault', registry: 'the registry' };
    const WHO: Record<string, string> = { identityObjectId: 'the bot', deployerObjectId: 'whoever deploys' };
    assert.deepEqual(table.sort(), roles.map((one) => [WHO[one.who], SCOPES[one.scope], one.role, one.id].join(' | ')).sort());
    assert.equal(
      roles.length,
      modules.reduce((sum, one) => sum + one.text.split('roleAssignments@').length - 1, 0),
      'each assignment was read',
    );
  });
  it('needs resource providers that docs/install.md names, each and no other', () => {
    const used = [main, ...modules].flatMap(({ text }) => [...text.matchAll(/^\s*resource \w+ '(Microsoft\.\w+)\//gm)].map(([, name]) => name));
    const [, named = ''] = /az provider register[^:]+: (.+)\.$/m.exec(read('docs/install.md')) ?? [];
    // Every subscription has Microsoft.Authorization.
    assert.deepEqual(named.match(/Microsoft\.\w+/g)?.sort(), [...new Set(used)].filter((name) => name !== 'Microsoft.Authorization').sort());
  });
  it('in Microsoft Graph is what README says', () => {
    const [, given = ''] = /for permission in (.+); do/.exec(connect) ?? [];
    assert.deepEqual(given.split(' '), ['GroupMember.Read.All', 'User.ReadBasic.All']);
    for (const permission of given.split(' ')) assert.ok(read('README.md').includes(permission) && read('docs/install.md').includes(permission), permission);
  });
});

describe('azd and the toolkit', () => {
  it('azd knows each value that the parameters ask for: by itself, by the script, by install.md, or by operations.md', () => {
    const asked = Object.values(parameters).flatMap(({ value }) =>
      [...value.matchAll(/\$\{(\w+)(=?)/g)].map(([, name = '', optional]) => ({ name, optional: optional === '=' })),
    );
    const own = ['AZURE_ENV_NAME', 'AZURE_LOCATION', 'AZURE_PRINCIPAL_ID'];
    const docs = read('docs/install.md') + read('docs/operations.md');
    const chosen = read('docs/operations.md').split('## Other settings')[1]?.split('\n## ')[0] ?? '';
    for (const { name } of asked)
      assert.ok(
        own.includes(name) || connect.includes(`azd env set ${name} `) || docs.includes(`azd env set ${name} `) || chosen.includes(`\`${name}\``),
        name,
      );
    for (const name of ['PARTNER_CLIENT_ID', 'SUCCESSOR_IMAGE'])
      assert.ok(
        asked.some((one) => one.name === name && one.optional),
        `${name} is not there at first`,
      );
  });
  it('the script reads what the template tells', () => {
    const [, needed = ''] = /for name in (.+); do/.exec(connect) ?? [];
    for (const name of needed.split(' ')) assert.ok(main.outputs.includes(name), name);
    assert.match(read('azure.yaml'), /run: infra\/connect\.sh/);
  });
  it('the toolkit packs with flags that the script takes, and uploads what it wrote', () => {
    const yaml = read('m365agents.yml');
    const lines = [...yaml.matchAll(/args: run package -- (.+)$/gm)].map(([, words = '']) => words);
    assert.equal(lines.length, 2);
    for (const words of lines) {
      const { settings: given, out } = settingsFrom(words.split(' '));
      assert.deepEqual([given.appId, given.botId, given.domain], ['${{TEAMS_APP_ID}}', '${{BOT_ID}}', '${{BOT_DOMAIN}}']);
      assert.ok(yaml.includes(`appPackagePath: ./${out}`));
    }
    for (const name of ['BOT_ID', 'BOT_DOMAIN']) assert.ok(main.outputs.includes(name), name);
    assert.deepEqual(
      [...yaml.matchAll(/^(\w+):$/gm)].map(([, name]) => name),
      ['provision', 'publish'],
    );
  });
});

describe('the image', () => {
  const docker = read('Dockerfile');
  it('is Debian with the newest Node, and at least the one that the start asks for', () => {
    const { engines, devDependencies } = JSON.parse(read('package.json')) as { engines: { node: string }; devDependencies: { node: string } };
    const bases = [...docker.matchAll(/^FROM (\S+)/gm)].map(([, base = '']) => base);
    assert.equal(new Set(bases).size, 1, 'what is installed runs on what it was installed for');
    const [, major] = /^node:(\d+)-(?:trixie|bookworm)-slim$/.exec(bases[0] ?? '') ?? [];
    assert.equal(major, devDependencies.node.split('.')[0]);
    assert.ok(Number(major) >= Number(engines.node.replace('>=', '')));
  });
  it('installs production alone, runs as nobody special, and Node hears its signals', () => {
    assert.match(docker, /^RUN npm ci --omit=dev --ignore-scripts$/m);
    assert.match(docker, /^USER node$/m);
    const [, command = ''] = /^CMD (.+)$/m.exec(docker) ?? [];
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    assert.equal((JSON.parse(command) as string[]).join(' '), scripts.start, 'as npm start does');
  });
  it('holds what the program imports, and nothing that is not named', () => {
    const ignored = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(ignored[0], '*');
    const kept = ignored.slice(1).map((line) => line.replace('!', ''));
    for (const needed of ['package.json', 'package-lock.json', '.npmrc', 'bot', 'cards', 'dialogs', 'manifest', 'services'])
      assert.ok(kept.includes(needed), needed);
    for (const left of ['node_modules', 'test', 'docs', '.local', '.git', 'infra']) assert.ok(!kept.includes(left), left);
  });
});

describe('the lines for az, azd, docker and sh in the documents', () => {
  const pages = ['docs/install.md', 'docs/operations.md'].map(read).join('\n');
  const lines = [...pages.matchAll(/^(?:az|azd|docker|sh) .+$|`((?:az|azd|docker|sh) [^`]+)`/gm)].map(([line, inline]) => inline ?? line);
  it('are there', () => assert.ok(lines.length > 15, lines.join('\n')));
  it('set values that the parameters ask for', () => {
    const asked = [
      ...Object.values(parameters).flatMap(({ value }) => [...value.matchAll(/\$\{(\w+)/g)].map(([, name]) => name)),
      'AZURE_RESOURCE_GROUP',
      'AZURE_SUBSCRIPTION_ID',
    ];
    for (const line of lines) {
      const [, name] = /^azd env set (\S+)/.exec(line) ?? [];
      if (name) assert.ok(asked.includes(name), line);
    }
  });
  it('give values that the bot takes', () => {
    for (const line of lines) {
      const [, name = '', value = ''] = /^azd env set (FOUR_EYES|CLOUD|READ_ONLY|ROLES|SHOW_COST|NAMES_IN_CHANNEL) "?([^"]+)"?$/.exec(line) ?? [];
      const given = value.replace(/<object id>/g, GUID);
      const parsed = name === '' ? { faults: [] } : parseConfig({ [name]: given });
      if ('faults' in parsed) for (const fault of parsed.faults) assert.doesNotMatch(fault, new RegExp(`^${name} cannot`), line);
    }
  });
  it('come after a subscription was chosen, for az and for azd, and say of each name in angle brackets where it comes from', () => {
    const install = read('docs/install.md');
    const at = (line: string) => install.indexOf(line);
    assert.ok(at('az account set ') > 0 && at('az account set ') < at('az group create ') && at('azd env set AZURE_SUBSCRIPTION_ID ') < at('azd up'));
    for (const name of ['BOT_ID', 'BOT_DOMAIN', 'PARTNER_CLIENT_ID'])
      assert.match(install, new RegExp(`\`${name}\`[^\n]*(among the values|azd env get-values)`), name);
    assert.match(install, /name of the container app is the part of `BOT_DOMAIN` before the first dot/);
    assert.match(main.text, /output BOT_DOMAIN string = '\$\{appName\}\./);
    assert.match(main.text, /name: appName\n/);
  });
  it('name files and parts that there are', () => {
    for (const line of lines) {
      for (const [, file = ''] of line.matchAll(/(?:@|sh |node )((?:infra|bot)\/[\w./]+)/g)) assert.ok(read(file).length > 0, line);
      const [, certificate] = /--name (partner-\w+)/.exec(line) ?? [];
      if (certificate) assert.match(connect, new RegExp(`^CERTIFICATE=${certificate}$`, 'm'));
      const [, mount] = /:(\/mnt\/[\w./]+):ro/.exec(line) ?? [];
      if (mount) assert.deepEqual(settings.PARTNER_CERTIFICATE, { literal: mount });
      if (line.startsWith('docker run')) assert.match(line, /--read-only/);
    }
  });
  it('say that the template has not been deployed yet', () => {
    for (const file of ['docs/install.md', 'docs/operations.md']) assert.match(read(file), /template has not been deployed yet/, file);
  });
});
