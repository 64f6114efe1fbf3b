/** Starting and ending, as a process of its own. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENDING, FIRST_WORDS } from '../../bot/console.ts';
import { isFree } from '../../services/local/processes.ts';
import { STARTS } from '../support/image.ts';
import { until } from '../support/until.ts';
import { startTeams } from '../support/teams.ts';
import { freePair, freePort } from '../support/ports.ts';

describe('starting', () => {
  async function environment(changes: Record<string, string> = {}): Promise<Record<string, string>> {
    return {
      ...(process.env as Record<string, string>),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'successor-start-')),
      PORT: String(await freePort()),
      CHAT_PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
      AZURITE_PORT: String(await freePair()),
      ...changes,
    };
  }
  function run(env: Record<string, string>, ownGroup = false): { child: ChildProcess; out: () => string } {
    let text = '';
    const child = spawn(process.execPath, STARTS, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: ownGroup });
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      text += String(chunk);
    });
    return { child, out: () => text };
  }
  async function ended(child: ChildProcess): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
    return child.exitCode;
  }
  /** The process that a start has begun for one of its parts. */
  function childOf(parent: number, what: string): number {
    const all = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout.split('\n');
    const [pid] =
      all.map((line) => line.trim().split(/\s+/)).filter(([, of, ...words]) => Number(of) === parent && words.join(' ').includes(`/${what}/`))[0] ?? [];
    assert.ok(pid, `no ${what} among the children of ${parent}`);
    return Number(pid);
  }
  const ports = (env: Record<string, string>) =>
    [env.PORT, env.CHAT_PORT, env.SANDBOX_PORT, env.AZURITE_PORT, String(Number(env.AZURITE_PORT) + 1)].map(Number);

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`prints the ready line, and ends all children on ${signal}`, async () => {
      const env = await environment();
      const { child, out } = run(env);
      await until(
        () => (out().includes('ready') ? true : undefined),
        () => `no ready line: ${out()}`,
      );
      const lines = out().trim().split('\n');
      const ready = lines.findIndex((line) => line.startsWith('ready'));
      assert.equal(lines.slice(0, 2).join('\n'), FIRST_WORDS);
      // Each part as it answers, in whatever order.
      assert.deepEqual(
        lines.slice(2, ready).sort(),
        [
          `  bot         http://127.0.0.1:${env.PORT}`,
          `  tables      Azurite, port ${env.AZURITE_PORT}`,
          `  queues      Azurite, port ${Number(env.AZURITE_PORT) + 1}`,
          `  sandbox     http://127.0.0.1:${env.SANDBOX_PORT}, a pretend Partner Center with pretend customers`,
          `  chat page   http://127.0.0.1:${env.CHAT_PORT}`,
        ].sort(),
      );
      assert.deepEqual(lines.slice(ready), [
        `ready  Open http://127.0.0.1:${env.CHAT_PORT}, choose the channel Renewals, and press Watch here.`,
        '  play        npm run play, in a second terminal: be Microsoft, time, bad luck, or a second person',
        `  log         ${env.DATA_DIR}/bot.log`,
        '  end         Ctrl-C; what happened is kept, and goes on at the next start',
        '  begin anew  npm run fresh, after the end: takes away what happened, and starts',
      ]);
      // A second start says so in one sentence, and takes nothing from the first.
      const second = run({ ...env, CHAT: 'off' });
      assert.equal(await ended(second.child), 1);
      assert.equal(
        second.out().replace(`${FIRST_WORDS}\n`, '').split(' A second one')[0],
        `Successor is running already, as process ${child.pid}: open http://127.0.0.1:${env.CHAT_PORT}.`,
      );
      const before = out();
      child.kill(signal);
      const code = await ended(child);
      if (signal !== 'SIGKILL') {
        assert.equal(code, 0, out());
        assert.equal(out(), `${before}${ENDING}\n`, 'a signal is answered, by one line');
      }
      for (const port of ports(env))
        await until(
          async () => ((await isFree(port)) ? true : undefined),
          () => `port ${port} is still held`,
        );
      assert.doesNotMatch(out(), /ended by itself/);
    });
  }

  it('looks at the whole seeded world, and puts a flip on a card, as it is set by itself', async () => {
    const env = await environment({ CHAT: 'off' });
    const { child, out } = run(env);
    const teams = await startTeams(() => `http://127.0.0.1:${env.PORT}`);
    try {
      await until(
        () => (out().includes('ready') ? true : undefined),
        () => `no ready line: ${out()}`,
      );
      await until(
        async () => ((await (await fetch(`http://127.0.0.1:${env.PORT}/readyz`)).json()) as { knowsAll: boolean }).knowsAll || undefined,
        () => 'the first sweep did not end',
      );
      const me = teams.chat('personal', 'a:me');
      await me.write('watch');
      await me.card('Watching');
      await fetch(`http://127.0.0.1:${env.SANDBOX_PORT}/sandbox/flip`, { method: 'POST', body: '{"customer":"Contoso"}' });
      await me.card('Contoso Ltd', 'Get a price');
      // One of its own children ends by itself: it says which, how, and what to do, and ends in order.
      process.kill(childOf(child.pid as number, 'sandbox'), 'SIGKILL');
      assert.equal(await ended(child), 1);
      assert.match(out(), /The sandbox has ended by itself \(ended by the signal SIGKILL\)\..* start it again with npm start\.\n/);
    } finally {
      child.kill('SIGTERM');
      await ended(child);
      await teams.close();
    }
  });

  it('ends quietly and in order on Ctrl-C, which a terminal sends to the whole group', async () => {
    const env = await environment();
    const { child, out } = run(env, true);
    await until(
      () => (out().includes('ready') ? true : undefined),
      () => `no ready line: ${out()}`,
    );
    const before = out();
    process.kill(-(child.pid as number), 'SIGINT');
    assert.equal(await ended(child), 0);
    assert.equal(out(), `${before}${ENDING}\n`);
    for (const port of ports(env)) assert.ok(await isFree(port), `port ${port} is still held`);
  });

  const refusals: [string, (env: Record<string, string>) => Promise<() => void>, RegExp][] = [
    [
      'a port in use',
      async (env) => {
        const server = createServer().listen(Number(env.SANDBOX_PORT), '127.0.0.1');
        return () => void server.close();
      },
      /^Port \d+ for sandbox is in use\. End what uses it, or set SANDBOX_PORT to another one\.$/,
    ],
    [
      'the bot’s own port in use',
      async (env) => {
        const server = createServer().listen(Number(env.PORT), '127.0.0.1');
        return () => void server.close();
      },
      /^Port \d+ for the bot is in use\. End what uses it, or set PORT to another one\.$/,
    ],
    [
      'a data folder in use',
      async (env) => {
        writeFileSync(join(env.DATA_DIR as string, 'lock'), String(process.pid));
        return () => {};
      },
      /^The data folder .* is in use by process \d+\. End that one, or set DATA_DIR to another folder\.$/,
    ],
    [
      'a data folder that cannot be written',
      async (env) => {
        writeFileSync(join(env.DATA_DIR as string, 'file'), '');
        env.DATA_DIR = join(env.DATA_DIR as string, 'file', 'below');
        return () => {};
      },
      /^The data folder .* cannot be written \(ENOTDIR\)\. Set DATA_DIR to a folder of yours\.$/,
    ],
    [
      'a programmes folder that is not there',
      async (env) => {
        env.PROGRAMMES_DIR = '/nowhere';
        return () => {};
      },
      /^PROGRAMMES_DIR is '\/nowhere', which is no folder\./,
    ],
    [
      'a setting of the real world',
      async (env) => {
        env.MicrosoftAppId = 'x';
        return () => {};
      },
      /^MicrosoftAppId is set, but MODE is not/,
    ],
  ];
  for (const [name, prepare, sentence] of refusals) {
    it(`${name}: one clear sentence, and nothing is left running`, async () => {
      const env = await environment();
      const undo = await prepare(env);
      const { child, out } = run(env);
      assert.equal(await ended(child), 1);
      undo();
      // Settings are looked at before anything is said; what else stands in the way comes after the first words, and after what answered.
      const said = out()
        .replace(`${FIRST_WORDS}\n`, '')
        .replace(/^ {2}(bot|tables|queues|sandbox|chat page) .*\n/gm, '')
        .trim();
      assert.match(said, sentence);
      assert.equal(said.split('\n').length, 1, out());
      for (const port of ports(env)) assert.ok(await isFree(port));
    });
  }

  for (const [what, packages, sentence] of [
    ['with development packages whose install script was blocked', ['botbuilder', 'node'], /install script was blocked: run "npm rebuild node"/],
    ['in production, where the machine brings it', ['botbuilder'], /without development packages.*install a newer one there/],
    ['before anything is installed', [], /Run "npm ci" first/],
  ] as const)
    it(`an old Node is told in one true sentence what to do: ${what}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'successor-node-'));
      mkdirSync(join(folder, 'bot'));
      cpSync('bot/runtime.cjs', join(folder, 'bot/runtime.cjs'));
      for (const name of packages) {
        mkdirSync(join(folder, 'node_modules', name), { recursive: true });
        writeFileSync(join(folder, 'node_modules', name, 'package.json'), '{}');
      }
      const old = "Object.defineProperty(process.versions,'node',{value:'20.1.0'});require('./bot/runtime.cjs')";
      const faked = spawnSync(process.execPath, ['-e', old], { encoding: 'utf8', cwd: folder, env: { PATH: process.env.PATH } });
      rmSync(folder, { recursive: true });
      assert.equal(faked.status, 1);
      assert.equal(faked.stderr.trim().split('\n').length, 1, faked.stderr);
      assert.match(faked.stderr, /needs Node 24 or newer and found 20\.1\.0/);
      assert.match(faked.stderr, sentence);
    });
  it('package.json names the Node that the start asks for', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const [, oldest] = /OLDEST = (\d+)/.exec(readFileSync('bot/runtime.cjs', 'utf8')) ?? [];
    assert.equal(engines.node, `>=${oldest}`);
  });
});
