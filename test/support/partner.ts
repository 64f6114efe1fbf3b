/** A partner over storage in memory, with a clock that the test moves: by lists in our words, or over Partner Center's own JSON. */
import { systemClock } from '../../services/clock.ts';
import type { Subscription } from '../../services/domain/ticket.ts';
import { meteredStore, createMetrics } from '../../services/metrics.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { type ActivityRecord, type Page, PartnerCenterError, type Stopping } from '../../services/partnerCenter/port.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import { textOf, type WakeUp } from '../../services/queue/messages.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { openPace } from '../../services/watch/rest.ts';
import { noteBaseline, listCustomers } from '../../services/watch/customers.ts';
import { NO_SHEETS, sampleSubscription } from './samples.ts';
import { memoryQueues, memoryStore } from './memory.ts';
import type { SweepDeps } from '../../services/watch/deps.ts';
import type { WatchRow } from '../../services/watch/rows.ts';
import { ofCustomer, WATCH_KEY } from '../../services/store/rows.ts';

export const HOUR_MS = 3_600_000;
export const ID = 'c0000000-0000-4000-8000-000000000001';
export const SECOND = 'c0000000-0000-4000-8000-000000000002';

export function subscription(changes: Partial<Subscription> = {}): Subscription {
  return sampleSubscription({ id: 'a', customerId: ID, offerName: 'Office 365 E3', lastDay: '2027-06-30', expiresOn: '2027-07-01', ...changes });
}

/** A partner with customers whose lists the test sets, and a clock that it moves. */
export function partner() {
  let wall = Date.UTC(2027, 0, 20, 12);
  const clock = { ...systemClock(), wallMs: () => wall, now: () => new Date(wall), sleep: async () => {} };
  const inner = memoryStore();
  const metrics = createMetrics(clock);
  const store = meteredStore(inner, metrics);
  const queues = memoryQueues(() => wall);
  const nudged: WakeUp[] = [];
  const lists = new Map<string, Subscription[]>([[ID, [subscription()]]]);
  const names = new Map([[ID, 'Contoso']]);
  const records: ActivityRecord[] = [];
  const hits: Stopping[] = [];
  const lowPriority: SweepDeps['lowPriority'] = {
    customers: async () => ({ items: [...names].map(([id, name]) => ({ id, name, domain: '' })), next: null, unread: [], whole: true }),
    subscriptions: async (id) => {
      const items = lists.get(id);
      if (!items) throw new PartnerCenterError('notFound', '404', 'no such customer');
      return { items: structuredClone(items), unread: [], whole: true };
    },
    subscription: async (customerId, id) => {
      const one = lists.get(customerId)?.find((listed) => listed.id === id);
      if (!one) throw new PartnerCenterError('notFound', '404', 'not there');
      return { subscription: structuredClone(one), etag: null, resource: {} };
    },
    activities: async (): Promise<Page<ActivityRecord>> => ({ items: [...records], next: null }),
    stopping: async () => [...hits],
    seatPools: async () => [],
    provisioning: async () => ({ skuId: null, ready: true, status: 'success' }),
  };
  const deps: SweepDeps = {
    store,
    lowPriority,
    priceSheets: NO_SHEETS,
    partnerCenter: new Proxy({} as SweepDeps['partnerCenter'], {
      get: () => async () => {
        throw new PartnerCenterError('forbidden', '403', 'not for the watch');
      },
    }),
    programmes: [],
    clock,
    wake: { schedule: async (wakeUp, delayMs = 4_000) => queues.send(wakeUp.queue, textOf(wakeUp), delayMs), now: (wakeUp) => void nudged.push(wakeUp) },
    log: { info: () => {}, warn: () => {} },
    metrics,
    periodMs: HOUR_MS,
    pace: openPace(60_000),
  };
  return {
    deps,
    metrics,
    lists,
    names,
    records,
    hits,
    nudged,
    queues,
    store: inner,
    wait: (ms: number) => {
      wall += ms;
    },
    walkAfter: async (ms: number) => {
      wall += ms;
      await listCustomers(deps);
    },
    row: async (id = ID) => (await inner.get<WatchRow>(...ofCustomer(id), WATCH_KEY))?.value,
    turn: async (id = ID) => {
      const generation = (await inner.get<WatchRow>(...ofCustomer(id), WATCH_KEY))?.value.generation ?? '';
      return handleSweep(deps, { queue: 'sweep', what: 'poll', customerId: id, generation, dueAtMs: wall });
    },
  };
}

type Body = Record<string, unknown>;

/** The same over the wire: what Partner Center answers is set as JSON. Everybody is listed and looked at once. */
export async function wired(lists: Record<string, object[]>) {
  const one = partner();
  const bodies = new Map<string, Body>(Object.entries(lists).map(([id, items]) => [id, { items }]));
  let customers: Body = { items: Object.keys(lists).map((id) => ({ id, companyProfile: { companyName: `Customer ${id}` } })) };
  /** What a read of one subscription by itself answers, whatever the list says. */
  const alone = new Map<string, object | 'unclear'>();
  const refusals = new Map<string, 'gone' | 'notOurs' | 'unclear'>();
  const answerTo = (path: string): { status: number; body: unknown } => {
    const [, customerId, id] = /customers\/([^/?]+)\/subscriptions(?:\/([^/?]+))?/.exec(path) ?? [];
    if (!customerId) return path.includes('seekOperation') ? { status: 503, body: {} } : { status: 200, body: customers };
    const refusal = refusals.get(decodeURIComponent(customerId));
    if (refusal) return { gone: { status: 404, body: {} }, notOurs: { status: 403, body: { code: 20002 } }, unclear: { status: 500, body: {} } }[refusal];
    const list = bodies.get(decodeURIComponent(customerId));
    if (path.includes('seekOperation') || !list) return { status: 404, body: {} };
    if (!id) return { status: 200, body: list };
    const found = alone.get(id) ?? ((list.items as { id?: string }[] | undefined) ?? []).find((item) => item?.id === id);
    return found === 'unclear' ? { status: 500, body: {} } : { status: found ? 200 : 404, body: found ?? {} };
  };
  const client: ClientConfig = {
    baseUrl: 'http://pretend',
    tokens: async () => 'token',
    budget: { take: async () => {}, pause: async () => {} } as unknown as ClientConfig['budget'],
    clock: one.deps.clock,
    locale: 'en-US',
    fetch: async (url) => {
      const { status, body } = answerTo(url);
      return { ok: status === 200, status, headers: { get: () => null }, text: async () => JSON.stringify(body) };
    },
  };
  one.deps.lowPriority = httpPartnerCenter(client, client);
  await listCustomers(one.deps);
  for (const id of Object.keys(lists)) await one.turn(id);
  await noteBaseline(one.deps);
  return {
    ...one,
    alone,
    /** How all that concerns one customer is refused. */
    answerOf: (id: string, refusal: 'gone' | 'notOurs' | 'unclear') => void refusals.set(id, refusal),
    setCustomers: (body: Body) => {
      customers = body;
    },
    /** Whatever the list of a customer's subscriptions answers. */
    setBody: (id: string, body: Body) => void bodies.set(id, body),
    /** One look at a customer whose list is `items`, with `links` beside them. */
    look: async (id: string, items: readonly unknown[], links?: object) => {
      bodies.set(id, { items, ...(links ? { links } : {}) });
      await one.turn(id);
    },
  };
}
