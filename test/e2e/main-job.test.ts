/** The main job over the bot's own door, against Azurite, the sandbox and a pretend Teams. */
import assert from 'node:assert/strict';
import { verifyAll } from '../../bot/cli/audit.ts';
import { openTables } from '../../services/store/azureTables.ts';
import { storageOf } from '../support/storage.ts';
import { assertExactlyOnce, pressThrough } from './main-job.ts';
import { type Chatter, plain } from '../support/teams.ts';
import { boundMs } from '../support/until.ts';
import { type SandboxState, startWorld, type World } from '../support/world.ts';

const fabrikamUser = (state: SandboxState, name: string) =>
  state.customers.find((one) => one.name.startsWith('Fabrikam'))?.users.find((one) => one.name === name)?.id as string;

describe('the main job @seam', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.swept();
  });
  after(() => world.close());

  it('leads a flip from the notice to the finished card, each step once and in order', async () => {
    const channel = world.teams.chat('channel', '19:sales@thread');
    await channel.install();
    await channel.press('Watch here', ['I tell you when']);
    await world.sandbox.post('flip', { customer: 'Contoso' });
    // Who uses it and what is sold is read after the card was posted.
    const notice = await channel.card('Contoso Ltd', 'Expires in 42 days', '7 in use', 'Not sold to this customer');
    assert.match(plain(notice.card), /Auto renews on .* Expires on .* 10 bought, 7 in use/);
    assert.match(plain(notice.card), /Not sold to this customer: Dynamics 365 Customer Engagement Plan\./);
    await pressThrough(channel, 'Contoso Ltd');
    const finished = await channel.card('Contoso Ltd', 'Finished');
    assert.equal(finished.id, notice.id, 'the ticket keeps its one card');
    assert.equal(finished.conversation, notice.conversation);
    await channel.text('Finished: the old subscription is suspended.');
    assertExactlyOnce(await world.sandbox.writes(), 7);
    const state = await world.sandbox.state();
    const contoso = state.customers.find((one) => one.name === 'Contoso Ltd');
    assert.deepEqual(
      contoso?.subscriptions.map((one) => [one.status, one.autoRenewEnabled, one.quantity]),
      [
        ['suspended', false, 10],
        ['active', true, 7],
      ],
    );
    const plans = contoso?.users.map((user) => Object.values(user.licences).flat().length);
    assert.deepEqual(plans, [0, 0, 1, 0, 0, 1, 0], 'switched-off service plans stay off');
  });

  it('says each event of the thread once', () => {
    const texts = world.teams.chat('channel', '19:sales@thread').texts();
    assert.equal(new Set(texts).size, texts.length, texts.join('\n'));
    assert.equal(texts.length, 5, texts.join('\n'));
  });

  it('answers a press on a finished card and changes nothing', async () => {
    const before = (await world.sandbox.writes()).length;
    const channel = world.teams.chat('channel', '19:sales@thread', 'Bo Ek');
    const finished = await channel.card('Finished');
    const stale = structuredClone(finished);
    (stale.card.actions as unknown[]).push({
      type: 'Action.Execute',
      title: 'Old',
      verb: 'purchase.approve',
      data: { id: ((finished.card.actions as Record<string, unknown>[])[0]?.data as { id: string } | undefined)?.id, v: 3 },
    });
    world.teams.messages.push({ ...stale, n: 1e9 });
    assert.equal(await channel.press('Old', ['Finished']), 'This move is finished. Nothing was done twice.');
    world.teams.messages.pop();
    assert.equal((await world.sandbox.writes()).length, before);
  });

  it('by typing alone: wrong answers, back, all but one, and on', async () => {
    const me = world.teams.chat('personal', 'a:ann');
    await me.write('move northwind');
    await me.card('Northwind Traders', 'Get a price');
    await me.write('customer banana');
    await me.text('I find no plan called “customer banana”');
    await me.write('2');
    await me.text('Dynamics 365 Customer Service. How many licences? 11 are in use.');
    await me.write('back');
    await me.text('One step back');
    await me.write('sales professional');
    await me.press('Yes, this one', ['Did you mean this plan?', 'Dynamics 365 Sales Professional']);
    await me.text('Dynamics 365 Sales Professional. How many licences?');
    await me.write('0');
    await me.text('“0” is not a number from 1 to 10,000');
    await me.write('11');
    await me.text('It waits for your yes. Answer yes');
    await me.write('yes');
    await me.text('Bought. 11 of 11 people can move.');
    await me.write('all but nobody');
    await me.text('Nobody called “nobody” can move here');
    await me.write('all but Joni');
    await me.text('10 of 11 people moved; 1 needs a look.');
    await me.write('check');
    await me.text('Bought. 1 of 1 person can move.');
    await me.write('yes');
    await me.text('Everybody has moved. One step is left.');
    const card = await me.card('Ready for the last step');
    assert.match(plain(card.card), /One add-on goes with it: Dynamics 365 Sales Additional Storage, €9\.00 a month\./);
    await me.write('yes');
    await me.text('Finished: the old subscription is suspended.');
    const state = await world.sandbox.state();
    const northwind = state.customers.find((one) => one.name === 'Northwind Traders');
    assert.deepEqual(
      northwind?.subscriptions.map((one) => one.status),
      ['suspended', 'suspended', 'active'],
      'the add-on goes with its base',
    );
    await me.write('history northwind');
    await me.card('What happened', 'Old subscription suspended, and checked');
  });

  it('names who cannot move, moves the others, and leaves one behind only in person, by name, with a reason', async () => {
    const channel = world.teams.chat('channel', '19:licences@thread', 'Cia Lind');
    await channel.write('watch fabrikam');
    await world.sandbox.post('flip', {
      customer: 'Fabrikam',
      subscription: 'Dynamics 365 for Sales Enterprise Edition From SA for CRM Basic (Qualified Offer)',
    });
    await channel.press('Get a price', ['Fabrikam Residences', 'Expires in']);
    await channel.press('Approve and buy', ['Fabrikam Residences', 'Waiting for approval']);
    const licences = await channel.card('6 of 7 people can move now');
    assert.match(plain(licences.card), /1 person cannot move yet \| Dana Roy has no usage location/);
    assert.equal(await channel.press('Move 6 people', ['Fabrikam']), 'Moving the licences now.');
    await channel.text('6 of 7 people moved; 1 needs a look.');
    assert.match(
      await channel.press('Go on without', ['One person did not move']),
      /^Who is left behind is chosen by name, so do it in the chat with me alone/,
    );
    const me = world.teams.chat('personal', 'a:cia', 'Cia Lind');
    await me.write('show fabrikam dynamics');
    await me.card('One person did not move', 'Who is left behind and loses access', 'Dana Roy');
    assert.equal(
      await me.press('Go on', ['One person did not move'], { users: '', reason: 'She leaves' }),
      'Nobody is chosen. Nothing has changed; choose at least one person.',
    );
    const dana = fabrikamUser(await world.sandbox.state(), 'Dana Roy');
    assert.equal(
      await me.press('Go on', ['One person did not move'], { users: dana, reason: ' ' }),
      'Please give a reason; the others will see it. Nothing has changed.',
    );
    await me.press('Go on', ['One person did not move'], { users: dana, reason: 'She leaves on Friday' });
    await channel.text('Cia Lind leaves somebody behind, by name: “She leaves on Friday”');
    await channel.card('Fabrikam Residences', 'Ready for the last step', '1 person loses access');
    await me.write('history fabrikam dynamics');
    const held = await me.card('Who held the old licence: 7 people', 'Dana Roy – left behind', 'Adele Vance – has the new licence');
    assert.match(plain(held.card), /1 to 7 of 7/);
    await channel.press('Leave it', ['Ready for the last step'], { reason: 'They still export data' });
    await channel.card('Fabrikam Residences', 'Finished', 'ends by itself');
  });

  it('new commerce that goes on after its term: the card says that a cancellation must be set, and suspending saves nothing', async () => {
    await world.sandbox.post('customer', { customer: 'Fabrikam', usageLocations: { 'Dana Roy': 'IE' } });
    const me = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await me.write('move fabrikam microsoft 365');
    // What it costs now is read in the catalogue, after the price of then.
    const notice = await me.card('Fabrikam Residences', 'Microsoft 365 Business Standard', 'Urgent', 'by the price list of', 'more than now');
    assert.match(
      plain(notice.card),
      /unless somebody sets a cancellation, after .* it goes on month by month as a paid Extended Service Term, at €368\.00 a month by the price list of .*, €55\.50 more than now/,
    );
    await me.card('No retirement programme names a plan', 'Type the name of any plan');
    await me.write('office 365 e3');
    await me.text('Office 365 E3. How many licences?');
    await me.write('yes');
    await me.text('It waits for your yes.');
    await me.write('yes');
    await me.text('25 of 25 people can move.');
    await me.write('yes');
    await me.text('Everybody has moved.');
    const card = await me.card('Suspending now saves nothing');
    assert.equal(card.card.actions?.[0]?.title, 'Set the cancellation');
    assert.match(plain(card.card), /I do not set that cancellation: set it in Partner Center/);
    assert.doesNotMatch(plain(card.card), /Let it end by itself/);
    const patches = (await world.sandbox.writes()).filter((one) => one.kind === 'subscriptionPatch').length;
    await me.press('Leave it', ['Suspending now saves nothing'], { reason: 'The customer cancels it' });
    await me.card('Finished', 'Moved to Office 365 E3', 'goes on month by month as a paid Extended Service Term');
    assert.equal((await world.sandbox.writes()).filter((one) => one.kind === 'subscriptionPatch').length, patches, 'nothing is suspended');
  });

  it('every ticket’s written record is whole', async () => {
    const store = await openTables(storageOf(world.config));
    const verified = await verifyAll(store);
    assert.deepEqual(verified.faults, []);
    assert.ok(verified.tickets >= 7 && verified.lines >= 40, `${verified.tickets} tickets, ${verified.lines} lines`);
  });
});

describe('the main job on new commerce, to the end of the old term and beyond @seam', function () {
  this.timeout(boundMs(300_000));
  const OLD = 'Microsoft 365 Business Standard';
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.swept();
  });
  after(() => world.close());
  let contoso: { customer: string; subscription: string };
  const held = async (customer: string, offer: string) => {
    const { customers } = await world.sandbox.state();
    return customers.find((one) => one.name.startsWith(customer))?.subscriptions.find((one) => one.offerName === offer);
  };
  /** What was billed to a customer in the sandbox's own month and the one before it. */
  async function billed(customer: string): Promise<{ offerName: string; what: string; amount: number }[]> {
    const { now } = (await (await fetch(`${world.sandbox.url}/sandbox/clock`)).json()) as { now: string };
    const before = new Date(`${now.slice(0, 7)}-01T00:00:00Z`);
    before.setUTCDate(0);
    const months = [before.toISOString().slice(0, 7), now.slice(0, 7)];
    const answers = await Promise.all(months.map((month) => fetch(`${world.sandbox.url}/sandbox/invoice?${new URLSearchParams({ customer, month })}`)));
    const invoices = (await Promise.all(answers.map((one) => one.json()))) as { lines: { offerName: string; what: string; amount: number }[] }[];
    return invoices.flatMap((one) => one.lines);
  }
  async function toTheLastStep(customer: string, words: string): Promise<Chatter> {
    const me = world.teams.chat('personal', `a:${words.split(' ')[0]}`, 'Bo Ek');
    await me.write(`move ${words}`);
    await me.card(customer, 'Type the name of any plan');
    await me.write('office 365 e3');
    await me.text('Office 365 E3. How many licences?');
    await me.write('yes');
    await me.text('It waits for your yes.');
    await me.write('yes');
    return me;
  }

  it('cancel at term end is its last step: the ticket stays open until the old one is over, and no Extended Service Term is left', async () => {
    await world.sandbox.post('customer', { customer: 'Fabrikam', usageLocations: { 'Dana Roy': 'IE' } });
    await world.sandbox.post('plan', { customer: 'Fabrikam', subscription: OLD, plan: 'extend' });
    const me = await toTheLastStep('Fabrikam Residences', 'fabrikam microsoft 365');
    await me.text('25 of 25 people can move.');
    await me.write('yes');
    const asked = await me.card('Fabrikam Residences', 'Suspending now saves nothing', 'Cancel at term end');
    assert.equal(asked.card.actions?.[0]?.title, 'Cancel at term end');
    await me.press('Cancel at term end', ['Fabrikam Residences', 'Suspending now saves nothing']);
    const set = await me.card('Fabrikam Residences', 'Cancels on');
    assert.match(plain(set.card), /this ticket stays open until then/);
    const [written] = (await world.sandbox.writes()).filter((one) => one.kind === 'subscriptionPatch');
    assert.deepEqual(Object.keys(written?.body as object), ['scheduledActions']);
    await me.write('expiring');
    await me.card('soonest first', 'Fabrikam Residences');
  });

  it('where it is refused, the ticket is still open and says so, and what it goes on as', async () => {
    const { customer, subscription } = await world.sandbox.post('subscription', { customer: 'Contoso', plan: OLD, seats: 5, term: 'P1Y', endsInDays: 6 });
    contoso = { customer: String(customer), subscription: String(subscription) };
    await world.sawRenewing(contoso.customer, [contoso.subscription]);
    await world.sandbox.post('plan', { customer: 'Contoso', subscription: OLD, plan: 'extend' });
    await world.sandbox.post('faults', { rules: [{ method: 'PATCH', path: `${String(subscription)}$`, status: 400, code: 800093 }] });
    const me = await toTheLastStep('Contoso Ltd', 'contoso microsoft 365');
    await me.press('Cancel at term end', ['Contoso Ltd', 'Suspending now saves nothing']);
    const stuck = await me.card('Contoso Ltd', 'Microsoft refused to set the end of the term', 'it goes on month by month');
    assert.match(plain(stuck.card), /after .* it goes on month by month as a paid Extended Service Term/);
    assert.doesNotMatch(plain(stuck.card), /works until/);
  });

  it('beyond the last day: one is over and billed no more, the other is billed on and its ticket is open', async () => {
    await world.sandbox.post('clock', { advanceDays: 8 });
    const me = world.teams.chat('personal', 'a:fabrikam', 'Bo Ek');
    const finished = await me.card('Fabrikam Residences', 'Finished', 'Moved to Office 365 E3');
    assert.match(plain(finished.card), /The old subscription has ended, as it was cancelled\./);
    assert.equal((await held('Fabrikam', OLD))?.status, 'disabled');
    const other = world.teams.chat('personal', 'a:contoso', 'Bo Ek');
    const open = await other.card('Contoso Ltd', 'Stopped: needs a person', 'It is in a paid Extended Service Term');
    assert.match(plain(open.card), /Microsoft refused to set the end of the term/);
    const { now } = await world.sandbox.post('clock', { advanceWeeks: 5 });
    await world.sawGoOn(contoso, String(now).slice(0, 10));
    const offers = new Set((await billed('Fabrikam')).map((line) => line.offerName));
    assert.deepEqual([offers.has(OLD), offers.has('Office 365 E3')], [false, true], [...offers].join());
    const goesOn = (await billed('Contoso')).filter((line) => line.offerName === OLD);
    assert.ok(goesOn.length > 0 && goesOn.every((line) => line.what === 'extended' && line.amount > 0), JSON.stringify(goesOn));
    await other.write('expiring est contoso');
    await other.card('Contoso Ltd', OLD);
  });
});
