/**
 * Companies that are not customers yet, from the invitation to what was wanted of them: the acceptance comes by event or by the list alone, under
 * the company's name or another one, while answers are lost, processes killed and deliveries doubled.
 */
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { onText } from '../../bot/turns/command.ts';
import { invitationsTurn } from '../../bot/turns/invited.ts';
import type { LateAnswerDeps } from '../../bot/turns/lateAnswer.ts';
import { onAction } from '../../bot/turns/press.ts';
import type { Turn, TurnResult } from '../../bot/turns/turn.ts';
import { addDays } from '../../services/clock.ts';
import type { Chat, Ticket } from '../../services/domain/ticket.ts';
import { type Invitation, invitations } from '../../services/invitations.ts';
import { acceptRelationship, addSubscription } from '../../services/local/sandbox/add.ts';
import { seed as seedWorld } from '../../services/local/sandbox/seed.ts';
import type { HeldCustomer } from '../../services/local/sandbox/state.ts';
import { createMetrics } from '../../services/metrics.ts';
import { type Choice, readHandle } from '../../services/notify/handles.ts';
import { meet } from '../../services/people/people.ts';
import type { Role } from '../../services/people/roles.ts';
import type { WakeUp } from '../../services/queue/messages.ts';
import type { JobResult } from '../../services/queue/worker.ts';
import { CHAT_KEY, INVITED, keysWith, LISTING, LISTING_KEY, ofChat, ofCustomer, TICKET } from '../../services/store/rows.ts';
import type { Store } from '../../services/store/store.ts';
import { listSoon } from '../../services/watch/customers.ts';
import type { SweepDeps } from '../../services/watch/deps.ts';
import { handleSweep } from '../../services/watch/handler.ts';
import { openPace } from '../../services/watch/rest.ts';
import { NO_SHEETS, SHOWS } from '../support/samples.ts';
import type { Invariant } from './judge.ts';
import { changing } from './mutants.ts';
import type { Result } from './run.ts';
import { randomFrom } from './simulation.ts';
import { openSmall, openWakes, PROGRAMMES, type Small, type SmallBugs, unsaidCost, type Wakes } from './small.ts';
import { ENGLISH } from '../support/speaking.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const FIRST_DAY = '2027-01-20';
const OLD = 'Northwind Traders';

export interface InviteBugs extends SmallBugs {
  /** Runs that the bug needs. */
  drawn?: Partial<Drawn>;
}

interface Drawn {
  rate: number;
  /** What each company is called when it comes. */
  asCalled: Record<Who, boolean>;
  afterMs: Record<Who, number>;
  /** Partner Center tells of it at once; else only the list does. */
  event: boolean;
  /** Somebody comes whom nobody invited. */
  stranger: boolean;
  /** What was wanted of who came. */
  wants: Record<Who, 'move' | 'watch'>;
}

type Who = 'ann' | 'bo';
const BOTH: readonly Who[] = ['ann', 'bo'];
const COMPANY: Record<Who, string> = { ann: 'Adatum', bo: 'Litware' };
const OTHERWISE: Record<Who, string> = { ann: 'A. Datum Holding', bo: 'LW Group' };
const STRANGER = 'Margie Travel';

function draw(random: () => number): Drawn {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const each = <T>(make: () => T): Record<Who, T> => ({ ann: make(), bo: make() });
  return {
    rate: pick([0, 0.01, 0.04]),
    asCalled: each(() => random() < 0.6),
    afterMs: each(() => 20 * MINUTE + random() * 5 * HOUR),
    event: random() < 0.5,
    stranger: random() < 0.4,
    wants: each(() => pick(['move', 'watch'])),
  };
}

/** What was said in a chat. */
interface Said {
  who: Who;
  text: string;
  card: RenderedCard | null;
  atMs: number;
}

interface One extends Small {
  deps: LateAnswerDeps & SweepDeps;
  wakes: Wakes;
  drawn: Drawn;
  chats: Record<Who, Chat>;
  people: Record<Who, string>;
  said: Said[];
  /** Who was chosen by hand for which invitation. */
  chosen: { who: Who; id: string }[];
  presses: number;
  /** What each went on with. */
  wentOn: Map<Who, string>;
  done: Set<string>;
}

/** One run by its seed; what it broke, by invariant. */
export async function runInvite(seed: number, bugs: InviteBugs | null = null): Promise<Result> {
  const random = randomFrom(seed * 61 + 17);
  const drawn = { ...draw(random), ...bugs?.drawn };
  const one = await open(random, drawn, bugs);
  const broken: Result['broken'] = [];
  const note = (invariant: Invariant, seen: string) => {
    if (!broken.some(([known]) => known === invariant)) broken.push([invariant, `${seen} (${JSON.stringify(drawn)})`]);
  };
  const end = one.nowMs() + 12 * HOUR;
  while (one.nowMs() < end) {
    if (one.nowMs() > end - 2 * HOUR) one.calm();
    await play(one);
    await one.wakes.turn();
    one.pass(Math.max(SECOND, Math.min(one.wakes.nextAt() - one.nowMs(), MINUTE)));
    await judgeNow(one, note);
  }
  await judgeAll(one, note);
  return { broken, calls: [], kinds: one.world.writes.map((line) => line.kind), faults: one.faults() };
}

function turnOf(one: One, who: Who, mark: string): Turn {
  const actor = { key: one.people[who], tenant: 't', name: who, roles: ['requester'] as Role[] };
  return { chat: one.chats[who], thread: 'thread', below: false, quoted: null, actor, activity: { marks: [mark], sentAtMs: one.nowMs() } };
}

function hear(one: One, who: Who, result: TurnResult): void {
  const text = result.say.filter((each) => typeof each === 'string').join(' ');
  const card = result.say.find((each) => typeof each !== 'string');
  one.said.push({ who, text, card: card && typeof card !== 'string' ? card : null, atMs: one.nowMs() });
}

/** Delivered until it is answered, and now and then once more. */
async function doing(one: One, who: Who, work: (turn: Turn) => Promise<TurnResult>): Promise<void> {
  const turn = turnOf(one, who, `${who} ${++one.presses}`);
  const twice = one.random() < 0.2;
  for (let n = 0; n < 5; n++) {
    try {
      const result = await work(turn);
      hear(one, who, result);
      if (twice) await work(turn);
      return;
    } catch {
      one.restart();
      one.pass(5 * SECOND);
    }
  }
}

async function play(one: One): Promise<void> {
  const { drawn } = one;
  const once = (what: string) => !one.done.has(what) && Boolean(one.done.add(what));
  // Before the first list was read nobody is invited.
  if (!(await one.memory.get<{ walkedAt: string | null }>(...LISTING, LISTING_KEY))?.value.walkedAt) return;
  for (const who of BOTH) {
    if (once(`invited ${who}`)) await doing(one, who, (turn) => onText(one.deps, turn, `invite ${COMPANY[who]}`));
    const since = one.nowMs() - Date.parse(`${FIRST_DAY}T08:00:00Z`);
    if (since > drawn.afterMs[who] && once(`came ${who}`)) await comes(one, drawn.asCalled[who] ? COMPANY[who] : OTHERWISE[who]);
    if (since > drawn.afterMs[who] / 2 && drawn.stranger && once('stranger')) await comes(one, STRANGER);
    const asked = one.said.filter((each) => each.who === who && each.card).at(-1);
    if (asked && once(`answered ${asked.atMs} ${who}`)) await answer(one, who, asked.card as RenderedCard);
  }
}

async function comes(one: One, name: string): Promise<void> {
  acceptRelationship(one.world, { customer: name, people: 0, foreignSeats: {} });
  addSubscription(one.world, {
    customer: name,
    plan: 'Office 365 E3',
    seats: 3,
    term: 'P1Y',
    billing: 'monthly',
    endsInDays: 200,
    trial: false,
    promotion: false,
    endOfSale: false,
  });
  if (!one.drawn.event) return;
  try {
    await listSoon(one.deps);
  } catch {
    one.restart();
  }
}

/** Who knows the company chooses it, or says that it is none of these; who has it goes on with what was wanted. */
async function answer(one: One, who: Who, card: RenderedCard): Promise<void> {
  const choices = (await readHandle(one.memory, card.handle ?? ''))?.choices ?? [];
  const wanted = one.drawn.asCalled[who] ? COMPANY[who] : OTHERWISE[who];
  const found = choices.findIndex((choice) => isOfWish(choice, wanted, one.drawn.wants[who]));
  const none = choices.findIndex((choice) => choice.to === 'invited' && choice.means.is === 'others');
  const taken = found >= 0 ? found : none;
  const choice = choices[taken];
  if (!choice) return;
  if (choice.to === 'invited' && choice.means.is === 'customer') one.chosen.push({ who, id: choice.means.customer.id });
  if (choice.to === 'customer') one.wentOn.set(who, choice.customer.id);
  if (choice.to === 'watch' && choice.watching.what === 'customer') one.wentOn.set(who, choice.watching.customerId);
  await doing(one, who, (turn) => onAction(one.deps, Promise.resolve(turn), 'choice.take', { id: card.handle, v: 0, choice: taken }));
}

function isOfWish(choice: Choice, wanted: string, wants: 'move' | 'watch'): boolean {
  if (choice.to === 'invited') return choice.means.is === 'customer' && choice.means.customer.name === wanted;
  return wants === 'move' ? choice.to === 'customer' : choice.to === 'watch';
}

const nameOf = (one: One, id: string) => one.world.customers.get(id)?.name ?? '';

/** What must hold at every moment. */
async function judgeNow(one: One, note: (invariant: Invariant, seen: string) => void): Promise<void> {
  for (const { who, text } of one.said) {
    if (!text.includes('is your customer now')) continue;
    const other = who === 'ann' ? 'bo' : 'ann';
    if (text.includes(COMPANY[other]) || text.includes(OTHERWISE[other])) note('I12', `${who} is told of what ${other} wished: ${text}`);
    else if (!text.includes(COMPANY[who])) note('I17', `${who} is told that somebody came who was not named so: ${text}`);
    else if (![...one.world.customers.values()].some((customer) => customer.name === COMPANY[who])) note('I17', `it is no customer: ${text}`);
  }
  for (const { value } of await invitations(one.memory)) {
    if (value.over?.how !== 'accepted' || !value.customer) continue;
    const who: Who = value.person === one.people.ann ? 'ann' : 'bo';
    const byHand = one.chosen.some((each) => each.who === who && each.id === value.customer?.id);
    if (!byHand && nameOf(one, value.customer.id) !== value.company)
      note('I17', `${value.company} is taken for ${nameOf(one, value.customer.id)}, and nobody said so`);
  }
  for (const customer of one.world.customers.values())
    for (const { value: ticket } of await one.memory.range<Ticket>(...ofCustomer(customer.id), ...keysWith(TICKET))) {
      const held = customer.subscriptions.find((each) => each.wire.id === ticket.subscriptionId);
      const unsaid = held && (await unsaidCost({ store: one.memory, clock: one.clock }, held, ticket, new Date(one.nowMs())));
      if (unsaid) note('I21', unsaid);
    }
}

async function judgeAll(one: One, note: (invariant: Invariant, seen: string) => void): Promise<void> {
  for (const who of BOTH) {
    const wanted = one.drawn.asCalled[who] ? COMPANY[who] : OTHERWISE[who];
    const told = one.said.filter((each) => each.who === who && each.text.includes('is your customer now'));
    const of = (await invitations(one.memory)).map((row) => row.value).filter((each) => each.company === COMPANY[who]);
    if (of.length !== 1) note('I10', `${COMPANY[who]} is invited ${of.length} times`);
    const [invitation] = of;
    if (invitation?.over?.how !== 'accepted' || invitation.say)
      note('I9', `${wanted} has come, and the invitation is ${invitation?.over?.how ?? 'open'}, ${invitation?.say ?? 'told'}`);
    if (one.drawn.asCalled[who] && told.length === 0 && !one.chosen.some((each) => each.who === who)) note('I9', `${who} was never told that ${wanted} came`);
    if (told.length > 1 + one.faults()) note('I10', `${who} was told ${told.length} times`);
    const id = one.wentOn.get(who);
    if (!id) note('I9', `${who} could not go on with ${wanted}`);
    else if (nameOf(one, id) !== wanted) note('I12', `${who} wished for ${wanted}, and it went on with ${nameOf(one, id)}`);
    const chat = (await one.memory.get<Chat>(...ofChat(one.chats[who].key), CHAT_KEY))?.value;
    const watched = chat?.watching.flatMap((each) => (each.what === 'customer' ? [nameOf(one, each.customerId)] : [])) ?? [];
    const due = one.drawn.wants[who] === 'watch' ? [wanted] : [];
    if (watched.join() !== due.join()) note('I12', `${who} watches ${watched.join() || 'nobody'}, and wished for ${due.join() || 'nobody'}`);
  }
}

async function open(random: () => number, drawn: Drawn, bugs: InviteBugs | null): Promise<One> {
  const known = structuredClone(seedWorld(FIRST_DAY).find((each) => each.name === OLD)) as HeldCustomer;
  known.subscriptions = known.subscriptions.slice(0, 1);
  for (const { wire } of known.subscriptions)
    Object.assign(wire, { status: 'active', autoRenewEnabled: false, commitmentEndDate: `${addDays(FIRST_DAY, 90)}T00:00:00Z` });
  const small = openSmall(random, { startsAt: `${FIRST_DAY}T08:00:00Z`, rate: drawn.rate, customers: [known], bugs });
  const { store, clock, partnerCenter, memory } = small;
  const chat = (who: Who) => ({ key: `chat-${who}`, kind: 'channel', dead: false, watching: [], reference: {}, tenantId: 't' }) as unknown as Chat;
  const chats: One['chats'] = { ann: chat('ann'), bo: chat('bo') };
  for (const who of BOTH) await memory.put(...ofChat(chats[who].key), CHAT_KEY, chats[who]);
  const key = async (who: Who, name: string) => (await meet(memory, { objectId: `oid-${who}`, tenantId: 't', name }, null, FIRST_DAY)).key;
  const people: One['people'] = { ann: await key('ann', 'Ann'), bo: await key('bo', 'Bo') };
  const roles = async (): Promise<Role[]> => ['requester'];
  const jobs = { listCustomers: MINUTE, invitations: MINUTE } as const;
  const handle = async (wakeUp: WakeUp): Promise<JobResult> => {
    if (wakeUp.what === 'invitations') return (await invitationsTurn(one.deps)) === 'idle' ? { retryInMs: jobs.invitations } : { retryInMs: 10 * SECOND };
    if (wakeUp.queue !== 'sweep' || wakeUp.what === 'anchor' || wakeUp.what === 'retention' || wakeUp.what === 'names') return 'idle';
    const next = await handleSweep(one.deps, wakeUp);
    return wakeUp.what === 'listCustomers' ? { retryInMs: jobs.listCustomers } : next;
  };
  const one: One = {
    ...{ ...small, drawn, chats, people, said: [], chosen: [], presses: 0, wentOn: new Map(), done: new Set() },
    ...{ deps: null as never, wakes: null as never },
  };
  one.wakes = openWakes(one, handle, { lost: 0.2, twice: 0.1 });
  one.deps = {
    ...{ store, clock, partnerCenter, lowPriority: partnerCenter, wake: one.wakes.wake, ...ENGLISH, fourEyes: { when: 'off' }, shows: SHOWS },
    ...{ programmes: PROGRAMMES, priceSheets: NO_SHEETS, log: { info() {}, warn() {} }, workerId: 'one', isReadOnly: async () => false },
    ...{ readOnlySetting: false, patienceMs: 1_500, consentLink: null, noteCounts: async () => {}, metrics: createMetrics(clock) },
    ...{ periodMs: HOUR, pace: openPace(60_000) },
    directory: { rolesOf: roles, rolesNow: roles, holders: async () => [] },
    tell: async (to: Chat, _thread: string, result: TurnResult) => hear(one, to.key === chats.ann.key ? 'ann' : 'bo', result),
  } as unknown as One['deps'];
  await one.wakes.wake.schedule({ queue: 'sweep', what: 'listCustomers' }, 0);
  await one.wakes.wake.schedule({ queue: 'move', what: 'invitations' }, 0);
  return one;
}

const isInvited = (table: string, change: { op: string; key: string }) => table === INVITED[0] && change.op !== 'delete';

/** Changes invitations as they are stored. */
function storing(store: Store, change: (invitation: Invitation) => Invitation): Store {
  return changing(store, (changes, table) =>
    changes.map((one) => {
      if (!isInvited(table, one) || one.op === 'delete' || !('company' in (one.value as object))) return one;
      return { ...one, value: change(one.value as Invitation) };
    }),
  );
}

/** Name -> the invariant that must catch it, and where it is put. */
export const INVITE_MUTANTS: Record<string, { caughtBy: Invariant; bugs: InviteBugs }> = {
  'an invitation goes on for somebody else’s wish': {
    caughtBy: 'I12',
    bugs: { store: forAnother, drawn: { asCalled: { ann: true, bo: true }, stranger: false } },
  },
  'whoever comes next is taken for the company': {
    caughtBy: 'I17',
    bugs: { store: (store) => storing(store, takingTheFirst), drawn: { stranger: true, asCalled: { ann: false, bo: false } } },
  },
  'what is to be said of an invitation is noted as said before it is': {
    caughtBy: 'I9',
    bugs: { store: (store) => storing(store, (one) => (one.say === 'came' ? { ...one, say: null } : one)) },
  },
};

/** Who came is the one that came for anybody last, and is told where that was. */
function forAnother(store: Store): Store {
  let last: Pick<Invitation, 'customer' | 'company'> | null = null;
  return storing(store, (one) => {
    if (!one.customer || one.say !== 'came') return one;
    const told = last ? { ...one, ...last } : one;
    last ??= { customer: one.customer, company: one.company };
    return told;
  });
}

function takingTheFirst(one: Invitation): Invitation {
  const [first] = one.came;
  return first && !one.over ? { ...one, customer: first, told: [first.id], say: 'came', over: { how: 'accepted', at: one.at } } : one;
}
