/** The one door to Azure Storage Queues. */
import type { TokenCredential } from '@azure/identity';
import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { systemClock } from '../clock.ts';
import { type Message, type QueueName, QUEUES, type Queues } from './queue.ts';

const WEEK_S = 7 * 86_400;
/** More than any partner's customers: beyond it wake-ups are dropped, and the sweep finds their work. */
const DEPTH_MAX = 500_000;
const DEPTH_EVERY_MS = 30_000;

/** Opens the queues, creating those that are missing. A doubled send is harmless, so the library may retry. */
export async function openQueues(
  connection: { connectionString: string } | { url: string; credential: TokenCredential },
  { depthMax, clock } = { depthMax: DEPTH_MAX, clock: systemClock() },
): Promise<Queues> {
  const service =
    'connectionString' in connection
      ? QueueServiceClient.fromConnectionString(connection.connectionString)
      : new QueueServiceClient(connection.url, connection.credential);
  const clients = new Map<QueueName, QueueClient>();
  for (const name of QUEUES) {
    const client = service.getQueueClient(name);
    await client.createIfNotExists();
    clients.set(name, client);
  }
  const client = (name: QueueName) => clients.get(name) as QueueClient;
  const depths = new Map<QueueName, { n: number; atMs: number }>();
  async function isFull(name: QueueName): Promise<boolean> {
    const known = depths.get(name);
    if (known && clock.wallMs() - known.atMs < DEPTH_EVERY_MS) return known.n >= depthMax;
    depths.set(name, { n: known?.n ?? 0, atMs: clock.wallMs() });
    const n = (await client(name).getProperties()).approximateMessagesCount ?? 0;
    depths.set(name, { n, atMs: clock.wallMs() });
    return n >= depthMax;
  }
  return {
    async send(queue, text, delayMs) {
      if (await isFull(queue)) return;
      await client(queue).sendMessage(text, { visibilityTimeout: seconds(delayMs), messageTimeToLive: -1 });
    },
    async take(queue, most, hiddenMs) {
      const answer = await client(queue).receiveMessages({ numberOfMessages: Math.min(most, 32), visibilityTimeout: seconds(hiddenMs) });
      return answer.receivedMessageItems.map(
        (item): Message => ({
          text: item.messageText,
          taken: item.dequeueCount,
          postpone: (ms, text) => orGone(client(queue).updateMessage(item.messageId, item.popReceipt, text ?? item.messageText, seconds(ms))),
          done: () => orGone(client(queue).deleteMessage(item.messageId, item.popReceipt)),
        }),
      );
    },
  };
}

/** A message that another taker has meanwhile (404, or 400 for an old receipt) is no longer ours to care for. */
async function orGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode;
    if (status !== 404 && status !== 400) throw error;
  }
}

function seconds(ms: number): number {
  return Math.min(WEEK_S, Math.max(0, Math.ceil(ms / 1000)));
}
