/** The world of a play with several customers: their tickets, two people, one chat, and what is remembered for the judge. */
import { randomUUID } from 'node:crypto';
import type { RenderedCard } from '../../cards/chat/chat.ts';
import { bulkTurn } from '../../bot/turns/bulked.ts';
import type { LateAnswerDeps } from '../../bot/turns/lateAnswer.ts';
import { onAction } from '../../bot/turns/press.ts';
import type { Turn, TurnResult } from '../../bot/turns/turn.ts';
import type { AuditEntry } from '../../services/auditLog/auditLog.ts';
import type { FourEyes } from '../../services/approval/approval.ts';
import { addDays } from '../../services/clock.ts';
import type { Chat, Move, Quote, Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import { seed as seedWorld } from '../../services/local/sandbox/seed.ts';
import type { HeldCustomer, HeldSubscription } from '../../services/local/sandbox/state.ts';
import type { Bulk } from '../../services/moves/bulk.ts';
import { handleMove } from '../../services/moves/handler.ts';
import type { MoveDeps } from '../../services/moves/deps.ts';
import { isLive } from '../../services/moves/states.ts';
import { parseSubscription } from '../../services/partnerCenter/wire/subscriptions.ts';
import { meet } from '../../services/people/people.ts';
import type { Role } from '../../services/people/roles.ts';
import type { WakeUp } from '../../services/queue/messages.ts';
import type { JobResult } from '../../services/queue/worker.ts';
import { ALL_KEYS, AUDIT, BULKS, CHAT_KEY, keysWith, MOVE, ofChat, ofCustomer, subscriptionKey, ticketKey } from '../../services/store/rows.ts';
import type { Row } from '../../services/store/store.ts';
import { plainFacts } from '../../services/tickets/facts.ts';
import { listTicket } from '../../services/tickets/openList.ts';
import { nameCustomer } from '../../services/search.ts';
import { NO_SHEETS, sampleTicket, SHOWS } from '../support/samples.ts';
import { openSmall, openWakes, PROGRAMMES, type Small, type SmallBugs, type Wakes } from './small.ts';
import { ENGLISH } from '../support/speaking.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const FIRST_DAY = '2027-01-20';
export const NAMES = ['Contoso Ltd', 'Fabrikam Residences', 'Woodgrove Bank'];
export const PLAN = 'Dynamics 365 Sales Professional';
/** Each of them is below it, and two together are above. */
export const LIMIT = { when: 'aboveAmount' as const, minor: 1_000_000, currency: 'EUR' };
const CHAT = { key: 'chat-1', kind: 'channel', dead: false, watching: [], reference: {}, tenantId: 't' } as unknown as Chat;

export interface BulkBugs extends SmallBugs {
  /** Runs that the bug needs. */
  drawn?: Partial<Drawn>;
}

interface Drawn {
  /** How often a call goes wrong. */
  rate: number;
  fourEyes: 'off' | 'always' | 'sum';
  /** What is said to the card of prices, and by whom first. */
  answer: 'yes' | 'no';
  by: 'ann' | 'bo';
  /** One whose price never comes, or whose plans neither. */
  broken: 'plans' | 'price' | null;
  /** One is priced anew between the card and the answer. */
  repriced: boolean;
  /** The right is taken away while the answer is carried out. */
  roleAway: boolean;
  /** Ann approves one on its own card before. */
  single: boolean;
  /** An answer is delivered again so long after it. */
  againAfterMs: number;
}

export function draw(random: () => number): Drawn {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  return {
    rate: pick([0, 0.01, 0.04]),
    fourEyes: pick(['off', 'always', 'sum', 'sum']),
    answer: pick(['yes', 'yes', 'yes', 'no']),
    by: pick(['ann', 'bo']),
    broken: pick(['plans', 'price', null, null, null, null, null, null]),
    repriced: random() < 0.3,
    roleAway: random() < 0.25,
    single: random() < 0.3,
    againAfterMs: pick([5 * SECOND, MINUTE, 12 * MINUTE]),
  };
}

export type Who = 'ann' | 'bo';

/** A press as it was made, and as it may be delivered again. */
interface Pressed {
  who: Who;
  verb: string;
  data: Record<string, unknown>;
  mark: string;
  atMs: number;
  /** The card as the presser saw it; of a single card the quote that it asked about. */
  face: string | { hash: string };
}

export interface One extends Small {
  deps: LateAnswerDeps & MoveDeps;
  wakes: Wakes;
  drawn: Drawn;
  customers: HeldCustomer[];
  people: Record<Who, string>;
  roles: Record<Who, Role[]>;
  /** The newest card of the several, as it stands in the chat. */
  card: RenderedCard | null;
  /** When a card first told what came of asking for prices. */
  toldAt: number | null;
  pressed: Pressed[];
  again: { atMs: number; press: Pressed }[];
  quotes: Map<string, Quote>;
  /** How often each delivered yes took effect. */
  yeses: Map<string, number>;
  mostLive: number;
  done: Set<string>;
  /** Until then Bo may not approve. */
  awayUntil: number | null;
  /** Since when prices are asked for. */
  askingAt: number | null;
}

const ticketOf = (n: number) => `S-${1001 + n}`;
export const heldOf = (customer: HeldCustomer) => customer.subscriptions[0] as HeldSubscription;
export const refOf = (one: One, n: number) => ({
  customerId: (one.customers[n] as HeldCustomer).id,
  subscriptionId: heldOf(one.customers[n] as HeldCustomer).wire.id,
});

interface Stands {
  ticket: Ticket;
  move: Move | null;
  moves: Move[];
  record: AuditEntry[];
}

export async function standsOf(one: One, n: number): Promise<Stands> {
  const place = ofCustomer(refOf(one, n).customerId);
  const ticket = (await one.memory.get<Ticket>(...place, ticketKey(ticketOf(n))))?.value as Ticket;
  const moves = (await one.memory.range<Move>(...place, ...keysWith(MOVE))).map((row) => row.value);
  const record = (await one.memory.range<AuditEntry>(...place, ...keysWith(AUDIT))).map((row) => row.value);
  return { ticket, moves, record, move: moves.find((row) => row.key === ticket.move) ?? null };
}

export async function bulkOf(one: One): Promise<Row<Bulk> | undefined> {
  return (await one.memory.range<Bulk>(...BULKS, ...ALL_KEYS))[0];
}

export function turnOf(one: One, who: Who, mark: string): Turn {
  const actor = { key: one.people[who], tenant: 't', name: who, roles: one.roles[who] };
  return { chat: CHAT, thread: 'thread', below: false, quoted: null, actor, activity: { marks: [mark], sentAtMs: one.nowMs() } };
}

export function cardIn(result: TurnResult): RenderedCard | null {
  const found = [result.edit, ...result.say].find((each) => each && typeof each !== 'string');
  return found && typeof found !== 'string' ? found : null;
}

/** Delivers it; whoever was killed over it gets it once more. */
export async function deliver(one: One, press: Pressed): Promise<string> {
  for (let n = 0; n < 5; n++) {
    try {
      const result = await onAction(one.deps, Promise.resolve(turnOf(one, press.who, press.mark)), press.verb, press.data);
      one.card = cardIn(result) ?? one.card;
      return result.privately ?? '';
    } catch {
      one.restart();
      one.pass(5 * SECOND);
    }
  }
  return '';
}

export function buttonOn(card: RenderedCard | null, verb: string): Record<string, unknown> | null {
  const all: { verb?: unknown; data?: Record<string, unknown> }[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ((value as { type?: unknown }).type === 'Action.Execute') all.push(value as { verb: string; data: Record<string, unknown> });
    for (const [name, part] of Object.entries(value)) if (name !== 'fallback') walk(part);
  };
  walk(card?.card);
  return all.find((each) => each.verb === verb)?.data ?? null;
}

export async function press(one: One, who: Who, verb: string, more: Record<string, unknown> = {}): Promise<string | null> {
  const data = buttonOn(one.card, verb);
  if (!data) return null;
  const pressed: Pressed = {
    who,
    verb,
    data: { ...data, ...more },
    mark: `${verb} ${one.pressed.length}`,
    atMs: one.nowMs(),
    face: JSON.stringify(one.card?.card),
  };
  one.pressed.push(pressed);
  const text = await deliver(one, pressed);
  if (verb === 'bulk.approve' || verb === 'bulk.decline') one.again.push({ atMs: one.nowMs() + one.drawn.againAfterMs, press: pressed });
  return text;
}

export async function open(random: () => number, drawn: Drawn, bugs: BulkBugs | null): Promise<One> {
  const customers = NAMES.map((name): HeldCustomer => {
    const customer = structuredClone(seedWorld(FIRST_DAY).find((each) => each.name === name)) as HeldCustomer;
    customer.subscriptions = customer.subscriptions
      .filter(({ wire }) => wire.offerName.includes('for CRM Basic') || wire.offerName.includes('CRMOL Basic'))
      .slice(0, 1);
    customer.users = [];
    return customer;
  });
  for (const { wire } of customers.map(heldOf))
    Object.assign(wire, { status: 'active', autoRenewEnabled: false, commitmentEndDate: `${addDays(FIRST_DAY, 40)}T00:00:00Z` });
  const closed = (customers[1] as HeldCustomer).id;
  const refuses = (url: string, method: string) =>
    drawn.broken !== null && url.includes(closed) && (method === 'POST' || (drawn.broken === 'plans' && url.includes('/products')));
  const small = openSmall(random, { startsAt: `${FIRST_DAY}T08:00:00Z`, rate: drawn.rate, customers, bugs, refuses });
  const { store, clock, partnerCenter, memory } = small;
  const today = FIRST_DAY;
  const ann = await meet(memory, { objectId: 'oid-ann', tenantId: 't', name: 'Ann' }, null, today);
  const bo = await meet(memory, { objectId: 'oid-bo', tenantId: 't', name: 'Bo' }, null, today);
  const roles: One['roles'] = { ann: ['requester', 'approver'], bo: ['requester', 'approver'] };
  const rolesOf = async (objectId: string) => (objectId === 'oid-ann' ? roles.ann : roles.bo);
  const fourEyes: FourEyes = drawn.fourEyes === 'sum' ? LIMIT : { when: drawn.fourEyes };
  const handle = async (wakeUp: WakeUp): Promise<JobResult> => {
    const deps = { ...one.deps, workerId: randomUUID() };
    if (wakeUp.what === 'bulk') return bulkTurn(deps, wakeUp);
    return wakeUp.what === 'move' || wakeUp.what === 'facts' ? handleMove(deps, wakeUp) : 'idle';
  };
  const one: One = {
    ...{ ...small, drawn, customers, roles, people: { ann: ann.key, bo: bo.key }, card: null, toldAt: null },
    ...{
      pressed: [],
      again: [],
      quotes: new Map(),
      yeses: new Map(),
      mostLive: 0,
      done: new Set(),
      awayUntil: null,
      askingAt: null,
      deps: null as never,
      wakes: null as never,
    },
  };
  one.wakes = openWakes(one, handle, { lost: 0.2, twice: 0.1 });
  one.deps = {
    ...{ store, clock, partnerCenter, wake: one.wakes.wake, ...ENGLISH, fourEyes, shows: SHOWS, programmes: PROGRAMMES, priceSheets: NO_SHEETS },
    ...{ log: { info() {}, warn() {} }, workerId: 'one', isReadOnly: async () => false, readOnlySetting: false, patienceMs: 1_500 },
    ...{ consentLink: null, noteCounts: async () => {}, directory: { rolesOf, rolesNow: rolesOf, holders: async () => [] } },
    tell: async (_chat: Chat, _thread: string, result: TurnResult) => {
      one.card = cardIn(result) ?? one.card;
      one.toldAt ??= one.nowMs();
    },
  } as unknown as One['deps'];
  watch(one);
  await fill(one);
  return one;
}

/** Remembers every price, how often a yes counted, and how many moves were alive. */
function watch(one: One): void {
  const live = new Map<string, Set<string>>();
  const yesAt = new Map<string, string>();
  one.memory.onCommit = (_table, partition, changes) => {
    for (const change of changes) {
      if (change.op === 'delete') continue;
      if (partition === BULKS[1]) {
        const { state, approval, done } = change.value as Bulk;
        if (state !== 'approving' || !approval || yesAt.get(change.key) === approval.at) continue;
        yesAt.set(change.key, approval.at);
        const mark = done.at(-1)?.marks.at(-1) ?? '';
        one.yeses.set(mark, (one.yeses.get(mark) ?? 0) + 1);
      }
      if (!change.key.startsWith(MOVE)) continue;
      const move = change.value as Move;
      if (move.quote) one.quotes.set(move.quote.hash, move.quote);
      const of = live.get(move.subscriptionId) ?? new Set<string>();
      live.set(move.subscriptionId, of);
      if (isLive(move)) of.add(move.key);
      else of.delete(move.key);
      one.mostLive = Math.max(one.mostLive, of.size);
    }
  };
}

/** The rows as the watch leaves them: an open ticket each. */
async function fill(one: One): Promise<void> {
  const { memory } = one;
  await memory.put(...ofChat(CHAT.key), CHAT_KEY, CHAT);
  for (const [n, customer] of one.customers.entries()) {
    const { subscription } = parseSubscription(customer.id, heldOf(customer).wire);
    const ids = { id: ticketOf(n), customerId: customer.id, customerName: customer.name, subscriptionId: subscription.id };
    const facts = plainFacts(subscription, [subscription], { programmes: PROGRAMMES, today: FIRST_DAY });
    const ticket = sampleTicket({ ...ids, kind: 'flip', move: null, plans: null, facts });
    await memory.put(...ofCustomer(customer.id), ticketKey(ticket.id), ticket);
    const known: TrackedSubscription = { snapshot: subscription, episode: 1, ticket: ticket.id, liveMove: null, moves: 0 };
    await memory.put(...ofCustomer(customer.id), subscriptionKey(subscription.id), known);
    await listTicket(memory, ticket, null);
    await nameCustomer(memory, { id: customer.id, name: customer.name });
  }
}
