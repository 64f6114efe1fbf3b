/** The sentences that the layout keeps true. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { VERBS } from '../bot/commands.ts';
import { SETTING_NAMES } from '../bot/config.ts';
import { MIGRATION_STATES } from '../services/domain.ts';
import { ROLES } from '../services/people/roles.ts';
import { INVARIANTS } from './crash/judge.ts';
import { MUTANTS } from './crash/mutants.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDERS = ['bot', 'cards', 'dialogs', 'services', 'manifest'];

/** What cards and dialogs may use of the work: types, and files that cannot await. */
const PURE = [
  'services/migration/answers.ts',
  'services/migration/asked.ts',
  'services/domain.ts',
  'services/clock.ts',
  'services/text.ts',
  'services/lists.ts',
  'services/catalogue/match.ts',
  'services/catalogue/replacements.ts',
  'services/migration/migration.ts',
  'services/migration/todo.ts',
  'services/migration/terms.ts',
  'services/migration/steps.ts',
  'services/migration/stuck.ts',
  'services/migration/seats.ts',
  'services/migration/allot.ts',
  'services/migration/refusals.ts',
  'services/approval/approval.ts',
  'services/people/roles.ts',
  'services/speak/show.ts',
  'services/watch/endOfTerm.ts',
];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function imports(file: string): Import[] {
  return [...text(file).matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gm)].map((match) => ({
    from: file,
    to: match[2]?.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), match[2])) : (match[2] as string),
    typeOnly: match[1] !== undefined,
  }));
}

const all = files.flatMap(imports);
const breaches = (wrong: (one: Import) => boolean) => all.filter(wrong).map((one) => `${one.from} -> ${one.to}`);

describe('the house', () => {
  it('services knows nothing of chat', () =>
    assert.deepEqual(
      breaches((one) => one.from.startsWith('services/') && /^(bot|cards|dialogs)\//.test(one.to)),
      [],
    ));
  it('dialogs and cards do not know each other, nor the bot', () => {
    assert.deepEqual(
      breaches((one) => one.from.startsWith('dialogs/') && /^(cards|bot)\//.test(one.to)),
      [],
    );
    assert.deepEqual(
      breaches((one) => one.from.startsWith('cards/') && /^(dialogs|bot)\//.test(one.to)),
      [],
    );
  });
  it('dialogs and cards use only types and pure files of services', () =>
    assert.deepEqual(
      breaches((one) => /^(cards|dialogs)\//.test(one.from) && one.to.startsWith('services/') && !one.typeOnly && !PURE.includes(one.to)),
      [],
    ));
  it('nothing imports the tests', () =>
    assert.deepEqual(
      breaches((one) => one.to.startsWith('test/')),
      [],
    ));
  it('botbuilder and restify appear in bot alone', () =>
    assert.deepEqual(
      breaches((one) => /^(botbuilder|restify|botframework)/.test(one.to) && !one.from.startsWith('bot/')),
      [],
    ));
  it('each door to the outside is one file', () => {
    const doors: [RegExp, string[]][] = [
      [/@azure\/data-tables/, ['services/store/tables.ts']],
      [/@azure\/storage-queue/, ['services/queue/azure.ts']],
      [/from 'restify'/, ['bot/http.ts']],
      [/adaptivecards-templating/, ['cards/render.ts']],
      [/process\.env/, ['bot/audit.ts', 'bot/children.ts', 'bot/main.ts', 'bot/operator.ts']],
      [/@azure\/msal-node/, ['services/partnerCenter/token.ts']],
      [/@azure\/keyvault-secrets/, ['services/partnerCenter/vault.ts']],
      [/Date\.now\(|new Date\(\)/, ['services/clock.ts']],
      [
        /\bfetch\(|from 'undici'/,
        ['services/partnerCenter/send.ts', 'services/partnerCenter/token.ts', 'services/people/graph.ts', 'services/watch/certificate.ts', 'bot/house.ts'],
      ],
    ];
    for (const [pattern, rooms] of doors) {
      const users = files.filter((file) => !file.startsWith('services/sandbox/') && pattern.test(text(file)));
      assert.deepEqual(users.sort(), [...rooms].sort(), String(pattern));
    }
  });
  it('deciders cannot await', () => {
    for (const file of [
      ...PURE.filter((one) => one !== 'services/clock.ts' && one !== 'services/lists.ts'),
      'services/watch/flips.ts',
      'services/watch/endOfTerm.ts',
      'bot/commands.ts',
      ...files.filter((one) => one.startsWith('dialogs/')),
    ])
      assert.doesNotMatch(text(file), /\basync\b|\bawait\b/, file);
  });
  it('rooms are small', () => {
    const long = files.filter((file) => text(file).split('\n').length > 350 && !file.startsWith('cards/text/'));
    assert.deepEqual(long, []);
  });
  it('no enums, default exports, any, or index files', () => {
    for (const file of files) assert.doesNotMatch(text(file), /^\s*(export )?(const )?enum |export default|: any\b|as any\b|<any>|@ts-/m, file);
    assert.deepEqual(
      files.filter((file) => file.endsWith('/index.ts')),
      [],
    );
  });
  it('classes are two: the bot that botbuilder wants, and errors', () => {
    const classes = files.flatMap((file) => [...text(file).matchAll(/^export class (\w+)/gm)].map((match) => match[1]));
    assert.deepEqual(classes.sort(), [
      'DirectoryError',
      'PartnerCenterError',
      'Refused',
      'StartError',
      'StoreFormatError',
      'SuccessorBot',
      'TokenError',
      'TooFast',
    ]);
  });
});

describe('the supply chain', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; hasInstallScript?: boolean; dev?: boolean }>;
  };
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies' | 'allowScripts',
    Record<string, string | boolean>
  >;
  const nameOf = (path: string) => path.split('node_modules/').at(-1) as string;
  it('a package that runs a script when it is installed is on the list', () => {
    const scripted = Object.entries(lock.packages).flatMap(([path, one]) => (one.hasInstallScript ? [nameOf(path)] : []));
    for (const name of scripted) assert.ok(name in manifest.allowScripts, `${name} has an install script`);
  });
  it('every package that we name is at one exact version, with its reason in CONTRIBUTING', () => {
    const reasons = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
      if (!name.startsWith('@types/')) assert.ok(reasons.includes(name), `${name} has no reason`);
    }
  });
  it('known weak versions are not there', () => {
    const versions = (name: string) => Object.entries(lock.packages).flatMap(([path, one]) => (nameOf(path) === name ? [one.version ?? ''] : []));
    assert.deepEqual([...new Set(versions('uuid'))], ['11.1.1']);
    for (const version of versions('axios')) assert.ok(Number(version.split('.')[1]) >= 16 || Number(version.split('.')[0]) > 1, `axios ${version}`);
    for (const version of versions('find-my-way')) assert.ok(Number(version.split('.')[0]) >= 9, `find-my-way ${version}`);
    assert.deepEqual(versions('elliptic'), []);
  });
  it('what is used in production is few', () => {
    const used = Object.entries(lock.packages).filter(([path, one]) => path !== '' && !one.dev);
    assert.ok(used.length < 330, `${used.length} packages`);
  });
});

describe('the documents', () => {
  const readme = () => readFileSync(join(ROOT, 'README.md'), 'utf8');
  it('the README’s table of settings is that of config.ts', () => {
    const settings = readme().split('## Settings')[1]?.split('\n## ')[0] ?? '';
    const table = [...settings.matchAll(/^\| `([A-Za-z_]+)` \|/gm)].map((match) => match[1]);
    assert.deepEqual(table.sort(), [...SETTING_NAMES].sort());
  });
  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    for (const file of ['README.md', 'CONTRIBUTING.md']) {
      for (const match of readFileSync(join(ROOT, file), 'utf8').matchAll(/npm run ([a-z:-]+)/g))
        assert.ok((match[1] as string) in scripts, `${file}: npm run ${match[1]}`);
    }
  });
  it('shows only pictures that are there', () => {
    for (const match of readme().matchAll(/\]\((docs\/[^)]+)\)/g)) assert.ok(readFileSync(join(ROOT, match[1] as string)).length > 1000, String(match[1]));
  });
  it('the picture of the migration names every state', () => {
    const picture = readFileSync(join(ROOT, 'services/migration/README.md'), 'utf8');
    for (const state of MIGRATION_STATES) assert.match(picture, new RegExp(`\\b${state}\\b`), state);
  });
  it('counts the invariants and the planted bugs as they are', () => {
    assert.equal(Object.keys(INVARIANTS).length, 20);
    assert.match(readme(), /tested as twenty invariants/);
    assert.match(readme(), new RegExp(`\\n- ${Object.keys(MUTANTS).length} bugs planted`));
  });
  it('the table of roles is that of the code', () => {
    for (const role of ROLES) assert.match(readme(), new RegExp(`^\\| \`${role}\` \\|`, 'm'));
  });
  it('names every command that the parser knows', () => {
    for (const verb of VERBS) assert.match(readme(), new RegExp(`\`${verb}`), verb);
  });
});
