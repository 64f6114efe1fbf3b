/** README and docs say what to type: every command of theirs is run as it stands, against a bot and a sandbox on free ports. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND_WORDS } from '../../dialogs/commands.ts';
import { addDays, dayOf } from '../../services/clock.ts';
import { until } from '../support/until.ts';
import type { Chatter } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Why a test does not run it; what is listed here must stand in a page, and be a script that there is. */
const NOT_HERE: Record<string, string> = {
  'npm ci && npm start': 'installs what the tests themselves run on, and keeps running; test/e2e/start.test.ts starts it',
  'npm run fresh': 'takes away what is kept, and keeps running; test/unit/local/play.test.ts tells what it takes',
  'npm run play': 'waits for keys; test/e2e/play.test.ts presses them',
  'PORT=3979 CHAT_PORT=56151 SANDBOX_PORT=4011 AZURITE_PORT=10104 DATA_DIR=.local-2 npm start':
    'keeps running; test/unit/bot/running.test.ts compares it with what a second start says',
  'PEOPLE=docs/people.json FOUR_EYES=always npm start': 'keeps running; test/unit/local/play.test.ts reads that file',
  'npm ci && npm test': 'is this very run',
  'npm ci': 'installs what the tests themselves run on',
  'npm run icons': 'draws the committed icons anew; test/unit/manifest/icons.test.ts measures them',
  'npm run record': 'writes a folder of data; test/e2e/explain.test.ts does it',
  'npm run check': 'npm test begins with it',
  'SDK=agents npm test -- --grep @seam': 'is a part of this very run, over the other library',
  'npm run test:unit': 'is a part of this very run',
  'npm run crash': 'takes minutes; test/crash/crash.test.ts runs a minute of it',
  'npm run crash -- --long': 'takes hours',
  'npm run crash -- --wire': 'takes minutes',
  'npm run crash -- --seats': 'takes minutes; test/crash/crash.test.ts runs some of it',
  'npm run crash -- --weeks': 'takes minutes; test/crash/crash.test.ts runs some of it',
  'npm run crash -- --ends': 'takes minutes; test/crash/crash.test.ts runs some of it',
  'npm run crash -- --releases': 'takes minutes; test/crash/crash.test.ts runs some of it',
  'npm run crash -- --mutants': 'takes minutes; .ci/run does it',
  'npm run mutation': 'takes minutes and the whole machine',
  'npm run crash -- --bulk': 'takes minutes; test/crash/crash.test.ts runs some of it',
  'npm run crash -- --invite': 'takes minutes; test/crash/crash.test.ts runs some of it',
  'npm run bench': 'measures, so it needs a machine of its own',
  'npm run load': 'measures for ten minutes',
  'npm run soak': 'takes half an hour',
  'npm run soak -- --kills --minutes 5 --bots 4': 'takes five minutes',
  'npm run flood': 'sends for minutes',
  'npm run shots': 'writes the pictures of docs anew',
  'npm run sbom': 'is npm’s own, and reads what is installed',
};

/** Of the guided part of new commerce, what lets its end come, and what it was billed. */
const LATER = /sandbox\/(clock|invoice)/;

/** Lines of code blocks and pieces of code in the text that a shell would take. */
function shellCommands(): string[] {
  const found = PAGES.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const blocks = [...text.matchAll(/^ *```[a-z]*\n([\s\S]*?)^ *```/gm)].flatMap((match) => (match[1] ?? '').split('\n').map((line) => line.trim()));
    const inline = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] as string);
    return [...blocks, ...inline].filter((one) => /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|curl|git)\s/.test(one));
  });
  return [...new Set(found)];
}

function section(title: string): string {
  return (
    readFileSync(join(ROOT, 'README.md'), 'utf8')
      .split(/^## /m)
      .find((one) => one.startsWith(title)) ?? ''
  );
}

/** As a shell runs it, with the ports of this test put in for the documented ones. */
async function shellIn(world: World, command: string): Promise<{ code: number | null; out: string }> {
  const { port, sandboxPort, azuritePort, chatPort, dataDir } = world.config;
  const { MODE: _, ...rest } = process.env;
  const env = {
    ...rest,
    PORT: `${port}`,
    SANDBOX_PORT: `${sandboxPort}`,
    AZURITE_PORT: `${azuritePort}`,
    CHAT_PORT: `${chatPort}`,
    CHAT: 'off',
    DATA_DIR: dataDir,
  };
  const child = spawn(command.replaceAll(':4010', `:${sandboxPort}`).replaceAll(':3978', `:${port}`), { shell: true, cwd: ROOT, env });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  return new Promise((done) => child.once('close', (code) => done({ code, out })));
}

/** The table of the sandbox: each switch with the bodies that stand beside it. */
function switches(): { method: string; action: string; body: string | null }[] {
  return section('The pretend Partner Center')
    .split('\n')
    .flatMap((line) => {
      const [, left = '', right = ''] = line.split('|');
      const actions = [...left.matchAll(/`(GET|POST) ([a-z]+)`/g)];
      const bodies = [...right.matchAll(/`(\{.*?\})`/g)].map((match) => match[1] as string);
      return actions.flatMap(([, method = '', action = '']): { method: string; action: string; body: string | null }[] =>
        // The first day again takes no body, and stands beside one that does.
        bodies.length === 0 || action === 'reset' ? [{ method, action, body: null }] : bodies.map((body) => ({ method, action, body })),
      );
    });
}

/** What a person can write, from the first column, and what is named beside it. */
function chatCommands(): string[] {
  const lines = section('What you can say').split('\n');
  const named = lines.flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string));
  return named.filter((one) => (COMMAND_WORDS as readonly string[]).includes(one.split(' ')[0] as string));
}

describe('what README and docs say to type', function () {
  this.timeout(300_000);
  let world: World;
  let me: Chatter;
  before(async () => {
    // The commands reach its storage by the port that they are given.
    world = await startWorld({ storage: null });
    await world.knowsAll();
    me = world.teams.chat('personal', 'a:newcomer');
  });
  after(() => world.close());

  const shell = (command: string) => shellIn(world, command);
  const sandboxPost = async (path: string, body: string | null, method = 'POST') => {
    const response = await fetch(`${world.sandbox.url}/sandbox/${path}`, {
      method,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      ...(body === null ? {} : { body }),
    });
    return { status: response.status, answer: (await response.json()) as { description?: string } & Record<string, unknown> };
  };

  it('names each command that is not run here, and why; and no other', () => {
    const all = shellCommands();
    assert.ok(all.length > 15, all.join('\n'));
    for (const listed of Object.keys(NOT_HERE)) {
      const script = /^npm run ([\w:-]+)/.exec(listed)?.[1];
      if (!script) continue;
      const [file] = /\b(?:bot|test)\/[\w/.-]+/.exec(scripts[script] ?? '') ?? [];
      assert.ok(scripts[script] && (!file || existsSync(join(ROOT, file))), `${listed} is no script`);
    }
  });

  it('the newcomer’s own line brings the first alert', async () => {
    await me.write('watch');
    await me.card('Watching');
    // What lets time go by comes at its place, below.
    const curls = shellCommands().filter((one) => one.startsWith('curl ') && !LATER.test(one));
    assert.ok(curls.length > 0);
    for (const command of curls) {
      const { code, out } = await shell(`${command} --silent --show-error --fail-with-body`);
      assert.equal(code, 0, `${command}: ${out}`);
      if (command.includes('/sandbox/flip')) assert.match(out, /"autoRenewEnabled": false/, command);
    }
    await me.card('Contoso Ltd', 'Expires in');
  });

  it('every command for the shell does what it says', async () => {
    const expected: Record<string, { code: number; out: RegExp }> = {
      'npm run doctor': { code: 0, out: /storage +answers[\s\S]*Partner Center +answers[\s\S]*(All is well|Nothing is wrong)/ },
      'node bot/cli/operator.ts upgrade': { code: 0, out: /in format \d+ already: nothing was changed/ },
      'npm run upgrade': { code: 0, out: /in format \d+ already: nothing was changed/ },
      'npm run backup -- <folder>': { code: 0, out: /rows of 8 tables[\s\S]*the record is whole/ },
      // An account that is nobody's: there is no storage of Azure's here.
      'npm run backup -- <folder> --account <STORAGE_ACCOUNT>': { code: 1, out: /The storage account 'succnosuch' cannot be used: .*az login/ },
      // Into the storage from which it came: it writes over nothing.
      'npm run restore -- <folder>': { code: 1, out: /not empty, and nothing was changed/ },
      'npm run help': { code: 0, out: /npm start +.*\n[\s\S]*npm run doctor/ },
      'npm run read-only -- on': { code: 0, out: /Read-only is on/ },
      'node bot/cli/audit.ts': { code: 0, out: /whole|tickets/ },
      'node bot/cli/audit.ts accept': { code: 0, out: /anchor|whole|tickets/ },
      'npm run audit:verify': { code: 0, out: /whole|tickets/ },
      'npm run audit:verify -- accept': { code: 0, out: /anchor|whole|tickets/ },
      'npm run events -- register': { code: 0, out: /Partner Center sends/ },
      'npm run explain -- <customer or ticket>': { code: 0, out: /Contoso[\s\S]*Would be said/ },
      'npm run privacy -- export <person>': { code: 0, out: /Ann Jansson/ },
      'npm run package': { code: 1, out: /--app-id, --bot-id, --domain are missing/ },
      'npm run package -- --app-id <new GUID> --bot-id <BOT_ID> --domain <BOT_DOMAIN>': { code: 0, out: /\.zip is written/ },
      // README says that it does not start without its settings.
      'MODE=azure npm start': { code: 1, out: /ALLOWED_TENANTS/ },
    };
    const toRun = shellCommands().filter((one) => !one.startsWith('curl ') && !(one in NOT_HERE));
    assert.deepEqual(
      toRun.filter((one) => !(one in expected)),
      [],
      'commands of which nobody says what they do',
    );
    for (const command of toRun) {
      const filledIn = command
        .replace('<STORAGE_ACCOUNT>', 'succnosuch')
        .replace('<folder>', join(world.config.dataDir, 'backup'))
        .replace('<person>', '"Ann Jansson"')
        .replace('<customer or ticket>', 'contoso')
        .replace('<new GUID>', randomUUID())
        .replace('<BOT_ID>', randomUUID())
        .replace('<BOT_DOMAIN>', `bot.partner.se --out ${world.config.dataDir}/app.zip`);
      const { code, out } = await shell(filledIn);
      assert.equal(code, expected[command]?.code, `${command}: ${out}`);
      assert.match(out, expected[command]?.out as RegExp, command);
    }
    await me.write('read-only off');
    await me.text('switched me back');
  });

  it('every switch of the sandbox takes the bodies that stand beside it, sent as curl sends them', async () => {
    const all = switches();
    assert.ok(all.length >= 10, JSON.stringify(all));
    for (const { method, action, body } of all) {
      if (action === 'reset') continue; // below, at the end: it takes the world away
      const real = body?.replace('"customers": 600', '"customers": 3').replace(', "subscription": "…"', '') ?? null;
      const { status, answer } = await sandboxPost(action, real, method);
      const done = status === 200 || /has no subscription to change/.test(answer.description ?? '');
      assert.ok(done, `${method} ${action} ${body}: ${status} ${JSON.stringify(answer)}`);
    }
    await sandboxPost('faults', '{"rules": []}');
  });

  it('every command for the chat is understood', async () => {
    const all = chatCommands();
    assert.ok(all.length >= 18, all.join());
    for (const command of all) {
      const before = world.teams.messages.length;
      const edits = world.teams.messages.reduce((sum, one) => sum + one.edits, 0);
      await me.write(command);
      await until(
        () => world.teams.messages.length > before || world.teams.messages.reduce((sum, one) => sum + one.edits, 0) > edits || undefined,
        () => `nothing answers ‘${command}’`,
      );
      // Of a person it may say that nobody of that name looks after anything just now; of nothing else.
      for (const text of world.teams.messages.slice(before).flatMap((one) => one.text ?? []))
        assert.doesNotMatch(
          text,
          /I do not know|I know no(?!body called “megan” who looks after)|went wrong|cannot reach|did not understand/,
          `${command}: ${text}`,
        );
    }
  });

  it('the same by typing: the sentence of README leads to the end', async () => {
    const sentence = /The same by typing[^\n]*/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[0] ?? '';
    const typed = [...sentence.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
    assert.deepEqual(typed.slice(1), ['1', 'yes', 'yes', 'yes', 'yes']);
    const alone = world.teams.chat('personal', 'a:typist', 'Bo Ek');
    const seen = [
      'How many licences?',
      'It waits for your yes',
      '11 of 11 people can move',
      'Everybody has moved',
      'Finished: the old subscription is suspended.',
    ];
    await alone.write(typed[0] as string);
    await alone.card('Northwind Traders', 'Get a price', 'Sales Professional');
    for (const [index, text] of typed.slice(1).entries()) {
      await alone.write(text);
      await until(
        () => alone.texts().some((one) => one.includes(seen[index] as string)) || undefined,
        () => `after ${index + 1} answers: ${alone.texts().slice(-4).join(' / ')}`,
      );
    }
  });

  it('the first day again', async () => {
    const { status } = await sandboxPost('reset', null);
    assert.equal(status, 200);
    assert.deepEqual(await world.sandbox.writes(), []);
  });
});

describe('the move of new commerce that README leads through', function () {
  this.timeout(300_000);
  let world: World;
  before(async () => {
    world = await startWorld({ storage: null });
    await world.knowsAll();
  });
  after(() => world.close());

  async function done(command: string): Promise<unknown> {
    const { code, out } = await shellIn(world, `${command} --silent --show-error --fail-with-body`);
    assert.equal(code, 0, `${command}: ${out}`);
    return JSON.parse(out);
  }

  it('the move of new commerce: the commands of README let its end come, and the invoice of what follows has the new one alone', async () => {
    const part = section('The main job').slice(section('The main job').indexOf('That was a classic'));
    const [move = '', ...answers] = [...(/^2\. Write .*$/m.exec(part)?.[0] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
    assert.match(move, /^move fabrikam/);
    const curls = [...part.matchAll(/^ *(curl .+)$/gm)].map((match) => match[1] as string);
    const [before, later] = [curls.filter((one) => !LATER.test(one)), curls.filter((one) => LATER.test(one))];
    assert.deepEqual([before.length, later.length], [2, 3]);
    for (const command of before) await done(command);
    const alone = world.teams.chat('personal', 'a:newcommerce', 'Cia Ros');
    await alone.write(move);
    await alone.card('Fabrikam Residences', 'Business Standard', 'Get a price');
    const asked = [/How many licences/, /waits for your yes/, /25 of 25 people can move/, /Everybody has moved/];
    for (const [index, text] of answers.entries()) {
      await alone.write(text);
      await until(
        () => alone.texts().some((one) => asked[index]?.test(one)) || undefined,
        () => `after ${text}: ${alone.texts().slice(-4).join(' / ')}`,
      );
    }
    await alone.press('Cancel at term end', ['Fabrikam Residences']);
    await alone.card('Fabrikam Residences', 'Cancels on');
    const [end = '', month = '', invoice = ''] = later;
    await done(end);
    await alone.card('Fabrikam Residences', 'Finished', 'Moved to Office 365 E3');
    await done(month);
    const { lines } = (await done(invoice)) as { lines: { offerName: string; on: string }[] };
    const { now } = (await done('curl http://127.0.0.1:4010/sandbox/clock')) as { now: string };
    const since = addDays(dayOf(now), -31);
    const offers = (some: typeof lines) => [...new Set(some.map((one) => one.offerName))].filter((one) => /Business Standard|Office 365 E3/.test(one)).sort();
    assert.deepEqual(offers(lines), ['Microsoft 365 Business Standard', 'Office 365 E3'], JSON.stringify(lines));
    assert.deepEqual(offers(lines.filter((one) => one.on >= since)), ['Office 365 E3'], JSON.stringify(lines));
  });
});
