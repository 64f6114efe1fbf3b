/** All settings, parsed once; every fault is told together. The only reader of the environment. */
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const positive = z.coerce.number().positive();
const url = z.url().transform((text) => text.replace(/\/$/, ''));

const settings = z.object({
  MODE: z.enum(['local', 'guarded', 'azure']).optional(),
  PORT: port.default(3978),
  CHAT_PORT: port.default(56_150),
  SANDBOX_PORT: port.default(4010),
  AZURITE_PORT: port.default(10_102),
  CHAT: z.enum(['on', 'off']).default('on'),
  DATA_DIR: z.string().min(1).default('.local'),
  PROGRAMMES_DIR: z.string().min(1).optional(),
  AZURE_STORAGE_CONNECTION_STRING: z.string().min(1).optional(),
  PARTNER_CENTER_URL: url.optional(),
  PARTNER_CENTER_TOKEN: z.string().min(1).optional(),
  SWEEP_MINUTES: positive.default(0.1),
  PARTNER_CENTER_REQUESTS_PER_MINUTE: positive.default(300),
  LICENCE_REQUESTS_PER_MINUTE: positive.default(180),
});

export type Settings = z.infer<typeof settings>;

export interface Config {
  port: number;
  chatPort: number;
  sandboxPort: number;
  azuritePort: number;
  chat: boolean;
  dataDir: string;
  programmesDir: string | null;
  /** null: Azurite is started as a child. */
  storage: string | null;
  /** null: the sandbox is started as a child. */
  partnerCenterUrl: string | null;
  partnerCenterToken: string | null;
  sweepMs: number;
  requestsPerMinute: number;
  licenceRequestsPerMinute: number;
}

/** Names of all settings, for the table in the README. */
export const SETTING_NAMES = Object.keys(settings.shape);

/** Settings that mean the real world: with one of them present, local mode does not open by accident. */
const REAL = [
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppTenantId',
  'AZURE_STORAGE_ACCOUNT',
  'PARTNER_TENANT_ID',
  'PARTNER_CLIENT_ID',
  'KEY_VAULT_URL',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'ALLOWED_TENANTS',
];

/** The configuration, or all that is wrong with it, one sentence each. */
export function parseConfig(environment: Record<string, string | undefined>): { config: Config } | { faults: string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const faults = misspelt(given);
  const real = REAL.filter((name) => name in given);
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')} cannot be '${given[String(issue.path[0])]}': ${issue.message}.`);
    return { faults };
  }
  const { data } = parsed;
  if (data.MODE && data.MODE !== 'local')
    faults.push(`MODE=${data.MODE} is not ready in this version: the door for Teams is not built yet. Only local mode runs.`);
  if (!data.MODE && real.length > 0)
    faults.push(`${real.join(', ')} ${real.length === 1 ? 'is' : 'are'} set, but MODE is not: set MODE, or take them away to run locally.`);
  if (data.MODE === 'local' && real.length > 0) faults.push(`Local mode has no authentication and refuses real credentials: take away ${real.join(', ')}.`);
  if (data.AZURE_STORAGE_CONNECTION_STRING && !isLoopback(data.AZURE_STORAGE_CONNECTION_STRING))
    faults.push('AZURE_STORAGE_CONNECTION_STRING must point to storage on this machine (127.0.0.1) in local mode.');
  if (data.PARTNER_CENTER_URL && !/^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(data.PARTNER_CENTER_URL))
    faults.push('PARTNER_CENTER_URL must point to a sandbox on this machine (http://127.0.0.1:…) in local mode.');
  if (faults.length > 0) return { faults };
  return {
    config: {
      port: data.PORT,
      chatPort: data.CHAT_PORT,
      sandboxPort: data.SANDBOX_PORT,
      azuritePort: data.AZURITE_PORT,
      chat: data.CHAT === 'on',
      dataDir: data.DATA_DIR,
      programmesDir: data.PROGRAMMES_DIR ?? null,
      storage: data.AZURE_STORAGE_CONNECTION_STRING ?? null,
      partnerCenterUrl: data.PARTNER_CENTER_URL ?? null,
      partnerCenterToken: data.PARTNER_CENTER_TOKEN ?? null,
      sweepMs: data.SWEEP_MINUTES * 60_000,
      requestsPerMinute: data.PARTNER_CENTER_REQUESTS_PER_MINUTE,
      licenceRequestsPerMinute: data.LICENCE_REQUESTS_PER_MINUTE,
    },
  };
}

/** A setting in other letters than its own would be passed over in silence. */
function misspelt(given: Record<string, string | undefined>): string[] {
  const known = [...SETTING_NAMES, ...REAL];
  return Object.keys(given).flatMap((name) => {
    const meant = known.find((one) => one !== name && one.toLowerCase().replaceAll('_', '') === name.toLowerCase().replaceAll('_', '') && !(one in given));
    return meant ? [`${name} is not a setting: did you mean ${meant}?`] : [];
  });
}

function isLoopback(connection: string): boolean {
  if (/UseDevelopmentStorage=true/i.test(connection)) return true;
  const endpoints = [...connection.matchAll(/Endpoint=([^;]+)/gi)].map((match) => match[1] as string);
  return endpoints.length > 0 && endpoints.every((endpoint) => /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(endpoint));
}
