import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import { type Card, type Chatter, findAction, plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

const colleague = (name: string, ...roles: ('viewer' | 'requester' | 'licenceAdmin' | 'approver' | 'owner')[]) => ({
  objectId: name.toLowerCase().replaceAll(' ', '-'),
  name,
  roles,
});

describe('an approval', () => {
  let world: World;
  let ann: Chatter;
  let bo: Chatter;
  let boAlone: Chatter;
  let cy: Chatter;
  before(async () => {
    world = await startWorld({
      people: [
        colleague('Ann Jansson', 'requester', 'approver'),
        colleague('Bo Ek', 'approver'),
        colleague('Cy Tan', 'approver'),
        colleague('Vi Holm', 'viewer'),
      ],
      fourEyes: { when: 'always' },
    });
    await world.knowsAll();
    ann = world.teams.chat('channel', '19:approve@thread', 'Ann Jansson');
    bo = world.teams.chat('channel', '19:approve@thread', 'Bo Ek');
    cy = world.teams.chat('channel', '19:approve@thread', 'Cy Tan');
    boAlone = world.teams.chat('personal', 'a:bo', 'Bo Ek');
    await boAlone.install();
    await ann.write('watch');
    await ann.card('Watching');
  });
  after(() => world.close());

  it('reaches approvers in person where the app is there for them, and mentions the others', async () => {
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await ann.press('Get a price', ['Contoso Ltd', 'Expires in']);
    // Whom it reached is known when everybody was told.
    const card = await boAlone.card('Contoso Ltd', 'Waiting for approval', 'told in person', 'not reached in person');
    assert.match(plain(card.card), /Bo Ek, told in person; Cy Tan, not reached in person/);
    await boAlone.text('Ann Jansson asks to buy 7 licences');
    const asked = await until(
      () => world.teams.messages.find((one) => one.conversation.startsWith(ann.id) && one.text?.includes('It waits for an approval.')),
      () => 'no line asks in the channel',
    );
    assert.deepEqual(asked.mentions, ['cy-tan']);
    assert.match(asked.text ?? '', /<at>Cy Tan<\/at>$/);
  });

  it('is shown to each reader as that one may answer it, and writes nothing', async () => {
    const vi = world.teams.chat('channel', ann.id, 'Vi Holm');
    const { card } = await ann.card('Contoso Ltd', 'Waiting for approval');
    const { action, userIds } = card.refresh as { action: { verb: string; data: object }; userIds: string[] };
    assert.deepEqual(userIds.slice(0, 2), ['29:Ann Jansson', '29:Bo Ek'], 'who asked, and the approver who was met');
    const asked = await world.sandbox.requests();
    const view = async (who: Chatter, conversation = ann.id) =>
      (await who.invoke('adaptiveCard/action', { action: { type: 'Action.Execute', ...action }, trigger: 'automatic' }, conversation)).value as Card | string;
    assert.match(plain(await view(bo)), /Approve and buy/);
    const own = await view(ann);
    assert.match(plain(own), /another approver must say yes to it\. It waits for Bo Ek or Cy Tan\./);
    assert.doesNotMatch(plain(own), /Approve and buy/);
    assert.match(plain(await view(vi)), /It waits for Bo Ek or Cy Tan\./);
    assert.equal(findAction(await view(vi), 'Decline'), undefined);
    assert.equal(await view(vi, '19:elsewhere@thread'), 'The card is up to date.');
    assert.equal(await view(world.teams.chat('channel', ann.id, 'Eve Nobody')), 'The card is up to date.');
    const since = (await world.sandbox.requests()).filter((one) => one.method !== 'GET').length;
    assert.equal(since, asked.filter((one) => one.method !== 'GET').length);
    // What stands on the view is answered like what stands on the card.
    assert.equal(
      await ann.pressOld('Decline', { ...(await ann.card('Contoso Ltd', 'Waiting for approval')), card: own as Card }, {}, { reason: '' }),
      'Please give a reason; the others will see it. Nothing has changed.',
    );
  });

  it('is not given by the one who asked, nor by one who may not; the card stays as it is', async () => {
    const vi = world.teams.chat('channel', ann.id, 'Vi Holm');
    const stranger = world.teams.chat('channel', ann.id, 'Eve Nobody');
    assert.equal(
      await ann.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']),
      'You asked for this price, so another approver must say yes to it. Nothing was bought.',
    );
    // Who may is told to those who have a role, and to nobody else.
    for (const [wrong, who] of [
      [vi, ' Ann Jansson, Bo Ek, Cy Tan may.'],
      [stranger, ''],
    ] as const)
      assert.equal(await wrong.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']), `You may not approve purchases.${who} Nothing has changed.`);
    assert.equal(
      await vi.press('Change', ['Contoso Ltd', 'Waiting for approval']),
      'You may not begin or change a move. Ann Jansson, Bo Ek, Cy Tan may. Nothing has changed.',
    );
    await ann.write('show contoso');
    await ann.write('yes');
    await ann.text('This needs a right that you do not have. Nothing has changed.');
    await stranger.write('expiring');
    await until(
      () => (ann.texts().filter((text) => text.startsWith('This needs a right')).length === 2 ? true : undefined),
      () => 'the stranger got an answer',
    );
    assert.deepEqual(
      (await world.sandbox.writes()).map((write) => write.kind),
      ['cart'],
    );
  });

  it('shows to each approver what waits for that one', async () => {
    await boAlone.write('approvals');
    const list = await boAlone.card(
      '1 purchase waits for your approval',
      'Contoso Ltd',
      '7 licences of Dynamics 365 Sales Professional, asked for by Ann Jansson',
    );
    assert.doesNotMatch(JSON.stringify(list.card), /\$\{/);
    const annAlone = world.teams.chat('personal', 'a:ann', 'Ann Jansson');
    await annAlone.write('approvals');
    await annAlone.text('Nothing waits for your approval.');
  });

  it('that nobody gives is asked for once more, and then lapses; nothing is bought', async () => {
    await world.sandbox.post('clock', { advanceHours: 20 });
    await ann.text('It still waits for an approval, until');
    await boAlone.text('It still waits for your yes, until');
    assert.deepEqual(world.teams.messages.find((one) => one.text?.includes('It still waits') && one.conversation.startsWith(ann.id))?.mentions, ['cy-tan']);
    await world.sandbox.post('clock', { advanceHours: 4 });
    await ann.text('Nobody approved it within a day, so the quote has lapsed. Nothing was bought.');
    assert.deepEqual(
      (await world.sandbox.writes()).map((write) => write.kind),
      ['cart'],
    );
    await boAlone.write('approvals');
    await boAlone.text('Nothing waits for your approval.');
  });

  it('is given in person by another, and the channel’s card goes on', async () => {
    await cy.press('Get a price', ['Contoso Ltd', 'Expires in']);
    await boAlone.press('Approve and buy', ['Contoso Ltd', 'Waiting for approval']);
    await bo.press('Move 7 people', ['Contoso Ltd', '7 of 7 people can move']);
    await bo.press('Suspend subscription', ['Contoso Ltd', 'Ready for the last step']);
    await ann.card('Contoso Ltd', 'Finished');
    await boAlone.card('Contoso Ltd', 'Finished');
  });

  it('leaves a licence that a group gives alone, and names the person', async () => {
    await world.sandbox.post('customer', { customer: 'Northwind', byGroup: ['Alex Wilber'] });
    await cy.write('move northwind');
    await cy.press('Get a price', ['Northwind Traders']);
    await boAlone.press('Approve and buy', ['Northwind Traders', 'Waiting for approval']);
    const card = await cy.card('Northwind Traders', 'can move now');
    const title = /Move \d+ people/.exec(plain(card.card))?.[0] as string;
    await cy.press(title, ['Northwind Traders']);
    const left = await cy.card('Northwind Traders', 'Alex Wilber gets the licence through a group, so I leave it alone.');
    assert.match(plain(left.card), /1 person cannot move yet/);
    await cy.press('Try again', ['Northwind Traders', 'One person did not move']);
    await cy.card('Northwind Traders', 'Alex Wilber gets the licence through a group');
    const state = await world.sandbox.state();
    const users = state.customers.find((one) => one.name === 'Northwind Traders')?.users ?? [];
    assert.ok(users.every((user) => Object.keys(user.licences).length > 0 || !['Alex Wilber'].includes(user.name)));
  });

  it('is followed by people who are picked in person from the channel’s card, or left out by words below it', async () => {
    await world.sandbox.post('flip', {
      customer: 'Fabrikam',
      subscription: 'Dynamics 365 for Sales Enterprise Edition From SA for CRM Basic (Qualified Offer)',
    });
    await cy.press('Get a price', ['Fabrikam Residences', 'Expires in', 'From SA']);
    await boAlone.press('Approve and buy', ['Fabrikam Residences', 'Waiting for approval']);
    const { conversation, card } = await cy.card('Fabrikam Residences', 'people can move now');
    assert.equal(findAction(card, 'Move them'), undefined, 'nobody is named here');
    assert.equal(
      await bo.press('Pick people', ['Fabrikam Residences']),
      'Names are chosen in the chat with me alone: I have put the card there. Nothing has changed.',
    );
    const own = await boAlone.card('Fabrikam Residences', 'Pick people', 'Move them');
    assert.match(plain(own.card), /Dana Roy/);
    // Cy has a chat with the bot nowhere, and has done nothing below this card before.
    assert.match(
      await cy.press('Pick people', ['Fabrikam Residences']),
      /do it in the chat with me alone: write show .* write all but and names below this card/,
    );
    const who = world.teams.chat('channel', ann.id, 'Ann Jansson');
    await who.write('all but Isaiah Langer', conversation);
    await ann.card('Fabrikam Residences', '1 person was left out, as you wished.');
  });
});
