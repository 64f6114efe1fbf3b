/** Setting how a term ends: asked about, set once and never over somebody else, and looked at until it is over. */
import assert from 'node:assert/strict';
import type { FourEyes } from '../../../services/approval/approval.ts';
import { nextLookAt } from '../../../services/moves/ending.ts';
import { hold, yesGoodUntil } from '../../../services/moves/transitions.ts';
import { PartnerCenterError } from '../../../services/partnerCenter/port.ts';
import { HOUR, DAY, openTerm, planned, type Term } from '../../support/term.ts';
import { sampleMove } from '../../support/samples.ts';

const MINUTE = 60_000;
const EST = planned('RenewToExtendedServiceTerm');
const CANCEL = [{ scheduleType: 'TermEnd', actionType: 'Cancel' }];
const at = (day: string, hour = 0) => Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);

/** Set, as an approver said. */
async function cancelled(changes = {}): Promise<Term> {
  const term = await openTerm(changes);
  await term.open('cancel');
  assert.equal(await term.approve(), 'setting');
  await term.run(2_000);
  return term;
}

async function stands(term: Term): Promise<string> {
  const { state, stuck, outcome } = await term.move();
  return [state, stuck?.reason ?? outcome].filter(Boolean).join(' ');
}

describe('a cancellation at the end of the term', () => {
  it('is asked about with who would lose access, and set in one change of the whole resource', async () => {
    const before = { ...EST, promotionId: 'keep-me', nextChargeInstructions: { quantity: 3 } };
    const term = await openTerm(before);
    await term.open('cancel');
    const { state, end } = await term.move();
    assert.deepEqual([state, end?.to, end?.day, end?.loses, end?.lost, end?.total?.minor], ['weighed', 'cancel', '2027-03-03', 7, null, 372_000]);
    assert.deepEqual(term.patches, [], 'nothing is set before a yes');
    const was = term.resource;
    await term.approve();
    await term.run(2_000);
    assert.deepEqual(term.patches, [{ ...was, autoRenewEnabled: false, scheduledActions: CANCEL }]);
    assert.equal(await stands(term), 'set');
    const { facts, closed } = await term.ticket();
    assert.deepEqual([facts.endOfTerm, closed], ['cancels', null], 'the ticket stays open until it is over');
    const { snapshot, liveMove } = await term.known();
    assert.deepEqual([snapshot.atTermEnd, liveMove === null], ['Cancel', false]);
    assert.deepEqual(
      (await term.record()).map((row) => row.what),
      ['opened', 'weighed', 'approve', 'endSet'],
    );
  });

  it('keeps what is planned for another day, and says which planned change it takes away', async () => {
    const custom = { scheduleType: 'CustomDate', actionType: 'Transition', effectiveDate: '2027-09-01T00:00:00Z' };
    const next = { product: { productId: 'P', skuId: 'K' }, quantity: 5 };
    const term = await cancelled({ autoRenewEnabled: true, scheduledActions: [custom], scheduledNextTermInstructions: next });
    assert.deepEqual((await term.move()).end?.lost, { next: { offer: 'P:K', quantity: 5, term: null, billing: null }, word: null });
    assert.deepEqual(term.patches[0]?.scheduledActions, [custom, ...CANCEL]);
    assert.equal(term.patches[0]?.scheduledNextTermInstructions, null);
    const odd = await openTerm({ autoRenewEnabled: true, ...planned('Transition', { instructions: { product: { productId: 'P', skuId: 'K' } } }) });
    await odd.open('cancel');
    assert.equal((await odd.move()).end?.lost?.word, 'Transition');
  });

  it('is not offered where no such action was ever seen at this partner, nor on a classic one, one that cancels already, or one that is over', async () => {
    for (const [changes, shown] of [
      [{}, false],
      [{ offerId: '195416c1-3447-423a-b37b-ee59a99a19c4', productType: null }, true],
      [planned('Cancel'), true],
      [{ status: 'disabled' }, true],
      [{ scheduledActions: [{ scheduleType: 'CustomDate', actionType: 'Cancel', effectiveDate: '2027-02-01T00:00:00Z' }] }, true],
    ] as const) {
      const term = await openTerm(changes, { shown });
      await term.open('cancel');
      const { state, refusal } = await term.move();
      assert.deepEqual([state, refusal?.reason], ['cancelled', 'endNotPossible'], JSON.stringify(changes));
      assert.equal((await term.known()).liveMove, null);
    }
  });

  it('needs another one than who asked where four eyes apply, and somebody who still may when it is made', async () => {
    const term = await openTerm();
    await term.open('cancel');
    assert.equal(await term.approve('ann', { when: 'aboveAmount', minor: 100_000, currency: 'EUR' }), 'ownRequest');
    assert.equal(await term.approve('ann', { when: 'aboveSeats', seats: 9 }), 'ownRequest');
    assert.equal(await term.approve('bo', { when: 'always' }), 'setting');
    term.deps.directory.rolesNow = async () => ['requester'];
    term.deps.directory.rolesOf = async () => ['requester'];
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), term.patches.length], ['stuck rights', 0]);
  });

  it('counts above any limit where its price is not known', async () => {
    const term = await openTerm({ orderId: null });
    await term.open('cancel');
    assert.equal((await term.move()).end?.total, null);
    assert.equal(await term.approve('ann', { when: 'aboveAmount', minor: 1e12, currency: 'EUR' }), 'ownRequest');
  });

  it('a yes is to what was shown: who would lose, seats, plan or day that changed since are asked about anew', async () => {
    const changes: ((term: Term) => void)[] = [
      (term) => {
        term.people.used = 9;
      },
      (term) => {
        term.resource = { ...term.resource, quantity: 12 };
      },
      (term) => {
        term.resource = { ...term.resource, ...EST };
      },
      (term) => {
        term.resource = { ...term.resource, commitmentEndDate: '2028-03-03T00:00:00Z' };
      },
      (term) => {
        term.resource = { ...term.resource, autoRenewEnabled: true };
      },
    ];
    for (const change of changes) {
      const term = await openTerm();
      await term.open('cancel');
      await term.approve();
      const { asked } = await term.move();
      change(term);
      await term.run(10_000);
      const { state, approval, again } = await term.move();
      assert.deepEqual([state, approval, again, term.patches.length], ['weighed', null, 'source', 0]);
      assert.ok((await term.move()).asked > asked, 'a press on the older card has no effect');
    }
  });

  it('waits while the bot is read-only, and a yes that waited too long is asked for again', async () => {
    const term = await openTerm();
    await term.open('cancel');
    await term.approve();
    term.deps.isReadOnly = async () => 'readOnly';
    await term.run(2 * HOUR);
    assert.deepEqual([await stands(term), (await term.move()).held], ['setting', 'readOnly']);
    term.deps.isReadOnly = async () => false;
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), (await term.move()).again, term.patches.length], ['weighed', 'lastStep', 0]);
  });

  it('lapses after a day without an answer, after one reminder', async () => {
    const term = await openTerm();
    await term.open('cancel');
    await term.run(25 * HOUR);
    assert.equal(await stands(term), 'cancelled');
    assert.deepEqual(
      (await term.news()).filter((kind) => kind === 'endAsked' || kind === 'lapsed'),
      ['endAsked', 'endAsked', 'lapsed'],
    );
  });
});

describe('a cancellation that was asked for', () => {
  for (const how of ['lost', 'slow'] as const)
    it(`is sent once and only read where the answer was ${how}`, async () => {
      const term = await openTerm();
      await term.open('cancel');
      term.takes = [how];
      await term.approve();
      await term.run(20 * MINUTE);
      assert.deepEqual([await stands(term), term.patches.length], ['set', 1]);
    });

  it('is sent once more, 15 minutes later, where it never arrived, and then a person is asked', async () => {
    const term = await openTerm();
    await term.open('cancel');
    term.takes = ['unheard', 'unheard', 'unheard'];
    await term.approve();
    await term.run(10 * MINUTE);
    assert.equal(term.patches.length, 1);
    await term.run(HOUR);
    assert.deepEqual([await stands(term), term.patches.length], ['stuck endNotDone', 2]);
  });

  it('is never sent again where it was taken and lacks, and that is said', async () => {
    for (const changes of [{}, EST, { autoRenewEnabled: true }]) {
      const term = await openTerm(changes);
      await term.open('cancel');
      term.takes = ['flagOnly'];
      await term.approve();
      await term.run(DAY);
      assert.deepEqual([await stands(term), term.patches.length], ['stuck endNotDone', 1], JSON.stringify(changes));
    }
  });

  it('is never sent over a later change of somebody else', async () => {
    const term = await openTerm();
    await term.open('cancel');
    term.takes = ['unheard'];
    await term.approve();
    await term.run(MINUTE);
    term.resource = { ...term.resource, autoRenewEnabled: true };
    await term.run(HOUR);
    assert.deepEqual([await stands(term), term.patches.length], ['stuck endOverruled', 1]);
    assert.equal(await term.apply({ kind: 'check', by: 'ann' }), 'weighing');
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), (await term.move()).approval], ['weighed', null], 'it is asked about as it reads now');
  });

  it('that was refused is a refusal, and one more look asks anew', async () => {
    const term = await openTerm();
    await term.open('cancel');
    term.takes = [{ status: 400, code: 800093 }];
    await term.approve();
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), (await term.move()).stuck?.code], ['stuck endRefused', '800093']);
    assert.equal(await term.apply({ kind: 'giveUp', by: 'ann', reason: 'r' }), 'cancelled');
    assert.equal((await term.ticket()).closed, null);
  });

  it('waits while Microsoft renews or ends it, says so, and goes on by itself', async () => {
    const term = await openTerm();
    await term.open('cancel');
    term.takes = Array.from({ length: 20 }, (_, n) => (n % 2 ? { status: 409, code: 900278 } : { status: 400, code: 900277 }));
    await term.approve();
    await term.run(30 * MINUTE);
    assert.deepEqual([await stands(term), (await term.move()).held], ['setting', 'lock']);
    await term.run(HOUR);
    assert.equal(await stands(term), 'set');
  });

  it('goes on under the same yes after a lock of hours, refusals in it or not; what takes longer than a day is asked about anew', async () => {
    for (const to of ['cancel', 'renew'] as const) {
      const term = await openTerm(to === 'renew' ? EST : {});
      await term.open(to);
      term.takes = Array.from({ length: 150 }, (_, n) => (n === 60 ? { status: 429, code: 429 } : { status: 409, code: 900278 }));
      await term.approve();
      await term.run(7 * HOUR);
      assert.equal(await stands(term), to === 'renew' ? 'finished renewedAgain' : 'set');
      const asked = (await term.record()).filter((row) => row.what === 'weighed' || row.what === 'approve');
      assert.deepEqual(
        asked.map((row) => row.what),
        ['weighed', 'approve'],
        'asked once, answered once',
      );
    }
    const long = await openTerm();
    await long.open('cancel');
    long.takes = Array.from({ length: 900 }, () => ({ status: 409, code: 900278 }));
    await long.approve();
    await long.run(24 * HOUR);
    assert.equal(await stands(long), 'setting');
    await long.run(3 * HOUR);
    assert.deepEqual([await stands(long), (await long.move()).again], ['weighed', 'lastStep']);
  });

  it('a lock that begins an hour after the yes is no excuse, nor is that of an earlier yes', () => {
    const since = '2027-01-20T10:00:00.000Z';
    const good = (lockedAt?: string) => yesGoodUntil({ since, startedAt: since, ...(lockedAt ? { lockedAt } : {}) });
    assert.equal(good(), '2027-01-20T11:00:00.000Z');
    assert.equal(good('2027-01-20T10:30:00.000Z'), '2027-01-21T11:30:00.000Z');
    assert.equal(good('2027-01-20T11:00:00.001Z'), '2027-01-20T11:00:00.000Z');
    assert.equal(good('2027-01-20T09:59:59.999Z'), '2027-01-20T11:00:00.000Z');
    const held = hold(sampleMove({ state: 'setting', since }), { kind: 'hold', why: 'lock', retryAt: since }, '2027-01-20T10:10:00.000Z').next;
    assert.equal(hold(held, { kind: 'hold', why: 'lock', retryAt: since }, '2027-01-20T10:20:00.000Z').next.lockedAt, '2027-01-20T10:10:00.000Z');
    assert.equal(hold(held, { kind: 'hold', why: 'readOnly', retryAt: since }, since).next.lockedAt, '2027-01-20T10:10:00.000Z');
  });

  it('is read first by a process that follows a killed one', async () => {
    const term = await openTerm();
    await term.open('cancel');
    await term.approve();
    const { commit } = term.deps.store;
    term.deps.store.commit = async (...given) => (term.patches.length > 0 ? Promise.reject(new Error('killed')) : commit(...given));
    await assert.rejects(term.run(2_000), /killed/);
    term.deps.store.commit = commit;
    term.deps.workerId = 'two';
    await term.run(HOUR);
    assert.deepEqual([await stands(term), term.patches.length], ['set', 1]);
  });
});

describe('a cancellation that is set', () => {
  it('is looked at at once, after 25 hours and 7 days, 48 and 24 hours before the end, and the day after it, at least once a day', () => {
    const watch = { at: '2027-01-20T10:00:00.000Z', day: '2027-03-03', lookedAt: '' };
    const looks: string[] = [];
    for (let now = watch.at; now < '2027-03-05T00:00:00.000Z'; ) {
      now = nextLookAt(watch, now);
      looks.push(now);
    }
    for (const wanted of ['2027-01-21T11', '2027-01-27T10', '2027-02-24T00', '2027-03-02T00', '2027-03-03T00', '2027-03-04T00'])
      assert.ok(looks.includes(`${wanted}:00:00.000Z`), wanted);
    const gaps = looks.map((one, n) => Date.parse(one) - Date.parse(looks[n - 1] ?? watch.at));
    assert.ok(Math.max(...gaps) <= 23 * HOUR);
    assert.deepEqual(nextLookAt(watch, '2027-03-04T05:00:00.000Z'), '2027-03-04T06:00:00.000Z');
    assert.deepEqual(nextLookAt({ ...watch, at: '2027-03-03T10:00:00.000Z' }, '2027-03-03T10:00:00.000Z'), '2027-03-03T11:00:00.000Z', 'too near to hold');
  });

  it('tells when Microsoft has put an Extended Service Term in its place, and is not set again by itself', async () => {
    const term = await cancelled();
    term.passMs(0);
    await term.run(2 * HOUR);
    term.resource = { ...term.resource, ...EST };
    await term.run(24 * HOUR);
    assert.deepEqual([await stands(term), (await term.move()).stuck?.code, term.patches.length], ['stuck endLost', 'RenewToExtendedServiceTerm', 1]);
    assert.equal((await term.ticket()).closed, null);
  });

  it('that cannot be read for days is told, and looked at again when somebody asks', async () => {
    const term = await cancelled();
    const { subscription } = term.deps.partnerCenter;
    term.deps.partnerCenter.subscription = async () => {
      throw new PartnerCenterError('forbidden', '900308', 'no');
    };
    await term.run(2 * DAY);
    assert.equal(await stands(term), 'set');
    await term.run(2 * DAY);
    assert.equal(await stands(term), 'stuck unread');
    term.deps.partnerCenter.subscription = subscription;
    assert.equal(await term.apply({ kind: 'check', by: 'ann' }), 'set');
    await term.run(DAY);
    assert.deepEqual([await stands(term), term.patches.length], ['set', 1]);
  });

  it('tells who is still on it 7 days before, once, and nobody where nobody is', async () => {
    for (const [used, told] of [
      [7, 1],
      [0, 0],
    ] as const) {
      const term = await openTerm();
      term.people.used = used;
      await term.open('cancel');
      await term.approve();
      await term.run(at('2027-03-02') - term.nowMs());
      assert.equal((await term.news()).filter((kind) => kind === 'endWarned').length, told);
    }
  });

  it('closes its ticket when it is over, and not before: an end that did not come is said', async () => {
    const over = await cancelled();
    await over.run(at('2027-03-04', 3) - over.nowMs());
    assert.equal(await stands(over), 'set', 'Microsoft is at it for some hours');
    over.resource = { ...over.resource, status: 'disabled' };
    await over.run(2 * HOUR);
    const { closed, facts } = await over.ticket();
    assert.deepEqual([await stands(over), closed?.how, facts.standing], ['finished ended', 'ended', 'ended']);
    assert.equal((await over.known()).ticket, null);
    const goesOn = await cancelled();
    await goesOn.run(at('2027-03-03', 12) - goesOn.nowMs());
    goesOn.resource = { ...goesOn.resource, autoRenewEnabled: true, scheduledActions: null, termDuration: 'P1M', commitmentEndDate: '2027-04-03T00:00:00Z' };
    await goesOn.run(DAY);
    assert.deepEqual([await stands(goesOn), (await goesOn.ticket()).closed], ['stuck endLost', null]);
  });

  it('gives way to another move: never two live ones of one subscription', async () => {
    const term = await cancelled();
    const first = (await term.move()).key;
    await term.open('renew');
    const second = await term.move();
    assert.notEqual(second.key, first);
    assert.equal((await term.known()).liveMove, second.key);
    assert.equal(second.state, 'weighed');
    await term.open('cancel');
    assert.equal((await term.move()).key, second.key, 'while one is asked about no other begins');
  });
});

describe('renewing again', () => {
  it('commits a whole term at a price that is said, and sets flag and plan together', async () => {
    const term = await openTerm(EST);
    await term.open('renew');
    const { end } = await term.move();
    assert.deepEqual([end?.to, end?.term, end?.total?.minor, end?.loses], ['renew', 'P1Y', 372_000, null]);
    await term.approve();
    await term.run(MINUTE);
    assert.equal(term.patches[0]?.autoRenewEnabled, true);
    assert.deepEqual(term.patches[0]?.scheduledActions, [{ scheduleType: 'TermEnd', actionType: 'RenewToNewTerm' }]);
    const { closed, facts } = await term.ticket();
    assert.deepEqual([await stands(term), closed?.how, facts.endOfTerm], ['finished renewedAgain', 'renewed', 'renews']);
    assert.equal((await term.known()).snapshot.autoRenew, true);
  });

  it('costs what the price list says where it was read, and four eyes are judged by that', async () => {
    const term = await openTerm();
    const dearer = { on: '2027-01-20', renewal: { minor: 41_000, currency: 'EUR' }, oneMonth: null, extended: null };
    term.deps.priceSheets = { prices: async () => ({ known: true, ...dearer }) };
    await term.open('renew');
    await term.run(HOUR);
    const { end } = await term.move();
    assert.deepEqual([end?.pricedOn, end?.monthly?.minor, end?.total?.minor], ['2027-01-20', 41_000, 492_000]);
    const limit: FourEyes = { when: 'aboveAmount', minor: 400_000, currency: 'EUR' };
    assert.equal(await term.approve(end?.askedBy, limit), 'ownRequest');
  });

  it('switches on auto-renew alone where no planned action was ever seen here, and on a classic one', async () => {
    for (const changes of [{}, { offerId: '195416c1-3447-423a-b37b-ee59a99a19c4', productType: null, autoRenewEnabled: false }]) {
      const term = await openTerm(changes, { shown: false });
      await term.open('renew');
      await term.approve();
      await term.run(MINUTE);
      assert.deepEqual([await stands(term), 'scheduledActions' in (term.patches[0] ?? {})], ['finished renewedAgain', false]);
    }
  });

  it('stays on the plan and takes a planned change of seats away, and says so', async () => {
    const term = await openTerm({ autoRenewEnabled: true, scheduledNextTermInstructions: { quantity: 5 } });
    await term.open('renew');
    assert.equal((await term.move()).end?.lost?.next?.quantity, 5);
    await term.approve();
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), term.patches[0]?.scheduledNextTermInstructions], ['finished renewedAgain', null]);
  });
});

describe('the last step of a move on new commerce', () => {
  const bought = { order: { id: 'o', subscriptionId: 'n', placedAt: '2027-01-20T09:00:00.000Z', cancellableUntil: null } };
  const people = { total: 0, movable: 0, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 7, named: [] };
  const atLastStep = () => sampleMove({ ...bought, state: 'reassigned', people, sku: { from: 'sku-old', to: 'sku-old' } });

  it('sets the cancellation where everybody is covered, and stays open until the old one is over', async () => {
    const term = await openTerm({}, { move: atLastStep() });
    term.people = { seats: 20, used: 7 };
    assert.equal(await term.apply({ kind: 'confirmEnd', by: 'bo' }), 'setting');
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), term.patches.length, (await term.ticket()).closed], ['set', 1, null]);
    term.resource = { ...term.resource, status: 'disabled' };
    await term.run(DAY);
    assert.deepEqual([await stands(term), (await term.ticket()).closed?.how], ['finished ended', 'moved']);
  });

  it('sets nothing while somebody would be without a licence', async () => {
    const term = await openTerm({}, { move: atLastStep() });
    term.people = { seats: 20, used: 12 };
    await term.apply({ kind: 'confirmEnd', by: 'bo' });
    await term.run(MINUTE);
    assert.deepEqual([await stands(term), term.patches.length], ['stuck holders', 0]);
  });

  it('is not approved by the yes to the purchase: it wants its own', async () => {
    const term = await openTerm({}, { move: { ...atLastStep(), approval: { by: 'bo', at: '2027-01-20T09:00:00.000Z', hash: 'h' } } });
    assert.equal(await term.apply({ kind: 'approve', by: 'bo', roles: ['approver'], hash: 'h', fourEyes: { when: 'off' } }), 'notNow');
    await term.run(DAY);
    assert.deepEqual([await stands(term), term.patches.length], ['reassigned', 0]);
  });
});
