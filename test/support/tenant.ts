/** One customer with a bought move, behind a pretend Partner Center that can be made unkind; driven by the bot's own loop in virtual time. */
import type { Ticket, TrackedSubscription, Move, UserMove } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import type { MoveEvent } from '../../services/moves/states.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { type Licence, type PartnerCenter, PartnerCenterError, type SeatPool, type WholeSubscription } from '../../services/partnerCenter/port.ts';
import { EVERYBODY } from '../../services/people/people.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import { virtualTime } from './time.ts';
import { NO_SHEETS, sampleTicket, sampleMove, sampleSubscription } from './samples.ts';
import { memoryStore } from './memory.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import { AUDIT, keysWith, ofCustomer, PERSONS, subscriptionKey, ticketKey, USER } from '../../services/store/rows.ts';

export const BO = { key: 'bo', tenant: 't' };
const NEW_PLANS = ['plan-a', 'plan-b'];

export interface Tenant {
  /** Licences by user, with switched-off plans; who is taken out is deleted. */
  users: Map<string, Map<string, string[]>>;
  /** Seats that exist, by licence. */
  seats: Record<string, number>;
  old: { status: string; quantity: number; etag: string | null; resource: Record<string, unknown> };
  /** Every call that changes something, and every reading of a person. */
  calls: string[];
  requestIds: string[];
  pc: PartnerCenter;
  now(): string;
  move(): Promise<Move>;
  known(): Promise<TrackedSubscription>;
  rows(): Promise<UserMove[]>;
  record(): Promise<AuditEntry[]>;
  apply(event: MoveEvent): Promise<void>;
  /** Lets the bot work until it waits for a person; false where it does not come to that in so many turns. */
  work(turns?: number): Promise<boolean>;
  pass(ms: number): Promise<void>;
}

interface Options {
  users: number;
  quantity?: number;
  bought?: number;
  seats?: Record<string, number>;
  sku?: Move['sku'];
  state?: Move['state'];
  changes?: Partial<Move>;
}

export const refusal = (status: number, code: string, words: string, kind: PartnerCenterError['kind'] = 'refused') =>
  new PartnerCenterError(kind, code, `Partner Center answered ${status} ${code}`.trim(), { said: words });

/** Everybody holds `old`; as many seats of `new` were bought. */
export async function openTenant(options: Options): Promise<Tenant> {
  const time = virtualTime();
  const store = memoryStore();
  const { users: count, quantity = count, bought = count } = options;
  const sku = options.sku === undefined ? { from: 'old', to: 'new' } : options.sku;
  const order = { id: 'o', subscriptionId: 'fresh', placedAt: '2027-01-20T10:00:00.000Z', cancellableUntil: null };
  const base = sampleMove();
  const move = sampleMove({
    state: options.state ?? 'purchased',
    sku,
    order,
    confirmedBy: 'bo',
    quote: base.quote && { ...base.quote, quantity: bought },
    ...options.changes,
  });
  const { customerId, subscriptionId, key } = move;
  const ticket = sampleTicket({ move: key });
  const snapshot = sampleSubscription({ id: subscriptionId, customerId, quantity });
  const known: TrackedSubscription = { snapshot, episode: 1, ticket: ticket.id, liveMove: key, moves: 1 };
  await store.put(...ofCustomer(customerId), subscriptionKey(subscriptionId), known);
  await store.put(...ofCustomer(customerId), ticketKey(ticket.id), ticket satisfies Ticket);
  await store.put(...ofCustomer(customerId), key, move);
  await store.put(...PERSONS, 'bo', { key: 'bo', objectId: 'oid-bo', tenantId: 't', name: 'Bo', chat: null, seenOn: '2027-01-20' });
  const tenant: Tenant = {
    users: new Map(Array.from({ length: count }, (_, n) => [`u${n}`, new Map([['old', []]])])),
    seats: options.seats ?? { old: quantity, new: bought },
    old: { status: 'active', quantity, etag: null, resource: {} },
    calls: [],
    requestIds: [],
    pc: {} as PartnerCenter,
    now: () => time.clock.now().toISOString(),
    move: async () => (await store.get<Move>(...ofCustomer(customerId), key))?.value as Move,
    known: async () => (await store.get<TrackedSubscription>(...ofCustomer(customerId), subscriptionKey(subscriptionId)))?.value as TrackedSubscription,
    rows: async () => (await store.range<UserMove>(...ofCustomer(customerId), ...keysWith(USER))).map((row) => row.value),
    record: async () => (await store.range<AuditEntry>(...ofCustomer(customerId), ...keysWith(AUDIT))).map((row) => row.value),
    async apply(event) {
      const applied = await within(applyEvent(deps, { customerId, subscriptionId }, event, { by: BO }));
      if ('refused' in applied) throw new Error(`${event.kind} was refused: ${applied.refused}`);
    },
    async work(turns = 60) {
      for (let turn = 0; turn < turns; turn++) {
        const next = await within(handleMove(deps, { queue: 'move', what: 'move', customerId, subscriptionId }));
        if (next === 'idle' || next === 'drop') return true;
        await tenant.pass(next.retryInMs);
      }
      return false;
    },
    pass: (ms) => within(time.clock.sleep(ms)),
  };
  tenant.pc = kind(tenant, snapshot);
  const deps = {
    store,
    clock: time.clock,
    workerId: 'one',
    wake: { schedule: async () => {}, now: () => {} },
    programmes: [],
    log: { info: () => {}, warn: () => {} },
    directory: EVERYBODY,
    isReadOnly: async () => false,
    priceSheets: NO_SHEETS,
    partnerCenter: new Proxy({} as PartnerCenter, { get: (_, name) => tenant.pc[name as keyof PartnerCenter] }),
  } as unknown as MoveDeps;
  return tenant;

  async function within<T>(work: Promise<T>): Promise<T> {
    let ended: { value: T } | { error: unknown } | null = null;
    work.then(
      (value) => {
        ended = { value };
      },
      (error: unknown) => {
        ended = { error };
      },
    );
    await time.run(() => ended !== null, 48 * 3_600_000);
    const how = ended as unknown as { value: T } | { error: unknown };
    if ('error' in how) throw how.error;
    return how.value;
  }
}

/** Partner Center as it should be; a test replaces what is to be unkind. */
function kind(tenant: Tenant, snapshot: WholeSubscription['subscription']): PartnerCenter {
  const of = (userId: string) => {
    const licences = tenant.users.get(userId);
    if (!licences) throw refusal(404, '60002', 'The user was not found.', 'notFound');
    return licences;
  };
  const parts: Partial<PartnerCenter> = {
    users: async () => ({ items: [...tenant.users.keys()].map((id) => ({ id, name: `Person ${id}`, hasUsageLocation: true })), next: null }),
    async licences(_, userId) {
      tenant.calls.push(`read ${userId}`);
      return [...of(userId)].map(([skuId, disabledPlans]): Licence => ({ skuId, disabledPlans }));
    },
    async swapLicence(_, userId, swap, requestId) {
      tenant.calls.push(`swap ${userId}${swap.remove === null ? ' give' : ''}`);
      tenant.requestIds.push(requestId);
      const licences = of(userId);
      const used = [...tenant.users.values()].filter((one) => one.has(swap.assign)).length;
      if (!licences.has(swap.assign) && used >= (tenant.seats[swap.assign] ?? 0)) throw refusal(400, '60012', 'There are no free licences.');
      if (swap.remove) licences.delete(swap.remove);
      licences.set(swap.assign, swap.disabledPlans);
    },
    seatPools: async () => poolsOf(tenant),
    subscription: async () => wholeOf(tenant, snapshot),
    provisioning: async () => ({ skuId: null, status: 'success', ready: true }),
    async suspend(_, requestId) {
      tenant.calls.push('patch');
      tenant.requestIds.push(requestId);
      tenant.old.status = 'suspended';
    },
  };
  return parts as PartnerCenter;
}

export function poolsOf(tenant: Pick<Tenant, 'users' | 'seats'>): SeatPool[] {
  return Object.entries(tenant.seats).map(([skuId, active]) => {
    const consumed = [...tenant.users.values()].filter((licences) => licences.has(skuId)).length;
    return { skuId, active, consumed, available: Math.max(0, active - consumed), servicePlans: NEW_PLANS };
  });
}

function wholeOf({ old }: Tenant, snapshot: WholeSubscription['subscription']): WholeSubscription {
  const subscription = { ...snapshot, status: old.status, quantity: old.quantity };
  return { subscription, etag: old.etag, resource: { status: old.status, quantity: old.quantity, ...old.resource } };
}
