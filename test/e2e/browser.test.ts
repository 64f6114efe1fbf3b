import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { type ChatPage, openBrowser, openChat } from './browser.ts';
import { byEnds, byInvitation, bySettingEnds, bySeveral } from './journey.ts';
import { type Sandbox, sandboxAt, testConfig } from '../support/world.ts';
import { until } from '../support/until.ts';
import type { Running } from '../../bot/app.ts';
import { start } from '../../bot/start.ts';

describe('the chat page', () => {
  let bot: Running;
  let browser: Browser;
  let chat: ChatPage;
  let sandbox: Sandbox;
  let folder: string;
  before(async () => {
    const config = await testConfig({ chat: true, sweepMs: 3_000, requestsPerMinute: 400 });
    folder = config.dataDir;
    bot = await start(config, { info: () => {}, warn: () => {} });
    sandbox = sandboxAt(bot.sandbox as string);
    browser = await openBrowser();
    chat = await openChat(browser, bot.chat as string);
    await chat.open('Renewals');
    await chat.page.getByRole('button', { name: 'Watch here' }).last().click();
  });
  after(async () => {
    await browser?.close();
    await bot?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const since = async (before: number) => (await sandbox.writes()).slice(before);
  const kinds = (written: Awaited<ReturnType<typeof since>>, ...wanted: string[]) => written.map((one) => one.kind).filter((kind) => wanted.includes(kind));

  it('leads away from new commerce, with cancel at term end as its last step', async () => {
    const before = (await sandbox.writes()).length;
    await byEnds(chat, sandbox);
    const written = (await sandbox.writes()).slice(before);
    assert.equal(written.filter((one) => one.kind === 'licenceUpdate').length, 25);
    assert.deepEqual(
      written.filter((one) => one.kind === 'subscriptionPatch').map((one) => Object.keys(one.body as object)),
      [['scheduledActions']],
    );
  });

  it('and sets an end: cancelled at its term end, and renewed again, each one change by one yes', async () => {
    const before = (await sandbox.writes()).length;
    await bySettingEnds(chat, sandbox);
    const bodies = (await since(before)).filter((one) => one.kind === 'subscriptionPatch').map((one) => one.body as Record<string, unknown>);
    assert.equal(bodies.length, 2);
    assert.match(JSON.stringify(bodies[0]), /"actionType":"Cancel"/);
    assert.equal(bodies[1]?.autoRenewEnabled, true);
  });

  it('and several customers at once: declined together, asked for again, and bought each by itself', async () => {
    const before = (await sandbox.writes()).length;
    await bySeveral(chat, sandbox);
    const bought = () => since(before).then((written) => kinds(written, 'checkout').length === 2 || undefined);
    await until(bought, () => 'not both were bought');
    assert.deepEqual(kinds(await since(before), 'licenceUpdate', 'subscriptionPatch'), []);
  });

  it('and from the invitation of a company to the end of what it had bought elsewhere, of which nothing is changed', async () => {
    const before = (await sandbox.writes()).length;
    await byInvitation(chat, sandbox);
    const written = (await since(before)).filter((one) => one.path.includes('/users/') || one.kind === 'subscriptionPatch');
    assert.deepEqual(kinds(written, 'licenceUpdate', 'subscriptionPatch'), ['licenceUpdate', 'licenceUpdate', 'licenceUpdate']);
  });
});
