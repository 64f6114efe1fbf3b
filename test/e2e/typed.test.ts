/** What is typed and pressed: once, however often it is delivered, and only to what its writer had read. */
import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import type { Chatter } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

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
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  /** Everything that was begun is done: the chat says nothing more for a while. */
  async function settled(): Promise<void> {
    let seen = -1;
    await until(
      () => {
        const count = world.teams.messages.reduce((sum, one) => sum + 1 + one.edits, 0);
        const same = count === seen;
        seen = count;
        return new Promise<true | undefined>((resolve) => setTimeout(() => resolve(same || undefined), 1_000));
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
    await read(me, 'It waits for your yes.');
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

  it('`move` delivered again neither posts the card anew nor takes the next answer to itself', async () => {
    const me = world.teams.chat('personal', 'a:again');
    const move = { id: 'move-one', text: 'move woodgrove', timestamp: now() };
    await me.deliver(move);
    await me.card('Woodgrove Bank');
    await read(me, 'How many licences?');
    await me.write('move contoso');
    await plans(me, 'Contoso Ltd');
    const cards = me.cards().length;
    await me.deliver(move);
    await settled();
    assert.equal(me.cards().length, cards);
    await me.write('1');
    await read(me, 'How many licences? 7 are in use');
  });

  it('`cancel` delivered again does not end the move that was begun since', async () => {
    const me = world.teams.chat('personal', 'a:again');
    const cancel = { id: 'cancel-one', text: 'cancel', timestamp: now() };
    await me.deliver(cancel);
    await read(me, 'cancelled the move');
    await me.write('move contoso');
    await read(me, 'Which plan?');
    await me.write('2');
    await read(me, 'Customer Service. How many licences?');
    await me.deliver(cancel);
    await me.deliver({ ...cancel, id: 'cancel-again' });
    await settled();
    assert.equal(me.texts().filter((text) => text.includes('cancelled the move')).length, 1);
  });

  it('`watch` delivered again after `unwatch` leaves the chat as it was told last', async () => {
    const chat = world.teams.chat('channel', '19:twice@thread');
    const watch = { id: 'watch-one', text: 'watch contoso', timestamp: now() };
    await chat.deliver(watch);
    await chat.card('Watching', 'Contoso');
    await chat.write('unwatch');
    await chat.card('This chat watches nothing');
    await chat.deliver(watch);
    await chat.deliver({ ...watch, id: 'watch-again' });
    await settled();
    assert.ok(!JSON.stringify(chat.cards().at(-1)?.card).includes('Contoso'));
    await chat.write('status');
    await chat.card('watches nothing');
  });

  it('`read-only on` delivered again after `read-only off` stops nothing', async () => {
    const me = world.teams.chat('personal', 'a:switch');
    const on = { id: 'on-one', text: 'read-only on', timestamp: now() };
    await me.deliver(on);
    await read(me, 'switched me to read-only');
    await me.write('read-only off');
    await read(me, 'switched me back');
    await me.deliver(on);
    await settled();
    await me.write('status');
    const card = await me.card('How I am');
    assert.ok(!JSON.stringify(card.card).includes('I am switched to read-only'));
  });

  it('a press delivered again, or on a card that asks something else by now, changes nothing', async () => {
    const channel = world.teams.chat('channel', '19:press@thread');
    await channel.write('watch fabrikam');
    await channel.card('Watching');
    await world.sandbox.post('flip', {
      customer: 'Fabrikam',
      subscription: 'Dynamics 365 for Sales Enterprise Edition From SA for CRM Basic (Qualified Offer)',
    });
    const notice = structuredClone(await channel.card('Fabrikam Residences', 'Get a price'));
    await channel.press('Get a price', ['Fabrikam Residences', 'Get a price'], { quantity: 7 });
    const quote = structuredClone(await channel.card('Fabrikam Residences', 'Waiting for approval'));
    await channel.press('Change', ['Fabrikam Residences', 'Waiting for approval']);
    await channel.press('Get a price', ['Fabrikam Residences', 'Get a price'], { quantity: 9 });
    await channel.card('Fabrikam Residences', 'Buy 9 licences');
    const old = (title: string, card: typeof quote) => channel.pressOld(title, card);
    assert.equal(await old('Approve and buy', quote), 'The price or the plan has changed since. Nothing was bought; the card shows the new one.');
    assert.match(await old('Get a price', notice), /it waits for an approval/);
    const stale = await channel.card('Fabrikam Residences', 'Buy 9 licences');
    const first = await channel.pressOld('Change', stale, { id: 'press-one' });
    assert.equal(await channel.pressOld('Change', stale, { id: 'press-one' }), first, 'answered the same');
    await settled();
    await channel.card('Fabrikam Residences', 'Get a price');
    assert.equal((await kinds()).filter((kind) => kind === 'checkout').length, 1, 'of Northwind, from before');
  });
});

describe('what is typed in place of pressing', function () {
  this.timeout(300_000);
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.knowsAll();
  });
  after(() => world.close());

  it('marks a ticket as its buttons do, each a line in the thread, in the record and on the card', async () => {
    const channel = world.teams.chat('channel', '19:marks@thread');
    const megan = world.teams.chat('channel', '19:marks@thread', 'Megan Bowen');
    await channel.write('watch contoso');
    await channel.card('Watching', 'Contoso');
    await world.sandbox.post('flip', { customer: 'Contoso' });
    const card = await channel.card('Contoso Ltd', 'Get a price');
    const ticket = /S-\d+/.exec(JSON.stringify(card.card))?.[0] as string;

    await channel.write(`snooze ${ticket} 14 holiday`);
    await channel.text(`Contoso Ltd, ${ticket}: Snoozed until`);
    await channel.text('Ann Jansson snoozed it until');
    await channel.card('Contoso Ltd', 'holiday', 'Wake it up now');
    await channel.write('undo contoso');
    await channel.text('Ann Jansson took the snooze back: it is open again.');
    await channel.card('Contoso Ltd', 'Get a price');

    await channel.write(`let it go ${ticket} they leave us`);
    await channel.text('Ann Jansson lets it go: “they leave us”');
    await channel.write(`undo ${ticket}`);
    await channel.text('Ann Jansson took back that it was let go: it is open again.');

    const mention = { type: 'mention', text: '<at>Megan Bowen</at>', mentioned: { id: '29:Megan Bowen', name: 'Megan Bowen' } };
    await channel.deliver({ id: 'give', text: `assign ${ticket} <at>Megan Bowen</at>`, timestamp: new Date().toISOString(), entities: [mention] });
    await channel.text('Ann Jansson gave it to Megan Bowen, who looks after it.');
    await channel.card('Contoso Ltd', 'looks after it');
    await channel.write(`assign ${ticket} Megan`);
    await channel.text('Mention the person');
    const hers = world.teams.chat('personal', 'a:megan', 'Megan Bowen');
    await hers.write('mine');
    await hers.card('Megan Bowen: 1 ticket for you', 'You look after it', 'Contoso Ltd');
    await megan.write(`hand back ${ticket}`);
    await channel.text('Megan Bowen handed it back');
    await hers.write('mine');
    await hers.text('Nothing waits for you, and you look after nothing.');
    await channel.text('Megan Bowen handed it back: nobody looks after it.');

    await channel.write(`note ${ticket} they call back on Monday`);
    await channel.text('Ann Jansson notes: “they call back on Monday”');
    await channel.write('seen contoso');
    await channel.text('Ann Jansson has seen it.');

    await channel.write(`history ${ticket}`);
    await channel.card('Snoozed until', 'holiday', 'Opened again', 'Let go', 'Given to Megan Bowen', 'Handed back', 'Note: “they call back on Monday”', 'Seen');
  });

  it('asks in words for lists, thanks, and says no', async () => {
    const me = world.teams.chat('personal', 'a:words');
    await me.write('what is ending?');
    await me.card('within 90 days');
    await me.write('expiring december 2026 contoso');
    await me.card('in December 2026');
    await me.write('thank you!');
    await me.text('You are welcome.');
    await me.write('no');
    await me.text('Nothing waits for your yes or no here');
    await me.write('move northwind');
    await me.card('Northwind Traders', 'Get a price', 'Sales Professional');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await me.write('no');
    await me.text('To hear of it later write snooze');
    const edits = me.cards().at(-1)?.edits;
    for (const stray of ['ok', 'lol', 'yep']) await me.write(stray);
    await me.write('thanks');
    await me.text('You are welcome.');
    assert.equal(me.cards().at(-1)?.edits, edits);
  });
});
