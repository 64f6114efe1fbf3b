/** Ten thousand people's licences against the requests that the service permits, with refusals, lost replies, and a process that dies. In virtual time. */
import type { Clock } from '../../services/clock.ts';
import type { TrackedSubscription, Move } from '../../services/domain/ticket.ts';
import { applyEvent } from '../../services/moves/apply.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { sharedBudget } from '../../services/sharedBudget.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { EVERYBODY, meet } from '../../services/people/people.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';
import type { Store } from '../../services/store/store.ts';
import { NO_SHEETS, sampleTicket, sampleMove } from '../support/samples.ts';
import { type MemoryStore, memoryStore } from '../support/memory.ts';
import { tell, tellBound } from './report.ts';
import { chance } from './service.ts';
import { type VirtualTime, virtualTime } from '../support/time.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import { ofCustomer, subscriptionKey, ticketKey } from '../../services/store/rows.ts';

const PEOPLE = 10_000;
const PER_MINUTE = 180;
const CALLS_EACH = 3;
const REFUSED = 0.02;
const LOST = 0.01;
const ROUNDS = 7;
const PAGE = 500;
const FOR_MS = 24 * 3_600_000;
const OLD = 'old-sku';
const NEW = 'new-sku';
const PLANS = [{ id: 'plan-a', capabilityStatus: 'Enabled' }];

interface Tenant {
  held: Map<string, Set<string>>;
  /** Swaps that were carried out or refused for a reason, by person. */
  swaps: Map<string, number>;
  /** At some moment somebody had neither licence, or both. */
  wrong: number;
  calls: number;
  fetch(url: string, init: { method: string; body?: string }): Promise<PlainResponse>;
}

/** A tenant's users and licences. A lost reply is a connection that ends after the work was done. */
function tenant(clock: Clock, seed: number): Tenant {
  const random = chance(seed);
  const held = new Map(Array.from({ length: PEOPLE }, (_, n) => [`u${String(n).padStart(6, '0')}`, new Set([OLD])]));
  const ids = [...held.keys()];
  const own: Tenant = { held, swaps: new Map(), wrong: 0, calls: 0, fetch };
  return own;

  async function fetch(address: string, init: { method: string; body?: string; headers?: Record<string, string> }): Promise<PlainResponse> {
    own.calls += 1;
    const { pathname } = new URL(address);
    const user = /users\/([^/]+)\//.exec(pathname)?.[1] ?? '';
    const swap = init.method === 'POST';
    await clock.sleep(50 + random() * 250);
    const refused = random() < REFUSED;
    const answer = refused ? plain(429, { code: 429 }, { 'Retry-After': '1' }) : plain(swap ? 201 : 200, work(pathname, user, init));
    if (refused || random() >= LOST) return answer;
    // Half of them are lost at once, half are never heard of until whoever asked gives up.
    if (random() < 0.5) await clock.sleep(swap ? 30_000 : 10_000);
    throw new Error('read ECONNRESET');
  }

  function work(pathname: string, user: string, init: { method: string; body?: string; headers?: Record<string, string> }): object {
    if (pathname.endsWith('/licenses')) return { items: [...(held.get(user) as Set<string>)].map((id) => ({ productSku: { id }, servicePlans: PLANS })) };
    if (pathname.endsWith(`/subscriptions/${subscriptionId}`))
      return { id: subscriptionId, offerId: 'CFQ1', quantity: PEOPLE, status: 'active', autoRenewEnabled: false, commitmentEndDate: '2027-03-03T00:00:00Z' };
    if (pathname.endsWith('/users')) {
      const from = Number(init.headers?.['MS-ContinuationToken'] ?? 0);
      const items = ids.slice(from, from + PAGE).map((id) => ({ id, displayName: `Person ${id}`, usageLocation: 'IE' }));
      const next = { headers: [{ key: 'MS-ContinuationToken', value: String(from + PAGE) }] };
      return { items, links: from + PAGE < PEOPLE ? { next } : {} };
    }
    if (pathname.endsWith('/subscribedskus')) {
      const pool = (id: string) => {
        const consumed = [...held.values()].filter((one) => one.has(id)).length;
        return { productSku: { id }, activeUnits: PEOPLE, consumedUnits: consumed, availableUnits: PEOPLE - consumed, servicePlans: PLANS };
      };
      return { items: [pool(OLD), pool(NEW)] };
    }
    const { licensesToAssign, licensesToRemove } = JSON.parse(init.body ?? '{}') as { licensesToAssign: { skuId: string }[]; licensesToRemove: string[] };
    const licences = held.get(user) as Set<string>;
    for (const id of licensesToRemove) licences.delete(id);
    for (const { skuId } of licensesToAssign) licences.add(skuId);
    if (licences.size !== 1) own.wrong += 1;
    own.swaps.set(user, (own.swaps.get(user) ?? 0) + 1);
    return {};
  }
}

function plain(status: number, body: object, headers: Record<string, string> = {}): PlainResponse {
  return { ok: status < 300, status, headers: { get: (name) => headers[name] ?? null }, text: async () => JSON.stringify(body) };
}

const { customerId, subscriptionId, id: ticketId } = sampleTicket();

/** The move as it stands after the purchase. */
async function seeded(store: Store): Promise<string> {
  const by = await meet(store, { objectId: 'o', tenantId: 't', name: 'Ann' }, null, '2027-01-20');
  const move = sampleMove({
    state: 'purchased',
    sku: { from: OLD, to: NEW },
    approval: { by: by.key, at: '2027-01-20T09:00:00Z', hash: 'h' },
    people: null,
  });
  await store.put(...ofCustomer(customerId), ticketKey(ticketId), sampleTicket({ move: move.key }));
  await store.put(...ofCustomer(customerId), move.key, move);
  const snapshot = { id: subscriptionId, customerId, quantity: PEOPLE } as TrackedSubscription['snapshot'];
  await store.put(...ofCustomer(customerId), subscriptionKey(subscriptionId), {
    snapshot,
    episode: 1,
    ticket: ticketId,
    liveMove: move.key,
    moves: 1,
    goneAt: null,
  });
  return by.key;
}

/** A process of the bot, as far as it moves people. Once it is dead, nothing that it began is heard of again. */
function processOf(name: string, store: MemoryStore, time: VirtualTime, service: Tenant, dead: () => boolean): MoveDeps {
  const { clock } = time;
  const never = new Promise<never>(() => {});
  const alive =
    <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      if (dead()) return never;
      const answer = await work(...given);
      return dead() ? never : answer;
    };
  const own: Store = {
    get: alive(store.get),
    range: alive(store.range),
    scan: store.scan,
    commit: alive(store.commit),
    put: alive(store.put),
    remove: alive(store.remove),
    clockSkewMs: () => 0,
  } as Store;
  const client = {
    baseUrl: 'http://pretend',
    tokens: sandboxTokens,
    clock,
    locale: 'en-US',
    fetch: alive(service.fetch),
    budget: sharedBudget(own, clock, 'licences', PER_MINUTE),
  };
  return {
    store: own,
    clock,
    wake: { schedule: async () => {}, now: () => {} },
    programmes: [],
    partnerCenter: httpPartnerCenter(client, client),
    priceSheets: NO_SHEETS,
    log: { info: () => {}, warn: () => {} },
    workerId: name,
    directory: EVERYBODY,
    isReadOnly: async () => false,
  };
}

/** Turns the move's crank as the worker does. */
async function turning(deps: MoveDeps, stop: () => boolean): Promise<void> {
  while (!stop()) {
    const turn = await handleMove(deps, { queue: 'move', what: 'move', customerId, subscriptionId });
    await deps.clock.sleep(typeof turn === 'string' ? 1_000 : turn.retryInMs);
  }
}

interface Moved {
  seconds: number;
  calls: number;
  /** People who do not hold exactly the new licence at the end, and those who at some moment held both or none. */
  wrong: number;
  /** Swaps beyond one a person, of all and of one. */
  again: number;
  mostAgain: number;
}

/** Counts, confirms and moves everybody; with `killAtS` the first of two processes dies then. */
async function move(seed: number, killAtS: number | null): Promise<Moved> {
  const time = virtualTime();
  const store = memoryStore();
  const service = tenant(time.clock, seed);
  const by = await seeded(store);
  let dead = false;
  let over = false;
  const one = processOf('one', store, time, service, () => dead);
  const two = processOf('two', store, time, service, () => false);
  const from = time.nowMs();
  void turning(one, () => over);
  if (killAtS !== null) {
    void time.clock.sleep(killAtS * 1_000).then(() => {
      dead = true;
    });
    void time.clock.sleep(killAtS * 1_000 + 1).then(() => turning(two, () => over));
  }
  void pressing(two, by, () => over);
  const state = async () => (await store.get<Move>(...ofCustomer(customerId), 'mov_1'))?.value.state;
  void (async () => {
    while ((await state()) !== 'reassigned') await time.clock.sleep(200);
    over = true;
  })();
  await time.run(() => over, FOR_MS);
  const swaps = [...service.swaps.values()];
  return {
    seconds: (time.nowMs() - from) / 1_000,
    calls: service.calls,
    wrong: service.wrong + [...service.held.values()].filter((held) => held.size !== 1 || !held.has(NEW)).length,
    again: swaps.reduce((sum, n) => sum + n - 1, 0),
    mostAgain: Math.max(...swaps) - 1,
  };
}

/** Somebody confirms the people as soon as they are counted, and tries those again that failed. */
async function pressing(deps: MoveDeps, by: string, stop: () => boolean): Promise<void> {
  while (!stop()) {
    const move = (await deps.store.get<Move>(...ofCustomer(customerId), 'mov_1'))?.value;
    if (move?.state === 'purchased' && move.people)
      await applyEvent(deps, { customerId, subscriptionId }, { kind: 'confirmUsers', by, except: [] }, { by: { key: by, tenant: 't' } });
    await deps.clock.sleep(500);
  }
}

const FLOOR_S = (PEOPLE * CALLS_EACH * 60) / PER_MINUTE;
const times: [number, number][] = [];
const calls: [number, number][] = [];
const wrong: number[] = [];
const again: number[] = [];
const mostAgain: number[] = [];
const wrongKilled: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const whole = await move(round, null);
  times.push([whole.seconds, FLOOR_S]);
  calls.push([whole.calls, PEOPLE * CALLS_EACH]);
  wrong.push(whole.wrong);
  const killed = await move(100 + round, FLOOR_S * (0.5 + 0.05 * round));
  again.push(killed.again);
  mostAgain.push(killed.mostAgain);
  wrongKilled.push(killed.wrong);
}
tell('licences', `${PEOPLE} people counted, moved and read again at ${PER_MINUTE} requests a minute, virtual time`, 's', times, { most: 1.05 });
tell('licences', 'requests for them, with 2 % refused and 1 % of the replies lost', '', calls, { most: 1.05 });
tellBound('licences', 'people who do not hold exactly the new licence', 'people', wrong, { most: 0 });
tellBound('licences', 'the same where a process died in between', 'people', wrongKilled, { most: 0 });
tellBound('licences', 'swaps repeated for one person who was being moved when it died', 'swaps', mostAgain, { most: 1 });
tellBound('licences', 'people for whom it was repeated, of the eight in flight', 'people', again, { most: 8 });
process.exit(0);
