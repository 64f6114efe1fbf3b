import { distance } from '../../services/text.ts';
import type { Settings } from './settings.ts';

/** Settings that mean the real world: with one of them present, local mode does not open by accident. */
const REAL = [
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppTenantId',
  'MicrosoftAppType',
  'BOT_KEYS_URL',
  'AZURE_STORAGE_ACCOUNT',
  'PARTNER_TENANT_ID',
  'PARTNER_CLIENT_ID',
  'PARTNER_CLIENT_SECRET',
  'PARTNER_CERTIFICATE',
  'KEY_VAULT_URL',
  'PUBLIC_URL',
  'ROLES',
  'ALLOWED_TENANTS',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_TENANT_ID',
];
/** What a cloud host sets by itself. */
const HOSTED = ['WEBSITE_SITE_NAME', 'CONTAINER_APP_NAME', 'IDENTITY_ENDPOINT', 'MSI_ENDPOINT'];

type Given = Record<string, string | undefined>;
type Faults = (data: Settings, given: Given) => string[];

/** Nobody is asked who they are: so nothing here may be real. */
const localFaults: Faults = (data, given) => {
  const faults: string[] = [];
  const real = REAL.filter((name) => name in given);
  const hosted = HOSTED.filter((name) => name in given);
  if (!data.MODE && real.length > 0)
    faults.push(`${real.join(', ')} ${real.length === 1 ? 'is' : 'are'} set, but MODE is not: set MODE, or take them away to run locally.`);
  if (!data.MODE && hosted.length > 0) faults.push(`${hosted[0]} says that this is a cloud host, but MODE is not set: set MODE=azure there.`);
  if (data.MODE === 'local' && real.length > 0) faults.push(`Local mode has no authentication and refuses real credentials: take away ${real.join(', ')}.`);
  return [...faults, ...onThisMachine(data, 'local')];
};

/** The real token check against keys of a test's own; everything on this machine. */
const guardedFaults: Faults = (data, given) => {
  const faults = missing(given, ['MicrosoftAppId', 'MicrosoftAppTenantId', 'BOT_KEYS_URL', 'ALLOWED_TENANTS'], 'guarded');
  const real = ['MicrosoftAppPassword', 'AZURE_STORAGE_ACCOUNT', 'KEY_VAULT_URL', 'AZURE_CLIENT_SECRET'].filter((name) => name in given);
  if (real.length > 0) faults.push(`Guarded mode is for tests and refuses real credentials: take away ${real.join(', ')}.`);
  if (data.BOT_KEYS_URL && !isLoopbackUrl(data.BOT_KEYS_URL))
    faults.push(`BOT_KEYS_URL must be on this machine in guarded mode: '${data.BOT_KEYS_URL}' is not.`);
  if ((data.PARTNER_CLIENT_SECRET || data.PARTNER_CERTIFICATE) && !isLoopbackUrl(data.LOGIN_URL))
    faults.push('Guarded mode refuses real credentials: with PARTNER_CLIENT_SECRET or PARTNER_CERTIFICATE, LOGIN_URL must be on this machine.');
  if (data.ROLES && !isLoopbackUrl(data.GRAPH_URL)) faults.push('Guarded mode refuses real credentials: with ROLES, GRAPH_URL must be on this machine.');
  return [...faults, ...onThisMachine(data, 'guarded')];
};

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Everything that a bot on the internet must have, and nothing that opens a side door. */
const azureFaults: Faults = (data, given) => {
  const wanted = [
    'MicrosoftAppId',
    'MicrosoftAppTenantId',
    'ALLOWED_TENANTS',
    'ROLES',
    'PARTNER_TENANT_ID',
    'PARTNER_CLIENT_ID',
    'KEY_VAULT_URL',
    'PUBLIC_URL',
  ];
  const faults = missing(given, wanted, 'azure');
  if (data.MicrosoftAppType === 'SingleTenant' && !data.MicrosoftAppPassword)
    faults.push('MicrosoftAppPassword is missing: azure mode needs it, unless MicrosoftAppType is UserAssignedMSI.');
  if (data.MicrosoftAppType === 'UserAssignedMSI' && data.MicrosoftAppPassword)
    faults.push('MicrosoftAppPassword is set, but a managed identity (MicrosoftAppType=UserAssignedMSI) has none: take it away.');
  if (!data.AZURE_STORAGE_ACCOUNT && !data.AZURE_STORAGE_CONNECTION_STRING) faults.push('AZURE_STORAGE_ACCOUNT is missing: azure mode keeps its state there.');
  if (data.AZURE_STORAGE_CONNECTION_STRING && /http:|UseDevelopmentStorage/i.test(data.AZURE_STORAGE_CONNECTION_STRING))
    faults.push('AZURE_STORAGE_CONNECTION_STRING must use https in azure mode.');
  if (!data.PARTNER_CLIENT_SECRET && !data.PARTNER_CERTIFICATE)
    faults.push('PARTNER_CERTIFICATE or PARTNER_CLIENT_SECRET is missing: the app proves itself with it to Partner Center.');
  for (const name of ['MicrosoftAppId', 'MicrosoftAppTenantId', 'PARTNER_TENANT_ID', 'PARTNER_CLIENT_ID', 'AZURE_CLIENT_ID'] as const)
    if (data[name] && !GUID.test(data[name])) faults.push(`${name} cannot be '${data[name]}': it is a GUID.`);
  for (const tenant of data.ALLOWED_TENANTS) if (!GUID.test(tenant)) faults.push(`ALLOWED_TENANTS cannot hold '${tenant}': a tenant is named by its GUID.`);
  const closed = ['BOT_KEYS_URL', 'PEOPLE', 'PARTNER_CENTER_TOKEN'].filter((name) => name in given);
  if (closed.length > 0) faults.push(`Azure mode refuses what only tests may have: take away ${closed.join(', ')}.`);
  if (data.CHAT === 'on') faults.push('CHAT=on is for local mode: people speak to the bot in Teams.');
  for (const name of ['PARTNER_CENTER_URL', 'GRAPH_URL', 'LOGIN_URL', 'KEY_VAULT_URL', 'PUBLIC_URL'] as const)
    if (data[name] && !data[name].startsWith('https://')) faults.push(`${name} must begin with https:// in azure mode: '${data[name]}' does not.`);
  for (const address of data.EVENTS_CERTIFICATES)
    if (!/^https:\/\/[^/]+\//.test(address)) faults.push(`EVENTS_CERTIFICATES cannot hold '${address}': write https://<host>/, with a slash at the end.`);
  return faults;
};

function missing(given: Given, names: string[], mode: string): string[] {
  return names.filter((name) => !(name in given)).map((name) => `${name} is missing: ${mode} mode needs it.`);
}

function onThisMachine(data: Settings, mode: string): string[] {
  const faults: string[] = [];
  if (data.AZURE_STORAGE_CONNECTION_STRING && !isLoopback(data.AZURE_STORAGE_CONNECTION_STRING))
    faults.push(`AZURE_STORAGE_CONNECTION_STRING must point to storage on this machine (127.0.0.1) in ${mode} mode.`);
  if (data.PARTNER_CENTER_URL && !isLoopbackUrl(data.PARTNER_CENTER_URL))
    faults.push(`PARTNER_CENTER_URL must point to a sandbox on this machine (http://127.0.0.1:…) in ${mode} mode.`);
  return faults;
}

export const MODE_FAULTS: Record<NonNullable<Settings['MODE']>, Faults> = { local: localFaults, guarded: guardedFaults, azure: azureFaults };

const SHORT = 7; // letters of a name in which one or two others mean another word
const OWN = new Set(['AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET']);

/** A setting in other letters than its own would be passed over in silence. */
export function misspelt(given: Given, names: readonly string[]): string[] {
  const known = [...names, ...REAL];
  const plain = (name: string) => name.toLowerCase().replaceAll('_', '');
  return Object.keys(given).flatMap((name) => {
    if (known.includes(name) || OWN.has(name)) return [];
    const meant = known.find((one) => {
      if (one in given) return false;
      if (plain(one) === plain(name)) return true;
      return one.length > SHORT && Math.abs(one.length - name.length) <= 2 && distance(plain(one), plain(name)) <= 2;
    });
    return meant ? [`${name} is not a setting: did you mean ${meant}?`] : [];
  });
}

function isLoopbackUrl(address: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(address);
}

function isLoopback(connection: string): boolean {
  if (/UseDevelopmentStorage=true/i.test(connection)) return true;
  const endpoints = [...connection.matchAll(/Endpoint=([^;]+)/gi)].map((match) => match[1] as string);
  return endpoints.length > 0 && endpoints.every(isLoopbackUrl);
}
