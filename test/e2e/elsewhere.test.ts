/** Licences that a customer bought through another channel, in the whole program: found by the look of the day, moved by buttons, ended by the customer, and closed when they are gone. */
import assert from 'node:assert/strict';
import { verifyAll } from '../../bot/cli/audit.ts';
import type { TrackedSubscription } from '../../services/domain/ticket.ts';
import { ofCustomer, subscriptionKey } from '../../services/store/rows.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { plain } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';
import { readWatch } from '../../services/watch/rows.ts';

const SOURCE = 'elsewhere-1392051d-0cb9-4b7a-88d5-621fee5e8711';

describe('licences from another channel', function () {
  this.timeout(300_000);
  let world: World;
  before(async () => {
    world = await startWorld({ sweepMs: 4_000 });
    await world.knowsAll();
  });
  after(() => world.close());

  it('are told where the programme is watched, moved like ours, and closed when the customer has ended them', async () => {
    const chat = world.teams.chat('channel', '19:elsewhere@thread', 'Ann Jansson');
    await chat.write('watch office-e4');
    await chat.card('Watching', 'Office 365 Enterprise E4');
    const { customer } = await world.sandbox.post('accept', { customer: 'Adatum Ltd', people: 3, foreignSeats: { 'Office 365 E4': 5 } });
    const store = await openTables(storageOf(world.config));
    const seen = (what: 'seenAt' | 'missingAt') =>
      until(
        async () => (await store.get<TrackedSubscription>(...ofCustomer(String(customer)), subscriptionKey(SOURCE)))?.value[what] ?? undefined,
        () => `no look has noted ${what}`,
      );
    await until(
      async () => (await readWatch(store, String(customer)))?.value.seats,
      () => 'the new customer was not looked at',
    );
    // One look is not enough: the next comes an hour later.
    await world.sandbox.post('clock', { advanceDays: 1 });
    await seen('seenAt');
    await world.sandbox.post('clock', { advanceHours: 2 });
    const told = await chat.card('Adatum Ltd', 'Bought elsewhere', '5 licences of this plan were not bought through us', 'Office 365 E5');
    assert.match(plain(told.card), /5 not from us, 3 in use/);
    await chat.press('Get a price', ['Adatum Ltd', 'Bought elsewhere']);
    const asked = await chat.card('Adatum Ltd', 'Waiting for approval');
    assert.match(plain(asked.card), /Buy 3 licences of Office 365 E5.*billed there beside it, until the customer ends them/);
    await chat.press('Approve and buy', ['Adatum Ltd', 'Waiting for approval']);
    await chat.press('Move 3 people', ['Adatum Ltd', '3 of 3 people can move']);
    const waits = await chat.card('Adatum Ltd', 'The customer’s step', 'Message to the customer');
    assert.match(plain(waits.card), /“Your people work with Office 365 E5 now.*Please end the old Office 365 E4, 5 licences, where you bought it/);
    assert.equal(waits.id, told.id, 'the ticket keeps its one card');
    const kinds = (await world.sandbox.writes()).map((write) => write.kind).filter((kind) => kind !== 'cart' && kind !== 'registration');
    assert.deepEqual(kinds, ['checkout', 'licenceUpdate', 'licenceUpdate', 'licenceUpdate']);
    // The customer ends them: twice a look misses them, a day apart.
    await world.sandbox.post('customer', { customer: 'Adatum', foreignSeats: { 'Office 365 E4': 0 } });
    await world.sandbox.post('clock', { advanceDays: 1 });
    await seen('missingAt');
    await world.sandbox.post('clock', { advanceDays: 2 });
    await chat.text('Finished: the licences that were not bought through us are gone');
    const finished = await chat.card('Adatum Ltd', 'Finished', 'gone from the customer’s tenant', '✓ Customer ends it');
    assert.equal(finished.id, told.id);
    assert.ok(!(await world.sandbox.writes()).some((write) => write.kind === 'subscriptionPatch'), 'nothing that is not ours is changed');
  });

  it('leave a written record that is whole', async () => {
    const { faults } = await verifyAll(await openTables(storageOf(world.config)));
    assert.deepEqual(faults, []);
  });
});
