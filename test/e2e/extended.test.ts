/** An Extended Service Term over HTTP: planned, begun and back, each told once, with what it costs. */
import assert from 'node:assert/strict';
import { plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

describe('an Extended Service Term', () => {
  let world: World;
  before(async () => {
    world = await startWorld({ sweepMs: 2_000 });
    await world.swept();
  });
  after(() => world.close());

  it('is told when it is planned, when it begins and when it is over, once each, at the price that is then billed', async () => {
    const customer = 'Proseware, Inc.';
    const { subscription } = await world.sandbox.post('subscription', { customer, plan: 'Office 365 E3', seats: 5, endsInDays: 10 });
    const id = (await world.sandbox.state()).customers.find((one) => one.name === customer)?.id ?? '';
    await world.sawRenewing(id, [String(subscription)]);
    const me = world.teams.chat('personal', 'a:est');
    await me.write('watch proseware');
    await me.card('Watching');

    await world.sandbox.post('flip', { customer, subscription });
    // The prices are read after the card was posted.
    const notice = await me.card('Proseware', 'Office 365 E3', 'within about a day Microsoft plans an Extended Service Term', 'more than now');
    assert.match(plain(notice.card), /at €135\.40 a month by the price list of .*, €20\.40 more than now/);

    await world.sandbox.post('clock', { advanceHours: 25 });
    await me.text('Microsoft has planned a paid Extended Service Term for it now');
    await world.sandbox.post('clock', { advanceDays: 11 });
    await me.text('The term is over, and it goes on month by month as a paid Extended Service Term');
    const begun = await me.card('Proseware', 'Office 365 E3', 'In an Extended Service Term', 'by the price list');
    assert.match(plain(begun.card), /goes on month by month, at €135\.40 a month by the price list/);

    await world.sandbox.post('plan', { customer, subscription, plan: 'renew' });
    await me.text('It is back from the Extended Service Term');
    await me.card('Proseware', 'Office 365 E3', 'Renews again');
    await world.sandbox.post('clock', { advanceDays: 3 });
    await me.write('status');
    await me.card('How I am');
    for (const said of [
      /Microsoft has planned a paid Extended Service Term/,
      /The term is over, and it goes on month by month/,
      /It is back from the Extended/,
    ])
      assert.equal(me.texts().filter((text) => said.test(text)).length, 1, String(said));
  });
});
