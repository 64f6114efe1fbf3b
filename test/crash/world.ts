/** The whole product but botbuilder, in one process: instances of the bot over shared storage, a pretend Partner Center and chats, all behind the simulation's gates. */
import crypto from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { onAction } from '../../bot/turns/press.ts';
import { onCommand } from '../../bot/turns/command.ts';
import { answersGoTo } from '../../bot/turns/pointer.ts';
import { reportIn } from '../../bot/turns/report.ts';
import { rendererIn } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en/en.ts';
import { slots } from '../../services/export/file.ts';
import type { Command } from '../../dialogs/types.ts';
import { activityOf } from '../../services/domain/activity.ts';
import type { FourEyes } from '../../services/approval/approval.ts';
import { readProgrammes } from '../../services/catalogue/programmes.ts';
import type { Chat, Move } from '../../services/domain/ticket.ts';
import { createMetrics } from '../../services/metrics.ts';
import { isLive } from '../../services/moves/states.ts';
import { handleMove } from '../../services/moves/handler.ts';
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import type { PartnerCenter } from '../../services/partnerCenter/port.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { directoryOf, meet } from '../../services/people/people.ts';
import type { Colleague } from '../../services/people/roles.ts';
import { seed as seedWorld } from '../../services/local/sandbox/seed.ts';
import { fetchFrom, type PlainResponse } from '../../services/local/sandbox/server.ts';
import { emptyWorld, type HeldCustomer, type HeldUser, type World } from '../../services/local/sandbox/state.ts';
import { meetChat, updateChat } from '../../services/chats.ts';
import { handleNotify } from '../../services/notify/handler.ts';
import type { Store } from '../../services/store/store.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { openPace } from '../../services/watch/rest.ts';
import { listingJob } from '../../services/watch/customers.ts';
import { createWorker, type Handlers, type Worker } from '../../services/queue/worker.ts';
import { type MemoryQueues, type MemoryStore, memoryQueues, memoryStore } from '../support/memory.ts';
import { asIs, type Bugs } from './mutants.ts';
import { type Remembered, remembering } from './seen.ts';
import type { Disturbance, Owner, Simulation } from './simulation.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import type { Deliver, Renderer, Message, NotifyDeps } from '../../services/notify/ports.ts';
import type { SweepDeps } from '../../services/watch/deps.ts';
import type { TurnResult, Turn, TurnDeps } from '../../bot/turns/turn.ts';
import { AUDIT, MOVE } from '../../services/store/rows.ts';
import { NO_SHEETS, SHOWS } from '../support/samples.ts';
import { ENGLISH } from '../support/speaking.ts';

export const REST_MS = 15_000;
export const RESTART_MS = 3_000;
const PROGRAMMES = readProgrammes([fileURLToPath(new URL('../../services/catalogue/programmes/', import.meta.url))]);
const IDLE_MS = [200, 800, 3_000, 12_000];
const LOOKS = rendererIn(en);
const SEEDED = seedWorld('2027-01-20').filter((one) => one.name === 'Contoso Ltd' || one.name === 'Northwind Traders');

export interface Person extends Colleague {
  tenantId: string;
}

const person = (name: string, tenantId: string, ...roles: Colleague['roles']): Person => ({ objectId: `oid-${name.toLowerCase()}`, name, tenantId, roles });
export const ANN = person('Ann', 'partner', 'requester');
export const BO = person('Bo', 'partner', 'approver');
export const CY = person('Cy', 'partner', 'approver');
export const VI = person('Vi', 'partner', 'viewer');
/** Somebody of another company who got hold of a card. */
export const MAL = person('Mal', 'elsewhere');
export const STAFF = [ANN, BO, CY, VI];

/** A card as it stands in a chat. */
export interface CardSeen {
  id: string;
  chat: string;
  card: Record<string, unknown>;
  edits: number;
  /** As it was posted. */
  first: string;
  at?: number;
  /** Somebody took it out of the chat. */
  deleted?: boolean;
  deletedAt?: number;
}

export interface ChatPlace {
  id: string;
  kind: Chat['kind'];
  key: string;
}

export interface Instance {
  owner: Owner;
  worker: Worker;
  bugs: Bugs;
  turning: TurnDeps;
}

export interface Press {
  person: Person;
  chat: ChatPlace;
  verb: string;
  data: Record<string, unknown>;
  cardId: string;
}

export interface SimulatedWorld extends Remembered {
  sim: Simulation;
  store: MemoryStore;
  queues: MemoryQueues;
  sandbox: World;
  cards: CardSeen[];
  /** Posts whose answer was lost, by chat. */
  ambiguous: Map<string, number>;
  /** Cards that somebody asked for again, by chat. */
  askedAgain: Map<string, number>;
  instances: Instance[];
  logs: string[];
  said: string[];
  answers: { press: Press; answer: string }[];
  /** Lines of the record that were written over or taken away. */
  rewritten: string[];
  /** Most moves of one subscription that were ever alive together. */
  mostLive: number;
  /** Licences after each write that took effect: of the user it changed, else of everybody. */
  snapshots: { kind: string; customer: string; licences: Map<string, string[]> }[];
  chats: ChatPlace[];
  /** Names by person key. */
  keys: Map<string, string>;
  crashes: number;
  /** How many activities came, for their ids. */
  came: number;
  /** Longest that a press waited for its answer, by the simulated time. */
  slowestMs: number;
  /** Nothing is swept: only wake-ups bring the work on. */
  sweepsRest: boolean;
  /** Tickets by handle. */
  handles: Map<string, string>;
  /** Every press that was made, for making it again after the end. */
  pressed: Press[];
  /** When auto-renew was switched off or on, by customer. */
  flips: { customer: string; atMs: number; off: boolean }[];
  /** Whether Microsoft or an admin may change something of this customer now without our doing it in the same moment. */
  mayInterfere(customer: string): boolean;
  flip(customer: string, off: boolean): void;
  reassignByHand(customer: string): void;
  press(press: Press, twice?: boolean): void;
  write(who: Person, chat: ChatPlace, command: Command): void;
  /** Activities come in through the bot's own door. */
  atTheDoor: boolean;
  /** Types it; only where activities come in through the bot's own door. */
  type(who: Person, chat: ChatPlace, text: string): void;
  /** From now on faults are planted. */
  arm(): void;
  readonly armed: boolean;
}

export interface WorldOptions {
  instances: number;
  skewMs: number[];
  customers: number;
  channels: number;
  /** Holders of the old licence at each customer. */
  holders: number;
  fourEyes: FourEyes;
  /** How long Teams may take to answer a post. */
  slowTeamsMs: number;
  bugs: Bugs | null;
  /** What stands for Partner Center and Teams; without it their ports are answered directly. */
  outside?: Outside;
  periodMs?: number;
  idleMs?: number[];
}

/** The worlds outside, at the wire. */
export interface Outside {
  /** Before any instance of the bot is there. */
  prepare(world: SimulatedWorld): void;
  partnerCenter(world: SimulatedWorld, owner: Owner, bugs: Bugs): PartnerCenter;
  deliver(world: SimulatedWorld, owner: Owner): Deliver;
  moveIn(world: SimulatedWorld): Promise<void>;
  press(world: SimulatedWorld, press: Press, twice: boolean): void;
  type(world: SimulatedWorld, who: Person, chat: ChatPlace, text: string): void;
}

/** Builds the world, with the first look at all customers already taken. */
export async function openWorld(sim: Simulation, armed: { on: boolean }, options: WorldOptions): Promise<SimulatedWorld> {
  const store = memoryStore();
  const queues = memoryQueues(sim.nowMs);
  const sandbox = emptyWorld(null);
  sandbox.requestsPerMinute = 1e12;
  for (const one of SEEDED.slice(0, options.customers)) sandbox.customers.set(one.id, smaller(one, options.holders));
  const bugs = options.bugs ?? asIs;
  const { outside } = options;
  let begun = false;
  const world: SimulatedWorld = {
    ...remembering({ nowMs: sim.nowMs, customers: () => sandbox.customers.values() }),
    sim,
    store,
    queues,
    sandbox,
    cards: [],
    ambiguous: new Map(),
    askedAgain: new Map(),
    instances: [],
    logs: [],
    said: [],
    answers: [],
    rewritten: [],
    mostLive: 0,
    snapshots: [],
    chats: [],
    keys: new Map(),
    crashes: 0,
    came: 0,
    slowestMs: 0,
    sweepsRest: false,
    handles: new Map(),
    pressed: [],
    flips: [],
    atTheDoor: outside !== undefined,
    mayInterfere: (customer) => !suspendingNow(world, customer),
    flip: (customer, off) => flip(world, customer, off),
    reassignByHand: (customer) => reassignByHand(world, customer),
    press: (press, twice) => (outside ? outside.press(world, press, twice ?? false) : void pressOn(world, press, twice ?? false)),
    write: (who, chat, command) => void writeOn(world, who, chat, command),
    type: (who, chat, text) => outside?.type(world, who, chat, text),
    arm: () => {
      armed.on = true;
      begun = true;
    },
    get armed() {
      return begun;
    },
  };
  world.people = [...STAFF, MAL];
  watchLive(world);
  watchWrites(world);
  outside?.prepare(world);
  world.noteTruth();
  let made = 0;
  const start = (at: number, name: string) => {
    world.instances[at] = newInstance(world, bugs, { name, dead: false, skewMs: options.skewMs[at] ?? 0 }, options, ++made);
  };
  for (let at = 0; at < options.instances; at++) start(at, `bot${at}`);
  sim.onCrash = (owner) => {
    world.crashes += 1;
    const at = world.instances.findIndex((one) => one.owner === owner);
    if (at >= 0) sim.after(RESTART_MS, null, () => start(at, owner.name));
  };
  await sim.drive(() => isBaseline(store), 600_000);
  if (outside) {
    let there = false;
    void outside.moveIn(world).then(() => {
      there = true;
    });
    await sim.drive(() => there, 600_000);
  }
  for (const [id, kind] of outside
    ? []
    : ([
        ['19:a', 'channel'],
        ['19:b', 'channel'],
        ['a:bo', 'personal'],
        ['a:mal', 'personal'],
      ] as [string, Chat['kind']][])) {
    const who = id === 'a:mal' ? MAL : BO;
    const seen = await seenBy(store, world.instances[0]?.turning as TurnDeps, who, { id, kind, key: '' }, { id: '', words: '', atMs: sim.nowMs() });
    world.chats.push({ id, kind, key: seen.chat.key });
    if (kind === 'channel' && world.chats.length <= options.channels)
      await updateChat(store, seen.chat.key, () => ({ ...seen.chat, watching: [{ what: 'all' }], watchedAt: new Date(sim.nowMs()).toISOString() }));
  }
  await sim.drive(() => false, 2_000);
  world.arm();
  return world;
}

function isBaseline(store: MemoryStore): boolean {
  return store.texts().some((text) => text.includes('"baselineAt":"'));
}

/** Few people with the old licence, and seats for just them. */
function smaller(customer: HeldCustomer, holders: number): HeldCustomer {
  const copy = structuredClone(customer);
  const own = copy.users.filter((user) => Object.keys(user.licences).length > 0 && user.usageLocation !== null);
  copy.users = Array.from(
    { length: holders },
    (_, n) => own[n] ?? { ...structuredClone(own[n % own.length] as HeldUser), id: crypto.randomUUID(), displayName: `Person ${n}` },
  );
  copy.subscriptions = copy.subscriptions.filter((held) => !held.wire.parentSubscriptionId).slice(0, 1);
  for (const held of copy.subscriptions) held.wire.quantity = holders;
  return copy;
}

function watchLive(world: SimulatedWorld): void {
  const live = new Map<string, Set<string>>();
  const put = world.store.put;
  world.store.put = (table, partition, key, value) => {
    const ticketId = table === 'handles' ? (value as { ticketRef?: { ticketId: string } }).ticketRef?.ticketId : undefined;
    if (ticketId) world.handles.set(key, ticketId);
    return put(table, partition, key, value);
  };
  world.store.onCommit = (table, partition, changes) => {
    if (table === 'people' && partition === 'person') for (const change of changes) if (change.op !== 'delete') noteKey(world, change.key, change.value);
    if (table !== 'customers') return;
    for (const change of changes) {
      if (change.key.startsWith(AUDIT) && change.op !== 'create') world.rewritten.push(change.key);
      if (change.key.startsWith(AUDIT)) world.recordedAt.set(`${partition} ${change.key}`, world.sim.nowMs());
      if (!change.key.startsWith(MOVE) || change.op === 'delete') continue;
      const move = change.value as Move;
      const of = live.get(move.subscriptionId) ?? new Set();
      live.set(move.subscriptionId, of);
      if (isLive(move)) of.add(move.key);
      else of.delete(move.key);
      world.mostLive = Math.max(world.mostLive, of.size);
    }
  };
}

function noteKey(world: SimulatedWorld, key: string, value: unknown): void {
  const { name, objectId } = value as { name: string; objectId?: string };
  world.keys.set(key, world.people.find((one) => one.objectId === objectId)?.name ?? name);
}

/** Looks at the stored rows: whether a suspension is being asked for in this moment. */
function suspendingNow(world: SimulatedWorld, customer: string): boolean {
  return world.store.texts().some((text) => text.includes('"state":"suspending"') && text.includes(customer));
}

function flip(world: SimulatedWorld, customer: string, off: boolean): void {
  const held = world.sandbox.customers.get(customer)?.subscriptions[0];
  // What is suspended neither renews nor stops renewing.
  if (held?.wire.status !== 'active' || held.wire.autoRenewEnabled !== off) return;
  held.wire.autoRenewEnabled = !off;
  held.retired = off;
  held.version += 1;
  world.flips.push({ customer, atMs: world.sim.nowMs(), off });
  world.noteTruth();
}

/** An admin of the customer takes the old licence from somebody, or gives it to somebody who has the new one only. */
function reassignByHand(world: SimulatedWorld, customer: string): void {
  const of = world.sandbox.customers.get(customer);
  const old = of?.subscriptions[0]?.skuId;
  const user = of?.users[Math.floor(world.sim.random() * of.users.length)];
  if (!of || !old || !user) return;
  if (!(old in user.licences)) user.licences[old] = [];
  else if (Object.keys(user.licences).length > 1) delete user.licences[old];
  world.noteTruth();
}

function watchWrites(world: SimulatedWorld): void {
  const push = world.sandbox.writes.push.bind(world.sandbox.writes);
  world.sandbox.writes.push = (...lines) => {
    const n = push(...lines);
    world.noteTruth();
    for (const line of lines) {
      const customer = /customers\/([^/]+)/.exec(line.path)?.[1] ?? '';
      if (line.kind === 'subscriptionPatch') world.ownPatches.add(`${customer} ${world.sim.nowMs()}`);
      const changed = /users\/([^/]+)/.exec(line.path)?.[1];
      const users = (world.sandbox.customers.get(customer)?.users ?? []).filter((user) => changed === undefined || user.id === changed);
      world.snapshots.push({ kind: line.kind, customer, licences: new Map(users.map((user) => [user.id, Object.keys(user.licences)])) });
    }
    return n;
  };
}

const failure = (text: string) => Object.assign(new Error(text), { planted: true });

const storeDisturbance =
  (commit: boolean): Disturbance =>
  (fault) => {
    if (fault === 'status409' || fault === 'status412') return commit ? { answer: 'conflict' } : null;
    return failure(`the storage: ${fault}`);
  };
const queueDisturbance: Disturbance = (fault) => (fault === 'status409' || fault === 'status412' ? null : failure(`the queue: ${fault}`));

/** A note that storage has not taken leaves the same gap as a post without an answer: meanwhile another may post. */
function unnoted(world: SimulatedWorld, key: string, count: 1 | -1): void {
  const chat = /^ntc_S-\d+_(.+)$/.exec(key)?.[1];
  if (chat) world.ambiguous.set(chat, (world.ambiguous.get(chat) ?? 0) + count);
}

function gatedStore(world: SimulatedWorld, owner: Owner): Store {
  const { sim, store } = world;
  return {
    get: (table, partition, key) => sim.call(owner, `store.get ${table}`, false, storeDisturbance(false), () => store.get(table, partition, key)),
    range: (table, partition, from, to, limit) =>
      sim.call(owner, `store.range ${table}`, false, storeDisturbance(false), () => store.range(table, partition, from, to, limit)),
    scan: (table, from, to) => store.scan(table, from, to),
    commit: (table, partition, changes) => {
      const key = changes[0]?.key ?? '';
      const done = sim.call(owner, `store.commit ${table} ${key.slice(0, 4)}`, true, storeDisturbance(true), () => store.commit(table, partition, changes));
      unnoted(world, key, 1);
      done.then(
        () => unnoted(world, key, -1),
        () => {},
      );
      return done;
    },
    put: (table, partition, key, value) => sim.call(owner, `store.put ${table}`, true, storeDisturbance(false), () => store.put(table, partition, key, value)),
    remove: (table, partition, key) => sim.call(owner, `store.remove ${table}`, true, storeDisturbance(false), () => store.remove(table, partition, key)),
    clockSkewMs: () => -owner.skewMs,
  };
}

function gatedQueues(sim: Simulation, owner: Owner, queues: MemoryQueues): MemoryQueues {
  return {
    ...queues,
    send: (queue, text, delayMs) => sim.call(owner, `queue.send ${queue}`, true, queueDisturbance, () => queues.send(queue, text, delayMs)),
    take: async (queue, most, hiddenMs) => {
      const messages = await sim.call(owner, `queue.take ${queue}`, false, queueDisturbance, () => queues.take(queue, most, hiddenMs));
      return messages.map((message) => ({
        ...message,
        postpone: (ms, text) => sim.call(owner, `queue.postpone ${queue}`, false, queueDisturbance, () => message.postpone(ms, text)),
        done: () => sim.call(owner, `queue.done ${queue}`, true, queueDisturbance, () => message.done()),
      }));
    },
  };
}

const answerWith = (status: number, code: number, headers: Record<string, string> = {}): { answer: PlainResponse } => ({
  answer: {
    ok: false,
    status,
    headers: { get: (name) => headers[name] ?? null },
    text: async () => JSON.stringify({ code, description: 'A planted fault.' }),
  },
});

function httpDisturbance(method: string, path: string): Disturbance {
  return (fault) => {
    if (fault === 'status429') return answerWith(429, 429, { 'Retry-After': '1' });
    if (fault === 'status500') return answerWith(500, 500);
    if (fault === 'status409') return path.endsWith('/checkout') ? answerWith(409, 800060) : method === 'PATCH' ? answerWith(409, 800082) : null;
    if (fault === 'status412') return method === 'PATCH' ? answerWith(412, 2055) : null;
    return failure(`Partner Center: ${fault}`);
  };
}

function gatedPartnerCenter(world: SimulatedWorld, owner: Owner, bugs: Bugs): PartnerCenter {
  const { sim } = world;
  const inner = fetchFrom(world.sandbox);
  const fetch = bugs.fetch((url: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
    const path = new URL(url).pathname;
    const name = `pc ${init.method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|CFQ7[A-Z0-9]+/gi, ':id')}`;
    const disturb = httpDisturbance(init.method, path);
    const memoize: Disturbance = (fault) => {
      const effect = disturb(fault);
      // As the real one may: the same id gets the same answer, a bad one too.
      const id = init.headers['MS-RequestId'];
      if (effect && 'answer' in effect && id && init.method !== 'GET' && fault !== 'status429')
        world.sandbox.replays.set(`${id} ${init.method} ${path} ${init.body ?? ''}`, {
          status: fault === 'status500' ? 500 : 409,
          body: { code: 500, description: 'A planted fault.' },
        });
      return effect;
    };
    return sim.call(owner, name, true, memoize, () => inner(url, init));
  });
  const client = {
    baseUrl: 'http://sandbox',
    tokens: sandboxTokens,
    clock: sim.clockOf(owner),
    locale: 'en-US',
    budget: { take: async () => {}, pause: async () => {} },
    fetch,
  };
  return bugs.partnerCenter(httpPartnerCenter(client, client));
}

function gatedDeliver(world: SimulatedWorld, owner: Owner, slowTeamsMs: number): Deliver {
  const { sim } = world;
  let posted = 0;
  const to = (chat: string): Disturbance => {
    return (fault) => {
      if (fault === 'status409') return null;
      return Object.assign(failure(`Teams: ${fault}`), { chat, ambiguous: fault === 'lostReply' || fault.startsWith('late') });
    };
  };
  return {
    post: (chat, message) =>
      sim.call(owner, 'teams.post', true, to(chat.key), async () => {
        const waitMs = slowTeamsMs * sim.random();
        if (waitMs > 0) await sim.clockOf(owner).sleep(waitMs);
        const id = `m${owner.name}${++posted}${Math.floor(sim.random() * 1e9)}`;
        world.cards.push({ id, chat: chat.key, card: message.card, edits: 0, first: JSON.stringify(message.card) });
        return { activityId: id, thread: id };
      }),
    edit: (_chat, notice, message) =>
      sim.call(owner, 'teams.edit', true, to(''), async () => {
        const seen = world.cards.find((one) => one.id === notice.activityId);
        if (!seen) return 'gone';
        Object.assign(seen, { card: message.card, edits: seen.edits + 1 });
        return 'done';
      }),
    say: (_chat, _thread, text) =>
      sim.call(owner, 'teams.say', true, to(''), async () => {
        world.said.push(text);
      }),
  };
}

/** Counts the posts of which the bot cannot know whether they arrived. */
function counting(world: SimulatedWorld, deliver: Deliver): Deliver {
  return {
    ...deliver,
    async post(chat, message) {
      try {
        return await deliver.post(chat, message);
      } catch (error) {
        if ((error as { ambiguous?: boolean }).ambiguous) world.ambiguous.set(chat.key, (world.ambiguous.get(chat.key) ?? 0) + 1);
        throw error;
      }
    },
  };
}

function newInstance(world: SimulatedWorld, bugs: Bugs, owner: Owner, options: WorldOptions, n: number): Instance {
  const { sim } = world;
  const { fourEyes, slowTeamsMs, outside } = options;
  const periodMs = options.periodMs ?? REST_MS;
  const clock = sim.clockOf(owner);
  const store = bugs.store(gatedStore(world, owner));
  const queues = gatedQueues(sim, owner, world.queues);
  const note = (fields: object, message: string) => void (world.logs.length < 500 && world.logs.push(`${message} ${JSON.stringify(fields)}`));
  const log = { info: note, warn: note };
  const worker = createWorker(
    { queues, clock, log, concurrency: { sweep: 8, notify: 8, move: 8 }, jobs: [listingJob(periodMs)], idleMs: options.idleMs ?? IDLE_MS },
    () => handlers,
  );
  const wake = bugs.wake(worker.wake);
  const partnerCenter = outside ? outside.partnerCenter(world, owner, bugs) : gatedPartnerCenter(world, owner, bugs);
  const directory = directoryOf(STAFF);
  const shared = {
    store,
    partnerCenter,
    programmes: PROGRAMMES,
    clock,
    wake,
    log,
    workerId: `${owner.name}-${n}`,
    directory,
    fourEyes: bugs.fourEyes(fourEyes),
    shows: SHOWS,
    priceSheets: NO_SHEETS,
    views: outside !== undefined,
    isReadOnly: async () => false as const,
  };
  const notifying: NotifyDeps = {
    ...shared,
    deliver: counting(world, bugs.deliver(outside ? outside.deliver(world, owner) : gatedDeliver(world, owner, slowTeamsMs))),
    report: reportIn({ store, clock, ...ENGLISH, shows: SHOWS }),
    renderer: noting(world, bugs.renderer(LOOKS)),
    seenLeases: new Map(),
    answersGoTo: answersGoTo(shared),
    passMs: periodMs,
    tenantBudget: () => ({ take: async () => {}, pause: async () => {} }),
  };
  const sweeping: SweepDeps = { ...shared, lowPriority: partnerCenter, metrics: createMetrics(clock), periodMs, pace: openPace(60_000) };
  const moving: MoveDeps = shared;
  const handlers: Handlers = {
    async sweep(wakeUp) {
      if (wakeUp.what === 'anchor' || wakeUp.what === 'retention' || wakeUp.what === 'names') return 'drop';
      return world.sweepsRest ? { retryInMs: 3_600_000 } : handleSweep(sweeping, wakeUp);
    },
    notify: (wakeUp) => handleNotify(notifying, wakeUp),
    move: async (wakeUp) => (wakeUp.what === 'lateAnswer' || wakeUp.what === 'invitations' || wakeUp.what === 'bulk' ? 'drop' : handleMove(moving, wakeUp)),
  };
  worker.start();
  const said = { ...ENGLISH, readOnlySetting: false, patienceMs: 1_500, consentLink: null, noteCounts: async () => {} };
  return { owner, worker, bugs, turning: { ...shared, ...said, exports: { address: '', upload: null, slots: slots() } } };
}

/** Remembers what each card and line claims. */
function noting(world: SimulatedWorld, renderer: Renderer): Renderer {
  const noted = (message: Message) => {
    world.cardClaims.set(message.card, message.claims);
    return message;
  };
  return {
    ...renderer,
    ticket: (shown) => noted(renderer.ticket(shown)),
    movedDown: (shown) => noted(renderer.movedDown(shown)),
    line: (news, shown) => {
      const line = renderer.line(news, shown);
      if (line) world.lineClaims.set(line.text, line.claims);
      return line;
    },
    digest: (...given) => noted(renderer.digest(...given)),
    plain: (...given) => {
      const text = renderer.plain(...given);
      world.plainAlerts.add(text);
      return text;
    },
  };
}

async function seenBy(store: Store, turning: TurnDeps, who: Person, chat: ChatPlace, came: { id: string; words: string; atMs: number }): Promise<Turn> {
  const key = chat.key || Buffer.from(chat.id).toString('base64url');
  const met = await meetChat(store, { key, kind: chat.kind, reference: { id: chat.id }, tenantId: who.tenantId });
  const known = await meet(store, { objectId: who.objectId, tenantId: who.tenantId, name: who.name }, chat.kind === 'personal' ? key : null, '2027-01-20');
  const own = met.kind === 'personal' && met.person !== known.key;
  const there = own ? ((await updateChat(store, key, (now) => now && { ...now, person: known.key })) ?? met) : met;
  const actor = { key: known.key, tenant: who.tenantId, name: who.name, roles: await turning.directory.rolesOf(who.objectId) };
  const timestamp = new Date(came.atMs);
  return {
    chat: there,
    thread: chat.id,
    below: false,
    quoted: null,
    actor,
    activity: activityOf({ id: came.id, conversation: chat.id, person: known.key, words: came.words, timestamp }, came.atMs),
  };
}

function somewhere(world: SimulatedWorld): Instance | undefined {
  const alive = world.instances.filter((one) => !one.owner.dead);
  return alive[Math.floor(world.sim.random() * alive.length)];
}

/** A press goes to any instance; what goes wrong there is answered with a sentence, as the bot does. */
async function pressOn(world: SimulatedWorld, press: Press, twice: boolean): Promise<void> {
  const instance = somewhere(world);
  if (!instance) return;
  if (twice) void pressOn(world, press, false);
  const { turning } = instance;
  try {
    const at = world.sim.nowMs();
    const came = { id: `u${++world.came}`, words: JSON.stringify([press.verb, press.data]), atMs: at };
    const seen = instance.bugs.seen(await seenBy(turning.store, turning, press.person, press.chat, came));
    const back = await onAction(turning, Promise.resolve(seen), press.verb, press.data);
    await instance.bugs.beforeAnswer((ms) => turning.clock.sleep(ms));
    world.slowestMs = Math.max(world.slowestMs, world.sim.nowMs() - at);
    const card = world.cards.find((one) => one.id === press.cardId);
    if (back.edit && card) card.card = back.edit.card;
    answered(world, press.chat, back);
    world.answers.push({ press, answer: back.privately ?? 'It comes in a new message.' });
  } catch {
    world.answers.push({ press, answer: 'failed' });
  }
}

async function writeOn(world: SimulatedWorld, who: Person, chat: ChatPlace, command: Command): Promise<void> {
  const instance = somewhere(world);
  if (!instance) return;
  try {
    if (command.command === 'show' || command.command === 'move') world.askedAgain.set(chat.key, (world.askedAgain.get(chat.key) ?? 0) + 1);
    const came = { id: `u${++world.came}`, words: JSON.stringify(command), atMs: world.sim.nowMs() };
    answered(world, chat, await onCommand(instance.turning, await seenBy(instance.turning.store, instance.turning, who, chat, came), command));
  } catch {
    // answered with a sentence by the bot's door; nothing else happens
  }
}

function answered(world: SimulatedWorld, chat: ChatPlace, back: TurnResult): void {
  for (const message of back.say) {
    if (typeof message === 'string') world.said.push(message);
    else world.cards.push({ id: `s${world.cards.length}`, chat: chat.key, card: (message as Message).card, edits: 0, first: '' });
  }
}
