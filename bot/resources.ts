/** Storage, clock, people and the doors to Partner Center, as the settings say; for the bot, and for whoever runs it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import { toldStore } from '../services/auditLog/told.ts';
import { type Clock, systemClock } from '../services/clock.ts';
import type { Log } from '../services/log.ts';
import { createMetrics, meteredQueues, meteredStore } from '../services/metrics.ts';
import { TENANT_PER_MINUTE } from '../services/notify/rateWindows.ts';
import { type ConsentDeps, redeem } from '../services/partnerCenter/auth/consent.ts';
import { prove } from '../services/partnerCenter/auth/prove.ts';
import {
  entra,
  entraTokens,
  fixedToken,
  PRICE_SHEETS,
  PRICE_SHEETS_SCOPE,
  RESOURCE,
  sandboxPriceTokens,
  sandboxTokens,
  TokenError,
  type Tokens,
} from '../services/partnerCenter/auth/tokens.ts';
import { httpPriceSheets } from '../services/partnerCenter/prices.ts';
import { fileAnchors, fileVault, keyVault, keyVaultAnchors } from '../services/partnerCenter/auth/vault.ts';
import { graphDirectory } from '../services/people/entraGroups.ts';
import { type Directory, directoryOf, EVERYBODY } from '../services/people/people.ts';
import { openQueues } from '../services/queue/azureQueues.ts';
import { type Budget, sharedBudget } from '../services/sharedBudget.ts';
import { StartError } from '../services/startError.ts';
import { azuriteConnection, openTables } from '../services/store/azureTables.ts';
import { FORMER, StoreFormatError } from '../services/store/format.ts';
import type { Store } from '../services/store/store.ts';
import type { Config } from './config/config.ts';

export type Resources = Awaited<ReturnType<typeof openResources>>;

const GRAPH = 'https://graph.microsoft.com';
/** Each is 40 MB. */
const PRICE_SHEETS_PER_MINUTE = 20;

/** Has something done, at once or when it can be: `createWaits().until`. */
export type WaitFor = <T>(what: string, work: () => Promise<T>) => Promise<T>;

const atOnce: WaitFor = (_what, work) => work();

/** Throws where the storage cannot be used, unless `waitFor` waits until it can; StartError where waiting would not help. */
export async function openResources(config: Config, log: Log, waitFor: WaitFor = atOnce) {
  const credential: TokenCredential = new DefaultAzureCredential(config.identityClientId ? { managedIdentityClientId: config.identityClientId } : {});
  const account = config.storageAccount;
  const connection = { connectionString: config.storage ?? azuriteConnection(config.azuritePort, config.azuritePort + 1) };
  // A child of ours has answered already: what it cannot do now it never can.
  const own = account === null && config.storage === null;
  const [openedStore, openedQueues] = await waitFor('storage', () =>
    Promise.all([
      openTables(account ? { url: `https://${account}.table.core.windows.net`, credential } : connection),
      openQueues(account ? { url: `https://${account}.queue.core.windows.net`, credential } : connection),
    ]).catch((error: Error) => {
      const fault = storageFault(account, error);
      throw own || error instanceof StoreFormatError ? new StartError(fault) : new Error(fault);
    }),
  );
  const offset = { ms: 0 };
  const clock = systemClock(() => offset.ms);
  const metrics = createMetrics(clock);
  if (openedStore.format() === FORMER)
    log.info({ format: FORMER }, 'the store is written so that the release before can take over again, until npm run upgrade');
  const store = toldStore(meteredStore(openedStore, metrics), log);
  const queues = meteredQueues(openedQueues, metrics);
  const baseUrl = config.partnerCenterUrl ?? `http://127.0.0.1:${config.sandboxPort}`;
  if (config.mode !== 'azure') offset.ms = await readOffset(baseUrl, 0);
  const budget = (name: string, perMinute: number) => sharedBudget(store, clock, name, perMinute, metrics.requested);
  const refused = (code: string) => metrics.refused('partner center', code);
  const client = (name: string, perMinute: number, tokens: Tokens) => ({ baseUrl, tokens, clock, locale: 'en-US', budget: budget(name, perMinute), refused });
  const proving = (accessToken: string) => prove(client('partner-center', config.requestsPerMinute, sandboxTokens), accessToken);
  const consenting = consentingFor(config, { store, clock, log, prove: proving }, credential);
  const tokens: Tokens = consenting
    ? entraTokens(consenting.entra, () => redeem(consenting), clock)
    : config.partnerCenterToken
      ? fixedToken(config.partnerCenterToken)
      : sandboxTokens;
  // A token of the settings is for Partner Center alone.
  const priceTokens: Tokens = consenting
    ? entraTokens(consenting.entra, () => redeem(consenting, PRICE_SHEETS_SCOPE), clock)
    : config.partnerCenterToken
      ? notForSheets
      : sandboxPriceTokens;
  const ownClient = client('partner-center', config.requestsPerMinute, tokens);
  const priceClient = { ...client('price-sheets', PRICE_SHEETS_PER_MINUTE, priceTokens), baseUrl: baseUrl === RESOURCE ? PRICE_SHEETS : baseUrl };
  const anchors = config.keyVaultUrl ? keyVaultAnchors(config.keyVaultUrl, credential) : fileAnchors(config.dataDir);
  const directory = directoryFor(config, clock, credential);
  /** The others that the bot needs, each with a look whether it answers: it runs without them, but not everything does. */
  const others: { what: string; look: () => Promise<unknown> }[] = [
    ...(config.keyVaultUrl ? [{ what: 'Key Vault', look: () => anchors.last() }] : []),
    ...(config.roleGroups ? [{ what: 'Microsoft Graph', look: () => directory.holders('own') }] : []),
    ...(consenting ? [{ what: 'the login of Microsoft Entra', look: () => consenting.entra.appToken() }] : []),
  ];
  return {
    store,
    /** Has all rows written in our format; how many there were. */
    upgrade: openedStore.upgrade,
    queues,
    clock,
    metrics,
    offset,
    baseUrl,
    consenting,
    anchors,
    directory,
    others,
    client: ownClient,
    licenceClient: client('licences', config.licenceRequestsPerMinute, tokens),
    priceSheets: httpPriceSheets(priceClient, ownClient),
    /** Throws TokenError where nobody lets the bot read price sheets. */
    askPriceSheets: async () => void (await priceTokens('appAndUser')),
  };
}

async function notForSheets(): Promise<string> {
  throw new TokenError('noConsent', 'Nobody has let the bot read price sheets.');
}

const ROLES_WANTED = "this machine's identity needs the roles Storage Table Data Contributor and Storage Queue Data Contributor";

/** Why storage cannot be used, as a sentence. The first line of an SDK's failure is its gist; what follows are all the ways that it tried. */
export function storageFault(account: string | null, error: Error, wanted = ROLES_WANTED): string {
  if (error instanceof StoreFormatError) return error.message;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  // An answer without a body has no message.
  const why = error.message.split('\n')[0] || [statusCode, code].filter(Boolean).join(' ') || error.name;
  return account ? `The storage account '${account}' cannot be used: ${why} Its name must be right, and ${wanted}.` : `The storage cannot be used: ${why}`;
}

function consentingFor(config: Config, deps: Pick<ConsentDeps, 'store' | 'clock' | 'log' | 'prove'>, credential: TokenCredential): ConsentDeps | null {
  const app = config.partnerApp;
  if (!app) return null;
  return {
    ...deps,
    entra: entra({ ...app, loginUrl: config.loginUrl }),
    vault: config.keyVaultUrl ? keyVault(config.keyVaultUrl, credential, deps.clock) : fileVault(join(config.dataDir, 'vault')),
    tenantId: app.tenantId,
    redirectUri: `${config.publicUrl}/consent/callback`,
  };
}

/** What all processes together may send into one tenant; there are as many as there are tenants of the partner. */
export function tenantBudgets(store: Store, clock: Clock): (tenantId: string) => Budget {
  const budgets = new Map<string, Budget>();
  return (tenantId) => {
    const held =
      budgets.get(tenantId) ?? sharedBudget(store, clock, `teams_${createHash('sha256').update(tenantId).digest('hex')}`, TENANT_PER_MINUTE).lowPriority;
    budgets.set(tenantId, held);
    return held;
  };
}

/** Entra's groups, a file, or on a machine of one's own everybody. */
function directoryFor(config: Config, clock: ConsentDeps['clock'], credential: TokenCredential): Directory {
  if (!config.roleGroups) return config.people ? directoryOf(config.people) : EVERYBODY;
  // On this machine only a test answers; it must not be shown a real token.
  const token = async () => (config.graphUrl.startsWith('https:') ? ((await credential.getToken(`${GRAPH}/.default`))?.token ?? '') : 'test');
  return graphDirectory({ baseUrl: config.graphUrl, token, clock }, config.roleGroups);
}

/** The sandbox's clock may have been moved; the bot goes with it. */
export async function readOffset(baseUrl: string, before: number): Promise<number> {
  try {
    const answer = (await (await fetch(`${baseUrl}/sandbox/clock`, { signal: AbortSignal.timeout(2_000) })).json()) as { offsetMs?: number };
    return answer.offsetMs ?? before;
  } catch {
    return before;
  }
}
