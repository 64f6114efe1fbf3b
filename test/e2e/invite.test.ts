/** A company that is not a customer yet, in the whole program: invited in a chat, accepted at Partner Center, told, watched and moved on. */
import assert from 'node:assert/strict';
import { type Chatter, plain } from '../support/teams.ts';
import { openQueues } from '../../services/queue/azureQueues.ts';
import { textOf } from '../../services/queue/messages.ts';
import { storageOf } from '../support/storage.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 2_000;

describe('invite', function () {
  this.timeout(300_000);
  let world: World;
  let minutes: NodeJS.Timeout;
  before(async () => {
    world = await startWorld({ sweepMs: 4_000 });
    await world.knowsAll();
    // What the bot looks at once a minute, it looks at sooner here.
    const queues = await openQueues(storageOf(world.config));
    minutes = setInterval(() => void queues.send('move', textOf({ queue: 'move', what: 'invitations' }), 0).catch(() => {}), MINUTE_MS);
  });
  after(() => {
    clearInterval(minutes);
    return world.close();
  });

  const hears = (chat: Chatter, words: RegExp) =>
    until(
      async () => chat.texts().some((text) => words.test(text)) || undefined,
      () => `nobody said ${words}: ${chat.texts().join(' / ')}`,
    );

  it('gives the link, waits, tells when the company came, and goes on with moving what it has from elsewhere and with watching it', async () => {
    const chat = world.teams.chat('channel', '19:invite@thread', 'Ann Jansson');
    await chat.write('invite Adatum Ltd');
    await hears(chat, /opens \[this link\]\(https:\/\/admin\.microsoft\.com\/Adminportal\/Home\?invType=ResellerRelationship/);
    await world.sandbox.post('accept', { customer: 'Adatum Ltd', people: 3, foreignSeats: { 'Office 365 E3': 2 } });
    await hears(chat, /Ann Jansson: Adatum Ltd.* is your customer now/);
    const asked = await chat.card('What now?', 'Adatum Ltd');
    assert.equal(chat.texts().filter((text) => text.includes('is your customer now')).length, 1);
    await chat.pressOld('Choose Move what it has to a new plan', asked, {}, { choice: 0 });
    await chat.card('Adatum Ltd', 'Bought elsewhere', 'Office 365 E3', 'were not bought through us', '2 not from us, 2 in use');
    await chat.pressOld('Choose Tell this chat about it', asked, {}, { choice: 1 });
    await chat.card('Watching', 'Adatum Ltd');
  });

  it('asks about a company that comes under another name, and about a name that a customer has', async () => {
    const chat = world.teams.chat('personal', 'a:invite', 'Bo Ek');
    await chat.write('invite northwind');
    const asked = await chat.card('Is it one of these?', 'Northwind Traders', 'Nothing has changed');
    assert.match(plain(asked.card), /None of these: invite northwind/);
    await chat.write('invite Lucerne');
    await hears(chat, /A global admin of Lucerne opens/);
    await world.sandbox.post('accept', { customer: 'LP Holding 7' });
    await hears(chat, /since you invited “Lucerne” another company has become your customer/);
    const which = await chat.card('Which one is it?', 'LP Holding 7');
    await chat.pressOld('Choose LP Holding 7', which, {}, { choice: 1 });
    await chat.card('What now?', 'LP Holding 7');
  });

  it('reminds after three days of what nobody accepted, and is ended by a word', async () => {
    const chat = world.teams.chat('personal', 'a:patient', 'Cy Berg');
    await world.sandbox.post('customer', { customer: 'Fabrikam', reseller: '7654321' });
    await chat.write('invite Margie');
    await hears(chat, /Reseller of record: Reseller 7654321 \(7654321\)/);
    await world.sandbox.post('clock', { advanceDays: 4 });
    await hears(chat, /Margie has not accepted since/);
    await chat.write('uninvite margie');
    await hears(chat, /I no longer wait for margie/);
  });
});
