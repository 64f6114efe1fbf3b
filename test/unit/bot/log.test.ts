/** The log and the console: bounded, never the end of the program, and silent about nobody but the library. */
import { childEnvironment } from '../../../bot/config/config.ts';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shorten } from '../../../services/local/processes.ts';
import { hush } from '../../../bot/hush.ts';
import { fileLog, streamLog } from '../../../bot/log.ts';

describe('the log', () => {
  let folder: string;
  let file: string;
  const warned: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'successor-log-'));
    file = join(folder, 'below', 'bot.log');
    warned.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const note = (text: string) => void warned.push(text);
  const lines = (of = file) =>
    readFileSync(of, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is one JSON line an event, with its time and a word for its level, in a file and on a stream alike', () => {
    const streamed: string[] = [];
    for (const log of [fileLog(file, note), streamLog({ write: (line: string | Uint8Array) => streamed.push(String(line)) > 0 })]) {
      log.info({ ticket: 'S-1001', text: 'two\nlines' }, 'first');
      log.warn({ token: 's3cret' }, 'second');
    }
    assert.ok(streamed.every((line) => line.indexOf('\n') === line.length - 1));
    for (const [first, second] of [lines(), streamed.map((line) => JSON.parse(line) as Record<string, unknown>)]) {
      assert.deepEqual([first?.level, first?.msg, first?.ticket], ['info', 'first', 'S-1001']);
      assert.deepEqual([second?.level, second?.token], ['warn', '[Redacted]']);
      assert.match(String(first?.time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    }
  });
  it('is bounded in number and size, whatever is noted, and its owner’s alone', () => {
    const log = fileLog(file, note, { bytesMax: 2_000, filesMax: 3 });
    for (let n = 0; n < 500; n++) log.info({ n }, 'a line');
    const files = readdirSync(join(folder, 'below')).sort();
    assert.deepEqual(files, ['bot.log', 'bot.log.1', 'bot.log.2']);
    for (const one of files) assert.ok(statSync(join(folder, 'below', one)).size < 2_200, one);
    assert.equal(lines().at(-1)?.n, 499);
    assert.equal(Number(lines(`${file}.1`).at(-1)?.n) + 1, lines()[0]?.n, 'nothing is missing between two files');
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.deepEqual(warned, []);
  });

  it('goes on where it was, and rotates what it finds too large', () => {
    fileLog(file, note, { bytesMax: 500, filesMax: 2 }).info({ n: 'x'.repeat(600) }, 'before');
    fileLog(file, note, { bytesMax: 500, filesMax: 2 }).info({}, 'after');
    assert.equal(lines()[0]?.msg, 'after');
    assert.equal(lines(`${file}.1`)[0]?.msg, 'before');
  });

  it('loses its lines on a full disk and says so once; when there is room again it says how many', () => {
    mkdirSync(join(folder, 'below'));
    symlinkSync('/dev/full', file);
    const log = fileLog(file, note);
    for (let n = 0; n < 5; n++) log.warn({ n }, 'a line');
    assert.equal(warned.length, 1);
    assert.match(warned[0] as string, /bot\.log cannot be written \(ENOSPC\)/);
    rmSync(file);
    log.info({}, 'there is room again');
    assert.deepEqual(
      lines().map((line) => [line.msg, line.lost]),
      [
        ['lines of the log were lost', 5],
        ['there is room again', undefined],
      ],
    );
  });

  it('survives a folder that is a file, and one that is taken away', () => {
    writeFileSync(join(folder, 'below'), '');
    const log = fileLog(file, note);
    log.info({}, 'x');
    assert.match(warned[0] as string, /cannot be written/);
    rmSync(join(folder, 'below'));
    log.info({}, 'y');
    assert.equal(lines().at(-1)?.msg, 'y');
  });

  it('of a child that holds its file open is cut where it stands', () => {
    const child = join(folder, 'child.log');
    writeFileSync(child, 'x'.repeat(100));
    shorten(child, 200);
    assert.equal(statSync(child).size, 100, 'it has room');
    shorten(child, 100);
    assert.deepEqual([statSync(child).size, statSync(`${child}.1`).size], [0, 100]);
    shorten(join(folder, 'nowhere'), 1);
    assert.ok(!existsSync(join(folder, 'nowhere')));
  });
});

describe('the console', () => {
  it('leaves out what the library prints, and prints what everybody else does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'successor-hush-'));
    const said: string[] = [];
    const before = { error: console.error, warn: console.warn };
    console.error = (...words: unknown[]) => void said.push(words.join(' '));
    let left = 0;
    const unhush = hush(() => {
      left += 1;
    });
    try {
      const print = (name: string) => {
        const file = join(folder, 'node_modules', name, 'lib', 'index.cjs');
        mkdirSync(join(file, '..'), { recursive: true });
        writeFileSync(file, "module.exports = (work) => { console.error('of ' + __filename); work?.(); };");
        return createRequire(import.meta.url)(file) as (work?: () => void) => void;
      };
      for (const name of ['botbuilder', 'botframework-connector', 'botbuilder-core']) print(name)();
      assert.deepEqual([said, left], [[], 3]);
      print('restify')();
      console.error('ours');
      // Called from within the library, it is ours all the same.
      print('botbuilder')(() => console.error('ours, from a turn'));
      assert.deepEqual(
        said.map((one) => one.replace(/.*node_modules/, 'of node_modules')),
        [`of node_modules/restify/lib/index.cjs`, 'ours', 'ours, from a turn'],
      );
    } finally {
      unhush();
      Object.assign(console, before);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a child’s environment', () => {
  it('holds what a program needs to run, and no setting, secret or hook', () => {
    const own = {
      PATH: '/bin',
      HOME: '/root',
      MicrosoftAppPassword: 'x',
      PARTNER_CLIENT_SECRET: 'x',
      AZURE_STORAGE_CONNECTION_STRING: 'x',
      NODE_OPTIONS: '--require x',
      NODE_EXTRA_CA_CERTS: 'x',
      HTTPS_PROXY: 'x',
      npm_config_token: 'x',
      NODE_COMPILE_CACHE: '/tmp/compiled',
    };
    assert.deepEqual(childEnvironment(own), { PATH: '/bin', HOME: '/root', NODE_COMPILE_CACHE: '/tmp/compiled', TEAMSAPPTESTER_BROWSER: 'none' });
  });
});
