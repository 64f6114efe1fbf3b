/** What is typed and pressed: once, however often it is delivered, and only to what its writer had read. */
import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import type { Chatter } from './teams.ts';
import { startWorld, type World } from './world.ts';

describe('an activity', function () {
  this.timeout(300_000);
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.knowsAll();
  });
  after(() => world.close());

  let made = 0;
  const now = () => new Date().toISOString();
  /** An activity to deliver as often as wanted. */
  const yes = (changes: Record<string, unknown> = {}) => ({ id: `twice-${++made}`, text: 'yes', timestamp: now(), ...changes });
  const kinds = async () => (await world.sandbox.writes()).map((write) => write.kind).filter((kind) => kind !== 'cart');
  async function read(chat: Chatter, words: string): Promise<void> {
    await chat.text(words);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  /** The card with the plans stands there and was read. */
  async function plans(chat: Chatter, customer: string): Promise<void> {
    await chat.card(customer, 'Get a price', 'Sales Professional');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  /** Everything that was begun is done: the chat says nothing more for a while. */
  async function settled(): Promise<void> {
    let seen = -1;
    await until(
      () => {
        const count = world.teams.messages.reduce((sum, one) => sum + 1 + one.edits, 0);
        const same = count === seen;
        seen = count;
        return new Promise<true | undefined>((resolve) => setTimeout(() => resolve(same || undefined), 1_500));
      },
      () => 'the chats do not come to rest',
    );
  }

  it('M1-quantity-yes-twice: one yes under "How many licences?" delivered again when the quote stands buys nothing', async () => {
    const me = world.teams.chat('personal', 'a:m1');
    await me.write('move northwind');
    await plans(me, 'Northwind Traders');
    await me.write('1');
    await read(me, 'How many licences?');
    const activity = yes();
    await me.deliver(activity);
    await read(me, 'It waits for an approval.');
    const before = await kinds();
    await me.deliver(activity);
    await me.deliver({ ...activity, id: 'another-id' });
    await settled();
    assert.deepEqual(await kinds(), before, 'nothing was bought');
    await me.card('Northwind Traders', 'Waiting for approval');
    assert.equal(me.texts().filter((one) => one === 'Asking Microsoft for the price.').length, 3, 'answered the same each time');
  });

  it('without a time nobody can tell what it answers: not done, asked with all that a yes would mean', async () => {
    const me = world.teams.chat('personal', 'a:m1');
    for (const timestamp of [undefined, null, 'soon', '', '2999-01-01T00:00:00Z']) await me.deliver({ id: `no-time-${++made}`, text: 'yes', timestamp });
    await read(me, 'I did not take it for an answer; nothing has changed. Buy 11 licences of Dynamics 365 Sales Professional for Northwind Traders');
    await settled();
    assert.deepEqual(await kinds(), []);
  });

  it('four yes typed ahead run through nothing; one sent after the question is read does one step', async () => {
    const me = world.teams.chat('personal', 'a:m1');
    const early = Array.from({ length: 4 }, () => yes({ timestamp: new Date(Date.now() - 60_000 + made).toISOString() }));
    for (const activity of early) await me.deliver(activity);
    await settled();
    assert.deepEqual(await kinds(), []);
    const late = yes();
    await me.deliver(late);
    await read(me, '11 of 11 people can move.');
    assert.deepEqual(await kinds(), ['checkout']);
    for (const activity of [...early, late]) await me.deliver(activity);
    await settled();
    assert.deepEqual(await kinds(), ['checkout'], 'nobody was moved by an answer to the price');
    await me.card('Northwind Traders', '11 of 11 people can move');
  });

  it('an answer to who moves, delivered again at the last step, suspends nothing', async () => {
    const me = world.teams.chat('personal', 'a:m1');
    const all = yes();
    await me.deliver(all);
    await read(me, 'Everybody has moved.');
    await me.deliver(all);
    await me.deliver({ ...all, id: `again-${++made}` });
    await settled();
    await me.card('Northwind Traders', 'Ready for the last step');
    assert.equal((await kinds()).filter((kind) => kind === 'subscriptionPatch').length, 0);
  });

  it('M1h-plan-number-twice: a plan’s number delivered twice is no number of licences', async () => {
    const me = world.teams.chat('personal', 'a:m1h');
    await me.write('move woodgrove');
    await plans(me, 'Woodgrove Bank');
    const one = { id: 'plan-one', text: '1', timestamp: now() };
    await me.deliver(one);
    await read(me, 'How many licences?');
    await me.deliver(one);
    await me.deliver({ ...one, id: 'plan-one-again' });
    await settled();
    assert.deepEqual(
      me.texts().filter((text) => /Asking Microsoft|is not a number/.test(text)),
      [],
    );
    assert.equal(me.texts().filter((text) => text.includes('How many licences?')).length, 3, 'answered the same each time');
  });
});
