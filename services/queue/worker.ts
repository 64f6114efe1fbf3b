/** Takes wake-ups from the queues and turns the loops' cranks. A lost, doubled or late wake-up changes nothing. */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { inTurn, type Tracer } from '../trace.ts';
import { readWakeUp, textOf, type WakeUp, type WakeUpOf } from './messages.ts';
import { type Message, type QueueName, QUEUES, type Queues } from './queue.ts';

/** What a turn found: look again after `retryInMs` (as another wake-up, where one is given), or nothing more for now. `drop`: the message has no meaning any more. */
export type JobResult = { retryInMs: number; as?: WakeUp } | 'idle' | 'drop';

export type Handlers = { [Q in QueueName]: (wakeUp: WakeUpOf<Q>) => Promise<JobResult> };

/** How the rest of the program says where there is work. */
export interface WakeUps {
  /** Before the commit: a wake-up that shows itself a few seconds later, or after `delayMs`, so that no crash can lose it. */
  schedule(wakeUp: WakeUp, delayMs?: number): Promise<void>;
  /** After the commit: this process looks at once. */
  now(wakeUp: WakeUp): void;
}

export interface Worker {
  wake: WakeUps;
  start(): void;
  /** Ends polling and waits for what is being done. */
  stop(): Promise<void>;
}

const WAKE_MS = 4_000;
/** How long a taken message is hidden from others: a look at a customer may have to wait for its turn at Partner Center. */
const HIDDEN_MS: Record<QueueName, number> = { sweep: 120_000, notify: 20_000, move: 20_000 };
/** A wake-up may show itself before its commit: it is looked at so often before it is forgotten. Nobody lets it wait for the second time: it stays hidden as it was taken, which costs no call. */
const LOOKS = 2;
const TAKEN_MAX = 100;
const IDLE_MS = [100, 200, 400, 800, 1_600];
const STOP_MS = 5_000;
const LOCAL_AGAIN_MS = 120_000;

/** What each process looks at again and again, without any message: nothing may be lost that could stop it. */
export interface PeriodicJob {
  wakeUp: WakeUp;
  everyMs: number;
}

export interface WorkerDeps {
  queues: Queues;
  clock: Clock;
  log: Log;
  /** Turns of each queue at once, so that no kind of work can hold up another. */
  concurrency: Record<QueueName, number>;
  jobs: PeriodicJob[];
  idleMs?: readonly number[];
  /** Where nobody takes traces, there are none. */
  tracer?: Tracer | null;
}

export function createWorker(deps: WorkerDeps, handlers: () => Handlers): Worker {
  const pools: Record<QueueName, Pool> = { sweep: emptyPool(), notify: emptyPool(), move: emptyPool() };
  const work: Work = { turns: new Set(), stopped: false };

  /** One turn at a time for the same text; a nudge meanwhile makes it turn once more. */
  async function turn(queue: QueueName, text: string): Promise<JobResult> {
    const { running } = pools[queue];
    const current = running.get(text);
    if (current) {
      current.again = true;
      return 'idle';
    }
    const own = { again: false };
    running.set(text, own);
    try {
      const wakeUp = readWakeUp(queue, text);
      if (!wakeUp) return 'drop';
      return await inTurn(deps.tracer ?? null, `${queue} ${wakeUp.what}`, { queue, what: wakeUp.what }, () => handle(handlers(), wakeUp));
    } finally {
      running.delete(text);
      if (own.again) nudge(queue, text);
    }
  }

  function nudge(queue: QueueName, text: string): void {
    const { waiting } = pools[queue];
    if (work.stopped || waiting.has(text)) return;
    waiting.add(text);
    setImmediate(drain, queue);
  }

  function drain(queue: QueueName): void {
    const pool = pools[queue];
    for (const text of pool.waiting) {
      if (work.stopped || pool.running.size >= deps.concurrency[queue]) return;
      pool.waiting.delete(text);
      track(
        work,
        turn(queue, text)
          .then(
            (found) => laterHere(queue, text, found),
            (error: unknown) => failed(deps, queue, text, error),
          )
          .finally(() => free(queue)),
      );
    }
  }

  /** A turn has ended: what waits here goes first, then the queue is asked. */
  function free(queue: QueueName): void {
    setImmediate(drain, queue);
    for (const tell of pools[queue].freed.splice(0)) tell();
  }

  /** Short waits are kept here too, so that work goes on without the queue's round trip; one for a text, however often it was asked for. */
  function laterHere(queue: QueueName, text: string, found: JobResult): void {
    if (typeof found === 'string' || found.retryInMs > LOCAL_AGAIN_MS || work.stopped) return;
    const { later } = pools[queue];
    const next = found.as ? textOf(found.as) : text;
    const dueMs = deps.clock.wallMs() + found.retryInMs;
    if ((later.get(next) ?? Number.POSITIVE_INFINITY) <= dueMs) return;
    later.set(next, dueMs);
    void deps.clock.sleep(found.retryInMs).then(() => {
      if (later.get(next) !== dueMs) return;
      later.delete(next);
      nudge(queue, next);
    });
  }

  async function keepLooking(job: PeriodicJob): Promise<void> {
    while (!work.stopped) {
      nudge(job.wakeUp.queue, textOf(job.wakeUp));
      await deps.clock.sleep(job.everyMs);
    }
  }

  return {
    wake: {
      schedule: (wakeUp, delayMs = WAKE_MS) => deps.queues.send(wakeUp.queue, textOf(wakeUp), delayMs),
      now: (wakeUp) => nudge(wakeUp.queue, textOf(wakeUp)),
    },
    start() {
      for (const queue of QUEUES) track(work, poll(deps, work, queue, pools[queue], turn, free));
      for (const job of deps.jobs) void keepLooking(job);
    },
    async stop() {
      work.stopped = true;
      for (const queue of QUEUES) for (const tell of pools[queue].freed.splice(0)) tell();
      // Storage may be gone: what waits for it is not waited for; its wake-ups come back at the next start.
      await Promise.race([Promise.allSettled([...work.turns]), deps.clock.sleep(STOP_MS)]);
    },
  };
}

function handle(handlers: Handlers, wakeUp: WakeUp): Promise<JobResult> {
  switch (wakeUp.queue) {
    case 'sweep':
      return handlers.sweep(wakeUp);
    case 'notify':
      return handlers.notify(wakeUp);
    case 'move':
      return handlers.move(wakeUp);
  }
}

/** Keeps as many messages in work as there are places; asks the queue when half of them are free. */
async function poll(
  deps: WorkerDeps,
  work: Work,
  queue: QueueName,
  pool: Pool,
  turn: (queue: QueueName, text: string) => Promise<JobResult>,
  free: (queue: QueueName) => void,
): Promise<void> {
  const idleMs = deps.idleMs ?? IDLE_MS;
  let idle = 0;
  while (!work.stopped) {
    const places = deps.concurrency[queue] - Math.max(pool.taken, pool.running.size);
    if (places < Math.ceil(deps.concurrency[queue] / 2)) {
      await new Promise<void>((tell) => pool.freed.push(tell));
      continue;
    }
    let found = 0;
    try {
      const messages = await deps.queues.take(queue, places, HIDDEN_MS[queue]);
      found = messages.length;
      pool.taken += found;
      for (const message of messages) {
        const done = takeMessage(deps, queue, message, turn).finally(() => {
          pool.taken -= 1;
          free(queue);
        });
        track(work, done);
      }
    } catch (error) {
      if (!work.stopped) deps.log.warn({ queue, error: String(error) }, 'the queue could not be read');
    }
    idle = found > 0 ? 0 : Math.min(idle + 1, idleMs.length);
    if (!work.stopped && idle > 0) await deps.clock.sleep(idleMs[idle - 1] as number);
  }
}

/** One message, from its taking to its end or its next time. */
async function takeMessage(deps: WorkerDeps, queue: QueueName, message: Message, turn: (queue: QueueName, text: string) => Promise<JobResult>): Promise<void> {
  try {
    const found = await turn(queue, message.text);
    if (found === 'drop') return await message.done();
    if (found !== 'idle') return await message.postpone(found.retryInMs, found.as && textOf(found.as));
    if (message.taken >= LOOKS) await message.done();
  } catch (error) {
    failed(deps, queue, message.text, error);
    if (message.taken >= TAKEN_MAX) deps.log.warn({ queue, wakeUp: message.text }, 'a wake-up failed too often and is dropped; the sweep finds its work again');
    const ended = message.taken >= TAKEN_MAX ? message.done() : message.postpone(Math.min(60_000, 2_000 * message.taken));
    // It comes back by itself when it is no longer hidden.
    await ended.catch((problem: unknown) => failed(deps, queue, message.text, problem));
  }
}

function failed(deps: WorkerDeps, queue: QueueName, text: string, error: unknown): void {
  deps.log.warn({ queue, wakeUp: text, error: String((error as Error)?.stack ?? error) }, 'a turn failed; the queue brings it back');
}

/** What this process does now, and whether it is to end. */
interface Work {
  turns: Set<Promise<unknown>>;
  stopped: boolean;
}

function track(work: Work, turn: Promise<unknown>): void {
  work.turns.add(turn);
  void turn.finally(() => work.turns.delete(turn));
}

/** The work of one queue in this process. */
interface Pool {
  running: Map<string, { again: boolean }>;
  /** Texts to look at as soon as there is a place. */
  waiting: Set<string>;
  /** Texts to look at later, and when. */
  later: Map<string, number>;
  /** Messages in work. */
  taken: number;
  /** Told when a place becomes free. */
  freed: (() => void)[];
}

function emptyPool(): Pool {
  return { running: new Map(), waiting: new Set(), later: new Map(), taken: 0, freed: [] };
}
