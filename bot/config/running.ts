/** How the bot of a data folder runs: it notes that beside its lock, so that whoever asks after it asks after that one, and not after the settings of his own shell. Pure. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';

/** What may be written down: no secret, and nothing that says where one is. */
const NOTED = [
  ...(['mode', 'port', 'sandboxPort', 'azuritePort', 'partnerCenterUrl', 'publicUrl', 'programmesDir', 'sweepMs'] as const),
  ...(['people', 'roleGroups', 'fourEyes', 'shows', 'readOnly', 'retention', 'requestsPerMinute', 'licenceRequestsPerMinute'] as const),
] satisfies (keyof Config)[];

/** `chatPort`: only where there is a chat page. */
export type Noted = Pick<Config, (typeof NOTED)[number]> & Partial<Pick<Config, 'chatPort'>>;

/** A program that uses a data folder; `noted` null: it is no bot, or one of an older release. */
export interface Holder {
  pid: number;
  noted: Noted | null;
}

/** What a bot notes of itself. */
export function notedOf(config: Config): Noted {
  const noted = Object.fromEntries(NOTED.map((name) => [name, config[name]])) as unknown as Noted;
  return {
    ...noted,
    programmesDir: config.programmesDir === null ? null : resolve(config.programmesDir),
    ...(config.chat ? { chatPort: config.chatPort } : {}),
  };
}

/** What stands in the lock of the data folder, whose process lives; null where none does. */
type Held = { pid: number; noted: object | null } | null;

/** Who uses the data folder; null where nobody does, and in Azure, where there is none. */
export function holderOf({ mode }: Pick<Config, 'mode'>, held: Held): Holder | null {
  if (!held || mode === 'azure') return null;
  const noted = held.noted as Noted | null;
  return { pid: held.pid, noted: noted?.mode === mode ? noted : null };
}

/** The settings with which the bot of the data folder runs; where none runs, as they were given. */
export function asItRuns(config: Config, held: Held): Config {
  return { ...config, ...holderOf(config, held)?.noted };
}
