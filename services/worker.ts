/** Takes hints from the queues and turns the loops' cranks. A lost, doubled or late hint changes nothing. */
import type { Clock } from './clock.ts';
import { type Message, QUEUES, type QueueName, type Queues } from './queue/queue.ts';

/** What a turn found: look again after `againMs`, or nothing more for now. `gone`: the message has no meaning any more. */
export type Turn = { againMs: number } | 'rest' | 'gone';

export type Handlers = Record<QueueName, (text: string) => Promise<Turn>>;

/** How the rest of the program says where there is work. */
export interface Hints {
  /** Before the commit: a hint that shows itself a few seconds later, so that no crash can lose it. */
  before(queue: QueueName, text: string): Promise<void>;
  /** After the commit: this process looks at once. */
  nudge(queue: QueueName, text: string): void;
}

export interface Worker {
  hints: Hints;
  start(): void;
  /** Ends polling and waits for what is being done. */
  stop(): Promise<void>;
}

const HINT_MS = 4_000;
const HIDDEN_MS = 20_000;
/** A hint may show itself before its commit: it comes back this often before it is forgotten. */
const COMEBACKS_MS = [5_000, 30_000, 300_000];
const TAKEN_MAX = 100;
const IDLE_MS = [100, 200, 400, 800, 1_600];
const STOP_MS = 5_000;
const LOCAL_AGAIN_MS = 120_000;

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What each process looks at again and again, without any message: nothing may be lost that could stop it. */
export interface Chore {
  queue: QueueName;
  text: string;
  everyMs: number;
}

export function createWorker(
  deps: { queues: Queues; clock: Clock; log: Log; concurrency: number; chores: Chore[]; idleMs?: readonly number[] },
  handlers: () => Handlers,
): Worker {
  const running = new Map<string, { again: boolean }>();
  const waiting: { queue: QueueName; text: string }[] = [];
  const turns = new Set<Promise<unknown>>();
  const idleMs = deps.idleMs ?? IDLE_MS;
  let stopped = false;

  /** One turn at a time for the same text; a nudge meanwhile makes it turn once more. */
  async function turn(queue: QueueName, text: string): Promise<Turn> {
    const key = `${queue} ${text}`;
    const current = running.get(key);
    if (current) {
      current.again = true;
      return 'rest';
    }
    const own = { again: false };
    running.set(key, own);
    try {
      const found = await handlers()[queue](text);
      return own.again && found === 'rest' ? { againMs: 0 } : found;
    } finally {
      running.delete(key);
      if (own.again) nudge(queue, text);
    }
  }

  function nudge(queue: QueueName, text: string): void {
    if (stopped || waiting.some((one) => one.queue === queue && one.text === text)) return;
    waiting.push({ queue, text });
    setImmediate(drain);
  }

  function drain(): void {
    while (!stopped && waiting.length > 0 && running.size < deps.concurrency) {
      const { queue, text } = waiting.shift() as { queue: QueueName; text: string };
      track(
        turn(queue, text)
          .then(
            (found) => laterHere(queue, text, found),
            (error: unknown) => failed(queue, text, error),
          )
          .finally(() => setImmediate(drain)),
      );
    }
  }

  /** Short waits are kept here too, so that work goes on without the queue's round trip. */
  function laterHere(queue: QueueName, text: string, found: Turn): void {
    if (typeof found === 'string' || found.againMs > LOCAL_AGAIN_MS || stopped) return;
    void deps.clock.sleep(found.againMs).then(() => nudge(queue, text));
  }

  function failed(queue: QueueName, text: string, error: unknown): void {
    deps.log.warn({ queue, hint: text, error: String((error as Error)?.stack ?? error) }, 'a turn failed; the queue brings it back');
  }

  async function take(queue: QueueName, message: Message): Promise<void> {
    try {
      const found = await turn(queue, message.text);
      if (found === 'gone') return await message.done();
      if (found !== 'rest') return await message.postpone(found.againMs);
      const comeback = COMEBACKS_MS[message.taken - 1];
      return await (comeback === undefined ? message.done() : message.postpone(comeback));
    } catch (error) {
      failed(queue, message.text, error);
      if (message.taken >= TAKEN_MAX) deps.log.warn({ queue, hint: message.text }, 'a hint failed too often and is dropped; the sweep finds its work again');
      await (message.taken >= TAKEN_MAX ? message.done() : message.postpone(Math.min(60_000, 2_000 * message.taken)));
    }
  }

  async function poll(queue: QueueName): Promise<void> {
    let idle = 0;
    while (!stopped) {
      let found = 0;
      try {
        const messages = await deps.queues.take(queue, deps.concurrency, HIDDEN_MS);
        found = messages.length;
        await Promise.all(messages.map((message) => take(queue, message)));
      } catch (error) {
        if (!stopped) deps.log.warn({ queue, error: String(error) }, 'the queue could not be read');
      }
      idle = found > 0 ? 0 : Math.min(idle + 1, idleMs.length - 1);
      if (!stopped) await deps.clock.sleep(idleMs[idle] as number);
    }
  }

  async function keepLooking(chore: Chore): Promise<void> {
    while (!stopped) {
      nudge(chore.queue, chore.text);
      await deps.clock.sleep(chore.everyMs);
    }
  }

  function track(work: Promise<unknown>): void {
    turns.add(work);
    void work.finally(() => turns.delete(work));
  }

  return {
    hints: {
      before: (queue, text) => deps.queues.send(queue, text, HINT_MS),
      nudge,
    },
    start() {
      for (const queue of QUEUES) track(poll(queue));
      for (const chore of deps.chores) void keepLooking(chore);
    },
    async stop() {
      stopped = true;
      // Storage may be gone: what waits for it is not waited for; its hints come back at the next start.
      await Promise.race([Promise.allSettled([...turns]), deps.clock.sleep(STOP_MS)]);
    },
  };
}
