/** What is written for the end of a term: the whole resource, with that end and nothing else; and the shape that must have been seen before. */
import assert from 'node:assert/strict';
import { shapeOf, withEnd } from '../../../services/partnerCenter/wire/planned.ts';
import { parseSubscriptions } from '../../../services/partnerCenter/wire/subscriptions.ts';
import { readEnd } from '../../../services/tickets/endOfTerm.ts';
import { readShape } from '../../../services/tickets/shown.ts';
import { ID, wired } from '../../support/partner.ts';
import { planned } from '../../support/term.ts';

const OTHER_DAY = { scheduleType: 'CustomDate', actionType: 'Transition', effectiveDate: '2027-09-01T00:00:00Z' };
const ONE = { id: '00000000-5555-4000-8000-000000000001', offerId: 'P:K:A', quantity: 1, status: 'active', autoRenewEnabled: true };

describe('an end that is written', () => {
  it('leaves every other field as it was read, in whatever shape', () => {
    const resource = { ...ONE, odd: { nested: [1, null] }, nextChargeInstructions: { quantity: 3 }, PascalCase: 'x', none: null };
    assert.deepEqual(withEnd(resource, 'cancel', { planned: true }), { ...resource, autoRenewEnabled: false, ...planned('Cancel') });
    assert.deepEqual(withEnd(resource, 'renew', { planned: false }), resource);
  });

  it('stands alone at the end of the term, beside what is planned for another day', () => {
    const two = { ...ONE, scheduledActions: [{ scheduleType: 'TermEnd', actionType: 'Transition', instructions: {} }, OTHER_DAY] };
    assert.deepEqual(withEnd(two, 'renew', { planned: true }).scheduledActions, [OTHER_DAY, { scheduleType: 'TermEnd', actionType: 'RenewToNewTerm' }]);
    for (const odd of ['Cancel', { actionType: 'Cancel' }, null])
      assert.deepEqual(withEnd({ ...ONE, scheduledActions: odd }, 'cancel', { planned: true }).scheduledActions, planned('Cancel').scheduledActions);
  });

  it('takes away what the next term was to be only where something was', () => {
    assert.equal(withEnd({ ...ONE, scheduledNextTermInstructions: { quantity: 5 } }, 'cancel', { planned: true }).scheduledNextTermInstructions, null);
    assert.ok(!('scheduledNextTermInstructions' in withEnd(ONE, 'cancel', { planned: true })));
  });
});

describe('what is planned for the next term', () => {
  const own = { productId: 'P', skuId: 'K', termDuration: 'P1Y', billingCycle: 'annual' };
  const items = (product: object) => [{ ...ONE, ...own, scheduledNextTermInstructions: { quantity: 1, product } }];
  const end = (product: object) => {
    const [one] = parseSubscriptions(ID, { items: items(product) }).items;
    return one && readEnd(one, { today: '2027-01-20' });
  };

  it('that names half of a plan is not known, for it may be another plan', () => {
    assert.deepEqual([end({ productId: 'P', skuId: 'K' })?.end, end({ productId: 'P', skuId: 'L' })?.end], ['renews', 'renewsAs']);
    for (const product of [{ productId: 'Q' }, { productId: 'P' }, { skuId: 'L' }, { productId: 'Q', skuId: '' }]) {
      const read = end(product);
      assert.equal(read?.end, 'unknown', JSON.stringify(product));
      assert.match(read?.word ?? '', /product/);
    }
  });

  it('is the same term, however its length is spelt', () => {
    for (const termDuration of ['P1Y', 'P12M', 'p1y']) assert.equal(end({ ...own, termDuration })?.end, 'renews', termDuration);
    for (const termDuration of ['P1M', 'P2Y', 'P365D']) assert.equal(end({ ...own, termDuration })?.end, 'renewsAs', termDuration);
  });
});

describe('the shape of planned actions', () => {
  it('is the names of the fields, of an action for the end of a term with a word that we know', () => {
    assert.equal(
      shapeOf(planned('Cancel', { effectiveDate: 'secret', instructions: { quantity: 7 } }).scheduledActions),
      'actionType effectiveDate instructions scheduleType',
    );
    for (const odd of [null, 'Cancel', [OTHER_DAY], planned('cancel').scheduledActions, [{ schedule_type: 'TermEnd', action_type: 'Cancel' }], [3], {}])
      assert.equal(shapeOf(odd), null, JSON.stringify(odd));
  });

  it('is found beside what cannot be read', () => {
    const read = parseSubscriptions(ID, {
      items: [
        { ...ONE, quantity: {} },
        { ...ONE, id: '00000000-5555-4000-8000-000000000002', ...planned('Cancel') },
      ],
    });
    assert.equal(read.shape, 'actionType scheduleType');
  });

  it('is kept as it was first seen on any customer of this partner, and of nobody before', async () => {
    const one = await wired({ [ID]: [ONE] });
    assert.equal(await readShape(one.store), undefined);
    await one.look(ID, [{ ...ONE, ...planned('RenewToExtendedServiceTerm') }]);
    const first = await readShape(one.store);
    assert.equal(first?.fields, 'actionType scheduleType');
    await one.look(ID, [{ ...ONE, ...planned('Cancel', { more: 1 }) }]);
    assert.deepEqual(await readShape(one.store), first);
  });
});
