/** One subscription of new commerce at the wire, with its end and its seats, and the bot's own loop over it under a clock of its own. */
import { BOT } from '../../services/auditLog/auditLog.ts';
import type { Clock } from '../../services/clock.ts';
import type { Move, Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import type { FourEyes } from '../../services/approval/approval.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { openEnd } from '../../services/moves/open.ts';
import type { MoveEvent } from '../../services/moves/states.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { ClientConfig } from '../../services/partnerCenter/request.ts';
import { parseSubscription } from '../../services/partnerCenter/wire/subscriptions.ts';
import { keysWith, ofCustomer, OUTBOX, PERSONS, subscriptionKey, ticketKey } from '../../services/store/rows.ts';
import { plainFacts } from '../../services/tickets/facts.ts';
import { noteShape } from '../../services/tickets/shown.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import { readRecord } from '../../services/ticketView.ts';
import { memoryStore } from './memory.ts';
import { sampleTicket } from './samples.ts';
import type { Json } from './shop.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const ID = 'sub-old';

/**
 * How a PATCH is taken. `lost`: it takes effect and nobody answers. `unheard`: it never arrives. `flagOnly`: what is planned is dropped.
 * `slow`: a 202, and it takes effect later.
 */
export type Taken = 'lost' | 'unheard' | 'flagOnly' | 'slow' | { status: number; code: number };

export interface Term {
  deps: MoveDeps;
  /** As Partner Center has it. */
  resource: Json;
  patches: Json[];
  /** When it was read by itself. */
  reads: number[];
  people: { seats: number; used: number };
  /** How the next PATCHes are taken; then as they should be. */
  takes: Taken[];
  nowMs(): number;
  passMs(ms: number): void;
  open(to: 'cancel' | 'renew'): Promise<void>;
  apply(event: MoveEvent): Promise<string>;
  approve(by?: string, fourEyes?: FourEyes): Promise<string>;
  /** Lets the bot work for so long. */
  run(forMs: number): Promise<void>;
  move(): Promise<Move>;
  ticket(): Promise<Ticket>;
  known(): Promise<TrackedSubscription>;
  news(): Promise<string[]>;
  record(): Promise<AuditEntry[]>;
}

const TURNS_MAX = 3_000;

/** One that does not renew; `changes` are laid over its resource. `shown`: such planned actions were seen at this partner. */
export async function openTerm(changes: Json = {}, { shown = true, move = null }: { shown?: boolean; move?: Move | null } = {}): Promise<Term> {
  let nowMs = Date.UTC(2027, 0, 20, 10);
  const later: { atMs: number; change: () => void }[] = [];
  const clock: Clock = { now: () => new Date(nowMs), wallMs: () => nowMs, sleep: async (ms) => term.passMs(ms) };
  const resource: Json = {
    ...{ id: ID, offerId: 'CFQ7TTC0LH01:0001:CFQ7TTC0KX01', offerName: 'Plan', productType: { id: 'OnlineServicesNCE' }, quantity: 10, status: 'active' },
    ...{ autoRenewEnabled: false, commitmentEndDate: '2027-03-03T00:00:00Z', billingType: 'license', billingCycle: 'monthly', termDuration: 'P1Y' },
    ...{ orderId: 'o', friendlyName: 'Plan', attentionNeeded: false },
    ...changes,
  };
  const answer = (path: string): unknown => {
    if (path.endsWith('/provisioningstatus')) return { skuId: 'sku-old', status: 'success' };
    if (path.endsWith('/subscribedskus')) {
      const { seats, used } = term.people;
      return { items: [{ productSku: { id: 'sku-old' }, activeUnits: seats, consumedUnits: used, availableUnits: seats - used, servicePlans: [] }] };
    }
    if (/\/orders\//.test(path)) {
      const line = { lineItemNumber: 0, subscriptionId: ID, quantity: 10, pricing: { listPrice: 31, extendedPrice: 310 } };
      return { id: 'o', currencyCode: 'EUR', billingCycle: 'monthly', lineItems: [line] };
    }
    if (path.endsWith(`/subscriptions/${ID}`)) {
      term.reads.push(nowMs);
      return term.resource;
    }
    return undefined;
  };
  const take = (body: Json, how: Taken | undefined): number => {
    if (how === 'unheard') throw new Error('socket hang up');
    if (typeof how === 'object') return how.status;
    // What is left out is reset, as Partner Center does it.
    const whole = { autoRenewEnabled: false, ...body };
    const kept = how === 'flagOnly' ? { ...whole, scheduledActions: term.resource.scheduledActions } : whole;
    if (how === 'slow') later.push({ atMs: nowMs + 5 * 60_000, change: () => Object.assign(term, { resource: kept }) });
    else term.resource = kept;
    if (how === 'lost') throw new Error('socket hang up');
    return how === 'slow' ? 202 : 200;
  };
  const client: ClientConfig = {
    ...{ baseUrl: 'http://term', tokens: sandboxTokens, clock, locale: 'en-US', budget: { take: async () => {}, pause: async () => {} } },
    async fetch(url, init) {
      let status = 200;
      let body: unknown;
      if (init.method === 'PATCH') {
        const how = term.takes.shift();
        term.patches.push(JSON.parse(init.body ?? '{}'));
        status = take(term.patches.at(-1) as Json, how);
        body = typeof how === 'object' ? { code: how.code, description: 'no' } : term.resource;
      } else {
        body = answer(url.replace(/\?.*/, ''));
        if (body === undefined) [status, body] = [404, { code: 1000 }];
      }
      const text = JSON.stringify(structuredClone(body));
      return { ok: status < 400, status, headers: { get: (name) => (name === 'Date' ? new Date(nowMs).toUTCString() : null) }, text: async () => text };
    },
  };
  const store = memoryStore();
  const deps: MoveDeps = {
    ...{ store, clock, wake: { schedule: async () => {}, now: () => {} }, programmes: [], partnerCenter: httpPartnerCenter(client, client) },
    log: { info: () => {}, warn: (fields, message) => void (process.env.SHOW_LOG && console.error(message, fields)) },
    workerId: 'one',
    directory: { rolesOf: async () => ['approver'], rolesNow: async () => ['approver'], holders: async () => [] },
    isReadOnly: async () => false,
  };
  for (const key of ['ann', 'bo']) await store.put(...PERSONS, key, { key, objectId: key, tenantId: 't', name: key, chat: null, seenOn: '2027-01-20' });
  const { subscription } = parseSubscription('c', resource);
  const facts = { ...plainFacts(subscription, [subscription], { programmes: [], today: '2027-01-20' }), priceNow: { minor: 31_000, currency: 'EUR' } };
  const of = { customerId: 'c', subscriptionId: ID };
  const moved = move && { ...move, ...of, key: 'mov_sub-old_1', ticketId: 'S-1042' };
  await store.put(...ofCustomer('c'), ticketKey('S-1042'), sampleTicket({ ...of, move: moved?.key ?? null, facts }));
  await store.put(...ofCustomer('c'), subscriptionKey(ID), {
    ...{ snapshot: subscription, episode: 1, ticket: 'S-1042', liveMove: moved?.key ?? null, moves: moved ? 1 : 0 },
  } satisfies TrackedSubscription);
  if (moved) await store.put(...ofCustomer('c'), moved.key, moved);
  if (shown) await noteShape(store, 'actionType scheduleType', '2027-01-01T00:00:00.000Z');
  const term: Term = {
    ...{ deps, resource, patches: [], reads: [], people: { seats: 10, used: 7 }, takes: [], nowMs: () => nowMs },
    passMs(ms) {
      nowMs += ms;
      for (const one of later.filter(({ atMs }) => atMs <= nowMs)) {
        later.splice(later.indexOf(one), 1);
        one.change();
      }
    },
    async open(to) {
      await openEnd(deps, of, { key: 'ann', tenant: 't' }, to);
      await term.run(2_000);
    },
    async apply(event) {
      const applied = await applyEvent(deps, of, event, { by: 'by' in event ? { key: event.by, tenant: 't' } : BOT });
      return 'refused' in applied ? applied.refused : applied.move.state;
    },
    approve: async (by = 'bo', fourEyes = { when: 'off' }) =>
      term.apply({ kind: 'approve', by, roles: ['approver'], hash: (await term.move()).end?.hash ?? '', fourEyes }),
    async run(forMs) {
      const end = nowMs + forMs;
      for (let turn = 0; nowMs < end; turn++) {
        if (turn > TURNS_MAX) throw new Error('It goes round and round.');
        const next = await handleMove(deps, { queue: 'move', what: 'move', ...of });
        term.passMs(Math.max(1, Math.min(typeof next === 'object' ? next.retryInMs : Number.POSITIVE_INFINITY, end - nowMs)));
      }
    },
    async move() {
      return (await store.get<Move>(...ofCustomer('c'), (await term.ticket()).move ?? ''))?.value as Move;
    },
    ticket: async () => (await store.get<Ticket>(...ofCustomer('c'), ticketKey('S-1042')))?.value as Ticket,
    known: async () => (await store.get<TrackedSubscription>(...ofCustomer('c'), subscriptionKey(ID)))?.value as TrackedSubscription,
    news: async () => (await store.range<{ kind: string }>(...ofCustomer('c'), ...keysWith(OUTBOX))).map((row) => row.value.kind),
    record: async () => readRecord(store, await term.ticket()),
  };
  return term;
}

/** Something is planned for the end of its term. */
export const planned = (actionType: string, more: Json = {}): Json => ({ scheduledActions: [{ scheduleType: 'TermEnd', actionType, ...more }] });
