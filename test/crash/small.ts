/** A small world for plays: the pretend Partner Center over its own time, a store whose process may be killed, and wake-ups that come late, twice, or not at all. */
import { fileURLToPath } from 'node:url';
import { ticketCard } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import { readProgrammes } from '../../services/catalogue/programmes.ts';
import { type Clock, dayOf } from '../../services/clock.ts';
import type { Chat, Ticket } from '../../services/domain/ticket.ts';
import { kindOf } from '../../services/local/sandbox/planned.ts';
import { fetchFrom, type PlainResponse } from '../../services/local/sandbox/server.ts';
import { emptyWorld, type HeldCustomer, type HeldSubscription, type World } from '../../services/local/sandbox/state.ts';
import { settle } from '../../services/local/sandbox/time.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { PartnerCenter } from '../../services/partnerCenter/port.ts';
import { textOf, type WakeUp } from '../../services/queue/messages.ts';
import type { JobResult, WakeUps } from '../../services/queue/worker.ts';
import type { Store } from '../../services/store/store.ts';
import { cardViewOf } from '../../services/ticketView.ts';
import { type MemoryStore, memoryStore } from '../support/memory.ts';
import { SHOWS } from '../support/samples.ts';

export const PROGRAMMES = readProgrammes([fileURLToPath(new URL('../../services/catalogue/programmes/', import.meta.url))]);

/** This process is killed. */
export class Crash extends Error {}

/** Where a bug can be put. */
export interface SmallBugs {
  partnerCenter?(pc: PartnerCenter): PartnerCenter;
  store?(store: Store): Store;
}

export interface Small {
  random(): number;
  nowMs(): number;
  pass(ms: number): void;
  faults(): number;
  /** From now on nothing goes wrong. */
  calm(): void;
  /** The process that was killed is another one now. */
  restart(): void;
  clock: Clock;
  world: World;
  /** As it is, without faults. */
  memory: MemoryStore;
  store: Store;
  partnerCenter: PartnerCenter;
}

interface Options {
  /** `2027-01-20T08:00:00Z` */
  startsAt: string;
  /** How often a call goes wrong. */
  rate: number;
  customers: readonly HeldCustomer[];
  bugs: SmallBugs | null;
  /** What is always refused. */
  refuses?(url: string, method: string): boolean;
}

export function openSmall(random: () => number, options: Options): Small {
  let nowMs = Date.parse(options.startsAt);
  let [faults, rate, dead] = [0, options.rate, false];
  const world = emptyWorld(null);
  world.requestsPerMinute = 1e12;
  for (const customer of options.customers) world.customers.set(customer.id, customer);
  const keepTime = () => {
    world.offsetMs = nowMs - Date.now();
    settle(world);
  };
  const clock: Clock = {
    now: () => new Date(nowMs),
    wallMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
  const wrong = () => {
    const is = random() < rate;
    if (is) faults += 1;
    return is;
  };
  /** Whoever was killed does nothing more. */
  const alive = () => {
    if (dead) throw new Crash('dead');
  };
  const killed = (when: string) => {
    dead = true;
    return new Crash(when);
  };
  const inner = fetchFrom(world);
  const fetch = async (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
    alive();
    keepTime();
    if (options.refuses?.(url, init.method)) return answer(500, 500);
    if (!wrong()) return inner(url, init);
    const roll = random();
    if (roll < 0.3) throw new Error('unheard');
    if (roll < 0.6) {
      await inner(url, init);
      throw new Error('lost');
    }
    return init.method === 'PATCH' && roll < 0.75 ? answer(409, 900278) : answer(roll < 0.9 ? 500 : 429, 500);
  };
  const client = { baseUrl: 'http://small', tokens: sandboxTokens, clock, locale: 'en-US', budget: { take: async () => {}, pause: async () => {} }, fetch };
  const memory = memoryStore();
  const crashing: Store = {
    ...memory,
    async get(...given) {
      alive();
      return memory.get(...given);
    },
    async commit(...given) {
      alive();
      const roll = wrong() ? random() : 1;
      if (roll < 0.5) throw killed('before a commit');
      const done = await memory.commit(...given);
      if (roll < 1) throw killed('after a commit');
      return done;
    },
  };
  const pc = httpPartnerCenter(client, client);
  return {
    ...{ random, clock, world, memory, nowMs: () => nowMs, faults: () => faults },
    store: options.bugs?.store?.(crashing) ?? crashing,
    partnerCenter: options.bugs?.partnerCenter?.(pc) ?? pc,
    pass(ms) {
      nowMs += ms;
      keepTime();
    },
    calm() {
      rate = 0;
    },
    restart() {
      dead = false;
    },
  };
}

function answer(status: number, code: number): PlainResponse {
  return { ok: false, status, headers: { get: () => null }, text: async () => JSON.stringify({ code, description: 'A planted fault.' }) };
}

/** How a closed ticket's card is silent about what its old subscription goes on costing; null where it is not. */
export async function unsaidCost(deps: { store: Store; clock: Clock }, held: HeldSubscription, ticket: Ticket, now: Date): Promise<string | null> {
  if (!ticket.closed) return null;
  const { wire } = held;
  const chat: Chat = { key: 'chat', kind: 'channel', reference: {}, tenantId: 't', watching: [] } as unknown as Chat;
  const view = { ...deps, fourEyes: { when: 'off' }, shows: SHOWS } as unknown as Parameters<typeof cardViewOf>[0];
  const { claims } = ticketCard(await cardViewOf(view, chat, ticket, 'h'), en);
  // What is suspended of new commerce is billed to its last day.
  const costs = wire.status === 'active' || (wire.status === 'suspended' && kindOf(held) === 'newCommerce' && dayOf(wire.commitmentEndDate) >= dayOf(now));
  const says = claims.some(({ claims: what }) => what === 'renews' || what === 'termEnds' || what === 'ends');
  const saysGone = claims.some(({ claims: what }) => what === 'gone');
  if (!costs || (says && !saysGone)) return null;
  return `it is ${wire.status}, and its closed card says ${claims.map((claim) => claim.claims).join(', ') || 'nothing of it'}`;
}

/** Wake-ups as the queues bring them. */
export interface Wakes {
  wake: WakeUps;
  /** When the next one comes up; infinite where none waits. */
  nextAt(): number;
  /** Takes all that are due. */
  turn(): Promise<void>;
}

const HIDDEN_MS = 20_000;
const SCHEDULED_MS = 4_000;

/** `lost`: how often a wake-up that is only sent at once does not come; `twice`: how often one is taken by two processes at a time. */
export function openWakes(one: Small, handle: (wakeUp: WakeUp) => Promise<JobResult>, { lost, twice }: { lost: number; twice: number }): Wakes {
  const waiting = new Map<string, { wakeUp: WakeUp; atMs: number }>();
  const put = (wakeUp: WakeUp, ms: number) => {
    const text = textOf(wakeUp);
    waiting.set(text, { wakeUp, atMs: Math.min(waiting.get(text)?.atMs ?? Number.POSITIVE_INFINITY, one.nowMs() + ms) });
  };
  async function take(wakeUp: WakeUp): Promise<void> {
    try {
      const next = await handle(wakeUp);
      if (typeof next === 'object') put(next.as ?? wakeUp, next.retryInMs);
    } catch {
      // Whoever is killed over it, or fails, lets it come up again.
      put(wakeUp, HIDDEN_MS);
    }
  }
  return {
    wake: {
      schedule: async (wakeUp, delayMs = SCHEDULED_MS) => put(wakeUp, delayMs),
      now: (wakeUp) => {
        if (one.random() >= lost) put(wakeUp, 0);
      },
    },
    nextAt: () => Math.min(Number.POSITIVE_INFINITY, ...[...waiting.values()].map((each) => each.atMs)),
    async turn() {
      for (const [text, { wakeUp, atMs }] of [...waiting]) {
        if (atMs > one.nowMs()) continue;
        waiting.delete(text);
        await (one.random() < twice ? Promise.all([take(wakeUp), take(wakeUp)]) : take(wakeUp));
        one.restart();
      }
    },
  };
}
