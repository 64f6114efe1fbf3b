/**
 * A pressed button on the guarded bot, from the request to its answer, against a bare botbuilder bot on the same restify
 * with the same token check: one that makes the storage calls of a press by itself, and one that makes two reads, one transaction and one queue send. All on one Azurite.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { QueueServiceClient } from '@azure/storage-queue';
import { TableClient } from '@azure/data-tables';
import { type AdaptiveCardInvokeResponse, TeamsActivityHandler } from 'botbuilder';
import restify from 'restify';
import { adapterFor } from '../../bot/teams/botbuilder.ts';
import { APP_ID, guardedWorld, startKeys, TENANT, tokenFor } from '../security/keys.ts';
import { until } from '../support/until.ts';
import { median, quantile, tell, tellBound } from './report.ts';
import { storageOf } from '../support/storage.ts';

const ROUNDS = 7;
const PRESSES = 40;
const PAUSE_MS = 80;
const PEOPLE = 40;
const WORK_MS = 60_000;

const keys = await startKeys();
const world = await guardedWorld(keys, { sweepMs: 3_600_000 });
await world.knowsAll();
const chat = world.teams.chat('channel', '19:bench@thread', 'Ann Jansson');
await chat.write('move Contoso Ltd');
const posted = await chat.card('Contoso Ltd');
const storage = storageOf(world.config).connectionString;

class BareBot extends TeamsActivityHandler {
  readonly #work: () => Promise<void>;
  constructor(work: () => Promise<void>) {
    super();
    this.#work = work;
  }
  override async onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
    await this.#work();
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done.' as never };
  }
}

/**
 * The library's least: the activity is checked and answered, with the storage's own calls in between. `guards`: with those too that tell whether
 * the card is one of ours and stands in that chat, and that note what the next typed answer is to.
 */
async function startBare(guards: boolean): Promise<{ url: string; close(): void }> {
  const adapter = adapterFor({ appId: APP_ID, appType: 'SingleTenant', tenantId: TENANT, password: null, keysUrl: keys.url, tenants: [TENANT] });
  const table = TableClient.fromConnectionString(storage, 'bench', { allowInsecureConnection: true });
  const queue = QueueServiceClient.fromConnectionString(storage).getQueueClient('bench');
  await Promise.all([table.createTable(), queue.createIfNotExists()]);
  const row = (rowKey: string) => ({ partitionKey: 'p', rowKey, v: 1, w: randomUUID(), j0: 'x'.repeat(1_500) });
  await Promise.all(['one', 'two', 'three'].map((key) => table.upsertEntity(row(key), 'Replace')));
  const bot = new BareBot(async () => {
    if (guards) await Promise.all([table.getEntity('p', 'one'), table.getEntity('p', 'three')]);
    else await table.getEntity('p', 'one');
    const [{ etag }] = await Promise.all([table.getEntity('p', 'two'), guards && table.getEntity('p', 'three')]);
    await Promise.all([
      queue.sendMessage('spread', { visibilityTimeout: 4 }),
      guards && table.upsertEntity({ partitionKey: 'where', rowKey: randomUUID(), v: 1, j0: 'x'.repeat(200) }, 'Replace'),
    ]);
    await table.submitTransaction([
      ['update', row('two'), 'Replace', { etag }],
      ['create', row(`aud_${randomUUID()}`)],
      ['create', row(`out_${randomUUID()}`)],
    ]);
  });
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    await adapter.process(request as never, response, (context) => bot.run(context));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const [bare, guarding] = [await startBare(false), await startBare(true)];
const token = tokenFor(world.teams.url);
let presses = 0;
/** Whoever presses is somewhere else: a thread of its own, so that what the bot does after its answer is not counted. */
const client = new Worker(
  `const { parentPort } = require('node:worker_threads');
  parentPort.on('message', async ({ url, headers, body }) => {
    const from = performance.now();
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    parentPort.postMessage({ took: performance.now() - from, status: response.status });
  });`,
  { eval: true },
);

/** Milliseconds from a press to its answer. */
async function press(url: string, verb: string, data: object): Promise<number> {
  const person = `Person ${presses++ % PEOPLE}`;
  const body = JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: world.teams.url,
    from: { id: `29:${person}`, name: person, aadObjectId: person.toLowerCase().replace(' ', '-') },
    recipient: { id: '28:bot', name: 'Successor' },
    conversation: { id: posted.conversation, conversationType: 'channel', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    replyToId: posted.id,
    value: { action: { type: 'Action.Execute', verb, data } },
  });
  client.postMessage({ url: `${url}/api/messages`, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }, body });
  const [{ took, status }] = (await once(client, 'message')) as [{ took: number; status: number }];
  if (status !== 200) throw new Error(`A press was answered ${status}.`);
  return took;
}

const ours = () => press(world.bot.bot, 'ticket.assign', dataOf(posted.card, 'ticket.assign'));
const floor = () => press(bare.url, 'ticket.assign', dataOf(posted.card, 'ticket.assign'));
const same = () => press(guarding.url, 'ticket.assign', dataOf(posted.card, 'ticket.assign'));

/** So many of each, one after the other in turn; the card is drawn anew meanwhile, as it is between two presses of people. */
async function several(times: number): Promise<{ own: number[]; low: number[]; as: number[] }> {
  const own: number[] = [];
  const low: number[] = [];
  const as: number[] = [];
  for (let n = 0; n < times; n++) {
    low.push(await floor());
    await pause(PAUSE_MS);
    as.push(await same());
    await pause(PAUSE_MS);
    own.push(await ours());
    await pause(PAUSE_MS);
  }
  return { own, low, as };
}

await several(PEOPLE);
const p50: [number, number][] = [];
const bareP50: [number, number][] = [];
const p99: [number, number][] = [];
for (let round = 0; round < ROUNDS; round++) {
  const { own, low, as } = await several(PRESSES);
  p50.push([median(own), median(as)]);
  bareP50.push([median(own), median(low)]);
  p99.push([quantile(own, 0.99), quantile(low, 0.99)]);
}
// Each was somebody else's, and taken: one that is refused is answered sooner.
const taken = world.log.filter(({ fields }) => (fields as { what?: string }).what === 'assigned').length;
if (taken !== PEOPLE + ROUNDS * PRESSES) throw new Error(`${taken} presses were taken, and ${PEOPLE + ROUNDS * PRESSES} made.`);
tell('turn', 'a press, half of them, from the request to its answer', 'ms', p50, { most: 1.3 });
tell('turn', 'the same against a bare bot that knows no cards', 'ms', bareP50, { most: 1.5 });
tell('turn', 'the slowest of a hundred', 'ms', p99, { most: 2 });

// The price takes a minute to come; whoever asked for it is answered at once.
await world.sandbox.post('faults', { rules: [{ method: 'POST', path: '/carts$', delayMs: WORK_MS }] });
const asked = await chat.card('Contoso Ltd');
const { edits } = asked;
const slow = await press(world.bot.bot, 'purchase.quote', { ...dataOf(asked.card, 'purchase.quote'), plan: firstPlan(asked.card), quantity: 5 });
await until(
  async () => (await chat.card('Contoso Ltd')).edits > edits || undefined,
  () => 'the card was not edited',
);
tellBound('turn', 'the answer to a press whose work takes a minute', 'ms', [slow], { most: 1_000 });
bare.close();
guarding.close();
await world.close();
await keys.close();
process.exit(0);

/** What the card's button with that verb sends. */
function dataOf(card: unknown, verb: string): object {
  const found = new RegExp(`"verb":"${verb}","data":(\\{[^}]*\\})`).exec(JSON.stringify(card))?.[1];
  if (!found) throw new Error(`The card has no button ${verb}.`);
  return JSON.parse(found) as object;
}

function firstPlan(card: unknown): string | undefined {
  return /"id":"plan"[^}]*?"value":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
}
