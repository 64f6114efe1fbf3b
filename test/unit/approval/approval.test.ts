import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  APPROVAL_MS,
  endHash,
  type FourEyes,
  FRESH_MS,
  lapsesAt,
  needAnother,
  needsAnother,
  type OwnYes,
  parseFourEyes,
  quoteHash,
  remindsAt,
  whyNotApprove,
} from '../../../services/approval/approval.ts';
import { later } from '../../../services/clock.ts';
import { parseMoney, pricesOver } from '../../../services/domain/money.ts';
import type { EndOffer, Move, Quote, Subscription } from '../../../services/domain/ticket.ts';
import { advance, type MoveEvent } from '../../../services/moves/states.ts';
import { may, type Right, ROLES, type Role } from '../../../services/people/roles.ts';
import { sampleEnd, sampleMove, sampleSubscription } from '../../support/samples.ts';

const AT = '2027-01-20T10:02:00.000Z';
const QUOTE = sampleMove().quote as Quote;

/** Fewer while mutations are tried one by one. */
const RUNS = Number(process.env.MODEL_RUNS ?? 10_000);

describe('the approval policy', () => {
  it('asks for the role, the same quote, the time, and another person, in this order', () => {
    const why = (changes: { roles?: Role[]; key?: string; hash?: string; quote?: Quote | null; now?: string; fourEyes?: FourEyes }) =>
      whyNotApprove(
        changes.quote === undefined ? QUOTE : changes.quote,
        { key: changes.key ?? 'bo', roles: changes.roles ?? ['approver'] },
        changes.hash ?? QUOTE.hash,
        changes.fourEyes ?? { when: 'always' },
        changes.now ?? AT,
      );
    assert.equal(why({}), null);
    assert.equal(why({ key: 'ann' }), 'ownRequest');
    assert.equal(why({ key: 'ann', fourEyes: { when: 'off' } }), null);
    assert.equal(why({ hash: 'other' }), 'quoteChanged');
    assert.equal(why({ quote: null }), 'quoteChanged');
    assert.equal(why({ now: later(AT, APPROVAL_MS) }), 'lapsed');
    assert.equal(why({ now: later(AT, APPROVAL_MS - 1) }), null);
    assert.equal(why({ roles: ['requester', 'licenceAdmin', 'viewer'], hash: 'other' }), 'role');
    assert.equal(why({ key: 'ann', hash: 'other', now: later(AT, APPROVAL_MS) }), 'quoteChanged');
    assert.equal(why({ key: 'ann', now: later(AT, APPROVAL_MS) }), 'lapsed');
  });

  it('compares the whole term’s amount or the seats; another currency cannot be compared', () => {
    const above = (minor: number, currency = 'EUR') => needsAnother(QUOTE, { when: 'aboveAmount', minor, currency });
    assert.deepEqual([above(545_999), above(546_000), above(546_001), above(9e12, 'USD')], [true, false, false, true]);
    const seats = (n: number) => needsAnother(QUOTE, { when: 'aboveSeats', seats: n });
    assert.deepEqual([seats(6), seats(7)], [true, false]);
    assert.deepEqual([needsAnother(QUOTE, { when: 'off' }), needsAnother(QUOTE, { when: 'always' })], [false, true]);
  });

  it('counts what is not known as above any limit', () => {
    const unknown = { ...QUOTE, total: null, quantity: null };
    assert.equal(needsAnother(unknown, { when: 'aboveAmount', minor: 9e12, currency: 'EUR' }), true);
    assert.equal(needsAnother(unknown, { when: 'aboveSeats', seats: 9e12 }), true);
  });

  describe('several yeses of one person within a day', () => {
    const yes = (move: string, total: OwnYes['total'], quantity: number | null = 1, at = AT): OwnYes => ({ move, total, quantity, at });
    const eur = (euros: number) => ({ minor: euros * 100, currency: 'EUR' });
    const limit: FourEyes = { when: 'aboveAmount', ...eur(1_000) };
    const seats: FourEyes = { when: 'aboveSeats', seats: 10 };
    const judged = (asked: OwnYes[], before: OwnYes[] = [], fourEyes: FourEyes = limit) => needAnother(asked, before, fourEyes, AT);

    it('are one amount: what is asked at once and what was approved before', () => {
      assert.equal(judged([yes('a', eur(600)), yes('b', eur(400))]), false);
      assert.equal(judged([yes('a', eur(600)), yes('b', eur(401))]), true);
      assert.equal(judged([yes('a', eur(600))], [yes('b', eur(400))]), false);
      assert.equal(judged([yes('a', eur(600))], [yes('b', eur(200)), yes('c', eur(201))]), true);
    });

    it('are one number of seats', () => {
      assert.equal(judged([yes('a', null, 6), yes('b', null, 4)], [], seats), false);
      assert.equal(judged([yes('a', null, 6)], [yes('b', null, 5)], seats), true);
    });

    it('need another person where one amount, or one number of seats, is not known or cannot be added', () => {
      assert.equal(judged([yes('a', eur(1)), yes('b', null)]), true);
      assert.equal(judged([yes('a', null), yes('b', eur(1))]), true);
      assert.equal(judged([yes('a', null)], [yes('b', null)]), true);
      assert.equal(judged([yes('a', eur(1))], [yes('b', { minor: 1, currency: 'USD' })]), true);
      assert.equal(judged([yes('a', null, 1), yes('b', null, null)], [], seats), true);
      assert.equal(judged([yes('a', null, 1)], [yes('b', null, null)], seats), true);
    });

    it('count for 24 hours and no longer, across midnight; one of a clock that is ahead counts', () => {
      const within = (ms: number) => judged([yes('a', eur(600))], [yes('b', eur(600), 1, later(AT, ms))]);
      assert.deepEqual([within(-APPROVAL_MS), within(1 - APPROVAL_MS), within(60_000)], [false, true, true]);
    });

    it('to the same move are one: the later takes the place of the earlier', () => {
      assert.equal(judged([yes('a', eur(600))], [yes('a', eur(900))]), false);
      assert.equal(judged([yes('a', eur(600)), yes('b', eur(100))], [yes('b', eur(900)), yes('c', eur(301))]), true);
    });

    it('that ask for nothing need nobody', () => {
      assert.equal(judged([], [yes('b', eur(9_000))], { when: 'always' }), false);
      assert.equal(judged([], [yes('b', eur(9_000))]), false);
      assert.equal(judged([yes('a', eur(1))], [], { when: 'always' }), true);
    });
  });

  it('judges a term of any length by what it costs in the end', () => {
    const limit: FourEyes = { when: 'aboveAmount', minor: 1_000_000, currency: 'EUR' };
    const asked = (term: string, billing: string) => {
      const prices = pricesOver({ minor: 45_500, currency: 'EUR' }, term, billing);
      assert.ok(prices, `${term} ${billing}`);
      const quote = { ...QUOTE, term, billing, ...prices };
      return [prices.total.minor, needsAnother(quote, limit)];
    };
    assert.deepEqual(asked('P1Y', 'monthly'), [546_000, false]);
    assert.deepEqual(asked('P2Y', 'monthly'), [1_092_000, true]);
    assert.deepEqual(asked('P1Y11M', 'monthly'), [1_046_500, true]);
    assert.deepEqual(asked('P3Y', 'triennial'), [45_500, false]);
    assert.deepEqual(asked('P5Y', 'annual'), [227_500, false]);
    assert.equal(pricesOver({ minor: 1, currency: 'EUR' }, 'P10D', 'monthly'), null, 'a length that is not understood is never multiplied');
    const forints: FourEyes = parseFourEyes('above 5000 HUF') as FourEyes;
    assert.equal(needsAnother({ ...QUOTE, total: parseMoney(4_999.99, 'HUF') as Quote['total'] }, forints), false);
    assert.equal(needsAnother({ ...QUOTE, total: parseMoney(5_000.01, 'HUF') as Quote['total'] }, forints), true);
  });

  it('is written in words, and anything else is refused', () => {
    assert.deepEqual(parseFourEyes(' always '), { when: 'always' });
    assert.deepEqual(parseFourEyes('off'), { when: 'off' });
    assert.deepEqual(parseFourEyes('above 500 EUR'), { when: 'aboveAmount', minor: 50_000, currency: 'EUR' });
    assert.deepEqual(parseFourEyes('above 12.50 EUR'), { when: 'aboveAmount', minor: 1_250, currency: 'EUR' });
    assert.deepEqual(parseFourEyes('above 5000 JPY'), { when: 'aboveAmount', minor: 5_000, currency: 'JPY' });
    assert.deepEqual(parseFourEyes('above 25 seats'), { when: 'aboveSeats', seats: 25 });
    for (const bad of [
      '',
      'on',
      'above',
      'above EUR',
      'above -5 EUR',
      'above 2.5 seats',
      'above 5 euros',
      'above 5 eur',
      'xabove 5 EUR',
      'above 5 EUR or so',
      'above 1e3 EUR',
    ])
      assert.equal(parseFourEyes(bad), null, bad);
  });

  it('holds a day or as long as the cart, and is brought up four hours before, or halfway', () => {
    const until = (text: string) => ({ ...QUOTE, until: text });
    assert.equal(lapsesAt(until('2027-01-27T10:02:00.000Z')), '2027-01-21T10:02:00.000Z');
    assert.equal(lapsesAt(until('')), '2027-01-21T10:02:00.000Z');
    for (const over of ['2027-01-20T10:01:59.999Z', AT]) assert.equal(lapsesAt(until(over)), '2027-01-21T10:02:00.000Z', 'over when it was just made');
    assert.equal(lapsesAt(until('2027-01-20T12:02:00.000Z')), '2027-01-20T12:02:00.000Z');
    assert.equal(lapsesAt(until('2027-01-21T10:02:00.000Z')), '2027-01-21T10:02:00.000Z');
    assert.equal(remindsAt(QUOTE), '2027-01-21T06:02:00.000Z');
    assert.equal(remindsAt(until('2027-01-20T12:02:00.000Z')), '2027-01-20T11:02:00.000Z');
  });

  it('is good for a quarter of an hour for a purchase that has not begun', () => assert.equal(FRESH_MS, 900_000));

  it('is bound to customer, plan, seats, term, billing, price, currency and the old subscription; not to the cart or the availability', () => {
    const hash = (changes: Partial<Quote>, customer = 'c') => quoteHash(customer, { ...QUOTE, ...changes });
    const base = hash({});
    assert.match(base, /^[0-9a-f]{64}$/);
    const money = (minor: number, currency = 'EUR') => ({ minor, currency });
    const bound: Partial<Quote>[] = [
      { item: 'CFQother:0001:CFQA' },
      { item: 'CFQp1:0002:CFQA' },
      { quantity: 8 },
      { term: 'P1M' },
      { billing: 'annual' },
      { monthly: money(45_501) },
      { monthly: money(45_500, 'USD') },
      { total: money(546_001) },
      { total: money(546_000, 'USD') },
      { cycle: money(45_500) },
      { unit: money(6_500) },
      { source: { status: 'active', quantity: 10 } },
      { source: { status: 'active', quantity: 9 } },
    ];
    const hashes = [base, hash({}, 'other'), ...bound.map((changes) => hash(changes))];
    assert.equal(new Set(hashes).size, hashes.length, 'each is another one');
    for (const changes of [{ item: 'CFQp1:0001:CFQZ' }, { cartId: 'x' }, { at: AT }, { askedBy: 'x' }, { planTitle: 'x' }]) assert.equal(hash(changes), base);
  });

  it('of an end is bound to which way, day, seats, term, billing, price, who loses it, and how the subscription stood; not to when or by whom it was asked', () => {
    const stands = sampleSubscription({ kind: 'newCommerce' });
    const hash = (changes: Partial<EndOffer>, of: Partial<Subscription> = {}) => endHash(sampleEnd(changes), { ...stands, ...of });
    const base = hash({});
    assert.match(base, /^[0-9a-f]{64}$/);
    const bound: Partial<EndOffer>[] = [
      ...[{ to: 'renew' as const }, { day: '2027-03-04' }, { quantity: 11 }, { term: 'P1M' }, { billing: 'annual' }, { loses: 6 }],
      ...[{ total: { minor: 372_001, currency: 'EUR' } }, { total: { minor: 372_000, currency: 'USD' } }, { total: null }],
    ];
    const next = { offer: null, quantity: 7, term: null, billing: null };
    const stood: Partial<Subscription>[] = [
      ...[{ customerId: 'other' }, { id: 'other' }, { offerId: 'other' }, { status: 'suspended' }, { autoRenew: false }, { atTermEnd: 'Cancel' }],
      ...[{ next }, { otherDay: { word: 'Cancel', on: null } }],
    ];
    const hashes = [base, ...bound.map((changes) => hash(changes)), ...stood.map((of) => hash({}, of))];
    assert.equal(new Set(hashes).size, hashes.length, 'each is another one');
    assert.equal(hash({ at: later(AT, 1), askedBy: 'bo', hash: 'x', pricedOn: '2027-01-19' }, { quantity: 3, offerName: 'Renamed' }), base);
  });

  it('rights: who may do what', () => {
    const table: Record<Right, Role[]> = {
      see: ['viewer', 'requester', 'licenceAdmin', 'approver', 'owner'],
      watch: ['requester', 'licenceAdmin', 'approver', 'owner'],
      ask: ['requester', 'approver', 'owner'],
      approve: ['approver', 'owner'],
      licences: ['licenceAdmin', 'approver', 'owner'],
      suspend: ['approver', 'owner'],
      own: ['owner'],
    };
    for (const [right, holders] of Object.entries(table))
      for (const role of ROLES) assert.equal(may([role], right as Right), holders.includes(role), `${role} ${right}`);
    assert.equal(may([], 'see'), false);
    assert.equal(may(['viewer', 'approver'], 'approve'), true);
  });

  it('in any order of asking, approving, declining, repricing and waiting: only what was allowed is ever bought (10,000 runs)', () => {
    const people = { ann: ['requester'], bo: ['approver'], cy: ['approver', 'requester'], vi: ['viewer'], eve: [] } as Record<string, Role[]>;
    const who = fc.constantFrom('ann', 'bo', 'cy', 'vi', 'eve');
    const happening = fc.oneof(
      fc.record({ do: fc.constant('ask' as const), who: fc.constantFrom('ann', 'cy'), seats: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant('approve' as const), who, stale: fc.boolean() }),
      fc.record({ do: fc.constant('decline' as const), who }),
      fc.record({ do: fc.constant('back' as const), who }),
      fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 15 }) }),
      fc.record({ do: fc.constant('clockwork' as const), same: fc.boolean() }),
    );
    let bought = 0;
    let refusedOwn = 0;
    fc.assert(
      fc.property(fc.array(happening, { minLength: 5, maxLength: 60, size: 'max' }), fc.boolean(), (happenings, always) => {
        const fourEyes: FourEyes = always ? { when: 'always' } : { when: 'aboveSeats', seats: 2 };
        let m: Move = sampleMove({ state: 'drafting', quote: null });
        let now = AT;
        let oldHash = 'none';
        // What a careful colleague would have written down.
        const book: { asked: { by: string; seats: number; at: string } | null; allowed: { by: string; seats: number } | null } = { asked: null, allowed: null };
        const tell = (event: MoveEvent) => {
          const step = advance(m, event, now);
          if ('next' in step) m = step.next;
          return step;
        };
        for (const one of happenings) {
          if (m.state === 'cancelled') m = sampleMove({ state: 'drafting', quote: null });
          switch (one.do) {
            case 'wait':
              now = later(now, one.hours * 3_600_000);
              break;
            case 'ask': {
              const plan = { id: 'p1', title: 'P', reason: 'r', minimum: 1, maximum: 9, item: { productId: 'a', skuId: 'b' }, whyNot: null };
              if ('next' in tell({ kind: 'chosen', by: one.who, plan, quantity: one.seats, term: null, billing: null })) {
                book.asked = { by: one.who, seats: one.seats, at: now };
                book.allowed = null;
                priced(one.seats, one.who);
              }
              break;
            }
            case 'approve': {
              const hash = one.stale ? oldHash : (m.quote?.hash ?? 'none');
              const step = tell({ kind: 'approve', by: one.who, roles: people[one.who] ?? [], hash, fourEyes });
              const may = (people[one.who] ?? []).includes('approver');
              const another = always || (book.asked?.seats ?? 0) > 2;
              const open = m.state === 'quoted' && book.asked !== null;
              if ('next' in step) {
                assert.ok(open && may && !(another && book.asked?.by === one.who) && Date.parse(now) - Date.parse(book.asked?.at ?? now) < APPROVAL_MS);
                assert.equal(book.allowed, null, 'approved twice');
                book.allowed = { by: one.who, seats: book.asked?.seats ?? 0 };
              } else if (step.refused === 'ownRequest') {
                refusedOwn += 1;
                assert.ok(another && book.asked?.by === one.who);
              } else if (step.refused === 'role') assert.ok(!may);
              break;
            }
            case 'decline':
              if ('next' in tell({ kind: 'decline', by: one.who, reason: 'r' })) {
                assert.equal(book.allowed, null);
                book.asked = null;
              }
              break;
            case 'back':
              if ('next' in tell({ kind: 'back', by: one.who })) {
                assert.equal(book.allowed, null);
                book.asked = null;
              }
              break;
            case 'clockwork':
              clockwork(one.same);
          }
          if (m.state === 'purchasing') {
            bought += 1;
            assert.ok(
              book.allowed && m.quote && book.allowed.seats === m.quote.quantity && m.approval?.by === book.allowed.by && m.approval.hash === m.quote.hash,
            );
            return;
          }
        }
        function priced(seats: number, by: string): void {
          if (m.quote) oldHash = m.quote.hash;
          const bare = { ...QUOTE, quantity: seats, askedBy: by, at: now, until: later(now, 7 * 86_400_000) };
          tell({ kind: 'priced', quote: { ...bare, hash: quoteHash('c', bare) }, terms: [] });
        }
        /** What the bot does by itself: looks at the price once more, reminds, lets it lapse. */
        function clockwork(same: boolean): void {
          if (m.approval && same) return void tell({ kind: 'checked', requestId: 'r', at: now });
          if (m.approval && m.quote) {
            const { quantity, askedBy } = m.quote;
            tell({ kind: 'changed', why: null });
            oldHash = m.quote.hash;
            const dearer = { ...QUOTE, quantity, askedBy, at: now, until: '', monthly: { minor: m.quote.monthly.minor + 100, currency: 'EUR' } };
            tell({ kind: 'priced', quote: { ...dearer, hash: quoteHash('c', dearer) }, terms: [] });
            assert.equal(m.approval, null, 'a dearer quote keeps no approval');
            book.allowed = null;
            if (book.asked) book.asked.at = now;
            return;
          }
          if (book.asked && Date.parse(now) - Date.parse(book.asked.at) >= APPROVAL_MS) {
            if ('next' in tell({ kind: 'lapse' })) book.asked = null;
          } else assert.ok('refused' in advance(m, { kind: 'lapse' }, now), 'lapsed too early');
        }
      }),
      { numRuns: RUNS },
    );
    assert.ok(bought > RUNS * 0.01 && refusedOwn > RUNS * 0.01, `${bought} were bought, ${refusedOwn} own requests refused`);
  });
});
