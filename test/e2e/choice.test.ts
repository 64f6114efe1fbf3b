/** Which of several was meant, or whether the only one that is near: asked with a button for each, and each leads to that one. */
import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import { type Chatter, findAction, plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

describe('a name that fits several, or only nearly', function () {
  this.timeout(300_000);
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.sandbox.post('customer', { customer: 'Alpine Ski House', name: 'Twin Corp' });
    await world.sandbox.post('customer', { customer: 'Proseware, Inc.', name: 'Twin Corp' });
    await world.knowsAll();
    const me = world.teams.chat('personal', 'a:waits');
    await until(
      async () => {
        await me.write('show twin corp');
        await new Promise((resolve) => setTimeout(resolve, 500));
        return me.cards().some((one) => plain(one.card).includes('Which customer do you mean?')) || undefined;
      },
      () => 'both are never called so',
    );
  });
  after(() => world.close());

  /** Titles of all that can be chosen on the newest card that asks. */
  async function choices(chat: Chatter, ...words: string[]): Promise<string[]> {
    const { card } = await chat.card(...words);
    return [...JSON.stringify(card).matchAll(/"title":"Choose ([^"]*)"/g)].map((match) => match[1] as string);
  }

  for (const [kind, id] of [
    ['personal', 'a:twins'],
    ['channel', '19:twins@thread'],
  ] as const) {
    it(`N1-customers-same-name: each of two customers of one name can be chosen, told apart by the domain (${kind})`, async () => {
      const chat = world.teams.chat(kind, id);
      await chat.write('move twin corp');
      const asked = await chat.card('Which customer do you mean?', 'alpineskihouse.onmicrosoft.com', 'proseware');
      assert.equal(JSON.stringify(asked.card).match(/choice.take/g)?.length, 2);
      const lines = plain(asked.card).split(' | ');
      const alpine = lines.findIndex((line) => line.startsWith('alpine')) < lines.findIndex((line) => line.startsWith('proseware')) ? 0 : 1;
      for (const [choice, offer] of [
        [alpine, 'Twin Corp'],
        [1 - alpine, 'Dynamics AX Device'],
      ] as const) {
        const before = chat.cards().length;
        await chat.pressOld('Choose Twin Corp', asked, {}, { choice });
        await until(
          () =>
            chat
              .cards()
              .slice(before)
              .some((one) => plain(one.card).includes('Twin Corp') && plain(one.card).includes(offer)) || undefined,
          () => `choice ${choice} leads nowhere`,
        );
        const last = chat.cards().at(-1);
        assert.equal(plain(last?.card).includes('Dynamics AX Device'), offer === 'Dynamics AX Device', 'exactly that one');
      }
    });
  }

  it('what moves or is watched from now on is not taken by a near name: a button asks, and does it', async () => {
    const chat = world.teams.chat('channel', '19:near@thread');
    await chat.write('watch traders');
    await chat.card('Did you mean this customer or programme?', 'Northwind Traders', 'Nothing has changed');
    await chat.write('status');
    await chat.card('How I am', 'watches nothing');
    await chat.press('Yes, this one', ['Did you mean this customer or programme?']);
    await chat.card('Watching', 'Northwind Traders');
    await chat.write('move wood');
    await chat.card('Did you mean this customer?', 'Woodgrove Bank');
    assert.ok(!chat.cards().some((one) => plain(one.card).includes('Move to another plan')), 'nothing was begun');
    await chat.press('Yes, this one', ['Did you mean this customer?', 'Woodgrove Bank']);
    await chat.card('Move to another plan', 'Woodgrove Bank');
  });

  it('what only reads takes the only one that is near, and names it', async () => {
    const me = world.teams.chat('personal', 'a:reads');
    await me.write('show bank');
    await me.text('I take “bank” as Woodgrove Bank.');
    await me.write('expiring 3650 power');
    await me.text('I take “power” as City Power & Light.');
    await me.write('show woodgrove');
    await me.write('history traders');
    await me.text('I take “traders” as Northwind Traders.');
    assert.ok(!me.texts().some((text) => text.includes('“woodgrove” as')), 'the first words of a name are that name');
  });

  it('a programme that is only near is asked about, each that fits with its own button', async () => {
    const chat = world.teams.chat('channel', '19:programme@thread');
    await chat.write('watch dynamics');
    const titles = await choices(chat, 'customer or programme do you mean?', 'retirement programme');
    assert.ok(titles.length >= 2, titles.join());
    await chat.press(`Choose ${titles[1]}`, ['customer or programme do you mean?']);
    await chat.card('Watching', titles[1] as string);
  });

  it('which of several subscriptions: each button leads to its own', async () => {
    const me = world.teams.chat('personal', 'a:several');
    await me.write('move school');
    const titles = await choices(me, 'Which subscription do you mean?');
    assert.equal(titles.length, 12, titles.join());
    await me.press(`Choose ${titles[2]}`, ['Which subscription do you mean?']);
    await me.card('School of Fine Art', titles[2] as string, 'Move to another plan');
  });

  it('show and a customer: all that it has is one card, page by page', async () => {
    const me = world.teams.chat('personal', 'a:all');
    await me.write('show school');
    const { card } = await me.card('School of Fine Art', 'Subscription', '1 to 10 of', 'renews in');
    await me.press(/"(Next \d+)"/.exec(JSON.stringify(card))?.[1] as string, ['School of Fine Art', '1 to 10 of']);
    await me.card('School of Fine Art', '11 to');
  });

  it('a reply that names a command carries its button', async () => {
    const me = world.teams.chat('personal', 'a:named');
    await me.write('expirng');
    await me.text('Did you mean expiring?');
    await me.press('Expiring', []);
    await me.card('not set to renew', 'soonest first', 'Filter and sort');
    assert.equal(await me.press('Show', ['soonest first'], { filter: 'all', sort: 'customer' }), (await me.card('by customer')).card.speak);
  });

  it('what is typed after such a question is no answer to the move before it', async () => {
    const me = world.teams.chat('personal', 'a:after');
    await me.write('move contoso');
    await me.card('Contoso Ltd', 'Get a price', 'Sales Professional');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await me.write('move toys');
    await me.card('Which customer do you mean?', 'Tailspin Toys', 'Wingtip Toys');
    await me.write('1');
    await me.text('I do not know “1”.');
    assert.ok(!me.texts().some((text) => text.includes('How many licences?')));
  });

  it('B9-plan-typed-becomes-another-product: the only plan that is near is asked about, and its button asks for the seats', async () => {
    const me = world.teams.chat('personal', 'a:plan');
    await me.write('move contoso');
    await me.card('Contoso Ltd', 'Get a price', 'Sales Professional');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await me.write('9');
    await me.text('write a number from 1 to');
    await me.write('sales professional');
    const asked = await me.card('Did you mean this plan?', 'Dynamics 365 Sales Professional');
    assert.ok(findAction(asked.card, 'Yes, this one'));
    assert.ok(!me.texts().some((text) => text.includes('How many licences?')), 'nothing was chosen');
    await me.press('Yes, this one', ['Did you mean this plan?']);
    await me.text('Dynamics 365 Sales Professional. How many licences?');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await me.write('yes');
    await me.text('Asking Microsoft for the price.');
  });

  it('plan, term and billing are chosen together before the first price: typed, and on the card', async () => {
    const me = world.teams.chat('personal', 'a:term');
    await me.write('move northwind');
    const notice = await me.card('Northwind Traders', 'Get a price', 'Sales Professional', '1 month, paid monthly');
    const { choices: offered, value } = notice.card.body.find((one) => one.id === 'term') as { choices: { value: string }[]; value: string };
    assert.deepEqual([value, offered.map((one) => one.value)], ['P1Y/monthly', ['P1Y/monthly', 'P1Y/annual', 'P1M/monthly']]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await me.write('2, 3 years');
    await me.text('Dynamics 365 Customer Service is sold for 1 year, paid monthly; 1 year, paid yearly; 1 month, paid monthly.');
    await me.write('2 monthly');
    assert.deepEqual(await choices(me, 'Which term do you mean?'), ['1 year, paid monthly', '1 month, paid monthly']);
    await me.press('Choose 1 month, paid monthly', ['Which term do you mean?']);
    await me.text('Dynamics 365 Customer Service, 1 month, paid monthly. How many licences?');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await me.write('5');
    const quote = await me.card('Northwind Traders', 'Waiting for approval', 'Dynamics 365 Customer Service', '1 month, paid monthly');
    assert.match(plain(quote.card), /€285\.70 a month/);
    await me.press('Change', ['Northwind Traders', 'Waiting for approval']);
    await me.press('Get a price', ['Northwind Traders'], { plan: 'sales-professional', quantity: 5, term: 'P1Y/annual' });
    await me.card('Northwind Traders', 'Waiting for approval', 'Sales Professional', '1 year, paid yearly');
  });
});
