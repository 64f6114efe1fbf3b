/** Planted bugs of doing: a wait that nobody is told of, an answer or an outcome that counts where it does not belong. */
import type { Ticket, Move } from '../../services/domain/ticket.ts';
import { askedOf } from '../../services/moves/asked.ts';
import { Refused } from '../../services/notify/refusal.ts';
import type { Change, Row, Store } from '../../services/store/store.ts';
import { AsyncLocalStorage } from 'node:async_hooks';
import { changedMoves, changedTickets, type WireMutant } from './wireMutants.ts';
import type { Deliver } from '../../services/notify/ports.ts';
import { MOVE, ofCustomer, ticketKey } from '../../services/store/rows.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const long = '2001-01-01T00:00:00.000Z';
const far = '2099-01-01T00:00:00.000Z';

export const ACTING_MUTANTS: Readonly<Record<string, WireMutant>> = {
  'an outcome goes to whoever is live': { caughtBy: 'I1', bugs: { store: toWhoeverIsLive }, drawn: { rules: [['lateCart']], fickle: true } },
  'a card taken away counts as shown': { caughtBy: 'I18', bugs: { deliver: goneIsDone }, drawn: { teams: ['deletedCard'] } },
  'typed ahead counts': {
    caughtBy: 'I2',
    bugs: { store: countsAsRead, activity: (one) => ({ ...one, timestamp: new Date(Date.now() + MINUTE_MS) }) },
    drawn: { types: 10, hurries: true, teamsSlowMs: 20_000 },
  },
  'who waits is never reminded': {
    caughtBy: 'I20',
    bugs: { store: (store) => changedMoves(store, waitsAnew) },
    drawn: { leavesAfter: 4, periodMs: HOUR_MS },
  },
  'who waits is reminded at every look': {
    caughtBy: 'I20',
    bugs: { store: (store) => changedTickets(store, ({ nudged: _, ...ticketId }) => ticketId) },
    drawn: { leavesAfter: 4, periodMs: HOUR_MS },
  },
};

/** As if its wait began at each look, and its approvers had been told. */
function waitsAnew(move: Move): Move {
  return { ...move, since: far, reminded: true };
}

function goneIsDone(deliver: Deliver): Deliver {
  return {
    ...deliver,
    async edit(...given) {
      try {
        await deliver.edit(...given);
      } catch (error) {
        if (!(error instanceof Refused) || (error.verdict.is !== 'cardGone' && error.verdict.is !== 'passing')) throw error;
      }
      return 'done';
    },
  };
}

/** As if each card showed long since what is asked now. */
function countsAsRead(store: Store): Store {
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      const [, ticketId] = /^ntc_(S-\d+)_/.exec(given[2]) ?? [];
      if (!row || !ticketId) return row;
      const ticket = (await store.get<Ticket>(...ofCustomer(given[1]), ticketKey(ticketId)))?.value;
      const move = ticket?.move ? (await store.get<Move>(...ofCustomer(given[1]), ticket.move))?.value : undefined;
      return ticket ? ({ ...row, value: { ...row.value, asked: askedOf(ticket, move ?? null), askedAt: long } } as Row<T>) : row;
    },
  };
}

/** The move whose call this is, in the turn that made it. */
const calling = new AsyncLocalStorage<{ call: Move | null }>();

/** What came of a call is stored in the move that is live by then, without a look whether it is the same one. */
function toWhoeverIsLive(store: Store): Store {
  let live: Move | null = null;
  return {
    ...store,
    get: async <T>(...given: Parameters<Store['get']>) => {
      const row = await store.get<T>(...given);
      const call = calling.getStore()?.call;
      if (!row || !call || !given[2].startsWith(MOVE) || given[2] === call.key) return row;
      live = row.value as Move;
      return { ...row, value: { ...live, key: call.key, version: call.version, call: call.call } } as Row<T>;
    },
    commit: (table, partition, changes) => {
      const [first] = changes;
      const begun = first?.op === 'replace' && first.key.startsWith(MOVE) ? (first.value as Move) : null;
      const call = calling.getStore()?.call;
      if (begun?.lease && begun.call && !begun.call.answered && changes.length === 1) calling.enterWith({ call: begun });
      if (!call || !live || begun?.key !== call.key || live.key === call.key) return store.commit(table, partition, changes);
      const inIts = JSON.parse(JSON.stringify(changes).replaceAll(call.key, live.key)) as Change[];
      calling.enterWith({ call: null });
      return store.commit(table, partition, inIts);
    },
  };
}
