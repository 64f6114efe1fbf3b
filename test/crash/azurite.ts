/**
 * Azurite for ten thousand customers, in memory alone. By itself its queue sorts all messages anew at every call, 40 to
 * 80 ms, and stops for half a minute of each to tidy up; its table looks through all rows for those of one partition; both
 * write all that they hold to the disk every five seconds. No storage of Azure's does any of it. Run by itself it is one of
 * the two services, as its arguments say.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire, flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { until } from '../support/until.ts';

const require = createRequire(import.meta.url);
const PRELOAD = resolve(import.meta.dirname, '../../services/local/preload.cjs');

/** Both services; they end with this process, or when they are told. `accounts`, as Azurite's own setting holds them, are those that there are. */
export async function startAzurite(tablePort: number, queuePort: number, accounts?: string): Promise<{ end(): void }> {
  const children = [start('table', tablePort, accounts), start('queue', queuePort, accounts)];
  for (const port of [tablePort, queuePort]) {
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}`).then(
          () => true,
          () => undefined,
        ),
      () => `nobody answers at port ${port}`,
    );
  }
  return {
    end: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

function start(service: 'table' | 'queue', port: number, accounts: string | undefined): ChildProcess {
  const flags = [
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
    '--inMemoryPersistence',
    `--${service}Host`,
    '127.0.0.1',
    `--${service}Port`,
    String(port),
  ];
  const env = accounts === undefined ? process.env : { ...process.env, AZURITE_ACCOUNTS: accounts };
  return spawn(process.execPath, ['--require', PRELOAD, import.meta.filename, ...flags], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
}

type Query = Record<string, unknown>;
interface Collection {
  update(doc: unknown): void;
  findOne(query: Query): unknown;
  /** First and last place in the order of an indexed property. */
  calculateRange(operator: '$eq', property: string, value: unknown): [number, number];
  chain(): { find(query: Query): unknown };
}

function serve(service: 'table' | 'queue'): void {
  const ofAzurite = createRequire(require.resolve('azurite/package.json'));
  const { prototype } = ofAzurite('lokijs').Collection as { prototype: Collection };
  if (service === 'queue') mendQueue(ofAzurite, prototype);
  else mendTable(ofAzurite, prototype);
  ofAzurite(`./dist/src/${service}/main.js`);
  // It is ended hard, and would leave what it has compiled to nobody.
  flushCompileCache();
}

/** No message of ours ends by its age, what they said need not be tidied up before the end, and several that change together need no new order of all. */
function mendQueue(ofAzurite: NodeJS.Require, collection: Collection): void {
  ofAzurite('./dist/src/queue/persistence/LokiQueueMetadataStore.js').default.prototype.clearExpiredMessages = () => {};
  ofAzurite('./dist/src/queue/gc/QueueGCManager.js').default.prototype.start = async () => {};
  const { update } = collection;
  collection.update = function (doc) {
    for (const one of Array.isArray(doc) ? doc : [doc]) update.call(this, one);
  };
}

/** A row is looked for among those of its partition, or of its key, and not among all. */
function mendTable(ofAzurite: NodeJS.Require, collection: Collection): void {
  const { findOne } = collection;
  collection.findOne = function (query) {
    const { PartitionKey, RowKey } = query;
    if (PartitionKey === undefined || RowKey === undefined) return findOne.call(this, query);
    const many = (property: string) => {
      const [from, to] = this.calculateRange('$eq', property, query[property]);
      return to - from;
    };
    return findOne.call(this, many('PartitionKey') < many('RowKey') ? { PartitionKey, RowKey } : { RowKey, PartitionKey });
  };
  const store = ofAzurite('./dist/src/table/persistence/LokiTableMetadataStore.js').default.prototype;
  const { queryTableEntities, getEntityCollection } = store;
  store.queryTableEntities = function (context: unknown, account: string, table: string, options: { filter?: string }, ...more: unknown[]) {
    const PartitionKey = /^\(?PartitionKey eq '([^']*)' and /.exec(options.filter ?? '')?.[1];
    const narrowed = Object.create(this, {
      getEntityCollection: {
        value: (...where: unknown[]) => {
          const all = getEntityCollection.apply(this, where) as Collection;
          return PartitionKey === undefined ? all : { chain: () => all.chain().find({ PartitionKey }) };
        },
      },
    });
    return queryTableEntities.call(narrowed, context, account, table, options, ...more);
  };
}

if (import.meta.main) serve(process.argv.includes('--queuePort') ? 'queue' : 'table');
