/** What the world remembers of itself, for the judge: what was true when, and what people were shown when. */
import type { Claim } from '../../cards/claims.ts';
import type { HeldCustomer } from '../../services/local/sandbox/state.ts';
import type { No } from './sayNo.ts';
import type { Person } from './world.ts';

/** How a customer's old subscription and its people stood from `atMs` on. */
export interface Truth {
  atMs: number;
  renews: boolean;
  status: string;
  day: string;
  /** Holders of the old licence, with the new one or without. */
  holdOld: number;
  /** Who has the new one and not the old. */
  moved: number;
  orders: number;
}

/** A card or a line as people saw it. */
export interface ShownThen {
  chat: string;
  /** Of the card; null for a line, which stays as it was. */
  card: string | null;
  atMs: number;
  /** null where nobody said what it claims. */
  claims: readonly Claim[] | null;
  content: unknown;
}

/** A press or a typed line, as it was sent. */
export interface Act {
  person: string;
  chat: string;
  atMs: number;
  /** Of a button; null for a typed line. */
  verb: string | null;
  text: string;
}

export interface Remembered {
  people: Person[];
  truths: Map<string, Truth[]>;
  /** What the lists of subscriptions said of a customer's old one, and since when: `true`, it renews. */
  toldRenewals: Map<string, { atMs: number; renews: boolean }[]>;
  shown: ShownThen[];
  cardClaims: WeakMap<object, readonly Claim[]>;
  lineClaims: Map<string, readonly Claim[]>;
  /** What was said in place of a card that Teams does not take. */
  plainAlerts: Set<string>;
  /** When the first checkout of a cart was asked for, when it was last read, when somebody changed it. */
  attempts: Map<string, number>;
  cartsRead: Map<string, number>;
  cartsChanged: Map<string, number>;
  orderedAt: Map<string, number>;
  oddOrders: Map<string, { was: number; untilMs: number }>;
  suspensionsAsked: { customer: string; atMs: number }[];
  reactivated: Map<string, number>;
  /** People whom Partner Center itself left without a licence. */
  robbed: Set<string>;
  /** Refusals of writes, by customer. */
  refusals: Map<string, number[]>;
  /** Requests to Partner Center that would change something. */
  changesAsked: number;
  nos: No[];
  /** When a line of the record was stored, by the world's own clock. */
  recordedAt: Map<string, number>;
  /** What people did, each once however often it came. */
  acts: Act[];
  refusedAt: Map<string, number>;
  /** Cards of which Teams said that they are gone. */
  saidGone: Set<string>;
  deletedSays: { status: number; code: string };
  teamsSlowMs: number;
  /** When Teams was slow to take something, by the conversation. */
  slowAt: { chat: string; atMs: number }[];
  editsLateMs: number;
  nameless: boolean;
  /** The share of activities that come twice. */
  redelivered: number;
  redeliveries: number;
  noteTruth(): void;
  /** When the bot's own suspensions took effect, `<customer> <ms>`. */
  ownPatches: Set<string>;
  /** When what stopped renewing renewed again, or somebody else suspended it; now where it still stands so. */
  overAt(off: { customer: string; atMs: number }): number;
  noteShown(chat: string, id: string, card: Record<string, unknown>): void;
  noteSaid(chat: string, text: string): void;
}

/** Nothing yet. */
export function remembering(of: { nowMs(): number; customers(): Iterable<HeldCustomer> }): Remembered {
  const seen: Remembered = {
    people: [],
    truths: new Map(),
    toldRenewals: new Map(),
    shown: [],
    cardClaims: new WeakMap(),
    lineClaims: new Map(),
    plainAlerts: new Set(),
    ownPatches: new Set(),
    attempts: new Map(),
    cartsRead: new Map(),
    cartsChanged: new Map(),
    orderedAt: new Map(),
    oddOrders: new Map(),
    suspensionsAsked: [],
    reactivated: new Map(),
    robbed: new Set(),
    refusals: new Map(),
    changesAsked: 0,
    nos: [],
    recordedAt: new Map(),
    acts: [],
    refusedAt: new Map(),
    saidGone: new Set(),
    deletedSays: { status: 404, code: 'ActivityNotFoundInConversation' },
    teamsSlowMs: 0,
    slowAt: [],
    editsLateMs: 0,
    nameless: false,
    redelivered: 0,
    redeliveries: 0,
    noteTruth() {
      for (const customer of of.customers()) {
        const now = truthOf(customer, of.nowMs());
        const all = seen.truths.get(customer.id) ?? [];
        seen.truths.set(customer.id, all);
        const last = all.at(-1);
        if (now && (!last || JSON.stringify({ ...last, atMs: 0 }) !== JSON.stringify({ ...now, atMs: 0 }))) all.push(now);
        for (const order of customer.orders) if (!seen.orderedAt.has(order.wire.id)) seen.orderedAt.set(order.wire.id, of.nowMs());
      }
    },
    overAt({ customer, atMs }) {
      // What was switched on again after a move, and is suspended by that move's own late call, is as it was to be.
      const isBack = seen.reactivated.get(customer) === atMs;
      const byOthers = (one: Truth) => one.status !== 'active' && (isBack || !seen.ownPatches.has(`${customer} ${one.atMs}`));
      const after = (seen.truths.get(customer) ?? []).filter((one) => one.atMs > atMs);
      // What the bot itself has suspended stays news: each chat was to hear of it.
      const ours = after.findIndex((one) => one.status !== 'active' && !byOthers(one));
      return after.find((one, n) => one.renews || (byOthers(one) && (ours < 0 || n < ours)))?.atMs ?? of.nowMs();
    },
    noteShown: (chat, id, card) => void seen.shown.push({ chat, card: id, atMs: of.nowMs(), claims: seen.cardClaims.get(card) ?? null, content: card }),
    noteSaid: (chat, text) => void seen.shown.push({ chat, card: null, atMs: of.nowMs(), claims: seen.lineClaims.get(text) ?? null, content: { text } }),
  };
  return seen;
}

function truthOf(customer: HeldCustomer, atMs: number): Truth | null {
  const held = customer.subscriptions[0];
  if (!held) return null;
  const from = held.skuId ?? '';
  const bought = customer.subscriptions.slice(1).flatMap((one) => one.skuId ?? []);
  return {
    atMs,
    renews: held.wire.autoRenewEnabled,
    status: held.wire.status,
    day: String(held.wire.commitmentEndDate).slice(0, 10),
    holdOld: customer.users.filter((user) => from in user.licences).length,
    moved: customer.users.filter((user) => !(from in user.licences) && bought.some((sku) => sku in user.licences)).length,
    orders: customer.orders.length,
  };
}

/** Nobody can see what changes between the last read of a cart and the checkout of the same turn, nor after it. */
export function changedUnseen(world: Remembered, cart: string): boolean {
  const changed = world.cartsChanged.get(cart);
  const begun = world.attempts.get(cart) ?? 0;
  return changed !== undefined && (changed > begun || ((world.cartsRead.get(cart) ?? 0) < changed && begun - changed < 15_000));
}
