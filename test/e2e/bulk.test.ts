/** Several customers of one programme at once, in the whole program: chosen on a list, priced together, approved by one yes, and bought each by itself. */
import assert from 'node:assert/strict';
import { type Chatter, plain } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

const SALES = 'Dynamics 365 for Sales Enterprise Edition From SA for CRM Basic (Qualified Offer)';

describe('several customers at once', function () {
  this.timeout(300_000);
  let world: World;
  let ann: Chatter;
  let bo: Chatter;
  before(async () => {
    const colleague = (name: string) => ({ objectId: name.toLowerCase().replaceAll(' ', '-'), name, roles: ['requester' as const, 'approver' as const] });
    world = await startWorld({
      people: [colleague('Ann Jansson'), colleague('Bo Ek')],
      // Each of them is below it, and both together are above.
      fourEyes: { when: 'aboveAmount', minor: 700_000, currency: 'EUR' },
    });
    await world.knowsAll();
    ann = world.teams.chat('channel', '19:bulk@thread', 'Ann Jansson');
    bo = world.teams.chat('channel', '19:bulk@thread', 'Bo Ek');
  });
  after(() => world.close());

  it('three are chosen; one that cannot be priced is named; one yes of somebody else buys the other two, each by itself', async () => {
    await ann.write('watch');
    await ann.card('Watching');
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await world.sandbox.post('flip', { customer: 'Fabrikam', subscription: SALES });
    await world.sandbox.post('flip', { customer: 'Woodgrove' });
    const names = ['Contoso Ltd', 'Fabrikam Residences', 'Woodgrove Bank'];
    for (const name of names) await ann.card(name, 'Expires in');
    await ann.write('move crm-basic');
    for (const name of names) await ann.press(`Choose ${name}`, ['Dynamics 365 from CRM Basic']);
    await ann.press('Get 3 prices', ['Dynamics 365 from CRM Basic', '3 of']);
    await ann.press('Choose Dynamics 365 Sales Professional', ['To which plan?']);
    await ann.text('I ask for 3');
    const asked = await ann.card('of 3 prices', 'Approve and buy 2', 'no price');
    assert.match(plain(asked.card), /Woodgrove Bank[^✓]*no price: the customer has not accepted the customer agreement/);
    assert.match(plain(asked.card), /Ann Jansson asked for them; together they are above the limit, so another approver must say yes/);
    assert.match(
      await ann.press('Approve and buy 2', ['of 3 prices']),
      /above the limit for one person, so another approver must say yes\. Nothing was bought/,
    );
    const bought = async () => (await world.sandbox.writes()).filter((one) => one.kind === 'checkout');
    assert.deepEqual(await bought(), []);
    assert.match(await bo.press('Approve and buy 2', ['of 3 prices']), /You have approved 2.subscriptions/);
    await ann.card('2 of 3 subscriptions', 'approved; its own card says how it goes on');
    const orders = await until(
      async () => ((await bought()).length >= 2 ? bought() : undefined),
      () => 'not both were bought',
    );
    assert.equal(new Set(orders.map((one) => one.path)).size, 2, 'each by itself, from a cart of its own');
    assert.equal(orders.length, 2);
  });
});
