/** Planted bugs of reading: what Partner Center did not say, or one answer that is odd or late, taken for something else. */
import { type Cart, type PartnerCenter, PartnerCenterError } from '../../services/partnerCenter/port.ts';
import type { WireMutant } from './wireMutants.ts';

const MINUTE_MS = 60_000;
const long = '2001-01-01T00:00:00.000Z';

export const READING_MUTANTS: Readonly<Record<string, WireMutant>> = {
  'a missing flag is a no': {
    caughtBy: 'I17',
    bugs: { partnerCenter: missingIsNo },
    drawn: { rules: [[], ['oddList']], lateFlip: true, restMs: 10 * MINUTE_MS },
  },
  'one odd record hides a customer': { caughtBy: 'I18', bugs: { partnerCenter: allOrNothing }, drawn: { rules: [['nullRecord']] } },
  'a cart whose end is not read is over': { caughtBy: 'I9', bugs: { partnerCenter: unreadIsOver }, drawn: { rules: [['oddCart']] } },
  'one customer that does not answer holds the others': {
    caughtBy: 'I19',
    bugs: { partnerCenter: oneQueue },
    drawn: { rules: [['slow'], []] },
  },
};

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

/** Whatever is asked waits for the answer to what was asked before, of whichever customer. */
function oneQueue(pc: PartnerCenter): PartnerCenter {
  let last: Promise<unknown> = Promise.resolve();
  const behind = <G extends unknown[], T>(ask: (...given: G) => Promise<T>) => {
    return (...given: G): Promise<T> => {
      const mine = last.then(() => ask(...given));
      last = mine.catch(() => {});
      return mine;
    };
  };
  return { ...pc, subscriptions: behind(pc.subscriptions), subscription: behind(pc.subscription), availabilities: behind(pc.availabilities) };
}
