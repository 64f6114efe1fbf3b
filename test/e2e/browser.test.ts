import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { type ChatPage, openBrowser, openChat } from './browser.ts';
import { byClicks, byEnds, byTyping } from './journey.ts';
import { assertExactlyOnce } from './main-job.ts';
import { type Sandbox, sandboxAt, testConfig } from '../support/world.ts';
import { type Running, start } from '../../bot/app.ts';

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
  });
  after(async () => {
    await browser?.close();
    await bot?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads through the whole job in a channel by clicks, and the ledger holds each step once', async () => {
    await byClicks(chat, sandbox);
    assertExactlyOnce(await sandbox.writes(), 7);
  });

  it('and in the personal chat by typing alone', async () => {
    const before = (await sandbox.writes()).length;
    await byTyping(chat);
    assertExactlyOnce((await sandbox.writes()).slice(before), 4);
  });

  it('and away from new commerce, with cancel at term end as its last step', async () => {
    const before = (await sandbox.writes()).length;
    await byEnds(chat, sandbox);
    const written = (await sandbox.writes()).slice(before);
    assert.equal(written.filter((one) => one.kind === 'licenceUpdate').length, 25);
    assert.deepEqual(
      written.filter((one) => one.kind === 'subscriptionPatch').map((one) => Object.keys(one.body as object)),
      [['scheduledActions']],
    );
  });
});
