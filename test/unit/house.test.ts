/** The sentences that the layout keeps true. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { COMMAND_WORDS } from '../../dialogs/commands.ts';
import { MOVE_STATES } from '../../services/domain/ticket.ts';
import { ROLES } from '../../services/people/roles.ts';
import { BULK_MUTANTS } from '../crash/bulks.ts';
import { END_MUTANTS } from '../crash/ends.ts';
import { INVITE_MUTANTS } from '../crash/invites.ts';
import { INVARIANTS } from '../crash/judge.ts';
import { MUTANTS } from '../crash/mutants.ts';
import { WEEK_MUTANTS } from '../crash/weeks.ts';
import { WIRE_MUTANTS } from '../crash/wireMutants.ts';
import { SETTING_NAMES } from '../../bot/config/settings.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['bot', 'cards', 'dialogs', 'services', 'manifest'];

/** What cards and dialogs may use of the work: types, and files that cannot await. */
const PURE = [
  ...[
    'activity',
    'chat',
    'elsewhere',
    'ending',
    'language',
    'money',
    'names',
    'news',
    'order',
    'people',
    'rules',
    'settings',
    'subscription',
    'terms',
    'ticket',
  ].map((name) => `services/domain/${name}.ts`),
  'services/boundedMap.ts',
  'services/clock.ts',
  'services/text.ts',
  'services/catalogue/match.ts',
  'services/catalogue/replacements.ts',
  'services/approval/approval.ts',
  'services/people/roles.ts',
  'services/tickets/arranged.ts',
  'services/tickets/costs.ts',
  'services/tickets/endOfTerm.ts',
  'services/tickets/report.ts',
  'services/tickets/rowState.ts',
  'services/tickets/ways.ts',
  ...['answers', 'asked', 'ending', 'nextStep', 'refusals', 'states', 'steps', 'stuck', 'transitions'].map((name) => `services/moves/${name}.ts`),
  ...['seats', 'tally'].map((name) => `services/moves/people/${name}.ts`),
  'services/notify/rules.ts',
];

/** The rooms from the ground up: a file imports from its own room and from those below. */
const FLOORS: readonly RegExp[] = [
  /^services\/(domain\/|(boundedMap|chunks|clock|log|retry|text|loopback|startError|trace)\.ts)/,
  /^services\/(store|queue)\//,
  /^services\/(auditLog\/|people\/|(chats|invitations|readIn|readOnly|sharedBudget|metrics)\.ts)/,
  /^services\/partnerCenter\//,
  /^services\/(catalogue|approval)\//,
  /^services\/(tickets\/|search\.ts)/,
  /^services\/moves\//,
  /^services\/ticketView\.ts/,
  /^services\/notify\//,
  /^services\/watch\//,
  /^services\/export\//,
  /^services\/privacy\//,
  /^services\/local\//,
  /^(cards|dialogs|manifest)\//,
  /^bot\/(config\/|http\/|(console|languages|log|hush|waits|gauges|limits|telemetry)\.ts)/,
  /^bot\/(turns\/|resources\.ts)/,
  /^bot\/teams\//,
  /^bot\/(app|timers)\.ts/,
  /^bot\/start\.ts/,
  /^bot\/(main\.ts|cli\/)/,
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

/** Groups of files that import each other, each sorted; `edges`: what each file imports. (Tarjan's strongly connected components.) */
function circlesIn(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  function visit(file: string): number {
    order.set(file, order.size);
    let lowest = order.get(file) as number;
    stack.push(file);
    for (const next of edges.get(file) ?? []) {
      if (!order.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, order.get(next) as number);
    }
    low.set(file, lowest);
    if (lowest !== order.get(file)) return lowest;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) circles.push(group.sort());
    return lowest;
  }
  for (const file of edges.keys()) if (!order.has(file)) visit(file);
  return circles;
}

function edgesOf(all: readonly Import[]): Map<string, string[]> {
  return new Map([...Map.groupBy(all, (one) => one.from)].map(([from, some]) => [from, some.map((one) => one.to)]));
}

/** A wake-up's text being made or taken apart by hand. */
const WAKE_UP_TEXT =
  /[`'"](poll|event|names|fanOut|chat|move|facts|lateAnswer|bulk)( \$\{[^}]*\})+[`'"]|\$\{[\w.]*(customer|customerId)\} \$\{[\w.]*(subscriptionId|ticketId|generation)\}|\bwake\.(schedule|now)\(['"`]|\b(hint|wakeUp|message\.text)\.(split|startsWith)\(/;

/** A table, a partition, a key or a prefix written by hand. */
const LAYOUT =
  /['"`](aud|exp|mig|mov|ntc|out|pool|sub|tkt|usr|say|ask|taken|gate|day|anchor|refused)_|['"`]swp['"`~]|\bstore\.(get|range|scan|commit|put|remove)(<[^()]*>)?\(\s*['"`]|\bwithPrefix(<[^()]*>)?\(\s*[\w.]+,\s*['"`]|op: '(create|replace|delete)', key: ['"`]/;

/** The families of rows, and the one file that makes and changes each. Privacy takes people out of all of them. */
const OWNERS: Record<string, string> = {
  '(ALL_CHATS|WATCHING|ASLEEP)': 'services/chats.ts',
  LANGUAGES_READ: 'services/readIn.ts',
  WAITING: 'services/notify/inbox.ts',
  REFUSALS: 'services/notify/sleep.ts',
  THREADS: 'services/notify/threads.ts',
  '(OPEN|APPROVALS|STUCK|TICKET_NAMES)': 'services/tickets/openList.ts',
  ENDS: 'services/tickets/endList.ts',
  REPORT: 'services/tickets/reportList.ts',
  namesUnder: 'services/search.ts',
  handlesOn: 'services/notify/handles.ts',
  CONSENTS: 'services/partnerCenter/auth/consent.ts',
  '(EXPORT_GRANTS|EXPORTED)': 'services/export/grants.ts',
  CONSENT: 'services/partnerCenter/auth/consent.ts',
  '(PERSONS|IDENTITIES)': 'services/people/people.ts',
  POINTERS: 'bot/turns/pointer.ts',
  COUNTERS: 'services/tickets/tickets.ts',
  SWITCHES: 'services/readOnly.ts',
  BUDGETS: 'services/sharedBudget.ts',
  '(anchorList|ANCHORING)': 'services/auditLog/anchor.ts',
  SIGNALS: 'services/watch/signals.ts',
  HOURS: 'services/notify/hours.ts',
  INVITED: 'services/invitations.ts',
  BULKS: 'services/moves/bulk.ts',
  OWN_YES: 'services/approval/ownYes.ts',
  SEATS_UNREAD: 'services/watch/seats.ts',
  '(LISTING|MISSING|NEW)': 'services/watch/customers.ts',
  LISTED: 'services/watch/rows.ts',
  countsOn: 'services/metrics.ts',
};

/** Who makes the changes that transactions are composed of, and of which rows: no family is made in two files. Privacy takes people out of all of them. */
const MAKERS: Record<string, string> = {
  'bot/turns/errand.ts': 'late answers',
  'services/auditLog/anchor.ts': 'when the record is anchored next',
  'services/auditLog/auditLog.ts': 'tickets, their record, the outbox',
  'services/chats.ts': 'chats',
  'services/export/grants.ts': 'files that are offered, and who took them',
  'services/invitations.ts': 'companies that are waited for',
  'services/moves/bulk.ts': 'moves of several customers at once',
  'services/moves/people/rows.ts': 'people whose licences move',
  'services/moves/purchase.ts': 'gates of plans',
  'services/moves/rows.ts': 'moves',
  'services/notify/hours.ts': 'when chats were looked at by the clock',
  'services/notify/inbox.ts': 'chats that wait',
  'services/notify/lease.ts': 'leases of chats',
  'services/notify/placeCard.ts': 'notices',
  'services/notify/sleep.ts': 'refusals of Teams',
  'services/partnerCenter/auth/consent.ts': 'the consent',
  'services/people/people.ts': 'people',
  'services/tickets/endList.ts': 'lines of a derived table',
  'services/tickets/shown.ts': 'the first shape of planned actions that was seen',
  'services/tickets/subscriptions.ts': 'tracked subscriptions',
  'services/tickets/tickets.ts': 'the counter of tickets',
  'services/watch/customers.ts': 'how far the list of customers was read',
  'services/watch/rows.ts': 'what the watch knows of a customer',
  'services/watch/signals.ts': 'what signals said',
};
const MAKES = /op: '(create|replace)'|\bwritten\(/;

/** What may be overwritten: derived rows, and those that are written once under a name of their own. Chats, people, the switch and all of a customer are not. */
const DERIVED = [
  ...['ofChat', 'ALL_CHATS', 'WATCHING', 'ASLEEP', 'WAITING', 'OPEN', 'ENDS', 'APPROVALS', 'STUCK', 'TICKET_NAMES', 'namesUnder'],
  ...['LISTED', 'NEW', 'SKIPPED', 'UNREAD', 'SEATS_UNREAD', 'MISSING', 'countsOn', 'SIGNALS', 'ANCHORING', 'RETENTION', 'list'],
  ...['handlesOn', 'CONSENTS', 'EXPORT_GRANTS', 'REPORT', 'anchorList', 'POINTERS', 'THREADS', 'LANGUAGES_READ'],
];

/** Files that create or change rows of a place. */
function writersOf(place: string): string[] {
  const written = new RegExp(`(\\.(put|commit)(<[^()]*>)?\\(\\s*|\\bupdate(<[^()]*>)?\\(\\s*[\\w.]+,\\s*\\[)\\.\\.\\.${place}\\b`);
  return files.filter((file) => !file.startsWith('services/privacy/') && written.test(text(file)));
}

/** How high a file lies; -1 for one that no floor has. */
function floorOf(file: string): number {
  return FLOORS.findIndex((floor) => floor.test(file));
}

function isUpward({ from, to }: Import): boolean {
  return /^(bot|cards|dialogs|services|manifest)\//.test(to) && to.endsWith('.ts') && floorOf(to) > floorOf(from);
}

const all = files.flatMap(imports);
const breaches = (wrong: (one: Import) => boolean) => all.filter(wrong).map((one) => `${one.from} -> ${one.to}`);

describe('the house', () => {
  it('imports form no circle', () => assert.deepEqual(circlesIn(edgesOf(all)), []));
  for (const [name, circle] of Object.entries({
    'settings and modes': ['bot/config/config.ts', 'bot/config/modes.ts'],
    'lists and a turn': ['bot/turns/lists.ts', 'bot/turns/turn.ts'],
    'six files of a move': ['handler', 'preflight', 'lease', 'purchase', 'suspend', 'checkout'].map((one) => `services/moves/${one}.ts`),
    'four files of notify': ['handler', 'placeCard', 'chatQueue', 'ports'].map((one) => `services/notify/${one}.ts`),
    'four files of watch': ['handler', 'customers', 'signals', 'changes'].map((one) => `services/watch/${one}.ts`),
  }))
    it(`a circle of ${name} would be seen`, () => {
      const planted = circle.map((from, index): Import => ({ from, to: circle[(index + 1) % circle.length] as string, typeOnly: true }));
      assert.ok(circlesIn(edgesOf([...all, ...planted])).some((found) => circle.every((file) => found.includes(file))));
    });
  it('imports go downwards only', () => {
    assert.deepEqual(
      files.filter((file) => floorOf(file) < 0),
      [],
    );
    assert.deepEqual(breaches(isUpward), []);
    assert.ok(isUpward({ from: 'services/store/store.ts', to: 'services/moves/states.ts', typeOnly: true }), 'an upward one is seen');
  });
  it('a loop is turned by the program alone, and what only local mode starts by nobody else', () => {
    assert.deepEqual(
      breaches((one) => /^services\/.*\/handler\.ts$/.test(one.to) && one.from !== 'bot/app.ts'),
      [],
    );
    assert.deepEqual(
      breaches((one) => one.to.startsWith('services/local/') && !/^(services\/local\/|bot\/((app|start)\.ts|config\/running\.ts|cli\/))/.test(one.from)),
      [],
    );
  });
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
  it('what speaks with Teams appears in two files, each its own way, and restify in one room', () => {
    assert.deepEqual(
      breaches((one) => /^(botbuilder|botframework)/.test(one.to) && !['bot/teams/botbuilder.ts', 'test/'].some((place) => one.from.startsWith(place))),
      [],
    );
    assert.deepEqual(
      breaches((one) => one.to.startsWith('@microsoft/agents') && one.from !== 'bot/teams/agents.ts'),
      [],
    );
    assert.deepEqual(
      breaches((one) => one.to === 'restify' && !one.from.startsWith('bot/http/')),
      [],
    );
  });
  it('each door to the outside is one file', () => {
    const doors: [RegExp, string[]][] = [
      [/@azure\/data-tables/, ['services/store/azureTables.ts']],
      [/@azure\/storage-queue/, ['services/queue/azureQueues.ts']],
      [/from 'restify'/, ['bot/http/server.ts']],
      [/adaptivecards-templating/, ['cards/render.ts']],
      [/process\.env/, ['bot/cli/audit.ts', 'bot/main.ts', 'bot/cli/operator.ts', 'bot/cli/fresh.ts', 'bot/cli/play.ts', 'bot/cli/backup.ts']],
      [/@azure\/msal-node/, ['services/partnerCenter/auth/tokens.ts']],
      [/@azure\/keyvault-secrets/, ['services/partnerCenter/auth/vault.ts']],
      [/Date\.now\(|new Date\(\)/, ['services/clock.ts']],
      [
        /\bfetch\(|from 'undici'/,
        [
          'bot/cli/record.ts',
          'bot/cli/play.ts',
          'bot/cli/doctor.ts',
          'services/partnerCenter/request.ts',
          'services/partnerCenter/auth/tokens.ts',
          'services/people/entraGroups.ts',
          'services/partnerCenter/webhook/certificate.ts',
          'bot/resources.ts',
          'bot/telemetry.ts',
          'services/export/upload.ts',
        ],
      ],
    ];
    for (const [pattern, rooms] of doors) {
      const users = files.filter((file) => pattern.test(text(file)));
      assert.deepEqual(users.sort(), [...rooms].sort(), String(pattern));
    }
  });
  it('the text of a wake-up is made and read in one file, and a queue is written by the worker alone', () => {
    const made = files.filter((file) => file !== 'services/queue/messages.ts' && WAKE_UP_TEXT.test(text(file)));
    assert.deepEqual(made, []);
    assert.deepEqual(
      files.filter((file) => /\bqueues\.send\(/.test(text(file))),
      ['services/metrics.ts', 'services/queue/worker.ts'],
    );
    assert.deepEqual(
      breaches((one) => one.to === 'services/queue/messages.ts' && !one.typeOnly && one.from !== 'services/queue/worker.ts'),
      [],
    );
    for (const planted of [
      "wake.now('notify', `chat ${key}`)",
      'const text = `fanOut ${customerId}`',
      'const text = `${customerId} ${subscriptionId}`',
      "wakeUp.split(' ')",
    ])
      assert.match(planted, WAKE_UP_TEXT, 'a planted one is seen');
  });
  it('the layout of the store stands in one file', () => {
    assert.deepEqual(
      files.filter((file) => file !== 'services/store/rows.ts' && LAYOUT.test(text(file))),
      [],
    );
    for (const planted of [
      'const key = `tkt_${id}`',
      "row.key.startsWith('out_')",
      "store.get<Ticket>('customers', id, key)",
      "deps.store.range('sweep', 'new')",
      "withPrefix<Ticket>(deps.store, 'customers', id, prefix)",
      "{ op: 'replace', key: 'walk', value }",
      "'swp'",
    ])
      assert.match(planted, LAYOUT, 'a planted one is seen');
  });
  it('each family of rows is written in one file', () => {
    for (const [place, owner] of Object.entries(OWNERS)) assert.deepEqual(writersOf(place), [owner], place);
    const inbox = files.filter((file) => /\.put(<[^()]*>)?\(\s*\.\.\.ofChat\(/.test(text(file)));
    assert.deepEqual(inbox, ['services/notify/inbox.ts']);
    const makes = (what: RegExp) => files.filter((file) => what.test(text(file)));
    assert.deepEqual(makes(/\boutboxKey\(/).sort(), ['services/auditLog/auditLog.ts', 'services/store/rows.ts']);
    assert.deepEqual(makes(/op: 'create', key: auditKey\(/), ['services/auditLog/auditLog.ts']);
    assert.deepEqual(makes(/\bmoveKey\(/).sort(), ['services/moves/open.ts', 'services/store/rows.ts']);
    assert.deepEqual(makes(/\bGENESIS_HASH\b/).sort(), ['services/auditLog/auditLog.ts', 'services/tickets/tickets.ts']);
    assert.deepEqual(
      makes(MAKES)
        .filter((file) => !/^services\/(local|store|privacy)\//.test(file))
        .sort(),
      Object.keys(MAKERS),
    );
    for (const planted of ["[{ op: 'replace', key: move.key, value, etag }]", 'written(row, key, ticket)'])
      assert.match(planted, MAKES, 'a planted one is seen');
  });
  it('rows that are truth are never overwritten unread', () => {
    const put = (source: string) => [...source.matchAll(/\bstore\.put\((\s*\.\.\.(\w+))?/g)].map((match) => match[2] ?? 'something');
    for (const file of files.filter((one) => one !== 'services/metrics.ts' || !text(one).includes('counted(store.put)')))
      for (const place of put(text(file))) assert.ok(DERIVED.includes(place), `${file} overwrites ${place}`);
    assert.deepEqual(put("await deps.store.put(...PERSONS, key, row); store.put(table, 'x')"), ['PERSONS', 'something'], 'a planted one is seen');
  });
  it('what is read, changed and stored again under its etag goes through one file', () => {
    // A loop of tries with a commit in it, before its function ends.
    const loops = /for \(let attempt(?:(?!\n\})[\s\S])*?\.commit\(/;
    assert.deepEqual(files.filter((file) => loops.test(text(file))).sort(), ['services/notify/placeCard.ts']);
    assert.deepEqual(
      files.filter((file) => /\.keys\(\)\.next\(\)/.test(text(file)) && !file.startsWith('services/local/')),
      ['services/boundedMap.ts'],
    );
  });
  it('deciders cannot await', () => {
    for (const file of [
      ...PURE.filter((one) => one !== 'services/clock.ts' && one !== 'services/tickets/openList.ts'),
      'services/watch/flips.ts',
      'services/watch/outcomes.ts',
      'services/tickets/endOfTerm.ts',
      'dialogs/commands.ts',
      ...files.filter((one) => one.startsWith('dialogs/')),
    ])
      assert.doesNotMatch(text(file), /\basync\b|\bawait\b/, file);
  });
  it('a policy that must be asked is never optional: what forgets it would let everything through', () => {
    const optional = /\b(?:shows|hides|fourEyes)\?:/;
    assert.deepEqual(
      files.filter((file) => optional.test(text(file))),
      [],
    );
    assert.match('  shows?: Shows;', optional, 'a planted one is seen');
  });
  it('rooms are small', () => {
    const long = files.filter((file) => text(file).split('\n').length > 350);
    assert.deepEqual(long, []);
  });
  it('no enums, default exports, any, or index files', () => {
    for (const file of files) assert.doesNotMatch(text(file), /^\s*(export )?(const )?enum |export default|: any\b|as any\b|<any>|@ts-/m, file);
    assert.deepEqual(
      files.filter((file) => file.endsWith('/index.ts')),
      [],
    );
  });
  it('the only classes are errors', () => {
    const classes = files.flatMap((file) => [...text(file).matchAll(/^export class (\w+)/gm)].map((match) => match[1]));
    assert.deepEqual(classes.sort(), ['DirectoryError', 'PartnerCenterError', 'RateLimited', 'Refused', 'StartError', 'StoreFormatError', 'TokenError']);
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
  it('names only files that are there', () => {
    for (const file of [
      'README.md',
      'CONTRIBUTING.md',
      'docs/architecture.md',
      'docs/security.md',
      'docs/performance.md',
      'docs/partner-center.md',
      'docs/install.md',
      'docs/operations.md',
      'docs/store.md',
      'services/moves/README.md',
    ]) {
      for (const [, path] of readFileSync(join(ROOT, file), 'utf8').matchAll(
        /`((?:bot|cards|dialogs|services|manifest|infra|test|docs)\/[\w./-]+\.(?:ts|json|cjs|md|bicep|sh))`/g,
      ))
        assert.ok(existsSync(join(ROOT, path as string)), `${file}: ${path}`);
    }
  });
  it('shows only pictures that are there', () => {
    for (const match of readme().matchAll(/\]\((docs\/[^)]+)\)/g)) assert.ok(readFileSync(join(ROOT, match[1] as string)).length > 1000, String(match[1]));
  });
  it('the picture of the move names every state', () => {
    const picture = readFileSync(join(ROOT, 'services/moves/README.md'), 'utf8');
    for (const state of MOVE_STATES) assert.match(picture, new RegExp(`\\b${state}\\b`), state);
  });
  it('counts the invariants and the planted bugs as they are', () => {
    assert.equal(Object.keys(INVARIANTS).length, 22);
    assert.match(readme(), /tested as twenty-two invariants/);
    assert.match(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'), /knows the twenty-two invariants/);
    assert.match(
      readme(),
      new RegExp(`\\n- ${Object.keys({ ...MUTANTS, ...END_MUTANTS, ...BULK_MUTANTS, ...INVITE_MUTANTS, ...WEEK_MUTANTS }).length} bugs planted`),
    );
    assert.match(readme(), new RegExp(`and ${Object.keys(WIRE_MUTANTS).length} more that only the unkind world shows`));
  });
  it('the table of roles is that of the code', () => {
    for (const role of ROLES) assert.match(readme(), new RegExp(`^\\| \`${role}\` \\|`, 'm'));
  });
  it('the README’s table of commands is that of the code', () => {
    const said = readme().split('## What you can say')[1]?.split('\n## ')[0] ?? '';
    const rows = [...said.matchAll(/^\| (`[^|]*)\|/gm)].flatMap(([, row = '']) => [...row.matchAll(/`([a-z-]+)/g)].map(([, word]) => word));
    assert.deepEqual([...new Set(rows)].sort(), [...COMMAND_WORDS].sort());
  });
});
