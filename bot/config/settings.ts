/** Names and shapes of all settings. */
import { z } from 'zod';

export const port = z.coerce.number().int().min(0).max(65_535);

const positive = z.coerce.number().positive();

export const text = z.string().min(1).optional();

const url = z.url().transform((address) => address.replace(/\/$/, ''));

const list = z.string().transform((names) =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean),
);

export const settings = z.object({
  MODE: z.enum(['local', 'guarded', 'azure']).optional(),
  PORT: port.default(3978),
  CHAT_PORT: port.default(56_150),
  SANDBOX_PORT: port.default(4010),
  AZURITE_PORT: port.default(10_102),
  CHAT: z.enum(['on', 'off']).optional(),
  DATA_DIR: z.string().min(1).default('.local'),
  PROGRAMMES_DIR: text,
  PEOPLE: text,
  FOUR_EYES: z.string().default('off'),
  SHOW_COST: z.enum(['channel', 'personal', 'never']).default('channel'),
  NAMES_IN_CHANNEL: z.enum(['blocked', 'never']).default('blocked'),
  READ_ONLY: z.enum(['on', 'off']).default('off'),
  NAMES_DAYS: positive.default(400),
  RECORD_DAYS: positive.default(3_650),
  AZURE_STORAGE_CONNECTION_STRING: text,
  PARTNER_CENTER_URL: url.optional(),
  PARTNER_CENTER_TOKEN: text,
  SWEEP_MINUTES: positive.optional(),
  PARTNER_CENTER_REQUESTS_PER_MINUTE: positive.default(300),
  LICENCE_REQUESTS_PER_MINUTE: positive.default(180),
  MicrosoftAppId: text,
  // Azure spells it MSI; older guides, and botbuilder, Msi.
  MicrosoftAppType: z
    .preprocess((type) => (type === 'UserAssignedMsi' ? 'UserAssignedMSI' : type), z.enum(['SingleTenant', 'UserAssignedMSI']))
    .default('SingleTenant'),
  MicrosoftAppTenantId: text,
  MicrosoftAppPassword: text,
  BOT_KEYS_URL: url.optional(),
  ALLOWED_TENANTS: list.default([]),
  ROLES: text,
  GRAPH_URL: url.default('https://graph.microsoft.com'),
  LOGIN_URL: url.default('https://login.microsoftonline.com'),
  AZURE_CLIENT_ID: text,
  CLOUD: z
    .enum(['public', 'gcc'], {
      error: 'write public or gcc; GCC High and DoD have another login, Microsoft Graph and keys, which this version does not know, so it does not run there',
    })
    .default('public'),
  AZURE_STORAGE_ACCOUNT: text,
  PARTNER_TENANT_ID: text,
  PARTNER_CLIENT_ID: text,
  PARTNER_CLIENT_SECRET: text,
  PARTNER_CERTIFICATE: text,
  KEY_VAULT_URL: url.optional(),
  PUBLIC_URL: url.optional(),
  PROXIES: z.coerce.number().int().min(0).max(5).optional(),
  EVENTS_CERTIFICATES: list.default(['https://3psostorageacct.blob.core.windows.net/']),
  EVENTS_ROOTS: text,
  METRICS_TOKEN: z.string().min(16).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: text,
});

export type Settings = z.infer<typeof settings>;

/** Names of all settings, for the table in the README. */
export const SETTING_NAMES = Object.keys(settings.shape);
