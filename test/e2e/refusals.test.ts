/** A Teams that says no, over HTTP, and the sandbox's clock: nobody is silent, and nobody is told untruly. */
import assert from 'node:assert/strict';
import type { TeamsHealth } from '../../services/notify/sleep.ts';
import { until } from '../support/until.ts';
import { plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

const ALWAYS = 1e9;

describe('a Teams that says no @seam', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.knowsAll();
  });
  after(() => world.close());
  afterEach(() => {
    world.teams.refuse.length = 0;
  });
  const refuse = (chat: string, status: number, code?: string, more: object = {}) =>
    world.teams.refuse.push({ path: new RegExp(`conversations.*${chat}`), status, ...(code ? { code } : {}), times: ALWAYS, ...more });
  const health = async () => ((await (await fetch(`${world.bot.bot}/readyz`)).json()) as { teams: TeamsHealth }).teams;
  const asleep = (n: number) =>
    until(
      async () => (await health()).asleep === n || undefined,
      () => `not ${n} chats sleep`,
    );
  const missed = (texts: { card: object }[]) => texts.map((one) => plain(one.card)).filter((text) => text.includes('Teams has not let me write here since'));

  it('everything refused: readiness says so, whoever runs the bot hears of it once, and nobody is told that all is well', async () => {
    const [one, two] = [world.teams.chat('channel', '19:one@thread'), world.teams.chat('channel', '19:two@thread')];
    await Promise.all([one.write('watch'), two.write('watch')]);
    await Promise.all([one.card('Watching'), two.card('Watching')]);
    world.teams.refuse.push({ path: /conversations/, status: 403, code: 'BotDisabledByAdmin', times: ALWAYS });
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await until(
      async () => (await health()).allAsleep || undefined,
      () => 'not all chats that watch sleep',
    );
    const told = () => world.log.filter((line) => line.message === 'Teams refuses the bot in all chats of a tenant').length;
    await until(
      () => told() || undefined,
      () => 'nobody who runs it was told',
    );
    world.teams.refuse.length = 0;
    const me = world.teams.chat('personal', 'a:asks', 'Cia Lind');
    await me.write('status');
    assert.match(plain((await me.card('How I am')).card), /Teams does not let me write to any chat that watches/);
    await world.sandbox.post('clock', { advanceDays: 1, advanceHours: 1 });
    for (const chat of [one, two]) assert.match(plain((await chat.card('Teams has not let me write here since')).card), /Contoso Ltd/);
    await asleep(0);
    assert.equal(told(), 1);
  });

  it('403 in one channel: the other hears, status tells it, and after a day the list of what was missed comes', async () => {
    const [one, two] = [world.teams.chat('channel', '19:one@thread'), world.teams.chat('channel', '19:two@thread')];
    const before = one.cards().length;
    refuse('19:one@', 403, 'BotDisabledByAdmin');
    await world.sandbox.post('flip', { customer: 'Woodgrove' });
    await two.card('Woodgrove Bank', 'Get a price');
    await asleep(1);
    await world.sandbox.post('flip', { customer: 'Proseware' });
    await two.card('Proseware, Inc.', 'Get a price');
    await two.write('status');
    assert.match(plain((await two.card('How I am')).card), /Not reached \| 1\schat: Teams does not let me write there/);
    assert.equal(one.cards().length, before);
    world.teams.refuse.length = 0;
    await world.sandbox.post('clock', { advanceDays: 1, advanceHours: 1 });
    const list = await one.card('Teams has not let me write here since', 'Woodgrove Bank', 'Proseware');
    assert.doesNotMatch(plain(list.card), /Contoso/, 'it was told before');
    await asleep(0);
    assert.equal(missed(one.cards()).length, 2);
  });

  it('a sleeping chat is woken by a word, and answers it', async () => {
    const chat = world.teams.chat('groupChat', '19:word@thread');
    await chat.write('watch tailspin');
    await chat.card('Watching');
    refuse('19:word@', 403, 'MessageWritesBlocked');
    await world.sandbox.post('flip', { customer: 'Tailspin' });
    await asleep(1);
    world.teams.refuse.length = 0;
    await chat.write('watching');
    await chat.card('Watching', 'Tailspin Toys');
    await until(
      () => missed(chat.cards()).some((text) => text.includes('Tailspin Toys')) || undefined,
      () => 'what was missed did not come',
    );
    await asleep(0);
  });

  it('a card that somebody deleted is posted anew with the next change, once', async () => {
    const chat = world.teams.chat('personal', 'a:deleted');
    await chat.write('show contoso');
    const card = await chat.card('Contoso Ltd', 'Get a price');
    world.teams.remove(card.id);
    await world.sandbox.post('unflip', { customer: 'Contoso' });
    const renewed = await until(
      () => chat.cards().find((one) => one.id !== card.id && plain(one.card).includes('Renews again')),
      () => 'no other card says that it renews',
    );
    assert.equal(renewed.conversation, 'a:deleted');
    assert.equal(chat.cards().filter((one) => plain(one.card).includes('Renews again')).length, 1);
  });

  it('one card of ten answered 400: nine stand, the tenth is said in a sentence, and the chat goes on', async () => {
    const chat = world.teams.chat('channel', '19:ten@thread');
    await chat.write('watch school');
    await chat.card('Watching', 'School of Fine Art');
    const school = (await world.sandbox.state()).customers.find((one) => one.name === 'School of Fine Art');
    const ten = (school?.subscriptions ?? []).slice(0, 10);
    const plans = ten.map((one) => one.offerName);
    const odd = plans.find((plan) => plans.filter((other) => other.includes(plan)).length === 1) as string;
    refuse('19:ten@', 400, 'BadArgument', { words: odd, path: /POST .*conversations 19:ten@/ });
    for (const one of ten) await world.sandbox.post('flip', { customer: school?.id, subscription: one.id });
    assert.match(await chat.text('Teams does not take my card about it'), /School of Fine Art.*Write show S-\d+ to see it/);
    const standing = () => chat.cards().filter((card) => plain(card.card).includes('Get a price'));
    await until(
      () => standing().length >= 9 || undefined,
      () => `only ${standing().length} of the other nine stand`,
    );
    assert.equal(standing().filter((card) => plain(card.card).includes(odd)).length, 0);
  });

  it('taken out and put back: nothing is said in between, and what it watched is offered, not resumed', async () => {
    const chat = world.teams.chat('channel', '19:back@thread');
    await chat.install();
    await chat.write('watch litware');
    await chat.card('Watching', 'Litware');
    await chat.takeOut();
    const before = chat.cards().length;
    await world.sandbox.post('flip', { customer: 'Litware' });
    await chat.install();
    const greeting = await chat.card('When I was here before, this chat watched Litware, Inc.');
    assert.match(plain(greeting.card), /It watches nothing now/);
    assert.ok(chat.cards().length <= before + 1, 'nothing but the greeting');
    assert.match(await chat.press('Watch the same again', ['When I was here before']), /this chat now watches Litware, Inc./);
    await chat.card('Watching', 'Litware, Inc.');
  });

  it('401: nothing is dropped, readiness says since when', async () => {
    const chat = world.teams.chat('groupChat', '19:identity@thread');
    await chat.write('watch fabrikam');
    await chat.card('Watching');
    refuse('19:identity@', 401, 'BotNotRegistered');
    await world.sandbox.post('flip', { customer: 'Fabrikam Residences' });
    await until(
      async () => (await health()).unknownSince ?? undefined,
      () => 'readiness does not say it',
    );
    world.teams.refuse.length = 0;
    await chat.card('Fabrikam', 'Get a price');
  });

  it('429 with a date, and an answer that comes after all others, hold up no other chat and double nothing', async () => {
    const [slow, busy, other] = [
      world.teams.chat('channel', '19:slow@thread'),
      world.teams.chat('channel', '19:busy@thread'),
      world.teams.chat('channel', '19:other@thread'),
    ];
    for (const chat of [slow, busy, other]) await chat.write('watch wingtip');
    await Promise.all([slow, busy, other].map((chat) => chat.card('Watching')));
    const held = Promise.withResolvers<void>();
    world.teams.refuse.push({ path: /POST .*conversations 19:slow@/, status: 200, times: 1, held: held.promise });
    world.teams.refuse.push({ path: /conversations 19:busy@/, status: 429, retryAfter: new Date(Date.now() + 12_000).toUTCString(), times: 2 });
    await world.sandbox.post('flip', { customer: 'Wingtip Toys' });
    await other.card('Wingtip Toys', 'Get a price');
    await busy.card('Wingtip Toys', 'Get a price');
    assert.equal(slow.cards().length, 1, 'the slow one is not there yet');
    held.resolve();
    await slow.card('Wingtip Toys', 'Get a price');
    for (const chat of [slow, busy, other]) assert.equal(chat.cards().filter((card) => plain(card.card).includes('Get a price')).length, 1);
  });
});

describe('what Teams leaves out, and what it tells of teams and channels @seam', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.knowsAll();
  });
  after(() => world.close());

  it('A1-press-without-name: who presses without a name keeps the one that is known', async () => {
    await world.sandbox.post('flip', { customer: 'Contoso' });
    const alex = world.teams.chat('channel', '19:names@thread', 'Alex');
    await alex.write('watch');
    await alex.write('show contoso');
    await alex.card('Contoso Ltd', 'Get a price');
    await alex.press('Get a price', ['Contoso Ltd']);
    await alex.card('Approve and buy');
    const nameless = world.teams.chat('channel', '19:names@thread', 'Alex', { nameless: true });
    await nameless.press('Approve and buy', ['Contoso Ltd']);
    assert.match(await alex.text('approved it'), /^Alex approved it/);
  });

  it('A1h-installation-without-name: putting the bot into another channel renames nobody anywhere', async () => {
    const alex = world.teams.chat('channel', '19:more@thread', 'Alex', { nameless: true });
    await alex.install();
    await alex.card('Watch here');
    const named = world.teams.chat('channel', '19:names@thread', 'Alex');
    await named.write('watching');
    await until(
      () => named.cards().some((card) => plain(card.card).includes('Started by Alex')) || undefined,
      () =>
        `who started it has no name: ${named
          .cards()
          .map((card) => plain(card.card))
          .join(' / ')}`,
    );
  });

  it('an activity whose tenant stands only in its channel data is of the same chat', async () => {
    const both = world.teams.chat('channel', '19:tenant@thread');
    await both.write('watch contoso');
    await both.card('Watching', 'Contoso Ltd');
    for (const tenant of ['channelData', 'conversation'] as const) {
      const before = both.cards().length;
      await world.teams.chat('channel', '19:tenant@thread', 'Bo Ek', { tenant }).write('watching');
      await until(
        () => both.cards().length > before || undefined,
        () => 'no answer',
      );
      assert.match(plain(both.cards().at(-1)?.card), /Contoso Ltd/, tenant);
    }
  });

  it('"watch X" and "watch Y" in the same moment are both kept', async () => {
    const [ann, bo] = [world.teams.chat('channel', '19:both@thread', 'Ann Jansson'), world.teams.chat('channel', '19:both@thread', 'Bo Ek')];
    await Promise.all([ann.write('watch contoso'), bo.write('watch proseware')]);
    await until(
      async () => {
        await ann.write('watching');
        return ann.cards().some((card) => /Watching.*Contoso Ltd.*Proseware|Watching.*Proseware.*Contoso Ltd/.test(plain(card.card))) || undefined;
      },
      () => 'one of the two is lost',
    );
  });

  it('a private channel, which sends no installation, is greeted when the bot joins, once', async () => {
    const chat = world.teams.chat('channel', '19:private@thread', 'Ann Jansson', { nameless: true });
    await chat.join();
    await chat.card('Watch here');
    await chat.write('watch');
    await chat.card('Watching');
    await chat.join();
    await chat.write('watching');
    await until(
      () => chat.cards().length >= 3 || undefined,
      () => 'no answer',
    );
    assert.equal(chat.cards().filter((card) => plain(card.card).includes('Watch here')).length, 1);
  });

  it('an archived team sleeps and says so to whoever put the bot there; restored it hears what it missed', async () => {
    const me = world.teams.chat('personal', 'a:ann');
    await me.write('help');
    const general = world.teams.chat('channel', '19:team@thread', 'Ann Jansson', { team: '19:team@thread' });
    const side = world.teams.chat('channel', '19:side@thread', 'Ann Jansson', { team: '19:team@thread' });
    await general.install();
    await side.install();
    await side.happens('channelRenamed', { channel: { id: '19:side@thread', name: 'Renewals' }, team: { id: '19:team@thread' } });
    await side.write('watch proseware');
    await side.card('Watching');
    await general.happens('teamArchived', { team: { id: '19:team@thread', name: 'Sales' } });
    assert.match(await me.text('does not let me write to “Renewals”'), /the team is archived/);
    await world.sandbox.post('flip', { customer: 'Proseware' });
    // Who is awake has heard by now.
    await world.teams.chat('channel', '19:names@thread').card('Proseware', 'Get a price');
    assert.equal(side.cards().filter((card) => plain(card.card).includes('Get a price')).length, 0);
    await general.happens('teamUnarchived', { team: { id: '19:team@thread', name: 'Sales' } });
    await until(
      () => side.cards().some((card) => /Teams has not let me write here since.*Proseware/.test(plain(card.card))) || undefined,
      () => 'what was missed did not come',
    );
  });

  it('a channel that is renamed without a name keeps the one it had', async () => {
    const side = world.teams.chat('channel', '19:side@thread', 'Ann Jansson', { team: '19:team@thread' });
    const me = world.teams.chat('personal', 'a:ann');
    await side.happens('channelRenamed', { channel: { id: '19:side@thread' }, team: { id: '19:team@thread' } });
    await side.happens('channelDeleted', { channel: { id: '19:side@thread' }, team: { id: '19:team@thread' } });
    assert.match(await me.text('the channel or its team was deleted'), /“Renewals”/);
  });
});
