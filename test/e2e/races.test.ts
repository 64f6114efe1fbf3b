/** Two people at once, killed processes, lost answers: bought once, and everybody told. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isFree } from '../../services/local/processes.ts';
import { assertExactlyOnce } from './main-job.ts';
import { STARTS } from '../support/image.ts';
import { until } from '../support/until.ts';
import { plain, startTeams, type Teams } from '../support/teams.ts';
import { freePair, freePort } from '../support/ports.ts';
import { type Sandbox, sandboxAt, startWorld, type World } from '../support/world.ts';

describe('two at once', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.swept();
  });
  after(() => world.close());

  it('two chats quote and approve the same subscription: one purchase, the other is told who was first', async () => {
    const ann = world.teams.chat('channel', '19:a@thread', 'Ann Jansson');
    const bo = world.teams.chat('channel', '19:b@thread', 'Bo Ek');
    await Promise.all([ann.write('watch'), bo.write('watch')]);
    await world.sandbox.post('flip', { customer: 'Contoso' });
    await Promise.all([ann.card('Contoso Ltd', 'Get a price'), bo.card('Contoso Ltd', 'Get a price')]);
    const quotes = await Promise.all([ann.press('Get a price', ['Contoso Ltd']), bo.press('Get a price', ['Contoso Ltd'])]);
    assert.equal(quotes.filter((text) => text === 'Asking Microsoft for the price.').length, 1, quotes.join(' / '));
    assert.ok(
      quotes.some((text) => /^(Ann Jansson|Bo Ek) began this move on/.test(text)),
      quotes.join(' / '),
    );
    await Promise.all([ann.card('Contoso Ltd', 'Approve and buy'), bo.card('Contoso Ltd', 'Approve and buy')]);
    const approvals = await Promise.all([ann.press('Approve and buy', ['Contoso Ltd']), bo.press('Approve and buy', ['Contoso Ltd'])]);
    assert.equal(approvals.filter((text) => text.startsWith('Approved.')).length, 1, approvals.join(' / '));
    assert.ok(
      approvals.some((text) => /^(Ann Jansson|Bo Ek) approved this on .*Nothing was done twice/.test(text)),
      approvals.join(' / '),
    );
    await Promise.all([ann.card('Move 7 people'), bo.card('Move 7 people')]);
    const writes = await world.sandbox.writes();
    assert.equal(writes.filter((write) => write.kind === 'checkout').length, 1);
    assert.equal(writes.filter((write) => write.kind === 'cart').length, 1);
  });

  it('ten presses of one button move each person once', async () => {
    const bo = world.teams.chat('channel', '19:b@thread', 'Bo Ek');
    await Promise.all(Array.from({ length: 10 }, () => bo.press('Move 7 people', ['Contoso Ltd']).catch(() => 'gone')));
    await bo.card('Contoso Ltd', 'Ready for the last step');
    const updates = (await world.sandbox.writes()).filter((write) => write.kind === 'licenceUpdate');
    assert.equal(updates.length, 7);
  });

  it('a card of another chat is refused', async () => {
    const ann = world.teams.chat('channel', '19:a@thread');
    const stranger = world.teams.chat('personal', 'a:stranger', 'Eve');
    const posted = await ann.card('Ready for the last step');
    world.teams.messages.push({ ...structuredClone(posted), conversation: 'a:stranger', n: 1e9 });
    assert.match(await stranger.press('Suspend subscription', ['Ready for the last step']), /belongs to another chat/);
    world.teams.messages.pop();
  });

  it('buys once when the answer to the checkout is lost, and says so only where nobody knows', async () => {
    const ann = world.teams.chat('personal', 'a:lost');
    await world.sandbox.post('faults', {
      rules: [
        { method: 'POST', path: '/checkout$', dropReply: true, times: 2 },
        { method: 'POST', path: '/licenseupdates$', dropReply: true, times: 3 },
        { method: 'PATCH', path: '/subscriptions/', dropReply: true, times: 1 },
      ],
    });
    await ann.write('move woodgrove');
    await ann.card('Woodgrove Bank', 'Get a price');
    await ann.write('dynamics 365 sales professional');
    await ann.text('How many licences?');
    await ann.write('yes');
    await ann.text('the customer has not accepted the Microsoft Customer Agreement');
    await world.sandbox.post('customer', { customer: 'Woodgrove', agreementSigned: true });
    await ann.write('yes');
    await ann.text('It waits for your yes.');
    await ann.write('yes');
    await ann.text('14 of 14 people can move.');
    await ann.write('yes');
    await ann.text('Everybody has moved.');
    await ann.write('yes');
    await ann.text('Finished: the old subscription is suspended.');
    await world.sandbox.post('faults', { rules: [] });
    const woodgrove = (await world.sandbox.state()).customers.find((one) => one.name === 'Woodgrove Bank');
    const writes = (await world.sandbox.writes()).filter((write) => write.path.includes(woodgrove?.id as string));
    assertExactlyOnce(writes, 14);
  });

  it('"in progress" and "already checked out" mean: find the order', async () => {
    const ann = world.teams.chat('personal', 'a:find');
    // The first checkout takes effect and its answer is lost; then Microsoft says that the cart is taken.
    await world.sandbox.post('faults', {
      rules: [
        { method: 'POST', path: '/checkout$', dropReply: true, times: 1 },
        { method: 'POST', path: '/checkout$', status: 400, code: 800065, times: 50 },
      ],
    });
    await ann.write('move wingtip');
    await ann.card('Wingtip Toys', 'Get a price');
    await ann.press('Get a price', ['Wingtip Toys'], { plan: 'customer-engagement' });
    await ann.press('Approve and buy', ['Wingtip Toys']);
    // Old and new plan are one licence: nobody moves, but the new seats must cover its holders.
    await ann.text('Bought. Nobody has to move.');
    await world.sandbox.post('faults', { rules: [] });
    await ann.card('Old and new use the same licence', 'Ready for the last step');
    await ann.press('Suspend subscription', ['Wingtip Toys']);
    await ann.card('Wingtip Toys', 'Finished');
    const wingtip = (await world.sandbox.state()).customers.find((one) => one.name === 'Wingtip Toys');
    const writes = (await world.sandbox.writes()).filter((write) => write.path.includes(wingtip?.id as string) && write.kind !== 'cart');
    assert.deepEqual(
      writes.map((write) => write.kind),
      ['checkout', 'subscriptionPatch'],
    );
  });

  it('a refused purchase stops and can be given up; nothing was bought', async () => {
    const ann = world.teams.chat('personal', 'a:refused');
    await ann.write('move alpine');
    const notice = await ann.card('Alpine Ski House', 'Get a price', 'starts at');
    assert.match(plain(notice.card), /starts at 20 licences/);
    assert.equal(
      await ann.press('Get a price', ['Alpine Ski House'], { quantity: '8' }),
      '“8” is not a number from 20 to 10,000. Nothing has changed; type the number of licences.',
    );
    await ann.press('Get a price', ['Alpine Ski House']);
    await world.sandbox.post('faults', { rules: [{ method: 'POST', path: '/checkout$', status: 403, code: 800073, times: 1 }] });
    await ann.press('Approve and buy', ['Alpine Ski House']);
    await ann.card('Stopped: needs a person', 'Microsoft refused the purchase');
    await ann.press('Give up', ['Stopped: needs a person'], { reason: 'Wrong plan' });
    await ann.card('Alpine Ski House', 'Get a price');
  });

  it('a chat that is gone is not written to again, and the others are told', async () => {
    const gone = world.teams.chat('channel', '19:gone@thread');
    await gone.write('watch');
    await gone.card('Watching');
    world.teams.refuse.push({ path: /POST \/v3\/conversations 19:gone@thread/, status: 403, times: 1 });
    await world.sandbox.post('flip', { customer: 'Tailspin' });
    await world.teams.chat('channel', '19:a@thread').card('Tailspin Toys', 'Get a price');
    await until(
      () => world.teams.refuse.every((one) => one.times === 0) || undefined,
      () => 'the gone chat was not tried',
    );
    await world.sandbox.post('flip', { customer: 'Tailspin' });
    await world.teams.chat('channel', '19:a@thread').card('Tailspin Toys', 'Project Service Automation', 'Get a price');
    assert.equal(gone.cards().length, 1, 'nothing but the card of what it watched');
  });
});

describe('killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'successor-kill-'));
  let ports: { bot: number; sandbox: number; azurite: number };
  let teams: Teams;
  let sandbox: Sandbox;
  let bot: ChildProcess | undefined;

  before(async () => {
    ports = { bot: await freePort(), sandbox: await freePort(), azurite: await freePair() };
    teams = await startTeams(() => `http://127.0.0.1:${ports.bot}`);
    sandbox = sandboxAt(`http://127.0.0.1:${ports.sandbox}`);
  });
  after(async () => {
    if (bot && bot.exitCode === null) {
      const gone = new Promise((resolve) => bot?.once('exit', resolve));
      bot.kill('SIGTERM');
      await gone;
    }
    await teams.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startBot(): Promise<void> {
    const { MODE: _, ...environment } = process.env;
    bot = spawn(process.execPath, STARTS, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...environment,
        CHAT: 'off',
        DATA_DIR: folder,
        PORT: String(ports.bot),
        SANDBOX_PORT: String(ports.sandbox),
        AZURITE_PORT: String(ports.azurite),
        SWEEP_MINUTES: '0.04',
      },
    });
    let out = '';
    bot.stdout?.on('data', (chunk) => {
      out += String(chunk);
    });
    await until(
      () => (out.includes('ready') ? true : undefined),
      () => `the bot did not become ready: ${out}`,
    );
  }

  async function killBot(): Promise<void> {
    const gone = new Promise((resolve) => bot?.once('exit', resolve));
    bot?.kill('SIGKILL');
    await gone;
    for (const port of [ports.bot, ports.sandbox, ports.azurite, ports.azurite + 1])
      await until(
        async () => ((await isFree(port)) ? true : undefined),
        () => `port ${port} is still held: a child was left behind`,
      );
  }

  it('at three moments of a move and started again: finished, everything once, no child left behind', async () => {
    await startBot();
    const channel = teams.chat('channel', '19:kill@thread');
    await channel.write('watch');
    await channel.card('Watching');
    await until(
      async () => ((await sandbox.requests()).some((one) => one.route?.endsWith('/subscriptions') && one.count >= 14) ? true : undefined),
      () => 'no sweep',
    );
    await pause(6_000); // Azurite keeps what is older than five seconds through anything; here it ends gently
    await sandbox.post('flip', { customer: 'Contoso' });
    // The card, then a kill this long after each press; `npm run crash` kills at many more moments.
    await pressPatiently(channel, 'Get a price', ['Contoso Ltd']);
    const kills: [string, string[], number][] = [
      ['Approve and buy', ['Contoso Ltd', 'Waiting for approval'], 0],
      ['Move 7 people', ['Contoso Ltd'], 30],
      ['Suspend subscription', ['Contoso Ltd'], 0],
    ];
    for (const [press, words, afterMs] of kills) {
      await pressPatiently(channel, press, words);
      await pause(afterMs);
      await killBot();
      await startBot();
    }
    await until(
      () => (channel.cards().some((card) => plain(card.card).includes('Finished')) ? true : undefined),
      () => `not finished: ${plain(channel.cards().at(-1)?.card).slice(0, 300)}`,
    );
    assertExactlyOnce(await sandbox.writes(), 7);
    const lines = existsSync(join(folder, 'bot.log')) ? readFileSync(join(folder, 'bot.log'), 'utf8') : '';
    assert.doesNotMatch(lines, /sandbox-app-and-user/);
  });
});

/** A press may meet a bot that was just killed: a person presses again. */
async function pressPatiently(channel: ReturnType<Teams['chat']>, title: string, words: string[]): Promise<void> {
  await until(
    () => channel.cards().some((card) => [...words, title].every((word) => plain(card.card).includes(word))) || undefined,
    () => `no card with '${title}': ${plain(channel.cards().at(-1)?.card).slice(0, 300)}`,
  );
  await until(
    async () => {
      try {
        await channel.press(title, words);
        return true;
      } catch (error) {
        if (String(error).includes('no card')) throw error;
        return undefined;
      }
    },
    () => `'${title}' could not be pressed`,
  );
}
