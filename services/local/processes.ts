/** The embedded servers of local mode: Azurite, the sandbox and the chat page, each a process that ends with this one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, copyFileSync, mkdirSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { every } from '../clock.ts';
import { StartError } from '../startError.ts';
import { PERSONAL_CHAT, writeChatPage } from './chatPage.ts';

const require = createRequire(import.meta.url);
const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));
const SANDBOX = fileURLToPath(new URL('./sandbox/server.ts', import.meta.url));
const READY_MS = 40_000;
/** Of a child's log. */
const LOG_BYTES_MAX = 10 * 1024 * 1024;
const SHORTEN_EVERY_MS = 60_000;
const FREE_MS = 6_000; // children of a killed process need a moment to end

export interface Children {
  end(): Promise<void>;
  /** Called when a child dies by itself, with the last line of its log. */
  onDeath(told: Told): void;
}

type Told = (name: string, went: { code: number | null; signal: string | null }, lastWords: string) => void;

export interface Wanted {
  dataDir: string;
  /** Of the children: what a program needs to run at all, and nothing else. */
  environment: Record<string, string>;
  storage: { tablePort: number; queuePort: number } | null;
  sandboxPort: number | null;
  chat: { port: number; botPort: number } | null;
  /** The data folder's own program runs, and this one only looks on. */
  shared?: boolean;
  /** Told of each that answers. */
  came?: (name: string) => void;
  /** What stands beside the lock for others on this machine to read. */
  noted?: object;
}

/** Starts what is wanted and waits until each answers. Throws StartError. */
export async function startChildren(wanted: Wanted): Promise<Children> {
  const unlock = wanted.shared ? () => {} : lockFolder(wanted.dataDir, wanted.noted ?? null);
  const started: Started[] = [];
  let ending = false;
  const told: Told[] = [];
  async function run(name: string, port: number, command: string[], cwd: string): Promise<void> {
    await waitFree(name, port);
    mkdirSync(cwd, { recursive: true });
    const file = join(wanted.dataDir, `${name}.log`);
    shorten(file);
    const log = openSync(file, 'a', 0o600);
    const child = spawn(process.execPath, ['--require', PRELOAD, ...command], {
      cwd,
      stdio: ['ignore', log, log, 'ipc'],
      detached: process.platform !== 'win32', // Ctrl-C in a terminal is for this process, which ends them in order
      env: wanted.environment,
    });
    closeSync(log);
    started.push({ name, child, file });
    child.once('exit', (code, signal) => {
      if (!ending) for (const tell of told) tell(name, { code, signal }, lastLine(file));
    });
    await waitAnswer(name, port, child, file);
    wanted.came?.(name);
  }
  try {
    const home = resolve(wanted.dataDir);
    const work = [];
    if (wanted.storage) {
      const { tablePort, queuePort } = wanted.storage;
      const flags = ['--silent', '--disableTelemetry', '--skipApiVersionCheck', '--location', join(home, 'azurite')];
      work.push(
        run('azurite-table', tablePort, [azurite('table'), ...flags, '--tableHost', '127.0.0.1', '--tablePort', String(tablePort)], join(home, 'azurite')),
      );
      work.push(
        run('azurite-queue', queuePort, [azurite('queue'), ...flags, '--queueHost', '127.0.0.1', '--queuePort', String(queuePort)], join(home, 'azurite')),
      );
    }
    if (wanted.sandboxPort !== null)
      work.push(run('sandbox', wanted.sandboxPort, [SANDBOX, '--port', String(wanted.sandboxPort), '--data', join(home, 'sandbox')], home));
    if (wanted.chat) work.push(startChat(run, home, wanted.chat));
    const failures = (await Promise.allSettled(work)).flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    if (failures.length > 0) throw failures[0];
  } catch (error) {
    ending = true;
    await endAll(started);
    unlock();
    throw error;
  }
  const stopShortening = every(SHORTEN_EVERY_MS, async () => {
    for (const { file } of started) shorten(file);
  });
  return {
    onDeath: (tell) => void told.push(tell),
    async end() {
      ending = true;
      stopShortening();
      await endAll(started);
      unlock();
    },
  };
}

interface Started {
  name: string;
  child: ChildProcess;
  /** Its log. */
  file: string;
}

type Run = (name: string, port: number, command: string[], cwd: string) => Promise<void>;

async function startChat(run: Run, home: string, chat: { port: number; botPort: number }): Promise<void> {
  const cwd = join(home, 'chat');
  writeChatPage(cwd);
  await run(
    'chat',
    chat.port,
    [
      installed('@microsoft/m365agentsplayground', 'cli.js'),
      'start',
      '-e',
      `http://127.0.0.1:${chat.botPort}/api/messages`,
      '-c',
      'msteams',
      '-p',
      String(chat.port),
      '--disable-telemetry',
      '--conversation-id',
      PERSONAL_CHAT,
      '--service-url',
      `http://127.0.0.1:${chat.port}/_connector`,
    ],
    cwd,
  );
}

function azurite(service: 'table' | 'queue'): string {
  return installed('azurite', `dist/src/${service}/main.js`);
}

function installed(name: string, file: string): string {
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), file);
  } catch {
    throw new StartError(`The package ${name} is missing: local mode needs it. Run "npm ci" with development packages.`);
  }
}

/** One program a data folder: a second one would write over the first one's state. */
function lockFolder(folder: string, noted: object | null): () => void {
  const file = join(folder, 'lock');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // It may have been made by another hand: names and licences of people lie in it.
    chmodSync(folder, 0o700);
    const holder = lockHolder(folder);
    if (holder && holder.pid !== process.pid)
      throw new StartError(`The data folder ${folder} is in use by process ${holder.pid}. End that one, or set DATA_DIR to another folder.`);
    writeFileSync(file, JSON.stringify({ pid: process.pid, noted }), { mode: 0o600 });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder of yours.`);
  }
  return () => rmSync(file, { force: true });
}

/** The living process that uses the data folder, and what it noted; null where none does. */
export function lockHolder(folder: string): { pid: number; noted: object | null } | null {
  try {
    const read = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as number | { pid: number; noted: object | null };
    // A release before wrote the process alone.
    const held = typeof read === 'number' ? { pid: read, noted: null } : read;
    return held.pid > 0 && isAlive(held.pid) ? held : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const SETTING_OF: Record<string, string> = { chat: 'CHAT_PORT', sandbox: 'SANDBOX_PORT', 'azurite-table': 'AZURITE_PORT', 'azurite-queue': 'AZURITE_PORT' };

async function waitFree(name: string, port: number): Promise<void> {
  for (let waited = 0; ; waited += 200) {
    if (await isFree(port)) return;
    if (waited >= FREE_MS) throw new StartError(`Port ${port} for ${name} is in use. End what uses it, or set ${SETTING_OF[name]} to another one.`);
    await pause(200);
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function waitAnswer(name: string, port: number, child: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < READY_MS; waited += 50) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await answers(port)) return;
    await pause(50);
  }
  throw new StartError(`${name} did not start on port ${port}. Its last words are in ${log}.`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const LINE_MAX = 200;

/** The last line of a log, shortened; empty where there is none. */
function lastLine(file: string): string {
  try {
    return (readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '').trim().slice(0, LINE_MAX);
  } catch {
    return '';
  }
}

/** Gently, because Azurite writes its last seconds at its end; then not. */
async function endAll(started: Started[]): Promise<void> {
  await Promise.all(
    started.map(async ({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.connected) child.disconnect();
      else child.kill('SIGINT');
      await Promise.race([gone, pause(5_000, undefined, { ref: false })]);
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }),
  );
}

/** Keeps the log of a child, which holds the file open, within its room: the old lines go to `file.1`. Never throws. */
export function shorten(file: string, bytesMax = LOG_BYTES_MAX): void {
  try {
    if (statSync(file).size < bytesMax) return;
    copyFileSync(file, `${file}.1`);
  } catch {
    // A full disk: then the lines go.
  }
  try {
    if (statSync(file).size >= bytesMax) truncateSync(file);
  } catch {
    // It is not there.
  }
}
