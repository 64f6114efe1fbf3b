/** Planted bugs, outside the product: each must be caught by name, or the harness proves nothing. */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { FourEyes } from '../../services/approval/approval.ts';
import type { Ticket, TrackedSubscription } from '../../services/domain/ticket.ts';
import { type Cart, type PartnerCenter, PartnerCenterError } from '../../services/partnerCenter/port.ts';
import type { PlainResponse } from '../../services/local/sandbox/server.ts';
import type { Change, Row, Store } from '../../services/store/store.ts';
import { ROLES } from '../../services/people/roles.ts';
import type { WakeUps } from '../../services/queue/worker.ts';
import type { Invariant } from './judge.ts';
import type { Next } from './wire.ts';
import type { Deliver, Renderer } from '../../services/notify/ports.ts';
import type { Turn } from '../../bot/turns/turn.ts';
import { AUDIT, MOVE, OUTBOX, SUBSCRIPTION, TICKET } from '../../services/store/rows.ts';

type Init = { method: string; headers: Record<string, string>; body?: string };
type Fetch = (url: string, init: Init) => Promise<PlainResponse>;

/** Where a bug can be put: each takes a port and gives it back with one fault in it. */
export interface Bugs {
  store(store: Store): Store;
  wake(wake: WakeUps): WakeUps;
  partnerCenter(pc: PartnerCenter): PartnerCenter;
  deliver(deliver: Deliver): Deliver;
  renderer(renderer: Renderer): Renderer;
  fetch(fetch: Fetch): Fetch;
  /** Requests at the wire. */
  answers(next: Next): Next;
  /** What Teams gives the bot. */
  activity(activity: Partial<Activity>): Partial<Activity>;
  fourEyes(fourEyes: FourEyes): FourEyes;
  seen(seen: Turn): Turn;
  /** Waited for before a press is answered. */
  beforeAnswer(sleep: (ms: number) => Promise<void>): Promise<void>;
}

export const asIs: Bugs = {
  store: (store) => store,
  wake: (wake) => wake,
  partnerCenter: (pc) => pc,
  deliver: (deliver) => deliver,
  renderer: (renderer) => renderer,
  fetch: (fetch) => fetch,
  answers: (next) => next,
  activity: (activity) => activity,
  fourEyes: (fourEyes) => fourEyes,
  seen: (seen) => seen,
  beforeAnswer: async () => {},
};

/** Name -> the invariant that must catch it, and where it is put. */
export const MUTANTS: Record<string, { caughtBy: Invariant; bugs: Partial<Bugs> }> = {
  'the If-Match is dropped': { caughtBy: 'I8', bugs: { store: (store) => ({ ...store, commit: (...given) => overwriting(store, ...given) }) } },
  'a second cart when the checkout is repeated': { caughtBy: 'I1', bugs: { partnerCenter: secondCart } },
  'another cart at each checkout': {
    caughtBy: 'I1',
    bugs: { partnerCenter: (pc) => ({ ...pc, checkout: async (customer, cart, id) => pc.checkout(customer, (await copyCart(pc, customer, cart, 0)).id, id) }) },
  },
  'the quantity on a card is trusted': {
    caughtBy: 'I1',
    bugs: { partnerCenter: (pc) => ({ ...pc, checkout: async (customer, cart, id) => pc.checkout(customer, (await copyCart(pc, customer, cart, 1)).id, id) }) },
  },
  'not in the order list is taken for a no': { caughtBy: 'I1', bugs: { partnerCenter: notListed } },
  'four eyes and roles are skipped': {
    caughtBy: 'I2',
    bugs: { fourEyes: () => ({ when: 'off' }), seen: (seen) => ({ ...seen, actor: { ...seen.actor, roles: ROLES } }) },
  },
  'the libraries repeat a post by themselves': {
    caughtBy: 'I6',
    bugs: { deliver: (deliver) => ({ ...deliver, post: (...given) => twice(() => deliver.post(...given)) }) },
  },
  'the chat’s lease is not looked at': { caughtBy: 'I6', bugs: { store: withoutLeases } },
  'the news is not stored with its change': {
    caughtBy: 'I5',
    bugs: { store: (store) => changing(store, (changes) => changes.filter((change) => !change.key.startsWith(OUTBOX))) },
  },
  'a press is answered after the work': { caughtBy: 'I10', bugs: { beforeAnswer: (sleep) => sleep(20_000) } },
  'tickets have no episode': { caughtBy: 'I7', bugs: { store: (store) => changing(store, (changes) => changes.map(firstEpisode)) } },
  'what stops again within a day gets another ticket': {
    caughtBy: 'I7',
    bugs: { store: (store) => changing(store, (changes) => changes.map(forgetful)) },
  },
  'a second ticket for the same flip': { caughtBy: 'I7', bugs: { store: (store) => changing(store, (changes) => changes.flatMap(doubledTicket)) } },
  'a PATCH of the status alone': {
    caughtBy: 'I13',
    bugs: { partnerCenter: (pc) => ({ ...pc, suspend: (whole, id) => pc.suspend({ ...whole, resource: { quantity: 9 } }, id) }) },
  },
  'two moves of one subscription may live': { caughtBy: 'I16', bugs: { store: blindToLive } },
  'the same request id after an answer': { caughtBy: 'I9', bugs: { fetch: oneId } },
  'the wake-up only after the commit': {
    caughtBy: 'I9',
    bugs: { wake: (wake) => ({ ...wake, schedule: async (wakeUp, delayMs) => (delayMs === undefined ? undefined : wake.schedule(wakeUp, delayMs)) }) },
  },
  'a line of the record is not written': {
    caughtBy: 'I8',
    bugs: { store: (store) => changing(store, (changes) => changes.filter((change) => !(change.key.startsWith(AUDIT) && change.key.endsWith('000003')))) },
  },
  'a line of the record is not what was hashed': { caughtBy: 'I8', bugs: { store: (store) => changing(store, (changes) => changes.map(byNobody('nobody'))) } },
  'the record names people by their object id': { caughtBy: 'I14', bugs: { store: (store) => changing(store, (changes) => changes.map(byNobody('oid-bo'))) } },
  'nobody looks who still holds the old licence': {
    caughtBy: 'I3',
    bugs: { partnerCenter: (pc) => ({ ...pc, licences: async () => [], seatPools: blind(pc) }) },
  },
  'the swap takes without giving': {
    caughtBy: 'I4',
    bugs: {
      fetch: (fetch) => (url, init) =>
        fetch(url, init.body?.includes('licensesToAssign') ? { ...init, body: JSON.stringify({ ...JSON.parse(init.body), licensesToAssign: [] }) } : init),
    },
  },
  'a card from another chat and company is obeyed': {
    caughtBy: 'I12',
    bugs: {
      seen: (seen) => ({ ...seen, actor: { ...seen.actor, roles: ROLES } }),
      store: (store) => ({
        ...store,
        get: async <T>(...given: Parameters<Store['get']>) => {
          const row = await store.get<T>(...given);
          return row && given[0] === 'handles' ? { ...row, value: { ...row.value, chat: Buffer.from('a:mal').toString('base64url') } } : row;
        },
      }),
    },
  },
};

async function overwriting(store: Store, ...[table, partition, changes]: Parameters<Store['commit']>): Promise<'done' | 'conflict'> {
  const fresh: Change[] = [];
  for (const change of changes) {
    const row = await store.get(table, partition, change.key);
    if (change.op === 'delete' && row) fresh.push({ ...change, etag: row.etag });
    if (change.op !== 'delete')
      fresh.push(row ? { op: 'replace', key: change.key, value: change.value, etag: row.etag } : { op: 'create', key: change.key, value: change.value });
  }
  return store.commit(table, partition, fresh);
}

async function copyCart(pc: PartnerCenter, customer: string, id: string, more: number): Promise<Cart> {
  const [line] = (await pc.cart(customer, id)).lines;
  if (!line) throw new Error('The cart is empty.');
  const { item, quantity, term, billing } = line;
  return pc.createCart(customer, { item, quantity: (quantity ?? 0) + more, term, billing }, randomUUID());
}

function secondCart(pc: PartnerCenter): PartnerCenter {
  const asked = new Set<string>();
  return {
    ...pc,
    async checkout(customer, cart, id) {
      if (!asked.has(cart)) {
        asked.add(cart);
        return pc.checkout(customer, cart, id);
      }
      return pc.checkout(customer, (await copyCart(pc, customer, cart, 0)).id, id);
    },
  };
}

function notListed(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    async checkout(customer, cart, id) {
      try {
        return await pc.checkout(customer, cart, id);
      } catch (error) {
        if (!(error instanceof PartnerCenterError) || error.kind === 'throttled') throw error;
        const listed = await pc.orders(customer);
        if (listed.items.length > 0) throw error;
        return pc.checkout(customer, (await copyCart(pc, customer, cart, 0)).id, randomUUID());
      }
    },
  };
}

async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    return work();
  }
}

function withoutLeases(store: Store): Store {
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => (given[0] === 'chats' && given[2] === 'lease' ? undefined : store.get<T>(...given)),
    commit: async (table, partition, changes) => (table === 'chats' && changes[0]?.key === 'lease' ? 'done' : store.commit(table, partition, changes)),
  };
}

function firstEpisode(change: Change): Change {
  return change.op === 'create' && change.key.startsWith(TICKET) ? { ...change, value: { ...(change.value as Ticket), episode: 1 } } : change;
}

/** Does not remember which ticket closed because it renewed. */
function forgetful(change: Change): Change {
  if (change.op === 'delete' || !change.key.startsWith(SUBSCRIPTION)) return change;
  const { renewed: _, ...value } = change.value as TrackedSubscription;
  return { ...change, value };
}

function doubledTicket(change: Change): Change[] {
  return change.op === 'create' && change.key.startsWith(TICKET) ? [change, { ...change, key: `${change.key}0` }] : [change];
}

/** Does not see that a move lives, and does not mind that the row changed meanwhile. */
function blindToLive(store: Store): Store {
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      // Nor that the ticket knows of one: what a press asked would still tell it.
      if (row && given[2].startsWith(TICKET)) return { ...row, value: { ...(row.value as Ticket), move: null } } as Row<T>;
      return row && given[2].startsWith(SUBSCRIPTION) ? ({ ...row, value: { ...(row.value as TrackedSubscription), liveMove: null } } as Row<T>) : row;
    },
    commit: (table, partition, changes) =>
      changes.some((change) => change.op === 'create' && change.key.startsWith(MOVE))
        ? overwriting(store, table, partition, changes)
        : store.commit(table, partition, changes),
  };
}

/** The first id that was used for a call is used for every repetition of it. */
function oneId(fetch: Fetch): Fetch {
  const ids = new Map<string, string>();
  return (url, init) => {
    if (init.method === 'GET') return fetch(url, init);
    const id = ids.get(url) ?? (init.headers['MS-RequestId'] as string);
    ids.set(url, id);
    return fetch(url, { ...init, headers: { ...init.headers, 'MS-RequestId': id } });
  };
}

function byNobody(by: string): (change: Change) => Change {
  return (change) => (change.op === 'create' && change.key.startsWith(AUDIT) ? { ...change, value: { ...(change.value as object), by } } : change);
}

/** Pools in which nobody seems to hold a seat. */
function blind(pc: PartnerCenter): PartnerCenter['seatPools'] {
  return async (customer) => (await pc.seatPools(customer)).map((pool) => ({ ...pool, consumed: 0 }));
}

export function changing(store: Store, change: (changes: Change[], table: string) => Change[]): Store {
  return { ...store, commit: (table, partition, changes) => store.commit(table, partition, change(changes, table)) };
}
