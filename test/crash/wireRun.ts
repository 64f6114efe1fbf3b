/** One run in the unkind world: Partner Center at the wire, Teams through the bot's own door, rules and troubles drawn by the seed. */
import { httpPartnerCenter } from '../../services/partnerCenter/client.ts';
import { sandboxTokens } from '../../services/partnerCenter/auth/tokens.ts';
import { unfinished, work } from './crew.ts';
import { type Circumstances, judge, kinds } from './judge.ts';
import { judgeUnkind } from './judgeUnkind.ts';
import type { Bugs } from './mutants.ts';
import { become, type Result } from './run.ts';
import { deliverOver, moveIn, type No, pressIn, writeIn } from './sayNo.ts';
import { type Fault, FAULTS, randomFrom, simulate } from './simulation.ts';
import { openSockets, type Sockets } from './sockets.ts';
import { drawRare } from './unkindRare.ts';
import { drawRules, type Scene, unkindAnswers } from './unkind.ts';
import { type Asked, dispatcherOf, gatedAnswers, type Next, sandboxAnswers, type Told } from './wire.ts';
import { BO, openWorld, type Outside, type SimulatedWorld } from './world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEP_MS = 20 * SECOND_MS;
/** So many requests that change something are a loop. */
const CHANGES_MOST = 250;
const LONGEST_MS = 4 * HOUR_MS;
const AWAY_MS = 50 * HOUR_MS;
const CHANNELS = ['19:a', '19:b'] as const;

/** Everything that the seed decides before the run begins. */
export interface Drawn {
  instances: number;
  skewMs: number[];
  rate: number;
  holders: number;
  /** By customer. */
  rules: string[][];
  crowdMs: number;
  periodMs: number;
  types: number;
  hurries: boolean;
  redelivered: number;
  nameless: boolean;
  editsLateMs: number;
  teamsSlowMs: number;
  teams: string[];
  flipsBefore: boolean;
  /** The first customer's name is outside the basic letters. */
  oddName: boolean;
  /** The last customer's subscription stops renewing only when Teams takes everything again, and people are back at work. */
  lateFlip: boolean;
  /** How long nobody does anything about what stopped. */
  restMs: number;
  /** After so many presses and typed lines that may bring something on everybody goes home for two days; null: nobody does. */
  leavesAfter: number | null;
  /** Whoever has asked for a price changes his mind before it comes: ends the move and asks for another number. */
  fickle: boolean;
}

export function draw(seed: number): Drawn {
  const dice = randomFrom(seed * 97 + 13);
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(dice() * all.length)] as T;
  const skewed = dice() < 0.25;
  const calm = dice() < 0.5;
  const leavesAfter = dice() < 0.03 ? 1 + Math.floor(dice() * 10) : null;
  const drawn: Drawn = {
    instances: oneOf([1, 1, 2, 3]),
    skewMs: [0, 1, 2].map(() => (skewed ? Math.round((dice() * 2 - 1) * 600_000) : 0)),
    rate: oneOf([0, 0, 0.005, 0.02]),
    holders: oneOf([1, 2, 2, 3, 0]),
    rules: calm ? [drawRules(dice), []] : [drawRules(dice)],
    crowdMs: oneOf([0, 2, 5]) * MINUTE_MS,
    periodMs: leavesAfter !== null ? HOUR_MS : oneOf([20, 45, 90]) * SECOND_MS,
    types: oneOf([0, 0, 3, 8]),
    hurries: dice() < 0.4,
    redelivered: oneOf([0, 0.1, 0.4]),
    nameless: dice() < 0.2,
    editsLateMs: oneOf([0, 0, 6_000]),
    teamsSlowMs: oneOf([0, 0, 20_000]),
    teams: drawTeams(dice),
    flipsBefore: dice() < 0.15 && leavesAfter === null,
    oddName: dice() < 0.1,
    lateFlip: dice() < 0.3,
    restMs: oneOf([0, 0, 0, 0, 0, 0, 5, 50]) * MINUTE_MS,
    leavesAfter,
    fickle: false,
  };
  drawn.rules[0]?.push(...drawRare(dice));
  return { ...drawn, fickle: dice() < 0.05 };
}

/** Nothing odd but what is named; for showing what one trouble does. */
export function calmBut(odd: Partial<Drawn>): Drawn {
  return {
    instances: 1,
    skewMs: [0, 0, 0],
    rate: 0,
    holders: 2,
    rules: [[]],
    crowdMs: 0,
    periodMs: 15 * SECOND_MS,
    types: 0,
    hurries: false,
    redelivered: 0,
    nameless: false,
    editsLateMs: 0,
    teamsSlowMs: 0,
    teams: [],
    flipsBefore: false,
    oddName: false,
    lateFlip: false,
    restMs: 0,
    leavesAfter: null,
    fickle: false,
    ...odd,
  };
}

const TEAMS = ['asleep', 'gone', 'badCard', 'deletedCard', 'who', 'tooLarge', 'throttled', 'serverError', 'saysForbidden'] as const;

function drawTeams(dice: () => number): string[] {
  const drawn = new Set<string>();
  for (let n = Math.floor(dice() * 3); n > 0; n--) drawn.add(TEAMS[Math.floor(dice() * TEAMS.length)] as string);
  return [...drawn];
}

/** The ways in which Teams refuses in this run, from now on. */
function refusals(world: SimulatedWorld, names: readonly string[]): void {
  const { sim } = world;
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(sim.random() * all.length)] as T;
  for (const name of names) {
    const chat = oneOf(CHANNELS);
    const fromMs = sim.nowMs() + oneOf([0, 20, 90, 240]) * SECOND_MS;
    const forMs = oneOf([MINUTE_MS, 20 * MINUTE_MS, 3 * HOUR_MS]);
    const no = (rest: Partial<No> & Pick<No, 'status' | 'code'>): void => void world.nos.push({ chats: [chat], fromMs, untilMs: fromMs + forMs, ...rest });
    switch (name as (typeof TEAMS)[number]) {
      case 'asleep':
        no({
          status: 403,
          code: oneOf(['BotDisabledByAdmin', 'ConversationBlockedByUser', 'MessageWritesBlocked', 'BotNotInConversationRoster', 'NeverHeardOf', null]),
        });
        break;
      case 'gone':
        no({ status: oneOf([404, 404, 410]), code: 'ConversationNotFound' });
        break;
      case 'badCard':
        no({ status: 400, code: 'BadArgument', cards: true, words: firstName(world), untilMs: fromMs + 30 * MINUTE_MS });
        break;
      case 'deletedCard':
        world.deletedSays = oneOf([
          { status: 404, code: 'ActivityNotFoundInConversation' },
          { status: 403, code: 'ServiceError' },
        ]);
        sim.after(6 * SECOND_MS * (1 + sim.random() * 9), null, () => deleteCard(world));
        break;
      case 'who':
        no({ chats: CHANNELS, status: 401, code: 'Unauthorized', untilMs: fromMs + 2 * MINUTE_MS });
        break;
      case 'tooLarge':
        no({ status: 413, code: 'RequestEntityTooLarge', cards: true, untilMs: fromMs + 5 * MINUTE_MS, only: 'post' });
        break;
      case 'throttled':
        no({ status: 429, code: 'Throttled', untilMs: fromMs + 3 * MINUTE_MS, share: 0.5, headers: throttling(world) });
        break;
      case 'serverError':
        no({ status: oneOf([500, 502, 503, 504]), code: null, untilMs: fromMs + 3 * MINUTE_MS, share: 0.5, done: sim.random() < 0.3 });
        break;
      case 'saysForbidden':
        no({ status: 403, code: 'ServiceError', only: 'edit', untilMs: fromMs + 5 * MINUTE_MS });
        break;
    }
  }
}

function firstName(world: SimulatedWorld): string {
  return ([...world.sandbox.customers.values()][0]?.name ?? '').split(' ')[0] ?? '';
}

function throttling(world: SimulatedWorld): Record<string, string> {
  const roll = world.sim.random();
  if (roll < 0.33) return {};
  return { 'retry-after': roll < 0.66 ? '7' : new Date(world.sim.nowMs() + 20_000).toUTCString() };
}

/** Somebody takes a card out of its chat. */
function deleteCard(world: SimulatedWorld): void {
  const cards = world.cards.filter((one) => one.chat === world.chats[0]?.key && !one.deleted);
  const card = cards[Math.floor(world.sim.random() * cards.length)];
  if (card) Object.assign(card, { deleted: true, deletedAt: world.sim.nowMs() });
}

/** What both doors to the outside are made of in this run. */
function outsideOf(drawn: Drawn, sockets: Sockets | null): Outside {
  let answers: Next | null = null;
  return {
    prepare(world) {
      Object.assign(world, {
        redelivered: drawn.redelivered,
        nameless: drawn.nameless,
        editsLateMs: drawn.editsLateMs,
        teamsSlowMs: drawn.teamsSlowMs,
      });
      const customers = [...world.sandbox.customers.values()];
      if (drawn.oddName && customers[0]) customers[0].name = '東𠮷商事';
      const scenes = drawn.rules.flatMap((rules, n) => {
        const customer = customers[n];
        if (!customer) return [];
        const scene: Scene = { world, customer, dice: world.sim.random, later: (ms, what) => void world.sim.after(ms, null, what) };
        return [{ scene, rules: [...rules] }];
      });
      const quiet = sandboxAnswers(world);
      // Nothing is odd before everybody has been looked at once.
      let unkind: Next | null = null;
      const now = () => {
        if (!world.armed) return quiet;
        unkind ??= unkindAnswers(scenes, quiet);
        return unkind;
      };
      answers = (asked) => noting(world, asked, now());
    },
    partnerCenter(world, owner, bugs) {
      const answer = bugs.answers(gatedAnswers(world, owner, (asked) => (answers as Next)(asked)));
      const client = {
        baseUrl: 'http://sandbox',
        tokens: sandboxTokens,
        clock: world.sim.clockOf(owner),
        locale: 'en-US',
        budget: { take: async () => {}, pause: async () => {} },
        dispatcher: sockets ? sockets.dispatcher(world, answer) : dispatcherOf(world, answer),
      };
      return bugs.partnerCenter(httpPartnerCenter(client, client));
    },
    deliver: deliverOver,
    moveIn: (world) =>
      moveIn(
        world,
        [
          ['19:a', 'channel'],
          ['19:b', 'channel'],
          ['a:bo', 'personal'],
        ],
        CHANNELS.length,
        BO,
      ),
    press: pressIn,
    type: writeIn,
  };
}

/** What the judge needs to know of requests. */
async function noting(world: SimulatedWorld, asked: Asked, next: Next): Promise<Awaited<ReturnType<Next>>> {
  const at = world.sim.nowMs();
  const cart = /\/carts\/([^/]+)/.exec(asked.path)?.[1];
  if (asked.method === 'PATCH' && asked.path.includes('/subscriptions/')) world.suspensionsAsked.push({ customer: asked.customer, atMs: at });
  if (asked.method !== 'GET') world.changesAsked += 1;
  const told = await next(asked);
  // An answer that is late may tell what was when it was asked; what is read after the first try says nothing of what could be seen before it.
  if (cart && asked.method === 'GET' && !world.attempts.has(cart)) world.cartsRead.set(cart, at);
  if (asked.method !== 'GET') world.noteTruth();
  noteRenewal(world, asked, told);
  if (asked.method !== 'GET' && told.status >= 400) world.refusals.set(asked.customer, [...(world.refusals.get(asked.customer) ?? []), world.sim.nowMs()]);
  return told;
}

/** What a list says of whether the old subscription renews, where that is another thing than it said before. */
function noteRenewal(world: SimulatedWorld, asked: Asked, told: Told): void {
  const old = world.sandbox.customers.get(asked.customer)?.subscriptions[0];
  if (!old || asked.method !== 'GET' || !asked.path.endsWith('/subscriptions') || told.status !== 200) return;
  const listed = (told.json as { items?: ({ id?: string; autoRenewEnabled?: unknown } | null)[] }).items?.find((one) => one?.id === old.wire.id);
  const before = world.toldRenewals.get(asked.customer) ?? [];
  if (typeof listed?.autoRenewEnabled !== 'boolean' || before.at(-1)?.renews === listed.autoRenewEnabled) return;
  world.toldRenewals.set(asked.customer, [...before, { atMs: world.sim.nowMs(), renews: listed.autoRenewEnabled }]);
}

/** One seed. */
export async function runWire(
  seed: number,
  bugs: Bugs | null = null,
  drawn: Drawn = draw(seed),
  met: (world: SimulatedWorld) => void = () => {},
  sockets: Sockets | null = null,
): Promise<Result> {
  const armed = { on: false };
  const faultAt = (_call: number, _name: string, dice: () => number) =>
    armed.on && dice() < drawn.rate ? (FAULTS[Math.floor(dice() * FAULTS.length)] as Fault) : null;
  const sim = simulate(seed, true, faultAt);
  become(sim);
  if (sockets) sim.busy = sockets.busy;
  const idleMs = [400, 3_000, 30_000];
  const world = await openWorld(sim, armed, {
    instances: drawn.instances,
    skewMs: drawn.skewMs,
    customers: drawn.rules.length,
    channels: CHANNELS.length,
    holders: drawn.holders,
    fourEyes: { when: 'always' },
    slowTeamsMs: 0,
    bugs,
    outside: outsideOf(drawn, sockets),
    periodMs: drawn.periodMs,
    idleMs,
  });
  met(world);
  refusals(world, drawn.teams);
  const late = drawn.lateFlip ? [...world.sandbox.customers.keys()].at(-1) : undefined;
  for (const customer of world.sandbox.customers.keys()) {
    if (customer === late) continue;
    if (drawn.flipsBefore) {
      world.flip(customer, true);
      await sim.drive(() => false, 2 * drawn.periodMs);
      world.flip(customer, false);
      await sim.drive(() => false, 2 * drawn.periodMs);
    }
    world.flip(customer, true);
  }
  const left = await untilDone(world, armed, drawn, late);
  if (drawn.leavesAfter !== null) {
    idleMs.push(10 * MINUTE_MS);
    await sim.drive(() => false, AWAY_MS);
  }
  if ([...world.reactivated.values()].some(Number.isFinite)) await sim.drive(() => false, 20 * MINUTE_MS);
  await sim.drive(() => false, 2 * drawn.periodMs + 30_000 + (drawn.teams.includes('deletedCard') || late !== undefined ? 8 * MINUTE_MS : 0));
  world.noteTruth();
  const of: Circumstances = {
    finished: left.length === 0 || drawn.leavesAfter !== null,
    left,
    // A list that is not read in time is not read at all for a while.
    periodMs: drawn.periodMs + (drawn.rules.flat().some((rule) => ['slow', 'silent', 'oddList'].includes(rule)) ? 10 * MINUTE_MS : 0),
    skewed: drawn.skewMs.some((ms) => ms !== 0),
    channels: 0,
    undisturbed: false,
    expected: null,
    writesBefore: kinds(world).length,
    statesBefore: '',
    statesAfter: '',
  };
  const broken = [
    ...(await judge(world, of)),
    ...(await judgeUnkind(world, { skewed: of.skewed, periodMs: drawn.periodMs, rules: drawn.rules, finished: of.finished, left: drawn.leavesAfter !== null })),
  ];
  return { broken: oneEach(broken), calls: sim.calls, kinds: kinds(world), faults: sim.faultsUsed };
}

/** The same over real sockets. */
export async function runSockets(seed: number): Promise<Result> {
  const sockets = openSockets();
  try {
    return await runWire(seed, null, draw(seed), () => {}, sockets);
  } finally {
    await sockets.close();
  }
}

/** Of findings that differ in times and numbers alone, the first. */
function oneEach(broken: Result['broken']): Result['broken'] {
  const kinds = new Map(broken.toReversed().map((one) => [`${one[0]} ${one[1].replace(/[0-9a-f]{6,}|[\d:.TZ-]+/g, '#')}`, one]));
  return [...kinds.values()].toReversed();
}

/** Presses and typed lines that may bring something on; who only asks has done nothing yet. */
function doings(world: SimulatedWorld): number {
  return world.acts.filter((act) => !/^(show|status)\b/.test(act.text)).length;
}

/** The crew works, troubles come and pass, until nothing is left to do. */
async function untilDone(world: SimulatedWorld, armed: { on: boolean }, drawn: Drawn, late: string | undefined): Promise<string[]> {
  const { sim } = world;
  let done = false;
  sim.after(drawn.restMs, null, () =>
    work(world, {
      types: drawn.types,
      hurries: drawn.hurries,
      fickle: drawn.fickle,
      stop: () => done || (drawn.leavesAfter !== null && doings(world) >= drawn.leavesAfter),
      chats: world.chats.slice(0, 2),
    }),
  );
  const begun = sim.nowMs();
  let left: string[] = ['nothing was looked at'];
  const said = new Map<No, number>();
  let waiting = late;
  for (let step = 1; sim.nowMs() - begun < LONGEST_MS; step++) {
    await sim.drive(() => false, step < 30 ? STEP_MS : 4 * STEP_MS);
    if (sim.nowMs() - begun > drawn.crowdMs) armed.on = false;
    // Somebody speaks where Teams takes messages again.
    for (const no of world.nos) {
      if (no.untilMs > sim.nowMs() || no.untilMs + 10 * MINUTE_MS < sim.nowMs() || (said.get(no) ?? 0) > 3) continue;
      said.set(no, (said.get(no) ?? 0) + 1);
      for (const chat of world.chats) if (no.chats.includes(chat.id)) world.type(BO, chat, 'status');
    }
    const calm = sim.nowMs() - begun >= drawn.restMs && world.nos.every((no) => no.untilMs + MINUTE_MS < sim.nowMs());
    if (waiting !== undefined && calm) {
      for (const chat of world.chats.slice(0, 2)) world.type(BO, chat, 'status');
      await sim.drive(() => false, 2 * MINUTE_MS);
      // What somebody suspended meanwhile is no news.
      if (world.sandbox.customers.get(waiting)?.subscriptions[0]?.wire.status === 'active') world.flip(waiting, true);
      waiting = undefined;
      continue;
    }
    left = await unfinished(world);
    if (drawn.leavesAfter !== null && sim.nowMs() - begun > drawn.periodMs + drawn.restMs + 20 * MINUTE_MS) break;
    if (waiting !== undefined) continue;
    if (world.changesAsked > CHANGES_MOST) return [`asked for ${world.changesAsked} changes: ${left.join(', ')}`];
    if (left.length === 0 && world.nos.every((no) => no.untilMs + 3 * MINUTE_MS < sim.nowMs())) break;
  }
  done = true;
  return left;
}
