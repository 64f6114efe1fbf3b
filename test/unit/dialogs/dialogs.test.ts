import assert from 'node:assert/strict';
import { replyText } from '../../../bot/turns/replies.ts';
import { en } from '../../../cards/text/en/en.ts';
import { parseAction } from '../../../dialogs/actions.ts';
import type { Actor, TicketAction, Reply } from '../../../dialogs/types.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import { toWhatWasPressed, toWhatWasRead } from '../../../dialogs/question.ts';
import type { Move, Plan } from '../../../services/domain/ticket.ts';
import { advance } from '../../../services/moves/states.ts';
import { nextStep } from '../../../services/moves/nextStep.ts';
import { HOSTILE, sampleTicket, sampleMove } from '../../support/samples.ts';
import { RIGHT_OF, SPENDS } from '../../../dialogs/rights.ts';
import type { TicketView } from '../../../services/ticketView.ts';
import { asked } from '../../support/asked.ts';
import { markDialog } from '../../../dialogs/marks.ts';
import { answerDialog } from '../../../dialogs/answers.ts';

const ANN = { key: 'ann', tenant: 't', name: 'Ann', roles: ['owner'] as const };
const BO: Actor = { key: 'bo', tenant: 't', name: 'Bo', roles: ['approver'] };
const NOW = '2027-01-20T10:05:00.000Z';
const facts = asked;
const said = (decision: { reply: Reply | null }) => decision.reply?.say;
const events = (decision: ReturnType<typeof ticketDialog>) => decision.intentions.map((one) => ('event' in one ? one.event.kind : one.do));

describe('dialogs', () => {
  const approval = { by: 'bo', at: '2027-01-20T10:05:00.000Z', hash: 'h' };
  const quoteAction = { verb: 'purchase.quote' as const, plan: null, quantity: null, term: null };

  describe('an approver is asked about an order', () => {
    const asked: Partial<Move> = { state: 'quoted', approval, question: { id: 'o-1', createdAt: null, quantity: 7 } };
    const unclear: Partial<Move> = { state: 'stuck', stuck: { from: 'purchasing', reason: 'purchaseUnclear', code: '504', at: approval.at } };
    const settle = (move: Partial<Move> | null, order: string | null, reason = 'r', actor: Parameters<typeof ticketDialog>[2] = ANN) =>
      ticketDialog(facts(move), { verb: 'move.settle', order, reason }, actor);

    it('yes needs no reason, no does; what came of an unclear one needs one either way', () => {
      assert.deepEqual([said(settle(asked, 'o-1', '')), events(settle(asked, 'o-1', ''))], ['settling', ['settle']]);
      assert.deepEqual([said(settle(asked, null, '')), said(settle(asked, null))], ['reasonMissing', 'goesOn']);
      for (const order of ['o-1', null]) assert.deepEqual([said(settle(unclear, order, '')), said(settle(unclear, order))], ['reasonMissing', 'settling']);
    });

    it('only an approver, only while it is asked, and only by what can be the number of an order', () => {
      assert.equal(said(settle(asked, 'o-1', 'r', { ...ANN, roles: ['requester'] })), 'mayNot');
      for (const state of ['quoted', 'purchasing', 'provisioning', 'finished'] as const) assert.equal(said(settle({ state }, 'o-1')), 'already', state);
      assert.equal(said(settle({ state: 'stuck', stuck: { from: 'suspending', reason: 'holders', code: '1', at: approval.at } }, 'o-1')), 'already');
      for (const order of ['../x', 'a b', HOSTILE, 'x'.repeat(65)])
        assert.deepEqual([said(settle(unclear, order)), settle(unclear, order).intentions], ['badOrder', []]);
    });

    it('an order that is another one than was approved is not taken by the one who asked, where another must approve', () => {
      const differs: Partial<Move> = { state: 'stuck', stuck: { from: 'provisioning', reason: 'orderDiffers', code: '', at: approval.at } };
      const askedBy = (key: string) => ({ ...differs, quote: { ...(sampleMove().quote as NonNullable<Move['quote']>), askedBy: key } });
      const take = (by: string, fourEyes: TicketView['fourEyes']) =>
        ticketDialog(facts(askedBy('ann'), { fourEyes }), { verb: 'move.settle', order: 'o-1', reason: 'r' }, { ...ANN, key: by });
      assert.deepEqual([said(take('ann', { when: 'always' })), events(take('ann', { when: 'always' }))], ['ownVouch', []]);
      assert.deepEqual([said(take('ann', { when: 'aboveSeats', seats: 1 })), said(take('ann', { when: 'aboveSeats', seats: 1_000 }))], ['ownVouch', 'goesOn']);
      assert.deepEqual([said(take('bo', { when: 'always' })), said(take('ann', { when: 'off' }))], ['goesOn', 'goesOn']);
      assert.match(replyText(en, { say: 'ownVouch' }), /another approver must look and confirm\. Nothing has changed/);
    });

    it('comes from a button with the order on it, or typed into the card', () => {
      assert.deepEqual(parseAction('move.settle', { order: ' 0a1b ', reason: 'seen' }), { verb: 'move.settle', order: '0a1b', reason: 'seen' });
      assert.deepEqual(parseAction('move.settle', { order: '', reason: 'seen' }), { verb: 'move.settle', order: null, reason: 'seen' });
    });

    it('meanwhile the approved purchase can be cancelled, which an order that was placed cannot', () => {
      const cancel = (move: Partial<Move>) => ticketDialog(facts(move), { verb: 'move.cancel' }, ANN);
      assert.deepEqual(events(cancel(asked)), ['cancel']);
      assert.deepEqual(events(cancel({ state: 'quoted', approval, held: 'orders' })), ['cancel']);
      assert.deepEqual(events(cancel({ state: 'purchasing', approval })), []);
    });
  });

  it('a price is asked for with the first plan that can be had, and the seats in use', () => {
    const decision = ticketDialog(facts(null), quoteAction, ANN);
    const intention = decision.intentions[0];
    assert.ok(intention?.do === 'open' && intention.event.kind === 'chosen');
    assert.deepEqual([intention.event.plan.id, intention.event.quantity, said(decision)], ['p1', 7, 'askingPrice']);
  });

  it('what cannot be had, does not exist, or fits twice is answered and changes nothing', () => {
    const plan = (text: string, found: TicketView['found'] = []) => ticketDialog(facts(null, { found }), { ...quoteAction, plan: text }, ANN);
    assert.equal(said(plan('p3')), 'planNotSold');
    assert.equal(said(plan('banana')), 'noPlan');
    const two = [...(sampleTicket().plans ?? [])].slice(0, 2);
    assert.equal(said(plan('office', two)), 'manyPlans');
    const other = { ...two[0], title: 'Dynamics 365 Business Central Premium' } as (typeof two)[number];
    assert.equal(said(plan('Microsoft 365 Business Premium', [other])), 'manyPlans', 'another product is asked about');
    assert.equal(said(plan('business central premium for dynamics 365', [other])), 'manyPlans');
    assert.equal(said(plan('DYNAMICS 365 business-central premium', [other])), 'askingPrice', 'the same name, written otherwise');
    for (const text of ['p3', 'banana', 'Microsoft 365 Business Premium']) assert.deepEqual(plan(text).intentions, []);
  });

  it('numbers are taken as people write them', () => {
    const quantity = (text: string) => {
      const decision = ticketDialog(facts(null), { ...quoteAction, quantity: text }, ANN);
      const intention = decision.intentions[0];
      return intention?.do === 'open' && intention.event.kind === 'chosen' ? intention.event.quantity : said(decision);
    };
    assert.deepEqual(['7', ' 12 ', '1,200', '0', '-3', '7.5', 'seven', '99999', '1e3'].map(quantity), [
      7,
      12,
      1200,
      'badQuantity',
      'badQuantity',
      'badQuantity',
      'badQuantity',
      'badQuantity',
      'badQuantity',
    ]);
  });

  it('an old card, a second person and a wrong stage are told how it stands', () => {
    assert.equal(said(ticketDialog(facts({ state: 'quoted' }), quoteAction, ANN)), 'already');
    assert.deepEqual(events(ticketDialog(facts({ state: 'quoted' }), { verb: 'purchase.approve' }, ANN)), ['approve']);
    assert.equal(said(ticketDialog(facts({ state: 'quoted', approval }), { verb: 'purchase.approve' }, ANN)), 'alreadyApproved');
    assert.equal(said(ticketDialog(facts({ state: 'purchasing', approval }), { verb: 'move.cancel' }, ANN)), 'alreadyApproved');
    assert.equal(
      said(
        ticketDialog(
          facts({ state: 'reassigned', order: { id: 'o', subscriptionId: null, placedAt: '', cancellableUntil: null } }),
          { verb: 'move.cancel' },
          ANN,
        ),
      ),
      'boughtAlready',
    );
    assert.equal(said(ticketDialog(facts(null), { verb: 'suspension.confirm' }, ANN)), 'notNow');
    assert.equal(said(ticketDialog({ ...facts(null), ticket: sampleTicket({ closed: { how: 'renewed', at: '' } }) }, quoteAction, ANN)), 'closed');
  });

  it('what costs or hurts wants a reason', () => {
    for (const verb of ['purchase.decline', 'suspension.skip', 'move.giveUp'] as const)
      assert.equal(said(ticketDialog(facts({ state: 'quoted' }), { verb, reason: '' }, ANN)), 'reasonMissing', verb);
    assert.equal(said(markDialog(facts(null), { verb: 'ticket.dismiss', reason: '' }, ANN, '2027-01-20')), 'reasonMissing');
    assert.deepEqual(markDialog(facts(null), { verb: 'ticket.snooze', days: 7, reason: 'r' }, ANN, '2027-01-20').reply, {
      say: 'snoozed',
      until: '2027-01-27',
    });
    assert.equal(said(markDialog(facts(null), { verb: 'ticket.snooze', days: Number.NaN, reason: 'r' }, ANN, '2027-01-20')), 'badDays');
  });

  it('an approver may say that he looked where the bot could not: in person, with a reason, and not the one who asked where four eyes apply', () => {
    const stuck = { from: 'suspending' as const, reason: 'seatsUnknown' as const, code: 'pool', at: NOW };
    const order = { id: 'o', subscriptionId: 's', placedAt: NOW, cancellableUntil: null };
    const vouch = (who: typeof BO, personal: boolean, reason: string, changes: object = {}) =>
      ticketDialog(facts({ state: 'stuck', stuck, order, ...changes }, { personal, fourEyes: { when: 'always' } }), { verb: 'suspension.vouch', reason }, who);
    assert.equal(said(vouch(BO, false, 'r')), 'vouchInPerson');
    assert.equal(said(vouch(BO, true, '')), 'reasonMissing');
    assert.equal(said(vouch({ ...BO, key: 'ann' }, true, 'r')), 'ownVouch');
    assert.equal(said(vouch({ ...BO, roles: ['requester'] }, true, 'r')), 'mayNot');
    assert.equal(said(vouch(BO, true, 'r', { stuck: { ...stuck, reason: 'holders' } })), 'notNow', 'what is known is not vouched away');
    assert.equal(said(vouch(BO, true, 'r', { state: 'reassigned', stuck: null })), 'notNow');
    const suspension = { sends: 1, sentAt: NOW, accepted: true, print: 'p' };
    assert.equal(said(vouch(BO, true, 'r', { suspension })), 'notNow', 'what was asked for is read first');
    assert.deepEqual(vouch(BO, true, 'r').intentions, [
      { do: 'event', event: { kind: 'vouch', by: 'bo', roles: BO.roles, fourEyes: { when: 'always' }, reason: 'r' } },
    ]);
    assert.ok(SPENDS.has('suspension.vouch'));
  });

  it('every verb and command says what right it needs, and a person without it changes nothing', () => {
    const stranger = { ...ANN, roles: [] };
    const byTicket = Object.entries(RIGHT_OF).filter(([verb]) => /^(purchase|reassignment|suspension|move|dialog)\./.test(verb));
    assert.equal(byTicket.length, 15);
    for (const [verb, right] of byTicket) {
      const action = parseAction(verb, { reason: 'r', users: 'u1', plan: 'p1' }) as TicketAction;
      assert.deepEqual(ticketDialog(facts({ state: 'quoted' }), action, stranger), { intentions: [], reply: { say: 'mayNot', right } });
    }
    assert.equal(said(markDialog(facts(null), { verb: 'ticket.assign' }, stranger, '2027-01-20')), 'mayNot');
    const requester = { ...ANN, roles: ['requester'] as const };
    assert.equal(said(ticketDialog(facts({ state: 'quoted' }), { verb: 'purchase.approve' }, requester)), 'mayNot');
    assert.equal(said(ticketDialog(facts(null), quoteAction, requester)), 'askingPrice');
  });

  it('where four eyes are asked for, the one who asked may not approve; another may', () => {
    const approve = (fourEyes: TicketView['fourEyes'], key: string) =>
      said(ticketDialog(facts({ state: 'quoted' }, { fourEyes }), { verb: 'purchase.approve' }, { ...ANN, key }));
    assert.deepEqual(
      [approve({ when: 'always' }, 'ann'), approve({ when: 'always' }, 'bo'), approve({ when: 'off' }, 'ann')],
      ['ownRequest', 'approved', 'approved'],
    );
  });

  it('a press is to what its card asked, a typed answer to what its writer had read', () => {
    const quoted = facts({ state: 'quoted' });
    const pressed = (v: unknown) => said(toWhatWasPressed(ticketDialog(quoted, { verb: 'purchase.approve' }, ANN), quoted, v));
    assert.deepEqual([pressed(4), pressed(3), pressed(5), pressed(undefined), pressed('4')], ['approved', ...Array.from({ length: 4 }, () => 'quoteChanged')]);
    const shownAt = Date.parse('2027-01-20T10:04:00.000Z');
    const yes = (sentAtMs: number | null, shown: TicketView['shown'] = [{ asked: 4, atMs: shownAt }]) =>
      said(toWhatWasRead(answerDialog({ ...quoted, shown }, 'yes', ANN), { ...quoted, shown }, sentAtMs));
    assert.deepEqual(
      [yes(shownAt + 1), yes(shownAt), yes(shownAt - 5_000), yes(null), yes(shownAt + 1, []), yes(shownAt + 1, [{ asked: 3, atMs: 0 }])],
      ['approved', ...Array.from({ length: 5 }, () => 'typedAhead')],
    );
    assert.equal(said(toWhatWasRead(answerDialog(quoted, 'perhaps', ANN), quoted, null)), 'answers', 'what has no effect is answered as ever');
  });

  it('people are left behind in person only, by name, with a reason', () => {
    const people = { total: 2, movable: 0, moved: 0, blocked: 2, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] };
    const unmoved = [
      { id: 'u1', name: 'Adele Vance' },
      { id: 'u2', name: 'Dana Roy' },
    ];
    const waive = (users: string[], reason: string, personal: boolean) =>
      ticketDialog(facts({ state: 'purchased', people }, { unmoved: personal ? unmoved : [], personal }), { verb: 'reassignment.waive', users, reason }, ANN);
    assert.deepEqual(waive(['u2'], 'r', false), {
      reply: { say: 'cardInPerson' },
      intentions: [{ do: 'inPerson', otherwise: { say: 'onlyInPerson' } }],
    });
    assert.equal(said(waive(['u2'], '', true)), 'reasonMissing');
    assert.equal(said(waive(['nobody'], 'r', true)), 'noSuchPeople');
    const intention = waive(['u2', 'nobody'], 'r', true).intentions[0];
    assert.deepEqual(intention?.do === 'event' && intention.event, { kind: 'waive', by: 'ann', reason: 'r', people: [{ id: 'u2', name: 'Dana Roy' }] });
  });

  it('who moves is picked where nobody else reads along, while somebody can', () => {
    const people = { total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] };
    const pick = (move: Partial<Move>) => ticketDialog(facts(move), { verb: 'reassignment.pick' }, ANN);
    assert.deepEqual(pick({ state: 'purchased', people }), {
      reply: { say: 'cardInPerson' },
      intentions: [{ do: 'inPerson', otherwise: { say: 'pickInPerson' } }],
    });
    assert.equal(said(pick({ state: 'purchased', people: { ...people, movable: 0 } })), 'notNow');
    assert.equal(said(pick({ state: 'reassigning', people })), 'already');
    assert.equal(said(ticketDialog(facts({ state: 'purchased', people }), { verb: 'reassignment.pick' }, { ...ANN, roles: ['requester'] })), 'mayNot');
  });

  it('giving up is refused while it is unclear what was done', () => {
    const stuck = (reason: 'purchaseUnclear' | 'holders') => facts({ state: 'stuck', stuck: { from: 'purchasing', reason, code: '', at: '' } });
    assert.equal(said(ticketDialog(stuck('purchaseUnclear'), { verb: 'move.giveUp', reason: 'r' }, ANN)), 'notWhileUnclear');
    assert.deepEqual(events(ticketDialog(stuck('holders'), { verb: 'move.giveUp', reason: 'r' }, ANN)), ['giveUp']);
  });

  it('typed answers mean what the stage asks', () => {
    const people = { total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] };
    const cases: [Partial<Move> | null, string, string[] | string][] = [
      [null, '1', ['draft']],
      [null, 'dynamics 365 customer service', ['draft']],
      [null, 'customer service', 'manyPlans'],
      [null, '9', 'badPosition'],
      [null, '0', 'badPosition'],
      [null, 'yes', ['draft']],
      [null, 'banana', 'noPlan'],
      [{ state: 'drafting', quote: null }, 'yes', ['chosen']],
      [{ state: 'drafting', quote: null }, 'many', 'badQuantity'],
      [{ state: 'quoted' }, 'YES', ['approve']],
      [{ state: 'quoted' }, 'no, too dear', ['decline']],
      [{ state: 'quoted' }, 'perhaps', 'answers'],
      [{ state: 'purchased', people }, 'all', ['confirmUsers']],
      [{ state: 'purchased', people }, 'check', ['check']],
      [{ state: 'purchased', people }, 'all but dana', ['confirmUsers']],
      [{ state: 'purchased', people }, 'all but eve', 'noSuchPeople'],
      [{ state: 'purchased', people }, 'all but ,', 'noSuchPeople'],
      [{ state: 'purchased', people }, 'all but adele and dana', 'noSuchPeople'],
      [{ state: 'reassigned' }, 'yes', ['confirmSuspend']],
      [{ state: 'reassigned' }, 'no they still use it', ['skip']],
      [{ state: 'provisioning' }, 'yes', 'answers'],
      [{ state: 'stuck', stuck: { from: 'suspending', reason: 'holders', code: '', at: '' } }, 'check', ['check']],
    ];
    for (const [state, text, expected] of cases) {
      const decision = answerDialog(facts(state), text, ANN);
      assert.deepEqual(typeof expected === 'string' ? said(decision) : events(decision), expected, `${state?.state ?? 'none'}: ${text}`);
    }
  });

  it('where the one who let a step happen may not any more, looking again needs no right of that step, for it lets nothing happen; the step’s own yes does', () => {
    const requester: Actor = { key: 'rae', tenant: 't', name: 'Rae', roles: ['requester'] };
    const refused = { cartId: sampleMove().quote?.cartId ?? '', outcome: 'refused' as const, checkedAt: NOW, lastAt: NOW };
    const call = { name: 'checkout' as const, requestId: 'r', answered: true };
    const steps: [Move['state'], Partial<Move>, TicketAction, string][] = [
      ['suspending', {}, { verb: 'suspension.confirm' }, 'suspend'],
      ['reassigning', {}, { verb: 'reassignment.confirm', users: null }, 'licences'],
      ['purchasing', { order: null, tried: [refused], call, approval }, { verb: 'purchase.approve' }, 'approve'],
    ];
    for (const [from, more, yes, right] of steps) {
      const stopped = facts({ state: 'stuck', confirmedBy: 'cy', stuck: { from, reason: 'rights', code: 'rights', at: NOW }, ...more });
      for (const decision of [ticketDialog(stopped, { verb: 'move.check' }, requester), answerDialog(stopped, 'yes', requester)]) {
        assert.deepEqual(decision, { intentions: [{ do: 'event', event: { kind: 'check', by: 'rae' } }], reply: { say: 'looking' } });
        const next = advance(stopped.move as Move, { kind: 'check', by: 'rae' }, NOW);
        assert.ok('next' in next);
        assert.ok(['quote', 'count', 'nothing', 'wait'].includes(nextStep(next.next, NOW).do), `${from}: ${nextStep(next.next, NOW).do}`);
        const asked = facts({ ...next.next, people: next.next.people ?? sampleMove().people });
        assert.deepEqual(ticketDialog(asked, yes, requester), { intentions: [], reply: { say: 'mayNot', right } });
        assert.ok(SPENDS.has(yes.verb), 'roles are read anew for it, and the read-only switch stops it');
        for (const stop of ['readOnly', 'dryRun'] as const) assert.equal(said(ticketDialog({ ...asked, readOnly: stop }, yes, ANN)), stop);
      }
    }
    const quoted = advance(
      sampleMove({ state: 'stuck', stuck: { from: 'purchasing', reason: 'rights', code: '', at: NOW }, order: null, tried: [refused], call, approval }),
      { kind: 'check', by: 'rae' },
      NOW,
    );
    assert.ok('next' in quoted);
    const own = { ...BO, key: quoted.next.quote?.askedBy as string };
    assert.equal(said(ticketDialog(facts(quoted.next, { fourEyes: { when: 'always' } }), { verb: 'purchase.approve' }, own)), 'ownRequest', 'four eyes');
  });

  it('a plan is taken by its number or whole name; the only one that is near is asked about, and a number that is not there is refused with the range', () => {
    const plans = (facts(null).ticket.plans ?? []).filter((plan) => plan.item).length;
    const ofPlan = (text: string) => answerDialog(facts(null), text, ANN).reply;
    const near = ofPlan('customer service');
    assert.deepEqual(near?.say === 'manyPlans' && near.plans.map((plan) => plan.title), ['Dynamics 365 Customer Service']);
    for (const value of ['0', '9', '99', '1000']) assert.deepEqual(ofPlan(value), { say: 'badPosition', value, max: plans });
    const twins = ['a', 'b'].map((id) => ({ ...(facts(null).ticket.plans?.[0] as Plan), id, title: 'Twin Plan', item: { productId: 'P', skuId: id } }));
    const [first] = facts(null).ticket.plans ?? [];
    const again = answerDialog(
      facts(null, { found: [{ ...(first as Plan), id: 'by:catalogue' }] }),
      (first as Plan).title.replace('Dynamics 365 ', ''),
      ANN,
    ).reply;
    assert.deepEqual(again?.say === 'manyPlans' && again.plans.length, 1, 'what the catalogue finds again is the same');
    const both = answerDialog(facts(null, { ticket: { ...sampleTicket(), plans: twins } }), 'twin plan', ANN).reply;
    assert.deepEqual(both?.say === 'manyPlans' && both.plans.map((plan) => plan.id), ['a', 'b'], 'of one name, each is offered');
    const reader = { ...ANN, roles: [] };
    assert.deepEqual(answerDialog(facts(null), '1', reader), { intentions: [], reply: { say: 'mayNot', right: 'ask' } }, 'who may only read chooses nothing');
  });

  it('who stays behind is named wholly, or by a name that only one has; two of one name are asked about, and nobody moves on a guess', () => {
    const people = { total: 5, movable: 5, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 5, named: [] };
    const movable = ['Adele Vance', 'Sam Lee', 'Sam Lee', 'Lee, Bob', 'Dana María Roy'].map((name, index) => ({ id: `u${index}`, name }));
    const but = (text: string, personal = true) => answerDialog(facts({ state: 'purchased', people }, { movable, personal }), `all but ${text}`, ANN);
    const except = (text: string) => {
      const [intention] = but(text).intentions;
      return intention?.do === 'event' && intention.event.kind === 'confirmUsers' ? intention.event.except : but(text).reply;
    };
    assert.deepEqual(except('ADELE'), ['u0']);
    assert.deepEqual(except('vance; dana maria roy'), ['u0', 'u4']);
    assert.deepEqual(except('Lee, Bob and Adele Vance'), ['u0', 'u3']);
    assert.deepEqual(except('Roy & Bob'), ['u3', 'u4']);
    for (const unknown of ['ad', 'del', 'maría', 'Adele Roy', 'van']) assert.deepEqual(except(unknown), { say: 'noSuchPeople', value: unknown });
    assert.deepEqual(except('adele and eve'), { say: 'noSuchPeople', value: 'eve' }, 'nobody is moved while one name is not known');
    assert.deepEqual(but('sam lee, adele').reply, { say: 'samePeople', value: 'sam lee', same: [movable[1], movable[2]], others: ['u0'] });
    assert.deepEqual(but('lee').reply, { say: 'samePeople', value: 'lee', same: [movable[1], movable[2], movable[3]], others: [] });
    assert.deepEqual(but('lee', false).reply, { say: 'samePeople', value: 'lee', same: [], others: [] }, 'names of others stay out of a channel');
    assert.deepEqual(but('sam, lee').reply?.say, 'samePeople');
  });

  it('who may not move licences learns from no answer who holds one, and of ten thousand holders each name is read once', () => {
    const people = { total: 3, movable: 3, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 3, named: [] };
    const movable = ['Sam Lee', 'Bob Lee', 'Dana Roy'].map((name, index) => ({ id: `u${index}`, name }));
    for (const role of ['viewer', 'requester'] as const)
      for (const text of ['all but lee', 'all but dana', 'yes, all except eve', 'ALL BUT Sam Lee'])
        assert.deepEqual(answerDialog(facts({ state: 'purchased', people }, { movable }), text, { ...ANN, roles: [role] }), {
          intentions: [],
          reply: { say: 'mayNot', right: 'licences' },
        });
    let reads = 0;
    const many = Array.from({ length: 10_000 }, (_, n) => ({
      id: `u${n}`,
      get name() {
        reads += 1;
        return `Pat${n} Lee${n}`;
      },
    }));
    const named = Array.from({ length: 90 }, (_, n) => `Pat${n}`).join(', ');
    const [intention] = answerDialog(facts({ state: 'purchased', people }, { movable: many }), `all but ${named}`, ANN).intentions;
    assert.deepEqual([intention?.do === 'event' && intention.event.kind === 'confirmUsers' && intention.event.except.length, reads], [90, 10_000]);
  });

  it('Ann is neither Hannah nor Joanne; written with a comma, other accents, letters of every kind; two of one name', () => {
    const names = ['Ann Lee', 'Hannah Roy', 'Joanne Ray', 'Doe, Jane', 'Doe, John', 'Alex Kim', 'Alex Kim', 'Åse Bø', '東 𠮷', 'Miles O’Neil', 'דנה לוי', '🎿'];
    const movable = names.map((name, n) => ({ id: `u${n}`, name }));
    const people = { total: 12, movable: 12, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 12, named: [] };
    const without = (text: string) => {
      const decision = answerDialog(facts({ state: 'purchased', people }, { movable }), `all but ${text}`, ANN);
      const [intention] = decision.intentions;
      return intention?.do === 'event' && intention.event.kind === 'confirmUsers' ? intention.event.except : said(decision);
    };
    assert.deepEqual(['Ann', 'ann lee', 'Joanne and hannah', 'an', '🎿'].map(without), [['u0'], ['u0'], ['u1', 'u2'], 'noSuchPeople', 'noSuchPeople']);
    assert.deepEqual(['Doe, Jane', 'A\u030ase', '東 𠮷', "miles o'neil", 'דנה'].map(without), [['u3'], ['u7'], ['u8'], ['u9'], ['u10']]);
    assert.deepEqual(['Doe', 'Alex Kim', 'Ann, Alex'].map(without), ['samePeople', 'samePeople', 'samePeople']);
  });

  it('a name with “and” in it is one person’s; where each part is somebody’s too, it is asked', () => {
    const people = { total: 4, movable: 4, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 4, named: [] };
    const without = (text: string, ...names: string[]) => {
      const movable = names.map((name, n) => ({ id: `u${n}`, name }));
      const decision = answerDialog(facts({ state: 'purchased', people }, { movable }), `all but ${text}`, ANN);
      const [intention] = decision.intentions;
      if (intention?.do === 'event' && intention.event.kind === 'confirmUsers') return intention.event.except;
      return decision.reply?.say === 'samePeople' ? decision.reply.same.map((one) => one.id) : said(decision);
    };
    const all = ['Sales and Support', 'Sales Desk', 'Night Support', 'Kim'];
    assert.deepEqual(without('Sales and Support, Kim', 'Sales and Support', 'Sales Desk', 'Kim'), ['u0', 'u2']);
    assert.deepEqual(without('sales & support', 'Sales & Support', 'Support Night', 'Kim'), ['u0']);
    assert.deepEqual(without('Sales and Support', ...all), ['u0', 'u1', 'u2'], 'asked');
    assert.deepEqual(without('Lee, Sam', 'Lee, Sam', 'Lee Wong', 'Sam Fox', 'Kim'), ['u0', 'u1', 'u2'], 'asked');
    assert.deepEqual(without('Lee, Sam', 'Lee, Sam', 'Lee Wong', 'Kim'), ['u0']);
    assert.equal(without('Sales and Dana', ...all), 'noSuchPeople');
  });

  it('what begins with a no and is none, is one for now, or has a condition, ends nothing', () => {
    const texts = [
      'no problem',
      'No worries, go ahead',
      'no objections',
      'no idea',
      'no not yet',
      'no, not now',
      'no, wait until Friday',
      'no, unless Dana agrees',
      'No, but ask me tomorrow',
    ];
    for (const state of ['quoted', 'reassigned'] as const)
      for (const text of [...texts, 'n/a', 'no?', 'none', 'north', 'yes but not Dana', 'yes, all but Dana?', 'yes no', 'yes 👍', '\u202eyes', 'ja', '是'])
        assert.equal(said(answerDialog(facts({ state }), text, ANN)), 'answers', `${state}: ${text}`);
  });

  it('a no alone, and “leave”, give no reason for leaving running what costs money: it is asked for', () => {
    const last = facts({ state: 'reassigned' });
    for (const text of ['no', 'No!', 'nope.', 'leave', 'leave it']) assert.equal(said(answerDialog(last, text, ANN)), 'reasonMissing', text);
    assert.deepEqual(events(answerDialog(last, 'no: they still use it', ANN)), ['skip']);
    assert.deepEqual(events(answerDialog({ ...last, ticket: sampleTicket({}, { newCommerce: true }) }, 'leave', ANN)), ['letEnd'], 'it ends by itself');
  });

  it('a name of another product of Microsoft’s is not taken for the plan that holds the rest of it', () => {
    const plans = ['Office 365 E3', 'Office 365 E1'].map((title, n) => ({ ...(sampleTicket().plans?.[0] as Plan), id: `p${n}`, title }));
    const choose = (text: string) => answerDialog({ ...facts(null), ticket: sampleTicket({ plans }) }, text, ANN);
    for (const text of ['Microsoft 365 E3', 'microsoft e3', '365 e3']) assert.deepEqual(events(choose(text)), [], text);
    for (const text of ['Office 365 E3', 'Microsoft Office 365 E3']) assert.deepEqual(events(choose(text)), ['draft'], text);
  });

  it('for new commerce, yes lets it end and suspending must be said', () => {
    const nce = { ...facts({ state: 'reassigned' }), ticket: sampleTicket({}, { newCommerce: true }) };
    assert.deepEqual([events(answerDialog(nce, 'yes', ANN)), events(answerDialog(nce, 'suspend', ANN))], [['letEnd'], ['confirmSuspend']]);
  });

  it('new commerce that may go on after its term: a yes neither suspends it nor lets it go, and leaving it wants a reason', () => {
    for (const endOfTerm of ['extends', 'inEst', 'contradictory', 'unknown', 'unread'] as const) {
      const going = { ...facts({ state: 'reassigned' }), ticket: sampleTicket({}, { newCommerce: true, endOfTerm }) };
      assert.deepEqual(events(answerDialog(going, 'yes', ANN)), [], endOfTerm);
      assert.deepEqual(events(answerDialog(going, 'suspend', ANN)), ['confirmSuspend'], endOfTerm);
      assert.equal(said(ticketDialog(going, { verb: 'suspension.skip', reason: '' }, ANN)), 'reasonMissing', endOfTerm);
      assert.deepEqual(events(answerDialog(going, 'no, the customer cancels it', ANN)), ['skip'], endOfTerm);
    }
  });

  it('what still renews does not end by itself: leaving it wants a reason, and a yes does not suspend what is paid for all the same', () => {
    const renewing = { ...facts({ state: 'reassigned' }), ticket: sampleTicket({}, { newCommerce: true, endOfTerm: 'renews' }) };
    assert.equal(said(ticketDialog(renewing, { verb: 'suspension.skip', reason: '' }, ANN)), 'reasonMissing');
    assert.deepEqual(events(answerDialog(renewing, 'yes', ANN)), []);
    assert.deepEqual(events(answerDialog({ ...renewing, plannable: true }, 'yes', ANN)), ['confirmEnd']);
  });

  it('nothing that a client sends is believed: unknown verbs, wrong types, huge lists', () => {
    assert.equal(parseAction('purchase.steal', {}), null);
    assert.equal(parseAction('__proto__', {}), null);
    for (const data of [
      { v: '4' },
      { v: -1 },
      { v: 1.5 },
      { v: 1e308 },
      { plan: { a: 1 } },
      { quantity: [7] },
      { quantity: Number.MAX_VALUE },
      { reason: 'x'.repeat(5_000) },
      { price: 1 },
      { roles: 'owner' },
      JSON.parse('{"__proto__":{"verb":"x"}}') as Record<string, unknown>,
      { constructor: 'x' },
    ])
      assert.equal(parseAction('purchase.approve', { ...data, id: 'x' }), 'bad', JSON.stringify(data));
    assert.equal(parseAction('list.page', { from: -5 }), 'bad');
    assert.deepEqual(parseAction('list.page', { from: 15 }), { verb: 'list.page', from: 15 });
    assert.equal((parseAction('reassignment.confirm', { users: 'u,'.repeat(500) }) as { users: string[] }).users.length, 60);
    assert.equal((parseAction('ticket.dismiss', { reason: 'x'.repeat(3_000) }) as { reason: string }).reason.length, 500);
  });

  it('replies hold outside words harmlessly', () => {
    const replies: Reply[] = [
      { say: 'noPlan', value: HOSTILE },
      { say: 'alreadyApproved', who: HOSTILE, at: '2027-01-20T10:05:00.000Z' },
      { say: 'whichPlan', customer: HOSTILE, ticketId: 'S-1', plans: [HOSTILE], terms: true },
      { say: 'howMany', plan: HOSTILE, term: HOSTILE, proposed: 7, inUse: 7, minimum: 1 },
      { say: 'termNotSold', plan: HOSTILE, sold: [HOSTILE] },
      { say: 'manyTerms', value: HOSTILE, plan: { ...(sampleTicket().plans?.[0] as Plan), title: HOSTILE }, terms: [HOSTILE] },
      { say: 'noSuchPeople', value: HOSTILE },
    ];
    for (const reply of replies) assert.doesNotMatch(replyText(en, reply), /[^\\]\]\(http|<at>|\$\{|\u202e|:\/\//);
  });
});
