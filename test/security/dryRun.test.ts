/** A new tenant begins with a dry run: it reads, tells and quotes, and nothing is written at Partner Center but the cart of a price, until an owner ends it. */
import assert from 'node:assert/strict';
import { operate, withResources } from '../../bot/cli/operator.ts';
import { start } from '../../bot/start.ts';
import { readSwitch } from '../../services/readOnly.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { ownStorage, storageOf } from '../support/storage.ts';
import { type Chatter, plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

const staff = (name: string, ...roles: ('requester' | 'approver' | 'owner')[]) => ({ objectId: name.toLowerCase().replaceAll(' ', '-'), name, roles });

describe('a dry run', () => {
  let world: World;
  let ann: Chatter;
  let bo: Chatter;
  let olga: Chatter;
  before(async () => {
    world = await startWorld({ triesFirst: true, people: [staff('Ann Jansson', 'requester'), staff('Bo Ek', 'approver'), staff('Olga Ivanova', 'owner')] });
    await world.knowsAll();
    ann = world.teams.chat('channel', '19:dry@thread', 'Ann Jansson');
    bo = world.teams.chat('channel', '19:dry@thread', 'Bo Ek');
    olga = world.teams.chat('personal', 'a:olga', 'Olga Ivanova');
    await ann.write('watch');
    await ann.card('Watching');
  });
  after(() => world.close());
  const written = async () => (await world.sandbox.writes()).map((write) => write.kind);
  const asked = (...words: string[]) => withResources(world.config, (resources) => operate(resources, world.config, words));

  it('is how a new tenant begins, and help, status and the doctor say so', async () => {
    await ann.write('help');
    assert.match(plain((await ann.card('What I can do')).card), /This is a dry run: I watch/);
    await ann.write('status');
    assert.match(plain((await ann.card('How I am', 'This is a dry run')).card), /Dry run.*since/s);
    assert.match((await asked('doctor')).join('\n'), /dry run +since .*buys and changes nothing/);
  });
  it('tells and quotes: the card says that the price is a cart, which is no purchase, and that a yes buys nothing', async () => {
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await ann.press('Get a price', ['Contoso Ltd', 'Expires in']);
    await ann.card('Contoso Ltd', 'Waiting for approval', 'Asked for in a dry run', 'a cart is no purchase', 'dry-run off');
    assert.deepEqual(await written(), ['cart']);
  });
  it('takes no yes to what buys, moves, suspends or sets an end, by whomever, pressed or typed', async () => {
    for (const who of [bo, world.teams.chat('channel', ann.id, 'Olga Ivanova')])
      assert.match(await who.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /This is a dry run.*Nothing has changed/);
    const alone = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await alone.write('move contoso dynamics 365 for sales');
    await alone.card('Contoso Ltd', 'Waiting for approval');
    await alone.write('yes');
    await alone.text('This is a dry run');
    assert.deepEqual(await written(), ['cart']);
  });
  it('is not ended by another’s word, nor by the word for read-only, nor by the command line, nor by a start', async () => {
    await ann.write('dry-run off');
    await ann.text('This needs a right that you do not have');
    for (const words of ['read-only on', 'read-only off']) {
      await olga.write(words);
      await olga.text('it goes on');
    }
    assert.match((await asked('read-only', 'off')).join(), /This is a dry run since/);
    await assert.rejects(asked('events', 'register'), /nothing is written at Partner Center/);
    assert.match(await bo.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /This is a dry run/);
    assert.deepEqual(await written(), ['cart']);
  });
  it('ends by an owner’s word: the same yes counts then', async () => {
    await olga.write('dry-run off');
    await olga.text('Olga Ivanova ended the dry run');
    assert.match(await bo.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), /^Approved/);
    await ann.card('Contoso Ltd', 'Move 7 people');
    assert.deepEqual(await written(), ['cart', 'checkout']);
  });
  it('begun again stops what comes after the purchase, and the card says so', async () => {
    await olga.write('dry-run on');
    await olga.text('began a dry run');
    const alone = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await alone.write('show contoso');
    await alone.card('Contoso Ltd', 'In the dry run nothing is bought, moved or suspended');
    assert.match(await bo.press('Move 7 people', ['Contoso Ltd']), /This is a dry run/);
    assert.deepEqual(await written(), ['cart', 'checkout']);
    await olga.write('dry-run off');
    await olga.text('ended the dry run');
  });
});

describe('a start', () => {
  it('begins no dry run where none is the default, or where the tenant is not a new one', async () => {
    const storage = await ownStorage();
    const world = await startWorld({ storage });
    await world.knowsAll();
    await world.bot.stop();
    const again = await start({ ...world.config, triesFirst: true }, { info: () => {}, warn: () => {} });
    await again.stop();
    assert.equal(await readSwitch(await openTables(storageOf(world.config))), null);
    await world.close().catch(() => {});
  });
});
