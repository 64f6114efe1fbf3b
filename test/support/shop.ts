/** A small Partner Center at the wire, as rude as its rules, and a move that is walked against it under a clock of its own. */
import { BOT } from '../../services/auditLog/auditLog.ts';
import type { Clock } from '../../services/clock.ts';
import type { Ticket, TrackedSubscription, Move, Plan } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import type { MoveEvent } from '../../services/moves/states.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { NO_SHEETS, sampleTicket, sampleSubscription } from './samples.ts';
import { memoryStore } from './memory.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import { openMove } from '../../services/moves/open.ts';
import { keysWith, ofCustomer, OUTBOX, PERSONS, subscriptionKey, TICKET, ticketKey } from '../../services/store/rows.ts';

export type Json = Record<string, unknown>;
export interface Asked {
  method: string;
  path: string;
  requestId: string;
  body: Json;
}

/** `lost`: it takes effect and nobody answers. `unheard`: it never arrives, and nobody answers. */
type Plain = { status: number; body?: unknown; headers?: Record<string, string> };
export type Says = Plain | 'lost' | 'unheard';

export interface Order {
  id: string;
  creationDate?: string;
  [more: string]: unknown;
}

const BASE = '/v1/customers/c';
const OLD = 'sub-old';
export const PLAN: Plan = { id: 'p1', title: 'Plan P', reason: 'closest', minimum: 1, maximum: 300, item: { productId: 'P', skuId: 'K' }, whyNot: null };

export interface Shop {
  calls: Asked[];
  carts: Map<string, Json>;
  orders: Order[];
  /** How far its clock is ahead of ours. */
  skewMs: number;
  nowMs(): number;
  passMs(ms: number): void;
  /** Answers the next `times` fitting requests so; a function may look at the request and pass by with undefined. */
  on(method: string, path: RegExp, inbox: Says | ((asked: Asked) => Says | Promise<Says> | undefined), times?: number): void;
  /** Changes what a good answer holds. */
  edit(method: string, path: RegExp, change: (body: Json) => unknown): void;
  /** What a cart's checkout does. */
  place(cartId: string): Order;
  count(method: string, path: RegExp): number;
  fetch: NonNullable<ClientConfig['fetch']>;
}

function emptyPool(id: string): Json {
  return { productSku: { id }, activeUnits: 10, consumedUnits: 0, availableUnits: 10, suspendedUnits: 0, warningUnits: 0, servicePlans: [] };
}

export function openShop(changes: { availability?: Json; price?: number } = {}): Shop {
  let nowMs = Date.UTC(2027, 0, 20, 10);
  let made = 0;
  const rules: { method: string; path: RegExp; inbox: Parameters<Shop['on']>[2]; left: number }[] = [];
  const edits: { method: string; path: RegExp; change: (body: Json) => unknown }[] = [];
  const iso = (ms: number) => new Date(ms + shop.skewMs).toISOString();
  const availability = {
    catalogItemId: 'P:K:A1',
    isPurchasable: true,
    terms: [
      { duration: 'P1Y', billingCycle: 'Monthly' },
      { duration: 'P1Y', billingCycle: 'Annual' },
    ],
    ...changes.availability,
  };
  const subscription = (id: string, offerId: string, quantity: number, skuId: string): Json => ({
    id,
    offerId,
    offerName: id,
    quantity,
    status: 'active',
    autoRenewEnabled: id !== OLD,
    commitmentEndDate: '2027-03-03T00:00:00Z',
    skuId,
  });
  const subscriptions = new Map<string, Json>([[OLD, subscription(OLD, '195416c1-3447-423a-b37b-ee59a99a19c4', 10, 'sku-old')]]);

  function newCart(body: Json): Json {
    const lines = (body.lineItems as Json[]).map((line) => {
      const seat = changes.price ?? 10;
      const quantity = Number(line.quantity);
      return { ...line, currencyCode: 'EUR', pricing: { listPrice: seat, extendedPrice: seat * quantity } };
    });
    const cart = { id: `cart${++made}`, status: 'Active', expirationTimestamp: iso(nowMs + 7 * 86_400_000), lineItems: lines };
    shop.carts.set(cart.id, cart);
    return cart;
  }

  function normal(asked: Asked): Plain {
    const path = asked.path.replace(/\?.*/, '').slice(BASE.length);
    const [, , id = ''] = path.split('/');
    const ok = (body: unknown): Plain => (body === undefined ? { status: 404, body: { code: 1000 } } : { status: 200, body });
    if (/^\/agreements/.test(path)) return ok({ items: [{ type: 'x' }] });
    if (/^\/validationStatus/.test(path)) return ok({ status: 'Allowed' });
    if (/\/availabilities$/.test(path)) return ok({ items: [availability] });
    if (path === '/carts') return { status: 201, body: newCart(asked.body) };
    if (/\/checkout$/.test(path)) return { status: 201, body: { orders: [shop.place(id)] } };
    if (/^\/carts\//.test(path)) return ok(shop.carts.get(id));
    if (path === '/orders') return ok({ items: shop.orders });
    if (/^\/orders\//.test(path)) return ok(shop.orders.find((one) => one.id === id));
    if (/\/provisioningstatus$/.test(path)) return ok(subscriptions.get(id) && { skuId: subscriptions.get(id)?.skuId, status: 'success' });
    if (path === '/subscriptions') return ok({ items: [...subscriptions.values()] });
    if (/^\/subscriptions\//.test(path)) return ok(subscriptions.get(id));
    if (path === '/users') return ok({ items: [] });
    if (path === '/subscribedskus') return ok({ items: ['sku-old', 'sku-new'].map(emptyPool) });
    return { status: 404, body: { code: 1000 } };
  }

  const shop: Shop = {
    calls: [],
    carts: new Map(),
    orders: [],
    skewMs: 0,
    nowMs: () => nowMs,
    passMs: (ms) => {
      nowMs += ms;
    },
    on: (method, path, inbox, times = Number.POSITIVE_INFINITY) => void rules.unshift({ method, path, inbox, left: times }),
    edit: (method, path, change) => void edits.push({ method, path, change }),
    count: (method, path) => shop.calls.filter((one) => one.method === method && path.test(one.path)).length,
    place(cartId) {
      const cart = shop.carts.get(cartId) as { status: string; lineItems: Json[]; order?: Order };
      if (cart.order) return cart.order;
      const id = `order${++made}`;
      const subscriptionId = `sub-${id}`;
      const line = cart.lineItems[0] as Json;
      const order: Order = {
        ...{ id, creationDate: iso(nowMs), status: 'completed', currencyCode: 'EUR', billingCycle: String(line.billingCycle).toLowerCase() },
        lineItems: [
          { lineItemNumber: 0, offerId: line.catalogItemId, quantity: line.quantity, termDuration: line.termDuration, subscriptionId, pricing: line.pricing },
        ],
      };
      shop.orders.push(order);
      subscriptions.set(subscriptionId, subscription(subscriptionId, String(line.catalogItemId), Number(line.quantity), 'sku-new'));
      Object.assign(cart, { status: 'Ordered', order });
      return order;
    },
    async fetch(url, init) {
      const asked = {
        method: init.method,
        path: url.replace('http://shop', ''),
        requestId: init.headers['MS-RequestId'] ?? '',
        body: JSON.parse(init.body ?? '{}'),
      };
      shop.calls.push(asked);
      let inbox: Says | undefined;
      for (const rule of rules) {
        if (rule.left <= 0 || rule.method !== asked.method || !rule.path.test(asked.path)) continue;
        inbox = typeof rule.inbox === 'function' ? await rule.inbox(asked) : rule.inbox;
        if (inbox === undefined) continue;
        rule.left -= 1;
        break;
      }
      if (inbox === 'lost') normal(asked);
      if (inbox === 'lost' || inbox === 'unheard') throw new Error('socket hang up');
      const answer = inbox ?? normal(asked);
      let body: unknown = answer.body === undefined ? null : structuredClone(answer.body);
      if (!inbox) for (const one of edits) if (one.method === asked.method && one.path.test(asked.path)) body = one.change(body as Json);
      const headers: Record<string, string> = { Date: new Date(nowMs + shop.skewMs).toUTCString(), ...answer.headers };
      return {
        ok: answer.status < 400,
        status: answer.status,
        headers: { get: (name: string) => headers[name] ?? null },
        text: async () => (body === null ? '' : JSON.stringify(body)),
      };
    },
  };
  return shop;
}

export interface Walk {
  deps: MoveDeps;
  /** Lets the bot work for so long. */
  run(forMs: number): Promise<void>;
  apply(event: MoveEvent): Promise<void>;
  /** Chooses the plan and lets the bot ask for its price. */
  quote(quantity?: number): Promise<Move>;
  approve(): Promise<void>;
  move(): Promise<Move>;
  /** A new move of the same subscription. */
  begin(): Promise<void>;
  ticketId(): Promise<Ticket>;
  news(): Promise<string[]>;
}

const TURNS_MAX = 3_000;

/** A move of one subscription of the customer, drafted and not yet quoted; `on`: the store and which subscription, where there is more than one. */
export async function walkMove(shop: Shop, on: { store?: MoveDeps['store']; subscription?: string; workerId?: string } = {}): Promise<Walk> {
  const clock: Clock = {
    now: () => new Date(shop.nowMs()),
    wallMs: () => shop.nowMs(),
    sleep: async (ms) => shop.passMs(ms),
  };
  const client: ClientConfig = {
    baseUrl: 'http://shop',
    tokens: sandboxTokens,
    clock,
    locale: 'en-US',
    budget: { take: async () => {}, pause: async () => {} },
    fetch: shop.fetch,
  };
  const store = on.store ?? memoryStore();
  const subscriptionId = on.subscription ?? OLD;
  const deps: MoveDeps = {
    store,
    clock,
    wake: { schedule: async () => {}, now: () => {} },
    programmes: [],
    partnerCenter: httpPartnerCenter(client, client),
    priceSheets: NO_SHEETS,
    log: { info: () => {}, warn: (fields, message) => void (process.env.SHOW_LOG && console.error(message, fields)) },
    workerId: on.workerId ?? 'one',
    directory: { rolesOf: async () => ['approver'], rolesNow: async () => ['approver'], holders: async () => [] },
    isReadOnly: async () => false,
  };
  await store.put(...PERSONS, 'bo', { key: 'bo', objectId: 'bo', tenantId: 't', name: 'Bo', chat: null, seenOn: '2027-01-20' });
  const ticketId = `S-${1001 + (await store.range(...ofCustomer('c'), ...keysWith(TICKET))).length}`;
  const ticket = sampleTicket({ id: ticketId, customerId: 'c', subscriptionId, plans: [PLAN], move: null, openedAt: '2027-01-20T09:00:00.000Z' });
  await store.put(...ofCustomer('c'), ticketKey(ticketId), ticket);
  const known: TrackedSubscription = {
    snapshot: sampleSubscription({ id: subscriptionId, customerId: 'c', autoRenew: false }),
    ...{ episode: 1, ticket: ticketId, liveMove: null, moves: 0 },
  };
  await store.put(...ofCustomer('c'), subscriptionKey(subscriptionId), known);
  const walk: Walk = {
    deps,
    async run(forMs) {
      const end = shop.nowMs() + forMs;
      for (let turn = 0; shop.nowMs() < end; turn++) {
        if (turn > TURNS_MAX) throw new Error('It goes round and round.');
        const found = await handleMove(deps, { queue: 'move', what: 'move', customerId: 'c', subscriptionId });
        const retryInMs = typeof found === 'object' ? found.retryInMs : Number.POSITIVE_INFINITY;
        shop.passMs(Math.max(1, Math.min(retryInMs, end - shop.nowMs())));
      }
    },
    async apply(event) {
      const applied = await applyEvent(deps, { customerId: 'c', subscriptionId }, event, { by: 'by' in event ? { key: event.by, tenant: 't' } : BOT });
      if ('refused' in applied) throw new Error(`refused: ${applied.refused}`);
    },
    async quote(quantity = 7) {
      await walk.apply({ kind: 'chosen', by: 'ann', plan: PLAN, quantity, term: null, billing: null });
      await walk.run(2_000);
      return walk.move();
    },
    async approve() {
      const { quote } = await walk.move();
      await walk.apply({ kind: 'approve', by: 'bo', roles: ['approver'], hash: quote?.hash ?? '', fourEyes: { when: 'off' } });
    },
    async move() {
      const now = await walk.ticketId();
      return (await store.get<Move>(...ofCustomer('c'), now.move ?? ''))?.value as Move;
    },
    async begin() {
      await openMove(deps, 'c', subscriptionId, { key: 'ann', tenant: 't' });
    },
    ticketId: async () => (await store.get<Ticket>(...ofCustomer('c'), ticketKey(ticketId)))?.value as Ticket,
    news: async () => (await store.range<{ kind: string }>(...ofCustomer('c'), ...keysWith(OUTBOX))).map((row) => row.value.kind),
  };
  await walk.begin();
  return walk;
}
