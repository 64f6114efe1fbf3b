/** Bugs planted outside the product that only the unkind world shows; each with the troubles in which it must be caught, by name. */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Chat, Ticket, Move } from '../../services/domain/ticket.ts';
import { type Cart, type PartnerCenter, PartnerCenterError } from '../../services/partnerCenter/port.ts';
import { refusalOf } from '../../services/notify/refusal.ts';
import type { Row, Store } from '../../services/store/store.ts';
import type { Invariant } from './judge.ts';
import { type Bugs, changing } from './mutants.ts';
import { ACTING_MUTANTS } from './wireActs.ts';
import { READING_MUTANTS } from './wireReads.ts';
import type { Drawn } from './wireRun.ts';
import type { Deliver, Message } from '../../services/notify/ports.ts';

export interface WireMutant {
  caughtBy: Invariant;
  bugs: Partial<Bugs>;
  /** What the run is made of; all else is calm. */
  drawn: Partial<Drawn>;
}

/** As late as a next try is ever set. */
const far = () => new Date(Date.now() + 20 * 3_600_000).toISOString();

/** As if it had been sent seconds after it was: after whatever was asked meanwhile. */
const soon = () => new Date(Date.now() + 4_000);

/** Name -> what must catch it, and where it is put. */
export const WIRE_MUTANTS: Readonly<Record<string, WireMutant>> = {
  ...READING_MUTANTS,
  ...ACTING_MUTANTS,
  '403 buries': {
    caughtBy: 'I18',
    bugs: { store: (store) => chats(store, (chat) => (chat.sleeping ? { ...chat, sleeping: null, dead: true, watching: [] } : chat)) },
    drawn: { teams: ['asleep'], rules: [[], []], lateFlip: true },
  },
  'a sleeping chat is never woken': { caughtBy: 'I18', bugs: { store: neverWakes }, drawn: { teams: ['asleep'], rules: [[], []], lateFlip: true } },
  '400 loops': { caughtBy: 'I19', bugs: { deliver: wrongIsAgain }, drawn: { teams: ['badCard'], rules: [[], []] } },
  'refusal is final': {
    caughtBy: 'I17',
    bugs: { store: (store) => changedMoves(store, forgetsTries), partnerCenter: refusesForGood },
    drawn: { rules: [['worksOn']] },
  },
  'the term that was chosen is forgotten': {
    caughtBy: 'I1',
    bugs: { store: (store) => changedMoves(store, ({ draft: { term: _, billing: __, ...draft }, ...move }) => ({ ...move, draft })) },
    drawn: {},
  },
  'twenty minutes are not waited for': { caughtBy: 'I16', bugs: { partnerCenter: inAnHour }, drawn: { rules: [['worksOn']] } },
  'a list of orders that is not whole says no': {
    caughtBy: 'I16',
    bugs: { partnerCenter: (pc) => ({ ...inAnHour(pc), orders: async () => ({ items: [], whole: true }) }) },
    drawn: { rules: [['worksOn', 'oddCart']] },
  },
  'gone once is ended': { caughtBy: 'I17', bugs: { partnerCenter: goneIsEnded }, drawn: { rules: [['oddList']], restMs: 50 * 60_000 } },
  'redelivery counts': {
    caughtBy: 'I2',
    bugs: { activity: (one) => ({ ...one, id: randomUUID(), timestamp: soon() }) },
    drawn: { types: 10, redelivered: 1 },
  },
  'second cart line bought': { caughtBy: 'I1', bugs: { partnerCenter: oneLine }, drawn: { rules: [['changedCart'], ['changedCart']] } },
  'what was priced first is believed': { caughtBy: 'I1', bugs: { partnerCenter: believesFirst }, drawn: { rules: [['changedCart']] } },
  'a claim without its read': {
    caughtBy: 'I17',
    bugs: {
      renderer: (renderer) => ({
        ...renderer,
        ticket: (shown) => reclaimed(renderer.ticket(shown), (claims) => claims.map((one) => ({ ...one, asOf: null }))),
      }),
    },
    drawn: {},
  },
  'a sentence without its claim': {
    caughtBy: 'I17',
    bugs: { renderer: (renderer) => ({ ...renderer, ticket: (shown) => reclaimed(renderer.ticket(shown), () => []) }) },
    drawn: {},
  },
  'nothing was bought, says who does not know': {
    caughtBy: 'I17',
    bugs: {
      renderer: (renderer) => ({
        ...renderer,
        ticket: (shown) =>
          reclaimed(renderer.ticket(shown), (claims) =>
            shown.move?.state === 'purchasing' ? [...claims, { claims: 'nothingBought', of: shown.ticket.id, asOf: shown.now }] : claims,
          ),
      }),
    },
    drawn: { rules: [['worksOn']] },
  },
  'a suspension is sent until it shows': { caughtBy: 'I13', bugs: { partnerCenter: sendsOften }, drawn: { rules: [['accepted']] } },
  'the swap is believed': { caughtBy: 'I4', bugs: { partnerCenter: believesSwaps }, drawn: { rules: [['takesOnly']] } },
  'a name outside the basic letters ends the listing': { caughtBy: 'I18', bugs: { partnerCenter: basicLetters }, drawn: { rules: [[], []], oddName: true } },
  'a waiting card offers nothing': {
    caughtBy: 'I20',
    bugs: {
      renderer: (renderer) => ({
        ...renderer,
        ticket: (shown) => (shown.move?.state === 'purchased' ? bare(renderer.ticket(shown)) : renderer.ticket(shown)),
      }),
    },
    drawn: {},
  },
  'a late 404 is a no': {
    caughtBy: 'I17',
    bugs: {
      partnerCenter: notFoundIsNo,
      renderer: (renderer) => ({
        ...renderer,
        line: (news, shown) => renderer.line(news.kind === 'stuck' ? { ...news, data: { ...news.data, reason: 'refused' } } : news, shown),
      }),
    },
    drawn: { rules: [['heals404']] },
  },
};

function chats(store: Store, change: (chat: Chat) => Chat): Store {
  return changing(store, (changes, table) =>
    changes.map((one) => (table === 'chats' && one.key === 'chat' && one.op !== 'delete' ? { ...one, value: change(one.value as Chat) } : one)),
  );
}

/** Once asleep it stays so, whoever speaks there. */
function neverWakes(store: Store): Store {
  const asleep = new Map<string, Chat['sleeping']>();
  return {
    ...chats(store, (chat) => {
      if (chat.sleeping) asleep.set(chat.key, { ...chat.sleeping, nextTryAt: far() });
      return asleep.has(chat.key) ? { ...chat, sleeping: asleep.get(chat.key) ?? null } : chat;
    }),
  };
}

/** As if the chat had had too much. */
function wrongIsAgain(deliver: Deliver): Deliver {
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const { verdict } = error as { verdict?: { is: string } };
      throw verdict?.is === 'wrong' ? refusalOf('post', { status: 429, code: '', retryAfter: '120' }, 0) : error;
    }
  };
  return { ...deliver, post: (...given) => again(() => deliver.post(...given)), edit: (...given) => again(() => deliver.edit(...given)) };
}

/** Each row of a move as if it were otherwise. */
export function changedMoves(store: Store, change: (move: Move) => Move): Store {
  return rows(store, 'mov_', change);
}

/** Each row of a ticket as if it were otherwise. */
export function changedTickets(store: Store, change: (ticketId: Ticket) => Ticket): Store {
  return rows(store, 'tkt_', change);
}

function rows<V>(store: Store, prefix: string, change: (value: V) => V): Store {
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      return row && given[2].startsWith(prefix) ? ({ ...row, value: change(row.value as unknown as V) } as unknown as Row<T>) : row;
    },
  };
}

/** As if nothing had been tried before. */
function forgetsTries(move: Move): Move {
  const tried = move.tried?.map((one) => (one.outcome === 'unclear' ? { ...one, outcome: 'sent' as const } : one));
  return { ...move, ...(tried ? { tried } : {}), call: move.call && { ...move.call, answered: true } };
}

function refusesForGood(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    checkout: async (...given) => {
      try {
        return await pc.checkout(...given);
      } catch (error) {
        if (error instanceof PartnerCenterError && error.answered) throw new PartnerCenterError('refused', '13605', error.message);
        throw error;
      }
    },
  };
}

/** A clock by which the twenty minutes are always over. */
function inAnHour(pc: PartnerCenter): PartnerCenter {
  let calls = 0;
  return { ...pc, time: () => ({ at: new Date(Date.parse(pc.time().at) + 30 * 60_000 * ++calls).toISOString(), theirs: true }) };
}

function goneIsEnded(pc: PartnerCenter): PartnerCenter {
  const listed = new Map<string, Set<string>>();
  return {
    ...pc,
    async subscriptions(customer) {
      const list = await pc.subscriptions(customer);
      listed.set(customer, new Set(list.items.map((one) => one.id)));
      return { ...list, whole: true };
    },
    async subscription(customer, id) {
      if (listed.has(customer) && !listed.get(customer)?.has(id)) throw new PartnerCenterError('notFound', '20003', 'It is not in the list.');
      return pc.subscription(customer, id);
    },
  };
}

function oneLine(pc: PartnerCenter): PartnerCenter {
  const first = (cart: Cart): Cart => ({ ...cart, lines: cart.lines.slice(0, 1) });
  return { ...pc, cart: async (...given) => first(await pc.cart(...given)) };
}

function believesFirst(pc: PartnerCenter): PartnerCenter {
  const made = new Map<string, Cart>();
  return {
    ...pc,
    async createCart(...given) {
      const cart = await pc.createCart(...given);
      made.set(cart.id, cart);
      return cart;
    },
    async cart(customer, id) {
      const cart = await pc.cart(customer, id);
      return { ...cart, lines: made.get(id)?.lines ?? cart.lines };
    },
  };
}

function reclaimed(message: Message, change: (claims: Message['claims']) => Message['claims']): Message {
  return { ...message, claims: change(message.claims) };
}

function bare(message: Message): Message {
  const { actions: _, ...card } = message.card;
  return { ...message, card };
}

function sendsOften(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    async suspend(whole, id) {
      await pc.suspend(whole, id);
      for (let n = 0; n < 4; n++) await pc.suspend({ ...whole, etag: null }, randomUUID()).catch(() => {});
    },
  };
}

function believesSwaps(pc: PartnerCenter): PartnerCenter {
  const given = new Map<string, string>();
  return {
    ...pc,
    async swapLicence(customer, user, swap, id) {
      await pc.swapLicence(customer, user, swap, id);
      given.set(user, swap.assign);
    },
    licences: async (customer, user) => (given.has(user) ? [{ skuId: given.get(user) as string, disabledPlans: [] }] : pc.licences(customer, user)),
  };
}

function basicLetters(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    async customers(after) {
      const page = await pc.customers(after);
      if (page.items.some((one) => /[\ud800-\udfff]/.test(one.name))) throw new Error('The key ends in the middle of a letter.');
      return page;
    },
  };
}

function notFoundIsNo(pc: PartnerCenter): PartnerCenter {
  const no = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PartnerCenterError && error.kind === 'notFound') throw new PartnerCenterError('forbidden', error.code, error.message);
      throw error;
    }
  };
  return {
    ...pc,
    order: (...given) => no(() => pc.order(...given)),
    provisioning: (...given) => no(() => pc.provisioning(...given)),
    subscription: (...given) => no(() => pc.subscription(...given)),
  };
}

/** An activity as the bot is given it. */
export type Incoming = Partial<Activity>;
