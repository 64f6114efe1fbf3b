/** All settings, parsed once; every fault is told together. The only reader of the environment. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type FourEyes, parseFourEyes } from '../services/approval/approval.ts';
import { type Colleague, ROLES, type Role } from '../services/people/roles.ts';

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
  PEOPLE: z.string().min(1).optional(),
  FOUR_EYES: z.string().default('off'),
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
  /** null: everybody may do everything. */
  people: Colleague[] | null;
  fourEyes: FourEyes;
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
  const fourEyes = parseFourEyes(data.FOUR_EYES);
  if (!fourEyes) faults.push(`FOUR_EYES cannot be '${data.FOUR_EYES}': write off, always, above 5000 EUR, or above 25 seats.`);
  const people = data.PEOPLE ? readPeople(data.PEOPLE) : null;
  if (typeof people === 'string') faults.push(people);
  if (faults.length > 0 || !fourEyes || typeof people === 'string') return { faults };
  return {
    config: {
      port: data.PORT,
      chatPort: data.CHAT_PORT,
      sandboxPort: data.SANDBOX_PORT,
      azuritePort: data.AZURITE_PORT,
      chat: data.CHAT === 'on',
      dataDir: data.DATA_DIR,
      programmesDir: data.PROGRAMMES_DIR ?? null,
      people,
      fourEyes,
      storage: data.AZURE_STORAGE_CONNECTION_STRING ?? null,
      partnerCenterUrl: data.PARTNER_CENTER_URL ?? null,
      partnerCenterToken: data.PARTNER_CENTER_TOKEN ?? null,
      sweepMs: data.SWEEP_MINUTES * 60_000,
      requestsPerMinute: data.PARTNER_CENTER_REQUESTS_PER_MINUTE,
      licenceRequestsPerMinute: data.LICENCE_REQUESTS_PER_MINUTE,
    },
  };
}

const colleagues = z.object({
  people: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), roles: z.array(z.enum(ROLES as [Role, ...Role[]])) })),
});

/** The file of people, or a sentence about what is wrong with it. */
function readPeople(file: string): Colleague[] | string {
  try {
    const parsed = colleagues.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data.people.map((one) => ({ objectId: one.id, name: one.name, roles: one.roles }));
    const issue = parsed.error.issues[0];
    return `PEOPLE: ${file} is not a list of people: ${issue?.path.join('.')}: ${issue?.message}. It looks like {"people": [{"id": "<object id>", "name": "Ann Jansson", "roles": ["requester"]}]}.`;
  } catch (error) {
    return `PEOPLE: ${file} cannot be read: ${(error as Error).message}.`;
  }
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
