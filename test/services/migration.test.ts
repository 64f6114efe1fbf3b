import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Migration, MigrationState } from '../../services/domain.ts';
import {
  advance,
  answered,
  begin,
  type EventKind,
  isLegal,
  isLive,
  type MoveEvent,
  PROVISIONING_MS,
  STATES,
  todo,
  UNCLEAR_TRIES,
} from '../../services/migration/migration.ts';
import { sampleMigration } from '../cards/samples.ts';

const NOW = '2027-01-20T10:05:00.000Z';
const LAPSED = '2027-01-21T10:02:00.000Z';
const PEOPLE = { total: 7, movable: 7, moved: 0, blocked: 0, kept: 0, waived: 0, freeSeats: 7, named: [] };
const PLAN = { id: 'p1', title: 'P', reason: 'closest', minimum: 1, maximum: 10, item: { productId: 'a', skuId: 'b' }, whyNot: null };
const quote = sampleMigration().quote as NonNullable<Migration['quote']>;

const EVENTS: { [K in EventKind]: Extract<MoveEvent, { kind: K }> } = {
  draft: { kind: 'draft', by: 'ann', draft: { plan: 'p1' } },
  chosen: { kind: 'chosen', by: 'ann', plan: PLAN, quantity: 7, term: null, billing: null },
  priced: { kind: 'priced', quote, terms: ['P1Y/monthly'] },
  refused: { kind: 'refused', reason: 'notSold', code: '400019' },
  unclear: { kind: 'unclear', code: '500', retryAt: null },
  approve: { kind: 'approve', by: 'bo', roles: ['approver'], hash: quote.hash, fourEyes: { when: 'always' } },
  remind: { kind: 'remind' },
  checked: { kind: 'checked' },
  changed: { kind: 'changed' },
  back: { kind: 'back', by: 'ann' },
  decline: { kind: 'decline', by: 'bo', reason: 'no' },
  lapse: { kind: 'lapse' },
  cancel: { kind: 'cancel', by: 'ann' },
  placed: { kind: 'placed', orderId: 'o', subscriptionId: null },
  provisioned: { kind: 'provisioned', subscriptionId: 's', from: 'x', to: 'y', cancellableUntil: null },
  late: { kind: 'late', code: 'a day' },
  counted: { kind: 'counted', people: PEOPLE },
  nothingToMove: { kind: 'nothingToMove', people: PEOPLE },
  confirmUsers: { kind: 'confirmUsers', by: 'ann', except: [] },
  moved: { kind: 'moved', people: { ...PEOPLE, moved: 7, movable: 0 } },
  waive: { kind: 'waive', by: 'bo', reason: 'r', people: [...'1234567'].map((id) => ({ id, name: id })) },
  confirmSuspend: { kind: 'confirmSuspend', by: 'ann' },
  skip: { kind: 'skip', by: 'ann', reason: 'r' },
  otherChannel: { kind: 'otherChannel' },
  verified: { kind: 'verified' },
  fail: { kind: 'fail', reason: 'forbidden', code: '900308' },
  check: { kind: 'check', by: 'ann' },
  giveUp: { kind: 'giveUp', by: 'ann', reason: 'r' },
};

/** Events of a move that goes well; a random walk would hardly ever come to its end. */
const FORWARD: EventKind[] = ['chosen', 'priced', 'approve', 'checked', 'placed', 'provisioned', 'confirmUsers', 'moved', 'confirmSuspend', 'verified'];

/** The table of the house: state -> event -> next state. What is not here is refused. */
const TABLE: { [S in MigrationState]: { [K in EventKind]?: MigrationState } } = {
  drafting: { draft: 'drafting', chosen: 'quoting', cancel: 'cancelled' },
  quoting: { priced: 'quoted', refused: 'drafting', unclear: 'quoting', cancel: 'cancelled' },
  quoted: {
    approve: 'quoted',
    checked: 'purchasing',
    changed: 'quoting',
    refused: 'drafting',
    unclear: 'quoted',
    back: 'drafting',
    decline: 'cancelled',
    remind: 'quoted',
    lapse: 'cancelled',
    cancel: 'cancelled',
  },
  purchasing: { placed: 'provisioning', refused: 'stuck', unclear: 'purchasing', fail: 'stuck' },
  provisioning: { provisioned: 'purchased', unclear: 'provisioning', late: 'stuck', fail: 'stuck' },
  purchased: {
    counted: 'purchased',
    nothingToMove: 'reassigned',
    confirmUsers: 'reassigning',
    waive: 'reassigned',
    check: 'purchased',
    unclear: 'purchased',
    fail: 'stuck',
  },
  reassigning: { moved: 'reassigned', unclear: 'reassigning', fail: 'stuck' },
  reassigned: { confirmSuspend: 'suspending', skip: 'finished', otherChannel: 'finished' },
  suspending: { verified: 'finished', unclear: 'suspending', refused: 'stuck', fail: 'stuck' },
  stuck: { check: 'purchased', giveUp: 'finished' },
  finished: {},
  cancelled: {},
};

function at(state: MigrationState, event: EventKind): Migration {
  const approved = event === 'checked' ? { by: 'bo', at: NOW, hash: quote.hash } : null;
  return sampleMigration({
    state,
    approval: approved,
    people: PEOPLE,
    stuck: state === 'stuck' ? { from: 'suspending', reason: 'holders', code: '2', at: NOW } : null,
  });
}

describe('the state table', () => {
  for (const state of STATES) {
    for (const kind of Object.keys(EVENTS) as EventKind[]) {
      const next = TABLE[state][kind];
      it(`${state} x ${kind} -> ${next ?? 'refused'}`, () => {
        const before = at(state, kind);
        const step = advance(before, EVENTS[kind], kind === 'lapse' ? LAPSED : NOW);
        assert.equal(isLegal(state, kind), next !== undefined);
        if (next === undefined) assert.ok('refused' in step);
        else {
          assert.ok('next' in step, JSON.stringify(step));
          assert.equal(step.next.state, next);
        }
        assert.deepEqual(before, at(state, kind), 'the migration given is left as it was');
      });
    }
  }

  it('a second approval is refused, and so is one of another quote or too late', () => {
    const approved = sampleMigration({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: quote.hash } });
    assert.deepEqual(advance(approved, EVENTS.approve, NOW), { refused: 'alreadyApproved' });
    const quoted = sampleMigration({ state: 'quoted' });
    assert.deepEqual(advance(quoted, { ...EVENTS.approve, hash: 'other' }, NOW), { refused: 'quoteChanged' });
    assert.deepEqual(advance(quoted, EVENTS.approve, LAPSED), { refused: 'lapsed' });
    assert.deepEqual(advance(quoted, { ...EVENTS.approve, by: 'ann' }, NOW), { refused: 'ownRequest' });
    assert.deepEqual(advance(quoted, { ...EVENTS.approve, roles: ['requester'] }, NOW), { refused: 'role' });
    assert.deepEqual(advance(quoted, EVENTS.lapse, NOW), { refused: 'notNow' });
  });

  it('after an approval nobody steps back, declines or cancels', () => {
    const approved = sampleMigration({ state: 'quoted', approval: { by: 'bo', at: NOW, hash: quote.hash } });
    for (const kind of ['back', 'decline', 'cancel'] as const) assert.deepEqual(advance(approved, EVENTS[kind], NOW), { refused: 'alreadyApproved' });
  });

  it('a new cart keeps an approval only when every bound thing is the same', () => {
    const approved = sampleMigration({ state: 'quoting', approval: { by: 'bo', at: NOW, hash: quote.hash } });
    const same = advance(approved, { kind: 'priced', quote: { ...quote, cartId: 'c2', item: 'CFQp1:0001:CFQB' }, terms: [] }, NOW);
    assert.ok('next' in same && same.next.approval && same.next.quote?.cartId === 'c2');
    const dearer = advance(approved, { kind: 'priced', quote: { ...quote, hash: 'h2', monthly: { minor: 47_000, currency: 'EUR' } }, terms: [] }, NOW);
    assert.ok('next' in dearer && dearer.next.approval === null && dearer.news === 'repriced');
    assert.deepEqual('next' in dearer && dearer.next.formerly, quote.monthly);
  });

  it('an unclear checkout is asked about a bounded number of times, then a person is called, who cannot give up', () => {
    let m = sampleMigration({ state: 'purchasing' });
    for (let tries = 1; tries < UNCLEAR_TRIES; tries++) {
      const step = advance(m, EVENTS.unclear, NOW);
      assert.ok('next' in step && step.next.state === 'purchasing' && (step.next.nextAt ?? '') > NOW);
      m = step.next;
    }
    const last = advance(m, EVENTS.unclear, NOW);
    assert.ok('next' in last && last.next.state === 'stuck');
    assert.deepEqual(advance(last.next, EVENTS.giveUp, NOW), { refused: 'notWhileUnclear' });
    const again = advance(last.next, EVENTS.check, NOW);
    assert.ok('next' in again && again.next.state === 'purchasing');
  });

  it('provisioning is not late before a day has gone', () => assert.equal(PROVISIONING_MS, 86_400_000));

  it('a request id is kept while unanswered, and new after any answer', () => {
    const first = begin(sampleMigration(), 'checkout', 'id-1');
    assert.equal(begin(first.migration, 'checkout', 'id-2').requestId, 'id-1');
    assert.equal(begin(answered(first.migration), 'checkout', 'id-2').requestId, 'id-2');
    assert.equal(begin(first.migration, 'suspend', 'id-3').requestId, 'id-3');
    assert.deepEqual(begin(answered(first.migration), 'checkout', 'id-2').migration.requestIds, ['id-1', 'id-2']);
  });

  it('todo waits for its time, lapses a quote, and does nothing where a person is asked', () => {
    assert.deepEqual(todo(sampleMigration({ state: 'purchasing', nextAt: '2027-01-20T11:00:00.000Z' }), NOW), {
      do: 'wait',
      until: '2027-01-20T11:00:00.000Z',
    });
    assert.deepEqual(todo(sampleMigration({ state: 'quoted', nextAt: null }), '2027-01-22T00:00:00.000Z'), { do: 'lapse' });
    for (const state of ['drafting', 'reassigned', 'stuck', 'finished', 'cancelled'] as const)
      assert.deepEqual(todo(sampleMigration({ state }), NOW), { do: 'nothing' });
  });

  it('whatever happens: checkout only after an approval of exactly this quote, no way back from it, suspension only after the licences, final states stay', () => {
    const reached = new Set<MigrationState>();
    const choices = fc.array(fc.record({ pick: fc.nat(), from: fc.constantFrom('forward', 'forward', 'forward', 'legal', 'all') }), {
      minLength: 5,
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(choices, (picks) => {
        let m = sampleMigration({ state: 'drafting', quote: null });
        const passed: MigrationState[] = [m.state];
        for (const { pick, from } of picks) {
          const all = Object.values(EVENTS);
          const legal = all.filter((event) => isLegal(m.state, event.kind));
          const forward = FORWARD.map((kind) => EVENTS[kind]).filter((event) => 'next' in advance(m, event, NOW));
          const offered = { forward, legal, all }[from];
          const events: MoveEvent[] = offered.length > 0 ? offered : all;
          const step = advance(m, events[pick % events.length] as MoveEvent, NOW);
          if ('refused' in step) continue;
          assert.ok(isLive(m), 'a final state moved');
          assert.ok(step.next.version >= m.version);
          m = step.next;
          passed.push(m.state);
          if (m.state === 'purchasing') assert.equal(m.approval?.hash, m.quote?.hash);
        }
        for (const state of passed) reached.add(state);
        const bought = passed.indexOf('purchasing');
        if (bought >= 0) assert.ok(!passed.slice(bought).some((state) => state === 'quoted' || state === 'drafting'), 'no way back from the purchase');
        if (passed.includes('provisioning')) assert.ok(bought >= 0);
        if (passed.includes('suspending')) assert.ok(passed.includes('reassigned') && passed.includes('purchased'));
      }),
      { numRuns: 10_000 },
    );
    assert.deepEqual([...reached].sort(), [...STATES].sort(), 'the walks came everywhere');
  });
});
