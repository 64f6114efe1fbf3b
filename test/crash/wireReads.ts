/** Planted bugs of reading: what Partner Center did not say, or one answer that is odd or late, taken for something else. */
import { type Cart, type PartnerCenter, PartnerCenterError } from '../../services/partnerCenter/port.ts';
import { changedMoves, type WireMutant } from './wireMutants.ts';

const MINUTE_MS = 60_000;
const TRIES_MOST = 20;
const long = '2001-01-01T00:00:00.000Z';

export const READING_MUTANTS: Readonly<Record<string, WireMutant>> = {
  'a missing flag is a no': {
    caughtBy: 'I17',
    bugs: { partnerCenter: missingIsNo },
    drawn: { rules: [[], ['oddList']], lateFlip: true, restMs: 10 * MINUTE_MS },
  },
  'one odd record hides a customer': { caughtBy: 'I18', bugs: { partnerCenter: allOrNothing }, drawn: { rules: [['nullRecord']] } },
  'a cart whose end is not read is over': {
    caughtBy: 'I9',
    // Nor are the rounds counted: that alone would end it with words.
    bugs: { partnerCenter: unreadIsOver, store: (store) => changedMoves(store, (move) => ({ ...move, rounds: Math.min(1, move.rounds ?? 0) })) },
    drawn: { rules: [['oddCart']] },
  },
  'unknown is zero': { caughtBy: 'I3', bugs: { partnerCenter: unknownIsZero }, drawn: { rules: [['unreadPerson']], restMs: 30_000 } },
  'seats of another subscription cover everybody': { caughtBy: 'I3', bugs: { partnerCenter: alwaysCovered }, drawn: { rules: [['others']] } },
  'one customer that does not answer holds the others': {
    caughtBy: 'I19',
    bugs: { partnerCenter: oneQueue },
    drawn: { rules: [['silent'], []] },
  },
};

/** A licence that two subscriptions give: the other one's seats are taken to be enough, however many they are. */
function alwaysCovered(pc: PartnerCenter): PartnerCenter {
  const enough = 1_000;
  return { ...pc, seatPools: async (customer) => (await pc.seatPools(customer)).map((pool) => ({ ...pool, active: pool.active && pool.active + enough })) };
}

function missingIsNo(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    async subscriptions(customer) {
      const list = await pc.subscriptions(customer);
      const items = list.items.map((one) => ({ ...one, autoRenew: one.autoRenew ?? false }));
      return { ...list, items, unread: list.unread.filter((one) => one.why !== 'autoRenewEnabled') };
    },
  };
}

function allOrNothing(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    async subscriptions(customer) {
      const list = await pc.subscriptions(customer);
      if (list.unread.length > 0) throw new PartnerCenterError('unclear', 'shape', 'The list is of a shape that is not known.');
      return list;
    },
  };
}

function unreadIsOver(pc: PartnerCenter): PartnerCenter {
  const over = (cart: Cart): Cart => (cart.until === null ? { ...cart, until: long, status: 'other' } : cart);
  return {
    ...pc,
    createCart: async (...given) => over(await pc.createCart(...given)),
    cart: async (...given) => over(await pc.cart(...given)),
  };
}

function unknownIsZero(pc: PartnerCenter): PartnerCenter {
  return {
    ...pc,
    async licences(...given) {
      try {
        return await pc.licences(...given);
      } catch (error) {
        if (error instanceof PartnerCenterError) return [];
        throw error;
      }
    },
    seatPools: async (customer) => (await pc.seatPools(customer)).map((pool) => ({ ...pool, consumed: pool.consumed ?? 0 })),
  };
}

/** One list at a time, and each is asked for until it comes. */
function oneQueue(pc: PartnerCenter): PartnerCenter {
  let last: Promise<unknown> = Promise.resolve();
  const untilItComes = async (customer: string): ReturnType<PartnerCenter['subscriptions']> => {
    for (let tries = 1; ; tries++) {
      try {
        return await pc.subscriptions(customer);
      } catch (error) {
        if (tries === TRIES_MOST || !(error instanceof PartnerCenterError) || error.answered) throw error;
      }
    }
  };
  return {
    ...pc,
    subscriptions: (customer) => {
      const mine = last.then(() => untilItComes(customer));
      last = mine.catch(() => {});
      return mine;
    },
  };
}
