import assert from 'node:assert/strict';
import type { KnownSubscription, Subscription } from '../../services/domain.ts';
import { endOfTerm, isWatched } from '../../services/watch/endOfTerm.ts';
import { judge, type Looked } from '../../services/watch/flips.ts';
import { sampleExpiry } from '../cards/samples.ts';

const SUBSCRIPTION: Subscription = {
  id: 's',
  customerId: 'c',
  offerId: 'o',
  offerName: 'Offer',
  kind: 'classic',
  status: 'active',
  autoRenew: true,
  lastDay: '2027-03-02',
  expiresOn: '2027-03-03',
  quantity: 10,
  term: 'P1Y',
  billing: 'monthly',
  isTrial: false,
  isUsage: false,
  parentId: null,
  atTermEnd: null,
  cancellableUntil: null,
  orderId: null,
};
const off = { ...SUBSCRIPTION, autoRenew: false };
const known = (snapshot: Subscription, more: Partial<KnownSubscription> = {}): KnownSubscription => ({
  snapshot,
  episode: 0,
  expiry: null,
  liveMigration: null,
  migrations: 0,
  ...more,
});
const look = (changes: Partial<Looked>): Looked => ({
  known: known(SUBSCRIPTION),
  expiry: null,
  now: SUBSCRIPTION,
  goesWithBase: false,
  today: '2027-01-20',
  ...changes,
});
const open = sampleExpiry({}, { lastDay: '2027-03-02', expiresOn: '2027-03-03', quantity: 10, endOfTerm: 'cancels' });

describe('judge', () => {
  const cases: [string, Partial<Looked>, ReturnType<typeof judge>][] = [
    ['nothing changed', {}, { kind: 'same' }],
    ['auto-renew went off', { now: off }, { kind: 'open', as: 'flip' }],
    ['seen for the first time, already off', { known: null, now: off }, { kind: 'open', as: 'known' }],
    ['seen for the first time, renewing', { known: null }, { kind: 'quiet' }],
    ['seats changed while renewing', { now: { ...SUBSCRIPTION, quantity: 11 } }, { kind: 'quiet' }],
    ['off again after the matter was closed by a move that lets it end', { known: known(off), now: off }, { kind: 'same' }],
    ['switched back on', { known: known(off, { expiry: 'S-1' }), expiry: open }, { kind: 'close', how: 'renewed' }],
    ['still off', { known: known(off, { expiry: 'S-1' }), expiry: open, now: off }, { kind: 'same' }],
    ['seats changed while off', { known: known(off, { expiry: 'S-1' }), expiry: open, now: { ...off, quantity: 9 } }, { kind: 'changed' }],
    [
      'suspended by somebody else',
      { known: known(off, { expiry: 'S-1' }), expiry: open, now: { ...off, status: 'suspended' } },
      { kind: 'close', how: 'ended' },
    ],
    ['gone from the complete list', { known: known(off, { expiry: 'S-1' }), expiry: open, now: null }, { kind: 'close', how: 'ended' }],
    ['gone without a matter', { now: null }, { kind: 'same' }],
    [
      'asked for, still renewing',
      { known: known(SUBSCRIPTION, { expiry: 'S-1' }), expiry: { ...open, kind: 'asked', facts: { ...open.facts, endOfTerm: 'renews' } } },
      { kind: 'same' },
    ],
    [
      'our own suspension while a move is live',
      { known: known(off, { expiry: 'S-1', liveMigration: 'm' }), expiry: open, now: { ...off, status: 'suspended' } },
      { kind: 'quiet' },
    ],
    [
      'seats changed while a move is live',
      { known: known(off, { expiry: 'S-1', liveMigration: 'm' }), expiry: open, now: { ...off, quantity: 9 } },
      { kind: 'changed' },
    ],
    ['gone while a move is live', { known: known(off, { expiry: 'S-1', liveMigration: 'm' }), expiry: open, now: null }, { kind: 'same' }],
    ['an add-on that stops with its base', { now: off, goesWithBase: true }, { kind: 'quiet' }],
    ['seven days left', { known: known(off, { expiry: 'S-1' }), expiry: open, now: off, today: '2027-02-24' }, { kind: 'remind', daysLeft: 7 }],
    ['reminded already', { known: known(off, { expiry: 'S-1' }), expiry: { ...open, remindedAt: 7 }, now: off, today: '2027-02-25' }, { kind: 'same' }],
    [
      'one day left',
      { known: known(off, { expiry: 'S-1' }), expiry: { ...open, remindedAt: 7 }, now: off, today: '2027-03-02' },
      { kind: 'remind', daysLeft: 1 },
    ],
    [
      'snoozed is not reminded',
      {
        known: known(off, { expiry: 'S-1' }),
        expiry: { ...open, marks: { snoozed: { until: '2027-02-28', reason: 'r', by: 'a', at: '' } } },
        now: off,
        today: '2027-02-24',
      },
      { kind: 'same' },
    ],
    [
      'snooze is over',
      { known: known(off, { expiry: 'S-1' }), expiry: { ...open, marks: { snoozed: { until: '2027-01-20', reason: 'r', by: 'a', at: '' } } }, now: off },
      { kind: 'changed' },
    ],
  ];
  for (const [name, changes, verdict] of cases) it(name, () => assert.deepEqual(judge(look(changes)), verdict));
});

describe('false positives', () => {
  const cases: [string, Partial<Subscription>][] = [
    ['Azure, without an end', { lastDay: null, expiresOn: null }],
    ['usage', { isUsage: true }],
    ['a trial', { isTrial: true }],
    ['suspended', { status: 'suspended' }],
    ['one-time or software', { kind: 'other' }],
    ['deleted', { status: 'deleted' }],
    ['a status that is not known', { status: 'hibernating' }],
  ];
  for (const [name, changes] of cases) {
    it(`${name} is not watched`, () => {
      const now = { ...off, ...changes };
      assert.equal(isWatched(now), false);
      assert.notEqual(judge(look({ now })).kind, 'open');
    });
  }
});

describe('the end of the term', () => {
  const nce: Subscription = { ...off, kind: 'newCommerce' };
  it('is one of four things, never two', () => {
    assert.equal(endOfTerm(SUBSCRIPTION), 'renews');
    assert.equal(endOfTerm(off), 'cancels');
    assert.equal(endOfTerm(nce), 'unknown');
    assert.equal(endOfTerm({ ...nce, atTermEnd: 'cancel' }), 'cancels');
    assert.equal(endOfTerm({ ...nce, atTermEnd: 'renewtoextendedserviceterm' }), 'extends');
    assert.equal(endOfTerm({ ...nce, atTermEnd: 'renewtonewterm' }), 'renews');
    assert.equal(endOfTerm({ ...nce, atTermEnd: 'something new' }), 'unknown');
  });
});
