/** The one door to Azure Tables. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { odata, RestError, TableClient, type TransactionAction } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { systemClock } from '../clock.ts';
import { withRetry } from '../retry.ts';
import { inParts } from '../text.ts';
import { mustBeRead } from './format.ts';
import { formatOf, formatted, type FormattedStore, type Kept, type KeptStore } from './formats.ts';
import { type Change, CHANGES_MAX, type Row, type Scanned, type Table, TABLES } from './store.ts';

const PROPERTY_MAX = 31_000; // characters; a property holds 64 KiB of UTF-16
const ENTITY_MAX = 480_000; // characters; 960 KiB, a little under Azure's 1 MiB, because Azurite checks nothing
const PAGE_MAX = 1_000;
const TRIES = 4;

type Entity = {
  partitionKey: string;
  rowKey: string;
  /** Format of the row; whatever stands there. */
  v: unknown;
  /** Which commit wrote it, so that a lost answer can be told from a conflict. */
  w: string;
  [json: `j${number}`]: string;
};

type Policy = Parameters<TableClient['pipeline']['addPolicy']>[0];
type PipelineResponse = Awaited<ReturnType<Policy['sendRequest']>>;

/** Opens all tables, creating those that are missing. Throws when the storage cannot be reached, and StoreFormatError for what another Successor wrote. */
export async function openTables(connection: { connectionString: string } | { url: string; credential: TokenCredential }): Promise<FormattedStore> {
  // Retries are ours: the library's own turn a lost answer into a false conflict.
  const options = { retryOptions: { maxRetries: 0 }, allowInsecureConnection: true };
  const clients = new Map<Table, TableClient>();
  const skew = clockSkew();
  for (const table of TABLES) {
    const client =
      'connectionString' in connection
        ? TableClient.fromConnectionString(connection.connectionString, table, options)
        : new TableClient(connection.url, table, connection.credential, options);
    const ours: Policy = {
      name: 'successor',
      async sendRequest(request, next) {
        const answer = await next(boundToEtags(request));
        skew.heard(Date.parse(answer.headers.get('date') ?? ''), systemClock().wallMs());
        return answer;
      },
    };
    // Before what counts its length and signs it.
    client.pipeline.addPolicy(ours, { phase: 'Serialize' });
    await retried(() => client.createTable());
    clients.set(table, client);
  }
  const client = (table: Table) => clients.get(table) as TableClient;
  let isNew = true;
  for (const table of TABLES) isNew = !(await holdsRows(client(table))) && isNew;
  const kept: KeptStore = {
    get: <T>(table: Table, partition: string, key: string) => get(client(table), partition, key) as Promise<Row<T> | undefined>,
    range: <T>(table: Table, partition: string, from: string, to: string, limit?: number) =>
      range(client(table), partition, from, to, limit) as Promise<Row<T>[]>,
    scan: <T>(table: Table, from: string, to: string) => scan(client(table), from, to) as AsyncGenerator<Scanned<T>[]>,
    commit: (table, partition, changes) => commit(client(table), partition, changes),
    put: (table, partition, key, value) =>
      retried(async () => void (await client(table).upsertEntity(toEntity(partition, key, value as Kept, randomUUID()), 'Replace'))),
    remove: (table, partition, key) =>
      retried(async () => {
        try {
          await client(table).deleteEntity(partition, key);
        } catch (error) {
          if (status(error) !== 404) throw error;
        }
      }),
    clockSkewMs: skew.ms,
  };
  return formatted(kept, await formatOf(kept, isNew));
}

/** The other clock from answers that name whole seconds: each says that it is at least so late there, and less than a second later. */
export function clockSkew(): { heard(dateMs: number, atMs: number): void; ms(): number } {
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  return {
    heard(dateMs, atMs) {
      if (Number.isNaN(dateMs)) return;
      const [from, to] = [dateMs - atMs, dateMs + 1_000 - atMs];
      // One of the clocks was set anew.
      if (from > most || to < least) [least, most] = [from, to];
      least = Math.max(least, from);
      most = Math.min(most, to);
    },
    ms: () => (Number.isFinite(least) ? (least + most) / 2 : 0),
  };
}

/** Whether there is a first row; it is looked at, so that a store which another Successor filled is told at the start, and not at every press. */
async function holdsRows(client: TableClient): Promise<boolean> {
  return retried(async () => {
    const pages = client.listEntities<Entity>({ queryOptions: { select: ['PartitionKey', 'RowKey', 'v'] } }).byPage({ maxPageSize: 1 });
    for await (const page of pages) {
      for (const entity of page) {
        mustBeRead(entity.v, 'The store');
        return true;
      }
      return false;
    }
    return false;
  });
}

async function get(client: TableClient, partition: string, key: string): Promise<Row<Kept> | undefined> {
  return retried(async () => {
    try {
      return toRow(await client.getEntity<Entity>(partition, key));
    } catch (error) {
      if (status(error) === 404) return undefined;
      throw error;
    }
  });
}

/** An answer that holds all that was asked for is read as it is: taking it apart by the library's description of a row is a quarter of what the call costs, and changes nothing. What goes on is told in the headers, and a refusal in a shape of its own. */
const READ_AS_IT_IS = { shouldDeserialize: (answer: PipelineResponse) => answer.status !== 200 || answer.headers.has('x-ms-continuation-nextpartitionkey') };

async function range(client: TableClient, partition: string, from: string, to: string, limit = 5000): Promise<Row<Kept>[]> {
  const filter = odata`PartitionKey eq ${partition} and RowKey ge ${from} and RowKey lt ${to}`;
  return retried(async () => {
    const rows: Row<Kept>[] = [];
    for await (const page of client
      .listEntities<Entity>({ queryOptions: { filter }, requestOptions: READ_AS_IT_IS })
      .byPage({ maxPageSize: Math.min(limit, PAGE_MAX) })) {
      for (const entity of page) rows.push(toRow(entity));
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  });
}

/** A page at a time, each asked for again while the failure looks passing. */
async function* scan(client: TableClient, from: string, to: string): AsyncGenerator<Scanned<Kept>[]> {
  const filter = odata`RowKey ge ${from} and RowKey lt ${to}`;
  let after: string | undefined;
  do {
    const place = after === undefined ? { maxPageSize: PAGE_MAX } : { maxPageSize: PAGE_MAX, continuationToken: after };
    const { value } = await retried(() => client.listEntities<Entity>({ queryOptions: { filter } }).byPage(place).next());
    if (!value) return;
    const entities = value as (Entity & { etag: string })[] & { continuationToken?: string };
    yield entities.map((entity) => ({ ...toRow(entity), partition: entity.partitionKey }));
    after = entities.continuationToken;
  } while (after);
}

async function commit(client: TableClient, partition: string, changes: Change[]): Promise<'done' | 'conflict'> {
  if (changes.length === 0) return 'done';
  if (changes.length > CHANGES_MAX) throw new Error(`A transaction holds at most ${CHANGES_MAX} changes: this one has ${changes.length}.`);
  const w = randomUUID();
  const actions = changes.map((change) => toAction(partition, change, w));
  const etags = changes.flatMap((change) => (change.op === 'delete' ? [change.etag] : []));
  for (let attempt = 1; ; attempt++) {
    try {
      await deletedAs.run(etags, () => client.submitTransaction(actions));
      return 'done';
    } catch (error) {
      const refused = [404, 409, 412].includes(status(error));
      if (!refused && !isPassing(error)) throw error;
      if (attempt > 1 && (await wroteIt(client, partition, changes, w))) return 'done';
      if (refused) return 'conflict';
      if (await wroteIt(client, partition, changes, w)) return 'done';
      if (attempt === TRIES) throw error;
      await pause(100 * 2 ** attempt);
    }
  }
}

/** The etags of what the transaction that is being sent deletes, in its order. */
const deletedAs = new AsyncLocalStorage<readonly string[]>();

/** A line break stands in no value, so that nothing which is stored looks like a part of its own. */
const DELETED = /^(DELETE \S+ HTTP\/1\.1\r\n(?:[\w-]+: .*\r\n)*?if-match: )\*(?=\r\n)/gim;

/** A transaction whose deletes hold for what was read: the library (13.3.2) writes `If-Match: *` for each of them, and takes no other. */
function boundToEtags<R extends { body?: unknown }>(request: R): R {
  const etags = deletedAs.getStore() ?? [];
  if (etags.length === 0 || typeof request.body !== 'string') return request;
  let bound = 0;
  request.body = request.body.replace(DELETED, (_, before: string) => `${before}${etags[bound++]}`);
  if (bound !== etags.length) throw new Error(`A transaction with ${etags.length} deletes has ${bound} that can be bound to what was read.`);
  return request;
}

/** Whether the transaction marked `w` took effect although its answer was lost. */
async function wroteIt(client: TableClient, partition: string, changes: Change[], w: string): Promise<boolean> {
  const written = changes.find((change) => change.op !== 'delete');
  if (!written) return (await get(client, partition, changes[0]?.key as string)) === undefined;
  return retried(async () => {
    try {
      return (await client.getEntity<Entity>(partition, written.key)).w === w;
    } catch (error) {
      if (status(error) === 404) return false;
      throw error;
    }
  });
}

function toAction(partition: string, change: Change, w: string): TransactionAction {
  if (change.op === 'delete') return ['delete', { partitionKey: partition, rowKey: change.key }];
  const entity = toEntity(partition, change.key, change.value as Kept, w);
  if (change.op === 'create') return ['create', entity];
  return ['update', entity, 'Replace', { etag: change.etag }];
}

function toEntity(partition: string, key: string, { format, json: text }: Kept, w: string): Entity {
  // Plain ASCII: Azurite garbles a letter of several bytes that falls between two chunks of a large body.
  const json = text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (json.length > ENTITY_MAX) throw new Error(`Row ${key} is too large to store: ${json.length} characters of at most ${ENTITY_MAX}.`);
  const entity: Entity = { partitionKey: partition, rowKey: key, v: format, w };
  for (const [part, some] of inParts(json, PROPERTY_MAX).entries()) entity[`j${part}`] = some;
  return entity;
}

function toRow(entity: Entity & { etag: string }): Row<Kept> {
  let json = entity.j0 ?? '';
  for (let part = 1; entity[`j${part}`] !== undefined; part++) json += entity[`j${part}`];
  return { key: entity.rowKey, etag: entity.etag, value: { format: entity.v, json } };
}

/** Repeats what is harmless to repeat, while the failure looks passing. */
function retried<T>(work: () => Promise<T>): Promise<T> {
  return withRetry({ tries: TRIES, waitMs: (error, attempt) => (isPassing(error) ? 100 * 2 ** attempt : null), sleep: pause }, work);
}

function isPassing(error: unknown): boolean {
  const code = status(error);
  return code === 0 || code === 408 || code === 429 || code >= 500;
}

/** The HTTP status of a storage error; 0 when there was no answer. Other errors are rethrown. */
function status(error: unknown): number {
  if (!(error instanceof RestError)) throw error;
  return error.statusCode ?? 0;
}

// Azurite's published key.
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export function azuriteConnection(tablePort: number, queuePort: number): string {
  const account = 'devstoreaccount1';
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${KEY};TableEndpoint=http://127.0.0.1:${tablePort}/${account};QueueEndpoint=http://127.0.0.1:${queuePort}/${account};`;
}
