/** Ends that people set, over the bot's own door and the sandbox's HTTP: left to Partner Center, cancelled, renewed again, and come to its end. */
import assert from 'node:assert/strict';
import { verifyAll } from '../../bot/cli/audit.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { readShape } from '../../services/tickets/shown.ts';
import { storageOf } from '../support/storage.ts';
import { plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';
import { until } from '../support/until.ts';

const PLAN = 'Microsoft 365 Business Standard';

describe('an end that people set', () => {
  let world: World;
  before(async () => {
    world = await startWorld({ fourEyes: { when: 'aboveAmount', minor: 10_000, currency: 'EUR' } });
    await world.swept();
  });
  after(() => world.close());
  const held = async () => {
    const { customers } = await world.sandbox.state();
    const fabrikam = customers.find((one) => one.name.startsWith('Fabrikam'));
    return fabrikam?.subscriptions.find((one) => one.offerName === PLAN) as Record<string, unknown> | undefined;
  };
  const patches = async () => (await world.sandbox.writes()).filter((one) => one.kind === 'subscriptionPatch');

  it('is left to Partner Center while no planned action was ever seen there', async () => {
    const me = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
    await me.write('move fabrikam microsoft 365');
    const notice = await me.card('Fabrikam Residences', PLAN);
    assert.match(plain(notice.card), /To end it, set the cancellation in Partner Center; I look whether it happened\./);
    assert.doesNotMatch(JSON.stringify(notice.card), /end\.cancel/);
    await me.write('cancel at term end');
    await me.text('I cannot set a cancellation here yet. Set it in Partner Center; I look whether it happened.');
    assert.deepEqual(await patches(), []);
  });

  it('is offered once one was seen, asked about with who would lose, and set by another one’s yes in one change', async () => {
    await world.sandbox.post('plan', { customer: 'Fabrikam', subscription: PLAN, plan: 'extend' });
    const store = await openTables(storageOf(world.config));
    const shape = await until(
      () => readShape(store),
      () => 'the shape was not noted',
    );
    assert.equal(shape.fields, 'actionType scheduleType');
    const me = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
    await me.write('show fabrikam microsoft 365');
    await me.card('Fabrikam Residences', PLAN, 'Cancel at term end');
    await me.press('Cancel at term end', ['Fabrikam Residences', PLAN]);
    const asked = await me.card('Waiting for approval', `Cancel ${PLAN} at term end`);
    assert.match(plain(asked.card), /\d+ (?:people|person) uses? it and loses? access after|Nobody loses access after|is not known/);
    await me.write('yes');
    await me.text('another approver must say yes');
    assert.deepEqual(await patches(), []);
    const bo = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await bo.write('show fabrikam microsoft 365');
    await bo.press('Approve the cancellation', ['Waiting for approval']);
    await bo.card('Fabrikam Residences', 'Cancels on');
    const written = await patches();
    assert.deepEqual(
      written.map((one) => Object.keys(one.body as object).sort()),
      [['scheduledActions']],
    );
    assert.equal(written.length, 1);
  });

  it('is renewed again by the same way, and its ticket is closed', async () => {
    const bo = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await bo.press('Renew again', ['Fabrikam Residences', 'Cancels on']);
    const asked = await bo.card('Waiting for approval', `Renew ${PLAN}`);
    assert.match(plain(asked.card), /This commits the customer to a whole new term of 1 year/);
    const cia = world.teams.chat('personal', 'a:cia', 'Cia Lind');
    await cia.write('show fabrikam microsoft 365');
    await cia.press('Approve and renew', ['Waiting for approval']);
    await cia.card('Fabrikam Residences', 'Renews again', 'It was set to renew here.');
    assert.equal((await held())?.autoRenewEnabled, true);
    assert.equal((await patches()).length, 2);
  });

  it('holds until it has come, and the ticket with it', async () => {
    const me = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
    await me.write('move fabrikam microsoft 365');
    await me.press('Cancel at term end', ['Fabrikam Residences', PLAN, 'Get a price']);
    const bo = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await bo.write('show fabrikam microsoft 365');
    await bo.press('Approve the cancellation', ['Waiting for approval']);
    await bo.card('Fabrikam Residences', 'Cancels on');
    await world.sandbox.post('clock', { advanceWeeks: 2, advanceDays: 0, advanceHours: 0 });
    await until(
      async () => ((await held())?.status === 'disabled' ? true : undefined),
      () => 'it has not ended',
    );
    await bo.card('Fabrikam Residences', 'Ended', 'Its cancellation was set here, and it held.');
    const { faults } = await verifyAll(await openTables(storageOf(world.config)));
    assert.deepEqual(faults, []);
  });
});
