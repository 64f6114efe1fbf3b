/** What is said on the console of a machine of one's own, where people read it; in Azure the log is all. Pure. */
import { join } from 'node:path';
import type { Config } from './config/config.ts';
import type { Noted } from './config/running.ts';

/** What can begin, and can end by itself. */
export const PARTS = ['bot', 'azurite-table', 'azurite-queue', 'sandbox', 'chat'] as const;
export type Part = (typeof PARTS)[number];

const NAMES: Record<Part, string> = {
  bot: 'bot',
  'azurite-table': 'tables',
  'azurite-queue': 'queues',
  sandbox: 'sandbox',
  chat: 'chat page',
};
/** The same in a sentence. */
const CALLED: Record<Part, string> = { ...NAMES, 'azurite-table': 'storage of tables', 'azurite-queue': 'storage of queues' };
const COLUMN = 12;

type Ports = Pick<Config, 'port' | 'azuritePort' | 'sandboxPort' | 'chatPort'>;

/** The first words, before anything is loaded. */
export const FIRST_WORDS =
  'Successor tells you when a customer’s subscription stops renewing, and leads through what follows.\nIt starts on this machine alone; this takes some seconds:';

/** A part that answers from now on. */
export function partLine(part: Part, config: Ports): string {
  const says: Record<Part, string> = {
    bot: `http://127.0.0.1:${config.port}`,
    'azurite-table': `Azurite, port ${config.azuritePort}`,
    'azurite-queue': `Azurite, port ${config.azuritePort + 1}`,
    sandbox: `http://127.0.0.1:${config.sandboxPort}, a pretend Partner Center with pretend customers`,
    chat: `http://127.0.0.1:${config.chatPort}`,
  };
  return row(NAMES[part], says[part]);
}

/** The last words of a start: where to go, what to do first, and how to go on. */
export function readyLines(at: { chat: string | null; bot: string; sandbox: string | null }, config: Pick<Config, 'mode' | 'dataDir'>): string[] {
  const local = config.mode === 'local';
  return [
    at.chat ? `ready  Open ${at.chat}, choose the channel Renewals, and press Watch here.` : `ready  The bot answers on ${at.bot}.`,
    ...(local && at.sandbox ? [row('play', 'npm run play, in a second terminal: be Microsoft, time, bad luck, or a second person')] : []),
    row('log', join(config.dataDir, 'bot.log')),
    row('end', 'Ctrl-C; what happened is kept, and goes on at the next start'),
    ...(local ? [row('begin anew', 'npm run fresh, after the end: takes away what happened, and starts')] : []),
  ];
}

export const ENDING = 'Ending. What happened is being written down; a few seconds at most.';

/** Why a second start does not begin: the one that runs, and how to have another beside it, for which every port and the folder must be others. */
export function runsAlready({ pid, noted }: { pid: number; noted: Noted }, config: Ports & Pick<Config, 'dataDir'>): string {
  const page = noted.chatPort === undefined ? `it answers on http://127.0.0.1:${noted.port}` : `open http://127.0.0.1:${noted.chatPort}`;
  const other = (own: number, held: number | undefined, step = 1) => (own === held ? own + step : own);
  const ports = [
    `PORT=${other(config.port, noted.port)}`,
    `CHAT_PORT=${other(config.chatPort, noted.chatPort)}`,
    `SANDBOX_PORT=${other(config.sandboxPort, noted.sandboxPort)}`,
    `AZURITE_PORT=${other(config.azuritePort, noted.azuritePort, 2)}`,
  ];
  return `Successor is running already, as process ${pid}: ${page}. A second one beside it needs ports and a folder of its own: ${ports.join(' ')} DATA_DIR=${config.dataDir}-2 npm start`;
}

/** How a process went: its code, or the signal that ended it. */
export interface Went {
  code: number | null;
  signal: string | null;
}

/** A part that ended although nobody asked it to: which, why as far as it is known, and what to do. */
export function diedLine(part: Part, { code, signal }: Went, lastWords: string, dataDir: string): string {
  const how = signal ? `ended by the signal ${signal}` : `with code ${code}`;
  const said = lastWords === '' ? '' : ` Its last words: “${lastWords}”.`;
  return `The ${CALLED[part]} has ended by itself (${how}).${said} More stands in ${join(dataDir, `${part}.log`)}. Successor ends too, and nothing is lost: start it again with npm start.`;
}

/** The program itself met what it did not expect. */
export function brokenLine(error: Error, dataDir: string): string {
  return `Successor has ended by itself: ${error.message.split('\n')[0]} Nothing is lost: start it again with npm start. What came before is in ${join(dataDir, 'bot.log')}.`;
}

function row(name: string, says: string): string {
  return `  ${name.padEnd(COLUMN)}${says}`;
}
