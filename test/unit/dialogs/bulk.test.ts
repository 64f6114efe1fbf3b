/** A move of several customers at once: how each member stands, what the card asks, and whose one yes counts, as tables. */
import assert from 'node:assert/strict';
import {
  approveBulk,
  type BulkView,
  declineBulk,
  memberNow,
  type MemberRows,
  noOf,
  outBy,
  ownOf,
  plansOf,
  programmesOf,
  withFace,
  yesOf,
} from '../../../dialogs/bulk.ts';
import type { Actor, Reply } from '../../../dialogs/types.ts';
import { type FourEyes, needAnother, type OwnYes } from '../../../services/approval/approval.ts';
import { countOwnYes } from '../../../services/approval/ownYes.ts';
import type { Move, Quote } from '../../../services/domain/ticket.ts';
import type { Bulk, BulkMember, MemberNow } from '../../../services/moves/bulk.ts';
import { memoryStore } from '../../support/memory.ts';
import { sampleBulk, sampleMember, sampleMove } from '../../support/samples.ts';

const NOW = '2027-01-20T10:10:00.000Z';
const QUOTE = sampleMove().quote as Quote;
const OPEN = { closed: null, plans: [] };

describe('a member of several that move', () => {
  const of = (changes: Partial<Move>): MemberRows => ({ ticket: OPEN, move: sampleMove(changes) });
  const approval = { by: 'bo', at: NOW, hash: 'h' };
  const begun = { move: 'mov_1', out: null };
  const cases: [string, Pick<BulkMember, 'move' | 'out'>, MemberRows, MemberNow][] = [
    ['that was left out stays so', { move: null, out: 'seats' }, of({ state: 'quoted' }), { is: 'out', why: 'seats' }],
    ['whose ticket is gone', begun, null, { is: 'out', why: 'closed' }],
    [
      'whose ticket closed before it was asked for',
      { move: null, out: null },
      { ticket: { ...OPEN, closed: { how: 'renewed', at: NOW } }, move: null },
      { is: 'out', why: 'closed' },
    ],
    ['whose plans are not read', { move: null, out: null }, { ticket: { ...OPEN, plans: null }, move: null }, { is: 'reading' }],
    ['that was not asked for yet', { move: null, out: null }, { ticket: OPEN, move: null }, { is: 'toAsk' }],
    ['of which somebody began another move', begun, of({ key: 'mov_2', state: 'quoted' }), { is: 'out', why: 'other' }],
    ['whose move is not there', begun, { ticket: OPEN, move: null }, { is: 'out', why: 'other' }],
    ['whose price is asked for', begun, of({ state: 'quoting' }), { is: 'asking' }],
    ['that got no price', begun, of({ state: 'drafting', refusal: { reason: 'agreement', code: '' } }), { is: 'refused', reason: 'agreement' }],
    ['that went back to its choice', begun, of({ state: 'drafting' }), { is: 'cancelled' }],
    ['with a price', begun, of({ state: 'quoted' }), { is: 'quoted', quote: QUOTE }],
    ['whose price lapsed', begun, of({ state: 'quoted', quote: { ...QUOTE, at: '2027-01-19T10:10:00.000Z' } }), { is: 'lapsed' }],
    ['that is approved', begun, of({ state: 'quoted', approval }), { is: 'approved' }],
    ['that is asked for once more after a yes', begun, of({ state: 'quoting', approval: null }), { is: 'asking' }],
    ['that is being bought', begun, of({ state: 'purchasing', approval }), { is: 'approved' }],
    ['that is moved', begun, { ticket: { ...OPEN, closed: { how: 'moved', at: NOW } }, move: sampleMove({ state: 'finished', approval }) }, { is: 'approved' }],
    ['that was declined', begun, of({ state: 'cancelled', declined: { by: 'bo', reason: 'r' } }), { is: 'declined' }],
    ['whose move was ended', begun, of({ state: 'cancelled' }), { is: 'cancelled' }],
  ];
  for (const [name, member, rows, stands] of cases) it(name, () => assert.deepEqual(memberNow(member, rows, NOW), stands));

  it('is left out with why, by what its own card would have answered', () => {
    const said: [Reply | null, ReturnType<typeof outBy>][] = [
      [{ say: 'askingPrice' }, null],
      [{ say: 'reading' }, 'wait'],
      [{ say: 'mayNot', right: 'ask' }, 'rights'],
      [{ say: 'closed', how: 'renewed' }, 'closed'],
      [{ say: 'badQuantity', value: '', min: 20, max: 300 }, 'seats'],
      [{ say: 'already', state: 'quoted', who: '', at: NOW }, 'busy'],
      [{ say: 'noPlan', value: '' }, 'plan'],
      [{ say: 'planNotSold', value: '' }, 'plan'],
      [null, 'plan'],
    ];
    for (const [reply, why] of said) assert.equal(outBy(reply), why, JSON.stringify(reply));
  });

  it('has its yes where its move bears just the hash that was shown', () => {
    const move = sampleMove({ approval });
    assert.equal(yesOf('h', { move }), 'written');
    assert.equal(yesOf('h', { refused: 'notNow', move }), 'written', 'and went on since');
    assert.equal(yesOf('other', { refused: 'alreadyApproved', move }), 'changed');
    assert.deepEqual(
      (['quoteChanged', 'lapsed', 'ownRequest', 'role', 'gone'] as const).map((refused) => yesOf('h', { refused, move: null })),
      ['changed', 'lapsed', 'another', 'rights', 'gone'],
    );
  });
});

describe('the one no to several', () => {
  it('is written where its own decline was; else it is said why not', () => {
    const move = sampleMove();
    assert.equal(noOf({ move }), 'written');
    assert.deepEqual(
      (['doneBefore', 'alreadyApproved', 'gone', 'askedAnew', 'notNow'] as const).map((refused) => noOf({ refused })),
      ['written', 'approved', 'gone', 'changed', 'changed'],
    );
  });

  it('needs the right, a reason, and the card as it stands; a price need not have been shown', () => {
    const actor = (...roles: Actor['roles'][number][]): Actor => ({ key: 'bo', tenant: 't', name: 'Bo', roles });
    const shown = sampleMember({ shown: 'h', move: 'mov_1' });
    const of = (changes: Partial<Bulk>, given: { v?: unknown; reason?: string } = {}, who = actor('approver')) => {
      const bulk = sampleBulk({ state: 'asked', version: 3, members: [shown, sampleMember()], ...changes });
      const decision = declineBulk({ bulk }, who, { v: 3, reason: 'r', ...given });
      return 'refused' in decision ? decision.refused?.say : decision.declines;
    };
    assert.equal(of({}), 1);
    assert.equal(of({}, {}, actor('requester')), 'mayNot');
    assert.equal(of({}, { reason: '' }), 'reasonMissing');
    for (const v of [2, 4, undefined, '3']) assert.equal(of({}, { v }), 'cardChanged');
    for (const state of ['choosing', 'asking', 'approving', 'declining'] as const) assert.equal(of({ state }), 'cardChanged');
    assert.equal(of({ members: [sampleMember()] }), 'cardChanged');
  });

  it('several can be chosen from where several are of one programme', () => {
    const rows = (...programmes: (string | null)[]) => programmes.map((programme) => ({ programme }));
    const elsewhere = { programme: 'b', elsewhere: true as const };
    assert.deepEqual(programmesOf(rows('a', 'a')), [{ name: 'a', n: 2 }]);
    assert.deepEqual(programmesOf([...rows('b', 'a', null, 'c', 'a', 'b', 'b'), elsewhere]), [
      { name: 'b', n: 3 },
      { name: 'a', n: 2 },
    ]);
    for (const not of [rows(), rows('a'), rows('a', 'b'), rows('a', null), rows(null, null), [...rows('b'), elsewhere]])
      assert.deepEqual(programmesOf(not), []);
  });
});

describe('the one yes to several', () => {
  const actor = (key: string, ...roles: Actor['roles'][number][]): Actor => ({ key, tenant: 't', name: key, roles: roles.length > 0 ? roles : ['approver'] });
  const member = (n: number, changes: Partial<BulkMember> = {}) => sampleMember({ ticketId: `S-${n}`, move: `mov_${n}`, shown: 'h', ...changes });
  const bulk = (changes: Partial<Bulk> = {}) =>
    sampleBulk({ state: 'asked', version: 3, members: [member(1), member(2), member(3, { shown: null, out: 'busy' })], ...changes });
  const quoted: MemberNow = { is: 'quoted', quote: QUOTE };
  const stands = new Map<string, MemberNow>([
    ['S-1', quoted],
    ['S-2', quoted],
    ['S-3', { is: 'out', why: 'busy' }],
  ]);
  const view = (changes: Partial<BulkView> = {}): BulkView => ({
    bulk: bulk(),
    stands,
    hides: { cost: null, names: false },
    readOnly: false,
    now: NOW,
    ...changes,
  });
  const says = (decision: ReturnType<typeof approveBulk>) => ('refused' in decision ? decision.refused?.say : decision.own.map((one) => one.move));

  it('needs the right, a bot that may spend, the card as it stands, and prices that were shown', () => {
    assert.equal(says(approveBulk(view(), actor('bo', 'requester'), 3)), 'mayNot');
    for (const stop of ['readOnly', 'dryRun'] as const) assert.equal(says(approveBulk(view({ readOnly: stop }), actor('bo'), 3)), stop);
    for (const v of [2, 4, undefined, '3']) assert.equal(says(approveBulk(view(), actor('bo'), v)), 'cardChanged');
    for (const state of ['choosing', 'asking', 'approving'] as const)
      assert.equal(says(approveBulk(view({ bulk: bulk({ state }) }), actor('bo'), 3)), 'cardChanged');
    assert.equal(says(approveBulk(view({ bulk: bulk({ members: [member(1, { shown: null })] }) }), actor('bo'), 3)), 'cardChanged');
    assert.equal(says(approveBulk(view({ hides: { cost: 'personal', names: false } }), actor('bo'), 3)), 'approveInPerson');
    assert.deepEqual(says(approveBulk(view(), actor('bo'), 3)), [], 'whoever did not ask is judged by no sum');
    assert.deepEqual(says(approveBulk(view(), actor('ann'), 3)), ['mov_1', 'mov_2']);
  });

  it('counts only prices that are still those of the card: another one is refused by itself', () => {
    const changed = new Map<string, MemberNow>([...stands, ['S-2', { is: 'quoted', quote: { ...QUOTE, hash: 'dearer' } }]]);
    assert.deepEqual(
      ownOf(bulk(), changed, 'ann', NOW).map((one) => one.move),
      ['mov_1'],
    );
  });

  it('the card asks something else as soon as one price is another, and the same while none is', () => {
    assert.equal(withFace(bulk(), stands).version, 3);
    const changed = withFace(bulk(), new Map([...stands, ['S-2', { is: 'quoted', quote: { ...QUOTE, hash: 'dearer' } }]]));
    assert.deepEqual([changed.version, changed.members.map((one) => one.shown)], [4, ['h', 'dearer', null]]);
    assert.deepEqual(
      withFace(bulk(), new Map([...stands, ['S-1', { is: 'approved' }]])).members.map((one) => one.shown),
      [null, 'h', null],
    );
  });

  it('offers the plans that replace what these have, and all of the programme where one is not known by name', () => {
    const offer = (names: string[], plans: string[]) => ({ names, ids: [], replacements: plans.map((plan) => ({ plan, reason: 'r' })) });
    const plan = (title: string) => ({ title, aliases: [], items: [] });
    const programme = {
      offers: [offer(['AX Task'], ['activity', 'team']), offer(['AX Device'], ['device'])],
      plans: { activity: plan('Activity'), team: plan('Team'), device: plan('Device') },
    };
    const ids = (...names: string[]) =>
      plansOf(
        programme,
        names.map((offerName) => ({ offerName })),
      ).map((one) => one.id);
    assert.deepEqual(ids('ax task'), ['activity', 'team']);
    assert.deepEqual(ids('AX Task', 'AX Device'), ['activity', 'team', 'device']);
    assert.deepEqual(ids('AX Task', 'AX Enterprise'), ['activity', 'team', 'device']);
  });
});

describe('four eyes on the sum', () => {
  const yes = (move: string, minor: number | null, changes: Partial<OwnYes> = {}): OwnYes => ({
    ...{ move, total: minor === null ? null : { minor, currency: 'EUR' }, quantity: 5, at: NOW, ...changes },
  });
  const limit: FourEyes = { when: 'aboveAmount', minor: 100_000, currency: 'EUR' };
  const cases: [string, OwnYes[], OwnYes[], FourEyes, boolean][] = [
    ['nothing of one’s own', [], [yes('a', 900_000)], limit, false],
    ['up to the limit', [yes('a', 60_000), yes('b', 40_000)], [], limit, false],
    ['each below it, together above', [yes('a', 60_000), yes('b', 40_001)], [], limit, true],
    ['with what was approved earlier that day', [yes('b', 40_001)], [yes('a', 60_000, { at: '2027-01-19T10:10:00.001Z' })], limit, true],
    ['not with what is a day old', [yes('b', 40_001)], [yes('a', 60_000, { at: '2027-01-19T10:10:00.000Z' })], limit, false],
    ['a second yes to the same move takes the place of the first', [yes('a', 70_000)], [yes('a', 60_000)], limit, false],
    ['two currencies cannot be added, and count as above', [yes('a', 1), yes('b', 1, { total: { minor: 1, currency: 'USD' } })], [], limit, true],
    ['another currency than the limit’s', [yes('a', 1, { total: { minor: 1, currency: 'USD' } })], [], limit, true],
    ['an amount that is not known', [yes('a', 1), yes('b', null)], [], limit, true],
    ['seats are added too', [yes('a', 1), yes('b', null)], [yes('c', 1)], { when: 'aboveSeats', seats: 14 }, true],
    ['seats up to the limit', [yes('a', 1), yes('b', null)], [yes('c', 1)], { when: 'aboveSeats', seats: 15 }, false],
    ['seats that are not known', [yes('a', 1, { quantity: null })], [], { when: 'aboveSeats', seats: 15 }, true],
    ['always', [yes('a', 1)], [], { when: 'always' }, true],
    ['off', [yes('a', 900_000)], [], { when: 'off' }, false],
  ];
  for (const [name, asked, before, fourEyes, another] of cases) it(name, () => assert.equal(needAnother(asked, before, fourEyes, NOW), another));

  it('of two presses in one moment the second is judged with the first; delivered again it counts once', async () => {
    const store = memoryStore();
    const count = (move: string, minor: number, person = 'ann') => countOwnYes(store, person, [yes(move, minor)], { fourEyes: limit, now: NOW });
    assert.deepEqual((await Promise.all([count('a', 60_000), count('b', 60_000)])).sort(), [false, true]);
    assert.equal(await count('c', 40_000), true, 'what was refused does not count');
    assert.equal(await count('c', 40_000), true);
    assert.equal(await count('d', 1), false);
    assert.equal(await count('d', 1, 'bo'), true, 'each person has a sum of their own');
  });
});

describe('one of several whose plans are not there', () => {
  it('is waited for while they are read, and where they could not be read the last time: that may pass', () => {
    assert.equal(outBy({ say: 'reading' }), 'wait');
    assert.equal(outBy({ say: 'plansUnread' }), 'wait');
    assert.equal(outBy({ say: 'noPlan', value: '' }), 'plan');
  });
});
