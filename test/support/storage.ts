/** One Azurite in memory for all the worlds of this process: each gets an account of its own, and sees nothing of the others. */
import { azuriteConnection } from '../../services/store/azureTables.ts';
import type { Config } from '../../bot/config/config.ts';
import { startAzurite } from '../crash/azurite.ts';
import { freePair } from './ports.ts';

const ACCOUNTS_MAX = 100;
const KEY = Buffer.alloc(64, 1).toString('base64');

let running: Promise<number> | null = null;
let taken = 0;

/** A connection string to storage in which there is nothing yet. */
export async function ownStorage(): Promise<string> {
  if (taken === ACCOUNTS_MAX) throw new Error(`More than ${ACCOUNTS_MAX} worlds in one process.`);
  const account = `world${taken++}`;
  running ??= startOne();
  const port = await running;
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${KEY};TableEndpoint=http://127.0.0.1:${port}/${account};QueueEndpoint=http://127.0.0.1:${port + 1}/${account};`;
}

/** How to reach the storage of a world, in Azurite of its own or in the common one. */
export function storageOf(config: Pick<Config, 'storage' | 'azuritePort'>): { connectionString: string } {
  return { connectionString: config.storage ?? azuriteConnection(config.azuritePort, config.azuritePort + 1) };
}

async function startOne(): Promise<number> {
  const port = await freePair();
  const accounts = Array.from({ length: ACCOUNTS_MAX }, (_, n) => `world${n}:${KEY}`).join(';');
  const azurite = await startAzurite(port, port + 1, accounts);
  process.once('exit', azurite.end);
  return port;
}
