/** The product's own sweep over storage in memory: the worker, the walk, the looks, the shared budget. */
import type { Clock } from '../../services/clock.ts';
import type { Chat } from '../../services/domain/ticket.ts';
import { gaugesOf } from '../../services/metrics.ts';
import { sharedBudget } from '../../services/sharedBudget.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import type { Store } from '../../services/store/store.ts';
import { sweepTurn } from '../../services/watch/handler.ts';
import { walking } from '../../services/watch/customers.ts';
import { type Chore, createWorker, type Hints, type Turn, type Worker } from '../../services/queue/worker.ts';
import { memoryQueues, memoryStore } from '../crash/memory.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';
import type { Sweeping } from '../../services/watch/deps.ts';

export const PERIOD_MS = 3_600_000;
const log = { info: () => {}, warn: () => {} };

/** `perMinute` of requests. The service is a function, or an address. */
export function openSweep(
  clock: Clock,
  service: { fetch(url: string, init?: { headers?: Record<string, string> }): Promise<PlainResponse> } | { baseUrl: string },
  perMinute: number,
  store: Store = memoryStore(),
  more: { chores?: Chore[]; speak?: (hints: Hints) => (text: string) => Promise<Turn> } = {},
): { worker: Worker; sweeping: Sweeping } {
  const queues = memoryQueues(clock.wallMs);
  const door = { baseUrl: 'http://pretend', tokens: sandboxTokens, clock, locale: 'en-US', ...('fetch' in service ? { fetch: service.fetch } : service) };
  const budget = sharedBudget(memoryStore(), clock, 'partner-center', perMinute);
  const at = (which: typeof budget.patient) => httpPartnerCenter({ ...door, budget: which }, { ...door, budget: which });
  const worker = createWorker(
    { queues, clock, log, concurrency: { sweep: 8, speak: 16, move: 8 }, chores: [walking(PERIOD_MS), ...(more.chores ?? [])] },
    () => ({
      sweep: (text) => sweepTurn(sweeping, text),
      speak,
      move: async () => 'gone',
    }),
  );
  const speak = more.speak?.(worker.hints) ?? (async () => 'gone' as const);
  const sweeping: Sweeping = {
    store,
    queues,
    partnerCenter: at(budget),
    patient: at(budget.patient),
    programmes: [],
    clock,
    hints: worker.hints,
    log,
    gauges: gaugesOf(clock),
    periodMs: PERIOD_MS,
  };
  return { worker, sweeping };
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
