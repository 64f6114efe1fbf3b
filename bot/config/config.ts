/** All settings, parsed once; every fault is told together. The only reader of the environment. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type FourEyes, parseFourEyes } from '../../services/approval/approval.ts';
import type { Shows } from '../../services/domain/shows.ts';
import { type Colleague, parseRoleGroups, ROLES, type Role, type RoleGroups } from '../../services/people/roles.ts';
import { certificateEnds } from '../../services/partnerCenter/auth/appCertificate.ts';
import type { Retention } from '../../services/privacy/retention.ts';
import { MODE_FAULTS, misspelt } from './modes.ts';
import { programmesIn } from './programmes.ts';
import { SETTING_NAMES, type Settings, settings } from './settings.ts';

/** Who may knock, and as whom the bot answers. */
export interface BotIdentity {
  appId: string;
  appType: Settings['MicrosoftAppType'];
  tenantId: string;
  /** null with a managed identity, and in guarded mode. */
  password: string | null;
  /** Keys of a test's own; only in guarded mode. */
  keysUrl: string | null;
  /** Tenants whose people may speak to the bot. */
  tenants: string[];
}

/** The app that calls Partner Center, and how it proves itself. */
export interface PartnerApp {
  tenantId: string;
  clientId: string;
  proof: { secret: string } | { certificate: string };
}

export interface Config {
  mode: NonNullable<Settings['MODE']>;
  /** What speaks with Teams; the second one is for tests. */
  sdk: 'botbuilder' | 'agents';
  port: number;
  chatPort: number;
  sandboxPort: number;
  azuritePort: number;
  chat: boolean;
  dataDir: string;
  /** What the embedded servers are started with. */
  childEnvironment: Record<string, string>;
  programmesDir: string | null;
  /** null: everybody may do everything, or roles come from groups. */
  people: Colleague[] | null;
  /** Entra groups by role; null where a file, or nothing, says who may. */
  roleGroups: RoleGroups | null;
  fourEyes: FourEyes;
  /** What may stand where others read along. */
  shows: Shows;
  /** Cards where several read along have a view for each of some readers. */
  views: boolean;
  readOnly: boolean;
  /** A new tenant begins with a dry run. */
  triesFirst: boolean;
  retention: Retention;
  /** null in local mode: nobody is asked who they are. */
  identity: BotIdentity | null;
  /** Of Microsoft's clouds, the one whose Teams speaks to the bot. */
  cloud: Settings['CLOUD'];
  /** Client id of the managed identity that the machine speaks to Azure with; null where it has one of its own, or where a person is signed in. */
  identityClientId: string | null;
  /** null: Azurite is started as a child. */
  storage: string | null;
  /** The storage account that the machine's own identity may use; before `storage`. */
  storageAccount: string | null;
  /** null: the sandbox is started as a child. */
  partnerCenterUrl: string | null;
  partnerCenterToken: string | null;
  /** null: the sandbox's tokens, or the fixed one. */
  partnerApp: PartnerApp | null;
  /** When the certificate of that app ends, as ISO text; null where it has none. */
  certificateEndsAt: string | null;
  graphUrl: string;
  loginUrl: string;
  /** null: the refresh token is kept in a file of the data folder. */
  keyVaultUrl: string | null;
  /** Where browsers and Partner Center reach this bot. */
  publicUrl: string;
  /** Proxies in front of this process that add to X-Forwarded-For. */
  proxies: number;
  events: { certificates: string[]; roots: string | null };
  /** What opens `/metrics` to others than this machine itself; null: nothing does. */
  metricsToken: string | null;
  /** Where traces and numbers go; null: nowhere. */
  collector: { endpoint: string; headers: Record<string, string> } | null;
  sweepMs: number;
  requestsPerMinute: number;
  licenceRequestsPerMinute: number;
  /** How long Teams waits for an answer at most, in milliseconds; what takes longer comes by itself. */
  patienceMs: number;
}

const SECRET = new Set([
  'MicrosoftAppPassword',
  'PARTNER_CLIENT_SECRET',
  'PARTNER_CENTER_TOKEN',
  'AZURE_STORAGE_CONNECTION_STRING',
  'AZURE_CLIENT_SECRET',
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_HEADERS',
]);
/** An answer to Teams waits for its work no longer than this. */
const PATIENCE_MS = 1_500;
const LOCAL_SWEEP_MINUTES = 0.1;
const AZURE_SWEEP_MINUTES = 60;

/** The configuration, or all that is wrong with it, one sentence each. */
export function parseConfig(environment: Record<string, string | undefined>): { config: Config } | { faults: string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const { data, bad } = readValues(given);
  const faults = [...misspelt(given, SETTING_NAMES), ...bad.values()];
  const mode = data.MODE ?? 'local';
  // In a mode that there is not, nothing is missing and nothing too much. What is said of a value is not said twice.
  if (!bad.has('MODE')) faults.push(...MODE_FAULTS[mode](data, given).filter((fault) => !bad.has(fault.split(' ')[0] as string)));
  const fourEyes = parseFourEyes(data.FOUR_EYES);
  if (!fourEyes) faults.push(`FOUR_EYES cannot be '${data.FOUR_EYES}': write off, always, above 5000 EUR, or above 25 seats.`);
  const people = data.PEOPLE ? readPeople(data.PEOPLE) : null;
  if (typeof people === 'string') faults.push(people);
  const roleGroups = data.ROLES ? parseRoleGroups(data.ROLES) : null;
  if (typeof roleGroups === 'string') faults.push(roleGroups);
  const programmes = data.PROGRAMMES_DIR ? programmesFault(data.PROGRAMMES_DIR) : null;
  if (programmes) faults.push(programmes);
  const proof = readProof(data);
  if (typeof proof === 'string') faults.push(proof);
  const roots = data.EVENTS_ROOTS ? readText('EVENTS_ROOTS', data.EVENTS_ROOTS) : null;
  if (roots && 'fault' in roots) faults.push(roots.fault);
  const collectorHeaders = readHeaders(data.OTEL_EXPORTER_OTLP_HEADERS ?? '');
  if (!collectorHeaders) faults.push('OTEL_EXPORTER_OTLP_HEADERS cannot be what it is: write name=value, several parted by commas.');
  if (faults.length > 0 || !fourEyes || typeof people === 'string' || typeof roleGroups === 'string' || typeof proof === 'string') return { faults };
  const port = data.PORT;
  return {
    config: {
      mode,
      sdk: 'botbuilder',
      port,
      chatPort: data.CHAT_PORT,
      sandboxPort: data.SANDBOX_PORT,
      azuritePort: data.AZURITE_PORT,
      chat: (data.CHAT ?? (mode === 'local' ? 'on' : 'off')) === 'on',
      dataDir: data.DATA_DIR,
      childEnvironment: childEnvironment(given),
      programmesDir: data.PROGRAMMES_DIR ?? null,
      people,
      roleGroups,
      fourEyes,
      shows: { cost: data.SHOW_COST, names: data.NAMES_IN_CHANNEL },
      // The chat page of local mode puts a warning below each card that has them.
      views: mode !== 'local',
      readOnly: data.READ_ONLY === 'on',
      triesFirst: mode === 'azure',
      retention: { nameDays: data.NAMES_DAYS, recordDays: data.RECORD_DAYS },
      identity:
        mode === 'local'
          ? null
          : {
              appId: data.MicrosoftAppId ?? '',
              appType: data.MicrosoftAppType,
              tenantId: data.MicrosoftAppTenantId ?? '',
              password: data.MicrosoftAppPassword ?? null,
              keysUrl: data.BOT_KEYS_URL ?? null,
              tenants: data.ALLOWED_TENANTS.map((tenant) => tenant.toLowerCase()),
            },
      cloud: data.CLOUD,
      identityClientId: data.AZURE_CLIENT_ID ?? (data.MicrosoftAppType === 'UserAssignedMSI' ? (data.MicrosoftAppId ?? null) : null),
      storage: data.AZURE_STORAGE_CONNECTION_STRING ?? null,
      storageAccount: data.AZURE_STORAGE_ACCOUNT ?? null,
      partnerCenterUrl: data.PARTNER_CENTER_URL ?? (mode === 'azure' ? 'https://api.partnercenter.microsoft.com' : null),
      partnerCenterToken: data.PARTNER_CENTER_TOKEN ?? null,
      certificateEndsAt: proof && 'certificate' in proof ? certificateEnds(proof.certificate) : null,
      partnerApp:
        proof && data.PARTNER_TENANT_ID && data.PARTNER_CLIENT_ID ? { tenantId: data.PARTNER_TENANT_ID, clientId: data.PARTNER_CLIENT_ID, proof } : null,
      graphUrl: data.GRAPH_URL,
      loginUrl: data.LOGIN_URL,
      keyVaultUrl: data.KEY_VAULT_URL ?? null,
      publicUrl: data.PUBLIC_URL ?? `http://127.0.0.1:${port}`,
      // Azure's App Service and Container Apps put one proxy in front.
      proxies: data.PROXIES ?? (mode === 'azure' ? 1 : 0),
      events: { certificates: data.EVENTS_CERTIFICATES, roots: roots && 'text' in roots ? roots.text : null },
      metricsToken: data.METRICS_TOKEN ?? null,
      collector: data.OTEL_EXPORTER_OTLP_ENDPOINT ? { endpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT, headers: collectorHeaders ?? {} } : null,
      sweepMs: (data.SWEEP_MINUTES ?? (mode === 'azure' ? AZURE_SWEEP_MINUTES : LOCAL_SWEEP_MINUTES)) * 60_000,
      requestsPerMinute: data.PARTNER_CENTER_REQUESTS_PER_MINUTE,
      licenceRequestsPerMinute: data.LICENCE_REQUESTS_PER_MINUTE,
      patienceMs: PATIENCE_MS,
    },
  };
}

/** The settings by name, and what is wrong with a value. One that cannot be read stays as it was written, so that no default is judged in its place. */
function readValues(given: Record<string, string | undefined>): { data: Settings; bad: Map<string, string> } {
  const parsed = settings.safeParse(given);
  if (parsed.success) return { data: parsed.data, bad: new Map() };
  const bad = new Map(parsed.error.issues.map(({ path, message }) => [String(path[0]), badValue(String(path[0]), given, message)]));
  const unread = Object.fromEntries([...bad.keys()].map((name) => [name, given[name]]));
  const readable = Object.fromEntries(Object.entries(given).filter(([name]) => !bad.has(name)));
  return { data: { ...settings.parse(readable), ...unread } as Settings, bad };
}

/** Names the setting and its value, but no secret, and no address that might hold one. */
function badValue(name: string, given: Record<string, string | undefined>, message: string): string {
  return `${name} cannot be ${SECRET.has(name) ? 'what it is' : `'${given[name]}'`}: ${message}.`;
}

/** What is wrong with a folder of programmes, told with the rest; who needs them reads them again. */
function programmesFault(folder: string): string | null {
  try {
    programmesIn(folder);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** How the app proves itself; null where nothing is given. */
function readProof(data: Settings): PartnerApp['proof'] | string | null {
  if (data.PARTNER_CERTIFICATE) {
    const read = readText('PARTNER_CERTIFICATE', data.PARTNER_CERTIFICATE);
    if ('fault' in read) return read.fault;
    const whole = certificateEnds(read.text) !== null && read.text.includes('PRIVATE KEY');
    return whole ? { certificate: read.text } : `PARTNER_CERTIFICATE: ${data.PARTNER_CERTIFICATE} must hold the certificate and its private key, both as PEM.`;
  }
  return data.PARTNER_CLIENT_SECRET ? { secret: data.PARTNER_CLIENT_SECRET } : null;
}

/** `name=value,name=value`, values encoded as in an address (OpenTelemetry); null where it is something else. */
function readHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([\w-]+)\s*=([^\r\n]*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return null;
    try {
      headers[name] = decodeURIComponent(value.trim());
    } catch {
      return null;
    }
  }
  return headers;
}

function readText(name: string, file: string): { text: string } | { fault: string } {
  if (isContent(file))
    return { fault: `${name} holds the text itself, and should name a file in which it stands: put it into one that this account alone can read.` };
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { fault: `${name}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).` };
  }
}

const PATH_MAX = 300;

/** Whether what should name a file is what would stand in it: a key, perhaps, so it is not said again. */
function isContent(value: string): boolean {
  return value.length > PATH_MAX || /-----BEGIN|[\p{Cc}{]/u.test(value);
}

const colleagues = z.object({
  people: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), roles: z.array(z.enum(ROLES as [Role, ...Role[]])) })),
});

/** The file of people, or a sentence about what is wrong with it. */
function readPeople(file: string): Colleague[] | string {
  const read = readText('PEOPLE', file);
  if ('fault' in read) return read.fault;
  try {
    const parsed = colleagues.safeParse(JSON.parse(read.text));
    if (parsed.success) return parsed.data.people.map((one) => ({ objectId: one.id, name: one.name, roles: one.roles }));
    const issue = parsed.error.issues[0];
    return `PEOPLE: ${file} is not a list of people: ${issue?.path.join('.')}: ${issue?.message}. It looks like {"people": [{"id": "<object id>", "name": "Ann Jansson", "roles": ["requester"]}]}.`;
  } catch {
    return `PEOPLE: ${file} cannot be read: it is not JSON.`;
  }
}

/** What a program needs to run at all: no setting, no secret, and nothing that loads other code into it; what Node has compiled is read from where the parent reads it. */
const NEEDED = [
  ...['PATH', 'Path', 'HOME', 'USERPROFILE', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir', 'APPDATA', 'LOCALAPPDATA', 'LANG', 'LC_ALL', 'TZ'],
  'NODE_COMPILE_CACHE',
];

/** The environment of an embedded server. Pure. */
export function childEnvironment(own: Record<string, string | undefined>): Record<string, string> {
  const needed = NEEDED.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]));
  return { ...Object.fromEntries(needed), TEAMSAPPTESTER_BROWSER: 'none' };
}
