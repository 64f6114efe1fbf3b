/** A pretend Partner Center with a limit that refuses, as a function: what `fetch` would bring, some time later. */
import type { Clock } from '../../services/clock.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';

export interface Service {
  customers: number;
  /** Of each customer. */
  subscriptions: number;
  perSecond: number;
  latencyMs: [least: number, most: number];
  seed: number;
}

export interface Answerer {
  customers: number;
  ids: string[];
  fetch(url: string): Promise<PlainResponse>;
  asked(): number;
  refused(): number;
  /** Customers whose subscriptions were handed out. */
  looked(): number;
}

/** Customers' ids, spread over the whole range as real ones are. */
export function idOf(n: number): string {
  const digits = [...n.toString(16).padStart(8, '0')].reverse().join('');
  return `${digits}-0000-4000-8000-000000000000`;
}

/** Numbers that look like chance and are the same for the same seed. */
export function chance(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** A subscription as the wire shows it. */
export function wireSubscription(customer: number, n: number, renews: boolean): object {
  return {
    id: `${customer.toString(16).padStart(8, '0')}-${n.toString(16).padStart(4, '0')}-4000-8000-000000000001`,
    offerId: '91fd106f-4b2c-4938-95ac-f54f74e9a239',
    offerName: 'Office 365 E3',
    friendlyName: 'Office 365 E3',
    quantity: 25 + n,
    unitType: 'Licenses',
    parentSubscriptionId: null,
    creationDate: '2026-02-01T00:00:00Z',
    effectiveStartDate: '2026-02-01T00:00:00Z',
    commitmentEndDate: '2027-06-30T00:00:00Z',
    status: 'active',
    autoRenewEnabled: renews,
    isTrial: false,
    billingType: 'license',
    billingCycle: 'monthly',
    termDuration: 'P1Y',
    renewalTermDuration: 'P1Y',
    isMicrosoftProduct: true,
    contractType: 'subscription',
    orderId: 'a1b2c3d4e5f6',
    publisherName: '',
    links: {
      offer: { uri: '/offers/91fd106f-4b2c-4938-95ac-f54f74e9a239?country=IE', method: 'GET', headers: [] },
      self: { uri: `/subscriptions/${n}`, method: 'GET', headers: [] },
    },
    attributes: { etag: 'eyJpZCI6IjEiLCJ2ZXJzaW9uIjoxfQ==', objectType: 'Subscription' },
  };
}

/** What a refusal asks for; Partner Center's own example says 57 (API throttling guidance). */
const RETRY_AFTER_S = 10;

export function pretendService(clock: Clock, made: Service): Answerer {
  const random = chance(made.seed);
  const ids = Array.from({ length: made.customers }, (_, n) => idOf(n));
  const looked = new Set<string>();
  let asked = 0;
  let refused = 0;
  // One second's worth of tokens.
  let tokens = made.perSecond;
  let filledAt = clock.wallMs();
  function take(): number {
    const at = clock.wallMs();
    tokens = Math.min(made.perSecond, tokens + ((at - filledAt) / 1_000) * made.perSecond);
    filledAt = at;
    if (tokens < 1) return RETRY_AFTER_S;
    tokens -= 1;
    return 0;
  }
  return {
    customers: made.customers,
    ids,
    asked: () => asked,
    refused: () => refused,
    looked: () => looked.size,
    async fetch(address) {
      asked += 1;
      const [least, most] = made.latencyMs;
      const waitS = take();
      if (most > 0) await clock.sleep(least + random() * (most - least));
      if (waitS > 0) {
        refused += 1;
        return plain(429, { statusCode: 429, message: 'Rate limit is exceeded.' }, { 'Retry-After': String(waitS) });
      }
      const url = new URL(address);
      const customer = /customers\/([0-9a-f-]+)\/subscriptions$/.exec(url.pathname)?.[1];
      if (customer) {
        looked.add(customer);
        const n = Number.parseInt(customer.slice(0, 8), 16);
        return plain(200, { totalCount: made.subscriptions, items: Array.from({ length: made.subscriptions }, (_, each) => wireSubscription(n, each, true)) });
      }
      return plain(200, {
        totalCount: made.customers,
        items: ids.map((id, n) => ({ id, companyProfile: { tenantId: id, domain: `c${n}.onmicrosoft.com`, companyName: `Company ${n}` } })),
      });
    },
  };
}

function plain(status: number, body: object, headers: Record<string, string> = {}): PlainResponse {
  const text = JSON.stringify(body);
  return { ok: status < 400, status, headers: { get: (name) => headers[name] ?? null }, text: async () => text };
}
