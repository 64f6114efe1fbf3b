/**
 * `npm run play`, beside a start in local mode: each key does what Microsoft, time, bad luck or a second person would do. Keys come from
 * a terminal or through a pipe. It touches a sandbox, a bot and a chat page on this machine, and nothing else.
 */
import { systemClock } from '../../services/clock.ts';
import { type Deed, helpLines, KEYS, type Played, type Seen, spokenBy, typing } from '../../services/local/play.ts';
import { APPROVER, TENANT } from '../../services/local/chatPage.ts';
import { lockHolder } from '../../services/local/processes.ts';
import { isHere } from '../../services/loopback.ts';
import { keyOf } from '../../services/people/people.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { asItRuns } from '../config/running.ts';
import { asksHow, howTo } from './help.ts';

const WAIT_MS = 10_000;
/** Between two sentences of one person: who answers has read. */
const READ_MS = 2_000;
const KEYS_MAX = 10_000;
const INTERRUPT = '\u0003';

export interface Places {
  sandbox: string;
  bot: string;
  page: string;
}

/** Who looks on: each line is said, and what is being typed is shown as it comes. */
export interface Onlooker {
  say(line: string): void;
  show(text: string): void;
  /** The ticket that waits for the second person's yes, the last that was asked for; null where none does. */
  waits(): Promise<string | null>;
}

/** Where the play goes on, or why it does not. Pure. */
export function placesOf(config: Pick<Config, 'mode' | 'partnerCenterUrl' | 'sandboxPort' | 'port' | 'chatPort'>): Places | string {
  if (config.mode !== 'local') return `npm run play is for local mode alone, and MODE is ${config.mode}: nothing was done.`;
  const sandbox = config.partnerCenterUrl ?? `http://127.0.0.1:${config.sandboxPort}`;
  if (!isHere(sandbox)) return 'npm run play touches only a sandbox on this machine: nothing was done.';
  return { sandbox, bot: `http://127.0.0.1:${config.port}`, page: `http://127.0.0.1:${config.chatPort}` };
}

/** Plays the keys in their order until `q` or the end of them; `onlooker` is told what was done. */
export async function play(places: Places, keys: AsyncIterable<string>, onlooker: Onlooker): Promise<void> {
  const { say, show } = onlooker;
  const played: Played = { last: null, waits: null };
  let typed: string | null = null;
  let count = 0;
  for await (const key of keys) {
    if (key === INTERRUPT || (typed === null && key === 'q') || ++count > KEYS_MAX) return;
    if (typed !== null) {
      const { is, text, shows } = typing(typed, key);
      show(shows);
      typed = is === 'typed' ? text : null;
      if (is === 'said' && text.trim() !== '') await done({ do: 'speak', text: text.trim() }, places, say);
      if (is === 'left') say('Nothing was said.');
    } else if (key === 'm') {
      typed = '';
      show(`${APPROVER.name} says, up to Enter (Esc leaves it): `);
    } else if (key === 'h') for (const line of helpLines()) say(line);
    else if (/[^\s\p{Cc}]/u.test(key)) await press(key, { places, played, onlooker });
  }
}

async function press(key: string, { places, played, onlooker }: { places: Places; played: Played; onlooker: Onlooker }): Promise<void> {
  const { say } = onlooker;
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!known) return say(`There is no key ${JSON.stringify(key)}; h shows those that there are.`);
  try {
    const seen = (await sent(`${places.sandbox}/sandbox/state`)) as Seen;
    if (known.asks) played.waits = await onlooker.waits();
    for (const [index, deed] of known.deeds(seen, played).entries()) {
      if (index > 0) await new Promise((resolve) => setTimeout(resolve, READ_MS));
      if ((await done(deed, places, say)) && key === 'f' && deed.do === 'switch') played.last = (deed.body as { customer: string }).customer;
    }
  } catch (error) {
    say((error as Error).message);
  }
}

/** Whether it was done; where not, it is said why. */
async function done(deed: Deed, places: Places, say: (line: string) => void): Promise<boolean> {
  try {
    if (deed.do === 'speak') {
      say(`${APPROVER.name}: ${deed.text}`);
      // The card that the bot posts must find the page.
      await reached(places.page, 'The chat page');
      await sent(`${places.bot}/api/messages`, spokenBy(deed.text, { page: places.page, at: systemClock().now().toISOString() }));
      return true;
    }
    if (deed.do === 'switch') await sent(`${places.sandbox}/sandbox/${deed.action}`, deed.body);
    say(deed.says);
    return deed.do === 'switch';
  } catch (error) {
    say((error as Error).message);
    return false;
  }
}

/** The answer's data; throws with a sentence. */
async function sent(address: string, body?: object): Promise<unknown> {
  const response = await reached(address, address.includes('/sandbox/') ? 'The sandbox' : 'The bot', body);
  const text = await response.text();
  const answer = text.trim().startsWith('{') ? (JSON.parse(text) as { description?: string }) : {};
  if (!response.ok) throw new Error(answer.description ?? `${address} answered ${response.status}.`);
  return answer;
}

async function reached(address: string, who: string, body?: object): Promise<Response> {
  try {
    return await fetch(address, {
      ...(body ? { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
      signal: AbortSignal.timeout(WAIT_MS),
    });
  } catch {
    throw new Error(`${who} does not answer on ${new URL(address).origin}. Start Successor first, with npm start in another terminal.`);
  }
}

/** An arrow, a function key: one key, of several letters. */
const SEQUENCE = /\p{Cc}(\[[0-9;]*[A-Za-z~]|O[A-Za-z])/gu;

/** Each key as it is pressed, or each letter of what comes through a pipe. */
async function* keysOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  if (input.isTTY) input.setRawMode(true);
  input.setEncoding('utf8');
  for await (const chunk of input) yield* String(chunk).replace(SEQUENCE, '');
}

/** What the bot itself would list for the second person, out of its storage. Throws with a sentence. */
async function waitsFor(config: Config): Promise<string | null> {
  const [{ openResources }, { newestWaiting }] = await Promise.all([import('../resources.ts'), import('../turns/lists.ts')]);
  try {
    const { store, directory } = await openResources(config, { info: () => {}, warn: () => {} });
    const key = (await keyOf(store, APPROVER.objectId)) ?? '';
    const actor = { key, tenant: TENANT, name: APPROVER.name, roles: await directory.rolesOf(APPROVER.objectId) };
    return (await newestWaiting({ store, fourEyes: config.fourEyes }, { actor }))?.ticket.id ?? null;
  } catch (error) {
    throw new Error(`What waits cannot be read: ${(error as Error).message}`);
  }
}

async function main(): Promise<void> {
  if (asksHow(process.argv.slice(2))) return console.log([howTo('play'), ...helpLines()].join('\n'));
  const parsed = parseConfig(process.env);
  if ('faults' in parsed) {
    console.error(parsed.faults.join('\n'));
    process.exit(1);
  }
  const config = asItRuns(parsed.config, lockHolder(parsed.config.dataDir));
  const places = placesOf(config);
  if (typeof places === 'string') {
    console.error(places);
    process.exit(1);
  }
  try {
    await sent(`${places.sandbox}/sandbox/clock`);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
  for (const line of helpLines()) console.log(line);
  await play(places, keysOf(process.stdin), {
    say: (line) => console.log(line),
    show: (text) => void process.stdout.write(text),
    waits: () => waitsFor(config),
  });
  process.exit();
}

if (import.meta.main) await main();
