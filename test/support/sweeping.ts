/** The product's own sweep over storage in memory: the worker, the walk, the looks, the shared budget. */
import type { Clock } from '../../services/clock.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import type { Queues } from '../../services/queue/queue.ts';
import { EVERYBODY } from '../../services/people/people.ts';
import { handleNotify } from '../../services/notify/handler.ts';
import type { Deliver, NotifyDeps } from '../../services/notify/ports.ts';
import { rendererIn } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import { createMetrics } from '../../services/metrics.ts';
import { sharedBudget } from '../../services/sharedBudget.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import type { Store } from '../../services/store/store.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { openPace } from '../../services/watch/rest.ts';
import { listingJob } from '../../services/watch/customers.ts';
import { type PeriodicJob, createWorker, type WakeUps, type Handlers, type Worker } from '../../services/queue/worker.ts';
import { memoryQueues, memoryStore } from './memory.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';
import type { SweepDeps } from '../../services/watch/deps.ts';
import { NO_SHEETS, SHOWS } from './samples.ts';

export const PERIOD_MS = 3_600_000;
const log = { info: () => {}, warn: () => {} };

/** `perMinute` of requests. The service is a function, or an address. */
export function openSweep(
  clock: Clock,
  service: { fetch(url: string, init?: { headers?: Record<string, string> }): Promise<PlainResponse> } | { baseUrl: string },
  perMinute: number,
  store: Store = memoryStore(),
  more: { jobs?: PeriodicJob[]; notify?: (wake: WakeUps) => Handlers['notify']; queues?: Queues; periodMs?: number } = {},
): { worker: Worker; sweeping: SweepDeps } {
  const { queues = memoryQueues(clock.wallMs), periodMs = PERIOD_MS } = more;
  const client = { baseUrl: 'http://pretend', tokens: sandboxTokens, clock, locale: 'en-US', ...('fetch' in service ? { fetch: service.fetch } : service) };
  const budget = sharedBudget(memoryStore(), clock, 'partner-center', perMinute);
  const at = (which: typeof budget.lowPriority) => httpPartnerCenter({ ...client, budget: which }, { ...client, budget: which });
  const worker = createWorker(
    { queues, clock, log, concurrency: { sweep: 8, notify: 16, move: 8 }, jobs: [listingJob(periodMs), ...(more.jobs ?? [])] },
    () => ({
      sweep: async (wakeUp) => (wakeUp.what === 'anchor' || wakeUp.what === 'retention' || wakeUp.what === 'names' ? 'drop' : handleSweep(sweeping, wakeUp)),
      notify,
      move: async () => 'drop',
    }),
  );
  const notify = more.notify?.(worker.wake) ?? (async () => 'drop' as const);
  const sweeping: SweepDeps = {
    store,
    partnerCenter: at(budget),
    priceSheets: NO_SHEETS,
    lowPriority: at(budget.lowPriority),
    programmes: [],
    clock,
    wake: worker.wake,
    log,
    metrics: createMetrics(clock),
    periodMs,
    pace: openPace(perMinute),
  };
  return { worker, sweeping };
}

/** Notify over the same storage, and when which chat got its cards. Each chat takes a fifth of a second at most. */
export function cardsFrom(store: Store, clock: Clock, random: () => number): { posted: Map<string, number[]>; notify: (wake: WakeUps) => Handlers['notify'] } {
  const posted = new Map<string, number[]>();
  const deliver: Deliver = {
    async post(chat) {
      await clock.sleep(70 + random() * 130);
      posted.set(chat.key, [...(posted.get(chat.key) ?? []), clock.wallMs()]);
      return { activityId: chat.key, thread: chat.key };
    },
    edit: async () => 'done',
    say: async () => {},
  };
  const notifying = (wake: WakeUps): NotifyDeps => ({
    ...{ store, clock, workerId: 'one', seenLeases: new Map(), wake, directory: EVERYBODY, fourEyes: { when: 'off' }, shows: SHOWS, log, deliver },
    report: async () => ({ card: {}, summary: '', claims: [], handle: '' }),
    ...{ renderer: rendererIn(en), passMs: PERIOD_MS, answersGoTo: async () => null, tenantBudget: () => ({ take: async () => {}, pause: async () => {} }) },
  });
  return { posted, notify: (wake) => (wakeUp) => handleNotify(notifying(wake), wakeUp) };
}

/** A channel that watches one customer. */
export function chatFor(key: string, customerId: string): Chat {
  return {
    key,
    kind: 'channel',
    reference: {},
    tenantId: 'tenant',
    watching: [{ what: 'customer', customerId, customerName: customerId }],
    watchedBy: null,
    watchedAt: null,
    toldBaseline: true,
    dead: false,
  };
}
